/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/store/mos-store.h"
#include "core/values/mos-chat-values.h"
#include "core/values/mos-desk-values.h"

G_BEGIN_DECLS

/* How chats come in. A thread never ends, a conversation does: what is written goes on in the thread's newest conversation while that is not closed,
 * and for MOS_CHAT_REOPEN_H hours after it was (a "thank you" is no new matter); then it begins another one. */

/** MOS_CHAT_REOPEN_H: unless the account says otherwise (MOS_ACCOUNT_REOPEN_H) */
#define MOS_CHAT_REOPEN_H 24

/** A THREAD whose group is set is about all threads that are here and whose names end with that: whatever they lie in was closed, or opened again. What was closed for
 * another reason (@why) stays so. */

/** What a message says by @why that this version cannot show: MosMessageRow.why of it */
#define MOS_CHAT_UNKNOWN "unknown-content"

/**
 * mos_chat_ingest:
 * @txn: a write transaction
 * @account: the account of @batch
 * @ret_results: (out) (optional) (transfer full): array of #MosIngestResult of the messages that are new
 *
 * Takes a batch in with the cursors behind it. What is known changes nothing, in
 * whatever order it comes; what is about a message that is not here (yet, or any
 * more) is passed over.
 */
gboolean mos_chat_ingest (MosTxn *txn, MosAccount *account, MosChatBatch *batch, GPtrArray **ret_results, GError **error);

/** mos_chat_message_id: Returns: (transfer full): a message's global id (architecture, decision 2) */
char *mos_chat_message_id (const char *account, const char *thread, const char *remote);

G_END_DECLS
