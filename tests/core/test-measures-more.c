/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-test"

#include "config.h"

#include "core/automation/mos-phrases.h"
#include "core/desk/mos-insights.h"
#include "core/metrics/mos-measures.h"
#include "core/store/mos-store-fact-packs.h"
#include "measures-fixture.h"
#include "mos-test.h"

/* More worked examples: days, steps, the journey, macros and products, words, the week; and the parts that all of it stands on. 2026-03-02 is a Monday. */

typedef struct
{
  Story *story;
  const char *sql; /* "?1" is the conversation */
  char who;
  MosMeasureQuery *query;
  GString *out;
  GPtrArray *insights;
  MosWeek *week;
} Call;

static gboolean
do_sql (MosTxn *txn,
        gpointer data,
        GCancellable *cancellable,
        GError **error)
{
  const Call *call = data;

  return call->who == 0 ? mos_database_run_script (txn->database, call->sql, error) : mos_database_exec (txn->database, error, call->sql, "t", call->story->ids[(guint) call->who]);
}

static void
sql (Story *story,
     char who,
     const char *text)
{
  Call call = { .story = story, .sql = text, .who = who };
  g_autoptr (GError) error = NULL;

  mos_store_write_sync (story->f->store, NULL, NULL, do_sql, &call, NULL, NULL, &error);
  g_assert_no_error (error);
}

/* --- days --- */

static void
append_day (GString *out,
            gint64 us,
            GTimeZone *zone)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc_usec (us);
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, zone);
  g_autofree char *day = g_date_time_format (local, "%m-%d");

  g_string_append_printf (out, "%s%s", out->len > 0 ? " " : "", day);
}

/* The hour until which it goes, where it does not go until midnight */
static void
append_end (GString *out,
            gint64 us,
            GTimeZone *zone)
{
  const gint64 seconds = mos_time_local_seconds (zone, us) % 86400;

  if (seconds != 0)
    g_string_append_printf (out, " %02d:%02d", (int) (seconds / 3600), (int) (seconds / 60 % 60));
}

static gboolean
do_days (MosTxn *txn,
         gpointer data,
         GCancellable *cancellable,
         GError **error)
{
  const Call *call = data;
  g_auto (MosReportPeriod) period = { 0 };
  g_auto (MosReportPeriod) before = { 0 };

  if (!mos_reports_find_days (txn, call->query, &period, error))
    return FALSE;
  mos_report_period_set_before (&before, &period, mos_txn_get_now_us (txn));
  append_day (call->out, period.from_us, period.zone);
  append_day (call->out, period.last_us, period.zone);
  append_day (call->out, before.from_us, period.zone);
  append_day (call->out, before.last_us, period.zone);
  append_end (call->out, before.to_us, period.zone);
  g_assert_cmpint (before.to_us, <=, period.from_us);
  return TRUE;
}

static char *
describe_days (Story *story,
               MosMeasureDays days,
               const char *from,
               const char *to)
{
  g_autoptr (MosMeasureQuery) query = mos_measure_query_new ();
  g_autoptr (GString) out = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  Call call = { .query = query, .out = out };

  query->days = days;
  query->from = g_strdup (from);
  query->to = g_strdup (to);
  mos_store_read_sync (story->f->store, do_days, &call, NULL, &error);
  g_assert_no_error (error);
  return g_string_free_and_steal (g_steal_pointer (&out));
}

/* It is Wednesday, 2026-04-15, in Madrid, and still the day before in Greenwich. */
static void
test_days (void)
{
  static const char *const expected[] = {
    "03-17 04-15 02-15 03-16 00:30", "04-15 04-15 04-14 04-14 00:30", "04-14 04-14 04-13 04-13", "04-09 04-15 04-02 04-08 00:30", "03-17 04-15 02-15 03-16 00:30", "01-16 04-15 10-18 01-15 00:30",
    /* the same weekdays, and the same days of the month */
    "04-13 04-15 04-06 04-08 00:30", "04-06 04-12 03-30 04-05", "04-01 04-15 03-01 03-15 00:30",
    /* whole months have whole months before them */
    "03-01 03-31 02-01 02-28", "04-01 04-15 01-01 01-15 00:30", "01-01 03-31 10-01 12-31", "01-01 04-15 01-01 04-15 00:30", "01-01 12-31 01-01 12-31"
  };
  g_autoptr (Story) story = story_new ();

  G_STATIC_ASSERT (G_N_ELEMENTS (expected) == MOS_N_MEASURE_DAYS);
  story_tell (story, (const Step[]) { { "2026-02-20T09:00", 'A', HOURS, "zone Europe/Madrid\nmon 09:00-17:00\n" }, { NULL } });
  story_set_clock (story, "2026-04-15T00:30");
  for (MosMeasureDays days = 0; days < MOS_N_MEASURE_DAYS; days++)
    {
      g_autofree char *is = describe_days (story, days, NULL, NULL);

      g_test_message ("%s", mos_measure_days_to_nick (days));
      g_assert_cmpstr (is, ==, expected[days]);
    }
}

