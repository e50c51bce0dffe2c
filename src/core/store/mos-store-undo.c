/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-store"

#include "config.h"

#include "core/store/mos-store-undo.h"

#include "core/store/mos-store-events.h"
#include "core/store/mos-store-private.h"
#include "core/store/mos-store-undo-private.h"

#include <string.h>

static void
change_free (MosUndoChange *change)
{
  g_free (change->id);
  g_free (change->op);
  g_clear_pointer (&change->old_values, json_object_unref);
  g_clear_pointer (&change->new_values, json_object_unref);
  g_free (change);
}

static JsonObject *
parse (const char *json)
{
  g_autoptr (JsonNode) node = json != NULL ? json_from_string (json, NULL) : NULL;

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_dup_object (node) : NULL;
}

/* Newest first: the inverse is done in reverse order. */
GPtrArray *
mos_undo_load_changes (MosTxn *txn,
                       gint64 batch,
                       GError **error)
{
  g_autoptr (GPtrArray) changes = g_ptr_array_new_with_free_func ((GDestroyNotify) change_free);
  g_autoptr (MosStatement) statement = mos_database_query (txn->database, error, "SELECT c.seq, c.entity, c.id, c.op, c.old, c.new FROM change c WHERE c.batch = ? AND NOT " MOS_IS_FORGOTTEN ("") " ORDER BY c.seq DESC", "i", batch);
  int r = statement != NULL ? 1 : -1;

  while (r > 0 && (r = mos_statement_step (statement, error)) > 0)
    {
      MosUndoChange *change = g_new0 (MosUndoChange, 1);

      g_ptr_array_add (changes, change);
      change->seq = mos_statement_get_int (statement, 0);
      change->entity = mos_entity_find (mos_statement_get_text (statement, 1));
      change->id = mos_statement_dup_text (statement, 2);
      change->op = mos_statement_dup_text (statement, 3);
      change->old_values = parse (mos_statement_get_text (statement, 4));
      change->new_values = parse (mos_statement_get_text (statement, 5));
      if (change->entity == NULL || (g_str_equal (change->op, "insert") ? FALSE : change->old_values == NULL))
        {
          g_set_error (error, MOS_STORE_ERROR, MOS_STORE_ERROR_CONFLICT, "Change %" G_GINT64_FORMAT " can no longer be taken back", change->seq);
          return NULL;
        }
    }
  return r == 0 ? g_steal_pointer (&changes) : NULL;
}

static gboolean
set_conflict (const MosUndoChange *change,
              GError **error)
{
  g_set_error (error, MOS_STORE_ERROR, MOS_STORE_ERROR_CONFLICT, "%s %s changed since", change->entity->name, change->id);
  return FALSE;
}

/* The row as it would be after the inverses done so far; NULL in the table = no row. */
static gboolean
simulated_row (MosTxn *txn,
               GHashTable *rows,
               const MosUndoChange *change,
               JsonObject **ret_row,
               GError **error)
{
  g_autofree char *key = g_strdup_printf ("%s %s", change->entity->name, change->id);
  GError *local_error = NULL;
  gpointer row;

  if (!g_hash_table_lookup_extended (rows, key, NULL, &row))
    {
      row = mos_record_values (txn, change->entity, change->id, &local_error);
      if (local_error != NULL)
        {
          g_propagate_error (error, local_error);
          return FALSE;
        }
      g_hash_table_insert (rows, g_steal_pointer (&key), row);
    }
  *ret_row = row;
  return TRUE;
}

static gboolean
apply_check (MosTxn *txn,
             GHashTable *rows,
             const MosUndoChange *change,
             GError **error)
{
  g_autofree char *key = g_strdup_printf ("%s %s", change->entity->name, change->id);
  JsonObject *row;

  if (!simulated_row (txn, rows, change, &row, error))
    return FALSE;

  if (g_str_equal (change->op, "update"))
    {
      g_autoptr (GList) members = json_object_get_members (change->new_values);

      if (row == NULL)
        return set_conflict (change, error);
      for (GList *l = members; l != NULL; l = l->next)
        {
          JsonNode *now = json_object_get_member (row, l->data);

          if (now == NULL || !json_node_equal (now, json_object_get_member (change->new_values, l->data)))
            return set_conflict (change, error);
          json_object_set_member (row, l->data, json_node_copy (json_object_get_member (change->old_values, l->data)));
        }
    }
  else if (g_str_equal (change->op, "insert"))
    {
      /* A message that is on its way cannot be un-sent. */
      if (change->entity == &mos_entity_outbox && row != NULL)
        {
          const char *state = json_object_get_string_member (row, "state");

          if (!g_str_equal (state, "queued") && !g_str_equal (state, "scheduled"))
            return set_conflict (change, error);
        }
      if (change->entity->inverse == MOS_INSERT_HARD)
        {
          if (row == NULL)
            return set_conflict (change, error);
          g_hash_table_insert (rows, g_steal_pointer (&key), NULL);
        }
    }
  else
    {
      if (row != NULL)
        return set_conflict (change, error);
      g_hash_table_insert (rows, g_steal_pointer (&key), json_object_ref (change->old_values));
    }
  return TRUE;
}

