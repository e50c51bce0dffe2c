/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-test"

#include "config.h"

#include "customer-fixture.h"

#include "core/base/mos-clean.h"
#include "core/desk/mos-customers-csv.h"
#include "core/mail/mime/mos-mime.h"
#include "core/store/mos-store-orders.h"
#include "core/store/mos-store-shops.h"
#include "mos-test.h"

#include <string.h>

/* Names that are made to break a list, or to be read as another one, by each road they come in on. */

/* A name in which a line ends, a C1 control, an override, a tag of an isolate; and how it comes in */
#define BAD "Ana\r\n\xc2\x85Ga\u202ercía\u202c \u2066x\u2069\x01\xc2\x9b"
#define GOOD "García x"
/* Of a file, so many controls would say that it is no text. */
#define BAD_CSV "Ana\r\n\xc2\x85Ga\u202ercía\u202c \u2066x\u2069\xc2\x9b"

static void
test_pure (void)
{
  static const struct
  {
    const char *text;
    const char *line;
    const char *lines;
  } table[] = {
    { "Ana García", "Ana García", "Ana García" },
    { "  Ana\tGarcía\n", "Ana García", "  Ana\tGarcía\n" },
    { "gpj.exe\u202eexe.jpg", "gpj.exeexe.jpg", "gpj.exeexe.jpg" },
    { "\u2067عربي\u2069 \u202aabc\u202c", "عربي abc", "عربي abc" },
    { "a\r\nb\rc\u2028d", "a  b c d", "a\nb\nc\nd" },
    { "\x1b[31mred\x7f\xc2\x9b\ufeff", "[31mred", "[31mred" },
    { "a\xffz", "a\ufffdz", "a\ufffdz" },
    /* What scripts and pictures need stays: joiners, and marks that turn nothing behind them. */
    { "می\u200cخواهم \U0001f469\u200d\U0001f680 \u200fא", "می\u200cخواهم \U0001f469\u200d\U0001f680 \u200fא", "می\u200cخواهم \U0001f469\u200d\U0001f680 \u200fא" },
    { "", "", "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autofree char *line = mos_clean_line (table[i].text);
      g_autofree char *taken = g_strdup (table[i].text);
      char *again = g_strdup (line), *same = again;

      g_assert_cmpstr (line, ==, table[i].line);
      mos_clean_take_lines (&taken);
      g_assert_cmpstr (taken, ==, table[i].lines);
      mos_clean_take_line (&again);
      g_assert_true (again == same);
      g_free (again);
    }
}

static void
assert_clean (const char *text)
{
  g_assert_nonnull (text);
  g_assert_true (g_utf8_validate (text, -1, NULL));
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    g_assert_false (mos_clean_is_turning (g_utf8_get_char (p)) || g_unichar_iscntrl (g_utf8_get_char (p)));
  g_assert_nonnull (strstr (text, GOOD));
}

/* --- mail and chats --- */

static gboolean
do_ensure (MosTxn *txn,
           gpointer data,
           GError **error)
{
  Test *t = data;

  return mos_store_customer_ensure (txn, "email", "", "bad@example.com", BAD, "mail", mos_txn_get_now_us (txn), &t->id, NULL, error) && mos_store_customer_find (txn, t->id, &t->row, error);
}

static void
test_sender (void)
{
  g_autoptr (Fixture) f = start ();
  g_autofree char *mail = g_strdup_printf ("From: \"=?utf-8?Q?Ana=0D=0A_Ga=E2=80=AErc=C3=ADa_x?=\" <ana@example.com>\r\nTo: shop@example.com\r\nSubject: =?utf-8?Q?Ga=E2=80=AErc=C3=ADa_x=C2=9B?=\r\n\r\nHello\r\n");
  g_autoptr (GBytes) raw = g_bytes_new (mail, strlen (mail));
  g_autoptr (MosParsedMessage) parsed = mos_mime_parse (raw, NULL);
  Test t = { .f = f };

  assert_clean (parsed->from->name);
  assert_clean (parsed->subject);
  act (f, NULL, do_ensure, &t);
  assert_clean (t.row->name);
  mos_customer_row_unref (t.row);
  g_free (t.id);
}

/* --- a list of customers --- */

static gboolean
do_find_by_address (MosTxn *txn,
                    gpointer data,
                    GError **error)
{
  return mos_customers_find (txn, "csv@example.com", data, error);
}

static void
test_csv (void)
{
  static const char text[] = "name,email,phone,company,City,notes\n\"" BAD_CSV "\",csv@example.com,\u202a+34600000009\u202c,\"" BAD_CSV "\",\"" BAD_CSV "\",\"one\ntwo\u202e\"\n";
  g_autoptr (Fixture) f = start ();
  g_autoptr (GError) error = NULL;
  g_autoptr (MosCustomersCsv) csv = mos_customers_csv_new (text, strlen (text), FALSE, &error);
  const MosActor actor = { MOS_ACTOR_HUMAN, AGENT };
  g_autoptr (MosCustomerRow) row = NULL;

  g_assert_no_error (error);
  g_assert_true (mos_customers_csv_run_sync (f->store, &actor, csv, NULL, NULL, NULL, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (((MosCsvResult *) mos_customers_csv_get_results (csv)->pdata[0])->outcome, ==, MOS_CSV_NEW);
  act (f, NULL, do_find_by_address, &row);
  assert_clean (row->name);
  assert_clean (row->company);
  g_assert_cmpstr (row->phone, ==, "+34600000009");
  g_assert_cmpstr (row->notes, ==, "one\ntwo");
}

/* --- a shop --- */

static gboolean
do_order (MosTxn *txn,
          gpointer data,
          GError **error)
{
  g_autoptr (MosShopAccount) shop = mos_shop_account_make (MOS_SHOP_WOOCOMMERCE, "Shop", "https://shop.example");
  g_autoptr (GPtrArray) orders = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_order_unref);
  MosOrder *order = mos_order_make (shop->id, "1");
  MosOrderItem *item = mos_order_add_item (order);
  MosOrderNote *note = mos_order_add_note (order);

  g_set_str (&order->number, "10\u202e01\n");
  g_set_str (&order->name, BAD);
  g_set_str (&order->address, "Calle 1\r\n28000 Madrid\u202e");
  g_set_str (&item->name, BAD);
  g_set_str (&note->author, BAD);
  g_set_str (&note->text, "Packed\nand sent\xc2\x9b");
  g_ptr_array_add (orders, order);
  return mos_store_shop_save (txn, shop, error) && mos_store_order_upsert (txn, shop->id, orders, NULL, NULL, error);
}

static gboolean
do_find_order (MosTxn *txn,
               gpointer data,
               GError **error)
{
  GPtrArray **orders = data;

  *orders = mos_store_order_find_number (txn, "1001", 2, error);
  return *orders != NULL;
}

static void
test_order (void)
{
  g_autoptr (Fixture) f = start ();
  g_autoptr (GPtrArray) orders = NULL;
  const MosOrder *order;

  act (f, NULL, do_order, NULL);
  act (f, NULL, do_find_order, &orders);
  g_assert_cmpuint (orders->len, ==, 1);
  order = orders->pdata[0];
  g_assert_cmpstr (order->number, ==, "1001");
  assert_clean (order->name);
  assert_clean (((MosOrderItem *) order->items->pdata[0])->name);
  assert_clean (((MosOrderNote *) order->notes->pdata[0])->author);
  g_assert_cmpstr (order->address, ==, "Calle 1\n28000 Madrid");
  g_assert_cmpstr (((MosOrderNote *) order->notes->pdata[0])->text, ==, "Packed\nand sent");
}

int
main (int argc,
      char *argv[])
{
  mos_test_init (&argc, &argv);
  g_test_add_func ("/clean/pure", test_pure);
  g_test_add_func ("/clean/sender", test_sender);
  g_test_add_func ("/clean/csv", test_csv);
  g_test_add_func ("/clean/order", test_order);
  return g_test_run ();
}
