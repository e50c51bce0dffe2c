/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-store"

#include "config.h"

#include "core/store/mos-txn.h"

#include "core/store/mos-store-conversations.h"
#include "core/store/mos-store-private.h"

static void
index_job_free (MosIndexJob *job)
{
  g_free (job->subject);
  g_free (job->body);
  g_free (job->people);
  g_free (job->files);
  g_free (job);
}

void
mos_txn_init (MosTxn *txn,
              MosStore *store,
              MosDatabase *database,
              gboolean is_writable)
{
  *txn = (MosTxn) { .store = store, .database = database, .is_writable = is_writable };
  txn->changes = mos_change_set_new ();
  txn->changes->conversations = g_ptr_array_new_with_free_func (g_free);
  txn->changes->messages = g_ptr_array_new_with_free_func (g_free);
  txn->changes->customers = g_ptr_array_new_with_free_func (g_free);
  txn->changes->accounts = g_ptr_array_new_with_free_func (g_free);
  txn->touched = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  txn->dirty = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  txn->index_jobs = g_ptr_array_new_with_free_func ((GDestroyNotify) index_job_free);
  txn->doomed = g_ptr_array_new_with_free_func (g_free);
}

void
mos_txn_clear (MosTxn *txn)
{
  g_clear_pointer (&txn->changes, mos_change_set_unref);
  g_clear_pointer (&txn->touched, g_hash_table_unref);
  g_clear_pointer (&txn->dirty, g_hash_table_unref);
  g_clear_pointer (&txn->index_jobs, g_ptr_array_unref);
  g_clear_pointer (&txn->doomed, g_ptr_array_unref);
  g_clear_pointer (&txn->zone, g_time_zone_unref);
  g_clear_pointer (&txn->zone_name, g_free);
  g_clear_pointer (&txn->hours, g_ptr_array_unref);
  g_clear_pointer (&txn->targets, g_ptr_array_unref);
}

gint64
mos_txn_get_now_us (MosTxn *txn)
{
  return txn->now_us;
}

const MosActor *
mos_txn_get_actor (MosTxn *txn)
{
  return &txn->actor;
}

void
mos_txn_set_actor (MosTxn *txn,
                   const MosActor *actor)
{
  g_return_if_fail (actor != NULL);

  txn->actor = *actor;
}

gboolean
mos_txn_begin_batch (MosTxn *txn,
                     const char *label,
                     GError **error)
{
  g_return_val_if_fail (txn->is_writable, FALSE);

  if (!mos_txn_flush (txn, error))
    return FALSE;
  txn->batch = 0;
  txn->label = label;
  return TRUE;
}

gboolean
mos_txn_continue_batch (MosTxn *txn,
                        gint64 batch,
                        GError **error)
{
  gint64 stands = 0;

  g_return_val_if_fail (txn->is_writable && txn->batch == 0, FALSE);

  if (!mos_database_get_int (txn->database, &stands, error, "SELECT count (*) FROM batch WHERE batch = ? AND undone_by = 0", "i", batch) ||
      !mos_database_get_int (txn->database, &txn->seq, error, "SELECT max (seq) FROM change", ""))
    return FALSE;
  if (stands == 0)
    {
      g_set_error (error, MOS_STORE_ERROR, MOS_STORE_ERROR_CONFLICT, "Batch %" G_GINT64_FORMAT " was taken back", batch);
      return FALSE;
    }
  txn->batch = batch;
  return TRUE;
}

static gboolean
is_of_machine (const GError *error)
{
  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE) || g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_NOSPC) ||
         g_error_matches (error, MOS_STORE_ERROR, MOS_STORE_ERROR_DISK_FULL) || g_error_matches (error, MOS_STORE_ERROR, MOS_STORE_ERROR_READ_ONLY) ||
         g_error_matches (error, MOS_STORE_ERROR, MOS_STORE_ERROR_CORRUPT) || g_error_matches (error, MOS_STORE_ERROR, MOS_STORE_ERROR_LOCKED);
}

