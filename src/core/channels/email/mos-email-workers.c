/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-email"

#include "config.h"

#include "core/channels/email/mos-email-channel-private.h"

#include "core/channels/email/mos-email-login.h"
#include "core/channels/email/mos-email-send.h"

/* With IDLE the Inbox is still looked at now and then: some servers forget to tell. */
#define INBOX_EVERY_POLLS 10
#define IDLE_MS (25 * 60 * 1000)
/* How long a second connection is not tried again after the server had one too many; the Inbox is polled meanwhile */
#define LIMIT_US (30 * 60 * G_USEC_PER_SEC)
/* More folders than that are not watched but polled: servers keep an open file or two for each. */
#define MAX_WATCHED 20
#define PROGRESS_US (250 * 1000)
/* The longest sleep of the sender: a planned time is the wall clock's, which may be set, and stands still for nobody while the machine sleeps. */
#define SEND_LOOK_US (60 * G_USEC_PER_SEC)

/* Until when a worker sleeps after @error, and what wakes it. Returns what woke it. */
static guint
wait_out (MosEmailChannel *self,
          guint *todo,
          MosBackoff *backoff,
          const MosEmailTrouble *trouble,
          gint64 delay_us)
{
  guint mask = MOS_EMAIL_TODO_NOW;
  guint woken;

  if (!trouble->stop || trouble->network_may_help)
    mask |= MOS_EMAIL_TODO_NETWORK;
  woken = mos_email_channel_wait (self, todo, mask, trouble->stop ? -1 : delay_us);
  if (woken & mask)
    mos_backoff_reset (backoff);
  return woken;
}

/* --- sync --- */

static void
progress_cb (guint64 done,
             guint64 total,
             gpointer data)
{
  MosEmailChannel *self = data;
  gboolean tell;

  if (total == 0)
    return;
  g_mutex_lock (&self->mutex);
  tell = self->receiving.state != MOS_ACCOUNT_SYNCING || g_get_monotonic_time () - self->told_us > PROGRESS_US;
  self->receiving.state = MOS_ACCOUNT_SYNCING;
  self->done = done;
  self->total = total;
  g_mutex_unlock (&self->mutex);

  if (tell)
    mos_email_channel_tell (self);
}

static gboolean
is_interrupted_cb (gpointer data)
{
  MosEmailChannel *self = data;
  gboolean interrupted;

  g_mutex_lock (&self->mutex);
  interrupted = self->stopping || (self->sync_todo & (MOS_EMAIL_TODO_INBOX | MOS_EMAIL_TODO_COPIES)) != 0;
  g_mutex_unlock (&self->mutex);

  return interrupted;
}

/* What of @mask is to be done; taken. */
static guint
take_todo (MosEmailChannel *self,
           guint mask)
{
  guint taken;

  g_mutex_lock (&self->mutex);
  taken = self->sync_todo & mask;
  self->sync_todo &= ~mask;
  g_mutex_unlock (&self->mutex);

  return taken;
}

static gboolean
take_flags_cb (gpointer data)
{
  return take_todo (data, MOS_EMAIL_TODO_FLAGS) != 0;
}

/* @sync: (nullable): the connection there is now */
static void
set_connected (MosEmailChannel *self,
               MosEmailSync *sync)
{
  const char *inbox = sync != NULL ? mos_email_sync_get_inbox (sync) : NULL;
  g_autoptr (GCancellable) idle = NULL;

  g_mutex_lock (&self->mutex);
  g_set_str (&self->inbox, inbox);
  g_strfreev (self->watched);
  self->watched = sync != NULL ? mos_email_sync_list_others (sync) : NULL;
  if (inbox != NULL)
    self->idle_todo |= MOS_EMAIL_TODO_CONNECTED;
  else
    g_set_object (&idle, self->idle_cancellable); /* its line is likely as dead as ours */
  g_cond_broadcast (&self->cond);
  g_mutex_unlock (&self->mutex);

  if (idle != NULL)
    g_cancellable_cancel (idle);
}

/* What the server wants the person to read (RFC 9051 §7.1) stands with the account until she says that she did. */
static void
keep_alerts (MosEmailChannel *self,
             MosEmailSync *sync)
{
  g_auto (GStrv) alerts = mos_email_sync_take_alerts (sync);

  if (alerts == NULL)
    return;
  g_mutex_lock (&self->mutex);
  g_free (self->alert);
  self->alert = g_strjoinv (" ", alerts);
  g_mutex_unlock (&self->mutex);
}

