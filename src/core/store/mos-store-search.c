/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-store"

#include "config.h"

#include "core/store/mos-store-search.h"

#include "core/store/mos-store-private.h"
#include "core/store/mos-tokenizer.h"

#include <stdlib.h>
#include <string.h>

/* A longer query is a paste by mistake; its beginning says enough. */
#define MAX_QUERY 4000
#define MAX_TERMS 64

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

/* The names and addresses of a message, as they are stored. */
#define PEOPLE "coalesce (m.from_name, '') || ' ' || coalesce (m.from_address, '') || char (10) || coalesce ((SELECT group_concat (coalesce (a.value ->> 0, '') || ' ' || (a.value ->> 1), char (10))" \
               " FROM json_each (m.recipients) r, json_each (r.value) a WHERE r.key <> 'bcc'), '')"
#define FILES "coalesce ((SELECT group_concat (name, char (10)) FROM attachment WHERE message = m.id), '')"

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
  statement = mos_database_query (txn->database, error, "SELECT m.subject, t.text, " PEOPLE ", " FILES " FROM message m JOIN message_text t ON t.seq = m.seq WHERE m.seq = ? AND m.removed_at = 0", "i", seq);
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
                            "INSERT INTO search (rowid, subject, body, people, files) SELECT m.seq, m.subject, t.text, " PEOPLE ", " FILES
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

/* --- queries --- */

/* One word or phrase: its folded tokens, in order. */
typedef struct
{
  GPtrArray *tokens; /* of char * */
  gboolean is_prefix;
} Term;

typedef struct
{
  GPtrArray *terms;
  GString *match; /* what FTS5 is asked: each term in quotes, so that no text of a person is an operator */
  gint64 number;  /* a conversation's, or 0 */
} Query;

static void
term_free (Term *term)
{
  g_ptr_array_unref (term->tokens);
  g_free (term);
}

static void
query_free (Query *query)
{
  g_ptr_array_unref (query->terms);
  g_string_free (query->match, TRUE);
  g_free (query);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Query, query_free)

static gboolean
collect_token (const char *token,
               gsize len,
               gsize start,
               gsize end,
               gpointer data)
{
  g_ptr_array_add (data, g_strndup (token, len));
  return TRUE;
}

static void
add_term (Query *query,
          const char *text,
          gsize len,
          gboolean is_prefix)
{
  Term *term = g_new0 (Term, 1);
  gsize last = 0;
  gunichar c;

  term->tokens = g_ptr_array_new_with_free_func (g_free);
  mos_tokenize (text, len, TRUE, collect_token, term->tokens);
  if (term->tokens->len == 0 || query->terms->len >= MAX_TERMS)
    {
      term_free (term);
      return;
    }
  /* A single CJK character is the beginning of the pairs that the index holds. */
  last = term->tokens->len - 1;
  c = g_utf8_get_char (term->tokens->pdata[last]);
  term->is_prefix = is_prefix || (c >= 0x2e80 && g_utf8_strlen (term->tokens->pdata[last], -1) == 1);

  if (query->match->len > 0)
    g_string_append (query->match, " AND ");
  for (guint i = 0; i < term->tokens->len; i++)
    g_string_append_printf (query->match, "%s\"%s\"", i > 0 ? " + " : "", (const char *) term->tokens->pdata[i]);
  if (term->is_prefix)
    g_string_append (query->match, " *");
  g_ptr_array_add (query->terms, term);
}

/* Words, "phrases" and prefix*; AND between words may be written. Never fails: a quote that is not closed ends at the end. */
static Query *
query_parse (const char *text)
{
  Query *query = g_new0 (Query, 1);
  g_autofree char *valid = g_utf8_make_valid (text, (gssize) strnlen (text, MAX_QUERY));
  const char *s = valid;
  char *end;

  query->terms = g_ptr_array_new_with_free_func ((GDestroyNotify) term_free);
  query->match = g_string_new (NULL);
  query->number = strtoll (*valid == '#' ? valid + 1 : valid, &end, 10);
  if (*end != '\0' || query->number < 0)
    query->number = 0;

  while (*s != '\0')
    {
      const char *start = s;

      if (g_ascii_isspace (*s))
        {
          s++;
          continue;
        }
      if (*s == '"')
        {
          start = ++s;
          while (*s != '\0' && *s != '"')
            s++;
          add_term (query, start, (gsize) (s - start), *s == '"' && s[1] == '*');
          if (*s == '"')
            s++;
          if (*s == '*')
            s++;
          continue;
        }
      while (*s != '\0' && *s != '"' && !g_ascii_isspace (*s))
        s++;
      if (s - start == 3 && strncmp (start, "AND", 3) == 0)
        continue;
      add_term (query, start, (gsize) (s - start), s[-1] == '*');
    }
  return query;
}

