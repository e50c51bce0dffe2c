/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/store/mos-store.h"
#include "core/values/mos-survey-values.h"

G_BEGIN_DECLS

/* Which accounts ask what, inside a transaction: for the window and mostradorctl. */

/** How a change is called in the history of what can be undone. */
#define MOS_SURVEY_SETTINGS_LABEL "survey-settings"
/** In characters. */
#define MOS_SURVEY_MAX_SUBJECT 200
#define MOS_SURVEY_MAX_TEXT 2000

/** mos_survey_settings_load: @ret_settings: (out) (transfer full). MOS_DESK_ERROR_NOT_FOUND: no such account; MOS_DESK_ERROR_INVALID: nothing can be asked there (a telephone, an archive) */
gboolean mos_survey_settings_load (MosTxn *txn, const char *account, MosSurveyKind kind, MosSurveySettings **ret_settings, GError **error);
/**
 * mos_survey_settings_save: @settings: of one account and kind
 *
 * Texts whose words are all "" or the program's own are not kept. MOS_DESK_ERROR_NOT_FOUND: no such account. MOS_DESK_ERROR_INVALID: nothing can be asked there, a time or a
 * number of days that makes no sense, a category that is none, or too many words.
 */
gboolean mos_survey_settings_save (MosTxn *txn, const MosSurveySettings *settings, GError **error);

G_END_DECLS
