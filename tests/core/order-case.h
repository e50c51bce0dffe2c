/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "shop-desk.h"
#include "shop-peer.h"

#include "core/desk/mos-order-actions.h"

/* One order of one shop, what is wanted of it, and what became of that. */

typedef struct
{
  Peer *p;
  Fixture *f;
  ShopDesk desk;
  MosShop *shop;
  MosOrder *order;
  char *id;           /* of what was asked for last */
  GPtrArray *events;  /* of MosMessageRow */
  GPtrArray *actions; /* of MosOrderAction */
} Case;

static inline gboolean
do_people (MosTxn *txn,
           gpointer data,
           GCancellable *cancellable,
           GError **error)
{
  Case *c = data;

  fixture_account (txn, c->f);
  c->f->conversation = fixture_conversation (txn, c->f, "Broken mug");
  return TRUE;
}

static inline gboolean
do_see (MosTxn *txn,
        gpointer data,
        GCancellable *cancellable,
        GError **error)
{
  Case *c = data;
  g_autoptr (GPtrArray) ids = mos_store_message_list_ids (txn, c->f->conversation, error);

  g_clear_pointer (&c->order, mos_order_unref);
  g_clear_pointer (&c->events, g_ptr_array_unref);
  g_clear_pointer (&c->actions, g_ptr_array_unref);
  g_ptr_array_add (ids, NULL);
  c->events = mos_store_message_list (txn, (const char *const *) ids->pdata, error);
  c->actions = mos_store_order_action_list (txn, NULL, 100, error);
  return c->events != NULL && c->actions != NULL && mos_store_order_find (txn, ((MosOrder *) c->desk.orders->pdata[0])->id, &c->order, error);
}

static inline void
see (Case *c)
{
  g_autoptr (GError) error = NULL;

  shop_look (&c->desk);
  mos_store_read_sync (c->f->store, do_see, c, NULL, &error);
  g_assert_no_error (error);
}

static inline Case *
case_begin (Peer *p,
            MosShopKind kind,
            MosShopKeys *keys,
            void (*prepare) (Peer *p))
{
  Case *c = g_new0 (Case, 1);
  g_autoptr (GError) error = NULL;

  c->p = p;
  c->f = fixture_new ();
  c->shop = shop_begin (c->f, &c->desk, kind, c->p->base, keys);
  prepare (c->p);
  mos_store_write_sync (c->f->store, NULL, NULL, do_people, c, NULL, NULL, &error);
  g_assert_no_error (error);
  mos_shops_refresh_order_sync (c->f->store, c->shop, "12", NULL, &error);
  g_assert_no_error (error);
  see (c);
  return c;
}

static inline Case *
case_new_for (MosShopKind kind,
              void (*prepare) (Peer *p))
{
  g_autoptr (MosShopKeys) keys = mos_shop_keys_make (KEY, SECRET);

  return case_begin (peer_new (), kind, keys, prepare);
}

static inline void
case_free (Case *c)
{
  for (guint i = 0; i < c->p->refused->len; i++)
    g_test_message ("asked wrongly: %s", (const char *) c->p->refused->pdata[i]);
  g_assert_cmpuint (c->p->refused->len, ==, 0);
  fixture_check (c->f);
  g_clear_object (&c->shop);
  g_clear_pointer (&c->order, mos_order_unref);
  g_clear_pointer (&c->events, g_ptr_array_unref);
  g_clear_pointer (&c->actions, g_ptr_array_unref);
  shop_desk_clear (&c->desk);
  fixture_free (c->f);
  peer_free (c->p);
  g_free (c->id);
  g_free (c);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Case, case_free)

/* What a person wants, having looked at the order as it is here. */
static inline MosOrderAction *
want (Case *c,
      MosOrderActionKind kind)
{
  MosOrderAction *action = mos_order_action_make (kind, c->order, NULL);

  action->conversation = g_strdup (c->f->conversation);
  action->agent = g_strdup (AGENT);
  return action;
}

static inline MosOrderAction *
want_refund (Case *c,
             const char *amount)
{
  MosOrderAction *action = want (c, MOS_ORDER_ACTION_REFUND);

  g_set_str (&action->amount, amount);
  g_set_str (&action->reason, "broken");
  return action;
}

