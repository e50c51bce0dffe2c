/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-desk-views.h"

#include "core/desk/mos-desk-private.h"
#include "core/desk/mos-views.h"
#include "core/store/mos-store-agents.h"
#include "core/store/mos-store-views.h"

/* --- the beginning --- */

/* The reader answers in order: behind all that the desk has asked for. */
static gboolean
mos_desk_do_wait (MosTxn *txn,
                  MosDeskCall *call,
                  GError **error)
{
  g_autoptr (GPtrArray) views = mos_store_view_list_countable (txn, call->text, error);

  return views != NULL;
}

void
mos_desk_wait_async (MosDesk *self,
                     GCancellable *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer user_data)
{
  g_return_if_fail (MOS_IS_DESK (self));

  mos_desk_read_text (self, mos_desk_do_wait, self->me, mos_desk_wait_async, cancellable, callback, user_data);
}

gboolean
mos_desk_wait_finish (MosDesk *self,
                      GAsyncResult *result,
                      GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, mos_desk_wait_async), FALSE);

  return mos_desk_action_finish (self, result, NULL, error);
}

/* --- counts --- */

/* What a call to the counter carries there and back. Only the reader thread looks into the counter. */
typedef struct
{
  MosViewCounter *counter; /* (owned) */
  char *me;
  GStrv changed;     /* (nullable) */
  GPtrArray *seen;   /* (nullable) */
  GPtrArray *counts; /* (nullable) */
} CountCall;

static void
count_call_free (gpointer data)
{
  CountCall *call = data;

  mos_view_counter_unref (call->counter);
  g_free (call->me);
  g_strfreev (call->changed);
  g_clear_pointer (&call->seen, g_ptr_array_unref);
  g_clear_pointer (&call->counts, g_ptr_array_unref);
  g_free (call);
}

static gboolean
count_views (MosTxn *txn,
             gpointer data,
             GCancellable *cancellable,
             GError **error)
{
  CountCall *call = data;

  g_clear_pointer (&call->counts, g_ptr_array_unref);
  call->counts = mos_view_counter_update (call->counter, txn, call->me, (const char *const *) call->changed, call->seen, error);
  return call->counts != NULL;
}

static void
counted_cb (GObject *source,
            GAsyncResult *result,
            gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  MosDesk *self = g_task_get_source_object (task);
  CountCall *call = g_task_get_task_data (task);
  GError *error = NULL;

  if (mos_store_read_finish (MOS_STORE (source), result, &error))
    {
      g_task_return_pointer (task, g_steal_pointer (&call->counts), (GDestroyNotify) g_ptr_array_unref);
      return;
    }
  /* What was to be counted is known no more. */
  self->count_all = TRUE;
  g_task_return_error (task, error);
}

