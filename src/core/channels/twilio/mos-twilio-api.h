/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/channels/twilio/mos-twilio-parse.h"

G_BEGIN_DECLS

#define MOS_TWILIO_SERVER "https://api.twilio.com"
#define MOS_TWILIO_CONTENT_SERVER "https://content.twilio.com"

/**
 * MosTwilioApi:
 *
 * The Programmable Messaging API of Twilio's, version 2010-04-01 (www.twilio.com/docs/messaging/api), for one account and one number of it. Blocking and
 * cancellable; it belongs to the thread that makes it.
 *
 * Errors are MOS_CHAT_ERROR_* with the server's own words behind Twilio's code ("21610: Attempt to send to unsubscribed recipient"), or G_IO_ERROR.
 * Where a call fails @ret_retry_ms is how long it asked to be left alone; 0 = it did not say.
 */
typedef struct _MosTwilioApi MosTwilioApi;

/**
 * mos_twilio_api_new:
 * @server: (nullable): another server than Twilio's own
 * @sid: the account: "AC…"
 * @secret: its auth token; or an API key, as "SK…:secret"
 */
MosTwilioApi *mos_twilio_api_new (const char *server, const char *sid, const char *secret);
void mos_twilio_api_free (MosTwilioApi *self);
/** mos_twilio_api_get_now_us: Returns: what the server's clock showed with its last answer; 0 = it did not say */
gint64 mos_twilio_api_get_now_us (MosTwilioApi *self);

/** mos_twilio_sid_is_plausible: Returns: whether @sid is an account's name: "AC" and 32 hexadecimal digits */
gboolean mos_twilio_sid_is_plausible (const char *sid);
/** mos_twilio_number_is_plausible: Returns: whether messages can come to @number: E.164 with "+", "whatsapp:" before it where it is WhatsApp's */
gboolean mos_twilio_number_is_plausible (const char *number);

/**
 * mos_twilio_api_find_number_sync: of an SMS number of the account
 * @ret_name: (out) (transfer full) (nullable): what its owner calls it
 *
 * Returns: whether the account has it and it takes messages: MOS_CHAT_ERROR_NOT_ALLOWED where not
 */
gboolean mos_twilio_api_find_number_sync (MosTwilioApi *self, const char *number, char **ret_name, guint *ret_retry_ms, GCancellable *cancellable, GError **error);

/**
 * MosTwilioList: which messages are asked for
 * @to, @from: (nullable): one of them is ours
 * @since: (nullable), @until: (nullable): days of UTC, "2026-11-22", both of them with it
 * @page_size: 1 to 1000
 */
typedef struct
{
  const char *to;
  const char *from;
  const char *since;
  const char *until;
  guint page_size;
} MosTwilioList;

/**
 * mos_twilio_api_list_sync: a page of messages, newest first
 * @next: (nullable): the page that an earlier one named, instead of @list
 *
 * Returns: (transfer full) (nullable)
 */
MosTwilioPage *mos_twilio_api_list_sync (MosTwilioApi *self, const MosTwilioList *list, const char *next, guint *ret_retry_ms, GCancellable *cancellable, GError **error);
/** mos_twilio_api_find_sync: one message as it is now. Returns: (transfer full) (nullable): MOS_CHAT_ERROR_GONE where there is none */
MosTwilioMessage *mos_twilio_api_find_sync (MosTwilioApi *self, const char *sid, guint *ret_retry_ms, GCancellable *cancellable, GError **error);
/** mos_twilio_api_list_media_sync: Returns: (transfer full) (nullable): array of #MosChatFile that came with a message */
GPtrArray *mos_twilio_api_list_media_sync (MosTwilioApi *self, const char *sid, guint *ret_retry_ms, GCancellable *cancellable, GError **error);
/** mos_twilio_api_fetch_sync: @ref: of a file. @ret_type: (out) (optional) (nullable). Returns: (transfer full) (nullable): its bytes, @max at most */
GBytes *mos_twilio_api_fetch_sync (MosTwilioApi *self, const char *ref, gsize max, char **ret_type, guint *ret_retry_ms, GCancellable *cancellable, GError **error);

/** mos_twilio_api_list_contents_sync: templates of the account that WhatsApp has approved and that are text (mos-twilio-content.h). Returns: (transfer full) (nullable): array of #MosChatTemplate */
GPtrArray *mos_twilio_api_list_contents_sync (MosTwilioApi *self, guint *ret_retry_ms, GCancellable *cancellable, GError **error);

/**
 * mos_twilio_api_get_sync: any other list of the account's
 * @list: "Calls", "Recordings"
 * @query: (array zero-terminated=1): names and values
 * @next: (nullable): the page that an earlier one named, instead of @list and @query
 *
 * Returns: (transfer full) (nullable): the answer
 */
GBytes *mos_twilio_api_get_sync (MosTwilioApi *self, const char *list, const char *const *query, const char *next, guint *ret_retry_ms, GCancellable *cancellable, GError **error);

/**
 * MosTwilioSend: a message of ours
 * @from: our number, or @service: (nullable): "MG…", the messaging service that chooses one
 * @body: (nullable): with @content: (nullable) (a template's "HX…") not sent; @media: (nullable): address of a file that goes along; @variables: (nullable): JSON of what is filled in there
 */
typedef struct
{
  const char *to;
  const char *from;
  const char *service;
  const char *body;
  const char *media;
  const char *content;
  const char *variables;
} MosTwilioSend;

/**
 * mos_twilio_api_send_sync: never asked twice by itself
 * @ret_has_left: (out): of a failure: the server may have got it
 *
 * Returns: (transfer full) (nullable): the message as the server has it
 */
MosTwilioMessage *mos_twilio_api_send_sync (MosTwilioApi *self, const MosTwilioSend *what, gboolean *ret_has_left, guint *ret_retry_ms, GCancellable *cancellable, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MosTwilioApi, mos_twilio_api_free)

G_END_DECLS
