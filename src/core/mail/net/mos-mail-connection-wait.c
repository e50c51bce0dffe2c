/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-mail"

#include "config.h"

#include "core/mail/net/mos-mail-connection-private.h"

#include <string.h>

/* The callers react to G_IO_ERROR as "try again later"; a TLS record cut in two and an absent name are such things. */
void
mos_mail_connection_map_error (GError **error)
{
  GError *e = error != NULL ? *error : NULL;

  if (e == NULL)
    return;

  if (e->domain == G_RESOLVER_ERROR)
    {
      e->code = g_error_matches (e, G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND) ? G_IO_ERROR_HOST_NOT_FOUND : G_IO_ERROR_HOST_UNREACHABLE;
      e->domain = G_IO_ERROR;
    }
  else if (e->domain == G_TLS_ERROR)
    {
      e->domain = G_IO_ERROR;
      e->code = G_IO_ERROR_CONNECTION_CLOSED;
    }
}

static gboolean
operation_timeout_cb (gpointer data)
{
  MosMailOperation *op = data;

  op->timed_out = TRUE;
  g_cancellable_cancel (op->inner);
  return G_SOURCE_REMOVE;
}

static void
operation_outer_cancelled_cb (GCancellable *outer,
                              GCancellable *inner)
{
  g_cancellable_cancel (inner);
}

void
mos_mail_operation_done_cb (GObject *source,
                            GAsyncResult *result,
                            gpointer data)
{
  MosMailOperation *op = data;

  op->result = g_object_ref (result);
}

void
mos_mail_operation_begin (MosMailConnection *self,
                          MosMailOperation *op,
                          GCancellable *cancellable)
{
  g_main_context_push_thread_default (self->context);
  op->inner = g_cancellable_new ();
  op->outer = cancellable;
  if (cancellable != NULL)
    op->outer_id = g_cancellable_connect (cancellable, G_CALLBACK (operation_outer_cancelled_cb), g_object_ref (op->inner), g_object_unref);
  if (self->timeout_ms > 0)
    {
      op->timer = g_timeout_source_new (self->timeout_ms);
      g_source_set_callback (op->timer, operation_timeout_cb, op, NULL);
      g_source_attach (op->timer, self->context);
    }
}

void
mos_mail_operation_run (MosMailConnection *self,
                        MosMailOperation *op)
{
  while (op->result == NULL)
    g_main_context_iteration (self->context, TRUE);
}

void
mos_mail_operation_end (MosMailConnection *self,
                        MosMailOperation *op,
                        const char *what,
                        GError **error)
{
  if (op->timer != NULL)
    g_source_destroy (op->timer);
  g_clear_pointer (&op->timer, g_source_unref);
  g_cancellable_disconnect (op->outer, op->outer_id);
  if (op->timed_out && error != NULL && g_error_matches (*error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_clear_error (error);
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "%s:%u did not answer in time (%s)", self->server->host, self->server->port, what);
    }
  g_clear_object (&op->result);
  g_clear_object (&op->inner);
  g_main_context_pop_thread_default (self->context);
}

typedef enum
{
  WAIT_READY,
  WAIT_TIMED_OUT,
} WaitResult;

static gboolean
set_flag_cb (gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_REMOVE;
}

static gboolean
stream_ready_cb (GObject *stream,
                 gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_REMOVE;
}

/* Takes @source. A source of its own per wait costs microseconds, and gives exact time-outs: GSocket's own ones
 * double under TLS (measured: 10 s became 20 s) and would fire during IDLE. */
static WaitResult
wait_for (MosMailConnection *self,
          GSource *source,
          gint64 deadline_us)
{
  GSource *timer = NULL;
  gboolean ready = FALSE;
  gboolean late = FALSE;

  g_source_set_callback (source, G_SOURCE_FUNC (stream_ready_cb), &ready, NULL);
  g_source_attach (source, self->context);
  if (deadline_us > 0)
    {
      timer = g_timeout_source_new ((guint) (MAX (deadline_us - g_get_monotonic_time (), 0) / 1000 + 1));
      g_source_set_callback (timer, set_flag_cb, &late, NULL);
      g_source_attach (timer, self->context);
    }

  while (!ready && !late)
    g_main_context_iteration (self->context, TRUE);

  g_source_destroy (source);
  g_source_unref (source);
  if (timer != NULL)
    {
      g_source_destroy (timer);
      g_source_unref (timer);
    }
  return ready ? WAIT_READY : WAIT_TIMED_OUT;
}

