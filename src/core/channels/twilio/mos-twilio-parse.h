/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/base/mos-error.h"
#include "core/values/mos-chat-values.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* What Twilio answers, read. Pure functions; any thread. What a member should not be is as if it were not there. */

/**
 * MosTwilioMessage: a message resource (www.twilio.com/docs/messaging/api/message-resource)
 * @sid: "SM…" or "MM…"; @from, @to: "+4915…", "whatsapp:+4915…", a short code or a name
 * @is_incoming: somebody wrote to us
 * @status: as it is called there, lower case; @code: (nullable): why it failed, "30003"; @words: (nullable): the same in words
 * @media: how many files came along
 * @at_us: when it was sent, or made where it was not yet, in whole seconds; 0 = it does not say
 * @place: for whoever lists: what tells those of one second apart; 0 as it is read
 */
typedef struct
{
  char *sid;
  char *from;
  char *to;
  char *body;
  gboolean is_incoming;
  char *status;
  char *code;
  char *words;
  guint media;
  gint64 at_us;
  guint place;
  JsonObject *json; /* (owned): all of it */
} MosTwilioMessage;

/** MosTwilioPage: @messages: array of #MosTwilioMessage, newest first; @next: (nullable): path of the page behind it */
typedef struct
{
  GPtrArray *messages;
  char *next;
} MosTwilioPage;

void mos_twilio_message_free (MosTwilioMessage *self);
void mos_twilio_page_free (MosTwilioPage *self);

/** mos_twilio_parse_date: an RFC 2822 date. @text: (nullable). Returns: 0 where it is none */
gint64 mos_twilio_parse_date (const char *text);
/** mos_twilio_parse_object: Returns: (transfer full) (nullable): the object that @body is: MOS_CHAT_ERROR_PROTOCOL where it is none */
JsonObject *mos_twilio_parse_object (GBytes *body, GError **error);
/** mos_twilio_parse_message: Returns: (transfer full) (nullable): %NULL where it has no name or no addresses */
MosTwilioMessage *mos_twilio_parse_message (JsonObject *object);
/** mos_twilio_parse_page: Returns: (transfer full) (nullable): MOS_CHAT_ERROR_PROTOCOL where it is no page. What is no message in it is left out */
MosTwilioPage *mos_twilio_parse_page (GBytes *body, GError **error);
/** mos_twilio_parse_media: of a message's list of media. Returns: (transfer full) (nullable): array of #MosChatFile; @ref: the path of its bytes */
GPtrArray *mos_twilio_parse_media (GBytes *body, GError **error);

/**
 * mos_twilio_judge: what an answer that is no success means
 * @status: of HTTP
 * @is_sending: it was about a message to somebody
 * @error: (out): MOS_CHAT_ERROR_*
 */
void mos_twilio_judge (guint status, GBytes *body, gboolean is_sending, GError **error);
/** mos_twilio_error_of_code: Returns: the MOS_CHAT_ERROR_* that Twilio's error @code stands for; MOS_CHAT_ERROR_REFUSED for all that are not told apart */
MosChatError mos_twilio_error_of_code (const char *code);

/** mos_twilio_to_update: Returns: (transfer full): @self as an account of ours with @number sees it; without files */
MosChatUpdate *mos_twilio_to_update (const MosTwilioMessage *self);
/** mos_twilio_to_receipt: Returns: (transfer full) (nullable): what became of a message of ours; %NULL while nothing did */
MosChatUpdate *mos_twilio_to_receipt (const MosTwilioMessage *self);
/** mos_twilio_is_final: Returns: whether nothing more will become of a message of ours */
gboolean mos_twilio_is_final (const MosTwilioMessage *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MosTwilioMessage, mos_twilio_message_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MosTwilioPage, mos_twilio_page_free)

G_END_DECLS
