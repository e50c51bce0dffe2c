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

/* Backups of before there were archives (desk/mos-backup-file.h) are one SQLite file: the database, and the large blobs, as stored, in one more table. */

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

gboolean
mos_store_unpack_old_sync (const char *file,
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
