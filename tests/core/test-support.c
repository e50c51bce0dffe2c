/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "mos-test.h"

#include <glib/gstdio.h>

/* The helpers of the tests themselves: one that always succeeds would hide every defect behind it. */

static gpointer
set_after_a_while (gpointer data)
{
  g_usleep (30000);
  g_atomic_int_set ((int *) data, 1);
  return NULL;
}

static void
test_wait_sees_other_threads (void)
{
  int flag = 0;
  g_autoptr (GThread) thread = g_thread_new ("flag", set_after_a_while, &flag);

  mos_test_wait (g_atomic_int_get (&flag) == 1, 5000);
  g_thread_join (g_steal_pointer (&thread));
}

static void
test_wait_fails_in_time (void)
{
  if (g_test_subprocess ())
    {
      int never = 0;

      mos_test_wait (never == 1, 50);
      return;
    }
  g_test_trap_subprocess (NULL, 20 * G_USEC_PER_SEC, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_failed ();
  g_test_trap_assert_stderr ("*did not come true in time: never == 1*");
}

static void
test_dirs_are_isolated (void)
{
  const char *isolated = g_getenv ("G_TEST_TMPDIR");
  g_autofree char *dir = mos_test_dir_new ();
  g_autofree char *file = g_build_filename (dir, "sub", "file", NULL);
  g_autofree char *sub = g_path_get_dirname (file);
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (isolated);
  g_assert_true (g_str_has_prefix (g_get_user_data_dir (), isolated));
  g_assert_cmpint (g_mkdir (sub, 0700), ==, 0);
  g_assert_true (g_file_set_contents (file, "x", 1, &error));
  g_assert_no_error (error);
  g_assert_cmpint (g_chmod (sub, 0), ==, 0);
  mos_test_dir_free (g_steal_pointer (&dir));
}

int
main (int argc,
      char *argv[])
{
  mos_test_init (&argc, &argv);
  g_test_add_func ("/support/wait/other-thread", test_wait_sees_other_threads);
  g_test_add_func ("/support/wait/fails-in-time", test_wait_fails_in_time);
  g_test_add_func ("/support/dirs/isolated", test_dirs_are_isolated);
  return g_test_run ();
}
