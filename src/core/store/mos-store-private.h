/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/store/mos-txn.h"
#include "core/values/mos-sync-values.h"

G_BEGIN_DECLS

/* Shared between the files of store/. */

#define MOS_STORE_FILE "mostrador.db"
#define MOS_STORE_LOCK "lock"
#define MOS_STORE_BLOBS "blobs"
#define MOS_STORE_BACKUPS "backups"
/** How the names of snapshots begin: two backups may be made at the same time. */
#define MOS_STORE_SNAPSHOT "backup-part"
/** Blobs from this size on are files. */
#define MOS_BLOB_FILE_SIZE (64 * 1024)

/* derived.c, facts.c, search.c */
gboolean mos_derived_update (MosTxn *txn, const char *conversation, GError **error);
/** mos_derived_get_settled: @ret_us: (out): when the conversation was last answered, or closed without the close being taken back; 0 = never */
gboolean mos_derived_get_settled (MosTxn *txn, const char *conversation, gint64 *ret_us, GError **error);
gboolean mos_derived_check (MosTxn *txn, GPtrArray *problems, GError **error);
/* Of an event: it tells of a message of ours that never left, or never got there: it answers nobody, as ANSWERED in derived.c has it */
#define MOS_EVENT_IS_UNDELIVERED "(event.kind = 'sent' AND EXISTS (SELECT 1 FROM message u WHERE u.id = event.message AND u.delivery IN ('failed', 'bounced', 'cancelled')))"
/** mos_event_find_now: @ret_us: (out): now, or when the newest message of @conversation came where that is later, by the clock of a server that is not this computer's */
gboolean mos_event_find_now (MosTxn *txn, const char *conversation, gint64 *ret_us, GError **error);
gboolean mos_facts_update (MosTxn *txn, const char *conversation, GError **error);
gboolean mos_facts_check (MosTxn *txn, GPtrArray *problems, GError **error);
/* target-clock.c */
/** mos_targets_update: when the conversation is due; @with_pauses: its events may say otherwise when its clock stood */
gboolean mos_targets_update (MosTxn *txn, const char *conversation, gboolean with_pauses, GError **error);
/** mos_targets_update_all: of all that is open, pending or snoozed */
gboolean mos_targets_update_all (MosTxn *txn, GError **error);
/** mos_targets_forget: targets or hours are others now */
void mos_targets_forget (MosTxn *txn);
/** mos_targets_prepare: @txn->hours and @txn->targets are there */
gboolean mos_targets_prepare (MosTxn *txn, GError **error);
/** mos_targets_stretches: what is left between two moments without @pauses (element-type MosTargetStretch); @to_us: 0 = it goes on. Returns: (transfer full) (element-type MosTargetStretch) */
GArray *mos_targets_stretches (GArray *pauses, gint64 from_us, gint64 to_us);
gboolean mos_targets_rebuild (MosTxn *txn, GError **error);
gboolean mos_targets_check (MosTxn *txn, GPtrArray *problems, GError **error);
gboolean mos_search_flush (MosTxn *txn, GError **error);
/** mos_search_queue: (re)indexes or takes out the message, by what it is now */
gboolean mos_search_queue (MosTxn *txn, gint64 seq, gboolean is_new, GError **error);
gboolean mos_search_check (MosTxn *txn, GPtrArray *problems, GError **error);
gboolean mos_blob_check (MosTxn *txn, GPtrArray *problems, GCancellable *cancellable, GError **error);
/* The names and addresses of a message m as they are stored, the names of its attachments, and those with the text in them */
#define MOS_SEARCH_PEOPLE "coalesce (m.from_name, '') || ' ' || coalesce (m.from_address, '') || char (10) || coalesce ((SELECT group_concat (coalesce (a.value ->> 0, '') || ' ' || (a.value ->> 1), char (10))" \
                          " FROM json_each (m.recipients) r, json_each (r.value) a WHERE r.key <> 'bcc'), '')"
