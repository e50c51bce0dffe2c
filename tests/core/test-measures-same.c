/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-test"

#include "config.h"

#include "measures-fixture.h"
#include "measures-plain.h"
#include "mos-test.h"

/* Whatever happens: the facts that were kept are those that are made anew, the figures are those of a plain look at the events and of plain SQL, and each is as many as the conversations
 * that are told of it. MOS_TEST_SEED repeats a run. */

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
  static const char *const scores[] = { "1", "2", "3", "4", "5" };
  static const Act acts[] = { CSAT, NPS, ASKED_CSAT, ASKED_NPS, SCORES, SCORES, EXPIRES, CANCELS, BOUNCES, ASKS, ASKS, ASKS, ASKS, ANSWERS, ANSWERS, ANSWERS, AUTO, NOTES, FAILS, RESENDS, MACHINE, CLOSES, CLOSES, CLOSES, OPENS, OPENS, PENDS, SNOOZES, CATEGORY, TAG, UNTAG, ASSIGNS, SPAM, DELETES, MERGES, UNMERGES };
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
    case ASKED_CSAT:
    case ASKED_NPS:
      step->value = g_rand_int_range (rand, 0, 2) == 0 ? "bo" : NULL;
      return TRUE;
    case CSAT:
    case NPS:
    case SCORES:
      step->value = scores[g_rand_int_range (rand, 0, (int) G_N_ELEMENTS (scores))];
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
    case FAILS:
    case RESENDS:
    case OPENS:
    case PENDS:
    case SNOOZES:
    case ARCHIVES:
    case FOUND:
    case AHEAD:
    case UNMERGES:
    case UNDOES:
    case SPEAKS:
    case HOURS:
    case EXPIRES:
    case CANCELS:
    case BOUNCES:
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
  /* Of each conversation that counts, by its events alone: its first message, the first answer of a person after it, and of all of them the sum. Where it had none when another was merged into it, those of the other. */
  static const char sql[] =
      "WITH live AS (SELECT e.*, ifnull (c.status = 'spam' OR c.deleted_at <> 0 OR c.merged_into IS NOT NULL, 1) AS is_out FROM event e JOIN conversation c ON c.id = e.conversation WHERE e.undone = 0 AND e.archive = 0"
      " AND NOT (e.kind = 'sent' AND (e.automatic = 1 OR EXISTS (SELECT 1 FROM message u WHERE u.id = e.message AND u.delivery IN ('failed', 'bounced', 'cancelled'))))),"
      " joined AS (SELECT m.conversation, m.\"from\" AS source, m.at, m.seq FROM live m WHERE m.kind = 'merged' AND m.is_out = 0"
      "  AND NOT EXISTS (SELECT 1 FROM live x WHERE x.conversation = m.conversation AND x.kind = 'received' AND (x.at, x.seq) < (m.at, m.seq))"
      "  AND EXISTS (SELECT 1 FROM live x WHERE x.conversation = m.\"from\" AND x.kind = 'received')"
      "  AND (SELECT x.\"to\" FROM live x WHERE x.conversation = m.\"from\" AND x.kind IN ('status', 'snooze') ORDER BY x.at DESC, x.seq DESC LIMIT 1) IS NOT 'spam'),"
      " told AS (SELECT conversation, kind, at, seq FROM live e WHERE is_out = 0 AND kind IN ('received', 'sent') AND NOT EXISTS (SELECT 1 FROM joined j WHERE j.conversation = e.conversation AND (e.at, e.seq) < (j.at, j.seq))"
      "  UNION ALL SELECT j.conversation, e.kind, e.at, e.seq FROM joined j JOIN live e ON e.conversation = j.source AND e.kind IN ('received', 'sent')),"
      " firsts AS (SELECT * FROM told e WHERE kind = 'received' AND NOT EXISTS (SELECT 1 FROM told x WHERE x.conversation = e.conversation AND x.kind = 'received' AND (x.at, x.seq) < (e.at, e.seq))),"
      " answers AS (SELECT f.at AS began, min (e.at) AS ended FROM firsts f JOIN told e ON e.conversation = f.conversation AND e.kind = 'sent' AND (e.at, e.seq) > (f.at, f.seq) GROUP BY f.conversation)"
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

