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

gint64
mos_snooze_time (const char *preset,
                 gint64 now_us,
                 GTimeZone *zone)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (now_us / G_USEC_PER_SEC);
  g_autoptr (GDateTime) now = g_date_time_to_timezone (utc, zone);
  g_autoptr (GDateTime) day = NULL;
  int days;

  g_return_val_if_fail (preset != NULL, 0);

  if (g_str_equal (preset, "later"))
    return now_us + 3 * G_TIME_SPAN_HOUR;
  if (g_str_equal (preset, "month"))
    {
      int month = g_date_time_get_month (now);

      return mos_snooze_time_at (g_date_time_get_year (now) + month / 12, month % 12 + 1, 1, MORNING_HOUR, 0, zone);
    }
  if (g_str_equal (preset, "tomorrow"))
    days = 1;
  else if (g_str_equal (preset, "monday"))
    days = 8 - g_date_time_get_day_of_week (now); /* on a Monday it is the next one */
  else
    return 0;

  day = g_date_time_add_days (now, days);
  return mos_snooze_time_at (g_date_time_get_year (day), g_date_time_get_month (day), g_date_time_get_day_of_month (day), MORNING_HOUR, 0, zone);
}
