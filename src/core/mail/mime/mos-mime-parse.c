/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-mail"

#include "config.h"

#include "core/mail/mime/mos-mime.h"

#include "core/base/mos-bytes.h"
#include "core/mail/mime/mos-html-document.h"
#include "core/mail/mime/mos-language.h"
#include "core/mail/mime/mos-mime-private.h"
#include "core/mail/mime/mos-mime-text.h"

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
  GDestroyNotify free_view = g_free;
  gsize skip = 0;

  mos_mime_ensure_init ();
  if (data == NULL)
    return NULL;
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
  /* a first line that looks folded, with nothing above it to be folded into */
  while (skip < length && (data[skip] == ' ' || data[skip] == '\t'))
    skip++;
  if (length - skip > G_MAXUINT || !mos_mime_looks_like_header (data + skip, length - skip))
    return NULL;
  view = mos_mime_mend (data + skip, length - skip);
  if (view != NULL)
    free_view = (GDestroyNotify) g_byte_array_unref;
  else
    {
      /* gmime reads from a GByteArray; this one only points at the bytes we were given */
      view = g_new0 (GByteArray, 1);
      view->data = (guint8 *) data + skip;
      view->len = (guint) (length - skip);
    }
  stream = mos_mime_view_new (view);
  options = g_mime_parser_options_new ();
  parser = g_mime_parser_new_with_stream (stream);
  message = g_mime_parser_construct_message (parser, options);
  if (message == NULL)
    free_view (view);
  else
    g_object_set_data_full (G_OBJECT (message), "mos-view", view, free_view);
  return message;
}

static char *
body_digest (MosParsedMessage *parsed,
             const char *date)
{
  MosSha256 *hash = mos_sha256_new ();
  g_autofree char *from = parsed->from != NULL ? g_utf8_strdown (parsed->from->address, -1) : g_strdup ("");
  const char *pieces[] = { from, date != NULL ? date : "", parsed->subject, parsed->text, parsed->html != NULL ? parsed->html : "" };

  for (gsize i = 0; i < G_N_ELEMENTS (pieces); i++)
    {
      gsize length = strlen (pieces[i]);

      mos_sha256_update (hash, pieces[i], length);
      /* A mailbox file gives a last line its end, and the mail is the same. */
      if (i >= 3 && length > 0 && pieces[i][length - 1] != '\n')
        mos_sha256_update (hash, "\n", 1);
      /* with the terminator, so that "ab" + "c" and "a" + "bc" differ */
      mos_sha256_update (hash, "", 1);
    }
  /* A scanner sends the same words with every page: what is attached tells its mails apart. */
  for (guint i = 0; i < parsed->attachments->len; i++)
    {
      MosAttachment *attachment = g_ptr_array_index (parsed->attachments, i);

      /* Kept: the store asks for it too. */
      if (attachment->sha256 == NULL)
        attachment->sha256 = mos_bytes_sha256 (attachment->data);
      mos_sha256_update (hash, attachment->name, strlen (attachment->name) + 1);
      mos_sha256_update (hash, attachment->sha256, 64);
    }
  return mos_sha256_finish (hash);
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
  mos_mime_strip_returns (parsed->text);
  parsed->reply_text = mos_reply_text (parsed->text);
  parsed->language = mos_language_detect (parsed->reply_text, NULL);
  parsed->may_answer_automatically = FALSE;
  parsed->digest = mos_bytes_sha256 (raw);
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
  g_autofree char *hint = NULL;
  GMimeObject *root;

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
  parsed->attachments = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_attachment_unref);
  parsed->bounces = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_bounce_unref);
  root = g_mime_message_get_mime_part (message);
  charset = root != NULL ? first_charset (root, 0) : NULL;
  mos_mime_read_body (root, parsed->attachments, &parsed->text, &parsed->html);
  mos_mime_read_headers (parsed, GMIME_OBJECT (message), charset);
  if (parsed->text == NULL)
    parsed->text = parsed->html != NULL ? mos_html_to_text (parsed->html) : g_strdup ("");
  parsed->reply_text = reply_text_of (parsed);
  hint = mos_mime_header (GMIME_OBJECT (message), "Content-Language", NULL);
  parsed->language = mos_language_detect (parsed->reply_text, hint);
  mark_inline (parsed);
  date = mos_mime_header (GMIME_OBJECT (message), "Date", NULL);
  parsed->digest = body_digest (parsed, date);
  mos_mime_classify (message, parsed);
  return g_steal_pointer (&parsed);
}
