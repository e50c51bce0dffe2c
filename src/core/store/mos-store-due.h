/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/store/mos-store.h"
#include "core/values/mos-sync-values.h"

G_BEGIN_DECLS

/** mos_store_due_put: by key: adds, or moves the time and sets it waiting again. The row's id is not looked at. */
gboolean mos_store_due_put (MosTxn *txn, MosDueRow *row, GError **error);
/** mos_store_due_cancel: %TRUE also when there is none waiting */
gboolean mos_store_due_cancel (MosTxn *txn, const char *key, GError **error);
/** mos_store_due_plan: this desk's own work, that no undo takes back: by key, waits for @due_us, from its beginning. Not recorded */
gboolean mos_store_due_plan (MosTxn *txn, const char *kind, const char *key, gint64 due_us, GError **error);
/** mos_store_due_again: one that was taken waits again, with @payload (nullable): how far this desk's own work came, not recorded */
gboolean mos_store_due_again (MosTxn *txn, const char *id, gint64 due_us, const char *payload, GError **error);
gboolean mos_store_due_find (MosTxn *txn, const char *key, MosDueRow **ret_row, GError **error);
gboolean mos_store_due_find_id (MosTxn *txn, const char *id, MosDueRow **ret_row, GError **error);
/** mos_store_due_list: in the order they are due. @conversation: (nullable): only of this one. Returns: array of #MosDueRow */
GPtrArray *mos_store_due_list (MosTxn *txn, MosDueState state, const char *conversation, GError **error);
/** mos_store_due_take: everything due by now (no lower bound), in order, leased for @lease_us so that a crash gives it back. Returns: array of #MosDueRow */
GPtrArray *mos_store_due_take (MosTxn *txn, guint max, gint64 lease_us, GError **error);
gboolean mos_store_due_settle (MosTxn *txn, const char *id, MosDueState state, GError **error);
/** mos_store_due_get_next: @ret_us: 0 = nothing waits */
gboolean mos_store_due_get_next (MosTxn *txn, gint64 *ret_us, GError **error);

G_END_DECLS
