/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-macro-actions.h"

#include "core/base/mos-json-read.h"
#include "core/base/mos-json.h"
#include "core/desk/mos-actions.h"
#include "core/desk/mos-calendars.h"
#include "core/desk/mos-categories.h"
#include "core/desk/mos-views.h"
#include "core/store/mos-store-conversations.h"
#include "core/store/mos-store-messages.h"
#include "core/store/mos-store-order-actions.h"
#include "core/store/mos-store-orders.h"
#include "core/values/mos-macro-order.h"

#include <string.h>

/* What an action finds and what it leaves. */
typedef struct
{
  MosTxn *txn;
  const char *ids[2];
  MosConversationRow *row; /* (owned): before it */
  JsonBuilder *undo;       /* (owned) */
  guint n_undo;
  gint64 at_us;
} Doing;

static gboolean
look (Doing *doing,
      GError **error)
{
  g_clear_pointer (&doing->row, mos_conversation_row_unref);
  if (!mos_store_conversation_find (doing->txn, doing->ids[0], &doing->row, error))
    return FALSE;
  if (doing->row != NULL)
    return TRUE;
  g_set_error (error, MOS_DESK_ERROR, MOS_DESK_ERROR_NOT_FOUND, "No conversation %s", doing->ids[0]);
  return FALSE;
}

/* @until_us: with @before of a status */
static void
remember (Doing *doing,
          MosMacroActionKind kind,
          const char *before,
          gint64 until_us,
          const char *after)
{
  json_builder_begin_object (doing->undo);
  mos_json_string (doing->undo, "kind", mos_macro_action_kind_to_nick (kind));
  mos_json_string (doing->undo, "before", before);
  mos_json_int (doing->undo, "until", until_us);
  mos_json_string (doing->undo, "after", after);
  json_builder_end_object (doing->undo);
  doing->n_undo++;
}

static gboolean
set_status (Doing *doing,
            MosStatus status,
            gint64 until_us,
            GError **error)
{
  if (doing->row->status == status && doing->row->snoozed_until_us == until_us)
    return TRUE;
  remember (doing, MOS_MACRO_SET_STATUS, mos_status_to_nick (doing->row->status), doing->row->snoozed_until_us, mos_status_to_nick (status));
  return mos_action_set_status (doing->txn, doing->ids, status, until_us, error);
}

static gboolean
snooze (Doing *doing,
        const char *value,
        GError **error)
{
  MosWhenContext context = { .now_us = mos_txn_get_now_us (doing->txn), .allow_answer = TRUE };
  g_autoptr (MosCalendar) calendar = NULL;
  MosCalendarPlace place = { 0 };
  g_auto (MosWhen) when = { 0 };

  if (!mos_calendars_find_now (doing->txn, &calendar, error))
    return FALSE;
  place.calendar = calendar;
  mos_calendars_when (&context, &place);
  if (mos_when_parse (&context, value, &when))
    return set_status (doing, MOS_STATUS_SNOOZED, when.is_answer ? 0 : when.at_us, error);
  g_set_error (error, MOS_DESK_ERROR, MOS_DESK_ERROR_INVALID, "snooze: “%s” is no time to come", value);
  return FALSE;
}

static gboolean
assign (Doing *doing,
        const char *value,
        GError **error)
{
  g_autofree char *agent = NULL;

  if (strcmp (value, "me") == 0)
    agent = g_strdup (mos_txn_get_actor (doing->txn)->id);
  else if (strcmp (value, "none") != 0)
    {
      g_autoptr (MosAgent) found = NULL;

      if (!mos_agents_find (doing->txn, value, &found, error))
        {
          g_prefix_error (error, "assign: ");
          return FALSE;
        }
      agent = g_strdup (found->id);
    }
  if (g_strcmp0 (agent, doing->row->assignee) == 0)
    return TRUE;
  remember (doing, MOS_MACRO_ASSIGN, doing->row->assignee, 0, agent);
  return mos_action_assign (doing->txn, doing->ids, agent, error);
}

static gboolean
set_tag (Doing *doing,
         const char *tag,
         gboolean add,
         GError **error)
{
  if (g_strv_contains ((const char *const *) doing->row->tags, tag) == add)
    return TRUE;
  remember (doing, add ? MOS_MACRO_ADD_TAG : MOS_MACRO_REMOVE_TAG, NULL, 0, tag);
  return mos_action_tag (doing->txn, doing->ids, tag, add, error);
}

