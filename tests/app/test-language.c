/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "app/application/mos-language.h"
#include "app/application/mos-settings.h"
#include "mos-test.h"

#include <gtk/gtk.h>
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
  /* gettext would not look at it; numbers and dates stay as they were. */
  g_assert_cmpstr (setlocale (LC_MESSAGES, NULL), ==, "es_ES.UTF-8");
  g_assert_cmpstr (setlocale (LC_NUMERIC, NULL), ==, "C.UTF-8");

  /* What an older or newer program left in the settings */
  choose ("tlh");
  g_assert_null (g_getenv ("LANGUAGE"));
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

int
main (int argc,
      char *argv[])
{
  mos_test_init (&argc, &argv);
  gtk_init ();
  g_test_add_func ("/language/all", test_all);
  g_test_add_func ("/language/start", test_start);
  g_test_add_func ("/language/direction", test_direction);
  return g_test_run ();
}
