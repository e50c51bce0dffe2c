/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/store/mos-store.h"
#include "core/values/mos-customer-values.h"

G_BEGIN_DECLS

/* Two customers who are one person, and one who is two (behaviour.md §2.9). Ids of merged customers are taken as who they are now. All of it is recorded. */

/** MOS_CUSTOMER_MERGE: label of the batch of a merge: its undo is mos_store_customer_unmerge() */
#define MOS_CUSTOMER_MERGE "customer-merge"

/**
 * mos_store_customer_preview_merge:
 * @take: (nullable): names of fields of which the source's value wins; all others are the target's, where it has one. Of the shop's own fields: "own:" and the name
 * @ret_preview: (out) (transfer full)
 *
 * Errors: MOS_STORE_ERROR_NOT_FOUND; MOS_STORE_ERROR_CONFLICT where both are the same
 */
gboolean mos_store_customer_preview_merge (MosTxn *txn, const char *source, const char *target, const char *const *take, MosMergePreview **ret_preview, GError **error);
/**
 * mos_store_customer_merge: the source becomes part of the target, with all addresses, conversations and messages; consent is what the stricter of both is; notes are kept of both.
 *
 * Errors: as above
 */
gboolean mos_store_customer_merge (MosTxn *txn, const char *source, const char *target, const char *const *take, GError **error);

/** mos_store_customer_list_merges: Returns: (transfer full): array of #MosCustomerMerge: who was merged into @customer and still is, also by way of others, the newest first */
GPtrArray *mos_store_customer_list_merges (MosTxn *txn, const char *customer, GError **error);
/** mos_store_customer_find_merge_of_batch: @ret_id: (out) (transfer full) (nullable): the merge that @batch made */
gboolean mos_store_customer_find_merge_of_batch (MosTxn *txn, gint64 batch, char **ret_id, GError **error);
/** mos_store_customer_list_since: Returns: (transfer full): array of ids: conversations that came to who they are now since @merge, the newest first: an undo leaves them unless told otherwise */
GPtrArray *mos_store_customer_list_since (MosTxn *txn, const char *merge, GError **error);
/**
 * mos_store_customer_unmerge: takes a merge back, whatever happened since: what was the source's and still lies with who they are now goes back, fields that are as the merge left them are as they were
 * @also: (nullable): conversations that came since and go with the source
 * @ret_source: (out) (optional) (transfer full): who is there again
 *
 * Errors: MOS_STORE_ERROR_NOT_FOUND; MOS_STORE_ERROR_CONFLICT where it was taken back already
 */
gboolean mos_store_customer_unmerge (MosTxn *txn, const char *merge, const char *const *also, char **ret_source, GError **error);

/** mos_store_customer_add: @row: its fields and own fields; no identities. @ret_id: (out) (transfer full). Its undo hides the customer again */
gboolean mos_store_customer_add (MosTxn *txn, MosCustomerRow *row, char **ret_id, GError **error);
/**
 * mos_store_customer_split: @identities of a customer, and the conversations that were begun from them, become another customer
 * @ret_id: (out) (transfer full): the new one
 *
 * Errors: MOS_STORE_ERROR_NOT_FOUND; MOS_STORE_ERROR_CONFLICT where one is not the customer's, or none would be left
 */
gboolean mos_store_customer_split (MosTxn *txn, const char *customer, const char *const *identities, char **ret_id, GError **error);

G_END_DECLS
