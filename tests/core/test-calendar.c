/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "mos-test.h"

#include "core/automation/mos-calendar.h"
#include "core/base/mos-time.h"

#define OFFICE "mon 09:00-17:00\ntue 09:00-17:00\nwed 09:00-17:00\nthu 09:00-17:00\nfri 09:00-17:00\n"
#define NIGHTS "mon 22:00-30:00\ntue 22:00-06:00\nsat 20:00-24:00\nsun 00:00-24:00\n"

static gint64
at (const char *text)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  gint64 us = mos_time_parse (text, utc);

  g_assert_cmpint (us, !=, 0);
  return us;
}

static MosCalendar *
calendar (const char *zone,
          const char *lines)
{
  g_autofree char *text = g_strdup_printf ("zone %s\n%s", zone, lines);
  MosCalendar *self = mos_calendar_parse (text, NULL);

  g_assert_nonnull (self);
  return self;
}

/* Two moments, the seconds of work between them. */
static const struct
{
  const char *zone;
  const char *lines;
  const char *from;
  const char *to;
  int seconds;
} rows[] = {
  /* Friday 16:50 and two hours: Monday 10:50 */
  { "Europe/Madrid", OFFICE, "2026-11-27T16:50:00+01:00", "2026-11-30T10:50:00+01:00", 7200 },
  { "Europe/Madrid", OFFICE "2026-11-30 closed Andrew\n", "2026-11-27T16:50:00+01:00", "2026-12-01T10:50:00+01:00", 7200 },
  { "Europe/Madrid", OFFICE "2026-11-30 10:00-10:30\n", "2026-11-27T16:50:00+01:00", "2026-12-01T10:20:00+01:00", 7200 },
  { "Europe/Madrid", OFFICE, "2026-11-29T23:59:00+01:00", "2026-11-30T09:00:00+01:00", 0 },
  { "Europe/Madrid", "mon 09:00-14:00 16:00-19:00\n", "2026-11-30T13:00:00+01:00", "2026-11-30T17:00:00+01:00", 7200 },
  /* a night that belongs to the evening before */
  { "Europe/Madrid", NIGHTS, "2026-11-30T20:00:00+01:00", "2026-12-01T12:00:00+01:00", 8 * 3600 },
  { "Europe/Madrid", NIGHTS, "2026-12-02T05:00:00+01:00", "2026-12-02T12:00:00+01:00", 3600 },
  { "Europe/Madrid", NIGHTS, "2026-11-28T19:00:00+01:00", "2026-11-30T12:00:00+01:00", 28 * 3600 },
  /* the closed day does not cut the night that began before it */
  { "Europe/Madrid", NIGHTS "2026-12-01 closed\n", "2026-11-30T20:00:00+01:00", "2026-12-02T12:00:00+01:00", 8 * 3600 },
  /* overlapping days are counted once */
  { "Europe/Madrid", "mon 20:00-32:00\ntue 06:00-10:00\n", "2026-11-30T20:00:00+01:00", "2026-12-02T00:00:00+01:00", 14 * 3600 },
  /* 23 and 25 hours */
  { "Europe/Madrid", "sun 00:00-24:00\n", "2026-03-28T12:00:00+01:00", "2026-03-30T12:00:00+02:00", 23 * 3600 },
  { "Europe/Madrid", "sun 00:00-24:00\n", "2026-10-24T12:00:00+02:00", "2026-10-26T12:00:00+01:00", 25 * 3600 },
  { "Europe/Madrid", "sun 02:00-03:00\n", "2026-03-28T12:00:00+01:00", "2026-03-30T12:00:00+02:00", 0 },
  { "Europe/Madrid", "sun 02:30-03:30\n", "2026-03-28T12:00:00+01:00", "2026-03-30T12:00:00+02:00", 1800 },
  { "Europe/Madrid", "sun 02:00-03:00\n", "2026-10-24T12:00:00+02:00", "2026-10-26T12:00:00+01:00", 7200 },
  { "Australia/Lord_Howe", "sun 00:00-24:00\n", "2026-10-03T12:00:00+10:30", "2026-10-05T12:00:00+11:00", 23 * 3600 + 1800 },
  { "Australia/Lord_Howe", "sun 00:00-24:00\n", "2026-04-04T12:00:00+11:00", "2026-04-06T12:00:00+10:30", 24 * 3600 + 1800 },
  /* the Friday that never was */
  { "Pacific/Apia", "thu 00:00-24:00\nfri 00:00-24:00\nsat 00:00-24:00\n", "2011-12-29T10:00:00Z", "2012-01-01T09:59:00Z", 48 * 3600 },
  { "Africa/Casablanca", "sun 00:00-24:00\n", "2026-02-14T12:00:00+01:00", "2026-02-16T12:00:00+00:00", 25 * 3600 },
  /* nobody works at all, backwards */
  { "Europe/Madrid", "", "2026-01-01T00:00:00Z", "2026-12-31T00:00:00Z", 0 },
  { "Europe/Madrid", OFFICE, "2026-11-30T10:50:00+01:00", "2026-11-27T16:50:00+01:00", -7200 },
};

