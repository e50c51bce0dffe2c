/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-mail"

#include "config.h"

#include "core/mail/mime/mos-mime.h"

#include "core/mail/mime/mos-html-document.h"
#include "core/mail/mime/mos-mime-private.h"
#include "core/mail/mime/mos-mime-text.h"

#include <string.h>

/* What a part says, in both forms; either may be absent. */
typedef struct
{
  GString *text;
  GString *html;
} Body;

typedef struct
{
  GPtrArray *attachments;
  guint n_parts;
  gsize text_bytes;
} Walk;

static void walk_part (Walk *walk, GMimeObject *object, guint depth, gboolean in_alternative, Body *body);

void
mos_mime_ensure_init (void)
{
  static gsize once;

  if (g_once_init_enter (&once))
    {
      g_mime_init ();
      g_once_init_leave (&once, 1);
    }
}

/* --- helpers --- */

static void
body_clear (Body *body)
{
  if (body->text != NULL)
    g_string_free (body->text, TRUE);
  if (body->html != NULL)
    g_string_free (body->html, TRUE);
  body->text = body->html = NULL;
}

static void
body_add (GString **into,
          const char *text,
          const char *between)
{
  if (*into == NULL)
    *into = g_string_new (text);
  else
    {
      if ((*into)->len > 0)
        g_string_append (*into, between);
      g_string_append (*into, text);
    }
}

/* Puts @more below @body. Where only one of them has HTML, the other's text is carried into it, so that neither form lacks a part. */
static void
body_append (Body *body,
             Body *more)
{
  if (more->text == NULL && more->html == NULL)
    return;
  if (more->html != NULL || body->html != NULL)
    {
      if (body->html == NULL && body->text != NULL)
        {
          g_autofree char *escaped = g_markup_escape_text (body->text->str, -1);
          g_autofree char *html = g_strdup_printf ("<pre>%s</pre>", escaped);

          body_add (&body->html, html, "");
        }
      if (body->text == NULL && body->html != NULL)
        {
          g_autofree char *text = mos_html_to_text (body->html->str);

          body_add (&body->text, text, "");
        }
      if (more->html != NULL)
        body_add (&body->html, more->html->str, "\n");
      else
        {
          g_autofree char *escaped = g_markup_escape_text (more->text->str, -1);
          g_autofree char *html = g_strdup_printf ("<pre>%s</pre>", escaped);

          body_add (&body->html, html, "\n");
        }
      if (body->text != NULL)
        {
          if (more->text != NULL)
            body_add (&body->text, more->text->str, "\n");
          else
            {
              g_autofree char *text = mos_html_to_text (more->html->str);

              body_add (&body->text, text, "\n");
            }
        }
      else if (more->text != NULL)
        body_add (&body->text, more->text->str, "");
    }
  else
    body_add (&body->text, more->text->str, "\n");
}

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

char *
mos_mime_header (GMimeObject *object,
                 const char *name,
                 const char *fallback_charset)
{
  GMimeHeader *header = g_mime_header_list_get_header (g_mime_object_get_header_list (object), name);

  /* gmime hands a message's Content-… headers to its body */
  if (header == NULL && GMIME_IS_MESSAGE (object) && g_ascii_strncasecmp (name, "Content-", 8) == 0)
    {
      GMimeObject *body = g_mime_message_get_mime_part (GMIME_MESSAGE (object));

      if (body != NULL)
        header = g_mime_header_list_get_header (g_mime_object_get_header_list (body), name);
    }
  if (header == NULL)
    return NULL;
  return mos_mime_decode_header (g_mime_header_get_raw_value (header), fallback_charset);
}

static char *
content_id (GMimeObject *object)
{
  const char *id = g_mime_object_get_content_id (object);
  char *clean;

  if (id == NULL || *id == '\0')
    return NULL;
  clean = mos_mime_one_line (id, 998);
  if (clean[0] == '<')
    memmove (clean, clean + 1, strlen (clean));
  if (g_str_has_suffix (clean, ">"))
    clean[strlen (clean) - 1] = '\0';
  return clean;
}

