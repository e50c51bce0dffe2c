/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-automation"

#include "config.h"

#include "core/automation/mos-calendar-private.h"

#include "core/base/mos-time.h"

#include <string.h>

#define MAX_CLOSED_DAYS 400

G_DEFINE_BOXED_TYPE (MosCalendar, mos_calendar, mos_calendar_ref, mos_calendar_unref)

void
mos_calendar_date_free (MosCalendarDate *date)
{
  g_array_unref (date->hours);
  g_free (date->name);
  g_free (date->set);
  g_free (date);
}

MosCalendar *
mos_calendar_new (void)
{
  MosCalendar *self = g_atomic_rc_box_new0 (MosCalendar);

  self->zone_name = g_strdup ("");
  self->exceptions = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_calendar_date_free);
  for (guint i = 0; i < 7; i++)
    self->week[i] = g_array_new (FALSE, FALSE, sizeof (MosCalendarHours));
  return self;
}

static void
mos_calendar_clear (gpointer data)
{
  MosCalendar *self = data;

  g_free (self->zone_name);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  for (guint i = 0; i < 7; i++)
    g_array_unref (self->week[i]);
  g_ptr_array_unref (self->exceptions);
}

MosCalendar *
mos_calendar_ref (MosCalendar *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
mos_calendar_unref (MosCalendar *self)
{
  g_atomic_rc_box_release_full (self, mos_calendar_clear);
}

/* --- what it says --- */

static gboolean
same_hours (GArray *one,
            GArray *other)
{
  return one->len == other->len && (one->len == 0 || memcmp (one->data, other->data, one->len * sizeof (MosCalendarHours)) == 0);
}

gboolean
mos_calendar_equal (MosCalendar *self,
                    MosCalendar *other)
{
  if (!g_str_equal (self->zone_name, other->zone_name) || self->exceptions->len != other->exceptions->len)
    return FALSE;
  for (guint i = 0; i < 7; i++)
    if (!same_hours (self->week[i], other->week[i]))
      return FALSE;
  for (guint i = 0; i < self->exceptions->len; i++)
    {
      MosCalendarDate *one = self->exceptions->pdata[i], *two = other->exceptions->pdata[i];

      if (one->julian != two->julian || !same_hours (one->hours, two->hours) || !g_str_equal (one->name, two->name) || g_strcmp0 (one->set, two->set) != 0)
        return FALSE;
    }
  return TRUE;
}

GArray *
mos_calendar_get_hours (MosCalendar *self,
                        int weekday)
{
  g_return_val_if_fail (weekday >= 1 && weekday <= 7, NULL);

  return self->week[weekday - 1];
}

GPtrArray *
mos_calendar_get_dates (MosCalendar *self)
{
  return self->exceptions;
}

gboolean
mos_calendar_has_hours (MosCalendar *self)
{
  for (guint i = 0; i < 7; i++)
    if (self->week[i]->len > 0)
      return TRUE;
  for (guint i = 0; i < self->exceptions->len; i++)
    if (((MosCalendarDate *) self->exceptions->pdata[i])->hours->len > 0)
      return TRUE;
  return FALSE;
}

GTimeZone *
mos_calendar_get_zone (MosCalendar *self)
{
  return self->zone;
}

const char *
mos_calendar_get_zone_name (MosCalendar *self)
{
  return self->zone_name;
}

/* --- the work of a day --- */

static GArray *
intervals_of (MosCalendar *self,
              const GDate *date)
{
  guint32 julian = g_date_get_julian (date);
  guint low = 0, high = self->exceptions->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (((MosCalendarDate *) self->exceptions->pdata[middle])->julian < julian)
        low = middle + 1;
      else
        high = middle;
    }
  if (low < self->exceptions->len && ((MosCalendarDate *) self->exceptions->pdata[low])->julian == julian)
    return ((MosCalendarDate *) self->exceptions->pdata[low])->hours;
  return self->week[(int) g_date_get_weekday (date) - 1];
}

static gint64
wall (MosCalendar *self,
      const GDate *date,
      int minute)
{
  GDate day = *date;

  if (minute >= DAY_MINUTES)
    {
      g_date_add_days (&day, (guint) (minute / DAY_MINUTES));
      minute %= DAY_MINUTES;
    }
  return mos_time_local (self->zone, g_date_get_year (&day), (int) g_date_get_month (&day), g_date_get_day (&day), minute / 60, minute % 60);
}

