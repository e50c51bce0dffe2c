/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/base/mos-clock.h"
#include "core/channels/mos-channel-host.h"
#include "core/mail/imap/mos-imap-session.h"

G_BEGIN_DECLS

/**
 * MosEmailSync:
 *
 * One logged-in IMAP session of an account and what is done with it: the
 * folders followed (Inbox, Sent and the owner's choice), passes over them, flags
 * written back, copies of sent mail. Blocking, cancellable, one worker thread.
 * Each pass starts from what the host knows, so it may end at any point; what is
 * kept between passes only saves asking again.
 */
typedef struct _MosEmailSync MosEmailSync;

/**
 * MosEmailSyncHooks: all (nullable), called on the syncing thread
 * @progress: how far a pass is
 * @is_interrupted: looked at between batches of old mail: something newer waits, end the pass early
 * @take_flags: looked at between batches: flags wait to be written back; takes that note away
 */
typedef struct
{
  void (*progress) (guint64 done, guint64 total, gpointer data);
  gboolean (*is_interrupted) (gpointer data);
  gboolean (*take_flags) (gpointer data);
  gpointer data;
} MosEmailSyncHooks;

/* The account's why while one of its folders cannot be opened and the others are synced; detail names it. */
#define MOS_EMAIL_FOLDER_REFUSED "folder-refused"
/* MosAccountStatus.why of an account that is READY: its server wants the person to read @detail (RFC 9051 §7.1) */
#define MOS_EMAIL_SERVER_ALERT "server-alert"

/** MosEmailSyncFolders: OTHERS: those that the owner chose */
typedef enum
{
  MOS_EMAIL_SYNC_INBOX = 1 << 0,
  MOS_EMAIL_SYNC_SENT = 1 << 1,
  MOS_EMAIL_SYNC_OTHERS = 1 << 2,
  MOS_EMAIL_SYNC_ALL = MOS_EMAIL_SYNC_INBOX | MOS_EMAIL_SYNC_SENT | MOS_EMAIL_SYNC_OTHERS,
} MosEmailSyncFolders;

MosEmailSync *mos_email_sync_open_sync (MosAccount *account, MosChannelHost *host, const MosEmailSyncHooks *hooks, GCancellable *cancellable, GError **error);
void mos_email_sync_free (MosEmailSync *self);
void mos_email_sync_leave (MosEmailSync *self);
gboolean mos_email_sync_is_open (MosEmailSync *self);
const char *mos_email_sync_get_inbox (MosEmailSync *self);
guint64 mos_email_sync_get_on_server (MosEmailSync *self);
const char *mos_email_sync_get_trouble (MosEmailSync *self);
char **mos_email_sync_take_alerts (MosEmailSync *self);
char **mos_email_sync_list_others (MosEmailSync *self);
void mos_email_sync_look_again (MosEmailSync *self);
gboolean mos_email_sync_run_sync (MosEmailSync *self, MosEmailSyncFolders folders, MosSyncCounts *counts, gboolean *ret_complete, GCancellable *cancellable, GError **error);
gboolean mos_email_sync_audit_sync (MosEmailSync *self, MosSyncCounts *counts, gboolean *ret_complete, GCancellable *cancellable, GError **error);
gboolean mos_email_sync_audit_if_due_sync (MosEmailSync *self, MosSyncCounts *counts, gboolean *ret_complete, GCancellable *cancellable, GError **error);
gboolean mos_email_sync_write_flags_sync (MosEmailSync *self, GCancellable *cancellable, GError **error);
gboolean mos_email_sync_settle_sent_sync (MosEmailSync *self, GCancellable *cancellable, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MosEmailSync, mos_email_sync_free)

G_END_DECLS
