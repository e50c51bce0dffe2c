/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-preferences"

#include "config.h"

#include "app/preferences/mos-hours-page.h"

#include "app/application/mos-a11y.h"
#include "app/application/mos-error-text.h"
#include "app/preferences/mos-hours-dialogs.h"
#include "app/preferences/mos-hours-text.h"
#include "core/automation/mos-holidays.h"

#include <glib/gi18n.h>
#include <langinfo.h>
#include <string.h>

struct _MosHoursPage
{
  AdwNavigationPage parent_instance;

  /* Template children */
  GtkWidget *save_button;
  AdwActionRow *state_row;
  AdwComboRow *zone_row;
  AdwPreferencesGroup *week_group;
  AdwPreferencesGroup *dates_group;
  AdwPreferencesGroup *sets_group;
  GtkWidget *add_date_row;
  GtkWidget *add_set_row;
  GtkWidget *past_group;
  AdwSwitchRow *corrects_row;

  GtkWidget *days[7];        /* (borrowed) entry rows, from Monday */
  GPtrArray *rows;           /* of GtkWidget (borrowed): of dates and sets */
  GStrv zones;               /* names; the first one is "": that of the computer */
  MosDesk *desk;             /* (owned) */
  MosCalendar *shown;        /* (owned): what the page was filled with; the dates of it */
  MosCalendar *edited;       /* (owned) (nullable): what it says now; %NULL while something is not understood */
  GCancellable *cancellable; /* (owned) */
  gboolean filling;
  gboolean changed;
};

G_DEFINE_FINAL_TYPE (MosHoursPage, mos_hours_page, ADW_TYPE_NAVIGATION_PAGE)

/* As most shops have it, until somebody says otherwise. */
#define FIRST_HOURS "mon 09:00-18:00\ntue 09:00-18:00\nwed 09:00-18:00\nthu 09:00-18:00\nfri 09:00-18:00\n"

static const char *const day_words[] = { "mon", "tue", "wed", "thu", "fri", "sat", "sun" };

/* 1 = Monday. The C library counts from the day that its "week" names, which is a Sunday or a Monday. */
static int
first_weekday (void)
{
#ifdef __GLIBC__
  int first = *nl_langinfo (_NL_TIME_FIRST_WEEKDAY);
  int origin = (int) (intptr_t) nl_langinfo (_NL_TIME_WEEK_1STDAY) == 19971201 ? 1 : 7;

  return (origin - 1 + first - 1 + 7) % 7 + 1;
#else
  return 1;
#endif
}

static char *
weekday_name (int weekday)
{
  /* 3 January 2000 was a Monday. */
  g_autoptr (GDateTime) day = g_date_time_new_utc (2000, 1, 2 + weekday, 12, 0, 0);

  /* Translators: the name of a day of the week where it stands alone, a GDateTime format. */
  return g_date_time_format (day, C_ ("time format", "%A"));
}

/* --- what the page says --- */

static void
append_hours (GString *text,
              GArray *hours)
{
  for (guint i = 0; i < hours->len; i++)
    {
      MosCalendarHours *h = &g_array_index (hours, MosCalendarHours, i);

      g_string_append_printf (text, " %02d:%02d-%02d:%02d", h->from / 60, h->from % 60, h->to / 60, h->to % 60);
    }
}

static void
mark_row (GtkWidget *row,
          const char *problem)
{
  if (problem != NULL)
    {
      gtk_widget_add_css_class (row, "error");
      gtk_accessible_update_state (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_STATE_INVALID, GTK_ACCESSIBLE_INVALID_TRUE, -1);
      gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, problem, -1);
    }
  else
    {
      gtk_widget_remove_css_class (row, "error");
      gtk_accessible_reset_state (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_STATE_INVALID);
      gtk_accessible_reset_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION);
    }
}

