/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-mail"

#include "config.h"

#include "core/mail/imap/mos-imap-session-private.h"

#include "core/mail/imap/mos-imap-arguments.h"

#include <string.h>

struct _MosImapSelect
{
  char *mailbox; /* (owned) */
  gboolean read_only;
  guint32 known_uidvalidity;
  guint64 known_modseq;
  MosImapAhead what; /* as it was wanted */
  gboolean is_again; /* the folder was looked at before: its messages are fetched on the same trip */
  gboolean resync;
  MosImapCommand *command; /* (nullable) borrowed: the session's table owns it */
  MosImapAheadCommands ahead;
};

void
mos_imap_select_free (MosImapSelect *select)
{
  if (select == NULL)
    return;
  g_free (select->mailbox);
  g_free (select);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MosImapSelect, mos_imap_select_free)

static MosImapSelect *
select_new (const char *mailbox,
            gboolean read_only,
            guint32 known_uidvalidity,
            guint64 known_modseq,
            MosImapAhead what)
{
  MosImapSelect *select = g_new0 (MosImapSelect, 1);

  select->mailbox = g_strdup (mailbox);
  select->read_only = read_only;
  select->known_uidvalidity = known_uidvalidity;
  select->known_modseq = known_modseq;
  select->what = what;
  return select;
}

/* @has_qresync: whether it is on */
static gboolean
start_select (MosImapSession *self,
              MosImapSelect *select,
              gboolean has_qresync,
              GCancellable *cancellable,
              GError **error)
{
  g_autoptr (MosImapArguments) arguments = mos_imap_arguments_new ("");
  MosImapAhead what = select->what;

  select->resync = has_qresync && select->known_uidvalidity != 0 && select->known_modseq != 0;
  /* The flags of what is known come before the list, lest something fall between the two (mos_imap_session_diff_sync()). */
  if (!select->resync && select->known_uidvalidity != 0)
    what = MOS_IMAP_AHEAD_NOTHING;

  mos_imap_session_add_mailbox (self, arguments, select->mailbox);
  if (select->resync)
    {
      g_autofree char *text = g_strdup_printf (" (QRESYNC (%u %" G_GUINT64_FORMAT "))", select->known_uidvalidity, select->known_modseq);

      mos_imap_arguments_add (arguments, text);
    }
  else if (self->capabilities.condstore)
    mos_imap_arguments_add (arguments, " (CONDSTORE)");

  mos_imap_session_reset_selected (self);
  mos_imap_session_drop_ahead (self);
  g_clear_pointer (&self->mailbox, g_free);
  self->quirks.no_modseq = FALSE;
  self->resync_from = 0;
  g_clear_pointer (&self->resync_flags, g_array_unref);
  if (select->resync)
    self->resync_flags = g_array_new (FALSE, FALSE, sizeof (MosImapFlags));

  self->selecting = TRUE;
  select->command = mos_imap_session_start (self, select->read_only ? "EXAMINE" : "SELECT", arguments, FALSE, cancellable, error);
  return select->command != NULL && mos_imap_session_start_ahead (self, what, &select->ahead, cancellable, error);
}

