/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/shops/mos-shop.h"

G_BEGIN_DECLS

/**
 * MosShopifyShop:
 *
 * Shopify Admin GraphQL API. The keys are the client id and secret of an app of the owner's own, for which a token of a day is fetched, or (no key
 * and only a secret) an access token of before 2026. Of orders older than 60 days Shopify tells only apps that it allowed read_all_orders.
 */
#define MOS_TYPE_SHOPIFY_SHOP (mos_shopify_shop_get_type ())
G_DECLARE_FINAL_TYPE (MosShopifyShop, mos_shopify_shop, MOS, SHOPIFY_SHOP, MosShop)

/** mos_shopify_fold_address: Returns: (transfer full) (nullable): "https://NAME.myshopify.com" of a name, a domain, or an address of its admin; %NULL for all else: its own domain does not answer */
char *mos_shopify_fold_address (const char *text);

/* mos-shopify-orders.c; pure */

/** mos_shopify_order_fragment: what is asked of an order; a fragment "order" */
extern const char mos_shopify_order_fragment[];
/** mos_shopify_whole_query: what there is more of than the fragment asks for; $after: the end of the lines that are known */
extern const char mos_shopify_whole_query[];
/** mos_shopify_read_order: Returns: (transfer full) (nullable): %NULL where it has no id */
MosOrder *mos_shopify_read_order (const char *shop, const char *base_url, JsonObject *object);
/** mos_shopify_is_cut: Returns: whether of @object, an order as the fragment asks for it, more may be there: as much came as was asked for */
gboolean mos_shopify_is_cut (JsonObject *object);
/** mos_shopify_read_whole: @object: the order of an answer to mos_shopify_whole_query; @is_first: it tells of the parcels and refunds, and begins the lines */
void mos_shopify_read_whole (MosOrder *order, JsonObject *object, gboolean is_first);

G_END_DECLS
