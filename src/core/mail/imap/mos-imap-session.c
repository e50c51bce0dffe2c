/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-mail"

#include "config.h"

#include "core/mail/imap/mos-imap-session-private.h"

#include "core/mail/imap/mos-imap-arguments.h"

#include <string.h>

#define LOGOUT_MS 2000
/* RFC 2177 asks for less than 29 minutes; home routers forget a silent connection after ten. */
#define RENEW_MS (9 * 60 * 1000)
#define READ_SIZE (64 * 1024)
#define ANNOUNCED_BYTES (256 * 1024)
/* A server may say "* OK Still searching" for a while, but not for ever: so many time-outs without anything that answers the question. */
#define MAX_IDLE_TALK 20

/* --- The table of states --------------------------------------------------------------------- */

#define ANY_STATE (MOS_IMAP_STATE_NOT_AUTHENTICATED | MOS_IMAP_STATE_AUTHENTICATED | MOS_IMAP_STATE_SELECTED)
#define LOGGED_IN (MOS_IMAP_STATE_AUTHENTICATED | MOS_IMAP_STATE_SELECTED)

/* Where each command may be given (RFC 9051 §6), and whether it must be alone on the line: nothing is pipelined
 * across what changes the meaning of what follows (§5.5). ENABLE changes that of names, so whoever gives it waits where it does; what looks at
 * the folder that is being selected may follow SELECT at once (§5.5: commands are executed in order where one depends on the other), and the first
 * SELECT may follow ENABLE and the questions for the folders (RFC 5161 §3.1). */
static const struct
{
  const char *verb;
  guint states;
  gboolean alone;
} commands[] = {
  { "CAPABILITY", ANY_STATE, FALSE },
  { "NOOP", ANY_STATE, FALSE },
  { "LOGOUT", ANY_STATE, FALSE },
  { "ID", ANY_STATE, FALSE },
  { "STARTTLS", MOS_IMAP_STATE_NOT_AUTHENTICATED, TRUE },
  { "AUTHENTICATE", MOS_IMAP_STATE_NOT_AUTHENTICATED, TRUE },
  { "LOGIN", MOS_IMAP_STATE_NOT_AUTHENTICATED, TRUE },
  { "ENABLE", MOS_IMAP_STATE_AUTHENTICATED, FALSE },
  { "COMPRESS", LOGGED_IN, TRUE },
  { "NAMESPACE", LOGGED_IN, FALSE },
  { "LIST", LOGGED_IN, FALSE },
  { "XLIST", LOGGED_IN, FALSE },
  { "NOTIFY", LOGGED_IN, TRUE },
  { "CREATE", LOGGED_IN, TRUE },
  { "SUBSCRIBE", LOGGED_IN, TRUE },
  { "SELECT", LOGGED_IN, TRUE },
  { "EXAMINE", LOGGED_IN, TRUE },
  { "APPEND", LOGGED_IN, TRUE },
  { "IDLE", MOS_IMAP_STATE_SELECTED, TRUE },
  { "UID SEARCH", MOS_IMAP_STATE_SELECTED, FALSE },
  { "UID FETCH", MOS_IMAP_STATE_SELECTED, FALSE },
  { "UID STORE", MOS_IMAP_STATE_SELECTED, TRUE },
  { "UID COPY", MOS_IMAP_STATE_SELECTED, TRUE },
  { "UID MOVE", MOS_IMAP_STATE_SELECTED, TRUE },
  { "UID EXPUNGE", MOS_IMAP_STATE_SELECTED, TRUE },
};

/* What is asked right after signing in. None of it changes what another one means. */
static gboolean
is_of_beginning (const char *verb)
{
  return strcmp (verb, "ID") == 0 || strcmp (verb, "ENABLE") == 0 || strcmp (verb, "NAMESPACE") == 0 || strcmp (verb, "LIST") == 0 || strcmp (verb, "XLIST") == 0;
}

/* The first SELECT of a session may be on the trip of the list of folders. */
static gboolean
is_early (MosImapSession *self,
          const char *verb)
{
  GHashTableIter iter;
  gpointer command;

  if (!self->selecting || strcmp (verb, "SELECT") != 0)
    return FALSE;
  g_hash_table_iter_init (&iter, self->open);
  while (g_hash_table_iter_next (&iter, NULL, &command))
    if (!is_of_beginning (((MosImapCommand *) command)->verb))
      return FALSE;
  return TRUE;
}

