/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mostradorctl"

#include "config.h"

#include "ctl/mos-ctl-private.h"

#include "core/desk/mos-macro-facts.h"
#include "core/desk/mos-macro-fill.h"

#include <glib/gi18n.h>
#include <string.h>

/* What macros ask, and what is answered on a command line; what is wrong in one. */

GHashTable *
mos_ctl_take_answers (GPtrArray *args)
{
  GHashTable *answers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  char *word;

  while ((word = mos_ctl_take_option (args, "--answer")) != NULL)
    {
      g_autofree char *given = word;
      char *equals = strchr (given, '=');

      g_hash_table_replace (answers, equals != NULL ? g_strndup (given, (gsize) (equals - given)) : g_strdup (given), g_strdup (equals != NULL ? equals + 1 : ""));
    }
  return answers;
}

static gboolean
is_question (const char *tag)
{
  return g_str_has_prefix (tag + strspn (tag, "{- "), "ask");
}

char *
mos_ctl_describe_missing (GPtrArray *missing,
                          gboolean is_order_unclear)
{
  g_autoptr (GString) tags = g_string_new (NULL);
  gboolean asks = FALSE;

  for (guint i = 0; i < missing->len; i++)
    {
      g_string_append_printf (tags, "%s%s", i > 0 ? " " : "", (const char *) missing->pdata[i]);
      asks = asks || is_question (missing->pdata[i]);
    }
  if (is_order_unclear)
    /* Translators: %s are tags of a macro, such as {{order.number}}; what is in quotation marks is typed as it is */
    return g_strdup_printf (_ ("there are several orders, and it is unclear which one is meant: %s (--order NUMBER says it)"), tags->str);
  if (!asks)
    /* Translators: %s are tags of a macro, such as {{order.number}} */
    return g_strdup_printf (_ ("not filled in: %s"), tags->str);
  /* Translators: %s are tags of a macro, such as {{order.number}} */
  return g_strdup_printf (_ ("not filled in: %s (questions are answered with --answer \"QUESTION=ANSWER\")"), tags->str);
}

/* What cannot be read is no answer: it is told why, instead of that something is missing. */
static gboolean
check_answer (const MosTemplateQuestion *question,
              const char *answer,
              GError **error)
{
  g_autofree char *choices = NULL;
  g_autoptr (GTimeZone) tz = g_time_zone_new_local ();

  if (answer == NULL || *answer == '\0' || mos_template_question_takes (question, answer, g_get_language_names ()[0], tz))
    return TRUE;
  if (question->choices != NULL)
    {
      choices = g_strjoinv (", ", question->choices);
      /* Translators: what was typed, the question of a macro, and the answers that it takes */
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _ ("“%1$s” is none of the answers to “%2$s”: %3$s"), answer, question->text, choices);
    }
  else if (question->kind == MOS_TEMPLATE_TIME)
    /* Translators: what was typed, and the question of a macro */
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _ ("“%1$s” is no day or time that can be read; “%2$s” asks for one, as 2026-03-01"), answer, question->text);
  else
    /* Translators: what was typed, and the question of a macro */
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _ ("“%1$s” is no number; “%2$s” asks for one"), answer, question->text);
  return FALSE;
}

/* Of every text, in whatever language it asks. */
static gboolean
check_values (const MosMacro *macro,
              GHashTable *answers,
              GError **error)
{
  for (guint i = 0; i < macro->texts->len; i++)
    {
      const char *const one[] = { ((MosMacroText *) macro->texts->pdata[i])->language, NULL };
      g_autoptr (GPtrArray) questions = mos_macro_list_questions_of_all (macro, one);

      for (guint k = 0; k < questions->len; k++)
        {
          const MosTemplateQuestion *question = questions->pdata[k];

          if (!check_answer (question, g_hash_table_lookup (answers, question->text), error))
            return FALSE;
        }
    }
  return TRUE;
}

static gboolean
check_answers (const MosMacro *macro,
               GHashTable *answers,
               GError **error)
{
  GHashTableIter iter;
  gpointer question;

  g_hash_table_iter_init (&iter, answers);
  while (g_hash_table_iter_next (&iter, &question, NULL))
    if (!mos_macro_has_question (macro, question))
      {
        /* Translators: a macro's name, and what was typed for a question of it; what is in quotation marks behind is typed */
        g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _ ("“%1$s” does not ask “%2$s”; “macro show \"%1$s\"” names what it asks"), macro->name, (const char *) question);
        return FALSE;
      }
  return check_values (macro, answers, error);
}

