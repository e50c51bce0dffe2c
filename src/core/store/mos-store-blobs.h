/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/store/mos-store.h"
#include "core/values/mos-sync-values.h"

G_BEGIN_DECLS

/** mos_store_blob_put: content-addressed; @ret_sha256: (out) (optional) (transfer full): hex. Large ones are files, on the disk before this returns. */
gboolean mos_store_blob_put (MosTxn *txn, GBytes *data, char **ret_sha256, GError **error);
/** mos_store_blob_put_hashed: the same, where the hash is known already; @sha256: hex, of @data */
gboolean mos_store_blob_put_hashed (MosTxn *txn, GBytes *data, const char *sha256, GError **error);
/** mos_store_blob_prepared_new: Returns: (transfer full): for mos_store_blob_prepare() */
GHashTable *mos_store_blob_prepared_new (void);
/**
 * mos_store_blob_prepare:
 * @prepared: (inout): what mos_store_message_add() will find in #MosMessageContent.prepared
 * @sha256: hex, of @data
 *
 * Does what storing @data takes besides the database: packs it, and where it is a file of its own has it on the disk. Any thread, no transaction;
 * a file that nobody comes to name goes with mos_store_blob_clean(). What cannot be done ahead (very large, no room) is left to the transaction,
 * which has the error to tell.
 */
void mos_store_blob_prepare (MosStore *store, GHashTable *prepared, GBytes *data, const char *sha256);
/** mos_store_blob_find: @ret_data: (out) (nullable) (transfer full). A damaged blob is MOS_STORE_ERROR_CORRUPT. */
gboolean mos_store_blob_find (MosTxn *txn, const char *sha256, GBytes **ret_data, GError **error);
/** mos_store_blob_write: decompresses into @stream piece by piece, verified; MOS_STORE_ERROR_NOT_FOUND */
gboolean mos_store_blob_write (MosTxn *txn, const char *sha256, GOutputStream *stream, GCancellable *cancellable, GError **error);
/** mos_store_blob_clean: takes away what no message, draft or outbox item names and is older than a day. @ret_count: (out) (optional) */
gboolean mos_store_blob_clean (MosTxn *txn, guint *ret_count, GError **error);

G_END_DECLS
