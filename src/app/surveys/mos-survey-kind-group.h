/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/desk/mos-desk.h"
#include "core/values/mos-survey-values.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * MosSurveyKindGroup: what one account asks about one thing, as rows
 *
 * Signals:
 *  - `changed`: somebody changed something: mos_survey_kind_group_get_settings() has it
 *  - `open (char *page)`: "except", "words" or "preview"
 */
#define MOS_TYPE_SURVEY_KIND_GROUP (mos_survey_kind_group_get_type ())
G_DECLARE_FINAL_TYPE (MosSurveyKindGroup, mos_survey_kind_group, MOS, SURVEY_KIND_GROUP, AdwPreferencesGroup)

GtkWidget *mos_survey_kind_group_new (MosDesk *desk);
/** mos_survey_kind_group_set_settings: shows these */
void mos_survey_kind_group_set_settings (MosSurveyKindGroup *self, MosSurveySettings *settings);
/** mos_survey_kind_group_get_settings: Returns: (transfer none): as they are shown */
MosSurveySettings *mos_survey_kind_group_get_settings (MosSurveyKindGroup *self);

G_END_DECLS