/* What has begun is beside as much of what was before it. */
static void
test_part (void)
{
  static const struct
  {
    const char *now;
    MosMeasureDays days;
    const char *from;
    const char *to;
    const char *expected;
  } cases[] = {
    { "2026-03-28T14:05", MOS_MEASURE_DAYS_THIS_MONTH, NULL, NULL, "03-01 03-28 02-01 02-28 14:05" },
    /* A month has no 31st: all of it. */
    { "2026-03-31T14:05", MOS_MEASURE_DAYS_THIS_MONTH, NULL, NULL, "03-01 03-31 02-01 02-28" },
    { "2026-05-31T14:05", MOS_MEASURE_DAYS_THIS_QUARTER, NULL, NULL, "04-01 05-31 01-01 02-28" },
    { "2024-02-29T14:05", MOS_MEASURE_DAYS_THIS_YEAR, NULL, NULL, "01-01 02-29 01-01 02-28" },
    /* Nor does its last day make it a whole one before it is over. */
    { "2026-04-30T14:05", MOS_MEASURE_DAYS_THIS_MONTH, NULL, NULL, "04-01 04-30 03-01 03-30 14:05" },
    { "2026-04-30T14:05", MOS_MEASURE_DAYS_30, NULL, NULL, "04-01 04-30 03-02 03-31 14:05" },
    /* The clocks were changed between the two, and by the clock it is the same hour. */
    { "2026-04-01T02:30", MOS_MEASURE_DAYS_THIS_WEEK, NULL, NULL, "03-30 04-01 03-23 03-25 02:30" },
    /* There was no such hour, but a next one. */
    { "2026-04-05T02:30", MOS_MEASURE_DAYS_THIS_WEEK, NULL, NULL, "03-30 04-05 03-23 03-29 03:00" },
    { "2026-04-06T00:00", MOS_MEASURE_DAYS_THIS_WEEK, NULL, NULL, "04-06 04-06 03-30 03-30" },
    { "2026-04-15T14:05", MOS_MEASURE_DAYS_GIVEN, "2026-04-01", "2026-04-30", "04-01 04-30 03-01 03-15 14:05" },
    { "2026-04-15T14:05", MOS_MEASURE_DAYS_GIVEN, "2026-04-13", "2026-04-19", "04-13 04-19 04-06 04-08 14:05" },
    { "2026-04-15T14:05", MOS_MEASURE_DAYS_GIVEN, "2026-04-20", "2026-04-26", "04-20 04-26 04-13 04-19" },
  };
  static const Step steps[] = {
    { "2026-04-06T10:00", 'A', ASKS },
    { "2026-04-08T14:00", 'B', ASKS },
    /* later than it is now in this week */
    { "2026-04-08T15:00", 'C', ASKS },
    { "2026-04-09T10:00", 'D', ASKS },
    { "2026-04-13T10:00", 'E', ASKS },
    { NULL },
  };
  g_autoptr (Story) story = story_new ();
  g_autoptr (MosMeasureQuery) query = mos_measure_query_new ();
  g_autoptr (MosMeasureReport) report = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *is = NULL;

      story_set_clock (story, cases[i].now);
      is = describe_days (story, cases[i].days, cases[i].from, cases[i].to);
      g_test_message ("%s", cases[i].now);
      g_assert_cmpstr (is, ==, cases[i].expected);
    }
  story_tell (story, steps);
  story_set_clock (story, "2026-04-15T14:30");
  query->compare = TRUE;
  query->step = MOS_MEASURE_STEP_DAY;
  report = story_ask (story, "2026-04-13", "2026-04-19", query);
  g_assert_cmpuint (report->all->counts[MOS_MEASURE_NEW], ==, 1);
  g_assert_cmpuint (report->before->all->counts[MOS_MEASURE_NEW], ==, 2);
  g_assert_cmpuint (report->before->all->n_open, ==, 2);
  g_assert_cmpuint (report->before->points->len, ==, 3);
}

