/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-mail"

#include "config.h"

#include "core/mail/imap/mos-imap-session-private.h"

#include "core/mail/imap/mos-imap-arguments.h"

#include <string.h>

/* SELECT and, where @listing, "UID SEARCH ALL" in one go: a server answers in order what is about the folder that the first of them opens
 * (RFC 9051 §5.5), and refuses the second where it refuses the first. */
static gboolean
run_select (MosImapSession *self,
            const char *verb,
            MosImapArguments *arguments,
            gboolean listing,
            GCancellable *cancellable,
            GError **error)
{
  MosImapCommand *search = NULL;
  MosImapCommand *command = mos_imap_session_start (self, verb, arguments, FALSE, cancellable, error);
  gboolean ok;

  if (command == NULL)
    return FALSE;
  if (listing)
    {
      const MosImapState before = self->state;

      self->state = MOS_IMAP_STATE_SELECTED;
      search = mos_imap_session_start_listing (self, cancellable, error);
      if (search == NULL)
        return FALSE;
      self->state = before;
    }
  self->selecting = TRUE;
  ok = mos_imap_session_finish (self, command, NULL, cancellable, error);
  self->selecting = FALSE;
  self->pending = 0;
  if (search == NULL || !mos_imap_session_is_open (self))
    return ok;
  /* After a NO its answer is of no use to anybody, but it must be read. */
  if (ok)
    self->state = MOS_IMAP_STATE_SELECTED;
  self->listed = mos_imap_session_finish_listing (self, search, cancellable, ok ? error : NULL);
  return ok && self->listed != NULL;
}

static gboolean
select_folder (MosImapSession *self,
               const char *mailbox,
               gboolean read_only,
               gboolean listing,
               guint32 known_uidvalidity,
               guint64 known_modseq,
               MosImapSelected *ret_selected,
               GCancellable *cancellable,
               GError **error)
{
  g_autoptr (MosImapArguments) arguments = mos_imap_arguments_new ("");
  gboolean resync = self->qresync && known_uidvalidity != 0 && known_modseq != 0;
  gboolean ok;

  g_return_val_if_fail (self != NULL && mailbox != NULL, FALSE);

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
  self->quirks.no_modseq = FALSE;
  self->resync_from = 0;
  g_clear_pointer (&self->resync_flags, g_array_unref);
  if (resync)
    self->resync_flags = g_array_new (FALSE, FALSE, sizeof (MosImapFlags));

  ok = run_select (self, read_only ? "EXAMINE" : "SELECT", arguments, listing, cancellable, error);
  if (!ok)
    {
      g_clear_pointer (&self->listed, mos_imap_uid_set_free);
      /* RFC 9051 §6.3.2: after a NO nothing is selected. */
      if (mos_imap_session_is_open (self))
        self->state = MOS_IMAP_STATE_AUTHENTICATED;
      return FALSE;
    }
  self->state = MOS_IMAP_STATE_SELECTED;

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
  return select_folder (self, mailbox, read_only, FALSE, known_uidvalidity, known_modseq, ret_selected, cancellable, error);
}

gboolean
mos_imap_session_select_listing_sync (MosImapSession *self,
                                      const char *mailbox,
                                      gboolean read_only,
                                      guint32 known_uidvalidity,
                                      guint64 known_modseq,
                                      MosImapSelected *ret_selected,
                                      GCancellable *cancellable,
                                      GError **error)
{
  return select_folder (self, mailbox, read_only, TRUE, known_uidvalidity, known_modseq, ret_selected, cancellable, error);
}

gboolean
mos_imap_session_has_resync (MosImapSession *self)
{
  return self->qresync;
}
