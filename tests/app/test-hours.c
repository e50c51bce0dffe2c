/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "app/application/mos-background.h"
#include "app/application/mos-ringing.h"
#include "app/application/mos-settings.h"
#include "app/preferences/mos-hours-page.h"
#include "app/preferences/mos-hours-text.h"
#include "app/preferences/mos-preferences-dialog.h"
#include "core/base/mos-time.h"
#include "mos-desk-fixtures.h"
#include "mos-test.h"

#include <string.h>

/* --- texts --- */

/* What is typed, and how it is written then; NULL = refused, with these words. */
static const struct
{
  const char *typed;
  const char *written;
  const char *refused;
} rows[] = {
  { "", "", NULL },
  { "closed", "", NULL },
  { " Closed ", "", NULL },
  { "9-14", "09:00–14:00", NULL },
  { "9:00–14:00, 16:00–19:30", "09:00–14:00, 16:00–19:30", NULL },
  { "16-19 9-14", "09:00–14:00, 16:00–19:00", NULL },
  { "9.30-14h; 16h30-19", "09:30–14:00, 16:30–19:00", NULL },
  { "22:00-06:00", "22:00–06:00", NULL },
  { "22:00 to 6", "22:00–06:00", NULL },
  { "0-24", "00:00–24:00", NULL },
  { "9 am to 5 pm", "09:00–17:00", NULL },
  { "12am-12pm", "00:00–12:00", NULL },
  { "٩:٠٠-١٤:٠٠، ١٦-١٩", "09:00–14:00, 16:00–19:00", NULL },
  { "9", NULL, "is missing" },
  { "9-", NULL, "is missing" },
  { "9-25:99", NULL, "no such time" },
  { "25-26", NULL, "no such time" },
  { "9:5-10", NULL, "no such time" },
  { "13 pm-14", NULL, "no such time" },
  { "morning", NULL, "not understood" },
  { "9-14, later", NULL, "“later” is not understood" },
  { "9-14, 13-19", NULL, "overlap" },
};

static void
test_texts (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *problem = NULL;
      g_autoptr (GArray) hours = mos_hours_read (rows[i].typed, &problem);
      g_autofree char *written = hours != NULL ? mos_hours_text (hours) : NULL;

      g_test_message ("%s", rows[i].typed);
      g_assert_cmpstr (written, ==, rows[i].written);
      if (rows[i].refused != NULL)
        g_assert_nonnull (strstr (problem, rows[i].refused));
      else
        {
          g_autoptr (GArray) again = mos_hours_read (written, NULL);
          g_autofree char *twice = mos_hours_text (again);

          g_assert_cmpstr (twice, ==, written);
        }
    }
}

static const struct
{
  const char *lines;
  const char *now;
  const char *sentence;
} states[] = {
  { "mon 09:00-14:00 16:00-19:00\n", "2026-11-30T12:00:00+01:00", "Open now; closes at 14:00" },
  { "mon 09:00-14:00 16:00-19:00\n", "2026-11-30T15:00:00+01:00", "Closed now; opens at 16:00" },
  { "mon 09:00-14:00\ntue 10:00-14:00\n", "2026-11-30T15:00:00+01:00", "Closed now; opens tomorrow at 10:00" },
  { "mon 09:00-14:00\n", "2026-11-27T15:00:00+01:00", "Next opening Monday 09:00" },
  { "mon 22:00-30:00\n", "2026-11-30T23:00:00+01:00", "Open now; closes tomorrow at 06:00" },
  { "2027-01-11 09:00-14:00\n", "2026-11-30T23:00:00+01:00", "Next opening Monday, 11 January 2027 09:00" },
  { "", "2026-11-30T23:00:00+01:00", "Never open" },
};

static void
test_states (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    {
      g_autofree char *text = g_strconcat ("zone Europe/Madrid\n", states[i].lines, NULL);
      g_autoptr (MosCalendar) calendar = mos_calendar_parse (text, NULL);
      g_autofree char *said = mos_hours_text_state (calendar, mos_time_parse (states[i].now, NULL));

      g_assert_cmpstr (said, ==, states[i].sentence);
    }
}

/* --- notifications --- */

