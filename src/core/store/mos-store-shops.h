/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/store/mos-store.h"
#include "core/values/mos-order-values.h"

G_BEGIN_DECLS

/* Shops. Ownership as everywhere: what is returned is the caller's. */

/** mos_store_shop_list: Returns: array of #MosShopAccount by position and name, removed ones left out */
GPtrArray *mos_store_shop_list (MosTxn *txn, GError **error);
/** mos_store_shop_list_light: the same without @n_orders */
GPtrArray *mos_store_shop_list_light (MosTxn *txn, GError **error);
/** mos_store_shop_list_ids: Returns: array of ids, removed ones left out */
GPtrArray *mos_store_shop_list_ids (MosTxn *txn, GError **error);
/** mos_store_shop_find: @ret_shop: (out) (transfer full) (nullable): %NULL where there is none, or it was removed; without @n_orders */
gboolean mos_store_shop_find (MosTxn *txn, const char *id, MosShopAccount **ret_shop, GError **error);
/** mos_store_shop_save: makes or changes it by its id; a removed one is back, with its orders. Recorded. How its sync stands is not looked at */
gboolean mos_store_shop_save (MosTxn *txn, MosShopAccount *shop, GError **error);
/** mos_store_shop_remove: out of the lists with its orders; an undo, or saving it again, brings it back. MOS_STORE_ERROR_NOT_FOUND */
gboolean mos_store_shop_remove (MosTxn *txn, const char *id, GError **error);
/** mos_store_shop_save_status: @last_sync_us: 0 = as it was; @why, @detail: (nullable). Not recorded */
gboolean mos_store_shop_save_status (MosTxn *txn, const char *id, MosAccountState state, const char *why, const char *detail, gint64 last_sync_us, GError **error);
/** mos_store_shop_learn: what the shop says of itself, where nothing is known yet. Not recorded */
gboolean mos_store_shop_learn (MosTxn *txn, const char *id, const char *currency, GError **error);

G_END_DECLS
