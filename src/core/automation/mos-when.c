/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-automation"

#include "config.h"

#include "core/automation/mos-when-reader.h"

#include "core/base/mos-time.h"

#define MAX_YEARS_AHEAD 10
#define EVENING (18 * 60)
/* Nobody is closed for longer and still promises days. */
#define MAX_CLOSED_DAYS 400

/* From what was said to the moment that is meant. */

void
mos_when_wall (const MosWhenContext *context,
               gint64 us,
               int *ret_year,
               int *ret_month,
               int *ret_day,
               int *ret_minute)
{
  g_autoptr (GTimeZone) zone = context->zone != NULL ? g_time_zone_ref (context->zone) : g_time_zone_new_local ();
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc_usec (us);
  g_autoptr (GDateTime) there = utc != NULL ? g_date_time_to_timezone (utc, zone) : NULL;

  *ret_year = 1970;
  *ret_month = *ret_day = 1;
  *ret_minute = 0;
  if (there == NULL)
    return;
  g_date_time_get_ymd (there, ret_year, ret_month, ret_day);
  *ret_minute = g_date_time_get_hour (there) * 60 + g_date_time_get_minute (there);
}

static int
edge (const MosWhenContext *context,
      MosWhenEdge func,
      const GDate *day)
{
  return func != NULL ? func (g_date_get_year (day), (int) g_date_get_month (day), g_date_get_day (day), context->edge_data) : -1;
}

static gboolean
is_workday (const MosWhenContext *context,
            const GDate *day)
{
  return context->start != NULL ? edge (context, context->start, day) >= 0 : g_date_get_weekday (day) <= G_DATE_FRIDAY;
}

/* The @n-th day after @day on which somebody works. Returns: whether there is one before all patience ends */
static gboolean
add_workdays (const MosWhenContext *context,
              GDate *day,
              int n)
{
  for (int closed = 0; n > 0 && closed < MAX_CLOSED_DAYS;)
    {
      g_date_add_days (day, 1);
      closed = is_workday (context, day) ? 0 : closed + 1;
      n -= closed == 0;
    }
  return n == 0;
}

/* 0 = before now, or no such day. @minute: after midnight; -1 = when work begins */
static gint64
moment (MosWhenReader *self,
        const GDate *date,
        int minute,
        gboolean *ret_moved)
{
  const MosWhenContext *context = self->context;
  GDate day = *date;
  int y, m, d, shown;
  gint64 at_us;

  if (minute < 0)
    {
      minute = edge (context, context->start, &day);
      if (minute < 0)
        minute = MOS_WHEN_MORNING;
    }
  else if (minute == MOS_WHEN_END_OF_WORK)
    {
      minute = edge (context, context->end, &day);
      if (minute < 0)
        minute = EVENING;
    }
  if (minute >= 24 * 60)
    {
      g_date_add_days (&day, (guint) minute / (24 * 60));
      minute %= 24 * 60;
    }
  at_us = mos_time_local (context->zone, g_date_get_year (&day), (int) g_date_get_month (&day), g_date_get_day (&day), minute / 60, minute % 60);
  mos_when_wall (context, at_us, &y, &m, &d, &shown);
  *ret_moved = shown != minute || d != g_date_get_day (&day);
  return at_us > context->now_us ? at_us : 0;
}

/* The time of day that was said: minutes after midnight; -1 = none */
static int
said_minute (MosWhenReader *self)
{
  int hour = self->hour;

  if (hour == -1)
    return self->part == MOS_WHEN_MORNING ? -1 : self->part;
  if (self->is_am || self->is_pm)
    {
      if (hour > 12)
        return self->is_pm ? hour * 60 + self->minute : -2;
      hour = hour % 12 + (self->is_pm ? 12 : 0);
    }
  else if (self->part >= 20 * 60)
    hour = hour == 12 ? 24 : hour >= 6 && hour < 12 ? hour + 12
                                                    : hour;
  else if (self->part >= 12 * 60)
    hour = hour < 12 && !(self->part == 12 * 60 && hour >= 10) ? hour + 12 : hour;
  else if (self->part == -1 && hour >= 1 && hour <= 6 && (self->hour_as == MOS_WHEN_HOUR_BARE || (self->hour_as == MOS_WHEN_HOUR_SHORT && mos_when_is_twelve_hours (self->context->language))))
    hour += 12; /* nobody's working hours are at "3" in the night */
  return hour * 60 + self->minute;
}

