/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "outreach-fixture.h"

#include "core/base/mos-clock.h"
#include "core/desk/mos-calendars.h"
#include "core/desk/mos-composing.h"
#include "core/desk/mos-customers.h"
#include "core/desk/mos-outbox.h"
#include "core/desk/mos-outreach-words.h"
#include "core/desk/mos-scheduler.h"
#include "core/store/mos-store-backup.h"
#include "core/store/mos-store-journey.h"
#include "core/store/mos-store-orders.h"
#include "core/store/mos-store-outbox.h"
#include "core/store/mos-store-recipients.h"
#include "core/store/mos-store-senders.h"
#include "core/store/mos-store-shops.h"

#include <string.h>

/* A macro sent to many: who gets it, how it leaves, and what comes back. */

static char *
add (MosTestStore *t,
     const char *name,
     const char *address,
     MosConsent consent)
{
  OutreachCustomer customer = { name, address, consent };

  test_write (t->store, outreach_do_add, &customer);
  return customer.id;
}

static OutreachTest
prepare (MosTestStore *t,
         MosAudience *audience /* (transfer full) */)
{
  OutreachTest test = { .outreach = mos_outreach_make (audience) };

  mos_audience_unref (audience);
  test_write (t->store, outreach_do_prepare, &test);
  return test;
}

static void
look (MosTestStore *t,
      OutreachTest *test)
{
  test_write (t->store, outreach_do_look, test);
}

/* "Ana:waiting Bea:opted-out …", in the order of the names. */
static char *
describe (OutreachTest *test)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < test->people->len; i++)
    {
      const MosOutreachPerson *person = test->people->pdata[i];

      g_ptr_array_add (words, g_strdup_printf ("%s:%s", person->name, person->state == MOS_OUTREACH_PERSON_LEFT_OUT ? mos_left_out_to_nick (person->reason) : mos_outreach_person_state_to_nick (person->state)));
    }
  g_ptr_array_sort_values (words, (GCompareFunc) (void (*) (void)) g_strcmp0);
  g_ptr_array_add (words, NULL);
  return g_strjoinv (" ", (char **) words->pdata);
}

static void
assert_people (MosTestStore *t,
               OutreachTest *test,
               const char *expected)
{
  g_autofree char *is = NULL;

  look (t, test);
  is = describe (test);
  g_assert_cmpstr (is, ==, expected);
}

static MosAudience *
everybody (void)
{
  return mos_audience_make (MOS_AUDIENCE_SEGMENT);
}

/* --- who is left out --- */

static gboolean
do_spoil (MosTxn *txn,
          gpointer data,
          GError **error)
{
  return mos_store_sender_set (txn, "bad@mail.example", MOS_SENDER_BLOCK, error);
}

static gboolean
do_family (MosTxn *txn,
           gpointer data,
           GError **error)
{
  return mos_store_customer_link (txn, data, "email", "", "ana@mail.example", FALSE, "agent", error);
}

typedef struct
{
  const char *to;
  char *message_id;
} Sent;

static gboolean
do_write_once (MosTxn *txn,
               gpointer data,
               GError **error)
{
  static const MosQuoteTexts texts = { "{sender}, {date}:", "--", "%F" };
  Sent *sent = data;
  g_autoptr (MosDraft) draft = NULL;
  g_autoptr (MosMessageRow) row = NULL;
  g_autoptr (MosSendResult) result = mos_send_result_new ();
  g_autoptr (MosOutboxItem) item = NULL;
  g_autofree char *message = NULL;

  if (!mos_draft_prepare (txn, "new", NULL, NULL, ACCOUNT, &texts, &draft, error))
    return FALSE;
  g_ptr_array_add (draft->to, mos_address_make (NULL, sent->to));
  g_set_str (&draft->subject, "Once");
  g_set_str (&draft->text, "Once");
  if (!mos_draft_send (txn, draft, MOS_STATUS_OPEN, 0, &message, error) || !mos_store_message_find (txn, message, &row, error))
    return FALSE;
  sent->message_id = g_strdup (row->message_id);
  result->message = g_strdup (message);
  result->state = MOS_DELIVERY_ACCEPTED;
  result->refused = g_ptr_array_new ();
  return mos_outbox_report (txn, result, &item, error);
}

static void
test_left_out (void)
{
  g_autoptr (MosTestStore) t = test_desk_store ();
  g_autofree char *ana = add (t, "Ana", "ana@mail.example", MOS_CONSENT_GIVEN);
  g_autofree char *bea = add (t, "Bea", "bea@mail.example", MOS_CONSENT_OPTED_OUT);
  g_autofree char *carl = add (t, "Carl", "carl@mail.example", MOS_CONSENT_UNKNOWN);
  g_autofree char *bad = add (t, "Bad", "bad@mail.example", MOS_CONSENT_GIVEN);
  g_autofree char *dora = add (t, "Dora", "dora@mail.example", MOS_CONSENT_GIVEN);
  g_autofree char *odd = add (t, "Odd", "no address", MOS_CONSENT_GIVEN);
  Sent sent = { .to = "dora@mail.example" };
  g_auto (OutreachTest) test = prepare (t, everybody ());
  g_autofree char *bounce = NULL;

  test_write (t->store, do_spoil, NULL);
  test_write (t->store, do_write_once, &sent);
  mos_manual_clock_advance (MOS_MANUAL_CLOCK (t->clock), G_TIME_SPAN_MINUTE);
  bounce = test_make_bounce (sent.message_id);
  mos_ingest_result_unref (test_ingest (t->store, bounce, MOS_FOLDER_INBOX, 7, mos_clock_now_us (t->clock)));
  g_free (sent.message_id);

  assert_people (t, &test, "Ana:waiting Bad:blocked Bea:opted-out Carl:no-consent Dora:bounced Odd:no-address");

  /* A choice that somebody made. */
  test.outreach->allows_unknown = TRUE;
  g_free (test.id);
  test_write (t->store, outreach_do_prepare, &test);
  assert_people (t, &test, "Ana:waiting Bad:blocked Bea:opted-out Carl:waiting Dora:bounced Odd:no-address");

  /* Two who write from one address get one; where one of them wants none, nobody does. */
  test_write (t->store, do_family, carl);
  test_write (t->store, do_family, bea);
  assert_people (t, &test, "Ana:opted-out Bad:blocked Bea:opted-out Carl:waiting Dora:bounced Odd:no-address");
}

