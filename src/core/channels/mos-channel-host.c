/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-channel"

#include "config.h"

#include "core/channels/mos-channel-host.h"

#include <string.h>

/* One call per method of #MosChannelHostInterface, where each is described. Worker threads only. */

G_DEFINE_INTERFACE (MosChannelHost, mos_channel_host, G_TYPE_OBJECT)

static void
mos_channel_host_default_init (MosChannelHostInterface *iface)
{
}

gboolean
mos_channel_host_ingest_sync (MosChannelHost *self,
                              GPtrArray *incoming,
                              MosIngestFlags flags,
                              MosSyncCounts *ret_counts,
                              GCancellable *cancellable,
                              GError **error)
{
  g_return_val_if_fail (MOS_IS_CHANNEL_HOST (self), FALSE);

  return MOS_CHANNEL_HOST_GET_IFACE (self)->ingest_sync (self, incoming, flags, ret_counts, cancellable, error);
}

void
mos_channel_host_prepare (MosChannelHost *self,
                          GPtrArray *incoming,
                          GCancellable *cancellable)
{
  g_return_if_fail (MOS_IS_CHANNEL_HOST (self));

  if (MOS_CHANNEL_HOST_GET_IFACE (self)->prepare != NULL)
    MOS_CHANNEL_HOST_GET_IFACE (self)->prepare (self, incoming, cancellable);
}

MosFolderState *
mos_channel_host_load_folder_sync (MosChannelHost *self,
                                   const char *account,
                                   const char *folder,
                                   GCancellable *cancellable,
                                   GError **error)
{
  g_return_val_if_fail (MOS_IS_CHANNEL_HOST (self), NULL);

  return MOS_CHANNEL_HOST_GET_IFACE (self)->load_folder_sync (self, account, folder, cancellable, error);
}

gboolean
mos_channel_host_save_folder_sync (MosChannelHost *self,
                                   MosFolderState *state,
                                   GCancellable *cancellable,
                                   GError **error)
{
  g_return_val_if_fail (MOS_IS_CHANNEL_HOST (self), FALSE);

  return MOS_CHANNEL_HOST_GET_IFACE (self)->save_folder_sync (self, state, cancellable, error);
}

gboolean
mos_channel_host_follow_folders_sync (MosChannelHost *self,
                                      const char *account,
                                      GPtrArray *listed,
                                      GPtrArray **ret_followed,
                                      GPtrArray **ret_gone,
                                      GCancellable *cancellable,
                                      GError **error)
{
  g_return_val_if_fail (MOS_IS_CHANNEL_HOST (self), FALSE);

  return MOS_CHANNEL_HOST_GET_IFACE (self)->follow_folders_sync (self, account, listed, ret_followed, ret_gone, cancellable, error);
}

gboolean
mos_channel_host_rename_folder_sync (MosChannelHost *self,
                                     const char *account,
                                     const char *folder,
                                     const char *now,
                                     GCancellable *cancellable,
                                     GError **error)
{
  g_return_val_if_fail (MOS_IS_CHANNEL_HOST (self), FALSE);

  return MOS_CHANNEL_HOST_GET_IFACE (self)->rename_folder_sync (self, account, folder, now, cancellable, error);
}

gboolean
mos_channel_host_drop_folder_sync (MosChannelHost *self,
                                   const char *account,
                                   const char *folder,
                                   GCancellable *cancellable,
                                   GError **error)
{
  g_return_val_if_fail (MOS_IS_CHANNEL_HOST (self), FALSE);

  return MOS_CHANNEL_HOST_GET_IFACE (self)->drop_folder_sync (self, account, folder, cancellable, error);
}

gboolean
mos_channel_host_note_missing_sync (MosChannelHost *self,
                                    const char *account,
                                    const char *folder,
                                    guint32 uidvalidity,
                                    GArray *uids,
                                    const char *why,
                                    const char *detail,
                                    GCancellable *cancellable,
                                    GError **error)
{
  g_return_val_if_fail (MOS_IS_CHANNEL_HOST (self), FALSE);

  return MOS_CHANNEL_HOST_GET_IFACE (self)->note_missing_sync (self, account, folder, uidvalidity, uids, why, detail, cancellable, error);
}

