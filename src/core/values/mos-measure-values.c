/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-values"

#include "config.h"

#include "core/values/mos-measure-values.h"

#include <math.h>

static const char *const measure_by_nicks[] = { "all", "channel", "account", "category", "tag", "language", "agent" };
G_STATIC_ASSERT (G_N_ELEMENTS (measure_by_nicks) == MOS_N_MEASURE_BY);
MOS_DEFINE_NICKS (MosMeasureBy, measure_by)

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
  g_clear_pointer (&self->all, mos_measure_figures_unref);
  g_clear_pointer (&self->groups, g_ptr_array_unref);
}

MOS_DEFINE_VALUE (MosMeasureReport, measure_report)

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
