/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-dashboard"

#include "config.h"

#include "app/dashboard/mos-bar-chart.h"

#include <math.h>

struct _MosBarChart
{
  MosChart parent_instance;

  gboolean is_stacked;
  gboolean is_distribution;
};

G_DEFINE_FINAL_TYPE (MosBarChart, mos_bar_chart, MOS_TYPE_CHART)

static double
get_top (MosBarChart *self,
         const MosChartData *data)
{
  return self->is_stacked ? MAX (mos_chart_data_get_row_max (data), mos_chart_data_get_max (data)) : mos_chart_data_get_max (data);
}

static graphene_rect_t
get_bar (MosBarChart *self,
         const MosChartData *data,
         const MosChartPlot *plot,
         const MosChartAxis *axis,
         guint row,
         guint series)
{
  const double value = mos_chart_data_get (data, row, series);
  const graphene_rect_t band = mos_chart_band (plot, data->n_rows, row, self->is_distribution ? 0.04 : data->n_rows > 40 ? 0.1
                                                                                                                         : 0.3);
  double below = 0;
  graphene_rect_t bar;

  if (!self->is_stacked)
    return mos_chart_bar (plot, &band, series, data->n_series, isnan (value) ? 0 : value, axis->top);
  for (guint i = 0; i < series; i++)
    if (!isnan (mos_chart_data_get (data, row, i)))
      below += mos_chart_data_get (data, row, i);
  bar = mos_chart_bar (plot, &band, 0, 1, isnan (value) ? 0 : value, axis->top);
  bar.origin.y -= (float) (plot->height * below / axis->top);
  return bar;
}

static void
draw (MosChart *chart,
      GtkSnapshot *snapshot,
      const MosChartStyle *style,
      double width,
      double height)
{
  MosBarChart *self = MOS_BAR_CHART (chart);
  const MosChartData *data = mos_chart_get_data (chart);
  MosChartAxis axis;
  const MosChartPlot plot = mos_chart_make_plot (chart, get_top (self, data), width, height, &axis);

  mos_chart_append_frame (chart, snapshot, style, &plot, &axis, FALSE);
  mos_chart_append_legend (chart, snapshot, style, width);
  for (guint row = 0; row < data->n_rows; row++)
    for (guint series = 0; series < data->n_series; series++)
      {
        const graphene_rect_t bar = get_bar (self, data, &plot, &axis, row, series);

        mos_chart_append_bar (snapshot, style, data, series, &bar);
      }
}

static gboolean
find_spot (MosChart *chart,
           guint row,
           guint series,
           double width,
           double height,
           graphene_rect_t *ret_rect)
{
  MosBarChart *self = MOS_BAR_CHART (chart);
  const MosChartData *data = mos_chart_get_data (chart);
  MosChartAxis axis;
  const MosChartPlot plot = mos_chart_make_plot (chart, get_top (self, data), width, height, &axis);

  *ret_rect = get_bar (self, data, &plot, &axis, row, series);
  return TRUE;
}

static void
mos_bar_chart_class_init (MosBarChartClass *klass)
{
  MosChartClass *chart_class = MOS_CHART_CLASS (klass);

  chart_class->draw = draw;
  chart_class->find_spot = find_spot;
}

static void
mos_bar_chart_init (MosBarChart *self)
{
}

GtkWidget *
mos_bar_chart_new (void)
{
  return g_object_new (MOS_TYPE_BAR_CHART, NULL);
}

void
mos_bar_chart_set_look (MosBarChart *self,
                        gboolean is_stacked,
                        gboolean is_distribution)
{
  g_return_if_fail (MOS_IS_BAR_CHART (self));

  self->is_stacked = is_stacked;
  self->is_distribution = is_distribution;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