/* --- the same figures, made another way --- */

typedef struct
{
  Story *story;
  MosMeasureBy by;
  MosMeasureReport *plain;
} Plain;

static gint64
business_between (gint64 from_us,
                  gint64 to_us,
                  gpointer versions)
{
  return mos_calendar_history_business_us (versions, from_us, to_us);
}

static gboolean
do_plain (MosTxn *txn,
          gpointer data,
          GCancellable *cancellable,
          GError **error)
{
  Plain *plain = data;
  const MosReportPeriod *period = &plain->story->period;
  g_autoptr (GPtrArray) versions = mos_calendars_load (txn, error);

  g_assert_nonnull (versions);
  plain->plain = measures_plain_compute (txn, period->from_us, period->to_us, period->zone, plain->by, versions->len > 0 ? business_between : NULL, versions, error);
  return plain->plain != NULL;
}

static char *
describe_all (const MosMeasureFigures *figures,
              guint n_days)
{
  g_autofree char *text = story_describe (figures, FALSE);
  GString *out = g_string_new (figures->key);

  g_string_append_printf (out, ": %s; ages %u %u %u %u; days", text, figures->n_ages[0], figures->n_ages[1], figures->n_ages[2], figures->n_ages[3]);
  for (guint i = 0; i < n_days; i++)
    g_string_append_printf (out, " %u", figures->per_day[i]);
  for (guint i = 0; i < MOS_MEASURE_N_HOURS; i++)
    if (figures->per_hour[i] > 0)
      g_string_append_printf (out, " %u:%u", i, figures->per_hour[i]);
  return g_string_free (out, FALSE);
}

static void
assert_figures (const MosMeasureFigures *is,
                const MosMeasureFigures *plain,
                guint n_days)
{
  g_autofree char *one = describe_all (is, n_days);
  g_autofree char *other = describe_all (plain, n_days);

  g_assert_cmpstr (one, ==, other);
  for (MosMeasureSpan span = 0; span < MOS_N_MEASURE_SPANS; span++)
    {
      /* to the microsecond */
      g_assert_cmpmem (&is->clock[span], sizeof (MosMeasureTimes), &plain->clock[span], sizeof (MosMeasureTimes));
      g_assert_cmpmem (&is->business[span], sizeof (MosMeasureTimes), &plain->business[span], sizeof (MosMeasureTimes));
    }
}

static const MosMeasureFigures *
find_figures (GPtrArray *groups,
              const char *key)
{
  for (guint i = 0; i < groups->len; i++)
    if (g_str_equal (((MosMeasureFigures *) groups->pdata[i])->key, key))
      return groups->pdata[i];
  return NULL;
}

/* By everything that plain SQL groups by, and each group as well by a filter */
static void
assert_same_as_sql (Story *story,
                    const char *from,
                    const char *to)
{
  for (MosMeasureBy by = MOS_MEASURE_BY_NOTHING; by <= MOS_MEASURE_BY_AGENT; by++)
    {
      g_autoptr (MosMeasureReport) report = story_report (story, from, to, by);
      g_autoptr (GError) error = NULL;
      Plain plain = { .story = story, .by = by };
      g_autoptr (MosMeasureReport) held = NULL;

      /* It makes tables, which are gone with the store. */
      mos_store_write_sync (story->f->store, NULL, NULL, do_plain, &plain, NULL, NULL, &error);
      g_assert_no_error (error);
      held = plain.plain;
      assert_figures (report->all, plain.plain->all, report->n_days);
      if (by == MOS_MEASURE_BY_NOTHING)
        continue;
      g_assert_cmpuint (report->groups[by]->len, ==, plain.plain->groups[by]->len);
      for (guint i = 0; i < report->groups[by]->len; i++)
        {
          const MosMeasureFigures *figures = report->groups[by]->pdata[i];
          const MosMeasureFigures *other = find_figures (plain.plain->groups[by], figures->key);
          g_autoptr (MosMeasureQuery) query = mos_measure_query_new ();
          g_autoptr (MosMeasureReport) filtered = NULL;
          g_autofree char *key = g_strdup (figures->key);

          g_assert_nonnull (other);
          assert_figures (figures, other, report->n_days);
          query->filter = mos_measure_filter_new ();
          query->filter->only[by] = g_strdup (figures->key);
          filtered = story_ask (story, from, to, query);
          g_set_str (&filtered->all->key, key);
          assert_figures (filtered->all, other, report->n_days);
        }
    }
}