static void
set_ready (MosEmailChannel *self,
           MosEmailSync *sync)
{
  const char *trouble = mos_email_sync_get_trouble (sync);
  g_autofree char *alert = NULL;

  g_mutex_lock (&self->mutex);
  self->last_sync_us = mos_email_channel_now_us (self);
  self->on_server = mos_email_sync_get_on_server (sync);
  alert = g_strdup (self->alert);
  g_mutex_unlock (&self->mutex);

  if (trouble != NULL)
    mos_email_channel_set_condition (self, &self->receiving, MOS_ACCOUNT_READY, MOS_EMAIL_FOLDER_REFUSED, trouble, 0);
  else
    mos_email_channel_set_condition (self, &self->receiving, MOS_ACCOUNT_READY, alert != NULL ? MOS_EMAIL_SERVER_ALERT : NULL, alert, 0);
}

/* @todo: what to do; left is what was not finished. */
static gboolean
sync_round (MosEmailChannel *self,
            MosEmailSync *sync,
            guint *todo,
            MosSyncCounts *counts,
            GError **error)
{
  MosEmailSyncFolders folders = 0;
  gboolean complete = TRUE;

  if ((*todo & MOS_EMAIL_TODO_FLAGS) && !mos_email_sync_write_flags_sync (sync, self->cancellable, error))
    return FALSE;
  if ((*todo & MOS_EMAIL_TODO_COPIES) && !mos_email_sync_settle_sent_sync (sync, self->cancellable, error))
    return FALSE;

  if (*todo & MOS_EMAIL_TODO_INBOX)
    folders |= MOS_EMAIL_SYNC_INBOX;
  if (*todo & MOS_EMAIL_TODO_SENT)
    folders |= MOS_EMAIL_SYNC_SENT | MOS_EMAIL_SYNC_OTHERS;
  if (folders != 0 && !mos_email_sync_run_sync (sync, folders, counts, &complete, self->cancellable, error))
    return FALSE;
  if (complete && (folders & MOS_EMAIL_SYNC_OTHERS) && !mos_email_sync_audit_if_due_sync (sync, counts, &complete, self->cancellable, error))
    return FALSE;

  *todo = complete ? 0 : MOS_EMAIL_TODO_INBOX | MOS_EMAIL_TODO_SENT;
  return TRUE;
}

/* One connection's life: returns with the error that ended it, or when the channel stops. */
static gboolean
sync_connected (MosEmailChannel *self,
                MosEmailSync *sync,
                MosBackoff *backoff,
                GError **error)
{
  const guint all = MOS_EMAIL_TODO_INBOX | MOS_EMAIL_TODO_SENT | MOS_EMAIL_TODO_FLAGS | MOS_EMAIL_TODO_COPIES;
  MosSyncCounts counts = { 0 };
  guint todo = all;
  guint polls = 0;

  while (!mos_email_channel_is_stopping (self))
    {
      guint woken;

      if (!sync_round (self, sync, &todo, &counts, error))
        return FALSE;
      mos_backoff_reset (backoff);

      keep_alerts (self, sync);
      if (todo == 0)
        set_ready (self, sync);

      woken = mos_email_channel_wait (self, &self->sync_todo, ~0u, todo == 0 ? (gint64) self->poll_ms * 1000 : 0);
      todo |= woken & all;
      /* Somebody asked: perhaps for the sake of a folder chosen or made just now. */
      if (woken & MOS_EMAIL_TODO_NOW)
        {
          mos_email_sync_look_again (sync);
          g_mutex_lock (&self->mutex);
          g_clear_pointer (&self->alert, g_free);
          g_mutex_unlock (&self->mutex);
        }
      if (todo == 0)
        {
          gboolean idling;

          g_mutex_lock (&self->mutex);
          idling = self->idling;
          g_mutex_unlock (&self->mutex);
          todo = MOS_EMAIL_TODO_SENT | MOS_EMAIL_TODO_COPIES;
          if (!idling || ++polls % INBOX_EVERY_POLLS == 0)
            todo |= MOS_EMAIL_TODO_INBOX;
        }
    }
  return TRUE;
}

