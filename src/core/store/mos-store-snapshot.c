/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-store"

#include "config.h"

#include "core/store/mos-store-snapshot.h"

#include "core/base/mos-id.h"
#include "core/store/mos-migrate.h"
#include "core/store/mos-store-private.h"

#include <glib/gstdio.h>
#include <string.h>

G_STATIC_ASSERT (sizeof MOS_SNAPSHOT_DATABASE == sizeof MOS_STORE_FILE && sizeof MOS_SNAPSHOT_BLOBS == sizeof MOS_STORE_BLOBS);

/* Steps of SQLite between two looks at whether somebody waits: some milliseconds. */
#define STEPS_BETWEEN 50000

/* --- one moment --- */

typedef struct
{
  const char *path;
  MosSnapshotProgress progress;
  gpointer user_data;
  GCancellable *cancellable;
} Copying;

static int
on_steps_cb (void *data)
{
  Copying *copying = data;
  GStatBuf st;

  if (copying->progress != NULL && g_stat (copying->path, &st) == 0)
    copying->progress ((guint64) st.st_size, copying->user_data);
  return g_cancellable_is_cancelled (copying->cancellable);
}

gboolean
mos_store_snapshot_sync (MosStore *self,
                         char **ret_path,
                         MosSnapshotProgress progress,
                         gpointer user_data,
                         GCancellable *cancellable,
                         GError **error)
{
  g_autofree char *source = g_build_filename (mos_store_get_profile (self), MOS_STORE_FILE, NULL);
  g_autofree char *id = mos_id_new (mos_clock_now_us (mos_store_get_clock (self)));
  g_autofree char *path = g_strdup_printf ("%s/" MOS_STORE_SNAPSHOT "-%s.db", mos_store_get_profile (self), id);
  g_autoptr (MosDatabase) database = mos_database_open (source, MOS_DATABASE_READ_ONLY, error);
  Copying copying = { path, progress, user_data, cancellable };

  *ret_path = NULL;
  if (database == NULL || !mos_file_make_private (path, error))
    return FALSE;
  sqlite3_progress_handler (mos_database_get_handle (database), STEPS_BETWEEN, on_steps_cb, &copying);
  if (!mos_database_exec (database, error, "VACUUM INTO ?", "t", path))
    {
      g_unlink (path);
      return FALSE;
    }
  *ret_path = g_steal_pointer (&path);
  return TRUE;
}

guint64
mos_store_snapshot_estimate (MosStore *self)
{
  g_autofree char *source = g_build_filename (mos_store_get_profile (self), MOS_STORE_FILE, NULL);
  GStatBuf st;

  return g_stat (source, &st) == 0 ? (guint64) st.st_size : 0;
}

gboolean
mos_store_snapshot_describe_sync (const char *path,
                                  MosBackupInfo *info,
                                  GError **error)
{
  static const char counts[] =
      "SELECT (SELECT count (*) FROM conversation WHERE erased_at = 0 AND merged_into IS NULL), (SELECT count (*) FROM message), (SELECT count (*) FROM customer WHERE merged_into IS NULL),"
      " (SELECT count (*) FROM account), (SELECT count (*) FROM blob WHERE data IS NULL), (SELECT value FROM meta WHERE key = 'desk')";
  g_autoptr (MosDatabase) database = mos_database_open (path, MOS_DATABASE_READ_ONLY, error);
  g_autoptr (MosStatement) statement = NULL;
  gint64 schema = 0;

  if (database == NULL || !mos_database_get_int (database, &schema, error, "PRAGMA user_version", ""))
    return FALSE;
  statement = mos_database_query (database, error, counts, "");
  if (statement == NULL || mos_statement_step (statement, error) < 0)
    return FALSE;
  info->schema = (guint) schema;
  info->conversations = (guint64) mos_statement_get_int (statement, 0);
  info->messages = (guint64) mos_statement_get_int (statement, 1);
  info->customers = (guint64) mos_statement_get_int (statement, 2);
  info->accounts = (guint64) mos_statement_get_int (statement, 3);
  info->files = (guint64) mos_statement_get_int (statement, 4);
  g_set_str (&info->desk, mos_statement_get_text (statement, 5));
  return TRUE;
}