static char *
media_type (GMimeObject *object)
{
  GMimeContentType *type = g_mime_object_get_content_type (object);
  g_autofree char *full = type != NULL ? g_mime_content_type_get_mime_type (type) : NULL;
  g_autofree char *lower = full != NULL ? g_ascii_strdown (full, -1) : g_strdup ("application/octet-stream");

  return g_utf8_make_valid (lower, -1);
}

/* --- leaves --- */

static void
add_attachment (Walk *walk,
                GMimeObject *object,
                const char *name,
                const char *type,
                GByteArray *bytes)
{
  MosAttachment *attachment = mos_attachment_new ();

  attachment->name = mos_mime_safe_name (name, type);
  attachment->type = g_strdup (type);
  attachment->size = bytes->len;
  attachment->content_id = content_id (object);
  attachment->data = g_byte_array_free_to_bytes (bytes);
  g_ptr_array_add (walk->attachments, attachment);
}

static char *
part_file_name (GMimePart *part)
{
  const char *name = g_mime_part_get_filename (part);

  if (name == NULL)
    return NULL;
  return mos_mime_decode_header (name, NULL);
}

/* Lines end in "\n" from here on. */
static void
strip_returns (char *text)
{
  char *to = strchr (text, '\r');

  if (to == NULL)
    return;
  for (const char *from = to; *from != '\0'; from++)
    if (*from != '\r')
      *to++ = *from;
    else if (from[1] != '\n')
      *to++ = '\n';
  *to = '\0';
}

static char *
part_text (GMimePart *part,
           gboolean is_html)
{
  GMimeContentType *type = g_mime_object_get_content_type (GMIME_OBJECT (part));
  const char *charset = type != NULL ? g_mime_content_type_get_parameter (type, "charset") : NULL;
  const char *format = type != NULL ? g_mime_content_type_get_parameter (type, "format") : NULL;
  g_autoptr (GByteArray) bytes = mos_mime_part_bytes (part);
  g_autofree char *own_charset = NULL;
  g_autofree char *text = NULL;
  g_auto (GStrv) halves = NULL;

  if (bytes->len > MOS_MIME_MAX_TEXT)
    g_byte_array_set_size (bytes, MOS_MIME_MAX_TEXT);
  if (charset == NULL && is_html)
    {
      own_charset = mos_mime_html_charset (bytes->data, bytes->len);
      charset = own_charset;
    }
  text = mos_mime_bytes_to_utf8 (bytes->data, bytes->len, charset);
  strip_returns (text);
  if (!is_html && format != NULL && g_ascii_strcasecmp (format, "flowed") == 0)
    {
      const char *delsp = g_mime_content_type_get_parameter (type, "delsp");

      return mos_mime_unflow (text, delsp != NULL && g_ascii_strcasecmp (delsp, "yes") == 0);
    }
  return g_steal_pointer (&text);
}

