/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-email"

#include "config.h"

#include "core/channels/email/mos-email-intake.h"

struct _MosEmailIntake
{
  MosChannelHost *host; /* (owned) */
  GThread *thread;      /* (nullable): none before the first batch */

  GMutex mutex;
  GCond cond;
  /* under @mutex: */
  GPtrArray *batch;          /* (owned) (nullable): being stored */
  GCancellable *cancellable; /* (owned) (nullable): of @batch */
  MosIngestFlags flags;
  gboolean is_closing;
  GError *error; /* (owned) (nullable): of the last batch, until somebody was told */
  MosSyncCounts counts;
  guint64 stored;
};

static gpointer
run (gpointer data)
{
  MosEmailIntake *self = data;

  g_mutex_lock (&self->mutex);
  for (;;)
    {
      MosSyncCounts counts = { 0 };
      GError *error = NULL;
      gboolean is_stored;

      while (self->batch == NULL && !self->is_closing)
        g_cond_wait (&self->cond, &self->mutex);
      if (self->batch == NULL)
        break;

      /* Nobody else touches batch, flags and cancellable before the batch is gone. */
      g_mutex_unlock (&self->mutex);
      is_stored = mos_channel_host_ingest_sync (self->host, self->batch, self->flags, &counts, self->cancellable, &error);
      g_mutex_lock (&self->mutex);

      if (is_stored)
        {
          self->stored += self->batch->len;
          self->counts.added += counts.added;
          self->counts.quarantined += counts.quarantined;
        }
      else
        self->error = error;
      g_clear_pointer (&self->batch, g_ptr_array_unref);
      g_clear_object (&self->cancellable);
      g_cond_broadcast (&self->cond);
    }
  g_mutex_unlock (&self->mutex);
  return NULL;
}

MosEmailIntake *
mos_email_intake_new (MosChannelHost *host)
{
  MosEmailIntake *self = g_new0 (MosEmailIntake, 1);

  self->host = g_object_ref (host);
  g_mutex_init (&self->mutex);
  g_cond_init (&self->cond);
  return self;
}

void
mos_email_intake_free (MosEmailIntake *self)
{
  if (self == NULL)
    return;
  if (self->thread != NULL)
    {
      g_mutex_lock (&self->mutex);
      self->is_closing = TRUE;
      g_cond_broadcast (&self->cond);
      g_mutex_unlock (&self->mutex);
      g_thread_join (self->thread);
    }
  g_clear_error (&self->error);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->cond);
  g_object_unref (self->host);
  g_free (self);
}

gboolean
mos_email_intake_is_idle (MosEmailIntake *self)
{
  gboolean is_idle;

  g_mutex_lock (&self->mutex);
  is_idle = self->batch == NULL;
  g_mutex_unlock (&self->mutex);

  return is_idle;
}

/* @batch: (transfer full) (nullable): what comes after the one before */
static gboolean
wait_and_give (MosEmailIntake *self,
               GPtrArray *batch,
               MosIngestFlags flags,
               GCancellable *cancellable,
               GError **error)
{
  GError *before;

  g_mutex_lock (&self->mutex);
  /* Not cut short by a cancellable: the host has it, and ends soon. */
  while (self->batch != NULL)
    g_cond_wait (&self->cond, &self->mutex);
  before = g_steal_pointer (&self->error);
  if (before == NULL && batch != NULL)
    {
      self->batch = g_steal_pointer (&batch);
      self->flags = flags;
      g_set_object (&self->cancellable, cancellable);
      g_cond_broadcast (&self->cond);
    }
  g_mutex_unlock (&self->mutex);

  g_clear_pointer (&batch, g_ptr_array_unref);
  if (before == NULL)
    return TRUE;
  g_propagate_error (error, before);
  return FALSE;
}

gboolean
mos_email_intake_put (MosEmailIntake *self,
                      GPtrArray *batch,
                      MosIngestFlags flags,
                      GCancellable *cancellable,
                      GError **error)
{
  g_return_val_if_fail (batch != NULL, FALSE);

  if (self->thread == NULL)
    self->thread = g_thread_new ("mail-intake", run, self);
  return wait_and_give (self, batch, flags, cancellable, error);
}

gboolean
mos_email_intake_wait (MosEmailIntake *self,
                       GError **error)
{
  return self->thread == NULL || wait_and_give (self, NULL, MOS_INGEST_DEFAULT, NULL, error);
}

guint64
mos_email_intake_take_counts (MosEmailIntake *self,
                              MosSyncCounts *counts)
{
  guint64 stored;

  g_mutex_lock (&self->mutex);
  stored = self->stored;
  self->stored = 0;
  counts->added += self->counts.added;
  counts->quarantined += self->counts.quarantined;
  self->counts = (MosSyncCounts) { 0 };
  g_mutex_unlock (&self->mutex);

  return stored;
}
