/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/shops/mos-shop.h"

G_BEGIN_DECLS

/**
 * MosPrestashopShop:
 *
 * PrestaShop's webservice, 1.7 to 9. The key (the keys' secret; there is no other) goes as the user of Basic, or as ws_key= where the hoster takes that
 * header away. Its times are the shop's own and have no zone: the cursor is their text.
 */
#define MOS_TYPE_PRESTASHOP_SHOP (mos_prestashop_shop_get_type ())
G_DECLARE_FINAL_TYPE (MosPrestashopShop, mos_prestashop_shop, MOS, PRESTASHOP_SHOP, MosShop)

/* mos-prestashop-orders.c; pure */

/** MosPrestashopRows: what orders refer to, each by its id: rows of customers, addresses, countries, currencies, order_states and carriers; lists of order_carriers and order_slips by their order */
typedef struct
{
  GHashTable *customers;
  GHashTable *addresses;
  GHashTable *countries;
  GHashTable *currencies;
  GHashTable *states;
  GHashTable *carriers;
  GHashTable *parcels;
  GHashTable *slips;
} MosPrestashopRows;

/** mos_prestashop_read_order: @zone: the shop's. Returns: (transfer full) (nullable): %NULL where it has no id */
MosOrder *mos_prestashop_read_order (const char *shop, JsonObject *object, const MosPrestashopRows *rows, GTimeZone *zone);
/** mos_prestashop_judge_state: @state: (nullable): a row of order_states. Returns: what it comes to: by its template and flags; by @id where they leave it open, or it may not be read */
MosOrderStatus mos_prestashop_judge_state (JsonObject *state, const char *id);
/** mos_prestashop_trim_money: Returns: (transfer full): "12.500000" as @currency is written: "12.50"; digits that say something stay */
char *mos_prestashop_trim_money (const char *decimal, const char *currency);

G_END_DECLS
