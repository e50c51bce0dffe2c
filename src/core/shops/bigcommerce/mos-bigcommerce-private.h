/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/shops/bigcommerce/mos-bigcommerce-shop.h"
#include "core/shops/mos-shop-query.h"

G_BEGIN_DECLS

/* Inside this folder: asking the shop, and what is done to its orders. */

/** mos_bigcommerce_ask: reads. @query: (nullable). Returns: (transfer full) (nullable): a null for nothing */
JsonNode *mos_bigcommerce_ask (MosBigcommerceShop *self, const char *path, const MosShopQuery *query, GCancellable *cancellable, GError **error);
/** mos_bigcommerce_ask_with: the same with a body, of what changes nothing all the same */
JsonNode *mos_bigcommerce_ask_with (MosBigcommerceShop *self, const char *path, const char *body, GCancellable *cancellable, GError **error);
/** mos_bigcommerce_ask_list: Returns: (transfer full) (nullable): with mos_bigcommerce_rows_of(), or nothing for an empty list */
JsonNode *mos_bigcommerce_ask_list (MosBigcommerceShop *self, const char *path, const MosShopQuery *query, GCancellable *cancellable, GError **error);
/** mos_bigcommerce_rows_of: Returns: (transfer none) (nullable) */
JsonArray *mos_bigcommerce_rows_of (JsonNode *node);
/** mos_bigcommerce_change: what changes something, once. Returns: (transfer full) (nullable). @error: as mos_shop_perform_sync() */
JsonNode *mos_bigcommerce_change (MosBigcommerceShop *self, const char *method, const char *path, const char *body, GCancellable *cancellable, GError **error);
/** mos_bigcommerce_load_sync: an order without its notes. @ret_node: (out): as it came: an object */
MosOrder *mos_bigcommerce_load_sync (MosBigcommerceShop *self, const char *remote_id, JsonNode **ret_node, GCancellable *cancellable, GError **error);

/* mos-bigcommerce-terms.c */

/** What the lines of shipping begin with; behind it the address that is sent to. */
#define MOS_BIGCOMMERCE_SHIPPING "shipping:"
/** mos_bigcommerce_order_path: Returns: (transfer full): of an order in @version of the API */
char *mos_bigcommerce_order_path (int version, const char *remote_id, const char *rest);
/** mos_bigcommerce_ask_addresses: Returns: (transfer full) (nullable): a list of where it is sent to */
JsonNode *mos_bigcommerce_ask_addresses (MosBigcommerceShop *self, const char *remote_id, GCancellable *cancellable, GError **error);
/** mos_bigcommerce_ask_refunds: Returns: (transfer full) (nullable): those of an order; with mos_bigcommerce_data_of() */
JsonNode *mos_bigcommerce_ask_refunds (MosBigcommerceShop *self, const char *remote_id, GCancellable *cancellable, GError **error);
/** mos_bigcommerce_data_of: Returns: (transfer none) (nullable): the list that an answer of v3 is about */
JsonArray *mos_bigcommerce_data_of (JsonNode *node);
/** mos_bigcommerce_read_address_parts: its parts, in the place of what is there; @object: (nullable) */
void mos_bigcommerce_read_address_parts (JsonObject *object, char *address[MOS_ADDRESS_N_PARTS]);
/** mos_bigcommerce_address_name: Returns: what it calls a part of an address */
const char *mos_bigcommerce_address_name (MosAddressPart part);
/** mos_bigcommerce_read_terms: pure. @order: (transfer full); @products, @addresses, @refunds: (nullable) */
MosOrderTerms *mos_bigcommerce_read_terms (MosOrder *order, JsonArray *products, JsonArray *addresses, JsonArray *refunds);
MosOrderTerms *mos_bigcommerce_load_terms_sync (MosShop *shop, const char *remote_id, GCancellable *cancellable, GError **error);

/* mos-bigcommerce-actions.c */
char *mos_bigcommerce_perform_sync (MosShop *shop, const MosOrderAction *action, const MosOrderTerms *terms, GCancellable *cancellable, GError **error);
MosShopTrace mos_bigcommerce_find_action_sync (MosShop *shop, const MosOrderAction *action, const char *remote_id, char **ret_made, GCancellable *cancellable, GError **error);

G_END_DECLS
