/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-dashboard"

#include "config.h"

#include "app/dashboard/mos-dashboard-charts.h"

#include "app/dashboard/mos-chart-text.h"
#include "app/dashboard/mos-dashboard-measure.h"
#include "app/dashboard/mos-dashboard-text.h"

#include <glib/gi18n.h>
#include <math.h>

#define MAX_BARS 8

static MosChartUnit
unit_of_times (const MosMeasureReport *report,
               gboolean is_business)
{
  return is_business && report->has_business ? MOS_CHART_WORK : MOS_CHART_DURATION;
}

/* --- lines --- */

typedef double (*ReadPoint) (const MosMeasurePoint *point, gboolean in_hours);

static double
read_response (const MosMeasurePoint *point,
               gboolean in_hours)
{
  const MosMeasureTimes *times = in_hours ? &point->first_response_business : &point->first_response;

  return times->n > 0 ? (double) times->median_us / G_USEC_PER_SEC : NAN;
}

static double
read_new (const MosMeasurePoint *point,
          gboolean in_hours)
{
  return point->n_new;
}

static double
read_backlog (const MosMeasurePoint *point,
              gboolean in_hours)
{
  return point->n_backlog;
}

static double
read_csat (const MosMeasurePoint *point,
           gboolean in_hours)
{
  return point->csat.n > 0 ? (double) point->csat.sum / point->csat.n : NAN;
}

static char *
dup_point_name (const MosMeasureReport *report,
                const MosMeasurePoint *point,
                gboolean is_short)
{
  if (report->step == MOS_MEASURE_STEP_MONTH)
    {
      g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (report->zone);
      g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc_usec (point->from_us);
      g_autoptr (GDateTime) local = zone != NULL ? g_date_time_to_timezone (utc, zone) : g_date_time_ref (utc);

      /* Translators: a month in a chart, a GDateTime format. */
      return is_short ? g_date_time_format (local, C_ ("chart", "%b %y")) : g_date_time_format (local, C_ ("chart", "%B %Y"));
    }
  if (report->step == MOS_MEASURE_STEP_WEEK && !is_short)
    {
      g_autofree char *day = mos_dashboard_text_day (point->from_us, report->zone, FALSE);

      /* Translators: %s is the day a week begins with */
      return g_strdup_printf (_ ("Week from %s"), day);
    }
  return mos_dashboard_text_day (point->from_us, report->zone, is_short);
}

static MosChartData *
make_line (const MosMeasureReport *report,
           const char *title,
           const char *series,
           MosChartUnit unit,
           ReadPoint read,
           gboolean in_hours)
{
  const MosMeasureReport *before = report->before != NULL && report->before->points != NULL ? report->before : NULL;
  /* Translators: the days before those that are shown, in a chart */
  const char *names[] = { series, before != NULL ? _ ("The days before") : NULL, NULL };
  const guint n = report->points != NULL ? report->points->len : 0;
  /* Translators: headings of the first column of a table */
  const char *const headings[] = { N_ ("Day"), N_ ("Day"), N_ ("Week"), N_ ("Month") };
  MosChartData *data = mos_chart_data_make (title, _ (headings[report->step]), unit, n, names);

  data->has_before = before != NULL;
  for (guint i = 0; i < n; i++)
    {
      const MosMeasurePoint *point = report->points->pdata[i];

      mos_chart_data_set (data, i, 0, dup_point_name (report, point, FALSE), point->is_to_come ? NAN : read (point, in_hours));
      mos_chart_data_set_tick (data, i, dup_point_name (report, point, TRUE));
      if (before != NULL && i < before->points->len)
        mos_chart_data_set (data, i, 1, NULL, read (before->points->pdata[i], in_hours));
    }
  return data;
}

/* --- bars --- */

