/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "app/application/mos-settings.h"
#include "app/dashboard/mos-dashboard-dialog-private.h"
#include "mos-desk-fixtures.h"
#include "mos-test.h"

/* The dashboard that is open: what happens meanwhile, and what is kept under a name. */

typedef struct
{
  MosDeskFixture *fixture;
  GtkWidget *window;
  MosDashboardDialog *dialog;
  char *conversation;
  gint is_over;
} Open;

static Open
open_new (void)
{
  Open self = { .fixture = mos_desk_fixture_new (), .window = adw_window_new () };

  /* within the days that are shown at first */
  self.fixture->at_us += G_GINT64_CONSTANT (10) * 24 * 3600 * G_USEC_PER_SEC;
  self.conversation = mos_desk_fixture_add_conversation (self.fixture, "Where is my order?", 1);
  self.dialog = mos_dashboard_dialog_new (self.fixture->desk);
  gtk_window_present (GTK_WINDOW (self.window));
  adw_dialog_present (ADW_DIALOG (self.dialog), self.window);
  return self;
}

static gboolean
is_settled (Open *self)
{
  return self->dialog->report != NULL && !self->dialog->is_reading && self->dialog->reload_id == 0;
}

static guint
count_new (Open *self)
{
  return self->dialog->report->all->counts[MOS_MEASURE_NEW];
}

static void
open_clear (Open *self)
{
  adw_dialog_force_close (ADW_DIALOG (self->dialog));
  gtk_window_destroy (GTK_WINDOW (self->window));
  g_free (self->conversation);
  mos_desk_fixture_free (self->fixture);
}

/* --- what happens meanwhile --- */

static void
test_live (void)
{
  Open self = open_new ();
  g_autofree char *other = NULL;

  mos_test_wait (is_settled (&self), 10000);
  g_assert_cmpuint (count_new (&self), ==, 1);
  other = mos_desk_fixture_add_conversation (self.fixture, "And my lamp?", 1);
  mos_test_wait (count_new (&self) == 2, 10000);
  mos_test_wait (is_settled (&self), 10000);
  open_clear (&self);
}

/* As slow as a shop of a million messages: whoever reads waits for their turn. */
static gboolean
read_slowly (MosTxn *txn,
             gpointer data,
             GCancellable *cancellable,
             GError **error)
{
  g_usleep (250 * 1000);
  return TRUE;
}

static gpointer
keep_busy (gpointer data)
{
  Open *self = data;

  while (!g_atomic_int_get (&self->is_over))
    mos_store_read_sync (self->fixture->store->store, read_slowly, NULL, NULL, NULL);
  return NULL;
}

static gboolean
mail_cb (gpointer data)
{
  Open *self = data;

  mos_desk_fixture_add_message (self->fixture, self->conversation, MOS_DIRECTION_INCOMING, "Hello?");
  return G_SOURCE_CONTINUE;
}

/* While mail comes in steadily all of it is read all the same, and the overview is not left behind meanwhile. */
static void
test_steady (void)
{
  Open self = open_new ();
  g_autoptr (MosDashboardChoice) choice = NULL;
  g_autoptr (MosMeasureReport) before = NULL;
  g_autoptr (MosMeasureReport) kept = NULL;
  GThread *thread;
  guint mail;

  mos_test_wait (is_settled (&self), 10000);
  before = mos_measure_report_ref (self.dialog->report);
  thread = g_thread_new ("busy", keep_busy, &self);
  mail = g_timeout_add (100, mail_cb, &self);
  choice = mos_dashboard_choice_copy (self.dialog->choice);
  mos_dashboard_dialog_choose (self.dialog, choice);
  g_assert_true (self.dialog->is_reading);
  /* The overview of this reading comes, and a newer one while the rest is still being read. */
  mos_test_wait (self.dialog->report != before, 20000);
  kept = mos_measure_report_ref (self.dialog->report);
  mos_test_wait (self.dialog->is_stale, 10000);
  mos_test_wait (self.dialog->report != kept || !self.dialog->is_reading, 20000);
  g_assert_true (self.dialog->report != kept);
  g_assert_true (self.dialog->is_reading);
  mos_test_wait (!self.dialog->is_reading, 20000);
  g_atomic_int_set (&self.is_over, TRUE);
  g_source_remove (mail);
  g_thread_join (thread);
  /* And once it is quiet all is as new as it can be. */
  mos_test_wait (is_settled (&self) && !self.dialog->is_stale, 20000);
  open_clear (&self);
}

/* --- what is kept --- */

static guint
count_kept (void)
{
  g_autoptr (GVariant) sets = g_settings_get_value (mos_settings_get (), "dashboard-saved");

  return (guint) g_variant_n_children (sets);
}

static GtkWidget *
groups_of (Open *self)
{
  return GTK_WIDGET (mos_dashboard_view_get_card (self->dialog->view, MOS_N_DASHBOARD_CHARTS));
}

