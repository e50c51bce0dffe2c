/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/store/mos-store.h"
#include "core/values/mos-order-filter.h"
#include "core/values/mos-view-values.h"

G_BEGIN_DECLS

/* Orders: copies of what the shops hold, and whose they are here. Ownership as everywhere: what is returned is the caller's. Orders of a removed shop
 * are in no list. */

/** MosOrderCounts: what became of a page: @n_new and @n_changed were written, @n_same were here as they are, @n_older is known in a newer state */
typedef struct
{
  guint n_new;
  guint n_changed;
  guint n_same;
  guint n_older;
} MosOrderCounts;

/**
 * mos_store_order_upsert: takes in a page of orders of @shop, and up to where it was read, as one
 * @orders: (element-type MosOrder): their links are not looked at
 * @cursor: (nullable): %NULL = as it was
 * @counts: (inout) (optional): added to
 *
 * What is older than what is here never takes its place, and what is the same is not written. Whose an order is follows from its address and
 * number (mos_store_order_follow()) unless somebody said it by hand. Not recorded: it is the shop's, and read again anywhere.
 */
gboolean mos_store_order_upsert (MosTxn *txn, const char *shop, GPtrArray *orders, const char *cursor, MosOrderCounts *counts, GError **error);

/** mos_store_order_set_gone: @shop has none that it calls @remote_id any more: one that was not sent is called off. It is as the shop says if it comes back */
gboolean mos_store_order_set_gone (MosTxn *txn, const char *shop, const char *remote_id, GError **error);
/** mos_store_order_list_unfinished: Returns: array of what @shop calls its orders that are paid, not sent, and were placed before @before_us, newest first */
GPtrArray *mos_store_order_list_unfinished (MosTxn *txn, const char *shop, gint64 before_us, guint max, GError **error);

/** mos_store_order_find: @ret_order: (out) (transfer full) (nullable) */
gboolean mos_store_order_find (MosTxn *txn, const char *id, MosOrder **ret_order, GError **error);
/** mos_store_order_list: Returns: array of #MosOrder of @shop (nullable: of all), newest first, behind the first @skip */
GPtrArray *mos_store_order_list (MosTxn *txn, const char *shop, guint skip, guint max, GError **error);
/** mos_store_order_list_ids: Returns: (transfer full): those that @filter lets pass, in its order, by when they were placed */
MosIdVector *mos_store_order_list_ids (MosTxn *txn, const MosOrderFilter *filter, GError **error);
/** mos_store_order_list_some: @ids: (nullable): %NULL-terminated. Returns: array of #MosOrder in their order; who is gone is left out */
GPtrArray *mos_store_order_list_some (MosTxn *txn, const char *const *ids, GError **error);
/** mos_store_order_list_of_customer: Returns: array of #MosOrder, newest first */
GPtrArray *mos_store_order_list_of_customer (MosTxn *txn, const char *customer, guint max, GError **error);
/** mos_store_order_list_of_conversation: Returns: array of #MosOrder that it is about (mos_store_order_attach()), newest first; their proof is why */
GPtrArray *mos_store_order_list_of_conversation (MosTxn *txn, const char *conversation, guint max, GError **error);
/** mos_store_order_list_of_contact: @email, @phone: (nullable): in any form; a phone needs its country's code. Returns: array of #MosOrder of either, newest first, whoever's they are */
GPtrArray *mos_store_order_list_of_contact (MosTxn *txn, const char *email, const char *phone, guint max, GError **error);
/** mos_store_order_find_number: as somebody would type it: what is exactly that number, "#" and case aside; else what ends with the same digits. Returns: array of #MosOrder, newest first */
GPtrArray *mos_store_order_find_number (MosTxn *txn, const char *number, guint max, GError **error);
/** mos_store_order_totals: Returns: array of #MosOrderTotals, one for each currency, that of the newest order first */
GPtrArray *mos_store_order_totals (MosTxn *txn, const char *customer, GError **error);
/** mos_store_order_list_numbers: Returns: the newest @max numbers of @shop, to learn from what they look like */
GPtrArray *mos_store_order_list_numbers (MosTxn *txn, const char *shop, guint max, GError **error);

/** mos_store_order_link: @customer: (nullable): %NULL with "by hand": nobody's, and it stays so. Weaker than what is there it changes nothing. Recorded where it is by hand. MOS_STORE_ERROR_NOT_FOUND */
gboolean mos_store_order_link (MosTxn *txn, const char *order, const char *customer, MosOrderProof proof, GError **error);
/** mos_store_order_follow: an identity became somebody's, or is not any more, or was verified: the orders with it go along. The store calls it by itself */
gboolean mos_store_order_follow (MosTxn *txn, const char *identity, GError **error);
/** mos_store_order_attach: @conversation is about it; recorded. A stronger proof takes a weaker one's place */
gboolean mos_store_order_attach (MosTxn *txn, const char *conversation, const char *order, MosOrderProof proof, GError **error);

/** mos_store_order_detach: @conversation is not about it; recorded. %TRUE also when it was not */
gboolean mos_store_order_detach (MosTxn *txn, const char *conversation, const char *order, GError **error);
/** mos_store_order_exists: @ret_exists: (out): it was read before */
gboolean mos_store_order_exists (MosTxn *txn, const char *id, gboolean *ret_exists, GError **error);

/** MosOrderNaming: a message of a customer's that may name an order: whose words they are. A plain struct in an array */
typedef struct
{
  char *conversation;
  char *customer; /* (nullable) */
  char *subject;
  char *text;
} MosOrderNaming;
/** mos_store_order_list_naming: Returns: (transfer full): array of #MosOrderNaming: messages received since @since_us in which the words of @number stand one after the other, newest first */
GPtrArray *mos_store_order_list_naming (MosTxn *txn, const char *number, gint64 since_us, guint max, GError **error);

G_END_DECLS
