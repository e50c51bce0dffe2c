/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-store"

#include "config.h"

#include "core/store/mos-store-surveys.h"

#include "core/base/mos-id.h"
#include "core/store/mos-store-conversations.h"
#include "core/store/mos-store-customer-private.h"
#include "core/store/mos-store-events.h"
#include "core/store/mos-store-joining-private.h"

#define SURVEY_QUERY                                                                                                                                                                                  \
  "SELECT s.id, s.kind, s.state, s.source = 'recorded', s.account, s.conversation, c.number, c.subject, s.customer, p.name, s.language, s.asked_at, s.answered_at, coalesce (s.score, -1), s.comment" \
  " FROM survey s JOIN conversation c ON c.id = s.conversation LEFT JOIN customer p ON p.id = s.customer"

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
  return survey;
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
  g_autofree char *id = mos_id_new (txn->now_us), *where = NULL, *customer = NULL;
  g_autoptr (MosConversationRow) conversation = NULL;
  g_autoptr (JsonObject) values = json_object_new ();
  gboolean is_answered = survey->state == MOS_SURVEY_ANSWERED;

  g_return_val_if_fail (survey->score == MOS_SURVEY_NO_SCORE || (is_answered && mos_survey_kind_is_score (survey->kind, survey->score)), FALSE);
  g_return_val_if_fail (is_answered == (survey->answered_us != 0), FALSE);

  if (!mos_store_conversation_resolve (txn, survey->conversation, &where, error) || (where != NULL && !mos_store_conversation_find (txn, where, &conversation, error)))
    return FALSE;
  if (conversation == NULL)
    return mos_not_found (error, "conversation", survey->conversation);
  if (!mos_customer_resolve (txn, survey->customer != NULL ? survey->customer : conversation->customer, &customer, error))
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
  if (!mos_record_write (txn, &mos_entity_survey, id, values, FALSE, error) ||
      (is_answered && !tell (txn, where, id, survey->kind, survey->score, survey->answered_us, error)))
    return FALSE;
  if (ret_id != NULL)
    *ret_id = g_steal_pointer (&id);
  return TRUE;
}

/* What was answered before is kept beside it. */
static gboolean
keep_former (MosTxn *txn,
             const MosSurvey *survey,
             GError **error)
{
  g_autoptr (JsonObject) values = json_object_new ();
  g_autofree char *id = NULL;
  gint64 position = 0;

  if (!mos_database_get_int (txn->database, &position, error, "SELECT coalesce (max (position), 0) + 1 FROM survey_answer WHERE survey = ?", "t", survey->id))
    return FALSE;
  id = g_strdup_printf ("%s\x1f%" G_GINT64_FORMAT, survey->id, position);
  json_object_set_string_member (values, "survey", survey->id);
  json_object_set_int_member (values, "position", position);
  json_object_set_int_member (values, "answered_at", survey->answered_us);
  set_score (values, survey->score);
  json_object_set_string_member (values, "comment", survey->comment);
  return mos_record_write (txn, &mos_entity_survey_answer, id, values, FALSE, error);
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
  if (survey->state == MOS_SURVEY_ANSWERED && !keep_former (txn, survey, error))
    return FALSE;
  json_object_set_string_member (values, "state", mos_survey_state_to_nick (MOS_SURVEY_ANSWERED));
  json_object_set_int_member (values, "answered_at", at_us);
  set_score (values, score);
  json_object_set_string_member (values, "comment", comment);
  return mos_record_write (txn, &mos_entity_survey, id, values, TRUE, error) && tell (txn, survey->conversation, id, survey->kind, score, at_us, error);
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

GPtrArray *
mos_store_survey_list (MosTxn *txn,
                       const char *customer,
                       const char *conversation,
                       guint offset,
                       guint max,
                       GError **error)
{
  g_autoptr (GPtrArray) surveys = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_survey_unref);
  g_autoptr (MosStatement) statement = NULL;
  int r;

  /* Each by an index of its own. */
  if (conversation != NULL)
    statement = mos_database_query (txn->database, error, SURVEY_QUERY " WHERE s.conversation = ?1 AND s.state = 'answered' AND (?2 IS NULL OR s.customer = ?2) ORDER BY s.answered_at DESC, s.id DESC LIMIT ?3 OFFSET ?4", "ttii",
                                    conversation, customer, (gint64) max, (gint64) offset);
  else if (customer != NULL)
    statement = mos_database_query (txn->database, error, SURVEY_QUERY " WHERE s.customer = ? AND s.state = 'answered' ORDER BY s.answered_at DESC, s.id DESC LIMIT ? OFFSET ?", "tii", customer, (gint64) max, (gint64) offset);
  else
    statement = mos_database_query (txn->database, error, SURVEY_QUERY " WHERE s.state = 'answered' ORDER BY s.answered_at DESC, s.id DESC LIMIT ? OFFSET ?", "ii", (gint64) max, (gint64) offset);
  r = statement != NULL ? 1 : -1;
  while (r > 0 && (r = mos_statement_step (statement, error)) > 0)
    g_ptr_array_add (surveys, survey_from (statement));
  return r >= 0 ? g_steal_pointer (&surveys) : NULL;
}

GPtrArray *
mos_store_survey_list_former (MosTxn *txn,
                              const char *id,
                              GError **error)
{
  g_autoptr (GPtrArray) surveys = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_survey_unref);
  g_autoptr (MosStatement) statement =
      mos_database_query (txn->database, error, "SELECT s.kind, a.answered_at, coalesce (a.score, -1), a.comment FROM survey_answer a JOIN survey s ON s.id = a.survey WHERE a.survey = ? ORDER BY a.position", "t", id);
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

  return put (txn, ids, "conversation", to, error);
}

gboolean
mos_join_surveys (MosTxn *txn,
                  const char *from,
                  const char *into,
                  GError **error)
{
  g_autoptr (MosStatement) statement = mos_database_query (txn->database, error, "SELECT id FROM survey WHERE conversation = ? ORDER BY id", "t", from);
  g_autoptr (GPtrArray) ids = mos_query_ids (statement, error);

  return put (txn, ids, "conversation", into, error);
}
