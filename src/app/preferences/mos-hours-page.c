/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-preferences"

#include "config.h"

#include "app/preferences/mos-hours-page.h"

#include "app/application/mos-error-text.h"
#include "app/help/mos-help-button.h"
#include "app/preferences/mos-hours-dialogs.h"
#include "app/preferences/mos-hours-text.h"
#include "app/widgets/mos-dialog.h"
#include "app/widgets/mos-text-direction.h"
#include "app/widgets/mos-toast-show.h"
#include "app/widgets/mos-undo-toast.h"
#include "core/automation/mos-holidays.h"

#include <glib/gi18n.h>

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

  GtkWidget *days[7];           /* (borrowed) entry rows, from Monday */
  GPtrArray *rows;              /* of GtkWidget (borrowed): of dates and sets */
  GStrv zones;                  /* names; the first one is "": that of the computer */
  MosDesk *desk;                /* (owned) */
  AdwPreferencesDialog *dialog; /* (weak) (nullable): whose page it is, on view or not */
  MosCalendar *proposal;        /* (owned): where nobody set any hours */
  MosCalendar *shown;           /* (owned): the dates that the page has; they are not typed here */
  MosCalendar *edited;          /* (owned) (nullable): what it says now; %NULL while something is not understood */
  GCancellable *cancellable;    /* (owned) */
  gboolean filling;
  gboolean changed;
};

enum
{
  SIGNAL_SAVED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (MosHoursPage, mos_hours_page, ADW_TYPE_NAVIGATION_PAGE)

/* As most shops have it, until somebody says otherwise. */
#define FIRST_HOURS "mon 09:00-18:00\ntue 09:00-18:00\nwed 09:00-18:00\nthu 09:00-18:00\nfri 09:00-18:00\n"

/* --- what the page says --- */

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

/* What the page says. Returns: (transfer full) (nullable): %NULL where something is not understood; @ret_problem: what */
static MosCalendar *
read_page (MosHoursPage *self,
           char **ret_problem)
{
  g_autoptr (GPtrArray) week = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
  guint zone = adw_combo_row_get_selected (self->zone_row);
  MosCalendar *calendar;

  for (int i = 0; i < 7; i++)
    {
      g_autofree char *problem = NULL;
      GArray *hours = mos_hours_read (gtk_editable_get_text (GTK_EDITABLE (self->days[i])), &problem);

      mark_row (self->days[i], problem);
      if (hours != NULL)
        g_ptr_array_add (week, hours);
      else if (*ret_problem == NULL)
        {
          g_autofree char *name = mos_hours_text_weekday (i + 1);

          /* Translators: the first %s is a day of the week, the second a sentence: what is wrong with its times. */
          *ret_problem = g_strdup_printf (_ ("%s: %s"), name, problem);
        }
    }
  if (week->len < 7)
    return NULL;
  calendar = mos_calendar_with_week (self->shown, zone != GTK_INVALID_LIST_POSITION ? self->zones[zone] : "", (GArray *const *) week->pdata);
  if (calendar == NULL)
    *ret_problem = g_strdup (_ ("This computer does not know the time zone."));
  return calendar;
}

static void
update (MosHoursPage *self)
{
  MosCalendar *saved = self->desk != NULL ? mos_desk_get_calendar (self->desk) : NULL;
  g_autofree char *problem = NULL;
  g_autofree char *state = NULL;

  if (self->filling || self->desk == NULL)
    return;
  g_clear_pointer (&self->edited, mos_calendar_unref);
  self->edited = read_page (self, &problem);
  self->changed = self->edited == NULL || !mos_calendar_equal (self->edited, saved != NULL ? saved : self->proposal);
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
  if (self->dialog != NULL)
    adw_dialog_set_can_close (ADW_DIALOG (self->dialog), !self->changed);
}

/* --- filling it --- */

static void fill_dates (MosHoursPage *self);

/* The same with other dates. @calendar: (transfer full) */
static void
take_dates (MosHoursPage *self,
            MosCalendar *calendar)
{
  g_clear_pointer (&self->shown, mos_calendar_unref);
  self->shown = calendar;
  fill_dates (self);
  update (self);
}

static void
on_remove_date_cb (MosHoursPage *self,
                   GtkWidget *button)
{
  guint32 julian = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "julian"));

  /* The keyboard stays where it was. */
  gtk_widget_grab_focus (self->add_date_row);
  take_dates (self, mos_calendar_with_date (self->shown, julian, NULL, NULL));
}

