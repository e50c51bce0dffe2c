/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-store"

#include "config.h"

#include "core/store/mos-store.h"

#include "core/base/mos-worker.h"
#include "core/store/mos-migrate.h"
#include "core/store/mos-store-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/file.h>
#include <unistd.h>

struct _MosStore
{
  GObject parent_instance;

  char *profile;
  char *file;
  char *blob_dir;
  char *desk;
  GBytes *mac_key;       /* (owned) (nullable) */
  MosClock *clock;       /* (owned) */
  GMainContext *context; /* (owned): where "changed" is emitted */
  MosStoreOpenFlags flags;
  int lock_fd;
  MosWorker *writer; /* (owned) (nullable): with its connection */
  MosWorker *reader; /* (owned) (nullable) */
  MosDatabase *write_database;
  MosDatabase *read_database;
};

G_DEFINE_FINAL_TYPE (MosStore, mos_store, G_TYPE_OBJECT)

static guint changed_signal;

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

  g_signal_emit (emission->store, changed_signal, 0, emission->change);
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
      mos_txn_clear (&txn);
      g_task_return_boolean (task, TRUE);
    }
  else
    {
      mos_txn_clear (&txn);
      g_task_return_error (task, error);
    }
}

static void
read_func (GTask *task,
           gpointer source,
           gpointer task_data,
           GCancellable *cancellable)
{
  MosStore *self = source;
  MosDatabase *database = self->read_database;
  GError *error = NULL;
  MosTxn txn;

  g_assert (mos_worker_is_current (self->reader));

  mos_txn_init (&txn, self, database, FALSE);
  txn.blob_dir = self->blob_dir;
  txn.desk = self->desk;
  txn.now_us = mos_clock_now_us (self->clock);

  /* One snapshot for all the function reads. */
  if (mos_database_run_script (database, "BEGIN", &error))
    {
      call_func (&txn, task_data, cancellable, &error);
      mos_database_run_script (database, "COMMIT", NULL);
    }
  mos_txn_clear (&txn);

  if (error == NULL)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

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

  /* What was committed is reported as such, cancelled or not. */
  g_task_set_check_cancellable (task, !is_write);
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

  if (is_write && self->writer == NULL)
    g_task_return_new_error_literal (task, MOS_STORE_ERROR, MOS_STORE_ERROR_READ_ONLY, "The store was opened read-only");
  else if (self->reader == NULL)
    g_task_return_new_error_literal (task, G_IO_ERROR, G_IO_ERROR_CLOSED, "The store is closed");
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

  result = mos_store_run_sync (self, NULL, NULL, func, data, cancellable, FALSE);
  return mos_store_read_finish (self, result, error);
}

/* --- opening --- */

static gboolean
set_errno (GError **error,
           int saved,
           const char *path)
{
  int code = MOS_STORE_ERROR_FAILED;

  if (saved == EACCES || saved == EPERM || saved == EROFS)
    code = MOS_STORE_ERROR_READ_ONLY;
  else if (saved == ENOSPC || saved == EDQUOT)
    code = MOS_STORE_ERROR_DISK_FULL;
  g_set_error (error, MOS_STORE_ERROR, code, "%s: %s", path, g_strerror (saved));
  return FALSE;
}

/* The lock is the kernel's and goes with the process, however that ends. */
static gboolean
take_lock (MosStore *self,
           GError **error)
{
  g_autofree char *path = g_build_filename (self->profile, MOS_STORE_LOCK, NULL);

  self->lock_fd = g_open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (self->lock_fd < 0)
    return set_errno (error, errno, path);
  if (flock (self->lock_fd, LOCK_EX | LOCK_NB) == 0)
    return TRUE;
  if (errno != EWOULDBLOCK)
    return set_errno (error, errno, path);
  g_set_error (error, MOS_STORE_ERROR, MOS_STORE_ERROR_LOCKED, "Another process uses %s", self->profile);
  return FALSE;
}

static gboolean
back_up_before_migration (MosStore *self,
                          int version,
                          gint64 now_us,
                          GError **error)
{
  g_autofree char *dir = g_build_filename (self->profile, MOS_STORE_BACKUPS, NULL);
  g_autofree char *name = g_strdup_printf ("schema-%d-%" G_GINT64_FORMAT ".db", version, now_us / G_USEC_PER_SEC);
  g_autofree char *path = g_build_filename (dir, name, NULL);

  if (g_mkdir_with_parents (dir, 0700) != 0)
    return set_errno (error, errno, dir);
  return mos_database_exec (self->write_database, error, "VACUUM INTO ?", "t", path);
}

static gboolean
load_meta (MosStore *self,
           MosDatabase *database,
           GError **error)
{
  g_autoptr (MosStatement) statement = NULL;

  if (!mos_database_get_text (database, &self->desk, error, "SELECT value FROM meta WHERE key = 'desk'", ""))
    return FALSE;
  statement = mos_database_query (database, error, "SELECT value FROM meta WHERE key = 'mac_key'", "");
  if (statement == NULL || mos_statement_step (statement, error) < 0)
    return FALSE;
  self->mac_key = mos_statement_get_bytes (statement, 0);
  if (self->desk != NULL && self->mac_key != NULL)
    return TRUE;
  g_set_error_literal (error, MOS_STORE_ERROR, MOS_STORE_ERROR_CORRUPT, "The profile has lost its key");
  return FALSE;
}

