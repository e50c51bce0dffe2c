/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-macros"

#include "config.h"

#include "app/macros/mos-macro-text.h"

#include "app/conversation/mos-message-text.h"
#include "core/desk/mos-desk-categories.h"

#include <glib/gi18n.h>
#include <string.h>

const char *
mos_macro_action_kind_text (MosMacroActionKind kind)
{
  switch (kind)
    {
    case MOS_MACRO_SET_STATUS:
      return C_ ("macro", "Status");
    case MOS_MACRO_SET_PRIORITY:
      return C_ ("macro", "Priority");
    case MOS_MACRO_ASSIGN:
      return C_ ("macro", "Assign to");
    case MOS_MACRO_ADD_TAG:
      return C_ ("macro", "Add tag");
    case MOS_MACRO_REMOVE_TAG:
      return C_ ("macro", "Remove tag");
    case MOS_MACRO_SNOOZE:
      return C_ ("macro", "Snooze until");
    case MOS_MACRO_ADD_NOTE:
      return C_ ("macro", "Add note");
    case MOS_MACRO_SET_CATEGORY:
      return C_ ("macro", "Category");
    default:
      g_return_val_if_reached ("");
    }
}

static char *
agent_name (const char *value,
            GPtrArray *agents)
{
  if (strcmp (value, "me") == 0)
    return g_strdup (C_ ("macro", "me"));
  if (strcmp (value, "none") == 0)
    return g_strdup (C_ ("macro", "nobody"));
  for (guint i = 0; agents != NULL && i < agents->len; i++)
    {
      MosAgent *agent = agents->pdata[i];

      if (strcmp (agent->id, value) == 0)
        return g_strdup (agent->name);
    }
  return g_strdup (value);
}

static char *
category_name (const char *value,
               MosDesk *desk)
{
  const MosCategory *category = desk != NULL ? mos_desk_find_category (desk, value) : NULL;

  if (strcmp (value, MOS_CATEGORY_NONE) == 0)
    return g_strdup (C_ ("category", "none"));
  return g_strdup (category != NULL ? category->name : value);
}

char *
mos_macro_value_text (const MosMacroAction *action,
                      MosDesk *desk)
{
  gsize line;

  switch (action->kind)
    {
    case MOS_MACRO_SET_STATUS:
      return g_strdup (mos_status_text (mos_status_from_nick (action->value, MOS_STATUS_OPEN)));
    case MOS_MACRO_SET_PRIORITY:
      return g_strdup (mos_priority_text (mos_priority_from_nick (action->value, MOS_PRIORITY_NORMAL)));
    case MOS_MACRO_ASSIGN:
      return agent_name (action->value, desk != NULL ? mos_desk_get_agents (desk) : NULL);
    case MOS_MACRO_SET_CATEGORY:
      return category_name (action->value, desk);
    case MOS_MACRO_ADD_NOTE:
      line = strcspn (action->value, "\n");
      return action->value[line] == '\0' ? g_strdup (action->value) : g_strdup_printf ("%.*s…", (int) line, action->value);
    case MOS_MACRO_ADD_TAG:
    case MOS_MACRO_REMOVE_TAG:
    case MOS_MACRO_SNOOZE:
    default:
      return g_strdup (action->value);
    }
}

char *
mos_macro_action_text (const MosMacroAction *action,
                       MosDesk *desk)
{
  g_autofree char *value = mos_macro_value_text (action, desk);

  /* Translators: what a macro sets, and to what: "Status: Closed" */
  return g_strdup_printf (C_ ("macro", "%1$s: %2$s"), mos_macro_action_kind_text (action->kind), value);
}

char *
mos_macro_actions_text (GPtrArray *actions,
                        MosDesk *desk)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < actions->len; i++)
    {
      g_autofree char *one = mos_macro_action_text (actions->pdata[i], desk);

      g_string_append_printf (text, "%s%s", i > 0 ? " · " : "", one);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* What is wrong, with %s for its words. */
static const char *
problem_format (MosTemplateProblemKind kind)
{
  switch (kind)
    {
    case MOS_TEMPLATE_PROBLEM_OPEN_TAG:
      return _ ("this tag has no end");
    case MOS_TEMPLATE_PROBLEM_OPEN_STRING:
      return _ ("this quotation mark has no other");
    case MOS_TEMPLATE_PROBLEM_EMPTY_TAG:
      return _ ("there is nothing in this tag");
    case MOS_TEMPLATE_PROBLEM_UNEXPECTED:
      return _ ("this is not expected here");
    case MOS_TEMPLATE_PROBLEM_UNKNOWN_TAG:
      return _ ("there is no such tag");
    case MOS_TEMPLATE_PROBLEM_UNKNOWN_FILTER:
      return _ ("there is no such filter");
    case MOS_TEMPLATE_PROBLEM_UNKNOWN_NAME:
      return _ ("nothing has this name");
    case MOS_TEMPLATE_PROBLEM_WRONG_ARGUMENT:
      return _ ("this filter does not take that");
    case MOS_TEMPLATE_PROBLEM_NO_QUESTION:
      return _ ("“ask” needs a question in quotation marks");
    case MOS_TEMPLATE_PROBLEM_IF_WITHOUT_END:
      return _ ("this condition has no {% endif %}");
    case MOS_TEMPLATE_PROBLEM_END_WITHOUT_IF:
      return _ ("there is no {% if %} before this");
    case MOS_TEMPLATE_PROBLEM_BEHIND_ELSE:
      return _ ("this cannot stand behind {% else %}");
    case MOS_TEMPLATE_PROBLEM_TOO_DEEP:
      return _ ("there are too many conditions in one another");
    case MOS_TEMPLATE_PROBLEM_TOO_LONG:
      return _ ("the text is too long");
    default:
      g_return_val_if_reached ("");
    }
}

char *
mos_macro_problem_text (const MosTemplateProblem *problem)
{
  g_autofree char *what = problem->detail != NULL && *problem->detail != '\0'
                              /* Translators: words of a macro, and what is wrong with them */
                              ? g_strdup_printf (_ ("“%1$s”: %2$s"), problem->detail, problem_format (problem->kind))
                              : g_strdup (problem_format (problem->kind));

  if (problem->suggestion != NULL)
    /* Translators: a line, a column, what is wrong there, and what was probably meant */
    return g_strdup_printf (_ ("Line %1$u, column %2$u: %3$s. Is “%4$s” meant?"), problem->line, problem->column, what, problem->suggestion);
  /* Translators: a line, a column and what is wrong there */
  return g_strdup_printf (_ ("Line %1$u, column %2$u: %3$s."), problem->line, problem->column, what);
}

char *
mos_macro_title_text (const MosMacro *macro)
{
  g_autofree char *code = *macro->shortcode != '\0' ? g_strconcat ("/", macro->shortcode, NULL) : g_strdup ("");

  return g_strconcat (code, *code != '\0' && *macro->folder != '\0' ? " · " : "", macro->folder, NULL);
}