/* What hangs on a row and is not recorded by itself. */
static gboolean
apply_effects (MosTxn *txn,
               const MosUndoChange *change,
               GError **error)
{
  if (change->entity == &mos_entity_conversation)
    mos_txn_dirty (txn, change->id, MOS_DIRTY_DERIVED | MOS_DIRTY_FACTS);
  if (change->entity != &mos_entity_message)
    return TRUE;

  if (g_str_equal (change->op, "insert") || (change->old_values != NULL && json_object_has_member (change->old_values, "removed_at")))
    {
      g_autofree char *conversation = NULL;
      gint64 seq = 0, removed = 0;

      if (!mos_database_get_int (txn->database, &seq, error, "SELECT seq FROM message WHERE id = ?", "t", change->id) ||
          !mos_database_get_int (txn->database, &removed, error, "SELECT removed_at FROM message WHERE id = ?", "t", change->id) ||
          !mos_database_get_text (txn->database, &conversation, error, "SELECT conversation FROM message WHERE id = ?", "t", change->id) ||
          !mos_database_exec (txn->database, error, "UPDATE event SET undone = ? WHERE message = ? AND kind IN ('received', 'sent', 'note')", "dt", removed != 0 ? 1 : 0, change->id) ||
          !mos_search_queue (txn, seq, FALSE, error))
        return FALSE;
      mos_txn_dirty (txn, conversation, MOS_DIRTY_DERIVED | MOS_DIRTY_FACTS);
    }
  if (change->old_values != NULL && json_object_has_member (change->old_values, "quarantined"))
    {
      gint64 quarantined = json_object_get_int_member (change->old_values, "quarantined");

      if (!mos_database_exec (txn->database, error, "UPDATE event SET undone = ? WHERE message = ? AND kind = 'received'", "dt", quarantined != 0 ? 1 : 0, change->id))
        return FALSE;
    }
  /* Whether it is an answer hangs on it. */
  if (change->old_values != NULL && json_object_has_member (change->old_values, "delivery"))
    {
      g_autofree char *conversation = NULL;

      if (!mos_database_get_text (txn->database, &conversation, error, "SELECT conversation FROM message WHERE id = ?", "t", change->id))
        return FALSE;
      if (conversation != NULL)
        mos_txn_dirty (txn, conversation, MOS_DIRTY_FACTS);
    }
  if (change->old_values != NULL && json_object_has_member (change->old_values, "conversation"))
    {
      const char *from = json_object_get_string_member (change->new_values, "conversation");
      const char *to = json_object_get_string_member (change->old_values, "conversation");

      mos_txn_dirty (txn, from, MOS_DIRTY_DERIVED | MOS_DIRTY_FACTS);
      mos_txn_dirty (txn, to, MOS_DIRTY_DERIVED | MOS_DIRTY_FACTS);
    }
  return TRUE;
}

static gboolean
apply (MosTxn *txn,
       const MosUndoChange *change,
       GError **error)
{
  gboolean ok = TRUE;

  if (g_str_equal (change->op, "update"))
    ok = mos_record_write (txn, change->entity, change->id, change->old_values, TRUE, error);
  else if (g_str_equal (change->op, "delete"))
    ok = mos_record_write (txn, change->entity, change->id, change->old_values, FALSE, error);
  else if (change->entity->inverse == MOS_INSERT_HARD)
    ok = mos_record_delete (txn, change->entity, change->id, NULL, error);
  else if (change->entity->inverse == MOS_INSERT_SOFT)
    ok = mos_record_set (txn, change->entity, change->id, NULL, error, change->entity->mark, 'i', txn->now_us, NULL);
  return ok && apply_effects (txn, change, error);
}

