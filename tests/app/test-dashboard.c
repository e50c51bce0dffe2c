/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
/* The dashboard: what it reads out of a report, what it keeps, and the report of the week. */
#include "config.h"

#include "app/dashboard/mos-dashboard-charts.h"
#include "app/dashboard/mos-dashboard-choice.h"
#include "app/dashboard/mos-dashboard-how.h"
#include "app/dashboard/mos-dashboard-measure.h"
#include "app/dashboard/mos-dashboard-text.h"
#include "app/dashboard/mos-insight-text.h"
#include "app/dashboard/mos-week-watch.h"
#include "core/base/mos-time.h"

#include "mos-test.h"

#include <adwaita.h>
#include <glib/gstdio.h>
#include <math.h>

#define HOUR_US (60 * 60 * G_TIME_SPAN_SECOND)
#define DAY_US G_TIME_SPAN_DAY

/* --- what is kept --- */

static void
test_choice (void)
{
  g_autoptr (MosDashboardChoice) first = mos_dashboard_choice_parse (NULL), again = NULL, other = NULL, bad = NULL;
  g_autoptr (GVariant) words = NULL, odd = NULL;

  g_assert_cmpint (first->query->days, ==, MOS_MEASURE_DAYS_30);
  g_assert_true (first->query->compare);
  g_assert_false (first->is_business);
  g_assert_true (mos_measure_filter_is_empty (first->query->filter));
  g_assert_false (first->query->filter->by_question);

  other = mos_dashboard_choice_copy (first);
  other->query->days = MOS_MEASURE_DAYS_GIVEN;
  other->query->from = g_strdup ("2026-03-01");
  other->query->to = g_strdup ("2026-03-14");
  other->query->compare = FALSE;
  other->is_business = TRUE;
  other->by = MOS_MEASURE_BY_MACRO;
  mos_dashboard_choice_set_filter (other, MOS_MEASURE_BY_CHANNEL, "email");
  mos_dashboard_choice_set_filter (other, MOS_MEASURE_BY_TAG, "");
  other->query->filter->by_question = TRUE;
  words = g_variant_ref_sink (mos_dashboard_choice_to_words (other));
  again = mos_dashboard_choice_parse (words);
  g_assert_cmpint (again->query->days, ==, MOS_MEASURE_DAYS_GIVEN);
  g_assert_cmpstr (again->query->from, ==, "2026-03-01");
  g_assert_cmpstr (again->query->to, ==, "2026-03-14");
  g_assert_false (again->query->compare);
  g_assert_true (again->is_business);
  g_assert_cmpint (again->by, ==, MOS_MEASURE_BY_MACRO);
  g_assert_cmpstr (again->query->filter->only[MOS_MEASURE_BY_CHANNEL], ==, "email");
  g_assert_cmpstr (again->query->filter->only[MOS_MEASURE_BY_TAG], ==, "");
  g_assert_null (again->query->filter->only[MOS_MEASURE_BY_AGENT]);
  g_assert_true (again->query->filter->by_question);
  /* The first is as it was. */
  g_assert_null (first->query->filter->only[MOS_MEASURE_BY_CHANNEL]);

  /* What somebody wrote into the settings by hand, or an older version. */
  odd = g_variant_ref_sink (g_variant_new_parsed ("{'days': 'given', 'from': '2026-13-01', 'to': 'x', 'by': 'all', 'only-': 'y', 'time': ''}"));
  bad = mos_dashboard_choice_parse (odd);
  g_assert_cmpint (bad->query->days, ==, MOS_MEASURE_DAYS_30);
  g_assert_null (bad->query->from);
  g_assert_cmpint (bad->by, ==, MOS_MEASURE_BY_CHANNEL);
}

static const struct
{
  const char *from;
  const char *to;
  MosMeasureStep step;
} steps[] = {
  { "2026-03-01", "2026-03-01", MOS_MEASURE_STEP_DAY },
  { "2026-01-01", "2026-03-31", MOS_MEASURE_STEP_DAY },
  { "2026-01-01", "2026-12-31", MOS_MEASURE_STEP_WEEK },
  { "2020-01-01", "2026-12-31", MOS_MEASURE_STEP_MONTH },
};

