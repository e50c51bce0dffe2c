/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/automation/mos-calendar.h"
#include "core/desk/mos-job.h"
#include "core/mail/net/mos-oauth.h"
#include "core/model/mos-model.h"
#include "core/store/mos-store.h"
#include "core/values/mos-sync-values.h"

G_BEGIN_DECLS

/**
 * MosDesk:
 *
 * Everything the window (and mostradorctl) can ask for: reading, acting,
 * writing, accounts. Main context only; nothing here blocks. All strings a
 * person may read come back as codes or data, app/ makes the sentences.
 *
 * Signals:
 *  - `counts-changed`: mos_desk_load_counts_async() would answer differently (coalesced)
 *  - `views-changed`: saved views, how views look, agents or which of them is me (mos-desk-views.h), categories (mos-desk-categories.h)
 *  - `macros-changed`: mos_desk_get_macros() (mos-desk-macros.h)
 *  - `outreach-changed`: an outreach, or what became of one of its people (mos-desk-outreach.h)
 *  - `arrived (MosConversationRow *row, MosMessageRow *message)`: a customer's message came in (not at first sync, not in archive mode), or out of the quarantine
 *  - `typing (MosChatTyping *typing)`: somebody is writing in a chat, or not any more (mos-chat-typing.h)
 *  - `send-failed (MosOutboxItem *item)`: a message failed or became uncertain
 *  - `came (MosDueRow *due, MosConversationRow *row)`: a snooze or the wait for an answer ended by its time; the conversation as it is now
 *  - `call (MosChatUpdate *update)`: a telephone rings (MOS_CHAT_RINGING), or a call ended (MOS_CHAT_MESSAGE)
 *  - `held-changed`: mos_desk_load_held_async() and mos_desk_load_call_backs_async() may answer differently
 *  - `shops-changed`: shops, or how their sync stands (mos-desk-shops.h)
 *  - `backup-changed`, `backup-failed (MosJob *job)`: see mos-desk-backup.h
 *  - `job-ended (MosJob *job)`: a job of mos_desk_run_job() is done, paused, cancelled or failed
 */
#define MOS_TYPE_DESK (mos_desk_get_type ())
G_DECLARE_FINAL_TYPE (MosDesk, mos_desk, MOS, DESK, GObject)

typedef enum
{
  MOS_DESK_FLAG_NONE = 0,
  MOS_DESK_FLAG_OFFLINE = 1 << 0, /* the sample shop: channels are never started */
} MosDeskFlags;

MosDesk *mos_desk_new (MosStore *store, MosDeskFlags flags);
/** mos_desk_start: starts the channels of all accounts, the outbox and the scheduler. */
void mos_desk_start (MosDesk *self);
/** mos_desk_stop_sync: stops them all; bounded to a few seconds. The store stays open. */
void mos_desk_stop_sync (MosDesk *self);
MosStore *mos_desk_get_store (MosDesk *self);
MosDeskFlags mos_desk_get_flags (MosDesk *self);

/* ---- reading ---- */

/** mos_desk_ref_conversation: Returns: (transfer full): the one object for @id; its row is loaded soon when it has none */
MosConversation *mos_desk_ref_conversation (MosDesk *self, const char *id);

