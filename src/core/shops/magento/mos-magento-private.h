/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/shops/magento/mos-magento-shop.h"
#include "core/shops/mos-shop-query.h"

G_BEGIN_DECLS

/* Inside this folder: asking the shop, and what is done to its orders. */

/** mos_magento_add_filter: one more that has to be true */
void mos_magento_add_filter (MosShopQuery *query, guint group, const char *field, const char *condition, const char *value);
void mos_magento_add_page (MosShopQuery *query, guint size, guint page, const char *fields);
/** mos_magento_ask: reads; finds out by itself how we get there. Returns: (transfer full) (nullable): an object */
JsonNode *mos_magento_ask (MosMagentoShop *self, const char *path, const MosShopQuery *query, GCancellable *cancellable, GError **error);
/** mos_magento_ask_list: @ret_total: -1 where it does not count. Returns: (transfer full) (nullable): an object with mos_magento_rows_of() */
JsonNode *mos_magento_ask_list (MosMagentoShop *self, const char *path, const MosShopQuery *query, gint64 *ret_total, GCancellable *cancellable, GError **error);
/** mos_magento_rows_of: (nullable): nothing at all is null */
JsonArray *mos_magento_rows_of (JsonNode *node);
/** mos_magento_change: what changes something, once, behind a mos_magento_ask() that succeeded. Returns: (transfer full) (nullable): of any type. @error: as mos_shop_perform_sync() */
JsonNode *mos_magento_change (MosMagentoShop *self, const char *method, const char *path, const char *body, GCancellable *cancellable, GError **error);
/** mos_magento_load_sync: an order without its comments. @fields: (nullable): %NULL = all; @ret_node: (out) (optional): as it came */
MosOrder *mos_magento_load_sync (MosMagentoShop *self, const char *remote_id, const char *fields, JsonNode **ret_node, GCancellable *cancellable, GError **error);

/* mos-magento-terms.c */

/** The line that shipping is here. */
#define MOS_MAGENTO_SHIPPING "shipping"
/** mos_magento_order_path: Returns: (transfer full): "/orders/ID" and @rest */
char *mos_magento_order_path (const char *remote_id, const char *rest);
/** mos_magento_find_address: Returns: (transfer none) (nullable): where @order is sent to, as the shop has it */
JsonObject *mos_magento_find_address (JsonObject *order);
/** mos_magento_read_address: its parts, in the place of what is there; @object: (nullable) */
void mos_magento_read_address (JsonObject *object, char *address[MOS_ADDRESS_N_PARTS]);
/** mos_magento_read_terms: pure. @order: (transfer full); @invoices: (nullable): of the order */
MosOrderTerms *mos_magento_read_terms (MosOrder *order, JsonObject *object, JsonArray *invoices);
MosOrderTerms *mos_magento_load_terms_sync (MosShop *shop, const char *remote_id, GCancellable *cancellable, GError **error);
/** mos_magento_ask_invoices: Returns: (transfer full) (nullable): with mos_magento_rows_of() */
JsonNode *mos_magento_ask_invoices (MosMagentoShop *self, const char *remote_id, GCancellable *cancellable, GError **error);

/* mos-magento-actions.c */
char *mos_magento_perform_sync (MosShop *shop, const MosOrderAction *action, const MosOrderTerms *terms, GCancellable *cancellable, GError **error);
MosShopTrace mos_magento_find_action_sync (MosShop *shop, const MosOrderAction *action, const char *remote_id, char **ret_made, GCancellable *cancellable, GError **error);

G_END_DECLS
