/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "core/desk/mos-calendars.h"
#include "core/desk/mos-reports.h"
#include "core/store/mos-store-events.h"
#include "core/store/mos-store-private.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* reports PROFILE CONVERSATIONS: makes a desk of five years with five messages to each conversation, where there is none yet, and asks for a dashboard of all of it: the first one, the same with
 * filters, by each group, of a month; and the main figures by plain SQL straight over the events, which have to be the same. Prints lines of JSON; CPU time in milliseconds. */

#define START_US G_GINT64_CONSTANT (1609459200000000) /* 2021-01-01 */
#define DAYS (5 * 365)
#define ACCOUNTS 4
#define N_CUSTOMERS(n) ((n) / 4 + 1)
#define RUNS 9

typedef struct
{
  guint n;
  MosReportCache *cache;
  MosMeasureQuery *query;
  MosMeasureReport *report;
  double ms;
  gint64 plain[5];
} Bench;

static void
must (gboolean ok,
      GError *error)
{
  if (!ok)
    g_error ("%s", error != NULL ? error->message : "?");
}

static double
cpu_ms (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return (double) now.tv_sec * 1e3 + (double) now.tv_nsec / 1e6;
}

/* --- the desk --- */

static gboolean
add_event (MosTxn *txn,
           const char *conversation,
           guint *n,
           gint64 at_us,
           const char *kind,
           const char *from,
           const char *to,
           gboolean automatic,
           guint seed,
           GError **error)
{
  static const char *const channels[ACCOUNTS] = { "email", "telegram", "whatsapp", "email" };
  static const char *const languages[] = { "en", "es", "de", "fr", "it" };
  g_autofree char *id = g_strdup_printf ("e-%s-%u", conversation, (*n)++);
  g_autofree char *account = g_strdup_printf ("account%u", seed % ACCOUNTS);
  g_autofree char *category = seed % 7 == 0 ? NULL : g_strdup_printf ("category%u", seed % 9);
  g_autofree char *agent = g_strdup_printf ("agent%u", seed % 3);
  const gboolean is_human = g_str_equal (kind, "sent") ? !automatic : g_str_equal (kind, "status") || g_str_equal (kind, "tag");

  return mos_database_exec (txn->database, error,
                            "INSERT INTO event (id, at, recorded_at, conversation, kind, actor_kind, actor, \"from\", \"to\", automatic, archive, account, channel, category, assignee, language, batch)"
                            " VALUES (?1, ?2, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, 0, ?10, ?11, ?12, ?6, ?13, 0)",
                            "tittttttdtttt", id, at_us, conversation, kind, is_human ? "human" : g_str_equal (kind, "received") ? "customer"
                                                                                                                               : "system",
                            agent, from, to, automatic ? 1 : 0, account, channels[seed % ACCOUNTS], category, languages[seed / 3 % G_N_ELEMENTS (languages)]);
}