static void
test_steps (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_autoptr (MosDashboardChoice) choice = mos_dashboard_choice_parse (NULL);
      g_autoptr (MosMeasureQuery) query = NULL;

      choice->query->days = MOS_MEASURE_DAYS_GIVEN;
      choice->query->from = g_strdup (steps[i].from);
      choice->query->to = g_strdup (steps[i].to);
      g_assert_cmpint (mos_dashboard_choice_step (choice), ==, steps[i].step);
      query = mos_dashboard_choice_make_query (choice, 1u << MOS_MEASURE_BY_TAG, FALSE, TRUE);
      g_assert_cmpint (query->step, ==, MOS_MEASURE_STEP_NONE);
      g_assert_false (query->compare);
      g_assert_true (query->with_journey);
      g_assert_cmpstr (query->from, ==, steps[i].from);
    }
  g_assert_true (mos_dashboard_choice_is_day ("2028-02-29"));
  g_assert_false (mos_dashboard_choice_is_day ("2026-02-29"));
  g_assert_false (mos_dashboard_choice_is_day ("2026-3-01"));
  g_assert_false (mos_dashboard_choice_is_day (""));
  g_assert_false (mos_dashboard_choice_is_day (NULL));
}

/* --- a report by hand --- */

static MosMeasurePoint *
point_new (gint64 from_us,
           guint n_new)
{
  MosMeasurePoint *point = g_new0 (MosMeasurePoint, 1);

  point->from_us = from_us;
  point->to_us = from_us + DAY_US;
  point->n_new = n_new;
  point->n_backlog = 2 * n_new;
  point->first_response = (MosMeasureTimes) { n_new, n_new * HOUR_US, 0, 0, 0 };
  return point;
}

static MosMeasureReport *
report_new (guint n_new,
            gint64 response_us)
{
  MosMeasureReport *report = mos_measure_report_new ();
  MosMeasureFigures *all = mos_measure_figures_new ();

  report->from_us = mos_time_parse ("2026-03-02T00:00:00+01:00", NULL);
  report->last_us = report->from_us + DAY_US;
  report->to_us = report->from_us + 2 * DAY_US;
  report->zone = g_strdup ("Europe/Madrid");
  report->n_days = 2;
  report->step = MOS_MEASURE_STEP_DAY;
  report->points = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (report->points, point_new (report->from_us, n_new));
  g_ptr_array_add (report->points, point_new (report->from_us + DAY_US, 0));
  report->trade = (MosMeasureTrade) { 365, 200, 210, 40, 50 };
  report->all = all;
  all->key = g_strdup ("");
  all->name = g_strdup ("");
  all->clock[MOS_MEASURE_FIRST_RESPONSE] = (MosMeasureTimes) { 20, response_us, 0, 0, 0 };
  all->business[MOS_MEASURE_FIRST_RESPONSE] = (MosMeasureTimes) { 20, response_us / 2, 0, 0, 0 };
  all->clock[MOS_MEASURE_RESOLUTION] = (MosMeasureTimes) { 4, 0, 30 * HOUR_US, 0, 0 };
  all->clock_bins[MOS_MEASURE_FIRST_RESPONSE][1] = 7;
  all->counts[MOS_MEASURE_NEW] = n_new;
  all->counts[MOS_MEASURE_CLOSED] = 40;
  all->counts[MOS_MEASURE_DEFLECTED] = 10;
  all->counts[MOS_MEASURE_CLOSED_ONCE] = 50;
  all->counts[MOS_MEASURE_REOPENED] = 5;
  all->n_messages = 100;
  all->n_open = 3;
  all->n_pending = 2;
  all->n_ages[1] = 4;
  all->per_hour[24 + 9] = 6;
  /* product.md: 70 promoters, 20 passives, 10 detractors. */
  all->nps = (MosMeasureScores) { .n = 100, .n_answers = 100, .n_good = 70, .n_bad = 10 };
  all->csat = (MosMeasureScores) { .n = 4, .n_answers = 5, .sum = 18, .n_good = 3, .n_bad = 0, .by_score = { [3] = 1, [5] = 3 } };
  return report;
}