/* --- for times that people type --- */

/* The first minute of work of a day, or the last, as clocks in @zone show it then; 0…: after that day's midnight. */
static int
edge_of_day (const MosCalendarPlace *place,
             int year,
             int month,
             int day,
             gboolean is_end)
{
  MosCalendar *self = place->calendar;
  g_autoptr (GTimeZone) zone = place->zone != NULL ? g_time_zone_ref (place->zone) : g_time_zone_new_local ();
  g_autoptr (GDateTime) utc = NULL, there = NULL;
  MosCalendarHours *hours;
  GArray *intervals;
  GDate date, seen;

  g_date_clear (&date, 1);
  g_date_set_dmy (&date, (GDateDay) day, (GDateMonth) month, (GDateYear) year);
  intervals = intervals_of (self, &date);
  if (intervals->len == 0)
    return -1;
  hours = &g_array_index (intervals, MosCalendarHours, is_end ? intervals->len - 1 : 0);
  utc = g_date_time_new_from_unix_utc_usec (wall (self, &date, is_end ? hours->to : hours->from));
  there = g_date_time_to_timezone (utc, zone);
  g_date_clear (&seen, 1);
  g_date_set_dmy (&seen, (GDateDay) g_date_time_get_day_of_month (there), (GDateMonth) g_date_time_get_month (there), (GDateYear) g_date_time_get_year (there));
  /* Far from here, work may begin the day before. */
  return MAX (0, g_date_days_between (&date, &seen) * DAY_MINUTES + g_date_time_get_hour (there) * 60 + g_date_time_get_minute (there));
}

int
mos_calendar_day_start (int year,
                        int month,
                        int day,
                        gpointer place)
{
  return edge_of_day (place, year, month, day, FALSE);
}

int
mos_calendar_day_end (int year,
                      int month,
                      int day,
                      gpointer place)
{
  return edge_of_day (place, year, month, day, TRUE);
}

/* Walks through the stretches of work, in order, none of them twice. Days of work begin in order, but one may reach into the next
 * (overnight): what was covered already is left out. */
typedef struct
{
  MosCalendar *calendar;
  GDate date;
  GArray *intervals; /* (borrowed) of @date */
  guint at;
  gint64 covered_us;
  guint closed_days;
} Walk;

static void
walk_begin (Walk *walk,
            MosCalendar *calendar,
            gint64 from_us)
{
  g_autoptr (GTimeZone) zone = calendar->zone != NULL ? g_time_zone_ref (calendar->zone) : g_time_zone_new_local ();
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc_usec (from_us);
  g_autoptr (GDateTime) there = g_date_time_to_timezone (utc, zone);

  *walk = (Walk) { .calendar = calendar, .covered_us = from_us };
  g_date_clear (&walk->date, 1);
  g_date_set_dmy (&walk->date, (GDateDay) g_date_time_get_day_of_month (there), (GDateMonth) g_date_time_get_month (there), (GDateYear) g_date_time_get_year (there));
  /* Yesterday's night may still last; a day that a zone left out altogether may lie between. */
  g_date_subtract_days (&walk->date, 2);
  walk->intervals = intervals_of (calendar, &walk->date);
}

/* Returns: whether there is one more. Ends after 400 days on end in which nobody works */
static gboolean
walk_next (Walk *walk,
           gint64 *ret_start_us,
           gint64 *ret_end_us)
{
  for (;;)
    {
      while (walk->at < walk->intervals->len)
        {
          MosCalendarHours *interval = &g_array_index (walk->intervals, MosCalendarHours, walk->at++);
          gint64 start_us = MAX (wall (walk->calendar, &walk->date, interval->from), walk->covered_us);
          gint64 end_us = wall (walk->calendar, &walk->date, interval->to);

          if (end_us <= start_us)
            continue;
          walk->covered_us = end_us;
          walk->closed_days = 0;
          *ret_start_us = start_us;
          *ret_end_us = end_us;
          return TRUE;
        }
      if (walk->closed_days++ > MAX_CLOSED_DAYS)
        return FALSE;
      g_date_add_days (&walk->date, 1);
      walk->intervals = intervals_of (walk->calendar, &walk->date);
      walk->at = 0;
    }
}

