/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-automation"

#include "config.h"

#include "core/automation/mos-template-private.h"

#include "core/base/mos-locale.h"

#include <string.h>

/* Recursive descent. A tag with a problem is left as text, and reading goes on behind it. */

#define MAX_TEXT (64 * 1024)
/* Of conditions in one another, and of parentheses in a condition. */
#define MAX_DEPTH 32

typedef struct
{
  MosTemplate *self;
  const char *text;
  const char *s;
  const char *tag_end; /* of the tag that is read: where its "}}" or "%}" is */
  guint depth;
  gboolean has_failed; /* in this tag */
} Parser;

static MosTest *parse_or (Parser *p);
static void parse_nodes (Parser *p, GPtrArray *nodes, gboolean is_in_if);

/* --- memory --- */

static void
filter_clear (gpointer data)
{
  g_free (((MosFilter *) data)->argument);
}

static void
expression_free (MosExpression *self)
{
  g_free (self->name);
  g_strfreev (self->choices);
  mos_template_value_clear (&self->literal);
  g_array_unref (self->filters);
  g_free (self);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MosExpression, expression_free)

static void
test_free (MosTest *self)
{
  g_clear_pointer (&self->left, test_free);
  g_clear_pointer (&self->right, test_free);
  g_clear_pointer (&self->a, expression_free);
  g_clear_pointer (&self->b, expression_free);
  g_free (self);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MosTest, test_free)

static void
branch_clear (gpointer data)
{
  MosTemplateBranch *branch = data;

  g_clear_pointer (&branch->test, test_free);
  g_clear_pointer (&branch->nodes, g_ptr_array_unref);
}

static void
node_free (gpointer data)
{
  MosTemplateNode *node = data;

  g_clear_pointer (&node->expression, expression_free);
  g_clear_pointer (&node->branches, g_array_unref);
  g_free (node);
}

static void
problem_free (gpointer data)
{
  MosTemplateProblem *problem = data;

  g_free (problem->detail);
  g_free (problem->suggestion);
  g_free (problem);
}

void
mos_template_free (MosTemplate *self)
{
  g_ptr_array_unref (self->nodes);
  g_ptr_array_unref (self->problems);
  g_ptr_array_unref (self->expressions);
  g_free (self->text);
  g_free (self);
}

/* --- problems --- */

MosTemplateProblem *
mos_template_add_problem (MosTemplate *self,
                          MosTemplateProblemKind kind,
                          gsize start,
                          gsize end,
                          const char *detail,
                          gsize detail_len)
{
  MosTemplateProblem *problem = g_new0 (MosTemplateProblem, 1);
  const char *line = self->text;

  problem->kind = kind;
  problem->start = start;
  problem->end = MAX (start, end);
  problem->line = 1;
  for (const char *s = self->text; s < self->text + start; s++)
    if (*s == '\n')
      {
        problem->line++;
        line = s + 1;
      }
  problem->column = 1 + (guint) g_utf8_strlen (line, self->text + start - line);
  problem->detail = detail != NULL ? g_strndup (detail, detail_len) : NULL;
  g_ptr_array_add (self->problems, problem);
  return problem;
}

/* One problem a tag: those behind it are mostly its echoes. */
static void
fail (Parser *p,
      MosTemplateProblemKind kind,
      const char *start,
      const char *end)
{
  if (!p->has_failed)
    mos_template_add_problem (p->self, kind, (gsize) (start - p->text), (gsize) (end - p->text), start, (gsize) (end - start));
  p->has_failed = TRUE;
}

/* --- what a tag is made of --- */

static gboolean
is_word_start (char c)
{
  return g_ascii_isalpha (c) || c == '_';
}

static gboolean
is_word (char c)
{
  return g_ascii_isalnum (c) || c == '_';
}

static void
skip_blanks (Parser *p)
{
  while (p->s < p->tag_end && g_unichar_isspace (g_utf8_get_char (p->s)))
    p->s = g_utf8_next_char (p->s);
}

