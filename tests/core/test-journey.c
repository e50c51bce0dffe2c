/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "desk-fixture.h"

#include "core/base/mos-error.h"
#include "core/base/mos-error.h"
#include "core/desk/mos-actions.h"
#include "core/desk/mos-categories.h"
#include "core/desk/mos-desk-journey.h"
#include "core/desk/mos-orders-here.h"
#include "core/desk/mos-sample.h"
#include "core/store/mos-store-customers.h"
#include "core/store/mos-store-order-actions.h"
#include "core/store/mos-store-orders.h"
#include "core/store/mos-store-shops.h"

#include <string.h>

/* All of one customer at once, and "who is this?". */

static const char mail_in_madras[] = "From: Ana <ana@mail.example>\nTo: support@shop.example\nSubject: Order FL-20\nMessage-ID: <one@mail.example>\nDate: Mon, 02 Mar 2026 13:30:00 +0530\n\nWhere is fl-20?\n";
static const char mail_other[] = "From: Ana <ana@mail.example>\nTo: support@shop.example\nSubject: Something else\nMessage-ID: <other@mail.example>\nDate: Mon, 02 Mar 2026 14:30:00 +0530\n\nFL-200 is no number of mine.\n";

typedef struct
{
  char *customer;
  const char *conversation;
  MosJourney *journey; /* (owned) */
} Load;

static gboolean
do_load (MosTxn *txn,
         gpointer data,
         GError **error)
{
  Load *load = data;

  g_clear_pointer (&load->journey, mos_journey_unref);
  return (load->customer != NULL || mos_store_customer_find_by_identity (txn, "email", "ana@mail.example", &load->customer, error)) &&
         mos_journey_load (txn, load->customer, load->conversation, &load->journey, error);
}

static void
load_clear (Load *load)
{
  g_free (load->customer);
  g_clear_pointer (&load->journey, mos_journey_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Load, load_clear)

static MosOrder *
make_order (const char *shop,
            const char *number,
            MosOrderStatus status,
            gint64 at_us,
            const char *currency,
            const char *email)
{
  MosOrder *order = mos_order_make (shop, number);

  g_set_str (&order->number, number);
  order->status_kind = status;
  order->created_us = order->modified_us = at_us;
  g_set_str (&order->currency, currency);
  g_set_str (&order->total, "10.00");
  g_set_str (&order->email, email);
  return order;
}

static gboolean
do_orders (MosTxn *txn,
           gpointer data,
           GError **error)
{
  g_autoptr (MosShopAccount) shop = mos_shop_account_make (MOS_SHOP_CSV, "Faro", "faro");
  g_autoptr (GPtrArray) orders = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_order_unref);
  MosOrder *old = make_order (shop->id, "FL-20", MOS_ORDER_DELIVERED, MOS_TEST_NOW_US - 20 * G_TIME_SPAN_DAY, "EUR", "ana@mail.example");
  MosOrder *new = make_order (shop->id, "FL-21", MOS_ORDER_CANCELLED, MOS_TEST_NOW_US - 10 * G_TIME_SPAN_DAY, "GBP", "ana@mail.example");
  MosOrder *guest = make_order (shop->id, "FL-22", MOS_ORDER_PAID, MOS_TEST_NOW_US - 5 * G_TIME_SPAN_DAY, "EUR", "guest@mail.example");
  MosOrderShipment *shipment = mos_order_add_shipment (old);
  MosOrderRefund *refund = mos_order_add_refund (old);

  shipment->shipped_us = MOS_TEST_NOW_US - 18 * G_TIME_SPAN_DAY;
  shipment->delivered_us = MOS_TEST_NOW_US - 16 * G_TIME_SPAN_DAY;
  refund->at_us = MOS_TEST_NOW_US - 12 * G_TIME_SPAN_DAY;
  g_set_str (&refund->amount, "4.00");
  g_set_str (&old->refunded, "4.00");
  g_set_str (&guest->phone, "34600123456");
  g_ptr_array_add (orders, old);
  g_ptr_array_add (orders, new);
  g_ptr_array_add (orders, guest);
  return mos_store_shop_save (txn, shop, error) && mos_store_order_upsert (txn, shop->id, orders, NULL, NULL, error);
}

static char *
describe (const MosJourney *journey)
{
  static const char *const names[] = { "first", "conversation", "bounce", "order", "shipped", "delivered", "cancelled", "refund", "outreach", "score", "return", "problem", "reopened", "late" };
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < journey->steps->len; i++)
    {
      const MosJourneyStep *step = g_ptr_array_index (journey->steps, i);

      g_string_append_printf (text, "%s%s %s", i > 0 ? ", " : "", names[step->kind], step->text);
    }
  return g_string_free_and_steal (g_steal_pointer (&text));
}

