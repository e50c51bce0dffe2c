/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-email"

#include "config.h"

#include "core/channels/email/mos-email-sync-private.h"

#include "core/mail/mime/mos-mime.h"

#include <string.h>

/* --- flags, written back from the host's queue --- */

static int
compare_changes (gconstpointer a,
                 gconstpointer b)
{
  const MosFlagChange *x = *(MosFlagChange *const *) a;
  const MosFlagChange *y = *(MosFlagChange *const *) b;
  int by_folder = strcmp (x->folder, y->folder);

  if (by_folder != 0)
    return by_folder;
  if (x->uidvalidity != y->uidvalidity)
    return x->uidvalidity < y->uidvalidity ? -1 : 1;
  if (x->add != y->add)
    return x->add < y->add ? -1 : 1;
  if (x->remove != y->remove)
    return x->remove < y->remove ? -1 : 1;
  return x->uid < y->uid ? -1 : x->uid > y->uid;
}

/* @changes: of one folder, with the same flags */
static gboolean
write_flags_of (MosEmailSync *self,
                GPtrArray *changes,
                GCancellable *cancellable,
                GError **error)
{
  const MosFlagChange *first = changes->pdata[0];
  g_autoptr (MosImapUidSet) uids = mos_imap_uid_set_new ();
  g_autoptr (GError) local = NULL;
  MosImapSelected selected = { 0 };
  gboolean done = TRUE;

  for (guint i = 0; i < changes->len; i++)
    mos_imap_uid_set_add (uids, ((MosFlagChange *) changes->pdata[i])->uid);

  if (!mos_imap_session_select_sync (self->session, first->folder, FALSE, 0, 0, &selected, cancellable, &local))
    {
      /* A folder that is not there now: they wait for its return, its new name or the mail's next place. */
      if (local->domain == MOS_MAIL_ERROR && mos_imap_session_is_open (self->session))
        {
          self->look_again = TRUE;
          return TRUE;
        }
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  /* Numbered anew: the next pass finds the messages again, and these go along. */
  if (selected.uidvalidity != first->uidvalidity)
    return TRUE;
  if (!selected.read_only)
    done = mos_imap_session_store_flags_sync (self->session, uids, first->add, first->remove, cancellable, &local);

  /* A server that refuses for good would be asked for ever; one that is gone will be asked again. */
  if (!done && !g_error_matches (local, MOS_MAIL_ERROR, MOS_MAIL_ERROR_REFUSED))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (!done)
    g_debug ("Flags in %s not written: %s", first->folder, local->message);
  return mos_channel_host_finish_flag_changes_sync (self->host, self->account->id, changes, cancellable, error);
}

/**
 * mos_email_sync_write_flags_sync:
 *
 * Writes \Seen and \Answered back for all that waits at the host, and moves what
 * is to lie elsewhere; what is not done stays there.
 */
gboolean
mos_email_sync_write_flags_sync (MosEmailSync *self,
                                 GCancellable *cancellable,
                                 GError **error)
{
  g_autoptr (GPtrArray) waiting = mos_channel_host_list_flag_changes_sync (self->host, self->account->id, cancellable, error);
  guint begin = 0;

  if (waiting == NULL)
    return FALSE;

  g_ptr_array_sort (waiting, compare_changes);
  while (begin < waiting->len)
    {
      g_autoptr (GPtrArray) group = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_flag_change_unref);
      const MosFlagChange *first = waiting->pdata[begin];

      for (; begin < waiting->len; begin++)
        {
          MosFlagChange *change = waiting->pdata[begin];

          if (!g_str_equal (change->folder, first->folder) || change->uidvalidity != first->uidvalidity ||
              change->add != first->add || change->remove != first->remove)
            break;
          g_ptr_array_add (group, mos_flag_change_ref (change));
        }
      if (!write_flags_of (self, group, cancellable, error))
        return FALSE;
    }
  return mos_email_moves_run (self, cancellable, error);
}

/* --- the copy in Sent, exactly once --- */

