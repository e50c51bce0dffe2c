/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-test"

#include "config.h"

#include "core/desk/mos-joining.h"
#include "core/store/mos-store-orders.h"
#include "core/store/mos-store-shops.h"
#include "customer-fixture.h"
#include "mos-test.h"

#include <string.h>

/* Segments of customers: who came back, who is lost. What they stand on is kept by triggers, whatever happens. */

#define DAY G_TIME_SPAN_DAY

typedef struct
{
  Fixture *f;
  GRand *rand;
  char *customers[6];
  char *conversations[24];
  char *shops[2];
  guint n_orders;
  gint64 last_batch;
  gboolean is_removed;
} Random;

static gboolean
do_start_random (MosTxn *txn,
                 gpointer data,
                 GError **error)
{
  Random *r = data;

  for (guint i = 0; i < G_N_ELEMENTS (r->customers); i++)
    {
      g_autofree char *address = g_strdup_printf ("p%u@example.org", i);

      if (!mos_store_customer_ensure (txn, "email", "", address, address, "mail", mos_txn_get_now_us (txn), &r->customers[i], NULL, error))
        return FALSE;
    }
  for (guint i = 0; i < G_N_ELEMENTS (r->conversations); i++)
    {
      g_autofree char *subject = g_strdup_printf ("About %u", i), *id = g_strdup_printf ("m%u", i);

      r->conversations[i] = fixture_conversation (txn, r->f, subject);
      fixture_message (txn, r->f, r->conversations[i], id, MOS_DIRECTION_INCOMING, (1000 + i) * S, "Hello");
    }
  for (guint i = 0; i < G_N_ELEMENTS (r->shops); i++)
    {
      g_autofree char *url = g_strdup_printf ("https://shop%u.example", i);
      g_autoptr (MosShopAccount) shop = mos_shop_account_make (MOS_SHOP_WOOCOMMERCE, url, url);

      if (!mos_store_shop_save (txn, shop, error))
        return FALSE;
      r->shops[i] = g_strdup (shop->id);
    }
  return TRUE;
}

static guint
any (Random *r,
     guint n)
{
  return (guint) g_rand_int_range (r->rand, 0, (gint32) n);
}

static gboolean
put_order (MosTxn *txn,
           Random *r,
           GError **error)
{
  static const MosOrderStatus kinds[] = { MOS_ORDER_PENDING, MOS_ORDER_PROCESSING, MOS_ORDER_DELIVERED, MOS_ORDER_CANCELLED };
  g_autofree char *remote = g_strdup_printf ("%u", any (r, 20));
  g_autoptr (GPtrArray) orders = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_order_unref);
  MosOrder *order = mos_order_make (r->shops[any (r, 2)], remote);

  g_set_str (&order->number, remote);
  g_set_str (&order->currency, "EUR");
  g_set_str (&order->total, "5.00");
  order->status_kind = kinds[any (r, G_N_ELEMENTS (kinds))];
  order->created_us = mos_txn_get_now_us (txn) - any (r, 400) * DAY;
  order->modified_us = mos_txn_get_now_us (txn);
  g_free (order->email);
  order->email = g_strdup_printf ("p%u@example.org", any (r, 8));
  g_ptr_array_add (orders, order);
  return mos_store_order_upsert (txn, order->shop, orders, NULL, NULL, error);
}

/* One of all that moves a conversation, an order or a customer. */
static gboolean
do_something (MosTxn *txn,
              gpointer data,
              GError **error)
{
  Random *r = data;
  const char *conversation = r->conversations[any (r, G_N_ELEMENTS (r->conversations))];
  const char *customer = r->customers[any (r, G_N_ELEMENTS (r->customers))], *other = r->customers[any (r, G_N_ELEMENTS (r->customers))];
  const char *ids[] = { conversation, NULL };
  g_autofree char *into = NULL, *order = NULL;
  g_autoptr (MosConversationRow) row = NULL;
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (GError) local_error = NULL;
  gboolean done = TRUE;

  if (!mos_store_conversation_find (txn, conversation, &row, error))
    return FALSE;
  switch (any (r, 9))
    {
    case 0:
      done = mos_store_conversation_set_customer (txn, conversation, customer, &local_error);
      break;
    case 1:
      done = mos_action_set_status (txn, ids, any (r, 2) == 0 ? MOS_STATUS_SPAM : MOS_STATUS_OPEN, 0, &local_error);
      break;
    case 2:
      done = mos_action_set_deleted (txn, ids, any (r, 2) == 0, &local_error);
      break;
    case 3:
      done = mos_store_conversation_resolve (txn, r->conversations[any (r, G_N_ELEMENTS (r->conversations))], &into, error) && (g_strcmp0 (into, conversation) == 0 || mos_action_merge (txn, ids, into, &local_error));
      break;
    case 4:
      done = mos_customers_merge (txn, customer, other, NULL, TRUE, &local_error);
      break;
    case 5:
      all = mos_store_order_list (txn, NULL, 0, 5, error);
      order = all != NULL && all->len > 0 ? g_strdup (((MosOrder *) all->pdata[any (r, all->len)])->id) : NULL;
      done = order == NULL || mos_store_order_link (txn, order, any (r, 3) == 0 ? NULL : customer, MOS_ORDER_PROOF_HAND, &local_error);
      break;
    default:
      done = put_order (txn, r, error);
      break;
    }
  /* What does not fit is refused, and left. */
  if (!done && local_error != NULL && local_error->domain != MOS_DESK_ERROR && local_error->domain != MOS_STORE_ERROR)
    g_propagate_error (error, g_steal_pointer (&local_error));
  return local_error == NULL ? done : FALSE;
}

