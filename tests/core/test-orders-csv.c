/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-test"

#include "config.h"

#include "store-fixture.h"

#include "core/base/mos-time.h"
#include "core/desk/mos-customers.h"
#include "core/desk/mos-orders-csv.h"
#include "core/desk/mos-shops.h"
#include "mos-test.h"

/* Orders from files: what columns are, what of them cannot be read, and the same file again. */

/* --- files --- */

static MosOrdersCsv *
read_text (const char *text)
{
  g_autoptr (GBytes) data = g_bytes_new_static (text, strlen (text));
  g_autoptr (GError) error = NULL;
  MosOrdersCsv *csv = mos_orders_csv_read (data, &error);

  g_assert_no_error (error);
  return csv;
}

static MosShopAccount *
make_shop (void)
{
  MosShopAccount *shop = mos_shop_account_make (MOS_SHOP_CSV, "Faro", "faro");

  g_set_str (&shop->currency, "EUR");
  return shop;
}

static gboolean
take (GPtrArray *orders,
      double done,
      gpointer data,
      GCancellable *cancellable,
      GError **error)
{
  for (guint i = 0; i < orders->len; i++)
    g_ptr_array_add (data, mos_order_ref (orders->pdata[i]));
  return TRUE;
}

static MosOrdersReport *
walk (const char *text,
      GPtrArray **ret_orders)
{
  g_autoptr (MosOrdersCsv) csv = read_text (text);
  g_autoptr (MosShopAccount) shop = make_shop ();
  g_autoptr (MosOrdersPlan) plan = mos_orders_plan_make (csv, shop);
  g_autoptr (GError) error = NULL;
  MosOrdersReport *report;

  *ret_orders = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_order_unref);
  report = mos_orders_csv_walk (csv, plan, shop, take, *ret_orders, NULL, &error);
  g_assert_no_error (error);
  return report;
}

static void
assert_time (gint64 us,
             const char *expected)
{
  g_autofree char *text = mos_time_format_utc (us);

  g_assert_cmpstr (text, ==, expected);
}

#define SHOPIFY                                                                                                                                                                                                                          \
  "Name,Email,Financial Status,Paid at,Fulfillment Status,Currency,Total,Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku,Shipping Name,Shipping Street,Shipping Zip,Shipping City,Shipping Country,Notes,Phone\n" \
  "#1001,Ana@Example.test,paid,2026-05-01 10:00:00 +0200,fulfilled,EUR,42.00,2026-05-01 09:59:00 +0200,2,Mug,12.00,M-1,Ana García,Calle 1,28001,Madrid,ES,\"Please, wrap it\",600123123\n"                                               \
  "#1001,Ana@Example.test,,,,,,2026-05-01 09:59:00 +0200,1,Lamp,18.00,L-2,,,,,,,\n"                                                                                                                                                      \
  "#1002,leo@example.test,refunded,,unfulfilled,USD,5.00,2026-05-02 08:00:00 -0400,1,Card,5.00,,Leo,Street 2,10001,New York,US,,+1 212 555 0100\n"

/* As one widespread platform exports them: further items in records without sums. */
static void
test_shopify (void)
{
  g_autoptr (GPtrArray) orders = NULL;
  g_autoptr (MosOrdersReport) report = walk (SHOPIFY, &orders);
  const MosOrder *order;
  const MosOrderItem *item;

  g_assert_cmpuint (report->n_troubles, ==, 0);
  g_assert_cmpuint (report->n_records, ==, 3);
  g_assert_cmpuint (report->n_orders, ==, 2);
  g_assert_cmpint (report->decimals, ==, MOS_CSV_DECIMALS_POINT);
  g_assert_true (report->decimals_are_sure);
  g_assert_true (report->dates_are_sure);
  order = orders->pdata[0];
  g_assert_cmpstr (order->number, ==, "#1001");
  g_assert_cmpstr (order->remote_id, ==, "1001");
  g_assert_cmpstr (order->email, ==, "ana@example.test");
  g_assert_cmpstr (order->phone, ==, "34600123123");
  g_assert_cmpstr (order->total, ==, "42.00");
  g_assert_cmpstr (order->currency, ==, "EUR");
  g_assert_cmpint (order->status_kind, ==, MOS_ORDER_SHIPPED);
  g_assert_cmpstr (order->payment, ==, "paid");
  g_assert_cmpstr (order->address, ==, "Ana García\nCalle 1\n28001 Madrid\nES");
  g_assert_cmpstr (order->note, ==, "Please, wrap it");
  assert_time (order->created_us, "2026-05-01T07:59:00Z");
  g_assert_cmpuint (order->items->len, ==, 2);
  item = order->items->pdata[0];
  g_assert_cmpstr (item->name, ==, "Mug");
  g_assert_cmpstr (item->quantity, ==, "2");
  g_assert_cmpstr (item->total, ==, "24.00");
  order = orders->pdata[1];
  g_assert_cmpstr (order->currency, ==, "USD");
  g_assert_cmpstr (order->phone, ==, "12125550100");
}