/* --- snippets --- */

typedef struct
{
  char *token;
  gsize start;
  gsize end;
} Span;

static gboolean
collect_span (const char *token,
              gsize len,
              gsize start,
              gsize end,
              gpointer data)
{
  Span span = { g_strndup (token, len), start, end };

  g_array_append_val (data, span);
  /* Enough for a snippet; a hit beyond is shown by the beginning. */
  return ((GArray *) data)->len < 20000;
}

static void
clear_span (gpointer span)
{
  g_free (((Span *) span)->token);
}

static gboolean
term_is_at (Term *term,
            GArray *spans,
            guint at)
{
  for (guint i = 0; i < term->tokens->len; i++)
    {
      const char *wanted = term->tokens->pdata[i];
      const char *token;

      if (at + i >= spans->len)
        return FALSE;
      token = g_array_index (spans, Span, at + i).token;
      if (i + 1 == term->tokens->len && term->is_prefix ? !g_str_has_prefix (token, wanted) : strcmp (token, wanted) != 0)
        return FALSE;
    }
  return TRUE;
}

/* About 160 characters around the first hit, hits between U+0002 and U+0003. */
static char *
make_snippet (Query *query,
              const char *text)
{
  g_autoptr (GArray) spans = g_array_new (FALSE, FALSE, sizeof (Span));
  g_autofree guint8 *marks = NULL;
  GString *out;
  gsize len = strlen (text), from = 0, to, first = G_MAXSIZE;
  gboolean inside = FALSE, space = FALSE;

  g_array_set_clear_func (spans, clear_span);
  mos_tokenize (text, len, FALSE, collect_span, spans);
  marks = g_malloc0 (len + 1);
  for (guint i = 0; i < spans->len; i++)
    for (guint t = 0; t < query->terms->len; t++)
      {
        Term *term = query->terms->pdata[t];

        if (!term_is_at (term, spans, i))
          continue;
        first = MIN (first, g_array_index (spans, Span, i).start);
        memset (marks + g_array_index (spans, Span, i).start, 1, g_array_index (spans, Span, i + term->tokens->len - 1).end - g_array_index (spans, Span, i).start);
      }
  if (first == G_MAXSIZE)
    return NULL;

  if (first > 60)
    {
      from = first - 60;
      while (from < first && !g_ascii_isspace (text[from]))
        from++;
      if (from == first)
        from = first > 30 ? first - 30 : 0;
      while (from > 0 && ((guchar) text[from] & 0xc0) == 0x80)
        from--;
    }
  to = MIN (len, from + 200);
  while (to < len && ((guchar) text[to] & 0xc0) == 0x80)
    to++;

  out = g_string_new (from > 0 ? "…" : NULL);
  for (gsize i = from; i < to;)
    {
      gunichar c = g_utf8_get_char (text + i);
      gsize next = (gsize) (g_utf8_next_char (text + i) - text);

      if (g_unichar_isspace (c) || g_unichar_iscntrl (c))
        space = out->len > 0;
      else
        {
          if (inside && marks[i] == 0)
            {
              g_string_append_c (out, '\x03');
              inside = FALSE;
            }
          if (space)
            g_string_append_c (out, ' ');
          space = FALSE;
          if (!inside && marks[i] != 0)
            {
              g_string_append_c (out, '\x02');
              inside = TRUE;
            }
          g_string_append_unichar (out, c);
        }
      i = next;
    }
  if (inside)
    g_string_append_c (out, '\x03');
  if (to < len)
    g_string_append (out, "…");
  return g_string_free (out, FALSE);
}

