/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/store/mos-store.h"

G_BEGIN_DECLS

/* "@Name" in a note calls an agent to the conversation. */

/**
 * mos_mentions_find:
 * @text: of a note
 * @agents: (element-type MosAgent)
 *
 * An agent is named by the whole name or its first word, where no other agent has that one too; case does not matter.
 * An "@" within a word (an address) names nobody.
 *
 * Returns: (transfer full) (element-type utf8): ids, each once, in the order of @text
 */
GPtrArray *mos_mentions_find (const char *text, GPtrArray *agents);
/**
 * mos_mentions_complete:
 * @before: the line of a note up to the caret
 * @agents: (element-type MosAgent)
 * @me: (nullable): who writes it; nobody calls himself
 * @ret_at: (out): the byte of the "@" that is being written on
 *
 * Whose name, or one word of it, goes on from what is written behind the last "@". A name that is written to its end needs no completion.
 *
 * Returns: (transfer full) (element-type MosAgent): in their order; none where no name is being written
 */
GPtrArray *mos_mentions_complete (const char *before, GPtrArray *agents, const char *me, gsize *ret_at);
/** mos_mentions_add: the agents that the note names, but not who writes it, find the conversation among their mentions, unread */
gboolean mos_mentions_add (MosTxn *txn, const char *message, const char *text, GError **error);

G_END_DECLS
