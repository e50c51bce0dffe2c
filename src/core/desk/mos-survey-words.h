/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/values/mos-survey-values.h"

G_BEGIN_DECLS

/* What questions say in each language that the program brings (data/surveys/surveys.json), and what people answer in it. Pure functions, any thread. */

/** mos_survey_words_list_languages: Returns: (transfer full): "ar", "ca", "de", "en", "es", "fr", "it", "pt" */
GStrv mos_survey_words_list_languages (void);
/** mos_survey_words_get_text: Returns: (transfer full) (nullable): what the program says in @language, exactly; %NULL where it does not speak it */
MosSurveyText *mos_survey_words_get_text (MosSurveyKind kind, const char *language);
/**
 * mos_survey_words_choose:
 * @languages: (array zero-terminated=1): the best one first; of "pt-br" also "pt" counts; English in the end
 *
 * Returns: (transfer full): in the first that the shop or the program has words for, the shop's own before the program's
 */
MosSurveyText *mos_survey_words_choose (const MosSurveySettings *settings, const char *const *languages);
/** mos_survey_words_get_apology: @language: (nullable): of "pt-br" also "pt" counts. Returns: (transfer none): how an answer to somebody unhappy may begin, English where the program does not speak it */
const char *mos_survey_words_get_apology (const char *language);
/**
 * mos_survey_words_make_letter: the question as somebody gets it
 * @text: mos_survey_words_choose()
 * @address: (nullable): where answers to a mail go; %NULL = in a chat
 * @token: (nullable): for their subject, without the score; of a mail
 * @n_buttons: how many buttons a message there has at most
 *
 * Returns: (transfer full)
 */
MosSurveyLetter *mos_survey_words_make_letter (MosSurveyKind kind, const MosSurveyText *text, const char *address, const char *token, guint n_buttons);

/**
 * mos_survey_words_read: what somebody answered, in any of the languages; only what is clear counts as a score: "4", "4/5", "four", "cuatro estrellas", "⭐⭐⭐⭐", "4: quick, and friendly", no number within a sentence
 * @text: without what it quotes
 * @known: a score that is known already, MOS_SURVEY_NO_SCORE = none
 * @ret_comment: (out) (transfer full): the words beside it, without those that our question put there; "" = none
 *
 * Returns: the score, MOS_SURVEY_NO_SCORE = none
 */
int mos_survey_words_read (MosSurveyKind kind, const char *text, int known, char **ret_comment);
/** mos_survey_words_read_bare: Returns: the score, where @text is that and nothing else; MOS_SURVEY_NO_SCORE = it is more, or something else */
int mos_survey_words_read_bare (MosSurveyKind kind, const char *text);

G_END_DECLS
