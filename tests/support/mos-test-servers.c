/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-test"

#include "config.h"

#include "mos-test-servers.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <json-glib/json-glib.h>

static guint16
port (JsonObject *object,
      const char *name)
{
  gint64 value = json_object_get_int_member_with_default (object, name, -1);

  if (value < 0)
    return 0; /* this kind of server has no such thing */
  g_assert_cmpint (value, >, 0);
  g_assert_cmpint (value, <=, G_MAXUINT16);
  return (guint16) value;
}

static MosTestServers *
start (const char *kind,
       const char *option)
{
  g_autofree char *script = g_test_build_filename (G_TEST_DIST, "support", "servers.py", NULL);
  const char *python = g_getenv ("MOS_TEST_PYTHON");
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE);
  MosTestServers *self = g_new0 (MosTestServers, 1);
  g_autoptr (GDataInputStream) output = NULL;
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *line = NULL;
  JsonObjectIter iter;
  JsonObject *object;
  const char *user;
  JsonNode *path;

  /* The sanitizers' options are for our own program. */
  g_subprocess_launcher_unsetenv (launcher, "LSAN_OPTIONS");
  self->process = g_subprocess_launcher_spawn (launcher, &error, python != NULL ? python : "python3", script, "--strict", "--kind", kind, option, NULL);
  g_assert_no_error (error);
  self->input = g_subprocess_get_stdin_pipe (self->process);

  output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->process));
  line = g_data_input_stream_read_line_utf8 (output, NULL, NULL, &error);
  g_assert_no_error (error);
  if (line == NULL)
    g_error ("the mail servers did not start; their log is above");

  node = json_from_string (line, &error);
  g_assert_no_error (error);
  object = json_node_get_object (node);
  self->host = g_strdup (json_object_get_string_member (object, "host"));
  self->ca_file = g_strdup (json_object_get_string_member (object, "ca"));
  self->imap = port (object, "imap");
  self->imap_direct = port (object, "imap_direct");
  self->violations = g_build_filename (json_object_get_string_member (object, "dir"), "violations", NULL);
  self->imaps = port (object, "imaps");
  self->lmtp = port (object, "lmtp");
  self->smtp = port (object, "smtp");
  self->submission = port (object, "submission");
  self->submissions = port (object, "submissions");
  self->dovecot_submission = port (object, "dovecot_submission");

  self->maildirs = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  json_object_iter_init (&iter, json_object_get_object_member (object, "users"));
  while (json_object_iter_next (&iter, &user, &path))
    g_hash_table_insert (self->maildirs, g_strdup (user), json_node_dup_string (path));

  return self;
}

MosTestServers *
mos_test_servers_new (void)
{
  return start ("dovecot", NULL);
}

MosTestServers *
mos_test_servers_new_kind (const char *kind)
{
  return start (kind, NULL);
}

MosTestServers *
mos_test_servers_new_oauth (void)
{
  return start ("dovecot", "--oauth");
}

void
mos_test_servers_free (MosTestServers *self)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *violations = NULL;

  if (g_file_get_contents (self->violations, &violations, NULL, NULL))
    g_error ("The client broke the rules of IMAP: %s", violations);

  /* It stops the servers when its standard input ends. */
  g_output_stream_close (self->input, NULL, &error);
  g_assert_no_error (error);
  g_subprocess_wait_check (self->process, NULL, &error);
  g_assert_no_error (error);
  g_clear_object (&self->process);
  g_clear_pointer (&self->maildirs, g_hash_table_unref);
  g_free (self->host);
  g_free (self->ca_file);
  g_free (self->violations);
  g_free (self);
}

const char *
mos_test_servers_get_maildir (MosTestServers *self,
                              const char *user)
{
  const char *path = g_hash_table_lookup (self->maildirs, user);

  g_assert_nonnull (path);
  return path;
}