/* Steps, newest first; the order that is spoken of before newer ones; sums by currency; the clock of the mail. */
static void
test_whole (void)
{
  g_autoptr (MosTestStore) t = test_desk_store ();
  g_autoptr (MosIngestResult) one = test_ingest (t->store, mail_in_madras, MOS_FOLDER_INBOX, 1, MOS_TEST_NOW_US - 15 * G_TIME_SPAN_DAY);
  g_autoptr (MosIngestResult) two = test_ingest (t->store, mail_other, MOS_FOLDER_INBOX, 2, MOS_TEST_NOW_US - G_TIME_SPAN_DAY);
  g_auto (Load) load = { .conversation = one->conversation };
  g_autofree char *steps = NULL;

  test_write (t->store, do_orders, NULL);
  test_write (t->store, do_load, &load);
  steps = describe (load.journey);
  g_assert_cmpstr (steps, ==, "conversation Something else, cancelled FL-21, order FL-21, refund FL-20, first Order FL-20, delivered FL-20, shipped FL-20, order FL-20");
  g_assert_cmpuint (load.journey->orders->len, ==, 2);
  g_assert_cmpuint (load.journey->n_here, ==, 1);
  g_assert_cmpstr (((MosOrder *) load.journey->orders->pdata[0])->number, ==, "FL-20");
  g_assert_cmpuint (load.journey->conversations->len, ==, 1);
  g_assert_cmpstr (((MosJourneyConversation *) load.journey->conversations->pdata[0])->id, ==, two->conversation);
  g_assert_cmpint (load.journey->evidence, ==, MOS_WHEREABOUTS_BY_MAIL);
  g_assert_cmpstr (load.journey->zone, ==, "+05:30");
  g_assert_true (load.journey->is_zone_guess);
  g_assert_cmpuint (load.journey->shops->len, ==, 1);
  g_assert_nonnull (mos_journey_find_shop (load.journey, ((MosOrder *) load.journey->orders->pdata[0])->shop));
  /* What was cancelled was not bought. */
  g_assert_cmpuint (load.journey->totals->len, ==, 1);
  g_assert_cmpstr (((MosOrderTotals *) load.journey->totals->pdata[0])->currency, ==, "EUR");
  g_assert_cmpuint (((MosOrderTotals *) load.journey->totals->pdata[0])->n_refunded, ==, 1);
}

static gboolean
do_categorize (MosTxn *txn,
               gpointer data,
               GError **error)
{
  g_autoptr (GPtrArray) categories = NULL;
  const char *const conversations[] = { data, NULL };

  if (!mos_categories_begin (txn, "en", error) || (categories = mos_categories_list (txn, error)) == NULL)
    return FALSE;
  g_assert_cmpuint (categories->len, >, 0);
  return mos_categories_set (txn, conversations, ((MosCategory *) categories->pdata[0])->id, error);
}

/* An earlier conversation has its category's name, one without has none. */
static void
test_category (void)
{
  g_autoptr (MosTestStore) t = test_desk_store ();
  g_autoptr (MosIngestResult) one = test_ingest (t->store, mail_in_madras, MOS_FOLDER_INBOX, 1, MOS_TEST_NOW_US - 15 * G_TIME_SPAN_DAY);
  g_autoptr (MosIngestResult) two = test_ingest (t->store, mail_other, MOS_FOLDER_INBOX, 2, MOS_TEST_NOW_US - G_TIME_SPAN_DAY);
  g_auto (Load) before = { .conversation = one->conversation };
  g_auto (Load) after = { .conversation = one->conversation };

  test_write (t->store, do_load, &before);
  g_assert_cmpuint (before.journey->conversations->len, ==, 1);
  g_assert_null (((MosJourneyConversation *) before.journey->conversations->pdata[0])->category);
  test_write (t->store, do_categorize, two->conversation);
  test_write (t->store, do_load, &after);
  g_assert_cmpstr (((MosJourneyConversation *) after.journey->conversations->pdata[0])->id, ==, two->conversation);
  g_assert_nonnull (((MosJourneyConversation *) after.journey->conversations->pdata[0])->category);
  g_assert_cmpstr (((MosJourneyConversation *) after.journey->conversations->pdata[0])->category, !=, "");
}

