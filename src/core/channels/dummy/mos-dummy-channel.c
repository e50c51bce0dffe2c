/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-channel"

#include "config.h"

#include "core/base/mos-worker.h"
#include "core/channels/dummy/mos-dummy-channel.h"

struct _MosDummyChannel
{
  MosChannel parent_instance;

  MosWorker *worker;         /* (owned) (nullable): while started */
  GCancellable *cancellable; /* (owned) */

  GMutex mutex;
  GPtrArray *waiting; /* (owned) (mutex mutex) of MosIncoming */
  GPtrArray *sent;    /* (owned) (mutex mutex) of MosOutboxItem */
  MosDelivery answer; /* (mutex mutex) */
  char *why;          /* (owned) (nullable) (mutex mutex) */
};

G_DEFINE_FINAL_TYPE (MosDummyChannel, mos_dummy_channel, MOS_TYPE_CHANNEL)

static void
mos_dummy_channel_tell (MosDummyChannel *self,
                        MosAccountState state)
{
  g_autoptr (MosAccountStatus) old = mos_channel_dup_status (MOS_CHANNEL (self));
  MosAccountStatus *status = mos_account_status_new ();

  status->state = state;
  status->last_sync_us = state == MOS_ACCOUNT_READY ? mos_clock_now_us (mos_channel_get_clock (MOS_CHANNEL (self))) : old->last_sync_us;
  mos_channel_take_status (MOS_CHANNEL (self), status);
}

static gboolean
mos_dummy_channel_take_mail (MosDummyChannel *self,
                             MosSyncCounts *counts,
                             GCancellable *cancellable,
                             GError **error)
{
  g_autoptr (GPtrArray) batch = NULL;

  g_mutex_lock (&self->mutex);
  batch = g_steal_pointer (&self->waiting);
  self->waiting = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_incoming_unref);
  g_mutex_unlock (&self->mutex);

  if (batch->len == 0)
    return TRUE;

  counts->fetched += batch->len;
  return mos_channel_host_ingest_sync (mos_channel_get_host (MOS_CHANNEL (self)), batch, MOS_INGEST_DEFAULT, counts, cancellable, error);
}

static gboolean
mos_dummy_channel_send_mail (MosDummyChannel *self,
                             GCancellable *cancellable,
                             GError **error)
{
  MosChannelHost *host = mos_channel_get_host (MOS_CHANNEL (self));
  const char *account = mos_channel_get_account (MOS_CHANNEL (self))->id;

  for (;;)
    {
      gint64 now_us = mos_clock_now_us (mos_channel_get_clock (MOS_CHANNEL (self)));
      g_autofree char *message = NULL;
      g_autoptr (MosOutboxItem) item = NULL;
      g_autoptr (MosSendResult) result = NULL;
      gint64 next_us = 0;

      if (!mos_channel_host_peek_outbox_sync (host, account, now_us, &message, &next_us, cancellable, error))
        return FALSE;
      if (message == NULL)
        break;
      if (!mos_channel_host_claim_outbox_sync (host, account, now_us, &item, cancellable, error))
        return FALSE;
      if (item == NULL)
        break;

      result = mos_send_result_new ();
      result->message = g_strdup (item->message);
      result->refused = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_recipient_result_unref);
      g_mutex_lock (&self->mutex);
      result->state = self->answer;
      result->why = g_strdup (self->why);
      g_ptr_array_add (self->sent, mos_outbox_item_ref (item));
      g_mutex_unlock (&self->mutex);
      if (result->state == MOS_DELIVERY_QUEUED)
        result->next_try_us = now_us + 60 * G_USEC_PER_SEC;

      /* The outcome must be kept although we are being stopped. */
      if (!mos_channel_host_report_send_sync (host, account, result, NULL, error))
        return FALSE;
    }

  for (;;)
    {
      g_autoptr (MosOutboxItem) item = NULL;

      if (!mos_channel_host_claim_sent_copy_sync (host, account, &item, cancellable, error))
        return FALSE;
      if (item == NULL)
        return TRUE;
      if (!mos_channel_host_record_sent_copy_sync (host, account, item->message, NULL, 0, 0, NULL, cancellable, error))
        return FALSE;
    }
}

static gboolean
mos_dummy_channel_sync_once_sync (MosChannel *channel,
                                  MosSyncCounts *ret_counts,
                                  GCancellable *cancellable,
                                  GError **error)
{
  MosDummyChannel *self = MOS_DUMMY_CHANNEL (channel);

  return mos_dummy_channel_take_mail (self, ret_counts, cancellable, error) &&
         mos_dummy_channel_send_mail (self, cancellable, error);
}

static void
mos_dummy_channel_pass (GTask *task,
                        gpointer source_object,
                        gpointer task_data,
                        GCancellable *cancellable)
{
  MosDummyChannel *self = source_object;
  MosSyncCounts counts = { 0 };
  g_autoptr (GError) error = NULL;

  mos_dummy_channel_tell (self, MOS_ACCOUNT_SYNCING);
  if (mos_dummy_channel_sync_once_sync (MOS_CHANNEL (self), &counts, cancellable, &error))
    mos_dummy_channel_tell (self, MOS_ACCOUNT_READY);
  else
    mos_dummy_channel_tell (self, MOS_ACCOUNT_FAILED);
  g_task_return_boolean (task, TRUE);
}

