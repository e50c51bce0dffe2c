/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/desk/mos-desk.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * MosMessageBubble:
 *
 * One entry of a conversation: an incoming, outgoing or internal message as a
 * bubble, closed to one line or open; an event as one centred line. What costs
 * something (text, pictures, attachments) is built when it is first opened.
 * Owned by the conversation view.
 *
 * Signals:
 *  - `compose (char *kind)`: answer or forward this very message
 *  - `edit-again (char *draft)`: the message is a draft again and should open in the composer
 *
 * Actions: message.toggle, .fold, .details, .copy, .source, .original, .why, .prefer-text,
 * .load-images, .translate, .copy-translation, .hide-translation, .save-all, .retry, .edit, .discard, .was-sent, .was-not-sent,
 * .reply, .reply-all, .forward.
 */
#define MOS_TYPE_MESSAGE_BUBBLE (mos_message_bubble_get_type ())
G_DECLARE_FINAL_TYPE (MosMessageBubble, mos_message_bubble, MOS, MESSAGE_BUBBLE, GtkWidget)

/** mos_message_bubble_new: @desk: (nullable): %NULL only to show values, as tests do */
GtkWidget *mos_message_bubble_new (MosDesk *desk, MosMessage *message);
MosMessage *mos_message_bubble_get_message (MosMessageBubble *self);
void mos_message_bubble_set_expanded (MosMessageBubble *self, gboolean expanded);
gboolean mos_message_bubble_get_expanded (MosMessageBubble *self);
/** mos_message_bubble_set_joined: @messages: (nullable): array of #MosMessage, this event and those after it that it speaks for */
void mos_message_bubble_set_joined (MosMessageBubble *self, GPtrArray *messages);
/** mos_message_bubble_get_is_chat: Returns: whether it is a short message, shown as such */
gboolean mos_message_bubble_get_is_chat (MosMessageBubble *self);
/**
 * mos_message_bubble_set_place: what stands above it, which the view knows
 * @day: (nullable): the heading of a day that begins with it
 * @continues: it goes on with what the one above says: no head
 * @channel: (nullable): which way it came, where the conversation has several ways
 */
void mos_message_bubble_set_place (MosMessageBubble *self, const char *day, gboolean continues, const char *channel);
/** mos_message_bubble_translate: shows it in the reader's language beside it; opened, where it is folded */
void mos_message_bubble_translate (MosMessageBubble *self);
/** mos_message_bubble_tick: writes the time anew; the view calls it every minute. */
void mos_message_bubble_tick (MosMessageBubble *self);
/** mos_message_bubble_focus: puts the keyboard on its head. Returns: whether it has one that takes it */
gboolean mos_message_bubble_focus (MosMessageBubble *self);

G_END_DECLS
