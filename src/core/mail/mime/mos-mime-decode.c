/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-mail"

#include "config.h"

#include "core/mail/mime/mos-mime-private.h"

#include "core/base/mos-bytes.h"
#include "core/mail/mime/mos-mime-text.h"

#include <glib/gstdio.h>
#include <string.h>

/* A part's bytes, whatever it was packed in. */

/* From so many encoded bytes on they go to the disk. */
#define SPOOLED (4 * 1024 * 1024)

/* The lines between "begin" and "end" (the encoding of old mail programs, which MIME never named officially). */
static GByteArray *
uudecode (const GByteArray *encoded)
{
  GByteArray *bytes = g_byte_array_sized_new (encoded->len * 3 / 4 + 16);
  const char *p = encoded->len > 0 ? (const char *) encoded->data : "";
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

static gboolean
is_base64_line (const char *line,
                gsize length)
{
  gsize n = 0;

  while (n < length && (g_ascii_isalnum (line[n]) || strchr ("+/=", line[n]) != NULL))
    n++;
  return n == length || line[n] == '\r' || line[n] == '\n';
}

#define NOT_BASE64 255

/* of ASCII; nothing else is in the alphabet (RFC 2045 §6.8) */
/* clang-format off */
static const guint8 base64_values[128] = {
  255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
  255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,  62, 255, 255, 255,  63,  52,  53,  54,  55,  56,  57,  58,  59,  60,  61, 255, 255, 255, 255, 255, 255,
  255,   0,   1,   2,   3,   4,   5,   6,   7,   8,   9,  10,  11,  12,  13,  14,  15,  16,  17,  18,  19,  20,  21,  22,  23,  24,  25, 255, 255, 255, 255, 255,
  255,  26,  27,  28,  29,  30,  31,  32,  33,  34,  35,  36,  37,  38,  39,  40,  41,  42,  43,  44,  45,  46,  47,  48,  49,  50,  51, 255, 255, 255, 255, 255,
};
/* clang-format on */

/* Whole groups of four, which is nearly all there is. Returns: how much of @text they are */
static gsize
decode_groups (const char *text,
               gsize length,
               GByteArray *bytes)
{
  const guint before = bytes->len;
  const guchar *in = (const guchar *) text;
  gsize i = 0;
  guint8 *out;

  if (length < 4)
    return 0;
  g_byte_array_set_size (bytes, before + (guint) (length / 4 * 3));
  out = bytes->data + before;
  for (; i + 4 <= length; i += 4)
    {
      guint32 group;

      if ((in[i] | in[i + 1] | in[i + 2] | in[i + 3]) >= 128)
        break;
      if ((base64_values[in[i]] | base64_values[in[i + 1]] | base64_values[in[i + 2]] | base64_values[in[i + 3]]) > 63)
        break;
      group = (guint32) base64_values[in[i]] << 18 | (guint32) base64_values[in[i + 1]] << 12 | (guint32) base64_values[in[i + 2]] << 6 | base64_values[in[i + 3]];
      *out++ = (guint8) (group >> 16);
      *out++ = (guint8) (group >> 8);
      *out++ = (guint8) group;
    }
  g_byte_array_set_size (bytes, (guint) (out - bytes->data));
  return i;
}

/* mos_mime_decode_base64:
 * @state: {0} at the start; call with @length 0 at the end, for the bits of a text that was cut off or lost its padding
 *
 * Like RFC 2045 §6.8, but a "=" does not end it all: some programs put several encoded pieces behind each other. What follows on the same
 * line after a blank is a remark, and lines of anything else are a mailing list's footer: neither is decoded.
 */
void
mos_mime_decode_base64 (MosBase64 *state,
                        const char *text,
                        gsize length,
                        GByteArray *bytes)
{
  guint32 save = state->save;
  guint n = state->n;

  if (state->is_done)
    return;
  for (gsize i = 0; i <= length; i++)
    {
      gboolean is_end = i == length;
      gsize whole = n == 0 && !state->is_over ? decode_groups (text + i, length - i, bytes) : 0;
      char c;
      guint value;

      if (whole > 0)
        {
          state->is_padded = FALSE;
          i += whole;
          is_end = i == length;
        }
      c = is_end ? '=' : text[i];
      if (is_end && length > 0)
        break;
      value = (guchar) c < 128 ? base64_values[(guchar) c] : NOT_BASE64;
      if (value != NOT_BASE64)
        ; /* taken below */
      else if (c == '=')
        {
          guint8 out[2] = { (guint8) (save >> (n == 3 ? 10 : 4)), (guint8) (save >> 2) };

          if (n >= 2)
            g_byte_array_append (bytes, out, n - 1);
          state->is_padded = TRUE;
          save = n = 0;
          continue;
        }
      else
        {
          if (c == '\n' && state->is_padded && !is_base64_line (text + i + 1, length - i - 1))
            {
              state->is_done = TRUE;
              return;
            }
          if (c == '\n')
            state->is_over = FALSE;
          else if (c == ' ' && state->is_padded)
            state->is_over = TRUE;
          continue;
        }
      if (state->is_over)
        continue;
      state->is_padded = FALSE;
      save = save << 6 | value;
      if (++n == 4)
        {
          guint8 out[3] = { (guint8) (save >> 16), (guint8) (save >> 8), (guint8) save };

          g_byte_array_append (bytes, out, 3);
          save = n = 0;
        }
    }
  state->save = save;
  state->n = n;
}

/* Plain text that calls itself base64: from its first line on it has blanks between words, and marks that base64 has not. */
static gboolean
is_plain_after_all (GMimeStream *stream)
{
  char buffer[4096];
  gssize n, start = 0;
  gsize odd = 0, blanks = 0;

  g_mime_stream_reset (stream);
  n = g_mime_stream_read (stream, buffer, sizeof buffer);
  while (start < n && (buffer[start] == '\r' || buffer[start] == '\n'))
    start++;
  if (n <= 0 || is_base64_line (buffer + start, (gsize) (n - start)))
    return FALSE;
  for (gssize i = start; i < n; i++)
    if (buffer[i] == ' ')
      blanks += i > 0 && i + 1 < n && !g_ascii_isspace (buffer[i - 1]) && !g_ascii_isspace (buffer[i + 1]);
    else
      odd += !g_ascii_isalnum (buffer[i]) && strchr ("+/=\r\n\t", buffer[i]) == NULL;
  return (odd + blanks) * 20 > (gsize) n;
}

/* The decoded bytes of a part, in one allocation of about the right size. */
GByteArray *
mos_mime_part_bytes (GMimePart *part)
{
  GMimeDataWrapper *content = g_mime_part_get_content (part);
  GMimeContentEncoding encoding;
  GByteArray *bytes;
  GMimeStream *stream;
  gint64 encoded;

  if (content == NULL)
    return g_byte_array_new ();
  encoding = g_mime_data_wrapper_get_encoding (content);
  if (encoding == GMIME_CONTENT_ENCODING_UUENCODE)
    {
      g_autoptr (GByteArray) raw = raw_bytes (content);

      return uudecode (raw);
    }
  encoded = g_mime_stream_length (g_mime_data_wrapper_get_stream (content));
  if (encoding == GMIME_CONTENT_ENCODING_BASE64)
    {
      MosBase64 state = { 0 };
      char buffer[16384];
      gssize n;

      stream = g_mime_data_wrapper_get_stream (content);
      if (GMIME_IS_TEXT_PART (part) && is_plain_after_all (stream))
        return raw_bytes (content);
      bytes = g_byte_array_sized_new (encoded > 0 && encoded < G_MAXINT32 ? (guint) (encoded * 3 / 4 + 16) : 0);
      g_mime_stream_reset (stream);
      while ((n = g_mime_stream_read (stream, buffer, sizeof buffer)) > 0)
        mos_mime_decode_base64 (&state, buffer, (gsize) n, bytes);
      mos_mime_decode_base64 (&state, "", 0, bytes);
      return bytes;
    }
  bytes = g_byte_array_sized_new (encoded > 0 && encoded < G_MAXINT32 ? (guint) encoded : 0);
  stream = g_mime_stream_mem_new ();
  g_mime_stream_mem_set_byte_array (GMIME_STREAM_MEM (stream), bytes);
  g_mime_stream_mem_set_owner (GMIME_STREAM_MEM (stream), FALSE);
  g_mime_data_wrapper_write_to_stream (content, stream);
  g_object_unref (stream);
  return bytes;
}

/* mos_mime_part_spool: a large file in base64, decoded into a file without a name. Returns: (transfer full) (nullable): %NULL where it is not large, not in
 * base64, or there is no room on the disk: mos_mime_part_bytes() has it then */
GBytes *
mos_mime_part_spool (GMimePart *part)
{
  GMimeDataWrapper *content = g_mime_part_get_content (part);
  GMimeStream *stream = content != NULL ? g_mime_data_wrapper_get_stream (content) : NULL;
  g_autoptr (GByteArray) bytes = NULL;
  g_autofree char *buffer = NULL;
  MosBase64 state = { 0 };
  GBytes *spooled;
  gssize n;
  g_autofd int fd = -1;

  if (stream == NULL || g_mime_data_wrapper_get_encoding (content) != GMIME_CONTENT_ENCODING_BASE64 || g_mime_stream_length (stream) < SPOOLED)
    return NULL;
  fd = mos_bytes_open_unnamed (NULL);
  if (fd < 0)
    return NULL;
  bytes = g_byte_array_sized_new (MOS_BYTES_PIECE);
  buffer = g_malloc (MOS_BYTES_PIECE);
  g_mime_stream_reset (stream);
  do
    {
      n = g_mime_stream_read (stream, buffer, MOS_BYTES_PIECE);
      mos_mime_decode_base64 (&state, n > 0 ? buffer : "", n > 0 ? (gsize) n : 0, bytes);
      if (!mos_bytes_write (fd, bytes->data, bytes->len, NULL))
        return NULL;
      g_byte_array_set_size (bytes, 0);
    }
  while (n > 0);
  spooled = mos_bytes_new_from_fd (fd, NULL);
  if (spooled != NULL && g_bytes_get_size (spooled) == 0)
    g_clear_pointer (&spooled, g_bytes_unref);
  return spooled;
}

/* Is the line one of an encoded file? Its first character is the number of bytes in it. */
static gboolean
is_uuencoded_line (const char *line,
                   gsize length)
{
  guint n_bytes = length > 0 ? ((guint) line[0] - 32u) & 63 : 0;
  gsize wanted = 1 + ((gsize) n_bytes + 2) / 3 * 4;

  if (length == 0 || line[0] < 32 || line[0] > 96)
    return FALSE;
  for (gsize i = 0; i < length; i++)
    if (line[i] < 32 || line[i] > 96)
      return FALSE;
  /* blanks at the end get lost, a check character may follow */
  return length <= wanted + 1 && (length + 3 >= wanted || memchr (line, ' ', length) != NULL || n_bytes == 0);
}

/* mos_mime_take_uuencoded:
 * @text: (inout): a plain text with "\n" lines; files written into it ("begin 644 name" to "end") are cut out of it
 * @attachments: and added here
 *
 * What old mail programs did before MIME, and some devices still do.
 */
void
mos_mime_take_uuencoded (char *text,
                         GPtrArray *attachments)
{
  char *from = text;

  while ((from = strstr (from, "begin ")) != NULL && attachments->len < MOS_MIME_MAX_PARTS)
    {
      gsize digits = strspn (from + 6, "01234567");
      char *name = from + 6 + digits;
      char *line, *end = NULL;
      guint n_lines = 0;

      if ((from > text && from[-1] != '\n') || digits < 3 || digits > 4 || *name != ' ')
        {
          from += 6;
          continue;
        }
      name++;
      line = strchr (name, '\n');
      for (line = line != NULL ? line + 1 : NULL; line != NULL && *line != '\0' && end == NULL;)
        {
          gsize length = strcspn (line, "\n");

          if (n_lines > 0 && length == 3 && strncmp (line, "end", 3) == 0)
            end = line + 3;
          else if (length > 0 && !is_uuencoded_line (line, length))
            break;
          n_lines++;
          line += length + (line[length] == '\n');
        }
      if (end == NULL)
        {
          from = name;
          continue;
        }
      {
        g_autofree char *own_name = g_strndup (name, strcspn (name, "\n"));
        g_autofree char *own_type = g_content_type_guess (own_name, NULL, 0, NULL);
        g_autofree char *type = own_type != NULL ? g_content_type_get_mime_type (own_type) : NULL;
        GByteArray view = { (guint8 *) from, (guint) (end - from) };
        GByteArray *bytes = uudecode (&view);
        MosAttachment *attachment = mos_attachment_new ();

        attachment->type = g_strdup (type != NULL ? type : "application/octet-stream");
        attachment->name = mos_mime_safe_name (own_name, attachment->type);
        attachment->size = bytes->len;
        attachment->data = g_byte_array_free_to_bytes (bytes);
        g_ptr_array_add (attachments, attachment);
        memmove (from, end, strlen (end) + 1);
      }
    }
}
