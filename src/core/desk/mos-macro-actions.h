/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/store/mos-store.h"
#include "core/values/mos-macro-values.h"

G_BEGIN_DECLS

/* What macros do to a conversation, inside a transaction whose actor the person is. */

/**
 * mos_macro_actions_apply: does @actions (element-type MosMacroAction) in their order; notes are text by now
 * @at_us: what cannot be taken back (what is done to orders) waits until then; 0 = now
 * @ret_undo: (out) (optional) (transfer full): how to take them back, for mos_macro_actions_take_back(); "" where nothing changed
 *
 * All are done or, with an error that names the first one that cannot be, the transaction fails: MOS_DESK_ERROR_INVALID for a time that is none or has passed,
 * MOS_DESK_ERROR_NOT_FOUND for an agent who is not there; MOS_DESK_ERROR_INVALID where nothing can be done to the order, or something else is just being done to it.
 */
gboolean mos_macro_actions_apply (MosTxn *txn, const char *conversation, GPtrArray *actions, gint64 at_us, char **ret_undo, GError **error);
/** mos_macro_actions_take_back: puts back what is still as they left it; what somebody changed since counts. @undo: of mos_macro_actions_apply() */
gboolean mos_macro_actions_take_back (MosTxn *txn, const char *conversation, const char *undo, GError **error);
/** mos_macro_actions_is_order_open: @ret_is: (out): something of what @undo takes back was asked of an order, and is not done */
gboolean mos_macro_actions_is_order_open (MosTxn *txn, const char *undo, gboolean *ret_is, GError **error);

G_END_DECLS