/* Dovecot, Cyrus and postfix take mail by LMTP; into Courier's mailbox its own mail server writes files. */
static void
write_file (MosTestServers *self,
            const char *user,
            const char *message)
{
  static guint n;
  const char *maildir = mos_test_servers_get_maildir (self, user);
  g_autofree char *name = g_strdup_printf ("%" G_GINT64_FORMAT ".M%u.test", g_get_real_time () / G_USEC_PER_SEC, n++);
  g_autofree char *tmp = g_build_filename (maildir, "tmp", name, NULL);
  g_autofree char *final = g_build_filename (maildir, "new", name, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents_full (tmp, message, -1, G_FILE_SET_CONTENTS_NONE, 0666, &error);
  g_assert_no_error (error);
  g_assert_cmpint (g_chmod (tmp, 0666), ==, 0);
  g_assert_cmpint (g_rename (tmp, final), ==, 0);
}

static void
say (GIOStream *stream,
     const char *text)
{
  g_autoptr (GError) error = NULL;

  g_output_stream_write_all (g_io_stream_get_output_stream (stream), text, strlen (text), NULL, NULL, &error);
  g_assert_no_error (error);
}

/* The whole answer, however many lines; only its code matters here. */
static void
expect (GDataInputStream *input,
        const char *code)
{
  for (;;)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *line = g_data_input_stream_read_line (input, NULL, NULL, &error);

      g_assert_no_error (error);
      g_assert_nonnull (line);
      g_test_message ("LMTP: %s", line);
      g_assert_true (g_str_has_prefix (line, code));
      if (line[3] != '-')
        return;
    }
}

void
mos_test_servers_deliver (MosTestServers *self,
                          const char *user,
                          const char *message)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) connection = NULL;
  g_autoptr (GDataInputStream) input = NULL;
  g_autofree char *to = g_strdup_printf ("RCPT TO:<%s>\r\n", user);
  g_auto (GStrv) lines = g_strsplit (message, "\n", -1);
  g_autoptr (GString) data = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  if (self->lmtp == 0)
    {
      write_file (self, user, message);
      return;
    }
  for (guint i = 0; lines[i] != NULL && (lines[i + 1] != NULL || *lines[i] != '\0'); i++)
    {
      g_strchomp (lines[i]);
      g_string_append_printf (data, "%s%s\r\n", *lines[i] == '.' ? "." : "", lines[i]);
    }
  g_string_append (data, ".\r\n");

  g_socket_client_set_timeout (client, 30);
  connection = g_socket_client_connect_to_host (client, self->host, self->lmtp, NULL, &error);
  g_assert_no_error (error);
  input = g_data_input_stream_new (g_io_stream_get_input_stream (G_IO_STREAM (connection)));
  g_data_input_stream_set_newline_type (input, G_DATA_STREAM_NEWLINE_TYPE_CR_LF);

  expect (input, "220");
  say (G_IO_STREAM (connection), "LHLO test\r\n");
  expect (input, "250");
  say (G_IO_STREAM (connection), "MAIL FROM:<sender@elsewhere.test>\r\n");
  expect (input, "250");
  say (G_IO_STREAM (connection), to);
  expect (input, "250");
  say (G_IO_STREAM (connection), "DATA\r\n");
  expect (input, "354");
  say (G_IO_STREAM (connection), data->str);
  expect (input, "250");
  say (G_IO_STREAM (connection), "QUIT\r\n");
}

char *
mos_test_servers_imap (MosTestServers *self,
                       const char *user,
                       const char *command)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) connection = NULL;
  g_autoptr (GDataInputStream) input = NULL;
  g_autofree char *login = g_strdup_printf ("a LOGIN %s " MOS_TEST_PASSWORD "\r\n", user);
  g_autofree char *line = g_strdup_printf ("b %s\r\n", command);
  g_autoptr (GString) answers = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  g_socket_client_set_timeout (client, 30);
  connection = g_socket_client_connect_to_host (client, self->host, self->imap_direct, NULL, &error);
  g_assert_no_error (error);
  input = g_data_input_stream_new (g_io_stream_get_input_stream (G_IO_STREAM (connection)));
  g_data_input_stream_set_newline_type (input, G_DATA_STREAM_NEWLINE_TYPE_CR_LF);

  say (G_IO_STREAM (connection), login);
  for (gboolean in = FALSE;;)
    {
      g_autofree char *answer = g_data_input_stream_read_line (input, NULL, NULL, &error);

      g_assert_no_error (error);
      g_assert_nonnull (answer);
      g_test_message ("IMAP: %s", answer);
      if (!in && g_str_has_prefix (answer, "a "))
        {
          g_assert_true (g_str_has_prefix (answer, "a OK"));
          in = TRUE;
          say (G_IO_STREAM (connection), line);
        }
      else if (g_str_has_prefix (answer, "b "))
        {
          g_assert_true (g_str_has_prefix (answer, "b OK"));
          say (G_IO_STREAM (connection), "c LOGOUT\r\n");
          return g_string_free (g_steal_pointer (&answers), FALSE);
        }
      else if (in)
        g_string_append_printf (answers, "%s\n", answer);
    }
}
