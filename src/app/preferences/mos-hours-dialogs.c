/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-preferences"

#include "config.h"

#include "app/preferences/mos-hours-dialogs.h"

#include "app/inbox/mos-snooze-dialog.h"
#include "app/preferences/mos-hours-text.h"
#include "app/widgets/mos-text-direction.h"

#include <glib/gi18n.h>

/* A dialog's frame: Cancel, title, and a button that accepts. */
static AdwDialog *
make_dialog (GType type,
             const char *title,
             const char *accept,
             GtkWidget *content,
             GtkWidget **ret_accept)
{
  AdwDialog *dialog = g_object_new (type, "title", title, "content-width", 420, NULL);
  GtkWidget *view = adw_toolbar_view_new ();
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *cancel = gtk_button_new_with_mnemonic (_ ("_Cancel"));

  adw_header_bar_set_show_end_title_buttons (ADW_HEADER_BAR (header), FALSE);
  adw_header_bar_set_show_start_title_buttons (ADW_HEADER_BAR (header), FALSE);
  *ret_accept = gtk_button_new_with_mnemonic (accept);
  gtk_widget_add_css_class (*ret_accept, "suggested-action");
  g_signal_connect_swapped (cancel, "clicked", G_CALLBACK (adw_dialog_close), dialog);
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), cancel);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), *ret_accept);
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), header);
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), content);
  adw_dialog_set_child (dialog, view);
  adw_dialog_set_default_widget (dialog, *ret_accept);
  return dialog;
}

/* --- a day --- */

#define MOS_TYPE_HOURS_DATE_DIALOG (mos_hours_date_dialog_get_type ())
G_DECLARE_FINAL_TYPE (MosHoursDateDialog, mos_hours_date_dialog, MOS, HOURS_DATE_DIALOG, AdwDialog)

struct _MosHoursDateDialog
{
  AdwDialog parent_instance;

  /* (borrowed) */
  GtkWidget *day;
  GtkWidget *hours;
  GtkWidget *name;
  GtkWidget *summary;
  GtkWidget *accept;

  guint32 julian; /* 0 = none yet */
};

G_DEFINE_FINAL_TYPE (MosHoursDateDialog, mos_hours_date_dialog, ADW_TYPE_DIALOG)

static void
mos_hours_date_dialog_class_init (MosHoursDateDialogClass *klass)
{
  g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 3, G_TYPE_UINT, G_TYPE_STRING, G_TYPE_STRING);
}

static void
mos_hours_date_dialog_init (MosHoursDateDialog *self)
{
}

static void
on_date_changed_cb (MosHoursDateDialog *self)
{
  MosWhenContext context = { .now_us = g_get_real_time (), .language = g_get_language_names ()[0] };
  const char *typed = gtk_editable_get_text (GTK_EDITABLE (self->day));
  g_auto (MosWhen) when = { 0 };
  g_autofree char *problem = NULL;
  g_autofree char *said = NULL;
  g_autoptr (GArray) hours = mos_hours_read (gtk_editable_get_text (GTK_EDITABLE (self->hours)), &problem);

  self->julian = 0;
  if (mos_when_parse (&context, typed, &when))
    {
      g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc_usec (when.at_us);
      g_autoptr (GDateTime) day = g_date_time_to_local (utc);
      GDate date;

      g_date_clear (&date, 1);
      g_date_set_dmy (&date, (GDateDay) g_date_time_get_day_of_month (day), (GDateMonth) g_date_time_get_month (day), (GDateYear) g_date_time_get_year (day));
      self->julian = g_date_get_julian (&date);
    }
  if (self->julian == 0)
    said = when.status == MOS_WHEN_EMPTY ? g_strdup (_ ("Type a day, such as “24 december” or “next monday”.")) : mos_when_error_text (&when);
  else if (problem != NULL)
    said = g_strdup (problem);
  else
    {
      g_autofree char *day = mos_hours_text_date (self->julian);
      g_autofree char *times = hours->len > 0 ? mos_hours_text (hours) : g_strdup (C_ ("business hours", "Closed"));

      /* Translators: a day, and its times or "Closed". */
      said = g_strdup_printf (_ ("%s: %s"), day, times);
    }
  gtk_label_set_label (GTK_LABEL (self->summary), said);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->day), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, said, -1);
  gtk_widget_set_sensitive (self->accept, self->julian != 0 && problem == NULL);
}