/* The value of X-Mostrador-Id among the headers of our own message. */
static char *
find_own_id (GBytes *raw)
{
  static const char name[] = "x-mostrador-id:";
  gsize size;
  const char *data = g_bytes_get_data (raw, &size);
  gsize begin = 0;

  while (begin < size)
    {
      const char *newline = memchr (data + begin, '\n', size - begin);
      gsize end = newline != NULL ? (gsize) (newline - data) : size;
      gsize length = end - begin;

      if (length > 0 && data[end - 1] == '\r')
        length--;
      if (length == 0)
        break;
      if (length > strlen (name) && g_ascii_strncasecmp (data + begin, name, strlen (name)) == 0)
        {
          char *value = g_strndup (data + begin + strlen (name), length - strlen (name));

          return g_strstrip (value);
        }
      begin = end + 1;
    }
  return NULL;
}

static gboolean
keep_message_id (const MosImapMessage *message,
                 gpointer user_data,
                 GError **error)
{
  char **ret = user_data;
  g_autoptr (MosParsedMessage) parsed = mos_mime_parse (message->raw, NULL);

  if (parsed != NULL)
    g_set_str (ret, parsed->message_id);
  return TRUE;
}

static gboolean
load_message_id (MosEmailSync *self,
                 guint32 uid,
                 char **ret_message_id,
                 GCancellable *cancellable,
                 GError **error)
{
  g_autoptr (GArray) planned = g_array_new (FALSE, FALSE, sizeof (MosImapPlanned));
  MosImapPlanned one = { .uid = uid, .size = 4096 };

  g_array_append_val (planned, one);
  return mos_imap_session_fetch_sync (self->session, planned, keep_message_id, ret_message_id, NULL, cancellable, error);
}

/* @ret_uid: 0 when it is not there. @ret_message_id: (nullable): the one it has there, when that is not ours */
static gboolean
find_copy (MosEmailSync *self,
           MosOutboxItem *item,
           guint32 *ret_uid,
           char **ret_message_id,
           GCancellable *cancellable,
           GError **error)
{
  g_autoptr (MosImapUidSet) found = mos_imap_session_find_message_id_sync (self->session, item->message_id, cancellable, error);
  g_autofree char *own_id = NULL;

  *ret_uid = 0;
  if (found == NULL)
    return FALSE;
  *ret_uid = mos_imap_uid_set_get_last (found);
  if (*ret_uid != 0)
    return TRUE;

  /* Some servers put a Message-ID of theirs in its place, but leave what they do not know. */
  own_id = find_own_id (item->raw);
  if (own_id == NULL)
    return TRUE;
  g_clear_pointer (&found, mos_imap_uid_set_free);
  found = mos_imap_session_find_header_sync (self->session, "X-Mostrador-Id", own_id, cancellable, error);
  if (found == NULL)
    return FALSE;
  *ret_uid = mos_imap_uid_set_get_last (found);
  return *ret_uid == 0 || load_message_id (self, *ret_uid, ret_message_id, cancellable, error);
}

/* Surely: the owner or the provider's own description says so, or it is Gmail. */
static gboolean
files_by_itself (MosEmailSync *self)
{
  const MosImapQuirks *quirks = mos_imap_session_get_quirks (self->session);

  return self->account->server_files_sent || (quirks->files_sent && quirks->labels_are_folders);
}

/* Perhaps: it was seen to, or, as long as nothing was seen, it calls itself one that does in a cloud, and not for everybody: Exchange. */
static gboolean
may_file_by_itself (MosEmailSync *self,
                    MosOutboxItem *item)
{
  return item->sent_filing != NULL ? g_str_equal (item->sent_filing, "server") : mos_imap_session_get_quirks (self->session)->files_sent;
}

