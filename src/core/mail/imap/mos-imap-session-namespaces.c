/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-mail"

#include "config.h"

#include "core/mail/imap/mos-imap-session-private.h"

#include "core/mail/imap/mos-imap-arguments.h"

#include <string.h>

/* --- Names, there and back --- */

/* A folder's key is modified UTF-7, whatever goes over the wire: it stays the same when a server learns UTF8=ACCEPT. */

/* Whether names are UTF-8 on the wire: after ENABLE UTF8=ACCEPT (RFC 6855 §3), and always on a server that is rev2 alone (RFC 9051 §5.1) */
static gboolean
has_utf8_names (MosImapSession *self)
{
  return self->utf8 || (self->capabilities.imap4rev2 && !self->capabilities.imap4rev1);
}

char *
mos_imap_session_mailbox_from_wire (MosImapSession *self,
                                    const char *name)
{
  if (g_ascii_strcasecmp (name, "INBOX") == 0)
    return g_strdup ("INBOX");
  if (has_utf8_names (self) && g_utf8_validate (name, -1, NULL))
    return mos_imap_utf7_encode (name);
  return g_strdup (name);
}

void
mos_imap_session_add_mailbox (MosImapSession *self,
                              MosImapArguments *arguments,
                              const char *mailbox)
{
  g_autofree char *name = has_utf8_names (self) ? mos_imap_utf7_decode (mailbox) : NULL;

  if (name != NULL)
    mos_imap_arguments_add_utf8_string (arguments, name);
  else
    mos_imap_arguments_add_string (arguments, mailbox);
}

/* --- NAMESPACE (RFC 2342) --- */

static void
take_spaces (MosImapSession *self,
             const MosImapValue *list,
             MosImapOwner owner)
{
  for (guint i = 0; list != NULL && list->items != NULL && i < list->items->len; i++)
    {
      const MosImapValue *one = list->items->pdata[i];
      const char *prefix = one->items != NULL ? mos_imap_value_get_text (mos_imap_items_get (one->items, 0)) : NULL;
      const char *delimiter = one->items != NULL ? mos_imap_value_get_text (mos_imap_items_get (one->items, 1)) : NULL;
      MosImapNamespace *space;

      if (prefix == NULL)
        continue;
      space = g_new0 (MosImapNamespace, 1);
      space->owner = owner;
      space->prefix = g_ascii_strcasecmp (prefix, "INBOX") == 0 ? g_strdup (prefix) : mos_imap_session_mailbox_from_wire (self, prefix);
      space->delimiter = delimiter != NULL ? delimiter[0] : '\0';
      g_ptr_array_add (self->namespaces, space);
    }
}

gboolean
mos_imap_session_take_namespace (MosImapSession *self,
                                 const MosImapResponse *response)
{
  if (strcmp (response->name, "NAMESPACE") != 0 || self->namespaces == NULL)
    return FALSE;

  /* * NAMESPACE (("INBOX." ".")) (("user." ".")) (("" ".")): personal, other people's, shared */
  g_ptr_array_set_size (self->namespaces, 0);
  take_spaces (self, mos_imap_items_get (response->items, 0), MOS_IMAP_OWNER_SELF);
  take_spaces (self, mos_imap_items_get (response->items, 1), MOS_IMAP_OWNER_OTHERS);
  take_spaces (self, mos_imap_items_get (response->items, 2), MOS_IMAP_OWNER_SHARED);
  return TRUE;
}

static gboolean
take_namespace (MosImapSession *self,
                const MosImapResponse *response,
                gpointer user_data,
                GError **error)
{
  return mos_imap_session_take_namespace (self, response);
}

gboolean
mos_imap_session_start_namespaces (MosImapSession *self,
                                   MosImapCommand **ret_command,
                                   GCancellable *cancellable,
                                   GError **error)
{
  *ret_command = NULL;
  if (self->namespaces != NULL)
    return TRUE;
  if (self->capabilities.name_space && (*ret_command = mos_imap_session_start (self, "NAMESPACE", NULL, FALSE, cancellable, error)) == NULL)
    return FALSE;
  self->namespaces = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_imap_namespace_free);
  return TRUE;
}

gboolean
mos_imap_session_finish_namespaces (MosImapSession *self,
                                    MosImapCommand *command,
                                    GCancellable *cancellable,
                                    GError **error)
{
  g_autoptr (GError) local = NULL;

  if (command == NULL || mos_imap_session_finish (self, command, NULL, cancellable, &local))
    return TRUE;
  /* A server that offers it and then refuses has one's own folders only. */
  if (g_error_matches (local, MOS_MAIL_ERROR, MOS_MAIL_ERROR_REFUSED))
    {
      g_debug ("%s: NAMESPACE: %s", self->server->host, local->message);
      return TRUE;
    }
  g_clear_pointer (&self->namespaces, g_ptr_array_unref);
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* Once a session */
gboolean
mos_imap_session_ask_namespaces (MosImapSession *self,
                                 GCancellable *cancellable,
                                 GError **error)
{
  MosImapCommand *command;
  gboolean ok;

  self->func = take_namespace;
  ok = mos_imap_session_start_namespaces (self, &command, cancellable, error) && mos_imap_session_finish_namespaces (self, command, cancellable, error);
  self->func = NULL;
  return ok;
}

GPtrArray *
mos_imap_session_list_namespaces_sync (MosImapSession *self,
                                       GCancellable *cancellable,
                                       GError **error)
{
  g_return_val_if_fail (self != NULL, NULL);

  return mos_imap_session_ask_namespaces (self, cancellable, error) ? g_ptr_array_ref (self->namespaces) : NULL;
}

char *
mos_imap_session_make_mailbox_sync (MosImapSession *self,
                                    const char *name,
                                    GCancellable *cancellable,
                                    GError **error)
{
  g_autofree char *mailbox = NULL;
  const char *prefix = "";

  g_return_val_if_fail (self != NULL && name != NULL, NULL);

  if (!mos_imap_session_ask_namespaces (self, cancellable, error))
    return NULL;
  /* Of several personal ones the first is where new folders go. */
  for (guint i = 0; i < self->namespaces->len; i++)
    {
      const MosImapNamespace *space = self->namespaces->pdata[i];

      if (space->owner == MOS_IMAP_OWNER_SELF)
        {
          prefix = space->prefix;
          break;
        }
    }
  mailbox = mos_imap_utf7_encode (name);
  return g_strconcat (prefix, mailbox, NULL);
}
