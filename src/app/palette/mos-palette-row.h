/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "app/palette/mos-palette-item.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** mos_palette_row_new: a row of a list box that shows @item; @heading: what stands above the first of its kind */
GtkWidget *mos_palette_row_new (MosPaletteItem *item, const char *heading);
/** mos_palette_row_get_item: Returns: (transfer none) */
MosPaletteItem *mos_palette_row_get_item (GtkListBoxRow *row);
const char *mos_palette_row_get_heading (GtkListBoxRow *row);
/** mos_palette_row_dup_text: Returns: (transfer full): all that it says, for somebody who does not see it */
char *mos_palette_row_dup_text (GtkListBoxRow *row);

G_END_DECLS