/* Puts the page together as a calendar's text. Returns: (transfer full) (nullable): %NULL where something is not understood; @ret_problem: what */
static MosCalendar *
read_page (MosHoursPage *self,
           char **ret_problem)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *old = mos_calendar_to_text (self->shown);
  g_auto (GStrv) lines = g_strsplit (old, "\n", -1);
  guint zone = adw_combo_row_get_selected (self->zone_row);
  MosCalendar *calendar;

  if (zone != GTK_INVALID_LIST_POSITION && *self->zones[zone] != '\0')
    g_string_append_printf (text, "zone %s\n", self->zones[zone]);
  for (int i = 0; i < 7; i++)
    {
      g_autofree char *problem = NULL;
      g_autoptr (GArray) hours = mos_hours_read (gtk_editable_get_text (GTK_EDITABLE (self->days[i])), &problem);

      mark_row (self->days[i], problem);
      if (hours == NULL)
        {
          if (*ret_problem == NULL)
            {
              g_autofree char *name = weekday_name (i + 1);

              /* Translators: the first %s is a day of the week, the second a sentence: what is wrong with its times. */
              *ret_problem = g_strdup_printf (_ ("%s: %s"), name, problem);
            }
          continue;
        }
      if (hours->len > 0)
        {
          g_string_append (text, day_words[i]);
          append_hours (text, hours);
          g_string_append_c (text, '\n');
        }
    }
  if (*ret_problem != NULL)
    return NULL;
  /* Dates and holidays are not typed here: they are as they were. */
  for (guint i = 0; lines[i] != NULL; i++)
    if (g_ascii_isdigit (*lines[i]) || g_str_has_prefix (lines[i], "holidays "))
      g_string_append_printf (text, "%s\n", lines[i]);
  calendar = mos_calendar_parse (text->str, NULL);
  if (calendar == NULL)
    *ret_problem = g_strdup (_ ("This computer does not know the time zone."));
  return calendar;
}

static gboolean
same_calendar (MosCalendar *a,
               MosCalendar *b)
{
  g_autofree char *text_a = a != NULL ? mos_calendar_to_text (a) : NULL;
  g_autofree char *text_b = b != NULL ? mos_calendar_to_text (b) : NULL;

  return g_strcmp0 (text_a, text_b) == 0;
}

static void
update (MosHoursPage *self)
{
  MosCalendar *saved = self->desk != NULL ? mos_desk_get_calendar (self->desk) : NULL;
  g_autofree char *problem = NULL;
  g_autofree char *state = NULL;
  AdwDialog *dialog;

  if (self->filling || self->desk == NULL)
    return;
  g_clear_pointer (&self->edited, mos_calendar_unref);
  self->edited = read_page (self, &problem);
  self->changed = self->edited == NULL || (saved != NULL && !same_calendar (self->edited, saved)) || (saved == NULL && !same_calendar (self->edited, self->shown));
  if (problem == NULL && saved == NULL && !self->changed)
    state = g_strdup (_ ("No hours are set yet: this is a proposal. Once it is saved, “tomorrow” begins and “end of day” ends with them."));
  else if (problem == NULL)
    state = mos_hours_text_state (self->edited, g_get_real_time ());
  adw_action_row_set_subtitle (self->state_row, problem != NULL ? problem : state);
  if (problem != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self->state_row), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->state_row), "error");
  gtk_widget_set_sensitive (self->save_button, self->edited != NULL && (self->changed || saved == NULL));
  gtk_widget_set_visible (self->past_group, saved != NULL);
  dialog = ADW_DIALOG (gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_DIALOG));
  if (dialog != NULL)
    adw_dialog_set_can_close (dialog, !self->changed);
}

/* --- filling it --- */

static void fill (MosHoursPage *self, MosCalendar *calendar);

/* What the page says, with other dates. @calendar: (transfer full) */
static void
take_dates (MosHoursPage *self,
            MosCalendar *calendar)
{
  g_autoptr (MosCalendar) taken = calendar;
  g_auto (GStrv) typed = g_new0 (char *, 8);

  /* What is typed stays as it is typed, understood or not. */
  for (int i = 0; i < 7; i++)
    typed[i] = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->days[i])));
  fill (self, taken);
  self->filling = TRUE;
  for (int i = 0; i < 7; i++)
    gtk_editable_set_text (GTK_EDITABLE (self->days[i]), typed[i]);
  self->filling = FALSE;
  update (self);
}

