/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-smtp"

#include "config.h"

#include "core/mail/smtp/mos-smtp-reply.h"

#include <string.h>

/* An EHLO answer has about a dozen lines; nobody needs more than this. */
#define MAX_LINES 200
#define MAX_TEXT 1000

MosSmtpReply *
mos_smtp_reply_new (void)
{
  MosSmtpReply *self = g_new0 (MosSmtpReply, 1);

  self->lines = g_ptr_array_new_with_free_func (g_free);
  return self;
}

void
mos_smtp_reply_free (MosSmtpReply *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->lines);
  g_free (self->status);
  g_free (self);
}

/* "5.1.1 text" -> "5.1.1"; %NULL when the text does not begin with a status of the code's class (RFC 2034 §4). */
static char *
find_status (const char *text,
             guint code)
{
  const char *p = text;
  int dots = 0;

  if (*p != (char) ('0' + code / 100))
    return NULL;
  for (; *p != '\0' && *p != ' '; p++)
    {
      if (*p == '.')
        {
          if (!g_ascii_isdigit (p[1]) || ++dots > 2)
            return NULL;
        }
      else if (!g_ascii_isdigit (*p))
        return NULL;
    }
  if (dots != 2 || p - text > 9)
    return NULL;
  return g_strndup (text, p - text);
}

gboolean
mos_smtp_reply_take_line (MosSmtpReply *self,
                          const char *line,
                          gsize length,
                          gboolean *ret_complete,
                          GError **error)
{
  guint code;
  char *text;

  g_return_val_if_fail (self != NULL, FALSE);

  if (length < 3 || line[0] < '2' || line[0] > '5' || !g_ascii_isdigit (line[1]) || !g_ascii_isdigit (line[2]) ||
      (length > 3 && line[3] != ' ' && line[3] != '-'))
    {
      g_set_error_literal (error, MOS_MAIL_ERROR, MOS_MAIL_ERROR_PROTOCOL, "The server sent something that is no SMTP reply");
      return FALSE;
    }

  code = (guint) ((line[0] - '0') * 100 + (line[1] - '0') * 10 + (line[2] - '0'));
  if (self->lines->len > 0 && code != self->code)
    {
      g_set_error_literal (error, MOS_MAIL_ERROR, MOS_MAIL_ERROR_PROTOCOL, "The lines of one SMTP reply carry different codes");
      return FALSE;
    }
  if (self->lines->len >= MAX_LINES)
    {
      g_set_error_literal (error, MOS_MAIL_ERROR, MOS_MAIL_ERROR_PROTOCOL, "An SMTP reply has too many lines");
      return FALSE;
    }

  self->code = code;
  text = length > 4 ? g_utf8_make_valid (line + 4, (gssize) (length - 4)) : g_strdup ("");
  /* It is shown to people and logged: no control characters. */
  for (char *p = text; *p != '\0'; p++)
    if ((guchar) *p < 0x20 || *p == 0x7f)
      *p = ' ';
  g_ptr_array_add (self->lines, text);
  if (self->status == NULL)
    self->status = find_status (text, code);

  *ret_complete = length == 3 || line[3] == ' ';
  return TRUE;
}

char *
mos_smtp_reply_dup_text (MosSmtpReply *self)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_return_val_if_fail (self != NULL, NULL);

  for (guint i = 0; i < self->lines->len && text->len < MAX_TEXT; i++)
    {
      const char *line = self->lines->pdata[i];

      /* The status is repeated on each line of a long reply. */
      if (i > 0 && self->status != NULL && g_str_has_prefix (line, self->status))
        line += strlen (self->status);
      while (*line == ' ')
        line++;
      if (text->len > 0 && *line != '\0')
        g_string_append_c (text, ' ');
      g_string_append (text, line);
    }

  if (text->len > MAX_TEXT)
    {
      const char *end = g_utf8_find_prev_char (text->str, text->str + MAX_TEXT + 1);

      g_string_truncate (text, (gsize) (end - text->str));
    }
  return g_string_free_and_steal (g_steal_pointer (&text));
}

void
mos_smtp_reply_to_error (MosSmtpReply *self,
                         GError **error)
{
  g_autofree char *text = mos_smtp_reply_dup_text (self);
  MosMailError code = MOS_MAIL_ERROR_PROTOCOL;

  if (self->code / 100 == 4)
    code = MOS_MAIL_ERROR_TEMPORARY;
  else if (self->code == 530 && g_strcmp0 (self->status, "5.7.0") == 0 && strstr (text, "STARTTLS") != NULL)
    code = MOS_MAIL_ERROR_TLS_REQUIRED; /* RFC 3207 §4 */
  else if (self->code == 530)
    code = MOS_MAIL_ERROR_AUTH_FAILED; /* RFC 4954 §6 */
  else if (self->code == 538)
    code = MOS_MAIL_ERROR_TLS_REQUIRED;
  else if (self->code == 552 && (self->status == NULL || g_str_equal (self->status, "5.3.4") || g_str_equal (self->status, "5.2.3")))
    code = MOS_MAIL_ERROR_TOO_LARGE; /* RFC 1870 §6.3; 5.2.2 would be a full mailbox */
  else if (self->code / 100 == 5)
    code = MOS_MAIL_ERROR_REFUSED;

  g_set_error (error, MOS_MAIL_ERROR, code, "%u %s", self->code, text);
}

MosSmtpExtensions *
mos_smtp_extensions_parse (MosSmtpReply *reply)
{
  MosSmtpExtensions *self = g_new0 (MosSmtpExtensions, 1);
  g_autoptr (GStrvBuilder) auth = g_strv_builder_new ();
  gboolean has_auth = FALSE;

  for (guint i = 1; i < reply->lines->len; i++)
    {
      g_autofree char *line = g_ascii_strup (reply->lines->pdata[i], -1);
      g_auto (GStrv) words = NULL;

      /* Old servers wrote "AUTH=LOGIN PLAIN" and some still repeat it so. */
      if (g_str_has_prefix (line, "AUTH="))
        line[4] = ' ';
      words = g_strsplit_set (line, " \t", 64);
      if (words[0] == NULL)
        continue;

      if (g_str_equal (words[0], "STARTTLS"))
        self->starttls = TRUE;
      else if (g_str_equal (words[0], "8BITMIME"))
        self->eight_bit_mime = TRUE;
      else if (g_str_equal (words[0], "SMTPUTF8"))
        self->smtputf8 = TRUE;
      else if (g_str_equal (words[0], "PIPELINING"))
        self->pipelining = TRUE;
      else if (g_str_equal (words[0], "ENHANCEDSTATUSCODES"))
        self->enhanced_status = TRUE;
      else if (g_str_equal (words[0], "DSN"))
        self->dsn = TRUE;
      else if (g_str_equal (words[0], "SIZE"))
        {
          self->has_size = TRUE;
          if (words[1] != NULL && !g_ascii_string_to_unsigned (words[1], 10, 0, G_MAXUINT64, &self->size, NULL))
            self->size = 0;
        }
      else if (g_str_equal (words[0], "AUTH"))
        {
          has_auth = TRUE;
          for (guint j = 1; words[j] != NULL; j++)
            if (*words[j] != '\0')
              g_strv_builder_add (auth, words[j]);
        }
    }

  if (has_auth)
    self->auth = g_strv_builder_end (auth);
  return self;
}

void
mos_smtp_extensions_free (MosSmtpExtensions *self)
{
  if (self == NULL)
    return;
  g_strfreev (self->auth);
  g_free (self);
}
