/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-metrics"

#include "config.h"

#include "core/metrics/mos-measure-journey-private.h"

#include "core/metrics/mos-measure-walk-private.h"

#include <string.h>

typedef struct
{
  gint64 answered_us;
  gboolean is_promoter;
} LastScore;

typedef struct
{
  MosMeasureCube *cube;
  const MosMeasureFrame *frame;
  MosMeasureWalk walk;
  GHashTable *linked; /* numbers of conversations that are about an order */
  GHashTable *scores; /* customer (borrowed) -> LastScore */
  char *customer;
  GArray *conversations; /* of int: of this customer */
  MosMeasureJourney *journey;
  MosJourneyFunc func;
  gpointer data;
} Work;

static void
take_linked (gint64 number,
             gpointer data)
{
  Work *work = data;

  g_hash_table_add (work->linked, GSIZE_TO_POINTER ((gsize) number));
}

static void
take_scores (Work *work)
{
  for (guint i = 0; i < work->cube->scores->len; i++)
    {
      MosCubeScore *score = &g_array_index (work->cube->scores, MosCubeScore, i);
      LastScore *last = g_hash_table_lookup (work->scores, score->customer);

      if (score->answered_us == 0 || score->answered_us >= work->frame->at_us || score->score == MOS_SURVEY_NO_SCORE || (last != NULL && last->answered_us > score->answered_us))
        continue;
      if (last == NULL)
        {
          last = g_new0 (LastScore, 1);
          g_hash_table_insert (work->scores, score->customer, last);
        }
      last->answered_us = score->answered_us;
      last->is_promoter = score->score >= (score->kind == MOS_SURVEY_NPS ? 9 : 5);
    }
}

static int
compare_buyers (gconstpointer a,
                gconstpointer b)
{
  return strcmp (a, *(const char *const *) b);
}

/* All orders of the customer, by time */
static const gint64 *
find_orders (Work *work,
             guint *ret_n)
{
  MosMeasureCube *cube = work->cube;
  gpointer *found = cube->buyers->len > 0 ? bsearch (work->customer, cube->buyers->pdata, cube->buyers->len, sizeof (gpointer), compare_buyers) : NULL;
  const MosCubeOrders *orders;

  *ret_n = 0;
  if (found == NULL)
    return NULL;
  orders = &g_array_index (cube->orders, MosCubeOrders, found - cube->buyers->pdata);
  *ret_n = orders->n;
  return &g_array_index (cube->order_times, gint64, orders->first);
}

/* When the conversation was closed, if it is as of then; else 0 */
static gint64
find_closed (Work *work,
             const MosCubeConversation *conversation)
{
  gint64 closed_us = 0;

  for (guint i = 0; i < conversation->states.n; i++)
    {
      const MosPackState *state = &g_array_index (work->cube->facts.states, MosPackState, conversation->states.first + i);

      if (state->at >= work->frame->at_us)
        break;
      if (state->status < MOS_STATUS_CLOSED)
        closed_us = 0;
      else if (closed_us == 0)
        closed_us = state->at;
    }
  return closed_us;
}

static gboolean
tell (Work *work,
      MosMeasureNumber stage,
      guint *n,
      int conversation)
{
  *n += 1;
  if (work->func != NULL)
    work->func (stage, conversation, work->data);
  return TRUE;
}