/* German headings, semicolons, commas before the cents; the items of one order are not beside each other. */
static void
test_german (void)
{
  g_autoptr (GPtrArray) orders = NULL;
  g_autoptr (MosOrdersReport) report = walk ("Bestellnummer;Bestelldatum;Status;Gesamtbetrag;Währung;E-Mail;Vorname;Nachname;Artikel;Menge;Einzelpreis;Sendungsnummer\r\n"
                                             "A-1;03.04.2026 12:00;Versendet;1.234,50 €;EUR;ida@example.test;Ida;Blum;Sofa;1,00;1.200;00340434161094015902\r\n"
                                             "A-2;05.04.2026;In Klärung;8;;;;;Karte;2;4;\r\n"
                                             "A-1;;;;;;;;Kissen;3;11,50;\r\n",
                                             &orders);
  const MosOrder *order;

  g_assert_cmpint (report->decimals, ==, MOS_CSV_DECIMALS_COMMA);
  g_assert_cmpuint (report->n_troubles, ==, 0);
  g_assert_cmpuint (orders->len, ==, 2);
  /* The one that is whole first. */
  order = orders->pdata[0];
  g_assert_cmpstr (order->number, ==, "A-2");
  g_assert_cmpstr (order->currency, ==, "EUR");
  order = orders->pdata[1];
  g_assert_cmpstr (order->total, ==, "1234.50");
  g_assert_cmpstr (order->name, ==, "Ida Blum");
  g_assert_cmpint (order->status_kind, ==, MOS_ORDER_SHIPPED);
  g_assert_cmpuint (order->items->len, ==, 2);
  g_assert_cmpstr (((MosOrderItem *) order->items->pdata[0])->price, ==, "1200");
  g_assert_cmpstr (((MosOrderItem *) order->items->pdata[1])->total, ==, "34.50");
  g_assert_cmpuint (order->shipments->len, ==, 1);
  g_assert_cmpuint (report->statuses->len, ==, 2);
  g_assert_false (((MosCsvStatus *) report->statuses->pdata[0])->is_guess);
  g_assert_cmpstr (((MosCsvStatus *) report->statuses->pdata[1])->word, ==, "In Klärung");
  g_assert_true (((MosCsvStatus *) report->statuses->pdata[1])->is_guess);
}

/* What could be both is said to be so, until somebody decides. */
static void
test_ambiguous (void)
{
  g_autoptr (MosOrdersCsv) csv = read_text ("Order,Date,Total\n1,05/06/2026,1.234\n2,07/08/2026,2.000\n");
  g_autoptr (MosShopAccount) shop = make_shop ();
  g_autoptr (MosOrdersPlan) plan = mos_orders_plan_make (csv, shop);
  g_autoptr (MosOrdersReport) report = mos_orders_csv_walk (csv, plan, shop, NULL, NULL, NULL, NULL);
  g_autoptr (MosOrdersReport) decided = NULL;
  const MosOrder *order = report->preview->pdata[0];

  g_assert_false (report->dates_are_sure);
  g_assert_false (report->decimals_are_sure);
  g_assert_cmpstr (order->total, ==, "1.234");
  assert_time (order->created_us, "2026-06-05T00:00:00Z");
  plan->decimals = MOS_CSV_DECIMALS_COMMA;
  plan->dates = MOS_CSV_DATES_MONTH_FIRST;
  decided = mos_orders_csv_walk (csv, plan, shop, NULL, NULL, NULL, NULL);
  order = decided->preview->pdata[0];
  g_assert_true (decided->dates_are_sure);
  g_assert_true (decided->decimals_are_sure);
  g_assert_cmpstr (order->total, ==, "1234");
  assert_time (order->created_us, "2026-05-06T00:00:00Z");
}

