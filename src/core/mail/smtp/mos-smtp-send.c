/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-smtp"

#include "config.h"

#include "core/mail/smtp/mos-smtp-session-private.h"

#include "core/mail/smtp/mos-smtp-stuffer.h"

#include <string.h>

/* So many commands are sent before their replies are read: few enough that neither side's buffer fills (RFC 2920 §3.1). */
#define PIPELINE 40
#define CHUNK (32 * 1024)
/* RFC 3461 §4.4: longer ones may be refused. */
#define MAX_ENVELOPE_ID 100

char *
mos_smtp_address_to_ascii (const char *address,
                           gboolean *ret_needs_utf8)
{
  const char *at;
  g_autofree char *domain = NULL;
  g_autofree char *local = NULL;

  g_return_val_if_fail (address != NULL, NULL);

  *ret_needs_utf8 = FALSE;
  at = strrchr (address, '@');
  if (at == NULL || at == address || at[1] == '\0' || !g_utf8_validate (address, -1, NULL) || strlen (address) > 320)
    return NULL;
  for (const char *p = address; *p != '\0'; p++)
    if ((guchar) *p <= 0x20 || *p == 0x7f || *p == '<' || *p == '>')
      return NULL;

  local = g_strndup (address, (gsize) (at - address));
  *ret_needs_utf8 = !g_str_is_ascii (local);
  domain = at[1] == '[' ? g_strdup (at + 1) : g_hostname_to_ascii (at + 1);
  if (domain == NULL)
    return NULL;
  return g_strconcat (local, "@", domain, NULL);
}

char *
mos_smtp_xtext (const char *text)
{
  g_autoptr (GString) out = g_string_new (NULL);

  for (const guchar *p = (const guchar *) text; *p != '\0'; p++)
    if (*p < '!' || *p > '~' || *p == '+' || *p == '=')
      g_string_append_printf (out, "+%02X", *p);
    else
      g_string_append_c (out, (char) *p);
  return g_string_free_and_steal (g_steal_pointer (&out));
}

void
mos_smtp_session_set_envelope_id (MosSmtpSession *self,
                                  const char *id)
{
  g_return_if_fail (MOS_IS_SMTP_SESSION (self));

  g_set_str (&self->envelope_id, id);
}

static gboolean
wants_reports (MosSmtpSession *self)
{
  return self->extensions->dsn && self->envelope_id != NULL;
}

static MosRecipientResult *
make_result (const char *address,
             guint code,
             const char *status,
             const char *text)
{
  MosRecipientResult *result = mos_recipient_result_new ();

  result->address = g_strdup (address);
  result->code = code;
  result->status = g_strdup (status);
  result->text = g_strdup (text);
  return result;
}

static MosRecipientResult *
make_result_of_reply (const char *address,
                      MosSmtpReply *reply)
{
  g_autofree char *text = mos_smtp_reply_dup_text (reply);

  return make_result (address, reply->code, reply->status, text);
}

static gboolean
has_8bit (GBytes *message)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (message, &size);

  for (gsize i = 0; i < size; i++)
    if (data[i] >= 0x80)
      return TRUE;
  return FALSE;
}

/* Leaves the half-begun transaction, so that the session can be used for the next message. */
static void
reset (MosSmtpSession *self,
       GCancellable *cancellable)
{
  g_autoptr (MosSmtpReply) reply = NULL;

  if (!self->usable)
    return;
  reply = mos_smtp_session_ask (self, "RSET", NULL, cancellable, NULL);
  if (reply == NULL || reply->code != 250)
    self->usable = FALSE;
}

