/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-inbox"

#include "config.h"

#include "app/inbox/mos-snooze-dialog.h"

#include "app/application/mos-a11y.h"

#include "app/inbox/mos-snooze-time.h"
#include "app/widgets/mos-time-text.h"

#include <glib/gi18n.h>

struct _MosSnoozeDialog
{
  AdwDialog parent_instance;

  /* Template children */
  GtkCalendar *calendar;
  GtkSpinButton *hour;
  GtkSpinButton *minute;
  GtkLabel *summary;
  GtkWidget *snooze_button;
};

enum
{
  CHOSEN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (MosSnoozeDialog, mos_snooze_dialog, ADW_TYPE_DIALOG)

static gint64
get_until (MosSnoozeDialog *self)
{
  g_autoptr (GDateTime) day = gtk_calendar_get_date (self->calendar);
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();

  return mos_snooze_time_at (g_date_time_get_year (day), g_date_time_get_month (day), g_date_time_get_day_of_month (day),
                             gtk_spin_button_get_value_as_int (self->hour), gtk_spin_button_get_value_as_int (self->minute), zone);
}

static void
on_changed_cb (MosSnoozeDialog *self)
{
  gint64 until_us = get_until (self);
  gboolean valid = until_us > g_get_real_time ();
  g_autofree char *text = valid ? mos_time_text_relative (until_us, g_get_real_time (), NULL) : g_strdup (_ ("This time has passed."));

  gtk_label_set_label (self->summary, text);
  gtk_widget_set_sensitive (self->snooze_button, valid);
}

static gboolean
on_two_digits_cb (GtkSpinButton *button)
{
  g_autofree char *text = g_strdup_printf ("%02d", gtk_spin_button_get_value_as_int (button));

  gtk_editable_set_text (GTK_EDITABLE (button), text);
  return TRUE;
}

static void
on_snooze_cb (MosSnoozeDialog *self)
{
  gint64 until_us;

  /* Return in a field comes with what was typed there. */
  gtk_spin_button_update (self->hour);
  gtk_spin_button_update (self->minute);
  until_us = get_until (self);
  if (until_us <= g_get_real_time ())
    return;
  adw_dialog_close (ADW_DIALOG (self));
  g_signal_emit (self, signals[CHOSEN], 0, until_us);
}

/* The days of the calendar are chosen by Space and the arrows: Return is the blue button, as in an entry. */
static gboolean
on_key_cb (MosSnoozeDialog *self,
           guint key,
           guint code,
           GdkModifierType state)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (key != GDK_KEY_Return && key != GDK_KEY_ISO_Enter && key != GDK_KEY_KP_Enter)
    return GDK_EVENT_PROPAGATE;
  if (root != NULL && GTK_IS_BUTTON (gtk_root_get_focus (root)))
    return GDK_EVENT_PROPAGATE;
  on_snooze_cb (self);
  return GDK_EVENT_STOP;
}

static void
mos_snooze_dialog_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), MOS_TYPE_SNOOZE_DIALOG);
  G_OBJECT_CLASS (mos_snooze_dialog_parent_class)->dispose (object);
}

static void
mos_snooze_dialog_class_init (MosSnoozeDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mos_snooze_dialog_dispose;

  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/mostrador/Mostrador/ui/mos-snooze-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, MosSnoozeDialog, calendar);
  gtk_widget_class_bind_template_child (widget_class, MosSnoozeDialog, hour);
  gtk_widget_class_bind_template_child (widget_class, MosSnoozeDialog, minute);
  gtk_widget_class_bind_template_child (widget_class, MosSnoozeDialog, summary);
  gtk_widget_class_bind_template_child (widget_class, MosSnoozeDialog, snooze_button);
  gtk_widget_class_bind_template_callback (widget_class, on_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_snooze_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_two_digits_cb);
}

/* GtkCalendar's four arrows are buttons without a name. */
static void
name_arrows (MosSnoozeDialog *self)
{
  static const char *const names[] = { N_ ("Previous month"), N_ ("Next month"), N_ ("Previous year"), N_ ("Next year") };
  GtkWidget *header = gtk_widget_get_first_child (GTK_WIDGET (self->calendar));
  guint n = 0;

  for (GtkWidget *child = header != NULL ? gtk_widget_get_first_child (header) : NULL; child != NULL && n < G_N_ELEMENTS (names); child = gtk_widget_get_next_sibling (child))
    if (GTK_IS_BUTTON (child))
      mos_a11y_set_label (child, _ (names[n++]));
}

static void
mos_snooze_dialog_init (MosSnoozeDialog *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autoptr (GDateTime) tomorrow = g_date_time_add_days (now, 1);

  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (on_key_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  /* A time of day reads from the hour to the minute, left to right, in every language. */
  gtk_widget_set_direction (gtk_widget_get_parent (GTK_WIDGET (self->hour)), GTK_TEXT_DIR_LTR);
  name_arrows (self);
  gtk_calendar_select_day (self->calendar, tomorrow);
  gtk_spin_button_set_value (self->hour, 9);
  gtk_spin_button_update (self->minute);
  on_changed_cb (self);
}

MosSnoozeDialog *
mos_snooze_dialog_new (void)
{
  return g_object_new (MOS_TYPE_SNOOZE_DIALOG, NULL);
}