/* What shops call it in their own language */
static void
test_statuses (void)
{
  static const struct
  {
    const char *word;
    MosOrderStatus kind;
  } table[] = {
    { "Pendiente de pago", MOS_ORDER_PENDING },
    { "Zahlung ausstehend", MOS_ORDER_PENDING },
    { "In Wartestellung", MOS_ORDER_PENDING },
    { "Attente paiement", MOS_ORDER_PENDING },
    { "In attesa di pagamento", MOS_ORDER_PENDING },
    { "Pagamento pendente", MOS_ORDER_PENDING },
    { "قيد التنفيذ", MOS_ORDER_PROCESSING },
    { "Fertiggestellt", MOS_ORDER_SHIPPED },
    { "Evaso", MOS_ORDER_SHIPPED },
    { "Échouée", MOS_ORDER_CANCELLED },
    { "Fallito", MOS_ORDER_CANCELLED },
    { "Malsucedido", MOS_ORDER_CANCELLED },
    { "Cancel·lat", MOS_ORDER_CANCELLED },
    { "مسترجع", MOS_ORDER_REFUNDED },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      gboolean is_guess = TRUE;

      g_test_message ("%s", table[i].word);
      g_assert_cmpint (mos_order_status_guess (table[i].word, &is_guess), ==, table[i].kind);
      g_assert_false (is_guess);
    }
}

/* One value decides for its whole column. */
static void
test_month_first (void)
{
  g_autoptr (GPtrArray) orders = NULL;
  g_autoptr (MosOrdersReport) report = walk ("Order ID\tSale Date\tOrder Total\n1\t05/06/2026\t1,234\n2\t05/28/2026\t2,000.00\n", &orders);

  g_assert_true (report->dates_are_sure);
  assert_time (((MosOrder *) orders->pdata[0])->created_us, "2026-05-06T00:00:00Z");
  g_assert_cmpstr (((MosOrder *) orders->pdata[0])->total, ==, "1234");
}

/* Troubles have lines of the file, and take their order alone with them. */
static void
test_troubles (void)
{
  static const struct
  {
    guint line;
    MosCsvTroubleKind kind;
    const char *column;
    const char *value;
  } expected[] = {
    { 4, MOS_CSV_TROUBLE_AMOUNT, "Total", "n/a" },
    { 5, MOS_CSV_TROUBLE_DATE, "Date", "soon" },
    { 6, MOS_CSV_TROUBLE_NO_NUMBER, "", "" },
    { 7, MOS_CSV_TROUBLE_FIELDS, "", "9" },
  };
  g_autoptr (GPtrArray) orders = NULL;
  g_autoptr (MosOrdersReport) report = walk ("Number,Date,Total,Item\n"
                                             "1,2026-05-01,5.00,\"A\nmug\"\n" /* lines 2 and 3 */
                                             "2,2026-05-01,n/a,x\n"
                                             "3,soon,1.00,x\n"
                                             ",2026-05-01,1.00,\n"
                                             "4,2026-05-01,1,50,9\n"
                                             "2,2026-05-01,7.00,y\n"
                                             "5,2026-05-01,2.00,z,\n",
                                             &orders);

  g_assert_cmpuint (report->n_troubles, ==, G_N_ELEMENTS (expected));
  for (gsize i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      const MosCsvTrouble *trouble = report->troubles->pdata[i];

      g_assert_cmpuint (trouble->line, ==, expected[i].line);
      g_assert_cmpint (trouble->kind, ==, expected[i].kind);
      g_assert_cmpstr (trouble->column, ==, expected[i].column);
      g_assert_cmpstr (trouble->value, ==, expected[i].value);
    }
  g_assert_cmpuint (report->n_orders, ==, 2);
  g_assert_cmpuint (report->n_left_out, ==, 3);
  g_assert_cmpstr (((MosOrder *) orders->pdata[0])->number, ==, "1");
  g_assert_cmpstr (((MosOrder *) orders->pdata[1])->number, ==, "5");
}

