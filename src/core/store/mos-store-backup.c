/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-store"

#include "config.h"

#include "core/store/mos-store-backup.h"

#include "core/store/mos-migrate.h"
#include "core/store/mos-store-blobs.h"
#include "core/store/mos-store-events.h"
#include "core/store/mos-store-private.h"
#include "core/store/mos-store-search.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

/* A backup is one SQLite file: the database as VACUUM INTO writes it (compact, a snapshot of one moment, whatever the
 * writer does meanwhile), and the large blobs, as stored, in one more table. So it needs no archive library, SQLite's own
 * checks verify it, and any SQLite reads it in twenty years. */

static gboolean
set_io_error (GError *local_error,
              GError **error)
{
  int code = MOS_STORE_ERROR_FAILED;

  if (g_error_matches (local_error, G_FILE_ERROR, G_FILE_ERROR_NOSPC) || g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_NO_SPACE))
    code = MOS_STORE_ERROR_DISK_FULL;
  else if (g_error_matches (local_error, G_FILE_ERROR, G_FILE_ERROR_ACCES) || g_error_matches (local_error, G_FILE_ERROR, G_FILE_ERROR_ROFS) || g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED))
    code = MOS_STORE_ERROR_READ_ONLY;
  else if (g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_propagate_error (error, local_error);
      return FALSE;
    }
  g_set_error_literal (error, MOS_STORE_ERROR, code, local_error->message);
  g_error_free (local_error);
  return FALSE;
}

static gboolean
pack_blobs (MosDatabase *database,
            const char *blob_dir,
            GCancellable *cancellable,
            GError **error)
{
  g_autoptr (MosStatement) statement = NULL;
  g_autoptr (GPtrArray) ids = NULL;

  if (!mos_database_run_script (database, "CREATE TABLE backup_blob (sha256 TEXT PRIMARY KEY, data BLOB NOT NULL) STRICT;", error))
    return FALSE;
  statement = mos_database_query (database, error, "SELECT sha256 FROM blob WHERE data IS NULL", "");
  ids = mos_query_ids (statement, error);
  for (guint i = 0; ids != NULL && i < ids->len; i++)
    {
      const char *sha256 = ids->pdata[i];
      char prefix[3] = { sha256[0], sha256[1], '\0' };
      g_autofree char *path = g_build_filename (blob_dir, prefix, sha256, NULL);
      g_autoptr (GBytes) bytes = NULL;
      GError *local_error = NULL;
      char *data;
      gsize size;

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      if (!g_file_get_contents (path, &data, &size, &local_error))
        return set_io_error (local_error, error);
      bytes = g_bytes_new_take (data, size);
      if (!mos_database_exec (database, error, "INSERT INTO backup_blob (sha256, data) VALUES (?, ?)", "tb", sha256, bytes))
        return FALSE;
    }
  return ids != NULL;
}

gboolean
mos_store_backup_sync (MosStore *self,
                       const char *file,
                       GCancellable *cancellable,
                       GError **error)
{
  g_autofree char *source = g_build_filename (mos_store_get_profile (self), MOS_STORE_FILE, NULL);
  g_autofree char *blob_dir = g_build_filename (mos_store_get_profile (self), MOS_STORE_BLOBS, NULL);
  g_autofree char *path = g_canonicalize_filename (file, NULL);
  g_autofree char *part = g_strconcat (path, ".part", NULL);
  g_autoptr (MosDatabase) database = mos_database_open (source, MOS_DATABASE_READ_ONLY, error);
  gboolean ok;

  if (database == NULL)
    return FALSE;
  ok = mos_file_make_private (part, error) && mos_database_exec (database, error, "VACUUM INTO ?", "t", part);
  g_clear_pointer (&database, mos_database_close);
  if (ok)
    {
      database = mos_database_open (part, MOS_DATABASE_READ_WRITE, error);
      /* One file, no WAL beside it. */
      ok = database != NULL && mos_database_run_script (database, "PRAGMA journal_mode = DELETE; BEGIN;", error) &&
           pack_blobs (database, blob_dir, cancellable, error) && mos_database_run_script (database, "COMMIT;", error);
      g_clear_pointer (&database, mos_database_close);
    }
  if (ok && mos_file_put_in_place (part, path, error))
    return TRUE;
  g_unlink (part);
  return FALSE;
}

