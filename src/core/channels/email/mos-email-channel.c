/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-email"

#include "config.h"

#include "core/channels/email/mos-email-channel-private.h"

#include "core/channels/email/mos-email-send.h"

/* Sent has no IDLE of its own, and a server without IDLE has to be asked. */
#define POLL_MS (60 * 1000)

G_DEFINE_FINAL_TYPE (MosEmailChannel, mos_email_channel, MOS_TYPE_CHANNEL)

/* --- what there is to do --- */

void
mos_email_channel_add_todo (MosEmailChannel *self,
                            guint *todo,
                            guint what)
{
  g_mutex_lock (&self->mutex);
  *todo |= what;
  g_cond_broadcast (&self->cond);
  g_mutex_unlock (&self->mutex);
}

/* Waits until one of @mask is to be done, @wait_us passed (negative: for ever) or the channel stops. Returns what is to be done, and takes it. */
guint
mos_email_channel_wait (MosEmailChannel *self,
                        guint *todo,
                        guint mask,
                        gint64 wait_us)
{
  gint64 until_us = wait_us >= 0 ? g_get_monotonic_time () + wait_us : 0;
  guint taken;

  g_mutex_lock (&self->mutex);
  while (!self->stopping && (*todo & mask) == 0)
    {
      if (wait_us < 0)
        g_cond_wait (&self->cond, &self->mutex);
      else if (!g_cond_wait_until (&self->cond, &self->mutex, until_us))
        break;
    }
  taken = *todo;
  *todo = 0;
  g_mutex_unlock (&self->mutex);

  return taken;
}

gboolean
mos_email_channel_is_stopping (MosEmailChannel *self)
{
  gboolean stopping;

  g_mutex_lock (&self->mutex);
  stopping = self->stopping;
  g_mutex_unlock (&self->mutex);

  return stopping;
}

gint64
mos_email_channel_now_us (MosEmailChannel *self)
{
  return mos_clock_now_us (mos_channel_get_clock (MOS_CHANNEL (self)));
}

/* --- status --- */

void
mos_email_channel_tell (MosEmailChannel *self)
{
  MosAccountStatus *status = mos_account_status_new ();
  const MosEmailCondition *c;

  g_mutex_lock (&self->mutex);
  /* An account that receives but cannot send is in trouble. */
  c = self->sending.state != MOS_ACCOUNT_READY && (self->receiving.state == MOS_ACCOUNT_READY || self->receiving.state == MOS_ACCOUNT_SYNCING)
          ? &self->sending
          : &self->receiving;
  status->state = c->state;
  status->why = g_strdup (c->why);
  status->detail = g_strdup (c->detail);
  status->next_try_us = self->next_try_us;
  status->last_sync_us = self->last_sync_us;
  status->done = self->done;
  status->total = self->total;
  status->on_server = self->on_server;
  self->told_us = g_get_monotonic_time ();
  g_mutex_unlock (&self->mutex);

  mos_channel_take_status (MOS_CHANNEL (self), status);
}

void
mos_email_channel_set_condition (MosEmailChannel *self,
                                 MosEmailCondition *which,
                                 MosAccountState state,
                                 const char *why,
                                 const char *detail,
                                 gint64 next_try_us)
{
  gboolean changed;

  g_mutex_lock (&self->mutex);
  changed = which->state != state;
  which->state = state;
  changed |= g_set_str (&which->why, why);
  changed |= g_set_str (&which->detail, detail);
  if (which == &self->receiving)
    {
      changed |= self->next_try_us != next_try_us;
      self->next_try_us = next_try_us;
      if (state != MOS_ACCOUNT_SYNCING)
        self->done = self->total = 0;
    }
  g_mutex_unlock (&self->mutex);

  if (changed || state == MOS_ACCOUNT_READY)
    mos_email_channel_tell (self);
}

/* --- the channel --- */

static void
push (MosEmailChannel *self,
      MosWorker *worker,
      GTaskThreadFunc func)
{
  /* No cancellable on the task: the worker must run to end in good order. */
  g_autoptr (GTask) task = g_task_new (self, NULL, NULL, NULL);

  g_task_set_source_tag (task, push);
  mos_worker_push (worker, task, func);
}

