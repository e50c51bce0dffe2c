/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/values/mos-desk-values.h"
#include "core/values/mos-survey-values.h"

G_BEGIN_DECLS

/* Sentences about surveys. Pure functions. */

/** mos_survey_kind_title: "Satisfaction" */
const char *mos_survey_kind_title (MosSurveyKind kind);
/** mos_survey_kind_text: what is asked, as a sentence */
const char *mos_survey_kind_text (MosSurveyKind kind);
/** mos_survey_delay_text: Returns: (transfer full): how long after the close: "1 hour" */
char *mos_survey_delay_text (guint delay_s);
/** mos_survey_settings_text: Returns: (transfer full): what is asked there, in one line */
char *mos_survey_settings_text (const MosSurveySettings *settings);
/** mos_survey_can_ask: whether @account is one that can ask something */
gboolean mos_survey_can_ask (const MosAccount *account);

/** mos_rescue_list_choices: Returns: (transfer none): what usually comes of a rescue, as it is stored */
const char *const *mos_rescue_list_choices (void);
/** mos_rescue_outcome_text: Returns: (transfer full): @outcome as it is read: one of those that are offered in the person's language, with the words behind it */
char *mos_rescue_outcome_text (const char *outcome);
/** mos_rescue_dup_outcome: Returns: (transfer full): to be stored. @choice: (nullable): one of those that are offered */
char *mos_rescue_dup_outcome (const char *choice, const char *words);

G_END_DECLS
