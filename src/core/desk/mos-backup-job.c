/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-backup-job.h"

#include "core/base/mos-error.h"
#include "core/base/mos-part-file.h"
#include "core/base/mos-secrets.h"
#include "core/desk/mos-backup-file.h"
#include "core/desk/mos-backups.h"
#include "core/desk/mos-desk-host.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

struct _MosBackupJob
{
  MosJob parent_instance;

  MosStore *store;  /* (owned) */
  char *passphrase; /* (owned) (nullable) */
  gboolean with_passwords;
  gboolean replace;
  gboolean is_planned;
  MosSealCost cost;

  /* Of a run */
  guint64 done, total;
  guint64 copied; /* of the database, so far */

  GMutex mutex;        /* guards what follows */
  char *path;          /* (owned) (nullable) */
  MosBackupInfo *info; /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (MosBackupJob, mos_backup_job, MOS_TYPE_JOB)

/* --- how far it is: the copy, the archive, and its second reading; bytes of each --- */

static void
on_done_cb (guint64 done,
            gpointer user_data)
{
  MosBackupJob *self = user_data;

  self->done += done;
  mos_job_set_progress (MOS_JOB (self), self->done, self->total, 0);
}

static void
on_copied_cb (guint64 copied,
              gpointer user_data)
{
  MosBackupJob *self = user_data;

  if (copied > self->copied)
    on_done_cb (copied - self->copied, self);
  self->copied = MAX (self->copied, copied);
}

/* --- the archive --- */

typedef struct
{
  MosBackupJob *job;
  const char *blobs; /* the profile's folder of them */
  MosBackupInfo *info;
  MosBackupWriter *writer; /* (nullable): %NULL = they are only counted */
  guint64 missing;         /* this time */
  GCancellable *cancellable;
} Packing;

/* One that is not there any more was lost by the disk: all the others are worth a backup. */
static gboolean
on_file_cb (const char *name,
            gpointer user_data,
            GError **error)
{
  Packing *packing = user_data;
  g_autofree char *path = g_build_filename (packing->blobs, name, NULL);
  g_autofree char *stored = g_build_filename (MOS_SNAPSHOT_BLOBS, name, NULL);
  GStatBuf st;

  if (g_stat (path, &st) != 0)
    {
      if (errno != ENOENT)
        return mos_backup_set_errno (error, errno, path);
      packing->missing++;
      return TRUE;
    }
  if (packing->writer != NULL)
    return mos_backup_writer_add_file (packing->writer, stored, path, on_done_cb, packing->job, packing->cancellable, error);
  packing->info->bytes += (guint64) st.st_size;
  return TRUE;
}

static gboolean
pack (MosBackupJob *self,
      const char *snapshot,
      const char *part,
      const char *passphrase,
      GBytes *passwords,
      MosBackupInfo *info,
      GCancellable *cancellable,
      GError **error)
{
  g_autofree char *blobs = g_build_filename (mos_store_get_profile (self->store), MOS_SNAPSHOT_BLOBS, NULL);
  g_autoptr (MosBackupWriter) writer = NULL;
  Packing packing = { self, blobs, info, NULL, 0, cancellable };
  GStatBuf st;

  if (g_stat (snapshot, &st) != 0)
    return mos_backup_set_errno (error, errno, snapshot);
  info->bytes = (guint64) st.st_size;
  if (!mos_store_snapshot_describe_sync (snapshot, info, error) || !mos_store_snapshot_each_file_sync (snapshot, on_file_cb, &packing, cancellable, error))
    return FALSE;
  info->missing = packing.missing;
  packing.missing = 0;
  /* Now that it is known: what was copied, and all of it twice. */
  self->done = (guint64) st.st_size;
  self->total = self->done + 2 * info->bytes;
  writer = mos_backup_writer_open (part, passphrase, &self->cost, info, error);
  packing.writer = writer;
  if (writer == NULL || !mos_backup_writer_add_file (writer, MOS_SNAPSHOT_DATABASE, snapshot, on_done_cb, self, cancellable, error) ||
      !mos_store_snapshot_each_file_sync (snapshot, on_file_cb, &packing, cancellable, error))
    return FALSE;
  if (packing.missing != info->missing)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_BUSY, "Files went while they were packed");
      return FALSE;
    }
  return (passwords == NULL || mos_backup_writer_add (writer, MOS_BACKUP_PASSWORDS, g_bytes_get_data (passwords, NULL), g_bytes_get_size (passwords), error)) &&
         mos_backup_writer_finish (writer, error);
}

