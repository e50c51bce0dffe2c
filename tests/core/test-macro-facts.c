/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "desk-fixture.h"

#include "core/base/mos-error.h"
#include "core/base/mos-phone.h"
#include "core/base/mos-whereabouts.h"
#include "core/desk/mos-macro-fill.h"
#include "core/store/mos-store-agents.h"
#include "core/store/mos-store-customers.h"
#include "core/store/mos-store-orders.h"
#include "core/store/mos-store-shops.h"

#include <string.h>

/* What macros put in for their names, from real mail to the words a customer reads (behaviour.md §2.3, "Test"). */

typedef struct
{
  MosMacroSubject subject;
  MosMacroFacts *facts; /* (owned) */
} Load;

static gboolean
do_load (MosTxn *txn,
         gpointer data,
         GError **error)
{
  Load *load = data;

  return mos_macro_facts_load (txn, &load->subject, &load->facts, error);
}

static char *
render (const MosMacroFacts *facts,
        const char *text,
        guint *ret_unresolved)
{
  g_autoptr (MosTemplate) template = mos_template_parse (text);
  g_autofree char *locale = mos_macro_facts_make_locale (facts, NULL);
  g_autoptr (GTimeZone) tz = mos_macro_facts_make_tz (facts);
  MosTemplateContext context = { .lookup = mos_macro_facts_look_up, .user_data = (gpointer) facts, .locale = locale, .tz = tz };
  g_autoptr (MosRendering) rendering = NULL;

  mos_template_check_names (template, mos_macro_facts_list_names ());
  rendering = mos_template_render (template, &context);
  if (ret_unresolved != NULL)
    *ret_unresolved = rendering->n_unresolved;
  return g_strdup (rendering->text);
}