/* --- steps --- */

/* A is open over two midnights and closed on the third day, opened again on the fourth, so that its close does not stand at the end; B, of another channel, is open over one. */
static void
test_points (void)
{
  static const Step steps[] = {
    { "2026-03-28T10:00", 'A', ASKS },
    { "2026-03-29T09:00", 'B', ASKS, "telegram" },
    { "09:30", 'B', ANSWERS },
    { "2026-03-30T10:00", 'A', ANSWERS },
    { "10:00", 'B', CLOSES },
    { "11:00", 'A', CLOSES },
    { "2026-03-31T12:00", 'A', OPENS },
    { NULL },
  };
  /* from, new, closed, not closed at midnight, first responses */
  static const char days[] = "03-28 1 0 0 0; 03-29 1 0 1 1; 03-30 0 1 2 1; 03-31 0 0 0 0; 04-01 0 0 1 0; 04-02 0 0 to come 0; ";
  g_autoptr (Story) story = story_new ();

  story_tell (story, steps);
  story_set_clock (story, "2026-04-01T12:00");
  for (MosMeasureStep step = MOS_MEASURE_STEP_DAY; step < MOS_N_MEASURE_STEPS; step++)
    {
      static const char *const expected[] = { NULL, days, "03-28 2 0 0 1; 03-30 0 1 2 1; ", "03-28 2 1 0 2; 04-01 0 0 1 0; " };
      g_autoptr (MosMeasureQuery) query = mos_measure_query_new ();
      g_autoptr (MosMeasureReport) report = NULL;
      g_autoptr (GString) out = g_string_new (NULL);

      query->step = step;
      report = story_ask (story, "2026-03-28", "2026-04-02", query);
      for (guint i = 0; i < report->points->len; i++)
        {
          const MosMeasurePoint *point = report->points->pdata[i];
          g_autoptr (GString) day = g_string_new (NULL);
          g_autofree char *backlog = point->is_to_come ? g_strdup ("to come") : g_strdup_printf ("%u", point->n_backlog);

          append_day (day, point->from_us, story->zone);
          g_string_append_printf (out, "%s %u %u %s %u; ", day->str, point->n_new, point->n_closed, backlog, point->first_response.n);
        }
      g_assert_cmpstr (out->str, ==, expected[step]);
    }
}

/* --- the rest of the figures --- */

static void
test_nps_interval (void)
{
  /* (71 − 11) ÷ 102 ± 1.96 √((0.6961 + 0.1078 − 0.5882²) ÷ 102) */
  const MosMeasureScores hundred = { .n = 100, .n_good = 70, .n_bad = 10 };
  /* Three promoters are not certain to be all. */
  const MosMeasureScores three = { .n = 3, .n_good = 3 };
  double low, high;

  mos_measure_scores_get_nps_interval (&hundred, &low, &high);
  g_assert_cmpfloat_with_epsilon (low, 45.69, 0.01);
  g_assert_cmpfloat_with_epsilon (high, 71.96, 0.01);
  mos_measure_scores_get_nps_interval (&three, &low, &high);
  g_assert_cmpfloat (low, <, 20);
  g_assert_cmpfloat (high, ==, 100);
}

static void
test_bins (void)
{
  static const struct
  {
    gint64 seconds;
    guint bin;
  } table[] = { { 0, 0 }, { 900, 0 }, { 901, 1 }, { 3600, 1 }, { 7200, 2 }, { 7201, 3 }, { 28800, 4 }, { 86400, 5 }, { 259200, 6 }, { 604800, 7 }, { 604801, 8 }, { 99999999, 8 } };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    g_assert_cmpuint (mos_measure_bin_of (table[i].seconds * S), ==, table[i].bin);
}

static int
compare_values (gconstpointer a,
                gconstpointer b)
{
  const gint64 one = *(const gint64 *) a, other = *(const gint64 *) b;

  return (one > other) - (one < other);
}

