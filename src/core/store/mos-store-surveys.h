/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/store/mos-store.h"
#include "core/values/mos-survey-values.h"

G_BEGIN_DECLS

/* Surveys and what was answered. All of it is recorded but who looked at it; the newest score of a customer is kept beside the customer by triggers (migration 0008). */

/**
 * mos_store_survey_add: a new one, in whatever state; an answer is told in the history of its conversation, at its time
 * @survey: its id is kept where it has one; @account and @customer are the conversation's where they are %NULL
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
/** mos_store_survey_add_former: an answer that came in after the one that took its place; told in the history at its time. Its score stays where that one has none. @comment: "" = none */
gboolean mos_store_survey_add_former (MosTxn *txn, const MosSurvey *survey, int score, const char *comment, gint64 at_us, GError **error);
/** mos_store_survey_find: @ret_survey: (out) (transfer full) (nullable) */
gboolean mos_store_survey_find (MosTxn *txn, const char *id, MosSurvey **ret_survey, GError **error);
/** mos_store_survey_find_by_message: the one that @message asked. @ret_survey: (out) (transfer full) (nullable) */
gboolean mos_store_survey_find_by_message (MosTxn *txn, const char *message, MosSurvey **ret_survey, GError **error);
/**
 * mos_store_survey_list: answers, the newest first; no tests
 * @customer, @conversation: (nullable): only of this one
 *
 * Returns: (transfer full) (element-type MosSurvey)
 */
GPtrArray *mos_store_survey_list (MosTxn *txn, const char *customer, const char *conversation, guint offset, guint max, GError **error);
/** mos_store_survey_list_filtered: Returns: (transfer full) (element-type MosSurvey): in the order that the list has */
GPtrArray *mos_store_survey_list_filtered (MosTxn *txn, const MosSurveyFilter *filter, GError **error);
/** mos_store_survey_list_ids: Returns: (transfer full) (element-type utf8): the same, their ids alone */
GPtrArray *mos_store_survey_list_ids (MosTxn *txn, const MosSurveyFilter *filter, GError **error);
/** mos_store_survey_list_former: Returns: (transfer full) (element-type MosSurvey): answers of @id that a later one took the place of, oldest first: time, score and words alone */
GPtrArray *mos_store_survey_list_former (MosTxn *txn, const char *id, GError **error);
/** mos_store_survey_give: what @from's conversation says of @customer (nullable: nobody) goes to conversation @to */
gboolean mos_store_survey_give (MosTxn *txn, const char *from, const char *customer, const char *to, GError **error);
/** mos_store_survey_set_answered_by: @address: (nullable): who answered in the place of who was asked */
gboolean mos_store_survey_set_answered_by (MosTxn *txn, const char *id, const char *address, GError **error);
/** mos_store_survey_set_unread: not recorded: what somebody has read is read */
gboolean mos_store_survey_set_unread (MosTxn *txn, const char *id, gboolean unread, GError **error);
/** mos_store_survey_set_rescue: a rescue begins, ends or goes again (MOS_RESCUE_NONE); told in the history. @outcome: (nullable): %NULL = as it is */
gboolean mos_store_survey_set_rescue (MosTxn *txn, const char *id, MosRescueState state, const char *outcome, GError **error);

/* --- asking (mos-store-survey-asking.c) --- */

/** mos_store_survey_find_settings: @ret_settings: (out) (transfer full): those that were set, else those that every account begins with; @is_chat: of these */
gboolean mos_store_survey_find_settings (MosTxn *txn, const char *account, MosSurveyKind kind, gboolean is_chat, MosSurveySettings **ret_settings, GError **error);
/** mos_store_survey_is_any_on: whether any account asks anything */
gboolean mos_store_survey_is_any_on (MosTxn *txn, gboolean *ret_is, GError **error);
gboolean mos_store_survey_save_settings (MosTxn *txn, const MosSurveySettings *settings, GError **error);

/**
 * MosSurveyFacts: what there is to know of a conversation before somebody is asked about it
 * @closed_us: the close that stands; 0 = it is not closed; @is_by_person: who closed it is one of us
 * @has_message: the customer wrote; @question: (nullable): the last that they wrote, of others where they did not
 * @answer: (nullable): our last answer by a person; @is_undelivered: it did not get there; @is_waiting: it has not left yet
 * @agent: (nullable): who wrote the last one before the close, else that one; @macro: (nullable): what it was written with, or another answer before it
 * @asked_us: when this was asked last in the conversation; @any_asked_us: when anything was; 0 = never
 */
typedef struct
{
  gint64 closed_us;
  gboolean is_by_person;
  char *question;
  char *answer;
  gboolean is_undelivered;
  gboolean is_waiting;
  char *agent;
  char *macro;
  gint64 asked_us;
  gint64 any_asked_us;
} MosSurveyFacts;
void mos_survey_facts_clear (MosSurveyFacts *facts);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MosSurveyFacts, mos_survey_facts_clear)
gboolean mos_store_survey_load_facts (MosTxn *txn, const char *conversation, MosSurveyKind kind, MosSurveyFacts *ret_facts, GError **error);
/** mos_store_survey_get_last_asked: @ret_us: (out): when @customer was asked last, wherever; 0 = never. @kinds: bits 1 << MosSurveyKind */
gboolean mos_store_survey_get_last_asked (MosTxn *txn, const char *customer, guint kinds, gint64 *ret_us, GError **error);
/** mos_store_survey_get_first_answer: @ret_us: (out): when @id was answered first; 0 = not yet */
gboolean mos_store_survey_get_first_answer (MosTxn *txn, const char *id, gint64 *ret_us, GError **error);
/** mos_store_survey_find_said_last: the question of @conversation behind which nothing else was said, but for answers to it. @ret_survey: (out) (transfer full) (nullable) */
gboolean mos_store_survey_find_said_last (MosTxn *txn, const char *conversation, MosSurvey **ret_survey, GError **error);
/** mos_store_survey_end_asked: those of @conversation that wait for an answer have none any more: MOS_SURVEY_EXPIRED */
gboolean mos_store_survey_end_asked (MosTxn *txn, const char *conversation, GError **error);
/** mos_store_survey_set_state: of one without an answer */
gboolean mos_store_survey_set_state (MosTxn *txn, const char *id, MosSurveyState state, GError **error);
/** mos_store_survey_rescue_key: Returns: (transfer full): key of the row of `due` (MOS_RESCUE_DUE_KIND) that reminds of the rescue of @survey. Pure */
char *mos_store_survey_rescue_key (const char *survey);

G_END_DECLS
