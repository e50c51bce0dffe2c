/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-base"

#include "config.h"

#include "core/base/mos-time.h"

#include <stdio.h>
#include <string.h>

gint64
mos_time_local (GTimeZone *tz,
                int year,
                int month,
                int day,
                int hour,
                int minute)
{
  g_autoptr (GTimeZone) zone = tz != NULL ? g_time_zone_ref (tz) : g_time_zone_new_local ();
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (GDateTime) wall = g_date_time_new (utc, year, month, day, hour, minute, 0);
  gint64 seconds, first = G_MAXINT64, latest = G_MININT64, earliest = G_MAXINT64;

  if (wall == NULL)
    return 0;

  /* Every offset in force around that day is tried: the earliest moment that shows this wall time is meant. Where none does (the
   * left-out hour), the offset before the change gives a moment after it: as much later as the clocks were put forward. */
  seconds = g_date_time_to_unix (wall);
  for (int probe = -1; probe <= 1; probe++)
    {
      int interval = g_time_zone_find_interval (zone, G_TIME_TYPE_UNIVERSAL, seconds + probe * 86400);
      gint64 moment = seconds - g_time_zone_get_offset (zone, interval);
      int there = g_time_zone_find_interval (zone, G_TIME_TYPE_UNIVERSAL, moment);

      if (moment + g_time_zone_get_offset (zone, there) == seconds)
        first = MIN (first, moment);
      latest = MAX (latest, moment);
      earliest = MIN (earliest, moment);
    }
  if (first == G_MAXINT64)
    {
      /* The clocks were put forward between the two: the change itself is the first moment after the gap, which may be a whole day (Apia). */
      int after = g_time_zone_find_interval (zone, G_TIME_TYPE_UNIVERSAL, latest);
      gint64 before = earliest;

      while (latest - before > 1)
        {
          gint64 middle = before + (latest - before) / 2;

          if (g_time_zone_find_interval (zone, G_TIME_TYPE_UNIVERSAL, middle) < after)
            before = middle;
          else
            latest = middle;
        }
      first = latest;
    }
  return first * G_USEC_PER_SEC;
}

static gint64
mos_time_days_later_at (GTimeZone *tz,
                        GDateTime *from,
                        int days,
                        int hour,
                        int minute)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (GDateTime) noon = g_date_time_new (utc, g_date_time_get_year (from), g_date_time_get_month (from),
                                                g_date_time_get_day_of_month (from), 12, 0, 0);
  g_autoptr (GDateTime) day = g_date_time_add_days (noon, days);

  return mos_time_local (tz, g_date_time_get_year (day), g_date_time_get_month (day), g_date_time_get_day_of_month (day), hour, minute);
}

gint64
mos_time_tomorrow_at (gint64 now_us,
                      GTimeZone *tz,
                      int hour,
                      int minute)
{
  g_autoptr (GTimeZone) zone = tz != NULL ? g_time_zone_ref (tz) : g_time_zone_new_local ();
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc_usec (now_us);
  g_autoptr (GDateTime) now = g_date_time_to_timezone (utc, zone);

  return mos_time_days_later_at (zone, now, 1, hour, minute);
}

gint64
mos_time_next_weekday_at (gint64 now_us,
                          GTimeZone *tz,
                          int weekday,
                          int hour,
                          int minute)
{
  g_autoptr (GTimeZone) zone = tz != NULL ? g_time_zone_ref (tz) : g_time_zone_new_local ();
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc_usec (now_us);
  g_autoptr (GDateTime) now = g_date_time_to_timezone (utc, zone);
  int days = (weekday - g_date_time_get_day_of_week (now) + 7) % 7;

  return mos_time_days_later_at (zone, now, days == 0 ? 7 : days, hour, minute);
}

gint64
mos_time_local_seconds (GTimeZone *tz,
                        gint64 us)
{
  gint64 seconds = us / G_USEC_PER_SEC;
  int interval = g_time_zone_find_interval (tz, G_TIME_TYPE_UNIVERSAL, seconds);

  return seconds + (interval >= 0 ? g_time_zone_get_offset (tz, interval) : 0);
}

char *
mos_time_format_utc (gint64 us)
{
  g_autoptr (GDateTime) time = us != 0 ? g_date_time_new_from_unix_utc_usec (us) : NULL;

  return time != NULL ? g_date_time_format (time, "%Y-%m-%dT%H:%M:%SZ") : g_strdup ("");
}

gint64
mos_time_parse (const char *text,
                GTimeZone *tz)
{
  g_autoptr (GTimeZone) zone = tz != NULL ? g_time_zone_ref (tz) : g_time_zone_new_local ();
  g_autoptr (GDateTime) time = NULL;
  int year, month, day, hour = 0, minute = 0, used = 0;

  if (sscanf (text, "%4d-%2d-%2d%n", &year, &month, &day, &used) == 3 && text[used] == '\0')
    return mos_time_local (zone, year, month, day, 0, 0);
  used = 0;
  if (sscanf (text, "%4d-%2d-%2d%*1[T ]%2d:%2d%n", &year, &month, &day, &hour, &minute, &used) == 5 && used > 0 && text[used] == '\0')
    return mos_time_local (zone, year, month, day, hour, minute);

  time = g_date_time_new_from_iso8601 (text, zone);
  return time != NULL ? g_date_time_to_unix_usec (time) : 0;
}
