/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-dashboard"

#include "config.h"

#include "app/dashboard/mos-measure-tile.h"

#include "app/dashboard/mos-chart-text.h"
#include "app/dashboard/mos-gauge.h"
#include "app/widgets/mos-text-direction.h"
#include "core/values/mos-measure-values.h"

#include <glib/gi18n.h>
#include <math.h>

#define HARDLY 0.01

struct _MosMeasureTile
{
  GtkButton parent_instance;

  /* owned by the tree */
  GtkLabel *title;
  GtkLabel *value;
  GtkLabel *detail;
  GtkLabel *target;
  GtkImage *arrow;
  GtkLabel *trend;
  GtkWidget *trend_box;
  MosGauge *gauge;
};

G_DEFINE_FINAL_TYPE (MosMeasureTile, mos_measure_tile, GTK_TYPE_BUTTON)

MosTrend
mos_trend_judge (double value,
                 double before,
                 MosTileSense sense)
{
  if (isnan (value) || isnan (before))
    return MOS_TREND_UNKNOWN;
  if (fabs (value - before) <= HARDLY * MAX (fabs (value), fabs (before)))
    return MOS_TREND_SAME;
  if (sense == MOS_TILE_NEITHER)
    return value > before ? MOS_TREND_MORE : MOS_TREND_LESS;
  return (value > before) == (sense == MOS_TILE_HIGH_IS_GOOD) ? MOS_TREND_BETTER : MOS_TREND_WORSE;
}

static double
get_judged (const MosTileValue *value)
{
  return value->is_apart ? value->judged : value->value;
}

static gboolean
has_target (const MosTileValue *value)
{
  return !isnan (value->target) && !isnan (get_judged (value));
}

static gboolean
is_met (const MosTileValue *value)
{
  return value->sense == MOS_TILE_LOW_IS_GOOD ? get_judged (value) <= value->target : get_judged (value) >= value->target;
}

static gboolean
is_alarming (const MosTileValue *value)
{
  return !isnan (value->alarm) && !isnan (value->value) && value->value < value->alarm;
}

static gboolean
is_few (const MosTileValue *value)
{
  return value->n < MOS_MEASURE_FEW;
}

char *
mos_measure_tile_dup_trend (const MosTileValue *value)
{
  g_autofree char *before = mos_chart_text_value (value->before, value->unit);

  switch (mos_trend_judge (value->value, value->before, value->sense))
    {
    case MOS_TREND_UNKNOWN:
      return NULL;
    case MOS_TREND_SAME:
      /* Translators: a measure beside the period before */
      return g_strdup (_ ("as before"));
    case MOS_TREND_BETTER:
      /* Translators: a measure beside the period before, and how it was then */
      return g_strdup_printf (_ ("better than %s before"), before);
    case MOS_TREND_WORSE:
      /* Translators: a measure beside the period before, and how it was then */
      return g_strdup_printf (_ ("worse than %s before"), before);
    case MOS_TREND_MORE:
      /* Translators: a number beside the period before, and how much it was then */
      return g_strdup_printf (_ ("more than %s before"), before);
    case MOS_TREND_LESS:
      /* Translators: a number beside the period before, and how much it was then */
      return g_strdup_printf (_ ("less than %s before"), before);
    default:
      g_return_val_if_reached (NULL);
    }
}

char *
mos_measure_tile_dup_target (const MosTileValue *value)
{
  g_autofree char *number = NULL, *target = NULL;

  if (!has_target (value))
    return NULL;
  if (!value->is_apart)
    target = mos_chart_text_value (value->target, value->unit);
  else if (value->unit == MOS_CHART_WORK)
    {
      number = mos_chart_text_value (value->target, MOS_CHART_DURATION);
      /* Translators: a time such as "24 h" that goes on day and night, where the other times are hours of work */
      target = g_strdup_printf (_ ("%s by the clock"), number);
    }
  else
    {
      number = mos_chart_text_value (value->target, MOS_CHART_WORK);
      /* Translators: a time such as "2 h" within the hours of work, where the other times go on day and night */
      target = g_strdup_printf (_ ("%s of work"), number);
    }
  if (is_alarming (value))
    {
      g_autofree char *alarm = mos_chart_text_value (value->alarm, value->unit);

      /* Translators: what a measure is to reach, and below what it is bad */
      return g_strdup_printf (_ ("Target %1$s: missed, and below %2$s"), target, alarm);
    }
  /* Translators: what a measure is to reach */
  return is_met (value) ? g_strdup_printf (_ ("Target %s: met"), target)
                        /* Translators: what a measure is to reach */
                        : g_strdup_printf (_ ("Target %s: missed"), target);
}

char *
mos_measure_tile_dup_sentence (const MosTileValue *value)
{
  g_autofree char *number = isnan (value->value) ? g_strdup (_ ("nothing yet")) : mos_chart_text_value (value->value, value->unit);
  g_autofree char *target = mos_measure_tile_dup_target (value), *trend = mos_measure_tile_dup_trend (value);
  /* Translators: a measure and its number, "Satisfaction: 4.50" */
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, _ ("%1$s: %2$s"), value->title, number);
  if (value->detail != NULL)
    g_string_append_printf (text, "%s%s", C_ ("list", ", "), value->detail);
  if (target != NULL)
    g_string_append_printf (text, "%s%s", C_ ("list", ", "), target);
  if (trend != NULL)
    g_string_append_printf (text, "%s%s", C_ ("list", ", "), trend);
  if (!isnan (value->value) && is_few (value))
    g_string_append_printf (text, "%s%s", C_ ("list", ", "), _ ("too few to say much"));
  return g_string_free (text, FALSE);
}

