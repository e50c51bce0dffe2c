/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-test"

#include "config.h"

#include "store-fixture.h"

#include "core/store/mos-store-object.h"

#include <signal.h>
#include <string.h>
#include <sys/wait.h>

/* From one schema to the next: a copy is made first, a step is whole or not at all, and an old profile becomes what a new one is. */

static gboolean
fill_func (MosTxn *txn,
           gpointer data,
           GCancellable *cancellable,
           GError **error)
{
  Fixture *f = data;

  fixture_account (txn, f);
  f->conversation = fixture_conversation (txn, f, "Before");
  fixture_message (txn, f, f->conversation, "m1", MOS_DIRECTION_INCOMING, 1000 * S, "Where is my parcel?");
  fixture_message (txn, f, f->conversation, "m2", MOS_DIRECTION_OUTGOING, 2000 * S, "On its way.");
  return TRUE;
}

static gboolean
count_func (MosTxn *txn,
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

static void
close_store (Fixture *f)
{
  mos_store_close_sync (f->store);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_clear_object (&f->store);
}

static Fixture *
fixture_with_mail (void)
{
  Fixture *f = fixture_new ();

  fixture_write (f, NULL, fill_func);
  close_store (f);
  return f;
}

/* --- steps that no program has --- */

static gboolean
good_fixup (MosDatabase *database,
            gint64 now_us,
            GError **error)
{
  return mos_database_run_script (database, "CREATE TABLE shelf (id TEXT PRIMARY KEY) STRICT; INSERT INTO shelf SELECT id FROM message;", error);
}

static gboolean
broken_fixup (MosDatabase *database,
              gint64 now_us,
              GError **error)
{
  g_assert_true (mos_database_run_script (database, "CREATE TABLE shelf (id TEXT PRIMARY KEY) STRICT; DELETE FROM message_text; UPDATE conversation SET subject = 'half done';", NULL));
  g_set_error_literal (error, MOS_STORE_ERROR, MOS_STORE_ERROR_FAILED, "a step that fails");
  return FALSE;
}

static gboolean
killed_fixup (MosDatabase *database,
              gint64 now_us,
              GError **error)
{
  if (mos_database_run_script (database, "CREATE TABLE shelf (id TEXT PRIMARY KEY) STRICT; DELETE FROM message_text; UPDATE conversation SET subject = 'half done';", NULL))
    raise (SIGKILL);
  return FALSE;
}

/* All steps of the program and @fixup as one more */
static MosStore *
open_next (Fixture *f,
           gboolean (*fixup) (MosDatabase *database, gint64 now_us, GError **error),
           GError **error)
{
  const MosMigration *known;
  guint n = mos_migrations (&known);
  g_autofree MosMigration *steps = g_new0 (MosMigration, n + 1);

  memcpy (steps, known, n * sizeof (MosMigration));
  steps[n].fixup = fixup;
  return mos_store_open_with_steps_sync (f->profile, MOS_STORE_OPEN_DEFAULT, f->clock, steps, n + 1, NULL, error);
}

/* The one file in the profile's folder of backups; %NULL when there is none */
static char *
find_backup (Fixture *f,
             guint *ret_n)
{
  g_autofree char *path = g_build_filename (f->profile, MOS_STORE_BACKUPS, NULL);
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  char *found = NULL;
  const char *name;

  *ret_n = 0;
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_free (found);
      found = g_build_filename (path, name, NULL);
      (*ret_n)++;
    }
  return found;
}

static gint64
ask (const char *file,
     const char *sql)
{
  g_autoptr (GError) error = NULL;
  MosDatabase *database = mos_database_open (file, MOS_DATABASE_READ_ONLY, &error);
  gint64 n = -1;

  g_assert_no_error (error);
  mos_database_get_int (database, &n, &error, sql, "");
  g_assert_no_error (error);
  mos_database_close (database);
  return n;
}

