/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/channels/twilio/mos-twilio-parse.h"

G_BEGIN_DECLS

/* Twilio's log of calls, read (www.twilio.com/docs/voice/api/call-resource, …/recording). Pure functions; any thread. */

/**
 * MosTwilioCall: a call resource
 * @parent: (nullable): the call that this is a leg of
 * @status: as it is called there, lower case
 * @name: (nullable): what the network calls the caller
 * @seconds: its length; of a call that a machine took, the machine's
 * @at_us: when it began; 0 = it does not say
 */
typedef struct
{
  char *sid;
  char *parent;
  char *from;
  char *to;
  char *name;
  char *status;
  gboolean is_incoming;
  guint seconds;
  gint64 at_us;
} MosTwilioCall;

void mos_twilio_call_free (MosTwilioCall *self);
/** mos_twilio_parse_calls: @ret_next: (out) (optional) (transfer full) (nullable): path of the page behind it. Returns: (transfer full) (nullable): array of #MosTwilioCall; MOS_CHAT_ERROR_PROTOCOL where it is no page */
GPtrArray *mos_twilio_parse_calls (GBytes *body, char **ret_next, GError **error);
/** mos_twilio_parse_recordings: Returns: (transfer full) (nullable): array of #MosChatFile that can be fetched already; @name: its sid, behind which stands ".mp3". @ret_is_recorded: (out): there is one, or will be */
GPtrArray *mos_twilio_parse_recordings (GBytes *body, gboolean *ret_is_recorded, GError **error);
/** mos_twilio_call_is_over: Returns: whether nothing more becomes of it */
gboolean mos_twilio_call_is_over (const MosTwilioCall *self);
/**
 * mos_twilio_call_to_update:
 * @legs: array of #MosTwilioCall: whom it was put through to
 * @has_recording: somebody spoke onto a tape
 *
 * Twilio itself answers what comes in: only who was put through to somebody was spoken to.
 *
 * Returns: (transfer full)
 */
MosChatUpdate *mos_twilio_call_to_update (const MosTwilioCall *self, GPtrArray *legs, gboolean has_recording);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MosTwilioCall, mos_twilio_call_free)

G_END_DECLS
