/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"
#define _GNU_SOURCE /* renameat2() */

#include "config.h"

#include "core/desk/mos-restore-job.h"

#include "core/base/mos-error.h"
#include "core/base/mos-part-file.h"
#include "core/desk/mos-backup-file.h"
#include "core/desk/mos-backups.h"
#include "core/desk/mos-restored.h"
#include "core/store/mos-store-backup.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/statvfs.h>
#include <unistd.h>

/* The profile's own, see mos_store_open_sync(). */
#define LOCK "lock"
/* Migrations and indexes want some more. */
#define SPARE_BYTES (64 * 1024 * 1024)

struct _MosRestoreJob
{
  MosJob parent_instance;

  char *file;       /* (owned) */
  char *passphrase; /* (owned) (nullable) */
  char *profile;    /* (owned) */
  char *part;       /* (owned): the new folder */
  MosClock *clock;  /* (owned) */
  guint64 done, total;
  gboolean is_ready; /* the new folder holds a whole profile */

  GMutex mutex;        /* guards what follows */
  MosBackupInfo *info; /* (owned) (nullable) */
  MosRestoredCount count;
  GBytes *passwords; /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (MosRestoreJob, mos_restore_job, MOS_TYPE_JOB)

static void
on_done_cb (guint64 done,
            gpointer user_data)
{
  MosRestoreJob *self = user_data;

  self->done += done;
  mos_job_set_progress (MOS_JOB (self), self->done, self->total, 0);
}

/* The folder is one and the same for all of a profile: what begins waits for what still goes. */
static void
remove_part (MosRestoreJob *self)
{
  static GMutex mutex;

  g_mutex_lock (&mutex);
  mos_part_file_remove_tree (self->part);
  g_mutex_unlock (&mutex);
}

/* --- out of the file --- */

/* Looked at before it is written: a bomb goes off nowhere. */
static gboolean
check_room (MosRestoreJob *self,
            const MosBackupInfo *info,
            GError **error)
{
  struct statvfs disk;

  if (statvfs (self->part, &disk) != 0)
    return mos_backup_set_errno (error, errno, self->part);
  if ((guint64) disk.f_bavail * disk.f_frsize / 2 > info->bytes / 2 + SPARE_BYTES / 2)
    return TRUE;
  return mos_backup_set_errno (error, ENOSPC, self->part);
}

static gboolean
unpack_archive (MosRestoreJob *self,
                int fd,
                MosBackupInfo **ret_info,
                GCancellable *cancellable,
                GError **error)
{
  g_autoptr (MosBackupReader) reader = mos_backup_reader_open (fd, self->passphrase, &MOS_SEAL_MOST, error);
  MosBackupInfo *info = reader != NULL ? mos_backup_reader_get_info (reader) : NULL;

  if (info != NULL && info->schema > mos_store_snapshot_get_newest ())
    {
      g_set_error (error, MOS_BACKUP_ERROR, MOS_BACKUP_ERROR_TOO_NEW, "Its schema is %u", info->schema);
      return FALSE;
    }
  if (info == NULL || !check_room (self, info, error) || !mos_backup_reader_run (reader, self->part, on_done_cb, self, cancellable, error))
    return FALSE;
  if (mos_backup_reader_get_passwords (reader) != NULL)
    self->passwords = g_bytes_ref (mos_backup_reader_get_passwords (reader));
  *ret_info = mos_backup_info_ref (info);
  return TRUE;
}

/* What the database says of itself is not the profile's trouble, but the backup's. */
static gboolean
blame_backup (GError *problem,
              GError **error)
{
  if (g_error_matches (problem, MOS_STORE_ERROR, MOS_STORE_ERROR_SCHEMA_TOO_NEW))
    g_set_error_literal (error, MOS_BACKUP_ERROR, MOS_BACKUP_ERROR_TOO_NEW, problem->message);
  else if (g_error_matches (problem, MOS_STORE_ERROR, MOS_STORE_ERROR_CORRUPT) || g_error_matches (problem, MOS_STORE_ERROR, MOS_STORE_ERROR_FAILED))
    g_set_error_literal (error, MOS_BACKUP_ERROR, MOS_BACKUP_ERROR_DAMAGED, problem->message);
  else if (g_error_matches (problem, MOS_STORE_ERROR, MOS_STORE_ERROR_NOT_FOUND))
    g_set_error_literal (error, MOS_BACKUP_ERROR, MOS_BACKUP_ERROR_NOT_ONE, problem->message);
  else if (g_error_matches (problem, MOS_STORE_ERROR, MOS_STORE_ERROR_DISK_FULL))
    g_set_error_literal (error, MOS_BACKUP_ERROR, MOS_BACKUP_ERROR_NO_ROOM, problem->message);
  else
    {
      g_propagate_error (error, problem);
      return FALSE;
    }
  g_error_free (problem);
  return FALSE;
}

static gboolean
do_restored (MosTxn *txn,
             gpointer data,
             GCancellable *cancellable,
             GError **error)
{
  return mos_restored (txn, data, error);
}

/* Brought to this version, looked through, and made a desk of its own. */
static gboolean
settle_in (MosRestoreJob *self,
           GCancellable *cancellable,
           GError **error)
{
  GError *problem = NULL;
  MosStore *store = mos_store_open_sync (self->part, MOS_STORE_OPEN_NO_COPY, self->clock, cancellable, &problem);
  gboolean ok;

  if (store == NULL)
    return blame_backup (problem, error);
  ok = mos_store_vouch_sync (store, cancellable, &problem) && mos_store_write_sync (store, NULL, NULL, do_restored, &self->count, NULL, cancellable, &problem);
  mos_store_close_sync (store);
  g_object_unref (store);
  return ok || blame_backup (problem, error);
}

static gboolean
mos_restore_job_run_sync (MosJob *job,
                          GCancellable *cancellable,
                          GError **error)
{
  MosRestoreJob *self = MOS_RESTORE_JOB (job);
  g_autofree char *database = g_build_filename (self->part, MOS_SNAPSHOT_DATABASE, NULL);
  g_autoptr (MosBackupInfo) look = mos_backups_look_sync (self->file, NULL, FALSE, cancellable, error);
  g_autoptr (MosBackupInfo) info = NULL;
  g_autofd int fd = -1;
  GError *problem = NULL;
  gboolean ok;

  if (look == NULL)
    return FALSE;
  self->done = 0;
  self->total = look->file_bytes;
  mos_job_set_progress (job, 0, self->total, 0);
  fd = g_open (self->file, O_RDONLY | O_CLOEXEC, 0);
  if (fd < 0)
    return mos_backup_set_errno (error, errno, self->file);

  /* Of one that was killed. */
  remove_part (self);
  if (g_mkdir_with_parents (self->part, 0700) != 0)
    return mos_backup_set_errno (error, errno, self->part);
  if (look->is_old)
    {
      ok = check_room (self, look, error);
      if (ok && !mos_store_unpack_old_sync (self->file, self->part, cancellable, &problem))
        ok = blame_backup (problem, error);
    }
  else
    ok = unpack_archive (self, fd, &info, cancellable, error);
  ok = ok && settle_in (self, cancellable, error);
  if (ok && look->is_old)
    {
      info = mos_backup_info_ref (look);
      ok = mos_store_snapshot_describe_sync (database, info, error);
    }
  if (!ok)
    {
      remove_part (self);
      return FALSE;
    }
  self->is_ready = TRUE;
  g_mutex_lock (&self->mutex);
  self->info = g_steal_pointer (&info);
  g_mutex_unlock (&self->mutex);
  mos_job_set_progress (job, self->total, self->total, 0);
  return TRUE;
}

/* --- in place --- */

gboolean
mos_restore_is_empty (const char *profile)
{
  g_autoptr (GDir) dir = g_dir_open (profile, 0, NULL);

  return dir == NULL || g_dir_read_name (dir) == NULL;
}

/* Whoever has the profile open holds its lock. Returns: the file descriptor that holds it now; -1 with @error */
static int
take_lock (const char *profile,
           GError **error)
{
  g_autofree char *path = g_build_filename (profile, LOCK, NULL);
  int fd = g_open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);

