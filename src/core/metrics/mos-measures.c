/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-metrics"

#include "config.h"

#include "core/metrics/mos-measures.h"

#include "core/base/mos-big.h"
#include "core/metrics/mos-measure-days-private.h"
#include "core/metrics/mos-measure-journey-private.h"
#include "core/metrics/mos-measure-walk-private.h"
#include "core/store/mos-store-customers.h"

#include <string.h>

/* Spans, and two more that have quantiles: how old what is open is, and how long those wait who wait. */
#define N_SERIES (MOS_N_MEASURE_SPANS + 2)
#define SERIES_AGES MOS_N_MEASURE_SPANS
#define SERIES_WAITING (MOS_N_MEASURE_SPANS + 1)

/* Times, of which there are many: appending one is nothing but that */
typedef struct
{
  gint64 *values;
  guint n;
  guint size;
} Times;

typedef struct
{
  MosMeasureFigures *figures;
  Times clock[N_SERIES];
  Times business[MOS_N_MEASURE_SPANS];
  int counted[MOS_N_MEASURE_COUNTS]; /* the last conversation that is in it: each counts once */
  gint64 judged;                     /* the last one whose targets are */
} Group;

/* Which values there are of a point */
enum
{
  POINT_RESPONSE,
  POINT_RESPONSE_BUSINESS,
  POINT_RESOLUTION,
  POINT_RESOLUTION_BUSINESS,
  N_POINT_SERIES
};

typedef struct
{
  MosMeasureCube *cube;
  MosMeasureWalk *walk;
  const MosDaySpan *days;
  gboolean has_business;
  Group *all;
  guint by;
  Group **groups[MOS_N_MEASURE_BY]; /* by keys */
  MosMeasurePoint *points;
  guint *point_of; /* by days */
  Times *values;   /* N_POINT_SERIES of each point */
} Work;

static inline void
add_time (Times *times,
          gint64 us)
{
  if (times->n == times->size)
    {
      times->size = MAX (times->size * 2, 16);
      times->values = g_renew (gint64, times->values, times->size);
    }
  times->values[times->n++] = us;
}

static void
finish_times (Times *times,
              MosMeasureTimes *figures)
{
  mos_measure_times_make (figures, times->values, times->n);
  g_clear_pointer (&times->values, g_free);
}

/* --- groups --- */

static void
group_free (Group *group)
{
  mos_measure_figures_unref (group->figures);
  for (guint i = 0; i < N_SERIES; i++)
    g_free (group->clock[i].values);
  for (guint i = 0; i < MOS_N_MEASURE_SPANS; i++)
    g_free (group->business[i].values);
  g_free (group);
}

static Group *
group_new (Work *work,
           const char *key)
{
  Group *group = g_new0 (Group, 1);

  group->figures = mos_measure_figures_new ();
  group->figures->key = g_strdup (key);
  group->figures->name = g_strdup (key);
  group->figures->per_day = g_new0 (guint, mos_day_span_get_n (work->days));
  for (guint i = 0; i < MOS_N_MEASURE_COUNTS; i++)
    group->counted[i] = -1;
  return group;
}

/* Where much is measured: all that there may be at once, instead of ever more of it. */
#define MUCH 30000

static void
set_aside (Group *group,
           guint n)
{
  if (n < MUCH)
    return;
  for (guint i = 0; i < N_SERIES; i++)
    group->clock[i] = (Times) { .values = mos_big_alloc (n * sizeof (gint64)), .size = n };
  for (guint i = 0; i < MOS_N_MEASURE_SPANS; i++)
    group->business[i] = (Times) { .values = mos_big_alloc (n * sizeof (gint64)), .size = n };
}

static Group *
ensure_group (Work *work,
              MosMeasureBy by,
              guint key)
{
  Group **group = &work->groups[by][key];

  if (*group == NULL)
    *group = group_new (work, MOS_CUBE_NAME (work->cube, key));
  return *group;
}

/* --- what the walk tells --- */

static void
take_span (Group *group,
           const MosVisit *visit,
           gboolean has_business)
{
  const guint span = (guint) visit->what;

  add_time (&group->clock[span], visit->clock_us);
  group->figures->clock_bins[span][mos_measure_bin_of (visit->clock_us)]++;
  if (!has_business)
    return;
  add_time (&group->business[span], visit->business_us);
  group->figures->business_bins[span][mos_measure_bin_of (visit->business_us)]++;
}