static void
remove_row (MosHoursPage *self,
            GtkWidget *row,
            gboolean is_set)
{
  /* The keyboard stays where it was. */
  gtk_widget_grab_focus (is_set ? self->add_set_row : self->add_date_row);
}

static void
on_remove_date_cb (MosHoursPage *self,
                   GtkWidget *button)
{
  guint32 julian = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "julian"));

  remove_row (self, button, FALSE);
  take_dates (self, mos_hours_with_date (self->shown, julian, NULL, NULL));
}

static void
on_remove_set_cb (MosHoursPage *self,
                  GtkWidget *button)
{
  g_autofree char *set = g_strdup (g_object_get_data (G_OBJECT (button), "set"));

  remove_row (self, button, TRUE);
  take_dates (self, mos_calendar_with_set (self->shown, set, NULL));
}

static GtkWidget *
add_row (MosHoursPage *self,
         AdwPreferencesGroup *group,
         GtkWidget *last,
         const char *title,
         const char *subtitle,
         const char *remove)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *button = gtk_button_new_from_icon_name ("user-trash-symbolic");

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, remove);
  mos_a11y_set_label (button, remove);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  /* The button that adds stays below. */
  g_object_ref (last);
  adw_preferences_group_remove (group, last);
  adw_preferences_group_add (group, row);
  adw_preferences_group_add (group, last);
  g_object_unref (last);
  g_ptr_array_add (self->rows, row);
  g_object_set_data (G_OBJECT (row), "group", group);
  return button;
}

static void
fill_dates (MosHoursPage *self)
{
  GPtrArray *dates = mos_calendar_get_dates (self->shown);
  g_auto (GStrv) sets = mos_calendar_dup_sets (self->shown);

  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (g_object_get_data (self->rows->pdata[i], "group"), self->rows->pdata[i]);
  g_ptr_array_set_size (self->rows, 0);
  for (guint i = 0; i < dates->len; i++)
    {
      MosCalendarDate *date = dates->pdata[i];
      g_autofree char *title = mos_hours_text_date (date->julian);
      g_autofree char *hours = date->hours->len > 0 ? mos_hours_text (date->hours) : g_strdup (C_ ("business hours", "Closed"));
      g_autofree char *subtitle = *date->name != '\0' ? g_strconcat (hours, " · ", date->name, NULL) : g_strdup (hours);
      /* Translators: %s is a date. */
      g_autofree char *remove = g_strdup_printf (_ ("Remove %s"), title);
      GtkWidget *button;

      if (date->set != NULL)
        continue;
      button = add_row (self, self->dates_group, self->add_date_row, title, subtitle, remove);
      g_object_set_data (G_OBJECT (button), "julian", GUINT_TO_POINTER (date->julian));
      g_signal_connect_object (button, "clicked", G_CALLBACK (on_remove_date_cb), self, G_CONNECT_SWAPPED);
    }
  for (guint i = 0; sets[i] != NULL; i++)
    {
      g_autofree char *subtitle = NULL;
      g_autofree char *last = NULL;
      /* Translators: %s is the name of holidays that came from a file. */
      g_autofree char *remove = g_strdup_printf (_ ("Remove %s"), sets[i]);
      GtkWidget *button;
      guint n = 0;

      for (guint j = 0; j < dates->len; j++)
        {
          MosCalendarDate *date = dates->pdata[j];

          if (g_strcmp0 (date->set, sets[i]) != 0)
            continue;
          n++;
          g_free (last);
          last = mos_hours_text_date (date->julian);
        }
      /* Translators: %u is a number of days, %s the last of them. */
      subtitle = g_strdup_printf (ngettext ("%u day, until %s", "%u days, until %s", n), n, last);
      button = add_row (self, self->sets_group, self->add_set_row, sets[i], subtitle, remove);
      g_object_set_data_full (G_OBJECT (button), "set", g_strdup (sets[i]), g_free);
      g_signal_connect_object (button, "clicked", G_CALLBACK (on_remove_set_cb), self, G_CONNECT_SWAPPED);
    }
}