static void
test_table (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (MosCalendar) self = calendar (rows[i].zone, rows[i].lines);
      gint64 business_us = mos_calendar_business_us (self, at (rows[i].from), at (rows[i].to));

      g_test_message ("%s %s", rows[i].from, rows[i].to);
      g_assert_cmpint (business_us / G_USEC_PER_SEC, ==, rows[i].seconds);
    }
}

static void
test_add (void)
{
  g_autoptr (MosCalendar) office = calendar ("Europe/Madrid", OFFICE);
  g_autoptr (MosCalendar) never = calendar ("Europe/Madrid", "2026-11-30 09:00-10:00\n");

  g_assert_cmpint (mos_calendar_add_business (office, at ("2026-11-27T16:50:00+01:00"), 2 * G_TIME_SPAN_HOUR), ==, at ("2026-11-30T10:50:00+01:00"));
  g_assert_cmpint (mos_calendar_add_business (office, at ("2026-11-28T16:50:00+01:00"), 0), ==, at ("2026-11-28T16:50:00+01:00"));
  g_assert_cmpint (mos_calendar_next_opening (office, at ("2026-11-28T16:50:00+01:00")), ==, at ("2026-11-30T09:00:00+01:00"));
  g_assert_cmpint (mos_calendar_next_opening (office, at ("2026-11-30T16:50:00+01:00")), ==, at ("2026-11-30T16:50:00+01:00"));
  /* It ends, and says so. */
  g_assert_cmpint (mos_calendar_add_business (never, at ("2026-11-28T00:00:00Z"), 2 * G_TIME_SPAN_HOUR), ==, 0);
  g_assert_cmpint (mos_calendar_next_opening (never, at ("2026-12-28T00:00:00Z")), ==, 0);
}