static const struct
{
  MosDashboardMeasure measure;
  gboolean is_business;
  double value;
  double before;
  guint n;
} numbers[] = {
  { MOS_DASHBOARD_FIRST_RESPONSE, FALSE, 3600, 7200, 20 },
  { MOS_DASHBOARD_FIRST_RESPONSE, TRUE, 1800, 3600, 20 },
  { MOS_DASHBOARD_RESOLUTION, FALSE, 30 * 3600, 30 * 3600, 4 },
  { MOS_DASHBOARD_CSAT, FALSE, 4.5, 4.5, 4 },
  { MOS_DASHBOARD_NPS, FALSE, 60, 60, 100 },
  { MOS_DASHBOARD_VOLUME, FALSE, 12, 8, G_MAXUINT },
  { MOS_DASHBOARD_BACKLOG, FALSE, 5, 5, G_MAXUINT },
  { MOS_DASHBOARD_DEFLECTION, FALSE, 25, 25, 40 },
  { MOS_DASHBOARD_REOPENED, FALSE, 10, 10, 50 },
  { MOS_DASHBOARD_MESSAGES, FALSE, 2.5, 2.5, 40 },
  /* product.md: 200 at the start, 40 new, 210 at the end. */
  { MOS_DASHBOARD_RETENTION, FALSE, 85, 85, 200 },
  { MOS_DASHBOARD_COST, FALSE, 0.24, 0.16, 50 },
};

static void
test_measures (void)
{
  g_autoptr (MosMeasureReport) report = report_new (12, HOUR_US);
  g_autoptr (MosTargets) targets = mos_targets_make_default ();
  MosTileValue value;

  report->has_business = TRUE;
  report->before = report_new (8, 2 * HOUR_US);
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      g_test_message ("%s", mos_dashboard_measure_title (numbers[i].measure));
      mos_dashboard_measure_read (numbers[i].measure, report, report->all, targets, NULL, numbers[i].is_business, &value);
      g_assert_cmpfloat_with_epsilon (value.value, numbers[i].value, 1e-9);
      g_assert_cmpfloat_with_epsilon (value.before, numbers[i].before, 1e-9);
      g_assert_cmpuint (value.n, ==, numbers[i].n);
    }
  mos_dashboard_measure_read (MOS_DASHBOARD_WAITING, report, report->all, targets, NULL, FALSE, &value);
  g_assert_true (isnan (value.value));
  for (MosDashboardMeasure i = 0; i < MOS_N_DASHBOARD_MEASURES; i++)
    {
      g_assert_cmpstr (mos_dashboard_measure_formula (i), !=, "");
      g_assert_cmpstr (mos_dashboard_measure_excludes (i), !=, "");
    }
}

/* Whose target it is, and by which clock. */
static void
test_judged (void)
{
  g_autoptr (MosMeasureReport) report = report_new (12, 3 * HOUR_US);
  g_autoptr (MosMeasureFilter) filter = mos_measure_filter_new ();
  g_autoptr (MosTargets) targets = mos_targets_make_default ();
  g_autoptr (MosAccount) bot = mos_account_new ();
  g_autoptr (MosCategory) category = mos_category_new ();
  g_autofree char *met = NULL, *late = NULL;
  MosTargetFacts facts;
  MosTileValue value;

  bot->kind = g_strdup ("telegram");
  category->id = g_strdup ("damage");
  category->is_complex = TRUE;

  /* A chat is to be answered sooner than a mail, a call by nobody's promise. */
  mos_dashboard_measure_find_facts (filter, NULL, NULL, &facts);
  mos_dashboard_measure_read (MOS_DASHBOARD_FIRST_RESPONSE, report, report->all, targets, &facts, FALSE, &value);
  g_assert_cmpfloat (value.target, ==, 7200);
  g_assert_false (value.is_apart);
  mos_dashboard_measure_find_facts (filter, bot, NULL, &facts);
  mos_dashboard_measure_read (MOS_DASHBOARD_FIRST_RESPONSE, report, report->all, targets, &facts, FALSE, &value);
  g_assert_cmpfloat (value.target, ==, 120);
  filter->only[MOS_MEASURE_BY_CHANNEL] = g_strdup ("phone");
  mos_dashboard_measure_find_facts (filter, NULL, NULL, &facts);
  mos_dashboard_measure_read (MOS_DASHBOARD_FIRST_RESPONSE, report, report->all, targets, &facts, FALSE, &value);
  g_assert_true (isnan (value.target));
  g_clear_pointer (&filter->only[MOS_MEASURE_BY_CHANNEL], g_free);
  filter->only[MOS_MEASURE_BY_CATEGORY] = g_strdup ("damage");
  mos_dashboard_measure_find_facts (filter, NULL, category, &facts);
  mos_dashboard_measure_read (MOS_DASHBOARD_RESOLUTION, report, report->all, targets, &facts, FALSE, &value);
  g_assert_cmpfloat (value.target, ==, 72 * 3600);

  /* Three hours, of which an hour and a half of work: two hours of work are kept. And a close within 24 hours is judged by the clock, in whatever hours it is told. */
  report->has_business = TRUE;
  mos_dashboard_measure_read (MOS_DASHBOARD_FIRST_RESPONSE, report, report->all, targets, NULL, FALSE, &value);
  g_assert_true (value.is_apart);
  met = mos_measure_tile_dup_sentence (&value);
  g_assert_nonnull (strstr (met, "First response, median: 3 h, Target 2 h of work: met"));
  report->all->business[MOS_MEASURE_RESOLUTION] = (MosMeasureTimes) { .n = 4, .mean_us = 8 * HOUR_US };
  mos_dashboard_measure_read (MOS_DASHBOARD_RESOLUTION, report, report->all, targets, NULL, TRUE, &value);
  late = mos_measure_tile_dup_sentence (&value);
  g_assert_nonnull (strstr (late, "Resolution, mean: 8 h, Target 1 d by the clock: missed"));
}

