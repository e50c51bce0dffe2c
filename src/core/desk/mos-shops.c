/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-shops.h"

#include "core/base/mos-secrets.h"
#include "core/desk/mos-desk-host.h"
#include "core/desk/mos-order-links.h"

#include <string.h>

/* A shop that asks to be left alone for longer is left alone until its next turn. */
#define MAX_WAIT_S 60
#define MAX_WAITS 5
/* Older ones that are not sent may have been deleted; so many of them are looked after. */
#define UNFINISHED_US G_TIME_SPAN_DAY
#define MAX_UNFINISHED 500

/* --- keys --- */

typedef struct
{
  MosShopAccount *shop;
  const char *id;
  GPtrArray *orders;
  const char *cursor;
  MosOrderCounts *counts;
  MosAccountState state;
  const char *why;
  const char *detail;
  gint64 last_sync_us;
} MosShopsCall;

static gboolean
do_save (MosTxn *txn,
         gpointer data,
         GCancellable *cancellable,
         GError **error)
{
  MosShopsCall *call = data;

  return mos_store_shop_save (txn, call->shop, error) &&
         /* What was wrong may not be any more. One of files waits for nobody. */
         mos_store_shop_save_status (txn, call->shop->id, mos_shop_kind_get_needs (call->shop->kind) != 0 ? MOS_ACCOUNT_OFFLINE : MOS_ACCOUNT_READY, NULL, NULL, 0, error);
}

gboolean
mos_shops_save_sync (MosStore *store,
                     const MosActor *actor,
                     MosShopAccount *shop,
                     MosShopKeys *keys,
                     GCancellable *cancellable,
                     GError **error)
{
  g_autofree char *scope = mos_desk_profile_scope (mos_store_get_profile (store));
  MosShopsCall call = { .shop = shop };

  if (keys != NULL)
    {
      g_autofree char *text = mos_shop_keys_dup_text (keys);
      gboolean ok = mos_secrets_store_sync (scope, shop->id, shop->name, text, MOS_SECRETS_TIMEOUT_MS, cancellable, error);

      explicit_bzero (text, strlen (text));
      if (!ok)
        return FALSE;
    }
  return mos_store_write_sync (store, actor, NULL, do_save, &call, NULL, cancellable, error);
}

static gboolean
do_remove (MosTxn *txn,
           gpointer data,
           GCancellable *cancellable,
           GError **error)
{
  return mos_store_shop_remove (txn, data, error);
}

gboolean
mos_shops_remove_sync (MosStore *store,
                       const MosActor *actor,
                       const char *id,
                       GCancellable *cancellable,
                       GError **error)
{
  g_autofree char *scope = mos_desk_profile_scope (mos_store_get_profile (store));
  g_autoptr (GError) keyring_error = NULL;

  if (!mos_store_write_sync (store, actor, NULL, do_remove, (gpointer) id, NULL, cancellable, error))
    return FALSE;
  /* The shop is gone either way. */
  if (!mos_secrets_clear_sync (scope, id, MOS_SECRETS_TIMEOUT_MS, cancellable, &keyring_error))
    g_debug ("The keys were not forgotten: %s", keyring_error->message);
  return TRUE;
}

static MosShopKeys *
look_up_keys (MosStore *store,
              MosShopAccount *shop,
              GCancellable *cancellable,
              GError **error)
{
  g_autofree char *scope = mos_desk_profile_scope (mos_store_get_profile (store));
  char *text = mos_secrets_lookup_sync (scope, shop->id, MOS_SECRETS_TIMEOUT_MS, cancellable, error);
  MosShopKeys *keys = text != NULL ? mos_shop_keys_read (text) : NULL;

  if (text != NULL && keys == NULL)
    g_set_error (error, MOS_DESK_ERROR, MOS_DESK_ERROR_NO_PASSWORD, "No keys of %s", shop->name);
  if (text != NULL)
    explicit_bzero (text, strlen (text));
  g_free (text);
  return keys;
}

static MosShop *
open_with (MosStore *store,
           MosShopAccount *shop,
           MosShopKeys *keys,
           GCancellable *cancellable,
           GError **error)
{
  g_autoptr (MosShopKeys) own = NULL;

  if (mos_shop_kind_get_needs (shop->kind) == 0)
    {
      g_set_error (error, MOS_DESK_ERROR, MOS_DESK_ERROR_INVALID, "%s is filled from files", shop->name);
      return NULL;
    }
  own = keys != NULL ? mos_shop_keys_ref (keys) : look_up_keys (store, shop, cancellable, error);
  return own != NULL ? mos_shop_new_for_account (shop, own, mos_store_get_clock (store)) : NULL;
}

