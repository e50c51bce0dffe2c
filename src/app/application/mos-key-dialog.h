/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "app/application/mos-shortcuts.h"

#include <adwaita.h>

G_BEGIN_DECLS

/** MosKeyDialog: waits for the new keys of one action, says what is wrong with them, asks where another action has them, and changes the keymap. */
#define MOS_TYPE_KEY_DIALOG (mos_key_dialog_get_type ())
G_DECLARE_FINAL_TYPE (MosKeyDialog, mos_key_dialog, MOS, KEY_DIALOG, AdwDialog)

MosKeyDialog *mos_key_dialog_new (const MosShortcut *shortcut);
/** mos_key_dialog_press: as if @key had been pressed; Returns: whether it was meant for the dialog, not for a button in it */
gboolean mos_key_dialog_press (MosKeyDialog *self, const char *key);

/**
 * mos_key_ask_about_conflict: asks over @parent whether @shortcut gets @key, which @owner has. Both names are said.
 * @take: called with @data, an object, where the answer is yes
 * @answered: (nullable): called with @data after any answer
 */
void mos_key_ask_about_conflict (GtkWidget *parent, const MosShortcut *shortcut, const MosShortcut *owner, const char *key, GCallback take, gpointer data, GCallback answered);

G_END_DECLS
