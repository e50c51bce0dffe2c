/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/store/mos-store.h"
#include "core/values/mos-desk-values.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* The sample shop's chats: chats.json, played through the same doors as what a platform sends, and as what somebody here answers. A kind of channel is a row of "accounts"
 * there: while mos_channel_traits_get() knows no such kind, the account and its chats are left out. */

/** mos_sample_load_chats: Returns: (transfer full) (nullable): the content. Any thread */
JsonObject *mos_sample_load_chats (GError **error);
/** mos_sample_make_chat_account: Returns: (transfer full) (nullable): the account of a row of "accounts", which never connects anywhere (MOS_ACCOUNT_UNPLUGGED); %NULL where its kind is not known. Any thread */
MosAccount *mos_sample_make_chat_account (JsonObject *row);

/**
 * mos_sample_play_chat: inside a transaction: one thing that happens in a chat, at the transaction's time and by its actor
 * @shop: what mos_sample_load_shop() gave: whom the chat's "customer" names
 * @number: which of the chat's "messages", from 0
 * @conversation: (inout) (transfer full) (nullable): where it lies
 *
 * What a customer writes after a mail of theirs is the same person's: somebody has said so.
 */
gboolean mos_sample_play_chat (MosTxn *txn, MosAccount *account, JsonObject *shop, JsonObject *chat, guint number, char **conversation, GError **error);

G_END_DECLS
