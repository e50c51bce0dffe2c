/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-metrics"

#include "config.h"

#include "core/metrics/mos-measures.h"

#include "core/base/mos-time.h"
#include "core/store/mos-store-measures.h"

#include <string.h>

/* Spans, and two more that have quantiles: how old what is open is, and how long those wait who wait. */
#define N_SERIES (MOS_N_MEASURE_SPANS + 2)
#define SERIES_AGES MOS_N_MEASURE_SPANS
#define SERIES_WAITING (MOS_N_MEASURE_SPANS + 1)

typedef struct
{
  MosMeasureFigures *figures;
  GArray *clock[N_SERIES];
  GArray *business[N_SERIES];
} Group;

typedef struct
{
  GHashTable *groups; /* of key -> Group */
  MosBusinessFunc business;
  gpointer business_data;
  gint64 at_us;
  GTimeZone *zone;
  gint64 first_day;
  guint n_days;

  guint series;
  MosMeasureCount count;
  /* MOS_MEASURE_HANDLING: the turns of one conversation are one time */
  Group *sum_group;
  char *sum_conversation;
  gint64 sum_us;
  gint64 sum_business_us;
} Work;

static void
group_free (gpointer data)
{
  Group *group = data;

  g_clear_pointer (&group->figures, mos_measure_figures_unref);
  for (guint i = 0; i < N_SERIES; i++)
    {
      g_array_unref (group->clock[i]);
      g_array_unref (group->business[i]);
    }
  g_free (group);
}

static Group *
ensure_group (Work *work,
              const char *key)
{
  Group *group = g_hash_table_lookup (work->groups, key);

  if (group != NULL)
    return group;
  group = g_new0 (Group, 1);
  group->figures = mos_measure_figures_new ();
  group->figures->key = g_strdup (key);
  group->figures->name = g_strdup (key);
  group->figures->per_day = g_new0 (guint, work->n_days);
  for (guint i = 0; i < N_SERIES; i++)
    {
      group->clock[i] = g_array_new (FALSE, FALSE, sizeof (gint64));
      group->business[i] = g_array_new (FALSE, FALSE, sizeof (gint64));
    }
  g_hash_table_insert (work->groups, group->figures->key, group);
  return group;
}

/* Hours since 1970-01-01 by the clock of @zone */
static gint64
hour_of (GTimeZone *zone,
         gint64 at_us)
{
  return mos_time_local_seconds (zone, at_us) / 3600;
}

static int
compare_times (gconstpointer a,
               gconstpointer b)
{
  const gint64 one = *(const gint64 *) a, other = *(const gint64 *) b;

  return (one > other) - (one < other);
}

void
mos_measure_times_make (MosMeasureTimes *times,
                        GArray *values)
{
  const gint64 *sorted = (const gint64 *) (gpointer) values->data;
  const guint n = values->len;
  double sum = 0;

  *times = (MosMeasureTimes) { .n = n };
  if (n == 0)
    return;
  g_array_sort (values, compare_times);
  for (guint i = 0; i < n; i++)
    sum += (double) sorted[i];
  times->mean_us = (gint64) (sum / n);
  times->median_us = n % 2 == 1 ? sorted[n / 2] : sorted[n / 2 - 1] + (sorted[n / 2] - sorted[n / 2 - 1]) / 2;
  /* the nearest rank: the ninth of ten, the tenth of eleven */
  times->p90_us = sorted[((guint64) n * 9 + 9) / 10 - 1];
  times->longest_us = sorted[n - 1];
}

/* --- what the store gives --- */

static gint64
business_between (Work *work,
                  gint64 from_us,
                  gint64 to_us)
{
  return work->business != NULL ? work->business (from_us, to_us, work->business_data) : 0;
}

static void
take_span (const char *key,
           const char *conversation,
           gint64 from_us,
           gint64 to_us,
           gpointer data)
{
  Work *work = data;
  Group *group = ensure_group (work, key);
  gint64 clock_us = to_us - from_us, business_us = business_between (work, from_us, to_us);

  g_array_append_val (group->clock[work->series], clock_us);
  g_array_append_val (group->business[work->series], business_us);
}

