/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/desk/mos-composing.h"
#include "core/desk/mos-desk.h"

G_BEGIN_DECLS

/**
 * MosChatState: how a chat stands that is written in
 * @closed: (nullable): why nothing can be sent there, a code
 * @last_incoming_us: when they last wrote; 0 = never
 * @tagged_window_s: how long a person may answer, where that is longer than what the channel's traits say of everybody; 0 = no longer
 * @quoted_from, @quoted_text: (nullable): the message that is answered, where that has to be named since another one was said last
 * @quoted_is_ours: it is ours
 * @mail_account, @mail_address: (nullable): where the customer can be reached by mail, and from which account
 * @text_account, @text_number: (nullable): of a telephone's conversation the same by SMS
 */
typedef struct
{
  char *closed;
  gint64 last_incoming_us;
  guint tagged_window_s;
  char *quoted_from;
  char *quoted_text;
  gboolean quoted_is_ours;
  char *mail_account;
  char *mail_address;
  char *text_account;
  char *text_number;
} MosChatState;
MOS_DECLARE_VALUE (MosChatState, chat_state)

/** mos_chat_state_load: @message: (nullable): the one that is answered; @ret_state: (out) (transfer full) */
gboolean mos_chat_state_load (MosTxn *txn, const char *conversation, const char *message, MosChatState **ret_state, GError **error);

/**
 * mos_chat_continue_by_mail: begins a mail to the customer of a chat, to go on there
 * @text: what it says already; "" for nothing yet
 * @ret_draft: (out) (transfer full): a new one; not saved. When it is sent, both conversations name each other
 *
 * MOS_DESK_ERROR_NOT_FOUND where there is no address, or no account that sends.
 */
gboolean mos_chat_continue_by_mail (MosTxn *txn, const char *conversation, const char *text, const MosQuoteTexts *texts, MosDraft **ret_draft, GError **error);
/** mos_chat_prepare_continued: what both ways of going on have in common: a new message from @account to the customer of @row, at @address. @ret_draft: (out) (transfer full) */
gboolean mos_chat_prepare_continued (MosTxn *txn, const MosConversationRow *row, const char *account, const char *address, const MosQuoteTexts *texts, MosDraft **ret_draft, GError **error);
/** mos_chat_note_continued: @draft was sent in @row: where it goes on with a chat, both say so */
gboolean mos_chat_note_continued (MosTxn *txn, const MosDraft *draft, const MosConversationRow *row, GError **error);

/** mos_desk_load_chat_state_async: mos_chat_state_load(), main context */
void mos_desk_load_chat_state_async (MosDesk *self, const char *conversation, const char *message, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
MosChatState *mos_desk_load_chat_state_finish (MosDesk *self, GAsyncResult *result, GError **error);
/** mos_desk_continue_by_mail_async: mos_chat_continue_by_mail(), main context. */
void mos_desk_continue_by_mail_async (MosDesk *self, const char *conversation, const char *text, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
MosDraft *mos_desk_continue_by_mail_finish (MosDesk *self, GAsyncResult *result, GError **error);

G_END_DECLS