/* The number stands on the first record of an order alone; an item with no order above it is told. */
static void
test_items_alone (void)
{
  g_autoptr (GPtrArray) orders = NULL;
  g_autoptr (MosOrdersReport) report = walk ("Number,Date,Total,Item\n"
                                             ",,,Lost\n"
                                             "1,2026-05-01,5.00,Mug\n"
                                             ",,,Lamp\n"
                                             ",,,Cup\n"
                                             "2,2026-05-02,6.00,Sofa\n"
                                             ",2026-05-02,6.00,\n"
                                             ",,,Chair\n",
                                             &orders);

  g_assert_cmpuint (report->n_orders, ==, 2);
  g_assert_cmpuint (((MosOrder *) orders->pdata[0])->items->len, ==, 3);
  g_assert_cmpuint (((MosOrder *) orders->pdata[1])->items->len, ==, 1);
  g_assert_cmpuint (report->n_troubles, ==, 3);
  for (guint i = 0; i < report->troubles->len; i++)
    g_assert_cmpint (((MosCsvTrouble *) report->troubles->pdata[i])->kind, ==, MOS_CSV_TROUBLE_NO_NUMBER);
  g_assert_cmpuint (((MosCsvTrouble *) report->troubles->pdata[0])->line, ==, 2);
  g_assert_cmpuint (((MosCsvTrouble *) report->troubles->pdata[2])->line, ==, 8);
}

