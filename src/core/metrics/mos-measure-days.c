/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-metrics"

#include "config.h"

#include "core/base/mos-time.h"
#include "core/metrics/mos-measure-days-private.h"

static gint64
day_of (GTimeZone *zone,
        gint64 us)
{
  return mos_time_local_seconds (zone, us) / 86400;
}

void
mos_day_span_init (MosDaySpan *self,
                   GTimeZone *zone,
                   gint64 from_us,
                   gint64 to_us)
{
  const gint64 first = day_of (zone, from_us), last = day_of (zone, to_us - 1);

  *self = (MosDaySpan) { .zone = zone, .starts = g_array_new (FALSE, FALSE, sizeof (gint64)) };
  /* 1970-01-01 was a Thursday. */
  self->weekday = (guint) ((first + 3) % 7);
  g_array_append_val (self->starts, from_us);
  for (gint64 day = first + 1; day <= last; day++)
    {
      g_autoptr (GDateTime) date = g_date_time_new_from_unix_utc (day * 86400);
      gint64 start_us = mos_time_local (zone, g_date_time_get_year (date), g_date_time_get_month (date), g_date_time_get_day_of_month (date), 0, 0);

      g_array_append_val (self->starts, start_us);
    }
  g_array_append_val (self->starts, to_us);
}

void
mos_day_span_clear (MosDaySpan *self)
{
  g_clear_pointer (&self->starts, g_array_unref);
}

guint
mos_day_span_get_n (const MosDaySpan *self)
{
  return self->starts->len - 1;
}

gint64
mos_day_span_get_start (const MosDaySpan *self,
                        guint day)
{
  return g_array_index (self->starts, gint64, day);
}

guint
mos_day_span_find (const MosDaySpan *self,
                   gint64 us)
{
  const gint64 *starts = (const gint64 *) (gpointer) self->starts->data;
  const guint n = mos_day_span_get_n (self);
  guint day = (guint) MIN ((guint64) MAX (us - starts[0], 0) / G_TIME_SPAN_DAY, n - 1);

  /* Nearly all of them are as long. */
  while (day > 0 && us < starts[day])
    day--;
  while (day + 1 < n && us >= starts[day + 1])
    day++;
  return day;
}

guint
mos_day_span_get_hour (const MosDaySpan *self,
                       guint day,
                       gint64 us)
{
  const gint64 start_us = mos_day_span_get_start (self, day), end_us = mos_day_span_get_start (self, day + 1);
  /* A day on which clocks are changed, or one that begins with an hour that was left out, is asked of the zone. */
  const guint hour = end_us - start_us == G_TIME_SPAN_DAY ? (guint) ((us - start_us) / G_TIME_SPAN_HOUR) : (guint) (mos_time_local_seconds (self->zone, us) / 3600 % 24);

  return (self->weekday + day) % 7 * 24 + hour;
}
