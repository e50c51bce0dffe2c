/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-mail"

#include "config.h"

#include "core/mail/imap/mos-imap-session-private.h"

#include "core/mail/imap/mos-imap-arguments.h"

#include <string.h>

/* Folders other than the selected one: how many messages (STATUS), and being told when that changes (NOTIFY). */

/* Commands on their way at a time; servers queue more than that unwillingly. */
#define WINDOW 20

void
mos_imap_counts_free (MosImapCounts *self)
{
  if (self == NULL)
    return;
  g_free (self->mailbox);
  g_free (self);
}

static void
read_counts (MosImapCounts *counts,
             const MosImapValue *list)
{
  for (guint i = 0; list != NULL && list->items != NULL && i + 1 < list->items->len; i += 2)
    {
      const MosImapValue *name = list->items->pdata[i];
      guint64 number;

      if (!mos_imap_value_get_number (list->items->pdata[i + 1], G_MAXINT64, &number))
        continue;
      if (mos_imap_value_is_atom (name, "MESSAGES"))
        counts->messages = (guint32) MIN (number, G_MAXUINT32);
      else if (mos_imap_value_is_atom (name, "UIDNEXT"))
        counts->uidnext = (guint32) MIN (number, G_MAXUINT32);
      else if (mos_imap_value_is_atom (name, "UIDVALIDITY"))
        counts->uidvalidity = (guint32) MIN (number, G_MAXUINT32);
      else if (mos_imap_value_is_atom (name, "HIGHESTMODSEQ"))
        counts->highestmodseq = number;
    }
}

static char *
get_status_mailbox (MosImapSession *self,
                    const MosImapResponse *response)
{
  const MosImapValue *name = mos_imap_items_get (response->items, 0);
  const char *text = mos_imap_value_get_text (name);

  /* A folder may be called NIL. */
  if (text == NULL && name != NULL && name->kind == MOS_IMAP_VALUE_ATOM)
    text = name->text;
  return text != NULL ? mos_imap_session_mailbox_from_wire (self, text) : NULL;
}

static gboolean
take_status (MosImapSession *self,
             const MosImapResponse *response,
             gpointer user_data,
             GError **error)
{
  GPtrArray *all = user_data;
  g_autofree char *mailbox = NULL;

  if (strcmp (response->name, "STATUS") != 0)
    return FALSE;
  mailbox = get_status_mailbox (self, response);
  for (guint i = 0; mailbox != NULL && i < all->len; i++)
    {
      MosImapCounts *counts = all->pdata[i];

      if (strcmp (counts->mailbox, mailbox) != 0)
        continue;
      counts->is_there = TRUE;
      read_counts (counts, mos_imap_items_get (response->items, 1));
    }
  return TRUE;
}

GPtrArray *
mos_imap_session_count_sync (MosImapSession *self,
                             const char *const *mailboxes,
                             GCancellable *cancellable,
                             GError **error)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_imap_counts_free);
  g_autoptr (GQueue) window = g_queue_new (); /* borrowed: the session's table owns the commands */
  guint next = 0;
  gboolean ok = TRUE;

  g_return_val_if_fail (self != NULL && mailboxes != NULL, NULL);

  for (gsize i = 0; mailboxes[i] != NULL; i++)
    {
      MosImapCounts *counts = g_new0 (MosImapCounts, 1);

      counts->mailbox = g_strdup (mailboxes[i]);
      g_ptr_array_add (all, counts);
    }

  self->func = take_status;
  self->func_data = all;
  while (ok && (next < all->len || !g_queue_is_empty (window)))
    {
      g_autoptr (GError) local = NULL;

      while (ok && next < all->len && g_queue_get_length (window) < WINDOW)
        {
          g_autoptr (MosImapArguments) arguments = mos_imap_arguments_new ("");
          MosImapCommand *command;

          mos_imap_session_add_mailbox (self, arguments, ((MosImapCounts *) all->pdata[next])->mailbox);
          mos_imap_arguments_add (arguments, self->capabilities.condstore ? " (MESSAGES UIDNEXT UIDVALIDITY HIGHESTMODSEQ)" : " (MESSAGES UIDNEXT UIDVALIDITY)");
          command = mos_imap_session_start (self, "STATUS", arguments, FALSE, cancellable, error);
          ok = command != NULL;
          if (ok)
            g_queue_push_tail (window, command);
          next++;
        }
      /* NO: there is no such folder, or it may not be looked at. */
      if (ok && !mos_imap_session_finish (self, g_queue_pop_head (window), NULL, cancellable, &local) &&
          !g_error_matches (local, MOS_MAIL_ERROR, MOS_MAIL_ERROR_REFUSED))
        {
          g_propagate_error (error, g_steal_pointer (&local));
          ok = mos_imap_session_break (self);
        }
    }
  self->func = NULL;
  self->func_data = NULL;
  return ok ? g_steal_pointer (&all) : NULL;
}

