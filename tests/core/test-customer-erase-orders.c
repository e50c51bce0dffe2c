/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "desk-fixture.h"

#include "core/desk/mos-customers.h"
#include "core/store/mos-store-order-actions.h"
#include "core/store/mos-store-orders.h"
#include "core/store/mos-store-shops.h"

#include <string.h>

/* What an erasure leaves of orders that are somebody's by a person's word or by a number in a text, and of what is being done to them. */

typedef struct
{
  MosTestStore *store;
  char *shop;
  char *customer;
  char *order;
  gint64 modified_us;
  MosOrder *row;
  MosOrderAction *action;
  MosOrderActionState state; /* it comes to */
} Erasing;

static void
erasing_clear (Erasing *self)
{
  g_free (self->shop);
  g_free (self->customer);
  g_free (self->order);
  g_clear_pointer (&self->row, mos_order_unref);
  g_clear_pointer (&self->action, mos_order_action_unref);
  g_clear_pointer (&self->store, mos_test_store_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Erasing, erasing_clear)

static gboolean
do_begin (MosTxn *txn,
          gpointer data,
          GError **error)
{
  Erasing *e = data;
  g_autoptr (MosShopAccount) shop = mos_shop_account_make (MOS_SHOP_WOOCOMMERCE, "Shop", "https://shop.example");

  e->shop = g_strdup (shop->id);
  return mos_store_shop_save (txn, shop, error) &&
         mos_store_customer_ensure (txn, "email", "", "ana@mail.example", "Ana", "mail", mos_txn_get_now_us (txn), &e->customer, NULL, error);
}

/* What the shop says, each time with all it knows. */
static gboolean
do_tell (MosTxn *txn,
         gpointer data,
         GError **error)
{
  Erasing *e = data;
  g_autoptr (GPtrArray) orders = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_order_unref);
  MosOrder *order = mos_order_make (e->shop, "1");

  g_set_str (&order->number, "1001");
  g_set_str (&order->currency, "EUR");
  g_set_str (&order->total, "30.00");
  g_set_str (&order->name, "Ana Secret");
  g_set_str (&order->address, "1 Secret Street");
  g_set_str (&order->email, e->row == NULL ? "" : "elsewhere@mail.example");
  order->status_kind = MOS_ORDER_PROCESSING;
  order->created_us = MOS_TEST_NOW_US - G_TIME_SPAN_DAY;
  order->modified_us = MOS_TEST_NOW_US + e->modified_us++;
  g_set_str (&e->order, order->id);
  g_ptr_array_add (orders, order);
  return mos_store_order_upsert (txn, e->shop, orders, NULL, NULL, error);
}

static gboolean
do_give (MosTxn *txn,
         gpointer data,
         GError **error)
{
  Erasing *e = data;

  return mos_store_order_link (txn, e->order, e->customer, MOS_ORDER_PROOF_HAND, error);
}

static gboolean
do_name (MosTxn *txn,
         gpointer data,
         GError **error)
{
  Erasing *e = data;

  return mos_store_order_link (txn, e->order, e->customer, MOS_ORDER_PROOF_NUMBER, error);
}

static gboolean
do_ask (MosTxn *txn,
        gpointer data,
        GError **error)
{
  Erasing *e = data;
  g_autoptr (MosOrder) order = NULL;
  g_autoptr (MosOrderAction) action = NULL;
  gboolean taken;

  if (!mos_store_order_find (txn, e->order, &order, error))
    return FALSE;
  action = mos_order_action_make (MOS_ORDER_ACTION_REFUND, order, "refund");
  mos_order_action_add_line (action, "line", 1, "12.50");
  g_set_str (&action->amount, "12.50");
  g_set_str (&action->reason, "Ana says it is broken");
  return mos_store_order_action_add (txn, action, NULL, error) && mos_store_order_action_take (txn, "refund", "runner", &taken, error) &&
         mos_store_order_action_settle (txn, "refund", e->state, "cut", "Ana", NULL, error);
}

static gboolean
do_settle (MosTxn *txn,
           gpointer data,
           GError **error)
{
  return mos_store_order_action_settle (txn, "refund", MOS_ORDER_ACTION_DONE, "found", "Ana", "re_1", error);
}

static gboolean
do_erase (MosTxn *txn,
          gpointer data,
          GError **error)
{
  g_autoptr (MosErasure) erasure = NULL;

  return mos_customers_erase (txn, ((Erasing *) data)->customer, &erasure, error);
}

