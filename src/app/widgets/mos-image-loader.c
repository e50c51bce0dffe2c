/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-widgets"

#include "config.h"

#include "app/widgets/mos-image-loader.h"

#include "core/base/mos-worker.h"

#include <libsoup/soup.h>
#include <string.h>

#define FETCH_TIMEOUT_S 20
#define READ_CHUNK (64 * 1024)

/* --- Probing --- */

static guint
be16 (const guint8 *p)
{
  return (guint) (p[0] << 8 | p[1]);
}

static gboolean
probe_jpeg (const guint8 *data,
            gsize len,
            int *ret_width,
            int *ret_height)
{
  gsize at = 2;

  while (at + 9 < len)
    {
      guint marker;

      if (data[at] != 0xff)
        return FALSE;
      marker = data[at + 1];
      if (marker == 0xff)
        {
          at++;
          continue;
        }
      /* Start of frame: 0xc0 to 0xcf but for the tables DHT, JPG and DAC among them. */
      if (marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc)
        {
          *ret_height = (int) be16 (data + at + 5);
          *ret_width = (int) be16 (data + at + 7);
          return TRUE;
        }
      at += 2 + be16 (data + at + 2);
    }
  return FALSE;
}

gboolean
mos_image_probe (GBytes *bytes,
                 int *ret_width,
                 int *ret_height)
{
  gsize len;
  const guint8 *data = g_bytes_get_data (bytes, &len);
  int width = 0, height = 0;

  if (len > MOS_IMAGE_MAX_BYTES || len < 26)
    return FALSE;
  if (memcmp (data, "\x89PNG\r\n\x1a\n", 8) == 0)
    {
      width = (int) MIN ((guint64) be16 (data + 16) << 16 | be16 (data + 18), G_MAXINT);
      height = (int) MIN ((guint64) be16 (data + 20) << 16 | be16 (data + 22), G_MAXINT);
    }
  else if (memcmp (data, "GIF8", 4) == 0)
    {
      width = data[6] | data[7] << 8;
      height = data[8] | data[9] << 8;
    }
  else if (data[0] == 0xff && data[1] == 0xd8)
    {
      if (!probe_jpeg (data, len, &width, &height))
        return FALSE;
    }
  else
    return FALSE;

  if (width <= 0 || height <= 0 || (gint64) width * height > MOS_IMAGE_MAX_PIXELS)
    return FALSE;
  if (ret_width != NULL)
    *ret_width = width;
  if (ret_height != NULL)
    *ret_height = height;
  return TRUE;
}

/* --- Decoding --- */

static MosWorker *
decoder (void)
{
  static MosWorker *worker; /* lives as long as the program */

  if (worker == NULL)
    worker = mos_worker_new ("mos-images");
  return worker;
}

static void
decode_func (GTask *task,
             gpointer source,
             gpointer data,
             GCancellable *cancellable)
{
  GBytes *bytes = data;
  GdkTexture *texture;
  GError *error = NULL;

  if (!mos_image_probe (bytes, NULL, NULL))
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, "Not a picture that is shown");
      return;
    }
  texture = gdk_texture_new_from_bytes (bytes, &error);
  if (texture == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, texture, g_object_unref);
}

void
mos_image_decode_async (GBytes *bytes,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, mos_image_decode_async);
  g_task_set_task_data (task, g_bytes_ref (bytes), (GDestroyNotify) g_bytes_unref);
  mos_worker_push (decoder (), task, decode_func);
}

GdkTexture *
mos_image_decode_finish (GAsyncResult *result,
                         GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* --- Fetching: asynchronous on the main context, nothing here blocks --- */

typedef struct
{
  SoupMessage *message; /* (owned) */
  GInputStream *stream; /* (owned) (nullable) */
  GByteArray *bytes;    /* (owned) (nullable) */
} Fetch;

static void
fetch_free (gpointer data)
{
  Fetch *fetch = data;

  g_clear_object (&fetch->message);
  g_clear_object (&fetch->stream);
  g_clear_pointer (&fetch->bytes, g_byte_array_unref);
  g_free (fetch);
}

static SoupSession *
session (void)
{
  static SoupSession *shared;

  /* A session has no cookie jar, cache or credentials unless it is given them. */
  if (shared == NULL)
    shared = soup_session_new_with_options ("timeout", FETCH_TIMEOUT_S, "user-agent", "", "max-conns", 6, NULL);
  return shared;
}

static void
on_decoded_cb (GObject *source,
               GAsyncResult *result,
               gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  GdkTexture *texture = mos_image_decode_finish (result, &error);

  if (texture == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, texture, g_object_unref);
}

static void
on_read_cb (GObject *source,
            GAsyncResult *result,
            gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Fetch *fetch = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GBytes) chunk = g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, &error);

  if (chunk == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  if (g_bytes_get_size (chunk) == 0)
    {
      g_autoptr (GBytes) bytes = g_byte_array_free_to_bytes (g_steal_pointer (&fetch->bytes));
      GCancellable *cancellable = g_task_get_cancellable (task);

      mos_image_decode_async (bytes, cancellable, on_decoded_cb, g_steal_pointer (&task));
      return;
    }
  if (fetch->bytes->len + g_bytes_get_size (chunk) > MOS_IMAGE_MAX_BYTES)
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE, "The picture is too large");
      return;
    }
  g_byte_array_append (fetch->bytes, g_bytes_get_data (chunk, NULL), (guint) g_bytes_get_size (chunk));
  g_input_stream_read_bytes_async (fetch->stream, READ_CHUNK, G_PRIORITY_DEFAULT_IDLE, g_task_get_cancellable (task), on_read_cb, g_object_ref (task));
}

static void
on_sent_cb (GObject *source,
            GAsyncResult *result,
            gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Fetch *fetch = g_task_get_task_data (task);
  GError *error = NULL;

  fetch->stream = soup_session_send_finish (SOUP_SESSION (source), result, &error);
  if (fetch->stream == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  if (!SOUP_STATUS_IS_SUCCESSFUL (soup_message_get_status (fetch->message)))
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_FAILED, "HTTP status %u", soup_message_get_status (fetch->message));
      return;
    }
  fetch->bytes = g_byte_array_new ();
  g_input_stream_read_bytes_async (fetch->stream, READ_CHUNK, G_PRIORITY_DEFAULT_IDLE, g_task_get_cancellable (task), on_read_cb, g_object_ref (task));
}

void
mos_image_fetch_async (const char *url,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Fetch *fetch = g_new0 (Fetch, 1);

  g_task_set_source_tag (task, mos_image_fetch_async);
  g_task_set_task_data (task, fetch, fetch_free);
  fetch->message = g_str_has_prefix (url, "https://") || g_str_has_prefix (url, "http://") ? soup_message_new (SOUP_METHOD_GET, url) : NULL;
  if (fetch->message == NULL)
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, "Not a web address");
      return;
    }
  soup_message_headers_append (soup_message_get_request_headers (fetch->message), "Accept", "image/png,image/jpeg,image/gif;q=0.8");
  soup_session_send_async (session (), fetch->message, G_PRIORITY_DEFAULT_IDLE, cancellable, on_sent_cb, g_object_ref (task));
}

GdkTexture *
mos_image_fetch_finish (GAsyncResult *result,
                        GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
