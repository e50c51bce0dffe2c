/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/desk/mos-desk.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * MosOrderListDialog: the orders of all shops: searched, filtered, several chosen and written to; one leads to its customer
 *
 * Signal `write (const char *address)`: to who ordered, of whom nothing else is known here; it is closed already
 */
#define MOS_TYPE_ORDER_LIST_DIALOG (mos_order_list_dialog_get_type ())
G_DECLARE_FINAL_TYPE (MosOrderListDialog, mos_order_list_dialog, MOS, ORDER_LIST_DIALOG, AdwDialog)

MosOrderListDialog *mos_order_list_dialog_new (MosDesk *desk);

G_END_DECLS
