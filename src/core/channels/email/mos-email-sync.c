/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-email"

#include "config.h"

#include "core/channels/email/mos-email-sync-private.h"

#include "core/channels/email/mos-email-login.h"

typedef struct
{
  MosEmailSync *sync;
  GCancellable *cancellable; /* (nullable) */
} Reading;

/* Tens of thousands of places: they are read while the server is called. Without them all goes on, a trip later. */
static gpointer
read_known (gpointer data)
{
  Reading *reading = data;
  MosEmailSync *self = reading->sync;
  g_autoptr (GError) error = NULL;

  self->known = mos_channel_host_load_folder_sync (self->host, self->account->id, "INBOX", reading->cancellable, &error);
  if (self->known == NULL)
    g_debug ("%s: what is known of the Inbox could not be read: %s", self->account->address, error->message);
  return NULL;
}

/**
 * mos_email_sync_open_sync:
 * @account: the account
 * @host: (transfer none): the desk; asked for the password or token
 * @hooks: (nullable): copied
 *
 * Connects, logs in and finds the folders.
 *
 * Returns: (transfer full) (nullable)
 */
MosEmailSync *
mos_email_sync_open_sync (MosAccount *account,
                          MosChannelHost *host,
                          const MosEmailSyncHooks *hooks,
                          GCancellable *cancellable,
                          GError **error)
{
  g_autoptr (MosEmailSync) self = g_new0 (MosEmailSync, 1);
  Reading reading = { self, cancellable };
  GThread *reader;

  self->account = mos_account_ref (account);
  self->host = g_object_ref (host);
  self->folders = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_email_folder_free);
  if (hooks != NULL)
    self->hooks = *hooks;

  reader = g_thread_new ("mail-known", read_known, &reading);
  self->session = mos_email_login_imap_sync (account, host, cancellable, error);
  g_thread_join (reader);
  if (self->session == NULL || !mos_email_folders_look (self, cancellable, error))
    return NULL;

  return g_steal_pointer (&self);
}

/** mos_email_sync_free: takes leave of the server, two seconds at most. %NULL and half-open ones are fine. */
void
mos_email_sync_free (MosEmailSync *self)
{
  if (self == NULL)
    return;
  if (self->session != NULL)
    {
      if (mos_imap_session_is_open (self->session))
        mos_imap_session_logout_sync (self->session);
      mos_imap_session_free (self->session);
    }
  g_ptr_array_unref (self->folders);
  g_clear_pointer (&self->known, mos_folder_state_unref);
  mos_account_unref (self->account);
  g_object_unref (self->host);
  g_free (self->inbox);
  g_free (self->sent);
  g_free (self->junk);
  g_free (self->trouble);
  g_free (self);
}

/** mos_email_sync_leave: takes leave without waiting for the server, where nothing else is asked of it soon. Then _free(). */
void
mos_email_sync_leave (MosEmailSync *self)
{
  mos_imap_session_leave (self->session);
}

gboolean
mos_email_sync_is_open (MosEmailSync *self)
{
  return mos_imap_session_is_open (self->session);
}

/** mos_email_sync_get_inbox: Returns: (transfer none): the Inbox's name as on the wire */
const char *
mos_email_sync_get_inbox (MosEmailSync *self)
{
  return self->inbox;
}

/** mos_email_sync_get_on_server: Returns: messages in the folders followed, as of the last pass */
guint64
mos_email_sync_get_on_server (MosEmailSync *self)
{
  guint64 sum = 0;

  for (guint i = 0; i < self->folders->len; i++)
    sum += ((MosEmailFolder *) self->folders->pdata[i])->on_server;
  return sum;
}

/** mos_email_sync_get_trouble: Returns: (transfer none) (nullable): a folder that could not be opened in the last pass, and the server's words */
const char *
mos_email_sync_get_trouble (MosEmailSync *self)
{
  return self->trouble;
}

/** mos_email_sync_take_alerts: Returns: (transfer full) (nullable): what the server wants the person to read, since the last call */
char **
mos_email_sync_take_alerts (MosEmailSync *self)
{
  return mos_imap_session_take_alerts (self->session);
}

/** mos_email_sync_list_others: Returns: (transfer full): the folders followed besides the Inbox */
char **
mos_email_sync_list_others (MosEmailSync *self)
{
  g_autoptr (GStrvBuilder) others = g_strv_builder_new ();

  for (guint i = 0; i < self->folders->len; i++)
    {
      const MosEmailFolder *folder = self->folders->pdata[i];

      if (folder->role != MOS_FOLDER_INBOX)
        g_strv_builder_add (others, folder->mailbox);
    }
  return g_strv_builder_end (others);
}

/** mos_email_sync_look_again: the owner chose other folders: the next pass asks which */
void
mos_email_sync_look_again (MosEmailSync *self)
{
  self->look_again = TRUE;
}

