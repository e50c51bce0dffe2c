/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-test"

#include "config.h"

#include "core/base/mos-csv.h"
#include "core/base/mos-time.h"
#include "core/desk/mos-orders-csv.h"
#include "mos-test.h"

#include <string.h>

/* The one reader of CSV, and what the values of columns say. */

static void
test_encodings (void)
{
  static const struct
  {
    const char *data;
    gsize size;
    const char *encoding;
    const char *text;
  } cases[] = {
    { "a,é", 4, "UTF-8", "a,é" },
    { "\xef\xbb\xbf"
      "a,b",
      6, "UTF-8", "a,b" },
    { "\xff\xfe"
      "a\0,\0\xe9\0",
      8, "UTF-16LE", "a,é" },
    { "\xfe\xff\0a\0,\0\xe9", 8, "UTF-16BE", "a,é" },
    { "a\0,\0b\0\n\0", 8, "UTF-16LE", "a,b\n" },
    { "a;\xe9\x80", 4, "WINDOWS-1252", "a;é€" },
    /* One of the bytes that mean nothing there. */
    { "a;\xe9\x81", 4, "WINDOWS-1252", "a;é\xc2\x81" },
    { "", 0, "UTF-8", "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GBytes) data = g_bytes_new_static (cases[i].data, cases[i].size);
      const char *encoding = NULL;
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) text = mos_csv_decode (data, &encoding, &error);

      g_assert_no_error (error);
      g_assert_cmpstr (encoding, ==, cases[i].encoding);
      g_assert_cmpmem (g_bytes_get_data (text, NULL), g_bytes_get_size (text), cases[i].text, strlen (cases[i].text));
    }
}

static void
test_no_text (void)
{
  static const struct
  {
    const char *data;
    gsize size;
  } cases[] = { { "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0", 18 }, { "a,b\0c\xff", 6 }, { "PK\x03\x04\x14\x00\x06\x00\x08\x00\x01\x02\x03", 13 }, { "\xff\xfe\x00\xd8", 4 } };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GBytes) data = g_bytes_new_static (cases[i].data, cases[i].size);
      g_autoptr (GError) error = NULL;

      g_assert_null (mos_csv_decode (data, NULL, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
    }
}

static void
test_lines (void)
{
  static const char text[] = "a;b\r\n\r\n1;\"two\nlines, \"\"quoted\"\"\"\n;\n3;\r4;x";
  static const struct
  {
    guint line;
    const char *first;
    const char *second;
  } expected[] = { { 1, "a", "b" }, { 3, "1", "two\nlines, \"quoted\"" }, { 6, "3", "" }, { 7, "4", "x" } };
  MosCsvReader reader;

  mos_csv_reader_init (&reader, text, strlen (text));
  g_assert_cmpint (reader.separator, ==, ';');
  for (gsize i = 0; i <= G_N_ELEMENTS (expected); i++)
    {
      g_auto (GStrv) record = NULL;
      g_autoptr (GError) error = NULL;
      guint line = 0;

      g_assert_true (mos_csv_reader_next (&reader, &record, &line, &error));
      if (i == G_N_ELEMENTS (expected))
        {
          g_assert_null (record);
          break;
        }
      g_assert_cmpuint (line, ==, expected[i].line);
      g_assert_cmpuint (g_strv_length (record), ==, 2);
      g_assert_cmpstr (record[0], ==, expected[i].first);
      g_assert_cmpstr (record[1], ==, expected[i].second);
    }
}