static void
test_sets (void)
{
  Open self = open_new ();
  g_autoptr (MosDashboardChoice) french = NULL;
  g_autoptr (MosDashboardChoice) everything = NULL;
  AdwDialog *alert;

  mos_test_wait (is_settled (&self), 10000);
  french = mos_dashboard_choice_copy (self.dialog->choice);
  everything = mos_dashboard_choice_copy (self.dialog->choice);
  mos_dashboard_choice_set_filter (french, MOS_MEASURE_BY_LANGUAGE, "fr");
  french->query->days = MOS_MEASURE_DAYS_LAST_MONTH;
  g_assert_false (gtk_widget_has_css_class (groups_of (&self), "dim-label"));
  mos_dashboard_dialog_choose (self.dialog, french);
  /* What is still there is of another question, and looks so until it is of this one. */
  g_assert_true (gtk_widget_has_css_class (groups_of (&self), "dim-label"));
  gtk_widget_activate_action (GTK_WIDGET (self.dialog), "dashboard.save-set", NULL);
  alert = adw_window_get_visible_dialog (ADW_WINDOW (self.window));
  g_assert_true (ADW_IS_ALERT_DIALOG (alert));
  g_assert_false (adw_alert_dialog_get_response_enabled (ADW_ALERT_DIALOG (alert), "save"));
  gtk_editable_set_text (GTK_EDITABLE (adw_alert_dialog_get_extra_child (ADW_ALERT_DIALOG (alert))), " French_last ");
  g_assert_true (adw_alert_dialog_get_response_enabled (ADW_ALERT_DIALOG (alert), "save"));
  g_signal_emit_by_name (alert, "response::save", "save");
  adw_dialog_force_close (alert);
  g_assert_cmpuint (count_kept (), ==, 1);
  g_assert_cmpint (g_menu_model_get_n_items (G_MENU_MODEL (self.dialog->saved_sets)), ==, 1);

  /* Something else, and back. */
  mos_dashboard_dialog_choose (self.dialog, everything);
  g_assert_null (self.dialog->choice->query->filter->only[MOS_MEASURE_BY_LANGUAGE]);
  gtk_widget_activate_action (GTK_WIDGET (self.dialog), "dashboard.show-set", "s", "French_last");
  g_assert_cmpstr (self.dialog->choice->query->filter->only[MOS_MEASURE_BY_LANGUAGE], ==, "fr");
  g_assert_cmpint (self.dialog->choice->query->days, ==, MOS_MEASURE_DAYS_LAST_MONTH);

  gtk_widget_activate_action (GTK_WIDGET (self.dialog), "dashboard.forget-set", "s", "French_last");
  g_assert_cmpuint (count_kept (), ==, 0);
  g_assert_cmpint (g_menu_model_get_n_items (G_MENU_MODEL (self.dialog->forget_sets)), ==, 0);
  mos_test_wait (is_settled (&self), 10000);
  g_assert_false (gtk_widget_has_css_class (groups_of (&self), "dim-label"));
  open_clear (&self);
}

/* --- the wheel --- */

static guint
count_lists (GtkWidget *widget,
             GtkWidget *scroller)
{
  guint n = 0;

  if (GTK_IS_LIST_BOX (widget))
    {
      g_assert_true (gtk_widget_get_ancestor (widget, GTK_TYPE_SCROLLED_WINDOW) == scroller);
      n++;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    n += count_lists (child, scroller);
  return n;
}

/* No list in it scrolls by itself, or the wheel would stand still there on its way down. */
static void
test_wheel (void)
{
  Open self = open_new ();

  mos_test_wait (is_settled (&self), 10000);
  g_assert_cmpuint (count_lists (GTK_WIDGET (self.dialog->view), GTK_WIDGET (self.dialog->scroller)), >=, 2);
  open_clear (&self);
}

/* --- the week --- */

static GtkWidget *
find_row (GtkWidget *widget,
          const char *title)
{
  if (ADW_IS_ACTION_ROW (widget) && g_str_equal (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)), title))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_row (child, title);

      if (found != NULL)
        return found;
    }
  return NULL;
}

/* Each of the five tells how it was computed, of that week. */
static void
test_week (void)
{
  static const struct
  {
    const char *number;
    const char *title;
  } rows[] = {
    { "New conversations", "New conversations" },
    { "First response, median", "First response, median" },
    { "Resolution, median", "Resolution, mean" },
    { "Satisfaction", "Satisfaction" },
    { "Not closed", "Not closed" },
  };
  Open self = open_new ();
  AdwNavigationPage *week;

  mos_test_wait (is_settled (&self), 10000);
  /* A window that goes amid a transition leaves what the toolkit drew of it. */
  adw_navigation_view_set_animate_transitions (self.dialog->navigation, FALSE);
  mos_dashboard_dialog_show_week (self.dialog);
  week = adw_navigation_view_get_visible_page (self.dialog->navigation);
  g_assert_true (MOS_IS_WEEK_PAGE (week));
  mos_test_wait (mos_week_page_get_week (MOS_WEEK_PAGE (week)) != NULL, 10000);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      GtkWidget *row = find_row (GTK_WIDGET (week), rows[i].number);
      AdwNavigationPage *page;

      g_assert_nonnull (row);
      g_assert_true (gtk_list_box_row_get_activatable (GTK_LIST_BOX_ROW (row)));
      g_signal_emit_by_name (row, "activated");
      mos_test_wait (adw_navigation_view_get_visible_page (self.dialog->navigation) != week, 10000);
      page = adw_navigation_view_get_visible_page (self.dialog->navigation);
      g_assert_cmpstr (adw_navigation_page_get_title (page), ==, rows[i].title);
      g_assert_nonnull (find_row (GTK_WIDGET (page), "How it is computed"));
      g_assert_nonnull (find_row (GTK_WIDGET (page), "Days"));
      adw_navigation_view_pop (self.dialog->navigation);
      mos_test_wait (adw_navigation_view_get_visible_page (self.dialog->navigation) == week, 10000);
    }
  open_clear (&self);
}

int
main (int argc,
      char *argv[])
{
  mos_test_init (&argc, &argv);
  adw_init ();
  g_test_add_func ("/dashboard-dialog/live", test_live);
  g_test_add_func ("/dashboard-dialog/steady", test_steady);
  g_test_add_func ("/dashboard-dialog/sets", test_sets);
  g_test_add_func ("/dashboard-dialog/wheel", test_wheel);
  g_test_add_func ("/dashboard-dialog/week", test_week);
  return g_test_run ();
}
