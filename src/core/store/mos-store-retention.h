/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/store/mos-store.h"
#include "core/values/mos-retention-values.h"

G_BEGIN_DECLS

/* How long what is done with is kept: the rules, what falls under them, what goes next. desk/mos-retention.h says when which of it is done. */

/* --- rules --- */

/** mos_store_retention_list_rules: Returns: (transfer full): array of #MosRetentionRule, one for each class, in its order */
GPtrArray *mos_store_retention_list_rules (MosTxn *txn, GError **error);
/** mos_store_retention_set_rule: recorded. Switched off, or on anew, what was to go next is forgotten: all of it gets its days of grace again */
gboolean mos_store_retention_set_rule (MosTxn *txn, MosRetentionClass retention_class, guint days, gboolean is_on, GError **error);
/** mos_store_retention_set_previewed: somebody saw what would go after @days; not recorded */
gboolean mos_store_retention_set_previewed (MosTxn *txn, MosRetentionClass retention_class, guint days, GError **error);

/* --- what falls under them --- */

/** mos_store_retention_get_last: @ret_number: the highest number of a conversation; 0 = there is none */
gboolean mos_store_retention_get_last (MosTxn *txn, gint64 *ret_number, GError **error);
/**
 * mos_store_retention_find: what may go by its class, of the numbers behind @after up to @upto
 * @before: only what ended before that
 *
 * Closed, spam, in the quarantine or in the bin; nothing that waits for somebody or for its time (a draft, a message that has not left, a reminder), and
 * nothing that somebody wants to keep, be it as part of a merge.
 *
 * Returns: (transfer full): array of #MosRetentionItem in the order of their numbers
 */
GPtrArray *mos_store_retention_find (MosTxn *txn, gint64 after, gint64 upto, gint64 before, GError **error);
/** mos_store_retention_get_newest: @ret_us: when the newest of the last mails that came was received, by the server's clock; 0 = there is none */
gboolean mos_store_retention_get_newest (MosTxn *txn, gint64 *ret_us, GError **error);
/**
 * mos_store_retention_measure: @ret_bytes: of mails and files as they came, each once
 * @shared: (nullable) (inout) (element-type utf8): what other conversations have, too, counts unless it is in there, and is added; %NULL = it does not count
 */
gboolean mos_store_retention_measure (MosTxn *txn, const char *conversation, GHashTable *shared, guint *ret_messages, gint64 *ret_bytes, GError **error);

/* --- what goes next --- */

/** mos_store_retention_put_due: goes at @go_us, unless a time is said already: that stays */
gboolean mos_store_retention_put_due (MosTxn *txn, const MosRetentionItem *item, gint64 go_us, GError **error);
/** mos_store_retention_keep_due: of those behind @after up to @upto only @items are to go any more */
gboolean mos_store_retention_keep_due (MosTxn *txn, gint64 after, gint64 upto, GPtrArray *items, GError **error);
gboolean mos_store_retention_drop_due (MosTxn *txn, const char *conversation, GError **error);
/** mos_store_retention_hasten: all that is to go next goes now */
gboolean mos_store_retention_hasten (MosTxn *txn, GError **error);
/** mos_store_retention_list_due: Returns: array of #MosRetentionItem: what is to go by now, of the classes that are on */
GPtrArray *mos_store_retention_list_due (MosTxn *txn, guint max, GError **error);
/** mos_store_retention_list_going: Returns: the same of all that goes next, with their rows, soonest first. @ret_total: (out): how many there are */
GPtrArray *mos_store_retention_list_going (MosTxn *txn, guint max, guint *ret_total, GError **error);

/* --- what goes: mos-store-expire.c --- */

/**
 * mos_store_conversation_expire: deletes for good, as mos_store_conversation_erase() does, one whose time is over, deleted or not: its measures stay as they are
 * @retention_class: by which its time is over
 * @run_us: by which run
 *
 * Its people are looked at by mos_store_retention_remove_people(). The log still has what is gone, of which no undo makes use, and the index has only marked it: mos_store_retention_forget() and mos_store_search_compact() take it
 * away, in steps.
 */
gboolean mos_store_conversation_expire (MosTxn *txn, const char *id, MosRetentionClass retention_class, gint64 run_us, GError **error);
/**
 * mos_store_retention_remove_people: lets go of who had to do with what went, and of whom nothing else is left; they are added to the run's receipts. No tombstone:
 * when they write again they are new
 * @ret_more: (out): there are more to look at
 */
gboolean mos_store_retention_remove_people (MosTxn *txn, gint64 run_us, guint *ret_n, gboolean *ret_more, GError **error);
/** mos_store_retention_has_to_forget: whether something went in that run, or in one that was given up */
gboolean mos_store_retention_has_to_forget (MosTxn *txn, gint64 run_us, gboolean *ret_has, GError **error);
/** mos_store_retention_forget: takes what a run let go out of a piece of the log. @position: (inout): where to go on, 0 = at the beginning */
gboolean mos_store_retention_forget (MosTxn *txn, gint64 run_us, gint64 *position, gboolean *ret_more, GError **error);

/* --- what somebody keeps --- */

/** mos_store_conversation_set_kept: whatever its class says, it stays; or not any more. Recorded */
gboolean mos_store_conversation_set_kept (MosTxn *txn, const char *id, gboolean kept, GError **error);
/** mos_store_retention_list_kept: Returns: array of #MosRetentionItem with their rows, newest first */
GPtrArray *mos_store_retention_list_kept (MosTxn *txn, guint max, GError **error);

/* --- receipts --- */

/** mos_store_retention_add_receipt: added to what the run of @at_us has of that class; its customers are added when they go */
gboolean mos_store_retention_add_receipt (MosTxn *txn, gint64 at_us, MosRetentionClass retention_class, const MosRetentionCount *count, GError **error);
/** mos_store_retention_list_receipts: Returns: array of #MosRetentionReceipt, newest first */
GPtrArray *mos_store_retention_list_receipts (MosTxn *txn, guint max, GError **error);

G_END_DECLS