static void
take_open (Group *group,
           gint64 age_us)
{
  static const gint64 ages[MOS_MEASURE_N_AGES] = { G_TIME_SPAN_DAY, 3 * G_TIME_SPAN_DAY, 7 * G_TIME_SPAN_DAY, G_MAXINT64 };
  guint age = 0;

  while (age_us > ages[age])
    age++;
  group->figures->n_ages[age]++;
  add_time (&group->clock[SERIES_AGES], age_us);
}

static void
take_score (MosMeasureScores *csat,
            MosMeasureScores *nps,
            const MosVisit *visit)
{
  MosMeasureScores *scores = visit->what >= MOS_NUMBER_NPS ? nps : csat;
  const MosMeasureNumber what = visit->what;

  if (what == MOS_NUMBER_CSAT || what == MOS_NUMBER_NPS)
    {
      scores->n++;
      scores->sum += visit->value;
      scores->by_score[CLAMP (visit->value, 0, (gint64) G_N_ELEMENTS (scores->by_score) - 1)]++;
    }
  else if (what == MOS_NUMBER_CSAT_GOOD || what == MOS_NUMBER_NPS_PROMOTERS)
    scores->n_good++;
  else if (what == MOS_NUMBER_CSAT_LOW || what == MOS_NUMBER_NPS_DETRACTORS)
    scores->n_bad++;
  else if (what == MOS_NUMBER_CSAT_ANSWERS || what == MOS_NUMBER_NPS_ANSWERS)
    scores->n_answers++;
  else if (what == MOS_NUMBER_CSAT_ASKED || what == MOS_NUMBER_NPS_ASKED)
    scores->n_asked++;
  else if (what == MOS_NUMBER_CSAT_ASKED_ANSWERED || what == MOS_NUMBER_NPS_ASKED_ANSWERED)
    scores->n_asked_answered++;
}

static void
take_count (Group *group,
            const MosVisit *visit,
            guint day,
            guint hour)
{
  const guint count = (guint) visit->what - MOS_N_MEASURE_SPANS;

  if (group->counted[count] != visit->conversation)
    group->figures->counts[count]++;
  group->counted[count] = visit->conversation;
  if (visit->what == MOS_NUMBER_NEW)
    {
      group->figures->per_day[day]++;
      group->figures->per_hour[hour]++;
    }
}

/* One that was missed comes first. */
static void
take_target (Group *group,
             const MosVisit *visit)
{
  MosMeasureTargets *targets = &group->figures->targets;
  const gboolean is_met = visit->what == MOS_NUMBER_TARGETS_MET;

  *(is_met ? &targets->met[visit->value] : &targets->missed[visit->value]) += 1;
  if (group->judged != visit->number)
    *(is_met ? &targets->n_met : &targets->n_missed) += 1;
  group->judged = visit->number;
}

static void
take (Work *work,
      Group *group,
      const MosVisit *visit,
      guint day,
      guint hour)
{
  MosMeasureFigures *figures = group->figures;
  const MosMeasureNumber what = visit->what;

  if (what < MOS_NUMBER_NEW)
    take_span (group, visit, work->has_business);
  else if (what <= MOS_NUMBER_REOPENED)
    take_count (group, visit, day, hour);
  else if (what >= MOS_NUMBER_TARGETS_MET)
    take_target (group, visit);
  else if (what >= MOS_NUMBER_CSAT)
    take_score (&figures->csat, &figures->nps, visit);
  else if (what == MOS_NUMBER_BACKLOG)
    take_open (group, visit->clock_us);
  else if (what == MOS_NUMBER_WAITING)
    add_time (&group->clock[SERIES_WAITING], visit->clock_us);
  else if (what == MOS_NUMBER_MESSAGES)
    figures->n_messages += (guint) visit->value;
  else
    *(what == MOS_NUMBER_OPEN ? &figures->n_open : what == MOS_NUMBER_PENDING ? &figures->n_pending
                                                                              : &figures->n_snoozed) += 1;
}

