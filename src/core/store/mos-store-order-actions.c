/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-store"

#include "config.h"

#include "core/store/mos-store-order-actions.h"

#include "core/store/mos-store-conversations.h"
#include "core/store/mos-store-events.h"
#include "core/store/mos-store-ledger.h"
#include "core/store/mos-store-orders.h"
#include "core/store/mos-store-private.h"

#define ACTION_QUERY                                                                                                                                    \
  "SELECT a.id, a.shop_order, a.kind, a.request, a.conversation, a.agent, a.state, a.why, a.detail, a.remote_id, a.asked_at, a.tried_at, a.settled_at," \
  " o.number, o.currency FROM order_action a CROSS JOIN shop_order o ON o.id = a.shop_order"

static MosOrderAction *
action_from (MosStatement *statement)
{
  g_autoptr (MosOrder) order = mos_order_make ("", "");
  MosOrderAction *action;

  g_set_str (&order->id, mos_statement_get_text (statement, 1));
  g_set_str (&order->number, mos_statement_get_text (statement, 13));
  g_set_str (&order->currency, mos_statement_get_text (statement, 14));
  action = mos_order_action_make (mos_order_action_kind_from_nick (mos_statement_get_text (statement, 2), MOS_ORDER_ACTION_NOTE), order, mos_statement_get_text (statement, 0));
  mos_order_action_read_request (action, mos_statement_get_text (statement, 3));
  action->conversation = mos_statement_dup_text (statement, 4);
  action->agent = mos_statement_dup_text (statement, 5);
  action->state = mos_order_action_state_from_nick (mos_statement_get_text (statement, 6), MOS_ORDER_ACTION_UNCERTAIN);
  action->why = mos_statement_dup_text (statement, 7);
  action->detail = mos_statement_dup_text (statement, 8);
  g_set_str (&action->remote_id, mos_statement_get_text (statement, 9));
  action->asked_us = mos_statement_get_int (statement, 10);
  action->tried_us = mos_statement_get_int (statement, 11);
  action->settled_us = mos_statement_get_int (statement, 12);
  return action;
}

/* @statement: (transfer full) (nullable) */
static GPtrArray *
actions_from (MosStatement *statement,
              GError **error)
{
  g_autoptr (GPtrArray) actions = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_order_action_unref);
  g_autoptr (MosStatement) owned = statement;
  int r = statement != NULL ? 1 : -1;

  while (r > 0 && (r = mos_statement_step (statement, error)) > 0)
    g_ptr_array_add (actions, action_from (statement));
  return r == 0 ? g_steal_pointer (&actions) : NULL;
}

gboolean
mos_store_order_action_find (MosTxn *txn,
                             const char *id,
                             MosOrderAction **ret_action,
                             GError **error)
{
  g_autoptr (GPtrArray) actions = actions_from (mos_database_query (txn->database, error, ACTION_QUERY " WHERE a.id = ?", "t", id), error);

  *ret_action = actions != NULL && actions->len > 0 ? mos_order_action_ref (g_ptr_array_index (actions, 0)) : NULL;
  return actions != NULL;
}

GPtrArray *
mos_store_order_action_list (MosTxn *txn,
                             const char *order,
                             guint max,
                             GError **error)
{
  if (order == NULL)
    return actions_from (mos_database_query (txn->database, error, ACTION_QUERY " ORDER BY a.asked_at DESC, a.id LIMIT ?", "i", (gint64) max), error);
  return actions_from (mos_database_query (txn->database, error, ACTION_QUERY " WHERE a.shop_order = ? ORDER BY a.asked_at DESC, a.id LIMIT ?", "ti", order, (gint64) max), error);
}

GPtrArray *
mos_store_order_action_list_open (MosTxn *txn,
                                  const char *shop,
                                  GError **error)
{
  return actions_from (mos_database_query (txn->database, error, ACTION_QUERY " WHERE a.state IN ('asked', 'running', 'uncertain') AND (?1 IS NULL OR o.shop = ?1) ORDER BY a.asked_at, a.id", "t", shop), error);
}

