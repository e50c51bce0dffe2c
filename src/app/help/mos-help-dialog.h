/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * MosHelpDialog: the help: its contents, and the pages they lead to. Needs neither a network nor another program.
 */
#define MOS_TYPE_HELP_DIALOG (mos_help_dialog_get_type ())
G_DECLARE_FINAL_TYPE (MosHelpDialog, mos_help_dialog, MOS, HELP_DIALOG, AdwDialog)

/** mos_help_dialog_new: @page: (nullable): where it opens; %NULL = the contents. Returns: (transfer floating) */
MosHelpDialog *mos_help_dialog_new (const char *page);
/** mos_help_show_place: shows what is said about the place that @place (nullable) is in, above what is there; the contents where nothing is. @parent: a widget of the window */
void mos_help_show_place (GtkWidget *place, GtkWidget *parent);

G_END_DECLS
