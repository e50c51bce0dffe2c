/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/desk/mos-categories.h"
#include "core/desk/mos-desk.h"

G_BEGIN_DECLS

/* The shop's categories, as the desk offers them. Main context only. Whatever of the list changes is told by the desk's signal "views-changed". */

/** mos_desk_get_categories: Returns: (transfer none) (element-type MosCategory): all, in their order; those that were removed last */
GPtrArray *mos_desk_get_categories (MosDesk *self);
/** mos_desk_find_category: @id: (nullable). Returns: (transfer none) (nullable): also one that was removed */
MosCategory *mos_desk_find_category (MosDesk *self, const char *id);

/** mos_desk_set_category_async: @category: (nullable): id; %NULL = none. mos_desk_action_finish(), as for all that change something here */
void mos_desk_set_category_async (MosDesk *self, const char *const *conversations, const char *category, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/** mos_desk_save_category_async: a new one (id %NULL), or by its id a changed one. Errors: mos_categories_save() */
void mos_desk_save_category_async (MosDesk *self, MosCategory *category, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/** mos_desk_move_category_async: mos_categories_move() */
void mos_desk_move_category_async (MosDesk *self, const char *id, int to, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
void mos_desk_remove_category_async (MosDesk *self, const char *id, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);

/** mos_desk_suggest_category_async: mos_categories_suggest() */
void mos_desk_suggest_category_async (MosDesk *self, const char *conversation, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/** mos_desk_suggest_category_finish: Returns: (transfer full) (nullable): %NULL without @error where there is nothing to suggest */
MosCategoryHint *mos_desk_suggest_category_finish (MosDesk *self, GAsyncResult *result, GError **error);
/** mos_desk_dismiss_category_async: it is not suggested there any more */
void mos_desk_dismiss_category_async (MosDesk *self, const char *conversation, const char *category, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);

G_END_DECLS
