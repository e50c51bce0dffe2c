/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-email"

#include "config.h"

#include "core/channels/email/mos-email-intake.h"

typedef struct
{
  GPtrArray *incoming; /* (owned) */
  MosIngestFlags flags;
  GCancellable *cancellable; /* (owned) (nullable) */
} Batch;

/* A batch goes through two threads, each with one at a time: the one prepares what needs no transaction, the other stores. So the disk is
 * waited for and mail is packed while the batch before is stored, and the one after is fetched and parsed. */
struct _MosEmailIntake
{
  MosChannelHost *host; /* (owned) */
  GThread *preparer;    /* (nullable): none before the first batch */
  GThread *storer;      /* (nullable) */

  GMutex mutex;
  GCond cond;
  /* under @mutex: */
  Batch *preparing; /* (owned) (nullable) */
  Batch *storing;   /* (owned) (nullable) */
  gboolean is_closing;
  GError *error; /* (owned) (nullable): of the first batch that was not stored, until somebody was told: until then none is */
  MosSyncCounts counts;
  guint64 stored;
};

static void
batch_free (Batch *batch)
{
  g_ptr_array_unref (batch->incoming);
  g_clear_object (&batch->cancellable);
  g_free (batch);
}

static gpointer
run_preparer (gpointer data)
{
  MosEmailIntake *self = data;

  g_mutex_lock (&self->mutex);
  for (;;)
    {
      while (self->preparing == NULL && !self->is_closing)
        g_cond_wait (&self->cond, &self->mutex);
      if (self->preparing == NULL)
        break;

      /* Nobody else touches it before it is handed on. */
      if (self->error == NULL)
        {
          g_mutex_unlock (&self->mutex);
          mos_channel_host_prepare (self->host, self->preparing->incoming, self->preparing->cancellable);
          g_mutex_lock (&self->mutex);
        }
      while (self->storing != NULL)
        g_cond_wait (&self->cond, &self->mutex);
      if (self->error == NULL)
        self->storing = g_steal_pointer (&self->preparing);
      else
        g_clear_pointer (&self->preparing, batch_free);
      g_cond_broadcast (&self->cond);
    }
  g_mutex_unlock (&self->mutex);
  return NULL;
}

static gpointer
run_storer (gpointer data)
{
  MosEmailIntake *self = data;

  g_mutex_lock (&self->mutex);
  for (;;)
    {
      MosSyncCounts counts = { 0 };
      GError *error = NULL;
      gboolean is_stored;

      while (self->storing == NULL && (!self->is_closing || self->preparing != NULL))
        g_cond_wait (&self->cond, &self->mutex);
      if (self->storing == NULL)
        break;

      g_mutex_unlock (&self->mutex);
      is_stored = mos_channel_host_ingest_sync (self->host, self->storing->incoming, self->storing->flags, &counts, self->storing->cancellable, &error);
      g_mutex_lock (&self->mutex);

      if (is_stored)
        {
          self->stored += self->storing->incoming->len;
          self->counts.added += counts.added;
          self->counts.quarantined += counts.quarantined;
        }
      else
        self->error = error;
      g_clear_pointer (&self->storing, batch_free);
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
  if (self->preparer != NULL)
    {
      g_mutex_lock (&self->mutex);
      self->is_closing = TRUE;
      g_cond_broadcast (&self->cond);
      g_mutex_unlock (&self->mutex);
      g_thread_join (self->preparer);
      g_thread_join (self->storer);
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
  is_idle = self->preparing == NULL && self->storing == NULL;
  g_mutex_unlock (&self->mutex);

  return is_idle;
}

/* @batch: (transfer full) (nullable): what comes after those before */
static gboolean
wait_and_give (MosEmailIntake *self,
               Batch *batch,
               GError **error)
{
  GError *before;

  g_mutex_lock (&self->mutex);
  /* Not cut short by a cancellable: the host has it, and ends soon. Who gives nothing wants all of it stored; where there is an error, nothing is
   * being stored any more. */
  while (self->preparing != NULL || (self->storing != NULL && batch == NULL))
    g_cond_wait (&self->cond, &self->mutex);
  before = g_steal_pointer (&self->error);
  if (before == NULL)
    self->preparing = g_steal_pointer (&batch);
  g_cond_broadcast (&self->cond);
  g_mutex_unlock (&self->mutex);

  g_clear_pointer (&batch, batch_free);
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
  Batch *given;

  g_return_val_if_fail (batch != NULL, FALSE);

  if (self->preparer == NULL)
    {
      self->preparer = g_thread_new ("mail-prepare", run_preparer, self);
      self->storer = g_thread_new ("mail-intake", run_storer, self);
    }
  given = g_new0 (Batch, 1);
  given->incoming = batch;
  given->flags = flags;
  given->cancellable = cancellable != NULL ? g_object_ref (cancellable) : NULL;
  return wait_and_give (self, given, error);
}

gboolean
mos_email_intake_wait (MosEmailIntake *self,
                       GError **error)
{
  return self->preparer == NULL || wait_and_give (self, NULL, error);
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
