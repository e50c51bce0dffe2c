/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-insights-private.h"
#include "core/desk/mos-reports-private.h"

#include <string.h>

#define MAX_MACROS 3

MosInsight *
mos_insight_make (MosInsightKind kind,
                  const char *key,
                  const char *name,
                  GPtrArray *conversations)
{
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();
  MosInsight *insight = mos_insight_new ();

  insight->kind = kind;
  insight->key = g_strdup (key);
  insight->name = g_strdup (name);
  insight->n = conversations->len;
  for (guint i = 0; i < MIN (conversations->len, MOS_INSIGHT_IDS); i++)
    g_strv_builder_add (ids, conversations->pdata[i]);
  insight->conversations = g_strv_builder_end (ids);
  return insight;
}

/* --- macros --- */

static double
get_mean (const MosMeasureFigures *figures)
{
  return (double) figures->csat.sum / figures->csat.n;
}

/* The best first; of as good ones, what was scored more often */
static int
compare_macros (gconstpointer a,
                gconstpointer b)
{
  const MosMeasureFigures *one = *(MosMeasureFigures *const *) a, *other = *(MosMeasureFigures *const *) b;

  if (get_mean (one) != get_mean (other))
    return get_mean (one) > get_mean (other) ? -1 : 1;
  if (one->csat.n != other->csat.n)
    return one->csat.n > other->csat.n ? -1 : 1;
  return strcmp (one->key, other->key);
}

static gboolean
add_macro (MosTxn *txn,
           MosReportCache *cache,
           GPtrArray *insights,
           MosInsightKind kind,
           const MosReportPeriod *period,
           const MosMeasureFilter *filter,
           const MosMeasureFigures *figures,
           GError **error)
{
  g_autoptr (MosMeasureLook) look = mos_measure_look_new ();
  g_autoptr (MosMeasureRows) rows = NULL;
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  MosInsight *insight;

  look->query = mos_measure_query_new ();
  look->query->filter = filter != NULL ? mos_measure_filter_ref ((MosMeasureFilter *) filter) : NULL;
  look->from_us = period->from_us;
  look->to_us = period->to_us;
  look->number = MOS_NUMBER_CSAT;
  look->by = MOS_MEASURE_BY_MACRO;
  look->key = g_strdup (figures->key);
  look->part = MOS_MEASURE_WHOLE;
  look->max = MOS_INSIGHT_IDS;
  rows = mos_reports_list (txn, cache, look, error);
  if (rows == NULL)
    return FALSE;
  for (guint i = 0; i < rows->rows->len; i++)
    g_ptr_array_add (ids, ((MosMeasureRow *) rows->rows->pdata[i])->conversation);
  insight = mos_insight_make (kind, figures->key, figures->name, ids);
  insight->n = figures->csat.n;
  insight->value = get_mean (figures);
  insight->is_few = figures->csat.n < MOS_MEASURE_FEW;
  g_ptr_array_add (insights, insight);
  return TRUE;
}

/* The best and the worst, none of them both; of one alone nothing can be said. */
static gboolean
add_macros (MosTxn *txn,
            MosReportCache *cache,
            GPtrArray *insights,
            const MosReportPeriod *period,
            const MosMeasureFilter *filter,
            GError **error)
{
  g_autoptr (MosMeasureQuery) query = mos_measure_query_new ();
  g_autoptr (MosMeasureReport) report = NULL;
  g_autoptr (GPtrArray) scored = g_ptr_array_new ();
  guint n;

  query->by = 1u << MOS_MEASURE_BY_MACRO;
  query->filter = filter != NULL ? mos_measure_filter_ref ((MosMeasureFilter *) filter) : NULL;
  report = mos_reports_make (txn, cache, period, query, error);
  if (report == NULL)
    return FALSE;
  for (guint i = 0; i < report->groups[MOS_MEASURE_BY_MACRO]->len; i++)
    {
      MosMeasureFigures *figures = report->groups[MOS_MEASURE_BY_MACRO]->pdata[i];

      if (figures->csat.n > 0 && *figures->key != '\0')
        g_ptr_array_add (scored, figures);
    }
  g_ptr_array_sort (scored, compare_macros);
  n = MIN (scored->len / 2, MAX_MACROS);
  for (guint i = 0; i < n; i++)
    if (!add_macro (txn, cache, insights, MOS_INSIGHT_MACRO_BEST, period, filter, scored->pdata[i], error))
      return FALSE;
  for (guint i = 0; i < n; i++)
    if (!add_macro (txn, cache, insights, MOS_INSIGHT_MACRO_WORST, period, filter, scored->pdata[scored->len - 1 - i], error))
      return FALSE;
  return TRUE;
}

