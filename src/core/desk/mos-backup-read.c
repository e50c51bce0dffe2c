/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"
#define _GNU_SOURCE /* syncfs() */

#include "config.h"

#include "core/desk/mos-backup-file.h"

#include "core/base/mos-bytes.h"
#include "core/base/mos-json-read.h"
#include "core/base/mos-time.h"
#include "core/store/mos-store-snapshot.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

/* Anybody may have made the file: only what is expected is read, in its order, at its size. */

#define PIECE 65536
#define MAX_MANIFEST 65536
#define MAX_PASSWORDS (4 * 1024 * 1024)
#define MAX_SUMS ((guint64) 1 << 32)

/* What may come next. */
typedef enum
{
  STAGE_MANIFEST,
  STAGE_DATABASE,
  STAGE_BLOBS, /* or passwords, or sums */
  STAGE_SUMS,
  STAGE_OVER,
} Stage;

struct _MosBackupReader
{
  int fd; /* (borrowed) */
  guint64 position;
  gboolean was_looked_at; /* the first bytes were read to see what it is */
  guint8 head[MOS_SEAL_MAGIC_SIZE];
  gsize head_size;
  MosSealReader *seal; /* (nullable) */
  struct archive *archive;
  GError *error; /* (nullable): what made the archive fail */
  guint8 *buffer;

  Stage stage;
  MosBackupInfo *info; /* (nullable) */
  MosSha256 *sums;     /* (nullable): of what the list of sums has to be */
  char *listed;        /* (nullable): what it is */
  char *last_blob;     /* (nullable) */
  guint64 n_blobs;
  guint64 bytes;
  GBytes *passwords; /* (nullable) */
};

static gboolean
damaged (GError **error,
         const char *why)
{
  g_set_error_literal (error, MOS_BACKUP_ERROR, MOS_BACKUP_ERROR_DAMAGED, why);
  return FALSE;
}

/* --- bytes --- */

static gssize
read_file (gpointer data,
           gsize size,
           gpointer user_data,
           GError **error)
{
  MosBackupReader *self = user_data;
  ssize_t n;

  if (self->was_looked_at && self->head_size > 0)
    {
      gsize some = MIN (size, self->head_size);

      memcpy (data, self->head, some);
      memmove (self->head, self->head + some, self->head_size - some);
      self->head_size -= some;
      return (gssize) some;
    }
  do
    n = read (self->fd, data, size);
  while (n < 0 && errno == EINTR);
  if (n < 0)
    mos_backup_set_errno (error, errno, "");
  else
    self->position += (guint64) n;
  return n;
}

static la_ssize_t
on_read_cb (struct archive *archive,
            void *data,
            const void **buffer)
{
  MosBackupReader *self = data;
  const guint8 *piece = self->buffer;
  gssize n = self->seal != NULL ? mos_seal_reader_next (self->seal, &piece, &self->error) : read_file (self->buffer, PIECE, self, &self->error);

  *buffer = piece;
  if (n < 0)
    archive_set_error (archive, EIO, "It could not be read");
  return n;
}

static gboolean
fail (MosBackupReader *self,
      GError **error)
{
  const char *text = archive_error_string (self->archive);

  if (self->error == NULL)
    return damaged (error, text != NULL ? text : "");
  if (self->error->domain == MOS_SEAL_ERROR)
    damaged (error, self->error->message);
  else
    g_propagate_error (error, g_steal_pointer (&self->error));
  return FALSE;
}

/* --- what is in it --- */

static gboolean
is_blob (const char *name)
{
  const char *hex;

  if (!g_str_has_prefix (name, MOS_SNAPSHOT_BLOBS "/") || strlen (name) != strlen (MOS_SNAPSHOT_BLOBS "/ab/") + 64)
    return FALSE;
  hex = name + strlen (MOS_SNAPSHOT_BLOBS "/ab/");
  return strspn (hex, "0123456789abcdef") == 64 && hex[-1] == '/' && memcmp (hex - 3, hex, 2) == 0;
}

