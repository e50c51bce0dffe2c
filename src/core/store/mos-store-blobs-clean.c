/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-store"

#include "config.h"

#include "core/store/mos-store-blobs.h"
#include "core/store/mos-store-private.h"

#include <glib/gstdio.h>
#include <sys/stat.h>

/* Blobs that nothing names any more, files without a row, and whether all that is named is sound. */

/* Named by no message, attachment, outbox item, draft or macro. */
#define ORPHAN "NOT EXISTS (SELECT 1 FROM message WHERE raw_sha256 = b.sha256) AND NOT EXISTS (SELECT 1 FROM message WHERE html_sha256 = b.sha256)"   \
               " AND NOT EXISTS (SELECT 1 FROM attachment WHERE sha256 = b.sha256) AND NOT EXISTS (SELECT 1 FROM outbox WHERE raw_sha256 = b.sha256)" \
               " AND NOT EXISTS (SELECT 1 FROM draft d, json_each (d.attachments) a WHERE a.value ->> 5 = b.sha256)"                                  \
               " AND NOT EXISTS (SELECT 1 FROM macro m, json_each (m.attachments) a WHERE a.value ->> 5 = b.sha256)"

/* Calls @func for every file of the blob folder. */
typedef gboolean (*FileFunc) (MosTxn *txn, const char *path, const char *name, gpointer data, GError **error);

static gboolean
foreach_file (MosTxn *txn,
              FileFunc func,
              gpointer data,
              GError **error)
{
  g_autoptr (GDir) top = g_dir_open (txn->blob_dir, 0, NULL);
  const char *prefix;

  while (top != NULL && (prefix = g_dir_read_name (top)) != NULL)
    {
      g_autofree char *path = g_build_filename (txn->blob_dir, prefix, NULL);
      g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
      const char *name;

      while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
        {
          g_autofree char *file = g_build_filename (path, name, NULL);

          if (!func (txn, file, name, data, error))
            return FALSE;
        }
    }
  return TRUE;
}

/* Of a transaction that failed after writing it (a full disk, a kill). Its row may be in a commit to come, but not in one of the
 * writer's thread; a day's grace is for that and for a backup that is being copied. */
static gboolean
is_old_file (MosTxn *txn,
             const char *path)
{
  GStatBuf st;

  return g_stat (path, &st) == 0 && (gint64) st.st_mtime * G_USEC_PER_SEC < txn->now_us - G_TIME_SPAN_DAY;
}

/* A file without a row */
static gboolean
clean_file (MosTxn *txn,
            const char *path,
            const char *name,
            gpointer data,
            GError **error)
{
  guint *count = data;
  gint64 exists = 0;

  if (!mos_database_get_int (txn->database, &exists, error, "SELECT 1 FROM blob WHERE sha256 = ? AND data IS NULL", "t", name))
    return FALSE;
  if (exists == 0 && is_old_file (txn, path))
    {
      g_unlink (path);
      (*count)++;
    }
  return TRUE;
}

gboolean
mos_store_blob_clean (MosTxn *txn,
                      guint *ret_count,
                      GError **error)
{
  g_autoptr (MosStatement) statement = mos_database_query (txn->database, error, "SELECT sha256 FROM blob b WHERE created_at < ? AND " ORPHAN, "i", txn->now_us - G_TIME_SPAN_DAY);
  g_autoptr (GPtrArray) orphans = mos_query_ids (statement, error);
  guint count = 0;

  if (orphans == NULL)
    return FALSE;
  for (guint i = 0; i < orphans->len; i++)
    if (!mos_database_exec (txn->database, error, "DELETE FROM blob WHERE sha256 = ?", "t", orphans->pdata[i]))
      return FALSE;
  count = orphans->len;
  /* Files of rows that this transaction deletes go at the next clean-up: if it failed to commit, they would be missed. */
  if (orphans->len == 0 && !foreach_file (txn, clean_file, &count, error))
    return FALSE;
  if (ret_count != NULL)
    *ret_count = count;
  return TRUE;
}

/* The file goes after the commit: if that failed, it would be missed. */
gboolean
mos_blob_remove_unused (MosTxn *txn,
                        const char *sha256,
                        GError **error)
{
  gint64 is_file = 0;

  if (!mos_database_get_int (txn->database, &is_file, error, "SELECT 1 FROM blob b WHERE sha256 = ? AND data IS NULL AND " ORPHAN, "t", sha256) ||
      !mos_database_exec (txn->database, error, "DELETE FROM blob AS b WHERE sha256 = ? AND " ORPHAN, "t", sha256))
    return FALSE;
  if (is_file != 0)
    g_ptr_array_add (txn->doomed, mos_blob_path (txn, sha256));
  return TRUE;
}

static gboolean
ignore_cb (const guint8 *data,
           gsize size,
           gpointer user_data,
           GError **error)
{
  return TRUE;
}

static gboolean
check_file (MosTxn *txn,
            const char *path,
            const char *name,
            gpointer data,
            GError **error)
{
  gint64 exists = 0;

  if (!mos_database_get_int (txn->database, &exists, error, "SELECT 1 FROM blob WHERE sha256 = ? AND data IS NULL", "t", name))
    return FALSE;
  if (exists == 0 && is_old_file (txn, path))
    mos_check_add (data, "blob-orphan", name, NULL);
  return TRUE;
}

gboolean
mos_blob_check (MosTxn *txn,
                GPtrArray *problems,
                GCancellable *cancellable,
                GError **error)
{
  g_autoptr (MosStatement) statement = mos_database_query (txn->database, error, "SELECT sha256 FROM blob ORDER BY sha256", "");
  g_autoptr (GPtrArray) all = mos_query_ids (statement, error);

  if (all == NULL)
    return FALSE;
  for (guint i = 0; i < all->len; i++)
    {
      g_autoptr (GError) local_error = NULL;
      g_autofree char *path = mos_blob_path (txn, all->pdata[i]);
      gint64 is_file = 0;
      gboolean found;

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      if (mos_blob_read_pieces (txn, all->pdata[i], &found, ignore_cb, NULL, &local_error))
        continue;
      if (!g_error_matches (local_error, MOS_STORE_ERROR, MOS_STORE_ERROR_CORRUPT))
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return FALSE;
        }
      if (!mos_database_get_int (txn->database, &is_file, error, "SELECT data IS NULL FROM blob WHERE sha256 = ?", "t", all->pdata[i]))
        return FALSE;
      mos_check_add (problems, is_file != 0 && !g_file_test (path, G_FILE_TEST_EXISTS) ? "blob-missing" : "blob-damaged", all->pdata[i], NULL);
    }
  return foreach_file (txn, check_file, problems, error);
}
