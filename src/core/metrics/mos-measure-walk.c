/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-metrics"

#include "config.h"

#include "core/metrics/mos-measure-walk-private.h"

#define ANY (G_MAXUINT - 1)

gboolean
mos_measure_walk_keys_pass (const MosMeasureWalk *self,
                            const MosCubeKeys *keys)
{
  for (MosMeasureBy by = MOS_MEASURE_BY_NOTHING + 1; by < MOS_N_MEASURE_BY; by++)
    if (!MOS_IS_LABEL (by) && self->only[by] != ANY && keys->key[by] != self->only[by])
      return FALSE;
  return TRUE;
}

void
mos_measure_walk_init (MosMeasureWalk *self,
                       MosMeasureCube *cube,
                       gint64 from_us,
                       gint64 to_us,
                       gint64 at_us,
                       const MosMeasureFilter *filter)
{
  *self = (MosMeasureWalk) { .cube = cube, .from_us = from_us, .to_us = to_us, .at_us = at_us, .by_question = filter != NULL && filter->by_question };
  for (MosMeasureBy by = 0; by < MOS_N_MEASURE_BY; by++)
    {
      self->only[by] = filter == NULL || filter->only[by] == NULL ? ANY : mos_cube_get_key (cube, filter->only[by], FALSE);
      self->labels_of[by] = -1;
      if (MOS_IS_LABEL (by))
        self->labels[by] = g_array_new (FALSE, FALSE, sizeof (guint));
      if (MOS_IS_LABEL (by) && self->only[by] != ANY)
        self->asks_labels = TRUE;
    }
  self->passes = g_new (guint8, cube->abouts->len);
  for (guint i = 0; i < cube->abouts->len; i++)
    self->passes[i] = mos_measure_walk_keys_pass (self, &g_array_index (cube->abouts, MosCubeKeys, i)) ? 1 : 0;
}

void
mos_measure_walk_clear (MosMeasureWalk *self)
{
  g_clear_pointer (&self->passes, g_free);
  for (MosMeasureBy by = 0; by < MOS_N_MEASURE_BY; by++)
    g_clear_pointer (&self->labels[by], g_array_unref);
}

/* --- labels --- */

static void
set_label (GArray *labels,
           guint key,
           gboolean is_there)
{
  for (guint i = 0; i < labels->len; i++)
    if (g_array_index (labels, guint, i) == key)
      {
        if (!is_there)
          g_array_remove_index (labels, i);
        return;
      }
  if (is_there)
    g_array_append_val (labels, key);
}

static void
find_products (MosMeasureCube *cube,
               gint64 number,
               GArray *labels)
{
  guint low = 0, high = cube->products->len;

  while (low < high)
    {
      const guint middle = low + (high - low) / 2;

      if (g_array_index (cube->products, MosCubeProduct, middle).number < number)
        low = middle + 1;
      else
        high = middle;
    }
  for (; low < cube->products->len && g_array_index (cube->products, MosCubeProduct, low).number == number; low++)
    g_array_append_val (labels, g_array_index (cube->products, MosCubeProduct, low).key);
}

const GArray *
mos_measure_walk_get_labels (MosMeasureWalk *self,
                             MosMeasureBy by,
                             int conversation,
                             gint64 number)
{
  GArray *labels = self->labels[by];

  if (self->labels_of[by] == number)
    return labels;
  self->labels_of[by] = number;
  g_array_set_size (labels, 0);
  if (by == MOS_MEASURE_BY_PRODUCT)
    find_products (self->cube, number, labels);
  else if (conversation >= 0)
    {
      const MosCubeSlice slice = MOS_CUBE_CONVERSATION (self->cube, conversation)->labels;

      for (guint i = 0; i < slice.n; i++)
        {
          const MosPackLabel *label = &g_array_index (self->cube->facts.labels, MosPackLabel, slice.first + i);

          if (label->at >= self->to_us)
            break;
          if ((label->kind == MOS_PACK_MACRO) == (by == MOS_MEASURE_BY_MACRO))
            set_label (labels, g_array_index (self->cube->words, guint, label->word), label->kind != MOS_PACK_UNTAG);
        }
    }
  return labels;
}

