/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-base"

#include "config.h"

#include "core/base/mos-worker.h"

typedef struct
{
  GTask *task; /* (owned) */
  GTaskThreadFunc func;
} MosWorkerItem;

struct _MosWorker
{
  GObject parent_instance;

  GAsyncQueue *queue; /* (owned) of MosWorkerItem */
  GThread *thread;    /* (owned) (nullable) */
  gint closed;        /* (atomic) */
};

G_DEFINE_FINAL_TYPE (MosWorker, mos_worker, G_TYPE_OBJECT)

static void
mos_worker_item_free (MosWorkerItem *item)
{
  g_clear_object (&item->task);
  g_free (item);
}

static gpointer
mos_worker_thread (gpointer data)
{
  GAsyncQueue *queue = data;
  g_autoptr (GMainContext) context = g_main_context_new ();

  g_main_context_push_thread_default (context);

  for (;;)
    {
      MosWorkerItem *item = g_async_queue_pop (queue);

      if (item->task == NULL)
        {
          mos_worker_item_free (item);
          break;
        }

      if (!g_task_return_error_if_cancelled (item->task))
        item->func (item->task,
                    g_task_get_source_object (item->task),
                    g_task_get_task_data (item->task),
                    g_task_get_cancellable (item->task));
      mos_worker_item_free (item);
    }

  g_main_context_pop_thread_default (context);
  g_async_queue_unref (queue);
  return NULL;
}

static void
mos_worker_finalize (GObject *object)
{
  MosWorker *self = MOS_WORKER (object);

  if (self->thread != NULL)
    {
      g_critical ("A worker was let go before mos_worker_shutdown()");
      mos_worker_shutdown (self);
    }
  g_clear_pointer (&self->queue, g_async_queue_unref);

  G_OBJECT_CLASS (mos_worker_parent_class)->finalize (object);
}

static void
mos_worker_class_init (MosWorkerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mos_worker_finalize;
}

static void
mos_worker_init (MosWorker *self)
{
  self->queue = g_async_queue_new ();
}

/**
 * mos_worker_new:
 * @name: the thread's name; the kernel keeps fifteen characters
 *
 * Returns: (transfer full): a running worker
 */
MosWorker *
mos_worker_new (const char *name)
{
  MosWorker *self = g_object_new (MOS_TYPE_WORKER, NULL);

  self->thread = g_thread_new (name, mos_worker_thread, g_async_queue_ref (self->queue));
  return self;
}

MosWorker *
mos_worker_ensure (MosWorker **worker,
                   const char *name)
{
  if (*worker == NULL)
    *worker = mos_worker_new (name);
  return *worker;
}

void
mos_worker_push (MosWorker *self,
                 GTask *task,
                 GTaskThreadFunc func)
{
  MosWorkerItem *item;

  g_return_if_fail (MOS_IS_WORKER (self));
  g_return_if_fail (G_IS_TASK (task));

  if (g_atomic_int_get (&self->closed))
    {
      g_task_return_new_error_literal (task, G_IO_ERROR, G_IO_ERROR_CLOSED, "The worker has ended");
      return;
    }

  item = g_new0 (MosWorkerItem, 1);
  item->task = g_object_ref (task);
  item->func = func;
  g_async_queue_push (self->queue, item);
}

gboolean
mos_worker_is_current (MosWorker *self)
{
  g_return_val_if_fail (MOS_IS_WORKER (self), FALSE);

  return self->thread == g_thread_self ();
}

void
mos_worker_shutdown (MosWorker *self)
{
  g_return_if_fail (MOS_IS_WORKER (self));

  if (self->thread == NULL)
    return;

  g_assert (!mos_worker_is_current (self));
  g_atomic_int_set (&self->closed, TRUE);
  g_async_queue_push (self->queue, g_new0 (MosWorkerItem, 1));
  /* Cleared only then: what is still in the queue runs meanwhile, and may ask whether it is on its thread. */
  g_thread_join (self->thread);
  self->thread = NULL;
}
