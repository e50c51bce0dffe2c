/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "app/dashboard/mos-chart.h"

G_BEGIN_DECLS

/* Figures on paper: a heading, facts, numbers, charts and tables, one below the other, with page numbers. Main thread: charts are widgets. */

typedef struct _MosDashboardPaper MosDashboardPaper;

/** mos_dashboard_paper_new: @widget: whose font it is */
MosDashboardPaper *mos_dashboard_paper_new (GtkWidget *widget, const char *title);
void mos_dashboard_paper_free (MosDashboardPaper *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MosDashboardPaper, mos_dashboard_paper_free)

/** mos_dashboard_paper_add_text: @is_heading: larger */
void mos_dashboard_paper_add_text (MosDashboardPaper *self, const char *text, gboolean is_heading);
/** mos_dashboard_paper_add_number: one of the overview: @detail: (nullable): below it, smaller, of as many lines as it has */
void mos_dashboard_paper_add_number (MosDashboardPaper *self, const char *title, const char *value, const char *detail);
/** mos_dashboard_paper_add_chart: with its heading; @subtitle: (nullable) */
void mos_dashboard_paper_add_chart (MosDashboardPaper *self, MosChart *chart, const char *subtitle);
/** mos_dashboard_paper_add_table: all rows of @data */
void mos_dashboard_paper_add_table (MosDashboardPaper *self, const MosChartData *data);

/** mos_dashboard_paper_paginate: @width, @height: of a page, in points. Returns: how many pages it takes */
guint mos_dashboard_paper_paginate (MosDashboardPaper *self, double width, double height);
/** mos_dashboard_paper_draw: @page: from 0; from the origin of @cr on, in points */
void mos_dashboard_paper_draw (MosDashboardPaper *self, cairo_t *cr, guint page);
const char *mos_dashboard_paper_get_title (MosDashboardPaper *self);
/** mos_dashboard_paper_make_pdf: A4. Returns: (transfer full) (nullable): G_IO_ERROR_FAILED when cairo cannot */
GBytes *mos_dashboard_paper_make_pdf (MosDashboardPaper *self, GError **error);
/** mos_dashboard_picture_make: a chart as it is shown, with its heading. Returns: (transfer full) (nullable): a PNG */
GBytes *mos_dashboard_picture_make (MosChart *chart, const char *subtitle, GError **error);

G_END_DECLS