/* A line of a hundred megabytes, and a quote that is never closed before as much: no more is read of either than a line may have. */
static void
test_endless (void)
{
  gsize size = 100 * 1024 * 1024;
  g_autofree char *text = g_malloc (size + 1);

  for (int is_quoted = 0; is_quoted < 2; is_quoted++)
    {
      MosCsvReader reader;
      char **record = NULL;
      g_autoptr (GError) error = NULL;

      memset (text, 'x', size);
      memcpy (text, is_quoted ? "a,b\n\"1" : "a,b\n11", 6);
      mos_csv_reader_init (&reader, text, size);
      g_assert_true (mos_csv_reader_next (&reader, &record, NULL, &error));
      g_strfreev (record);
      g_assert_false (mos_csv_reader_next (&reader, &record, NULL, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
      g_assert_nonnull (strstr (error->message, "Line 2 "));
      g_assert_cmpint (reader.at - text, <, 2 * 1024 * 1024);
    }
  {
    MosCsvReader reader;
    char **record = NULL;
    g_autoptr (GError) error = NULL;

    memset (text, ',', size);
    mos_csv_reader_init (&reader, text, size);
    g_assert_false (mos_csv_reader_next (&reader, &record, NULL, &error));
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
  }
}

static void
test_amounts (void)
{
  static const struct
  {
    const char *text;
    const char *point;
    const char *comma;
  } cases[] = {
    { "12.50", "12.50", NULL },
    { "12,50", NULL, "12.50" },
    { "1.234,50 €", NULL, "1234.50" },
    { "€1,234.50", "1234.50", NULL },
    { "1.234", "1.234", "1234" },
    { "1 234,50", NULL, "1234.50" },
    { "1'234.50 CHF", "1234.50", NULL },
    { "12,34,567.00", "1234567.00", NULL },
    { "-5", "-5", "-5" },
    { "(5.00)", "-5.00", NULL },
    { "Rs. 100", "100", "100" },
    { ".5", "0.5", NULL },
    { "7", "7", "7" },
    { "1.2.3", NULL, NULL },
    { "1,2,3", NULL, NULL },
    { "abc", NULL, NULL },
    { "1e5", NULL, NULL },
    { "12/5", NULL, NULL },
    { "", NULL, NULL },
    { "٣٫٥", NULL, NULL },
    { "١٢", "12", "12" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *point = mos_csv_read_amount (cases[i].text, MOS_CSV_DECIMALS_POINT);
      g_autofree char *comma = mos_csv_read_amount (cases[i].text, MOS_CSV_DECIMALS_COMMA);

      g_test_message ("%s", cases[i].text);
      g_assert_cmpstr (point, ==, cases[i].point);
      g_assert_cmpstr (comma, ==, cases[i].comma);
    }
}

static void
test_amounts_evidence (void)
{
  static const struct
  {
    const char *text;
    guint first, second, either;
  } cases[] = { { "12.50", 1, 0, 0 }, { "12,5", 0, 1, 0 }, { "1.234,50", 0, 1, 0 }, { "1,234.50", 1, 0, 0 }, { "1.234.567", 0, 1, 0 }, { "1,234,567", 1, 0, 0 }, { "1.234", 0, 0, 1 }, { "0.500", 1, 0, 0 }, { "1234.567", 1, 0, 0 }, { "17", 0, 0, 0 } };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      MosCsvEvidence evidence = { 0 };

      g_test_message ("%s", cases[i].text);
      mos_csv_look_at_amount (cases[i].text, &evidence);
      g_assert_cmpuint (evidence.n_first, ==, cases[i].first);
      g_assert_cmpuint (evidence.n_second, ==, cases[i].second);
      g_assert_cmpuint (evidence.n_either, ==, cases[i].either);
    }
}

static void
test_dates (void)
{
  g_autoptr (GTimeZone) berlin = g_time_zone_new_identifier ("Europe/Berlin");
  static const struct
  {
    const char *text;
    const char *day_first;
    const char *month_first;
  } cases[] = {
    { "2026-11-28", "2026-11-27T23:00:00Z", "2026-11-27T23:00:00Z" },
    { "2026-11-28T10:00:05Z", "2026-11-28T10:00:05Z", "2026-11-28T10:00:05Z" },
    { "2026-11-28 10:00:05 +0100", "2026-11-28T09:00:05Z", "2026-11-28T09:00:05Z" },
    { "2026-06-28T10:00:00.123+05:30", "2026-06-28T04:30:00Z", "2026-06-28T04:30:00Z" },
    { "2026/11/28 10:00 UTC", "2026-11-28T10:00:00Z", "2026-11-28T10:00:00Z" },
    { "05.06.2026 14:30", "2026-06-05T12:30:00Z", "2026-05-06T12:30:00Z" },
    { "05/06/26, 2:30 PM", "2026-06-05T12:30:00Z", "2026-05-06T12:30:00Z" },
    { "28/11/2026", "2026-11-27T23:00:00Z", "" },
    { "11-28-2026 12:05 a.m.", "", "2026-11-27T23:05:00Z" },
    { "Nov 28, 2026", "2026-11-27T23:00:00Z", "2026-11-27T23:00:00Z" },
    { "28. März 2026", "2026-03-27T23:00:00Z", "2026-03-27T23:00:00Z" },
    { "mardi 28 juillet 2026", "2026-07-27T22:00:00Z", "2026-07-27T22:00:00Z" },
    { "28 de diciembre de 2026 08:15", "2026-12-28T07:15:00Z", "2026-12-28T07:15:00Z" },
    { "5 de desembre de 2026", "2026-12-04T23:00:00Z", "2026-12-04T23:00:00Z" },
    { "28 أغسطس 2026", "2026-08-27T22:00:00Z", "2026-08-27T22:00:00Z" },
    { "1st June 2026", "2026-05-31T22:00:00Z", "2026-05-31T22:00:00Z" },
    { "1780000000", "2026-05-28T20:26:40Z", "2026-05-28T20:26:40Z" },
    { "31/02/2026", "", "" },
    { "2026-13-01", "", "" },
    { "2026-11-28 25:00", "", "" },
    { "yesterday", "", "" },
    { "12", "", "" },
    { "", "", "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *day_first = mos_time_format_utc (mos_csv_read_date (cases[i].text, MOS_CSV_DATES_DAY_FIRST, berlin));
      g_autofree char *month_first = mos_time_format_utc (mos_csv_read_date (cases[i].text, MOS_CSV_DATES_MONTH_FIRST, berlin));

      g_test_message ("%s", cases[i].text);
      g_assert_cmpstr (day_first, ==, cases[i].day_first);
      g_assert_cmpstr (month_first, ==, cases[i].month_first);
    }
}

static void
test_headings (void)
{
  static const struct
  {
    const char *heading;
    MosOrderColumn column;
  } cases[] = {
    { "Order Number", MOS_ORDER_COLUMN_NUMBER },
    { "order-id", MOS_ORDER_COLUMN_NUMBER },
    { "Bestellnummer", MOS_ORDER_COLUMN_NUMBER },
    { "N° de commande", MOS_ORDER_COLUMN_NUMBER },
    { "Número de pedido", MOS_ORDER_COLUMN_NUMBER },
    { "رقم الطلب", MOS_ORDER_COLUMN_NUMBER },
    { "Número de comanda", MOS_ORDER_COLUMN_NUMBER },
    { "البريد الإلكتروني", MOS_ORDER_COLUMN_EMAIL },
    { "Estat", MOS_ORDER_COLUMN_STATUS },
    { "Correu electrònic", MOS_ORDER_COLUMN_EMAIL },
    { "Codi postal", MOS_ORDER_COLUMN_POSTCODE },
    { "Quantitat", MOS_ORDER_COLUMN_QUANTITY },
    { "CEP", MOS_ORDER_COLUMN_POSTCODE },
    { "Indirizzo di spedizione", MOS_ORDER_COLUMN_ADDRESS },
    { "Email (Billing)", MOS_ORDER_COLUMN_EMAIL },
    { "E-Mail-Adresse", MOS_ORDER_COLUMN_EMAIL },
    { "Created at", MOS_ORDER_COLUMN_DATE },
    { "Währung", MOS_ORDER_COLUMN_CURRENCY },
    { "Gesamtbetrag", MOS_ORDER_COLUMN_TOTAL },
    { "Lineitem quantity", MOS_ORDER_COLUMN_QUANTITY },
    { "Stück", MOS_ORDER_COLUMN_QUANTITY },
    { "tracking_url", MOS_ORDER_COLUMN_TRACKING_URL },
    { "Vendor", MOS_ORDER_COLUMN_NONE },
    { "", MOS_ORDER_COLUMN_NONE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      guint rank;

      g_test_message ("%s", cases[i].heading);
      g_assert_cmpint (mos_order_column_guess (cases[i].heading, &rank), ==, cases[i].column);
    }
}

int
main (int argc,
      char *argv[])
{
  mos_test_init (&argc, &argv);
  g_test_add_func ("/csv/encodings", test_encodings);
  g_test_add_func ("/csv/no-text", test_no_text);
  g_test_add_func ("/csv/lines", test_lines);
  g_test_add_func ("/csv/endless", test_endless);
  g_test_add_func ("/csv/amounts", test_amounts);
  g_test_add_func ("/csv/amounts/evidence", test_amounts_evidence);
  g_test_add_func ("/csv/dates", test_dates);
  g_test_add_func ("/csv/headings", test_headings);
  return g_test_run ();
}
