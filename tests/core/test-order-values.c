/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "core/base/mos-decimal.h"
#include "core/base/mos-phone.h"
#include "core/values/mos-order-values.h"
#include "mos-test.h"

/* Sums, phone numbers and order numbers. */

static void
test_decimal (void)
{
  static const struct
  {
    const char *a;
    const char *b;
    const char *sum;
    const char *difference;
  } rows[] = {
    { "1.50", "2", "3.50", "-0.50" },
    { "0.1", "0.2", "0.3", "-0.1" },
    { "-1.00", "1", "0.00", "-2.00" },
    { "99.99", "0.01", "100.00", "99.98" },
    { "-5", "-7.25", "-12.25", "2.25" },
    { "0", "0", "0", "0" },
    { "007", "+3.", "10", "4" },
    { ".5", "1", "1.5", "-0.5" },
    { "999999999999999999999999999999.99", "0.01", "1000000000000000000000000000000.00", "999999999999999999999999999999.98" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *sum = mos_decimal_add (rows[i].a, rows[i].b);
      g_autofree char *difference = mos_decimal_subtract (rows[i].a, rows[i].b);

      g_assert_cmpstr (sum, ==, rows[i].sum);
      g_assert_cmpstr (difference, ==, rows[i].difference);
    }
  g_assert_true (mos_decimal_is_zero ("-0.00"));
  g_assert_false (mos_decimal_is_zero ("0.001"));
}

static void
test_decimal_random (void)
{
  for (guint i = 0; i < 2000; i++)
    {
      gint64 a = g_test_rand_int_range (-1000000000, 1000000000), b = g_test_rand_int_range (-1000000000, 1000000000);
      g_autofree char *x = g_strdup_printf ("%s%" G_GINT64_FORMAT ".%02" G_GINT64_FORMAT, a < 0 ? "-" : "", ABS (a) / 100, ABS (a) % 100);
      g_autofree char *y = g_strdup_printf ("%s%" G_GINT64_FORMAT ".%02" G_GINT64_FORMAT, b < 0 ? "-" : "", ABS (b) / 100, ABS (b) % 100);
      g_autofree char *sum = mos_decimal_add (x, y);
      g_autofree char *back = mos_decimal_subtract (sum, y);
      gint64 c = a + b;
      g_autofree char *expected = g_strdup_printf ("%s%" G_GINT64_FORMAT ".%02" G_GINT64_FORMAT, c < 0 ? "-" : "", ABS (c) / 100, ABS (c) % 100);

      g_assert_cmpstr (sum, ==, expected);
      g_assert_cmpint (mos_locale_compare_decimal (back, x), ==, 0);
    }
}

static void
test_clean (void)
{
  static const char *const rows[][2] = {
    { " 12.50 ", "12.50" },
    { "+1", "1" },
    { "0012", "12" },
    { "-0", "0" },
    { ".5", "0.5" },
    { "12,50", NULL },
    { "", NULL },
    { "1e3", NULL },
    { NULL, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *clean = mos_decimal_clean (rows[i][0]);

      g_assert_cmpstr (clean, ==, rows[i][1]);
    }
}

static void
test_phone (void)
{
  static const struct
  {
    const char *text;
    const char *country;
    const char *digits;
  } rows[] = {
    { "+49 (0)151 2345-678", NULL, "491512345678" },
    { "0049 151 2345678", "US", "491512345678" },
    { "0151 / 23 45 67 8", "de", "491512345678" },
    { "(555) 555-5555", "US", "15555555555" },
    { "1-555-555-5555", "CA", "15555555555" },
    { "+39 06 1234 5678", NULL, "390612345678" },
    { "06 1234 5678", "IT", "390612345678" },
    { "8 (495) 123-45-67", "RU", "74951234567" },
    { "612 34 56 78", "ES", "34612345678" },
    { "+1 555 555 5555 ext. 12", NULL, "15555555555" },
    { "+15555555555;ext=12", NULL, "15555555555" },
    { "٠٥٠١٢٣٤٥٦٧", "SA", "966501234567" },
    { "0151 2345678", NULL, "" },
    { "0151 2345678", "XX", "" },
    { "112", "DE", "" },
    { "call me", "DE", "" },
    { "+49 1234567890123456", NULL, "" },
    { "", "DE", "" },
    { "\xff\xfe", "DE", "" },
    { NULL, NULL, "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *digits = mos_phone_digits (rows[i].text, rows[i].country);

      g_assert_cmpstr (digits, ==, rows[i].digits);
    }
}

static void
test_numbers (void)
{
  static const char *const rows[][3] = {
    { "#1001", "1001", "1001" },
    { "EN-0017", "en-0017", "17" },
    { "DE 2026/17-A", "de2026/17-a", "17" },
    { "000", "000", "0" },
    { "ABC", "abc", "" },
    { "", "", "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *folded = mos_order_fold_number (rows[i][0]);
      g_autofree char *digits = mos_order_number_digits (rows[i][0]);

      g_assert_cmpstr (folded, ==, rows[i][1]);
      g_assert_cmpstr (digits, ==, rows[i][2]);
    }
}

static void
test_digest (void)
{
  g_autoptr (MosOrder) one = mos_order_make ("shop", "1");
  g_autoptr (MosOrder) other = mos_order_make ("shop", "1");
  g_autofree char *before = mos_order_dup_digest (one);
  g_autofree char *same = NULL, *after = NULL;

  mos_order_add_note (other);
  g_set_str (&other->customer, "c");
  other->seen_us = 5;
  same = mos_order_dup_digest (other);
  g_assert_cmpstr (before, ==, same);
  mos_order_add_shipment (other);
  after = mos_order_dup_digest (other);
  g_assert_cmpstr (before, !=, after);
}

int
main (int argc,
      char *argv[])
{
  mos_test_init (&argc, &argv);
  g_test_add_func ("/order-values/decimal", test_decimal);
  g_test_add_func ("/order-values/decimal-random", test_decimal_random);
  g_test_add_func ("/order-values/clean", test_clean);
  g_test_add_func ("/order-values/phone", test_phone);
  g_test_add_func ("/order-values/numbers", test_numbers);
  g_test_add_func ("/order-values/digest", test_digest);
  return g_test_run ();
}
