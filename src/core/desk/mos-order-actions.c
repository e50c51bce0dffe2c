/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-order-actions.h"

#include "core/desk/mos-shops.h"

/* A request that was cut may still be at work in the shop, behind whoever moves its money: what is not there is looked for again until so long after that. */
#define LATE_US (5 * G_TIME_SPAN_MINUTE)
/* A shop that says "too many" did not look at it; so often, and so long each time, it is asked once more. */
#define MAX_WAITS 3
#define MAX_WAIT_S 30

/* --- in the store --- */

typedef struct
{
  const MosOrderAction *asked;
  const char *id;
  const char *shop;
  MosOrderActionState state;
  const char *why;
  const char *detail;
  const char *made;
  gboolean is_taken;
  MosOrderAction *action; /* (owned) (nullable) */
  MosOrder *order;        /* (owned) (nullable) */
  GPtrArray *open;        /* (owned) (nullable) */
} MosActionCall;

static void
mos_action_call_clear (MosActionCall *call)
{
  g_clear_pointer (&call->action, mos_order_action_unref);
  g_clear_pointer (&call->order, mos_order_unref);
  g_clear_pointer (&call->open, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MosActionCall, mos_action_call_clear)

static gpointer
make_runner (gpointer data)
{
  return g_uuid_string_random ();
}

/* Of this process, however many threads of it there are. */
static const char *
get_runner (void)
{
  static GOnce once = G_ONCE_INIT;

  return g_once (&once, make_runner, NULL);
}

static gboolean
do_ask (MosTxn *txn,
        gpointer data,
        GCancellable *cancellable,
        GError **error)
{
  MosActionCall *call = data;

  return mos_store_order_action_add (txn, call->asked, NULL, error);
}

static gboolean
look (MosTxn *txn,
      MosActionCall *call,
      GError **error)
{
  g_clear_pointer (&call->action, mos_order_action_unref);
  g_clear_pointer (&call->order, mos_order_unref);
  if (!mos_store_order_action_find (txn, call->id, &call->action, error))
    return FALSE;
  if (call->action != NULL && !mos_store_order_find (txn, call->action->order, &call->order, error))
    return FALSE;
  if (call->action != NULL)
    {
      call->action->others = mos_store_order_action_list_made (txn, call->action, error);
      if (call->action->others == NULL)
        return FALSE;
    }
  if (call->action != NULL && call->order != NULL)
    return TRUE;
  g_set_error (error, MOS_STORE_ERROR, MOS_STORE_ERROR_NOT_FOUND, "No action %s", call->id);
  return FALSE;
}

static gboolean
do_take (MosTxn *txn,
         gpointer data,
         GCancellable *cancellable,
         GError **error)
{
  MosActionCall *call = data;

  return mos_store_order_action_take (txn, call->id, get_runner (), &call->is_taken, error) && look (txn, call, error);
}

/* What a process that ended was doing is uncertain by now. */
static gboolean
do_look_anew (MosTxn *txn,
              gpointer data,
              GCancellable *cancellable,
              GError **error)
{
  return mos_store_order_action_find_orphans (txn, get_runner (), error) && look (txn, data, error);
}

static gboolean
do_settle (MosTxn *txn,
           gpointer data,
           GCancellable *cancellable,
           GError **error)
{
  MosActionCall *call = data;

  return mos_store_order_action_settle (txn, call->id, call->state, call->why, call->detail, call->made, error) && look (txn, call, error);
}

static gboolean
do_list_open (MosTxn *txn,
              gpointer data,
              GCancellable *cancellable,
              GError **error)
{
  MosActionCall *call = data;

  g_clear_pointer (&call->open, g_ptr_array_unref);
  if (!mos_store_order_action_find_orphans (txn, get_runner (), error))
    return FALSE;
  call->open = mos_store_order_action_list_open (txn, call->shop, error);
  return call->open != NULL;
}

/* The same without touching anything */
static gboolean
do_look_ahead (MosTxn *txn,
               gpointer data,
               GCancellable *cancellable,
               GError **error)
{
  MosActionCall *call = data;

  call->open = mos_store_order_action_list_open (txn, call->shop, error);
  return call->open != NULL;
}

gboolean
mos_order_actions_ask_sync (MosStore *store,
                            const MosOrderAction *action,
                            GCancellable *cancellable,
                            GError **error)
{
  MosActionCall call = { .asked = action };

  return mos_store_write_sync (store, NULL, NULL, do_ask, &call, NULL, cancellable, error);
}

/* What became of it is written even when the program is about to end. */
static gboolean
settle (MosStore *store,
        MosActionCall *call,
        MosOrderActionState state,
        const char *why,
        const char *detail,
        const char *made,
        GError **error)
{
  call->state = state;
  call->why = why;
  call->detail = detail;
  call->made = made;
  return mos_store_write_sync (store, NULL, NULL, do_settle, call, NULL, NULL, error);
}

/* --- in the shop --- */

static const char *
why_of (const GError *error)
{
  static const char *const of_shop[] = {
    [MOS_SHOP_ERROR_KEY_REFUSED] = "key_refused",
    [MOS_SHOP_ERROR_NOT_ALLOWED] = "read_only",
    [MOS_SHOP_ERROR_NO_SHOP] = "no_shop",
    [MOS_SHOP_ERROR_MOVED] = "moved",
    [MOS_SHOP_ERROR_PROTOCOL] = "protocol",
    [MOS_SHOP_ERROR_TEMPORARY] = "busy",
    [MOS_SHOP_ERROR_NOT_FOUND] = "not_found",
    [MOS_SHOP_ERROR_REFUSED] = "refused",
    [MOS_SHOP_ERROR_UNCERTAIN] = "cut",
    [MOS_SHOP_ERROR_STALE] = "stale",
    [MOS_SHOP_ERROR_TOO_MUCH] = "too_much",
    [MOS_SHOP_ERROR_LACKING] = "lacking",
  };
  const char *why;

  if (error->domain == MOS_SHOP_ERROR && (guint) error->code < G_N_ELEMENTS (of_shop))
    return of_shop[error->code];
  mos_shops_judge (error, &why);
  return why;
}

/* Refused at the door without being looked at, it may knock again. */
static gboolean
may_knock_again (MosShop *shop,
                 const GError *error,
                 guint n)
{
  guint wait_s = mos_shop_get_wait_s (shop);

  return n < MAX_WAITS && wait_s > 0 && wait_s <= MAX_WAIT_S && g_error_matches (error, MOS_SHOP_ERROR, MOS_SHOP_ERROR_TEMPORARY);
}

static MosOrderTerms *
load_terms (MosShop *shop,
            const char *remote_id,
            GCancellable *cancellable,
            GError **error)
{
  for (guint n = 0;; n++)
    {
      g_autoptr (GError) local = NULL;
      MosOrderTerms *terms = mos_shop_load_terms_sync (shop, remote_id, cancellable, &local);

      if (terms != NULL)
        return terms;
      if (!may_knock_again (shop, local, n))
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return NULL;
        }
      if (!mos_http_wait_sync (mos_shop_get_wait_s (shop) * 1000, cancellable, error))
        return NULL;
    }
}

