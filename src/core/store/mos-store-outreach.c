/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-store"

#include "config.h"

#include "core/store/mos-store-outreach.h"

#include "core/store/mos-store-opt-outs.h"
#include "core/store/mos-store-private.h"
#include "core/values/mos-macro-json.h"

/* The records, and what becomes of them. Whom they go to is in mos-store-outreach-people.c. */

#define OUTREACH_QUERY                                                                                                                      \
  "SELECT o.id, o.name, o.purpose, o.state, o.why, o.macro, o.account, o.agent, o.audience, o.subjects, o.texts, o.attachments, o.answers," \
  " o.allows_unknown, o.again_days, o.per_minute, o.per_hour, o.in_hours, o.created_at, o.started_at, o.ended_at,"                          \
  " ifnull ((SELECT d.due_utc FROM due d WHERE d.key = 'outreach:' || o.id AND d.state = 'waiting'), 0),"                                   \
  " o.n_waiting, o.n_queued, o.n_failed, o.n_sent, o.n_left_out, o.n_cancelled, o.n_answered, o.n_opted_out FROM outreach o WHERE o.deleted_at = 0"

/* --- JSON --- */

static char *
texts_to_json (GPtrArray *texts)
{
  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();
  g_autoptr (JsonNode) root = NULL;

  mos_macro_build_texts (builder, texts);
  root = json_builder_get_root (builder);
  return json_to_string (root, FALSE);
}

static void
read_texts (MosMacro *macro,
            const char *json)
{
  g_autoptr (JsonNode) root = json_from_string (json, NULL);

  if (root != NULL)
    mos_macro_read_texts (macro, root, NULL);
}

static char *
audience_to_json (const MosAudience *audience)
{
  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();
  g_autoptr (JsonNode) root = NULL;

  mos_audience_build (builder, audience);
  root = json_builder_get_root (builder);
  return json_to_string (root, FALSE);
}

static char *
answers_to_json (GHashTable *answers)
{
  g_autoptr (JsonObject) object = json_object_new ();
  g_autoptr (JsonNode) root = json_node_init_object (json_node_alloc (), object);
  GHashTableIter iter;
  gpointer question, answer;

  g_hash_table_iter_init (&iter, answers);
  while (g_hash_table_iter_next (&iter, &question, &answer))
    json_object_set_string_member (object, question, answer);
  return json_to_string (root, FALSE);
}

static void
read_answers (GHashTable *answers,
              const char *json)
{
  g_autoptr (JsonNode) root = json_from_string (json, NULL);
  JsonObjectIter iter;
  const char *question;
  JsonNode *answer;

  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    return;
  json_object_iter_init (&iter, json_node_get_object (root));
  while (json_object_iter_next (&iter, &question, &answer))
    if (JSON_NODE_HOLDS_VALUE (answer) && json_node_get_value_type (answer) == G_TYPE_STRING)
      g_hash_table_replace (answers, g_strdup (question), g_strdup (json_node_get_string (answer)));
}

/* --- reading --- */

/* Kept by triggers. */
static void
read_counts (MosOutreachCounts *counts,
             MosStatement *statement)
{
  guint *const columns[] = { &counts->n_waiting, &counts->n_queued, &counts->n_failed, &counts->n_sent, &counts->n_left_out, &counts->n_cancelled, &counts->n_answered, &counts->n_opted_out };

  for (gsize i = 0; i < G_N_ELEMENTS (columns); i++)
    *columns[i] = (guint) mos_statement_get_int (statement, 22 + (int) i);
  counts->n_made = counts->n_queued + counts->n_failed + counts->n_sent;
}

