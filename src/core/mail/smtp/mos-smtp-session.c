/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-smtp"

#include "config.h"

#include "core/mail/smtp/mos-smtp-session-private.h"

#include "core/mail/net/mos-sasl.h"

#include <string.h>

/* Replies are at most 512 bytes a line by the book; real ones with links in them are longer. */
#define MAX_LINE 4096
/* A command line is at most 512 bytes; longer initial responses go after a challenge (RFC 4954 §4). */
#define MAX_AUTH_COMMAND 500
#define MAX_AUTH_STEPS 10
#define QUIT_TIMEOUT_MS 1000
/* The own name tells a server nothing that it needs and the owner's network something it need not know. */
#define OWN_NAME "[127.0.0.1]"

MosSmtpTimeouts mos_smtp_timeouts = { MOS_SMTP_TIMEOUT_MS, MOS_SMTP_FINAL_TIMEOUT_MS, 1500 };

G_DEFINE_FINAL_TYPE (MosSmtpSession, mos_smtp_session, G_TYPE_OBJECT)

static void
mos_smtp_session_finalize (GObject *object)
{
  MosSmtpSession *self = MOS_SMTP_SESSION (object);

  if (self->connection != NULL)
    mos_mail_connection_close (self->connection);
  g_clear_object (&self->connection);
  g_clear_pointer (&self->server, mos_server_unref);
  g_clear_pointer (&self->extensions, mos_smtp_extensions_free);
  g_free (self->mechanism);
  g_free (self->envelope_id);

  G_OBJECT_CLASS (mos_smtp_session_parent_class)->finalize (object);
}

static void
mos_smtp_session_class_init (MosSmtpSessionClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mos_smtp_session_finalize;
}

static void
mos_smtp_session_init (MosSmtpSession *self)
{
}

/* --- the dialogue --- */

/* @command: without CRLF */
gboolean
mos_smtp_session_command (MosSmtpSession *self,
                          const char *command,
                          const char *shown,
                          GCancellable *cancellable,
                          GError **error)
{
  g_autofree char *line = g_strconcat (command, "\r\n", NULL);

  if (mos_mail_connection_write_command_sync (self->connection, line, shown, cancellable, error))
    return TRUE;
  self->usable = FALSE;
  return FALSE;
}

MosSmtpReply *
mos_smtp_session_read_reply (MosSmtpSession *self,
                             GCancellable *cancellable,
                             GError **error)
{
  g_autoptr (MosSmtpReply) reply = mos_smtp_reply_new ();
  gboolean complete = FALSE;

  while (!complete)
    {
      gsize length = 0;
      g_autofree char *line = mos_mail_connection_read_line_sync (self->connection, MAX_LINE, &length, cancellable, error);

      if (line == NULL || !mos_smtp_reply_take_line (reply, line, length, &complete, error))
        {
          self->usable = FALSE;
          return NULL;
        }
    }

  /* "Service closing": whatever was asked, the session is over (RFC 5321 §3.8). */
  if (reply->code == 421)
    self->usable = FALSE;
  return g_steal_pointer (&reply);
}

MosSmtpReply *
mos_smtp_session_ask (MosSmtpSession *self,
                      const char *command,
                      const char *shown,
                      GCancellable *cancellable,
                      GError **error)
{
  if (!mos_smtp_session_command (self, command, shown, cancellable, error))
    return NULL;
  return mos_smtp_session_read_reply (self, cancellable, error);
}

/* --- opening --- */

static gboolean
greet (MosSmtpSession *self,
       GCancellable *cancellable,
       GError **error)
{
  g_autoptr (MosSmtpReply) reply = mos_smtp_session_ask (self, "EHLO " OWN_NAME, NULL, cancellable, error);

  if (reply == NULL)
    return FALSE;

  g_clear_pointer (&self->extensions, mos_smtp_extensions_free);
  if (reply->code == 250)
    {
      self->extensions = mos_smtp_extensions_parse (reply);
      return TRUE;
    }
  if (reply->code / 100 != 5)
    {
      mos_smtp_reply_to_error (reply, error);
      return FALSE;
    }

  /* A server of before 1995 (RFC 5321 §3.2): no extension at all. */
  g_clear_pointer (&reply, mos_smtp_reply_free);
  reply = mos_smtp_session_ask (self, "HELO " OWN_NAME, NULL, cancellable, error);
  if (reply == NULL)
    return FALSE;
  if (reply->code != 250)
    {
      mos_smtp_reply_to_error (reply, error);
      return FALSE;
    }
  self->extensions = g_new0 (MosSmtpExtensions, 1);
  return TRUE;
}

