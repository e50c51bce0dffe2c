/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-test"

#include "config.h"

#include "measures-plain.h"

#include "core/base/mos-time.h"
#include "core/store/mos-store-customers.h"
#include "core/store/mos-store-private.h"

#include <string.h>

/* A group is the id or word of what is grouped by, "" where there is none. */
typedef void (*MosMeasureSpanFunc) (const char *group, const char *conversation, gint64 from_us, gint64 to_us, gpointer data);
typedef void (*MosMeasureCountFunc) (const char *group, guint n, gpointer data);
typedef void (*MosMeasureOpenFunc) (const char *group, const char *status, gint64 since_us, gpointer data);
typedef void (*MosMeasureScoreFunc) (const char *group, MosSurveyKind kind, gboolean is_asked, gboolean is_answered, int score, gpointer data);

/* The facts once more, straight from the events, which knows nothing of how the store makes them: plain_conversation, plain_turn and plain_close. Whatever is merged here is so one deep, as the
 * stories have it. */

#define AFTER(e, x) "(" e ".at, " e ".seq) > (" x ".at, " x ".seq)"
#define SENT "kind = 'sent' AND automatic = 0"

static const struct
{
  const char *name;
  const char *select;
} tables[] = {
  { "ev",
    "SELECT seq, conversation, kind, at, \"from\", CASE kind WHEN 'snooze' THEN 'snoozed' ELSE \"to\" END AS \"to\", automatic, account, channel, coalesce (category, '') AS category,"
    " coalesce (language, '') AS language, coalesce (CASE WHEN actor_kind = 'human' AND kind IN ('sent', 'status', 'snooze') THEN actor ELSE assignee END, '') AS agent FROM event e"
    " WHERE undone = 0 AND archive = 0 AND kind IN ('received', 'sent', 'status', 'snooze', 'merge', 'merged', 'delete', 'restore', 'category', 'language', 'assign')"
    " AND NOT (kind = 'sent' AND EXISTS (SELECT 1 FROM message u WHERE u.id = e.message AND u.delivery IN ('failed', 'bounced', 'cancelled')))" },
  /* what counts nowhere: its last word is that it is spam, or deleted */
  { "gone",
    "SELECT DISTINCT conversation FROM ev c WHERE (SELECT \"to\" FROM ev x WHERE x.conversation = c.conversation AND kind IN ('status', 'snooze') ORDER BY at DESC, seq DESC LIMIT 1) = 'spam'"
    " OR (SELECT kind FROM ev x WHERE x.conversation = c.conversation AND kind IN ('delete', 'restore') ORDER BY at DESC, seq DESC LIMIT 1) = 'delete'" },
  { "roots",
    "SELECT DISTINCT conversation AS root FROM ev WHERE conversation NOT IN (SELECT conversation FROM gone) AND conversation NOT IN (SELECT conversation FROM ev WHERE kind = 'merge')" },
  { "joined",
    "SELECT conversation AS root, \"from\" AS part, at, seq FROM ev WHERE kind = 'merged' AND conversation IN (SELECT root FROM roots) AND \"from\" NOT IN (SELECT conversation FROM gone)" },
  { "parts",
    "SELECT root, root AS part, 0 AS at, 0 AS seq FROM roots UNION ALL SELECT * FROM joined" },
  { "ends",
    "SELECT * FROM ev WHERE (" SENT ") OR (kind = 'status' AND \"to\" = 'closed')" },
  { "asks",
    "SELECT p.root, p.part, p.at AS joined_at, p.seq AS joined_seq, e.at, e.seq, (SELECT x.seq FROM ends x WHERE x.conversation = p.part AND " AFTER ("x", "e") " ORDER BY x.at, x.seq LIMIT 1) AS ended"
                                                                                                                                                                " FROM parts p JOIN ev e ON e.conversation = p.part AND e.kind = 'received'" },
  /* what opens one: nothing was asked before it that had the same end; nor was anything brought along that still waited */
  { "opens",
    "SELECT root, at, seq, CASE WHEN ended IS NULL AND part <> root THEN (SELECT x.seq FROM ends x WHERE x.conversation = a.root AND (x.at, x.seq) > (a.joined_at, a.joined_seq) ORDER BY x.at, x.seq LIMIT 1) ELSE ended END AS ended"
    " FROM asks a WHERE NOT EXISTS (SELECT 1 FROM asks b WHERE b.root = a.root AND b.part = a.part AND b.ended IS a.ended AND " AFTER ("a", "b") ")"
                                                                                                                                                 " AND (a.part <> a.root OR NOT EXISTS (SELECT 1 FROM asks b WHERE b.root = a.root AND b.part <> b.root AND b.ended IS NULL AND (a.at, a.seq) > (b.joined_at, b.joined_seq)"
                                                                                                                                                 " AND NOT EXISTS (SELECT 1 FROM ends x WHERE x.conversation = a.root AND (x.at, x.seq) > (b.joined_at, b.joined_seq) AND " AFTER ("a", "x") ")))" },
  { "plain_turn",
    "SELECT o.root AS conversation, o.at AS opened_at, o.seq AS position, coalesce (x.at, 0) AS closed_at, CASE x.kind WHEN 'sent' THEN 'reply' WHEN 'status' THEN 'closed' END AS closed_by,"
    " w.account, w.channel, w.category, w.language, w.agent FROM opens o LEFT JOIN ev x ON x.seq = o.ended JOIN ev w ON w.seq = coalesce (o.ended, o.seq)" },
  /* where nothing had been asked, all that was in what was merged is its begin, and what was before is none of it */
  { "adopted",
    "SELECT * FROM joined j WHERE EXISTS (SELECT 1 FROM ev x WHERE x.conversation = j.part AND x.kind = 'received')"
    " AND NOT EXISTS (SELECT 1 FROM ev x WHERE x.conversation = j.root AND x.kind = 'received' AND " AFTER ("j", "x") ")" },
  { "told",
    "SELECT e.conversation AS root, e.* FROM ev e WHERE e.kind IN ('received', 'sent') AND e.conversation IN (SELECT root FROM roots) AND NOT EXISTS (SELECT 1 FROM adopted j WHERE j.root = e.conversation AND " AFTER ("j", "e") ")"
                                                                                                                                                                                                                                   " UNION ALL SELECT j.root, e.* FROM adopted j JOIN ev e ON e.conversation = j.part AND e.kind IN ('received', 'sent')" },
  { "firsts",
    "SELECT * FROM told e WHERE kind = 'received' AND NOT EXISTS (SELECT 1 FROM told x WHERE x.root = e.root AND x.kind = 'received' AND " AFTER ("e", "x") ")" },
  { "said",
    "SELECT f.root, f.at, f.seq, (SELECT x.seq FROM told x WHERE x.root = f.root AND " SENT " AND " AFTER ("x", "f") " ORDER BY x.at, x.seq LIMIT 1) AS answer,"
                                                                                                                     " (SELECT x.seq FROM told x WHERE x.root = f.root AND kind = 'sent' AND " AFTER ("x", "f") " ORDER BY x.at, x.seq LIMIT 1) AS word FROM firsts f" },
  { "plain_conversation",
    "SELECT s.root AS conversation, s.at AS first_in, s.seq AS first_seq, coalesce (a.at, 0) AS responded_at, coalesce ((SELECT w.at FROM ev w WHERE w.seq = s.word AND w.automatic = 1), 0) AS acknowledged_at,"
    " l.account, l.channel, l.category, l.language, l.agent FROM said s LEFT JOIN ev a ON a.seq = s.answer"
    " JOIN ev l ON l.seq = coalesce (s.answer, (SELECT x.seq FROM ev x WHERE x.conversation = s.root ORDER BY x.at DESC, x.seq DESC LIMIT 1))" },
  /* spam in between is nothing: what it was before that */
  { "states",
    "SELECT e.*, CASE WHEN \"from\" <> 'spam' THEN \"from\" ELSE (SELECT x.\"from\" FROM ev x WHERE x.conversation = e.conversation AND x.kind IN ('status', 'snooze') AND x.\"from\" <> 'spam' AND " AFTER ("e", "x") " ORDER BY x.at DESC, x.seq DESC LIMIT 1) END AS was"
                                                                                                                                                                                                                       " FROM ev e WHERE kind IN ('status', 'snooze') AND conversation IN (SELECT root FROM roots)" },
  { "shut",
    "SELECT s.*, ifnull (f.first_in, 0) AS first_in, f.first_seq, coalesce ((SELECT x.at FROM states x WHERE x.conversation = s.conversation AND " AFTER ("x", "s") " AND x.was = 'closed' AND x.\"to\" NOT IN ('closed', 'spam') ORDER BY x.at, x.seq LIMIT 1), 0) AS reopened_at"
                                                                                                                                                                    " FROM states s LEFT JOIN plain_conversation f ON f.conversation = s.conversation AND (s.at, s.seq) > (f.first_in, f.first_seq) AND NOT EXISTS (SELECT 1 FROM adopted j WHERE j.root = s.conversation AND " AFTER ("j", "s") ")"
                                                                                                                                                                                                                                                                                                                                                                                                 " WHERE s.\"to\" = 'closed' AND s.was <> 'closed'" },
  { "plain_close",
    "SELECT c.conversation, c.seq AS position, c.at, c.first_in, c.reopened_at, c.account, c.channel, c.category, c.language, c.agent,"
    " (SELECT count (*) FROM told x WHERE x.root = c.conversation AND " SENT " AND " AFTER ("c", "x") " AND (x.at, x.seq) > (c.first_in, c.first_seq)) AS replies,"
                                                                                                      " (SELECT count (*) FROM told x WHERE x.root = c.conversation AND x.kind = 'sent' AND x.automatic = 1 AND " AFTER ("c", "x") " AND (x.at, x.seq) > (c.first_in, c.first_seq)) AS automatic_replies FROM shut c" },
};