static void
on_remove_set_cb (MosHoursPage *self,
                  GtkWidget *button)
{
  g_autofree char *set = g_strdup (g_object_get_data (G_OBJECT (button), "set"));

  gtk_widget_grab_focus (self->add_set_row);
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
  mos_widget_set_label (button, remove);
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

/* The zone's place in the list, which may not have it: it is one all the same. */
static guint
find_zone (MosHoursPage *self,
           const char *name)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  guint n = 0;

  for (; self->zones[n] != NULL; n++)
    if (g_str_equal (self->zones[n], name))
      return n;
  g_strv_builder_addv (builder, (const char **) self->zones);
  g_strv_builder_add (builder, name);
  g_strfreev (self->zones);
  self->zones = g_strv_builder_end (builder);
  gtk_string_list_append (GTK_STRING_LIST (adw_combo_row_get_model (self->zone_row)), name);
  return n;
}

static void
fill_with_saved (MosHoursPage *self)
{
  MosCalendar *saved = mos_desk_get_calendar (self->desk);

  self->filling = TRUE;
  g_clear_pointer (&self->shown, mos_calendar_unref);
  self->shown = mos_calendar_ref (saved != NULL ? saved : self->proposal);
  adw_combo_row_set_selected (self->zone_row, find_zone (self, mos_calendar_get_zone_name (self->shown)));
  for (int i = 0; i < 7; i++)
    {
      g_autofree char *hours = mos_hours_text (mos_calendar_get_hours (self->shown, i + 1));

      gtk_editable_set_text (GTK_EDITABLE (self->days[i]), hours);
    }
  adw_switch_row_set_active (self->corrects_row, FALSE);
  fill_dates (self);
  self->filling = FALSE;
  update (self);
}

