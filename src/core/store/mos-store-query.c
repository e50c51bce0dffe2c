/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-store"

#include "config.h"

#include "core/store/mos-store-private.h"
#include "core/store/mos-store-query-private.h"

#include <string.h>

#define WINDOW "CASE WHEN o.waiting_since > 0 AND o.status = 'open' THEN coalesce ((SELECT max (h.window_ends) FROM chat_thread h WHERE h.conversation = o.id), 0) ELSE 0 END"

static const struct
{
  const char *value; /* what sections are made of */
  const char *order; /* the conversation is o */
  const char *reversed;
} keys[] = {
  [MOS_QUERY_KEY_HIT] = { "o.updated_at", "o.updated_at DESC, o.id", "o.updated_at, o.id DESC" },
  [MOS_QUERY_KEY_UPDATED] = { "o.updated_at", "o.updated_at DESC, o.id", "o.updated_at, o.id DESC" },
  [MOS_QUERY_KEY_CREATED] = { "o.created_at", "o.created_at DESC, o.id", "o.created_at, o.id DESC" },
  [MOS_QUERY_KEY_WAITING] = { "o.waiting_since", "o.waiting_since = 0, o.waiting_since, o.updated_at DESC, o.id", "o.waiting_since DESC, o.updated_at DESC, o.id" },
  [MOS_QUERY_KEY_SNOOZED] = { "o.snoozed_until", "o.snoozed_until = 0, o.snoozed_until, o.updated_at DESC, o.id", "o.snoozed_until DESC, o.updated_at DESC, o.id" },
  [MOS_QUERY_KEY_PRIORITY] = { "(SELECT p.weight FROM priority_kind p WHERE p.nick = o.priority)",
                               "(SELECT p.weight FROM priority_kind p WHERE p.nick = o.priority) DESC, o.updated_at DESC, o.id",
                               "(SELECT p.weight FROM priority_kind p WHERE p.nick = o.priority), o.updated_at DESC, o.id" },
  [MOS_QUERY_KEY_DUE] = { "o.target_at", "o.target_at = 0, o.target_at, o.updated_at DESC, o.id", "o.target_at DESC, o.updated_at DESC, o.id" },
  [MOS_QUERY_KEY_WINDOW] = { WINDOW, "nullif (" WINDOW ", 0) NULLS LAST, o.updated_at DESC, o.id", WINDOW " DESC, o.updated_at DESC, o.id" },
  [MOS_QUERY_KEY_NUMBER] = { "o.number", "o.number DESC", "o.number" },
};

void
mos_query_hit_free (gpointer data)
{
  MosQueryHit *hit = data;

  g_free (hit->conversation);
  g_free (hit->message);
  g_free (hit);
}

static int
compare_hits (gconstpointer a,
              gconstpointer b)
{
  const MosQueryHit *x = *(MosQueryHit *const *) a, *y = *(MosQueryHit *const *) b;

  if (x->at != y->at)
    return x->at > y->at ? -1 : 1;
  return strcmp (x->conversation, y->conversation);
}

/* --- newest hit first --- */

static gboolean
list_branch_hits (MosTxn *txn,
                  MosQuerySql *sql,
                  const MosQueryBranch *branch,
                  GPtrArray *hits,
                  GError **error)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (MosSql) text = mos_sql_new ();
  g_autoptr (MosStatement) statement = NULL;
  guint n = 0;
  int r = mos_query_walk (txn, sql, branch, hits, error);

  if (r != 0)
    return r > 0;
  mos_sql_append (text, branch->is_of_message ? "SELECT m.conversation, m.id, m.seq" : "SELECT c.id, NULL, c.updated_at", "");
  mos_query_sql_append_branch (sql, text, branch);
  mos_sql_append (text, branch->match->len > 0 ? " ORDER BY search.rowid DESC" : branch->is_of_message ? " ORDER BY m.seq DESC"
                                                                                                       : " ORDER BY c.updated_at DESC, c.id",
                  "");
  statement = mos_database_query_made (txn->database, text->text->str, text->values, error);
  r = statement != NULL ? 1 : -1;
  while ((sql->options->limit == 0 || n < sql->options->limit) && r > 0 && (r = mos_statement_step (statement, error)) > 0)
    {
      const char *conversation = mos_statement_get_text (statement, 0);
      MosQueryHit *hit;

      if (g_hash_table_contains (seen, conversation))
        continue;
      hit = g_new0 (MosQueryHit, 1);
      hit->conversation = g_strdup (conversation);
      hit->message = mos_statement_dup_text (statement, 1);
      hit->at = mos_statement_get_int (statement, 2);
      g_ptr_array_add (hits, hit);
      g_hash_table_add (seen, hit->conversation);
      n++;
    }
  return r >= 0;
}

GPtrArray *
mos_query_list_hits (MosTxn *txn,
                     const MosQuery *query,
                     const MosQueryOptions *options,
                     GError **error)
{
  g_autoptr (MosQuerySql) sql = NULL;
  g_autoptr (GPtrArray) hits = g_ptr_array_new_with_free_func (mos_query_hit_free);

  if (!mos_txn_flush (txn, error))
    return NULL;
  sql = mos_query_sql_new (query, options, txn->now_us);
  for (guint i = 0; i < sql->branches->len; i++)
    if (!list_branch_hits (txn, sql, sql->branches->pdata[i], hits, error))
      return NULL;
  if (sql->branches->len > 1)
    {
      g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
      g_autoptr (GPtrArray) merged = g_ptr_array_new_with_free_func (mos_query_hit_free);

      g_ptr_array_sort (hits, compare_hits);
      for (guint i = 0; i < hits->len && (options->limit == 0 || merged->len < options->limit); i++)
        {
          MosQueryHit *hit = hits->pdata[i];

          if (!g_hash_table_add (seen, hit->conversation))
            continue;
          g_ptr_array_add (merged, hit);
          hits->pdata[i] = NULL;
        }
      /* The set borrows from what is given away and from what goes. */
      g_hash_table_remove_all (seen);
      g_ptr_array_set_free_func (hits, NULL);
      for (guint i = 0; i < hits->len; i++)
        if (hits->pdata[i] != NULL)
          mos_query_hit_free (hits->pdata[i]);
      return g_steal_pointer (&merged);
    }
  return g_steal_pointer (&hits);
}

