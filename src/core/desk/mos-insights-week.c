/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-insights-private.h"
#include "core/desk/mos-reports-private.h"

#include <math.h>

/* How a week was: five numbers, and three things to look at. */

#define MAX_HINTS 3
/* What has to be there before a change says anything */
#define SOME 5
#define LONG_WAIT G_TIME_SPAN_DAY
#define SLOWER 1.5
#define MORE 2
#define MANY_REOPENED 0.2

typedef struct
{
  MosTxn *txn;
  MosReportCache *cache;
  const MosReportPeriod *period;
  MosMeasureReport *report;
  MosMeasureReport *before;
  MosWeek *week;
} Work;

static MosWeekHint *
add_hint (Work *work,
          MosWeekHintKind kind,
          guint n)
{
  MosWeekHint *hint = mos_week_hint_new ();

  hint->kind = kind;
  hint->n = n;
  hint->conversations = g_new0 (char *, 1);
  g_ptr_array_add (work->week->hints, hint);
  return hint;
}

static gboolean
has_room (const Work *work)
{
  return work->week->hints->len < MAX_HINTS;
}

static MosMeasureRows *
list (Work *work,
      MosMeasureNumber number,
      int part,
      GError **error)
{
  g_autoptr (MosMeasureLook) look = mos_measure_look_new ();

  look->query = mos_measure_query_new ();
  look->from_us = work->period->from_us;
  look->to_us = work->period->to_us;
  look->number = number;
  look->part = part;
  look->max = MOS_INSIGHT_IDS;
  return mos_reports_list (work->txn, work->cache, look, error);
}

static void
add_rows (GStrvBuilder *ids,
          const MosMeasureRows *rows,
          guint max)
{
  for (guint i = 0; i < MIN (rows->rows->len, max); i++)
    g_strv_builder_add (ids, ((MosMeasureRow *) rows->rows->pdata[i])->conversation);
}

static void
set_conversations (MosWeekHint *hint,
                   GStrvBuilder *ids)
{
  g_strfreev (hint->conversations);
  hint->conversations = g_strv_builder_end (ids);
}

static gboolean
look_at_scores (Work *work,
                GError **error)
{
  const guint n = work->report->all->csat.n_bad + work->report->all->nps.n_bad;
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();
  g_autoptr (MosMeasureRows) csat = NULL;
  g_autoptr (MosMeasureRows) nps = NULL;

  if (n == 0)
    return TRUE;
  csat = list (work, MOS_NUMBER_CSAT_LOW, MOS_MEASURE_WHOLE, error);
  nps = csat != NULL ? list (work, MOS_NUMBER_NPS_DETRACTORS, MOS_MEASURE_WHOLE, error) : NULL;
  if (nps == NULL)
    return FALSE;
  add_rows (ids, csat, csat->rows->len);
  add_rows (ids, nps, nps->rows->len);
  set_conversations (add_hint (work, MOS_WEEK_HINT_LOW_SCORES, n), ids);
  return TRUE;
}

static gboolean
look_at_waiting (Work *work,
                 GError **error)
{
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();
  g_autoptr (MosMeasureRows) rows = NULL;
  g_autoptr (MosMeasureRows) shorter = NULL;
  MosWeekHint *hint;
  guint n = 0;

  if (work->report->all->waiting.longest_us <= LONG_WAIT)
    return TRUE;
  rows = list (work, MOS_NUMBER_WAITING, MOS_MEASURE_WHOLE, error);
  /* Its first part is of a day at most. */
  shorter = rows != NULL ? list (work, MOS_NUMBER_WAITING, 0, error) : NULL;
  if (shorter == NULL)
    return FALSE;
  while (n < rows->rows->len && ((MosMeasureRow *) rows->rows->pdata[n])->clock_us > LONG_WAIT)
    n++;
  add_rows (ids, rows, n);
  hint = add_hint (work, MOS_WEEK_HINT_WAITING, rows->n - shorter->n);
  hint->value = (double) work->report->all->waiting.longest_us;
  set_conversations (hint, ids);
  return TRUE;
}

static gboolean
look_at_old (Work *work,
             GError **error)
{
  const guint n = work->report->all->n_ages[MOS_MEASURE_N_AGES - 1];
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();
  g_autoptr (MosMeasureRows) rows = NULL;

  if (n == 0)
    return TRUE;
  rows = list (work, MOS_NUMBER_BACKLOG, MOS_MEASURE_N_AGES - 1, error);
  if (rows == NULL)
    return FALSE;
  add_rows (ids, rows, rows->rows->len);
  set_conversations (add_hint (work, MOS_WEEK_HINT_OLD, n), ids);
  return TRUE;
}

static void
look_at_speed (Work *work)
{
  const MosWeekChange *change = &work->week->numbers[MOS_WEEK_FIRST_RESPONSE];
  MosWeekHint *hint;

  if (change->n < SOME || change->n_before < SOME || change->value < SLOWER * change->before || change->value - change->before < 15.0 * G_TIME_SPAN_MINUTE)
    return;
  hint = add_hint (work, MOS_WEEK_HINT_SLOWER, change->n);
  hint->n_before = change->n_before;
  hint->value = change->before > 0 ? change->value / change->before : 0;
}