/* Hours in a zone, and what a person's clock shows when that day begins and ends. */
static const struct
{
  const char *zone;
  const char *lines;
  const char *here;
  int year, month, day;
  int start, end;
} edges[] = {
  { "Europe/Madrid", OFFICE, "Europe/Madrid", 2026, 11, 30, 9 * 60, 17 * 60 },
  { "Europe/Madrid", OFFICE, "Europe/Madrid", 2026, 11, 29, -1, -1 },
  { "Europe/Madrid", "mon 09:00-14:00 16:00-19:30\n", "Europe/Madrid", 2026, 11, 30, 9 * 60, 19 * 60 + 30 },
  { "Europe/Madrid", OFFICE "2026-11-30 10:00-13:00 Andrew\n", "Europe/Madrid", 2026, 11, 30, 10 * 60, 13 * 60 },
  { "Europe/Madrid", OFFICE, "America/New_York", 2026, 11, 30, 3 * 60, 11 * 60 },
  /* America changes its clocks a week later */
  { "Europe/Madrid", OFFICE, "America/New_York", 2026, 10, 26, 4 * 60, 12 * 60 },
  { "America/New_York", OFFICE, "Europe/Madrid", 2026, 3, 9, 14 * 60, 22 * 60 },
  { "Asia/Kolkata", OFFICE, "Africa/Casablanca", 2025, 6, 2, 4 * 60 + 30, 12 * 60 + 30 },
  /* Casablanca sets its clocks back for Ramadan, 23 February to 6 April 2025 */
  { "Asia/Kolkata", OFFICE, "Africa/Casablanca", 2025, 3, 10, 3 * 60 + 30, 11 * 60 + 30 },
  { "Australia/Lord_Howe", OFFICE, "Australia/Sydney", 2026, 11, 30, 9 * 60, 17 * 60 },
  { "Australia/Lord_Howe", OFFICE, "Australia/Sydney", 2026, 6, 1, 8 * 60 + 30, 16 * 60 + 30 },
  /* Work began yesterday evening, as seen from here: then the day begins with it */
  { "Europe/Madrid", OFFICE, "Pacific/Honolulu", 2026, 11, 30, 0, 6 * 60 },
  { "Europe/Madrid", "mon 22:00-30:00\n", "Europe/Madrid", 2026, 11, 30, 22 * 60, 30 * 60 },
};

static void
test_edges (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (edges); i++)
    {
      g_autoptr (MosCalendar) self = calendar (edges[i].zone, edges[i].lines);
      g_autoptr (GTimeZone) here = g_time_zone_new_identifier (edges[i].here);
      MosCalendarPlace place = { self, here };

      g_test_message ("%s seen from %s, %d-%d-%d", edges[i].zone, edges[i].here, edges[i].year, edges[i].month, edges[i].day);
      g_assert_cmpint (mos_calendar_day_start (edges[i].year, edges[i].month, edges[i].day, &place), ==, edges[i].start);
      g_assert_cmpint (mos_calendar_day_end (edges[i].year, edges[i].month, edges[i].day, &place), ==, edges[i].end);
    }
}

/* A moment, and until when it is open then; NULL = closed, "" = open without an end. */
static const struct
{
  const char *zone;
  const char *lines;
  const char *at;
  const char *until;
} opens[] = {
  { "Europe/Madrid", OFFICE, "2026-11-30T12:00:00+01:00", "2026-11-30T17:00:00+01:00" },
  { "Europe/Madrid", OFFICE, "2026-11-30T09:00:00+01:00", "2026-11-30T17:00:00+01:00" },
  { "Europe/Madrid", OFFICE, "2026-11-30T17:00:00+01:00", NULL },
  { "Europe/Madrid", OFFICE, "2026-11-29T12:00:00+01:00", NULL },
  { "Europe/Madrid", "mon 09:00-14:00 16:00-19:00\n", "2026-11-30T12:00:00+01:00", "2026-11-30T14:00:00+01:00" },
  { "Europe/Madrid", "mon 22:00-30:00\n", "2026-12-01T03:00:00+01:00", "2026-12-01T06:00:00+01:00" },
  { "Europe/Madrid", "mon 20:00-24:00\ntue 00:00-04:00\n", "2026-11-30T21:00:00+01:00", "2026-12-01T04:00:00+01:00" },
  { "Europe/Madrid", "mon 00:00-24:00\ntue 00:00-24:00\nwed 00:00-24:00\nthu 00:00-24:00\nfri 00:00-24:00\nsat 00:00-24:00\nsun 00:00-24:00\n", "2026-11-30T21:00:00+01:00", "" },
  { "Europe/Madrid", "2026-11-30 09:00-17:00\n", "2026-11-30T12:00:00+01:00", "2026-11-30T17:00:00+01:00" },
  { "Europe/Madrid", "", "2026-11-30T12:00:00+01:00", NULL },
  /* the hour that comes twice */
  { "America/New_York", "sun 01:00-02:00\n", "2026-11-01T01:30:00-05:00", "2026-11-01T02:00:00-05:00" },
};

