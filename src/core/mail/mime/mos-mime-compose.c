/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-mail"

#include "config.h"

#include "core/mail/mime/mos-mime.h"

#include "core/base/mos-text.h"
#include "core/mail/mime/mos-mime-private.h"
#include "core/mail/mime/mos-mime-text.h"

#include <string.h>

#define MAX_REFERENCES_LENGTH 1500

/* --- headers --- */

/* An id as it may stand between angle brackets: nothing that could end the header, the brackets or the place in a list. */
static char *
clean_id (const char *id)
{
  GString *out = g_string_new (NULL);

  for (const char *p = id; *p != '\0'; p++)
    if ((guchar) *p > 0x20 && strchr ("<>,;", *p) == NULL && *p != 0x7f)
      g_string_append_c (out, *p);
  return g_string_free (out, FALSE);
}

/* RFC 5322 §3.4.1, RFC 5891 §4.4: a domain beyond ASCII has a form in ASCII. Where what is before the "@" has none, the mail needs SMTPUTF8 anyway. */
static char *
clean_address (const char *address)
{
  g_autofree char *clean = clean_id (address);
  const char *at = strrchr (clean, '@');
  g_autofree char *local = at != NULL ? g_strndup (clean, (gsize) (at - clean)) : NULL;
  g_autofree char *domain = local != NULL && g_str_is_ascii (local) && !g_str_is_ascii (at) ? g_hostname_to_ascii (at + 1) : NULL;

  return domain != NULL ? g_strconcat (local, "@", domain, NULL) : g_steal_pointer (&clean);
}

/* A header's value in pieces that fit a line of 78; gmime would fold and encode too, but drops characters of long words. */
typedef struct
{
  GString *value;
  gsize column;
} Folder;

static void
fold_add (Folder *folder,
          const char *token)
{
  gsize length = strlen (token);

  if (folder->column + 1 + length > 76 && folder->column > 0)
    {
      g_string_append (folder->value, "\n ");
      folder->column = 1;
    }
  else
    {
      g_string_append_c (folder->value, ' ');
      folder->column++;
    }
  g_string_append (folder->value, token);
  folder->column += length;
}

/* RFC 2047: every word whole characters, at most 75 long; the blank between two words is not part of the text */
static void
fold_add_encoded (Folder *folder,
                  const char *text,
                  const char *behind)
{
  for (const char *p = text; *p != '\0';)
    {
      const char *end = p;
      g_autofree char *encoded = NULL;
      g_autofree char *word = NULL;

      while (*end != '\0' && g_utf8_next_char (end) - p <= 42)
        end = g_utf8_next_char (end);
      encoded = g_base64_encode ((const guchar *) p, (gsize) (end - p));
      word = g_strdup_printf ("=?UTF-8?B?%s?=%s", encoded, *end == '\0' ? behind : "");
      fold_add (folder, word);
      p = end;
    }
}

/* Can @text stand in a header as it is? No foreign character, nothing that reads as an encoded word, no word too long to fold. */
static gboolean
is_simple (const char *text,
           const char *forbidden)
{
  gsize word = 0;

  if (strstr (text, "=?") != NULL || strstr (text, "  ") != NULL || *text == ' ' || g_str_has_suffix (text, " "))
    return FALSE;
  for (const char *p = text; *p != '\0'; p++)
    {
      if ((guchar) *p < 0x20 || (guchar) *p >= 0x7f || strchr (forbidden, *p) != NULL)
        return FALSE;
      word = *p == ' ' ? 0 : word + 1;
      if (word > 70)
        return FALSE;
    }
  return TRUE;
}

static void
set_raw (GMimeMessage *message,
         const char *name,
         Folder *folder)
{
  GMimeHeaderList *headers = g_mime_object_get_header_list (GMIME_OBJECT (message));

  g_string_append_c (folder->value, '\n');
  g_mime_header_list_set (headers, name, "", NULL);
  g_mime_header_set_raw_value (g_mime_header_list_get_header (headers, name), folder->value->str);
  g_string_free (folder->value, TRUE);
}

