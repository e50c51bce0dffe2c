/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-macro-apply.h"

#include "core/desk/mos-actions.h"
#include "core/desk/mos-composing.h"
#include "core/desk/mos-macro-actions.h"
#include "core/desk/mos-macros.h"
#include "core/mail/mime/mos-markup.h"
#include "core/store/mos-store-conversations.h"
#include "core/store/mos-store-macros.h"
#include "core/store/mos-store-order-actions.h"
#include "core/values/mos-macro-order.h"

/* Of one order: the newest, and no more than one of them is open. */
#define MAX_ACTIONS 50

static void
mos_macro_result_clear (MosMacroResult *self)
{
  g_free (self->conversation);
  g_free (self->message);
  g_free (self->why);
  g_clear_pointer (&self->missing, g_ptr_array_unref);
}

MOS_DEFINE_VALUE (MosMacroResult, macro_result)

gboolean
mos_macro_result_is_done (const MosMacroResult *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->why == NULL && self->missing->len == 0 && self->obstacle == MOS_ORDER_OBSTACLE_NONE;
}

/* When what cannot be taken back is done; 0 = now */
static gint64
get_at_us (MosTxn *txn,
           const MosMacroApplying *applying)
{
  return applying->undo_us > 0 ? mos_txn_get_now_us (txn) + applying->undo_us : 0;
}

/* Macro, then what was written beside it, then the signature, which the draft begins with. */
static void
write_text (MosDraft *draft,
            const char *text,
            const char *words)
{
  g_autofree char *signature = mos_markup_escape (draft->text);
  g_autofree char *own = words != NULL && *words != '\0' ? mos_markup_escape (words) : NULL;
  g_autofree char *whole = g_strconcat (text, own != NULL ? "\n\n" : "", own != NULL ? own : "", signature, NULL);

  g_set_str (&draft->text, whole);
  draft->is_marked = TRUE;
}

static gboolean
send_answer (MosTxn *txn,
             const MosMacroApplying *applying,
             MosMacroFilled *filled,
             MosMacroResult *result,
             GError **error)
{
  static const MosQuoteTexts texts = { "{sender}, {date}:", "----------", "%Y-%m-%d %H:%M" };
  const MosSendPlan plan = { .then = MOS_STATUS_OPEN, .at_us = get_at_us (txn, applying) };
  GPtrArray *const lists[] = { applying->macro->attachments, applying->attachments };
  g_autoptr (MosDraft) draft = NULL;

  if (!mos_draft_prepare_fresh (txn, applying->kind != NULL ? applying->kind : "reply", result->conversation, NULL, NULL, &texts, &draft, error))
    return FALSE;
  write_text (draft, filled->text, applying->words);
  for (guint l = 0; l < G_N_ELEMENTS (lists); l++)
    for (guint i = 0; lists[l] != NULL && i < lists[l]->len; i++)
      g_ptr_array_add (draft->attachments, mos_attachment_ref (lists[l]->pdata[i]));
  draft->macros = mos_macro_plan_ref (filled->plan);
  return mos_draft_send_planned (txn, draft, &plan, &result->message, error);
}

/* For notes, or without a text: nobody is written to. */
static gboolean
do_here (MosTxn *txn,
         const MosMacroApplying *applying,
         MosMacroFilled *filled,
         MosMacroResult *result,
         GError **error)
{
  const MosMacro *macro = applying->macro;
  const char *words = applying->words;

  if (filled->text != NULL)
    {
      g_autofree char *note = words != NULL && *words != '\0' ? g_strconcat (filled->text, "\n\n", words, NULL) : g_strdup (filled->text);
      const MosMacroUse *use = filled->plan->uses->len > 0 ? filled->plan->uses->pdata[0] : NULL;
      g_autoptr (MosDraft) draft = mos_draft_new ();

      if (!mos_action_add_note (txn, result->conversation, note, &result->message, error))
        return FALSE;
      draft->macros = mos_macro_plan_ref (filled->plan);
      if (use != NULL && !mos_macros_note_draft (txn, draft, result->message, result->conversation, FALSE, 0, error))
        return FALSE;
    }
  if (!mos_macro_actions_apply (txn, result->conversation, filled->plan->actions, get_at_us (txn, applying), NULL, error))
    return FALSE;
  return filled->text != NULL || macro->id == NULL || mos_store_macro_note_run (txn, macro->id, result->conversation, error);
}