static gboolean
start_tls (MosSmtpSession *self,
           GCancellable *cancellable,
           GError **error)
{
  g_autoptr (MosSmtpReply) reply = NULL;

  if (!self->extensions->starttls)
    {
      g_set_error_literal (error, MOS_MAIL_ERROR, MOS_MAIL_ERROR_TLS_REQUIRED, "The server does not offer STARTTLS");
      return FALSE;
    }

  reply = mos_smtp_session_ask (self, "STARTTLS", NULL, cancellable, error);
  if (reply == NULL)
    return FALSE;
  if (reply->code != 220)
    {
      g_autofree char *text = mos_smtp_reply_dup_text (reply);

      g_set_error (error, MOS_MAIL_ERROR, reply->code / 100 == 4 ? MOS_MAIL_ERROR_TEMPORARY : MOS_MAIL_ERROR_TLS_REQUIRED, "%u %s", reply->code, text);
      return FALSE;
    }

  if (!mos_mail_connection_start_tls_sync (self->connection, cancellable, error))
    {
      self->usable = FALSE;
      return FALSE;
    }
  /* What was told before came from anybody (RFC 3207 §4.2): ask again. */
  return greet (self, cancellable, error);
}

MosSmtpSession *
mos_smtp_session_open_on (MosServer *server,
                          MosMailConnection *connection,
                          GCancellable *cancellable,
                          GError **error)
{
  g_autoptr (MosSmtpSession) self = g_object_new (MOS_TYPE_SMTP_SESSION, NULL);
  g_autoptr (MosSmtpReply) greeting = NULL;

  self->server = mos_server_ref (server);
  self->connection = g_object_ref (connection);
  self->usable = TRUE;

  greeting = mos_smtp_session_read_reply (self, cancellable, error);
  if (greeting == NULL)
    return NULL;
  if (greeting->code != 220)
    {
      mos_smtp_reply_to_error (greeting, error);
      return NULL;
    }

  if (!greet (self, cancellable, error))
    return NULL;
  if (server->security == MOS_SECURITY_STARTTLS && !start_tls (self, cancellable, error))
    return NULL;

  return g_steal_pointer (&self);
}

/**
 * mos_smtp_session_open_sync:
 * @server: host, port, user and security
 * @ca_file: (nullable): absolute path of an extra certificate authority
 * @pinned: (nullable): hex SHA-256 of a certificate the owner trusts
 * @cancellable: (nullable)
 * @error: see #MosSmtpSession; MOS_MAIL_ERROR_TLS_REQUIRED where STARTTLS was chosen and is not there
 *
 * Connects, says EHLO (HELO to very old servers) and starts TLS where chosen.
 *
 * Returns: (transfer full) (nullable): a session that is not logged in
 */
MosSmtpSession *
mos_smtp_session_open_sync (MosServer *server,
                            const char *ca_file,
                            const char *pinned,
                            GCancellable *cancellable,
                            GError **error)
{
  g_autoptr (MosMailConnection) connection = NULL;

  g_return_val_if_fail (server != NULL, NULL);

  connection = mos_mail_connection_open_sync (server, ca_file, pinned, mos_smtp_timeouts.each_ms, cancellable, error);
  return connection != NULL ? mos_smtp_session_open_on (server, connection, cancellable, error) : NULL;
}

/* --- login --- */

/* Servers offer SCRAM although they keep this user's password in a form that cannot do it. Over verified TLS PLAIN is as good; in clear text it
 * would give the password away. Once: a second "no" is about the password. */
static gboolean
may_try_plain (MosSmtpSession *self,
               const char *mechanism,
               const GError *error)
{
  return g_str_has_prefix (mechanism, "SCRAM-") && g_error_matches (error, MOS_MAIL_ERROR, MOS_MAIL_ERROR_AUTH_FAILED) && self->usable &&
         mos_mail_connection_is_encrypted (self->connection) && self->extensions->auth != NULL && g_strv_contains ((const char *const *) self->extensions->auth, "PLAIN");
}

static gboolean
login_refused (MosSmtpReply *reply,
               gboolean *ret_next_mechanism,
               GError **error)
{
  g_autofree char *text = mos_smtp_reply_dup_text (reply);
  MosMailError code = MOS_MAIL_ERROR_AUTH_FAILED;

  *ret_next_mechanism = FALSE;
  if (reply->code == 504 || reply->code == 534)
    {
      /* This mechanism is not for this account: nothing was said against the password. */
      *ret_next_mechanism = TRUE;
      code = MOS_MAIL_ERROR_AUTH_UNSUPPORTED;
    }
  else if (reply->code == 538 || (reply->code == 530 && strstr (text, "STARTTLS") != NULL))
    code = MOS_MAIL_ERROR_TLS_REQUIRED;
  else if (reply->code / 100 == 4 && reply->code != 432) /* 432: the password must be changed first */
    code = MOS_MAIL_ERROR_TEMPORARY;
  else if (reply->code / 100 != 5 && reply->code != 432)
    code = MOS_MAIL_ERROR_PROTOCOL;

  g_set_error (error, MOS_MAIL_ERROR, code, "%u %s", reply->code, text);
  return FALSE;
}

