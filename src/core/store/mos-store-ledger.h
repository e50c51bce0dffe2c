/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/store/mos-store.h"
#include "core/values/mos-sync-values.h"

G_BEGIN_DECLS

/* Where all mail of an account is: what lies in the followed folders, what the server does not give, what was erased here, and the last full
 * comparison with the server. A mirror of the mailbox: nothing of it is recorded or undone. */

/** mos_store_ledger_load: @ret_ledger: (out) (transfer full): the figures add up by construction; @with_missing: also the list, and @copies */
gboolean mos_store_ledger_load (MosTxn *txn, const char *account, gboolean with_missing, MosLedger **ret_ledger, GError **error);

/** mos_store_missing_note: @why "suspect": not counted, due at once, alone; otherwise asked for once more, and in vain; the next try is some minutes away, and each one further, up to a day */
gboolean mos_store_missing_note (MosTxn *txn, const char *folder, guint32 uidvalidity, guint32 uid, const char *why, const char *detail, GError **error);
/** Returns: array of #MosMissing of a folder, uids rising */
GPtrArray *mos_store_missing_list (MosTxn *txn, const char *folder, guint32 uidvalidity, GError **error);
/** mos_store_missing_set_due: all of the account are asked for with the next pass */
gboolean mos_store_missing_set_due (MosTxn *txn, const char *account, GError **error);

/** mos_store_audit_save: @audit: audit_us, server, unaccounted, added, removed and detail are kept */
gboolean mos_store_audit_save (MosTxn *txn, const char *account, MosLedger *audit, GError **error);
/** mos_store_audit_want: the next pass compares everything, whenever the last time was */
gboolean mos_store_audit_want (MosTxn *txn, const char *account, GError **error);
/** mos_store_audit_is_due: wanted, or a day ago, or never */
gboolean mos_store_audit_is_due (MosTxn *txn, const char *account, gboolean *ret_is_due, GError **error);

/** Returns: (transfer full): array of guint32: places of mail that was erased here */
GArray *mos_store_erased_list_places (MosTxn *txn, const char *folder, guint32 uidvalidity, GError **error);
/** mos_store_erased_put_place: an erased mail lies there (still, or again) */
gboolean mos_store_erased_put_place (MosTxn *txn, const char *folder, guint32 uidvalidity, guint32 uid, GError **error);
/** mos_store_erased_find: @kind, @value: what the mail is known by, as erased: "id" its global id, "raw" account and SHA-256 of its bytes, "message-id", "own-id" of one of ours; MOS_ERASED_ORDER: the id of an order */
#define MOS_ERASED_ORDER "order"
gboolean mos_store_erased_find (MosTxn *txn, const char *kind, const char *value, gboolean *ret_is_erased, GError **error);

/**
 * mos_store_conversation_erase:
 * @ids: conversations that are deleted
 *
 * Deletes conversations for good, with those that were merged into them: the messages with text, attachments and the mail as received, drafts, tags, participants, what
 * the index and the change log say of it. What stays: its number, the events that measures are made of (without their contents),
 * and keyed hashes by which its mail is known when a sync or an import brings it again. No undo. The freed room is overwritten.
 * Blobs that are named by nothing else go, too; files of large ones after the commit.
 */
gboolean mos_store_conversation_erase (MosTxn *txn, const char *const *ids, GError **error);
/** mos_store_search_compact: a step of it. @begins: the first one. @ret_more: (out): there is more to do */
gboolean mos_store_search_compact (MosTxn *txn, gboolean begins, gboolean *ret_more, GError **error);

G_END_DECLS