const GArray *
mos_measure_walk_get_labels_of (MosMeasureWalk *self,
                                MosMeasureBy by,
                                const MosVisit *visit)
{
  const MosCubeScore *score = visit->score;
  GArray *labels = self->labels[by];

  if (score == NULL || by == MOS_MEASURE_BY_PRODUCT)
    return mos_measure_walk_get_labels (self, by, visit->conversation, visit->number);
  self->labels_of[by] = -1;
  g_array_set_size (labels, 0);
  if (by == MOS_MEASURE_BY_TAG && score->tags.n > 0)
    g_array_append_vals (labels, &g_array_index (self->cube->score_tags, guint, score->tags.first), score->tags.n);
  else if (by == MOS_MEASURE_BY_MACRO && score->macro != 0)
    g_array_append_val (labels, score->macro);
  return labels;
}

static gboolean
labels_pass (MosMeasureWalk *self,
             const MosVisit *visit)
{
  if (!self->asks_labels)
    return TRUE;
  for (MosMeasureBy by = 0; by < MOS_N_MEASURE_BY; by++)
    {
      const GArray *labels;
      gboolean has = FALSE;

      if (!MOS_IS_LABEL (by) || self->only[by] == ANY)
        continue;
      labels = mos_measure_walk_get_labels_of (self, by, visit);
      for (guint i = 0; i < labels->len; i++)
        has = has || g_array_index (labels, guint, i) == self->only[by];
      if (self->only[by] == 0 ? labels->len > 0 : !has)
        return FALSE;
    }
  return TRUE;
}

gboolean
mos_measure_walk_labels_pass (MosMeasureWalk *self,
                              int conversation,
                              gint64 number)
{
  const MosVisit visit = { .conversation = conversation, .number = number };

  return labels_pass (self, &visit);
}

gboolean
mos_measure_walk_is_open_state (MosMeasureWalk *self,
                                const MosPackState *state)
{
  return state->status < MOS_STATUS_CLOSED && self->passes[state->about] != 0;
}

/* --- the walk --- */

typedef struct
{
  MosMeasureWalk *walk;
  MosVisitFunc func;
  gpointer data;
  MosVisit visit;
} Run;

static inline void
tell (Run *run,
      MosMeasureNumber what,
      guint about,
      gint64 at_us,
      gint64 clock_us,
      gint64 business_us)
{
  run->visit.what = what;
  run->visit.keys = &g_array_index (run->walk->cube->abouts, MosCubeKeys, about);
  run->visit.at_us = at_us;
  run->visit.clock_us = clock_us;
  run->visit.business_us = business_us;
  run->func (&run->visit, run->data);
}

static inline gboolean
is_in (const MosMeasureWalk *self,
       gint64 us)
{
  return us >= self->from_us && us < self->to_us;
}

static void
walk_whole (Run *run,
            const MosCubeConversation *conversation)
{
  const MosMeasureWalk *walk = run->walk;
  const MosPackWhole *whole = &conversation->whole;

  if (walk->passes[whole->about] == 0)
    return;
  if (is_in (walk, whole->first_in))
    tell (run, MOS_NUMBER_NEW, whole->about, whole->first_in, 0, 0);
  if (whole->responded_at != 0 && is_in (walk, whole->responded_at))
    tell (run, MOS_NUMBER_FIRST_RESPONSE, whole->about, whole->responded_at, whole->responded_at - whole->first_in, conversation->response_business_us);
  if (whole->acknowledged_at != 0 && is_in (walk, whole->acknowledged_at))
    tell (run, MOS_NUMBER_ACKNOWLEDGEMENT, whole->about, whole->acknowledged_at, whole->acknowledged_at - whole->first_in, conversation->acknowledgement_business_us);
}