GStrv
mos_store_order_action_list_made (MosTxn *txn,
                                  const MosOrderAction *action,
                                  GError **error)
{
  g_autoptr (GStrvBuilder) made = g_strv_builder_new ();
  g_autoptr (MosStatement) statement =
      mos_database_query (txn->database, error, "SELECT remote_id FROM order_action WHERE shop_order = ? AND id <> ? AND remote_id <> '' AND state = 'done'", "tt", action->order, action->id);
  int r = statement != NULL ? 1 : -1;

  while (r > 0 && (r = mos_statement_step (statement, error)) > 0)
    g_strv_builder_add (made, mos_statement_get_text (statement, 0));
  return r == 0 ? g_strv_builder_end (made) : NULL;
}

gboolean
mos_store_order_action_add (MosTxn *txn,
                            const MosOrderAction *action,
                            gboolean *ret_is_new,
                            GError **error)
{
  g_autoptr (MosOrder) order = NULL;
  g_autofree char *request = mos_order_action_dup_request (action);
  gint64 is_there = 0, is_busy = 0;

  if (!mos_database_get_int (txn->database, &is_there, error, "SELECT 1 FROM order_action WHERE id = ?", "t", action->id))
    return FALSE;
  if (ret_is_new != NULL)
    *ret_is_new = is_there == 0;
  if (is_there != 0)
    return TRUE;
  if (!mos_store_order_find (txn, action->order, &order, error) ||
      !mos_database_get_int (txn->database, &is_busy, error, "SELECT 1 FROM order_action WHERE shop_order = ? AND state IN ('asked', 'running', 'uncertain')", "t", action->order))
    return FALSE;
  if (order == NULL)
    {
      g_set_error (error, MOS_STORE_ERROR, MOS_STORE_ERROR_NOT_FOUND, "No order %s", action->order);
      return FALSE;
    }
  if (is_busy != 0)
    {
      g_set_error (error, MOS_STORE_ERROR, MOS_STORE_ERROR_CONFLICT, "Something is being done to the order %s", order->number);
      return FALSE;
    }
  txn->changes->shops_changed = TRUE;
  return mos_database_exec (txn->database, error, "INSERT INTO order_action (id, shop_order, kind, request, conversation, agent, state, asked_at) VALUES (?, ?, ?, ?, ?, ?, 'asked', ?)", "tttttti",
                            action->id, action->order, mos_order_action_kind_to_nick (action->kind), request, action->conversation, action->agent, MAX (action->asked_us, txn->now_us));
}

gboolean
mos_store_order_action_withdraw (MosTxn *txn,
                                 const char *id,
                                 GError **error)
{
  txn->changes->shops_changed = TRUE;
  return mos_database_exec (txn->database, error, "DELETE FROM order_action WHERE id = ? AND state = 'asked'", "t", id);
}

gboolean
mos_store_order_action_bind (MosTxn *txn,
                             const char *id,
                             GError **error)
{
  return mos_txn_ensure_batch (txn, error) && mos_database_exec (txn->database, error, "UPDATE order_action SET batch = ?2 WHERE id = ?1", "ti", id, txn->batch);
}

gboolean
mos_store_order_action_withdraw_batch (MosTxn *txn,
                                       gint64 batch,
                                       guint *ret_n_kept,
                                       GError **error)
{
  gint64 n_kept = 0;

  if (!mos_database_exec (txn->database, error, "DELETE FROM order_action WHERE batch = ? AND state = 'asked'", "i", batch))
    return FALSE;
  txn->changes->shops_changed = txn->changes->shops_changed || sqlite3_changes (mos_database_get_handle (txn->database)) > 0;
  if (!mos_database_get_int (txn->database, &n_kept, error, "SELECT count (*) FROM order_action WHERE batch = ? AND state <> 'failed'", "i", batch))
    return FALSE;
  *ret_n_kept = (guint) n_kept;
  return TRUE;
}

gboolean
mos_store_order_action_take (MosTxn *txn,
                             const char *id,
                             const char *runner,
                             gboolean *ret_taken,
                             GError **error)
{
  gint64 is_asked = 0;

  if (!mos_database_get_int (txn->database, &is_asked, error, "SELECT 1 FROM order_action WHERE id = ? AND state = 'asked'", "t", id))
    return FALSE;
  *ret_taken = is_asked != 0;
  if (is_asked == 0)
    return TRUE;
  txn->changes->shops_changed = TRUE;
  return mos_database_exec (txn->database, error, "UPDATE order_action SET state = 'running', runner = ?2, tried_at = ?3 WHERE id = ?1", "tti", id, runner, txn->now_us);
}

