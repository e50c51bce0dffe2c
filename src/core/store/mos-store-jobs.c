/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-store"

#include "config.h"

#include "core/store/mos-store.h"

#include "core/store/mos-store-object.h"
#include "core/store/mos-store-once-through.h"

#include <glib/gstdio.h>

/* Functions travel to the writer or the reader thread, run there in one transaction, and their result travels back. */

/* --- jobs --- */

typedef struct
{
  MosActor actor;
  char *actor_id;
  char *label;
  MosStoreFunc func;
  gpointer data;
  GDestroyNotify data_free;
  GAsyncReadyCallback callback;
  gpointer user_data;
  gint64 batch;
} StoreJob;

static void
store_job_free (StoreJob *job)
{
  g_free (job->actor_id);
  g_free (job->label);
  g_free (job);
}

/* The caller's data are freed in his own context, after his callback: they may hold objects of that context. */
static void
store_job_done_cb (GObject *source,
                   GAsyncResult *result,
                   gpointer user_data)
{
  StoreJob *job = g_task_get_task_data (G_TASK (result));
  GDestroyNotify data_free = job->data_free;
  gpointer data = job->data;

  if (job->callback != NULL)
    job->callback (source, result, job->user_data);
  if (data_free != NULL)
    data_free (data);
}

static void
interrupt_cb (GCancellable *cancellable,
              gpointer data)
{
  sqlite3_interrupt (data);
}

static gboolean
call_func (MosTxn *txn,
           StoreJob *job,
           GCancellable *cancellable,
           GError **error)
{
  sqlite3 *handle = mos_database_get_handle (txn->database);
  gulong id = cancellable != NULL ? g_cancellable_connect (cancellable, G_CALLBACK (interrupt_cb), handle, NULL) : 0;
  gboolean ok = job->func (txn, job->data, cancellable, error) && mos_txn_flush (txn, error);

  g_cancellable_disconnect (cancellable, id);
  if (!ok && error != NULL && *error == NULL)
    g_set_error_literal (error, MOS_STORE_ERROR, MOS_STORE_ERROR_FAILED, "A function of the store failed without a reason");
  return ok;
}

typedef struct
{
  MosStore *store;      /* (owned) */
  MosChangeSet *change; /* (owned) */
} Emission;

static void
emission_free (Emission *emission)
{
  mos_change_set_unref (emission->change);
  g_object_unref (emission->store);
  g_free (emission);
}

static gboolean
emit_cb (gpointer data)
{
  Emission *emission = data;

  mos_store_emit_changed (emission->store, emission->change);
  return G_SOURCE_REMOVE;
}

static void
post_change (MosStore *self,
             MosTxn *txn)
{
  g_autoptr (GSource) source = NULL;
  Emission *emission;

  if (mos_txn_is_empty (txn))
    return;
  txn->changes->seq = txn->seq;
  emission = g_new0 (Emission, 1);
  emission->store = g_object_ref (self);
  emission->change = mos_change_set_ref (txn->changes);
  source = g_idle_source_new ();
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, emit_cb, emission, (GDestroyNotify) emission_free);
  g_source_set_static_name (source, "[mostrador] store changed");
  g_source_attach (source, self->context);
}

static void
write_func (GTask *task,
            gpointer source,
            gpointer task_data,
            GCancellable *cancellable)
{
  MosStore *self = source;
  StoreJob *job = task_data;
  MosDatabase *database = self->write_database;
  g_autoptr (GError) erase_error = NULL;
  GError *error = NULL;
  MosTxn txn;

  g_assert (mos_worker_is_current (self->writer));

  mos_txn_init (&txn, self, database, TRUE);
  txn.blob_dir = self->blob_dir;
  txn.desk = self->desk;
  txn.now_us = mos_clock_now_us (self->clock);
  txn.actor = job->actor;
  txn.label = job->label;

  if (!mos_database_run_script (database, "BEGIN IMMEDIATE", &error))
    ;
  else if (!call_func (&txn, job, cancellable, &error) || !mos_database_run_script (database, "COMMIT", &error))
    /* Its own failure says nothing new: SQLite has rolled back by itself then. */
    mos_database_run_script (database, "ROLLBACK", NULL);

  if (error == NULL)
    {
      job->batch = txn.batch;
      post_change (self, &txn);
      for (guint i = 0; i < txn.doomed->len; i++)
        g_unlink (txn.doomed->pdata[i]);
      /* A reader in between makes it shorter, not wrong; the next one does the rest. */
      if (txn.is_erasing && !mos_database_run_script (database, "PRAGMA wal_checkpoint (TRUNCATE)", &erase_error))
        g_debug ("The log still holds what was erased: %s", erase_error->message);
      mos_txn_clear (&txn);
      g_task_return_boolean (task, TRUE);
    }
  else
    {
      mos_txn_clear (&txn);
      g_task_return_error (task, error);
    }
}

static gboolean
read_here (MosStore *self,
           StoreJob *job,
           GCancellable *cancellable,
           GError **error)
{
  MosDatabase *database = self->read_database;
  gboolean ok;
  MosTxn txn;

  mos_txn_init (&txn, self, database, FALSE);
  txn.blob_dir = self->blob_dir;
  txn.desk = self->desk;
  txn.now_us = mos_clock_now_us (self->clock);

  /* One snapshot for all the function reads. */
  ok = mos_database_run_script (database, "BEGIN", error);
  if (ok)
    {
      ok = call_func (&txn, job, cancellable, error);
      mos_once_through_give_back (&txn);
      mos_database_run_script (database, "COMMIT", NULL);
    }
  mos_txn_clear (&txn);
  return ok;
}

