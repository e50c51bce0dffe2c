/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "app/inbox/mos-conversation-row-view.h"

G_BEGIN_DECLS

/* Shared by the files of MosConversationRowView. */
#define AVATAR_SIZE 32
#define ICON_SIZE 14
#define GAP 6
#define LINE_GAP 2
#define MAX_TAGS 3
/* tags, drafts, number, language, account, assignee */
#define MAX_CHIPS 8
#define N_ICONS 6

/* The lines:  (avatar)  name ......................... time
 *                       subject ... icons  window  waiting or due
 *                       [tag] [tag] snippet ..............  (not when compact) */
struct _MosConversationRowView
{
  GtkWidget parent_instance;

  /* Owned */
  MosConversation *conversation; /* (nullable) */
  MosConversationList *list;     /* (nullable) */
  char *label;                   /* (nullable) */
  PangoLayout *name;             /* (nullable): all layouts are made when drawn and dropped on any change */
  PangoLayout *time;
  PangoLayout *subject;
  PangoLayout *snippet;
  PangoLayout *waiting;
  PangoLayout *window;
  PangoLayout *due;
  PangoLayout *initials;
  PangoLayout *chips[MAX_CHIPS];

  gulong row_handler;
  guint n_chips;
  guint n_icons;
  const char *icons[N_ICONS];
  MosWaiting waiting_state;
  MosReplyWindow window_state;
  MosDueMark due_state; /* what is drawn of it, instead of how long they wait; MOS_DUE_NOT = nothing */
  gboolean stale;
  gboolean choosing;   /* a mark stands in the place of the avatar */
  gboolean is_covered; /* while it is drawn: what is private cannot be read */
  gboolean checked;
};

/* mos-conversation-row-layouts.c */
gboolean mos_conversation_row_is_compact (void);
/** mos_conversation_row_view_get_parts: Returns: #MosRowParts that it shows */
guint mos_conversation_row_view_get_parts (MosConversationRowView *self);
void mos_conversation_row_view_ensure_layouts (MosConversationRowView *self);
void mos_conversation_row_view_drop_layouts (MosConversationRowView *self);

G_END_DECLS