/* Quantiles that are found without putting all in order are those that are found by it. */
static void
test_times (void)
{
  static const guint sizes[] = { 1, 2, 3, 9, 10, 11, 511, 512, 513, 4000 };
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);

  for (guint kind = 0; kind < 4; kind++)
    for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
      {
        const guint n = sizes[i];
        g_autofree gint64 *values = g_new (gint64, n);
        g_autofree gint64 *sorted = NULL;
        MosMeasureTimes times;
        gint64 median;

        for (guint k = 0; k < n; k++)
          values[k] = kind == 0 ? g_rand_int_range (rand, 0, 40) : kind == 1 ? (gint64) g_rand_int (rand) << g_rand_int_range (rand, 0, 12)
                                                               : kind == 2   ? 5 * S
                                                                             : (gint64) k * 1000;
        sorted = g_memdup2 (values, n * sizeof *values);
        qsort (sorted, n, sizeof *sorted, compare_values);
        median = n % 2 == 1 ? sorted[n / 2] : sorted[n / 2 - 1] + (sorted[n / 2] - sorted[n / 2 - 1]) / 2;
        mos_measure_times_make (&times, values, n);
        g_assert_cmpuint (times.n, ==, n);
        g_assert_cmpint (times.median_us, ==, median);
        g_assert_cmpint (times.p90_us, ==, sorted[(n * 9 + 9) / 10 - 1]);
        g_assert_cmpint (times.longest_us, ==, sorted[n - 1]);
      }
}

/* What is packed comes out again; what is cut off or changed is never read as something else than nothing, nor beyond its end. */
static void
test_packs (void)
{
  g_auto (MosFactPack) pack = { 0 };
  g_auto (MosFactPack) back = { 0 };
  g_autoptr (GByteArray) data = g_byte_array_new ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (3);
  const MosPackTurn turn = { .opened_at = 1772442000 * S, .closed_at = 1772442600 * S, .about = 300, .by_reply = TRUE };
  const MosPackClose close = { .at = 1772449200 * S, .first_in = 1772442000 * S, .about = 2, .replies = 1, .automatic_replies = 200, .received = 3 };
  const MosPackState state = { .at = 1772442000 * S, .about = 1, .status = MOS_STATUS_SNOOZED };
  const MosPackLabel label = { .at = 1772442001 * S, .word = 5, .kind = MOS_PACK_UNTAG };
  const MosPackAnswer answer = { .at = 1700000000 * S, .about = 9 };

  mos_fact_pack_init (&pack);
  mos_fact_pack_init (&back);
  pack.whole = (MosPackWhole) { .first_in = 1772442000 * S, .responded_at = 1772442600 * S, .about = 7 };
  g_array_append_val (pack.turns, turn);
  g_array_append_val (pack.closes, close);
  g_array_append_val (pack.states, state);
  g_array_append_val (pack.labels, label);
  g_array_append_val (pack.answers, answer);
  mos_fact_pack_encode (&pack, data);
  g_assert_true (mos_fact_pack_decode (&back, data->data, data->len));
  g_assert_cmpmem (&back.whole, sizeof back.whole, &pack.whole, sizeof pack.whole);
  g_assert_cmpint (g_array_index (back.turns, MosPackTurn, 0).closed_at, ==, turn.closed_at);
  g_assert_cmpuint (g_array_index (back.closes, MosPackClose, 0).automatic_replies, ==, 200);
  g_assert_cmpint (g_array_index (back.closes, MosPackClose, 0).first_in, ==, close.first_in);
  g_assert_cmpint (g_array_index (back.states, MosPackState, 0).status, ==, MOS_STATUS_SNOOZED);
  g_assert_cmpint (g_array_index (back.labels, MosPackLabel, 0).kind, ==, MOS_PACK_UNTAG);
  g_assert_cmpint (g_array_index (back.answers, MosPackAnswer, 0).at, ==, answer.at);
  /* Another one comes behind it, none that is empty, and nothing of one that is broken. */
  g_assert_true (mos_fact_pack_decode (&back, data->data, data->len));
  g_assert_true (mos_fact_pack_decode (&back, data->data, 0));
  g_assert_cmpint (back.whole.first_in, ==, 0);
  g_assert_cmpuint (back.turns->len, ==, 2);
  g_assert_cmpmem (&g_array_index (back.closes, MosPackClose, 1), sizeof close, &g_array_index (back.closes, MosPackClose, 0), sizeof close);
  for (guint size = 1; size < data->len; size++)
    {
      g_autofree guint8 *part = g_memdup2 (data->data, size);

      g_assert_false (mos_fact_pack_decode (&back, part, size));
      g_assert_cmpint (back.whole.first_in, ==, 0);
      g_assert_cmpuint (back.turns->len, ==, 2);
      g_assert_cmpuint (back.closes->len, ==, 2);
      g_assert_cmpuint (back.states->len, ==, 2);
      g_assert_cmpuint (back.labels->len, ==, 2);
      g_assert_cmpuint (back.answers->len, ==, 2);
    }
  for (guint i = 0; i < 2000; i++)
    {
      g_autofree guint8 *spoilt = g_memdup2 (data->data, data->len);

      spoilt[g_rand_int_range (rand, 0, (gint32) data->len)] = (guint8) g_rand_int_range (rand, 0, 256);
      mos_fact_pack_decode (&back, spoilt, data->len);
    }
}

