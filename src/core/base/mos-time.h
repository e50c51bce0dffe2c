/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Times are microseconds since 1970-01-01 UTC. Pure functions; any thread. */

/**
 * mos_time_tomorrow_at:
 * @tz: (nullable): %NULL = this computer's
 *
 * Returns: @hour:@minute of the next day in @tz. In the hour that a change of clocks leaves out, the first moment after it; in the doubled one, the first of both.
 */
gint64 mos_time_tomorrow_at (gint64 now_us, GTimeZone *tz, int hour, int minute);

/** mos_time_next_weekday_at: @weekday: 1 = Monday ... 7; always a later day, never today */
gint64 mos_time_next_weekday_at (gint64 now_us, GTimeZone *tz, int weekday, int hour, int minute);

/** mos_time_local: Returns: the moment a clock in @tz shows this; rules for the left-out and the doubled hour as above; 0 for a day that is none */
gint64 mos_time_local (GTimeZone *tz, int year, int month, int day, int hour, int minute);

/** mos_time_local_seconds: Returns: what a clock in @tz shows at @us, as seconds since 1970-01-01 there: divided by 3600 or 86400 its hours and days */
gint64 mos_time_local_seconds (GTimeZone *tz, gint64 us);

/** mos_time_format_utc: Returns: (transfer full): ISO 8601 with "Z", whole seconds; "" for 0 */
char *mos_time_format_utc (gint64 us);

/** mos_time_parse: an ISO 8601 date and time; without an offset it is @tz's. A date alone is its midnight. Returns: 0 when it is none */
gint64 mos_time_parse (const char *text, GTimeZone *tz);

G_END_DECLS
