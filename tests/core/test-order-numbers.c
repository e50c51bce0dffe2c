/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "core/automation/mos-order-numbers.h"
#include "mos-test.h"

/* What in a text is the number of an order. Rows: numbers of the shop, a text, and what is found: "!" where it is sure. */

typedef struct
{
  const char *numbers;
  const char *text;
  const char *found;
} Row;

static void
check (const Row *row)
{
  g_auto (GStrv) parts = g_strsplit (row->numbers, " ", -1);
  g_autoptr (GPtrArray) numbers = g_ptr_array_new ();
  g_autoptr (MosOrderNumbers) shapes = NULL;
  g_autoptr (GPtrArray) mentions = NULL;
  g_autoptr (GString) found = g_string_new (NULL);

  for (char **part = parts; *part != NULL; part++)
    if (**part != '\0')
      g_ptr_array_add (numbers, *part);
  shapes = mos_order_numbers_learn (numbers);
  mentions = mos_order_numbers_find (shapes, row->text);
  for (guint i = 0; i < mentions->len; i++)
    {
      const MosOrderMention *mention = mentions->pdata[i];

      g_string_append_printf (found, "%s%s%s", i > 0 ? " " : "", mention->number, mention->is_sure ? "!" : "");
    }
  g_test_message ("%s", row->text);
  g_assert_cmpstr (found->str, ==, row->found);
}

static void
test_table (void)
{
  static const Row rows[] = {
    { "#1001 #1002", "Where is order #1017?", "1017!" },
    { "#1001 #1002", "Where is 1017?", "1017" },
    { "#1001 #1002", "My order number is 1017.", "1017!" },
    { "#1001 #1002", "¿Dónde está mi pedido nº 1017?", "1017!" },
    { "#1001 #1002", "Meine Bestellung (1017) fehlt", "1017!" },
    { "#1001 #1002", "Commande n° 1017 et 1018", "1017! 1018!" },
    { "#1001 #1002", "注文1017", "" },
    { "#1001 #1002", "注文番号 1017", "1017!" },
    { "#1001 #1002", "رقم الطلب 1017", "1017!" },
    { "#1001 #1002", "رقم 1017", "1017!" },
    { "#1001 #1002", "il numero 1017", "1017!" },
    { "#1001 #1002", "la meva comanda 1017", "1017!" },
    { "#1001 #1002", "It was 1017.50 € and 1,017 before", "" },
    { "#1001 #1002", "on 2026-11-22 at 10:17, call +1017 or 555-1017", "" },
    { "#1001 #1002", "€1017, 1017%, a1017b, http://x/1017", "" },
    { "#1001 #1002", "12 pieces, 123456789", "" },
    { "#1001 #1002", "#99999", "99999!" },
    { "#1001", "1017 1017 #1017", "1017!" },
    { "EN-0017 EN-0018", "About en-0021, please", "en-0021!" },
    { "EN-0017 EN-0018", "About EN-0021-B", "en-0021!" },
    { "EN-0017 EN-0018", "teen-0021", "" },
    { "EN-0017 EN-0018", "order 0021", "0021!" },
    { "1001/A 1002/A", "my 1003/a is late", "1003/a!" },
    { "", "order 1017", "" },
    { "ABC", "order 1017", "" },
    { "#1001", "", "" },
    { "#1001", "no 1017 here; piano 1018", "1017! 1018" },
    { "#1001", "Order\n1017", "1017" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    check (&rows[i]);
}

/* Whatever stands there, it ends, and says only what stands there. */
static void
test_random (void)
{
  static const char *const pieces[] = { "1", "17", "#", "en-", "EN-", " ", "\n", "order ", "é", "注", "-", ".", ",", "€", "0021", "99999999999999999999999999", "nº", "/a" };
  g_autoptr (GPtrArray) numbers = g_ptr_array_new ();
  g_autoptr (MosOrderNumbers) shapes = NULL;

  g_ptr_array_add (numbers, (gpointer) "EN-0017");
  g_ptr_array_add (numbers, (gpointer) "#17");
  g_ptr_array_add (numbers, (gpointer) "17/A");
  shapes = mos_order_numbers_learn (numbers);
  for (guint i = 0; i < 5000; i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autoptr (GPtrArray) mentions = NULL;
      g_autofree char *lower = NULL;

      for (int n = g_test_rand_int_range (0, 30); n > 0; n--)
        g_string_append (text, pieces[g_test_rand_int_range (0, G_N_ELEMENTS (pieces))]);
      mentions = mos_order_numbers_find (shapes, text->str);
      lower = g_utf8_strdown (text->str, -1);
      g_assert_cmpuint (mentions->len, <=, 20);
      for (guint j = 0; j < mentions->len; j++)
        g_assert_nonnull (strstr (lower, ((MosOrderMention *) mentions->pdata[j])->number));
    }
}

int
main (int argc,
      char *argv[])
{
  mos_test_init (&argc, &argv);
  g_test_add_func ("/order-numbers/table", test_table);
  g_test_add_func ("/order-numbers/random", test_random);
  return g_test_run ();
}
