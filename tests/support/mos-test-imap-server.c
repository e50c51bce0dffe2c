/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "mos-test-imap-server.h"

#include <gio/gnetworking.h>
#include <stdlib.h>
#include <string.h>

#define PATIENCE_S 20

struct _MosTestImapServer
{
  char **script;
  GTlsCertificate *certificate;
  GSocketListener *listener;
  guint16 port;
  GThread *thread;
  GSocketConnection *tcp;
  GIOStream *stream;
  GDataInputStream *input;
  GPtrArray *tags;
  char *failure; /* (nullable): what went otherwise than written */
};

static void
use_stream (MosTestImapServer *self,
            GIOStream *stream)
{
  g_set_object (&self->stream, stream);
  g_clear_object (&self->input);
  self->input = g_data_input_stream_new (g_io_stream_get_input_stream (stream));
  g_filter_input_stream_set_close_base_stream (G_FILTER_INPUT_STREAM (self->input), FALSE);
  g_data_input_stream_set_newline_type (self->input, G_DATA_STREAM_NEWLINE_TYPE_CR_LF);
}

static char *
expand (MosTestImapServer *self,
        const char *text)
{
  GString *out = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p++)
    {
      if (p[0] == '$' && p[1] == 't' && self->tags->len > 0)
        g_string_append (out, self->tags->pdata[self->tags->len - 1]);
      else if (p[0] == '$' && g_ascii_isdigit (p[1]) && (guint) (p[1] - '0') <= self->tags->len && p[1] != '0')
        g_string_append (out, self->tags->pdata[p[1] - '1']);
      else
        {
          g_string_append_c (out, *p);
          continue;
        }
      p++;
    }
  return g_string_free (out, FALSE);
}

static gboolean
send_bytes (MosTestImapServer *self,
            const char *bytes,
            gsize size,
            GError **error)
{
  return g_output_stream_write_all (g_io_stream_get_output_stream (self->stream), bytes, size, NULL, NULL, error);
}

static gboolean
expect (MosTestImapServer *self,
        const char *glob,
        gboolean tagged,
        GError **error)
{
  g_autofree char *line = g_data_input_stream_read_line (self->input, NULL, NULL, error);
  char *rest = line;

  if (line == NULL)
    {
      if (error != NULL && *error == NULL)
        g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "the client went away instead of \"%s\"", glob);
      return FALSE;
    }
  if (tagged)
    {
      rest = strchr (line, ' ');
      if (rest == NULL)
        {
          g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "no command: \"%s\" instead of \"%s\"", line, glob);
          return FALSE;
        }
      *rest++ = '\0';
      g_ptr_array_add (self->tags, g_strdup (line));
    }
  if (!g_pattern_match_simple (glob, rest))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "\"%s\" instead of \"%s\"", rest, glob);
      return FALSE;
    }
  return TRUE;
}

static gboolean
flood (MosTestImapServer *self,
       const char *rest)
{
  char *line = NULL;
  guint64 times = g_ascii_strtoull (rest, &line, 10);
  g_autofree char *expanded = expand (self, line + 1);
  g_autoptr (GString) some = g_string_new (NULL);
  guint64 each = 0;

  for (; some->len < 32 * 1024 && each < times; each++)
    g_string_append_printf (some, "%s\r\n", expanded);
  /* That the client had enough of it is an end too. */
  for (guint64 n = 0; n < times; n += each)
    if (!send_bytes (self, some->str, some->len, NULL))
      break;
  return TRUE;
}

static gboolean
wait_for_end (MosTestImapServer *self)
{
  char buffer[4096];

  /* A reset is an end too. */
  while (g_input_stream_read (G_INPUT_STREAM (self->input), buffer, sizeof buffer, NULL, NULL) > 0)
    ;
  return TRUE;
}