#define MOS_SEARCH_NAMES "coalesce ((SELECT group_concat (name, char (10)) FROM attachment WHERE message = m.id), '')"
#define MOS_SEARCH_FILES "coalesce ((SELECT group_concat (a.name || coalesce (char (10) || f.text, ''), char (10)) FROM attachment a LEFT JOIN file_text f ON f.sha256 = a.sha256 WHERE a.message = m.id), '')"
/** mos_search_list_ids: conversations of a query, newest hit first */
GPtrArray *mos_search_list_ids (MosTxn *txn, const char *query, guint limit, GError **error);

/** mos_blob_path: Returns: (transfer full): where the file of a large one is, or would be */
char *mos_blob_path (MosTxn *txn, const char *sha256);
typedef gboolean (*MosBlobPieceFunc) (const guint8 *data, gsize size, gpointer user_data, GError **error);
/** mos_blob_read_pieces: gives the content piece by piece and verifies size and hash at the end. Errors: MOS_STORE_ERROR_CORRUPT */
gboolean mos_blob_read_pieces (MosTxn *txn, const char *sha256, gboolean *ret_found, MosBlobPieceFunc func, gpointer user_data, GError **error);
/** mos_blob_remove_unused: takes away a blob that nothing names any more, however young */
gboolean mos_blob_remove_unused (MosTxn *txn, const char *sha256, GError **error);

/* An order o that is paid for, and of which no parcel is known */
#define MOS_ORDER_IS_LATE "o.status_kind IN ('paid', 'processing') AND NOT EXISTS (SELECT 1 FROM order_shipment x WHERE x.shop_order = o.id)"

/** mos_customer_index: the words of what a person wrote about a customer */
gboolean mos_customer_index (MosTxn *txn, const char *customer, GError **error);
/** mos_customer_index_all: the words of every customer, anew */
gboolean mos_customer_index_all (MosDatabase *database, GError **error);
/** mos_customer_check: whether what lists of customers stand on is what it should be */
gboolean mos_customer_check (MosTxn *txn, GPtrArray *problems, GError **error);
/** mos_customer_repair: makes that anew */
gboolean mos_customer_repair (MosTxn *txn, GError **error);
/** mos_customer_resolve: @ret_id: (out) (transfer full) (nullable): who that is now, merged or not; %NULL when there is no such row, or it is erased */
gboolean mos_customer_resolve (MosTxn *txn, const char *id, char **ret_id, GError **error);
/** mos_customer_add_link: an identity comes to a customer, as its last one, where it is not there yet */
gboolean mos_customer_add_link (MosTxn *txn, const char *customer, const char *identity, GError **error);

/* json.c: small arrays in columns */
char *mos_json_from_strv (char **strv);
char **mos_json_to_strv (const char *json);
/** mos_json_from_recipients: {"to":[[name,address],…],…} of the arrays that are there */
char *mos_json_from_recipients (GPtrArray *to, GPtrArray *cc, GPtrArray *bcc, GPtrArray *reply_to);
void mos_json_to_recipients (const char *json, GPtrArray **ret_to, GPtrArray **ret_cc, GPtrArray **ret_bcc, GPtrArray **ret_reply_to);
char *mos_json_from_attachments (GPtrArray *attachments);
GPtrArray *mos_json_to_attachments (const char *json);

/* erase.c */
/** mos_erased_key: Returns: (transfer full): a keyed hash by which something that was erased is known when it comes again */
char *mos_erased_key (MosTxn *txn, const char *kind, const char *value);
gboolean mos_erased_put (MosTxn *txn, const char *kind, const char *value, GError **error);
typedef gboolean (*MosEraseFunc) (MosTxn *txn, gpointer data, GError **error);
/**
 * mos_erase_run: @func deletes rows by plain SQL, and names what else has to go: in temp.erasing ids whose changes the log forgets, in temp.erasing_value (lower
 * case) texts that no change may hold, in temp.erasing_blob blobs, unless something else names them
 * @forget: what becomes of the log, after that: mos_erase_forget(), or a note to do it later
 */
