/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-folder-sync.h"

#include "core/desk/mos-ingest-private.h"

#include "core/store/mos-store-folders.h"
#include "core/store/mos-store-ledger.h"
#include "core/store/mos-store-messages.h"

#include <string.h>

static gboolean
mos_folder_sync_save_row (MosTxn *txn,
                          const char *account,
                          const char *folder,
                          MosFolderRole role,
                          guint32 uidvalidity,
                          guint32 uidnext,
                          guint64 modseq,
                          guint64 on_server,
                          gboolean is_complete,
                          GError **error)
{
  g_autoptr (MosFolderRow) row = mos_folder_row_new ();

  row->id = mos_store_folder_id (account, folder);
  row->account = g_strdup (account);
  row->name = g_strdup (folder);
  row->role = role;
  row->uidvalidity = uidvalidity;
  row->uid_next = uidnext;
  row->highest_modseq = modseq;
  row->backfill_uid = is_complete ? 0 : 1;
  row->followed = TRUE;
  row->on_server = on_server;
  row->last_sync_us = mos_txn_get_now_us (txn);
  return mos_store_folder_save (txn, row, error);
}

static gboolean
mos_folder_sync_load_missing (MosTxn *txn,
                              MosFolderRow *row,
                              MosFolderState *state,
                              GError **error)
{
  g_autoptr (GPtrArray) missing = mos_store_missing_list (txn, row->id, row->uidvalidity, error);

  if (missing == NULL)
    return FALSE;
  state->missing = g_array_new (FALSE, FALSE, sizeof (MosMissingPlace));
  for (guint i = 0; i < missing->len; i++)
    {
      MosMissing *one = g_ptr_array_index (missing, i);
      MosMissingPlace place = { one->uid, one->next_try_us <= mos_txn_get_now_us (txn), one->tries == 0 };

      g_array_append_val (state->missing, place);
    }
  state->erased = mos_store_erased_list_places (txn, row->id, row->uidvalidity, error);
  return state->erased != NULL;
}

gboolean
mos_folder_sync_load (MosTxn *txn,
                      const char *account,
                      const char *folder,
                      MosFolderState **ret_state,
                      GError **error)
{
  g_autoptr (MosFolderState) state = mos_folder_state_new ();
  g_autoptr (MosFolderRow) row = NULL;
  g_autofree char *work_ready = NULL;

  state->account = g_strdup (account);
  state->folder = g_strdup (folder);
  state->places = g_array_new (FALSE, FALSE, sizeof (MosPlace));
  if (!mos_store_folder_find (txn, account, folder, &row, error))
    return FALSE;
  if (row != NULL)
    {
      state->role = row->role;
      state->uidvalidity = row->uidvalidity;
      state->uidnext = row->uid_next;
      state->modseq = row->highest_modseq;
      state->on_server = row->on_server;
      state->first_sync_done = row->uidvalidity != 0 && row->backfill_uid == 0;
      if (!mos_store_location_list_places (txn, row->id, row->uidvalidity, state->places, error))
        return FALSE;
      if (!mos_folder_sync_load_missing (txn, row, state, error))
        return FALSE;
    }

  if (!mos_store_cursor_get (txn, account, MOS_WORK_READY_CURSOR, &work_ready, error))
    return FALSE;
  state->work_ready = work_ready != NULL;

  *ret_state = g_steal_pointer (&state);
  return TRUE;
}

gboolean
mos_folder_sync_save (MosTxn *txn,
                      MosFolderState *state,
                      GError **error)
{
  return mos_folder_sync_save_row (txn, state->account, state->folder, state->role, state->uidvalidity,
                                   state->uidnext, state->modseq, state->on_server, state->first_sync_done, error);
}

