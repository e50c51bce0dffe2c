/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "core/base/mos-http.h"
#include "mos-test.h"

#include <libsoup/soup.h>
#include <string.h>

/* A server on a thread of its own that answers what it was told to, one after the other; then 200. */
typedef struct
{
  GThread *thread;
  GMainContext *context;
  GMainLoop *loop;
  char *base;
  GMutex mutex;
  GCond cond;
  GQueue statuses; /* of GINT_TO_POINTER; -1 cuts the line */
  const char *retry_after;
  gsize size;
  guint asked;
} Fixture;

static void
on_request_cb (SoupServer *server,
               SoupServerMessage *message,
               const char *path,
               GHashTable *query,
               gpointer user_data)
{
  Fixture *f = user_data;
  g_autofree char *body = NULL;
  int status;

  g_mutex_lock (&f->mutex);
  f->asked++;
  status = g_queue_is_empty (&f->statuses) ? 200 : GPOINTER_TO_INT (g_queue_pop_head (&f->statuses));
  g_mutex_unlock (&f->mutex);
  if (status < 0)
    {
      g_socket_close (soup_server_message_get_socket (message), NULL);
      return;
    }
  soup_server_message_set_status (message, (guint) status, NULL);
  if (f->retry_after != NULL)
    soup_message_headers_replace (soup_server_message_get_response_headers (message), "Retry-After", f->retry_after);
  if (status == 302)
    soup_message_headers_replace (soup_server_message_get_response_headers (message), "Location", "http://elsewhere.example/");
  body = g_strnfill (f->size, 'x');
  soup_server_message_set_response (message, "text/plain; charset=utf-8", SOUP_MEMORY_COPY, body, f->size);
}

static gpointer
server_thread (gpointer user_data)
{
  Fixture *f = user_data;
  g_autoptr (SoupServer) server = NULL;
  g_autoptr (GError) error = NULL;
  GSList *uris;

  g_main_context_push_thread_default (f->context);
  server = soup_server_new (NULL, NULL);
  soup_server_add_handler (server, NULL, on_request_cb, f, NULL);
  soup_server_listen_local (server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);
  uris = soup_server_get_uris (server);
  g_mutex_lock (&f->mutex);
  f->base = g_strdup_printf ("http://127.0.0.1:%d/", g_uri_get_port (uris->data));
  g_cond_signal (&f->cond);
  g_mutex_unlock (&f->mutex);
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  g_main_loop_run (f->loop);
  soup_server_disconnect (server);
  g_clear_object (&server);
  while (g_main_context_iteration (f->context, FALSE))
    ;
  g_main_context_pop_thread_default (f->context);
  return NULL;
}

static void
setup (Fixture *f,
       gconstpointer data)
{
  g_mutex_init (&f->mutex);
  g_cond_init (&f->cond);
  g_queue_init (&f->statuses);
  f->size = 5;
  f->context = g_main_context_new ();
  f->loop = g_main_loop_new (f->context, FALSE);
  f->thread = g_thread_new ("http", server_thread, f);
  g_mutex_lock (&f->mutex);
  while (f->base == NULL)
    g_cond_wait (&f->cond, &f->mutex);
  g_mutex_unlock (&f->mutex);
}

static gboolean
quit_cb (gpointer data)
{
  g_main_loop_quit (data);
  return G_SOURCE_REMOVE;
}

static void
teardown (Fixture *f,
          gconstpointer data)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_callback (source, quit_cb, f->loop, NULL);
  g_source_attach (source, f->context);
  g_thread_join (f->thread);
  g_main_loop_unref (f->loop);
  g_main_context_unref (f->context);
  g_queue_clear (&f->statuses);
  g_mutex_clear (&f->mutex);
  g_cond_clear (&f->cond);
  g_free (f->base);
}

static MosHttpAnswer *
ask (Fixture *f,
     const MosHttpOptions *options,
     MosHttpFlags flags,
     GCancellable *cancellable,
     GError **error)
{
  g_autoptr (MosHttp) http = mos_http_new (options);

  f->asked = 0;
  return mos_http_request_sync (http, "GET", f->base, NULL, NULL, NULL, flags, cancellable, error);
}

