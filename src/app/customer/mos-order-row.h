/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "app/customer/mos-item-pictures.h"
#include "core/desk/mos-desk-journey.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define MOS_TYPE_ORDER_ROW (mos_order_row_get_type ())
G_DECLARE_FINAL_TYPE (MosOrderRow, mos_order_row, MOS, ORDER_ROW, AdwExpanderRow)

/**
 * MosOrderRow:
 *
 * One order: what it comes to, and all the rest of it once it is opened.
 *
 * `void link (MosOrderRow *, gboolean is_theirs)`: a person says whose it is
 * `void look (MosOrderRow *)`: it was opened
 */

/** mos_order_row_new: @journey: that it is part of. @is_here: the conversation beside it is about this order. Returns: (transfer floating) */
GtkWidget *mos_order_row_new (const MosOrder *order, const MosJourney *journey, gboolean is_here);
/** mos_order_row_set_pictures: where pictures of its items come from; before it is opened. @is_online: whether they may be fetched */
void mos_order_row_set_pictures (MosOrderRow *self, MosItemPictures *pictures, gboolean is_online);
/** mos_order_row_get_order: Returns: (transfer none) */
const MosOrder *mos_order_row_get_order (MosOrderRow *self);

G_END_DECLS
