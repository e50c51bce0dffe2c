/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-test"

#include "config.h"

#include "order-case.h"

#include "core/desk/mos-actions.h"
#include "core/desk/mos-desk.h"
#include "core/desk/mos-macro-actions.h"
#include "core/desk/mos-macro-apply.h"
#include "core/desk/mos-macro-fill.h"
#include "core/desk/mos-composing.h"
#include "core/desk/mos-order-links.h"
#include "core/desk/mos-outbox.h"
#include "core/desk/mos-rows.h"
#include "core/desk/mos-scheduled.h"
#include "core/desk/mos-scheduler.h"
#include "core/store/mos-store-drafts.h"
#include "core/store/mos-store-outbox.h"
#include "core/values/mos-macro-json.h"
#include "core/values/mos-macro-order.h"
#include "mos-test.h"

/* What a macro does to an order: filled in with the one that is meant, written down with the answer that goes out, and done by the shop's own road. */

static void
test_values (void)
{
  static const struct
  {
    const char *value;
    gboolean is_right;
    MosOrderActionKind kind;
    const char *text;
  } table[] = {
    { "cancel", TRUE, MOS_ORDER_ACTION_CANCEL, "" },
    { "refund", TRUE, MOS_ORDER_ACTION_REFUND, "" },
    { "invoice", TRUE, MOS_ORDER_ACTION_INVOICE, "" },
    { "note: Call {{customer.first_name}}", TRUE, MOS_ORDER_ACTION_NOTE, "Call {{customer.first_name}}" },
    { "note", FALSE, 0, NULL },
    { "note: ", FALSE, 0, NULL },
    { "address", FALSE, 0, NULL },
    { "return", FALSE, 0, NULL },
    { "", FALSE, 0, NULL },
    { "explode", FALSE, 0, NULL },
    { "{\"do\":\"explode\"}", FALSE, 0, NULL },
    { "{\"do\":", FALSE, 0, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_auto (MosMacroOrder) order = { 0 };

      g_test_message ("%s", table[i].value);
      g_assert_cmpint (mos_macro_order_read (table[i].value, &order), ==, table[i].is_right);
      g_assert_cmpint (mos_macro_is_value (MOS_MACRO_ORDER, table[i].value), ==, table[i].is_right);
      g_assert_false (mos_macro_order_is_filled (&order));
      if (!table[i].is_right)
        continue;
      g_assert_cmpint (order.kind, ==, table[i].kind);
      g_assert_cmpstr (order.text, ==, table[i].text);
    }
  /* One that is filled in is of an order, and none that a macro may have. */
  g_assert_false (mos_macro_is_value (MOS_MACRO_ORDER, "{\"do\":\"cancel\",\"order\":\"x\"}"));
}

static void
prepare (Peer *p)
{
  peer_begin_order (p, 12, "processing");
}

static Case *
case_new (void)
{
  Case *c = case_new_for (MOS_SHOP_WOOCOMMERCE, prepare);

  /* Read for the first time: before, nothing can be done. */
  shop_pass (&c->desk, c->shop);
  see (c);
  return c;
}

typedef struct
{
  Case *c;
  const char *value;
  const char *order; /* (nullable) */
  gint64 at_us;
  MosMacroPlan *plan; /* (owned) */
  char *undo;         /* (owned) */
  gboolean is_sure;
  gint64 undo_us;
  char *undone; /* (owned) (nullable) */
  MosMacroResult *result;
} Filling;

static void
filling_clear (Filling *self)
{
  g_clear_pointer (&self->plan, mos_macro_plan_unref);
  g_clear_pointer (&self->undo, g_free);
  g_clear_pointer (&self->undone, g_free);
  g_clear_pointer (&self->result, mos_macro_result_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Filling, filling_clear)

static gboolean
do_fill (MosTxn *txn,
         gpointer data,
         GCancellable *cancellable,
         GError **error)
{
  static const char *const languages[] = { "en", NULL };
  Filling *self = data;
  const MosMacroSubject subject = { .conversation = self->c->f->conversation, .agent = AGENT, .order = self->order };
  g_autoptr (MosMacro) macro = mos_macro_make ();
  g_autoptr (MosMacroFacts) facts = NULL;
  g_autoptr (MosMacroFilled) filled = NULL;
  g_autofree char *json = NULL;
  MosMacroFilling filling;

  if (!mos_macro_facts_load (txn, &subject, &facts, error))
    return FALSE;
  mos_macro_add_action (macro, MOS_MACRO_ORDER, self->value);
  filling = (MosMacroFilling) { .facts = facts, .languages = languages };
  filled = mos_macro_fill (macro, &filling);
  g_clear_pointer (&self->plan, mos_macro_plan_unref);
  /* As what is kept with a draft and with what waits. */
  json = mos_macro_plan_to_json (filled->plan);
  self->plan = mos_macro_plan_from_json (json);
  return TRUE;
}

static gboolean
do_act (MosTxn *txn,
        gpointer data,
        GCancellable *cancellable,
        GError **error)
{
  Filling *self = data;

  g_autofree char *undo = NULL;

  if (!mos_macro_actions_apply (txn, self->c->f->conversation, self->plan->actions, self->at_us, &undo, error))
    return FALSE;
  g_set_str (&self->undo, undo);
  return TRUE;
}

static gboolean
do_take_back (MosTxn *txn,
              gpointer data,
              GCancellable *cancellable,
              GError **error)
{
  Filling *self = data;

  return mos_macro_actions_take_back (txn, self->c->f->conversation, self->undo, error);
}

static gboolean
do_apply (MosTxn *txn,
          gpointer data,
          GCancellable *cancellable,
          GError **error)
{
  Filling *self = data;
  g_autoptr (MosMacro) macro = mos_macro_make ();
  const MosMacroApplying applying = { .macro = macro, .language = "en", .acts_on_orders = self->is_sure, .undo_us = self->undo_us };

  g_clear_pointer (&self->result, mos_macro_result_unref);
  mos_macro_add_action (macro, MOS_MACRO_ORDER, self->value);
  return mos_macro_apply (txn, &applying, self->c->f->conversation, &self->result, error);
}

static const MosMacroAction *
fill (Filling *self)
{
  g_autoptr (GError) error = NULL;

  mos_store_read_sync (self->c->f->store, do_fill, self, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (self->plan->actions->len, ==, 1);
  return self->plan->actions->pdata[0];
}

static void
assert_obstacle (Filling *self,
                 MosOrderObstacle obstacle)
{
  g_auto (MosMacroOrder) order = { 0 };

  g_assert_true (mos_macro_order_read (fill (self)->value, &order));
  g_assert_cmpstr (mos_order_obstacle_to_nick (order.obstacle), ==, mos_order_obstacle_to_nick (obstacle));
  g_assert_cmpint (mos_macro_order_is_filled (&order), ==, obstacle == MOS_ORDER_OBSTACLE_NONE);
}

/* Of a refund, how much of which money; else there is none. */
static void
assert_money (Filling *self)
{
  g_auto (MosMacroOrder) order = { 0 };
  gboolean is_refund = strcmp (self->value, "refund") == 0;

  g_assert_true (mos_macro_order_read (fill (self)->value, &order));
  g_assert_cmpint (*order.amount != '\0', ==, is_refund);
  g_assert_cmpstr (order.currency, ==, is_refund ? "EUR" : "");
}

static void
write_it (Filling *self,
          gboolean (*func) (MosTxn *txn, gpointer data, GCancellable *cancellable, GError **error))
{
  const MosActor actor = { MOS_ACTOR_HUMAN, AGENT };
  g_autoptr (GError) error = NULL;

  mos_store_write_sync (self->c->f->store, &actor, "macro", func, self, NULL, NULL, &error);
  g_assert_no_error (error);
  see (self->c);
  if (self->c->actions->len > 0)
    g_set_str (&self->c->id, ((MosOrderAction *) self->c->actions->pdata[0])->id);
}

static void
test_done (void)
{
  static const struct
  {
    const char *value;
    const char *kind;
    guint n_writes;
  } table[] = { { "cancel", "cancel", 1 }, { "refund", "refund", 1 }, { "invoice", "invoice", 1 }, { "note: Order {{order.number}}: call", "note", 1 } };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (Case) c = case_new ();
      g_auto (Filling) filling = { .c = c, .value = table[i].value, .order = c->order->id };

      assert_obstacle (&filling, MOS_ORDER_OBSTACLE_NONE);
      assert_money (&filling);
      write_it (&filling, do_act);
      work (c, MOS_ORDER_ACTION_DONE, NULL);
      assert_event (c, 1, table[i].kind, "done");
      /* Once, however often somebody looks. */
      work (c, MOS_ORDER_ACTION_DONE, NULL);
      g_assert_cmpuint (c->p->order->n_writes, ==, table[i].n_writes);
      if (i == 0)
        g_assert_cmpstr (c->p->order->status, ==, "cancelled");
      else if (i == 1)
        {
          g_autofree char *left = peer_dup_left (c->p);

          g_assert_cmpstr (left, ==, "0.00");
        }
      else if (i == 3)
        g_assert_nonnull (strstr (c->p->order->notes->pdata[0], "Order 12: call"));
    }
}

static void
test_obstacles (void)
{
  g_autoptr (Case) c = case_new_for (MOS_SHOP_WOOCOMMERCE, prepare);
  g_auto (Filling) filling = { .c = c, .value = "cancel", .order = c->order->id };
  g_auto (Filling) none = { .c = c, .value = "cancel" };
  const MosActor actor = { MOS_ACTOR_HUMAN, AGENT };
  g_autoptr (GError) error = NULL;

  assert_obstacle (&filling, MOS_ORDER_OBSTACLE_READING);
  shop_pass (&c->desk, c->shop);
  assert_obstacle (&filling, MOS_ORDER_OBSTACLE_NONE);
  later (c, 31 * 60);
  assert_obstacle (&filling, MOS_ORDER_OBSTACLE_STALE);

  /* Nothing is written down, and nothing else of the macro is done. */
  g_assert_false (mos_store_write_sync (c->f->store, &actor, "macro", do_act, &filling, NULL, NULL, &error));
  g_assert_error (error, MOS_DESK_ERROR, MOS_DESK_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "stale"));
  see (c);
  g_assert_cmpuint (c->actions->len, ==, 0);

  write_it (&none, do_apply);
  g_assert_false (mos_macro_result_is_done (none.result));
  g_assert_cmpint (none.result->obstacle, ==, MOS_ORDER_OBSTACLE_STALE);
  g_assert_cmpuint (c->actions->len, ==, 0);
}

static gboolean
do_link (MosTxn *txn,
         gpointer data,
         GCancellable *cancellable,
         GError **error)
{
  Filling *self = data;

  return mos_order_links_take (txn, self->c->order->id, NULL, self->c->f->conversation, error);
}

/* Fifty conversations are chosen with one key: what it does to orders is done where somebody said yes to just that, and to one order once. */
static void
test_without_composer (void)
{
  g_autoptr (Case) c = case_new ();
  g_auto (Filling) filling = { .c = c, .value = "refund", .order = c->order->id };

  write_it (&filling, do_link);
  write_it (&filling, do_apply);
  g_assert_false (mos_macro_result_is_done (filling.result));
  g_assert_cmpint (filling.result->obstacle, ==, MOS_ORDER_OBSTACLE_UNCONFIRMED);
  g_assert_cmpuint (c->actions->len, ==, 0);

  filling.is_sure = TRUE;
  write_it (&filling, do_apply);
  g_assert_true (mos_macro_result_is_done (filling.result));
  g_assert_cmpuint (c->actions->len, ==, 1);
  write_it (&filling, do_apply);
  g_assert_cmpint (filling.result->obstacle, ==, MOS_ORDER_OBSTACLE_UNDER_WAY);
  work (c, MOS_ORDER_ACTION_DONE, NULL);
  write_it (&filling, do_apply);
  g_assert_cmpint (filling.result->obstacle, ==, MOS_ORDER_OBSTACLE_REFUNDED);
  g_assert_cmpuint (c->actions->len, ==, 1);
  g_assert_cmpuint (c->p->order->n_writes, ==, 1);
}

static gboolean
do_undo (MosTxn *txn,
         gpointer data,
         GCancellable *cancellable,
         GError **error)
{
  Filling *self = data;

  g_clear_pointer (&self->undone, g_free);
  return mos_action_undo_last (txn, 0, FALSE, &self->undone, error);
}

/* What no shop knows of yet is withdrawn with the rest; what is done there stays, and that is said. */
static void
test_undo (void)
{
  g_autoptr (Case) c = case_new ();
  g_auto (Filling) filling = { .c = c, .value = "invoice", .order = c->order->id, .is_sure = TRUE, .undo_us = 20 * S };

  write_it (&filling, do_link);
  write_it (&filling, do_apply);
  g_assert_true (mos_macro_result_is_done (filling.result));
  g_assert_cmpuint (c->actions->len, ==, 1);
  /* It waits for as long as that. */
  work (c, MOS_ORDER_ACTION_ASKED, NULL);
  write_it (&filling, do_undo);
  g_assert_cmpstr (filling.undone, ==, "macro");
  g_assert_cmpuint (c->actions->len, ==, 0);
  later (c, 30);
  shop_pass (&c->desk, c->shop);
  g_assert_cmpuint (c->p->order->n_writes, ==, 0);

  filling.undo_us = 0;
  write_it (&filling, do_apply);
  work (c, MOS_ORDER_ACTION_DONE, NULL);
  write_it (&filling, do_undo);
  g_assert_cmpstr (filling.undone, ==, MOS_ACTION_MACRO_KEPT);
  g_assert_cmpuint (c->actions->len, ==, 1);
  g_assert_cmpuint (c->p->order->n_writes, ==, 1);
}

static gboolean
do_send_later (MosTxn *txn,
               gpointer data,
               GCancellable *cancellable,
               GError **error)
{
  Filling *self = data;
  const MosSendPlan plan = { .then = MOS_STATUS_OPEN, .at_us = mos_txn_get_now_us (txn) + 3600 * S, .is_later = TRUE };
  g_autoptr (MosDraft) draft = mos_draft_new ();
  g_autofree char *message = NULL;

  g_set_str (&draft->id, "later");
  g_set_str (&draft->kind, "reply");
  g_set_str (&draft->conversation, self->c->f->conversation);
  draft->macros = mos_macro_plan_ref (self->plan);
  return mos_draft_send_planned (txn, draft, &plan, &message, error);
}

/* By then the order is another one; and what is due must not fail over it. */
static void
test_later (void)
{
  g_autoptr (Case) c = case_new ();
  g_auto (Filling) filling = { .c = c, .value = "cancel", .order = c->order->id };
  const MosActor actor = { MOS_ACTOR_HUMAN, AGENT };
  g_autoptr (GError) error = NULL;

  fill (&filling);
  g_assert_false (mos_store_write_sync (c->f->store, &actor, NULL, do_send_later, &filling, NULL, NULL, &error));
  g_assert_error (error, MOS_DESK_ERROR, MOS_DESK_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "sent later"));
}

