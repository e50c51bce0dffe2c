/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/values/mos-desk-values.h"
#include "core/values/mos-mail-values.h"

G_BEGIN_DECLS

/* What a channel and the desk tell each other (core/channels/mos-channel-host.h). */

/** MosPlace: one message of a server's folder, within one UIDVALIDITY. */
typedef struct
{
  guint32 uid;
  MosMessageFlags flags;
} MosPlace;

/**
 * MosFolderState: how far one folder of an account is known.
 *
 * @folder: the name as in MosIncoming.folder; opaque to the host
 * @uidvalidity: 0 = never synced
 * @uidnext, @modseq: as of the last complete pass; 0 = unknown
 * @first_sync_done: one pass brought everything that was there
 * @work_ready: work_ready was called for this account: all mail that is work is here. Filled by load_folder
 * @on_server: messages in the folder, as last seen
 * @missing: array of #MosMissingPlace, uids rising: what the server names and did not give. Filled by load_folder; %NULL = none
 * @erased: array of guint32: places of mail deleted for good here, not to be fetched again. Filled by load_folder; %NULL = none
 * @places: array of #MosPlace, uids rising: every message known to be in this folder now under @uidvalidity,
 *   without those removed on the server; never %NULL. Filled by load_folder, ignored by save_folder.
 */
typedef struct
{
  char *account;
  char *folder;
  MosFolderRole role;
  guint32 uidvalidity;
  guint32 uidnext;
  guint64 modseq;
  gboolean first_sync_done;
  GArray *places;
  gboolean work_ready;
  guint64 on_server;
  GArray *missing;
  GArray *erased;
} MosFolderState;
MOS_DECLARE_VALUE (MosFolderState, folder_state)

/** MosMissingPlace: @is_due: to be asked for again now; @is_suspect: alone, for it may be what ends the connection */
typedef struct
{
  guint32 uid;
  gboolean is_due;
  gboolean is_suspect;
} MosMissingPlace;

/**
 * MosServerFolder: one folder as the server lists it, and what is done with it.
 * @folder: the name as in MosIncoming.folder; @title: to be shown
 * @is_always: Inbox and Sent: followed whatever the owner chose
 * @can_follow: may be chosen: it can be opened, and does not hold everything once more
 * @is_known: filled by the host: it was synced before
 */
typedef struct
{
  char *folder;
  char *title;
  MosFolderRole role;
  gboolean is_always;
  gboolean can_follow;
  gboolean is_known;
} MosServerFolder;
MOS_DECLARE_VALUE (MosServerFolder, server_folder)

/**
 * MosAuditResult: what a full comparison of all followed folders with the server found.
 * @on_server: messages there; @unaccounted: those that are neither here nor known as missing or erased, after it was put right: 0 or something is wrong
 * @added, @removed: differences it put right
 * @detail: (nullable): folders that could not be compared, and why
 */
typedef struct
{
  guint64 on_server;
  guint64 unaccounted;
  guint64 added;
  guint64 removed;
  char *detail;
} MosAuditResult;
MOS_DECLARE_VALUE (MosAuditResult, audit_result)

/**
 * MosRematch: a message of a folder whose UIDVALIDITY changed, to be recognised without downloading it again.
 * @message_id: (nullable): without angle brackets
 * @size: RFC822.SIZE: a hint, some servers lie
 */
typedef struct
{
  guint32 uid;
  MosMessageFlags flags;
  guint64 size;
  gint64 received_us;
  char *message_id;
} MosRematch;
MOS_DECLARE_VALUE (MosRematch, rematch)

/** MosFlagChange: flags to write back to one place; stays queued until mos_channel_host_finish_flag_changes_sync() */
typedef struct
{
  char *folder;
  guint32 uidvalidity;
  guint32 uid;
  MosMessageFlags add;
  MosMessageFlags remove;
} MosFlagChange;
MOS_DECLARE_VALUE (MosFlagChange, flag_change)

/**
 * MosServerMove: a message that is to lie in another folder on the server
 * @message_id: (nullable): without angle brackets
 * @role: MOS_FOLDER_JUNK or MOS_FOLDER_INBOX: what the folder is for that it goes to
 * @origin: (nullable): name of the folder that it was in before it went to Junk
 * @folder: (nullable): name of the folder where it lies, with its @uidvalidity and @uid; %NULL where its place is not known
 * @refused: (nullable): the server's words: it does not do it, and is not asked again
 */
typedef struct
{
  char *message;
  char *message_id;
  MosFolderRole role;
  char *origin;
  char *folder;
  guint32 uidvalidity;
  guint32 uid;
  char *refused;
} MosServerMove;
MOS_DECLARE_VALUE (MosServerMove, server_move)

/**
 * MosSendResult: what became of one attempt to send an outbox item.
 *
 * @state: ACCEPTED, FAILED (for good), QUEUED (temporary: again at @next_try_us) or UNCERTAIN (it may have been accepted; never retried by itself)
 * @why: (nullable): stable code: "refused", "recipients-refused", "too-large", "temporary", "network", "uncertain", "auth-failed",
 *   "bad-certificate", "no-password", "tls-required", "gave-up", ...
 * @detail: (nullable): the server's own words
 * @next_try_us: with QUEUED, and with ACCEPTED or UNCERTAIN where some recipients were refused only for now: when to try those again; 0 = no more
 * @refused: array of #MosRecipientResult, never %NULL: recipients of this attempt that did not get it. With ACCEPTED and some refused, @why is "recipients-refused".
 * @claim: (nullable): of the item; filled in by the host
 */
typedef struct
{
  char *message;
  MosDelivery state;
  char *why;
  char *detail;
  gint64 next_try_us;
  GPtrArray *refused;
  char *claim;
} MosSendResult;
MOS_DECLARE_VALUE (MosSendResult, send_result)

/**
 * MosSyncCounts: what one pass did.
 * @fetched: messages downloaded; @added: new rows; @updated: flags, places or removals changed; @quarantined: of the new ones
 * @on_server: messages in the followed folders
 * @planned: how many times the size of a message was asked for
 * @refused_folders: followed folders that the server would not open; the others were synced
 */
typedef struct
{
  guint64 fetched;
  guint64 added;
  guint64 updated;
  guint64 quarantined;
  guint64 on_server;
  guint64 planned;
  guint64 refused_folders;
} MosSyncCounts;

G_END_DECLS