/* A record that lacks what others have was cut short: its empty values are none. */
static void
test_short (void)
{
  static const struct
  {
    const char *rows;
    guint n_orders;
    guint line; /* of the one that is left out, 0 = none */
  } table[] = {
    { "1,2026-05-01,5.00,shipped\n2,2026-05-02\n3,2026-05-03,7.00,shipped\n", 2, 3 },
    /* The file itself ends too early. */
    { "1,2026-05-01,5.00,shipped\n2,2026-05-02,6.00,shipped\n3,2026-05", 2, 4 },
    { "1,2026-05-01,5.00,\n2,2026-05-02,6.00", 1, 3 },
    { "1,2026-05-01,5.00", 0, 2 },
    /* Spreadsheets drop what is empty in all of them, and the last end of a line. */
    { "1,2026-05-01,5.00\n2,2026-05-02,6.00\n", 2, 0 },
    { "1,2026-05-01,5.00,\n2,2026-05-02,6.00\n", 2, 0 },
    { "1,2026-05-01,5.00\n2,2026-05-02,6.00", 2, 0 },
    { "1,2026-05-01,5.00,shipped\n2,2026-05-02,6.00,", 2, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autofree char *text = g_strconcat ("Number,Date,Total,Status\n", table[i].rows, NULL);
      g_autoptr (GPtrArray) orders = NULL;
      g_autoptr (MosOrdersReport) report = walk (text, &orders);

      g_assert_cmpuint (report->n_orders, ==, table[i].n_orders);
      g_assert_cmpuint (report->n_troubles, ==, table[i].line != 0);
      g_assert_cmpuint (report->n_left_out, ==, table[i].line != 0);
      if (table[i].line == 0)
        continue;
      g_assert_cmpint (((MosCsvTrouble *) report->troubles->pdata[0])->kind, ==, MOS_CSV_TROUBLE_FIELDS);
      g_assert_cmpuint (((MosCsvTrouble *) report->troubles->pdata[0])->line, ==, table[i].line);
    }
}

static void
test_hostile (void)
{
  static const char *const texts[] = { "", "\n\n", "just words\nand more\n", "a,\"b\n1,2\n" };
  g_autoptr (MosOrdersCsv) csv = read_text ("First,Second\n1,2\n");
  g_autoptr (MosShopAccount) shop = make_shop ();
  g_autoptr (MosOrdersPlan) plan = mos_orders_plan_make (csv, shop);
  g_autoptr (MosOrdersReport) report = NULL;
  g_autoptr (GCancellable) cancelled = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GBytes) data = g_bytes_new_static (texts[i], strlen (texts[i]));
      g_autoptr (GError) local = NULL;

      g_assert_null (mos_orders_csv_read (data, &local));
      g_assert_error (local, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
    }
  /* No heading that is known. */
  g_assert_null (mos_orders_csv_walk (csv, plan, shop, NULL, NULL, NULL, &error));
  g_assert_error (error, MOS_DESK_ERROR, MOS_DESK_ERROR_INVALID);
  g_clear_error (&error);
  mos_orders_plan_set_column (plan, 1, MOS_ORDER_COLUMN_NUMBER);
  report = mos_orders_csv_walk (csv, plan, shop, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (report->n_orders, ==, 1);
  g_cancellable_cancel (cancelled);
  g_assert_null (mos_orders_csv_walk (csv, plan, shop, NULL, NULL, cancelled, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* --- into the store --- */

typedef struct
{
  MosShopAccount *shop;
  GPtrArray *orders;
  GString *csv;
  MosCustomerRow *customer;
} Data;

static gboolean
do_add (MosTxn *txn,
        gpointer data,
        GCancellable *cancellable,
        GError **error)
{
  Data *d = data;
  g_autofree char *id = NULL;

  return mos_store_shop_save (txn, d->shop, error) && mos_store_customer_add (txn, d->customer, &id, error) && mos_customers_add_identity (txn, id, "ana@example.test", NULL, error);
}

static gboolean
do_look (MosTxn *txn,
         gpointer data,
         GCancellable *cancellable,
         GError **error)
{
  Data *d = data;
  g_autofree char *id = g_strdup (d->shop->id);

  g_clear_pointer (&d->orders, g_ptr_array_unref);
  g_clear_pointer (&d->shop, mos_shop_account_unref);
  if (d->csv != NULL)
    g_string_free (d->csv, TRUE);
  d->orders = mos_store_order_list (txn, id, 0, 1000, error);
  d->csv = mos_orders_csv_export (txn, id, error);
  return d->orders != NULL && d->csv != NULL && mos_store_shop_find (txn, id, &d->shop, error);
}

static void
data_clear (Data *d)
{
  g_clear_pointer (&d->orders, g_ptr_array_unref);
  g_clear_pointer (&d->shop, mos_shop_account_unref);
  g_clear_pointer (&d->customer, mos_customer_row_unref);
  if (d->csv != NULL)
    g_string_free (d->csv, TRUE);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Data, data_clear)

static void
look (Fixture *f,
      Data *d)
{
  g_autoptr (GError) error = NULL;

  mos_store_read_sync (f->store, do_look, d, NULL, &error);
  g_assert_no_error (error);
}

static MosOrderCounts
import (Fixture *f,
        Data *d,
        const char *text,
        gboolean only_shows)
{
  g_autoptr (MosOrdersCsv) csv = read_text (text);
  g_autoptr (MosOrdersPlan) plan = mos_orders_plan_make (csv, d->shop);
  g_autoptr (GError) error = NULL;
  g_autoptr (MosOrdersReport) report = mos_orders_csv_import_sync (f->store, d->shop, csv, plan, only_shows, NULL, NULL, &error);

  g_assert_no_error (error);
  look (f, d);
  return report->counts;
}

static void
assert_counts (MosOrderCounts counts,
               guint n_new,
               guint n_changed,
               guint n_same,
               guint n_older)
{
  g_assert_cmpuint (counts.n_new, ==, n_new);
  g_assert_cmpuint (counts.n_changed, ==, n_changed);
  g_assert_cmpuint (counts.n_same, ==, n_same);
  g_assert_cmpuint (counts.n_older, ==, n_older);
}

static void
begin (Fixture *f,
       Data *d)
{
  g_autoptr (GError) error = NULL;

  d->shop = make_shop ();
  d->customer = mos_customer_row_new ();
  d->customer->name = g_strdup ("Ana");
  mos_store_write_sync (f->store, NULL, NULL, do_add, d, NULL, NULL, &error);
  g_assert_no_error (error);
}

static const MosOrder *
find (const Data *d,
      const char *number)
{
  for (guint i = 0; i < d->orders->len; i++)
    if (strcmp (((MosOrder *) d->orders->pdata[i])->number, number) == 0)
      return d->orders->pdata[i];
  g_assert_not_reached ();
}

static void
test_again (void)
{
  Fixture *f = fixture_new ();
  g_auto (Data) d = { 0 };
  const MosOrder *order;

  begin (f, &d);
  assert_counts (import (f, &d, SHOPIFY, TRUE), 2, 0, 0, 0);
  g_assert_cmpuint (d.orders->len, ==, 0);
  assert_counts (import (f, &d, SHOPIFY, FALSE), 2, 0, 0, 0);
  g_assert_cmpuint (d.orders->len, ==, 2);
  g_assert_nonnull (find (&d, "#1001")->customer);
  g_assert_cmpint (d.shop->state, ==, MOS_ACCOUNT_READY);
  g_assert_cmpint (d.shop->last_sync_us, >, 0);
  assert_counts (import (f, &d, SHOPIFY, TRUE), 0, 0, 2, 0);
  assert_counts (import (f, &d, SHOPIFY, FALSE), 0, 0, 2, 0);
  g_assert_cmpuint (d.orders->len, ==, 2);

  /* A file that knows less changes what it knows, and no more. */
  assert_counts (import (f, &d, "Order number,Status,Tracking number,Carrier\n1001,Zugestellt,JD014600003SE,DHL\n#1002,cancelled,,\n", FALSE), 0, 2, 0, 0);
  order = find (&d, "1001");
  g_assert_cmpint (order->status_kind, ==, MOS_ORDER_DELIVERED);
  g_assert_cmpuint (order->items->len, ==, 2);
  g_assert_cmpstr (order->total, ==, "42.00");
  g_assert_cmpstr (order->email, ==, "ana@example.test");
  assert_time (order->created_us, "2026-05-01T07:59:00Z");
  g_assert_cmpuint (order->shipments->len, ==, 1);
  g_assert_cmpuint (d.orders->len, ==, 2);

  /* One that was cut short changes nothing, and columns that are cut off in all of it are none. */
  assert_counts (import (f, &d, "Order number,Status,Total\n1001,Zugestellt\n#1002,cancelled,5.00\n", FALSE), 0, 0, 1, 0);
  assert_counts (import (f, &d, "Order number,Status,Total\n1001\n#1002\n", FALSE), 0, 0, 2, 0);
  g_assert_cmpstr (find (&d, "1001")->total, ==, "42.00");
  g_assert_cmpint (find (&d, "1001")->status_kind, ==, MOS_ORDER_DELIVERED);
  fixture_free (f);
}

/* A time of its own says which state is the newer one; without it, the file that came last is right, even with dates read in another way. */
static void
test_older (void)
{
  Fixture *f = fixture_new ();
  g_auto (Data) d = { 0 };

  begin (f, &d);
  assert_counts (import (f, &d, "Number,Date,Modified,Total\n1,2026-05-01,2026-05-09,5.00\n", FALSE), 1, 0, 0, 0);
  assert_counts (import (f, &d, "Number,Date,Modified,Total\n1,2026-05-01,2026-05-02,6.00\n", TRUE), 0, 0, 0, 1);
  assert_counts (import (f, &d, "Number,Date,Modified,Total\n1,2026-05-01,2026-05-02,6.00\n", FALSE), 0, 0, 0, 1);
  g_assert_cmpstr (find (&d, "1")->total, ==, "5.00");
  assert_counts (import (f, &d, "Number,Date,Total\n1,2026-04-01,7.00\n", FALSE), 0, 1, 0, 0);
  g_assert_cmpstr (find (&d, "1")->total, ==, "7.00");
  fixture_free (f);
}

/* What somebody said of one file holds for the next one. */
static void
test_kept (void)
{
  Fixture *f = fixture_new ();
  g_auto (Data) d = { 0 };
  g_autoptr (MosOrdersCsv) csv = read_text ("Ref,When,Sum,Stage\n7,05/06/2026,1.234,Packed\n");
  g_autoptr (MosOrdersPlan) plan = NULL;
  g_autoptr (MosOrdersPlan) again = NULL;
  g_autoptr (MosOrdersReport) report = NULL;
  g_autoptr (GError) error = NULL;

  begin (f, &d);
  plan = mos_orders_plan_make (csv, d.shop);
  mos_orders_plan_set_column (plan, 0, MOS_ORDER_COLUMN_NUMBER);
  mos_orders_plan_set_column (plan, 1, MOS_ORDER_COLUMN_DATE);
  mos_orders_plan_set_column (plan, 2, MOS_ORDER_COLUMN_TOTAL);
  mos_orders_plan_set_column (plan, 3, MOS_ORDER_COLUMN_STATUS);
  mos_orders_plan_set_status (plan, "Packed", MOS_ORDER_PAID);
  plan->dates = MOS_CSV_DATES_MONTH_FIRST;
  plan->decimals = MOS_CSV_DECIMALS_COMMA;
  report = mos_orders_csv_import_sync (f->store, d.shop, csv, plan, FALSE, NULL, NULL, &error);
  g_assert_no_error (error);
  look (f, &d);
  g_assert_cmpint (find (&d, "7")->status_kind, ==, MOS_ORDER_PAID);
  g_assert_cmpstr (find (&d, "7")->total, ==, "1234");
  again = mos_orders_plan_make (csv, d.shop);
  for (guint i = 0; i < plan->n_columns; i++)
    g_assert_cmpint (again->columns[i], ==, plan->columns[i]);
  g_assert_cmpint (again->dates_before, ==, plan->dates);
  g_assert_cmpint (again->decimals_before, ==, plan->decimals);
  assert_counts (import (f, &d, "Ref,When,Sum,Stage\n7,05/06/2026,1.234,Packed\n", FALSE), 0, 0, 1, 0);
  /* But not against what the file itself says. */
  import (f, &d, "Ref,When,Sum\n8,25/06/2026,\"1,234.50\"\n", FALSE);
  g_assert_cmpstr (find (&d, "8")->total, ==, "1234.50");
  assert_time (find (&d, "8")->created_us, "2026-06-25T00:00:00Z");
  fixture_free (f);
}

/* What goes out comes in as it was. */
static void
test_export (void)
{
  Fixture *f = fixture_new ();
  g_auto (Data) d = { 0 };
  g_autofree char *text = NULL;

  begin (f, &d);
  import (f, &d, SHOPIFY, FALSE);
  import (f, &d, "Number;Date;Status;Total;Refunded;Item;Variant;Tracking;Tracking URL;Address;City\n9;1.2.2026;fulfilled;12,50;2,50;=Cup;red;T1;https://t.test/1;Road 1;Rome\n9;;;;;Saucer;;T2;;;\n", FALSE);
  g_assert_cmpuint (d.orders->len, ==, 3);
  text = g_strdup (d.csv->str);
  assert_counts (import (f, &d, text, FALSE), 0, 0, 3, 0);
  g_assert_cmpstr (text, ==, d.csv->str);
  fixture_free (f);
}

/* Many orders, in no more memory than the file and what is open of it; and an end in the middle leaves whole pages. */
static void
test_many (void)
{
  Fixture *f = fixture_new ();
  g_auto (Data) d = { 0 };
  g_autoptr (GString) text = g_string_new ("Number,Date,Total,Item,Quantity\n");

  begin (f, &d);
  for (guint i = 0; i < 950; i++)
    g_string_append_printf (text, "%u,2026-05-01,%u.50,Mug,2\n%u,,,Cup,1\n", i, i, i);
  assert_counts (import (f, &d, text->str, FALSE), 950, 0, 0, 0);
  g_assert_cmpuint (d.orders->len, ==, 950);
  for (guint i = 0; i < d.orders->len; i++)
    g_assert_cmpuint (((MosOrder *) d.orders->pdata[i])->items->len, ==, 2);
  assert_counts (import (f, &d, text->str, FALSE), 0, 0, 950, 0);
  fixture_free (f);
}

static void
test_removed (void)
{
  Fixture *f = fixture_new ();
  g_auto (Data) d = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) orders = NULL;

  begin (f, &d);
  import (f, &d, SHOPIFY, FALSE);
  g_assert_true (mos_shops_remove_sync (f->store, NULL, d.shop->id, NULL, &error));
  g_assert_no_error (error);
  {
    g_auto (Data) after = { .shop = mos_shop_account_copy (d.shop) };

    mos_store_read_sync (f->store, do_look, &after, NULL, &error);
    g_assert_no_error (error);
    g_assert_null (after.shop);
    g_assert_cmpuint (after.orders->len, ==, 0);
  }
  fixture_free (f);
}

int
main (int argc,
      char *argv[])
{
  g_setenv ("TZ", "UTC", TRUE);
  mos_test_init (&argc, &argv);
  g_test_add_func ("/orders-csv/shopify", test_shopify);
  g_test_add_func ("/orders-csv/german", test_german);
  g_test_add_func ("/orders-csv/ambiguous", test_ambiguous);
  g_test_add_func ("/orders-csv/statuses", test_statuses);
  g_test_add_func ("/orders-csv/month-first", test_month_first);
  g_test_add_func ("/orders-csv/troubles", test_troubles);
  g_test_add_func ("/orders-csv/items-alone", test_items_alone);
  g_test_add_func ("/orders-csv/short", test_short);
  g_test_add_func ("/orders-csv/hostile", test_hostile);
  g_test_add_func ("/orders-csv/again", test_again);
  g_test_add_func ("/orders-csv/older", test_older);
  g_test_add_func ("/orders-csv/kept", test_kept);
  g_test_add_func ("/orders-csv/export", test_export);
  g_test_add_func ("/orders-csv/many", test_many);
  g_test_add_func ("/orders-csv/removed", test_removed);
  return g_test_run ();
}
