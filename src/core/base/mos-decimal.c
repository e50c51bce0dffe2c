/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-base"

#include "config.h"

#include "core/base/mos-decimal.h"

#include <string.h>

/* A decimal takes up to 60 characters (mos_locale_is_decimal()); two of them lined up at their points, and a carry. */
#define MAX_DIGITS 128

/* The digits of one number, least first, @scale of them behind the point. */
typedef struct
{
  gboolean is_negative;
  guint8 digits[MAX_DIGITS];
} Digits;

static gsize
scale_of (const char *text)
{
  const char *point = strchr (text, '.');

  return point != NULL ? strlen (point + 1) : 0;
}

static void
read_digits (const char *text,
             gsize scale,
             Digits *ret_digits)
{
  gsize at = scale - scale_of (text);

  memset (ret_digits, 0, sizeof *ret_digits);
  ret_digits->is_negative = *text == '-';
  for (const char *s = text + strlen (text); s > text && at < MAX_DIGITS; s--)
    if (g_ascii_isdigit (s[-1]))
      ret_digits->digits[at++] = (guint8) (s[-1] - '0');
}

static int
compare_digits (const Digits *a,
                const Digits *b)
{
  for (gsize i = MAX_DIGITS; i-- > 0;)
    if (a->digits[i] != b->digits[i])
      return a->digits[i] < b->digits[i] ? -1 : 1;
  return 0;
}

static void
add_digits (Digits *sum,
            const Digits *other)
{
  int carry = 0;

  for (gsize i = 0; i < MAX_DIGITS; i++)
    {
      int digit = sum->digits[i] + other->digits[i] + carry;

      sum->digits[i] = (guint8) (digit % 10);
      carry = digit / 10;
    }
}

/* @from is not the smaller one. */
static void
subtract_digits (Digits *from,
                 const Digits *other)
{
  int borrow = 0;

  for (gsize i = 0; i < MAX_DIGITS; i++)
    {
      int digit = from->digits[i] - other->digits[i] - borrow;

      borrow = digit < 0 ? 1 : 0;
      from->digits[i] = (guint8) (digit + 10 * borrow);
    }
}

static char *
write_digits (const Digits *number,
              gsize scale)
{
  GString *text = g_string_new (NULL);
  gsize n = MAX_DIGITS;
  gboolean is_zero = TRUE;

  while (n > scale + 1 && number->digits[n - 1] == 0)
    n--;
  for (gsize i = n; i-- > 0;)
    {
      is_zero = is_zero && number->digits[i] == 0;
      g_string_append_c (text, (char) ('0' + number->digits[i]));
      if (i == scale && scale > 0)
        g_string_append_c (text, '.');
    }
  if (number->is_negative && !is_zero)
    g_string_prepend_c (text, '-');
  return g_string_free (text, FALSE);
}

static char *
sum_of (const char *a,
        const char *b,
        gboolean is_difference)
{
  gsize scale = MAX (scale_of (a), scale_of (b));
  Digits x, y;

  read_digits (a, scale, &x);
  read_digits (b, scale, &y);
  y.is_negative = y.is_negative != is_difference;
  if (x.is_negative == y.is_negative)
    {
      add_digits (&x, &y);
      return write_digits (&x, scale);
    }
  if (compare_digits (&x, &y) >= 0)
    {
      subtract_digits (&x, &y);
      return write_digits (&x, scale);
    }
  subtract_digits (&y, &x);
  return write_digits (&y, scale);
}

gboolean
mos_decimal_is_zero (const char *text)
{
  return mos_locale_compare_decimal (text, "0") == 0;
}

char *
mos_decimal_add (const char *a,
                 const char *b)
{
  g_return_val_if_fail (mos_locale_is_decimal (a), NULL);
  g_return_val_if_fail (mos_locale_is_decimal (b), NULL);

  return sum_of (a, b, FALSE);
}

char *
mos_decimal_subtract (const char *a,
                      const char *b)
{
  g_return_val_if_fail (mos_locale_is_decimal (a), NULL);
  g_return_val_if_fail (mos_locale_is_decimal (b), NULL);

  return sum_of (a, b, TRUE);
}

static void
take_sum (char **sum,
          const char *other)
{
  char *next = sum_of (*sum, other, FALSE);

  g_free (*sum);
  *sum = next;
}

char *
mos_decimal_times (const char *decimal,
                   guint64 n)
{
  g_autofree char *sum = g_strdup ("0");
  g_autofree char *step = g_strdup (decimal);

  g_return_val_if_fail (mos_locale_is_decimal (decimal), NULL);

  for (; n > 0; n /= 2)
    {
      if (n % 2 == 1)
        take_sum (&sum, step);
      take_sum (&step, step);
    }
  return g_steal_pointer (&sum);
}

char *
mos_decimal_clean (const char *text)
{
  g_autofree char *bare = text != NULL ? g_strstrip (g_strdup (text)) : NULL;
  Digits digits;

  if (!mos_locale_is_decimal (bare) || strlen (bare) > MAX_DIGITS / 2)
    return NULL;
  read_digits (bare, scale_of (bare), &digits);
  return write_digits (&digits, scale_of (bare));
}