static gboolean
may_start (MosImapSession *self,
           const char *verb)
{
  const guint state = self->selecting ? self->state | MOS_IMAP_STATE_SELECTED : self->state;

  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    if (strcmp (commands[i].verb, verb) == 0)
      return (commands[i].states & state) != 0 && (!commands[i].alone || g_hash_table_size (self->open) == 0 || is_early (self, verb));
  g_assert_not_reached ();
}

/* --- Life ------------------------------------------------------------------------------------ */

static void
command_free (gpointer data)
{
  MosImapCommand *command = data;

  g_free (command->tag);
  g_clear_pointer (&command->answer, mos_imap_response_free);
  g_free (command);
}

MosImapSession *
mos_imap_session_new (MosServer *server,
                      MosMailConnection *connection,
                      const MosImapOptions *options)
{
  MosImapSession *self = g_new0 (MosImapSession, 1);
  MosImapLimits limits = mos_imap_default_limits;
  const char *trace = g_getenv ("MOSTRADOR_TRACE");

  if (options->max_literal > 0)
    limits.max_literal = options->max_literal;
  self->server = mos_server_ref (server);
  self->connection = g_object_ref (connection);
  self->tokenizer = mos_imap_tokenizer_new (&limits);
  self->max_literal = limits.max_literal;
  self->timeout_ms = options->timeout_ms > 0 ? options->timeout_ms : 30000;
  self->renew_ms = RENEW_MS;
  self->trace = trace != NULL && strstr (trace, "mail") != NULL;
  self->state = MOS_IMAP_STATE_NOT_AUTHENTICATED;
  self->open = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, command_free);
  self->extras = g_ptr_array_new ();
  self->alerts = g_ptr_array_new_null_terminated (0, g_free, TRUE);
  self->changed = g_ptr_array_new_null_terminated (0, g_free, TRUE);
  self->compress = options->compress;
  self->suspended_us = mos_imap_suspended_us;
  mos_imap_session_note_heard (self);
  return self;
}

void
mos_imap_session_free (MosImapSession *self)
{
  if (self == NULL)
    return;
  mos_mail_connection_close (self->connection);
  g_ptr_array_unref (self->extras);
  g_hash_table_unref (self->open);
  mos_imap_session_drop_ahead (self);
  mos_imap_select_free (self->early);
  g_free (self->mailbox);
  g_object_unref (self->connection);
  mos_imap_tokenizer_free (self->tokenizer);
  mos_server_unref (self->server);
  mos_imap_capabilities_clear (&self->capabilities);
  mos_imap_quirks_clear (&self->quirks);
  g_ptr_array_unref (self->alerts);
  g_ptr_array_unref (self->changed);
  g_clear_pointer (&self->namespaces, g_ptr_array_unref);
  g_strfreev (self->watched);
  g_clear_pointer (&self->resync_flags, g_array_unref);
  g_free (self->continued);
  g_free (self->refusal);
  g_free (self);
}

void
mos_imap_session_set_max_message (MosImapSession *self,
                                  gsize max_bytes)
{
  self->max_literal = max_bytes;
  mos_imap_tokenizer_set_max_literal (self->tokenizer, max_bytes);
}

void
mos_imap_session_set_read_func (MosImapSession *self,
                                MosImapReadFunc func,
                                gpointer user_data)
{
  self->read_func = func;
  self->read_data = user_data;
}

void
mos_imap_session_close (MosImapSession *self)
{
  mos_mail_connection_close (self->connection);
}

gboolean
mos_imap_session_is_open (MosImapSession *self)
{
  return self->state != MOS_IMAP_STATE_LOGOUT;
}

const MosImapCapabilities *
mos_imap_session_get_capabilities (MosImapSession *self)
{
  return &self->capabilities;
}

const MosImapQuirks *
mos_imap_session_get_quirks (MosImapSession *self)
{
  return &self->quirks;
}

const MosImapSelected *
mos_imap_session_get_selected (MosImapSession *self)
{
  return self->state == MOS_IMAP_STATE_SELECTED ? &self->selected : NULL;
}

