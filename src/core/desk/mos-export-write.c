/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-export-write.h"

#include "core/base/mos-part-file.h"
#include "core/desk/mos-mbox.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#define LINES "conversations.jsonl"
#define BLOBS "attachments"

struct _MosExportWriter
{
  MosExportFormat format;
  gboolean is_folder;
  gboolean replace;
  char *path;            /* (owned) */
  char *part;            /* (owned) (nullable): %NULL once it has its name */
  GOutputStream *stream; /* (owned) (nullable): the one file, or the file of lines */
  guint64 n;
};

static gboolean
set_errno (GError **error,
           const char *path)
{
  int saved = errno;

  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (saved), "%s: %s", path, g_strerror (saved));
  return FALSE;
}

/* Takes away a folder that this program made. Links are not followed. */
static void
remove_tree (const char *path)
{
  g_autoptr (GDir) dir = NULL;
  const char *name;

  if (g_file_test (path, G_FILE_TEST_IS_SYMLINK) || !g_file_test (path, G_FILE_TEST_IS_DIR))
    {
      g_unlink (path);
      return;
    }
  dir = g_dir_open (path, 0, NULL);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      remove_tree (child);
    }
  g_rmdir (path);
}

/* --- what may be replaced --- */

/* Whether a folder holds nothing but what an export of this format holds. */
static gboolean
is_export (const char *path,
           MosExportFormat format)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      gboolean fits = FALSE;

      switch (format)
        {
        case MOS_EXPORT_MAILDIR:
          fits = strcmp (name, "cur") == 0 || strcmp (name, "new") == 0 || strcmp (name, "tmp") == 0;
          break;
        case MOS_EXPORT_JSON:
          fits = strcmp (name, LINES) == 0 || strcmp (name, BLOBS) == 0;
          break;
        case MOS_EXPORT_EML:
          fits = g_str_has_suffix (name, ".eml");
          break;
        case MOS_EXPORT_MBOX:
        default:
          break;
        }
      if (!fits)
        return FALSE;
    }
  return dir != NULL;
}

static gboolean
check_path (MosExportWriter *self,
            GError **error)
{
  gboolean may_replace = self->replace && (self->is_folder ? g_file_test (self->path, G_FILE_TEST_IS_DIR) && is_export (self->path, self->format)
                                                           : g_file_test (self->path, G_FILE_TEST_IS_REGULAR));

  if (!mos_part_file_is_there (self->path) || may_replace)
    return TRUE;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS, "%s: %s", self->path, g_strerror (EEXIST));
  return FALSE;
}

/* --- files --- */

static GOutputStream *
create_file (const char *path,
             GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileOutputStream) stream = g_file_create (file, G_FILE_CREATE_PRIVATE, NULL, error);
  GOutputStream *buffered;

  if (stream == NULL)
    return NULL;
  buffered = g_buffered_output_stream_new_sized (G_OUTPUT_STREAM (stream), 256 * 1024);
  return buffered;
}

static gboolean
write_bytes (GOutputStream *stream,
             GBytes *bytes,
             GError **error)
{
  gsize size;
  const void *data = g_bytes_get_data (bytes, &size);

  return g_output_stream_write_all (stream, data, size, NULL, NULL, error);
}

static gboolean
make_folder (const char *path,
             const char *name,
             GError **error)
{
  g_autofree char *child = g_build_filename (path, name, NULL);

  return g_mkdir (child, 0700) == 0 || set_errno (error, child);
}

MosExportWriter *
mos_export_writer_open (MosExportFormat format,
                        gboolean is_folder,
                        const char *path,
                        gboolean replace,
                        GError **error)
{
  g_autoptr (MosExportWriter) self = g_new0 (MosExportWriter, 1);
  g_autofree char *dir = g_path_get_dirname (path);
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *hidden = g_strdup_printf (".%.200s.%08x.part", name, g_random_int ());
  g_autofree char *part = g_build_filename (dir, hidden, NULL);
  g_autofree char *lines = NULL;

  self->format = format;
  self->is_folder = is_folder;
  self->replace = replace;
  self->path = g_strdup (path);
  if (!check_path (self, error))
    return NULL;
  if (!is_folder)
    {
      self->stream = create_file (part, error);
      if (self->stream == NULL)
        return NULL;
      self->part = g_steal_pointer (&part);
      return g_steal_pointer (&self);
    }

  if (g_mkdir (part, 0700) != 0)
    {
      set_errno (error, part);
      return NULL;
    }
  self->part = g_steal_pointer (&part);
  if (format == MOS_EXPORT_MAILDIR && (!make_folder (self->part, "cur", error) || !make_folder (self->part, "new", error) || !make_folder (self->part, "tmp", error)))
    return NULL;
  if (format == MOS_EXPORT_JSON)
    {
      lines = g_build_filename (self->part, LINES, NULL);
      if (!make_folder (self->part, BLOBS, error))
        return NULL;
      self->stream = create_file (lines, error);
      if (self->stream == NULL)
        return NULL;
    }
  return g_steal_pointer (&self);
}

void
mos_export_writer_free (MosExportWriter *self)
{
  if (self == NULL)
    return;
  if (self->stream != NULL)
    g_output_stream_close (self->stream, NULL, NULL);
  g_clear_object (&self->stream);
  if (self->part != NULL)
    remove_tree (self->part);
  g_free (self->part);
  g_free (self->path);
  g_free (self);
}

