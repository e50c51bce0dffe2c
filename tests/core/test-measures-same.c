/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-test"

#include "config.h"

#include "measures-fixture.h"
#include "mos-test.h"

/* Whatever happens: the facts that were kept are those that are made anew, and the figures are those of a plain look at the events. MOS_TEST_SEED repeats a run. */

#define N_STORIES 6
#define N_STEPS 150
#define N_WHO 6

/* What can be done to a conversation just now */
typedef struct
{
  gboolean exists;
  gboolean is_closed;
  gboolean is_gone;
} State;

static gboolean
choose (GRand *rand,
        State *states,
        int last_merged,
        Step *step)
{
  static const Act acts[] = { ASKS, ASKS, ASKS, ASKS, ANSWERS, ANSWERS, ANSWERS, AUTO, NOTES, MACHINE, CLOSES, CLOSES, CLOSES, OPENS, OPENS, PENDS, SNOOZES, CATEGORY, TAG, UNTAG, ASSIGNS, SPAM, DELETES, MERGES, UNMERGES };
  static const char *const others[] = { "A", "B", "C", "D", "E", "F" };
  static const char *const words[] = { "return", "refund" };
  const int who = g_rand_int_range (rand, 0, N_WHO);
  const int other = g_rand_int_range (rand, 0, N_WHO);
  State *state = &states[who];
  const Act act = acts[g_rand_int_range (rand, 0, (int) G_N_ELEMENTS (acts))];

  *step = (Step) { .who = (char) ('A' + who), .act = act };
  /* Letters would name something that is somewhere else, or nothing. */
  if (act == UNMERGES ? last_merged < 0 : state->is_gone || (!state->exists && act != ASKS && act != ANSWERS && act != AUTO))
    return FALSE;
  switch (act)
    {
    case ASKS:
    case ANSWERS:
    case AUTO:
      state->exists = TRUE;
      return TRUE;
    case CLOSES:
      state->is_closed = TRUE;
      return TRUE;
    case CATEGORY:
    case TAG:
    case UNTAG:
      step->value = words[g_rand_int_range (rand, 0, 2)];
      return TRUE;
    case ASSIGNS:
      step->value = "bo";
      return TRUE;
    case DELETES:
      state->is_gone = g_rand_int_range (rand, 0, 4) == 0;
      return state->is_gone;
    case SPAM:
      return g_rand_int_range (rand, 0, 4) == 0;
    case MERGES:
      if (other == who || !states[other].exists || states[other].is_gone || last_merged >= 0)
        return FALSE;
      step->value = others[other];
      state->is_gone = TRUE;
      return TRUE;
    case END:
    case MACHINE:
    case NOTES:
    case OPENS:
    case PENDS:
    case SNOOZES:
    case ARCHIVES:
    case UNMERGES:
    case UNDOES:
    case SPEAKS:
    case HOURS:
    case CSAT:
    case NPS:
    default:
      return TRUE;
    }
}

static gboolean
do_look (MosTxn *txn,
         gpointer data,
         GCancellable *cancellable,
         GError **error)
{
  /* Of each conversation that counts, by its events alone: its first message, the first answer of a person after it, and of all of them the sum. */
  static const char sql[] =
      "WITH live AS (SELECT e.* FROM event e JOIN conversation c ON c.id = e.conversation WHERE e.undone = 0 AND e.archive = 0 AND c.status <> 'spam' AND c.deleted_at = 0 AND c.merged_into IS NULL),"
      " firsts AS (SELECT * FROM live e WHERE kind = 'received' AND NOT EXISTS (SELECT 1 FROM live x WHERE x.conversation = e.conversation AND x.kind = 'received' AND (x.at, x.seq) < (e.at, e.seq))),"
      " answers AS (SELECT f.at AS began, min (e.at) AS ended FROM firsts f JOIN live e ON e.conversation = f.conversation AND e.kind = 'sent' AND e.automatic = 0 AND (e.at, e.seq) > (f.at, f.seq) GROUP BY f.conversation)"
      " SELECT (SELECT count (*) FROM firsts), count (*), ifnull (sum (ended - began), 0) FROM answers";
  gint64 *sums = data;
  g_autoptr (MosStatement) statement = mos_database_query (txn->database, error, sql, "");

  if (statement == NULL || mos_statement_step (statement, error) < 0)
    return FALSE;
  for (int i = 0; i < 3; i++)
    sums[i] = mos_statement_get_int (statement, i);
  return TRUE;
}

static void
assert_plain_look (Story *story)
{
  g_autoptr (MosMeasureReport) report = story_report (story, "2026-03-01", "2026-12-31", MOS_MEASURE_BY_NOTHING);
  g_autoptr (GError) error = NULL;
  const MosMeasureTimes *times = &report->all->clock[MOS_MEASURE_FIRST_RESPONSE];
  gint64 sums[3];

  mos_store_read_sync (story->f->store, do_look, sums, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (report->all->counts[MOS_MEASURE_NEW], ==, sums[0]);
  g_assert_cmpint (times->n, ==, sums[1]);
  g_assert_cmpint (times->mean_us, ==, sums[1] > 0 ? sums[2] / sums[1] : 0);
}

static void
test_same (void)
{
  const char *given = g_getenv ("MOS_TEST_SEED");
  const guint32 seed = given != NULL ? (guint32) g_ascii_strtoull (given, NULL, 10) : g_random_int ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);

  g_test_message ("MOS_TEST_SEED=%u", seed);
  for (guint i = 0; i < N_STORIES; i++)
    {
      g_autoptr (Story) story = story_new ();
      State states[N_WHO] = { 0 };
      int merged = -1;
      gint64 at_us = mos_time_parse ("2026-03-01T00:00", story->zone);

      for (guint n = 0; n < N_STEPS; n++)
        {
          g_autoptr (GDateTime) utc = NULL;
          g_autoptr (GDateTime) local = NULL;
          g_autofree char *at = NULL;
          Step steps[2] = { 0 };

          if (!choose (rand, states, merged, &steps[0]))
            continue;
          if (steps[0].act == MERGES)
            merged = steps[0].who - 'A';
          else if (steps[0].act == UNMERGES)
            {
              states[merged].is_gone = FALSE;
              merged = -1;
            }
          /* Often at the same minute as what was before. */
          at_us += g_rand_int_range (rand, 0, 3) == 0 ? 0 : g_rand_int_range (rand, 1, 3000) * 60 * S;
          utc = g_date_time_new_from_unix_utc_usec (at_us);
          local = g_date_time_to_timezone (utc, story->zone);
          at = g_date_time_format (local, "%Y-%m-%dT%H:%M");
          steps[0].at = at;
          story_tell (story, steps);
          if (n % 10 == 0)
            assert_plain_look (story);
        }
      fixture_check (story->f);
      assert_plain_look (story);
      {
        g_autofree char *kept = story_dump (story, FALSE);
        g_autofree char *anew = story_dump (story, TRUE);

        g_assert_cmpuint (strlen (kept), >, 500);
        g_assert_cmpstr (kept, ==, anew);
      }
    }
}

int
main (int argc,
      char *argv[])
{
  mos_test_init (&argc, &argv);
  g_test_add_func ("/measures/same", test_same);
  return g_test_run ();
}
