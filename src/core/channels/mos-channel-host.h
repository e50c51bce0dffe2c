/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/base/mos-error.h"
#include "core/values/mos-channel-values.h"
#include "core/values/mos-chat-values.h"

G_BEGIN_DECLS

/**
 * MosChannelHost:
 *
 * The desk as a channel sees it: the only way a channel reads or changes
 * anything that is kept. A channel never holds state of its own that must
 * survive a kill.
 *
 * Every method is called on one of the channel's worker threads, several of
 * them at once, and may block (the desk writes through the store's writer
 * thread). A method that writes returns after the commit. None of them may
 * need the main context to answer, for the main thread may be waiting in
 * mos_channel_stop_sync().
 */
#define MOS_TYPE_CHANNEL_HOST (mos_channel_host_get_type ())
G_DECLARE_INTERFACE (MosChannelHost, mos_channel_host, MOS, CHANNEL_HOST, GObject)

/* What mos_channel_host_note_server_sync() remembers of an account's server. */
#define MOS_SERVER_SENT_FILING "sent-filing" /* "server" or "client": who files what was sent */
#define MOS_SERVER_SMTP_SIZE "smtp-size"     /* bytes a message may have, "0" = the server names no limit */

#define MOS_CHANNEL_SUSPECT "suspect"

typedef enum
{
  MOS_INGEST_DEFAULT = 0,
  MOS_INGEST_FIRST_SYNC = 1 << 0, /* old mail of a folder met for the first time: nobody is told that it "arrived" */
} MosIngestFlags;

