/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-email"

#include "config.h"

#include "core/channels/email/mos-email-arrival.h"

#include "core/channels/email/mos-email-login.h"

/* The first mails of the kind are there within a second; who waits for longer asks less often. */
#define FIRST_PAUSE_MS 250u
#define LAST_PAUSE_MS 4000u

void
mos_email_arrival_clear (MosEmailArrival *self)
{
  g_clear_pointer (&self->folder, g_free);
  g_clear_pointer (&self->head, g_bytes_unref);
}

static gboolean
take_head (const MosImapMessage *message,
           gpointer user_data,
           GError **error)
{
  MosEmailArrival *arrival = user_data;

  g_clear_pointer (&arrival->head, g_bytes_unref);
  arrival->head = g_bytes_ref (message->raw);
  return TRUE;
}

/* A wish, not a part of the test: where it cannot be done the mail lies where it is. */
static void
tidy (MosImapSession *session,
      const MosImapUidSet *uids,
      const MosImapFolder *trash,
      MosEmailArrival *arrival,
      GCancellable *cancellable)
{
  g_autoptr (GError) error = NULL;

  arrival->is_tidied = trash != NULL && mos_imap_session_move_sync (session, uids, trash->mailbox, FALSE, cancellable, &error);
  if (error != NULL)
    g_debug ("The test message stays where it is: %s", error->message);
}

/* @arrival: with a folder when the mail is in @folder */
static gboolean
look_in (MosImapSession *session,
         const char *mailbox,
         const MosImapFolder *folder,
         const MosImapFolder *trash,
         const char *message_id,
         MosEmailArrival *arrival,
         GCancellable *cancellable,
         GError **error)
{
  MosImapSelected selected;
  g_autoptr (MosImapUidSet) uids = NULL;
  g_autoptr (GArray) planned = NULL;

  if (!mos_imap_session_select_sync (session, mailbox, FALSE, 0, 0, &selected, cancellable, error))
    return FALSE;
  uids = mos_imap_session_find_message_id_sync (session, message_id, cancellable, error);
  if (uids == NULL)
    return FALSE;
  if (mos_imap_uid_set_is_empty (uids))
    return TRUE;
  planned = mos_imap_session_plan_sync (session, uids, cancellable, error);
  if (planned == NULL || !mos_imap_session_fetch_headers_sync (session, planned, take_head, arrival, cancellable, error))
    return FALSE;
  arrival->folder = g_strdup (folder != NULL ? folder->name : mailbox);
  tidy (session, uids, trash, arrival, cancellable);
  return TRUE;
}

static gboolean
pause_sync (guint ms,
            GCancellable *cancellable,
            GError **error)
{
  GPollFD fd;

  if (cancellable == NULL || !g_cancellable_make_pollfd (cancellable, &fd))
    {
      g_usleep (ms * 1000);
      return TRUE;
    }
  g_poll (&fd, 1, (int) ms);
  g_cancellable_release_fd (cancellable);
  return !g_cancellable_set_error_if_cancelled (cancellable, error);
}

gboolean
mos_email_await_sync (MosAccount *account,
                      MosChannelHost *host,
                      const char *message_id,
                      gint64 until_us,
                      MosEmailArrival *ret_arrival,
                      GCancellable *cancellable,
                      GError **error)
{
  g_autoptr (MosImapSession) session = mos_email_login_imap_sync (account, host, cancellable, error);
  g_autoptr (GPtrArray) folders = session != NULL ? mos_imap_session_list_sync (session, cancellable, error) : NULL;
  const MosImapFolder *inbox, *junk, *trash;
  guint pause_ms = FIRST_PAUSE_MS;

  *ret_arrival = (MosEmailArrival) { 0 };
  if (folders == NULL)
    return FALSE;
  inbox = mos_imap_folders_find_role (folders, MOS_FOLDER_INBOX);
  junk = mos_imap_folders_find_role (folders, MOS_FOLDER_JUNK);
  trash = mos_imap_folders_find_role (folders, MOS_FOLDER_TRASH);
  for (;;)
    {
      if (!look_in (session, inbox != NULL ? inbox->mailbox : "INBOX", inbox, trash, message_id, ret_arrival, cancellable, error))
        return FALSE;
      if (ret_arrival->folder == NULL && junk != NULL)
        {
          if (!look_in (session, junk->mailbox, junk, trash, message_id, ret_arrival, cancellable, error))
            return FALSE;
          ret_arrival->is_junk = ret_arrival->folder != NULL;
        }
      if (ret_arrival->folder != NULL || g_get_monotonic_time () >= until_us)
        break;
      if (!pause_sync (pause_ms, cancellable, error))
        return FALSE;
      pause_ms = MIN (pause_ms * 2, LAST_PAUSE_MS);
    }
  if (mos_imap_session_is_open (session))
    mos_imap_session_logout_sync (session);
  return TRUE;
}
