/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-base"

#include "config.h"

#include "core/base/mos-locale.h"

#include <unicode/ucurr.h>
#include <unicode/udat.h>
#include <unicode/uloc.h>
#include <unicode/unum.h>
#include <unicode/ustring.h>

#include <locale.h>
#include <string.h>

#define MAX_DECIMAL 60
#define MAX_OUT 256

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UNumberFormat, unum_close)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (UDateFormat, udat_close)

/* Without it ICU falls back to the locale of the process. */
static gboolean
is_known (const char *name)
{
  gsize len = strcspn (name, "_");

  for (int32_t i = 0; i < uloc_countAvailable (); i++)
    {
      const char *known = uloc_getAvailable (i);

      if (strncmp (known, name, len) == 0 && (known[len] == '\0' || known[len] == '_'))
        return TRUE;
    }
  return FALSE;
}

#define LATIN_DIGITS "@numbers=latn"

/* ICU's name of @locale; of what follows an "@", only the digits of mos_locale_dup_here() are kept. */
static void
name_of (const char *locale,
         char *out,
         gsize size)
{
  UErrorCode status = U_ZERO_ERROR;
  char posix[ULOC_FULLNAME_CAPACITY];
  gsize len;

  g_strlcpy (out, "en", size);
  if (locale == NULL)
    return;
  /* "es_ES.UTF-8@euro" */
  len = strcspn (locale, ".@");
  if (len == 0 || len >= sizeof posix)
    return;
  memcpy (posix, locale, len);
  posix[len] = '\0';
  uloc_canonicalize (posix, out, (int32_t) size, &status);
  if (U_FAILURE (status) || status == U_STRING_NOT_TERMINATED_WARNING || !is_known (out))
    g_strlcpy (out, "en", size);
  if (g_str_has_suffix (locale, LATIN_DIGITS))
    uloc_setKeywordValue ("numbers", "latn", out, (int32_t) size, &status);
}

char *
mos_locale_dup_here (int category)
{
  const char *name = setlocale (category, NULL);

  return g_strdup_printf ("%.*s" LATIN_DIGITS, (int) strcspn (name, ".@"), name);
}

static char *
to_utf8 (const UChar *text,
         int32_t len)
{
  char *out = g_malloc ((gsize) len * 3 + 1);
  int32_t n = 0;
  UErrorCode status = U_ZERO_ERROR;

  u_strToUTF8 (out, len * 3 + 1, &n, text, len, &status);
  if (U_FAILURE (status))
    n = 0;
  out[n] = '\0';
  return out;
}

/* --- decimals --- */

gboolean
mos_locale_is_decimal (const char *text)
{
  gsize n_digits = 0, n_points = 0, len = 0;

  if (text == NULL)
    return FALSE;
  if (*text == '-' || *text == '+')
    text++;
  for (; *text != '\0'; text++, len++)
    {
      if (g_ascii_isdigit (*text))
        n_digits++;
      else if (*text == '.')
        n_points++;
      else
        return FALSE;
    }
  return n_digits > 0 && n_points <= 1 && len <= MAX_DECIMAL;
}

/* Sign apart; no zeros that say nothing. */
typedef struct
{
  gboolean is_negative;
  const char *whole;
  gsize n_whole;
  const char *part;
  gsize n_part;
} Decimal;

static void
split (const char *text,
       Decimal *out)
{
  out->is_negative = *text == '-';
  if (*text == '-' || *text == '+')
    text++;
  while (*text == '0')
    text++;
  out->whole = text;
  out->n_whole = strspn (text, "0123456789");
  out->part = text + out->n_whole;
  if (*out->part == '.')
    out->part++;
  out->n_part = strlen (out->part);
  while (out->n_part > 0 && out->part[out->n_part - 1] == '0')
    out->n_part--;
  if (out->n_whole == 0 && out->n_part == 0)
    out->is_negative = FALSE;
}

int
mos_locale_compare_decimal (const char *a,
                            const char *b)
{
  Decimal x, y;
  int order;

  g_return_val_if_fail (mos_locale_is_decimal (a), 0);
  g_return_val_if_fail (mos_locale_is_decimal (b), 0);

  split (a, &x);
  split (b, &y);
  if (x.is_negative != y.is_negative)
    return x.is_negative ? -1 : 1;
  if (x.n_whole != y.n_whole)
    order = x.n_whole < y.n_whole ? -1 : 1;
  else
    {
      order = memcmp (x.whole, y.whole, x.n_whole);
      if (order == 0)
        order = memcmp (x.part, y.part, MIN (x.n_part, y.n_part));
      if (order == 0)
        order = x.n_part < y.n_part ? -1 : x.n_part > y.n_part;
    }
  return x.is_negative ? -order : order;
}