static gboolean
set_category (Doing *doing,
              const char *value,
              GError **error)
{
  g_autoptr (MosCategory) found = NULL;
  const char *category = NULL;

  if (strcmp (value, MOS_CATEGORY_NONE) != 0)
    {
      if (!mos_categories_find_by_name (doing->txn, value, &found, error))
        {
          g_prefix_error (error, "category: ");
          return FALSE;
        }
      category = found->id;
    }
  if (g_strcmp0 (category, doing->row->category) == 0)
    return TRUE;
  remember (doing, MOS_MACRO_SET_CATEGORY, doing->row->category, 0, category);
  return mos_categories_set (doing->txn, doing->ids, category, error);
}

/* It is written down, as if somebody had pressed the button: the shop's own thread does it. */
static gboolean
act_on_order (Doing *doing,
              const char *value,
              GError **error)
{
  g_auto (MosMacroOrder) what = { 0 };
  gboolean is_one = mos_macro_order_read (value, &what);
  g_autoptr (MosOrder) order = NULL;
  g_autoptr (MosOrderAction) action = NULL;
  g_autoptr (GError) local = NULL;

  if (is_one && *what.order != '\0' && !mos_store_order_find (doing->txn, what.order, &order, error))
    return FALSE;
  action = order != NULL ? mos_macro_order_make_action (&what, order) : NULL;
  if (action == NULL)
    {
      g_set_error (error, MOS_DESK_ERROR, MOS_DESK_ERROR_INVALID, "order: %s", mos_order_obstacle_to_nick (is_one && what.obstacle != MOS_ORDER_OBSTACLE_NONE ? what.obstacle : MOS_ORDER_OBSTACLE_NO_ORDER));
      return FALSE;
    }
  g_set_str (&action->conversation, doing->ids[0]);
  g_set_str (&action->agent, mos_txn_get_actor (doing->txn)->id);
  action->asked_us = doing->at_us;
  if (!mos_store_order_action_add (doing->txn, action, NULL, &local))
    {
      if (!g_error_matches (local, MOS_STORE_ERROR, MOS_STORE_ERROR_CONFLICT))
        g_propagate_error (error, g_steal_pointer (&local));
      else
        g_set_error (error, MOS_DESK_ERROR, MOS_DESK_ERROR_INVALID, "order: %s", mos_order_obstacle_to_nick (MOS_ORDER_OBSTACLE_UNDER_WAY));
      return FALSE;
    }
  remember (doing, MOS_MACRO_ORDER, NULL, 0, action->id);
  return mos_store_order_action_bind (doing->txn, action->id, error);
}

static gboolean
do_action (Doing *doing,
           const MosMacroAction *action,
           GError **error)
{
  g_autofree char *note = NULL;
  MosPriority priority;

  switch (action->kind)
    {
    case MOS_MACRO_SET_STATUS:
      return set_status (doing, mos_status_from_nick (action->value, MOS_STATUS_OPEN), 0, error);
    case MOS_MACRO_SNOOZE:
      return snooze (doing, action->value, error);
    case MOS_MACRO_SET_PRIORITY:
      priority = mos_priority_from_nick (action->value, MOS_PRIORITY_NORMAL);
      if (doing->row->priority == priority)
        return TRUE;
      remember (doing, action->kind, mos_priority_to_nick (doing->row->priority), 0, mos_priority_to_nick (priority));
      return mos_action_set_priority (doing->txn, doing->ids, priority, error);
    case MOS_MACRO_ASSIGN:
      return assign (doing, action->value, error);
    case MOS_MACRO_SET_CATEGORY:
      return set_category (doing, action->value, error);
    case MOS_MACRO_ADD_TAG:
    case MOS_MACRO_REMOVE_TAG:
      return set_tag (doing, action->value, action->kind == MOS_MACRO_ADD_TAG, error);
    case MOS_MACRO_ADD_NOTE:
      if (!mos_action_add_note (doing->txn, doing->ids[0], action->value, &note, error))
        return FALSE;
      remember (doing, action->kind, NULL, 0, note);
      return TRUE;
    case MOS_MACRO_ORDER:
      return act_on_order (doing, action->value, error);
    default:
      g_return_val_if_reached (FALSE);
    }
}

gboolean
mos_macro_actions_apply (MosTxn *txn,
                         const char *conversation,
                         GPtrArray *actions,
                         gint64 at_us,
                         char **ret_undo,
                         GError **error)
{
  g_autoptr (JsonBuilder) undo = json_builder_new ();
  Doing doing = { .txn = txn, .ids = { conversation, NULL }, .undo = undo, .at_us = at_us };
  gboolean ok = TRUE;

  g_return_val_if_fail (actions != NULL, FALSE);

  json_builder_begin_array (undo);
  for (guint i = 0; ok && i < actions->len; i++)
    ok = look (&doing, error) && do_action (&doing, actions->pdata[i], error);
  json_builder_end_array (undo);
  g_clear_pointer (&doing.row, mos_conversation_row_unref);
  if (ok && ret_undo != NULL)
    {
      g_autoptr (JsonNode) root = json_builder_get_root (undo);

      *ret_undo = doing.n_undo > 0 ? json_to_string (root, FALSE) : g_strdup ("");
    }
  return ok;
}