static gboolean
do_read (MosTxn *txn,
         gpointer data,
         GError **error)
{
  Erasing *e = data;

  g_clear_pointer (&e->row, mos_order_unref);
  g_clear_pointer (&e->action, mos_order_action_unref);
  return mos_store_order_find (txn, e->order, &e->row, error) && mos_store_order_action_find (txn, "refund", &e->action, error);
}

static void
begin (Erasing *e)
{
  e->store = test_desk_store ();
  test_write (e->store->store, do_begin, e);
  test_write (e->store->store, do_tell, e);
}

static void
assert_blank (const MosOrder *order)
{
  g_assert_cmpstr (order->name, ==, "");
  g_assert_cmpstr (order->address, ==, "");
  g_assert_cmpstr (order->email, ==, "");
  g_assert_null (order->customer);
  g_assert_cmpstr (order->total, ==, "30.00");
}

/* Theirs as a person said, whatever address it was placed with: what the shop says of it afterwards stays out. */
static void
test_by_hand (void)
{
  g_auto (Erasing) e = { 0 };

  begin (&e);
  test_write (e.store->store, do_give, &e);
  test_write (e.store->store, do_erase, &e);
  test_write (e.store->store, do_read, &e);
  assert_blank (e.row);
  for (int i = 0; i < 2; i++)
    {
      test_write (e.store->store, do_tell, &e);
      test_write (e.store->store, do_read, &e);
      assert_blank (e.row);
    }
}

/* They named it, no more: it may be anybody's, and stays. */
static void
test_named (void)
{
  g_auto (Erasing) e = { 0 };

  begin (&e);
  test_write (e.store->store, do_name, &e);
  test_write (e.store->store, do_erase, &e);
  test_write (e.store->store, do_read, &e);
  g_assert_null (e.row->customer);
  g_assert_cmpstr (e.row->name, ==, "Ana Secret");
  g_assert_cmpstr (e.row->address, ==, "1 Secret Street");
}

static void
assert_forgotten (const MosOrderAction *action)
{
  g_assert_cmpstr (action->amount, ==, "12.50");
  g_assert_cmpint (action->kind, ==, MOS_ORDER_ACTION_REFUND);
  g_assert_cmpuint (action->lines->len, ==, 0);
  g_assert_cmpstr (action->reason, ==, "");
  g_assert_null (action->detail);
}

/* By what was asked for it is found out what became of it: that goes when it is settled. */
static void
test_uncertain (void)
{
  g_auto (Erasing) e = { .state = MOS_ORDER_ACTION_UNCERTAIN };

  begin (&e);
  test_write (e.store->store, do_give, &e);
  test_write (e.store->store, do_ask, &e);
  test_write (e.store->store, do_erase, &e);
  test_write (e.store->store, do_read, &e);
  g_assert_cmpint (e.action->state, ==, MOS_ORDER_ACTION_UNCERTAIN);
  g_assert_cmpstr (e.action->amount, ==, "12.50");
  g_assert_cmpuint (e.action->lines->len, ==, 1);
  g_assert_cmpstr (e.action->reason, !=, "");
  test_write (e.store->store, do_settle, &e);
  test_write (e.store->store, do_read, &e);
  g_assert_cmpint (e.action->state, ==, MOS_ORDER_ACTION_DONE);
  assert_forgotten (e.action);
}

static void
test_settled (void)
{
  g_auto (Erasing) e = { .state = MOS_ORDER_ACTION_DONE };

  begin (&e);
  test_write (e.store->store, do_give, &e);
  test_write (e.store->store, do_ask, &e);
  test_write (e.store->store, do_read, &e);
  g_assert_cmpuint (e.action->lines->len, ==, 1);
  test_write (e.store->store, do_erase, &e);
  test_write (e.store->store, do_read, &e);
  assert_forgotten (e.action);
}

int
main (int argc,
      char *argv[])
{
  mos_test_init (&argc, &argv);
  g_test_add_func ("/customer-erase-orders/by-hand", test_by_hand);
  g_test_add_func ("/customer-erase-orders/named", test_named);
  g_test_add_func ("/customer-erase-orders/uncertain", test_uncertain);
  g_test_add_func ("/customer-erase-orders/settled", test_settled);
  return g_test_run ();
}