/* The sign that @locale puts between thousands, where it is a point or a comma; else 0. */
static char
grouping_of (const char *locale)
{
  char name[ULOC_FULLNAME_CAPACITY];
  UErrorCode status = U_ZERO_ERROR;
  g_autoptr (UNumberFormat) format = NULL;
  UChar sign[8];

  name_of (locale, name, sizeof name);
  format = unum_open (UNUM_DECIMAL, NULL, 0, name, NULL, &status);
  if (U_FAILURE (status))
    return 0;
  if (unum_getSymbol (format, UNUM_GROUPING_SEPARATOR_SYMBOL, sign, G_N_ELEMENTS (sign), &status) != 1 || U_FAILURE (status))
    return 0;
  return sign[0] == '.' || sign[0] == ',' ? (char) sign[0] : 0;
}

/* Whether @text, digits with signs between them, is a whole number with its thousands apart ("1.234.567", in India "12,34,567"). */
static gboolean
is_grouped (const char *text,
            gsize len)
{
  gsize n = 0, n_groups = 0;
  char sign = 0;

  for (gsize i = 0; i <= len; i++)
    {
      if (i < len && g_ascii_isdigit (text[i]))
        {
          n++;
          continue;
        }
      if (i < len && sign != 0 && text[i] != sign)
        return FALSE;
      if (i < len)
        sign = text[i];
      if (sign == 0)
        return TRUE;
      if (n_groups == 0 ? n < 1 || n > 3 || *text == '0' : i == len ? n != 3
                                                                    : n != 2 && n != 3)
        return FALSE;
      n_groups++;
      n = 0;
    }
  return TRUE;
}

/* Copies the number in @text: digits, '.', ',' and ' ' between them. Returns: whether there is one, and only one */
static gboolean
scan_number (const char *text,
             GString *out,
             gboolean *ret_is_negative)
{
  gboolean is_over = FALSE;

  *ret_is_negative = FALSE;
  for (const char *s = text; *s != '\0'; s = g_utf8_next_char (s))
    {
      gunichar c = g_utf8_get_char (s);
      gunichar next = g_utf8_get_char (g_utf8_next_char (s));
      GUnicodeType type = g_unichar_type (c);
      gboolean is_inside = out->len > 0 && !is_over && g_unichar_type (next) == G_UNICODE_DECIMAL_NUMBER;

      if (type == G_UNICODE_DECIMAL_NUMBER)
        {
          if (is_over)
            return FALSE;
          g_string_append_c (out, (char) ('0' + g_unichar_digit_value (c)));
        }
      else if (c == '.' || c == 0x066b || c == ',' || c == 0x066c)
        {
          /* ".5" */
          if (out->len == 0 && g_unichar_type (next) == G_UNICODE_DECIMAL_NUMBER)
            {
              g_string_append_c (out, '0');
              is_inside = TRUE;
            }
          if (is_inside)
            g_string_append_c (out, c == '.' || c == 0x066b ? '.' : ',');
          is_over = is_over || (out->len > 0 && !is_inside);
        }
      else if ((c == '-' || c == 0x2212) && out->len == 0 && !*ret_is_negative)
        *ret_is_negative = TRUE;
      else if (g_unichar_isspace (c) || c == '\'' || c == 0x2019)
        {
          if (is_inside)
            g_string_append_c (out, ' ');
          is_over = is_over || (out->len > 0 && !is_inside);
        }
      else if (type == G_UNICODE_CURRENCY_SYMBOL || g_unichar_isalpha (c))
        is_over = is_over || out->len > 0;
      else if (c != 0x200e && c != 0x200f && c != 0x061c) /* marks of direction */
        return FALSE;
    }
  return out->len > 0 && out->len <= MAX_DECIMAL;
}