static void
test_details (void)
{
  g_autoptr (MosMeasureReport) report = report_new (12, HOUR_US);
  g_autofree char *csat = mos_dashboard_measure_dup_detail (MOS_DASHBOARD_CSAT, report, report->all, FALSE);
  g_autofree char *nps = mos_dashboard_measure_dup_detail (MOS_DASHBOARD_NPS, report, report->all, FALSE);
  g_autofree char *backlog = mos_dashboard_measure_dup_detail (MOS_DASHBOARD_BACKLOG, report, report->all, FALSE);
  g_autofree char *volume = mos_dashboard_measure_dup_detail (MOS_DASHBOARD_VOLUME, report, report->all, FALSE), *bad = NULL;

  /* Wilson, by hand: 3 of 4 lie between 30 and 95 %. */
  g_assert_cmpstr (csat, ==, "4 answers; 75 % gave 4 or 5 (30–95 %)");
  g_assert_true (g_str_has_prefix (nps, "100 answers ("));
  g_assert_cmpstr (backlog, ==, "3 open, 2 pending, 0 snoozed");
  g_assert_null (volume);

  /* Six of six would not recommend it. */
  report->all->nps = (MosMeasureScores) { .n = 6, .n_answers = 6, .n_bad = 6 };
  bad = mos_dashboard_measure_dup_detail (MOS_DASHBOARD_NPS, report, report->all, FALSE);
  g_assert_true (g_str_has_prefix (bad, "6 answers (−100 to −"));
  g_assert_null (strchr (bad, '-'));
}

/* Whoever said nothing beside the score is not quoted. */
static void
test_scores (void)
{
  g_autoptr (MosMeasureRow) row = mos_measure_row_new ();
  g_autofree char *silent = NULL, *said = NULL;

  row->conversation = g_strdup ("id");
  row->number = 12;
  row->subject = g_strdup ("Lamp");
  row->customer_name = g_strdup ("Ada");
  row->value = 2;
  row->comment = g_strdup ("");
  silent = mos_dashboard_row_dup_score (row, MOS_SURVEY_CSAT, row->at_us);
  g_assert_nonnull (strstr (silent, "#12 · "));
  g_assert_nonnull (strstr (silent, "2 of 5\n"));
  g_assert_null (strstr (silent, "“"));
  g_set_str (&row->comment, "Late.");
  said = mos_dashboard_row_dup_score (row, MOS_SURVEY_NPS, row->at_us);
  g_assert_nonnull (strstr (said, "2 of 10\n"));
  g_assert_true (g_str_has_suffix (said, ": “Late.”"));
}

