/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-store"

#include "config.h"

#include "core/store/mos-store-joining-private.h"

#include "core/store/mos-store-conversations.h"
#include "core/store/mos-store-private.h"
#include "core/store/mos-store-undo-private.h"
#include "core/store/mos-store-waiting.h"

#include <string.h>

/* Taking a merge, a split or a move back long afterwards. An exact undo refuses where anything changed since; this one puts back what is
 * still as it left it, row by row and column by column, and leaves the rest. */

typedef struct
{
  MosTxn *txn;
  gint64 batch;              /* that is taken back */
  GHashTable *conversations; /* (owned): ids it touches */
  GHashTable *homes;         /* (owned): home -> where its messages were, for what arrived since */
  GHashTable *arrived;       /* (owned): messages that came since and go home too */
  GHashTable *restored;      /* (owned): "conversation kind" of events that count no more */
  guint done;
} Undo;

gboolean
mos_store_join_is_label (const char *label)
{
  return g_strcmp0 (label, "merge") == 0 || g_strcmp0 (label, "split") == 0 || g_strcmp0 (label, "move") == 0;
}

static const char *
get_text (JsonObject *values,
          const char *member)
{
  JsonNode *node = values != NULL ? json_object_get_member (values, member) : NULL;

  return node != NULL && json_node_get_value_type (node) == G_TYPE_STRING ? json_node_get_string (node) : NULL;
}

/* Where it was before this batch; but what had put it there may have been taken back since, while it was elsewhere: then where it was before
 * that. */
static gboolean
find_home (Undo *undo,
           const MosUndoChange *change,
           char **ret_home,
           GError **error)
{
  g_autofree char *home = g_strdup (get_text (change->old_values, "conversation"));
  gint64 before = undo->batch;

  for (;;)
    {
      g_autoptr (MosStatement) statement =
          mos_database_query (undo->txn->database, error,
                              "SELECT e.undone, e.batch, c.old ->> '$.conversation' FROM event e JOIN change c ON c.batch = e.batch"
                              " WHERE e.conversation = ?1 AND e.kind IN ('merged', 'move', 'split') AND e.batch < ?2"
                              " AND c.entity = ?3 AND c.id = ?4 AND c.op = 'update' AND c.new ->> '$.conversation' = ?1 ORDER BY c.seq DESC LIMIT 1",
                              "titt", home, before, change->entity->name, change->id);
      int r = statement != NULL ? mos_statement_step (statement, error) : -1;

      if (r < 0)
        return FALSE;
      if (r == 0 || mos_statement_get_int (statement, 0) == 0)
        break;
      before = mos_statement_get_int (statement, 1);
      g_set_str (&home, mos_statement_get_text (statement, 2));
    }
  *ret_home = g_steal_pointer (&home);
  return TRUE;
}

/* A message, its event, a draft or what was said of the service: home, if it still is where the batch put it, or where that was merged into since. */
static gboolean
undo_place (Undo *undo,
            const MosUndoChange *change,
            JsonObject *row,
            GError **error)
{
  const char *put = get_text (change->new_values, "conversation");
  const char *now = get_text (row, "conversation");
  g_autofree char *resolved = NULL, *home = NULL;

  if (!find_home (undo, change, &home, error) || !mos_store_conversation_resolve (undo->txn, put, &resolved, error))
    return FALSE;
  if (g_strcmp0 (now, put) != 0 && g_strcmp0 (now, resolved) != 0)
    return TRUE;
  g_hash_table_add (undo->conversations, g_strdup (home));
  g_hash_table_add (undo->conversations, g_strdup (now));
  /* It is home: where it was put was itself joined to that since. */
  if (g_strcmp0 (now, home) == 0)
    return TRUE;
  undo->done++;

  if (change->entity == &mos_entity_message)
    {
      JsonNode *turn = json_object_get_member (change->old_values, "turn_from");
      JsonNode *unchanged = json_object_get_member (row, "turn_from");
      gint64 turn_from = json_node_get_int (turn != NULL ? turn : unchanged);

      g_hash_table_replace (undo->homes, g_strdup (home), g_strdup (now));
      /* A person said where it belongs: no mail that comes later does. */
      if (!mos_store_waiting_forget (undo->txn, change->id, error))
        return FALSE;
      return mos_join_message (undo->txn, change->id, home, turn_from, FALSE, error);
    }
  mos_txn_dirty (undo->txn, now, MOS_DIRTY_DERIVED | MOS_DIRTY_FACTS);
  mos_txn_dirty (undo->txn, home, MOS_DIRTY_DERIVED | MOS_DIRTY_FACTS);
  return mos_record_set (undo->txn, change->entity, change->id, NULL, error, "conversation", 't', home, NULL);
}

