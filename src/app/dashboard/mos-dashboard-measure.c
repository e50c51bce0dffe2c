/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-dashboard"

#include "config.h"

#include "app/dashboard/mos-dashboard-measure.h"

#include "app/dashboard/mos-chart-text.h"

#include <glib/gi18n.h>
#include <math.h>

typedef struct
{
  const char *title;
  const char *formula;
  const char *excludes;
  int number;
  MosChartUnit unit;
  MosTileSense sense;
  double target; /* NaN = none, or the shop's own; of product.md */
  double least;
  double most; /* of the gauge; equal = none */
} Row;

/* Below it satisfaction is more than a target that was missed (product.md) */
#define CSAT_ALARM 4.0

#define COMMON N_ ("Spam, what was deleted, what was merged into another conversation, automatic replies, reports of delivery, and mail that was taken in as old.")

static const Row table[] = {
  { N_ ("First response, median"), N_ ("From the customer’s first message to the first answer of a person after it. The median: half of the answers were faster. It counts on the day of the answer."), N_ ("Spam, what was deleted or merged, automatic answers, answers that never left or did not arrive, notes, and mail that was taken in as old. The clock begins when the server received the message."), MOS_NUMBER_FIRST_RESPONSE, MOS_CHART_DURATION, MOS_TILE_LOW_IS_GOOD, NAN, 0, 0 },
  { N_ ("Resolution, mean"), N_ ("From the customer’s first message to the close that stands at the end of these days: the sum of these times, divided by their number. What was opened again counts once, when it is closed again, from its first message."), COMMON, MOS_NUMBER_RESOLUTION, MOS_CHART_DURATION, MOS_TILE_LOW_IS_GOOD, NAN, 0, 0 },
  { N_ ("Satisfaction"), /* xgettext:no-c-format */ N_ ("The mean of all answers from 1 to 5 that came in these days. The share of 4 and 5 is told with the range in which it lies with 95 % certainty (Wilson)."), N_ ("Answers of words alone, answers that a later one took the place of, and conversations that are spam or deleted."), MOS_NUMBER_CSAT, MOS_CHART_DECIMAL, MOS_TILE_HIGH_IS_GOOD, 4.5, 1, 5 },
  { N_ ("Recommendation (NPS)"), /* xgettext:no-c-format */ N_ ("The share of 9 and 10 less the share of 0 to 6, of all answers from 0 to 10 that came in these days: from −100 to 100. The range is where it lies with 95 % certainty (the difference of two shares of one sample, Bonett and Price)."), N_ ("Answers of words alone, answers that a later one took the place of, and conversations that are spam or deleted."), MOS_NUMBER_NPS, MOS_CHART_COUNT, MOS_TILE_HIGH_IS_GOOD, 50, -100, 100 },
  { N_ ("Targets met"), N_ ("Conversations all of whose targets that ended in these days were met, divided by all that had one: of first and of next answers by the day of the answer, of the close by the close that stands at the end. Each is judged by the targets of then, by the hours of work that were valid, without the time that its clock stood. Who is a VIP, and which categories are complex, is as of today."), N_ ("What had no target, what nobody answered or closed yet, spam, and what was deleted, merged, or taken in as old."), MOS_NUMBER_TARGETS_MISSED, MOS_CHART_PERCENT, MOS_TILE_HIGH_IS_GOOD, NAN, 0, 100 },
  { N_ ("New conversations"), N_ ("Conversations whose first message of the customer came in these days."), COMMON, MOS_NUMBER_NEW, MOS_CHART_COUNT, MOS_TILE_NEITHER, NAN, 0, 0 },
  { N_ ("Not closed"), N_ ("Conversations that were open, pending or snoozed at the end of these days, or are now."), COMMON, MOS_NUMBER_BACKLOG, MOS_CHART_COUNT, MOS_TILE_LOW_IS_GOOD, NAN, 0, 0 },
  { N_ ("Waiting longest"), N_ ("How long the customer who waits longest for an answer has waited, at the end of these days or now. More messages of theirs do not begin it anew."), COMMON, MOS_NUMBER_WAITING, MOS_CHART_DURATION, MOS_TILE_LOW_IS_GOOD, NAN, 0, 0 },
  { N_ ("Closed with one answer"), N_ ("Conversations with exactly one answer of a person, divided by all that were closed in these days and are closed at their end."), COMMON, MOS_NUMBER_ONE_TOUCH, MOS_CHART_PERCENT, MOS_TILE_HIGH_IS_GOOD, NAN, 0, 100 },
  { N_ ("Deflection"), N_ ("Conversations with an automatic answer and none of a person, divided by all that were closed in these days and are closed at their end."), COMMON, MOS_NUMBER_DEFLECTED, MOS_CHART_PERCENT, MOS_TILE_HIGH_IS_GOOD, 30, 0, 100 },
  { N_ ("Opened again"), N_ ("Conversations that were opened again before the end of these days, divided by all that were closed in them at least once."), COMMON, MOS_NUMBER_REOPENED, MOS_CHART_PERCENT, MOS_TILE_LOW_IS_GOOD, NAN, 0, 100 },
  { N_ ("Messages each"), N_ ("Messages of both sides until the close, divided by the conversations that were closed in these days."), N_ ("Notes, and conversations that are spam, deleted or merged."), MOS_NUMBER_MESSAGES, MOS_CHART_DECIMAL, MOS_TILE_LOW_IS_GOOD, NAN, 0, 0 },
  { N_ ("Customers who stayed"), N_ ("Customers at the end of these days without the new ones, divided by the customers at their start. A customer is who ordered lately: how many days that is, the shop says."), N_ ("Orders that were cancelled or not paid. It is of all customers, whatever the filter says."), -1, MOS_CHART_PERCENT, MOS_TILE_HIGH_IS_GOOD, NAN, 0, 100 },
  { N_ ("Conversations per order"), N_ ("New conversations divided by the orders of the same days: what the support of an order costs."), N_ ("Orders that were cancelled or not paid, spam, and what was merged. The orders are those of the whole shop, whatever the filter."), MOS_NUMBER_NEW, MOS_CHART_DECIMAL, MOS_TILE_LOW_IS_GOOD, NAN, 0, 0 },
  { N_ ("The way of the customers"), N_ ("Customers who wrote for the first time in these days; of these, who ordered; of these, who wrote about an order or after one; of these, for whom all of that is closed; of these, who ordered again; of these, whose last score is 9 or 10, or 5 of 5."), N_ ("Who had written before, and spam."), MOS_NUMBER_JOURNEY_CONTACT, MOS_CHART_COUNT, MOS_TILE_NEITHER, NAN, 0, 0 },
  { N_ ("Closed conversations"), N_ ("Conversations that were closed in these days, and are closed still at their end."), COMMON, MOS_NUMBER_CLOSED, MOS_CHART_COUNT, MOS_TILE_NEITHER, NAN, 0, 0 },
};
G_STATIC_ASSERT (G_N_ELEMENTS (table) == MOS_N_DASHBOARD_MEASURES);

