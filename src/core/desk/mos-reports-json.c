/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-reports.h"
#include "core/desk/mos-reports-private.h"

#include "core/metrics/mos-measures.h"

/* Figures as JSON. */

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
build_interval (JsonBuilder *builder,
                const char *name,
                double low,
                double high)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_array (builder);
  json_builder_add_double_value (builder, low);
  json_builder_add_double_value (builder, high);
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
  if (scores->n > 0 && is_nps)
    {
      mos_measure_scores_get_nps_interval (scores, &low, &high);
      build_interval (builder, "score_interval", low, high);
    }
  else if (scores->n > 0)
    {
      mos_measure_scores_get_interval (scores->n_good, scores->n, &low, &high);
      build_number (builder, "good_share", (double) scores->n_good / scores->n);
      build_interval (builder, "good_interval", low, high);
    }
  build_counts (builder, "by_score", scores->by_score, is_nps ? 11 : 6);
  json_builder_end_object (builder);
}

static void
build_targets (JsonBuilder *builder,
               const MosMeasureTargets *targets)
{
  json_builder_set_member_name (builder, "targets");
  json_builder_begin_object (builder);
  build_share (builder, "met", targets->n_met, targets->n_met + targets->n_missed);
  for (MosTargetKind kind = 0; kind < MOS_N_TARGET_KINDS; kind++)
    build_share (builder, mos_target_kind_to_nick (kind), targets->met[kind], targets->met[kind] + targets->missed[kind]);
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

void
mos_reports_build_day (JsonBuilder *builder,
                       const char *name,
                       gint64 us,
                       GTimeZone *zone)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc_usec (us);
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, zone);
  g_autofree char *day = g_date_time_format (local, "%Y-%m-%d");

  mos_json_string (builder, name, day);
}

static void
build_points (JsonBuilder *builder,
              const MosMeasureReport *report,
              const MosReportPeriod *period)
{
  json_builder_set_member_name (builder, "series");
  json_builder_begin_array (builder);
  for (guint i = 0; i < report->points->len; i++)
    {
      const MosMeasurePoint *point = report->points->pdata[i];

      json_builder_begin_object (builder);
      mos_reports_build_day (builder, "from", point->from_us, period->zone);
      mos_reports_build_day (builder, "to", point->to_us - 1, period->zone);
      mos_json_int (builder, "new", point->n_new);
      mos_json_int (builder, "closed", point->n_closed);
      if (point->is_to_come)
        mos_json_string (builder, "backlog", NULL);
      else
        mos_json_int (builder, "backlog", point->n_backlog);
      build_times (builder, "first_response", &point->first_response);
      build_times (builder, "first_response_business", report->has_business ? &point->first_response_business : NULL);
      build_times (builder, "resolution", &point->resolution);
      build_times (builder, "resolution_business", report->has_business ? &point->resolution_business : NULL);
      build_scores (builder, "csat", &point->csat, FALSE);
      build_scores (builder, "nps", &point->nps, TRUE);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
build_journey (JsonBuilder *builder,
               const MosMeasureJourney *journey)
{
  json_builder_set_member_name (builder, "journey");
  json_builder_begin_object (builder);
  mos_json_int (builder, "contact", journey->n_contact);
  mos_json_int (builder, "order", journey->n_order);
  mos_json_int (builder, "problem", journey->n_problem);
  mos_json_int (builder, "resolved", journey->n_resolved);
  mos_json_int (builder, "returned", journey->n_returned);
  mos_json_int (builder, "promoter", journey->n_promoter);
  json_builder_end_object (builder);
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
  mos_reports_build_day (builder, "from", period->from_us, period->zone);
  mos_reports_build_day (builder, "to", period->last_us, period->zone);
  mos_json_string (builder, "zone", g_time_zone_get_identifier (period->zone));
  mos_json_string (builder, "by", mos_measure_by_to_nick (by));
  mos_json_string (builder, "key", figures == report->all ? NULL : figures->key);
  mos_json_string (builder, "name", figures == report->all ? NULL : figures->name);
  for (MosMeasureSpan span = 0; span < MOS_N_MEASURE_SPANS; span++)
    {
      json_builder_set_member_name (builder, mos_measure_span_to_nick (span));
      json_builder_begin_object (builder);
      build_times (builder, "clock", &figures->clock[span]);
      build_counts (builder, "clock_bins", figures->clock_bins[span], MOS_MEASURE_N_BINS);
      build_times (builder, "business", report->has_business ? &figures->business[span] : NULL);
      if (report->has_business)
        build_counts (builder, "business_bins", figures->business_bins[span], MOS_MEASURE_N_BINS);
      else
        mos_json_string (builder, "business_bins", NULL);
      json_builder_end_object (builder);
    }
  mos_json_int (builder, "new", counts[MOS_MEASURE_NEW]);
  build_counts (builder, "per_day", figures->per_day, report->n_days);
  build_counts (builder, "per_hour_of_week", figures->per_hour, MOS_MEASURE_N_HOURS);
  mos_json_int (builder, "closed", counts[MOS_MEASURE_CLOSED]);
  build_share (builder, "messages", figures->n_messages, counts[MOS_MEASURE_CLOSED]);
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
  if (report->has_targets)
    build_targets (builder, &figures->targets);
  if (figures == report->all)
    build_trade (builder, &report->trade, counts[MOS_MEASURE_NEW]);
  if (figures == report->all && report->has_journey)
    build_journey (builder, &report->journey);
  else if (figures == report->all)
    mos_json_string (builder, "journey", NULL);
  if (figures == report->all && report->points != NULL)
    build_points (builder, report, period);
  json_builder_end_object (builder);
}
