/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/desk/mos-desk-macros.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * MosMacroChooser: finds a macro by what is typed of it, the most used first, with a look at what it says and does
 *
 * Signal `chosen (MosMacro *macro)`: it is closed already
 */
#define MOS_TYPE_MACRO_CHOOSER (mos_macro_chooser_get_type ())
G_DECLARE_FINAL_TYPE (MosMacroChooser, mos_macro_chooser, MOS, MACRO_CHOOSER, AdwDialog)

/** mos_macro_chooser_new: @title: what it is chosen for; @for_notes: those for notes first. Its action "win.macros" is expected above */
MosMacroChooser *mos_macro_chooser_new (MosDesk *desk, const char *title, gboolean for_notes);

G_END_DECLS