const char *
mos_dashboard_measure_title (MosDashboardMeasure measure)
{
  return _ (table[measure].title);
}

const char *
mos_dashboard_measure_formula (MosDashboardMeasure measure)
{
  return _ (table[measure].formula);
}

const char *
mos_dashboard_measure_excludes (MosDashboardMeasure measure)
{
  return _ (table[measure].excludes);
}

int
mos_dashboard_measure_number (MosDashboardMeasure measure)
{
  return table[measure].number;
}

/* --- reading --- */

static double
share (guint n,
       guint of)
{
  return of > 0 ? 100.0 * n / of : NAN;
}

static const MosMeasureTimes *
times_of (const MosMeasureFigures *figures,
          MosMeasureSpan span,
          gboolean is_business)
{
  return is_business ? &figures->business[span] : &figures->clock[span];
}

static double
seconds (gint64 us)
{
  return (double) us / G_USEC_PER_SEC;
}

static guint
count_backlog (const MosMeasureFigures *figures)
{
  return figures->n_open + figures->n_pending + figures->n_snoozed;
}

/* Returns: the number, NaN where there is none; @ret_n: (out): of how many it is */
static double
read_number (MosDashboardMeasure measure,
             const MosMeasureReport *report,
             const MosMeasureFigures *figures,
             gboolean is_business,
             guint *ret_n)
{
  const guint *counts = figures->counts;
  const MosMeasureTimes *times;

  *ret_n = G_MAXUINT;
  switch (measure)
    {
    case MOS_DASHBOARD_FIRST_RESPONSE:
      times = times_of (figures, MOS_MEASURE_FIRST_RESPONSE, is_business);
      *ret_n = times->n;
      return times->n > 0 ? seconds (times->median_us) : NAN;
    case MOS_DASHBOARD_RESOLUTION:
      times = times_of (figures, MOS_MEASURE_RESOLUTION, is_business);
      *ret_n = times->n;
      return times->n > 0 ? seconds (times->mean_us) : NAN;
    case MOS_DASHBOARD_CSAT:
      *ret_n = figures->csat.n;
      return figures->csat.n > 0 ? (double) figures->csat.sum / figures->csat.n : NAN;
    case MOS_DASHBOARD_NPS:
      *ret_n = figures->nps.n;
      return figures->nps.n > 0 ? mos_measure_scores_get_nps (&figures->nps) : NAN;
    case MOS_DASHBOARD_TARGETS:
      if (!report->has_targets)
        return NAN;
      *ret_n = figures->targets.n_met + figures->targets.n_missed;
      return share (figures->targets.n_met, *ret_n);
    case MOS_DASHBOARD_VOLUME:
      return counts[MOS_MEASURE_NEW];
    case MOS_DASHBOARD_BACKLOG:
      return count_backlog (figures);
    case MOS_DASHBOARD_WAITING:
      return figures->waiting.n > 0 ? seconds (figures->waiting.longest_us) : NAN;
    case MOS_DASHBOARD_ONE_TOUCH:
      *ret_n = counts[MOS_MEASURE_CLOSED];
      return share (counts[MOS_MEASURE_ONE_TOUCH], counts[MOS_MEASURE_CLOSED]);
    case MOS_DASHBOARD_DEFLECTION:
      *ret_n = counts[MOS_MEASURE_CLOSED];
      return share (counts[MOS_MEASURE_DEFLECTED], counts[MOS_MEASURE_CLOSED]);
    case MOS_DASHBOARD_REOPENED:
      *ret_n = counts[MOS_MEASURE_CLOSED_ONCE];
      return share (counts[MOS_MEASURE_REOPENED], counts[MOS_MEASURE_CLOSED_ONCE]);
    case MOS_DASHBOARD_MESSAGES:
      *ret_n = counts[MOS_MEASURE_CLOSED];
      return counts[MOS_MEASURE_CLOSED] > 0 ? (double) figures->n_messages / counts[MOS_MEASURE_CLOSED] : NAN;
    case MOS_DASHBOARD_RETENTION:
      *ret_n = report->trade.n_start;
      return report->trade.n_start > 0 ? 100 * mos_measure_trade_get_retention (&report->trade) : NAN;
    case MOS_DASHBOARD_COST:
      *ret_n = report->trade.n_orders;
      return report->trade.n_orders > 0 ? (double) counts[MOS_MEASURE_NEW] / report->trade.n_orders : NAN;
    case MOS_DASHBOARD_JOURNEY:
      return report->journey.n_contact;
    case MOS_DASHBOARD_CLOSED:
      return counts[MOS_MEASURE_CLOSED];
    default:
      g_return_val_if_reached (NAN);
    }
}

