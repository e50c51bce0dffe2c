/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/store/mos-store.h"
#include "core/values/mos-chat-values.h"
#include "core/values/mos-desk-values.h"

G_BEGIN_DECLS

/* Chats: threads, which message of ours is which of the platform's, and what happens to a message after it was sent. What was written is recorded
 * as messages are; threads, places and files that are still to come follow from what the platform says, and are not. */

/** mos_store_chat_ensure_thread: @ret_thread: (out) (transfer full): made where it was not known */
gboolean mos_store_chat_ensure_thread (MosTxn *txn, const char *account, const char *remote, MosChatThread **ret_thread, GError **error);
/** mos_store_chat_find_thread: @ret_thread: (out) (transfer full) (nullable) */
gboolean mos_store_chat_find_thread (MosTxn *txn, const char *account, const char *remote, MosChatThread **ret_thread, GError **error);
/** mos_store_chat_find_thread_of: where @message (nullable) lies; else the thread of @conversation in which somebody wrote last. @ret_thread: (out) (transfer full) (nullable) */
gboolean mos_store_chat_find_thread_of (MosTxn *txn, const char *conversation, const char *message, MosChatThread **ret_thread, GError **error);
/** mos_store_chat_save_thread: title, conversation, identity, last_incoming_us, window_ends_us and closed */
gboolean mos_store_chat_save_thread (MosTxn *txn, MosChatThread *thread, GError **error);
/** mos_store_chat_list_threads: Returns: (transfer full): array of what those threads of @account are called there whose names end with @ending */
GPtrArray *mos_store_chat_list_threads (MosTxn *txn, const char *account, const char *ending, GError **error);
/** mos_store_chat_move_thread: it is called @now from here on; where that is known too, it becomes part of it */
gboolean mos_store_chat_move_thread (MosTxn *txn, const char *account, const char *remote, const char *now, GError **error);

/** mos_store_chat_find_message: @ret_message: (out) (transfer full) (nullable) */
gboolean mos_store_chat_find_message (MosTxn *txn, gint64 thread, const char *remote, char **ret_message, GError **error);
/** mos_store_chat_find_group: the message that an album became. @ret_message: (out) (transfer full) (nullable) */
gboolean mos_store_chat_find_group (MosTxn *txn, gint64 thread, const char *group, char **ret_message, GError **error);
/** mos_store_chat_has_captions: @ret_has: whether more than one of the album @group brought words */
gboolean mos_store_chat_has_captions (MosTxn *txn, gint64 thread, const char *group, gboolean *ret_has, GError **error);
/** mos_store_chat_put_message: @remote of @thread is @message (its @part, of one of ours; 1 where it brought words to those of an album). @group: (nullable) */
gboolean mos_store_chat_put_message (MosTxn *txn, gint64 thread, const char *remote, const char *message, guint part, const char *group, GError **error);
/** mos_store_chat_list_remotes: Returns: (transfer full): array of what @message is called there, in the order of its parts */
GPtrArray *mos_store_chat_list_remotes (MosTxn *txn, const char *message, GError **error);
/** mos_store_chat_list_sent_before: Returns: (transfer full): array of ids: messages of ours in @thread that lie at or before @message and are not in @state yet, but left */
GPtrArray *mos_store_chat_list_sent_before (MosTxn *txn, gint64 thread, const char *message, MosDelivery state, GError **error);

/** mos_store_chat_want_read: the newest message that is read, in each thread of @conversation, is to be told to who wrote it; of what was told before, nothing */
gboolean mos_store_chat_want_read (MosTxn *txn, const char *conversation, GError **error);
/** mos_store_chat_list_reads: Returns: (transfer full): array of #MosChatUpdate: receipts of ours that are still to be told */
GPtrArray *mos_store_chat_list_reads (MosTxn *txn, const char *account, GError **error);
gboolean mos_store_chat_told_read (MosTxn *txn, const char *account, const char *thread, const char *id, GError **error);

/** mos_store_chat_edit: @message says @text now; what it said is kept. %TRUE without a change where it says that already */
gboolean mos_store_chat_edit (MosTxn *txn, const char *message, const char *text, const char *language, gint64 at_us, GError **error);
/** mos_store_chat_set_text: the words of @message, which had none: they come with a later piece of it */
gboolean mos_store_chat_set_text (MosTxn *txn, const char *message, const char *text, GError **error);
/** mos_store_chat_list_versions: Returns: (transfer full): array of texts, oldest first: what it said before */
GPtrArray *mos_store_chat_list_versions (MosTxn *txn, const char *message, GError **error);
/** mos_store_chat_withdraw: its writer took it back. @ret_changed: (out) (optional) */
gboolean mos_store_chat_withdraw (MosTxn *txn, const char *message, gint64 at_us, gboolean *ret_changed, GError **error);
/** mos_store_chat_react: @person: id of an identity, or of nobody we know */
gboolean mos_store_chat_react (MosTxn *txn, const char *message, const char *person, const char *sign, gboolean removed, gint64 at_us, GError **error);

