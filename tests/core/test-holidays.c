/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "mos-test.h"

#include "core/automation/mos-holidays.h"
#include "core/base/mos-time.h"

#include <glib/gstdio.h>
#include <string.h>

#define OFFICE "zone Europe/Madrid\nmon 09:00-14:00 16:00-19:00\ntue 09:00-17:00\nwed 09:00-17:00\nthu 09:00-17:00\nfri 09:00-17:00\nsat 22:00-30:00\n"

/* Events in lines, and what is made of them from 2026 to 2028, as a calendar writes it; lines separated by "|". */
static const struct
{
  const char *events;
  const char *dates;
  guint n_skipped;
} rows[] = {
  { "DTSTART;VALUE=DATE:20261225|SUMMARY:Christmas", "2026-12-25 closed Christmas", 0 },
  /* the end is the day after */
  { "DTSTART;VALUE=DATE:20261224|DTEND;VALUE=DATE:20261227|SUMMARY:Closed", "2026-12-24 closed Closed|2026-12-25 closed Closed|2026-12-26 closed Closed", 0 },
  { "DTSTART;VALUE=DATE:20261225|DTEND;VALUE=DATE:20261225|SUMMARY:Odd", "2026-12-25 closed Odd", 0 },
  { "DTSTART;VALUE=DATE:20261225|DURATION:P2D|SUMMARY:Two", "2026-12-25 closed Two|2026-12-26 closed Two", 0 },
  /* what began long ago and goes on for ever, one year left out */
  { "DTSTART;VALUE=DATE:19700101|RRULE:FREQ=YEARLY|EXDATE;VALUE=DATE:20270101|SUMMARY:New Year", "2026-01-01 closed New Year|2028-01-01 closed New Year", 0 },
  { "DTSTART;VALUE=DATE:20260525|RRULE:FREQ=YEARLY;BYMONTH=5;BYDAY=-1MO|SUMMARY:Memorial Day", "2026-05-25 closed Memorial Day|2027-05-31 closed Memorial Day|2028-05-29 closed Memorial Day", 0 },
  { "DTSTART;VALUE=DATE:20240229|RRULE:FREQ=YEARLY|SUMMARY:Leap", "2028-02-29 closed Leap", 0 },
  { "DTSTART;VALUE=DATE:20261201|RRULE:FREQ=DAILY;COUNT=2|SUMMARY:Stock", "2026-12-01 closed Stock|2026-12-02 closed Stock", 0 },
  { "DTSTART;VALUE=DATE:20261208|RDATE;VALUE=DATE:20271208,20281208|EXDATE;VALUE=DATE:20271208|SUMMARY:Day", "2026-12-08 closed Day|2028-12-08 closed Day", 0 },
  /* one year's is moved */
  { "UID:a|DTSTART;VALUE=DATE:20260815|RRULE:FREQ=YEARLY;COUNT=2|SUMMARY:Fair||UID:a|RECURRENCE-ID;VALUE=DATE:20270815|DTSTART;VALUE=DATE:20270816|SUMMARY:Fair moved", "2026-08-15 closed Fair|2027-08-16 closed Fair moved", 0 },
  /* with times: what remains of the day, in its zone */
  { "DTSTART;TZID=Europe/Madrid:20261224T130000|DTEND;TZID=Europe/Madrid:20261224T200000|SUMMARY:Early", "2026-12-24 09:00-13:00 Early", 0 },
  { "DTSTART:20261130T140000Z|DTEND:20261130T160000Z|SUMMARY:Fire drill", "2026-11-30 09:00-14:00 17:00-19:00 Fire drill", 0 },
  { "DTSTART;TZID=/citadel.org/20211207_1/America/New_York:20261130T080000|DTEND;TZID=America/New_York:20261130T120000|SUMMARY:Call", "2026-11-30 09:00-14:00 18:00-19:00 Call", 0 },
  { "DTSTART:20261130T000000|DTEND:20261201T000000|SUMMARY:All of it", "2026-11-30 closed All of it", 0 },
  /* the night from Saturday on */
  { "DTSTART:20261129T020000|DURATION:PT2H|SUMMARY:Night", "2026-11-28 22:00-26:00 Night|2026-11-29 04:00-06:00 Night", 0 },
  /* when nobody works anyway */
  { "DTSTART:20261129T120000|DURATION:PT1H|SUMMARY:Lunch", "", 0 },
  /* over the clock change: 02:00 to 03:00 is no hour of that night */
  { "DTSTART:20260329T000000Z|DTEND:20260329T010000Z|SUMMARY:Change", "2026-03-28 22:00-25:00 Change|2026-03-29 03:00-06:00 Change", 0 },
  /* two on one day */
  { "DTSTART;VALUE=DATE:20261225|SUMMARY:Christmas||DTSTART;VALUE=DATE:20261225|SUMMARY:Christmas||DTSTART;VALUE=DATE:20261225|SUMMARY:Friday", "2026-12-25 closed Christmas, Friday", 0 },
  /* what says nothing about hours */
  { "DTSTART;VALUE=DATE:20261225|STATUS:CANCELLED|SUMMARY:Off", "", 1 },
  { "DTSTART:20261130T140000Z|DTEND:20261130T160000Z|TRANSP:TRANSPARENT|SUMMARY:Free", "", 1 },
  { "SUMMARY:No date", "", 1 },
  { "DTSTART:20261130T140000Z|SUMMARY:A moment", "", 1 },
  { "DTSTART;VALUE=DATE:20261399|SUMMARY:Never", "", 1 },
  /* a rule that never ends and one that never begins: the day itself is closed all the same */
  { "DTSTART;VALUE=DATE:20261225|RRULE:FREQ=SECONDLY|SUMMARY:Bomb", "2026-12-25 closed Bomb", 1 },
  { "DTSTART;VALUE=DATE:20261225|RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30|SUMMARY:Bomb", "2026-12-25 closed Bomb", 1 },
  /* out of all time */
  { "DTSTART;VALUE=DATE:29991225|SUMMARY:Far", "", 1 },
  { "DTSTART;VALUE=DATE:19001225|DTEND;VALUE=DATE:24001225|SUMMARY:Long", "", 0 },
  /* names */
  { "DTSTART;VALUE=DATE:20261225|SUMMARY:Weihnachten\\, 1.\\nFeiertag", "2026-12-25 closed Weihnachten, 1. Feiertag", 0 },
  { "DTSTART:20261130T160000|DURATION:PT3H|SUMMARY:9:00-10:00 only", "2026-11-30 09:00-14:00 - 9:00-10:00 only", 0 },
  { "DTSTART;VALUE=DATE:20261225", "2026-12-25 closed", 0 },
};