/* --- scores by the day of their question --- */

static void
assert_scores (Story *story,
               const char *day,
               gboolean by_question,
               guint n,
               gint64 sum)
{
  g_autoptr (MosMeasureQuery) query = mos_measure_query_new ();
  g_autoptr (MosMeasureReport) report = NULL;

  query->filter = mos_measure_filter_new ();
  query->filter->by_question = by_question;
  report = story_ask (story, day, day, query);
  g_assert_cmpuint (report->all->csat.n, ==, n);
  g_assert_cmpint (report->all->csat.sum, ==, sum);
}

/* A was asked on Monday and answered on Wednesday; what B said on Wednesday nobody had asked for, and is of that day either way. */
static void
test_by_question (void)
{
  static const Step steps[] = {
    { "2026-03-02T10:00", 'A', ASKS },
    { "10:00", 'B', ASKS },
    { "11:00", 'A', ASKED_CSAT },
    { "2026-03-04T09:00", 'A', SCORES, "5" },
    { "10:00", 'B', CSAT, "2" },
    { NULL },
  };
  g_autoptr (Story) story = story_new ();

  story_tell (story, steps);
  assert_scores (story, "2026-03-02", FALSE, 0, 0);
  assert_scores (story, "2026-03-04", FALSE, 2, 7);
  assert_scores (story, "2026-03-02", TRUE, 1, 5);
  assert_scores (story, "2026-03-04", TRUE, 1, 2);
}

/* --- macros, products, the journey --- */

#define ORDER(id, customer, at, sku)                                                                                                                                                                                                             \
  "INSERT INTO shop_order (id, shop, remote_id, number, number_folded, number_digits, status, status_kind, payment, fulfilment, created_at, modified_at, currency, total, refunded, email, phone, name, country, address, admin_url,"            \
  " customer_url, note, customer, seen_at, digest) SELECT '" id "', 'shop', '" id "', '" id "', '" id "', '', '', 'delivered', '', '', unixepoch ('" at "') * 1000000, 0, 'EUR', '1', '0', '', '', '', '', '', '', '', '', " customer ", 0, '';" \
  "INSERT INTO order_item (shop_order, position, name, sku, variant, quantity, price, total, picture_url) VALUES ('" id "', 1, 'A lamp', '" sku "', '', '1', '1', '1', '');"                                                                     \
  "INSERT INTO order_shipment (shop_order, position, carrier, number, url, status, shipped_at, delivered_at, expected_at) VALUES ('" id "', 1, 'Post', '', '', '', 0, 0, 0);"

static void
ensure_shop (Story *story)
{
  sql (story, 0, "INSERT INTO shop (id, kind, name, base_url, settings, currency, position) VALUES ('shop', 'woocommerce', '', '', '{}', 'EUR', 1)");
}