/* The From line of a mail, and what a greeting makes of it. */
static void
test_names (void)
{
  static const struct
  {
    const char *from;
    const char *greeting; /* (nullable): unresolved */
    const char *with_default;
  } cases[] = {
    { "Ana =?utf-8?Q?Garc=C3=ADa?= <a1@mail.example>", "Hola Ana", "Hola Ana" },
    { "Noah <a2@mail.example>", "Hola Noah", "Hola Noah" },
    { "a3@mail.example", NULL, "Hola there" },
    { "\"\" <a4@mail.example>", NULL, "Hola there" },
    { "\"a5@mail.example\" <a5@mail.example>", NULL, "Hola there" },
    { "=?utf-8?B?Wm/DqyDwn4y7?= <a6@mail.example>", "Hola Zoë", "Hola Zoë" },
    { "=?utf-8?B?2YTZitmE2Ykg2K3Yr9in2K8=?= <a7@mail.example>", "Hola ليلى", "Hola ليلى" },
    { "Jan de Vries <a8@mail.example>", "Hola Jan", "Hola Jan" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (MosTestStore) t = test_desk_store ();
      g_autofree char *mail = g_strdup_printf ("From: %s\nTo: support@shop.example\nSubject: Where?\nMessage-ID: <one@mail.example>\n\nHello\n", cases[i].from);
      g_autoptr (MosIngestResult) result = test_ingest (t->store, mail, MOS_FOLDER_INBOX, 1, MOS_TEST_NOW_US);
      Load load = { { .conversation = result->conversation }, NULL };
      g_autofree char *plain = NULL;
      g_autofree char *defaulted = NULL;
      guint unresolved = 0;

      g_test_message ("%s", cases[i].from);
      test_write (t->store, do_load, &load);
      plain = render (load.facts, "Hola {{customer.first_name}}", &unresolved);
      g_assert_cmpuint (unresolved, ==, cases[i].greeting == NULL);
      if (cases[i].greeting != NULL)
        g_assert_cmpstr (plain, ==, cases[i].greeting);
      defaulted = render (load.facts, "Hola {{customer.first_name|default:\"there\"}}", &unresolved);
      g_assert_cmpuint (unresolved, ==, 0);
      g_assert_cmpstr (defaulted, ==, cases[i].with_default);
      mos_macro_facts_unref (load.facts);
    }
}

static char *
escape (const char *value)
{
  return g_markup_escape_text (value, -1);
}

/* What a customer writes is never read as a template, and is no markup. */
static void
test_hostile (void)
{
  g_autoptr (MosTestStore) t = test_desk_store ();
  static const char mail[] = "From: \"<script>alert(1)</script> Ana\" <ana@mail.example>\nTo: support@shop.example\nSubject: {{agent.name}} {% if customer.vip %}x{% endif %}\n"
                             "Message-ID: <one@mail.example>\n\nHello\n";
  g_autoptr (MosIngestResult) result = test_ingest (t->store, mail, MOS_FOLDER_INBOX, 1, MOS_TEST_NOW_US);
  Load load = { { .conversation = result->conversation }, NULL };
  g_autofree char *subject = NULL;
  g_autoptr (MosTemplate) template = mos_template_parse ("<p>{{customer.name}}</p>");
  MosTemplateContext context = { .lookup = mos_macro_facts_look_up, .locale = "en", .escape = escape };
  g_autoptr (MosRendering) rendering = NULL;
  guint unresolved = 1;

  test_write (t->store, do_load, &load);
  subject = render (load.facts, "Re: {{conversation.subject}}", &unresolved);
  g_assert_cmpuint (unresolved, ==, 0);
  g_assert_cmpstr (subject, ==, "Re: {{agent.name}} {% if customer.vip %}x{% endif %}");

  context.user_data = load.facts;
  rendering = mos_template_render (template, &context);
  g_assert_null (strstr (rendering->text, "<script>"));
  g_assert_nonnull (strstr (rendering->text, "&lt;script&gt;"));
  mos_macro_facts_unref (load.facts);
}

typedef struct
{
  const char *conversation;
  const char *country;
  const char *language;
  const char *phone;
} Edit;

static gboolean
do_edit (MosTxn *txn,
         gpointer data,
         GError **error)
{
  Edit *edit = data;
  g_autoptr (MosConversationRow) row = NULL;
  g_autoptr (MosCustomerRow) customer = NULL;
  g_autoptr (MosAgent) agent = mos_agent_new ();

  agent->id = g_strdup ("agent-1");
  agent->name = g_strdup ("Lucía Ferrer");
  agent->is_me = TRUE;
  if (!mos_store_agent_save (txn, agent, error) || !mos_store_conversation_find (txn, edit->conversation, &row, error) ||
      !mos_store_customer_find (txn, row->customer, &customer, error))
    return FALSE;
  g_set_str (&customer->country, edit->country);
  g_set_str (&customer->language, edit->language);
  g_set_str (&customer->phone, edit->phone);
  return mos_store_customer_save (txn, customer, error);
}

/* Dates and countries are written in the customer's way, on the customer's clock; what is not known is missing. */
static void
test_words (void)
{
  g_autoptr (MosTestStore) t = test_desk_store ();
  /* Late in the evening in UTC it is the next day in Berlin. */
  static const char mail[] = "From: Ana <ana@mail.example>\nTo: support@shop.example\nSubject: Wo?\nMessage-ID: <one@mail.example>\n\nHi\n";
  g_autoptr (MosIngestResult) result = test_ingest (t->store, mail, MOS_FOLDER_INBOX, 1, MOS_TEST_NOW_US - 9 * G_TIME_SPAN_HOUR - 30 * G_TIME_SPAN_MINUTE);
  Edit edit = { result->conversation, "DE", "de", "+49 30 123456" };
  Load load = { { .conversation = result->conversation, .agent = "agent-1" }, NULL };
  g_autofree char *text = NULL;
  g_autofree char *missing = NULL;
  g_autofree char *locale = NULL;
  guint unresolved = 1;

  test_write (t->store, do_edit, &edit);
  test_write (t->store, do_load, &load);
  text = render (load.facts, "{{conversation.created|date:long}} · {{customer.country_name}} · {{customer.country}} · {{agent.first_name}} · {{shop.name}} · {{shop.email}} · {{customer.phone}} · {{conversation.number}}",
                 &unresolved);
  g_assert_cmpuint (unresolved, ==, 0);
  g_assert_cmpstr (text, ==, "2. März 2026 · Deutschland · DE · Lucía · Support · support@shop.example · +49 30 123456 · 1");
  locale = mos_macro_facts_make_locale (load.facts, "en");
  g_assert_cmpstr (locale, ==, "en-DE");

  missing = render (load.facts, "{% if customer.company %}firm{% else %}none{% endif %} {% if customer.vip %}vip{% else %}no vip{% endif %} {{customer.company}}", &unresolved);
  g_assert_cmpuint (unresolved, ==, 1);
  g_assert_true (g_str_has_prefix (missing, "none no vip "));
  mos_macro_facts_unref (load.facts);
}

/* A message to somebody new, or to somebody who wrote before. */
static void
test_addresses (void)
{
  g_autoptr (MosTestStore) t = test_desk_store ();
  g_autoptr (MosIngestResult) result = test_ingest (t->store, test_mail_one, MOS_FOLDER_INBOX, 1, MOS_TEST_NOW_US);
  Load known = { { .address = "ANA@mail.example", .account = ACCOUNT }, NULL };
  Load unknown = { { .address = "bo@mail.example" }, NULL };
  Load nobody = { { NULL }, NULL };
  g_autofree char *text = NULL;
  g_autofree char *other = NULL;
  guint unresolved = 1;

  test_write (t->store, do_load, &known);
  text = render (known.facts, "{{customer.first_name}} {{shop.name}}", &unresolved);
  g_assert_cmpstr (text, ==, "Ana Support");
  test_write (t->store, do_load, &unknown);
  other = render (unknown.facts, "{{customer.email}}{% if customer.name %}!{% endif %}{% if conversation.number %}!{% endif %}", &unresolved);
  g_assert_cmpstr (other, ==, "bo@mail.example");
  test_write (t->store, do_load, &nobody);
  g_assert_null (nobody.facts->address);
  mos_macro_facts_unref (known.facts);
  mos_macro_facts_unref (unknown.facts);
  mos_macro_facts_unref (nobody.facts);
}

static gboolean
do_load_missing (MosTxn *txn,
                 gpointer data,
                 GError **error)
{
  MosMacroSubject subject = { .conversation = "no-such" };
  g_autoptr (MosMacroFacts) facts = NULL;
  g_autoptr (GError) local = NULL;

  g_assert_false (mos_macro_facts_load (txn, &subject, &facts, &local));
  g_assert_error (local, MOS_DESK_ERROR, MOS_DESK_ERROR_NOT_FOUND);
  return TRUE;
}

static void
test_missing_conversation (void)
{
  g_autoptr (MosTestStore) t = test_desk_store ();

  test_write (t->store, do_load_missing, NULL);
}

/* Each name answers without anything being known, and says that it is missing; only the day is always there. */
static void
test_all_missing (void)
{
  g_autoptr (MosTestStore) t = test_desk_store ();
  Load load = { { NULL }, NULL };
  const char *const *names = mos_macro_facts_list_names ();

  test_write (t->store, do_load, &load);
  for (gsize i = 0; names[i] != NULL; i++)
    {
      g_auto (MosTemplateValue) value = { MOS_TEMPLATE_MISSING };

      g_test_message ("%s", names[i]);
      mos_macro_facts_look_up (names[i], &value, load.facts);
      g_assert_cmpint (value.kind, ==, strcmp (names[i], "date") == 0 ? MOS_TEMPLATE_TIME : MOS_TEMPLATE_MISSING);
      /* Sorted, for menus. */
      g_assert_true (i == 0 || strcmp (names[i - 1], names[i]) < 0);
    }
  mos_macro_facts_unref (load.facts);
}

/* --- orders --- */

/* Two orders of Ana's: one in yen that is over, one that is under way with a parcel. */
static gboolean
do_orders (MosTxn *txn,
           gpointer data,
           GError **error)
{
  g_autoptr (MosShopAccount) shop = mos_shop_account_make (MOS_SHOP_CSV, "Faro", "faro");
  g_autoptr (GPtrArray) orders = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_order_unref);
  MosOrder *first = mos_order_make (shop->id, "1"), *second = mos_order_make (shop->id, "2");
  MosOrderItem *item = mos_order_add_item (second);
  MosOrderShipment *shipment = mos_order_add_shipment (second);

  mos_shop_account_set_setting (shop, "return_address", "Faro, León");
  g_set_str (&first->number, "FL-1");
  first->status_kind = MOS_ORDER_DELIVERED;
  first->created_us = first->modified_us = MOS_TEST_NOW_US - 40 * G_TIME_SPAN_DAY;
  g_set_str (&first->currency, "JPY");
  g_set_str (&first->total, "1234.0");
  g_set_str (&first->email, "ana@mail.example");
  g_set_str (&second->number, "FL-2");
  second->status_kind = MOS_ORDER_SHIPPED;
  second->created_us = second->modified_us = MOS_TEST_NOW_US - 2 * G_TIME_SPAN_DAY;
  g_set_str (&second->currency, "EUR");
  g_set_str (&second->total, "49.9");
  g_set_str (&second->email, "ana@mail.example");
  g_set_str (&second->country, "AT");
  g_set_str (&item->name, "Lamp");
  g_set_str (&item->variant, "red");
  g_set_str (&item->quantity, "2");
  g_set_str (&shipment->carrier, "GLS");
  g_set_str (&shipment->number, "X 77");
  shipment->shipped_us = MOS_TEST_NOW_US - G_TIME_SPAN_DAY;
  g_ptr_array_add (orders, first);
  g_ptr_array_add (orders, second);
  return mos_store_shop_save (txn, shop, error) && mos_store_order_upsert (txn, shop->id, orders, NULL, NULL, error);
}