/* @is_started: what start_select() said; @error is set where it failed */
static gboolean
finish_select (MosImapSession *self,
               MosImapSelect *select,
               gboolean is_started,
               MosImapSelected *ret_selected,
               GCancellable *cancellable,
               GError **error)
{
  g_autoptr (GError) local = NULL;
  gboolean ok = is_started && mos_imap_session_finish (self, select->command, NULL, cancellable, &local);

  self->selecting = FALSE;
  self->pending = 0;
  if (mos_imap_session_is_open (self) && !mos_imap_session_finish_ahead (self, &select->ahead, ok, cancellable, ok ? &local : NULL))
    ok = FALSE;
  if (!ok)
    {
      /* RFC 9051 §6.3.2: after a NO nothing is selected. */
      if (mos_imap_session_is_open (self))
        self->state = MOS_IMAP_STATE_AUTHENTICATED;
      if (is_started)
        g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  self->state = MOS_IMAP_STATE_SELECTED;
  if (!select->read_only)
    self->mailbox = g_strdup (select->mailbox);

  if (self->selected.uidvalidity == 0)
    {
      g_set_error (error, MOS_MAIL_ERROR, MOS_MAIL_ERROR_REFUSED, "%s does not number the messages of this folder (no UIDVALIDITY)", self->server->host);
      return FALSE;
    }
  if (self->resync_flags != NULL && self->selected.uidvalidity == select->known_uidvalidity && self->selected.highestmodseq != 0)
    self->resync_from = select->known_modseq;
  if (ret_selected != NULL)
    *ret_selected = self->selected;
  return TRUE;
}

/* Whether the server was asked for QRESYNC: the answer is not waited for (RFC 5161 §3.1: ENABLE may be followed by SELECT at once). Where it said no,
 * it refuses the SELECT, which is then asked anew. */
static gboolean
will_have_qresync (MosImapSession *self)
{
  for (guint i = 0; i < self->extras->len; i++)
    if (strcmp (((MosImapCommand *) self->extras->pdata[i])->verb, "ENABLE") == 0)
      return self->capabilities.qresync;
  return self->qresync;
}

gboolean
mos_imap_session_select_early (MosImapSession *self,
                               const char *mailbox,
                               guint32 known_uidvalidity,
                               guint64 known_modseq,
                               MosImapAhead what,
                               GCancellable *cancellable,
                               GError **error)
{
  g_autoptr (MosImapSelect) select = select_new (mailbox, FALSE, known_uidvalidity, known_modseq, what);

  g_return_val_if_fail (self->early == NULL, FALSE);

  if (!start_select (self, select, will_have_qresync (self), cancellable, error))
    return mos_imap_session_break (self);
  self->early = g_steal_pointer (&select);
  return TRUE;
}

gboolean
mos_imap_session_select_again (MosImapSession *self,
                               const char *mailbox,
                               guint32 uidvalidity,
                               GCancellable *cancellable,
                               GError **error)
{
  g_autoptr (MosImapSelect) select = select_new (mailbox, FALSE, uidvalidity, 0, MOS_IMAP_AHEAD_NOTHING);

  g_return_val_if_fail (self != NULL && mailbox != NULL, FALSE);

  if (!mos_imap_session_settle_early (self, cancellable, error) || !mos_imap_session_finish_extras (self, cancellable, error) || !mos_imap_session_end_idle (self, cancellable, error))
    return FALSE;
  self->func = NULL;
  self->func_data = NULL;
  if (!start_select (self, select, FALSE, cancellable, error))
    return mos_imap_session_break (self);
  select->is_again = TRUE;
  self->early = g_steal_pointer (&select);
  return TRUE;
}

gboolean
mos_imap_session_may_follow_early (MosImapSession *self,
                                   const char *verb)
{
  return self->early->is_again && strcmp (verb, "UID FETCH") == 0;
}

gboolean
mos_imap_session_finish_again (MosImapSession *self,
                               GCancellable *cancellable,
                               GError **error)
{
  g_autoptr (MosImapSelect) select = NULL;
  const MosImapDataFunc func = self->func;
  const gpointer func_data = self->func_data;
  MosImapSelected selected = { 0 };
  gboolean ok;

  if (self->early == NULL)
    return TRUE;
  select = g_steal_pointer (&self->early);
  self->func = NULL;
  self->func_data = NULL;
  ok = finish_select (self, select, TRUE, &selected, cancellable, error);
  self->func = func;
  self->func_data = func_data;
  /* What is on its way are other messages, under the same numbers. */
  if (ok && selected.uidvalidity != select->known_uidvalidity)
    {
      g_set_error (error, MOS_MAIL_ERROR, MOS_MAIL_ERROR_TEMPORARY, "The messages of %s were numbered anew meanwhile", select->mailbox);
      ok = FALSE;
    }
  return ok || mos_imap_session_break (self);
}

gboolean
mos_imap_session_is_ahead (MosImapSession *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->early != NULL;
}

gboolean
mos_imap_session_settle_early (MosImapSession *self,
                               GCancellable *cancellable,
                               GError **error)
{
  g_autoptr (MosImapSelect) select = g_steal_pointer (&self->early);
  const MosImapDataFunc func = self->func;
  const gpointer func_data = self->func_data;
  g_autoptr (GError) local = NULL;

  if (select == NULL)
    return TRUE;
  /* What it tells is not for whoever asks next. */
  self->func = NULL;
  self->func_data = NULL;
  finish_select (self, select, TRUE, NULL, cancellable, &local);
  self->func = func;
  self->func_data = func_data;
  if (mos_imap_session_is_open (self))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* The answer to what was asked early, where that was the same. @ret_is_taken: whether it was, and the server did not refuse it */
static gboolean
take_early (MosImapSession *self,
            const MosImapSelect *wanted,
            gboolean *ret_is_taken,
            MosImapSelected *ret_selected,
            GCancellable *cancellable,
            GError **error)
{
  g_autoptr (MosImapSelect) select = NULL;
  g_autoptr (GError) local = NULL;

  *ret_is_taken = FALSE;
  if (self->early == NULL || !g_str_equal (self->early->mailbox, wanted->mailbox) || wanted->read_only || self->early->known_uidvalidity != wanted->known_uidvalidity ||
      self->early->known_modseq != wanted->known_modseq || self->early->what != wanted->what)
    return mos_imap_session_settle_early (self, cancellable, error);
  select = g_steal_pointer (&self->early);
  *ret_is_taken = finish_select (self, select, TRUE, ret_selected, cancellable, &local);
  if (*ret_is_taken || (local->domain == MOS_MAIL_ERROR && mos_imap_session_is_open (self)))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

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
  g_autoptr (MosImapSelect) select = select_new (mailbox, read_only, known_uidvalidity, known_modseq, what);
  gboolean is_here;
  gboolean is_started;

  /* Whether QRESYNC is on. */
  if (!mos_imap_session_finish_extras (self, cancellable, error) || !take_early (self, select, &is_here, ret_selected, cancellable, error))
    return FALSE;
  if (is_here)
    return TRUE;
  if (!mos_imap_session_end_idle (self, cancellable, error))
    return FALSE;

  self->func = NULL;
  self->func_data = NULL;
  is_started = start_select (self, select, self->qresync, cancellable, error);
  return finish_select (self, select, is_started, ret_selected, cancellable, error);
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
