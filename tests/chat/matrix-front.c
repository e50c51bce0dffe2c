/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-test"

#include "config.h"

#include "matrix-front.h"

#include <libsoup/soup.h>
#include <string.h>

struct _MatrixFront
{
  GThread *thread;
  GMainContext *context;
  GMainLoop *loop;
  char *base;
  char *url;
  GMutex mutex;
  GCond cond;
  GPtrArray *asked; /* (mutex mutex) of paths */
  MatrixFrontFault fault;
  char *fault_path; /* (nullable) */
  guint fault_times;

  /* Its own thread's */
  SoupServer *server;
  SoupSession *session;
  GPtrArray *held;
  GBytes *last_sync;
};

typedef struct
{
  MatrixFront *front;
  SoupServerMessage *message;
  SoupMessage *onward;
  GCancellable *cancellable;
  gulong finished;
  gboolean is_over;
  gboolean is_sync;
  gint fault; /* -1 = none */
} Pass;

static void
say (SoupServerMessage *message,
     guint status,
     const char *json,
     const char *type)
{
  soup_server_message_set_status (message, status, NULL);
  soup_server_message_set_response (message, type, SOUP_MEMORY_COPY, json, strlen (json));
}

static void
cut (SoupServerMessage *message)
{
  g_socket_close (soup_server_message_get_socket (message), NULL);
}

/* Half of it, though all was promised. */
static void
say_half (SoupServerMessage *message,
          GBytes *body)
{
  GSocket *socket = soup_server_message_get_socket (message);
  gsize size;
  const char *data = g_bytes_get_data (body, &size);
  g_autofree char *text = g_strdup_printf ("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %" G_GSIZE_FORMAT "\r\n\r\n%.*s", size, (int) (size / 2), data);

  g_socket_set_blocking (socket, TRUE);
  g_socket_send (socket, text, strlen (text), NULL, NULL);
  cut (message);
}

static void
on_over_cb (SoupServerMessage *message,
            gpointer user_data)
{
  Pass *pass = user_data;

  pass->is_over = TRUE;
  g_cancellable_cancel (pass->cancellable);
}

static void
on_answer_cb (GObject *source,
              GAsyncResult *result,
              gpointer user_data)
{
  Pass *pass = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) body = soup_session_send_and_read_finish (SOUP_SESSION (source), result, &error);
  gsize size;

  if (!pass->is_over)
    {
      if (body == NULL || pass->fault == MATRIX_FRONT_LOST)
        cut (pass->message);
      else if (pass->fault == MATRIX_FRONT_HALF)
        say_half (pass->message, body);
      else
        {
          const char *data;

          if (pass->is_sync && soup_message_get_status (pass->onward) == 200)
            {
              g_clear_pointer (&pass->front->last_sync, g_bytes_unref);
              pass->front->last_sync = g_bytes_ref (body);
            }
          data = g_bytes_get_data (body, &size);
          soup_server_message_set_status (pass->message, soup_message_get_status (pass->onward), NULL);
          soup_server_message_set_response (pass->message, soup_message_headers_get_content_type (soup_message_get_response_headers (pass->onward), NULL), SOUP_MEMORY_COPY, data != NULL ? data : "", size);
        }
      soup_server_message_unpause (pass->message);
    }
  g_clear_signal_handler (&pass->finished, pass->message);
  g_object_unref (pass->message);
  g_object_unref (pass->onward);
  g_object_unref (pass->cancellable);
  g_free (pass);
}

static void
pass_on (MatrixFront *self,
         SoupServerMessage *message,
         const char *path,
         gint fault)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  g_autofree char *url = g_strconcat (self->base, path, NULL);
  const char *bearer = soup_message_headers_get_one (headers, "Authorization");
  const char *type = soup_message_headers_get_one (headers, "Content-Type");
  g_autoptr (GBytes) body = soup_message_body_flatten (soup_server_message_get_request_body (message));
  Pass *pass = g_new0 (Pass, 1);

  pass->front = self;
  pass->message = g_object_ref (message);
  pass->onward = soup_message_new (soup_server_message_get_method (message), url);
  pass->cancellable = g_cancellable_new ();
  pass->fault = fault;
  pass->is_sync = strstr (path, "/sync") != NULL;
  pass->finished = g_signal_connect (message, "disconnected", G_CALLBACK (on_over_cb), pass);
  if (bearer != NULL)
    soup_message_headers_replace (soup_message_get_request_headers (pass->onward), "Authorization", bearer);
  if (body != NULL && g_bytes_get_size (body) > 0)
    soup_message_set_request_body_from_bytes (pass->onward, type, body);
  soup_server_message_pause (message);
  soup_session_send_and_read_async (self->session, pass->onward, G_PRIORITY_DEFAULT, pass->cancellable, on_answer_cb, pass);
}

static gint
take_fault (MatrixFront *self,
            const char *path)
{
  gint fault = -1;

  g_mutex_lock (&self->mutex);
  g_ptr_array_add (self->asked, g_strdup (path));
  if (self->fault_times > 0 && (self->fault_path == NULL || strstr (path, self->fault_path) != NULL))
    {
      self->fault_times--;
      fault = (gint) self->fault;
    }
  g_mutex_unlock (&self->mutex);
  return fault;
}

