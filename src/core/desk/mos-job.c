/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-job.h"

#define TELL_MS 100

typedef struct
{
  GMainContext *context; /* (owned) */
  GMutex mutex;          /* guards everything below */
  MosJobState state;
  guint64 done, total, items;
  guint64 first_done, first_items; /* when this run began */
  gint64 begin_us;
  GError *error;             /* (owned) (nullable) */
  GCancellable *cancellable; /* (owned) */
  gboolean wants_pause;
  GSource *tell;                    /* (owned) (nullable): will emit "changed" */
  MosJobProgressFunc progress_func; /* (nullable) */
  gpointer progress_data;
  GThread *thread;      /* (owned) (nullable) */
  gboolean is_given_up; /* cancelled by a person, not by the end of the program */
} MosJobPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (MosJob, mos_job, G_TYPE_OBJECT)

static guint changed_signal;

#define PRIVATE(self) ((MosJobPrivate *) mos_job_get_instance_private (self))

/* --- telling --- */

static gboolean
on_tell_cb (gpointer user_data)
{
  GWeakRef *ref = user_data;
  g_autoptr (MosJob) self = g_weak_ref_get (ref);

  if (self == NULL)
    return G_SOURCE_REMOVE;
  g_mutex_lock (&PRIVATE (self)->mutex);
  g_clear_pointer (&PRIVATE (self)->tell, g_source_unref);
  g_mutex_unlock (&PRIVATE (self)->mutex);
  g_signal_emit (self, changed_signal, 0);
  return G_SOURCE_REMOVE;
}

static void
free_weak_ref (gpointer data)
{
  g_weak_ref_clear (data);
  g_free (data);
}

/* With the lock held. */
static void
tell_later (MosJob *self,
            guint delay_ms)
{
  MosJobPrivate *priv = PRIVATE (self);
  GWeakRef *ref;

  if (priv->tell != NULL)
    return;
  ref = g_new0 (GWeakRef, 1);
  g_weak_ref_init (ref, self);
  priv->tell = g_timeout_source_new (delay_ms);
  g_source_set_callback (priv->tell, on_tell_cb, ref, free_weak_ref);
  g_source_attach (priv->tell, priv->context);
}

static void
set_state (MosJob *self,
           MosJobState state,
           const GError *error)
{
  MosJobPrivate *priv = PRIVATE (self);

  g_mutex_lock (&priv->mutex);
  priv->state = state;
  g_clear_error (&priv->error);
  if (error != NULL)
    priv->error = g_error_copy (error);
  tell_later (self, TELL_MS);
  g_mutex_unlock (&priv->mutex);
}

/* --- for subclasses --- */

void
mos_job_set_progress (MosJob *self,
                      guint64 done,
                      guint64 total,
                      guint64 items)
{
  MosJobPrivate *priv = PRIVATE (self);

  g_mutex_lock (&priv->mutex);
  priv->done = total != 0 ? MIN (done, total) : done;
  priv->total = total;
  priv->items = items;
  if (priv->begin_us == 0)
    {
      priv->begin_us = g_get_monotonic_time ();
      priv->first_done = priv->done;
      priv->first_items = items;
    }
  tell_later (self, TELL_MS);
  g_mutex_unlock (&priv->mutex);
  if (priv->progress_func != NULL)
    priv->progress_func (self, priv->progress_data);
}

void
mos_job_set_progress_func (MosJob *self,
                           MosJobProgressFunc func,
                           gpointer user_data)
{
  PRIVATE (self)->progress_func = func;
  PRIVATE (self)->progress_data = user_data;
}

gboolean
mos_job_wants_pause (MosJob *self)
{
  MosJobPrivate *priv = PRIVATE (self);
  gboolean wants_pause;

  g_mutex_lock (&priv->mutex);
  wants_pause = priv->wants_pause;
  g_mutex_unlock (&priv->mutex);
  return wants_pause;
}

void
mos_job_set_paused (MosJob *self)
{
  set_state (self, MOS_JOB_PAUSED, NULL);
}

/* --- running --- */

static void
on_cancelled_cb (GCancellable *outer,
                 gpointer inner)
{
  g_cancellable_cancel (inner);
}

