/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-macros"

#include "config.h"

#include "app/macros/mos-macro-text.h"

#include "app/conversation/mos-message-text.h"
#include "app/customer/mos-order-text.h"
#include "app/orders/mos-order-action-text.h"
#include "app/widgets/mos-text-direction.h"
#include "core/desk/mos-desk-categories.h"
#include "core/values/mos-macro-order.h"

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
    case MOS_MACRO_ORDER:
      return C_ ("macro", "Order");
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

static const char *
order_kind_text (MosOrderActionKind kind)
{
  switch (kind)
    {
    case MOS_ORDER_ACTION_REFUND:
      return C_ ("macro", "refund all of it");
    case MOS_ORDER_ACTION_CANCEL:
      return C_ ("macro", "cancel it");
    case MOS_ORDER_ACTION_INVOICE:
      return C_ ("macro", "send the invoice again");
    case MOS_ORDER_ACTION_NOTE:
      return C_ ("macro", "add a note to it");
    case MOS_ORDER_ACTION_ADDRESS:
    case MOS_ORDER_ACTION_RETURN:
    default:
      return "";
    }
}

/* In a macro, what it does; in a plan also to which order, or why it cannot. */
static char *
order_text (const char *value)
{
  g_auto (MosMacroOrder) order = { 0 };
  g_autofree char *what = NULL, *which = NULL, *number = NULL;

  /* A note without a text yet */
  if (!mos_macro_order_read (value, &order))
    return g_strdup (g_str_has_prefix (value, "note:") ? order_kind_text (MOS_ORDER_ACTION_NOTE) : value);
  if (*order.text != '\0')
    /* Translators: what a macro does to an order ("add a note to it"), and the text of the note. */
    what = g_strdup_printf (C_ ("macro", "%1$s: “%2$s”"), order_kind_text (order.kind), order.text);
  else
    what = g_strdup (order_kind_text (order.kind));
  number = mos_text_isolate (order.number);
  if (*order.amount != '\0')
    {
      g_autofree char *money = mos_order_money_text (order.amount, order.currency);
      g_autofree char *amount = mos_text_isolate (money);

      /* Translators: what a macro does to an order ("refund all of it"), the number of the order, and a sum of money. */
      which = g_strdup_printf (C_ ("macro", "%1$s (%2$s, %3$s)"), what, number, amount);
    }
  else if (*order.number != '\0')
    /* Translators: what a macro does to an order ("cancel it"), and the number of the order. */
    which = g_strdup_printf (C_ ("macro", "%1$s (%2$s)"), what, number);
  else
    which = g_steal_pointer (&what);
  if (order.obstacle == MOS_ORDER_OBSTACLE_NONE)
    return g_steal_pointer (&which);
  /* Translators: what a macro does to an order ("cancel it (1042)"), and a sentence that says why it cannot be done. */
  return g_strdup_printf (C_ ("macro", "%1$s – not possible: %2$s"), which, mos_order_obstacle_text (order.obstacle));
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
    case MOS_MACRO_ORDER:
      return order_text (action->value);
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