static char *
make_mail_command (MosSmtpSession *self,
                   const char *sender,
                   gboolean needs_utf8,
                   GBytes *message,
                   GError **error)
{
  g_autoptr (GString) command = g_string_new ("MAIL FROM:<");
  gsize size = g_bytes_get_size (message);

  g_string_append_printf (command, "%s>", sender);

  if (self->extensions->has_size)
    {
      if (self->extensions->size > 0 && size > self->extensions->size)
        {
          g_set_error (error, MOS_MAIL_ERROR, MOS_MAIL_ERROR_TOO_LARGE, "The message has %" G_GSIZE_FORMAT " bytes, the server takes %" G_GUINT64_FORMAT, size, self->extensions->size);
          return NULL;
        }
      g_string_append_printf (command, " SIZE=%" G_GSIZE_FORMAT, size);
    }

  if (self->extensions->eight_bit_mime && has_8bit (message))
    g_string_append (command, " BODY=8BITMIME");

  if (needs_utf8 && !self->extensions->smtputf8)
    {
      g_set_error_literal (error, MOS_MAIL_ERROR, MOS_MAIL_ERROR_REFUSED, "The server does not take addresses with letters beyond ASCII (SMTPUTF8)");
      return NULL;
    }
  /* Only where an address cannot do without it: a message marked so is returned by the next server that has never heard of it. */
  if (needs_utf8)
    g_string_append (command, " SMTPUTF8");

  if (wants_reports (self))
    {
      g_autofree char *id = mos_smtp_xtext (self->envelope_id);

      g_string_append (command, " RET=HDRS");
      if (strlen (id) <= MAX_ENVELOPE_ID)
        g_string_append_printf (command, " ENVID=%s", id);
    }

  return g_string_free_and_steal (g_steal_pointer (&command));
}

static char *
make_rcpt_command (MosSmtpSession *self,
                   const char *path,
                   const char *original)
{
  g_autofree char *address = NULL;

  if (!wants_reports (self))
    return g_strdup_printf ("RCPT TO:<%s>", path);
  /* An address beyond ASCII has a form of its own there (RFC 6533 §3), which few know. */
  address = g_str_is_ascii (original) ? mos_smtp_xtext (original) : NULL;
  return address != NULL ? g_strdup_printf ("RCPT TO:<%s> NOTIFY=FAILURE,DELAY ORCPT=rfc822;%s", path, address)
                         : g_strdup_printf ("RCPT TO:<%s> NOTIFY=FAILURE,DELAY", path);
}

/* MAIL and all RCPT, pipelined where allowed. @refused gets who was refused, @ret_accepted how many were not. */
static gboolean
send_envelope (MosSmtpSession *self,
               const char *mail,
               GPtrArray *paths,
               GPtrArray *originals,
               GPtrArray *refused,
               guint *ret_accepted,
               GCancellable *cancellable,
               GError **error)
{
  g_autoptr (GError) mail_error = NULL;
  guint window = self->extensions->pipelining ? PIPELINE : 1;
  guint n = paths->len + 1;

  *ret_accepted = 0;
  for (guint begin = 0; begin < n; begin += window)
    {
      guint end = MIN (begin + window, n);

      for (guint i = begin; i < end; i++)
        {
          g_autofree char *rcpt = i > 0 ? make_rcpt_command (self, paths->pdata[i - 1], originals->pdata[i - 1]) : NULL;

          if (!mos_smtp_session_command (self, i > 0 ? rcpt : mail, NULL, cancellable, error))
            return FALSE;
        }
      for (guint i = begin; i < end; i++)
        {
          g_autoptr (MosSmtpReply) reply = mos_smtp_session_read_reply (self, cancellable, error);

          if (reply == NULL)
            return FALSE;
          if (reply->code == 421)
            {
              mos_smtp_reply_to_error (reply, error);
              return FALSE;
            }
          if (i == 0 && reply->code != 250)
            mos_smtp_reply_to_error (reply, &mail_error);
          else if (i > 0 && reply->code / 100 == 2)
            (*ret_accepted)++;
          else if (i > 0 && mail_error == NULL)
            g_ptr_array_add (refused, make_result_of_reply (originals->pdata[i - 1], reply));
        }
      if (mail_error != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&mail_error));
          return FALSE;
        }
    }
  return TRUE;
}