static void
test_open (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (opens); i++)
    {
      g_autoptr (MosCalendar) self = calendar (opens[i].zone, opens[i].lines);
      gint64 until_us = -1;

      g_test_message ("%u: %s", i, opens[i].at);
      g_assert_cmpint (mos_calendar_is_open (self, at (opens[i].at), &until_us), ==, opens[i].until != NULL);
      g_assert_cmpint (until_us, ==, opens[i].until != NULL && *opens[i].until != '\0' ? at (opens[i].until) : 0);
    }
}

static void
test_sets (void)
{
  static const char text[] = "zone Europe/Madrid\nmon 09:00-17:00\n2026-12-24 09:00-13:00 24 December\n2026-12-28 10:00-12:00\n"
                             "holidays Bank holidays\n2026-12-25 closed Christmas\n2026-12-28 closed Boxing Day (substitute day)\nholidays Town\n2027-02-01 closed Brigid\n";
  g_autoptr (MosCalendar) self = mos_calendar_parse (text, NULL);
  g_autoptr (MosCalendar) without = mos_calendar_with_set (self, "Bank holidays", NULL);
  g_autofree char *same = mos_calendar_to_text (self);
  g_autofree char *rest = mos_calendar_to_text (without);
  g_auto (GStrv) sets = mos_calendar_dup_sets (self);

  g_assert_cmpstr (same, ==, text);
  g_assert_cmpuint (g_strv_length (sets), ==, 2);
  g_assert_cmpstr (sets[0], ==, "Bank holidays");
  g_assert_cmpstr (rest, ==, "zone Europe/Madrid\nmon 09:00-17:00\n2026-12-24 09:00-13:00 24 December\n2026-12-28 10:00-12:00\nholidays Town\n2027-02-01 closed Brigid\n");
  /* What is our own counts. */
  g_assert_true (mos_calendar_is_open (self, at ("2026-12-28T11:00:00+01:00"), NULL));
  g_assert_false (mos_calendar_is_open (self, at ("2026-12-28T13:00:00+01:00"), NULL));
  g_assert_null (mos_calendar_parse ("holidays\n", NULL));
}