/* --- the conversations behind each number --- */

static void
assert_rows (Story *story,
             MosMeasureLook *look,
             guint n)
{
  g_autoptr (MosMeasureRows) rows = story_list (story, look);

  if (rows->n != n)
    g_test_message ("%s by %s %s part %d", mos_measure_number_to_nick (look->number), mos_measure_by_to_nick (look->by), look->key, look->part);
  g_assert_cmpuint (rows->n, ==, n);
  g_assert_cmpuint (rows->rows->len, ==, n);
}

static void
assert_times_of (Story *story,
                 MosMeasureLook *look,
                 const MosMeasureTimes *times)
{
  g_autoptr (MosMeasureRows) rows = story_list (story, look);
  double sum = 0;

  g_assert_cmpuint (rows->n, ==, times->n);
  for (guint i = 0; i < rows->rows->len; i++)
    sum += (double) ((MosMeasureRow *) rows->rows->pdata[i])->clock_us;
  if (times->n > 0)
    {
      g_assert_cmpint ((gint64) (sum / times->n), ==, times->mean_us);
      g_assert_cmpint (((MosMeasureRow *) rows->rows->pdata[0])->clock_us, ==, times->longest_us);
    }
}

static void
assert_numbers (Story *story,
                MosMeasureQuery *query,
                MosMeasureBy by,
                const MosMeasureFigures *figures)
{
  const guint numbers[][2] = {
    { MOS_NUMBER_OPEN, figures->n_open },
    { MOS_NUMBER_PENDING, figures->n_pending },
    { MOS_NUMBER_SNOOZED, figures->n_snoozed },
    { MOS_NUMBER_BACKLOG, figures->n_open + figures->n_pending + figures->n_snoozed },
    { MOS_NUMBER_WAITING, figures->waiting.n },
    { MOS_NUMBER_MESSAGES, figures->counts[MOS_MEASURE_CLOSED] },
    { MOS_NUMBER_CSAT, figures->csat.n },
    { MOS_NUMBER_CSAT_GOOD, figures->csat.n_good },
    { MOS_NUMBER_CSAT_LOW, figures->csat.n_bad },
    { MOS_NUMBER_CSAT_ANSWERS, figures->csat.n_answers },
    { MOS_NUMBER_CSAT_ASKED, figures->csat.n_asked },
    { MOS_NUMBER_CSAT_ASKED_ANSWERED, figures->csat.n_asked_answered },
    { MOS_NUMBER_NPS_ASKED, figures->nps.n_asked },
    { MOS_NUMBER_NPS_ASKED_ANSWERED, figures->nps.n_asked_answered },
    { MOS_NUMBER_NPS, figures->nps.n },
    { MOS_NUMBER_NPS_PROMOTERS, figures->nps.n_good },
    { MOS_NUMBER_NPS_DETRACTORS, figures->nps.n_bad },
    { MOS_NUMBER_NPS_PASSIVES, figures->nps.n - figures->nps.n_good - figures->nps.n_bad },
  };
  g_autoptr (MosMeasureLook) look = mos_measure_look_new ();

  look->query = mos_measure_query_ref (query);
  look->by = by;
  look->key = by == MOS_MEASURE_BY_NOTHING ? NULL : g_strdup (figures->key);
  look->part = MOS_MEASURE_WHOLE;
  for (guint span = 0; span < MOS_N_MEASURE_SPANS; span++)
    {
      look->number = (MosMeasureNumber) span;
      assert_times_of (story, look, &figures->clock[span]);
      for (look->part = 0; look->part < MOS_MEASURE_N_BINS; look->part++)
        if (figures->clock_bins[span][look->part] > 0)
          assert_rows (story, look, figures->clock_bins[span][look->part]);
      look->part = MOS_MEASURE_WHOLE;
    }
  for (guint count = 0; count < MOS_N_MEASURE_COUNTS; count++)
    {
      look->number = (MosMeasureNumber) (MOS_N_MEASURE_SPANS + count);
      assert_rows (story, look, figures->counts[count]);
    }
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      look->number = (MosMeasureNumber) numbers[i][0];
      assert_rows (story, look, numbers[i][1]);
    }
  look->number = MOS_NUMBER_BACKLOG;
  for (look->part = 0; look->part < MOS_MEASURE_N_AGES; look->part++)
    assert_rows (story, look, figures->n_ages[look->part]);
  look->number = MOS_NUMBER_NEW;
  for (look->part = 0; look->part < MOS_MEASURE_N_HOURS; look->part++)
    if (figures->per_hour[look->part] > 0)
      assert_rows (story, look, figures->per_hour[look->part]);
}