/* Nobody twice in two weeks, and nobody for whom something is missing. */
static void
test_recent_and_missing (void)
{
  g_autoptr (MosTestStore) t = test_desk_store ();
  g_autofree char *ana = add (t, "Ana", "ana@mail.example", MOS_CONSENT_GIVEN);
  g_auto (OutreachTest) first = prepare (t, everybody ());
  g_auto (OutreachTest) second = { 0 };
  g_auto (OutreachTest) third = { 0 };
  g_autofree char *bea = NULL;

  test_write (t->store, outreach_do_start, &first);
  outreach_pass (t, 0);
  bea = add (t, "Bea", "bea@mail.example", MOS_CONSENT_GIVEN);
  second = prepare (t, everybody ());
  assert_people (t, &second, "Ana:recent Bea:waiting");

  third.outreach = mos_outreach_make (second.outreach->audience);
  third.outreach->again_days = 0;
  third.text = "Your order {{order.number}} is late.";
  test_write (t->store, outreach_do_prepare, &third);
  assert_people (t, &third, "Ana:missing Bea:missing");
  g_assert_cmpstr (((MosOutreachPerson *) third.people->pdata[0])->detail, ==, "{{order.number}}");

  mos_manual_clock_advance (MOS_MANUAL_CLOCK (t->clock), 15 * G_TIME_SPAN_DAY);
  assert_people (t, &second, "Ana:waiting Bea:waiting");
}

/* --- orders --- */

static gboolean
do_orders (MosTxn *txn,
           gpointer data,
           GError **error)
{
  static const struct
  {
    const char *id, *email, *name;
    MosOrderStatus status;
    int days;
  } table[] = {
    { "1", "ana@mail.example", "Ana", MOS_ORDER_PROCESSING, 9 },
    { "2", "guest@mail.example", "Gus Guest", MOS_ORDER_PAID, 8 },
    { "3", "ana@mail.example", "Ana again", MOS_ORDER_PAID, 7 },
    { "4", "new@mail.example", "New", MOS_ORDER_PAID, 1 },
    { "5", "sent@mail.example", "Sent", MOS_ORDER_SHIPPED, 9 },
    { "6", "", "Phone", MOS_ORDER_PAID, 9 },
    { "7", "split@mail.example", "Split", MOS_ORDER_PROCESSING, 9 },
  };
  g_autoptr (MosShopAccount) shop = mos_shop_account_make (MOS_SHOP_CSV, "Faro", "faro");
  g_autoptr (GPtrArray) orders = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_order_unref);

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      MosOrder *order = mos_order_make (shop->id, table[i].id);

      order->modified_us = mos_txn_get_now_us (txn) + (data != NULL ? 1 : 0);
      g_set_str (&order->number, table[i].id);
      g_set_str (&order->email, table[i].email);
      g_set_str (&order->name, table[i].name);
      g_set_str (&order->currency, "EUR");
      g_set_str (&order->total, "10");
      order->status_kind = data != NULL && *table[i].id == '2' ? MOS_ORDER_SHIPPED : table[i].status;
      order->created_us = MOS_TEST_NOW_US - table[i].days * G_TIME_SPAN_DAY;
      /* One of its parcels left. */
      if (*table[i].id == '7')
        mos_order_add_shipment (order);
      g_ptr_array_add (orders, order);
    }
  return mos_store_shop_save (txn, shop, error) && mos_store_order_upsert (txn, shop->id, orders, NULL, NULL, error);
}

/* Those that are late by a rule, or by their ids: what is settled meanwhile is left out of either. */
static void
test_orders (gconstpointer is_chosen)
{
  g_autoptr (MosTestStore) t = test_desk_store ();
  g_autofree char *ana = add (t, "Ana", "ana@mail.example", MOS_CONSENT_UNKNOWN);
  g_autoptr (MosAudience) late = mos_audience_make (is_chosen != NULL ? MOS_AUDIENCE_CHOSEN_ORDERS : MOS_AUDIENCE_LATE_ORDERS);
  g_auto (OutreachTest) test = { .text = "Hello {{customer.first_name}}, {{order.number}} is late.", .subject = "{{order.number}}\nis late" };
  g_autoptr (MosMessageRow) row = NULL;

  late->days = 5;
  if (is_chosen != NULL)
    {
      g_autoptr (MosShopAccount) shop = mos_shop_account_make (MOS_SHOP_CSV, "Faro", "faro");

      g_strfreev (late->ids);
      late->ids = g_new0 (char *, 5);
      for (guint i = 0; i < 4; i++)
        late->ids[i] = mos_order_id (shop->id, (const char *[]) { "1", "2", "3", "6" }[i]);
    }
  test.outreach = mos_outreach_make (late);
  test.outreach->purpose = MOS_OUTREACH_ORDER;
  test_write (t->store, do_orders, NULL);
  test_write (t->store, outreach_do_prepare, &test);
  assert_people (t, &test, "Ana again:twice Ana:waiting Gus Guest:waiting Phone:no-address");
  test_write (t->store, outreach_do_start, &test);
  outreach_pass (t, 0);
  look (t, &test);
  row = outreach_find_message (t, ((MosOutreachPerson *) test.people->pdata[0])->message);
  g_assert_cmpstr (row->subject, ==, "1 is late");
  g_assert_true (g_str_has_prefix (row->text, "Hello Ana, 1 is late."));
  /* About their own order: nothing to unsubscribe from. */
  g_assert_null (strstr (row->text, "unsubscribe"));

  /* Sent off meanwhile: it would be wrong. */
  test_write (t->store, do_orders, &test);
  outreach_pass (t, G_TIME_SPAN_MINUTE);
  assert_people (t, &test, "Ana again:twice Ana:made Gus Guest:settled Phone:no-address");
  g_assert_cmpint (test.outreach->state, ==, MOS_OUTREACH_DONE);
}

