/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/channels/mos-channel-traits.h"
#include "core/channels/mos-channel.h"

G_BEGIN_DECLS

/**
 * MosChatChannel:
 *
 * What all chats have in common: a thread that reads, one that sends, one that
 * fetches files; cursors that move with what they brought; parts that are each
 * sent once; waiting, backing off, giving up, and saying so. A platform's class
 * only speaks its API.
 *
 * Each of the three threads opens a session of its own, which nobody else uses.
 * Errors are MOS_CHAT_ERROR_*, G_IO_ERROR, or what the host says.
 */
#define MOS_TYPE_CHAT_CHANNEL (mos_chat_channel_get_type ())
G_DECLARE_DERIVABLE_TYPE (MosChatChannel, mos_chat_channel, MOS, CHAT_CHANNEL, MosChannel)

/**
 * MosChatSendOutcome: what became of one part. See #MosSendResult for @state, @why and @detail.
 * @remote: (nullable): what it is called there, with ACCEPTED
 * @retry_after_ms: with QUEUED: how long the platform asks to be left alone, 0 = it does not say
 */
typedef struct
{
  MosDelivery state;
  char *why;
  char *detail;
  char *remote;
  guint retry_after_ms;
} MosChatSendOutcome;

void mos_chat_send_outcome_clear (MosChatSendOutcome *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MosChatSendOutcome, mos_chat_send_outcome_clear)
/** mos_chat_send_outcome_take_error: what a failed call comes to. @has_left: whether the platform may have got it; of an idempotent one that does no harm */
void mos_chat_send_outcome_take_error (MosChatSendOutcome *self, const GError *error, gboolean has_left, gboolean is_idempotent);

/**
 * MosChatChannelClass:
 * Where a call takes @ret_retry_ms and fails, it says there how long the platform asked to be left alone; 0 = it did not say.
 *
 * @open_sync: (transfer full) (nullable): signs in, or only looks whether it could: a session for this thread. @secret: token or password, as the host has it
 * @close: ends it
 * @identify_sync: what the account is called there. @ret_address: (out) (transfer full): as it is shown and its id is made of; @ret_name: (out) (transfer full): for people
 * @sign_in_sync: (nullable) (transfer full): where a name and a password are a way in: the key that is kept instead of them. @is_key: @secret is one already: it is tried.
 *   @user: (nullable): with a key. @settings: (inout): what the account keeps of it. %NULL: there are only keys, of which nothing is to be learned
 * @poll_sync: (transfer full) (nullable): what happened since @cursors; waits for it up to @wait_s seconds where the platform can hold the line. An empty batch
 *   with cursors is an answer, too. Nothing may be confirmed to the platform before the next call
 * @taken_sync: (nullable): the batch is on disk: what the platform is to be told now (a press is answered, an invitation accepted). An error is trouble as of @poll_sync
 * @send_sync: (nullable): nothing can be sent there: each message is refused ("not-allowed"). One part; never called for one that is there. @data: (nullable): the file's bytes; @ret_outcome is filled whatever comes of it
 * @group_parts: (nullable): how many parts, from @first on, go out as one; at least 1
 * @send_group_sync: (nullable): @n parts that @group_parts found, as one: all of them are there then, or none. @data: @n times the bytes, each (nullable); @ret_remotes: (out) (transfer full): what
 *   they are called there, with ACCEPTED; @ret_outcome as of @send_sync. Returns: %FALSE: together they are refused, so that none is there: one by one they may do
 * @change_sync: (nullable): does @change (MOS_CHANNEL_EDITS, _DELETES, _REACTIONS), also where it is done already; @ret_outcome is filled whatever comes of it. What is UNCERTAIN is
 *   done again
 * @read_sync: (nullable): tells that all up to the message of @receipt was read (MOS_CHANNEL_MARKS_READ)
 * @typing_sync: (nullable): shows, or not any more, that somebody writes in @thread (MOS_CHANNEL_TYPING); that it does not work is no trouble
 * @fetch_sync: (transfer full) (nullable): a file's bytes; MOS_CHAT_ERROR_GONE and _TOO_LARGE are for good. @ret_type: (out) (optional) (nullable): as the platform says now
 * @list_templates_sync: (nullable) (transfer full) (nullable): array of #MosChatTemplate that can be sent (MOS_CHANNEL_TEMPLATES)
 * @take_over_sync: (nullable): ends what has the platform bring news to another program's address on the web (MOS_CHAT_WEBHOOK); what waits there is kept
 * @picture_sync: (nullable) (transfer full): the picture that the account shows there, small; %NULL where it has none, or it cannot be had now
 */
