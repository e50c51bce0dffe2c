/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/desk/mos-desk.h"
#include "core/values/mos-order-action-values.h"

G_BEGIN_DECLS

/* What is done to orders, for the window. Main context only; nothing here blocks. The store's signal `changed` (shops_changed) tells that one is in another state. */

/** mos_desk_load_order_terms_async: asks the shop for the order as it is now. MOS_DESK_ERROR_NOT_FOUND, MOS_SHOP_ERROR, network trouble */
void mos_desk_load_order_terms_async (MosDesk *self, const char *order, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/** Returns: (transfer full) (nullable) */
MosOrderTerms *mos_desk_load_order_terms_finish (MosDesk *self, GAsyncResult *result, GError **error);

/** mos_desk_ask_order_action_async: writes down what is asked for; the shop's own thread does it at once. The agent of this window asks. MOS_STORE_ERROR_CONFLICT: something is being done to that order */
void mos_desk_ask_order_action_async (MosDesk *self, MosOrderAction *action, const char *shop, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean mos_desk_ask_order_action_finish (MosDesk *self, GAsyncResult *result, GError **error);

void mos_desk_load_order_action_async (MosDesk *self, const char *id, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/** Returns: (transfer full) (nullable): %NULL with an error alone */
MosOrderAction *mos_desk_load_order_action_finish (MosDesk *self, GAsyncResult *result, GError **error);

/** mos_desk_say_order_action_async: somebody looked in the shop: an uncertain one was done, or was not */
void mos_desk_say_order_action_async (MosDesk *self, const char *id, gboolean is_done, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean mos_desk_say_order_action_finish (MosDesk *self, GAsyncResult *result, GError **error);

G_END_DECLS
