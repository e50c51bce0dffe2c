/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-dashboard"

#include "config.h"

#include "app/dashboard/mos-dashboard-bar.h"

#include "app/dashboard/mos-dashboard-text.h"
#include "app/widgets/mos-text-direction.h"

#include <glib/gi18n.h>

struct _MosDashboardBar
{
  AdwBin parent_instance;

  /* owned by the tree */
  GtkDropDown *days;
  GtkToggleButton *compare;
  GtkToggleButton *in_hours;
  GtkButton *filter;

  MosDashboardChoice *choice; /* (owned) (nullable) */
  gboolean is_setting;
};

enum
{
  CHANGED,
  EDIT,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (MosDashboardBar, mos_dashboard_bar, ADW_TYPE_BIN)

/* "Other Days…" stands last, though it is the first of them. */
static MosMeasureDays
days_at (guint position)
{
  return position + 1 < MOS_N_MEASURE_DAYS ? (MosMeasureDays) (position + 1) : MOS_MEASURE_DAYS_GIVEN;
}

static guint
position_of (MosMeasureDays days)
{
  return days == MOS_MEASURE_DAYS_GIVEN ? MOS_N_MEASURE_DAYS - 1 : (guint) days - 1;
}

static void
take (MosDashboardBar *self,
      MosDashboardChoice *choice /* (transfer full) */)
{
  g_clear_pointer (&self->choice, mos_dashboard_choice_unref);
  self->choice = choice;
  g_signal_emit (self, signals[CHANGED], 0, choice);
}

static void
on_days_cb (MosDashboardBar *self)
{
  const MosMeasureDays days = days_at (gtk_drop_down_get_selected (self->days));
  MosDashboardChoice *choice;

  if (self->is_setting || self->choice == NULL)
    return;
  if (days == MOS_MEASURE_DAYS_GIVEN)
    {
      g_signal_emit (self, signals[EDIT], 0);
      /* It stays what it was until days are said. */
      self->is_setting = TRUE;
      gtk_drop_down_set_selected (self->days, position_of (self->choice->query->days));
      self->is_setting = FALSE;
      return;
    }
  choice = mos_dashboard_choice_copy (self->choice);
  choice->query->days = days;
  g_clear_pointer (&choice->query->from, g_free);
  g_clear_pointer (&choice->query->to, g_free);
  take (self, choice);
}

static void
on_toggled_cb (MosDashboardBar *self)
{
  MosDashboardChoice *choice;

  if (self->is_setting || self->choice == NULL)
    return;
  choice = mos_dashboard_choice_copy (self->choice);
  choice->query->compare = gtk_toggle_button_get_active (self->compare);
  choice->is_business = gtk_toggle_button_get_active (self->in_hours);
  take (self, choice);
}

static void
on_filter_cb (MosDashboardBar *self)
{
  g_signal_emit (self, signals[EDIT], 0);
}

static void
mos_dashboard_bar_finalize (GObject *object)
{
  g_clear_pointer (&MOS_DASHBOARD_BAR (object)->choice, mos_dashboard_choice_unref);
  G_OBJECT_CLASS (mos_dashboard_bar_parent_class)->finalize (object);
}

static void
mos_dashboard_bar_class_init (MosDashboardBarClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mos_dashboard_bar_finalize;
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, mos_dashboard_choice_get_type ());
  signals[EDIT] = g_signal_new ("edit", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static GtkToggleButton *
toggle_new (MosDashboardBar *self,
            const char *label,
            const char *tip)
{
  GtkWidget *button = gtk_toggle_button_new_with_mnemonic (label);

  gtk_widget_set_tooltip_text (button, tip);
  g_signal_connect_object (button, "toggled", G_CALLBACK (on_toggled_cb), self, G_CONNECT_SWAPPED);
  return GTK_TOGGLE_BUTTON (button);
}

static void
mos_dashboard_bar_init (MosDashboardBar *self)
{
  GtkWidget *box = adw_wrap_box_new ();
  const char *names[MOS_N_MEASURE_DAYS + 1] = { NULL };

  for (guint i = 0; i < MOS_N_MEASURE_DAYS; i++)
    names[i] = mos_dashboard_text_days (days_at (i));
  self->days = GTK_DROP_DOWN (gtk_drop_down_new_from_strings (names));
  mos_widget_set_label (GTK_WIDGET (self->days), _ ("Days"));
  g_signal_connect_object (self->days, "notify::selected", G_CALLBACK (on_days_cb), self, G_CONNECT_SWAPPED);
  self->compare = toggle_new (self, _ ("_Compare"), _ ("Beside the time before, until the same day and hour"));
  self->in_hours = toggle_new (self, _ ("_Hours of Work"), _ ("Times in hours of work, in place of by the clock"));
  self->filter = GTK_BUTTON (gtk_button_new_with_mnemonic (_ ("_Filter…")));
  gtk_button_set_can_shrink (self->filter, TRUE);
  g_signal_connect_object (self->filter, "clicked", G_CALLBACK (on_filter_cb), self, G_CONNECT_SWAPPED);
  adw_wrap_box_set_child_spacing (ADW_WRAP_BOX (box), 6);
  adw_wrap_box_set_line_spacing (ADW_WRAP_BOX (box), 6);
  adw_wrap_box_append (ADW_WRAP_BOX (box), GTK_WIDGET (self->days));
  adw_wrap_box_append (ADW_WRAP_BOX (box), GTK_WIDGET (self->filter));
  adw_wrap_box_append (ADW_WRAP_BOX (box), GTK_WIDGET (self->compare));
  adw_wrap_box_append (ADW_WRAP_BOX (box), GTK_WIDGET (self->in_hours));
  gtk_widget_add_css_class (box, "mos-dashboard-bar");
  adw_bin_set_child (ADW_BIN (self), box);
}

MosDashboardBar *
mos_dashboard_bar_new (void)
{
  return g_object_new (MOS_TYPE_DASHBOARD_BAR, NULL);
}

void
mos_dashboard_bar_set_choice (MosDashboardBar *self,
                              MosDashboardChoice *choice,
                              const char *filter_text)
{
  /* Translators: what alone is shown: "Filter: Channel: E-mail" */
  g_autofree char *text = filter_text != NULL ? g_strdup_printf (_ ("Filter: %s"), filter_text) : NULL;

  g_return_if_fail (MOS_IS_DASHBOARD_BAR (self));

  mos_dashboard_choice_ref (choice);
  g_clear_pointer (&self->choice, mos_dashboard_choice_unref);
  self->choice = choice;
  self->is_setting = TRUE;
  gtk_drop_down_set_selected (self->days, position_of (choice->query->days));
  gtk_toggle_button_set_active (self->compare, choice->query->compare);
  gtk_toggle_button_set_active (self->in_hours, choice->is_business);
  self->is_setting = FALSE;
  /* A name may have an underscore of its own. */
  gtk_button_set_use_underline (self->filter, text == NULL);
  gtk_button_set_label (self->filter, text != NULL ? text : _ ("_Filter…"));
  if (text != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self->filter), "accent");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->filter), "accent");
}

void
mos_dashboard_bar_set_has_business (MosDashboardBar *self,
                                    gboolean has_business)
{
  g_return_if_fail (MOS_IS_DASHBOARD_BAR (self));

  gtk_widget_set_sensitive (GTK_WIDGET (self->in_hours), has_business);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->in_hours), has_business ? _ ("Times in hours of work, in place of by the clock") : _ ("Nobody said yet when you work: say so in Preferences, under Business Hours"));
}

GtkWidget *
mos_dashboard_bar_get_days (MosDashboardBar *self)
{
  g_return_val_if_fail (MOS_IS_DASHBOARD_BAR (self), NULL);

  return GTK_WIDGET (self->days);
}
