/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/store/mos-store.h"
#include "core/values/mos-survey-values.h"
#include "core/values/mos-sync-values.h"

G_BEGIN_DECLS

/* What comes back for a question, and what follows from it, inside a transaction. */

/** How an outcome is called in the history of what can be undone. */
#define MOS_RESCUE_LABEL "rescue"
/** In characters. */
#define MOS_RESCUE_MAX_OUTCOME 2000

/** mos_survey_takes_answers: whether an answer that comes at @at_us is one, or an ordinary message that came too late */
gboolean mos_survey_takes_answers (MosTxn *txn, const MosSurvey *survey, gint64 at_us, gboolean *ret_takes, GError **error);
/**
 * mos_survey_take_answer:
 * @score: MOS_SURVEY_NO_SCORE = nothing but words; then a score that was given before stays
 * @comment: "" = none
 * @by: (nullable): the address of who answered, where that is not who was asked
 * @ret_is_news: (out): there are words, or it is low: somebody should hear of it
 *
 * The same once more changes nothing. A low score begins a rescue, and opens the conversation where the account says so.
 */
gboolean mos_survey_take_answer (MosTxn *txn, const MosSurvey *survey, int score, const char *comment, gint64 at_us, const char *by, gboolean *ret_is_news, GError **error);

/**
 * mos_survey_take_text: the same of what somebody wrote, whatever it says; who wants to be asked no more is not: @by alone, where that is not who was asked
 * @message: that says it; @known: a score that is known already, MOS_SURVEY_NO_SCORE = none
 */
gboolean mos_survey_take_text (MosTxn *txn, const MosSurvey *survey, const char *message, const char *text, int known, gint64 at_us, const char *by, gboolean *ret_is_news, GError **error);
/** mos_survey_note_failed: @message did not get there: who did not get a question was not asked. @ret_is: (out): whether it is part of a survey, so that nobody has to do anything */
gboolean mos_survey_note_failed (MosTxn *txn, const char *message, gboolean *ret_is, GError **error);

/** mos_rescue_begin: where @survey has a low score, and none was begun */
gboolean mos_rescue_begin (MosTxn *txn, const char *survey, GError **error);
/** mos_rescue_settle: what came of it; the rescue is done. MOS_DESK_ERROR_NOT_FOUND: no such survey, or none that was a rescue; MOS_DESK_ERROR_INVALID: too many words */
gboolean mos_rescue_settle (MosTxn *txn, const char *survey, const char *outcome, GError **error);
/** mos_rescue_reopen: it is not done after all; somebody is reminded again. MOS_DESK_ERROR_NOT_FOUND */
gboolean mos_rescue_reopen (MosTxn *txn, const char *survey, GError **error);
/** mos_rescue_remind: somebody is reminded of it at @due_us, instead of when they would be. MOS_DESK_ERROR_NOT_FOUND; MOS_DESK_ERROR_INVALID: it is done, or that time is over */
gboolean mos_rescue_remind (MosTxn *txn, const char *survey, gint64 due_us, GError **error);
/** mos_rescue_run: a row of `due`: the history tells, and the answer is unread again */
gboolean mos_rescue_run (MosTxn *txn, MosDueRow *due, GError **error);

G_END_DECLS