void
mos_desk_load_counts_async (MosDesk *self,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  GTask *task;
  CountCall *call;

  g_return_if_fail (MOS_IS_DESK (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, mos_desk_load_counts_async);
  call = g_new0 (CountCall, 1);
  call->counter = mos_view_counter_ref (self->counter);
  call->me = g_strdup (self->me);
  if (!self->count_all)
    {
      guint n;
      char **ids = (char **) g_hash_table_get_keys_as_array (self->count_ids, &n);

      call->changed = g_strdupv (ids);
      g_free (ids);
      call->seen = g_steal_pointer (&self->count_seen);
    }
  self->count_all = FALSE;
  g_hash_table_remove_all (self->count_ids);
  g_clear_pointer (&self->count_seen, g_ptr_array_unref);
  g_task_set_task_data (task, call, count_call_free);
  /* Not the caller's cancellable: who comes next relies on its having been done. */
  mos_store_read_async (self->store, count_views, call, NULL, NULL, counted_cb, task);
}

GPtrArray *
mos_desk_load_counts_finish (MosDesk *self,
                             GAsyncResult *result,
                             GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, mos_desk_load_counts_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* --- views --- */

GPtrArray *
mos_desk_get_views (MosDesk *self)
{
  g_return_val_if_fail (MOS_IS_DESK (self), NULL);

  return self->views;
}

MosSavedView *
mos_desk_find_view (MosDesk *self,
                    const char *id)
{
  g_return_val_if_fail (MOS_IS_DESK (self), NULL);

  for (guint i = 0; i < self->views->len; i++)
    {
      MosSavedView *view = self->views->pdata[i];

      if (g_strcmp0 (view->id, id) == 0)
        return view;
    }
  return NULL;
}

MosViewLook
mos_desk_get_look (MosDesk *self,
                   const MosView *view)
{
  g_autofree char *key = NULL;
  MosSavedView *saved;
  MosViewLook *look;

  g_return_val_if_fail (MOS_IS_DESK (self), mos_view_look_default (MOS_VIEW_SEARCH));

  if (view->kind == MOS_VIEW_SAVED)
    {
      saved = mos_desk_find_view (self, view->argument);
      return saved != NULL ? saved->look : mos_view_look_default (view->kind);
    }
  key = mos_view_get_key (view);
  look = g_hash_table_lookup (self->looks, key);
  return look != NULL ? *look : mos_view_look_default (view->kind);
}

static gboolean
do_save (MosTxn *txn,
         MosDeskCall *call,
         GError **error)
{
  return mos_views_save (txn, call->value, NULL, error);
}

void
mos_desk_save_view_async (MosDesk *self,
                          MosSavedView *view,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_return_if_fail (MOS_IS_DESK (self));
  g_return_if_fail (view != NULL);

  mos_desk_write (self, mos_desk_call_new_value (do_save, mos_saved_view_ref (view), (GDestroyNotify) mos_saved_view_unref), mos_desk_find_view (self, view->id) != NULL ? "view-edit" : "view-add", mos_desk_save_view_async, cancellable, callback, user_data);
}

static gboolean
do_remove (MosTxn *txn,
           MosDeskCall *call,
           GError **error)
{
  return mos_store_view_remove (txn, call->text, error);
}

void
mos_desk_remove_view_async (MosDesk *self,
                            const char *id,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_return_if_fail (MOS_IS_DESK (self));

  mos_desk_write_text (self, do_remove, id, "view-remove", mos_desk_remove_view_async, cancellable, callback, user_data);
}

static gboolean
do_move (MosTxn *txn,
         MosDeskCall *call,
         GError **error)
{
  return mos_store_view_move (txn, call->text, call->other, call->number, error);
}

void
mos_desk_move_view_async (MosDesk *self,
                          const char *id,
                          int step,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  MosDeskCall *call;

  g_return_if_fail (MOS_IS_DESK (self));

  call = mos_desk_call_new (do_move);
  call->text = g_strdup (id);
  call->other = g_strdup (self->me);
  call->number = step;
  mos_desk_write (self, call, "view-move", mos_desk_move_view_async, cancellable, callback, user_data);
}

typedef struct
{
  MosView *view;
  MosViewLook look;
  gboolean is_default;
} LookCall;

static void
look_call_free (gpointer data)
{
  LookCall *call = data;

  mos_view_unref (call->view);
  g_free (call);
}

static gboolean
do_look (MosTxn *txn,
         MosDeskCall *call,
         GError **error)
{
  LookCall *look = call->value;

  return mos_store_view_set_look (txn, call->text, look->view, look->is_default ? NULL : &look->look, error);
}

void
mos_desk_set_look_async (MosDesk *self,
                         const MosView *view,
                         const MosViewLook *look,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  MosDeskCall *call;
  LookCall *value;

  g_return_if_fail (MOS_IS_DESK (self));
  g_return_if_fail (view->kind != MOS_VIEW_SAVED);

  value = g_new0 (LookCall, 1);
  value->view = mos_view_make (view->kind, view->argument);
  value->is_default = look == NULL;
  if (look != NULL)
    value->look = mos_view_look_settle (*look);
  call = mos_desk_call_new (do_look);
  call->text = g_strdup (self->me);
  mos_desk_call_set_value (call, value, look_call_free);
  mos_desk_write (self, call, NULL, mos_desk_set_look_async, cancellable, callback, user_data);
}

static gboolean
do_see (MosTxn *txn,
        MosDeskCall *call,
        GError **error)
{
  return mos_store_view_set_seen (txn, call->text, call->value, error);
}

static void
seen_cb (GObject *source,
         GAsyncResult *result,
         gpointer user_data)
{
  g_autoptr (MosView) view = user_data;
  g_autoptr (GError) error = NULL;
  MosDesk *self = MOS_DESK (source);

  if (!mos_desk_action_finish (self, result, NULL, &error))
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        g_debug ("It was not kept that a view was looked at: %s", error->message);
      return;
    }
  /* Only now: who counts before it is written would count what is still new. */
  if (self->count_seen == NULL)
    self->count_seen = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_view_unref);
  g_ptr_array_add (self->count_seen, g_steal_pointer (&view));
  mos_desk_queue_counts (self);
}

void
mos_desk_see_view (MosDesk *self,
                   const MosView *view)
{
  MosDeskCall *call;

  g_return_if_fail (MOS_IS_DESK (self));

  if (self->me == NULL || view->kind == MOS_VIEW_SEARCH || view->kind == MOS_VIEW_CUSTOMER)
    return;
  call = mos_desk_call_new (do_see);
  call->text = g_strdup (self->me);
  mos_desk_call_set_value (call, mos_view_make (view->kind, view->argument), (GDestroyNotify) mos_view_unref);
  mos_desk_write (self, call, NULL, mos_desk_see_view, self->cancellable, seen_cb, mos_view_make (view->kind, view->argument));
}

/* --- agents --- */

MosAgent *
mos_desk_get_agent (MosDesk *self)
{
  g_return_val_if_fail (MOS_IS_DESK (self), NULL);

  for (guint i = 0; i < self->agents->len; i++)
    {
      MosAgent *agent = self->agents->pdata[i];

      if (g_strcmp0 (agent->id, self->me) == 0)
        return agent;
    }
  return NULL;
}

static gboolean
do_use_agent (MosTxn *txn,
              MosDeskCall *call,
              GError **error)
{
  return mos_store_agent_use (txn, call->text, error);
}

void
mos_desk_use_agent_async (MosDesk *self,
                          const char *id,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_return_if_fail (MOS_IS_DESK (self));

  mos_desk_write_text (self, do_use_agent, id, NULL, mos_desk_use_agent_async, cancellable, callback, user_data);
}

static gboolean
do_save_agent (MosTxn *txn,
               MosDeskCall *call,
               GError **error)
{
  return mos_agents_save (txn, call->value, NULL, error);
}

void
mos_desk_save_agent_async (MosDesk *self,
                           MosAgent *agent,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_return_if_fail (MOS_IS_DESK (self));

  mos_desk_write (self, mos_desk_call_new_value (do_save_agent, mos_agent_ref (agent), (GDestroyNotify) mos_agent_unref), agent->id != NULL ? "agent-edit" : NULL, mos_desk_save_agent_async, cancellable, callback, user_data);
}

static gboolean
do_remove_agent (MosTxn *txn,
                 MosDeskCall *call,
                 GError **error)
{
  return mos_store_agent_remove (txn, call->text, error);
}

void
mos_desk_remove_agent_async (MosDesk *self,
                             const char *id,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_return_if_fail (MOS_IS_DESK (self));

  mos_desk_write_text (self, do_remove_agent, id, "agent-remove", mos_desk_remove_agent_async, cancellable, callback, user_data);
}
