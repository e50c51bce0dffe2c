/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-reports.h"

#include "core/base/mos-time.h"
#include "core/desk/mos-calendars.h"
#include "core/desk/mos-desk-private.h"
#include "core/store/mos-store-events.h"

#include <string.h>

/* Which days a report is of, by the clock of the shop. */

void
mos_report_period_clear (MosReportPeriod *period)
{
  g_clear_pointer (&period->zone, g_time_zone_unref);
}

/* --- days --- */

/* The day that a clock in @zone shows at @us */
static void
set_day (GDate *day,
         GTimeZone *zone,
         gint64 us)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc_usec (us);
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, zone);

  g_date_set_dmy (day, (GDateDay) g_date_time_get_day_of_month (local), (GDateMonth) g_date_time_get_month (local), (GDateYear) g_date_time_get_year (local));
}

/* Of a year that a desk may have anything of: each day has its figure. */
static gboolean
read_day (const char *text,
          GTimeZone *zone,
          GDate *day)
{
  const gint64 us = strlen (text) == strlen ("2026-03-01") ? mos_time_parse (text, zone) : 0;

  if (us <= 0)
    return FALSE;
  set_day (day, zone, us);
  return g_date_get_year (day) >= 1971 && g_date_get_year (day) < 2200;
}

static gint64
begin_of (GTimeZone *zone,
          const GDate *day)
{
  return mos_time_local (zone, g_date_get_year (day), (int) g_date_get_month (day), g_date_get_day (day), 0, 0);
}

static GTimeZone *
load_zone (MosTxn *txn,
           GError **error)
{
  g_autoptr (MosCalendar) calendar = NULL;

  if (!mos_calendars_find_now (txn, &calendar, error))
    return NULL;
  if (calendar != NULL && mos_calendar_get_zone (calendar) != NULL)
    return g_time_zone_ref (mos_calendar_get_zone (calendar));
  return mos_store_desk_zone (txn, error);
}

static void
set_period (MosReportPeriod *period,
            const GDate *first,
            const GDate *last,
            GTimeZone *zone)
{
  GDate end = *last;

  g_date_add_days (&end, 1);
  *period = (MosReportPeriod) { .from_us = begin_of (zone, first), .last_us = begin_of (zone, last), .to_us = begin_of (zone, &end), .zone = g_time_zone_ref (zone) };
}

gboolean
mos_reports_find_period (MosTxn *txn,
                         const char *from,
                         const char *to,
                         MosReportPeriod *period,
                         GError **error)
{
  g_autoptr (GTimeZone) zone = load_zone (txn, error);
  GDate first, last;

  *period = (MosReportPeriod) { 0 };
  if (zone == NULL)
    return FALSE;
  g_date_clear (&first, 1);
  g_date_clear (&last, 1);
  if (to == NULL)
    set_day (&last, zone, mos_txn_get_now_us (txn));
  else if (!read_day (to, zone, &last))
    {
      g_set_error (error, MOS_DESK_ERROR, MOS_DESK_ERROR_INVALID, "%s", to);
      return FALSE;
    }
  first = last;
  if (from == NULL)
    g_date_subtract_days (&first, MOS_REPORT_DAYS - 1);
  else if (!read_day (from, zone, &first) || g_date_compare (&first, &last) > 0)
    {
      g_set_error (error, MOS_DESK_ERROR, MOS_DESK_ERROR_INVALID, "%s", from);
      return FALSE;
    }
  set_period (period, &first, &last, zone);
  return TRUE;
}

/* The first day of the month that is @back months before that of @day */
static void
set_month (GDate *day,
           guint back)
{
  g_date_set_day (day, 1);
  g_date_subtract_months (day, back);
}

static void
set_monday (GDate *day,
            guint weeks_ago)
{
  g_date_subtract_days (day, (guint) g_date_get_weekday (day) - G_DATE_MONDAY + 7 * weeks_ago);
}

/* What has begun ends with @today; what is over, with the day before what came after it. */
static void
find_days (MosMeasureDays days,
           const GDate *today,
           GDate *first,
           GDate *last)
{
  const guint month = (guint) g_date_get_month (today) - 1;
  GDate end = *today;

  *first = *last = *today;
  switch (days)
    {
    case MOS_MEASURE_DAYS_YESTERDAY:
      g_date_subtract_days (first, 1);
      *last = *first;
      return;
    case MOS_MEASURE_DAYS_7:
    case MOS_MEASURE_DAYS_30:
    case MOS_MEASURE_DAYS_90:
      g_date_subtract_days (first, (days == MOS_MEASURE_DAYS_7 ? 7 : days == MOS_MEASURE_DAYS_30 ? 30
                                                                                                 : 90) -
                                       1);
      return;
    case MOS_MEASURE_DAYS_THIS_WEEK:
      set_monday (first, 0);
      return;
    case MOS_MEASURE_DAYS_LAST_WEEK:
      set_monday (first, 1);
      set_monday (&end, 0);
      break;
    case MOS_MEASURE_DAYS_THIS_MONTH:
      set_month (first, 0);
      return;
    case MOS_MEASURE_DAYS_LAST_MONTH:
      set_month (first, 1);
      set_month (&end, 0);
      break;
    case MOS_MEASURE_DAYS_THIS_QUARTER:
      set_month (first, month % 3);
      return;
    case MOS_MEASURE_DAYS_LAST_QUARTER:
      set_month (first, month % 3 + 3);
      set_month (&end, month % 3);
      break;
    case MOS_MEASURE_DAYS_THIS_YEAR:
      set_month (first, month);
      return;
    case MOS_MEASURE_DAYS_LAST_YEAR:
      set_month (first, month + 12);
      set_month (&end, month);
      break;
    case MOS_MEASURE_DAYS_GIVEN:
    case MOS_MEASURE_DAYS_TODAY:
    default:
      return;
    }
  *last = end;
  g_date_subtract_days (last, 1);
}