void
mos_dashboard_measure_find_facts (const MosMeasureFilter *filter,
                                  const MosAccount *account,
                                  const MosCategory *category,
                                  MosTargetFacts *ret_facts)
{
  const char *channel = filter != NULL ? filter->only[MOS_MEASURE_BY_CHANNEL] : NULL;

  *ret_facts = (MosTargetFacts) { .channel = channel != NULL ? channel : account != NULL ? account->kind
                                                                                         : "email",
                                  .category = filter != NULL ? filter->only[MOS_MEASURE_BY_CATEGORY] : NULL,
                                  .is_complex = category != NULL && category->is_complex };
}

/* @ret_in_hours: (out): whether it is one of hours of work; who said none works day and night */
static double
find_target (MosDashboardMeasure measure,
             const MosMeasureReport *report,
             const MosTargets *targets,
             const MosTargetFacts *facts,
             gboolean *ret_in_hours)
{
  const MosTargetFacts mail = { .channel = "email" };
  const MosTargetKind kind = measure == MOS_DASHBOARD_FIRST_RESPONSE ? MOS_TARGET_FIRST_REPLY : MOS_TARGET_RESOLUTION;
  const MosTargetRule *rule = NULL;
  int seconds;

  *ret_in_hours = FALSE;
  if (measure != MOS_DASHBOARD_FIRST_RESPONSE && measure != MOS_DASHBOARD_RESOLUTION)
    return table[measure].target;
  seconds = targets == NULL ? 0 : mos_targets_choose (targets, facts != NULL ? facts : &mail, kind, &rule);
  if (seconds <= 0)
    return NAN;
  *ret_in_hours = report->has_business && rule != NULL && rule->in_hours[kind];
  return seconds;
}