static void
test_retry (Fixture *f,
            gconstpointer data)
{
  const MosHttpOptions options = { .attempts = 3, .max_wait_s = 2 };
  g_autoptr (GError) error = NULL;
  g_autoptr (MosHttpAnswer) first = NULL;
  g_autoptr (MosHttpAnswer) second = NULL;
  g_autoptr (MosHttpAnswer) third = NULL;
  g_autoptr (MosHttpAnswer) fourth = NULL;

  /* "Later", and a later that is too late */
  g_queue_push_tail (&f->statuses, GINT_TO_POINTER (429));
  f->retry_after = "1";
  first = ask (f, &options, MOS_HTTP_DEFAULT, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (first->status, ==, 200);
  g_assert_cmpstr (first->type, ==, "text/plain");
  g_assert_cmpuint (g_bytes_get_size (first->body), ==, 5);
  g_assert_cmpuint (f->asked, ==, 2);
  g_queue_push_tail (&f->statuses, GINT_TO_POINTER (503));
  f->retry_after = "3600";
  second = ask (f, &options, MOS_HTTP_DEFAULT, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (second->status, ==, 503);
  g_assert_cmpuint (f->asked, ==, 1);

  /* A cut line: again only what may be asked twice */
  f->retry_after = NULL;
  g_queue_push_tail (&f->statuses, GINT_TO_POINTER (-1));
  third = ask (f, &options, MOS_HTTP_REPEATABLE, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (third->status, ==, 200);

  /* Neither followed nor repeated */
  g_queue_push_tail (&f->statuses, GINT_TO_POINTER (302));
  fourth = ask (f, &options, MOS_HTTP_DEFAULT, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (fourth->status, ==, 302);
  g_assert_cmpuint (f->asked, ==, 1);
}

static gpointer
cancel_thread (gpointer data)
{
  g_usleep (200 * 1000);
  g_cancellable_cancel (data);
  return NULL;
}

static void
test_limits (Fixture *f,
             gconstpointer data)
{
  const MosHttpOptions small = { .max_bytes = 1000 };
  const MosHttpOptions patient = { .max_wait_s = 3600 };
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  GThread *thread;

  f->size = 100 * 1000;
  g_assert_null (ask (f, &small, MOS_HTTP_REPEATABLE, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE);
  g_assert_cmpuint (f->asked, ==, 1);
  g_clear_error (&error);

  /* Cancelled while it waits for a later time */
  f->size = 1;
  f->retry_after = "3000";
  g_queue_push_tail (&f->statuses, GINT_TO_POINTER (429));
  thread = g_thread_new ("cancel", cancel_thread, cancellable);
  g_assert_null (ask (f, &patient, MOS_HTTP_DEFAULT, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_thread_join (thread);
}

/* --- a server that does not end as it began --- */

typedef struct
{
  const char *said;
  gboolean is_dripping; /* goes on, a byte at a time */
  GSocketListener *listener;
} Broken;

static gpointer
answer_once (gpointer user_data)
{
  const Broken *broken = user_data;
  g_autoptr (GSocketConnection) connection = g_socket_listener_accept (broken->listener, NULL, NULL, NULL);
  GOutputStream *out = g_io_stream_get_output_stream (G_IO_STREAM (connection));
  char asked[4096];

  if (g_input_stream_read (g_io_stream_get_input_stream (G_IO_STREAM (connection)), asked, sizeof asked, NULL, NULL) > 0 &&
      g_output_stream_write_all (out, broken->said, strlen (broken->said), NULL, NULL, NULL))
    while (broken->is_dripping && g_output_stream_write_all (out, "x", 1, NULL, NULL, NULL))
      g_usleep (100000);
  g_io_stream_close (G_IO_STREAM (connection), NULL, NULL);
  return NULL;
}

static void
ask_broken (const char *said,
            gboolean is_dripping,
            GIOErrorEnum expected)
{
  const MosHttpOptions options = { .timeout_s = 1, .attempts = 1 };
  g_autoptr (GSocketListener) listener = g_socket_listener_new ();
  g_autoptr (MosHttpAnswer) answer = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *url = g_strdup_printf ("http://127.0.0.1:%u/", g_socket_listener_add_any_inet_port (listener, NULL, NULL));
  Broken broken = { said, is_dripping, listener };
  GThread *thread = g_thread_new ("broken", answer_once, &broken);
  MosHttp *http = mos_http_new (&options);

  answer = mos_http_request_sync (http, "GET", url, NULL, NULL, NULL, MOS_HTTP_DEFAULT, NULL, &error);
  g_test_message ("%s", said);
  g_assert_null (answer);
  g_assert_error (error, G_IO_ERROR, (int) expected);
  mos_http_free (http);
  g_thread_join (thread);
}

/* Half an answer is none, however it was announced; and one that never ends is no answer either. */
static void
test_broken (void)
{
  static const char *const cut[] = {
    "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf",
    "HTTP/1.0 200 OK\r\nContent-Length: 10\r\n\r\nhalf",
    "HTTP/1.1 200 OK\r\nContent-Length: 10\r\nConnection: close\r\n\r\n",
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cut); i++)
    ask_broken (cut[i], FALSE, G_IO_ERROR_PARTIAL_INPUT);
  ask_broken ("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n", TRUE, G_IO_ERROR_TIMED_OUT);
}

static void
test_urls (void)
{
  static const struct
  {
    const char *url;
    gboolean allowed;
  } cases[] = {
    { "https://a.example/x?y", TRUE },
    { "http://127.0.0.1:8080/", TRUE },
    { "http://[::1]:8080/", TRUE },
    { "http://localhost/", TRUE },
    { "http://a.example/", FALSE },
    { "http://localhost.example/", FALSE },
    { "http://127.0.0.1.example/", FALSE },
    { "https://user:pw@a.example/", FALSE },
    { "ftp://a.example/", FALSE },
    { "file:///etc/passwd", FALSE },
    { "https://", FALSE },
    { "", FALSE },
  };
  g_autoptr (MosHttp) http = mos_http_new (NULL);
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (mos_http_url_is_allowed (cases[i].url), ==, cases[i].allowed);
  g_assert_null (mos_http_request_sync (http, "GET", "http://a.example/", NULL, NULL, NULL, MOS_HTTP_DEFAULT, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
}

int
main (int argc,
      char *argv[])
{
  mos_test_init (&argc, &argv);
  g_test_add ("/http/retry", Fixture, NULL, setup, test_retry, teardown);
  g_test_add ("/http/limits", Fixture, NULL, setup, test_limits, teardown);
  g_test_add_func ("/http/broken", test_broken);
  g_test_add_func ("/http/urls", test_urls);
  return g_test_run ();
}
