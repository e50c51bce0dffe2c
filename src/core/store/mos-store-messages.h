/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/store/mos-store.h"
#include "core/values/mos-sync-values.h"

G_BEGIN_DECLS

/**
 * mos_store_message_add:
 * @row: id, conversation, account, direction and received_us are needed; attachments carry their data, or the sha256 of a blob that is there.
 *   A conversation that was merged is replaced by the one it is part of.
 * @content: (nullable)
 * @ret_added: (out) (optional): %FALSE when a message of this id is there already; then nothing was written
 *
 * Keeps blobs, attachments and the search index, writes the event "received", "sent" or "note" (not for drafts).
 */
gboolean mos_store_message_add (MosTxn *txn, MosMessageRow *row, MosMessageContent *content, gboolean *ret_added, GError **error);
/** mos_store_message_id: Returns: (transfer full): deterministic id of a mail (architecture, decision 2); @message_id, @digest: (nullable) */
char *mos_store_message_id (const char *account, const char *message_id, const char *digest);

gboolean mos_store_message_find (MosTxn *txn, const char *id, MosMessageRow **ret_row, GError **error);
/** mos_store_message_is_here: the same question where nearly always the answer is no; of messages alone, not of events */
gboolean mos_store_message_is_here (MosTxn *txn, const char *id, gboolean *ret_is, GError **error);
/** MOS_STORE_SAME_ID_MAX: of so many mails that share a Message-ID it says of none what it belongs to */
#define MOS_STORE_SAME_ID_MAX 50
/**
 * mos_store_message_find_by_message_ids:
 * @account: (nullable): any
 *
 * Of those that share one id a few, not all: up to MOS_STORE_SAME_ID_MAX that we wrote, and as many others.
 *
 * Returns: (transfer full) (nullable): array of #MosMessageRow without text and attachments, in the order of @message_ids, each id's oldest first
 */
GPtrArray *mos_store_message_find_by_message_ids (MosTxn *txn, const char *account, const char *const *message_ids, GError **error);
/** mos_store_message_list_light: Returns: array of #MosMessageRow without text and attachments, in the order of @ids; unknown ids are left out */
GPtrArray *mos_store_message_list_light (MosTxn *txn, const char *const *ids, GError **error);
/**
 * mos_store_message_list_received:
 * @account: (nullable): any
 * @raw_sha256: (nullable): and not @message_id: byte for byte the same
 * @message_id: (nullable): as it stands in the mail
 *
 * Mail that came from a mailbox or a file (what was written here has no digest), a few at most.
 *
 * Returns: (transfer full) (nullable): array of ids
 */
GPtrArray *mos_store_message_list_received (MosTxn *txn, const char *account, const char *raw_sha256, const char *message_id, GError **error);
/** mos_store_message_find_by_thread_index: Returns: array of the same, oldest first, at most 50: the newest */
GPtrArray *mos_store_message_find_by_thread_index (MosTxn *txn, const char *account, const char *thread_index, GError **error);
/** mos_store_message_find_by_own_id: by X-Mostrador-Id; @ret_row: (out) (nullable): without text and attachments */
gboolean mos_store_message_find_by_own_id (MosTxn *txn, const char *account, const char *own_id, MosMessageRow **ret_row, GError **error);
/** mos_store_message_list_ids: Returns: array of ids: messages and the events people see of a conversation, oldest first; drafts excluded */
GPtrArray *mos_store_message_list_ids (MosTxn *txn, const char *conversation, GError **error);
/** mos_store_message_list: Returns: array of whole #MosMessageRow in the order of @ids, which may name events */
GPtrArray *mos_store_message_list (MosTxn *txn, const char *const *ids, GError **error);
/** mos_store_message_list_of_conversation: both at once */
GPtrArray *mos_store_message_list_of_conversation (MosTxn *txn, const char *conversation, GError **error);
/** mos_store_message_find_last_incoming: @ret_row: (out) (nullable): newest customer message of class normal or bulk; a call only where there is nothing else */
gboolean mos_store_message_find_last_incoming (MosTxn *txn, const char *conversation, MosMessageRow **ret_row, GError **error);

/**
 * mos_store_message_complete: the whole of a mail of which only the head was here
 * @row: of it the id, text, reply_text, language and attachments (with their data) are looked at
 * @content: raw and html
 *
 * It stays the message it is, with its id, place and conversation; the cause "too-large" goes.
 */
gboolean mos_store_message_complete (MosTxn *txn, MosMessageRow *row, MosMessageContent *content, GError **error);
/** mos_store_message_add_message_id: a server gave it another Message-ID; both find it from now on */
gboolean mos_store_message_add_message_id (MosTxn *txn, const char *id, const char *message_id, GError **error);
/** mos_store_message_set_delivery: with history in message_state; @why, @detail: (nullable) */
gboolean mos_store_message_set_delivery (MosTxn *txn, const char *id, MosDelivery delivery, const char *why, const char *detail, GError **error);
/** mos_store_message_set_read: @want_on_server: also write \Seen back */
gboolean mos_store_message_set_read (MosTxn *txn, const char *id, gboolean read, gboolean want_on_server, GError **error);
/** mos_store_message_follow_seen: it is met at another place, where it is \Seen: read with another program, which moved it. Not where it lies unread besides:
 * servers make copies that are \Seen from the start. Nor against what a person here wants written there. */
gboolean mos_store_message_follow_seen (MosTxn *txn, const char *id, GError **error);
/** mos_store_message_set_quarantined: released, it is a normal message, whatever it was classified as */
gboolean mos_store_message_set_quarantined (MosTxn *txn, const char *id, gboolean quarantined, const char *why, GError **error);
/** mos_store_message_set_blocked: into the quarantine because of its sender */
gboolean mos_store_message_set_blocked (MosTxn *txn, const char *id, const char *why, GError **error);
/** mos_store_message_set_sent: what came in under our name was ours, as its copy in Sent shows: an answer, sent when it came */
gboolean mos_store_message_set_sent (MosTxn *txn, const char *id, GError **error);
/** mos_store_message_remove: a draft that was thrown away or a queued one taken back; its blobs go with the next clean-up */
gboolean mos_store_message_remove (MosTxn *txn, const char *id, GError **error);

/** @ret_html: (out) (transfer full) (nullable) */
gboolean mos_store_message_load_html (MosTxn *txn, const char *id, char **ret_html, GError **error);
/** mos_store_message_load_source: what came in, or went out, byte for byte, whatever it is: a mail, a platform's JSON. @ret_source: (out) (transfer full) (nullable) */
gboolean mos_store_message_load_source (MosTxn *txn, const char *id, GBytes **ret_source, GError **error);
/** mos_store_message_load_raw: the same of a mail. @ret_raw: (out) (transfer full) (nullable): %NULL also of what is none */
gboolean mos_store_message_load_raw (MosTxn *txn, const char *id, GBytes **ret_raw, GError **error);
/** Returns: array of #MosAttachment; @with_data: also their bytes */
GPtrArray *mos_store_message_list_attachments (MosTxn *txn, const char *id, gboolean with_data, GError **error);
/** mos_store_message_load_states: Returns: array of #MosMessageRow with delivery, why, why_detail and sent_us (the time of the state), oldest first */
GPtrArray *mos_store_message_list_states (MosTxn *txn, const char *id, GError **error);

G_END_DECLS
