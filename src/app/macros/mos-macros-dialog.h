/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/desk/mos-desk-macros.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * MosMacrosDialog: all macros by folder, and the page where one is written
 *
 * Signal `removed (gint64 batch)`: one was deleted; @batch brings it back
 */
#define MOS_TYPE_MACROS_DIALOG (mos_macros_dialog_get_type ())
G_DECLARE_FINAL_TYPE (MosMacrosDialog, mos_macros_dialog, MOS, MACROS_DIALOG, AdwDialog)

/** mos_macros_dialog_new: @conversation: (nullable): whose customer previews are made for; %NULL = one who is made up */
MosMacrosDialog *mos_macros_dialog_new (MosDesk *desk, const char *conversation);
/** mos_macros_dialog_write: shows the page where @macro, a new one, is written on; before the dialog is presented */
void mos_macros_dialog_write (MosMacrosDialog *self, MosMacro *macro);

G_END_DECLS