/* Who never was here is written to by what the order says, in their name. */
static void
test_guest (void)
{
  g_autoptr (MosTestStore) t = test_desk_store ();
  g_autoptr (MosAudience) shipped = mos_audience_make (MOS_AUDIENCE_ORDERS);
  g_auto (OutreachTest) test = { .text = "Hello {{customer.first_name}}, how was {{order.number}}?" };
  g_autoptr (MosMessageRow) row = NULL;

  shipped->has_status = TRUE;
  shipped->status = MOS_ORDER_SHIPPED;
  shipped->from_us = MOS_TEST_NOW_US - 20 * G_TIME_SPAN_DAY;
  test.outreach = mos_outreach_make (shipped);
  test.outreach->purpose = MOS_OUTREACH_ORDER;
  test_write (t->store, do_orders, NULL);
  test_write (t->store, outreach_do_prepare, &test);
  test_write (t->store, outreach_do_start, &test);
  outreach_pass (t, 0);
  look (t, &test);
  row = outreach_find_message (t, ((MosOutreachPerson *) test.people->pdata[0])->message);
  g_assert_true (g_str_has_prefix (row->text, "Hello Sent, how was 5?"));
}

static gboolean
do_check (MosTxn *txn,
          gpointer data,
          GError **error)
{
  static const struct
  {
    MosOutreachProblem problem;
    MosAudienceKind kind;
    guint days;
    MosOutreachPurpose purpose;
    guint per_minute;
    const char *name;
  } table[] = {
    { MOS_OUTREACH_FINE, MOS_AUDIENCE_SEGMENT, 0, MOS_OUTREACH_PROMOTIONAL, 1, "A" },
    { MOS_OUTREACH_NO_NAME, MOS_AUDIENCE_SEGMENT, 0, MOS_OUTREACH_PROMOTIONAL, 1, "  " },
    { MOS_OUTREACH_NOT_ORDERS, MOS_AUDIENCE_SEGMENT, 0, MOS_OUTREACH_ORDER, 1, "A" },
    { MOS_OUTREACH_NO_DAYS, MOS_AUDIENCE_LATE_ORDERS, 0, MOS_OUTREACH_ORDER, 1, "A" },
    { MOS_OUTREACH_NO_DAYS, MOS_AUDIENCE_UNSEEN, 0, MOS_OUTREACH_PROMOTIONAL, 1, "A" },
    { MOS_OUTREACH_BAD_PACE, MOS_AUDIENCE_SEGMENT, 0, MOS_OUTREACH_PROMOTIONAL, 0, "A" },
  };
  OutreachTest *test = data;

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (MosAudience) audience = mos_audience_make (table[i].kind);
      g_autoptr (MosOutreach) outreach = mos_outreach_make (audience);
      MosOutreachProblem problem;

      audience->days = table[i].days;
      outreach->purpose = table[i].purpose;
      outreach->per_minute = table[i].per_minute;
      g_set_str (&outreach->name, table[i].name);
      g_set_str (&outreach->account, ACCOUNT);
      g_set_str (&outreach->letter->id, test->outreach->letter->id);
      mos_macro_set_text (outreach->subjects, "en", "News");
      if (!mos_outreach_check (txn, outreach, &problem, error))
        return FALSE;
      g_assert_cmpstr (mos_outreach_problem_to_nick (problem), ==, mos_outreach_problem_to_nick (table[i].problem));
    }
  return TRUE;
}

static void
test_problems (void)
{
  g_autoptr (MosTestStore) t = test_desk_store ();
  g_auto (OutreachTest) test = prepare (t, everybody ());

  test_write (t->store, do_check, &test);
}

/* --- how it leaves --- */

static gboolean
do_count (MosTxn *txn,
          gpointer data,
          GError **error)
{
  g_autoptr (GPtrArray) items = mos_store_outbox_list (txn, ACCOUNT, error);

  *(guint *) data = items != NULL ? items->len : 0;
  return items != NULL;
}

static guint
count_outbox (MosTestStore *t)
{
  guint n = 0;

  test_write (t->store, do_count, &n);
  return n;
}

static void
add_many (MosTestStore *t,
          guint n)
{
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = g_strdup_printf ("P%02u", i);
      g_autofree char *address = g_strdup_printf ("p%u@mail.example", i);
      g_autofree char *id = add (t, name, address, MOS_CONSENT_GIVEN);
    }
}

