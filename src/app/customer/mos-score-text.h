/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/values/mos-desk-values.h"

G_BEGIN_DECLS

/* Scores in words. */

/** mos_score_text: Returns: (transfer full): what was asked, and the answer: "Satisfaction: 4 of 5". @score: MOS_SURVEY_NO_SCORE where words are all there is */
char *mos_score_text (MosSurveyKind kind, int score);
/** mos_score_event_text: Returns: (transfer full): a line of the conversation. @actor: who it is told of; @row: of an event "survey" */
char *mos_score_event_text (const char *actor, const MosMessageRow *row);
/** mos_survey_skip_text: Returns: (transfer none): a sentence: why nobody was asked */
const char *mos_survey_skip_text (MosSurveySkip skip);
/** mos_survey_event_text: Returns: (transfer full) (nullable): a line of the conversation about a question, or about what came of an answer; %NULL for another event */
char *mos_survey_event_text (const char *actor, const MosMessageRow *row);

G_END_DECLS
