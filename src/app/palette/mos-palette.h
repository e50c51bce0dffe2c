/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "app/palette/mos-palette-source.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * MosPalette:
 *
 * Type some letters of anything, press Return: it is done. The keyboard stays in the entry; Up and Down choose.
 *
 *   sources, in the order of their sections -> items -> rows of one list box
 *
 * Every search replaces the one before, which is cancelled. What a source found for the former text stays until its next answer comes, so that nothing flickers;
 * a Return on such a row waits for that answer. What was done last is remembered (setting "palette-recent") and comes first.
 *
 * Signal `chosen (MosPaletteItem *item)`: the palette is closed; do it
 */
#define MOS_TYPE_PALETTE (mos_palette_get_type ())
G_DECLARE_FINAL_TYPE (MosPalette, mos_palette, MOS, PALETTE, AdwDialog)

MosPalette *mos_palette_new (void);
/** mos_palette_add_source: @source: (transfer full): below those there are. All before it is presented. */
void mos_palette_add_source (MosPalette *self, MosPaletteSource *source);
/** mos_palette_start: looks for what is offered at first. */
void mos_palette_start (MosPalette *self);

/** mos_palette_remember: puts the action or view of @id first among the recent ones. */
void mos_palette_remember (const char *id);

G_END_DECLS
