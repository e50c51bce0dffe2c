/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * MosPairBox:
 *
 * Two things that are read together: side by side, each half as wide, where
 * there is room for it; else the second below the first. While only one of
 * them is visible it has all the room.
 */
#define MOS_TYPE_PAIR_BOX (mos_pair_box_get_type ())
G_DECLARE_FINAL_TYPE (MosPairBox, mos_pair_box, MOS, PAIR_BOX, GtkWidget)

/** mos_pair_box_new: @side_width: from which width on they stand side by side */
GtkWidget *mos_pair_box_new (int side_width);
/** mos_pair_box_append: @child: (transfer floating): the first, then the second */
void mos_pair_box_append (MosPairBox *self, GtkWidget *child);

G_END_DECLS