static gint64
at (const char *text)
{
  return mos_time_parse (text, NULL);
}

static GBytes *
file_of (const char *events)
{
  g_autoptr (GString) text = g_string_new ("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Test//EN\r\nX-WR-CALNAME:Holidays in Spain\r\nBEGIN:VEVENT\r\n");
  g_auto (GStrv) lines = g_strsplit (events, "|", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    g_string_append_printf (text, "%s\r\n", *lines[i] != '\0' ? lines[i] : "END:VEVENT\r\nBEGIN:VEVENT");
  g_string_append (text, "END:VEVENT\r\nEND:VCALENDAR\r\n");
  return g_bytes_new (text->str, text->len);
}

static MosHolidays *
read_file (GBytes *data,
           const char *calendar,
           GError **error)
{
  g_autoptr (MosCalendar) hours = calendar != NULL ? mos_calendar_parse (calendar, NULL) : NULL;

  return mos_holidays_parse (data, hours, at ("2026-01-01T00:00:00Z"), at ("2028-12-31T12:00:00Z"), error);
}

static void
test_table (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GBytes) data = file_of (rows[i].events);
      g_autoptr (GError) error = NULL;
      g_autoptr (MosHolidays) holidays = read_file (data, OFFICE, &error);
      g_autoptr (MosCalendar) hours = mos_calendar_parse (OFFICE, NULL);
      g_autoptr (MosCalendar) with = NULL;
      g_autofree char *text = NULL;
      g_autofree char *expected = NULL;
      g_auto (GStrv) lines = NULL;

      g_test_message ("%s", rows[i].events);
      g_assert_no_error (error);
      g_assert_cmpstr (holidays->name, ==, "Holidays in Spain");
      g_assert_cmpuint (holidays->n_skipped, ==, rows[i].n_skipped);
      with = mos_calendar_with_set (hours, holidays->name, holidays->dates);
      text = mos_calendar_to_text (with);
      lines = g_strsplit (rows[i].dates, "|", -1);
      expected = g_strjoinv ("\n", lines);
      if (*rows[i].dates == '\0')
        g_assert_null (strstr (text, "holidays"));
      else
        g_assert_cmpstr (g_strchomp (strstr (text, "holidays Holidays in Spain\n")) + strlen ("holidays Holidays in Spain\n"), ==, expected);
      /* It is what is read again. */
      {
        g_autofree char *whole = mos_calendar_to_text (with);
        g_autoptr (MosCalendar) again = mos_calendar_parse (whole, NULL);
        g_autofree char *twice = mos_calendar_to_text (again);

        g_assert_cmpstr (twice, ==, whole);
      }
    }
}

