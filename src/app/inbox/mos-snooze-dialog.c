/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-inbox"

#include "config.h"

#include "app/inbox/mos-snooze-dialog.h"

#include "app/widgets/mos-text-direction.h"
#include "app/widgets/mos-time-text.h"

#include "core/base/mos-time.h"
#include "core/desk/mos-calendars.h"

#include <glib/gi18n.h>

#include <string.h>

#define MAX_CHOICES 6

struct _MosSnoozeDialog
{
  AdwDialog parent_instance;

  /* Template children */
  GtkEntry *entry;
  GtkLabel *summary;
  GtkListBox *choices;
  GtkCalendar *calendar;
  GtkButton *accept_button;

  MosCalendarPlace place; /* its calendar: (owned) (nullable) */
  gboolean allow_answer;
};

enum
{
  CHOSEN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (MosSnoozeDialog, mos_snooze_dialog, ADW_TYPE_DIALOG)

static MosWhenContext
get_context (MosSnoozeDialog *self)
{
  MosWhenContext context = { .now_us = g_get_real_time (), .language = g_get_language_names ()[0], .allow_answer = self->allow_answer };

  /* As the time beside it is written. */
  context.clock = strstr (C_ ("time format", "%H:%M"), "%H") != NULL ? 24 : 12;

  mos_calendars_when (&context, &self->place);
  return context;
}

/* "Friday, 4 December, 14:00": always with the day's name, for that is what one checks. */
static char *
moment_text (gint64 at_us)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc_usec (at_us);
  g_autoptr (GDateTime) then = g_date_time_to_local (utc);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();

  if (g_date_time_get_year (then) == g_date_time_get_year (now))
    /* Translators: a day of this year and a time, a GDateTime format. */
    return g_date_time_format (then, C_ ("time format", "%A, %-d %B, %H:%M"));
  /* Translators: a day and a time, a GDateTime format. */
  return g_date_time_format (then, C_ ("time format", "%A, %-d %B %Y, %H:%M"));
}

char *
mos_when_error_text (const MosWhen *when)
{
  switch (when->status)
    {
    case MOS_WHEN_PAST:
      return g_strdup (_ ("This time has passed."));
    case MOS_WHEN_NO_SUCH:
      return g_strdup (_ ("There is no such day or time."));
    case MOS_WHEN_CONFLICT:
      return g_strdup (_ ("These are two different times."));
    case MOS_WHEN_TOO_FAR:
      return g_strdup (_ ("This is more than ten years ahead."));
    case MOS_WHEN_UNKNOWN:
      /* Translators: %s is a word that was typed where a time was wanted. */
      return g_strdup_printf (_ ("“%s” is not understood."), when->word != NULL ? when->word : "");
    case MOS_WHEN_EMPTY:
    case MOS_WHEN_OK:
    default:
      return g_strdup (_ ("Type a day or a time."));
    }
}

static void
choose (MosSnoozeDialog *self,
        const char *text)
{
  MosWhenContext context = get_context (self);
  g_auto (MosWhen) when = { 0 };

  if (!mos_when_parse (&context, text, &when))
    return;
  adw_dialog_close (ADW_DIALOG (self));
  g_signal_emit (self, signals[CHOSEN], 0, when.at_us);
}

static void
add_choice (MosSnoozeDialog *self,
            MosWhenChoice *choice)
{
  g_autofree char *time = choice->is_answer ? g_strdup ("") : moment_text (choice->at_us);
  g_autofree char *name = choice->is_answer ? g_strdup (choice->text) : g_strdup_printf ("%s, %s", choice->text, time);
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *text = gtk_label_new (choice->text);
  GtkWidget *then = gtk_label_new (time);

  gtk_label_set_xalign (GTK_LABEL (text), 0);
  gtk_label_set_xalign (GTK_LABEL (then), 1);
  gtk_label_set_wrap (GTK_LABEL (then), TRUE);
  gtk_widget_set_hexpand (text, TRUE);
  gtk_widget_add_css_class (then, "dim-label");
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  gtk_widget_set_margin_top (box, 8);
  gtk_widget_set_margin_bottom (box, 8);
  gtk_box_append (GTK_BOX (box), text);
  gtk_box_append (GTK_BOX (box), then);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  mos_widget_set_label (row, name);
  g_object_set_data_full (G_OBJECT (row), "text", g_strdup (choice->text), g_free);
  gtk_list_box_append (self->choices, row);
}

static void
on_changed_cb (MosSnoozeDialog *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->entry));
  MosWhenContext context = get_context (self);
  g_autoptr (GPtrArray) choices = mos_when_complete (&context, text, MAX_CHOICES);
  g_auto (MosWhen) when = { 0 };
  gboolean valid = mos_when_parse (&context, text, &when);
  g_autofree char *said = NULL;

  if (!valid)
    said = mos_when_error_text (&when);
  else if (when.is_answer)
    said = g_strdup (_ ("Until the customer answers"));
  else if (when.is_moved)
    {
      g_autofree char *moment = moment_text (when.at_us);

      /* Translators: %s is a day and a time. The clocks go forward over what was typed. */
      said = g_strdup_printf (_ ("%s: the clocks leave out the time that was typed"), moment);
    }
  else
    said = moment_text (when.at_us);
  gtk_label_set_label (self->summary, said);
  if (valid)
    gtk_widget_remove_css_class (GTK_WIDGET (self->summary), "dim-label");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self->summary), "dim-label");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, said, -1);
  gtk_widget_set_sensitive (GTK_WIDGET (self->accept_button), valid);

  gtk_list_box_remove_all (self->choices);
  for (guint i = 0; i < choices->len; i++)
    add_choice (self, choices->pdata[i]);
  gtk_widget_set_visible (GTK_WIDGET (self->choices), choices->len > 0);
}

