/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-desk-calls.h"

#include "core/desk/mos-desk-private.h"

static gboolean
do_note (MosTxn *txn,
         MosDeskCall *call,
         GError **error)
{
  char *conversation = NULL;

  if (!mos_call_note (txn, call->value, &conversation, NULL, error))
    return FALSE;
  mos_desk_call_take_result (call, conversation, g_free);
  return TRUE;
}

void
mos_desk_note_call_async (MosDesk *self,
                          MosCallNote *note,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_return_if_fail (MOS_IS_DESK (self));
  g_return_if_fail (note != NULL);

  mos_desk_write (self, mos_desk_call_new_value (do_note, mos_call_note_ref (note), (GDestroyNotify) mos_call_note_unref), MOS_CALL_LABEL, mos_desk_note_call_async, cancellable, callback, user_data);
}

char *
mos_desk_note_call_finish (MosDesk *self,
                           GAsyncResult *result,
                           gint64 *ret_batch,
                           GError **error)
{
  MosDeskCall *call;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  call = g_task_get_task_data (G_TASK (result));
  *ret_batch = call->batch;
  return mos_desk_call_finish (self, result, mos_desk_note_call_async, error);
}

static gboolean
do_call_back (MosTxn *txn,
              MosDeskCall *call,
              GError **error)
{
  return mos_call_back_at (txn, call->text, call->time_us, error);
}

void
mos_desk_call_back_async (MosDesk *self,
                          const char *conversation,
                          gint64 due_us,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  MosDeskCall *call;

  g_return_if_fail (MOS_IS_DESK (self));
  g_return_if_fail (conversation != NULL);

  call = mos_desk_call_new_text (do_call_back, conversation);
  call->time_us = due_us;
  mos_desk_write (self, call, due_us != 0 ? MOS_CALL_BACK_LABEL : MOS_CALL_BACK_TAKEN_OFF_LABEL, mos_desk_call_back_async, cancellable, callback, user_data);
}

static gboolean
read_call_backs (MosTxn *txn,
                 MosDeskCall *call,
                 GError **error)
{
  return mos_desk_call_take_list (call, mos_call_back_list (txn, error));
}

void
mos_desk_load_call_backs_async (MosDesk *self,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  g_return_if_fail (MOS_IS_DESK (self));

  mos_desk_read (self, mos_desk_call_new (read_call_backs), mos_desk_load_call_backs_async, cancellable, callback, user_data);
}

GPtrArray *
mos_desk_load_call_backs_finish (MosDesk *self,
                                 GAsyncResult *result,
                                 GError **error)
{
  return mos_desk_call_finish (self, result, mos_desk_load_call_backs_async, error);
}