/* The events of the batch happened, but count no more; a redo makes them count again. */
static gboolean
mark_events (MosTxn *txn,
             gint64 batch,
             gboolean undone,
             GError **error)
{
  g_autoptr (MosStatement) statement = mos_database_query (txn->database, error, "SELECT DISTINCT conversation FROM event WHERE batch = ?", "i", batch);
  g_autoptr (GPtrArray) conversations = mos_query_ids (statement, error);

  if (conversations == NULL ||
      !mos_database_exec (txn->database, error, "UPDATE event SET undone = ? WHERE batch = ? AND kind NOT IN ('received', 'sent', 'note')", "di", undone ? 1 : 0, batch))
    return FALSE;
  for (guint i = 0; i < conversations->len; i++)
    mos_txn_dirty (txn, conversations->pdata[i], MOS_DIRTY_DERIVED | MOS_DIRTY_FACTS);
  return TRUE;
}

static gboolean
add_undo_events (MosTxn *txn,
                 GPtrArray *changes,
                 const char *kind,
                 const char *label,
                 GError **error)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < changes->len; i++)
    {
      const MosUndoChange *change = changes->pdata[i];
      g_autofree char *id = NULL;

      if (change->entity == &mos_entity_conversation)
        id = g_strdup (change->id);
      else if (change->entity == &mos_entity_conversation_tag)
        id = g_strndup (change->id, strcspn (change->id, "\x1f"));
      else if (change->entity == &mos_entity_survey && change->new_values != NULL && json_object_has_member (change->new_values, "conversation"))
        id = g_strdup (json_object_get_string_member (change->new_values, "conversation"));
      else if (change->entity == &mos_entity_message && !mos_database_get_text (txn->database, &id, error, "SELECT conversation FROM message WHERE id = ?", "t", change->id))
        return FALSE;
      if (id == NULL || g_hash_table_contains (seen, id))
        continue;
      if (!mos_store_event_add (txn, id, NULL, kind, label, NULL, 0, FALSE, error))
        return FALSE;
      g_hash_table_add (seen, g_steal_pointer (&id));
    }
  return TRUE;
}

static void
unref_row (gpointer row)
{
  if (row != NULL)
    json_object_unref (row);
}

gboolean
mos_undo_find_original (MosTxn *txn,
                        MosBatchRow *row,
                        gint64 *ret_original,
                        gboolean *ret_stands,
                        GError **error)
{
  gint64 next = row->undoes;

  *ret_original = row->batch;
  *ret_stands = FALSE;
  /* Follow the chain undo, redo, undo, … to the batch whose events they are all about: at an odd distance the original stands again. */
  while (next != 0)
    {
      g_autoptr (MosBatchRow) first = NULL;

      if (!mos_store_undo_find_batch (txn, next, &first, error))
        return FALSE;
      if (first == NULL)
        break;
      *ret_original = next;
      *ret_stands = !*ret_stands;
      next = first->undoes;
    }
  return TRUE;
}

gboolean
mos_undo_settle (MosTxn *txn,
                 MosBatchRow *row,
                 GPtrArray *changes,
                 GError **error)
{
  return mos_database_exec (txn->database, error, "UPDATE batch SET undone_by = ? WHERE batch = ?", "ii", txn->batch, row->batch) &&
         mos_database_exec (txn->database, error, "UPDATE batch SET undoes = ?, label = coalesce (label, ?) WHERE batch = ?", "iti", row->batch, row->label, txn->batch) &&
         add_undo_events (txn, changes, row->undoes != 0 ? "redo" : "undo", row->label, error);
}

gboolean
mos_store_undo_batch (MosTxn *txn,
                      gint64 batch,
                      char **ret_label,
                      GError **error)
{
  g_autoptr (MosBatchRow) row = NULL;
  g_autoptr (GPtrArray) changes = NULL;
  g_autoptr (GHashTable) rows = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, unref_row);
  gint64 original;
  gboolean stands;

  if (!mos_txn_flush (txn, error) || !mos_store_undo_find_batch (txn, batch, &row, error))
    return FALSE;
  if (row == NULL)
    {
      g_set_error (error, MOS_STORE_ERROR, MOS_STORE_ERROR_NOT_FOUND, "No batch %" G_GINT64_FORMAT, batch);
      return FALSE;
    }
  if (row->undone_by != 0)
    {
      g_set_error (error, MOS_STORE_ERROR, MOS_STORE_ERROR_CONFLICT, "Batch %" G_GINT64_FORMAT " was taken back already", batch);
      return FALSE;
    }
  /* It does not count as used any more, or does again. */
  txn->changes->macros_changed = txn->changes->macros_changed || g_strcmp0 (row->label, "macro") == 0 || row->undoes != 0;
  /* All conflicts are found before anything is done. */
  changes = mos_undo_load_changes (txn, batch, error);
  if (changes == NULL)
    return FALSE;
  for (guint i = 0; i < changes->len; i++)
    if (!apply_check (txn, rows, changes->pdata[i], error))
      return FALSE;

  if (txn->batch == 0)
    txn->undoes = batch;
  if (!mos_txn_ensure_batch (txn, error))
    return FALSE;
  for (guint i = 0; i < changes->len; i++)
    if (!apply (txn, changes->pdata[i], error))
      return FALSE;

  if (!mos_undo_find_original (txn, row, &original, &stands, error) ||
      !mark_events (txn, original, !stands, error) ||
      !mos_undo_settle (txn, row, changes, error))
    return FALSE;
  if (ret_label != NULL)
    *ret_label = g_strdup (row->label);
  return TRUE;
}

