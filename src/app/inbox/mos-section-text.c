/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-inbox"

#include "config.h"

#include "app/inbox/mos-section-text.h"

#include <glib/gi18n.h>

static char *
day_text (gint64 section,
          gint64 now_us,
          GTimeZone *zone)
{
  g_autoptr (GTimeZone) local = zone != NULL ? g_time_zone_ref (zone) : g_time_zone_new_local ();
  gboolean is_month;
  gint64 begin_us = mos_section_get_time (section, &is_month), today_us = mos_day_begin (now_us, local);
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc_usec (begin_us);
  g_autoptr (GDateTime) begin = g_date_time_to_timezone (utc, local);
  /* A day has up to 25 hours. */
  gint64 days = (begin_us - today_us + (begin_us > today_us ? 2 : -2) * G_TIME_SPAN_HOUR) / G_TIME_SPAN_DAY;

  if (section == 0)
    return g_strdup (_ ("Without a time"));
  if (is_month)
    /* Translators: a month of a year, as a heading: “March 2026”; see strftime. */
    return g_date_time_format (begin, C_ ("section", "%OB %Y"));
  if (days == 0)
    return g_strdup (C_ ("section", "Today"));
  if (days == -1)
    return g_strdup (C_ ("section", "Yesterday"));
  if (days == 1)
    return g_strdup (C_ ("section", "Tomorrow"));
  /* Translators: a day of the last or the next week, as a heading: “Monday, 2 March”; see strftime. */
  return g_date_time_format (begin, C_ ("section", "%A, %-d %B"));
}

char *
mos_section_text (MosViewGrouping grouping,
                  gint64 section,
                  gint64 now_us,
                  GTimeZone *zone)
{
  if (grouping == MOS_GROUPING_DAY)
    return day_text (section, now_us, zone);
  switch ((MosWaitSection) section)
    {
    case MOS_WAIT_DAY:
      return g_strdup (_ ("Waiting for more than a day"));
    case MOS_WAIT_HOURS:
      return g_strdup (_ ("Waiting for more than two hours"));
    case MOS_WAIT_SHORT:
      return g_strdup (_ ("Waiting for less than two hours"));
    case MOS_WAIT_NONE:
    default:
      return g_strdup (_ ("Not waiting"));
    }
}
