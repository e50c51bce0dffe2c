/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-automation"

#include "config.h"

#include "core/automation/mos-template-private.h"

#include "core/base/mos-slip.h"

#include <string.h>

/* What a template asks for: names, and questions to the person who answers. */

static gboolean
is_known (const char *name,
          const char *const *known)
{
  for (; *known != NULL; known++)
    {
      gsize len = strlen (*known);

      if (strcmp (name, *known) == 0)
        return TRUE;
      if (len > 0 && (*known)[len - 1] == '.' && strncmp (name, *known, len) == 0 && name[len] != '\0')
        return TRUE;
    }
  return FALSE;
}

void
mos_template_check_names (MosTemplate *self,
                          const char *const *known)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (known != NULL);

  for (guint i = 0; i < self->expressions->len; i++)
    {
      MosExpression *expression = g_ptr_array_index (self->expressions, i);
      g_autofree char *folded = NULL;
      MosTemplateProblem *problem;
      MosSlip slip = MOS_SLIP_INIT (NULL);

      if (expression->kind != MOS_EXPRESSION_NAME || is_known (expression->name, known))
        continue;
      problem = mos_template_add_problem (self, MOS_TEMPLATE_PROBLEM_UNKNOWN_NAME, expression->start, expression->end, expression->name, strlen (expression->name));
      folded = g_ascii_strdown (expression->name, -1);
      slip.typed = folded;
      for (const char *const *name = known; *name != NULL; name++)
        mos_slip_consider (&slip, *name, *name);
      problem->suggestion = slip.found;
    }
  mos_template_place_problems (self);
}

GStrv
mos_template_list_names (MosTemplate *self)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_null_terminated (0, g_free, TRUE);

  g_return_val_if_fail (self != NULL, NULL);

  for (guint i = 0; i < self->expressions->len; i++)
    {
      MosExpression *expression = g_ptr_array_index (self->expressions, i);

      if (expression->kind == MOS_EXPRESSION_NAME && !g_ptr_array_find_with_equal_func (names, expression->name, g_str_equal, NULL))
        g_ptr_array_add (names, g_strdup (expression->name));
    }
  /* Of an empty one nothing is there to be stolen. */
  return names->len > 0 ? (GStrv) g_ptr_array_steal (names, NULL) : g_new0 (char *, 1);
}

static void
question_free (gpointer data)
{
  MosTemplateQuestion *question = data;

  g_free (question->text);
  g_strfreev (question->choices);
  g_free (question);
}

/* What an answer has to be, by the first filter that reads it. */
static MosTemplateValueKind
kind_of_answer (MosExpression *expression)
{
  for (guint i = 0; i < expression->filters->len; i++)
    switch (g_array_index (expression->filters, MosFilter, i).kind)
      {
      case MOS_FILTER_DATE:
      case MOS_FILTER_TIME:
      case MOS_FILTER_DATETIME:
        return MOS_TEMPLATE_TIME;
      case MOS_FILTER_NUMBER:
        return MOS_TEMPLATE_NUMBER;
      case MOS_FILTER_MONEY:
        return MOS_TEMPLATE_MONEY;
      case MOS_FILTER_DEFAULT:
      case MOS_FILTER_IF_MISSING:
        break;
      case MOS_FILTER_UPPER:
      case MOS_FILTER_LOWER:
      case MOS_FILTER_CAPITALIZE:
      case MOS_FILTER_FIRST_WORD:
      case MOS_FILTER_TRIM:
      case MOS_FILTER_TRUNCATE:
      default:
        return MOS_TEMPLATE_TEXT;
      }
  return MOS_TEMPLATE_TEXT;
}

static gboolean
is_question (gconstpointer question,
             gconstpointer text)
{
  return strcmp (((const MosTemplateQuestion *) question)->text, text) == 0;
}

GPtrArray *
mos_template_list_questions (MosTemplate *self)
{
  GPtrArray *questions = g_ptr_array_new_with_free_func (question_free);

  g_return_val_if_fail (self != NULL, questions);

  for (guint i = 0; i < self->expressions->len; i++)
    {
      MosExpression *expression = g_ptr_array_index (self->expressions, i);
      MosTemplateQuestion *question;
      guint at;

      if (expression->kind != MOS_EXPRESSION_ASK)
        continue;
      if (g_ptr_array_find_with_equal_func (questions, expression->name, is_question, &at))
        question = g_ptr_array_index (questions, at);
      else
        {
          question = g_new0 (MosTemplateQuestion, 1);
          question->text = g_strdup (expression->name);
          question->kind = MOS_TEMPLATE_TEXT;
          g_ptr_array_add (questions, question);
        }
      /* Asked twice it is one question: with what either place says of it. */
      if (question->choices == NULL)
        question->choices = g_strdupv (expression->choices);
      if (question->kind == MOS_TEMPLATE_TEXT)
        question->kind = kind_of_answer (expression);
    }
  return questions;
}
