/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/desk/mos-desk.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * MosSurveyAccountPage: what one account asks; each change is saved at once
 *
 * Signals:
 *  - `saved (gint64 batch)`: what takes it back
 *  - `said (char *text)`: something is to be told
 *  - `open (AdwNavigationPage *page)`: a page that belongs on top
 */
#define MOS_TYPE_SURVEY_ACCOUNT_PAGE (mos_survey_account_page_get_type ())
G_DECLARE_FINAL_TYPE (MosSurveyAccountPage, mos_survey_account_page, MOS, SURVEY_ACCOUNT_PAGE, AdwNavigationPage)

AdwNavigationPage *mos_survey_account_page_new (MosDesk *desk, MosAccount *account);
/** mos_survey_account_page_reload: it was changed elsewhere: taken back */
void mos_survey_account_page_reload (MosSurveyAccountPage *self);

G_END_DECLS
