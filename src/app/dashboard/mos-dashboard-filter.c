/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-dashboard"

#include "config.h"

#include "app/dashboard/mos-dashboard-filter.h"

#include "app/dashboard/mos-dashboard-text.h"
#include "app/widgets/mos-text-direction.h"

#include <glib/gi18n.h>

#define N_FILTERS (MOS_MEASURE_BY_AGENT + 1)

struct _MosDashboardFilter
{
  AdwNavigationPage parent_instance;

  /* owned by the tree */
  AdwEntryRow *from;
  AdwEntryRow *to;
  AdwPreferencesGroup *days;
  AdwComboRow *rows[N_FILTERS];
  AdwSwitchRow *by_question;

  GPtrArray *keys[N_FILTERS]; /* (owned): of each row its keys, the first NULL: whatever it is */
  MosDashboardChoice *choice; /* (owned) */
};

enum
{
  CHANGED,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (MosDashboardFilter, mos_dashboard_filter, ADW_TYPE_NAVIGATION_PAGE)

static void
take (MosDashboardFilter *self,
      MosDashboardChoice *choice /* (transfer full) */)
{
  mos_dashboard_choice_unref (self->choice);
  self->choice = choice;
  g_signal_emit (self, signals[CHANGED], 0, choice);
}

/* --- days --- */

static void
mark (AdwEntryRow *row,
      gboolean is_wrong)
{
  if (is_wrong)
    gtk_widget_add_css_class (GTK_WIDGET (row), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (row), "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_STATE_INVALID, is_wrong ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
}

static void
on_days_cb (MosDashboardFilter *self)
{
  const char *from = gtk_editable_get_text (GTK_EDITABLE (self->from)), *to = gtk_editable_get_text (GTK_EDITABLE (self->to));
  const gboolean has_from = mos_dashboard_choice_is_day (from), has_to = mos_dashboard_choice_is_day (to);
  const gboolean is_backward = has_from && has_to && g_strcmp0 (from, to) > 0;
  MosDashboardChoice *choice;

  mark (self->from, !has_from);
  mark (self->to, !has_to || is_backward);
  adw_preferences_group_set_description (self->days, !has_from || !has_to ? _ ("A day is written as 2026-03-01.") : is_backward ? _ ("The last day is before the first.")
                                                                                                                                : _ ("The first and the last day, by the clock of the shop."));
  if (!has_from || !has_to || is_backward)
    return;
  if (self->choice->query->days == MOS_MEASURE_DAYS_GIVEN && g_strcmp0 (self->choice->query->from, from) == 0 && g_strcmp0 (self->choice->query->to, to) == 0)
    return;
  choice = mos_dashboard_choice_copy (self->choice);
  choice->query->days = MOS_MEASURE_DAYS_GIVEN;
  g_set_str (&choice->query->from, from);
  g_set_str (&choice->query->to, to);
  take (self, choice);
}

static void
on_day_selected_cb (GtkCalendar *calendar,
                    AdwEntryRow *row)
{
  g_autoptr (GDateTime) date = gtk_calendar_get_date (calendar);
  g_autofree char *text = g_date_time_format (date, "%Y-%m-%d");
  GtkWidget *popover = gtk_widget_get_ancestor (GTK_WIDGET (calendar), GTK_TYPE_POPOVER);

  gtk_editable_set_text (GTK_EDITABLE (row), text);
  if (popover != NULL)
    gtk_popover_popdown (GTK_POPOVER (popover));
}

static void
on_calendar_shown_cb (GtkWidget *calendar,
                      AdwEntryRow *row)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (row));
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  g_autofree char *noon = g_strdup_printf ("%sT12:00:00", text);
  g_autoptr (GDateTime) date = mos_dashboard_choice_is_day (text) ? g_date_time_new_from_iso8601 (noon, zone) : NULL;

