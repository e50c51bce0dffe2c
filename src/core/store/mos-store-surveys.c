/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-store"

#include "config.h"

#include "core/store/mos-store-surveys.h"

#include "core/base/mos-id.h"
#include "core/store/mos-store-conversations.h"
#include "core/store/mos-store-customer-private.h"
#include "core/store/mos-store-due.h"
#include "core/store/mos-store-events.h"
#include "core/store/mos-store-joining-private.h"

#define SURVEY_QUERY                                                                                                                                                           \
  "SELECT s.id, s.kind, s.state, s.source = 'recorded', s.account, s.conversation, c.number, c.subject, s.customer, p.name, s.language, s.asked_at, s.answered_at,"            \
  " coalesce (s.score, -1), s.comment, s.is_test, s.unread, a.name, a.kind, s.message, s.answered_by, s.agent, g.name, s.category, k.name, s.macro, m.name, s.tags, s.rescue," \
  " s.rescue_since, s.rescue_done, s.rescue_outcome FROM survey s JOIN conversation c ON c.id = s.conversation JOIN account a ON a.id = s.account"                             \
  " LEFT JOIN customer p ON p.id = s.customer LEFT JOIN agent g ON g.id = s.agent LEFT JOIN category k ON k.id = s.category LEFT JOIN macro m ON m.id = s.macro"

static MosSurvey *
survey_from (MosStatement *statement)
{
  MosSurvey *survey = mos_survey_new ();

  survey->id = mos_statement_dup_text (statement, 0);
  survey->kind = mos_survey_kind_from_nick (mos_statement_get_text (statement, 1), MOS_SURVEY_CSAT);
  survey->state = mos_survey_state_from_nick (mos_statement_get_text (statement, 2), MOS_SURVEY_ANSWERED);
  survey->is_recorded = mos_statement_get_int (statement, 3) != 0;
  survey->account = mos_statement_dup_text (statement, 4);
  survey->conversation = mos_statement_dup_text (statement, 5);
  survey->number = mos_statement_get_int (statement, 6);
  survey->subject = mos_statement_dup_text0 (statement, 7);
  survey->customer = mos_statement_dup_text (statement, 8);
  survey->customer_name = mos_statement_dup_text (statement, 9);
  survey->language = mos_statement_dup_text (statement, 10);
  survey->asked_us = mos_statement_get_int (statement, 11);
  survey->answered_us = mos_statement_get_int (statement, 12);
  survey->score = (int) mos_statement_get_int (statement, 13);
  survey->comment = mos_statement_dup_text0 (statement, 14);
  survey->is_test = mos_statement_get_int (statement, 15) != 0;
  survey->is_unread = mos_statement_get_int (statement, 16) != 0;
  survey->account_name = mos_statement_dup_text0 (statement, 17);
  survey->channel = mos_statement_dup_text0 (statement, 18);
  survey->message = mos_statement_dup_text (statement, 19);
  survey->answered_by = mos_statement_dup_text (statement, 20);
  survey->agent = mos_statement_dup_text (statement, 21);
  survey->agent_name = mos_statement_dup_text (statement, 22);
  survey->category = mos_statement_dup_text (statement, 23);
  survey->category_name = mos_statement_dup_text (statement, 24);
  survey->macro = mos_statement_dup_text (statement, 25);
  survey->macro_name = mos_statement_dup_text (statement, 26);
  survey->tags = mos_json_to_strv (mos_statement_get_text (statement, 27));
  survey->rescue = mos_statement_is_null (statement, 28) ? MOS_RESCUE_NONE : mos_rescue_state_from_nick (mos_statement_get_text (statement, 28), MOS_RESCUE_OPEN);
  survey->rescue_since_us = mos_statement_get_int (statement, 29);
  survey->rescue_done_us = mos_statement_get_int (statement, 30);
  survey->rescue_outcome = mos_statement_dup_text0 (statement, 31);
  return survey;
}

static GPtrArray *
collect (MosStatement *statement,
         GError **error)
{
  g_autoptr (GPtrArray) surveys = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_survey_unref);
  int r = statement != NULL ? 1 : -1;

  while (r > 0 && (r = mos_statement_step (statement, error)) > 0)
    g_ptr_array_add (surveys, survey_from (statement));
  return r == 0 ? g_steal_pointer (&surveys) : NULL;
}

/* Which score it was is told with it, for a later one may take its place; the words are looked up. */
static gboolean
tell (MosTxn *txn,
      const char *conversation,
      const char *survey,
      MosSurveyKind kind,
      int score,
      gint64 at_us,
      GError **error)
{
  g_autofree char *told = mos_survey_dup_event (kind, score);

  return mos_store_event_add (txn, conversation, NULL, "survey", survey, told, at_us, FALSE, error);
}

