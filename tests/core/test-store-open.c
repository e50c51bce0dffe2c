/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-test"

#include "config.h"

#include "mos-test.h"
#include "store-fixture.h"

#include "core/store/mos-migrate.h"

#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/* Opening a profile: what is wrong with it is said by the right error, and nothing is lost. */

static char *
file_of (Fixture *f)
{
  return g_build_filename (f->profile, MOS_STORE_FILE, NULL);
}

static void
close_store (Fixture *f)
{
  mos_store_close_sync (f->store);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_clear_object (&f->store);
}

static void
assert_open_fails (Fixture *f,
                   MosStoreOpenFlags flags,
                   int code)
{
  g_autoptr (GError) error = NULL;
  MosStore *store = mos_store_open_sync (f->profile, flags, f->clock, NULL, &error);

  g_assert_error (error, MOS_STORE_ERROR, code);
  g_assert_null (store);
}

static char *
checksum_of_folder (const char *path)
{
  g_autoptr (GString) all = g_string_new (NULL);
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort_values (names, (GCompareFunc) strcmp);
  for (guint i = 0; i < names->len; i++)
    {
      g_autofree char *file = g_build_filename (path, names->pdata[i], NULL);
      g_autofree char *data = NULL;
      gsize size;

      if (!g_file_get_contents (file, &data, &size, NULL))
        continue;
      {
        g_autofree char *sum = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (guchar *) data, size);

        g_string_append_printf (all, "%s %s\n", (char *) names->pdata[i], sum);
      }
    }
  return g_string_free (g_steal_pointer (&all), FALSE);
}

