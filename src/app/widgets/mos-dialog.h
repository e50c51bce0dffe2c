/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * mos_dialog_present:
 * @dialog: (transfer floating): which
 * @parent: a widget of the window that it belongs to
 *
 * adw_dialog_present() that keeps its word: the keyboard is where the dialog's "focus-widget" says, in a narrow window too.
 */
void mos_dialog_present (AdwDialog *dialog, GtkWidget *parent);

G_END_DECLS
