/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/values/mos-values.h"

G_BEGIN_DECLS

/**
 * MosFolderRow: what is known of one folder of an account on its server.
 *
 * @id: derived from account and name
 * @name: the server's own (decoded) name
 * @uidvalidity: 0 = never selected; when the server's differs, all places are void
 * @uid_next: everything below it was seen; 0 or 1 = nothing yet
 * @highest_modseq: CONDSTORE cursor, 0 = none
 * @backfill_uid: first sync, newest first: everything from here upwards was fetched; 0 = the first sync is done
 * @followed: is synced
 * @title: the name to be shown
 * @chosen: the owner wants it followed besides Inbox and Sent
 * @listed: the server has it, as of the last look
 */
typedef struct
{
  char *id;
  char *account;
  char *name;
  MosFolderRole role;
  guint32 uidvalidity;
  guint32 uid_next;
  guint64 highest_modseq;
  guint32 backfill_uid;
  gboolean followed;
  gint64 last_sync_us;
  guint64 on_server;
  char *title;
  gboolean chosen;
  gboolean listed;
} MosFolderRow;
MOS_DECLARE_VALUE (MosFolderRow, folder_row)

/**
 * MosLocation: one place of a message on a server. A message may have several.
 *
 * @flags: the server's flags as last seen
 * @want_set, @want_unset: flags still to be written to the server
 * @removed: it was there once
 */
typedef struct
{
  char *message;
  char *folder;
  guint32 uidvalidity;
  guint32 uid;
  MosMessageFlags flags;
  MosMessageFlags want_set;
  MosMessageFlags want_unset;
  gboolean removed;
} MosLocation;
MOS_DECLARE_VALUE (MosLocation, location)

typedef enum
{
  MOS_DUE_WAITING,
  MOS_DUE_TAKEN,
  MOS_DUE_DONE,
  MOS_DUE_CANCELLED,
  MOS_DUE_HELD,
  MOS_DUE_FAILED,
} MosDueState; /* waiting taken done cancelled held failed */
MOS_DECLARE_NICKS (MosDueState, due_state)

/**
 * MosDueRow: one thing the scheduler has to do (behaviour.md §2.8).
 *
 * @kind: "snooze", "send", "reminder", ...
 * @key: unique; the same key is the same task
 * @conversation, @account, @agent, @message, @anchor_event, @local_time, @tz, @payload: (nullable)
 */
typedef struct
{
  char *id;
  char *kind;
  char *key;
  char *conversation;
  char *account;
  char *agent;
  char *message;
  char *anchor_event;
  gint64 due_us;
  char *local_time;
  char *tz;
  char *payload;
  MosDueState state;
  gint64 lease_until_us;
} MosDueRow;
MOS_DECLARE_VALUE (MosDueRow, due_row)

/**
 * MosMessageContent: what mos_store_message_add() keeps besides the row.
 *
 * @raw: (nullable): the message byte for byte
 * @raw_sha256: (nullable): its SHA-256 in hexadecimal, where it is known already
 * @html: (nullable)
 * @html_sha256: (nullable): its SHA-256, where it is known already
 * @digest: (nullable): of MosParsedMessage
 * @own_id: (nullable): X-Mostrador-Id
 * @customer: (nullable): whose message it is
 * @agent: (nullable): who wrote it, for outgoing messages and notes
 * @automatic: written by a rule or a bot: no human's answer
 * @archive: in no measure
 * @is_silent: of many that were sent alike: it answers nobody, and the history says "outreach" instead of "sent"
 * @prepared: (nullable): of mos_store_blob_prepare(), for @raw, @html and attachments
 */
typedef struct
{
  GBytes *raw;
  char *raw_sha256;
  char *html;
  char *html_sha256;
  char *digest;
  char *own_id;
  char *customer;
  char *agent;
  gboolean automatic;
  gboolean archive;
  gboolean is_silent;
  GHashTable *prepared;
} MosMessageContent;
MOS_DECLARE_VALUE (MosMessageContent, message_content)

/**
 * MosMissing: a mail that the server names and does not give
 * @folder: its title
 * @why: "refused", "not-given"; @detail: (nullable): the server's words
 */
typedef struct
{
  char *folder;
  guint32 uid;
  char *why;
  char *detail;
  guint tries;
  gint64 since_us;
  gint64 next_try_us;
} MosMissing;
MOS_DECLARE_VALUE (MosMissing, missing)

/**
 * MosLedger: where all mail of an account is, by its places in the followed folders:
 * server = here + quarantined + missing + erased + coming, always.
 *
 * @copies: of @here and @quarantined: places of a message beyond its first (the same mail in two folders, or twice in one); only with @missing_list, else 0
 * @coming: known to be there and not fetched yet
 * @audit_us: when the last full comparison was, 0 = never; @unaccounted, @added, @removed, @detail: (nullable): its result, as in #MosAuditResult
 * @missing_list: array of #MosMissing, never %NULL
 */
typedef struct
{
  guint64 server;
  guint64 here;
  guint64 quarantined;
  guint64 missing;
  guint64 erased;
  guint64 coming;
  guint64 copies;
  gint64 audit_us;
  guint64 unaccounted;
  guint64 added;
  guint64 removed;
  char *detail;
  GPtrArray *missing_list;
} MosLedger;
MOS_DECLARE_VALUE (MosLedger, ledger)

/** MosCheckProblem: @kind: "database", "foreign-key", "blob-missing", "blob-damaged", "blob-orphan", "search", "facts", "derived", "merged" (something is in a conversation that is part of another); @subject: an id; @detail: (nullable) */
typedef struct
{
  char *kind;
  char *subject;
  char *detail;
} MosCheckProblem;
MOS_DECLARE_VALUE (MosCheckProblem, check_problem)

/** MosBatchRow: one recorded action. @undoes: 0, or the batch it took back; @undone_by: 0, or the batch that took it back */
typedef struct
{
  gint64 batch;
  char *label;
  char *actor;
  gint64 at_us;
  gint64 undoes;
  gint64 undone_by;
} MosBatchRow;
MOS_DECLARE_VALUE (MosBatchRow, batch_row)

G_END_DECLS