static gint64
deadline_after (guint ms)
{
  return ms > 0 ? g_get_monotonic_time () + (gint64) ms * 1000 : 0;
}

gboolean
mos_mail_connection_check_open (MosMailConnection *self,
                                GError **error)
{
  if (!g_atomic_int_get (&self->closed))
    return TRUE;

  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CLOSED, "The connection was closed");
  return FALSE;
}

/* Reads once into the buffer, which has room. @ret_timed_out: (nullable): when given, a time-out is no error */
gboolean
mos_mail_connection_fill (MosMailConnection *self,
                          guint timeout_ms,
                          gboolean *ret_timed_out,
                          GCancellable *cancellable,
                          GError **error)
{
  GPollableInputStream *in = G_POLLABLE_INPUT_STREAM (self->inflate != NULL ? self->inflate : g_io_stream_get_input_stream (self->stream));
  gint64 deadline_us = deadline_after (timeout_ms);
  WaitResult result;
  gint64 since_us;

  if (self->start == self->end)
    self->start = self->end = 0;
  else if (self->end == MOS_MAIL_BUFFER_SIZE)
    {
      memmove (self->buffer, self->buffer + self->start, self->end - self->start);
      self->end -= self->start;
      self->start = 0;
    }
  g_assert (self->end < MOS_MAIL_BUFFER_SIZE);

  for (;;)
    {
      g_autoptr (GError) local = NULL;
      gssize n;

      if (!mos_mail_connection_check_open (self, error))
        return FALSE;

      n = g_pollable_input_stream_read_nonblocking (in, self->buffer + self->end, MOS_MAIL_BUFFER_SIZE - self->end, cancellable, &local);
      if (n > 0)
        {
          self->end += (gsize) n;
          self->received += (guint64) n;
          return TRUE;
        }
      if (n == 0)
        {
          if (!mos_mail_connection_check_open (self, error))
            return FALSE;
          g_set_error (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED, "%s:%u closed the connection", self->server->host, self->server->port);
          return FALSE;
        }
      if (!g_error_matches (local, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
        {
          mos_mail_connection_map_error (&local);
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }

      since_us = g_get_monotonic_time ();
      result = wait_for (self, g_pollable_input_stream_create_source (in, cancellable), deadline_us);
      self->waited_us += g_get_monotonic_time () - since_us;
      if (result == WAIT_TIMED_OUT)
        {
          if (ret_timed_out != NULL)
            *ret_timed_out = TRUE;
          else
            g_set_error (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "%s:%u did not answer in time", self->server->host, self->server->port);
          return FALSE;
        }
    }
}

gboolean
mos_mail_connection_write_bytes (MosMailConnection *self,
                                 const guint8 *data,
                                 gsize size,
                                 GCancellable *cancellable,
                                 GError **error)
{
  while (size > 0)
    {
      GPollableOutputStream *out = G_POLLABLE_OUTPUT_STREAM (g_io_stream_get_output_stream (self->stream));
      g_autoptr (GError) local = NULL;
      gssize n;

      if (!mos_mail_connection_check_open (self, error))
        return FALSE;

      n = g_pollable_output_stream_write_nonblocking (out, data, size, cancellable, &local);
      if (n >= 0)
        {
          data += n;
          size -= (gsize) n;
          continue;
        }
      if (!g_error_matches (local, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
        {
          mos_mail_connection_map_error (&local);
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
      if (wait_for (self, g_pollable_output_stream_create_source (out, cancellable), deadline_after (self->timeout_ms)) == WAIT_TIMED_OUT)
        {
          g_set_error (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "%s:%u takes no more data", self->server->host, self->server->port);
          return FALSE;
        }
    }
  return TRUE;
}
