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
 *     -> MosConversationSelection (by id; sections; one or many)
 *       -> GtkGridView -> MosConversationRowView
 *
 * Signals:
 *  - `selected (char *id)`: (nullable): another conversation is the current one
 *  - `activated (char *id)`: a click or Return: go to it
 *  - `search-ended ()`: the search was closed; the former view is wanted back
 *  - `banner-clicked ()`
 *  - `choice-changed (guint n)`: so many are chosen together, more than one or in choosing mode; 0 = none, "selected" has the one
 *  - `drawn ()`: once, when the first list is on the screen
 */
#define MOS_TYPE_CONVERSATION_PANE (mos_conversation_pane_get_type ())
G_DECLARE_FINAL_TYPE (MosConversationPane, mos_conversation_pane, MOS, CONVERSATION_PANE, AdwNavigationPage)

MosConversationPane *mos_conversation_pane_new (MosDesk *desk);
void mos_conversation_pane_set_view (MosConversationPane *self, MosView *view, const char *title);
/** mos_conversation_pane_set_title: the view that is shown has another name now */
void mos_conversation_pane_set_title (MosConversationPane *self, const char *title);
/** mos_conversation_pane_select: Returns: whether @id is in the list; @id (nullable) */
gboolean mos_conversation_pane_select (MosConversationPane *self, const char *id);
/** mos_conversation_pane_get_neighbour: @step: 1 or -1. Returns: (transfer full) (nullable): the next or previous id */
char *mos_conversation_pane_get_neighbour (MosConversationPane *self, int step);

/** mos_conversation_pane_dup_chosen: Returns: (transfer full) (nullable) (array zero-terminated=1): those chosen together, in their order; %NULL where "selected" has the one */
GStrv mos_conversation_pane_dup_chosen (MosConversationPane *self);
/** mos_conversation_pane_set_choosing: a tap on a row chooses it, with a mark; Escape ends it */
void mos_conversation_pane_set_choosing (MosConversationPane *self, gboolean choosing);
gboolean mos_conversation_pane_get_choosing (MosConversationPane *self);
/** mos_conversation_pane_end_choice: nothing is chosen any more; nothing happens where one conversation is selected */
void mos_conversation_pane_end_choice (MosConversationPane *self);
void mos_conversation_pane_choose_all (MosConversationPane *self);
MosView *mos_conversation_pane_get_view (MosConversationPane *self);
/** mos_conversation_pane_get_base_view: Returns: (transfer none) (nullable): the view that was chosen, also while a search lies over it */
MosView *mos_conversation_pane_get_base_view (MosConversationPane *self);
/** mos_conversation_pane_get_search: Returns: (transfer none) (nullable): what is searched for just now */
const char *mos_conversation_pane_get_search (MosConversationPane *self);
/** mos_conversation_pane_dup_ids: Returns: (transfer full): what is in the list now, in its order */
GStrv mos_conversation_pane_dup_ids (MosConversationPane *self);

void mos_conversation_pane_start_search (MosConversationPane *self);
/** mos_conversation_pane_search: the same with @text, as if it had been typed */
void mos_conversation_pane_search (MosConversationPane *self, const char *text);
void mos_conversation_pane_grab_list_focus (MosConversationPane *self);
void mos_conversation_pane_popup_menu (MosConversationPane *self);

void mos_conversation_pane_add_toast (MosConversationPane *self, AdwToast *toast);
/** mos_conversation_pane_set_banner: @title: (nullable): %NULL hides it; @button: (nullable) */
void mos_conversation_pane_set_banner (MosConversationPane *self, const char *title, const char *button);

/** mos_conversation_menu_new: Returns: (transfer full): the menu of a conversation, for header bar and list */
GMenuModel *mos_conversation_menu_new (void);

/** mos_conversation_pane_update_empty: where nothing is shown, what comes next may be something else */
void mos_conversation_pane_update_empty (MosConversationPane *self);

G_END_DECLS
