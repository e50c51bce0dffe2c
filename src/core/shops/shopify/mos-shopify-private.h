/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/shops/shopify/mos-shopify-shop.h"

G_BEGIN_DECLS

/* Inside this folder: asking the shop, and what is done to its orders. */

/** mos_shopify_ask: @variables: (transfer full) (nullable): an object. Returns: (transfer full) (nullable): the whole answer; its "data" is an object */
JsonNode *mos_shopify_ask (MosShopifyShop *self, const char *query, JsonNode *variables, GCancellable *cancellable, GError **error);
/** mos_shopify_change: the same for a mutation, which is sent once. @error: as mos_shop_perform_sync() */
JsonNode *mos_shopify_change (MosShopifyShop *self, const char *query, JsonNode *variables, GCancellable *cancellable, GError **error);
/** mos_shopify_data_of: Returns: (transfer none) (nullable): the object @name of the answer's data */
JsonObject *mos_shopify_data_of (JsonNode *answer, const char *name);

/* mos-shopify-actions.c */
MosOrderTerms *mos_shopify_load_terms_sync (MosShop *shop, const char *remote_id, GCancellable *cancellable, GError **error);
char *mos_shopify_perform_sync (MosShop *shop, const MosOrderAction *action, const MosOrderTerms *terms, GCancellable *cancellable, GError **error);
MosShopTrace mos_shopify_find_action_sync (MosShop *shop, const MosOrderAction *action, const char *remote_id, char **ret_made, GCancellable *cancellable, GError **error);

G_END_DECLS