char **
mos_imap_session_take_alerts (MosImapSession *self)
{
  char **alerts;

  if (self->alerts->len == 0)
    return NULL;
  alerts = (char **) g_ptr_array_steal (self->alerts, NULL);
  return alerts;
}

gboolean
mos_imap_session_break (MosImapSession *self)
{
  self->state = MOS_IMAP_STATE_LOGOUT;
  g_ptr_array_set_size (self->extras, 0);
  mos_imap_session_drop_ahead (self);
  g_clear_pointer (&self->early, mos_imap_select_free);
  mos_mail_connection_close (self->connection);
  return FALSE;
}

gboolean
mos_imap_session_protocol_error (MosImapSession *self,
                                 const char *what,
                                 GError **error)
{
  g_set_error (error, MOS_MAIL_ERROR, MOS_MAIL_ERROR_PROTOCOL, "%s broke the protocol: %s", self->server->host, what);
  return mos_imap_session_break (self);
}

/* --- Reading --------------------------------------------------------------------------------- */

static gboolean
take_tagged (MosImapSession *self,
             MosImapResponse *response, /* (transfer full) */
             GError **error)
{
  g_autoptr (MosImapResponse) owned = response;
  MosImapCommand *command = g_hash_table_lookup (self->open, response->tag);

  if (command == NULL || command->answer != NULL)
    return mos_imap_session_protocol_error (self, "an answer to something that was not asked", error);
  if (response->status == MOS_IMAP_STATUS_OK && !command->sent)
    return mos_imap_session_protocol_error (self, "an answer before the question was out", error);
  if (response->status == MOS_IMAP_STATUS_PREAUTH || response->status == MOS_IMAP_STATUS_BYE)
    return mos_imap_session_protocol_error (self, "a tag without OK, NO or BAD", error);

  mos_imap_session_take_code (self, response);
  command->answer = g_steal_pointer (&owned);
  return TRUE;
}

static gboolean
dispatch (MosImapSession *self,
          MosImapResponse *response, /* (transfer full) */
          GError **error)
{
  g_autoptr (MosImapResponse) owned = response;
  g_autoptr (GError) local = NULL;

  if (self->trace)
    {
      g_autofree char *line = mos_imap_response_describe (response);

      mos_mail_connection_trace (self->connection, 'S', line, -1);
    }

  if (response->kind == MOS_IMAP_RESPONSE_TAGGED)
    {
      self->answered_us = g_get_monotonic_time ();
      return take_tagged (self, g_steal_pointer (&owned), error);
    }
  if (g_get_monotonic_time () - self->answered_us > (gint64) self->timeout_ms * 1000 * MAX_IDLE_TALK && g_hash_table_size (self->open) > 0)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "%s talks and does not answer", self->server->host);
      return mos_imap_session_break (self);
    }

  if (response->kind == MOS_IMAP_RESPONSE_CONTINUE)
    {
      if (!self->wants_continue || self->continued != NULL)
        return mos_imap_session_protocol_error (self, "\"+\" where nothing is to be continued", error);
      self->continued = g_steal_pointer (&response->text);
      self->answered_us = g_get_monotonic_time ();
      return TRUE;
    }

  if (response->status == MOS_IMAP_STATUS_BYE)
    {
      mos_imap_session_take_code (self, response);
      if (self->state == MOS_IMAP_STATE_LOGOUT)
        return TRUE;
      mos_imap_status_set_error (response, "BYE", error);
      return mos_imap_session_break (self);
    }
  if (response->status == MOS_IMAP_STATUS_PREAUTH)
    return mos_imap_session_protocol_error (self, "a second greeting", error);
  if (response->status != MOS_IMAP_STATUS_NONE)
    {
      mos_imap_session_take_code (self, response);
      return TRUE;
    }

  if (self->func != NULL && self->func (self, response, self->func_data, &local))
    {
      self->answered_us = g_get_monotonic_time ();
      return TRUE;
    }
  if (local == NULL && mos_imap_session_take_untagged (self, response, &local))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return mos_imap_session_break (self);
}

