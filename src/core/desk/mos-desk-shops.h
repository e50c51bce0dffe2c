/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/desk/mos-desk.h"
#include "core/shops/mos-shop.h"

G_BEGIN_DECLS

/* The desk's shops. Main context only; nothing here blocks. The desk's signal `shops-changed` tells that the list, or how a sync stands, is another. */

void mos_desk_load_shops_async (MosDesk *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/** Returns: (transfer full): array of #MosShopAccount */
GPtrArray *mos_desk_load_shops_finish (MosDesk *self, GAsyncResult *result, GError **error);

/** mos_desk_test_shop_async: whether it can be read. @keys: (nullable): those that are kept */
void mos_desk_test_shop_async (MosDesk *self, MosShopAccount *shop, MosShopKeys *keys, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/** Returns: (transfer full) (nullable) */
MosShopFacts *mos_desk_test_shop_finish (MosDesk *self, GAsyncResult *result, GError **error);

/** mos_desk_save_shop_async: adds or changes it, and begins to read it. @keys: (nullable): as they are */
void mos_desk_save_shop_async (MosDesk *self, MosShopAccount *shop, MosShopKeys *keys, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
void mos_desk_remove_shop_async (MosDesk *self, const char *shop, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean mos_desk_shop_finish (MosDesk *self, GAsyncResult *result, GError **error);

/** mos_desk_wake_shops: a pass now. @shop: (nullable): of all */
void mos_desk_wake_shops (MosDesk *self, const char *shop);
/** mos_desk_look_at_order: somebody opened @order: it is read from its shop, with the notes that lists of orders lack; nothing happens where the shop cannot be asked */
void mos_desk_look_at_order (MosDesk *self, const MosOrder *order);
/** mos_desk_set_shops_focused: whether somebody looks: they are asked more often then */
void mos_desk_set_shops_focused (MosDesk *self, gboolean is_focused);

G_END_DECLS