static int
weekday_of (const GDate *date)
{
  return (int) g_date_get_weekday (date); /* 1 = Monday */
}

static gboolean
finish_amount (MosWhenReader *self,
               const GDate *today,
               int now_minute,
               int minute,
               MosWhen *when)
{
  GDate day = *today;

  if (self->day_offset > 0 || self->weekday != -1 || self->month != -1 || self->day != -1 || self->is_weekend || self->next_unit != -1)
    return mos_when_reader_fail (self, MOS_WHEN_CONFLICT, NULL);
  if (self->workdays > (MAX_YEARS_AHEAD + 1) * 366)
    return mos_when_reader_fail (self, MOS_WHEN_TOO_FAR, NULL);
  if (self->days == 0 && self->months == 0 && self->workdays == 0)
    {
      if (self->hour != -1 || self->part != -1)
        return mos_when_reader_fail (self, MOS_WHEN_CONFLICT, NULL);
      if (self->minutes > (gint64) (MAX_YEARS_AHEAD + 1) * 366 * 24 * 60)
        return mos_when_reader_fail (self, MOS_WHEN_TOO_FAR, NULL);
      when->at_us = self->minutes > 0 ? self->context->now_us + self->minutes * 60 * G_USEC_PER_SEC : 0;
      return when->at_us != 0 ? TRUE : mos_when_reader_fail (self, MOS_WHEN_PAST, NULL);
    }
  if (self->months > (MAX_YEARS_AHEAD + 1) * 12 || self->days > (MAX_YEARS_AHEAD + 1) * 366)
    return mos_when_reader_fail (self, MOS_WHEN_TOO_FAR, NULL);
  g_date_add_months (&day, (guint) self->months);
  g_date_add_days (&day, (guint) self->days);
  if (!add_workdays (self->context, &day, self->workdays))
    return mos_when_reader_fail (self, MOS_WHEN_TOO_FAR, NULL);
  if (self->minutes > 0)
    {
      if (minute >= 0)
        return mos_when_reader_fail (self, MOS_WHEN_CONFLICT, NULL);
      when->at_us = moment (self, &day, now_minute, &when->is_moved);
      if (when->at_us != 0)
        when->at_us += self->minutes * 60 * G_USEC_PER_SEC;
    }
  else
    when->at_us = moment (self, &day, minute, &when->is_moved);
  return when->at_us != 0 ? TRUE : mos_when_reader_fail (self, MOS_WHEN_PAST, NULL);
}

