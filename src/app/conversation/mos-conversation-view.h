/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/desk/mos-desk.h"
#include "core/values/mos-survey-values.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * MosConversationView:
 *
 * The middle of the window: what a conversation is about, its messages and the
 * composer below them. It owns the message list and the composer; the window
 * owns the view and tells it which conversation is open.
 *
 * Properties: "conversation" (#MosConversation, nullable), "composing" (boolean,
 * read-only: a reply, forward, note or new message is being written here).
 *
 * Actions it installs on itself (the window may give them accelerators):
 * composer.reply, composer.reply-all, composer.forward, composer.note,
 * composer.send, composer.send-only, composer.send-and-close, composer.send-and-wait,
 * composer.send-and-snooze, composer.send-later, composer.discard.
 * Actions it expects above it: conversation.assign(s), conversation.priority(s),
 * conversation.release.
 *
 * Signal `category-hint-changed ()`: mos_conversation_view_get_category_hint() gives another one
 * Signal `surveys-changed ()`: another question is planned in the conversation, or another of its customers is unhappy
 * Signal `draft-kept ()`: a new message was put away, among the drafts
 * Signal `conversation-sent (MosSentMessage *sent)`: a message was sent from here
 * (mos-composer.h).
 * Signal `draft-discarded (MosDraft *draft, gint64 batch)`: a draft is gone; @batch brings it back
 */
#define MOS_TYPE_CONVERSATION_VIEW (mos_conversation_view_get_type ())
G_DECLARE_FINAL_TYPE (MosConversationView, mos_conversation_view, MOS, CONVERSATION_VIEW, GtkWidget)

GtkWidget *mos_conversation_view_new (MosDesk *desk);
/** mos_conversation_view_set_conversation: @conversation: (nullable): %NULL shows the empty page. A draft that was begun is saved first. */
void mos_conversation_view_set_conversation (MosConversationView *self, MosConversation *conversation);
MosConversation *mos_conversation_view_get_conversation (MosConversationView *self);
/** mos_conversation_view_compose_new: opens the composer for a message to somebody new, in place of the conversation; one that is being written stays. @address: (nullable): to whom */
void mos_conversation_view_compose_new (MosConversationView *self, const char *address);
/** mos_conversation_view_compose_draft: the same with @draft, of a new message. One that is being written is kept, among the drafts. */
void mos_conversation_view_compose_draft (MosConversationView *self, MosDraft *draft);
gboolean mos_conversation_view_get_composing (MosConversationView *self);
/** mos_conversation_view_get_writing_new: Returns: whether a message to somebody new hides the conversation; "composing" notifies when that changes */
gboolean mos_conversation_view_get_writing_new (MosConversationView *self);
/** mos_conversation_view_get_category_hint: Returns: (transfer none) (nullable): id of the category that is suggested above the messages */
const char *mos_conversation_view_get_category_hint (MosConversationView *self);
/** mos_conversation_view_flush: saves an unfinished draft now; call it before the window closes. */
void mos_conversation_view_flush (MosConversationView *self);

/** mos_conversation_view_grab_focus: to what is being written, else to the newest message. */
void mos_conversation_view_grab_focus (MosConversationView *self);
/** mos_conversation_view_restore_draft: opens the unfinished draft of the conversation, if there is one and nothing is being written. */
void mos_conversation_view_restore_draft (MosConversationView *self);
/** mos_conversation_view_reopen_discarded: what was discarded here last came back: it is written on, if its conversation is the one on show */
void mos_conversation_view_reopen_discarded (MosConversationView *self);
/** mos_conversation_view_edit_draft: the same, with the keyboard in it; another draft that is being written gives way to the one that was changed last, and is kept */
void mos_conversation_view_edit_draft (MosConversationView *self);
/** mos_conversation_view_use_macro: into what is being written; else a reply, or a note, is begun with it */
void mos_conversation_view_use_macro (MosConversationView *self, MosMacro *macro);
/** mos_conversation_view_write: begins an answer with @text; what is being written stays as it is */
void mos_conversation_view_write (MosConversationView *self, const char *text);
/** mos_conversation_view_find_rescue: @id: of a survey, "" = the oldest. Returns: (transfer none) (nullable): an unhappy customer of the conversation about whom nobody has said what came of it */
MosSurvey *mos_conversation_view_find_rescue (MosConversationView *self, const char *id);
/** mos_conversation_view_has_planned_survey: Returns: whether its customer is going to be asked something */
gboolean mos_conversation_view_has_planned_survey (MosConversationView *self);
/** mos_conversation_view_set_chosen: what the empty page says of several that are chosen together. @title: (nullable): none are */
void mos_conversation_view_set_chosen (MosConversationView *self, const char *title);
/** mos_conversation_view_add_toast: over the messages, never over the composer's buttons. Returns: whether there was a place; else @toast is still the caller's */
gboolean mos_conversation_view_add_toast (MosConversationView *self, AdwToast *toast);
/** mos_conversation_view_dup_focused: Returns: (transfer full) (nullable): id of the message where the keyboard is, else of the newest */
char *mos_conversation_view_dup_focused (MosConversationView *self);
/** mos_conversation_view_list_messages: Returns: (transfer full): array of #MosMessage, the events left out */
GPtrArray *mos_conversation_view_list_messages (MosConversationView *self);

/** mos_conversation_view_translate: shows the message that has the keyboard, else the customer's newest, in the reader's language beside it */
void mos_conversation_view_translate (MosConversationView *self);
/** mos_conversation_view_print: all messages of the conversation; @to_file: as a PDF file instead of on paper */
void mos_conversation_view_print (MosConversationView *self, gboolean to_file);

G_END_DECLS
