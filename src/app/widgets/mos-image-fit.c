/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-widgets"

#include "config.h"

#include "app/widgets/mos-image-fit.h"

#include "app/widgets/mos-image-loader.h"

#include "core/base/mos-worker.h"

#include <gdk-pixbuf/gdk-pixbuf.h>

/* No service shows more. */
#define LONGEST_SIDE 4096
#define SMALLEST_SIDE 64
/* What is tried before there are fewer pixels */
static const char *const qualities[] = { "90", "80", "70" };
#define SHRINK 0.75

typedef struct
{
  GBytes *bytes; /* (owned) */
  char *type;    /* (owned) */
  guint64 max_bytes;
} FitJob;

static void
fit_job_free (FitJob *job)
{
  g_bytes_unref (job->bytes);
  g_free (job->type);
  g_free (job);
}

static void
on_size_cb (GdkPixbufLoader *loader,
            int width,
            int height,
            gpointer user_data)
{
  /* No size: nothing is decoded. */
  if (width <= 0 || height <= 0 || (gint64) width * height > MOS_IMAGE_MAX_PIXELS)
    gdk_pixbuf_loader_set_size (loader, 0, 0);
}

static GdkPixbuf *
decode (const FitJob *job,
        GError **error)
{
  g_autoptr (GdkPixbufLoader) loader = gdk_pixbuf_loader_new_with_mime_type (job->type, error);
  g_autoptr (GError) end_error = NULL;
  GdkPixbuf *picture;

  if (loader == NULL)
    return NULL;
  g_signal_connect (loader, "size-prepared", G_CALLBACK (on_size_cb), NULL);
  if (!gdk_pixbuf_loader_write_bytes (loader, job->bytes, error))
    {
      gdk_pixbuf_loader_close (loader, NULL);
      return NULL;
    }
  if (!gdk_pixbuf_loader_close (loader, error))
    return NULL;
  picture = gdk_pixbuf_loader_get_pixbuf (loader);
  if (picture == NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, "No picture, or one with too many pixels");
      return NULL;
    }
  /* As the camera was held. */
  return gdk_pixbuf_apply_embedded_orientation (picture);
}

/* A JPEG has nothing transparent: what was becomes white. Returns: (transfer full) */
static GdkPixbuf *
flatten (GdkPixbuf *picture,
         double scale)
{
  int width = MAX (1, (int) (gdk_pixbuf_get_width (picture) * scale));
  int height = MAX (1, (int) (gdk_pixbuf_get_height (picture) * scale));

  if (gdk_pixbuf_get_has_alpha (picture))
    return gdk_pixbuf_composite_color_simple (picture, width, height, GDK_INTERP_BILINEAR, 255, 8, 0xffffff, 0xffffff);
  return gdk_pixbuf_scale_simple (picture, width, height, GDK_INTERP_BILINEAR);
}

static void
fit_func (GTask *task,
          gpointer source,
          gpointer data,
          GCancellable *cancellable)
{
  FitJob *job = data;
  GError *error = NULL;
  g_autoptr (GdkPixbuf) picture = decode (job, &error);
  int longest;

  if (picture == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  longest = MAX (gdk_pixbuf_get_width (picture), gdk_pixbuf_get_height (picture));
  for (double scale = MIN (1.0, (double) LONGEST_SIDE / longest); scale * longest >= MIN (SMALLEST_SIDE, longest); scale *= SHRINK)
    {
      g_autoptr (GdkPixbuf) smaller = flatten (picture, scale);

      for (guint i = 0; smaller != NULL && i < G_N_ELEMENTS (qualities); i++)
        {
          g_autofree char *encoded = NULL;
          gsize length;

          if (g_task_return_error_if_cancelled (task))
            return;
          if (!gdk_pixbuf_save_to_buffer (smaller, &encoded, &length, "jpeg", &error, "quality", qualities[i], NULL))
            {
              g_task_return_error (task, error);
              return;
            }
          if (length <= job->max_bytes)
            {
              g_task_return_pointer (task, g_bytes_new_take (g_steal_pointer (&encoded), length), (GDestroyNotify) g_bytes_unref);
              return;
            }
        }
    }
  g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, "It does not become small enough");
}

void
mos_image_fit_async (GBytes *bytes,
                     const char *type,
                     guint64 max_bytes,
                     GCancellable *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer user_data)
{
  static MosWorker *worker;
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  FitJob *job = g_new0 (FitJob, 1);

  job->bytes = g_bytes_ref (bytes);
  job->type = g_strdup (type);
  job->max_bytes = max_bytes;
  g_task_set_source_tag (task, mos_image_fit_async);
  g_task_set_task_data (task, job, (GDestroyNotify) fit_job_free);
  mos_worker_push (mos_worker_ensure (&worker, "mos-picture-fit"), task, fit_func);
}

GBytes *
mos_image_fit_finish (GAsyncResult *result,
                      GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
