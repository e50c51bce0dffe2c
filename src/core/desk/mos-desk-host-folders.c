/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-desk-host-private.h"

#include "core/desk/mos-folder-sync.h"
#include "core/store/mos-store-folders.h"
#include "core/store/mos-store-ledger.h"
#include "core/store/mos-store-moves.h"

/* Which folders a channel syncs, what the server does not give, and the full comparison. */

static gboolean
mos_host_do_follow_folders (MosTxn *txn,
                            MosHostCall *call,
                            GError **error)
{
  g_clear_pointer (&call->result, g_ptr_array_unref);
  g_clear_pointer (&call->other_result, g_ptr_array_unref);
  return mos_folder_sync_follow (txn, call->account, call->value, (GPtrArray **) &call->result, (GPtrArray **) &call->other_result, error);
}

static gboolean
mos_desk_host_follow_folders_sync (MosChannelHost *host,
                                   const char *account,
                                   GPtrArray *listed,
                                   GPtrArray **ret_followed,
                                   GPtrArray **ret_gone,
                                   GCancellable *cancellable,
                                   GError **error)
{
  MosHostCall call = { mos_host_do_follow_folders, .account = account, .value = listed };

  if (!mos_desk_host_write (host, &call, cancellable, error))
    {
      g_clear_pointer (&call.result, g_ptr_array_unref);
      g_clear_pointer (&call.other_result, g_ptr_array_unref);
      return FALSE;
    }
  *ret_followed = call.result;
  *ret_gone = call.other_result;
  return TRUE;
}

static gboolean
mos_host_do_rename_folder (MosTxn *txn,
                           MosHostCall *call,
                           GError **error)
{
  return mos_store_folder_rename (txn, call->account, call->name, call->other, error);
}

static gboolean
mos_desk_host_rename_folder_sync (MosChannelHost *host,
                                  const char *account,
                                  const char *folder,
                                  const char *now,
                                  GCancellable *cancellable,
                                  GError **error)
{
  MosHostCall call = { mos_host_do_rename_folder, .account = account, .name = folder, .other = now };

  return mos_desk_host_write (host, &call, cancellable, error);
}

static gboolean
mos_host_do_drop_folder (MosTxn *txn,
                         MosHostCall *call,
                         GError **error)
{
  return mos_store_folder_drop (txn, call->account, call->name, error);
}

static gboolean
mos_desk_host_drop_folder_sync (MosChannelHost *host,
                                const char *account,
                                const char *folder,
                                GCancellable *cancellable,
                                GError **error)
{
  MosHostCall call = { mos_host_do_drop_folder, .account = account, .name = folder };

  return mos_desk_host_write (host, &call, cancellable, error);
}

static gboolean
mos_host_do_note_missing (MosTxn *txn,
                          MosHostCall *call,
                          GError **error)
{
  return mos_folder_sync_note_missing (txn, call->account, call->name, call->uidvalidity, call->value, call->why, call->detail, error);
}

static gboolean
mos_desk_host_note_missing_sync (MosChannelHost *host,
                                 const char *account,
                                 const char *folder,
                                 guint32 uidvalidity,
                                 GArray *uids,
                                 const char *why,
                                 const char *detail,
                                 GCancellable *cancellable,
                                 GError **error)
{
  MosHostCall call = { mos_host_do_note_missing, .account = account, .name = folder, .uidvalidity = uidvalidity, .value = uids, .why = why, .detail = detail };

  return mos_desk_host_write (host, &call, cancellable, error);
}

static gboolean
mos_host_do_is_audit_due (MosTxn *txn,
                          MosHostCall *call,
                          GError **error)
{
  return mos_store_audit_is_due (txn, call->account, &call->flag, error);
}

static gboolean
mos_desk_host_is_audit_due_sync (MosChannelHost *host,
                                 const char *account,
                                 gboolean *ret_is_due,
                                 GCancellable *cancellable,
                                 GError **error)
{
  MosHostCall call = { mos_host_do_is_audit_due, .account = account };

  if (!mos_desk_host_read (host, &call, cancellable, error))
    return FALSE;
  *ret_is_due = call.flag;
  return TRUE;
}

static gboolean
mos_host_do_record_audit (MosTxn *txn,
                          MosHostCall *call,
                          GError **error)
{
  return mos_folder_sync_record_audit (txn, call->account, call->value, error);
}

static gboolean
mos_desk_host_record_audit_sync (MosChannelHost *host,
                                 const char *account,
                                 MosAuditResult *result,
                                 GCancellable *cancellable,
                                 GError **error)
{
  MosHostCall call = { mos_host_do_record_audit, .account = account, .value = result };

  return mos_desk_host_write (host, &call, cancellable, error);
}

static gboolean
mos_host_do_list_moves (MosTxn *txn,
                        MosHostCall *call,
                        GError **error)
{
  call->result = mos_store_move_list (txn, call->account, error);
  return call->result != NULL;
}

static GPtrArray *
mos_desk_host_list_moves_sync (MosChannelHost *host,
                               const char *account,
                               GCancellable *cancellable,
                               GError **error)
{
  MosHostCall call = { mos_host_do_list_moves, .account = account };

  return mos_desk_host_read (host, &call, cancellable, error) ? call.result : NULL;
}

static gboolean
mos_host_do_finish_moves (MosTxn *txn,
                          MosHostCall *call,
                          GError **error)
{
  GPtrArray *moves = call->value;

  for (guint i = 0; i < moves->len; i++)
    if (!mos_store_move_finish (txn, g_ptr_array_index (moves, i), error))
      return FALSE;
  return TRUE;
}

static gboolean
mos_desk_host_finish_moves_sync (MosChannelHost *host,
                                 const char *account,
                                 GPtrArray *done,
                                 GCancellable *cancellable,
                                 GError **error)
{
  MosHostCall call = { mos_host_do_finish_moves, .account = account, .value = done };

  return done->len == 0 || mos_desk_host_write (host, &call, cancellable, error);
}

void
mos_desk_host_init_folders (MosChannelHostInterface *iface)
{
  iface->follow_folders_sync = mos_desk_host_follow_folders_sync;
  iface->rename_folder_sync = mos_desk_host_rename_folder_sync;
  iface->drop_folder_sync = mos_desk_host_drop_folder_sync;
  iface->note_missing_sync = mos_desk_host_note_missing_sync;
  iface->is_audit_due_sync = mos_desk_host_is_audit_due_sync;
  iface->record_audit_sync = mos_desk_host_record_audit_sync;
  iface->list_moves_sync = mos_desk_host_list_moves_sync;
  iface->finish_moves_sync = mos_desk_host_finish_moves_sync;
}
