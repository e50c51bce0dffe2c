/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-values"

#include "config.h"

#include "core/values/mos-query-private.h"

/* Recursive descent. Nothing is an error: what does not fit is left aside, or is text. */

#define MAX_TEXT (64 * 1024)
#define MAX_TERMS 128
#define MAX_VALUE 256
/* Deeper parentheses are as if they were not there. */
#define MAX_DEPTH 64

typedef struct
{
  const char *text;
  const char *s;
  const MosQueryNames *names;
  GPtrArray *tokens;
  guint n_terms;
  guint depth;
  guint n_ignored; /* open parentheses beyond MAX_DEPTH */
} Parser;

static MosQueryNode *parse_all (Parser *p, MosQueryOperator op);

static void
token_free (gpointer data)
{
  g_free (((MosQueryToken *) data)->suggestion);
  g_free (data);
}

static gboolean
is_delimiter (const char *s)
{
  return *s == '\0' || *s == '"' || *s == '(' || *s == ')' || g_unichar_isspace (g_utf8_get_char (s)) || g_unichar_iscntrl (g_utf8_get_char (s));
}

static void
skip_blanks (Parser *p)
{
  while (*p->s != '\0' && (g_unichar_isspace (g_utf8_get_char (p->s)) || g_unichar_iscntrl (g_utf8_get_char (p->s))))
    p->s = g_utf8_next_char (p->s);
}

static gboolean
take_word (Parser *p,
           const char *word)
{
  gsize len = strlen (word);

  if (strncmp (p->s, word, len) != 0 || !is_delimiter (p->s + len))
    return FALSE;
  p->s += len;
  return TRUE;
}

/* Blanks single, none at the ends, no longer than a value may be. */
static char *
clean_value (const char *start,
             const char *end)
{
  GString *out = g_string_new (NULL);
  gboolean space = FALSE;

  for (const char *s = start; s < end; s = g_utf8_next_char (s))
    {
      gunichar c = g_utf8_get_char (s);
      char utf8[6];
      int n = g_unichar_to_utf8 (c, utf8);

      if (g_unichar_isspace (c) || g_unichar_iscntrl (c))
        {
          space = out->len > 0;
          continue;
        }
      if (out->len + (gsize) n + (space ? 1 : 0) > MAX_VALUE)
        break;
      if (space)
        g_string_append_c (out, ' ');
      space = FALSE;
      g_string_append_len (out, utf8, n);
    }
  return g_string_free (out, FALSE);
}

static MosQueryNode *
make_term (Parser *p,
           MosQueryOperator op,
           const char *value,
           gboolean is_prefix)
{
  const char *const *words = mos_query_operator_list_values (op);
  MosQueryNode *node;

  if (*value == '\0' || p->n_terms >= MAX_TERMS)
    return NULL;
  p->n_terms++;
  node = mos_query_node_new (MOS_QUERY_TERM);
  node->op = op;
  node->value = g_strdup (value);
  /* Words that are known are whole; names of agents are others. */
  node->is_prefix = is_prefix && (words == NULL || ((op == MOS_QUERY_ASSIGNEE || op == MOS_QUERY_CATEGORY) && !g_strv_contains (words, value)));
  return node;
}

static MosQueryToken *
add_token (Parser *p,
           const char *start,
           const char *value,
           MosQueryOperator op,
           gboolean has_operator)
{
  MosQueryToken *token = g_new0 (MosQueryToken, 1);

  token->start = (gsize) (start - p->text);
  token->value_start = (gsize) (value - p->text);
  token->end = (gsize) (p->s - p->text);
  token->op = op;
  token->has_operator = has_operator;
  g_ptr_array_add (p->tokens, token);
  return token;
}

/* Where the name before a colon ends; NULL when there is none. A single letter is a drive, digits are a time. */
static const char *
find_colon (const char *s)
{
  const char *start = s;
  gsize n = 0;

  if (*s == '-')
    return NULL;
  for (; mos_query_is_name_char (g_utf8_get_char (s)) && n < 64; n++)
    s = g_utf8_next_char (s);
  return *s == ':' && s > start ? s : NULL;
}

/* Behind "name:": a group, of which every word is one of the operator. */
static MosQueryNode *
parse_group (Parser *p,
             MosQueryOperator op)
{
  MosQueryNode *node;

  p->s++;
  if (p->depth >= MAX_DEPTH)
    {
      p->n_ignored++;
      return NULL;
    }
  p->depth++;
  node = parse_all (p, op);
  if (*p->s == ')')
    p->s++;
  p->depth--;
  return node;
}

/* What stands between quotation marks, or up to the next blank. */
static char *
read_value (Parser *p,
            const char **ret_start,
            gboolean *ret_is_prefix)
{
  const char *start = p->s, *end;

  *ret_is_prefix = FALSE;
  if (*p->s == '"')
    {
      start = ++p->s;
      while (*p->s != '\0' && *p->s != '"')
        p->s++;
      end = p->s;
      if (*p->s == '"')
        p->s++;
      if (*p->s == '*')
        {
          *ret_is_prefix = end[0] == '"';
          p->s++;
        }
    }
  else
    {
      while (!is_delimiter (p->s))
        p->s = g_utf8_next_char (p->s);
      end = p->s;
      while (end > start && end[-1] == '*')
        {
          *ret_is_prefix = TRUE;
          end--;
        }
    }
  *ret_start = start;
  return clean_value (start, end);
}

