/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Bytes that may be many megabytes: looked at piece by piece, so that what is mapped from a file need not be in memory at once.
 * All of it for any thread. */

/** MOS_BYTES_PIECE: how much is looked at before what is behind is given back */
#define MOS_BYTES_PIECE (1024 * 1024)

/**
 * mos_bytes_forget:
 * @from, @to: a range that is not read soon again
 *
 * A hint for what mos_bytes_new_from_fd() has mapped: its pages leave this process's memory and come back when they are read. Of any other memory, and of
 * ranges below half a piece, nothing is done.
 */
void mos_bytes_forget (gconstpointer from, gconstpointer to);
/** MosSha256: a SHA-256 of what comes piece by piece */
typedef struct _MosSha256 MosSha256;
/** mos_sha256_new: Returns: (transfer full): ends with mos_sha256_finish() */
MosSha256 *mos_sha256_new (void);
void mos_sha256_update (MosSha256 *self, gconstpointer data, gsize size);
/** mos_sha256_finish: @self: (transfer full). Returns: (transfer full): in hexadecimal */
char *mos_sha256_finish (MosSha256 *self);

/** mos_bytes_sha256: Returns: (transfer full): in hexadecimal, as g_compute_checksum_for_bytes() gives it */
char *mos_bytes_sha256 (GBytes *bytes);
/** mos_bytes_open_unnamed: Returns: a file without a name on the disk, -1 with @error; for what is too large for memory */
int mos_bytes_open_unnamed (GError **error);
/** mos_bytes_write: all of it. @error is of G_FILE_ERROR; errno says the same */
gboolean mos_bytes_write (int fd, gconstpointer data, gsize size, GError **error);
/** mos_bytes_new_from_fd: Returns: (transfer full) (nullable): what the file holds, mapped; @fd may be closed */
GBytes *mos_bytes_new_from_fd (int fd, GError **error);

G_END_DECLS
