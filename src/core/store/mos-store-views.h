/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/store/mos-store.h"
#include "core/values/mos-view-values.h"

G_BEGIN_DECLS

/* Views: those that people make, how each agent wants the others, what each view holds. Ownership as everywhere: what is returned is the caller's. */

/** mos_store_view_list: Returns: array of #MosSavedView that @agent sees: everybody's and his own, in their order; @agent: (nullable) */
GPtrArray *mos_store_view_list (MosTxn *txn, const char *agent, GError **error);
/** mos_store_view_find: @ret_view: (out) (transfer full) (nullable): %NULL where there is none, or it was removed */
gboolean mos_store_view_find (MosTxn *txn, const char *id, MosSavedView **ret_view, GError **error);
/** mos_store_view_save: makes or changes it by its id; @view->position is only looked at when it is new: 0 = the last */
gboolean mos_store_view_save (MosTxn *txn, MosSavedView *view, GError **error);
/** mos_store_view_remove: an undo brings it back as it was */
gboolean mos_store_view_remove (MosTxn *txn, const char *id, GError **error);
/** mos_store_view_move: @step places down the list that @agent sees, or up where it is negative; as far as it goes */
gboolean mos_store_view_move (MosTxn *txn, const char *id, const char *agent, int step, GError **error);

/** mos_store_view_list_looks: Returns: (element-type utf8 MosViewLook): what @agent changed, by mos_view_get_key() */
GHashTable *mos_store_view_list_looks (MosTxn *txn, const char *agent, GError **error);
/** mos_store_view_set_look: not recorded, like all that is only how one person looks at things. @look: (nullable): %NULL = the default again */
gboolean mos_store_view_set_look (MosTxn *txn, const char *agent, const MosView *view, const MosViewLook *look, GError **error);
/** mos_store_view_find_look: @ret_look: (out): of a saved view its own, else what @agent changed, else the default */
gboolean mos_store_view_find_look (MosTxn *txn, const MosView *view, const char *agent, MosViewLook *ret_look, GError **error);

/** mos_store_view_set_seen: @agent looks at it now. Not recorded */
gboolean mos_store_view_set_seen (MosTxn *txn, const char *agent, const MosView *view, GError **error);

/**
 * mos_store_view_list_ids:
 * @view: any but a search
 * @agent: (nullable): who "mine" is
 * @look: (nullable): %NULL = as mos_store_view_find_look() says
 * @most: as many are enough, where it costs less to stop: in an order that is kept; 0 = all
 *
 * Returns: (transfer full): all of it in its order; a saved view that is gone holds nothing
 */
MosIdVector *mos_store_view_list_ids (MosTxn *txn, const MosView *view, const char *agent, const MosViewLook *look, guint most, GError **error);
/** mos_store_view_list_some: those of @ids that @view, a built-in one, holds; as mos_store_view_list_ids() would have them. Returns: (transfer full) */
MosIdVector *mos_store_view_list_some (MosTxn *txn, const MosView *view, const char *agent, const MosViewLook *look, const char *const *ids, GError **error);

/** mos_store_view_list_countable: Returns: (transfer full) (element-type MosView): what the sidebar shows: the built-in ones in their order, those of the accounts, those saved that @agent sees */
GPtrArray *mos_store_view_list_countable (MosTxn *txn, const char *agent, GError **error);
/** mos_store_view_count: @ret_count, @ret_new: (out): as in #MosViewCount, counted afresh */
gboolean mos_store_view_count (MosTxn *txn, const MosView *view, const char *agent, guint *ret_count, guint *ret_new, GError **error);

/** MosViewMember: told of one conversation: whether the view holds it, and holds it as new */
typedef void (*MosViewMember) (gint64 number, gboolean is_in, gboolean is_new, gpointer user_data);
/**
 * mos_store_view_list_members:
 * @numbers: (nullable) (element-type gint64): only these are asked about, and each is told of; %NULL = all that it holds are told of
 */
gboolean mos_store_view_list_members (MosTxn *txn, const MosView *view, const char *agent, GArray *numbers, MosViewMember member, gpointer user_data, GError **error);
/** mos_store_view_find_numbers: Returns: (transfer full) (nullable) (element-type gint64): of conversations; %NULL without @error where one of @ids is there no more */
GArray *mos_store_view_find_numbers (MosTxn *txn, const char *const *ids, GError **error);

G_END_DECLS