static void
test_quiet (void)
{
  g_autoptr (MosCalendar) calendar = mos_calendar_parse ("zone Europe/Madrid\nmon 09:00-14:00\n", NULL);
  g_autoptr (MosCalendar) nobody = mos_calendar_parse ("zone Europe/Madrid\n", NULL);
  gint64 open_us = mos_time_parse ("2026-11-30T12:00:00+01:00", NULL), closed_us = mos_time_parse ("2026-11-30T15:00:00+01:00", NULL);

  g_assert_false (mos_background_is_closed (calendar, open_us));
  g_assert_true (mos_background_is_closed (calendar, closed_us));
  /* Without hours nothing is ever held back. */
  g_assert_false (mos_background_is_closed (nobody, closed_us));
  g_assert_false (mos_background_is_closed (NULL, closed_us));

  g_assert_false (mos_settings_is_silent ("a"));
  mos_settings_set_silent ("a", TRUE);
  mos_settings_set_silent ("b", TRUE);
  mos_settings_set_silent ("a", TRUE);
  g_assert_true (mos_settings_is_silent ("a"));
  mos_settings_set_silent ("a", FALSE);
  g_assert_false (mos_settings_is_silent ("a"));
  g_assert_true (mos_settings_is_silent ("b"));
  mos_settings_set_silent ("b", FALSE);
}

/* A telephone that rings is told of as a message is, and held back when that is. */
static void
test_quiet_ringing (void)
{
  GSettings *settings = mos_settings_get ();
  static const char *const days[] = { "mon", "tue", "wed", "thu", "fri", "sat", "sun" };
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  /* Open on a day that is neither today nor near it; and always. */
  g_autofree char *other_day = g_strdup_printf ("zone UTC\n%s 09:00-10:00\n", days[(g_date_time_get_day_of_week (now) + 2) % 7]);
  g_autoptr (MosCalendar) closed = mos_calendar_parse (other_day, NULL);
  g_autoptr (MosCalendar) open = mos_calendar_parse ("zone UTC\nmon 00:00-24:00\ntue 00:00-24:00\nwed 00:00-24:00\nthu 00:00-24:00\nfri 00:00-24:00\nsat 00:00-24:00\nsun 00:00-24:00\n", NULL);
  g_autoptr (MosChatUpdate) theirs = mos_chat_update_new ();
  g_autoptr (MosChatUpdate) ours = mos_chat_update_new ();
  int hour = g_date_time_get_hour (now);

  theirs->kind = ours->kind = MOS_CHAT_RINGING;
  ours->is_own = TRUE;
  g_assert_true (mos_ringing_is_shown (theirs, NULL));
  g_assert_false (mos_ringing_is_shown (ours, NULL));

  g_settings_set_boolean (settings, "quiet-hours", TRUE);
  g_settings_set_int (settings, "quiet-from", hour);
  g_settings_set_int (settings, "quiet-until", (hour + 2) % 24);
  g_assert_false (mos_ringing_is_shown (theirs, NULL));
  g_settings_set_int (settings, "quiet-from", (hour + 2) % 24);
  g_settings_set_int (settings, "quiet-until", (hour + 4) % 24);
  g_assert_true (mos_ringing_is_shown (theirs, NULL));
  g_settings_reset (settings, "quiet-hours");

  g_settings_set_boolean (settings, "quiet-when-closed", TRUE);
  g_assert_true (mos_ringing_is_shown (theirs, open));
  g_assert_false (mos_ringing_is_shown (theirs, closed));
  g_settings_reset (settings, "quiet-when-closed");

  g_settings_set_boolean (settings, "notify-arrived", FALSE);
  g_assert_false (mos_ringing_is_shown (theirs, open));
  g_settings_reset (settings, "notify-arrived");
}

/* --- the page --- */

static GtkWidget *
find_titled (GtkWidget *widget,
             GType type,
             const char *title)
{
  if (g_type_is_a (G_OBJECT_TYPE (widget), type) &&
      (title == NULL || (ADW_IS_PREFERENCES_ROW (widget) && g_strcmp0 (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)), title) == 0) ||
       (GTK_IS_BUTTON (widget) && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), title) == 0)))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_titled (child, type, title);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static char *
saved_text (MosDesk *desk)
{
  MosCalendar *calendar = mos_desk_get_calendar (desk);

  return calendar != NULL ? mos_calendar_to_text (calendar) : g_strdup ("");
}

static gboolean
is_saved (MosDesk *desk,
          const char *text)
{
  g_autofree char *saved = saved_text (desk);

  return g_str_equal (saved, text);
}

#define WEEK "tue 09:00-18:00\nwed 09:00-18:00\nthu 09:00-18:00\nfri 09:00-18:00\n"

