/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-reports.h"

#include "core/base/mos-time.h"
#include "core/desk/mos-calendars.h"
#include "core/desk/mos-desk-private.h"
#include "core/metrics/mos-measures.h"
#include "core/store/mos-store-accounts.h"
#include "core/store/mos-store-agents.h"
#include "core/store/mos-store-categories.h"
#include "core/store/mos-store-events.h"

#include <string.h>

#define LONG_AGO (400 * G_TIME_SPAN_DAY)

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
  period->from_us = begin_of (zone, &first);
  period->last_us = begin_of (zone, &last);
  g_date_add_days (&last, 1);
  period->to_us = begin_of (zone, &last);
  period->zone = g_steal_pointer (&zone);
  return TRUE;
}

/* --- figures --- */

static gint64
business_between (gint64 from_us,
                  gint64 to_us,
                  gpointer times)
{
  return mos_work_times_between (times, from_us, to_us);
}

static gboolean
name_group (MosTxn *txn,
            MosMeasureBy by,
            MosMeasureFigures *figures,
            GError **error)
{
  if (*figures->key == '\0')
    return TRUE;
  if (by == MOS_MEASURE_BY_ACCOUNT)
    {
      g_autoptr (MosAccount) account = NULL;

      if (!mos_store_account_find (txn, figures->key, &account, error))
        return FALSE;
      if (account != NULL)
        g_set_str (&figures->name, account->name);
    }
  else if (by == MOS_MEASURE_BY_CATEGORY)
    {
      g_autoptr (MosCategory) category = NULL;

      if (!mos_store_category_find (txn, figures->key, &category, error))
        return FALSE;
      if (category != NULL)
        g_set_str (&figures->name, category->name);
    }
  else if (by == MOS_MEASURE_BY_AGENT)
    {
      g_autoptr (MosAgent) agent = NULL;

      if (!mos_store_agent_find (txn, figures->key, &agent, error))
        return FALSE;
      if (agent != NULL)
        g_set_str (&figures->name, agent->name);
    }
  return TRUE;
}

/* What is none of them is the last. */
static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  const MosMeasureFigures *one = *(MosMeasureFigures *const *) a, *other = *(MosMeasureFigures *const *) b;
  int order;

  if (*one->key == '\0' || *other->key == '\0')
    return (*one->key == '\0') - (*other->key == '\0');
  order = g_utf8_collate (one->name, other->name);
  return order != 0 ? order : g_strcmp0 (one->key, other->key);
}

MosMeasureReport *
mos_reports_make (MosTxn *txn,
                  const MosReportPeriod *period,
                  MosMeasureBy by,
                  GError **error)
{
  g_autoptr (GPtrArray) versions = mos_calendars_load (txn, error);
  g_autoptr (MosWorkTimes) times = NULL;
  g_autoptr (MosMeasureReport) report = NULL;
  gboolean has_hours = FALSE;

  if (versions == NULL)
    return NULL;
  for (guint i = 0; i < versions->len; i++)
    has_hours = has_hours || mos_calendar_has_hours (((MosCalendarVersion *) versions->pdata[i])->calendar);
  /* What began longer ago is counted one by one. */
  if (has_hours)
    times = mos_work_times_new (versions, period->from_us - LONG_AGO, period->to_us);
  report = mos_measures_compute (txn, period->from_us, period->to_us, period->zone, by, has_hours ? business_between : NULL, times, error);
  if (report == NULL)
    return NULL;
  for (guint i = 0; report->groups[by] != NULL && i < report->groups[by]->len; i++)
    if (!name_group (txn, by, report->groups[by]->pdata[i], error))
      return NULL;
  if (report->groups[by] != NULL)
    g_ptr_array_sort (report->groups[by], compare_names);
  return g_steal_pointer (&report);
}

/* --- JSON --- */

static void
build_seconds (JsonBuilder *builder,
               const char *name,
               gint64 us)
{
  mos_json_int (builder, name, (us + G_USEC_PER_SEC / 2) / G_USEC_PER_SEC);
}

static void
build_number (JsonBuilder *builder,
              const char *name,
              double value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_double_value (builder, value);
}

static void
build_times (JsonBuilder *builder,
             const char *name,
             const MosMeasureTimes *times)
{
  json_builder_set_member_name (builder, name);
  if (times == NULL || times->n == 0)
    {
      json_builder_add_null_value (builder);
      return;
    }
  json_builder_begin_object (builder);
  mos_json_int (builder, "n", times->n);
  build_seconds (builder, "median", times->median_us);
  build_seconds (builder, "mean", times->mean_us);
  build_seconds (builder, "p90", times->p90_us);
  build_seconds (builder, "longest", times->longest_us);
  json_builder_end_object (builder);
}

/* @n of @of; no share of nothing */
static void
build_share (JsonBuilder *builder,
             const char *name,
             guint n,
             guint of)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_object (builder);
  mos_json_int (builder, "n", n);
  mos_json_int (builder, "of", of);
  if (of > 0)
    build_number (builder, "share", (double) n / of);
  else
    mos_json_string (builder, "share", NULL);
  json_builder_end_object (builder);
}

static void
build_counts (JsonBuilder *builder,
              const char *name,
              const guint *counts,
              guint n)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_array (builder);
  for (guint i = 0; i < n; i++)
    json_builder_add_int_value (builder, counts[i]);
  json_builder_end_array (builder);
}

