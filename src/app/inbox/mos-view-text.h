/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/values/mos-desk-values.h"

G_BEGIN_DECLS

/** mos_view_text_get_title: Returns: the view's name; "" for account and customer, which have names of their own */
const char *mos_view_text_get_title (MosViewKind kind);
const char *mos_view_text_get_icon (MosViewKind kind);

/** mos_view_text_get_empty: what an empty view says. */
void mos_view_text_get_empty (MosViewKind kind, const char **ret_title, const char **ret_description);
/** mos_view_text_get_next_step: @ret_label: of the button below it, with its mnemonic; @ret_action: (out): its detailed name */
void mos_view_text_get_next_step (MosViewKind kind, const char **ret_label, const char **ret_action);

/** mos_conversation_who_text: Returns: (transfer none): whose it is: a name, an address, or that nobody knows */
const char *mos_conversation_who_text (MosConversationRow *row);

/** mos_priority_phrase: the priority in words that stand alone ("High priority") */
const char *mos_priority_phrase (MosPriority priority);

/** mos_action_text_done: "Closed" for the stable nick of an action; @n conversations. Returns: (transfer full) */
char *mos_action_text_done (const char *nick, guint n);
/** mos_action_text_undone: "Closing was undone"; @nick: (nullable) */
const char *mos_action_text_undone (const char *nick);

G_END_DECLS
