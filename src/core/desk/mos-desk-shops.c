/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-desk-shops.h"

#include "core/desk/mos-desk-accounts-private.h"
#include "core/desk/mos-shop-runner.h"
#include "core/desk/mos-shops.h"

/* --- reading --- */

static gboolean
take_shops (MosDeskCall *call,
            GPtrArray *shops /* (transfer full) (nullable) */)
{
  if (shops != NULL)
    mos_desk_call_take_result (call, shops, (GDestroyNotify) g_ptr_array_unref);
  return shops != NULL;
}

static gboolean
do_load (MosTxn *txn,
         MosDeskCall *call,
         GError **error)
{
  return take_shops (call, mos_store_shop_list (txn, error));
}

void
mos_desk_load_shops_async (MosDesk *self,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_return_if_fail (MOS_IS_DESK (self));

  mos_desk_read (self, mos_desk_call_new (do_load), mos_desk_load_shops_async, cancellable, callback, user_data);
}

GPtrArray *
mos_desk_load_shops_finish (MosDesk *self,
                            GAsyncResult *result,
                            GError **error)
{
  return mos_desk_call_finish (self, result, mos_desk_load_shops_async, error);
}

/* --- what blocks --- */

typedef struct
{
  MosStore *store;      /* (owned) */
  MosShopAccount *shop; /* (owned) (nullable) */
  MosShopKeys *keys;    /* (owned) (nullable) */
  char *id;
  char *agent;
} MosShopJob;

static void
job_free (gpointer data)
{
  MosShopJob *job = data;

  g_object_unref (job->store);
  g_clear_pointer (&job->shop, mos_shop_account_unref);
  g_clear_pointer (&job->keys, mos_shop_keys_unref);
  g_free (job->id);
  g_free (job->agent);
  g_free (job);
}

static void
push (MosDesk *self,
      gpointer source_tag,
      MosShopAccount *shop,
      MosShopKeys *keys,
      const char *id,
      GTaskThreadFunc func,
      GDestroyNotify free_func,
      GCancellable *cancellable,
      GAsyncReadyCallback callback,
      gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  MosShopJob *job = g_new0 (MosShopJob, 1);

  job->store = g_object_ref (self->store);
  job->shop = shop != NULL ? mos_shop_account_ref (shop) : NULL;
  job->keys = keys != NULL ? mos_shop_keys_ref (keys) : NULL;
  job->id = g_strdup (id);
  job->agent = g_strdup (self->me);
  g_task_set_source_tag (task, source_tag);
  g_task_set_task_data (task, job, job_free);
  mos_account_push (self, &self->worker, task, func, free_func);
}

static void
test_thread (GTask *task,
             gpointer source_object,
             gpointer task_data,
             GCancellable *cancellable)
{
  MosShopJob *job = task_data;
  GError *error = NULL;
  MosShopFacts *facts = mos_shops_test_sync (job->store, job->shop, job->keys, cancellable, &error);

  if (facts != NULL)
    g_task_return_pointer (task, facts, (GDestroyNotify) mos_shop_facts_unref);
  else
    g_task_return_error (task, error);
}

void
mos_desk_test_shop_async (MosDesk *self,
                          MosShopAccount *shop,
                          MosShopKeys *keys,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_return_if_fail (MOS_IS_DESK (self));
  g_return_if_fail (shop != NULL);

  push (self, mos_desk_test_shop_async, shop, keys, NULL, test_thread, (GDestroyNotify) mos_shop_facts_unref, cancellable, callback, user_data);
}

