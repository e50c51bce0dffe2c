/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-desk-host-private.h"

#include "core/desk/mos-automatic.h"
#include "core/desk/mos-outbox.h"
#include "core/store/mos-store-folders.h"
#include "core/store/mos-store-messages.h"
#include "core/store/mos-store-outbox.h"

static gboolean
mos_host_do_peek (MosTxn *txn,
                  MosHostCall *call,
                  GError **error)
{
  return mos_outbox_peek (txn, call->account, call->time_us, (char **) &call->result, &call->result_us, error);
}

static gboolean
mos_desk_host_peek_outbox_sync (MosChannelHost *host,
                                const char *account,
                                gint64 now_us,
                                char **ret_message,
                                gint64 *ret_next_us,
                                GCancellable *cancellable,
                                GError **error)
{
  MosHostCall call = { mos_host_do_peek, .account = account, .time_us = now_us };

  if (!mos_desk_host_read (host, &call, cancellable, error))
    {
      /* Stopped with the answer at hand. */
      g_free (call.result);
      return FALSE;
    }
  *ret_message = call.result;
  *ret_next_us = call.result_us;
  return TRUE;
}

/* --- claims: what this host sends, and by what right --- */

static void
mos_desk_host_keep_claim (MosDeskHost *self,
                          const char *message,
                          const char *claim)
{
  g_mutex_lock (&self->mutex);
  if (claim != NULL)
    g_hash_table_replace (self->claims, g_strdup (message), g_strdup (claim));
  else
    g_hash_table_remove (self->claims, message);
  g_mutex_unlock (&self->mutex);
}

/* "" where this host does not send it. */
static char *
mos_desk_host_dup_claim (MosDeskHost *self,
                         const char *message)
{
  const char *claim;
  char *copy;

  g_mutex_lock (&self->mutex);
  claim = g_hash_table_lookup (self->claims, message);
  copy = g_strdup (claim != NULL ? claim : "");
  g_mutex_unlock (&self->mutex);

  return copy;
}

static gboolean
mos_host_do_claim (MosTxn *txn,
                   MosHostCall *call,
                   GError **error)
{
  for (;;)
    {
      g_autoptr (MosOutboxItem) item = NULL;
      gboolean may = TRUE;

      g_clear_pointer (&call->result, mos_outbox_item_unref);
      if (!mos_store_outbox_claim (txn, call->account, &item, error))
        return FALSE;
      if (item != NULL && item->is_automatic && !mos_automatic_check_item (txn, item, &may, error))
        return FALSE;
      if (may)
        {
          call->result = g_steal_pointer (&item);
          return TRUE;
        }
    }
}

static gboolean
mos_desk_host_claim_outbox_sync (MosChannelHost *host,
                                 const char *account,
                                 gint64 now_us,
                                 MosOutboxItem **ret_item,
                                 GCancellable *cancellable,
                                 GError **error)
{
  MosHostCall call = { mos_host_do_claim, .account = account };

  if (!mos_desk_host_write (host, &call, cancellable, error))
    {
      g_clear_pointer (&call.result, mos_outbox_item_unref);
      return FALSE;
    }
  *ret_item = call.result;
  if (*ret_item != NULL)
    mos_desk_host_keep_claim (MOS_DESK_HOST (host), (*ret_item)->message, (*ret_item)->claim);
  return TRUE;
}

static gboolean
mos_host_do_final (MosTxn *txn,
                   MosHostCall *call,
                   GError **error)
{
  return mos_store_outbox_set_final (txn, call->name, call->other, error);
}

static gboolean
mos_desk_host_final_outbox_sync (MosChannelHost *host,
                                 const char *account,
                                 const char *message,
                                 GCancellable *cancellable,
                                 GError **error)
{
  g_autofree char *claim = mos_desk_host_dup_claim (MOS_DESK_HOST (host), message);
  MosHostCall call = { mos_host_do_final, .account = account, .name = message, .other = claim };

  return mos_desk_host_write (host, &call, cancellable, error);
}

static gboolean
mos_host_do_report (MosTxn *txn,
                    MosHostCall *call,
                    GError **error)
{
  g_clear_pointer (&call->result, mos_outbox_item_unref);
  return mos_outbox_report (txn, call->value, (MosOutboxItem **) &call->result, error);
}

static gboolean
mos_desk_host_report_send_sync (MosChannelHost *host,
                                const char *account,
                                MosSendResult *result,
                                GCancellable *cancellable,
                                GError **error)
{
  g_autofree char *claim = mos_desk_host_dup_claim (MOS_DESK_HOST (host), result->message);
  g_autoptr (MosSendResult) claimed = mos_send_result_new ();
  MosHostCall call = { mos_host_do_report, .account = account, .value = claimed };

  claimed->message = g_strdup (result->message);
  claimed->state = result->state;
  claimed->why = g_strdup (result->why);
  claimed->detail = g_strdup (result->detail);
  claimed->next_try_us = result->next_try_us;
  claimed->refused = g_ptr_array_ref (result->refused);
  claimed->claim = g_steal_pointer (&claim);
  if (!mos_desk_host_write (host, &call, cancellable, error))
    {
      g_clear_pointer (&call.result, mos_outbox_item_unref);
      return FALSE;
    }
  mos_desk_host_keep_claim (MOS_DESK_HOST (host), result->message, NULL);
  if (call.result != NULL)
    mos_desk_host_tell (MOS_DESK_HOST (host), MOS_NEWS_SEND_FAILED, call.result);
  return TRUE;
}

