/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-store"

#include "config.h"

#include "core/store/mos-store-private.h"
#include "core/store/mos-store-query-private.h"
#include "core/store/mos-store-search.h"
#include "core/store/mos-tokenizer.h"

#include <string.h>

/* Where in a message the words of a query are. The index keeps no texts: they are read again and gone through with the same tokenizer. */

/* One word or phrase: its folded tokens, in order. */
typedef struct
{
  GPtrArray *tokens; /* of char * */
  gboolean is_prefix;
  gsize *began; /* for each of them: see find_cb() */
} Term;

typedef struct
{
  GPtrArray *terms;
} Query;

static void
term_free (Term *term)
{
  g_ptr_array_unref (term->tokens);
  g_free (term->began);
  g_free (term);
}

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
          const MosQueryNode *node)
{
  Term *term = g_new0 (Term, 1);
  const char *last;

  term->tokens = g_ptr_array_new_with_free_func (g_free);
  mos_tokenize (node->value, strlen (node->value), TRUE, collect_token, term->tokens);
  if (term->tokens->len == 0)
    {
      term_free (term);
      return;
    }
  /* As mos_query_match() has it. */
  last = term->tokens->pdata[term->tokens->len - 1];
  term->is_prefix = node->is_prefix || (g_utf8_get_char (last) >= 0x2e80 && g_utf8_strlen (last, -1) == 1);
  term->began = g_new (gsize, term->tokens->len);
  g_ptr_array_add (query->terms, term);
}

/* What is looked for in texts, and not against. */
static void
add_terms (Query *query,
           const MosQueryNode *node)
{
  if (node->kind == MOS_QUERY_TERM && node->op <= MOS_QUERY_ORDER)
    add_term (query, node);
  else if (node->kind == MOS_QUERY_AND || node->kind == MOS_QUERY_OR)
    for (guint i = 0; i < node->children->len; i++)
      add_terms (query, node->children->pdata[i]);
}

/* --- where they stand --- */

/* About 160 characters are shown: from at most BEFORE bytes before the first hit to WIDTH bytes after that. */
#define BEFORE 60
#define WIDTH 200

typedef struct
{
  gsize start;
  gsize end;
} Span;

typedef struct
{
  Query *query;
  GArray *hits; /* of Span */
  gsize first;  /* where the first hit is; G_MAXSIZE = none so far */
  guint n_tokens;
} Finder;

static gboolean
term_takes (const Term *term,
            guint at,
            const char *token,
            gsize len)
{
  const char *wanted = term->tokens->pdata[at];
  gsize wanted_len = strlen (wanted);

  return (at + 1 == term->tokens->len && term->is_prefix ? wanted_len <= len : wanted_len == len) && memcmp (token, wanted, wanted_len) == 0;
}

/* Each term keeps, for every number of its tokens that the text has just had in a row, where the first of those began: so nothing of the
 * text is kept, and it is read no further than what is shown. */
static gboolean
find_cb (const char *token,
         gsize len,
         gsize start,
         gsize end,
         gpointer data)
{
  Finder *self = data;
  gsize earliest = start;

  for (guint t = 0; t < self->query->terms->len; t++)
    {
      Term *term = self->query->terms->pdata[t];

      for (guint i = term->tokens->len; i-- > 0;)
        {
          gsize began = i == 0 ? start : term->began[i - 1];

          term->began[i] = began != G_MAXSIZE && term_takes (term, i, token, len) ? began : G_MAXSIZE;
          if (term->began[i] == G_MAXSIZE)
            continue;
          earliest = MIN (earliest, began);
          if (i + 1 == term->tokens->len)
            {
              Span hit = { began, end };

              g_array_append_val (self->hits, hit);
              self->first = MIN (self->first, began);
            }
        }
    }
  /* Enough for a snippet; a hit beyond is shown by the beginning. */
  return ++self->n_tokens < 20000 && (self->first == G_MAXSIZE || earliest <= self->first + WIDTH);
}

