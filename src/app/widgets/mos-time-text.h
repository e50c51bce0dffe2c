/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Times as people read them. Pure functions: the present and the zone are
 * parameters, so a table can test them over midnight, daylight saving and year
 * ends. Times are microseconds since 1970 UTC; 0 means "unknown" and gives "".
 * Any thread that may call gettext. */

/**
 * mos_time_text_short:
 * @then_us: the moment
 * @now_us: the present
 * @zone: (nullable): %NULL = the local zone
 *
 * For lists: "14:05" today, "Yesterday", the day's name within a week, "3 Mar", and "3 Mar 2024" in another year.
 * A moment in the future is written as a date or time, never as "ago".
 *
 * Returns: (transfer full): never %NULL
 */
char *mos_time_text_short (gint64 then_us, gint64 now_us, GTimeZone *zone);

/**
 * mos_time_text_relative: "just now", "5 min ago", "14:05", "Yesterday, 14:05", "Monday, 14:05", "3 Mar, 14:05", "3 Mar 2024, 14:05";
 * "Tomorrow, 09:00" and the like for what is to come (a snooze).
 *
 * Returns: (transfer full): never %NULL
 */
char *mos_time_text_relative (gint64 then_us, gint64 now_us, GTimeZone *zone);

/** mos_time_text_clock: Returns: (transfer full): the time of day alone, for what stands below its day */
char *mos_time_text_clock (gint64 then_us, GTimeZone *zone);
/** mos_time_text_day: Returns: (transfer full): the day alone: "Today", "Monday", "3 May"; a heading */
char *mos_time_text_day (gint64 then_us, gint64 now_us, GTimeZone *zone);
/** mos_time_text_full: Returns: (transfer full): weekday, date and time in full, with the zone; for tooltips */
char *mos_time_text_full (gint64 then_us, GTimeZone *zone);

/** mos_time_text_duration: Returns: (transfer full): how long a customer waits: "3 min", "5 h", "2 d"; "" for 0 or less */
char *mos_time_text_duration (gint64 duration_us);

/** mos_time_text_days_between: Returns: how many midnights of @zone lie between the two moments; negative when @then_us is later */
int mos_time_text_days_between (gint64 then_us, gint64 now_us, GTimeZone *zone);

G_END_DECLS
