/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "mos-test-proxy.h"

struct _MosTestProxy
{
  GSocketService *service; /* (owned): of a thread pool */
  guint16 port;
  guint16 to_port;

  GMutex mutex;
  GCond cond;
  guint active;        /* (mutex mutex): connections being served */
  guint count;         /* (mutex mutex) */
  guint64 bytes;       /* (mutex mutex): from the server */
  guint speed;         /* (mutex mutex): bytes a second from the server; 0: any */
  gsize cut_to;        /* (mutex mutex): bytes to the server after which a connection ends; 0 = never */
  gsize cut_from;      /* (mutex mutex) */
  GCancellable *lines; /* (owned) (mutex mutex): cancelled to cut them all */
  GMainContext *context;
  GMainLoop *loop;
  GThread *thread;
};

typedef struct
{
  GInputStream *in;
  GOutputStream *out;
  GCancellable *cancellable;
  MosTestProxy *counts; /* (nullable): whose bytes these are */
  gsize left;           /* bytes to be handed on yet; 0 = no end */
} Pump;

static gpointer
pump (gpointer data)
{
  Pump *p = data;
  char buffer[16 * 1024];

  for (;;)
    {
      gssize n = g_input_stream_read (p->in, buffer, sizeof buffer, p->cancellable, NULL);
      gsize part = n > 0 && p->left > 0 ? MIN ((gsize) n, p->left) : (gsize) MAX (n, 0);

      if (n > 0 && p->counts != NULL)
        {
          guint speed;

          g_mutex_lock (&p->counts->mutex);
          p->counts->bytes += (guint64) n;
          speed = p->counts->speed;
          g_mutex_unlock (&p->counts->mutex);
          if (speed > 0)
            g_usleep ((gulong) ((guint64) n * G_USEC_PER_SEC / speed));
        }
      if (n <= 0 || !g_output_stream_write_all (p->out, buffer, part, NULL, p->cancellable, NULL))
        break;
      if (p->left > 0 && (p->left -= part) == 0)
        break;
    }
  /* One direction's end is the end of both. */
  g_cancellable_cancel (p->cancellable);
  return NULL;
}

static void
cut_cb (GCancellable *all,
        gpointer own)
{
  g_cancellable_cancel (own);
}

static void
serve (MosTestProxy *self,
       GSocketConnection *connection,
       GCancellable *all,
       gsize cut_to,
       gsize cut_from)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) server = g_socket_client_connect_to_host (client, "127.0.0.1", self->to_port, NULL, NULL);
  g_autoptr (GCancellable) own = g_cancellable_new ();
  GThread *back;
  Pump forward, backward;
  gulong id;

  if (server == NULL)
    return;

  id = g_cancellable_connect (all, G_CALLBACK (cut_cb), own, NULL);
  forward = (Pump) { g_io_stream_get_input_stream (G_IO_STREAM (connection)), g_io_stream_get_output_stream (G_IO_STREAM (server)), own, NULL, cut_to };
  backward = (Pump) { g_io_stream_get_input_stream (G_IO_STREAM (server)), g_io_stream_get_output_stream (G_IO_STREAM (connection)), own, self, cut_from };
  back = g_thread_new ("proxy-back", pump, &backward);
  pump (&forward);
  g_thread_join (back);
  g_cancellable_disconnect (all, id);
  g_io_stream_close (G_IO_STREAM (server), NULL, NULL);
}

static gboolean
run_cb (GThreadedSocketService *service,
        GSocketConnection *connection,
        GObject *source_object,
        gpointer user_data)
{
  MosTestProxy *self = user_data;
  g_autoptr (GCancellable) all = NULL;
  gsize cut_to, cut_from;

  g_mutex_lock (&self->mutex);
  self->count++;
  self->active++;
  all = g_object_ref (self->lines);
  cut_to = self->cut_to;
  cut_from = self->cut_from;
  g_mutex_unlock (&self->mutex);

  if (!g_cancellable_is_cancelled (all))
    serve (self, connection, all, cut_to, cut_from);
  g_io_stream_close (G_IO_STREAM (connection), NULL, NULL);

  g_mutex_lock (&self->mutex);
  self->active--;
  g_cond_broadcast (&self->cond);
  g_mutex_unlock (&self->mutex);
  return TRUE;
}

