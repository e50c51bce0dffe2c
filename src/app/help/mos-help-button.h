/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** MosHelpButton: for a header bar: opens the page of the place that it is in (mos-help-places.h) */
#define MOS_TYPE_HELP_BUTTON (mos_help_button_get_type ())
G_DECLARE_FINAL_TYPE (MosHelpButton, mos_help_button, MOS, HELP_BUTTON, GtkButton)

/** mos_help_button_new: Returns: (transfer floating) */
GtkWidget *mos_help_button_new (void);

G_END_DECLS