static void
mos_email_channel_start (MosChannel *channel)
{
  MosEmailChannel *self = MOS_EMAIL_CHANNEL (channel);

  self->sync_worker = mos_worker_new ("mail-sync");
  self->idle_worker = mos_worker_new ("mail-idle");
  self->send_worker = mos_worker_new ("mail-send");
  push (self, self->sync_worker, mos_email_channel_run_sync);
  push (self, self->idle_worker, mos_email_channel_run_idle);
  push (self, self->send_worker, mos_email_channel_run_send);
}

static void
mos_email_channel_request_stop (MosChannel *channel)
{
  MosEmailChannel *self = MOS_EMAIL_CHANNEL (channel);
  g_autoptr (GCancellable) idle = NULL;

  g_mutex_lock (&self->mutex);
  self->stopping = TRUE;
  g_set_object (&idle, self->idle_cancellable);
  g_cond_broadcast (&self->cond);
  g_mutex_unlock (&self->mutex);

  g_cancellable_cancel (self->cancellable);
  if (idle != NULL)
    g_cancellable_cancel (idle);
}

static void
mos_email_channel_join (MosChannel *channel)
{
  MosEmailChannel *self = MOS_EMAIL_CHANNEL (channel);

  mos_worker_shutdown (self->idle_worker);
  mos_worker_shutdown (self->sync_worker);
  mos_worker_shutdown (self->send_worker);
  g_clear_object (&self->idle_worker);
  g_clear_object (&self->sync_worker);
  g_clear_object (&self->send_worker);

  mos_email_channel_set_condition (self, &self->receiving, MOS_ACCOUNT_OFFLINE, NULL, NULL, 0);
}

static void
mos_email_channel_wake (MosChannel *channel,
                        MosChannelWake what)
{
  MosEmailChannel *self = MOS_EMAIL_CHANNEL (channel);

  g_mutex_lock (&self->mutex);
  if (what & MOS_CHANNEL_WAKE_SYNC)
    {
      self->sync_todo |= MOS_EMAIL_TODO_INBOX | MOS_EMAIL_TODO_SENT | MOS_EMAIL_TODO_FLAGS | MOS_EMAIL_TODO_COPIES | MOS_EMAIL_TODO_NOW;
      self->idle_todo |= MOS_EMAIL_TODO_NOW;
      self->send_todo |= MOS_EMAIL_TODO_NOW;
    }
  if (what & MOS_CHANNEL_WAKE_OUTBOX)
    self->send_todo |= MOS_EMAIL_TODO_OUTBOX;
  if (what & MOS_CHANNEL_WAKE_FLAGS)
    self->sync_todo |= MOS_EMAIL_TODO_FLAGS;
  if (what & MOS_CHANNEL_WAKE_NETWORK)
    {
      self->sync_todo |= MOS_EMAIL_TODO_INBOX | MOS_EMAIL_TODO_NETWORK;
      self->idle_todo |= MOS_EMAIL_TODO_NETWORK;
      self->send_todo |= MOS_EMAIL_TODO_NETWORK;
    }
  g_cond_broadcast (&self->cond);
  g_mutex_unlock (&self->mutex);
}

static gboolean
run_until_complete (MosEmailSync *sync,
                    MosEmailSyncFolders folders,
                    MosSyncCounts *counts,
                    GCancellable *cancellable,
                    GError **error)
{
  gboolean complete = FALSE;

  while (!complete)
    if (!mos_email_sync_run_sync (sync, folders, counts, &complete, cancellable, error))
      return FALSE;
  return TRUE;
}

static gboolean
sync_once (MosEmailChannel *self,
           MosSyncCounts *ret_counts,
           char **ret_trouble,
           GCancellable *cancellable,
           GError **error)
{
  MosChannel *channel = MOS_CHANNEL (self);
  MosAccount *account = mos_channel_get_account (channel);
  MosChannelHost *host = mos_channel_get_host (channel);
  g_autoptr (MosEmailSync) sync = mos_email_sync_open_sync (account, host, NULL, cancellable, error);
  gboolean complete;
  g_autoptr (MosEmailSender) sender = mos_email_sender_new (account, host, mos_channel_get_clock (channel), self->random, self->random_data);
  gint64 next_us = 0;
  guint sent = 0;

  if (sync == NULL)
    return FALSE;
  if (!mos_email_sync_write_flags_sync (sync, cancellable, error) ||
      !run_until_complete (sync, MOS_EMAIL_SYNC_ALL, ret_counts, cancellable, error))
    return FALSE;
  /* What waited while its folder was numbered anew has a place again. */
  if (!mos_email_sync_write_flags_sync (sync, cancellable, error) ||
      !mos_email_sync_audit_if_due_sync (sync, ret_counts, &complete, cancellable, error))
    return FALSE;

  if (*account->smtp->host != '\0' &&
      !mos_email_sender_run_sync (sender, FALSE, 60 * G_USEC_PER_SEC, &sent, &next_us, cancellable, error))
    return FALSE;
  if (!mos_email_sync_settle_sent_sync (sync, cancellable, error))
    return FALSE;
  if (sent > 0 && !run_until_complete (sync, MOS_EMAIL_SYNC_SENT, ret_counts, cancellable, error))
    return FALSE;
  *ret_trouble = g_strdup (mos_email_sync_get_trouble (sync));
  mos_email_sync_leave (sync);
  return TRUE;
}