static gboolean
look_at_reopened (Work *work,
                  GError **error)
{
  const guint n = work->report->all->counts[MOS_MEASURE_REOPENED], of = work->report->all->counts[MOS_MEASURE_CLOSED_ONCE];
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();
  g_autoptr (MosMeasureRows) rows = NULL;
  MosWeekHint *hint;

  if (of < SOME || n < MANY_REOPENED * of)
    return TRUE;
  rows = list (work, MOS_NUMBER_REOPENED, MOS_MEASURE_WHOLE, error);
  if (rows == NULL)
    return FALSE;
  add_rows (ids, rows, rows->rows->len);
  hint = add_hint (work, MOS_WEEK_HINT_REOPENED, n);
  hint->n_of = of;
  set_conversations (hint, ids);
  return TRUE;
}

static const MosMeasureFigures *
find_group (GPtrArray *groups,
            const char *key)
{
  for (guint i = 0; i < groups->len; i++)
    if (g_str_equal (((MosMeasureFigures *) groups->pdata[i])->key, key))
      return groups->pdata[i];
  return NULL;
}

/* The one that grew most */
static void
look_at_categories (Work *work)
{
  GPtrArray *groups = work->report->groups[MOS_MEASURE_BY_CATEGORY];
  const MosMeasureFigures *most = NULL;
  guint most_before = 0;
  MosWeekHint *hint;

  for (guint i = 0; i < groups->len; i++)
    {
      const MosMeasureFigures *figures = groups->pdata[i];
      const MosMeasureFigures *then = find_group (work->before->groups[MOS_MEASURE_BY_CATEGORY], figures->key);
      const guint n = figures->counts[MOS_MEASURE_NEW], n_before = then != NULL ? then->counts[MOS_MEASURE_NEW] : 0;

      if (*figures->key != '\0' && n >= SOME && n >= MORE * MAX (n_before, 1) && (most == NULL || n - n_before > most->counts[MOS_MEASURE_NEW] - most_before))
        {
          most = figures;
          most_before = n_before;
        }
    }
  if (most == NULL)
    return;
  hint = add_hint (work, MOS_WEEK_HINT_CATEGORY, most->counts[MOS_MEASURE_NEW]);
  hint->n_before = most_before;
  hint->name = g_strdup (most->name);
}

/* What is told of products and praise; the first product alone, and where it was sold often enough */
static gboolean
look_at_insights (Work *work,
                  const MosReportPeriod *before,
                  GError **error)
{
  g_autoptr (GPtrArray) insights = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_insight_unref);
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();
  const MosInsight *product;
  guint n_praise;

  if (!mos_insights_add_trouble (work->txn, insights, work->period, before, NULL, error))
    return FALSE;
  product = insights->len > 0 ? insights->pdata[0] : NULL;
  if (product != NULL && product->kind == MOS_INSIGHT_PRODUCT && !product->is_few && product->n >= SOME && has_room (work))
    {
      MosWeekHint *hint = add_hint (work, MOS_WEEK_HINT_PRODUCT, product->n);

      hint->n_of = product->n_of;
      hint->value = product->value;
      hint->name = g_strdup (product->name);
      g_strfreev (hint->conversations);
      hint->conversations = g_strdupv (product->conversations);
    }
  g_ptr_array_set_size (insights, 0);
  if (!mos_insights_add_praise (work->txn, insights, work->period, NULL, error))
    return FALSE;
  n_praise = insights->len;
  for (guint i = 0; i < n_praise; i++)
    g_strv_builder_add (ids, ((MosInsight *) insights->pdata[i])->conversations[0]);
  if (n_praise > 0 && has_room (work))
    set_conversations (add_hint (work, MOS_WEEK_HINT_TESTIMONIAL, n_praise), ids);
  return TRUE;
}

static gboolean
look (Work *work,
      const MosReportPeriod *before,
      GError **error)
{
  if (!look_at_scores (work, error) || !look_at_waiting (work, error) || !look_at_old (work, error))
    return FALSE;
  if (has_room (work))
    look_at_speed (work);
  if (has_room (work) && !look_at_reopened (work, error))
    return FALSE;
  if (has_room (work))
    look_at_categories (work);
  return !has_room (work) || look_at_insights (work, before, error);
}

