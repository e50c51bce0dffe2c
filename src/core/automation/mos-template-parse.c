/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-automation"

#include "config.h"

#include "core/automation/mos-template-parse-private.h"

#include <string.h>

/* Recursive descent. A tag with a problem is left as text, and reading goes on behind it. */

#define MAX_TEXT (64 * 1024)

static void parse_nodes (MosTemplateParser *p, GPtrArray *nodes, gboolean is_in_if);

/* --- tags --- */

static MosTemplateNode *
add_node (MosTemplateParser *p,
          GPtrArray *nodes,
          MosTemplateNodeKind kind,
          const char *start,
          const char *end)
{
  MosTemplateNode *node;

  if (kind == MOS_TEMPLATE_NODE_TEXT && start >= end)
    return NULL;
  node = g_new0 (MosTemplateNode, 1);
  node->kind = kind;
  node->start = (gsize) (start - p->text);
  node->end = (gsize) (end - p->text);
  g_ptr_array_add (nodes, node);
  return node;
}

/* A tag of a condition alone in its line: @start and @end are moved to mos_template_parser_take the line with it. */
static void
widen_to_line (MosTemplateParser *p,
               const char **start,
               const char **end)
{
  const char *before = *start, *behind = *end;

  while (before > p->text && (before[-1] == ' ' || before[-1] == '\t'))
    before--;
  while (*behind == ' ' || *behind == '\t' || *behind == '\r')
    behind++;
  if ((before > p->text && before[-1] != '\n') || (*behind != '\n' && *behind != '\0'))
    return;
  *start = before;
  *end = *behind == '\n' ? behind + 1 : behind;
}

static void
parse_value (MosTemplateParser *p,
             GPtrArray *nodes,
             const char *start)
{
  g_autoptr (MosExpression) expression = NULL;
  MosTemplateNode *node;
  const char *end = p->tag_end + 2;

  mos_template_parser_skip_blanks (p);
  if (p->s >= p->tag_end)
    mos_template_parser_fail (p, MOS_TEMPLATE_PROBLEM_EMPTY_TAG, start, end);
  else
    expression = mos_template_parser_read_expression (p);
  mos_template_parser_skip_blanks (p);
  if (!p->has_failed && p->s < p->tag_end)
    mos_template_parser_fail_here (p);
  node = add_node (p, nodes, p->has_failed ? MOS_TEMPLATE_NODE_BROKEN : MOS_TEMPLATE_NODE_VALUE, start, end);
  if (!p->has_failed)
    node->expression = g_steal_pointer (&expression);
  p->s = end;
}

/* Behind "if" or "elif". Returns: (nullable) */
static MosTest *
parse_condition (MosTemplateParser *p)
{
  g_autoptr (MosTest) test = mos_template_parser_read_test (p);

  mos_template_parser_skip_blanks (p);
  if (!p->has_failed && p->s < p->tag_end)
    mos_template_parser_fail_here (p);
  return p->has_failed ? NULL : g_steal_pointer (&test);
}

typedef enum
{
  TAG_IF,
  TAG_ELIF,
  TAG_ELSE,
  TAG_ENDIF,
  TAG_NONE, /* with a problem */
} Tag;

/* Reads the tag at @start, p->s behind its word. */
static Tag
read_tag_word (MosTemplateParser *p,
               const char *start)
{
  static const char *const words[] = { [TAG_IF] = "if", [TAG_ELIF] = "elif", [TAG_ELSE] = "else", [TAG_ENDIF] = "endif" };
  const char *word;

  mos_template_parser_skip_blanks (p);
  word = p->s;
  for (Tag tag = TAG_IF; tag < TAG_NONE; tag++)
    if (mos_template_parser_take_word (p, words[tag]))
      {
        mos_template_parser_skip_blanks (p);
        if (tag >= TAG_ELSE && p->s < p->tag_end)
          mos_template_parser_fail_here (p);
        return tag;
      }
  while (p->s < p->tag_end && mos_template_is_word (*p->s))
    p->s++;
  if (p->s > word)
    mos_template_parser_fail (p, MOS_TEMPLATE_PROBLEM_UNKNOWN_TAG, word, p->s);
  else if (word >= p->tag_end)
    mos_template_parser_fail (p, MOS_TEMPLATE_PROBLEM_EMPTY_TAG, start, p->tag_end + 2);
  else
    mos_template_parser_fail_here (p);
  return TAG_NONE;
}

