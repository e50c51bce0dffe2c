/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-widgets"

#include "config.h"

#include "app/widgets/mos-image-loader.h"

#include "core/base/mos-worker.h"

#include <string.h>

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

/* Shown where the system has a decoder for it. */
static gboolean
probe_webp (const guint8 *data,
            int *ret_width,
            int *ret_height)
{
  if (memcmp (data + 12, "VP8X", 4) == 0)
    {
      *ret_width = (data[24] | data[25] << 8 | data[26] << 16) + 1;
      *ret_height = (data[27] | data[28] << 8 | data[29] << 16) + 1;
    }
  else if (memcmp (data + 12, "VP8L", 4) == 0)
    {
      *ret_width = ((data[21] | data[22] << 8) & 0x3fff) + 1;
      *ret_height = ((data[22] >> 6 | data[23] << 2 | data[24] << 10) & 0x3fff) + 1;
    }
  else if (memcmp (data + 12, "VP8 ", 4) == 0)
    {
      *ret_width = (data[26] | data[27] << 8) & 0x3fff;
      *ret_height = (data[28] | data[29] << 8) & 0x3fff;
    }
  else
    return FALSE;
  return TRUE;
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
  else if (len >= 30 && memcmp (data, "RIFF", 4) == 0 && memcmp (data + 8, "WEBP", 4) == 0)
    {
      if (!probe_webp (data, &width, &height))
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
  static MosWorker *worker;

  return mos_worker_ensure (&worker, "mos-images");
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
