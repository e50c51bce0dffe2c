/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-shop-runner.h"

#include "core/desk/mos-order-actions.h"
#include "core/desk/mos-shops.h"

#define FOCUSED_S 60
#define BEHIND_S 120
#define QUIET_MAX_S 300
/* So many passes without news until it is asked more seldom. */
#define QUIET_PASSES 5
#define FAILED_S 15
#define FAILED_MAX_S 900
/* Whose shop is gone, or elsewhere, may only be behind a page of its hoster's: it is looked at again, seldom. */
#define GONE_S 3600
/* A shop that asks for longer is not believed. */
#define ASKED_MAX_S 86400
/* An order that was looked at is not asked for again so soon. */
#define LOOK_AGAIN_S 60
/* What ought to be sent by now is asked for each day, a few in each pass. */
#define UNFINISHED_EVERY_US G_TIME_SPAN_DAY
#define UNFINISHED_AT_ONCE 2

struct _MosShopRunner
{
  MosStore *store; /* (owned) */
  char *shop;
  GThread *thread;
  GCancellable *cancellable; /* (owned) */

  GMutex mutex;
  GCond cond;
  gboolean is_woken;   /* (mutex) */
  gboolean is_focused; /* (mutex) */
  gboolean is_stopped; /* (mutex) */
  GPtrArray *asked;    /* (mutex) (element-type utf8): orders, by the shop's ids, that somebody looks at */
  GHashTable *looked;  /* (mutex) (element-type utf8 gint64): when each was looked at, in monotonic time */
};

guint
mos_shop_runner_next_s (gboolean is_focused,
                        guint n_quiet,
                        guint n_failed,
                        guint asked_s)
{
  guint base = is_focused ? FOCUSED_S : BEHIND_S;

  if (n_failed > 0)
    return MAX (MIN (asked_s, ASKED_MAX_S), MIN (FAILED_S << MIN (n_failed - 1, 10), FAILED_MAX_S));
  return n_quiet <= QUIET_PASSES ? base : MIN (base << MIN (n_quiet - QUIET_PASSES, 10), QUIET_MAX_S);
}

guint
mos_shop_runner_stuck_s (MosAccountState state)
{
  return state == MOS_ACCOUNT_FAILED ? GONE_S : 0;
}

/* Reads what somebody opened, with its notes: lists of orders have none. Without the shop, what is there must do. */
static void
look_at_asked (MosShopRunner *self,
               MosShop *shop)
{
  g_autoptr (GPtrArray) asked = NULL;

  g_mutex_lock (&self->mutex);
  asked = g_steal_pointer (&self->asked);
  self->asked = g_ptr_array_new_with_free_func (g_free);
  g_mutex_unlock (&self->mutex);
  for (guint i = 0; shop != NULL && i < asked->len && !g_cancellable_is_cancelled (self->cancellable); i++)
    {
      g_autoptr (GError) error = NULL;

      if (!mos_shops_refresh_order_sync (self->store, shop, asked->pdata[i], self->cancellable, &error))
        g_debug ("An order that somebody opened was not read: %s", error->message);
    }
}

/* @shop: (nullable). Returns: %FALSE when it is to stop; @seconds: 0 = until it is woken; @ret_woken: (out): whether it was */
static gboolean
wait_turn (MosShopRunner *self,
           MosShop *shop,
           guint seconds,
           gboolean *ret_woken)
{
  gint64 until = g_get_monotonic_time () + (gint64) seconds * G_USEC_PER_SEC;
  gboolean goes_on;

  g_mutex_lock (&self->mutex);
  while (!self->is_stopped && !self->is_woken)
    if (self->asked->len > 0)
      {
        g_mutex_unlock (&self->mutex);
        look_at_asked (self, shop);
        g_mutex_lock (&self->mutex);
      }
    else if (seconds == 0)
      g_cond_wait (&self->cond, &self->mutex);
    else if (!g_cond_wait_until (&self->cond, &self->mutex, until))
      break;
  *ret_woken = self->is_woken;
  self->is_woken = FALSE;
  goes_on = !self->is_stopped;
  g_mutex_unlock (&self->mutex);
  return goes_on;
}

typedef struct
{
  const char *id;
  MosShopAccount *shop; /* (owned) (nullable) */
} MosShopRow;

static gboolean
do_find (MosTxn *txn,
         gpointer data,
         GCancellable *cancellable,
         GError **error)
{
  MosShopRow *row = data;

  return mos_store_shop_find (txn, row->id, &row->shop, error);
}

static MosShop *
open_shop (MosShopRunner *self,
           GError **error)
{
  MosShopRow row = { .id = self->shop };
  g_autoptr (MosShopAccount) account = NULL;
  g_autoptr (GError) local = NULL;
  MosShop *shop;

  if (!mos_store_read_sync (self->store, do_find, &row, self->cancellable, error))
    return NULL;
  account = row.shop;
  if (account == NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "It was removed");
      return NULL;
    }
  shop = mos_shops_open_sync (self->store, account, self->cancellable, &local);
  if (shop == NULL)
    {
      mos_shops_save_trouble_sync (self->store, self->shop, local);
      g_propagate_error (error, g_steal_pointer (&local));
    }
  return shop;
}

/* What is to be asked for of what is not sent, and since when (monotonic) */
typedef struct
{
  GPtrArray *orders; /* (owned) (nullable) */
  gint64 listed_us;
} Unfinished;

