/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-scheduler.h"

#include "core/desk/mos-due-work.h"
#include "core/store/mos-store-blobs.h"
#include "core/store/mos-store-due.h"

#define MOS_SCHEDULER_BATCH 500
#define MOS_SCHEDULER_LEASE_US (60 * G_USEC_PER_SEC)
/* The longest sleep: GLib's timers follow the monotonic clock, which stands still in suspend and knows nothing of a clock set by hand. */
#define MOS_SCHEDULER_MAX_SLEEP_MS 60000
#define MOS_SCHEDULER_RETRY_MS 5000
/* Not in the first minute, when everything else starts */
#define MOS_SCHEDULER_CLEAN_FIRST_US G_TIME_SPAN_MINUTE
#define MOS_SCHEDULER_CLEAN_AGAIN_US G_TIME_SPAN_DAY

struct _MosScheduler
{
  GObject parent_instance;

  MosStore *store;           /* (owned) */
  GCancellable *cancellable; /* (owned) (nullable) while started */
  gint64 clean_us;           /* when the blobs are cleaned up next */
  guint timer_id;
  gboolean is_running;
  gboolean run_again;
};

enum
{
  SIGNAL_CAME,
  SIGNAL_HELD,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (MosScheduler, mos_scheduler, G_TYPE_OBJECT)

static void mos_scheduler_run (MosScheduler *self);

/* --- what is due, on the writer thread --- */

/* What one transaction did. */
typedef struct
{
  gint64 next_us;
  gboolean more;
  GPtrArray *came; /* (owned) (element-type MosDueRow): done now */
  guint held;
} MosSchedulerStep;

static void
mos_scheduler_step_free (MosSchedulerStep *step)
{
  g_ptr_array_unref (step->came);
  g_free (step);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MosSchedulerStep, mos_scheduler_step_free)

static MosSchedulerStep *
mos_scheduler_step_new (void)
{
  MosSchedulerStep *step = g_new0 (MosSchedulerStep, 1);

  step->came = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_due_row_unref);
  return step;
}

static gboolean
mos_due_run (MosTxn *txn,
             gpointer data,
             GCancellable *cancellable,
             GError **error)
{
  MosSchedulerStep *step = data;
  g_autoptr (GPtrArray) rows = mos_store_due_take (txn, MOS_SCHEDULER_BATCH, MOS_SCHEDULER_LEASE_US, error);

  if (rows == NULL)
    return FALSE;

  /* A transaction that is tried twice begins anew. */
  g_ptr_array_set_size (step->came, 0);
  step->held = 0;
  for (guint i = 0; i < rows->len; i++)
    {
      MosDueRow *due = g_ptr_array_index (rows, i);

      if (!mos_due_work_do (txn, mos_due_work_find (due->kind), due, &due->state, error))
        return FALSE;
      if (due->state == MOS_DUE_HELD)
        step->held++;
      else if (due->state == MOS_DUE_DONE)
        g_ptr_array_add (step->came, mos_due_row_ref (due));
    }

  step->more = rows->len == MOS_SCHEDULER_BATCH;
  return TRUE;
}

static gboolean
mos_due_peek (MosTxn *txn,
              gpointer data,
              GCancellable *cancellable,
              GError **error)
{
  return mos_store_due_get_next (txn, data, error);
}

gboolean
mos_scheduler_run_sync (MosStore *store,
                        gint64 *ret_next_us,
                        GCancellable *cancellable,
                        GError **error)
{
  const MosActor actor = { MOS_ACTOR_SYSTEM, NULL };
  gint64 next_us = 0;

  g_return_val_if_fail (MOS_IS_STORE (store), FALSE);

  if (!mos_store_read_sync (store, mos_due_peek, &next_us, cancellable, error))
    return FALSE;

  while (next_us != 0 && next_us <= mos_clock_now_us (mos_store_get_clock (store)))
    {
      g_autoptr (MosSchedulerStep) step = mos_scheduler_step_new ();

      if (!mos_store_write_sync (store, &actor, NULL, mos_due_run, step, NULL, cancellable, error) ||
          !mos_store_read_sync (store, mos_due_peek, &next_us, cancellable, error))
        return FALSE;
      if (!step->more)
        break;
    }

  if (ret_next_us != NULL)
    *ret_next_us = next_us;
  return TRUE;
}

/* --- the timer --- */

static gboolean
mos_scheduler_timer_cb (gpointer data)
{
  MosScheduler *self = data;

  self->timer_id = 0;
  mos_scheduler_run (self);
  return G_SOURCE_REMOVE;
}

static void
mos_scheduler_sleep (MosScheduler *self,
                     guint sleep_ms)
{
  g_clear_handle_id (&self->timer_id, g_source_remove);
  self->timer_id = g_timeout_add (sleep_ms, mos_scheduler_timer_cb, self);
}

static gboolean
mos_scheduler_finish_step (MosScheduler *self,
                           gboolean done,
                           GError *error)
{
  if (self->cancellable == NULL)
    return FALSE;

  if (!done)
    {
      /* A full disk may have room again later; nothing is lost, for the rows are still due. */
      g_debug ("What is due could not be done: %s", error->message);
      self->is_running = FALSE;
      mos_scheduler_sleep (self, MOS_SCHEDULER_RETRY_MS);
    }
  return done;
}

