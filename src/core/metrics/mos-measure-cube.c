/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-metrics"

#include "config.h"

#include "core/metrics/mos-measure-cube-private.h"

#include "core/base/mos-big.h"
#include "core/store/mos-store-once-through.h"

#include <string.h>

static void
score_clear (gpointer data)
{
  MosCubeScore *score = data;

  g_free (score->id);
  g_free (score->customer);
}

MosMeasureCube *
mos_measure_cube_new (void)
{
  MosMeasureCube *self = g_rc_box_new0 (MosMeasureCube);

  self->names = g_ptr_array_new_with_free_func (g_free);
  self->keys = g_hash_table_new (g_str_hash, g_str_equal);
  self->abouts = g_array_new (FALSE, TRUE, sizeof (MosCubeKeys));
  self->words = g_array_new (FALSE, TRUE, sizeof (guint));
  self->conversations = g_array_new (FALSE, FALSE, sizeof (MosCubeConversation));
  mos_fact_pack_init (&self->facts);
  self->turn_business = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->close_times = g_array_new (FALSE, FALSE, sizeof (MosCubeCloseTimes));
  self->fresh = g_array_new (FALSE, FALSE, sizeof (guint));
  self->scores = g_array_new (FALSE, TRUE, sizeof (MosCubeScore));
  g_array_set_clear_func (self->scores, score_clear);
  self->score_tags = g_array_new (FALSE, FALSE, sizeof (guint));
  self->products = g_array_new (FALSE, FALSE, sizeof (MosCubeProduct));
  self->product_names = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  self->buyers = g_ptr_array_new_with_free_func (g_free);
  self->orders = g_array_new (FALSE, FALSE, sizeof (MosCubeOrders));
  self->order_times = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->products_version = self->orders_version = -1;
  mos_cube_get_key (self, "", TRUE);
  g_array_set_size (self->abouts, 1);
  g_array_set_size (self->words, 1);
  return self;
}

MosMeasureCube *
mos_measure_cube_ref (MosMeasureCube *self)
{
  return g_rc_box_acquire (self);
}

static void
mos_measure_cube_clear (MosMeasureCube *self)
{
  g_ptr_array_unref (self->names);
  g_hash_table_unref (self->keys);
  g_array_unref (self->abouts);
  g_array_unref (self->words);
  g_array_unref (self->conversations);
  mos_fact_pack_clear (&self->facts);
  g_array_unref (self->turn_business);
  g_array_unref (self->close_times);
  g_array_unref (self->fresh);
  g_array_unref (self->scores);
  g_array_unref (self->score_tags);
  g_array_unref (self->products);
  g_hash_table_unref (self->product_names);
  g_ptr_array_unref (self->buyers);
  g_array_unref (self->orders);
  g_array_unref (self->order_times);
}

void
mos_measure_cube_unref (MosMeasureCube *self)
{
  g_rc_box_release_full (self, (GDestroyNotify) mos_measure_cube_clear);
}

guint
mos_cube_get_key (MosMeasureCube *self,
                  const char *name,
                  gboolean may_add)
{
  gpointer key;

  if (g_hash_table_lookup_extended (self->keys, name, NULL, &key))
    return GPOINTER_TO_UINT (key);
  if (!may_add)
    return G_MAXUINT;
  g_ptr_array_add (self->names, g_strdup (name));
  g_hash_table_insert (self->keys, self->names->pdata[self->names->len - 1], GUINT_TO_POINTER (self->names->len - 1));
  return self->names->len - 1;
}

/* --- conversations --- */

/* Where it is, or where it would be. Numbers rise by one at least, so it is not behind where it would be without gaps: from there back, in growing steps. */
static guint
find_place (MosMeasureCube *self,
            gint64 number)
{
  const guint n = self->conversations->len;
  gint64 low = 0, high = n;

  if (n == 0 || MOS_CUBE_CONVERSATION (self, n - 1)->number < number)
    return n;
  if (number <= MOS_CUBE_CONVERSATION (self, 0)->number)
    return 0;
  high = MIN (number - MOS_CUBE_CONVERSATION (self, 0)->number, (gint64) n - 1);
  for (gint64 step = 1; high - step > 0; step *= 2)
    {
      if (MOS_CUBE_CONVERSATION (self, high - step)->number < number)
        {
          low = high - step + 1;
          break;
        }
      high -= step;
    }
  while (low < high)
    {
      const gint64 middle = low + (high - low) / 2;

      if (MOS_CUBE_CONVERSATION (self, middle)->number < number)
        low = middle + 1;
      else
        high = middle;
    }
  return (guint) low;
}