static void
walk_leaf (Walk *walk,
           GMimePart *part,
           gboolean in_alternative,
           Body *body)
{
  g_autofree char *type = media_type (GMIME_OBJECT (part));
  g_autofree char *name = part_file_name (part);
  GMimeContentDisposition *disposition = g_mime_object_get_content_disposition (GMIME_OBJECT (part));
  gboolean is_html = strcmp (type, "text/html") == 0 || strcmp (type, "application/xhtml+xml") == 0;
  gboolean is_enriched = strcmp (type, "text/enriched") == 0 || strcmp (type, "text/richtext") == 0;
  gboolean is_text = strcmp (type, "text/plain") == 0 || strcmp (type, "text") == 0;
  gboolean is_attached;

  is_attached = disposition != NULL && g_ascii_strcasecmp (g_mime_content_disposition_get_disposition (disposition), "attachment") == 0;
  /* a text with a file name is a file, unless it stands where the body should */
  if (name != NULL && (body->text != NULL || body->html != NULL) && !in_alternative)
    is_attached = TRUE;
  if ((is_html || is_text || is_enriched) && !is_attached && walk->text_bytes < MOS_MIME_MAX_TEXT)
    {
      g_autofree char *text = part_text (part, is_html);
      Body own = { NULL, NULL };

      walk->text_bytes += strlen (text);
      if (is_enriched)
        {
          g_autoptr (GMimeStream) memory = g_mime_stream_mem_new ();
          g_autoptr (GMimeStream) filtered = g_mime_stream_filter_new (memory);
          g_autoptr (GMimeFilter) filter = g_mime_filter_enriched_new (strcmp (type, "text/richtext") == 0 ? GMIME_FILTER_ENRICHED_IS_RICHTEXT : 0);
          GByteArray *out;

          g_mime_stream_filter_add (GMIME_STREAM_FILTER (filtered), filter);
          g_mime_stream_write_string (filtered, text);
          g_mime_stream_flush (filtered);
          out = g_mime_stream_mem_get_byte_array (GMIME_STREAM_MEM (memory));
          own.html = g_string_new_len ((const char *) out->data, out->len);
        }
      else if (is_html)
        own.html = g_string_new (text);
      else
        own.text = g_string_new (text);
      body_append (body, &own);
      body_clear (&own);
      return;
    }
  add_attachment (walk, GMIME_OBJECT (part), name, type, mos_mime_part_bytes (part));
}

static void
walk_message_part (Walk *walk,
                   GMimeMessagePart *part)
{
  GMimeMessage *inner = g_mime_message_part_get_message (part);
  g_autofree char *type = media_type (GMIME_OBJECT (part));
  g_autofree char *subject = NULL;
  g_autofree char *name = NULL;
  const char *given = g_mime_object_get_content_disposition_parameter (GMIME_OBJECT (part), "filename");
  GByteArray *bytes = g_byte_array_new ();

  if (given == NULL)
    given = g_mime_object_get_content_type_parameter (GMIME_OBJECT (part), "name");
  if (inner != NULL)
    {
      GMimeStream *stream = g_mime_stream_mem_new ();

      g_mime_stream_mem_set_byte_array (GMIME_STREAM_MEM (stream), bytes);
      g_mime_stream_mem_set_owner (GMIME_STREAM_MEM (stream), FALSE);
      g_mime_object_write_to_stream (GMIME_OBJECT (inner), NULL, stream);
      g_object_unref (stream);
      subject = mos_mime_header (GMIME_OBJECT (inner), "Subject", NULL);
    }
  if (given != NULL && *given != '\0')
    name = mos_mime_decode_header (given, NULL);
  else if (subject != NULL && *subject != '\0')
    {
      /* a subject is no path: its slashes are text */
      g_strdelimit (subject, "/\\", '-');
      name = g_strconcat (subject, ".eml", NULL);
    }
  else
    name = g_strdup ("message.eml");
  add_attachment (walk, GMIME_OBJECT (part), name, type, bytes);
}

/* --- multiparts --- */

/* Keeps the best text and the best HTML of the alternatives (the last of each, RFC 2046 §5.1.4) and every file among them. */
static void
walk_alternative (Walk *walk,
                  GMimeMultipart *multipart,
                  guint depth,
                  Body *body)
{
  Body best = { NULL, NULL };
  int n = g_mime_multipart_get_count (multipart);

  for (int i = 0; i < n; i++)
    {
      Body one = { NULL, NULL };

      walk_part (walk, g_mime_multipart_get_part (multipart, i), depth + 1, TRUE, &one);
      if (one.html != NULL)
        {
          if (best.html != NULL)
            g_string_free (best.html, TRUE);
          best.html = g_steal_pointer (&one.html);
          /* mixed{html, text} within an alternative carries both; a plain alternative of its own is better */
          if (best.text == NULL)
            best.text = g_steal_pointer (&one.text);
        }
      else if (one.text != NULL && (best.text == NULL || one.text->len > 0))
        {
          if (best.text != NULL)
            g_string_free (best.text, TRUE);
          best.text = g_steal_pointer (&one.text);
        }
      body_clear (&one);
    }
  /* some programs send an empty plain alternative */
  if (best.html != NULL && best.text != NULL)
    {
      g_autofree char *stripped = g_strstrip (g_strdup (best.text->str));

      if (*stripped == '\0')
        {
          g_string_free (best.text, TRUE);
          best.text = NULL;
        }
    }
  body_append (body, &best);
  body_clear (&best);
}