/* @ret_max: (out): how large it may be. Returns: whether it may come now */
static gboolean
enter (MosBackupReader *self,
       const char *name,
       guint64 *ret_max,
       GError **error)
{
  guint64 left = self->info != NULL ? self->info->bytes - self->bytes : 0;

  if (self->stage == STAGE_MANIFEST && strcmp (name, MOS_BACKUP_MANIFEST) == 0)
    {
      self->stage = STAGE_DATABASE;
      *ret_max = MAX_MANIFEST;
      return TRUE;
    }
  if (self->stage == STAGE_DATABASE && strcmp (name, MOS_SNAPSHOT_DATABASE) == 0)
    {
      self->stage = STAGE_BLOBS;
      *ret_max = left;
      return TRUE;
    }
  /* One after the other by name: so none comes twice. */
  if (self->stage == STAGE_BLOBS && is_blob (name) && g_strcmp0 (name, self->last_blob) > 0)
    {
      g_set_str (&self->last_blob, name);
      self->n_blobs++;
      *ret_max = left;
      return TRUE;
    }
  if (self->stage == STAGE_BLOBS && self->info->is_sealed && self->info->has_passwords && strcmp (name, MOS_BACKUP_PASSWORDS) == 0)
    {
      self->stage = STAGE_SUMS;
      *ret_max = MAX_PASSWORDS;
      return TRUE;
    }
  if (self->stage == (self->info != NULL && self->info->has_passwords ? STAGE_SUMS : STAGE_BLOBS) && strcmp (name, MOS_BACKUP_SUMS) == 0)
    {
      self->stage = STAGE_OVER;
      *ret_max = MAX_SUMS;
      return TRUE;
    }
  return damaged (error, "Something is in it that does not belong there");
}

/* @ret_name: (out) (transfer full) (nullable): %NULL at the end. @ret_size: (out) */
static gboolean
next_entry (MosBackupReader *self,
            char **ret_name,
            guint64 *ret_size,
            GError **error)
{
  struct archive_entry *entry;
  int r = archive_read_next_header (self->archive, &entry);
  const char *name;
  guint64 max;

  *ret_name = NULL;
  if (r == ARCHIVE_EOF)
    return self->stage == STAGE_OVER || damaged (error, "Its end is missing");
  if (r != ARCHIVE_OK)
    return fail (self, error);
  name = archive_entry_pathname (entry);
  if (name == NULL || archive_entry_filetype (entry) != AE_IFREG || archive_entry_hardlink (entry) != NULL || !archive_entry_size_is_set (entry) || archive_entry_size (entry) < 0)
    return damaged (error, "Something is in it that does not belong there");
  if (!enter (self, name, &max, error))
    return FALSE;
  *ret_size = (guint64) archive_entry_size (entry);
  if (*ret_size > max)
    return damaged (error, "It is larger than it says");
  *ret_name = g_strdup (name);
  return TRUE;
}

/* @fd: -1 = nowhere; @bytes: (nullable): where it is kept */
static gboolean
read_entry (MosBackupReader *self,
            const char *name,
            guint64 size,
            int fd,
            GByteArray *bytes,
            MosBackupProgress progress,
            gpointer user_data,
            GCancellable *cancellable,
            GError **error)
{
  g_autofree guint8 *piece = g_malloc (PIECE);
  g_autofree char *hex = NULL;
  g_autofree char *line = NULL;
  MosSha256 *sum = mos_sha256_new ();
  guint64 left = size, before = self->position;
  gboolean ok = TRUE;

  while (ok && left > 0)
    {
      la_ssize_t n = archive_read_data (self->archive, piece, MIN (left, PIECE));

      ok = n > 0 || (n == 0 ? damaged (error, "A part of it is missing") : fail (self, error));
      ok = ok && !g_cancellable_set_error_if_cancelled (cancellable, error);
      if (!ok)
        break;
      left -= (guint64) n;
      mos_sha256_update (sum, piece, (gsize) n);
      if (bytes != NULL)
        g_byte_array_append (bytes, piece, (guint) n);
      if (fd >= 0 && !mos_bytes_write (fd, piece, (gsize) n, NULL))
        ok = mos_backup_set_errno (error, errno, name);
      if (progress != NULL)
        progress (self->position - before, user_data);
      before = self->position;
    }
  hex = mos_sha256_finish (sum);
  if (self->stage == STAGE_OVER)
    g_set_str (&self->listed, hex);
  else
    {
      line = g_strdup_printf ("%s  %s\n", hex, name);
      mos_sha256_update (self->sums, line, strlen (line));
    }
  return ok;
}

