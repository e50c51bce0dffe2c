/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-desk-private.h"

static void
mos_desk_call_free (MosDeskCall *call)
{
  g_strfreev (call->ids);
  g_free (call->text);
  g_free (call->other);
  g_free (call->third);
  if (call->value != NULL && call->value_free != NULL)
    call->value_free (call->value);
  if (call->result != NULL && call->result_free != NULL)
    call->result_free (call->result);
  g_clear_pointer (&call->released, g_ptr_array_unref);
  g_free (call);
}

MosDeskCall *
mos_desk_call_new (MosDeskFunc func)
{
  MosDeskCall *call = g_new0 (MosDeskCall, 1);

  call->func = func;
  return call;
}

/* @value: (transfer full) */
void
mos_desk_call_set_value (MosDeskCall *call,
                         gpointer value,
                         GDestroyNotify value_free)
{
  call->value = value;
  call->value_free = value_free;
}

/* @result: (transfer full); a transaction that is tried twice gives the later one */
void
mos_desk_call_take_result (MosDeskCall *call,
                           gpointer result,
                           GDestroyNotify result_free)
{
  if (call->result != NULL && call->result_free != NULL)
    call->result_free (call->result);
  call->result = result;
  call->result_free = result_free;
}

gboolean
mos_desk_call_take_list (MosDeskCall *call,
                         GPtrArray *list)
{
  if (list != NULL)
    mos_desk_call_take_result (call, list, (GDestroyNotify) g_ptr_array_unref);
  return list != NULL;
}

static gboolean
mos_desk_call_run (MosTxn *txn,
                   gpointer data,
                   GCancellable *cancellable,
                   GError **error)
{
  MosDeskCall *call = data;
  gboolean done;

  call->cancellable = cancellable;
  done = call->func (txn, call, error);
  call->cancellable = NULL;
  return done;
}

static void
mos_desk_call_return (GTask *task,
                      gboolean done,
                      GError *error)
{
  MosDeskCall *call = g_task_get_task_data (task);

  if (!done)
    g_task_return_error (task, error);
  else if (call->result == NULL)
    g_task_return_pointer (task, NULL, NULL);
  else
    g_task_return_pointer (task, g_steal_pointer (&call->result), call->result_free);
}

static void
mos_desk_read_cb (GObject *source,
                  GAsyncResult *result,
                  gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  gboolean done = mos_store_read_finish (MOS_STORE (source), result, &error);

  mos_desk_call_return (task, done, error);
}

static void
mos_desk_write_cb (GObject *source,
                   GAsyncResult *result,
                   gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  MosDeskCall *call = g_task_get_task_data (task);
  GError *error = NULL;
  gboolean done = mos_store_write_finish (MOS_STORE (source), result, &call->batch, &error);

  if (done && call->released != NULL)
    mos_desk_tell_arrived (g_task_get_source_object (task), call->released);
  mos_desk_call_return (task, done, error);
}

static GTask *
mos_desk_call_task (MosDesk *self,
                    MosDeskCall *call,
                    gpointer source_tag,
                    GCancellable *cancellable,
                    GAsyncReadyCallback callback,
                    gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, source_tag);
  g_task_set_task_data (task, call, (GDestroyNotify) mos_desk_call_free);
  return task;
}

void
mos_desk_read (MosDesk *self,
               MosDeskCall *call,
               gpointer source_tag,
               GCancellable *cancellable,
               GAsyncReadyCallback callback,
               gpointer user_data)
{
  GTask *task = mos_desk_call_task (self, call, source_tag, cancellable, callback, user_data);

  mos_store_read_async (self->store, mos_desk_call_run, call, NULL, cancellable, mos_desk_read_cb, task);
}

void
mos_desk_write (MosDesk *self,
                MosDeskCall *call,
                const char *label,
                gpointer source_tag,
                GCancellable *cancellable,
                GAsyncReadyCallback callback,
                gpointer user_data)
{
  GTask *task = mos_desk_call_task (self, call, source_tag, cancellable, callback, user_data);
  MosActor actor = { MOS_ACTOR_HUMAN, self->me };

  /* What was committed must be reported as done, also when the caller has lost interest meanwhile. */
  g_task_set_check_cancellable (task, FALSE);
  mos_store_write_async (self->store, &actor, label, mos_desk_call_run, call, NULL, cancellable, mos_desk_write_cb, task);
}

gpointer
mos_desk_call_finish (MosDesk *self,
                      GAsyncResult *result,
                      gpointer source_tag,
                      GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (source_tag == NULL || g_async_result_is_tagged (result, source_tag), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

MosDeskCall *
mos_desk_call_new_for (MosDeskFunc func,
                       const char *const *ids)
{
  MosDeskCall *call = mos_desk_call_new (func);

  call->ids = g_strdupv ((char **) ids);
  return call;
}

void
mos_desk_act (MosDesk *self,
              MosDeskFunc func,
              const char *const *ids,
              const char *label,
              gpointer source_tag,
              GCancellable *cancellable,
              GAsyncReadyCallback callback,
              gpointer user_data)
{
  g_return_if_fail (MOS_IS_DESK (self));
  g_return_if_fail (ids != NULL);

  mos_desk_write (self, mos_desk_call_new_for (func, ids), label, source_tag, cancellable, callback, user_data);
}

MosDeskCall *
mos_desk_call_new_text (MosDeskFunc func,
                        const char *text)
{
  MosDeskCall *call = mos_desk_call_new (func);

  call->text = g_strdup (text);
  return call;
}

MosDeskCall *
mos_desk_call_new_value (MosDeskFunc func,
                         gpointer value,
                         GDestroyNotify value_free)
{
  MosDeskCall *call = mos_desk_call_new (func);

  mos_desk_call_set_value (call, value, value_free);
  return call;
}

MosDeskCall *
mos_desk_call_new_pair (MosDeskFunc func,
                        const char *text,
                        const char *other,
                        const char *const *ids)
{
  MosDeskCall *call = mos_desk_call_new_text (func, text);

  call->other = g_strdup (other);
  call->ids = g_strdupv ((char **) ids);
  return call;
}

void
mos_desk_read_text (MosDesk *self,
                    MosDeskFunc func,
                    const char *text,
                    gpointer source_tag,
                    GCancellable *cancellable,
                    GAsyncReadyCallback callback,
                    gpointer user_data)
{
  mos_desk_read (self, mos_desk_call_new_text (func, text), source_tag, cancellable, callback, user_data);
}

void
mos_desk_read_typed (MosDesk *self,
                     MosDeskFunc func,
                     const char *text,
                     guint max,
                     gpointer source_tag,
                     GCancellable *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer user_data)
{
  MosDeskCall *call;

  g_return_if_fail (MOS_IS_DESK (self));
  g_return_if_fail (text != NULL);

  call = mos_desk_call_new (func);
  call->text = g_utf8_make_valid (text, -1);
  call->number = (int) MIN (max, G_MAXINT);
  mos_desk_read (self, call, source_tag, cancellable, callback, user_data);
}

void
mos_desk_write_text (MosDesk *self,
                     MosDeskFunc func,
                     const char *text,
                     const char *label,
                     gpointer source_tag,
                     GCancellable *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer user_data)
{
  mos_desk_write (self, mos_desk_call_new_text (func, text), label, source_tag, cancellable, callback, user_data);
}