static MosQueryNode *
parse_term (Parser *p,
            MosQueryOperator outer)
{
  const char *start = p->s, *colon = find_colon (p->s), *value_start;
  g_autofree char *value = NULL;
  g_autofree char *nick = NULL;
  MosQueryOperator op = outer, of;
  MosQueryToken *token;
  gboolean is_prefix, known = FALSE, is_slip = FALSE;

  if (colon != NULL)
    {
      known = mos_query_names_find (p->names, p->s, (gsize) (colon - p->s), &op);
      /* "https://", "C:\", "Re:" */
      is_slip = !known && !is_delimiter (colon + 1) && colon[1] != '/' && colon[1] != '\\' && g_utf8_strlen (start, colon - start) > 1;
    }
  if (known)
    {
      p->s = colon + 1;
      if (*p->s == '(')
        {
          add_token (p, start, p->s, op, TRUE);
          return parse_group (p, op);
        }
      value = read_value (p, &value_start, &is_prefix);
    }
  else
    {
      op = outer;
      value = read_value (p, &value_start, &is_prefix);
    }

  token = add_token (p, start, value_start, known ? op : MOS_QUERY_TEXT, known);
  if (*value == '\0')
    {
      if (known)
        token->hint = MOS_QUERY_HINT_NO_VALUE;
      return NULL;
    }
  if (is_slip)
    {
      g_autofree char *name = g_strndup (start, (gsize) (colon - start));

      token->hint = MOS_QUERY_HINT_UNKNOWN_OPERATOR;
      token->suggestion = mos_query_names_suggest (p->names, name);
    }

  nick = mos_query_names_find_value (p->names, op, value, &of);
  if (nick == NULL)
    {
      g_autofree char *whole = known ? clean_value (start, p->s) : g_strdup (value);
      g_autofree char *plain = NULL;

      if (token->hint == MOS_QUERY_HINT_NONE)
        {
          token->hint = MOS_QUERY_HINT_UNKNOWN_VALUE;
          token->suggestion = mos_query_names_suggest_value (p->names, op, value);
        }
      g_strdelimit (whole, "\"*", ' ');
      plain = clean_value (whole, whole + strlen (whole));
      return make_term (p, MOS_QUERY_TEXT, plain, is_prefix);
    }
  return make_term (p, of, nick, is_prefix);
}

static MosQueryNode *
negate (MosQueryNode *node)
{
  MosQueryNode * not;

  if (node->kind == MOS_QUERY_NOT)
    return g_ptr_array_steal_index (node->children, 0);
  not = mos_query_node_new (MOS_QUERY_NOT);
  g_ptr_array_add (not->children, node);
  return not;
}

static MosQueryNode *
parse_item (Parser *p,
            MosQueryOperator op)
{
  MosQueryNode *node;
  gboolean is_negative = FALSE;

  skip_blanks (p);
  for (; *p->s == '-'; p->s++)
    is_negative = !is_negative;
  if (*p->s == '(')
    node = parse_group (p, op);
  else if (*p->s == '\0' || (is_delimiter (p->s) && *p->s != '"'))
    /* A dash between words, or nothing. */
    return NULL;
  else
    node = parse_term (p, op);

  if (node != NULL && is_negative)
    {
      MosQueryNode *inner = node;

      node = negate (inner);
      if (node->kind != MOS_QUERY_NOT || node->children->pdata[0] != inner)
        mos_query_node_free (inner);
    }
  return node;
}

/* Adds a part, or those of a part of the same kind. */
static void
add_part (GPtrArray *parts,
          MosQueryNode *node,
          MosQueryNodeKind kind)
{
  if (node == NULL)
    return;
  if (node->kind != kind)
    {
      g_ptr_array_add (parts, node);
      return;
    }
  while (node->children->len > 0)
    g_ptr_array_add (parts, g_ptr_array_steal_index (node->children, 0));
  mos_query_node_free (node);
}

static MosQueryNode *
join (GPtrArray *parts,
      MosQueryNodeKind kind)
{
  MosQueryNode *node;

  if (parts->len == 0)
    return NULL;
  if (parts->len == 1)
    return g_ptr_array_steal_index (parts, 0);
  node = mos_query_node_new (kind);
  while (parts->len > 0)
    g_ptr_array_add (node->children, g_ptr_array_steal_index (parts, 0));
  return node;
}

/* Up to the end, or to the parenthesis that closes what was opened. */
static gboolean
is_at_end (Parser *p)
{
  skip_blanks (p);
  while (*p->s == ')')
    {
      if (p->n_ignored > 0)
        p->n_ignored--;
      else if (p->depth > 0)
        return TRUE;
      p->s++;
      skip_blanks (p);
    }
  return *p->s == '\0';
}

static MosQueryNode *
parse_any (Parser *p,
           MosQueryOperator op)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_query_node_free);

  do
    {
      /* One too many is none. */
      while (!is_at_end (p) && (take_word (p, "OR") || take_word (p, "AND")))
        ;
      if (is_at_end (p))
        break;
      add_part (parts, parse_item (p, op), MOS_QUERY_OR);
    }
  while (!is_at_end (p) && take_word (p, "OR"));
  return join (parts, MOS_QUERY_OR);
}

static MosQueryNode *
parse_all (Parser *p,
           MosQueryOperator op)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_query_node_free);

  while (!is_at_end (p))
    add_part (parts, parse_any (p, op), MOS_QUERY_AND);
  return join (parts, MOS_QUERY_AND);
}

MosQuery *
mos_query_parse (const char *text,
                 const MosQueryNames *names)
{
  g_autofree char *valid = g_utf8_make_valid (text, (gssize) strnlen (text, MAX_TEXT));
  MosQuery *self = mos_query_new ();
  Parser p = { valid, valid, names, NULL, 0, 0, 0 };

  p.tokens = self->tokens = g_ptr_array_new_with_free_func (token_free);
  self->root = parse_all (&p, MOS_QUERY_TEXT);
  return self;
}
