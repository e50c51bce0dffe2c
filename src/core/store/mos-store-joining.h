/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/store/mos-store.h"
#include "core/values/mos-sync-values.h"

G_BEGIN_DECLS

/* Which conversation a message belongs to, decided by a person: merge, split, move (behaviour.md §2.9). Nothing is ever deleted by it:
 * a message keeps its origin, the change log keeps where it was. Each is one batch that mos_store_join_undo() takes back whenever. */

/**
 * mos_store_conversation_set_merged: @id becomes part of @into.
 *
 * Its messages, drafts, tags and participants go over; the higher priority, the more urgent status and the customer's
 * older open turn stay; assignee and customer are those of @into, whose other people nobody is told of. @id is closed and
 * leads to @into from now on (mos_store_conversation_resolve()). Its events stay: it counts in no
 * measure of its own, and its turns are those of @into.
 *
 * Errors: MOS_STORE_ERROR_NOT_FOUND. Nothing happens when they are one already.
 */
gboolean mos_store_conversation_set_merged (MosTxn *txn, const char *id, const char *into, GError **error);

/**
 * mos_store_conversation_set_gathered: the same by what the mails themselves say, not by a person: as if all of @id had come in at @into. Each
 * message counts from its own time and takes its event along. In a batch of its own with the label "merge", it is taken back as a merge is.
 */
gboolean mos_store_conversation_set_gathered (MosTxn *txn, const char *id, const char *into, GError **error);
/** mos_store_message_set_gathered: the same for some messages of @from; the label is "move" */
gboolean mos_store_message_set_gathered (MosTxn *txn, const char *const *messages, const char *from, const char *into, GError **error);

/**
 * mos_store_message_set_conversation: "move these messages"; with what is about to be answered to them, and their events.
 * @messages: ids of one conversation
 * @event: "move" or "split": how it is told on both sides
 *
 * Errors: MOS_STORE_ERROR_NOT_FOUND; MOS_STORE_ERROR_CONFLICT when they are of several conversations
 */
gboolean mos_store_message_set_conversation (MosTxn *txn, const char *const *messages, const char *conversation, const char *event, GError **error);

/**
 * mos_store_join_undo: takes a merge, a split or a move back, however long ago and whatever came since.
 *
 * Everything that is still as the batch left it becomes as it was; what changed since stays. Messages go home also from
 * where a later merge took them. What arrived since goes with the message that it answers; what was split off and is
 * joined again brings along what arrived there.
 * @ret_label: (out) (optional) (transfer full)
 *
 * Errors: MOS_STORE_ERROR_NOT_FOUND, MOS_STORE_ERROR_CONFLICT when it is taken back already
 */
gboolean mos_store_join_undo (MosTxn *txn, gint64 batch, char **ret_label, GError **error);
/** mos_store_join_is_label: whether a batch with this label is taken back with mos_store_join_undo() */
gboolean mos_store_join_is_label (const char *label);
/** mos_store_join_find: @ret_batch: (out): the newest merge, split or move that made @conversation what it is and stands; 0 = none */
gboolean mos_store_join_find (MosTxn *txn, const char *conversation, gint64 *ret_batch, GError **error);
/** mos_store_join_find_other: @ret_other: (out) (transfer full) (nullable): the conversation that last became part of @conversation, or got messages of it, and still has them by that: the one by which it is taken back */
gboolean mos_store_join_find_other (MosTxn *txn, const char *conversation, char **ret_other, GError **error);

G_END_DECLS