static void
end_sum (Work *work)
{
  if (work->sum_group != NULL)
    {
      g_array_append_val (work->sum_group->clock[MOS_MEASURE_HANDLING], work->sum_us);
      g_array_append_val (work->sum_group->business[MOS_MEASURE_HANDLING], work->sum_business_us);
    }
  work->sum_group = NULL;
  work->sum_us = work->sum_business_us = 0;
  g_clear_pointer (&work->sum_conversation, g_free);
}

static void
take_turn (const char *key,
           const char *conversation,
           gint64 from_us,
           gint64 to_us,
           gpointer data)
{
  Work *work = data;
  Group *group = ensure_group (work, key);

  if (work->sum_group != group || g_strcmp0 (work->sum_conversation, conversation) != 0)
    {
      end_sum (work);
      work->sum_group = group;
      work->sum_conversation = g_strdup (conversation);
    }
  work->sum_us += to_us - from_us;
  work->sum_business_us += business_between (work, from_us, to_us);
}

static void
take_new (const char *key,
          const char *conversation,
          gint64 from_us,
          gint64 to_us,
          gpointer data)
{
  Work *work = data;
  MosMeasureFigures *figures = ensure_group (work, key)->figures;
  const gint64 hour = hour_of (work->zone, from_us);

  figures->per_day[hour / 24 - work->first_day]++;
  /* 1970-01-01 was a Thursday. */
  figures->per_hour[(hour + 3 * 24) % MOS_MEASURE_N_HOURS]++;
}

static void
take_count (const char *key,
            guint n,
            gpointer data)
{
  Work *work = data;

  ensure_group (work, key)->figures->counts[work->count] = n;
}

static void
take_open (const char *key,
           const char *status,
           gint64 since_us,
           gpointer data)
{
  static const gint64 ages[MOS_MEASURE_N_AGES] = { G_TIME_SPAN_DAY, 3 * G_TIME_SPAN_DAY, 7 * G_TIME_SPAN_DAY, G_MAXINT64 };
  Work *work = data;
  Group *group = ensure_group (work, key);
  gint64 age_us = work->at_us - since_us;
  guint age = 0;

  if (strcmp (status, "open") == 0)
    group->figures->n_open++;
  else if (strcmp (status, "pending") == 0)
    group->figures->n_pending++;
  else
    group->figures->n_snoozed++;
  while (age_us > ages[age])
    age++;
  group->figures->n_ages[age]++;
  g_array_append_val (group->clock[SERIES_AGES], age_us);
}

static void
take_score (const char *key,
            MosSurveyKind kind,
            gboolean is_asked,
            gboolean is_answered,
            int score,
            gpointer data)
{
  MosMeasureFigures *figures = ensure_group (data, key)->figures;
  MosMeasureScores *scores = kind == MOS_SURVEY_CSAT ? &figures->csat : &figures->nps;

  if (is_asked)
    {
      scores->n_asked++;
      scores->n_asked_answered += is_answered ? 1 : 0;
      return;
    }
  scores->n_answers++;
  if (score == MOS_SURVEY_NO_SCORE)
    return;
  scores->n++;
  scores->sum += score;
  scores->n_good += score >= (kind == MOS_SURVEY_CSAT ? 4 : 9) ? 1 : 0;
  scores->n_bad += mos_survey_kind_is_low (kind, score) ? 1 : 0;
}

/* --- figures --- */

