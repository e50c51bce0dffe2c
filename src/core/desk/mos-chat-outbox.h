/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/desk/mos-chat-plan.h"
#include "core/desk/mos-composing-private.h"
#include "core/values/mos-chat-values.h"

G_BEGIN_DECLS

/* How a message of ours goes out in a chat: in parts, each of which is there, or not yet, by itself. What is sent is fixed when somebody presses
 * "Send", and is what the preview showed. */

/** mos_chat_check: MOS_DESK_ERROR_INVALID, MOS_CHAT_ERROR_CLOSED, _TOO_LARGE: why @draft cannot be sent there, before anything is queued */
gboolean mos_chat_check (MosTxn *txn, MosDraft *draft, MosAccount *account, MosConversationRow *row, GError **error);
/** mos_chat_queue: makes the parts, the message in the conversation @row, and its place in the outbox */
gboolean mos_chat_queue (MosTxn *txn, MosDraft *draft, MosAccount *account, MosConversationRow *row, const MosDraftWay *way, GError **error);

/**
 * mos_chat_load_item:
 * @ret_outgoing: (out) (transfer full): its parts as they stand: those that are there have their remote_id
 */
gboolean mos_chat_load_item (MosTxn *txn, MosOutboxItem *item, MosChatOutgoing **ret_outgoing, GError **error);
/** mos_chat_part_done: it is there, called @remote */
gboolean mos_chat_part_done (MosTxn *txn, const char *account, const char *message, guint part, const char *remote, GError **error);

G_END_DECLS