void
mos_dashboard_measure_read (MosDashboardMeasure measure,
                            const MosMeasureReport *report,
                            const MosMeasureFigures *figures,
                            const MosTargets *targets,
                            const MosTargetFacts *facts,
                            gboolean is_business,
                            MosTileValue *ret_value)
{
  const Row *row = &table[measure];
  const gboolean in_hours = is_business && report->has_business;
  gboolean is_target_in_hours;
  const double target = find_target (measure, report, targets, facts, &is_target_in_hours);
  guint n_before, n_judged;

  *ret_value = (MosTileValue) {
    .title = _ (row->title),
    .before = NAN,
    .target = target,
    .unit = row->unit == MOS_CHART_DURATION && in_hours && measure != MOS_DASHBOARD_WAITING ? MOS_CHART_WORK : row->unit,
    .sense = row->sense,
    .least = row->least,
    .most = row->most,
    .alarm = measure == MOS_DASHBOARD_CSAT ? CSAT_ALARM : NAN,
  };
  ret_value->value = read_number (measure, report, figures, in_hours, &ret_value->n);
  if (report->before != NULL && figures == report->all)
    ret_value->before = read_number (measure, report->before, report->before->all, in_hours, &n_before);
  /* A target of hours of work says nothing of a night. */
  ret_value->is_apart = row->unit == MOS_CHART_DURATION && !isnan (target) && is_target_in_hours != in_hours;
  if (ret_value->is_apart)
    ret_value->judged = read_number (measure, report, figures, is_target_in_hours, &n_judged);
  /* A gauge has its target in the middle where less is better. */
  if (ret_value->unit == MOS_CHART_DURATION || ret_value->unit == MOS_CHART_WORK)
    ret_value->most = isnan (ret_value->target) ? 0 : 2 * ret_value->target;
}

/* Of each kind of target that there was, how many were met */
static char *
dup_targets (const MosMeasureTargets *targets)
{
  GString *text = g_string_new (NULL);

  for (MosTargetKind kind = 0; kind < MOS_N_TARGET_KINDS; kind++)
    {
      const guint n = targets->met[kind] + targets->missed[kind];

      if (n == 0)
        continue;
      if (text->len > 0)
        /* Translators: between two parts of a list */
        g_string_append (text, C_ ("list", ", "));
      switch (kind)
        {
        case MOS_TARGET_FIRST_REPLY:
          /* Translators: targets of one kind: how many were met, and of how many */
          g_string_append_printf (text, _ ("first answers %1$u of %2$u"), targets->met[kind], n);
          break;
        case MOS_TARGET_NEXT_REPLY:
          g_string_append_printf (text, _ ("next answers %1$u of %2$u"), targets->met[kind], n);
          break;
        case MOS_TARGET_RESOLUTION:
        default:
          g_string_append_printf (text, _ ("closes %1$u of %2$u"), targets->met[kind], n);
          break;
        }
    }
  return g_string_free (text, FALSE);
}

char *
mos_dashboard_measure_dup_times (MosDashboardMeasure measure,
                                 guint i,
                                 const MosMeasureReport *report,
                                 const MosMeasureFigures *figures,
                                 gboolean is_business,
                                 const char **ret_name)
{
  static const struct
  {
    MosDashboardMeasure measure;
    MosMeasureSpan span;
    const char *name;
  } rows[] = {
    { MOS_DASHBOARD_FIRST_RESPONSE, MOS_MEASURE_FIRST_RESPONSE, N_ ("First responses") },
    { MOS_DASHBOARD_FIRST_RESPONSE, MOS_MEASURE_REPLY, N_ ("All answers, each from the message that waited for it") },
    { MOS_DASHBOARD_FIRST_RESPONSE, MOS_MEASURE_ACKNOWLEDGEMENT, N_ ("Automatic answers that came first") },
    { MOS_DASHBOARD_RESOLUTION, MOS_MEASURE_RESOLUTION, N_ ("Resolutions") },
  };
  const gboolean in_hours = is_business && report->has_business;
  const MosChartUnit unit = in_hours ? MOS_CHART_WORK : MOS_CHART_DURATION;
  g_autofree char *median = NULL, *mean = NULL, *p90 = NULL;
  const MosMeasureTimes *times;
  guint row = 0;

  for (; row < G_N_ELEMENTS (rows); row++)
    if (rows[row].measure == measure && i-- == 0)
      break;
  if (row == G_N_ELEMENTS (rows))
    return NULL;
  *ret_name = _ (rows[row].name);
  times = times_of (figures, rows[row].span, in_hours);
  if (times->n == 0)
    return g_strdup (_ ("nothing yet"));
  median = mos_chart_text_value (seconds (times->median_us), unit);
  mean = mos_chart_text_value (seconds (times->mean_us), unit);
  p90 = mos_chart_text_value (seconds (times->p90_us), unit);
  /* Translators: of times: their median, their mean, within which nine of ten are, and how many times there are */
  return g_strdup_printf (_ ("median %1$s, mean %2$s, nine of ten within %3$s, of %4$u"), median, mean, p90, times->n);
}