int
mos_cube_find (MosMeasureCube *self,
               gint64 number)
{
  const guint place = find_place (self, number);

  return place < self->conversations->len && MOS_CUBE_CONVERSATION (self, place)->number == number ? (int) place : -1;
}

/* What a damaged pack says may be any number. */
static void
bound (guint *id,
       const GArray *ids)
{
  if (*id >= ids->len)
    *id = 0;
}

/* Those that came behind the first @before. */
static MosCubeSlice
take_slice (const GArray *array,
            guint before)
{
  return (MosCubeSlice) { .first = before, .n = array->len - before };
}

#define TURN(self, i) (&g_array_index ((self)->facts.turns, MosPackTurn, i))
#define CLOSE(self, i) (&g_array_index ((self)->facts.closes, MosPackClose, i))

/* How long the customer waited for us until the close, be it in hours of work. Where turns of two that were merged run side by side, the time passes once. */
static void
sum_handling (MosMeasureCube *self,
              const MosCubeConversation *conversation,
              const MosPackClose *close,
              MosCubeCloseTimes *times,
              MosBusinessFunc func,
              gpointer data)
{
  gint64 sum_us = 0, business_us = 0, until_us = 0;

  for (guint i = conversation->turns.first; i < conversation->turns.first + conversation->turns.n; i++)
    {
      const MosPackTurn *turn = TURN (self, i);
      const gint64 begin_us = MAX (turn->opened_at, until_us);
      gint64 end_us = turn->closed_at;

      if (turn->opened_at > close->at)
        break;
      if (end_us == 0 || end_us > close->at)
        end_us = close->at;
      if (end_us <= begin_us)
        continue;
      until_us = end_us;
      sum_us += end_us - begin_us;
      if (func == NULL)
        continue;
      business_us += begin_us == turn->opened_at && end_us == turn->closed_at ? g_array_index (self->turn_business, gint64, i) : func (begin_us, end_us, data);
    }
  times->handling_us = sum_us;
  times->handling_business_us = business_us;
}

static void
take_times (gint64 *last_us,
            gint64 us)
{
  *last_us = MAX (*last_us, us);
}

/* What the facts hold is known up to here. */
static void
set_taken (MosMeasureCube *self)
{
  self->taken = (MosCubeTaken) { self->facts.turns->len, self->facts.closes->len, self->facts.states->len, self->facts.labels->len, self->facts.answers->len };
}

/* The last one in the facts, which begins where the ones before it ended. */
static void
take_pack (gint64 number,
           gpointer data)
{
  MosMeasureCube *self = data;
  const MosFactPack *facts = &self->facts;
  const guint place = find_place (self, number);
  MosCubeConversation fresh = { .number = number, .whole = facts->whole, .first_close = -1 };

  bound (&fresh.whole.about, self->abouts);
  fresh.turns = take_slice (facts->turns, self->taken.turns);
  for (guint i = fresh.turns.first; i < facts->turns->len; i++)
    {
      MosPackTurn *turn = TURN (self, i);

      bound (&turn->about, self->abouts);
      take_times (&fresh.last_us, MAX (turn->opened_at, turn->closed_at));
      /* Not only of the last one: what was merged may wait since before that. */
      fresh.is_open = fresh.is_open || turn->closed_at == 0;
    }
  fresh.closes = take_slice (facts->closes, self->taken.closes);
  if (fresh.closes.n > 0)
    g_array_set_size (self->close_times, facts->closes->len);
  for (guint i = fresh.closes.first; i < facts->closes->len; i++)
    {
      MosPackClose *close = CLOSE (self, i);
      MosCubeCloseTimes *times = &g_array_index (self->close_times, MosCubeCloseTimes, i);

      bound (&close->about, self->abouts);
      if (fresh.first_close < 0 && close->first_in != 0)
        fresh.first_close = (int) (i - fresh.closes.first);
      *times = (MosCubeCloseTimes) { 0 };
      sum_handling (self, &fresh, close, times, NULL, NULL);
      take_times (&fresh.last_us, MAX (close->at, close->reopened_at));
    }
  fresh.states = take_slice (facts->states, self->taken.states);
  fresh.labels = take_slice (facts->labels, self->taken.labels);
  fresh.answers = take_slice (facts->answers, self->taken.answers);
  for (guint i = 0; i < fresh.states.n; i++)
    bound (&g_array_index (facts->states, MosPackState, fresh.states.first + i).about, self->abouts);
  for (guint i = 0; i < fresh.labels.n; i++)
    bound (&g_array_index (facts->labels, MosPackLabel, fresh.labels.first + i).word, self->words);
  for (guint i = 0; i < fresh.answers.n; i++)
    bound (&g_array_index (facts->answers, MosPackAnswer, fresh.answers.first + i).about, self->abouts);
  if (fresh.states.n > 0)
    {
      const MosPackState *state = &g_array_index (facts->states, MosPackState, facts->states->len - 1);

      take_times (&fresh.last_us, state->at);
      fresh.is_open = fresh.is_open || state->status < MOS_STATUS_CLOSED;
    }
  take_times (&fresh.last_us, MAX (MAX (fresh.whole.first_in, fresh.whole.acknowledged_at), MAX (fresh.whole.responded_at, fresh.whole.closed_at)));
  /* Of what was merged, there may be turns from before its own first message. */
  fresh.first_us = fresh.whole.first_in;
  if (fresh.turns.n > 0)
    fresh.first_us = MIN (fresh.first_us, TURN (self, fresh.turns.first)->opened_at);
  if (fresh.whole.first_in != 0 && (self->first_us == 0 || fresh.first_us < self->first_us))
    self->first_us = fresh.first_us;

  if (place < self->conversations->len && MOS_CUBE_CONVERSATION (self, place)->number == number)
    {
      self->n_dropped += MOS_CUBE_CONVERSATION (self, place)->turns.n + 1;
      *MOS_CUBE_CONVERSATION (self, place) = fresh;
    }
  else
    g_array_insert_val (self->conversations, place, fresh);
  set_taken (self);
}

