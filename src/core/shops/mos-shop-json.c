/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-shops"

#include "config.h"

#include "core/shops/mos-shop-json.h"

#include "core/base/mos-decimal.h"
#include "core/base/mos-time.h"

#include <math.h>
#include <string.h>

/* Characters of what a shop says of its trouble */
#define MAX_WORDS 300
/* Zeros that are added to a number with an exponent */
#define MAX_EXPONENT 30

static JsonNode *
node_of (JsonObject *object,
         const char *name)
{
  return object != NULL ? json_object_get_member (object, name) : NULL;
}

static char *
clean (const char *text)
{
  GString *out = g_string_new (NULL);

  for (const char *s = text; *s != '\0'; s = g_utf8_next_char (s))
    {
      gunichar c = g_utf8_get_char (s);

      /* JSON can say half a surrogate pair, which is no text. */
      if (c == '\n' || c == '\t' || (g_unichar_validate (c) && !g_unichar_iscntrl (c)))
        g_string_append_unichar (out, c);
    }
  return g_strstrip (g_string_free (out, FALSE));
}

char *
mos_shop_json_text (JsonObject *object,
                    const char *name)
{
  JsonNode *node = node_of (object, name);
  GType type = node != NULL && JSON_NODE_HOLDS_VALUE (node) ? json_node_get_value_type (node) : G_TYPE_INVALID;

  if (type == G_TYPE_STRING)
    return clean (json_node_get_string (node));
  if (type == G_TYPE_INT64)
    return g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (node));
  return g_strdup ("");
}

char *
mos_shop_json_words (JsonObject *object,
                     const char *name)
{
  g_autofree char *text = mos_shop_json_text (object, name);

  g_strdelimit (text, "\n\t", ' ');
  return g_utf8_strlen (text, -1) > MAX_WORDS ? g_utf8_substring (text, 0, MAX_WORDS) : g_steal_pointer (&text);
}

/* "1.5E-3" → "0.0015". Returns: (transfer full) (nullable): %NULL where it is none, or of a size that no price has */
static char *
spread_exponent (const char *text)
{
  const char *e = strpbrk (text, "eE");
  gint64 exponent = 0;
  g_autofree char *mantissa = e != NULL ? g_strndup (text, (gsize) (e - text)) : NULL;
  g_autofree char *clean_mantissa = mos_decimal_clean (mantissa);
  g_autoptr (GString) out = NULL;
  const char *point;
  gint64 n_whole;

  if (clean_mantissa == NULL || !g_ascii_string_to_signed (e + (e[1] == '+' ? 2 : 1), 10, -MAX_EXPONENT, MAX_EXPONENT, &exponent, NULL))
    return NULL;
  point = strchr (clean_mantissa, '.');
  out = g_string_new (clean_mantissa);
  n_whole = (gint64) (point != NULL ? (gsize) (point - clean_mantissa) : out->len) + exponent;
  if (point != NULL)
    g_string_erase (out, point - clean_mantissa, 1);
  if (*out->str == '-')
    {
      g_string_erase (out, 0, 1);
      n_whole--;
    }
  for (; n_whole < 1; n_whole++)
    g_string_prepend_c (out, '0');
  while ((gint64) out->len < n_whole)
    g_string_append_c (out, '0');
  if ((gint64) out->len > n_whole)
    g_string_insert_c (out, (gssize) n_whole, '.');
  if (*clean_mantissa == '-')
    g_string_prepend_c (out, '-');
  return mos_decimal_clean (out->str);
}

char *
mos_shop_json_decimal (JsonObject *object,
                       const char *name,
                       const char *fallback)
{
  JsonNode *node = node_of (object, name);
  GType type = node != NULL && JSON_NODE_HOLDS_VALUE (node) ? json_node_get_value_type (node) : G_TYPE_INVALID;
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];
  char *decimal = NULL;

  if (type == G_TYPE_STRING)
    {
      decimal = mos_decimal_clean (json_node_get_string (node));
      if (decimal == NULL)
        decimal = spread_exponent (json_node_get_string (node));
    }
  else if (type == G_TYPE_INT64)
    decimal = g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (node));
  else if (type == G_TYPE_DOUBLE && isfinite (json_node_get_double (node)) && fabs (json_node_get_double (node)) < 1e12)
    {
      /* What was a fraction of two already: a price of one of three. */
      g_autofree char *text = g_strdup (g_ascii_formatd (buffer, sizeof buffer, "%.4f", json_node_get_double (node)));

      while (g_str_has_suffix (text, "00"))
        text[strlen (text) - 1] = '\0';
      decimal = mos_decimal_clean (text);
    }
  return decimal != NULL ? decimal : g_strdup (fallback);
}

char *
mos_shop_json_quote_decimals (const char *text,
                              gsize n)
{
  static const char of_numbers[] = "+-.0123456789eE";
  GString *out = g_string_sized_new (n + 256);

  for (gsize i = 0; i < n;)
    {
      gsize begin = i;

      if (text[i] == '"')
        {
          for (i++; i < n && text[i] != '"'; i++)
            if (text[i] == '\\' && i + 1 < n)
              i++;
          i = MIN (i + 1, n);
          g_string_append_len (out, text + begin, (gssize) (i - begin));
        }
      else if (text[i] == '-' || g_ascii_isdigit (text[i]))
        {
          gboolean is_whole;

          while (i < n && text[i] != '\0' && strchr (of_numbers, text[i]) != NULL)
            i++;
          is_whole = memchr (text + begin, '.', i - begin) == NULL && memchr (text + begin, 'e', i - begin) == NULL && memchr (text + begin, 'E', i - begin) == NULL;
          if (!is_whole)
            g_string_append_c (out, '"');
          g_string_append_len (out, text + begin, (gssize) (i - begin));
          if (!is_whole)
            g_string_append_c (out, '"');
        }
      else
        {
          g_string_append_c (out, text[i]);
          i++;
        }
    }
  return g_string_free (out, FALSE);
}

gint64
mos_shop_json_time (JsonObject *object,
                    const char *name)
{
  g_autofree char *text = mos_shop_json_text (object, name);
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();

  return *text != '\0' ? mos_time_parse (text, utc) : 0;
}

char *
mos_shop_json_url (JsonObject *object,
                   const char *name)
{
  g_autofree char *text = mos_shop_json_text (object, name);

  return g_str_has_prefix (text, "https://") || g_str_has_prefix (text, "http://") ? g_steal_pointer (&text) : g_strdup ("");
}

void
mos_shop_take (char **place,
               char *text)
{
  g_free (*place);
  *place = text;
}

void
mos_shop_add_line (GString *lines,
                   const char *text)
{
  g_autofree char *line = g_strstrip (g_strdup (text));

  if (*line == '\0')
    return;
  if (lines->len > 0)
    g_string_append_c (lines, '\n');
  g_string_append (lines, line);
}
