/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-store"

#include "config.h"

#include "core/store/mos-store-private.h"
#include "core/store/mos-store-query-private.h"
#include "core/store/mos-tokenizer.h"

#include <math.h>

/* While somebody types, the last word is the beginning of one, at first of one letter. FTS5 answers that by reading, for every word that begins so, all places
 * where it stands, and sorting them, before it gives the first row: seconds of a million messages, for fifty rows. But what so much matches is found soon when
 * the newest messages are looked at themselves, one after the other; and what is not found soon that way is rare, so that the index has little to read.
 *
 * So a few of the newest are looked at, and from how many match is reckoned which way costs less. Both find the same, in the same order. Other words of the
 * query still come from the index, and the beginning is then looked for in the messages that have them. */

/* Messages that are looked at before the decision; and first, whether the index would not be faster than that alone. */
#define N_TRIED 256
#define N_FIRST 32
/* Measured, in microseconds: a message looked at, and a place read from the index; what matters is their ratio. */
#define WALK_COST 10.0
#define INDEX_COST 0.4
/* So many times what was reckoned, for the newest messages are of more conversations than the older ones; beyond, the index is asked after all. */
#define MOST_TIMES 4
/* For the number of messages, which SQLite would have to count. */
#define MESSAGES_PER_CONVERSATION 2.5

typedef struct
{
  const MosQueryNode *node;
  MosTextPattern *pattern;
} Test;

static void
clear_test (gpointer test)
{
  mos_text_pattern_free (((Test *) test)->pattern);
}

/* What a row has: see walk(). */
enum
{
  COLUMN_CONVERSATION,
  COLUMN_MESSAGE,
  COLUMN_SEQ,
  COLUMN_SUBJECT,
  COLUMN_TEXT,
  COLUMN_FROM_NAME,
  COLUMN_FROM_ADDRESS,
};

/* Whether it stands in what only few rows have to be asked for. Returns: -1: @error */
static int
is_elsewhere (MosTxn *txn,
              Test *test,
              gint64 seq,
              GError **error)
{
  g_autoptr (MosStatement) statement = mos_database_query (txn->database, error, "SELECT " MOS_SEARCH_FILES ", " MOS_SEARCH_PEOPLE " FROM message m WHERE m.seq = ?", "i", seq);
  int r = statement != NULL ? mos_statement_step (statement, error) : -1;

  if (r <= 0)
    return r;
  return mos_text_pattern_is_in (test->pattern, mos_statement_get_text (statement, 0)) ||
         (test->node->op != MOS_QUERY_FILE && mos_text_pattern_is_in (test->pattern, mos_statement_get_text (statement, 1)));
}

static gboolean
is_from (MosStatement *row,
         Test *test)
{
  const char *name = mos_statement_get_text (row, COLUMN_FROM_NAME), *address = mos_statement_get_text (row, COLUMN_FROM_ADDRESS);
  g_autofree char *text = g_strconcat (name != NULL ? name : "", " ", address != NULL ? address : "", NULL);

  return mos_text_pattern_is_in (test->pattern, text);
}

/* Returns: -1: @error */
static int
passes (MosTxn *txn,
        MosStatement *row,
        GArray *tests,
        GError **error)
{
  for (guint i = 0; i < tests->len; i++)
    {
      Test *test = &g_array_index (tests, Test, i);
      gboolean is_text = test->node->op == MOS_QUERY_TEXT || test->node->op == MOS_QUERY_ORDER;
      int r = FALSE;

      if (test->node->op == MOS_QUERY_FROM)
        r = is_from (row, test);
      else
        {
          if (is_text || test->node->op == MOS_QUERY_SUBJECT)
            r = mos_text_pattern_is_in (test->pattern, mos_statement_get_text (row, COLUMN_SUBJECT));
          if (is_text && !r)
            r = mos_text_pattern_is_in (test->pattern, mos_statement_get_text (row, COLUMN_TEXT));
          if (!r && test->node->op != MOS_QUERY_SUBJECT)
            r = is_elsewhere (txn, test, mos_statement_get_int (row, COLUMN_SEQ), error);
        }
      if (r <= 0)
        return r;
    }
  return TRUE;
}

typedef struct
{
  guint n_seen;    /* rows that were looked at */
  guint n_passed;  /* of them */
  gboolean is_all; /* the limit is reached, or there are no more rows at all */
} Walked;

