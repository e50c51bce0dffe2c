/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/channels/mos-channel-traits.h"
#include "core/values/mos-chat-values.h"

G_BEGIN_DECLS

/* Answers that the customer has only to press, below a message of ours. Pure functions, any thread. */

typedef enum
{
  MOS_CHAT_BUTTONS_FINE,
  MOS_CHAT_BUTTONS_NONE_THERE, /* that kind of chat has none */
  MOS_CHAT_BUTTONS_TOO_MANY,
  MOS_CHAT_BUTTONS_EMPTY, /* nothing is to be read on one */
  MOS_CHAT_BUTTONS_TOO_LONG,
  MOS_CHAT_BUTTONS_TWICE, /* two that say the same */
} MosChatButtonsProblem;

/**
 * mos_chat_buttons_check:
 * @labels: (nullable): what is to be read on them, in order
 * @ret_label: (out) (optional) (transfer none) (nullable): which of them is amiss
 *
 * Returns: what is amiss first
 */
MosChatButtonsProblem mos_chat_buttons_check (const MosChannelTraits *traits, const char *const *labels, const char **ret_label);
/** mos_chat_buttons_make: @labels: that mos_chat_buttons_check() found fine. Returns: (transfer full) (nullable): array of #MosChatButton; %NULL for none, and where there are none in that kind of chat */
GPtrArray *mos_chat_buttons_make (const MosChannelTraits *traits, const char *const *labels);

G_END_DECLS