static void
walk_part (Walk *walk,
           GMimeObject *object,
           guint depth,
           gboolean in_alternative,
           Body *body)
{
  if (object == NULL || walk->n_parts >= MOS_MIME_MAX_PARTS || depth > MOS_MIME_MAX_DEPTH)
    return;
  walk->n_parts++;
  if (GMIME_IS_MULTIPART (object))
    {
      GMimeMultipart *multipart = GMIME_MULTIPART (object);
      int n = g_mime_multipart_get_count (multipart);
      g_autofree char *type = media_type (object);

      if (strcmp (type, "multipart/alternative") == 0)
        walk_alternative (walk, multipart, depth, body);
      else
        for (int i = 0; i < n; i++)
          walk_part (walk, g_mime_multipart_get_part (multipart, i), depth + 1, in_alternative && n == 1, body);
      if (n == 0)
        {
          /* no boundary in it: everything stands before or behind; show that rather than nothing */
          const char *prologue = g_mime_multipart_get_prologue (multipart);
          Body own = { NULL, NULL };

          if (prologue != NULL && *prologue != '\0')
            {
              own.text = g_string_new (NULL);
              {
                g_autofree char *text = mos_mime_bytes_to_utf8 ((const guint8 *) prologue, strlen (prologue), NULL);
                g_string_append (own.text, text);
              }
              body_append (body, &own);
              body_clear (&own);
            }
        }
    }
  else if (GMIME_IS_MESSAGE_PART (object))
    walk_message_part (walk, GMIME_MESSAGE_PART (object));
  else if (GMIME_IS_PART (object))
    walk_leaf (walk, GMIME_PART (object), in_alternative, body);
}

/* --- headers --- */

static MosAddress *
make_address (const char *name,
              const char *address)
{
  g_autofree char *clean_name = name != NULL ? mos_mime_one_line (name, 998) : NULL;
  g_autofree char *clean_address = mos_mime_one_line (address, 998);

  if (clean_name != NULL && *clean_name == '\0')
    g_clear_pointer (&clean_name, g_free);
  /* "From: Whomever": a name without an address, which the parser takes for a local part */
  if (clean_name == NULL && strchr (clean_address, '@') == NULL)
    return mos_address_make (clean_address, "");
  return mos_address_make (clean_name, clean_address);
}

static void
add_addresses (GPtrArray *array,
               InternetAddressList *list,
               guint depth)
{
  int n = list != NULL ? internet_address_list_length (list) : 0;

  for (int i = 0; i < n && array->len < MOS_MIME_MAX_ADDRESSES; i++)
    {
      InternetAddress *address = internet_address_list_get_address (list, i);

      if (INTERNET_ADDRESS_IS_MAILBOX (address))
        g_ptr_array_add (array, make_address (internet_address_get_name (address), internet_address_mailbox_get_addr (INTERNET_ADDRESS_MAILBOX (address))));
      else if (INTERNET_ADDRESS_IS_GROUP (address) && depth < 5)
        add_addresses (array, internet_address_group_get_members (INTERNET_ADDRESS_GROUP (address)), depth + 1);
    }
}