/* What was made anew, as text */
static void
assert_text (MosCalendar *self,
             const char *expected)
{
  g_autofree char *text = mos_calendar_to_text (self);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_dates (void)
{
  static const char text[] = "mon 09:00-14:00\n2026-12-24 09:00-13:00\nholidays Spain\n2026-12-25 closed Navidad\n";
  g_autoptr (MosCalendar) self = mos_calendar_parse (text, NULL);
  g_autoptr (MosCalendar) other = mos_calendar_parse ("tue 10:00-12:00\n", NULL);
  GArray *hours = mos_calendar_get_hours (other, 2);
  GArray *const week[7] = { hours, hours, mos_calendar_get_hours (other, 1), mos_calendar_get_hours (other, 1), mos_calendar_get_hours (other, 1), mos_calendar_get_hours (other, 1), mos_calendar_get_hours (other, 1) };
  g_autoptr (MosCalendar) with = NULL, without = NULL, named = NULL, again = NULL, other_week = NULL;
  GPtrArray *dates = mos_calendar_get_dates (self);
  GDate date;

  g_date_clear (&date, 1);
  g_date_set_dmy (&date, 25, G_DATE_DECEMBER, 2026);
  with = mos_calendar_with_date (self, g_date_get_julian (&date), hours, "9:00 is\ttoo early");
  assert_text (with, "mon 09:00-14:00\n2026-12-24 09:00-13:00\n2026-12-25 10:00-12:00 - 9:00 is too early\nholidays Spain\n2026-12-25 closed Navidad\n");
  g_assert_false (mos_calendar_equal (self, with));
  without = mos_calendar_with_date (with, g_date_get_julian (&date), NULL, NULL);
  assert_text (without, text);
  g_assert_true (mos_calendar_equal (self, without));

  /* A name is a line's end, whatever it is made of, and the same one is the same set. */
  named = mos_calendar_with_set (other, "9:00  in\nSpain", dates);
  assert_text (named, "tue 10:00-12:00\nholidays 9:00 in Spain\n2026-12-24 09:00-13:00\n2026-12-25 closed Navidad\n");
  again = mos_calendar_with_set (named, "9:00 in Spain", NULL);
  assert_text (again, "tue 10:00-12:00\n");
  g_clear_pointer (&again, mos_calendar_unref);
  again = mos_calendar_with_set (other, " ", dates);
  g_assert_nonnull (again);

  other_week = mos_calendar_with_week (self, "Europe/Madrid", week);
  assert_text (other_week, "zone Europe/Madrid\nmon 10:00-12:00\ntue 10:00-12:00\n2026-12-24 09:00-13:00\nholidays Spain\n2026-12-25 closed Navidad\n");
  g_assert_null (mos_calendar_with_week (self, "Mars/Olympus", week));
}

/* --- properties --- */

static const char *const zones[] = { "Europe/Madrid", "Australia/Lord_Howe", "Africa/Casablanca", "Pacific/Apia", "America/New_York", "America/Havana", "Asia/Kathmandu", "Pacific/Kiritimati", "America/St_Johns", "Antarctica/Troll", "Africa/Cairo", "UTC" };

static MosCalendar *
random_calendar (GRand *random)
{
  static const char *const days[] = { "mon", "tue", "wed", "thu", "fri", "sat", "sun" };
  g_autoptr (GString) lines = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (days); i++)
    {
      int minute = g_rand_int_range (random, 0, 600);

      if (i > 0 && g_rand_int_range (random, 0, 4) == 0)
        continue;
      g_string_append (lines, days[i]);
      for (int n = g_rand_int_range (random, 1, 4); n > 0; n--)
        {
          int end = minute + g_rand_int_range (random, 1, 700);

          if (minute >= 1440)
            break;
          g_string_append_printf (lines, " %02d:%02d-%02d:%02d", minute / 60, minute % 60, end / 60, end % 60);
          minute = end + g_rand_int_range (random, 0, 300);
        }
      g_string_append_c (lines, '\n');
    }
  for (int n = g_rand_int_range (random, 0, 20); n > 0; n--)
    g_string_append_printf (lines, "%04d-%02d-%02d %s\n", g_rand_int_range (random, 2010, 2028), g_rand_int_range (random, 1, 13), g_rand_int_range (random, 1, 29),
                            g_rand_boolean (random) ? "closed" : "01:30-02:45 23:00-26:00");
  return calendar (zones[g_rand_int_range (random, 0, G_N_ELEMENTS (zones))], lines->str);
}

static gint64
random_moment (GRand *random)
{
  /* 2010 … 2027, and often close to a change of the clocks or to Apia's missing day */
  static const char *const near[] = { "2011-12-30T10:00:00Z", "2026-03-29T01:00:00Z", "2026-10-25T01:00:00Z", "2026-10-03T15:30:00Z", "2026-04-04T15:00:00Z", "2026-02-15T02:00:00Z", "2026-03-22T02:00:00Z" };

  if (g_rand_boolean (random))
    return at (near[g_rand_int_range (random, 0, G_N_ELEMENTS (near))]) + (gint64) g_rand_int_range (random, -200000, 200000) * G_USEC_PER_SEC;
  return (gint64) g_rand_int_range (random, 1262304000, 1830000000) * G_USEC_PER_SEC + g_rand_int_range (random, 0, 1000000);
}

