/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-metrics"

#include "config.h"

#include "core/metrics/mos-measure-walk-private.h"

#include "core/store/mos-store-targets.h"

/* What came of the targets, told as all else that counts. They are judged by the store, which knows the rules, the hours and the pauses of then. */

typedef struct
{
  gint64 number;
  MosCubeKeys keys;
  gint64 at_us;
  gint64 clock_us;
  MosTargetKind kind;
  gboolean is_met;
} Outcome;

typedef struct
{
  MosMeasureWalk *walk;
  GArray *outcomes;
} Work;

static void
take_outcome (const MosTargetOutcome *told,
              gpointer data)
{
  Work *work = data;
  const char *const names[MOS_N_MEASURE_BY] = {
    [MOS_MEASURE_BY_CHANNEL] = told->channel,
    [MOS_MEASURE_BY_ACCOUNT] = told->account,
    [MOS_MEASURE_BY_CATEGORY] = told->category,
    [MOS_MEASURE_BY_LANGUAGE] = told->language,
    [MOS_MEASURE_BY_AGENT] = told->agent,
  };
  Outcome outcome = { .number = told->number, .at_us = told->ended_us, .clock_us = told->ended_us - told->began_us, .kind = told->kind, .is_met = told->is_met };

  for (MosMeasureBy by = 0; by < MOS_N_MEASURE_BY; by++)
    {
      const guint key = names[by] != NULL ? mos_cube_get_key (work->walk->cube, names[by], FALSE) : 0;

      /* The pack of each names all that its facts do. */
      outcome.keys.key[by] = key != G_MAXUINT ? key : 0;
    }
  if (mos_measure_walk_keys_pass (work->walk, &outcome.keys))
    g_array_append_val (work->outcomes, outcome);
}

static int
compare_outcomes (gconstpointer a,
                  gconstpointer b)
{
  const Outcome *one = a, *other = b;

  if (one->number != other->number)
    return one->number < other->number ? -1 : 1;
  if (one->is_met != other->is_met)
    return one->is_met ? 1 : -1;
  return (one->at_us > other->at_us) - (one->at_us < other->at_us);
}

gboolean
mos_measure_walk_run_targets (MosMeasureWalk *self,
                              MosTxn *txn,
                              MosVisitFunc func,
                              gpointer data,
                              GError **error)
{
  g_autoptr (GArray) outcomes = g_array_new (FALSE, FALSE, sizeof (Outcome));
  Work work = { self, outcomes };

  if (!mos_store_targets_list_outcomes (txn, self->from_us, self->to_us, take_outcome, &work, error))
    return FALSE;
  g_array_sort (outcomes, compare_outcomes);
  for (guint i = 0; i < outcomes->len; i++)
    {
      const Outcome *outcome = &g_array_index (outcomes, Outcome, i);
      const MosVisit visit = {
        .what = outcome->is_met ? MOS_NUMBER_TARGETS_MET : MOS_NUMBER_TARGETS_MISSED,
        .conversation = mos_cube_find (self->cube, outcome->number),
        .number = outcome->number,
        .keys = &outcome->keys,
        .at_us = outcome->at_us,
        .clock_us = outcome->clock_us,
        .business_us = MOS_MEASURE_NO_VALUE,
        .value = (gint64) outcome->kind,
      };

      if (mos_measure_walk_labels_pass (self, visit.conversation, visit.number))
        func (&visit, data);
    }
  return TRUE;
}
