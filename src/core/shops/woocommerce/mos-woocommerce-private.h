/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/shops/woocommerce/mos-woocommerce-shop.h"

G_BEGIN_DECLS

/* Inside this folder: asking the shop, and what is done to its orders. */

/* All that is read, and no more: other plugins may hang a megabyte on an order. */
#define MOS_WOOCOMMERCE_FIELDS                                                                                                                    \
  "id,number,status,currency,date_created_gmt,date_modified_gmt,date_paid_gmt,total,billing,shipping,line_items,refunds,customer_note,meta_data," \
  "payment_method_title,payment_url,needs_payment"

/** MosWoocommerceQuery: the parameters of one request, borrowed */
typedef struct
{
  const char *names[12];
  const char *values[12];
  gsize n;
} MosWoocommerceQuery;

void mos_woocommerce_query_add (MosWoocommerceQuery *query, const char *name, const char *value);

/** mos_woocommerce_ask: reads; finds out by itself how the key gets there, and whether links are pretty */
JsonNode *mos_woocommerce_ask (MosWoocommerceShop *self, const char *path, const MosWoocommerceQuery *query, GCancellable *cancellable, GError **error);
/** mos_woocommerce_ask_list: the same, where the answer must be a list */
JsonNode *mos_woocommerce_ask_list (MosWoocommerceShop *self, const char *path, const MosWoocommerceQuery *query, GCancellable *cancellable, GError **error);
/** mos_woocommerce_change: what changes something, once, behind a mos_woocommerce_ask() that succeeded. @error: as mos_shop_perform_sync() */
JsonNode *mos_woocommerce_change (MosWoocommerceShop *self, const char *method, const char *path, const char *body, GCancellable *cancellable, GError **error);
/** mos_woocommerce_order_path: Returns: (transfer full): "/orders/ID" and @rest */
char *mos_woocommerce_order_path (const char *remote_id, const char *rest);
/** mos_woocommerce_address_name: Returns: what it calls a part of an address */
const char *mos_woocommerce_address_name (MosAddressPart part);

/* mos-woocommerce-terms.c */
/** mos_woocommerce_read_terms: an order and its /refunds as terms; pure. @order: (transfer full); @refunds: (nullable) */
MosOrderTerms *mos_woocommerce_read_terms (MosOrder *order, JsonObject *object, JsonArray *refunds);
MosOrderTerms *mos_woocommerce_load_terms_sync (MosShop *shop, const char *remote_id, GCancellable *cancellable, GError **error);

/* mos-woocommerce-actions.c */
char *mos_woocommerce_perform_sync (MosShop *shop, const MosOrderAction *action, const MosOrderTerms *terms, GCancellable *cancellable, GError **error);
MosShopTrace mos_woocommerce_find_action_sync (MosShop *shop, const MosOrderAction *action, const char *remote_id, char **ret_made, GCancellable *cancellable, GError **error);

G_END_DECLS