static gboolean
unpack_blobs (MosDatabase *database,
              const char *blob_dir,
              GCancellable *cancellable,
              GError **error)
{
  g_autoptr (MosStatement) statement = mos_database_query (database, error, "SELECT sha256, data FROM backup_blob", "");
  int r = statement != NULL ? 1 : -1;

  while (r > 0 && (r = mos_statement_step (statement, error)) > 0)
    {
      const char *sha256 = mos_statement_get_text (statement, 0);
      g_autoptr (GBytes) bytes = mos_statement_get_bytes (statement, 1);
      g_autofree char *dir = NULL, *path = NULL;
      char prefix[3] = { 0 };
      GError *local_error = NULL;

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      /* A name from a file of unknown origin must not lead out of the folder. */
      if (strlen (sha256) != 64 || strspn (sha256, "0123456789abcdef") != 64)
        {
          g_set_error_literal (error, MOS_STORE_ERROR, MOS_STORE_ERROR_CORRUPT, "The backup is damaged");
          return FALSE;
        }
      memcpy (prefix, sha256, 2);
      dir = g_build_filename (blob_dir, prefix, NULL);
      path = g_build_filename (dir, sha256, NULL);
      if (g_mkdir_with_parents (dir, 0700) != 0)
        return mos_set_errno (error, errno, dir);
      if (!g_file_set_contents_full (path, g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes), G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600, &local_error))
        return set_io_error (local_error, error);
    }
  return r == 0;
}

static gboolean
profile_is_empty (const char *profile)
{
  g_autoptr (GDir) dir = g_dir_open (profile, 0, NULL);

  return dir == NULL || g_dir_read_name (dir) == NULL;
}

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) dir = g_file_test (path, G_FILE_TEST_IS_SYMLINK) ? NULL : g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      remove_tree (child);
    }
  g_remove (path);
}

/* The profile in the new folder @dir */
static gboolean
unpack (const char *file,
        const char *dir,
        GCancellable *cancellable,
        GError **error)
{
  g_autofree char *path = g_build_filename (dir, MOS_STORE_FILE, NULL);
  g_autofree char *blob_dir = g_build_filename (dir, MOS_STORE_BLOBS, NULL);
  g_autoptr (GFile) source = g_file_new_for_path (file);
  g_autoptr (GFile) target = g_file_new_for_path (path);
  g_autoptr (MosDatabase) database = NULL;
  GError *local_error = NULL;
  gint64 is_backup = 0;

  if (g_mkdir_with_parents (dir, 0700) != 0 || g_mkdir_with_parents (blob_dir, 0700) != 0)
    return mos_set_errno (error, errno, dir);
  if (!g_file_copy (source, target, G_FILE_COPY_TARGET_DEFAULT_PERMS, cancellable, NULL, NULL, &local_error))
    return set_io_error (local_error, error);
  if (g_chmod (path, 0600) != 0)
    return mos_set_errno (error, errno, path);

  database = mos_database_open (path, MOS_DATABASE_READ_WRITE, error);
  if (database == NULL || !mos_database_run_script (database, "PRAGMA journal_mode = DELETE;", error) ||
      !mos_database_get_int (database, &is_backup, error, "SELECT 1 FROM sqlite_schema WHERE name = 'backup_blob'", ""))
    return FALSE;
  if (is_backup == 0)
    {
      g_set_error (error, MOS_STORE_ERROR, MOS_STORE_ERROR_CORRUPT, "%s is no backup", file);
      return FALSE;
    }
  if (!unpack_blobs (database, blob_dir, cancellable, error) || !mos_database_run_script (database, "DROP TABLE backup_blob; VACUUM;", error))
    return FALSE;
  g_clear_pointer (&database, mos_database_close);
  return mos_file_sync (path, 0, error) && mos_file_sync (blob_dir, O_DIRECTORY, error) && mos_file_sync (dir, O_DIRECTORY, error);
}