/* What is erased takes its files with it at once, and the manifest has promised them: then all of it begins anew, twice at most. */
static gboolean
pack_moment (MosBackupJob *self,
             const char *part,
             const char *passphrase,
             GBytes *passwords,
             MosBackupInfo *info,
             GCancellable *cancellable,
             GError **error)
{
  for (guint left = 2;; left--)
    {
      g_autofree char *snapshot = NULL;
      g_autoptr (GError) local = NULL;
      gboolean ok;

      self->done = self->copied = 0;
      self->total = 3 * mos_store_snapshot_estimate (self->store);
      mos_job_set_progress (MOS_JOB (self), 0, self->total, 0);
      /* Of one that was killed, or of the time before. */
      g_unlink (part);
      ok = mos_store_snapshot_sync (self->store, &snapshot, on_copied_cb, self, cancellable, &local) && pack (self, snapshot, part, passphrase, passwords, info, cancellable, &local);
      if (snapshot != NULL)
        g_unlink (snapshot);
      if (ok)
        return TRUE;
      if (left == 0 || !g_error_matches (local, G_IO_ERROR, G_IO_ERROR_BUSY))
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
    }
}

/* As whoever restores it would: a disk that keeps something else than it was given is found out while the older ones are still there. */
static gboolean
verify (MosBackupJob *self,
        const char *part,
        const char *passphrase,
        MosBackupInfo *info,
        GCancellable *cancellable,
        GError **error)
{
  g_autofd int fd = g_open (part, O_RDONLY | O_CLOEXEC, 0);
  g_autoptr (MosBackupReader) reader = NULL;
  g_autoptr (GError) local = NULL;
  struct stat st;

  if (fd < 0 || fstat (fd, &st) != 0)
    return mos_backup_set_errno (error, errno, part);
  info->file_bytes = (guint64) st.st_size;
  info->is_sealed = passphrase != NULL;
  self->total = self->done + info->file_bytes;
  reader = mos_backup_reader_open (fd, passphrase, &MOS_SEAL_MOST, &local);
  if (reader != NULL && mos_backup_reader_run (reader, NULL, on_done_cb, self, cancellable, &local))
    return TRUE;
  /* The words of that one are for whoever restores it. */
  if (g_error_matches (local, MOS_BACKUP_ERROR, MOS_BACKUP_ERROR_DAMAGED))
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, local->message);
  else
    g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static gboolean
put_in_place (MosBackupJob *self,
              const char *part,
              const char *path,
              GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofd int fd = -1;

  if (!mos_part_file_name (part, path, self->replace, error))
    return FALSE;
  /* Some file systems cannot, some folders only take: it is whole and has its name all the same. */
  fd = g_open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);
  if (fd < 0 || fsync (fd) != 0)
    g_debug ("The folder of the backup was not synced: %s", g_strerror (errno));
  return TRUE;
}

static gboolean
make (MosBackupJob *self,
      const char *path,
      const char *passphrase,
      gboolean with_passwords,
      MosBackupInfo *info,
      GCancellable *cancellable,
      GError **error)
{
  g_autofree char *part = g_strconcat (path, ".part", NULL);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (GBytes) passwords = NULL;
  gboolean ok;

  /* Said before anything is done. */
  if (!g_file_test (folder, G_FILE_TEST_IS_DIR))
    return mos_backup_set_errno (error, ENOENT, folder);
  if (!self->replace && mos_part_file_is_there (path))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS, "%s: %s", path, g_strerror (EEXIST));
      return FALSE;
    }
  if (with_passwords && passphrase != NULL)
    {
      passwords = mos_backup_collect_passwords_sync (self->store, cancellable, error);
      if (passwords == NULL)
        return FALSE;
    }
  info->has_passwords = passwords != NULL;
  info->version = g_strdup (MOS_VERSION);
  info->made_us = mos_clock_now_us (mos_store_get_clock (self->store));

  ok = pack_moment (self, part, passphrase, passwords, info, cancellable, error) && verify (self, part, passphrase, info, cancellable, error) && put_in_place (self, part, path, error);
  if (!ok)
    g_unlink (part);
  else
    mos_job_set_progress (MOS_JOB (self), self->total, self->total, 0);
  return ok;
}

