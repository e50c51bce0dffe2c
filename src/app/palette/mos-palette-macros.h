/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "app/palette/mos-palette-source.h"
#include "core/desk/mos-desk.h"

G_BEGIN_DECLS

/** MosPaletteMacros: macros by name, shortcode and folder; "/" alone offers the most used */
#define MOS_TYPE_PALETTE_MACROS (mos_palette_macros_get_type ())
G_DECLARE_FINAL_TYPE (MosPaletteMacros, mos_palette_macros, MOS, PALETTE_MACROS, GObject)

/** mos_palette_macros_new: its items are for "win.use-macro". Returns: (transfer full) */
MosPaletteSource *mos_palette_macros_new (MosDesk *desk);

G_END_DECLS