static void
test_inverse (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (20261128);

  for (guint i = 0; i < 1200; i++)
    {
      g_autoptr (MosCalendar) self = random_calendar (random);
      gint64 a = random_moment (random);
      gint64 wanted = (gint64) g_rand_int_range (random, 0, 40 * 86400) * G_USEC_PER_SEC + g_rand_int_range (random, 0, 3);
      gint64 b = mos_calendar_add_business (self, a, wanted);
      gint64 c = random_moment (random);

      g_assert_cmpint (b, >=, a);
      g_assert_cmpint (mos_calendar_business_us (self, a, b), ==, wanted);
      /* The first such moment: a microsecond earlier there was less. */
      if (wanted > 0)
        g_assert_cmpint (mos_calendar_business_us (self, a, b - 1), ==, wanted - 1);
      /* It adds up, and never passes faster than time. */
      c = a + (c < a ? a - c : c - a) % (90 * G_TIME_SPAN_DAY);
      g_assert_cmpint (mos_calendar_business_us (self, a, c) + mos_calendar_business_us (self, c, c + G_TIME_SPAN_DAY), ==, mos_calendar_business_us (self, a, c + G_TIME_SPAN_DAY));
      g_assert_cmpint (mos_calendar_business_us (self, a, c), <=, c - a);
    }
}

static void
test_text (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (7);

  for (guint i = 0; i < 300; i++)
    {
      g_autoptr (MosCalendar) self = random_calendar (random);
      g_autofree char *text = mos_calendar_to_text (self);
      g_autoptr (MosCalendar) again = mos_calendar_parse (text, NULL);
      g_autofree char *text_again = NULL;

      g_assert_nonnull (again);
      text_again = mos_calendar_to_text (again);
      g_assert_cmpstr (text, ==, text_again);
      g_assert_true (mos_calendar_equal (self, again));
    }
}

static void
test_wrong_text (void)
{
  static const struct
  {
    const char *text;
    guint line;
  } wrong[] = {
    { "zone Mars/Olympus\n", 1 },
    { "mon 09:00-17:00\nmon 10:00-11:00\n", 2 },
    { "# hours\n\nmon 09:00-14:00 13:00-15:00\n", 3 },
    { "mon 9-17\n", 1 },
    { "mon 09:00-17:60\n", 1 },
    { "mon 25:00-26:00\n", 1 },
    { "mon 09:00-40:00\n", 1 },
    { "monday 09:00-17:00\n", 1 },
    { "2026-02-30 closed\n", 1 },
    { "2026-12-25\n", 1 },
    { "2026-12-25 open\n", 1 },
    { "mon 09:00-17:00 lunch\n", 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      guint line = 0;

      g_test_message ("%s", wrong[i].text);
      g_assert_null (mos_calendar_parse (wrong[i].text, &line));
      g_assert_cmpuint (line, ==, wrong[i].line);
    }
}

/* --- versions --- */

static void
add_version (GPtrArray *versions,
             gint64 valid_from_us,
             MosCalendar *self)
{
  MosCalendarVersion *version = g_new0 (MosCalendarVersion, 1);

  version->valid_from_us = valid_from_us;
  version->calendar = self;
  g_ptr_array_add (versions, version);
}

static void
test_versions (void)
{
  g_autoptr (GPtrArray) versions = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_calendar_version_free);
  gint64 november = at ("2026-11-01T00:00:00+01:00"), december = at ("2026-12-01T00:00:00+01:00"), before;

  add_version (versions, at ("2020-01-01T00:00:00Z"), calendar ("Europe/Madrid", OFFICE));
  before = mos_calendar_history_business_us (versions, november, december);
  g_assert_cmpint (before / G_TIME_SPAN_HOUR, ==, 21 * 8);
  /* From the middle of December on Saturdays too: November stays what it was. */
  add_version (versions, at ("2026-12-15T00:00:00+01:00"), calendar ("Europe/Madrid", OFFICE "sat 09:00-13:00\n"));
  g_assert_cmpint (mos_calendar_history_business_us (versions, november, december), ==, before);
  g_assert_cmpint (mos_calendar_history_business_us (versions, at ("2026-12-12T00:00:00+01:00"), at ("2026-12-20T00:00:00+01:00")) / G_TIME_SPAN_HOUR, ==, 5 * 8 + 4);
  /* Before the first one, the first one holds. */
  g_assert_cmpint (mos_calendar_history_business_us (versions, at ("2019-12-02T00:00:00+01:00"), at ("2019-12-03T00:00:00+01:00")) / G_TIME_SPAN_HOUR, ==, 8);
}