/* The old profile, opened by the program that made it, has all it had. */
static void
assert_untouched (Fixture *f)
{
  g_autofree char *file = g_build_filename (f->profile, MOS_STORE_FILE, NULL);

  g_assert_cmpint (ask (file, "SELECT count (*) FROM sqlite_schema WHERE name = 'shelf'"), ==, 0);
  g_assert_cmpint (ask (file, "SELECT count (*) FROM conversation WHERE subject = 'Before'"), ==, 1);
  f->store = fixture_open (f);
  fixture_read (f, count_func);
  g_assert_cmpuint (f->number, ==, 2);
  fixture_check (f);
}

/* --- cases --- */

static void
test_backup_first (void)
{
  g_autoptr (Fixture) f = fixture_with_mail ();
  g_autofree char *file = g_build_filename (f->profile, MOS_STORE_FILE, NULL);
  g_autofree char *backup = NULL;
  g_autoptr (GError) error = NULL;
  const MosMigration *known;
  int n_steps = (int) mos_migrations (&known);
  GStatBuf st;
  guint n;

  /* Opening what is up to date makes none. */
  f->store = fixture_open (f);
  close_store (f);
  backup = find_backup (f, &n);
  g_assert_cmpuint (n, ==, 0);

  f->store = open_next (f, good_fixup, &error);
  g_assert_no_error (error);
  fixture_read (f, count_func);
  g_assert_cmpuint (f->number, ==, 2);
  close_store (f);
  g_assert_cmpint (ask (file, "PRAGMA user_version"), ==, n_steps + 1);
  g_assert_cmpint (ask (file, "SELECT count (*) FROM shelf"), ==, 2);

  backup = find_backup (f, &n);
  g_assert_cmpuint (n, ==, 1);
  /* All mail is in it. */
  g_assert_cmpint (g_stat (backup, &st), ==, 0);
  g_assert_cmpint (st.st_mode & 0777, ==, 0600);
  g_assert_true (g_str_has_suffix (backup, ".db"));
  g_assert_cmpint (ask (backup, "PRAGMA user_version"), ==, n_steps);
  g_assert_cmpint (ask (backup, "SELECT count (*) FROM message"), ==, 2);
  g_assert_cmpint (ask (backup, "SELECT count (*) FROM sqlite_schema WHERE name = 'shelf'"), ==, 0);

  /* The way back: the copy in the place of what was migrated. */
  g_assert_cmpint (g_rename (backup, file), ==, 0);
  assert_untouched (f);
}

static void
test_failed_step (void)
{
  g_autoptr (Fixture) f = fixture_with_mail ();
  g_autofree char *backup = NULL;
  g_autoptr (GError) error = NULL;
  guint n;

  g_assert_null (open_next (f, broken_fixup, &error));
  g_assert_error (error, MOS_STORE_ERROR, MOS_STORE_ERROR_FAILED);
  backup = find_backup (f, &n);
  g_assert_cmpuint (n, ==, 1);
  g_assert_cmpint (ask (backup, "SELECT count (*) FROM message"), ==, 2);
  assert_untouched (f);
}

/* The power goes in the middle of the step. */
static void
test_killed_step (void)
{
  g_autoptr (Fixture) f = fixture_with_mail ();
  g_autofree char *backup = NULL;
  guint n;
  int status;
  pid_t pid = fork ();

  if (pid == 0)
    {
      open_next (f, killed_fixup, NULL);
      _exit (0);
    }
  g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
  g_assert_true (WIFSIGNALED (status));
  g_assert_cmpint (WTERMSIG (status), ==, SIGKILL);
  backup = find_backup (f, &n);
  g_assert_cmpuint (n, ==, 1);
  assert_untouched (f);
}

/* No copy, no step. */
static void
test_no_backup_no_step (void)
{
  g_autoptr (Fixture) f = fixture_with_mail ();
  g_autofree char *backups = g_build_filename (f->profile, MOS_STORE_BACKUPS, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (backups, "in the way", -1, NULL));
  g_assert_null (open_next (f, good_fixup, &error));
  g_assert_nonnull (error);
  g_assert_cmpint (g_remove (backups), ==, 0);
  assert_untouched (f);
}

/* --- old profiles --- */