static gboolean
run_mechanism (MosSmtpSession *self,
               const char *mechanism,
               MosCredential *credential,
               gboolean *ret_next_mechanism,
               GCancellable *cancellable,
               GError **error)
{
  g_autoptr (MosSasl) sasl = mos_sasl_new (mechanism, self->server->user, credential, error);
  g_autoptr (MosSmtpReply) reply = NULL;
  g_autofree char *first = NULL;
  g_autofree char *command = NULL;
  g_autofree char *shown = g_strdup_printf ("AUTH %s …", mechanism);

  *ret_next_mechanism = FALSE;
  if (sasl == NULL)
    return FALSE;
  mos_sasl_set_server (sasl, self->server->host, self->server->port);

  if (mos_sasl_is_client_first (sasl))
    {
      first = mos_sasl_step (sasl, NULL, error);
      if (first == NULL)
        return FALSE;
    }

  /* "=" stands for an empty initial response (RFC 4954 §4). */
  if (first != NULL && strlen (mechanism) + strlen (first) + 6 <= MAX_AUTH_COMMAND)
    {
      command = g_strdup_printf ("AUTH %s %s", mechanism, *first != '\0' ? first : "=");
      g_clear_pointer (&first, g_free);
    }
  else
    command = g_strdup_printf ("AUTH %s", mechanism);

  reply = mos_smtp_session_ask (self, command, shown, cancellable, error);
  for (guint i = 0; reply != NULL && reply->code == 334; i++)
    {
      g_autoptr (GError) local = NULL;
      g_autofree char *answer = first != NULL ? g_steal_pointer (&first) : mos_sasl_step (sasl, reply->lines->pdata[0], &local);

      g_clear_pointer (&reply, mos_smtp_reply_free);
      if (answer == NULL || i >= MAX_AUTH_STEPS)
        {
          /* "*" ends the exchange; what the server says to that changes nothing. */
          reply = mos_smtp_session_ask (self, "*", NULL, cancellable, NULL);
          if (local != NULL)
            g_propagate_error (error, g_steal_pointer (&local));
          else
            g_set_error_literal (error, MOS_MAIL_ERROR, MOS_MAIL_ERROR_PROTOCOL, "The server's login does not end");
          return FALSE;
        }
      reply = mos_smtp_session_ask (self, answer, "…", cancellable, error);
    }
  if (reply == NULL)
    return FALSE;

  if (reply->code != 235)
    {
      g_autoptr (GError) local = NULL;

      login_refused (reply, ret_next_mechanism, &local);
      if (!g_error_matches (local, MOS_MAIL_ERROR, MOS_MAIL_ERROR_AUTH_FAILED) || !mos_sasl_explain_refusal (sasl, local->message, error))
        g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  return mos_sasl_finish (sasl, error);
}

/**
 * mos_smtp_session_sign_in_sync:
 * @self: a fresh session
 * @credential: of the server's user
 * @cancellable: (nullable)
 * @error: MOS_MAIL_ERROR_AUTH_FAILED, _AUTH_UNSUPPORTED, _TOKEN_REFUSED, _SIGN_IN_AGAIN, _TLS_REQUIRED, _TEMPORARY, ...
 *
 * AUTH (RFC 4954) by the best mechanism both sides know. Does nothing for a
 * server without a user: a relay that knows us by our address.
 *
 * Returns: whether messages can be sent now
 */
gboolean
mos_smtp_session_sign_in_sync (MosSmtpSession *self,
                               MosCredential *credential,
                               GCancellable *cancellable,
                               GError **error)
{
  g_autoptr (GPtrArray) offered = NULL;

  g_return_val_if_fail (MOS_IS_SMTP_SESSION (self), FALSE);
  g_return_val_if_fail (credential != NULL, FALSE);

  if (*self->server->user == '\0')
    return TRUE;

  /* Whoever reads a token along the way can send as us, whatever the account's security says. */
  if ((self->server->security != MOS_SECURITY_NONE || credential->kind == MOS_CREDENTIAL_TOKEN) && !mos_mail_connection_is_encrypted (self->connection))
    {
      g_set_error_literal (error, MOS_MAIL_ERROR, MOS_MAIL_ERROR_TLS_REQUIRED, "The connection is not encrypted");
      return FALSE;
    }

  offered = g_ptr_array_new_null_terminated (8, NULL, TRUE);
  for (guint i = 0; self->extensions->auth != NULL && self->extensions->auth[i] != NULL; i++)
    g_ptr_array_add (offered, self->extensions->auth[i]);

  for (;;)
    {
      const char *mechanism = mos_sasl_choose ((const char *const *) offered->pdata, self->server->user, credential);
      g_autoptr (GError) local = NULL;
      gboolean next = FALSE;

      if (mechanism == NULL)
        {
          g_set_error_literal (error, MOS_MAIL_ERROR, MOS_MAIL_ERROR_AUTH_UNSUPPORTED, credential->kind == MOS_CREDENTIAL_TOKEN ? "The server offers no way to log in with a token (OAuth)" : "The server offers no way to log in with a password");
          return FALSE;
        }
      if (run_mechanism (self, mechanism, credential, &next, cancellable, &local))
        {
          g_set_str (&self->mechanism, mechanism);
          return TRUE;
        }
      if (may_try_plain (self, mechanism, local))
        {
          if (!run_mechanism (self, "PLAIN", credential, &next, cancellable, error))
            return FALSE;
          g_set_str (&self->mechanism, "PLAIN");
          return TRUE;
        }
      if (!next || !self->usable)
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }

      for (guint i = offered->len; i > 0; i--)
        if (g_ascii_strcasecmp (offered->pdata[i - 1], mechanism) == 0)
          g_ptr_array_remove_index (offered, i - 1);
      if (mos_sasl_choose ((const char *const *) offered->pdata, self->server->user, credential) == NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
    }
}

/** mos_smtp_session_login_sync: the same with a password */
gboolean
mos_smtp_session_login_sync (MosSmtpSession *self,
                             const char *password,
                             GCancellable *cancellable,
                             GError **error)
{
  g_autoptr (MosCredential) credential = NULL;

  g_return_val_if_fail (password != NULL, FALSE);

  credential = mos_credential_make (MOS_CREDENTIAL_PASSWORD, password, NULL);
  return mos_smtp_session_sign_in_sync (self, credential, cancellable, error);
}

/** mos_smtp_session_is_usable: Returns: whether another message can be sent through it */
gboolean
mos_smtp_session_is_usable (MosSmtpSession *self)
{
  g_return_val_if_fail (MOS_IS_SMTP_SESSION (self), FALSE);

  return self->usable;
}

gboolean
mos_smtp_session_is_encrypted (MosSmtpSession *self)
{
  g_return_val_if_fail (MOS_IS_SMTP_SESSION (self), FALSE);

  return mos_mail_connection_is_encrypted (self->connection);
}

/** mos_smtp_session_get_mechanism: Returns: (transfer none) (nullable): the one that logged in */
const char *
mos_smtp_session_get_mechanism (MosSmtpSession *self)
{
  g_return_val_if_fail (MOS_IS_SMTP_SESSION (self), NULL);

  return self->mechanism;
}

/** mos_smtp_session_offers: @extension: "SIZE", "8BITMIME", "SMTPUTF8", "PIPELINING", "STARTTLS", "ENHANCEDSTATUSCODES", "DSN" or "AUTH" */
gboolean
mos_smtp_session_offers (MosSmtpSession *self,
                         const char *extension)
{
  const MosSmtpExtensions *e;

  g_return_val_if_fail (MOS_IS_SMTP_SESSION (self), FALSE);

  e = self->extensions;
  return (e->has_size && g_str_equal (extension, "SIZE")) || (e->eight_bit_mime && g_str_equal (extension, "8BITMIME")) ||
         (e->smtputf8 && g_str_equal (extension, "SMTPUTF8")) || (e->pipelining && g_str_equal (extension, "PIPELINING")) ||
         (e->starttls && g_str_equal (extension, "STARTTLS")) || (e->auth != NULL && g_str_equal (extension, "AUTH")) ||
         (e->enhanced_status && g_str_equal (extension, "ENHANCEDSTATUSCODES")) || (e->dsn && g_str_equal (extension, "DSN"));
}

/** mos_smtp_session_get_max_size: Returns: bytes a message may have (RFC 1870); 0 = the server names no limit */
guint64
mos_smtp_session_get_max_size (MosSmtpSession *self)
{
  g_return_val_if_fail (MOS_IS_SMTP_SESSION (self), 0);

  return self->extensions->size;
}

/**
 * mos_smtp_session_quit:
 * @self: a session in any state
 *
 * Takes leave, for a second at most, and closes.
 */
void
mos_smtp_session_quit (MosSmtpSession *self)
{
  g_return_if_fail (MOS_IS_SMTP_SESSION (self));

  if (self->usable)
    {
      g_autoptr (MosSmtpReply) reply = NULL;

      /* Nothing depends on the answer. */
      mos_mail_connection_set_timeout (self->connection, QUIT_TIMEOUT_MS);
      reply = mos_smtp_session_ask (self, "QUIT", NULL, NULL, NULL);
      self->usable = FALSE;
    }
  mos_mail_connection_close (self->connection);
}
