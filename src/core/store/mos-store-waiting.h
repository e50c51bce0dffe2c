/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/store/mos-store.h"
#include "core/values/mos-desk-values.h"

G_BEGIN_DECLS

/* Messages that refer to mail that is not here: on a first sync mail comes newest first, and what an answer answers comes after it. */

/** MOS_STORE_WAITING_IDS: how many ids one message waits for */
#define MOS_STORE_WAITING_IDS 24
/** MOS_STORE_WAITING_MESSAGES: how many messages wait for one id; what more of them name is nobody's letter */
#define MOS_STORE_WAITING_MESSAGES 200

/** mos_store_waiting_add: @message: id of a stored message; @ids: Message-IDs of its account that it waits for, at most MOS_STORE_WAITING_IDS */
gboolean mos_store_waiting_add (MosTxn *txn, const char *account, const char *message, const char *const *ids, GError **error);
/** mos_store_waiting_list: Returns: array of #MosMessageRow without text and attachments that may wait for @message_id, oldest first: look at what they refer to */
GPtrArray *mos_store_waiting_list (MosTxn *txn, const char *account, const char *message_id, GError **error);
/** mos_store_waiting_remove: @message waits for these no more */
gboolean mos_store_waiting_remove (MosTxn *txn, const char *account, const char *message, const char *const *ids, GError **error);
/** mos_store_waiting_forget: @message waits for nothing any more: a person said where it belongs */
gboolean mos_store_waiting_forget (MosTxn *txn, const char *message, GError **error);

/**
 * mos_store_message_set_evidence: what it joined by is known now; recorded.
 * @evidence: as in #MosThreadAnswer
 */
gboolean mos_store_message_set_evidence (MosTxn *txn, const char *message, const char *evidence, GError **error);
/**
 * mos_store_conversation_is_worked: @ret_is: (out): whether somebody did something with it that is not seen in the mailbox: it has an
 * assignee, or a person's status, note, tag, answer from here and the like
 */
gboolean mos_store_conversation_is_worked (MosTxn *txn, const char *id, gboolean *ret_is, GError **error);

G_END_DECLS
