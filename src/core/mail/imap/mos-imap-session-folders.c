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
  { "\\Spam", MOS_FOLDER_JUNK }, /* XLIST */
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
      if (mos_imap_value_is_atom (attribute, "\\All") || mos_imap_value_is_atom (attribute, "\\AllMail"))
        folder->is_all = TRUE;
      /* Only XLIST marks the Inbox, and calls it by a translated name that cannot be selected. */
      if (mos_imap_value_is_atom (attribute, "\\Inbox"))
        g_set_str (&folder->mailbox, "INBOX");
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

  if (mos_imap_session_take_namespace (self, response))
    return TRUE;
  if (strcmp (response->name, "LIST") != 0 && strcmp (response->name, "XLIST") != 0)
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
  folder->mailbox = mos_imap_session_mailbox_from_wire (self, mailbox);
  folder->can_select = TRUE;
  folder->delimiter = delimiter != NULL ? delimiter[0] : '\0';
  take_attributes (folder, mos_imap_items_get (response->items, 0));

  /* Some servers send UTF-8 without being asked to. */
  folder->name = mos_imap_utf7_decode (folder->mailbox);
  if (folder->name == NULL)
    folder->name = g_utf8_make_valid (folder->mailbox, -1);

  g_ptr_array_add (folders, folder);
  return TRUE;
}

/* Whose it is and what for, when all the spaces are known. */
static void
settle_folder (MosImapSession *self,
               MosImapFolder *folder)
{
  const MosImapNamespace *space = mos_imap_namespaces_find (self->namespaces, folder->mailbox);

  folder->owner = space != NULL ? space->owner : MOS_IMAP_OWNER_SELF;
  if (strcmp (folder->mailbox, "INBOX") == 0)
    {
      folder->owner = MOS_IMAP_OWNER_SELF;
      folder->role = MOS_FOLDER_INBOX;
    }
  if (folder->owner != MOS_IMAP_OWNER_SELF)
    folder->role = MOS_FOLDER_OTHER;
  else if (folder->role == MOS_FOLDER_OTHER && !folder->is_all)
    {
      folder->is_all = mos_imap_folder_is_all_mail (folder->name);
      if (!folder->is_all)
        folder->guessed_role = mos_imap_folder_guess_role (folder->name, folder->delimiter);
    }
}

GPtrArray *
mos_imap_session_list_sync (MosImapSession *self,
                            GCancellable *cancellable,
                            GError **error)
{
  return mos_imap_session_list_ahead_sync (self, NULL, 0, 0, MOS_IMAP_AHEAD_NOTHING, cancellable, error);
}

GPtrArray *
mos_imap_session_list_ahead_sync (MosImapSession *self,
                                  const char *mailbox,
                                  guint32 known_uidvalidity,
                                  guint64 known_modseq,
                                  MosImapAhead what,
                                  GCancellable *cancellable,
                                  GError **error)
{
  g_autoptr (GPtrArray) folders = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_imap_folder_free);
  g_autoptr (MosImapArguments) arguments = NULL;
  const char *verb = "LIST";
  MosImapCommand *spaces = NULL;
  MosImapCommand *list;
  gboolean ok;

  g_return_val_if_fail (self != NULL, NULL);

  if (self->capabilities.special_use && self->capabilities.list_extended)
    arguments = mos_imap_arguments_new ("\"\" \"*\" RETURN (SPECIAL-USE)");
  else
    {
      arguments = mos_imap_arguments_new ("\"\" \"*\"");
      if (self->capabilities.xlist && !self->capabilities.special_use)
        verb = "XLIST";
    }
  /* Neither waits for the other: one trip. */
  self->func = take_list;
  self->func_data = folders;
  ok = mos_imap_session_start_namespaces (self, &spaces, cancellable, error);
  list = ok ? mos_imap_session_start (self, verb, arguments, FALSE, cancellable, error) : NULL;
  /* Cancelled in between: nobody waits for what is out already. */
  if (list == NULL && spaces != NULL)
    mos_imap_session_break (self);
  ok = list != NULL && (mailbox == NULL || mos_imap_session_select_early (self, mailbox, known_uidvalidity, known_modseq, what, cancellable, error)) &&
       mos_imap_session_finish_namespaces (self, spaces, cancellable, error) && mos_imap_session_finish (self, list, NULL, cancellable, error);
  self->func = NULL;
  self->func_data = NULL;
  if (!ok)
    return NULL;
  for (guint i = 0; i < folders->len; i++)
    settle_folder (self, folders->pdata[i]);
  return g_steal_pointer (&folders);
}

gboolean
mos_imap_session_create_sync (MosImapSession *self,
                              const char *mailbox,
                              GCancellable *cancellable,
                              GError **error)
{
  g_autoptr (MosImapArguments) arguments = mos_imap_arguments_new ("");

  mos_imap_session_add_mailbox (self, arguments, mailbox);
  return mos_imap_session_run (self, "CREATE", arguments, NULL, NULL, NULL, cancellable, error);
}

gboolean
mos_imap_session_subscribe_sync (MosImapSession *self,
                                 const char *mailbox,
                                 GCancellable *cancellable,
                                 GError **error)
{
  g_autoptr (MosImapArguments) arguments = mos_imap_arguments_new ("");

  mos_imap_session_add_mailbox (self, arguments, mailbox);
  return mos_imap_session_run (self, "SUBSCRIBE", arguments, NULL, NULL, NULL, cancellable, error);
}