static char **
describe_schema (const char *file)
{
  g_autoptr (GError) error = NULL;
  MosDatabase *database = mos_database_open (file, MOS_DATABASE_READ_ONLY, &error);
  g_autofree char *schema = NULL;

  g_assert_no_error (error);
  /* without what SQLite makes for itself */
  mos_database_get_text (database, &schema, &error, "SELECT group_concat (line, char (1)) FROM (SELECT type || ' ' || name || ' ' || coalesce (sql, '') AS line FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%' ORDER BY type, name)", "");
  g_assert_no_error (error);
  mos_database_close (database);
  return g_strsplit (schema, "\1", -1);
}

/* A dump of every schema that was ever in use becomes, step by step, exactly what a fresh profile is, with all its mail. When the dump
 * of the newest schema fails here, a migration that was released has been changed: put the change into a new one. */
static void
test_old_profiles (void)
{
  g_autoptr (Fixture) fresh = fixture_new ();
  g_autofree char *fresh_file = g_build_filename (fresh->profile, MOS_STORE_FILE, NULL);
  g_auto (GStrv) wanted = describe_schema (fresh_file);
  const MosMigration *known;
  guint n_steps = mos_migrations (&known);

  for (guint version = 1; version <= n_steps; version++)
    {
      g_autofree char *name = g_strdup_printf ("schema-%u.sql", version);
      g_autofree char *path = g_test_build_filename (G_TEST_DIST, "fixtures", "db", name, NULL);
      g_autoptr (Fixture) f = fixture_new ();
      g_autofree char *file = g_build_filename (f->profile, MOS_STORE_FILE, NULL);
      g_auto (GStrv) schema = NULL;
      g_autofree char *script = NULL;
      g_autoptr (GError) error = NULL;
      char *message = NULL;
      sqlite3 *handle;
      gint64 messages;

      /* The newest has its dump when the next one comes. */
      if (version == n_steps && version > 1 && !g_file_test (path, G_FILE_TEST_EXISTS))
        break;
      close_store (f);
      g_assert_cmpint (g_remove (file), ==, 0);
      g_file_get_contents (path, &script, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpint (sqlite3_open (file, &handle), ==, SQLITE_OK);
      g_assert_cmpint (sqlite3_exec (handle, script, NULL, NULL, &message), ==, SQLITE_OK);
      g_assert_cmpint (sqlite3_close (handle), ==, SQLITE_OK);
      messages = ask (file, "SELECT count (*) FROM message");
      g_assert_cmpint (messages, >, 5);
      g_assert_cmpint (ask (file, "PRAGMA user_version"), ==, (int) version);

      f->store = fixture_open (f);
      fixture_read (f, count_func);
      g_assert_cmpuint (f->number, ==, (guint) messages);
      fixture_check (f);
      schema = describe_schema (file);
      for (guint i = 0; schema[i] != NULL || wanted[i] != NULL; i++)
        g_assert_cmpstr (schema[i], ==, wanted[i]);
      /* Customers from before there was an index of their words */
      g_assert_cmpint (ask (file, "SELECT count (*) FROM customer WHERE name <> '' AND id NOT IN (SELECT customer FROM customer_word)"), ==, 0);
      g_assert_cmpint (ask (file, "SELECT count (*) FROM customer_word"), >, 2);
      /* What was begun before drafts knew whose they are */
      g_assert_cmpint (ask (file, "SELECT count (*) FROM draft WHERE agent IS NOT (SELECT id FROM agent WHERE is_me = 1)"), ==, 0);
      g_assert_cmpint (ask (file, "SELECT count (*) FROM draft"), ==, version >= 3 ? 1 : 0);
    }
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/store/migrate/backup-first", test_backup_first);
  g_test_add_func ("/store/migrate/failed-step", test_failed_step);
  g_test_add_func ("/store/migrate/killed-step", test_killed_step);
  g_test_add_func ("/store/migrate/no-backup-no-step", test_no_backup_no_step);
  g_test_add_func ("/store/migrate/old-profiles", test_old_profiles);

  return g_test_run ();
}