/** mos_store_chat_want_change: @change is to be done; what was to be done of that kind before is not any more */
gboolean mos_store_chat_want_change (MosTxn *txn, const MosChatChange *change, GError **error);
/** mos_store_chat_find_changes: @ret_changes: (out) (transfer full) (nullable): array of #MosChatChange of @message; %NULL for none */
gboolean mos_store_chat_find_changes (MosTxn *txn, const char *message, GPtrArray **ret_changes, GError **error);
/** mos_store_chat_list_changes: Returns: (transfer full): array of #MosChatChange whose turn it is, oldest first. @ret_next_us: (out): when the first of the others is due; 0 = none waits */
GPtrArray *mos_store_chat_list_changes (MosTxn *txn, const char *account, gint64 now_us, gint64 *ret_next_us, GError **error);
/** mos_store_chat_delay_change: it was tried; @next_us: when again, 0 = not any more, for @why */
gboolean mos_store_chat_delay_change (MosTxn *txn, const char *id, const char *why, const char *detail, gint64 next_us, GError **error);
/** mos_store_chat_retry_change: it is tried again now. @ret_is_there: (out): whether there is one */
gboolean mos_store_chat_retry_change (MosTxn *txn, const char *message, MosChatChangeKind kind, gboolean *ret_is_there, GError **error);
/** mos_store_chat_drop_change: nothing is to be done any more; @id: (nullable): any that concern @message */
gboolean mos_store_chat_drop_change (MosTxn *txn, const char *message, const char *id, GError **error);

/** mos_store_chat_set_about: what @message says beside its words. @reply_to: (nullable): what it answers, as @thread calls it; @forwarded, @payload: (nullable): see #MosChatUpdate; @is_press: it is a button that was pressed */
gboolean mos_store_chat_set_about (MosTxn *txn, const char *message, gint64 thread, const char *reply_to, const char *forwarded, const char *payload, gboolean is_press, GError **error);
/** mos_store_chat_set_buttons: @labels: (nullable): what is read on the buttons below @message, a message of ours */
gboolean mos_store_chat_set_buttons (MosTxn *txn, const char *message, const char *const *labels, GError **error);
/** mos_store_chat_was_pressed: @ret_was: (out): whether a button below what @thread calls @remote was pressed */
gboolean mos_store_chat_was_pressed (MosTxn *txn, gint64 thread, const char *remote, gboolean *ret_was, GError **error);
/** mos_store_chat_find_about: @ret_about: (out) (transfer full) (nullable) */
gboolean mos_store_chat_find_about (MosTxn *txn, const char *message, MosChatAbout **ret_about, GError **error);

/** mos_store_chat_note_files: @files, array of #MosChatFile (nullable), are the attachments of @message from @first on: how they are shown, and which are still to be fetched */
gboolean mos_store_chat_note_files (MosTxn *txn, const char *message, const char *account, guint first, GPtrArray *files, GError **error);
/** mos_store_chat_add_files: @files: array of #MosChatFile: become the last attachments of @message; those without data are to be fetched */
gboolean mos_store_chat_add_files (MosTxn *txn, const char *message, const char *account, GPtrArray *files, GError **error);
/** mos_store_chat_list_fetches: Returns: (transfer full): array of #MosChatFetch whose turn it is. @ret_next_us: (out): of those that wait, when the first is due; 0 = none */
GPtrArray *mos_store_chat_list_fetches (MosTxn *txn, const char *account, gint64 now_us, guint max, gint64 *ret_next_us, GError **error);
/** mos_store_chat_fetched: @data: the file's bytes; @type: (nullable): as the platform says now */
gboolean mos_store_chat_fetched (MosTxn *txn, const char *message, guint position, GBytes *data, const char *type, GError **error);
/** mos_store_chat_not_fetched: @next_us: when to try again; 0 = never: there is nothing to ask for any more */
gboolean mos_store_chat_not_fetched (MosTxn *txn, const char *message, guint position, const char *why, gint64 next_us, GError **error);

/** mos_store_chat_add_parts: @keys: what the platform is told the parts of @message by, in order */
gboolean mos_store_chat_add_parts (MosTxn *txn, const char *message, const char *const *keys, GError **error);
/** mos_store_chat_list_parts: Returns: (transfer full): array of texts: what each part is called there, "" where it is not there yet */
GPtrArray *mos_store_chat_list_parts (MosTxn *txn, const char *message, GError **error);
/** mos_store_chat_set_part: the part is there; a crash from here on leaves nothing uncertain before the next one begins */
gboolean mos_store_chat_set_part (MosTxn *txn, const char *message, guint part, const char *remote, GError **error);
/** mos_store_chat_forget_part: what is called @remote did not arrive: it is to be sent again, under another name */
gboolean mos_store_chat_forget_part (MosTxn *txn, const char *message, const char *remote, GError **error);
/** mos_store_chat_find_part: by its key. @ret_message: (out) (transfer full) (nullable) */
gboolean mos_store_chat_find_part (MosTxn *txn, const char *key, char **ret_message, guint *ret_part, GError **error);
/** mos_store_chat_list_doubted: Returns: (transfer full): array of ids: messages of ours in @thread of which nobody knows whether they arrived, oldest first */
GPtrArray *mos_store_chat_list_doubted (MosTxn *txn, gint64 thread, GError **error);

G_END_DECLS