/* The next thing in the tag, for a message about it. */
static void
fail_here (Parser *p)
{
  const char *end = p->s;

  if (p->s >= p->tag_end)
    {
      fail (p, MOS_TEMPLATE_PROBLEM_UNEXPECTED, p->tag_end, p->tag_end + 2);
      return;
    }
  if (is_word (*end))
    while (end < p->tag_end && is_word (*end))
      end++;
  else
    end = g_utf8_next_char (end);
  fail (p, MOS_TEMPLATE_PROBLEM_UNEXPECTED, p->s, end);
}

static gboolean
take (Parser *p,
      const char *sign)
{
  gsize len = strlen (sign);

  skip_blanks (p);
  if ((gsize) (p->tag_end - p->s) < len || strncmp (p->s, sign, len) != 0)
    return FALSE;
  p->s += len;
  return TRUE;
}

static gboolean
take_word (Parser *p,
           const char *word)
{
  const char *before = p->s;

  if (take (p, word) && (p->s >= p->tag_end || !is_word (*p->s)))
    return TRUE;
  p->s = before;
  return FALSE;
}

/* Returns: the length of the quotation mark at @s; 0 when there is none. @ret_close: what ends it, ended by NULL */
static gsize
opening_mark (const char *s,
              const char *const **ret_close)
{
  static const struct
  {
    const char *open;
    const char *close[3];
  } marks[] = {
    { "\"", { "\"" } },
    { "'", { "'" } },
    /* What word processors make of them. */
    { "“", { "”", "“" } },
    { "„", { "“", "”" } },
    { "«", { "»" } },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (marks); i++)
    if (g_str_has_prefix (s, marks[i].open))
      {
        *ret_close = marks[i].close;
        return strlen (marks[i].open);
      }
  return 0;
}

static gsize
closing_mark (const char *s,
              const char *const *close)
{
  for (; *close != NULL; close++)
    if (g_str_has_prefix (s, *close))
      return strlen (*close);
  return 0;
}

/* Returns: behind the string at @s, or NULL when it has no end before @limit. @out: (nullable) */
static const char *
read_string (const char *s,
             const char *limit,
             GString *out)
{
  const char *const *close;
  gsize len = opening_mark (s, &close);

  for (s += len; s < limit; s = g_utf8_next_char (s))
    {
      len = closing_mark (s, close);
      if (len > 0)
        return s + len;
      if (*s == '\\' && s + 1 < limit)
        {
          s++;
          if (*s == 'n')
            {
              if (out != NULL)
                g_string_append_c (out, '\n');
              continue;
            }
          if (*s != '\\' && opening_mark (s, &close) == 0 && out != NULL)
            g_string_append_c (out, '\\');
        }
      if (out != NULL)
        g_string_append_len (out, s, g_utf8_next_char (s) - s);
    }
  return NULL;
}

