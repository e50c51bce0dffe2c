/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-mail"

#include "config.h"

#include "core/mail/net/mos-sasl.h"

/* RFC 3454 table B.1: mapped to nothing */
static gboolean
is_mapped_to_nothing (gunichar c)
{
  return c == 0x00AD || c == 0x034F || c == 0x1806 || (c >= 0x180B && c <= 0x180D) || (c >= 0x200B && c <= 0x200D) ||
         c == 0x2060 || (c >= 0xFE00 && c <= 0xFE0F) || c == 0xFEFF;
}

/* Table C.1.2: other spaces become a plain one (U+200B is in B.1 too, and that comes first) */
static gboolean
is_other_space (gunichar c)
{
  return c == 0x00A0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200B) || c == 0x202F || c == 0x205F || c == 0x3000;
}

/* Tables C.2 to C.9 */
static gboolean
is_prohibited (gunichar c)
{
  return c < 0x20 || (c >= 0x7F && c <= 0x9F) ||                                                     /* C.2.1, C.2.2 */
         c == 0x06DD || c == 0x070F || c == 0x180E || (c >= 0x200C && c <= 0x200D) ||                /* C.2.2 */
         (c >= 0x2028 && c <= 0x2029) || (c >= 0x2060 && c <= 0x2063) ||                             /* C.2.2 */
         (c >= 0x206A && c <= 0x206F) || c == 0xFEFF || (c >= 0xFFF9 && c <= 0xFFFD) ||              /* C.2.2, C.6, C.8 */
         (c >= 0x1D173 && c <= 0x1D17A) ||                                                           /* C.2.2 */
         (c >= 0xE000 && c <= 0xF8FF) || c >= 0xF0000 ||                                             /* C.3 */
         (c >= 0xFDD0 && c <= 0xFDEF) || (c & 0xFFFE) == 0xFFFE ||                                   /* C.4 */
         (c >= 0xD800 && c <= 0xDFFF) ||                                                             /* C.5 */
         (c >= 0x2FF0 && c <= 0x2FFB) ||                                                             /* C.7 */
         c == 0x0340 || c == 0x0341 || c == 0x200E || c == 0x200F || (c >= 0x202A && c <= 0x202E) || /* C.8 */
         c == 0xE0001 || (c >= 0xE0020 && c <= 0xE007F);                                             /* C.9 */
}

/* Table D.1, by the scripts it consists of */
static gboolean
is_right_to_left (gunichar c)
{
  if (!g_unichar_isalpha (c))
    return c == 0x05BE || c == 0x05C0 || c == 0x05C3 || c == 0x061B || c == 0x061F;
  return (c >= 0x0590 && c <= 0x07BF) || (c >= 0xFB1D && c <= 0xFDFF) || (c >= 0xFE70 && c <= 0xFEFC);
}

/* Table D.2, near enough: any other letter */
static gboolean
is_left_to_right (gunichar c)
{
  return g_unichar_isalpha (c) && !is_right_to_left (c);
}

char *
mos_saslprep (const char *text)
{
  g_autoptr (GString) mapped = g_string_new (NULL);
  g_autofree char *normal = NULL;
  gboolean has_rtl = FALSE;
  gboolean has_ltr = FALSE;
  gunichar first = 0;
  gunichar last = 0;

  g_return_val_if_fail (text != NULL, NULL);

  if (!g_utf8_validate (text, -1, NULL))
    return NULL;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (is_mapped_to_nothing (c))
        continue;
      g_string_append_unichar (mapped, is_other_space (c) ? ' ' : c);
    }

  normal = g_utf8_normalize (mapped->str, (gssize) mapped->len, G_NORMALIZE_NFKC);
  for (const char *p = normal; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (is_prohibited (c))
        return NULL;
      if (first == 0)
        first = c;
      last = c;
      has_rtl |= is_right_to_left (c);
      has_ltr |= is_left_to_right (c);
    }

  /* RFC 3454 §6 */
  if (has_rtl && (has_ltr || !is_right_to_left (first) || !is_right_to_left (last)))
    return NULL;

  return g_steal_pointer (&normal);
}
