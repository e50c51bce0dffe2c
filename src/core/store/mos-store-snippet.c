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
} Term;

typedef struct
{
  GPtrArray *terms;
} Query;

static void
term_free (Term *term)
{
  g_ptr_array_unref (term->tokens);
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
  statement = mos_database_query (txn->database, error,
                                  "SELECT t.text, m.subject, " MOS_SEARCH_PEOPLE ", " MOS_SEARCH_NAMES ", t.reply_text FROM message m JOIN message_text t ON t.seq = m.seq WHERE m.id = ?", "t", message);
  r = statement != NULL ? mos_statement_step (statement, error) : -1;
  if (r < 0)
    return FALSE;
  for (int i = 0; r > 0 && i < 4 && snippet == NULL; i++)
    snippet = make_snippet (&wanted, mos_statement_get_text (statement, i) != NULL ? mos_statement_get_text (statement, i) : "");
  if (snippet == NULL && r > 0 && !find_in_files (txn, &wanted, message, &snippet, &file, error))
    return FALSE;
  /* The words are spread over several of them. */
  if (snippet == NULL && r > 0)
    snippet = mos_one_line (mos_statement_get_text (statement, 4), 160);
  *ret_snippet = g_steal_pointer (&snippet);
  *ret_file = g_steal_pointer (&file);
  return TRUE;
}