/* Every address in all headers of that name. */
static GPtrArray *
header_addresses (GMimeObject *object,
                  const char *name,
                  const char *fallback_charset)
{
  GPtrArray *array = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_address_unref);
  GMimeHeaderList *headers = g_mime_object_get_header_list (object);
  int n = g_mime_header_list_get_count (headers);

  for (int i = 0; i < n && array->len < MOS_MIME_MAX_ADDRESSES; i++)
    {
      GMimeHeader *header = g_mime_header_list_get_header_at (headers, i);
      const char *raw;
      g_autofree char *utf8 = NULL;
      g_autoptr (InternetAddressList) list = NULL;

      if (g_ascii_strcasecmp (g_mime_header_get_name (header), name) != 0)
        continue;
      raw = g_mime_header_get_raw_value (header);
      if (raw == NULL)
        continue;
      if (!g_utf8_validate (raw, -1, NULL))
        {
          utf8 = mos_mime_bytes_to_utf8 ((const guint8 *) raw, strlen (raw), fallback_charset);
          raw = utf8;
        }
      list = internet_address_list_parse (NULL, raw);
      add_addresses (array, list, 0);
      if (array->len == 0)
        {
          /* not to be parsed: an address may still be found in it by eye */
          g_autofree char *line = mos_mime_decode_header (raw, fallback_charset);
          const char *at = strchr (line, '@');

          if (at != NULL)
            {
              const char *start = at, *end = at;

              while (start > line && (g_ascii_isalnum (start[-1]) || strchr ("._+-=!#$%&'*/?^`{|}~", start[-1]) != NULL || (guchar) start[-1] >= 0x80))
                start--;
              while (*end != '\0' && (g_ascii_isalnum (*end) || *end == '@' || *end == '.' || *end == '-' || (guchar) *end >= 0x80))
                end++;
              if (start < at && end > at + 1)
                {
                  g_autofree char *address = g_strndup (start, (gsize) (end - start));
                  g_autofree char *before = g_strndup (line, (gsize) (start - line));

                  g_strstrip (g_strdelimit (before, "<>\"", ' '));
                  g_ptr_array_add (array, make_address (before, address));
                }
            }
          else if (*line != '\0' && strchr (line, ':') == NULL)
            g_ptr_array_add (array, make_address (line, ""));
        }
    }
  return array;
}

/* Ids between angle brackets; without any, the words that look like ids. */
static void
add_ids (GPtrArray *ids,
         const char *raw)
{
  const char *p = raw;
  guint before = ids->len;

  while (p != NULL && (p = strchr (p, '<')) != NULL)
    {
      const char *end = strpbrk (p + 1, "<>");

      if (end == NULL || *end == '<')
        {
          p = end;
          continue;
        }
      if (end > p + 1 && end - p < 1000)
        {
          g_autofree char *id = g_strndup (p + 1, (gsize) (end - p - 1));
          g_autofree char *line = mos_mime_one_line (id, 998);

          /* a long id may have been folded in the middle */
          for (char *from = line, *to = line;; from++)
            {
              if (!g_ascii_isspace (*from))
                *to++ = *from;
              if (*from == '\0')
                break;
            }
          if (*line != '\0')
            g_ptr_array_add (ids, g_steal_pointer (&line));
        }
      p = end + 1;
    }
  if (ids->len == before && raw != NULL)
    {
      g_auto (GStrv) words = g_strsplit_set (raw, " \t\r\n,<>", -1);

      for (guint i = 0; words[i] != NULL; i++)
        if (strchr (words[i], '@') != NULL && strlen (words[i]) < 998)
          g_ptr_array_add (ids, mos_mime_one_line (words[i], 998));
    }
}

static char **
header_ids (GMimeObject *object,
            const char *name)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  GMimeHeaderList *headers = g_mime_object_get_header_list (object);
  int n = g_mime_header_list_get_count (headers);
  GStrvBuilder *builder = g_strv_builder_new ();
  guint first = 0;
  char **strv;

  for (int i = 0; i < n; i++)
    {
      GMimeHeader *header = g_mime_header_list_get_header_at (headers, i);

      if (g_ascii_strcasecmp (g_mime_header_get_name (header), name) == 0)
        add_ids (ids, g_mime_header_get_raw_value (header));
    }
  /* the newest are the ones that decide; the very first names the thread */
  if (ids->len > MOS_MIME_MAX_REFERENCES)
    first = ids->len - MOS_MIME_MAX_REFERENCES + 1;
  if (first > 0)
    g_strv_builder_add (builder, g_ptr_array_index (ids, 0));
  for (guint i = first; i < ids->len; i++)
    g_strv_builder_add (builder, g_ptr_array_index (ids, i));
  strv = g_strv_builder_end (builder);
  g_strv_builder_unref (builder);
  return strv;
}