gboolean
mos_channel_host_is_audit_due_sync (MosChannelHost *self,
                                    const char *account,
                                    gboolean *ret_is_due,
                                    GCancellable *cancellable,
                                    GError **error)
{
  g_return_val_if_fail (MOS_IS_CHANNEL_HOST (self), FALSE);

  return MOS_CHANNEL_HOST_GET_IFACE (self)->is_audit_due_sync (self, account, ret_is_due, cancellable, error);
}

gboolean
mos_channel_host_record_audit_sync (MosChannelHost *self,
                                    const char *account,
                                    MosAuditResult *result,
                                    GCancellable *cancellable,
                                    GError **error)
{
  g_return_val_if_fail (MOS_IS_CHANNEL_HOST (self), FALSE);

  return MOS_CHANNEL_HOST_GET_IFACE (self)->record_audit_sync (self, account, result, cancellable, error);
}

gboolean
mos_channel_host_rematch_sync (MosChannelHost *self,
                               const char *account,
                               const char *folder,
                               MosFolderRole role,
                               guint32 uidvalidity,
                               GPtrArray *candidates,
                               GArray **ret_unknown,
                               GCancellable *cancellable,
                               GError **error)
{
  g_return_val_if_fail (MOS_IS_CHANNEL_HOST (self), FALSE);

  return MOS_CHANNEL_HOST_GET_IFACE (self)->rematch_sync (self, account, folder, role, uidvalidity, candidates, ret_unknown, cancellable, error);
}

gboolean
mos_channel_host_flags_changed_sync (MosChannelHost *self,
                                     const char *account,
                                     const char *folder,
                                     guint32 uidvalidity,
                                     GArray *places,
                                     GCancellable *cancellable,
                                     GError **error)
{
  g_return_val_if_fail (MOS_IS_CHANNEL_HOST (self), FALSE);

  return MOS_CHANNEL_HOST_GET_IFACE (self)->flags_changed_sync (self, account, folder, uidvalidity, places, cancellable, error);
}

gboolean
mos_channel_host_removed_sync (MosChannelHost *self,
                               const char *account,
                               const char *folder,
                               guint32 uidvalidity,
                               GArray *uids,
                               GCancellable *cancellable,
                               GError **error)
{
  g_return_val_if_fail (MOS_IS_CHANNEL_HOST (self), FALSE);

  return MOS_CHANNEL_HOST_GET_IFACE (self)->removed_sync (self, account, folder, uidvalidity, uids, cancellable, error);
}

gboolean
mos_channel_host_work_ready_sync (MosChannelHost *self,
                                  const char *account,
                                  GCancellable *cancellable,
                                  GError **error)
{
  g_return_val_if_fail (MOS_IS_CHANNEL_HOST (self), FALSE);

  return MOS_CHANNEL_HOST_GET_IFACE (self)->work_ready_sync (self, account, cancellable, error);
}

GPtrArray *
mos_channel_host_list_flag_changes_sync (MosChannelHost *self,
                                         const char *account,
                                         GCancellable *cancellable,
                                         GError **error)
{
  g_return_val_if_fail (MOS_IS_CHANNEL_HOST (self), NULL);

  return MOS_CHANNEL_HOST_GET_IFACE (self)->list_flag_changes_sync (self, account, cancellable, error);
}

gboolean
mos_channel_host_finish_flag_changes_sync (MosChannelHost *self,
                                           const char *account,
                                           GPtrArray *done,
                                           GCancellable *cancellable,
                                           GError **error)
{
  g_return_val_if_fail (MOS_IS_CHANNEL_HOST (self), FALSE);

  return MOS_CHANNEL_HOST_GET_IFACE (self)->finish_flag_changes_sync (self, account, done, cancellable, error);
}

GPtrArray *
mos_channel_host_list_moves_sync (MosChannelHost *self,
                                  const char *account,
                                  GCancellable *cancellable,
                                  GError **error)
{
  g_return_val_if_fail (MOS_IS_CHANNEL_HOST (self), NULL);

  if (MOS_CHANNEL_HOST_GET_IFACE (self)->list_moves_sync == NULL)
    return g_ptr_array_new_with_free_func ((GDestroyNotify) mos_server_move_unref);
  return MOS_CHANNEL_HOST_GET_IFACE (self)->list_moves_sync (self, account, cancellable, error);
}