static void
set_numbers (MosWeek *week,
             const MosMeasureFigures *now,
             const MosMeasureFigures *before)
{
  const MosMeasureTimes *response = week->is_business ? &now->business[MOS_MEASURE_FIRST_RESPONSE] : &now->clock[MOS_MEASURE_FIRST_RESPONSE];
  const MosMeasureTimes *response_before = week->is_business ? &before->business[MOS_MEASURE_FIRST_RESPONSE] : &before->clock[MOS_MEASURE_FIRST_RESPONSE];
  const guint backlog = now->n_open + now->n_pending + now->n_snoozed, backlog_before = before->n_open + before->n_pending + before->n_snoozed;

  week->numbers[MOS_WEEK_NEW] = (MosWeekChange) { now->counts[MOS_MEASURE_NEW], before->counts[MOS_MEASURE_NEW], now->counts[MOS_MEASURE_NEW], before->counts[MOS_MEASURE_NEW] };
  week->numbers[MOS_WEEK_FIRST_RESPONSE] = (MosWeekChange) { response->n, response_before->n, (double) response->median_us, (double) response_before->median_us };
  week->numbers[MOS_WEEK_RESOLUTION] =
      (MosWeekChange) { now->clock[MOS_MEASURE_RESOLUTION].n, before->clock[MOS_MEASURE_RESOLUTION].n, (double) now->clock[MOS_MEASURE_RESOLUTION].median_us, (double) before->clock[MOS_MEASURE_RESOLUTION].median_us };
  week->numbers[MOS_WEEK_CSAT] = (MosWeekChange) { now->csat.n, before->csat.n, now->csat.n > 0 ? (double) now->csat.sum / now->csat.n : 0, before->csat.n > 0 ? (double) before->csat.sum / before->csat.n : 0 };
  week->numbers[MOS_WEEK_BACKLOG] = (MosWeekChange) { backlog, backlog_before, backlog, backlog_before };
}

MosWeek *
mos_insights_make_week (MosTxn *txn,
                        MosReportCache *cache,
                        guint weeks_ago,
                        GCancellable *cancellable,
                        GError **error)
{
  g_autoptr (MosWeek) week = mos_week_new ();
  g_autoptr (MosMeasureQuery) query = mos_measure_query_new ();
  g_auto (MosReportPeriod) period = { 0 };
  g_auto (MosReportPeriod) before = { 0 };
  g_autoptr (MosMeasureReport) report = NULL;
  g_autoptr (MosMeasureReport) report_before = NULL;
  Work work = { .txn = txn, .cache = cache, .period = &period, .week = week };

  query->by = 1u << MOS_MEASURE_BY_CATEGORY;
  if (!mos_reports_find_week (txn, weeks_ago, &period, error))
    return NULL;
  mos_report_period_set_before (&before, &period, mos_txn_get_now_us (txn));
  report = mos_reports_make (txn, cache, &period, query, error);
  report_before = report != NULL ? mos_reports_make (txn, cache, &before, query, error) : NULL;
  if (report_before == NULL || g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  week->from_us = period.from_us;
  week->last_us = period.last_us;
  week->to_us = period.to_us;
  week->zone = g_strdup (report->zone);
  week->is_business = report->has_business;
  week->hints = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_week_hint_unref);
  set_numbers (week, report->all, report_before->all);
  work.report = report;
  work.before = report_before;
  return look (&work, &before, error) ? g_steal_pointer (&week) : NULL;
}

static void
build_value (JsonBuilder *builder,
             const char *name,
             guint n,
             double value,
             gboolean is_time)
{
  json_builder_set_member_name (builder, name);
  if (n == 0)
    json_builder_add_null_value (builder);
  else if (is_time)
    json_builder_add_int_value (builder, (gint64) round (value / G_USEC_PER_SEC));
  else
    json_builder_add_double_value (builder, value);
}

void
mos_insights_build_week (JsonBuilder *builder,
                         const MosWeek *week,
                         GTimeZone *zone)
{
  json_builder_begin_object (builder);
  mos_reports_build_day (builder, "from", week->from_us, zone);
  mos_reports_build_day (builder, "to", week->last_us, zone);
  mos_json_string (builder, "zone", week->zone);
  for (MosWeekNumber number = 0; number < MOS_N_WEEK_NUMBERS; number++)
    {
      const MosWeekChange *change = &week->numbers[number];
      const gboolean is_time = number == MOS_WEEK_FIRST_RESPONSE || number == MOS_WEEK_RESOLUTION;
      /* None at all is a number, too. */
      const gboolean is_count = number == MOS_WEEK_NEW || number == MOS_WEEK_BACKLOG;

      json_builder_set_member_name (builder, mos_week_number_to_nick (number));
      json_builder_begin_object (builder);
      mos_json_int (builder, "n", change->n);
      build_value (builder, "value", is_count ? 1 : change->n, change->value, is_time);
      build_value (builder, "before", is_count ? 1 : change->n_before, change->before, is_time);
      if (number == MOS_WEEK_FIRST_RESPONSE)
        mos_json_bool (builder, "business", week->is_business);
      json_builder_end_object (builder);
    }
  json_builder_set_member_name (builder, "look_at");
  json_builder_begin_array (builder);
  for (guint i = 0; i < week->hints->len; i++)
    {
      const MosWeekHint *hint = week->hints->pdata[i];

      json_builder_begin_object (builder);
      mos_json_string (builder, "kind", mos_week_hint_kind_to_nick (hint->kind));
      mos_json_int (builder, "n", hint->n);
      mos_json_int (builder, "before", hint->n_before);
      mos_json_int (builder, "of", hint->n_of);
      mos_json_string (builder, "name", hint->name);
      mos_json_strv (builder, "conversations", hint->conversations);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}