static void
mos_dummy_channel_wake (MosChannel *channel,
                        MosChannelWake what)
{
  MosDummyChannel *self = MOS_DUMMY_CHANNEL (channel);
  g_autoptr (GTask) task = NULL;
  g_autoptr (MosWorker) worker = NULL;

  g_mutex_lock (&self->mutex);
  g_set_object (&worker, self->worker);
  g_mutex_unlock (&self->mutex);
  if (worker == NULL)
    return;

  task = g_task_new (self, self->cancellable, NULL, NULL);
  g_task_set_source_tag (task, mos_dummy_channel_wake);
  mos_worker_push (worker, task, mos_dummy_channel_pass);
}

static void
mos_dummy_channel_start (MosChannel *channel)
{
  MosDummyChannel *self = MOS_DUMMY_CHANNEL (channel);

  g_mutex_lock (&self->mutex);
  self->worker = mos_worker_new ("dummy-channel");
  g_mutex_unlock (&self->mutex);
  mos_dummy_channel_wake (channel, MOS_CHANNEL_WAKE_SYNC);
}

static void
mos_dummy_channel_request_stop (MosChannel *channel)
{
  g_cancellable_cancel (MOS_DUMMY_CHANNEL (channel)->cancellable);
}

static void
mos_dummy_channel_join (MosChannel *channel)
{
  MosDummyChannel *self = MOS_DUMMY_CHANNEL (channel);
  g_autoptr (MosWorker) worker = NULL;

  g_mutex_lock (&self->mutex);
  worker = g_steal_pointer (&self->worker);
  g_mutex_unlock (&self->mutex);
  mos_worker_shutdown (worker);
}

static void
mos_dummy_channel_finalize (GObject *object)
{
  MosDummyChannel *self = MOS_DUMMY_CHANNEL (object);

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->waiting, g_ptr_array_unref);
  g_clear_pointer (&self->sent, g_ptr_array_unref);
  g_clear_pointer (&self->why, g_free);
  g_mutex_clear (&self->mutex);

  G_OBJECT_CLASS (mos_dummy_channel_parent_class)->finalize (object);
}

static void
mos_dummy_channel_class_init (MosDummyChannelClass *klass)
{
  MosChannelClass *channel_class = MOS_CHANNEL_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = mos_dummy_channel_finalize;
  channel_class->start = mos_dummy_channel_start;
  channel_class->request_stop = mos_dummy_channel_request_stop;
  channel_class->join = mos_dummy_channel_join;
  channel_class->wake = mos_dummy_channel_wake;
  channel_class->sync_once_sync = mos_dummy_channel_sync_once_sync;
}

static void
mos_dummy_channel_init (MosDummyChannel *self)
{
  g_mutex_init (&self->mutex);
  self->cancellable = g_cancellable_new ();
  self->waiting = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_incoming_unref);
  self->sent = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_outbox_item_unref);
  self->answer = MOS_DELIVERY_ACCEPTED;
}

/** mos_dummy_channel_deliver: @incoming: (transfer none): ingested soon by a started channel, else by the next pass. Any thread. */
void
mos_dummy_channel_deliver (MosDummyChannel *self,
                           MosIncoming *incoming)
{
  g_return_if_fail (MOS_IS_DUMMY_CHANNEL (self));

  g_mutex_lock (&self->mutex);
  g_ptr_array_add (self->waiting, mos_incoming_ref (incoming));
  g_mutex_unlock (&self->mutex);
  mos_dummy_channel_wake (MOS_CHANNEL (self), MOS_CHANNEL_WAKE_SYNC);
}

/** mos_dummy_channel_set_answer: what later sends come to: ACCEPTED (the default), FAILED, QUEUED or UNCERTAIN; @why (nullable). Any thread. */
void
mos_dummy_channel_set_answer (MosDummyChannel *self,
                              MosDelivery state,
                              const char *why)
{
  g_return_if_fail (MOS_IS_DUMMY_CHANNEL (self));

  g_mutex_lock (&self->mutex);
  self->answer = state;
  g_set_str (&self->why, why);
  g_mutex_unlock (&self->mutex);
}

/** mos_dummy_channel_dup_sent: Returns: (transfer full): array of #MosOutboxItem, every attempt in order. Any thread. */
GPtrArray *
mos_dummy_channel_dup_sent (MosDummyChannel *self)
{
  g_autoptr (GPtrArray) copy = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_outbox_item_unref);

  g_return_val_if_fail (MOS_IS_DUMMY_CHANNEL (self), NULL);

  g_mutex_lock (&self->mutex);
  for (guint i = 0; i < self->sent->len; i++)
    g_ptr_array_add (copy, mos_outbox_item_ref (self->sent->pdata[i]));
  g_mutex_unlock (&self->mutex);

  return g_steal_pointer (&copy);
}