static char *
first_id (GMimeObject *object,
          const char *name)
{
  g_auto (GStrv) ids = header_ids (object, name);

  return ids[0] != NULL ? g_strdup (ids[0]) : NULL;
}

static gint64
header_date (GMimeObject *object)
{
  g_autofree char *raw = mos_mime_header (object, "Date", NULL);
  g_autoptr (GDateTime) date = raw != NULL && *raw != '\0' ? g_mime_utils_header_decode_date (raw) : NULL;
  gint64 seconds = date != NULL ? g_date_time_to_unix (date) : 0;

  /* before e-mail or far ahead: a broken clock, not a date */
  if (seconds <= 0 || seconds > G_GINT64_CONSTANT (4102444800))
    return 0;
  return seconds * G_USEC_PER_SEC;
}

/* --- the whole --- */

static gboolean
looks_like_header (const char *p,
                   gsize length)
{
  gsize i = 0;

  while (i < length && p[i] > 32 && p[i] < 127 && p[i] != ':')
    i++;
  if (i == 0)
    return FALSE;
  while (i < length && (p[i] == ' ' || p[i] == '\t'))
    i++;
  return i < length && p[i] == ':';
}

/* The message without copying its bytes; @raw must outlive it. %NULL when there is no header at all. */
GMimeMessage *
mos_mime_read (GBytes *raw)
{
  gsize length;
  const char *data = g_bytes_get_data (raw, &length);
  g_autoptr (GMimeStream) stream = NULL;
  g_autoptr (GMimeParser) parser = NULL;
  g_autoptr (GMimeParserOptions) options = NULL;
  GByteArray *view;
  GMimeMessage *message;
  gsize skip = 0;

  mos_mime_ensure_init ();
  /* an mbox separator, or blank lines that a filter left in front */
  while (skip < length && (data[skip] == '\n' || data[skip] == '\r'))
    skip++;
  if (skip + 5 < length && (strncmp (data + skip, "From ", 5) == 0 || strncmp (data + skip, ">From ", 6) == 0))
    {
      const char *eol = memchr (data + skip, '\n', length - skip);

      if (eol != NULL)
        skip = (gsize) (eol - data) + 1;
    }
  if (length - skip >= 3 && memcmp (data + skip, "\357\273\277", 3) == 0)
    skip += 3;
  if (length - skip > G_MAXUINT || !looks_like_header (data + skip, length - skip))
    return NULL;
  /* gmime reads from a GByteArray; this one only points at the bytes we were given */
  view = g_new0 (GByteArray, 1);
  view->data = (guint8 *) data + skip;
  view->len = (guint) (length - skip);
  stream = g_mime_stream_mem_new ();
  g_mime_stream_mem_set_byte_array (GMIME_STREAM_MEM (stream), view);
  g_mime_stream_mem_set_owner (GMIME_STREAM_MEM (stream), FALSE);
  options = g_mime_parser_options_new ();
  parser = g_mime_parser_new_with_stream (stream);
  message = g_mime_parser_construct_message (parser, options);
  if (message == NULL)
    g_free (view);
  else
    g_object_set_data_full (G_OBJECT (message), "mos-view", view, g_free);
  return message;
}

static char *
body_digest (MosParsedMessage *parsed,
             const char *date)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree char *from = parsed->from != NULL ? g_utf8_strdown (parsed->from->address, -1) : g_strdup ("");
  const char *pieces[] = { from, date != NULL ? date : "", parsed->subject, parsed->text, parsed->html != NULL ? parsed->html : "" };

  for (gsize i = 0; i < G_N_ELEMENTS (pieces); i++)
    {
      /* with the terminator, so that "ab" + "c" and "a" + "bc" differ */
      g_checksum_update (checksum, (const guchar *) pieces[i], (gssize) strlen (pieces[i]) + 1);
    }
  return g_strdup (g_checksum_get_string (checksum));
}