static MosBackupInfo *
parse_manifest (GByteArray *text,
                gboolean is_sealed,
                GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text->data, text->len);
  g_autoptr (JsonObject) root = mos_json_read_root (bytes, NULL);
  g_autoptr (MosBackupInfo) info = mos_backup_info_new ();
  g_autofree char *format = mos_json_read_dup_line (root, "format");
  g_autofree char *made = mos_json_read_dup_line (root, "made");
  gint64 format_version = 0;

  if (g_strcmp0 (format, "mostrador-backup") != 0 || !mos_json_read_int (root, "format_version", &format_version) || format_version < 1)
    {
      g_set_error_literal (error, MOS_BACKUP_ERROR, MOS_BACKUP_ERROR_NOT_ONE, "An archive of something else");
      return NULL;
    }
  info->version = mos_json_read_dup_line (root, "version");
  if (info->version == NULL)
    info->version = g_strdup ("");
  if (format_version > 1)
    {
      g_set_error (error, MOS_BACKUP_ERROR, MOS_BACKUP_ERROR_TOO_NEW, "%s", info->version);
      return NULL;
    }
  info->is_sealed = is_sealed;
  info->schema = (guint) MIN (mos_json_read_size (root, "schema"), G_MAXINT);
  info->made_us = made != NULL ? mos_time_parse (made, NULL) : 0;
  info->desk = mos_json_read_dup_line (root, "desk");
  info->conversations = mos_json_read_size (root, "conversations");
  info->messages = mos_json_read_size (root, "messages");
  info->customers = mos_json_read_size (root, "customers");
  info->accounts = mos_json_read_size (root, "accounts");
  info->files = mos_json_read_size (root, "files");
  info->missing = mos_json_read_size (root, "missing");
  info->bytes = mos_json_read_size (root, "bytes");
  info->has_passwords = mos_json_read_is_true (root, "passwords");
  return g_steal_pointer (&info);
}

