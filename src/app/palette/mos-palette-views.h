/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "app/palette/mos-palette-source.h"
#include "core/desk/mos-desk.h"

G_BEGIN_DECLS

/** MosPaletteViews: the views and the accounts, each with the number of its conversations. */
#define MOS_TYPE_PALETTE_VIEWS (mos_palette_views_get_type ())
G_DECLARE_FINAL_TYPE (MosPaletteViews, mos_palette_views, MOS, PALETTE_VIEWS, GObject)

MosPaletteSource *mos_palette_views_new (MosDesk *desk);

G_END_DECLS