gboolean
mos_channel_host_finish_moves_sync (MosChannelHost *self,
                                    const char *account,
                                    GPtrArray *done,
                                    GCancellable *cancellable,
                                    GError **error)
{
  g_return_val_if_fail (MOS_IS_CHANNEL_HOST (self), FALSE);

  return MOS_CHANNEL_HOST_GET_IFACE (self)->finish_moves_sync (self, account, done, cancellable, error);
}

gboolean
mos_channel_host_peek_outbox_sync (MosChannelHost *self,
                                   const char *account,
                                   gint64 now_us,
                                   char **ret_message,
                                   gint64 *ret_next_us,
                                   GCancellable *cancellable,
                                   GError **error)
{
  g_return_val_if_fail (MOS_IS_CHANNEL_HOST (self), FALSE);

  return MOS_CHANNEL_HOST_GET_IFACE (self)->peek_outbox_sync (self, account, now_us, ret_message, ret_next_us, cancellable, error);
}

gboolean
mos_channel_host_claim_outbox_sync (MosChannelHost *self,
                                    const char *account,
                                    gint64 now_us,
                                    MosOutboxItem **ret_item,
                                    GCancellable *cancellable,
                                    GError **error)
{
  g_return_val_if_fail (MOS_IS_CHANNEL_HOST (self), FALSE);

  return MOS_CHANNEL_HOST_GET_IFACE (self)->claim_outbox_sync (self, account, now_us, ret_item, cancellable, error);
}

gboolean
mos_channel_host_final_outbox_sync (MosChannelHost *self,
                                    const char *account,
                                    const char *message,
                                    GCancellable *cancellable,
                                    GError **error)
{
  g_return_val_if_fail (MOS_IS_CHANNEL_HOST (self), FALSE);

  return MOS_CHANNEL_HOST_GET_IFACE (self)->final_outbox_sync (self, account, message, cancellable, error);
}

gboolean
mos_channel_host_report_send_sync (MosChannelHost *self,
                                   const char *account,
                                   MosSendResult *result,
                                   GCancellable *cancellable,
                                   GError **error)
{
  g_return_val_if_fail (MOS_IS_CHANNEL_HOST (self), FALSE);

  return MOS_CHANNEL_HOST_GET_IFACE (self)->report_send_sync (self, account, result, cancellable, error);
}

gboolean
mos_channel_host_claim_sent_copy_sync (MosChannelHost *self,
                                       const char *account,
                                       MosOutboxItem **ret_item,
                                       GCancellable *cancellable,
                                       GError **error)
{
  g_return_val_if_fail (MOS_IS_CHANNEL_HOST (self), FALSE);

  return MOS_CHANNEL_HOST_GET_IFACE (self)->claim_sent_copy_sync (self, account, ret_item, cancellable, error);
}

gboolean
mos_channel_host_record_sent_copy_sync (MosChannelHost *self,
                                        const char *account,
                                        const char *message,
                                        const char *folder,
                                        guint32 uidvalidity,
                                        guint32 uid,
                                        const char *message_id,
                                        GCancellable *cancellable,
                                        GError **error)
{
  g_return_val_if_fail (MOS_IS_CHANNEL_HOST (self), FALSE);

  return MOS_CHANNEL_HOST_GET_IFACE (self)->record_sent_copy_sync (self, account, message, folder, uidvalidity, uid, message_id, cancellable, error);
}

gboolean
mos_channel_host_skip_sent_copy_sync (MosChannelHost *self,
                                      const char *account,
                                      const char *message,
                                      const char *why,
                                      const char *detail,
                                      GCancellable *cancellable,
                                      GError **error)
{
  g_return_val_if_fail (MOS_IS_CHANNEL_HOST (self), FALSE);

  return MOS_CHANNEL_HOST_GET_IFACE (self)->skip_sent_copy_sync (self, account, message, why, detail, cancellable, error);
}

