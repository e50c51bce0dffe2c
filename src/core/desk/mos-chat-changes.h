/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/desk/mos-desk.h"
#include "core/store/mos-store.h"
#include "core/values/mos-chat-values.h"

G_BEGIN_DECLS

/* What a person does to a message of a chat that is there already: other words, taken back, a sign. It is written down, and done by whoever sends for the account: also when
 * there is no line just now, and again after a crash, for done twice it is done once. What the message says here changes when it has changed there. */

/** MosChatChangeError: why it cannot be done, before anything is written down */
typedef enum
{
  MOS_CHAT_CHANGE_ERROR_NOT_THERE, /* its platform has no such thing */
  MOS_CHAT_CHANGE_ERROR_NOT_OURS,  /* somebody else wrote it */
  MOS_CHAT_CHANGE_ERROR_NOT_SENT,  /* it is not there yet, or not any more */
  MOS_CHAT_CHANGE_ERROR_PARTED,    /* it went out in several pieces, or has no words */
  MOS_CHAT_CHANGE_ERROR_TOO_LONG,
  MOS_CHAT_CHANGE_ERROR_EMPTY,
  MOS_CHAT_CHANGE_ERROR_TOO_LATE, /* the platform takes nothing back that is as old as this */
} MosChatChangeError;

#define MOS_CHAT_CHANGE_ERROR (mos_chat_change_error_quark ())
GQuark mos_chat_change_error_quark (void);

/**
 * mos_chat_change:
 * @message: one of a chat
 * @text: see #MosChatChange; "" with WITHDRAW
 *
 * Has it done. What was wanted of the same kind before, and is not done yet, is not done any more. Errors: MOS_CHAT_CHANGE_ERROR_*, MOS_DESK_ERROR_NOT_FOUND.
 */
gboolean mos_chat_change (MosTxn *txn, const char *message, MosChatChangeKind kind, const char *text, GError **error);
/** mos_chat_retry_change: what could not be done is tried again */
gboolean mos_chat_retry_change (MosTxn *txn, const char *message, MosChatChangeKind kind, GError **error);
/** mos_chat_drop_change: the message stays as it is */
gboolean mos_chat_drop_change (MosTxn *txn, const char *message, MosChatChangeKind kind, GError **error);

/** mos_chat_list_changes: Returns: (transfer full): array of #MosChatChange, whole, as the channel needs them. @ret_next_us: see mos_store_chat_list_changes() */
GPtrArray *mos_chat_list_changes (MosTxn *txn, const char *account, gint64 now_us, gint64 *ret_next_us, GError **error);
/** mos_chat_changed: the platform has it: here, too */
gboolean mos_chat_changed (MosTxn *txn, const char *account, MosChatChange *change, GError **error);

/** mos_desk_change_chat_async: mos_chat_change(), main context. Ends with mos_desk_action_finish() */
void mos_desk_change_chat_async (MosDesk *self, const char *message, MosChatChangeKind kind, const char *text, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/** mos_desk_decide_change_async: mos_chat_retry_change() or, without @again, mos_chat_drop_change(); main context. Ends with mos_desk_action_finish() */
void mos_desk_decide_change_async (MosDesk *self, const char *message, MosChatChangeKind kind, gboolean again, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);

G_END_DECLS
