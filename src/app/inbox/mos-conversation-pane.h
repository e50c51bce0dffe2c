/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/desk/mos-lists.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * MosConversationPane:
 *
 * The list of one view's conversations, the search, the banner of an account
 * in trouble, and the toasts.
 *
 *   MosConversationList (ids from SQL, rows read as they are looked at)
 *     -> GtkSingleSelection (autoselect off; the selected *id* is kept here,
 *        because a moved row loses its selection)
 *       -> GtkListView -> MosConversationRowView
 *
 * Signals:
 *  - `selected (char *id)`: (nullable): another conversation is the current one
 *  - `activated (char *id)`: a click or Return: go to it
 *  - `search-ended ()`: the search was closed; the former view is wanted back
 *  - `banner-clicked ()`
 *  - `drawn ()`: once, when the first list is on the screen
 */
#define MOS_TYPE_CONVERSATION_PANE (mos_conversation_pane_get_type ())
G_DECLARE_FINAL_TYPE (MosConversationPane, mos_conversation_pane, MOS, CONVERSATION_PANE, AdwNavigationPage)

MosConversationPane *mos_conversation_pane_new (MosDesk *desk);
void mos_conversation_pane_set_view (MosConversationPane *self, MosView *view, const char *title);
/** mos_conversation_pane_select: Returns: whether @id is in the list; @id (nullable) */
gboolean mos_conversation_pane_select (MosConversationPane *self, const char *id);
/** mos_conversation_pane_get_neighbour: @step: 1 or -1. Returns: (transfer full) (nullable): the next or previous id */
char *mos_conversation_pane_get_neighbour (MosConversationPane *self, int step);

/** mos_conversation_pane_dup_ids: Returns: (transfer full): what is in the list now, in its order */
GStrv mos_conversation_pane_dup_ids (MosConversationPane *self);

void mos_conversation_pane_start_search (MosConversationPane *self);
void mos_conversation_pane_grab_list_focus (MosConversationPane *self);
void mos_conversation_pane_popup_menu (MosConversationPane *self);

void mos_conversation_pane_add_toast (MosConversationPane *self, AdwToast *toast);
/** mos_conversation_pane_set_banner: @title: (nullable): %NULL hides it; @button: (nullable) */
void mos_conversation_pane_set_banner (MosConversationPane *self, const char *title, const char *button);

/** mos_conversation_menu_new: Returns: (transfer full): the menu of a conversation, for header bar and list */
GMenuModel *mos_conversation_menu_new (void);

G_END_DECLS
