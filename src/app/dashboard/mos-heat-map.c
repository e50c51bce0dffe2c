/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-dashboard"

#include "config.h"

#include "app/dashboard/mos-heat-map.h"

#include <math.h>

struct _MosHeatMap
{
  MosChart parent_instance;
};

G_DEFINE_FINAL_TYPE (MosHeatMap, mos_heat_map, MOS_TYPE_CHART)

#define LINE 20

static MosChartPlot
make_plot (MosChart *chart,
           const MosChartData *data,
           double width,
           double height)
{
  const double below = mos_chart_text_height (chart) + 6;
  MosChartPlot plot = { .is_rtl = gtk_widget_get_direction (GTK_WIDGET (chart)) == GTK_TEXT_DIR_RTL };
  double names = 0;

  for (guint series = 0; series < data->n_series; series++)
    names = MAX (names, mos_chart_text_width (chart, data->series[series]));
  names = MIN (names, width / 3) + 8;
  plot.x = plot.is_rtl ? 0 : names;
  plot.width = width - names;
  plot.height = height - below;
  return plot;
}

static void
draw (MosChart *chart,
      GtkSnapshot *snapshot,
      const MosChartStyle *style,
      double width,
      double height)
{
  const MosChartData *data = mos_chart_get_data (chart);
  const MosChartPlot plot = make_plot (chart, data, width, height);
  const double max = mos_chart_data_get_max (data), line = mos_chart_text_height (chart);
  double need = 0;
  guint step;

  for (guint series = 0; series < data->n_series; series++)
    {
      const graphene_rect_t first = mos_chart_cell (&plot, data->n_rows, data->n_series, 0, series);
      const double room = width - plot.width - 8;

      mos_chart_append_text (chart, snapshot, data->series[series], plot.is_rtl ? plot.width + 8 : room, first.origin.y + (first.size.height - line) / 2, plot.is_rtl ? 0 : 1, room, &style->dim);
      for (guint row = 0; row < data->n_rows; row++)
        {
          graphene_rect_t cell = mos_chart_cell (&plot, data->n_rows, data->n_series, row, series);
          const double value = mos_chart_data_get (data, row, series);
          GdkRGBA color = style->colors[0];
          GskRoundedRect rounded;

          graphene_rect_inset (&cell, 1, 1);
          gsk_rounded_rect_init_from_rect (&rounded, &cell, 2);
          if (isnan (value) || value <= 0)
            color = style->grid;
          else
            color.alpha *= (float) (0.22 + 0.78 * value / max);
          gtk_snapshot_push_rounded_clip (snapshot, &rounded);
          gtk_snapshot_append_color (snapshot, &color, &cell);
          gtk_snapshot_pop (snapshot);
          /* Not by the colour alone: where there is room, the number. */
          if (value > 0 && cell.size.width >= 15 && cell.size.height >= line)
            {
              g_autofree char *text = g_strdup_printf ("%.0f", value);

              if (mos_chart_text_width (chart, text) <= cell.size.width)
                mos_chart_append_text (chart, snapshot, text, cell.origin.x + cell.size.width / 2, cell.origin.y + (cell.size.height - line) / 2, 0.5, 0, value > max * 0.6 ? &style->paper : &style->text);
            }
        }
    }
  for (guint row = 0; row < data->n_rows; row++)
    need = MAX (need, mos_chart_text_width (chart, mos_chart_data_get_tick (data, row)) + 6);
  step = mos_chart_step_of_ticks (data->n_rows, need, plot.width);
  /* Of hours: each third, sixth or twelfth is known from clocks. */
  if (data->n_rows == 24)
    step = step <= 2 ? step : step <= 3 ? 3
                          : step <= 6   ? 6
                                        : 12;
  for (guint row = 0; row < data->n_rows; row += step)
    {
      const graphene_rect_t cell = mos_chart_cell (&plot, data->n_rows, data->n_series, row, 0);

      mos_chart_append_text (chart, snapshot, mos_chart_data_get_tick (data, row), cell.origin.x + cell.size.width / 2, plot.y + plot.height + 4, 0.5, 0, &style->dim);
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
  const MosChartPlot plot = make_plot (chart, data, width, height);

  *ret_rect = mos_chart_cell (&plot, data->n_rows, data->n_series, row, series);
  graphene_rect_inset (ret_rect, 1, 1);
  return TRUE;
}

static int
get_height (MosChart *chart,
            const MosChartData *data)
{
  return (int) (data->n_series * LINE + mos_chart_text_height (chart) + 6);
}

static void
mos_heat_map_class_init (MosHeatMapClass *klass)
{
  MosChartClass *chart_class = MOS_CHART_CLASS (klass);

  chart_class->draw = draw;
  chart_class->find_spot = find_spot;
  chart_class->get_height = get_height;
}

static void
mos_heat_map_init (MosHeatMap *self)
{
}

GtkWidget *
mos_heat_map_new (void)
{
  return g_object_new (MOS_TYPE_HEAT_MAP, NULL);
}
