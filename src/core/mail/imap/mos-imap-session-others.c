/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-mail"

#include "config.h"

#include "core/mail/imap/mos-imap-session-private.h"

#include "core/mail/imap/mos-imap-arguments.h"

#include <string.h>

/* Folders other than the selected one: being told when something happens in them (NOTIFY, RFC 5465). */

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