static void
fill (MosHoursPage *self,
      MosCalendar *calendar)
{
  guint zone = 0;

  self->filling = TRUE;
  mos_calendar_ref (calendar);
  g_clear_pointer (&self->shown, mos_calendar_unref);
  self->shown = calendar;
  for (guint i = 0; self->zones[i] != NULL; i++)
    if (g_str_equal (self->zones[i], mos_calendar_get_zone_name (calendar)))
      zone = i;
  if (gtk_widget_get_mapped (GTK_WIDGET (self)) == FALSE || !self->changed)
    adw_combo_row_set_selected (self->zone_row, zone);
  for (int i = 0; i < 7; i++)
    {
      g_autofree char *hours = mos_hours_text (mos_calendar_get_hours (calendar, i + 1));

      gtk_editable_set_text (GTK_EDITABLE (self->days[i]), hours);
    }
  fill_dates (self);
  self->filling = FALSE;
  update (self);
}

static void
fill_with_saved (MosHoursPage *self)
{
  MosCalendar *saved = mos_desk_get_calendar (self->desk);
  g_autoptr (MosCalendar) first = mos_calendar_parse (FIRST_HOURS, NULL);

  self->changed = FALSE;
  adw_switch_row_set_active (self->corrects_row, FALSE);
  fill (self, saved != NULL ? saved : first);
}

static void
on_calendar_changed_cb (MosHoursPage *self)
{
  if (self->desk == NULL)
    return;
  /* From elsewhere, or an undo; what is being edited here is not lost by it. */
  if (!self->changed || same_calendar (self->edited, mos_desk_get_calendar (self->desk)))
    fill_with_saved (self);
  else
    update (self);
}

static void
on_edited_cb (MosHoursPage *self)
{
  update (self);
}

/* --- saving --- */

static void
on_undone_cb (GObject *source,
              GAsyncResult *result,
              gpointer user_data)
{
  g_autoptr (MosHoursPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *label = mos_desk_undo_finish (MOS_DESK (source), result, &error);
  GtkWidget *dialog = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_PREFERENCES_DIALOG);

  if (dialog != NULL)
    adw_preferences_dialog_add_toast (ADW_PREFERENCES_DIALOG (dialog), adw_toast_new (error == NULL ? _ ("The hours are as before") : _ ("The hours were changed since; they stay as they are")));
}

static void
on_undo_cb (MosHoursPage *self,
            AdwToast *toast)
{
  gint64 *batch = g_object_get_data (G_OBJECT (toast), "batch");

  mos_desk_undo_async (self->desk, *batch, NULL, on_undone_cb, g_object_ref (self));
}

static void
on_saved_cb (GObject *source,
             GAsyncResult *result,
             gpointer user_data)
{
  g_autoptr (MosHoursPage) self = user_data;
  g_autoptr (GError) error = NULL;
  GtkWidget *dialog = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_PREFERENCES_DIALOG);
  AdwToast *toast;
  gint64 batch = 0;

  if (!mos_desk_action_finish (MOS_DESK (source), result, &batch, &error))
    {
      MosErrorText text = mos_error_text (error);

      if (dialog != NULL)
        adw_preferences_dialog_add_toast (ADW_PREFERENCES_DIALOG (dialog), adw_toast_new (text.title));
      update (self);
      return;
    }
  if (dialog == NULL || batch == 0)
    return;
  toast = adw_toast_new (_ ("Business hours saved"));
  adw_toast_set_button_label (toast, _ ("_Undo"));
  g_object_set_data_full (G_OBJECT (toast), "batch", g_memdup2 (&batch, sizeof batch), g_free);
  g_signal_connect_object (toast, "button-clicked", G_CALLBACK (on_undo_cb), self, G_CONNECT_SWAPPED);
  adw_preferences_dialog_add_toast (ADW_PREFERENCES_DIALOG (dialog), toast);
}