static gboolean
do_remove_shop (MosTxn *txn,
                gpointer data,
                GError **error)
{
  return mos_store_shop_remove (txn, ((Random *) data)->shops[0], error);
}

static void
assert_derived (Random *r)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) problems = mos_store_check_sync (r->f->store, NULL, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < problems->len; i++)
    g_assert_cmpstr (((MosCheckProblem *) problems->pdata[i])->kind, !=, "customer");
}

static void
try_something (Random *r)
{
  MosActor actor = { MOS_ACTOR_HUMAN, AGENT };
  Call call = { do_something, r };
  g_autoptr (GError) error = NULL;
  gint64 batch = 0;

  mos_manual_clock_advance (MOS_MANUAL_CLOCK (r->f->clock), S);
  if (mos_store_write_sync (r->f->store, &actor, "anything", run, &call, &batch, NULL, &error) && batch != 0)
    r->last_batch = batch;
}

static void
try_undo (Random *r)
{
  Test t = { .number = r->last_batch };
  MosActor actor = { MOS_ACTOR_HUMAN, AGENT };
  Call call = { do_undo, &t };

  /* Whatever stands on it keeps it. */
  mos_store_write_sync (r->f->store, &actor, "undo", run, &call, NULL, NULL, NULL);
}

static void
test_derived (void)
{
  for (guint32 seed = 1; seed <= 4; seed++)
    {
      g_autoptr (Fixture) f = start ();
      Random r = { .f = f, .rand = g_rand_new_with_seed (seed) };

      act (f, NULL, do_start_random, &r);
      for (guint i = 0; i < 60; i++)
        {
          try_something (&r);
          if (i % 5 == 4)
            try_undo (&r);
          if (i == 45)
            act (f, NULL, do_remove_shop, &r);
          if (i % 6 == 0)
            assert_derived (&r);
        }
      assert_derived (&r);
      for (guint i = 0; i < G_N_ELEMENTS (r.customers); i++)
        g_free (r.customers[i]);
      for (guint i = 0; i < G_N_ELEMENTS (r.conversations); i++)
        g_free (r.conversations[i]);
      g_free (r.shops[0]);
      g_free (r.shops[1]);
      g_rand_free (r.rand);
    }
}

/* --- lists --- */

static gboolean
do_orders (MosTxn *txn,
           gpointer data,
           GError **error)
{
  static const struct
  {
    const char *email;
    guint days;
    MosOrderStatus status_kind;
  } table[] = {
    { "ana@example.com", 200, MOS_ORDER_DELIVERED },
    { "bob@example.com", 100, MOS_ORDER_DELIVERED },
    { "bob@example.com", 400, MOS_ORDER_DELIVERED },
    { "cy@example.com", 400, MOS_ORDER_SHIPPED },
    /* Not bought after all. */
    { "cy@example.com", 3, MOS_ORDER_CANCELLED },
    { "dora@example.com", 500, MOS_ORDER_PENDING },
  };
  g_autoptr (MosShopAccount) shop = mos_shop_account_make (MOS_SHOP_WOOCOMMERCE, "Shop", "https://shop.example");
  g_autoptr (GPtrArray) orders = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_order_unref);

  if (!mos_store_shop_save (txn, shop, error))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autofree char *remote = g_strdup_printf ("%u", i);
      MosOrder *order = mos_order_make (shop->id, remote);

      g_set_str (&order->number, remote);
      g_set_str (&order->email, table[i].email);
      order->status_kind = table[i].status_kind;
      order->created_us = order->modified_us = mos_txn_get_now_us (txn) - table[i].days * DAY;
      g_ptr_array_add (orders, order);
    }
  return mos_store_order_upsert (txn, shop->id, orders, NULL, NULL, error);
}

static gboolean
do_list_lost (MosTxn *txn,
              gpointer data,
              GError **error)
{
  Test *t = data;

  t->list = t->number > 0 ? mos_store_customer_list_lost (txn, (guint) t->number, 0, 10, error) : mos_store_customer_list (txn, MOS_SEGMENT_LOST, 0, 10, error);
  return t->list != NULL;
}

static gboolean
do_set_days (MosTxn *txn,
             gpointer data,
             GError **error)
{
  return mos_store_customer_set_lost_days (txn, (guint) ((Test *) data)->number, error);
}