static void
test_page (void)
{
  static const char ics[] = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nX-WR-CALNAME:Spain\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART;VALUE=DATE:20000101\r\nRRULE:FREQ=YEARLY\r\nSUMMARY:New Year\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
  g_autoptr (MosDeskFixture) f = mos_desk_fixture_new ();
  g_autofree char *path = NULL;
  g_autofree char *saved = NULL;
  g_autoptr (GFile) file = NULL;
  GtkWidget *window = adw_window_new (), *bin = adw_bin_new (), *monday, *save, *undo;
  AdwDialog *preferences = ADW_DIALOG (mos_preferences_dialog_new (f->desk)), *shown;
  MosHoursPage *page;

  adw_window_set_content (ADW_WINDOW (window), bin);
  gtk_window_set_default_size (GTK_WINDOW (window), 400, 700);
  gtk_window_present (GTK_WINDOW (window));
  adw_dialog_present (preferences, bin);
  g_signal_emit_by_name (find_titled (GTK_WIDGET (preferences), ADW_TYPE_ACTION_ROW, "_Business Hours"), "activated");
  mos_test_wait (find_titled (GTK_WIDGET (preferences), MOS_TYPE_HOURS_PAGE, NULL) != NULL, 5000);
  page = MOS_HOURS_PAGE (find_titled (GTK_WIDGET (preferences), MOS_TYPE_HOURS_PAGE, NULL));
  monday = find_titled (GTK_WIDGET (page), ADW_TYPE_ENTRY_ROW, "Monday");
  save = find_titled (GTK_WIDGET (page), GTK_TYPE_BUTTON, "_Save");

  /* A proposal is shown, nothing is set yet. */
  g_assert_null (mos_desk_get_calendar (f->desk));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (monday)), ==, "09:00–18:00");
  g_assert_true (adw_dialog_get_can_close (preferences));

  /* What is not understood cannot be saved, and says so. */
  gtk_editable_set_text (GTK_EDITABLE (monday), "9-14, 13-19");
  g_assert_false (gtk_widget_get_sensitive (save));
  g_assert_false (mos_hours_page_save (page));
  g_assert_true (gtk_widget_has_css_class (monday, "error"));
  g_assert_false (adw_dialog_get_can_close (preferences));

  gtk_editable_set_text (GTK_EDITABLE (monday), "9-14, 16-19");
  g_assert_false (gtk_widget_has_css_class (monday, "error"));
  g_assert_true (gtk_widget_get_sensitive (save));
  g_signal_emit_by_name (save, "clicked");
  mos_test_wait (is_saved (f->desk, "mon 09:00-14:00 16:00-19:00\n" WEEK), 5000);
  g_assert_true (adw_dialog_get_can_close (preferences));

  mos_manual_clock_advance (MOS_MANUAL_CLOCK (f->store->clock), G_TIME_SPAN_MINUTE);

  /* A file: its days are shown first, and come with what was typed meanwhile. */
  path = g_strconcat (f->store->profile, ".ics", NULL);
  g_assert_true (g_file_set_contents (path, ics, -1, NULL));
  file = g_file_new_for_path (path);
  gtk_editable_set_text (GTK_EDITABLE (monday), "10-12");
  mos_hours_page_take_file (page, file);
  mos_test_wait ((shown = adw_window_get_visible_dialog (ADW_WINDOW (window))) != NULL && shown != preferences, 5000);
  g_signal_emit_by_name (find_titled (GTK_WIDGET (shown), GTK_TYPE_BUTTON, "_Add"), "clicked");
  g_assert_nonnull (find_titled (GTK_WIDGET (page), ADW_TYPE_ACTION_ROW, "Spain"));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (monday)), ==, "10-12");
  g_assert_true (mos_hours_page_save (page));
  mos_test_wait (adw_dialog_get_can_close (preferences), 5000);
  saved = saved_text (f->desk);
  g_assert_true (g_str_has_prefix (saved, "mon 10:00-12:00\n" WEEK "holidays Spain\n"));
  g_assert_nonnull (strstr (saved, "-01-01 closed New Year\n"));
  /* Twice from now on: the first is known, too. */
  g_assert_cmpuint (mos_desk_get_calendars (f->desk)->len, ==, 2);

  /* The toast takes it back. */
  mos_test_wait ((undo = find_titled (GTK_WIDGET (preferences), GTK_TYPE_BUTTON, "_Undo")) != NULL, 5000);
  g_signal_emit_by_name (undo, "clicked");
  mos_test_wait (is_saved (f->desk, "mon 09:00-14:00 16:00-19:00\n" WEEK), 5000);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (monday)), ==, "09:00–14:00, 16:00–19:00");
  g_assert_null (find_titled (GTK_WIDGET (page), ADW_TYPE_ACTION_ROW, "Spain"));
  g_assert_cmpuint (mos_desk_get_calendars (f->desk)->len, ==, 1);

  adw_dialog_force_close (preferences);
  gtk_window_destroy (GTK_WINDOW (window));
}

