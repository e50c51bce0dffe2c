/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A file that is written under another name in the same folder and gets its own once it is whole. Blocking. */

/** mos_part_file_is_there: whether anything has that name; a dangling link, too */
gboolean mos_part_file_is_there (const char *path);
/**
 * mos_part_file_open: makes one beside @path, that nobody else may read
 * @ret_part: (out) (transfer full): what it is called until then; %NULL with an error
 *
 * Returns: a file descriptor to read and write; -1 with a G_IO_ERROR
 */
int mos_part_file_open (const char *path, char **ret_part, GError **error);
/**
 * mos_part_file_name: gives @part the name @path
 * @replace: also where something has it
 *
 * Returns: %FALSE with G_IO_ERROR_EXISTS or another G_IO_ERROR: then @part is as it was
 */
gboolean mos_part_file_name (const char *part, const char *path, gboolean replace, GError **error);
/** mos_part_file_remove_tree: removes @path and, where it is a folder, all that is in it; a link goes, and what it leads to stays. What cannot be removed is left */
void mos_part_file_remove_tree (const char *path);

G_END_DECLS
