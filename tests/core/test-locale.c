/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-test"

#include "config.h"

#include "core/base/mos-locale.h"
#include "mos-test.h"

#include <string.h>

/* Dates, numbers and money in the customer's language. Blanks differ between versions of the CLDR: they are compared as plain ones. */

static char *
plain (char *text /* (transfer full) */)
{
  GString *out = g_string_new (NULL);

  for (const char *s = text; *s != '\0'; s = g_utf8_next_char (s))
    {
      gunichar c = g_utf8_get_char (s);

      /* marks of direction */
      if (c == 0x200e || c == 0x200f || c == 0x061c)
        continue;
      g_string_append_unichar (out, g_unichar_isspace (c) || c == 0x202f ? ' ' : c);
    }
  g_free (text);
  return g_string_free (out, FALSE);
}

static const struct
{
  const char *locale;
  const char *decimal;
  const char *currency;
  const char *shown;
} amounts[] = {
  { "en-US", "1234.5", "USD", "$1,234.50" },
  { "en_GB.UTF-8", "1234.5", "GBP", "£1,234.50" },
  { "de", "1234.5", "EUR", "1.234,50 €" },
  { "de-CH", "1234.5", "CHF", "CHF 1’234.50" },
  { "fr", "1234.5", "EUR", "1 234,50 €" },
  { "es", "19.90", "EUR", "19,90 €" },
  { "pt-BR", "1234.5", "BRL", "R$ 1.234,50" },
  /* no decimals, and three of them */
  { "ja", "1234", "JPY", "￥1,234" },
  { "ja", "1234.0", "JPY", "￥1,234" },
  { "en", "1234.5678", "KWD", "KWD 1,234.568" },
  { "en-US", "-3", "USD", "-$3.00" },
  /* by way of a double it would be another */
  { "en-US", "90071992547409931.01", "USD", "$90,071,992,547,409,931.01" },
  { "en-US", "0.10", "usd", "$0.10" },
  /* no language and no currency of this world */
  { "zz", "1234.5", "USD", "$1,234.50" },
  { "", "1234.5", "USD", "$1,234.50" },
  { NULL, "1234.5", "USD", "$1,234.50" },
  { "en", "1234.5", "", "1,234.5" },
  { "en", "1234.5", "U1D", "1,234.5" },
  { "en", "1234.5", "EURO", "1,234.5" },
  { "en", "twelve", "EUR", "twelve" },
};

static void
test_money (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (amounts); i++)
    {
      g_autofree char *shown = plain (mos_locale_money (amounts[i].locale, amounts[i].decimal, amounts[i].currency));

      g_assert_cmpstr (shown, ==, amounts[i].shown);
    }
}

static void
test_numbers (void)
{
  static const struct
  {
    const char *locale;
    const char *decimal;
    int digits;
    const char *shown;
  } cases[] = {
    { "en", "1234567", -1, "1,234,567" },
    { "de", "1234.50", -1, "1.234,5" },
    { "de", "1234.5", 2, "1.234,50" },
    { "en", "2.675", 0, "3" },
    { "hi", "1234567", -1, "12,34,567" },
    { "ar-EG", "12", -1, "١٢" },
    { "ar_EG@numbers=latn", "12", -1, "12" },
    { "en", "00012", -1, "12" },
    { "en", "1.2.3", -1, "1.2.3" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *shown = plain (mos_locale_number (cases[i].locale, cases[i].decimal, cases[i].digits));

      g_assert_cmpstr (shown, ==, cases[i].shown);
    }
}

static void
test_dates (void)
{
  /* 2024-03-05 23:30 UTC: the next day in Madrid. */
  const gint64 us = G_GINT64_CONSTANT (1709681400) * G_USEC_PER_SEC;
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (GTimeZone) madrid = g_time_zone_new_identifier ("Europe/Madrid");
  const struct
  {
    const char *locale;
    GTimeZone *tz;
    MosLocaleLength length;
    const char *shown;
  } cases[] = {
    { "en-US", utc, MOS_LOCALE_LONG, "March 5, 2024" },
    { "en-GB", utc, MOS_LOCALE_LONG, "5 March 2024" },
    { "de", utc, MOS_LOCALE_LONG, "5. März 2024" },
    { "de", utc, MOS_LOCALE_FULL, "Dienstag, 5. März 2024" },
    { "de", utc, MOS_LOCALE_MEDIUM, "05.03.2024" },
    { "de", utc, MOS_LOCALE_SHORT, "05.03.24" },
    { "es", madrid, MOS_LOCALE_LONG, "6 de marzo de 2024" },
    { "ja", utc, MOS_LOCALE_LONG, "2024年3月5日" },
    { "zz", utc, MOS_LOCALE_LONG, "March 5, 2024" },
  };
  g_autofree char *time = plain (mos_locale_time ("de", us, madrid, MOS_LOCALE_SHORT));
  g_autofree char *seconds = plain (mos_locale_time ("de", us, utc, MOS_LOCALE_MEDIUM));
  g_autofree char *both = plain (mos_locale_date_time ("de", us, utc, MOS_LOCALE_MEDIUM));
  g_autofree char *none = mos_locale_date ("de", G_MAXINT64, utc, MOS_LOCALE_LONG);
  g_autofree char *early = mos_locale_date ("de", -1, utc, MOS_LOCALE_MEDIUM);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *shown = plain (mos_locale_date (cases[i].locale, us, cases[i].tz, cases[i].length));

      g_assert_cmpstr (shown, ==, cases[i].shown);
    }
  g_assert_cmpstr (time, ==, "00:30");
  g_assert_cmpstr (seconds, ==, "23:30:00");
  g_assert_cmpstr (both, ==, "05.03.2024, 23:30");
  g_assert_cmpstr (none, ==, "");
  g_assert_cmpstr (early, ==, "31.12.1969");
}