guint
mos_store_snapshot_get_newest (void)
{
  const MosMigration *steps;

  return mos_migrations (&steps);
}

gboolean
mos_store_snapshot_each_file_sync (const char *path,
                                   MosSnapshotFile func,
                                   gpointer user_data,
                                   GCancellable *cancellable,
                                   GError **error)
{
  g_autoptr (MosDatabase) database = mos_database_open (path, MOS_DATABASE_READ_ONLY, error);
  g_autoptr (MosStatement) statement = database != NULL ? mos_database_query (database, error, "SELECT sha256 FROM blob WHERE data IS NULL ORDER BY sha256", "") : NULL;
  int r = statement != NULL ? 1 : -1;

  while (r > 0 && (r = mos_statement_step (statement, error)) > 0)
    {
      const char *sha256 = mos_statement_get_text (statement, 0);
      g_autofree char *name = g_strdup_printf ("%.2s/%s", sha256, sha256);

      if (g_cancellable_set_error_if_cancelled (cancellable, error) || !func (name, user_data, error))
        return FALSE;
    }
  return r == 0;
}

/* --- from a backup --- */

/* What this version's triggers and views are. Returns: (transfer full) (nullable) */
static GHashTable *
list_known (GError **error)
{
  g_autoptr (MosDatabase) fresh = mos_database_open (":memory:", MOS_DATABASE_READ_WRITE, error);
  g_autoptr (GHashTable) known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (MosStatement) statement = NULL;
  const MosMigration *steps;
  guint n_steps = mos_migrations (&steps);
  int r;

  if (fresh == NULL || !mos_migrate_run (fresh, steps, n_steps, 0, error))
    return NULL;
  statement = mos_database_query (fresh, error, "SELECT sql FROM sqlite_schema WHERE type IN ('trigger', 'view')", "");
  r = statement != NULL ? 1 : -1;
  while (r > 0 && (r = mos_statement_step (statement, error)) > 0)
    g_hash_table_add (known, mos_statement_dup_text0 (statement, 0));
  return r == 0 ? g_steal_pointer (&known) : NULL;
}

/* They are made once a run: all migrations are gone through for it. Returns: (transfer none) (nullable) */
static GHashTable *
get_known (GError **error)
{
  static GMutex mutex;
  static GHashTable *known;
  GHashTable *found;

  g_mutex_lock (&mutex);
  if (known == NULL)
    known = list_known (error);
  found = known;
  g_mutex_unlock (&mutex);
  return found;
}

static gboolean
do_vouch (MosTxn *txn,
          gpointer data,
          GCancellable *cancellable,
          GError **error)
{
  GHashTable *known = data;
  g_autofree char *found = NULL;
  g_autoptr (MosStatement) statement = mos_database_query (txn->database, error, "SELECT sql FROM sqlite_schema WHERE type IN ('trigger', 'view')", "");
  int r = statement != NULL ? 1 : -1;

  while (r > 0 && (r = mos_statement_step (statement, error)) > 0)
    if (!g_hash_table_contains (known, mos_statement_get_text (statement, 0)))
      {
        g_set_error_literal (error, MOS_STORE_ERROR, MOS_STORE_ERROR_CORRUPT, "The database does things that no Mostrador made it do");
        return FALSE;
      }
  if (r < 0 || !mos_database_get_text (txn->database, &found, error, "PRAGMA quick_check (1)", ""))
    return FALSE;
  if (g_strcmp0 (found, "ok") == 0)
    return TRUE;
  g_set_error_literal (error, MOS_STORE_ERROR, MOS_STORE_ERROR_CORRUPT, found != NULL ? found : "");
  return FALSE;
}

gboolean
mos_store_vouch_sync (MosStore *self,
                      GCancellable *cancellable,
                      GError **error)
{
  GHashTable *known = get_known (error);

  return known != NULL && mos_store_read_sync (self, do_vouch, known, cancellable, error);
}

gboolean
mos_store_become_another (MosTxn *txn,
                          GError **error)
{
  g_autofree char *desk = mos_id_new (txn->now_us);

  return mos_database_exec (txn->database, error, "UPDATE meta SET value = ? WHERE key = 'desk'", "t", desk) &&
         mos_database_exec (txn->database, error, "UPDATE backup_plan SET is_wanted = 0, last_at = 0, why = '', detail = '', good_at = 0, file = '', bytes = 0, missing = 0", "");
}

