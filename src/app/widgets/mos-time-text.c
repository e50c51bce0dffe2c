/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-widgets"

#include "config.h"

#include "app/widgets/mos-time-text.h"

#include <glib/gi18n.h>

/* GLib asks the file system for the zone of this computer each time; a list asks for hundreds of times at once. */
#define LOCAL_ZONE_US G_USEC_PER_SEC

static GTimeZone *
local_zone (void)
{
  static GTimeZone *zone;
  static gint64 since_us;
  gint64 now_us = g_get_monotonic_time ();

  if (zone == NULL || now_us - since_us > LOCAL_ZONE_US)
    {
      g_clear_pointer (&zone, g_time_zone_unref);
      zone = g_time_zone_new_local ();
      since_us = now_us;
    }
  return zone;
}

static GDateTime *
moment (gint64 time_us,
        GTimeZone *zone)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc_usec (time_us);

  if (utc == NULL)
    return NULL;
  return g_date_time_to_timezone (utc, zone != NULL ? zone : local_zone ());
}

static guint32
julian_day (GDateTime *time)
{
  GDate date;

  g_date_clear (&date, 1);
  g_date_set_dmy (&date, (GDateDay) g_date_time_get_day_of_month (time), (GDateMonth) g_date_time_get_month (time), (GDateYear) g_date_time_get_year (time));
  return g_date_get_julian (&date);
}

/* Days of the calendar, not spans of 24 hours: a day may have 23 or 25. */
static int
days_between (GDateTime *then,
              GDateTime *now)
{
  return (int) julian_day (now) - (int) julian_day (then);
}

int
mos_time_text_days_between (gint64 then_us,
                            gint64 now_us,
                            GTimeZone *zone)
{
  g_autoptr (GDateTime) then = moment (then_us, zone);
  g_autoptr (GDateTime) now = moment (now_us, zone);

  return then != NULL && now != NULL ? days_between (then, now) : 0;
}

char *
mos_time_text_short (gint64 then_us,
                     gint64 now_us,
                     GTimeZone *zone)
{
  g_autoptr (GDateTime) then = then_us != 0 ? moment (then_us, zone) : NULL;
  g_autoptr (GDateTime) now = moment (now_us, zone);
  int days;

  if (then == NULL || now == NULL)
    return g_strdup ("");

  days = days_between (then, now);
  if (days == 0)
    /* Translators: time of day in the conversation list, a GDateTime format. */
    return g_date_time_format (then, C_ ("time format", "%H:%M"));
  if (days == 1)
    return g_strdup (_ ("Yesterday"));
  if (days == -1)
    return g_strdup (_ ("Tomorrow"));
  if (days > 1 && days < 7)
    /* Translators: the day's name in the conversation list, a GDateTime format; "%A" is the full name. */
    return g_date_time_format (then, C_ ("time format", "%A"));
  if (g_date_time_get_year (then) == g_date_time_get_year (now))
    /* Translators: day and month of this year in the conversation list, a GDateTime format. */
    /* xgettext:no-c-format */
    return g_date_time_format (then, C_ ("time format", "%-d %b"));
  /* Translators: a day of another year in the conversation list, a GDateTime format. */
  return g_date_time_format (then, C_ ("time format", "%-d %b %Y"));
}