/* --- adding --- */

static gboolean
add_file (MosExportWriter *self,
          const char *name,
          GBytes *raw,
          gint64 received_us,
          GError **error)
{
  g_autofree char *path = g_build_filename (self->part, name, NULL);
  g_autoptr (GOutputStream) stream = create_file (path, error);
  const struct timespec times[2] = {
    { received_us / G_USEC_PER_SEC, received_us % G_USEC_PER_SEC * 1000 },
    { received_us / G_USEC_PER_SEC, received_us % G_USEC_PER_SEC * 1000 },
  };

  if (stream == NULL || !write_bytes (stream, raw, error) || !g_output_stream_close (stream, NULL, error))
    return FALSE;
  /* Other programs take the file's time for that of receipt. */
  return utimensat (AT_FDCWD, path, times, 0) == 0 || set_errno (error, path);
}

gboolean
mos_export_writer_add (MosExportWriter *self,
                       GBytes *raw,
                       gint64 received_us,
                       gboolean is_read,
                       gint64 number,
                       guint position,
                       GError **error)
{
  g_autoptr (GBytes) quoted = NULL;
  g_autofree char *name = NULL;

  self->n++;
  switch (self->format)
    {
    case MOS_EXPORT_MBOX:
      quoted = mos_mbox_quote (raw, received_us);
      return write_bytes (self->stream, quoted, error);
    case MOS_EXPORT_MAILDIR:
      /* What is not read yet is new (cr.yp.to/proto/maildir.html); the size in the name is Maildir++'s. */
      name = g_strdup_printf ("%s/%" G_GINT64_FORMAT ".M%06dQ%" G_GUINT64_FORMAT MOS_MBOX_OWN_HOST ",S=%" G_GSIZE_FORMAT "%s", is_read ? "cur" : "new",
                              received_us / G_USEC_PER_SEC, (int) (received_us % G_USEC_PER_SEC), self->n, g_bytes_get_size (raw), is_read ? ":2,S" : "");
      return add_file (self, name, raw, received_us, error);
    case MOS_EXPORT_EML:
      if (!self->is_folder)
        return write_bytes (self->stream, raw, error);
      name = g_strdup_printf ("%06" G_GINT64_FORMAT "-%04u.eml", number, position);
      return add_file (self, name, raw, received_us, error);
    case MOS_EXPORT_JSON:
    default:
      g_return_val_if_reached (FALSE);
    }
}

gboolean
mos_export_writer_add_line (MosExportWriter *self,
                            const char *line,
                            GError **error)
{
  return g_output_stream_write_all (self->stream, line, strlen (line), NULL, NULL, error) &&
         g_output_stream_write_all (self->stream, "\n", 1, NULL, NULL, error);
}

gboolean
mos_export_writer_open_blob (MosExportWriter *self,
                             const char *sha256,
                             GOutputStream **ret_stream,
                             GError **error)
{
  g_autofree char *path = g_build_filename (self->part, BLOBS, sha256, NULL);

  *ret_stream = NULL;
  if (mos_part_file_is_there (path))
    return TRUE;
  *ret_stream = create_file (path, error);
  return *ret_stream != NULL;
}

void
mos_export_writer_drop_blob (MosExportWriter *self,
                             const char *sha256)
{
  g_autofree char *path = g_build_filename (self->part, BLOBS, sha256, NULL);

  if (g_unlink (path) != 0)
    g_debug ("%s stays: %s", path, g_strerror (errno));
}

/* --- the end --- */

static gboolean
sync_path (const char *path,
           GError **error)
{
  int fd = g_open (path, O_RDONLY | O_CLOEXEC, 0);
  gboolean ok = fd >= 0 && fsync (fd) == 0;

  if (!ok)
    set_errno (error, path);
  if (fd >= 0)
    close (fd);
  return ok;
}

static gboolean
name_folder (MosExportWriter *self,
             GError **error)
{
  g_autofree char *old = NULL;

  if (mos_part_file_is_there (self->path))
    {
      if (!check_path (self, error))
        return FALSE;
      old = g_strconcat (self->part, ".old", NULL);
      if (g_rename (self->path, old) != 0)
        return set_errno (error, self->path);
    }
  if (g_rename (self->part, self->path) != 0)
    {
      set_errno (error, self->path);
      if (old != NULL)
        g_rename (old, self->path);
      return FALSE;
    }
  if (old != NULL)
    remove_tree (old);
  return TRUE;
}

gboolean
mos_export_writer_finish (MosExportWriter *self,
                          GError **error)
{
  g_autofree char *dir = g_path_get_dirname (self->path);
  gboolean ok;

  if (self->stream != NULL && !g_output_stream_close (self->stream, NULL, error))
    return FALSE;
  g_clear_object (&self->stream);
  /* Thousands of small files: one sync of everything costs less than one each. */
  if (self->is_folder)
    sync ();
  else if (!sync_path (self->part, error))
    return FALSE;
  ok = self->is_folder ? name_folder (self, error) : mos_part_file_name (self->part, self->path, self->replace, error);
  if (!ok)
    return FALSE;
  g_clear_pointer (&self->part, g_free);
  return sync_path (dir, error);
}
