/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/channels/mos-chat-channel.h"

G_BEGIN_DECLS

/* Settings of an account: its address is the number. With a letter box that hands files out (MOS_ACCOUNT_RELAY) its secret has a second line: the key of that. */
#define MOS_TWILIO_SID "sid"         /* the account there: "AC…" */
#define MOS_TWILIO_NUMBER "number"   /* ours: "+4930…", "whatsapp:+4930…" */
#define MOS_TWILIO_SERVICE "service" /* "MG…": the messaging service that sends, instead of the number */

/**
 * MosTwilioChannel:
 *
 * One number of a Twilio account, for SMS or WhatsApp: looked at every few
 * seconds, for nothing of it needs to be reached from outside. A thread is the
 * other side's number. What is sent in the number's name by another program is
 * taken in too, some minutes later.
 */
#define MOS_TYPE_TWILIO_CHANNEL (mos_twilio_channel_get_type ())
G_DECLARE_FINAL_TYPE (MosTwilioChannel, mos_twilio_channel, MOS, TWILIO_CHANNEL, MosChatChannel)

G_END_DECLS
