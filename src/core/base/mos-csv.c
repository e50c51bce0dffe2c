/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-base"

#include "config.h"

#include "core/base/mos-csv.h"

#include <string.h>

#define MAX_ROWS 100000
#define MAX_VALUES 1000

static char
find_separator (const char *text)
{
  static const char separators[] = { ',', ';', '\t' };
  gsize line = strcspn (text, "\r\n");
  guint best = 0;
  char found = ',';

  for (guint i = 0; i < G_N_ELEMENTS (separators); i++)
    {
      guint n = 0;

      for (gsize k = 0; k < line; k++)
        n += text[k] == separators[i];
      if (n > best)
        {
          best = n;
          found = separators[i];
        }
    }
  return found;
}

/* One value; @ret_next: behind it. A quotation mark within a value that has none at its begin is a letter. */
static char *
read_value (const char *s,
            char separator,
            const char **ret_next)
{
  g_autoptr (GString) value = g_string_new (NULL);
  const char ends[] = { separator, '\r', '\n', '\0' };
  gsize n;

  if (*s == '"')
    for (s++; *s != '\0'; s++)
      {
        if (*s == '"' && s[1] == '"')
          s++;
        else if (*s == '"')
          {
            s++;
            break;
          }
        g_string_append_c (value, *s);
      }
  n = strcspn (s, ends);
  g_string_append_len (value, s, (gssize) n);
  *ret_next = s + n;
  return g_string_free (g_steal_pointer (&value), FALSE);
}

GPtrArray *
mos_csv_parse (const char *text)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  char separator;

  g_return_val_if_fail (text != NULL, rows);

  separator = find_separator (text);
  while (*text != '\0' && rows->len < MAX_ROWS)
    {
      g_autoptr (GPtrArray) values = g_ptr_array_new_null_terminated (0, g_free, TRUE);
      gboolean any = FALSE;

      for (;;)
        {
          char *value = read_value (text, separator, &text);

          any = any || *value != '\0';
          if (values->len < MAX_VALUES)
            g_ptr_array_add (values, value);
          else
            g_free (value);
          if (*text != separator)
            break;
          text++;
        }
      text += *text == '\r';
      text += *text == '\n';
      if (any)
        g_ptr_array_add (rows, g_ptr_array_steal (values, NULL));
    }
  return rows;
}

/* "Body HTML", "body_html" and "body-html" are one. */
static gboolean
is_same_name (const char *a,
              const char *b)
{
  for (;;)
    {
      while (*a == ' ' || *a == '_' || *a == '-')
        a++;
      while (*b == ' ' || *b == '_' || *b == '-')
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
      if (is_same_name (header[i], *names))
        return i;
  return -1;
}

const char *
mos_csv_get (char **row,
             int column)
{
  return column >= 0 && (guint) column < g_strv_length (row) ? row[column] : "";
}