static gboolean
mos_folder_sync_list_gone (MosTxn *txn,
                           const char *account,
                           GPtrArray **ret_gone,
                           GError **error)
{
  g_autoptr (GPtrArray) gone = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_folder_state_unref);
  g_autoptr (GPtrArray) folders = mos_store_folder_list (txn, account, error);

  if (folders == NULL)
    return FALSE;
  for (guint i = 0; i < folders->len; i++)
    {
      MosFolderRow *row = g_ptr_array_index (folders, i);
      MosFolderState *state;

      if (row->listed || !row->followed || row->uidvalidity == 0)
        continue;
      state = mos_folder_state_new ();
      state->account = g_strdup (account);
      state->folder = g_strdup (row->name);
      state->role = row->role;
      state->uidvalidity = row->uidvalidity;
      state->uidnext = row->uid_next;
      state->places = g_array_new (FALSE, FALSE, sizeof (MosPlace));
      g_ptr_array_add (gone, state);
    }
  *ret_gone = g_steal_pointer (&gone);
  return TRUE;
}

/* Only what differs is written: this is asked with every connection. */
static gboolean
mos_folder_sync_differs (MosFolderRow *old,
                         MosFolderRow *row)
{
  return old == NULL || !old->listed || old->role != row->role || old->followed != row->followed || g_strcmp0 (old->title, row->title) != 0;
}

gboolean
mos_folder_sync_follow (MosTxn *txn,
                        const char *account,
                        GPtrArray *listed,
                        GPtrArray **ret_followed,
                        GPtrArray **ret_gone,
                        GError **error)
{
  g_autoptr (GPtrArray) followed = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_server_folder_unref);
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_folder_row_unref);
  g_autoptr (GPtrArray) before = mos_store_folder_list (txn, account, error);
  gboolean differs;

  if (before == NULL)
    return FALSE;
  differs = FALSE;
  for (guint i = 0; i < before->len; i++)
    {
      MosFolderRow *old = g_ptr_array_index (before, i);
      gboolean is_there = FALSE;

      for (guint l = 0; l < listed->len && !is_there; l++)
        is_there = strcmp (((MosServerFolder *) g_ptr_array_index (listed, l))->folder, old->name) == 0;
      differs |= old->listed && !is_there;
    }
  for (guint i = 0; i < listed->len; i++)
    {
      MosServerFolder *one = g_ptr_array_index (listed, i);
      MosFolderRow *row = mos_folder_row_new ();
      MosFolderRow *old = NULL;

      g_ptr_array_add (rows, row);
      for (guint b = 0; b < before->len && old == NULL; b++)
        if (strcmp (((MosFolderRow *) g_ptr_array_index (before, b))->name, one->folder) == 0)
          old = g_ptr_array_index (before, b);
      row->account = g_strdup (account);
      row->name = g_strdup (one->folder);
      row->title = g_strdup (one->title);
      row->role = one->role;
      row->followed = one->is_always || (old != NULL && old->chosen && one->can_follow);
      differs |= mos_folder_sync_differs (old, row);
      one->is_known = old != NULL && old->uidvalidity != 0;
      if (row->followed)
        g_ptr_array_add (followed, mos_server_folder_ref (one));
    }
  if ((differs && !mos_store_folder_set_listed (txn, account, rows, error)) || !mos_folder_sync_list_gone (txn, account, ret_gone, error))
    return FALSE;
  *ret_followed = g_steal_pointer (&followed);
  return TRUE;
}

gboolean
mos_folder_sync_note_missing (MosTxn *txn,
                              const char *account,
                              const char *folder,
                              guint32 uidvalidity,
                              GArray *uids,
                              const char *why,
                              const char *detail,
                              GError **error)
{
  g_autofree char *id = mos_store_folder_id (account, folder);

  for (guint i = 0; i < uids->len; i++)
    if (!mos_store_missing_note (txn, id, uidvalidity, g_array_index (uids, guint32, i), why, detail, error))
      return FALSE;
  return TRUE;
}