static void
test_orders (void)
{
  g_autoptr (MosTestStore) t = test_desk_store ();
  g_autoptr (MosIngestResult) result = test_ingest (t->store, test_mail_one, MOS_FOLDER_INBOX, 1, MOS_TEST_NOW_US);
  Edit edit = { result->conversation, "DE", "de", NULL };
  Load load = { { .conversation = result->conversation }, NULL };
  g_autofree char *text = NULL;
  guint unresolved = 1;

  test_write (t->store, do_edit, &edit);
  test_write (t->store, do_orders, NULL);
  test_write (t->store, do_load, &load);
  /* One is under way: that is meant. */
  g_assert_cmpuint (load.facts->orders->len, ==, 2);
  text = render (load.facts, "{{order.number}} {{order.total|money}} {{order.created|date}} {{order.items}} {{order.items_count}} {{order.shop}} {{shop.return_address}} {{order.tracking_url}}"
                             "{% if order.status == \"shipped\" %} left {{order.shipped|date}}{% endif %}{% if order.delivered %} there{% endif %}{% if order.refunded %} refunded{% endif %}",
                 &unresolved);
  g_assert_cmpuint (unresolved, ==, 0);
  g_assert_cmpstr (text, ==, "FL-2 49,90\u00a0€ 28. Februar 2026 2 × Lamp (red) 2 Faro Faro, León https://gls-group.com/track/X77 left 1. März 2026");
  mos_macro_facts_unref (load.facts);
}