static char *
perform (MosShop *shop,
         const MosOrderAction *action,
         const MosOrderTerms *terms,
         GCancellable *cancellable,
         GError **error)
{
  for (guint n = 0;; n++)
    {
      g_autoptr (GError) local = NULL;
      char *made = mos_shop_perform_sync (shop, action, terms, cancellable, &local);

      if (made != NULL)
        return made;
      if (!may_knock_again (shop, local, n))
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return NULL;
        }
      if (!mos_http_wait_sync (mos_shop_get_wait_s (shop) * 1000, cancellable, error))
        return NULL;
    }
}

/* Looked for where it would be; until there is no hope any more that it is still at work there. */
static gboolean
find_it (MosStore *store,
         MosShop *shop,
         MosActionCall *call,
         GCancellable *cancellable,
         GError **error)
{
  g_autofree char *made = NULL;
  g_autoptr (GError) local = NULL;
  gboolean is_late = mos_clock_now_us (mos_store_get_clock (store)) - call->action->settled_us >= LATE_US;

  switch (mos_shop_find_action_sync (shop, call->action, call->order->remote_id, &made, cancellable, &local))
    {
    case MOS_SHOP_TRACE_FOUND:
      return settle (store, call, MOS_ORDER_ACTION_DONE, "found", NULL, made, error);
    case MOS_SHOP_TRACE_ABSENT:
      return !is_late || settle (store, call, MOS_ORDER_ACTION_FAILED, "lost", NULL, NULL, error);
    case MOS_SHOP_TRACE_UNCLEAR:
      return settle (store, call, MOS_ORDER_ACTION_UNCERTAIN, "unclear", NULL, NULL, error);
    case MOS_SHOP_TRACE_ERROR:
    default:
      /* Another time. */
      g_debug ("What was done to an order could not be looked for: %s", local->message);
      return TRUE;
    }
}