/* @text from @from to @to with white space made single and the hits between U+0002 and U+0003. */
static char *
mark (const char *text,
      gsize len,
      gsize from,
      gsize to,
      GArray *hits)
{
  g_autofree guint8 *marks = g_malloc0 (to - from + 1);
  GString *out = g_string_sized_new (to - from + 32);
  gboolean inside = FALSE, space = FALSE;

  for (guint i = 0; i < hits->len; i++)
    {
      Span hit = g_array_index (hits, Span, i);

      if (hit.start < to && hit.end > from)
        memset (marks + MAX (hit.start, from) - from, 1, MIN (hit.end, to) - MAX (hit.start, from));
    }
  if (from > 0)
    g_string_append (out, "…");
  for (gsize i = from; i < to;)
    {
      gunichar c = (guchar) text[i] < 0x80 ? (gunichar) (guchar) text[i] : g_utf8_get_char (text + i);
      gsize next = (gsize) (g_utf8_next_char (text + i) - text);

      if (c < 0x80 ? c <= ' ' || c == 0x7f : g_unichar_isspace (c) || g_unichar_iscntrl (c))
        space = out->len > 0;
      else
        {
          if (inside && marks[i - from] == 0)
            {
              g_string_append_c (out, '\x03');
              inside = FALSE;
            }
          if (space)
            g_string_append_c (out, ' ');
          space = FALSE;
          if (!inside && marks[i - from] != 0)
            {
              g_string_append_c (out, '\x02');
              inside = TRUE;
            }
          if (c < 0x80)
            g_string_append_c (out, (char) c);
          else
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

/* Returns: (transfer full) (nullable): %NULL where nothing of @query stands in @text */
static char *
make_snippet (Query *query,
              const char *text)
{
  g_autoptr (GArray) hits = g_array_new (FALSE, FALSE, sizeof (Span));
  Finder finder = { query, hits, G_MAXSIZE, 0 };
  gsize len = strlen (text), from = 0, to;

  for (guint t = 0; t < query->terms->len; t++)
    {
      Term *term = query->terms->pdata[t];

      for (guint i = 0; i < term->tokens->len; i++)
        term->began[i] = G_MAXSIZE;
    }
  mos_tokenize (text, len, FALSE, find_cb, &finder);
  if (finder.first == G_MAXSIZE)
    return NULL;

  if (finder.first > BEFORE)
    {
      from = finder.first - BEFORE;
      while (from < finder.first && !g_ascii_isspace (text[from]))
        from++;
      if (from == finder.first)
        from = finder.first - BEFORE / 2;
      while (from > 0 && ((guchar) text[from] & 0xc0) == 0x80)
        from--;
    }
  to = MIN (len, from + WIDTH);
  while (to < len && ((guchar) text[to] & 0xc0) == 0x80)
    to++;
  return mark (text, len, from, to, hits);
}

/* Of the texts of its attachments, the first that has a hit. */
static gboolean
find_in_files (MosTxn *txn,
               Query *query,
               const char *message,
               char **ret_snippet,
               char **ret_file,
               GError **error)
{
  g_autoptr (MosStatement) statement =
      mos_database_query (txn->database, error, "SELECT a.name, f.text FROM attachment a JOIN file_text f ON f.sha256 = a.sha256 WHERE a.message = ? AND f.text <> '' ORDER BY a.position", "t", message);
  int r = statement != NULL ? 1 : -1;

  while (*ret_snippet == NULL && r > 0 && (r = mos_statement_step (statement, error)) > 0)
    {
      *ret_snippet = make_snippet (query, mos_statement_get_text (statement, 1));
      if (*ret_snippet != NULL)
        *ret_file = mos_statement_dup_text (statement, 0);
    }
  return r >= 0;
}

/* The words are not in its text. */
static gboolean
find_elsewhere (MosTxn *txn,
                Query *query,
                const char *message,
                char **ret_snippet,
                char **ret_file,
                GError **error)
{
  g_autoptr (MosStatement) statement =
      mos_database_query (txn->database, error, "SELECT m.subject, " MOS_SEARCH_PEOPLE ", " MOS_SEARCH_NAMES ", t.reply_text FROM message m JOIN message_text t ON t.seq = m.seq WHERE m.id = ?", "t", message);
  int r = statement != NULL ? mos_statement_step (statement, error) : -1;

  if (r <= 0)
    return r == 0;
  for (int i = 0; i < 3 && *ret_snippet == NULL; i++)
    *ret_snippet = make_snippet (query, mos_statement_get_text (statement, i) != NULL ? mos_statement_get_text (statement, i) : "");
  if (*ret_snippet == NULL && !find_in_files (txn, query, message, ret_snippet, ret_file, error))
    return FALSE;
  /* The words are spread over several of them. */
  if (*ret_snippet == NULL)
    *ret_snippet = mos_one_line (mos_statement_get_text (statement, 3), 160);
  return TRUE;
}

gboolean
mos_store_search_snippet (MosTxn *txn,
                          const MosQuery *query,
                          const char *message,
                          char **ret_snippet,
                          char **ret_file,
                          GError **error)
{
  g_autoptr (GPtrArray) terms = g_ptr_array_new_with_free_func ((GDestroyNotify) term_free);
  g_autoptr (MosStatement) statement = NULL;
  g_autofree char *snippet = NULL, *file = NULL;
  Query wanted = { terms };
  int r;

  *ret_snippet = *ret_file = NULL;
  if (query->root != NULL)
    add_terms (&wanted, query->root);
  if (terms->len == 0)
    return TRUE;
  statement = mos_database_query (txn->database, error, "SELECT t.text FROM message m JOIN message_text t ON t.seq = m.seq WHERE m.id = ?", "t", message);
  r = statement != NULL ? mos_statement_step (statement, error) : -1;
  if (r < 0)
    return FALSE;
  if (r == 0)
    return TRUE;
  snippet = make_snippet (&wanted, mos_statement_get_text (statement, 0) != NULL ? mos_statement_get_text (statement, 0) : "");
  if (snippet == NULL && !find_elsewhere (txn, &wanted, message, &snippet, &file, error))
    return FALSE;
  *ret_snippet = g_steal_pointer (&snippet);
  *ret_file = g_steal_pointer (&file);
  return TRUE;
}