static void
set_line (GtkLabel *label,
          const char *text)
{
  gtk_label_set_label (label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL);
}

static void
set_class (GtkWidget *widget,
           const char *name,
           gboolean is_on)
{
  if (is_on)
    gtk_widget_add_css_class (widget, name);
  else
    gtk_widget_remove_css_class (widget, name);
}

void
mos_measure_tile_set_value (MosMeasureTile *self,
                            const MosTileValue *value)
{
  const MosTrend trend = mos_trend_judge (value->value, value->before, value->sense);
  const gboolean is_judged = has_target (value);
  g_autofree char *number = mos_chart_text_value (value->value, value->unit);
  g_autofree char *target = mos_measure_tile_dup_target (value), *trend_text = mos_measure_tile_dup_trend (value), *sentence = mos_measure_tile_dup_sentence (value);

  g_return_if_fail (MOS_IS_MEASURE_TILE (self));

  gtk_label_set_label (self->title, value->title);
  gtk_label_set_label (self->value, number);
  set_class (GTK_WIDGET (self->value), "dim-label", isnan (value->value) || is_few (value));
  set_class (GTK_WIDGET (self->value), "error", is_alarming (value));
  set_line (self->detail, value->detail);
  set_line (self->target, target);
  set_class (GTK_WIDGET (self->target), "success", is_judged && is_met (value));
  set_class (GTK_WIDGET (self->target), "error", is_judged && !is_met (value));
  gtk_label_set_label (self->trend, trend_text != NULL ? trend_text : "");
  gtk_widget_set_visible (self->trend_box, trend_text != NULL);
  gtk_image_set_from_icon_name (self->arrow, trend == MOS_TREND_SAME || trend == MOS_TREND_UNKNOWN ? "go-next-symbolic" : value->value > value->before ? "go-up-symbolic"
                                                                                                                                                       : "go-down-symbolic");
  set_class (GTK_WIDGET (self->arrow), "success", trend == MOS_TREND_BETTER);
  set_class (GTK_WIDGET (self->arrow), "error", trend == MOS_TREND_WORSE);
  mos_gauge_set (self->gauge, get_judged (value), value->target, value->least, value->most);
  gtk_widget_set_visible (GTK_WIDGET (self->gauge), value->most > value->least && !isnan (get_judged (value)));
  mos_widget_set_label (GTK_WIDGET (self), sentence);
}

static void
mos_measure_tile_class_init (MosMeasureTileClass *klass)
{
}

static GtkLabel *
label_new (const char *style,
           float xalign)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), xalign);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_width_chars (GTK_LABEL (label), 8);
  gtk_widget_add_css_class (label, style);
  return GTK_LABEL (label);
}

static void
mos_measure_tile_init (MosMeasureTile *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3), *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->title = label_new ("caption-heading", 0);
  self->value = label_new ("title-2", 0);
  /* Large, and beside the gauge: where a tile is narrow it takes a second line rather than more room than there is. */
  gtk_label_set_width_chars (self->value, 4);
  gtk_widget_add_css_class (GTK_WIDGET (self->value), "numeric");
  gtk_widget_set_hexpand (GTK_WIDGET (self->value), TRUE);
  self->detail = label_new ("caption", 0);
  gtk_widget_add_css_class (GTK_WIDGET (self->detail), "dim-label");
  self->target = label_new ("caption", 0);
  self->trend = label_new ("caption", 0);
  self->arrow = GTK_IMAGE (gtk_image_new ());
  gtk_widget_set_valign (GTK_WIDGET (self->arrow), GTK_ALIGN_START);
  gtk_image_set_pixel_size (self->arrow, 12);
  self->trend_box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4);
  gtk_box_append (GTK_BOX (self->trend_box), GTK_WIDGET (self->arrow));
  gtk_box_append (GTK_BOX (self->trend_box), GTK_WIDGET (self->trend));
  self->gauge = MOS_GAUGE (mos_gauge_new ());
  gtk_widget_set_valign (GTK_WIDGET (self->gauge), GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (row), GTK_WIDGET (self->value));
  gtk_box_append (GTK_BOX (row), GTK_WIDGET (self->gauge));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->title));
  gtk_box_append (GTK_BOX (box), row);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->detail));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->target));
  gtk_box_append (GTK_BOX (box), self->trend_box);
  gtk_button_set_child (GTK_BUTTON (self), box);
  gtk_widget_add_css_class (GTK_WIDGET (self), "card");
  gtk_widget_add_css_class (GTK_WIDGET (self), "mos-tile");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, _ ("Tells how it was computed"), -1);
}

GtkWidget *
mos_measure_tile_new (void)
{
  return g_object_new (MOS_TYPE_MEASURE_TILE, NULL);
}
