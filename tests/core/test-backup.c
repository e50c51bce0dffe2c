/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-test"

#include "config.h"

#include "backup-fixture.h"

#include "core/desk/mos-backup-file.h"

#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/* The whole profile in one file, and back. */

/* --- the same, table by table and file by file --- */

/* All rows of all tables, in an order of its own; without what is another one's by intention. Returns: (transfer full): lines */
static GPtrArray *
describe (const char *profile)
{
  g_autofree char *path = g_build_filename (profile, MOS_STORE_FILE, NULL);
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) tables = g_ptr_array_new_with_free_func (g_free);
  sqlite3 *handle;
  sqlite3_stmt *statement;

  g_assert_cmpint (sqlite3_open_v2 (path, &handle, SQLITE_OPEN_READWRITE, NULL), ==, SQLITE_OK);
  /* Not the index, which only our own tokenizer opens: its tables are looked at. */
  g_assert_cmpint (sqlite3_prepare_v2 (handle, "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%' AND name NOT LIKE 'sqlite_stat%'", -1, &statement, NULL), ==, SQLITE_OK);
  while (sqlite3_step (statement) == SQLITE_ROW)
    g_ptr_array_add (tables, g_strdup ((const char *) sqlite3_column_text (statement, 0)));
  sqlite3_finalize (statement);
  for (guint i = 0; i < tables->len; i++)
    {
      const char *table = tables->pdata[i];
      g_autofree char *sql = g_strdup_printf ("SELECT * FROM \"%s\"%s", table, g_str_equal (table, "meta") ? " WHERE key <> 'desk'" : "");

      g_assert_cmpint (sqlite3_prepare_v2 (handle, sql, -1, &statement, NULL), ==, SQLITE_OK);
      while (sqlite3_step (statement) == SQLITE_ROW)
        {
          g_autoptr (GString) line = g_string_new (table);

          for (int column = 0; column < sqlite3_column_count (statement); column++)
            {
              g_autofree char *hex = g_compute_checksum_for_data (G_CHECKSUM_SHA1, sqlite3_column_blob (statement, column), (gsize) sqlite3_column_bytes (statement, column));

              g_string_append_printf (line, "|%d %s", sqlite3_column_type (statement, column), hex);
            }
          g_ptr_array_add (lines, g_string_free_and_steal (g_steal_pointer (&line)));
        }
      sqlite3_finalize (statement);
    }
  sqlite3_close (handle);
  g_ptr_array_sort_values (lines, (GCompareFunc) strcmp);
  return g_steal_pointer (&lines);
}

static void
add_files (const char *folder,
           const char *name,
           GPtrArray *lines)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *child;

  if (dir == NULL)
    {
      g_autofree char *contents = NULL;
      g_autofree char *hex = NULL;
      gsize size;
      GStatBuf st;

      g_assert_true (g_file_get_contents (path, &contents, &size, NULL));
      g_assert_cmpint (g_stat (path, &st), ==, 0);
      g_assert_cmpint (st.st_mode & 0077, ==, 0);
      hex = g_compute_checksum_for_data (G_CHECKSUM_SHA1, (const guchar *) contents, size);
      g_ptr_array_add (lines, g_strdup_printf ("%s %s", name, hex));
      return;
    }
  while ((child = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *below = g_build_filename (name, child, NULL);

      add_files (folder, below, lines);
    }
}

static void
assert_same_lines (GPtrArray *found,
                   GPtrArray *wanted)
{
  for (guint i = 0; i < MIN (found->len, wanted->len); i++)
    g_assert_cmpstr (found->pdata[i], ==, wanted->pdata[i]);
  g_assert_cmpuint (found->len, ==, wanted->len);
}