/* One customer: each stage as long as the one before was reached */
static void
follow (Work *work)
{
  MosMeasureJourney *journey = work->journey;
  const MosMeasureFrame *frame = work->frame;
  const MosCubeConversation *first = NULL;
  const LastScore *score;
  const gint64 *orders;
  gboolean has_problem = FALSE, is_resolved = TRUE, returned = FALSE;
  gint64 resolved_us = 0;
  int first_at = -1;
  guint n_orders;

  for (guint i = 0; i < work->conversations->len; i++)
    {
      const int at = g_array_index (work->conversations, int, i);
      const MosCubeConversation *conversation = MOS_CUBE_CONVERSATION (work->cube, at);

      if (first == NULL || conversation->whole.first_in < first->whole.first_in)
        {
          first = conversation;
          first_at = at;
        }
    }
  if (first == NULL || first->whole.first_in < frame->from_us || first->whole.first_in >= MIN (frame->to_us, frame->at_us) || work->walk.passes[first->whole.about] == 0 ||
      !mos_measure_walk_labels_pass (&work->walk, first_at, first->number))
    return;
  tell (work, MOS_NUMBER_JOURNEY_CONTACT, &journey->n_contact, first_at);
  orders = find_orders (work, &n_orders);
  if (n_orders == 0 || orders[0] >= frame->at_us)
    return;
  tell (work, MOS_NUMBER_JOURNEY_ORDER, &journey->n_order, first_at);
  for (guint i = 0; i < work->conversations->len; i++)
    {
      const MosCubeConversation *conversation = MOS_CUBE_CONVERSATION (work->cube, g_array_index (work->conversations, int, i));
      gint64 closed_us;

      if (conversation->whole.first_in >= frame->at_us || (conversation->whole.first_in < orders[0] && !g_hash_table_contains (work->linked, GSIZE_TO_POINTER ((gsize) conversation->number))))
        continue;
      has_problem = TRUE;
      closed_us = find_closed (work, conversation);
      is_resolved = is_resolved && closed_us != 0;
      resolved_us = MAX (resolved_us, closed_us);
    }
  if (!has_problem)
    return;
  tell (work, MOS_NUMBER_JOURNEY_PROBLEM, &journey->n_problem, first_at);
  if (!is_resolved)
    return;
  tell (work, MOS_NUMBER_JOURNEY_RESOLVED, &journey->n_resolved, first_at);
  for (guint i = 0; i < n_orders; i++)
    returned = returned || (orders[i] > resolved_us && orders[i] < frame->at_us);
  if (!returned)
    return;
  tell (work, MOS_NUMBER_JOURNEY_RETURNED, &journey->n_returned, first_at);
  score = g_hash_table_lookup (work->scores, work->customer);
  if (score != NULL && score->is_promoter)
    tell (work, MOS_NUMBER_JOURNEY_PROMOTER, &journey->n_promoter, first_at);
}

static void
take_customer (const char *customer,
               gint64 number,
               gint64 ordered_us,
               gpointer data)
{
  Work *work = data;
  const int at = mos_cube_find (work->cube, number);

  if (g_strcmp0 (work->customer, customer) != 0)
    {
      follow (work);
      g_set_str (&work->customer, customer);
      g_array_set_size (work->conversations, 0);
    }
  if (at >= 0 && MOS_CUBE_CONVERSATION (work->cube, at)->whole.first_in != 0)
    g_array_append_val (work->conversations, at);
}

gboolean
mos_measure_journey_compute (MosMeasureCube *cube,
                             MosTxn *txn,
                             const MosMeasureFrame *frame,
                             MosMeasureJourney *journey,
                             MosJourneyFunc func,
                             gpointer data,
                             GError **error)
{
  const gboolean asks_products = frame->filter != NULL && frame->filter->only[MOS_MEASURE_BY_PRODUCT] != NULL;
  Work work = { .cube = cube, .frame = frame, .journey = journey, .func = func, .data = data };
  gboolean ok;

  *journey = (MosMeasureJourney) { 0 };
  if ((asks_products && !mos_cube_ensure_products (cube, txn, error)) || !mos_cube_ensure_orders (cube, txn, error))
    return FALSE;
  mos_measure_walk_init (&work.walk, cube, frame->from_us, frame->to_us, frame->at_us, frame->filter);
  work.linked = g_hash_table_new (NULL, NULL);
  work.scores = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  work.conversations = g_array_new (FALSE, FALSE, sizeof (int));
  take_scores (&work);
  ok = mos_store_measures_list_linked (txn, take_linked, &work, error) && mos_store_measures_list_customers (txn, take_customer, &work, error);
  if (ok)
    follow (&work);
  mos_measure_walk_clear (&work.walk);
  g_hash_table_unref (work.linked);
  g_hash_table_unref (work.scores);
  g_array_unref (work.conversations);
  g_free (work.customer);
  return ok;
}