gboolean
mos_txn_attempt (MosTxn *txn,
                 MosStoreFunc func,
                 gpointer data,
                 gboolean *ret_goes_on,
                 GError **error)
{
  g_autoptr (GError) local_error = NULL;
  const gint64 batch = txn->batch, seq = txn->seq;
  const guint n_doomed = txn->doomed->len;
  const MosActor actor = txn->actor;
  const char *label = txn->label;
  const gboolean is_erasing = txn->is_erasing;

  g_return_val_if_fail (txn->is_writable, FALSE);

  *ret_goes_on = FALSE;
  /* SAVEPOINT (https://www.sqlite.org/lang_savepoint.html) knows only what was written; so nothing is to wait for being written. */
  if (!mos_txn_flush (txn, error) || !mos_database_run_script (txn->database, "SAVEPOINT attempt", error))
    return FALSE;
  if (func (txn, data, NULL, &local_error) && mos_txn_flush (txn, &local_error))
    {
      *ret_goes_on = mos_database_run_script (txn->database, "RELEASE attempt", error);
      return *ret_goes_on;
    }
  *ret_goes_on = !is_of_machine (local_error);
  if (!mos_database_run_script (txn->database, "ROLLBACK TO attempt", *ret_goes_on ? error : NULL) || !mos_database_run_script (txn->database, "RELEASE attempt", *ret_goes_on ? error : NULL))
    {
      /* SQLite has rolled all of it back by itself. */
      if (!*ret_goes_on)
        g_propagate_error (error, g_steal_pointer (&local_error));
      *ret_goes_on = FALSE;
      return FALSE;
    }
  txn->batch = batch;
  txn->seq = seq;
  txn->actor = actor;
  txn->label = label;
  txn->is_erasing = is_erasing;
  txn->is_retargeting = FALSE;
  g_hash_table_remove_all (txn->dirty);
  g_ptr_array_set_size (txn->index_jobs, 0);
  txn->index_bytes = 0;
  g_ptr_array_set_size (txn->doomed, (int) n_doomed);
  /* What was read of the hours and targets may be of now. */
  g_clear_pointer (&txn->hours, g_ptr_array_unref);
  g_clear_pointer (&txn->targets, g_ptr_array_unref);
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

MosStore *
mos_txn_get_store (MosTxn *txn)
{
  return txn->store;
}

gboolean
mos_txn_is_empty (MosTxn *txn)
{
  MosChangeSet *set = txn->changes;

  return set->conversations->len == 0 && set->messages->len == 0 && set->customers->len == 0 && set->accounts->len == 0 &&
         !set->counts_changed && !set->outbox_changed && !set->due_changed && !set->wanted_changed && !set->views_changed && !set->calendar_changed && !set->targets_changed && !set->macros_changed && !set->shops_changed && !set->outreach_changed;
}

/* --- what changed --- */

static void
touch (MosTxn *txn,
       GPtrArray *ids,
       char kind,
       const char *id)
{
  char *key = g_strdup_printf ("%c%s", kind, id);

  if (g_hash_table_add (txn->touched, key))
    g_ptr_array_add (ids, g_strdup (id));
}

void
mos_txn_touch_conversation (MosTxn *txn,
                            const char *id)
{
  touch (txn, txn->changes->conversations, 'c', id);
  txn->changes->counts_changed = TRUE;
}

void
mos_txn_touch_message (MosTxn *txn,
                       const char *id)
{
  touch (txn, txn->changes->messages, 'm', id);
}

void
mos_txn_touch_customer (MosTxn *txn,
                        const char *id)
{
  touch (txn, txn->changes->customers, 'p', id);
}

void
mos_txn_touch_account (MosTxn *txn,
                       const char *id)
{
  touch (txn, txn->changes->accounts, 'a', id);
}

void
mos_txn_dirty (MosTxn *txn,
               const char *conversation,
               MosDirty what)
{
  guint old = GPOINTER_TO_UINT (g_hash_table_lookup (txn->dirty, conversation));

  if ((old | what) != old)
    g_hash_table_insert (txn->dirty, g_strdup (conversation), GUINT_TO_POINTER (old | what));
  mos_txn_touch_conversation (txn, conversation);
}

/* The facts of a conversation are made of what was merged into it, too. */
static gboolean
flush_target (MosTxn *txn,
              const char *conversation,
              GError **error)
{
  g_autofree char *target = NULL;

  if (!mos_store_conversation_resolve (txn, conversation, &target, error))
    return FALSE;
  return target == NULL || g_str_equal (target, conversation) || (mos_facts_update (txn, target, error) && mos_targets_update (txn, target, TRUE, error));
}

static gboolean
flush_one (MosTxn *txn,
           const char *conversation,
           guint what,
           GError **error)
{
  return ((what & MOS_DIRTY_DERIVED) == 0 || mos_derived_update (txn, conversation, error)) &&
         ((what & MOS_DIRTY_FACTS) == 0 || mos_facts_update (txn, conversation, error)) &&
         /* It stands on both. */
         mos_targets_update (txn, conversation, (what & MOS_DIRTY_FACTS) != 0, error) &&
         ((what & MOS_DIRTY_FACTS) == 0 || flush_target (txn, conversation, error));
}

gboolean
mos_txn_flush_conversation (MosTxn *txn,
                            const char *conversation,
                            GError **error)
{
  guint what = GPOINTER_TO_UINT (g_hash_table_lookup (txn->dirty, conversation));

  if (!txn->is_writable || what == 0)
    return TRUE;
  if (!flush_one (txn, conversation, what, error))
    return FALSE;
  g_hash_table_remove (txn->dirty, conversation);
  return TRUE;
}

gboolean
mos_txn_flush (MosTxn *txn,
               GError **error)
{
  GHashTableIter iter;
  gpointer key, value;

  if (!txn->is_writable)
    return TRUE;

  g_hash_table_iter_init (&iter, txn->dirty);
  while (g_hash_table_iter_next (&iter, &key, &value))
    if (!flush_one (txn, key, GPOINTER_TO_UINT (value), error))
      return FALSE;
  g_hash_table_remove_all (txn->dirty);
  if (txn->is_retargeting && !mos_targets_update_all (txn, error))
    return FALSE;
  txn->is_retargeting = FALSE;
  return mos_search_flush (txn, error);
}

/* --- batches and changes --- */

gboolean
mos_txn_ensure_batch (MosTxn *txn,
                      GError **error)
{
  gint64 last = 0;

  g_return_val_if_fail (txn->is_writable, FALSE);

  if (txn->batch != 0)
    return TRUE;
  if (!mos_database_get_int (txn->database, &last, error, "SELECT max (batch) FROM batch", "") ||
      !mos_database_get_int (txn->database, &txn->seq, error, "SELECT max (seq) FROM change", "") ||
      !mos_database_exec (txn->database, error, "INSERT INTO batch (batch, label, actor_kind, actor, at, undoes) VALUES (?, ?, ?, ?, ?, ?)", "itttii",
                          last + 1, txn->label, mos_actor_kind_to_nick (txn->actor.kind), txn->actor.id, txn->now_us, txn->undoes))
    return FALSE;
  txn->batch = last + 1;
  return TRUE;
}

gboolean
mos_txn_record (MosTxn *txn,
                const MosEntity *entity,
                const char *id,
                const char *op,
                const char *old_values,
                const char *new_values,
                GError **error)
{
  if (!mos_txn_ensure_batch (txn, error) ||
      !mos_database_exec (txn->database, error, "INSERT INTO change (seq, batch, desk, actor, at, entity, id, op, old, new) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", "iittittttt",
                          txn->seq + 1, txn->batch, txn->desk, txn->actor.id, txn->now_us, entity->name, id, op, old_values, new_values))
    return FALSE;
  txn->seq++;
  return TRUE;
}
