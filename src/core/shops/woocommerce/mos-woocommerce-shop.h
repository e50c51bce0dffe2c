/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/shops/mos-shop.h"

G_BEGIN_DECLS

/**
 * MosWoocommerceShop:
 *
 * WooCommerce REST API v3. Over https the key goes as Basic, or in the query where the hoster takes that header away; over http (this computer
 * alone) OAuth 1.0a signs. Shops without pretty links are asked by ?rest_route=.
 */
#define MOS_TYPE_WOOCOMMERCE_SHOP (mos_woocommerce_shop_get_type ())
G_DECLARE_FINAL_TYPE (MosWoocommerceShop, mos_woocommerce_shop, MOS, WOOCOMMERCE_SHOP, MosShop)

/* mos-woocommerce-orders.c; pure */

/** mos_woocommerce_read_order: @base_url: the shop's. Returns: (transfer full) (nullable): %NULL where it has no id */
MosOrder *mos_woocommerce_read_order (const char *shop, const char *base_url, JsonObject *object);
/** mos_woocommerce_read_refunds: what /orders/ID/refunds answers, in the place of what the order itself says of them. Only before anybody else sees @order */
void mos_woocommerce_read_refunds (MosOrder *order, JsonArray *refunds);
/** mos_woocommerce_read_notes: what /orders/ID/notes answers. Only before anybody else sees @order */
void mos_woocommerce_read_notes (MosOrder *order, JsonArray *notes);

G_END_DECLS