static void
walk_turns (Run *run,
            const MosCubeConversation *conversation)
{
  const MosMeasureWalk *walk = run->walk;
  gboolean waits = FALSE;

  for (guint i = 0; i < conversation->turns.n; i++)
    {
      const MosPackTurn *pack = &g_array_index (walk->cube->facts.turns, MosPackTurn, conversation->turns.first + i);
      /* Of several that were merged, the first: it is one conversation in which somebody waits. */
      const gboolean is_first = !waits && pack->opened_at < walk->at_us && (pack->closed_at == 0 || pack->closed_at >= walk->at_us);

      waits |= is_first;
      if (walk->passes[pack->about] == 0)
        continue;
      if (pack->by_reply && is_in (walk, pack->closed_at))
        tell (run, MOS_NUMBER_REPLY, pack->about, pack->closed_at, pack->closed_at - pack->opened_at, g_array_index (walk->cube->turn_business, gint64, conversation->turns.first + i));
      if (is_first)
        tell (run, MOS_NUMBER_WAITING, pack->about, pack->opened_at, walk->at_us - pack->opened_at, 0);
    }
}

/* The close that stands at the end of the period */
static void
walk_standing (Run *run,
               const MosPackClose *pack,
               const MosCubeCloseTimes *times)
{
  tell (run, MOS_NUMBER_RESOLUTION, pack->about, pack->at, pack->at - pack->first_in, times->business_us);
  tell (run, MOS_NUMBER_HANDLING, pack->about, pack->at, times->handling_us, times->handling_business_us);
  tell (run, MOS_NUMBER_CLOSED, pack->about, pack->at, pack->at - pack->first_in, times->business_us);
  if (pack->replies == 1)
    tell (run, MOS_NUMBER_ONE_TOUCH, pack->about, pack->at, pack->at - pack->first_in, times->business_us);
  if (pack->replies == 0 && pack->automatic_replies > 0)
    tell (run, MOS_NUMBER_DEFLECTED, pack->about, pack->at, pack->at - pack->first_in, times->business_us);
  run->visit.value = (gint64) pack->received + pack->replies + pack->automatic_replies;
  tell (run, MOS_NUMBER_MESSAGES, pack->about, pack->at, pack->at - pack->first_in, times->business_us);
  run->visit.value = MOS_MEASURE_NO_VALUE;
}

static void
walk_closes (Run *run,
             const MosCubeConversation *conversation)
{
  const MosMeasureWalk *walk = run->walk;

  for (guint i = 0; i < conversation->closes.n; i++)
    {
      const MosPackClose *pack = &g_array_index (walk->cube->facts.closes, MosPackClose, conversation->closes.first + i);
      const MosCubeCloseTimes *times = &g_array_index (walk->cube->close_times, MosCubeCloseTimes, conversation->closes.first + i);

      if (pack->first_in == 0 || !is_in (walk, pack->at) || walk->passes[pack->about] == 0)
        continue;
      if ((int) i == conversation->first_close)
        tell (run, MOS_NUMBER_FIRST_RESOLUTION, pack->about, pack->at, pack->at - pack->first_in, times->business_us);
      tell (run, MOS_NUMBER_CLOSED_ONCE, pack->about, pack->at, pack->at - pack->first_in, times->business_us);
      if (pack->reopened_at == 0 || pack->reopened_at >= walk->to_us)
        walk_standing (run, pack, times);
      else
        tell (run, MOS_NUMBER_REOPENED, pack->about, pack->reopened_at, pack->at - pack->first_in, times->business_us);
    }
}

static void
walk_state (Run *run,
            const MosCubeConversation *conversation)
{
  MosMeasureWalk *walk = run->walk;
  const MosPackState *then = NULL;
  gint64 age_us;

  if (conversation->whole.first_in >= walk->at_us)
    return;
  for (guint i = 0; i < conversation->states.n; i++)
    {
      const MosPackState *state = &g_array_index (walk->cube->facts.states, MosPackState, conversation->states.first + i);

      if (state->at >= walk->at_us)
        break;
      then = state;
    }
  if (then == NULL || !mos_measure_walk_is_open_state (walk, then))
    return;
  age_us = walk->at_us - conversation->whole.first_in;
  tell (run, MOS_NUMBER_BACKLOG, then->about, conversation->whole.first_in, age_us, 0);
  tell (run, then->status == MOS_STATUS_OPEN ? MOS_NUMBER_OPEN : then->status == MOS_STATUS_PENDING ? MOS_NUMBER_PENDING
                                                                                                    : MOS_NUMBER_SNOOZED,
        then->about, conversation->whole.first_in, age_us, 0);
}

