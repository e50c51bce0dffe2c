/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * MosColumns: its children side by side, as many in a row as have room, all of the same width, those of a row of the same height
 */
#define MOS_TYPE_COLUMNS (mos_columns_get_type ())
G_DECLARE_FINAL_TYPE (MosColumns, mos_columns, MOS, COLUMNS, GtkWidget)

/** mos_columns_new: @width: that a child shall have at least, where the window has it; @most: in a row */
GtkWidget *mos_columns_new (int width, int most);
void mos_columns_append (MosColumns *self, GtkWidget *child);
void mos_columns_remove_all (MosColumns *self);
/** mos_columns_fit: Pure. Returns: how many children of @width have room in @available, with @spacing between them */
int mos_columns_fit (int available, int width, int most, int spacing);

G_END_DECLS
