/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/desk/mos-desk-views.h"
#include "core/desk/mos-desk.h"

G_BEGIN_DECLS

/**
 * MosConversationList:
 *
 * GListModel of #MosConversation for one view: a vector of ids from one query
 * on the reader thread; rows are read 64 at a time as they are looked at. On
 * change the vectors are compared and the least "items-changed" is emitted
 * (conventions.md §2.9); replies of an older generation are dropped; change
 * sets are coalesced (50 ms).
 *
 * Properties: "view" (MosView), "loading" (boolean), "error" (GError, nullable).
 * A conversation that stops matching while it is "held" (selected) stays until
 * another one is held. Rows have sections, by the time they are ordered by
 * (mos-sections.h): app/ makes a GtkSectionModel of it.
 *
 * Signals:
 *  - `sections-changed (guint position, guint n)`: as GtkSectionModel's; what "items-changed" covers is not told again
 *  - `stale-changed ()`: mos_conversation_list_is_stale() would answer differently for some row
 *  - `look-changed ()`: before the rows follow it
 */
#define MOS_TYPE_CONVERSATION_LIST (mos_conversation_list_get_type ())
G_DECLARE_FINAL_TYPE (MosConversationList, mos_conversation_list, MOS, CONVERSATION_LIST, GObject)

MosConversationList *mos_conversation_list_new (MosDesk *desk);
void mos_conversation_list_set_view (MosConversationList *self, MosView *view);
MosView *mos_conversation_list_get_view (MosConversationList *self);
gboolean mos_conversation_list_get_loading (MosConversationList *self);
/** mos_conversation_list_has_rest: Returns: whether only the first rows are here, and more follow: it is loading meanwhile */
gboolean mos_conversation_list_has_rest (MosConversationList *self);
const GError *mos_conversation_list_get_error (MosConversationList *self);
/** Returns: position of @id, or GTK_INVALID_LIST_POSITION's value G_MAXUINT */
guint mos_conversation_list_find (MosConversationList *self, const char *id);
/** mos_conversation_list_dup_ids: Returns: (transfer full): the ids of all in their order */
GStrv mos_conversation_list_dup_ids (MosConversationList *self);
/** mos_conversation_list_hold: @id: (nullable): keep it in the list although it no longer matches */
void mos_conversation_list_hold (MosConversationList *self, const char *id);
/** mos_conversation_list_hold_many: the same for several; what was held before is let go. @ids: (array zero-terminated=1) */
void mos_conversation_list_hold_many (MosConversationList *self, const char *const *ids);
/** mos_conversation_list_get_id: Returns: (transfer none) (nullable): without making the row's object; until the list changes */
const char *mos_conversation_list_get_id (MosConversationList *self, guint position);
/** mos_conversation_list_get_look: Returns: (transfer none): how what it shows is ordered, grouped and drawn */
const MosViewLook *mos_conversation_list_get_look (MosConversationList *self);
/** mos_conversation_list_get_section: @ret_start, @ret_end: (out): as of GtkSectionModel. Returns: the section of mos-sections.h */
gint64 mos_conversation_list_get_section (MosConversationList *self, guint position, guint *ret_start, guint *ret_end);
/** mos_conversation_list_tick: time went by: rows may be in another section now. Once a minute is enough. */
void mos_conversation_list_tick (MosConversationList *self);
/** Returns: whether @id is only still there because it is held (shown greyed) */
gboolean mos_conversation_list_is_stale (MosConversationList *self, const char *id);
/**
 * mos_conversation_list_get_snippet: where in a search view the words are in @id
 * @ret_file: (out) (optional) (nullable): name of the attachment whose text it is of
 *
 * Read as it is asked for: %NULL the first time, and `snippets-changed ()` once it is here.
 *
 * Returns: (transfer none) (nullable): hits between U+0002 and U+0003; %NULL also where it looks for no words
 */
const char *mos_conversation_list_get_snippet (MosConversationList *self, const char *id, const char **ret_file);

/** MosMessageList: GListModel of #MosMessage, oldest first, of one conversation; follows changes with the least "items-changed". Properties "loading", "error". */
#define MOS_TYPE_MESSAGE_LIST (mos_message_list_get_type ())
G_DECLARE_FINAL_TYPE (MosMessageList, mos_message_list, MOS, MESSAGE_LIST, GObject)

MosMessageList *mos_message_list_new (MosDesk *desk, const char *conversation);
gboolean mos_message_list_get_loading (MosMessageList *self);

G_END_DECLS