/* The only customer writes, has ordered, is answered with a macro, has it closed, orders again and would recommend the shop. */
static void
test_journey (void)
{
  static const Step steps[] = { { "2026-03-02T10:00", 'A', ASKS }, { "11:00", 'A', ANSWERS }, { NULL } };
  static const Step later[] = { { "2026-03-03T10:00", 'A', CLOSES }, { NULL } };
  static const Step praise[] = { { "2026-03-05T12:00", 'A', NPS, "10" }, { "12:01", 'A', CSAT, "5" }, { NULL } };
  g_autoptr (Story) story = story_new ();
  g_autoptr (MosMeasureQuery) query = mos_measure_query_new ();
  g_autoptr (MosMeasureLook) look = mos_measure_look_new ();
  static const struct
  {
    const char *sql;
    const Step *steps;
    guint expected[6];
  } table[] = {
    { NULL, NULL, { 1, 0, 0, 0, 0, 0 } },
    { ORDER ("o1", "(SELECT customer FROM conversation LIMIT 1)", "2026-03-01", "LAMP"), NULL, { 1, 1, 1, 0, 0, 0 } },
    { NULL, later, { 1, 1, 1, 1, 0, 0 } },
    { ORDER ("o2", "(SELECT customer FROM conversation LIMIT 1)", "2026-03-04", "LAMP"), NULL, { 1, 1, 1, 1, 1, 0 } },
    { NULL, praise, { 1, 1, 1, 1, 1, 1 } },
  };
  g_autoptr (MosMeasureReport) groups = NULL;

  story_tell (story, steps);
  ensure_shop (story);
  query->with_journey = TRUE;
  look->query = mos_measure_query_new ();
  look->query->from = g_strdup ("2026-03-02");
  look->query->to = g_strdup ("2026-03-31");
  look->part = MOS_MEASURE_WHOLE;
  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (MosMeasureReport) report = NULL;
      const guint *is;

      if (table[i].sql != NULL)
        sql (story, 0, table[i].sql);
      if (table[i].steps != NULL)
        story_tell (story, table[i].steps);
      story_set_clock (story, "2026-03-06T12:00");
      report = story_ask (story, "2026-03-02", "2026-03-31", query);
      is = &report->journey.n_contact;
      for (guint stage = 0; stage < 6; stage++)
        {
          g_autoptr (MosMeasureRows) rows = NULL;

          look->number = MOS_NUMBER_JOURNEY_CONTACT + stage;
          rows = story_list (story, look);
          g_assert_cmpuint (is[stage], ==, table[i].expected[stage]);
          g_assert_cmpuint (rows->n, ==, is[stage]);
        }
    }

  /* What it is about, and what was used to answer it, are groups and filters, too. */
  sql (story, 'A', "INSERT INTO conversation_order (conversation, shop_order, proof) VALUES (?1, 'o1', 'hand')");
  sql (story, 0, "INSERT INTO macro (id, name, shortcode, folder, for_notes, texts, actions, attachments, updated_at) VALUES ('m1', 'Lamps', '', '', 0, '{}', '[]', '[]', 0)");
  sql (story, 'A', "INSERT INTO macro_use (macro, message, language, used_at) SELECT 'm1', message, 'en', at FROM event WHERE conversation = ?1 AND kind = 'sent'");
  story_tell (story, (const Step[]) { { "2026-03-06T13:00", 'A', TAG, "lamp" }, { NULL } });
  query->by = 1u << MOS_MEASURE_BY_MACRO | 1u << MOS_MEASURE_BY_PRODUCT;
  groups = story_ask (story, "2026-03-02", "2026-03-31", query);
  g_assert_cmpuint (groups->groups[MOS_MEASURE_BY_MACRO]->len, ==, 1);
  g_assert_cmpuint (groups->groups[MOS_MEASURE_BY_PRODUCT]->len, ==, 1);
  for (guint i = 0; i < 2; i++)
    {
      const MosMeasureBy by = i == 0 ? MOS_MEASURE_BY_MACRO : MOS_MEASURE_BY_PRODUCT;
      const MosMeasureFigures *figures = groups->groups[by]->pdata[0];
      g_autoptr (MosMeasureQuery) filtered = mos_measure_query_new ();
      g_autoptr (MosMeasureReport) one = NULL;
      g_autoptr (MosMeasureReport) none = NULL;

      g_assert_cmpstr (figures->key, ==, i == 0 ? "m1" : "LAMP");
      g_assert_cmpstr (figures->name, ==, i == 0 ? "Lamps" : "A lamp");
      g_assert_cmpuint (figures->counts[MOS_MEASURE_NEW], ==, 1);
      g_assert_cmpuint (figures->csat.n, ==, 1);
      /* one of the customer, one of ours */
      g_assert_cmpuint (figures->n_messages, ==, 2);
      filtered->filter = mos_measure_filter_new ();
      filtered->filter->only[by] = g_strdup (figures->key);
      one = story_ask (story, "2026-03-02", "2026-03-31", filtered);
      g_assert_cmpuint (one->all->nps.n, ==, 1);
      g_set_str (&filtered->filter->only[by], "");
      none = story_ask (story, "2026-03-02", "2026-03-31", filtered);
      g_assert_cmpuint (none->all->nps.n, ==, 0);
      g_assert_cmpuint (none->all->counts[MOS_MEASURE_NEW], ==, 0);
    }
}

/* --- words --- */