/* The copy follows at once; where that fails the next pass brings it. */
static void
refresh (MosStore *store,
         MosShop *shop,
         const MosOrder *order,
         GCancellable *cancellable)
{
  g_autoptr (GError) error = NULL;

  if (!mos_shops_refresh_order_sync (store, shop, order->remote_id, cancellable, &error))
    g_debug ("An order was not read again: %s", error->message);
}

static gboolean
do_it (MosStore *store,
       MosShop *shop,
       MosActionCall *call,
       GCancellable *cancellable,
       GError **error)
{
  g_autoptr (GError) trouble = NULL;
  g_autoptr (MosOrderTerms) terms = load_terms (shop, call->order->remote_id, cancellable, &trouble);
  g_autofree char *made = NULL;

  if (terms == NULL || !mos_order_terms_check (terms, call->action, &trouble))
    {
      const char *why = g_error_matches (trouble, G_IO_ERROR, G_IO_ERROR_CANCELLED) ? "stopped" : terms == NULL && g_error_matches (trouble, MOS_SHOP_ERROR, MOS_SHOP_ERROR_NOT_ALLOWED) ? "not_allowed"
                                                                                                                                                                                         : why_of (trouble);

      /* Nothing left. */
      return settle (store, call, MOS_ORDER_ACTION_FAILED, why, trouble->message, NULL, error);
    }
  made = perform (shop, call->action, terms, cancellable, &trouble);
  if (made != NULL)
    return settle (store, call, MOS_ORDER_ACTION_DONE, NULL, NULL, made, error);
  if (!g_error_matches (trouble, MOS_SHOP_ERROR, MOS_SHOP_ERROR_UNCERTAIN) && !g_error_matches (trouble, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return settle (store, call, MOS_ORDER_ACTION_FAILED, why_of (trouble), trouble->message, NULL, error);
  return settle (store, call, MOS_ORDER_ACTION_UNCERTAIN, "cut", trouble->message, NULL, error) && find_it (store, shop, call, cancellable, error);
}

MosOrderAction *
mos_order_actions_perform_sync (MosStore *store,
                                MosShop *shop,
                                const char *id,
                                GCancellable *cancellable,
                                GError **error)
{
  g_auto (MosActionCall) call = { .id = id };

  if (!mos_store_write_sync (store, NULL, NULL, do_take, &call, NULL, cancellable, error))
    return NULL;
  if (call.is_taken)
    {
      if (!do_it (store, shop, &call, cancellable, error))
        return NULL;
      refresh (store, shop, call.order, cancellable);
    }
  return g_steal_pointer (&call.action);
}

MosOrderAction *
mos_order_actions_settle_sync (MosStore *store,
                               MosShop *shop,
                               const char *id,
                               GCancellable *cancellable,
                               GError **error)
{
  g_auto (MosActionCall) call = { .id = id };

  if (!mos_store_write_sync (store, NULL, NULL, do_look_anew, &call, NULL, cancellable, error))
    return NULL;
  if (call.action->state == MOS_ORDER_ACTION_UNCERTAIN)
    {
      if (!find_it (store, shop, &call, cancellable, error))
        return NULL;
      if (!mos_order_action_is_open (call.action))
        refresh (store, shop, call.order, cancellable);
    }
  return g_steal_pointer (&call.action);
}

MosOrderAction *
mos_order_actions_say_sync (MosStore *store,
                            const char *id,
                            gboolean is_done,
                            GCancellable *cancellable,
                            GError **error)
{
  g_auto (MosActionCall) call = { .id = id };

  if (!mos_store_write_sync (store, NULL, NULL, do_look_anew, &call, NULL, cancellable, error))
    return NULL;
  if (call.action->state == MOS_ORDER_ACTION_UNCERTAIN && !settle (store, &call, is_done ? MOS_ORDER_ACTION_DONE : MOS_ORDER_ACTION_FAILED, "said", NULL, NULL, error))
    return NULL;
  return g_steal_pointer (&call.action);
}

/* Of what is asked for and not begun nothing left. */
static gboolean
give_up (MosStore *store,
         const char *id,
         const char *why,
         const char *detail,
         GError **error)
{
  g_auto (MosActionCall) call = { .id = id };

  return mos_store_write_sync (store, NULL, NULL, do_take, &call, NULL, NULL, error) && (!call.is_taken || settle (store, &call, MOS_ORDER_ACTION_FAILED, why, detail, NULL, error));
}

void
mos_order_actions_give_up_sync (MosStore *store,
                                const char *shop,
                                const GError *why)
{
  g_auto (MosActionCall) call = { .shop = shop };
  g_autoptr (GError) error = NULL;
  gboolean ok;

  /* Told to stop, it knows nothing of the shop. */
  if (g_error_matches (why, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  ok = mos_store_write_sync (store, NULL, NULL, do_list_open, &call, NULL, NULL, &error);
  for (guint i = 0; ok && i < call.open->len; i++)
    {
      const MosOrderAction *open = g_ptr_array_index (call.open, i);

      /* What is not due yet, since its mail can still be taken back, may find the shop again by then. */
      if (open->asked_us <= mos_clock_now_us (mos_store_get_clock (store)))
        ok = give_up (store, open->id, why_of (why), why->message, &error);
    }
  if (!ok)
    g_debug ("What was asked for of orders was not given up: %s", error->message);
}

static gboolean
work_on (MosStore *store,
         MosShop *shop,
         const MosOrderAction *open,
         GCancellable *cancellable,
         GError **error)
{
  g_autoptr (MosOrderAction) action = NULL;
  gint64 now_us = mos_clock_now_us (mos_store_get_clock (store));

  switch (open->state)
    {
    case MOS_ORDER_ACTION_ASKED:
      /* What it belongs to can still be taken back. */
      if (open->asked_us > now_us)
        return TRUE;
      if (now_us - open->asked_us > MOS_ORDER_ACTION_FORGOTTEN_US)
        return give_up (store, open->id, "stopped", NULL, error);
      action = mos_order_actions_perform_sync (store, shop, open->id, cancellable, error);
      break;
    case MOS_ORDER_ACTION_UNCERTAIN:
      /* What the shop cannot tell waits for a person. */
      if (g_strcmp0 (open->why, "unclear") == 0)
        return TRUE;
      action = mos_order_actions_settle_sync (store, shop, open->id, cancellable, error);
      break;
    case MOS_ORDER_ACTION_RUNNING:
    case MOS_ORDER_ACTION_DONE:
    case MOS_ORDER_ACTION_FAILED:
    default:
      return TRUE;
    }
  return action != NULL;
}

gboolean
mos_order_actions_work_sync (MosStore *store,
                             MosShop *shop,
                             GCancellable *cancellable,
                             GError **error)
{
  g_auto (MosActionCall) call = { .shop = mos_shop_get_account (shop)->id };

  if (!mos_store_write_sync (store, NULL, NULL, do_list_open, &call, NULL, cancellable, error))
    return FALSE;
  for (guint i = 0; i < call.open->len; i++)
    if (!work_on (store, shop, g_ptr_array_index (call.open, i), cancellable, error))
      return FALSE;
  return TRUE;
}

guint
mos_order_actions_get_wait_s (MosStore *store,
                              const char *shop)
{
  g_auto (MosActionCall) call = { .shop = shop };
  g_autoptr (GError) error = NULL;
  gint64 now_us = mos_clock_now_us (mos_store_get_clock (store)), next_us = 0;

  if (!mos_store_read_sync (store, do_look_ahead, &call, NULL, &error))
    {
      g_debug ("What is to be done to orders could not be looked up: %s", error->message);
      return 0;
    }
  for (guint i = 0; i < call.open->len; i++)
    {
      const MosOrderAction *open = g_ptr_array_index (call.open, i);

      if (open->state == MOS_ORDER_ACTION_ASKED && open->asked_us > now_us && (next_us == 0 || open->asked_us < next_us))
        next_us = open->asked_us;
    }
  return next_us != 0 ? (guint) MIN ((next_us - now_us) / G_USEC_PER_SEC + 1, 3600) : 0;
}
