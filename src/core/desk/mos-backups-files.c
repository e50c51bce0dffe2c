/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-backups.h"

#include "core/desk/mos-backup-file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#define SUFFIX ".mostrador"
#define PART SUFFIX ".part"
/* How SQLite's files begin: a backup of before there were archives. */
#define OLD_MAGIC "SQLite format 3"

static void
mos_backup_file_clear (MosBackupFile *self)
{
  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->info, mos_backup_info_unref);
  g_clear_error (&self->problem);
}
MOS_DEFINE_VALUE (MosBackupFile, backup_file)

/* --- names --- */

/* Of a desk's id the end is random, its beginning only a time. */
static char *
dup_prefix (const char *desk)
{
  gsize length = strlen (desk);

  return g_strdup_printf ("mostrador-%s-", desk + (length > 8 ? length - 8 : 0));
}

char *
mos_backup_dup_name (const char *desk,
                     gint64 made_us,
                     GTimeZone *tz)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc_usec (made_us);
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, tz);
  g_autofree char *prefix = dup_prefix (desk);
  g_autofree char *when = g_date_time_format (local, "%Y-%m-%d-%H%M%S");

  return g_strconcat (prefix, when, SUFFIX, NULL);
}

/* Whether @name is @prefix, a time, and @suffix: what somebody else put there is left alone. */
static gboolean
is_named (const char *name,
          const char *prefix,
          const char *suffix)
{
  static const char form[] = "dddd-dd-dd-dddddd";

  if (!g_str_has_prefix (name, prefix) || !g_str_has_suffix (name, suffix) || strlen (name) != strlen (prefix) + strlen (form) + strlen (suffix))
    return FALSE;
  name += strlen (prefix);
  for (gsize i = 0; form[i] != '\0'; i++)
    if (form[i] == 'd' ? !g_ascii_isdigit (name[i]) : name[i] != form[i])
      return FALSE;
  return TRUE;
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) b, *(const char *const *) a);
}

void
mos_backups_prune_sync (const char *folder,
                        const char *desk,
                        guint keep,
                        const char *made)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *prefix = dup_prefix (desk);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (is_named (name, prefix, PART))
        g_unlink (path);
      else if (is_named (name, prefix, SUFFIX) && !g_str_equal (path, made))
        g_ptr_array_add (names, g_steal_pointer (&path));
    }
  g_ptr_array_sort (names, compare_names);
  for (guint i = keep - 1; i < names->len; i++)
    g_unlink (names->pdata[i]);
}

/* --- looking --- */

static gboolean
is_old (int fd)
{
  char head[sizeof OLD_MAGIC];

  return pread (fd, head, sizeof head, 0) == (ssize_t) sizeof head && memcmp (head, OLD_MAGIC, sizeof head) == 0;
}

MosBackupInfo *
mos_backups_look_sync (const char *path,
                       const char *passphrase,
                       gboolean verify,
                       GCancellable *cancellable,
                       GError **error)
{
  g_autofd int fd = g_open (path, O_RDONLY | O_CLOEXEC, 0);
  g_autoptr (MosBackupReader) reader = NULL;
  g_autoptr (MosBackupInfo) info = NULL;
  g_autoptr (GError) local = NULL;
  struct stat st;

  if (fd < 0 || fstat (fd, &st) != 0)
    {
      g_set_error (error, G_IO_ERROR, (int) g_io_error_from_errno (errno), "%s: %s", path, g_strerror (errno));
      return NULL;
    }
  if (!S_ISREG (st.st_mode))
    {
      g_set_error (error, MOS_BACKUP_ERROR, MOS_BACKUP_ERROR_NOT_ONE, "%s is no file", path);
      return NULL;
    }
  if (is_old (fd))
    {
      info = mos_backup_info_new ();
      info->is_old = TRUE;
      info->version = g_strdup ("");
      info->bytes = (guint64) st.st_size;
      if (verify && !mos_store_snapshot_describe_sync (path, info, &local))
        {
          g_set_error_literal (error, MOS_BACKUP_ERROR, MOS_BACKUP_ERROR_DAMAGED, local->message);
          return NULL;
        }
    }
  else
    {
      reader = mos_backup_reader_open (fd, passphrase, &MOS_SEAL_MOST, &local);
      if (reader == NULL && passphrase == NULL && !verify && g_error_matches (local, MOS_BACKUP_ERROR, MOS_BACKUP_ERROR_NEEDS_PASSPHRASE))
        {
          info = mos_backup_info_new ();
          info->is_sealed = TRUE;
          info->version = g_strdup ("");
        }
      else if (reader == NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return NULL;
        }
      else if (verify && !mos_backup_reader_run (reader, NULL, NULL, NULL, cancellable, error))
        return NULL;
      else
        info = mos_backup_info_ref (mos_backup_reader_get_info (reader));
    }
  info->file_bytes = (guint64) st.st_size;
  return g_steal_pointer (&info);
}

static int
compare_files (gconstpointer a,
               gconstpointer b)
{
  const MosBackupFile *one = *(MosBackupFile *const *) a, *other = *(MosBackupFile *const *) b;

  return one->changed_us != other->changed_us ? (one->changed_us < other->changed_us ? 1 : -1) : strcmp (other->path, one->path);
}

GPtrArray *
mos_backups_list_sync (const char *folder,
                       GCancellable *cancellable,
                       GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (GDir) dir = g_dir_open (folder, 0, &local);
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_backup_file_unref);
  const char *name;

  if (dir == NULL)
    {
      g_set_error_literal (error, MOS_BACKUP_ERROR, MOS_BACKUP_ERROR_NO_FOLDER, local->message);
      return NULL;
    }
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      MosBackupFile *file;
      GStatBuf st;
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return NULL;
      if (!g_str_has_suffix (name, SUFFIX) || g_stat (path, &st) != 0 || !S_ISREG (st.st_mode))
        continue;
      file = mos_backup_file_new ();
      file->bytes = (guint64) st.st_size;
      file->changed_us = (gint64) st.st_mtime * G_USEC_PER_SEC;
      file->info = mos_backups_look_sync (path, NULL, FALSE, cancellable, &file->problem);
      if (file->info != NULL && file->info->made_us != 0)
        file->changed_us = file->info->made_us;
      file->path = g_steal_pointer (&path);
      g_ptr_array_add (files, file);
    }
  g_ptr_array_sort (files, compare_files);
  return g_steal_pointer (&files);
}