MosShopFacts *
mos_desk_test_shop_finish (MosDesk *self,
                           GAsyncResult *result,
                           GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
save_thread (GTask *task,
             gpointer source_object,
             gpointer task_data,
             GCancellable *cancellable)
{
  MosShopJob *job = task_data;
  const MosActor actor = { MOS_ACTOR_HUMAN, job->agent };
  GError *error = NULL;

  if (mos_shops_save_sync (job->store, &actor, job->shop, job->keys, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
mos_desk_save_shop_async (MosDesk *self,
                          MosShopAccount *shop,
                          MosShopKeys *keys,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_return_if_fail (MOS_IS_DESK (self));
  g_return_if_fail (shop != NULL);

  push (self, mos_desk_shop_finish, shop, keys, NULL, save_thread, NULL, cancellable, callback, user_data);
}

static void
remove_thread (GTask *task,
               gpointer source_object,
               gpointer task_data,
               GCancellable *cancellable)
{
  MosShopJob *job = task_data;
  const MosActor actor = { MOS_ACTOR_HUMAN, job->agent };
  GError *error = NULL;

  if (mos_shops_remove_sync (job->store, &actor, job->id, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
mos_desk_remove_shop_async (MosDesk *self,
                            const char *shop,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_return_if_fail (MOS_IS_DESK (self));
  g_return_if_fail (shop != NULL);

  push (self, mos_desk_shop_finish, NULL, NULL, shop, remove_thread, NULL, cancellable, callback, user_data);
}

gboolean
mos_desk_shop_finish (MosDesk *self,
                      GAsyncResult *result,
                      GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* --- runners --- */

typedef struct
{
  MosShopAccount *shop;  /* (owned) */
  MosShopRunner *runner; /* (owned) */
} MosDeskShop;

static void
desk_shop_free (gpointer data)
{
  MosDeskShop *own = data;

  mos_shop_runner_free (own->runner);
  mos_shop_account_unref (own->shop);
  g_free (own);
}

static void
join (gpointer data)
{
  g_thread_join (data);
}

static gpointer
end_shop (gpointer data)
{
  desk_shop_free (data);
  return NULL;
}

/* What one of them is writing just now may wait behind a long import: nobody here waits for that. */
static void
end_others (MosDesk *self,
            GHashTable *old)
{
  GHashTableIter iter;
  gpointer key, own;

  if (self->ending == NULL)
    self->ending = g_ptr_array_new_with_free_func (join);
  g_hash_table_iter_init (&iter, old);
  while (g_hash_table_iter_next (&iter, &key, &own))
    {
      g_hash_table_iter_steal (&iter);
      g_free (key);
      mos_shop_runner_request_stop (((MosDeskShop *) own)->runner);
      g_ptr_array_add (self->ending, g_thread_new ("mos-shop-end", end_shop, own));
    }
}

static void
follow (MosDesk *self,
        GPtrArray *shops)
{
  g_autoptr (GHashTable) old = g_steal_pointer (&self->shops);

  self->shops = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, desk_shop_free);
  for (guint i = 0; i < shops->len; i++)
    {
      MosShopAccount *shop = g_ptr_array_index (shops, i);
      MosDeskShop *own = old != NULL ? g_hash_table_lookup (old, shop->id) : NULL;

      if (mos_shop_kind_get_needs (shop->kind) == 0)
        continue;
      if (own != NULL)
        {
          gpointer key;

          g_hash_table_steal_extended (old, shop->id, &key, NULL);
          g_hash_table_insert (self->shops, key, own);
          /* Saved anew, it may have other keys; whoever must mend something did. */
          if (shop->state == MOS_ACCOUNT_OFFLINE && own->shop->state != MOS_ACCOUNT_OFFLINE)
            mos_shop_runner_wake (own->runner);
          mos_shop_account_unref (own->shop);
          own->shop = mos_shop_account_ref (shop);
          continue;
        }
      own = g_new0 (MosDeskShop, 1);
      own->shop = mos_shop_account_ref (shop);
      own->runner = mos_shop_runner_new (self->store, shop->id);
      g_hash_table_insert (self->shops, g_strdup (shop->id), own);
    }
  if (old != NULL)
    end_others (self, old);
}

static gboolean
do_load_light (MosTxn *txn,
               MosDeskCall *call,
               GError **error)
{
  return take_shops (call, mos_store_shop_list_light (txn, error));
}

static void
loaded_cb (GObject *source,
           GAsyncResult *result,
           gpointer user_data)
{
  MosDesk *self = MOS_DESK (source);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) shops = mos_desk_call_finish (self, result, mos_desk_follow_shops, &error);

  if (shops != NULL && self->started)
    follow (self, shops);
}

void
mos_desk_follow_shops (MosDesk *self)
{
  if (self->started && (self->flags & MOS_DESK_FLAG_OFFLINE) == 0)
    mos_desk_read (self, mos_desk_call_new (do_load_light), mos_desk_follow_shops, self->cancellable, loaded_cb, NULL);
}

void
mos_desk_stop_shops (MosDesk *self)
{
  GHashTableIter iter;
  MosDeskShop *own;

  g_clear_pointer (&self->ending, g_ptr_array_unref);
  if (self->shops == NULL)
    return;
  g_hash_table_iter_init (&iter, self->shops);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &own))
    mos_shop_runner_request_stop (own->runner);
  g_clear_pointer (&self->shops, g_hash_table_unref);
}

void
mos_desk_wake_shops (MosDesk *self,
                     const char *shop)
{
  GHashTableIter iter;
  MosDeskShop *own;
  const char *id;

  g_return_if_fail (MOS_IS_DESK (self));

  if (self->shops == NULL)
    return;
  g_hash_table_iter_init (&iter, self->shops);
  while (g_hash_table_iter_next (&iter, (gpointer *) &id, (gpointer *) &own))
    if (shop == NULL || strcmp (id, shop) == 0)
      mos_shop_runner_wake (own->runner);
}

void
mos_desk_look_at_order (MosDesk *self,
                        const MosOrder *order)
{
  MosDeskShop *own;

  g_return_if_fail (MOS_IS_DESK (self));
  g_return_if_fail (order != NULL);

  own = self->shops != NULL ? g_hash_table_lookup (self->shops, order->shop) : NULL;
  if (own != NULL)
    mos_shop_runner_look (own->runner, order->remote_id);
}

void
mos_desk_set_shops_focused (MosDesk *self,
                            gboolean is_focused)
{
  GHashTableIter iter;
  MosDeskShop *own;

  g_return_if_fail (MOS_IS_DESK (self));

  if (self->shops == NULL)
    return;
  g_hash_table_iter_init (&iter, self->shops);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &own))
    mos_shop_runner_set_focused (own->runner, is_focused);
}