static void
set_text (GMimeMessage *message,
          const char *name,
          const char *text)
{
  Folder folder = { g_string_new (NULL), strlen (name) + 1 };

  if (is_simple (text, ""))
    {
      g_auto (GStrv) words = g_strsplit (text, " ", -1);

      for (guint i = 0; words[i] != NULL; i++)
        fold_add (&folder, words[i]);
    }
  else
    fold_add_encoded (&folder, text, "");
  set_raw (message, name, &folder);
}

/* RFC 5322 §3.6.4, RFC 2047 §5: message ids are never encoded; one that is longer than a line gets a line of its own. */
static void
set_ids (GMimeMessage *message,
         const char *name,
         const char *ids)
{
  Folder folder = { g_string_new (NULL), strlen (name) + 1 };
  g_auto (GStrv) words = g_strsplit (ids, " ", -1);

  for (guint i = 0; words[i] != NULL; i++)
    if (*words[i] != '\0')
      fold_add (&folder, words[i]);
  set_raw (message, name, &folder);
}

/* a value that comes from elsewhere */
static void
set_line (GMimeMessage *message,
          const char *name,
          const char *value)
{
  g_autofree char *line = mos_mime_one_line (value, 998);

  set_text (message, name, line);
}

static void
set_addresses (GMimeMessage *message,
               const char *header,
               MosAddress **addresses,
               guint n)
{
  Folder folder = { g_string_new (NULL), strlen (header) + 1 };
  gboolean any = FALSE;

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = addresses[i]->name != NULL ? mos_mime_one_line (addresses[i]->name, 500) : NULL;
      g_autofree char *address = clean_address (addresses[i]->address);
      g_autofree char *bracketed = NULL;

      if (*address == '\0')
        continue;
      /* the comma goes to the address before, which is known to be followed only now */
      if (any)
        {
          g_string_append_c (folder.value, ',');
          folder.column++;
        }
      any = TRUE;
      bracketed = g_strdup_printf (name != NULL && *name != '\0' ? "<%s>" : "%s", address);
      if (name == NULL || *name == '\0')
        ;
      else if (is_simple (name, "()<>[]:;@\\,.\""))
        {
          g_auto (GStrv) words = g_strsplit (name, " ", -1);

          for (guint w = 0; words[w] != NULL; w++)
            fold_add (&folder, words[w]);
        }
      else if (is_simple (name, "") && strlen (name) < 60)
        {
          g_autoptr (GString) quoted = g_string_new ("\"");

          for (const char *p = name; *p != '\0'; p++)
            {
              if (*p == '"' || *p == '\\')
                g_string_append_c (quoted, '\\');
              g_string_append_c (quoted, *p);
            }
          g_string_append_c (quoted, '"');
          fold_add (&folder, quoted->str);
        }
      else
        fold_add_encoded (&folder, name, "");
      fold_add (&folder, bracketed);
    }
  if (any)
    set_raw (message, header, &folder);
  else
    g_string_free (folder.value, TRUE);
}

/* First and last ids stay: the first names the thread, the last ones are what programs look up. Relays refuse header lines that are too long. */
static char *
trim_references (char **references,
                 const char *in_reply_to)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  GString *out = g_string_new (NULL);
  gsize length = 0;
  guint first;

  for (guint i = 0; references != NULL && references[i] != NULL; i++)
    {
      char *id = clean_id (references[i]);

      if (*id == '\0' || g_ptr_array_find_with_equal_func (ids, id, g_str_equal, NULL))
        g_free (id);
      else
        g_ptr_array_add (ids, id);
    }
  if (in_reply_to != NULL)
    {
      char *id = clean_id (in_reply_to);

      if (*id == '\0' || g_ptr_array_find_with_equal_func (ids, id, g_str_equal, NULL))
        g_free (id);
      else
        g_ptr_array_add (ids, id);
    }
  if (ids->len > 0)
    length = strlen (g_ptr_array_index (ids, 0)) + 3;
  first = ids->len;
  while (first > 1 && length + strlen (g_ptr_array_index (ids, first - 1)) + 3 <= MAX_REFERENCES_LENGTH)
    length += strlen (g_ptr_array_index (ids, --first)) + 3;
  for (guint i = 0; i < ids->len; i++)
    if (i == 0 || i >= first)
      g_string_append_printf (out, "%s<%s>", out->len > 0 ? " " : "", (char *) g_ptr_array_index (ids, i));
  return g_string_free (out, FALSE);
}

