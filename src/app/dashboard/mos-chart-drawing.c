/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-dashboard"

#include "config.h"

#include "app/dashboard/mos-chart.h"

#include "app/dashboard/mos-chart-text.h"

#include <math.h>

/* What the kinds of charts are drawn of. */

#define LEGEND_GAP 16
#define AXIS_STEPS 4

static const char *const light_colors[] = { "#3584e4", "#2b7d6d", "#9141ac", "#c64600", "#5a6b7d" };
static const char *const dark_colors[] = { "#78aeed", "#57c4ae", "#c996dc", "#ff9f5a", "#aab6c4" };

static void
fill_colors (MosChartStyle *style,
             gboolean is_dark)
{
  for (gsize i = 0; i < G_N_ELEMENTS (style->colors); i++)
    gdk_rgba_parse (&style->colors[i], is_dark ? dark_colors[i] : light_colors[i]);
}

static void
derive (MosChartStyle *style)
{
  style->dim = style->grid = style->text;
  style->dim.alpha *= style->strong ? 1.0f : 0.7f;
  style->grid.alpha *= style->strong ? 0.4f : 0.14f;
}

void
mos_chart_style_for_paper (MosChartStyle *style)
{
  gdk_rgba_parse (&style->text, "#000000");
  gdk_rgba_parse (&style->paper, "#ffffff");
  fill_colors (style, FALSE);
  /* A printer may know no colours. */
  style->strong = TRUE;
  derive (style);
  style->grid.alpha = 0.25f;
}

void
mos_chart_style_of (GtkWidget *widget,
                    MosChartStyle *style)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();
  const gboolean is_dark = adw_style_manager_get_dark (manager);
  g_autoptr (GdkRGBA) accent = adw_style_manager_get_accent_color_rgba (manager);

  gtk_widget_get_color (widget, &style->text);
  gdk_rgba_parse (&style->paper, is_dark ? "#1e1e22" : "#ffffff");
  fill_colors (style, is_dark);
  adw_rgba_to_standalone (accent, is_dark, &style->colors[0]);
  style->strong = adw_style_manager_get_high_contrast (manager);
  derive (style);
}

GdkRGBA
mos_chart_color (const MosChartStyle *style,
                 const MosChartData *data,
                 guint series)
{
  if (data->has_before && series == data->n_series - 1)
    return style->dim;
  return style->colors[series % G_N_ELEMENTS (style->colors)];
}

/* --- text --- */

static PangoLayout *
layout_new (MosChart *self,
            const char *text)
{
  PangoLayout *layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
  PangoAttrList *attributes = pango_attr_list_new ();

  pango_attr_list_insert (attributes, pango_attr_scale_new (0.86));
  pango_layout_set_attributes (layout, attributes);
  pango_attr_list_unref (attributes);
  return layout;
}

double
mos_chart_append_text (MosChart *self,
                       GtkSnapshot *snapshot,
                       const char *text,
                       double x,
                       double y,
                       double align,
                       double max_width,
                       const GdkRGBA *color)
{
  g_autoptr (PangoLayout) layout = layout_new (self, text);
  PangoRectangle logical;

  pango_layout_get_pixel_extents (layout, NULL, &logical);
  if (max_width > 0 && logical.width > max_width)
    {
      pango_layout_set_width (layout, (int) (max_width * PANGO_SCALE));
      pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
      pango_layout_get_pixel_extents (layout, NULL, &logical);
    }
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) (x - logical.width * align - logical.x), (float) y));
  gtk_snapshot_append_layout (snapshot, layout, color);
  gtk_snapshot_restore (snapshot);
  return logical.width;
}

double
mos_chart_text_width (MosChart *self,
                      const char *text)
{
  g_autoptr (PangoLayout) layout = layout_new (self, text);
  int width;

  pango_layout_get_pixel_size (layout, &width, NULL);
  return width;
}