static gboolean
plain_prepare (MosTxn *txn,
               GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      g_autofree char *sql = g_strdup_printf ("DROP TABLE IF EXISTS temp.%1$s; CREATE TEMP TABLE %1$s AS %2$s;", tables[i].name, tables[i].select);

      if (!mos_database_run_script (txn->database, sql, error))
        return FALSE;
    }
  return TRUE;
}

/* Each query is made of rows (account, channel, category, language, agent, conversation, …) and of what they are grouped by. ?1 is the begin of the period, ?2 its end. */

#define FACTS(more) "SELECT account, channel, category, language, agent, conversation, " more " FROM "
/* The close c that stands at the end of the period */
#define STANDS "c.at >= ?1 AND c.at < ?2 AND c.first_in <> 0 AND (c.reopened_at = 0 OR c.reopened_at >= ?2)"
#define IN_PERIOD(column) column " >= ?1 AND " column " < ?2"

static const char *const span_sql[] = {
  [MOS_MEASURE_FIRST_RESPONSE] = FACTS ("first_in AS began, responded_at AS ended") "plain_conversation WHERE responded_at <> 0 AND " IN_PERIOD ("responded_at"),
  [MOS_MEASURE_ACKNOWLEDGEMENT] = FACTS ("first_in AS began, acknowledged_at AS ended") "plain_conversation WHERE acknowledged_at <> 0 AND " IN_PERIOD ("acknowledged_at"),
  [MOS_MEASURE_REPLY] = FACTS ("opened_at AS began, closed_at AS ended") "plain_turn WHERE closed_by = 'reply' AND " IN_PERIOD ("closed_at"),
  [MOS_MEASURE_RESOLUTION] = FACTS ("first_in AS began, at AS ended") "plain_close c WHERE " STANDS,
  [MOS_MEASURE_FIRST_RESOLUTION] = FACTS ("first_in AS began, at AS ended") "plain_close c WHERE " IN_PERIOD ("c.at") " AND c.first_in <> 0 AND NOT EXISTS (SELECT 1 FROM plain_close x WHERE x.conversation = c.conversation AND x.position < c.position AND x.first_in <> 0)",
  [MOS_MEASURE_HANDLING] = "SELECT c.account, c.channel, c.category, c.language, c.agent, c.conversation, t.opened_at AS began, CASE WHEN t.closed_at BETWEEN 1 AND c.at THEN t.closed_at ELSE c.at END AS ended"
                           " FROM plain_close c JOIN plain_turn t ON t.conversation = c.conversation AND t.opened_at <= c.at WHERE " STANDS,
};
G_STATIC_ASSERT (G_N_ELEMENTS (span_sql) == MOS_N_MEASURE_SPANS);