static MosOutreach *
outreach_from (MosStatement *statement)
{
  g_autoptr (MosAudience) audience = mos_audience_from_json (mos_statement_get_text (statement, 8));
  MosOutreach *outreach;

  /* A later version's: nobody is written to by this one. */
  if (audience == NULL)
    audience = mos_audience_make (MOS_AUDIENCE_CUSTOMERS);
  outreach = mos_outreach_make (audience);
  outreach->id = mos_statement_dup_text (statement, 0);
  g_set_str (&outreach->name, mos_statement_get_text (statement, 1));
  outreach->purpose = mos_outreach_purpose_from_nick (mos_statement_get_text (statement, 2), MOS_OUTREACH_PROMOTIONAL);
  outreach->state = mos_outreach_state_from_nick (mos_statement_get_text (statement, 3), MOS_OUTREACH_CANCELLED);
  outreach->why = mos_statement_dup_text (statement, 4);
  outreach->letter->id = mos_statement_dup_text (statement, 5);
  outreach->account = mos_statement_dup_text (statement, 6);
  outreach->agent = mos_statement_dup_text (statement, 7);
  read_texts (outreach->subjects, mos_statement_get_text (statement, 9));
  read_texts (outreach->letter, mos_statement_get_text (statement, 10));
  g_ptr_array_unref (outreach->letter->attachments);
  outreach->letter->attachments = mos_json_to_attachments (mos_statement_get_text (statement, 11));
  read_answers (outreach->answers, mos_statement_get_text (statement, 12));
  outreach->allows_unknown = mos_statement_get_int (statement, 13) != 0;
  outreach->again_days = (guint) mos_statement_get_int (statement, 14);
  outreach->per_minute = (guint) mos_statement_get_int (statement, 15);
  outreach->per_hour = (guint) mos_statement_get_int (statement, 16);
  outreach->in_hours = mos_statement_get_int (statement, 17) != 0;
  outreach->created_us = mos_statement_get_int (statement, 18);
  outreach->started_us = mos_statement_get_int (statement, 19);
  outreach->ended_us = mos_statement_get_int (statement, 20);
  outreach->next_us = mos_statement_get_int (statement, 21);
  read_counts (&outreach->counts, statement);
  return outreach;
}

gboolean
mos_store_outreach_find (MosTxn *txn,
                         const char *id,
                         MosOutreach **ret_outreach,
                         GError **error)
{
  g_autoptr (MosStatement) statement = mos_database_query (txn->database, error, OUTREACH_QUERY " AND o.id = ?", "t", id);
  int r = statement != NULL ? mos_statement_step (statement, error) : -1;

  *ret_outreach = r > 0 ? outreach_from (statement) : NULL;
  return r >= 0;
}

GPtrArray *
mos_store_outreach_list (MosTxn *txn,
                         GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_outreach_unref);
  g_autoptr (MosStatement) statement = mos_database_query (txn->database, error, OUTREACH_QUERY " ORDER BY o.created_at DESC, o.id", "");
  int r = statement != NULL ? 1 : -1;

  while (r > 0 && (r = mos_statement_step (statement, error)) > 0)
    g_ptr_array_add (list, outreach_from (statement));
  return r == 0 ? g_steal_pointer (&list) : NULL;
}

/* --- writing --- */

gboolean
mos_store_outreach_save (MosTxn *txn,
                         MosOutreach *outreach,
                         GError **error)
{
  g_autofree char *audience = audience_to_json (outreach->audience);
  g_autofree char *subjects = texts_to_json (outreach->subjects->texts);
  g_autofree char *texts = texts_to_json (outreach->letter->texts);
  g_autofree char *attachments = mos_json_from_attachments (outreach->letter->attachments);
  g_autofree char *answers = answers_to_json (outreach->answers);

  g_return_val_if_fail (outreach->id != NULL && outreach->letter->id != NULL && outreach->account != NULL, FALSE);

  txn->changes->outreach_changed = TRUE;
  return mos_database_exec (txn->database, error,
                            "INSERT INTO outreach (id, name, purpose, state, why, macro, account, agent, audience, subjects, texts, attachments, answers, allows_unknown, again_days, per_minute, per_hour, in_hours, created_at)"
                            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                            " ON CONFLICT (id) DO UPDATE SET name = excluded.name, purpose = excluded.purpose, state = excluded.state, why = excluded.why, macro = excluded.macro, account = excluded.account, agent = excluded.agent,"
                            " audience = excluded.audience, subjects = excluded.subjects, texts = excluded.texts, attachments = excluded.attachments, answers = excluded.answers, allows_unknown = excluded.allows_unknown,"
                            " again_days = excluded.again_days, per_minute = excluded.per_minute, per_hour = excluded.per_hour, in_hours = excluded.in_hours",
                            "tttttttttttttiiiiii", outreach->id, outreach->name, mos_outreach_purpose_to_nick (outreach->purpose), mos_outreach_state_to_nick (outreach->state), outreach->why,
                            outreach->letter->id, outreach->account, outreach->agent, audience, subjects, texts, attachments, answers, (gint64) outreach->allows_unknown, (gint64) outreach->again_days,
                            (gint64) outreach->per_minute, (gint64) outreach->per_hour, (gint64) outreach->in_hours, txn->now_us);
}

