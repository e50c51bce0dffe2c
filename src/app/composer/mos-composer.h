/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/desk/mos-desk.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * MosComposer:
 *
 * Where one draft is written: reply, forward, internal note or new message.
 * It saves by itself (one second after the last key, when it loses the focus
 * and when it closes), so a kill loses a second at most. It never decides
 * which draft; the conversation view prepares one and opens it here.
 *
 * Signals:
 *  - `sent (MosSentMessage *sent)`: it waits to be sent, for an undo, or for its time; it is closed now
 *  - `noted`: the note is stored; it is closed now
 *  - `kept`: Escape: the draft is saved and stays; it is closed now
 *  - `discarded (MosDraft *draft)`: the person threw it away; it is closed now. Nothing was removed yet: the view may undo
 *  - `change-left (char *message, gboolean is_changed)`: other words for a message were given, or not; it is closed now
 *  - `kind-requested (char *kind)`: another kind was chosen from the menu
 *  - `look`: the person wants to see what came in while this was written
 *
 * A macro without a text is given to the action conversation.apply-macro(s) that is expected above.
 *
 * Actions: composer.macros, .translate, .send (as it was sent last), .send-only, .send-and-close, .send-and-wait, .send-and-snooze, .send-as(s), .send-later, .send-at(s), .discard, .attach, .remove-quote, .edit-subject, .kind(s).
 */
#define MOS_TYPE_COMPOSER (mos_composer_get_type ())
G_DECLARE_FINAL_TYPE (MosComposer, mos_composer, MOS, COMPOSER, GtkWidget)

/**
 * MosSentMessage: what was sent, while the signal is emitted
 * @message: its id, which is that of its draft
 * @conversation: where it lies now, also that of a message to somebody new
 * @then: what became of the conversation; MOS_STATUS_OPEN = nothing
 * @at_us: when it leaves, where a person planned that; else 0
 * @undo_s: how many seconds it may be taken back; 0 = it leaves at once, or is planned
 */
typedef struct
{
  const char *message;
  const char *conversation;
  const char *subject;
  MosStatus then;
  gint64 at_us;
  guint undo_s;
} MosSentMessage;

/** mos_composer_new: @desk: (nullable): %NULL only for tests of what it shows; nothing is saved then */
GtkWidget *mos_composer_new (MosDesk *desk);
/** mos_composer_open: shows @draft for editing; what was open before is saved and left. */
void mos_composer_open (MosComposer *self, MosDraft *draft);
/** mos_composer_sign_for: what is open was begun by @writer: that signature, where nobody edited it, becomes the one of who sits here. Saved with the next change. */
void mos_composer_sign_for (MosComposer *self, const MosAgent *writer);
/**
 * mos_composer_open_change: what a message of ours in a chat says is written anew
 * @row: the message
 *
 * What was open before is saved and left. Escape leaves the message as it is; nothing of this is saved until it is sent.
 */
void mos_composer_open_change (MosComposer *self, MosMessageRow *row);
/** mos_composer_get_changed: @self: (nullable). Returns: (transfer none) (nullable): the message that is written anew */
const char *mos_composer_get_changed (MosComposer *self);
gboolean mos_composer_is_open (MosComposer *self);
/** mos_composer_renew_chat: the customer wrote again: until when a chat may be answered, and whether it is open, is looked up anew */
void mos_composer_renew_chat (MosComposer *self);
/** mos_composer_dup_draft: @self: (nullable), here and below: where there is none, nothing is written. Returns: (transfer full) (nullable): what is written now */
MosDraft *mos_composer_dup_draft (MosComposer *self);
/** mos_composer_flush: saves now when something is unsaved. */
void mos_composer_flush (MosComposer *self);
/** mos_composer_close: saves and leaves the draft. */
void mos_composer_close (MosComposer *self);
/** mos_composer_set_text: replaces the writer's own text; used when the kind changes under a text. */
void mos_composer_set_text (MosComposer *self, const char *text);
/** mos_composer_set_language: @language: (nullable): of the conversation (ISO 639): its spelling is checked where the person chose no other; %NULL = the person's own */
void mos_composer_set_language (MosComposer *self, const char *language);
/** mos_composer_take_attachment: adds one that is in the blob store already. */
void mos_composer_take_attachment (MosComposer *self, MosAttachment *attachment);
/** mos_composer_use_macro: puts @macro where the caret is, once what it asks is answered; without a text it is applied to the conversation */
void mos_composer_use_macro (MosComposer *self, MosMacro *macro);
/** mos_composer_take_buttons: @labels: (nullable): what was read on the buttons below another draft whose text is in this one now; nothing where there are none in this kind of chat */
void mos_composer_take_buttons (MosComposer *self, char **labels);
/** mos_composer_take_macros: what macros had put into another draft whose text is in this one now */
void mos_composer_take_macros (MosComposer *self, MosMacroPlan *plan);
/** mos_composer_focus: puts the caret where writing starts: the text, or the first empty recipient field. */
void mos_composer_focus (MosComposer *self);
/** mos_composer_attach_file: reads @file and attaches it. */
void mos_composer_attach_file (MosComposer *self, GFile *file);

G_END_DECLS