/* How many of those who were asked answered. */
static void
append_rate (GString *text,
             const MosMeasureScores *scores)
{
  if (scores->n_asked == 0)
    return;
  if (text->len > 0)
    g_string_append (text, C_ ("list", ", "));
  /* Translators: how many of the questions that were asked in these days were answered, and which share that is */
  g_string_append_printf (text, ngettext ("%1$u of %2$u question answered (%3$.0f %%)", "%1$u of %2$u questions answered (%3$.0f %%)", scores->n_asked), scores->n_asked_answered, scores->n_asked, share (scores->n_asked_answered, scores->n_asked));
}

static char *
dup_scores (MosDashboardMeasure measure,
            const MosMeasureFigures *figures)
{
  const MosMeasureScores *scores = measure == MOS_DASHBOARD_CSAT ? &figures->csat : &figures->nps;
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *range = NULL;
  double low, high;

  if (scores->n > 0 && measure == MOS_DASHBOARD_CSAT)
    {
      mos_measure_scores_get_interval (scores->n_good, scores->n, &low, &high);
      /* Translators: how many gave a score, which share of them 4 or 5, and between which shares that lies with certainty enough */
      g_string_append_printf (text, ngettext ("%1$u answer; %2$.0f %% gave 4 or 5 (%3$.0f–%4$.0f %%)", "%1$u answers; %2$.0f %% gave 4 or 5 (%3$.0f–%4$.0f %%)", scores->n), scores->n, 100.0 * scores->n_good / scores->n, 100 * low, 100 * high);
    }
  else if (scores->n > 0)
    {
      mos_measure_scores_get_nps_interval (scores, &low, &high);
      /* Translators: how many gave a score, and between which numbers the score of all lies with certainty enough */
      range = mos_chart_text_minus (g_strdup_printf (ngettext ("%1$u answer (%2$.0f to %3$.0f)", "%1$u answers (%2$.0f to %3$.0f)", scores->n), scores->n, round (low) + 0.0, round (high) + 0.0));
      g_string_append (text, range);
    }
  append_rate (text, scores);
  return text->len > 0 ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}

char *
mos_dashboard_measure_dup_detail (MosDashboardMeasure measure,
                                  const MosMeasureReport *report,
                                  const MosMeasureFigures *figures,
                                  gboolean is_business)
{
  const gboolean in_hours = is_business && report->has_business;
  guint n;

  read_number (measure, report, figures, in_hours, &n);
  if (measure == MOS_DASHBOARD_CSAT || measure == MOS_DASHBOARD_NPS)
    return dup_scores (measure, figures);
  if (measure == MOS_DASHBOARD_TARGETS && n != G_MAXUINT && n > 0)
    return dup_targets (&figures->targets);
  if (measure == MOS_DASHBOARD_BACKLOG && count_backlog (figures) > 0)
    /* Translators: how many conversations have which status */
    return g_strdup_printf (_ ("%1$u open, %2$u pending, %3$u snoozed"), figures->n_open, figures->n_pending, figures->n_snoozed);
  if (measure == MOS_DASHBOARD_WAITING && figures->waiting.n > 0)
    /* Translators: how many customers wait for an answer */
    return g_strdup_printf (ngettext ("%u waits", "%u wait", figures->waiting.n), figures->waiting.n);
  if (measure == MOS_DASHBOARD_RETENTION && report->trade.n_start > 0)
    /* Translators: how many customers there were as the days began, and as they ended, and how many of the latter are new */
    return g_strdup_printf (_ ("%1$u at the start, %2$u at the end, %3$u new"), report->trade.n_start, report->trade.n_end, report->trade.n_new);
  if (measure == MOS_DASHBOARD_COST && report->trade.n_orders > 0)
    return g_strdup_printf (ngettext ("%u order", "%u orders", report->trade.n_orders), report->trade.n_orders);
  if (n != G_MAXUINT && n > 0)
    /* Translators: of how many times or conversations a measure is */
    return g_strdup_printf (ngettext ("of %u", "of %u", n), n);
  return NULL;
}