/* A zone that nobody but the file knows */
static void
test_own_zone (void)
{
  static const char text[] = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VTIMEZONE\r\nTZID:Shop time\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\nTZOFFSETFROM:-0200\r\nTZOFFSETTO:-0200\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n"
                             "BEGIN:VEVENT\r\nDTSTART;TZID=Shop time:20261201T120000\r\nDTEND;TZID=Shop time:20261201T200000\r\nSUMMARY:Early\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
  g_autoptr (GBytes) data = g_bytes_new_static (text, strlen (text));
  g_autoptr (MosHolidays) holidays = read_file (data, OFFICE, NULL);
  MosCalendarDate *date;

  g_assert_nonnull (holidays);
  g_assert_cmpuint (holidays->dates->len, ==, 1);
  date = holidays->dates->pdata[0];
  g_assert_cmpint (g_array_index (date->hours, MosCalendarHours, 0).to, ==, 15 * 60);
}

static void
test_no_calendar (void)
{
  g_autoptr (GBytes) whole = file_of ("DTSTART;VALUE=DATE:20261225|SUMMARY:Christmas||DTSTART:20261130T140000Z|DURATION:PT1H|SUMMARY:Meeting");
  g_autoptr (MosHolidays) holidays = read_file (whole, NULL, NULL);

  /* Nobody's hours: nothing can be taken from them. */
  g_assert_cmpuint (holidays->dates->len, ==, 1);
  g_assert_cmpuint (((MosCalendarDate *) holidays->dates->pdata[0])->hours->len, ==, 0);
}