static gboolean
play (MosTestImapServer *self,
      const char *step,
      GError **error)
{
  const char *rest = step[1] == ' ' ? step + 2 : step + 1;
  g_autofree char *text = NULL;
  g_autofree char *filler = NULL;
  gsize size;

  switch (step[0])
    {
    case 'S':
      filler = expand (self, rest);
      text = g_strconcat (filler, "\r\n", NULL);
      return send_bytes (self, text, strlen (text), error);
    case 'B':
      text = expand (self, rest);
      return send_bytes (self, text, strlen (text), error);
    case 'Z':
      size = (gsize) strtoull (rest, NULL, 10);
      filler = g_malloc (size);
      memset (filler, 'x', size);
      return send_bytes (self, filler, size, error);
    case 'U':
      return send_bytes (self, "\x16\x03\x03\x00\x7a\x02\x00\x00\x76\x03\x03", 11, error);
    case 'F':
      return flood (self, rest);
    case 'C':
      return expect (self, rest, TRUE, error);
    case 'L':
      return expect (self, rest, FALSE, error);
    case 'N':
      size = (gsize) strtoull (rest, NULL, 10);
      filler = g_malloc (size);
      return g_input_stream_read_all (G_INPUT_STREAM (self->input), filler, size, NULL, NULL, error);
    case 'P':
      g_usleep (strtoul (rest, NULL, 10) * 1000);
      return TRUE;
    case 'T':
      {
        g_autoptr (GIOStream) tls = g_tls_server_connection_new (G_IO_STREAM (self->tcp), self->certificate, error);

        if (tls == NULL || !g_tls_connection_handshake (G_TLS_CONNECTION (tls), NULL, error))
          return FALSE;
        use_stream (self, tls);
        return TRUE;
      }
    case 'H':
      {
        g_autoptr (GIOStream) tls = g_tls_server_connection_new (G_IO_STREAM (self->tcp), self->certificate, error);
        char byte;

        if (tls == NULL)
          return FALSE;
        /* With TLS 1.3 the server's side may be done before the client says no; then its first read fails. */
        if (!g_tls_connection_handshake (G_TLS_CONNECTION (tls), NULL, NULL) || g_input_stream_read (g_io_stream_get_input_stream (tls), &byte, 1, NULL, NULL) <= 0)
          return TRUE;
        g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, "the client went on with a wrong certificate");
        return FALSE;
      }
    case 'R':
      {
        struct linger now = { 1, 0 };
        GSocket *socket = g_socket_connection_get_socket (self->tcp);

        setsockopt (g_socket_get_fd (socket), SOL_SOCKET, SO_LINGER, &now, sizeof now);
        return g_socket_close (socket, error);
      }
    case 'X':
      return g_socket_shutdown (g_socket_connection_get_socket (self->tcp), FALSE, TRUE, error) && wait_for_end (self);
    case 'W':
      return wait_for_end (self);
    default:
      g_assert_not_reached ();
    }
}

static gpointer
serve (gpointer data)
{
  MosTestImapServer *self = data;
  g_autoptr (GError) error = NULL;

  self->tcp = g_socket_listener_accept (self->listener, NULL, NULL, &error);
  if (self->tcp != NULL)
    {
      g_socket_set_timeout (g_socket_connection_get_socket (self->tcp), PATIENCE_S);
      use_stream (self, G_IO_STREAM (self->tcp));
      for (gsize i = 0; self->script[i] != NULL; i++)
        if (!play (self, self->script[i], &error))
          {
            self->failure = g_strdup_printf ("step %" G_GSIZE_FORMAT " (%.60s): %s", i, self->script[i], error != NULL ? error->message : "");
            break;
          }
    }
  else
    self->failure = g_strdup (error->message);

  g_clear_object (&self->input);
  g_clear_object (&self->stream);
  g_clear_object (&self->tcp);
  return NULL;
}

MosTestImapServer *
mos_test_imap_server_new (const char *const *script,
                          GTlsCertificate *certificate)
{
  MosTestImapServer *self = g_new0 (MosTestImapServer, 1);
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) any = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) bound = NULL;
  g_autoptr (GError) error = NULL;

  self->script = g_strdupv ((char **) script);
  g_set_object (&self->certificate, certificate);
  self->tags = g_ptr_array_new_with_free_func (g_free);
  self->listener = g_socket_listener_new ();
  g_socket_listener_add_address (self->listener, any, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL, &bound, &error);
  g_assert_no_error (error);
  self->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound));
  self->thread = g_thread_new ("imap-server", serve, self);
  return self;
}

MosServer *
mos_test_imap_server_make (MosTestImapServer *self,
                           MosSecurity security)
{
  MosServer *server = mos_server_new ();

  server->host = g_strdup ("127.0.0.1");
  server->port = self->port;
  server->user = g_strdup ("me");
  server->security = security;
  return server;
}

void
mos_test_imap_server_finish (MosTestImapServer *self)
{
  g_thread_join (self->thread);
  g_assert_cmpstr (self->failure, ==, NULL);

  g_clear_object (&self->listener);
  g_clear_object (&self->certificate);
  g_ptr_array_unref (self->tags);
  g_strfreev (self->script);
  g_free (self);
}
