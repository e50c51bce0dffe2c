/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-zip.h"

#include "core/base/mos-part-file.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <glib/gstdio.h>
#include <unistd.h>

struct _MosZip
{
  char *path;
  char *part; /* (nullable): under which name it is written; %NULL once it has its own */
  gboolean replace;
  int fd;
  struct archive *archive;
};

static gboolean
set_error (MosZip *self,
           GError **error)
{
  int code = self->archive != NULL ? archive_errno (self->archive) : errno;

  g_set_error (error, G_IO_ERROR, (int) g_io_error_from_errno (code), "%s: %s", self->path, self->archive != NULL && archive_error_string (self->archive) != NULL ? archive_error_string (self->archive) : g_strerror (code));
  return FALSE;
}

MosZip *
mos_zip_open (const char *path,
              gboolean replace,
              GError **error)
{
  g_autoptr (MosZip) self = g_new0 (MosZip, 1);

  self->path = g_strdup (path);
  self->replace = replace;
  self->fd = -1;
  if (mos_part_file_is_there (path) && (!replace || !g_file_test (path, G_FILE_TEST_IS_REGULAR)))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS, "%s: %s", path, g_strerror (EEXIST));
      return NULL;
    }
  self->fd = mos_part_file_open (path, &self->part, error);
  if (self->fd < 0)
    return NULL;
  self->archive = archive_write_new ();
  if (archive_write_set_format_zip (self->archive) != ARCHIVE_OK ||
      archive_write_set_options (self->archive, "zip:hdrcharset=UTF-8") < ARCHIVE_WARN ||
      archive_write_open_fd (self->archive, self->fd) != ARCHIVE_OK)
    {
      set_error (self, error);
      return NULL;
    }
  return g_steal_pointer (&self);
}

gboolean
mos_zip_add (MosZip *self,
             const char *name,
             gconstpointer data,
             gsize size,
             gint64 at_us,
             GError **error)
{
  struct archive_entry *entry = archive_entry_new ();
  gboolean done;

  archive_entry_set_pathname_utf8 (entry, name);
  archive_entry_set_size (entry, (la_int64_t) size);
  archive_entry_set_filetype (entry, AE_IFREG);
  archive_entry_set_perm (entry, 0644);
  archive_entry_set_mtime (entry, (time_t) (at_us / G_USEC_PER_SEC), 0);
  done = archive_write_header (self->archive, entry) >= ARCHIVE_WARN && (size == 0 || archive_write_data (self->archive, data, size) == (la_ssize_t) size);
  archive_entry_free (entry);
  return done || set_error (self, error);
}

gboolean
mos_zip_finish (MosZip *self,
                GError **error)
{
  if (archive_write_close (self->archive) != ARCHIVE_OK)
    return set_error (self, error);
  archive_write_free (self->archive);
  self->archive = NULL;
  if (fsync (self->fd) != 0)
    return set_error (self, error);
  if (!mos_part_file_name (self->part, self->path, self->replace, error))
    return FALSE;
  g_clear_pointer (&self->part, g_free);
  return TRUE;
}

void
mos_zip_free (MosZip *self)
{
  g_clear_pointer (&self->archive, archive_write_free);
  g_clear_fd (&self->fd, NULL);
  if (self->part != NULL)
    g_unlink (self->part);
  g_free (self->part);
  g_free (self->path);
  g_free (self);
}