static MosChartData *
make_bins (const MosMeasureReport *report,
           const char *title,
           MosMeasureSpan span,
           gboolean in_hours)
{
  const guint *bins = in_hours ? report->all->business_bins[span] : report->all->clock_bins[span];
  const MosChartUnit unit = in_hours ? MOS_CHART_WORK : MOS_CHART_DURATION;
  const char *const series[] = { _ ("Conversations"), NULL };
  MosChartData *data = mos_chart_data_make (title, _ ("How long"), MOS_CHART_COUNT, MOS_MEASURE_N_BINS, series);

  for (guint i = 0; i < MOS_MEASURE_N_BINS; i++)
    {
      mos_chart_data_set (data, i, 0, mos_dashboard_text_bin (i, unit), bins[i]);
      /* The last one has no end. */
      if (i + 1 < MOS_MEASURE_N_BINS)
        mos_chart_data_set_tick (data, i, mos_chart_text_tick ((double) (mos_measure_bin_get_limit (i) / G_USEC_PER_SEC), unit));
    }
  return data;
}

static MosChartData *
make_scores (const char *title,
             const MosMeasureScores *scores,
             guint least,
             guint most)
{
  const char *const series[] = { _ ("Answers"), NULL };
  MosChartData *data = mos_chart_data_make (title, _ ("Score"), MOS_CHART_COUNT, most - least + 1, series);

  for (guint i = least; i <= most; i++)
    mos_chart_data_set (data, i - least, 0, g_strdup_printf ("%u", i), scores->by_score[i]);
  return data;
}

static MosChartData *
make_ages (const MosMeasureReport *report)
{
  static const char *const names[] = { N_ ("Up to a day"), N_ ("Up to 3 days"), N_ ("Up to 7 days"), N_ ("Older") };
  const char *const series[] = { _ ("Conversations"), NULL };
  MosChartData *data = mos_chart_data_make (_ ("Age of what is not closed"), _ ("Age"), MOS_CHART_COUNT, MOS_MEASURE_N_AGES, series);

  for (guint i = 0; i < MOS_MEASURE_N_AGES; i++)
    mos_chart_data_set (data, i, 0, g_strdup (_ (names[i])), report->all->n_ages[i]);
  return data;
}

static MosChartData *
make_journey (const MosMeasureReport *report)
{
  static const char *const names[] = { N_ ("Wrote for the first time"), N_ ("Ordered"), N_ ("Had a question about it"), N_ ("All of it closed"), N_ ("Ordered again"), N_ ("Would recommend the shop") };
  const MosMeasureJourney *journey = &report->journey;
  const guint counts[] = { journey->n_contact, journey->n_order, journey->n_problem, journey->n_resolved, journey->n_returned, journey->n_promoter };
  const char *const series[] = { _ ("Customers"), NULL };
  MosChartData *data = mos_chart_data_make (_ ("The way of the customers"), _ ("Step"), MOS_CHART_COUNT, G_N_ELEMENTS (counts), series);

  for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
    mos_chart_data_set (data, i, 0, g_strdup (_ (names[i])), counts[i]);
  return data;
}

/* Rows are hours, series days: so that the table has the days beside each other. */
static MosChartData *
make_hours (const MosMeasureReport *report)
{
  const char *days[8] = { NULL };
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  MosChartData *data;

  for (guint i = 0; i < 7; i++)
    {
      /* 2026-03-02 was a Monday. */
      g_autoptr (GDateTime) date = g_date_time_new_utc (2026, 3, 2 + (int) i, 12, 0, 0);

      /* Translators: a day of the week, short, in a chart: a GDateTime format */
      g_ptr_array_add (names, g_date_time_format (date, C_ ("chart", "%a")));
      days[i] = names->pdata[i];
    }
  data = mos_chart_data_make (_ ("New conversations by hour of the week"), _ ("Hour"), MOS_CHART_COUNT, 24, days);
  for (guint hour = 0; hour < 24; hour++)
    {
      g_autoptr (GDateTime) time = g_date_time_new_utc (2026, 3, 2, (int) hour, 0, 0);

      for (guint day = 0; day < 7; day++)
        mos_chart_data_set (data, hour, day, day == 0 ? g_date_time_format (time, C_ ("time format", "%H:%M")) : NULL, report->all->per_hour[day * 24 + hour]);
      /* Translators: an hour below a chart, a GDateTime format; very short */
      mos_chart_data_set_tick (data, hour, g_date_time_format (time, C_ ("chart", "%-H")));
    }
  return data;
}

