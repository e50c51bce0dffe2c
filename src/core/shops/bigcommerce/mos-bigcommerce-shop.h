/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/shops/mos-shop.h"

G_BEGIN_DECLS

/**
 * MosBigcommerceShop:
 *
 * BigCommerce: orders of its REST API v2, refunds of v3. All shops are behind one address, told apart by a hash. The secret of the keys is the
 * access token of an API account; there is no key. Shipments are asked for order by order, of those of which something was sent.
 */
#define MOS_TYPE_BIGCOMMERCE_SHOP (mos_bigcommerce_shop_get_type ())
G_DECLARE_FINAL_TYPE (MosBigcommerceShop, mos_bigcommerce_shop, MOS, BIGCOMMERCE_SHOP, MosShop)

/** mos_bigcommerce_fold_address: Returns: (transfer full) (nullable): "https://api.bigcommerce.com/stores/HASH" of a store hash, an API path or an address of its control panel; %NULL for all else: its own domain does not say the hash */
char *mos_bigcommerce_fold_address (const char *text);

/* mos-bigcommerce-orders.c; pure */

/** mos_bigcommerce_json_time: Returns: the time of an RFC 2822 date (v2) or an ISO 8601 one (v3); 0 for all else */
gint64 mos_bigcommerce_json_time (JsonObject *object, const char *name);
/** mos_bigcommerce_read_order: with the items and the address that are in its consignments. @base_url: the shop's. Returns: (transfer full) (nullable): %NULL where it has no id */
MosOrder *mos_bigcommerce_read_order (const char *shop, const char *base_url, JsonObject *object);
/** mos_bigcommerce_has_shipments, mos_bigcommerce_has_refunds: whether it is worth asking for them; @object: an order */
gboolean mos_bigcommerce_has_shipments (JsonObject *object);
gboolean mos_bigcommerce_has_refunds (JsonObject *object);
/* What the lists below an order answer. Only before anybody else sees @order. */
void mos_bigcommerce_read_items (MosOrder *order, JsonArray *products);
void mos_bigcommerce_read_address (MosOrder *order, JsonArray *addresses);
void mos_bigcommerce_read_shipments (MosOrder *order, JsonArray *shipments);
void mos_bigcommerce_read_messages (MosOrder *order, JsonArray *messages);
/** mos_bigcommerce_read_refund: one row of the refunds of all orders */
void mos_bigcommerce_read_refund (MosOrder *order, JsonObject *object);

G_END_DECLS