static void
on_date_accepted_cb (MosHoursDateDialog *self)
{
  g_autofree char *hours = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->hours)));
  g_autofree char *name = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->name)));
  guint julian = self->julian;

  g_object_ref (self);
  adw_dialog_close (ADW_DIALOG (self));
  g_signal_emit_by_name (self, "chosen", julian, hours, name);
  g_object_unref (self);
}

static GtkWidget *
add_entry (GtkWidget *group,
           const char *title,
           MosHoursDateDialog *self)
{
  GtkWidget *row = adw_entry_row_new ();

  adw_preferences_row_set_use_underline (ADW_PREFERENCES_ROW (row), TRUE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  gtk_text_set_activates_default (GTK_TEXT (gtk_editable_get_delegate (GTK_EDITABLE (row))), TRUE);
  g_signal_connect_object (row, "changed", G_CALLBACK (on_date_changed_cb), self, G_CONNECT_SWAPPED);
  return row;
}

AdwDialog *
mos_hours_date_dialog_new (void)
{
  GtkWidget *page = adw_preferences_page_new ();
  GtkWidget *group = adw_preferences_group_new ();
  GtkWidget *summary = gtk_label_new (NULL);
  GtkWidget *accept;
  MosHoursDateDialog *self = MOS_HOURS_DATE_DIALOG (make_dialog (MOS_TYPE_HOURS_DATE_DIALOG, _ ("Special Day"), _ ("_Add"), page, &accept));

  self->accept = accept;
  self->summary = summary;
  adw_dialog_set_content_height (ADW_DIALOG (self), 360);
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (group));
  self->day = add_entry (group, _ ("_Day"), self);
  self->hours = add_entry (group, _ ("_Times; none if closed"), self);
  self->name = add_entry (group, _ ("_What for"), self);
  gtk_label_set_wrap (GTK_LABEL (summary), TRUE);
  gtk_label_set_xalign (GTK_LABEL (summary), 0);
  gtk_widget_set_margin_top (summary, 12);
  gtk_widget_add_css_class (summary, "dim-label");
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), summary);
  g_signal_connect_object (accept, "clicked", G_CALLBACK (on_date_accepted_cb), self, G_CONNECT_SWAPPED);
  adw_dialog_set_focus (ADW_DIALOG (self), self->day);
  on_date_changed_cb (self);
  return ADW_DIALOG (self);
}

/* --- holidays --- */

#define MOS_TYPE_HOURS_HOLIDAYS_DIALOG (mos_hours_holidays_dialog_get_type ())
G_DECLARE_FINAL_TYPE (MosHoursHolidaysDialog, mos_hours_holidays_dialog, MOS, HOURS_HOLIDAYS_DIALOG, AdwDialog)

struct _MosHoursHolidaysDialog
{
  AdwDialog parent_instance;

  GtkWidget *name;   /* (borrowed) */
  GtkWidget *accept; /* (borrowed) */
  GPtrArray *rows;   /* of GtkWidget (borrowed): switch rows, one for each date */
  GPtrArray *dates;  /* (owned) */
};

G_DEFINE_FINAL_TYPE (MosHoursHolidaysDialog, mos_hours_holidays_dialog, ADW_TYPE_DIALOG)

static void
mos_hours_holidays_dialog_finalize (GObject *object)
{
  MosHoursHolidaysDialog *self = MOS_HOURS_HOLIDAYS_DIALOG (object);

  g_ptr_array_unref (self->rows);
  g_clear_pointer (&self->dates, g_ptr_array_unref);
  G_OBJECT_CLASS (mos_hours_holidays_dialog_parent_class)->finalize (object);
}

