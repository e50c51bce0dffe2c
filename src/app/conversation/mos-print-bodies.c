/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-conversation"

#include "config.h"

#include "app/conversation/mos-print-private.h"

#include "app/conversation/mos-message-html.h"
#include "app/widgets/mos-image-loader.h"

#include <math.h>

/* Of one print, so that no mail can fill the memory, the paper or the time: one that cannot be shown, or not any more, costs as much as one that is. */
#define MAX_PICTURES 200
#define MAX_PIXELS (60 * 1000 * 1000)
/* Wider than the text of a page at 200 dots an inch helps nobody. */
#define MAX_SIDE 1400

static cairo_user_data_key_t shrink_key;

double
mos_print_picture_shrink (cairo_surface_t *surface)
{
  const double *shrink = cairo_surface_get_user_data (surface, &shrink_key);

  return shrink != NULL ? *shrink : 1;
}

static cairo_surface_t *
decode (GBytes *bytes,
        guint *left)
{
  g_autoptr (GdkTexture) texture = NULL;
  cairo_surface_t *whole, *small;
  double width, height, shrink;
  int claimed_width, claimed_height;
  cairo_t *cr;

  /* What there is no room for is not decoded first. */
  if (!mos_image_probe (bytes, &claimed_width, &claimed_height))
    return NULL;
  shrink = MAX (1, MAX (claimed_width, claimed_height) / (double) MAX_SIDE);
  if (claimed_width / shrink * (claimed_height / shrink) > *left)
    return NULL;
  texture = gdk_texture_new_from_bytes (bytes, NULL); /* one that is damaged is printed as a mark */
  if (texture == NULL)
    return NULL;
  width = gdk_texture_get_width (texture);
  height = gdk_texture_get_height (texture);
  whole = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, (int) width, (int) height);
  if (cairo_surface_status (whole) != CAIRO_STATUS_SUCCESS)
    {
      cairo_surface_destroy (whole);
      return NULL;
    }
  gdk_texture_download (texture, cairo_image_surface_get_data (whole), (gsize) cairo_image_surface_get_stride (whole));
  cairo_surface_mark_dirty (whole);
  shrink = MAX (width, height) / MAX_SIDE;
  if (shrink > 1)
    {
      double *kept = g_new (double, 1);

      *kept = shrink;
      small = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, MAX (1, (int) round (width / shrink)), MAX (1, (int) round (height / shrink)));
      cr = cairo_create (small);
      cairo_scale (cr, 1 / shrink, 1 / shrink);
      cairo_set_source_surface (cr, whole, 0, 0);
      cairo_pattern_set_filter (cairo_get_source (cr), CAIRO_FILTER_GOOD);
      cairo_paint (cr);
      cairo_destroy (cr);
      cairo_surface_destroy (whole);
      if (cairo_surface_set_user_data (small, &shrink_key, kept, g_free) != CAIRO_STATUS_SUCCESS)
        g_free (kept);
      whole = small;
    }
  width = cairo_image_surface_get_width (whole);
  height = cairo_image_surface_get_height (whole);
  if (width * height > *left)
    {
      cairo_surface_destroy (whole);
      return NULL;
    }
  *left -= (guint) (width * height);
  return whole;
}

static void
picture_free (gpointer data)
{
  if (data != NULL)
    cairo_surface_destroy (data);
}

static void
print_body_free (gpointer data)
{
  MosPrintBody *body = data;

  mos_html_document_unref (body->document);
  g_ptr_array_unref (body->pictures);
  g_free (body);
}

