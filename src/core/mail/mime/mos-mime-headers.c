/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-mail"

#include "config.h"

#include "core/mail/mime/mos-mime-private.h"
#include "core/mail/mime/mos-mime-text.h"

#include <string.h>

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
            {
              /* "MAILER DAEMON <>": nobody to answer to */
              if (g_str_has_suffix (line, "<>"))
                line[strlen (line) - 2] = '\0';
              g_ptr_array_add (array, make_address (line, ""));
            }
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

/* [MS-OXOMSG] 2.2.1.3: a version, five bytes of time and a GUID name the conversation; five bytes a reply follow. */
static char *
header_thread_index (GMimeObject *object)
{
  g_autofree char *raw = mos_mime_header (object, "Thread-Index", NULL);
  g_autofree guchar *bytes = NULL;
  GString *digits;
  gsize length = 0;

  if (raw != NULL)
    bytes = g_base64_decode (raw, &length);
  if (length < 22)
    return NULL;
  digits = g_string_new (NULL);
  for (gsize i = 0; i < 22; i++)
    g_string_append_printf (digits, "%02x", bytes[i]);
  return g_string_free (digits, FALSE);
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

/* mos_mime_read_headers: who, what about, when, and in answer to what; @charset: (nullable): of undeclared 8-bit text */
void
mos_mime_read_headers (MosParsedMessage *parsed,
                       GMimeObject *object,
                       const char *charset)
{
  static const char *const delivered[] = { "Delivered-To", "X-Original-To", "Envelope-To", "X-Delivered-To" };
  g_autoptr (GPtrArray) from = header_addresses (object, "From", charset);
  g_autofree char *subject = mos_mime_header (object, "Subject", charset);

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
  parsed->thread_index = header_thread_index (object);
  parsed->own_id = mos_mime_header (object, "X-Mostrador-Id", NULL);
  parsed->own_loop = mos_mime_header (object, "X-Mostrador-Loop", NULL);
}