gboolean
mos_hours_page_save (MosHoursPage *self)
{
  g_return_val_if_fail (MOS_IS_HOURS_PAGE (self), FALSE);

  if (self->edited == NULL)
    return FALSE;
  gtk_widget_set_sensitive (self->save_button, FALSE);
  mos_desk_set_calendar_async (self->desk, self->edited, adw_switch_row_get_active (self->corrects_row), NULL, on_saved_cb, g_object_ref (self));
  return TRUE;
}

gboolean
mos_hours_page_is_changed (MosHoursPage *self)
{
  return self->changed;
}

static void
on_save_cb (MosHoursPage *self)
{
  mos_hours_page_save (self);
}

/* --- days and holidays --- */

static void
on_date_chosen_cb (MosHoursPage *self,
                   guint julian,
                   const char *hours,
                   const char *name)
{
  g_autoptr (GArray) read = mos_hours_read (hours, NULL);

  if (read != NULL)
    take_dates (self, mos_hours_with_date (self->shown, julian, read, name));
}

static void
on_add_date_cb (MosHoursPage *self)
{
  AdwDialog *dialog = mos_hours_date_dialog_new ();

  g_signal_connect_object (dialog, "chosen", G_CALLBACK (on_date_chosen_cb), self, G_CONNECT_SWAPPED);
  adw_dialog_present (dialog, GTK_WIDGET (self));
}

static void
on_set_chosen_cb (MosHoursPage *self,
                  const char *name,
                  GPtrArray *dates)
{
  take_dates (self, mos_calendar_with_set (self->shown, name, dates));
}

typedef struct
{
  MosHoursPage *self; /* (owned) */
  char *name;         /* (owned) of the file, without its suffix */
} FileCall;

static void
show_file_problem (MosHoursPage *self,
                   const GError *error)
{
  AdwDialog *alert;
  const char *body = _ ("It could not be read. Nothing was changed.");

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA))
    body = _ ("It is no iCalendar file. Nothing was changed. Look for a file that ends with .ics.");
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE))
    body = _ ("It is larger than a calendar of holidays may be. Nothing was changed.");
  alert = adw_alert_dialog_new (_ ("No Holidays in This File"), body);
  adw_alert_dialog_add_response (ADW_ALERT_DIALOG (alert), "close", _ ("_Close"));
  adw_dialog_present (alert, GTK_WIDGET (self));
}

static void
on_loaded_cb (GObject *source,
              GAsyncResult *result,
              gpointer user_data)
{
  FileCall *call = user_data;
  g_autoptr (MosHoursPage) self = call->self;
  g_autofree char *base = call->name;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) data = g_file_load_bytes_finish (G_FILE (source), result, NULL, &error);
  const gint64 year_us = 366 * G_TIME_SPAN_DAY;
  gint64 now_us = g_get_real_time ();
  g_autoptr (MosHolidays) holidays = data != NULL ? mos_holidays_parse (data, self->edited != NULL ? self->edited : self->shown, now_us - year_us, now_us + MOS_HOLIDAYS_YEARS * year_us, &error) : NULL;
  AdwDialog *dialog;

  g_free (call);
  if (holidays == NULL)
    {
      show_file_problem (self, error);
      return;
    }
  dialog = mos_hours_holidays_dialog_new (holidays, base);
  g_signal_connect_object (dialog, "chosen", G_CALLBACK (on_set_chosen_cb), self, G_CONNECT_SWAPPED);
  adw_dialog_present (dialog, GTK_WIDGET (self));
}