/* --- the copy in Sent --- */

/* Longer than putting the largest message there takes; a connection that failed leaves its item to the next one after that. */
#define SENT_COPY_LEASE_US (2 * 60 * (gint64) G_USEC_PER_SEC)

static gboolean
mos_host_do_next_copy (MosTxn *txn,
                       MosHostCall *call,
                       GError **error)
{
  MosOutboxItem *item = NULL;

  if (!mos_store_outbox_claim_sent_copy (txn, call->account, SENT_COPY_LEASE_US, &item, error))
    return FALSE;
  call->result = item;
  return TRUE;
}

static gboolean
mos_desk_host_claim_sent_copy_sync (MosChannelHost *host,
                                    const char *account,
                                    MosOutboxItem **ret_item,
                                    GCancellable *cancellable,
                                    GError **error)
{
  MosHostCall call = { mos_host_do_next_copy, .account = account };

  if (!mos_desk_host_write (host, &call, cancellable, error))
    {
      g_clear_pointer (&call.result, mos_outbox_item_unref);
      return FALSE;
    }
  *ret_item = call.result;
  return TRUE;
}

static gboolean
mos_host_do_record_copy (MosTxn *txn,
                         MosHostCall *call,
                         GError **error)
{
  return mos_outbox_record_copy (txn, call->account, call->name, call->value, call->uidvalidity, call->uid, call->other, error);
}

static gboolean
mos_desk_host_record_sent_copy_sync (MosChannelHost *host,
                                     const char *account,
                                     const char *message,
                                     const char *folder,
                                     guint32 uidvalidity,
                                     guint32 uid,
                                     const char *message_id,
                                     GCancellable *cancellable,
                                     GError **error)
{
  MosHostCall call = { mos_host_do_record_copy, .account = account, .name = message, .other = message_id,
                       .uidvalidity = uidvalidity, .uid = uid, .value = (gpointer) folder };

  return mos_desk_host_write (host, &call, cancellable, error);
}

static gboolean
mos_host_do_skip_copy (MosTxn *txn,
                       MosHostCall *call,
                       GError **error)
{
  g_autoptr (MosMessageRow) row = NULL;

  if (!mos_store_outbox_set_sent_copy_done (txn, call->name, error) ||
      !mos_store_message_find (txn, call->name, &row, error))
    return FALSE;
  /* It was sent, and other mail programs will not show it: said where nothing weightier is. */
  return row == NULL || row->delivery != MOS_DELIVERY_ACCEPTED || row->why != NULL ||
         mos_store_message_set_delivery (txn, call->name, MOS_DELIVERY_ACCEPTED, "no-copy", call->other, error);
}

static gboolean
mos_desk_host_skip_sent_copy_sync (MosChannelHost *host,
                                   const char *account,
                                   const char *message,
                                   const char *why,
                                   const char *detail,
                                   GCancellable *cancellable,
                                   GError **error)
{
  MosHostCall call = { mos_host_do_skip_copy, .account = account, .name = message, .other = detail };

  g_debug ("No copy of %s in Sent: %s", message, why);
  return mos_desk_host_write (host, &call, cancellable, error);
}

static gboolean
mos_host_do_note (MosTxn *txn,
                  MosHostCall *call,
                  GError **error)
{
  g_autofree char *known = NULL;

  if (!mos_store_cursor_get (txn, call->account, call->name, &known, error))
    return FALSE;
  return g_strcmp0 (known, call->other) == 0 || mos_store_cursor_set (txn, call->account, call->name, call->other, error);
}

static gboolean
mos_desk_host_note_server_sync (MosChannelHost *host,
                                const char *account,
                                const char *what,
                                const char *value,
                                GCancellable *cancellable,
                                GError **error)
{
  MosHostCall call = { mos_host_do_note, .account = account, .name = what, .other = value };

  return mos_desk_host_write (host, &call, cancellable, error);
}

void
mos_desk_host_init_outbox (MosChannelHostInterface *iface)
{
  iface->peek_outbox_sync = mos_desk_host_peek_outbox_sync;
  iface->claim_outbox_sync = mos_desk_host_claim_outbox_sync;
  iface->final_outbox_sync = mos_desk_host_final_outbox_sync;
  iface->report_send_sync = mos_desk_host_report_send_sync;
  iface->claim_sent_copy_sync = mos_desk_host_claim_sent_copy_sync;
  iface->record_sent_copy_sync = mos_desk_host_record_sent_copy_sync;
  iface->skip_sent_copy_sync = mos_desk_host_skip_sent_copy_sync;
  iface->note_server_sync = mos_desk_host_note_server_sync;
}
