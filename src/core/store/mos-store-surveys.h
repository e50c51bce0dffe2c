/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/store/mos-store.h"
#include "core/values/mos-survey-values.h"

G_BEGIN_DECLS

/* Surveys and what was answered. All of it is recorded; the newest score of a customer is kept beside the customer by triggers (migration 0008). */

/**
 * mos_store_survey_add: a new one, in whatever state; an answer is told in the history of its conversation, at its time
 * @survey: without an id; @account and @customer are the conversation's where they are %NULL
 * @ret_id: (out) (optional) (transfer full)
 *
 * MOS_STORE_ERROR_NOT_FOUND where there is no such conversation; one that was merged leads to where it is now.
 */
gboolean mos_store_survey_add (MosTxn *txn, const MosSurvey *survey, char **ret_id, GError **error);
/**
 * mos_store_survey_answer: the customer's answer; one that was there goes into the history of answers
 * @score: MOS_SURVEY_NO_SCORE where it is nothing but words
 *
 * MOS_STORE_ERROR_NOT_FOUND.
 */
gboolean mos_store_survey_answer (MosTxn *txn, const char *id, int score, const char *comment, gint64 at_us, GError **error);
/** mos_store_survey_find: @ret_survey: (out) (transfer full) (nullable) */
gboolean mos_store_survey_find (MosTxn *txn, const char *id, MosSurvey **ret_survey, GError **error);
/**
 * mos_store_survey_list: answers, the newest first
 * @customer, @conversation: (nullable): only of this one
 *
 * Returns: (transfer full) (element-type MosSurvey)
 */
GPtrArray *mos_store_survey_list (MosTxn *txn, const char *customer, const char *conversation, guint offset, guint max, GError **error);
/** mos_store_survey_list_former: Returns: (transfer full) (element-type MosSurvey): answers of @id that a later one took the place of, oldest first: time, score and words alone */
GPtrArray *mos_store_survey_list_former (MosTxn *txn, const char *id, GError **error);
/** mos_store_survey_give: what @from's conversation says of @customer (nullable: nobody) goes to conversation @to */
gboolean mos_store_survey_give (MosTxn *txn, const char *from, const char *customer, const char *to, GError **error);

G_END_DECLS
