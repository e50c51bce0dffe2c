/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/store/mos-store.h"
#include "core/values/mos-sync-values.h"

G_BEGIN_DECLS

/* The outbox: written before the first byte leaves. Each function also sets the message's delivery and its history. */

/** mos_store_outbox_add: @item: raw, recipients, message_id fixed; state queued or scheduled; the message is there already */
gboolean mos_store_outbox_add (MosTxn *txn, MosOutboxItem *item, GError **error);
/** Returns: array of #MosOutboxItem without raw, everything that is not accepted yet or lacks its Sent copy; oldest first; @account: (nullable): all */
GPtrArray *mos_store_outbox_list (MosTxn *txn, const char *account, GError **error);
/** mos_store_outbox_find: @ret_item: (out) (nullable): with raw */
gboolean mos_store_outbox_find (MosTxn *txn, const char *message, MosOutboxItem **ret_item, GError **error);
/**
 * mos_store_outbox_find_due: @ret_message: (out) (transfer full) (nullable): the queued item whose turn it is. One whose time lies further ahead than
 *   any retry is planned is due: the clock was set back. In a chat, none overtakes an earlier one of its thread that waits or is being sent.
 */
gboolean mos_store_outbox_find_due (MosTxn *txn, const char *account, gint64 now_us, char **ret_message, GError **error);
/** mos_store_outbox_claim: takes the item of mos_store_outbox_find_due(): state sending, attempts + 1, a claim of its own; @ret_item: (out) (nullable): with raw, and only those recipients who are still to be sent to */
gboolean mos_store_outbox_claim (MosTxn *txn, const char *account, MosOutboxItem **ret_item, GError **error);
/** mos_store_outbox_reset_attempts: a person asked for it: the schedule begins anew */
gboolean mos_store_outbox_reset_attempts (MosTxn *txn, const char *message, GError **error);
/** mos_store_outbox_begin_anew: the same of one that a server may have had: what is said of it from before is not said of this try */
gboolean mos_store_outbox_begin_anew (MosTxn *txn, const char *message, GError **error);
/** mos_store_outbox_set_result: ends the claim: accepted, failed, uncertain, or queued again with @next_try_us */
gboolean mos_store_outbox_set_result (MosTxn *txn, const char *message, MosDelivery state, gint64 next_try_us, const char *why, const char *detail, GError **error);
/** mos_store_outbox_get_next_try: @ret_us: 0 = nothing waits; @account: (nullable) */
gboolean mos_store_outbox_get_next_try (MosTxn *txn, const char *account, gint64 *ret_us, GError **error);
/** mos_store_outbox_set_final: the byte that makes the server accept @message is about to leave: a crash from here on makes it uncertain. @claim: (nullable): of the item; CONFLICT where it is not being sent under that */
gboolean mos_store_outbox_set_final (MosTxn *txn, const char *message, const char *claim, GError **error);
/**
 * mos_store_outbox_recover: after a crash: what was "sending" is queued again, or uncertain after mos_store_outbox_set_final().
 * @ret_uncertain: (out) (optional) (transfer full): array of ids of messages
 */
gboolean mos_store_outbox_recover (MosTxn *txn, GPtrArray **ret_uncertain, GError **error);
/* Cursor of an account: whether its server files what it sends by itself, as was seen. */
#define MOS_SENT_FILING_CURSOR "sent-filing"
#define MOS_SENT_FILING_SERVER "server"
#define MOS_SENT_FILING_CLIENT "client"

/**
 * mos_store_outbox_claim_sent_copy: the next item that left (for one recipient at least) and whose copy is not in Sent yet, with raw, for whoever asks first: until
 *   @lease_us passed, it was settled or released, nobody else gets it.
 * @ret_item: (out) (transfer full) (nullable)
 */
gboolean mos_store_outbox_claim_sent_copy (MosTxn *txn, const char *account, gint64 lease_us, MosOutboxItem **ret_item, GError **error);
/** mos_store_outbox_release_sent_copy: what is not settled may be claimed again. @account: (nullable): all */
gboolean mos_store_outbox_release_sent_copy (MosTxn *txn, const char *account, GError **error);
gboolean mos_store_outbox_set_sent_copy_done (MosTxn *txn, const char *message, GError **error);
/** mos_store_outbox_cancel: taken out while queued, scheduled, failed or uncertain; CONFLICT when it is being sent or was accepted */
gboolean mos_store_outbox_cancel (MosTxn *txn, const char *message, GError **error);
/** mos_store_outbox_list_doubted: Returns: (transfer full) (element-type utf8): messages with one of @message_ids that are queued, or uncertain: something may show that they left */
GPtrArray *mos_store_outbox_list_doubted (MosTxn *txn, const char *account, const char *const *message_ids, GError **error);
/** mos_store_outbox_was_met: @ret_was: whether @message, in its first try, was met where only a server puts it, or was answered: somebody has it */
gboolean mos_store_outbox_was_met (MosTxn *txn, const char *message, gboolean *ret_was, GError **error);
/** mos_store_outbox_holds_conversation: @ret_holds: whether something of @conversation is scheduled, queued, being sent or uncertain */
gboolean mos_store_outbox_holds_conversation (MosTxn *txn, const char *conversation, gboolean *ret_holds, GError **error);

G_END_DECLS
