/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-mail"

#include "config.h"

#include "core/mail/mime/mos-mime-private.h"

#include <string.h>

/* A part's bytes, whatever it was packed in. */

/* The lines between "begin" and "end" (the encoding of old mail programs, which MIME never named officially). */
static GByteArray *
uudecode (const GByteArray *encoded)
{
  GByteArray *bytes = g_byte_array_sized_new (encoded->len * 3 / 4 + 16);
  const char *p = (const char *) encoded->data;
  const char *end = p + encoded->len;
  gboolean begun = FALSE;

  while (p < end)
    {
      const char *eol = memchr (p, '\n', (gsize) (end - p));
      const char *next = eol != NULL ? eol + 1 : end;
      gsize length;

      if (eol == NULL)
        eol = end;
      if (!begun)
        begun = eol - p > 6 && strncmp (p, "begin ", 6) == 0;
      else
        {
          if (eol - p >= 3 && strncmp (p, "end", 3) == 0)
            break;
          length = p < eol ? ((guint) *p - 32u) & 63 : 0;
          for (const char *q = p + 1; length > 0; q += 4)
            {
              guint8 v[4], out[3];

              /* trailing blanks may have been cut off on the way; a blank is zero */
              for (int i = 0; i < 4; i++)
                v[i] = q + i < eol && q[i] != '\r' ? (guint8) (((guint) q[i] - 32u) & 63) : 0;
              out[0] = (guint8) (v[0] << 2 | v[1] >> 4);
              out[1] = (guint8) (v[1] << 4 | v[2] >> 2);
              out[2] = (guint8) (v[2] << 6 | v[3]);
              g_byte_array_append (bytes, out, (guint) MIN (length, 3));
              length -= MIN (length, 3);
            }
        }
      p = next;
    }
  return bytes;
}

static GByteArray *
raw_bytes (GMimeDataWrapper *content)
{
  GMimeStream *from = g_mime_data_wrapper_get_stream (content);
  g_autoptr (GMimeStream) to = g_mime_stream_mem_new ();
  GByteArray *bytes = g_byte_array_new ();

  g_mime_stream_mem_set_byte_array (GMIME_STREAM_MEM (to), bytes);
  g_mime_stream_mem_set_owner (GMIME_STREAM_MEM (to), FALSE);
  g_mime_stream_reset (from);
  g_mime_stream_write_to_stream (from, to);
  return bytes;
}

/* The decoded bytes of a part, in one allocation of about the right size. */
GByteArray *
mos_mime_part_bytes (GMimePart *part)
{
  GMimeDataWrapper *content = g_mime_part_get_content (part);
  GByteArray *bytes;
  GMimeStream *stream;
  gint64 encoded;

  if (content == NULL)
    return g_byte_array_new ();
  if (g_mime_data_wrapper_get_encoding (content) == GMIME_CONTENT_ENCODING_UUENCODE)
    {
      g_autoptr (GByteArray) raw = raw_bytes (content);

      return uudecode (raw);
    }
  encoded = g_mime_stream_length (g_mime_data_wrapper_get_stream (content));
  if (g_mime_data_wrapper_get_encoding (content) == GMIME_CONTENT_ENCODING_BASE64 && encoded > 0)
    encoded = encoded * 3 / 4 + 16;
  bytes = g_byte_array_sized_new (encoded > 0 && encoded < G_MAXINT32 ? (guint) encoded : 0);
  stream = g_mime_stream_mem_new ();
  g_mime_stream_mem_set_byte_array (GMIME_STREAM_MEM (stream), bytes);
  g_mime_stream_mem_set_owner (GMIME_STREAM_MEM (stream), FALSE);
  g_mime_data_wrapper_write_to_stream (content, stream);
  g_object_unref (stream);
  return bytes;
}
