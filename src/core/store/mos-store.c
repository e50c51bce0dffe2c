/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-store"

#include "config.h"

#include "core/store/mos-store.h"

#include "core/store/mos-store-object.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/file.h>
#include <unistd.h>

G_DEFINE_FINAL_TYPE (MosStore, mos_store, G_TYPE_OBJECT)

static guint changed_signal;

/* --- opening --- */

/* The lock is the kernel's and goes with the process, however that ends. */
static gboolean
take_lock (MosStore *self,
           GError **error)
{
  g_autofree char *path = g_build_filename (self->profile, MOS_STORE_LOCK, NULL);

  self->lock_fd = g_open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (self->lock_fd < 0)
    return mos_set_errno (error, errno, path);
  if (flock (self->lock_fd, LOCK_EX | LOCK_NB) == 0)
    return TRUE;
  if (errno != EWOULDBLOCK)
    return mos_set_errno (error, errno, path);
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
    return mos_set_errno (error, errno, dir);
  return mos_backup_database (self->write_database, path, error);
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

  if (!mos_migrate_peek (self->file, n_steps, &version, &self->read_database, error))
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
  if (self->read_database == NULL)
    self->read_database = mos_database_open (self->file, MOS_DATABASE_READ_ONLY, error);
  return self->read_database != NULL && load_meta (self, self->read_database, error);
}

/* Of backups that were killed. */
static void
remove_snapshots (MosStore *self)
{
  g_autoptr (GDir) dir = g_dir_open (self->profile, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_prefix (name, MOS_STORE_SNAPSHOT))
      {
        g_autofree char *path = g_build_filename (self->profile, name, NULL);

        g_unlink (path);
      }
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
    return mos_set_errno (error, errno, self->profile);
  /* Looked at before anything is written: a newer profile stays as it is, byte for byte. */
  if (!mos_migrate_peek (self->file, n_steps, &version, NULL, error) ||
      !take_lock (self, error) ||
      !mos_migrate_peek (self->file, n_steps, &version, NULL, error))
    return FALSE;
  if (g_mkdir_with_parents (self->blob_dir, 0700) != 0)
    return mos_set_errno (error, errno, self->blob_dir);

  remove_snapshots (self);
  self->write_database = mos_database_open (self->file, MOS_DATABASE_READ_WRITE, error);
  if (self->write_database == NULL)
    return FALSE;
  if (version > 0 && (guint) version < n_steps && (self->flags & MOS_STORE_OPEN_NO_COPY) == 0 && !back_up_before_migration (self, version, now_us, error))
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
  const MosMigration *steps;
  guint n_steps = mos_migrations (&steps);

  return mos_store_open_with_steps_sync (profile, flags, clock, steps, n_steps, cancellable, error);
}

MosStore *
mos_store_open_with_steps_sync (const char *profile,
                                MosStoreOpenFlags flags,
                                MosClock *clock,
                                const MosMigration *steps,
                                guint n_steps,
                                GCancellable *cancellable,
                                GError **error)
{
  g_autoptr (MosStore) self = NULL;

  g_return_val_if_fail (profile != NULL, NULL);
  g_return_val_if_fail (MOS_IS_CLOCK (clock), NULL);
  g_return_val_if_fail ((flags & MOS_STORE_OPEN_DIRECT) == 0 || (flags & MOS_STORE_OPEN_READ_ONLY) != 0, NULL);

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
  if ((flags & MOS_STORE_OPEN_DIRECT) == 0)
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

void
mos_store_emit_changed (MosStore *self,
                        MosChangeSet *change)
{
  g_signal_emit (self, changed_signal, 0, change);
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