/* --- counting --- */

gint64
mos_calendar_business_us (MosCalendar *self,
                          gint64 from_us,
                          gint64 to_us)
{
  gint64 start_us, end_us, sum_us = 0;
  Walk walk;

  if (to_us < from_us)
    return -mos_calendar_business_us (self, to_us, from_us);
  walk_begin (&walk, self, from_us);
  while (walk_next (&walk, &start_us, &end_us) && start_us < to_us)
    sum_us += MIN (end_us, to_us) - start_us;
  return sum_us;
}

gint64
mos_calendar_add_business (MosCalendar *self,
                           gint64 from_us,
                           gint64 business_us)
{
  gint64 start_us, end_us;
  Walk walk;

  g_return_val_if_fail (business_us >= 0, 0);

  if (business_us == 0)
    return from_us;
  walk_begin (&walk, self, from_us);
  while (walk_next (&walk, &start_us, &end_us))
    {
      if (business_us <= end_us - start_us)
        return start_us + business_us;
      business_us -= end_us - start_us;
    }
  return 0;
}

gint64
mos_calendar_next_opening (MosCalendar *self,
                           gint64 from_us)
{
  gint64 start_us, end_us;
  Walk walk;

  walk_begin (&walk, self, from_us);
  return walk_next (&walk, &start_us, &end_us) ? start_us : 0;
}

gboolean
mos_calendar_is_open (MosCalendar *self,
                      gint64 at_us,
                      gint64 *ret_until_us)
{
  const gint64 limit_us = at_us + (gint64) 8 * DAY_MINUTES * 60 * G_USEC_PER_SEC;
  gint64 start_us, end_us, until_us = 0;
  Walk walk;

  walk_begin (&walk, self, at_us);
  /* What begins where the other ends goes on; not for ever where nobody ever closes. */
  while (until_us <= limit_us && walk_next (&walk, &start_us, &end_us) && start_us <= (until_us != 0 ? until_us : at_us))
    until_us = end_us;
  if (ret_until_us != NULL)
    *ret_until_us = until_us <= limit_us ? until_us : 0;
  return until_us != 0;
}

/* --- versions --- */

void
mos_calendar_version_free (MosCalendarVersion *version)
{
  mos_calendar_unref (version->calendar);
  g_free (version);
}

gboolean
mos_calendar_history_equal (GPtrArray *versions,
                            GPtrArray *others)
{
  if (versions->len != others->len)
    return FALSE;
  for (guint i = 0; i < versions->len; i++)
    {
      MosCalendarVersion *one = versions->pdata[i], *other = others->pdata[i];

      if (one->valid_from_us != other->valid_from_us || !mos_calendar_equal (one->calendar, other->calendar))
        return FALSE;
    }
  return TRUE;
}

/* Until when @i is valid */
static gint64
valid_until (GPtrArray *versions,
             guint i)
{
  return i + 1 < versions->len ? ((MosCalendarVersion *) versions->pdata[i + 1])->valid_from_us : G_MAXINT64;
}

gint64
mos_calendar_history_business_us (GPtrArray *versions,
                                  gint64 from_us,
                                  gint64 to_us)
{
  gint64 sum_us = 0;

  if (to_us < from_us)
    return -mos_calendar_history_business_us (versions, to_us, from_us);
  for (guint i = 0; i < versions->len; i++)
    {
      MosCalendarVersion *version = versions->pdata[i];
      gint64 begin_us = MAX (i == 0 ? from_us : version->valid_from_us, from_us);
      gint64 end_us = MIN (valid_until (versions, i), to_us);

      if (begin_us < end_us)
        sum_us += mos_calendar_business_us (version->calendar, begin_us, end_us);
    }
  return sum_us;
}

gint64
mos_calendar_history_add_business (GPtrArray *versions,
                                   gint64 from_us,
                                   gint64 business_us)
{
  g_return_val_if_fail (business_us >= 0, 0);

  for (guint i = 0; i < versions->len; i++)
    {
      MosCalendarVersion *version = versions->pdata[i];
      gint64 begin_us = MAX (i == 0 ? from_us : version->valid_from_us, from_us);
      gint64 end_us = valid_until (versions, i), worked_us;

      if (begin_us >= end_us)
        continue;
      if (i + 1 == versions->len)
        return mos_calendar_add_business (version->calendar, begin_us, business_us);
      worked_us = mos_calendar_business_us (version->calendar, begin_us, end_us);
      if (business_us <= worked_us)
        return mos_calendar_add_business (version->calendar, begin_us, business_us);
      business_us -= worked_us;
    }
  return 0;
}