/* What a median alone does not tell; how many answered at all; and that below 4.0 satisfaction is bad. */
static void
test_more (void)
{
  g_autoptr (MosMeasureReport) report = report_new (12, HOUR_US);
  g_autofree char *responses = NULL, *replies = NULL, *acknowledgements = NULL, *resolutions = NULL, *rate = NULL, *alone = NULL, *fine = NULL, *bad = NULL;
  const char *name = NULL;
  MosTileValue value;

  report->all->clock[MOS_MEASURE_FIRST_RESPONSE] = (MosMeasureTimes) { .n = 20, .median_us = HOUR_US, .mean_us = 2 * HOUR_US, .p90_us = 5 * HOUR_US };
  report->all->clock[MOS_MEASURE_REPLY] = (MosMeasureTimes) { .n = 30, .median_us = 2 * HOUR_US, .mean_us = 3 * HOUR_US, .p90_us = 6 * HOUR_US };
  responses = mos_dashboard_measure_dup_times (MOS_DASHBOARD_FIRST_RESPONSE, 0, report, report->all, FALSE, &name);
  g_assert_cmpstr (responses, ==, "median 1 h, mean 2 h, nine of ten within 5 h, of 20");
  g_assert_cmpstr (name, ==, "First responses");
  replies = mos_dashboard_measure_dup_times (MOS_DASHBOARD_FIRST_RESPONSE, 1, report, report->all, FALSE, &name);
  g_assert_cmpstr (replies, ==, "median 2 h, mean 3 h, nine of ten within 6 h, of 30");
  acknowledgements = mos_dashboard_measure_dup_times (MOS_DASHBOARD_FIRST_RESPONSE, 2, report, report->all, FALSE, &name);
  g_assert_cmpstr (acknowledgements, ==, "nothing yet");
  g_assert_null (mos_dashboard_measure_dup_times (MOS_DASHBOARD_FIRST_RESPONSE, 3, report, report->all, FALSE, &name));
  resolutions = mos_dashboard_measure_dup_times (MOS_DASHBOARD_RESOLUTION, 0, report, report->all, FALSE, &name);
  g_assert_nonnull (strstr (resolutions, "mean 1 d 6 h"));
  g_assert_null (mos_dashboard_measure_dup_times (MOS_DASHBOARD_VOLUME, 0, report, report->all, FALSE, &name));

  report->all->csat.n_asked = 20;
  report->all->csat.n_asked_answered = 5;
  rate = mos_dashboard_measure_dup_detail (MOS_DASHBOARD_CSAT, report, report->all, FALSE);
  g_assert_cmpstr (rate, ==, "4 answers; 75 % gave 4 or 5 (30–95 %), 5 of 20 questions answered (25 %)");
  report->all->nps = (MosMeasureScores) { .n_asked = 1 };
  alone = mos_dashboard_measure_dup_detail (MOS_DASHBOARD_NPS, report, report->all, FALSE);
  g_assert_cmpstr (alone, ==, "0 of 1 question answered (0 %)");

  mos_dashboard_measure_read (MOS_DASHBOARD_CSAT, report, report->all, NULL, NULL, FALSE, &value);
  fine = mos_measure_tile_dup_sentence (&value);
  g_assert_nonnull (strstr (fine, "Target 4.50: met"));
  report->all->csat.sum = 15;
  mos_dashboard_measure_read (MOS_DASHBOARD_CSAT, report, report->all, NULL, NULL, FALSE, &value);
  bad = mos_measure_tile_dup_sentence (&value);
  g_assert_nonnull (strstr (bad, "Target 4.50: missed, and below 4.00"));
}

/* It is told later than the rest, and until then it is not known. */
static void
test_targets (void)
{
  g_autoptr (MosMeasureReport) report = report_new (12, HOUR_US);
  g_autofree char *none = NULL, *detail = NULL;
  MosTileValue value;

  report->all->targets = (MosMeasureTargets) { .n_met = 9, .n_missed = 3, .met = { 10, 0, 4 }, .missed = { 2, 0, 1 } };
  mos_dashboard_measure_read (MOS_DASHBOARD_TARGETS, report, report->all, NULL, NULL, FALSE, &value);
  g_assert_true (isnan (value.value));
  none = mos_dashboard_measure_dup_detail (MOS_DASHBOARD_TARGETS, report, report->all, FALSE);
  g_assert_null (none);
  report->has_targets = TRUE;
  mos_dashboard_measure_read (MOS_DASHBOARD_TARGETS, report, report->all, NULL, NULL, FALSE, &value);
  g_assert_cmpfloat_with_epsilon (value.value, 75, 1e-9);
  g_assert_cmpuint (value.n, ==, 12);
  detail = mos_dashboard_measure_dup_detail (MOS_DASHBOARD_TARGETS, report, report->all, FALSE);
  g_assert_cmpstr (detail, ==, "first answers 10 of 12, closes 4 of 5");
}

/* --- charts --- */