/* --- NOTIFY (RFC 5465) --- */

gboolean
mos_imap_session_watch_sync (MosImapSession *self,
                             const char *const *mailboxes,
                             gboolean *ret_watching,
                             GCancellable *cancellable,
                             GError **error)
{
  g_autoptr (MosImapArguments) arguments = NULL;
  g_autoptr (GError) local = NULL;

  g_return_val_if_fail (self != NULL && mailboxes != NULL && ret_watching != NULL, FALSE);

  *ret_watching = FALSE;
  if (!self->capabilities.notify || mailboxes[0] == NULL)
    return TRUE;
  for (gsize i = 0; self->quirks.notify_ascii_only && mailboxes[i] != NULL; i++)
    if (strchr (mailboxes[i], '&') != NULL)
      return TRUE;

  /* What is not named is not told, so the selected folder stands in it too. SELECTED-DELAYED: removals when IDLE or a command allows them. */
  arguments = mos_imap_arguments_new ("SET (SELECTED-DELAYED (MessageNew MessageExpunge FlagChange)) (MAILBOXES (");
  for (gsize i = 0; mailboxes[i] != NULL; i++)
    {
      if (i > 0)
        mos_imap_arguments_add (arguments, " ");
      mos_imap_session_add_mailbox (self, arguments, mailboxes[i]);
    }
  mos_imap_arguments_add (arguments, ") (MessageNew MessageExpunge FlagChange))");

  if (mos_imap_session_run (self, "NOTIFY", arguments, NULL, NULL, NULL, cancellable, &local))
    {
      g_strfreev (self->watched);
      self->watched = g_strdupv ((char **) mailboxes);
      *ret_watching = TRUE;
      return TRUE;
    }
  /* "NO [BADEVENT (…)]", or a folder that went away: the caller polls. */
  if (mos_imap_session_is_open (self) && local->domain == MOS_MAIL_ERROR)
    {
      g_debug ("%s: NOTIFY: %s", self->server->host, local->message);
      return TRUE;
    }
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* "* STATUS …" that nobody asked for */
void
mos_imap_session_take_news (MosImapSession *self,
                            const MosImapResponse *response)
{
  g_autofree char *mailbox = self->watched != NULL ? get_status_mailbox (self, response) : NULL;

  if (mailbox == NULL || !g_strv_contains ((const char *const *) self->watched, mailbox))
    return;
  if (!g_ptr_array_find_with_equal_func (self->changed, mailbox, g_str_equal, NULL))
    g_ptr_array_add (self->changed, g_steal_pointer (&mailbox));
  self->pending |= MOS_IMAP_WAKE_ELSEWHERE;
}

/* "* OK [NOTIFICATIONOVERFLOW]": from now on nothing is told (RFC 5465 §5.8); so everything may have changed, and is to be polled. */
void
mos_imap_session_stop_news (MosImapSession *self)
{
  for (gsize i = 0; self->watched != NULL && self->watched[i] != NULL; i++)
    if (!g_ptr_array_find_with_equal_func (self->changed, self->watched[i], g_str_equal, NULL))
      g_ptr_array_add (self->changed, g_strdup (self->watched[i]));
  if (self->watched != NULL)
    self->pending |= MOS_IMAP_WAKE_ELSEWHERE;
  g_clear_pointer (&self->watched, g_strfreev);
}

gboolean
mos_imap_session_is_watching (MosImapSession *self)
{
  return self->watched != NULL;
}

char **
mos_imap_session_take_changed (MosImapSession *self)
{
  return self->changed->len > 0 ? (char **) g_ptr_array_steal (self->changed, NULL) : NULL;
}