static void
take_point (Work *work,
            const MosVisit *visit,
            guint day)
{
  const guint i = work->point_of[day];
  MosMeasurePoint *point = &work->points[i];
  Times *values = &work->values[i * N_POINT_SERIES];

  if (visit->what == MOS_NUMBER_NEW)
    point->n_new++;
  else if (visit->what == MOS_NUMBER_CLOSED)
    point->n_closed++;
  else if (visit->what == MOS_NUMBER_FIRST_RESPONSE || visit->what == MOS_NUMBER_RESOLUTION)
    {
      const guint series = visit->what == MOS_NUMBER_FIRST_RESPONSE ? POINT_RESPONSE : POINT_RESOLUTION;

      add_time (&values[series], visit->clock_us);
      if (work->has_business)
        add_time (&values[series + 1], visit->business_us);
    }
  else if (visit->what >= MOS_NUMBER_CSAT)
    take_score (&point->csat, &point->nps, visit);
}

static void
take_visit (const MosVisit *visit,
            gpointer data)
{
  Work *work = data;
  const gboolean is_as_of_end = visit->what >= MOS_NUMBER_BACKLOG && visit->what <= MOS_NUMBER_WAITING;
  const gboolean is_new = visit->what == MOS_NUMBER_NEW;
  const guint day = is_new || (work->points != NULL && !is_as_of_end) ? mos_day_span_find (work->days, visit->at_us) : 0;
  const guint hour = is_new ? mos_day_span_get_hour (work->days, day, visit->at_us) : 0;

  take (work, work->all, visit, day, hour);
  for (MosMeasureBy by = MOS_MEASURE_BY_NOTHING + 1; work->by != 0 && by < MOS_N_MEASURE_BY; by++)
    {
      const GArray *labels;

      if ((work->by & 1u << by) == 0)
        continue;
      if (!MOS_IS_LABEL (by))
        {
          take (work, ensure_group (work, by, visit->keys->key[by]), visit, day, hour);
          continue;
        }
      labels = mos_measure_walk_get_labels_of (work->walk, by, visit);
      for (guint i = 0; i < labels->len; i++)
        take (work, ensure_group (work, by, g_array_index (labels, guint, i)), visit, day, hour);
      if (labels->len == 0)
        take (work, ensure_group (work, by, 0), visit, day, hour);
    }
  if (work->points != NULL && !is_as_of_end && visit->what < MOS_NUMBER_TARGETS_MET)
    take_point (work, visit, day);
}

/* --- figures --- */

static MosMeasureFigures *
finish_group (Work *work,
              Group *group)
{
  MosMeasureFigures *figures = group->figures;

  for (guint span = 0; span < MOS_N_MEASURE_SPANS; span++)
    {
      finish_times (&group->clock[span], &figures->clock[span]);
      if (work->has_business)
        finish_times (&group->business[span], &figures->business[span]);
    }
  finish_times (&group->clock[SERIES_AGES], &figures->ages);
  finish_times (&group->clock[SERIES_WAITING], &figures->waiting);
  return mos_measure_figures_ref (figures);
}

/* Those that are none of them are the last. */
static int
compare_keys (gconstpointer a,
              gconstpointer b)
{
  const char *one = (*(MosMeasureFigures *const *) a)->key, *other = (*(MosMeasureFigures *const *) b)->key;

  return *one == '\0' || *other == '\0' ? (*one == '\0') - (*other == '\0') : strcmp (one, other);
}

static GPtrArray *
finish_groups (Work *work,
               MosMeasureBy by)
{
  GPtrArray *groups = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_measure_figures_unref);

  for (guint key = 0; key < work->cube->names->len; key++)
    {
      Group *group = work->groups[by][key];
      const char *name;

      if (group == NULL)
        continue;
      g_ptr_array_add (groups, finish_group (work, group));
      name = by == MOS_MEASURE_BY_PRODUCT ? g_hash_table_lookup (work->cube->product_names, GUINT_TO_POINTER (key)) : NULL;
      if (name != NULL && *name != '\0')
        g_set_str (&group->figures->name, name);
      g_clear_pointer (&work->groups[by][key], group_free);
    }
  g_ptr_array_sort (groups, compare_keys);
  g_clear_pointer (&work->groups[by], g_free);
  return groups;
}

/* --- points --- */

static gboolean
begins_point (const MosDaySpan *days,
              guint day,
              MosMeasureStep step)
{
  if (day == 0 || step == MOS_MEASURE_STEP_DAY)
    return TRUE;
  if (step == MOS_MEASURE_STEP_WEEK)
    return (days->weekday + day) % 7 == 0;
  {
    /* Noon is in every day, however long. */
    g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc_usec (mos_day_span_get_start (days, day) + 12 * G_TIME_SPAN_HOUR);
    g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, days->zone);

    return g_date_time_get_day_of_month (local) == 1;
  }
}