static char *
list_phrases (const char *text,
              const char *language,
              const char *name)
{
  g_autoptr (GPtrArray) phrases = mos_phrases_list (text, language, name);
  g_autoptr (GString) out = g_string_new (NULL);

  for (guint i = 0; i < phrases->len; i++)
    g_string_append_printf (out, "%s%s", i > 0 ? ", " : "", ((MosPhrase *) phrases->pdata[i])->shown);
  return g_strdup (out->str);
}

static void
test_phrases (void)
{
  static const struct
  {
    const char *text;
    const char *language;
    const char *expected;
  } table[] = {
    { "Hello, I ordered a lamp. When will the parcel arrive? Thanks, Ana Groß", "en", "parcel arrive" },
    /* without a question mark, one sentence is the question */
    { "Invoice for order 1042", "en", "invoice order" },
    { "Thank you.\n\nBest regards", "en", "" },
    { "¿Cuándo llega mi pedido?", "es", "llega pedido" },
    { "Wann kommt das Paket an?", "de", "kommt paket" },
    { "Où est mon colis ?", "fr", "colis" },
    { "متى يصل الطرد؟", "ar", "يصل الطرد" },
    { "Can I return the green lamp?", "en", "return green lamp, return green, green lamp" },
    { "", NULL, "" },
  };
  g_autoptr (GPtrArray) one = mos_phrases_list ("Return the lamps?", "en", NULL);
  g_autoptr (GPtrArray) other = mos_phrases_list ("Is the lamp for return?", "en", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autofree char *phrases = list_phrases (table[i].text, table[i].language, "Ana Groß");

      g_assert_cmpstr (phrases, ==, table[i].expected);
    }
  /* One key for one and several, in any order */
  g_assert_cmpstr (((MosPhrase *) one->pdata[0])->key, ==, "lamp return");
  g_assert_cmpstr (((MosPhrase *) other->pdata[0])->key, ==, "lamp return");
}

static gboolean
do_insights (MosTxn *txn,
             gpointer data,
             GCancellable *cancellable,
             GError **error)
{
  Call *call = data;
  g_auto (MosReportPeriod) period = { 0 };

  if (!mos_reports_find_period (txn, "2026-03-09", "2026-03-15", &period, error))
    return FALSE;
  call->insights = mos_insights_make (txn, call->story->cache, &period, NULL, NULL, error);
  call->week = mos_insights_make_week (txn, call->story->cache, 1, NULL, error);
  return call->insights != NULL && call->week != NULL;
}

#define WORDS(text) "UPDATE message_text SET reply_text = '" text "' WHERE seq = (SELECT min (seq) FROM message WHERE conversation = ?1)"

