/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-store"

#include "config.h"

#include "core/store/mos-store-conversations.h"

#include "core/base/mos-id.h"
#include "core/store/mos-store-agents.h"
#include "core/store/mos-store-customer-private.h"
#include "core/store/mos-store-customers.h"
#include "core/store/mos-store-due.h"
#include "core/store/mos-store-events.h"
#include "core/store/mos-store-messages.h"
#include "core/store/mos-store-once-through.h"
#include "core/store/mos-store-private.h"
#include "core/store/mos-store-surveys.h"
#include "core/store/mos-store-views.h"

#include <stdlib.h>

/* What the agent of this desk has not read, though somebody did. */
#define MINE "FROM agent_unread u JOIN message m ON m.id = u.message WHERE u.agent = (SELECT id FROM agent WHERE is_me = 1) AND u.conversation = c.id AND m.removed_at = 0 AND m.unread = 0"

/* Of whom it has a draft: '' = of the agent of this desk, or of nobody; else the other's name. */
#define DRAFTERS "CASE WHEN c.has_draft = 1 THEN (SELECT group_concat (who, char (31)) FROM (SELECT DISTINCT CASE WHEN w.id IS NULL OR w.is_me = 1 THEN '' ELSE w.name END AS who" \
                 " FROM draft d LEFT JOIN agent w ON w.id = d.agent WHERE d.conversation = c.id)) END"

/* Whose newest message has no words may be a call: what became of it, who called whom, and for how long. */
#define CALL "CASE WHEN c.snippet = '' THEN (SELECT m.call_outcome || ' ' || m.direction || ' ' || coalesce ((SELECT k.seconds FROM phone_call k WHERE k.message = m.id), 0)" \
             " FROM message m WHERE m.conversation = c.id AND m.removed_at = 0 AND m.delivery <> 'draft' ORDER BY m.seq DESC LIMIT 1) END"

#define TARGETS "c.reply_due, c.reply_warn, c.reply_basis, c.resolve_due, c.resolve_warn, c.resolve_basis, c.target_state"

#define ROW_QUERY "SELECT c.id, c.number, c.subject, c.status, c.priority, c.assignee, g.name,"                                                                                                                              \
                  " (SELECT group_concat (tag, char (31)) FROM conversation_tag t WHERE t.conversation = c.id),"                                                                                                             \
                  " c.account, a.name, c.channel, c.customer, p.name,"                                                                                                                                                       \
                  " coalesce ((SELECT i.value FROM participant q JOIN identity i ON i.id = q.identity WHERE q.conversation = c.id AND q.role = 'customer' LIMIT 1),"                                                         \
                  "  (SELECT i.value FROM customer_identity ci JOIN identity i ON i.id = ci.identity WHERE ci.customer = c.customer ORDER BY ci.position LIMIT 1)," /* of a machine's mail, which makes nobody a customer */ \
                  "  (SELECT m.from_address FROM message m WHERE m.conversation = c.id AND m.direction = 'incoming' AND m.from_address <> '' ORDER BY m.seq DESC LIMIT 1)),"                                                 \
                  " c.category, c.language, c.snippet, c.created_at, c.updated_at, c.waiting_since, c.snoozed_until, c.unread, c.message_count,"                                                                             \
                  " " DRAFTERS ", c.has_attachments, c.has_failed, c.quarantine, c.merged_into, c.deleted_at, c.archive, c.language_chosen,"                                                                                 \
                  " (SELECT number FROM conversation n WHERE n.id = c.merged_into), (SELECT count (*) " MINE "), EXISTS (SELECT 1 " MINE " AND m.direction = 'note'),"                                                       \
                  " (SELECT max (h.last_incoming) FROM chat_thread h WHERE h.conversation = c.id), " CALL "," TARGETS                                                                                                        \
                  " FROM conversation c LEFT JOIN agent g ON g.id = c.assignee LEFT JOIN account a ON a.id = c.account LEFT JOIN customer p ON p.id = c.customer"

