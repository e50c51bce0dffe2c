/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Dates, numbers and money as the people of a language and country write them, by the Unicode CLDR (ICU). Pure functions; any thread.
 *
 * What a customer reads is written in the customer's language, not in that of the desk; the C library knows only the languages that are installed here.
 * @locale: a BCP 47 tag or a POSIX name ("de", "pt-BR", "es_ES.UTF-8"); one that is unknown, or "", is written as in English.
 * All answers are Western or native digits as the locale has them; NULs and control characters never come out. */

typedef enum
{
  MOS_LOCALE_SHORT,  /* 05.03.24 · 14:30 */
  MOS_LOCALE_MEDIUM, /* 05.03.2024 · 14:30:00 */
  MOS_LOCALE_LONG,   /* 5. März 2024 */
  MOS_LOCALE_FULL,   /* Dienstag, 5. März 2024 */
} MosLocaleLength;

/** mos_locale_is_decimal: whether @text is a decimal number as shops send them: an optional sign, digits, at most one point, up to 60 characters */
gboolean mos_locale_is_decimal (const char *text);

/** mos_locale_compare_decimal: exact, for what mos_locale_is_decimal() takes. Returns: less than, equal to, or greater than 0 */
int mos_locale_compare_decimal (const char *a, const char *b);

/**
 * mos_locale_read_decimal: what a person typed as a number or an amount: "12,50", "1.234,5", "1,234.50 €", "-3"
 *
 * The last of points and commas is the decimal one, unless thousands are set apart by it: it stands there twice, or three digits are
 * behind it and it is what @locale takes for that. Signs of currencies and words around the number do not matter.
 *
 * Returns: (transfer full) (nullable): the decimal, as "1234.50"; %NULL where there is no number, or more than one
 */
char *mos_locale_read_decimal (const char *text, const char *locale);

/**
 * mos_locale_dup_here:
 * @category: LC_MONETARY and so on
 *
 * The C library writes numbers and dates in Western digits in every locale; what stands beside them is written so, too.
 *
 * Returns: (transfer full): the locale of this program as a @locale
 */
char *mos_locale_dup_here (int category);

/** mos_locale_number: @fraction_digits: -1 = as many as there are. Returns: (transfer full): @decimal; as it is where it is no decimal */
char *mos_locale_number (const char *locale, const char *decimal, int fraction_digits);

/**
 * mos_locale_money:
 * @currency: ISO 4217, three letters
 *
 * Returns: (transfer full): with the currency's own number of digits ("1.234,50 €", "￥1,235"), exact, not by way of a double
 */
char *mos_locale_money (const char *locale, const char *decimal, const char *currency);

/** mos_locale_date: @tz: (nullable): %NULL = this computer's. Returns: (transfer full): the day on which @us is in @tz */
char *mos_locale_date (const char *locale, gint64 us, GTimeZone *tz, MosLocaleLength length);

/** mos_locale_time: @length: short: hour and minute; else with seconds. Returns: (transfer full) */
char *mos_locale_time (const char *locale, gint64 us, GTimeZone *tz, MosLocaleLength length);

/** mos_locale_date_time: the day in @length with hour and minute. Returns: (transfer full) */
char *mos_locale_date_time (const char *locale, gint64 us, GTimeZone *tz, MosLocaleLength length);

G_END_DECLS