struct _MosChatChannelClass
{
  MosChannelClass parent_class;

  gpointer (*open_sync) (MosChatChannel *self, const char *secret, guint *ret_retry_ms, GCancellable *cancellable, GError **error);
  void (*close) (MosChatChannel *self, gpointer session);
  gboolean (*identify_sync) (MosChatChannel *self, gpointer session, char **ret_address, char **ret_name, GCancellable *cancellable, GError **error);
  char *(*sign_in_sync) (MosChatChannel *self, const char *user, const char *secret, gboolean is_key, GHashTable *settings, GCancellable *cancellable, GError **error);
  MosChatBatch *(*poll_sync) (MosChatChannel *self, gpointer session, GHashTable *cursors, guint wait_s, guint *ret_retry_ms, GCancellable *cancellable, GError **error);
  gboolean (*taken_sync) (MosChatChannel *self, gpointer session, MosChatBatch *batch, GCancellable *cancellable, GError **error);
  void (*send_sync) (MosChatChannel *self, gpointer session, MosChatOutgoing *outgoing, MosChatPart *part, GBytes *data, MosChatSendOutcome *ret_outcome, GCancellable *cancellable);
  guint (*group_parts) (MosChatChannel *self, const MosChatOutgoing *outgoing, guint first);
  gboolean (*send_group_sync) (MosChatChannel *self, gpointer session, MosChatOutgoing *outgoing, guint first, guint n, GBytes *const *data, char ***ret_remotes, MosChatSendOutcome *ret_outcome, GCancellable *cancellable);
  void (*change_sync) (MosChatChannel *self, gpointer session, MosChatChange *change, MosChatSendOutcome *ret_outcome, GCancellable *cancellable);
  gboolean (*read_sync) (MosChatChannel *self, gpointer session, MosChatUpdate *receipt, guint *ret_retry_ms, GCancellable *cancellable, GError **error);
  gboolean (*typing_sync) (MosChatChannel *self, gpointer session, const char *thread, gboolean is_typing, GCancellable *cancellable, GError **error);
  GBytes *(*fetch_sync) (MosChatChannel *self, gpointer session, MosChatFile *file, char **ret_type, guint *ret_retry_ms, GCancellable *cancellable, GError **error);
  GBytes *(*picture_sync) (MosChatChannel *self, gpointer session, GCancellable *cancellable);
  GPtrArray *(*list_templates_sync) (MosChatChannel *self, gpointer session, guint *ret_retry_ms, GCancellable *cancellable, GError **error);
  gboolean (*take_over_sync) (MosChatChannel *self, gpointer session, GCancellable *cancellable, GError **error);

  gpointer padding[1];
};

const MosChannelTraits *mos_chat_channel_get_traits (MosChatChannel *self);
/**
 * mos_chat_channel_identify_sync:
 * @self: a channel that is not started; its account may be without id and address yet
 * @secret: token or password
 * @ret_address, @ret_name: (out) (optional) (transfer full)
 *
 * Signs in and asks who it is: how a new account is set up, and one that is there tried. Worker threads, or a program without a window.
 *
 * Returns: whether it works
 */
gboolean mos_chat_channel_identify_sync (MosChatChannel *self, const char *secret, char **ret_address, char **ret_name, GCancellable *cancellable, GError **error);

/**
 * mos_chat_channel_sign_in_sync:
 * @self: as of mos_chat_channel_identify_sync()
 * @user: (nullable): what a person signs in as there; not needed with a key
 * @secret: the password; with @is_key a key of that account
 * @settings: names and values: the account's settings, to which is added what it is to keep of this
 *
 * The password is kept nowhere. Sign in before mos_chat_channel_identify_sync(). Errors: MOS_CHAT_ERROR_KEY_REFUSED, and REFUSED where that kind of chat knows no passwords. Worker threads, or a program without a window.
 *
 * Returns: (transfer full) (nullable): the key that is kept, and goes in for @secret
 */
char *mos_chat_channel_sign_in_sync (MosChatChannel *self, const char *user, const char *secret, gboolean is_key, GHashTable *settings, GCancellable *cancellable, GError **error);

