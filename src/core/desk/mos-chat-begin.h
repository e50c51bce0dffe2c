/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/desk/mos-chat-state.h"
#include "core/values/mos-chat-values.h"

G_BEGIN_DECLS

/* Whoever called can be written to: an SMS to the telephone, from an account that may write first (MOS_CHANNEL_STARTS). Inside a transaction. */

/**
 * mos_chat_find_text: where the customer of a telephone's conversation can be reached by SMS
 * @ret_account, @ret_number: (out) (transfer full) (nullable): %NULL where no account sends any, none of the customer's numbers is one of a mobile telephone, or it takes none any more
 */
gboolean mos_chat_find_text (MosTxn *txn, const MosConversationRow *row, char **ret_account, char **ret_number, GError **error);
/**
 * mos_chat_continue_by_text: as mos_chat_continue_by_mail(), by SMS
 *
 * MOS_DESK_ERROR_NOT_FOUND where mos_chat_find_text() finds nothing.
 */
gboolean mos_chat_continue_by_text (MosTxn *txn, const char *conversation, const char *text, MosDraft **ret_draft, GError **error);

/** mos_chat_begin_check: whether @draft, which belongs to no conversation, can begin a chat in @account. @ret_thread: (out) (transfer full) (nullable): where it is known already */
gboolean mos_chat_begin_check (MosTxn *txn, const MosDraft *draft, const MosAccount *account, MosChatThread **ret_thread, GError **error);
/** mos_chat_begin: the thread that such a @draft goes to, and its conversation: one that goes on there, else a new one. @ret_row: (out) (transfer full) */
gboolean mos_chat_begin (MosTxn *txn, const MosDraft *draft, const MosAccount *account, MosConversationRow **ret_row, GError **error);

/** mos_desk_continue_by_text_async: mos_chat_continue_by_text(), main context. */
void mos_desk_continue_by_text_async (MosDesk *self, const char *conversation, const char *text, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
MosDraft *mos_desk_continue_by_text_finish (MosDesk *self, GAsyncResult *result, GError **error);

G_END_DECLS
