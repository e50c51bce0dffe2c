/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "app/preferences/mos-setting.h"

#include "core/desk/mos-desk.h"

#include <adwaita.h>

G_BEGIN_DECLS

/** MosPreferencesDialog: what this machine's window does; bound to its settings. */
#define MOS_TYPE_PREFERENCES_DIALOG (mos_preferences_dialog_get_type ())
G_DECLARE_FINAL_TYPE (MosPreferencesDialog, mos_preferences_dialog, MOS, PREFERENCES_DIALOG, AdwPreferencesDialog)

/** mos_preferences_dialog_new: @desk: (nullable): whose remembered senders are shown */
MosPreferencesDialog *mos_preferences_dialog_new (MosDesk *desk);
/** mos_preferences_dialog_search: its first page, with the keyboard in the search */
void mos_preferences_dialog_search (MosPreferencesDialog *self);
/** mos_preferences_dialog_show_place: the page behind the first one that @place is; nothing where it is none of them */
void mos_preferences_dialog_show_place (MosPreferencesDialog *self, MosSettingPlace place);
/** mos_preferences_dialog_show_setting: @id: of a #MosSetting: shows its page, and gives its row the keyboard */
void mos_preferences_dialog_show_setting (MosPreferencesDialog *self, const char *id);

G_END_DECLS
