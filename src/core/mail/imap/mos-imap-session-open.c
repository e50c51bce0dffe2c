/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-mail"

#include "config.h"

#include "core/mail/imap/mos-imap-session-private.h"

#include "core/mail/imap/mos-imap-arguments.h"
#include "core/mail/net/mos-sasl.h"

#include <string.h>

gboolean
mos_imap_session_ask_capabilities (MosImapSession *self,
                                   GCancellable *cancellable,
                                   GError **error)
{
  mos_imap_capabilities_clear (&self->capabilities);
  if (!mos_imap_session_run (self, "CAPABILITY", NULL, NULL, NULL, NULL, cancellable, error))
    return FALSE;
  /* Two lines of a server ("* OK hi", "1 OK done") crash other clients here. */
  if (!self->capabilities.known)
    return mos_imap_session_protocol_error (self, "no capabilities", error);
  return TRUE;
}

/* --- Greeting and STARTTLS ------------------------------------------------------------------- */

static gboolean
tls_required (MosImapSession *self,
              const char *why,
              GError **error)
{
  g_set_error (error, MOS_MAIL_ERROR, MOS_MAIL_ERROR_TLS_REQUIRED, "%s: %s", self->server->host, why);
  return mos_imap_session_break (self);
}

static gboolean
read_greeting (MosImapSession *self,
               GCancellable *cancellable,
               GError **error)
{
  g_autoptr (MosImapResponse) greeting = NULL;
  g_autofree char *line = NULL;

  while ((greeting = mos_imap_tokenizer_take (self->tokenizer)) == NULL)
    {
      guint8 buffer[4096];
      gssize n = mos_mail_connection_read_some_sync (self->connection, buffer, sizeof buffer, cancellable, error);

      if (n < 0 || !mos_imap_tokenizer_feed (self->tokenizer, buffer, (gsize) n, error))
        return mos_imap_session_break (self);
    }
  line = mos_imap_response_describe (greeting);
  mos_mail_connection_trace (self->connection, 'S', line, -1);

  if (greeting->kind != MOS_IMAP_RESPONSE_UNTAGGED)
    return mos_imap_session_protocol_error (self, "no greeting", error);

  mos_imap_session_take_code (self, greeting);
  if (greeting->status == MOS_IMAP_STATUS_BYE)
    {
      mos_imap_status_set_error (greeting, "BYE", error);
      return mos_imap_session_break (self);
    }
  if (greeting->status == MOS_IMAP_STATUS_PREAUTH)
    {
      /* STARTTLS is not allowed any more in this state, so a man in the middle says this to keep the line open to him. */
      if (self->server->security == MOS_SECURITY_STARTTLS)
        return tls_required (self, "the server skips encryption (PREAUTH)", error);
      self->state = MOS_IMAP_STATE_AUTHENTICATED;
    }
  else if (greeting->status != MOS_IMAP_STATUS_OK)
    return mos_imap_session_protocol_error (self, "no greeting", error);

  mos_imap_quirks_learn (&self->quirks, line, &self->capabilities);
  return TRUE;
}

static gboolean
start_tls (MosImapSession *self,
           GCancellable *cancellable,
           GError **error)
{
  g_autoptr (GError) local = NULL;

  if (!self->capabilities.starttls)
    return tls_required (self, "the server offers no STARTTLS", error);
  if (!mos_imap_session_run (self, "STARTTLS", NULL, NULL, NULL, NULL, cancellable, &local))
    {
      if (local->domain == MOS_MAIL_ERROR && mos_imap_session_is_open (self))
        return tls_required (self, local->message, error);
      g_propagate_error (error, g_steal_pointer (&local));
      return mos_imap_session_break (self);
    }
  if (!mos_imap_tokenizer_is_empty (self->tokenizer))
    return mos_imap_session_protocol_error (self, "clear text followed the answer to STARTTLS", error);
  if (!mos_mail_connection_start_tls_sync (self->connection, cancellable, error))
    return mos_imap_session_break (self);

  /* Whatever was said in clear text may have been said by anybody. */
  g_ptr_array_set_size (self->alerts, 0);
  mos_imap_quirks_clear (&self->quirks);
  return mos_imap_session_ask_capabilities (self, cancellable, error);
}

/* --- Authentication -------------------------------------------------------------------------- */

