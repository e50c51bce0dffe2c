/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/store/mos-store.h"

G_BEGIN_DECLS

/* What people do to conversations, inside a transaction whose actor they are: for the window (mos-desk.h) and mostradorctl alike.
 * An id that is not there is MOS_DESK_ERROR_NOT_FOUND; a value that is there already changes nothing. */

/* Why mail is put aside whose sender somebody blocked. */
#define MOS_ACTION_BLOCKED_SENDER "blocked-sender"

gboolean mos_action_set_status (MosTxn *txn, const char *const *conversations, MosStatus status, gint64 snooze_until_us, GError **error);
gboolean mos_action_assign (MosTxn *txn, const char *const *conversations, const char *agent, GError **error);
gboolean mos_action_set_priority (MosTxn *txn, const char *const *conversations, MosPriority priority, GError **error);
/** mos_action_set_language: @language: (nullable): "es", "pt-br"; %NULL = whatever is detected. Anything that is no code is MOS_DESK_ERROR_INVALID. */
gboolean mos_action_set_language (MosTxn *txn, const char *const *conversations, const char *language, GError **error);
gboolean mos_action_tag (MosTxn *txn, const char *const *conversations, const char *tag, gboolean add, GError **error);
gboolean mos_action_set_deleted (MosTxn *txn, const char *const *conversations, gboolean deleted, GError **error);
/** mos_action_release: out of the quarantine: its mail is treated as a customer's from now on, so it waits for an answer. */
gboolean mos_action_release (MosTxn *txn, const char *const *conversations, GError **error);
/** mos_action_release_messages: the same for single messages; their conversations come out of the quarantine with them */
gboolean mos_action_release_messages (MosTxn *txn, const char *const *messages, GError **error);
/** mos_action_allow_senders: whoever wrote what is quarantined in these conversations is always let through from now on; what is here of it is released */
gboolean mos_action_allow_senders (MosTxn *txn, const char *const *conversations, GError **error);
/** mos_action_block_senders: whoever wrote last in these conversations goes to the quarantine from now on; they do at once, and so does what else the same
 * customer has open in which the same address wrote last. Its undo lets in what came meanwhile */
gboolean mos_action_block_senders (MosTxn *txn, const char *const *conversations, GError **error);
/** mos_action_mark_spam: @block: whoever wrote last in them also goes to the quarantine from now on. On the server the mail goes to Junk, where the account allows it (mos-store-moves.h). */
gboolean mos_action_mark_spam (MosTxn *txn, const char *const *conversations, gboolean block, GError **error);
/** mos_action_mark_not_spam: they are open again, their senders are blocked no more, and their mail waits for an answer */
gboolean mos_action_mark_not_spam (MosTxn *txn, const char *const *conversations, GError **error);
/** mos_action_erase: deletes conversations that are deleted already for good: mos_store_conversation_erase(). No undo. MOS_DESK_ERROR_UNSENT while an answer in one of them has not left yet. */
gboolean mos_action_erase (MosTxn *txn, const char *const *conversations, GError **error);
gboolean mos_action_set_read (MosTxn *txn, const char *const *conversations, gboolean read, GError **error);
/** mos_action_add_note: @ret_message: (out) (optional) (transfer full). An empty text is MOS_DESK_ERROR_INVALID. */
gboolean mos_action_add_note (MosTxn *txn, const char *conversation, const char *text, char **ret_message, GError **error);
/** MOS_ACTION_SEND: label of the batch that puts a mail into the outbox: taken back by cancelling it there, never by an undo of its rows */
#define MOS_ACTION_SEND "send"
/** MOS_ACTION_MACRO_KEPT: in place of the label of a macro that is taken back but for what it had done to orders: that is in their shops, and stays */
#define MOS_ACTION_MACRO_KEPT "macro-kept-orders"
/** mos_action_undo: @ret_label: (out) (transfer full) (nullable): what was taken back, or MOS_ACTION_MACRO_KEPT */
gboolean mos_action_undo (MosTxn *txn, gint64 batch, char **ret_label, GError **error);
/**
 * mos_action_undo_last: takes the newest action of the actor back
 * @since: only what was done after this batch
 * @strict: nothing of the actor's that has no undo may have come after it, be it ever so small
 * @ret_label: (out) (transfer full) (nullable): %NULL when there was nothing
 *
 * A mail that still waits, for an undo or for its time, becomes a draft again; one that was taken back already is passed over.
 *
 * MOS_DESK_ERROR_CANNOT_UNDO: the newest one is a mail that was sent (or, with @strict, something else without undo). What lies
 * before it is not touched: the person means what was done last.
 */
gboolean mos_action_undo_last (MosTxn *txn, gint64 since, gboolean strict, char **ret_label, GError **error);

/** mos_action_status_label: Returns: (transfer none): the stable nick under which a change to @status is recorded */
const char *mos_action_status_label (MosStatus status);

G_END_DECLS