static void
build_scores (JsonBuilder *builder,
              const char *name,
              const MosMeasureScores *scores,
              gboolean is_nps)
{
  double low, high;

  json_builder_set_member_name (builder, name);
  json_builder_begin_object (builder);
  mos_json_int (builder, "n", scores->n);
  mos_json_int (builder, "answers", scores->n_answers);
  build_share (builder, "responses", scores->n_asked_answered, scores->n_asked);
  if (scores->n > 0)
    {
      build_number (builder, is_nps ? "score" : "mean", is_nps ? mos_measure_scores_get_nps (scores) : (double) scores->sum / scores->n);
      mos_json_int (builder, is_nps ? "promoters" : "good", scores->n_good);
      mos_json_int (builder, is_nps ? "detractors" : "low", scores->n_bad);
    }
  if (scores->n > 0 && !is_nps)
    {
      mos_measure_scores_get_interval (scores->n_good, scores->n, &low, &high);
      build_number (builder, "good_share", (double) scores->n_good / scores->n);
      json_builder_set_member_name (builder, "good_interval");
      json_builder_begin_array (builder);
      json_builder_add_double_value (builder, low);
      json_builder_add_double_value (builder, high);
      json_builder_end_array (builder);
    }
  json_builder_end_object (builder);
}

/* Of all together alone: an order has no channel. */
static void
build_trade (JsonBuilder *builder,
             const MosMeasureTrade *trade,
             guint n_new)
{
  json_builder_set_member_name (builder, "customers");
  json_builder_begin_object (builder);
  mos_json_int (builder, "start", trade->n_start);
  mos_json_int (builder, "end", trade->n_end);
  mos_json_int (builder, "new", trade->n_new);
  mos_json_int (builder, "lost_days", trade->lost_days);
  if (trade->n_start > 0)
    build_number (builder, "retention", mos_measure_trade_get_retention (trade));
  else
    mos_json_string (builder, "retention", NULL);
  json_builder_end_object (builder);
  mos_json_int (builder, "orders", trade->n_orders);
  if (trade->n_orders > 0)
    build_number (builder, "new_per_order", (double) n_new / trade->n_orders);
  else
    mos_json_string (builder, "new_per_order", NULL);
}

static void
build_day (JsonBuilder *builder,
           const char *name,
           gint64 us,
           GTimeZone *zone)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc_usec (us);
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, zone);
  g_autofree char *day = g_date_time_format (local, "%Y-%m-%d");

  mos_json_string (builder, name, day);
}

void
mos_reports_build (JsonBuilder *builder,
                   const MosMeasureReport *report,
                   const MosReportPeriod *period,
                   MosMeasureBy by,
                   const MosMeasureFigures *figures)
{
  const guint *counts = figures->counts;

  json_builder_begin_object (builder);
  build_day (builder, "from", period->from_us, period->zone);
  build_day (builder, "to", period->last_us, period->zone);
  mos_json_string (builder, "zone", g_time_zone_get_identifier (period->zone));
  mos_json_string (builder, "by", mos_measure_by_to_nick (by));
  mos_json_string (builder, "key", figures == report->all ? NULL : figures->key);
  mos_json_string (builder, "name", figures == report->all ? NULL : figures->name);
  for (MosMeasureSpan span = 0; span < MOS_N_MEASURE_SPANS; span++)
    {
      json_builder_set_member_name (builder, mos_measure_span_to_nick (span));
      json_builder_begin_object (builder);
      build_times (builder, "clock", &figures->clock[span]);
      build_times (builder, "business", report->has_business ? &figures->business[span] : NULL);
      json_builder_end_object (builder);
    }
  mos_json_int (builder, "new", counts[MOS_MEASURE_NEW]);
  build_counts (builder, "per_day", figures->per_day, report->n_days);
  build_counts (builder, "per_hour_of_week", figures->per_hour, MOS_MEASURE_N_HOURS);
  mos_json_int (builder, "closed", counts[MOS_MEASURE_CLOSED]);
  build_share (builder, "one_touch", counts[MOS_MEASURE_ONE_TOUCH], counts[MOS_MEASURE_CLOSED]);
  build_share (builder, "deflected", counts[MOS_MEASURE_DEFLECTED], counts[MOS_MEASURE_CLOSED]);
  build_share (builder, "reopened", counts[MOS_MEASURE_REOPENED], counts[MOS_MEASURE_CLOSED_ONCE]);
  json_builder_set_member_name (builder, "backlog");
  json_builder_begin_object (builder);
  mos_json_int (builder, "open", figures->n_open);
  mos_json_int (builder, "pending", figures->n_pending);
  mos_json_int (builder, "snoozed", figures->n_snoozed);
  build_counts (builder, "by_age", figures->n_ages, MOS_MEASURE_N_AGES);
  build_times (builder, "age", &figures->ages);
  json_builder_end_object (builder);
  build_times (builder, "waiting", &figures->waiting);
  build_scores (builder, "csat", &figures->csat, FALSE);
  build_scores (builder, "nps", &figures->nps, TRUE);
  if (figures == report->all)
    build_trade (builder, &report->trade, counts[MOS_MEASURE_NEW]);
  json_builder_end_object (builder);
}