static void
mos_scheduler_ran_cb (GObject *source,
                      GAsyncResult *result,
                      gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  MosScheduler *self = g_task_get_source_object (task);
  MosSchedulerStep *step = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  gboolean done = mos_store_write_finish (MOS_STORE (source), result, NULL, &error);

  g_task_return_boolean (task, TRUE);
  if (mos_scheduler_finish_step (self, done, error))
    {
      self->is_running = FALSE;
      for (guint i = 0; i < step->came->len; i++)
        g_signal_emit (self, signals[SIGNAL_CAME], 0, step->came->pdata[i]);
      if (step->held > 0)
        g_signal_emit (self, signals[SIGNAL_HELD], 0, step->held);
      mos_scheduler_run (self);
    }
}

static gboolean
mos_scheduler_clean (MosTxn *txn,
                     gpointer data,
                     GCancellable *cancellable,
                     GError **error)
{
  guint rows = 0;

  /* Files of rows that went go the next time: see there. */
  return mos_store_blob_clean (txn, &rows, error);
}

/* What nothing names any more: files of drafts that were thrown away, of transactions that failed. Failing is no harm, tomorrow is a day. */
static void
mos_scheduler_clean_if_due (MosScheduler *self,
                            gint64 now_us)
{
  /* The clock may have been set back. */
  if (now_us < self->clean_us && self->clean_us - now_us <= MOS_SCHEDULER_CLEAN_AGAIN_US)
    return;
  self->clean_us = now_us + MOS_SCHEDULER_CLEAN_AGAIN_US;
  mos_store_write_async (self->store, NULL, NULL, mos_scheduler_clean, NULL, NULL, self->cancellable, NULL, NULL);
}

static void
mos_scheduler_peeked_cb (GObject *source,
                         GAsyncResult *result,
                         gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  MosScheduler *self = g_task_get_source_object (task);
  MosSchedulerStep *step = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  gboolean done = mos_store_read_finish (MOS_STORE (source), result, &error);
  gint64 now_us, wait_ms = MOS_SCHEDULER_MAX_SLEEP_MS;

  if (!mos_scheduler_finish_step (self, done, error))
    {
      g_task_return_boolean (task, FALSE);
      return;
    }

  now_us = mos_clock_now_us (mos_store_get_clock (self->store));
  if (step->next_us != 0 && step->next_us <= now_us)
    {
      const MosActor actor = { MOS_ACTOR_SYSTEM, NULL };

      mos_store_write_async (self->store, &actor, NULL, mos_due_run, step, NULL, self->cancellable, mos_scheduler_ran_cb, g_steal_pointer (&task));
      return;
    }

  mos_scheduler_clean_if_due (self, now_us);
  g_task_return_boolean (task, TRUE);
  self->is_running = FALSE;
  if (self->run_again)
    {
      mos_scheduler_run (self);
      return;
    }
  if (step->next_us != 0)
    wait_ms = CLAMP ((step->next_us - now_us) / 1000 + 1, 1, MOS_SCHEDULER_MAX_SLEEP_MS);
  mos_scheduler_sleep (self, (guint) wait_ms);
}

static void
mos_scheduler_run (MosScheduler *self)
{
  GTask *task;

  if (self->cancellable == NULL)
    return;
  if (self->is_running)
    {
      self->run_again = TRUE;
      return;
    }

  self->is_running = TRUE;
  self->run_again = FALSE;
  task = g_task_new (self, NULL, NULL, NULL);
  g_task_set_source_tag (task, mos_scheduler_run);
  g_task_set_task_data (task, mos_scheduler_step_new (), (GDestroyNotify) mos_scheduler_step_free);
  mos_store_read_async (self->store, mos_due_peek, &((MosSchedulerStep *) g_task_get_task_data (task))->next_us, NULL,
                        self->cancellable, mos_scheduler_peeked_cb, task);
}

static void
mos_scheduler_dispose (GObject *object)
{
  MosScheduler *self = MOS_SCHEDULER (object);

  mos_scheduler_stop (self);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (mos_scheduler_parent_class)->dispose (object);
}

static void
mos_scheduler_class_init (MosSchedulerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = mos_scheduler_dispose;

  signals[SIGNAL_CAME] = g_signal_new ("came", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, mos_due_row_get_type ());
  signals[SIGNAL_HELD] = g_signal_new ("held", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
}

static void
mos_scheduler_init (MosScheduler *self)
{
}

MosScheduler *
mos_scheduler_new (MosStore *store)
{
  MosScheduler *self;

  g_return_val_if_fail (MOS_IS_STORE (store), NULL);

  self = g_object_new (MOS_TYPE_SCHEDULER, NULL);
  self->store = g_object_ref (store);
  return self;
}

void
mos_scheduler_start (MosScheduler *self)
{
  g_return_if_fail (MOS_IS_SCHEDULER (self));

  if (self->cancellable == NULL)
    {
      self->cancellable = g_cancellable_new ();
      self->clean_us = mos_clock_now_us (mos_store_get_clock (self->store)) + MOS_SCHEDULER_CLEAN_FIRST_US;
    }
  mos_scheduler_run (self);
}

void
mos_scheduler_stop (MosScheduler *self)
{
  g_return_if_fail (MOS_IS_SCHEDULER (self));

  g_clear_handle_id (&self->timer_id, g_source_remove);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->is_running = FALSE;
}

void
mos_scheduler_rearm (MosScheduler *self)
{
  g_return_if_fail (MOS_IS_SCHEDULER (self));

  mos_scheduler_run (self);
}