gboolean
mos_imap_session_step (MosImapSession *self,
                       GCancellable *cancellable,
                       GError **error)
{
  g_autofree guint8 *buffer = NULL;

  for (;;)
    {
      MosImapResponse *response = mos_imap_tokenizer_take (self->tokenizer);
      gssize n;

      if (response != NULL)
        return dispatch (self, response, error);

      if (buffer == NULL)
        buffer = g_malloc (READ_SIZE);
      n = mos_mail_connection_read_some_sync (self->connection, buffer, READ_SIZE, cancellable, error);
      if (n < 0 || !mos_imap_tokenizer_feed (self->tokenizer, buffer, (gsize) n, error))
        return mos_imap_session_break (self);
      if (self->read_func != NULL)
        self->read_func ((gsize) n, self->read_data);
      mos_imap_session_note_heard (self);
    }
}

/* --- Commands -------------------------------------------------------------------------------- */

/* RFC 7888: LITERAL- allows it up to 4096 bytes. LITERAL+ up to any size, but what is large is announced first even so: a full mailbox
 * ([OVERQUOTA], [TOOBIG]) says so before all of it went over the line. */
static gboolean
may_send_at_once (MosImapSession *self,
                  gsize size)
{
  return (self->capabilities.literal_plus && size <= ANNOUNCED_BYTES) || (self->capabilities.literal_minus && size <= 4096);
}

gboolean
mos_imap_session_wait_continue (MosImapSession *self,
                                MosImapCommand *command,
                                GCancellable *cancellable,
                                GError **error)
{
  self->wants_continue = TRUE;
  while (self->continued == NULL && command->answer == NULL)
    if (!mos_imap_session_step (self, cancellable, error))
      return FALSE;
  self->wants_continue = FALSE;
  return self->continued != NULL;
}

static gboolean
send_arguments (MosImapSession *self,
                MosImapCommand *command,
                MosImapArguments *arguments,
                gboolean secret,
                GCancellable *cancellable,
                GError **error)
{
  g_autoptr (GString) line = g_string_new (NULL);
  g_autofree char *shown = secret ? g_strdup_printf ("%s %s ***", command->tag, command->verb) : NULL;
  guint count = arguments != NULL ? mos_imap_arguments_get_count (arguments) : 0;

  g_string_append_printf (line, "%s %s", command->tag, command->verb);
  for (guint i = 0; i < count; i++)
    {
      GBytes *literal = mos_imap_arguments_get_literal (arguments, i);
      const char *text = mos_imap_arguments_get_text (arguments, i);
      gsize size = 0;
      const void *data;
      gboolean at_once;

      if (i == 0)
        g_string_append_c (line, ' ');
      g_string_append (line, text);
      if (literal == NULL)
        continue;

      data = g_bytes_get_data (literal, &size);
      at_once = may_send_at_once (self, size);
      g_string_append_printf (line, at_once ? "{%" G_GSIZE_FORMAT "+}\r\n" : "{%" G_GSIZE_FORMAT "}\r\n", size);
      if (!mos_mail_connection_write_command_sync (self->connection, line->str, shown, cancellable, error))
        return FALSE;
      g_string_truncate (line, 0);

      if (!at_once)
        {
          g_autoptr (GError) local = NULL;

          if (!mos_imap_session_wait_continue (self, command, cancellable, &local))
            {
              if (local == NULL) /* NO or BAD: the rest is not wanted */
                return TRUE;
              g_propagate_error (error, g_steal_pointer (&local));
              return FALSE;
            }
          g_clear_pointer (&self->continued, g_free);
        }
      if (size > 0 && !mos_mail_connection_write_sync (self->connection, data, size, cancellable, error))
        return FALSE;
    }
  g_string_append (line, "\r\n");
  command->sent = TRUE;
  return mos_mail_connection_write_command_sync (self->connection, line->str, shown, cancellable, error);
}

/* A server that says no to an extra goes without. */
gboolean
mos_imap_session_finish_extras (MosImapSession *self,
                                GCancellable *cancellable,
                                GError **error)
{
  while (self->extras->len > 0)
    {
      g_autoptr (GError) local = NULL;

      if (mos_imap_session_finish (self, g_ptr_array_steal_index (self->extras, 0), NULL, cancellable, &local))
        continue;
      if (!mos_imap_session_is_open (self) || local->domain != MOS_MAIL_ERROR)
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
      g_debug ("%s: %s", self->server->host, local->message);
    }
  return TRUE;
}