/* The column of a conversation whose change an event tells of. */
static const char *
event_of_column (const char *column)
{
  return g_str_equal (column, "snoozed_until") ? "snooze" : column;
}

/* Whether somebody decided since what becomes of a conversation, be it what the batch had made of it: the events say so, and are not to say something else than the row. */
static gboolean
was_decided_since (Undo *undo,
                   const char *conversation,
                   gint64 *ret_decided,
                   GError **error)
{
  return mos_database_get_int (undo->txn->database, ret_decided, error, "SELECT 1 FROM event WHERE conversation = ? AND batch > ? AND undone = 0 AND kind IN ('status', 'snooze') LIMIT 1", "ti", conversation, undo->batch);
}

static gboolean
undo_columns (Undo *undo,
              const MosUndoChange *change,
              JsonObject *row,
              GError **error)
{
  g_autoptr (JsonObject) values = json_object_new ();
  g_autoptr (GList) members = json_object_get_members (change->new_values);
  gint64 decided = 0;

  if (change->entity == &mos_entity_conversation && !was_decided_since (undo, change->id, &decided, error))
    return FALSE;
  for (GList *l = members; l != NULL; l = l->next)
    {
      JsonNode *now = json_object_get_member (row, l->data);

      if (decided != 0 && (strcmp (l->data, "status") == 0 || strcmp (l->data, "snoozed_until") == 0))
        continue;
      if (now == NULL || !json_node_equal (now, json_object_get_member (change->new_values, l->data)))
        continue;
      json_object_set_member (values, l->data, json_node_copy (json_object_get_member (change->old_values, l->data)));
      if (change->entity == &mos_entity_conversation)
        g_hash_table_add (undo->restored, g_strdup_printf ("%s %s", change->id, event_of_column (l->data)));
      /* Snoozed until an answer comes has no time that changes. */
      if (change->entity == &mos_entity_conversation && strcmp (l->data, "status") == 0)
        g_hash_table_add (undo->restored, g_strdup_printf ("%s snooze", change->id));
    }
  if (change->entity == &mos_entity_conversation)
    {
      g_hash_table_add (undo->conversations, g_strdup (change->id));
      mos_txn_dirty (undo->txn, change->id, MOS_DIRTY_DERIVED | MOS_DIRTY_FACTS);
    }
  if (json_object_get_size (values) == 0)
    return TRUE;
  undo->done++;
  return mos_record_write (undo->txn, change->entity, change->id, values, TRUE, error);
}

static gboolean
undo_change (Undo *undo,
             const MosUndoChange *change,
             GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (JsonObject) row = mos_record_values (undo->txn, change->entity, change->id, &local_error);

  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (g_str_equal (change->op, "update"))
    {
      if (row == NULL)
        return TRUE;
      if (json_object_has_member (change->new_values, "conversation") &&
          (change->entity == &mos_entity_message || change->entity == &mos_entity_event || change->entity == &mos_entity_draft || change->entity == &mos_entity_survey))
        return undo_place (undo, change, row, error);
      return undo_columns (undo, change, row, error);
    }
  if (g_str_equal (change->op, "insert"))
    {
      if (change->entity == &mos_entity_conversation)
        g_hash_table_add (undo->conversations, g_strdup (change->id));
      if (change->entity->inverse != MOS_INSERT_HARD || row == NULL)
        return TRUE;
      if (change->entity == &mos_entity_conversation_tag)
        g_hash_table_add (undo->restored, g_strdup_printf ("%.*s tag", (int) strcspn (change->id, "\x1f"), change->id));
      undo->done++;
      return mos_record_delete (undo->txn, change->entity, change->id, NULL, error);
    }
  if (row != NULL)
    return TRUE;
  undo->done++;
  return mos_record_write (undo->txn, change->entity, change->id, change->old_values, FALSE, error);
}

/* What arrived since belongs to the message it answers, as it would have had there been no merge. */
static gboolean
follow_answers (Undo *undo,
                const char *home,
                const char *there,
                GError **error)
{
  for (;;)
    {
      g_autoptr (MosStatement) statement =
          mos_database_query (undo->txn->database, error,
                              "SELECT m.id FROM message m JOIN message_key k ON k.message_id = m.in_reply_to AND k.account = m.account JOIN message p ON p.id = k.message"
                              " WHERE m.conversation = ?1 AND p.conversation = ?2 AND m.origin_conversation <> ?2 AND m.direction IN ('incoming', 'outgoing') AND m.seq > p.seq"
                              /* Once through what happened since, not for each message through all that ever did. */
                              " AND m.id IN (SELECT c.id FROM change c WHERE c.batch > ?3 AND c.entity = 'message' AND c.op = 'insert')",
                              "tti", there, home, undo->batch);
      g_autoptr (GPtrArray) ids = mos_query_ids (statement, error);

      if (ids == NULL)
        return FALSE;
      if (ids->len == 0)
        return TRUE;
      for (guint i = 0; i < ids->len; i++)
        {
          if (!mos_join_message (undo->txn, ids->pdata[i], home, 0, TRUE, error))
            return FALSE;
          g_hash_table_add (undo->arrived, g_strdup (ids->pdata[i]));
        }
    }
}