/* Inline is what the HTML really shows; everything else is listed, so that nothing is out of sight. */
static void
mark_inline (MosParsedMessage *parsed)
{
  if (parsed->html == NULL)
    return;
  for (guint i = 0; i < parsed->attachments->len; i++)
    {
      MosAttachment *attachment = g_ptr_array_index (parsed->attachments, i);
      g_autofree char *plain = NULL;
      g_autofree char *escaped = NULL;

      if (attachment->content_id == NULL || !g_str_has_prefix (attachment->type, "image/"))
        continue;
      plain = g_strconcat ("cid:", attachment->content_id, NULL);
      escaped = g_uri_escape_string (attachment->content_id, "@$+", FALSE);
      if (strstr (parsed->html, plain) != NULL)
        attachment->is_inline = TRUE;
      else
        {
          g_autofree char *escaped_cid = g_strconcat ("cid:", escaped, NULL);

          attachment->is_inline = strstr (parsed->html, escaped_cid) != NULL;
        }
    }
}

static void
fill_headers (MosParsedMessage *parsed,
              GMimeObject *object,
              const char *charset)
{
  static const char *const delivered[] = { "Delivered-To", "X-Original-To", "Envelope-To", "X-Delivered-To" };
  g_autoptr (GPtrArray) from = header_addresses (object, "From", charset);
  g_autofree char *subject = mos_mime_header (object, "Subject", charset);
  g_autofree char *language = mos_mime_header (object, "Content-Language", NULL);

  if (from->len == 0)
    {
      g_clear_pointer (&from, g_ptr_array_unref);
      from = header_addresses (object, "Sender", charset);
    }
  if (from->len > 0)
    parsed->from = mos_address_ref (g_ptr_array_index (from, 0));
  parsed->to = header_addresses (object, "To", charset);
  parsed->cc = header_addresses (object, "Cc", charset);
  parsed->bcc = header_addresses (object, "Bcc", charset);
  parsed->reply_to = header_addresses (object, "Reply-To", charset);
  parsed->delivered_to = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_address_unref);
  for (gsize i = 0; i < G_N_ELEMENTS (delivered); i++)
    {
      g_autoptr (GPtrArray) more = header_addresses (object, delivered[i], charset);

      for (guint j = 0; j < more->len; j++)
        g_ptr_array_add (parsed->delivered_to, mos_address_ref (g_ptr_array_index (more, j)));
    }
  parsed->subject = mos_mime_one_line (subject, MOS_MIME_MAX_SUBJECT);
  parsed->message_id = first_id (object, "Message-ID");
  parsed->in_reply_to = first_id (object, "In-Reply-To");
  parsed->references = header_ids (object, "References");
  parsed->sent_us = header_date (object);
  parsed->own_id = mos_mime_header (object, "X-Mostrador-Id", NULL);
  parsed->own_loop = mos_mime_header (object, "X-Mostrador-Loop", NULL);
  if (language != NULL && *language != '\0')
    {
      language[strcspn (language, ",; ")] = '\0';
      parsed->language = g_ascii_strdown (language, -1);
    }
}

/* The charset of the first text part: what undeclared 8-bit headers were most likely written in. */
static char *
first_charset (GMimeObject *object,
               guint depth)
{
  const char *charset = g_mime_object_get_content_type_parameter (object, "charset");

  if (charset != NULL)
    return g_strdup (charset);
  if (GMIME_IS_MULTIPART (object) && depth < 5 && g_mime_multipart_get_count (GMIME_MULTIPART (object)) > 0)
    return first_charset (g_mime_multipart_get_part (GMIME_MULTIPART (object), 0), depth + 1);
  return NULL;
}

