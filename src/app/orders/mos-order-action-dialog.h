/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/desk/mos-desk.h"
#include "core/values/mos-order-action-values.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * MosOrderActionDialog:
 *
 * Doing one thing to one order: the shop is asked for it first, what is chosen is sent once, and what became of it is told. Closed meanwhile, it goes on
 * all the same; the conversation's history tells it then.
 *
 * Signal `done (char *sentence)`: it is done, or it is not known whether it is.
 */
#define MOS_TYPE_ORDER_ACTION_DIALOG (mos_order_action_dialog_get_type ())
G_DECLARE_FINAL_TYPE (MosOrderActionDialog, mos_order_action_dialog, MOS, ORDER_ACTION_DIALOG, AdwDialog)

/** mos_order_action_dialog_new: @conversation: (nullable): in whose history it is told */
MosOrderActionDialog *mos_order_action_dialog_new (MosDesk *desk, const MosOrder *order, const MosShopAccount *shop, MosOrderActionKind kind, const char *conversation);

G_END_DECLS