/* In no minute and in no hour more than was said, whenever one looks, and evenly. */
static void
test_pace (void)
{
  g_autoptr (MosTestStore) t = test_desk_store ();
  g_auto (OutreachTest) test = { .outreach = NULL };
  g_autoptr (MosAudience) audience = everybody ();
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (gint64));
  gint64 interval_us, begun_us;

  add_many (t, 12);
  test.outreach = mos_outreach_make (audience);
  test.outreach->per_minute = 4;
  test.outreach->per_hour = 200;
  interval_us = mos_outreach_get_interval_us (test.outreach);
  g_assert_cmpint (interval_us, ==, 18 * G_TIME_SPAN_SECOND);
  test_write (t->store, outreach_do_prepare, &test);
  begun_us = mos_clock_now_us (t->clock);
  test_write (t->store, outreach_do_start, &test);
  for (guint i = 0; i < 400; i++)
    {
      outreach_pass (t, G_TIME_SPAN_SECOND);
      test_write (t->store, outreach_do_accept_all, NULL);
    }
  look (t, &test);
  g_assert_cmpint (test.outreach->state, ==, MOS_OUTREACH_DONE);
  g_assert_cmpuint (test.outreach->counts.n_sent, ==, 12);
  for (guint i = 0; i < test.people->len; i++)
    g_array_append_val (times, ((MosOutreachPerson *) test.people->pdata[i])->at_us);
  for (guint i = 1; i < times->len; i++)
    g_assert_cmpint (g_array_index (times, gint64, i) - g_array_index (times, gint64, i - 1), >=, interval_us);
  /* The estimate holds, to the second that this test looks at. */
  g_assert_cmpint (ABS (mos_outreach_estimate_us (test.outreach, NULL, 12, begun_us) - g_array_index (times, gint64, 11)), <=, 12 * G_TIME_SPAN_SECOND);
}

/* Two at once share the account's pace. */
static void
test_pace_of_account (void)
{
  g_autoptr (MosTestStore) t = test_desk_store ();
  g_auto (OutreachTest) one = { 0 };
  g_auto (OutreachTest) two = { 0 };
  g_autoptr (MosAudience) audience = everybody ();

  add_many (t, 2);
  one.outreach = mos_outreach_make (audience);
  two.outreach = mos_outreach_make (audience);
  /* Whoever has the first turn. */
  one.outreach->again_days = two.outreach->again_days = 0;
  test_write (t->store, outreach_do_prepare, &one);
  test_write (t->store, outreach_do_prepare, &two);
  test_write (t->store, outreach_do_start, &one);
  test_write (t->store, outreach_do_start, &two);
  outreach_pass (t, 0);
  g_assert_cmpuint (count_outbox (t), ==, 1);
  for (guint i = 0; i < 60; i++)
    outreach_pass (t, 2 * G_TIME_SPAN_SECOND);
  g_assert_cmpuint (count_outbox (t), ==, 4);
}

static gboolean
do_hours (MosTxn *txn,
          gpointer data,
          GError **error)
{
  g_autoptr (MosCalendar) calendar = mos_calendar_parse ("zone UTC\nmon 10:00-10:01\ntue 10:00-18:00\n", NULL);

  return mos_calendars_set (txn, calendar, FALSE, error);
}

static void
test_hours (void)
{
  g_autoptr (MosTestStore) t = test_desk_store ();
  g_auto (OutreachTest) test = { 0 };
  g_autoptr (MosAudience) audience = everybody ();

  add_many (t, 8);
  test_write (t->store, do_hours, NULL);
  test.outreach = mos_outreach_make (audience);
  test.outreach->in_hours = TRUE;
  test_write (t->store, outreach_do_prepare, &test);
  test_write (t->store, outreach_do_start, &test);
  outreach_pass (t, 0);
  look (t, &test);
  g_assert_cmpuint (count_outbox (t), ==, 0);
  g_assert_cmpstr (test.outreach->why, ==, MOS_OUTREACH_WHY_HOURS);
  g_assert_cmpint (test.outreach->next_us, ==, MOS_TEST_NOW_US + G_TIME_SPAN_HOUR);
  outreach_pass (t, G_TIME_SPAN_HOUR);
  for (guint i = 0; i < 8; i++)
    outreach_pass (t, 12 * G_TIME_SPAN_SECOND);
  g_assert_cmpuint (count_outbox (t), ==, 5);
  look (t, &test);
  g_assert_cmpint (test.outreach->state, ==, MOS_OUTREACH_RUNNING);
  /* Waiting for the morning is not being late. */
  outreach_pass (t, test.outreach->next_us - mos_clock_now_us (t->clock));
  g_assert_cmpuint (count_outbox (t), ==, 6);
}

/* A server that does not answer gets no heap, and goes on when it does. */
static void
test_offline (void)
{
  g_autoptr (MosTestStore) t = test_desk_store ();
  g_auto (OutreachTest) test = { 0 };

  add_many (t, 15);
  test = prepare (t, everybody ());
  test_write (t->store, outreach_do_start, &test);
  for (guint i = 0; i < 40; i++)
    outreach_pass (t, 12 * G_TIME_SPAN_SECOND);
  g_assert_cmpuint (count_outbox (t), ==, MOS_OUTREACH_MAX_QUEUED);
  look (t, &test);
  g_assert_cmpstr (test.outreach->why, ==, MOS_OUTREACH_WHY_SERVER);
  g_assert_cmpuint (test.outreach->counts.n_queued, ==, MOS_OUTREACH_MAX_QUEUED);
  for (guint i = 0; i < 20; i++)
    {
      test_write (t->store, outreach_do_accept_all, NULL);
      outreach_pass (t, 30 * G_TIME_SPAN_SECOND);
    }
  look (t, &test);
  g_assert_cmpint (test.outreach->state, ==, MOS_OUTREACH_DONE);
  g_assert_null (test.outreach->why);
}