/* @max_seen: 0 = no end */
static gboolean
walk (MosTxn *txn,
      MosQuerySql *sql,
      const MosQueryBranch *rest,
      GArray *tests,
      guint max_seen,
      GPtrArray *hits,
      Walked *ret_walked,
      GError **error)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (MosSql) text = mos_sql_new ();
  g_autoptr (MosStatement) statement = NULL;
  int r;

  *ret_walked = (Walked) { 0 };
  mos_sql_append (text, "SELECT m.conversation, m.id, m.seq, m.subject, (SELECT t.text FROM message_text t WHERE t.seq = m.seq), m.from_name, m.from_address", "");
  mos_query_sql_append_branch (sql, text, rest);
  mos_sql_append (text, rest->match->len > 0 ? " ORDER BY search.rowid DESC" : " ORDER BY m.seq DESC", "");
  statement = mos_database_query_made (txn->database, text->text->str, text->values, error);
  r = statement != NULL ? 1 : -1;
  while (r > 0 && hits->len < sql->options->limit && (max_seen == 0 || ret_walked->n_seen < max_seen) && (r = mos_statement_step (statement, error)) > 0)
    {
      const char *conversation = mos_statement_get_text (statement, COLUMN_CONVERSATION);
      MosQueryHit *hit;
      int passed;

      /* What has no text is not in the index. */
      if (mos_statement_is_null (statement, COLUMN_TEXT))
        continue;
      ret_walked->n_seen++;
      passed = passes (txn, statement, tests, error);
      if (passed < 0)
        return FALSE;
      if (!passed)
        continue;
      ret_walked->n_passed++;
      if (g_hash_table_contains (seen, conversation))
        continue;
      hit = g_new0 (MosQueryHit, 1);
      hit->conversation = g_strdup (conversation);
      hit->message = mos_statement_dup_text (statement, COLUMN_MESSAGE);
      hit->at = mos_statement_get_int (statement, COLUMN_SEQ);
      g_ptr_array_add (hits, hit);
      g_hash_table_add (seen, hit->conversation);
    }
  ret_walked->is_all = hits->len >= sql->options->limit || (r == 0 && rest->from_seq == 0);
  return r >= 0;
}

/* The oldest of the newest @n. */
static gboolean
find_bound (MosTxn *txn,
            gint64 n,
            gint64 *ret_seq,
            GError **error)
{
  return mos_database_get_int (txn->database, ret_seq, error, "SELECT id FROM search_docsize ORDER BY id DESC LIMIT 1 OFFSET ?", "i", n - 1);
}

static gboolean
reckon (MosTxn *txn,
        const Walked *tried,
        guint n_hits,
        guint limit,
        double *ret_rows,
        double *ret_index_cost,
        GError **error)
{
  double share = CLAMP ((double) tried->n_passed / tried->n_seen, 0.5 / tried->n_seen, 1 - 0.5 / tried->n_seen);
  gint64 last = 0;

  /* Half a hit where there was none: it may be the next. */
  *ret_rows = 1.25 * limit * tried->n_seen / MAX (n_hits, 0.5);
  if (!mos_database_get_int (txn->database, &last, error, "SELECT max (number) FROM conversation", ""))
    return FALSE;
  /* Where so many have it at all, it stands -log (1 - share) times in each, were it thrown in by chance. */
  *ret_index_cost = (double) last * MESSAGES_PER_CONVERSATION * -log (1 - share) * INDEX_COST;
  return TRUE;
}

int
mos_query_walk (MosTxn *txn,
                MosQuerySql *sql,
                const MosQueryBranch *branch,
                GPtrArray *hits,
                GError **error)
{
  g_autoptr (GArray) tests = g_array_new (FALSE, FALSE, sizeof (Test));
  g_autoptr (GPtrArray) nodes = g_ptr_array_new ();
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (mos_query_hit_free);
  g_autoptr (MosQueryBranch) rest = NULL;
  static const guint tries[] = { N_FIRST, N_TRIED };
  gboolean is_driven;
  Walked walked = { 0 };
  double n_rows = 0, index_cost = 0;

  /* All of them are the index's business, and what is asked of one conversation is found by it. */
  if (sql->options->limit == 0 || sql->options->conversation != NULL)
    return 0;
  g_array_set_clear_func (tests, clear_test);
  for (guint i = 0; i < branch->nodes->len; i++)
    {
      const MosQueryNode *node = branch->nodes->pdata[i];
      Test test = { node, NULL };

      if (!mos_query_node_is_beginning (node))
        continue;
      test.pattern = mos_text_pattern_new (node->value, TRUE);
      g_array_append_val (tests, test);
      g_ptr_array_add (nodes, (gpointer) node);
    }
  if (tests->len == 0)
    return 0;
  rest = mos_query_branch_without (branch, nodes);
  rest->is_walked = TRUE;
  is_driven = rest->match->len > 0;

  for (guint i = 0; i < G_N_ELEMENTS (tries); i++)
    {
      g_ptr_array_set_size (found, 0);
      if ((!is_driven && !find_bound (txn, tries[i], &rest->from_seq, error)) || !walk (txn, sql, rest, tests, tries[i], found, &walked, error))
        return -1;
      if (walked.is_all)
        break;
      if (walked.n_seen == 0)
        return 0;
      if (!reckon (txn, &walked, found->len, sql->options->limit, &n_rows, &index_cost, error))
        return -1;
      if (index_cost < N_TRIED * WALK_COST)
        return 0;
    }
  if (!walked.is_all && n_rows * WALK_COST < index_cost)
    {
      g_ptr_array_set_size (found, 0);
      /* Of the rest of the query, rows that do not fit are passed over: counted in messages, so that they end. */
      if (!is_driven && !find_bound (txn, (gint64) (MOST_TIMES * n_rows * N_TRIED / walked.n_seen), &rest->from_seq, error))
        return -1;
      if (!walk (txn, sql, rest, tests, is_driven ? (guint) MIN (MOST_TIMES * n_rows, G_MAXUINT) : 0, found, &walked, error))
        return -1;
    }
  if (!walked.is_all)
    return 0;
  for (guint i = 0; i < found->len; i++)
    {
      g_ptr_array_add (hits, found->pdata[i]);
      found->pdata[i] = NULL;
    }
  g_ptr_array_set_free_func (found, NULL);
  return 1;
}
