/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-desk-private.h"

#include "core/desk/mos-joining.h"

/* The asynchronous face of mos-joining.h. */

#define MOS_DESK_MAX_TARGETS 30

static gboolean
mos_desk_do_merge (MosTxn *txn,
                   MosDeskCall *call,
                   GError **error)
{
  return mos_action_merge (txn, MOS_CALL_IDS (call), call->text, error);
}

void
mos_desk_merge_async (MosDesk *self,
                      const char *const *conversations,
                      const char *into,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  MosDeskCall *call;

  g_return_if_fail (MOS_IS_DESK (self));
  g_return_if_fail (conversations != NULL && into != NULL);

  call = mos_desk_call_new_for (mos_desk_do_merge, conversations);
  call->text = g_strdup (into);
  mos_desk_write (self, call, MOS_ACTION_MERGE, mos_desk_merge_async, cancellable, callback, user_data);
}

static gboolean
mos_desk_do_split (MosTxn *txn,
                   MosDeskCall *call,
                   GError **error)
{
  char *conversation = NULL;

  if (!mos_action_split (txn, MOS_CALL_IDS (call), &conversation, error))
    return FALSE;
  mos_desk_call_take_result (call, conversation, g_free);
  return TRUE;
}

void
mos_desk_split_async (MosDesk *self,
                      const char *const *messages,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  MosDeskCall *call;

  g_return_if_fail (MOS_IS_DESK (self));
  g_return_if_fail (messages != NULL);

  call = mos_desk_call_new_for (mos_desk_do_split, messages);
  mos_desk_write (self, call, MOS_ACTION_SPLIT, mos_desk_split_async, cancellable, callback, user_data);
}

char *
mos_desk_split_finish (MosDesk *self,
                       GAsyncResult *result,
                       gint64 *ret_batch,
                       GError **error)
{
  if (ret_batch != NULL)
    *ret_batch = ((MosDeskCall *) g_task_get_task_data (G_TASK (result)))->batch;
  return mos_desk_call_finish (self, result, mos_desk_split_async, error);
}

static gboolean
mos_desk_do_move (MosTxn *txn,
                  MosDeskCall *call,
                  GError **error)
{
  return mos_action_move (txn, MOS_CALL_IDS (call), call->text, error);
}

void
mos_desk_move_async (MosDesk *self,
                     const char *const *messages,
                     const char *into,
                     GCancellable *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer user_data)
{
  MosDeskCall *call;

  g_return_if_fail (MOS_IS_DESK (self));
  g_return_if_fail (messages != NULL && into != NULL);

  call = mos_desk_call_new_for (mos_desk_do_move, messages);
  call->text = g_strdup (into);
  mos_desk_write (self, call, MOS_ACTION_MOVE, mos_desk_move_async, cancellable, callback, user_data);
}

static gboolean
mos_desk_do_find_targets (MosTxn *txn,
                          MosDeskCall *call,
                          GError **error)
{
  GPtrArray *rows = mos_action_search (txn, call->text, call->other != NULL ? call->other : "", MOS_DESK_MAX_TARGETS, error);

  if (rows == NULL)
    return FALSE;
  mos_desk_call_take_result (call, rows, (GDestroyNotify) g_ptr_array_unref);
  return TRUE;
}

void
mos_desk_find_targets_async (MosDesk *self,
                             const char *conversation,
                             const char *text,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  MosDeskCall *call;

  g_return_if_fail (MOS_IS_DESK (self));
  g_return_if_fail (conversation != NULL);

  call = mos_desk_call_new (mos_desk_do_find_targets);
  call->text = g_strdup (conversation);
  call->other = g_strdup (text);
  mos_desk_read (self, call, mos_desk_find_targets_async, cancellable, callback, user_data);
}

GPtrArray *
mos_desk_find_targets_finish (MosDesk *self,
                              GAsyncResult *result,
                              GError **error)
{
  return mos_desk_call_finish (self, result, mos_desk_find_targets_async, error);
}