GHashTable *
mos_print_bodies_make (GPtrArray *rows,
                       GPtrArray *bodies)
{
  GHashTable *made = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, print_body_free);
  guint n_tried = 0, left = MAX_PIXELS;

  for (guint i = 0; i < rows->len && i < bodies->len; i++)
    {
      MosMessageRow *row = g_ptr_array_index (rows, i);
      MosMessageBody *body = g_ptr_array_index (bodies, i);
      MosPrintBody *print;
      guint found = 0;

      if (body == NULL || body->html == NULL)
        continue;
      print = g_new0 (MosPrintBody, 1);
      print->document = mos_html_document_parse (body->html);
      print->pictures = g_ptr_array_new_with_free_func (picture_free);
      for (guint k = 0; k < print->document->images->len; k++)
        {
          const MosHtmlImage *image = g_ptr_array_index (print->document->images, k);
          GBytes *bytes = image->data == NULL && image->cid != NULL ? mos_message_body_find_related (body, image->cid) : image->data;
          cairo_surface_t *surface = bytes != NULL && !image->is_tracker && n_tried++ < MAX_PICTURES ? decode (bytes, &left) : NULL;

          if (surface != NULL)
            found++;
          g_ptr_array_add (print->pictures, surface);
        }
      /* Without pictures its text says it all. */
      if (found > 0 && print->document->blocks->len > 0)
        g_hash_table_replace (made, g_strdup (row->id), print);
      else
        print_body_free (print);
    }
  return made;
}

/* --- From the desk --- */

MosWorker *
mos_print_worker (void)
{
  static MosWorker *worker;

  return mos_worker_ensure (&worker, "mos-print");
}

typedef struct
{
  MosDesk *desk;     /* (owned) (nullable) */
  GPtrArray *rows;   /* (owned) */
  GPtrArray *bodies; /* (owned): MosMessageBody or NULL */
} Load;

static void
body_free (gpointer data)
{
  if (data != NULL)
    mos_message_body_unref (data);
}

static void
load_free (gpointer data)
{
  Load *load = data;

  g_clear_object (&load->desk);
  g_ptr_array_unref (load->rows);
  g_ptr_array_unref (load->bodies);
  g_free (load);
}

static void
make_func (GTask *task,
           gpointer source,
           gpointer data,
           GCancellable *cancellable)
{
  Load *load = data;

  g_task_return_pointer (task, mos_print_bodies_make (load->rows, load->bodies), (GDestroyNotify) g_hash_table_unref);
}

static void load_next (GTask *task);

static void
on_body_cb (GObject *source,
            GAsyncResult *result,
            gpointer user_data)
{
  GTask *task = user_data;
  Load *load = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  MosMessageBody *body = mos_desk_load_body_finish (MOS_DESK (source), result, &error);

  if (body == NULL)
    g_warning ("A message is printed without its pictures: %s", error->message);
  g_ptr_array_add (load->bodies, body);
  load_next (task);
}

/* Takes @task. One after the other. */
static void
load_next (GTask *task)
{
  g_autoptr (GTask) owned = task;
  Load *load = g_task_get_task_data (task);

  while (load->bodies->len < load->rows->len)
    {
      MosMessageRow *row = g_ptr_array_index (load->rows, load->bodies->len);

      if (load->desk != NULL && row->has_html)
        {
          mos_desk_load_body_async (load->desk, row->id, NULL, on_body_cb, g_steal_pointer (&owned));
          return;
        }
      g_ptr_array_add (load->bodies, NULL);
    }
  mos_worker_push (mos_print_worker (), task, make_func);
}

void
mos_print_bodies_load_async (MosDesk *desk,
                             GPtrArray *rows,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  GTask *task = g_task_new (NULL, NULL, callback, user_data);
  Load *load = g_new0 (Load, 1);

  g_set_object (&load->desk, desk);
  load->rows = g_ptr_array_ref (rows);
  load->bodies = g_ptr_array_new_with_free_func (body_free);
  g_task_set_source_tag (task, mos_print_bodies_load_async);
  g_task_set_task_data (task, load, load_free);
  load_next (task);
}

GHashTable *
mos_print_bodies_load_finish (GAsyncResult *result)
{
  return g_task_propagate_pointer (G_TASK (result), NULL);
}
