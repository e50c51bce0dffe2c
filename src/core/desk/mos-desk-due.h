/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/desk/mos-desk.h"

G_BEGIN_DECLS

/* What waits for its time, for the window: mos-due-work.h without blocking. Main context only. */

/** mos_desk_remind_async: conversations come back at @due_us if nobody answered; 0 = not any more. Finish with mos_desk_action_finish() */
void mos_desk_remind_async (MosDesk *self, const char *const *conversations, gint64 due_us, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);

/** MosHeldItem: @due: what is held; @conversation: (nullable): what it is about; @message: (nullable): what is to be sent, whose why is MOS_SCHEDULED_HELD_… */
typedef struct
{
  MosDueRow *due;
  MosConversationRow *conversation;
  MosMessageRow *message;
} MosHeldItem;
MOS_DECLARE_VALUE (MosHeldItem, held_item)

/** mos_desk_load_held_async: what became due while nothing ran and would come to customers too late. Returns: array of #MosHeldItem, the oldest first */
void mos_desk_load_held_async (MosDesk *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
GPtrArray *mos_desk_load_held_finish (MosDesk *self, GAsyncResult *result, GError **error);

/** mos_desk_release_held_async, _postpone_held_async, _discard_held_async: @ids: of #MosDueRow. Finish with mos_desk_action_finish() */
void mos_desk_release_held_async (MosDesk *self, const char *const *ids, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
void mos_desk_postpone_held_async (MosDesk *self, const char *const *ids, gint64 due_us, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
void mos_desk_discard_held_async (MosDesk *self, const char *const *ids, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);

/** mos_due_list_held: the same inside a transaction */
GPtrArray *mos_due_list_held (MosTxn *txn, GError **error);

G_END_DECLS