static gboolean
gather (MosTxn *txn,
        Work *work,
        gint64 from_us,
        gint64 to_us,
        MosMeasureBy by,
        GError **error)
{
  for (MosMeasureSpan span = 0; span < MOS_N_MEASURE_SPANS; span++)
    {
      work->series = span;
      if (!mos_store_measures_list_spans (txn, span, by, from_us, to_us, span == MOS_MEASURE_HANDLING ? take_turn : take_span, work, error))
        return FALSE;
      end_sum (work);
    }
  for (work->count = 0; work->count < MOS_N_MEASURE_COUNTS; work->count++)
    if (!mos_store_measures_count (txn, work->count, by, from_us, to_us, take_count, work, error))
      return FALSE;
  work->series = SERIES_WAITING;
  return mos_store_measures_list_new (txn, by, from_us, to_us, take_new, work, error) &&
         mos_store_measures_list_open (txn, by, work->at_us, take_open, work, error) &&
         mos_store_measures_list_waiting (txn, by, work->at_us, take_span, work, error) &&
         mos_store_measures_list_scores (txn, by, from_us, to_us, take_score, work, error);
}

static void
finish_group (Group *group,
              gboolean has_business)
{
  for (MosMeasureSpan span = 0; span < MOS_N_MEASURE_SPANS; span++)
    {
      mos_measure_times_make (&group->figures->clock[span], group->clock[span]);
      if (has_business)
        mos_measure_times_make (&group->figures->business[span], group->business[span]);
    }
  mos_measure_times_make (&group->figures->ages, group->clock[SERIES_AGES]);
  mos_measure_times_make (&group->figures->waiting, group->clock[SERIES_WAITING]);
}

/* Those that are none of them are the last. */
static int
compare_keys (gconstpointer a,
              gconstpointer b)
{
  const char *one = (*(MosMeasureFigures *const *) a)->key, *other = (*(MosMeasureFigures *const *) b)->key;

  return *one == '\0' || *other == '\0' ? (*one == '\0') - (*other == '\0') : strcmp (one, other);
}

MosMeasureReport *
mos_measures_compute (MosTxn *txn,
                      gint64 from_us,
                      gint64 to_us,
                      GTimeZone *zone,
                      MosMeasureBy by,
                      MosBusinessFunc business,
                      gpointer business_data,
                      GError **error)
{
  g_autoptr (MosMeasureReport) report = mos_measure_report_new ();

  report->from_us = from_us;
  report->to_us = to_us;
  report->by = by == MOS_MEASURE_BY_NOTHING ? 0 : 1u << by;
  report->n_days = (guint) (hour_of (zone, to_us - 1) / 24 - hour_of (zone, from_us) / 24 + 1);
  report->has_business = business != NULL;
  if (by != MOS_MEASURE_BY_NOTHING)
    report->groups[by] = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_measure_figures_unref);
  /* What has several tags counts in each of them, so that all is no sum of them; nor is a median of any. */
  for (guint pass = 0; pass < (by == MOS_MEASURE_BY_NOTHING ? 1 : 2); pass++)
    {
      g_autoptr (GHashTable) groups = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, group_free);
      Work work = { .groups = groups, .business = business, .business_data = business_data, .at_us = MIN (to_us, mos_txn_get_now_us (txn)), .zone = zone, .first_day = hour_of (zone, from_us) / 24, .n_days = report->n_days };
      GHashTableIter iter;
      gpointer group;
      gboolean ok;

      if (pass == 0)
        ensure_group (&work, "");
      ok = gather (txn, &work, from_us, to_us, pass == 0 ? MOS_MEASURE_BY_NOTHING : by, error);
      g_clear_pointer (&work.sum_conversation, g_free);
      if (!ok)
        return NULL;
      g_hash_table_iter_init (&iter, groups);
      while (g_hash_table_iter_next (&iter, NULL, &group))
        {
          MosMeasureFigures *figures = ((Group *) group)->figures;

          finish_group (group, business != NULL);
          if (pass == 0)
            report->all = mos_measure_figures_ref (figures);
          else
            g_ptr_array_add (report->groups[by], mos_measure_figures_ref (figures));
        }
    }
  if (!mos_store_measures_load_trade (txn, from_us, to_us, MIN (to_us, mos_txn_get_now_us (txn)), &report->trade, error))
    return NULL;
  if (by != MOS_MEASURE_BY_NOTHING)
    g_ptr_array_sort (report->groups[by], compare_keys);
  return g_steal_pointer (&report);
}
