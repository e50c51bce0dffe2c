/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-mail"

#include "config.h"

#include "core/mail/delivery/mos-spf.h"

#include <string.h>

/* An address of IPv6 is written digit by digit (RFC 7208 §7.3). */
static char *
address_text (GInetAddress *ip)
{
  const guint8 *bytes;
  GString *text;

  if (ip == NULL)
    return g_strdup ("");
  if (g_inet_address_get_family (ip) != G_SOCKET_FAMILY_IPV6)
    return g_inet_address_to_string (ip);
  bytes = g_inet_address_to_bytes (ip);
  text = g_string_new (NULL);
  for (gsize i = 0; i < 16; i++)
    g_string_append_printf (text, "%s%x.%x", i > 0 ? "." : "", (guint) bytes[i] >> 4, bytes[i] & 0xfu);
  return g_string_free (text, FALSE);
}

static char *
letter_value (char letter,
              const char *domain,
              const char *sender,
              GInetAddress *ip)
{
  const char *at = strrchr (sender, '@');

  switch (letter)
    {
    case 's':
      return g_strdup (sender);
    case 'l':
      return at != NULL && at > sender ? g_strndup (sender, (gsize) (at - sender)) : g_strdup ("postmaster");
    case 'o':
    case 'h': /* what the server calls itself is not known here */
      return g_strdup (at != NULL ? at + 1 : sender);
    case 'd':
      return g_strdup (domain);
    case 'i':
      return address_text (ip);
    case 'v':
      return g_strdup (ip != NULL && g_inet_address_get_family (ip) == G_SOCKET_FAMILY_IPV6 ? "ip6" : "in-addr");
    case 'p':
      return g_strdup ("unknown");
    default:
      return NULL;
    }
}

/* "{" letter [digits] ["r"] delimiters "}": @p stands behind the brace. Returns: (nullable): what stands behind the other one */
static const char *
append_macro (GString *text,
              const char *p,
              const char *domain,
              const char *sender,
              GInetAddress *ip,
              gboolean *depends)
{
  const char letter = g_ascii_tolower (*p);
  const gboolean is_escaped = g_ascii_isupper (*p);
  g_autofree char *value = *p != '\0' ? letter_value (letter, domain, sender, ip) : NULL;
  g_autofree char *delimiters = NULL;
  g_autofree char *joined = NULL;
  g_auto (GStrv) parts = NULL;
  g_autoptr (GString) kept = g_string_new (NULL);
  guint keep = G_MAXUINT, n;
  gboolean is_reversed = FALSE;
  const char *end;

  if (value == NULL)
    return NULL;
  *depends = *depends || letter != 'd';
  p++;
  if (g_ascii_isdigit (*p))
    {
      char *rest = NULL;
      guint64 number = g_ascii_strtoull (p, &rest, 10);

      if (number == 0)
        return NULL;
      keep = (guint) MIN (number, 1000);
      p = rest;
    }
  if (*p == 'r' || *p == 'R')
    {
      is_reversed = TRUE;
      p++;
    }
  end = p + strspn (p, ".-+,/_=");
  if (*end != '}')
    return NULL;
  delimiters = end > p ? g_strndup (p, (gsize) (end - p)) : g_strdup (".");

  parts = g_strsplit_set (value, delimiters, -1);
  n = g_strv_length (parts);
  for (guint i = 0; i < n; i++)
    {
      /* The right-hand parts are kept, once they are in their order. */
      if (n - i > keep)
        continue;
      if (kept->len > 0)
        g_string_append_c (kept, '.');
      g_string_append (kept, parts[is_reversed ? n - 1 - i : i]);
    }
  joined = is_escaped ? g_uri_escape_string (kept->str, NULL, FALSE) : g_strdup (kept->str);
  g_string_append (text, joined);
  return end + 1;
}

char *
mos_spf_expand (const char *spec,
                const char *domain,
                const char *sender,
                GInetAddress *ip,
                gboolean *ret_depends)
{
  g_autoptr (GString) text = g_string_new (NULL);
  gboolean depends = FALSE;

  for (const char *p = spec; *p != '\0';)
    {
      if (*p < 0x21 || *p > 0x7e)
        return NULL;
      if (*p != '%')
        {
          g_string_append_c (text, *p++);
          continue;
        }
      switch (p[1])
        {
        case '%':
          g_string_append_c (text, '%');
          p += 2;
          break;
        case '_':
          g_string_append_c (text, ' ');
          p += 2;
          break;
        case '-':
          g_string_append (text, "%20");
          p += 2;
          break;
        case '{':
          p = append_macro (text, p + 2, domain, sender, ip, &depends);
          if (p == NULL)
            return NULL;
          break;
        default:
          return NULL;
        }
    }
  if (text->len > 0 && text->str[text->len - 1] == '.')
    g_string_truncate (text, text->len - 1);
  /* Too long for a name: the left-hand labels go. */
  while (text->len > MOS_DNS_MAX_NAME)
    {
      const char *dot = strchr (text->str, '.');

      if (dot == NULL)
        break;
      g_string_erase (text, 0, dot - text->str + 1);
    }
  if (ret_depends != NULL)
    *ret_depends = depends;
  return g_string_free (g_steal_pointer (&text), FALSE);
}
