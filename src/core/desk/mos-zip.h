/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A ZIP file that is there whole or not at all. Blocking; one thread at a time. */

typedef struct _MosZip MosZip;

/** mos_zip_open: @replace: a file of that name goes once this one is complete. G_IO_ERROR_EXISTS. Returns: (transfer full) (nullable) */
MosZip *mos_zip_open (const char *path, gboolean replace, GError **error);
/** mos_zip_add: @name: with slashes; UTF-8. @at_us: its time */
gboolean mos_zip_add (MosZip *self, const char *name, gconstpointer data, gsize size, gint64 at_us, GError **error);
/** mos_zip_finish: on the disk, and then under its name */
gboolean mos_zip_finish (MosZip *self, GError **error);
/** mos_zip_free: without mos_zip_finish() nothing is left */
void mos_zip_free (MosZip *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MosZip, mos_zip_free)

G_END_DECLS