static gboolean
finish_date (MosWhenReader *self,
             const GDate *today,
             int minute,
             MosWhen *when)
{
  gboolean exists = FALSE;
  GDate day;

  if (self->month == -1)
    {
      /* "the 15th": of this month or the next that has it */
      int year = g_date_get_year (today), month = (int) g_date_get_month (today);
      int first = self->next_unit == MOS_WHEN_UNIT_MONTH ? 1 : 0;

      for (int i = first; i <= 12; i++)
        {
          int y = year + (month - 1 + i) / 12, m = (month - 1 + i) % 12 + 1;

          if (!g_date_valid_dmy ((GDateDay) self->day, (GDateMonth) m, (GDateYear) y))
            continue;
          g_date_set_dmy (&day, (GDateDay) self->day, (GDateMonth) m, (GDateYear) y);
          if (self->weekday != -1 && weekday_of (&day) != self->weekday)
            continue;
          if ((when->at_us = moment (self, &day, minute, &when->is_moved)) != 0)
            return TRUE;
        }
      return mos_when_reader_fail (self, self->weekday != -1 ? MOS_WHEN_CONFLICT : MOS_WHEN_NO_SUCH, NULL);
    }

  for (int year = self->year != -1 ? self->year : g_date_get_year (today) + (self->next_unit == MOS_WHEN_UNIT_YEAR ? 1 : 0), i = 0; i <= 8; year++, i++)
    {
      int date = self->day != -1 ? self->day : 1;

      if (year > g_date_get_year (today) + MAX_YEARS_AHEAD)
        return mos_when_reader_fail (self, year == self->year ? MOS_WHEN_TOO_FAR : MOS_WHEN_NO_SUCH, NULL);
      if (g_date_valid_dmy ((GDateDay) date, (GDateMonth) self->month, (GDateYear) year))
        {
          exists = TRUE;
          g_date_set_dmy (&day, (GDateDay) date, (GDateMonth) self->month, (GDateYear) year);
          if ((when->at_us = moment (self, &day, minute, &when->is_moved)) != 0)
            {
              if (self->weekday != -1 && weekday_of (&day) != self->weekday)
                return mos_when_reader_fail (self, MOS_WHEN_CONFLICT, NULL);
              return TRUE;
            }
        }
      if (self->year != -1)
        break;
    }
  return mos_when_reader_fail (self, exists ? MOS_WHEN_PAST : MOS_WHEN_NO_SUCH, NULL);
}

static gboolean
finish_named (MosWhenReader *self,
              const GDate *today,
              int minute,
              MosWhen *when)
{
  gboolean has_time = minute >= 0;
  GDate day = *today;
  int weekday = self->weekday;

  if (self->next_unit != -1)
    {
      switch (self->next_unit)
        {
        case MOS_WHEN_UNIT_DAY:
          g_date_add_days (&day, 1);
          break;
        case MOS_WHEN_UNIT_WEEK:
          g_date_add_days (&day, (guint) ((self->language->first_day - weekday_of (today) + 6) % 7 + 1));
          if (weekday != -1)
            g_date_add_days (&day, (guint) ((weekday - self->language->first_day + 7) % 7));
          break;
        case MOS_WHEN_UNIT_MONTH:
          g_date_set_day (&day, 1);
          g_date_add_months (&day, 1);
          break;
        case MOS_WHEN_UNIT_YEAR:
          g_date_set_dmy (&day, 1, G_DATE_JANUARY, (GDateYear) (g_date_get_year (today) + 1));
          break;
        case MOS_WHEN_UNIT_WORKDAY:
          if (!add_workdays (self->context, &day, 1))
            return mos_when_reader_fail (self, MOS_WHEN_TOO_FAR, NULL);
          break;
        default:
          return mos_when_reader_fail (self, MOS_WHEN_UNKNOWN, self->tokens->pdata[0]);
        }
      /* Whoever says "next week" names no day: the first on which somebody is there. */
      if (weekday == -1 && self->context->start != NULL && (self->next_unit == MOS_WHEN_UNIT_WEEK || self->next_unit == MOS_WHEN_UNIT_MONTH || self->next_unit == MOS_WHEN_UNIT_YEAR))
        for (int n = 0; n < 6 && !is_workday (self->context, &day); n++)
          g_date_add_days (&day, 1);
      if (weekday != -1 && weekday_of (&day) != weekday)
        g_date_add_days (&day, (guint) ((weekday - weekday_of (&day) + 7) % 7));
    }
  else if (self->day_offset != -1)
    {
      g_date_add_days (&day, (guint) self->day_offset);
      if (weekday != -1 && weekday_of (&day) != weekday)
        return mos_when_reader_fail (self, MOS_WHEN_CONFLICT, NULL);
    }
  else if (weekday != -1 || self->is_weekend)
    {
      guint days;

      if (weekday == -1)
        weekday = self->language->rest_day;
      days = (guint) ((weekday - weekday_of (today) + 7) % 7);
      if (days == 0)
        {
          /* "mon 14:00" on a Monday morning is today; "monday" and "next monday" never are */
          if (has_time && !self->is_next && (when->at_us = moment (self, &day, minute, &when->is_moved)) != 0)
            return TRUE;
          days = 7;
        }
      g_date_add_days (&day, days);
    }
  else
    {
      /* A time alone: the next one */
      if ((when->at_us = moment (self, &day, minute, &when->is_moved)) != 0)
        return TRUE;
      g_date_add_days (&day, 1);
    }

  when->at_us = moment (self, &day, minute, &when->is_moved);
  return when->at_us != 0 ? TRUE : mos_when_reader_fail (self, MOS_WHEN_PAST, NULL);
}