MosChartData *
mos_dashboard_chart_make (MosDashboardChart chart,
                          const MosMeasureReport *report,
                          gboolean is_business)
{
  const gboolean in_hours = is_business && report->has_business;
  MosChartData *data;

  switch (chart)
    {
    case MOS_DASHBOARD_CHART_RESPONSE_LINE:
      return make_line (report, _ ("First response, median"), _ ("First response"), unit_of_times (report, in_hours), read_response, in_hours);
    case MOS_DASHBOARD_CHART_VOLUME:
      return make_line (report, _ ("New conversations"), _ ("New"), MOS_CHART_COUNT, read_new, in_hours);
    case MOS_DASHBOARD_CHART_RESPONSE_BINS:
      return make_bins (report, _ ("How long the first response took"), MOS_MEASURE_FIRST_RESPONSE, in_hours);
    case MOS_DASHBOARD_CHART_RESOLUTION_BINS:
      return make_bins (report, _ ("How long the resolution took"), MOS_MEASURE_RESOLUTION, in_hours);
    case MOS_DASHBOARD_CHART_CSAT:
      return make_scores (_ ("Satisfaction, 1 to 5"), &report->all->csat, 1, 5);
    case MOS_DASHBOARD_CHART_NPS:
      return make_scores (_ ("Recommendation, 0 to 10"), &report->all->nps, 0, 10);
    case MOS_DASHBOARD_CHART_SCORES_LINE:
      data = make_line (report, _ ("Satisfaction, mean"), _ ("Satisfaction"), MOS_CHART_DECIMAL, read_csat, in_hours);
      data->target = 4.5;
      data->top = 5;
      return data;
    case MOS_DASHBOARD_CHART_HOURS:
      return make_hours (report);
    case MOS_DASHBOARD_CHART_BACKLOG_LINE:
      data = make_line (report, _ ("Not closed at midnight"), _ ("Not closed"), MOS_CHART_COUNT, read_backlog, in_hours);
      data->is_stock = TRUE;
      return data;
    case MOS_DASHBOARD_CHART_AGES:
      return make_ages (report);
    case MOS_DASHBOARD_CHART_JOURNEY:
      return make_journey (report);
    default:
      g_return_val_if_reached (NULL);
    }
}

/* --- beside it --- */

/* Returns: of how many it is; G_MAXUINT where that says nothing */
static guint
count_of (MosDashboardChart chart,
          const MosMeasureReport *report,
          gboolean in_hours)
{
  const MosMeasureTimes *times = in_hours ? report->all->business : report->all->clock;

  switch (chart)
    {
    case MOS_DASHBOARD_CHART_RESPONSE_LINE:
    case MOS_DASHBOARD_CHART_RESPONSE_BINS:
      return times[MOS_MEASURE_FIRST_RESPONSE].n;
    case MOS_DASHBOARD_CHART_RESOLUTION_BINS:
      return times[MOS_MEASURE_RESOLUTION].n;
    case MOS_DASHBOARD_CHART_CSAT:
    case MOS_DASHBOARD_CHART_SCORES_LINE:
      return report->all->csat.n;
    case MOS_DASHBOARD_CHART_NPS:
      return report->all->nps.n;
    case MOS_DASHBOARD_CHART_VOLUME:
    case MOS_DASHBOARD_CHART_HOURS:
    case MOS_DASHBOARD_CHART_BACKLOG_LINE:
    case MOS_DASHBOARD_CHART_AGES:
    case MOS_DASHBOARD_CHART_JOURNEY:
    default:
      return G_MAXUINT;
    }
}

