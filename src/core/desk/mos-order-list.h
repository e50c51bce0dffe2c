/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/desk/mos-desk.h"
#include "core/values/mos-order-filter.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * MosOrderEntry: one row of a #MosOrderList
 *
 * Main context only. Properties: `id`; `order` (#MosOrder, nullable: %NULL until it was read).
 */
#define MOS_TYPE_ORDER_ENTRY (mos_order_entry_get_type ())
G_DECLARE_FINAL_TYPE (MosOrderEntry, mos_order_entry, MOS, ORDER_ENTRY, GObject)
const char *mos_order_entry_get_id (MosOrderEntry *self);
/** mos_order_entry_get_order: Returns: (transfer none) (nullable) */
MosOrder *mos_order_entry_get_order (MosOrderEntry *self);

/**
 * MosOrderList: a GListModel of #MosOrderEntry: the orders that a filter lets pass
 *
 * A vector of ids; orders are read when somebody looks at them, and only these live. Main context only. It follows the store.
 *
 * Properties: `loading` (gboolean), `error` (GError, nullable): of what was asked last.
 */
#define MOS_TYPE_ORDER_LIST (mos_order_list_get_type ())
G_DECLARE_FINAL_TYPE (MosOrderList, mos_order_list, MOS, ORDER_LIST, GObject)
/** mos_order_list_new: Returns: (transfer full): with all orders, soon */
MosOrderList *mos_order_list_new (MosDesk *desk);
/** mos_order_list_set_filter: the old rows stay until the new ones are here. @filter: not to be changed any more */
void mos_order_list_set_filter (MosOrderList *self, MosOrderFilter *filter);
/** mos_order_list_get_filter: Returns: (transfer none) */
MosOrderFilter *mos_order_list_get_filter (MosOrderList *self);
/** mos_order_list_get_id: Returns: (transfer none) (nullable): %NULL beyond the end */
const char *mos_order_list_get_id (MosOrderList *self, guint position);
gboolean mos_order_list_get_loading (MosOrderList *self);
/** mos_order_list_get_error: Returns: (transfer none) (nullable) */
const GError *mos_order_list_get_error (MosOrderList *self);

G_END_DECLS
