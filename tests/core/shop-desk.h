/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "shop-peer.h"
#include "store-fixture.h"

#include "core/desk/mos-shops.h"

/* The desk's side of a shop: a store with it, and passes over it. */

typedef struct
{
  Fixture *f;
  MosShopAccount *account;
  GPtrArray *orders;
} Desk;

static inline gboolean
do_add_shop (MosTxn *txn,
             gpointer data,
             GCancellable *cancellable,
             GError **error)
{
  Desk *desk = data;

  return mos_store_shop_save (txn, desk->account, error);
}

static inline gboolean
do_look (MosTxn *txn,
         gpointer data,
         GCancellable *cancellable,
         GError **error)
{
  Desk *desk = data;
  g_autofree char *id = g_strdup (desk->account->id);

  g_clear_pointer (&desk->account, mos_shop_account_unref);
  g_clear_pointer (&desk->orders, g_ptr_array_unref);
  desk->orders = mos_store_order_list (txn, id, 0, 100000, error);
  return desk->orders != NULL && mos_store_shop_find (txn, id, &desk->account, error);
}

static inline MosShop *
begin (Fixture *f,
       Desk *desk,
       MosShopKind kind,
       const char *base,
       const char *key,
       const char *secret)
{
  g_autoptr (MosShopKeys) keys = mos_shop_keys_make (key, secret);
  g_autoptr (GError) error = NULL;

  desk->f = f;
  desk->account = mos_shop_account_make (kind, "Mugs", base);
  mos_store_write_sync (f->store, NULL, NULL, do_add_shop, desk, NULL, NULL, &error);
  g_assert_no_error (error);
  return mos_shop_new_for_account (desk->account, keys, f->clock);
}

static inline void
look (Desk *desk)
{
  g_autoptr (GError) error = NULL;

  mos_store_read_sync (desk->f->store, do_look, desk, NULL, &error);
  g_assert_no_error (error);
}

static inline void
desk_clear (Desk *desk)
{
  g_clear_pointer (&desk->account, mos_shop_account_unref);
  g_clear_pointer (&desk->orders, g_ptr_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Desk, desk_clear)

static inline MosShopPassCounts
pass (Desk *desk,
      MosShop *shop)
{
  MosShopPassCounts counts = { 0 };
  g_autoptr (GError) error = NULL;

  mos_shops_pass_sync (desk->f->store, shop, &counts, NULL, &error);
  g_assert_no_error (error);
  look (desk);
  return counts;
}

static inline void
fail (Desk *desk,
      MosShop *shop,
      GQuark domain,
      int code,
      MosAccountState state,
      const char *why)
{
  MosShopPassCounts counts = { 0 };
  g_autoptr (GError) error = NULL;

  g_assert_false (mos_shops_pass_sync (desk->f->store, shop, &counts, NULL, &error));
  g_assert_error (error, domain, code);
  look (desk);
  g_assert_cmpint (desk->account->state, ==, state);
  g_assert_cmpstr (desk->account->why, ==, why);
}