double
mos_chart_text_height (MosChart *self)
{
  g_autoptr (PangoLayout) layout = layout_new (self, "0");
  int height;

  pango_layout_get_pixel_size (layout, NULL, &height);
  return height;
}

/* --- lines and bars --- */

void
mos_chart_append_line (GtkSnapshot *snapshot,
                       const GdkRGBA *color,
                       float width,
                       gboolean is_dashed,
                       double x0,
                       double y0,
                       double x1,
                       double y1)
{
  g_autoptr (GskPathBuilder) builder = gsk_path_builder_new ();
  g_autoptr (GskPath) path = NULL;
  GskStroke *stroke = gsk_stroke_new (width);

  gsk_path_builder_move_to (builder, (float) x0, (float) y0);
  gsk_path_builder_line_to (builder, (float) x1, (float) y1);
  path = gsk_path_builder_free_to_path (g_steal_pointer (&builder));
  if (is_dashed)
    gsk_stroke_set_dash (stroke, (float[2]) { 5, 4 }, 2);
  gtk_snapshot_append_stroke (snapshot, path, stroke, color);
  gsk_stroke_free (stroke);
}

/* The second and the third series lean to one side and to the other. */
static void
append_hatch (GtkSnapshot *snapshot,
              const GdkRGBA *color,
              guint series,
              const graphene_rect_t *rect)
{
  const double step = 6, x = rect->origin.x, y = rect->origin.y, width = rect->size.width, height = rect->size.height;

  gtk_snapshot_push_clip (snapshot, rect);
  for (double at = -height; at < width + height; at += step)
    if (series % 2 == 1)
      mos_chart_append_line (snapshot, color, 1.2f, FALSE, x + at, y + height, x + at + height, y);
    else
      mos_chart_append_line (snapshot, color, 1.2f, FALSE, x + at, y, x + at + height, y + height);
  gtk_snapshot_pop (snapshot);
}

void
mos_chart_append_bar (GtkSnapshot *snapshot,
                      const MosChartStyle *style,
                      const MosChartData *data,
                      guint series,
                      const graphene_rect_t *rect)
{
  const gboolean is_before = data->has_before && series == data->n_series - 1;
  const GdkRGBA color = mos_chart_color (style, data, series);
  GskRoundedRect rounded;

  if (rect->size.width <= 0 || rect->size.height <= 0)
    return;
  gsk_rounded_rect_init_from_rect (&rounded, rect, (float) MIN (3, MIN (rect->size.width, rect->size.height) / 2));
  if (is_before)
    {
      GdkRGBA veil = color;

      veil.alpha *= 0.18f;
      gtk_snapshot_push_rounded_clip (snapshot, &rounded);
      gtk_snapshot_append_color (snapshot, &veil, rect);
      gtk_snapshot_pop (snapshot);
      gtk_snapshot_append_border (snapshot, &rounded, (float[4]) { 1, 1, 1, 1 }, (GdkRGBA[4]) { color, color, color, color });
      return;
    }
  gtk_snapshot_push_rounded_clip (snapshot, &rounded);
  gtk_snapshot_append_color (snapshot, &color, rect);
  if (style->strong && series > 0)
    append_hatch (snapshot, &style->paper, series, rect);
  gtk_snapshot_pop (snapshot);
  if (style->strong)
    gtk_snapshot_append_border (snapshot, &rounded, (float[4]) { 1, 1, 1, 1 }, (GdkRGBA[4]) { style->text, style->text, style->text, style->text });
}

/* --- the frame --- */