void
mos_email_channel_run_sync (GTask *task,
                            gpointer source_object,
                            gpointer task_data,
                            GCancellable *cancellable)
{
  MosEmailChannel *self = source_object;
  MosEmailSyncHooks hooks = { progress_cb, is_interrupted_cb, take_flags_cb, self };
  MosBackoff backoff;

  mos_backoff_init (&backoff, self->random, self->random_data);
  while (!mos_email_channel_is_stopping (self))
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (MosEmailSync) sync = NULL;
      MosEmailTrouble trouble;
      gint64 delay_us;

      mos_email_channel_set_condition (self, &self->receiving, MOS_ACCOUNT_CONNECTING, NULL, NULL, 0);
      sync = mos_email_sync_open_sync (mos_channel_get_account (MOS_CHANNEL (self)), mos_channel_get_host (MOS_CHANNEL (self)), &hooks, self->cancellable, &error);
      if (sync != NULL)
        {
          set_connected (self, sync);
          sync_connected (self, sync, &backoff, &error);
          set_connected (self, NULL);
          g_clear_pointer (&sync, mos_email_sync_free);
        }
      if (error == NULL || mos_email_channel_is_stopping (self))
        continue;

      trouble = mos_email_trouble_from_error (error);
      delay_us = mos_backoff_next (&backoff);
      g_debug ("%s: %s: %s", mos_channel_get_account (MOS_CHANNEL (self))->address, trouble.why, error->message);
      mos_email_channel_set_condition (self, &self->receiving, trouble.state, trouble.why, error->message,
                                       trouble.stop ? 0 : mos_email_channel_now_us (self) + delay_us);
      wait_out (self, &self->sync_todo, &backoff, &trouble, delay_us);
    }
  g_task_return_boolean (task, TRUE);
}

/* --- idle --- */

static GCancellable *
begin_idle (MosEmailChannel *self,
            char **ret_inbox)
{
  GCancellable *cancellable = NULL;

  g_mutex_lock (&self->mutex);
  *ret_inbox = g_strdup (self->inbox);
  g_clear_object (&self->idle_cancellable);
  if (!self->stopping && self->inbox != NULL)
    {
      self->idle_cancellable = g_cancellable_new ();
      cancellable = g_object_ref (self->idle_cancellable);
    }
  g_mutex_unlock (&self->mutex);

  return cancellable;
}

static void
set_idling (MosEmailChannel *self,
            gboolean idling)
{
  g_mutex_lock (&self->mutex);
  self->idling = idling;
  g_mutex_unlock (&self->mutex);
}

/* Returns %FALSE with @error when the line broke, %TRUE when the server has no IDLE. */
static gboolean
idle_connected (MosEmailChannel *self,
                MosImapSession *session,
                const char *inbox,
                MosBackoff *backoff,
                GCancellable *cancellable,
                GError **error)
{
  MosImapSelected selected = { 0 };
  g_auto (GStrv) watched = NULL;
  gboolean watching;

  if (!mos_imap_session_can_idle (session))
    return TRUE;
  if (!mos_imap_session_select_sync (session, inbox, TRUE, 0, 0, &selected, cancellable, error))
    return FALSE;
  g_mutex_lock (&self->mutex);
  watched = g_strdupv (self->watched);
  g_mutex_unlock (&self->mutex);
  if (watched != NULL && g_strv_length (watched) <= MAX_WATCHED &&
      !mos_imap_session_watch_sync (session, (const char *const *) watched, &watching, cancellable, error))
    return FALSE;

  mos_backoff_reset (backoff);
  set_idling (self, TRUE);
  /* What came since the sync worker last looked. */
  mos_email_channel_add_todo (self, &self->sync_todo, MOS_EMAIL_TODO_INBOX);
  for (;;)
    {
      MosImapWake wake = 0;

      if (!mos_imap_session_idle_sync (session, IDLE_MS, &wake, cancellable, error))
        return FALSE;
      if (wake & ~(guint) MOS_IMAP_WAKE_ELSEWHERE)
        mos_email_channel_add_todo (self, &self->sync_todo, MOS_EMAIL_TODO_INBOX);
      if (wake & MOS_IMAP_WAKE_ELSEWHERE)
        {
          g_strfreev (mos_imap_session_take_changed (session));
          mos_email_channel_add_todo (self, &self->sync_todo, MOS_EMAIL_TODO_SENT);
        }
    }
}

