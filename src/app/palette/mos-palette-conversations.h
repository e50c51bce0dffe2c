/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "app/palette/mos-palette-source.h"
#include "core/desk/mos-desk.h"

G_BEGIN_DECLS

/** MosPaletteConversations: by number, subject, customer and text, through the store's own search. Who has typed nothing is offered the ones opened last. */
#define MOS_TYPE_PALETTE_CONVERSATIONS (mos_palette_conversations_get_type ())
G_DECLARE_FINAL_TYPE (MosPaletteConversations, mos_palette_conversations, MOS, PALETTE_CONVERSATIONS, GObject)

/** mos_palette_conversations_new: @recent: (element-type MosConversation): the newest first; copied */
MosPaletteSource *mos_palette_conversations_new (MosDesk *desk, GPtrArray *recent);
/** mos_palette_item_for_conversation: Returns: (transfer full): what says and opens @row; its id is "conversation:" and the one of the row */
MosPaletteItem *mos_palette_item_for_conversation (MosConversationRow *row);

G_END_DECLS
