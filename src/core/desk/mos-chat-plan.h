/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/channels/mos-channel-traits.h"
#include "core/values/mos-chat-values.h"

G_BEGIN_DECLS

/**
 * mos_chat_plan_parts: how a message goes out in a chat
 * @text: what is to be said; "" for none
 * @files: array of #MosAttachment with their sizes
 * @buttons: (nullable): what is read on the buttons below it
 * @key: what the parts' keys begin with
 *
 * Pure. A text that fits below the only file is its caption; else it goes before the files, parted where it is too long. With buttons it goes behind them, and the last of it has the buttons.
 *
 * Returns: (transfer full): array of #MosChatPart; empty where there is nothing to say
 */
GPtrArray *mos_chat_plan_parts (const MosChannelTraits *traits, const char *text, GPtrArray *files, const char *const *buttons, const char *key);

/** mos_chat_make_subject: what a conversation is called that begins with @text: its first line, not all of a long one. Returns: (transfer full) */
char *mos_chat_make_subject (const char *text);

G_END_DECLS
