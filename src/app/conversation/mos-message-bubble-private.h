/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "app/conversation/mos-body-view.h"
#include "app/conversation/mos-message-bubble.h"

#include "core/values/mos-translate-values.h"

G_BEGIN_DECLS

/* Shared by the files of MosMessageBubble. */
struct _MosMessageBubble
{
  GtkWidget parent_instance;

  /* always */
  GtkWidget *box;
  /* events only */
  GtkWidget *event_label;
  GtkWidget *event_buttons; /* (nullable) */
  /* messages */
  GtkWidget *head;
  GtkWidget *toggle;
  GtkWidget *avatar;
  GtkWidget *name_label;
  GtkWidget *kind_label;
  GtkWidget *preview_label;
  GtkWidget *time_label;
  GtkWidget *menu_button;
  /* chats only */
  GtkWidget *day_label;    /* (nullable): above it */
  GtkWidget *buttons;      /* answers that the customer has only to press */
  GtkWidget *origin_label; /* where it is from: passed on, a link, a button */
  GtkWidget *call_box;     /* of a chat: what a call was */
  GtkWidget *call_icon;
  GtkWidget *call_text;
  GtkWidget *call_number;
  GtkWidget *quote_button;
  GtkWidget *quote_name;
  GtkWidget *quote_text;
  GtkWidget *signs; /* that were put to it */
  GtkWidget *meta;
  /* once opened */
  GtkWidget *content;
  GtkWidget *recipients_button;
  GtkWidget *recipients_label;
  GtkWidget *details;
  GtkWidget *bars;
  GtkWidget *pair; /* of the body and its translation */
  GtkWidget *body;
  GtkWidget *translation; /* (nullable) */
  GtkWidget *fold_button;
  GtkWidget *attachments;
  GtkWidget *footer;

  MosDesk *desk;              /* (owned) (nullable) */
  MosMessage *message;        /* (owned) */
  MosMessageBody *body_data;  /* (owned) (nullable): once loaded */
  GCancellable *cancellable;  /* (owned) */
  GPtrArray *joined;          /* (owned) (nullable): MosMessage, the events this one speaks for */
  GPtrArray *hints;           /* (owned) (nullable): MosHint, once looked for */
  MosTranslation *translated; /* (owned) (nullable): what is shown of it */
  GCancellable *translating;  /* (owned) (nullable): while the service is asked */
  char *shown_text;           /* (owned) (nullable): text of the body that was set */
  char *shown_files;          /* (owned) (nullable): which files of a chat are shown, and how far they are */
  char *channel_text;         /* (owned) (nullable): which way it came, where the conversation has several */
  MosDelivery shown_delivery;
  gboolean is_chat;
  gboolean continues;
  gboolean built;
  gboolean expanded;
  gboolean prefer_text;
  gboolean images_allowed;
  gboolean hints_wanted;
};

gint64 mos_message_bubble_now_us (MosMessageBubble *self);
gint64 mos_message_bubble_get_time (const MosMessageRow *row);
/* who wrote it, as it is shown. Returns: (transfer full) */
char *mos_message_bubble_dup_sender (const MosMessageRow *row);
const char *mos_message_bubble_kind_text (const MosMessageRow *row);
GtkWidget *mos_message_bubble_make_menu_button (MosMessageBubble *self);

/* mos-message-bubble-body.c */
void mos_message_bubble_update_body (MosMessageBubble *self);
void mos_message_bubble_load_images (MosMessageBubble *self);
guint mos_message_bubble_count_remote (MosMessageBubble *self);
/* keeps what was read of it; where its sender's pictures are always loaded, they are allowed from then on */
void mos_message_bubble_set_body_data (MosMessageBubble *self, MosMessageBody *body);

/* mos-message-bubble-pictures.c: its pictures, large */
void mos_message_bubble_install_pictures (GtkWidgetClass *widget_class);
void mos_message_bubble_view_image (MosMessageBubble *self, int index);

/* mos-message-bubble-safety.c: what is suspicious about it, whose pictures are loaded; paper and files */
void mos_message_bubble_find_hints (MosMessageBubble *self);
void mos_message_bubble_install_safety (GtkWidgetClass *widget_class);
void mos_message_bubble_add_output (MosMessageBubble *self, GMenu *menu);

/* mos-message-bubble-parts.c */
/* takes everything out of one of its boxes; the keyboard, where it is in there, goes to the message's own button */
void mos_message_bubble_empty (MosMessageBubble *self, GtkWidget *box);
/* something that must be known before the text is read. @detail: (nullable). Returns: (transfer none): the box where buttons go */
GtkWidget *mos_message_bubble_add_bar (MosMessageBubble *self, const char *style, const char *icon, const char *text, const char *detail);
GtkWidget *mos_message_bubble_add_bar_button (GtkWidget *buttons, const char *label, const char *action);
void mos_message_bubble_update_bars (MosMessageBubble *self);
void mos_message_bubble_update_details (MosMessageBubble *self);
void mos_message_bubble_update_attachments (MosMessageBubble *self);
void mos_message_bubble_update_footer (MosMessageBubble *self);

/* mos-message-bubble-translate.c: what it says in the reader's language, beside it */
/* where the body and what is said of it in another language stand */
void mos_message_bubble_add_body (MosMessageBubble *self);
void mos_message_bubble_install_translation (GtkWidgetClass *widget_class);
void mos_message_bubble_add_translation (MosMessageBubble *self, GMenu *menu);
/* offered above a mail that is in another language */
void mos_message_bubble_add_language_bar (MosMessageBubble *self);
void mos_message_bubble_drop_translation (MosMessageBubble *self);

/* mos-message-bubble-joining.c: why it is in this conversation, and how it comes into another */
void mos_message_bubble_show_why (GtkWidget *widget, const char *action, GVariant *parameter);
void mos_message_bubble_add_joining (MosMessageBubble *self, GMenu *menu);
void mos_message_bubble_update_joining (MosMessageBubble *self, const MosMessageRow *row);

/* mos-message-bubble-chat.c: short messages */
void mos_message_bubble_build_chat (MosMessageBubble *self);
void mos_message_bubble_update_chat (MosMessageBubble *self);

/* mos-message-bubble-changes.c: what is done from here to a message of a chat: other words, taken back, a sign */
void mos_message_bubble_install_changes (GtkWidgetClass *widget_class);
void mos_message_bubble_add_changes (MosMessageBubble *self, GMenu *menu);
void mos_message_bubble_add_change_bars (MosMessageBubble *self, const MosMessageRow *row);
/* signs that were put to it; ours can be taken away there */
void mos_message_bubble_update_signs (MosMessageBubble *self, const MosMessageRow *row);

/* mos-message-bubble-actions.c */
void mos_message_bubble_install_actions (GtkWidgetClass *widget_class);
GMenuModel *mos_message_bubble_create_menu (MosMessageBubble *self);
/* shows where it leads, then opens it if that is wanted; @text: (nullable): what the link says */
void mos_message_bubble_ask_link (MosMessageBubble *self, const char *url, const char *text);
/* opens a link, after a question where its words name another place */
void mos_message_bubble_open_link (MosMessageBubble *self, const char *url, const char *text);

G_END_DECLS
