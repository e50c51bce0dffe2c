/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-automation"

#include "config.h"

#include "core/automation/mos-template-parse-private.h"

#include <string.h>

/* Values with their filters, and conditions: recursive descent within a tag. */

static MosFilterKind
find_filter (const char *name)
{
  gsize kind = 0;

  while (kind < MOS_N_FILTERS && strcmp (mos_filter_names[kind], name) != 0)
    kind++;
  return (MosFilterKind) kind;
}

static void
parse_filter (MosTemplateParser *p,
              MosExpression *expression)
{
  MosFilter filter = { 0 };
  const char *start, *end;
  g_autofree char *name = NULL;
  g_autofree char *argument = NULL;

  mos_template_parser_skip_blanks (p);
  start = p->s;
  name = mos_template_parser_read_word (p);
  end = p->s;
  if (name == NULL)
    {
      mos_template_parser_fail_here (p);
      return;
    }
  if (mos_template_parser_take (p, ":"))
    {
      argument = mos_template_parser_read_string (p);
      if (argument == NULL)
        argument = mos_template_parser_read_number (p);
      if (argument == NULL)
        argument = mos_template_parser_read_word (p);
      if (argument == NULL)
        {
          mos_template_parser_fail_here (p);
          return;
        }
    }
  filter.kind = find_filter (name);
  if (filter.kind == MOS_N_FILTERS)
    mos_template_parser_fail (p, MOS_TEMPLATE_PROBLEM_UNKNOWN_FILTER, start, end);
  else if (!mos_filter_check (filter.kind, argument))
    mos_template_parser_fail (p, MOS_TEMPLATE_PROBLEM_WRONG_ARGUMENT, start, end);
  else
    {
      filter.argument = g_steal_pointer (&argument);
      g_array_append_val (expression->filters, filter);
    }
}

static void
parse_question (MosTemplateParser *p,
                MosExpression *expression,
                const char *start)
{
  g_autoptr (GStrvBuilder) choices = g_strv_builder_new ();
  gboolean has_choices = FALSE;

  expression->kind = MOS_EXPRESSION_ASK;
  g_clear_pointer (&expression->name, g_free);
  if (mos_template_parser_take (p, ":"))
    expression->name = mos_template_parser_read_string (p);
  if (expression->name != NULL)
    g_strstrip (expression->name);
  if (expression->name == NULL || *expression->name == '\0')
    {
      mos_template_parser_fail (p, MOS_TEMPLATE_PROBLEM_NO_QUESTION, start, p->s);
      return;
    }
  while (!p->has_failed && mos_template_parser_take (p, ","))
    {
      g_autofree char *choice = mos_template_parser_read_string (p);

      if (choice == NULL)
        mos_template_parser_fail_here (p);
      else
        g_strv_builder_add (choices, choice);
      has_choices = TRUE;
    }
  if (has_choices)
    expression->choices = g_strv_builder_end (choices);
}

MosExpression *
mos_template_parser_read_expression (MosTemplateParser *p)
{
  g_autoptr (MosExpression) self = mos_template_expression_new ();
  const char *start;
  char *literal;

  mos_template_parser_skip_blanks (p);
  start = p->s;
  literal = mos_template_parser_read_string (p);
  if (literal != NULL)
    {
      self->kind = MOS_EXPRESSION_LITERAL;
      self->literal.text = literal;
      self->literal.kind = MOS_TEMPLATE_TEXT;
    }
  else if ((literal = mos_template_parser_read_number (p)) != NULL)
    {
      self->kind = MOS_EXPRESSION_LITERAL;
      self->literal.text = literal;
      self->literal.kind = MOS_TEMPLATE_NUMBER;
    }
  else if ((self->name = mos_template_parser_read_name (p)) == NULL)
    mos_template_parser_fail_here (p);
  else if (strcmp (self->name, "ask") == 0)
    parse_question (p, self, start);
  else if (strcmp (self->name, "true") == 0 || strcmp (self->name, "false") == 0)
    {
      self->kind = MOS_EXPRESSION_LITERAL;
      mos_template_value_set_flag (&self->literal, *self->name == 't');
    }
  self->start = (gsize) (start - p->text);
  self->end = (gsize) (p->s - p->text);
  while (!p->has_failed && mos_template_parser_take (p, "|"))
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
take_comparison (MosTemplateParser *p,
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
    if (mos_template_parser_take (p, signs[i].sign))
      {
        *ret_kind = signs[i].kind;
        return TRUE;
      }
  *ret_kind = MOS_TEST_CONTAINS;
  return mos_template_parser_take_word (p, "contains");
}

static MosTest *
parse_single (MosTemplateParser *p)
{
  g_autoptr (MosTest) test = NULL;
  MosTestKind kind;

  if (p->depth >= MOS_TEMPLATE_MAX_DEPTH)
    {
      mos_template_parser_fail (p, MOS_TEMPLATE_PROBLEM_TOO_DEEP, p->s, p->s);
      return NULL;
    }
  p->depth++;
  if (mos_template_parser_take_word (p, "not"))
    {
      MosTest *inner = parse_single (p);

      test = inner != NULL ? make_test (MOS_TEST_NOT, inner, NULL) : NULL;
    }
  else if (mos_template_parser_take (p, "("))
    {
      test = mos_template_parser_read_test (p);
      if (test != NULL && !mos_template_parser_take (p, ")"))
        mos_template_parser_fail_here (p);
    }
  else
    {
      test = make_test (MOS_TEST_IS_SET, NULL, NULL);
      test->a = mos_template_parser_read_expression (p);
      if (test->a != NULL && take_comparison (p, &kind))
        {
          test->kind = kind;
          test->b = mos_template_parser_read_expression (p);
        }
    }
  p->depth--;
  return p->has_failed ? NULL : g_steal_pointer (&test);
}

static MosTest *
parse_and (MosTemplateParser *p)
{
  g_autoptr (MosTest) test = parse_single (p);

  while (test != NULL && !p->has_failed && mos_template_parser_take_word (p, "and"))
    {
      MosTest *right = parse_single (p);

      if (right != NULL)
        test = make_test (MOS_TEST_AND, g_steal_pointer (&test), right);
    }
  return p->has_failed ? NULL : g_steal_pointer (&test);
}

MosTest *
mos_template_parser_read_test (MosTemplateParser *p)
{
  g_autoptr (MosTest) test = parse_and (p);

  while (test != NULL && !p->has_failed && mos_template_parser_take_word (p, "or"))
    {
      MosTest *right = parse_and (p);

      if (right != NULL)
        test = make_test (MOS_TEST_OR, g_steal_pointer (&test), right);
    }
  return p->has_failed ? NULL : g_steal_pointer (&test);
}
