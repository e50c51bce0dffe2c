/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-desk-due.h"

#include "core/desk/mos-backups.h"
#include "core/desk/mos-desk-backup.h"
#include "core/desk/mos-desk-private.h"
#include "core/desk/mos-due-work.h"
#include "core/desk/mos-scheduled.h"
#include "core/store/mos-store-conversations.h"
#include "core/store/mos-store-due.h"
#include "core/store/mos-store-messages.h"
#include "core/store/mos-store-targets.h"

static void
mos_held_item_clear (MosHeldItem *self)
{
  g_clear_pointer (&self->due, mos_due_row_unref);
  g_clear_pointer (&self->conversation, mos_conversation_row_unref);
  g_clear_pointer (&self->message, mos_message_row_unref);
}

MOS_DEFINE_VALUE (MosHeldItem, held_item)

/* --- reminders --- */

static gboolean
mos_desk_do_remind (MosTxn *txn,
                    MosDeskCall *call,
                    GError **error)
{
  for (guint i = 0; call->ids[i] != NULL; i++)
    if (!mos_due_remind (txn, call->ids[i], call->time_us, error))
      return FALSE;
  return TRUE;
}

void
mos_desk_remind_async (MosDesk *self,
                       const char *const *conversations,
                       gint64 due_us,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  MosDeskCall *call;

  g_return_if_fail (MOS_IS_DESK (self));
  g_return_if_fail (conversations != NULL);

  call = mos_desk_call_new_for (mos_desk_do_remind, conversations);
  call->time_us = due_us;
  mos_desk_write (self, call, due_us != 0 ? "remind" : "unremind", mos_desk_remind_async, cancellable, callback, user_data);
}

/* --- what is held --- */

GPtrArray *
mos_due_list_held (MosTxn *txn,
                   GError **error)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_held_item_unref);
  g_autoptr (GPtrArray) rows = mos_store_due_list (txn, MOS_DUE_HELD, NULL, error);

  if (rows == NULL)
    return NULL;
  for (guint i = 0; i < rows->len; i++)
    {
      MosHeldItem *item = mos_held_item_new ();

      g_ptr_array_add (items, item);
      item->due = mos_due_row_ref (rows->pdata[i]);
      if ((item->due->conversation != NULL && !mos_store_conversation_find (txn, item->due->conversation, &item->conversation, error)) ||
          (g_str_equal (item->due->kind, MOS_SCHEDULED_DUE_KIND) && item->due->message != NULL && !mos_store_message_find (txn, item->due->message, &item->message, error)))
        return NULL;
    }
  return g_steal_pointer (&items);
}

static gboolean
mos_desk_read_held (MosTxn *txn,
                    MosDeskCall *call,
                    GError **error)
{
  GPtrArray *items = mos_due_list_held (txn, error);

  if (items == NULL)
    return FALSE;
  mos_desk_call_take_result (call, items, (GDestroyNotify) g_ptr_array_unref);
  return TRUE;
}

void
mos_desk_load_held_async (MosDesk *self,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_return_if_fail (MOS_IS_DESK (self));

  mos_desk_read (self, mos_desk_call_new (mos_desk_read_held), mos_desk_load_held_async, cancellable, callback, user_data);
}

GPtrArray *
mos_desk_load_held_finish (MosDesk *self,
                           GAsyncResult *result,
                           GError **error)
{
  return mos_desk_call_finish (self, result, mos_desk_load_held_async, error);
}

static gboolean
mos_desk_do_release_held (MosTxn *txn,
                          MosDeskCall *call,
                          GError **error)
{
  for (guint i = 0; call->ids[i] != NULL; i++)
    if (!mos_due_release (txn, call->ids[i], error))
      return FALSE;
  return TRUE;
}

static gboolean
mos_desk_do_postpone_held (MosTxn *txn,
                           MosDeskCall *call,
                           GError **error)
{
  for (guint i = 0; call->ids[i] != NULL; i++)
    if (!mos_due_postpone (txn, call->ids[i], call->time_us, error))
      return FALSE;
  return TRUE;
}

static gboolean
mos_desk_do_discard_held (MosTxn *txn,
                          MosDeskCall *call,
                          GError **error)
{
  for (guint i = 0; call->ids[i] != NULL; i++)
    if (!mos_due_discard (txn, call->ids[i], error))
      return FALSE;
  return TRUE;
}

static void
settle_held (MosDesk *self,
             MosDeskFunc func,
             const char *const *ids,
             gint64 due_us,
             gpointer tag,
             GCancellable *cancellable,
             GAsyncReadyCallback callback,
             gpointer user_data)
{
  MosDeskCall *call = mos_desk_call_new (func);

  call->ids = g_strdupv ((char **) ids);
  call->time_us = due_us;
  mos_desk_write (self, call, NULL, tag, cancellable, callback, user_data);
}

void
mos_desk_release_held_async (MosDesk *self,
                             const char *const *ids,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_return_if_fail (MOS_IS_DESK (self));

  settle_held (self, mos_desk_do_release_held, ids, 0, mos_desk_release_held_async, cancellable, callback, user_data);
}

void
mos_desk_postpone_held_async (MosDesk *self,
                              const char *const *ids,
                              gint64 due_us,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_return_if_fail (MOS_IS_DESK (self));

  settle_held (self, mos_desk_do_postpone_held, ids, due_us, mos_desk_postpone_held_async, cancellable, callback, user_data);
}

void
mos_desk_discard_held_async (MosDesk *self,
                             const char *const *ids,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_return_if_fail (MOS_IS_DESK (self));

  settle_held (self, mos_desk_do_discard_held, ids, 0, mos_desk_discard_held_async, cancellable, callback, user_data);
}

/* --- what came --- */

static gboolean
mos_desk_read_came (MosTxn *txn,
                    MosDeskCall *call,
                    GError **error)
{
  g_autofree char *id = NULL;
  MosConversationRow *row = NULL;

  /* It may have been merged since: then the other one came back. */
  if (!mos_store_conversation_resolve (txn, ((MosDueRow *) call->value)->conversation, &id, error) || (id != NULL && !mos_store_conversation_find (txn, id, &row, error)))
    return FALSE;
  mos_desk_call_take_result (call, row, (GDestroyNotify) mos_conversation_row_unref);
  return TRUE;
}

static void
mos_desk_came_cb (GObject *source,
                  GAsyncResult *result,
                  gpointer user_data)
{
  g_autoptr (MosDueRow) due = user_data;
  g_autoptr (MosConversationRow) row = mos_desk_call_finish (MOS_DESK (source), result, mos_desk_came_cb, NULL);

  if (row != NULL)
    mos_desk_emit_came (MOS_DESK (source), due, row);
}

void
mos_desk_tell_came (MosDesk *self,
                    MosDueRow *due)
{
  if (g_str_equal (due->kind, MOS_TARGETS_DUE_KIND))
    mos_desk_tell_targets (self, due);
  if (g_str_equal (due->kind, MOS_BACKUP_DUE_KIND))
    mos_desk_back_up_by_plan (self);
  if (due->conversation == NULL)
    return;
  mos_desk_read (self, mos_desk_call_new_value (mos_desk_read_came, mos_due_row_ref (due), (GDestroyNotify) mos_due_row_unref), mos_desk_came_cb, self->cancellable, mos_desk_came_cb, mos_due_row_ref (due));
}