gboolean
mos_store_order_action_find_orphans (MosTxn *txn,
                                     const char *runner,
                                     GError **error)
{
  gint64 n = 0;

  if (!mos_database_get_int (txn->database, &n, error, "SELECT count(*) FROM order_action WHERE state = 'running' AND runner IS NOT ?", "t", runner))
    return FALSE;
  if (n == 0)
    return TRUE;
  txn->changes->shops_changed = TRUE;
  return mos_database_exec (txn->database, error, "UPDATE order_action SET state = 'uncertain', why = 'cut', settled_at = ?2 WHERE state = 'running' AND runner IS NOT ?1", "ti", runner, txn->now_us);
}

gboolean
mos_store_order_action_doubt_all (MosTxn *txn,
                                  guint *ret_n,
                                  GError **error)
{
  gint64 n = 0;

  *ret_n = 0;
  if (!mos_database_get_int (txn->database, &n, error, "SELECT count(*) FROM order_action WHERE state IN ('asked', 'running')", ""))
    return FALSE;
  *ret_n = (guint) n;
  return n == 0 || mos_database_exec (txn->database, error, "UPDATE order_action SET state = 'uncertain', why = 'cut', settled_at = ? WHERE state IN ('asked', 'running')", "i", txn->now_us);
}

/* The batch is the program's own, so that it stands in nobody's way of undoing; the line in the history is the person's. */
static gboolean
add_event (MosTxn *txn,
           const MosOrderAction *action,
           GError **error)
{
  const MosActor actor = txn->actor, system = { MOS_ACTOR_SYSTEM, NULL }, person = { MOS_ACTOR_HUMAN, action->agent };
  g_autofree char *told = NULL;
  g_autofree char *conversation = NULL;
  gboolean ok;

  /* It may be part of another one meanwhile. */
  if (action->conversation != NULL && !mos_store_conversation_resolve (txn, action->conversation, &conversation, error))
    return FALSE;
  if (conversation == NULL)
    return TRUE;
  told = mos_order_action_dup_event (action);
  if (txn->batch == 0)
    mos_txn_set_actor (txn, &system);
  ok = mos_txn_ensure_batch (txn, error);
  mos_txn_set_actor (txn, action->agent != NULL ? &person : &system);
  ok = ok && mos_store_event_add (txn, conversation, NULL, "order", mos_order_action_kind_to_nick (action->kind), told, 0, FALSE, error);
  mos_txn_set_actor (txn, &actor);
  return ok;
}

/* What it takes to find out what became of it stayed for that while whose order it is was erased. */
static gboolean
forget_request (MosTxn *txn,
                const MosOrderAction *action,
                GError **error)
{
  gboolean is_erased;

  return mos_store_erased_find (txn, MOS_ERASED_ORDER, action->order, &is_erased, error) &&
         (!is_erased || mos_database_exec (txn->database, error, "UPDATE order_action SET " MOS_ORDER_ACTION_BLANK " WHERE id = ?", "t", action->id));
}

gboolean
mos_store_order_action_settle (MosTxn *txn,
                               const char *id,
                               MosOrderActionState state,
                               const char *why,
                               const char *detail,
                               const char *remote_id,
                               GError **error)
{
  g_autoptr (MosOrderAction) old = NULL;
  g_autoptr (MosOrderAction) action = NULL;
  gboolean is_over = state == MOS_ORDER_ACTION_DONE || state == MOS_ORDER_ACTION_FAILED;
  gint64 settled_us;

  if (!mos_store_order_action_find (txn, id, &old, error))
    return FALSE;
  if (old == NULL || !mos_order_action_is_open (old) || (old->state == state && g_strcmp0 (old->why, why) == 0))
    return TRUE;
  txn->changes->shops_changed = TRUE;
  /* Since when it is uncertain, however often it is looked for. */
  settled_us = old->state == MOS_ORDER_ACTION_UNCERTAIN && !is_over ? old->settled_us : txn->now_us;
  if (!mos_database_exec (txn->database, error, "UPDATE order_action SET state = ?2, why = ?3, detail = ?4, remote_id = coalesce (?5, remote_id), settled_at = ?6, runner = NULL WHERE id = ?1", "ttttti", id,
                          mos_order_action_state_to_nick (state), why, detail, remote_id, settled_us) ||
      (is_over && !forget_request (txn, old, error)) ||
      !mos_store_order_action_find (txn, id, &action, error))
    return FALSE;
  return old->state == state || add_event (txn, action, error);
}
