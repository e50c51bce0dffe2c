/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-mail"

#include "config.h"

#include "core/mail/mime/mos-mime-text.h"

#include "core/base/mos-clean.h"

#include <string.h>

/* Without line breaks and other control characters, and what would turn an address beside it around, trimmed, cut at a character boundary. */
char *
mos_mime_one_line (const char *text,
                   gsize max_bytes)
{
  g_autofree char *valid = g_utf8_make_valid (text != NULL ? text : "", -1);
  GString *out = g_string_sized_new (strlen (valid));

  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c == '\t' || c == '\n' || c == '\r' || c == 0x2028 || c == 0x2029)
        c = ' ';
      else if (c < 0x20 || (c >= 0x7f && c < 0xa0) || mos_clean_is_turning (c))
        continue;
      if (out->len + 6 > max_bytes)
        break;
      g_string_append_unichar (out, c);
    }
  g_strstrip (out->str);
  return g_string_free (out, FALSE);
}

/* --- file names --- */

static const struct
{
  const char *type;
  const char *extension;
} type_extensions[] = {
  { "image/jpeg", "jpg" },
  { "image/jpg", "jpg" },
  { "image/png", "png" },
  { "image/gif", "gif" },
  { "image/webp", "webp" },
  { "image/heic", "heic" },
  { "image/tiff", "tif" },
  { "image/bmp", "bmp" },
  { "image/svg+xml", "svg" },
  { "application/pdf", "pdf" },
  { "application/zip", "zip" },
  { "application/gzip", "gz" },
  { "application/msword", "doc" },
  { "application/vnd.ms-excel", "xls" },
  { "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx" },
  { "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx" },
  { "application/vnd.oasis.opendocument.text", "odt" },
  { "application/json", "json" },
  { "application/xml", "xml" },
  { "application/pgp-signature", "asc" },
  { "application/pgp-keys", "asc" },
  { "application/pkcs7-signature", "p7s" },
  { "application/x-pkcs7-signature", "p7s" },
  { "application/ms-tnef", "dat" },
  { "text/plain", "txt" },
  { "text/html", "html" },
  { "text/csv", "csv" },
  { "text/calendar", "ics" },
  { "text/vcard", "vcf" },
  { "text/x-vcard", "vcf" },
  { "text/xml", "xml" },
  { "text/rfc822-headers", "txt" },
  { "message/rfc822", "eml" },
  { "message/global", "eml" },
  { "message/delivery-status", "txt" },
  { "message/disposition-notification", "txt" },
  { "message/feedback-report", "txt" },
  { "audio/mpeg", "mp3" },
  { "audio/ogg", "ogg" },
  { "video/mp4", "mp4" },
};

char *
mos_mime_safe_name (const char *name,
                    const char *type)
{
  g_autofree char *line = mos_mime_one_line (name, 8192);
  g_autoptr (GString) out = g_string_new (NULL);
  const char *start = line;

  for (const char *p = line; *p != '\0'; p++)
    if (*p == '/' || *p == '\\')
      start = p + 1;
  for (const char *p = start; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c == 0x200e || c == 0x200f || c == 0x061c || (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069) || c == 0xfeff || c == 0x200b)
        continue;
      if (c < 0x80 && strchr (":*?\"<>|", (int) c) != NULL)
        c = '_';
      g_string_append_unichar (out, c);
    }
  g_strstrip (out->str);
  out->len = strlen (out->str);
  while (out->len > 0 && (out->str[out->len - 1] == '.' || out->str[out->len - 1] == ' '))
    g_string_truncate (out, out->len - 1);
  while (out->len > 0 && out->str[0] == '.')
    g_string_erase (out, 0, 1);
  if (out->len == 0)
    g_string_append (out, type != NULL && g_str_has_prefix (type, "image/") ? "image" : "attachment");
  if (strchr (out->str, '.') == NULL && type != NULL)
    for (gsize i = 0; i < G_N_ELEMENTS (type_extensions); i++)
      if (g_ascii_strcasecmp (type, type_extensions[i].type) == 0)
        {
          g_string_append_printf (out, ".%s", type_extensions[i].extension);
          break;
        }
  /* The last, so that what was added counts too. */
  if (out->len > 200)
    {
      const char *dot = strrchr (out->str, '.');
      g_autofree char *extension = dot != NULL && strlen (dot) <= 16 ? g_strdup (dot) : g_strdup ("");
      gsize keep = 200 - strlen (extension);

      while (keep > 0 && ((guchar) out->str[keep] & 0xc0) == 0x80)
        keep--;
      g_string_truncate (out, keep);
      g_string_append (out, extension);
    }
  return g_string_free (g_steal_pointer (&out), FALSE);
}

/* --- RFC 3676 --- */

/* mos_mime_unflow: joins the lines of a format=flowed text; @delete_space is DelSp=yes. */
char *
mos_mime_unflow (const char *text,
                 gboolean delete_space)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  GString *out = g_string_sized_new (strlen (text));
  gboolean joins = FALSE;
  guint joins_depth = 0;

  for (guint i = 0; lines[i] != NULL; i++)
    {
      char *line = lines[i];
      gsize length = strlen (line);
      guint depth = 0;
      gboolean soft;

      if (length > 0 && line[length - 1] == '\r')
        line[--length] = '\0';
      while (line[depth] == '>')
        depth++;
      line += depth;
      length -= depth;
      if (*line == ' ')
        {
          line++;
          length--;
        }
      soft = length > 0 && line[length - 1] == ' ' && strcmp (line, "-- ") != 0;
      if (soft && delete_space)
        line[--length] = '\0';
      if (joins && (depth != joins_depth || strcmp (line, "-- ") == 0))
        {
          g_string_append_c (out, '\n');
          joins = FALSE;
        }
      if (!joins && depth > 0)
        {
          for (guint d = 0; d < depth; d++)
            g_string_append_c (out, '>');
          g_string_append_c (out, ' ');
        }
      g_string_append_len (out, line, (gssize) length);
      joins = soft;
      joins_depth = depth;
      if (!soft && lines[i + 1] != NULL)
        g_string_append_c (out, '\n');
    }
  return g_string_free (out, FALSE);
}