/* The same columns, without what stands in other tables */
#define BRIEF_QUERY "SELECT c.id, c.number, c.subject, c.status, c.priority, c.assignee, NULL, NULL, c.account, NULL, c.channel, c.customer, NULL, NULL, c.category, c.language, c.snippet," \
                    " c.created_at, c.updated_at, c.waiting_since, c.snoozed_until, c.unread, c.message_count, NULL, c.has_attachments, c.has_failed, c.quarantine, c.merged_into,"          \
                    " c.deleted_at, c.archive, c.language_chosen, NULL, 0, 0, 0, NULL, " TARGETS " FROM conversation c"

static int
compare_text (gconstpointer a,
              gconstpointer b)
{
  return g_strcmp0 (*(const char *const *) a, *(const char *const *) b);
}

static void
read_drafters (MosConversationRow *row,
               const char *text)
{
  g_auto (GStrv) names = NULL;
  g_autoptr (GStrvBuilder) others = NULL;

  if (text == NULL)
    return;
  /* An empty text is one empty name. */
  if (*text == '\0')
    {
      row->has_draft = TRUE;
      return;
    }
  names = g_strsplit (text, "\x1f", -1);
  qsort (names, g_strv_length (names), sizeof (char *), compare_text);
  others = g_strv_builder_new ();
  for (guint i = 0; names[i] != NULL; i++)
    if (*names[i] == '\0')
      row->has_draft = TRUE;
    else
      g_strv_builder_add (others, names[i]);
  row->drafters = g_strv_builder_end (others);
}

static void
read_call (MosConversationRow *row,
           const char *text)
{
  g_auto (GStrv) words = text != NULL ? g_strsplit (text, " ", 3) : NULL;

  if (words == NULL || g_strv_length (words) != 3)
    return;
  row->call = mos_call_make (mos_call_outcome_from_nick (words[0], MOS_CALL_MISSED), NULL, NULL, (guint) g_ascii_strtoull (words[2], NULL, 10));
  row->is_call_outgoing = g_str_equal (words[1], mos_direction_to_nick (MOS_DIRECTION_OUTGOING));
}

static MosConversationRow *
row_from (MosStatement *statement)
{
  MosConversationRow *row = mos_conversation_row_new ();
  const char *tags = mos_statement_get_text (statement, 7);

  row->id = mos_statement_dup_text (statement, 0);
  row->number = mos_statement_get_int (statement, 1);
  row->subject = mos_statement_dup_text0 (statement, 2);
  row->status = mos_status_from_nick (mos_statement_get_text (statement, 3), MOS_STATUS_OPEN);
  row->priority = mos_priority_from_nick (mos_statement_get_text (statement, 4), MOS_PRIORITY_NORMAL);
  row->assignee = mos_statement_dup_text (statement, 5);
  row->assignee_name = mos_statement_dup_text (statement, 6);
  row->tags = tags != NULL ? g_strsplit (tags, "\x1f", -1) : g_new0 (char *, 1);
  qsort (row->tags, g_strv_length (row->tags), sizeof (char *), compare_text);
  row->account = mos_statement_dup_text0 (statement, 8);
  row->account_name = mos_statement_dup_text0 (statement, 9);
  row->channel = mos_statement_dup_text0 (statement, 10);
  row->customer = mos_statement_dup_text (statement, 11);
  row->customer_name = mos_statement_dup_text (statement, 12);
  row->customer_address = mos_statement_dup_text (statement, 13);
  row->category = mos_statement_dup_text (statement, 14);
  row->language = mos_statement_dup_text (statement, 15);
  row->snippet = mos_statement_dup_text0 (statement, 16);
  row->created_us = mos_statement_get_int (statement, 17);
  row->updated_us = mos_statement_get_int (statement, 18);
  row->waiting_since_us = mos_statement_get_int (statement, 19);
  row->snoozed_until_us = mos_statement_get_int (statement, 20);
  row->unread = (guint) mos_statement_get_int (statement, 21);
  row->message_count = (guint) mos_statement_get_int (statement, 22);
  read_drafters (row, mos_statement_get_text (statement, 23));
  row->has_attachments = mos_statement_get_int (statement, 24) != 0;
  row->has_failed = mos_statement_get_int (statement, 25) != 0;
  row->quarantine = mos_statement_dup_text (statement, 26);
  row->merged_into = mos_statement_dup_text (statement, 27);
  row->deleted_us = mos_statement_get_int (statement, 28);
  row->archive = mos_statement_get_int (statement, 29) != 0;
  row->is_language_chosen = mos_statement_get_int (statement, 30) != 0;
  row->merged_number = mos_statement_get_int (statement, 31);
  row->unread += (guint) mos_statement_get_int (statement, 32);
  row->is_mentioned = mos_statement_get_int (statement, 33) != 0;
  row->last_incoming_us = mos_statement_get_int (statement, 34);
  read_call (row, mos_statement_get_text (statement, 35));
  row->reply_due_us = mos_statement_get_int (statement, 36);
  row->reply_warn_us = mos_statement_get_int (statement, 37);
  row->reply_basis = mos_statement_dup_text0 (statement, 38);
  row->resolve_due_us = mos_statement_get_int (statement, 39);
  row->resolve_warn_us = mos_statement_get_int (statement, 40);
  row->resolve_basis = mos_statement_dup_text0 (statement, 41);
  row->target_state = mos_statement_is_null (statement, 42) ? MOS_TARGET_NONE : mos_target_state_from_nick (mos_statement_get_text (statement, 42), MOS_TARGET_NONE);
  return row;
}