static void
set_text (JsonObject *values,
          const char *column,
          const char *text)
{
  if (text != NULL)
    json_object_set_string_member (values, column, text);
  else
    json_object_set_null_member (values, column);
}

static void
set_score (JsonObject *values,
           int score)
{
  if (score != MOS_SURVEY_NO_SCORE)
    json_object_set_int_member (values, "score", score);
  else
    json_object_set_null_member (values, "score");
}

gboolean
mos_store_survey_add (MosTxn *txn,
                      const MosSurvey *survey,
                      char **ret_id,
                      GError **error)
{
  g_autofree char *id = survey->id != NULL ? g_strdup (survey->id) : mos_id_new (txn->now_us);
  g_autofree char *where = NULL, *customer = NULL, *tags = NULL;
  g_autoptr (MosConversationRow) conversation = NULL;
  g_autoptr (JsonObject) values = json_object_new ();
  gboolean is_answered = survey->state == MOS_SURVEY_ANSWERED;

  g_return_val_if_fail (survey->score == MOS_SURVEY_NO_SCORE || (is_answered && mos_survey_kind_is_score (survey->kind, survey->score)), FALSE);
  g_return_val_if_fail (is_answered == (survey->answered_us != 0), FALSE);

  if (!mos_store_conversation_resolve (txn, survey->conversation, &where, error) || (where != NULL && !mos_store_conversation_find (txn, where, &conversation, error)))
    return FALSE;
  if (conversation == NULL)
    return mos_not_found (error, "conversation", survey->conversation);
  /* A test asks nobody. */
  if (!survey->is_test && !mos_customer_resolve (txn, survey->customer != NULL ? survey->customer : conversation->customer, &customer, error))
    return FALSE;
  json_object_set_string_member (values, "id", id);
  json_object_set_string_member (values, "kind", mos_survey_kind_to_nick (survey->kind));
  json_object_set_string_member (values, "state", mos_survey_state_to_nick (survey->state));
  json_object_set_string_member (values, "source", survey->is_recorded ? "recorded" : "survey");
  json_object_set_string_member (values, "account", survey->account != NULL ? survey->account : conversation->account);
  json_object_set_string_member (values, "conversation", where);
  set_text (values, "customer", customer);
  set_text (values, "language", survey->language);
  json_object_set_int_member (values, "asked_at", survey->asked_us);
  json_object_set_int_member (values, "answered_at", survey->answered_us);
  set_score (values, survey->score);
  json_object_set_string_member (values, "comment", survey->comment);
  json_object_set_int_member (values, "is_test", survey->is_test ? 1 : 0);
  set_text (values, "message", survey->message);
  /* One that was not asked by us says nothing of it; measures look at what was there then. */
  tags = mos_json_from_strv (survey->tags);
  json_object_set_int_member (values, "is_attributed", survey->message != NULL ? 1 : 0);
  set_text (values, "agent", survey->agent);
  set_text (values, "category", survey->category);
  set_text (values, "macro", survey->macro);
  json_object_set_string_member (values, "tags", tags != NULL ? tags : "[]");
  if (!mos_record_write (txn, &mos_entity_survey, id, values, FALSE, error) ||
      (is_answered && !survey->is_test && !tell (txn, where, id, survey->kind, survey->score, survey->answered_us, error)))
    return FALSE;
  if (ret_id != NULL)
    *ret_id = g_steal_pointer (&id);
  return TRUE;
}

/* What was answered before is kept beside it. */
static gboolean
keep_former (MosTxn *txn,
             const char *survey,
             int score,
             const char *comment,
             gint64 at_us,
             GError **error)
{
  g_autoptr (JsonObject) values = json_object_new ();
  g_autofree char *id = NULL;
  gint64 position = 0;

  if (!mos_database_get_int (txn->database, &position, error, "SELECT coalesce (max (position), 0) + 1 FROM survey_answer WHERE survey = ?", "t", survey))
    return FALSE;
  id = g_strdup_printf ("%s\x1f%" G_GINT64_FORMAT, survey, position);
  json_object_set_string_member (values, "survey", survey);
  json_object_set_int_member (values, "position", position);
  json_object_set_int_member (values, "answered_at", at_us);
  set_score (values, score);
  json_object_set_string_member (values, "comment", comment);
  return mos_record_write (txn, &mos_entity_survey_answer, id, values, FALSE, error);
}

