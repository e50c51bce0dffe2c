/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/desk/mos-desk-macros.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * MosMacroEditor: the page where one macro is written: its names, its text in each language with a preview, what it does, its files
 *
 * Properties: "is-changed" (boolean, read-only): there is something to save; the page cannot be left by "Back" then
 * Signals: `saved (gint64 batch)`, with what an undo takes back; `cancelled`; `delete (char *id)`; `duplicate (MosMacro *macro)`
 */
#define MOS_TYPE_MACRO_EDITOR (mos_macro_editor_get_type ())
G_DECLARE_FINAL_TYPE (MosMacroEditor, mos_macro_editor, MOS, MACRO_EDITOR, AdwNavigationPage)

/** mos_macro_editor_new: @macro: with id %NULL a new one; @conversation: (nullable): whose customer the preview is for */
MosMacroEditor *mos_macro_editor_new (MosDesk *desk, MosMacro *macro, const char *conversation);
/** mos_macro_editor_forget_changes: the macro is gone: there is nothing to save any more */
void mos_macro_editor_forget_changes (MosMacroEditor *self);
/** mos_macro_editor_get_first: Returns: (transfer none): what has the keyboard where the page is the first that is seen */
GtkWidget *mos_macro_editor_get_first (MosMacroEditor *self);

G_END_DECLS