static const char *const count_sql[] = {
  [MOS_MEASURE_NEW] = FACTS ("1") "plain_conversation WHERE " IN_PERIOD ("first_in"),
  [MOS_MEASURE_CLOSED] = FACTS ("1") "plain_close c WHERE " STANDS,
  [MOS_MEASURE_ONE_TOUCH] = FACTS ("1") "plain_close c WHERE " STANDS " AND c.replies = 1",
  [MOS_MEASURE_DEFLECTED] = FACTS ("1") "plain_close c WHERE " STANDS " AND c.replies = 0 AND c.automatic_replies > 0",
  [MOS_MEASURE_CLOSED_ONCE] = FACTS ("1") "plain_close c WHERE " IN_PERIOD ("c.at") " AND c.first_in <> 0",
  [MOS_MEASURE_REOPENED] = FACTS ("1") "plain_close c WHERE " IN_PERIOD ("c.at") " AND c.first_in <> 0 AND c.reopened_at <> 0 AND c.reopened_at < ?2",
};
G_STATIC_ASSERT (G_N_ELEMENTS (count_sql) == MOS_N_MEASURE_COUNTS);

/* The last event of f.conversation before the end that a status is told by */
#define STATUS_AT                                                                                                                                                                                                                                                \
  "coalesce ((SELECT CASE e.kind WHEN 'snooze' THEN 'snoozed' ELSE e.\"to\" END FROM event e WHERE e.conversation = f.conversation AND e.kind IN ('status', 'snooze') AND e.undone = 0 AND e.archive = 0 AND e.at < ?2 ORDER BY e.at DESC, e.seq DESC LIMIT 1)," \
  " (SELECT e.\"from\" FROM event e WHERE e.conversation = f.conversation AND e.kind IN ('status', 'snooze') AND e.undone = 0 AND e.archive = 0 AND e.at >= ?2 ORDER BY e.at, e.seq LIMIT 1), (SELECT c.status FROM conversation c WHERE c.id = f.conversation))"