/**
 * MosChannelHostInterface:
 *
 * @ingest_sync: takes a batch of #MosIncoming in one transaction. A message that is known (same account and digest) only gets its place and
 *   flags. One of MOS_FOLDER_SENT that carries an X-Mostrador-Id or Message-ID of ours gives that outgoing message its place, and an UNCERTAIN
 *   one becomes ACCEPTED by it. @ret_counts: added and quarantined are increased, the rest left alone.
 * @prepare: (nullable): does what of that needs no transaction, on any thread, before the same batch is given to @ingest_sync. A batch that never
 *   is given leaves nothing behind that counts.
 * @load_folder_sync: what is known of a folder; a state with uidvalidity 0 when it was never met.
 * @save_folder_sync: the cursor, called after everything up to it was taken.
 * @follow_folders_sync: @listed: array of #MosServerFolder, all that the server has. @ret_followed: (out) (transfer full): array of those to sync: the ones that
 *   are always followed, and the owner's choice; those given up keep their mail and its places. @ret_gone: (out) (transfer full): array of #MosFolderState
 *   (without places) of followed ones that the server no longer lists: see @rename_folder_sync and @drop_folder_sync.
 * @rename_folder_sync: @folder is called @now since: places, cursor and choice go along. Only when @now was never synced.
 * @drop_folder_sync: the server has no such folder any more: its places are gone, its mail stays.
 * @note_missing_sync: GArray of guint32 uids that the server names and did not give; @why "refused" or "not-given", @detail (nullable) its words, or
 *   MOS_CHANNEL_SUSPECT: they were on their way when the connection ended; they are due at once, but to be asked for one by one. They are
 *   in MosFolderState.missing from now on, asked for again with growing pauses, until one is ingested or gone.
 * @is_audit_due_sync: whether the last full comparison is older than a day
 * @record_audit_sync: what a full comparison of all followed folders found
 * @rematch_sync: the folder's UIDVALIDITY changed to @uidvalidity. In one transaction: all places of older generations go, each candidate that
 *   is exactly one known message of that folder (Message-ID, size and receive time) gets its new place, messages that lost theirs
 *   are marked removed, and the new UIDVALIDITY is stored. @ret_unknown: (out) (transfer full): GArray of guint32: uids to be fetched
 *   (ingesting one of them takes the removed mark away again).
 * @flags_changed_sync: GArray of #MosPlace with the server's flags. Changes that wait in the queue of @list_flag_changes_sync win.
 * @removed_sync: GArray of guint32 uids that are no longer in the folder.
 * @work_ready_sync: all mail since work_since_us of Inbox and Sent is here after a first sync: the desk closes (as archive) what is answered
 *   or whose newest message is not the customer's. May be called again after a crash.
 * @list_flag_changes_sync: flags to write back, oldest first; empty array for none.
 * @finish_flag_changes_sync: array of #MosFlagChange that are written (or whose message is gone).
 * @list_moves_sync: array of #MosServerMove: messages that are to be moved on the server; empty for none. A host without this method has none.
 * @finish_moves_sync: array of #MosServerMove that are done, or that the server refuses for good (@refused).
 * @peek_outbox_sync: (transfer full) (nullable): message id of the next queued item that is due at @now_us. @ret_next_us: when to look again, if
 *   nothing is due now but something waits; else 0.
 * @claim_outbox_sync: @ret_item: (transfer full) (nullable): makes the next item that is due "sending" and gives it with its bytes; %NULL without
 *   error when there is none any more. From here to @report_send_sync a kill leaves it "sending": queued again at the desk's next start, or UNCERTAIN
 *   after @final_outbox_sync.
 * @final_outbox_sync: the byte that makes the server accept @message is about to leave; returns after that is on disk. On %FALSE it must not leave.
 * @report_send_sync: the outcome, also of an attempt that failed before the claim (no connection): then attempts grows and state stays QUEUED.
 * @claim_sent_copy_sync: (transfer full) (nullable): an accepted item of this account whose copy in Sent is not yet settled, with its bytes.
 * @record_sent_copy_sync: the copy is there. @folder (nullable), @uidvalidity, @uid: its place, %NULL and 0 when not learned (the sync will meet
 *   it); @message_id (nullable): the Message-ID the server put in place of ours. Later replies refer to that one.
 * @skip_sent_copy_sync: there will be no copy (the server refused it for good); @why a stable code, @detail (nullable).
 * @note_server_sync: remembers something an account's server was seen to be or do. @what: MOS_SERVER_…; @value: (nullable): forgets it
 * @dup_password_sync: (transfer full) (nullable): the account's password, MOS_DESK_ERROR_NO_PASSWORD or _NO_SECRET_SERVICE otherwise.
 * @keep_password_sync: the platform gave another one in its place: that is kept from now on. Where it cannot be, it holds for this run, and the one before is what is
 *   there at the next. A host without this method keeps none.
 * @dup_credential_sync: (transfer full) (nullable): what the account signs in with: its password, or an access token that is taken, and taken anew, as
 *   needed. @refused: (nullable): one that the server refused: another is given, or MOS_MAIL_ERROR_SIGN_IN_AGAIN. Also MOS_OAUTH_ERROR_*. A host without
 *   this method gives the password.
 * @load_cursors_sync: (transfer full): names and values: where the account's reading goes on; empty at its first look
 * @take_chat_sync: takes a batch and its cursors in one transaction. Without an error the platform may be told that all of it is here. @ret_counts: added is increased
 * @load_outgoing_sync: (transfer full) (nullable): what a claimed item of a chat says, in its parts; those that are there already have their remote_id
 * @parts_done_sync: the parts from @first on are there, called @remotes; returns after that is on disk: of all of them, or of none
 * @load_blob_sync: (transfer full) (nullable): the bytes of a file that is sent
 * @list_reads_sync: (transfer full) (nullable): array of #MosChatUpdate: receipts of ours that are to be told (MOS_CHANNEL_MARKS_READ)
 * @told_read_sync: @receipt was told, or cannot be
 * @list_changes_sync: (transfer full) (nullable): array of #MosChatChange whose turn it is, oldest first; @ret_next_us: as of @list_fetches_sync
 * @changed_sync: the platform has @change; returns after that is on disk
 * @not_changed_sync: @why: a stable code; @detail: (nullable); @next_us: when to try again, 0 = not any more: a person decides
 * @list_fetches_sync: (transfer full) (nullable): array of #MosChatFetch whose turn it is; @ret_next_us: when the first of the others is due, 0 = none waits
 * @fetched_sync: @data: its bytes; @type: (nullable): as the platform says now
 * @not_fetched_sync: @why: a stable code; @next_us: when to try again, 0 = never
 * @status_changed: for display; the channel fills everything but here and quarantined. Cheap, never blocks.
 */
struct _MosChannelHostInterface
{
  GTypeInterface parent_iface;

