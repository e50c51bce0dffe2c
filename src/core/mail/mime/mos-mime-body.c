/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-mail"

#include "config.h"

#include "core/base/mos-text.h"
#include "core/mail/mime/mos-mime-private.h"
#include "core/mail/mime/mos-mime-text.h"

#include <string.h>

/* What a message says: its tree of parts walked into one text, one HTML and the attached files. */

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
  gboolean after_file; /* the part before was a file */
  Body envelope;       /* what a winmail.dat says: for mails that say nothing else */
} Walk;

static void walk_part (Walk *walk, GMimeObject *object, guint depth, gboolean in_alternative, Body *body);

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

/* Puts @more below @body, @between their texts. Where only one of them has HTML, the other's text is carried into it, so that neither form
 * lacks a part. */
static void
body_append (Body *body,
             Body *more,
             const char *between)
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
            body_add (&body->text, more->text->str, between);
          else
            {
              g_autofree char *text = mos_html_to_text (more->html->str);

              body_add (&body->text, text, between);
            }
        }
      else if (more->text != NULL)
        body_add (&body->text, more->text->str, "");
    }
  else
    body_add (&body->text, more->text->str, between);
}

/* Apple's programs part a text where a file stands in it: what is behind a file goes on with what was written (RFC 2046 §5.1.3: the parts of
 * a mixed are shown one after the other). Text right below text was attached by some program: a footer, a disclaimer, a log. */
static const char *
text_between (Walk *walk)
{
  return walk->after_file ? "\n" : MOS_TEXT_BREAK;
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
                GBytes *bytes)
{
  MosAttachment *attachment = mos_attachment_new ();

  attachment->name = mos_mime_safe_name (name, type);
  attachment->type = g_strdup (type);
  attachment->size = g_bytes_get_size (bytes);
  attachment->content_id = content_id (object);
  attachment->data = bytes;
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

/* Lines end in "\n" from here on; a new page begins with a new line: see %MOS_TEXT_BREAK. */
void
mos_mime_strip_returns (char *text)
{
  char *to;

  for (char *feed = text; (feed = strchr (feed, '\f')) != NULL;)
    *feed = '\n';
  to = strchr (text, '\r');
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
  mos_mime_strip_returns (text);
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
  gboolean is_attached, is_tnef;
  GByteArray *bytes;
  GBytes *spooled;

  is_attached = disposition != NULL && g_ascii_strcasecmp (g_mime_content_disposition_get_disposition (disposition), "attachment") == 0;
  /* a text with a file name is a file, unless it stands where the body should */
  if (name != NULL && (body->text != NULL || body->html != NULL) && !in_alternative)
    is_attached = TRUE;
  if ((is_html || is_text || is_enriched) && !is_attached && walk->text_bytes < MOS_MIME_MAX_TEXT)
    {
      g_autofree char *text = part_text (part, is_html);
      Body own = { NULL, NULL };

      if (is_text)
        mos_mime_take_uuencoded (text, walk->attachments);
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
      body_append (body, &own, text_between (walk));
      body_clear (&own);
      walk->after_file = FALSE;
      return;
    }
  walk->after_file = TRUE;
  is_tnef = strcmp (type, "application/ms-tnef") == 0 || strcmp (type, "application/vnd.ms-tnef") == 0 || (name != NULL && g_ascii_strcasecmp (name, "winmail.dat") == 0);
  spooled = is_tnef ? NULL : mos_mime_part_spool (part);
  if (spooled != NULL)
    {
      add_attachment (walk, GMIME_OBJECT (part), name, type, spooled);
      return;
    }
  bytes = mos_mime_part_bytes (part);
  if (is_tnef)
    {
      g_autofree char *text = NULL;
      g_autofree char *html = NULL;

      if (mos_mime_read_tnef (bytes->data, bytes->len, walk->attachments, &text, &html))
        {
          if (text != NULL)
            {
              mos_mime_strip_returns (text);
              body_add (&walk->envelope.text, text, "\n");
            }
          if (html != NULL)
            body_add (&walk->envelope.html, html, "\n");
          g_byte_array_unref (bytes);
          return;
        }
    }
  add_attachment (walk, GMIME_OBJECT (part), name, type, g_byte_array_free_to_bytes (bytes));
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
  add_attachment (walk, GMIME_OBJECT (part), name, type, g_byte_array_free_to_bytes (bytes));
  walk->after_file = TRUE;
}

/* --- multiparts --- */

/* Does @text contain all that @more says? A few letters are found in any text by chance. */
static gboolean
says_already (GString *text,
              GString *more)
{
  g_autofree char *wanted = g_strstrip (g_strdup (more->str));
  gsize length = strlen (wanted);

  return length == 0 || (length >= 20 ? strstr (text->str, wanted) != NULL : g_str_has_prefix (text->str, wanted) && strspn (text->str + length, " \t\n") == text->len - length);
}

/* Keeps what is plain text, the best HTML of the alternatives (the last, RFC 2046 §5.1.4) and every file among them. */
static void
walk_alternative (Walk *walk,
                  GMimeMultipart *multipart,
                  guint depth,
                  Body *body)
{
  Body best = { NULL, NULL };
  const char *between = text_between (walk);
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
      else if (one.text != NULL && best.text == NULL)
        best.text = g_steal_pointer (&one.text);
      else if (one.text != NULL && !says_already (best.text, one.text))
        {
          /* Two plain texts are no choice of forms: whoever sends them so means both (RFC 8621 §4.1.4 shows both, too). */
          if (says_already (one.text, best.text))
            g_string_truncate (best.text, 0);
          body_add (&best.text, one.text->str, MOS_TEXT_BREAK);
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
  body_append (body, &best, between);
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
                mos_mime_strip_returns (text);
                g_string_append (own.text, text);
              }
              body_append (body, &own, text_between (walk));
              body_clear (&own);
            }
        }
      walk->after_file = FALSE;
    }
  else if (GMIME_IS_MESSAGE_PART (object))
    walk_message_part (walk, GMIME_MESSAGE_PART (object));
  else if (GMIME_IS_PART (object))
    walk_leaf (walk, GMIME_PART (object), in_alternative, body);
}

/* --- the whole --- */

/* mos_mime_read_body:
 * @root: (nullable): the outermost part
 * @attachments: files found on the way are added here
 * @ret_text: (out) (nullable): %NULL when no part is plain text
 * @ret_html: (out) (nullable): %NULL when no part is HTML
 */
void
mos_mime_read_body (GMimeObject *root,
                    GPtrArray *attachments,
                    char **ret_text,
                    char **ret_html)
{
  Walk walk = { .attachments = attachments };
  Body body = { NULL, NULL };

  walk_part (&walk, root, 1, FALSE, &body);
  if ((body.text == NULL || strspn (body.text->str, " \t\n") == body.text->len) && body.html == NULL)
    {
      body_clear (&body);
      body = walk.envelope;
    }
  else
    body_clear (&walk.envelope);
  *ret_text = body.text != NULL ? g_string_free (g_steal_pointer (&body.text), FALSE) : NULL;
  *ret_html = body.html != NULL ? g_string_free (g_steal_pointer (&body.html), FALSE) : NULL;
}
