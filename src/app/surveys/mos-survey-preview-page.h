/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/desk/mos-desk.h"
#include "core/values/mos-survey-values.h"

#include <adwaita.h>

G_BEGIN_DECLS

/** MosSurveyPreviewPage: a question as customers get it, in each language, and a test of it. Signal `said (char *text)`: what became of a test */
#define MOS_TYPE_SURVEY_PREVIEW_PAGE (mos_survey_preview_page_get_type ())
G_DECLARE_FINAL_TYPE (MosSurveyPreviewPage, mos_survey_preview_page, MOS, SURVEY_PREVIEW_PAGE, AdwNavigationPage)

/** mos_survey_preview_page_new: @account: whose @settings these are */
AdwNavigationPage *mos_survey_preview_page_new (MosDesk *desk, MosAccount *account, MosSurveySettings *settings);

G_END_DECLS
