/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "app/inbox/mos-conversation-pane.h"

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
  GtkListView *list_view;
  AdwStatusPage *empty_page;
  AdwStatusPage *error_page;

  /* Owned */
  MosConversationList *list;
  GtkSingleSelection *selection;
  GtkWidget *causes; /* (borrowed): MosCauseBar */
  MosSearchCompletion *completion;
  GtkWidget *menu;    /* (nullable): context menu, parented here */
  char *selected;     /* (nullable): id */
  MosView *base_view; /* (nullable): what the search interrupted */
  char *title;
  GPtrArray *rows; /* borrowed rows that live */

  guint settle_id;
  guint refresh_id;
  gboolean drawn;
  gboolean reveal; /* the selected row is wanted in sight as soon as it is there */
};

/* mos-conversation-pane-menu.c */
void mos_conversation_pane_init_pointer (MosConversationPane *self);

G_END_DECLS
