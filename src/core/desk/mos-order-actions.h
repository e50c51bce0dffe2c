/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/shops/mos-shop.h"
#include "core/store/mos-store-order-actions.h"

G_BEGIN_DECLS

/* Doing what was asked for to orders, and finding out what became of it. What ends in _sync blocks: the shop's own worker thread, or a program without a
 * main loop. Nothing is sent twice: what broke on the way is looked for in the shop, and where that does not say, a person is asked. */

/** mos_order_actions_ask_sync: written down, not done yet. MOS_STORE_ERROR_CONFLICT: something is being done to that order */
gboolean mos_order_actions_ask_sync (MosStore *store, const MosOrderAction *action, GCancellable *cancellable, GError **error);
/**
 * mos_order_actions_perform_sync: does what is asked for, where nobody else took it: reads the order, checks it against that, sends it once, and reads the order again
 *
 * Returns: (transfer full) (nullable): what became of it, in its state and why; %NULL: the store could not be read or written
 */
MosOrderAction *mos_order_actions_perform_sync (MosStore *store, MosShop *shop, const char *id, GCancellable *cancellable, GError **error);
/** mos_order_actions_settle_sync: looks for an uncertain one in the shop. Returns: as before: it stays uncertain where the shop does not say, or too little time has gone by */
MosOrderAction *mos_order_actions_settle_sync (MosStore *store, MosShop *shop, const char *id, GCancellable *cancellable, GError **error);
/** mos_order_actions_say_sync: somebody looked it up in the shop: an uncertain one was done, or was not. Returns: as before */
MosOrderAction *mos_order_actions_say_sync (MosStore *store, const char *id, gboolean is_done, GCancellable *cancellable, GError **error);
/** mos_order_actions_work_sync: all of that for what is open of @shop. Trouble with one does not keep the others; it is kept with that one */
gboolean mos_order_actions_work_sync (MosStore *store, MosShop *shop, GCancellable *cancellable, GError **error);
/** mos_order_actions_get_wait_s: Returns: in how many seconds the next one of @shop is due that is asked for and has to wait; 0 = none */
guint mos_order_actions_get_wait_s (MosStore *store, const char *shop);
/** MOS_ORDER_ACTION_FORGOTTEN_US: what was not begun so long after it was asked for is not done any more: the program ended, and nobody expects it */
#define MOS_ORDER_ACTION_FORGOTTEN_US (5 * G_TIME_SPAN_MINUTE)
/** mos_order_actions_give_up_sync: @shop cannot be opened, for @why: what was asked for of it and not begun is not done; what is not due yet is left */
void mos_order_actions_give_up_sync (MosStore *store, const char *shop, const GError *why);

G_END_DECLS
