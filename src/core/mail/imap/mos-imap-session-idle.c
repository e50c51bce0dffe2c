/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-mail"

#include "config.h"

#include "core/mail/imap/mos-imap-session-private.h"

/* How often a waiting session looks whether the computer slept */
#define SLEEP_LOOK_MS (60 * 1000)

gboolean
mos_imap_session_can_idle (MosImapSession *self)
{
  return self->capabilities.idle;
}

gboolean
mos_imap_session_end_idle (MosImapSession *self,
                           GCancellable *cancellable,
                           GError **error)
{
  MosImapCommand *command = g_steal_pointer (&self->idle);

  return command == NULL || mos_imap_session_finish (self, command, NULL, cancellable, error);
}

static gboolean
send_done (MosImapSession *self,
           MosImapCommand *command,
           GError **error)
{
  command->sent = TRUE;
  if (!mos_mail_connection_write_command_sync (self->connection, "DONE\r\n", NULL, NULL, error))
    return mos_imap_session_break (self);
  self->idle = command;
  return TRUE;
}

/* One IDLE of @ms at most. */
static gboolean
idle_once (MosImapSession *self,
           guint ms,
           GCancellable *cancellable,
           GError **error)
{
  g_autoptr (GError) local = NULL;
  MosImapCommand *command = mos_imap_session_start (self, "IDLE", NULL, FALSE, cancellable, error);
  gint64 deadline = g_get_monotonic_time () + (gint64) ms * 1000;

  if (command == NULL)
    return FALSE;
  /* Its last line is DONE; an OK before that is answered to nothing. */
  command->sent = FALSE;

  if (!mos_imap_session_wait_continue (self, command, cancellable, &local))
    {
      if (local == NULL) /* NO or BAD */
        return mos_imap_session_finish (self, command, NULL, cancellable, error);
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  g_clear_pointer (&self->continued, g_free);

  while (self->pending == 0 && command->answer == NULL)
    {
      gint64 left = (deadline - g_get_monotonic_time ()) / 1000;

      if (left <= 0)
        break;
      /* Whole answers may wait in the tokenizer that came in the same packet as the "+". */
      if (!mos_imap_tokenizer_has_response (self->tokenizer) &&
          !mos_mail_connection_wait_sync (self->connection, (guint) MIN (left, SLEEP_LOOK_MS), cancellable, &local))
        {
          if (local == NULL && !mos_imap_session_has_slept (self))
            continue;
          if (local == NULL)
            return send_done (self, command, error) && mos_imap_session_end_idle_soon (self, cancellable, error);
          if (g_error_matches (local, G_IO_ERROR, G_IO_ERROR_CANCELLED))
            {
              /* The session stays usable: the tag is waited for by the next command. */
              send_done (self, command, NULL);
              g_propagate_error (error, g_steal_pointer (&local));
              return FALSE;
            }
          g_propagate_error (error, g_steal_pointer (&local));
          return mos_imap_session_break (self);
        }
      /* Until the deadline it may say what it likes; once DONE is out, it has to come to an end. */
      self->answered_us = g_get_monotonic_time ();
      if (!mos_imap_session_step (self, cancellable, error))
        return FALSE;
    }

  if (command->answer != NULL)
    return mos_imap_session_finish (self, command, NULL, cancellable, error);
  return send_done (self, command, error) && mos_imap_session_end_idle (self, cancellable, error);
}

gboolean
mos_imap_session_idle_sync (MosImapSession *self,
                            guint max_ms,
                            MosImapWake *ret_wake,
                            GCancellable *cancellable,
                            GError **error)
{
  gint64 deadline = g_get_monotonic_time () + (gint64) max_ms * 1000;

  g_return_val_if_fail (self != NULL && ret_wake != NULL, FALSE);

  while (self->pending == 0)
    {
      gint64 left = (deadline - g_get_monotonic_time ()) / 1000;

      if (left <= 0)
        break;
      if (!idle_once (self, (guint) MIN (left, self->renew_ms), cancellable, error))
        return FALSE;
    }
  *ret_wake = self->pending;
  self->pending = 0;
  return TRUE;
}

gboolean
mos_imap_session_noop_sync (MosImapSession *self,
                            MosImapWake *ret_wake,
                            GCancellable *cancellable,
                            GError **error)
{
  if (!mos_imap_session_run (self, "NOOP", NULL, NULL, NULL, NULL, cancellable, error))
    return FALSE;
  if (ret_wake != NULL)
    *ret_wake = self->pending;
  self->pending = 0;
  return TRUE;
}