static gboolean
find_row (MosStatement *statement,
          MosBatchRow **ret_row,
          GError **error)
{
  int r = statement != NULL ? mos_statement_step (statement, error) : -1;

  *ret_row = NULL;
  if (r > 0)
    {
      MosBatchRow *row = mos_batch_row_new ();

      row->batch = mos_statement_get_int (statement, 0);
      row->label = mos_statement_dup_text (statement, 1);
      row->actor = mos_statement_dup_text (statement, 2);
      row->at_us = mos_statement_get_int (statement, 3);
      row->undoes = mos_statement_get_int (statement, 4);
      row->undone_by = mos_statement_get_int (statement, 5);
      *ret_row = row;
    }
  return r >= 0;
}

gboolean
mos_store_undo_find_latest (MosTxn *txn,
                            const char *actor,
                            gint64 since,
                            MosBatchRow **ret_row,
                            gboolean *ret_is_last,
                            GError **error)
{
  const char *who = actor != NULL ? actor : txn->actor.id;
  g_autoptr (MosStatement) statement =
      mos_database_query (txn->database, error, "SELECT batch, label, actor, at, undoes, undone_by FROM batch WHERE actor IS ? AND actor_kind <> 'system' AND label IS NOT NULL AND undoes = 0 AND undone_by = 0 AND batch > ? ORDER BY batch DESC LIMIT 1", "ti", who, since);
  gint64 other = 0;

  if (!find_row (statement, ret_row, error))
    return FALSE;
  if (ret_is_last == NULL)
    return TRUE;
  if (*ret_row != NULL && !mos_database_get_int (txn->database, &other, error, "SELECT 1 FROM batch WHERE batch > ? AND actor IS ? AND label IS NULL AND undoes = 0 LIMIT 1", "it", (*ret_row)->batch, who))
    {
      g_clear_pointer (ret_row, mos_batch_row_unref);
      return FALSE;
    }
  *ret_is_last = other == 0;
  return TRUE;
}

gboolean
mos_store_undo_get_last (MosTxn *txn,
                         gint64 *ret_batch,
                         GError **error)
{
  return mos_database_get_int (txn->database, ret_batch, error, "SELECT max (batch) FROM batch", "");
}

gboolean
mos_store_undo_find_batch (MosTxn *txn,
                           gint64 batch,
                           MosBatchRow **ret_row,
                           GError **error)
{
  g_autoptr (MosStatement) statement = mos_database_query (txn->database, error, "SELECT batch, label, actor, at, undoes, undone_by FROM batch WHERE batch = ?", "i", batch);

  return find_row (statement, ret_row, error);
}

gboolean
mos_store_undo_find_inserted (MosTxn *txn,
                              gint64 batch,
                              const char *entity,
                              char **ret_id,
                              GError **error)
{
  return mos_database_get_text (txn->database, ret_id, error, "SELECT id FROM change WHERE batch = ? AND entity = ? AND op = 'insert' ORDER BY seq LIMIT 1", "it", batch, entity);
}

gboolean
mos_store_undo_settle (MosTxn *txn,
                       gint64 batch,
                       gboolean changes,
                       GError **error)
{
  if (!changes)
    return mos_database_exec (txn->database, error, "UPDATE batch SET undone_by = batch WHERE batch = ?", "i", batch);
  if (!mos_txn_flush (txn, error))
    return FALSE;
  if (txn->batch == 0)
    txn->undoes = batch;
  return mos_txn_ensure_batch (txn, error) &&
         mos_database_exec (txn->database, error, "UPDATE batch SET undone_by = ? WHERE batch = ?", "ii", txn->batch, batch) &&
         mos_database_exec (txn->database, error, "UPDATE batch SET undoes = ? WHERE batch = ?", "ii", batch, txn->batch);
}

gboolean
mos_store_undo_note (MosTxn *txn,
                     GError **error)
{
  return mos_txn_ensure_batch (txn, error);
}