  if (date == NULL)
    return;
  g_signal_handlers_block_by_func (calendar, on_day_selected_cb, row);
  gtk_calendar_select_day (GTK_CALENDAR (calendar), date);
  g_signal_handlers_unblock_by_func (calendar, on_day_selected_cb, row);
}

static char *
dup_day (gint64 us,
         const char *zone_name)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (zone_name);
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc_usec (us);
  g_autoptr (GDateTime) local = zone != NULL ? g_date_time_to_timezone (utc, zone) : g_date_time_ref (utc);

  return g_date_time_format (local, "%Y-%m-%d");
}

static AdwEntryRow *
day_row_new (MosDashboardFilter *self,
             const char *title,
             const char *text)
{
  GtkWidget *row = adw_entry_row_new (), *button = gtk_menu_button_new (), *popover = gtk_popover_new (), *calendar = gtk_calendar_new ();
  /* Translators: %s is "From" or "To": a button that shows a calendar */
  g_autofree char *label = g_strdup_printf (_ ("%s: choose in a calendar"), title);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_editable_set_text (GTK_EDITABLE (row), text);
  gtk_popover_set_child (GTK_POPOVER (popover), calendar);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (button), popover);
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "x-office-calendar-symbolic");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, label);
  mos_widget_set_label (button, label);
  mos_widget_set_label (calendar, title);
  adw_entry_row_add_suffix (ADW_ENTRY_ROW (row), button);
  g_signal_connect_object (calendar, "day-selected", G_CALLBACK (on_day_selected_cb), row, G_CONNECT_DEFAULT);
  g_signal_connect_object (calendar, "map", G_CALLBACK (on_calendar_shown_cb), row, G_CONNECT_DEFAULT);
  g_signal_connect_object (row, "changed", G_CALLBACK (on_days_cb), self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (self->days, row);
  return ADW_ENTRY_ROW (row);
}

/* --- filters --- */

static void
on_filter_cb (MosDashboardFilter *self,
              GParamSpec *pspec,
              AdwComboRow *row)
{
  for (guint by = 1; by < N_FILTERS; by++)
    if (self->rows[by] == row)
      {
        const char *key = self->keys[by]->pdata[adw_combo_row_get_selected (row)];
        MosDashboardChoice *choice;

        if (g_strcmp0 (self->choice->query->filter->only[by], key) == 0)
          return;
        choice = mos_dashboard_choice_copy (self->choice);
        mos_dashboard_choice_set_filter (choice, (MosMeasureBy) by, key);
        take (self, choice);
      }
}

static void
add_filter (MosDashboardFilter *self,
            AdwPreferencesGroup *group,
            MosMeasureBy by,
            GPtrArray *figures)
{
  GtkStringList *names = gtk_string_list_new (NULL);
  const char *chosen = self->choice->query->filter->only[by];
  guint selected = 0;

  self->keys[by] = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (self->keys[by], NULL);
  /* Translators: a filter that lets everything through */
  gtk_string_list_append (names, C_ ("filter", "All"));
  for (guint i = 0; figures != NULL && i < figures->len; i++)
    {
      const MosMeasureFigures *of = figures->pdata[i];

      if (g_strcmp0 (chosen, of->key) == 0)
        selected = self->keys[by]->len;
      g_ptr_array_add (self->keys[by], g_strdup (of->key));
      gtk_string_list_append (names, mos_dashboard_text_group (by, of->key, of->name));
    }
  /* What is chosen stays, though there is nothing of it in these days. */
  if (chosen != NULL && selected == 0)
    {
      selected = self->keys[by]->len;
      g_ptr_array_add (self->keys[by], g_strdup (chosen));
      gtk_string_list_append (names, mos_dashboard_text_group (by, chosen, NULL));
    }
  self->rows[by] = ADW_COMBO_ROW (adw_combo_row_new ());
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->rows[by]), mos_dashboard_text_by (by));
  adw_combo_row_set_model (self->rows[by], G_LIST_MODEL (names));
  adw_combo_row_set_enable_search (self->rows[by], self->keys[by]->len > 12);
  adw_combo_row_set_selected (self->rows[by], selected);
  g_signal_connect_object (self->rows[by], "notify::selected", G_CALLBACK (on_filter_cb), self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (group, GTK_WIDGET (self->rows[by]));
  g_object_unref (names);
}