static gboolean
mos_email_channel_sync_once_sync (MosChannel *channel,
                                  MosSyncCounts *ret_counts,
                                  GCancellable *cancellable,
                                  GError **error)
{
  MosEmailChannel *self = MOS_EMAIL_CHANNEL (channel);
  g_autoptr (GError) local = NULL;
  g_autofree char *trouble_text = NULL;

  if (sync_once (self, ret_counts, &trouble_text, cancellable, &local))
    {
      g_mutex_lock (&self->mutex);
      self->last_sync_us = mos_email_channel_now_us (self);
      self->on_server = ret_counts->on_server;
      g_mutex_unlock (&self->mutex);
      mos_email_channel_set_condition (self, &self->receiving, MOS_ACCOUNT_READY, trouble_text != NULL ? MOS_EMAIL_FOLDER_REFUSED : NULL, trouble_text, 0);
      return TRUE;
    }

  if (!g_error_matches (local, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      MosEmailTrouble trouble = mos_email_trouble_from_error (local);

      mos_email_channel_set_condition (self, &self->receiving, trouble.state, trouble.why, local->message, 0);
    }
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static void
mos_email_condition_clear (MosEmailCondition *self)
{
  g_clear_pointer (&self->why, g_free);
  g_clear_pointer (&self->detail, g_free);
}

static void
mos_email_channel_finalize (GObject *object)
{
  MosEmailChannel *self = MOS_EMAIL_CHANNEL (object);

  g_clear_object (&self->cancellable);
  g_clear_object (&self->idle_cancellable);
  g_clear_pointer (&self->inbox, g_free);
  g_clear_pointer (&self->watched, g_strfreev);
  g_clear_pointer (&self->alert, g_free);
  mos_email_condition_clear (&self->receiving);
  mos_email_condition_clear (&self->sending);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->cond);

  G_OBJECT_CLASS (mos_email_channel_parent_class)->finalize (object);
}

static void
mos_email_channel_class_init (MosEmailChannelClass *klass)
{
  MosChannelClass *channel_class = MOS_CHANNEL_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = mos_email_channel_finalize;
  channel_class->start = mos_email_channel_start;
  channel_class->request_stop = mos_email_channel_request_stop;
  channel_class->join = mos_email_channel_join;
  channel_class->wake = mos_email_channel_wake;
  channel_class->sync_once_sync = mos_email_channel_sync_once_sync;
}

static void
mos_email_channel_init (MosEmailChannel *self)
{
  g_mutex_init (&self->mutex);
  g_cond_init (&self->cond);
  self->cancellable = g_cancellable_new ();
  self->random = mos_backoff_random;
  self->poll_ms = POLL_MS;
  self->receiving.state = MOS_ACCOUNT_OFFLINE;
  self->sending.state = MOS_ACCOUNT_READY;
}

/** mos_email_channel_set_random: where the jitter of the back-off comes from */
void
mos_email_channel_set_random (MosEmailChannel *self,
                              MosRandomFunc random,
                              gpointer random_data)
{
  g_return_if_fail (MOS_IS_EMAIL_CHANNEL (self));
  g_return_if_fail (self->sync_worker == NULL);

  self->random = random;
  self->random_data = random_data;
}

/** mos_email_channel_set_poll_ms: how often Sent, and an Inbox without IDLE, is looked at; a minute by default */
void
mos_email_channel_set_poll_ms (MosEmailChannel *self,
                               guint poll_ms)
{
  g_return_if_fail (MOS_IS_EMAIL_CHANNEL (self));
  g_return_if_fail (self->sync_worker == NULL);

  self->poll_ms = poll_ms;
}