static void
test_versions_inverse (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (3);

  for (guint i = 0; i < 200; i++)
    {
      g_autoptr (GPtrArray) versions = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_calendar_version_free);
      gint64 a = random_moment (random), from = a - 20 * G_TIME_SPAN_DAY, wanted, b;

      for (int n = g_rand_int_range (random, 1, 6); n > 0; n--)
        {
          add_version (versions, from, random_calendar (random));
          from += (gint64) g_rand_int_range (random, 1, 20 * 86400) * G_USEC_PER_SEC;
        }
      wanted = (gint64) g_rand_int_range (random, 0, 20 * 86400) * G_USEC_PER_SEC;
      b = mos_calendar_history_add_business (versions, a, wanted);
      g_assert_cmpint (mos_calendar_history_business_us (versions, a, b), ==, wanted);
      if (wanted > 0)
        g_assert_cmpint (mos_calendar_history_business_us (versions, a, b - 1), ==, wanted - 1);
    }
}

/* What is looked up in what was worked out once is what is counted, also from before and after it. */
static void
test_work_times (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (7);

  for (guint i = 0; i < 100; i++)
    {
      g_autoptr (GPtrArray) versions = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_calendar_version_free);
      g_autoptr (MosWorkTimes) times = NULL;
      gint64 begin = random_moment (random), from = begin - 20 * G_TIME_SPAN_DAY;

      for (int n = g_rand_int_range (random, 1, 6); n > 0; n--)
        {
          add_version (versions, from, random_calendar (random));
          from += (gint64) g_rand_int_range (random, 1, 20 * 86400) * G_USEC_PER_SEC;
        }
      times = mos_work_times_new (versions, begin, begin + 60 * G_TIME_SPAN_DAY);
      for (guint k = 0; k < 30; k++)
        {
          gint64 a = begin + (gint64) g_rand_int_range (random, -5 * 86400, 65 * 86400) * G_USEC_PER_SEC;
          gint64 b = begin + (gint64) g_rand_int_range (random, -5 * 86400, 65 * 86400) * G_USEC_PER_SEC;

          g_assert_cmpint (mos_work_times_between (times, a, b), ==, mos_calendar_history_business_us (versions, a, b));
        }
    }
}

int
main (int argc,
      char *argv[])
{
  mos_test_init (&argc, &argv);

  g_test_add_func ("/calendar/table", test_table);
  g_test_add_func ("/calendar/add", test_add);
  g_test_add_func ("/calendar/edges", test_edges);
  g_test_add_func ("/calendar/open", test_open);
  g_test_add_func ("/calendar/sets", test_sets);
  g_test_add_func ("/calendar/dates", test_dates);
  g_test_add_func ("/calendar/inverse", test_inverse);
  g_test_add_func ("/calendar/text", test_text);
  g_test_add_func ("/calendar/wrong-text", test_wrong_text);
  g_test_add_func ("/calendar/versions", test_versions);
  g_test_add_func ("/calendar/versions-inverse", test_versions_inverse);
  g_test_add_func ("/calendar/work-times", test_work_times);

  return g_test_run ();
}
