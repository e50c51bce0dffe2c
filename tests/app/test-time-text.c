/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "mos-test.h"

#include "app/widgets/mos-text-direction.h"
#include "app/widgets/mos-time-text.h"

typedef struct
{
  const char *zone;
  const char *then;
  const char *now;
  const char *short_text;
  const char *relative;
} Case;

/* Half an hour, midnight, both changes of the clock, the year's end, another zone, the future. */
static const Case cases[] = {
  { "UTC", "2026-03-02T09:00:00Z", "2026-03-02T09:00:30Z", "09:00", "just now" },
  { "UTC", "2026-03-02T09:00:00Z", "2026-03-02T09:00:59Z", "09:00", "just now" },
  { "UTC", "2026-03-02T09:00:00Z", "2026-03-02T09:01:00Z", "09:00", "1 min ago" },
  { "UTC", "2026-03-02T09:00:30Z", "2026-03-02T09:00:00Z", "09:00", "just now" },
  { "UTC", "2026-03-02T09:00:00Z", "2026-03-02T09:59:59Z", "09:00", "59 min ago" },
  { "UTC", "2026-03-02T09:00:00Z", "2026-03-02T10:00:00Z", "09:00", "09:00" },
  { "UTC", "2026-03-01T23:50:00Z", "2026-03-02T00:10:00Z", "Yesterday", "20 min ago" },
  { "UTC", "2026-03-01T23:50:00Z", "2026-03-02T01:10:00Z", "Yesterday", "Yesterday, 23:50" },
  { "UTC", "2026-03-01T00:00:00Z", "2026-03-02T23:59:59Z", "Yesterday", "Yesterday, 00:00" },
  { "UTC", "2026-02-28T12:00:00Z", "2026-03-02T12:00:00Z", "Saturday", "Saturday, 12:00" },
  { "UTC", "2026-02-24T12:00:00Z", "2026-03-02T12:00:00Z", "Tuesday", "Tuesday, 12:00" },
  { "UTC", "2026-02-23T12:00:00Z", "2026-03-02T12:00:00Z", "23 Feb", "23 Feb, 12:00" },
  { "UTC", "2025-12-31T23:00:00Z", "2026-01-01T09:00:00Z", "Yesterday", "Yesterday, 23:00" },
  { "UTC", "2025-12-20T23:00:00Z", "2026-01-01T09:00:00Z", "20 Dec 2025", "20 Dec 2025, 23:00" },
  { "UTC", "2026-03-03T09:00:00Z", "2026-03-02T12:00:00Z", "Tomorrow", "Tomorrow, 09:00" },
  { "UTC", "2026-03-06T09:00:00Z", "2026-03-02T12:00:00Z", "6 Mar", "Friday, 09:00" },
  { "UTC", "2026-03-09T09:00:00Z", "2026-03-02T12:00:00Z", "9 Mar", "9 Mar, 09:00" },
  { "UTC", "2026-03-02T18:00:00Z", "2026-03-02T12:00:00Z", "18:00", "18:00" },
  /* The day has 23 hours: 23:30 the evening before is "yesterday" for all of it. */
  { "Europe/Madrid", "2026-03-28T22:30:00Z", "2026-03-29T21:30:00Z", "Yesterday", "Yesterday, 23:30" },
  /* The day has 25 hours: its first half hour is still "today" in its last. */
  { "Europe/Madrid", "2026-10-24T22:30:00Z", "2026-10-25T22:30:00Z", "00:30", "00:30" },
  /* The same moment is another day elsewhere. */
  { "Asia/Tokyo", "2026-03-01T16:00:00Z", "2026-03-02T09:00:00Z", "01:00", "01:00" },
  { "America/Los_Angeles", "2026-03-02T07:30:00Z", "2026-03-02T18:00:00Z", "Yesterday", "Yesterday, 23:30" },
};

static gint64
us (const char *text)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 (text, NULL);

  g_assert_nonnull (time);
  return g_date_time_to_unix_usec (time);
}