gboolean
mos_folder_sync_record_audit (MosTxn *txn,
                              const char *account,
                              MosAuditResult *result,
                              GError **error)
{
  g_autoptr (MosLedger) audit = mos_ledger_new ();

  audit->audit_us = mos_txn_get_now_us (txn);
  audit->server = result->on_server;
  audit->unaccounted = result->unaccounted;
  audit->added = result->added;
  audit->removed = result->removed;
  audit->detail = g_strdup (result->detail);
  return mos_store_audit_save (txn, account, audit, error);
}

/* The Message-IDs that only one of @candidates has. Of two with one it is not known which is the one that is here, and which a mail of its own. */
static GHashTable *
mos_folder_sync_list_unique (GPtrArray *candidates)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  GHashTable *unique = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < candidates->len; i++)
    {
      MosRematch *candidate = g_ptr_array_index (candidates, i);

      if (candidate->message_id == NULL)
        continue;
      if (g_hash_table_add (seen, candidate->message_id))
        g_hash_table_add (unique, candidate->message_id);
      else
        g_hash_table_remove (unique, candidate->message_id);
    }
  return unique;
}

static MosMessageRow *
mos_folder_sync_match (GPtrArray *rows,
                       GHashTable *was_here,
                       MosRematch *candidate)
{
  MosMessageRow *match = NULL;

  for (guint i = 0; i < rows->len; i++)
    {
      MosMessageRow *row = g_ptr_array_index (rows, i);

      if (!g_hash_table_contains (was_here, row->id) || ABS (row->received_us - candidate->received_us) > 2 * G_USEC_PER_SEC)
        continue;
      /* Two that fit are no match: the mail itself has to tell. */
      if (match != NULL)
        return NULL;
      match = row;
    }
  return match;
}

gboolean
mos_folder_sync_rematch (MosTxn *txn,
                         const char *account,
                         const char *folder,
                         MosFolderRole role,
                         guint32 uidvalidity,
                         GPtrArray *candidates,
                         GArray **ret_unknown,
                         GError **error)
{
  g_autoptr (GArray) unknown = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_autoptr (GHashTable) was_here = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) unique = mos_folder_sync_list_unique (candidates);
  g_autoptr (MosFolderRow) old = NULL;
  g_autofree char *id = mos_store_folder_id (account, folder);

  if (!mos_store_folder_find (txn, account, folder, &old, error))
    return FALSE;
  if (old != NULL && old->uidvalidity != 0 && old->uidvalidity != uidvalidity)
    {
      g_autoptr (GPtrArray) locations = mos_store_location_list (txn, id, old->uidvalidity, error);

      if (locations == NULL)
        return FALSE;
      for (guint i = 0; i < locations->len; i++)
        {
          MosLocation *location = g_ptr_array_index (locations, i);

          g_hash_table_add (was_here, g_strdup (location->message));
          if (!mos_store_location_set_removed (txn, id, location->uidvalidity, location->uid, error))
            return FALSE;
        }
    }
  if (!mos_folder_sync_save_row (txn, account, folder, role, uidvalidity, 0, 0, old != NULL ? old->on_server : 0, old != NULL && old->backfill_uid == 0, error))
    return FALSE;

  for (guint i = 0; i < candidates->len; i++)
    {
      MosRematch *candidate = g_ptr_array_index (candidates, i);
      const char *ids[] = { candidate->message_id, NULL };
      g_autoptr (GPtrArray) rows = NULL;
      MosMessageRow *match = NULL;

      if (candidate->message_id != NULL && g_hash_table_contains (unique, candidate->message_id))
        {
          rows = mos_store_message_find_by_message_ids (txn, account, ids, error);
          if (rows == NULL)
            return FALSE;
          match = mos_folder_sync_match (rows, was_here, candidate);
        }
      if (match != NULL)
        {
          g_autoptr (MosLocation) location = mos_location_new ();

          location->message = g_strdup (match->id);
          location->folder = g_strdup (id);
          location->uidvalidity = uidvalidity;
          location->uid = candidate->uid;
          location->flags = candidate->flags;
          if (!mos_store_location_put (txn, location, error) || ((candidate->flags & MOS_MESSAGE_FLAG_SEEN) != 0 && !mos_store_message_follow_seen (txn, match->id, error)))
            return FALSE;
        }
      else
        g_array_append_val (unknown, candidate->uid);
    }

  *ret_unknown = g_steal_pointer (&unknown);
  return TRUE;
}