static void
read_func (GTask *task,
           gpointer source,
           gpointer task_data,
           GCancellable *cancellable)
{
  MosStore *self = source;
  GError *error = NULL;

  g_assert (mos_worker_is_current (self->reader));

  if (read_here (self, task_data, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void sync_cb (GObject *source, GAsyncResult *result, gpointer user_data);

static void
mos_store_push (MosStore *self,
                const MosActor *actor,
                const char *label,
                MosStoreFunc func,
                gpointer data,
                GDestroyNotify data_free,
                GCancellable *cancellable,
                GAsyncReadyCallback callback,
                gpointer user_data,
                gboolean is_write)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, store_job_done_cb, NULL);
  StoreJob *job = g_new0 (StoreJob, 1);

  /* What was committed is reported as such, cancelled or not; so is what was read into the memory of somebody who waits for it, or nobody would free it. */
  g_task_set_check_cancellable (task, !is_write && callback != sync_cb);
  g_task_set_source_tag (task, is_write ? (gpointer) mos_store_write_async : (gpointer) mos_store_read_async);
  g_task_set_task_data (task, job, (GDestroyNotify) store_job_free);
  job->actor.kind = actor != NULL ? actor->kind : MOS_ACTOR_SYSTEM;
  job->actor_id = g_strdup (actor != NULL ? actor->id : NULL);
  job->actor.id = job->actor_id;
  job->label = g_strdup (label);
  job->func = func;
  job->data = data;
  job->data_free = data_free;
  job->callback = callback;
  job->user_data = user_data;

  if (self->read_database == NULL)
    /* Closing ends what is asked as a cancellable does: there is nobody any more to show it to.  What is not written is said. */
    g_task_return_new_error_literal (task, G_IO_ERROR, is_write ? G_IO_ERROR_CLOSED : G_IO_ERROR_CANCELLED, "The store is closed");
  else if (is_write && self->writer == NULL)
    g_task_return_new_error_literal (task, MOS_STORE_ERROR, MOS_STORE_ERROR_READ_ONLY, "The store was opened read-only");
  else
    mos_worker_push (is_write ? self->writer : self->reader, task, is_write ? write_func : read_func);
}

typedef struct
{
  GAsyncResult *result;
} SyncWait;

static void
sync_cb (GObject *source,
         GAsyncResult *result,
         gpointer user_data)
{
  SyncWait *wait = user_data;

  wait->result = g_object_ref (result);
}

/* A private context, so that nothing else of the calling thread runs meanwhile. */
static GAsyncResult *
mos_store_run_sync (MosStore *self,
                    const MosActor *actor,
                    const char *label,
                    MosStoreFunc func,
                    gpointer data,
                    GCancellable *cancellable,
                    gboolean is_write)
{
  g_autoptr (GMainContext) context = g_main_context_new ();
  SyncWait wait = { NULL };

  g_assert (self->writer == NULL || !mos_worker_is_current (self->writer));
  g_assert (self->reader == NULL || !mos_worker_is_current (self->reader));

  g_main_context_push_thread_default (context);
  mos_store_push (self, actor, label, func, data, NULL, cancellable, sync_cb, &wait, is_write);
  while (wait.result == NULL)
    g_main_context_iteration (context, TRUE);
  g_main_context_pop_thread_default (context);
  return wait.result;
}

/* --- public: jobs --- */

/**
 * mos_store_write_async:
 * @self: a #MosStore
 *
 * See the header. Runs @func in one transaction on the writer thread.
 */
void
mos_store_write_async (MosStore *self,
                       const MosActor *actor,
                       const char *label,
                       MosStoreFunc func,
                       gpointer data,
                       GDestroyNotify data_free,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  g_return_if_fail (MOS_IS_STORE (self));
  g_return_if_fail (func != NULL);

  mos_store_push (self, actor, label, func, data, data_free, cancellable, callback, user_data, TRUE);
}

gboolean
mos_store_write_finish (MosStore *self,
                        GAsyncResult *result,
                        gint64 *ret_batch,
                        GError **error)
{
  StoreJob *job;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, mos_store_write_async), FALSE);

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return FALSE;
  job = g_task_get_task_data (G_TASK (result));
  if (ret_batch != NULL)
    *ret_batch = job->batch;
  return TRUE;
}

gboolean
mos_store_write_sync (MosStore *self,
                      const MosActor *actor,
                      const char *label,
                      MosStoreFunc func,
                      gpointer data,
                      gint64 *ret_batch,
                      GCancellable *cancellable,
                      GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  g_return_val_if_fail (MOS_IS_STORE (self), FALSE);

  result = mos_store_run_sync (self, actor, label, func, data, cancellable, TRUE);
  return mos_store_write_finish (self, result, ret_batch, error);
}

void
mos_store_read_async (MosStore *self,
                      MosStoreFunc func,
                      gpointer data,
                      GDestroyNotify data_free,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  g_return_if_fail (MOS_IS_STORE (self));
  g_return_if_fail (func != NULL);

  mos_store_push (self, NULL, NULL, func, data, data_free, cancellable, callback, user_data, FALSE);
}

gboolean
mos_store_read_finish (MosStore *self,
                       GAsyncResult *result,
                       GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, mos_store_read_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

gboolean
mos_store_read_sync (MosStore *self,
                     MosStoreFunc func,
                     gpointer data,
                     GCancellable *cancellable,
                     GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  g_return_val_if_fail (MOS_IS_STORE (self), FALSE);

  if ((self->flags & MOS_STORE_OPEN_DIRECT) != 0)
    {
      StoreJob job = { .func = func, .data = data };

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      if (self->read_database == NULL)
        {
          g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "The store is closed");
          return FALSE;
        }
      return read_here (self, &job, cancellable, error);
    }
  result = mos_store_run_sync (self, NULL, NULL, func, data, cancellable, FALSE);
  return mos_store_read_finish (self, result, error);
}