/* --- back --- */

static gboolean
take_one_back (Doing *doing,
               JsonObject *change,
               GError **error)
{
  MosMacroActionKind kind = mos_macro_action_kind_from_nick (json_object_get_string_member_with_default (change, "kind", ""), MOS_MACRO_SET_STATUS);
  const char *before = json_object_get_string_member_with_default (change, "before", NULL);
  const char *after = json_object_get_string_member_with_default (change, "after", NULL);
  MosConversationRow *row = doing->row;

  switch (kind)
    {
    case MOS_MACRO_SET_STATUS:
    case MOS_MACRO_SNOOZE:
      return row->status != mos_status_from_nick (after, row->status) ||
             mos_action_set_status (doing->txn, doing->ids, mos_status_from_nick (before, MOS_STATUS_OPEN), json_object_get_int_member_with_default (change, "until", 0), error);
    case MOS_MACRO_SET_PRIORITY:
      return row->priority != mos_priority_from_nick (after, row->priority) ||
             mos_action_set_priority (doing->txn, doing->ids, mos_priority_from_nick (before, MOS_PRIORITY_NORMAL), error);
    case MOS_MACRO_ASSIGN:
      return g_strcmp0 (row->assignee, after) != 0 || mos_action_assign (doing->txn, doing->ids, before, error);
    case MOS_MACRO_SET_CATEGORY:
      return g_strcmp0 (row->category, after) != 0 || mos_categories_set (doing->txn, doing->ids, before, error);
    case MOS_MACRO_ADD_TAG:
    case MOS_MACRO_REMOVE_TAG:
      return after == NULL || mos_action_tag (doing->txn, doing->ids, after, kind == MOS_MACRO_REMOVE_TAG, error);
    case MOS_MACRO_ADD_NOTE:
      return after == NULL || mos_store_message_remove (doing->txn, after, error);
    case MOS_MACRO_ORDER:
      return after == NULL || mos_store_order_action_withdraw (doing->txn, after, error);
    default:
      g_return_val_if_reached (FALSE);
    }
}

/* Returns: (transfer none) (nullable): what was changed; @ret_root: (out) (transfer full) (nullable): holds it */
static JsonArray *
read_undo (const char *undo,
           JsonNode **ret_root)
{
  *ret_root = *undo != '\0' ? json_from_string (undo, NULL) : NULL;
  return *ret_root != NULL && JSON_NODE_HOLDS_ARRAY (*ret_root) ? json_node_get_array (*ret_root) : NULL;
}

gboolean
mos_macro_actions_take_back (MosTxn *txn,
                             const char *conversation,
                             const char *undo,
                             GError **error)
{
  g_autoptr (JsonNode) root = NULL;
  JsonArray *changes = read_undo (undo, &root);
  Doing doing = { .txn = txn, .ids = { conversation, NULL } };
  gboolean ok = TRUE;

  for (guint i = mos_json_read_length (changes); ok && i-- > 0;)
    ok = look (&doing, error) && take_one_back (&doing, json_array_get_object_element (changes, i), error);
  g_clear_pointer (&doing.row, mos_conversation_row_unref);
  return ok;
}

gboolean
mos_macro_actions_is_order_open (MosTxn *txn,
                                 const char *undo,
                                 gboolean *ret_is,
                                 GError **error)
{
  g_autoptr (JsonNode) root = NULL;
  JsonArray *changes = read_undo (undo, &root);

  *ret_is = FALSE;
  for (guint i = 0; !*ret_is && i < mos_json_read_length (changes); i++)
    {
      JsonObject *change = json_array_get_object_element (changes, i);
      const char *id = json_object_get_string_member_with_default (change, "after", NULL);
      g_autoptr (MosOrderAction) action = NULL;

      if (id == NULL || mos_macro_action_kind_from_nick (json_object_get_string_member_with_default (change, "kind", ""), MOS_MACRO_SET_STATUS) != MOS_MACRO_ORDER)
        continue;
      if (!mos_store_order_action_find (txn, id, &action, error))
        return FALSE;
      *ret_is = action == NULL || action->state != MOS_ORDER_ACTION_DONE;
    }
  return TRUE;
}