static void
test_charts (void)
{
  g_autoptr (MosMeasureReport) report = report_new (12, HOUR_US);
  g_autoptr (MosChartData) volume = NULL, bins = NULL, worked = NULL, csat = NULL, hours = NULL, ages = NULL, backlog = NULL;
  g_autoptr (MosMeasureLook) hour = NULL, day = NULL, score = NULL, whole = NULL;

  report->before = report_new (8, HOUR_US);
  for (guint i = 0; i < MOS_N_DASHBOARD_CHARTS; i++)
    {
      g_autoptr (MosChartData) data = mos_dashboard_chart_make ((MosDashboardChart) i, report, FALSE);
      g_autoptr (MosMeasureLook) look = mos_dashboard_chart_look ((MosDashboardChart) i, report, FALSE, 0, 0);

      for (guint row = 0; row < data->n_rows; row++)
        g_assert_nonnull (data->rows[row]);
      g_assert_nonnull (look);
    }
  volume = mos_dashboard_chart_make (MOS_DASHBOARD_CHART_VOLUME, report, FALSE);
  g_assert_true (volume->has_before);
  g_assert_cmpstr (volume->rows[0], ==, "2 March 2026");
  g_assert_cmpstr (mos_chart_data_get_tick (volume, 1), ==, "3 Mar");
  g_assert_cmpfloat (mos_chart_data_get (volume, 0, 0), ==, 12);
  g_assert_cmpfloat (mos_chart_data_get (volume, 0, 1), ==, 8);
  bins = mos_dashboard_chart_make (MOS_DASHBOARD_CHART_RESPONSE_BINS, report, FALSE);
  g_assert_cmpstr (bins->rows[0], ==, "to 15 min");
  g_assert_cmpstr (bins->rows[1], ==, "to 1 h");
  g_assert_cmpstr (bins->rows[MOS_MEASURE_N_BINS - 1], ==, "over 7 d");
  g_assert_cmpfloat (mos_chart_data_get (bins, 1, 0), ==, 7);
  /* Seven days of work are longer than seven days: of hours of work it is told in hours. */
  report->has_business = TRUE;
  worked = mos_dashboard_chart_make (MOS_DASHBOARD_CHART_RESPONSE_BINS, report, TRUE);
  g_assert_cmpstr (worked->rows[MOS_MEASURE_N_BINS - 1], ==, "over 168 h");
  csat = mos_dashboard_chart_make (MOS_DASHBOARD_CHART_CSAT, report, FALSE);
  g_assert_cmpuint (csat->n_rows, ==, 5);
  g_assert_cmpfloat (mos_chart_data_get (csat, 4, 0), ==, 3);
  g_assert_true (mos_dashboard_chart_is_few (MOS_DASHBOARD_CHART_CSAT, report, FALSE));
  g_assert_false (mos_dashboard_chart_is_few (MOS_DASHBOARD_CHART_NPS, report, FALSE));
  hours = mos_dashboard_chart_make (MOS_DASHBOARD_CHART_HOURS, report, FALSE);
  g_assert_cmpfloat (mos_chart_data_get (hours, 9, 1), ==, 6);
  ages = mos_dashboard_chart_make (MOS_DASHBOARD_CHART_AGES, report, FALSE);
  g_assert_cmpfloat (mos_chart_data_get (ages, 1, 0), ==, 4);

  backlog = mos_dashboard_chart_make (MOS_DASHBOARD_CHART_BACKLOG_LINE, report, FALSE);
  g_assert_true (backlog->is_stock);
  g_assert_false (volume->is_stock);

  /* A number is asked about by what it is made of. */
  hour = mos_dashboard_chart_look (MOS_DASHBOARD_CHART_HOURS, report, FALSE, 9, 1);
  g_assert_cmpint (hour->part, ==, 24 + 9);
  g_assert_cmpint (hour->number, ==, MOS_NUMBER_NEW);
  day = mos_dashboard_chart_look (MOS_DASHBOARD_CHART_VOLUME, report, FALSE, 1, 0);
  g_assert_cmpint (day->from_us, ==, report->from_us + DAY_US);
  g_assert_cmpint (day->to_us, ==, report->from_us + 2 * DAY_US);
  score = mos_dashboard_chart_look (MOS_DASHBOARD_CHART_CSAT, report, FALSE, 4, 0);
  g_assert_cmpint (score->part, ==, 5);
  whole = mos_dashboard_chart_look (MOS_DASHBOARD_CHART_NPS, report, FALSE, -1, -1);
  g_assert_cmpint (whole->part, ==, MOS_MEASURE_WHOLE);
}