/* Beside the other conversation none is meant: a longer number is another one. */
static void
test_named (void)
{
  g_autoptr (MosTestStore) t = test_desk_store ();
  g_autoptr (MosIngestResult) two = test_ingest (t->store, mail_other, MOS_FOLDER_INBOX, 2, MOS_TEST_NOW_US - G_TIME_SPAN_DAY);
  g_auto (Load) load = { .conversation = two->conversation };
  g_autoptr (MosOrder) order = mos_order_make ("shop", "1");
  static const struct
  {
    const char *number;
    const char *text;
    gboolean is_named;
  } cases[] = {
    { "#1001", "my order 1001, please", TRUE },
    { "#1001", "my order #1001", TRUE },
    { "#1001", "my order 11001", FALSE },
    { "#1001", "my order 1001b", FALSE },
    { "#1001", "11001 and 1001", TRUE },
    { "FL-20", "(fl-20)", TRUE },
    { "17", "it cost 17", FALSE },
    { "DE-2026-17", "طلب de-2026-17؟", TRUE },
    { "", "anything", FALSE },
  };

  test_write (t->store, do_orders, NULL);
  test_write (t->store, do_load, &load);
  g_assert_cmpuint (load.journey->n_here, ==, 0);
  g_assert_cmpuint (load.journey->conversations->len, ==, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s in \"%s\"", cases[i].number, cases[i].text);
      g_set_str (&order->number, cases[i].number);
      g_assert_cmpint (mos_order_is_named (order, cases[i].text), ==, cases[i].is_named);
    }
}

/* A message that came back is a step of its own. */
static void
test_bounce (void)
{
  g_autoptr (MosTestStore) t = test_desk_store ();
  g_autoptr (MosIngestResult) one = test_ingest (t->store, test_mail_one, MOS_FOLDER_INBOX, 1, MOS_TEST_NOW_US);
  g_auto (TestReply) reply = { one->conversation, NULL, NULL };
  g_auto (Load) load = { .conversation = one->conversation };
  g_autofree char *report = NULL;
  g_autofree char *steps = NULL;

  test_write (t->store, test_do_reply, &reply);
  report = test_make_bounce (reply.message_id);
  mos_ingest_result_unref (test_ingest (t->store, report, MOS_FOLDER_INBOX, 2, MOS_TEST_NOW_US + G_TIME_SPAN_MINUTE));
  test_write (t->store, do_load, &load);
  steps = describe (load.journey);
  g_assert_cmpstr (steps, ==, "bounce ana@mail.example, first Where?");
}

static const char mail_again[] = "From: Ana <ana@mail.example>\nTo: support@shop.example\nSubject: Re: Order FL-20\nMessage-ID: <again@mail.example>\nIn-Reply-To: <one@mail.example>\nDate: Mon, 02 Mar 2026 15:30:00 +0530\n\nStill nothing.\n";

/* What went wrong, and what came back: the day that was named went by, the category is a complex one, and it was not settled. */
static gboolean
do_trouble (MosTxn *txn,
            gpointer data,
            GError **error)
{
  g_autoptr (MosShopAccount) shop = mos_shop_account_make (MOS_SHOP_CSV, "Faro", "faro");
  g_autoptr (GPtrArray) orders = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_order_unref);
  g_autoptr (GPtrArray) categories = NULL;
  MosOrder *order = make_order (shop->id, "A-1", MOS_ORDER_DELIVERED, MOS_TEST_NOW_US - 20 * G_TIME_SPAN_DAY, "EUR", "ana@mail.example");
  MosOrder *in_time = make_order (shop->id, "A-2", MOS_ORDER_SHIPPED, MOS_TEST_NOW_US - 19 * G_TIME_SPAN_DAY, "EUR", "ana@mail.example");
  MosOrderShipment *late = mos_order_add_shipment (order), *under_way = mos_order_add_shipment (in_time);
  MosOrderRefund *refund = mos_order_add_refund (order);
  g_autoptr (MosOrderAction) action = mos_order_action_make (MOS_ORDER_ACTION_RETURN, in_time, NULL);
  const char *const conversations[] = { data, NULL };
  gboolean is_taken = FALSE;

  late->expected_us = MOS_TEST_NOW_US - 18 * G_TIME_SPAN_DAY;
  late->delivered_us = MOS_TEST_NOW_US - 16 * G_TIME_SPAN_DAY;
  under_way->expected_us = MOS_TEST_NOW_US - G_TIME_SPAN_HOUR;
  refund->at_us = MOS_TEST_NOW_US - 12 * G_TIME_SPAN_DAY;
  g_set_str (&refund->amount, "0.00");
  g_ptr_array_add (orders, order);
  g_ptr_array_add (orders, in_time);
  if (!mos_store_shop_save (txn, shop, error) || !mos_store_order_upsert (txn, shop->id, orders, NULL, NULL, error) || !mos_categories_begin (txn, "en", error) ||
      !mos_store_order_action_add (txn, action, NULL, error) || !mos_store_order_action_take (txn, action->id, "runner", &is_taken, error) || !mos_store_order_action_settle (txn, action->id, MOS_ORDER_ACTION_DONE, NULL, NULL, "r", error) ||
      (categories = mos_categories_list (txn, error)) == NULL)
    return FALSE;
  for (guint i = 0; i < categories->len; i++)
    if (((MosCategory *) categories->pdata[i])->is_complex && !mos_categories_set (txn, conversations, ((MosCategory *) categories->pdata[i])->id, error))
      return FALSE;
  return mos_action_set_status (txn, conversations, MOS_STATUS_CLOSED, 0, error);
}