static void
remember (MosBackupJob *self,
          const char *path,
          MosBackupInfo *info)
{
  g_mutex_lock (&self->mutex);
  g_set_str (&self->path, path);
  g_clear_pointer (&self->info, mos_backup_info_unref);
  self->info = info != NULL ? mos_backup_info_ref (info) : NULL;
  g_mutex_unlock (&self->mutex);
}

/* --- by the plan --- */

typedef struct
{
  MosBackupPlan *plan; /* (owned) (nullable) */
  const GError *problem;
} Planned;

static gboolean
do_load (MosTxn *txn,
         gpointer data,
         GCancellable *cancellable,
         GError **error)
{
  Planned *planned = data;

  g_clear_pointer (&planned->plan, mos_backup_plan_unref);
  return mos_store_backup_plan_load (txn, &planned->plan, error);
}

static gboolean
do_note (MosTxn *txn,
         gpointer data,
         GCancellable *cancellable,
         GError **error)
{
  Planned *planned = data;

  return mos_backups_note (txn, planned->plan, planned->problem, error);
}

static gboolean
make_planned (MosBackupJob *self,
              MosBackupPlan *plan,
              MosBackupInfo *info,
              GCancellable *cancellable,
              GError **error)
{
  g_autofree char *scope = mos_desk_profile_scope (mos_store_get_profile (self->store));
  g_autofree char *source = g_build_filename (mos_store_get_profile (self->store), MOS_SNAPSHOT_DATABASE, NULL);
  g_autoptr (GTimeZone) tz = g_time_zone_new_local ();
  g_autoptr (MosBackupInfo) now = mos_backup_info_new ();
  g_autoptr (GError) local = NULL;
  g_autofree char *name = NULL;
  g_autofree char *path = NULL;
  char *passphrase = NULL;
  gboolean ok;

  if (!mos_store_snapshot_describe_sync (source, now, error))
    return FALSE;
  name = mos_backup_dup_name (now->desk != NULL ? now->desk : "", mos_clock_now_us (mos_store_get_clock (self->store)), tz);
  path = g_build_filename (plan->folder, name, NULL);
  remember (self, path, NULL);
  if (plan->is_sealed)
    {
      passphrase = mos_secrets_lookup_sync (scope, MOS_BACKUP_SECRET, MOS_SECRETS_TIMEOUT_MS, cancellable, &local);
      if (passphrase == NULL && g_error_matches (local, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
      /* Never in the clear because the keyring is locked, or has none as that of another computer. */
      if (passphrase == NULL)
        {
          gboolean is_absent = g_error_matches (local, MOS_DESK_ERROR, MOS_DESK_ERROR_NO_PASSWORD);

          g_set_error_literal (error, MOS_BACKUP_ERROR, is_absent ? MOS_BACKUP_ERROR_NO_PASSPHRASE : MOS_BACKUP_ERROR_NO_KEYRING, local->message);
          return FALSE;
        }
    }
  ok = make (self, path, passphrase, plan->with_passwords, info, cancellable, error);
  if (passphrase != NULL)
    explicit_bzero (passphrase, strlen (passphrase));
  g_free (passphrase);
  if (!ok)
    return FALSE;
  g_set_str (&plan->file, path);
  plan->bytes = info->file_bytes;
  plan->missing = (guint) info->missing;
  mos_backups_prune_sync (plan->folder, now->desk != NULL ? now->desk : "", plan->keep, path);
  return TRUE;
}

static gboolean
run_planned (MosBackupJob *self,
             MosBackupInfo *info,
             GCancellable *cancellable,
             GError **error)
{
  Planned planned = { NULL, NULL };
  g_autoptr (GError) local = NULL;
  g_autoptr (GError) note_error = NULL;
  gboolean ok;

  if (!mos_store_read_sync (self->store, do_load, &planned, cancellable, error))
    return FALSE;
  ok = make_planned (self, planned.plan, info, cancellable, &local);
  planned.problem = local;
  /* One that somebody stopped, or that the end of the program did, is wanted as before. */
  if (!g_error_matches (local, G_IO_ERROR, G_IO_ERROR_CANCELLED) && !mos_store_write_sync (self->store, NULL, NULL, do_note, &planned, NULL, NULL, &note_error))
    g_debug ("What became of a backup was not written down: %s", note_error->message);
  mos_backup_plan_unref (planned.plan);
  if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  return ok;
}

static gboolean
mos_backup_job_run_sync (MosJob *job,
                         GCancellable *cancellable,
                         GError **error)
{
  MosBackupJob *self = MOS_BACKUP_JOB (job);
  g_autoptr (MosBackupInfo) info = mos_backup_info_new ();
  g_autofree char *path = mos_backup_job_dup_path (self);

  if (!(self->is_planned ? run_planned (self, info, cancellable, error) : make (self, path, self->passphrase, self->with_passwords, info, cancellable, error)))
    return FALSE;
  g_free (path);
  path = mos_backup_job_dup_path (self);
  remember (self, path, info);
  return TRUE;
}

static gboolean
mos_backup_job_equal (MosJob *job,
                      MosJob *other)
{
  MosBackupJob *a = MOS_BACKUP_JOB (job), *b = MOS_BACKUP_JOB (other);
  g_autofree char *one = mos_backup_job_dup_path (a);
  g_autofree char *two = mos_backup_job_dup_path (b);

  return (a->is_planned && b->is_planned) || (!a->is_planned && !b->is_planned && g_strcmp0 (one, two) == 0);
}

static void
mos_backup_job_finalize (GObject *object)
{
  MosBackupJob *self = MOS_BACKUP_JOB (object);

  g_clear_object (&self->store);
  if (self->passphrase != NULL)
    explicit_bzero (self->passphrase, strlen (self->passphrase));
  g_free (self->passphrase);
  g_free (self->path);
  g_clear_pointer (&self->info, mos_backup_info_unref);
  g_mutex_clear (&self->mutex);

  G_OBJECT_CLASS (mos_backup_job_parent_class)->finalize (object);
}

static void
mos_backup_job_class_init (MosBackupJobClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mos_backup_job_finalize;
  MOS_JOB_CLASS (klass)->run_sync = mos_backup_job_run_sync;
  MOS_JOB_CLASS (klass)->equal = mos_backup_job_equal;
}

static void
mos_backup_job_init (MosBackupJob *self)
{
  g_mutex_init (&self->mutex);
  self->cost = MOS_SEAL_COST;
}

MosBackupJob *
mos_backup_job_new (MosStore *store,
                    const char *path,
                    const char *passphrase,
                    gboolean with_passwords,
                    gboolean replace)
{
  MosBackupJob *self = g_object_new (MOS_TYPE_BACKUP_JOB, NULL);

  self->store = g_object_ref (store);
  self->path = g_canonicalize_filename (path, NULL);
  self->passphrase = g_strdup (passphrase);
  self->with_passwords = with_passwords;
  self->replace = replace;
  return self;
}

MosBackupJob *
mos_backup_job_new_planned (MosStore *store)
{
  MosBackupJob *self = g_object_new (MOS_TYPE_BACKUP_JOB, NULL);

  self->store = g_object_ref (store);
  self->is_planned = TRUE;
  return self;
}

void
mos_backup_job_set_cost (MosBackupJob *self,
                         MosSealCost cost)
{
  self->cost = cost;
}

gboolean
mos_backup_job_is_planned (MosBackupJob *self)
{
  return self->is_planned;
}

char *
mos_backup_job_dup_path (MosBackupJob *self)
{
  char *path;

  g_mutex_lock (&self->mutex);
  path = g_strdup (self->path);
  g_mutex_unlock (&self->mutex);
  return path;
}

MosBackupInfo *
mos_backup_job_ref_info (MosBackupJob *self)
{
  MosBackupInfo *info;

  g_mutex_lock (&self->mutex);
  info = self->info != NULL ? mos_backup_info_ref (self->info) : NULL;
  g_mutex_unlock (&self->mutex);
  return info;
}
