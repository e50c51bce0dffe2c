/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/channels/mos-chat-channel.h"
#include "core/channels/phone/mos-phone-settings.h"

G_BEGIN_DECLS

/**
 * MosAsteriskChannel:
 *
 * A switchboard by the manager interface of Asterisk: it says when the telephone rings, and what became of each call. What happened while nobody
 * listened is read from its log (MOS_PHONE_CDR), where the account names one. Nothing is sent.
 */
#define MOS_TYPE_ASTERISK_CHANNEL (mos_asterisk_channel_get_type ())
G_DECLARE_FINAL_TYPE (MosAsteriskChannel, mos_asterisk_channel, MOS, ASTERISK_CHANNEL, MosChatChannel)

G_END_DECLS
