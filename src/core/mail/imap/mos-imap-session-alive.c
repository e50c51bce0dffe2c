/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-mail"

#include "config.h"

#include "core/mail/imap/mos-imap-session-private.h"

#include <string.h>

#include <time.h>

/* A computer that slept has connections that the other side forgot. Nothing tells: a write seems to work, and the read waits for its
 * whole time-out. So after a sleep the line is asked for a sign of life, with little patience. */

/* Less than that no server forgets. */
#define SLEPT_US (5 * G_USEC_PER_SEC)
#define ALIVE_MS 8000

/* How long the computer slept since it started: CLOCK_MONOTONIC stands still meanwhile, CLOCK_BOOTTIME does not. */
gint64
mos_imap_suspended_us (void)
{
#ifdef CLOCK_BOOTTIME
  struct timespec boot;
  struct timespec monotonic;

  if (clock_gettime (CLOCK_MONOTONIC, &monotonic) == 0 && clock_gettime (CLOCK_BOOTTIME, &boot) == 0)
    return ((gint64) boot.tv_sec - monotonic.tv_sec) * G_USEC_PER_SEC + (boot.tv_nsec - monotonic.tv_nsec) / 1000;
#endif
  return 0;
}

/* Whether the computer slept since the server was last heard */
gboolean
mos_imap_session_has_slept (MosImapSession *self)
{
  return self->suspended_us () - self->heard_suspended_us > SLEPT_US;
}

void
mos_imap_session_note_heard (MosImapSession *self)
{
  self->heard_suspended_us = self->suspended_us ();
}

/* Before a command: after a sleep a NOOP, which fails soon where the line is dead. */
gboolean
mos_imap_session_check_alive (MosImapSession *self,
                              const char *verb,
                              GCancellable *cancellable,
                              GError **error)
{
  MosImapCommand *command;
  gboolean alive;

  if (!mos_imap_session_has_slept (self) || (self->state & (MOS_IMAP_STATE_AUTHENTICATED | MOS_IMAP_STATE_SELECTED)) == 0 ||
      g_hash_table_size (self->open) > 0 || strcmp (verb, "LOGOUT") == 0)
    return TRUE;

  g_debug ("%s: the computer slept; is the line alive?", self->server->host);
  mos_imap_session_note_heard (self); /* the NOOP itself is not to ask again */
  mos_mail_connection_set_timeout (self->connection, MIN (self->timeout_ms, ALIVE_MS));
  command = mos_imap_session_start (self, "NOOP", NULL, FALSE, cancellable, error);
  alive = command != NULL && mos_imap_session_finish (self, command, NULL, cancellable, error);
  mos_mail_connection_set_timeout (self->connection, self->timeout_ms);
  return alive;
}

/* The same for an IDLE that is to end: its tag must come soon. */
gboolean
mos_imap_session_end_idle_soon (MosImapSession *self,
                                GCancellable *cancellable,
                                GError **error)
{
  gboolean ok;

  mos_mail_connection_set_timeout (self->connection, MIN (self->timeout_ms, ALIVE_MS));
  ok = mos_imap_session_end_idle (self, cancellable, error);
  mos_mail_connection_set_timeout (self->connection, self->timeout_ms);
  return ok;
}
