/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "app/application/mos-language.h"
#include "app/application/mos-settings.h"
#include "app/preferences/mos-preferences-dialog.h"
#include "mos-test.h"

#include <adwaita.h>
#include <locale.h>

/* Whoever adds a language to po/LINGUAS adds its name. */
static void
test_all (void)
{
  const char *const *codes = mos_language_get_all ();
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "..", "po", "LINGUAS", NULL);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  guint n = 0;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  lines = g_strsplit (text, "\n", -1);
  g_assert_cmpstr (codes[n++], ==, "en");
  for (guint i = 0; lines[i] != NULL; i++)
    if (*lines[i] != '\0' && *lines[i] != '#')
      g_assert_cmpstr (codes[n++], ==, lines[i]);
  g_assert_null (codes[n]);
  for (guint i = 0; codes[i] != NULL; i++)
    g_assert_cmpstr (mos_language_get_name (codes[i]), !=, codes[i]);
  g_assert_cmpstr (mos_language_get_name ("eo"), ==, "eo");
}

static void
choose (const char *language)
{
  g_unsetenv ("LANGUAGE");
  g_settings_set_string (mos_settings_get (), "language", language);
  mos_language_start ();
}

static void
test_start (void)
{
  choose ("");
  g_assert_null (g_getenv ("LANGUAGE"));
  g_assert_cmpstr (setlocale (LC_MESSAGES, NULL), ==, "C.UTF-8");

  choose ("es");
  g_assert_cmpstr (g_getenv ("LANGUAGE"), ==, "es");
  /* gettext would not look at it; a day's name is of the language around it, numbers stay as they were. */
  g_assert_cmpstr (setlocale (LC_MESSAGES, NULL), ==, "es_ES.UTF-8");
  g_assert_cmpstr (setlocale (LC_TIME, NULL), ==, "es_ES.UTF-8");
  g_assert_cmpstr (setlocale (LC_NUMERIC, NULL), ==, "C.UTF-8");

  /* What an older or newer program left in the settings */
  choose ("tlh");
  g_assert_null (g_getenv ("LANGUAGE"));
}

/* A system that speaks another language than the one that was chosen, and one that speaks it in a way of its own */
static void
test_other_system (void)
{
  g_autoptr (GDateTime) date = g_date_time_new_utc (2026, 12, 1, 12, 0, 0);
  g_autofree char *german = NULL, *english = NULL;

  g_setenv ("LC_ALL", "en_US.UTF-8", TRUE);
  choose ("de");
  german = g_date_time_format (date, "%A, %B");
  g_assert_cmpstr (german, ==, "Dienstag, Dezember");
  g_assert_cmpstr (setlocale (LC_MESSAGES, NULL), ==, "de_DE.UTF-8");
  g_assert_cmpstr (setlocale (LC_MONETARY, NULL), ==, "en_US.UTF-8");
  g_assert_cmpstr (setlocale (LC_COLLATE, NULL), ==, "en_US.UTF-8");

  g_setenv ("LC_ALL", "de_DE.UTF-8", TRUE);
  choose ("en");
  english = g_date_time_format (date, "%A, %B");
  g_assert_cmpstr (english, ==, "Tuesday, December");

  g_setenv ("LC_ALL", "C", TRUE);
  choose ("en");
  g_assert_cmpstr (setlocale (LC_TIME, NULL), ==, "C");
  g_unsetenv ("LC_ALL");
  choose ("");
}

static void
test_direction (void)
{
  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
  choose ("ar");
  mos_language_set_direction ();
  g_assert_cmpint (gtk_widget_get_default_direction (), ==, GTK_TEXT_DIR_RTL);
  choose ("de");
  mos_language_set_direction ();
  g_assert_cmpint (gtk_widget_get_default_direction (), ==, GTK_TEXT_DIR_LTR);

  /* The system's stays what GTK found. */
  gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  choose ("");
  mos_language_set_direction ();
  g_assert_cmpint (gtk_widget_get_default_direction (), ==, GTK_TEXT_DIR_RTL);
}

static AdwComboRow *
find_row (GtkWidget *widget)
{
  AdwComboRow *found = NULL;

  if (ADW_IS_COMBO_ROW (widget) && g_str_equal (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)), "Lan_guage"))
    return ADW_COMBO_ROW (widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL; child = gtk_widget_get_next_sibling (child))
    found = find_row (child);
  return found;
}

/* Each is offered by its name; the first is the system's. What is chosen is kept, and what was kept is shown. */
static void
test_row (void)
{
  const char *const *codes = mos_language_get_all ();
  GtkWidget *window = adw_window_new ();
  MosPreferencesDialog *dialog;
  g_autofree char *systems = NULL;
  AdwComboRow *row;
  GtkStringList *names;

  g_settings_set_string (mos_settings_get (), "language", "");
  dialog = mos_preferences_dialog_new (NULL);
  adw_window_set_content (ADW_WINDOW (window), adw_bin_new ());
  gtk_window_present (GTK_WINDOW (window));
  adw_dialog_present (ADW_DIALOG (dialog), window);
  mos_test_wait (find_row (window) != NULL, 5000);
  row = find_row (window);
  g_assert_nonnull (row);
  names = GTK_STRING_LIST (adw_combo_row_get_model (row));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (names)), ==, g_strv_length ((char **) codes) + 1);
  g_assert_cmpuint (adw_combo_row_get_selected (row), ==, 0);
  for (guint i = 0; codes[i] != NULL; i++)
    {
      g_autofree char *kept = NULL;

      g_assert_cmpstr (gtk_string_list_get_string (names, i + 1), ==, mos_language_get_name (codes[i]));
      adw_combo_row_set_selected (row, i + 1);
      kept = g_settings_get_string (mos_settings_get (), "language");
      g_assert_cmpstr (kept, ==, codes[i]);
    }
  adw_combo_row_set_selected (row, 0);
  systems = g_settings_get_string (mos_settings_get (), "language");
  g_assert_cmpstr (systems, ==, "");
  g_settings_set_string (mos_settings_get (), "language", "es");
  g_assert_cmpstr (gtk_string_list_get_string (names, adw_combo_row_get_selected (row)), ==, "Español");
  g_settings_set_string (mos_settings_get (), "language", "");
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int argc,
      char *argv[])
{
  mos_test_init (&argc, &argv);
  adw_init ();
  g_test_add_func ("/language/all", test_all);
  g_test_add_func ("/language/start", test_start);
  g_test_add_func ("/language/other-system", test_other_system);
  g_test_add_func ("/language/direction", test_direction);
  g_test_add_func ("/language/row", test_row);
  return g_test_run ();
}