/* Whether the tag at @start is one that goes on or ends the condition around it. */
static gboolean
is_of_condition (MosTemplateParser *p,
                 const char *start)
{
  gboolean is_it;

  p->s = start + 2;
  is_it = mos_template_parser_take_word (p, "elif") || mos_template_parser_take_word (p, "else") || mos_template_parser_take_word (p, "endif");
  p->s = start + 2;
  return is_it;
}

static MosTemplateBranch *
add_branch (MosTemplateNode *node,
            MosTest *test)
{
  MosTemplateBranch branch = { test, g_ptr_array_new_with_free_func (mos_template_node_free) };

  g_array_append_val (node->branches, branch);
  return &g_array_index (node->branches, MosTemplateBranch, node->branches->len - 1);
}

/* Opens the tag at @start for reading; %FALSE when it has no end: then nothing of the rest is a tag. */
static gboolean
open_tag (MosTemplateParser *p,
          const char *start)
{
  p->has_failed = FALSE;
  p->tag_end = mos_template_parser_find_tag_end (p, start);
  p->s = start + 2;
  if (p->tag_end != NULL)
    return TRUE;
  mos_template_parser_fail (p, MOS_TEMPLATE_PROBLEM_OPEN_TAG, start, start + 2);
  return FALSE;
}

/* An {% if %} whose condition was read, to behind its {% endif %}. */
static void
parse_if (MosTemplateParser *p,
          GPtrArray *nodes,
          const char *start,
          const char *end,
          MosTest *test)
{
  MosTemplateNode *node = add_node (p, nodes, MOS_TEMPLATE_NODE_IF, start, end);
  MosTemplateBranch *branch;
  gboolean has_else = FALSE;
  const char *from = start, *to = end;

  node->branches = g_array_new (FALSE, FALSE, sizeof (MosTemplateBranch));
  g_array_set_clear_func (node->branches, mos_template_branch_clear);
  branch = add_branch (node, test);
  widen_to_line (p, &from, &to);
  p->s = to;
  for (;;)
    {
      Tag tag;
      MosTest *next = NULL;

      parse_nodes (p, branch->nodes, TRUE);
      if (*p->s == '\0')
        {
          p->has_failed = FALSE;
          mos_template_parser_fail (p, MOS_TEMPLATE_PROBLEM_IF_WITHOUT_END, start, end);
          node->kind = MOS_TEMPLATE_NODE_BROKEN;
          return;
        }
      from = p->s;
      open_tag (p, from);
      to = p->tag_end + 2;
      tag = read_tag_word (p, from);
      if (has_else && tag != TAG_ENDIF)
        mos_template_parser_fail (p, MOS_TEMPLATE_PROBLEM_BEHIND_ELSE, from, to);
      if (tag == TAG_ELIF)
        next = parse_condition (p);
      has_else = has_else || tag == TAG_ELSE;
      if (p->has_failed)
        add_node (p, branch->nodes, MOS_TEMPLATE_NODE_BROKEN, from, to);
      widen_to_line (p, &from, &to);
      p->s = to;
      if (tag == TAG_ENDIF)
        return;
      if (!p->has_failed)
        branch = add_branch (node, next);
      else
        g_clear_pointer (&next, mos_template_test_free);
    }
}

