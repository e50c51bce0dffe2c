/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "app/dashboard/mos-chart-data.h"

#include <graphene.h>

G_BEGIN_DECLS

/* Where things stand in a chart. Pure: numbers in, numbers out, so that tables test it. */

/** As many steps as an axis may have. */
#define MOS_CHART_MAX_TICKS 8

/**
 * MosChartAxis: @step: from one tick to the next, @n of them above 0; @top: the last, which nothing exceeds
 */
typedef struct
{
  double step;
  guint n;
  double top;
} MosChartAxis;

/** mos_chart_axis_find: numbers that people like: 1, 2, 5 and their tens; of times 1, 5, 15 minutes, an hour, a day. @wanted: about how many steps. @max <= 0: an axis to 1 */
MosChartAxis mos_chart_axis_find (double max, MosChartUnit unit, guint wanted);

/**
 * MosChartPlot: the place where the numbers are drawn
 * @is_rtl: the first row is the right one
 */
typedef struct
{
  double x;
  double y;
  double width;
  double height;
  gboolean is_rtl;
} MosChartPlot;

/** mos_chart_band: the part of the width that is @row's. @gap: how much of it stays free, 0 to 1 */
graphene_rect_t mos_chart_band (const MosChartPlot *plot, guint n_rows, guint row, double gap);
/** mos_chart_line_x: where a line passes row @row: the first at one side, the last at the other */
double mos_chart_line_x (const MosChartPlot *plot, guint n_rows, guint row);
/** mos_chart_y: where @value lies on an axis up to @top */
double mos_chart_y (const MosChartPlot *plot, double value, double top);
/** mos_chart_bar: the bar of @value within @band: side @part of @n_parts */
graphene_rect_t mos_chart_bar (const MosChartPlot *plot, const graphene_rect_t *band, guint part, guint n_parts, double value, double top);
/** mos_chart_cell: of a grid of @n_columns and @n_rows */
graphene_rect_t mos_chart_cell (const MosChartPlot *plot, guint n_columns, guint n_rows, guint column, guint row);
/** mos_chart_row: a bar that begins at the start edge; @row of @n_rows */
graphene_rect_t mos_chart_row (const MosChartPlot *plot, guint n_rows, guint row, double value, double top);
/** mos_chart_step_of_ticks: every how many rows has its name below it, where a name needs @need and all have @width */
guint mos_chart_step_of_ticks (guint n_rows, double need, double width);

G_END_DECLS