char *
mos_locale_read_decimal (const char *text,
                         const char *locale)
{
  g_autoptr (GString) number = g_string_new (NULL);
  g_autoptr (GString) out = g_string_new (NULL);
  gboolean is_negative;
  const char *point;
  gsize n_whole;

  g_return_val_if_fail (text != NULL, NULL);

  if (!scan_number (text, number, &is_negative))
    return NULL;
  point = number->str + number->len;
  while (point > number->str && g_ascii_isdigit (point[-1]))
    point--;
  n_whole = point > number->str ? (gsize) (point - 1 - number->str) : number->len;
  if (point == number->str)
    point = number->str + number->len;
  /* "1.234.567" has no decimals; nor has "1,234" where thousands are set apart so. */
  else if (point[-1] == ' ' || memchr (number->str, point[-1], n_whole) != NULL ||
           (point[-1] == grouping_of (locale) && is_grouped (number->str, number->len)))
    {
      n_whole = number->len;
      point = number->str + number->len;
    }
  if (!is_grouped (number->str, n_whole))
    return NULL;
  if (is_negative)
    g_string_append_c (out, '-');
  for (gsize i = 0; i < n_whole; i++)
    if (g_ascii_isdigit (number->str[i]))
      g_string_append_c (out, number->str[i]);
  if (*point != '\0')
    g_string_append_printf (out, ".%s", point);
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static char *
format_decimal (UNumberFormat *format,
                const char *decimal)
{
  UChar out[MAX_OUT];
  UErrorCode status = U_ZERO_ERROR;
  int32_t n = unum_formatDecimal (format, decimal, (int32_t) strlen (decimal), out, MAX_OUT, NULL, &status);

  return U_FAILURE (status) || n >= MAX_OUT ? g_strdup (decimal) : to_utf8 (out, n);
}

char *
mos_locale_number (const char *locale,
                   const char *decimal,
                   int fraction_digits)
{
  char name[ULOC_FULLNAME_CAPACITY];
  UErrorCode status = U_ZERO_ERROR;
  g_autoptr (UNumberFormat) format = NULL;
  Decimal parts;

  g_return_val_if_fail (decimal != NULL, NULL);

  if (!mos_locale_is_decimal (decimal))
    return g_strdup (decimal);
  name_of (locale, name, sizeof name);
  format = unum_open (UNUM_DECIMAL, NULL, 0, name, NULL, &status);
  if (U_FAILURE (status))
    return g_strdup (decimal);
  split (decimal, &parts);
  unum_setAttribute (format, UNUM_FRACTION_DIGITS, fraction_digits >= 0 ? MIN (fraction_digits, MAX_DECIMAL) : (int32_t) parts.n_part);
  return format_decimal (format, decimal);
}

char *
mos_locale_money (const char *locale,
                  const char *decimal,
                  const char *currency)
{
  char name[ULOC_FULLNAME_CAPACITY];
  UErrorCode status = U_ZERO_ERROR;
  g_autoptr (UNumberFormat) format = NULL;
  UChar code[4] = { 0 };

  g_return_val_if_fail (decimal != NULL, NULL);
  g_return_val_if_fail (currency != NULL, NULL);

  if (!mos_locale_is_decimal (decimal))
    return g_strdup (decimal);
  if (strlen (currency) != 3)
    return mos_locale_number (locale, decimal, -1);
  for (gsize i = 0; i < 3; i++)
    {
      if (!g_ascii_isalpha (currency[i]))
        return mos_locale_number (locale, decimal, -1);
      code[i] = (UChar) g_ascii_toupper (currency[i]);
    }
  name_of (locale, name, sizeof name);
  format = unum_open (UNUM_CURRENCY, NULL, 0, name, NULL, &status);
  if (U_FAILURE (status))
    return g_strdup_printf ("%s %s", decimal, currency);
  unum_setTextAttribute (format, UNUM_CURRENCY_CODE, code, 3, &status);
  return format_decimal (format, decimal);
}

/* --- dates --- */

static char *
format_time (const char *locale,
             gint64 us,
             GTimeZone *tz,
             UDateFormatStyle date,
             UDateFormatStyle time)
{
  char name[ULOC_FULLNAME_CAPACITY];
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc_usec (us);
  g_autoptr (GDateTime) local = NULL;
  g_autoptr (UDateFormat) format = NULL;
  UErrorCode status = U_ZERO_ERROR;
  static const UChar utc_name[] = { 'U', 'T', 'C', 0 };
  UChar out[MAX_OUT];
  int32_t n;

  if (utc == NULL)
    return g_strdup ("");
  local = tz != NULL ? g_date_time_to_timezone (utc, tz) : g_date_time_to_local (utc);
  if (local == NULL)
    return g_strdup ("");
  name_of (locale, name, sizeof name);
  /* The clock's reading is ours (GTimeZone knows zones that ICU does not, and the other way round): it is given as if it were UTC. */
  format = udat_open (time, date, name, utc_name, -1, NULL, 0, &status);
  if (U_FAILURE (status))
    return g_date_time_format (local, "%F");
  n = udat_format (format, (UDate) ((double) us + (double) g_date_time_get_utc_offset (local)) / 1000.0, out, MAX_OUT, NULL, &status);
  return U_FAILURE (status) || n >= MAX_OUT ? g_date_time_format (local, "%F") : to_utf8 (out, n);
}

static UDateFormatStyle
style_of (MosLocaleLength length)
{
  static const UDateFormatStyle styles[] = {
    [MOS_LOCALE_SHORT] = UDAT_SHORT,
    [MOS_LOCALE_MEDIUM] = UDAT_MEDIUM,
    [MOS_LOCALE_LONG] = UDAT_LONG,
    [MOS_LOCALE_FULL] = UDAT_FULL,
  };

  return styles[length];
}

char *
mos_locale_date (const char *locale,
                 gint64 us,
                 GTimeZone *tz,
                 MosLocaleLength length)
{
  return format_time (locale, us, tz, style_of (length), UDAT_NONE);
}

char *
mos_locale_time (const char *locale,
                 gint64 us,
                 GTimeZone *tz,
                 MosLocaleLength length)
{
  return format_time (locale, us, tz, UDAT_NONE, length == MOS_LOCALE_SHORT ? UDAT_SHORT : UDAT_MEDIUM);
}

char *
mos_locale_date_time (const char *locale,
                      gint64 us,
                      GTimeZone *tz,
                      MosLocaleLength length)
{
  return format_time (locale, us, tz, style_of (length), UDAT_SHORT);
}
