/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "app/composer/mos-composer.h"
#include "app/conversation/mos-category-chip.h"
#include "app/conversation/mos-conversation-view.h"
#include "app/conversation/mos-message-bubble.h"

#include "core/desk/mos-lists.h"
#include "core/desk/mos-survey-standing.h"

G_BEGIN_DECLS

/* Shared by the files of MosConversationView. */
struct _MosConversationView
{
  GtkWidget parent_instance;

  /* template children */
  GtkStack *stack;
  GtkLabel *subject_label;
  GtkWidget *drag_handle;
  AdwWrapBox *info;
  AdwBanner *merged_banner;
  AdwBanner *news_banner;
  GtkLabel *typing_label;
  AdwBanner *error_banner;
  GtkOverlay *links;
  AdwToastOverlay *toasts;
  GtkScrolledWindow *scroller;
  GtkButton *earlier_button;
  GtkWidget *messages;
  GtkWidget *others;  /* MosDraftNotice */
  GtkWidget *surveys; /* MosRescueCard, and before them what is planned */
  GtkWidget *composer_area;
  GtkWidget *answer_bar;
  GtkWidget *reply_button;
  GtkLabel *reply_label;
  AdwStatusPage *empty;
  AdwToastOverlay *new_toasts;
  GtkWidget *new_area;
  /* Neither is there before something is written in it: making one takes longer than showing a conversation. */
  MosComposer *composer;     /* (nullable) */
  MosComposer *new_composer; /* (nullable) */
  GtkWidget *link_status;    /* over links */
  MosCategoryChip *category; /* the first in info */

  /* owned */
  MosDesk *desk;
  MosConversation *conversation; /* (nullable) */
  MosMessageList *list;          /* (nullable) */
  GPtrArray *rows;               /* MosMessageBubble (borrowed), of the list's positions first_shown and on */
  GCancellable *cancellable;     /* of the open conversation */
  char *me;                      /* (nullable): the agent whose drafts are opened */
  char *discarding;              /* (nullable): a draft that is going: not to be opened again */
  MosDraft *discarded;           /* (owned) (nullable): the last one that went, for an undo */
  MosSurveyStanding *standing;   /* (nullable): what is shown of surveys */

  guint first_shown;
  guint unread_at_start; /* the window marks a conversation as read when it opens */
  guint tick_id;
  guint read_id;
  guint narrow_id;
  guint typing_id;       /* until when somebody is shown as writing */
  gint64 typing_said_us; /* monotonic: when a screen reader heard of it last */
  gboolean filled;       /* the first rows were made and the place was chosen */
  gboolean follow;       /* the newest message is kept in sight until the person scrolls */
  gboolean is_scrolling; /* we scroll, not the person */
  gboolean writing_new;
  gboolean wants_draft; /* the draft that is looked for gets the keyboard */
};

/* mos-conversation-view-messages.c */
void mos_conversation_view_watch_messages (MosConversationView *self);
void mos_conversation_view_drop_messages (MosConversationView *self);
void mos_conversation_view_init_messages (MosConversationView *self);
void mos_conversation_view_read_again (MosConversationView *self);
void mos_conversation_view_show_news (MosConversationView *self);
/* brings the message with this id into sight, also one that is hidden among the earlier ones, and gives it the keyboard */
void mos_conversation_view_show_message (MosConversationView *self, const char *id);
/* Returns: whether there is a message */
gboolean mos_conversation_view_focus_newest (MosConversationView *self);

/* mos-conversation-view-grouping.c */
/* days, and who writes on, after the rows have changed */
void mos_conversation_view_group (MosConversationView *self);

/* mos-conversation-view-typing.c: that the customer writes */
void mos_conversation_view_watch_typing (MosConversationView *self);
/* nobody is any more, as far as is known: something came, or another conversation is shown */
void mos_conversation_view_drop_typing (MosConversationView *self);

/* mos-conversation-view-compose.c */
void mos_conversation_view_watch_agent (MosConversationView *self);
void mos_conversation_view_prepare (MosConversationView *self, const char *kind, const char *message);
/* what the message of ours says is written anew; what is being written meanwhile is kept */
void mos_conversation_view_change_words (MosConversationView *self, MosMessageRow *row);
void mos_conversation_view_find_draft (MosConversationView *self);
void mos_conversation_view_update_composing (MosConversationView *self);
void mos_conversation_view_begin_new (MosConversationView *self, const char *address);
void mos_conversation_view_open_new (MosConversationView *self, MosDraft *draft);
/* the customer of this chat gets a mail instead: what is being written goes along */
void mos_conversation_view_answer_by_mail (MosConversationView *self);
void mos_conversation_view_answer_by_sms (MosConversationView *self);
/* it is opened and has the keyboard */
void mos_conversation_view_open_draft (MosConversationView *self, MosDraft *draft);
/* what is being written is saved and closed: it is another's */
void mos_conversation_view_leave_draft (MosConversationView *self);

/* mos-conversation-view-others.c */
void mos_conversation_view_find_others (MosConversationView *self);
void mos_conversation_view_drop_others (MosConversationView *self);
void mos_conversation_view_tick_others (MosConversationView *self);
/* @draft: "" = the newest */
void mos_conversation_view_take_draft (MosConversationView *self, const char *draft);

/* mos-conversation-view-surveys.c */
void mos_conversation_view_find_surveys (MosConversationView *self);
void mos_conversation_view_drop_surveys (MosConversationView *self);
void mos_conversation_view_tick_surveys (MosConversationView *self);
/* whether they are there: not while one writes */
void mos_conversation_view_update_surveys (MosConversationView *self);

/* mos-conversation-view.c */
void mos_conversation_view_notify_composing (MosConversationView *self);
void mos_conversation_view_emit_surveys_changed (MosConversationView *self);
void mos_conversation_view_emit_draft_kept (MosConversationView *self);
void mos_conversation_view_emit_draft_taken (MosConversationView *self, MosDraft *draft, gint64 batch);
void mos_conversation_view_emit_draft_discarded (MosConversationView *self, MosDraft *draft, gint64 batch);
void mos_conversation_view_emit_sent (MosConversationView *self, const MosSentMessage *sent);

G_END_DECLS