/* --- body --- */

/* Lines end in CRLF whatever the composer gave us. */
static char *
normalise_lines (const char *text)
{
  GString *out = g_string_sized_new (strlen (text) + 16);

  for (const char *p = text; *p != '\0'; p++)
    if (*p == '\r')
      {
        g_string_append_c (out, '\n');
        if (p[1] == '\n')
          p++;
      }
    else
      g_string_append_c (out, *p);
  return g_string_free (out, FALSE);
}

static GMimeObject *
text_part (const char *text,
           const char *subtype)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_autofree char *lines = normalise_lines (valid);
  GMimePart *part = g_mime_part_new_with_type ("text", subtype);
  g_autoptr (GMimeStream) stream = g_mime_stream_mem_new_with_buffer (lines, strlen (lines));
  g_autoptr (GMimeDataWrapper) content = g_mime_data_wrapper_new_with_stream (stream, GMIME_CONTENT_ENCODING_DEFAULT);
  gboolean ascii = TRUE;
  gsize longest = 0, line = 0;

  for (const char *p = lines; *p != '\0'; p++)
    {
      ascii &= (guchar) *p < 0x80;
      line = *p == '\n' ? 0 : line + 1;
      longest = MAX (longest, line);
    }
  g_mime_object_set_content_type_parameter (GMIME_OBJECT (part), "charset", ascii ? "us-ascii" : "utf-8");
  g_mime_part_set_content (part, content);
  /* quoted-printable also saves trailing blanks, "From " at a line's start and a lone dot from what happens on the way */
  if (ascii && longest <= 78 && !g_str_has_prefix (lines, "From ") && strstr (lines, "\nFrom ") == NULL && strstr (lines, " \n") == NULL && strstr (lines, "\t\n") == NULL)
    g_mime_part_set_content_encoding (part, GMIME_CONTENT_ENCODING_7BIT);
  else
    {
      gsize high = 0, total = strlen (lines);

      for (const char *p = lines; *p != '\0'; p++)
        high += (guchar) *p >= 0x80;
      g_mime_part_set_content_encoding (part, high * 3 > total ? GMIME_CONTENT_ENCODING_BASE64 : GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE);
    }
  return GMIME_OBJECT (part);
}

static GMimeObject *
attachment_part (MosAttachment *attachment)
{
  g_autofree char *name = mos_mime_safe_name (attachment->name, attachment->type);
  g_auto (GStrv) type = g_strsplit (attachment->type != NULL && *attachment->type != '\0' ? attachment->type : "application/octet-stream", "/", 2);
  GMimePart *part;
  g_autoptr (GMimeStream) stream = NULL;
  g_autoptr (GMimeDataWrapper) content = NULL;
  gsize length = 0;
  const char *data = attachment->data != NULL ? g_bytes_get_data (attachment->data, &length) : "";
  GByteArray *view = g_new0 (GByteArray, 1);
  gboolean known = type[0] != NULL && type[1] != NULL;

  /* a media type comes from outside too */
  for (guint i = 0; known && i < 2; i++)
    for (const char *p = type[i]; *p != '\0'; p++)
      known &= g_ascii_isalnum (*p) || strchr ("!#$&^_.+-", *p) != NULL;
  /* a multipart or a message has rules of its own for its encoding; as a file it is only bytes */
  if (!known || g_ascii_strcasecmp (type[0], "multipart") == 0 || (g_ascii_strcasecmp (type[0], "message") == 0))
    part = g_mime_part_new_with_type ("application", "octet-stream");
  else
    part = g_mime_part_new_with_type (type[0], type[1]);
  view->data = (guint8 *) data;
  view->len = (guint) length;
  stream = g_mime_stream_mem_new ();
  g_mime_stream_mem_set_byte_array (GMIME_STREAM_MEM (stream), view);
  g_mime_stream_mem_set_owner (GMIME_STREAM_MEM (stream), FALSE);
  g_object_set_data_full (G_OBJECT (part), "mos-view", view, g_free);
  content = g_mime_data_wrapper_new_with_stream (stream, GMIME_CONTENT_ENCODING_DEFAULT);
  g_mime_part_set_content (part, content);
  g_mime_part_set_content_encoding (part, GMIME_CONTENT_ENCODING_BASE64);
  g_mime_object_set_disposition (GMIME_OBJECT (part), attachment->is_inline ? GMIME_DISPOSITION_INLINE : GMIME_DISPOSITION_ATTACHMENT);
  g_mime_part_set_filename (part, name);
  if (attachment->content_id != NULL)
    {
      g_autofree char *id = clean_id (attachment->content_id);

      g_mime_object_set_content_id (GMIME_OBJECT (part), id);
    }
  return GMIME_OBJECT (part);
}

