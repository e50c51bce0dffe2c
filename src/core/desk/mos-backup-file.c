/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-backup-file.h"

#include "core/base/mos-bytes.h"
#include "core/base/mos-json.h"
#include "core/store/mos-store-snapshot.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

/* Writing; reading is mos-backup-read.c. */

#define PIECE 65536

gboolean
mos_backup_set_errno (GError **error,
                      int saved,
                      const char *path)
{
  if (saved == ENOSPC || saved == EDQUOT || saved == EFBIG)
    g_set_error (error, MOS_BACKUP_ERROR, MOS_BACKUP_ERROR_NO_ROOM, "%s: %s", path, g_strerror (saved));
  else if (saved == EACCES || saved == EROFS || saved == EPERM)
    g_set_error (error, MOS_BACKUP_ERROR, MOS_BACKUP_ERROR_NOT_WRITABLE, "%s: %s", path, g_strerror (saved));
  else if (saved == ENOENT || saved == ENOTDIR)
    g_set_error (error, MOS_BACKUP_ERROR, MOS_BACKUP_ERROR_NO_FOLDER, "%s: %s", path, g_strerror (saved));
  else
    g_set_error (error, G_IO_ERROR, (int) g_io_error_from_errno (saved), "%s: %s", path, g_strerror (saved));
  return FALSE;
}

struct _MosBackupWriter
{
  char *path;
  int fd;
  MosSealWriter *seal; /* (nullable) */
  struct archive *archive;
  GError *error; /* (nullable): what made the archive fail */
  GString *sums;
  gint64 made_us;
};

static gboolean
write_out (gconstpointer data,
           gsize size,
           gpointer user_data,
           GError **error)
{
  MosBackupWriter *self = user_data;

  return mos_bytes_write (self->fd, data, size, NULL) || mos_backup_set_errno (error, errno, self->path);
}

static la_ssize_t
on_write_cb (struct archive *archive,
             void *data,
             const void *buffer,
             size_t size)
{
  MosBackupWriter *self = data;

  if (self->error == NULL && (self->seal != NULL ? mos_seal_writer_write (self->seal, buffer, size, &self->error) : write_out (buffer, size, self, &self->error)))
    return (la_ssize_t) size;
  archive_set_error (archive, EIO, "It could not be written");
  return -1;
}

static gboolean
fail (MosBackupWriter *self,
      GError **error)
{
  const char *text = archive_error_string (self->archive);

  if (self->error != NULL)
    g_propagate_error (error, g_steal_pointer (&self->error));
  else
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "%s: %s", self->path, text != NULL ? text : "");
  return FALSE;
}

static char *
make_manifest (const MosBackupInfo *info)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;

  json_builder_begin_object (builder);
  mos_json_string (builder, "format", "mostrador-backup");
  mos_json_int (builder, "format_version", 1);
  mos_json_string (builder, "version", info->version);
  mos_json_int (builder, "schema", info->schema);
  mos_json_time (builder, "made", info->made_us);
  mos_json_string (builder, "desk", info->desk);
  mos_json_int (builder, "conversations", (gint64) info->conversations);
  mos_json_int (builder, "messages", (gint64) info->messages);
  mos_json_int (builder, "customers", (gint64) info->customers);
  mos_json_int (builder, "accounts", (gint64) info->accounts);
  mos_json_int (builder, "files", (gint64) info->files);
  mos_json_int (builder, "missing", (gint64) info->missing);
  mos_json_int (builder, "bytes", (gint64) info->bytes);
  mos_json_bool (builder, "passwords", info->has_passwords);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  return json_to_string (root, TRUE);
}