static const char open_sql[] =
    "SELECT e.account, e.channel, coalesce (e.category, '') AS category, coalesce (e.language, '') AS language, coalesce (e.assignee, '') AS agent, f.conversation, " STATUS_AT " AS status, f.first_in"
    " FROM plain_conversation f JOIN event e ON e.seq = (SELECT x.seq FROM event x WHERE x.conversation = f.conversation AND x.undone = 0 AND x.archive = 0 AND x.at < ?2 ORDER BY x.at DESC, x.seq DESC LIMIT 1)"
    " WHERE f.first_in >= ?1 AND f.first_in < ?2 AND NOT EXISTS (SELECT 1 FROM plain_close c WHERE c.conversation = f.conversation AND c.at < ?2 AND c.reopened_at = 0)";
static const char new_sql[] = FACTS ("first_in AS began, first_in AS ended") "plain_conversation WHERE " IN_PERIOD ("first_in");
static const char waiting_sql[] = FACTS ("opened_at AS began, ?2 AS ended") "plain_turn t WHERE " IN_PERIOD ("opened_at") " AND (closed_at = 0 OR closed_at >= ?2)"
                                                                                                                          " AND NOT EXISTS (SELECT 1 FROM plain_turn x WHERE x.conversation = t.conversation AND x.position < t.position AND (x.closed_at = 0 OR x.closed_at >= ?2))";

/* The last answer of a person in s.conversation before the question, or where nobody asked before what was said */
#define ANSWER_BEFORE(what) \
  "(SELECT " what " FROM event e WHERE e.conversation = s.conversation AND e.kind = 'sent' AND NOT EXISTS (SELECT 1 FROM message u WHERE u.id = e.message AND u.delivery IN ('failed', 'bounced', 'cancelled')) AND e.automatic = 0 AND e.undone = 0 AND e.archive = 0 AND e.at <= CASE WHEN s.asked_at <> 0 THEN s.asked_at ELSE s.answered_at END ORDER BY e.at DESC, e.seq DESC LIMIT 1)"
/* Whom and what it is about says the question itself, of the tags that stand there none; else the answer before it */
#define OF_QUESTION(column, else_) "CASE WHEN s.is_attributed THEN coalesce (s." column ", '') ELSE coalesce (" else_ ", '') END AS " column
#define SCORES(is_asked)                                                                                                                                                                                                                                                                                                                                                 \
  "SELECT s.account, c.channel, " OF_QUESTION ("category", ANSWER_BEFORE ("e.category") ", c.category") ", coalesce (s.language, c.language, '') AS language, " OF_QUESTION ("agent", ANSWER_BEFORE ("CASE WHEN e.actor_kind = 'human' THEN e.actor ELSE e.assignee END") ", c.assignee") ", CASE WHEN s.is_attributed THEN '' ELSE s.conversation END AS conversation," \
                                                                                                                                                                                                                                                                                          " s.kind, " is_asked " AS is_asked, s.state = 'answered' AS is_answered, coalesce (s.score, -1) AS score FROM survey s JOIN conversation c ON c.id = s.conversation WHERE c.status <> 'spam' AND c.deleted_at = 0 AND "
static const char scores_sql[] = SCORES ("0") "s.state = 'answered' AND " IN_PERIOD ("s.answered_at") " UNION ALL " SCORES ("1") "s.source = 'survey' AND s.state IN ('asked', 'answered', 'expired') AND s.asked_at <> 0 AND " IN_PERIOD ("s.asked_at");

/* The tags of a row r at the end of the period: those whose last word is that they are there. A name is in "to" of a tag and in "from" of an untag. */
#define TAGS                                                                                                                                                                                              \
  " LEFT JOIN event g ON g.conversation = r.conversation AND g.kind = 'tag' AND g.undone = 0 AND g.archive = 0 AND g.at < ?2 AND NOT EXISTS (SELECT 1 FROM event l WHERE l.conversation = g.conversation" \
  " AND l.kind IN ('tag', 'untag') AND l.undone = 0 AND l.archive = 0 AND l.at < ?2 AND coalesce (l.\"to\", l.\"from\") = g.\"to\" AND (l.at, l.seq) > (g.at, g.seq))"