static void
run_sql (const char *file,
         const char *sql)
{
  sqlite3 *handle;

  g_assert_cmpint (sqlite3_open (file, &handle), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (handle, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (handle);
}

static void
test_too_new (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autofree char *file = file_of (f);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  close_store (f);
  run_sql (file, "PRAGMA user_version = 9999");
  before = checksum_of_folder (f->profile);
  assert_open_fails (f, MOS_STORE_OPEN_DEFAULT, MOS_STORE_ERROR_SCHEMA_TOO_NEW);
  assert_open_fails (f, MOS_STORE_OPEN_READ_ONLY, MOS_STORE_ERROR_SCHEMA_TOO_NEW);
  after = checksum_of_folder (f->profile);
  g_assert_cmpstr (before, ==, after);
}

static void
test_corrupt (void)
{
  static const struct
  {
    const char *content;
    gsize size;
  } cases[] = {
    { "This is not a database at all, but somebody's shopping list. Milk, bread, apples, coffee, and more than a hundred bytes of it.", 120 },
    { "short", 5 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (Fixture) f = fixture_new ();
      g_autofree char *file = file_of (f);

      close_store (f);
      g_assert_true (g_file_set_contents (file, cases[i].content, (gssize) cases[i].size, NULL));
      assert_open_fails (f, MOS_STORE_OPEN_DEFAULT, MOS_STORE_ERROR_CORRUPT);
      /* It is left as it was, for whoever can save something of it. */
      {
        g_autofree char *data = NULL;
        gsize size;

        g_assert_true (g_file_get_contents (file, &data, &size, NULL));
        g_assert_cmpmem (data, size, cases[i].content, cases[i].size);
      }
    }
}

static void
test_corrupt_page (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autofree char *file = file_of (f);
  g_autofree char *data = NULL;
  gsize size;

  close_store (f);
  g_assert_true (g_file_get_contents (file, &data, &size, NULL));
  memset (data + 100, 0xa5, 3000);
  g_assert_true (g_file_set_contents (file, data, (gssize) size, NULL));
  assert_open_fails (f, MOS_STORE_OPEN_DEFAULT, MOS_STORE_ERROR_CORRUPT);
}

static void
test_foreign (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autofree char *file = file_of (f);

  close_store (f);
  run_sql (file, "PRAGMA application_id = 7");
  assert_open_fails (f, MOS_STORE_OPEN_DEFAULT, MOS_STORE_ERROR_CORRUPT);
}

/* In a child without privileges, as root may write everywhere. */
static void
test_read_only_folder (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  int status;
  pid_t pid;

  close_store (f);
  g_assert_cmpint (chmod (f->dir, 0755), ==, 0);
  g_assert_cmpint (chmod (f->profile, 0555), ==, 0);
  pid = fork ();
  if (pid == 0)
    {
      g_autoptr (GError) error = NULL;
      MosStore *store;

      if (geteuid () == 0 && (setegid (65534) != 0 || seteuid (65534) != 0))
        _exit (3);
      store = mos_store_open_sync (f->profile, MOS_STORE_OPEN_DEFAULT, f->clock, NULL, &error);
      _exit (store == NULL && g_error_matches (error, MOS_STORE_ERROR, MOS_STORE_ERROR_READ_ONLY) ? 0 : 1);
    }
  g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
  chmod (f->profile, 0755);
  g_assert_cmpint (status, ==, 0);
  f->store = fixture_open (f);
}

/* The lock is another process's: said at once; a read-only look beside it works and sees what is committed. */
static gboolean
count_func (MosTxn *txn,
            gpointer data,
            GCancellable *cancellable,
            GError **error)
{
  Fixture *f = data;
  gint64 n;

  if (!mos_database_get_int (txn->database, &n, error, "SELECT count (*) FROM cursor", ""))
    return FALSE;
  f->number = (guint) n;
  return TRUE;
}

static gboolean
cursor_func (MosTxn *txn,
             gpointer data,
             GCancellable *cancellable,
             GError **error)
{
  return mos_store_cursor_set (txn, "a", "b", "c", error);
}

static gboolean
other_cursor_func (MosTxn *txn,
                   gpointer data,
                   GCancellable *cancellable,
                   GError **error)
{
  return mos_store_cursor_set (txn, "a", "other", "c", error);
}

static void
test_locked (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (MosStore) beside = NULL;
  int status;
  pid_t pid;

  fixture_write (f, NULL, cursor_func);
  pid = fork ();
  if (pid == 0)
    {
      g_autoptr (GError) child_error = NULL;
      MosStore *store = mos_store_open_sync (f->profile, MOS_STORE_OPEN_DEFAULT, f->clock, NULL, &child_error);

      _exit (store == NULL && g_error_matches (child_error, MOS_STORE_ERROR, MOS_STORE_ERROR_LOCKED) ? 0 : 1);
    }
  g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
  g_assert_cmpint (status, ==, 0);

  beside = mos_store_open_sync (f->profile, MOS_STORE_OPEN_READ_ONLY, f->clock, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (mos_store_read_sync (beside, count_func, f, NULL, &error));
  g_assert_cmpuint (f->number, ==, 1);
  g_assert_false (mos_store_write_sync (beside, NULL, NULL, cursor_func, f, NULL, NULL, &error));
  g_assert_error (error, MOS_STORE_ERROR, MOS_STORE_ERROR_READ_ONLY);
  mos_store_close_sync (beside);
}

/* Without threads: the same answers, and the same errors. */
static void
assert_own (const char *path)
{
  struct stat info;

  g_assert_cmpint (g_lstat (path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 077, ==, 0);
  if (S_ISDIR (info.st_mode))
    {
      g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
      const char *name;

      while ((name = g_dir_read_name (dir)) != NULL)
        {
          g_autofree char *child = g_build_filename (path, name, NULL);

          assert_own (child);
        }
    }
}

static gboolean
blob_func (MosTxn *txn,
           gpointer data,
           GCancellable *cancellable,
           GError **error)
{
  g_autofree char *noise = g_malloc (3 << 20);
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *sha256 = NULL;

  for (guint i = 0; i < 3 << 20; i++)
    noise[i] = (char) g_random_int ();
  bytes = g_bytes_new_take (g_steal_pointer (&noise), 3 << 20);
  return mos_store_blob_put (txn, bytes, &sha256, error);
}

/* Whatever the umask is: what lies in a profile is its owner's alone, the files of large blobs and the log of the database among it. */
static void
test_own (void)
{
  const mode_t before = umask (0);
  g_autoptr (Fixture) f = fixture_new ();
  g_autofree char *profile = g_build_filename (f->profile, "fresh", "profile", NULL);
  g_autoptr (MosStore) store = NULL;
  g_autoptr (GError) error = NULL;

  store = mos_store_open_sync (profile, MOS_STORE_OPEN_DEFAULT, f->clock, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (mos_store_write_sync (store, NULL, NULL, blob_func, NULL, NULL, NULL, &error));
  g_assert_no_error (error);
  assert_own (profile);
  mos_store_close_sync (store);
  assert_own (profile);
  umask (before);
}

static void
test_direct (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GCancellable) cancelled = g_cancellable_new ();
  g_autoptr (MosStore) direct = NULL;

  fixture_write (f, NULL, cursor_func);
  direct = mos_store_open_sync (f->profile, MOS_STORE_OPEN_READ_ONLY | MOS_STORE_OPEN_DIRECT, f->clock, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (mos_store_read_sync (direct, count_func, f, NULL, &error));
  g_assert_cmpuint (f->number, ==, 1);
  g_assert_false (mos_store_read_sync (direct, cursor_func, f, NULL, &error));
  g_assert_nonnull (error);
  g_clear_error (&error);
  /* Nothing of that is left: the next one reads what is there now. */
  fixture_write (f, NULL, other_cursor_func);
  g_assert_true (mos_store_read_sync (direct, count_func, f, NULL, &error));
  g_assert_cmpuint (f->number, ==, 2);
  g_cancellable_cancel (cancelled);
  g_assert_false (mos_store_read_sync (direct, count_func, f, cancelled, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_false (mos_store_write_sync (direct, NULL, NULL, cursor_func, f, NULL, NULL, &error));
  g_assert_error (error, MOS_STORE_ERROR, MOS_STORE_ERROR_READ_ONLY);
  g_clear_error (&error);
  mos_store_close_sync (direct);
  g_assert_false (mos_store_read_sync (direct, count_func, f, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* What is asked once it is closed has nobody to show it to; what cannot be kept is said. */
static void
test_closed (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (GError) error = NULL;

  mos_store_close_sync (f->store);
  g_assert_false (mos_store_read_sync (f->store, count_func, f, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_false (mos_store_write_sync (f->store, NULL, "close", cursor_func, f, NULL, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CLOSED);
}

/* --- full disk --- */

static gboolean
limit_func (MosTxn *txn,
            gpointer data,
            GCancellable *cancellable,
            GError **error)
{
  return mos_database_run_script (txn->database, data, error);
}

static gboolean
fill_func (MosTxn *txn,
           gpointer data,
           GCancellable *cancellable,
           GError **error)
{
  g_autofree char *text = g_strnfill (100000, 'x');

  for (int i = 0; i < 200; i++)
    {
      g_autofree char *scope = g_strdup_printf ("fill %d", i);

      if (!mos_store_cursor_set (txn, "a", scope, text, error))
        return FALSE;
    }
  return TRUE;
}

static void
test_disk_full (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (GError) error = NULL;

  fixture_write (f, NULL, cursor_func);
  g_assert_true (mos_store_write_sync (f->store, NULL, NULL, limit_func, (gpointer) "PRAGMA max_page_count = 400", NULL, NULL, &error));
  g_assert_false (mos_store_write_sync (f->store, NULL, NULL, fill_func, NULL, NULL, NULL, &error));
  g_assert_error (error, MOS_STORE_ERROR, MOS_STORE_ERROR_DISK_FULL);
  g_clear_error (&error);
  /* Nothing of it was kept, nothing before it was lost, and there is work again when there is room again. */
  fixture_read (f, count_func);
  g_assert_cmpuint (f->number, ==, 1);
  g_assert_true (mos_store_write_sync (f->store, NULL, NULL, limit_func, (gpointer) "PRAGMA max_page_count = 1000000", NULL, NULL, &error));
  fixture_write (f, NULL, fill_func);
  fixture_read (f, count_func);
  g_assert_cmpuint (f->number, ==, 201);
}

/* A file that the system does not let grow: the write itself fails. */
static void
test_disk_full_write (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (GError) error = NULL;
  struct rlimit old, limit;

  fixture_write (f, NULL, cursor_func);
  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &old), ==, 0);
  limit = old;
  limit.rlim_cur = 2 * 1024 * 1024;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  g_assert_false (mos_store_write_sync (f->store, NULL, NULL, fill_func, NULL, NULL, NULL, &error));
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &old), ==, 0);
  g_assert_error (error, MOS_STORE_ERROR, MOS_STORE_ERROR_DISK_FULL);
  fixture_read (f, count_func);
  g_assert_cmpuint (f->number, ==, 1);
  fixture_reopen (f);
  fixture_check (f);
}

/* --- migrations --- */

static gboolean
broken_fixup (MosDatabase *database,
              gint64 now_us,
              GError **error)
{
  mos_database_run_script (database, "CREATE TABLE half_done (x)", NULL);
  g_set_error_literal (error, MOS_STORE_ERROR, MOS_STORE_ERROR_FAILED, "power cut");
  return FALSE;
}

static void
test_interrupted (void)
{
  g_autofree char *dir = g_dir_make_tmp ("mos-migrate-XXXXXX", NULL);
  g_autofree char *file = g_build_filename (dir, "x.db", NULL);
  g_autoptr (GError) error = NULL;
  MosDatabase *database = mos_database_open (file, MOS_DATABASE_READ_WRITE, &error);
  const MosMigration *steps;
  MosMigration broken;
  gint64 n;
  int version;

  g_assert_no_error (error);
  g_assert_cmpuint (mos_migrations (&steps), >=, 1);
  broken = steps[0];
  broken.fixup = broken_fixup;
  g_assert_false (mos_migrate_run (database, &broken, 1, 1, &error));
  g_assert_error (error, MOS_STORE_ERROR, MOS_STORE_ERROR_FAILED);
  g_clear_error (&error);
  /* The step, its part in C and the version are one: nothing of it is there. */
  g_assert_true (mos_database_get_int (database, &n, &error, "SELECT count (*) FROM sqlite_schema", ""));
  g_assert_cmpint (n, ==, 0);
  g_assert_true (mos_database_get_int (database, &n, &error, "PRAGMA user_version", ""));
  g_assert_cmpint (n, ==, 0);
  g_assert_true (mos_migrate_peek (file, 1, &version, NULL, &error));
  g_assert_cmpint (version, <=, 0);
  g_assert_true (mos_migrate_run (database, steps, 1, 1, &error));
  g_assert_true (mos_database_get_int (database, &n, &error, "PRAGMA user_version", ""));
  g_assert_cmpint (n, ==, 1);
  mos_database_close (database);
  fixture_remove (dir);
}

/* Every table is STRICT, the file says whose it is, and each enumeration of the program is in its table. */
static gboolean
schema_func (MosTxn *txn,
             gpointer data,
             GCancellable *cancellable,
             GError **error)
{
  g_autofree char *loose = NULL;
  gint64 n = 0;

  g_assert_true (mos_database_get_text (txn->database, &loose, error, "SELECT group_concat (name) FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND strict = 0 AND name NOT LIKE 'sqlite%'", ""));
  g_assert_cmpstr (loose, ==, NULL);
  g_assert_true (mos_database_get_int (txn->database, &n, error, "PRAGMA application_id", ""));
  g_assert_cmpint (n, ==, MOS_STORE_APPLICATION_ID);
  g_assert_true (mos_database_get_int (txn->database, &n, error, "PRAGMA foreign_keys", ""));
  g_assert_cmpint (n, ==, 1);
  g_assert_true (mos_database_get_int (txn->database, &n, error, "PRAGMA trusted_schema", ""));
  g_assert_cmpint (n, ==, 0);
  for (MosDelivery d = MOS_DELIVERY_RECEIVED; d <= MOS_DELIVERY_CANCELLED; d++)
    {
      g_assert_true (mos_database_get_int (txn->database, &n, error, "SELECT count (*) FROM delivery_kind WHERE nick = ?", "t", mos_delivery_to_nick (d)));
      g_assert_cmpint (n, ==, 1);
    }
  for (MosClassification c = MOS_CLASSIFICATION_NORMAL; c <= MOS_CLASSIFICATION_SURVEY; c++)
    {
      g_assert_true (mos_database_get_int (txn->database, &n, error, "SELECT count (*) FROM classification_kind WHERE nick = ?", "t", mos_classification_to_nick (c)));
      g_assert_cmpint (n, ==, 1);
    }
  for (MosAccountState s = MOS_ACCOUNT_OFFLINE; s <= MOS_ACCOUNT_FAILED; s++)
    {
      g_assert_true (mos_database_get_int (txn->database, &n, error, "SELECT count (*) FROM account_state_kind WHERE nick = ?", "t", mos_account_state_to_nick (s)));
      g_assert_cmpint (n, ==, 1);
    }
  return TRUE;
}

static void
test_schema (void)
{
  g_autoptr (Fixture) f = fixture_new ();

  fixture_write (f, NULL, schema_func);
}

/* --- threads --- */

static gboolean
order_func (MosTxn *txn,
            gpointer data,
            GCancellable *cancellable,
            GError **error)
{
  g_autofree char *text = g_strdup_printf ("%u", GPOINTER_TO_UINT (data));

  return mos_database_exec (txn->database, error, "UPDATE cursor SET value = value || ' ' || ? WHERE account = 'a'", "t", text);
}

static void
order_cb (GObject *source,
          GAsyncResult *result,
          gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  guint *count = user_data;

  mos_store_write_finish (MOS_STORE (source), result, NULL, &error);
  g_assert_no_error (error);
  (*count)++;
}

static gboolean
order_read (MosTxn *txn,
            gpointer data,
            GCancellable *cancellable,
            GError **error)
{
  Fixture *f = data;
  char *value = NULL;

  if (!mos_store_cursor_get (txn, "a", "b", &value, error))
    return FALSE;
  f->data = value;
  return TRUE;
}

static void
test_order (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (GString) wanted = g_string_new ("c");
  guint count = 0;

  fixture_write (f, NULL, cursor_func);
  for (guint i = 0; i < 200; i++)
    {
      mos_store_write_async (f->store, NULL, NULL, order_func, GUINT_TO_POINTER (i), NULL, NULL, order_cb, &count);
      g_string_append_printf (wanted, " %u", i);
    }
  while (count < 200)
    g_main_context_iteration (NULL, TRUE);
  fixture_read (f, order_read);
  g_assert_cmpstr (f->data, ==, wanted->str);
  g_free (f->data);
}

/* --- kill --- */

static gboolean
beat_func (MosTxn *txn,
           gpointer data,
           GCancellable *cancellable,
           GError **error)
{
  Fixture *f = data;
  g_autofree char *id = g_strdup_printf ("beat-%u", f->number);

  fixture_message (txn, f, f->conversation, id, MOS_DIRECTION_INCOMING, (1000 + (gint64) f->number) * S, "tick");
  return TRUE;
}

static gboolean
start_func (MosTxn *txn,
            gpointer data,
            GCancellable *cancellable,
            GError **error)
{
  Fixture *f = data;

  fixture_account (txn, f);
  f->conversation = fixture_conversation (txn, f, "kill");
  return TRUE;
}

static gboolean
last_func (MosTxn *txn,
           gpointer data,
           GCancellable *cancellable,
           GError **error)
{
  Fixture *f = data;
  gint64 n;

  if (!mos_database_get_int (txn->database, &n, error, "SELECT count (*) FROM message", ""))
    return FALSE;
  f->number = (guint) n;
  return TRUE;
}

/* A child writes and reports each commit; it is killed in the middle; every reported one is there, and all is consistent. */
static void
test_kill (void)
{
  for (guint round = 0; round < mos_test_rounds (5); round++)
    {
      g_autoptr (Fixture) f = fixture_new ();
      int pipes[2], status;
      guint confirmed = 0, value;
      pid_t pid;

      close_store (f);
      g_assert_cmpint (pipe (pipes), ==, 0);
      pid = fork ();
      if (pid == 0)
        {
          close (pipes[0]);
          f->store = fixture_open (f);
          fixture_write (f, NULL, start_func);
          for (f->number = 1;; f->number++)
            {
              fixture_write (f, NULL, beat_func);
              if (write (pipes[1], &f->number, sizeof f->number) != (gssize) sizeof f->number)
                _exit (0);
            }
        }
      close (pipes[1]);
      while (confirmed < 15 + (round % 5) * 7 && read (pipes[0], &value, sizeof value) == (gssize) sizeof value)
        confirmed = value;
      kill (pid, SIGKILL);
      g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
      g_assert_true (WIFSIGNALED (status));
      while (read (pipes[0], &value, sizeof value) == (gssize) sizeof value)
        confirmed = value;
      close (pipes[0]);

      f->store = fixture_open (f);
      fixture_read (f, last_func);
      g_assert_cmpuint (f->number, >=, confirmed);
      g_assert_cmpuint (f->number, <=, confirmed + 1);
      fixture_check (f);
    }
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/store/open/too-new", test_too_new);
  g_test_add_func ("/store/open/corrupt", test_corrupt);
  g_test_add_func ("/store/open/corrupt-page", test_corrupt_page);
  g_test_add_func ("/store/open/foreign", test_foreign);
  g_test_add_func ("/store/open/read-only-folder", test_read_only_folder);
  g_test_add_func ("/store/open/locked", test_locked);
  g_test_add_func ("/store/open/direct", test_direct);
  g_test_add_func ("/store/open/own", test_own);
  g_test_add_func ("/store/open/closed", test_closed);
  g_test_add_func ("/store/disk-full/pages", test_disk_full);
  g_test_add_func ("/store/disk-full/write", test_disk_full_write);
  g_test_add_func ("/store/migrate/interrupted", test_interrupted);
  g_test_add_func ("/store/migrate/schema", test_schema);
  g_test_add_func ("/store/thread/order", test_order);
  g_test_add_func ("/store/kill", test_kill);

  return g_test_run ();
}
