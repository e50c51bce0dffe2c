/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/channels/mos-chat-channel.h"

G_BEGIN_DECLS

/* Settings of an account: its bot's name without "@" is the address; MOS_ACCOUNT_SERVER another Bot API server. */
#define MOS_TELEGRAM_GROUPS "groups" /* "1": what is written in groups counts, too */

/** mos_telegram_is_token: Returns: whether @text has the shape of a bot's token, all of it. Any thread */
gboolean mos_telegram_is_token (const char *text);

/**
 * MosTelegramChannel:
 *
 * A bot of Telegram's, asked by long polling (Bot API, getUpdates). What came is
 * confirmed with the next question, after it is on disk. Another program that
 * asks for the same bot ends ours with a 409: it is not fought for.
 */
#define MOS_TYPE_TELEGRAM_CHANNEL (mos_telegram_channel_get_type ())
G_DECLARE_FINAL_TYPE (MosTelegramChannel, mos_telegram_channel, MOS, TELEGRAM_CHANNEL, MosChatChannel)

G_END_DECLS