gboolean
mos_store_restore_sync (const char *file,
                        const char *profile,
                        GCancellable *cancellable,
                        GError **error)
{
  g_autofree char *path = g_canonicalize_filename (profile, NULL);
  g_autofree char *part = g_strconcat (path, ".restore-part", NULL);
  g_autofree char *parent = g_path_get_dirname (path);
  const MosMigration *steps;
  guint n_steps = mos_migrations (&steps);
  int version;

  if (!mos_migrate_peek (file, n_steps, &version, NULL, error))
    return FALSE;
  if (version <= 0)
    {
      g_set_error (error, MOS_STORE_ERROR, version < 0 ? MOS_STORE_ERROR_NOT_FOUND : MOS_STORE_ERROR_CORRUPT, "%s is no backup", file);
      return FALSE;
    }
  if (!profile_is_empty (path))
    {
      g_set_error (error, MOS_STORE_ERROR, MOS_STORE_ERROR_CONFLICT, "%s is not empty", path);
      return FALSE;
    }

  /* Beside it, and in its place when it is whole: a half-restored profile is never one that a window opens, and the next try starts anew. */
  remove_tree (part);
  if (unpack (file, part, cancellable, error))
    {
      if (g_rename (part, path) == 0)
        return mos_file_sync (parent, O_DIRECTORY, error);
      mos_set_errno (error, errno, path);
    }
  remove_tree (part);
  return FALSE;
}

/* --- check --- */

static gboolean
check_func (MosTxn *txn,
            gpointer data,
            GCancellable *cancellable,
            GError **error)
{
  GPtrArray *problems = data;
  gint64 seq;
  int r;

  /* FTS5 checks what this connection remembers of the index, and learns that another one wrote only when somebody looks into it: without, 3.46 calls a sound index malformed. */
  if (!mos_database_get_int (txn->database, &seq, error, "SELECT rowid FROM search WHERE rowid = 0", ""))
    return FALSE;
  {
    g_autoptr (MosStatement) statement = mos_database_query (txn->database, error, "PRAGMA integrity_check", "");

    r = statement != NULL ? 1 : -1;
    while (r > 0 && (r = mos_statement_step (statement, error)) > 0)
      if (g_strcmp0 (mos_statement_get_text (statement, 0), "ok") != 0)
        mos_check_add (problems, "database", "", mos_statement_get_text (statement, 0));
    if (r < 0)
      return FALSE;
  }
  {
    g_autoptr (MosStatement) statement = mos_database_query (txn->database, error, "PRAGMA foreign_key_check", "");

    r = statement != NULL ? 1 : -1;
    while (r > 0 && (r = mos_statement_step (statement, error)) > 0)
      mos_check_add (problems, "foreign-key", mos_statement_get_text (statement, 0), mos_statement_get_text (statement, 2));
    if (r < 0)
      return FALSE;
  }
  return mos_blob_check (txn, problems, cancellable, error) && mos_search_check (txn, problems, error) &&
         mos_derived_check (txn, problems, error) && mos_facts_check (txn, problems, error) && mos_targets_check (txn, problems, error) && mos_customer_check (txn, problems, error);
}

GPtrArray *
mos_store_check_sync (MosStore *self,
                      GCancellable *cancellable,
                      GError **error)
{
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_check_problem_unref);
  g_autoptr (GError) local_error = NULL;

  if (mos_store_read_sync (self, check_func, problems, cancellable, &local_error))
    return g_steal_pointer (&problems);
  /* Damage so bad that the search for it stops is a finding too. */
  if (g_error_matches (local_error, MOS_STORE_ERROR, MOS_STORE_ERROR_CORRUPT))
    {
      mos_check_add (problems, "database", "", local_error->message);
      return g_steal_pointer (&problems);
    }
  g_propagate_error (error, g_steal_pointer (&local_error));
  return NULL;
}

/* --- repair --- */

static gboolean
repair_func (MosTxn *txn,
             gpointer data,
             GCancellable *cancellable,
             GError **error)
{
  g_autoptr (MosStatement) statement = mos_database_query (txn->database, error, "SELECT id FROM conversation", "");
  g_autoptr (GPtrArray) ids = mos_query_ids (statement, error);

  if (ids == NULL)
    return FALSE;
  for (guint i = 0; i < ids->len; i++)
    mos_txn_dirty (txn, ids->pdata[i], MOS_DIRTY_DERIVED);
  return mos_txn_flush (txn, error) && mos_store_facts_rebuild (txn, error) && mos_targets_rebuild (txn, error) && mos_store_search_rebuild (txn, error) && mos_customer_repair (txn, error) &&
         mos_store_blob_clean (txn, NULL, error);
}

gboolean
mos_store_repair_sync (MosStore *self,
                       GCancellable *cancellable,
                       GError **error)
{
  return mos_store_write_sync (self, NULL, NULL, repair_func, NULL, NULL, cancellable, error);
}