/* A mailbox without a folder for sent mail gets one, under the name that every mail program knows. */
static gboolean
make_sent (MosEmailSync *self,
           GCancellable *cancellable,
           GError **error)
{
  g_autofree char *mailbox = mos_email_folders_make (self, "Sent", cancellable, error);

  if (mailbox == NULL)
    return FALSE;
  mos_email_folders_add (self, mailbox, MOS_FOLDER_SENT, TRUE);
  self->sent = g_steal_pointer (&mailbox);
  return TRUE;
}

/* Of an account of which nothing is known yet: a server that files what it sends may need a moment. */
#define UNKNOWN_LOOKS 4
#define UNKNOWN_LOOK_MS 500
/* Of a server that was seen to do it, and has not yet: so often before it is taken for one that stopped. */
#define SERVER_LOOKS 5

static gboolean
pause_ms (int ms,
          GCancellable *cancellable,
          GError **error)
{
  GPollFD fd = { 0 };
  gboolean has_fd = cancellable != NULL && g_cancellable_make_pollfd (cancellable, &fd);

  g_poll (has_fd ? &fd : NULL, has_fd ? 1 : 0, ms);
  if (has_fd)
    g_cancellable_release_fd (cancellable);
  return !g_cancellable_set_error_if_cancelled (cancellable, error);
}

/* The copy, where the server has put it there, or we before a kill. Learns by it who files. */
static gboolean
look_for_copy (MosEmailSync *self,
               MosOutboxItem *item,
               guint32 *ret_uid,
               char **ret_message_id,
               GCancellable *cancellable,
               GError **error)
{
  guint looks = item->sent_filing == NULL && !files_by_itself (self) && !may_file_by_itself (self, item) ? UNKNOWN_LOOKS : 1;

  for (guint i = 0;; i++)
    {
      if (!find_copy (self, item, ret_uid, ret_message_id, cancellable, error))
        return FALSE;
      if (*ret_uid != 0 || i + 1 >= looks)
        break;
      if (!pause_ms (UNKNOWN_LOOK_MS, cancellable, error) ||
          !mos_imap_session_noop_sync (self->session, &(MosImapWake) { 0 }, cancellable, error))
        return FALSE;
    }
  /* Nobody of us had begun to put one there. */
  return *ret_uid == 0 || item->copy_attempts != 1 || g_strcmp0 (item->sent_filing, "server") == 0 ||
         mos_channel_host_note_server_sync (self->host, self->account->id, MOS_SERVER_SENT_FILING, "server", cancellable, error);
}

/* Of a folder that the server refuses to open or to look through: so often before it is told that there is no copy. */
#define MAX_REFUSED_LOOKS 10

/* What is the matter with Sent keeps no mail from coming in: the copy waits until the lease is over. @cause: (transfer full) */
static gboolean
put_off (MosEmailSync *self,
         MosOutboxItem *item,
         GError *cause,
         GCancellable *cancellable,
         GError **error)
{
  g_autoptr (GError) local = cause;

  if (local->domain != MOS_MAIL_ERROR || !mos_imap_session_is_open (self->session))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  g_debug ("%s: the copy of %s waits: %s", self->account->address, item->message, local->message);
  /* Renamed or deleted, perhaps. */
  self->look_again = TRUE;
  if (g_error_matches (local, MOS_MAIL_ERROR, MOS_MAIL_ERROR_TEMPORARY) || item->copy_attempts < MAX_REFUSED_LOOKS)
    return TRUE;
  return mos_channel_host_skip_sent_copy_sync (self->host, self->account->id, item->message, "refused", local->message, cancellable, error);
}

