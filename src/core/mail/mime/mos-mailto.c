/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-mail"

#include "config.h"

#include "core/mail/mime/mos-mailto.h"

#include "core/base/mos-clean.h"
#include "core/base/mos-text.h"
#include "core/mail/mime/mos-mime-private.h"
#include "core/mail/mime/mos-mime-text.h"

#include <string.h>

#define MAX_LINK (256 * 1024)
#define MAX_BODY (64 * 1024)
#define MAX_RECIPIENTS 100
#define MAX_ADDRESS 998

static void
mos_mailto_clear (MosMailto *self)
{
  g_clear_pointer (&self->to, g_ptr_array_unref);
  g_clear_pointer (&self->cc, g_ptr_array_unref);
  g_clear_pointer (&self->bcc, g_ptr_array_unref);
  g_free (self->subject);
  g_free (self->body);
  g_free (self->in_reply_to);
}

MOS_DEFINE_VALUE (MosMailto, mailto)

/* "+" is a plus here, as it is in addresses. A "%" that begins no byte is one, too: many pages write "100%". Returns: (transfer full): UTF-8, without NUL */
static char *
decode (const char *start,
        const char *end)
{
  g_autoptr (GByteArray) bytes = g_byte_array_sized_new ((guint) (end - start));

  for (const char *p = start; p < end; p++)
    {
      guint8 byte = (guint8) *p;

      if (*p == '%' && end - p > 2 && g_ascii_isxdigit (p[1]) && g_ascii_isxdigit (p[2]))
        {
          byte = (guint8) (g_ascii_xdigit_value (p[1]) * 16 + g_ascii_xdigit_value (p[2]));
          p += 2;
        }
      if (byte != '\0')
        g_byte_array_append (bytes, &byte, 1);
    }
  return mos_mime_bytes_to_utf8 (bytes->data != NULL ? bytes->data : (const guint8 *) "", bytes->len, NULL);
}

static gboolean
hides_controls (const char *text)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    if (g_unichar_iscntrl (g_utf8_get_char (p)) || mos_clean_is_turning (g_utf8_get_char (p)))
      return TRUE;
  return FALSE;
}

static void
add_recipient (MosMailto *self,
               GPtrArray *list,
               const char *name,
               const char *address)
{
  for (guint i = 0; i < list->len; i++)
    if (g_ascii_strcasecmp (((MosAddress *) g_ptr_array_index (list, i))->address, address) == 0)
      return;
  if (self->to->len + self->cc->len + self->bcc->len < MAX_RECIPIENTS)
    g_ptr_array_add (list, mos_address_make (name, address));
  else
    self->n_left_out++;
}

/* What is no bare address: "Ana Ruiz <ana@b.example>", or several whose commas were encoded with the rest. */
static gboolean
add_written_out (MosMailto *self,
                 GPtrArray *list,
                 const char *text)
{
  g_autoptr (InternetAddressList) parsed = NULL;
  gboolean is_any = FALSE;

  mos_mime_ensure_init ();
  parsed = internet_address_list_parse (NULL, text);
  for (int i = 0; parsed != NULL && i < internet_address_list_length (parsed); i++)
    {
      InternetAddress *one = internet_address_list_get_address (parsed, i);
      const char *address = INTERNET_ADDRESS_IS_MAILBOX (one) ? internet_address_mailbox_get_addr (INTERNET_ADDRESS_MAILBOX (one)) : NULL;
      g_autofree char *name = NULL;

      if (address == NULL || !mos_text_is_address (address))
        continue;
      name = mos_mime_one_line (internet_address_get_name (one) != NULL ? internet_address_get_name (one) : "", MAX_ADDRESS);
      add_recipient (self, list, name, address);
      is_any = TRUE;
    }
  return is_any;
}

/* Commas part them before anything is decoded: "%2C" belongs to an address. */
static void
take_recipients (MosMailto *self,
                 GPtrArray *list,
                 const char *start,
                 const char *end)
{
  while (start < end)
    {
      const char *comma = memchr (start, ',', (gsize) (end - start));
      const char *stop = comma != NULL ? comma : end;
      g_autofree char *one = g_strstrip (decode (start, stop));

      start = comma != NULL ? comma + 1 : end;
      if (*one == '\0')
        continue;
      if (hides_controls (one) || strlen (one) > MAX_LINK / 8)
        self->n_left_out++;
      else if (mos_text_is_address (one))
        add_recipient (self, list, NULL, one);
      else if (!add_written_out (self, list, one))
        {
          g_autofree char *shown = mos_mime_one_line (one, MAX_ADDRESS);

          add_recipient (self, list, NULL, shown);
        }
    }
}

