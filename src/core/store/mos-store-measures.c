/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-store"

#include "config.h"

#include "core/store/mos-store-measures.h"

#include "core/store/mos-store-customers.h"
#include "core/store/mos-store-private.h"

/* Each query is made of rows (account, channel, category, language, agent, conversation, …) and of what they are grouped by. ?1 is the begin of the period, ?2 its end. */

#define FACTS(more) "SELECT account, channel, category, language, agent, conversation, " more " FROM "
/* The close c that stands at the end of the period */
#define STANDS "c.at >= ?1 AND c.at < ?2 AND c.first_in <> 0 AND (c.reopened_at = 0 OR c.reopened_at >= ?2)"
#define IN_PERIOD(column) column " >= ?1 AND " column " < ?2"

static const char *const span_sql[] = {
  [MOS_MEASURE_FIRST_RESPONSE] = FACTS ("first_in AS began, responded_at AS ended") "fact_conversation WHERE responded_at <> 0 AND " IN_PERIOD ("responded_at"),
  [MOS_MEASURE_ACKNOWLEDGEMENT] = FACTS ("first_in AS began, acknowledged_at AS ended") "fact_conversation WHERE acknowledged_at <> 0 AND " IN_PERIOD ("acknowledged_at"),
  [MOS_MEASURE_REPLY] = FACTS ("opened_at AS began, closed_at AS ended") "fact_turn WHERE closed_by = 'reply' AND " IN_PERIOD ("closed_at"),
  [MOS_MEASURE_RESOLUTION] = FACTS ("first_in AS began, at AS ended") "fact_close c WHERE " STANDS,
  [MOS_MEASURE_FIRST_RESOLUTION] = FACTS ("first_in AS began, at AS ended") "fact_close c WHERE " IN_PERIOD ("c.at") " AND c.first_in <> 0 AND NOT EXISTS (SELECT 1 FROM fact_close x WHERE x.conversation = c.conversation AND x.position < c.position AND x.first_in <> 0)",
  [MOS_MEASURE_HANDLING] = "SELECT c.account, c.channel, c.category, c.language, c.agent, c.conversation, t.opened_at AS began, CASE WHEN t.closed_at BETWEEN 1 AND c.at THEN t.closed_at ELSE c.at END AS ended"
                           " FROM fact_close c JOIN fact_turn t ON t.conversation = c.conversation AND t.opened_at <= c.at WHERE " STANDS,
};
G_STATIC_ASSERT (G_N_ELEMENTS (span_sql) == MOS_N_MEASURE_SPANS);

static const char *const count_sql[] = {
  [MOS_MEASURE_NEW] = FACTS ("1") "fact_conversation WHERE " IN_PERIOD ("first_in"),
  [MOS_MEASURE_CLOSED] = FACTS ("1") "fact_close c WHERE " STANDS,
  [MOS_MEASURE_ONE_TOUCH] = FACTS ("1") "fact_close c WHERE " STANDS " AND c.replies = 1",
  [MOS_MEASURE_DEFLECTED] = FACTS ("1") "fact_close c WHERE " STANDS " AND c.replies = 0 AND c.automatic_replies > 0",
  [MOS_MEASURE_CLOSED_ONCE] = FACTS ("1") "fact_close c WHERE " IN_PERIOD ("c.at") " AND c.first_in <> 0",
  [MOS_MEASURE_REOPENED] = FACTS ("1") "fact_close c WHERE " IN_PERIOD ("c.at") " AND c.first_in <> 0 AND c.reopened_at <> 0 AND c.reopened_at < ?2",
};
G_STATIC_ASSERT (G_N_ELEMENTS (count_sql) == MOS_N_MEASURE_COUNTS);

/* The last event of f.conversation before the end that a status is told by */
#define STATUS_AT                                                                                                                                                                                                                              \
  "coalesce ((SELECT CASE e.kind WHEN 'snooze' THEN 'snoozed' ELSE e.\"to\" END FROM event e WHERE e.conversation = f.conversation AND e.kind IN ('status', 'snooze') AND e.undone = 0 AND e.at < ?2 ORDER BY e.at DESC, e.seq DESC LIMIT 1)," \
  " (SELECT e.\"from\" FROM event e WHERE e.conversation = f.conversation AND e.kind IN ('status', 'snooze') AND e.undone = 0 AND e.at >= ?2 ORDER BY e.at, e.seq LIMIT 1), (SELECT c.status FROM conversation c WHERE c.id = f.conversation))"
