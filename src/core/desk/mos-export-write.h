/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/desk/mos-export.h"

G_BEGIN_DECLS

/* Private to mos-export.c: the file or folder that an export becomes, under another name until it is complete. Blocking. */

typedef struct _MosExportWriter MosExportWriter;

/** mos_export_writer_open: Returns: (transfer full) (nullable): with a new, hidden name beside @path */
MosExportWriter *mos_export_writer_open (MosExportFormat format, gboolean is_folder, const char *path, gboolean replace, GError **error);
/** mos_export_writer_free: without mos_export_writer_finish(): takes away what was written */
void mos_export_writer_free (MosExportWriter *self);

/** mos_export_writer_add: one mail; @number of its conversation, @position in it */
gboolean mos_export_writer_add (MosExportWriter *self, GBytes *raw, gint64 received_us, gboolean is_read, gint64 number, guint position, GError **error);
/** mos_export_writer_add_line: one conversation as JSON */
gboolean mos_export_writer_add_line (MosExportWriter *self, const char *line, GError **error);
/** mos_export_writer_open_blob: @ret_stream: (out) (transfer full) (nullable): %NULL when this blob is there already */
gboolean mos_export_writer_open_blob (MosExportWriter *self, const char *sha256, GOutputStream **ret_stream, GError **error);
/** mos_export_writer_drop_blob: what was begun of it is taken away: it could not be read */
void mos_export_writer_drop_blob (MosExportWriter *self, const char *sha256);
/** mos_export_writer_finish: on the disk, and then under its name */
gboolean mos_export_writer_finish (MosExportWriter *self, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MosExportWriter, mos_export_writer_free)

G_END_DECLS
