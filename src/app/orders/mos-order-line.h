/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/desk/mos-order-list.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * MosOrderLine: one order in the list of all
 *
 * Property `summary`: all that it says, in one line. Signal `toggled`: its box was ticked, or no longer is
 */
#define MOS_TYPE_ORDER_LINE (mos_order_line_get_type ())
G_DECLARE_FINAL_TYPE (MosOrderLine, mos_order_line, MOS, ORDER_LINE, GtkBox)

MosOrderLine *mos_order_line_new (void);
/** mos_order_line_set_entry: @entry: (nullable). @shops: (nullable) (element-type utf8 utf8): names by id, where there are several */
void mos_order_line_set_entry (MosOrderLine *self, MosOrderEntry *entry, GHashTable *shops, gint64 now_us);
/** mos_order_line_get_entry: Returns: (transfer none) (nullable) */
MosOrderEntry *mos_order_line_get_entry (MosOrderLine *self);
/** mos_order_line_set_choosing: whether it has a box to tick, and whether it is ticked */
void mos_order_line_set_choosing (MosOrderLine *self, gboolean is_choosing, gboolean is_chosen);
gboolean mos_order_line_is_chosen (MosOrderLine *self);

G_END_DECLS
