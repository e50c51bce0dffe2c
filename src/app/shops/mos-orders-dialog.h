/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/desk/mos-desk.h"
#include "core/values/mos-order-values.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * MosOrdersDialog: a file of orders on its way into a shop of files: what its columns hold, which a person corrects, what came out of it so far,
 * and then how far the import is. Cancelled, what came before stays.
 */
#define MOS_TYPE_ORDERS_DIALOG (mos_orders_dialog_get_type ())
G_DECLARE_FINAL_TYPE (MosOrdersDialog, mos_orders_dialog, MOS, ORDERS_DIALOG, AdwDialog)

/** mos_orders_dialog_choose: asks for the file, and shows it. @parent: a widget of the window */
void mos_orders_dialog_choose (MosDesk *desk, MosShopAccount *shop, GtkWidget *parent);

G_END_DECLS
