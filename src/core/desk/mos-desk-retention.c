/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-desk-retention.h"

#include "core/desk/mos-desk-private.h"
#include "core/desk/mos-retention.h"

#define MAX_SHOWN 50
#define MAX_RECEIPTS 30

static void
mos_retention_look_clear (MosRetentionLook *self)
{
  g_clear_pointer (&self->rules, g_ptr_array_unref);
  g_clear_pointer (&self->going, g_ptr_array_unref);
  g_clear_pointer (&self->kept, g_ptr_array_unref);
  g_clear_pointer (&self->receipts, g_ptr_array_unref);
}
MOS_DEFINE_VALUE (MosRetentionLook, retention_look)

static gboolean
mos_desk_do_load_retention (MosTxn *txn,
                            MosDeskCall *call,
                            GError **error)
{
  g_autoptr (MosRetentionLook) look = mos_retention_look_new ();

  look->rules = mos_store_retention_list_rules (txn, error);
  look->going = look->rules != NULL ? mos_store_retention_list_going (txn, MAX_SHOWN, &look->n_going, error) : NULL;
  look->kept = look->going != NULL ? mos_store_retention_list_kept (txn, MAX_SHOWN, error) : NULL;
  look->receipts = look->kept != NULL ? mos_store_retention_list_receipts (txn, MAX_RECEIPTS, error) : NULL;
  if (look->receipts == NULL)
    return FALSE;
  mos_desk_call_take_result (call, g_steal_pointer (&look), (GDestroyNotify) mos_retention_look_unref);
  return TRUE;
}

void
mos_desk_load_retention_async (MosDesk *self,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_return_if_fail (MOS_IS_DESK (self));

  mos_desk_read (self, mos_desk_call_new (mos_desk_do_load_retention), mos_desk_load_retention_async, cancellable, callback, user_data);
}

MosRetentionLook *
mos_desk_load_retention_finish (MosDesk *self,
                                GAsyncResult *result,
                                GError **error)
{
  return mos_desk_call_finish (self, result, mos_desk_load_retention_async, error);
}

/* --- preview --- */

typedef struct
{
  MosRetentionPreview *preview; /* (owned) */
  gint64 position;
  gint64 last;
} Looking;

static void
looking_free (Looking *looking)
{
  mos_retention_preview_unref (looking->preview);
  g_free (looking);
}

static gboolean
mos_desk_do_preview_retention (MosTxn *txn,
                               gpointer data,
                               GCancellable *cancellable,
                               GError **error)
{
  Looking *looking = data;

  return mos_retention_preview_some (txn, looking->preview, &looking->position, &looking->last, error) &&
         (looking->position < looking->last || mos_retention_preview_finish (txn, looking->preview, error));
}

static void
mos_desk_previewed_cb (GObject *source,
                       GAsyncResult *result,
                       gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Looking *looking = g_task_get_task_data (task);
  GError *error = NULL;

  if (!mos_store_read_finish (MOS_STORE (source), result, &error))
    g_task_return_error (task, error);
  else if (looking->position < looking->last)
    mos_store_read_async (MOS_STORE (source), mos_desk_do_preview_retention, looking, NULL, g_task_get_cancellable (task), mos_desk_previewed_cb, g_object_ref (task));
  else
    g_task_return_pointer (task, mos_retention_preview_ref (looking->preview), (GDestroyNotify) mos_retention_preview_unref);
}

void
mos_desk_preview_retention_async (MosDesk *self,
                                  MosRetentionClass retention_class,
                                  guint days,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  g_autoptr (MosRetentionRule) rule = mos_retention_rule_new ();
  GTask *task;
  Looking *looking;

  g_return_if_fail (MOS_IS_DESK (self));
  g_return_if_fail (retention_class < MOS_N_RETENTION_CLASSES);

  rule->retention_class = retention_class;
  rule->days = days;
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, mos_desk_preview_retention_async);
  looking = g_new0 (Looking, 1);
  looking->preview = mos_retention_preview_make (rule);
  g_task_set_task_data (task, looking, (GDestroyNotify) looking_free);
  mos_store_read_async (self->store, mos_desk_do_preview_retention, looking, NULL, cancellable, mos_desk_previewed_cb, task);
}

MosRetentionPreview *
mos_desk_preview_retention_finish (MosDesk *self,
                                   GAsyncResult *result,
                                   GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* --- what a person decides --- */

static gboolean
mos_desk_do_set_retention (MosTxn *txn,
                           MosDeskCall *call,
                           GError **error)
{
  MosRetentionClass retention_class = (MosRetentionClass) call->number;
  guint days = (guint) call->time_us;

  return (!call->flag || mos_retention_seen (txn, retention_class, days, error)) && mos_retention_set (txn, retention_class, days, call->flag, error);
}

void
mos_desk_set_retention_async (MosDesk *self,
                              MosRetentionClass retention_class,
                              guint days,
                              gboolean is_on,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  MosDeskCall *call;

  g_return_if_fail (MOS_IS_DESK (self));

  call = mos_desk_call_new (mos_desk_do_set_retention);
  call->number = (int) retention_class;
  call->time_us = days;
  call->flag = is_on;
  mos_desk_write (self, call, MOS_RETENTION_SET, mos_desk_set_retention_async, cancellable, callback, user_data);
}

static gboolean
mos_desk_do_keep (MosTxn *txn,
                  MosDeskCall *call,
                  GError **error)
{
  return mos_retention_keep (txn, MOS_CALL_IDS (call), call->flag, error);
}

void
mos_desk_keep_async (MosDesk *self,
                     const char *const *conversations,
                     gboolean keep,
                     GCancellable *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer user_data)
{
  MosDeskCall *call;

  g_return_if_fail (MOS_IS_DESK (self));
  g_return_if_fail (conversations != NULL);

  call = mos_desk_call_new_for (mos_desk_do_keep, conversations);
  call->flag = keep;
  mos_desk_write (self, call, keep ? MOS_RETENTION_KEEP : MOS_RETENTION_UNKEEP, mos_desk_keep_async, cancellable, callback, user_data);
}