static void
on_request_cb (SoupServer *server,
               SoupServerMessage *message,
               const char *unused,
               GHashTable *query,
               gpointer user_data)
{
  MatrixFront *self = user_data;
  g_autofree char *uri = g_uri_to_string (soup_server_message_get_uri (message));
  const char *path = strchr (strstr (uri, "://") + 3, '/');
  gint fault = take_fault (self, path);

  switch (fault)
    {
    case MATRIX_FRONT_BUSY:
      say (message, 429, "{\"errcode\":\"M_LIMIT_EXCEEDED\",\"error\":\"Too Many Requests\",\"retry_after_ms\":200}", "application/json");
      break;
    case MATRIX_FRONT_BROKEN:
      say (message, 502, "<html>Bad Gateway</html>", "text/html");
      break;
    case MATRIX_FRONT_REVOKED:
      say (message, 401, "{\"errcode\":\"M_UNKNOWN_TOKEN\",\"error\":\"Invalid access token passed.\",\"soft_logout\":false}", "application/json");
      break;
    case MATRIX_FRONT_FORBIDDEN:
      say (message, 403, "{\"errcode\":\"M_FORBIDDEN\",\"error\":\"You are not in this room\"}", "application/json");
      break;
    case MATRIX_FRONT_HELD:
      soup_server_message_pause (message);
      g_ptr_array_add (self->held, g_object_ref (message));
      break;
    case MATRIX_FRONT_TWICE:
      if (self->last_sync != NULL && strstr (path, "/sync") != NULL)
        {
          gsize size;
          const char *data = g_bytes_get_data (self->last_sync, &size);

          soup_server_message_set_status (message, 200, NULL);
          soup_server_message_set_response (message, "application/json", SOUP_MEMORY_COPY, data, size);
          break;
        }
      pass_on (self, message, path, -1);
      break;
    default:
      pass_on (self, message, path, fault);
      break;
    }
}

static gpointer
run (gpointer user_data)
{
  MatrixFront *self = user_data;
  g_autoptr (GError) error = NULL;
  GSList *uris;

  g_main_context_push_thread_default (self->context);
  self->server = soup_server_new ("raw-paths", TRUE, NULL);
  self->session = soup_session_new_with_options ("max-conns", 100, "max-conns-per-host", 50, "timeout", 0, NULL);
  soup_server_add_handler (self->server, NULL, on_request_cb, self, NULL);
  soup_server_listen_local (self->server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);
  uris = soup_server_get_uris (self->server);
  g_mutex_lock (&self->mutex);
  self->url = g_strdup_printf ("http://127.0.0.1:%d", g_uri_get_port (uris->data));
  g_cond_signal (&self->cond);
  g_mutex_unlock (&self->mutex);
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  g_main_loop_run (self->loop);
  g_ptr_array_unref (self->held);
  soup_server_disconnect (self->server);
  soup_session_abort (self->session);
  while (g_main_context_iteration (self->context, FALSE))
    ;
  g_clear_object (&self->session);
  g_clear_object (&self->server);
  g_main_context_pop_thread_default (self->context);
  return NULL;
}

MatrixFront *
matrix_front_new (const char *base)
{
  MatrixFront *self = g_new0 (MatrixFront, 1);

  g_mutex_init (&self->mutex);
  g_cond_init (&self->cond);
  self->base = g_strdup (base);
  self->asked = g_ptr_array_new_with_free_func (g_free);
  self->held = g_ptr_array_new_with_free_func (g_object_unref);
  self->context = g_main_context_new ();
  self->loop = g_main_loop_new (self->context, FALSE);
  self->thread = g_thread_new ("matrix-front", run, self);
  g_mutex_lock (&self->mutex);
  while (self->url == NULL)
    g_cond_wait (&self->cond, &self->mutex);
  g_mutex_unlock (&self->mutex);
  return self;
}

static gboolean
quit_cb (gpointer user_data)
{
  g_main_loop_quit (user_data);
  return G_SOURCE_REMOVE;
}

void
matrix_front_free (MatrixFront *self)
{
  g_main_context_invoke (self->context, quit_cb, self->loop);
  g_thread_join (self->thread);
  g_main_loop_unref (self->loop);
  g_main_context_unref (self->context);
  g_clear_pointer (&self->last_sync, g_bytes_unref);
  g_ptr_array_unref (self->asked);
  g_free (self->fault_path);
  g_free (self->base);
  g_free (self->url);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->cond);
  g_free (self);
}

const char *
matrix_front_get_url (MatrixFront *self)
{
  return self->url;
}

void
matrix_front_fail (MatrixFront *self,
                   const char *path,
                   MatrixFrontFault fault,
                   guint times)
{
  g_mutex_lock (&self->mutex);
  g_set_str (&self->fault_path, path);
  self->fault = fault;
  self->fault_times = times;
  g_mutex_unlock (&self->mutex);
}

guint
matrix_front_count (MatrixFront *self,
                    const char *path)
{
  guint n = 0;

  g_mutex_lock (&self->mutex);
  for (guint i = 0; i < self->asked->len; i++)
    n += strstr (self->asked->pdata[i], path) != NULL;
  g_mutex_unlock (&self->mutex);
  return n;
}
