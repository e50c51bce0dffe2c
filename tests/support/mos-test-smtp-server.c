/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "mos-test-smtp-server.h"

#include <signal.h>
#include <string.h>

struct _MosTestSmtpServer
{
  GSocketListener *listener; /* (owned) */
  guint16 port;
  char **script;   /* (owned) */
  GThread *thread; /* (owned) */
  GMutex mutex;
  GCond cond;
  int victim; /* (mutex mutex) */
  GPtrArray *messages;
  char *complaint; /* (owned) (nullable): by the thread, read after it ended */
};

static char *
read_line (GDataInputStream *in)
{
  return g_data_input_stream_read_line (in, NULL, NULL, NULL);
}

static void
read_message (MosTestSmtpServer *self,
              GDataInputStream *in)
{
  g_autoptr (GString) message = g_string_new (NULL);

  for (;;)
    {
      g_autofree char *line = read_line (in);

      if (line == NULL)
        {
          self->complaint = g_strdup ("the message has no end");
          return;
        }
      if (g_str_equal (line, "."))
        break;
      g_string_append (message, line);
      g_string_append (message, "\r\n");
    }
  g_ptr_array_add (self->messages, g_string_free_to_bytes (g_steal_pointer (&message)));
}

static void
read_bytes (MosTestSmtpServer *self,
            GDataInputStream *in,
            const char *count)
{
  gsize wanted = (gsize) g_ascii_strtoull (count, NULL, 10);
  gsize done = 0;
  g_autofree char *buffer = g_malloc (wanted + 1);

  if (!g_input_stream_read_all (G_INPUT_STREAM (in), buffer, wanted, &done, NULL, NULL) || done < wanted)
    self->complaint = g_strdup_printf ("the message ends after %" G_GSIZE_FORMAT " bytes", done);
}

static gpointer
run_script (gpointer data)
{
  MosTestSmtpServer *self = data;
  g_autoptr (GSocketConnection) connection = g_socket_listener_accept (self->listener, NULL, NULL, NULL);
  GOutputStream *out = g_io_stream_get_output_stream (G_IO_STREAM (connection));
  g_autoptr (GDataInputStream) in = g_data_input_stream_new (g_io_stream_get_input_stream (G_IO_STREAM (connection)));

  /* Nobody would greet a second one: it is refused at once, instead of waiting for its time to be up. */
  g_socket_listener_close (self->listener);
  g_data_input_stream_set_newline_type (in, G_DATA_STREAM_NEWLINE_TYPE_CR_LF);
  g_socket_set_timeout (g_socket_connection_get_socket (connection), 20);

  for (char **step = self->script; *step != NULL && self->complaint == NULL; step++)
    {
      const char *text = strlen (*step) > 2 ? *step + 2 : "";
      g_autofree char *line = NULL;

      switch (**step)
        {
        case 'S':
          line = g_strconcat (text, "\r\n", NULL);
          /* The client may have gone; the script's end shows it. */
          g_output_stream_write_all (out, line, strlen (line), NULL, NULL, NULL);
          break;
        case 'C':
          line = read_line (in);
          if (line == NULL || !g_str_has_prefix (line, text))
            self->complaint = g_strdup_printf ("expected \"%s\", got \"%s\"", text, line != NULL ? line : "(end)");
          break;
        case 'P':
          g_output_stream_write_all (out, text, strlen (text), NULL, NULL, NULL);
          break;
        case 'b':
          read_bytes (self, in, text);
          break;
        case 'A':
          while ((line = read_line (in)) != NULL && g_output_stream_write_all (out, "250 ok\r\n", 8, NULL, NULL, NULL))
            g_clear_pointer (&line, g_free);
          break;
        case 'D':
          read_message (self, in);
          break;
        case 'd':
          line = read_line (in);
          break;
        case 'K':
          g_mutex_lock (&self->mutex);
          while (self->victim == 0)
            g_cond_wait (&self->cond, &self->mutex);
          kill (self->victim, SIGKILL);
          g_mutex_unlock (&self->mutex);
          break;
        case 'W':
          while ((line = read_line (in)) != NULL)
            g_clear_pointer (&line, g_free);
          break;
        case 'X':
        default:
          g_io_stream_close (G_IO_STREAM (connection), NULL, NULL);
          return NULL;
        }
    }
  g_io_stream_close (G_IO_STREAM (connection), NULL, NULL);
  return NULL;
}

MosTestSmtpServer *
mos_test_smtp_server_new (const char *const *script)
{
  MosTestSmtpServer *self = g_new0 (MosTestSmtpServer, 1);
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) effective = NULL;
  g_autoptr (GError) error = NULL;

  self->listener = g_socket_listener_new ();
  g_socket_listener_add_address (self->listener, address, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL, &effective, &error);
  g_assert_no_error (error);
  self->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (effective));
  self->script = g_strdupv ((char **) script);
  self->messages = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_mutex_init (&self->mutex);
  g_cond_init (&self->cond);
  self->thread = g_thread_new ("smtp-server", run_script, self);
  return self;
}

MosServer *
mos_test_smtp_server_make (MosTestSmtpServer *self,
                           const char *user)
{
  MosServer *server = mos_server_new ();

  server->host = g_strdup ("127.0.0.1");
  server->port = self->port;
  server->user = g_strdup (user);
  server->security = MOS_SECURITY_NONE;
  return server;
}

void
mos_test_smtp_server_set_victim (MosTestSmtpServer *self,
                                 int pid)
{
  g_mutex_lock (&self->mutex);
  self->victim = pid;
  g_cond_signal (&self->cond);
  g_mutex_unlock (&self->mutex);
}

GPtrArray *
mos_test_smtp_server_finish (MosTestSmtpServer *self)
{
  GPtrArray *messages;

  g_thread_join (self->thread);
  g_assert_cmpstr (self->complaint, ==, NULL);
  messages = g_steal_pointer (&self->messages);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->cond);
  g_clear_object (&self->listener);
  g_strfreev (self->script);
  g_free (self);
  return messages;
}
