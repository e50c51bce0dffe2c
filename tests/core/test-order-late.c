/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "desk-fixture.h"

#include "core/desk/mos-actions.h"
#include "core/desk/mos-macro-facts.h"
#include "core/desk/mos-order-links.h"
#include "core/store/mos-store-shops.h"

#include <string.h>

/* An order that comes after the mail that names it; and whose one is, as a person says it. */

#define AT (MOS_TEST_NOW_US - G_TIME_SPAN_HOUR)

typedef struct
{
  MosTestStore *store;
  char *shop;
  char *conversation;
  char *customer;
  char *order;
  MosOrder *row;
  GPtrArray *here;
  gint64 batch;
} Desk;

static void
desk_clear (Desk *d)
{
  g_free (d->shop);
  g_free (d->conversation);
  g_free (d->customer);
  g_free (d->order);
  g_clear_pointer (&d->row, mos_order_unref);
  g_clear_pointer (&d->here, g_ptr_array_unref);
  g_clear_pointer (&d->store, mos_test_store_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Desk, desk_clear)

static gboolean
do_add_shop (MosTxn *txn,
             gpointer data,
             GError **error)
{
  g_autoptr (MosShopAccount) shop = mos_shop_account_make (MOS_SHOP_WOOCOMMERCE, "Shop", "https://shop.example");

  ((Desk *) data)->shop = g_strdup (shop->id);
  return mos_store_shop_save (txn, shop, error);
}

/* Ana asks about @text at AT. */
static void
begin (Desk *d,
       const char *text)
{
  g_autofree char *mail = g_strdup_printf ("From: Ana <ana@mail.example>\r\nTo: support@shop.example\r\nDate: Mon, 2 Mar 2026 08:00:00 +0000\r\nSubject: A question\r\nMessage-ID: <q@mail.example>\r\n\r\n%s\r\n", text);
  g_autoptr (MosIngestResult) result = NULL;
  g_auto (TestLook) look = { 0 };

  d->store = test_desk_store ();
  test_write (d->store->store, do_add_shop, d);
  result = test_ingest (d->store->store, mail, MOS_FOLDER_INBOX, 1, AT);
  d->conversation = g_strdup (result->conversation);
  test_look (d->store->store, d->conversation, &look);
  d->customer = g_strdup (look.row->customer);
}

typedef struct
{
  Desk *desk;
  const char *number;
  gint64 at_us;
  const char *email;
  const char *phone;
} Arrival;

static gboolean
do_arrive (MosTxn *txn,
           gpointer data,
           GError **error)
{
  Arrival *arrival = data;
  g_autoptr (GPtrArray) orders = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_order_unref);
  MosOrder *order = mos_order_make (arrival->desk->shop, arrival->number);

  g_set_str (&order->number, arrival->number);
  g_set_str (&order->currency, "EUR");
  g_set_str (&order->email, arrival->email);
  if (arrival->phone != NULL)
    g_set_str (&order->phone, arrival->phone);
  g_set_str (&order->address, "1 Stranger Street");
  order->status_kind = MOS_ORDER_PROCESSING;
  order->created_us = order->modified_us = arrival->at_us;
  g_set_str (&arrival->desk->order, order->id);
  g_ptr_array_add (orders, order);
  return mos_order_links_take_page (txn, arrival->desk->shop, orders, NULL, NULL, error);
}

static gboolean
do_read (MosTxn *txn,
         gpointer data,
         GError **error)
{
  Desk *d = data;

  g_clear_pointer (&d->row, mos_order_unref);
  g_clear_pointer (&d->here, g_ptr_array_unref);
  d->here = mos_store_order_list_of_conversation (txn, d->conversation, 10, error);
  return d->here != NULL && mos_store_order_find (txn, d->order, &d->row, error);
}

static void
arrive (Desk *d,
        const char *number,
        gint64 at_us,
        const char *email)
{
  Arrival arrival = { d, number, at_us, email, NULL };

  test_write (d->store->store, do_arrive, &arrival);
  test_write (d->store->store, do_read, d);
}

/* A guest's order, read after the mail that asks about it. */
static void
test_late (void)
{
  g_auto (Desk) d = { 0 };

  begin (&d, "Where is my order #1001?");
  arrive (&d, "1001", AT - G_TIME_SPAN_HOUR, "");
  g_assert_cmpuint (d.here->len, ==, 1);
  g_assert_cmpint (((MosOrder *) d.here->pdata[0])->proof, ==, MOS_ORDER_PROOF_NUMBER);
  g_assert_cmpstr (d.row->customer, ==, d.customer);
  g_assert_cmpint (d.row->proof, ==, MOS_ORDER_PROOF_NUMBER);
}