static gboolean
read_manifest (MosBackupReader *self,
               GError **error)
{
  g_autoptr (GByteArray) text = g_byte_array_new ();
  g_autoptr (GError) local = NULL;
  g_autofree char *name = NULL;
  guint64 size = 0;

  if (!next_entry (self, &name, &size, &local) || name == NULL || !read_entry (self, name, size, -1, text, NULL, NULL, NULL, &local))
    {
      /* Below a seal it was one; anything else may be anything. */
      if (self->seal == NULL && g_error_matches (local, MOS_BACKUP_ERROR, MOS_BACKUP_ERROR_DAMAGED))
        g_set_error_literal (error, MOS_BACKUP_ERROR, MOS_BACKUP_ERROR_NOT_ONE, local->message);
      else
        g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  self->info = parse_manifest (text, self->seal != NULL, error);
  return self->info != NULL;
}

/* --- opening --- */

static gboolean
break_seal (MosBackupReader *self,
            const char *passphrase,
            const MosSealCost *most,
            GError **error)
{
  g_autoptr (GError) local = NULL;

  if (passphrase == NULL)
    {
      g_set_error_literal (error, MOS_BACKUP_ERROR, MOS_BACKUP_ERROR_NEEDS_PASSPHRASE, "It is under a passphrase");
      return FALSE;
    }
  self->seal = mos_seal_reader_new (passphrase, most, read_file, self, &local);
  if (self->seal != NULL)
    return TRUE;
  if (local->domain != MOS_SEAL_ERROR)
    g_propagate_error (error, g_steal_pointer (&local));
  else
    g_set_error_literal (error, MOS_BACKUP_ERROR,
                         local->code == MOS_SEAL_ERROR_KEY ? MOS_BACKUP_ERROR_PASSPHRASE : local->code == MOS_SEAL_ERROR_UNKNOWN ? MOS_BACKUP_ERROR_TOO_NEW
                                                                                                                                 : MOS_BACKUP_ERROR_DAMAGED,
                         local->message);
  return FALSE;
}

MosBackupReader *
mos_backup_reader_open (int fd,
                        const char *passphrase,
                        const MosSealCost *most,
                        GError **error)
{
  g_autoptr (MosBackupReader) self = g_new0 (MosBackupReader, 1);

  self->fd = fd;
  self->buffer = g_malloc (PIECE);
  self->sums = mos_sha256_new ();
  while (self->head_size < sizeof self->head)
    {
      gssize n = read_file (self->head + self->head_size, sizeof self->head - self->head_size, self, error);

      if (n < 0)
        return NULL;
      if (n == 0)
        break;
      self->head_size += (gsize) n;
    }
  self->was_looked_at = TRUE;
  if (mos_seal_is_sealed (self->head, self->head_size) && !break_seal (self, passphrase, most, error))
    return NULL;
  self->archive = archive_read_new ();
  if (archive_read_support_filter_zstd (self->archive) < ARCHIVE_WARN || archive_read_support_format_tar (self->archive) < ARCHIVE_WARN ||
      archive_read_open (self->archive, self, NULL, on_read_cb, NULL) != ARCHIVE_OK)
    {
      g_autoptr (GError) local = NULL;

      fail (self, &local);
      if (self->seal == NULL && g_error_matches (local, MOS_BACKUP_ERROR, MOS_BACKUP_ERROR_DAMAGED))
        local->code = MOS_BACKUP_ERROR_NOT_ONE;
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  return read_manifest (self, error) ? g_steal_pointer (&self) : NULL;
}

MosBackupInfo *
mos_backup_reader_get_info (MosBackupReader *self)
{
  return self->info;
}

GBytes *
mos_backup_reader_get_passwords (MosBackupReader *self)
{
  return self->passwords;
}

/* --- all of it --- */

/* A file of its own: never one that is there, never through a link. */
static int
open_target (const char *folder,
             const char *name,
             GError **error)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *parent = g_path_get_dirname (path);
  int fd = -1;

  if (g_mkdir_with_parents (parent, 0700) == 0)
    fd = g_open (path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
  if (fd < 0)
    mos_backup_set_errno (error, errno, path);
  return fd;
}

static gboolean
take_entry (MosBackupReader *self,
            const char *name,
            guint64 size,
            const char *folder,
            MosBackupProgress progress,
            gpointer user_data,
            GCancellable *cancellable,
            GError **error)
{
  gboolean is_file = strcmp (name, MOS_SNAPSHOT_DATABASE) == 0 || is_blob (name);
  g_autoptr (GByteArray) bytes = strcmp (name, MOS_BACKUP_PASSWORDS) == 0 ? g_byte_array_new () : NULL;
  g_autofd int fd = -1;

  if (is_file && folder != NULL)
    {
      fd = open_target (folder, name, error);
      if (fd < 0)
        return FALSE;
    }
  if (!read_entry (self, name, size, fd, bytes, progress, user_data, cancellable, error))
    return FALSE;
  self->bytes += is_file ? size : 0;
  if (bytes != NULL)
    self->passwords = g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
  return TRUE;
}

gboolean
mos_backup_reader_run (MosBackupReader *self,
                       const char *folder,
                       MosBackupProgress progress,
                       gpointer user_data,
                       GCancellable *cancellable,
                       GError **error)
{
  g_autofree char *sums = NULL;
  g_autofd int dir = -1;
  const guint8 *piece;
  gssize rest = 1;

  for (;;)
    {
      g_autofree char *name = NULL;
      guint64 size = 0;

      if (!next_entry (self, &name, &size, error))
        return FALSE;
      if (name == NULL)
        break;
      if (!take_entry (self, name, size, folder, progress, user_data, cancellable, error))
        return FALSE;
    }
  /* The last piece of a seal says that it is the last. */
  while (self->seal != NULL && rest > 0)
    rest = mos_seal_reader_next (self->seal, &piece, &self->error);
  if (rest < 0)
    return fail (self, error);
  sums = mos_sha256_finish (g_steal_pointer (&self->sums));
  if (g_strcmp0 (sums, self->listed) != 0 || self->bytes != self->info->bytes || self->n_blobs + self->info->missing != self->info->files)
    return damaged (error, "Its sums do not fit");
  if (folder == NULL)
    return TRUE;
  /* All of its files at once. */
  dir = g_open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);
  return (dir >= 0 && syncfs (dir) == 0) || mos_backup_set_errno (error, errno, folder);
}

void
mos_backup_reader_free (MosBackupReader *self)
{
  g_clear_pointer (&self->archive, archive_read_free);
  g_clear_pointer (&self->seal, mos_seal_reader_free);
  g_clear_pointer (&self->info, mos_backup_info_unref);
  g_clear_pointer (&self->passwords, g_bytes_unref);
  if (self->sums != NULL)
    g_free (mos_sha256_finish (self->sums));
  g_clear_error (&self->error);
  g_free (self->listed);
  g_free (self->last_blob);
  g_free (self->buffer);
  g_free (self);
}
