/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/desk/mos-desk.h"
#include "core/store/mos-store.h"
#include "core/values/mos-chat-values.h"

G_BEGIN_DECLS

/* That somebody is writing just now: it is shown for a while, and kept nowhere. */

/**
 * MosChatTyping: what the signal `typing` of #MosDesk tells
 * @conversation: where; @name: (nullable): who
 * @is_over: nobody is any more
 */
typedef struct
{
  char *conversation;
  char *name;
  gboolean is_over;
} MosChatTyping;
MOS_DECLARE_VALUE (MosChatTyping, chat_typing)

/** MOS_CHAT_TYPING_US: how long what one telling says is true, there as here */
#define MOS_CHAT_TYPING_US (5 * G_USEC_PER_SEC)

/** mos_chat_list_typing: @ret_typing: (out) (transfer full) (nullable): array of #MosChatTyping: what @batch says of who is writing; %NULL where it says nothing */
gboolean mos_chat_list_typing (MosTxn *txn, MosChatBatch *batch, GPtrArray **ret_typing, GError **error);

/**
 * mos_desk_tell_typing: whether somebody here writes to the customer of @conversation
 *
 * Told to the platform where it shows such a thing, and forgotten where there is no line. What is true for longer is told again every MOS_CHAT_TYPING_US. Main context.
 */
void mos_desk_tell_typing (MosDesk *self, const char *conversation, gboolean is_typing);

G_END_DECLS
