/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "core/base/mos-http.h"
#include "mos-test.h"

#include <glib/gstdio.h>
#include <string.h>

/* What goes beyond a question and its answer: bodies of several parts and of files, answers into files, answers that take long on purpose, and answers from elsewhere. */

/* A server that hears whole requests, a line each, and says what it was told to. */
typedef struct
{
  const char *said[4]; /* one a request; "%s" is its own address */
  guint wait_ms;       /* before it answers */
  gsize listens;       /* hangs up after so many bytes of a body; 0 = hears all */
  GSocketListener *listener;
  GThread *thread;
  char *base;
  GPtrArray *heads;  /* of char *: of each request */
  GPtrArray *bodies; /* of GBytes */
} Server;

static gboolean
hear (Server *server,
      GInputStream *in)
{
  g_autoptr (GString) head = g_string_new (NULL);
  g_autoptr (GByteArray) body = g_byte_array_new ();
  const char *length;
  gsize size, limit;
  guint8 byte;

  while (strstr (head->str, "\r\n\r\n") == NULL)
    {
      if (g_input_stream_read (in, &byte, 1, NULL, NULL) != 1)
        return FALSE;
      g_string_append_c (head, (char) byte);
    }
  length = strstr (head->str, "Content-Length: ");
  size = length != NULL ? strtoul (length + strlen ("Content-Length: "), NULL, 10) : 0;
  limit = server->listens != 0 ? server->listens : size;
  while (body->len < limit)
    {
      guint8 chunk[4096];
      gssize n = g_input_stream_read (in, chunk, MIN (sizeof chunk, limit - body->len), NULL, NULL);

      if (n <= 0)
        return FALSE;
      g_byte_array_append (body, chunk, (guint) n);
    }
  g_ptr_array_add (server->heads, g_string_free (g_steal_pointer (&head), FALSE));
  g_ptr_array_add (server->bodies, g_byte_array_free_to_bytes (g_steal_pointer (&body)));
  return limit == size;
}

static gpointer
serve (gpointer user_data)
{
  Server *server = user_data;

  for (guint i = 0; i < G_N_ELEMENTS (server->said) && server->said[i] != NULL; i++)
    {
      g_autoptr (GSocketConnection) connection = g_socket_listener_accept (server->listener, NULL, NULL, NULL);
      g_autoptr (GString) said = g_string_new (server->said[i]);

      if (connection == NULL)
        return NULL;
      g_string_replace (said, "%s", server->base, 0);
      if (hear (server, g_io_stream_get_input_stream (G_IO_STREAM (connection))))
        {
          g_usleep (server->wait_ms * 1000);
          g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), said->str, said->len, NULL, NULL, NULL);
        }
      g_io_stream_close (G_IO_STREAM (connection), NULL, NULL);
    }
  return NULL;
}

static void
server_start (Server *server)
{
  server->listener = g_socket_listener_new ();
  server->heads = g_ptr_array_new_with_free_func (g_free);
  server->bodies = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  server->base = g_strdup_printf ("http://127.0.0.1:%u", g_socket_listener_add_any_inet_port (server->listener, NULL, NULL));
  server->thread = g_thread_new ("server", serve, server);
}

static void
server_stop (Server *server)
{
  g_socket_listener_close (server->listener);
  g_thread_join (server->thread);
  g_object_unref (server->listener);
  g_ptr_array_unref (server->heads);
  g_ptr_array_unref (server->bodies);
  g_free (server->base);
}

#define OK "HTTP/1.1 200 OK\r\nContent-Length: 4\r\nConnection: close\r\n\r\nfine"