gboolean
mos_store_conversation_add (MosTxn *txn,
                            MosConversationRow *row,
                            char **ret_id,
                            gint64 *ret_number,
                            GError **error)
{
  g_autofree char *id = row->id != NULL && *row->id != '\0' ? g_strdup (row->id) : mos_id_new (txn->now_us);
  gint64 created = row->created_us != 0 ? row->created_us : txn->now_us;

  g_return_val_if_fail (txn->is_writable, FALSE);
  g_return_val_if_fail (row->account != NULL, FALSE);

  if (!mos_database_exec (txn->database, error,
                          "INSERT INTO conversation (id, account, channel, customer, subject, status, priority, assignee, category, language, quarantine, archive, snoozed_until, created_at, updated_at, place)"
                          " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?6)",
                          "tttttttttttdiii", id, row->account, row->channel != NULL ? row->channel : "email", row->customer, row->subject != NULL ? row->subject : "",
                          mos_status_to_nick (row->status), mos_priority_to_nick (row->priority), row->assignee, row->category, row->language, row->quarantine,
                          row->archive ? 1 : 0, row->snoozed_until_us, created, created))
    return FALSE;
  if (ret_number != NULL)
    *ret_number = sqlite3_last_insert_rowid (mos_database_get_handle (txn->database));
  if (!mos_txn_record (txn, &mos_entity_conversation, id, "insert", NULL, NULL, error))
    return FALSE;
  mos_txn_dirty (txn, id, MOS_DIRTY_DERIVED);
  if (ret_id != NULL)
    *ret_id = g_steal_pointer (&id);
  return TRUE;
}

static gboolean
find_row (MosTxn *txn,
          const char *sql,
          const char *id,
          MosConversationRow **ret_row,
          GError **error)
{
  g_autoptr (MosStatement) statement = mos_database_query (txn->database, error, sql, "t", id);
  int r = statement != NULL ? mos_statement_step (statement, error) : -1;

  *ret_row = r > 0 ? row_from (statement) : NULL;
  return r >= 0;
}

gboolean
mos_store_conversation_peek (MosTxn *txn,
                             const char *id,
                             MosConversationRow **ret_row,
                             GError **error)
{
  return find_row (txn, BRIEF_QUERY " WHERE c.id = ?", id, ret_row, error);
}