static void
test_groups (void)
{
  g_autoptr (MosMeasureReport) report = report_new (12, HOUR_US);
  static const struct
  {
    const char *key;
    const char *name;
    guint n;
  } rows[] = { { "email", "email", 3 }, { "telegram", "telegram", 9 }, { "", "", 1 } };
  g_autoptr (MosChartData) groups = NULL, bars = NULL;

  report->groups[MOS_MEASURE_BY_CHANNEL] = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_measure_figures_unref);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      MosMeasureFigures *figures = mos_measure_figures_new ();

      figures->key = g_strdup (rows[i].key);
      figures->name = g_strdup (rows[i].name);
      figures->counts[MOS_MEASURE_NEW] = rows[i].n;
      g_ptr_array_add (report->groups[MOS_MEASURE_BY_CHANNEL], figures);
    }
  groups = mos_dashboard_groups_make (report, MOS_MEASURE_BY_CHANNEL, FALSE);
  g_assert_cmpstr (groups->title, ==, "By Channel");
  g_assert_cmpstr (groups->rows[0], ==, "E-mail");
  g_assert_cmpstr (groups->rows[2], ==, "None");
  g_assert_cmpstr (groups->ids[1], ==, "telegram");
  g_assert_cmpfloat (mos_chart_data_get (groups, 1, 0), ==, 9);
  g_assert_true (isnan (mos_chart_data_get (groups, 1, 2)));
  bars = mos_dashboard_groups_bars (groups);
  g_assert_cmpstr (bars->rows[0], ==, "Telegram");
  g_assert_cmpstr (bars->ids[0], ==, "telegram");
  g_assert_cmpuint (bars->n_series, ==, 1);
}

static void
test_words (void)
{
  g_autoptr (MosMeasureReport) report = report_new (12, HOUR_US);
  g_autoptr (MosMeasureFilter) filter = mos_measure_filter_new ();
  const char *names[MOS_N_MEASURE_BY] = { NULL };
  g_autofree char *period = mos_dashboard_text_period (report), *none = mos_dashboard_text_filter (filter, NULL), *text = NULL;

  g_assert_cmpstr (period, ==, "2 March 2026 – 3 March 2026");
  g_assert_null (none);
  filter->only[MOS_MEASURE_BY_CHANNEL] = g_strdup ("email");
  filter->only[MOS_MEASURE_BY_CATEGORY] = g_strdup ("c1");
  names[MOS_MEASURE_BY_CATEGORY] = "Returns";
  text = mos_dashboard_text_filter (filter, names);
  g_assert_cmpstr (text, ==, "Channel: \xe2\x81\xa8"
                             "E-mail\xe2\x81\xa9, Category: \xe2\x81\xa8"
                             "Returns\xe2\x81\xa9");
}

/* --- the week --- */

static MosWeek *
week_new (void)
{
  MosWeek *week = mos_week_new ();
  MosWeekHint *hint = mos_week_hint_new ();

  week->from_us = mos_time_parse ("2026-03-02T00:00:00+01:00", NULL);
  week->zone = g_strdup ("Europe/Madrid");
  week->numbers[MOS_WEEK_NEW] = (MosWeekChange) { 12, 9, 12, 9 };
  week->numbers[MOS_WEEK_FIRST_RESPONSE] = (MosWeekChange) { 8, 7, (double) HOUR_US, 2.0 * HOUR_US };
  week->numbers[MOS_WEEK_CSAT] = (MosWeekChange) { 0, 3, 0, 4.5 };
  week->numbers[MOS_WEEK_BACKLOG] = (MosWeekChange) { 4, 4, 4, 4 };
  week->hints = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_week_hint_unref);
  hint->kind = MOS_WEEK_HINT_WAITING;
  hint->n = 2;
  hint->value = 3.0 * DAY_US;
  hint->conversations = g_new0 (char *, 1);
  g_ptr_array_add (week->hints, hint);
  return week;
}

static void
assert_week (const MosWeek *week,
             MosWeekNumber number,
             const char *value,
             const char *change)
{
  g_autofree char *value_text = mos_week_text_value (week, number), *change_text = mos_week_text_change (week, number);

  g_assert_cmpstr (value_text, ==, value);
  g_assert_cmpstr (change_text, ==, change);
}