/* What is typed is money of the order that is meant, else of the shop, else of what the customer ordered last; else nobody knows of which. */
static void
test_currency (void)
{
  g_autoptr (MosTestStore) t = test_desk_store ();
  g_autoptr (MosIngestResult) result = test_ingest (t->store, test_mail_one, MOS_FOLDER_INBOX, 1, MOS_TEST_NOW_US);
  g_autoptr (MosMacro) macro = mos_macro_make ();
  g_autoptr (GHashTable) answers = g_hash_table_new (g_str_hash, g_str_equal);
  const char *const languages[] = { "es", NULL };
  Edit edit = { result->conversation, "ES", "es", NULL };
  Load before = { { .conversation = result->conversation }, NULL }, load = { { .conversation = result->conversation }, NULL };
  const char *expected[] = { "12,50", "12,50\u00a0€", "12\u00a0JPY", "12,50\u00a0€" };

  mos_macro_set_text (macro, "es", "{{ask:\"Importe\"|money}}");
  g_hash_table_insert (answers, (gpointer) "Importe", (gpointer) "12,5");
  test_write (t->store, do_edit, &edit);
  test_write (t->store, do_load, &before);
  test_write (t->store, do_orders, NULL);
  test_write (t->store, do_load, &load);
  for (gsize i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      const MosMacroFilling filling = { .facts = i == 0 ? before.facts : load.facts, .languages = languages, .answers = answers, .asked_locale = "es" };
      g_autoptr (MosMacroFilled) filled = NULL;

      /* Orders of two shops, of which none is meant; the newest is in euros. */
      if (i == 2)
        {
          g_clear_pointer (&load.facts->order, mos_order_unref);
          g_set_str (&((MosShopAccount *) load.facts->shops->pdata[0])->currency, "JPY");
        }
      if (i == 3)
        g_ptr_array_set_size (load.facts->shops, 0);
      filled = mos_macro_fill (macro, &filling);
      g_assert_cmpuint (filled->missing->len, ==, 0);
      g_assert_cmpstr (filled->text, ==, expected[i]);
    }
  mos_macro_facts_unref (before.facts);
  mos_macro_facts_unref (load.facts);
}