  gboolean (*ingest_sync) (MosChannelHost *self, GPtrArray *incoming, MosIngestFlags flags, MosSyncCounts *ret_counts, GCancellable *cancellable, GError **error);
  void (*prepare) (MosChannelHost *self, GPtrArray *incoming, GCancellable *cancellable);
  MosFolderState *(*load_folder_sync) (MosChannelHost *self, const char *account, const char *folder, GCancellable *cancellable, GError **error);
  gboolean (*save_folder_sync) (MosChannelHost *self, MosFolderState *state, GCancellable *cancellable, GError **error);
  gboolean (*follow_folders_sync) (MosChannelHost *self, const char *account, GPtrArray *listed, GPtrArray **ret_followed, GPtrArray **ret_gone, GCancellable *cancellable, GError **error);
  gboolean (*rename_folder_sync) (MosChannelHost *self, const char *account, const char *folder, const char *now, GCancellable *cancellable, GError **error);
  gboolean (*drop_folder_sync) (MosChannelHost *self, const char *account, const char *folder, GCancellable *cancellable, GError **error);
  gboolean (*note_missing_sync) (MosChannelHost *self, const char *account, const char *folder, guint32 uidvalidity, GArray *uids, const char *why, const char *detail, GCancellable *cancellable, GError **error);
  gboolean (*is_audit_due_sync) (MosChannelHost *self, const char *account, gboolean *ret_is_due, GCancellable *cancellable, GError **error);
  gboolean (*record_audit_sync) (MosChannelHost *self, const char *account, MosAuditResult *result, GCancellable *cancellable, GError **error);
  gboolean (*rematch_sync) (MosChannelHost *self, const char *account, const char *folder, MosFolderRole role, guint32 uidvalidity, GPtrArray *candidates, GArray **ret_unknown, GCancellable *cancellable, GError **error);
  gboolean (*flags_changed_sync) (MosChannelHost *self, const char *account, const char *folder, guint32 uidvalidity, GArray *places, GCancellable *cancellable, GError **error);
  gboolean (*removed_sync) (MosChannelHost *self, const char *account, const char *folder, guint32 uidvalidity, GArray *uids, GCancellable *cancellable, GError **error);
  gboolean (*work_ready_sync) (MosChannelHost *self, const char *account, GCancellable *cancellable, GError **error);

  GPtrArray *(*list_flag_changes_sync) (MosChannelHost *self, const char *account, GCancellable *cancellable, GError **error);
  gboolean (*finish_flag_changes_sync) (MosChannelHost *self, const char *account, GPtrArray *done, GCancellable *cancellable, GError **error);
  GPtrArray *(*list_moves_sync) (MosChannelHost *self, const char *account, GCancellable *cancellable, GError **error);
  gboolean (*finish_moves_sync) (MosChannelHost *self, const char *account, GPtrArray *done, GCancellable *cancellable, GError **error);

  gboolean (*peek_outbox_sync) (MosChannelHost *self, const char *account, gint64 now_us, char **ret_message, gint64 *ret_next_us, GCancellable *cancellable, GError **error);
  gboolean (*claim_outbox_sync) (MosChannelHost *self, const char *account, gint64 now_us, MosOutboxItem **ret_item, GCancellable *cancellable, GError **error);
  gboolean (*final_outbox_sync) (MosChannelHost *self, const char *account, const char *message, GCancellable *cancellable, GError **error);
  gboolean (*report_send_sync) (MosChannelHost *self, const char *account, MosSendResult *result, GCancellable *cancellable, GError **error);
  gboolean (*claim_sent_copy_sync) (MosChannelHost *self, const char *account, MosOutboxItem **ret_item, GCancellable *cancellable, GError **error);
  gboolean (*record_sent_copy_sync) (MosChannelHost *self, const char *account, const char *message, const char *folder, guint32 uidvalidity, guint32 uid, const char *message_id, GCancellable *cancellable, GError **error);
  gboolean (*skip_sent_copy_sync) (MosChannelHost *self, const char *account, const char *message, const char *why, const char *detail, GCancellable *cancellable, GError **error);

  gboolean (*note_server_sync) (MosChannelHost *self, const char *account, const char *what, const char *value, GCancellable *cancellable, GError **error);

  char *(*dup_password_sync) (MosChannelHost *self, const char *account, GCancellable *cancellable, GError **error);
  gboolean (*keep_password_sync) (MosChannelHost *self, MosAccount *account, const char *password, GCancellable *cancellable, GError **error);
  MosCredential *(*dup_credential_sync) (MosChannelHost *self, MosAccount *account, MosCredential *refused, GCancellable *cancellable, GError **error);
  void (*status_changed) (MosChannelHost *self, MosAccountStatus *status);

