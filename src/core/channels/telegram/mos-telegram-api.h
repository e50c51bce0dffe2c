/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/base/mos-http-form.h"
#include "core/channels/telegram/mos-telegram-trouble.h"
#include "core/values/mos-chat-values.h"

G_BEGIN_DECLS

#define MOS_TELEGRAM_SERVER "https://api.telegram.org"

/* What the API server takes: units of UTF-16, bytes */
#define MOS_TELEGRAM_MAX_TEXT 4096
#define MOS_TELEGRAM_MAX_CAPTION 1024
#define MOS_TELEGRAM_MAX_UPLOAD (50 * 1024 * 1024)
#define MOS_TELEGRAM_MAX_PHOTO (10 * 1024 * 1024)
#define MOS_TELEGRAM_MAX_ALBUM 10
#define MOS_TELEGRAM_MAX_BUTTON 64

/**
 * MosTelegramApi: one bot. Blocking; it belongs to the worker thread that makes it: what polls and what sends have one each. The token stands in each address, so no
 * address is ever logged or part of an error.
 */
typedef struct _MosTelegramApi MosTelegramApi;

/** mos_telegram_api_new: @server: (nullable): base URL; %NULL for Telegram's own. Only https, or http to this computer: everything else fails as "bad-address" */
MosTelegramApi *mos_telegram_api_new (const char *server, const char *token);
void mos_telegram_api_free (MosTelegramApi *self);
/** mos_telegram_token_is_plausible: Returns: whether @token looks like one: digits, a colon, then at least 30 of A-Za-z0-9_- */
gboolean mos_telegram_token_is_plausible (const char *token);

/**
 * mos_telegram_api_call_sync: a method by its name
 * @parameters: (nullable): an object
 * @is_sending: what must not be done twice
 * @trouble: (out) (transfer full): where %NULL is returned
 *
 * Returns: (transfer full) (nullable): the result
 */
JsonNode *mos_telegram_api_call_sync (MosTelegramApi *self, const char *method, JsonNode *parameters, gboolean is_sending, GCancellable *cancellable, MosTelegramTrouble **trouble);
/** mos_telegram_api_upload_sync: as mos_telegram_api_call_sync(), with files; always "sending" */
JsonNode *mos_telegram_api_upload_sync (MosTelegramApi *self, const char *method, MosHttpForm *form, GCancellable *cancellable, MosTelegramTrouble **trouble);

/**
 * MosTelegramBot: who a bot is
 * @takes_business: it can be connected to an account; @reads_groups: it sees all that is written in groups
 */
typedef struct
{
  gint64 id;
  char *name;
  char *username;
  gboolean takes_business;
  gboolean reads_groups;
} MosTelegramBot;
void mos_telegram_bot_free (MosTelegramBot *self);

/** mos_telegram_api_get_me_sync: Returns: (transfer full) (nullable) */
MosTelegramBot *mos_telegram_api_get_me_sync (MosTelegramApi *self, GCancellable *cancellable, MosTelegramTrouble **trouble);
/** mos_telegram_api_get_picture_sync: @user: the bot or a person. Returns: (transfer full) (nullable): the smallest of their present picture, for mos_telegram_api_download_sync();
 *  without @trouble there is none */
char *mos_telegram_api_get_picture_sync (MosTelegramApi *self, gint64 user, GCancellable *cancellable, MosTelegramTrouble **trouble);
/** mos_telegram_api_get_webhook_sync: @ret_waiting: (out) (optional): updates that wait. Returns: (transfer full) (nullable): where updates go instead of being asked for; "" = nowhere */
char *mos_telegram_api_get_webhook_sync (MosTelegramApi *self, guint *ret_waiting, GCancellable *cancellable, MosTelegramTrouble **trouble);
/** mos_telegram_api_delete_webhook_sync: what waits is kept. Returns: whether there is none any more */
gboolean mos_telegram_api_delete_webhook_sync (MosTelegramApi *self, GCancellable *cancellable, MosTelegramTrouble **trouble);

/**
 * mos_telegram_api_get_updates_sync:
 * @offset: what was stored last said this; 0 at first. The server forgets all before it
 * @timeout_s: how long it waits for something to come, 50 at most; 0 = not at all
 *
 * Returns: (transfer full) (nullable): the answer, for mos_telegram_parse_updates()
 */
GBytes *mos_telegram_api_get_updates_sync (MosTelegramApi *self, gint64 offset, guint timeout_s, GCancellable *cancellable, MosTelegramTrouble **trouble);

/** mos_telegram_api_answer_press_sync: takes the hourglass off a button. @press: of the update; @text: (nullable): shown for a moment. Returns: also %TRUE where it is too late for that */
gboolean mos_telegram_api_answer_press_sync (MosTelegramApi *self, const char *press, const char *text, GCancellable *cancellable, MosTelegramTrouble **trouble);
/** mos_telegram_api_remove_buttons_sync: of a message of ours. Returns: also %TRUE where there are none */
gboolean mos_telegram_api_remove_buttons_sync (MosTelegramApi *self, const char *thread, const char *id, GCancellable *cancellable, MosTelegramTrouble **trouble);
/** mos_telegram_api_send_typing_sync: @action: "typing", "upload_document", … It is seen for five seconds */
gboolean mos_telegram_api_send_typing_sync (MosTelegramApi *self, const char *thread, const char *action, GCancellable *cancellable, MosTelegramTrouble **trouble);
/** mos_telegram_api_mark_read_sync: in a chat of a connected account alone; elsewhere nothing is to be done, and it is %TRUE */
gboolean mos_telegram_api_mark_read_sync (MosTelegramApi *self, const char *thread, const char *id, GCancellable *cancellable, MosTelegramTrouble **trouble);
/** mos_telegram_api_get_connection_sync: Returns: (transfer full) (nullable): a `business_connection` as an update has it, by its id */
JsonNode *mos_telegram_api_get_connection_sync (MosTelegramApi *self, const char *connection, GCancellable *cancellable, MosTelegramTrouble **trouble);

/**
 * mos_telegram_api_download_sync: a file of a message into a stream
 * @ref: of the #MosChatFile
 * @max_bytes: more is not taken: "too-large"
 *
 * Returns: whether it is there whole; else @into has a part of it, or nothing
 */
gboolean mos_telegram_api_download_sync (MosTelegramApi *self, const char *ref, GOutputStream *into, guint64 max_bytes, GCancellable *cancellable, MosTelegramTrouble **trouble);

/** mos_telegram_target: starts an object with what says where it goes. Returns: (transfer full) (nullable): %NULL where @thread is none of Telegram's */
JsonObject *mos_telegram_target (const char *thread);
/** mos_telegram_target_message: the same of a message in @thread. Returns: (transfer full) (nullable): %NULL where @thread or @id is none */
JsonObject *mos_telegram_target_message (const char *thread, const char *id);
/**
 * mos_telegram_api_do_sync: a method whose answer says nothing but that it is done; done twice it is done once
 * @object: (transfer full) (nullable): its parameters; %NULL: there was no such thread
 * @fine: (nullable): a trouble's code that says that it is so already
 */
gboolean mos_telegram_api_do_sync (MosTelegramApi *self, const char *method, JsonObject *object, const char *fine, GCancellable *cancellable, MosTelegramTrouble **trouble);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MosTelegramApi, mos_telegram_api_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MosTelegramBot, mos_telegram_bot_free)

G_END_DECLS
