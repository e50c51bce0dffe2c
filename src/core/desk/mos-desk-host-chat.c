/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-desk-host-private.h"

#include "core/desk/mos-chat-changes.h"
#include "core/desk/mos-chat-ingest.h"
#include "core/desk/mos-chat-outbox.h"
#include "core/desk/mos-chat-typing.h"
#include "core/desk/mos-ingest.h"
#include "core/store/mos-store-accounts.h"
#include "core/store/mos-store-blobs.h"
#include "core/store/mos-store-chat.h"
#include "core/store/mos-store-folders.h"

/* What a chat tells the desk, and asks of it. */

/* Somebody who is being stopped may have had an answer already. */
static gpointer
read_result (MosChannelHost *host,
             MosHostCall *call,
             GDestroyNotify free_func,
             GCancellable *cancellable,
             GError **error)
{
  if (mos_desk_host_read (host, call, cancellable, error))
    return call->result;
  g_clear_pointer (&call->result, free_func);
  return NULL;
}

static gboolean
do_load_cursors (MosTxn *txn,
                 MosHostCall *call,
                 GError **error)
{
  call->result = mos_store_cursor_list (txn, call->account, error);
  return call->result != NULL;
}

static GHashTable *
load_cursors (MosChannelHost *host,
              const char *account,
              GCancellable *cancellable,
              GError **error)
{
  MosHostCall call = { do_load_cursors, .account = account };

  return read_result (host, &call, (GDestroyNotify) g_hash_table_unref, cancellable, error);
}

static gboolean
do_take (MosTxn *txn,
         MosHostCall *call,
         GError **error)
{
  MosChatBatch *batch = call->value;
  g_autoptr (MosAccount) account = NULL;

  g_clear_pointer ((GPtrArray **) &call->result, g_ptr_array_unref);
  if (!mos_store_account_find (txn, batch->account, &account, error))
    return FALSE;
  if (account == NULL)
    {
      g_set_error (error, MOS_DESK_ERROR, MOS_DESK_ERROR_NOT_FOUND, "No account %s", batch->account);
      return FALSE;
    }
  g_clear_pointer ((GPtrArray **) &call->other_result, g_ptr_array_unref);
  return mos_chat_ingest (txn, account, batch, (GPtrArray **) &call->result, error) && mos_chat_list_typing (txn, batch, (GPtrArray **) &call->other_result, error);
}

static gboolean
take_chat (MosChannelHost *host,
           MosChatBatch *batch,
           MosSyncCounts *ret_counts,
           GCancellable *cancellable,
           GError **error)
{
  MosHostCall call = { do_take, .account = batch->account, .value = batch };
  g_autoptr (GPtrArray) results = NULL;
  g_autoptr (GPtrArray) typing = NULL;
  gboolean is_taken = mos_desk_host_write (host, &call, cancellable, error);

  results = call.result;
  typing = call.other_result;
  if (!is_taken)
    return FALSE;
  if (typing != NULL)
    mos_desk_host_tell (MOS_DESK_HOST (host), MOS_NEWS_TYPING, g_steal_pointer (&typing));
  for (guint i = 0; i < batch->updates->len; i++)
    {
      MosChatUpdate *update = batch->updates->pdata[i];

      if (update->call != NULL && !batch->is_old)
        mos_desk_host_tell (MOS_DESK_HOST (host), MOS_NEWS_RINGING, mos_chat_update_ref (update));
    }
  for (guint i = 0; ret_counts != NULL && i < results->len; i++)
    {
      ret_counts->added++;
      ret_counts->quarantined += ((MosIngestResult *) results->pdata[i])->outcome == MOS_INGEST_QUARANTINED;
    }
  for (guint i = results->len; i > 0; i--)
    if (!((MosIngestResult *) results->pdata[i - 1])->arrived)
      g_ptr_array_remove_index (results, i - 1);
  if (results->len > 0)
    mos_desk_host_tell (MOS_DESK_HOST (host), MOS_NEWS_ARRIVED, g_steal_pointer (&results));
  return TRUE;
}

static gboolean
do_load_outgoing (MosTxn *txn,
                  MosHostCall *call,
                  GError **error)
{
  return mos_chat_load_item (txn, call->value, (MosChatOutgoing **) &call->result, error);
}

static MosChatOutgoing *
load_outgoing (MosChannelHost *host,
               MosOutboxItem *item,
               GCancellable *cancellable,
               GError **error)
{
  MosHostCall call = { do_load_outgoing, .value = item };

  return read_result (host, &call, (GDestroyNotify) mos_chat_outgoing_unref, cancellable, error);
}

static gboolean
do_parts_done (MosTxn *txn,
               MosHostCall *call,
               GError **error)
{
  for (guint i = 0; call->names[i] != NULL; i++)
    if (!mos_chat_part_done (txn, call->account, call->name, call->uid + i, call->names[i], error))
      return FALSE;
  return TRUE;
}

static gboolean
parts_done (MosChannelHost *host,
            const char *account,
            const char *message,
            guint first,
            const char *const *remotes,
            GCancellable *cancellable,
            GError **error)
{
  MosHostCall call = { do_parts_done, .account = account, .name = message, .names = remotes, .uid = first };

  return mos_desk_host_write (host, &call, cancellable, error);
}

static gboolean
do_load_blob (MosTxn *txn,
              MosHostCall *call,
              GError **error)
{
  if (!mos_store_blob_find (txn, call->name, (GBytes **) &call->result, error))
    return FALSE;
  if (call->result == NULL)
    g_set_error_literal (error, MOS_DESK_ERROR, MOS_DESK_ERROR_NOT_FOUND, "The file is not there any more");
  return call->result != NULL;
}

