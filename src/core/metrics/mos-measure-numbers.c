/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-metrics"

#include "config.h"

#include "core/metrics/mos-measures.h"

#include "core/metrics/mos-measure-days-private.h"
#include "core/metrics/mos-measure-journey-private.h"
#include "core/metrics/mos-measure-walk-private.h"

typedef struct
{
  gint64 number;
  gint64 at_us;
  gint64 clock_us;
  gint64 business_us;
  gint64 value;
  char *survey; /* (nullable) */
} Found;

typedef struct
{
  MosMeasureCube *cube;
  MosMeasureWalk *walk;
  const MosDaySpan *days;
  const MosMeasureLook *look;
  guint key;
  gboolean has_business;
  int last;
  gint64 last_number;
  GArray *found;
} Work;

static void
found_clear (gpointer data)
{
  g_free (((Found *) data)->survey);
}

static gboolean
is_in_group (Work *work,
             const MosVisit *visit)
{
  const MosMeasureBy by = work->look->by;
  const GArray *labels;

  if (by == MOS_MEASURE_BY_NOTHING)
    return TRUE;
  if (!MOS_IS_LABEL (by))
    return visit->keys->key[by] == work->key;
  labels = mos_measure_walk_get_labels_of (work->walk, by, visit);
  for (guint i = 0; i < labels->len; i++)
    if (g_array_index (labels, guint, i) == work->key)
      return TRUE;
  return work->key == 0 && labels->len == 0;
}

static gboolean
is_part (Work *work,
         const MosVisit *visit)
{
  static const gint64 ages[MOS_MEASURE_N_AGES] = { G_TIME_SPAN_DAY, 3 * G_TIME_SPAN_DAY, 7 * G_TIME_SPAN_DAY, G_MAXINT64 };
  const int part = work->look->part;
  guint age = 0;

  if (part == MOS_MEASURE_WHOLE)
    return TRUE;
  if (visit->what < MOS_NUMBER_NEW)
    return (int) mos_measure_bin_of (work->look->is_business ? visit->business_us : visit->clock_us) == part;
  if (visit->what == MOS_NUMBER_NEW)
    return (int) mos_day_span_get_hour (work->days, mos_day_span_find (work->days, visit->at_us), visit->at_us) == part;
  if (visit->what >= MOS_NUMBER_CSAT)
    return visit->value == part;
  while (visit->clock_us > ages[age])
    age++;
  return (int) age == part;
}

/* All of a conversation's together, those that were missed first; or each of one kind */
static void
take_target (Work *work,
             const MosVisit *visit)
{
  const Found found = { .number = visit->number, .at_us = visit->at_us, .clock_us = visit->clock_us, .business_us = MOS_MEASURE_NO_VALUE, .value = MOS_MEASURE_NO_VALUE };

  if (!is_in_group (work, visit) || !is_part (work, visit) || (work->look->part == MOS_MEASURE_WHOLE && work->last_number == visit->number))
    return;
  work->last_number = visit->number;
  if (visit->what == work->look->number)
    g_array_append_val (work->found, found);
}

static void
take_visit (const MosVisit *visit,
            gpointer data)
{
  Work *work = data;
  Found found = { .number = visit->number, .at_us = visit->at_us, .clock_us = visit->clock_us, .business_us = work->has_business && visit->what <= MOS_NUMBER_MESSAGES ? visit->business_us : MOS_MEASURE_NO_VALUE, .value = visit->value };
  const gboolean counts_once = visit->what >= MOS_NUMBER_NEW && visit->what <= MOS_NUMBER_REOPENED;

  if (visit->what >= MOS_NUMBER_TARGETS_MET)
    {
      take_target (work, visit);
      return;
    }
  if (visit->what != work->look->number || !is_in_group (work, visit) || !is_part (work, visit) || (counts_once && work->last == visit->conversation))
    return;
  work->last = visit->conversation;
  if (visit->what == MOS_NUMBER_NEW)
    found.clock_us = found.business_us = MOS_MEASURE_NO_VALUE;
  /* What is open or waits is not told in hours of work. */
  if (visit->what >= MOS_NUMBER_BACKLOG && visit->what <= MOS_NUMBER_WAITING)
    found.business_us = MOS_MEASURE_NO_VALUE;
  found.survey = g_strdup (visit->id);
  g_array_append_val (work->found, found);
}

static void
take_stage (MosMeasureNumber stage,
            int conversation,
            gpointer data)
{
  Work *work = data;
  const MosCubeConversation *first = MOS_CUBE_CONVERSATION (work->cube, conversation);
  const Found found = { .number = first->number, .at_us = first->whole.first_in, .clock_us = MOS_MEASURE_NO_VALUE, .business_us = MOS_MEASURE_NO_VALUE, .value = MOS_MEASURE_NO_VALUE };

  if (stage == work->look->number)
    g_array_append_val (work->found, found);
}

