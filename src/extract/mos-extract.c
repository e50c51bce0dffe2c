/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "extract/mos-extract.h"

#include "core/mail/mime/mos-mime.h"

#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <poppler.h>
#include <string.h>
#include <unistd.h>

/* mostrador-extract TYPE NAME: the text of the file on standard input, in UTF-8, to standard output.
 *
 * Files come from strangers, and the libraries that read them are large. So they are read by a process that has nothing to lose: its memory and time are
 * limited, and before it looks at the first byte it gives up everything but reading and writing the two pipes it has. Whoever starts it
 * bounds its time and what it takes from it (core/desk/mos-file-text.c). */

#define MAX_PAGES 1000
#define SNIFF 1024

/* Returns: (transfer full) (nullable): all of standard input */
static GByteArray *
read_input (void)
{
  g_autoptr (GByteArray) data = g_byte_array_new ();
  guint8 piece[65536];
  ssize_t n;

  while ((n = read (STDIN_FILENO, piece, sizeof piece)) > 0 || (n < 0 && errno == EINTR))
    {
      if (n < 0)
        continue;
      if (data->len + (gsize) n > MOS_EXTRACT_MAX_FILE)
        return NULL;
      g_byte_array_append (data, piece, (guint) n);
    }
  return n == 0 ? g_steal_pointer (&data) : NULL;
}

static void
write_output (GString *text)
{
  gsize done = 0;

  while (done < text->len)
    {
      ssize_t n = write (STDOUT_FILENO, text->str + done, text->len - done);

      if (n < 0 && errno != EINTR)
        return;
      if (n > 0)
        done += (gsize) n;
    }
}

static MosExtractExit
extract_pdf (GByteArray *data,
             GString *out)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (data->data, data->len);
  g_autoptr (GError) error = NULL;
  PopplerDocument *document = poppler_document_new_from_bytes (bytes, NULL, &error);
  int n;

  if (document == NULL)
    return g_error_matches (error, POPPLER_ERROR, POPPLER_ERROR_ENCRYPTED) ? MOS_EXTRACT_ENCRYPTED : MOS_EXTRACT_FAILED;
  n = MIN (poppler_document_get_n_pages (document), MAX_PAGES);
  for (int i = 0; i < n && out->len < MOS_EXTRACT_MAX_TEXT; i++)
    {
      PopplerPage *page = poppler_document_get_page (document, i);
      g_autofree char *text = page != NULL ? poppler_page_get_text (page) : NULL;

      if (text != NULL)
        g_string_append_printf (out, "%s\n", text);
      g_clear_object (&page);
    }
  g_object_unref (document);
  return MOS_EXTRACT_DONE;
}

/* UTF-8, UTF-16 with its mark, else what Windows writes. */
static char *
decode_text (GByteArray *data,
             GIConv windows)
{
  const char *text = (const char *) data->data;
  gsize size = data->len;

  if (size >= 3 && memcmp (text, "\xef\xbb\xbf", 3) == 0)
    return g_utf8_make_valid (text + 3, (gssize) size - 3);
  if (size >= 2 && (memcmp (text, "\xff\xfe", 2) == 0 || memcmp (text, "\xfe\xff", 2) == 0))
    {
      gsize n = size / 2 - 1;
      g_autofree gunichar2 *units = g_new (gunichar2, n + 1);
      char *out;

      for (gsize i = 0; i < n; i++)
        units[i] = (guint8) text[0] == 0xff ? (gunichar2) (data->data[2 * i + 2] | data->data[2 * i + 3] << 8) : (gunichar2) (data->data[2 * i + 2] << 8 | data->data[2 * i + 3]);
      out = g_utf16_to_utf8 (units, (glong) n, NULL, NULL, NULL);
      return out != NULL ? out : g_strdup ("");
    }
  if (!g_utf8_validate (text, (gssize) size, NULL) && windows != (GIConv) -1)
    {
      char *out = g_convert_with_iconv (text, (gssize) size, windows, NULL, NULL, NULL);

      if (out != NULL)
        return out;
    }
  return g_utf8_make_valid (text, (gssize) size);
}

static gboolean
has_suffix (const char *name,
            const char *const *suffixes)
{
  g_autofree char *small = g_ascii_strdown (name, -1);

  for (gsize i = 0; suffixes[i] != NULL; i++)
    if (g_str_has_suffix (small, suffixes[i]))
      return TRUE;
  return FALSE;
}

static MosExtractExit
extract (GByteArray *data,
         const char *type,
         const char *name,
         GIConv windows,
         GString *out)
{
  static const char *const pages[] = { ".html", ".htm", ".xhtml", NULL };
  static const char *const texts[] = { ".txt", ".csv", ".tsv", ".md", ".log", ".json", ".ics", ".vcf", NULL };
  gboolean is_page = strcmp (type, "text/html") == 0 || has_suffix (name, pages);

  /* By what it is, not by what it says it is. */
  if (g_strstr_len ((const char *) data->data, (gssize) MIN (data->len, SNIFF), "%PDF-") != NULL)
    return extract_pdf (data, out);
  if (data->len >= 4 && memcmp (data->data, "PK\3\4", 4) == 0)
    return mos_extract_office (data->data, data->len, out);
  if (is_page || g_str_has_prefix (type, "text/") || has_suffix (name, texts))
    {
      g_autofree char *text = decode_text (data, windows);

      if (strlen (text) < data->len / 4)
        return MOS_EXTRACT_NONE;
      if (is_page)
        {
          g_autofree char *plain = mos_html_to_text (text);

          g_string_append (out, plain);
        }
      else
        g_string_append (out, text);
      return MOS_EXTRACT_DONE;
    }
  return MOS_EXTRACT_NONE;
}

int
main (int argc,
      char **argv)
{
  GByteArray *data;
  GString *out = g_string_new (NULL);
  GIConv windows;
  MosExtractExit result;

  if (argc != 3)
    return 1;
  setlocale (LC_CTYPE, "C.UTF-8");
  /* Its table is a file. */
  windows = g_iconv_open ("UTF-8", "WINDOWS-1252");
  if (!mos_extract_limit () || !mos_extract_confine ())
    _exit (MOS_EXTRACT_UNCONFINED);
  data = read_input ();
  if (data == NULL)
    _exit (MOS_EXTRACT_FAILED);
  g_byte_array_append (data, (const guint8 *) "", 1);
  g_byte_array_set_size (data, data->len - 1);
  result = extract (data, argv[1], argv[2], windows, out);
  if (result == MOS_EXTRACT_DONE)
    {
      g_autofree char *valid = g_utf8_make_valid (out->str, (gssize) MIN (out->len, MOS_EXTRACT_MAX_TEXT));

      g_string_assign (out, valid);
      write_output (out);
    }
  /* Nothing to tidy up, and nothing that could still go wrong. */
  _exit (result);
}