/**
 * mos_chat_channel_dup_picture_sync:
 * @self: as of mos_chat_channel_identify_sync(), which has just said that @secret works
 *
 * Returns: (transfer full) (nullable): the picture that the account shows to customers; %NULL where there is none, which is no trouble. Worker threads
 */
GBytes *mos_chat_channel_dup_picture_sync (MosChatChannel *self, const char *secret, GCancellable *cancellable);

/** mos_chat_channel_tell_typing: somebody writes in @thread, or not any more; told by whoever sends, where the platform shows it, and only while it is true. Any thread, returns at once */
void mos_chat_channel_tell_typing (MosChatChannel *self, const char *thread, gboolean is_typing);

/**
 * mos_chat_channel_list_templates_sync:
 * @self: as of mos_chat_channel_identify_sync()
 *
 * Asks the platform. Worker threads, or a program without a window. MOS_CHAT_ERROR_NOT_ALLOWED where the account's settings do not say where they are, or there are none in this kind.
 *
 * Returns: (transfer full) (nullable): array of #MosChatTemplate
 */
GPtrArray *mos_chat_channel_list_templates_sync (MosChatChannel *self, const char *secret, GCancellable *cancellable, GError **error);

/** MOS_CHAT_WEBHOOK: why nothing comes in: the platform brings it to an address on the web. A MOS_CHAT_ERROR_TAKEN whose words begin with it and ": " says so */
#define MOS_CHAT_WEBHOOK "webhook"
/**
 * mos_chat_channel_take_over_sync:
 * @self: as of mos_chat_channel_identify_sync()
 *
 * Has the platform bring what happens here again. Worker threads, or a program without a window. MOS_CHAT_ERROR_NOT_ALLOWED where nothing can be elsewhere.
 */
gboolean mos_chat_channel_take_over_sync (MosChatChannel *self, const char *secret, GCancellable *cancellable, GError **error);

/** MOS_CHAT_ENCRYPTED: why a thread cannot be read, nor written to: its messages are encrypted, and stay so here */
#define MOS_CHAT_ENCRYPTED "encrypted"
/** MOS_CHAT_MISSED: MosAccountStatus.why of an account that is ready: nobody looked for longer than the platform keeps what came */
#define MOS_CHAT_MISSED "may-have-missed"
/** MOS_CHAT_CURSOR_MISSED: the cursor that is there for so long: since when; whoever has read it removes it, for it is the person's to ask the customers */
#define MOS_CHAT_CURSOR_MISSED "missed"

/**
 * mos_chat_channel_set_remark: what a person should know of an account that is ready, where it is nothing graver
 * @why: (nullable): a code that stays alive: MosAccountStatus.why; %NULL = nothing, any more
 * @detail: (nullable)
 *
 * For the class, within poll_sync.
 */
void mos_chat_channel_set_remark (MosChatChannel *self, const char *why, const char *detail);
/** MOS_CHAT_LOG_UNREADABLE: such a remark: calls are heard, but the log of those that were missed cannot be read */
#define MOS_CHAT_LOG_UNREADABLE "log-unreadable"

/** MOS_CHAT_KEY_ENDS_SOON: the same: the account's key ends within days, and could not be renewed (MosAccountStatus.key_ends_us) */
#define MOS_CHAT_KEY_ENDS_SOON "key-ends-soon"

/**
 * MosChatTrouble: what an error means for an account.
 * @why: stable code: "key-refused", "not-allowed", "exposed", "no-server", "taken", "protocol", "temporary", "network", …
 * @stop: no retry by itself; @network_may_help: … but when the network changes
 */
typedef struct
{
  const char *why;
  MosAccountState state;
  gboolean stop;
  gboolean network_may_help;
} MosChatTrouble;

/* mos-chat-trouble.c */
/** mos_chat_error_is_webhook: Returns: whether @error (nullable) is about a MOS_CHAT_WEBHOOK */
gboolean mos_chat_error_is_webhook (const GError *error);
MosChatTrouble mos_chat_trouble_from_error (const GError *error);

/** mos_chat_cursor_get_number: a cursor that is a number, a time mostly. Returns: 0 where there is none. Pure, as is mos_chat_cursor_put_number() */
gint64 mos_chat_cursor_get_number (GHashTable *cursors, const char *name);
void mos_chat_cursor_put_number (GHashTable *cursors, const char *name, gint64 number);

G_END_DECLS