static gboolean
do_send_soon (MosTxn *txn,
              gpointer data,
              GCancellable *cancellable,
              GError **error)
{
  Filling *self = data;
  const MosSendPlan plan = { .then = MOS_STATUS_OPEN, .at_us = mos_txn_get_now_us (txn) + 10 * S };
  g_autoptr (MosDraft) draft = mos_draft_new ();
  g_autofree char *message = NULL;

  g_set_str (&draft->id, "soon");
  g_set_str (&draft->kind, "reply");
  g_set_str (&draft->conversation, self->c->f->conversation);
  g_set_str (&draft->subject, "Your order");
  g_set_str (&draft->text, "You have your money back.");
  mos_draft_fill (draft);
  g_ptr_array_add (draft->to, mos_address_make (NULL, "ana@example.com"));
  if (self->plan != NULL)
    draft->macros = mos_macro_plan_ref (self->plan);
  return mos_draft_send_planned (txn, draft, &plan, &message, error);
}

static gboolean
do_find_soon (MosTxn *txn,
              gpointer data,
              GCancellable *cancellable,
              GError **error)
{
  return mos_store_outbox_find (txn, "soon", data, error);
}

/* The program ended within the time for taking back. Started again too late for the refund, it does not send what says that there is one; without one it does. */
static void
test_too_late (void)
{
  for (guint has_order = 0; has_order < 2; has_order++)
    {
      g_autoptr (Case) c = case_new ();
      g_auto (Filling) filling = { .c = c, .value = "refund", .order = c->order->id };
      g_autoptr (MosOutboxItem) item = NULL;
      g_autoptr (GError) error = NULL;

      if (has_order)
        fill (&filling);
      write_it (&filling, do_send_soon);
      g_assert_cmpuint (c->actions->len, ==, has_order);
      later (c, 20 * 60);
      mos_scheduler_run_sync (c->f->store, NULL, NULL, &error);
      g_assert_no_error (error);
      mos_store_read_sync (c->f->store, do_find_soon, &item, NULL, &error);
      g_assert_no_error (error);
      if (has_order)
        {
          g_assert_cmpint (item->state, ==, MOS_DELIVERY_SCHEDULED);
          g_assert_cmpstr (item->why, ==, MOS_SCHEDULED_HELD_LATE);
          work (c, MOS_ORDER_ACTION_FAILED, "stopped");
        }
      else
        g_assert_cmpint (item->state, ==, MOS_DELIVERY_QUEUED);
      g_assert_cmpuint (c->p->order->n_writes, ==, 0);
    }
}

