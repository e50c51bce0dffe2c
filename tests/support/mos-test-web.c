/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-test"

#include "config.h"

#include "mos-test-web.h"

#include <string.h>

struct _MosTestWeb
{
  GThread *thread;
  GMainContext *context; /* (owned) */
  GMainLoop *loop;       /* (owned) */
  MosTestWebFunc func;
  gpointer data;
  GPtrArray *held; /* (owned) of SoupServerMessage: the server's thread */

  GMutex mutex;
  GCond cond;
  char *url; /* (owned) (mutex mutex) */
};

static void
handler_cb (SoupServer *server,
            SoupServerMessage *message,
            const char *path,
            GHashTable *query,
            gpointer data)
{
  MosTestWeb *self = data;

  self->func (message, path, query, self->data);
}

static gpointer
run (gpointer data)
{
  MosTestWeb *self = data;
  g_autoptr (SoupServer) server = NULL;
  g_autoptr (GError) error = NULL;
  GSList *uris;

  g_main_context_push_thread_default (self->context);
  server = soup_server_new (NULL, NULL);
  soup_server_add_handler (server, NULL, handler_cb, self, NULL);
  soup_server_listen_local (server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);
  uris = soup_server_get_uris (server);
  g_mutex_lock (&self->mutex);
  self->url = g_strdup_printf ("http://127.0.0.1:%d", g_uri_get_port (uris->data));
  g_cond_signal (&self->cond);
  g_mutex_unlock (&self->mutex);
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  g_main_loop_run (self->loop);
  g_ptr_array_set_size (self->held, 0);
  soup_server_disconnect (server);
  g_main_context_pop_thread_default (self->context);
  return NULL;
}

MosTestWeb *
mos_test_web_new (MosTestWebFunc func,
                  gpointer data)
{
  MosTestWeb *self = g_new0 (MosTestWeb, 1);

  self->func = func;
  self->data = data;
  self->held = g_ptr_array_new_with_free_func (g_object_unref);
  g_mutex_init (&self->mutex);
  g_cond_init (&self->cond);
  self->context = g_main_context_new ();
  self->loop = g_main_loop_new (self->context, FALSE);
  g_mutex_lock (&self->mutex);
  self->thread = g_thread_new ("test-web", run, self);
  while (self->url == NULL)
    g_cond_wait (&self->cond, &self->mutex);
  g_mutex_unlock (&self->mutex);
  return self;
}

static gboolean
quit_cb (gpointer data)
{
  g_main_loop_quit (data);
  return G_SOURCE_REMOVE;
}

void
mos_test_web_free (MosTestWeb *self)
{
  g_main_context_invoke (self->context, quit_cb, self->loop);
  g_thread_join (self->thread);
  g_main_loop_unref (self->loop);
  g_main_context_unref (self->context);
  g_ptr_array_unref (self->held);
  g_free (self->url);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->cond);
  g_free (self);
}

const char *
mos_test_web_get_url (MosTestWeb *self)
{
  return self->url;
}

void
mos_test_web_answer (SoupServerMessage *message,
                     guint status,
                     const char *json)
{
  soup_server_message_set_status (message, status, NULL);
  soup_server_message_set_response (message, "application/json", SOUP_MEMORY_COPY, json, strlen (json));
}

void
mos_test_web_hang_up (SoupServerMessage *message)
{
  g_autoptr (GIOStream) line = soup_server_message_steal_connection (message);

  g_io_stream_close (line, NULL, NULL);
}

void
mos_test_web_invoke (MosTestWeb *self,
                     GSourceFunc func,
                     gpointer data)
{
  g_main_context_invoke (self->context, func, data);
}

static void
on_gone_cb (SoupServerMessage *message,
            gpointer data)
{
  MosTestWeb *self = data;

  g_ptr_array_remove (self->held, message);
}

void
mos_test_web_hold (MosTestWeb *self,
                   SoupServerMessage *message)
{
  g_ptr_array_add (self->held, g_object_ref (message));
  g_signal_connect (message, "disconnected", G_CALLBACK (on_gone_cb), self);
  soup_server_message_pause (message);
}

static gboolean
let_go_cb (gpointer data)
{
  MosTestWeb *self = data;
  g_autoptr (GPtrArray) held = g_ptr_array_copy (self->held, (GCopyFunc) g_object_ref, NULL);

  g_ptr_array_set_free_func (held, g_object_unref);
  for (guint i = 0; i < held->len; i++)
    {
      g_signal_handlers_disconnect_by_data (held->pdata[i], self);
      mos_test_web_hang_up (held->pdata[i]);
    }
  g_ptr_array_set_size (self->held, 0);
  return G_SOURCE_REMOVE;
}

void
mos_test_web_let_go (MosTestWeb *self)
{
  mos_test_web_invoke (self, let_go_cb, self);
}

GHashTable *
mos_test_web_read_form (SoupServerMessage *message)
{
  g_autoptr (GBytes) bytes = soup_message_body_flatten (soup_server_message_get_request_body (message));
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);
  g_autofree char *text = g_strndup (data != NULL ? data : "", size);

  return soup_form_decode (text);
}
