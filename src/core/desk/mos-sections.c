/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-sections.h"

/* A day has a header of its own while it is as near as this. */
#define NEAR_DAYS 7
#define WAIT_HOURS_US (2 * G_TIME_SPAN_HOUR)

static gint64
begin_of (gint64 us,
          GTimeZone *zone,
          gboolean month,
          int add)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc_usec (us);
  g_autoptr (GDateTime) local = utc != NULL ? g_date_time_to_timezone (utc, zone) : NULL;
  g_autoptr (GDateTime) noon = NULL;
  g_autoptr (GDateTime) there = NULL;
  g_autoptr (GDateTime) begin = NULL;

  if (local == NULL)
    return 0;
  /* From noon, so that a day of 23 or 25 hours is one step; a midnight that the clocks leave out is the first moment after it. */
  noon = g_date_time_new (zone, g_date_time_get_year (local), g_date_time_get_month (local), month ? 1 : g_date_time_get_day_of_month (local), 12, 0, 0);
  there = noon != NULL ? (month ? g_date_time_add_months (noon, add) : g_date_time_add_days (noon, add)) : NULL;
  begin = there != NULL ? g_date_time_new (zone, g_date_time_get_year (there), g_date_time_get_month (there), g_date_time_get_day_of_month (there), 0, 0, 0) : NULL;
  return begin != NULL ? g_date_time_to_unix_usec (begin) : 0;
}

gint64
mos_day_begin (gint64 us,
               GTimeZone *zone)
{
  return begin_of (us, zone, FALSE, 0);
}

void
mos_sectioner_init (MosSectioner *self,
                    MosViewGrouping grouping,
                    gint64 now_us,
                    GTimeZone *zone)
{
  *self = (MosSectioner) { .grouping = grouping, .now_us = now_us, .zone = zone != NULL ? g_time_zone_ref (zone) : g_time_zone_new_local () };
  self->today_us = mos_day_begin (now_us, self->zone);
}

void
mos_sectioner_clear (MosSectioner *self)
{
  g_clear_pointer (&self->zone, g_time_zone_unref);
}

static gint64
find_day (MosSectioner *self,
          gint64 key_us)
{
  gint64 near_from_us = begin_of (self->today_us, self->zone, FALSE, 1 - NEAR_DAYS);
  gint64 near_until_us = begin_of (self->today_us, self->zone, FALSE, NEAR_DAYS);

  if (key_us >= near_from_us && key_us < near_until_us)
    {
      self->from_us = begin_of (key_us, self->zone, FALSE, 0);
      self->until_us = begin_of (key_us, self->zone, FALSE, 1);
      return self->from_us * 2;
    }
  self->from_us = begin_of (key_us, self->zone, TRUE, 0);
  self->until_us = begin_of (key_us, self->zone, TRUE, 1);
  self->section = self->from_us * 2 + 1;
  /* The near days are cut out of their month. */
  if (key_us < near_from_us)
    self->until_us = MIN (self->until_us, near_from_us);
  else
    self->from_us = MAX (self->from_us, near_until_us);
  return self->section;
}

static gint64
find_wait (MosSectioner *self,
           gint64 key_us)
{
  gint64 day_us = self->now_us - G_TIME_SPAN_DAY, hours_us = self->now_us - WAIT_HOURS_US;

  if (key_us <= day_us)
    {
      self->from_us = 1;
      self->until_us = day_us + 1;
      return MOS_WAIT_DAY;
    }
  if (key_us <= hours_us)
    {
      self->from_us = day_us + 1;
      self->until_us = hours_us + 1;
      return MOS_WAIT_HOURS;
    }
  self->from_us = hours_us + 1;
  self->until_us = G_MAXINT64;
  return MOS_WAIT_SHORT;
}

gint64
mos_sectioner_find (MosSectioner *self,
                    gint64 key_us)
{
  if (key_us <= 0 || self->grouping == MOS_GROUPING_NONE)
    return 0;
  if (key_us >= self->from_us && key_us < self->until_us)
    return self->section;
  self->section = self->grouping == MOS_GROUPING_DAY ? find_day (self, key_us) : find_wait (self, key_us);
  return self->section;
}

gint64
mos_section_get_time (gint64 section,
                      gboolean *ret_is_month)
{
  *ret_is_month = (section & 1) != 0;
  return section / 2;
}