/* The longest, the lowest score, the newest */
static int
compare_found (gconstpointer a,
               gconstpointer b,
               gpointer data)
{
  const MosMeasureLook *look = data;
  const Found *one = a, *other = b;

  if (look->number >= MOS_NUMBER_CSAT && one->value != other->value)
    return one->value < other->value ? -1 : 1;
  if (look->number == MOS_NUMBER_MESSAGES && one->value != other->value)
    return one->value > other->value ? -1 : 1;
  if (look->is_business && one->business_us != other->business_us)
    return one->business_us > other->business_us ? -1 : 1;
  if ((look->number < MOS_NUMBER_NEW || look->number >= MOS_NUMBER_TARGETS_MET || (look->number >= MOS_NUMBER_BACKLOG && look->number <= MOS_NUMBER_WAITING)) && one->clock_us != other->clock_us)
    return one->clock_us > other->clock_us ? -1 : 1;
  if (one->at_us != other->at_us)
    return one->at_us > other->at_us ? -1 : 1;
  return (one->number < other->number) - (one->number > other->number);
}

static MosMeasureRows *
make_rows (MosTxn *txn,
           const Work *work,
           GError **error)
{
  g_autoptr (MosMeasureRows) rows = mos_measure_rows_new ();
  const guint max = work->look->max == 0 ? work->found->len : MIN (work->look->max, work->found->len);

  rows->n = work->found->len;
  rows->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_measure_row_unref);
  for (guint i = 0; i < max; i++)
    {
      const Found *found = &g_array_index (work->found, Found, i);
      MosMeasureRow *row = mos_measure_row_new ();

      g_ptr_array_add (rows->rows, row);
      row->number = found->number;
      row->at_us = found->at_us;
      row->clock_us = found->clock_us;
      row->business_us = found->business_us;
      row->value = found->value == MOS_SURVEY_NO_SCORE ? MOS_MEASURE_NO_VALUE : found->value;
      if (!mos_store_measures_find_conversation (txn, row, error) || (found->survey != NULL && !mos_store_measures_load_comment (txn, found->survey, &row->comment, error)))
        return NULL;
    }
  return g_steal_pointer (&rows);
}

MosMeasureRows *
mos_measures_list (MosMeasureCube *cube,
                   MosTxn *txn,
                   const MosMeasureFrame *frame,
                   const MosMeasureLook *look,
                   gboolean has_business,
                   GError **error)
{
  const gboolean asks_products = look->by == MOS_MEASURE_BY_PRODUCT || (frame->filter != NULL && frame->filter->only[MOS_MEASURE_BY_PRODUCT] != NULL);
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (Found));
  g_auto (MosMeasureWalk) walk = { 0 };
  g_auto (MosDaySpan) days = { 0 };
  MosMeasureJourney journey;
  Work work = { .cube = cube, .walk = &walk, .days = &days, .look = look, .has_business = has_business, .last = -1, .found = found };

  g_array_set_clear_func (found, found_clear);
  if (asks_products && !mos_cube_ensure_products (cube, txn, error))
    return NULL;
  mos_measure_walk_init (&walk, cube, frame->from_us, frame->to_us, frame->at_us, frame->filter);
  mos_day_span_init (&days, frame->zone, frame->from_us, frame->to_us);
  work.key = look->key != NULL ? mos_cube_get_key (cube, look->key, FALSE) : 0;
  if (look->number < MOS_NUMBER_JOURNEY_CONTACT)
    mos_measure_walk_run (&walk, take_visit, &work);
  else if (look->number >= MOS_NUMBER_TARGETS_MET)
    {
      if (!mos_measure_walk_run_targets (&walk, txn, take_visit, &work, error))
        return NULL;
    }
  else if (!mos_measure_journey_compute (cube, txn, frame, &journey, take_stage, &work, error))
    return NULL;
  g_array_sort_with_data (found, compare_found, (gpointer) look);
  return make_rows (txn, &work, error);
}

/* --- what a filter wants --- */

typedef struct
{
  GHashTable *conversations;
  GHashTable *surveys;
} Wanted;

static void
take_wanted (const MosVisit *visit,
             gpointer data)
{
  Wanted *wanted = data;

  if (visit->what == MOS_NUMBER_NEW)
    g_hash_table_add (wanted->conversations, g_memdup2 (&visit->number, sizeof visit->number));
  else if (visit->what == MOS_NUMBER_CSAT_ANSWERS || visit->what == MOS_NUMBER_NPS_ANSWERS)
    g_hash_table_add (wanted->surveys, g_strdup (visit->id));
}

gboolean
mos_measures_find_wanted (MosMeasureCube *cube,
                          MosTxn *txn,
                          const MosMeasureFrame *frame,
                          GHashTable *conversations,
                          GHashTable *surveys,
                          GError **error)
{
  g_auto (MosMeasureWalk) walk = { 0 };
  Wanted wanted = { conversations, surveys };

  if (frame->filter->only[MOS_MEASURE_BY_PRODUCT] != NULL && !mos_cube_ensure_products (cube, txn, error))
    return FALSE;
  mos_measure_walk_init (&walk, cube, frame->from_us, frame->to_us, frame->at_us, frame->filter);
  mos_measure_walk_run (&walk, take_wanted, &wanted);
  return TRUE;
}
