/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/values/mos-values.h"

G_BEGIN_DECLS

/* What a chart shows, and its table too: rows and series of numbers with their words. Filled right after it is made, then read alone. */

/**
 * MosChartUnit: what a number is
 * @MOS_CHART_DURATION, @MOS_CHART_WORK: seconds, by the clock and in hours of work, of which a day has no 24
 * @MOS_CHART_PERCENT: 0 to 100
 */
typedef enum
{
  MOS_CHART_COUNT,
  MOS_CHART_DURATION,
  MOS_CHART_WORK,
  MOS_CHART_PERCENT,
  MOS_CHART_DECIMAL,
} MosChartUnit;

/**
 * MosChartData:
 *
 * @title: what it shows
 * @row_heading: what its rows are: "Day"
 * @rows: each row by its full name
 * @ticks: (nullable): the same, short enough for an axis
 * @series: what is told of each row: "New conversations", "Before"
 * @ids: (nullable): keys by which the numbers of a row can be asked about
 * @units: (nullable): of each series, where a table has numbers of several kinds
 * @values: @n_series times @n_rows, a series after the other; NaN = there is nothing
 * @has_before: the last series is the period before, which is drawn as such
 * @is_stock: what was there at each moment, such as what is not closed: a sum of it says nothing
 * @target: NaN = none; @top: where the axis ends; NaN = where the numbers do
 */
typedef struct
{
  char *title;
  char *row_heading;
  MosChartUnit unit;
  guint n_rows;
  guint n_series;
  GStrv rows;
  GStrv ticks;
  GStrv series;
  GStrv ids;
  MosChartUnit *units;
  double *values;
  gboolean has_before;
  gboolean is_stock;
  double target;
  double top;
} MosChartData;
MOS_DECLARE_VALUE (MosChartData, chart_data)

/** mos_chart_data_make: @series: %NULL-terminated. Returns: (transfer full): without names of rows, and nothing in it but NaN */
MosChartData *mos_chart_data_make (const char *title, const char *row_heading, MosChartUnit unit, guint n_rows, const char *const *series);
/** mos_chart_data_set: @row_name: (transfer full) (nullable): as it is */
void mos_chart_data_set (MosChartData *self, guint row, guint series, char *row_name, double value);
/** mos_chart_data_set_tick: @tick: (transfer full): the row's short name */
void mos_chart_data_set_tick (MosChartData *self, guint row, char *tick);
/** mos_chart_data_set_id: @id: (transfer full): what the row is asked about by */
void mos_chart_data_set_id (MosChartData *self, guint row, char *id);
/** mos_chart_data_set_unit: of one series, which then has a column of the table, and no place in a chart */
void mos_chart_data_set_unit (MosChartData *self, guint series, MosChartUnit unit);
MosChartUnit mos_chart_data_get_unit (const MosChartData *self, guint series);
double mos_chart_data_get (const MosChartData *self, guint row, guint series);
/** mos_chart_data_get_tick: Returns: (transfer none): the short name, else the full one */
const char *mos_chart_data_get_tick (const MosChartData *self, guint row);
/** mos_chart_data_get_max: Returns: the greatest of all, and the target; 0 where there is nothing */
double mos_chart_data_get_max (const MosChartData *self);
/** mos_chart_data_get_row_max: Returns: the greatest sum of a row, without the period before */
double mos_chart_data_get_row_max (const MosChartData *self);
/** mos_chart_data_equal: Returns: whether both say the same under the same names */
gboolean mos_chart_data_equal (const MosChartData *a, const MosChartData *b);
/** mos_chart_data_is_empty: Returns: whether all of it is nothing or 0 */
gboolean mos_chart_data_is_empty (const MosChartData *self);

G_END_DECLS
