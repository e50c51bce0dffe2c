/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/desk/mos-desk.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * mos_chat_media_new:
 * @desk: never %NULL
 * @attachment: of a message of a chat
 *
 * A file as a chat shows it: a picture or a sticker within bounds (it opens in our viewer by the message's action message.view-picture), a film as a plate that opens it
 * with another program, what is heard with a player (MosChatPlayer), all else as a chip. What is still to come, or cannot be had any more, says so. Main context.
 *
 * Returns: (transfer floating)
 */
GtkWidget *mos_chat_media_new (MosDesk *desk, MosAttachment *attachment);

G_END_DECLS