static gboolean
do_pause (MosTxn *txn,
          gpointer data,
          GError **error)
{
  return mos_outreach_pause (txn, data, error);
}

static gboolean
do_resume (MosTxn *txn,
           gpointer data,
           GError **error)
{
  return mos_outreach_resume (txn, data, error);
}

static gboolean
do_cancel (MosTxn *txn,
           gpointer data,
           GError **error)
{
  guint n = 0;

  if (!mos_outreach_cancel (txn, data, &n, error))
    return FALSE;
  g_assert_cmpuint (n, ==, 4);
  return TRUE;
}

static void
test_pause (void)
{
  g_autoptr (MosTestStore) t = test_desk_store ();
  g_auto (OutreachTest) test = { 0 };

  add_many (t, 6);
  test = prepare (t, everybody ());
  test_write (t->store, outreach_do_start, &test);
  outreach_pass (t, 0);
  test_write (t->store, do_pause, test.id);
  outreach_pass (t, G_TIME_SPAN_HOUR);
  g_assert_cmpuint (count_outbox (t), ==, 1);
  test_write (t->store, outreach_do_accept_all, NULL);
  test_write (t->store, do_resume, test.id);
  outreach_pass (t, 0);
  test_write (t->store, outreach_do_accept_all, NULL);
  outreach_pass (t, 12 * G_TIME_SPAN_SECOND);
  /* Nothing ran over night. */
  outreach_pass (t, 9 * G_TIME_SPAN_HOUR);
  look (t, &test);
  g_assert_cmpint (test.outreach->state, ==, MOS_OUTREACH_PAUSED);
  g_assert_cmpstr (test.outreach->why, ==, MOS_OUTREACH_WHY_LATE);
  /* Three were made, one of them has not left. */
  g_assert_cmpuint (test.outreach->counts.n_made, ==, 3);
  test_write (t->store, do_cancel, test.id);
  look (t, &test);
  g_assert_cmpint (test.outreach->state, ==, MOS_OUTREACH_CANCELLED);
  g_assert_cmpuint (test.outreach->counts.n_sent, ==, 2);
  g_assert_cmpuint (test.outreach->counts.n_cancelled, ==, 4);
  outreach_pass (t, G_TIME_SPAN_DAY);
  test_write (t->store, outreach_do_accept_all, NULL);
  look (t, &test);
  g_assert_cmpuint (test.outreach->counts.n_sent, ==, 2);
}

/* Whoever says no while it runs gets none. */
static void
test_judged_again (void)
{
  g_autoptr (MosTestStore) t = test_desk_store ();
  OutreachCustomer customer = { "P01", "p1@mail.example", MOS_CONSENT_OPTED_OUT };
  g_auto (OutreachTest) test = { 0 };

  add_many (t, 3);
  test = prepare (t, everybody ());
  test_write (t->store, outreach_do_start, &test);
  outreach_pass (t, 0);
  test_write (t->store, outreach_do_add, &customer);
  g_free (customer.id);
  for (guint i = 0; i < 3; i++)
    outreach_pass (t, 12 * G_TIME_SPAN_SECOND);
  assert_people (t, &test, "P00:made P01:opted-out P02:made");
}

/* --- what comes back --- */

static gboolean
do_list_all (MosTxn *txn,
             gpointer data,
             GError **error)
{
  g_autoptr (MosView) all = mos_view_make (MOS_VIEW_ALL, NULL);
  g_autoptr (MosView) failed = mos_view_make (MOS_VIEW_FAILED, NULL);
  g_autoptr (GPtrArray) rows = mos_store_conversation_list_ids (txn, all, NULL, 0, error);
  g_autoptr (GPtrArray) broken = rows != NULL ? mos_store_conversation_list_ids (txn, failed, NULL, 0, error) : NULL;

  *(guint *) data = broken != NULL ? rows->len + broken->len : 0;
  return broken != NULL;
}

/* In all views there are. */
static guint
count_shown (MosTestStore *t)
{
  guint n = 0;

  test_write (t->store, do_list_all, &n);
  return n;
}

static char *
make_answer (MosMessageRow *row,
             const char *from,
             const char *text)
{
  return g_strdup_printf ("From: %s\nTo: support@shop.example\nSubject: Re: %s\nMessage-ID: <a%u@mail.example>\nIn-Reply-To: <%s>\nDate: Mon, 02 Mar 2026 10:30:00 +0000\n\n%s\n", from, row->subject,
                          g_str_hash (text), row->message_id, text);
}

static OutreachTest
send_to_all (MosTestStore *t,
             guint n)
{
  OutreachTest test = prepare (t, everybody ());

  test_write (t->store, outreach_do_start, &test);
  for (guint i = 0; i < n; i++)
    {
      outreach_pass (t, 12 * G_TIME_SPAN_SECOND);
      test_write (t->store, outreach_do_accept_all, NULL);
    }
  look (t, &test);
  return test;
}

