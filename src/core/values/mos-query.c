/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-values"

#include "config.h"

#include "core/values/mos-query-private.h"

void
mos_query_node_free (MosQueryNode *node)
{
  if (node == NULL)
    return;
  /* As deep as parentheses are taken, no deeper. */
  g_clear_pointer (&node->children, g_ptr_array_unref);
  g_free (node->value);
  g_free (node);
}

MosQueryNode *
mos_query_node_new (MosQueryNodeKind kind)
{
  MosQueryNode *node = g_new0 (MosQueryNode, 1);

  node->kind = kind;
  if (kind != MOS_QUERY_TERM)
    node->children = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_query_node_free);
  return node;
}

static void
mos_query_clear (MosQuery *self)
{
  mos_query_node_free (self->root);
  g_clear_pointer (&self->tokens, g_ptr_array_unref);
}

MOS_DEFINE_VALUE (MosQuery, query)

/* --- text --- */

static gboolean
needs_quotes (const char *value)
{
  const char *colon = NULL;

  if (*value == '\0' || *value == '-' || g_str_has_suffix (value, "*") || strcmp (value, "OR") == 0 || strcmp (value, "AND") == 0)
    return TRUE;
  for (const char *s = value; *s != '\0'; s = g_utf8_next_char (s))
    {
      gunichar c = g_utf8_get_char (s);

      if (c == '(' || c == ')' || c == '"' || g_unichar_isspace (c) || g_unichar_iscntrl (c))
        return TRUE;
      if (c == ':' && colon == NULL)
        colon = s;
    }
  /* With a name before it, it might be an operator. */
  for (const char *s = value; colon != NULL && s < colon; s = g_utf8_next_char (s))
    if (!mos_query_is_name_char (g_utf8_get_char (s)))
      return FALSE;
  return colon != NULL && colon > value;
}

static void
append_value (GString *out,
              const char *value)
{
  gboolean quoted = needs_quotes (value);

  if (quoted)
    g_string_append_c (out, '"');
  g_string_append (out, value);
  if (quoted)
    g_string_append_c (out, '"');
}

char *
mos_query_quote (const char *value)
{
  g_autofree char *bare = g_strdelimit (g_strdup (value), "\"", ' ');
  GString *out = g_string_new (NULL);

  append_value (out, bare);
  return g_string_free (out, FALSE);
}

static void
append_node (GString *out,
             const MosQueryNode *node,
             MosQueryNodeKind parent,
             gboolean is_root)
{
  gboolean in_parentheses;

  if (node->kind == MOS_QUERY_TERM)
    {
      if (node->op != MOS_QUERY_TEXT)
        g_string_append_printf (out, "%s:", mos_query_operator_to_nick (node->op));
      append_value (out, node->value);
      if (node->is_prefix)
        g_string_append_c (out, '*');
      return;
    }
  if (node->kind == MOS_QUERY_NOT)
    {
      g_string_append_c (out, '-');
      append_node (out, node->children->pdata[0], MOS_QUERY_NOT, FALSE);
      return;
    }
  in_parentheses = !is_root && (parent == MOS_QUERY_NOT || node->kind == MOS_QUERY_AND || parent == MOS_QUERY_AND);
  if (in_parentheses)
    g_string_append_c (out, '(');
  for (guint i = 0; i < node->children->len; i++)
    {
      if (i > 0)
        g_string_append (out, node->kind == MOS_QUERY_OR ? " OR " : " ");
      append_node (out, node->children->pdata[i], node->kind, FALSE);
    }
  if (in_parentheses)
    g_string_append_c (out, ')');
}

char *
mos_query_to_text (const MosQuery *self)
{
  GString *out = g_string_new (NULL);

  if (self->root != NULL)
    append_node (out, self->root, MOS_QUERY_AND, TRUE);
  return g_string_free (out, FALSE);
}

/* --- comparison --- */

static gboolean
nodes_equal (const MosQueryNode *a,
             const MosQueryNode *b)
{
  if (a->kind != b->kind)
    return FALSE;
  if (a->kind == MOS_QUERY_TERM)
    return a->op == b->op && a->is_prefix == b->is_prefix && strcmp (a->value, b->value) == 0;
  if (a->children->len != b->children->len)
    return FALSE;
  for (guint i = 0; i < a->children->len; i++)
    if (!nodes_equal (a->children->pdata[i], b->children->pdata[i]))
      return FALSE;
  return TRUE;
}

gboolean
mos_query_equal (const MosQuery *a,
                 const MosQuery *b)
{
  if (a->root == NULL || b->root == NULL)
    return a->root == b->root;
  return nodes_equal (a->root, b->root);
}
