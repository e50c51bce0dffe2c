/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/store/mos-store.h"
#include "core/values/mos-order-action-values.h"

G_BEGIN_DECLS

/* What is done to orders, from the wish to the outcome. A row is written before anything is sent, and one order has one that is open. Not recorded: a
 * log, and what happened in a shop is not undone here. Ownership as everywhere: what is returned is the caller's. */

/**
 * mos_store_order_action_add: it is asked for
 * @action: with an asked_us that lies ahead it is not done before; else it is asked for now
 * @ret_is_new: (out) (optional): %FALSE: it is there already, as one with the same id: pressed twice it is one
 *
 * MOS_STORE_ERROR_CONFLICT: something else is being done to the order. MOS_STORE_ERROR_NOT_FOUND: there is no such order.
 */
gboolean mos_store_order_action_add (MosTxn *txn, const MosOrderAction *action, gboolean *ret_is_new, GError **error);
/** mos_store_order_action_withdraw: it is as if it had not been asked for; only as long as nobody took it */
gboolean mos_store_order_action_withdraw (MosTxn *txn, const char *id, GError **error);
/** mos_store_order_action_bind: it goes with what this transaction does: mos_store_order_action_withdraw_batch() knows it by that */
gboolean mos_store_order_action_bind (MosTxn *txn, const char *id, GError **error);
/** mos_store_order_action_withdraw_batch: those that were asked for with @batch, as far as nobody took them. @ret_n_kept: (out): how many others there are that did not fail: they are done, or may be */
gboolean mos_store_order_action_withdraw_batch (MosTxn *txn, gint64 batch, guint *ret_n_kept, GError **error);
/** mos_store_order_action_find: @ret_action: (out) (transfer full) (nullable) */
gboolean mos_store_order_action_find (MosTxn *txn, const char *id, MosOrderAction **ret_action, GError **error);
/** mos_store_order_action_list: Returns: array of #MosOrderAction of @order (nullable: of all), newest first */
GPtrArray *mos_store_order_action_list (MosTxn *txn, const char *order, guint max, GError **error);
/** mos_store_order_action_list_open: Returns: array of #MosOrderAction that are open, of @shop (nullable: of all), oldest first */
GPtrArray *mos_store_order_action_list_open (MosTxn *txn, const char *shop, GError **error);
/** mos_store_order_action_list_made: Returns: (transfer full) (nullable): the remote_ids of what all other actions of the order of @action made in the shop */
GStrv mos_store_order_action_list_made (MosTxn *txn, const MosOrderAction *action, GError **error);
/** mos_store_order_action_take: whoever gets it does it: from asked to running. @runner: of this process. @ret_taken: (out): %FALSE: somebody else has it, or it is over */
gboolean mos_store_order_action_take (MosTxn *txn, const char *id, const char *runner, gboolean *ret_taken, GError **error);
/** mos_store_order_action_find_orphans: what another process was doing when it ended becomes uncertain */
gboolean mos_store_order_action_find_orphans (MosTxn *txn, const char *runner, GError **error);
/** mos_store_order_action_doubt_all: in a profile from a backup: what was asked for or under way may have been done since: it is uncertain. @ret_n: (out) */
gboolean mos_store_order_action_doubt_all (MosTxn *txn, guint *ret_n, GError **error);
/**
 * mos_store_order_action_settle: what became of it, told in its conversation, too (an event of the person who asked for it)
 * @why, @detail: (nullable); @remote_id: (nullable): as it was
 *
 * What is over already stays as it is. The same state again changes nothing.
 */
gboolean mos_store_order_action_settle (MosTxn *txn, const char *id, MosOrderActionState state, const char *why, const char *detail, const char *remote_id, GError **error);

G_END_DECLS