static gboolean
settle_one (MosEmailSync *self,
            MosOutboxItem *item,
            GCancellable *cancellable,
            GError **error)
{
  MosImapSelected selected = { 0 };
  g_autofree char *message_id = NULL;
  g_autoptr (GError) local = NULL;
  guint32 uidvalidity = 0;
  guint32 uid = 0;

  if (self->sent == NULL && !files_by_itself (self) && !make_sent (self, cancellable, &local))
    {
      if (!g_error_matches (local, MOS_MAIL_ERROR, MOS_MAIL_ERROR_REFUSED))
        return put_off (self, item, g_steal_pointer (&local), cancellable, error);
      return mos_channel_host_skip_sent_copy_sync (self->host, self->account->id, item->message, "no-sent-folder", local->message, cancellable, error);
    }
  if (self->sent == NULL)
    return mos_channel_host_skip_sent_copy_sync (self->host, self->account->id, item->message, "no-sent-folder", NULL, cancellable, error);

  /* A kill or a broken connection may have come between APPEND and its record: look first. */
  if (!mos_imap_session_select_sync (self->session, self->sent, FALSE, 0, 0, &selected, cancellable, &local) ||
      !look_for_copy (self, item, &uid, &message_id, cancellable, &local))
    return put_off (self, item, g_steal_pointer (&local), cancellable, error);
  uidvalidity = selected.uidvalidity;

  if (uid == 0 && files_by_itself (self))
    /* The server files it in its own time; the sync of Sent will meet it. */
    return mos_channel_host_record_sent_copy_sync (self->host, self->account->id, item->message, NULL, 0, 0, NULL, cancellable, error);

  /* The sync of Sent will meet it, or we look again when the lease is over. */
  if (uid == 0 && may_file_by_itself (self, item) && item->copy_attempts < SERVER_LOOKS)
    return TRUE;

  if (uid == 0)
    {
      if (!mos_imap_session_append_sync (self->session, self->sent, MOS_MESSAGE_FLAG_SEEN, 0, item->raw, &uidvalidity, &uid, cancellable, &local))
        {
          if (g_error_matches (local, MOS_MAIL_ERROR, MOS_MAIL_ERROR_REFUSED) || g_error_matches (local, MOS_MAIL_ERROR, MOS_MAIL_ERROR_TOO_LARGE))
            return mos_channel_host_skip_sent_copy_sync (self->host, self->account->id, item->message, g_error_matches (local, MOS_MAIL_ERROR, MOS_MAIL_ERROR_TOO_LARGE) ? "too-large" : "refused",
                                                         local->message, cancellable, error);
          return put_off (self, item, g_steal_pointer (&local), cancellable, error);
        }
      if (g_strcmp0 (item->sent_filing, "client") != 0 &&
          !mos_channel_host_note_server_sync (self->host, self->account->id, MOS_SERVER_SENT_FILING, "client", cancellable, error))
        return FALSE;
      if (uid == 0)
        {
          /* No UIDPLUS: learn its place, so that the sync does not take it for somebody else's mail. */
          uidvalidity = selected.uidvalidity;
          if (!mos_imap_session_noop_sync (self->session, &(MosImapWake) { 0 }, cancellable, &local) ||
              !find_copy (self, item, &uid, &message_id, cancellable, &local))
            return put_off (self, item, g_steal_pointer (&local), cancellable, error);
        }
    }

  if (uid == 0)
    return mos_channel_host_record_sent_copy_sync (self->host, self->account->id, item->message, NULL, 0, 0, NULL, cancellable, error);
  if (g_strcmp0 (message_id, item->message_id) == 0)
    g_clear_pointer (&message_id, g_free);
  return mos_channel_host_record_sent_copy_sync (self->host, self->account->id, item->message, self->sent, uidvalidity, uid, message_id, cancellable, error);
}

/**
 * mos_email_sync_settle_sent_sync:
 *
 * Sees to it that each message the server accepted is in Sent once: there
 * already (filed by the server, or by us before a kill) or put there (\Seen).
 * Where Sent cannot be opened or looked through it waits: only a broken line ends the pass.
 */
gboolean
mos_email_sync_settle_sent_sync (MosEmailSync *self,
                                 GCancellable *cancellable,
                                 GError **error)
{
  for (;;)
    {
      g_autoptr (MosOutboxItem) item = NULL;

      if (!mos_channel_host_claim_sent_copy_sync (self->host, self->account->id, &item, cancellable, error))
        return FALSE;
      if (item == NULL)
        return TRUE;
      if (!settle_one (self, item, cancellable, error))
        return FALSE;
    }
}
