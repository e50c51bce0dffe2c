/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/desk/mos-desk.h"
#include "core/values/mos-survey-values.h"

#include <adwaita.h>

G_BEGIN_DECLS

/** MosSurveyExceptPage: who is not asked. Signal `changed (MosSurveySettings *settings)` */
#define MOS_TYPE_SURVEY_EXCEPT_PAGE (mos_survey_except_page_get_type ())
G_DECLARE_FINAL_TYPE (MosSurveyExceptPage, mos_survey_except_page, MOS, SURVEY_EXCEPT_PAGE, AdwNavigationPage)

AdwNavigationPage *mos_survey_except_page_new (MosDesk *desk, MosSurveySettings *settings);

G_END_DECLS
