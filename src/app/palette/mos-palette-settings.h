/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "app/palette/mos-palette-source.h"

G_BEGIN_DECLS

/** MosPaletteSettings: every setting of the preferences and of the accounts, by its name or another word for it. Nothing before something is typed. */
#define MOS_TYPE_PALETTE_SETTINGS (mos_palette_settings_get_type ())
G_DECLARE_FINAL_TYPE (MosPaletteSettings, mos_palette_settings, MOS, PALETTE_SETTINGS, GObject)

/** mos_palette_settings_new: @accounts: (nullable): of #MosAccountItem; %NULL where there is no desk. Returns: (transfer full) */
MosPaletteSource *mos_palette_settings_new (GListModel *accounts);

G_END_DECLS
