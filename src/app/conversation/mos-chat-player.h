/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/desk/mos-desk.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * MosChatPlayer: what was spoken, or music: played in place, with its position.
 * One plays at a time. Where this computer cannot play it, it says so and offers
 * another program.
 */
#define MOS_TYPE_CHAT_PLAYER (mos_chat_player_get_type ())
G_DECLARE_FINAL_TYPE (MosChatPlayer, mos_chat_player, MOS, CHAT_PLAYER, GtkWidget)

/** mos_chat_player_new: @attachment: with its sha256 */
GtkWidget *mos_chat_player_new (MosDesk *desk, MosAttachment *attachment);
/** mos_chat_player_text: Returns: (transfer full): a length or a position as it is shown: "0:07", "1:02:03". Pure */
char *mos_chat_player_text (gint64 duration_us);

G_END_DECLS