static void
unfinished_clear (Unfinished *self)
{
  g_clear_pointer (&self->orders, g_ptr_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Unfinished, unfinished_clear)

static void
look_after (MosShopRunner *self,
            MosShop *shop,
            Unfinished *unfinished)
{
  gint64 now_us = g_get_monotonic_time ();
  g_autoptr (GError) error = NULL;

  if (unfinished->orders == NULL || (unfinished->orders->len == 0 && now_us - unfinished->listed_us > UNFINISHED_EVERY_US))
    {
      g_clear_pointer (&unfinished->orders, g_ptr_array_unref);
      unfinished->orders = mos_shops_list_unfinished_sync (self->store, shop, self->cancellable, &error);
      unfinished->listed_us = now_us;
    }
  if (unfinished->orders == NULL || !mos_shops_look_after_sync (self->store, shop, unfinished->orders, UNFINISHED_AT_ONCE, self->cancellable, &error))
    g_debug ("What is not sent was not looked after: %s", error->message);
}

static gpointer
run (gpointer data)
{
  MosShopRunner *self = data;
  g_autoptr (GMainContext) context = g_main_context_new ();
  g_autoptr (MosShop) shop = NULL;
  g_auto (Unfinished) unfinished = { NULL, 0 };
  guint n_quiet = 0, n_failed = 0;
  gboolean is_woken = FALSE;
  guint seconds;

  g_main_context_push_thread_default (context);
  do
    {
      g_autoptr (GError) error = NULL;
      MosShopPassCounts counts = { 0 };
      gboolean is_focused;
      guint due_s;

      /* Whoever wakes it may have changed the keys. */
      if (is_woken)
        g_clear_object (&shop);
      if (shop == NULL)
        shop = open_shop (self, &error);
      if (shop == NULL)
        mos_order_actions_give_up_sync (self->store, self->shop, error);
      g_mutex_lock (&self->mutex);
      is_focused = self->is_focused;
      g_mutex_unlock (&self->mutex);
      /* Somebody waits for what was asked for; the pass behind it reads the rest. */
      if (shop != NULL && !mos_order_actions_work_sync (self->store, shop, self->cancellable, &error))
        {
          g_debug ("What is asked for of orders was not done: %s", error->message);
          g_clear_error (&error);
        }
      look_at_asked (self, shop);
      if (shop != NULL && mos_shops_pass_sync (self->store, shop, &counts, self->cancellable, &error))
        {
          n_failed = 0;
          n_quiet = counts.orders.n_new + counts.orders.n_changed > 0 ? 0 : n_quiet + 1;
          look_after (self, shop, &unfinished);
          seconds = mos_shop_runner_next_s (is_focused, n_quiet, 0, 0);
        }
      else
        {
          const char *why;
          MosAccountState state = mos_shops_judge (error, &why);

          n_failed = mos_shops_can_go_on (state) ? n_failed + 1 : 0;
          seconds = n_failed == 0 ? mos_shop_runner_stuck_s (state) : mos_shop_runner_next_s (is_focused, 0, n_failed, shop != NULL ? mos_shop_get_wait_s (shop) : 0);
        }
      /* What waits until its mail cannot be taken back any more */
      due_s = mos_order_actions_get_wait_s (self->store, self->shop);
      if (due_s > 0 && (seconds == 0 || due_s < seconds))
        seconds = due_s;
    }
  while (wait_turn (self, shop, seconds, &is_woken));
  g_clear_object (&shop);
  g_main_context_pop_thread_default (context);
  return NULL;
}

MosShopRunner *
mos_shop_runner_new (MosStore *store,
                     const char *shop)
{
  MosShopRunner *self = g_new0 (MosShopRunner, 1);

  self->store = g_object_ref (store);
  self->shop = g_strdup (shop);
  self->cancellable = g_cancellable_new ();
  self->is_focused = TRUE;
  self->asked = g_ptr_array_new_with_free_func (g_free);
  self->looked = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_mutex_init (&self->mutex);
  g_cond_init (&self->cond);
  self->thread = g_thread_new ("mos-shop", run, self);
  return self;
}

void
mos_shop_runner_wake (MosShopRunner *self)
{
  g_mutex_lock (&self->mutex);
  self->is_woken = TRUE;
  g_cond_signal (&self->cond);
  g_mutex_unlock (&self->mutex);
}

void
mos_shop_runner_look (MosShopRunner *self,
                      const char *remote_id)
{
  gint64 now = g_get_monotonic_time ();
  gint64 *looked;

  g_mutex_lock (&self->mutex);
  looked = g_hash_table_lookup (self->looked, remote_id);
  if (looked == NULL || now - *looked >= LOOK_AGAIN_S * G_USEC_PER_SEC)
    {
      g_hash_table_insert (self->looked, g_strdup (remote_id), g_memdup2 (&now, sizeof now));
      g_ptr_array_add (self->asked, g_strdup (remote_id));
      g_cond_signal (&self->cond);
    }
  g_mutex_unlock (&self->mutex);
}

void
mos_shop_runner_set_focused (MosShopRunner *self,
                             gboolean is_focused)
{
  g_mutex_lock (&self->mutex);
  self->is_focused = is_focused;
  g_mutex_unlock (&self->mutex);
}

void
mos_shop_runner_request_stop (MosShopRunner *self)
{
  g_cancellable_cancel (self->cancellable);
  g_mutex_lock (&self->mutex);
  self->is_stopped = TRUE;
  g_cond_signal (&self->cond);
  g_mutex_unlock (&self->mutex);
}

void
mos_shop_runner_free (MosShopRunner *self)
{
  mos_shop_runner_request_stop (self);
  g_thread_join (self->thread);
  g_object_unref (self->cancellable);
  g_object_unref (self->store);
  g_ptr_array_unref (self->asked);
  g_hash_table_unref (self->looked);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->cond);
  g_free (self->shop);
  g_free (self);
}
