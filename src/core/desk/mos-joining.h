/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/store/mos-store.h"
#include "core/values/mos-desk-values.h"

G_BEGIN_DECLS

/* Merge, split and move (behaviour.md §2.9), inside a transaction whose actor and label the caller set: #MOS_ACTION_MERGE and so on. */

/** MOS_ACTION_MERGE, _SPLIT, _MOVE: labels of their batches */
#define MOS_ACTION_MERGE "merge"
#define MOS_ACTION_SPLIT "split"
#define MOS_ACTION_MOVE "move"

/**
 * mos_action_merge: all of @conversations become part of @into, whose number, customer and assignee stay.
 *
 * Errors: MOS_DESK_ERROR_NOT_FOUND; MOS_DESK_ERROR_INVALID where it makes no sense: into itself, or one of them was deleted
 */
gboolean mos_action_merge (MosTxn *txn, const char *const *conversations, const char *into, GError **error);
/**
 * mos_action_split: @messages of one conversation become a conversation of the same person.
 * @ret_conversation: (out) (optional) (transfer full): the new one
 *
 * Errors: MOS_DESK_ERROR_NOT_FOUND; MOS_DESK_ERROR_INVALID: of several conversations, or nothing would be left of the old one
 */
gboolean mos_action_split (MosTxn *txn, const char *const *messages, char **ret_conversation, GError **error);
/**
 * mos_action_move: @messages of one conversation go over to @into. Where they are all that there was, the conversation is merged.
 *
 * Errors: MOS_DESK_ERROR_NOT_FOUND, MOS_DESK_ERROR_INVALID
 */
gboolean mos_action_move (MosTxn *txn, const char *const *messages, const char *into, GError **error);
/** mos_action_unjoin: takes back the newest merge, split or move that made @conversation what it is; MOS_DESK_ERROR_CANNOT_UNDO when there is none. @ret_label: (out) (transfer full) */
gboolean mos_action_unjoin (MosTxn *txn, const char *conversation, char **ret_label, GError **error);

/**
 * mos_action_suggest: where @conversation may belong: those of the same customer, then others with its subject; newest first.
 *
 * Returns: (transfer full): array of #MosConversationRow; without those that are deleted or merged, and without @conversation
 */
GPtrArray *mos_action_suggest (MosTxn *txn, const char *conversation, guint max, GError **error);
/** mos_action_search: by what a person types: a number ("#1042"), an address, words. Returns: as mos_action_suggest() */
GPtrArray *mos_action_search (MosTxn *txn, const char *conversation, const char *text, guint max, GError **error);

G_END_DECLS