MosChartPlot
mos_chart_make_plot (MosChart *self,
                     double max,
                     double width,
                     double height,
                     MosChartAxis *axis)
{
  const MosChartData *data = mos_chart_get_data (self);
  const double line = mos_chart_text_height (self);
  const double top = (data->n_series > 1 ? line + 12 : 0) + line / 2 + 4;
  MosChartPlot plot = { .is_rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL };
  double names = 0;

  *axis = mos_chart_axis_find (isnan (data->top) ? max : data->top, data->unit, AXIS_STEPS);
  if (!isnan (data->top))
    axis->top = data->top;
  for (guint i = 0; i <= axis->n; i++)
    {
      g_autofree char *text = mos_chart_text_tick (axis->step * i, data->unit);

      names = MAX (names, mos_chart_text_width (self, text));
    }
  names += 8;
  plot.x = plot.is_rtl ? 6 : names;
  plot.width = MAX (20, width - names - 6);
  plot.y = top;
  plot.height = MAX (20, height - top - line - 8);
  return plot;
}

void
mos_chart_append_frame (MosChart *self,
                        GtkSnapshot *snapshot,
                        const MosChartStyle *style,
                        const MosChartPlot *plot,
                        const MosChartAxis *axis,
                        gboolean is_line)
{
  const MosChartData *data = mos_chart_get_data (self);
  const double line = mos_chart_text_height (self);
  double need = 0;
  guint step;

  for (guint i = 0; i <= axis->n && axis->step * i <= axis->top; i++)
    {
      const double y = mos_chart_y (plot, axis->step * i, axis->top);
      g_autofree char *text = mos_chart_text_tick (axis->step * i, data->unit);

      mos_chart_append_line (snapshot, &style->grid, 1, FALSE, plot->x, y, plot->x + plot->width, y);
      mos_chart_append_text (self, snapshot, text, plot->is_rtl ? plot->x + plot->width + 6 : plot->x - 6, y - line / 2, plot->is_rtl ? 0 : 1, 0, &style->dim);
    }
  for (guint row = 0; row < data->n_rows; row++)
    need = MAX (need, mos_chart_text_width (self, mos_chart_data_get_tick (data, row)));
  need += 8;
  step = mos_chart_step_of_ticks (data->n_rows, need, plot->width);
  for (guint row = 0; row < data->n_rows; row += step)
    {
      const graphene_rect_t band = mos_chart_band (plot, data->n_rows, row, 0);
      double x = is_line ? mos_chart_line_x (plot, data->n_rows, row) : band.origin.x + band.size.width / 2;
      const double width = mos_chart_text_width (self, mos_chart_data_get_tick (data, row));

      /* The first and the last stay within the picture. */
      x = CLAMP (x, MIN (width / 2, plot->x + plot->width / 2), MAX (plot->x + plot->width + 6 - width / 2, plot->x + plot->width / 2));
      mos_chart_append_text (self, snapshot, mos_chart_data_get_tick (data, row), x, plot->y + plot->height + 5, 0.5, 0, &style->dim);
    }
  if (!isnan (data->target))
    {
      const double y = mos_chart_y (plot, data->target, axis->top);

      mos_chart_append_line (snapshot, &style->text, 1.5f, TRUE, plot->x, y, plot->x + plot->width, y);
    }
}

void
mos_chart_append_legend (MosChart *self,
                         GtkSnapshot *snapshot,
                         const MosChartStyle *style,
                         double width)
{
  const MosChartData *data = mos_chart_get_data (self);
  const gboolean is_rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  const double line = mos_chart_text_height (self);
  double x = 0;

  for (guint series = 0; data->n_series > 1 && series < data->n_series; series++)
    {
      const double text_width = MIN (mos_chart_text_width (self, data->series[series]), MAX (20, width - x - 18));
      const double key = is_rtl ? width - x - 12 : x;
      const graphene_rect_t rect = GRAPHENE_RECT_INIT ((float) key, (float) (line / 2 - 5), 12, 10);

      mos_chart_append_bar (snapshot, style, data, series, &rect);
      mos_chart_append_text (self, snapshot, data->series[series], is_rtl ? width - x - 18 - text_width : x + 18, 0, 0, text_width, &style->dim);
      x += 18 + text_width + LEGEND_GAP;
    }
}