/* --- what the filter wants --- */

static void
mos_insights_wanted_clear (MosInsightsWanted *self)
{
  g_clear_pointer (&self->conversations, g_hash_table_unref);
  g_clear_pointer (&self->surveys, g_hash_table_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MosInsightsWanted, mos_insights_wanted_clear)

gboolean
mos_insights_is_wanted (const MosInsightsWanted *wanted,
                        gint64 number)
{
  return wanted == NULL || g_hash_table_contains (wanted->conversations, &number);
}

static gboolean
find_wanted (MosTxn *txn,
             MosReportCache *cache,
             const MosReportPeriod *period,
             const MosReportPeriod *before,
             const MosMeasureFilter *filter,
             MosInsightsWanted *wanted,
             GError **error)
{
  gboolean has_business;
  MosMeasureCube *cube = mos_report_cache_refresh (cache, txn, &has_business, error);
  MosMeasureFrame frame;

  if (cube == NULL)
    return FALSE;
  wanted->conversations = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  wanted->surveys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  frame = mos_report_period_to_frame (txn, period, filter);
  frame.from_us = before->from_us;
  return mos_measures_find_wanted (cube, txn, &frame, wanted->conversations, wanted->surveys, error);
}

/* --- all of it --- */

GPtrArray *
mos_insights_make (MosTxn *txn,
                   MosReportCache *cache,
                   const MosReportPeriod *period,
                   const MosMeasureFilter *filter,
                   GCancellable *cancellable,
                   GError **error)
{
  g_autoptr (GPtrArray) insights = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_insight_unref);
  g_auto (MosReportPeriod) before = { 0 };
  g_auto (MosInsightsWanted) found = { 0 };
  const MosInsightsWanted *wanted = mos_measure_filter_is_empty (filter) ? NULL : &found;
  GPtrArray *ordered;

  mos_report_period_set_before (&before, period, mos_txn_get_now_us (txn));
  if ((wanted != NULL && !find_wanted (txn, cache, period, &before, filter, &found, error)) || !mos_insights_add_words (txn, insights, period, &before, wanted, cancellable, error) ||
      !mos_insights_add_trouble (txn, insights, period, &before, wanted, error) || !add_macros (txn, cache, insights, period, filter, error) || !mos_insights_add_praise (txn, insights, period, wanted, error))
    return NULL;
  for (guint i = 0; i < insights->len; i++)
    {
      MosInsight *insight = insights->pdata[i];

      if (insight->category == NULL)
        continue;
      insight->category_name = mos_reports_find_name (txn, MOS_MEASURE_BY_CATEGORY, insight->category, error);
      if (insight->category_name == NULL)
        return NULL;
    }
  ordered = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_insight_unref);
  for (MosInsightKind kind = 0; kind < MOS_N_INSIGHT_KINDS; kind++)
    for (guint i = 0; i < insights->len; i++)
      if (((MosInsight *) insights->pdata[i])->kind == kind)
        g_ptr_array_add (ordered, mos_insight_ref (insights->pdata[i]));
  return ordered;
}

void
mos_insights_build (JsonBuilder *builder,
                    const MosInsight *insight)
{
  const gboolean is_mean = insight->kind == MOS_INSIGHT_MACRO_BEST || insight->kind == MOS_INSIGHT_MACRO_WORST;

  json_builder_begin_object (builder);
  mos_json_string (builder, "kind", mos_insight_kind_to_nick (insight->kind));
  mos_json_string (builder, "key", insight->key);
  mos_json_string (builder, "name", insight->name);
  mos_json_string (builder, "category", insight->category_name);
  mos_json_string (builder, "example", insight->example);
  mos_json_int (builder, "n", insight->n);
  mos_json_int (builder, "before", insight->n_before);
  if (insight->n_of > 0)
    mos_json_int (builder, "of", insight->n_of);
  else
    mos_json_string (builder, "of", NULL);
  json_builder_set_member_name (builder, "value");
  if (is_mean || insight->value != 0)
    json_builder_add_double_value (builder, insight->value);
  else
    json_builder_add_null_value (builder);
  mos_json_bool (builder, "few", insight->is_few);
  mos_json_strv (builder, "conversations", insight->conversations);
  json_builder_end_object (builder);
}