/* The other one, by hand: in a currency without decimals. */
static void
test_chosen (void)
{
  g_autoptr (MosTestStore) t = test_desk_store ();
  g_autoptr (MosIngestResult) result = test_ingest (t->store, test_mail_one, MOS_FOLDER_INBOX, 1, MOS_TEST_NOW_US);
  g_autoptr (MosShopAccount) shop = mos_shop_account_make (MOS_SHOP_CSV, "Faro", "faro");
  g_autofree char *id = mos_order_id (shop->id, "1");
  Edit edit = { result->conversation, "DE", "de", NULL };
  Load load = { { .conversation = result->conversation, .order = id }, NULL };
  Load gone = { { .conversation = result->conversation, .order = "no-such" }, NULL };
  g_autofree char *text = NULL;
  g_autofree char *missing = NULL;
  guint unresolved = 1;

  test_write (t->store, do_edit, &edit);
  test_write (t->store, do_orders, NULL);
  test_write (t->store, do_load, &load);
  text = render (load.facts, "{{order.number}} {{order.total|money}}", &unresolved);
  g_assert_cmpuint (unresolved, ==, 0);
  g_assert_cmpstr (text, ==, "FL-1 1.234\u00a0¥");
  mos_macro_facts_unref (load.facts);

  /* Deleted in the shop since: it is missing, no other one takes its place. */
  test_write (t->store, do_load, &gone);
  missing = render (gone.facts, "{{order.number}}", &unresolved);
  g_assert_cmpuint (unresolved, ==, 1);
  g_assert_false (gone.facts->is_order_ambiguous);
  mos_macro_facts_unref (gone.facts);
}

static gboolean
do_attach_both (MosTxn *txn,
                gpointer data,
                GError **error)
{
  g_autoptr (MosShopAccount) shop = mos_shop_account_make (MOS_SHOP_CSV, "Faro", "faro");
  g_autofree char *one = mos_order_id (shop->id, "1");
  g_autofree char *two = mos_order_id (shop->id, "2");

  return mos_store_order_attach (txn, data, one, MOS_ORDER_PROOF_NUMBER, error) && mos_store_order_attach (txn, data, two, MOS_ORDER_PROOF_NUMBER, error);
}

static gboolean
do_remove_shop (MosTxn *txn,
                gpointer data,
                GError **error)
{
  g_autoptr (MosShopAccount) shop = mos_shop_account_make (MOS_SHOP_CSV, "Faro", "faro");

  return mos_store_shop_remove (txn, shop->id, error);
}

static gboolean
do_reopen_first (MosTxn *txn,
                 gpointer data,
                 GError **error)
{
  g_autoptr (MosShopAccount) shop = mos_shop_account_make (MOS_SHOP_CSV, "Faro", "faro");
  g_autoptr (GPtrArray) orders = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_order_unref);
  MosOrder *order = mos_order_make (shop->id, "1");

  g_set_str (&order->number, "FL-1");
  g_set_str (&order->currency, "JPY");
  g_set_str (&order->email, "ana@mail.example");
  order->status_kind = MOS_ORDER_PROCESSING;
  order->created_us = MOS_TEST_NOW_US - 40 * G_TIME_SPAN_DAY;
  order->modified_us = MOS_TEST_NOW_US;
  g_ptr_array_add (orders, order);
  return mos_store_order_upsert (txn, shop->id, orders, NULL, NULL, error);
}