gboolean
mos_store_conversation_find (MosTxn *txn,
                             const char *id,
                             MosConversationRow **ret_row,
                             GError **error)
{
  if (!mos_txn_flush_conversation (txn, id, error) || !find_row (txn, ROW_QUERY " WHERE c.id = ?", id, ret_row, error))
    return FALSE;
  /* So far only a draft: it is to whom it is written to. */
  if (*ret_row != NULL && (*ret_row)->customer == NULL && (*ret_row)->message_count == 0 && !mos_draft_describe (txn, *ret_row, error))
    {
      g_clear_pointer (ret_row, mos_conversation_row_unref);
      return FALSE;
    }
  return TRUE;
}

gboolean
mos_store_conversation_find_by_number (MosTxn *txn,
                                       gint64 number,
                                       MosConversationRow **ret_row,
                                       GError **error)
{
  g_autofree char *id = NULL;

  *ret_row = NULL;
  return mos_database_get_text (txn->database, &id, error, "SELECT id FROM conversation WHERE number = ?", "i", number) &&
         (id == NULL || mos_store_conversation_find (txn, id, ret_row, error));
}

gboolean
mos_store_conversation_resolve (MosTxn *txn,
                                const char *id,
                                char **ret_id,
                                GError **error)
{
  gint64 is_end = 0;

  if (!mos_database_get_int (txn->database, &is_end, error, "SELECT 1 FROM conversation WHERE id = ? AND merged_into IS NULL", "t", id))
    return FALSE;
  if (is_end != 0)
    {
      *ret_id = g_strdup (id);
      return TRUE;
    }
  /* Merged chains end: a conversation is never merged into one that was merged into it (see set_merged). */
  return mos_database_get_text (txn->database, ret_id, error,
                                "WITH RECURSIVE chain (id, next, n) AS (SELECT id, merged_into, 0 FROM conversation WHERE id = ?"
                                " UNION ALL SELECT c.id, c.merged_into, n + 1 FROM chain JOIN conversation c ON c.id = chain.next WHERE n < 100)"
                                " SELECT id FROM chain ORDER BY n DESC LIMIT 1",
                                "t", id);
}

gboolean
mos_store_conversation_find_now (MosTxn *txn,
                                 const char *id,
                                 MosConversationRow **ret_row,
                                 GError **error)
{
  g_autofree char *now = NULL;

  return mos_store_conversation_resolve (txn, id, &now, error) && mos_store_conversation_find (txn, now != NULL ? now : id, ret_row, error);
}

GPtrArray *
mos_store_conversation_list (MosTxn *txn,
                             const char *const *ids,
                             GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_conversation_row_unref);

  for (gsize i = 0; ids[i] != NULL; i++)
    {
      MosConversationRow *row;

      if (!mos_store_conversation_find (txn, ids[i], &row, error))
        return NULL;
      if (row != NULL)
        g_ptr_array_add (rows, row);
    }
  return g_steal_pointer (&rows);
}

/* --- views --- */

GPtrArray *
mos_store_conversation_list_all_ids (MosTxn *txn,
                                     GError **error)
{
  g_autoptr (MosStatement) statement = NULL;

  if (!mos_txn_flush (txn, error))
    return NULL;
  statement = mos_database_query (txn->database, error, "SELECT id FROM conversation WHERE place NOT IN ('deleted', 'merged', 'blank', 'erased') ORDER BY number", "");
  return statement != NULL ? mos_query_ids (statement, error) : NULL;
}

GPtrArray *
mos_store_conversation_list_ids (MosTxn *txn,
                                 MosView *view,
                                 const char *agent,
                                 guint limit,
                                 GError **error)
{
  g_autoptr (MosIdVector) vector = NULL;
  GPtrArray *ids;

  if (view->kind == MOS_VIEW_SEARCH)
    return mos_txn_flush (txn, error) ? mos_search_list_ids (txn, view->argument != NULL ? view->argument : "", limit, error) : NULL;

  vector = mos_store_view_list_ids (txn, view, agent, NULL, limit, error);
  if (vector == NULL)
    return NULL;
  ids = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < vector->ids->len && (limit == 0 || i < limit); i++)
    g_ptr_array_add (ids, g_strdup (vector->ids->pdata[i]));
  return ids;
}

