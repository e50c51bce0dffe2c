/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "core/mail/net/mos-mail-connection.h"
#include "mos-test-imap-server.h"
#include "mos-test.h"

#include <string.h>

/* The connection that IMAP and SMTP stand on, without either. */

static MosMailConnection *
open_peer (MosTestImapServer *peer,
           guint timeout_ms)
{
  g_autoptr (MosServer) server = mos_test_imap_server_make (peer, MOS_SECURITY_NONE);
  g_autoptr (GError) error = NULL;
  MosMailConnection *connection = mos_mail_connection_open_sync (server, NULL, NULL, timeout_ms, NULL, &error);

  g_assert_no_error (error);
  g_assert_false (mos_mail_connection_is_encrypted (connection));
  return connection;
}

static void
test_lines (void)
{
  static const char *const script[] = { "B one\r\ntwo\n\r\n", "B half", "B  and half\r\nlast", "X", NULL };
  static const char *const expected[] = { "one", "two", "", "half and half" };
  MosTestImapServer *peer = mos_test_imap_server_new (script, NULL);
  g_autoptr (MosMailConnection) connection = open_peer (peer, 5000);
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      gsize length = 99;
      g_autofree char *line = mos_mail_connection_read_line_sync (connection, 100, &length, NULL, &error);

      g_assert_no_error (error);
      g_assert_cmpstr (line, ==, expected[i]);
      g_assert_cmpuint (length, ==, strlen (expected[i]));
    }
  /* What does not end in a line end is no line. */
  g_assert_null (mos_mail_connection_read_line_sync (connection, 100, NULL, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED);
  g_clear_object (&connection);
  mos_test_imap_server_finish (peer);
}

static void
test_line_limit (void)
{
  static const char *const script[] = { "Z 100", "S ", "Z 101", "S ", "W", NULL };
  MosTestImapServer *peer = mos_test_imap_server_new (script, NULL);
  g_autoptr (MosMailConnection) connection = open_peer (peer, 5000);
  g_autoptr (GError) error = NULL;
  g_autofree char *line = mos_mail_connection_read_line_sync (connection, 100, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (strlen (line), ==, 100);
  g_assert_null (mos_mail_connection_read_line_sync (connection, 100, NULL, NULL, &error));
  g_assert_error (error, MOS_MAIL_ERROR, MOS_MAIL_ERROR_PROTOCOL);
  g_clear_object (&connection);
  mos_test_imap_server_finish (peer);
}

/* A line longer than the buffer, and blocks in between */
static void
test_long_line_and_blocks (void)
{
  static const char *const script[] = { "Z 200000", "S ", "B abc", "X", NULL };
  MosTestImapServer *peer = mos_test_imap_server_new (script, NULL);
  g_autoptr (MosMailConnection) connection = open_peer (peer, 5000);
  g_autoptr (GError) error = NULL;
  g_autofree char *line = mos_mail_connection_read_line_sync (connection, 1000000, NULL, NULL, &error);
  g_autoptr (GString) rest = g_string_new (NULL);
  char block[2];
  gssize n;

  g_assert_no_error (error);
  g_assert_cmpuint (strlen (line), ==, 200000);
  while ((n = mos_mail_connection_read_some_sync (connection, block, sizeof block, NULL, &error)) > 0)
    g_string_append_len (rest, block, n);
  g_assert_cmpint (n, ==, -1);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED);
  g_assert_cmpstr (rest->str, ==, "abc");
  g_clear_object (&connection);
  mos_test_imap_server_finish (peer);
}