/* A customer who wrote since is not to be found in what was closed before. */
static gboolean
open_where_waited_for (Undo *undo,
                       const char *home,
                       GError **error)
{
  g_autofree char *status = NULL;
  gint64 settled, waits = 0;
  GHashTableIter iter;
  gpointer id;

  if (!mos_derived_get_settled (undo->txn, home, &settled, error) ||
      !mos_database_get_text (undo->txn->database, &status, error, "SELECT status FROM conversation WHERE id = ?", "t", home))
    return FALSE;
  g_hash_table_iter_init (&iter, undo->arrived);
  while (waits == 0 && g_hash_table_iter_next (&iter, &id, NULL))
    if (!mos_database_get_int (undo->txn->database, &waits, error,
                               "SELECT 1 FROM message WHERE id = ? AND conversation = ? AND direction = 'incoming' AND classification IN ('normal', 'bulk') AND quarantined = 0 AND removed_at = 0"
                               " AND turn_from >= 0 AND received_at > ?",
                               /* Servers tell the second in which a mail came: of that in which it was settled, it is taken for later. */
                               "tti", id, home, settled - G_USEC_PER_SEC))
      return FALSE;
  if (waits == 0 || g_strcmp0 (status, "open") == 0 || g_strcmp0 (status, "spam") == 0)
    return TRUE;
  return mos_store_conversation_set_status (undo->txn, home, MOS_STATUS_OPEN, 0, error);
}

/* A conversation that began with the split ends with it; whoever names it is led to where it came from. */
static gboolean
end_split (Undo *undo,
           const char *conversation,
           const char *origin,
           GError **error)
{
  g_autofree char *target = NULL;
  gint64 left = 0;

  if (!mos_store_conversation_resolve (undo->txn, origin, &target, error) ||
      !mos_database_get_int (undo->txn->database, &left, error, "SELECT count (*) FROM message WHERE conversation = ? AND removed_at = 0", "t", conversation))
    return FALSE;
  if (target == NULL || g_str_equal (target, conversation))
    return TRUE;
  if (left > 0)
    return mos_store_conversation_set_merged (undo->txn, conversation, target, error);
  return mos_join_all (undo->txn, conversation, target, error) &&
         mos_record_set (undo->txn, &mos_entity_conversation, conversation, NULL, error, "merged_into", 't', target, "status", 't', "closed", "snoozed_until", 'd', 0, NULL);
}

/* Nothing may lie where nobody looks: what a merged conversation still holds is where it leads. */
static gboolean
sweep (Undo *undo,
       GError **error)
{
  GHashTableIter iter;
  gpointer id;

  g_hash_table_iter_init (&iter, undo->conversations);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    {
      g_autofree char *target = NULL;

      if (!mos_store_conversation_resolve (undo->txn, id, &target, error))
        return FALSE;
      if (target != NULL && !g_str_equal (target, id) && !mos_join_all (undo->txn, id, target, error))
        return FALSE;
    }
  return TRUE;
}

/* What the batch told of it counts no more, unless somebody decided the same thing anew since. */
static gboolean
mark_events (Undo *undo,
             gint64 batch,
             GError **error)
{
  g_autoptr (MosStatement) statement = mos_database_query (undo->txn->database, error, "SELECT id, conversation, kind FROM event WHERE batch = ? AND undone = 0 AND kind NOT IN ('received', 'sent', 'note')", "i", batch);
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  int r = statement != NULL ? 1 : -1;

  while (r > 0 && (r = mos_statement_step (statement, error)) > 0)
    {
      const char *conversation = mos_statement_get_text (statement, 1), *kind = mos_statement_get_text (statement, 2);
      g_autofree char *key = g_strdup_printf ("%s %s", conversation, kind);

      if (g_str_equal (kind, "merge") || g_str_equal (kind, "merged") || g_str_equal (kind, "move") || g_str_equal (kind, "split") || g_hash_table_contains (undo->restored, key))
        g_ptr_array_add (ids, mos_statement_dup_text (statement, 0));
      mos_txn_dirty (undo->txn, conversation, MOS_DIRTY_DERIVED | MOS_DIRTY_FACTS);
    }
  for (guint i = 0; r == 0 && i < ids->len; i++)
    if (!mos_database_exec (undo->txn->database, error, "UPDATE event SET undone = 1 WHERE id = ?", "t", ids->pdata[i]))
      return FALSE;
  return r == 0;
}