/* The text in the language of this desk is the one whose questions are meant first, then each other one. */
GHashTable *
mos_ctl_spread_answers (const MosMacro *macro,
                        GHashTable *answers,
                        GError **error)
{
  g_autofree char *language = mos_macro_fold_language (g_get_language_names ()[0]);
  const char *const here[] = { language, "en", NULL };
  GHashTable *all;

  if (!check_answers (macro, answers, error))
    return NULL;
  all = mos_macro_spread_answers (macro, here, answers);
  for (guint i = 0; i < macro->texts->len; i++)
    {
      const char *const one[] = { ((MosMacroText *) macro->texts->pdata[i])->language, NULL };
      g_autoptr (GHashTable) before = all;

      all = mos_macro_spread_answers (macro, one, before);
    }
  return all;
}

/* --- what is wrong in a text --- */

static char *
describe_problem (const char *language,
                  const char *text,
                  const MosTemplateProblem *problem)
{
  g_autofree char *tag = g_strndup (text + problem->start, problem->end - problem->start);
  const char *what = problem->detail != NULL && *problem->detail != '\0' ? problem->detail : tag;

  if (problem->suggestion != NULL)
    /* Translators: the code of a language, where in the text, what is wrong there, and what may be meant */
    return g_strdup_printf (_ ("%1$s, line %2$u, column %3$u: “%4$s” is wrong; is “%5$s” meant?"), language, problem->line, problem->column, what, problem->suggestion);
  /* Translators: the code of a language, where in the text, and what is wrong there */
  return g_strdup_printf (_ ("%1$s, line %2$u, column %3$u: “%4$s” is wrong"), language, problem->line, problem->column, what);
}

char *
mos_ctl_describe_problems (const MosMacro *macro)
{
  g_autoptr (GString) all = g_string_new (NULL);

  for (guint i = 0; i < macro->texts->len; i++)
    {
      const MosMacroText *text = macro->texts->pdata[i];
      g_autoptr (MosTemplate) template = mos_template_parse (text->text);

      mos_template_check_names (template, mos_macro_facts_list_names ());
      for (guint k = 0; k < mos_template_get_problems (template)->len; k++)
        {
          g_autofree char *one = describe_problem (text->language, text->text, mos_template_get_problems (template)->pdata[k]);

          g_string_append_printf (all, "%s%s", all->len > 0 ? "; " : "", one);
        }
    }
  return all->len > 0 ? g_strdup (all->str) : NULL;
}

/* --- what is asked --- */

static GPtrArray *
list_questions (const MosMacro *macro)
{
  g_autofree char *language = mos_macro_fold_language (g_get_language_names ()[0]);
  const char *const here[] = { language, "en", NULL };

  return mos_macro_list_questions_of_all (macro, here);
}

JsonArray *
mos_ctl_make_questions (const MosMacro *macro)
{
  g_autoptr (GPtrArray) questions = list_questions (macro);
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < questions->len; i++)
    {
      const MosTemplateQuestion *question = questions->pdata[i];
      JsonObject *object = json_object_new ();
      JsonArray *choices = json_array_new ();

      for (gsize c = 0; question->choices != NULL && question->choices[c] != NULL; c++)
        json_array_add_string_element (choices, question->choices[c]);
      json_object_set_string_member (object, "question", question->text);
      json_object_set_array_member (object, "choices", choices);
      json_array_add_object_element (array, object);
    }
  return array;
}

void
mos_ctl_print_questions (MosCtl *self,
                         const MosMacro *macro)
{
  g_autoptr (GPtrArray) questions = list_questions (macro);

  for (guint i = 0; i < questions->len; i++)
    {
      const MosTemplateQuestion *question = questions->pdata[i];
      g_autofree char *choices = question->choices != NULL ? g_strjoinv (" | ", question->choices) : NULL;

      mos_ctl_print (self, "? %s%s%s\n", question->text, choices != NULL ? ": " : "", choices != NULL ? choices : "");
    }
}