static void
assert_sound (MosTestStore *t)
{
  g_autoptr (GPtrArray) problems = NULL;
  GError *error = NULL;

  problems = mos_store_check_sync (t->store, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (problems->len, ==, 0);
}

static void
test_answer (void)
{
  g_autoptr (MosTestStore) t = test_desk_store ();
  g_autofree char *ana = add (t, "Ana", "ana@mail.example", MOS_CONSENT_GIVEN);
  g_autofree char *bea = add (t, "Bea", "bea@mail.example", MOS_CONSENT_GIVEN);
  g_auto (OutreachTest) test = send_to_all (t, 3);
  const MosOutreachPerson *person = test.people->pdata[0];
  g_autoptr (MosMessageRow) row = outreach_find_message (t, person->message);
  g_autofree char *mail = make_answer (row, "Ana <ana@mail.example>", "How lovely! When?");
  g_autoptr (MosIngestResult) result = NULL;
  g_auto (TestLook) seen = { 0 };

  g_assert_cmpuint (count_shown (t), ==, 0);
  result = test_ingest (t->store, mail, MOS_FOLDER_INBOX, 3, mos_clock_now_us (t->clock));
  g_assert_cmpint (result->outcome, ==, MOS_INGEST_IMPORTED);
  g_assert_cmpstr (result->conversation, ==, person->conversation);
  g_assert_cmpuint (count_shown (t), ==, 1);
  test_look (t->store, person->conversation, &seen);
  g_assert_cmpint (seen.row->status, ==, MOS_STATUS_OPEN);
  g_assert_cmpint (seen.row->waiting_since_us, !=, 0);
  g_assert_cmpstr (((MosMessageRow *) seen.messages->pdata[0])->id, ==, person->message);
  look (t, &test);
  g_assert_cmpuint (test.outreach->counts.n_answered, ==, 1);
  assert_sound (t);
}

typedef struct
{
  const char *customer;
  GPtrArray *steps; /* (owned) */
} Steps;

static gboolean
do_list_steps (MosTxn *txn,
               gpointer data,
               GError **error)
{
  Steps *self = data;

  g_clear_pointer (&self->steps, g_ptr_array_unref);
  self->steps = mos_store_journey_list_outreach (txn, self->customer, 10, error);
  return self->steps != NULL;
}

/* A step of whom it went to: not before it left, and with a conversation once there is one. */
static void
test_journey (void)
{
  g_autoptr (MosTestStore) t = test_desk_store ();
  g_autofree char *ana = add (t, "Ana", "ana@mail.example", MOS_CONSENT_GIVEN);
  g_autofree char *bea = add (t, "Bea", "bea@mail.example", MOS_CONSENT_UNKNOWN);
  g_auto (OutreachTest) test = prepare (t, everybody ());
  const MosOutreachPerson *person = NULL;
  g_autoptr (MosMessageRow) row = NULL;
  g_autofree char *mail = NULL;
  g_autoptr (MosIngestResult) result = NULL;
  Steps steps = { .customer = ana };
  const MosJourneyStep *step;

  test_write (t->store, outreach_do_start, &test);
  outreach_pass (t, 12 * G_TIME_SPAN_SECOND);
  g_assert_cmpuint (count_outbox (t), ==, 1);
  test_write (t->store, do_list_steps, &steps);
  g_assert_cmpuint (steps.steps->len, ==, 0);

  test_write (t->store, outreach_do_accept_all, NULL);
  test_write (t->store, do_list_steps, &steps);
  g_assert_cmpuint (steps.steps->len, ==, 1);
  step = steps.steps->pdata[0];
  g_assert_cmpint (step->kind, ==, MOS_JOURNEY_OUTREACH);
  g_assert_cmpstr (step->text, ==, "Spring");
  g_assert_cmpint (step->at_us, >, 0);
  g_assert_null (step->conversation);

  look (t, &test);
  for (guint i = 0; i < test.people->len; i++)
    if (g_strcmp0 (((MosOutreachPerson *) test.people->pdata[i])->customer, ana) == 0)
      person = test.people->pdata[i];
  g_assert_nonnull (person);
  row = outreach_find_message (t, person->message);
  mail = make_answer (row, "Ana <ana@mail.example>", "How lovely! When?");
  result = test_ingest (t->store, mail, MOS_FOLDER_INBOX, 3, mos_clock_now_us (t->clock));
  test_write (t->store, do_list_steps, &steps);
  g_assert_cmpuint (steps.steps->len, ==, 1);
  g_assert_cmpstr (((MosJourneyStep *) steps.steps->pdata[0])->conversation, ==, result->conversation);

  steps.customer = bea;
  test_write (t->store, do_list_steps, &steps);
  g_assert_cmpuint (steps.steps->len, ==, 0);
  g_clear_pointer (&steps.steps, g_ptr_array_unref);
}

static void
test_bounce (void)
{
  g_autoptr (MosTestStore) t = test_desk_store ();
  g_autofree char *ana = add (t, "Ana", "ana@mail.example", MOS_CONSENT_GIVEN);
  g_auto (OutreachTest) test = send_to_all (t, 2);
  g_autoptr (MosMessageRow) row = outreach_find_message (t, ((MosOutreachPerson *) test.people->pdata[0])->message);
  g_autofree char *bounce = test_make_bounce (row->message_id);
  g_autofree char *away = g_strdup_printf ("From: Ana <ana@mail.example>\nTo: support@shop.example\nSubject: Out of office\nMessage-ID: <away@mail.example>\nIn-Reply-To: <%s>\n"
                                           "Auto-Submitted: auto-replied\nDate: Mon, 02 Mar 2026 10:30:00 +0000\n\nI am away\n",
                                           row->message_id);

  mos_ingest_result_unref (test_ingest (t->store, away, MOS_FOLDER_INBOX, 3, mos_clock_now_us (t->clock)));
  mos_ingest_result_unref (test_ingest (t->store, bounce, MOS_FOLDER_INBOX, 4, mos_clock_now_us (t->clock)));
  look (t, &test);
  g_assert_cmpuint (count_shown (t), ==, 0);
  g_assert_cmpuint (test.outreach->counts.n_failed, ==, 1);
  g_assert_cmpuint (test.outreach->counts.n_answered, ==, 0);
  assert_sound (t);
}

static gboolean
do_refuse_all (MosTxn *txn,
               gpointer data,
               GError **error)
{
  g_autoptr (GPtrArray) items = mos_store_outbox_list (txn, ACCOUNT, error);
  g_autoptr (MosSendResult) result = mos_send_result_new ();
  g_autoptr (MosOutboxItem) item = NULL;

  result->message = g_strdup (((MosOutboxItem *) items->pdata[0])->message);
  result->state = MOS_DELIVERY_FAILED;
  result->detail = g_strdup ("550 no such user");
  result->refused = g_ptr_array_new ();
  if (!mos_outbox_report (txn, result, &item, error))
    return FALSE;
  /* Nobody is disturbed by one of many. */
  g_assert_null (item);
  return TRUE;
}

static void
test_refused (void)
{
  g_autoptr (MosTestStore) t = test_desk_store ();
  g_autofree char *ana = add (t, "Ana", "ana@mail.example", MOS_CONSENT_GIVEN);
  g_auto (OutreachTest) test = prepare (t, everybody ());

  test_write (t->store, outreach_do_start, &test);
  outreach_pass (t, 0);
  test_write (t->store, do_refuse_all, NULL);
  look (t, &test);
  g_assert_cmpuint (test.outreach->counts.n_failed, ==, 1);
  g_assert_cmpuint (count_shown (t), ==, 0);
}

static gboolean
do_consent (MosTxn *txn,
            gpointer data,
            GError **error)
{
  g_autoptr (MosCustomerRow) row = NULL;
  char **id = data;

  if (!mos_store_customer_find (txn, *id, &row, error))
    return FALSE;
  *id = (char *) mos_consent_to_nick (row->consent);
  return TRUE;
}

static const char *
get_consent (MosTestStore *t,
             const char *customer)
{
  char *id = (char *) customer;

  test_write (t->store, do_consent, &id);
  return id;
}

/* The header's address, as a mail program's button uses it. */
static char *
find_header (MosTestStore *t,
             const char *message)
{
  OutreachFind find = { message };
  g_autoptr (MosMessageRow) row = NULL;
  g_autoptr (GBytes) raw = NULL;
  g_autofree char *text = NULL;
  const char *header;

  test_write (t->store, outreach_do_find_message, &find);
  row = find.row;
  raw = find.raw;
  text = g_strndup (g_bytes_get_data (raw, NULL), g_bytes_get_size (raw));
  header = strstr (text, "\r\nList-Unsubscribe:");
  g_assert_nonnull (header);
  g_assert_nonnull (strstr (text, "\r\nPrecedence: bulk\r\n"));
  return g_strndup (header, (gsize) (strchr (strstr (header, "mailto:"), '>') - header));
}

static void
test_opt_out (void)
{
  g_autoptr (MosTestStore) t = test_desk_store ();
  g_autofree char *ana = add (t, "Ana", "ana@mail.example", MOS_CONSENT_GIVEN);
  g_autofree char *bea = add (t, "Bea", "bea@mail.example", MOS_CONSENT_GIVEN);
  g_autofree char *carl = add (t, "Carl", "carl@mail.example", MOS_CONSENT_GIVEN);
  g_auto (OutreachTest) test = send_to_all (t, 4);
  g_autoptr (MosMessageRow) first = outreach_find_message (t, ((MosOutreachPerson *) test.people->pdata[0])->message);
  g_autoptr (MosMessageRow) second = outreach_find_message (t, ((MosOutreachPerson *) test.people->pdata[1])->message);
  g_autofree char *header = find_header (t, first->id);
  g_auto (GStrv) parts = NULL;
  g_autofree char *unfolded = NULL;
  g_autofree char *subject = NULL;
  g_autofree char *click = NULL;
  g_autofree char *forged = NULL;
  g_autofree char *word = make_answer (second, "Bea <bea@mail.example>", "UNSUBSCRIBE!");
  g_autoptr (MosIngestResult) clicked = NULL;
  g_autoptr (MosIngestResult) said = NULL;
  g_autoptr (MosIngestResult) made_up = NULL;

  g_assert_nonnull (strstr (first->text, "unsubscribe"));
  parts = g_strsplit_set (header, "\r\n \t", -1);
  unfolded = g_strjoinv ("", parts);
  subject = g_uri_unescape_string (strstr (unfolded, "?subject=") + strlen ("?subject="), NULL);
  click = g_strdup_printf ("From: relay@mail.example\nTo: support@shop.example\nSubject: %s\nMessage-ID: <click@mail.example>\nAuto-Submitted: auto-generated\nDate: Mon, 02 Mar 2026 10:30:00 +0000\n\n\n", subject);
  clicked = test_ingest (t->store, click, MOS_FOLDER_INBOX, 3, mos_clock_now_us (t->clock));
  said = test_ingest (t->store, word, MOS_FOLDER_INBOX, 4, mos_clock_now_us (t->clock));
  g_assert_cmpstr (clicked->cause, ==, "opt-out");
  g_assert_cmpstr (said->cause, ==, "opt-out");
  g_assert_false (said->arrived);
  g_assert_cmpuint (count_shown (t), ==, 0);
  g_assert_cmpstr (get_consent (t, ana), ==, "opted_out");
  g_assert_cmpstr (get_consent (t, bea), ==, "opted_out");
  look (t, &test);
  g_assert_cmpuint (test.outreach->counts.n_opted_out, ==, 2);
  g_assert_cmpuint (test.outreach->counts.n_answered, ==, 0);
  assert_sound (t);

  /* Who guesses a number gets nowhere: it is a mail like any other. */
  strrchr (subject, ']')[-1] = strrchr (subject, ']')[-1] == '0' ? '1' : '0';
  forged = g_strdup_printf ("From: relay@mail.example\nTo: support@shop.example\nSubject: %s\nMessage-ID: <forged@mail.example>\nDate: Mon, 02 Mar 2026 10:31:00 +0000\n\nHi\n", subject);
  made_up = test_ingest (t->store, forged, MOS_FOLDER_INBOX, 5, mos_clock_now_us (t->clock));
  g_assert_cmpint (made_up->outcome, ==, MOS_INGEST_IMPORTED);
  g_assert_cmpuint (count_shown (t), ==, 1);
  g_assert_cmpstr (get_consent (t, carl), ==, "given");
}

static void
test_words (void)
{
  static const char *const shipped[][2] = { { "en", "unsubscribe" }, { "es", "baja" }, { "pt-br", "remover" }, { "fr", "désabonner" }, { "de-at", "abmelden" }, { "it", "cancella" }, { "ca", "baixa" }, { "ar", "إلغاء" } };
  static const char *const yes[] = { "  Unsubscribe.\n", "STOP", "«Baja»", "Abmelden!!", "Doneu-me de baixa", "Désabonnement", "Quiero darme de baja.", "إلغاء الإشتراك" };
  static const char *const no[] = { "Please stop sending the parcel", "", "unsubscribe me from this and tell me where my parcel is", NULL };

  for (gsize i = 0; i < G_N_ELEMENTS (yes); i++)
    g_assert_true (mos_outreach_words_is_opt_out (yes[i]));
  for (gsize i = 0; i < G_N_ELEMENTS (no); i++)
    g_assert_false (mos_outreach_words_is_opt_out (no[i]));
  /* Each language has a line, and the word it names is understood. */
  for (gsize i = 0; i < G_N_ELEMENTS (shipped); i++)
    {
      g_assert_nonnull (strstr (mos_outreach_words_get_line (shipped[i][0]), shipped[i][1]));
      g_assert_true (mos_outreach_words_is_opt_out (shipped[i][1]));
    }
  g_assert_nonnull (strstr (mos_outreach_words_get_line ("xx"), "unsubscribe"));
  g_assert_nonnull (strstr (mos_outreach_words_get_line (NULL), "unsubscribe"));
}

/* --- in their language, and forgotten --- */

static gboolean
do_erase (MosTxn *txn,
          gpointer data,
          GError **error)
{
  g_autoptr (MosErasure) erasure = NULL;

  return mos_customers_erase (txn, data, &erasure, error);
}

static void
test_language_and_erasure (void)
{
  g_autoptr (MosTestStore) t = test_desk_store ();
  OutreachCustomer dieter = { "Dieter Fuchs", "dieter@mail.example", MOS_CONSENT_GIVEN, "de" };
  g_auto (OutreachTest) test = { 0 };
  g_autoptr (MosMessageRow) row = NULL;

  test_write (t->store, outreach_do_add, &dieter);
  test = send_to_all (t, 2);
  row = outreach_find_message (t, ((MosOutreachPerson *) test.people->pdata[0])->message);
  g_assert_cmpstr (row->subject, ==, "Neues");
  g_assert_true (g_str_has_prefix (row->text, "Guten Tag Dieter,"));
  g_assert_nonnull (strstr (row->text, "abmelden"));

  test_write (t->store, do_erase, dieter.id);
  look (t, &test);
  g_assert_cmpstr (((MosOutreachPerson *) test.people->pdata[0])->address, ==, "");
  g_assert_cmpstr (((MosOutreachPerson *) test.people->pdata[0])->name, ==, "");
  g_free (dieter.id);
}

int
main (int argc,
      char *argv[])
{
  mos_test_init (&argc, &argv);
  g_test_add_func ("/outreach/left-out", test_left_out);
  g_test_add_func ("/outreach/recent-and-missing", test_recent_and_missing);
  g_test_add_data_func ("/outreach/orders/late", NULL, test_orders);
  g_test_add_data_func ("/outreach/orders/chosen", "chosen", test_orders);
  g_test_add_func ("/outreach/guest", test_guest);
  g_test_add_func ("/outreach/problems", test_problems);
  g_test_add_func ("/outreach/pace", test_pace);
  g_test_add_func ("/outreach/pace-of-account", test_pace_of_account);
  g_test_add_func ("/outreach/hours", test_hours);
  g_test_add_func ("/outreach/offline", test_offline);
  g_test_add_func ("/outreach/pause", test_pause);
  g_test_add_func ("/outreach/judged-again", test_judged_again);
  g_test_add_func ("/outreach/answer", test_answer);
  g_test_add_func ("/outreach/journey", test_journey);
  g_test_add_func ("/outreach/bounce", test_bounce);
  g_test_add_func ("/outreach/refused", test_refused);
  g_test_add_func ("/outreach/opt-out", test_opt_out);
  g_test_add_func ("/outreach/words", test_words);
  g_test_add_func ("/outreach/language-and-erasure", test_language_and_erasure);
  return g_test_run ();
}
