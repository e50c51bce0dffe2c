/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-metrics"

#include "config.h"

#include "core/metrics/mos-measures.h"

#include "core/metrics/mos-measure-walk-private.h"

/* What counts, put together by conversations. */

typedef struct
{
  int conversation;
  const MosCubeKeys *keys; /* of what is there but for scores */
  MosMeasureLine line;
} Gathered;

typedef struct
{
  MosMeasureCube *cube;
  GHashTable *places; /* number -> place in @lines, from 1 */
  GArray *lines;      /* of Gathered */
} Work;

static Gathered *
ensure_line (Work *work,
             const MosVisit *visit)
{
  const gpointer number = GSIZE_TO_POINTER ((gsize) visit->number);
  guint place = GPOINTER_TO_UINT (g_hash_table_lookup (work->places, number));

  if (place == 0)
    {
      Gathered fresh = { .conversation = visit->conversation, .keys = visit->keys, .line = { .number = visit->number } };

      for (guint span = 0; span < MOS_N_MEASURE_SPANS; span++)
        fresh.line.clock_us[span] = fresh.line.business_us[span] = MOS_MEASURE_NO_VALUE;
      fresh.line.open_us = fresh.line.waiting_us = fresh.line.n_messages = fresh.line.csat = fresh.line.nps = MOS_MEASURE_NO_VALUE;
      if (visit->conversation >= 0)
        {
          const MosPackWhole *whole = &MOS_CUBE_CONVERSATION (work->cube, visit->conversation)->whole;

          fresh.line.first_in_us = whole->first_in;
          if (whole->first_in != 0)
            fresh.keys = &g_array_index (work->cube->abouts, MosCubeKeys, whole->about);
        }
      g_array_append_val (work->lines, fresh);
      place = work->lines->len;
      g_hash_table_insert (work->places, number, GUINT_TO_POINTER (place));
    }
  return &g_array_index (work->lines, Gathered, place - 1);
}

/* Of several of a kind it is all of them together: of answers. Of what is open, one. */
static void
add_time (gint64 *sum_us,
          gint64 us)
{
  *sum_us = *sum_us == MOS_MEASURE_NO_VALUE ? us : *sum_us + us;
}

static void
take_visit (const MosVisit *visit,
            gpointer data)
{
  MosMeasureLine *line = &ensure_line (data, visit)->line;
  const MosMeasureNumber what = visit->what;

  if (what < MOS_NUMBER_NEW)
    {
      add_time (&line->clock_us[what], visit->clock_us);
      add_time (&line->business_us[what], visit->business_us);
      line->at_us[what] = visit->at_us;
      line->n_replies += what == MOS_NUMBER_REPLY ? 1 : 0;
    }
  else if (what == MOS_NUMBER_NEW)
    line->is_new = TRUE;
  else if (what == MOS_NUMBER_CLOSED)
    line->is_closed = TRUE;
  else if (what == MOS_NUMBER_ONE_TOUCH)
    line->is_one_touch = TRUE;
  else if (what == MOS_NUMBER_DEFLECTED)
    line->is_deflected = TRUE;
  else if (what == MOS_NUMBER_CLOSED_ONCE)
    line->n_closes++;
  else if (what == MOS_NUMBER_REOPENED)
    line->n_reopened++;
  else if (what == MOS_NUMBER_BACKLOG)
    line->open_us = visit->clock_us;
  else if (what == MOS_NUMBER_WAITING)
    line->waiting_us = MAX (line->waiting_us, visit->clock_us);
  else if (what == MOS_NUMBER_MESSAGES)
    line->n_messages = visit->value;
  else if (what == MOS_NUMBER_CSAT)
    line->csat = visit->value;
  else if (what == MOS_NUMBER_NPS)
    line->nps = visit->value;
  else if (what >= MOS_NUMBER_TARGETS_MET)
    *(what == MOS_NUMBER_TARGETS_MET ? &line->n_met[visit->value] : &line->n_missed[visit->value]) += 1;
}

static int
compare_lines (gconstpointer a,
               gconstpointer b)
{
  const gint64 one = ((const Gathered *) a)->line.number, other = ((const Gathered *) b)->line.number;

  return (one > other) - (one < other);
}

static gboolean
tell (MosMeasureWalk *walk,
      Gathered *gathered,
      MosMeasureLineFunc func,
      gpointer data,
      GError **error)
{
  GPtrArray *names[MOS_N_MEASURE_BY] = { NULL };
  gboolean ok;

  for (MosMeasureBy by = 0; by < MOS_N_MEASURE_BY; by++)
    {
      const GArray *labels;

      gathered->line.keys[by] = MOS_CUBE_NAME (walk->cube, gathered->keys->key[by]);
      if (!MOS_IS_LABEL (by))
        continue;
      labels = mos_measure_walk_get_labels (walk, by, gathered->conversation, gathered->line.number);
      names[by] = g_ptr_array_new ();
      for (guint i = 0; i < labels->len; i++)
        g_ptr_array_add (names[by], walk->cube->names->pdata[g_array_index (labels, guint, i)]);
      g_ptr_array_add (names[by], NULL);
      gathered->line.labels[by] = (const char *const *) names[by]->pdata;
    }
  ok = func (&gathered->line, data, error);
  for (MosMeasureBy by = 0; by < MOS_N_MEASURE_BY; by++)
    g_clear_pointer (&names[by], g_ptr_array_unref);
  return ok;
}

gboolean
mos_measures_list_lines (MosMeasureCube *cube,
                         MosTxn *txn,
                         const MosMeasureFrame *frame,
                         MosMeasureLineFunc func,
                         gpointer data,
                         GError **error)
{
  g_autoptr (GHashTable) places = g_hash_table_new (NULL, NULL);
  g_autoptr (GArray) lines = g_array_new (FALSE, FALSE, sizeof (Gathered));
  g_auto (MosMeasureWalk) walk = { 0 };
  Work work = { .cube = cube, .places = places, .lines = lines };

  if (!mos_cube_ensure_products (cube, txn, error))
    return FALSE;
  mos_measure_walk_init (&walk, cube, frame->from_us, frame->to_us, frame->at_us, frame->filter);
  mos_measure_walk_run (&walk, take_visit, &work);
  if (!mos_measure_walk_run_targets (&walk, txn, take_visit, &work, error))
    return FALSE;
  g_array_sort (lines, compare_lines);
  for (guint i = 0; i < lines->len; i++)
    if (!tell (&walk, &g_array_index (lines, Gathered, i), func, data, error))
      return FALSE;
  return TRUE;
}
