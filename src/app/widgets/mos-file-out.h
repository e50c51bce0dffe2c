/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include <cairo.h>
#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What goes out of the window into files and onto paper. */

/** mos_widget_get_window: Returns: (transfer none) (nullable): over which the dialogs of @widget stand */
GtkWindow *mos_widget_get_window (GtkWidget *widget);
/** mos_file_out_dup_name: Returns: (transfer full): of @title, or of @fallback where that says nothing, a name that is safe on any disk, and @suffix */
char *mos_file_out_dup_name (const char *title, const char *fallback, const char *suffix);

/** mos_file_out_write: a cairo_write_func_t; @bytes: a #GByteArray */
cairo_status_t mos_file_out_write (void *bytes, const unsigned char *data, unsigned int length);
/** mos_file_out_end: @bytes: (transfer full). Returns: (transfer full) (nullable): what was written, if that went well */
GBytes *mos_file_out_end (GByteArray *bytes, cairo_status_t status, GError **error);

G_END_DECLS