static GBytes *
load_blob (MosChannelHost *host,
           const char *sha256,
           GCancellable *cancellable,
           GError **error)
{
  MosHostCall call = { do_load_blob, .name = sha256 };

  return read_result (host, &call, (GDestroyNotify) g_bytes_unref, cancellable, error);
}

/* --- what was read --- */

static gboolean
do_list_reads (MosTxn *txn,
               MosHostCall *call,
               GError **error)
{
  call->result = mos_store_chat_list_reads (txn, call->account, error);
  return call->result != NULL;
}

static GPtrArray *
list_reads (MosChannelHost *host,
            const char *account,
            GCancellable *cancellable,
            GError **error)
{
  MosHostCall call = { do_list_reads, .account = account };

  return read_result (host, &call, (GDestroyNotify) g_ptr_array_unref, cancellable, error);
}

static gboolean
do_told_read (MosTxn *txn,
              MosHostCall *call,
              GError **error)
{
  return mos_store_chat_told_read (txn, call->account, call->name, call->other, error);
}

static gboolean
told_read (MosChannelHost *host,
           const char *account,
           MosChatUpdate *receipt,
           GCancellable *cancellable,
           GError **error)
{
  MosHostCall call = { do_told_read, .account = account, .name = receipt->thread, .other = receipt->id };

  return mos_desk_host_write (host, &call, cancellable, error);
}

/* --- what is done to messages that are there --- */

static gboolean
do_list_changes (MosTxn *txn,
                 MosHostCall *call,
                 GError **error)
{
  call->result = mos_chat_list_changes (txn, call->account, call->time_us, &call->result_us, error);
  return call->result != NULL;
}

static GPtrArray *
list_changes (MosChannelHost *host,
              const char *account,
              gint64 now_us,
              gint64 *ret_next_us,
              GCancellable *cancellable,
              GError **error)
{
  MosHostCall call = { do_list_changes, .account = account, .time_us = now_us };
  GPtrArray *changes = read_result (host, &call, (GDestroyNotify) g_ptr_array_unref, cancellable, error);

  *ret_next_us = call.result_us;
  return changes;
}

static gboolean
do_changed (MosTxn *txn,
            MosHostCall *call,
            GError **error)
{
  return mos_chat_changed (txn, call->account, call->value, error);
}

static gboolean
changed (MosChannelHost *host,
         const char *account,
         MosChatChange *change,
         GCancellable *cancellable,
         GError **error)
{
  MosHostCall call = { do_changed, .account = account, .value = change };

  return mos_desk_host_write (host, &call, cancellable, error);
}

static gboolean
do_not_changed (MosTxn *txn,
                MosHostCall *call,
                GError **error)
{
  return mos_store_chat_delay_change (txn, call->name, call->why, call->other, call->time_us, error);
}

static gboolean
not_changed (MosChannelHost *host,
             const char *account,
             MosChatChange *change,
             const char *why,
             const char *detail,
             gint64 next_us,
             GCancellable *cancellable,
             GError **error)
{
  MosHostCall call = { do_not_changed, .account = account, .name = change->id, .why = why, .other = detail, .time_us = next_us };

  return mos_desk_host_write (host, &call, cancellable, error);
}

/* --- files --- */

static gboolean
do_list_fetches (MosTxn *txn,
                 MosHostCall *call,
                 GError **error)
{
  call->result = mos_store_chat_list_fetches (txn, call->account, call->time_us, call->uid, &call->result_us, error);
  return call->result != NULL;
}

static GPtrArray *
list_fetches (MosChannelHost *host,
              const char *account,
              gint64 now_us,
              guint max,
              gint64 *ret_next_us,
              GCancellable *cancellable,
              GError **error)
{
  MosHostCall call = { do_list_fetches, .account = account, .time_us = now_us, .uid = max };

  GPtrArray *fetches = read_result (host, &call, (GDestroyNotify) g_ptr_array_unref, cancellable, error);

  *ret_next_us = call.result_us;
  return fetches;
}

static gboolean
do_fetched (MosTxn *txn,
            MosHostCall *call,
            GError **error)
{
  return mos_store_chat_fetched (txn, call->name, call->uid, call->value, call->other, error);
}

static gboolean
fetched (MosChannelHost *host,
         MosChatFetch *fetch,
         GBytes *data,
         const char *type,
         GCancellable *cancellable,
         GError **error)
{
  MosHostCall call = { do_fetched, .name = fetch->message, .uid = fetch->position, .value = data, .other = type };

  return mos_desk_host_write (host, &call, cancellable, error);
}

static gboolean
do_not_fetched (MosTxn *txn,
                MosHostCall *call,
                GError **error)
{
  return mos_store_chat_not_fetched (txn, call->name, call->uid, call->why, call->time_us, error);
}

static gboolean
not_fetched (MosChannelHost *host,
             MosChatFetch *fetch,
             const char *why,
             gint64 next_us,
             GCancellable *cancellable,
             GError **error)
{
  MosHostCall call = { do_not_fetched, .name = fetch->message, .uid = fetch->position, .why = why, .time_us = next_us };

  return mos_desk_host_write (host, &call, cancellable, error);
}

void
mos_desk_host_init_chat (MosChannelHostInterface *iface)
{
  iface->load_cursors_sync = load_cursors;
  iface->take_chat_sync = take_chat;
  iface->load_outgoing_sync = load_outgoing;
  iface->parts_done_sync = parts_done;
  iface->load_blob_sync = load_blob;
  iface->list_reads_sync = list_reads;
  iface->told_read_sync = told_read;
  iface->list_changes_sync = list_changes;
  iface->changed_sync = changed;
  iface->not_changed_sync = not_changed;
  iface->list_fetches_sync = list_fetches;
  iface->fetched_sync = fetched;
  iface->not_fetched_sync = not_fetched;
}