static gboolean
load_snippet (MosTxn *txn,
              Query *query,
              const char *message,
              char **ret_snippet,
              GError **error)
{
  g_autoptr (MosStatement) statement = mos_database_query (txn->database, error, "SELECT t.text, m.subject, " PEOPLE ", " FILES ", t.reply_text FROM message m JOIN message_text t ON t.seq = m.seq WHERE m.id = ?", "t", message);
  int r = statement != NULL ? mos_statement_step (statement, error) : -1;

  if (r < 0)
    return FALSE;
  *ret_snippet = NULL;
  for (int i = 0; r > 0 && i < 4 && *ret_snippet == NULL; i++)
    *ret_snippet = make_snippet (query, mos_statement_get_text (statement, i) != NULL ? mos_statement_get_text (statement, i) : "");
  /* The words are spread over several of them. */
  if (*ret_snippet == NULL)
    *ret_snippet = r > 0 ? mos_one_line (mos_statement_get_text (statement, 4), 160) : g_strdup ("");
  return TRUE;
}

/* --- public --- */

#define SEEN_PLACES "place NOT IN ('deleted', 'merged', 'blank', 'erased')"

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

GPtrArray *
mos_store_search (MosTxn *txn,
                  const char *text,
                  guint limit,
                  gboolean with_snippets,
                  GError **error)
{
  g_autoptr (GPtrArray) hits = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_search_hit_unref);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (Query) query = query_parse (text);

  if (!mos_txn_flush (txn, error))
    return NULL;
  if (query->number > 0)
    {
      g_autoptr (MosStatement) statement =
          mos_database_query (txn->database, error, "SELECT id, (SELECT m.id FROM message m WHERE m.conversation = c.id AND m.removed_at = 0 ORDER BY seq DESC LIMIT 1) FROM conversation c WHERE number = ? AND " SEEN_PLACES, "i", query->number);
      int r = statement != NULL ? mos_statement_step (statement, error) : -1;

      if (r < 0)
        return NULL;
      if (r > 0)
        {
          g_ptr_array_add (hits, hit_new (mos_statement_get_text (statement, 0), mos_statement_get_text (statement, 1)));
          g_hash_table_add (seen, mos_statement_dup_text (statement, 0));
        }
    }
  if (query->match->len > 0)
    {
      g_autoptr (MosStatement) statement =
          mos_database_query (txn->database, error,
                              "SELECT m.conversation, m.id FROM search s JOIN message m ON m.seq = s.rowid JOIN conversation c ON c.id = m.conversation"
                              " WHERE search MATCH ? AND " SEEN_PLACES " ORDER BY s.rowid DESC",
                              "t", query->match->str);
      int r = statement != NULL ? 1 : -1;

      while ((limit == 0 || hits->len < limit) && r > 0 && (r = mos_statement_step (statement, error)) > 0)
        {
          const char *conversation = mos_statement_get_text (statement, 0);

          if (g_hash_table_contains (seen, conversation))
            continue;
          g_hash_table_add (seen, g_strdup (conversation));
          g_ptr_array_add (hits, hit_new (conversation, mos_statement_get_text (statement, 1)));
        }
      if (r < 0)
        return NULL;
    }
  for (guint i = 0; with_snippets && i < hits->len; i++)
    {
      MosSearchHit *hit = hits->pdata[i];

      g_clear_pointer (&hit->snippet, g_free);
      if (!load_snippet (txn, query, hit->message, &hit->snippet, error))
        return NULL;
    }
  return g_steal_pointer (&hits);
}

GPtrArray *
mos_search_list_ids (MosTxn *txn,
                     const char *query,
                     guint limit,
                     GError **error)
{
  g_autoptr (GPtrArray) hits = mos_store_search (txn, query, limit, FALSE, error);
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);

  if (hits == NULL)
    return NULL;
  for (guint i = 0; i < hits->len; i++)
    g_ptr_array_add (ids, g_strdup (((MosSearchHit *) hits->pdata[i])->conversation));
  return g_steal_pointer (&ids);
}
