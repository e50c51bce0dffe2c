/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/shops/mos-shop.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * MosOrderActionForm:
 *
 * What is asked of whoever does something to an order: of each kind its own rows, and of these what the platform knows.
 *
 * Signal `changed`: something was chosen or typed.
 */
#define MOS_TYPE_ORDER_ACTION_FORM (mos_order_action_form_get_type ())
G_DECLARE_FINAL_TYPE (MosOrderActionForm, mos_order_action_form, MOS, ORDER_ACTION_FORM, AdwBin)

/** mos_order_action_form_new: @terms: the order as the shop has it now. Returns: (transfer floating) */
GtkWidget *mos_order_action_form_new (MosOrderTerms *terms, MosOrderActionKind kind, MosShopKind shop);
/** mos_order_action_form_make: Returns: (transfer full) (nullable): what is asked for; %NULL where that is nothing that could be done */
MosOrderAction *mos_order_action_form_make (MosOrderActionForm *self);
/** mos_order_action_form_get_first: Returns: (transfer none) (nullable): where typing begins */
GtkWidget *mos_order_action_form_get_first (MosOrderActionForm *self);

G_END_DECLS
