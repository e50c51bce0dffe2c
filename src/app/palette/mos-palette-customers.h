/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "app/palette/mos-palette-source.h"
#include "core/desk/mos-desk.h"

G_BEGIN_DECLS

/** MosPaletteCustomers: by the beginnings of the words of their names and addresses. Choosing one shows all their conversations. */
#define MOS_TYPE_PALETTE_CUSTOMERS (mos_palette_customers_get_type ())
G_DECLARE_FINAL_TYPE (MosPaletteCustomers, mos_palette_customers, MOS, PALETTE_CUSTOMERS, GObject)

MosPaletteSource *mos_palette_customers_new (MosDesk *desk);
/** mos_palette_item_for_customer: Returns: (transfer full): what says and opens @row; its id is "customer:" and the one of the row */
MosPaletteItem *mos_palette_item_for_customer (MosCustomerRow *row);

G_END_DECLS