MosShop *
mos_shops_open_sync (MosStore *store,
                     MosShopAccount *shop,
                     GCancellable *cancellable,
                     GError **error)
{
  return open_with (store, shop, NULL, cancellable, error);
}

MosShopFacts *
mos_shops_test_sync (MosStore *store,
                     MosShopAccount *shop,
                     MosShopKeys *keys,
                     GCancellable *cancellable,
                     GError **error)
{
  g_autoptr (MosShop) reader = open_with (store, shop, keys, cancellable, error);

  return reader != NULL ? mos_shop_test_sync (reader, cancellable, error) : NULL;
}

/* --- trouble --- */

MosAccountState
mos_shops_judge (const GError *error,
                 const char **ret_why)
{
  static const struct
  {
    const char *why;
    MosAccountState state;
  } of_shop[] = {
    [MOS_SHOP_ERROR_KEY_REFUSED] = { "key_refused", MOS_ACCOUNT_AUTH_FAILED },
    [MOS_SHOP_ERROR_NOT_ALLOWED] = { "not_allowed", MOS_ACCOUNT_AUTH_FAILED },
    [MOS_SHOP_ERROR_NO_SHOP] = { "no_shop", MOS_ACCOUNT_FAILED },
    [MOS_SHOP_ERROR_MOVED] = { "moved", MOS_ACCOUNT_FAILED },
    [MOS_SHOP_ERROR_PROTOCOL] = { "protocol", MOS_ACCOUNT_WAITING },
    [MOS_SHOP_ERROR_TEMPORARY] = { "busy", MOS_ACCOUNT_WAITING },
    [MOS_SHOP_ERROR_NOT_FOUND] = { "protocol", MOS_ACCOUNT_WAITING },
    [MOS_SHOP_ERROR_REFUSED] = { "protocol", MOS_ACCOUNT_WAITING },
    [MOS_SHOP_ERROR_UNCERTAIN] = { "protocol", MOS_ACCOUNT_WAITING },
    [MOS_SHOP_ERROR_STALE] = { "protocol", MOS_ACCOUNT_WAITING },
    [MOS_SHOP_ERROR_TOO_MUCH] = { "protocol", MOS_ACCOUNT_WAITING },
    [MOS_SHOP_ERROR_LACKING] = { "protocol", MOS_ACCOUNT_WAITING },
    [MOS_SHOP_ERROR_DISABLED] = { "disabled", MOS_ACCOUNT_FAILED },
  };

  if (error->domain == MOS_SHOP_ERROR && (guint) error->code < G_N_ELEMENTS (of_shop))
    {
      *ret_why = of_shop[error->code].why;
      return of_shop[error->code].state;
    }
  if (error->domain == MOS_DESK_ERROR)
    {
      *ret_why = "no_key";
      return MOS_ACCOUNT_AUTH_FAILED;
    }
  if (error->domain == G_TLS_ERROR)
    {
      *ret_why = "certificate";
      return MOS_ACCOUNT_BAD_CERTIFICATE;
    }
  *ret_why = error->domain == MOS_STORE_ERROR ? "store" : "network";
  return MOS_ACCOUNT_WAITING;
}

gboolean
mos_shops_can_go_on (MosAccountState state)
{
  return state == MOS_ACCOUNT_WAITING;
}

static gboolean
do_save_status (MosTxn *txn,
                gpointer data,
                GCancellable *cancellable,
                GError **error)
{
  MosShopsCall *call = data;

  return mos_store_shop_save_status (txn, call->id, call->state, call->why, call->detail, call->last_sync_us, error);
}

static gboolean
save_status (MosStore *store,
             const char *shop,
             MosAccountState state,
             const char *why,
             const char *detail,
             gint64 last_sync_us,
             GError **error)
{
  MosShopsCall call = { .id = shop, .state = state, .why = why, .detail = detail, .last_sync_us = last_sync_us };

  return mos_store_write_sync (store, NULL, NULL, do_save_status, &call, NULL, NULL, error);
}

void
mos_shops_save_trouble_sync (MosStore *store,
                             const char *shop,
                             const GError *error)
{
  g_autoptr (GError) local = NULL;
  const char *why;
  MosAccountState state;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  state = mos_shops_judge (error, &why);
  if (!save_status (store, shop, state, why, error->message, 0, &local))
    g_debug ("The trouble of a shop was not kept: %s", local->message);
}

/* --- passes --- */