gboolean
mos_job_run_sync (MosJob *self,
                  GCancellable *cancellable,
                  GError **error)
{
  MosJobPrivate *priv = PRIVATE (self);
  g_autoptr (GCancellable) inner = NULL;
  g_autoptr (GError) local = NULL;
  gulong id = 0;
  gboolean ok, was_paused;

  g_mutex_lock (&priv->mutex);
  /* What was cancelled before it began does not begin; a pause from then is over. */
  inner = g_object_ref (priv->cancellable);
  priv->wants_pause = FALSE;
  priv->begin_us = 0;
  g_mutex_unlock (&priv->mutex);
  set_state (self, MOS_JOB_RUNNING, NULL);

  if (cancellable != NULL)
    id = g_cancellable_connect (cancellable, G_CALLBACK (on_cancelled_cb), g_object_ref (inner), g_object_unref);
  ok = !g_cancellable_set_error_if_cancelled (inner, &local) && MOS_JOB_GET_CLASS (self)->run_sync (self, inner, &local);
  if (cancellable != NULL)
    g_cancellable_disconnect (cancellable, id);

  was_paused = mos_job_wants_pause (self);
  if (!ok && g_error_matches (local, G_IO_ERROR, G_IO_ERROR_CANCELLED) && mos_job_is_given_up (self) && MOS_JOB_GET_CLASS (self)->give_up_sync != NULL)
    MOS_JOB_GET_CLASS (self)->give_up_sync (self);
  if (ok)
    set_state (self, was_paused ? MOS_JOB_PAUSED : MOS_JOB_DONE, NULL);
  else if (g_error_matches (local, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    set_state (self, MOS_JOB_CANCELLED, NULL);
  else
    set_state (self, MOS_JOB_FAILED, local);
  if (!ok)
    g_propagate_error (error, g_steal_pointer (&local));
  return ok;
}

static gpointer
run_thread (gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;

  if (mos_job_run_sync (g_task_get_source_object (task), NULL, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
  return NULL;
}

/* A thread lets its own job go last, now and then: it cannot wait for itself. */
static void
end_thread (MosJob *self)
{
  GThread *thread = g_steal_pointer (&PRIVATE (self)->thread);

  if (thread == g_thread_self ())
    g_thread_unref (thread);
  else if (thread != NULL)
    g_thread_join (thread);
}

void
mos_job_run_async (MosJob *self,
                   GAsyncReadyCallback callback,
                   gpointer user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data);

  g_task_set_source_tag (task, mos_job_run_async);
  end_thread (self);
  set_state (self, MOS_JOB_RUNNING, NULL);
  PRIVATE (self)->thread = g_thread_new ("mos-job", run_thread, task);
}

void
mos_job_stop_sync (MosJob *self)
{
  g_cancellable_cancel (PRIVATE (self)->cancellable);
  end_thread (self);
}

gboolean
mos_job_run_finish (MosJob *self,
                    GAsyncResult *result,
                    GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

gboolean
mos_job_equal (MosJob *self,
               MosJob *other)
{
  return G_OBJECT_TYPE (self) == G_OBJECT_TYPE (other) && MOS_JOB_GET_CLASS (self)->equal (self, other);
}

gboolean
mos_job_can_pause (MosJob *self)
{
  return MOS_JOB_GET_CLASS (self)->can_pause;
}

void
mos_job_pause (MosJob *self)
{
  MosJobPrivate *priv = PRIVATE (self);

  g_return_if_fail (mos_job_can_pause (self));

  g_mutex_lock (&priv->mutex);
  priv->wants_pause = priv->state == MOS_JOB_RUNNING;
  g_mutex_unlock (&priv->mutex);
}

void
mos_job_cancel (MosJob *self)
{
  MosJobPrivate *priv = PRIVATE (self);

  g_mutex_lock (&priv->mutex);
  priv->is_given_up = TRUE;
  g_mutex_unlock (&priv->mutex);
  g_cancellable_cancel (priv->cancellable);
}

gboolean
mos_job_is_given_up (MosJob *self)
{
  MosJobPrivate *priv = PRIVATE (self);
  gboolean is_given_up;

  g_mutex_lock (&priv->mutex);
  is_given_up = priv->is_given_up;
  g_mutex_unlock (&priv->mutex);
  return is_given_up;
}

MosJobState
mos_job_get_state (MosJob *self)
{
  MosJobPrivate *priv = PRIVATE (self);
  MosJobState state;

  g_mutex_lock (&priv->mutex);
  state = priv->state;
  g_mutex_unlock (&priv->mutex);
  return state;
}

MosJobProgress
mos_job_get_progress (MosJob *self)
{
  MosJobPrivate *priv = PRIVATE (self);
  MosJobProgress progress;
  gint64 taken_us;

  g_mutex_lock (&priv->mutex);
  progress = (MosJobProgress) { priv->done, priv->total, priv->items, 0, 0 };
  taken_us = priv->begin_us != 0 ? g_get_monotonic_time () - priv->begin_us : 0;
  if (taken_us > G_USEC_PER_SEC)
    {
      progress.per_second = (double) (priv->items - MIN (priv->items, priv->first_items)) * G_USEC_PER_SEC / (double) taken_us;
      if (priv->done > priv->first_done && priv->total > priv->done)
        progress.left_us = (gint64) ((double) taken_us / (double) (priv->done - priv->first_done) * (double) (priv->total - priv->done));
    }
  g_mutex_unlock (&priv->mutex);
  return progress;
}

GError *
mos_job_dup_error (MosJob *self)
{
  MosJobPrivate *priv = PRIVATE (self);
  GError *error;

  g_mutex_lock (&priv->mutex);
  error = priv->error != NULL ? g_error_copy (priv->error) : NULL;
  g_mutex_unlock (&priv->mutex);
  return error;
}

/* --- object --- */

static void
mos_job_finalize (GObject *object)
{
  MosJobPrivate *priv = PRIVATE (MOS_JOB (object));

  end_thread (MOS_JOB (object));
  if (priv->tell != NULL)
    g_source_destroy (priv->tell);
  g_clear_pointer (&priv->tell, g_source_unref);
  g_clear_pointer (&priv->context, g_main_context_unref);
  g_clear_object (&priv->cancellable);
  g_clear_error (&priv->error);
  g_mutex_clear (&priv->mutex);

  G_OBJECT_CLASS (mos_job_parent_class)->finalize (object);
}

static void
mos_job_class_init (MosJobClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mos_job_finalize;

  changed_signal = g_signal_new ("changed", MOS_TYPE_JOB, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
mos_job_init (MosJob *self)
{
  MosJobPrivate *priv = PRIVATE (self);

  g_mutex_init (&priv->mutex);
  priv->context = g_main_context_ref_thread_default ();
  priv->cancellable = g_cancellable_new ();
}