static inline void
ask (Case *c,
     const MosOrderAction *action)
{
  g_autoptr (GError) error = NULL;

  mos_order_actions_ask_sync (c->f->store, action, NULL, &error);
  g_assert_no_error (error);
  g_set_str (&c->id, action->id);
}

/* Returns: (transfer none): as it is in the store afterwards */
static inline const MosOrderAction *
find (Case *c)
{
  for (guint i = 0; i < c->actions->len; i++)
    if (strcmp (((MosOrderAction *) c->actions->pdata[i])->id, c->id) == 0)
      return c->actions->pdata[i];
  return NULL;
}

/* As the shop's own thread does it. */
static inline void
work (Case *c,
      MosOrderActionState state,
      const char *why)
{
  g_autoptr (GError) error = NULL;

  mos_order_actions_work_sync (c->f->store, c->shop, NULL, &error);
  g_assert_no_error (error);
  see (c);
  g_assert_cmpstr (mos_order_action_state_to_nick (find (c)->state), ==, mos_order_action_state_to_nick (state));
  g_assert_cmpstr (find (c)->why, ==, why);
}

static inline void
later (Case *c,
       gint64 seconds)
{
  mos_manual_clock_advance (MOS_MANUAL_CLOCK (c->f->clock), seconds * S);
}

/* The last line of the history: who, what, how much, and what became of it. */
static inline void
assert_event (Case *c,
              guint n,
              const char *kind,
              const char *state)
{
  const MosMessageRow *row;
  g_autoptr (MosOrderAction) told = NULL;

  g_assert_cmpuint (c->events->len, ==, n);
  if (n == 0)
    return;
  row = c->events->pdata[n - 1];
  g_assert_cmpstr (row->event_kind, ==, "order");
  g_assert_cmpstr (row->event_from, ==, kind);
  g_assert_cmpstr (row->actor_name, ==, "Marta");
  told = mos_order_action_read_event (row->event_to);
  g_assert_cmpstr (told->number, ==, "12");
  g_assert_cmpstr (mos_order_action_state_to_nick (told->state), ==, state);
}

/* What is done once, however its answer fails; and is not done where nothing got through. @make: a case; @wish: what is wanted there; @count: how often it was done */
static inline void
check_write_faults (Case *(*make) (void),
                    MosOrderAction *(*wish) (Case *c),
                    guint (*count) (Case *c))
{
  static const struct
  {
    Fault fault;
    MosOrderActionState state;
    const char *why;
    guint n;
  } table[] = {
    { FAULT_NONE, MOS_ORDER_ACTION_DONE, NULL, 1 },
    { FAULT_BUSY, MOS_ORDER_ACTION_DONE, NULL, 1 },
    { FAULT_LOST, MOS_ORDER_ACTION_DONE, "found", 1 },
    { FAULT_BROKEN, MOS_ORDER_ACTION_DONE, "found", 1 },
    { FAULT_AWAY, MOS_ORDER_ACTION_DONE, "found", 1 },
    { FAULT_WRONG, MOS_ORDER_ACTION_DONE, "found", 1 },
    { FAULT_NO_JSON, MOS_ORDER_ACTION_DONE, "found", 1 },
    { FAULT_CUT, MOS_ORDER_ACTION_UNCERTAIN, "cut", 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (Case) c = make ();
      g_autoptr (MosOrderAction) action = wish (c);

      g_test_message ("fault %d of %s", (int) table[i].fault, mos_order_action_kind_to_nick (action->kind));
      peer_fail_writes (c->p, 1, (int) table[i].fault);
      ask (c, action);
      work (c, table[i].state, table[i].why);
      g_assert_cmpuint (count (c), ==, table[i].n);
      if (table[i].fault == FAULT_CUT)
        {
          later (c, 301);
          work (c, MOS_ORDER_ACTION_FAILED, "lost");
          g_assert_cmpuint (count (c), ==, 0);
        }
    }
}

/* Its address, in another town */
static inline MosOrderAction *
want_city (Case *c,
           const char *city)
{
  MosOrderAction *action = want (c, MOS_ORDER_ACTION_ADDRESS);
  g_autoptr (MosOrderTerms) terms = mos_shop_load_terms_sync (c->shop, "12", NULL, NULL);

  for (guint i = 0; i < MOS_ADDRESS_N_PARTS; i++)
    g_set_str (&action->address[i], terms->address[i]);
  g_set_str (&action->address[MOS_ADDRESS_CITY], city);
  return action;
}