void
mos_email_channel_run_idle (GTask *task,
                            gpointer source_object,
                            gpointer task_data,
                            GCancellable *unused)
{
  MosEmailChannel *self = source_object;
  MosAccount *account = mos_channel_get_account (MOS_CHANNEL (self));
  MosBackoff backoff;

  mos_backoff_init (&backoff, self->random, self->random_data);
  while (!mos_email_channel_is_stopping (self))
    {
      g_autoptr (GCancellable) cancellable = NULL;
      g_autoptr (GError) error = NULL;
      g_autofree char *inbox = NULL;
      MosImapSession *session = NULL;
      gboolean no_idle = FALSE;

      cancellable = begin_idle (self, &inbox);
      if (cancellable == NULL)
        {
          mos_email_channel_wait (self, &self->idle_todo, MOS_EMAIL_TODO_CONNECTED, -1);
          continue;
        }

      session = mos_email_login_imap_sync (account, mos_channel_get_host (MOS_CHANNEL (self)), cancellable, &error);
      if (session != NULL)
        {
          no_idle = idle_connected (self, session, inbox, &backoff, cancellable, &error);
          set_idling (self, FALSE);
          if (mos_imap_session_is_open (session) && !g_cancellable_is_cancelled (cancellable))
            mos_imap_session_logout_sync (session);
          mos_imap_session_free (session);
        }

      if (mos_imap_error_is_connection_limit (error))
        {
          /* One connection is enough: the sync worker's, which then polls. */
          g_debug ("%s: no second connection: %s", account->address, error->message);
          mos_email_channel_wait (self, &self->idle_todo, MOS_EMAIL_TODO_NOW, LIMIT_US);
        }
      else if (no_idle)
        mos_email_channel_wait (self, &self->idle_todo, MOS_EMAIL_TODO_CONNECTED | MOS_EMAIL_TODO_NOW, -1);
      else if (error != NULL && !g_cancellable_is_cancelled (cancellable))
        {
          MosEmailTrouble trouble = mos_email_trouble_from_error (error);

          g_debug ("%s: idle: %s", account->address, error->message);
          /* When the server went away the sync worker learns it now, not with its next look. */
          mos_email_channel_add_todo (self, &self->sync_todo, MOS_EMAIL_TODO_INBOX);
          trouble.stop = FALSE;
          wait_out (self, &self->idle_todo, &backoff, &trouble, mos_backoff_next (&backoff));
        }
    }
  g_task_return_boolean (task, TRUE);
}

/* --- send --- */

void
mos_email_channel_run_send (GTask *task,
                            gpointer source_object,
                            gpointer task_data,
                            GCancellable *unused)
{
  MosEmailChannel *self = source_object;
  MosAccount *account = mos_channel_get_account (MOS_CHANNEL (self));
  g_autoptr (MosEmailSender) sender = mos_email_sender_new (account, mos_channel_get_host (MOS_CHANNEL (self)), mos_channel_get_clock (MOS_CHANNEL (self)), self->random, self->random_data);
  MosBackoff backoff;
  gint64 wait_us = 0;

  mos_backoff_init (&backoff, self->random, self->random_data);
  while (!mos_email_channel_is_stopping (self))
    {
      guint woken = mos_email_channel_wait (self, &self->send_todo, ~0u, wait_us);
      /* A changed network, or a person, is a reason to try what waits for a later time. */
      gboolean everything = (woken & MOS_EMAIL_TODO_NOW) || ((woken & MOS_EMAIL_TODO_NETWORK) && backoff.failures > 0);
      MosBackoff next_backoff;
      g_autoptr (GError) error = NULL;
      gint64 delay_us;
      gint64 next_us = 0;
      guint sent = 0;
      gboolean ok;

      if (mos_email_channel_is_stopping (self))
        break;
      if (everything)
        mos_backoff_reset (&backoff);
      next_backoff = backoff;
      delay_us = mos_backoff_next (&next_backoff);

      ok = mos_email_sender_run_sync (sender, everything, delay_us, &sent, &next_us, self->cancellable, &error);
      if (sent > 0)
        mos_email_channel_add_todo (self, &self->sync_todo, MOS_EMAIL_TODO_COPIES | MOS_EMAIL_TODO_SENT);

      wait_us = -1;
      if (ok)
        {
          if (mos_email_sender_was_put_off (sender))
            backoff = next_backoff;
          else if (sent > 0)
            mos_backoff_reset (&backoff);
          if (sent > 0 || next_us == 0)
            mos_email_channel_set_condition (self, &self->sending, MOS_ACCOUNT_READY, NULL, NULL, 0);
          if (next_us > 0)
            wait_us = CLAMP (next_us - mos_email_channel_now_us (self), 0, (gint64) SEND_LOOK_US);
        }
      else if (!mos_email_channel_is_stopping (self))
        {
          MosEmailTrouble trouble = mos_email_trouble_from_error (error);

          g_debug ("%s: send: %s: %s", account->address, trouble.why, error->message);
          backoff = next_backoff;
          wait_us = delay_us;
          if (trouble.stop)
            wait_us = -1;
          /* Of a broken line the queue tells; that what happened cannot be written down somebody must know. */
          if (trouble.stop || mos_email_sender_has_unwritten (sender))
            mos_email_channel_set_condition (self, &self->sending, trouble.state, trouble.why, error->message, 0);
        }
    }
  g_task_return_boolean (task, TRUE);
}
