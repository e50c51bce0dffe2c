/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-dashboard"

#include "config.h"

#include "app/dashboard/mos-line-chart.h"

#include <math.h>

/* As many are told apart by dots. */
#define FEW_ROWS 14

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

static void
append_dot (GtkSnapshot *snapshot,
            const GdkRGBA *color,
            const graphene_point_t *point)
{
  GskRoundedRect dot;

  gsk_rounded_rect_init_from_rect (&dot, &GRAPHENE_RECT_INIT (point->x - 3, point->y - 3, 6, 6), 3);
  gtk_snapshot_push_rounded_clip (snapshot, &dot);
  gtk_snapshot_append_color (snapshot, color, &dot.bounds);
  gtk_snapshot_pop (snapshot);
}

/* Over a day of which nothing is known the line goes on; dots tell which are known. */
static void
append_series (GtkSnapshot *snapshot,
               const MosChartStyle *style,
               const MosChartData *data,
               const MosChartPlot *plot,
               const MosChartAxis *axis,
               guint series)
{
  const gboolean is_before = data->has_before && series == data->n_series - 1;
  const GdkRGBA color = mos_chart_color (style, data, series);
  g_autoptr (GskPathBuilder) line = gsk_path_builder_new (), area = gsk_path_builder_new ();
  g_autoptr (GskPath) line_path = NULL, area_path = NULL;
  g_autoptr (GArray) points = g_array_new (FALSE, FALSE, sizeof (graphene_point_t));
  GskStroke *stroke = gsk_stroke_new (is_before ? 1.5f : 2.0f);
  const float floor_y = (float) (plot->y + plot->height);
  guint last_row = 0;
  gboolean has_gaps = FALSE;

  for (guint row = 0; row < data->n_rows; row++)
    {
      graphene_point_t point;

      if (!get_point (data, plot, axis, row, series, &point))
        continue;
      has_gaps = has_gaps || (points->len > 0 && row > last_row + 1);
      last_row = row;
      if (points->len == 0)
        {
          gsk_path_builder_move_to (line, point.x, point.y);
          gsk_path_builder_move_to (area, point.x, floor_y);
        }
      else
        gsk_path_builder_line_to (line, point.x, point.y);
      gsk_path_builder_line_to (area, point.x, point.y);
      g_array_append_val (points, point);
    }
  if (points->len > 0)
    {
      gsk_path_builder_line_to (area, g_array_index (points, graphene_point_t, points->len - 1).x, floor_y);
      gsk_path_builder_close (area);
    }
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
  for (guint i = 0; i < points->len && (points->len == 1 || (!is_before && (has_gaps || data->n_rows <= FEW_ROWS))); i++)
    append_dot (snapshot, &color, &g_array_index (points, graphene_point_t, i));
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
    append_series (snapshot, style, data, &plot, &axis, i - 1);
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