  if (fd >= 0 && flock (fd, LOCK_EX | LOCK_NB) == 0)
    return fd;
  if (fd < 0)
    mos_backup_set_errno (error, errno, path);
  else
    g_set_error (error, MOS_STORE_ERROR, MOS_STORE_ERROR_LOCKED, "Another process uses %s", profile);
  g_clear_fd (&fd, NULL);
  return -1;
}

/* A name for the present profile that nothing has yet. */
static char *
dup_aside (MosRestoreJob *self)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc_usec (mos_clock_now_us (self->clock));
  g_autoptr (GDateTime) local = g_date_time_to_local (utc);
  g_autofree char *when = g_date_time_format (local, "%Y-%m-%d-%H%M%S");
  char *path = g_strdup_printf ("%s.before-restore-%s", self->profile, when);

  for (guint i = 2; mos_part_file_is_there (path); i++)
    {
      g_free (path);
      path = g_strdup_printf ("%s.before-restore-%s-%u", self->profile, when, i);
    }
  return path;
}

/* In one step where the system can: nobody ever finds no profile. The new one lies where the old one is to be, and both change places. */
static gboolean
exchange (MosRestoreJob *self,
          const char *aside,
          GError **error)
{
  if (g_rename (self->part, aside) != 0)
    return mos_backup_set_errno (error, errno, aside);
  if (renameat2 (AT_FDCWD, aside, AT_FDCWD, self->profile, RENAME_EXCHANGE) == 0)
    return TRUE;
  /* A file system that cannot. */
  if (g_rename (aside, self->part) == 0 && g_rename (self->profile, aside) == 0)
    {
      if (g_rename (self->part, self->profile) == 0)
        return TRUE;
      mos_backup_set_errno (error, errno, self->profile);
      if (g_rename (aside, self->profile) != 0)
        g_debug ("The profile stays in %s", aside);
      return FALSE;
    }
  return mos_backup_set_errno (error, errno, self->profile);
}