static char *
parse_string (Parser *p)
{
  const char *const *close;
  g_autoptr (GString) out = g_string_new (NULL);
  const char *end;

  skip_blanks (p);
  if (p->s >= p->tag_end || opening_mark (p->s, &close) == 0)
    return NULL;
  end = read_string (p->s, p->tag_end, out);
  if (end == NULL)
    {
      fail (p, MOS_TEMPLATE_PROBLEM_OPEN_STRING, p->s, p->tag_end);
      return NULL;
    }
  p->s = end;
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static char *
parse_number (Parser *p)
{
  const char *s;
  g_autofree char *text = NULL;

  skip_blanks (p);
  s = p->s;
  if (s < p->tag_end && *s == '-')
    s++;
  while (s < p->tag_end && (g_ascii_isdigit (*s) || *s == '.'))
    s++;
  text = g_strndup (p->s, (gsize) (s - p->s));
  if (!mos_locale_is_decimal (text) || (s < p->tag_end && is_word (*s)))
    return NULL;
  p->s = s;
  return g_steal_pointer (&text);
}

static char *
parse_word (Parser *p)
{
  const char *start;

  skip_blanks (p);
  start = p->s;
  if (start >= p->tag_end || !is_word_start (*start))
    return NULL;
  while (p->s < p->tag_end && is_word (*p->s))
    p->s++;
  return g_strndup (start, (gsize) (p->s - start));
}

/* "customer.first_name" */
static char *
parse_name (Parser *p)
{
  g_autoptr (GString) name = NULL;
  g_autofree char *word = parse_word (p);

  if (word == NULL)
    return NULL;
  name = g_string_new (word);
  while (p->s + 1 < p->tag_end && *p->s == '.' && is_word (p->s[1]))
    {
      g_string_append_c (name, '.');
      p->s++;
      while (p->s < p->tag_end && is_word (*p->s))
        g_string_append_c (name, *p->s++);
    }
  return g_string_free (g_steal_pointer (&name), FALSE);
}

static MosFilterKind
find_filter (const char *name)
{
  gsize kind = 0;

  while (kind < MOS_N_FILTERS && strcmp (mos_filter_names[kind], name) != 0)
    kind++;
  return (MosFilterKind) kind;
}

static void
parse_filter (Parser *p,
              MosExpression *expression)
{
  MosFilter filter = { 0 };
  const char *start, *end;
  g_autofree char *name = NULL;
  g_autofree char *argument = NULL;

  skip_blanks (p);
  start = p->s;
  name = parse_word (p);
  end = p->s;
  if (name == NULL)
    {
      fail_here (p);
      return;
    }
  if (take (p, ":"))
    {
      argument = parse_string (p);
      if (argument == NULL)
        argument = parse_number (p);
      if (argument == NULL)
        argument = parse_word (p);
      if (argument == NULL)
        {
          fail_here (p);
          return;
        }
    }
  filter.kind = find_filter (name);
  if (filter.kind == MOS_N_FILTERS)
    fail (p, MOS_TEMPLATE_PROBLEM_UNKNOWN_FILTER, start, end);
  else if (!mos_filter_check (filter.kind, argument))
    fail (p, MOS_TEMPLATE_PROBLEM_WRONG_ARGUMENT, start, end);
  else
    {
      filter.argument = g_steal_pointer (&argument);
      g_array_append_val (expression->filters, filter);
    }
}

static void
parse_question (Parser *p,
                MosExpression *expression,
                const char *start)
{
  g_autoptr (GStrvBuilder) choices = g_strv_builder_new ();
  gboolean has_choices = FALSE;

  expression->kind = MOS_EXPRESSION_ASK;
  g_clear_pointer (&expression->name, g_free);
  if (take (p, ":"))
    expression->name = parse_string (p);
  if (expression->name != NULL)
    g_strstrip (expression->name);
  if (expression->name == NULL || *expression->name == '\0')
    {
      fail (p, MOS_TEMPLATE_PROBLEM_NO_QUESTION, start, p->s);
      return;
    }
  while (!p->has_failed && take (p, ","))
    {
      g_autofree char *choice = parse_string (p);

      if (choice == NULL)
        fail_here (p);
      else
        g_strv_builder_add (choices, choice);
      has_choices = TRUE;
    }
  if (has_choices)
    expression->choices = g_strv_builder_end (choices);
}

static MosExpression *
parse_expression (Parser *p)
{
  g_autoptr (MosExpression) self = g_new0 (MosExpression, 1);
  const char *start;
  char *literal;

  self->filters = g_array_new (FALSE, FALSE, sizeof (MosFilter));
  g_array_set_clear_func (self->filters, filter_clear);
  skip_blanks (p);
  start = p->s;
  literal = parse_string (p);
  if (literal != NULL)
    {
      self->kind = MOS_EXPRESSION_LITERAL;
      self->literal.text = literal;
      self->literal.kind = MOS_TEMPLATE_TEXT;
    }
  else if ((literal = parse_number (p)) != NULL)
    {
      self->kind = MOS_EXPRESSION_LITERAL;
      self->literal.text = literal;
      self->literal.kind = MOS_TEMPLATE_NUMBER;
    }
  else if ((self->name = parse_name (p)) == NULL)
    fail_here (p);
  else if (strcmp (self->name, "ask") == 0)
    parse_question (p, self, start);
  else if (strcmp (self->name, "true") == 0 || strcmp (self->name, "false") == 0)
    {
      self->kind = MOS_EXPRESSION_LITERAL;
      mos_template_value_set_flag (&self->literal, *self->name == 't');
    }
  self->start = (gsize) (start - p->text);
  self->end = (gsize) (p->s - p->text);
  while (!p->has_failed && take (p, "|"))
    parse_filter (p, self);
  if (p->has_failed)
    return NULL;
  return g_steal_pointer (&self);
}

/* --- conditions --- */

static MosTest *
make_test (MosTestKind kind,
           MosTest *left,
           MosTest *right)
{
  MosTest *test = g_new0 (MosTest, 1);

  test->kind = kind;
  test->left = left;
  test->right = right;
  return test;
}

static gboolean
take_comparison (Parser *p,
                 MosTestKind *ret_kind)
{
  /* The longer ones first. */
  static const struct
  {
    const char *sign;
    MosTestKind kind;
  } signs[] = {
    { "==", MOS_TEST_EQUAL },
    { "!=", MOS_TEST_UNEQUAL },
    { "<=", MOS_TEST_LESS_EQUAL },
    { ">=", MOS_TEST_GREATER_EQUAL },
    { "<", MOS_TEST_LESS },
    { ">", MOS_TEST_GREATER },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (signs); i++)
    if (take (p, signs[i].sign))
      {
        *ret_kind = signs[i].kind;
        return TRUE;
      }
  *ret_kind = MOS_TEST_CONTAINS;
  return take_word (p, "contains");
}

static MosTest *
parse_single (Parser *p)
{
  g_autoptr (MosTest) test = NULL;
  MosTestKind kind;

  if (p->depth >= MAX_DEPTH)
    {
      fail (p, MOS_TEMPLATE_PROBLEM_TOO_DEEP, p->s, p->s);
      return NULL;
    }
  p->depth++;
  if (take_word (p, "not"))
    {
      MosTest *inner = parse_single (p);

      test = inner != NULL ? make_test (MOS_TEST_NOT, inner, NULL) : NULL;
    }
  else if (take (p, "("))
    {
      test = parse_or (p);
      if (test != NULL && !take (p, ")"))
        fail_here (p);
    }
  else
    {
      test = make_test (MOS_TEST_IS_SET, NULL, NULL);
      test->a = parse_expression (p);
      if (test->a != NULL && take_comparison (p, &kind))
        {
          test->kind = kind;
          test->b = parse_expression (p);
        }
    }
  p->depth--;
  return p->has_failed ? NULL : g_steal_pointer (&test);
}

static MosTest *
parse_and (Parser *p)
{
  g_autoptr (MosTest) test = parse_single (p);

  while (test != NULL && !p->has_failed && take_word (p, "and"))
    {
      MosTest *right = parse_single (p);

      if (right != NULL)
        test = make_test (MOS_TEST_AND, g_steal_pointer (&test), right);
    }
  return p->has_failed ? NULL : g_steal_pointer (&test);
}

static MosTest *
parse_or (Parser *p)
{
  g_autoptr (MosTest) test = parse_and (p);

  while (test != NULL && !p->has_failed && take_word (p, "or"))
    {
      MosTest *right = parse_and (p);

      if (right != NULL)
        test = make_test (MOS_TEST_OR, g_steal_pointer (&test), right);
    }
  return p->has_failed ? NULL : g_steal_pointer (&test);
}

/* --- tags --- */

static MosTemplateNode *
add_node (Parser *p,
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

/* Returns: the next "{{" or "{%"; NULL when there is none */
static const char *
find_tag (const char *s)
{
  while ((s = strchr (s, '{')) != NULL)
    {
      if (s[1] == '{' || s[1] == '%')
        return s;
      s++;
    }
  return NULL;
}

/* Returns: where the tag at @s ends; NULL when it does not. What stands in quotation marks is none of it. */
static const char *
find_tag_end (const char *s)
{
  const char *close = s[1] == '{' ? "}}" : "%}";
  const char *limit = s + strlen (s);
  const char *plain = strstr (s + 2, close);
  const char *const *marks;

  for (s += 2; s < limit; s = g_utf8_next_char (s))
    {
      if (g_str_has_prefix (s, close))
        return s;
      if (opening_mark (s, &marks) > 0)
        {
          s = read_string (s, limit, NULL);
          /* A mark without its other: the tag ends where it seems to, and is told to be open in there. */
          if (s == NULL)
            return plain;
          s = g_utf8_prev_char (s);
        }
    }
  return NULL;
}

/* A tag of a condition alone in its line: @start and @end are moved to take the line with it. */
static void
widen_to_line (Parser *p,
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
parse_value (Parser *p,
             GPtrArray *nodes,
             const char *start)
{
  g_autoptr (MosExpression) expression = NULL;
  MosTemplateNode *node;
  const char *end = p->tag_end + 2;

  skip_blanks (p);
  if (p->s >= p->tag_end)
    fail (p, MOS_TEMPLATE_PROBLEM_EMPTY_TAG, start, end);
  else
    expression = parse_expression (p);
  skip_blanks (p);
  if (!p->has_failed && p->s < p->tag_end)
    fail_here (p);
  node = add_node (p, nodes, p->has_failed ? MOS_TEMPLATE_NODE_BROKEN : MOS_TEMPLATE_NODE_VALUE, start, end);
  if (!p->has_failed)
    node->expression = g_steal_pointer (&expression);
  p->s = end;
}

/* Behind "if" or "elif". Returns: (nullable) */
static MosTest *
parse_condition (Parser *p)
{
  g_autoptr (MosTest) test = parse_or (p);

  skip_blanks (p);
  if (!p->has_failed && p->s < p->tag_end)
    fail_here (p);
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
read_tag_word (Parser *p,
               const char *start)
{
  static const char *const words[] = { [TAG_IF] = "if", [TAG_ELIF] = "elif", [TAG_ELSE] = "else", [TAG_ENDIF] = "endif" };
  const char *word;

  skip_blanks (p);
  word = p->s;
  for (Tag tag = TAG_IF; tag < TAG_NONE; tag++)
    if (take_word (p, words[tag]))
      {
        skip_blanks (p);
        if (tag >= TAG_ELSE && p->s < p->tag_end)
          fail_here (p);
        return tag;
      }
  while (p->s < p->tag_end && is_word (*p->s))
    p->s++;
  if (p->s > word)
    fail (p, MOS_TEMPLATE_PROBLEM_UNKNOWN_TAG, word, p->s);
  else if (word >= p->tag_end)
    fail (p, MOS_TEMPLATE_PROBLEM_EMPTY_TAG, start, p->tag_end + 2);
  else
    fail_here (p);
  return TAG_NONE;
}

/* Whether the tag at @start is one that goes on or ends the condition around it. */
static gboolean
is_of_condition (Parser *p,
                 const char *start)
{
  gboolean is_it;

  p->s = start + 2;
  is_it = take_word (p, "elif") || take_word (p, "else") || take_word (p, "endif");
  p->s = start + 2;
  return is_it;
}

static MosTemplateBranch *
add_branch (MosTemplateNode *node,
            MosTest *test)
{
  MosTemplateBranch branch = { test, g_ptr_array_new_with_free_func (node_free) };

  g_array_append_val (node->branches, branch);
  return &g_array_index (node->branches, MosTemplateBranch, node->branches->len - 1);
}

/* Opens the tag at @start for reading; %FALSE when it has no end: then nothing of the rest is a tag. */
static gboolean
open_tag (Parser *p,
          const char *start)
{
  p->has_failed = FALSE;
  p->tag_end = find_tag_end (start);
  p->s = start + 2;
  if (p->tag_end != NULL)
    return TRUE;
  fail (p, MOS_TEMPLATE_PROBLEM_OPEN_TAG, start, start + 2);
  return FALSE;
}

/* An {% if %} whose condition was read, to behind its {% endif %}. */
static void
parse_if (Parser *p,
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
  g_array_set_clear_func (node->branches, branch_clear);
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
          fail (p, MOS_TEMPLATE_PROBLEM_IF_WITHOUT_END, start, end);
          node->kind = MOS_TEMPLATE_NODE_BROKEN;
          return;
        }
      from = p->s;
      open_tag (p, from);
      to = p->tag_end + 2;
      tag = read_tag_word (p, from);
      if (has_else && tag != TAG_ENDIF)
        fail (p, MOS_TEMPLATE_PROBLEM_BEHIND_ELSE, from, to);
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
        g_clear_pointer (&next, test_free);
    }
}

/* To the end, or (@is_in_if) to the tag that belongs to the condition around. */
static void
parse_nodes (Parser *p,
             GPtrArray *nodes,
             gboolean is_in_if)
{
  for (;;)
    {
      const char *text = p->s, *start = find_tag (p->s), *from, *to;
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
      if (tag == TAG_IF && p->depth >= MAX_DEPTH)
        fail (p, MOS_TEMPLATE_PROBLEM_TOO_DEEP, start, end);
      if (tag != TAG_IF && tag != TAG_NONE)
        fail (p, MOS_TEMPLATE_PROBLEM_END_WITHOUT_IF, start, end);
      /* With a wrong condition its {% endif %} has still to be found. */
      if (tag == TAG_IF && p->depth < MAX_DEPTH)
        {
          if (p->has_failed)
            add_node (p, nodes, MOS_TEMPLATE_NODE_BROKEN, start, end);
          p->depth++;
          parse_if (p, nodes, start, end, test);
          p->depth--;
        }
      else
        {
          g_clear_pointer (&test, test_free);
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

static int
compare_problems (gconstpointer a,
                  gconstpointer b)
{
  const MosTemplateProblem *x = *(const MosTemplateProblem *const *) a, *y = *(const MosTemplateProblem *const *) b;

  return x->start < y->start ? -1 : x->start > y->start;
}

void
mos_template_sort_problems (MosTemplate *self)
{
  g_ptr_array_sort (self->problems, compare_problems);
}

MosTemplate *
mos_template_parse (const char *text)
{
  MosTemplate *self;
  Parser parser = { 0 };
  gboolean is_cut;

  g_return_val_if_fail (text != NULL, NULL);

  self = g_new0 (MosTemplate, 1);
  self->text = g_utf8_make_valid (text, -1);
  is_cut = strlen (self->text) > MAX_TEXT;
  if (is_cut)
    *g_utf8_find_prev_char (self->text, self->text + MAX_TEXT + 1) = '\0';
  self->nodes = g_ptr_array_new_with_free_func (node_free);
  self->problems = g_ptr_array_new_with_free_func (problem_free);
  self->expressions = g_ptr_array_new ();
  parser.self = self;
  parser.text = parser.s = self->text;
  parse_nodes (&parser, self->nodes, FALSE);
  collect (self->expressions, self->nodes);
  if (is_cut)
    mos_template_add_problem (self, MOS_TEMPLATE_PROBLEM_TOO_LONG, strlen (self->text), strlen (self->text), NULL, 0);
  mos_template_sort_problems (self);
  return self;
}

GPtrArray *
mos_template_get_problems (MosTemplate *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->problems;
}
