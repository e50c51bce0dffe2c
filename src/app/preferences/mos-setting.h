/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "app/palette/mos-palette-item.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Every setting by its name and by other words for it: for the search of the preferences and for the palette. Main context only. */

/**
 * MosSettingPlace: where its row is
 * @MOS_SETTING_GENERAL: the first page of the preferences; the others are those behind it
 * @MOS_SETTING_ACCOUNT: the settings of each account
 * @MOS_SETTING_ELSEWHERE: a dialog of its own, whose action is @id
 */
typedef enum
{
  MOS_SETTING_GENERAL,
  MOS_SETTING_HOURS,
  MOS_SETTING_TARGETS,
  MOS_SETTING_CATEGORIES,
  MOS_SETTING_SHOPS,
  MOS_SETTING_BACKUPS,
  MOS_SETTING_RETENTION,
  MOS_SETTING_ACCOUNT,
  MOS_SETTING_ELSEWHERE,
} MosSettingPlace;

/**
 * MosSetting: one line of the table
 * @id: its name for win.show-setting and win.account-setting
 * @title: untranslated: what the row itself says, with its mnemonic; or the group, where the setting has no row
 * @words: (nullable): untranslated: what else it may be looked for by
 * @is_of_mail: only accounts of mail have it
 */
typedef struct
{
  const char *id;
  MosSettingPlace place;
  const char *title;
  const char *words;
  gboolean is_of_mail;
} MosSetting;

const MosSetting *mos_settings_list (guint *ret_n);
/** mos_setting_lookup: Returns: (transfer none) (nullable) */
const MosSetting *mos_setting_lookup (const char *id);
/** mos_setting_dup_title: Returns: (transfer full): translated, without a mnemonic */
char *mos_setting_dup_title (const MosSetting *self);

/**
 * mos_settings_find:
 * @text: each of its words is the beginning of one of the setting's, or of where it is
 * @accounts: (nullable): of #MosAccountItem: whose settings are found, too; %NULL: without a desk there is but the first page
 * @has_elsewhere: whether what has a dialog of its own is found
 *
 * Returns: (transfer full): array of #MosPaletteItem, best first; empty for an empty @text
 */
GPtrArray *mos_settings_find (const char *text, GListModel *accounts, gboolean has_elsewhere);

/** mos_setting_find_row: Returns: (transfer none) (nullable): the row, or the group, below @root that is called as @self */
GtkWidget *mos_setting_find_row (const MosSetting *self, GtkWidget *root);
/** mos_setting_show_row: opens what @row is folded into and gives it the keyboard, as soon as it can be seen */
void mos_setting_show_row (GtkWidget *row);

G_END_DECLS
