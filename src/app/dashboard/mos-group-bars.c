/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-dashboard"

#include "config.h"

#include "app/dashboard/mos-group-bars.h"

#include "app/dashboard/mos-chart-text.h"

#include <math.h>

struct _MosGroupBars
{
  MosChart parent_instance;
};

G_DEFINE_FINAL_TYPE (MosGroupBars, mos_group_bars, MOS_TYPE_CHART)

static MosChartPlot
make_plot (MosChart *chart,
           double width,
           double height)
{
  const MosChartPlot plot = { 0, 0, width, height, gtk_widget_get_direction (GTK_WIDGET (chart)) == GTK_TEXT_DIR_RTL };

  return plot;
}

/* Room for the name, then each series. */
static double
row_height (MosChart *chart,
            const MosChartData *data)
{
  return mos_chart_text_height (chart) + 4 + 12 * data->n_series + 8;
}

static graphene_rect_t
get_bar (MosChart *chart,
         const MosChartData *data,
         const MosChartPlot *plot,
         guint row,
         guint series)
{
  const double line = mos_chart_text_height (chart) + 4, value = mos_chart_data_get (data, row, series);
  graphene_rect_t bar = mos_chart_row (plot, data->n_rows, row, isnan (value) ? 0 : value, mos_chart_data_get_max (data));

  bar.origin.y += (float) (line + 12 * series);
  bar.size.height = 10;
  return bar;
}

static void
draw (MosChart *chart,
      GtkSnapshot *snapshot,
      const MosChartStyle *style,
      double width,
      double height)
{
  const MosChartData *data = mos_chart_get_data (chart);
  const MosChartPlot plot = make_plot (chart, width, height);

  for (guint row = 0; row < data->n_rows; row++)
    {
      const graphene_rect_t whole = mos_chart_row (&plot, data->n_rows, row, 1, 1);
      g_autofree char *value = mos_chart_text_value (mos_chart_data_get (data, row, 0), data->unit);
      const double value_width = mos_chart_text_width (chart, value);
      const double name_width = MIN (mos_chart_text_width (chart, data->rows[row]), width - value_width - 12);

      mos_chart_append_text (chart, snapshot, data->rows[row], plot.is_rtl ? width - name_width : 0, whole.origin.y, 0, name_width, &style->text);
      mos_chart_append_text (chart, snapshot, value, plot.is_rtl ? 0 : width, whole.origin.y, plot.is_rtl ? 0 : 1, 0, &style->text);
      for (guint series = 0; series < data->n_series; series++)
        {
          const graphene_rect_t bar = get_bar (chart, data, &plot, row, series);

          mos_chart_append_bar (snapshot, style, data, series, &bar);
        }
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
  const MosChartData *data = mos_chart_get_data (chart);
  const MosChartPlot plot = make_plot (chart, width, height);
  graphene_rect_t bar = get_bar (chart, data, &plot, row, series);

  bar.size.width = MAX (bar.size.width, 2);
  *ret_rect = bar;
  return TRUE;
}

static int
get_height (MosChart *chart,
            const MosChartData *data)
{
  return (int) (row_height (chart, data) * MAX (1, data->n_rows));
}

static void
mos_group_bars_class_init (MosGroupBarsClass *klass)
{
  MosChartClass *chart_class = MOS_CHART_CLASS (klass);

  chart_class->draw = draw;
  chart_class->find_spot = find_spot;
  chart_class->get_height = get_height;
}

static void
mos_group_bars_init (MosGroupBars *self)
{
}

GtkWidget *
mos_group_bars_new (void)
{
  return g_object_new (MOS_TYPE_GROUP_BARS, NULL);
}