/* With her address it is hers anyhow; the conversation is about it all the same. */
static void
test_late_hers (void)
{
  g_auto (Desk) d = { 0 };

  begin (&d, "It is 20417 that I mean, in blue.");
  arrive (&d, "20417", AT - G_TIME_SPAN_HOUR, "ana@mail.example");
  g_assert_cmpuint (d.here->len, ==, 1);
  g_assert_cmpint (d.row->proof, ==, MOS_ORDER_PROOF_EMAIL);
}

static gboolean
do_spam (MosTxn *txn,
         gpointer data,
         GError **error)
{
  const char *ids[] = { ((Desk *) data)->conversation, NULL };

  return mos_action_set_status (txn, ids, MOS_STATUS_SPAM, 0, error);
}

static void
test_not_named (void)
{
  static const struct
  {
    const char *text;
    const char *number;
    gint64 at_us;
    gboolean is_spam;
  } table[] = {
    /* A number that only could be one, of somebody whom nobody knows. */
    { "I have 20417 flowers and it is cold.", "20417", AT - G_TIME_SPAN_HOUR, FALSE },
    /* So short a number stands anywhere. */
    { "Where is my order #17?", "17", AT - G_TIME_SPAN_HOUR, FALSE },
    /* Ordered days after she wrote. */
    { "Where is my order #1001?", "1001", AT + 3 * G_TIME_SPAN_DAY, FALSE },
    { "Where is my order #1001?", "1001", AT - G_TIME_SPAN_HOUR, TRUE },
    { "Where is my order #1002?", "1001", AT - G_TIME_SPAN_HOUR, FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_auto (Desk) d = { 0 };

      g_test_message ("%s", table[i].text);
      begin (&d, table[i].text);
      if (table[i].is_spam)
        test_write (d.store->store, do_spam, &d);
      arrive (&d, table[i].number, table[i].at_us, "");
      g_assert_cmpuint (d.here->len, ==, 0);
      g_assert_null (d.row->customer);
    }
}

/* --- by hand --- */

static gboolean
do_take (MosTxn *txn,
         gpointer data,
         GError **error)
{
  Desk *d = data;

  return mos_order_links_take (txn, d->order, d->customer, d->conversation, error);
}

static gboolean
do_drop (MosTxn *txn,
         gpointer data,
         GError **error)
{
  Desk *d = data;

  return mos_order_links_drop (txn, d->order, d->customer, d->conversation, error);
}

typedef struct
{
  Desk *desk;
  TestFunc func;
} Labelled;

static gboolean
run_labelled (MosTxn *txn,
              gpointer data,
              GCancellable *cancellable,
              GError **error)
{
  Labelled *call = data;

  return call->func (txn, call->desk, error);
}

static void
act (Desk *d,
     const char *label,
     TestFunc func)
{
  const MosActor actor = { MOS_ACTOR_HUMAN, NULL };
  Labelled call = { d, func };
  g_autoptr (GError) error = NULL;

  mos_store_write_sync (d->store->store, &actor, label, run_labelled, &call, &d->batch, NULL, &error);
  g_assert_no_error (error);
  test_write (d->store->store, do_read, d);
}

static gboolean
do_undo (MosTxn *txn,
         gpointer data,
         GError **error)
{
  g_autofree char *label = NULL;

  return mos_action_undo (txn, ((Desk *) data)->batch, &label, error);
}

static void
test_by_hand (void)
{
  g_auto (Desk) d = { 0 };

  begin (&d, "Hello");
  arrive (&d, "1001", AT - G_TIME_SPAN_HOUR, "");
  g_assert_null (d.row->customer);
  act (&d, MOS_ORDER_LINK, do_take);
  g_assert_cmpstr (d.row->customer, ==, d.customer);
  g_assert_cmpint (d.row->proof, ==, MOS_ORDER_PROOF_HAND);
  g_assert_cmpuint (d.here->len, ==, 1);
  act (&d, "undo", do_undo);
  g_assert_null (d.row->customer);
  g_assert_cmpuint (d.here->len, ==, 0);
}

/* What the address says, a person may know better; and it stays so when the shop is read again. */
static void
test_not_theirs (void)
{
  g_auto (Desk) d = { 0 };
  Arrival again = { &d, "1001", AT - G_TIME_SPAN_MINUTE, "ana@mail.example", NULL };

  begin (&d, "Where is my order #1001?");
  arrive (&d, "1001", AT - G_TIME_SPAN_HOUR, "ana@mail.example");
  g_assert_cmpuint (d.here->len, ==, 1);
  act (&d, MOS_ORDER_UNLINK, do_drop);
  g_assert_null (d.row->customer);
  g_assert_cmpuint (d.here->len, ==, 0);
  test_write (d.store->store, do_arrive, &again);
  test_write (d.store->store, do_read, &d);
  g_assert_null (d.row->customer);
  g_assert_cmpuint (d.here->len, ==, 0);
  act (&d, "undo", do_undo);
  g_assert_cmpuint (d.here->len, ==, 1);
}

typedef struct
{
  Desk *desk;
  guint n_others;
  char *address; /* what a macro says of the order's */
} Told;

static gboolean
do_tell (MosTxn *txn,
         gpointer data,
         GError **error)
{
  Told *told = data;
  const MosMacroSubject subject = { .conversation = told->desk->conversation };
  g_autoptr (GPtrArray) others = mos_order_links_list_others (txn, told->desk->customer, NULL, "About your order #1001", error);
  g_autoptr (MosMacroFacts) facts = NULL;
  g_auto (MosTemplateValue) value = { MOS_TEMPLATE_MISSING };

  if (others == NULL || !mos_macro_facts_load (txn, &subject, &facts, error))
    return FALSE;
  told->n_others = others->len;
  mos_macro_facts_look_up ("order.address", &value, facts);
  told->address = g_strdup (value.kind == MOS_TEMPLATE_TEXT ? value.text : NULL);
  return TRUE;
}

/* An order of somebody whom nobody here knows is not whoever names it: the conversation is about it, what it says is told nobody, and whoever answers is warned. */
static void
test_late_strangers (void)
{
  const char *const contacts[][2] = { { "stranger@mail.example", NULL }, { "", "4915112345678" } };

  for (gsize i = 0; i < G_N_ELEMENTS (contacts); i++)
    {
      g_auto (Desk) d = { 0 };
      Arrival arrival = { &d, "1001", AT - G_TIME_SPAN_HOUR, contacts[i][0], contacts[i][1] };
      Told told = { .desk = &d }, hers = { .desk = &d };

      begin (&d, "Where is my order #1001?");
      test_write (d.store->store, do_arrive, &arrival);
      test_write (d.store->store, do_read, &d);
      g_assert_cmpuint (d.here->len, ==, 1);
      g_assert_null (d.row->customer);
      test_write (d.store->store, do_tell, &told);
      g_assert_cmpuint (told.n_others, ==, 1);
      g_assert_null (told.address);

      /* A person says that it is hers. */
      test_write (d.store->store, do_take, &d);
      test_write (d.store->store, do_tell, &hers);
      g_assert_cmpuint (hers.n_others, ==, 0);
      g_assert_cmpstr (hers.address, ==, "1 Stranger Street");
      g_free (hers.address);
    }
}

/* One that says nothing of who ordered it is hers until the shop says whose it is. */
static void
test_late_told (void)
{
  g_auto (Desk) d = { 0 };
  Arrival again = { &d, "1001", AT - G_TIME_SPAN_MINUTE, "stranger@mail.example", NULL };

  begin (&d, "Where is my order #1001?");
  arrive (&d, "1001", AT - G_TIME_SPAN_HOUR, "");
  g_assert_cmpstr (d.row->customer, ==, d.customer);
  test_write (d.store->store, do_arrive, &again);
  test_write (d.store->store, do_read, &d);
  g_assert_null (d.row->customer);
}

int
main (int argc,
      char *argv[])
{
  mos_test_init (&argc, &argv);
  g_test_add_func ("/order-late/late", test_late);
  g_test_add_func ("/order-late/late-hers", test_late_hers);
  g_test_add_func ("/order-late/not-named", test_not_named);
  g_test_add_func ("/order-late/by-hand", test_by_hand);
  g_test_add_func ("/order-late/not-theirs", test_not_theirs);
  g_test_add_func ("/order-late/strangers", test_late_strangers);
  g_test_add_func ("/order-late/told", test_late_told);
  return g_test_run ();
}
