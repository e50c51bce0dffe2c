/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * MosFakeTelegram: a Bot API server on this computer, in a thread of its own, that keeps to the server's own rules (tdlib/telegram-bot-api, Client.cpp and Client.h):
 *
 * An offset confirms and forgets what is before it; 1 to 100 updates at once; a poll is held 50 seconds at most; a second poll ends the first one with a 409; a wrong
 * token is a 401; a text has 1 to 4096 units of UTF-16; what says the same already is "not modified"; two to ten files are one album, documents among themselves; only what is there can be edited, deleted or given a sign, one of the
 * bot's a message and of the list that is known; a file is fetched by the path that getFile gives. Functions are for the test's thread.
 */
typedef struct _MosFakeTelegram MosFakeTelegram;

typedef enum
{
  MOS_FAKE_TELEGRAM_BUSY,    /* 429, with a time to wait */
  MOS_FAKE_TELEGRAM_BROKEN,  /* 500 */
  MOS_FAKE_TELEGRAM_BLOCKED, /* 403: the customer blocked the bot */
  MOS_FAKE_TELEGRAM_LOST,    /* it is done, and the line breaks before the answer */
  MOS_FAKE_TELEGRAM_HALF,    /* half an answer */
  MOS_FAKE_TELEGRAM_REVOKED, /* 401 */
  MOS_FAKE_TELEGRAM_HELD,    /* no answer, until that is over */
} MosFakeTelegramFault;

MosFakeTelegram *mos_fake_telegram_new (void);
void mos_fake_telegram_free (MosFakeTelegram *self);
const char *mos_fake_telegram_get_url (MosFakeTelegram *self);
const char *mos_fake_telegram_get_token (MosFakeTelegram *self);

/** mos_fake_telegram_put: an update as the server would send it, without its update_id. @json: of one object: "{\"message\":{…}}" */
void mos_fake_telegram_put (MosFakeTelegram *self, const char *json);
/** mos_fake_telegram_put_message: @kind: "message", "edited_message"; @message: 0 = the next; @rest: what it holds beside who, where and when: "\"text\":\"Hello\"". Returns: its id */
gint64 mos_fake_telegram_put_message (MosFakeTelegram *self, const char *kind, gint64 message, gint64 chat, const char *name, const char *rest);
/** MOS_FAKE_TELEGRAM_PICTURE: the file that is the bot's picture, where there is one */
#define MOS_FAKE_TELEGRAM_PICTURE "portrait"
/** mos_fake_telegram_keep_file: what is had under this file_id from now on */
void mos_fake_telegram_keep_file (MosFakeTelegram *self, const char *id, GBytes *data);
/** mos_fake_telegram_say: somebody writes to the bot. Returns: the message's id */
gint64 mos_fake_telegram_say (MosFakeTelegram *self, gint64 chat, const char *name, const char *text);
/** mos_fake_telegram_say_file: the same with a document */
gint64 mos_fake_telegram_say_file (MosFakeTelegram *self, gint64 chat, const char *name, const char *caption, const char *file_name, GBytes *data);
void mos_fake_telegram_edit (MosFakeTelegram *self, gint64 chat, gint64 message, const char *text);

/** MOS_FAKE_TELEGRAM_CHANGE: whichever method changes a message that is there */
#define MOS_FAKE_TELEGRAM_CHANGE "change"
/** mos_fake_telegram_fail: the next @times calls of @method fail so. @method: (nullable): any; @times: 0 ends it */
void mos_fake_telegram_fail (MosFakeTelegram *self, const char *method, MosFakeTelegramFault fault, guint times);
/** mos_fake_telegram_dup_sent: Returns: (transfer full): texts that arrived from the bot, in order; a file as "[name] caption" */
GPtrArray *mos_fake_telegram_dup_sent (MosFakeTelegram *self);
/** mos_fake_telegram_dup_shown: Returns: (transfer full): the same as customers see them now: as they were edited, without what was deleted */
GPtrArray *mos_fake_telegram_dup_shown (MosFakeTelegram *self);
/** mos_fake_telegram_dup_buttons: Returns: (transfer full): what stands on the buttons of the bot's @nth message, counted from 0, and what they give: "Yes=a No=b"; "" = there are none */
char *mos_fake_telegram_dup_buttons (MosFakeTelegram *self, guint nth);
/** mos_fake_telegram_dup_sign: Returns: (transfer full) (nullable): the sign that the bot put to @message */
char *mos_fake_telegram_dup_sign (MosFakeTelegram *self, gint64 message);
/** mos_fake_telegram_set_webhook: updates go to @url, and nobody may ask for them, until that is deleted */
void mos_fake_telegram_set_webhook (MosFakeTelegram *self, const char *url);
/** mos_fake_telegram_count: how often @method was called */
guint mos_fake_telegram_count (MosFakeTelegram *self, const char *method);
/** mos_fake_telegram_count_waiting: updates that are not confirmed yet */
guint mos_fake_telegram_count_waiting (MosFakeTelegram *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MosFakeTelegram, mos_fake_telegram_free)

G_END_DECLS