gboolean
mos_store_survey_add_former (MosTxn *txn,
                             const MosSurvey *survey,
                             int score,
                             const char *comment,
                             gint64 at_us,
                             GError **error)
{
  return keep_former (txn, survey->id, score, comment, at_us, error) && (survey->is_test || tell (txn, survey->conversation, survey->id, survey->kind, score, at_us, error)) &&
         (survey->score != MOS_SURVEY_NO_SCORE || score == MOS_SURVEY_NO_SCORE || mos_record_set (txn, &mos_entity_survey, survey->id, NULL, error, "score", 'i', (gint64) score, NULL));
}

gboolean
mos_store_survey_answer (MosTxn *txn,
                         const char *id,
                         int score,
                         const char *comment,
                         gint64 at_us,
                         GError **error)
{
  g_autoptr (MosSurvey) survey = NULL;
  g_autoptr (JsonObject) values = json_object_new ();

  g_return_val_if_fail (at_us != 0 && comment != NULL, FALSE);

  if (!mos_store_survey_find (txn, id, &survey, error))
    return FALSE;
  if (survey == NULL)
    return mos_not_found (error, "survey", id);
  g_return_val_if_fail (score == MOS_SURVEY_NO_SCORE || mos_survey_kind_is_score (survey->kind, score), FALSE);
  if (survey->state == MOS_SURVEY_ANSWERED && !keep_former (txn, survey->id, survey->score, survey->comment, survey->answered_us, error))
    return FALSE;
  json_object_set_string_member (values, "state", mos_survey_state_to_nick (MOS_SURVEY_ANSWERED));
  json_object_set_int_member (values, "answered_at", at_us);
  set_score (values, score);
  json_object_set_string_member (values, "comment", comment);
  return mos_record_write (txn, &mos_entity_survey, id, values, TRUE, error) && (survey->is_test || tell (txn, survey->conversation, id, survey->kind, score, at_us, error));
}

gboolean
mos_store_survey_find (MosTxn *txn,
                       const char *id,
                       MosSurvey **ret_survey,
                       GError **error)
{
  g_autoptr (MosStatement) statement = mos_database_query (txn->database, error, SURVEY_QUERY " WHERE s.id = ?", "t", id);
  int r = statement != NULL ? mos_statement_step (statement, error) : -1;

  *ret_survey = r > 0 ? survey_from (statement) : NULL;
  return r >= 0;
}

gboolean
mos_store_survey_find_by_message (MosTxn *txn,
                                  const char *message,
                                  MosSurvey **ret_survey,
                                  GError **error)
{
  g_autoptr (MosStatement) statement = mos_database_query (txn->database, error, SURVEY_QUERY " WHERE s.message = ?", "t", message);
  int r = statement != NULL ? mos_statement_step (statement, error) : -1;

  *ret_survey = r > 0 ? survey_from (statement) : NULL;
  return r >= 0;
}

GPtrArray *
mos_store_survey_list (MosTxn *txn,
                       const char *customer,
                       const char *conversation,
                       guint offset,
                       guint max,
                       GError **error)
{
  g_autoptr (MosStatement) statement = NULL;

  /* Each by an index of its own. */
  if (conversation != NULL)
    statement = mos_database_query (txn->database, error, SURVEY_QUERY " WHERE s.conversation = ?1 AND s.state = 'answered' AND s.is_test = 0 AND (?2 IS NULL OR s.customer = ?2) ORDER BY s.answered_at DESC, s.id DESC LIMIT ?3 OFFSET ?4", "ttii",
                                    conversation, customer, (gint64) max, (gint64) offset);
  else if (customer != NULL)
    statement = mos_database_query (txn->database, error, SURVEY_QUERY " WHERE s.customer = ? AND s.state = 'answered' ORDER BY s.answered_at DESC, s.id DESC LIMIT ? OFFSET ?", "tii", customer, (gint64) max, (gint64) offset);
  else
    statement = mos_database_query (txn->database, error, SURVEY_QUERY " WHERE s.state = 'answered' AND s.is_test = 0 ORDER BY s.answered_at DESC, s.id DESC LIMIT ? OFFSET ?", "ii", (gint64) max, (gint64) offset);
  return collect (statement, error);
}

/* The highest score of an unhappy customer. */
static gint64
get_low (MosSurveyKind kind)
{
  int score = mos_survey_kind_get_highest (kind);

  while (score >= mos_survey_kind_get_lowest (kind) && !mos_survey_kind_is_low (kind, score))
    score--;
  return score;
}

#define LAST_OF_IT "CASE WHEN s.answered_at <> 0 THEN s.answered_at ELSE s.asked_at END"