char *
mos_dashboard_chart_dup_subtitle (MosDashboardChart chart,
                                  const MosMeasureReport *report,
                                  gboolean is_business)
{
  const gboolean in_hours = is_business && report->has_business;
  const guint n = count_of (chart, report, in_hours);

  if (chart == MOS_DASHBOARD_CHART_CSAT)
    return mos_dashboard_measure_dup_detail (MOS_DASHBOARD_CSAT, report, report->all, is_business);
  if (chart == MOS_DASHBOARD_CHART_NPS)
    return mos_dashboard_measure_dup_detail (MOS_DASHBOARD_NPS, report, report->all, is_business);
  if (chart == MOS_DASHBOARD_CHART_HOURS)
    return g_strdup (_ ("By the clock of the shop"));
  if (n == G_MAXUINT || n == 0)
    return NULL;
  if (chart == MOS_DASHBOARD_CHART_SCORES_LINE)
    return g_strdup_printf (ngettext ("%u answer", "%u answers", n), n);
  if (in_hours)
    /* Translators: of how many times a chart is */
    return g_strdup_printf (ngettext ("of %u, in hours of work", "of %u, in hours of work", n), n);
  return g_strdup_printf (ngettext ("of %u", "of %u", n), n);
}

gboolean
mos_dashboard_chart_is_few (MosDashboardChart chart,
                            const MosMeasureReport *report,
                            gboolean is_business)
{
  return count_of (chart, report, is_business && report->has_business) < MOS_MEASURE_FEW;
}

MosMeasureLook *
mos_dashboard_chart_look (MosDashboardChart chart,
                          const MosMeasureReport *report,
                          gboolean is_business,
                          int row,
                          int series)
{
  static const MosMeasureNumber numbers[] = {
    MOS_NUMBER_FIRST_RESPONSE, MOS_NUMBER_NEW, MOS_NUMBER_FIRST_RESPONSE, MOS_NUMBER_RESOLUTION, MOS_NUMBER_CSAT, MOS_NUMBER_NPS, MOS_NUMBER_CSAT, MOS_NUMBER_NEW, MOS_NUMBER_BACKLOG, MOS_NUMBER_BACKLOG, MOS_NUMBER_JOURNEY_CONTACT
  };
  MosMeasureLook *look = mos_measure_look_new ();
  const MosMeasureReport *of = report;

  G_STATIC_ASSERT (G_N_ELEMENTS (numbers) == MOS_N_DASHBOARD_CHARTS);
  look->number = numbers[chart];
  look->part = MOS_MEASURE_WHOLE;
  look->is_business = is_business && report->has_business;
  if (row < 0)
    return look;
  switch (chart)
    {
    case MOS_DASHBOARD_CHART_RESPONSE_LINE:
    case MOS_DASHBOARD_CHART_VOLUME:
    case MOS_DASHBOARD_CHART_SCORES_LINE:
    case MOS_DASHBOARD_CHART_BACKLOG_LINE:
      if (series == 1)
        of = report->before;
      if (of == NULL || of->points == NULL || (guint) row >= of->points->len)
        break;
      look->from_us = ((MosMeasurePoint *) of->points->pdata[row])->from_us;
      look->to_us = ((MosMeasurePoint *) of->points->pdata[row])->to_us;
      /* What was not closed as the day began is what was not closed as the one before ended. */
      if (chart == MOS_DASHBOARD_CHART_BACKLOG_LINE)
        {
          look->to_us = look->from_us;
          look->from_us -= G_TIME_SPAN_DAY;
        }
      break;
    case MOS_DASHBOARD_CHART_RESPONSE_BINS:
    case MOS_DASHBOARD_CHART_RESOLUTION_BINS:
    case MOS_DASHBOARD_CHART_NPS:
    case MOS_DASHBOARD_CHART_AGES:
      look->part = row;
      break;
    case MOS_DASHBOARD_CHART_CSAT:
      look->part = row + 1;
      break;
    case MOS_DASHBOARD_CHART_HOURS:
      look->part = series * 24 + row;
      break;
    case MOS_DASHBOARD_CHART_JOURNEY:
      look->number = (MosMeasureNumber) (MOS_NUMBER_JOURNEY_CONTACT + row);
      break;
    default:
      g_return_val_if_reached (look);
    }
  return look;
}