/* What was newly written: by the text, and by the HTML's own marks where those cut more. */
static char *
reply_text_of (MosParsedMessage *parsed)
{
  g_autofree char *by_text = mos_reply_text (parsed->text);

  if (parsed->html != NULL)
    {
      g_autoptr (MosHtmlDocument) document = mos_html_document_parse (parsed->html);

      if (document->fold_from < document->blocks->len)
        {
          g_autofree char *above = mos_html_document_to_text (document, document->fold_from);
          g_autofree char *by_html = mos_reply_text (above);

          if (*by_html != '\0' && strlen (by_html) < strlen (by_text))
            return g_steal_pointer (&by_html);
        }
    }
  return g_steal_pointer (&by_text);
}

static MosParsedMessage *
parse_headless (GBytes *raw)
{
  MosParsedMessage *parsed = mos_parsed_message_new ();
  gsize length;
  const guint8 *data = g_bytes_get_data (raw, &length);

  parsed->references = g_new0 (char *, 1);
  parsed->to = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_address_unref);
  parsed->cc = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_address_unref);
  parsed->bcc = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_address_unref);
  parsed->reply_to = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_address_unref);
  parsed->delivered_to = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_address_unref);
  parsed->attachments = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_attachment_unref);
  parsed->bounces = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_bounce_unref);
  parsed->subject = g_strdup ("");
  if (length > 0 && memchr (data, '\0', length) != NULL)
    {
      /* no text at all: a file without its mail. Shown as what it is */
      MosAttachment *attachment = mos_attachment_new ();

      attachment->name = g_strdup ("message.bin");
      attachment->type = g_strdup ("application/octet-stream");
      attachment->size = length;
      attachment->data = g_bytes_ref (raw);
      g_ptr_array_add (parsed->attachments, attachment);
      parsed->text = g_strdup ("");
    }
  else
    parsed->text = mos_mime_bytes_to_utf8 (data, MIN (length, MOS_MIME_MAX_TEXT), NULL);
  strip_returns (parsed->text);
  parsed->reply_text = mos_reply_text (parsed->text);
  parsed->may_answer_automatically = FALSE;
  parsed->digest = body_digest (parsed, NULL);
  return parsed;
}

MosParsedMessage *
mos_mime_parse (GBytes *raw,
                GError **error)
{
  g_autoptr (GMimeMessage) message = NULL;
  g_autoptr (MosParsedMessage) parsed = NULL;
  g_autofree char *charset = NULL;
  g_autofree char *date = NULL;
  Walk walk = { NULL, 0, 0 };
  Body body = { NULL, NULL };

  g_return_val_if_fail (raw != NULL, NULL);

  if (g_bytes_get_size (raw) > G_MAXINT32)
    {
      g_set_error_literal (error, MOS_MAIL_ERROR, MOS_MAIL_ERROR_TOO_LARGE, "message of more than 2 GiB");
      return NULL;
    }
  message = mos_mime_read (raw);
  if (message == NULL)
    return parse_headless (raw);
  parsed = mos_parsed_message_new ();
  parsed->attachments = walk.attachments = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_attachment_unref);
  parsed->bounces = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_bounce_unref);
  if (g_mime_message_get_mime_part (message) != NULL)
    {
      charset = first_charset (g_mime_message_get_mime_part (message), 0);
      walk_part (&walk, g_mime_message_get_mime_part (message), 1, FALSE, &body);
    }
  fill_headers (parsed, GMIME_OBJECT (message), charset);
  parsed->html = body.html != NULL ? g_strdup (body.html->str) : NULL;
  if (body.text != NULL)
    parsed->text = g_strdup (body.text->str);
  else
    parsed->text = parsed->html != NULL ? mos_html_to_text (parsed->html) : g_strdup ("");
  body_clear (&body);
  parsed->reply_text = reply_text_of (parsed);
  mark_inline (parsed);
  date = mos_mime_header (GMIME_OBJECT (message), "Date", NULL);
  parsed->digest = body_digest (parsed, date);
  mos_mime_classify (message, parsed);
  return g_steal_pointer (&parsed);
}