  GHashTable *(*load_cursors_sync) (MosChannelHost *self, const char *account, GCancellable *cancellable, GError **error);
  gboolean (*take_chat_sync) (MosChannelHost *self, MosChatBatch *batch, MosSyncCounts *ret_counts, GCancellable *cancellable, GError **error);
  MosChatOutgoing *(*load_outgoing_sync) (MosChannelHost *self, MosOutboxItem *item, GCancellable *cancellable, GError **error);
  gboolean (*parts_done_sync) (MosChannelHost *self, const char *account, const char *message, guint first, const char *const *remotes, GCancellable *cancellable, GError **error);
  GBytes *(*load_blob_sync) (MosChannelHost *self, const char *sha256, GCancellable *cancellable, GError **error);
  GPtrArray *(*list_reads_sync) (MosChannelHost *self, const char *account, GCancellable *cancellable, GError **error);
  gboolean (*told_read_sync) (MosChannelHost *self, const char *account, MosChatUpdate *receipt, GCancellable *cancellable, GError **error);
  GPtrArray *(*list_changes_sync) (MosChannelHost *self, const char *account, gint64 now_us, gint64 *ret_next_us, GCancellable *cancellable, GError **error);
  gboolean (*changed_sync) (MosChannelHost *self, const char *account, MosChatChange *change, GCancellable *cancellable, GError **error);
  gboolean (*not_changed_sync) (MosChannelHost *self, const char *account, MosChatChange *change, const char *why, const char *detail, gint64 next_us, GCancellable *cancellable, GError **error);
  GPtrArray *(*list_fetches_sync) (MosChannelHost *self, const char *account, gint64 now_us, guint max, gint64 *ret_next_us, GCancellable *cancellable, GError **error);
  gboolean (*fetched_sync) (MosChannelHost *self, MosChatFetch *fetch, GBytes *data, const char *type, GCancellable *cancellable, GError **error);
  gboolean (*not_fetched_sync) (MosChannelHost *self, MosChatFetch *fetch, const char *why, gint64 next_us, GCancellable *cancellable, GError **error);
};

