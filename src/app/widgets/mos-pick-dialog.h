/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/** MosPickDialog: one of a list, by mouse, arrows or a search. Signal `chosen (char *id)`, once it is closed */
#define MOS_TYPE_PICK_DIALOG (mos_pick_dialog_get_type ())
G_DECLARE_FINAL_TYPE (MosPickDialog, mos_pick_dialog, MOS, PICK_DIALOG, AdwDialog)

/** mos_pick_dialog_new: @list_label: names the list for assistive tools */
MosPickDialog *mos_pick_dialog_new (const char *title, const char *list_label);
/** mos_pick_dialog_add_search: what is typed is looked for in titles and @words of the rows; Return takes the first that is left. @none: what is said where none is */
void mos_pick_dialog_add_search (MosPickDialog *self, const char *placeholder, const char *none);
/**
 * mos_pick_dialog_add:
 * @id: what `chosen` gives; "" is one, too
 * @subtitle: (nullable):
 * @words: (nullable): found by the search beside the title
 * @is_current: it is chosen already
 */
void mos_pick_dialog_add (MosPickDialog *self, const char *id, const char *title, const char *subtitle, const char *words, gboolean is_current);

G_END_DECLS