static MosStatement *
query_grouped (MosTxn *txn,
               const char *columns,
               const char *rows,
               MosMeasureBy by,
               const char *tail,
               gint64 from_us,
               gint64 to_us,
               GError **error)
{
  static const char *const keys[] = { "''", "r.channel", "r.account", "r.category", "coalesce (g.\"to\", '')", "r.language", "r.agent", "''", "''" };
  g_autofree char *sql = g_strconcat ("SELECT ", keys[by], columns, " FROM (", rows, ") r", by == MOS_MEASURE_BY_TAG ? TAGS : "", tail, NULL);
  g_autoptr (GArray) values = g_array_new (FALSE, TRUE, sizeof (MosSqlValue));
  const MosSqlValue bounds[] = { { NULL, from_us }, { NULL, to_us } };

  G_STATIC_ASSERT (G_N_ELEMENTS (keys) == MOS_N_MEASURE_BY);
  g_array_append_vals (values, bounds, G_N_ELEMENTS (bounds));
  return mos_database_query_made (txn->database, sql, values, error);
}

static gboolean
list_spans (MosTxn *txn,
            const char *rows,
            MosMeasureBy by,
            const char *tail,
            gint64 from_us,
            gint64 to_us,
            MosMeasureSpanFunc func,
            gpointer data,
            GError **error)
{
  g_autoptr (MosStatement) statement = query_grouped (txn, ", r.conversation, r.began, r.ended", rows, by, tail, from_us, to_us, error);
  int r = statement != NULL ? 1 : -1;

  while (r > 0 && (r = mos_statement_step (statement, error)) > 0)
    func (mos_statement_get_text (statement, 0), mos_statement_get_text (statement, 1), mos_statement_get_int (statement, 2), mos_statement_get_int (statement, 3), data);
  return r == 0;
}

static gboolean
plain_list_spans (MosTxn *txn,
                  MosMeasureSpan span,
                  MosMeasureBy by,
                  gint64 from_us,
                  gint64 to_us,
                  MosMeasureSpanFunc func,
                  gpointer data,
                  GError **error)
{
  return list_spans (txn, span_sql[span], by, span == MOS_MEASURE_HANDLING ? " ORDER BY 1, 2, 3" : "", from_us, to_us, func, data, error);
}

static gboolean
plain_list_new (MosTxn *txn,
                MosMeasureBy by,
                gint64 from_us,
                gint64 to_us,
                MosMeasureSpanFunc func,
                gpointer data,
                GError **error)
{
  return list_spans (txn, new_sql, by, "", from_us, to_us, func, data, error);
}

static gboolean
plain_list_waiting (MosTxn *txn,
                    MosMeasureBy by,
                    gint64 at_us,
                    MosMeasureSpanFunc func,
                    gpointer data,
                    GError **error)
{
  return list_spans (txn, waiting_sql, by, "", 0, at_us, func, data, error);
}

static gboolean
plain_count (MosTxn *txn,
             MosMeasureCount count,
             MosMeasureBy by,
             gint64 from_us,
             gint64 to_us,
             MosMeasureCountFunc func,
             gpointer data,
             GError **error)
{
  g_autoptr (MosStatement) statement = query_grouped (txn, ", count (DISTINCT r.conversation)", count_sql[count], by, " GROUP BY 1", from_us, to_us, error);
  int r = statement != NULL ? 1 : -1;

  while (r > 0 && (r = mos_statement_step (statement, error)) > 0)
    func (mos_statement_get_text (statement, 0), (guint) mos_statement_get_int (statement, 1), data);
  return r == 0;
}

static gboolean
plain_list_open (MosTxn *txn,
                 MosMeasureBy by,
                 gint64 at_us,
                 MosMeasureOpenFunc func,
                 gpointer data,
                 GError **error)
{
  g_autoptr (MosStatement) statement = query_grouped (txn, ", r.status, r.first_in", open_sql, by, " WHERE r.status IN ('open', 'pending', 'snoozed')", 0, at_us, error);
  int r = statement != NULL ? 1 : -1;

  while (r > 0 && (r = mos_statement_step (statement, error)) > 0)
    func (mos_statement_get_text (statement, 0), mos_statement_get_text (statement, 1), mos_statement_get_int (statement, 2), data);
  return r == 0;
}