static char *
dup_body (const char *start,
          const char *end)
{
  char *body = decode (start, end);

  mos_clean_take_lines (&body);
  if (strlen (body) > MAX_BODY)
    {
      const char *last = g_utf8_find_prev_char (body, body + MAX_BODY + 1);

      body[last != NULL ? last - body : 0] = '\0';
    }
  return body;
}

/* Returns: (transfer full) (nullable) */
static char *
dup_message_id (const char *start,
                const char *end)
{
  g_autofree char *id = g_strstrip (decode (start, end));
  char *from = id;
  char *bracket;

  if (hides_controls (id))
    return NULL;
  if (*from == '<')
    from++;
  bracket = strpbrk (from, "<> ");
  if (bracket != NULL)
    *bracket = '\0';
  return *from != '\0' && strlen (from) <= MAX_ADDRESS ? g_strdup (from) : NULL;
}

static gboolean
is_named (const char *name,
          gsize length,
          const char *wanted)
{
  return strlen (wanted) == length && g_ascii_strncasecmp (name, wanted, length) == 0;
}

static void
take_field (MosMailto *self,
            const char *start,
            const char *end)
{
  const char *equals = memchr (start, '=', (gsize) (end - start));
  const char *value = equals != NULL ? equals + 1 : end;
  g_autofree char *name = decode (start, equals != NULL ? equals : end);
  gsize length = strlen (name);

  if (is_named (name, length, "to"))
    take_recipients (self, self->to, value, end);
  else if (is_named (name, length, "cc"))
    take_recipients (self, self->cc, value, end);
  else if (is_named (name, length, "bcc"))
    take_recipients (self, self->bcc, value, end);
  else if (is_named (name, length, "subject") && self->subject == NULL)
    {
      g_autofree char *raw = decode (value, end);
      /* Words may be encoded as in a header (RFC 6068, 5). */
      g_autofree char *decoded = mos_mime_decode_header (raw, NULL);

      self->subject = mos_mime_one_line (decoded, MOS_MIME_MAX_SUBJECT);
    }
  else if (is_named (name, length, "body") && self->body == NULL)
    self->body = dup_body (value, end);
  else if (is_named (name, length, "in-reply-to") && self->in_reply_to == NULL)
    self->in_reply_to = dup_message_id (value, end);
  else if (is_named (name, length, "attach") || is_named (name, length, "attachment"))
    self->names_files = TRUE;
}

MosMailto *
mos_mailto_parse (const char *link,
                  GError **error)
{
  g_autoptr (MosMailto) self = NULL;
  const char *path, *fields, *end, *hash;

  g_return_val_if_fail (link != NULL, NULL);

  if (g_ascii_strncasecmp (link, "mailto:", strlen ("mailto:")) != 0 || strlen (link) > MAX_LINK)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "This is no link that a mail could be written by");
      return NULL;
    }
  self = mos_mailto_new ();
  self->to = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_address_unref);
  self->cc = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_address_unref);
  self->bcc = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_address_unref);

  path = link + strlen ("mailto:");
  /* It is no place on a web site, but people write it as if it were. */
  if (g_str_has_prefix (path, "//"))
    path += 2;
  end = path + strlen (path);
  fields = strchr (path, '?');
  hash = memchr (path, '#', (gsize) ((fields != NULL ? fields : end) - path));
  take_recipients (self, self->to, path, hash != NULL ? hash : fields != NULL ? fields
                                                                              : end);
  for (const char *p = fields != NULL ? fields + 1 : end; p < end;)
    {
      const char *stop = memchr (p, '&', (gsize) (end - p));

      if (stop == NULL)
        stop = end;
      /* Copied out of a page's source. */
      if (g_str_has_prefix (p, "amp;"))
        p += strlen ("amp;");
      if (p < stop)
        take_field (self, p, stop);
      p = stop + 1;
    }
  if (self->subject == NULL)
    self->subject = g_strdup ("");
  if (self->body == NULL)
    self->body = g_strdup ("");
  return g_steal_pointer (&self);
}
