/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "app/inbox/mos-conversation-pane.h"
#include "app/inbox/mos-conversation-selection.h"

#include "app/inbox/mos-empty-page.h"
#include "app/inbox/mos-search-completion.h"
#include "core/desk/mos-lists.h"

G_BEGIN_DECLS

/* Shared by the files of MosConversationPane. */
struct _MosConversationPane
{
  AdwNavigationPage parent_instance;

  /* Template children */
  AdwWindowTitle *window_title;
  AdwBanner *banner;
  GtkSearchBar *search_bar;
  GtkSearchEntry *search_entry;
  GtkWidget *search_row;
  GtkMenuButton *search_help;
  GtkLabel *search_hint;
  AdwToastOverlay *toast_overlay;
  GtkStack *stack;
  GtkGridView *grid;
  MosEmptyPage *empty_page;
  AdwStatusPage *error_page;
  GtkActionBar *choice_bar;
  GtkLabel *choice_label;
  GtkMenuButton *choice_menu;
  GtkToggleButton *choose_button;

  /* Owned */
  MosConversationList *list;
  MosConversationSelection *selection;
  MosDesk *desk;     /* (borrowed): the list has it */
  GtkWidget *causes; /* (borrowed): MosCauseBar */
  MosSearchCompletion *completion;
  GtkWidget *menu;    /* (nullable): context menu, parented here */
  char *selected;     /* (nullable): id */
  char *pressed;      /* (nullable): id of the row that the button went down on */
  MosView *base_view; /* (nullable): what the search interrupted */
  char *title;
  GPtrArray *rows;  /* borrowed MosConversationRowView that live */
  GPtrArray *items; /* borrowed GtkListItem that live */

  guint settle_id;
  guint n_chosen;    /* more than one, or any while choosing; else 0 */
  gboolean choosing; /* a tap chooses */
  guint refresh_id;
  gboolean drawn;
  gboolean reveal; /* the selected row is wanted in sight as soon as it is there */
  gboolean to_top; /* the list begins at its top as soon as its rows are there */
};

/* mos-conversation-pane-menu.c */
void mos_conversation_pane_init_pointer (MosConversationPane *self);
MosConversation *mos_conversation_pane_get_at (MosConversationPane *self, double x, double y);
/* mos-conversation-pane-choose.c: more than one row */
void mos_conversation_pane_init_choice (MosConversationPane *self);
void mos_conversation_pane_update_choice (MosConversationPane *self);
/* mos-conversation-pane-top.c: once its rows are there, and wanted at their top, they begin there */
void mos_conversation_pane_go_to_top (MosConversationPane *self);
/* mos-conversation-pane-rows.c: what stands in the list */
void mos_conversation_pane_init_rows (MosConversationPane *self);
void mos_conversation_pane_finish_rows (MosConversationPane *self);
void mos_conversation_pane_update_headers (MosConversationPane *self);
void mos_conversation_pane_refresh_rows (MosConversationPane *self);

G_END_DECLS
