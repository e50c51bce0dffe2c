/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "app/palette/mos-palette-source.h"

G_BEGIN_DECLS

/** MosPaletteWhyNot: Returns: (transfer full) (nullable): why the detailed action cannot be done now, as a sentence; %NULL = it can */
typedef char *(*MosPaletteWhyNot) (const char *action, gpointer data);

/** MosPaletteActions: what the table of shortcuts has, by its name in the person's language and in English. Views are left to their own source. */
#define MOS_TYPE_PALETTE_ACTIONS (mos_palette_actions_get_type ())
G_DECLARE_FINAL_TYPE (MosPaletteActions, mos_palette_actions, MOS, PALETTE_ACTIONS, GObject)

/** mos_palette_actions_new: @data has to outlive it */
MosPaletteSource *mos_palette_actions_new (MosPaletteWhyNot why_not, gpointer data);

G_END_DECLS
