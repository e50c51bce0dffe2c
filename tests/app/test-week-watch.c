/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "app/application/mos-settings.h"
#include "app/dashboard/mos-week-watch.h"
#include "core/base/mos-clock.h"
#include "core/base/mos-time.h"
#include "core/desk/mos-calendars.h"
#include "mos-desk-fixtures.h"
#include "mos-test.h"

#include <glib/gstdio.h>

/* The report of the week comes by itself when it is Monday at the shop, wherever the computer is. */

static gboolean
set_zone (MosTxn *txn,
          gpointer data,
          GCancellable *cancellable,
          GError **error)
{
  g_autofree char *text = g_strdup_printf ("zone %s\nmon 09:00-17:00\n", (const char *) data);
  g_autoptr (MosCalendar) calendar = mos_calendar_parse (text, NULL);

  return mos_calendars_set (txn, calendar, FALSE, error);
}

static void
set_clock (MosDeskFixture *self,
           const char *at)
{
  mos_manual_clock_set (MOS_MANUAL_CLOCK (self->store->clock), mos_time_parse (at, NULL));
}

static gboolean
is_told (const char *monday)
{
  g_autofree char *last = g_settings_get_string (mos_settings_get (), "weekly-report-last");

  return g_str_equal (last, monday);
}

static void
assert_written (const char *folder,
                const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  g_test_message ("%s", path);
  g_assert_cmpint (g_unlink (path), ==, 0);
}

/* As if ten minutes had passed: whoever switches it on again has it look, too. */
static void
look_again (void)
{
  g_settings_set_boolean (mos_settings_get (), "weekly-report", FALSE);
  g_settings_set_boolean (mos_settings_get (), "weekly-report", TRUE);
}

static void
test_monday (void)
{
  g_autoptr (MosDeskFixture) self = mos_desk_fixture_new ();
  g_autoptr (GApplication) app = g_application_new ("org.mostrador.Week", G_APPLICATION_NON_UNIQUE);
  g_autofree char *folder = g_dir_make_tmp ("mos-week-XXXXXX", NULL);
  g_autoptr (GError) error = NULL;

  g_application_register (app, NULL, &error);
  g_assert_no_error (error);
  g_settings_set_string (mos_settings_get (), "weekly-report-folder", folder);
  g_settings_set_boolean (mos_settings_get (), "weekly-report", TRUE);
  mos_store_write_sync (self->store->store, NULL, NULL, set_zone, (gpointer) "America/Los_Angeles", NULL, NULL, &error);
  g_assert_no_error (error);
  mos_test_wait (mos_desk_get_calendar (self->desk) != NULL, 5000);

  /* Monday in Greenwich is Sunday there still: what has ended is the week before. */
  set_clock (self, "2026-03-09T03:00:00Z");
  mos_week_watch_follow (app, self->desk);
  mos_test_wait (is_told ("2026-03-02"), 5000);
  assert_written (folder, "The week of 23 February 2026.pdf");
  set_clock (self, "2026-03-09T09:00:00Z");
  look_again ();
  mos_test_wait (is_told ("2026-03-09"), 5000);
  assert_written (folder, "The week of 2 March 2026.pdf");
  g_rmdir (folder);
}

int
main (int argc,
      char *argv[])
{
  mos_test_init (&argc, &argv);
  adw_init ();
  g_test_add_func ("/week-watch/monday", test_monday);
  return g_test_run ();
}