static gboolean
authenticate_with (MosImapSession *self,
                   const char *mechanism,
                   MosCredential *credential,
                   GCancellable *cancellable,
                   GError **error)
{
  g_autoptr (MosSasl) sasl = mos_sasl_new (mechanism, self->server->user, credential, error);
  g_autoptr (MosImapArguments) arguments = NULL;
  g_autoptr (GError) local = NULL;
  MosImapCommand *command;
  gboolean initial;

  if (sasl == NULL)
    return FALSE;
  mos_sasl_set_server (sasl, self->server->host, self->server->port);

  arguments = mos_imap_arguments_new (mos_sasl_get_mechanism (sasl));
  initial = self->capabilities.sasl_ir && mos_sasl_is_client_first (sasl);
  if (initial)
    {
      g_autofree char *response = mos_sasl_step (sasl, NULL, error);

      if (response == NULL)
        return FALSE;
      mos_imap_arguments_add (arguments, " ");
      mos_imap_arguments_add (arguments, *response != '\0' ? response : "=");
    }

  command = mos_imap_session_start (self, "AUTHENTICATE", arguments, initial, cancellable, error);
  if (command == NULL)
    return FALSE;

  while (mos_imap_session_wait_continue (self, command, cancellable, error))
    {
      g_autofree char *challenge = g_steal_pointer (&self->continued);
      g_autofree char *response = local == NULL ? mos_sasl_step (sasl, challenge, &local) : NULL;
      g_autofree char *line = NULL;

      /* "*" gives up (RFC 9051 §6.2.2); the server answers BAD. */
      line = g_strconcat (response != NULL ? response : "*", "\r\n", NULL);
      if (!mos_mail_connection_write_command_sync (self->connection, line, "***", cancellable, error))
        return mos_imap_session_break (self);
    }
  if (!mos_imap_session_is_open (self))
    return FALSE;

  if (local != NULL)
    {
      /* A server that failed the proof is not to be given anything else. */
      mos_imap_session_finish (self, command, NULL, cancellable, NULL);
      g_propagate_error (error, g_steal_pointer (&local));
      return mos_imap_session_break (self);
    }
  if (!mos_imap_session_finish (self, command, NULL, cancellable, &local))
    {
      if (!g_error_matches (local, MOS_MAIL_ERROR, MOS_MAIL_ERROR_AUTH_FAILED) || !mos_sasl_explain_refusal (sasl, local->message, error))
        g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (!mos_sasl_finish (sasl, error))
    return mos_imap_session_break (self);
  return TRUE;
}

static gboolean
login (MosImapSession *self,
       const char *password,
       GCancellable *cancellable,
       GError **error)
{
  g_autoptr (MosImapArguments) arguments = mos_imap_arguments_new ("");
  MosImapCommand *command;

  mos_imap_arguments_add_string (arguments, self->server->user);
  mos_imap_arguments_add (arguments, " ");
  mos_imap_arguments_add_string (arguments, password);
  command = mos_imap_session_start (self, "LOGIN", arguments, TRUE, cancellable, error);
  return command != NULL && mos_imap_session_finish (self, command, NULL, cancellable, error);
}

gboolean
mos_imap_session_authenticate (MosImapSession *self,
                               const MosImapOptions *options,
                               GCancellable *cancellable,
                               GError **error)
{
  g_autoptr (MosCredential) credential = options->credential != NULL ? mos_credential_ref (options->credential) : mos_credential_make (MOS_CREDENTIAL_PASSWORD, options->password, NULL);
  const char *mechanism = options->mechanism != NULL ? options->mechanism : mos_sasl_choose ((const char *const *) self->capabilities.auth, self->server->user, credential);
  g_auto (GStrv) offered = g_strdupv (self->capabilities.auth);
  gboolean encrypted = mos_mail_connection_is_encrypted (self->connection);
  gboolean starttls = self->capabilities.starttls;
  g_autoptr (GError) local = NULL;

  /* Whoever reads a token along the way has the mailbox, whatever the account's security says. */
  if (credential->kind == MOS_CREDENTIAL_TOKEN && !encrypted)
    return tls_required (self, "a token is not sent without encryption", error);

  /* What is offered before the sign-in says little about after it. A list in the answer itself saves asking. */
  self->capabilities.known = FALSE;

  if (mechanism == NULL)
    {
      if (credential->kind == MOS_CREDENTIAL_TOKEN || credential->authorize_as != NULL)
        {
          g_set_error (error, MOS_MAIL_ERROR, MOS_MAIL_ERROR_AUTH_UNSUPPORTED, "%s offers no way to sign in %s", self->server->host,
                       credential->kind == MOS_CREDENTIAL_TOKEN ? "with a token (OAuth)" : "to another's mailbox");
          return mos_imap_session_break (self);
        }
      if (!self->capabilities.logindisabled)
        return login (self, credential->secret, cancellable, error);
      if (!encrypted && starttls)
        return tls_required (self, "the server takes no password without encryption", error);
      g_set_error (error, MOS_MAIL_ERROR, MOS_MAIL_ERROR_AUTH_UNSUPPORTED, "%s offers no way to sign in with a password", self->server->host);
      return mos_imap_session_break (self);
    }

  if (authenticate_with (self, mechanism, credential, cancellable, &local))
    return TRUE;

  /* Servers offer SCRAM although they keep this user's password in a form that cannot do it. Over verified TLS
   * PLAIN is as good; in clear text it would give the password away. */
  if (options->mechanism == NULL && offered != NULL && g_str_has_prefix (mechanism, "SCRAM-") && encrypted && mos_imap_session_is_open (self) &&
      g_error_matches (local, MOS_MAIL_ERROR, MOS_MAIL_ERROR_AUTH_FAILED))
    {
      for (gsize i = 0; offered[i] != NULL; i++)
        if (g_ascii_strcasecmp (offered[i], "PLAIN") == 0)
          return authenticate_with (self, "PLAIN", credential, cancellable, error);
    }
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* --- After it -------------------------------------------------------------------------------- */

/* An extra is on its way; who needs it waits for it (mos_imap_session_finish_extras()). */
static gboolean
start_extra (MosImapSession *self,
             const char *verb,
             MosImapArguments *arguments,
             GCancellable *cancellable,
             GError **error)
{
  MosImapCommand *command = mos_imap_session_start (self, verb, arguments, FALSE, cancellable, error);

  if (command != NULL)
    g_ptr_array_add (self->extras, command);
  return command != NULL;
}

static gboolean
settle_in (MosImapSession *self,
           GCancellable *cancellable,
           GError **error)
{
  if (self->compress == MOS_IMAP_COMPRESS_ALWAYS && !mos_imap_session_start_compression (self, cancellable, error))
    return FALSE;
  if (self->capabilities.id)
    {
      g_autoptr (MosImapArguments) id = mos_imap_arguments_new ("(\"name\" \"Mostrador\" \"version\" \"" MOS_VERSION "\")");

      if (!start_extra (self, "ID", id, cancellable, error))
        return FALSE;
    }
  if (self->capabilities.enable && (self->capabilities.qresync || self->capabilities.condstore || self->capabilities.utf8_accept))
    {
      g_autoptr (MosImapArguments) what = mos_imap_arguments_new (self->capabilities.qresync ? "QRESYNC" : self->capabilities.condstore ? "CONDSTORE"
                                                                                                                                        : "");

      if (self->capabilities.utf8_accept)
        mos_imap_arguments_add (what, self->capabilities.condstore ? " UTF8=ACCEPT" : "UTF8=ACCEPT");

      if (!start_extra (self, "ENABLE", what, cancellable, error))
        return FALSE;
    }
  /* It changes how names are written. */
  return !self->capabilities.utf8_accept || mos_imap_session_finish_extras (self, cancellable, error);
}

/* Up to where somebody has to sign in */
static gboolean
begin (MosImapSession *self,
       GCancellable *cancellable,
       GError **error)
{
  if (!read_greeting (self, cancellable, error))
    return FALSE;
  if (self->state != MOS_IMAP_STATE_NOT_AUTHENTICATED)
    return TRUE;
  if (!self->capabilities.known && !mos_imap_session_ask_capabilities (self, cancellable, error))
    return FALSE;
  return self->server->security != MOS_SECURITY_STARTTLS || start_tls (self, cancellable, error);
}

gboolean
mos_imap_session_sign_in_sync (MosImapSession *self,
                               const MosImapOptions *options,
                               GCancellable *cancellable,
                               GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (options != NULL && (options->password != NULL || options->credential != NULL), FALSE);

  if (self->state == MOS_IMAP_STATE_NOT_AUTHENTICATED)
    {
      if (!mos_imap_session_authenticate (self, options, cancellable, error))
        return FALSE;
      self->state = MOS_IMAP_STATE_AUTHENTICATED;
    }
  if (!self->capabilities.known && !mos_imap_session_ask_capabilities (self, cancellable, error))
    return FALSE;
  mos_imap_quirks_learn (&self->quirks, "CAPABILITY", &self->capabilities);

  return settle_in (self, cancellable, error);
}

MosImapSession *
mos_imap_session_open_on (MosServer *server,
                          MosMailConnection *connection,
                          const MosImapOptions *options,
                          GCancellable *cancellable,
                          GError **error)
{
  g_autoptr (MosImapSession) self = mos_imap_session_new (server, connection, options);

  if (!begin (self, cancellable, error) || !mos_imap_session_sign_in_sync (self, options, cancellable, error))
    return NULL;
  return g_steal_pointer (&self);
}

MosImapSession *
mos_imap_session_connect_sync (MosServer *server,
                               const MosImapOptions *options,
                               GCancellable *cancellable,
                               GError **error)
{
  g_autoptr (MosMailConnection) connection = NULL;
  g_autoptr (MosImapSession) self = NULL;

  g_return_val_if_fail (server != NULL && options != NULL, NULL);

  connection = mos_mail_connection_open_sync (server, options->ca_file, options->pinned_certificate, options->timeout_ms > 0 ? options->timeout_ms : 30000, cancellable, error);
  if (connection == NULL)
    return NULL;
  self = mos_imap_session_new (server, connection, options);
  return begin (self, cancellable, error) ? g_steal_pointer (&self) : NULL;
}

MosImapSession *
mos_imap_session_open_sync (MosServer *server,
                            const MosImapOptions *options,
                            GCancellable *cancellable,
                            GError **error)
{
  g_autoptr (MosImapSession) self = mos_imap_session_connect_sync (server, options, cancellable, error);

  if (self == NULL || !mos_imap_session_sign_in_sync (self, options, cancellable, error))
    return NULL;
  return g_steal_pointer (&self);
}