static gboolean
finish (MosWhenReader *self,
        MosWhen *when)
{
  gboolean has_day = self->day_offset != -1 || self->weekday != -1 || self->month != -1 || self->day != -1 || self->is_weekend || self->next_unit != -1;
  int year, month, date, now_minute, minute = said_minute (self);
  GDate today, last;
  gint64 limit_us;

  if (minute == -2)
    return mos_when_reader_fail (self, MOS_WHEN_NO_SUCH, NULL);
  if (self->is_answer)
    {
      if (has_day || self->has_amount || self->hour != -1 || self->part != -1)
        return mos_when_reader_fail (self, MOS_WHEN_CONFLICT, NULL);
      when->is_answer = TRUE;
      return TRUE;
    }
  if (!has_day && !self->has_amount && self->hour == -1 && self->part == -1)
    return mos_when_reader_fail (self, MOS_WHEN_UNKNOWN, self->tokens->pdata[0]);

  mos_when_wall (self->context, self->context->now_us, &year, &month, &date, &now_minute);
  g_date_clear (&today, 1);
  g_date_set_dmy (&today, (GDateDay) date, (GDateMonth) month, (GDateYear) year);

  if (self->has_amount)
    {
      if (!finish_amount (self, &today, now_minute, minute, when))
        return FALSE;
    }
  else if (self->month != -1 || self->day != -1)
    {
      if (self->day_offset != -1 || self->is_weekend)
        return mos_when_reader_fail (self, MOS_WHEN_CONFLICT, NULL);
      if (!finish_date (self, &today, minute, when))
        return FALSE;
    }
  else if (!finish_named (self, &today, minute, when))
    return FALSE;

  last = today;
  g_date_add_years (&last, MAX_YEARS_AHEAD);
  limit_us = mos_time_local (self->context->zone, g_date_get_year (&last), (int) g_date_get_month (&last), g_date_get_day (&last), 23, 59);
  return when->at_us <= limit_us ? TRUE : mos_when_reader_fail (self, MOS_WHEN_TOO_FAR, NULL);
}

gboolean
mos_when_parse (const MosWhenContext *context,
                const char *text,
                MosWhen *ret_when)
{
  g_auto (MosWhenReader) reader = { 0 };

  g_return_val_if_fail (context != NULL, FALSE);
  g_return_val_if_fail (text != NULL, FALSE);

  *ret_when = (MosWhen) { 0 };
  mos_when_reader_read (&reader, context, text);
  if (reader.status == MOS_WHEN_OK)
    finish (&reader, ret_when);

  ret_when->status = reader.status;
  if (reader.status == MOS_WHEN_OK)
    return TRUE;
  ret_when->at_us = 0;
  ret_when->is_answer = ret_when->is_moved = FALSE;
  ret_when->word = reader.status == MOS_WHEN_UNKNOWN ? g_strdup (reader.unknown) : NULL;
  return FALSE;
}

void
mos_when_clear (MosWhen *when)
{
  g_clear_pointer (&when->word, g_free);
}