/* --- many questions --- */

/* @before_us: the work of all stretches before it */
typedef struct
{
  gint64 start_us;
  gint64 end_us;
  gint64 before_us;
} Stretch;

/* So wide that few stretches begin in one */
#define SLOT_US (6 * G_TIME_SPAN_HOUR)

struct _MosWorkTimes
{
  GPtrArray *versions;
  gint64 from_us;
  gint64 to_us;
  GArray *stretches;
  GArray *slots; /* of guint: how many stretches begin before each slot of time does */
};

/* Of one calendar; a shop that is shut for more than a year opens again all the same. */
static void
add_stretches (MosWorkTimes *self,
               MosCalendar *calendar,
               gint64 from_us,
               gint64 to_us,
               gint64 *sum_us)
{
  Walk walk;

  if (!mos_calendar_has_hours (calendar))
    return;
  walk_begin (&walk, calendar, from_us);
  while (wall (calendar, &walk.date, 0) < to_us)
    {
      Stretch stretch;

      if (!walk_next (&walk, &stretch.start_us, &stretch.end_us))
        {
          walk.closed_days = 0;
          continue;
        }
      if (stretch.start_us >= to_us)
        return;
      stretch.end_us = MIN (stretch.end_us, to_us);
      stretch.before_us = *sum_us;
      *sum_us += stretch.end_us - stretch.start_us;
      g_array_append_val (self->stretches, stretch);
    }
}

static void
fill_slots (MosWorkTimes *self)
{
  guint n = 0;

  for (gint64 start_us = self->from_us; start_us <= self->to_us; start_us += SLOT_US)
    {
      while (n < self->stretches->len && g_array_index (self->stretches, Stretch, n).start_us < start_us)
        n++;
      g_array_append_val (self->slots, n);
    }
}

MosWorkTimes *
mos_work_times_new (GPtrArray *versions,
                    gint64 from_us,
                    gint64 to_us)
{
  MosWorkTimes *self;
  gint64 sum_us = 0;

  g_return_val_if_fail (versions->len > 0, NULL);

  self = g_new0 (MosWorkTimes, 1);
  self->versions = g_ptr_array_ref (versions);
  self->from_us = from_us;
  self->to_us = to_us;
  self->stretches = g_array_new (FALSE, FALSE, sizeof (Stretch));
  self->slots = g_array_new (FALSE, FALSE, sizeof (guint));
  for (guint i = 0; i < versions->len; i++)
    {
      MosCalendarVersion *version = versions->pdata[i];
      gint64 begin_us = MAX (i == 0 ? from_us : version->valid_from_us, from_us);
      gint64 end_us = MIN (valid_until (versions, i), to_us);

      if (begin_us < end_us)
        add_stretches (self, version->calendar, begin_us, end_us, &sum_us);
    }
  fill_slots (self);
  return self;
}

void
mos_work_times_free (MosWorkTimes *self)
{
  g_ptr_array_unref (self->versions);
  g_array_unref (self->stretches);
  g_array_unref (self->slots);
  g_free (self);
}

/* The work from the begin until @at_us, which is not outside */
static gint64
work_until (MosWorkTimes *self,
            gint64 at_us)
{
  guint n = g_array_index (self->slots, guint, (at_us - self->from_us) / SLOT_US);
  Stretch *stretch;

  while (n < self->stretches->len && g_array_index (self->stretches, Stretch, n).start_us <= at_us)
    n++;
  if (n == 0)
    return 0;
  stretch = &g_array_index (self->stretches, Stretch, n - 1);
  return stretch->before_us + MIN (stretch->end_us, at_us) - stretch->start_us;
}

gint64
mos_work_times_between (MosWorkTimes *self,
                        gint64 from_us,
                        gint64 to_us)
{
  if (MIN (from_us, to_us) < self->from_us || MAX (from_us, to_us) > self->to_us)
    return mos_calendar_history_business_us (self->versions, from_us, to_us);
  return work_until (self, to_us) - work_until (self, from_us);
}