/* Both are closed. */
static void
assert_same (const char *profile,
             const char *other)
{
  g_autoptr (GPtrArray) rows = describe (profile);
  g_autoptr (GPtrArray) other_rows = describe (other);
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) other_files = g_ptr_array_new_with_free_func (g_free);

  g_assert_cmpuint (rows->len, >, 100);
  assert_same_lines (other_rows, rows);
  add_files (profile, MOS_STORE_BLOBS, files);
  add_files (other, MOS_STORE_BLOBS, other_files);
  g_ptr_array_sort_values (files, (GCompareFunc) strcmp);
  g_ptr_array_sort_values (other_files, (GCompareFunc) strcmp);
  g_assert_cmpuint (files->len, ==, 3);
  assert_same_lines (other_files, files);
}

static void
close_store (Fixture *f)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
  mos_store_close_sync (f->store);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_clear_object (&f->store);
}

/* Returns: (transfer full) (nullable): a snapshot that lies in @profile */
static char *
find_snapshot (const char *profile)
{
  g_autoptr (GDir) dir = g_dir_open (profile, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_prefix (name, MOS_STORE_SNAPSHOT))
      return g_build_filename (profile, name, NULL);
  return NULL;
}

static void
test_round_trip (gconstpointer data)
{
  const char *passphrase = data;
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *file = g_build_filename (f->dir, "backup.mostrador", NULL);
  g_autofree char *other = g_build_filename (f->dir, "other", NULL);
  g_autofree char *snapshot = NULL;
  g_autoptr (MosBackupInfo) info = NULL;
  g_autofree char *contents = NULL;
  Fixture restored = { 0 };
  GStatBuf st;
  gsize size;

  fixture_write (f, NULL, backup_fill);
  g_assert_true (backup_make (f, file, passphrase, FALSE, NULL, &error));
  g_assert_no_error (error);
  snapshot = find_snapshot (f->profile);
  g_assert_null (snapshot);
  g_assert_cmpint (g_stat (file, &st), ==, 0);
  g_assert_cmpint (st.st_mode & 0777, ==, 0600);

  /* Another one is not put over it unasked. */
  g_assert_false (backup_make (f, file, passphrase, FALSE, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS);
  g_clear_error (&error);

  info = mos_backups_look_sync (file, passphrase, TRUE, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (info->conversations, ==, 1);
  g_assert_cmpuint (info->messages, ==, 2);
  g_assert_cmpuint (info->files, ==, 3);
  g_assert_cmpuint (info->missing, ==, 0);
  g_assert_cmpint (info->made_us, ==, 1700000000 * S);
  g_assert_cmpint (info->is_sealed, ==, passphrase != NULL);
  g_assert_cmpstr (info->version, ==, MOS_VERSION);
  g_assert_true (g_file_get_contents (file, &contents, &size, NULL));
  if (passphrase != NULL)
    {
      g_clear_pointer (&info, mos_backup_info_unref);
      info = mos_backups_look_sync (file, NULL, FALSE, NULL, &error);
      g_assert_no_error (error);
      g_assert_true (info->is_sealed);
      g_assert_null (memmem (contents, size, "manifest", 8));
      g_assert_false (backup_restore (f, file, "another", other, NULL, NULL, &error));
      g_assert_error (error, MOS_BACKUP_ERROR, MOS_BACKUP_ERROR_PASSPHRASE);
      g_clear_error (&error);
      g_assert_false (backup_restore (f, file, NULL, other, NULL, NULL, &error));
      g_assert_error (error, MOS_BACKUP_ERROR, MOS_BACKUP_ERROR_NEEDS_PASSPHRASE);
      g_clear_error (&error);
      backup_assert_none (other);
    }

  g_assert_true (backup_restore (f, file, passphrase, other, NULL, NULL, &error));
  g_assert_no_error (error);
  restored.profile = other;
  restored.clock = f->clock;
  restored.store = fixture_open (&restored);
  fixture_check (&restored);
  g_assert_true (g_bytes_equal (mos_store_get_mac_key (f->store), mos_store_get_mac_key (restored.store)));
  close_store (&restored);
  close_store (f);
  assert_same (f->profile, other);
}

/* --- what is wrong with it --- */

/* A file that somebody changed: no profile comes of it, or one that is the same. */
static void
test_damage (gconstpointer data)
{
  const char *passphrase = data;
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *file = g_build_filename (f->dir, "backup.mostrador", NULL);
  g_autofree char *bad = g_build_filename (f->dir, "bad.mostrador", NULL);
  g_autofree char *other = g_build_filename (f->dir, "other", NULL);
  g_autofree char *contents = NULL;
  gsize size;
  guint n_whole = 0;

  fixture_write (f, NULL, backup_fill);
  g_assert_true (backup_make (f, file, passphrase, FALSE, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (file, &contents, &size, NULL));
  close_store (f);
  for (guint i = 0; i < 30; i++)
    {
      gsize at = size * i / 30 + (gsize) g_test_rand_int_range (0, (int) (size / 30));
      guint8 was = (guint8) contents[at];

      /* One bit in three, else all of it is cut off from there. */
      contents[at] = (char) (was ^ (1 << (at % 8)));
      g_assert_true (g_file_set_contents (bad, contents, i % 3 != 0 ? (gssize) size : (gssize) at, NULL));
      contents[at] = (char) was;
      if (!backup_restore (f, bad, passphrase, other, NULL, NULL, &error))
        {
          g_assert_cmpstr (g_quark_to_string (error->domain), ==, g_quark_to_string (MOS_BACKUP_ERROR));
          g_clear_error (&error);
          backup_assert_none (other);
          continue;
        }
      /* What fills up the end of an archive says nothing. */
      g_assert_null (passphrase);
      g_assert_cmpint (i % 3, !=, 0);
      assert_same (f->profile, other);
      fixture_remove (other);
      n_whole++;
    }
  g_test_message ("%u of 30 changes changed nothing", n_whole);
  g_assert_cmpuint (n_whole, <, 5);
}

/* What the next ones say of their database. */
static guint archive_schema;

static void
write_archive (Fixture *f,
               const char *path,
               const char *snapshot,
               guint64 bytes,
               const char *name,
               const char *second)
{
  g_autoptr (MosBackupInfo) info = mos_backup_info_new ();
  g_autoptr (MosBackupWriter) writer = NULL;
  g_autoptr (GError) error = NULL;

  info->version = g_strdup ("1");
  info->bytes = bytes;
  info->schema = archive_schema;
  info->files = (name != NULL) + (second != NULL);
  g_remove (path);
  writer = mos_backup_writer_open (path, NULL, NULL, info, &error);
  g_assert_no_error (error);
  g_assert_true (mos_backup_writer_add_file (writer, MOS_SNAPSHOT_DATABASE, snapshot, NULL, NULL, NULL, &error));
  if (name != NULL)
    g_assert_true (mos_backup_writer_add (writer, name, "evil", 4, &error));
  if (second != NULL)
    g_assert_true (mos_backup_writer_add (writer, second, "evil", 4, &error));
  g_assert_true (mos_backup_writer_finish (writer, &error));
  g_assert_no_error (error);
}

#define BLOB_A MOS_SNAPSHOT_BLOBS "/aa/aa00000000000000000000000000000000000000000000000000000000000000"
#define BLOB_B MOS_SNAPSHOT_BLOBS "/bb/bb00000000000000000000000000000000000000000000000000000000000000"

/* Names that lead out, sizes that are not true, things that come twice: nothing is written anywhere. */
static void
test_hostile (void)
{
  static const struct
  {
    const char *name;
    const char *second;
    int more; /* bytes that the manifest says beyond what there is */
    gboolean is_good;
  } cases[] = {
    { NULL, NULL, 0, TRUE },
    { BLOB_A, BLOB_B, 0, TRUE },
    { "../evil", NULL, 4, FALSE },
    { "/tmp/mostrador-evil", NULL, 4, FALSE },
    { MOS_SNAPSHOT_BLOBS "/../../evil", NULL, 4, FALSE },
    { MOS_SNAPSHOT_BLOBS "/ab/aa00000000000000000000000000000000000000000000000000000000000000", NULL, 0, FALSE },
    { MOS_SNAPSHOT_BLOBS "/aa/aa0000000000000000000000000000000000000000000000000000000000/evi", NULL, 0, FALSE },
    { MOS_SNAPSHOT_BLOBS "/AA/AA00000000000000000000000000000000000000000000000000000000000000", NULL, 0, FALSE },
    { "mostrador.db-wal", NULL, 4, FALSE },
    { MOS_SNAPSHOT_DATABASE, NULL, 4, FALSE },
    { MOS_BACKUP_PASSWORDS, NULL, 4, FALSE },
    { BLOB_A, BLOB_A, 0, FALSE },
    { BLOB_B, BLOB_A, 0, FALSE },
    { BLOB_A, NULL, -1, FALSE },
    { BLOB_A, NULL, 1, FALSE },
    { NULL, NULL, -1, FALSE },
  };
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *file = g_build_filename (f->dir, "backup.mostrador", NULL);
  g_autofree char *other = g_build_filename (f->dir, "other", NULL);
  g_autofree char *evil = g_build_filename (f->dir, "evil", NULL);
  g_autofree char *snapshot = NULL;
  GStatBuf st;

  g_assert_true (mos_store_snapshot_sync (f->store, &snapshot, NULL, NULL, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (g_stat (snapshot, &st), ==, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      guint64 bytes = (guint64) st.st_size + 4 * (g_str_has_prefix (cases[i].name != NULL ? cases[i].name : "", MOS_SNAPSHOT_BLOBS "/") + (cases[i].second != NULL));
      gboolean ok;

      write_archive (f, file, snapshot, bytes + (guint64) cases[i].more, cases[i].name, cases[i].second);
      ok = backup_restore (f, file, NULL, other, NULL, NULL, &error);
      g_test_message ("%s: %s", cases[i].name != NULL ? cases[i].name : "-", error != NULL ? error->message : "restored");
      g_assert_cmpint (ok, ==, cases[i].is_good);
      if (ok)
        fixture_remove (other);
      else
        g_assert_error (error, MOS_BACKUP_ERROR, MOS_BACKUP_ERROR_DAMAGED);
      g_clear_error (&error);
      backup_assert_none (other);
      g_assert_false (g_file_test (evil, G_FILE_TEST_EXISTS));
      g_assert_false (g_file_test ("/tmp/mostrador-evil", G_FILE_TEST_EXISTS));
    }
  /* More than the disk has is refused before a byte is written. */
  write_archive (f, file, snapshot, (guint64) 1 << 60, NULL, NULL);
  g_assert_false (backup_restore (f, file, NULL, other, NULL, NULL, &error));
  g_assert_error (error, MOS_BACKUP_ERROR, MOS_BACKUP_ERROR_NO_ROOM);
  backup_assert_none (other);
}

static void
run_sql (const char *path,
         const char *sql)
{
  sqlite3 *handle;
  char *message = NULL;

  g_assert_cmpint (sqlite3_open (path, &handle), ==, SQLITE_OK);
  sqlite3_exec (handle, sql, NULL, NULL, &message);
  g_assert_cmpstr (message, ==, NULL);
  sqlite3_close (handle);
}

/* Databases that are another version's, none of ours, or that would do something by themselves. */
static void
test_databases (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autofree char *file = g_build_filename (f->dir, "backup.mostrador", NULL);
  g_autofree char *other = g_build_filename (f->dir, "other", NULL);
  g_autofree char *database = g_build_filename (f->dir, "database", NULL);
  g_autofree char *dump = g_test_build_filename (G_TEST_DIST, "fixtures", "db", "schema-7.sql", NULL);
  g_autofree char *copies = g_build_filename (other, MOS_STORE_BACKUPS, NULL);
  static const struct
  {
    const char *sql;
    int code;
  } cases[] = {
    { "PRAGMA user_version = 9999", MOS_BACKUP_ERROR_TOO_NEW },
    { "PRAGMA application_id = 1", MOS_BACKUP_ERROR_DAMAGED },
    { "CREATE TRIGGER own AFTER INSERT ON message BEGIN DELETE FROM customer; END", MOS_BACKUP_ERROR_DAMAGED },
    { "DROP TABLE message", MOS_BACKUP_ERROR_DAMAGED },
  };
  g_autofree char *snapshot = NULL;
  g_autofree char *script = NULL;
  g_autoptr (GError) error = NULL;
  Fixture restored = { 0 };
  GStatBuf st;

  g_assert_true (mos_store_snapshot_sync (f->store, &snapshot, NULL, NULL, NULL, &error));
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *contents = NULL;
      gsize size;

      g_assert_true (g_file_get_contents (snapshot, &contents, &size, NULL));
      g_assert_true (g_file_set_contents (database, contents, (gssize) size, NULL));
      run_sql (database, cases[i].sql);
      g_assert_cmpint (g_stat (database, &st), ==, 0);
      write_archive (f, file, database, (guint64) st.st_size, NULL, NULL);
      g_assert_false (backup_restore (f, file, NULL, other, NULL, NULL, &error));
      g_test_message ("%s: %s", cases[i].sql, error->message);
      g_assert_error (error, MOS_BACKUP_ERROR, cases[i].code);
      g_clear_error (&error);
      backup_assert_none (other);
    }

  /* It says so itself: known before all of it was unpacked. */
  archive_schema = 9999;
  write_archive (f, file, snapshot, (guint64) 1 << 60, NULL, NULL);
  archive_schema = 0;
  g_assert_false (backup_restore (f, file, NULL, other, NULL, NULL, &error));
  g_assert_error (error, MOS_BACKUP_ERROR, MOS_BACKUP_ERROR_TOO_NEW);
  g_clear_error (&error);
  backup_assert_none (other);

  /* An older one is brought forward, and no copy of it is left. */
  g_remove (database);
  g_assert_true (g_file_get_contents (dump, &script, NULL, NULL));
  run_sql (database, script);
  g_assert_cmpint (g_stat (database, &st), ==, 0);
  write_archive (f, file, database, (guint64) st.st_size, NULL, NULL);
  g_assert_true (backup_restore (f, file, NULL, other, NULL, NULL, &error));
  g_assert_no_error (error);
  restored.profile = other;
  restored.clock = f->clock;
  g_assert_false (g_file_test (copies, G_FILE_TEST_EXISTS));
  restored.store = fixture_open (&restored);
  fixture_check (&restored);
  close_store (&restored);
}

/* What is no backup at all, and what is none any more. */
static void
test_none (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autofree char *file = g_build_filename (f->dir, "file", NULL);
  g_autofree char *other = g_build_filename (f->dir, "other", NULL);
  g_autofree char *database = g_build_filename (f->profile, MOS_STORE_FILE, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (file, "Dear customer, thank you for your letter.", -1, NULL));
  g_assert_false (backup_restore (f, file, NULL, other, NULL, NULL, &error));
  g_assert_error (error, MOS_BACKUP_ERROR, MOS_BACKUP_ERROR_NOT_ONE);
  g_clear_error (&error);
  g_assert_false (backup_restore (f, "/dev/null", NULL, other, NULL, NULL, &error));
  g_assert_error (error, MOS_BACKUP_ERROR, MOS_BACKUP_ERROR_NOT_ONE);
  g_clear_error (&error);
  /* A profile's own file: its large blobs would be missing. */
  close_store (f);
  g_assert_false (backup_restore (f, database, NULL, other, NULL, NULL, &error));
  g_assert_error (error, MOS_BACKUP_ERROR, MOS_BACKUP_ERROR_DAMAGED);
  backup_assert_none (other);
}

/* Of before there were archives: one database with the files in a table. */
static void
test_old_format (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autofree char *file = g_build_filename (f->dir, "old.mostrador", NULL);
  g_autofree char *other = g_build_filename (f->dir, "other", NULL);
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *snapshot = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) sql = g_string_new ("CREATE TABLE backup_blob (sha256 TEXT PRIMARY KEY, data BLOB NOT NULL) STRICT;");

  fixture_write (f, NULL, backup_fill);
  g_assert_true (mos_store_snapshot_sync (f->store, &snapshot, NULL, NULL, NULL, &error));
  g_assert_cmpint (g_rename (snapshot, file), ==, 0);
  add_files (f->profile, MOS_STORE_BLOBS, files);
  for (guint i = 0; i < files->len; i++)
    {
      g_auto (GStrv) words = g_strsplit (files->pdata[i], " ", 2);
      g_autofree char *path = g_build_filename (f->profile, words[0], NULL);
      g_autofree char *name = g_path_get_basename (path);
      g_autofree char *contents = NULL;
      gsize size;

      g_assert_true (g_file_get_contents (path, &contents, &size, NULL));
      g_string_append_printf (sql, "INSERT INTO backup_blob VALUES ('%s', x'", name);
      for (gsize b = 0; b < size; b++)
        g_string_append_printf (sql, "%02x", (guint8) contents[b]);
      g_string_append (sql, "');");
    }
  run_sql (file, sql->str);
  g_assert_true (backup_restore (f, file, NULL, other, NULL, NULL, &error));
  g_assert_no_error (error);
  close_store (f);
  assert_same (f->profile, other);
}

/* --- what stops in the middle --- */

/* Killed, or out of room, while it writes over an older one: that is whole, and nothing is in the way of the next. */
static void
test_stopped (gconstpointer data)
{
  gboolean is_killed = data != NULL;
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *file = g_build_filename (f->dir, "backup.mostrador", NULL);
  g_autofree char *part = g_strconcat (file, ".part", NULL);
  g_autofree char *snapshot = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  gsize size, size_after;
  GStatBuf st;
  int status;
  pid_t pid;

  /* Much more than the database. */
  backup_file_size = 900000;
  fixture_write (f, NULL, backup_fill);
  backup_file_size = 200000;
  g_assert_true (backup_make (f, file, NULL, FALSE, NULL, &error));
  g_assert_true (g_file_get_contents (file, &before, &size, NULL));
  close_store (f);

  pid = fork ();
  if (pid == 0)
    {
      /* More than the database, less than the archive. */
      struct rlimit limit = { size - 100000, size - 100000 };
      gboolean was_told;

      umask (0);
      signal (SIGXFSZ, is_killed ? SIG_DFL : SIG_IGN);
      f->store = mos_store_open_sync (f->profile, MOS_STORE_OPEN_DEFAULT, f->clock, NULL, NULL);
      setrlimit (RLIMIT_FSIZE, &limit);
      was_told = !backup_make (f, file, NULL, TRUE, NULL, &error) && g_error_matches (error, MOS_BACKUP_ERROR, MOS_BACKUP_ERROR_NO_ROOM);
      _exit (was_told ? 17 : 0);
    }
  g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
  snapshot = find_snapshot (f->profile);
  if (is_killed)
    {
      g_assert_true (WIFSIGNALED (status));
      g_assert_cmpint (WTERMSIG (status), ==, SIGXFSZ);
      /* Nobody else's to read either. */
      g_assert_cmpint (g_stat (part, &st), ==, 0);
      g_assert_cmpint (st.st_mode & 0777, ==, 0600);
      g_assert_nonnull (snapshot);
      g_assert_cmpint (g_stat (snapshot, &st), ==, 0);
      g_assert_cmpint (st.st_mode & 0777, ==, 0600);
    }
  else
    {
      g_assert_true (WIFEXITED (status));
      g_assert_cmpint (WEXITSTATUS (status), ==, 17);
      g_assert_false (g_file_test (part, G_FILE_TEST_EXISTS));
      g_assert_null (snapshot);
    }
  g_assert_true (g_file_get_contents (file, &after, &size_after, NULL));
  g_assert_cmpmem (after, size_after, before, size);

  f->store = fixture_open (f);
  g_clear_pointer (&snapshot, g_free);
  snapshot = find_snapshot (f->profile);
  g_assert_null (snapshot);
  g_assert_true (backup_make (f, file, NULL, TRUE, NULL, &error));
  g_assert_no_error (error);
  g_assert_false (g_file_test (part, G_FILE_TEST_EXISTS));
}

/* One by hand while one by the plan is being made: each has a snapshot of its own. */
static void
test_two (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autofree char *file = g_build_filename (f->dir, "backup.mostrador", NULL);
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (mos_store_snapshot_sync (f->store, &first, NULL, NULL, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (mos_store_snapshot_sync (f->store, &second, NULL, NULL, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (first, !=, second);
  g_assert_true (backup_make (f, file, NULL, FALSE, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_test (first, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (second, G_FILE_TEST_EXISTS));
}

static void
on_progress_cb (MosJob *job,
                gpointer cancellable)
{
  MosJobProgress progress = mos_job_get_progress (job);

  if (progress.total > 0 && progress.done > progress.total / 2)
    g_cancellable_cancel (cancellable);
}

static void
test_cancelled (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *file = g_build_filename (f->dir, "backup.mostrador", NULL);
  g_autofree char *part = g_strconcat (file, ".part", NULL);
  g_autofree char *other = g_build_filename (f->dir, "other", NULL);
  g_autofree char *left = g_strconcat (other, ".restore-part", NULL);
  g_autofree char *left_file = g_build_filename (left, MOS_STORE_FILE, NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (MosBackupJob) job = mos_backup_job_new (f->store, file, NULL, FALSE, FALSE);
  g_autoptr (MosRestoreJob) restore = mos_restore_job_new (file, NULL, other, f->clock);

  fixture_write (f, NULL, backup_fill);
  mos_job_set_progress_func (MOS_JOB (job), on_progress_cb, cancellable);
  g_assert_false (mos_job_run_sync (MOS_JOB (job), cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_false (g_file_test (file, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (part, G_FILE_TEST_EXISTS));

  g_assert_true (backup_make (f, file, NULL, FALSE, NULL, &error));
  g_cancellable_reset (cancellable);
  mos_job_set_progress_func (MOS_JOB (restore), on_progress_cb, cancellable);
  g_assert_false (mos_job_run_sync (MOS_JOB (restore), cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  backup_assert_none (other);

  /* What a killed one leaves */
  g_assert_cmpint (g_mkdir (left, 0700), ==, 0);
  g_assert_true (g_file_set_contents (left_file, "half", -1, NULL));
  g_assert_true (backup_restore (f, file, NULL, other, NULL, NULL, &error));
  g_assert_no_error (error);
  g_assert_false (g_file_test (left, G_FILE_TEST_EXISTS));
}

/* A mail that the disk has lost does not keep the others from being saved. */
static void
test_missing (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *file = g_build_filename (f->dir, "backup.mostrador", NULL);
  g_autofree char *other = g_build_filename (f->dir, "other", NULL);
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (MosBackupInfo) info = NULL;
  g_auto (GStrv) words = NULL;
  g_autofree char *path = NULL;

  fixture_write (f, NULL, backup_fill);
  add_files (f->profile, MOS_STORE_BLOBS, files);
  words = g_strsplit (files->pdata[0], " ", 2);
  path = g_build_filename (f->profile, words[0], NULL);
  g_assert_cmpint (g_remove (path), ==, 0);
  g_assert_true (backup_make (f, file, NULL, FALSE, NULL, &error));
  g_assert_no_error (error);
  info = mos_backups_look_sync (file, NULL, TRUE, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (info->files, ==, 3);
  g_assert_cmpuint (info->missing, ==, 1);
  g_assert_true (backup_restore (f, file, NULL, other, NULL, NULL, &error));
  g_assert_no_error (error);
}

typedef struct
{
  char *path; /* (nullable): what goes */
  guint64 total;
} Erasing;

/* The size is another one once all files were counted. */
static void
on_counted_cb (MosJob *job,
               gpointer data)
{
  Erasing *erasing = data;
  guint64 total = mos_job_get_progress (job).total;

  if (erasing->total == 0)
    erasing->total = total;
  if (erasing->path == NULL || total == erasing->total)
    return;
  g_assert_cmpint (g_remove (erasing->path), ==, 0);
  g_clear_pointer (&erasing->path, g_free);
}

/* A file that is erased after it was counted: it begins anew, instead of a backup that lacks what it promises. */
static void
test_erased_meanwhile (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *file = g_build_filename (f->dir, "backup.mostrador", NULL);
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (MosBackupJob) job = mos_backup_job_new (f->store, file, NULL, FALSE, FALSE);
  g_autoptr (MosBackupInfo) info = NULL;
  g_auto (GStrv) words = NULL;
  Erasing erasing = { NULL, 0 };

  fixture_write (f, NULL, backup_fill);
  add_files (f->profile, MOS_STORE_BLOBS, files);
  words = g_strsplit (files->pdata[0], " ", 2);
  erasing.path = g_build_filename (f->profile, words[0], NULL);
  mos_job_set_progress_func (MOS_JOB (job), on_counted_cb, &erasing);
  g_assert_true (mos_job_run_sync (MOS_JOB (job), NULL, &error));
  g_assert_no_error (error);
  g_assert_null (erasing.path);
  info = mos_backups_look_sync (file, NULL, TRUE, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (info->missing, ==, 1);
}

/* --- over another one --- */

static void
test_over (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (Fixture) present = fixture_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *file = g_build_filename (f->dir, "backup.mostrador", NULL);
  g_autoptr (GPtrArray) before = NULL;
  g_autoptr (GPtrArray) after = NULL;
  g_autofree char *aside = NULL;
  g_autofree char *again = NULL;

  fixture_write (f, NULL, backup_fill);
  g_assert_true (backup_make (f, file, NULL, FALSE, NULL, &error));
  /* Somebody has it open. */
  g_assert_false (backup_restore (f, file, NULL, present->profile, NULL, NULL, &error));
  g_assert_error (error, MOS_STORE_ERROR, MOS_STORE_ERROR_LOCKED);
  g_clear_error (&error);
  close_store (present);
  before = describe (present->profile);
  g_assert_true (backup_restore (f, file, NULL, present->profile, NULL, &aside, &error));
  g_assert_no_error (error);
  g_assert_nonnull (aside);
  after = describe (aside);
  assert_same_lines (after, before);
  close_store (f);
  assert_same (f->profile, present->profile);

  /* A second time in the same second: both stay. */
  g_assert_true (backup_restore (f, file, NULL, present->profile, NULL, &again, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (again, !=, aside);
  g_assert_true (g_file_test (aside, G_FILE_TEST_IS_DIR));
  g_assert_true (g_file_test (again, G_FILE_TEST_IS_DIR));
}

int
main (int argc,
      char **argv)
{
  mos_test_init (&argc, &argv);

  g_test_add_data_func ("/backup/round-trip", NULL, test_round_trip);
  g_test_add_data_func ("/backup/round-trip/sealed", PASSPHRASE, test_round_trip);
  g_test_add_data_func ("/backup/damage", NULL, test_damage);
  g_test_add_data_func ("/backup/damage/sealed", PASSPHRASE, test_damage);
  g_test_add_func ("/backup/hostile", test_hostile);
  g_test_add_func ("/backup/databases", test_databases);
  g_test_add_func ("/backup/none", test_none);
  g_test_add_func ("/backup/old-format", test_old_format);
  g_test_add_data_func ("/backup/stopped/killed", "killed", test_stopped);
  g_test_add_data_func ("/backup/stopped/no-room", NULL, test_stopped);
  g_test_add_func ("/backup/two", test_two);
  g_test_add_func ("/backup/cancelled", test_cancelled);
  g_test_add_func ("/backup/missing", test_missing);
  g_test_add_func ("/backup/erased-meanwhile", test_erased_meanwhile);
  g_test_add_func ("/backup/over", test_over);

  return g_test_run ();
}