static gboolean
plain_list_scores (MosTxn *txn,
                   MosMeasureBy by,
                   gint64 from_us,
                   gint64 to_us,
                   MosMeasureScoreFunc func,
                   gpointer data,
                   GError **error)
{
  g_autoptr (MosStatement) statement = query_grouped (txn, ", r.kind, r.is_asked, r.is_answered, r.score", scores_sql, by, "", from_us, to_us, error);
  int r = statement != NULL ? 1 : -1;

  while (r > 0 && (r = mos_statement_step (statement, error)) > 0)
    func (mos_statement_get_text (statement, 0), mos_survey_kind_from_nick (mos_statement_get_text (statement, 1), MOS_SURVEY_CSAT), mos_statement_get_int (statement, 2) != 0,
          mos_statement_get_int (statement, 3) != 0, (int) mos_statement_get_int (statement, 4), data);
  return r == 0;
}

#define ORDERS "shop_order o JOIN shop s ON s.id = o.shop AND s.deleted_at = 0 WHERE o.status_kind NOT IN ('pending', 'cancelled')"

static gboolean
plain_load_trade (MosTxn *txn,
                  gint64 from_us,
                  gint64 to_us,
                  gint64 at_us,
                  MosMeasureTrade *trade,
                  GError **error)
{
  g_autoptr (MosStatement) statement = NULL;
  guint days = 0;

  if (!mos_store_customer_get_lost_days (txn, &days, error))
    return FALSE;
  statement = mos_database_query (txn->database, error,
                                  "SELECT total (was_here), total (is_here), total (is_here AND is_new), (SELECT count (*) FROM " ORDERS " AND o.created_at >= ?1 AND o.created_at < ?2) FROM"
                                  " (SELECT max (o.created_at >= ?1 - ?4 AND o.created_at < ?1) AS was_here, max (o.created_at >= ?3 - ?4) AS is_here, min (o.created_at) >= ?1 AS is_new FROM " ORDERS
                                  " AND o.customer IS NOT NULL AND o.created_at < ?3 GROUP BY o.customer)",
                                  "iiii", from_us, to_us, at_us, (gint64) days * G_TIME_SPAN_DAY);
  if (statement == NULL || mos_statement_step (statement, error) < 0)
    return FALSE;
  trade->lost_days = days;
  trade->n_start = (guint) mos_statement_get_int (statement, 0);
  trade->n_end = (guint) mos_statement_get_int (statement, 1);
  trade->n_new = (guint) mos_statement_get_int (statement, 2);
  trade->n_orders = (guint) mos_statement_get_int (statement, 3);
  return TRUE;
}

/* --- what comes of it --- */

/* Spans, and two more that have quantiles: how old what is open is, and how long those wait who wait. */
#define N_SERIES (MOS_N_MEASURE_SPANS + 2)
#define SERIES_AGES MOS_N_MEASURE_SPANS
#define SERIES_WAITING (MOS_N_MEASURE_SPANS + 1)

typedef struct
{
  MosMeasureFigures *figures;
  GArray *clock[N_SERIES];
  GArray *business[N_SERIES];
} Group;

typedef struct
{
  GHashTable *groups; /* of key -> Group */
  MosBusinessFunc business;
  gpointer business_data;
  gint64 at_us;
  GTimeZone *zone;
  gint64 first_day;
  guint n_days;

  guint series;
  MosMeasureCount count;
  /* MOS_MEASURE_HANDLING: the turns of one conversation are one time */
  Group *sum_group;
  char *sum_conversation;
  gint64 sum_us;
  gint64 sum_business_us;
  gint64 sum_until_us;
} Work;

static void
group_free (gpointer data)
{
  Group *group = data;

  g_clear_pointer (&group->figures, mos_measure_figures_unref);
  for (guint i = 0; i < N_SERIES; i++)
    {
      g_array_unref (group->clock[i]);
      g_array_unref (group->business[i]);
    }
  g_free (group);
}

static Group *
ensure_group (Work *work,
              const char *key)
{
  Group *group = g_hash_table_lookup (work->groups, key);

  if (group != NULL)
    return group;
  group = g_new0 (Group, 1);
  group->figures = mos_measure_figures_new ();
  group->figures->key = g_strdup (key);
  group->figures->name = g_strdup (key);
  group->figures->per_day = g_new0 (guint, work->n_days);
  for (guint i = 0; i < N_SERIES; i++)
    {
      group->clock[i] = g_array_new (FALSE, FALSE, sizeof (gint64));
      group->business[i] = g_array_new (FALSE, FALSE, sizeof (gint64));
    }
  g_hash_table_insert (work->groups, group->figures->key, group);
  return group;
}

/* Hours since 1970-01-01 by the clock of @zone */
static gint64
hour_of (GTimeZone *zone,
         gint64 at_us)
{
  return mos_time_local_seconds (zone, at_us) / 3600;
}

static int
compare_times (gconstpointer a,
               gconstpointer b)
{
  const gint64 one = *(const gint64 *) a, other = *(const gint64 *) b;

  return (one > other) - (one < other);
}

