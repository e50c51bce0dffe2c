/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/values/mos-survey-values.h"

#include <adwaita.h>

G_BEGIN_DECLS

/** MosSurveyLetterView: a question as a customer gets it: a mail, or what stands in a chat with its buttons */
#define MOS_TYPE_SURVEY_LETTER_VIEW (mos_survey_letter_view_get_type ())
G_DECLARE_FINAL_TYPE (MosSurveyLetterView, mos_survey_letter_view, MOS, SURVEY_LETTER_VIEW, AdwBin)

void mos_survey_letter_view_set_letter (MosSurveyLetterView *self, const MosSurveyLetter *letter);

G_END_DECLS