/** mos_desk_find_targets_async: conversations that @conversation, or messages of it, may be put into: with @text what it finds (a number, words), without the likely ones. */
void mos_desk_find_targets_async (MosDesk *self, const char *conversation, const char *text, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/** Returns: (transfer full): array of #MosConversationRow */
GPtrArray *mos_desk_find_targets_finish (MosDesk *self, GAsyncResult *result, GError **error);

/**
 * mos_desk_find_conversations_async: what somebody who types means: a number ("1042", "#1042") first, then what the words find, the last one as a beginning; newest first.
 * Deleted and merged ones are left out.
 */
void mos_desk_find_conversations_async (MosDesk *self, const char *text, guint max, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/** Returns: (transfer full): array of #MosConversationRow */
GPtrArray *mos_desk_find_conversations_finish (MosDesk *self, GAsyncResult *result, GError **error);
/** mos_desk_find_customers_async: by words that begin a part of a name or an address, most written with first */
void mos_desk_find_customers_async (MosDesk *self, const char *text, guint max, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/** Returns: (transfer full): array of #MosCustomerRow */
GPtrArray *mos_desk_find_customers_finish (MosDesk *self, GAsyncResult *result, GError **error);

/** mos_desk_wait_async: until what the desk reads when it begins is here: accounts, agents, views. Fails where the profile cannot be read. */
void mos_desk_wait_async (MosDesk *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean mos_desk_wait_finish (MosDesk *self, GAsyncResult *result, GError **error);
/** mos_desk_load_counts_async: the built-in views in their order, then one per account. */
void mos_desk_load_counts_async (MosDesk *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/** Returns: (transfer full): array of #MosViewCount */
GPtrArray *mos_desk_load_counts_finish (MosDesk *self, GAsyncResult *result, GError **error);

/** MosMessageBody: @html (nullable) as received; @related: array of #MosAttachment with data, for cid: images; @images_allowed: its sender's remote pictures are always loaded */
typedef struct
{
  char *html;
  GPtrArray *related;
  gboolean images_allowed;
} MosMessageBody;
MOS_DECLARE_VALUE (MosMessageBody, message_body)
void mos_desk_load_body_async (MosDesk *self, const char *message, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
MosMessageBody *mos_desk_load_body_finish (MosDesk *self, GAsyncResult *result, GError **error);

/** mos_desk_load_hints_async: what is suspicious about a message (mos-hints.h), from what is known here; nothing is asked of the network. */
void mos_desk_load_hints_async (MosDesk *self, const char *message, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/** Returns: (transfer full): array of #MosHint, the weightiest first */
GPtrArray *mos_desk_load_hints_finish (MosDesk *self, GAsyncResult *result, GError **error);

/** mos_desk_load_image_senders_async: whose remote pictures are always loaded */
void mos_desk_load_image_senders_async (MosDesk *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/** Returns: (transfer full): array of addresses, sorted */
GPtrArray *mos_desk_load_image_senders_finish (MosDesk *self, GAsyncResult *result, GError **error);

/** mos_desk_load_causes_async: what lies in the quarantine, by cause */
void mos_desk_load_causes_async (MosDesk *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/** Returns: (transfer full): array of #MosCauseCount */
GPtrArray *mos_desk_load_causes_finish (MosDesk *self, GAsyncResult *result, GError **error);

/** mos_desk_load_raw_async: the message byte for byte (for "Show source", export). */
void mos_desk_load_raw_async (MosDesk *self, const char *message, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
GBytes *mos_desk_load_raw_finish (MosDesk *self, GAsyncResult *result, GError **error);

void mos_desk_load_blob_async (MosDesk *self, const char *sha256, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
GBytes *mos_desk_load_blob_finish (MosDesk *self, GAsyncResult *result, GError **error);

void mos_desk_load_customer_async (MosDesk *self, const char *customer, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
MosCustomerRow *mos_desk_load_customer_finish (MosDesk *self, GAsyncResult *result, GError **error);

/** mos_desk_load_send_limit_async: how large a message the account's server takes, as it said when it was last spoken to. @ret_bytes: 0 = it names none, or was not asked yet */
void mos_desk_load_send_limit_async (MosDesk *self, const char *account, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean mos_desk_load_send_limit_finish (MosDesk *self, GAsyncResult *result, guint64 *ret_bytes, GError **error);

/** mos_desk_set_reads_files: whether the text in attachments is read in the background, for the search (the default); what was read stays */
void mos_desk_set_reads_files (MosDesk *self, gboolean reads_files);

/** mos_desk_set_sort_locale: @locale: whose order customers are listed in from now on, as in mos-locale.h. Brought about in the background, once; a restart goes on with it. */
void mos_desk_set_sort_locale (MosDesk *self, const char *locale);
/**
 * MosDeskReading: how far the reading of attachments is
 * @is_on: it is wanted; @can_read: this machine can (a process that confines itself)
 * @waiting: files still to be read, @total: all that may hold text
 */
typedef struct
{
  gboolean is_on;
  gboolean can_read;
  guint waiting;
  guint total;
} MosDeskReading;
void mos_desk_load_reading_async (MosDesk *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean mos_desk_load_reading_finish (MosDesk *self, GAsyncResult *result, MosDeskReading *ret_reading, GError **error);
/** Returns: (transfer none): GListModel of #MosAccountItem, kept up to date */
GListModel *mos_desk_get_accounts (MosDesk *self);
/** mos_desk_is_chat: @account: (nullable): an id. Returns: whether it is one of the accounts, and of a chat */
gboolean mos_desk_is_chat (MosDesk *self, const char *account);
/** Returns: (transfer none): array of #MosAgent, me first */
GPtrArray *mos_desk_get_agents (MosDesk *self);
/** mos_desk_get_calendars: Returns: (transfer none): array of #MosCalendarVersion, oldest first: when people work; kept up to date, "calendar-changed" tells */
GPtrArray *mos_desk_get_calendars (MosDesk *self);
/** mos_desk_get_calendar: Returns: (transfer none) (nullable): what is valid now */
MosCalendar *mos_desk_get_calendar (MosDesk *self);
/** Returns: (transfer none): all tags in use, sorted; kept up to date */
GStrv mos_desk_get_tags (MosDesk *self);

/** mos_desk_complete_address_async: Returns: array of #MosAddress whose name or address starts with @text (for recipients) */
void mos_desk_complete_address_async (MosDesk *self, const char *text, guint max, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
GPtrArray *mos_desk_complete_address_finish (MosDesk *self, GAsyncResult *result, GError **error);

/* ---- acting: each is one batch that mos_desk_undo_async() takes back ---- */

void mos_desk_set_status_async (MosDesk *self, const char *const *conversations, MosStatus status, gint64 snooze_until_us, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/** @agent: (nullable): %NULL = nobody */
void mos_desk_assign_async (MosDesk *self, const char *const *conversations, const char *agent, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
void mos_desk_set_priority_async (MosDesk *self, const char *const *conversations, MosPriority priority, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/** @language: (nullable): code; %NULL = what is detected */
void mos_desk_set_language_async (MosDesk *self, const char *const *conversations, const char *language, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
void mos_desk_tag_async (MosDesk *self, const char *const *conversations, const char *tag, gboolean add, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
void mos_desk_set_deleted_async (MosDesk *self, const char *const *conversations, gboolean deleted, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/** mos_desk_release_async: out of the quarantine: treat as normal mail. */
void mos_desk_release_async (MosDesk *self, const char *const *conversations, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/** mos_desk_merge_async: Warn first where the customers differ; nobody is told of it. */
void mos_desk_merge_async (MosDesk *self, const char *const *conversations, const char *into, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/** mos_desk_split_async: messages of one conversation into a new one. mos_desk_split_finish() gives its id. */
void mos_desk_split_async (MosDesk *self, const char *const *messages, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/** Returns: (transfer full) (nullable): id of the new conversation; @ret_batch: (out) (optional) */
char *mos_desk_split_finish (MosDesk *self, GAsyncResult *result, gint64 *ret_batch, GError **error);
/** mos_desk_move_async: messages of one conversation into another one */
void mos_desk_move_async (MosDesk *self, const char *const *messages, const char *into, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/** mos_desk_release_messages_async: the same for single messages */
void mos_desk_release_messages_async (MosDesk *self, const char *const *messages, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/** mos_desk_allow_senders_async: releases what is quarantined in them, and lets their senders through from now on */
void mos_desk_allow_senders_async (MosDesk *self, const char *const *conversations, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/** mos_desk_block_senders_async: puts them and whatever their senders write from now on into the quarantine */
void mos_desk_block_senders_async (MosDesk *self, const char *const *conversations, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/** mos_desk_mark_spam_async: on the server, too, where the account allows it. @block: their senders go to the quarantine from now on */
void mos_desk_mark_spam_async (MosDesk *self, const char *const *conversations, gboolean block, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/** mos_desk_mark_not_spam_async: open again, and their senders are not blocked any more */
void mos_desk_mark_not_spam_async (MosDesk *self, const char *const *conversations, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/** mos_desk_set_image_sender_async: whether remote pictures of mail from @address are loaded without asking */
void mos_desk_set_image_sender_async (MosDesk *self, const char *address, gboolean is, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/** mos_desk_set_calendar_async: see mos_calendars_set() */
void mos_desk_set_calendar_async (MosDesk *self, MosCalendar *calendar, gboolean corrects, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/** mos_desk_erase_async: deletes conversations, deleted already, for good; there is no undo. The mail on the server stays, and does not come back. */
void mos_desk_erase_async (MosDesk *self, const char *const *conversations, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
void mos_desk_add_note_async (MosDesk *self, const char *conversation, const char *text, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/** mos_desk_set_read_async: no undo; \Seen is written back to the server. */
void mos_desk_set_read_async (MosDesk *self, const char *const *conversations, gboolean read, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/** mos_desk_action_finish: for all of the above. @ret_batch: (out) (optional): 0 when nothing changed */
gboolean mos_desk_action_finish (MosDesk *self, GAsyncResult *result, gint64 *ret_batch, GError **error);

/** mos_desk_undo_async: @batch: 0 = the newest one of this agent that is not undone and was made since this desk is there; MOS_DESK_ERROR_CANNOT_UNDO
 *  when that is a sent mail ("send and close" has two batches: the close is taken back, then no more). Finish with mos_desk_undo_finish(). */
void mos_desk_undo_async (MosDesk *self, gint64 batch, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/** Returns: (transfer full) (nullable): label of what was undone, %NULL and no error when there was nothing to undo */
char *mos_desk_undo_finish (MosDesk *self, GAsyncResult *result, GError **error);

/* ---- writing ---- */

/** mos_desk_set_quote_texts: the words around quotes in the person's language: @attribution and @date_format as in "On {date}, {sender} wrote:" and "%x %R"; %NULL = neutral */
void mos_desk_set_quote_texts (MosDesk *self, const char *attribution, const char *forwarded, const char *date_format);
/** mos_desk_set_quote_history: what of the conversation goes along below an answer: 0 = what is answered, 1 = nothing, 2 = all that the recipients know */
void mos_desk_set_quote_history (MosDesk *self, guint history);

/**
 * mos_desk_prepare_draft_async:
 * @kind: "reply", "reply-all", "forward", "new" or "note"
 * @conversation: (nullable): for "new"
 * @message: (nullable): the one to answer; %NULL = the last customer message
 * @account: (nullable): sender of a "new" one; %NULL = the first account
 *
 * An unfinished draft of the same conversation and kind comes back as it was left.
 */
void mos_desk_prepare_draft_async (MosDesk *self, const char *kind, const char *conversation, const char *message, const char *account, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
MosDraft *mos_desk_prepare_draft_finish (MosDesk *self, GAsyncResult *result, GError **error);
/** mos_desk_find_draft_async: the unfinished draft of a conversation that is of the agent of this window. Returns: (nullable) with no error when there is none */
void mos_desk_find_draft_async (MosDesk *self, const char *conversation, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
MosDraft *mos_desk_find_draft_finish (MosDesk *self, GAsyncResult *result, GError **error);

/** mos_desk_load_other_drafts_async: what other agents have begun in a conversation. Returns: (transfer full) (element-type MosDraft): newest first, with the agents' names */
void mos_desk_load_other_drafts_async (MosDesk *self, const char *conversation, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
GPtrArray *mos_desk_load_other_drafts_finish (MosDesk *self, GAsyncResult *result, GError **error);
/** mos_desk_take_draft_async: it is of the agent of this window from now on, until mos_desk_undo_async(). Returns: (transfer full): as it was left. MOS_STORE_ERROR_NOT_FOUND: it was sent or
 * thrown away. @ret_batch: (out) */
void mos_desk_take_draft_async (MosDesk *self, const char *draft, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
MosDraft *mos_desk_take_draft_finish (MosDesk *self, GAsyncResult *result, gint64 *ret_batch, GError **error);
void mos_desk_save_draft_async (MosDesk *self, MosDraft *draft, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean mos_desk_save_draft_finish (MosDesk *self, GAsyncResult *result, GError **error);
void mos_desk_discard_draft_async (MosDesk *self, const char *draft, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean mos_desk_discard_draft_finish (MosDesk *self, GAsyncResult *result, GError **error);
/** mos_desk_drop_draft_async: discards what a person no longer wants: one batch, "discard-draft", with the draft's last state: mos_desk_undo_async() brings it back.
 *  Finish with mos_desk_action_finish() */
void mos_desk_drop_draft_async (MosDesk *self, MosDraft *draft, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);

/** mos_desk_attach_async: puts @data into the blob store. Returns: (transfer full): #MosAttachment with sha256 for a draft */
void mos_desk_attach_async (MosDesk *self, const char *name, const char *type, GBytes *data, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
MosAttachment *mos_desk_attach_finish (MosDesk *self, GAsyncResult *result, GError **error);

/**
 * mos_desk_send_async:
 * @draft: the last state of the draft; saved, made into bytes with its keyed Message-ID and queued in one transaction;
 *   a draft of kind "note" becomes a note in one transaction, which mos_desk_undo_async() takes back
 * @then: MOS_STATUS_OPEN keeps the status, else the status it gets in the same transaction
 *
 * Returns by finish: (transfer full): the message's id
 */
void mos_desk_send_async (MosDesk *self, MosDraft *draft, MosStatus then, gint64 snooze_until_us, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/**
 * mos_desk_send_planned_async: the same, at a time that a person chose, or after a while in which it may be taken back
 * @undo_us: where @plan is not for later: how long it waits in the outbox; 0 = it leaves at once. mos_desk_cancel_send_async() takes it back, to the letter
 */
void mos_desk_send_planned_async (MosDesk *self, MosDraft *draft, const MosSendPlan *plan, gint64 undo_us, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
char *mos_desk_send_finish (MosDesk *self, GAsyncResult *result, GError **error);
/** mos_desk_send_finish_in: the same; @ret_conversation: (out) (transfer full): where it lies, which a message to somebody new did not know before */
char *mos_desk_send_finish_in (MosDesk *self, GAsyncResult *result, char **ret_conversation, GError **error);

/** mos_desk_retry_send_async, _cancel_send_async (back to a draft), _discard_send_async (gone), _settle_send_async (uncertain: was it sent?): finish with mos_desk_action_finish() */
void mos_desk_retry_send_async (MosDesk *self, const char *message, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
void mos_desk_cancel_send_async (MosDesk *self, const char *message, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
void mos_desk_discard_send_async (MosDesk *self, const char *message, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/** mos_desk_send_now_async: one that is scheduled or held leaves at once. Finish with mos_desk_action_finish() */
void mos_desk_send_now_async (MosDesk *self, const char *message, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/** mos_desk_change_send_time_async: one that is scheduled or held leaves at @at_us instead. MOS_DESK_ERROR_NOT_FOUND: it left; _INVALID: a time that has passed. Finish with mos_desk_action_finish() */
void mos_desk_change_send_time_async (MosDesk *self, const char *message, gint64 at_us, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
void mos_desk_settle_send_async (MosDesk *self, const char *message, gboolean was_sent, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);

/* ---- accounts ---- */

/**
 * MosAccountGuess: a way in for an address, best first.
 * @source: "provider", "srv" or "guess"
 * @provider: (nullable): display name of a well-known provider
 * @note: (nullable): code: "app-password" (an app password is needed), "oauth-only" (no password works), "bridge" (needs the provider's bridge)
 * @help_url: (nullable): the provider's own page about it
 * @oauth_provider: (nullable): id of a provider that it can sign in at (mos-oauth-providers.h)
 */
typedef struct
{
  MosAccount *account;
  char *source;
  char *provider;
  char *note;
  char *help_url;
  char *oauth_provider;
} MosAccountGuess;
MOS_DECLARE_VALUE (MosAccountGuess, account_guess)

/** mos_desk_discover_async: provider table, then DNS SRV (RFC 6186, RFC 8314), then guesses. Returns: array of #MosAccountGuess */
void mos_desk_discover_async (MosDesk *self, const char *name, const char *address, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
GPtrArray *mos_desk_discover_finish (MosDesk *self, GAsyncResult *result, GError **error);

/** MosTestStage: @stage: "imap-connect" "imap-login" "imap-folders" "smtp-connect" "smtp-login" "done" */
typedef void (*MosTestProgress) (const char *stage, gpointer user_data);
/**
 * mos_desk_test_account_async: logs in on both sides, live; @progress is called on the main context.
 * @credential: (nullable): %NULL = what the account that is there signs in with
 * Errors: MOS_MAIL_ERROR_* and G_IO_ERROR; for a bad certificate mos_desk_test_account_finish() also gives it.
 */
void mos_desk_test_account_async (MosDesk *self, MosAccount *account, MosCredential *credential, MosTestProgress progress, gpointer progress_data, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/** @ret_failed_stage: (out) (optional) (transfer full) (nullable); @ret_certificate: (out) (optional) (transfer full) (nullable): the refused one; @ret_flags: GTlsCertificateFlags */
gboolean mos_desk_test_account_finish (MosDesk *self, GAsyncResult *result, char **ret_failed_stage, GTlsCertificate **ret_certificate, GTlsCertificateFlags *ret_flags, GError **error);

/**
 * mos_desk_sign_in_chat_async: signs an account of a chat in with what a person knows, and asks what it is called there
 * @account: kind and settings (MOS_ACCOUNT_SERVER: where, as it was typed; may be missing where @user leads there); id and address only of one that is here
 * @user: (nullable): name there, as it was typed ("@shop:example.org"); needed with a password
 * @secret: the password; with @is_key a key (token) instead. Forgotten again
 *
 * Changes nothing that is kept. Errors: MOS_CHAT_ERROR_*, G_IO_ERROR, G_TLS_ERROR.
 */
void mos_desk_sign_in_chat_async (MosDesk *self, MosAccount *account, const char *user, const char *secret, gboolean is_key, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/** mos_desk_sign_in_chat_finish: @ret_key: (out) (transfer full): what is kept in the place of a password: for mos_desk_save_account_async(). @ret_picture: (out) (optional)
 *  (transfer full) (nullable): an image, as it is shown there. Returns: (transfer full) (nullable): ready to be saved, with id, address and, where @account had none, the name
 *  that it has there */
MosAccount *mos_desk_sign_in_chat_finish (MosDesk *self, GAsyncResult *result, char **ret_key, GBytes **ret_picture, GError **error);
/**
 * mos_desk_take_over_chat_async: what a platform brings to an address on the web (MOS_CHAT_WEBHOOK) comes here again; what waits there is kept. A person has been asked.
 * @account: of a chat; @secret: (nullable): its key; %NULL = that of an account which is here
 */
void mos_desk_take_over_chat_async (MosDesk *self, MosAccount *account, const char *secret, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean mos_desk_take_over_chat_finish (MosDesk *self, GAsyncResult *result, GError **error);

/** mos_desk_find_account: Returns: (transfer none) (nullable): the account with this id */
MosAccount *mos_desk_find_account (MosDesk *self, const char *account);

/** mos_desk_save_account_async: adds or changes; @password: (nullable): %NULL keeps the stored one. Starts the channel. Nothing is saved where the keyring does not take the
 *  password (MOS_DESK_ERROR_NO_SECRET_SERVICE, also when it does not answer within a minute): see mos_desk_save_account_for_run_async(). */
void mos_desk_save_account_async (MosDesk *self, MosAccount *account, const char *password, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/**
 * mos_desk_save_account_for_run_async: where mos_desk_save_account_async() failed with MOS_DESK_ERROR_NO_SECRET_SERVICE and the owner chose so:
 * the same, with @password in memory only, until the desk ends; nothing of it is written anywhere. Finish with mos_desk_save_account_finish().
 */
void mos_desk_save_account_for_run_async (MosDesk *self, MosAccount *account, const char *password, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean mos_desk_save_account_finish (MosDesk *self, GAsyncResult *result, GError **error);
/** MosSignInOpen: @url: the provider's page, to be opened in the owner's browser. Main context, once. */
typedef void (*MosSignInOpen) (const char *url, gpointer user_data);
/**
 * mos_desk_sign_in_async: through the provider's page, with the account's own client id (MosAccount.oauth)
 * @client_secret: (nullable)
 * @page: the words of the page at the end; copied
 *
 * Changes nothing that is kept: mos_desk_save_signed_in_async() does. Several may be under way one after the other. Errors: MOS_OAUTH_ERROR_*, G_IO_ERROR.
 */
void mos_desk_sign_in_async (MosDesk *self, MosAccount *account, const char *client_secret, const MosOAuthPage *page, MosSignInOpen open, gpointer open_data, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
MosOAuthTokens *mos_desk_sign_in_finish (MosDesk *self, GAsyncResult *result, GError **error);
/** mos_desk_save_signed_in_async: as mos_desk_save_account_async() and, with @is_for_run, mos_desk_save_account_for_run_async(); @client_secret: (nullable): keeps the stored one. Finish with mos_desk_save_account_finish(). */
void mos_desk_save_signed_in_async (MosDesk *self, MosAccount *account, MosOAuthTokens *tokens, const char *client_secret, gboolean is_for_run, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/** mos_desk_remove_account_async: stops it and forgets its password; the conversations stay. */
void mos_desk_remove_account_async (MosDesk *self, const char *account, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean mos_desk_remove_account_finish (MosDesk *self, GAsyncResult *result, GError **error);
/** MosMailbox: what is on the server and here. @folders: array of #MosFolderRow, all that the server has or that are followed, by name */
typedef struct
{
  MosLedger *ledger;
  GPtrArray *folders;
} MosMailbox;
MOS_DECLARE_VALUE (MosMailbox, mailbox)
void mos_desk_load_mailbox_async (MosDesk *self, const char *account, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
MosMailbox *mos_desk_load_mailbox_finish (MosDesk *self, GAsyncResult *result, GError **error);
/** mos_desk_follow_folder_async: @folder: id of a #MosFolderRow; looked at with the next mos_desk_sync_now(). Finish with mos_desk_action_finish() */
void mos_desk_follow_folder_async (MosDesk *self, const char *folder, gboolean follow, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/** mos_desk_audit_async: the next pass compares every message with the server, and asks for those again that could not be fetched. Finish with mos_desk_action_finish() */
void mos_desk_audit_async (MosDesk *self, const char *account, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/** mos_desk_sync_now: @account: (nullable): all. Also ends a back-off. */
void mos_desk_sync_now (MosDesk *self, const char *account);
/** mos_desk_note_seen: somebody has read what is said of @account although it is well: it is said no more */
void mos_desk_note_seen (MosDesk *self, const char *account);

/* ---- long work (mos-import-job.h, mos-export.h) ---- */

/** Returns: (transfer none): GListModel of #MosJob: what runs, what ended and was not dismissed, and imports that an earlier run of the program left unfinished */
GListModel *mos_desk_get_jobs (MosDesk *self);
/** mos_desk_run_job: begins it, or goes on with it. Returns: (transfer none): the one that runs: another, where one that does the same ran already */
MosJob *mos_desk_run_job (MosDesk *self, MosJob *job);
/** mos_desk_fetch_whole: fetches the whole of a mail of which only the head is here. Returns: (transfer none): the job, which shows how far it is */
MosJob *mos_desk_fetch_whole (MosDesk *self, const char *message, const char *subject);
/** mos_desk_dismiss_job: takes one that does not run off the list; an unfinished import is offered again at the next start unless it was cancelled */
void mos_desk_dismiss_job (MosDesk *self, MosJob *job);

G_END_DECLS