static GArray *
make_points (Work *work,
             MosMeasureStep step,
             gint64 at_us)
{
  const guint n_days = mos_day_span_get_n (work->days);
  GArray *points = g_array_new (FALSE, TRUE, sizeof (MosMeasurePoint));

  work->point_of = g_new (guint, n_days);
  for (guint day = 0; day < n_days; day++)
    {
      if (begins_point (work->days, day, step))
        {
          const gint64 start_us = mos_day_span_get_start (work->days, day);
          const MosMeasurePoint point = { .from_us = start_us, .is_to_come = start_us > at_us };

          g_array_append_val (points, point);
        }
      work->point_of[day] = points->len - 1;
      g_array_index (points, MosMeasurePoint, points->len - 1).to_us = mos_day_span_get_start (work->days, day + 1);
    }
  work->points = (MosMeasurePoint *) (gpointer) points->data;
  work->values = g_new0 (Times, points->len * N_POINT_SERIES);
  return points;
}

/* Of the points that begin after @from_us, until @to_us, one is open more, or one less behind them. */
static void
add_open (const GArray *points,
          int *more,
          gint64 from_us,
          gint64 to_us)
{
  guint low = 0, high = points->len, end;

  while (low < high)
    {
      const guint middle = low + (high - low) / 2;

      if (g_array_index (points, MosMeasurePoint, middle).from_us <= from_us)
        low = middle + 1;
      else
        high = middle;
    }
  for (end = low, high = points->len; end < high;)
    {
      const guint middle = end + (high - end) / 2;

      if (g_array_index (points, MosMeasurePoint, middle).from_us <= to_us)
        end = middle + 1;
      else
        high = middle;
    }
  if (low < end)
    {
      more[low]++;
      more[end]--;
    }
}

/* How many are not closed as each point begins: each state of a conversation, from the customer's first message on, until the next one */
static void
count_backlog (Work *work,
               GArray *points)
{
  MosMeasureWalk *walk = work->walk;
  g_autofree int *more = g_new0 (int, points->len + 1);
  const gint64 first_us = g_array_index (points, MosMeasurePoint, 0).from_us;
  int n = 0;

  for (guint i = 0; i < work->cube->conversations->len; i++)
    {
      const MosCubeConversation *conversation = MOS_CUBE_CONVERSATION (work->cube, i);

      if (conversation->whole.first_in == 0 || conversation->whole.first_in >= walk->at_us || (!conversation->is_open && conversation->last_us < first_us) || !mos_measure_walk_labels_pass (walk, (int) i, conversation->number))
        continue;
      for (guint k = 0; k < conversation->states.n; k++)
        {
          const MosPackState *state = &g_array_index (work->cube->facts.states, MosPackState, conversation->states.first + k);
          const gint64 end_us = k + 1 < conversation->states.n ? (state + 1)->at : G_MAXINT64;

          if (end_us > conversation->whole.first_in && mos_measure_walk_is_open_state (walk, state))
            add_open (points, more, MAX (state->at, conversation->whole.first_in), end_us);
        }
    }
  for (guint i = 0; i < points->len; i++)
    {
      MosMeasurePoint *point = &g_array_index (points, MosMeasurePoint, i);

      n += more[i];
      point->n_backlog = point->is_to_come ? 0 : (guint) n;
    }
}

static GPtrArray *
finish_points (Work *work,
               GArray *points)
{
  GPtrArray *list = g_ptr_array_new_with_free_func (g_free);

  count_backlog (work, points);
  for (guint i = 0; i < points->len; i++)
    {
      MosMeasurePoint *point = &g_array_index (points, MosMeasurePoint, i);
      Times *values = &work->values[i * N_POINT_SERIES];

      finish_times (&values[POINT_RESPONSE], &point->first_response);
      finish_times (&values[POINT_RESPONSE_BUSINESS], &point->first_response_business);
      finish_times (&values[POINT_RESOLUTION], &point->resolution);
      finish_times (&values[POINT_RESOLUTION_BUSINESS], &point->resolution_business);
      g_ptr_array_add (list, g_memdup2 (point, sizeof *point));
    }
  g_free (work->values);
  g_free (work->point_of);
  return list;
}