static void
test_wait (void)
{
  static const char *const script[] = { "L go", "S one", "L go", "B two\r\nthree\r\n", "X", NULL };
  MosTestImapServer *peer = mos_test_imap_server_new (script, NULL);
  g_autoptr (MosMailConnection) connection = open_peer (peer, 5000);
  g_autoptr (GError) error = NULL;
  g_autofree char *one = NULL;
  g_autofree char *two = NULL;
  g_autofree char *three = NULL;
  gint64 start = g_get_monotonic_time ();

  g_assert_false (mos_mail_connection_wait_sync (connection, 100, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (g_get_monotonic_time () - start, >=, 99 * 1000);

  mos_mail_connection_write_command_sync (connection, "go\r\n", NULL, NULL, &error);
  g_assert_true (mos_mail_connection_wait_sync (connection, 5000, NULL, &error));
  one = mos_mail_connection_read_line_sync (connection, 100, NULL, NULL, &error);
  g_assert_cmpstr (one, ==, "one");

  /* What is already here needs no waiting for. */
  mos_mail_connection_write_command_sync (connection, "go\r\n", NULL, NULL, &error);
  two = mos_mail_connection_read_line_sync (connection, 100, NULL, NULL, &error);
  g_assert_true (mos_mail_connection_wait_sync (connection, 5000, NULL, &error));
  three = mos_mail_connection_read_line_sync (connection, 100, NULL, NULL, &error);
  g_assert_cmpstr (three, ==, "three");

  /* An end is no time-out. */
  g_assert_false (mos_mail_connection_wait_sync (connection, 5000, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED);
  g_clear_object (&connection);
  mos_test_imap_server_finish (peer);
}

/* A peer that takes nothing more: the write ends by its time-out, not never. */
static void
test_write_times_out (void)
{
  static const char *const script[] = { "L go", "P 1500", "W", NULL };
  MosTestImapServer *peer = mos_test_imap_server_new (script, NULL);
  g_autoptr (MosMailConnection) connection = open_peer (peer, 200);
  g_autoptr (GError) error = NULL;
  g_autofree guint8 *much = g_malloc0 (32 * 1024 * 1024);
  gint64 start = g_get_monotonic_time ();

  mos_mail_connection_write_command_sync (connection, "go\r\n", NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_false (mos_mail_connection_write_sync (connection, much, 32 * 1024 * 1024, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT);
  g_assert_cmpint (g_get_monotonic_time () - start, <, 1400 * 1000);
  g_clear_object (&connection);
  mos_test_imap_server_finish (peer);
}

static gpointer
close_soon (gpointer data)
{
  g_usleep (100 * 1000);
  mos_mail_connection_close (data);
  return NULL;
}

static void
test_closed_from_elsewhere (void)
{
  static const char *const script[] = { "W", NULL };
  MosTestImapServer *peer = mos_test_imap_server_new (script, NULL);
  g_autoptr (MosMailConnection) connection = open_peer (peer, 10000);
  g_autoptr (GError) error = NULL;
  GThread *thread = g_thread_new ("close", close_soon, connection);
  gint64 start = g_get_monotonic_time ();

  g_assert_null (mos_mail_connection_read_line_sync (connection, 100, NULL, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CLOSED);
  g_assert_cmpint (g_get_monotonic_time () - start, <, 2 * G_USEC_PER_SEC);
  g_thread_join (thread);
  g_clear_error (&error);
  g_assert_false (mos_mail_connection_write_sync (connection, "x", 1, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CLOSED);
  g_clear_object (&connection);
  mos_test_imap_server_finish (peer);
}

static void
test_no_such_peer (void)
{
  g_autoptr (MosServer) unknown = mos_server_new ();
  g_autoptr (MosServer) refusing = mos_server_new ();
  g_autoptr (GCancellable) cancelled = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  unknown->host = g_strdup ("no-such-host.invalid");
  unknown->port = 143;
  g_assert_null (mos_mail_connection_open_sync (unknown, NULL, NULL, 10000, NULL, &error));
  g_assert_nonnull (error);
  g_assert_true (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_HOST_NOT_FOUND) || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_HOST_UNREACHABLE));
  g_clear_error (&error);

  /* Nobody listens on the port of a server that is gone. */
  {
    static const char *const script[] = { "X", NULL };
    MosTestImapServer *peer = mos_test_imap_server_new (script, NULL);
    g_autoptr (MosServer) server = mos_test_imap_server_make (peer, MOS_SECURITY_NONE);
    g_autoptr (MosMailConnection) connection = open_peer (peer, 5000);

    refusing->host = g_strdup (server->host);
    refusing->port = server->port;
    refusing->security = MOS_SECURITY_NONE;
    g_clear_object (&connection);
    mos_test_imap_server_finish (peer);
  }
  g_assert_null (mos_mail_connection_open_sync (refusing, NULL, NULL, 10000, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED);
  g_clear_error (&error);

  g_cancellable_cancel (cancelled);
  g_assert_null (mos_mail_connection_open_sync (refusing, NULL, NULL, 10000, cancelled, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int argc,
      char *argv[])
{
  mos_test_init (&argc, &argv);
  g_test_add_func ("/mail-connection/lines", test_lines);
  g_test_add_func ("/mail-connection/line-limit", test_line_limit);
  g_test_add_func ("/mail-connection/long-line-and-blocks", test_long_line_and_blocks);
  g_test_add_func ("/mail-connection/wait", test_wait);
  g_test_add_func ("/mail-connection/write-times-out", test_write_times_out);
  g_test_add_func ("/mail-connection/closed-from-elsewhere", test_closed_from_elsewhere);
  g_test_add_func ("/mail-connection/no-such-peer", test_no_such_peer);
  return g_test_run ();
}
