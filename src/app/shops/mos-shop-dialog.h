/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/desk/mos-desk.h"
#include "core/values/mos-order-values.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * MosShopDialog: one shop is added, or gets another name or key, or is removed. It is tried before anything is kept.
 *
 * `done (char *sentence)`: it was, what a toast may say
 */
#define MOS_TYPE_SHOP_DIALOG (mos_shop_dialog_get_type ())
G_DECLARE_FINAL_TYPE (MosShopDialog, mos_shop_dialog, MOS, SHOP_DIALOG, AdwDialog)

/** mos_shop_dialog_new: @shop: (nullable): %NULL = a new one; @n_shops: how many there are */
MosShopDialog *mos_shop_dialog_new (MosDesk *desk, MosShopAccount *shop, guint n_shops);

G_END_DECLS