/* @days: 0 = as it is set */
static void
assert_lost (Fixture *f,
             guint days,
             const char *expected)
{
  Test t = { .f = f, .number = days };
  g_autoptr (GString) names = g_string_new (NULL);

  act (f, NULL, do_list_lost, &t);
  for (guint i = 0; i < t.list->len; i++)
    g_string_append_printf (names, "%s%s", i > 0 ? " " : "", ((MosCustomerRow *) t.list->pdata[i])->name);
  g_assert_cmpstr (names->str, ==, expected);
  g_ptr_array_unref (t.list);
}

static void
test_lost (void)
{
  g_autoptr (Fixture) f = start ();
  g_autofree char *bob = add (f, "Bob", "bob@example.com");
  g_autofree char *cy = add (f, "Cy", "cy@example.com");
  g_autofree char *dora = add (f, "Dora", "dora@example.com");
  g_autofree char *eve = add (f, "Eve", "eve@example.com");
  Test month = { .number = 30 };

  act (f, NULL, do_orders, NULL);
  /* A year, where nobody said otherwise. */
  assert_lost (f, 0, "Cy");
  assert_lost (f, 180, "Ana García Cy");
  assert_lost (f, 250, "Cy");
  assert_lost (f, 90, "Bob Ana García Cy");
  act (f, NULL, do_set_days, &month);
  assert_lost (f, 0, "Bob Ana García Cy");
}

/* --- new, and back again --- */

static gboolean
do_converse (MosTxn *txn,
             gpointer data,
             GError **error)
{
  Test *t = data;

  for (guint i = 0; i < t->number; i++)
    {
      g_autofree char *id = fixture_conversation (txn, t->f, "Hello");

      if (!mos_store_conversation_set_customer (txn, id, t->value, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
do_list_segment (MosTxn *txn,
                 gpointer data,
                 GError **error)
{
  Test *t = data;

  t->list = mos_store_customer_list (txn, (MosSegment) t->number, 0, 10, error);
  return t->list != NULL;
}

static void
assert_segment (Fixture *f,
                MosSegment segment,
                const char *expected)
{
  Test t = { .f = f, .number = segment };
  g_autoptr (GString) names = g_string_new (NULL);

  act (f, NULL, do_list_segment, &t);
  for (guint i = 0; i < t.list->len; i++)
    g_string_append_printf (names, "%s%s", i > 0 ? " " : "", ((MosCustomerRow *) t.list->pdata[i])->name);
  g_assert_cmpstr (names->str, ==, expected);
  g_ptr_array_unref (t.list);
}

/* Who is new came in the last month, and may have come often; whoever came back before that is back again. Nobody is both. */
static void
test_new (void)
{
  g_autoptr (Fixture) f = start ();
  g_autofree char *bob = NULL;
  g_autofree char *cy = NULL;
  Test twice = { .f = f, .number = 2 };

  mos_manual_clock_advance (MOS_MANUAL_CLOCK (f->clock), 40 * DAY);
  bob = add (f, "Bob", "bob@example.com");
  cy = add (f, "Cy", "cy@example.com");
  twice.value = bob;
  act (f, NULL, do_converse, &twice);
  twice.value = f->customer;
  act (f, NULL, do_converse, &twice);
  assert_segment (f, MOS_SEGMENT_NEW, "Cy Bob");
  assert_segment (f, MOS_SEGMENT_RETURNING, "Ana García");
  mos_manual_clock_advance (MOS_MANUAL_CLOCK (f->clock), 31 * DAY);
  assert_segment (f, MOS_SEGMENT_NEW, "");
  assert_segment (f, MOS_SEGMENT_RETURNING, "Ana García Bob");
}

/* --- what is wrong is found, and made anew --- */

static gboolean
do_break (MosTxn *txn,
          gpointer data,
          GError **error)
{
  return mos_database_exec (txn->database, error, "UPDATE customer SET is_returning = 1, last_order = 5", "") && mos_database_exec (txn->database, error, "DELETE FROM customer_word", "");
}

static void
test_repair (void)
{
  g_autoptr (Fixture) f = start ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) problems = NULL;

  set (f, f->customer, (const char *const[]) { "company", "Flores Lda", NULL });
  act (f, NULL, do_break, NULL);
  problems = mos_store_check_sync (f->store, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (problems->len, ==, 1);
  g_assert_cmpstr (((MosCheckProblem *) problems->pdata[0])->kind, ==, "customer");
  g_assert_true (mos_store_repair_sync (f->store, NULL, &error));
  g_assert_no_error (error);
  fixture_check (f);
  assert_found (f, "flores", "Ana García");
}

int
main (int argc,
      char *argv[])
{
  mos_test_init (&argc, &argv);
  g_test_add_func ("/segments/derived", test_derived);
  g_test_add_func ("/segments/lost", test_lost);
  g_test_add_func ("/segments/new", test_new);
  g_test_add_func ("/segments/repair", test_repair);
  return g_test_run ();
}
