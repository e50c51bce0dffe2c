/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "mos-test-servers.h"

/* What is delivered lies in the mailbox's new/ at once, dots and all. */
static void
test_deliver (void)
{
  g_autoptr (MosTestServers) servers = mos_test_servers_new ();
  g_autofree char *dir = g_build_filename (mos_test_servers_get_maildir (servers, MOS_TEST_CUSTOMER), "new", NULL);
  g_autofree char *path = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) files = NULL;

  mos_test_servers_deliver (servers, MOS_TEST_CUSTOMER, "From: <a@b.test>\nSubject: dots\n\n.one\n..two\n");

  files = g_dir_open (dir, 0, &error);
  g_assert_no_error (error);
  path = g_build_filename (dir, g_dir_read_name (files), NULL);
  g_assert_null (g_dir_read_name (files));
  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (strstr (text, "Subject: dots"));
  g_assert_nonnull (strstr (text, "\n.one"));
  g_assert_nonnull (strstr (text, "\n..two"));
}

int
main (int argc,
      char *argv[])
{
  mos_test_init (&argc, &argv);
  g_test_add_func ("/servers/deliver", test_deliver);
  return g_test_run ();
}