/* Conversations that are about the same order are two of them. */
static gboolean
is_under_way (MosTxn *txn,
              const char *order,
              MosOrderObstacle *ret_obstacle,
              GError **error)
{
  g_autoptr (GPtrArray) actions = mos_store_order_action_list (txn, order, MAX_ACTIONS, error);

  for (guint i = 0; actions != NULL && i < actions->len; i++)
    if (mos_order_action_is_open (actions->pdata[i]))
      *ret_obstacle = MOS_ORDER_OBSTACLE_UNDER_WAY;
  return actions != NULL;
}

/* Whether what the macro does to an order can be done, and somebody said yes to it */
static gboolean
find_obstacle (MosTxn *txn,
               const MosMacroApplying *applying,
               const MosMacroPlan *plan,
               MosOrderObstacle *ret_obstacle,
               GError **error)
{
  for (guint i = 0; i < plan->actions->len && *ret_obstacle == MOS_ORDER_OBSTACLE_NONE; i++)
    {
      const MosMacroAction *action = plan->actions->pdata[i];
      g_auto (MosMacroOrder) order = { 0 };

      if (action->kind != MOS_MACRO_ORDER)
        continue;
      if (!mos_macro_order_read (action->value, &order) || !mos_macro_order_is_filled (&order))
        *ret_obstacle = order.obstacle != MOS_ORDER_OBSTACLE_NONE ? order.obstacle : MOS_ORDER_OBSTACLE_NO_ORDER;
      else if (!is_under_way (txn, order.order, ret_obstacle, error))
        return FALSE;
      else if (*ret_obstacle == MOS_ORDER_OBSTACLE_NONE && !applying->acts_on_orders)
        *ret_obstacle = MOS_ORDER_OBSTACLE_UNCONFIRMED;
    }
  return TRUE;
}

gboolean
mos_macro_apply (MosTxn *txn,
                 const MosMacroApplying *applying,
                 const char *conversation,
                 MosMacroResult **ret_result,
                 GError **error)
{
  const MosMacroSubject subject = { .conversation = conversation, .agent = mos_txn_get_actor (txn)->id, .order = applying->order };
  g_autoptr (MosMacroResult) result = mos_macro_result_new ();
  g_autoptr (MosMacroFacts) facts = NULL;
  g_autoptr (MosMacroFilled) filled = NULL;
  g_auto (GStrv) languages = NULL;
  gboolean is_answer;
  MosMacroFilling filling;

  if (!mos_macro_facts_load (txn, &subject, &facts, error))
    return FALSE;
  is_answer = applying->macro->texts->len > 0 && !applying->macro->is_for_notes;
  languages = mos_macro_list_languages (facts, applying->language);
  filling = (MosMacroFilling) {
    .facts = facts,
    .languages = (const char *const *) languages,
    .answers = applying->answers,
    .asked_locale = applying->language,
    .is_marked = is_answer,
  };
  filled = mos_macro_fill (applying->macro, &filling);
  result->conversation = g_strdup (facts->conversation->id);
  result->number = facts->conversation->number;
  result->missing = g_ptr_array_ref (filled->missing);
  result->is_order_unclear = filled->is_order_unclear;
  if (!find_obstacle (txn, applying, filled->plan, &result->obstacle, error))
    return FALSE;
  if (filled->missing->len == 0 && result->obstacle == MOS_ORDER_OBSTACLE_NONE &&
      !(is_answer ? send_answer (txn, applying, filled, result, error) : do_here (txn, applying, filled, result, error)))
    return FALSE;
  *ret_result = g_steal_pointer (&result);
  return TRUE;
}