gboolean
mos_folder_sync_flags (MosTxn *txn,
                       const char *account,
                       const char *folder,
                       guint32 uidvalidity,
                       GArray *places,
                       GError **error)
{
  g_autofree char *id = mos_store_folder_id (account, folder);

  for (guint i = 0; i < places->len; i++)
    {
      MosPlace place = g_array_index (places, MosPlace, i);

      if (!mos_store_location_set_flags (txn, id, uidvalidity, place.uid, place.flags, error))
        return FALSE;
    }
  return TRUE;
}

/* Gone from here, it may be in the server's Junk folder, and nowhere else: the look at that one came before the look at this. */
static gboolean
mos_folder_sync_follow_junk (MosTxn *txn,
                             const char *message,
                             GError **error)
{
  g_autoptr (GPtrArray) places = mos_store_location_list_of_message (txn, message, error);
  g_autoptr (MosMessageRow) row = NULL;
  gboolean is_anywhere = FALSE;

  for (guint i = 0; places != NULL && i < places->len; i++)
    is_anywhere |= !((MosLocation *) g_ptr_array_index (places, i))->removed;
  if (places == NULL || !is_anywhere)
    return places != NULL;
  return mos_store_message_find (txn, message, &row, error) && (row == NULL || mos_ingest_follow_junk (txn, row, error));
}

gboolean
mos_folder_sync_removed (MosTxn *txn,
                         const char *account,
                         const char *folder,
                         guint32 uidvalidity,
                         GArray *uids,
                         GError **error)
{
  g_autofree char *id = mos_store_folder_id (account, folder);

  for (guint i = 0; i < uids->len; i++)
    {
      g_autofree char *message = NULL;

      if (!mos_store_location_find (txn, id, uidvalidity, g_array_index (uids, guint32, i), &message, error) ||
          !mos_store_location_set_removed (txn, id, uidvalidity, g_array_index (uids, guint32, i), error) ||
          (message != NULL && !mos_folder_sync_follow_junk (txn, message, error)))
        return FALSE;
    }
  return TRUE;
}

GPtrArray *
mos_folder_sync_wanted (MosTxn *txn,
                        const char *account,
                        GError **error)
{
  g_autoptr (GPtrArray) changes = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_flag_change_unref);
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) locations = NULL;
  g_autoptr (GPtrArray) folders = NULL;

  locations = mos_store_location_list_wanted (txn, account, error);
  if (locations == NULL)
    return NULL;
  folders = mos_store_folder_list (txn, account, error);
  if (folders == NULL)
    return NULL;
  for (guint i = 0; i < folders->len; i++)
    {
      MosFolderRow *row = g_ptr_array_index (folders, i);

      if (row->followed)
        g_hash_table_insert (names, row->id, row->name);
    }

  for (guint i = 0; i < locations->len; i++)
    {
      MosLocation *location = g_ptr_array_index (locations, i);
      const char *name = g_hash_table_lookup (names, location->folder);
      MosFlagChange *change;

      if (name == NULL)
        continue;
      change = mos_flag_change_new ();
      change->folder = g_strdup (name);
      change->uidvalidity = location->uidvalidity;
      change->uid = location->uid;
      change->add = location->want_set;
      change->remove = location->want_unset;
      g_ptr_array_add (changes, change);
    }
  return g_steal_pointer (&changes);
}

gboolean
mos_folder_sync_settle (MosTxn *txn,
                        const char *account,
                        MosFlagChange *change,
                        GError **error)
{
  g_autofree char *id = mos_store_folder_id (account, change->folder);

  return mos_store_location_settle (txn, id, change->uidvalidity, change->uid, change->add, change->remove, error);
}