static void
take_about (guint id,
            const char *account,
            const char *channel,
            const char *category,
            const char *language,
            const char *agent,
            gpointer data)
{
  MosMeasureCube *self = data;
  const char *const values[MOS_N_MEASURE_BY] = { [MOS_MEASURE_BY_CHANNEL] = channel, [MOS_MEASURE_BY_ACCOUNT] = account, [MOS_MEASURE_BY_CATEGORY] = category, [MOS_MEASURE_BY_LANGUAGE] = language, [MOS_MEASURE_BY_AGENT] = agent };

  if (self->abouts->len <= id)
    g_array_set_size (self->abouts, id + 1);
  for (MosMeasureBy by = 0; by < MOS_N_MEASURE_BY; by++)
    if (values[by] != NULL)
      g_array_index (self->abouts, MosCubeKeys, id).key[by] = mos_cube_get_key (self, values[by], TRUE);
}

static void
take_word (guint id,
           const char *word,
           gpointer data)
{
  MosMeasureCube *self = data;

  if (self->words->len <= id)
    g_array_set_size (self->words, id + 1);
  g_array_index (self->words, guint, id) = mos_cube_get_key (self, word, TRUE);
}

/* --- scores --- */

/* Whose it is and what it is about: as the question says, else of the last answer of a person before the question, or where nobody asked before what was said. */
static void
take_score (const MosScoreRow *row,
            gpointer data)
{
  MosMeasureCube *self = data;
  MosCubeScore score = { .id = g_strdup (row->id), .number = row->number, .conversation = mos_cube_find (self, row->number), .kind = row->kind, .is_question = row->is_question, .asked_us = row->asked_us, .answered_us = row->answered_us, .score = row->score, .customer = g_strdup (row->customer) };
  const gint64 before_us = row->asked_us != 0 ? row->asked_us : row->answered_us;
  const MosCubeKeys *answer = NULL;

  if (!row->is_attributed && score.conversation >= 0)
    {
      const MosCubeSlice answers = MOS_CUBE_CONVERSATION (self, score.conversation)->answers;

      for (guint i = 0; i < answers.n && g_array_index (self->facts.answers, MosPackAnswer, answers.first + i).at <= before_us; i++)
        answer = &g_array_index (self->abouts, MosCubeKeys, g_array_index (self->facts.answers, MosPackAnswer, answers.first + i).about);
    }
  score.keys.key[MOS_MEASURE_BY_ACCOUNT] = mos_cube_get_key (self, row->account, TRUE);
  score.keys.key[MOS_MEASURE_BY_CHANNEL] = mos_cube_get_key (self, row->channel, TRUE);
  score.keys.key[MOS_MEASURE_BY_LANGUAGE] = mos_cube_get_key (self, row->language, TRUE);
  score.keys.key[MOS_MEASURE_BY_CATEGORY] = answer != NULL && answer->key[MOS_MEASURE_BY_CATEGORY] != 0 ? answer->key[MOS_MEASURE_BY_CATEGORY] : mos_cube_get_key (self, row->category, TRUE);
  score.keys.key[MOS_MEASURE_BY_AGENT] = answer != NULL && answer->key[MOS_MEASURE_BY_AGENT] != 0 ? answer->key[MOS_MEASURE_BY_AGENT] : mos_cube_get_key (self, row->agent, TRUE);
  score.is_attributed = row->is_attributed;
  score.macro = row->is_attributed ? mos_cube_get_key (self, row->macro, TRUE) : 0;
  score.tags.first = self->score_tags->len;
  for (gsize i = 0; row->tags != NULL && row->tags[i] != NULL; i++, score.tags.n++)
    {
      const guint tag = mos_cube_get_key (self, row->tags[i], TRUE);

      g_array_append_val (self->score_tags, tag);
    }
  g_array_append_val (self->scores, score);
}

