/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/shops/mos-shop-query.h"
#include "core/shops/prestashop/mos-prestashop-shop.h"

G_BEGIN_DECLS

/* Inside this folder: asking the shop, and what is done to its orders. */

/** mos_prestashop_begin_query: @display: "full", or "[names]" */
MosShopQuery *mos_prestashop_begin_query (const char *display);
/** mos_prestashop_ask: Returns: (transfer full) (nullable): the rows; none are an empty list, whatever it is called */
JsonArray *mos_prestashop_ask (MosPrestashopShop *self, const char *resource, const MosShopQuery *query, GCancellable *cancellable, GError **error);
/** mos_prestashop_change: what changes something, once, behind a mos_prestashop_ask() that succeeded. @notify: the customer is told; @body: XML. Returns: (transfer full) (nullable). @error: as mos_shop_perform_sync() */
JsonNode *mos_prestashop_change (MosPrestashopShop *self, const char *method, const char *resource, gboolean notify, const char *body, GCancellable *cancellable, GError **error);
/** mos_prestashop_load_sync: an order without what others wrote about it, and its row; what it refers to is in mos_prestashop_get_rows() then. @ret_row: (out) (transfer full) */
MosOrder *mos_prestashop_load_sync (MosPrestashopShop *self, const char *remote_id, JsonObject **ret_row, GCancellable *cancellable, GError **error);
const MosPrestashopRows *mos_prestashop_get_rows (MosPrestashopShop *self);
/** mos_prestashop_get_zone: Returns: (transfer none) (nullable): that of its times, once an order was read */
GTimeZone *mos_prestashop_get_zone (MosPrestashopShop *self);

/* mos-prestashop-regions.c */
/** mos_prestashop_read_region: Returns: (transfer full) (nullable): the name of the region that a row of addresses names; "" for none */
char *mos_prestashop_read_region (MosPrestashopShop *self, JsonObject *address, GCancellable *cancellable, GError **error);
/** mos_prestashop_find_region: @country: its id; @region: by its name or its code. Returns: (transfer full) (nullable): its id; "0" for none. One that the shop does not know is MOS_SHOP_ERROR_REFUSED */
char *mos_prestashop_find_region (MosPrestashopShop *self, const char *country, const char *region, GCancellable *cancellable, GError **error);

/* mos-prestashop-actions.c */
/** mos_prestashop_read_notes: what the shop's people wrote about @order, where the key may read that. Only before anybody else sees @order */
gboolean mos_prestashop_read_notes (MosPrestashopShop *self, MosOrder *order, GCancellable *cancellable, GError **error);
/** mos_prestashop_find_cancelled: Returns: (transfer full): which of the shop's own states says that an order is cancelled; "" where none does. Pure */
char *mos_prestashop_find_cancelled (GHashTable *states);
MosOrderTerms *mos_prestashop_load_terms_sync (MosShop *shop, const char *remote_id, GCancellable *cancellable, GError **error);
char *mos_prestashop_perform_sync (MosShop *shop, const MosOrderAction *action, const MosOrderTerms *terms, GCancellable *cancellable, GError **error);
MosShopTrace mos_prestashop_find_action_sync (MosShop *shop, const MosOrderAction *action, const char *remote_id, char **ret_made, GCancellable *cancellable, GError **error);

G_END_DECLS
