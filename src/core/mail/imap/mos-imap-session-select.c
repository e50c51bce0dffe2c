/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-mail"

#include "config.h"

#include "core/mail/imap/mos-imap-session-private.h"

#include "core/mail/imap/mos-imap-arguments.h"

#include <string.h>

static gboolean
select_folder (MosImapSession *self,
               const char *mailbox,
               gboolean read_only,
               guint32 known_uidvalidity,
               guint64 known_modseq,
               MosImapAhead what,
               MosImapSelected *ret_selected,
               GCancellable *cancellable,
               GError **error)
{
  g_autoptr (MosImapArguments) arguments = mos_imap_arguments_new ("");
  g_autoptr (GError) local = NULL;
  MosImapAheadCommands ahead = { NULL, NULL };
  MosImapCommand *command;
  gboolean resync;
  gboolean ok;

  /* Whether QRESYNC is on. */
  if (!mos_imap_session_finish_extras (self, cancellable, error))
    return FALSE;
  resync = self->qresync && known_uidvalidity != 0 && known_modseq != 0;
  /* The flags of what is known come before the list, lest something fall between the two (mos_imap_session_diff_sync()). */
  if (!resync && known_uidvalidity != 0)
    what = MOS_IMAP_AHEAD_NOTHING;

  mos_imap_session_add_mailbox (self, arguments, mailbox);
  if (resync)
    {
      g_autofree char *text = g_strdup_printf (" (QRESYNC (%u %" G_GUINT64_FORMAT "))", known_uidvalidity, known_modseq);

      mos_imap_arguments_add (arguments, text);
    }
  else if (self->capabilities.condstore)
    mos_imap_arguments_add (arguments, " (CONDSTORE)");

  if (!mos_imap_session_end_idle (self, cancellable, error))
    return FALSE;

  mos_imap_session_reset_selected (self);
  mos_imap_session_drop_ahead (self);
  g_clear_pointer (&self->mailbox, g_free);
  self->quirks.no_modseq = FALSE;
  self->resync_from = 0;
  g_clear_pointer (&self->resync_flags, g_array_unref);
  if (resync)
    self->resync_flags = g_array_new (FALSE, FALSE, sizeof (MosImapFlags));

  self->selecting = TRUE;
  self->func = NULL;
  self->func_data = NULL;
  command = mos_imap_session_start (self, read_only ? "EXAMINE" : "SELECT", arguments, FALSE, cancellable, &local);
  ok = command != NULL && mos_imap_session_start_ahead (self, what, &ahead, cancellable, &local) && mos_imap_session_finish (self, command, NULL, cancellable, &local);
  self->selecting = FALSE;
  self->pending = 0;
  if (mos_imap_session_is_open (self) && !mos_imap_session_finish_ahead (self, &ahead, ok, cancellable, ok ? &local : NULL))
    ok = FALSE;
  if (!ok)
    {
      /* RFC 9051 §6.3.2: after a NO nothing is selected. */
      if (mos_imap_session_is_open (self))
        self->state = MOS_IMAP_STATE_AUTHENTICATED;
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  self->state = MOS_IMAP_STATE_SELECTED;
  if (!read_only)
    self->mailbox = g_strdup (mailbox);

  if (self->selected.uidvalidity == 0)
    {
      g_set_error (error, MOS_MAIL_ERROR, MOS_MAIL_ERROR_REFUSED, "%s does not number the messages of this folder (no UIDVALIDITY)", self->server->host);
      return FALSE;
    }
  if (self->resync_flags != NULL && self->selected.uidvalidity == known_uidvalidity && self->selected.highestmodseq != 0)
    self->resync_from = known_modseq;
  if (ret_selected != NULL)
    *ret_selected = self->selected;
  return TRUE;
}

gboolean
mos_imap_session_select_sync (MosImapSession *self,
                              const char *mailbox,
                              gboolean read_only,
                              guint32 known_uidvalidity,
                              guint64 known_modseq,
                              MosImapSelected *ret_selected,
                              GCancellable *cancellable,
                              GError **error)
{
  g_return_val_if_fail (self != NULL && mailbox != NULL, FALSE);

  return select_folder (self, mailbox, read_only, known_uidvalidity, known_modseq, MOS_IMAP_AHEAD_NOTHING, ret_selected, cancellable, error);
}

gboolean
mos_imap_session_select_ahead_sync (MosImapSession *self,
                                    const char *mailbox,
                                    guint32 known_uidvalidity,
                                    guint64 known_modseq,
                                    MosImapAhead what,
                                    MosImapSelected *ret_selected,
                                    GCancellable *cancellable,
                                    GError **error)
{
  g_return_val_if_fail (self != NULL && mailbox != NULL, FALSE);

  return select_folder (self, mailbox, FALSE, known_uidvalidity, known_modseq, what, ret_selected, cancellable, error);
}
