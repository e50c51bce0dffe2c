/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-test"

#include "config.h"

#include "shop-desk.h"

static gboolean
do_add_shop (MosTxn *txn,
             gpointer data,
             GCancellable *cancellable,
             GError **error)
{
  ShopDesk *desk = data;

  return mos_store_shop_save (txn, desk->account, error);
}

static gboolean
do_look (MosTxn *txn,
         gpointer data,
         GCancellable *cancellable,
         GError **error)
{
  ShopDesk *desk = data;
  g_autofree char *id = g_strdup (desk->account->id);

  g_clear_pointer (&desk->account, mos_shop_account_unref);
  g_clear_pointer (&desk->orders, g_ptr_array_unref);
  desk->orders = mos_store_order_list (txn, id, 0, 100000, error);
  return desk->orders != NULL && mos_store_shop_find (txn, id, &desk->account, error);
}

MosShop *
shop_begin (Fixture *f,
            ShopDesk *desk,
            MosShopKind kind,
            const char *base,
            MosShopKeys *keys)
{
  g_autoptr (GError) error = NULL;

  desk->f = f;
  desk->account = mos_shop_account_make (kind, "Mugs", base);
  mos_store_write_sync (f->store, NULL, NULL, do_add_shop, desk, NULL, NULL, &error);
  g_assert_no_error (error);
  return mos_shop_new_for_account (desk->account, keys, f->clock);
}

void
shop_look (ShopDesk *desk)
{
  g_autoptr (GError) error = NULL;

  mos_store_read_sync (desk->f->store, do_look, desk, NULL, &error);
  g_assert_no_error (error);
}

void
shop_desk_clear (ShopDesk *desk)
{
  g_clear_pointer (&desk->account, mos_shop_account_unref);
  g_clear_pointer (&desk->orders, g_ptr_array_unref);
}

MosShopPassCounts
shop_pass (ShopDesk *desk,
           MosShop *shop)
{
  MosShopPassCounts counts = { 0 };
  g_autoptr (GError) error = NULL;

  mos_shops_pass_sync (desk->f->store, shop, &counts, NULL, &error);
  g_assert_no_error (error);
  shop_look (desk);
  return counts;
}

void
shop_fail (ShopDesk *desk,
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
  shop_look (desk);
  g_assert_cmpint (desk->account->state, ==, state);
  g_assert_cmpstr (desk->account->why, ==, why);
}