static void
test_read_decimal (void)
{
  static const struct
  {
    const char *text;
    const char *locale;
    const char *decimal;
  } cases[] = {
    { "12", "en", "12" },
    { "12.50", "en", "12.50" },
    { "12,50", "de", "12.50" },
    /* both, whatever the language */
    { "1.234,50", "en", "1234.50" },
    { "1,234.50", "de", "1234.50" },
    { "1.234.567", "en", "1234567" },
    /* one sign with three digits: as the language has it */
    { "1,234", "en", "1234" },
    { "1,234", "de", "1.234" },
    { "1.234", "de", "1234" },
    { "1.234", "en", "1.234" },
    { "1 234,50 €", "fr", "1234.50" },
    { "1’234.50", "de-CH", "1234.50" },
    { "€ 12,50", "nl", "12.50" },
    { "USD 12.50", "en", "12.50" },
    { "-3,5", "de", "-3.5" },
    { "−3.5", "en", "-3.5" },
    { "١٢٫٥", "ar", "12.5" },
    { "12.", "en", "12" },
    { "", "en", NULL },
    { "soon", "en", NULL },
    { "12 or 13", "en", NULL },
    { "12.5.2024 13", "en", NULL },
    { "5%", "en", NULL },
    { "12,34,567", "hi", "1234567" },
    { "1.23.45", "en", NULL },
    { "1,2", "en", "1.2" },
    { "1234,567", "en", "1234.567" },
    { "1.234,567.8", "en", NULL },
    { ".5", "en", "0.5" },
    { ",500", "en", "0.500" },
    { "0,500", "en", "0.500" },
    { "99999999999999999999999999999999999999999999999999999999999999", "en", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *decimal = mos_locale_read_decimal (cases[i].text, cases[i].locale);

      g_test_message ("%s (%s)", cases[i].text, cases[i].locale);
      g_assert_cmpstr (decimal, ==, cases[i].decimal);
      g_assert_true (decimal == NULL || mos_locale_is_decimal (decimal));
    }
}

static void
test_compare_decimal (void)
{
  static const char *const ascending[] = { "-12.5", "-12", "-1.01", "-1", "0", "0.001", "0.01", "0.1", "1", "1.0001", "9", "10", "90071992547409931.01", "90071992547409931.02" };

  for (gsize i = 0; i < G_N_ELEMENTS (ascending); i++)
    for (gsize j = 0; j < G_N_ELEMENTS (ascending); j++)
      {
        int order = mos_locale_compare_decimal (ascending[i], ascending[j]);

        g_assert_cmpint (order < 0 ? -1 : order > 0, ==, i < j ? -1 : i > j);
      }
  g_assert_cmpint (mos_locale_compare_decimal ("-0", "0.00"), ==, 0);
  g_assert_cmpint (mos_locale_compare_decimal ("007.10", "+7.1"), ==, 0);
  g_assert_false (mos_locale_is_decimal (""));
  g_assert_false (mos_locale_is_decimal ("."));
  g_assert_false (mos_locale_is_decimal ("1e5"));
  g_assert_false (mos_locale_is_decimal (" 1"));
  g_assert_false (mos_locale_is_decimal (NULL));
  g_assert_true (mos_locale_is_decimal (".5"));
}

int
main (int argc,
      char **argv)
{
  mos_test_init (&argc, &argv);
  g_test_add_func ("/locale/money", test_money);
  g_test_add_func ("/locale/numbers", test_numbers);
  g_test_add_func ("/locale/dates", test_dates);
  g_test_add_func ("/locale/read-decimal", test_read_decimal);
  g_test_add_func ("/locale/compare-decimal", test_compare_decimal);
  return g_test_run ();
}