static gpointer
accept_thread (gpointer data)
{
  MosTestProxy *self = data;

  g_main_context_push_thread_default (self->context);
  g_socket_service_start (self->service);
  g_main_loop_run (self->loop);
  g_main_context_pop_thread_default (self->context);
  return NULL;
}

MosTestProxy *
mos_test_proxy_new (guint16 to_port)
{
  MosTestProxy *self = g_new0 (MosTestProxy, 1);
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) effective = NULL;
  g_autoptr (GError) error = NULL;

  g_mutex_init (&self->mutex);
  g_cond_init (&self->cond);
  self->to_port = to_port;
  self->lines = g_cancellable_new ();
  self->context = g_main_context_new ();
  self->loop = g_main_loop_new (self->context, FALSE);

  /* Accepting goes on in a context of its own, whatever the test's does. */
  g_main_context_push_thread_default (self->context);
  self->service = g_threaded_socket_service_new (32);
  g_socket_service_stop (self->service);
  g_socket_listener_add_address (G_SOCKET_LISTENER (self->service), address, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL, &effective, &error);
  g_main_context_pop_thread_default (self->context);
  g_assert_no_error (error);
  self->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (effective));
  g_signal_connect (self->service, "run", G_CALLBACK (run_cb), self);
  self->thread = g_thread_new ("proxy", accept_thread, self);
  return self;
}

guint16
mos_test_proxy_get_port (MosTestProxy *self)
{
  return self->port;
}

void
mos_test_proxy_set_down (MosTestProxy *self,
                         gboolean down)
{
  g_autoptr (GCancellable) lines = NULL;

  g_mutex_lock (&self->mutex);
  if (down)
    lines = g_object_ref (self->lines);
  else
    {
      g_clear_object (&self->lines);
      self->lines = g_cancellable_new ();
    }
  g_mutex_unlock (&self->mutex);

  if (lines != NULL)
    g_cancellable_cancel (lines);
}

void
mos_test_proxy_set_cut (MosTestProxy *self,
                        gsize to_server,
                        gsize from_server)
{
  g_mutex_lock (&self->mutex);
  self->cut_to = to_server;
  self->cut_from = from_server;
  g_mutex_unlock (&self->mutex);
}

guint
mos_test_proxy_count (MosTestProxy *self)
{
  guint count;

  g_mutex_lock (&self->mutex);
  count = self->count;
  g_mutex_unlock (&self->mutex);

  return count;
}

void
mos_test_proxy_free (MosTestProxy *self)
{
  mos_test_proxy_set_down (self, TRUE);
  g_main_loop_quit (self->loop);
  g_thread_join (self->thread);
  g_socket_service_stop (self->service);
  g_socket_listener_close (G_SOCKET_LISTENER (self->service));
  g_mutex_lock (&self->mutex);
  while (self->active > 0)
    g_cond_wait (&self->cond, &self->mutex);
  g_mutex_unlock (&self->mutex);
  g_object_unref (self->service);
  g_main_loop_unref (self->loop);
  g_main_context_unref (self->context);
  g_clear_object (&self->lines);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->cond);
  g_free (self);
}

void
mos_test_proxy_set_speed (MosTestProxy *self,
                          guint bytes_per_s)
{
  g_mutex_lock (&self->mutex);
  self->speed = bytes_per_s;
  g_mutex_unlock (&self->mutex);
}

guint64
mos_test_proxy_get_bytes (MosTestProxy *self)
{
  guint64 bytes;

  g_mutex_lock (&self->mutex);
  bytes = self->bytes;
  g_mutex_unlock (&self->mutex);
  return bytes;
}