MosImapCommand *
mos_imap_session_start (MosImapSession *self,
                        const char *verb,
                        MosImapArguments *arguments,
                        gboolean secret,
                        GCancellable *cancellable,
                        GError **error)
{
  MosImapCommand *command;

  if (!mos_imap_session_is_open (self))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CLOSED, "The connection was closed");
      return NULL;
    }
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  /* Asking for the folders, and for what is in the first of them, waits for no extra; all else does. */
  if ((self->early != NULL && !mos_imap_session_may_follow_early (self, verb) && !mos_imap_session_settle_early (self, cancellable, error)) ||
      (!is_of_beginning (verb) && !self->selecting && !mos_imap_session_finish_extras (self, cancellable, error)) ||
      !mos_imap_session_end_idle (self, cancellable, error) || !mos_imap_session_check_alive (self, verb, cancellable, error))
    return NULL;
  /* Whatever is asked now may change it. */
  if (!self->selecting)
    g_clear_pointer (&self->ahead_uids, mos_imap_uid_set_free);
  if (!may_start (self, verb))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_INITIALIZED, "%s is not possible now", verb);
      return NULL;
    }

  command = g_new0 (MosImapCommand, 1);
  command->tag = g_strdup_printf ("M%u", ++self->last_tag);
  command->verb = verb;
  g_hash_table_insert (self->open, command->tag, command);
  self->answered_us = g_get_monotonic_time ();
  if (!send_arguments (self, command, arguments, secret, cancellable, error))
    {
      mos_imap_session_break (self);
      return NULL;
    }
  return command;
}

gboolean
mos_imap_session_finish (MosImapSession *self,
                         MosImapCommand *command,
                         MosImapResponse **ret_answer,
                         GCancellable *cancellable,
                         GError **error)
{
  g_autoptr (MosImapResponse) answer = NULL;
  const char *verb = command->verb;
  gboolean ok;

  while (command->answer == NULL)
    if (!mos_imap_session_step (self, cancellable, error))
      return FALSE; /* the table frees the command */

  answer = g_steal_pointer (&command->answer);
  g_hash_table_remove (self->open, command->tag);

  ok = answer->status == MOS_IMAP_STATUS_OK;
  if (!ok)
    mos_imap_status_set_error (answer, verb, error);
  if (ret_answer != NULL)
    *ret_answer = g_steal_pointer (&answer);
  return ok;
}

gboolean
mos_imap_session_run (MosImapSession *self,
                      const char *verb,
                      MosImapArguments *arguments,
                      MosImapDataFunc func,
                      gpointer user_data,
                      MosImapResponse **ret_answer,
                      GCancellable *cancellable,
                      GError **error)
{
  MosImapCommand *command;
  gboolean ok;

  self->func = func;
  self->func_data = user_data;
  command = mos_imap_session_start (self, verb, arguments, FALSE, cancellable, error);
  ok = command != NULL && mos_imap_session_finish (self, command, ret_answer, cancellable, error);
  self->func = NULL;
  self->func_data = NULL;
  return ok;
}

void
mos_imap_session_leave (MosImapSession *self)
{
  g_return_if_fail (self != NULL);

  if (!mos_imap_session_is_open (self))
    return;
  mos_mail_connection_set_timeout (self->connection, LOGOUT_MS);
  mos_imap_session_start (self, "LOGOUT", NULL, FALSE, NULL, NULL);
  mos_imap_session_break (self);
}

void
mos_imap_session_logout_sync (MosImapSession *self)
{
  MosImapCommand *command;
  gint64 deadline = g_get_monotonic_time () + LOGOUT_MS * 1000;

  if (!mos_imap_session_is_open (self))
    return;

  /* Politeness only: whatever goes wrong here, the connection ends anyway. */
  mos_mail_connection_set_timeout (self->connection, LOGOUT_MS);
  command = mos_imap_session_start (self, "LOGOUT", NULL, FALSE, NULL, NULL);
  self->state = MOS_IMAP_STATE_LOGOUT;
  while (command != NULL && command->answer == NULL && g_get_monotonic_time () < deadline)
    if (!mos_imap_session_step (self, NULL, NULL))
      break;
  mos_imap_session_break (self);
}