/* @select: a query of survey s, up to its condition. Returns: (transfer full) (nullable) */
static MosStatement *
query_filtered (MosTxn *txn,
                const char *select,
                const MosSurveyFilter *filter,
                GError **error)
{
  static const struct
  {
    const char *condition;
    const char *order;
  } lists[] = {
    [MOS_SURVEYS_ANSWERED] = { "s.state = 'answered' AND s.is_test = 0", "s.answered_at DESC, s.id DESC" },
    [MOS_SURVEYS_UNREAD] = { "s.unread = 1", "s.answered_at DESC, s.id DESC" },
    [MOS_SURVEYS_RESCUES] = { "s.rescue = 'open'", "s.rescue_since, s.id" },
    [MOS_SURVEYS_ALL] = { "1", LAST_OF_IT " DESC, s.id DESC" },
  };
  g_autofree char *sql = g_strconcat (select, " WHERE ", lists[filter->list].condition,
                                      " AND (?1 IS NULL OR s.customer = ?1) AND (?2 IS NULL OR s.conversation = ?2) AND (?3 IS NULL OR s.account = ?3)"
                                      " AND (?4 = 0 OR (?4 >> (s.kind = 'nps')) & 1) AND (?5 = 0 OR s.score <= CASE s.kind WHEN 'csat' THEN ?6 ELSE ?7 END)"
                                      " AND (?8 = 0 OR " LAST_OF_IT " >= ?8) AND (?9 = 0 OR " LAST_OF_IT " < ?9) ORDER BY ",
                                      lists[filter->list].order, " LIMIT ?10 OFFSET ?11", NULL);

  G_STATIC_ASSERT (G_N_ELEMENTS (lists) == MOS_N_SURVEY_LISTS);
  return mos_database_query (txn->database, error, sql, "tttiiiiiiii", filter->customer, filter->conversation, filter->account, (gint64) filter->kinds, (gint64) filter->only_low, get_low (MOS_SURVEY_CSAT), get_low (MOS_SURVEY_NPS),
                             filter->from_us, filter->to_us, filter->max != 0 ? (gint64) filter->max : -1, (gint64) filter->offset);
}

GPtrArray *
mos_store_survey_list_filtered (MosTxn *txn,
                                const MosSurveyFilter *filter,
                                GError **error)
{
  g_autoptr (MosStatement) statement = query_filtered (txn, SURVEY_QUERY, filter, error);

  return collect (statement, error);
}

GPtrArray *
mos_store_survey_list_ids (MosTxn *txn,
                           const MosSurveyFilter *filter,
                           GError **error)
{
  g_autoptr (MosStatement) statement = query_filtered (txn, "SELECT s.id FROM survey s", filter, error);

  return mos_query_ids (statement, error);
}

GPtrArray *
mos_store_survey_list_former (MosTxn *txn,
                              const char *id,
                              GError **error)
{
  g_autoptr (GPtrArray) surveys = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_survey_unref);
  g_autoptr (MosStatement) statement =
      mos_database_query (txn->database, error, "SELECT s.kind, a.answered_at, coalesce (a.score, -1), a.comment FROM survey_answer a JOIN survey s ON s.id = a.survey WHERE a.survey = ? ORDER BY a.answered_at, a.position", "t", id);
  int r = statement != NULL ? 1 : -1;

  while (r > 0 && (r = mos_statement_step (statement, error)) > 0)
    {
      MosSurvey *survey = mos_survey_make (mos_survey_kind_from_nick (mos_statement_get_text (statement, 0), MOS_SURVEY_CSAT));

      survey->answered_us = mos_statement_get_int (statement, 1);
      survey->score = (int) mos_statement_get_int (statement, 2);
      g_set_str (&survey->comment, mos_statement_get_text (statement, 3));
      g_ptr_array_add (surveys, survey);
    }
  return r >= 0 ? g_steal_pointer (&surveys) : NULL;
}

/* --- what comes of them --- */

gboolean
mos_store_survey_set_answered_by (MosTxn *txn,
                                  const char *id,
                                  const char *address,
                                  GError **error)
{
  return mos_record_set (txn, &mos_entity_survey, id, NULL, error, "answered_by", 't', address, NULL);
}

gboolean
mos_store_survey_set_unread (MosTxn *txn,
                             const char *id,
                             gboolean unread,
                             GError **error)
{
  g_autofree char *conversation = NULL;

  if (!mos_database_get_text (txn->database, &conversation, error, "SELECT conversation FROM survey WHERE id = ?", "t", id))
    return FALSE;
  if (conversation == NULL)
    return mos_not_found (error, "survey", id);
  mos_txn_touch_conversation (txn, conversation);
  return mos_database_exec (txn->database, error, "UPDATE survey SET unread = ? WHERE id = ?", "dt", unread ? 1 : 0, id);
}