static void
on_by_question_cb (MosDashboardFilter *self)
{
  MosDashboardChoice *choice = mos_dashboard_choice_copy (self->choice);

  choice->query->filter->by_question = adw_switch_row_get_active (self->by_question);
  take (self, choice);
}

static void
on_clear_cb (MosDashboardFilter *self)
{
  for (guint by = 1; by < N_FILTERS; by++)
    adw_combo_row_set_selected (self->rows[by], 0);
}

/* --- class --- */

static void
mos_dashboard_filter_finalize (GObject *object)
{
  MosDashboardFilter *self = MOS_DASHBOARD_FILTER (object);

  for (guint by = 0; by < N_FILTERS; by++)
    g_clear_pointer (&self->keys[by], g_ptr_array_unref);
  g_clear_pointer (&self->choice, mos_dashboard_choice_unref);
  G_OBJECT_CLASS (mos_dashboard_filter_parent_class)->finalize (object);
}

static void
mos_dashboard_filter_class_init (MosDashboardFilterClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mos_dashboard_filter_finalize;
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, mos_dashboard_choice_get_type ());
}

static void
mos_dashboard_filter_init (MosDashboardFilter *self)
{
}

MosDashboardFilter *
mos_dashboard_filter_new (MosDashboardChoice *choice,
                          const MosMeasureReport *groups,
                          const MosMeasureReport *shown)
{
  MosDashboardFilter *self = g_object_new (MOS_TYPE_DASHBOARD_FILTER, "title", _ ("What Is Shown"), NULL);
  GtkWidget *view = adw_toolbar_view_new (), *page = adw_preferences_page_new (), *filters = adw_preferences_group_new (), *clear = gtk_button_new_with_mnemonic (_ ("Show _All"));
  g_autofree char *from = NULL, *to = NULL;

  self->choice = mos_dashboard_choice_ref (choice);
  self->days = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  adw_preferences_group_set_title (self->days, _ ("Days"));
  adw_preferences_group_set_description (self->days, _ ("The first and the last day, by the clock of the shop."));
  from = shown != NULL ? dup_day (shown->from_us, shown->zone) : g_strdup ("");
  to = shown != NULL ? dup_day (shown->last_us, shown->zone) : g_strdup ("");
  /* Translators: the first day of a time */
  self->from = day_row_new (self, C_ ("days", "From"), from);
  /* Translators: the last day of a time */
  self->to = day_row_new (self, C_ ("days", "To"), to);

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (filters), _ ("Only Conversations Of"));
  gtk_widget_add_css_class (clear, "flat");
  g_signal_connect_object (clear, "clicked", G_CALLBACK (on_clear_cb), self, G_CONNECT_SWAPPED);
  adw_preferences_group_set_header_suffix (ADW_PREFERENCES_GROUP (filters), clear);
  for (guint by = 1; by < N_FILTERS; by++)
    add_filter (self, ADW_PREFERENCES_GROUP (filters), (MosMeasureBy) by, groups != NULL ? groups->groups[by] : NULL);
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (filters));
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), self->days);
  self->by_question = ADW_SWITCH_ROW (adw_switch_row_new ());
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->by_question), _ ("Scores by the Day of the Question"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->by_question), _ ("In place of that of the answer"));
  adw_switch_row_set_active (self->by_question, choice->query->filter->by_question);
  g_signal_connect_object (self->by_question, "notify::active", G_CALLBACK (on_by_question_cb), self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (self->days, GTK_WIDGET (self->by_question));
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), adw_header_bar_new ());
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), page);
  adw_navigation_page_set_child (ADW_NAVIGATION_PAGE (self), view);
  return self;
}