static void
test_form (void)
{
  Server server = { .said = { OK, OK } };
  g_autoptr (MosHttp) http = mos_http_new (NULL);
  g_autoptr (MosHttpForm) form = mos_http_form_new ();
  g_autoptr (MosHttpForm) alone = NULL;
  g_autoptr (MosHttpAnswer) first = NULL;
  g_autoptr (MosHttpAnswer) second = NULL;
  g_autoptr (GBytes) bytes = g_bytes_new ("\0\r\n--x", 6);
  g_autoptr (GString) expected = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (g_get_user_cache_dir (), "large", NULL);
  g_autofree char *content = g_strnfill (300 * 1000, 'y');
  const char *type = mos_http_form_get_type (form);
  const char *boundary = strstr (type, "boundary=") + strlen ("boundary=");
  GBytes *got;

  g_mkdir_with_parents (g_get_user_cache_dir (), 0700);
  g_assert_true (g_file_set_contents (path, content, -1, &error));
  mos_http_form_add_text (form, "chat_id", "47\r\n11");
  mos_http_form_add_bytes (form, "a\"b", "Rück\r\n\"x\".bin", "application/octet-stream", bytes);
  g_assert_true (mos_http_form_add_file (form, "file", "y.txt", "text/plain", path, &error));
  g_assert_false (mos_http_form_add_file (form, "none", "none", "text/plain", "/nowhere/at/all", &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (mos_http_form_add_file (form, "none", "none", "text/plain", "/", &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE);
  g_clear_error (&error);

  g_string_append_printf (expected, "--%s\r\nContent-Disposition: form-data; name=\"chat_id\"\r\n\r\n47\r\n11\r\n", boundary);
  g_string_append_printf (expected, "--%s\r\nContent-Disposition: form-data; name=\"a%%22b\"; filename=\"Rück%%0D%%0A%%22x%%22.bin\"\r\nContent-Type: application/octet-stream\r\n\r\n", boundary);
  g_string_append_len (expected, g_bytes_get_data (bytes, NULL), 6);
  g_string_append_printf (expected, "\r\n--%s\r\nContent-Disposition: form-data; name=\"file\"; filename=\"y.txt\"\r\nContent-Type: text/plain\r\n\r\n%s\r\n--%s--\r\n", boundary, content, boundary);
  g_assert_cmpuint (mos_http_form_get_size (form), ==, expected->len);

  server_start (&server);
  {
    g_autofree char *url = g_strconcat (server.base, "/x", NULL);
    const MosHttpRequest request = { .method = "POST", .url = url, .form = form };
    MosHttpRequest raw = { .method = "PUT", .url = url };

    first = mos_http_send_sync (http, &request, NULL, &error);
    g_assert_no_error (error);
    g_assert_cmpuint (first->status, ==, 200);
    g_assert_true (mos_http_has_left_whole (http));
    alone = mos_http_form_new_file ("image/png", path, &error);
    g_assert_no_error (error);
    raw.form = alone;
    second = mos_http_send_sync (http, &raw, NULL, &error);
    g_assert_no_error (error);
  }
  got = g_ptr_array_index (server.bodies, 0);
  g_assert_cmpmem (g_bytes_get_data (got, NULL), g_bytes_get_size (got), expected->str, expected->len);
  g_assert_nonnull (strstr (g_ptr_array_index (server.heads, 0), type));
  got = g_ptr_array_index (server.bodies, 1);
  g_assert_cmpmem (g_bytes_get_data (got, NULL), g_bytes_get_size (got), content, strlen (content));
  g_assert_nonnull (strstr (g_ptr_array_index (server.heads, 1), "Content-Type: image/png"));
  server_stop (&server);

  /* A file that is not any more what it was is not sent as if it were whole. */
  {
    g_autoptr (GInputStream) stream = NULL;
    g_autoptr (GOutputStream) sink = g_memory_output_stream_new_resizable ();

    g_assert_true (g_file_set_contents (path, "short", -1, NULL));
    stream = mos_http_form_open (alone);
    g_assert_cmpint (g_output_stream_splice (sink, stream, G_OUTPUT_STREAM_SPLICE_NONE, NULL, &error), ==, -1);
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT);
  }
}

/* Half an upload is nothing that anybody could have taken. */
static void
test_half (void)
{
  Server server = { .said = { OK, NULL }, .listens = 1000 };
  g_autoptr (MosHttp) http = mos_http_new (NULL);
  g_autoptr (MosHttpForm) form = mos_http_form_new ();
  g_autofree char *content = g_malloc0 (32 * 1024 * 1024);
  g_autoptr (GBytes) bytes = g_bytes_new_take (g_steal_pointer (&content), 32 * 1024 * 1024);
  g_autoptr (MosHttpAnswer) answer = NULL;
  g_autoptr (GError) error = NULL;

  mos_http_form_add_bytes (form, "file", "x", "image/png", bytes);
  server_start (&server);
  {
    g_autofree char *url = g_strconcat (server.base, "/", NULL);
    const MosHttpRequest request = { .method = "POST", .url = url, .form = form };

    answer = mos_http_send_sync (http, &request, NULL, &error);
  }
  g_assert_null (answer);
  g_assert_nonnull (error);
  g_assert_true (mos_http_has_left (http));
  g_assert_false (mos_http_has_left_whole (http));
  server_stop (&server);
}

static void
test_long_poll (void)
{
  const MosHttpOptions options = { .timeout_s = 1, .attempts = 1 };
  Server server = { .said = { OK, OK }, .wait_ms = 2500 };
  g_autoptr (MosHttp) http = mos_http_new (&options);
  g_autoptr (MosHttpAnswer) answer = NULL;
  g_autoptr (GError) error = NULL;

  server_start (&server);
  {
    g_autofree char *url = g_strconcat (server.base, "/", NULL);
    MosHttpRequest request = { .method = "GET", .url = url };

    g_assert_null (mos_http_send_sync (http, &request, NULL, &error));
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT);
    g_clear_error (&error);
    request.timeout_s = 20;
    answer = mos_http_send_sync (http, &request, NULL, &error);
    g_assert_no_error (error);
    g_assert_cmpuint (g_bytes_get_size (answer->body), ==, 4);
  }
  server_stop (&server);
}

static void
test_into (void)
{
  static const struct
  {
    const char *said;
    guint64 max;
    int error; /* -1: none */
    const char *into;
    const char *body;
  } cases[] = {
    { OK, 4, -1, "fine", "" },
    { OK, 3, G_IO_ERROR_MESSAGE_TOO_LARGE, "", NULL },
    { "HTTP/1.1 404 Not Found\r\nContent-Length: 4\r\nConnection: close\r\n\r\ngone", 1, -1, "", "gone" },
    { "HTTP/1.1 200 OK\r\nContent-Length: 10\r\nConnection: close\r\n\r\nfine", 100, G_IO_ERROR_PARTIAL_INPUT, "fine", NULL },
    { "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n4\r\nfine\r\n0\r\n\r\n", 100, -1, "fine", "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      Server server = { .said = { cases[i].said, NULL } };
      g_autoptr (MosHttp) http = mos_http_new (NULL);
      g_autoptr (GOutputStream) into = g_memory_output_stream_new_resizable ();
      g_autoptr (MosHttpAnswer) answer = NULL;
      g_autoptr (GError) error = NULL;

      server_start (&server);
      {
        g_autofree char *url = g_strconcat (server.base, "/", NULL);
        /* It may be repeated, and is not once something came. */
        const MosHttpRequest request = { .method = "GET", .url = url, .into = into, .max_into = cases[i].max, .flags = MOS_HTTP_REPEATABLE };

        answer = mos_http_send_sync (http, &request, NULL, &error);
      }
      g_test_message ("case %" G_GSIZE_FORMAT, i);
      if (cases[i].error >= 0)
        g_assert_error (error, G_IO_ERROR, cases[i].error);
      else
        {
          g_assert_no_error (error);
          g_assert_cmpmem (g_bytes_get_data (answer->body, NULL), g_bytes_get_size (answer->body), cases[i].body, strlen (cases[i].body));
        }
      g_assert_cmpmem (g_memory_output_stream_get_data (G_MEMORY_OUTPUT_STREAM (into)), g_memory_output_stream_get_data_size (G_MEMORY_OUTPUT_STREAM (into)), cases[i].into, strlen (cases[i].into));
      server_stop (&server);
    }
}

#define LEADS(to) "HTTP/1.1 302 Found\r\nLocation: " to "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"

/* Within a server the key goes along; to another it does not; and not without being asked to. */
static void
test_follow (void)
{
  const char *const headers[] = { "Authorization", "Bearer secret", NULL };
  Server other = { .said = { OK, NULL } };
  Server server = { .said = { LEADS ("/there"), NULL, NULL } };
  g_autoptr (MosHttp) http = mos_http_new (NULL);
  g_autoptr (MosHttpAnswer) answer = NULL;
  g_autoptr (MosHttpAnswer) unasked = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *leads = NULL;

  server_start (&other);
  leads = g_strdup_printf (LEADS ("%s/else"), other.base);
  server.said[1] = leads;
  server.said[2] = LEADS ("/there");
  server_start (&server);
  {
    g_autofree char *url = g_strconcat (server.base, "/here", NULL);
    MosHttpRequest request = { .method = "GET", .url = url, .headers = headers, .flags = MOS_HTTP_FOLLOW };

    answer = mos_http_send_sync (http, &request, NULL, &error);
    g_assert_no_error (error);
    request.flags = 0;
    unasked = mos_http_send_sync (http, &request, NULL, &error);
    g_assert_no_error (error);
  }
  g_assert_cmpuint (answer->status, ==, 200);
  g_assert_cmpuint (unasked->status, ==, 302);
  g_assert_true (g_str_has_prefix (g_ptr_array_index (server.heads, 1), "GET /there "));
  g_assert_nonnull (strstr (g_ptr_array_index (server.heads, 1), "Bearer secret"));
  g_assert_true (g_str_has_prefix (g_ptr_array_index (other.heads, 0), "GET /else "));
  g_assert_null (strstr (g_ptr_array_index (other.heads, 0), "secret"));
  server_stop (&server);
  server_stop (&other);
}

int
main (int argc,
      char *argv[])
{
  mos_test_init (&argc, &argv);
  g_test_add_func ("/http/form", test_form);
  g_test_add_func ("/http/half", test_half);
  g_test_add_func ("/http/long-poll", test_long_poll);
  g_test_add_func ("/http/into", test_into);
  g_test_add_func ("/http/follow", test_follow);
  return g_test_run ();
}
