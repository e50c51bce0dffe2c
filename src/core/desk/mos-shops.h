/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/shops/mos-shop.h"
#include "core/store/mos-store-orders.h"
#include "core/store/mos-store-shops.h"

G_BEGIN_DECLS

/* Shops: their keys in the keyring, and their orders in the store. What ends in _sync blocks: worker threads, or programs without a main loop. */

/** MosShopPassCounts: what one pass brought; @n_unreadable: orders that made no sense and were passed over */
typedef struct
{
  MosOrderCounts orders;
  guint n_unreadable;
} MosShopPassCounts;

/** mos_shops_save_sync: adds or changes it. @keys: (nullable): %NULL = as they are. The keys are kept before the shop is; MOS_DESK_ERROR_NO_SECRET_SERVICE keeps neither */
gboolean mos_shops_save_sync (MosStore *store, const MosActor *actor, MosShopAccount *shop, MosShopKeys *keys, GCancellable *cancellable, GError **error);
/** mos_shops_remove_sync: its keys are forgotten, its orders are in no list any more */
gboolean mos_shops_remove_sync (MosStore *store, const MosActor *actor, const char *id, GCancellable *cancellable, GError **error);
/** mos_shops_open_sync: Returns: (transfer full) (nullable): to be asked; MOS_DESK_ERROR_NO_PASSWORD, MOS_DESK_ERROR_INVALID for one of files */
MosShop *mos_shops_open_sync (MosStore *store, MosShopAccount *shop, GCancellable *cancellable, GError **error);
/** mos_shops_test_sync: with @keys (nullable: those of the keyring), without keeping anything. Returns: (transfer full) (nullable) */
MosShopFacts *mos_shops_test_sync (MosStore *store, MosShopAccount *shop, MosShopKeys *keys, GCancellable *cancellable, GError **error);

/**
 * mos_shops_pass_sync: reads all that changed, a page at a time, each stored with how far it got: it can be killed anywhere
 * @counts: (inout): added to
 *
 * How it stands is kept, too: a sync, the trouble, or that it goes on. Short waits that the shop asks for are waited here.
 */
gboolean mos_shops_pass_sync (MosStore *store, MosShop *shop, MosShopPassCounts *counts, GCancellable *cancellable, GError **error);
/** mos_shops_refresh_order_sync: one order with its notes, into the store. MOS_SHOP_ERROR_NOT_FOUND: it was deleted there, and is called off here */
gboolean mos_shops_refresh_order_sync (MosStore *store, MosShop *shop, const char *remote_id, GCancellable *cancellable, GError **error);

/** mos_shops_list_unfinished_sync: Returns: (transfer full) (nullable): array of those that ought to be sent by now. What is deleted in a shop is in no list of what changed: only who asks for it learns so */
GPtrArray *mos_shops_list_unfinished_sync (MosStore *store, MosShop *shop, GCancellable *cancellable, GError **error);
/** mos_shops_look_after_sync: refreshes the last @max of @unfinished, and takes them off it */
gboolean mos_shops_look_after_sync (MosStore *store, MosShop *shop, GPtrArray *unfinished, guint max, GCancellable *cancellable, GError **error);

/** mos_shops_judge: what @error says of a shop. @ret_why: (out): the nick of a reason: key_refused not_allowed disabled no_shop moved protocol busy no_key network store */
MosAccountState mos_shops_judge (const GError *error, const char **ret_why);
/** mos_shops_can_go_on: whether trying again later makes sense without somebody changing something */
gboolean mos_shops_can_go_on (MosAccountState state);
/** mos_shops_save_trouble_sync: keeps what @error says; cancellation says nothing */
void mos_shops_save_trouble_sync (MosStore *store, const char *shop, const GError *error);

G_END_DECLS
