/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-base"

#include "config.h"

#include "core/base/mos-csv.h"

#include <string.h>

#define BYTE_ORDER_MARK "\xef\xbb\xbf"

/* A record is a line of a table: what is longer is no such file, and would take all memory there is. */
#define MAX_RECORD (1024 * 1024)
#define MAX_FIELDS 4096

static char
find_separator (const char *text,
                const char *end)
{
  static const char separators[] = { ',', ';', '\t' };
  guint counts[G_N_ELEMENTS (separators)] = { 0 };
  gboolean in_quotes = FALSE;
  gsize best = 0;

  if (end - text > MAX_RECORD)
    end = text + MAX_RECORD;
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

/* One field, up to its separator or the end of its line. @begin: of the record; @ret_field: (out) (transfer full) */
static gboolean
read_field (MosCsvReader *csv,
            const char *begin,
            char **ret_field,
            guint line,
            GError **error)
{
  g_autoptr (GString) field = g_string_new (NULL);
  gboolean in_quotes = csv->at < csv->end && *csv->at == '"', was_quoted = in_quotes;

  if (in_quotes)
    csv->at++;
  for (; csv->at < csv->end && csv->at - begin <= MAX_RECORD; csv->at++)
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
  if (csv->at - begin > MAX_RECORD)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "Line %u is longer than a line of a table can be%s", line, was_quoted ? ", or a quote in it is never closed" : "");
      return FALSE;
    }
  if (in_quotes)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "A quote of line %u is never closed", line);
      return FALSE;
    }
  *ret_field = g_string_free (g_steal_pointer (&field), FALSE);
  return TRUE;
}

static gboolean
is_empty (char **record)
{
  for (; *record != NULL; record++)
    if (**record != '\0')
      return FALSE;
  return TRUE;
}

void
mos_csv_reader_init (MosCsvReader *self,
                     const char *text,
                     gsize size)
{
  self->end = text + size;
  if (size >= strlen (BYTE_ORDER_MARK) && memcmp (text, BYTE_ORDER_MARK, strlen (BYTE_ORDER_MARK)) == 0)
    text += strlen (BYTE_ORDER_MARK);
  self->at = text;
  self->separator = find_separator (text, self->end);
  self->line = 1;
}

static char **
read_record (MosCsvReader *self,
             GError **error)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  const char *begin = self->at;
  guint line = self->line;

  for (guint n = 0; n < MAX_FIELDS; n++)
    {
      char *field = NULL;

      if (!read_field (self, begin, &field, line, error))
        return NULL;
      g_strv_builder_take (builder, field);
      if (self->at < self->end && *self->at == self->separator)
        {
          self->at++;
          continue;
        }
      if (self->at < self->end && *self->at == '\r')
        self->at++;
      if (self->at < self->end && *self->at == '\n')
        self->at++;
      self->line++;
      return g_strv_builder_end (builder);
    }
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "Line %u has more than %d fields", line, MAX_FIELDS);
  return NULL;
}

gboolean
mos_csv_reader_next (MosCsvReader *self,
                     char ***ret_record,
                     guint *ret_line,
                     GError **error)
{
  *ret_record = NULL;
  while (self->at < self->end)
    {
      guint line = self->line;
      g_auto (GStrv) record = read_record (self, error);

      if (record == NULL)
        return FALSE;
      if (is_empty (record))
        continue;
      if (ret_line != NULL)
        *ret_line = line;
      *ret_record = g_steal_pointer (&record);
      return TRUE;
    }
  return TRUE;
}

gboolean
mos_csv_reader_is_cut (const MosCsvReader *self)
{
  return self->at == self->end && self->at[-1] != '\n' && self->at[-1] != '\r';
}

void
mos_csv_shape_add (MosCsvShape *self,
                   char **record,
                   guint n_columns)
{
  guint n = 0;

  for (; n < n_columns && record[n] != NULL; n++)
    if (*record[n] != '\0')
      self->n_used = MAX (self->n_used, n + 1);
  self->n_most = MAX (self->n_most, n);
  self->n_records++;
}

