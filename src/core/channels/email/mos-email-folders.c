/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-email"

#include "config.h"

#include "core/channels/email/mos-email-sync-private.h"

/* Which folders are followed: Inbox, Sent and the owner's choice, as long as the server has them. */

void
mos_email_folder_free (MosEmailFolder *folder)
{
  mos_email_rest_clear (&folder->rest);
  g_free (folder->mailbox);
  g_free (folder);
}

MosEmailFolder *
mos_email_folders_find (MosEmailSync *self,
                        const char *mailbox)
{
  for (guint i = 0; i < self->folders->len; i++)
    if (g_str_equal (((MosEmailFolder *) self->folders->pdata[i])->mailbox, mailbox))
      return self->folders->pdata[i];
  return NULL;
}

/* Returns: (transfer none): a new one at the end */
MosEmailFolder *
mos_email_folders_add (MosEmailSync *self,
                       const char *mailbox,
                       MosFolderRole role,
                       gboolean is_always)
{
  MosEmailFolder *folder = g_new0 (MosEmailFolder, 1);

  folder->mailbox = g_strdup (mailbox);
  folder->role = role;
  folder->is_always = is_always;
  g_ptr_array_add (self->folders, folder);
  return folder;
}

/* Returns: (transfer full) (nullable): the server's name of a new folder that is subscribed to, where the server allows it */
char *
mos_email_folders_make (MosEmailSync *self,
                        const char *name,
                        GCancellable *cancellable,
                        GError **error)
{
  g_autofree char *mailbox = mos_imap_session_make_mailbox_sync (self->session, name, cancellable, error);
  g_autoptr (GError) local = NULL;

  if (mailbox == NULL || !mos_imap_session_create_sync (self->session, mailbox, cancellable, error))
    return NULL;
  if (!mos_imap_session_subscribe_sync (self->session, mailbox, cancellable, &local))
    {
      if (!g_error_matches (local, MOS_MAIL_ERROR, MOS_MAIL_ERROR_REFUSED))
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return NULL;
        }
      g_debug ("%s is there, but not subscribed to: %s", mailbox, local->message);
    }
  return g_steal_pointer (&mailbox);
}

static GPtrArray *
describe (MosEmailSync *self,
          GPtrArray *folders)
{
  GPtrArray *listed = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_server_folder_unref);
  const MosImapFolder *sent = mos_imap_folders_find_role (folders, MOS_FOLDER_SENT);
  gboolean has_inbox = FALSE;

  for (guint i = 0; i < folders->len; i++)
    {
      const MosImapFolder *one = folders->pdata[i];
      MosServerFolder *folder = mos_server_folder_new ();

      folder->folder = g_strdup (one->mailbox);
      folder->title = g_strdup (one->name);
      folder->role = one->role != MOS_FOLDER_OTHER ? one->role : one->guessed_role;
      if (folder->role == MOS_FOLDER_SENT && one != sent)
        folder->role = MOS_FOLDER_OTHER;
      if (one == sent)
        folder->role = MOS_FOLDER_SENT;
      folder->is_always = folder->role == MOS_FOLDER_INBOX || (one == sent && one->can_select);
      /* What is not finished is nobody's mail yet; "All Mail" would bring each of them a second time. */
      folder->can_follow = one->can_select && !one->is_all && folder->role != MOS_FOLDER_DRAFTS;
      has_inbox |= folder->role == MOS_FOLDER_INBOX;
      g_ptr_array_add (listed, folder);
    }
  if (!has_inbox)
    {
      /* It always exists, whatever a list says (RFC 9051 §5.1). */
      MosServerFolder *folder = mos_server_folder_new ();

      folder->folder = g_strdup ("INBOX");
      folder->title = g_strdup ("INBOX");
      folder->role = MOS_FOLDER_INBOX;
      folder->is_always = folder->can_follow = TRUE;
      g_ptr_array_insert (listed, 0, folder);
    }
  return listed;
}

/* Whether a folder that is known and still there has the same numbering. Some servers give all of theirs one and the same UIDVALIDITY: then it says nothing
 * about which folder is which. */
static gboolean
is_numbering_shared (MosEmailSync *self,
                     GPtrArray *listed,
                     MosFolderState *gone,
                     gboolean *ret_is,
                     GCancellable *cancellable,
                     GError **error)
{
  *ret_is = FALSE;
  for (guint i = 0; i < listed->len && !*ret_is; i++)
    {
      MosServerFolder *one = listed->pdata[i];
      g_autoptr (MosFolderState) state = NULL;

      if (!one->is_known)
        continue;
      state = mos_channel_host_load_folder_sync (self->host, self->account->id, one->folder, cancellable, error);
      if (state == NULL)
        return FALSE;
      *ret_is = state->uidvalidity == gone->uidvalidity;
    }
  return TRUE;
}