static void
test_table (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (cases[i].zone);
      g_autofree char *short_text = NULL;
      g_autofree char *relative = NULL;

      g_assert_nonnull (zone);
      short_text = mos_time_text_short (us (cases[i].then), us (cases[i].now), zone);
      relative = mos_time_text_relative (us (cases[i].then), us (cases[i].now), zone);
      g_test_message ("%s seen at %s in %s", cases[i].then, cases[i].now, cases[i].zone);
      g_assert_cmpstr (short_text, ==, cases[i].short_text);
      g_assert_cmpstr (relative, ==, cases[i].relative);
    }
}

static void
test_unknown (void)
{
  g_autofree char *short_text = mos_time_text_short (0, us ("2026-03-02T09:00:00Z"), NULL);
  g_autofree char *relative = mos_time_text_relative (0, us ("2026-03-02T09:00:00Z"), NULL);
  g_autofree char *full = mos_time_text_full (0, NULL);

  g_assert_cmpstr (short_text, ==, "");
  g_assert_cmpstr (relative, ==, "");
  g_assert_cmpstr (full, ==, "");
}

static void
test_full (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Europe/Madrid");
  g_autofree char *full = mos_time_text_full (us ("2026-03-02T09:00:05Z"), zone);

  g_assert_cmpstr (full, ==, "Monday, 2 March 2026, 10:00:05 CET");
}

static void
test_duration (void)
{
  static const struct
  {
    gint64 seconds;
    const char *text;
  } durations[] = { { -5, "" }, { 0, "" }, { 30, "under 1 min" }, { 60, "1 min" }, { 3599, "59 min" }, { 3600, "1 h" }, { 47 * 3600, "47 h" }, { 48 * 3600, "2 d" }, { 40 * 86400, "40 d" } };

  for (guint i = 0; i < G_N_ELEMENTS (durations); i++)
    {
      g_autofree char *text = mos_time_text_duration (durations[i].seconds * G_USEC_PER_SEC);

      g_assert_cmpstr (text, ==, durations[i].text);
    }
}

static void
test_direction (void)
{
  g_autofree char *isolated = mos_text_isolate ("#1042");

  g_assert_cmpint (mos_text_direction ("Hola"), ==, GTK_TEXT_DIR_LTR);
  g_assert_cmpint (mos_text_direction ("مرحبا Ana"), ==, GTK_TEXT_DIR_RTL);
  g_assert_cmpint (mos_text_direction ("  12:30 – (שלום) hello"), ==, GTK_TEXT_DIR_RTL);
  g_assert_cmpint (mos_text_direction ("#1042: 12 €"), ==, GTK_TEXT_DIR_NONE);
  g_assert_cmpint (mos_text_direction (""), ==, GTK_TEXT_DIR_NONE);
  g_assert_cmpint (mos_text_direction (NULL), ==, GTK_TEXT_DIR_NONE);
  g_assert_cmpstr (isolated, ==, "\xE2\x81\xA8#1042\xE2\x81\xA9");
}

/* A sentence that begins with an Arabic name reads from the left in a Spanish window: Pango has to agree. */
static void
test_ui_direction (void)
{
  static const GtkTextDirection directions[] = { GTK_TEXT_DIR_LTR, GTK_TEXT_DIR_RTL };
  static const char *const texts[] = { "مرحبا: delivered", "ana@example.org: وصلت", "12" };
  GtkTextDirection before = gtk_widget_get_default_direction ();

  for (guint d = 0; d < G_N_ELEMENTS (directions); d++)
    {
      gtk_widget_set_default_direction (directions[d]);
      for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
        {
          g_autofree char *text = mos_text_in_ui_direction (texts[i]);

          g_assert_true (g_str_has_suffix (text, texts[i]));
          g_assert_cmpint (pango_find_base_dir (text, -1), ==, directions[d] == GTK_TEXT_DIR_RTL ? PANGO_DIRECTION_RTL : PANGO_DIRECTION_LTR);
        }
    }
  gtk_widget_set_default_direction (before);
}

int
main (int argc,
      char *argv[])
{
  mos_test_init (&argc, &argv);
  g_test_add_func ("/time-text/table", test_table);
  g_test_add_func ("/time-text/unknown", test_unknown);
  g_test_add_func ("/time-text/full", test_full);
  g_test_add_func ("/time-text/duration", test_duration);
  g_test_add_func ("/text/direction", test_direction);
  g_test_add_func ("/text/ui-direction", test_ui_direction);
  return g_test_run ();
}