static void
add_part (GMimeMultipart *multipart,
          GMimeObject *part)
{
  g_mime_multipart_add (multipart, part);
  g_object_unref (part);
}

/* mixed { related { alternative { text, html }, inline images }, files }, each level only where it is needed */
static GMimeObject *
build_body (MosCompose *compose)
{
  GMimeObject *body = text_part (compose->text != NULL ? compose->text : "", "plain");
  guint n_inline = 0, n_files = 0;

  for (guint i = 0; compose->attachments != NULL && i < compose->attachments->len; i++)
    {
      MosAttachment *attachment = g_ptr_array_index (compose->attachments, i);

      if (attachment->is_inline && compose->html != NULL)
        n_inline++;
      else
        n_files++;
    }
  if (compose->html != NULL)
    {
      GMimeMultipart *alternative = g_mime_multipart_new_with_subtype ("alternative");
      GMimeObject *html = text_part (compose->html, "html");

      if (n_inline > 0)
        {
          GMimeMultipart *related = g_mime_multipart_new_with_subtype ("related");

          add_part (related, html);
          for (guint i = 0; i < compose->attachments->len; i++)
            {
              MosAttachment *attachment = g_ptr_array_index (compose->attachments, i);

              if (attachment->is_inline)
                add_part (related, attachment_part (attachment));
            }
          html = GMIME_OBJECT (related);
        }
      add_part (alternative, body);
      add_part (alternative, html);
      body = GMIME_OBJECT (alternative);
    }
  if (n_files > 0)
    {
      GMimeMultipart *mixed = g_mime_multipart_new_with_subtype ("mixed");

      add_part (mixed, body);
      for (guint i = 0; i < compose->attachments->len; i++)
        {
          MosAttachment *attachment = g_ptr_array_index (compose->attachments, i);

          if (!attachment->is_inline || compose->html == NULL)
            add_part (mixed, attachment_part (attachment));
        }
      body = GMIME_OBJECT (mixed);
    }
  return body;
}

/* --- public --- */