static gboolean
add_conversation (MosTxn *txn,
                  GRand *chance,
                  guint i,
                  guint n,
                  GError **error)
{
  g_autofree char *id = g_strdup_printf ("%032x", i + 1);
  g_autofree char *customer = g_strdup_printf ("customer%06u", (guint) g_rand_int_range (chance, 0, (gint32) N_CUSTOMERS (n)));
  g_autofree char *account = NULL;
  const guint seed = g_rand_int (chance) >> 1;
  gint64 at_us = START_US + (gint64) ((double) i / n * DAYS * G_TIME_SPAN_DAY) + g_rand_int_range (chance, 0, 3600) * G_TIME_SPAN_SECOND;
  const gboolean is_open = i + 300 > n && seed % 2 == 0;
  guint event = 0;

  account = g_strdup_printf ("account%u", seed % ACCOUNTS);
  if (!mos_database_exec (txn->database, error,
                          "INSERT INTO conversation (id, account, channel, customer, subject, status, priority, created_at, updated_at, place) VALUES (?1, ?2, 'email', ?3, 'Where is it?', ?4, 'normal', ?5, ?5, ?4)",
                          "ttttit", id, account, customer, is_open ? "open" : "closed", at_us) ||
      !add_event (txn, id, &event, at_us, "received", NULL, NULL, FALSE, seed, error) ||
      (seed % 3 == 0 && !add_event (txn, id, &event, at_us + 5 * G_TIME_SPAN_SECOND, "sent", NULL, NULL, TRUE, seed, error)) ||
      (seed % 5 == 0 && !add_event (txn, id, &event, at_us + G_TIME_SPAN_MINUTE, "tag", NULL, seed % 2 == 0 ? "parcel" : "gift", FALSE, seed, error)))
    return FALSE;
  for (guint turn = 0; turn < 2; turn++)
    {
      at_us += (gint64) (g_rand_double (chance) * g_rand_double (chance) * 2 * G_TIME_SPAN_DAY) + G_TIME_SPAN_MINUTE;
      if (!add_event (txn, id, &event, at_us, "sent", NULL, NULL, FALSE, seed, error))
        return FALSE;
      at_us += g_rand_int_range (chance, 60, 40000) * G_TIME_SPAN_SECOND;
      if (turn == 0 && !add_event (txn, id, &event, at_us, "received", NULL, NULL, FALSE, seed, error))
        return FALSE;
    }
  if (is_open)
    return TRUE;
  if (!add_event (txn, id, &event, at_us, "status", "open", "closed", FALSE, seed, error))
    return FALSE;
  if (seed % 11 == 0 && (!add_event (txn, id, &event, at_us + G_TIME_SPAN_HOUR, "status", "closed", "open", FALSE, seed, error) || !add_event (txn, id, &event, at_us + 5 * G_TIME_SPAN_HOUR, "status", "open", "closed", FALSE, seed, error)))
    return FALSE;
  return seed % 10 != 0 || mos_database_exec (txn->database, error,
                                              "INSERT INTO survey (id, kind, state, source, account, conversation, customer, asked_at, answered_at, score) VALUES (?1, ?2, ?3, 'survey', ?4, ?5, ?6, ?7, ?8, nullif (?9, -1))",
                                              "ttttttiii", id, seed % 20 == 0 ? "nps" : "csat", seed % 3 == 0 ? "answered" : "expired", account, id, customer, at_us + G_TIME_SPAN_HOUR, seed % 3 == 0 ? at_us + 2 * G_TIME_SPAN_HOUR : G_GINT64_CONSTANT (0),
                                              seed % 3 == 0 ? (gint64) (1 + seed / 7 % 5) : G_GINT64_CONSTANT (-1));
}

static gboolean
do_begin (MosTxn *txn,
          gpointer data,
          GCancellable *cancellable,
          GError **error)
{
  const Bench *bench = data;
  g_autoptr (MosCalendar) calendar = mos_calendar_parse ("zone Europe/Madrid\nmon 09:00-17:00\ntue 09:00-17:00\nwed 09:00-17:00\nthu 09:00-13:00 15:00-19:00\nfri 09:00-17:00\n", NULL);

  if (calendar == NULL || !mos_calendars_set (txn, calendar, FALSE, error) ||
      !mos_database_run_script (txn->database, "INSERT INTO shop (id, kind, name, base_url, settings, currency, position) VALUES ('shop', 'woocommerce', '', '', '{}', 'EUR', 1)", error))
    return FALSE;
  for (guint i = 0; i < ACCOUNTS; i++)
    {
      g_autofree char *id = g_strdup_printf ("account%u", i);

      if (!mos_database_exec (txn->database, error,
                              "INSERT INTO account (id, kind, name, address, imap_host, imap_port, imap_user, imap_security, smtp_host, smtp_port, smtp_user, smtp_security, signature, work_since, server_files_sent, position)"
                              " VALUES (?1, 'email', ?1, '', '', 0, '', 'tls', '', 0, '', 'tls', '', 0, 0, 0)",
                              "t", id))
        return FALSE;
    }
  for (guint i = 0; i < N_CUSTOMERS (bench->n); i++)
    {
      g_autofree char *id = g_strdup_printf ("customer%06u", i);
      const gint64 at_us = START_US + (gint64) ((double) i / N_CUSTOMERS (bench->n) * DAYS * G_TIME_SPAN_DAY);

      if (!mos_database_exec (txn->database, error, "INSERT INTO customer (id, name, first_seen) VALUES (?1, ?1, ?2)", "ti", id, at_us))
        return FALSE;
      for (guint k = 0; k < 2; k++)
        {
          g_autofree char *order = g_strdup_printf ("order%u-%u", i, k);

          if (!mos_database_exec (txn->database, error,
                                  "INSERT INTO shop_order (id, shop, remote_id, number, number_folded, number_digits, status, status_kind, payment, fulfilment, created_at, modified_at, currency, total, refunded, email, phone, name,"
                                  " country, address, admin_url, customer_url, note, customer, seen_at, digest)"
                                  " VALUES (?1, 'shop', ?1, ?1, ?1, '', '', 'delivered', '', '', ?2, ?2, 'EUR', '1', '0', '', '', '', '', '', '', '', '', ?3, ?2, '')",
                                  "tit", order, at_us + k * 90 * G_TIME_SPAN_DAY, id))
            return FALSE;
        }
    }
  return TRUE;
}

