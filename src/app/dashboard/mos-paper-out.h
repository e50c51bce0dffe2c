/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "app/dashboard/mos-dashboard-paper.h"

G_BEGIN_DECLS

/* Figures to the printer and into files. Main thread; errors are told in a dialog over @widget. */

/** mos_paper_out_print: @paper: (transfer full). Asks for the printer, or shows the preview */
void mos_paper_out_print (GtkWidget *widget, MosDashboardPaper *paper);
/** mos_paper_out_save: asks for a file, which is named as @title at first, and writes @bytes */
void mos_paper_out_save (GtkWidget *widget, GBytes *bytes, const char *title, const char *suffix);
/** mos_paper_out_report: says that it failed */
void mos_paper_out_report (GtkWidget *widget, const GError *error);
/** mos_paper_out_dup_name: Returns: (transfer full): a name of a file, safe anywhere */
char *mos_paper_out_dup_name (const char *title, const char *suffix);

G_END_DECLS
