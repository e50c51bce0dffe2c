/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/desk/mos-desk.h"
#include "core/values/mos-target-values.h"

G_BEGIN_DECLS

/* Within what time the shop means to answer: setting it, and telling of what is nearly or quite past it. */

/** mos_targets_load: Returns: (transfer full) (nullable): what is valid now. Inside a transaction */
MosTargets *mos_targets_load (MosTxn *txn, GError **error);
/** mos_targets_set: valid from now on; what is open is due by it, with the time that has passed already. Nothing is written where nothing differs. Inside a transaction */
gboolean mos_targets_set (MosTxn *txn, const MosTargets *targets, GError **error);
/** mos_targets_run_due: the work of the one row of `due`; what it told is its payload for whoever hears that it came */
gboolean mos_targets_run_due (MosTxn *txn, MosDueRow *due, GError **error);

/* --- the desk ---
 *
 * "targets-changed": others are valid. "targets-told" (GPtrArray *near, GPtrArray *late; both of MosConversationRow): something is nearly past its target; something is past it,
 * and nobody was told before, because nothing ran meanwhile. */

/** mos_desk_get_targets: Returns: (transfer none): what is valid now; kept up to date */
MosTargets *mos_desk_get_targets (MosDesk *self);
/** mos_desk_set_targets_async: see mos_targets_set(); mos_desk_action_finish() */
void mos_desk_set_targets_async (MosDesk *self, MosTargets *targets, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);

G_END_DECLS
