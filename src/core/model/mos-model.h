/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/values/mos-desk-values.h"

G_BEGIN_DECLS

/**
 * MosConversation:
 *
 * A conversation of the main context: a shell with an id, whose row arrives and
 * is replaced by newer ones. "notify::row" fires when what it shows changed.
 * One object per id (MosEntityCache): list, detail and search share the pointer.
 */
#define MOS_TYPE_CONVERSATION (mos_conversation_get_type ())
G_DECLARE_FINAL_TYPE (MosConversation, mos_conversation, MOS, CONVERSATION, GObject)

MosConversation *mos_conversation_new (const char *id);
const char *mos_conversation_get_id (MosConversation *self);
/** mos_conversation_get_row: Returns: (transfer none) (nullable): %NULL until it was read */
MosConversationRow *mos_conversation_get_row (MosConversation *self);
void mos_conversation_set_row (MosConversation *self, MosConversationRow *row);

/** MosMessage: the same for one message; "notify::row". */
#define MOS_TYPE_MESSAGE (mos_message_get_type ())
G_DECLARE_FINAL_TYPE (MosMessage, mos_message, MOS, MESSAGE, GObject)

MosMessage *mos_message_new (const char *id);
const char *mos_message_get_id (MosMessage *self);
MosMessageRow *mos_message_get_row (MosMessage *self);
void mos_message_set_row (MosMessage *self, MosMessageRow *row);

/** MosAccountItem: an account with its live status; "notify::account", "notify::status". */
#define MOS_TYPE_ACCOUNT_ITEM (mos_account_item_get_type ())
G_DECLARE_FINAL_TYPE (MosAccountItem, mos_account_item, MOS, ACCOUNT_ITEM, GObject)

MosAccountItem *mos_account_item_new (MosAccount *account);
MosAccount *mos_account_item_get_account (MosAccountItem *self);
void mos_account_item_set_account (MosAccountItem *self, MosAccount *account);
/** mos_account_item_get_status: Returns: (transfer none) (nullable) */
MosAccountStatus *mos_account_item_get_status (MosAccountItem *self);
void mos_account_item_set_status (MosAccountItem *self, MosAccountStatus *status);

G_END_DECLS