/* What goes out can be taken back for a while: until then nothing is done. */
static void
test_taken_back (void)
{
  g_autoptr (Case) c = case_new ();
  g_auto (Filling) filling = { .c = c, .value = "cancel", .order = c->order->id };
  const MosActor actor = { MOS_ACTOR_HUMAN, AGENT };
  g_autoptr (GError) error = NULL;

  fill (&filling);
  filling.at_us = mos_clock_now_us (c->f->clock) + 10 * S;
  write_it (&filling, do_act);
  work (c, MOS_ORDER_ACTION_ASKED, NULL);
  g_assert_cmpuint (mos_order_actions_get_wait_s (c->f->store, c->desk.account->id), ==, 11);
  g_assert_cmpuint (c->p->order->n_writes, ==, 0);
  write_it (&filling, do_take_back);
  g_assert_cmpuint (c->actions->len, ==, 0);
  later (c, 11);
  mos_order_actions_work_sync (c->f->store, c->shop, NULL, NULL);
  g_assert_cmpuint (c->p->order->n_writes, ==, 0);
  g_assert_cmpuint (mos_order_actions_get_wait_s (c->f->store, c->desk.account->id), ==, 0);

  filling.at_us = mos_clock_now_us (c->f->clock) + 10 * S;
  write_it (&filling, do_act);
  /* Two at a time there are not. */
  g_assert_false (mos_store_write_sync (c->f->store, &actor, "macro", do_act, &filling, NULL, NULL, &error));
  g_assert_error (error, MOS_DESK_ERROR, MOS_DESK_ERROR_INVALID);
  later (c, 11);
  work (c, MOS_ORDER_ACTION_DONE, NULL);
  /* Too late: it is done, and stays. */
  write_it (&filling, do_take_back);
  g_assert_cmpuint (c->actions->len, ==, 1);
  g_assert_cmpuint (c->p->order->n_writes, ==, 1);
}