gboolean
mos_channel_host_note_server_sync (MosChannelHost *self,
                                   const char *account,
                                   const char *what,
                                   const char *value,
                                   GCancellable *cancellable,
                                   GError **error)
{
  MosChannelHostInterface *iface;

  g_return_val_if_fail (MOS_IS_CHANNEL_HOST (self), FALSE);

  iface = MOS_CHANNEL_HOST_GET_IFACE (self);
  /* Who remembers nothing learns it again. */
  return iface->note_server_sync == NULL || iface->note_server_sync (self, account, what, value, cancellable, error);
}

char *
mos_channel_host_dup_password_sync (MosChannelHost *self,
                                    const char *account,
                                    GCancellable *cancellable,
                                    GError **error)
{
  g_return_val_if_fail (MOS_IS_CHANNEL_HOST (self), NULL);

  return MOS_CHANNEL_HOST_GET_IFACE (self)->dup_password_sync (self, account, cancellable, error);
}

gboolean
mos_channel_host_keep_password_sync (MosChannelHost *self,
                                     MosAccount *account,
                                     const char *password,
                                     GCancellable *cancellable,
                                     GError **error)
{
  g_return_val_if_fail (MOS_IS_CHANNEL_HOST (self), FALSE);

  if (MOS_CHANNEL_HOST_GET_IFACE (self)->keep_password_sync != NULL)
    return MOS_CHANNEL_HOST_GET_IFACE (self)->keep_password_sync (self, account, password, cancellable, error);
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, "Nothing is kept here");
  return FALSE;
}

MosCredential *
mos_channel_host_dup_credential_sync (MosChannelHost *self,
                                      MosAccount *account,
                                      MosCredential *refused,
                                      GCancellable *cancellable,
                                      GError **error)
{
  MosChannelHostInterface *iface;
  g_autofree char *password = NULL;
  MosCredential *credential;

  g_return_val_if_fail (MOS_IS_CHANNEL_HOST (self), NULL);

  iface = MOS_CHANNEL_HOST_GET_IFACE (self);
  if (iface->dup_credential_sync != NULL)
    return iface->dup_credential_sync (self, account, refused, cancellable, error);

  password = iface->dup_password_sync (self, account->id, cancellable, error);
  if (password == NULL)
    return NULL;
  credential = mos_credential_make (MOS_CREDENTIAL_PASSWORD, password, account->authorize_as);
  explicit_bzero (password, strlen (password));
  return credential;
}

void
mos_channel_host_status_changed (MosChannelHost *self,
                                 MosAccountStatus *status)
{
  g_return_if_fail (MOS_IS_CHANNEL_HOST (self));

  MOS_CHANNEL_HOST_GET_IFACE (self)->status_changed (self, status);
}

GHashTable *
mos_channel_host_load_cursors_sync (MosChannelHost *self,
                                    const char *account,
                                    GCancellable *cancellable,
                                    GError **error)
{
  g_return_val_if_fail (MOS_IS_CHANNEL_HOST (self), NULL);

  return MOS_CHANNEL_HOST_GET_IFACE (self)->load_cursors_sync (self, account, cancellable, error);
}

gboolean
mos_channel_host_take_chat_sync (MosChannelHost *self,
                                 MosChatBatch *batch,
                                 MosSyncCounts *ret_counts,
                                 GCancellable *cancellable,
                                 GError **error)
{
  g_return_val_if_fail (MOS_IS_CHANNEL_HOST (self), FALSE);

  return MOS_CHANNEL_HOST_GET_IFACE (self)->take_chat_sync (self, batch, ret_counts, cancellable, error);
}

MosChatOutgoing *
mos_channel_host_load_outgoing_sync (MosChannelHost *self,
                                     MosOutboxItem *item,
                                     GCancellable *cancellable,
                                     GError **error)
{
  g_return_val_if_fail (MOS_IS_CHANNEL_HOST (self), NULL);

  return MOS_CHANNEL_HOST_GET_IFACE (self)->load_outgoing_sync (self, item, cancellable, error);
}

gboolean
mos_channel_host_parts_done_sync (MosChannelHost *self,
                                  const char *account,
                                  const char *message,
                                  guint first,
                                  const char *const *remotes,
                                  GCancellable *cancellable,
                                  GError **error)
{
  g_return_val_if_fail (MOS_IS_CHANNEL_HOST (self), FALSE);

  return MOS_CHANNEL_HOST_GET_IFACE (self)->parts_done_sync (self, account, message, first, remotes, cancellable, error);
}