/* One folder that the server will not open must not keep the others from being read. @error: set only when the round is over. */
static gboolean
run_pass (MosEmailSync *self,
          MosEmailFolder *folder,
          MosEmailPass *pass,
          MosSyncCounts *counts,
          gboolean *ret_refused,
          GCancellable *cancellable,
          GError **error)
{
  g_autoptr (GError) local = NULL;

  *ret_refused = FALSE;
  if (mos_email_pass_run (self, folder, pass, counts, cancellable, &local))
    return TRUE;
  /* Without its Inbox an account is in trouble as a whole. */
  if (folder->role == MOS_FOLDER_INBOX || local->domain != MOS_MAIL_ERROR || !mos_imap_session_is_open (self->session) || g_cancellable_is_cancelled (cancellable))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  g_debug ("%s: %s is left out: %s", self->account->address, folder->mailbox, local->message);
  g_free (self->trouble);
  self->trouble = g_strdup_printf ("%s: %s", folder->mailbox, local->message);
  counts->refused_folders++;
  /* Renamed or deleted, perhaps. */
  self->look_again = TRUE;
  *ret_refused = TRUE;
  return TRUE;
}

static gboolean
is_wanted (MosEmailFolder *folder,
           MosEmailSyncFolders folders)
{
  if (folder->role == MOS_FOLDER_INBOX)
    return (folders & MOS_EMAIL_SYNC_INBOX) != 0;
  return (folders & (folder->is_always ? MOS_EMAIL_SYNC_SENT : MOS_EMAIL_SYNC_OTHERS)) != 0;
}

/* At a first sync mail that is work comes first, from Inbox and Sent, however much old mail there is. @ret_inbox: (out) (nullable): read on the way */
static gboolean
fetch_work (MosEmailSync *self,
            MosEmailSyncFolders *folders,
            MosFolderState **ret_inbox,
            MosSyncCounts *counts,
            GCancellable *cancellable,
            GError **error)
{
  g_autoptr (MosFolderState) inbox = g_steal_pointer (&self->known);

  /* What was done since may have changed it. */
  if (inbox != NULL && (!mos_imap_session_is_ahead (self->session) || !g_str_equal (inbox->folder, self->inbox)))
    g_clear_pointer (&inbox, mos_folder_state_unref);
  if (inbox == NULL)
    inbox = mos_channel_host_load_folder_sync (self->host, self->account->id, self->inbox, cancellable, error);
  if (inbox == NULL)
    return FALSE;
  if (!inbox->first_sync_done)
    *folders |= MOS_EMAIL_SYNC_SENT | MOS_EMAIL_SYNC_OTHERS;
  if (!inbox->first_sync_done && !inbox->work_ready)
    {
      for (guint i = 0; i < self->folders->len; i++)
        {
          MosEmailFolder *folder = self->folders->pdata[i];
          MosEmailPass pass = { .only_work = TRUE, .is_complete = TRUE };
          gboolean refused;

          if (folder->role == MOS_FOLDER_INBOX)
            pass.state = g_steal_pointer (&inbox);

          if (folder->is_always && !run_pass (self, folder, &pass, counts, &refused, cancellable, error))
            return FALSE;
        }
      if (!mos_channel_host_work_ready_sync (self->host, self->account->id, cancellable, error))
        return FALSE;
    }
  self->work_is_here = TRUE;
  *ret_inbox = g_steal_pointer (&inbox);
  return TRUE;
}

/**
 * mos_email_sync_run_sync:
 * @folders: which to look at
 * @counts: (inout): increased
 * @ret_complete: (out): %FALSE when is_interrupted() ended it early: run again
 *
 * One pass: new mail newest first, flags and removals. Each folder's cursor
 * moves only after everything up to it was taken; what an interruption left is
 * kept and gone on with. At a first sync mail that is
 * work comes first, from Inbox and Sent, then work_ready, then the rest. A folder
 * other than the Inbox that the server does not open is left out and told by
 * mos_email_sync_get_trouble().
 *
 * Returns: %FALSE with @error; the session is over when mos_email_sync_is_open() says so
 */
gboolean
mos_email_sync_run_sync (MosEmailSync *self,
                         MosEmailSyncFolders folders,
                         MosSyncCounts *counts,
                         gboolean *ret_complete,
                         GCancellable *cancellable,
                         GError **error)
{
  g_autoptr (MosFolderState) inbox = NULL;

  *ret_complete = TRUE;
  if (self->look_again && !mos_email_folders_look (self, cancellable, error))
    return FALSE;
  if (folders & (MOS_EMAIL_SYNC_SENT | MOS_EMAIL_SYNC_OTHERS))
    g_clear_pointer (&self->trouble, g_free);
  if ((folders & MOS_EMAIL_SYNC_INBOX) && !self->work_is_here && !fetch_work (self, &folders, &inbox, counts, cancellable, error))
    return FALSE;

  for (guint i = 0; i < self->folders->len && *ret_complete; i++)
    {
      MosEmailFolder *folder = self->folders->pdata[i];
      MosEmailPass pass = { .is_complete = TRUE };
      gboolean refused;

      if (!is_wanted (folder, folders))
        continue;
      /* Tens of thousands of places are read once a pass. */
      if (folder->role == MOS_FOLDER_INBOX)
        pass.state = g_steal_pointer (&inbox);
      if (!run_pass (self, folder, &pass, counts, &refused, cancellable, error))
        return FALSE;
      *ret_complete = pass.is_complete;
    }

  counts->on_server = mos_email_sync_get_on_server (self);
  return TRUE;
}

