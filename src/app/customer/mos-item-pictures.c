/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-customer"

#include "config.h"

#include "app/customer/mos-item-pictures.h"

#include "app/widgets/mos-image-loader.h"
#include "core/base/mos-worker.h"

#include <glib/gstdio.h>
#include <utime.h>

/* A copy takes about 10 kB: some two thousand of them. */
#define MAX_FOLDER_BYTES (20 * 1024 * 1024)
/* Looking through the folder is for now and then. */
#define TRIM_EVERY 50
/* Whole pictures are in memory while they are scaled down. */
#define MAX_PIXELS (16 * 1000 * 1000)
/* Cairo draws none that is longer. */
#define MAX_SIDE 32767

struct _MosItemPictures
{
  GObject parent_instance;

  char *folder;
  GHashTable *failed; /* (owned) of URL: not asked for again in this run */
};

G_DEFINE_FINAL_TYPE (MosItemPictures, mos_item_pictures, G_TYPE_OBJECT)

typedef struct
{
  MosItemPictures *self; /* (owned) */
  char *url;
  char *path;
  GBytes *bytes; /* (owned) (nullable): what was fetched */
  gboolean may_fetch;
} Load;

static void
load_free (gpointer data)
{
  Load *load = data;

  g_object_unref (load->self);
  g_free (load->url);
  g_free (load->path);
  g_clear_pointer (&load->bytes, g_bytes_unref);
  g_free (load);
}

/* --- on the worker --- */

GdkTexture *
mos_item_picture_shrink (GBytes *bytes,
                         GError **error)
{
  int width, height, small_width, small_height;
  g_autoptr (GdkTexture) whole = NULL;
  g_autoptr (GBytes) pixels = NULL;
  cairo_surface_t *from, *to;
  cairo_t *cr;
  double scale;

  if (!mos_image_probe (bytes, &width, &height) || (gint64) width * height > MAX_PIXELS)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, "Not a picture that is shown");
      return NULL;
    }
  whole = gdk_texture_new_from_bytes (bytes, error);
  if (whole == NULL)
    return NULL;
  /* What the header says is not all that counts. */
  width = gdk_texture_get_width (whole);
  height = gdk_texture_get_height (whole);
  if (MAX (width, height) <= MOS_ITEM_PICTURE_SIZE)
    return g_steal_pointer (&whole);
  if (MAX (width, height) > MAX_SIDE)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, "Not a picture that is shown");
      return NULL;
    }
  scale = (double) MOS_ITEM_PICTURE_SIZE / MAX (width, height);
  small_width = MAX ((int) (width * scale), 1);
  small_height = MAX ((int) (height * scale), 1);
  from = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width, height);
  gdk_texture_download (whole, cairo_image_surface_get_data (from), (gsize) cairo_image_surface_get_stride (from));
  cairo_surface_mark_dirty (from);
  to = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, small_width, small_height);
  cr = cairo_create (to);
  cairo_scale (cr, (double) small_width / width, (double) small_height / height);
  cairo_set_source_surface (cr, from, 0, 0);
  cairo_pattern_set_filter (cairo_get_source (cr), CAIRO_FILTER_GOOD);
  /* Else the edges fade. */
  cairo_pattern_set_extend (cairo_get_source (cr), CAIRO_EXTEND_PAD);
  cairo_paint (cr);
  cairo_destroy (cr);
  cairo_surface_destroy (from);
  cairo_surface_flush (to);
  pixels = g_bytes_new (cairo_image_surface_get_data (to), (gsize) cairo_image_surface_get_stride (to) * (gsize) small_height);
  g_clear_object (&whole);
  whole = gdk_memory_texture_new (small_width, small_height, GDK_MEMORY_DEFAULT, pixels, (gsize) cairo_image_surface_get_stride (to));
  cairo_surface_destroy (to);
  return g_steal_pointer (&whole);
}

typedef struct
{
  char *path;
  guint64 size;
  gint64 used_s;
} Entry;

static void
entry_free (gpointer data)
{
  g_free (((Entry *) data)->path);
  g_free (data);
}

static int
compare_entries (gconstpointer a,
                 gconstpointer b)
{
  const Entry *x = *(const Entry *const *) a, *y = *(const Entry *const *) b;

  return x->used_s != y->used_s ? (x->used_s < y->used_s ? -1 : 1) : strcmp (x->path, y->path);
}

void
mos_item_pictures_trim (const char *folder,
                        guint64 max_bytes)
{
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func (entry_free);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint64 total = 0;
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      Entry *entry = g_new0 (Entry, 1);
      GStatBuf info;

      entry->path = g_build_filename (folder, name, NULL);
      g_ptr_array_add (entries, entry);
      if (g_stat (entry->path, &info) != 0)
        continue;
      entry->size = (guint64) info.st_size;
      entry->used_s = info.st_mtime;
      total += entry->size;
    }
  g_ptr_array_sort (entries, compare_entries);
  for (guint i = 0; i < entries->len && total > max_bytes; i++)
    {
      const Entry *entry = entries->pdata[i];

      if (g_unlink (entry->path) == 0)
        total -= entry->size;
    }
}

static void
read_thread (GTask *task,
             gpointer source_object,
             gpointer task_data,
             GCancellable *cancellable)
{
  Load *load = task_data;
  g_autofree char *data = NULL;
  gsize size;
  GError *error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  GdkTexture *texture;

  if (!g_file_get_contents (load->path, &data, &size, NULL))
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "There is no copy");
      return;
    }
  bytes = g_bytes_new_take (g_steal_pointer (&data), size);
  texture = mos_item_picture_shrink (bytes, &error);
  if (texture == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  /* What is looked at stays. */
  utime (load->path, NULL);
  g_task_return_pointer (task, texture, g_object_unref);
}

