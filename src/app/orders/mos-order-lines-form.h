/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/shops/mos-shop.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * MosOrderLinesForm:
 *
 * Which items of an order, and how many: for a refund with what that comes to, for a return without. A refund can be of another amount instead.
 *
 * Signal `changed`: something was chosen.
 */
#define MOS_TYPE_ORDER_LINES_FORM (mos_order_lines_form_get_type ())
G_DECLARE_FINAL_TYPE (MosOrderLinesForm, mos_order_lines_form, MOS, ORDER_LINES_FORM, AdwBin)

/** mos_order_lines_form_new: Returns: (transfer floating) */
GtkWidget *mos_order_lines_form_new (MosOrderTerms *terms, MosOrderActionKind kind);
/** mos_order_lines_form_fill: what is chosen, into @action. Returns: whether it is something that can be done */
gboolean mos_order_lines_form_fill (MosOrderLinesForm *self, MosOrderAction *action);

G_END_DECLS