/* --- in any order --- */

/* "FROM conversation o WHERE …" */
static void
append_conversations (MosQuerySql *sql,
                      MosSql *text)
{
  mos_sql_append (text, " FROM conversation o WHERE ", "");
  if (sql->branches->len == 0)
    mos_sql_append (text, "0", "");
  for (guint i = 0; i < sql->branches->len; i++)
    {
      mos_sql_append (text, i > 0 ? " OR o.id IN (SELECT c.id" : "o.id IN (SELECT c.id", "");
      mos_query_sql_append_branch (sql, text, sql->branches->pdata[i]);
      mos_sql_append (text, ")", "");
    }
}

/* Nothing is asked of messages: the table itself, so that its covering indexes serve. */
static gboolean
is_plain (MosQuerySql *sql)
{
  return sql->branches->len == 1 && !((MosQueryBranch *) sql->branches->pdata[0])->is_of_message;
}

/* The constants above say o; where the conversation is c instead. */
static void
append_key (MosSql *text,
            const char *key,
            gboolean is_c)
{
  for (const char *s = key; *s != '\0'; s++)
    g_string_append_c (text->text, is_c && *s == 'o' && s[1] == '.' ? 'c' : *s);
}

GPtrArray *
mos_store_query_list_ids (MosTxn *txn,
                          const MosQuery *query,
                          const MosQueryOptions *options,
                          GArray **ret_sections,
                          GError **error)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GArray) sections = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (MosQuerySql) sql = NULL;
  g_autoptr (MosSql) text = NULL;
  g_autoptr (MosStatement) statement = NULL;
  int r;

  if (!mos_txn_flush (txn, error))
    return NULL;
  sql = mos_query_sql_new (query, options, txn->now_us);
  if (options->sort == MOS_QUERY_KEY_HIT && !options->is_reversed && sql->is_of_message)
    {
      g_autoptr (GPtrArray) hits = mos_query_list_hits (txn, query, options, error);

      if (hits == NULL)
        return NULL;
      for (guint i = 0; i < hits->len; i++)
        {
          MosQueryHit *hit = hits->pdata[i];

          g_ptr_array_add (ids, g_steal_pointer (&hit->conversation));
          g_array_append_val (sections, hit->at);
        }
      if (ret_sections != NULL)
        *ret_sections = g_steal_pointer (&sections);
      return g_steal_pointer (&ids);
    }

  text = mos_sql_new ();
  mos_sql_append (text, is_plain (sql) ? "SELECT c.id" : "SELECT o.id", "");
  if (ret_sections != NULL)
    {
      mos_sql_append (text, ", ", "");
      append_key (text, keys[options->section].value, is_plain (sql));
    }
  if (is_plain (sql))
    mos_query_sql_append_branch (sql, text, sql->branches->pdata[0]);
  else
    append_conversations (sql, text);
  mos_sql_append (text, " ORDER BY ", "");
  append_key (text, options->is_reversed ? keys[options->sort].reversed : keys[options->sort].order, is_plain (sql));
  mos_sql_append (text, " LIMIT ?", "i", options->limit > 0 ? (gint64) options->limit : (gint64) -1);

  statement = mos_database_query_made (txn->database, text->text->str, text->values, error);
  r = statement != NULL ? 1 : -1;
  while (r > 0 && (r = mos_statement_step (statement, error)) > 0)
    {
      gint64 section = ret_sections != NULL ? mos_statement_get_int (statement, 1) : 0;

      g_ptr_array_add (ids, mos_statement_dup_text (statement, 0));
      g_array_append_val (sections, section);
    }
  if (r < 0)
    return NULL;
  if (ret_sections != NULL)
    *ret_sections = g_steal_pointer (&sections);
  return g_steal_pointer (&ids);
}

gboolean
mos_store_query_count (MosTxn *txn,
                       const MosQuery *query,
                       const MosQueryOptions *options,
                       guint *ret_count,
                       GError **error)
{
  g_autoptr (MosQuerySql) sql = NULL;
  g_autoptr (MosSql) text = mos_sql_new ();
  g_autoptr (MosStatement) statement = NULL;
  int r;

  *ret_count = 0;
  if (!mos_txn_flush (txn, error))
    return FALSE;
  sql = mos_query_sql_new (query, options, txn->now_us);
  if (is_plain (sql))
    {
      mos_sql_append (text, "SELECT count (*)", "");
      mos_query_sql_append_branch (sql, text, sql->branches->pdata[0]);
    }
  else
    {
      mos_sql_append (text, "SELECT count (*)", "");
      append_conversations (sql, text);
    }
  statement = mos_database_query_made (txn->database, text->text->str, text->values, error);
  r = statement != NULL ? mos_statement_step (statement, error) : -1;
  if (r < 0)
    return FALSE;
  *ret_count = (guint) mos_statement_get_int (statement, 0);
  return TRUE;
}