static void
shrink_thread (GTask *task,
               gpointer source_object,
               gpointer task_data,
               GCancellable *cancellable)
{
  static guint n_written;
  Load *load = task_data;
  g_autofree char *folder = g_path_get_dirname (load->path);
  GError *error = NULL;
  GdkTexture *texture = mos_item_picture_shrink (load->bytes, &error);
  g_autoptr (GBytes) png = NULL;
  g_autoptr (GError) local = NULL;

  if (texture == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  png = gdk_texture_save_to_png_bytes (texture);
  /* Without a copy it is shown all the same. */
  if (g_mkdir_with_parents (folder, 0700) != 0 ||
      !g_file_set_contents_full (load->path, g_bytes_get_data (png, NULL), (gssize) g_bytes_get_size (png), G_FILE_SET_CONTENTS_CONSISTENT, 0600, &local))
    g_debug ("A picture was not kept: %s", local != NULL ? local->message : g_strerror (errno));
  if (n_written++ % TRIM_EVERY == 0)
    mos_item_pictures_trim (folder, MAX_FOLDER_BYTES);
  g_task_return_pointer (task, texture, g_object_unref);
}

static MosWorker *
worker (void)
{
  static MosWorker *own;

  return mos_worker_ensure (&own, "mos-item-pictures");
}

/* --- loading --- */

/* That nobody looks any more says nothing of the picture. */
static void
note_failure (const Load *load,
              const GError *error)
{
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_hash_table_add (load->self->failed, g_strdup (load->url));
}

static void
on_shrunk_cb (GObject *source,
              GAsyncResult *result,
              gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Load *load = g_task_get_task_data (task);
  GError *error = NULL;
  GdkTexture *texture = g_task_propagate_pointer (G_TASK (result), &error);

  if (texture != NULL)
    {
      g_task_return_pointer (task, texture, g_object_unref);
      return;
    }
  note_failure (load, error);
  g_task_return_error (task, error);
}

static Load *
load_copy (const Load *load)
{
  Load *copy = g_new0 (Load, 1);

  copy->self = g_object_ref (load->self);
  copy->url = g_strdup (load->url);
  copy->path = g_strdup (load->path);
  return copy;
}

static void
on_fetched_cb (GObject *source,
               GAsyncResult *result,
               gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Load *load = g_task_get_task_data (task);
  g_autoptr (GTask) inner = NULL;
  GError *error = NULL;
  GBytes *bytes = mos_image_fetch_bytes_finish (result, &error);
  Load *copy;

  if (bytes == NULL)
    {
      note_failure (load, error);
      g_task_return_error (task, error);
      return;
    }
  inner = g_task_new (load->self, g_task_get_cancellable (task), on_shrunk_cb, g_object_ref (task));
  copy = load_copy (load);
  copy->bytes = bytes;
  g_task_set_task_data (inner, copy, load_free);
  mos_worker_push (worker (), inner, shrink_thread);
}

static void
on_read_cb (GObject *source,
            GAsyncResult *result,
            gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Load *load = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  GdkTexture *texture = g_task_propagate_pointer (G_TASK (result), &error);

  if (texture != NULL)
    g_task_return_pointer (task, texture, g_object_unref);
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || !load->may_fetch || g_hash_table_contains (load->self->failed, load->url))
    g_task_return_error (task, g_steal_pointer (&error));
  else
    mos_image_fetch_bytes_async (load->url, g_task_get_cancellable (task), on_fetched_cb, g_object_ref (task));
}

void
mos_item_pictures_load_async (MosItemPictures *self,
                              const char *url,
                              gboolean may_fetch,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (GTask) inner = NULL;
  g_autofree char *name = NULL;
  g_autofree char *file = NULL;
  Load *load;

  g_return_if_fail (MOS_IS_ITEM_PICTURES (self));
  g_return_if_fail (url != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, mos_item_pictures_load_async);
  if (!g_str_has_prefix (url, "https://"))
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "Only https addresses are asked");
      return;
    }
  name = g_compute_checksum_for_string (G_CHECKSUM_SHA256, url, -1);
  file = g_strconcat (name, ".png", NULL);
  load = g_new0 (Load, 1);
  load->self = g_object_ref (self);
  load->url = g_strdup (url);
  load->path = g_build_filename (self->folder, file, NULL);
  load->may_fetch = may_fetch;
  g_task_set_task_data (task, load, load_free);
  inner = g_task_new (self, cancellable, on_read_cb, g_object_ref (task));
  g_task_set_task_data (inner, load_copy (load), load_free);
  mos_worker_push (worker (), inner, read_thread);
}

GdkTexture *
mos_item_pictures_load_finish (MosItemPictures *self,
                               GAsyncResult *result,
                               GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* --- class --- */

static void
mos_item_pictures_finalize (GObject *object)
{
  MosItemPictures *self = MOS_ITEM_PICTURES (object);

  g_free (self->folder);
  g_hash_table_unref (self->failed);
  G_OBJECT_CLASS (mos_item_pictures_parent_class)->finalize (object);
}

static void
mos_item_pictures_class_init (MosItemPicturesClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mos_item_pictures_finalize;
}

static void
mos_item_pictures_init (MosItemPictures *self)
{
  self->failed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

MosItemPictures *
mos_item_pictures_new (const char *folder)
{
  MosItemPictures *self = g_object_new (MOS_TYPE_ITEM_PICTURES, NULL);

  self->folder = g_strdup (folder);
  return self;
}