static const char open_sql[] =
    "SELECT e.account, e.channel, coalesce (e.category, '') AS category, coalesce (e.language, '') AS language, coalesce (e.assignee, '') AS agent, f.conversation, " STATUS_AT " AS status, f.first_in"
    " FROM fact_conversation f JOIN event e ON e.seq = (SELECT x.seq FROM event x WHERE x.conversation = f.conversation AND x.undone = 0 AND x.at < ?2 ORDER BY x.at DESC, x.seq DESC LIMIT 1)"
    " WHERE f.first_in >= ?1 AND f.first_in < ?2 AND (f.closed_at = 0 OR f.closed_at >= ?2)";
static const char new_sql[] = FACTS ("first_in AS began, first_in AS ended") "fact_conversation WHERE " IN_PERIOD ("first_in");
static const char waiting_sql[] = FACTS ("opened_at AS began, ?2 AS ended") "fact_turn WHERE " IN_PERIOD ("opened_at") " AND (closed_at = 0 OR closed_at >= ?2)";

/* The last answer of a person in s.conversation before the question, or where nobody asked before what was said */
#define ANSWER_BEFORE(what) \
  "(SELECT " what " FROM event e WHERE e.conversation = s.conversation AND e.kind = 'sent' AND e.automatic = 0 AND e.undone = 0 AND e.at <= CASE WHEN s.asked_at <> 0 THEN s.asked_at ELSE s.answered_at END ORDER BY e.at DESC, e.seq DESC LIMIT 1)"
#define SCORES(is_asked)                                                                                                                                                                                                                                                                                                              \
  "SELECT s.account, c.channel, CASE WHEN s.is_attributed THEN coalesce (s.category, '') ELSE coalesce (" ANSWER_BEFORE ("e.category") ", c.category, '') END AS category, coalesce (s.language, c.language, '') AS language,"                                                                                                        \
                                                                                                                                       " CASE WHEN s.is_attributed THEN coalesce (s.agent, '') ELSE coalesce (" ANSWER_BEFORE ("CASE WHEN e.actor_kind = 'human' THEN e.actor ELSE e.assignee END") ", c.assignee, '') END AS agent," \
                                                                                                                                                                                                                                                                                                    " s.conversation, s.kind, " is_asked " AS is_asked, s.state = 'answered' AS is_answered, coalesce (s.score, -1) AS score FROM survey s JOIN conversation c ON c.id = s.conversation WHERE s.is_test = 0 AND c.status <> 'spam' AND c.deleted_at = 0 AND "
static const char scores_sql[] = SCORES ("0") "s.state = 'answered' AND " IN_PERIOD ("s.answered_at") " UNION ALL " SCORES ("1") "s.source = 'survey' AND s.state IN ('asked', 'answered', 'expired') AND s.asked_at <> 0 AND " IN_PERIOD ("s.asked_at");

/* The tags of a row r at the end of the period: those whose last word is that they are there. A name is in "to" of a tag and in "from" of an untag. */
#define TAGS                                                                                                                                                                            \
  " LEFT JOIN event g ON g.conversation = r.conversation AND g.kind = 'tag' AND g.undone = 0 AND g.at < ?2 AND NOT EXISTS (SELECT 1 FROM event l WHERE l.conversation = g.conversation" \
  " AND l.kind IN ('tag', 'untag') AND l.undone = 0 AND l.at < ?2 AND coalesce (l.\"to\", l.\"from\") = g.\"to\" AND (l.at, l.seq) > (g.at, g.seq))"

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
  static const char *const keys[] = { "''", "r.channel", "r.account", "r.category", "coalesce (g.\"to\", '')", "r.language", "r.agent" };
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

gboolean
mos_store_measures_list_spans (MosTxn *txn,
                               MosMeasureSpan span,
                               MosMeasureBy by,
                               gint64 from_us,
                               gint64 to_us,
                               MosMeasureSpanFunc func,
                               gpointer data,
                               GError **error)
{
  return list_spans (txn, span_sql[span], by, span == MOS_MEASURE_HANDLING ? " ORDER BY 1, 2" : "", from_us, to_us, func, data, error);
}

gboolean
mos_store_measures_list_new (MosTxn *txn,
                             MosMeasureBy by,
                             gint64 from_us,
                             gint64 to_us,
                             MosMeasureSpanFunc func,
                             gpointer data,
                             GError **error)
{
  return list_spans (txn, new_sql, by, "", from_us, to_us, func, data, error);
}

gboolean
mos_store_measures_list_waiting (MosTxn *txn,
                                 MosMeasureBy by,
                                 gint64 at_us,
                                 MosMeasureSpanFunc func,
                                 gpointer data,
                                 GError **error)
{
  return list_spans (txn, waiting_sql, by, "", 0, at_us, func, data, error);
}

gboolean
mos_store_measures_count (MosTxn *txn,
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

gboolean
mos_store_measures_list_open (MosTxn *txn,
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

gboolean
mos_store_measures_list_scores (MosTxn *txn,
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

gboolean
mos_store_measures_load_trade (MosTxn *txn,
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
