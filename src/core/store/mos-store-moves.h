/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/store/mos-store.h"
#include "core/values/mos-channel-values.h"

G_BEGIN_DECLS

/* What is to lie in another folder on the server: spam in Junk, and what was none back in its place. A wish follows from where its conversation is
 * shown (mos_store_move_follow() runs whenever that changes), so whatever takes a mark back, an undo too, moves the mail back. None of it is recorded. */

/**
 * mos_store_move_follow:
 * @old_place, @new_place: (nullable): the conversation's `place` before and now
 *
 * Wants the customer's mail in Junk while its conversation is spam, and back in its folder when it no longer is, where the account allows it. Writer thread.
 */
gboolean mos_store_move_follow (MosTxn *txn, const char *conversation, const char *old_place, const char *new_place, GError **error);
/** mos_store_move_list: Returns: (transfer full): array of #MosServerMove of an account that are still to be done; a message with several places has one for each */
GPtrArray *mos_store_move_list (MosTxn *txn, const char *account, GError **error);
/** mos_store_move_finish: it was done or, where @move has words of refusal, will not be */
gboolean mos_store_move_finish (MosTxn *txn, MosServerMove *move, GError **error);
/** mos_store_move_was_moved: @ret_was: whether we put @message into Junk: found elsewhere since, somebody took it out again */
gboolean mos_store_move_was_moved (MosTxn *txn, const char *message, gboolean *ret_was, GError **error);
/** mos_store_move_forget: it lies where it is to lie */
gboolean mos_store_move_forget (MosTxn *txn, const char *message, GError **error);

G_END_DECLS