/* Days of a file are something to be saved also where no hours were; left through the question, the dialog closes once they are. */
static void
test_close (void)
{
  static const char ics[] = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART;VALUE=DATE:20000101\r\nRRULE:FREQ=YEARLY\r\nSUMMARY:New Year\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
  g_autoptr (MosDeskFixture) f = mos_desk_fixture_new ();
  g_autofree char *path = g_strconcat (f->store->profile, ".ics", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autofree char *name = g_path_get_basename (f->store->profile);
  g_autofree char *line = g_strdup_printf ("holidays %s\n", name);
  g_autofree char *saved = NULL;
  GtkWidget *window = adw_window_new (), *bin = adw_bin_new (), *monday;
  AdwDialog *preferences = ADW_DIALOG (mos_preferences_dialog_new (f->desk)), *shown;
  MosHoursPage *page;

  adw_window_set_content (ADW_WINDOW (window), bin);
  gtk_window_set_default_size (GTK_WINDOW (window), 400, 700);
  gtk_window_present (GTK_WINDOW (window));
  adw_dialog_present (preferences, bin);
  g_signal_emit_by_name (find_titled (GTK_WIDGET (preferences), ADW_TYPE_ACTION_ROW, "_Business Hours"), "activated");
  mos_test_wait (find_titled (GTK_WIDGET (preferences), MOS_TYPE_HOURS_PAGE, NULL) != NULL, 5000);
  page = MOS_HOURS_PAGE (find_titled (GTK_WIDGET (preferences), MOS_TYPE_HOURS_PAGE, NULL));
  monday = find_titled (GTK_WIDGET (page), ADW_TYPE_ENTRY_ROW, "Monday");

  g_assert_true (g_file_set_contents (path, ics, -1, NULL));
  mos_hours_page_take_file (page, file);
  mos_test_wait ((shown = adw_window_get_visible_dialog (ADW_WINDOW (window))) != NULL && shown != preferences, 5000);
  g_signal_emit_by_name (find_titled (GTK_WIDGET (shown), GTK_TYPE_BUTTON, "_Add"), "clicked");
  g_assert_false (adw_dialog_get_can_close (preferences));

  /* What is not understood is not saved: it is shown. */
  gtk_editable_set_text (GTK_EDITABLE (monday), "9-14, 13-19");
  mos_test_wait (adw_window_get_visible_dialog (ADW_WINDOW (window)) == preferences, 5000);
  adw_dialog_close (preferences);
  mos_test_wait (ADW_IS_ALERT_DIALOG (shown = adw_window_get_visible_dialog (ADW_WINDOW (window))), 5000);
  g_signal_emit_by_name (shown, "response::save", "save");
  adw_dialog_force_close (shown);
  mos_test_wait (adw_window_get_visible_dialog (ADW_WINDOW (window)) == preferences, 5000);
  g_assert_null (mos_desk_get_calendar (f->desk));

  gtk_editable_set_text (GTK_EDITABLE (monday), "9-14");
  adw_dialog_close (preferences);
  mos_test_wait (ADW_IS_ALERT_DIALOG (shown = adw_window_get_visible_dialog (ADW_WINDOW (window))), 5000);
  g_signal_emit_by_name (shown, "response::save", "save");
  adw_dialog_force_close (shown);
  mos_test_wait (adw_window_get_visible_dialog (ADW_WINDOW (window)) == NULL, 5000);
  mos_test_wait (mos_desk_get_calendar (f->desk) != NULL, 5000);
  saved = saved_text (f->desk);
  g_assert_true (g_str_has_prefix (saved, "mon 09:00-14:00\n" WEEK));
  g_assert_nonnull (strstr (saved, line));
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int argc,
      char *argv[])
{
  mos_test_init (&argc, &argv);
  adw_init ();
  g_test_add_func ("/hours/texts", test_texts);
  g_test_add_func ("/hours/states", test_states);
  g_test_add_func ("/hours/quiet", test_quiet);
  g_test_add_func ("/hours/quiet-ringing", test_quiet_ringing);
  g_test_add_func ("/hours/page", test_page);
  g_test_add_func ("/hours/close", test_close);
  return g_test_run ();
}
