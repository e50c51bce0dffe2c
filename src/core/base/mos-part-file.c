/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-base"

#include "config.h"

#include "core/base/mos-part-file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <unistd.h>

static gboolean
set_error (GError **error,
           int code,
           const char *path)
{
  g_set_error (error, G_IO_ERROR, (int) g_io_error_from_errno (code), "%s: %s", path, g_strerror (code));
  return FALSE;
}

gboolean
mos_part_file_is_there (const char *path)
{
  return g_file_test (path, G_FILE_TEST_EXISTS) || g_file_test (path, G_FILE_TEST_IS_SYMLINK);
}

int
mos_part_file_open (const char *path,
                    char **ret_part,
                    GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *part = g_build_filename (folder, ".mostrador-XXXXXX", NULL);
  int fd = g_mkstemp_full (part, O_RDWR | O_CLOEXEC, 0600);

  *ret_part = NULL;
  if (fd < 0)
    set_error (error, errno, path);
  else
    *ret_part = g_steal_pointer (&part);
  return fd;
}

/* link() refuses what is there, also when it came a moment ago; where a file system has no links, looking has to do. */
gboolean
mos_part_file_name (const char *part,
                    const char *path,
                    gboolean replace,
                    GError **error)
{
  if (!replace && link (part, path) == 0)
    return g_unlink (part) == 0 || set_error (error, errno, part);
  if (!replace && (errno == EEXIST || mos_part_file_is_there (path)))
    return set_error (error, EEXIST, path);
  return g_rename (part, path) == 0 || set_error (error, errno, path);
}

void
mos_part_file_remove_tree (const char *path)
{
  g_autoptr (GDir) dir = g_file_test (path, G_FILE_TEST_IS_SYMLINK) ? NULL : g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      mos_part_file_remove_tree (child);
    }
  g_remove (path);
}
