/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-store"

#include "config.h"

#include "core/store/mos-store-search.h"

#include "core/store/mos-store-private.h"
#include "core/store/mos-store-query-private.h"

#include "core/base/mos-text.h"

#include <string.h>

/* Exact ones that are put before the others. */
#define MAX_EXACT 20

/* --- index --- */

static int
compare_jobs (gconstpointer a,
              gconstpointer b)
{
  const MosIndexJob *x = *(MosIndexJob *const *) a, *y = *(MosIndexJob *const *) b;

  return (x->seq > y->seq) - (x->seq < y->seq);
}

gboolean
mos_search_flush (MosTxn *txn,
                  GError **error)
{
  GPtrArray *jobs = txn->index_jobs;

  if (jobs->len == 0)
    return TRUE;
  /* FTS5 writes a segment of its own whenever a row id is lower than the one before, as in a first sync, newest first. */
  g_ptr_array_sort (jobs, compare_jobs);
  for (guint i = 0; i < jobs->len; i++)
    {
      MosIndexJob *job = jobs->pdata[i];

      if ((job->is_replacement && !mos_database_exec (txn->database, error, "DELETE FROM search WHERE rowid = ?", "i", job->seq)) ||
          (job->subject != NULL && !mos_database_exec (txn->database, error, "INSERT INTO search (rowid, subject, body, people, files) VALUES (?, ?, ?, ?, ?)", "itttt", job->seq, job->subject, job->body, job->people, job->files)))
        return FALSE;
    }
  g_ptr_array_set_size (jobs, 0);
  txn->index_bytes = 0;
  return TRUE;
}

gboolean
mos_search_queue (MosTxn *txn,
                  gint64 seq,
                  gboolean is_new,
                  GError **error)
{
  g_autoptr (MosStatement) statement = NULL;
  MosIndexJob *job;
  int r;

  /* A job for the same row that still waits goes first. */
  if (!mos_search_flush (txn, error))
    return FALSE;
  statement = mos_database_query (txn->database, error, "SELECT m.subject, t.text, " MOS_SEARCH_PEOPLE ", " MOS_SEARCH_FILES " FROM message m JOIN message_text t ON t.seq = m.seq WHERE m.seq = ? AND m.removed_at = 0", "i", seq);
  r = statement != NULL ? mos_statement_step (statement, error) : -1;
  if (r < 0)
    return FALSE;
  job = g_new0 (MosIndexJob, 1);
  job->seq = seq;
  job->is_replacement = !is_new;
  if (r > 0)
    {
      job->subject = mos_statement_dup_text0 (statement, 0);
      job->body = mos_statement_dup_text0 (statement, 1);
      job->people = mos_statement_dup_text0 (statement, 2);
      job->files = mos_statement_dup_text0 (statement, 3);
    }
  g_ptr_array_add (txn->index_jobs, job);
  return TRUE;
}

gboolean
mos_store_search_rebuild (MosTxn *txn,
                          GError **error)
{
  if (!mos_search_flush (txn, error))
    return FALSE;
  return mos_database_exec (txn->database, error, "INSERT INTO search (search) VALUES ('delete-all')", "") &&
         mos_database_exec (txn->database, error,
                            "INSERT INTO search (rowid, subject, body, people, files) SELECT m.seq, m.subject, t.text, " MOS_SEARCH_PEOPLE ", " MOS_SEARCH_FILES
                            " FROM message m JOIN message_text t ON t.seq = m.seq WHERE m.removed_at = 0 ORDER BY m.seq",
                            "");
}

gboolean
mos_search_check (MosTxn *txn,
                  GPtrArray *problems,
                  GError **error)
{
  g_autoptr (MosStatement) statement =
      mos_database_query (txn->database, error,
                          "SELECT id FROM message WHERE removed_at = 0 AND seq NOT IN (SELECT id FROM search_docsize)"
                          " UNION ALL SELECT CAST (id AS TEXT) FROM search_docsize WHERE id NOT IN (SELECT seq FROM message WHERE removed_at = 0)",
                          "");
  int r = statement != NULL ? 1 : -1;

  while (r > 0 && (r = mos_statement_step (statement, error)) > 0)
    mos_check_add (problems, "search", mos_statement_get_text (statement, 0), NULL);
  return r == 0;
}

/* --- public --- */

static MosSearchHit *
hit_new (const char *conversation,
         const char *message)
{
  MosSearchHit *hit = mos_search_hit_new ();

  hit->conversation = g_strdup (conversation);
  hit->message = g_strdup (message != NULL ? message : "");
  hit->snippet = g_strdup ("");
  return hit;
}

typedef struct
{
  GPtrArray *hits;
  GHashTable *seen; /* borrows from the hits */
  guint limit;
} Hits;

static void
add_hit (Hits *self,
         const char *conversation,
         const char *message)
{
  MosSearchHit *hit;

  if (g_hash_table_contains (self->seen, conversation) || (self->limit > 0 && self->hits->len >= self->limit))
    return;
  hit = hit_new (conversation, message);
  g_ptr_array_add (self->hits, hit);
  g_hash_table_add (self->seen, hit->conversation);
}