static gboolean
open_read_only (MosStore *self,
                guint n_steps,
                GError **error)
{
  int version;

  if (!mos_migrate_peek (self->file, n_steps, &version, error))
    return FALSE;
  if (version <= 0)
    {
      g_set_error (error, MOS_STORE_ERROR, MOS_STORE_ERROR_NOT_FOUND, "There is no profile in %s", self->profile);
      return FALSE;
    }
  if ((guint) version < n_steps)
    {
      g_set_error_literal (error, MOS_STORE_ERROR, MOS_STORE_ERROR_READ_ONLY, "The profile has to be brought to this version first");
      return FALSE;
    }
  self->read_database = mos_database_open (self->file, MOS_DATABASE_READ_ONLY, error);
  return self->read_database != NULL && load_meta (self, self->read_database, error);
}

static gboolean
open_read_write (MosStore *self,
                 const MosMigration *steps,
                 guint n_steps,
                 GError **error)
{
  gint64 now_us = mos_clock_now_us (self->clock);
  int version;

  if (g_mkdir_with_parents (self->profile, 0700) != 0)
    return set_errno (error, errno, self->profile);
  /* Looked at before anything is written: a newer profile stays as it is, byte for byte. */
  if (!mos_migrate_peek (self->file, n_steps, &version, error) ||
      !take_lock (self, error) ||
      !mos_migrate_peek (self->file, n_steps, &version, error))
    return FALSE;
  if (g_mkdir_with_parents (self->blob_dir, 0700) != 0)
    return set_errno (error, errno, self->blob_dir);

  self->write_database = mos_database_open (self->file, MOS_DATABASE_READ_WRITE, error);
  if (self->write_database == NULL)
    return FALSE;
  if (version > 0 && (guint) version < n_steps && !back_up_before_migration (self, version, now_us, error))
    return FALSE;
  /* The database holds mail: nobody else's business. */
  g_chmod (self->file, 0600);
  if (!mos_migrate_run (self->write_database, steps, n_steps, now_us, error) ||
      !load_meta (self, self->write_database, error))
    return FALSE;
  self->read_database = mos_database_open (self->file, MOS_DATABASE_QUERY_ONLY, error);
  return self->read_database != NULL;
}

MosStore *
mos_store_open_sync (const char *profile,
                     MosStoreOpenFlags flags,
                     MosClock *clock,
                     GCancellable *cancellable,
                     GError **error)
{
  g_autoptr (MosStore) self = NULL;
  const MosMigration *steps;
  guint n_steps = mos_migrations (&steps);

  g_return_val_if_fail (profile != NULL, NULL);
  g_return_val_if_fail (MOS_IS_CLOCK (clock), NULL);

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;

  self = g_object_new (MOS_TYPE_STORE, NULL);
  self->profile = g_canonicalize_filename (profile, NULL);
  self->file = g_build_filename (self->profile, MOS_STORE_FILE, NULL);
  self->blob_dir = g_build_filename (self->profile, MOS_STORE_BLOBS, NULL);
  self->clock = g_object_ref (clock);
  self->flags = flags;

  if ((flags & MOS_STORE_OPEN_READ_ONLY) != 0 ? !open_read_only (self, n_steps, error) : !open_read_write (self, steps, n_steps, error))
    return NULL;

  if (self->write_database != NULL)
    self->writer = mos_worker_new ("mos-writer");
  self->reader = mos_worker_new ("mos-reader");
  return g_steal_pointer (&self);
}

void
mos_store_close_sync (MosStore *self)
{
  g_return_if_fail (MOS_IS_STORE (self));

  if (self->writer != NULL)
    mos_worker_shutdown (self->writer);
  if (self->reader != NULL)
    mos_worker_shutdown (self->reader);
  g_clear_object (&self->writer);
  g_clear_object (&self->reader);
  g_clear_pointer (&self->read_database, mos_database_close);
  if (self->write_database != NULL)
    {
      /* Best effort: what stays in the WAL is read at the next start. */
      mos_database_run_script (self->write_database, "PRAGMA optimize; PRAGMA wal_checkpoint (TRUNCATE);", NULL);
      g_clear_pointer (&self->write_database, mos_database_close);
    }
  g_clear_fd (&self->lock_fd, NULL);
}

const char *
mos_store_get_profile (MosStore *self)
{
  g_return_val_if_fail (MOS_IS_STORE (self), NULL);

  return self->profile;
}

MosClock *
mos_store_get_clock (MosStore *self)
{
  g_return_val_if_fail (MOS_IS_STORE (self), NULL);

  return self->clock;
}

GBytes *
mos_store_get_mac_key (MosStore *self)
{
  g_return_val_if_fail (MOS_IS_STORE (self), NULL);

  return self->mac_key;
}

gboolean
mos_store_is_read_only (MosStore *self)
{
  return (self->flags & MOS_STORE_OPEN_READ_ONLY) != 0;
}

/* --- class --- */

static void
mos_store_finalize (GObject *object)
{
  MosStore *self = MOS_STORE (object);

  mos_store_close_sync (self);
  g_clear_pointer (&self->mac_key, g_bytes_unref);
  g_clear_pointer (&self->context, g_main_context_unref);
  g_clear_object (&self->clock);
  g_free (self->profile);
  g_free (self->file);
  g_free (self->blob_dir);
  g_free (self->desk);

  G_OBJECT_CLASS (mos_store_parent_class)->finalize (object);
}

static void
mos_store_class_init (MosStoreClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mos_store_finalize;

  /**
   * MosStore::changed:
   * @self: the store
   * @change: what a commit changed
   */
  changed_signal = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 1, mos_change_set_get_type ());
}

static void
mos_store_init (MosStore *self)
{
  self->lock_fd = -1;
  self->context = g_main_context_ref_thread_default ();
}
