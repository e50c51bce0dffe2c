/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/desk/mos-lists.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * MosConversationSelection:
 *
 * A MosConversationList as GTK wants to see it: GListModel and
 * GtkSelectionModel in one. What is selected is kept by id: rows that are
 * moved, or taken out and put back by a new order, stay selected.
 *
 * GtkMultiSelection asks for every object of what is selected or replaced;
 * here none is ever made for it, so 200,000 rows may be selected.
 */
#define MOS_TYPE_CONVERSATION_SELECTION (mos_conversation_selection_get_type ())
G_DECLARE_FINAL_TYPE (MosConversationSelection, mos_conversation_selection, MOS, CONVERSATION_SELECTION, GObject)

MosConversationSelection *mos_conversation_selection_new (MosConversationList *list);
guint mos_conversation_selection_get_count (MosConversationSelection *self);
/** mos_conversation_selection_dup_ids: Returns: (transfer full) (array zero-terminated=1): in the list's order */
GStrv mos_conversation_selection_dup_ids (MosConversationSelection *self);
/** mos_conversation_selection_get_first: Returns: (transfer none) (nullable): id of the first selected row; until the list changes */
const char *mos_conversation_selection_get_first (MosConversationSelection *self);
/** mos_conversation_selection_prune: forgets what is no row any more; while a list is being changed it may only be on its way */
void mos_conversation_selection_prune (MosConversationSelection *self);

G_END_DECLS