/* --- by themselves --- */

gboolean
mos_store_backup_plan_load (MosTxn *txn,
                            MosBackupPlan **ret_plan,
                            GError **error)
{
  g_autoptr (MosBackupPlan) plan = mos_backup_plan_new ();
  g_autoptr (MosStatement) statement = mos_database_query (txn->database, error,
                                                           "SELECT every, folder, keep, is_sealed, with_passwords, since, is_wanted, last_at, why, detail, good_at, file, bytes, missing FROM backup_plan", "");
  int r = statement != NULL ? mos_statement_step (statement, error) : -1;

  *ret_plan = NULL;
  if (r < 0 || !mos_database_get_int (txn->database, &plan->next_us, error, "SELECT due_utc FROM due WHERE kind = 'backup' AND state = 'waiting'", ""))
    return FALSE;
  plan->every = r > 0 ? mos_backup_every_from_nick (mos_statement_get_text (statement, 0), MOS_BACKUP_OFF) : MOS_BACKUP_OFF;
  plan->folder = r > 0 ? mos_statement_dup_text0 (statement, 1) : g_strdup ("");
  plan->keep = r > 0 ? (guint) mos_statement_get_int (statement, 2) : 7;
  plan->why = r > 0 ? mos_statement_dup_text0 (statement, 8) : g_strdup ("");
  plan->detail = r > 0 ? mos_statement_dup_text0 (statement, 9) : g_strdup ("");
  plan->file = r > 0 ? mos_statement_dup_text0 (statement, 11) : g_strdup ("");
  if (r > 0)
    {
      plan->is_sealed = mos_statement_get_int (statement, 3) != 0;
      plan->with_passwords = mos_statement_get_int (statement, 4) != 0;
      plan->since_us = mos_statement_get_int (statement, 5);
      plan->is_wanted = mos_statement_get_int (statement, 6) != 0;
      plan->last_us = mos_statement_get_int (statement, 7);
      plan->good_us = mos_statement_get_int (statement, 10);
      plan->bytes = (guint64) mos_statement_get_int (statement, 12);
      plan->missing = (guint) mos_statement_get_int (statement, 13);
    }
  *ret_plan = g_steal_pointer (&plan);
  return TRUE;
}

gboolean
mos_store_backup_plan_save (MosTxn *txn,
                            const MosBackupPlan *plan,
                            GError **error)
{
  return mos_database_exec (txn->database, error,
                            "INSERT INTO backup_plan (one, every, folder, keep, is_sealed, with_passwords, since) VALUES (1, ?, ?, ?, ?, ?, ?) ON CONFLICT (one) DO UPDATE SET every = excluded.every,"
                            " folder = excluded.folder, keep = excluded.keep, is_sealed = excluded.is_sealed, with_passwords = excluded.with_passwords, since = excluded.since",
                            "ttiiii", mos_backup_every_to_nick (plan->every), plan->folder, (gint64) plan->keep, (gint64) plan->is_sealed, (gint64) plan->with_passwords, plan->since_us);
}

gboolean
mos_store_backup_plan_set_wanted (MosTxn *txn,
                                  gboolean is_wanted,
                                  GError **error)
{
  return mos_database_exec (txn->database, error, "UPDATE backup_plan SET is_wanted = ?", "i", (gint64) is_wanted);
}

gboolean
mos_store_backup_plan_note (MosTxn *txn,
                            const MosBackupPlan *plan,
                            GError **error)
{
  if (!mos_database_exec (txn->database, error,
                          "INSERT INTO backup_plan (one, every, last_at, why, detail) VALUES (1, 'off', ?, ?, ?) ON CONFLICT (one) DO UPDATE SET last_at = excluded.last_at, why = excluded.why, detail = excluded.detail",
                          "itt", txn->now_us, plan->why, plan->detail))
    return FALSE;
  return *plan->why != '\0' ||
         mos_database_exec (txn->database, error, "UPDATE backup_plan SET good_at = last_at, file = ?, bytes = ?, missing = ?", "tii", plan->file, (gint64) plan->bytes, (gint64) plan->missing);
}
