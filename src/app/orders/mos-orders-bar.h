/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/desk/mos-desk.h"
#include "core/values/mos-order-filter.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * MosOrdersBar: which orders are shown, and in what order
 *
 * Signals: `changed`; `stopped`: Escape in the search
 */
#define MOS_TYPE_ORDERS_BAR (mos_orders_bar_get_type ())
G_DECLARE_FINAL_TYPE (MosOrdersBar, mos_orders_bar, MOS, ORDERS_BAR, AdwBin)

MosOrdersBar *mos_orders_bar_new (void);
/** mos_orders_bar_set_shops: @shops: (element-type MosShopAccount): what there is to choose from; with one there is nothing to choose */
void mos_orders_bar_set_shops (MosOrdersBar *self, GPtrArray *shops);
/** mos_orders_bar_make_filter: Returns: (transfer full): what is chosen. @now_us: periods end with it */
MosOrderFilter *mos_orders_bar_make_filter (MosOrdersBar *self, gint64 now_us);
/** mos_orders_bar_clear: all orders are shown again; the keyboard is in the search */
void mos_orders_bar_clear (MosOrdersBar *self);
/** mos_orders_bar_get_entry: Returns: (transfer none): where the search is typed */
GtkWidget *mos_orders_bar_get_entry (MosOrdersBar *self);

G_END_DECLS