static void
plain_times_make (MosMeasureTimes *times,
                  GArray *values)
{
  const gint64 *sorted = (const gint64 *) (gpointer) values->data;
  const guint n = values->len;
  double sum = 0;

  *times = (MosMeasureTimes) { .n = n };
  if (n == 0)
    return;
  g_array_sort (values, compare_times);
  for (guint i = 0; i < n; i++)
    sum += (double) sorted[i];
  times->mean_us = (gint64) (sum / n);
  times->median_us = n % 2 == 1 ? sorted[n / 2] : sorted[n / 2 - 1] + (sorted[n / 2] - sorted[n / 2 - 1]) / 2;
  /* the nearest rank: the ninth of ten, the tenth of eleven */
  times->p90_us = sorted[((guint64) n * 9 + 9) / 10 - 1];
  times->longest_us = sorted[n - 1];
}

/* --- what the store gives --- */

static gint64
business_between (Work *work,
                  gint64 from_us,
                  gint64 to_us)
{
  return work->business != NULL ? work->business (from_us, to_us, work->business_data) : 0;
}

static void
take_span (const char *key,
           const char *conversation,
           gint64 from_us,
           gint64 to_us,
           gpointer data)
{
  Work *work = data;
  Group *group = ensure_group (work, key);
  gint64 clock_us = to_us - from_us, business_us = business_between (work, from_us, to_us);

  g_array_append_val (group->clock[work->series], clock_us);
  g_array_append_val (group->business[work->series], business_us);
}

static void
end_sum (Work *work)
{
  if (work->sum_group != NULL)
    {
      g_array_append_val (work->sum_group->clock[MOS_MEASURE_HANDLING], work->sum_us);
      g_array_append_val (work->sum_group->business[MOS_MEASURE_HANDLING], work->sum_business_us);
    }
  work->sum_group = NULL;
  work->sum_us = work->sum_business_us = work->sum_until_us = 0;
  g_clear_pointer (&work->sum_conversation, g_free);
}

static void
take_turn (const char *key,
           const char *conversation,
           gint64 from_us,
           gint64 to_us,
           gpointer data)
{
  Work *work = data;
  Group *group = ensure_group (work, key);

  if (work->sum_group != group || g_strcmp0 (work->sum_conversation, conversation) != 0)
    {
      end_sum (work);
      work->sum_group = group;
      work->sum_conversation = g_strdup (conversation);
    }
  /* Two that were merged may have waited at the same time. */
  from_us = MIN (MAX (from_us, work->sum_until_us), to_us);
  work->sum_until_us = MAX (to_us, work->sum_until_us);
  work->sum_us += to_us - from_us;
  work->sum_business_us += business_between (work, from_us, to_us);
}

static void
take_new (const char *key,
          const char *conversation,
          gint64 from_us,
          gint64 to_us,
          gpointer data)
{
  Work *work = data;
  MosMeasureFigures *figures = ensure_group (work, key)->figures;
  const gint64 hour = hour_of (work->zone, from_us);

  figures->per_day[hour / 24 - work->first_day]++;
  /* 1970-01-01 was a Thursday. */
  figures->per_hour[(hour + 3 * 24) % MOS_MEASURE_N_HOURS]++;
}

static void
take_count (const char *key,
            guint n,
            gpointer data)
{
  Work *work = data;

  ensure_group (work, key)->figures->counts[work->count] = n;
}

static void
take_open (const char *key,
           const char *status,
           gint64 since_us,
           gpointer data)
{
  static const gint64 ages[MOS_MEASURE_N_AGES] = { G_TIME_SPAN_DAY, 3 * G_TIME_SPAN_DAY, 7 * G_TIME_SPAN_DAY, G_MAXINT64 };
  Work *work = data;
  Group *group = ensure_group (work, key);
  gint64 age_us = work->at_us - since_us;
  guint age = 0;

  if (strcmp (status, "open") == 0)
    group->figures->n_open++;
  else if (strcmp (status, "pending") == 0)
    group->figures->n_pending++;
  else
    group->figures->n_snoozed++;
  while (age_us > ages[age])
    age++;
  group->figures->n_ages[age]++;
  g_array_append_val (group->clock[SERIES_AGES], age_us);
}

static void
take_score (const char *key,
            MosSurveyKind kind,
            gboolean is_asked,
            gboolean is_answered,
            int score,
            gpointer data)
{
  MosMeasureFigures *figures = ensure_group (data, key)->figures;
  MosMeasureScores *scores = kind == MOS_SURVEY_CSAT ? &figures->csat : &figures->nps;

  if (is_asked)
    {
      scores->n_asked++;
      scores->n_asked_answered += is_answered ? 1 : 0;
      return;
    }
  scores->n_answers++;
  if (score == MOS_SURVEY_NO_SCORE)
    return;
  scores->n++;
  scores->sum += score;
  scores->n_good += score >= (kind == MOS_SURVEY_CSAT ? 4 : 9) ? 1 : 0;
  scores->n_bad += mos_survey_kind_is_low (kind, score) ? 1 : 0;
}