static void
on_size_cb (GObject *source,
            GAsyncResult *result,
            gpointer user_data)
{
  g_autoptr (MosHoursPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFileInfo) info = g_file_query_info_finish (G_FILE (source), result, &error);
  FileCall *call;
  char *dot;

  if (info != NULL && g_file_info_get_size (info) > MOS_HOLIDAYS_MAX_BYTES)
    g_set_error_literal (&error, G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE, "too large");
  if (error != NULL)
    {
      show_file_problem (self, error);
      return;
    }
  call = g_new0 (FileCall, 1);
  call->self = g_steal_pointer (&self);
  call->name = g_strdup (g_file_info_get_display_name (info));
  dot = strrchr (call->name, '.');
  if (dot != NULL && dot != call->name)
    *dot = '\0';
  g_file_load_bytes_async (G_FILE (source), call->self->cancellable, on_loaded_cb, call);
}

void
mos_hours_page_take_file (MosHoursPage *self,
                          GFile *file)
{
  g_return_if_fail (MOS_IS_HOURS_PAGE (self));

  g_file_query_info_async (file, G_FILE_ATTRIBUTE_STANDARD_SIZE "," G_FILE_ATTRIBUTE_STANDARD_DISPLAY_NAME, G_FILE_QUERY_INFO_NONE, G_PRIORITY_DEFAULT, self->cancellable, on_size_cb, g_object_ref (self));
}

static void
on_file_cb (GObject *source,
            GAsyncResult *result,
            gpointer user_data)
{
  g_autoptr (MosHoursPage) self = user_data;
  g_autoptr (GFile) file = gtk_file_dialog_open_finish (GTK_FILE_DIALOG (source), result, NULL);

  if (file != NULL)
    mos_hours_page_take_file (self, file);
}

static void
on_add_set_cb (MosHoursPage *self)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  g_autoptr (GListStore) filters = g_list_store_new (GTK_TYPE_FILE_FILTER);
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, _ ("Calendars"));
  gtk_file_filter_add_mime_type (filter, "text/calendar");
  gtk_file_filter_add_suffix (filter, "ics");
  g_list_store_append (filters, filter);
  gtk_file_dialog_set_title (dialog, _ ("Holidays From a File"));
  gtk_file_dialog_set_filters (dialog, G_LIST_MODEL (filters));
  gtk_file_dialog_open (dialog, GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), self->cancellable, on_file_cb, g_object_ref (self));
}

/* --- life --- */

/* "" and the names that this computer knows, sorted. */
static GStrv
list_zones (void)
{
  static const char *const files[] = { "/usr/share/zoneinfo/tzdata.zi", "/usr/share/zoneinfo/zone1970.tab", "/usr/share/zoneinfo/zone.tab" };
  g_autoptr (GPtrArray) zones = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  g_ptr_array_add (zones, g_strdup (""));
  for (guint i = 1; i < G_N_ELEMENTS (files) && zones->len == 1; i++)
    {
      g_autofree char *text = NULL;
      g_auto (GStrv) lines = NULL;

      if (!g_file_get_contents (files[i], &text, NULL, NULL))
        continue;
      lines = g_strsplit (text, "\n", -1);
      for (guint j = 0; lines[j] != NULL; j++)
        {
          g_auto (GStrv) columns = *lines[j] != '#' ? g_strsplit (lines[j], "\t", -1) : NULL;

          if (columns != NULL && g_strv_length (columns) >= 3 && !g_hash_table_contains (seen, columns[2]))
            {
              g_ptr_array_add (zones, g_strdup (columns[2]));
              g_hash_table_add (seen, zones->pdata[zones->len - 1]);
            }
        }
    }
  g_ptr_array_sort_values (zones, (GCompareFunc) g_strcmp0);
  g_ptr_array_add (zones, NULL);
  return (GStrv) g_ptr_array_free (g_steal_pointer (&zones), FALSE);
}

static void
mos_hours_page_dispose (GObject *object)
{
  MosHoursPage *self = MOS_HOURS_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  gtk_widget_dispose_template (GTK_WIDGET (self), MOS_TYPE_HOURS_PAGE);
  g_clear_object (&self->desk);
  g_clear_pointer (&self->shown, mos_calendar_unref);
  g_clear_pointer (&self->edited, mos_calendar_unref);
  G_OBJECT_CLASS (mos_hours_page_parent_class)->dispose (object);
}