static void
mos_hours_holidays_dialog_class_init (MosHoursHolidaysDialogClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mos_hours_holidays_dialog_finalize;
  g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_PTR_ARRAY);
}

static void
mos_hours_holidays_dialog_init (MosHoursHolidaysDialog *self)
{
  self->rows = g_ptr_array_new ();
}

static void
on_holidays_changed_cb (MosHoursHolidaysDialog *self)
{
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->name))));
  gboolean any = FALSE;

  for (guint i = 0; i < self->rows->len; i++)
    any = any || gtk_check_button_get_active (self->rows->pdata[i]);
  gtk_widget_set_sensitive (self->accept, *name != '\0' && any);
}

static void
on_holidays_accepted_cb (MosHoursHolidaysDialog *self)
{
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->name))));
  g_autoptr (GPtrArray) taken = g_ptr_array_new ();

  for (guint i = 0; i < self->rows->len; i++)
    if (gtk_check_button_get_active (self->rows->pdata[i]))
      g_ptr_array_add (taken, self->dates->pdata[i]);
  g_object_ref (self);
  adw_dialog_close (ADW_DIALOG (self));
  g_signal_emit_by_name (self, "chosen", name, taken);
  g_object_unref (self);
}

AdwDialog *
mos_hours_holidays_dialog_new (MosHolidays *holidays)
{
  GtkWidget *page = adw_preferences_page_new ();
  GtkWidget *group = adw_preferences_group_new ();
  GtkWidget *list = adw_preferences_group_new ();
  GtkWidget *accept;
  MosHoursHolidaysDialog *self = MOS_HOURS_HOLIDAYS_DIALOG (make_dialog (MOS_TYPE_HOURS_HOLIDAYS_DIALOG, _ ("Holidays From a File"), _ ("_Add"), page, &accept));
  guint n = holidays->dates->len;
  /* Translators: %u is a number of days. */
  g_autofree char *title = g_strdup_printf (ngettext ("%u Day", "%u Days", n), n);

  self->accept = accept;
  self->dates = g_ptr_array_ref (holidays->dates);
  adw_dialog_set_content_height (ADW_DIALOG (self), 560);
  self->name = adw_entry_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->name), _ ("Name"));
  gtk_editable_set_text (GTK_EDITABLE (self->name), holidays->name);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), self->name);
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (group));
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (list), title);
  if (n == 0)
    adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (list), _ ("The file closes no day on which anybody works, from last year on."));
  else if (holidays->is_cut)
    adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (list), _ ("The file says more than is taken; these are the first."));
  else
    adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (list), _ ("Leave out those on which you work."));
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (list));
  for (guint i = 0; i < n; i++)
    {
      MosCalendarDate *date = holidays->dates->pdata[i];
      g_autofree char *day = mos_hours_text_date (date->julian);
      g_autofree char *hours = date->hours->len > 0 ? mos_hours_text (date->hours) : NULL;
      g_autofree char *subtitle = hours != NULL ? g_strconcat (day, " · ", hours, NULL) : g_strdup (day);
      g_autofree char *label = g_strconcat (date->name, ", ", day, NULL);
      GtkWidget *row = adw_action_row_new ();
      GtkWidget *check = gtk_check_button_new ();

      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), *date->name != '\0' ? date->name : day);
      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), *date->name != '\0' || hours != NULL ? subtitle : NULL);
      gtk_check_button_set_active (GTK_CHECK_BUTTON (check), TRUE);
      gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
      mos_widget_set_label (check, label);
      adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
      adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), check);
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (list), row);
      g_ptr_array_add (self->rows, check);
      g_signal_connect_object (check, "toggled", G_CALLBACK (on_holidays_changed_cb), self, G_CONNECT_SWAPPED);
    }
  g_signal_connect_object (self->name, "changed", G_CALLBACK (on_holidays_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (accept, "clicked", G_CALLBACK (on_holidays_accepted_cb), self, G_CONNECT_SWAPPED);
  on_holidays_changed_cb (self);
  return ADW_DIALOG (self);
}