static gboolean
add_count (MosTxn *txn,
           GPtrArray *counts,
           const char *agent,
           MosView *view,
           GError **error)
{
  MosViewCount *count = mos_view_count_new ();

  g_ptr_array_add (counts, count);
  count->view = view;
  return mos_store_view_count (txn, view, agent, &count->count, &count->n_new, error);
}

GPtrArray *
mos_store_conversation_list_counts (MosTxn *txn,
                                    const char *agent,
                                    GError **error)
{
  g_autoptr (GPtrArray) counts = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_view_count_unref);
  g_autoptr (GPtrArray) views = mos_store_view_list_countable (txn, agent, error);
  g_auto (MosOnceThrough) once = { 0 };

  if (views == NULL)
    return NULL;
  mos_once_through_begin (&once, txn);
  for (guint i = 0; i < views->len; i++)
    if (!add_count (txn, counts, agent, mos_view_ref (views->pdata[i]), error))
      return NULL;
  return g_steal_pointer (&counts);
}

static void
cause_count_free (gpointer data)
{
  MosCauseCount *count = data;

  g_free (count->cause);
  g_free (count);
}

GPtrArray *
mos_store_conversation_list_causes (MosTxn *txn,
                                    GError **error)
{
  g_autoptr (GPtrArray) causes = g_ptr_array_new_with_free_func (cause_count_free);
  g_autoptr (MosStatement) statement = NULL;
  int r;

  if (!mos_txn_flush (txn, error))
    return NULL;
  statement = mos_database_query (txn->database, error,
                                  "SELECT quarantine, count (*) FROM conversation INDEXED BY conversation_place WHERE place = 'quarantine' GROUP BY quarantine ORDER BY count (*) DESC, quarantine", "");
  r = statement != NULL ? 1 : -1;
  while (r > 0 && (r = mos_statement_step (statement, error)) > 0)
    {
      MosCauseCount *count = g_new0 (MosCauseCount, 1);

      count->cause = mos_statement_dup_text0 (statement, 0);
      count->count = (guint) mos_statement_get_int (statement, 1);
      g_ptr_array_add (causes, count);
    }
  return r == 0 ? g_steal_pointer (&causes) : NULL;
}

/* --- setters --- */

static gboolean
get_column (MosTxn *txn,
            const char *id,
            const char *sql,
            char **ret_value,
            GError **error)
{
  return mos_database_get_text (txn->database, ret_value, error, sql, "t", id);
}

gboolean
mos_store_conversation_set_status (MosTxn *txn,
                                   const char *id,
                                   MosStatus status,
                                   gint64 snoozed_until_us,
                                   GError **error)
{
  g_autofree char *key = g_strconcat ("snooze:", id, NULL);
  g_autofree char *old = NULL;
  gint64 until = status == MOS_STATUS_SNOOZED ? snoozed_until_us : 0;
  gboolean changed;

  if (!get_column (txn, id, "SELECT status FROM conversation WHERE id = ?", &old, error) ||
      !mos_record_set (txn, &mos_entity_conversation, id, &changed, error, "status", 't', mos_status_to_nick (status), "snoozed_until", 'i', until, NULL))
    return FALSE;
  if (!changed)
    return TRUE;
  /* Whoever was asked what they thought of it has nothing more to answer; the next close may ask again. */
  if (g_strcmp0 (old, mos_status_to_nick (MOS_STATUS_CLOSED)) == 0 && !mos_store_survey_end_asked (txn, id, error))
    return FALSE;

  if (status == MOS_STATUS_SNOOZED)
    {
      g_autofree char *to = g_strdup_printf ("%" G_GINT64_FORMAT, until);

      if (!mos_store_event_add (txn, id, NULL, "snooze", old, to, 0, FALSE, error))
        return FALSE;
    }
  else if (!mos_store_event_add (txn, id, NULL, "status", old, mos_status_to_nick (status), 0, FALSE, error))
    return FALSE;

  if (until != 0)
    {
      g_autoptr (MosDueRow) due = mos_due_row_new ();

      due->kind = g_strdup ("snooze");
      due->key = g_strdup (key);
      due->conversation = g_strdup (id);
      due->agent = g_strdup (txn->actor.kind == MOS_ACTOR_HUMAN ? txn->actor.id : NULL);
      due->due_us = until;
      return mos_store_due_put (txn, due, error);
    }
  return mos_store_due_cancel (txn, key, error);
}

