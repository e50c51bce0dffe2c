/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
/* The report of the week: made by itself when a Monday came, once, told, and readable in its folder. */
#include "config.h"

#include "app/application/mos-settings.h"
#include "app/dashboard/mos-week-watch.h"
#include "core/base/mos-time.h"

#include "mos-desk-fixtures.h"
#include "mos-desktop-fixture.h"
#include "mos-pdf.h"

#include <glib/gstdio.h>
#include <string.h>

typedef struct
{
  MosDesktopFixture *desktop;
  MosDeskFixture *desk;
  char *folder;
} Fixture;

static void
set_up (Fixture *f,
        gconstpointer data)
{
  f->folder = g_dir_make_tmp ("mos-week-XXXXXX", NULL);
  f->desktop = mos_desktop_fixture_new ();
  f->desk = mos_desk_fixture_new ();
  g_settings_set_boolean (mos_settings_get (), "weekly-report", TRUE);
  g_settings_set_string (mos_settings_get (), "weekly-report-folder", f->folder);
  g_settings_set_boolean (mos_settings_get (), "quiet-when-closed", FALSE);
  g_settings_set_boolean (mos_settings_get (), "quiet-hours", FALSE);
}

static void
tear_down (Fixture *f,
           gconstpointer data)
{
  static const char *const keys[] = { "weekly-report", "weekly-report-folder", "weekly-reports-made", "quiet-when-closed", "quiet-hours", "quiet-from", "quiet-until" };

  mos_desk_fixture_free (f->desk);
  mos_desktop_fixture_free (f->desktop);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    g_settings_reset (mos_settings_get (), keys[i]);
  g_rmdir (f->folder);
  g_free (f->folder);
}

static void
add_conversations (Fixture *f,
                   const char *at,
                   guint n)
{
  f->desk->at_us = mos_time_parse (at, NULL);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *id = mos_desk_fixture_add_conversation (f->desk, "Where is it?", 1);
    }
}

static void
set_clock (Fixture *f,
           const char *at)
{
  mos_manual_clock_set (MOS_MANUAL_CLOCK (f->desk->store->clock), mos_time_parse (at, NULL));
  g_clear_pointer (&f->desktop->said, g_free);
}

/* It looks every ten minutes, and when it is switched on. */
static void
look (Fixture *f)
{
  g_settings_set_boolean (mos_settings_get (), "weekly-report", FALSE);
  g_settings_set_boolean (mos_settings_get (), "weekly-report", TRUE);
}

static void
assert_quiet (Fixture *f)
{
  g_clear_pointer (&f->desktop->said, g_free);
  look (f);
  mos_test_settle (200);
  g_assert_cmpstr (f->desktop->said, ==, NULL);
}

/* What stands in the report of that name, which goes */
static char *
take_report (Fixture *f,
             const char *name)
{
  g_autofree char *path = g_build_filename (f->folder, name, NULL), *contents = NULL;
  g_autoptr (GBytes) pdf = NULL;
  g_autoptr (GError) error = NULL;
  gsize size = 0;
  guint pages;
  char *text;

  g_file_get_contents (path, &contents, &size, &error);
  g_assert_no_error (error);
  pdf = g_bytes_new_take (g_steal_pointer (&contents), size);
  text = mos_pdf_read (pdf, &pages);
  g_assert_cmpuint (pages, ==, 1);
  g_assert_cmpint (g_unlink (path), ==, 0);
  return text;
}

static void
test_monday (Fixture *f,
             gconstpointer data)
{
  g_autofree char *first = NULL, *second = NULL;
  g_autoptr (GVariant) made = NULL;
  const char *last = NULL;

  add_conversations (f, "2026-03-04T10:00:00Z", 7);
  set_clock (f, "2026-03-09T09:00:00Z");
  mos_week_watch_follow (f->desktop->app, f->desk->desk);
  mos_test_wait (f->desktop->said != NULL, 20000);
  g_assert_cmpstr (f->desktop->id, ==, "week");
  g_assert_true (g_str_has_prefix (f->desktop->said, "The week of 2 March 2026|The report is in "));
  first = take_report (f, "The week of 2 March 2026.pdf");
  mos_pdf_assert_has (first, "The week of 2 March 2026");
  mos_pdf_assert_has (first, "New conversations");
  mos_pdf_assert_has (first, "more: 0 in the week before");
  mos_pdf_assert_has (first, "7");
  mos_pdf_assert_has (first, "What to look at");

  /* Once a week, whatever happens until the next one. */
  set_clock (f, "2026-03-15T22:00:00Z");
  assert_quiet (f);

  /* The program was off on Monday: it is made when it is there again. */
  add_conversations (f, "2026-03-10T10:00:00Z", 4);
  set_clock (f, "2026-03-18T09:00:00Z");
  look (f);
  mos_test_wait (f->desktop->said != NULL, 20000);
  second = take_report (f, "The week of 9 March 2026.pdf");
  mos_pdf_assert_has (second, "less: 7 in the week before");
  /* Of this profile; another one has its own. */
  made = g_settings_get_value (mos_settings_get (), "weekly-reports-made");
  g_assert_cmpuint (g_variant_n_children (made), ==, 1);
  g_assert_true (g_variant_lookup (made, mos_store_get_profile (f->desk->store->store), "&s", &last));
  g_assert_cmpstr (last, ==, "2026-03-16");
  assert_quiet (f);
}