static void
mos_hours_page_finalize (GObject *object)
{
  MosHoursPage *self = MOS_HOURS_PAGE (object);

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->zones, g_strfreev);
  G_OBJECT_CLASS (mos_hours_page_parent_class)->finalize (object);
}

static void
mos_hours_page_class_init (MosHoursPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mos_hours_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = mos_hours_page_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/mostrador/Mostrador/ui/mos-hours-page.ui");
  gtk_widget_class_bind_template_child (widget_class, MosHoursPage, save_button);
  gtk_widget_class_bind_template_child (widget_class, MosHoursPage, state_row);
  gtk_widget_class_bind_template_child (widget_class, MosHoursPage, zone_row);
  gtk_widget_class_bind_template_child (widget_class, MosHoursPage, week_group);
  gtk_widget_class_bind_template_child (widget_class, MosHoursPage, dates_group);
  gtk_widget_class_bind_template_child (widget_class, MosHoursPage, sets_group);
  gtk_widget_class_bind_template_child (widget_class, MosHoursPage, add_date_row);
  gtk_widget_class_bind_template_child (widget_class, MosHoursPage, add_set_row);
  gtk_widget_class_bind_template_child (widget_class, MosHoursPage, past_group);
  gtk_widget_class_bind_template_child (widget_class, MosHoursPage, corrects_row);
  gtk_widget_class_bind_template_callback (widget_class, on_save_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_edited_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_add_date_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_add_set_cb);
}

static void
mos_hours_page_init (MosHoursPage *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  g_autoptr (GTimeZone) local = g_time_zone_new_local ();
  /* Translators: a choice of time zone; %s is its name, such as Europe/Madrid. */
  g_autofree char *same = g_strdup_printf (_ ("As this computer (%s)"), g_time_zone_get_identifier (local));
  int first = first_weekday ();

  self->filling = TRUE;
  self->cancellable = g_cancellable_new ();
  self->rows = g_ptr_array_new ();
  self->zones = list_zones ();
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_string_list_append (names, same);
  for (guint i = 1; self->zones[i] != NULL; i++)
    gtk_string_list_append (names, self->zones[i]);
  adw_combo_row_set_model (self->zone_row, G_LIST_MODEL (names));
  for (int i = 0; i < 7; i++)
    {
      int weekday = (first - 1 + i) % 7 + 1;
      g_autofree char *name = weekday_name (weekday);
      GtkWidget *row = adw_entry_row_new ();

      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name);
      g_signal_connect_object (row, "changed", G_CALLBACK (on_edited_cb), self, G_CONNECT_SWAPPED);
      adw_preferences_group_add (self->week_group, row);
      self->days[weekday - 1] = row;
    }
  self->filling = FALSE;
}

MosHoursPage *
mos_hours_page_new (MosDesk *desk)
{
  MosHoursPage *self = g_object_new (MOS_TYPE_HOURS_PAGE, NULL);

  self->desk = g_object_ref (desk);
  /* A zone that the list does not have is one all the same. */
  if (mos_desk_get_calendar (desk) != NULL)
    {
      const char *name = mos_calendar_get_zone_name (mos_desk_get_calendar (desk));

      if (!g_strv_contains ((const char *const *) self->zones, name))
        {
          g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

          g_strv_builder_addv (builder, (const char **) self->zones);
          g_strv_builder_add (builder, name);
          g_strfreev (self->zones);
          self->zones = g_strv_builder_end (builder);
          gtk_string_list_append (GTK_STRING_LIST (adw_combo_row_get_model (self->zone_row)), name);
        }
    }
  fill_with_saved (self);
  g_signal_connect_object (desk, "calendar-changed", G_CALLBACK (on_calendar_changed_cb), self, G_CONNECT_SWAPPED);
  return self;
}