/* "Parameters not recognised": the server names an extension that it, or what stands behind it, does not have. */
static gboolean
is_about_parameters (guint code)
{
  return code == 555 || code == 501 || code == 504;
}

static gboolean
offer_envelope (MosSmtpSession *self,
                const char *sender,
                gboolean needs_utf8,
                GBytes *message,
                GPtrArray *paths,
                GPtrArray *originals,
                GPtrArray *refused,
                guint *ret_accepted,
                GCancellable *cancellable,
                GError **error)
{
  guint before = refused->len;

  for (;;)
    {
      g_autofree char *mail = make_mail_command (self, sender, needs_utf8, message, error);
      g_autoptr (GError) local = NULL;
      gboolean ok;
      gboolean again = FALSE;

      if (mail == NULL)
        return FALSE;
      ok = send_envelope (self, mail, paths, originals, refused, ret_accepted, cancellable, &local);
      if (wants_reports (self) && self->usable)
        {
          again = local != NULL && local->domain == MOS_MAIL_ERROR && is_about_parameters ((guint) g_ascii_strtoull (local->message, NULL, 10));
          for (guint i = before; i < refused->len && !again; i++)
            again = is_about_parameters (((MosRecipientResult *) refused->pdata[i])->code);
        }
      if (ok && !again)
        return TRUE;
      reset (self, cancellable);
      if (!again || !self->usable)
        {
          if (local != NULL)
            g_propagate_error (error, g_steal_pointer (&local));
          else
            g_set_error_literal (error, MOS_MAIL_ERROR, MOS_MAIL_ERROR_PROTOCOL, "The server does not keep to what it offers");
          return FALSE;
        }
      self->extensions->dsn = FALSE;
      g_ptr_array_set_size (refused, before);
    }
}

/* The server hung up in the middle: its last words, if there are any, say why better than "broken pipe". @ret_accepted: (nullable): where all of the
 * message may have arrived although we were told otherwise: whether it was accepted */
