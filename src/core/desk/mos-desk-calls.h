/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/desk/mos-calls.h"
#include "core/desk/mos-desk.h"

G_BEGIN_DECLS

/* mos-calls.h for the window, without blocking. Main context only. */

/** mos_desk_note_call_async: mos_call_note(); @note is held until it is done */
void mos_desk_note_call_async (MosDesk *self, MosCallNote *note, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/** mos_desk_note_call_finish: @ret_batch: (out): what undo takes back. Returns: (transfer full) (nullable): the conversation in which it stands */
char *mos_desk_note_call_finish (MosDesk *self, GAsyncResult *result, gint64 *ret_batch, GError **error);

/** mos_desk_call_back_async: mos_call_back_at(); 0 = not any more. Finish with mos_desk_action_finish() */
void mos_desk_call_back_async (MosDesk *self, const char *conversation, gint64 due_us, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);

/** mos_desk_load_call_backs_async: mos_call_back_list(). Returns: array of #MosHeldItem */
void mos_desk_load_call_backs_async (MosDesk *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
GPtrArray *mos_desk_load_call_backs_finish (MosDesk *self, GAsyncResult *result, GError **error);

G_END_DECLS
