/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/values/mos-survey-values.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * MosSurveyWordsPage: what a question says in each language: the program's words, or the shop's own in their place
 *
 * Signal `changed (MosSurveySettings *settings)`: when the page, or the language, is left with other words
 */
#define MOS_TYPE_SURVEY_WORDS_PAGE (mos_survey_words_page_get_type ())
G_DECLARE_FINAL_TYPE (MosSurveyWordsPage, mos_survey_words_page, MOS, SURVEY_WORDS_PAGE, AdwNavigationPage)

/** mos_survey_words_page_new: @language: (nullable): that it begins with; @is_chat: it has no subject, and thanks who answers */
AdwNavigationPage *mos_survey_words_page_new (MosSurveySettings *settings, const char *language, gboolean is_chat);
/** mos_survey_words_page_keep: tells of what is written, where it is something else */
void mos_survey_words_page_keep (MosSurveyWordsPage *self);

G_END_DECLS