static void
prefer_last_words (MosSmtpSession *self,
                   gboolean *ret_accepted,
                   GError **error)
{
  g_autoptr (MosSmtpReply) reply = NULL;

  self->usable = FALSE;
  mos_mail_connection_set_timeout (self->connection, mos_smtp_timeouts.grace_ms);
  reply = mos_smtp_session_read_reply (self, NULL, NULL);
  self->usable = FALSE;
  if (reply != NULL && reply->code >= 400 && !g_error_matches (*error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_clear_error (error);
      mos_smtp_reply_to_error (reply, error);
    }
  if (reply != NULL && reply->code / 100 == 2 && ret_accepted != NULL)
    {
      g_clear_error (error);
      *ret_accepted = TRUE;
    }
}

/* What the server says unasked would be taken for its answer to the message. */
static gboolean
is_in_step (MosSmtpSession *self,
            GCancellable *cancellable,
            GError **error)
{
  g_autoptr (MosSmtpReply) reply = NULL;
  g_autoptr (GError) local = NULL;

  if (!mos_mail_connection_wait_sync (self->connection, 0, cancellable, &local))
    {
      if (local == NULL)
        return TRUE;
      self->usable = FALSE;
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  reply = mos_smtp_session_read_reply (self, cancellable, error);
  self->usable = FALSE;
  if (reply != NULL && reply->code >= 400)
    mos_smtp_reply_to_error (reply, error);
  else if (reply != NULL)
    g_set_error (error, MOS_MAIL_ERROR, MOS_MAIL_ERROR_PROTOCOL, "The server answered before the message was sent: %u", reply->code);
  return FALSE;
}

static gboolean
send_body (MosSmtpSession *self,
           GBytes *message,
           gboolean *ret_accepted,
           GCancellable *cancellable,
           GError **error)
{
  g_autoptr (GByteArray) out = g_byte_array_sized_new (CHUNK + CHUNK / 8);
  MosSmtpStuffer stuffer;
  gsize size;
  const guint8 *data = g_bytes_get_data (message, &size);

  mos_smtp_stuffer_init (&stuffer);
  for (gsize done = 0; done < size; done += CHUNK)
    {
      g_byte_array_set_size (out, 0);
      mos_smtp_stuffer_feed (&stuffer, data + done, MIN (CHUNK, size - done), out);
      if (!mos_mail_connection_write_sync (self->connection, out->data, out->len, cancellable, error))
        {
          if (!g_error_matches (*error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
            prefer_last_words (self, NULL, error);
          self->usable = FALSE;
          return FALSE;
        }
    }

  if (!is_in_step (self, cancellable, error))
    return FALSE;

  /* From here on a kill leaves something that may have been accepted: who keeps the queue writes that down first. */
  if (self->final != NULL && !self->final (self->final_data, error))
    {
      self->usable = FALSE;
      return FALSE;
    }

  /* The dot leaves whole or not at all as far as the server can tell: when this write fails nothing was accepted. */
  g_byte_array_set_size (out, 0);
  mos_smtp_stuffer_finish (&stuffer, out);
  g_byte_array_append (out, (const guint8 *) ".\r\n", 3);
  if (!mos_mail_connection_write_sync (self->connection, out->data, out->len, cancellable, error))
    {
      prefer_last_words (self, ret_accepted, error);
      return *ret_accepted;
    }
  return TRUE;
}

/* From here on a silence means that we do not know. */
static gboolean
read_verdict (MosSmtpSession *self,
              GCancellable *cancellable,
              GError **error)
{
  g_autoptr (MosSmtpReply) reply = NULL;
  g_autoptr (GError) local = NULL;

  mos_mail_connection_set_timeout (self->connection, mos_smtp_timeouts.final_ms);
  if (!mos_mail_connection_wait_sync (self->connection, mos_smtp_timeouts.final_ms, cancellable, &local))
    {
      if (g_error_matches (local, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        {
          mos_mail_connection_set_timeout (self->connection, mos_smtp_timeouts.grace_ms);
          cancellable = NULL;
          g_clear_error (&local);
        }
      else if (local == NULL)
        g_set_error_literal (&local, G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "The server did not answer");
    }

  if (local == NULL)
    {
      /* Once it begins to answer it is read to its end. */
      if (cancellable != NULL)
        mos_mail_connection_set_timeout (self->connection, mos_smtp_timeouts.each_ms);
      reply = mos_smtp_session_read_reply (self, NULL, &local);
    }
  mos_mail_connection_set_timeout (self->connection, mos_smtp_timeouts.each_ms);

  if (reply == NULL)
    {
      self->usable = FALSE;
      g_set_error (error, MOS_MAIL_ERROR, MOS_MAIL_ERROR_UNCERTAIN, "No answer to the message: %s", local->message);
      return FALSE;
    }
  if (reply->code / 100 == 2)
    return TRUE;
  if (reply->code / 100 == 3)
    {
      self->usable = FALSE;
      g_set_error (error, MOS_MAIL_ERROR, MOS_MAIL_ERROR_UNCERTAIN, "A strange answer to the message: %u", reply->code);
      return FALSE;
    }
  mos_smtp_reply_to_error (reply, error);
  return FALSE;
}

/**
 * mos_smtp_session_send_sync:
 * @self: a session that is logged in
 * @envelope_from: the address bounces go to, "" for none
 * @recipients: all of them, Bcc included; at least one
 * @message: its bytes
 * @ret_refused: (out) (transfer full): array of #MosRecipientResult: who did not get it; also filled on failure
 * @cancellable: (nullable): before the final dot it takes everything back; after it there is a moment's grace for the answer
 * @error: see #MosSmtpSession
 *
 * Returns: whether the server accepted the message for at least one recipient
 */
gboolean
mos_smtp_session_send_sync (MosSmtpSession *self,
                            const char *envelope_from,
                            const char *const *recipients,
                            GBytes *message,
                            MosSmtpSendFlags flags,
                            GPtrArray **ret_refused,
                            GCancellable *cancellable,
                            GError **error)
{
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) originals = g_ptr_array_new ();
  g_autoptr (GPtrArray) refused = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_recipient_result_unref);
  g_autoptr (MosSmtpReply) reply = NULL;
  g_autofree char *sender = NULL;
  gboolean needs_utf8 = FALSE;
  gboolean was_accepted = FALSE;
  guint accepted = 0;
  guint temporary = 0;

  g_return_val_if_fail (MOS_IS_SMTP_SESSION (self), FALSE);
  g_return_val_if_fail (self->usable, FALSE);
  g_return_val_if_fail (recipients != NULL && recipients[0] != NULL, FALSE);
  g_return_val_if_fail (ret_refused != NULL, FALSE);

  *ret_refused = g_ptr_array_ref (refused);

  sender = *envelope_from == '\0' ? g_strdup ("") : mos_smtp_address_to_ascii (envelope_from, &needs_utf8);
  if (sender == NULL)
    {
      g_set_error (error, MOS_MAIL_ERROR, MOS_MAIL_ERROR_REFUSED, "The sender's address cannot be used: %s", envelope_from);
      return FALSE;
    }
  for (guint i = 0; recipients[i] != NULL; i++)
    {
      gboolean this_needs_utf8 = FALSE;
      char *path = mos_smtp_address_to_ascii (recipients[i], &this_needs_utf8);

      if (path == NULL)
        g_ptr_array_add (refused, make_result (recipients[i], 553, "5.1.3", "Not an address"));
      else if (this_needs_utf8 && !self->extensions->smtputf8)
        {
          g_ptr_array_add (refused, make_result (recipients[i], 553, "5.6.7", "The server does not take addresses with letters beyond ASCII (SMTPUTF8)"));
          g_free (path);
        }
      else
        {
          needs_utf8 |= this_needs_utf8;
          g_ptr_array_add (paths, path);
          g_ptr_array_add (originals, (char *) recipients[i]);
        }
    }

  if (paths->len > 0)
    {
      if (!offer_envelope (self, sender, needs_utf8, message, paths, originals, refused, &accepted, cancellable, error))
        return FALSE;
    }

  for (guint i = 0; i < refused->len; i++)
    if (((MosRecipientResult *) refused->pdata[i])->code / 100 == 4)
      temporary++;

  if (accepted == 0 || (temporary > 0 && (flags & MOS_SMTP_SEND_WITHOUT_TEMPORARY) == 0))
    {
      MosRecipientResult *example = NULL;

      for (guint i = 0; i < refused->len && (example == NULL || (temporary > 0 && example->code / 100 != 4)); i++)
        example = refused->pdata[i];
      g_set_error (error, MOS_MAIL_ERROR, temporary > 0 ? MOS_MAIL_ERROR_TEMPORARY : MOS_MAIL_ERROR_REFUSED,
                   "%s: %u %s", example->address, example->code, example->text);
      if (paths->len > 0)
        reset (self, cancellable);
      return FALSE;
    }

  reply = mos_smtp_session_ask (self, "DATA", NULL, cancellable, error);
  if (reply == NULL)
    return FALSE;
  if (reply->code != 354)
    {
      mos_smtp_reply_to_error (reply, error);
      if (reply->code / 100 == 2) /* it waits for nothing and we would send a message as commands */
        self->usable = FALSE;
      reset (self, cancellable);
      return FALSE;
    }

  if (!send_body (self, message, &was_accepted, cancellable, error))
    return FALSE;
  return was_accepted || read_verdict (self, cancellable, error);
}

void
mos_smtp_session_set_final (MosSmtpSession *self,
                            MosSmtpFinalFunc func,
                            gpointer user_data)
{
  g_return_if_fail (MOS_IS_SMTP_SESSION (self));

  self->final = func;
  self->final_data = user_data;
}
