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

/* What is listened for. @tag: (nullable): while another command is waited for, a list is the one that was asked for only if it says so */
typedef struct
{
  const char *tag;
  gboolean is_told;
} Ahead;

/* "(TAG "M17")", the first thing that ESEARCH says (RFC 9051 §7.3.4) */
static gboolean
is_answer_to (const MosImapResponse *response,
              const char *tag)
{
  const MosImapValue *first = mos_imap_items_get (response->items, 0);
  const MosImapValue *name, *value;

  if (strcmp (response->name, "ESEARCH") != 0 || first == NULL || first->kind != MOS_IMAP_VALUE_LIST)
    return FALSE;
  name = mos_imap_items_get (first->items, 0);
  value = mos_imap_items_get (first->items, 1);
  return name != NULL && value != NULL && mos_imap_value_is_atom (name, "TAG") && g_strcmp0 (mos_imap_value_get_text (value), tag) == 0;
}

static gboolean
take_ahead (MosImapSession *self,
            const MosImapResponse *response,
            gpointer user_data,
            GError **error)
{
  Ahead *ahead = user_data;
  MosImapPlanned planned;

  if (self->ahead_uids != NULL && (ahead->tag == NULL || is_answer_to (response, ahead->tag)) && mos_imap_session_take_search (self, response, self->ahead_uids, error))
    return ahead->is_told = TRUE;
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

/* From now on answers to @commands are taken. @listening: stays until finish_told() */
static void
listen_ahead (MosImapSession *self,
              MosImapAheadCommands *commands,
              Ahead *listening)
{
  mos_imap_session_drop_ahead (self);
  if (commands->search != NULL)
    self->ahead_uids = mos_imap_uid_set_new ();
  if (commands->plan != NULL)
    self->ahead_planned = g_array_new (FALSE, FALSE, sizeof (MosImapPlanned));
  self->func = take_ahead;
  self->func_data = listening;
}

static gboolean
finish_told (MosImapSession *self,
             MosImapAheadCommands *commands,
             gboolean is_wanted,
             Ahead *listening,
             GCancellable *cancellable,
             GError **error)
{
  gboolean has_uids = FALSE, has_plan = FALSE, ok;

  listening->tag = NULL;
  ok = finish_one (self, commands->search, &has_uids, cancellable, error) && finish_one (self, commands->plan, &has_plan, cancellable, error);
  self->func = NULL;
  self->func_data = NULL;
  if (!ok)
    return FALSE;
  /* A list that never came is not one of an empty folder: all that is known would count as removed. */
  if (!is_wanted || !has_uids || !listening->is_told)
    g_clear_pointer (&self->ahead_uids, mos_imap_uid_set_free);
  if (!is_wanted || !has_plan)
    g_clear_pointer (&self->ahead_planned, g_array_unref);
  return TRUE;
}

gboolean
mos_imap_session_finish_ahead (MosImapSession *self,
                               MosImapAheadCommands *commands,
                               gboolean is_wanted,
                               GCancellable *cancellable,
                               GError **error)
{
  Ahead listening = { NULL, FALSE };

  listen_ahead (self, commands, &listening);
  return finish_told (self, commands, is_wanted, &listening, cancellable, error);
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
  Ahead listening = { NULL, FALSE };
  gboolean is_seen, ok;

  g_return_val_if_fail (self != NULL && mailbox != NULL, FALSE);

  *ret_is_here = mos_imap_session_is_at (self, mailbox);
  if (!*ret_is_here)
    return TRUE;
  noop = mos_imap_session_start (self, "NOOP", NULL, FALSE, cancellable, error);
  if (noop == NULL || !mos_imap_session_start_ahead (self, MOS_IMAP_AHEAD_UIDS, &ahead, cancellable, error))
    return FALSE;
  /* Dovecot answers the second before it is done with the first. */
  listening.tag = ahead.search->tag;
  listen_ahead (self, &ahead, &listening);
  ok = finish_one (self, noop, &is_seen, cancellable, error) && finish_told (self, &ahead, is_seen, &listening, cancellable, error);
  self->func = NULL;
  self->func_data = NULL;
  return ok;
}