static gboolean
do_take_page (MosTxn *txn,
              gpointer data,
              GCancellable *cancellable,
              GError **error)
{
  MosShopsCall *call = data;
  const MosOrder *newest = call->orders->len > 0 ? call->orders->pdata[call->orders->len - 1] : NULL;

  return mos_order_links_take_page (txn, call->id, call->orders, call->cursor, call->counts, error) &&
         (newest == NULL || *newest->currency == '\0' || mos_store_shop_learn (txn, call->id, newest->currency, error));
}

static gboolean
do_find_cursor (MosTxn *txn,
                gpointer data,
                GCancellable *cancellable,
                GError **error)
{
  MosShopsCall *call = data;

  return mos_store_shop_find (txn, call->id, &call->shop, error);
}

/* What it cannot answer just now is asked again while its patience and ours last. */
static MosShopPage *
read_page (MosShop *shop,
           const char *cursor,
           GCancellable *cancellable,
           GError **error)
{
  for (guint n = 0;; n++)
    {
      g_autoptr (GError) local = NULL;
      MosShopPage *page = mos_shop_list_changed_sync (shop, cursor, cancellable, &local);
      guint wait_s = mos_shop_get_wait_s (shop);

      if (page != NULL)
        return page;
      if (n == MAX_WAITS || wait_s == 0 || wait_s > MAX_WAIT_S || !g_error_matches (local, MOS_SHOP_ERROR, MOS_SHOP_ERROR_TEMPORARY))
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return NULL;
        }
      if (!mos_http_wait_sync (wait_s * 1000, cancellable, error))
        return NULL;
    }
}

/* A page that is being taken in while the next one is read: it is kept until that is done. */
typedef struct
{
  MosStore *store;
  MosShopsCall call;
  MosShopPage *page;     /* (owned) (nullable): %NULL where none is */
  GMainContext *context; /* (owned) */
  GAsyncResult *result;  /* (owned) (nullable) */
} Taking;

static void
on_taken (GObject *source,
          GAsyncResult *result,
          gpointer data)
{
  Taking *taking = data;

  taking->result = g_object_ref (result);
}

static void
begin_taking (Taking *taking,
              MosShopPage *page,
              GCancellable *cancellable)
{
  taking->page = page;
  taking->call.orders = page->orders;
  taking->call.cursor = page->cursor;
  g_main_context_push_thread_default (taking->context);
  mos_store_write_async (taking->store, NULL, NULL, do_take_page, &taking->call, NULL, cancellable, on_taken, taking);
  g_main_context_pop_thread_default (taking->context);
}

/* What was begun is in the store then, with its cursor, or it is not. */
static gboolean
end_taking (Taking *taking,
            char **cursor,
            MosShopPassCounts *counts,
            GError **error)
{
  g_autoptr (MosShopPage) page = g_steal_pointer (&taking->page);
  g_autoptr (GAsyncResult) result = NULL;

  if (page == NULL)
    return TRUE;
  while (taking->result == NULL)
    g_main_context_iteration (taking->context, TRUE);
  result = g_steal_pointer (&taking->result);
  if (!mos_store_write_finish (taking->store, result, NULL, error))
    return FALSE;
  counts->n_unreadable += page->n_unreadable;
  g_set_str (cursor, page->cursor);
  return TRUE;
}

static gboolean
read_all (MosStore *store,
          MosShop *shop,
          char **cursor,
          MosShopPassCounts *counts,
          GCancellable *cancellable,
          GError **error)
{
  Taking taking = { .store = store, .call = { .id = mos_shop_get_account (shop)->id, .counts = &counts->orders }, .context = g_main_context_new () };
  g_autofree char *next = g_strdup (*cursor);
  gboolean is_last = FALSE, is_good = TRUE;

  while (is_good && !is_last)
    {
      g_autoptr (GError) local = NULL;
      g_autoptr (MosShopPage) page = read_page (shop, next, cancellable, &local);

      /* What the shop failed to give takes nothing from what it gave before. */
      is_good = end_taking (&taking, cursor, counts, error);
      if (is_good && page == NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local));
          is_good = FALSE;
        }
      else if (is_good && !page->is_last && strcmp (page->cursor, next) == 0)
        {
          g_set_error_literal (error, MOS_SHOP_ERROR, MOS_SHOP_ERROR_PROTOCOL, "Its pages do not end");
          is_good = FALSE;
        }
      if (is_good)
        {
          is_last = page->is_last;
          g_set_str (&next, page->cursor);
          begin_taking (&taking, g_steal_pointer (&page), cancellable);
        }
    }
  is_good = is_good && end_taking (&taking, cursor, counts, error);
  g_main_context_unref (taking.context);
  return is_good;
}