/* What is asked of @sql, one value: a conversation, and a message of it. */
static gboolean
add_exact (MosTxn *txn,
           Hits *self,
           const char *sql,
           const char *value,
           GError **error)
{
  g_autoptr (MosStatement) statement = mos_database_query (txn->database, error, sql, "ti", value, (gint64) MAX_EXACT);
  int r = statement != NULL ? 1 : -1;

  while (r > 0 && (r = mos_statement_step (statement, error)) > 0)
    add_hit (self, mos_statement_get_text (statement, 0), mos_statement_get_text (statement, 1));
  return r >= 0;
}

#define SEEN_PLACES "c.place NOT IN ('deleted', 'merged', 'blank', 'erased')"
#define NEWEST_MESSAGE "(SELECT m.id FROM message m WHERE m.conversation = c.id AND m.removed_at = 0 ORDER BY m.seq DESC LIMIT 1)"

static gboolean
has_digit (const char *text)
{
  return strpbrk (text, "0123456789") != NULL;
}

/* A number, an address or the number of an order alone: what is called so comes before what only speaks of it. */
static gboolean
find_exact (MosTxn *txn,
            Hits *hits,
            const MosQuery *query,
            GError **error)
{
  const MosQueryNode *term = query->root;
  g_autofree char *address = NULL;
  guint64 number;

  if (term == NULL || term->kind != MOS_QUERY_TERM || (term->op != MOS_QUERY_TEXT && term->op != MOS_QUERY_ORDER && term->op != MOS_QUERY_FROM))
    return TRUE;
  if (term->op == MOS_QUERY_TEXT && g_ascii_string_to_unsigned (*term->value == '#' ? term->value + 1 : term->value, 10, 1, G_MAXINT64, &number, NULL))
    {
      g_autofree char *digits = g_strdup_printf ("%" G_GUINT64_FORMAT, number);

      if (!add_exact (txn, hits, "SELECT c.id, " NEWEST_MESSAGE " FROM conversation c WHERE c.number = CAST (? AS INTEGER) AND " SEEN_PLACES " LIMIT ?", digits, error))
        return FALSE;
    }
  if (mos_text_is_address (term->value))
    {
      address = mos_text_canonical_address (term->value);
      return add_exact (txn, hits,
                        "SELECT c.id, " NEWEST_MESSAGE " FROM identity i JOIN customer_identity ci ON ci.identity = i.id JOIN conversation c ON c.customer = ci.customer"
                        " WHERE i.kind = 'email' AND i.scope = '' AND i.value = ? AND " SEEN_PLACES " ORDER BY c.updated_at DESC LIMIT ?",
                        address, error);
    }
  if (term->op != MOS_QUERY_FROM && has_digit (term->value))
    {
      g_autofree char *match = mos_query_match (term->value, FALSE, "subject");

      return match == NULL ||
             add_exact (txn, hits,
                        "SELECT m.conversation, m.id FROM search CROSS JOIN message m ON m.seq = search.rowid CROSS JOIN conversation c ON c.id = m.conversation"
                        " WHERE search MATCH ? AND " SEEN_PLACES " ORDER BY search.rowid DESC LIMIT ?",
                        match, error);
    }
  return TRUE;
}

GPtrArray *
mos_store_search_query (MosTxn *txn,
                        const MosQuery *query,
                        const char *me,
                        guint limit,
                        GError **error)
{
  g_autoptr (GPtrArray) hits = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_search_hit_unref);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) found = NULL;
  MosQueryOptions options = { .me = me, .limit = limit };
  Hits all = { hits, seen, limit };

  if (query->root == NULL)
    return g_steal_pointer (&hits);
  if (!mos_txn_flush (txn, error) || !find_exact (txn, &all, query, error))
    return NULL;
  found = mos_query_list_hits (txn, query, &options, error);
  if (found == NULL)
    return NULL;
  for (guint i = 0; i < found->len; i++)
    {
      MosQueryHit *hit = found->pdata[i];

      add_hit (&all, hit->conversation, hit->message);
    }
  return g_steal_pointer (&hits);
}

GPtrArray *
mos_store_search (MosTxn *txn,
                  const char *text,
                  guint limit,
                  gboolean with_snippets,
                  GError **error)
{
  g_autoptr (MosQuery) query = mos_query_parse (text, NULL);
  g_autoptr (GPtrArray) hits = mos_store_search_query (txn, query, NULL, limit, error);

  for (guint i = 0; hits != NULL && with_snippets && i < hits->len; i++)
    {
      MosSearchHit *hit = hits->pdata[i];
      g_autofree char *snippet = NULL;

      if (!mos_store_search_snippet (txn, query, hit->message, &snippet, &hit->file, error))
        return NULL;
      if (snippet != NULL)
        {
          g_free (hit->snippet);
          hit->snippet = g_steal_pointer (&snippet);
        }
    }
  return g_steal_pointer (&hits);
}

GPtrArray *
mos_search_list_ids (MosTxn *txn,
                     const char *text,
                     guint limit,
                     GError **error)
{
  g_autoptr (GPtrArray) hits = mos_store_search (txn, text, limit, FALSE, error);
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);

  if (hits == NULL)
    return NULL;
  for (guint i = 0; i < hits->len; i++)
    g_ptr_array_add (ids, g_strdup (((MosSearchHit *) hits->pdata[i])->conversation));
  return g_steal_pointer (&ids);
}
