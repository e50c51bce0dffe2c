/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/channels/mos-channel-traits.h"
#include "core/values/mos-values.h"

G_BEGIN_DECLS

/* What a platform lets one send, in words. Pure functions. */

/** MosChatReply: whether a chat can be answered freely; while it is about to end, an answer may come too late */
typedef enum
{
  MOS_CHAT_REPLY_FREE,
  MOS_CHAT_REPLY_CLOSING,
  MOS_CHAT_REPLY_OVER
} MosChatReply;

/**
 * mos_chat_window_text: how long a chat may be answered still
 * @closed: (nullable): why nothing can be sent there, a code
 * @last_incoming_us: when they last wrote; 0 = never
 * @ret_reply: (out)
 *
 * Returns: (transfer full) (nullable): a sentence; %NULL where there is nothing to say
 */
char *mos_chat_window_text (const MosChannelTraits *traits, const char *closed, gint64 last_incoming_us, gint64 now_us, MosChatReply *ret_reply);
/** mos_chat_file_text: Returns: (transfer full) (nullable): why this file cannot be sent there, and what to do; %NULL where it can */
char *mos_chat_file_text (const MosAccount *account, const MosAttachment *file);
/** mos_chat_time_left_text: Returns: (transfer full): "3 h 12 min", "2 d 4 h", "5 min" */
char *mos_chat_time_left_text (gint64 left_us);

G_END_DECLS