static guint
count_steps (const MosJourney *journey,
             MosJourneyKind kind)
{
  guint n = 0;

  for (guint i = 0; i < journey->steps->len; i++)
    n += ((MosJourneyStep *) journey->steps->pdata[i])->kind == kind;
  return n;
}

static void
test_problems (void)
{
  g_autoptr (MosTestStore) t = test_desk_store ();
  g_autoptr (MosIngestResult) one = test_ingest (t->store, mail_in_madras, MOS_FOLDER_INBOX, 1, MOS_TEST_NOW_US);
  g_autoptr (MosIngestResult) again = NULL;
  g_auto (Load) load = { .conversation = one->conversation };

  test_write (t->store, do_trouble, one->conversation);
  mos_manual_clock_advance (MOS_MANUAL_CLOCK (t->clock), 2 * G_TIME_SPAN_HOUR);
  again = test_ingest (t->store, mail_again, MOS_FOLDER_INBOX, 2, MOS_TEST_NOW_US + G_TIME_SPAN_HOUR);
  g_assert_cmpstr (again->conversation, ==, one->conversation);
  test_write (t->store, do_load, &load);
  g_assert_cmpuint (count_steps (load.journey, MOS_JOURNEY_LATE), ==, 1);
  /* The one that the shop notes, and the one that was marked here. */
  g_assert_cmpuint (count_steps (load.journey, MOS_JOURNEY_RETURN), ==, 2);
  g_assert_cmpuint (count_steps (load.journey, MOS_JOURNEY_REFUND), ==, 0);
  g_assert_cmpuint (count_steps (load.journey, MOS_JOURNEY_PROBLEM), ==, 1);
  g_assert_cmpuint (count_steps (load.journey, MOS_JOURNEY_REOPENED), ==, 1);
}

static gboolean
do_load_nobody (MosTxn *txn,
                gpointer data,
                GError **error)
{
  g_autoptr (MosJourney) journey = NULL;
  g_autoptr (GError) local = NULL;

  g_assert_false (mos_journey_load (txn, "nobody", NULL, &journey, &local));
  g_assert_error (local, MOS_DESK_ERROR, MOS_DESK_ERROR_NOT_FOUND);
  return TRUE;
}

static void
test_nobody (void)
{
  g_autoptr (MosTestStore) t = test_desk_store ();

  test_write (t->store, do_load_nobody, NULL);
}

/* --- who is this? --- */

typedef struct
{
  const char *text;
  GPtrArray *found; /* (owned) */
} Search;

static gboolean
do_search (MosTxn *txn,
           gpointer data,
           GError **error)
{
  Search *search = data;

  search->found = mos_who_find (txn, search->text, 10, error);
  return search->found != NULL;
}

static gboolean
do_phone (MosTxn *txn,
          gpointer data,
          GError **error)
{
  g_autofree char *id = NULL;
  g_autoptr (MosCustomerRow) row = NULL;

  if (!mos_store_customer_find_by_identity (txn, "email", "ana@mail.example", &id, error) || !mos_store_customer_find (txn, id, &row, error))
    return FALSE;
  g_set_str (&row->phone, "+49 (0)30 12 34 56");
  return mos_store_customer_save (txn, row, error);
}