/* Two are under way, or the text names both: somebody has to choose. Without the shop there is none. */
static void
test_several (void)
{
  g_autoptr (MosTestStore) t = test_desk_store ();
  g_autoptr (MosIngestResult) result = test_ingest (t->store, test_mail_one, MOS_FOLDER_INBOX, 1, MOS_TEST_NOW_US);
  Load load = { { .conversation = result->conversation }, NULL };
  Load none = { { .conversation = result->conversation }, NULL };
  g_auto (MosTemplateValue) value = { MOS_TEMPLATE_MISSING };
  g_auto (MosTemplateValue) gone = { MOS_TEMPLATE_MISSING };

  test_write (t->store, do_orders, NULL);
  test_write (t->store, do_reopen_first, NULL);
  test_write (t->store, do_attach_both, result->conversation);
  test_write (t->store, do_load, &load);
  g_assert_true (load.facts->is_order_ambiguous);
  /* Where the newest is sent to, as long as nobody wrote down a country. */
  g_assert_cmpstr (load.facts->country, ==, "AT");
  g_assert_cmpstr (load.facts->zone, ==, "Europe/Vienna");
  g_assert_cmpuint (load.facts->orders->len, ==, 2);
  g_assert_cmpstr (((MosOrder *) load.facts->orders->pdata[0])->number, ==, "FL-2");
  mos_macro_facts_look_up ("order.number", &value, load.facts);
  g_assert_cmpint (value.kind, ==, MOS_TEMPLATE_AMBIGUOUS);
  mos_macro_facts_unref (load.facts);

  test_write (t->store, do_remove_shop, NULL);
  test_write (t->store, do_load, &none);
  mos_macro_facts_look_up ("order.number", &gone, none.facts);
  g_assert_cmpint (gone.kind, ==, MOS_TEMPLATE_MISSING);
  mos_macro_facts_unref (none.facts);
}

/* --- where somebody is --- */

