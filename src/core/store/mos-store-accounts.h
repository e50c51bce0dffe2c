/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/store/mos-store.h"
#include "core/values/mos-sync-values.h"

G_BEGIN_DECLS

/* Accounts. All functions of mos-store-<noun>.h run inside a MosStoreFunc, on the store's thread; those that write need a write transaction.
 * "find" gives %TRUE with %NULL where there is none. Arrays are (transfer full) with a free function set, %NULL on error only. */

/** mos_store_account_save: adds or changes by id. */
gboolean mos_store_account_save (MosTxn *txn, MosAccount *account, GError **error);
/** mos_store_account_remove: the account is gone from the list; its conversations stay. Saving it again brings it back. */
gboolean mos_store_account_remove (MosTxn *txn, const char *id, GError **error);
gboolean mos_store_account_find (MosTxn *txn, const char *id, MosAccount **ret_account, GError **error);
/** Returns: array of #MosAccount by position, removed ones excluded */
GPtrArray *mos_store_account_list (MosTxn *txn, GError **error);
/** mos_store_account_save_status: the last known state; state, why, detail, last_sync_us and on_server are kept. Writes no change rows. */
gboolean mos_store_account_save_status (MosTxn *txn, MosAccountStatus *status, GError **error);
/** mos_store_account_find_status: with its messages counted now, by their places on the server (mos_store_ledger_load()) */
gboolean mos_store_account_find_status (MosTxn *txn, const char *account, MosAccountStatus **ret_status, GError **error);

G_END_DECLS
