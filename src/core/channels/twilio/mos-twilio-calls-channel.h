/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/channels/twilio/mos-twilio-channel.h"

G_BEGIN_DECLS

/**
 * MosTwilioCallsChannel:
 *
 * The calls of one number of a Twilio account, from its log, with what was recorded of them; settings as of #MosTwilioChannel. Looked at every half
 * minute. The first look reads 30 days, as history. Nothing is sent.
 */
#define MOS_TYPE_TWILIO_CALLS_CHANNEL (mos_twilio_calls_channel_get_type ())
G_DECLARE_FINAL_TYPE (MosTwilioCallsChannel, mos_twilio_calls_channel, MOS, TWILIO_CALLS_CHANNEL, MosChatChannel)

G_END_DECLS