static gboolean
do_again (MosTxn *txn,
          gpointer data,
          GCancellable *cancellable,
          GError **error)
{
  Filling *self = data;
  const MosSendPlan plan = { .then = MOS_STATUS_OPEN, .at_us = mos_txn_get_now_us (txn) + 10 * S };
  g_autoptr (MosDraft) draft = NULL;
  g_autofree char *message = NULL;

  if (!mos_outbox_take_back (txn, "soon", NULL, error) || !mos_store_draft_find_of_conversation (txn, self->c->f->conversation, NULL, &draft, error))
    return FALSE;
  g_assert_nonnull (draft);
  return mos_draft_send_planned (txn, draft, &plan, &message, error);
}

/* Taken back, looked over and sent: what its macro does to the order goes with it as before. */
static void
test_sent_again (void)
{
  g_autoptr (Case) c = case_new ();
  g_auto (Filling) filling = { .c = c, .value = "cancel", .order = c->order->id };

  fill (&filling);
  write_it (&filling, do_send_soon);
  g_assert_cmpuint (c->actions->len, ==, 1);
  write_it (&filling, do_again);
  g_assert_cmpuint (c->actions->len, ==, 1);
  later (c, 11);
  work (c, MOS_ORDER_ACTION_DONE, NULL);
  g_assert_cmpstr (c->p->order->status, ==, "cancelled");
  g_assert_cmpuint (c->p->order->n_writes, ==, 1);
}

/* It changed in the shop behind the back of whoever filled it in. */
static void
test_changed (void)
{
  g_autoptr (Case) c = case_new ();
  g_auto (Filling) filling = { .c = c, .value = "refund", .order = c->order->id };

  fill (&filling);
  g_set_str (&c->p->order->status, "completed");
  write_it (&filling, do_act);
  work (c, MOS_ORDER_ACTION_FAILED, "stale");
  g_assert_cmpuint (c->p->order->n_writes, ==, 0);
}

int
main (int argc,
      char *argv[])
{
  mos_test_init (&argc, &argv);
  g_test_add_func ("/macro-order/values", test_values);
  g_test_add_func ("/macro-order/done", test_done);
  g_test_add_func ("/macro-order/obstacles", test_obstacles);
  g_test_add_func ("/macro-order/without-composer", test_without_composer);
  g_test_add_func ("/macro-order/undo", test_undo);
  g_test_add_func ("/macro-order/later", test_later);
  g_test_add_func ("/macro-order/taken-back", test_taken_back);
  g_test_add_func ("/macro-order/sent-again", test_sent_again);
  g_test_add_func ("/macro-order/too-late", test_too_late);
  g_test_add_func ("/macro-order/changed", test_changed);
  return g_test_run ();
}