/* --- groups --- */

MosChartData *
mos_dashboard_groups_make (const MosMeasureReport *report,
                           MosMeasureBy by,
                           gboolean is_business)
{
  static const MosDashboardMeasure measures[] = { MOS_DASHBOARD_VOLUME, MOS_DASHBOARD_CLOSED, MOS_DASHBOARD_FIRST_RESPONSE, MOS_DASHBOARD_RESOLUTION, MOS_DASHBOARD_CSAT, MOS_DASHBOARD_NPS };
  /* Translators: headings of columns, short */
  const char *const series[] = { C_ ("column", "New"), C_ ("column", "Closed"), C_ ("column", "First response"), C_ ("column", "Resolution"), C_ ("column", "Satisfaction"), C_ ("column", "NPS"), NULL };
  GPtrArray *groups = report->groups[by];
  const guint n = groups != NULL ? groups->len : 0;
  /* Translators: %s is what is grouped by: "By Channel" */
  g_autofree char *title = g_strdup_printf (_ ("By %s"), mos_dashboard_text_by (by));
  MosChartData *data = mos_chart_data_make (title, mos_dashboard_text_by (by), MOS_CHART_COUNT, n, series);

  for (guint column = 0; column < G_N_ELEMENTS (measures); column++)
    {
      MosTileValue value;

      mos_dashboard_measure_read (measures[column], report, report->all, NULL, NULL, is_business, &value);
      mos_chart_data_set_unit (data, column, value.unit);
    }
  for (guint row = 0; row < n; row++)
    {
      const MosMeasureFigures *figures = groups->pdata[row];

      mos_chart_data_set_id (data, row, g_strdup (figures->key));
      for (guint column = 0; column < G_N_ELEMENTS (measures); column++)
        {
          MosTileValue value;

          mos_dashboard_measure_read (measures[column], report, figures, NULL, NULL, is_business, &value);
          mos_chart_data_set (data, row, column, column == 0 ? g_strdup (mos_dashboard_text_group (by, figures->key, figures->name)) : NULL, value.value);
        }
    }
  return data;
}

static int
compare_groups (gconstpointer a,
                gconstpointer b,
                gpointer data)
{
  const double left = mos_chart_data_get (data, *(const guint *) a, 0), right = mos_chart_data_get (data, *(const guint *) b, 0);

  return left > right ? -1 : left < right;
}

MosChartData *
mos_dashboard_groups_bars (const MosChartData *groups)
{
  g_autoptr (GArray) order = g_array_new (FALSE, FALSE, sizeof (guint));
  const char *const series[] = { groups->series[0], NULL };
  const guint n = MIN (groups->n_rows, MAX_BARS);
  MosChartData *data = mos_chart_data_make (groups->title, groups->row_heading, MOS_CHART_COUNT, n, series);

  for (guint row = 0; row < groups->n_rows; row++)
    g_array_append_val (order, row);
  g_array_sort_with_data (order, compare_groups, (gpointer) groups);
  for (guint i = 0; i < n; i++)
    {
      const guint row = g_array_index (order, guint, i);

      mos_chart_data_set (data, i, 0, g_strdup (groups->rows[row]), mos_chart_data_get (groups, row, 0));
      mos_chart_data_set_id (data, i, g_strdup (groups->ids[row]));
    }
  return data;
}
