/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/desk/mos-desk.h"
#include "core/desk/mos-macro-apply.h"
#include "core/desk/mos-macros.h"
#include "core/store/mos-store-macros.h"

G_BEGIN_DECLS

/* Macros, as the desk offers them. Main context only. Whatever of them changes is told by the desk's signal "macros-changed". */

/** mos_desk_get_macros: Returns: (transfer none) (element-type MosMacro): those that the agent of this window sees, by folder and name */
GPtrArray *mos_desk_get_macros (MosDesk *self);
/** mos_desk_find_macro: Returns: (transfer none) (nullable): by id */
MosMacro *mos_desk_find_macro (MosDesk *self, const char *id);

/** mos_desk_save_macro_async: a new one (id %NULL), or by its id a changed one; an undo takes it back. Errors: mos_macros_save() */
void mos_desk_save_macro_async (MosDesk *self, MosMacro *macro, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/** mos_desk_save_macro_finish: Returns: (transfer full) (nullable): its id; @ret_batch: (out) (optional) */
char *mos_desk_save_macro_finish (MosDesk *self, GAsyncResult *result, gint64 *ret_batch, GError **error);
/** mos_desk_import_macros_async: what is in a file (mos-macro-import.h); what is here stays; one undo takes them back */
void mos_desk_import_macros_async (MosDesk *self, GBytes *data, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/** mos_desk_import_macros_finish: @ret_batch: (out): what undo takes back; 0 = nothing is new. Returns: (transfer full) (nullable): array of #MosMacroImportEntry */
GPtrArray *mos_desk_import_macros_finish (MosDesk *self, GAsyncResult *result, gint64 *ret_batch, GError **error);
/** mos_desk_export_macros_async: all that the agent of this window sees, as a file */
void mos_desk_export_macros_async (MosDesk *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
GBytes *mos_desk_export_macros_finish (MosDesk *self, GAsyncResult *result, GError **error);
/** mos_desk_remove_macro_async: mos_desk_action_finish() */
void mos_desk_remove_macro_async (MosDesk *self, const char *id, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/** mos_desk_install_macros_async: the set to begin with, in @language (nullable); mos_desk_action_finish(), whose batch is 0 where all were there */
void mos_desk_install_macros_async (MosDesk *self, const char *language, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
void mos_desk_find_macro_outcome_async (MosDesk *self, const char *id, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean mos_desk_find_macro_outcome_finish (MosDesk *self, GAsyncResult *result, MosMacroOutcome *ret_outcome, GError **error);

/**
 * mos_desk_apply_macro_async:
 * @answers: (nullable): question -> answer, for all of them
 * @undo_us: how long what is sent may be taken back
 * @acts_on_orders: somebody said yes to what it does to orders; else each conversation where it does is left as it is. What was done to an order is not taken back
 *
 * A macro that only does something does it in all of @conversations in one batch, which mos_desk_undo_async() takes back. One that is an answer is sent to each by itself: where something cannot be
 * filled in, or the answer cannot be sent, nothing is done there and the rest goes on.
 */
void mos_desk_apply_macro_async (MosDesk *self, MosMacro *macro, const char *const *conversations, GHashTable *answers, gint64 undo_us, gboolean acts_on_orders, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/** mos_desk_apply_macro_finish: @ret_batch: (out): what takes it back, where it is one batch; else 0. Returns: (transfer full) (nullable) (element-type MosMacroResult): one for each, in their order */
GPtrArray *mos_desk_apply_macro_finish (MosDesk *self, GAsyncResult *result, gint64 *ret_batch, GError **error);

G_END_DECLS