/* One text column: change row, event, derived columns. */
static gboolean
set_text (MosTxn *txn,
          const char *id,
          const char *column,
          const char *select,
          const char *event,
          const char *value,
          GError **error)
{
  g_autofree char *old = NULL;
  gboolean changed;

  return get_column (txn, id, select, &old, error) &&
         mos_record_set (txn, &mos_entity_conversation, id, &changed, error, column, 't', value, NULL) &&
         (!changed || mos_store_event_add (txn, id, NULL, event, old, value, 0, FALSE, error));
}

gboolean
mos_store_conversation_set_assignee (MosTxn *txn,
                                     const char *id,
                                     const char *agent,
                                     GError **error)
{
  return set_text (txn, id, "assignee", "SELECT assignee FROM conversation WHERE id = ?", "assign", agent, error);
}

gboolean
mos_store_conversation_set_priority (MosTxn *txn,
                                     const char *id,
                                     MosPriority priority,
                                     GError **error)
{
  return set_text (txn, id, "priority", "SELECT priority FROM conversation WHERE id = ?", "priority", mos_priority_to_nick (priority), error);
}

gboolean
mos_store_conversation_set_customer (MosTxn *txn,
                                     const char *id,
                                     const char *customer,
                                     GError **error)
{
  g_autofree char *old = NULL;

  return get_column (txn, id, "SELECT customer FROM conversation WHERE id = ?", &old, error) &&
         set_text (txn, id, "customer", "SELECT customer FROM conversation WHERE id = ?", "customer", customer, error) &&
         /* What was said before anybody knew by whom. */
         (old != NULL || customer == NULL || mos_survey_follow (txn, id, NULL, customer, error));
}

gboolean
mos_store_conversation_set_subject (MosTxn *txn,
                                    const char *id,
                                    const char *subject,
                                    GError **error)
{
  return set_text (txn, id, "subject", "SELECT subject FROM conversation WHERE id = ?", "subject", subject, error);
}

gboolean
mos_store_conversation_set_category (MosTxn *txn,
                                     const char *id,
                                     const char *category,
                                     GError **error)
{
  return set_text (txn, id, "category", "SELECT category FROM conversation WHERE id = ?", "category", category, error);
}

static gboolean
set_language (MosTxn *txn,
              const char *id,
              const char *old,
              const char *language,
              gboolean is_chosen,
              GError **error)
{
  gboolean changed;

  return mos_record_set (txn, &mos_entity_conversation, id, &changed, error, "language", 't', language, "language_chosen", 'd', is_chosen ? 1 : 0, NULL) &&
         (!changed || g_strcmp0 (old, language) == 0 || mos_store_event_add (txn, id, NULL, "language", old, language, 0, FALSE, error));
}