static void
test_who (void)
{
  g_autoptr (MosTestStore) t = test_desk_store ();
  g_autoptr (MosIngestResult) one = test_ingest (t->store, test_mail_one, MOS_FOLDER_INBOX, 1, MOS_TEST_NOW_US);
  static const struct
  {
    const char *text;
    const char *found; /* (nullable): the name, or the number of an order that is nobody's */
  } cases[] = {
    { "+4930123456", "Ana" },
    { "0049 30 123456", "Ana" },
    { "030 / 12.34.56", "Ana" },
    { "٠٣٠١٢٣٤٥٦", "Ana" },
    { "030 12 34 57", NULL },
    { "E-3012", NULL },
    { "E-301234", NULL },
    { "E 30", NULL },
    { "fl-20", "Ana" },
    { "#FL-20", "Ana" },
    { "FL-22", "FL-22" },
    { "guest@mail.example", "FL-22" },
    { "+34 600 123 456", "FL-22" },
    { "ana@mail", "Ana" },
    { "an", "Ana" },
    { "bob", NULL },
    { "   ", NULL },
    { "\"*) OR 1", NULL },
  };

  test_write (t->store, do_orders, NULL);
  test_write (t->store, do_phone, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      Search search = { cases[i].text, NULL };
      const MosWho *who;

      g_test_message ("%s", cases[i].text);
      test_write (t->store, do_search, &search);
      g_assert_cmpuint (search.found->len > 0, ==, cases[i].found != NULL);
      if (cases[i].found != NULL)
        {
          who = g_ptr_array_index (search.found, 0);
          g_assert_cmpstr (who->customer != NULL ? who->customer->name : who->order->number, ==, cases[i].found);
          g_assert_true ((who->customer != NULL) == (who->conversation != NULL));
        }
      g_ptr_array_unref (search.found);
    }
}

/* --- the sample shop --- */

typedef struct
{
  guint n;
  guint n_ours;
  guint n_here;
  guint n_currencies;
} Seen;

static gboolean
do_look (MosTxn *txn,
         gpointer data,
         GCancellable *cancellable,
         GError **error)
{
  Seen *seen = data;
  g_autoptr (GPtrArray) orders = mos_store_order_list (txn, NULL, 0, 1000, error);
  g_autoptr (GPtrArray) shops = orders != NULL ? mos_store_shop_list (txn, error) : NULL;
  g_autoptr (GPtrArray) tom = NULL;
  g_autofree char *customer = NULL;

  if (shops == NULL)
    return FALSE;
  seen->n = orders->len;
  seen->n_currencies = shops->len;
  for (guint i = 0; i < shops->len; i++)
    g_assert_cmpint (((MosShopAccount *) shops->pdata[i])->kind, ==, MOS_SHOP_CSV);
  for (guint i = 0; i < orders->len; i++)
    {
      const MosOrder *order = g_ptr_array_index (orders, i);

      seen->n_ours += order->customer != NULL;
      g_assert_true (g_str_has_suffix (order->email, ".example"));
      for (guint j = 0; j < order->shipments->len; j++)
        {
          const MosOrderShipment *shipment = g_ptr_array_index (order->shipments, j);

          g_assert_cmpint (shipment->shipped_us, >=, order->created_us);
          g_assert_true (shipment->delivered_us == 0 || shipment->delivered_us >= shipment->shipped_us);
        }
    }
  if (!mos_store_customer_find_by_identity (txn, "email", "tom.obrien@mail.example", &customer, error))
    return FALSE;
  tom = mos_store_order_list_of_customer (txn, customer, 10, error);
  seen->n_here = tom != NULL ? tom->len : 0;
  return tom != NULL;
}

static void
test_sample (void)
{
  char *dir = mos_test_dir_new ();
  g_autofree char *profile = g_build_filename (dir, "profile", NULL);
  g_autoptr (MosClock) clock = mos_manual_clock_new (MOS_TEST_NOW_US);
  g_autoptr (MosStore) store = NULL;
  Seen seen = { 0 };
  GError *error = NULL;

  g_assert_true (mos_sample_fill_sync (profile, NULL, MOS_TEST_NOW_US, NULL, &error));
  g_assert_no_error (error);
  store = mos_store_open_sync (profile, MOS_STORE_OPEN_DEFAULT, clock, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (mos_store_read_sync (store, do_look, &seen, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (seen.n, >=, 40);
  g_assert_cmpuint (seen.n_ours, ==, seen.n);
  g_assert_cmpuint (seen.n_currencies, ==, 2);
  g_assert_cmpuint (seen.n_here, ==, 3);
  mos_store_close_sync (store);
  mos_test_dir_free (dir);
}

int
main (int argc,
      char *argv[])
{
  mos_test_init (&argc, &argv);
  g_test_add_func ("/journey/whole", test_whole);
  g_test_add_func ("/journey/category", test_category);
  g_test_add_func ("/journey/named", test_named);
  g_test_add_func ("/journey/bounce", test_bounce);
  g_test_add_func ("/journey/problems", test_problems);
  g_test_add_func ("/journey/nobody", test_nobody);
  g_test_add_func ("/who", test_who);
  g_test_add_func ("/sample/orders", test_sample);
  return g_test_run ();
}
