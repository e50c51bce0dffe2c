/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-conversation"

#include "config.h"

#include "app/conversation/mos-attachment-chip.h"

#include "core/base/mos-worker.h"

#include <glib/gstdio.h>
#include <string.h>

/* Copies of attachments: written on a thread of their own, for a disk may be slow and a folder on another computer. */

static MosWorker *
writer (void)
{
  static MosWorker *worker;

  return mos_worker_ensure (&worker, "mos-files");
}

static void
remove_old (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      GStatBuf info;

      if (g_lstat (path, &info) == 0 && S_ISDIR (info.st_mode) && (gint64) info.st_mtime < g_get_real_time () / G_USEC_PER_SEC - 24 * 60 * 60)
        {
          g_autoptr (GDir) inner = g_dir_open (path, 0, NULL);
          const char *file;

          while (inner != NULL && (file = g_dir_read_name (inner)) != NULL)
            {
              g_autofree char *inner_path = g_build_filename (path, file, NULL);

              (void) g_unlink (inner_path); /* tidying: what stays is tried again next time */
            }
          (void) g_rmdir (path);
        }
    }
}

/* A private folder for each, so that the name stays what it is. */
static GFile *
make_temp_folder (GError **error)
{
  static gboolean tidied; /* the worker's */
  g_autofree char *folder = g_build_filename (g_get_user_cache_dir (), "mostrador", "opened", NULL);
  g_autofree char *pattern = g_build_filename (folder, "XXXXXX", NULL);

  if (g_mkdir_with_parents (folder, 0700) != 0 || g_mkdtemp_full (pattern, 0700) == NULL)
    {
      int code = errno;

      g_set_error (error, G_FILE_ERROR, (int) g_file_error_from_errno (code), "%s: %s", folder, g_strerror (code));
      return NULL;
    }
  if (!tidied)
    {
      tidied = TRUE;
      remove_old (folder);
    }
  return g_file_new_for_path (pattern);
}

/* Nothing that is there is overwritten: "a.pdf", "a (2).pdf"... */
static GFile *
create_free (GFile *folder,
             const char *name,
             gboolean private,
             GFileOutputStream **ret_stream,
             GCancellable *cancellable,
             GError **error)
{
  g_autofree char *base = g_path_get_basename (name);
  const char *dot = strrchr (base, '.');
  gsize stem = dot != NULL && dot != base ? (gsize) (dot - base) : strlen (base);

  for (guint i = 1;; i++)
    {
      g_autofree char *candidate = i == 1 ? g_strdup (base) : g_strdup_printf ("%.*s (%u)%s", (int) stem, base, i, base + stem);
      g_autoptr (GFile) file = g_file_get_child (folder, candidate);
      g_autoptr (GError) local = NULL;

      *ret_stream = g_file_create (file, private ? G_FILE_CREATE_PRIVATE : G_FILE_CREATE_NONE, cancellable, &local);
      if (*ret_stream != NULL)
        return g_steal_pointer (&file);
      if (!g_error_matches (local, G_IO_ERROR, G_IO_ERROR_EXISTS) || i > 9999)
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return NULL;
        }
    }
}

typedef struct
{
  GFile *folder; /* (owned) (nullable) */
  char *name;    /* (owned) */
  GBytes *bytes; /* (owned) */
} Copy;

static void
copy_free (gpointer data)
{
  Copy *copy = data;

  g_clear_object (&copy->folder);
  g_free (copy->name);
  g_bytes_unref (copy->bytes);
  g_free (copy);
}

static void
copy_func (GTask *task,
           gpointer source,
           gpointer data,
           GCancellable *cancellable)
{
  Copy *copy = data;
  GError *error = NULL;
  g_autoptr (GFile) folder = copy->folder != NULL ? g_object_ref (copy->folder) : make_temp_folder (&error);
  g_autoptr (GFileOutputStream) stream = NULL;
  g_autoptr (GFile) file = folder != NULL ? create_free (folder, copy->name, copy->folder == NULL, &stream, cancellable, &error) : NULL;
  gsize len;
  const void *bytes = g_bytes_get_data (copy->bytes, &len);

  if (file == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  if (!g_output_stream_write_all (G_OUTPUT_STREAM (stream), bytes, len, NULL, cancellable, &error) ||
      !g_output_stream_close (G_OUTPUT_STREAM (stream), cancellable, &error))
    {
      /* Half a file looks like a whole one. */
      (void) g_file_delete (file, NULL, NULL);
      g_task_return_error (task, error);
      return;
    }
  g_task_return_pointer (task, g_steal_pointer (&file), g_object_unref);
}

void
mos_attachment_copy_async (GFile *folder,
                           const char *name,
                           GBytes *bytes,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Copy *copy = g_new0 (Copy, 1);

  g_task_set_source_tag (task, mos_attachment_copy_async);
  g_set_object (&copy->folder, folder);
  copy->name = g_strdup (name);
  copy->bytes = g_bytes_ref (bytes);
  g_task_set_task_data (task, copy, copy_free);
  mos_worker_push (writer (), task, copy_func);
}

static void
folder_func (GTask *task,
             gpointer source,
             gpointer data,
             GCancellable *cancellable)
{
  GError *error = NULL;
  GFile *folder = make_temp_folder (&error);

  if (folder == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, folder, g_object_unref);
}

void
mos_attachment_folder_async (GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, user_data);

  g_task_set_source_tag (task, mos_attachment_folder_async);
  mos_worker_push (writer (), task, folder_func);
}

GFile *
mos_attachment_copy_finish (GAsyncResult *result,
                            GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
