/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-desk-order-actions.h"

#include "core/desk/mos-desk-accounts-private.h"
#include "core/desk/mos-desk-shops.h"
#include "core/desk/mos-order-actions.h"
#include "core/desk/mos-shops.h"

/* --- the order as it is now --- */

typedef struct
{
  MosStore *store; /* (owned) */
  char *id;
  MosOrder *order;      /* (owned) (nullable) */
  MosShopAccount *shop; /* (owned) (nullable) */
  gboolean is_offline;
} MosTermsJob;

static void
job_free (gpointer data)
{
  MosTermsJob *job = data;

  g_object_unref (job->store);
  g_clear_pointer (&job->order, mos_order_unref);
  g_clear_pointer (&job->shop, mos_shop_account_unref);
  g_free (job->id);
  g_free (job);
}

static gboolean
do_find (MosTxn *txn,
         gpointer data,
         GCancellable *cancellable,
         GError **error)
{
  MosTermsJob *job = data;

  if (!mos_store_order_find (txn, job->id, &job->order, error))
    return FALSE;
  if (job->order != NULL && !mos_store_shop_find (txn, job->order->shop, &job->shop, error))
    return FALSE;
  if (job->order != NULL && job->shop != NULL)
    return TRUE;
  g_set_error (error, MOS_DESK_ERROR, MOS_DESK_ERROR_NOT_FOUND, "No order %s", job->id);
  return FALSE;
}

static void
terms_thread (GTask *task,
              gpointer source_object,
              gpointer task_data,
              GCancellable *cancellable)
{
  MosTermsJob *job = task_data;
  g_autoptr (MosShop) shop = NULL;
  MosOrderTerms *terms = NULL;
  GError *error = NULL;

  if (job->is_offline)
    g_set_error_literal (&error, G_IO_ERROR, G_IO_ERROR_NETWORK_UNREACHABLE, "The desk is offline");
  else if (mos_store_read_sync (job->store, do_find, job, cancellable, &error))
    shop = mos_shops_open_sync (job->store, job->shop, cancellable, &error);
  if (shop != NULL)
    terms = mos_shop_load_terms_sync (shop, job->order->remote_id, cancellable, &error);
  if (terms != NULL)
    g_task_return_pointer (task, terms, (GDestroyNotify) mos_order_terms_unref);
  else
    g_task_return_error (task, error);
}

void
mos_desk_load_order_terms_async (MosDesk *self,
                                 const char *order,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  MosTermsJob *job;

  g_return_if_fail (MOS_IS_DESK (self));
  g_return_if_fail (order != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  job = g_new0 (MosTermsJob, 1);
  job->store = g_object_ref (self->store);
  job->id = g_strdup (order);
  job->is_offline = (self->flags & MOS_DESK_FLAG_OFFLINE) != 0;
  g_task_set_source_tag (task, mos_desk_load_order_terms_async);
  g_task_set_task_data (task, job, job_free);
  mos_account_push (self, &self->worker, task, terms_thread, (GDestroyNotify) mos_order_terms_unref);
}

MosOrderTerms *
mos_desk_load_order_terms_finish (MosDesk *self,
                                  GAsyncResult *result,
                                  GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* --- asking for it --- */

static gboolean
do_ask (MosTxn *txn,
        MosDeskCall *call,
        GError **error)
{
  return mos_store_order_action_add (txn, call->value, NULL, error);
}

typedef struct
{
  GTask *task; /* (owned) */
  char *shop;
} MosAsking;

static void
asked_cb (GObject *source,
          GAsyncResult *result,
          gpointer user_data)
{
  MosAsking *asking = user_data;
  MosDesk *self = MOS_DESK (source);
  GError *error = NULL;

  mos_desk_call_finish (self, result, do_ask, &error);
  if (error == NULL)
    {
      mos_desk_wake_shops (self, asking->shop);
      g_task_return_boolean (asking->task, TRUE);
    }
  else
    g_task_return_error (asking->task, error);
  g_object_unref (asking->task);
  g_free (asking->shop);
  g_free (asking);
}

void
mos_desk_ask_order_action_async (MosDesk *self,
                                 MosOrderAction *action,
                                 const char *shop,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  MosAsking *asking;

  g_return_if_fail (MOS_IS_DESK (self));
  g_return_if_fail (action != NULL && shop != NULL);

  g_set_str (&action->agent, self->me);
  asking = g_new0 (MosAsking, 1);
  asking->task = g_task_new (self, cancellable, callback, user_data);
  asking->shop = g_strdup (shop);
  g_task_set_source_tag (asking->task, mos_desk_ask_order_action_async);
  /* What is written down is done. */
  g_task_set_check_cancellable (asking->task, FALSE);
  mos_desk_write (self, mos_desk_call_new_value (do_ask, mos_order_action_ref (action), (GDestroyNotify) mos_order_action_unref), NULL, do_ask, cancellable, asked_cb, asking);
}

gboolean
mos_desk_ask_order_action_finish (MosDesk *self,
                                  GAsyncResult *result,
                                  GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* --- what became of it --- */

static gboolean
do_load (MosTxn *txn,
         MosDeskCall *call,
         GError **error)
{
  MosOrderAction *action = NULL;

  if (!mos_store_order_action_find (txn, call->text, &action, error))
    return FALSE;
  if (action == NULL)
    {
      g_set_error (error, MOS_DESK_ERROR, MOS_DESK_ERROR_NOT_FOUND, "No action %s", call->text);
      return FALSE;
    }
  mos_desk_call_take_result (call, action, (GDestroyNotify) mos_order_action_unref);
  return TRUE;
}

void
mos_desk_load_order_action_async (MosDesk *self,
                                  const char *id,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  g_return_if_fail (MOS_IS_DESK (self));
  g_return_if_fail (id != NULL);

  mos_desk_read_text (self, do_load, id, mos_desk_load_order_action_async, cancellable, callback, user_data);
}

MosOrderAction *
mos_desk_load_order_action_finish (MosDesk *self,
                                   GAsyncResult *result,
                                   GError **error)
{
  return mos_desk_call_finish (self, result, mos_desk_load_order_action_async, error);
}

static gboolean
do_say (MosTxn *txn,
        MosDeskCall *call,
        GError **error)
{
  g_autoptr (MosOrderAction) action = NULL;

  if (!mos_store_order_action_find (txn, call->text, &action, error))
    return FALSE;
  return action == NULL || action->state != MOS_ORDER_ACTION_UNCERTAIN ||
         mos_store_order_action_settle (txn, call->text, call->flag ? MOS_ORDER_ACTION_DONE : MOS_ORDER_ACTION_FAILED, "said", NULL, NULL, error);
}

void
mos_desk_say_order_action_async (MosDesk *self,
                                 const char *id,
                                 gboolean is_done,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  MosDeskCall *call;

  g_return_if_fail (MOS_IS_DESK (self));
  g_return_if_fail (id != NULL);

  call = mos_desk_call_new_text (do_say, id);
  call->flag = is_done;
  mos_desk_write (self, call, NULL, mos_desk_say_order_action_async, cancellable, callback, user_data);
}

gboolean
mos_desk_say_order_action_finish (MosDesk *self,
                                  GAsyncResult *result,
                                  GError **error)
{
  g_autoptr (GError) local = NULL;

  mos_desk_call_finish (self, result, mos_desk_say_order_action_async, &local);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}