/* --- reading --- */

/* What was replaced takes no more than as much again. */
static void
forget_dropped (MosMeasureCube *self)
{
  if (self->n_dropped < 1000 || self->n_dropped < self->facts.turns->len / 2)
    return;
  self->stamp = 0;
  self->n_dropped = 0;
  g_array_set_size (self->conversations, 0);
  mos_fact_pack_reset (&self->facts);
  g_array_set_size (self->turn_business, 0);
  g_array_set_size (self->close_times, 0);
  set_taken (self);
}

/* A growing array is copied each time: two fifths of what a first reading took. Five years of a busy shop; those who have more wait for a copy. */
#define MOST_SET_ASIDE 400000

static gboolean
set_all_aside (MosMeasureCube *self,
               MosTxn *txn,
               GError **error)
{
  gint64 span = 0;
  guint n;

  if (!mos_store_fact_packs_get_span (txn, &span, error))
    return FALSE;
  n = (guint) CLAMP (span, 0, MOST_SET_ASIDE);
  mos_big_array_grow (&self->conversations, n);
  mos_big_array_grow (&self->facts.turns, 4 * n);
  mos_big_array_grow (&self->turn_business, 4 * n);
  mos_big_array_grow (&self->facts.closes, 3 * n);
  mos_big_array_grow (&self->close_times, 3 * n);
  mos_big_array_grow (&self->facts.states, 4 * n);
  mos_big_array_grow (&self->facts.labels, 4 * n);
  mos_big_array_grow (&self->facts.answers, 4 * n);
  mos_big_array_grow (&self->fresh, n);
  return TRUE;
}

/* Those that came since @n or were replaced: by their turns, or what else they have, being behind @slices */
static void
mark_fresh (MosMeasureCube *self,
            guint n_turns,
            guint n_closes,
            guint n_states)
{
  for (guint i = 0; i < self->conversations->len; i++)
    {
      const MosCubeConversation *conversation = MOS_CUBE_CONVERSATION (self, i);

      if (conversation->turns.first >= n_turns && conversation->closes.first >= n_closes && conversation->states.first >= n_states)
        g_array_append_val (self->fresh, i);
    }
}

gboolean
mos_measure_cube_refresh (MosMeasureCube *self,
                          MosTxn *txn,
                          GError **error)
{
  g_auto (MosOnceThrough) once = { 0 };
  gint64 version = 0;
  guint n_turns, n_closes, n_states;

  if (!mos_store_get_data_version (txn, &version, error))
    return FALSE;
  if (self->is_read && version == self->version)
    return TRUE;
  forget_dropped (self);
  /* Nobody told the hours since: the places that were kept are none any more. */
  if (self->fresh->len > 0)
    {
      g_array_set_size (self->fresh, 0);
      self->business_stamp = NULL;
    }
  n_turns = self->facts.turns->len;
  n_closes = self->facts.closes->len;
  n_states = self->facts.states->len;
  g_array_set_size (self->scores, 0);
  g_array_set_size (self->score_tags, 0);
  if (self->stamp == 0)
    mos_once_through_begin (&once, txn);
  if ((self->stamp == 0 && !set_all_aside (self, txn, error)) ||
      !mos_store_fact_abouts_list (txn, self->abouts->len - 1, take_about, self, error) ||
      !mos_store_fact_words_list (txn, self->words->len - 1, take_word, self, error) ||
      !mos_store_fact_packs_list (txn, &self->stamp, &self->facts, take_pack, self, error) ||
      !mos_store_measures_list_scores (txn, take_score, self, error))
    {
      /* Half of it is of now and half of before: all of it anew the next time. */
      self->is_read = FALSE;
      self->n_dropped = G_MAXUINT;
      return FALSE;
    }
  g_array_set_size (self->turn_business, self->facts.turns->len);
  if (self->facts.turns->len > n_turns)
    memset (&g_array_index (self->turn_business, gint64, n_turns), 0, (self->facts.turns->len - n_turns) * sizeof (gint64));
  mark_fresh (self, n_turns, n_closes, n_states);
  self->version = version;
  self->is_read = TRUE;
  return TRUE;
}

