/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-mail"

#include "config.h"

#include "core/mail/imap/mos-imap-session-private.h"

#include "core/mail/imap/mos-imap-arguments.h"

#include <string.h>

/* A look at a folder is SELECT, then the list of what is in it, then (when nothing of it is known) what each weighs. None of the questions
 * depends on the answer to the one before, so they go out together: one trip instead of three. A server that does not let the folder be opened
 * refuses what follows too, or answers it for the folder before: neither is used. */

/* More than a folder holds; a server that tells for ever is not to fill the memory. */
#define MAX_PLANNED 5000000

void
mos_imap_session_drop_ahead (MosImapSession *self)
{
  g_clear_pointer (&self->ahead_uids, mos_imap_uid_set_free);
  g_clear_pointer (&self->ahead_planned, g_array_unref);
}

static gboolean
take_ahead (MosImapSession *self,
            const MosImapResponse *response,
            gpointer user_data,
            GError **error)
{
  gboolean *is_told = user_data;
  MosImapPlanned planned;

  if (self->ahead_uids != NULL && mos_imap_session_take_search (self, response, self->ahead_uids, error))
    return *is_told = TRUE;
  if (*error != NULL)
    return FALSE;
  if (self->ahead_planned == NULL || self->ahead_planned->len >= MAX_PLANNED || !mos_imap_session_read_planned (response, &planned))
    return FALSE;
  g_array_append_val (self->ahead_planned, planned);
  return TRUE;
}

gboolean
mos_imap_session_start_ahead (MosImapSession *self,
                              MosImapAhead what,
                              MosImapAheadCommands *commands,
                              GCancellable *cancellable,
                              GError **error)
{
  g_autoptr (MosImapArguments) all = what != MOS_IMAP_AHEAD_NOTHING ? mos_imap_session_make_search_all (self) : NULL;
  g_autoptr (MosImapArguments) plan = what == MOS_IMAP_AHEAD_PLAN ? mos_imap_arguments_new ("1:*" MOS_IMAP_PLAN_ITEMS) : NULL;

  *commands = (MosImapAheadCommands) { NULL, NULL };
  if ((all == NULL || (commands->search = mos_imap_session_start (self, "UID SEARCH", all, FALSE, cancellable, error)) != NULL) &&
      (plan == NULL || (commands->plan = mos_imap_session_start (self, "UID FETCH", plan, FALSE, cancellable, error)) != NULL))
    return TRUE;
  /* Cancelled in between: nobody waits for what is out already. */
  return mos_imap_session_break (self);
}

/* An extra too: without the answer it is asked again, and then a refusal counts. */
static gboolean
finish_one (MosImapSession *self,
            MosImapCommand *command,
            gboolean *ret_is_answered,
            GCancellable *cancellable,
            GError **error)
{
  g_autoptr (GError) local = NULL;

  *ret_is_answered = command != NULL && mos_imap_session_finish (self, command, NULL, cancellable, &local);
  if (local == NULL || (local->domain == MOS_MAIL_ERROR && mos_imap_session_is_open (self)))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

gboolean
mos_imap_session_finish_ahead (MosImapSession *self,
                               MosImapAheadCommands *commands,
                               gboolean is_wanted,
                               GCancellable *cancellable,
                               GError **error)
{
  gboolean has_uids = FALSE, has_plan = FALSE, is_told = FALSE, ok;

  mos_imap_session_drop_ahead (self);
  if (commands->search != NULL)
    self->ahead_uids = mos_imap_uid_set_new ();
  if (commands->plan != NULL)
    self->ahead_planned = g_array_new (FALSE, FALSE, sizeof (MosImapPlanned));
  self->func = take_ahead;
  self->func_data = &is_told;
  ok = finish_one (self, commands->search, &has_uids, cancellable, error) && finish_one (self, commands->plan, &has_plan, cancellable, error);
  self->func = NULL;
  self->func_data = NULL;
  if (!ok)
    return FALSE;
  /* A list that never came is not one of an empty folder: all that is known would count as removed. */
  if (!is_wanted || !has_uids || !is_told)
    g_clear_pointer (&self->ahead_uids, mos_imap_uid_set_free);
  if (!is_wanted || !has_plan)
    g_clear_pointer (&self->ahead_planned, g_array_unref);
  return TRUE;
}

gboolean
mos_imap_session_is_at (MosImapSession *self,
                        const char *mailbox)
{
  g_return_val_if_fail (self != NULL && mailbox != NULL, FALSE);

  return self->state == MOS_IMAP_STATE_SELECTED && g_strcmp0 (self->mailbox, mailbox) == 0;
}

/* The folder is open: nothing but what came since is news, and NOOP brings that (RFC 9051 §6.1.2). */
gboolean
mos_imap_session_look_again_sync (MosImapSession *self,
                                  const char *mailbox,
                                  gboolean *ret_is_here,
                                  GCancellable *cancellable,
                                  GError **error)
{
  MosImapAheadCommands ahead = { NULL, NULL };
  MosImapCommand *noop;
  gboolean is_seen;

  g_return_val_if_fail (self != NULL && mailbox != NULL, FALSE);

  *ret_is_here = mos_imap_session_is_at (self, mailbox);
  if (!*ret_is_here)
    return TRUE;
  noop = mos_imap_session_start (self, "NOOP", NULL, FALSE, cancellable, error);
  return noop != NULL && mos_imap_session_start_ahead (self, MOS_IMAP_AHEAD_UIDS, &ahead, cancellable, error) &&
         finish_one (self, noop, &is_seen, cancellable, error) && mos_imap_session_finish_ahead (self, &ahead, is_seen, cancellable, error);
}
