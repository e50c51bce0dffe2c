/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "store-fixture.h"

#include "core/desk/mos-shops.h"

G_BEGIN_DECLS

/* A store with one shop in it, and what a pass over that shop leaves there. */
typedef struct
{
  Fixture *f;
  MosShopAccount *account;
  GPtrArray *orders;
} ShopDesk;

/** shop_begin: the shop is added. Returns: (transfer full): what reads it */
MosShop *shop_begin (Fixture *f, ShopDesk *desk, MosShopKind kind, const char *base, MosShopKeys *keys);
/** shop_look: @account and @orders, as they are now */
void shop_look (ShopDesk *desk);
/** shop_pass: a pass that goes well */
MosShopPassCounts shop_pass (ShopDesk *desk, MosShop *shop);
/** shop_fail: a pass that fails so, and leaves that behind */
void shop_fail (ShopDesk *desk, MosShop *shop, GQuark domain, int code, MosAccountState state, const char *why);
void shop_desk_clear (ShopDesk *desk);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ShopDesk, shop_desk_clear)

G_END_DECLS