static void
test_phones (void)
{
  static const struct
  {
    const char *phone;
    const char *folded;
    const char *country;
  } cases[] = {
    { "+34 600 12 34 56", "+34600123456", "ES" },
    { "0034600123456", "+34600123456", "ES" },
    { "(600) 123-456", "600123456", NULL },
    { "0600/123.456", "600123456", NULL },
    { "+49 (0)30 123456", "+4930123456", "DE" },
    { "0049 (0)30 123456", "+4930123456", "DE" },
    { "+379 06 698 12345", "+3790669812345", NULL },
    { "+39 06 698 12345", "+390669812345", "IT" },
    { "+7 701 123 4567", "+77011234567", "KZ" },
    { "+7 495 123 4567", "+74951234567", "RU" },
    { "+1 212 555 0100", "+12125550100", NULL },
    { "+1 809 555 0100", "+18095550100", "DO" },
    { "‪+٩٦٦ ٥٠ ١٢٣ ٤٥٦٧‬", "+966501234567", "SA" },
    { "12345", NULL, NULL },
    { "FL-1954", NULL, NULL },
    { "ana@mail.example", NULL, NULL },
    { "1234567890123456789012345", NULL, NULL },
    { "", NULL, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *folded = mos_phone_fold (cases[i].phone);

      g_test_message ("%s", cases[i].phone);
      g_assert_cmpstr (folded, ==, cases[i].folded);
      g_assert_cmpstr (mos_phone_country (cases[i].phone), ==, cases[i].country);
    }
}

/* Where the country's plan says what is a mobile telephone, others are not written to. */
static void
test_texts (void)
{
  static const struct
  {
    const char *phone;
    gboolean takes;
  } cases[] = {
    { "+49 151 2345 6789", TRUE },
    { "0049 30 901820", FALSE },
    { "+34 600 12 34 56", TRUE },
    { "+34 910 12 34 56", FALSE },
    { "+43 664 1234567", TRUE },
    { "+43 662 123456", FALSE },
    { "+966501234567", TRUE },
    { "+1 555 555 5555", TRUE },
    { "0151 23456789", FALSE },
    { "+4915", FALSE },
    { "Ana", FALSE },
    { "", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s", cases[i].phone);
      g_assert_cmpint (mos_phone_takes_texts (cases[i].phone), ==, cases[i].takes);
    }
}

static void
test_places (void)
{
  static const struct
  {
    const char *country;
    const char *phone;
    int offset_s;
    const char *zone;
    gboolean is_guess;
    MosWhereaboutsEvidence evidence;
  } cases[] = {
    { "FR", NULL, MOS_WHEREABOUTS_NO_OFFSET, "Europe/Paris", FALSE, MOS_WHEREABOUTS_BY_COUNTRY },
    { "ES", NULL, MOS_WHEREABOUTS_NO_OFFSET, "Europe/Madrid", TRUE, MOS_WHEREABOUTS_BY_COUNTRY },
    /* Servers date by UTC. */
    { "ES", NULL, 0, "Europe/Madrid", TRUE, MOS_WHEREABOUTS_BY_COUNTRY },
    { "PT", NULL, 0, "Europe/Lisbon", TRUE, MOS_WHEREABOUTS_BY_COUNTRY },
    { "PT", NULL, -3600, "Atlantic/Azores", TRUE, MOS_WHEREABOUTS_BY_COUNTRY },
    { "US", NULL, 0, NULL, TRUE, MOS_WHEREABOUTS_BY_COUNTRY },
    { "US", NULL, MOS_WHEREABOUTS_NO_OFFSET, NULL, TRUE, MOS_WHEREABOUTS_BY_COUNTRY },
    { NULL, "+49 30 123456", MOS_WHEREABOUTS_NO_OFFSET, "Europe/Berlin", TRUE, MOS_WHEREABOUTS_BY_PHONE },
    { NULL, NULL, 19800, "+05:30", TRUE, MOS_WHEREABOUTS_BY_MAIL },
    { NULL, NULL, -12600, "-03:30", TRUE, MOS_WHEREABOUTS_BY_MAIL },
    { NULL, NULL, 0, NULL, FALSE, MOS_WHEREABOUTS_UNKNOWN },
    { "xx", NULL, MOS_WHEREABOUTS_NO_OFFSET, NULL, FALSE, MOS_WHEREABOUTS_UNKNOWN },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (MosWhereabouts) place = mos_whereabouts_find (cases[i].country, cases[i].phone, cases[i].offset_s, MOS_TEST_NOW_US, MOS_TEST_NOW_US);
      g_autoptr (GTimeZone) tz = place->zone != NULL ? g_time_zone_new_identifier (place->zone) : NULL;

      g_test_message ("%" G_GSIZE_FORMAT, i);
      g_assert_cmpstr (place->zone, ==, cases[i].zone);
      g_assert_cmpint (place->is_guess, ==, cases[i].is_guess);
      g_assert_cmpint (place->evidence, ==, cases[i].evidence);
      g_assert_true ((place->zone != NULL) == (tz != NULL));
    }
}

int
main (int argc,
      char *argv[])
{
  mos_test_init (&argc, &argv);
  g_test_add_func ("/macro-facts/names", test_names);
  g_test_add_func ("/macro-facts/hostile", test_hostile);
  g_test_add_func ("/macro-facts/words", test_words);
  g_test_add_func ("/macro-facts/addresses", test_addresses);
  g_test_add_func ("/macro-facts/missing-conversation", test_missing_conversation);
  g_test_add_func ("/macro-facts/all-missing", test_all_missing);
  g_test_add_func ("/macro-facts/orders", test_orders);
  g_test_add_func ("/macro-facts/currency", test_currency);
  g_test_add_func ("/macro-facts/chosen", test_chosen);
  g_test_add_func ("/macro-facts/several", test_several);
  g_test_add_func ("/whereabouts/phones", test_phones);
  g_test_add_func ("/whereabouts/texts", test_texts);
  g_test_add_func ("/whereabouts/zones", test_places);
  return g_test_run ();
}