GBytes *
mos_channel_host_load_blob_sync (MosChannelHost *self,
                                 const char *sha256,
                                 GCancellable *cancellable,
                                 GError **error)
{
  g_return_val_if_fail (MOS_IS_CHANNEL_HOST (self), NULL);

  return MOS_CHANNEL_HOST_GET_IFACE (self)->load_blob_sync (self, sha256, cancellable, error);
}

GPtrArray *
mos_channel_host_list_reads_sync (MosChannelHost *self,
                                  const char *account,
                                  GCancellable *cancellable,
                                  GError **error)
{
  g_return_val_if_fail (MOS_IS_CHANNEL_HOST (self), NULL);

  return MOS_CHANNEL_HOST_GET_IFACE (self)->list_reads_sync (self, account, cancellable, error);
}

gboolean
mos_channel_host_told_read_sync (MosChannelHost *self,
                                 const char *account,
                                 MosChatUpdate *receipt,
                                 GCancellable *cancellable,
                                 GError **error)
{
  g_return_val_if_fail (MOS_IS_CHANNEL_HOST (self), FALSE);

  return MOS_CHANNEL_HOST_GET_IFACE (self)->told_read_sync (self, account, receipt, cancellable, error);
}

GPtrArray *
mos_channel_host_list_changes_sync (MosChannelHost *self,
                                    const char *account,
                                    gint64 now_us,
                                    gint64 *ret_next_us,
                                    GCancellable *cancellable,
                                    GError **error)
{
  g_return_val_if_fail (MOS_IS_CHANNEL_HOST (self), NULL);

  return MOS_CHANNEL_HOST_GET_IFACE (self)->list_changes_sync (self, account, now_us, ret_next_us, cancellable, error);
}

gboolean
mos_channel_host_changed_sync (MosChannelHost *self,
                               const char *account,
                               MosChatChange *change,
                               GCancellable *cancellable,
                               GError **error)
{
  g_return_val_if_fail (MOS_IS_CHANNEL_HOST (self), FALSE);

  return MOS_CHANNEL_HOST_GET_IFACE (self)->changed_sync (self, account, change, cancellable, error);
}

gboolean
mos_channel_host_not_changed_sync (MosChannelHost *self,
                                   const char *account,
                                   MosChatChange *change,
                                   const char *why,
                                   const char *detail,
                                   gint64 next_us,
                                   GCancellable *cancellable,
                                   GError **error)
{
  g_return_val_if_fail (MOS_IS_CHANNEL_HOST (self), FALSE);

  return MOS_CHANNEL_HOST_GET_IFACE (self)->not_changed_sync (self, account, change, why, detail, next_us, cancellable, error);
}

GPtrArray *
mos_channel_host_list_fetches_sync (MosChannelHost *self,
                                    const char *account,
                                    gint64 now_us,
                                    guint max,
                                    gint64 *ret_next_us,
                                    GCancellable *cancellable,
                                    GError **error)
{
  g_return_val_if_fail (MOS_IS_CHANNEL_HOST (self), NULL);

  return MOS_CHANNEL_HOST_GET_IFACE (self)->list_fetches_sync (self, account, now_us, max, ret_next_us, cancellable, error);
}

gboolean
mos_channel_host_fetched_sync (MosChannelHost *self,
                               MosChatFetch *fetch,
                               GBytes *data,
                               const char *type,
                               GCancellable *cancellable,
                               GError **error)
{
  g_return_val_if_fail (MOS_IS_CHANNEL_HOST (self), FALSE);

  return MOS_CHANNEL_HOST_GET_IFACE (self)->fetched_sync (self, fetch, data, type, cancellable, error);
}

gboolean
mos_channel_host_not_fetched_sync (MosChannelHost *self,
                                   MosChatFetch *fetch,
                                   const char *why,
                                   gint64 next_us,
                                   GCancellable *cancellable,
                                   GError **error)
{
  g_return_val_if_fail (MOS_IS_CHANNEL_HOST (self), FALSE);

  return MOS_CHANNEL_HOST_GET_IFACE (self)->not_fetched_sync (self, fetch, why, next_us, cancellable, error);
}