gboolean
mos_store_conversation_choose_language (MosTxn *txn,
                                        const char *id,
                                        const char *language,
                                        GError **error)
{
  g_autoptr (MosStatement) statement = NULL;
  g_autofree char *old = NULL;
  g_autofree char *detected = NULL;
  g_autofree char *customer = NULL;
  int r;

  statement = mos_database_query (txn->database, error,
                                  "SELECT c.language, c.customer, (SELECT language FROM message m WHERE m.conversation = c.id AND m.direction = 'incoming' AND m.quarantined = 0 AND m.removed_at = 0"
                                  " AND m.language IS NOT NULL ORDER BY m.seq DESC LIMIT 1) FROM conversation c WHERE c.id = ?",
                                  "t", id);
  r = statement != NULL ? mos_statement_step (statement, error) : -1;
  if (r <= 0)
    return r == 0;
  old = mos_statement_dup_text (statement, 0);
  customer = mos_statement_dup_text (statement, 1);
  detected = mos_statement_dup_text (statement, 2);
  g_clear_pointer (&statement, mos_statement_unref);
  if (!set_language (txn, id, old, language != NULL ? language : detected, language != NULL, error))
    return FALSE;
  /* What was wrong of the conversation was wrong of who wrote it. */
  return language == NULL || customer == NULL || mos_store_customer_set_language (txn, customer, old, language, error);
}

gboolean
mos_store_conversation_detect_language (MosTxn *txn,
                                        const char *id,
                                        const char *language,
                                        GError **error)
{
  gint64 is_open = 0;

  return mos_database_get_int (txn->database, &is_open, error, "SELECT language IS NULL AND language_chosen = 0 FROM conversation WHERE id = ?", "t", id) &&
         (is_open == 0 || set_language (txn, id, NULL, language, FALSE, error));
}

gboolean
mos_store_conversation_set_archive (MosTxn *txn,
                                    const char *id,
                                    gboolean archive,
                                    GError **error)
{
  gboolean changed;

  if (!mos_record_set (txn, &mos_entity_conversation, id, &changed, error, "archive", 'd', archive ? 1 : 0, NULL))
    return FALSE;
  /* What was taken for work and is not leaves the measures. The other way nothing comes back: old mail counts from when it is taken up. */
  if (!changed || !archive)
    return TRUE;
  if (!mos_database_exec (txn->database, error, "UPDATE event SET archive = 1 WHERE conversation = ? AND archive = 0", "t", id))
    return FALSE;
  mos_txn_dirty (txn, id, MOS_DIRTY_FACTS);
  return TRUE;
}

gboolean
mos_store_conversation_set_deleted (MosTxn *txn,
                                    const char *id,
                                    gboolean deleted,
                                    GError **error)
{
  gint64 old = 0;

  if (!mos_database_get_int (txn->database, &old, error, "SELECT deleted_at FROM conversation WHERE id = ?", "t", id))
    return FALSE;
  if ((old != 0) == (deleted != FALSE))
    return TRUE;
  return mos_record_set (txn, &mos_entity_conversation, id, NULL, error, "deleted_at", 'i', deleted ? txn->now_us : (gint64) 0, NULL) &&
         mos_store_event_add (txn, id, NULL, deleted ? "delete" : "restore", NULL, NULL, 0, FALSE, error);
}

gboolean
mos_store_conversation_set_quarantine (MosTxn *txn,
                                       const char *id,
                                       const char *cause,
                                       GError **error)
{
  g_autoptr (MosStatement) statement = NULL;
  g_autoptr (GPtrArray) messages = NULL;
  g_autofree char *old = NULL;
  gboolean changed;

  if (!get_column (txn, id, "SELECT quarantine FROM conversation WHERE id = ?", &old, error) ||
      !mos_record_set (txn, &mos_entity_conversation, id, &changed, error, "quarantine", 't', cause, NULL))
    return FALSE;
  if (!changed)
    return TRUE;
  if (!mos_store_event_add (txn, id, NULL, cause != NULL ? "quarantine" : "release", old, cause, 0, FALSE, error))
    return FALSE;
  if (cause != NULL)
    return TRUE;

  statement = mos_database_query (txn->database, error, "SELECT id FROM message WHERE conversation = ? AND quarantined = 1", "t", id);
  messages = mos_query_ids (statement, error);
  if (messages == NULL)
    return FALSE;
  for (guint i = 0; i < messages->len; i++)
    if (!mos_store_message_set_quarantined (txn, messages->pdata[i], FALSE, NULL, error))
      return FALSE;
  return TRUE;
}