/* To the end, or (@is_in_if) to the tag that belongs to the condition around. */
static void
parse_nodes (MosTemplateParser *p,
             GPtrArray *nodes,
             gboolean is_in_if)
{
  for (;;)
    {
      const char *text = p->s, *start = mos_template_parser_find_tag (p->s), *from, *to;
      const char *end;
      MosTest *test;
      Tag tag;

      if (start == NULL || !open_tag (p, start))
        {
          end = text + strlen (text);
          if (start == NULL)
            add_node (p, nodes, MOS_TEMPLATE_NODE_TEXT, text, end);
          else
            {
              add_node (p, nodes, MOS_TEMPLATE_NODE_TEXT, text, start);
              add_node (p, nodes, MOS_TEMPLATE_NODE_BROKEN, start, end);
            }
          p->s = end;
          return;
        }
      if (start[1] == '{')
        {
          add_node (p, nodes, MOS_TEMPLATE_NODE_TEXT, text, start);
          parse_value (p, nodes, start);
          continue;
        }

      from = start;
      to = end = p->tag_end + 2;
      widen_to_line (p, &from, &to);
      add_node (p, nodes, MOS_TEMPLATE_NODE_TEXT, text, MAX (from, text));
      if (is_in_if && is_of_condition (p, start))
        {
          p->s = start;
          return;
        }
      tag = read_tag_word (p, start);
      test = tag == TAG_IF ? parse_condition (p) : NULL;
      if (tag == TAG_IF && p->depth >= MOS_TEMPLATE_MAX_DEPTH)
        mos_template_parser_fail (p, MOS_TEMPLATE_PROBLEM_TOO_DEEP, start, end);
      if (tag != TAG_IF && tag != TAG_NONE)
        mos_template_parser_fail (p, MOS_TEMPLATE_PROBLEM_END_WITHOUT_IF, start, end);
      /* With a wrong condition its {% endif %} has still to be found. */
      if (tag == TAG_IF && p->depth < MOS_TEMPLATE_MAX_DEPTH)
        {
          if (p->has_failed)
            add_node (p, nodes, MOS_TEMPLATE_NODE_BROKEN, start, end);
          p->depth++;
          parse_if (p, nodes, start, end, test);
          p->depth--;
        }
      else
        {
          g_clear_pointer (&test, mos_template_test_free);
          add_node (p, nodes, MOS_TEMPLATE_NODE_BROKEN, start, end);
          p->s = to;
        }
    }
}

/* --- what a template asks for --- */

static void
collect_test (GPtrArray *out,
              MosTest *test)
{
  if (test == NULL)
    return;
  collect_test (out, test->left);
  collect_test (out, test->right);
  if (test->a != NULL)
    g_ptr_array_add (out, test->a);
  if (test->b != NULL)
    g_ptr_array_add (out, test->b);
}

static void
collect (GPtrArray *out,
         GPtrArray *nodes)
{
  for (guint i = 0; i < nodes->len; i++)
    {
      MosTemplateNode *node = g_ptr_array_index (nodes, i);

      if (node->expression != NULL)
        g_ptr_array_add (out, node->expression);
      for (guint b = 0; node->branches != NULL && b < node->branches->len; b++)
        {
          MosTemplateBranch *branch = &g_array_index (node->branches, MosTemplateBranch, b);

          collect_test (out, branch->test);
          collect (out, branch->nodes);
        }
    }
}

MosTemplate *
mos_template_parse (const char *text)
{
  MosTemplate *self;
  MosTemplateParser parser = { 0 };

  g_return_val_if_fail (text != NULL, NULL);

  self = g_new0 (MosTemplate, 1);
  self->text = g_utf8_make_valid (text, -1);
  self->is_cut = strlen (self->text) > MAX_TEXT;
  if (self->is_cut)
    *g_utf8_find_prev_char (self->text, self->text + MAX_TEXT + 1) = '\0';
  self->nodes = g_ptr_array_new_with_free_func (mos_template_node_free);
  self->problems = g_ptr_array_new_with_free_func (mos_template_problem_free);
  self->expressions = g_ptr_array_new ();
  parser.self = self;
  parser.text = parser.s = self->text;
  parser.limit = self->text + strlen (self->text);
  parse_nodes (&parser, self->nodes, FALSE);
  collect (self->expressions, self->nodes);
  if (self->is_cut)
    mos_template_add_problem (self, MOS_TEMPLATE_PROBLEM_TOO_LONG, strlen (self->text), strlen (self->text), NULL, 0);
  mos_template_place_problems (self);
  return self;
}