char *
mos_time_text_relative (gint64 then_us,
                        gint64 now_us,
                        GTimeZone *zone)
{
  g_autoptr (GDateTime) then = then_us != 0 ? moment (then_us, zone) : NULL;
  g_autoptr (GDateTime) now = moment (now_us, zone);
  gint64 seconds;
  int days;

  if (then == NULL || now == NULL)
    return g_strdup ("");

  seconds = (now_us - then_us) / G_USEC_PER_SEC;
  /* Clocks of two machines differ by seconds: a little in the future is now. */
  if (seconds > -60 && seconds < 60)
    return g_strdup (_ ("just now"));
  if (seconds > 0 && seconds < 60 * 60)
    {
      int minutes = (int) (seconds / 60);

      /* Translators: %d is a number of minutes; keep it short. */
      return g_strdup_printf (ngettext ("%d min ago", "%d min ago", (gulong) minutes), minutes);
    }

  days = days_between (then, now);
  if (days == 0)
    return g_date_time_format (then, C_ ("time format", "%H:%M"));
  if (days == 1)
    /* Translators: a GDateTime format. */
    return g_date_time_format (then, C_ ("time format", "Yesterday, %H:%M"));
  if (days == -1)
    /* Translators: a GDateTime format. */
    return g_date_time_format (then, C_ ("time format", "Tomorrow, %H:%M"));
  if (days > -7 && days < 7)
    /* Translators: a day of this week or the coming days, a GDateTime format; "%A" is the day's full name. */
    return g_date_time_format (then, C_ ("time format", "%A, %H:%M"));
  if (g_date_time_get_year (then) == g_date_time_get_year (now))
    /* Translators: a day of this year, a GDateTime format. */
    return g_date_time_format (then, C_ ("time format", "%-d %b, %H:%M"));
  /* Translators: a day of another year, a GDateTime format. */
  return g_date_time_format (then, C_ ("time format", "%-d %b %Y, %H:%M"));
}

char *
mos_time_text_clock (gint64 then_us,
                     GTimeZone *zone)
{
  g_autoptr (GDateTime) then = then_us != 0 ? moment (then_us, zone) : NULL;

  return then != NULL ? g_date_time_format (then, C_ ("time format", "%H:%M")) : g_strdup ("");
}

char *
mos_time_text_day (gint64 then_us,
                   gint64 now_us,
                   GTimeZone *zone)
{
  g_autoptr (GDateTime) then = then_us != 0 ? moment (then_us, zone) : NULL;
  g_autoptr (GDateTime) now = moment (now_us, zone);
  int days;

  if (then == NULL || now == NULL)
    return g_strdup ("");
  days = days_between (then, now);
  if (days == 0)
    return g_strdup (C_ ("day", "Today"));
  if (days == 1)
    return g_strdup (C_ ("day", "Yesterday"));
  if (days > 0 && days < 7)
    /* Translators: a day of the last week, a GDateTime format; "%A" is the day's full name. */
    return g_date_time_format (then, C_ ("day", "%A"));
  if (g_date_time_get_year (then) == g_date_time_get_year (now))
    /* Translators: a day of this year, a GDateTime format. */
    return g_date_time_format (then, C_ ("day", "%A, %-d %B"));
  /* Translators: a day of another year, a GDateTime format. */
  return g_date_time_format (then, C_ ("day", "%-d %B %Y"));
}

char *
mos_time_text_full (gint64 then_us,
                    GTimeZone *zone)
{
  g_autoptr (GDateTime) then = then_us != 0 ? moment (then_us, zone) : NULL;

  if (then == NULL)
    return g_strdup ("");
  /* Translators: a date and time in full, a GDateTime format; %Z is the time zone. */
  return g_date_time_format (then, C_ ("time format", "%A, %-d %B %Y, %H:%M:%S %Z"));
}

char *
mos_time_text_duration (gint64 duration_us)
{
  gint64 minutes = duration_us / G_USEC_PER_SEC / 60;

  if (duration_us <= 0)
    return g_strdup ("");
  if (minutes < 1)
    /* Translators: how long a customer has been waiting. */
    return g_strdup (_ ("under 1 min"));
  if (minutes < 60)
    /* Translators: how long a customer has been waiting, in minutes; keep it short. */
    return g_strdup_printf (ngettext ("%d min", "%d min", (gulong) minutes), (int) minutes);
  if (minutes < 60 * 48)
    /* Translators: how long a customer has been waiting, in hours; keep it short. */
    return g_strdup_printf (ngettext ("%d h", "%d h", (gulong) (minutes / 60)), (int) (minutes / 60));
  /* Translators: how long a customer has been waiting, in days; keep it short. */
  return g_strdup_printf (ngettext ("%d d", "%d d", (gulong) (minutes / 60 / 24)), (int) (minutes / 60 / 24));
}
