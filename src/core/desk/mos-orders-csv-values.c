/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/base/mos-decimal.h"
#include "core/base/mos-time.h"
#include "core/desk/mos-orders-csv.h"

#include <stdio.h>
#include <string.h>

/* Amounts and dates, as a file writes them. What could be read in two ways is decided by the whole column, never by one value. */

/* Longer ones are no amount and no date. */
#define MAX_VALUE 60

/* --- amounts --- */

/* Digits, points, commas and a sign: signs of currencies, blanks and apostrophes between thousands are left out; NULL where there is anything else. */
static char *
strip_amount (const char *text)
{
  g_autoptr (GString) out = g_string_new (NULL);
  gboolean has_digit = FALSE, is_negative = FALSE, is_over = FALSE;
  guint n_letters = 0;

  if (strlen (text) > 2 * MAX_VALUE)
    return NULL;
  for (const char *s = text; *s != '\0'; s = g_utf8_next_char (s))
    {
      gunichar c = g_utf8_get_char (s);
      int digit = g_unichar_digit_value (c);

      if (digit >= 0 && is_over)
        return NULL;
      if (digit >= 0)
        {
          g_string_append_c (out, (char) ('0' + digit));
          has_digit = TRUE;
        }
      else if (c == '.' || c == ',')
        {
          /* "Rs. 100" */
          if (has_digit || n_letters == 0)
            g_string_append_c (out, (char) c);
        }
      else if (c == '-' || c == 0x2212 || (c == '(' && !has_digit))
        is_negative = TRUE;
      /* "12,50 EUR", "kr 100" */
      else if (g_unichar_isalpha (c))
        {
          is_over = has_digit;
          if (++n_letters > 4)
            return NULL;
        }
      else if (g_unichar_type (c) != G_UNICODE_CURRENCY_SYMBOL && !g_unichar_isspace (c) && c != '\'' && c != 0x2019 && c != '+' && c != ')')
        return NULL;
    }
  while (out->len > 0 && strchr (".,", out->str[out->len - 1]) != NULL)
    g_string_truncate (out, out->len - 1);
  if (!has_digit)
    return NULL;
  if (is_negative)
    g_string_prepend_c (out, '-');
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static guint
count (const char *text,
       char c)
{
  guint n = 0;

  for (; *text != '\0'; text++)
    n += *text == c;
  return n;
}

void
mos_csv_look_at_amount (const char *text,
                        MosCsvEvidence *evidence)
{
  g_autofree char *bare = strip_amount (text);
  guint n_points = bare != NULL ? count (bare, '.') : 0, n_commas = bare != NULL ? count (bare, ',') : 0;
  const char *last;

  if (n_points + n_commas == 0)
    return;
  last = n_commas == 0 || (n_points > 0 && strrchr (bare, '.') > strrchr (bare, ',')) ? strrchr (bare, '.') : strrchr (bare, ',');
  /* Both stand there: the last is the decimal one. One stands there twice: it sets thousands apart. */
  if (n_points > 0 && n_commas > 0)
    *(*last == '.' ? &evidence->n_first : &evidence->n_second) += 1;
  else if (n_points + n_commas > 1)
    *(*last == '.' ? &evidence->n_second : &evidence->n_first) += 1;
  else if (strlen (last + 1) == 3 && last - bare - (*bare == '-') <= 3 && strcspn (bare, "123456789") != (gsize) (*bare == '-'))
    *(*last == '.' ? &evidence->n_first : &evidence->n_second) += 1;
  else if (strlen (last + 1) == 3 && last - bare - (*bare == '-') <= 3)
    evidence->n_either++;
  else
    *(*last == '.' ? &evidence->n_first : &evidence->n_second) += 1;
}

/* Three digits up to the next group or the end; two up to the next one, as in India. */
static gboolean
is_group (const char *text,
          const char *end,
          char apart)
{
  gsize n = strspn (text, "0123456789");

  return (n == 3 && (text[n] == apart || text + n == end)) || (n == 2 && text[n] == apart);
}

char *
mos_csv_read_amount (const char *text,
                     MosCsvDecimals decimals)
{
  const char point = decimals == MOS_CSV_DECIMALS_COMMA ? ',' : '.', apart = decimals == MOS_CSV_DECIMALS_COMMA ? '.' : ',';
  g_autofree char *bare = strip_amount (text);
  g_autoptr (GString) out = g_string_new (NULL);
  const char *end;

  if (bare == NULL || count (bare, point) > 1)
    return NULL;
  end = strchr (bare, point) != NULL ? strchr (bare, point) : bare + strlen (bare);
  for (const char *s = bare; *s != '\0'; s++)
    {
      if (*s != apart)
        g_string_append_c (out, *s == point ? '.' : *s);
      /* None are behind the decimals' point. */
      else if (s > end || s == bare || !is_group (s + 1, end, apart))
        return NULL;
    }
  if (out->str[*out->str == '-'] == '.')
    g_string_insert_c (out, *out->str == '-', '0');
  return mos_decimal_clean (out->str);
}

/* --- dates --- */

typedef struct
{
  int numbers[3]; /* in the order they stand there */
  int month;      /* 0 = none is written as a word */
  gboolean is_year_first;
  gboolean has_points;
  int hour, minute, second;
  GTimeZone *zone; /* (owned) (nullable) */
} Parts;

static void
parts_clear (Parts *self)
{
  g_clear_pointer (&self->zone, g_time_zone_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Parts, parts_clear)

/* The beginnings of the months' names, without accents: en de es fr it pt ca nl; the Arabic ones whole. */
static const char *const months[] = {
  "jan ene gen يناير جانفي",
  "feb fev فبراير فيفري",
  "mar maa mrt مارس",
  "apr abr avr ابريل افريل",
  "may mai mag mei مايو ماي",
  "jun giu juin يونيو جوان",
  "jul lug juil يوليو يوليوز جويلية",
  "aug ago aou اغسطس غشت اوت",
  "sep set سبتمبر شتنبر",
  "oct okt ott out اكتوبر",
  "nov نوفمبر نونبر",
  "dec dez dic des ديسمبر دجنبر",
};

static int
find_month (const char *word)
{
  g_autofree char *folded = mos_csv_fold (word);
  gsize length = strlen (folded);

  /* Days of the week that begin as months do. */
  if (length < 3 || g_str_has_prefix (folded, "mardi") || g_str_has_prefix (folded, "marte") || g_str_has_prefix (folded, "maandag"))
    return 0;
  for (gsize n = length >= 4 ? 4 : 3; n >= 3; n--)
    for (guint i = 0; i < G_N_ELEMENTS (months); i++)
      {
        g_auto (GStrv) names = g_strsplit (months[i], " ", -1);

        for (char **name = names; *name != NULL; name++)
          if ((strlen (*name) == n && strncmp (*name, folded, n) == 0) || strcmp (*name, folded) == 0)
            return (int) i + 1;
      }
  return 0;
}

/* "10:05", "10:05:30.123 PM +0200", "" */
static gboolean
read_time (const char *text,
           Parts *parts)
{
  int used = 0;
  g_autofree char *rest = NULL;

  if (*text == '\0')
    return TRUE;
  if (sscanf (text, "%2d:%2d%n", &parts->hour, &parts->minute, &used) != 2)
    return FALSE;
  text += used;
  used = 0;
  if (sscanf (text, ":%2d%n", &parts->second, &used) == 1)
    text += used;
  if (*text == '.' || *text == ',')
    text += 1 + strspn (text + 1, "0123456789");
  rest = g_ascii_strup (text + strspn (text, " "), -1);
  if (g_str_has_prefix (rest, "AM") || g_str_has_prefix (rest, "PM") || g_str_has_prefix (rest, "A.M.") || g_str_has_prefix (rest, "P.M."))
    {
      parts->hour = parts->hour % 12 + (*rest == 'P' ? 12 : 0);
      memmove (rest, rest + strspn (rest, "APM."), strlen (rest + strspn (rest, "APM.")) + 1);
      g_strstrip (rest);
    }
  if (g_str_has_prefix (rest, "UTC") || g_str_has_prefix (rest, "GMT"))
    memmove (rest, rest[3] == '\0' ? "Z" : rest + 3, rest[3] == '\0' ? 2 : strlen (rest + 3) + 1);
  if (*rest == '\0')
    return TRUE;
  parts->zone = g_time_zone_new_identifier (rest);
  return parts->zone != NULL;
}

static gboolean
is_between (char c)
{
  return strchr (" ./-,", c) != NULL;
}

/* Three numbers, or two and a month's name, with one kind of thing or another between them. @ret_rest: behind it */
static gboolean
read_day (const char *text,
          Parts *parts,
          const char **ret_rest)
{
  int n = 0;

  for (const char *s = text; *s != '\0';)
    {
      if (g_ascii_isdigit (*s) && n < 3)
        {
          gsize digits = strspn (s, "0123456789");

          if (digits > 4 || (n == 2 && parts->month != 0))
            return FALSE;
          parts->is_year_first = parts->is_year_first || (n == 0 && digits == 4);
          parts->numbers[n++] = (int) g_ascii_strtoll (s, NULL, 10);
          s += digits;
          /* "1st", "2nd" */
          if (g_ascii_strncasecmp (s, "st", 2) == 0 || g_ascii_strncasecmp (s, "nd", 2) == 0 || g_ascii_strncasecmp (s, "rd", 2) == 0 || g_ascii_strncasecmp (s, "th", 2) == 0)
            s += 2;
        }
      else if ((g_unichar_isalpha (g_utf8_get_char (s))) && n + (parts->month != 0) < 3)
        {
          const char *begin = s;
          g_autofree char *word = NULL;

          while (*s != '\0' && g_unichar_isalpha (g_utf8_get_char (s)))
            s = g_utf8_next_char (s);
          word = g_strndup (begin, (gsize) (s - begin));
          /* Names of weekdays, and "de" between them, say nothing more. */
          if (parts->month == 0)
            parts->month = find_month (word);
        }
      else if (is_between (*s) && n + (parts->month != 0) < 3)
        {
          parts->has_points = parts->has_points || (*s == '.' && parts->month == 0);
          s++;
        }
      else if (n + (parts->month != 0) == 3)
        {
          *ret_rest = s + (*s == 'T') + strspn (s + (*s == 'T'), " ,");
          return TRUE;
        }
      else
        return FALSE;
    }
  *ret_rest = "";
  return n + (parts->month != 0) == 3;
}

static gboolean
read_parts (const char *text,
            Parts *parts)
{
  g_autofree char *bare = g_strstrip (g_strdup (text));
  const char *rest = NULL;

  return strlen (bare) <= MAX_VALUE && read_day (bare, parts, &rest) && read_time (rest, parts);
}

void
mos_csv_look_at_date (const char *text,
                      MosCsvEvidence *evidence)
{
  g_auto (Parts) parts = { 0 };

  if (!read_parts (text, &parts) || parts.month != 0 || parts.is_year_first)
    return;
  if (parts.has_points || (parts.numbers[0] > 12 && parts.numbers[1] <= 12))
    evidence->n_first++;
  else if (parts.numbers[1] > 12 && parts.numbers[0] <= 12)
    evidence->n_second++;
  /* The fifth of May is the same day either way. */
  else if (parts.numbers[0] != parts.numbers[1])
    evidence->n_either++;
}

gint64
mos_csv_read_date (const char *text,
                   MosCsvDates dates,
                   GTimeZone *zone)
{
  g_auto (Parts) parts = { 0 };
  int year, month, day;
  gint64 us;

  if (strspn (text, "0123456789") == strlen (text) && strlen (text) == 10)
    return g_ascii_strtoll (text, NULL, 10) * G_USEC_PER_SEC;
  if (!read_parts (text, &parts))
    return 0;
  if (parts.is_year_first)
    {
      year = parts.numbers[0];
      month = parts.month != 0 ? parts.month : parts.numbers[1];
      day = parts.month != 0 ? parts.numbers[1] : parts.numbers[2];
    }
  else if (parts.month != 0)
    {
      day = parts.numbers[0];
      month = parts.month;
      year = parts.numbers[1];
    }
  else
    {
      gboolean is_day_first = dates != MOS_CSV_DATES_MONTH_FIRST;

      day = parts.numbers[is_day_first ? 0 : 1];
      month = parts.numbers[is_day_first ? 1 : 0];
      year = parts.numbers[2];
    }
  if (year < 100)
    year += year < 70 ? 2000 : 1900;
  if (year < 1970 || year > 9999 || month < 1 || month > 12 || day < 1 || !g_date_valid_dmy ((GDateDay) MIN (day, 32), (GDateMonth) month, (GDateYear) year))
    return 0;
  if (parts.hour > 23 || parts.minute > 59 || parts.second > 60 || parts.hour < 0 || parts.minute < 0 || parts.second < 0)
    return 0;
  us = mos_time_local (parts.zone != NULL ? parts.zone : zone, year, month, day, parts.hour, parts.minute);
  return us != 0 ? us + parts.second * (gint64) G_USEC_PER_SEC : 0;
}
