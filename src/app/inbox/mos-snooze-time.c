/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-inbox"

#include "config.h"

#include "app/inbox/mos-snooze-time.h"

#include "core/base/mos-time.h"

#define MORNING_HOUR 9

gint64
mos_snooze_time_at (int year,
                    int month,
                    int day,
                    int hour,
                    int minute,
                    GTimeZone *zone)
{
  return mos_time_local (zone, year, month, day, hour, minute);
}

/* Begin of work on a day */
static gint64
begin_of (GDate *day,
          MosCalendarPlace *place)
{
  int minute = place->calendar != NULL ? mos_calendar_day_start (g_date_get_year (day), (int) g_date_get_month (day), g_date_get_day (day), place) : -1;

  if (minute < 0)
    minute = MORNING_HOUR * 60;
  g_date_add_days (day, (guint) minute / (24 * 60));
  return mos_snooze_time_at (g_date_get_year (day), (int) g_date_get_month (day), g_date_get_day (day), minute / 60 % 24, minute % 60, place->zone);
}

gint64
mos_snooze_time (const char *preset,
                 gint64 now_us,
                 GTimeZone *zone,
                 MosCalendar *calendar)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (now_us / G_USEC_PER_SEC);
  g_autoptr (GDateTime) now = g_date_time_to_timezone (utc, zone);
  MosCalendarPlace place = { calendar != NULL && mos_calendar_has_hours (calendar) ? calendar : NULL, zone };
  GDate day;

  g_return_val_if_fail (preset != NULL, 0);

  if (g_str_equal (preset, "later"))
    return now_us + 3 * G_TIME_SPAN_HOUR;
  g_date_clear (&day, 1);
  g_date_set_dmy (&day, (GDateDay) g_date_time_get_day_of_month (now), (GDateMonth) g_date_time_get_month (now), (GDateYear) g_date_time_get_year (now));
  if (g_str_equal (preset, "month"))
    {
      g_date_set_day (&day, 1);
      g_date_add_months (&day, 1);
      /* Its first day of work, not too far from its first day. */
      for (int i = 0; place.calendar != NULL && i < 6 && mos_calendar_day_start (g_date_get_year (&day), (int) g_date_get_month (&day), g_date_get_day (&day), &place) < 0; i++)
        g_date_add_days (&day, 1);
    }
  else if (g_str_equal (preset, "tomorrow"))
    g_date_add_days (&day, 1);
  else if (g_str_equal (preset, "monday"))
    g_date_add_days (&day, (guint) (8 - g_date_time_get_day_of_week (now))); /* on a Monday it is the next one */
  else
    return 0;
  return begin_of (&day, &place);
}
