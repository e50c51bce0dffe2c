/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-dashboard"

#include "config.h"

#include "app/dashboard/mos-funnel.h"

#include "app/dashboard/mos-chart-text.h"

#include <glib/gi18n.h>
#include <math.h>

struct _MosFunnel
{
  MosChart parent_instance;
};

G_DEFINE_FINAL_TYPE (MosFunnel, mos_funnel, MOS_TYPE_CHART)

#define ROW 46

static graphene_rect_t
get_bar (MosChart *chart,
         const MosChartData *data,
         guint row,
         double width,
         double height)
{
  const double max = mos_chart_data_get_max (data), value = mos_chart_data_get (data, row, 0);
  const double row_height = height / MAX (1, data->n_rows), line = mos_chart_text_height (chart);
  const double bar = max > 0 && !isnan (value) ? MAX (width * value / max, 2) : 2;

  return GRAPHENE_RECT_INIT ((float) ((width - bar) / 2), (float) (row_height * row + line + 3), (float) bar, (float) MAX (8, row_height - line - 12));
}

static void
draw (MosChart *chart,
      GtkSnapshot *snapshot,
      const MosChartStyle *style,
      double width,
      double height)
{
  const MosChartData *data = mos_chart_get_data (chart);
  const double row_height = height / MAX (1, data->n_rows);
  const gboolean is_rtl = gtk_widget_get_direction (GTK_WIDGET (chart)) == GTK_TEXT_DIR_RTL;

  for (guint row = 0; row < data->n_rows; row++)
    {
      const graphene_rect_t bar = get_bar (chart, data, row, width, height);
      const double before = row > 0 ? mos_chart_data_get (data, row - 1, 0) : 0, value = mos_chart_data_get (data, row, 0);
      g_autofree char *number = mos_chart_text_value (value, data->unit);
      g_autofree char *share = before > 0 && !isnan (value) ? mos_chart_text_value (100 * value / before, MOS_CHART_PERCENT) : NULL;
      /* Translators: how many customers came to this step, and which share of the step before that is */
      g_autofree char *text = share != NULL ? g_strdup_printf (_ ("%1$s (%2$s)"), number, share) : g_strdup (number);
      const double text_width = mos_chart_text_width (chart, text);
      const double name_width = MIN (mos_chart_text_width (chart, data->rows[row]), width - text_width - 12);

      mos_chart_append_text (chart, snapshot, data->rows[row], is_rtl ? width - name_width : 0, row_height * row, 0, name_width, &style->text);
      mos_chart_append_text (chart, snapshot, text, is_rtl ? 0 : width, row_height * row, is_rtl ? 0 : 1, 0, &style->text);
      mos_chart_append_bar (snapshot, style, data, 0, &bar);
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
  *ret_rect = get_bar (chart, mos_chart_get_data (chart), row, width, height);
  return series == 0;
}

static int
get_height (MosChart *chart,
            const MosChartData *data)
{
  return (int) (ROW * MAX (1, data->n_rows));
}

static void
mos_funnel_class_init (MosFunnelClass *klass)
{
  MosChartClass *chart_class = MOS_CHART_CLASS (klass);

  chart_class->draw = draw;
  chart_class->find_spot = find_spot;
  chart_class->get_height = get_height;
}

static void
mos_funnel_init (MosFunnel *self)
{
}

GtkWidget *
mos_funnel_new (void)
{
  return g_object_new (MOS_TYPE_FUNNEL, NULL);
}