/* Four customers ask when the parcel arrives, in the week before it was one; two of these orders came with the Post, of three that were sold; one praises the shop, one is angry. */
static void
test_insights (void)
{
  static const Step steps[] = {
    { "2026-03-03T10:00", 'A', ASKS },
    { "10:00", 'B', ASKS },
    { "10:00", 'C', ASKS },
    { "10:30", 'A', ANSWERS },
    { "10:30", 'B', ANSWERS },
    { "10:30", 'C', ANSWERS },
    { "10:30", 'A', CLOSES },
    { "10:30", 'B', CLOSES },
    { "10:30", 'C', CLOSES },
    { "2026-03-10T10:00", 'D', ASKS },
    { "10:00", 'E', ASKS },
    { "10:00", 'F', ASKS },
    { "10:00", 'G', ASKS },
    { "12:00", 'D', ANSWERS },
    { "12:00", 'E', ANSWERS },
    { "12:00", 'F', ANSWERS },
    { "2026-03-11T12:00", 'D', CSAT, "5" },
    { "12:01", 'E', CSAT, "1" },
    { NULL },
  };
  g_autoptr (Story) story = story_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) told = g_string_new (NULL);
  Call call = { .story = story };
  const MosInsight *first;

  story_tell (story, steps);
  ensure_shop (story);
  sql (story, 'A', WORDS ("Where is my parcel?"));
  sql (story, 'B', WORDS ("Which colours does the lamp have?"));
  sql (story, 'C', WORDS ("May I have an invoice?"));
  sql (story, 'D', WORDS ("When will my parcel arrive?"));
  sql (story, 'E', WORDS ("Hello! Will the parcels arrive soon? Strike!"));
  sql (story, 'F', WORDS ("Does my parcel arrive today, with the strike?"));
  sql (story, 'G', WORDS ("The strike! When does it arrive, the parcel?"));
  sql (story, 0, "UPDATE survey SET comment = 'Quick and friendly, thank you' WHERE score = 5");
  sql (story, 0, ORDER ("o1", "NULL", "2026-03-09", "LAMP") ORDER ("o2", "NULL", "2026-03-10", "LAMP") ORDER ("o3", "NULL", "2026-03-11", "LAMP"));
  sql (story, 'D', "INSERT INTO conversation_order (conversation, shop_order, proof) VALUES (?1, 'o1', 'hand')");
  sql (story, 'E', "INSERT INTO conversation_order (conversation, shop_order, proof) VALUES (?1, 'o2', 'hand')");
  story_set_clock (story, "2026-03-16T09:00");
  mos_store_read_sync (story->f->store, do_insights, &call, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < call.insights->len; i++)
    {
      const MosInsight *insight = call.insights->pdata[i];

      g_string_append_printf (told, "%s %s %u %u %u %u; ", mos_insight_kind_to_nick (insight->kind), insight->key, insight->n, insight->n_before, insight->n_of, g_strv_length (insight->conversations));
    }
  first = call.insights->pdata[0];
  g_assert_cmpint (first->kind, ==, MOS_INSIGHT_QUESTION);
  g_assert_cmpstr (first->key, ==, "arrive parcel");
  g_assert_cmpuint (first->n, ==, 4);
  g_assert_nonnull (strchr (first->example, '?'));
  g_test_message ("%s", told->str);
  g_assert_nonnull (strstr (told->str, "question arrive parcel 4 0 4 4; "));
  g_assert_nonnull (strstr (told->str, "product LAMP 2 0 3 2; "));
  g_assert_nonnull (strstr (told->str, "carrier Post 2 0 3 2; "));
  g_assert_nonnull (strstr (told->str, "unanswered arrive parcel 4 0 4 4; "));
  g_assert_nonnull (strstr (told->str, "testimonial "));
  /* The same in any way, and what is said as often as before does not stand out. */
  g_assert_null (strstr (told->str, "word lamp"));

  g_assert_cmpfloat (call.week->numbers[MOS_WEEK_NEW].value, ==, 4);
  g_assert_cmpfloat (call.week->numbers[MOS_WEEK_NEW].before, ==, 3);
  g_assert_cmpfloat (call.week->numbers[MOS_WEEK_FIRST_RESPONSE].value, ==, 7200.0 * S);
  g_assert_cmpfloat (call.week->numbers[MOS_WEEK_FIRST_RESPONSE].before, ==, 1800.0 * S);
  g_assert_cmpuint (call.week->numbers[MOS_WEEK_RESOLUTION].n, ==, 0);
  g_assert_cmpfloat (call.week->numbers[MOS_WEEK_CSAT].value, ==, 3);
  g_assert_cmpfloat (call.week->numbers[MOS_WEEK_BACKLOG].value, ==, 4);
  g_assert_cmpfloat (call.week->numbers[MOS_WEEK_BACKLOG].before, ==, 0);
  g_assert_cmpuint (call.week->hints->len, ==, 3);
  g_assert_cmpint (((MosWeekHint *) call.week->hints->pdata[0])->kind, ==, MOS_WEEK_HINT_LOW_SCORES);
  g_assert_cmpint (((MosWeekHint *) call.week->hints->pdata[1])->kind, ==, MOS_WEEK_HINT_WAITING);
  g_assert_cmpint (((MosWeekHint *) call.week->hints->pdata[2])->kind, ==, MOS_WEEK_HINT_TESTIMONIAL);
  g_ptr_array_unref (call.insights);
  mos_week_unref (call.week);
}

int
main (int argc,
      char *argv[])
{
  mos_test_init (&argc, &argv);
  g_test_add_func ("/measures/days", test_days);
  g_test_add_func ("/measures/part", test_part);
  g_test_add_func ("/measures/points", test_points);
  g_test_add_func ("/measures/nps-interval", test_nps_interval);
  g_test_add_func ("/measures/bins", test_bins);
  g_test_add_func ("/measures/times", test_times);
  g_test_add_func ("/measures/packs", test_packs);
  g_test_add_func ("/measures/by-question", test_by_question);
  g_test_add_func ("/measures/journey", test_journey);
  g_test_add_func ("/measures/phrases", test_phrases);
  g_test_add_func ("/measures/insights", test_insights);
  return g_test_run ();
}
