/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-store"

#include "config.h"

#include "core/store/mos-store-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <unistd.h>

/* A copy of the database, and files that are whole or not there. Apart from the rest of the backup, so that who only opens a store needs nothing of what blobs need. */

gboolean
mos_file_sync (const char *path,
               int flags,
               GError **error)
{
  g_autofd int fd = g_open (path, O_RDONLY | O_CLOEXEC | flags, 0);

  return (fd >= 0 && fsync (fd) == 0) || mos_set_errno (error, errno, path);
}

/* An empty file that only the owner reads; SQLite writes into it. What a killed run left is of no use. */
gboolean
mos_file_make_private (const char *path,
                       GError **error)
{
  g_autofd int fd = -1;

  g_unlink (path);
  fd = g_open (path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  return fd >= 0 || mos_set_errno (error, errno, path);
}

/* On the disk, then under its name, then the name on the disk. */
gboolean
mos_file_put_in_place (const char *part,
                       const char *path,
                       GError **error)
{
  g_autofree char *dir = g_path_get_dirname (path);

  if (!mos_file_sync (part, 0, error))
    return FALSE;
  if (g_rename (part, path) != 0)
    return mos_set_errno (error, errno, path);
  return mos_file_sync (dir, O_DIRECTORY, error);
}

gboolean
mos_backup_database (MosDatabase *database,
                     const char *path,
                     GError **error)
{
  g_autofree char *part = g_strconcat (path, ".part", NULL);

  if (mos_file_make_private (part, error) && mos_database_exec (database, error, "VACUUM INTO ?", "t", part) && mos_file_put_in_place (part, path, error))
    return TRUE;
  g_unlink (part);
  return FALSE;
}
