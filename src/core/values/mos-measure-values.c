/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-values"

#include "config.h"

#include "core/values/mos-measure-values.h"

#include <math.h>

static const char *const measure_by_nicks[] = { "all", "channel", "account", "category", "tag", "language", "agent", "macro", "product" };
G_STATIC_ASSERT (G_N_ELEMENTS (measure_by_nicks) == MOS_N_MEASURE_BY);
MOS_DEFINE_NICKS (MosMeasureBy, measure_by)

static const char *const measure_days_nicks[] = { "given", "today", "yesterday", "7-days", "30-days", "90-days", "this-week", "last-week", "this-month", "last-month", "this-quarter", "last-quarter", "this-year", "last-year" };
G_STATIC_ASSERT (G_N_ELEMENTS (measure_days_nicks) == MOS_N_MEASURE_DAYS);
MOS_DEFINE_NICKS (MosMeasureDays, measure_days)

static const char *const measure_step_nicks[] = { "none", "day", "week", "month" };
G_STATIC_ASSERT (G_N_ELEMENTS (measure_step_nicks) == MOS_N_MEASURE_STEPS);
MOS_DEFINE_NICKS (MosMeasureStep, measure_step)

static const char *const measure_number_nicks[] = {
  "first_response",
  "acknowledgement",
  "reply",
  "resolution",
  "first_resolution",
  "handling",
  "new",
  "closed",
  "one_touch",
  "deflected",
  "closed_once",
  "reopened",
  "backlog",
  "open",
  "pending",
  "snoozed",
  "waiting",
  "messages",
  "csat",
  "csat_good",
  "csat_low",
  "csat_answers",
  "csat_asked",
  "csat_asked_answered",
  "nps",
  "nps_promoters",
  "nps_passives",
  "nps_detractors",
  "nps_answers",
  "nps_asked",
  "nps_asked_answered",
  "journey_contact",
  "journey_order",
  "journey_problem",
  "journey_resolved",
  "journey_returned",
  "journey_promoter",
  "targets_met",
  "targets_missed",
};
G_STATIC_ASSERT (G_N_ELEMENTS (measure_number_nicks) == MOS_N_MEASURE_NUMBERS);
G_STATIC_ASSERT ((int) MOS_NUMBER_HANDLING == (int) MOS_MEASURE_HANDLING && (int) MOS_NUMBER_NEW == (int) MOS_N_MEASURE_SPANS && (int) MOS_NUMBER_REOPENED == (int) MOS_N_MEASURE_SPANS + (int) MOS_MEASURE_REOPENED);
MOS_DEFINE_NICKS (MosMeasureNumber, measure_number)

static const char *const measure_span_nicks[] = { "first_response", "acknowledgement", "reply", "resolution", "first_resolution", "handling" };
G_STATIC_ASSERT (G_N_ELEMENTS (measure_span_nicks) == MOS_N_MEASURE_SPANS);
MOS_DEFINE_NICKS (MosMeasureSpan, measure_span)

static const char *const measure_count_nicks[] = { "new", "closed", "one_touch", "deflected", "closed_once", "reopened" };
G_STATIC_ASSERT (G_N_ELEMENTS (measure_count_nicks) == MOS_N_MEASURE_COUNTS);
MOS_DEFINE_NICKS (MosMeasureCount, measure_count)

static void
mos_measure_figures_clear (MosMeasureFigures *self)
{
  g_free (self->key);
  g_free (self->name);
  g_free (self->per_day);
}

MOS_DEFINE_VALUE (MosMeasureFigures, measure_figures)

static void
mos_measure_report_clear (MosMeasureReport *self)
{
  g_free (self->zone);
  g_clear_pointer (&self->all, mos_measure_figures_unref);
  for (MosMeasureBy by = 0; by < MOS_N_MEASURE_BY; by++)
    g_clear_pointer (&self->groups[by], g_ptr_array_unref);
  g_clear_pointer (&self->points, g_ptr_array_unref);
  g_clear_pointer (&self->before, mos_measure_report_unref);
}

