/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-base"

#include "config.h"

#include "core/base/mos-csv.h"

#include <string.h>

#define BYTE_ORDER_MARK "\xef\xbb\xbf"

static char
find_separator (const char *text,
                const char *end)
{
  static const char separators[] = { ',', ';', '\t' };
  guint counts[G_N_ELEMENTS (separators)] = { 0 };
  gboolean in_quotes = FALSE;
  gsize best = 0;

  for (; text < end && (in_quotes || (*text != '\n' && *text != '\r')); text++)
    {
      if (*text == '"')
        in_quotes = !in_quotes;
      for (gsize i = 0; !in_quotes && i < G_N_ELEMENTS (separators); i++)
        counts[i] += *text == separators[i];
    }
  for (gsize i = 1; i < G_N_ELEMENTS (separators); i++)
    if (counts[i] > counts[best])
      best = i;
  return separators[best];
}

typedef struct
{
  const char *at;
  const char *end;
  char separator;
  guint line;
} Csv;

/* One field, up to its separator or the end of its line. Returns: (transfer full) (nullable): %NULL: a quote that is never closed */
static char *
read_field (Csv *csv)
{
  g_autoptr (GString) field = g_string_new (NULL);
  gboolean in_quotes = csv->at < csv->end && *csv->at == '"';

  if (in_quotes)
    csv->at++;
  for (; csv->at < csv->end; csv->at++)
    {
      char c = *csv->at;

      if (in_quotes && c == '"' && csv->at + 1 < csv->end && csv->at[1] == '"')
        csv->at++;
      else if (in_quotes && c == '"')
        {
          in_quotes = FALSE;
          continue;
        }
      else if (!in_quotes && (c == csv->separator || c == '\n' || c == '\r'))
        break;
      if (c == '\n')
        csv->line++;
      g_string_append_c (field, c);
    }
  return in_quotes ? NULL : g_string_free (g_steal_pointer (&field), FALSE);
}

static gboolean
is_empty (char **record)
{
  for (; *record != NULL; record++)
    if (**record != '\0')
      return FALSE;
  return TRUE;
}

GPtrArray *
mos_csv_parse (const char *text,
               gsize size,
               GError **error)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  Csv csv = { .end = text + size, .line = 1 };

  if (!g_utf8_validate_len (text, size, NULL))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "It is no UTF-8 text");
      return NULL;
    }
  if (size >= strlen (BYTE_ORDER_MARK) && memcmp (text, BYTE_ORDER_MARK, strlen (BYTE_ORDER_MARK)) == 0)
    text += strlen (BYTE_ORDER_MARK);
  csv.at = text;
  csv.separator = find_separator (text, csv.end);
  while (csv.at < csv.end)
    {
      g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
      g_auto (GStrv) record = NULL;
      guint line = csv.line;

      for (;;)
        {
          char *field = read_field (&csv);

          if (field == NULL)
            {
              g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "A quote of line %u is never closed", line);
              return NULL;
            }
          g_strv_builder_take (builder, field);
          if (csv.at >= csv.end || *csv.at != csv.separator)
            break;
          csv.at++;
        }
      if (csv.at < csv.end && *csv.at == '\r')
        csv.at++;
      if (csv.at < csv.end && *csv.at == '\n')
        csv.at++;
      csv.line++;
      record = g_strv_builder_end (builder);
      if (!is_empty (record))
        g_ptr_array_add (records, g_steal_pointer (&record));
    }
  return g_steal_pointer (&records);
}

void
mos_csv_append (GString *csv,
                const char *const *record)
{
  for (gsize i = 0; record[i] != NULL; i++)
    {
      const char *text = record[i];
      /* https://owasp.org/www-community/attacks/CSV_Injection; a "+" and digits is a phone number. */
      gboolean is_formula = *text != '\0' && (strchr ("=@\t\r", *text) != NULL || ((*text == '+' || *text == '-') && text[strspn (text, "+-0123456789 ().")] != '\0'));

      if (i > 0)
        g_string_append_c (csv, ',');
      if (!is_formula && strpbrk (text, "\",;\t\r\n") == NULL)
        {
          g_string_append (csv, text);
          continue;
        }
      g_string_append (csv, is_formula ? "\"'" : "\"");
      for (; *text != '\0'; text++)
        g_string_append_printf (csv, *text == '"' ? "\"\"" : "%c", *text);
      g_string_append_c (csv, '"');
    }
  g_string_append (csv, "\r\n");
}

gboolean
mos_csv_is_same_name (const char *a,
                      const char *b)
{
  for (;;)
    {
      while (g_ascii_isspace (*a) || *a == '_' || *a == '-')
        a++;
      while (g_ascii_isspace (*b) || *b == '_' || *b == '-')
        b++;
      if (g_ascii_tolower (*a) != g_ascii_tolower (*b))
        return FALSE;
      if (*a == '\0')
        return TRUE;
      a++;
      b++;
    }
}

int
mos_csv_find_column (char **header,
                     const char *const *names)
{
  for (; *names != NULL; names++)
    for (int i = 0; header[i] != NULL; i++)
      if (mos_csv_is_same_name (header[i], *names))
        return i;
  return -1;
}

const char *
mos_csv_get_value (char **row,
                   int column)
{
  return column >= 0 && (guint) column < g_strv_length (row) ? row[column] : "";
}
