/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-mail"

#include "config.h"

#include "core/mail/imap/mos-imap-session-private.h"

#include "core/mail/imap/mos-imap-arguments.h"

#include <string.h>

/* More than anybody has; a server that lists for ever is not to fill the memory. */
#define MAX_FOLDERS 50000

/* --- LIST ------------------------------------------------------------------------------------ */

static const struct
{
  const char *attribute;
  MosFolderRole role;
} special_uses[] = {
  { "\\Sent", MOS_FOLDER_SENT },
  { "\\Drafts", MOS_FOLDER_DRAFTS },
  { "\\Trash", MOS_FOLDER_TRASH },
  { "\\Junk", MOS_FOLDER_JUNK },
  { "\\Archive", MOS_FOLDER_ARCHIVE },
};

static void
take_attributes (MosImapFolder *folder,
                 const MosImapValue *list)
{
  for (guint i = 0; list != NULL && list->items != NULL && i < list->items->len; i++)
    {
      const MosImapValue *attribute = list->items->pdata[i];

      for (gsize s = 0; s < G_N_ELEMENTS (special_uses); s++)
        if (mos_imap_value_is_atom (attribute, special_uses[s].attribute))
          folder->role = special_uses[s].role;
      if (mos_imap_value_is_atom (attribute, "\\Noselect") || mos_imap_value_is_atom (attribute, "\\NonExistent"))
        folder->can_select = FALSE;
      if (mos_imap_value_is_atom (attribute, "\\All"))
        folder->is_all = TRUE;
    }
}

static gboolean
take_list (MosImapSession *self,
           const MosImapResponse *response,
           gpointer user_data,
           GError **error)
{
  GPtrArray *folders = user_data;
  const char *delimiter = mos_imap_value_get_text (mos_imap_items_get (response->items, 1));
  const MosImapValue *name = mos_imap_items_get (response->items, 2);
  const char *mailbox = mos_imap_value_get_text (name);
  MosImapFolder *folder;

  if (strcmp (response->name, "LIST") != 0)
    return FALSE;
  /* A folder may be called NIL. */
  if (mailbox == NULL && name != NULL && name->kind == MOS_IMAP_VALUE_ATOM)
    mailbox = name->text;
  if (mailbox == NULL || *mailbox == '\0')
    return TRUE;

  if (folders->len == MAX_FOLDERS)
    {
      g_set_error (error, MOS_MAIL_ERROR, MOS_MAIL_ERROR_PROTOCOL, "The server lists more than %d folders", MAX_FOLDERS);
      return FALSE;
    }

  folder = g_new0 (MosImapFolder, 1);
  folder->mailbox = g_strdup (mailbox);
  folder->can_select = TRUE;
  folder->delimiter = delimiter != NULL ? delimiter[0] : '\0';
  take_attributes (folder, mos_imap_items_get (response->items, 0));

  /* Some servers send UTF-8 without being asked to; a rev2-only one always does. */
  if (self->capabilities.imap4rev2 && !self->capabilities.imap4rev1)
    folder->name = g_utf8_make_valid (mailbox, -1);
  else
    folder->name = mos_imap_utf7_decode (mailbox);
  if (folder->name == NULL)
    folder->name = g_utf8_make_valid (mailbox, -1);

  if (g_ascii_strcasecmp (mailbox, "INBOX") == 0)
    folder->role = MOS_FOLDER_INBOX;
  if (folder->role == MOS_FOLDER_OTHER && !folder->is_all)
    folder->guessed_role = mos_imap_folder_guess_role (folder->name, folder->delimiter);
  g_ptr_array_add (folders, folder);
  return TRUE;
}

GPtrArray *
mos_imap_session_list_sync (MosImapSession *self,
                            GCancellable *cancellable,
                            GError **error)
{
  g_autoptr (GPtrArray) folders = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_imap_folder_free);
  gboolean extended = self->capabilities.special_use && self->capabilities.list_extended;
  g_autoptr (MosImapArguments) arguments = mos_imap_arguments_new (extended ? "\"\" \"*\" RETURN (SPECIAL-USE)" : "\"\" \"*\"");

  g_return_val_if_fail (self != NULL, NULL);

  if (!mos_imap_session_run (self, "LIST", arguments, take_list, folders, NULL, cancellable, error))
    return NULL;
  return g_steal_pointer (&folders);
}

static gboolean
take_namespace (MosImapSession *self,
                const MosImapResponse *response,
                gpointer user_data,
                GError **error)
{
  const MosImapValue *personal;
  const char *prefix = NULL;

  if (strcmp (response->name, "NAMESPACE") != 0)
    return FALSE;

  /* * NAMESPACE (("INBOX." ".")) NIL NIL: of several personal ones the first is where new folders go. */
  personal = mos_imap_items_get (response->items, 0);
  if (personal != NULL && personal->items != NULL)
    personal = mos_imap_items_get (personal->items, 0);
  if (personal != NULL && personal->items != NULL)
    prefix = mos_imap_value_get_text (mos_imap_items_get (personal->items, 0));
  g_set_str (&self->namespace_prefix, prefix != NULL ? prefix : "");
  return TRUE;
}

char *
mos_imap_session_make_mailbox_sync (MosImapSession *self,
                                    const char *name,
                                    GCancellable *cancellable,
                                    GError **error)
{
  g_autofree char *mailbox = NULL;

  g_return_val_if_fail (self != NULL && name != NULL, NULL);

  if (self->namespace_prefix == NULL && self->capabilities.name_space &&
      !mos_imap_session_run (self, "NAMESPACE", NULL, take_namespace, NULL, NULL, cancellable, error))
    return NULL;
  mailbox = self->capabilities.imap4rev2 && !self->capabilities.imap4rev1 ? g_strdup (name) : mos_imap_utf7_encode (name);
  return g_strconcat (self->namespace_prefix != NULL ? self->namespace_prefix : "", mailbox, NULL);
}

gboolean
mos_imap_session_create_sync (MosImapSession *self,
                              const char *mailbox,
                              GCancellable *cancellable,
                              GError **error)
{
  g_autoptr (MosImapArguments) arguments = mos_imap_arguments_new ("");

  mos_imap_arguments_add_string (arguments, mailbox);
  return mos_imap_session_run (self, "CREATE", arguments, NULL, NULL, NULL, cancellable, error);
}

gboolean
mos_imap_session_subscribe_sync (MosImapSession *self,
                                 const char *mailbox,
                                 GCancellable *cancellable,
                                 GError **error)
{
  g_autoptr (MosImapArguments) arguments = mos_imap_arguments_new ("");

  mos_imap_arguments_add_string (arguments, mailbox);
  return mos_imap_session_run (self, "SUBSCRIBE", arguments, NULL, NULL, NULL, cancellable, error);
}

/* --- SELECT ---------------------------------------------------------------------------------- */

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
  g_autoptr (MosImapArguments) arguments = mos_imap_arguments_new ("");
  gboolean resync = self->qresync && known_uidvalidity != 0 && known_modseq != 0;
  gboolean ok;

  g_return_val_if_fail (self != NULL && mailbox != NULL, FALSE);

  mos_imap_arguments_add_string (arguments, mailbox);
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

  self->selecting = TRUE;
  ok = mos_imap_session_run (self, read_only ? "EXAMINE" : "SELECT", arguments, NULL, NULL, NULL, cancellable, error);
  self->selecting = FALSE;
  self->pending = 0;
  if (!ok)
    {
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
