/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-mail"

#include "config.h"

#include "core/mail/imap/mos-imap-folder.h"

#include <string.h>

/* --- Modified UTF-7 (RFC 3501 §5.1.3) -------------------------------------------------------- */

static const char base64_chars[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+,";

static void
encode_unit (GString *out,
             guint16 unit,
             guint32 *bits,
             guint *count)
{
  *bits = (*bits << 16) | unit;
  *count += 16;
  while (*count >= 6)
    {
      *count -= 6;
      g_string_append_c (out, base64_chars[(*bits >> *count) & 0x3f]);
    }
  *bits &= (1u << *count) - 1;
}

char *
mos_imap_utf7_encode (const char *name)
{
  GString *out = g_string_new (NULL);
  gboolean shifted = FALSE;
  guint32 bits = 0;
  guint count = 0;

  g_return_val_if_fail (name != NULL, NULL);

  for (const char *p = name;; p = g_utf8_next_char (p))
    {
      gunichar c = *p != '\0' ? g_utf8_get_char (p) : 0;
      gboolean direct = c >= 0x20 && c <= 0x7e;

      if (shifted && (direct || c == 0))
        {
          if (count > 0)
            g_string_append_c (out, base64_chars[(bits << (6 - count)) & 0x3f]);
          g_string_append_c (out, '-');
          shifted = FALSE;
          bits = count = 0;
        }
      if (c == 0)
        break;
      if (direct)
        {
          g_string_append_c (out, (char) c);
          if (c == '&')
            g_string_append_c (out, '-');
          continue;
        }
      if (!shifted)
        g_string_append_c (out, '&');
      shifted = TRUE;
      if (c >= 0x10000)
        {
          encode_unit (out, (guint16) (0xd800 + ((c - 0x10000) >> 10)), &bits, &count);
          encode_unit (out, (guint16) (0xdc00 + ((c - 0x10000) & 0x3ff)), &bits, &count);
        }
      else
        encode_unit (out, (guint16) c, &bits, &count);
    }
  return g_string_free (out, FALSE);
}

/* Decodes what stands between "&" and "-"; @p is moved behind the "-". */
static gboolean
decode_shifted (const char **p,
                GString *out)
{
  guint32 bits = 0;
  guint count = 0;
  guint16 high = 0;

  for (; **p != '\0' && **p != '-'; (*p)++)
    {
      const char *digit = strchr (base64_chars, **p);
      guint16 unit;

      if (digit == NULL)
        return FALSE;
      bits = (bits << 6) | (guint32) (digit - base64_chars);
      count += 6;
      if (count < 16)
        continue;
      count -= 16;
      unit = (guint16) (bits >> count);
      bits &= (1u << count) - 1;

      if (high != 0)
        {
          if (unit < 0xdc00 || unit > 0xdfff)
            return FALSE;
          g_string_append_unichar (out, 0x10000 + (((gunichar) high - 0xd800) << 10) + (unit - 0xdc00u));
          high = 0;
        }
      else if (unit >= 0xd800 && unit <= 0xdbff)
        high = unit;
      else if (unit == 0 || (unit >= 0xdc00 && unit <= 0xdfff))
        return FALSE;
      else
        g_string_append_unichar (out, unit);
    }
  if (**p != '-' || high != 0)
    return FALSE;
  (*p)++;
  return TRUE;
}

char *
mos_imap_utf7_decode (const char *mailbox)
{
  g_autoptr (GString) out = g_string_new (NULL);
  g_autofree char *again = NULL;

  g_return_val_if_fail (mailbox != NULL, NULL);

  for (const char *p = mailbox; *p != '\0';)
    {
      if ((guchar) *p < 0x20 || (guchar) *p > 0x7e)
        return NULL;
      if (*p != '&')
        {
          g_string_append_c (out, *p++);
          continue;
        }
      p++;
      if (*p == '-')
        {
          g_string_append_c (out, '&');
          p++;
        }
      else if (!decode_shifted (&p, out))
        return NULL;
    }

  /* Two spellings of one name are two folders; only the canonical one may be shown as the other's name. */
  again = mos_imap_utf7_encode (out->str);
  if (strcmp (again, mailbox) != 0)
    return NULL;
  return g_string_free (g_steal_pointer (&out), FALSE);
}