static gboolean
do_fill (MosTxn *txn,
         gpointer data,
         GCancellable *cancellable,
         GError **error)
{
  const Bench *bench = data;
  g_autoptr (GRand) chance = g_rand_new_with_seed (1);

  for (guint i = 0; i < bench->n; i++)
    if (!add_conversation (txn, chance, i, bench->n, error))
      return FALSE;
  return mos_store_facts_rebuild (txn, error);
}

/* --- the figures --- */

static gboolean
do_report (MosTxn *txn,
           gpointer data,
           GCancellable *cancellable,
           GError **error)
{
  Bench *bench = data;
  g_auto (MosReportPeriod) period = { 0 };
  const double start = cpu_ms ();

  must (mos_reports_find_days (txn, bench->query, &period, error), *error);
  g_clear_pointer (&bench->report, mos_measure_report_unref);
  bench->report = mos_reports_make (txn, bench->cache, &period, bench->query, error);
  bench->ms = cpu_ms () - start;
  return bench->report != NULL;
}

/* By the events alone: how many began, how many were answered, how long that took together; how many are closed, and how long that took together. */
static gboolean
do_plain (MosTxn *txn,
          gpointer data,
          GCancellable *cancellable,
          GError **error)
{
  static const char sql[] =
      "WITH live AS (SELECT e.conversation, e.kind, e.at, e.seq, e.automatic, e.\"to\" FROM event e JOIN conversation c ON c.id = e.conversation WHERE e.undone = 0 AND e.archive = 0 AND e.kind IN ('received', 'sent', 'status')"
      "  AND c.status <> 'spam' AND c.deleted_at = 0 AND c.merged_into IS NULL),"
      " firsts AS (SELECT conversation, min (at) AS began FROM live WHERE kind = 'received' GROUP BY conversation),"
      " answers AS (SELECT f.conversation, f.began, min (l.at) AS ended FROM firsts f JOIN live l ON l.conversation = f.conversation AND l.kind = 'sent' AND l.automatic = 0 AND l.at > f.began GROUP BY f.conversation),"
      " lasts AS (SELECT conversation, \"to\" AS status, at, max (at * 1000 + seq % 1000) FROM live WHERE kind = 'status' GROUP BY conversation)"
      " SELECT (SELECT count (*) FROM firsts WHERE began >= ?1 AND began < ?2), (SELECT count (*) FROM answers WHERE ended >= ?1 AND ended < ?2), (SELECT total (ended - began) FROM answers WHERE ended >= ?1 AND ended < ?2),"
      " (SELECT count (*) FROM lasts WHERE status = 'closed' AND at >= ?1 AND at < ?2), (SELECT total (l.at - f.began) FROM lasts l JOIN firsts f USING (conversation) WHERE l.status = 'closed' AND l.at >= ?1 AND l.at < ?2)";
  Bench *bench = data;
  const double start = cpu_ms ();
  g_autoptr (MosStatement) statement = mos_database_query (txn->database, error, sql, "ii", bench->report->from_us, bench->report->to_us);

  must (statement != NULL && mos_statement_step (statement, error) > 0, *error);
  for (int i = 0; i < 5; i++)
    bench->plain[i] = mos_statement_get_int (statement, i);
  bench->ms = cpu_ms () - start;
  return TRUE;
}

static void
run (MosStore *store,
     Bench *bench,
     const char *what,
     guint runs,
     gboolean is_cold)
{
  for (guint i = 0; i < runs; i++)
    {
      GError *error = NULL;

      if (is_cold)
        {
          g_clear_pointer (&bench->cache, mos_report_cache_unref);
          bench->cache = mos_report_cache_new ();
        }
      must (mos_store_read_sync (store, do_report, bench, NULL, &error), error);
      printf ("{\"what\": \"%s\", \"cpu_ms\": %.1f, \"new\": %u}\n", what, bench->ms, bench->report->all->counts[MOS_MEASURE_NEW]);
    }
}

