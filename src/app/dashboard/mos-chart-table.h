/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "app/dashboard/mos-chart-data.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * MosChartTable: the numbers of a chart as a table with headings, which a screen reader can go through; a click on a heading sorts by it
 *
 * Signal `row-activated (guint row)`: of the data, however it is sorted
 */
#define MOS_TYPE_CHART_TABLE (mos_chart_table_get_type ())
G_DECLARE_FINAL_TYPE (MosChartTable, mos_chart_table, MOS, CHART_TABLE, GtkWidget)

/** mos_chart_table_new: @has_bars: the first column of numbers shows how they compare, too */
GtkWidget *mos_chart_table_new (gboolean has_bars);
/** mos_chart_table_set_data: how it is sorted stays */
void mos_chart_table_set_data (MosChartTable *self, MosChartData *data);
/** mos_chart_table_dup_cell: Returns: (transfer full): what stands at @row as they are sorted now; @column: 0 = the row's name */
char *mos_chart_table_dup_cell (MosChartTable *self, guint row, guint column);
/** mos_chart_table_sort_by: as a click on the heading of @column does */
void mos_chart_table_sort_by (MosChartTable *self, guint column, GtkSortType order);

G_END_DECLS