gboolean
mos_shops_pass_sync (MosStore *store,
                     MosShop *shop,
                     MosShopPassCounts *counts,
                     GCancellable *cancellable,
                     GError **error)
{
  MosShopsCall call = { .id = mos_shop_get_account (shop)->id };
  g_autoptr (MosShopAccount) row = NULL;
  g_autofree char *cursor = NULL;
  g_autoptr (GError) local = NULL;
  g_autofree char *detail = NULL;

  if (!mos_store_read_sync (store, do_find_cursor, &call, cancellable, error))
    return FALSE;
  row = call.shop;
  if (row == NULL)
    {
      g_set_error (error, MOS_DESK_ERROR, MOS_DESK_ERROR_NOT_FOUND, "No shop %s", call.id);
      return FALSE;
    }
  cursor = g_strdup (row->cursor);
  if (*cursor == '\0' && !save_status (store, row->id, MOS_ACCOUNT_SYNCING, NULL, NULL, 0, error))
    return FALSE;
  if (!read_all (store, shop, &cursor, counts, cancellable, &local))
    {
      mos_shops_save_trouble_sync (store, row->id, local);
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  detail = counts->n_unreadable > 0 ? g_strdup_printf ("%u", counts->n_unreadable) : NULL;
  return save_status (store, row->id, MOS_ACCOUNT_READY, counts->n_unreadable > 0 ? "unreadable" : NULL, detail, mos_clock_now_us (mos_store_get_clock (store)), error);
}

static gboolean
do_set_gone (MosTxn *txn,
             gpointer data,
             GCancellable *cancellable,
             GError **error)
{
  MosShopsCall *call = data;

  return mos_store_order_set_gone (txn, call->id, call->detail, error);
}

gboolean
mos_shops_refresh_order_sync (MosStore *store,
                              MosShop *shop,
                              const char *remote_id,
                              GCancellable *cancellable,
                              GError **error)
{
  MosShopsCall call = { .id = mos_shop_get_account (shop)->id, .detail = remote_id };
  g_autoptr (GPtrArray) orders = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_order_unref);
  g_autoptr (GError) local = NULL;
  MosOrder *order = mos_shop_load_order_sync (shop, remote_id, cancellable, &local);

  if (order == NULL)
    {
      if (!mos_shop_hides_orders (shop) && g_error_matches (local, MOS_SHOP_ERROR, MOS_SHOP_ERROR_NOT_FOUND) && !mos_store_write_sync (store, NULL, NULL, do_set_gone, &call, NULL, cancellable, error))
        return FALSE;
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  g_ptr_array_add (orders, order);
  call.orders = orders;
  return mos_store_write_sync (store, NULL, NULL, do_take_page, &call, NULL, cancellable, error);
}

/* --- what was deleted --- */

static gboolean
do_list_unfinished (MosTxn *txn,
                    gpointer data,
                    GCancellable *cancellable,
                    GError **error)
{
  MosShopsCall *call = data;

  g_clear_pointer (&call->orders, g_ptr_array_unref);
  call->orders = mos_store_order_list_unfinished (txn, call->id, mos_txn_get_now_us (txn) - UNFINISHED_US, MAX_UNFINISHED, error);
  return call->orders != NULL;
}

GPtrArray *
mos_shops_list_unfinished_sync (MosStore *store,
                                MosShop *shop,
                                GCancellable *cancellable,
                                GError **error)
{
  MosShopsCall call = { .id = mos_shop_get_account (shop)->id };

  if (mos_shop_hides_orders (shop))
    return g_ptr_array_new ();
  if (mos_store_read_sync (store, do_list_unfinished, &call, cancellable, error))
    return call.orders;
  g_clear_pointer (&call.orders, g_ptr_array_unref);
  return NULL;
}

gboolean
mos_shops_look_after_sync (MosStore *store,
                           MosShop *shop,
                           GPtrArray *unfinished,
                           guint max,
                           GCancellable *cancellable,
                           GError **error)
{
  for (guint n = 0; n < max && unfinished->len > 0; n++)
    {
      g_autofree char *remote_id = g_ptr_array_steal_index (unfinished, unfinished->len - 1);
      g_autoptr (GError) local = NULL;

      if (!mos_shops_refresh_order_sync (store, shop, remote_id, cancellable, &local) && !g_error_matches (local, MOS_SHOP_ERROR, MOS_SHOP_ERROR_NOT_FOUND))
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
    }
  return TRUE;
}
