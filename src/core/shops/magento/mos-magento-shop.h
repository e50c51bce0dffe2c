/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/shops/mos-shop.h"

G_BEGIN_DECLS

/**
 * MosMagentoShop:
 *
 * Magento Open Source and Adobe Commerce, REST API V1 of 2.4. The four keys of an integration sign each request (OAuth 1.0a, HMAC-SHA256): its token
 * alone is refused since 2.4.4. Shipments and credit memos are lists of their own, asked once for all the orders of a page.
 */
#define MOS_TYPE_MAGENTO_SHOP (mos_magento_shop_get_type ())
G_DECLARE_FINAL_TYPE (MosMagentoShop, mos_magento_shop, MOS, MAGENTO_SHOP, MosShop)

/** mos_magento_fold_address: Returns: (transfer full) (nullable): the shop's address, of that itself or of one of its API's or its admin's */
char *mos_magento_fold_address (const char *text);

/* mos-magento-orders.c; pure */

/** mos_magento_order_fields: what is asked of an order, of a shipment, of a credit memo: a filter of the API's */
extern const char mos_magento_order_fields[];
extern const char mos_magento_shipment_fields[];
extern const char mos_magento_refund_fields[];
/** mos_magento_read_order: @base_url: the shop's. Returns: (transfer full) (nullable): %NULL where it has no id */
MosOrder *mos_magento_read_order (const char *shop, const char *base_url, JsonObject *object);
/** mos_magento_has_shipments, mos_magento_has_refunds: whether it is worth asking for them; @object: an order */
gboolean mos_magento_has_shipments (JsonObject *object);
gboolean mos_magento_has_refunds (JsonObject *object);
/** mos_magento_read_shipment, mos_magento_read_refund: one row of "shipments" or "creditmemos". Only before anybody else sees @order */
void mos_magento_read_shipment (MosOrder *order, JsonObject *object);
void mos_magento_read_refund (MosOrder *order, JsonObject *object);
/** mos_magento_read_notes: the comments of an order. Only before anybody else sees @order */
void mos_magento_read_notes (MosOrder *order, JsonArray *comments);

G_END_DECLS
