/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "app/palette/mos-palette-item.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * MosSettingSearch: stands first on the first page of the preferences and finds every setting; while something is typed the other groups of the page are hidden.
 *
 * Signals: `chosen (MosPaletteItem *item)`
 */
#define MOS_TYPE_SETTING_SEARCH (mos_setting_search_get_type ())
G_DECLARE_FINAL_TYPE (MosSettingSearch, mos_setting_search, MOS, SETTING_SEARCH, AdwPreferencesGroup)

/** mos_setting_search_set_accounts: @accounts: (nullable): as of mos_settings_find() */
void mos_setting_search_set_accounts (MosSettingSearch *self, GListModel *accounts);
/** mos_setting_search_start: gives it the keyboard, with what was typed chosen */
void mos_setting_search_start (MosSettingSearch *self);
/** mos_setting_search_clear: all groups are there again */
void mos_setting_search_clear (MosSettingSearch *self);

G_END_DECLS
