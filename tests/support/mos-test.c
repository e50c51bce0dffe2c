/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-test"

#include "config.h"

#include "mos-test.h"

#include <glib/gstdio.h>

void
mos_test_init (int *argc,
               char ***argv)
{
  /* with-display made folders already; GLib's own would hide the system's schemas and icons, which GTK needs. */
  if (g_getenv ("MOS_TEST_ISOLATED") != NULL)
    g_test_init (argc, argv, NULL);
  else
    g_test_init (argc, argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
}

/* A sanitised build on a busy machine is slow: waiting longer costs nothing when the condition comes true. */
gint64
mos_test_deadline (guint ms)
{
  const char *patience = g_getenv ("MOS_TEST_PATIENCE");
  gint64 factor = patience != NULL ? g_ascii_strtoll (patience, NULL, 10) : 1;

  return g_get_monotonic_time () + (gint64) ms * 1000 * MAX (factor, 1);
}

static gboolean
wake_cb (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

void
mos_test_turn (gint64 until,
               const char *cond,
               const char *file,
               int line,
               const char *func)
{
  guint wake;

  if (g_get_monotonic_time () > until)
    {
      g_autofree char *message = g_strdup_printf ("did not come true in time: %s", cond);

      g_assertion_message (G_LOG_DOMAIN, file, line, func, message);
    }

  /* The condition may hang on another thread, which wakes no main loop. */
  wake = g_timeout_add (10, wake_cb, NULL);
  g_main_context_iteration (NULL, TRUE);
  g_source_remove (wake);
}

static gboolean
stop_cb (gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_REMOVE;
}

void
mos_test_settle (guint ms)
{
  gboolean stop = FALSE;

  g_timeout_add (ms, stop_cb, &stop);
  while (!stop)
    g_main_context_iteration (NULL, TRUE);
}

void
mos_test_ready_cb (GObject *source,
                   GAsyncResult *result,
                   gpointer user_data)
{
  GAsyncResult **out = user_data;

  g_assert_null (*out);
  *out = g_object_ref (result);
}

GAsyncResult *
mos_test_await (GAsyncResult **result)
{
  mos_test_wait (*result != NULL, 10000);
  return g_steal_pointer (result);
}

char *
mos_test_dir_new (void)
{
  g_autoptr (GError) error = NULL;
  char *dir = g_dir_make_tmp ("mos-test-XXXXXX", &error);

  g_assert_no_error (error);
  return dir;
}

char *
mos_test_keyring_new (void)
{
  char *dir = mos_test_dir_new ();
  g_autofree char *keyring = g_build_filename (dir, "keyring", NULL);

  g_setenv ("SECRET_BACKEND", "file", TRUE);
  g_setenv ("SECRET_FILE_TEST_PASSWORD", "test", TRUE);
  g_setenv ("SECRET_FILE_TEST_PATH", keyring, TRUE);
  return dir;
}

static void
remove_tree (const char *path)
{
  if (g_file_test (path, G_FILE_TEST_IS_DIR) && !g_file_test (path, G_FILE_TEST_IS_SYMLINK))
    {
      g_autoptr (GDir) dir = NULL;
      const char *name;

      /* A test may have taken the rights away to see what happens. */
      g_chmod (path, 0700);
      dir = g_dir_open (path, 0, NULL);
      while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
        {
          g_autofree char *child = g_build_filename (path, name, NULL);

          remove_tree (child);
        }
    }
  g_remove (path);
}

void
mos_test_dir_free (char *dir)
{
  if (dir == NULL)
    return;
  remove_tree (dir);
  g_assert_false (g_file_test (dir, G_FILE_TEST_EXISTS));
  g_free (dir);
}

GBytes *
mos_test_fixture (const char *name)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "fixtures", name, NULL);
  g_autoptr (GError) error = NULL;
  char *data = NULL;
  gsize size = 0;

  g_file_get_contents (path, &data, &size, &error);
  g_assert_no_error (error);
  return g_bytes_new_take (data, size);
}

char *
mos_test_shared (const char *name)
{
  const char *shared = g_getenv ("MOSTRADOR_SHARED");
  g_autofree char *path = NULL;

  if (shared != NULL && *shared != '\0')
    path = g_build_filename (shared, name, NULL);
  else
    path = g_test_build_filename (G_TEST_DIST, "..", "..", "shared", name, NULL);
  if (g_file_test (path, G_FILE_TEST_EXISTS))
    return g_steal_pointer (&path);

  g_test_skip ("the shared folder is not beside the project");
  return NULL;
}

guint
mos_test_rounds (guint rounds)
{
  const char *factor = g_getenv ("MOS_TEST_FACTOR");
  guint64 times = factor != NULL ? g_ascii_strtoull (factor, NULL, 10) : 1;

  return rounds * (guint) CLAMP (times, 1, 10000);
}