gint64
mos_measure_cube_get_first_us (MosMeasureCube *self)
{
  return self->first_us;
}

static void
work_out (MosMeasureCube *self,
          MosCubeConversation *conversation,
          MosBusinessFunc func,
          gpointer data)
{
  const MosPackWhole *whole = &conversation->whole;

  conversation->response_business_us = whole->responded_at != 0 && whole->first_in != 0 ? func (whole->first_in, whole->responded_at, data) : 0;
  conversation->acknowledgement_business_us = whole->acknowledged_at != 0 && whole->first_in != 0 ? func (whole->first_in, whole->acknowledged_at, data) : 0;
  for (guint i = conversation->turns.first; i < conversation->turns.first + conversation->turns.n; i++)
    {
      const MosPackTurn *turn = TURN (self, i);

      g_array_index (self->turn_business, gint64, i) = turn->closed_at == 0 ? 0 : turn->opened_at == whole->first_in && turn->closed_at == whole->responded_at ? conversation->response_business_us
                                                                                                                                                               : func (turn->opened_at, turn->closed_at, data);
    }
  for (guint i = conversation->closes.first; i < conversation->closes.first + conversation->closes.n; i++)
    {
      const MosPackClose *close = CLOSE (self, i);
      MosCubeCloseTimes *times = &g_array_index (self->close_times, MosCubeCloseTimes, i);

      times->business_us = close->first_in != 0 ? func (close->first_in, close->at, data) : 0;
      sum_handling (self, conversation, close, times, func, data);
    }
}

void
mos_measure_cube_set_business (MosMeasureCube *self,
                               gpointer stamp,
                               MosBusinessFunc func,
                               gpointer data)
{
  if (stamp != NULL && stamp != self->business_stamp)
    for (guint i = 0; i < self->conversations->len; i++)
      work_out (self, MOS_CUBE_CONVERSATION (self, i), func, data);
  else if (stamp != NULL)
    for (guint i = 0; i < self->fresh->len; i++)
      work_out (self, MOS_CUBE_CONVERSATION (self, g_array_index (self->fresh, guint, i)), func, data);
  self->business_stamp = stamp;
  g_array_set_size (self->fresh, 0);
}

/* --- what is not always needed --- */

static void
take_product (gint64 number,
              const char *key,
              const char *name,
              gpointer data)
{
  MosMeasureCube *self = data;
  const MosCubeProduct product = { .number = number, .key = mos_cube_get_key (self, key, TRUE) };

  g_array_append_val (self->products, product);
  if (!g_hash_table_contains (self->product_names, GUINT_TO_POINTER (product.key)))
    g_hash_table_insert (self->product_names, GUINT_TO_POINTER (product.key), g_strdup (name));
}

gboolean
mos_cube_ensure_products (MosMeasureCube *self,
                          MosTxn *txn,
                          GError **error)
{
  if (self->products_version == self->version)
    return TRUE;
  g_array_set_size (self->products, 0);
  g_hash_table_remove_all (self->product_names);
  if (!mos_store_measures_list_products (txn, take_product, self, error))
    return FALSE;
  self->products_version = self->version;
  return TRUE;
}

static void
take_order (const char *customer,
            gint64 number,
            gint64 ordered_us,
            gpointer data)
{
  MosMeasureCube *self = data;

  if (self->buyers->len == 0 || strcmp (self->buyers->pdata[self->buyers->len - 1], customer) != 0)
    {
      const MosCubeOrders orders = { .first = self->order_times->len };

      g_ptr_array_add (self->buyers, g_strdup (customer));
      g_array_append_val (self->orders, orders);
    }
  g_array_append_val (self->order_times, ordered_us);
  g_array_index (self->orders, MosCubeOrders, self->orders->len - 1).n++;
}

gboolean
mos_cube_ensure_orders (MosMeasureCube *self,
                        MosTxn *txn,
                        GError **error)
{
  g_auto (MosOnceThrough) once = { 0 };

  if (self->orders_version == self->version)
    return TRUE;
  if (self->orders_version < 0)
    mos_once_through_begin (&once, txn);
  g_ptr_array_set_size (self->buyers, 0);
  g_array_set_size (self->orders, 0);
  g_array_set_size (self->order_times, 0);
  if (!mos_store_measures_list_orders (txn, take_order, self, error))
    return FALSE;
  self->orders_version = self->version;
  return TRUE;
}