/* --- scores --- */

static void
tell_score (Run *run,
            const MosCubeScore *score,
            MosMeasureNumber csat,
            MosMeasureNumber nps)
{
  run->visit.what = score->kind == MOS_SURVEY_CSAT ? csat : nps;
  run->func (&run->visit, run->data);
}

static void
walk_score (Run *run,
            const MosCubeScore *score)
{
  MosMeasureWalk *walk = run->walk;
  const gint64 counted_us = walk->by_question && score->is_question ? score->asked_us : score->answered_us;
  const gboolean is_answered = score->answered_us != 0 && is_in (walk, counted_us);
  const gboolean is_asked = score->is_question && is_in (walk, score->asked_us);

  if ((!is_answered && !is_asked) || !mos_measure_walk_keys_pass (walk, &score->keys))
    return;
  run->visit = (MosVisit) { .conversation = score->conversation, .number = score->number, .keys = &score->keys, .clock_us = MOS_MEASURE_NO_VALUE, .business_us = MOS_MEASURE_NO_VALUE, .value = score->score, .id = score->id, .score = score->is_attributed ? score : NULL };
  if (!labels_pass (walk, &run->visit))
    return;
  if (is_asked)
    {
      run->visit.at_us = score->asked_us;
      tell_score (run, score, MOS_NUMBER_CSAT_ASKED, MOS_NUMBER_NPS_ASKED);
      if (score->answered_us != 0)
        tell_score (run, score, MOS_NUMBER_CSAT_ASKED_ANSWERED, MOS_NUMBER_NPS_ASKED_ANSWERED);
    }
  if (!is_answered)
    return;
  run->visit.at_us = counted_us;
  tell_score (run, score, MOS_NUMBER_CSAT_ANSWERS, MOS_NUMBER_NPS_ANSWERS);
  if (score->score == MOS_SURVEY_NO_SCORE)
    return;
  tell_score (run, score, MOS_NUMBER_CSAT, MOS_NUMBER_NPS);
  if (score->score >= (score->kind == MOS_SURVEY_CSAT ? 4 : 9))
    tell_score (run, score, MOS_NUMBER_CSAT_GOOD, MOS_NUMBER_NPS_PROMOTERS);
  else if (mos_survey_kind_is_low (score->kind, score->score))
    tell_score (run, score, MOS_NUMBER_CSAT_LOW, MOS_NUMBER_NPS_DETRACTORS);
  else if (score->kind == MOS_SURVEY_NPS)
    tell_score (run, score, MOS_NUMBER_NPS_PASSIVES, MOS_NUMBER_NPS_PASSIVES);
}

void
mos_measure_walk_run (MosMeasureWalk *self,
                      MosVisitFunc func,
                      gpointer data)
{
  Run run = { .walk = self, .func = func, .data = data };
  const gint64 since_us = MIN (self->from_us, self->at_us);

  for (guint i = 0; i < self->cube->conversations->len; i++)
    {
      const MosCubeConversation *conversation = MOS_CUBE_CONVERSATION (self->cube, i);

      if (conversation->whole.first_in == 0 || conversation->first_us >= self->to_us || (!conversation->is_open && conversation->last_us < since_us))
        continue;
      if (!mos_measure_walk_labels_pass (self, (int) i, conversation->number))
        continue;
      run.visit = (MosVisit) { .conversation = (int) i, .number = conversation->number, .value = MOS_MEASURE_NO_VALUE };
      walk_whole (&run, conversation);
      walk_turns (&run, conversation);
      walk_closes (&run, conversation);
      walk_state (&run, conversation);
    }
  for (guint i = 0; i < self->cube->scores->len; i++)
    walk_score (&run, &g_array_index (self->cube->scores, MosCubeScore, i));
}