static void
on_accept_cb (MosSnoozeDialog *self)
{
  g_autofree char *text = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry)));

  choose (self, text);
}

static void
on_row_activated_cb (MosSnoozeDialog *self,
                     GtkListBoxRow *row)
{
  g_autofree char *text = g_strdup (g_object_get_data (G_OBJECT (row), "text"));

  choose (self, text);
}

static void
on_day_cb (MosSnoozeDialog *self)
{
  MosWhenContext context = get_context (self);
  g_autoptr (GDateTime) day = gtk_calendar_get_date (self->calendar);
  int year = g_date_time_get_year (day), month = g_date_time_get_month (day), date = g_date_time_get_day_of_month (day);
  int minute = context.start != NULL ? context.start (year, month, date, context.edge_data) : -1;
  gint64 at_us = minute >= 0 && minute < 24 * 60 ? mos_time_local (NULL, year, month, date, minute / 60, minute % 60) : mos_time_local (NULL, year, month, date, 9, 0);
  g_autofree char *text = mos_when_describe (&context, at_us);

  gtk_editable_set_text (GTK_EDITABLE (self->entry), text);
}

/* From the entry down to the suggestions, as in any completion. */
static gboolean
on_key_cb (MosSnoozeDialog *self,
           guint key,
           guint code,
           GdkModifierType state)
{
  GtkListBoxRow *first = gtk_list_box_get_row_at_index (self->choices, 0);

  if (first == NULL || (key != GDK_KEY_Down && key != GDK_KEY_KP_Down))
    return GDK_EVENT_PROPAGATE;
  return gtk_widget_grab_focus (GTK_WIDGET (first));
}

static void
mos_snooze_dialog_dispose (GObject *object)
{
  g_clear_pointer (&MOS_SNOOZE_DIALOG (object)->place.calendar, mos_calendar_unref);
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
  gtk_widget_class_bind_template_child (widget_class, MosSnoozeDialog, entry);
  gtk_widget_class_bind_template_child (widget_class, MosSnoozeDialog, summary);
  gtk_widget_class_bind_template_child (widget_class, MosSnoozeDialog, choices);
  gtk_widget_class_bind_template_child (widget_class, MosSnoozeDialog, calendar);
  gtk_widget_class_bind_template_child (widget_class, MosSnoozeDialog, accept_button);
  gtk_widget_class_bind_template_callback (widget_class, on_accept_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_day_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated_cb);
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
      mos_widget_set_label (child, _ (names[n++]));
}

/* Return at once is tomorrow, as before anything is typed. */
static void
begin_with_tomorrow (MosSnoozeDialog *self)
{
  MosWhenContext context = get_context (self);
  g_autoptr (GPtrArray) choices = mos_when_complete (&context, "", 2);

  if (choices->len == 2)
    gtk_editable_set_text (GTK_EDITABLE (self->entry), ((MosWhenChoice *) choices->pdata[1])->text);
  on_changed_cb (self);
}

static void
mos_snooze_dialog_init (MosSnoozeDialog *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (on_key_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self->entry), keys);
  name_arrows (self);
  self->allow_answer = TRUE;
  begin_with_tomorrow (self);
}

MosSnoozeDialog *
mos_snooze_dialog_new (void)
{
  return g_object_new (MOS_TYPE_SNOOZE_DIALOG, NULL);
}

MosSnoozeDialog *
mos_snooze_dialog_new_for (const char *title,
                           const char *accept)
{
  MosSnoozeDialog *self = g_object_new (MOS_TYPE_SNOOZE_DIALOG, "title", title, NULL);

  gtk_button_set_label (self->accept_button, accept);
  self->allow_answer = FALSE;
  on_changed_cb (self);
  return self;
}

void
mos_snooze_dialog_set_calendar (MosSnoozeDialog *self,
                                MosCalendar *calendar)
{
  g_return_if_fail (MOS_IS_SNOOZE_DIALOG (self));

  g_clear_pointer (&self->place.calendar, mos_calendar_unref);
  self->place.calendar = calendar != NULL ? mos_calendar_ref (calendar) : NULL;
  on_changed_cb (self);
}

MosSnoozeDialog *
mos_snooze_dialog_new_to_send (void)
{
  MosSnoozeDialog *self = g_object_new (MOS_TYPE_SNOOZE_DIALOG, "title", _ ("Send and Snooze Until"), NULL);
  MosWhenContext context = get_context (self);
  g_autoptr (GPtrArray) choices = mos_when_complete (&context, "", MAX_CHOICES);

  gtk_button_set_label (self->accept_button, _ ("_Send and Snooze"));
  for (guint i = 0; i < choices->len; i++)
    if (((MosWhenChoice *) choices->pdata[i])->is_answer)
      gtk_editable_set_text (GTK_EDITABLE (self->entry), ((MosWhenChoice *) choices->pdata[i])->text);
  return self;
}