GBytes *
mos_mime_compose (MosCompose *compose,
                  GError **error)
{
  g_autoptr (GMimeMessage) message = NULL;
  g_autoptr (GMimeObject) body = NULL;
  g_autoptr (GMimeStream) stream = NULL;
  g_autoptr (GDateTime) date = NULL;
  GMimeFormatOptions *format;
  GByteArray *bytes;
  g_autofree char *references = NULL;
  g_autofree char *subject = NULL;
  g_autofree char *message_id = NULL;
  gsize estimate = 4096;

  g_return_val_if_fail (compose != NULL, NULL);

  if (compose->from == NULL || *compose->from->address == '\0')
    {
      g_set_error_literal (error, MOS_DESK_ERROR, MOS_DESK_ERROR_INVALID, "a message needs a sender");
      return NULL;
    }
  mos_mime_ensure_init ();
  message = g_mime_message_new (TRUE);
  set_addresses (message, "From", &compose->from, 1);
  if (compose->reply_to != NULL)
    set_addresses (message, "Reply-To", &compose->reply_to, 1);
  if (compose->to != NULL)
    set_addresses (message, "To", (MosAddress **) compose->to->pdata, compose->to->len);
  if (compose->cc != NULL)
    set_addresses (message, "Cc", (MosAddress **) compose->cc->pdata, compose->cc->len);
  subject = mos_mime_one_line (compose->subject, 4000);
  set_text (message, "Subject", subject);
  date = g_date_time_new_from_unix_utc (compose->date_us / G_USEC_PER_SEC);
  if (date != NULL)
    g_mime_message_set_date (message, date);
  if (compose->message_id != NULL)
    {
      message_id = clean_id (compose->message_id);
      g_mime_message_set_message_id (message, message_id);
    }
  if (compose->in_reply_to != NULL)
    {
      g_autofree char *id = clean_id (compose->in_reply_to);
      g_autofree char *bracketed = g_strdup_printf ("<%s>", id);

      if (*id != '\0')
        g_mime_object_set_header (GMIME_OBJECT (message), "In-Reply-To", bracketed, NULL);
    }
  references = trim_references (compose->references, compose->in_reply_to);
  if (*references != '\0')
    set_ids (message, "References", references);
  if (compose->thread_index != NULL && strlen (compose->thread_index) == 44)
    {
      guchar header[22];
      g_autofree char *index = NULL;

      for (gsize i = 0; i < sizeof header; i++)
        header[i] = (guchar) (g_ascii_xdigit_value (compose->thread_index[2 * i]) << 4 | g_ascii_xdigit_value (compose->thread_index[2 * i + 1]));
      index = g_base64_encode (header, sizeof header);
      set_line (message, "Thread-Topic", mos_text_strip_subject (subject));
      set_line (message, "Thread-Index", index);
    }
  if (compose->own_id != NULL)
    set_line (message, "X-Mostrador-Id", compose->own_id);
  if (compose->automatic)
    {
      set_text (message, "Auto-Submitted", "auto-replied");
      set_line (message, "X-Mostrador-Loop", compose->from->address);
      set_text (message, "X-Auto-Response-Suppress", "All");
    }
  /* No "Auto-Submitted": a person wrote it, and an answer is wanted (RFC 3834 §5). One-click (RFC 8058) is for web addresses, which we have none of. */
  if (compose->opt_out != NULL)
    {
      g_autofree char *uri = g_strdup_printf ("<%s>", compose->opt_out);

      /* Never encoded, as ids are not: a program reads it. */
      set_ids (message, "List-Unsubscribe", uri);
      set_text (message, "Precedence", "bulk");
    }
  set_text (message, "User-Agent", "Mostrador/" MOS_VERSION);
  body = build_body (compose);
  g_mime_message_set_mime_part (message, body);

  for (guint i = 0; compose->attachments != NULL && i < compose->attachments->len; i++)
    {
      MosAttachment *attachment = g_ptr_array_index (compose->attachments, i);

      estimate += attachment->data != NULL ? g_bytes_get_size (attachment->data) * 37 / 27 + 1024 : 1024;
    }
  bytes = g_byte_array_sized_new ((guint) MIN (estimate, G_MAXINT32));
  stream = g_mime_stream_mem_new ();
  g_mime_stream_mem_set_byte_array (GMIME_STREAM_MEM (stream), bytes);
  g_mime_stream_mem_set_owner (GMIME_STREAM_MEM (stream), FALSE);
  format = g_mime_format_options_new ();
  g_mime_format_options_set_newline_format (format, GMIME_NEWLINE_FORMAT_DOS);
  g_mime_object_write_to_stream (GMIME_OBJECT (message), format, stream);
  g_mime_format_options_free (format);
  return g_byte_array_free_to_bytes (bytes);
}
