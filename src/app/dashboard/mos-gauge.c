/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-dashboard"

#include "config.h"

#include "app/dashboard/mos-gauge.h"

#include "app/dashboard/mos-chart.h"

#include <math.h>

#define WIDTH 52
#define HEIGHT 30
#define THICK 6.0f

struct _MosGauge
{
  GtkWidget parent_instance;

  double value; /* 0 to 1, or NaN */
  double target;
};

G_DEFINE_FINAL_TYPE (MosGauge, mos_gauge, GTK_TYPE_WIDGET)

/* @part: 0 at the start edge, 1 at the other */
static graphene_point_t
point_at (double part,
          double radius,
          gboolean is_rtl)
{
  const double angle = G_PI * (1 - (is_rtl ? 1 - part : part));

  return GRAPHENE_POINT_INIT ((float) (WIDTH / 2.0 + radius * cos (angle)), (float) (HEIGHT - 2 - radius * sin (angle)));
}

static void
append_arc (GtkSnapshot *snapshot,
            double part,
            gboolean is_rtl,
            const GdkRGBA *color)
{
  const double radius = WIDTH / 2.0 - THICK / 2 - 1;
  g_autoptr (GskPathBuilder) builder = gsk_path_builder_new ();
  g_autoptr (GskPath) path = NULL;
  GskStroke *stroke = gsk_stroke_new (THICK);
  const graphene_point_t from = point_at (0, radius, is_rtl), to = point_at (part, radius, is_rtl);

  gsk_path_builder_move_to (builder, from.x, from.y);
  gsk_path_builder_svg_arc_to (builder, (float) radius, (float) radius, 0, FALSE, !is_rtl, to.x, to.y);
  path = gsk_path_builder_free_to_path (g_steal_pointer (&builder));
  gtk_snapshot_append_stroke (snapshot, path, stroke, color);
  gsk_stroke_free (stroke);
}

static void
mos_gauge_snapshot (GtkWidget *widget,
                    GtkSnapshot *snapshot)
{
  MosGauge *self = MOS_GAUGE (widget);
  const gboolean is_rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  MosChartStyle style;

  mos_chart_style_of (widget, &style);
  append_arc (snapshot, 1, is_rtl, &style.grid);
  if (!isnan (self->value) && self->value > 0)
    append_arc (snapshot, self->value, is_rtl, &style.colors[0]);
  if (!isnan (self->target))
    {
      const graphene_point_t in = point_at (self->target, WIDTH / 2.0 - THICK - 4, is_rtl), out = point_at (self->target, WIDTH / 2.0, is_rtl);

      mos_chart_append_line (snapshot, &style.text, 2, FALSE, in.x, in.y, out.x, out.y);
    }
}

static void
mos_gauge_measure (GtkWidget *widget,
                   GtkOrientation orientation,
                   int for_size,
                   int *minimum,
                   int *natural,
                   int *minimum_baseline,
                   int *natural_baseline)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? WIDTH : HEIGHT;
  *minimum_baseline = *natural_baseline = -1;
}

static void
mos_gauge_class_init (MosGaugeClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->snapshot = mos_gauge_snapshot;
  widget_class->measure = mos_gauge_measure;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
mos_gauge_init (MosGauge *self)
{
  self->value = self->target = NAN;
  g_signal_connect_object (adw_style_manager_get_default (), "notify", G_CALLBACK (gtk_widget_queue_draw), self, G_CONNECT_SWAPPED);
}

GtkWidget *
mos_gauge_new (void)
{
  return g_object_new (MOS_TYPE_GAUGE, NULL);
}

static double
part_of (double value,
         double least,
         double most)
{
  return isnan (value) || most <= least ? NAN : CLAMP ((value - least) / (most - least), 0, 1);
}

void
mos_gauge_set (MosGauge *self,
               double value,
               double target,
               double least,
               double most)
{
  g_return_if_fail (MOS_IS_GAUGE (self));

  self->value = part_of (value, least, most);
  self->target = part_of (target, least, most);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
