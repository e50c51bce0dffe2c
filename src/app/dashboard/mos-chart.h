/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "app/dashboard/mos-chart-data.h"
#include "app/dashboard/mos-chart-layout.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * MosChartStyle: what a chart is drawn with
 * @strong: hatch and outline what elsewhere colour tells apart
 */
typedef struct
{
  GdkRGBA text;
  GdkRGBA dim;
  GdkRGBA grid;
  GdkRGBA paper;
  GdkRGBA colors[5];
  gboolean strong;
} MosChartStyle;

/**
 * MosChart: numbers as a picture, which the keyboard and a screen reader can go through
 *
 * What it shows is its #MosChartData; a subclass says where each number stands. The arrow keys go from number to number, each is said and shown beside it; Return asks about it.
 * To a screen reader it is an image whose name is the title and whose description says the content.
 *
 * Signal `spot-activated (guint row, guint series)`
 */
#define MOS_TYPE_CHART (mos_chart_get_type ())
G_DECLARE_DERIVABLE_TYPE (MosChart, mos_chart, MOS, CHART, GtkWidget)

/**
 * MosChartClass:
 * @draw: draws all of it into @width times @height
 * @find_spot: where a number stands; %FALSE = nowhere
 * @get_height: what it needs for @data
 */
struct _MosChartClass
{
  GtkWidgetClass parent_class;

  void (*draw) (MosChart *self, GtkSnapshot *snapshot, const MosChartStyle *style, double width, double height);
  gboolean (*find_spot) (MosChart *self, guint row, guint series, double width, double height, graphene_rect_t *ret_rect);
  int (*get_height) (MosChart *self, const MosChartData *data);
};

/** mos_chart_set_data: @data: (nullable) */
void mos_chart_set_data (MosChart *self, MosChartData *data);
MosChartData *mos_chart_get_data (MosChart *self);
/** mos_chart_get_natural_height: what it takes, without a window too */
int mos_chart_get_natural_height (MosChart *self);
/** mos_chart_draw: on paper, or for a picture: without a window too */
void mos_chart_draw (MosChart *self, GtkSnapshot *snapshot, const MosChartStyle *style, double width, double height);
/** mos_chart_style_for_paper: black on white */
void mos_chart_style_for_paper (MosChartStyle *style);
/** mos_chart_style_of: as @widget looks now */
void mos_chart_style_of (GtkWidget *widget, MosChartStyle *style);
/** mos_chart_find_at: the number at a place. Returns: whether there is one */
gboolean mos_chart_find_at (MosChart *self, double x, double y, guint *ret_row, guint *ret_series);

/* For subclasses. */

/** mos_chart_color: Returns: the colour of @series; the last one is the period before where @data has one */
GdkRGBA mos_chart_color (const MosChartStyle *style, const MosChartData *data, guint series);
/** mos_chart_append_text: @align: 0 = begins at @x, 0.5 = in its middle, 1 = ends there; @max_width: 0 = as it is. Returns: its width */
double mos_chart_append_text (MosChart *self, GtkSnapshot *snapshot, const char *text, double x, double y, double align, double max_width, const GdkRGBA *color);
double mos_chart_text_width (MosChart *self, const char *text);
double mos_chart_text_height (MosChart *self);
/** mos_chart_append_bar: @series: the period before is an outline; in a strong style the others are hatched */
void mos_chart_append_bar (GtkSnapshot *snapshot, const MosChartStyle *style, const MosChartData *data, guint series, const graphene_rect_t *rect);
/** mos_chart_append_line: @dash: (nullable): lengths, of @n_dash */
void mos_chart_append_line (GtkSnapshot *snapshot, const GdkRGBA *color, float width, gboolean is_dashed, double x0, double y0, double x1, double y1);
/** mos_chart_make_plot: the place that is left within axis and names; @axis: (out) */
MosChartPlot mos_chart_make_plot (MosChart *self, double max, double width, double height, MosChartAxis *axis);
/** mos_chart_append_frame: the grid, its numbers, and the rows' names below */
void mos_chart_append_frame (MosChart *self, GtkSnapshot *snapshot, const MosChartStyle *style, const MosChartPlot *plot, const MosChartAxis *axis, gboolean is_line);
/** mos_chart_append_legend: what the series are, at the top; nothing where there is one alone */
void mos_chart_append_legend (MosChart *self, GtkSnapshot *snapshot, const MosChartStyle *style, double width);

G_END_DECLS