/* How far back the period before lies: a week or month that has begun has fewer days than the one before, and thirty days may look like a month. */
static void
set_back (MosReportPeriod *period,
          MosMeasureDays days)
{
  static const guint back[MOS_N_MEASURE_DAYS] = { [MOS_MEASURE_DAYS_TODAY] = 1, [MOS_MEASURE_DAYS_7] = 7, [MOS_MEASURE_DAYS_30] = 30, [MOS_MEASURE_DAYS_90] = 90, [MOS_MEASURE_DAYS_THIS_WEEK] = 7 };
  static const guint months[MOS_N_MEASURE_DAYS] = { [MOS_MEASURE_DAYS_THIS_MONTH] = 1, [MOS_MEASURE_DAYS_THIS_QUARTER] = 3, [MOS_MEASURE_DAYS_THIS_YEAR] = 12 };

  period->days = back[days];
  period->months = months[days];
}

gboolean
mos_reports_find_days (MosTxn *txn,
                       const MosMeasureQuery *query,
                       MosReportPeriod *period,
                       GError **error)
{
  g_autoptr (GTimeZone) zone = NULL;
  GDate today, first, last;

  if (query->days == MOS_MEASURE_DAYS_GIVEN)
    return mos_reports_find_period (txn, query->from, query->to, period, error);
  *period = (MosReportPeriod) { 0 };
  zone = load_zone (txn, error);
  if (zone == NULL)
    return FALSE;
  g_date_clear (&today, 1);
  set_day (&today, zone, mos_txn_get_now_us (txn));
  find_days (query->days, &today, &first, &last);
  set_period (period, &first, &last, zone);
  set_back (period, query->days);
  return TRUE;
}

/* --- what it is compared with --- */

static void
find_back (const MosReportPeriod *period,
           const GDate *first,
           const GDate *last,
           guint *ret_months,
           guint *ret_days)
{
  GDate end = *last;

  *ret_months = period->months;
  *ret_days = period->days;
  if (*ret_months + *ret_days > 0)
    return;
  g_date_add_days (&end, 1);
  /* Whole months have whole months before them, however many days these have. */
  if (g_date_get_day (first) == 1 && g_date_get_day (&end) == 1)
    *ret_months = (guint) ((g_date_get_year (&end) - g_date_get_year (first)) * 12 + (int) g_date_get_month (&end) - (int) g_date_get_month (first));
  else
    *ret_days = (guint) g_date_days_between (first, &end);
}

static void
go_back (GDate *day,
         guint months,
         guint days)
{
  g_date_subtract_months (day, months);
  g_date_subtract_days (day, days);
}

/* The moment of @day at which a clock shows what it shows at @us */
static gint64
same_hour (GTimeZone *zone,
           const GDate *day,
           gint64 us)
{
  const gint64 seconds = mos_time_local_seconds (zone, us) % 86400;

  return mos_time_local (zone, g_date_get_year (day), (int) g_date_get_month (day), g_date_get_day (day), (int) (seconds / 3600), (int) (seconds / 60 % 60)) + us % (60 * G_TIME_SPAN_SECOND);
}

void
mos_report_period_set_before (MosReportPeriod *before,
                              const MosReportPeriod *period,
                              gint64 now_us)
{
  GDate first, last, today, end;
  guint months, days;

  g_date_clear (&first, 1);
  g_date_clear (&last, 1);
  g_date_clear (&today, 1);
  set_day (&first, period->zone, period->from_us);
  set_day (&last, period->zone, period->last_us);
  set_day (&today, period->zone, now_us);
  find_back (period, &first, &last, &months, &days);
  end = first;
  g_date_subtract_days (&end, 1);
  go_back (&first, months, days);
  if (now_us < period->from_us || now_us >= period->to_us)
    {
      set_period (before, &first, &end, period->zone);
      return;
    }
  last = today;
  go_back (&last, months, days);
  set_period (before, &first, &last, period->zone);
  /* The 31st stands beside all of a month that has 30 days. */
  if (months == 0 || g_date_get_day (&last) == g_date_get_day (&today))
    before->to_us = MAX (same_hour (period->zone, &last, now_us), before->last_us + 1);
}

gboolean
mos_reports_find_week (MosTxn *txn,
                       guint weeks_ago,
                       MosReportPeriod *period,
                       GError **error)
{
  g_autoptr (GTimeZone) zone = load_zone (txn, error);
  GDate first, last;

  *period = (MosReportPeriod) { 0 };
  if (zone == NULL)
    return FALSE;
  g_date_clear (&first, 1);
  set_day (&first, zone, mos_txn_get_now_us (txn));
  set_monday (&first, weeks_ago);
  last = first;
  g_date_add_days (&last, 6);
  set_period (period, &first, &last, zone);
  return TRUE;
}