gboolean
mos_store_conversation_clear_quarantine (MosTxn *txn,
                                         const char *id,
                                         GError **error)
{
  gboolean changed;

  if (!mos_record_set (txn, &mos_entity_conversation, id, &changed, error, "quarantine", 't', NULL, NULL))
    return FALSE;
  if (changed)
    mos_txn_dirty (txn, id, MOS_DIRTY_DERIVED);
  return TRUE;
}

gboolean
mos_store_conversation_set_read (MosTxn *txn,
                                 const char *id,
                                 gboolean read,
                                 GError **error)
{
  /* Unread again means the newest one: that is what a person wants to see again. */
  g_autoptr (MosStatement) statement =
      read ? mos_database_query (txn->database, error, "SELECT id FROM message WHERE conversation = ? AND unread = 1", "t", id)
           : mos_database_query (txn->database, error, "SELECT id FROM message WHERE conversation = ? AND direction = 'incoming' AND removed_at = 0 ORDER BY seq DESC LIMIT 1", "t", id);
  g_autoptr (GPtrArray) messages = mos_query_ids (statement, error);

  if (messages == NULL)
    return FALSE;
  for (guint i = 0; i < messages->len; i++)
    if (!mos_store_message_set_read (txn, messages->pdata[i], read, TRUE, error) || !mos_store_agent_keep_unread (txn, messages->pdata[i], read, error))
      return FALSE;
  return !read || mos_store_agent_set_read (txn, id, error);
}

gboolean
mos_store_conversation_add_participant (MosTxn *txn,
                                        const char *id,
                                        const char *identity,
                                        const char *role,
                                        GError **error)
{
  g_autofree char *key = g_strconcat (id, "\x1f", identity, NULL);
  g_autoptr (JsonObject) values = NULL;
  gint64 exists = 0;

  if (!mos_database_get_int (txn->database, &exists, error, "SELECT 1 FROM participant WHERE conversation = ? AND identity = ?", "tt", id, identity))
    return FALSE;
  if (exists != 0)
    return TRUE;
  values = json_object_new ();
  json_object_set_string_member (values, "conversation", id);
  json_object_set_string_member (values, "identity", identity);
  json_object_set_string_member (values, "role", role);
  return mos_record_write (txn, &mos_entity_participant, key, values, FALSE, error);
}

gboolean
mos_store_conversation_has_participant (MosTxn *txn,
                                        const char *id,
                                        const char *address,
                                        gboolean *ret_has,
                                        GError **error)
{
  g_autofree char *identity = mos_store_identity_id ("email", "", address);
  gint64 has = 0;

  if (!mos_database_get_int (txn->database, &has, error, "SELECT 1 FROM participant WHERE conversation = ? AND identity = ?", "tt", id, identity))
    return FALSE;
  *ret_has = has != 0;
  return TRUE;
}

GPtrArray *
mos_store_conversation_list_open_of_sender (MosTxn *txn,
                                            const char *account,
                                            const char *identity,
                                            gint64 since_us,
                                            GError **error)
{
  g_autoptr (MosStatement) statement = NULL;
  g_autoptr (GPtrArray) ids = NULL;

  if (!mos_txn_flush (txn, error))
    return NULL;
  statement = mos_database_query (txn->database, error,
                                  "SELECT c.id FROM participant p JOIN conversation c ON c.id = p.conversation WHERE p.identity = ?1 AND p.role <> 'cc' AND c.account = ?2"
                                  " AND c.place IN ('open', 'pending', 'snoozed') AND c.updated_at >= ?3"
                                  " AND EXISTS (SELECT 1 FROM message m WHERE m.conversation = c.id AND m.identity = ?1 AND m.direction = 'incoming' AND m.removed_at = 0)"
                                  " ORDER BY c.updated_at DESC LIMIT 50",
                                  "tti", identity, account, since_us);
  ids = mos_query_ids (statement, error);
  if (ids == NULL)
    return NULL;
  g_ptr_array_add (ids, NULL);
  return mos_store_conversation_list (txn, (const char *const *) ids->pdata, error);
}