gboolean mos_channel_host_ingest_sync (MosChannelHost *self, GPtrArray *incoming, MosIngestFlags flags, MosSyncCounts *ret_counts, GCancellable *cancellable, GError **error);
void mos_channel_host_prepare (MosChannelHost *self, GPtrArray *incoming, GCancellable *cancellable);
MosFolderState *mos_channel_host_load_folder_sync (MosChannelHost *self, const char *account, const char *folder, GCancellable *cancellable, GError **error);
gboolean mos_channel_host_save_folder_sync (MosChannelHost *self, MosFolderState *state, GCancellable *cancellable, GError **error);
gboolean mos_channel_host_follow_folders_sync (MosChannelHost *self, const char *account, GPtrArray *listed, GPtrArray **ret_followed, GPtrArray **ret_gone, GCancellable *cancellable, GError **error);
gboolean mos_channel_host_rename_folder_sync (MosChannelHost *self, const char *account, const char *folder, const char *now, GCancellable *cancellable, GError **error);
gboolean mos_channel_host_drop_folder_sync (MosChannelHost *self, const char *account, const char *folder, GCancellable *cancellable, GError **error);
gboolean mos_channel_host_note_missing_sync (MosChannelHost *self, const char *account, const char *folder, guint32 uidvalidity, GArray *uids, const char *why, const char *detail, GCancellable *cancellable, GError **error);
gboolean mos_channel_host_is_audit_due_sync (MosChannelHost *self, const char *account, gboolean *ret_is_due, GCancellable *cancellable, GError **error);
gboolean mos_channel_host_record_audit_sync (MosChannelHost *self, const char *account, MosAuditResult *result, GCancellable *cancellable, GError **error);
gboolean mos_channel_host_rematch_sync (MosChannelHost *self, const char *account, const char *folder, MosFolderRole role, guint32 uidvalidity, GPtrArray *candidates, GArray **ret_unknown, GCancellable *cancellable, GError **error);
gboolean mos_channel_host_flags_changed_sync (MosChannelHost *self, const char *account, const char *folder, guint32 uidvalidity, GArray *places, GCancellable *cancellable, GError **error);
gboolean mos_channel_host_removed_sync (MosChannelHost *self, const char *account, const char *folder, guint32 uidvalidity, GArray *uids, GCancellable *cancellable, GError **error);
gboolean mos_channel_host_work_ready_sync (MosChannelHost *self, const char *account, GCancellable *cancellable, GError **error);
GPtrArray *mos_channel_host_list_flag_changes_sync (MosChannelHost *self, const char *account, GCancellable *cancellable, GError **error);
gboolean mos_channel_host_finish_flag_changes_sync (MosChannelHost *self, const char *account, GPtrArray *done, GCancellable *cancellable, GError **error);
GPtrArray *mos_channel_host_list_moves_sync (MosChannelHost *self, const char *account, GCancellable *cancellable, GError **error);
gboolean mos_channel_host_finish_moves_sync (MosChannelHost *self, const char *account, GPtrArray *done, GCancellable *cancellable, GError **error);
gboolean mos_channel_host_peek_outbox_sync (MosChannelHost *self, const char *account, gint64 now_us, char **ret_message, gint64 *ret_next_us, GCancellable *cancellable, GError **error);
gboolean mos_channel_host_claim_outbox_sync (MosChannelHost *self, const char *account, gint64 now_us, MosOutboxItem **ret_item, GCancellable *cancellable, GError **error);
gboolean mos_channel_host_final_outbox_sync (MosChannelHost *self, const char *account, const char *message, GCancellable *cancellable, GError **error);
gboolean mos_channel_host_report_send_sync (MosChannelHost *self, const char *account, MosSendResult *result, GCancellable *cancellable, GError **error);
gboolean mos_channel_host_claim_sent_copy_sync (MosChannelHost *self, const char *account, MosOutboxItem **ret_item, GCancellable *cancellable, GError **error);
gboolean mos_channel_host_record_sent_copy_sync (MosChannelHost *self, const char *account, const char *message, const char *folder, guint32 uidvalidity, guint32 uid, const char *message_id, GCancellable *cancellable, GError **error);
gboolean mos_channel_host_skip_sent_copy_sync (MosChannelHost *self, const char *account, const char *message, const char *why, const char *detail, GCancellable *cancellable, GError **error);
gboolean mos_channel_host_note_server_sync (MosChannelHost *self, const char *account, const char *what, const char *value, GCancellable *cancellable, GError **error);
char *mos_channel_host_dup_password_sync (MosChannelHost *self, const char *account, GCancellable *cancellable, GError **error);
gboolean mos_channel_host_keep_password_sync (MosChannelHost *self, MosAccount *account, const char *password, GCancellable *cancellable, GError **error);
MosCredential *mos_channel_host_dup_credential_sync (MosChannelHost *self, MosAccount *account, MosCredential *refused, GCancellable *cancellable, GError **error);
void mos_channel_host_status_changed (MosChannelHost *self, MosAccountStatus *status);
GHashTable *mos_channel_host_load_cursors_sync (MosChannelHost *self, const char *account, GCancellable *cancellable, GError **error);
gboolean mos_channel_host_take_chat_sync (MosChannelHost *self, MosChatBatch *batch, MosSyncCounts *ret_counts, GCancellable *cancellable, GError **error);
MosChatOutgoing *mos_channel_host_load_outgoing_sync (MosChannelHost *self, MosOutboxItem *item, GCancellable *cancellable, GError **error);
gboolean mos_channel_host_parts_done_sync (MosChannelHost *self, const char *account, const char *message, guint first, const char *const *remotes, GCancellable *cancellable, GError **error);
GBytes *mos_channel_host_load_blob_sync (MosChannelHost *self, const char *sha256, GCancellable *cancellable, GError **error);
GPtrArray *mos_channel_host_list_reads_sync (MosChannelHost *self, const char *account, GCancellable *cancellable, GError **error);
gboolean mos_channel_host_told_read_sync (MosChannelHost *self, const char *account, MosChatUpdate *receipt, GCancellable *cancellable, GError **error);
GPtrArray *mos_channel_host_list_changes_sync (MosChannelHost *self, const char *account, gint64 now_us, gint64 *ret_next_us, GCancellable *cancellable, GError **error);
gboolean mos_channel_host_changed_sync (MosChannelHost *self, const char *account, MosChatChange *change, GCancellable *cancellable, GError **error);
gboolean mos_channel_host_not_changed_sync (MosChannelHost *self, const char *account, MosChatChange *change, const char *why, const char *detail, gint64 next_us, GCancellable *cancellable, GError **error);
GPtrArray *mos_channel_host_list_fetches_sync (MosChannelHost *self, const char *account, gint64 now_us, guint max, gint64 *ret_next_us, GCancellable *cancellable, GError **error);
gboolean mos_channel_host_fetched_sync (MosChannelHost *self, MosChatFetch *fetch, GBytes *data, const char *type, GCancellable *cancellable, GError **error);
gboolean mos_channel_host_not_fetched_sync (MosChannelHost *self, MosChatFetch *fetch, const char *why, gint64 next_us, GCancellable *cancellable, GError **error);

G_END_DECLS