/* A folder that is gone and one never seen with its numbering: it was renamed (RFC 9051 §6.3.6 keeps UIDVALIDITY and UIDs). */
static gboolean
find_renamed (MosEmailSync *self,
              GPtrArray *listed,
              MosFolderState *gone,
              const char **ret_now,
              GCancellable *cancellable,
              GError **error)
{
  gboolean is_shared;

  *ret_now = NULL;
  if (gone->uidvalidity == 0)
    return TRUE;
  if (!is_numbering_shared (self, listed, gone, &is_shared, cancellable, error))
    return FALSE;
  /* Taken for another one, its mail would be thought to be here. */
  if (is_shared)
    return TRUE;
  for (guint i = 0; i < listed->len; i++)
    {
      MosServerFolder *one = listed->pdata[i];
      MosImapSelected selected = { 0 };
      g_autoptr (GError) local = NULL;

      if (one->is_known || !one->can_follow)
        continue;
      if (!mos_imap_session_select_sync (self->session, one->folder, TRUE, 0, 0, &selected, cancellable, &local))
        {
          if (mos_imap_session_is_open (self->session) && local->domain == MOS_MAIL_ERROR)
            continue;
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
      if (selected.uidvalidity != gone->uidvalidity || (selected.uidnext != 0 && selected.uidnext < gone->uidnext))
        continue;
      /* Two that fit: neither can be believed in. */
      if (*ret_now != NULL)
        {
          *ret_now = NULL;
          return TRUE;
        }
      *ret_now = one->folder;
    }
  return TRUE;
}

/* Whether something was renamed or dropped: then ask again which are followed. */
static gboolean
settle_gone (MosEmailSync *self,
             GPtrArray *listed,
             GPtrArray *gone,
             GCancellable *cancellable,
             GError **error)
{
  for (guint i = 0; i < gone->len; i++)
    {
      MosFolderState *state = gone->pdata[i];
      const char *now;

      if (!find_renamed (self, listed, state, &now, cancellable, error))
        return FALSE;
      if (now != NULL ? !mos_channel_host_rename_folder_sync (self->host, self->account->id, state->folder, now, cancellable, error)
                      : !mos_channel_host_drop_folder_sync (self->host, self->account->id, state->folder, cancellable, error))
        return FALSE;
    }
  return TRUE;
}

static void
take_followed (MosEmailSync *self,
               GPtrArray *followed)
{
  g_autoptr (GPtrArray) before = g_steal_pointer (&self->folders);

  self->folders = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_email_folder_free);
  g_clear_pointer (&self->inbox, g_free);
  g_clear_pointer (&self->sent, g_free);
  /* Inbox first, Sent second. */
  for (guint turn = 0; turn < 3; turn++)
    for (guint i = 0; i < followed->len; i++)
      {
        MosServerFolder *one = followed->pdata[i];
        guint its_turn = one->role == MOS_FOLDER_INBOX ? 0 : one->role == MOS_FOLDER_SENT && one->is_always ? 1
                                                                                                            : 2;
        MosEmailFolder *folder;

        if (its_turn != turn || (turn == 0 && self->inbox != NULL))
          continue;
        folder = mos_email_folders_add (self, one->folder, one->role, one->is_always);
        if (turn == 0)
          self->inbox = g_strdup (one->folder);
        if (turn == 1)
          self->sent = g_strdup (one->folder);
        for (guint b = 0; b < before->len; b++)
          {
            MosEmailFolder *old = before->pdata[b];

            if (!g_str_equal (old->mailbox, folder->mailbox))
              continue;
            folder->rest = old->rest;
            folder->on_server = old->on_server;
            old->rest = (MosEmailRest) { 0 };
          }
      }
}

/* The first time the Inbox is looked at on the same trip, where it is known what of it is. */
static GPtrArray *
list (MosEmailSync *self,
      GCancellable *cancellable,
      GError **error)
{
  guint64 modseq;
  MosImapAhead ahead;

  if (self->known == NULL)
    return mos_imap_session_list_sync (self->session, cancellable, error);
  ahead = mos_email_pass_choose_ahead (self->known, &modseq);
  return mos_imap_session_list_ahead_sync (self->session, self->known->folder, self->known->uidvalidity, modseq, ahead, cancellable, error);
}

/**
 * mos_email_folders_look:
 *
 * Asks the server for its folders and the host which of them to follow.
 */
gboolean
mos_email_folders_look (MosEmailSync *self,
                        GCancellable *cancellable,
                        GError **error)
{
  g_autoptr (GPtrArray) folders = list (self, cancellable, error);
  g_autoptr (GPtrArray) listed = NULL;
  g_autoptr (GPtrArray) followed = NULL;
  g_autoptr (GPtrArray) gone = NULL;
  const MosImapFolder *junk;

  if (folders == NULL)
    return FALSE;
  junk = mos_imap_folders_find_role (folders, MOS_FOLDER_JUNK);
  g_set_str (&self->junk, junk != NULL && junk->can_select ? junk->mailbox : NULL);
  listed = describe (self, folders);
  if (!mos_channel_host_follow_folders_sync (self->host, self->account->id, listed, &followed, &gone, cancellable, error))
    return FALSE;
  /* A list with nothing in it is a fault, no reason to call all mail gone. */
  if (gone->len > 0 && folders->len > 0)
    {
      if (!settle_gone (self, listed, gone, cancellable, error))
        return FALSE;
      g_clear_pointer (&followed, g_ptr_array_unref);
      g_clear_pointer (&gone, g_ptr_array_unref);
      if (!mos_channel_host_follow_folders_sync (self->host, self->account->id, listed, &followed, &gone, cancellable, error))
        return FALSE;
    }
  take_followed (self, followed);
  self->look_again = FALSE;
  return TRUE;
}