static gboolean
find_standing (MosTxn *txn,
               gint64 batch,
               MosBatchRow **ret_row,
               GError **error)
{
  g_autoptr (MosBatchRow) row = NULL;
  gboolean stands = TRUE;

  if (!mos_store_undo_find_batch (txn, batch, &row, error))
    return FALSE;
  if (row == NULL)
    {
      g_set_error (error, MOS_STORE_ERROR, MOS_STORE_ERROR_NOT_FOUND, "No batch %" G_GINT64_FORMAT, batch);
      return FALSE;
    }
  while (row->undone_by != 0)
    {
      gint64 next = row->undone_by;

      g_clear_pointer (&row, mos_batch_row_unref);
      stands = !stands;
      if (!mos_store_undo_find_batch (txn, next, &row, error))
        return FALSE;
      g_assert (row != NULL);
    }
  if (!stands)
    {
      g_set_error (error, MOS_STORE_ERROR, MOS_STORE_ERROR_CONFLICT, "Batch %" G_GINT64_FORMAT " was taken back already", batch);
      return FALSE;
    }
  *ret_row = g_steal_pointer (&row);
  return TRUE;
}

static gboolean
undo_all (Undo *undo,
          GPtrArray *changes,
          GError **error)
{
  GHashTableIter iter;
  gpointer home, there;

  for (guint i = 0; i < changes->len; i++)
    if (!undo_change (undo, changes->pdata[i], error))
      return FALSE;
  g_hash_table_iter_init (&iter, undo->homes);
  while (g_hash_table_iter_next (&iter, &home, &there))
    if (!follow_answers (undo, home, there, error) || !open_where_waited_for (undo, home, error))
      return FALSE;
  for (guint i = 0; i < changes->len; i++)
    {
      const MosUndoChange *change = changes->pdata[i];
      g_autofree char *origin = NULL;

      if (change->entity != &mos_entity_conversation || !g_str_equal (change->op, "insert"))
        continue;
      if (!mos_database_get_text (undo->txn->database, &origin, error, "SELECT \"from\" FROM event WHERE conversation = ? AND kind = 'split' AND \"to\" = conversation ORDER BY seq LIMIT 1", "t", change->id) ||
          (origin != NULL && !end_split (undo, change->id, origin, error)))
        return FALSE;
    }
  return sweep (undo, error);
}

gboolean
mos_store_join_undo (MosTxn *txn,
                     gint64 batch,
                     char **ret_label,
                     GError **error)
{
  g_autoptr (MosBatchRow) row = NULL;
  g_autoptr (GPtrArray) changes = NULL;
  g_autoptr (GHashTable) conversations = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) homes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GHashTable) arrived = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) restored = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Undo undo = { txn, 0, conversations, homes, arrived, restored, 0 };
  gint64 original;
  gboolean stands;

  if (!mos_txn_flush (txn, error) || !find_standing (txn, batch, &row, error))
    return FALSE;
  changes = mos_undo_load_changes (txn, row->batch, error);
  if (changes == NULL)
    return FALSE;
  undo.batch = row->batch;
  if (txn->batch == 0)
    txn->undoes = row->batch;
  if (!mos_txn_ensure_batch (txn, error) || !undo_all (&undo, changes, error))
    return FALSE;
  if (undo.done == 0)
    {
      g_set_error (error, MOS_STORE_ERROR, MOS_STORE_ERROR_CONFLICT, "Nothing of batch %" G_GINT64_FORMAT " is as it was left", row->batch);
      return FALSE;
    }
  if (!mos_undo_find_original (txn, row, &original, &stands, error) ||
      !mark_events (&undo, original, error) ||
      !mos_undo_settle (txn, row, changes, error))
    return FALSE;
  if (ret_label != NULL)
    *ret_label = g_strdup (row->label);
  return TRUE;
}

gboolean
mos_store_join_find (MosTxn *txn,
                     const char *conversation,
                     gint64 *ret_batch,
                     GError **error)
{
  return mos_database_get_int (txn->database, ret_batch, error,
                               "SELECT max (batch) FROM event WHERE conversation = ?1 AND undone = 0 AND (kind = 'merge' OR (kind IN ('split', 'move') AND \"to\" = ?1))", "t", conversation);
}

gboolean
mos_store_join_find_other (MosTxn *txn,
                           const char *conversation,
                           char **ret_other,
                           GError **error)
{
  return mos_database_get_text (txn->database, ret_other, error,
                                "SELECT CASE kind WHEN 'merged' THEN \"from\" ELSE \"to\" END FROM event"
                                " WHERE conversation = ?1 AND undone = 0 AND (kind = 'merged' OR (kind IN ('split', 'move') AND \"from\" = ?1))"
                                " ORDER BY batch DESC, seq DESC LIMIT 1",
                                "t", conversation);
}