static void
on_calendar_changed_cb (MosHoursPage *self)
{
  MosCalendar *saved;

  if (self->desk == NULL)
    return;
  saved = mos_desk_get_calendar (self->desk);
  /* From elsewhere, or an undo; what is being edited here is not lost by it. */
  if (!self->changed || (self->edited != NULL && saved != NULL && mos_calendar_equal (self->edited, saved)))
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
show_toast (MosHoursPage *self,
            AdwToast *toast)
{
  if (self->dialog != NULL)
    mos_toast_show_in_preferences (self->dialog, toast);
  else
    g_object_unref (g_object_ref_sink (toast));
}

static void
on_undone_cb (GObject *source,
              GAsyncResult *result,
              gpointer user_data)
{
  g_autoptr (MosHoursPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *label = mos_desk_undo_finish (MOS_DESK (source), result, &error);

  if (error == NULL)
    show_toast (self, adw_toast_new (_ ("The hours are as before")));
  else if (g_error_matches (error, MOS_STORE_ERROR, MOS_STORE_ERROR_CONFLICT))
    show_toast (self, adw_toast_new (_ ("The hours were changed since; they stay as they are")));
  else
    show_toast (self, adw_toast_new (mos_error_text (error).title));
}

static void
on_saved_cb (GObject *source,
             GAsyncResult *result,
             gpointer user_data)
{
  g_autoptr (MosHoursPage) self = user_data;
  g_autoptr (GError) error = NULL;
  gint64 batch = 0;

  if (!mos_desk_action_finish (MOS_DESK (source), result, &batch, &error))
    {
      show_toast (self, adw_toast_new (mos_error_text (error).title));
      update (self);
    }
  else if (batch != 0)
    show_toast (self, mos_undo_toast_new (_ ("Business hours saved"), self->desk, batch, on_undone_cb, self));
  g_signal_emit (self, signals[SIGNAL_SAVED], 0, error == NULL);
}

gboolean
mos_hours_page_save (MosHoursPage *self)
{
  g_return_val_if_fail (MOS_IS_HOURS_PAGE (self), FALSE);

  if (self->edited == NULL)
    return FALSE;
  /* It cannot be pressed twice; the keyboard goes on, or Escape would reach nothing. */
  if (gtk_widget_has_focus (self->save_button))
    gtk_widget_grab_focus (GTK_WIDGET (self->zone_row));
  gtk_widget_set_sensitive (self->save_button, FALSE);
  mos_desk_set_calendar_async (self->desk, self->edited, adw_switch_row_get_active (self->corrects_row), NULL, on_saved_cb, g_object_ref (self));
  return TRUE;
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
    take_dates (self, mos_calendar_with_date (self->shown, julian, read, name));
}

static void
on_add_date_cb (MosHoursPage *self)
{
  AdwDialog *dialog = mos_hours_date_dialog_new ();

  g_signal_connect_object (dialog, "chosen", G_CALLBACK (on_date_chosen_cb), self, G_CONNECT_SWAPPED);
  mos_dialog_present (dialog, GTK_WIDGET (self));
}

static void
on_set_chosen_cb (MosHoursPage *self,
                  const char *name,
                  GPtrArray *dates)
{
  take_dates (self, mos_calendar_with_set (self->shown, name, dates));
}

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
  mos_dialog_present (alert, GTK_WIDGET (self));
}

static void
on_loaded_cb (GObject *source,
              GAsyncResult *result,
              gpointer user_data)
{
  g_autoptr (MosHoursPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MosHolidays) holidays = mos_holidays_load_finish (G_FILE (source), result, &error);
  AdwDialog *dialog;

  if (holidays == NULL)
    {
      show_file_problem (self, error);
      return;
    }
  dialog = mos_hours_holidays_dialog_new (holidays);
  g_signal_connect_object (dialog, "chosen", G_CALLBACK (on_set_chosen_cb), self, G_CONNECT_SWAPPED);
  mos_dialog_present (dialog, GTK_WIDGET (self));
}

void
mos_hours_page_take_file (MosHoursPage *self,
                          GFile *file)
{
  g_return_if_fail (MOS_IS_HOURS_PAGE (self));

  mos_holidays_load_async (file, self->edited != NULL ? self->edited : self->shown, self->cancellable, on_loaded_cb, g_object_ref (self));
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
  static const char *const files[] = { "/usr/share/zoneinfo/zone1970.tab", "/usr/share/zoneinfo/zone.tab" };
  g_autoptr (GPtrArray) zones = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  g_ptr_array_add (zones, g_strdup (""));
  for (guint i = 0; i < G_N_ELEMENTS (files) && zones->len == 1; i++)
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

  /* Rows that go tell of it. */
  self->filling = TRUE;
  g_cancellable_cancel (self->cancellable);
  gtk_widget_dispose_template (GTK_WIDGET (self), MOS_TYPE_HOURS_PAGE);
  g_clear_object (&self->desk);
  g_clear_weak_pointer (&self->dialog);
  g_clear_pointer (&self->shown, mos_calendar_unref);
  g_clear_pointer (&self->edited, mos_calendar_unref);
  G_OBJECT_CLASS (mos_hours_page_parent_class)->dispose (object);
}

static void
mos_hours_page_finalize (GObject *object)
{
  MosHoursPage *self = MOS_HOURS_PAGE (object);

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->proposal, mos_calendar_unref);
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
  /* gboolean done: %FALSE where it failed */
  signals[SIGNAL_SAVED] = g_signal_new ("saved", MOS_TYPE_HOURS_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
  g_type_ensure (MOS_TYPE_HELP_BUTTON);
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
  int first = mos_hours_text_first_weekday ();

  self->filling = TRUE;
  self->cancellable = g_cancellable_new ();
  self->rows = g_ptr_array_new ();
  self->proposal = mos_calendar_parse (FIRST_HOURS, NULL);
  self->zones = list_zones ();
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_string_list_append (names, same);
  for (guint i = 1; self->zones[i] != NULL; i++)
    gtk_string_list_append (names, self->zones[i]);
  adw_combo_row_set_model (self->zone_row, G_LIST_MODEL (names));
  for (int i = 0; i < 7; i++)
    {
      int weekday = (first - 1 + i) % 7 + 1;
      g_autofree char *name = mos_hours_text_weekday (weekday);
      GtkWidget *row = adw_entry_row_new ();

      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name);
      g_signal_connect_object (row, "changed", G_CALLBACK (on_edited_cb), self, G_CONNECT_SWAPPED);
      adw_preferences_group_add (self->week_group, row);
      self->days[weekday - 1] = row;
    }
  self->filling = FALSE;
}

MosHoursPage *
mos_hours_page_new (MosDesk *desk,
                    AdwPreferencesDialog *dialog)
{
  MosHoursPage *self = g_object_new (MOS_TYPE_HOURS_PAGE, NULL);

  self->desk = g_object_ref (desk);
  g_set_weak_pointer (&self->dialog, dialog);
  fill_with_saved (self);
  g_signal_connect_object (desk, "calendar-changed", G_CALLBACK (on_calendar_changed_cb), self, G_CONNECT_SWAPPED);
  return self;
}