gboolean mos_erase_run (MosTxn *txn, MosEraseFunc func, MosEraseFunc forget, gpointer data, GError **error);
/** mos_erase_forget: takes the changes out at once. That looks at all of the log, and of what waits for a parent */
gboolean mos_erase_forget (MosTxn *txn, gpointer data, GError **error);
gboolean mos_erase_forget_references (MosTxn *txn, GError **error);
/** mos_erase_conversation: for a #MosEraseFunc: one that is deleted, with what was merged into it */
gboolean mos_erase_conversation (MosTxn *txn, const char *id, GError **error);
/** mos_erase_mark: recorded: they are gone for good */
gboolean mos_erase_mark (MosTxn *txn, const char *const *ids, GError **error);
/* The customer ?1 and all that were merged into it */
#define MOS_CUSTOMER_FAMILY "family (id) AS (SELECT ?1 UNION SELECT c.id FROM family f JOIN customer c ON c.merged_into = f.id)"
/* The conversation ?1 and all that were merged into it */
#define MOS_MERGED_FAMILY \
  "family (id) AS (SELECT ?1 UNION SELECT c.id FROM family f JOIN conversation c INDEXED BY conversation_merged ON c.merged_into = f.id AND c.place IN ('merged', 'deleted', 'blank'))"
/* Whether a change c is of something that a run of the retention took away, and is not yet out of the log */
#define MOS_IS_FORGOTTEN(more)                                                                                                                                                         \
  "EXISTS (SELECT 1 FROM retention_forget f WHERE f.seq >= c.seq AND f.id IN (CASE WHEN instr (c.id, char (31)) > 0 THEN substr (c.id, 1, instr (c.id, char (31)) - 1) ELSE c.id END," \
  " c.old ->> '$.customer', c.new ->> '$.customer', c.old ->> '$.identity', c.new ->> '$.identity')" more ")"
/** mos_erase_settle: once all of it is done */
gboolean mos_erase_settle (MosTxn *txn, GError **error);

/* orders.c */
/** mos_order_link_again: whose an order is, by what is known now; what is by hand stays. Tells whom it was and is */
gboolean mos_order_link_again (MosTxn *txn, const char *id, GError **error);
/* What is left of an action, in an UPDATE of order_action, once whose order it is was erased: its amount, and its kind */
#define MOS_ORDER_ACTION_BLANK "request = json_object ('amount', coalesce (request ->> '$.amount', '0')), detail = NULL"

/* shared queries */
void mos_check_add (GPtrArray *problems, const char *kind, const char *subject, const char *detail);
gboolean mos_not_found (GError **error, const char *what, const char *id);
/** mos_set_errno: a failed call of the system as a #MosStoreError; @saved: its errno. Returns: %FALSE */
gboolean mos_set_errno (GError **error, int saved, const char *path);
GPtrArray *mos_query_ids (MosStatement *statement, GError **error);
/** mos_one_line: Returns: (transfer full): white space made single, cut at @max characters */
char *mos_one_line (const char *text, gsize max);

/** mos_backup_database: a copy of the database as one file at @path: nobody else's to read from its first byte, and there whole or not at all */
gboolean mos_backup_database (MosDatabase *database, const char *path, GError **error);
/** mos_file_make_private: an empty file that only the owner may read; what was there goes */
gboolean mos_file_make_private (const char *path, GError **error);
/** mos_file_put_in_place: @part gets the name @path once it is on the disk, and the name is on the disk too */
gboolean mos_file_put_in_place (const char *part, const char *path, GError **error);
/** mos_file_sync: @flags: of open(), as O_DIRECTORY */
gboolean mos_file_sync (const char *path, int flags, GError **error);

/* store.c: for backup and check */
gboolean mos_store_is_read_only (MosStore *self);

/** mos_draft_describe: a conversation that is only a draft so far: its row says to whom and what */
gboolean mos_draft_describe (MosTxn *txn, MosConversationRow *row, GError **error);

G_END_DECLS
