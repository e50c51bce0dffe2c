/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/** MosShortcutsDialog: all keys as they are now (mos-keymap.h), with a search; each can be changed here. */
#define MOS_TYPE_SHORTCUTS_DIALOG (mos_shortcuts_dialog_get_type ())
G_DECLARE_FINAL_TYPE (MosShortcutsDialog, mos_shortcuts_dialog, MOS, SHORTCUTS_DIALOG, AdwDialog)

MosShortcutsDialog *mos_shortcuts_dialog_new (void);

G_END_DECLS