static void
test_no_folder (Fixture *f,
                gconstpointer data)
{
  g_autofree char *missing = g_build_filename (f->folder, "gone", NULL);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();

  /* Switched off, it is not made; nor while nobody is to be disturbed. */
  g_settings_set_boolean (mos_settings_get (), "weekly-report", FALSE);
  set_clock (f, "2026-03-09T09:00:00Z");
  mos_week_watch_follow (f->desktop->app, f->desk->desk);
  mos_test_settle (200);
  g_assert_null (f->desktop->said);
  g_settings_set_boolean (mos_settings_get (), "quiet-hours", TRUE);
  g_settings_set_int (mos_settings_get (), "quiet-from", g_date_time_get_hour (now));
  g_settings_set_int (mos_settings_get (), "quiet-until", (g_date_time_get_hour (now) + 2) % 24);
  assert_quiet (f);
  g_settings_set_boolean (mos_settings_get (), "quiet-hours", FALSE);

  g_settings_set_string (mos_settings_get (), "weekly-report-folder", missing);
  look (f);
  mos_test_wait (f->desktop->said != NULL, 20000);
  g_assert_nonnull (strstr (f->desktop->said, "could not be written into its folder"));

  /* Without one, it only is in the dashboard. */
  g_settings_set_string (mos_settings_get (), "weekly-report-folder", "");
  set_clock (f, "2026-03-16T09:00:00Z");
  look (f);
  mos_test_wait (f->desktop->said != NULL, 20000);
  g_assert_cmpstr (f->desktop->said, ==, "The week of 9 March 2026|Five numbers, what changed, and what to look at");
}

/* Whoever chooses a folder after it was made finds it there, once. */
static void
test_folder_later (Fixture *f,
                   gconstpointer data)
{
  g_autofree char *report = NULL;

  g_settings_set_string (mos_settings_get (), "weekly-report-folder", "");
  add_conversations (f, "2026-03-04T10:00:00Z", 7);
  set_clock (f, "2026-03-09T09:00:00Z");
  mos_week_watch_follow (f->desktop->app, f->desk->desk);
  mos_test_wait (f->desktop->said != NULL, 20000);
  g_assert_true (g_str_has_suffix (f->desktop->said, "what to look at"));
  g_clear_pointer (&f->desktop->said, g_free);

  g_settings_set_string (mos_settings_get (), "weekly-report-folder", f->folder);
  mos_test_wait (f->desktop->said != NULL, 20000);
  g_assert_nonnull (strstr (f->desktop->said, "The report is in "));
  report = take_report (f, "The week of 2 March 2026.pdf");
  mos_pdf_assert_has (report, "more: 0 in the week before");
  assert_quiet (f);

  /* Switched off, a folder is only one that is remembered. */
  g_settings_set_boolean (mos_settings_get (), "weekly-report", FALSE);
  g_settings_set_string (mos_settings_get (), "weekly-report-folder", "");
  g_settings_set_string (mos_settings_get (), "weekly-report-folder", f->folder);
  mos_test_settle (200);
  g_assert_null (f->desktop->said);
}

int
main (int argc,
      char *argv[])
{
  g_setenv ("GNOTIFICATION_BACKEND", "gtk", TRUE);
  mos_test_init (&argc, &argv);
  adw_init ();
  g_test_add ("/week-watch/monday", Fixture, NULL, set_up, test_monday, tear_down);
  g_test_add ("/week-watch/no-folder", Fixture, NULL, set_up, test_no_folder, tear_down);
  g_test_add ("/week-watch/folder-later", Fixture, NULL, set_up, test_folder_later, tear_down);
  return g_test_run ();
}