gboolean
mos_store_survey_set_rescue (MosTxn *txn,
                             const char *id,
                             MosRescueState state,
                             const char *outcome,
                             GError **error)
{
  g_autoptr (MosSurvey) survey = NULL;
  const char *nick = state != MOS_RESCUE_NONE ? mos_rescue_state_to_nick (state) : NULL;
  gint64 since_us;

  if (!mos_store_survey_find (txn, id, &survey, error))
    return FALSE;
  if (survey == NULL)
    return mos_not_found (error, "survey", id);
  if (survey->rescue == state && (outcome == NULL || g_str_equal (survey->rescue_outcome, outcome)))
    return TRUE;
  since_us = state == MOS_RESCUE_NONE ? 0 : survey->rescue_since_us != 0 ? survey->rescue_since_us
                                                                         : txn->now_us;
  return mos_record_set (txn, &mos_entity_survey, id, NULL, error, "rescue", 't', nick, "rescue_since", 'i', since_us, "rescue_done", 'i', state == MOS_RESCUE_DONE ? txn->now_us : (gint64) 0,
                         "rescue_outcome", 't', outcome != NULL ? outcome : survey->rescue_outcome, NULL) &&
         (state == MOS_RESCUE_NONE || survey->rescue == state || mos_store_event_add (txn, survey->conversation, NULL, "rescue", id, nick, 0, FALSE, error));
}

/* --- what moves them --- */

static gboolean
put (MosTxn *txn,
     GPtrArray *ids,
     const char *column,
     const char *value,
     GError **error)
{
  for (guint i = 0; ids != NULL && i < ids->len; i++)
    if (!mos_record_set (txn, &mos_entity_survey, ids->pdata[i], NULL, error, column, 't', value, NULL))
      return FALSE;
  return ids != NULL;
}

char *
mos_store_survey_rescue_key (const char *survey)
{
  return g_strconcat (MOS_RESCUE_DUE_KIND ":", survey, NULL);
}

/* Whoever is reminded of an unhappy customer is so where the score is. */
static gboolean
move (MosTxn *txn,
      GPtrArray *ids,
      const char *conversation,
      GError **error)
{
  if (!put (txn, ids, "conversation", conversation, error))
    return FALSE;
  for (guint i = 0; i < ids->len; i++)
    {
      g_autofree char *key = mos_store_survey_rescue_key (ids->pdata[i]);
      g_autoptr (MosDueRow) due = NULL;

      if (!mos_store_due_find (txn, key, &due, error) || (due != NULL && !mos_record_set (txn, &mos_entity_due, key, NULL, error, "conversation", 't', conversation, NULL)))
        return FALSE;
    }
  return TRUE;
}

GPtrArray *
mos_customer_list_surveys (MosTxn *txn,
                           const char *customer,
                           GError **error)
{
  g_autoptr (MosStatement) statement = mos_database_query (txn->database, error, "SELECT id FROM survey WHERE customer = ? ORDER BY id", "t", customer);

  return mos_query_ids (statement, error);
}

/* Ids of those of @customer (nullable: nobody's) in a conversation. */
static GPtrArray *
list_there (MosTxn *txn,
            const char *conversation,
            const char *customer,
            GError **error)
{
  g_autoptr (MosStatement) statement = mos_database_query (txn->database, error, "SELECT id FROM survey WHERE conversation = ? AND customer IS ? ORDER BY id", "tt", conversation, customer);

  return mos_query_ids (statement, error);
}

gboolean
mos_survey_follow (MosTxn *txn,
                   const char *conversation,
                   const char *from,
                   const char *to,
                   GError **error)
{
  g_autoptr (GPtrArray) ids = list_there (txn, conversation, from, error);

  return put (txn, ids, "customer", to, error);
}

gboolean
mos_store_survey_give (MosTxn *txn,
                       const char *from,
                       const char *customer,
                       const char *to,
                       GError **error)
{
  g_autoptr (GPtrArray) ids = list_there (txn, from, customer, error);

  return move (txn, ids, to, error);
}

gboolean
mos_join_surveys (MosTxn *txn,
                  const char *from,
                  const char *into,
                  GError **error)
{
  g_autoptr (MosStatement) statement = mos_database_query (txn->database, error, "SELECT id FROM survey WHERE conversation = ? ORDER BY id", "t", from);
  g_autoptr (GPtrArray) ids = mos_query_ids (statement, error);

  return move (txn, ids, into, error);
}