gboolean
mos_restore_job_put_in_place_sync (MosRestoreJob *self,
                                   char **ret_aside,
                                   GError **ret_keyring,
                                   GCancellable *cancellable,
                                   GError **error)
{
  g_autofree char *parent = g_path_get_dirname (self->profile);
  g_autofree char *aside = NULL;
  g_autofd int lock = -1, dir = -1;

  g_return_val_if_fail (self->is_ready, FALSE);

  *ret_aside = NULL;
  if (mos_restore_is_empty (self->profile))
    {
      if (g_rename (self->part, self->profile) != 0)
        return mos_backup_set_errno (error, errno, self->profile);
    }
  else
    {
      lock = take_lock (self->profile, error);
      aside = dup_aside (self);
      if (lock < 0 || !exchange (self, aside, error))
        return FALSE;
    }
  self->is_ready = FALSE;
  dir = g_open (parent, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);
  if (dir < 0 || fsync (dir) != 0)
    g_debug ("The folder of the profile was not synced: %s", g_strerror (errno));
  *ret_aside = g_steal_pointer (&aside);
  if (self->passwords != NULL)
    mos_backup_keep_passwords_sync (self->profile, self->passwords, cancellable, ret_keyring);
  return TRUE;
}

void
mos_restore_job_give_up_sync (MosRestoreJob *self)
{
  remove_part (self);
  self->is_ready = FALSE;
}

/* --- class --- */

static gboolean
mos_restore_job_equal (MosJob *job,
                       MosJob *other)
{
  return strcmp (MOS_RESTORE_JOB (job)->profile, MOS_RESTORE_JOB (other)->profile) == 0;
}

static void
mos_restore_job_finalize (GObject *object)
{
  MosRestoreJob *self = MOS_RESTORE_JOB (object);

  if (self->passphrase != NULL)
    explicit_bzero (self->passphrase, strlen (self->passphrase));
  g_free (self->passphrase);
  g_free (self->file);
  g_free (self->profile);
  g_free (self->part);
  g_clear_object (&self->clock);
  g_clear_pointer (&self->info, mos_backup_info_unref);
  g_clear_pointer (&self->passwords, g_bytes_unref);
  g_mutex_clear (&self->mutex);

  G_OBJECT_CLASS (mos_restore_job_parent_class)->finalize (object);
}

static void
mos_restore_job_class_init (MosRestoreJobClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mos_restore_job_finalize;
  MOS_JOB_CLASS (klass)->run_sync = mos_restore_job_run_sync;
  MOS_JOB_CLASS (klass)->equal = mos_restore_job_equal;
}

static void
mos_restore_job_init (MosRestoreJob *self)
{
  g_mutex_init (&self->mutex);
}

MosRestoreJob *
mos_restore_job_new (const char *file,
                     const char *passphrase,
                     const char *profile,
                     MosClock *clock)
{
  MosRestoreJob *self = g_object_new (MOS_TYPE_RESTORE_JOB, NULL);

  self->file = g_canonicalize_filename (file, NULL);
  self->passphrase = g_strdup (passphrase);
  self->profile = g_canonicalize_filename (profile, NULL);
  self->part = g_strconcat (self->profile, ".restore-part", NULL);
  self->clock = g_object_ref (clock);
  return self;
}

const char *
mos_restore_job_get_file (MosRestoreJob *self)
{
  return self->file;
}

MosBackupInfo *
mos_restore_job_ref_info (MosRestoreJob *self)
{
  MosBackupInfo *info;

  g_mutex_lock (&self->mutex);
  info = self->info != NULL ? mos_backup_info_ref (self->info) : NULL;
  g_mutex_unlock (&self->mutex);
  return info;
}

MosRestoredCount
mos_restore_job_get_count (MosRestoreJob *self)
{
  return self->count;
}