static void
test_week (void)
{
  g_autoptr (MosWeek) week = week_new ();
  g_autoptr (MosWeek) american = mos_week_new ();
  g_autofree char *hint = mos_week_text_hint (week->hints->pdata[0]), *behind = NULL;
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Europe/Madrid");
  g_autofree char *sunday = mos_week_watch_dup_monday (mos_time_parse ("2026-03-08T23:59:00+01:00", NULL), zone);
  g_autofree char *monday = mos_week_watch_dup_monday (mos_time_parse ("2026-03-09T00:00:00+01:00", NULL), zone);
  g_autofree char *new_year = mos_week_watch_dup_monday (mos_time_parse ("2026-01-01T12:00:00+01:00", NULL), zone);
  g_autofree char *name = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) pdf = NULL;

  assert_week (week, MOS_WEEK_NEW, "12", "more: 9 in the week before");
  assert_week (week, MOS_WEEK_FIRST_RESPONSE, "1 h", "better: 2 h in the week before");
  assert_week (week, MOS_WEEK_RESOLUTION, "–", "nothing to compare with");
  assert_week (week, MOS_WEEK_CSAT, "–", "nothing to compare with");
  assert_week (week, MOS_WEEK_BACKLOG, "4", "as in the week before");
  g_assert_cmpstr (hint, ==, "2 customers wait for an answer for more than a day, the longest for 3 d.");

  /* A week ends with Sunday, by the clock of the place. */
  g_assert_cmpstr (sunday, ==, "2026-03-02");
  g_assert_cmpstr (monday, ==, "2026-03-09");
  g_assert_cmpstr (new_year, ==, "2025-12-29");
  /* … of the shop: midnight in Los Angeles is eight in the morning here. */
  american->zone = g_strdup ("America/Los_Angeles");
  american->to_us = mos_time_parse ("2026-03-02T08:00:00Z", NULL);
  behind = mos_week_watch_dup_monday_of (american);
  g_assert_cmpstr (behind, ==, "2026-03-02");

  pdf = mos_week_watch_make (week, &name, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (name, ==, "The week of 2 March 2026.pdf");
  g_assert_true (g_str_has_prefix (g_bytes_get_data (pdf, NULL), "%PDF-"));
}

static void
test_insights (void)
{
  static const struct
  {
    MosInsightKind kind;
    const char *title;
    const char *subtitle;
  } rows[] = {
    { MOS_INSIGHT_QUESTION, "Often asked: “\xe2\x81\xa8wash\xe2\x81\xa9”", "5 conversations, 2 before\n“Can I wash it?”" },
    { MOS_INSIGHT_PRODUCT, "A product that makes work: \xe2\x81\xa8wash\xe2\x81\xa9", "5 conversations, 40 sold\n“Can I wash it?”" },
    { MOS_INSIGHT_MACRO_BEST, "A macro that is liked: \xe2\x81\xa8wash\xe2\x81\xa9", "4.5 of 5 (5 scores)\n“Can I wash it?”" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (MosInsight) insight = mos_insight_new ();
      g_autofree char *title = NULL, *subtitle = NULL;

      insight->kind = rows[i].kind;
      insight->name = g_strdup ("wash");
      insight->example = g_strdup ("Can I wash it?");
      insight->n = 5;
      insight->n_before = 2;
      insight->n_of = 40;
      insight->value = 4.5;
      title = mos_insight_text_title (insight);
      subtitle = mos_insight_text_subtitle (insight);
      g_assert_cmpstr (title, ==, rows[i].title);
      g_assert_cmpstr (subtitle, ==, rows[i].subtitle);
    }
}

int
main (int argc,
      char *argv[])
{
  mos_test_init (&argc, &argv);
  adw_init ();
  g_test_add_func ("/dashboard/choice", test_choice);
  g_test_add_func ("/dashboard/steps", test_steps);
  g_test_add_func ("/dashboard/measures", test_measures);
  g_test_add_func ("/dashboard/judged", test_judged);
  g_test_add_func ("/dashboard/details", test_details);
  g_test_add_func ("/dashboard/scores", test_scores);
  g_test_add_func ("/dashboard/more", test_more);
  g_test_add_func ("/dashboard/targets", test_targets);
  g_test_add_func ("/dashboard/charts", test_charts);
  g_test_add_func ("/dashboard/groups", test_groups);
  g_test_add_func ("/dashboard/words", test_words);
  g_test_add_func ("/dashboard/week", test_week);
  g_test_add_func ("/dashboard/insights", test_insights);
  return g_test_run ();
}
