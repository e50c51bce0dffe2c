/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mostradorctl"

#include "config.h"

#include "ctl/mos-ctl-private.h"

#include "core/desk/mos-macro-fill.h"

#include <glib/gi18n.h>
#include <string.h>

/* What macros ask, and what is answered on a command line. */

GHashTable *
mos_ctl_take_answers (GPtrArray *args)
{
  GHashTable *answers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  char *word;

  while ((word = mos_ctl_take_option (args, "--answer")) != NULL)
    {
      g_autofree char *given = word;
      char *equals = strchr (given, '=');

      if (equals != NULL)
        g_hash_table_replace (answers, g_strndup (given, (gsize) (equals - given)), g_strdup (equals + 1));
    }
  return answers;
}

char *
mos_ctl_describe_missing (GPtrArray *missing)
{
  g_autoptr (GString) tags = g_string_new (NULL);

  for (guint i = 0; i < missing->len; i++)
    g_string_append_printf (tags, "%s%s", i > 0 ? " " : "", (const char *) missing->pdata[i]);
  /* Translators: %s are tags of a macro, such as {{order.number}} */
  return g_strdup_printf (_ ("not filled in: %s (questions are answered with --answer \"QUESTION=ANSWER\")"), tags->str);
}

/* The text in the language of this desk is the one whose questions are meant first, then each other one. */
GHashTable *
mos_ctl_spread_answers (const MosMacro *macro,
                        GHashTable *answers)
{
  g_autofree char *language = mos_macro_fold_language (g_get_language_names ()[0]);
  const char *const here[] = { language, "en", NULL };
  GHashTable *all = mos_macro_spread_answers (macro, here, answers);

  for (guint i = 0; i < macro->texts->len; i++)
    {
      const char *const one[] = { ((MosMacroText *) macro->texts->pdata[i])->language, NULL };
      g_autoptr (GHashTable) before = all;

      all = mos_macro_spread_answers (macro, one, before);
    }
  return all;
}

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
