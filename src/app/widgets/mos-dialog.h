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
/** mos_dialog_lead_to: puts the keyboard to @wanted, or to the first within it: in what comes into @dialog by and by, and perhaps before it is open */
void mos_dialog_lead_to (AdwDialog *dialog, GtkWidget *wanted);

/**
 * mos_dialog_ask_leave:
 * @dialog: what is being closed; closed by force if they leave
 * @lost: what is lost, as a sentence
 *
 * For the "close-attempt" of a dialog in which something is not saved.
 */
void mos_dialog_ask_leave (AdwDialog *dialog, const char *lost);

G_END_DECLS
