/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-dashboard"

#include "config.h"

#include "app/dashboard/mos-chart.h"

#include "app/application/mos-a11y.h"
#include "app/dashboard/mos-chart-text.h"

/* From the edge of the hand to a number that is meant. */
#define REACH 24
#define NATURAL_WIDTH 420

typedef struct
{
  MosChartData *data; /* (owned) (nullable) */
  guint row;          /* where the keyboard is */
  guint series;
} MosChartPrivate;

enum
{
  SPOT_ACTIVATED,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (MosChart, mos_chart, GTK_TYPE_WIDGET)

static gboolean
find_spot (MosChart *self,
           guint row,
           guint series,
           graphene_rect_t *ret_rect)
{
  return MOS_CHART_GET_CLASS (self)->find_spot (self, row, series, gtk_widget_get_width (GTK_WIDGET (self)), gtk_widget_get_height (GTK_WIDGET (self)), ret_rect);
}

/* How far it is from @rect, 0 within. */
static double
distance (const graphene_rect_t *rect,
          double x,
          double y)
{
  const double dx = MAX (MAX (rect->origin.x - x, 0), x - (rect->origin.x + rect->size.width));
  const double dy = MAX (MAX (rect->origin.y - y, 0), y - (rect->origin.y + rect->size.height));

  return dx * dx + dy * dy;
}

gboolean
mos_chart_find_at (MosChart *self,
                   double x,
                   double y,
                   guint *ret_row,
                   guint *ret_series)
{
  MosChartPrivate *priv = mos_chart_get_instance_private (self);
  double best = REACH * REACH;
  gboolean is_found = FALSE;

  for (guint row = 0; priv->data != NULL && row < priv->data->n_rows; row++)
    for (guint series = 0; series < priv->data->n_series; series++)
      {
        graphene_rect_t rect;
        double d;

        if (!find_spot (self, row, series, &rect))
          continue;
        d = distance (&rect, x, y);
        if (d < best)
          {
            best = d;
            *ret_row = row;
            *ret_series = series;
            is_found = TRUE;
          }
      }
  return is_found;
}

static gboolean
on_query_tooltip_cb (GtkWidget *widget,
                     int x,
                     int y,
                     gboolean is_keyboard,
                     GtkTooltip *tooltip)
{
  MosChart *self = MOS_CHART (widget);
  MosChartPrivate *priv = mos_chart_get_instance_private (self);
  g_autofree char *text = NULL;
  graphene_rect_t rect;
  guint row = priv->row, series = priv->series;

  if (priv->data == NULL || priv->data->n_rows == 0 || is_keyboard || !mos_chart_find_at (self, x, y, &row, &series))
    return FALSE;
  text = mos_chart_text_spot (priv->data, row, series);
  gtk_tooltip_set_text (tooltip, text);
  if (find_spot (self, row, series, &rect))
    gtk_tooltip_set_tip_area (tooltip, &(GdkRectangle) { (int) rect.origin.x, (int) rect.origin.y, (int) MAX (1, rect.size.width), (int) MAX (1, rect.size.height) });
  return TRUE;
}

/* --- the keyboard --- */

static void
go_to (MosChart *self,
       guint row,
       guint series)
{
  MosChartPrivate *priv = mos_chart_get_instance_private (self);
  g_autofree char *text = mos_chart_text_spot (priv->data, row, series);

  priv->row = row;
  priv->series = series;
  mos_a11y_announce (self, text);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static gboolean
on_key_cb (GtkEventControllerKey *controller,
           guint keyval,
           guint keycode,
           GdkModifierType state,
           MosChart *self)
{
  MosChartPrivate *priv = mos_chart_get_instance_private (self);
  const gboolean is_rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  const guint last = priv->data != NULL && priv->data->n_rows > 0 ? priv->data->n_rows - 1 : 0;
  guint forward = is_rtl ? GDK_KEY_Left : GDK_KEY_Right, back = is_rtl ? GDK_KEY_Right : GDK_KEY_Left;

  if (priv->data == NULL || priv->data->n_rows == 0 || (state & gtk_accelerator_get_default_mod_mask ()) != 0)
    return GDK_EVENT_PROPAGATE;
  if (keyval == forward && priv->row < last)
    go_to (self, priv->row + 1, priv->series);
  else if (keyval == back && priv->row > 0)
    go_to (self, priv->row - 1, priv->series);
  else if (keyval == GDK_KEY_Home)
    go_to (self, 0, priv->series);
  else if (keyval == GDK_KEY_End)
    go_to (self, last, priv->series);
  else if (keyval == GDK_KEY_Down && priv->series + 1 < priv->data->n_series)
    go_to (self, priv->row, priv->series + 1);
  else if (keyval == GDK_KEY_Up && priv->series > 0)
    go_to (self, priv->row, priv->series - 1);
  else if (keyval == GDK_KEY_Return || keyval == GDK_KEY_KP_Enter || keyval == GDK_KEY_space)
    g_signal_emit (self, signals[SPOT_ACTIVATED], 0, priv->row, priv->series);
  else
    return GDK_EVENT_PROPAGATE;
  return GDK_EVENT_STOP;
}

static void
on_pressed_cb (GtkGestureClick *gesture,
               int n_press,
               double x,
               double y,
               MosChart *self)
{
  guint row, series;

  if (!mos_chart_find_at (self, x, y, &row, &series))
    return;
  gtk_widget_grab_focus (GTK_WIDGET (self));
  go_to (self, row, series);
  g_signal_emit (self, signals[SPOT_ACTIVATED], 0, row, series);
}

/* --- drawing --- */

static void
append_cursor (MosChart *self,
               GtkSnapshot *snapshot,
               const MosChartStyle *style)
{
  MosChartPrivate *priv = mos_chart_get_instance_private (self);
  const double width = gtk_widget_get_width (GTK_WIDGET (self));
  g_autofree char *text = NULL;
  graphene_rect_t rect, box;
  GskRoundedRect ring;
  double text_width, x, y;

  if (!find_spot (self, priv->row, priv->series, &rect))
    return;
  graphene_rect_inset (&rect, -3, -3);
  gsk_rounded_rect_init_from_rect (&ring, &rect, 4);
  gtk_snapshot_append_border (snapshot, &ring, (float[4]) { 2, 2, 2, 2 }, (GdkRGBA[4]) { style->text, style->text, style->text, style->text });

  text = mos_chart_text_spot (priv->data, priv->row, priv->series);
  text_width = MIN (mos_chart_text_width (self, text), width - 16);
  x = CLAMP (rect.origin.x + rect.size.width / 2 - text_width / 2, 8, MAX (8, width - text_width - 8));
  y = rect.origin.y - mos_chart_text_height (self) - 8;
  if (y < 2)
    y = MIN (rect.origin.y + rect.size.height + 8, gtk_widget_get_height (GTK_WIDGET (self)) - mos_chart_text_height (self) - 4);
  box = GRAPHENE_RECT_INIT ((float) x - 6, (float) y - 2, (float) text_width + 12, (float) mos_chart_text_height (self) + 4);
  gsk_rounded_rect_init_from_rect (&ring, &box, 6);
  gtk_snapshot_push_rounded_clip (snapshot, &ring);
  gtk_snapshot_append_color (snapshot, &style->text, &box);
  gtk_snapshot_pop (snapshot);
  mos_chart_append_text (self, snapshot, text, x, y, 0, text_width, &style->paper);
}

static void
mos_chart_snapshot (GtkWidget *widget,
                    GtkSnapshot *snapshot)
{
  MosChart *self = MOS_CHART (widget);
  MosChartPrivate *priv = mos_chart_get_instance_private (self);
  MosChartStyle style;

  if (priv->data == NULL)
    return;
  mos_chart_style_of (widget, &style);
  mos_chart_draw (self, snapshot, &style, gtk_widget_get_width (widget), gtk_widget_get_height (widget));
  if (gtk_widget_has_visible_focus (widget) && priv->data->n_rows > 0)
    append_cursor (self, snapshot, &style);
}

static void
mos_chart_measure (GtkWidget *widget,
                   GtkOrientation orientation,
                   int for_size,
                   int *minimum,
                   int *natural,
                   int *minimum_baseline,
                   int *natural_baseline)
{
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = 200;
      *natural = NATURAL_WIDTH;
    }
  else
    *minimum = *natural = mos_chart_get_natural_height (MOS_CHART (widget));
  *minimum_baseline = *natural_baseline = -1;
}

/* --- class --- */

static int
mos_chart_real_get_height (MosChart *self,
                           const MosChartData *data)
{
  return 200;
}

static void
mos_chart_finalize (GObject *object)
{
  MosChartPrivate *priv = mos_chart_get_instance_private (MOS_CHART (object));

  g_clear_pointer (&priv->data, mos_chart_data_unref);
  G_OBJECT_CLASS (mos_chart_parent_class)->finalize (object);
}

static void
mos_chart_class_init (MosChartClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = mos_chart_finalize;
  widget_class->snapshot = mos_chart_snapshot;
  widget_class->measure = mos_chart_measure;
  widget_class->query_tooltip = on_query_tooltip_cb;
  klass->get_height = mos_chart_real_get_height;
  signals[SPOT_ACTIVATED] = g_signal_new ("spot-activated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_UINT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
  gtk_widget_class_set_css_name (widget_class, "chart");
}

static void
mos_chart_init (MosChart *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  g_signal_connect (click, "pressed", G_CALLBACK (on_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  g_signal_connect_object (adw_style_manager_get_default (), "notify", G_CALLBACK (gtk_widget_queue_draw), self, G_CONNECT_SWAPPED);
}

/* --- public --- */

void
mos_chart_set_data (MosChart *self,
                    MosChartData *data)
{
  MosChartPrivate *priv = mos_chart_get_instance_private (self);
  g_autofree char *description = NULL;

  g_return_if_fail (MOS_IS_CHART (self));

  if (data != NULL)
    mos_chart_data_ref (data);
  g_clear_pointer (&priv->data, mos_chart_data_unref);
  priv->data = data;
  if (data == NULL)
    return;
  if (priv->row >= data->n_rows || priv->series >= data->n_series)
    priv->row = priv->series = 0;
  description = mos_chart_text_describe (data);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, data->title, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, description, -1);
  gtk_widget_queue_resize (GTK_WIDGET (self));
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

MosChartData *
mos_chart_get_data (MosChart *self)
{
  MosChartPrivate *priv = mos_chart_get_instance_private (self);

  g_return_val_if_fail (MOS_IS_CHART (self), NULL);

  return priv->data;
}

int
mos_chart_get_natural_height (MosChart *self)
{
  MosChartPrivate *priv = mos_chart_get_instance_private (self);

  return priv->data != NULL ? MOS_CHART_GET_CLASS (self)->get_height (self, priv->data) : 0;
}

void
mos_chart_draw (MosChart *self,
                GtkSnapshot *snapshot,
                const MosChartStyle *style,
                double width,
                double height)
{
  MosChartPrivate *priv = mos_chart_get_instance_private (self);

  g_return_if_fail (MOS_IS_CHART (self));

  if (priv->data != NULL && width > 40 && height > 40)
    MOS_CHART_GET_CLASS (self)->draw (self, snapshot, style, width, height);
}
