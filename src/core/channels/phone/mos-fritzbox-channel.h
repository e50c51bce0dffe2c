/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/channels/mos-chat-channel.h"
#include "core/channels/phone/mos-phone-settings.h"

G_BEGIN_DECLS

/** MOS_FRITZBOX_SERVER: where the box is, unless the account says otherwise */
#define MOS_FRITZBOX_SERVER "fritz.box"

/**
 * MosFritzboxChannel:
 *
 * A FRITZ!Box by its call monitor, which is switched on by dialling #96*5*: it says when the telephone rings, and what became of each call. It keeps
 * nothing: what happens while nobody listens is not told. Nothing is sent.
 */
#define MOS_TYPE_FRITZBOX_CHANNEL (mos_fritzbox_channel_get_type ())
G_DECLARE_FINAL_TYPE (MosFritzboxChannel, mos_fritzbox_channel, MOS, FRITZBOX_CHANNEL, MosChatChannel)

G_END_DECLS