int
main (int argc,
      char *argv[])
{
  g_autoptr (MosClock) clock = NULL;
  g_autoptr (MosMeasureFilter) telegram = mos_measure_filter_new ();
  g_autoptr (MosMeasureFilter) parcel = mos_measure_filter_new ();
  Bench bench = { .n = argc > 2 ? (guint) strtoul (argv[2], NULL, 10) : 0 };
  const MosMeasureFigures *all;
  g_autofree char *file = NULL;
  gboolean is_there;
  MosStore *store;
  GError *error = NULL;

  if (bench.n == 0)
    {
      fprintf (stderr, "reports PROFILE CONVERSATIONS\n");
      return 2;
    }
  clock = mos_manual_clock_new (START_US + DAYS * G_TIME_SPAN_DAY);
  file = g_build_filename (argv[1], "mostrador.db", NULL);
  is_there = g_file_test (file, G_FILE_TEST_EXISTS);
  store = mos_store_open_sync (argv[1], MOS_STORE_OPEN_DEFAULT, clock, NULL, &error);
  must (store != NULL, error);
  if (!is_there)
    {
      must (mos_store_write_sync (store, NULL, NULL, do_begin, &bench, NULL, NULL, &error), error);
      must (mos_store_write_sync (store, NULL, NULL, do_fill, &bench, NULL, NULL, &error), error);
    }

  bench.query = mos_measure_query_new ();
  bench.query->from = g_strdup ("2021-01-01");
  bench.query->step = MOS_MEASURE_STEP_MONTH;
  bench.query->compare = TRUE;
  run (store, &bench, "cold", 3, TRUE);
  run (store, &bench, "again", RUNS, FALSE);
  must (mos_store_read_sync (store, do_plain, &bench, NULL, &error), error);
  all = bench.report->all;
  printf ("{\"what\": \"plain\", \"cpu_ms\": %.1f, \"same\": %s}\n", bench.ms,
          bench.plain[0] == all->counts[MOS_MEASURE_NEW] && bench.plain[1] == all->clock[MOS_MEASURE_FIRST_RESPONSE].n && bench.plain[2] / MAX (bench.plain[1], 1) == all->clock[MOS_MEASURE_FIRST_RESPONSE].mean_us &&
                  bench.plain[3] == all->counts[MOS_MEASURE_CLOSED] && bench.plain[4] / MAX (bench.plain[3], 1) == all->clock[MOS_MEASURE_RESOLUTION].mean_us
              ? "true"
              : "false");
  telegram->only[MOS_MEASURE_BY_CHANNEL] = g_strdup ("telegram");
  parcel->only[MOS_MEASURE_BY_TAG] = g_strdup ("parcel");
  bench.query->filter = telegram;
  run (store, &bench, "filter-channel", RUNS, FALSE);
  bench.query->filter = parcel;
  run (store, &bench, "filter-tag", RUNS, FALSE);
  bench.query->filter = NULL;
  bench.query->compare = FALSE;
  bench.query->step = MOS_MEASURE_STEP_NONE;
  for (MosMeasureBy by = MOS_MEASURE_BY_CHANNEL; by < MOS_N_MEASURE_BY; by++)
    {
      g_autofree char *what = g_strconcat ("by-", mos_measure_by_to_nick (by), NULL);

      bench.query->by = 1u << by;
      run (store, &bench, what, 3, FALSE);
    }
  bench.query->by = 0;
  bench.query->with_journey = TRUE;
  run (store, &bench, "journey", 3, FALSE);
  bench.query->with_journey = FALSE;
  bench.query->days = MOS_MEASURE_DAYS_30;
  bench.query->compare = TRUE;
  bench.query->step = MOS_MEASURE_STEP_DAY;
  run (store, &bench, "30-days", RUNS, FALSE);
  g_clear_pointer (&bench.report, mos_measure_report_unref);
  mos_measure_query_unref (bench.query);
  mos_report_cache_unref (bench.cache);
  mos_store_close_sync (store);
  g_object_unref (store);
  return 0;
}