/* …and what is told of each step is what a report of its days tells. */
static void
assert_points (Story *story,
               MosMeasureReport *report)
{
  for (guint i = 0; i < report->points->len; i += 7)
    {
      const MosMeasurePoint *point = report->points->pdata[i];
      g_autoptr (MosMeasureQuery) query = mos_measure_query_new ();
      g_autoptr (MosMeasureReport) own = story_ask_between (story, point->from_us, point->to_us, query);
      g_autoptr (MosMeasureReport) before = story_ask_between (story, point->from_us - G_TIME_SPAN_DAY, point->from_us, query);

      g_assert_cmpuint (point->n_new, ==, own->all->counts[MOS_MEASURE_NEW]);
      g_assert_cmpmem (&point->first_response, sizeof (MosMeasureTimes), &own->all->clock[MOS_MEASURE_FIRST_RESPONSE], sizeof (MosMeasureTimes));
      if (!point->is_to_come)
        g_assert_cmpuint (point->n_backlog, ==, before->all->n_open + before->all->n_pending + before->all->n_snoozed);
    }
}

static void
assert_everything (Story *story)
{
  g_autoptr (MosMeasureQuery) query = mos_measure_query_new ();
  g_autoptr (MosMeasureReport) report = NULL;

  query->from = g_strdup ("2026-03-01");
  query->to = g_strdup ("2026-12-31");
  query->by = 1u << MOS_MEASURE_BY_TAG | 1u << MOS_MEASURE_BY_AGENT;
  query->step = MOS_MEASURE_STEP_DAY;
  report = story_ask (story, query->from, query->to, query);
  assert_numbers (story, query, MOS_MEASURE_BY_NOTHING, report->all);
  for (guint i = 0; i < report->groups[MOS_MEASURE_BY_TAG]->len; i++)
    assert_numbers (story, query, MOS_MEASURE_BY_TAG, report->groups[MOS_MEASURE_BY_TAG]->pdata[i]);
  for (guint i = 0; i < report->groups[MOS_MEASURE_BY_AGENT]->len; i++)
    assert_numbers (story, query, MOS_MEASURE_BY_AGENT, report->groups[MOS_MEASURE_BY_AGENT]->pdata[i]);
  assert_points (story, report);
  assert_same_as_sql (story, "2026-03-01", "2026-12-31");
  assert_same_as_sql (story, "2026-03-10", "2026-03-29");
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
      static const Step hours[] = { { "2026-02-20T09:00", 'A', HOURS, "zone Europe/Madrid\nmon 09:00-17:00\nthu 10:00-14:00\nsun 00:00-24:00\n" }, { NULL } };
      g_autoptr (Story) story = story_new ();
      State states[N_WHO] = { 0 };
      int merged = -1;
      gint64 at_us = mos_time_parse ("2026-03-01T00:00", story->zone);

      if (i % 2 == 1)
        story_tell (story, hours);
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
      /* What happens in the very moment in which it is asked is of neither side: a report tells what came before it. */
      mos_manual_clock_advance (MOS_MANUAL_CLOCK (story->f->clock), 60 * S);
      /* one without hours of work, one with them */
      if (i < 2)
        assert_everything (story);
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