MosBackupWriter *
mos_backup_writer_open (const char *path,
                        const char *passphrase,
                        const MosSealCost *cost,
                        const MosBackupInfo *info,
                        GError **error)
{
  g_autoptr (MosBackupWriter) self = g_new0 (MosBackupWriter, 1);
  g_autofree char *manifest = make_manifest (info);

  self->path = g_strdup (path);
  self->made_us = info->made_us;
  self->sums = g_string_new (NULL);
  self->fd = g_open (path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (self->fd < 0)
    {
      mos_backup_set_errno (error, errno, path);
      return NULL;
    }
  if (passphrase != NULL)
    {
      self->seal = mos_seal_writer_new (passphrase, cost, write_out, self, error);
      if (self->seal == NULL)
        return NULL;
    }
  self->archive = archive_write_new ();
  /* What is sealed is as long as it is: no padding at the end. */
  if (archive_write_add_filter_zstd (self->archive) != ARCHIVE_OK || archive_write_set_format_pax_restricted (self->archive) != ARCHIVE_OK ||
      archive_write_set_bytes_in_last_block (self->archive, 1) != ARCHIVE_OK || archive_write_open (self->archive, self, NULL, on_write_cb, NULL) != ARCHIVE_OK)
    {
      fail (self, error);
      return NULL;
    }
  return mos_backup_writer_add (self, MOS_BACKUP_MANIFEST, manifest, strlen (manifest), error) ? g_steal_pointer (&self) : NULL;
}

static gboolean
begin (MosBackupWriter *self,
       const char *name,
       guint64 size,
       GError **error)
{
  struct archive_entry *entry = archive_entry_new ();
  gboolean ok;

  archive_entry_set_pathname (entry, name);
  archive_entry_set_size (entry, (la_int64_t) size);
  archive_entry_set_filetype (entry, AE_IFREG);
  archive_entry_set_perm (entry, 0600);
  archive_entry_set_mtime (entry, (time_t) (self->made_us / G_USEC_PER_SEC), 0);
  ok = archive_write_header (self->archive, entry) == ARCHIVE_OK;
  archive_entry_free (entry);
  return ok || fail (self, error);
}

static gboolean
put (MosBackupWriter *self,
     MosSha256 *sum,
     gconstpointer data,
     gsize size,
     GError **error)
{
  mos_sha256_update (sum, data, size);
  return size == 0 || archive_write_data (self->archive, data, size) == (la_ssize_t) size || fail (self, error);
}

static void
end (MosBackupWriter *self,
     const char *name,
     MosSha256 *sum)
{
  g_autofree char *hex = mos_sha256_finish (sum);

  g_string_append_printf (self->sums, "%s  %s\n", hex, name);
}

gboolean
mos_backup_writer_add (MosBackupWriter *self,
                       const char *name,
                       gconstpointer data,
                       gsize size,
                       GError **error)
{
  MosSha256 *sum = mos_sha256_new ();
  gboolean ok = begin (self, name, size, error) && put (self, sum, data, size, error);

  end (self, name, sum);
  return ok;
}

gboolean
mos_backup_writer_add_file (MosBackupWriter *self,
                            const char *name,
                            const char *source,
                            MosBackupProgress progress,
                            gpointer user_data,
                            GCancellable *cancellable,
                            GError **error)
{
  g_autofd int fd = g_open (source, O_RDONLY | O_CLOEXEC, 0);
  g_autofree guint8 *buffer = NULL;
  MosSha256 *sum;
  struct stat st;
  guint64 left;
  gboolean ok;

  if (fd < 0 || fstat (fd, &st) != 0)
    return mos_backup_set_errno (error, errno, source);
  if (!begin (self, name, (guint64) st.st_size, error))
    return FALSE;
  buffer = g_malloc (PIECE);
  sum = mos_sha256_new ();
  ok = TRUE;
  for (left = (guint64) st.st_size; ok && left > 0;)
    {
      ssize_t n = read (fd, buffer, MIN (left, PIECE));

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        ok = mos_backup_set_errno (error, n < 0 ? errno : EIO, source);
      ok = ok && !g_cancellable_set_error_if_cancelled (cancellable, error) && put (self, sum, buffer, (gsize) n, error);
      left -= ok ? (guint64) n : 0;
      if (ok && progress != NULL)
        progress ((guint64) n, user_data);
    }
  end (self, name, sum);
  return ok;
}

gboolean
mos_backup_writer_finish (MosBackupWriter *self,
                          GError **error)
{
  g_autoptr (GString) sums = g_steal_pointer (&self->sums);

  self->sums = g_string_new (NULL);
  if (!mos_backup_writer_add (self, MOS_BACKUP_SUMS, sums->str, sums->len, error))
    return FALSE;
  if (archive_write_close (self->archive) != ARCHIVE_OK)
    return fail (self, error);
  if (self->seal != NULL && !mos_seal_writer_finish (self->seal, error))
    return FALSE;
  return fsync (self->fd) == 0 || mos_backup_set_errno (error, errno, self->path);
}

void
mos_backup_writer_free (MosBackupWriter *self)
{
  /* What it still holds goes nowhere. */
  if (self->archive != NULL && self->error == NULL)
    g_set_error_literal (&self->error, G_IO_ERROR, G_IO_ERROR_CLOSED, "");
  g_clear_pointer (&self->archive, archive_write_free);
  g_clear_pointer (&self->seal, mos_seal_writer_free);
  g_clear_error (&self->error);
  if (self->fd >= 0)
    g_clear_fd (&self->fd, NULL);
  g_string_free (self->sums, TRUE);
  g_free (self->path);
  g_free (self);
}