/* --- trade --- */

static gboolean
compute_trade (MosMeasureCube *cube,
               MosTxn *txn,
               const MosMeasureFrame *frame,
               MosMeasureTrade *trade,
               GError **error)
{
  gint64 lost_us;

  if (!mos_store_customer_get_lost_days (txn, &trade->lost_days, error) || !mos_cube_ensure_orders (cube, txn, error))
    return FALSE;
  lost_us = trade->lost_days * G_TIME_SPAN_DAY;
  for (guint i = 0; i < cube->orders->len; i++)
    {
      const MosCubeOrders *orders = &g_array_index (cube->orders, MosCubeOrders, i);
      const gint64 *times = &g_array_index (cube->order_times, gint64, orders->first);
      const gboolean is_guests = *(const char *) cube->buyers->pdata[i] == '\0';
      gboolean was_here = FALSE, is_here = FALSE;

      for (guint k = 0; k < orders->n; k++)
        {
          if (times[k] >= frame->from_us && times[k] < frame->to_us)
            trade->n_orders++;
          was_here = was_here || (times[k] >= frame->from_us - lost_us && times[k] < frame->from_us);
          is_here = is_here || (times[k] >= frame->at_us - lost_us && times[k] < frame->at_us);
        }
      if (is_guests)
        continue;
      trade->n_start += was_here ? 1 : 0;
      trade->n_end += is_here ? 1 : 0;
      trade->n_new += is_here && times[0] >= frame->from_us ? 1 : 0;
    }
  return TRUE;
}

MosMeasureReport *
mos_measures_compute (MosMeasureCube *cube,
                      MosTxn *txn,
                      const MosMeasureFrame *frame,
                      gboolean has_business,
                      GError **error)
{
  const gboolean asks_products = (frame->by & 1u << MOS_MEASURE_BY_PRODUCT) != 0 || (frame->filter != NULL && frame->filter->only[MOS_MEASURE_BY_PRODUCT] != NULL);
  g_autoptr (MosMeasureReport) report = mos_measure_report_new ();
  g_auto (MosMeasureWalk) walk = { 0 };
  g_auto (MosDaySpan) days = { 0 };
  g_autoptr (GArray) points = NULL;
  gboolean has_failed;
  Work work = { .cube = cube, .walk = &walk, .days = &days, .has_business = has_business, .by = frame->by & ~(1u << MOS_MEASURE_BY_NOTHING) };

  report->from_us = frame->from_us;
  report->to_us = frame->to_us;
  report->by = work.by;
  report->has_business = has_business;
  report->has_targets = frame->with_targets || frame->only_targets;
  report->has_journey = frame->with_journey;
  report->step = frame->step;
  if ((asks_products && !mos_cube_ensure_products (cube, txn, error)) || (!frame->only_targets && !compute_trade (cube, txn, frame, &report->trade, error)) ||
      (frame->with_journey && !mos_measure_journey_compute (cube, txn, frame, &report->journey, NULL, NULL, error)))
    return NULL;
  mos_measure_walk_init (&walk, cube, frame->from_us, frame->to_us, frame->at_us, frame->filter);
  mos_day_span_init (&days, frame->zone, frame->from_us, frame->to_us);
  report->n_days = mos_day_span_get_n (&days);
  work.all = group_new (&work, "");
  set_aside (work.all, MAX (cube->facts.turns->len, cube->conversations->len));
  for (MosMeasureBy by = 0; by < MOS_N_MEASURE_BY; by++)
    if ((work.by & 1u << by) != 0)
      work.groups[by] = g_new0 (Group *, cube->names->len);
  if (frame->step != MOS_MEASURE_STEP_NONE)
    points = make_points (&work, frame->step, frame->at_us);
  if (!frame->only_targets)
    mos_measure_walk_run (&walk, take_visit, &work);
  has_failed = report->has_targets && !mos_measure_walk_run_targets (&walk, txn, take_visit, &work, error);
  report->all = finish_group (&work, work.all);
  group_free (work.all);
  for (MosMeasureBy by = 0; by < MOS_N_MEASURE_BY; by++)
    if (work.groups[by] != NULL)
      report->groups[by] = finish_groups (&work, by);
  if (points != NULL)
    report->points = finish_points (&work, points);
  return has_failed ? NULL : g_steal_pointer (&report);
}
