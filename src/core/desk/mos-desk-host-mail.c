/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-desk-host-private.h"

#include "core/desk/mos-folder-sync.h"
#include "core/desk/mos-ingest.h"

/* Mail that the store does not take, for a reason that lies in the mail: it must not keep all others out for ever. */

/* Neither the disk, nor a damaged profile, nor another process, nor the end of the program. */
static gboolean
is_about_the_mail (const GError *error)
{
  return g_error_matches (error, MOS_STORE_ERROR, MOS_STORE_ERROR_FAILED) ||
         g_error_matches (error, MOS_STORE_ERROR, MOS_STORE_ERROR_NOT_FOUND) || g_error_matches (error, MOS_STORE_ERROR, MOS_STORE_ERROR_CONFLICT);
}

/* The bytes of it, and nothing that was read in them. */
static MosIncoming *
make_unread (MosIncoming *incoming)
{
  MosIncoming *unread = mos_incoming_new ();

  unread->account = g_strdup (incoming->account);
  unread->folder = g_strdup (incoming->folder);
  unread->role = incoming->role;
  unread->uidvalidity = incoming->uidvalidity;
  unread->uid = incoming->uid;
  unread->flags = incoming->flags;
  unread->received_us = incoming->received_us;
  unread->archive = incoming->archive;
  unread->raw = g_bytes_ref (incoming->raw);
  unread->parse_error = g_strdup ("unreadable");
  return unread;
}

static gboolean
do_note_missing (MosTxn *txn,
                 gpointer data,
                 GCancellable *cancellable,
                 GError **error)
{
  const MosHostCall *call = data;

  return mos_folder_sync_note_missing (txn, call->account, call->name, call->uidvalidity, call->value, call->why, call->detail, error);
}

static gboolean
note_missing (MosStore *store,
              MosIncoming *incoming,
              const GError *cause,
              GCancellable *cancellable,
              GError **error)
{
  g_autoptr (GArray) uids = g_array_new (FALSE, FALSE, sizeof (guint32));
  MosHostCall call = { .account = incoming->account, .name = incoming->folder, .uidvalidity = incoming->uidvalidity, .value = uids, .why = "refused", .detail = cause->message };
  const MosActor actor = { MOS_ACTOR_SYSTEM, NULL };

  g_array_append_val (uids, incoming->uid);
  return mos_store_write_sync (store, &actor, NULL, do_note_missing, &call, NULL, cancellable, error);
}

static gboolean
take_one (MosStore *store,
          MosIncoming *incoming,
          GPtrArray *results,
          GCancellable *cancellable,
          GError **error)
{
  g_autoptr (MosIncoming) unread = make_unread (incoming);
  MosIncoming *forms[] = { incoming, unread };
  g_autoptr (GError) cause = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (forms); i++)
    {
      g_autoptr (GPtrArray) one = g_ptr_array_new ();
      g_autoptr (GPtrArray) its_results = NULL;

      g_clear_error (&cause);
      g_ptr_array_add (one, forms[i]);
      if (mos_ingest_batch_sync (store, one, &its_results, cancellable, &cause))
        {
          g_ptr_array_extend_and_steal (results, g_steal_pointer (&its_results));
          return TRUE;
        }
      if (!is_about_the_mail (cause))
        {
          g_propagate_error (error, g_steal_pointer (&cause));
          return FALSE;
        }
      g_debug ("A message is not taken%s: %s", i > 0 ? " unread either" : "", cause->message);
    }
  /* Told as one that cannot be had, and asked for again now and then. */
  return note_missing (store, incoming, cause, cancellable, error);
}

gboolean
mos_desk_host_take_mail (MosStore *store,
                         GPtrArray *incoming,
                         GPtrArray **ret_results,
                         GCancellable *cancellable,
                         GError **error)
{
  g_autoptr (GError) local = NULL;

  if (mos_ingest_batch_sync (store, incoming, ret_results, cancellable, &local))
    return TRUE;
  *ret_results = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_ingest_result_unref);
  if (!is_about_the_mail (local))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  for (guint i = 0; i < incoming->len; i++)
    if (!take_one (store, g_ptr_array_index (incoming, i), *ret_results, cancellable, error))
      return FALSE;
  return TRUE;
}