/* --- figures --- */

static gboolean
gather (MosTxn *txn,
        Work *work,
        gint64 from_us,
        gint64 to_us,
        MosMeasureBy by,
        GError **error)
{
  for (MosMeasureSpan span = 0; span < MOS_N_MEASURE_SPANS; span++)
    {
      work->series = span;
      if (!plain_list_spans (txn, span, by, from_us, to_us, span == MOS_MEASURE_HANDLING ? take_turn : take_span, work, error))
        return FALSE;
      end_sum (work);
    }
  for (work->count = 0; work->count < MOS_N_MEASURE_COUNTS; work->count++)
    if (!plain_count (txn, work->count, by, from_us, to_us, take_count, work, error))
      return FALSE;
  work->series = SERIES_WAITING;
  return plain_list_new (txn, by, from_us, to_us, take_new, work, error) &&
         plain_list_open (txn, by, work->at_us, take_open, work, error) &&
         plain_list_waiting (txn, by, work->at_us, take_span, work, error) &&
         plain_list_scores (txn, by, from_us, to_us, take_score, work, error);
}

static void
finish_group (Group *group,
              gboolean has_business)
{
  for (MosMeasureSpan span = 0; span < MOS_N_MEASURE_SPANS; span++)
    {
      plain_times_make (&group->figures->clock[span], group->clock[span]);
      if (has_business)
        plain_times_make (&group->figures->business[span], group->business[span]);
    }
  plain_times_make (&group->figures->ages, group->clock[SERIES_AGES]);
  plain_times_make (&group->figures->waiting, group->clock[SERIES_WAITING]);
}

/* Those that are none of them are the last. */
static int
compare_keys (gconstpointer a,
              gconstpointer b)
{
  const char *one = (*(MosMeasureFigures *const *) a)->key, *other = (*(MosMeasureFigures *const *) b)->key;

  return *one == '\0' || *other == '\0' ? (*one == '\0') - (*other == '\0') : strcmp (one, other);
}

MosMeasureReport *
measures_plain_compute (MosTxn *txn,
                        gint64 from_us,
                        gint64 to_us,
                        GTimeZone *zone,
                        MosMeasureBy by,
                        MosBusinessFunc business,
                        gpointer business_data,
                        GError **error)
{
  g_autoptr (MosMeasureReport) report = mos_measure_report_new ();

  if (!plain_prepare (txn, error))
    return NULL;
  report->from_us = from_us;
  report->to_us = to_us;
  report->by = by == MOS_MEASURE_BY_NOTHING ? 0 : 1u << by;
  report->n_days = (guint) (hour_of (zone, to_us - 1) / 24 - hour_of (zone, from_us) / 24 + 1);
  report->has_business = business != NULL;
  if (by != MOS_MEASURE_BY_NOTHING)
    report->groups[by] = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_measure_figures_unref);
  /* What has several tags counts in each of them, so that all is no sum of them; nor is a median of any. */
  for (guint pass = 0; pass < (by == MOS_MEASURE_BY_NOTHING ? 1 : 2); pass++)
    {
      g_autoptr (GHashTable) groups = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, group_free);
      Work work = { .groups = groups, .business = business, .business_data = business_data, .at_us = MIN (to_us, mos_txn_get_now_us (txn)), .zone = zone, .first_day = hour_of (zone, from_us) / 24, .n_days = report->n_days };
      GHashTableIter iter;
      gpointer group;
      gboolean ok;

      if (pass == 0)
        ensure_group (&work, "");
      ok = gather (txn, &work, from_us, to_us, pass == 0 ? MOS_MEASURE_BY_NOTHING : by, error);
      g_clear_pointer (&work.sum_conversation, g_free);
      if (!ok)
        return NULL;
      g_hash_table_iter_init (&iter, groups);
      while (g_hash_table_iter_next (&iter, NULL, &group))
        {
          MosMeasureFigures *figures = ((Group *) group)->figures;

          finish_group (group, business != NULL);
          if (pass == 0)
            report->all = mos_measure_figures_ref (figures);
          else
            g_ptr_array_add (report->groups[by], mos_measure_figures_ref (figures));
        }
    }
  if (!plain_load_trade (txn, from_us, to_us, MIN (to_us, mos_txn_get_now_us (txn)), &report->trade, error))
    return NULL;
  if (by != MOS_MEASURE_BY_NOTHING)
    g_ptr_array_sort (report->groups[by], compare_keys);
  return g_steal_pointer (&report);
}
