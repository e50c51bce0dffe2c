/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/store/mos-store.h"
#include "core/values/mos-sync-values.h"

G_BEGIN_DECLS

/**
 * mos_store_undo_batch: takes a batch back: the inverse of its changes in reverse order, the scheduler's rows too; itself a batch that can be taken back (redo).
 * @ret_label: (out) (optional) (transfer full)
 *
 * Errors: MOS_STORE_ERROR_CONFLICT where a value changed since, MOS_STORE_ERROR_NOT_FOUND; nothing was done then.
 */
gboolean mos_store_undo_batch (MosTxn *txn, gint64 batch, char **ret_label, GError **error);
/**
 * mos_store_undo_find_latest: the newest batch with a label of this actor that is not undone and is no undo itself
 * @actor: (nullable): %NULL = the transaction's
 * @since: only batches after this one
 * @ret_row: (out) (nullable)
 * @ret_is_last: (out) (optional): whether this actor did nothing without a label after it
 */
gboolean mos_store_undo_find_latest (MosTxn *txn, const char *actor, gint64 since, MosBatchRow **ret_row, gboolean *ret_is_last, GError **error);
/** mos_store_undo_get_last: number of the newest batch of all; 0 = none */
gboolean mos_store_undo_get_last (MosTxn *txn, gint64 *ret_batch, GError **error);
gboolean mos_store_undo_find_batch (MosTxn *txn, gint64 batch, MosBatchRow **ret_row, GError **error);

/** mos_store_undo_find_inserted: @ret_id: (out) (nullable): the row of @entity ("message") that @batch made */
gboolean mos_store_undo_find_inserted (MosTxn *txn, gint64 batch, const char *entity, char **ret_id, GError **error);
/** mos_store_undo_settle: @batch was taken back by other means than the inverse of its rows. In a transaction that changes something, say it before the changes. */
gboolean mos_store_undo_settle (MosTxn *txn, gint64 batch, gboolean changes, GError **error);
/** mos_store_undo_note: this transaction is something that the actor did, also where nothing of it is in the log: mos_store_undo_find_latest() knows of it */
gboolean mos_store_undo_note (MosTxn *txn, GError **error);

G_END_DECLS