/* What of the server's list is not accounted for; both are asked for anew. */
static gboolean
compare (MosEmailSync *self,
         MosEmailFolder *folder,
         MosAuditResult *result,
         GCancellable *cancellable,
         GError **error)
{
  g_autoptr (MosFolderState) state = mos_channel_host_load_folder_sync (self->host, self->account->id, folder->mailbox, cancellable, error);
  g_autoptr (MosImapUidSet) nothing = mos_imap_uid_set_new ();
  g_autoptr (MosImapUidSet) accounted = NULL;
  g_autoptr (MosImapUidSet) unaccounted = NULL;
  g_autoptr (MosImapUidSet) stale = NULL;
  g_autoptr (MosImapDiff) diff = NULL;
  MosImapSelected selected = { 0 };
  gboolean is_open = FALSE;

  if (state == NULL || !mos_imap_session_look_again_sync (self->session, folder->mailbox, &is_open, cancellable, error) ||
      (!is_open && !mos_imap_session_select_ahead_sync (self->session, folder->mailbox, 0, 0, MOS_IMAP_AHEAD_UIDS, &selected, cancellable, error)))
    return FALSE;
  diff = mos_imap_session_diff_sync (self->session, nothing, 0, cancellable, error);
  if (diff == NULL)
    return FALSE;
  accounted = mos_email_pass_list_accounted (state);
  unaccounted = mos_imap_uid_set_subtract (diff->added, accounted);
  stale = mos_imap_uid_set_subtract (accounted, diff->added);
  folder->on_server = mos_imap_uid_set_get_count (diff->added);
  result->on_server += folder->on_server;
  result->unaccounted += mos_imap_uid_set_get_count (unaccounted) + mos_imap_uid_set_get_count (stale);
  return TRUE;
}

/**
 * mos_email_sync_audit_sync:
 * @counts: (inout): increased by what was put right
 * @ret_complete: (out): %FALSE when is_interrupted() ended it early: nothing was recorded, run again
 *
 * Right after a complete pass: compares every UID of every folder followed with what is
 * stored; where something differs, puts it right (fetches what is missing, marks what is gone),
 * compares once more, and records the result at the host. Mail that came or went meanwhile is a
 * difference too, so a busy mailbox is compared up to three times.
 */
gboolean
mos_email_sync_audit_sync (MosEmailSync *self,
                           MosSyncCounts *counts,
                           gboolean *ret_complete,
                           GCancellable *cancellable,
                           GError **error)
{
  g_autoptr (MosAuditResult) result = mos_audit_result_new ();

  *ret_complete = TRUE;
  for (guint i = 0; i < self->folders->len; i++)
    {
      MosEmailFolder *folder = self->folders->pdata[i];
      gboolean refused = FALSE;

      for (guint turn = 0; turn < 4 && !refused; turn++)
        {
          MosEmailPass pass = { .whole = TRUE, .is_complete = TRUE };
          MosAuditResult found = { 0 };
          g_autoptr (GError) local = NULL;

          /* After a complete pass mostly nothing differs: then one look is all. */
          if (turn > 0 && !run_pass (self, folder, &pass, counts, &refused, cancellable, error))
            return FALSE;
          if (!pass.is_complete)
            {
              *ret_complete = FALSE;
              return TRUE;
            }
          if (refused)
            break;
          result->added += pass.added;
          result->removed += pass.removed;
          if (!compare (self, folder, &found, cancellable, &local))
            {
              if (local->domain != MOS_MAIL_ERROR || !mos_imap_session_is_open (self->session))
                {
                  g_propagate_error (error, g_steal_pointer (&local));
                  return FALSE;
                }
              refused = TRUE;
              break;
            }
          if (found.unaccounted > 0 && turn < 3)
            continue;
          result->on_server += found.on_server;
          result->unaccounted += found.unaccounted;
          break;
        }
      if (refused)
        {
          g_autofree char *before = g_steal_pointer (&result->detail);

          result->detail = before != NULL ? g_strconcat (before, ", ", folder->mailbox, NULL) : g_strdup (folder->mailbox);
        }
    }
  counts->on_server = mos_email_sync_get_on_server (self);
  return mos_channel_host_record_audit_sync (self->host, self->account->id, result, cancellable, error);
}

/** mos_email_sync_audit_if_due_sync: the same once a day, and when the owner asked for it. @ret_complete: left alone when it was not due */
gboolean
mos_email_sync_audit_if_due_sync (MosEmailSync *self,
                                  MosSyncCounts *counts,
                                  gboolean *ret_complete,
                                  GCancellable *cancellable,
                                  GError **error)
{
  gboolean is_due = FALSE;

  if (!mos_channel_host_is_audit_due_sync (self->host, self->account->id, &is_due, cancellable, error))
    return FALSE;
  return !is_due || mos_email_sync_audit_sync (self, counts, ret_complete, cancellable, error);
}
