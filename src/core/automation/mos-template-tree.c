/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-automation"

#include "config.h"

#include "core/automation/mos-template-parse-private.h"

/* What a template is read into, and what is wrong in it. */

/* --- memory --- */

static void
filter_clear (gpointer data)
{
  g_free (((MosFilter *) data)->argument);
}

MosExpression *
mos_template_expression_new (void)
{
  MosExpression *self = g_new0 (MosExpression, 1);

  self->filters = g_array_new (FALSE, FALSE, sizeof (MosFilter));
  g_array_set_clear_func (self->filters, filter_clear);
  return self;
}

void
mos_template_expression_free (MosExpression *self)
{
  g_free (self->name);
  g_strfreev (self->choices);
  mos_template_value_clear (&self->literal);
  g_array_unref (self->filters);
  g_free (self);
}

void
mos_template_test_free (MosTest *self)
{
  g_clear_pointer (&self->left, mos_template_test_free);
  g_clear_pointer (&self->right, mos_template_test_free);
  g_clear_pointer (&self->a, mos_template_expression_free);
  g_clear_pointer (&self->b, mos_template_expression_free);
  g_free (self);
}

void
mos_template_branch_clear (gpointer data)
{
  MosTemplateBranch *branch = data;

  g_clear_pointer (&branch->test, mos_template_test_free);
  g_clear_pointer (&branch->nodes, g_ptr_array_unref);
}

void
mos_template_node_free (gpointer data)
{
  MosTemplateNode *node = data;

  g_clear_pointer (&node->expression, mos_template_expression_free);
  g_clear_pointer (&node->branches, g_array_unref);
  g_free (node);
}

void
mos_template_problem_free (gpointer data)
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

  problem->kind = kind;
  problem->start = start;
  problem->end = MAX (start, end);
  problem->detail = detail != NULL ? g_strndup (detail, detail_len) : NULL;
  g_ptr_array_add (self->problems, problem);
  return problem;
}

static int
compare_problems (gconstpointer a,
                  gconstpointer b)
{
  const MosTemplateProblem *x = *(const MosTemplateProblem *const *) a, *y = *(const MosTemplateProblem *const *) b;

  return x->start < y->start ? -1 : x->start > y->start;
}

void
mos_template_place_problems (MosTemplate *self)
{
  const char *s = self->text, *line = self->text, *column = self->text;
  guint n_lines = 1, n_columns = 1;

  g_ptr_array_sort (self->problems, compare_problems);
  /* One walk for all of them: a text full of tags that are none has thousands. */
  for (guint i = 0; i < self->problems->len; i++)
    {
      MosTemplateProblem *problem = g_ptr_array_index (self->problems, i);
      const char *at = self->text + problem->start;

      for (; s < at; s++)
        if (*s == '\n')
          {
            n_lines++;
            line = s + 1;
          }
      if (line > column)
        {
          column = line;
          n_columns = 1;
        }
      n_columns += (guint) g_utf8_strlen (column, at - column);
      column = at;
      problem->line = n_lines;
      problem->column = n_columns;
    }
}

GPtrArray *
mos_template_get_problems (MosTemplate *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->problems;
}