MOS_DEFINE_VALUE (MosMeasureReport, measure_report)

static void
mos_measure_filter_clear (MosMeasureFilter *self)
{
  for (MosMeasureBy by = 0; by < MOS_N_MEASURE_BY; by++)
    g_free (self->only[by]);
}

MOS_DEFINE_VALUE (MosMeasureFilter, measure_filter)

gboolean
mos_measure_filter_is_empty (const MosMeasureFilter *filter)
{
  for (MosMeasureBy by = 0; filter != NULL && by < MOS_N_MEASURE_BY; by++)
    if (filter->only[by] != NULL)
      return FALSE;
  return TRUE;
}

static void
mos_measure_query_clear (MosMeasureQuery *self)
{
  g_free (self->from);
  g_free (self->to);
  g_clear_pointer (&self->filter, mos_measure_filter_unref);
}

MOS_DEFINE_VALUE (MosMeasureQuery, measure_query)

static void
mos_measure_look_clear (MosMeasureLook *self)
{
  g_clear_pointer (&self->query, mos_measure_query_unref);
  g_free (self->key);
}

MOS_DEFINE_VALUE (MosMeasureLook, measure_look)

static void
mos_measure_row_clear (MosMeasureRow *self)
{
  g_free (self->conversation);
  g_free (self->subject);
  g_free (self->customer_name);
  g_free (self->comment);
}

MOS_DEFINE_VALUE (MosMeasureRow, measure_row)

static void
mos_measure_rows_clear (MosMeasureRows *self)
{
  g_clear_pointer (&self->rows, g_ptr_array_unref);
}

MOS_DEFINE_VALUE (MosMeasureRows, measure_rows)

gint64
mos_measure_bin_get_limit (guint bin)
{
  static const gint64 limits[MOS_MEASURE_N_BINS] = { 15 * G_TIME_SPAN_MINUTE, G_TIME_SPAN_HOUR, 2 * G_TIME_SPAN_HOUR, 4 * G_TIME_SPAN_HOUR, 8 * G_TIME_SPAN_HOUR, G_TIME_SPAN_DAY, 3 * G_TIME_SPAN_DAY, 7 * G_TIME_SPAN_DAY, G_MAXINT64 };

  return limits[bin];
}

guint
mos_measure_bin_of (gint64 us)
{
  guint bin = 0;

  while (us > mos_measure_bin_get_limit (bin))
    bin++;
  return bin;
}

void
mos_measure_scores_get_interval (guint n_good,
                                 guint n,
                                 double *ret_low,
                                 double *ret_high)
{
  const double z = 1.959964, share = (double) n_good / n, square = z * z / n;
  const double middle = (share + square / 2) / (1 + square);
  const double half = z / (1 + square) * sqrt (share * (1 - share) / n + square / (4 * n));

  *ret_low = MAX (middle - half, 0);
  *ret_high = MIN (middle + half, 1);
}

double
mos_measure_trade_get_retention (const MosMeasureTrade *trade)
{
  return ((double) trade->n_end - (double) trade->n_new) / trade->n_start;
}

double
mos_measure_scores_get_nps (const MosMeasureScores *nps)
{
  return 100.0 * ((double) nps->n_good - (double) nps->n_bad) / nps->n;
}

void
mos_measure_scores_get_nps_interval (const MosMeasureScores *nps,
                                     double *ret_low,
                                     double *ret_high)
{
  const double z = 1.959964, n = nps->n + 2.0;
  const double promoters = (nps->n_good + 1.0) / n, detractors = (nps->n_bad + 1.0) / n, score = promoters - detractors;
  const double half = z * sqrt ((promoters + detractors - score * score) / n);

  *ret_low = 100 * MAX (score - half, -1);
  *ret_high = 100 * MIN (score + half, 1);
}
