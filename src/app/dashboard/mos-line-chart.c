/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-dashboard"

#include "config.h"

#include "app/dashboard/mos-line-chart.h"

#include <math.h>

struct _MosLineChart
{
  MosChart parent_instance;
};

G_DEFINE_FINAL_TYPE (MosLineChart, mos_line_chart, MOS_TYPE_CHART)

static gboolean
get_point (const MosChartData *data,
           const MosChartPlot *plot,
           const MosChartAxis *axis,
           guint row,
           guint series,
           graphene_point_t *ret_point)
{
  const double value = mos_chart_data_get (data, row, series);

  if (isnan (value))
    return FALSE;
  ret_point->x = (float) mos_chart_line_x (plot, data->n_rows, row);
  ret_point->y = (float) mos_chart_y (plot, value, axis->top);
  return TRUE;
}

/* From @row up to where nothing is known. Returns: where that is */
static guint
append_run (GtkSnapshot *snapshot,
            const MosChartStyle *style,
            const MosChartData *data,
            const MosChartPlot *plot,
            const MosChartAxis *axis,
            guint row,
            guint series)
{
  const gboolean is_before = data->has_before && series == data->n_series - 1;
  const GdkRGBA color = mos_chart_color (style, data, series);
  g_autoptr (GskPathBuilder) line = gsk_path_builder_new (), area = gsk_path_builder_new ();
  g_autoptr (GskPath) line_path = NULL, area_path = NULL;
  GskStroke *stroke = gsk_stroke_new (is_before ? 1.5f : 2.0f);
  const float floor_y = (float) (plot->y + plot->height);
  graphene_point_t point, first = { 0, 0 }, last = { 0, 0 };
  guint n = 0;

  for (; row < data->n_rows && get_point (data, plot, axis, row, series, &point); row++)
    {
      if (n++ == 0)
        {
          first = point;
          gsk_path_builder_move_to (line, point.x, point.y);
          gsk_path_builder_move_to (area, point.x, floor_y);
        }
      else
        gsk_path_builder_line_to (line, point.x, point.y);
      gsk_path_builder_line_to (area, point.x, point.y);
      last = point;
    }
  gsk_path_builder_line_to (area, last.x, floor_y);
  gsk_path_builder_close (area);
  line_path = gsk_path_builder_free_to_path (g_steal_pointer (&line));
  area_path = gsk_path_builder_free_to_path (g_steal_pointer (&area));
  if (is_before)
    gsk_stroke_set_dash (stroke, (float[2]) { 5, 4 }, 2);
  if (series == 0)
    {
      GdkRGBA veil = color;

      veil.alpha *= 0.16f;
      gtk_snapshot_append_fill (snapshot, area_path, GSK_FILL_RULE_WINDING, &veil);
    }
  gtk_snapshot_append_stroke (snapshot, line_path, stroke, &color);
  gsk_stroke_free (stroke);
  /* One alone is no line; few are told apart. */
  if (n == 1 || (!is_before && data->n_rows <= 14))
    for (guint i = row - n; i < row; i++)
      {
        GskRoundedRect dot;

        point = first;
        get_point (data, plot, axis, i, series, &point);
        gsk_rounded_rect_init_from_rect (&dot, &GRAPHENE_RECT_INIT (point.x - 3, point.y - 3, 6, 6), 3);
        gtk_snapshot_push_rounded_clip (snapshot, &dot);
        gtk_snapshot_append_color (snapshot, &color, &dot.bounds);
        gtk_snapshot_pop (snapshot);
      }
  return row;
}

static void
draw (MosChart *chart,
      GtkSnapshot *snapshot,
      const MosChartStyle *style,
      double width,
      double height)
{
  const MosChartData *data = mos_chart_get_data (chart);
  MosChartAxis axis;
  const MosChartPlot plot = mos_chart_make_plot (chart, mos_chart_data_get_max (data), width, height, &axis);

  mos_chart_append_frame (chart, snapshot, style, &plot, &axis, TRUE);
  mos_chart_append_legend (chart, snapshot, style, width);
  for (guint i = data->n_series; i > 0; i--)
    for (guint row = 0; row < data->n_rows;)
      if (isnan (mos_chart_data_get (data, row, i - 1)))
        row++;
      else
        row = append_run (snapshot, style, data, &plot, &axis, row, i - 1);
}

static gboolean
find_spot (MosChart *chart,
           guint row,
           guint series,
           double width,
           double height,
           graphene_rect_t *ret_rect)
{
  const MosChartData *data = mos_chart_get_data (chart);
  MosChartAxis axis;
  const MosChartPlot plot = mos_chart_make_plot (chart, mos_chart_data_get_max (data), width, height, &axis);
  graphene_point_t point;

  if (!get_point (data, &plot, &axis, row, series, &point))
    point = GRAPHENE_POINT_INIT ((float) mos_chart_line_x (&plot, data->n_rows, row), (float) (plot.y + plot.height));
  *ret_rect = GRAPHENE_RECT_INIT (point.x - 4, point.y - 4, 8, 8);
  return TRUE;
}

static void
mos_line_chart_class_init (MosLineChartClass *klass)
{
  MosChartClass *chart_class = MOS_CHART_CLASS (klass);

  chart_class->draw = draw;
  chart_class->find_spot = find_spot;
}

static void
mos_line_chart_init (MosLineChart *self)
{
}

GtkWidget *
mos_line_chart_new (void)
{
  return g_object_new (MOS_TYPE_LINE_CHART, NULL);
}