static void
test_hostile (void)
{
  static const char *const wrong[] = { "", "Dear Sir,\n", "BEGIN:VCARD\r\nFN:Ana\r\nEND:VCARD\r\n", "<html>", "BEGIN:VEVENT\r\nEND:VEVENT\r\n" };
  g_autoptr (GString) deep = g_string_new (NULL);
  g_autoptr (GString) many = g_string_new ("BEGIN:VCALENDAR\r\n");
  g_autofree char *large = g_malloc0 (MOS_HOLIDAYS_MAX_BYTES + 1);
  g_autoptr (GBytes) large_data = NULL, deep_data = NULL, many_data = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (MosHolidays) holidays = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GBytes) data = g_bytes_new_static (wrong[i], strlen (wrong[i]));
      g_autoptr (GError) said = NULL;

      g_assert_null (read_file (data, OFFICE, &said));
      g_assert_error (said, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
    }

  memset (large, ' ', MOS_HOLIDAYS_MAX_BYTES);
  large_data = g_bytes_new_static (large, MOS_HOLIDAYS_MAX_BYTES + 1);
  g_assert_null (read_file (large_data, OFFICE, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE);
  g_clear_error (&error);

  for (guint i = 0; i < 100000; i++)
    g_string_append (deep, "BEGIN:VCALENDAR\r\n");
  deep_data = g_bytes_new_static (deep->str, deep->len);
  g_assert_null (read_file (deep_data, OFFICE, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
  g_clear_error (&error);

  /* every day for ever, since ever, many times over */
  for (guint i = 0; i < 300; i++)
    g_string_append_printf (many, "BEGIN:VEVENT\r\nUID:%u\r\nDTSTART;VALUE=DATE:19000101\r\nDTEND;VALUE=DATE:20990101\r\nRRULE:FREQ=DAILY\r\nSUMMARY:%u\r\nEND:VEVENT\r\n", i, i);
  g_string_append (many, "END:VCALENDAR\r\n");
  many_data = g_bytes_new_static (many->str, many->len);
  holidays = read_file (many_data, OFFICE, &error);
  g_assert_no_error (error);
  g_assert_true (holidays->is_cut);
  g_assert_cmpuint (holidays->dates->len, <=, MOS_HOLIDAYS_MAX_DATES);
}

/* What repeats every day and is excepted a thousand times. */
static void
test_exceptions (void)
{
  g_autoptr (GString) text = g_string_new ("BEGIN:VCALENDAR\r\n");
  g_autoptr (GBytes) data = NULL;
  g_autoptr (MosHolidays) holidays = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 2; i++)
    {
      g_string_append_printf (text, "BEGIN:VEVENT\r\nUID:%u\r\nDTSTART:19800101T100000\r\nDURATION:PT1H\r\nRRULE:FREQ=DAILY\r\nSUMMARY:%u\r\n", i, i);
      for (guint n = 0; n < 28 * 12 * 9; n++)
        g_string_append_printf (text, "EXDATE:%04u%02u%02uT100000\r\n", 2020 + n / 28 / 12, n / 28 % 12 + 1, n % 28 + 1);
      g_string_append (text, "END:VEVENT\r\n");
    }
  g_string_append (text, "END:VCALENDAR\r\n");
  data = g_bytes_new_static (text->str, text->len);
  holidays = read_file (data, OFFICE, &error);
  g_assert_no_error (error);
  /* Only the last days of long months are left. */
  g_assert_cmpuint (holidays->dates->len, >, 0);
  for (guint i = 0; i < holidays->dates->len; i++)
    {
      GDate date;

      g_date_clear (&date, 1);
      g_date_set_julian (&date, ((MosCalendarDate *) holidays->dates->pdata[i])->julian);
      g_assert_cmpuint (g_date_get_day (&date), >, 28);
    }
}

/* --- files --- */

static void
test_file (void)
{
  g_autoptr (MosCalendar) calendar = mos_calendar_parse (OFFICE, NULL);
  g_autoptr (GFile) zero = g_file_new_for_path ("/dev/zero");
  g_autofree char *folder = g_dir_make_tmp ("mos-holidays-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "Spain.ics", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  static const char text[] = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART;VALUE=DATE:20001225\r\nRRULE:FREQ=YEARLY\r\nSUMMARY:Christmas\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (MosHolidays) holidays = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_null (mos_holidays_read_file (zero, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE);
  g_clear_error (&error);

  mos_holidays_load_async (file, calendar, NULL, mos_test_ready_cb, &result);
  mos_test_wait (result != NULL, 5000);
  g_assert_null (mos_holidays_load_finish (file, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_clear_object (&result);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  mos_holidays_load_async (file, calendar, NULL, mos_test_ready_cb, &result);
  mos_test_wait (result != NULL, 5000);
  holidays = mos_holidays_load_finish (file, result, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (holidays->name, ==, "Spain");
  g_assert_cmpuint (holidays->dates->len, >=, MOS_HOLIDAYS_YEARS);
  g_assert_true (g_file_delete (file, NULL, NULL));
  g_rmdir (folder);
}

int
main (int argc,
      char *argv[])
{
  mos_test_init (&argc, &argv);

  g_test_add_func ("/holidays/table", test_table);
  g_test_add_func ("/holidays/own-zone", test_own_zone);
  g_test_add_func ("/holidays/no-calendar", test_no_calendar);
  g_test_add_func ("/holidays/hostile", test_hostile);
  g_test_add_func ("/holidays/exceptions", test_exceptions);
  g_test_add_func ("/holidays/file", test_file);

  return g_test_run ();
}