gboolean
mos_csv_shape_is_short (const MosCsvShape *self,
                        char **record,
                        guint n_columns,
                        gboolean is_cut)
{
  guint n = g_strv_length (record);

  /* Of a file that ends within its only record nothing but the headings says how long that is. */
  return n < self->n_used || (is_cut && n < (self->n_records > 1 ? self->n_most : n_columns));
}

GPtrArray *
mos_csv_parse (const char *text,
               gsize size,
               GError **error)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  MosCsvReader reader;

  if (size > 0 && !g_utf8_validate_len (text, size, NULL))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "It is no UTF-8 text");
      return NULL;
    }
  mos_csv_reader_init (&reader, text, size);
  for (;;)
    {
      char **record;

      if (!mos_csv_reader_next (&reader, &record, NULL, error))
        return NULL;
      if (record == NULL)
        return g_steal_pointer (&records);
      g_ptr_array_add (records, record);
    }
}

/* --- bytes --- */

/* How much of a file tells what it is written in */
#define LOOK 4096

/* "UTF-16LE", "UTF-16BE" by its mark, or because every other byte of Latin text is 0; %NULL = it is none. */
static const char *
find_wide (const guint8 *data,
           gsize size)
{
  gsize n = MIN (size, LOOK) / 2, even = 0, odd = 0;

  if (size >= 2 && data[0] == 0xff && data[1] == 0xfe)
    return "UTF-16LE";
  if (size >= 2 && data[0] == 0xfe && data[1] == 0xff)
    return "UTF-16BE";
  for (gsize i = 0; i < n; i++)
    {
      even += data[2 * i] == 0;
      odd += data[2 * i + 1] == 0;
    }
  if (n > 2 && odd > n / 2 && even == 0)
    return "UTF-16LE";
  return n > 2 && even > n / 2 && odd == 0 ? "UTF-16BE" : NULL;
}

/* Line ends, tabs and escapes of old spreadsheets aside, text has no controls. */
static gboolean
is_binary (const char *text,
           gsize size)
{
  gsize n = MIN (size, LOOK), controls = 0;

  for (gsize i = 0; i < n; i++)
    controls += (guchar) text[i] < 0x20 && strchr ("\t\n\r\f\x1a", text[i]) == NULL;
  return memchr (text, '\0', size) != NULL || controls > n / 64;
}

static void
set_no_text (GError **error)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "It is no text");
}

GBytes *
mos_csv_decode (GBytes *data,
                const char **ret_encoding,
                GError **error)
{
  gsize size, skip = 0, converted_size;
  const char *bytes = g_bytes_get_data (data, &size);
  const char *wide = size > 0 ? find_wide ((const guint8 *) bytes, size) : NULL;
  const char *encoding = wide != NULL ? wide : "WINDOWS-1252";
  char *converted;

  if (wide == NULL && size > 0 && is_binary (bytes, size))
    {
      set_no_text (error);
      return NULL;
    }
  if (wide == NULL && (size == 0 || g_utf8_validate_len (bytes, size, NULL)))
    {
      if (size >= strlen (BYTE_ORDER_MARK) && memcmp (bytes, BYTE_ORDER_MARK, strlen (BYTE_ORDER_MARK)) == 0)
        skip = strlen (BYTE_ORDER_MARK);
      if (ret_encoding != NULL)
        *ret_encoding = "UTF-8";
      return g_bytes_new_from_bytes (data, skip, size - skip);
    }
  if (wide != NULL && ((guint8) bytes[0] >= 0xfe))
    skip = 2;
  converted = g_convert (bytes + skip, (gssize) (wide != NULL ? (size - skip) & ~(gsize) 1 : size), "UTF-8", encoding, NULL, &converted_size, NULL);
  /* Five of its bytes mean nothing: what has one is taken byte for byte. */
  if (converted == NULL && wide == NULL)
    converted = g_convert (bytes, (gssize) size, "UTF-8", "ISO-8859-1", NULL, &converted_size, NULL);
  if (converted == NULL || memchr (converted, '\0', converted_size) != NULL)
    {
      g_free (converted);
      set_no_text (error);
      return NULL;
    }
  if (ret_encoding != NULL)
    *ret_encoding = encoding;
  return g_bytes_new_take (converted, converted_size);
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