gboolean
mos_store_outreach_set_state (MosTxn *txn,
                              const char *id,
                              MosOutreachState state,
                              const char *why,
                              GError **error)
{
  txn->changes->outreach_changed = TRUE;
  return mos_database_exec (txn->database, error,
                            "UPDATE outreach SET state = ?2, why = ?3, started_at = CASE WHEN ?2 = 'running' AND started_at = 0 THEN ?4 ELSE started_at END,"
                            " ended_at = CASE WHEN ?2 IN ('done', 'cancelled') THEN ?4 ELSE 0 END WHERE id = ?1",
                            "ttti", id, mos_outreach_state_to_nick (state), why, txn->now_us);
}

gboolean
mos_store_outreach_remove (MosTxn *txn,
                           const char *id,
                           GError **error)
{
  txn->changes->outreach_changed = TRUE;
  return mos_database_exec (txn->database, error, "UPDATE outreach SET deleted_at = ? WHERE id = ?", "it", txn->now_us, id);
}

gboolean
mos_store_outreach_get_last (MosTxn *txn,
                             const char *account,
                             gint64 *ret_us,
                             GError **error)
{
  return mos_database_get_int (txn->database, ret_us, error,
                               "SELECT max ((SELECT max (p.at) FROM outreach_person p WHERE p.outreach = o.id AND p.state = 'made')) FROM outreach o WHERE o.account = ?", "t", account);
}

/* --- what comes back --- */

gboolean
mos_store_conversation_set_silent (MosTxn *txn,
                                   const char *conversation,
                                   const char *message,
                                   GError **error)
{
  return mos_record_set (txn, &mos_entity_conversation, conversation, NULL, error, "silent_message", 't', message, NULL);
}

gboolean
mos_store_outreach_find_silent (MosTxn *txn,
                                const char *conversation,
                                char **ret_message,
                                gboolean *ret_is_alone,
                                GError **error)
{
  g_autofree char *place = NULL;

  if (!mos_database_get_text (txn->database, ret_message, error, "SELECT silent_message FROM conversation WHERE id = ?", "t", conversation))
    return FALSE;
  if (ret_is_alone == NULL)
    return TRUE;
  *ret_is_alone = FALSE;
  if (*ret_message == NULL)
    return TRUE;
  if (!mos_txn_flush_conversation (txn, conversation, error) || !mos_database_get_text (txn->database, &place, error, "SELECT place FROM conversation WHERE id = ?", "t", conversation))
    return FALSE;
  *ret_is_alone = g_strcmp0 (place, "blank") == 0;
  return TRUE;
}

gboolean
mos_store_outreach_is_promotional (MosTxn *txn,
                                   const char *message,
                                   gboolean *ret_is,
                                   GError **error)
{
  gint64 is = 0;

  if (!mos_database_get_int (txn->database, &is, error,
                             "SELECT EXISTS (SELECT 1 FROM outreach_person p JOIN outreach o ON o.id = p.outreach WHERE p.message = ? AND o.purpose = 'promotional')", "t", message))
    return FALSE;
  *ret_is = is != 0;
  return TRUE;
}

gboolean
mos_store_outreach_note_answer (MosTxn *txn,
                                const char *message,
                                gint64 at_us,
                                GError **error)
{
  txn->changes->outreach_changed = TRUE;
  return mos_database_exec (txn->database, error, "UPDATE outreach_person SET answered_at = ?2 WHERE message = ?1 AND answered_at = 0", "ti", message, at_us);
}

gboolean
mos_store_outreach_note_opt_out (MosTxn *txn,
                                 const char *message,
                                 gint64 at_us,
                                 GError **error)
{
  g_autofree char *address = NULL;

  txn->changes->outreach_changed = TRUE;
  return mos_database_exec (txn->database, error, "UPDATE outreach_person SET opted_out_at = ?2 WHERE message = ?1 AND opted_out_at = 0", "ti", message, at_us) &&
         mos_database_get_text (txn->database, &address, error, "SELECT address FROM outreach_person WHERE message = ?", "t", message) &&
         (address == NULL || mos_store_opt_out_put (txn, address, error));
}
