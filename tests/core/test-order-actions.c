/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-test"

#include "config.h"

#include "order-case.h"

#include "core/shops/mos-shop-action.h"

#include "core/desk/mos-customers.h"
#include "mos-test.h"

/* What is done to orders, on a shop that keeps its state and fails as shops fail (shop-peer-orders.c). */

static void
begin_processing (Peer *p)
{
  peer_begin_order (p, 12, "processing");
}

static Case *
case_new (void)
{
  return case_new_for (MOS_SHOP_WOOCOMMERCE, begin_processing);
}

static void
assert_left (Case *c,
             const char *expected)
{
  g_autofree char *left = peer_dup_left (c->p);

  g_assert_cmpstr (left, ==, expected);
}

static void
test_refund_lines (void)
{
  g_autoptr (Case) c = case_new ();
  g_autoptr (MosOrderTerms) terms = mos_shop_load_terms_sync (c->shop, "12", NULL, NULL);
  g_autoptr (MosOrderTerms) after = NULL;
  g_autoptr (MosOrderAction) action = want (c, MOS_ORDER_ACTION_REFUND);
  const MosOrderTermsLine *mug = terms->lines->pdata[0], *plate = terms->lines->pdata[1], *shipping = terms->lines->pdata[2];
  g_autofree char *two = mos_order_terms_share (terms, mug, 2);
  const char *sent;

  g_assert_cmpstr (terms->left, ==, "50.20");
  g_assert_cmpstr (mug->left, ==, "35.70");
  g_assert_cmpuint (mug->quantity_left, ==, 3);
  g_assert_cmpstr (plate->left, ==, "9.51");
  g_assert_false (shipping->is_counted);
  g_assert_cmpstr (shipping->left, ==, "4.99");
  g_assert_cmpstr (two, ==, "23.80");

  mos_order_action_add_line (action, mug->id, 2, two);
  mos_order_action_add_line (action, shipping->id, 0, "4.99");
  g_set_str (&action->amount, "28.79");
  action->with_payment = TRUE;
  ask (c, action);
  work (c, MOS_ORDER_ACTION_DONE, NULL);
  assert_left (c, "21.41");
  g_assert_cmpstr (find (c)->remote_id, ==, "900");
  g_assert_cmpstr (c->order->refunded, ==, "28.79");
  assert_event (c, 1, "refund", "done");

  /* The goods and the tax of each line are what the line is made of, and what is left of it is less. */
  sent = c->p->order->refunds->pdata[0];
  g_assert_nonnull (strstr (sent, "\"quantity\":-2,\"total\":\"-20.00\",\"taxes\":[{\"id\":75,\"total\":\"-3.80\"}]"));
  g_assert_nonnull (strstr (sent, "\"quantity\":-0,\"total\":\"-4.19\",\"taxes\":[{\"id\":75,\"total\":\"-0.80\"}]"));
  g_assert_nonnull (strstr (sent, "\"refunded_payment\":true"));
  after = mos_shop_load_terms_sync (c->shop, "12", NULL, NULL);
  g_assert_cmpuint (((MosOrderTermsLine *) after->lines->pdata[0])->quantity_left, ==, 1);
  g_assert_cmpstr (((MosOrderTermsLine *) after->lines->pdata[0])->left, ==, "11.90");
  g_assert_cmpstr (((MosOrderTermsLine *) after->lines->pdata[2])->left, ==, "0.00");
  g_assert_cmpstr (after->left, ==, "21.41");
}

static void
test_others (void)
{
  g_autoptr (Case) c = case_new ();
  g_autoptr (MosOrderAction) note = want (c, MOS_ORDER_ACTION_NOTE);
  g_autoptr (MosOrderAction) mail = want (c, MOS_ORDER_ACTION_INVOICE);
  g_autoptr (MosOrderAction) address = want (c, MOS_ORDER_ACTION_ADDRESS);
  g_autoptr (MosOrderTerms) terms = mos_shop_load_terms_sync (c->shop, "12", NULL, NULL);
  g_autoptr (MosOrderAction) cancel = NULL;
  g_autoptr (MosOrderAction) again = NULL;

  g_set_str (&note->text, "Packed well");
  note->notify = TRUE;
  ask (c, note);
  work (c, MOS_ORDER_ACTION_DONE, NULL);
  g_assert_cmpuint (c->order->notes->len, ==, 1);
  g_assert_true (((MosOrderNote *) c->order->notes->pdata[0])->is_for_customer);

  ask (c, mail);
  work (c, MOS_ORDER_ACTION_DONE, NULL);
  g_assert_cmpuint (c->p->order->n_mails, ==, 1);

  for (guint i = 0; i < MOS_ADDRESS_N_PARTS; i++)
    g_set_str (&address->address[i], terms->address[i]);
  g_assert_cmpstr (address->address[MOS_ADDRESS_LAST_NAME], ==, "García");
  g_set_str (&address->address[MOS_ADDRESS_CITY], "Bad  Homburg ");
  ask (c, address);
  work (c, MOS_ORDER_ACTION_DONE, NULL);
  g_assert_nonnull (strstr (c->order->address, "Bad Homburg"));

  cancel = want (c, MOS_ORDER_ACTION_CANCEL);
  ask (c, cancel);
  work (c, MOS_ORDER_ACTION_DONE, NULL);
  g_assert_cmpint (c->order->status_kind, ==, MOS_ORDER_CANCELLED);
  assert_event (c, 4, "cancel", "done");

  again = want (c, MOS_ORDER_ACTION_CANCEL);
  ask (c, again);
  work (c, MOS_ORDER_ACTION_FAILED, "refused");
  g_assert_cmpstr (find (c)->detail, ==, "cancelled");
  g_assert_cmpuint (c->p->order->n_writes, ==, 4);
}

/* The answer never came: it is looked for, found, and not sent a second time. */
static void
test_lost (void)
{
  static const Fault faults[] = { FAULT_LOST, FAULT_BROKEN, FAULT_AWAY, FAULT_WRONG, FAULT_NO_JSON };

  for (gsize i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autoptr (Case) c = case_new ();
      g_autoptr (MosOrderAction) action = want_refund (c, "10.00");

      peer_fail_writes (c->p, 1, faults[i]);
      ask (c, action);
      work (c, MOS_ORDER_ACTION_DONE, "found");
      g_assert_cmpstr (find (c)->remote_id, ==, "900");
      g_assert_cmpuint (c->p->order->n_writes, ==, 1);
      assert_left (c, "40.20");
      /* That it was not known for a moment is told, too. */
      assert_event (c, 2, "refund", "done");
    }
}

/* Cut before the shop had it: that is said once there is no hope any more, and till then nothing else is done to the order. */
static void
test_cut (void)
{
  g_autoptr (Case) c = case_new ();
  g_autoptr (MosOrderAction) action = want_refund (c, "10.00");
  g_autoptr (MosOrderAction) other = want_refund (c, "10.00");
  g_autoptr (GError) error = NULL;

  peer_fail_writes (c->p, 1, FAULT_CUT);
  ask (c, action);
  work (c, MOS_ORDER_ACTION_UNCERTAIN, "cut");
  work (c, MOS_ORDER_ACTION_UNCERTAIN, "cut");
  g_assert_false (mos_order_actions_ask_sync (c->f->store, other, NULL, &error));
  g_assert_error (error, MOS_STORE_ERROR, MOS_STORE_ERROR_CONFLICT);
  later (c, 301);
  work (c, MOS_ORDER_ACTION_FAILED, "lost");
  g_assert_cmpuint (c->p->order->n_writes, ==, 1);
  assert_event (c, 2, "refund", "failed");
  ask (c, other);
  work (c, MOS_ORDER_ACTION_DONE, NULL);
  assert_left (c, "40.20");
}

/* Two pieces of the same, one after the other: the refund of the first is not that of the second, which never arrived. */
static void
test_alike (void)
{
  g_autoptr (Case) c = case_new ();
  g_autoptr (MosOrderAction) first = want_refund (c, "10.00");
  g_autoptr (MosOrderAction) second = NULL;

  ask (c, first);
  work (c, MOS_ORDER_ACTION_DONE, NULL);
  second = want_refund (c, "10.00");
  peer_fail_writes (c->p, 1, FAULT_CUT);
  ask (c, second);
  work (c, MOS_ORDER_ACTION_UNCERTAIN, "cut");
  later (c, 301);
  work (c, MOS_ORDER_ACTION_FAILED, "lost");
  assert_left (c, "40.20");
}

/* Where no key of ours is kept, by what is known of others; a note is whole lines. */
static void
test_traces (void)
{
  static const struct
  {
    const char *there;
    const char *wanted;
    gboolean has;
  } table[] = {
    { "Call customer before delivery", "Call customer", FALSE },
    { "Please Call customer", "Call customer", FALSE },
    { "Call customer", "Call customer", TRUE },
    { "Ring twice\nCall customer\r\nPacked", " Call customer\n", TRUE },
    { "Call customer now\nCall customer", "Call customer", TRUE },
    { "a\nb\nc", "a\nb", TRUE },
    { "anything", "", FALSE },
    { "anything", " \n", FALSE },
  };
  g_autoptr (Case) c = case_new ();
  g_autoptr (MosOrderAction) action = want_refund (c, "10.00");

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    g_assert_cmpint (mos_shop_action_has_lines (table[i].there, table[i].wanted), ==, table[i].has);
  g_assert_true (mos_shop_action_is_free (action, "900"));
  action->others = g_strsplit ("899 900", " ", 0);
  g_assert_false (mos_shop_action_is_free (action, "900"));
  g_assert_true (mos_shop_action_is_free (action, "901"));
}

/* Cut, and the shop was still at it when it was looked for first. */
static void
test_late (void)
{
  g_autoptr (Case) c = case_new ();
  g_autoptr (MosOrderAction) action = want_refund (c, "10.00");

  peer_fail_writes (c->p, 1, FAULT_LATE);
  ask (c, action);
  work (c, MOS_ORDER_ACTION_UNCERTAIN, "cut");
  later (c, 30);
  work (c, MOS_ORDER_ACTION_DONE, "found");
  g_assert_cmpuint (c->p->order->n_writes, ==, 1);
  assert_left (c, "40.20");
}

/* The line ran out of time while the shop was at it: that it is not there yet says nothing. */
static void
test_slow (void)
{
  g_autoptr (Case) c = case_new ();
  g_autoptr (MosOrderAction) action = want_refund (c, "10.00");

  c->p->slow = MOS_MANUAL_CLOCK (c->f->clock);
  peer_fail_writes (c->p, 1, FAULT_LATE);
  ask (c, action);
  work (c, MOS_ORDER_ACTION_UNCERTAIN, "cut");
  later (c, 30);
  work (c, MOS_ORDER_ACTION_DONE, "found");
  g_assert_cmpuint (c->p->order->n_writes, ==, 1);
  assert_left (c, "40.20");
}

/* What nobody can look up is asked of a person. */
static void
test_unclear (void)
{
  g_autoptr (Case) c = case_new ();
  g_autoptr (MosOrderAction) action = want (c, MOS_ORDER_ACTION_INVOICE);
  g_autoptr (MosOrderAction) said = NULL;
  g_autoptr (GError) error = NULL;

  peer_fail_writes (c->p, 1, FAULT_LOST);
  ask (c, action);
  work (c, MOS_ORDER_ACTION_UNCERTAIN, "unclear");
  later (c, 3600);
  work (c, MOS_ORDER_ACTION_UNCERTAIN, "unclear");
  said = mos_order_actions_say_sync (c->f->store, c->id, TRUE, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (said->state, ==, MOS_ORDER_ACTION_DONE);
  g_assert_cmpuint (c->p->order->n_mails, ==, 1);
  see (c);
  assert_event (c, 2, "invoice", "done");
  /* Said twice, and the other way round, it stays. */
  g_clear_pointer (&said, mos_order_action_unref);
  said = mos_order_actions_say_sync (c->f->store, c->id, FALSE, NULL, &error);
  g_assert_cmpint (said->state, ==, MOS_ORDER_ACTION_DONE);
}

static void
test_busy (void)
{
  g_autoptr (Case) c = case_new ();
  g_autoptr (MosOrderAction) action = want_refund (c, "10.00");

  peer_fail_writes (c->p, 2, FAULT_BUSY, FAULT_BUSY);
  ask (c, action);
  work (c, MOS_ORDER_ACTION_DONE, NULL);
  g_assert_cmpuint (c->p->order->n_writes, ==, 3);
  assert_left (c, "40.20");
}

/* Somebody refunds in the shop meanwhile: nothing is sent, and that is told. */
static void
test_stale (void)
{
  g_autoptr (Case) c = case_new ();
  g_autoptr (MosOrderAction) action = want_refund (c, "10.00");

  ask (c, action);
  g_ptr_array_add (c->p->order->refunds, g_strdup ("{\"id\":900,\"amount\":\"45.00\",\"reason\":\"other\",\"line_items\":[]}"));
  c->p->order->n_changes++;
  work (c, MOS_ORDER_ACTION_FAILED, "stale");
  g_assert_cmpuint (c->p->order->n_writes, ==, 0);
  g_assert_cmpstr (c->order->refunded, ==, "45.00");
  assert_event (c, 1, "refund", "failed");
}

/* The shop's own no: 500 with a number where others have an object. */
static void
test_refused (void)
{
  g_autoptr (Case) c = case_new ();
  g_autoptr (MosOrderAction) too_much = want_refund (c, "50.21");
  g_autoptr (MosOrderAction) action = NULL;
  g_autoptr (MosOrderTerms) terms = mos_shop_load_terms_sync (c->shop, "12", NULL, NULL);
  g_autofree char *made = NULL;
  g_autoptr (GError) error = NULL;

  ask (c, too_much);
  work (c, MOS_ORDER_ACTION_FAILED, "too_much");
  g_assert_cmpuint (c->p->order->n_writes, ==, 0);
  /* Past our own check */
  made = mos_shop_perform_sync (c->shop, too_much, terms, NULL, &error);
  g_assert_error (error, MOS_SHOP_ERROR, MOS_SHOP_ERROR_REFUSED);
  g_assert_cmpstr (error->message, ==, "Invalid refund amount.");

  c->p->has_no_gateway = TRUE;
  action = want_refund (c, "10.00");
  action->with_payment = TRUE;
  ask (c, action);
  work (c, MOS_ORDER_ACTION_FAILED, "refused");
  g_assert_nonnull (strstr (find (c)->detail, "does not support automatic refunds"));
  assert_left (c, "50.20");
}

static void
test_rights (void)
{
  g_autoptr (Case) c = case_new ();
  g_autoptr (MosOrderAction) action = want_refund (c, "10.00");
  g_autoptr (MosOrderAction) mail = want (c, MOS_ORDER_ACTION_INVOICE);
  g_autoptr (MosOrderAction) revoked = want_refund (c, "10.00");
  MosAccountState state = c->desk.account->state;

  c->p->is_read_only = TRUE;
  ask (c, action);
  work (c, MOS_ORDER_ACTION_FAILED, "read_only");
  /* The shop can be read as before. */
  g_assert_cmpint (c->desk.account->state, ==, state);
  c->p->is_read_only = FALSE;
  c->p->is_old = TRUE;
  ask (c, mail);
  work (c, MOS_ORDER_ACTION_FAILED, "lacking");
  peer_fail (c->p, 1, FAULT_REVOKED);
  ask (c, revoked);
  work (c, MOS_ORDER_ACTION_FAILED, "key_refused");
  assert_left (c, "50.20");
}

/* Pressed twice, in two windows, by two threads: one refund. */
static gpointer
press_thread (gpointer data)
{
  Case *c = data;
  g_autoptr (GMainContext) context = g_main_context_new ();
  g_autoptr (MosShopKeys) keys = mos_shop_keys_make (KEY, SECRET);
  g_autoptr (MosShop) shop = NULL;
  g_autoptr (GError) error = NULL;

  g_main_context_push_thread_default (context);
  shop = mos_shop_new_for_account (c->desk.account, keys, c->f->clock);
  mos_order_actions_work_sync (c->f->store, shop, NULL, &error);
  g_assert_no_error (error);
  g_clear_object (&shop);
  g_main_context_pop_thread_default (context);
  return NULL;
}

static void
test_twice (void)
{
  g_autoptr (Case) c = case_new ();
  g_autoptr (MosOrderAction) action = want_refund (c, "10.00");
  g_autoptr (MosOrderAction) other = want_refund (c, "10.00");
  GThread *threads[4];
  g_autoptr (GError) error = NULL;

  ask (c, action);
  ask (c, action);
  g_assert_false (mos_order_actions_ask_sync (c->f->store, other, NULL, &error));
  g_assert_error (error, MOS_STORE_ERROR, MOS_STORE_ERROR_CONFLICT);
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("press", press_thread, c);
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
  see (c);
  g_assert_cmpint (find (c)->state, ==, MOS_ORDER_ACTION_DONE);
  g_assert_cmpuint (c->p->order->n_writes, ==, 1);
  ask (c, action);
  work (c, MOS_ORDER_ACTION_DONE, NULL);
  assert_left (c, "40.20");
  assert_event (c, 1, "refund", "done");
}

static gboolean
do_break (MosTxn *txn,
          gpointer data,
          GCancellable *cancellable,
          GError **error)
{
  Case *c = data;
  gboolean is_taken;

  return mos_store_order_action_take (txn, c->id, "a process that ended", &is_taken, error) && is_taken;
}

/* The process ended between sending and writing down: the next one looks for it. */
static void
test_killed (void)
{
  for (guint was_sent = 0; was_sent < 2; was_sent++)
    {
      g_autoptr (Case) c = case_new ();
      g_autoptr (MosOrderAction) action = want_refund (c, "10.00");
      g_autoptr (MosOrderTerms) terms = mos_shop_load_terms_sync (c->shop, "12", NULL, NULL);
      g_autofree char *made = NULL;

      ask (c, action);
      {
        g_autoptr (GError) error = NULL;

        mos_store_write_sync (c->f->store, NULL, NULL, do_break, c, NULL, NULL, &error);
        g_assert_no_error (error);
      }
      if (was_sent == 1)
        made = mos_shop_perform_sync (c->shop, action, terms, NULL, NULL);
      fixture_reopen (c->f);
      if (was_sent == 0)
        {
          work (c, MOS_ORDER_ACTION_UNCERTAIN, "cut");
          later (c, 301);
        }
      work (c, was_sent == 1 ? MOS_ORDER_ACTION_DONE : MOS_ORDER_ACTION_FAILED, was_sent == 1 ? "found" : "lost");
      assert_left (c, was_sent == 1 ? "40.20" : "50.20");
    }
}

/* Asked for, and the program ended before it began: nobody expects it any more. */
static void
test_forgotten (void)
{
  g_autoptr (Case) c = case_new ();
  g_autoptr (MosOrderAction) action = want_refund (c, "10.00");
  g_autoptr (MosOrderAction) next = want_refund (c, "10.00");
  g_autoptr (GError) why = g_error_new_literal (MOS_DESK_ERROR, MOS_DESK_ERROR_NO_PASSWORD, "No keys");
  g_autoptr (GError) stopped = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "Told to stop");

  ask (c, action);
  later (c, 3600);
  work (c, MOS_ORDER_ACTION_FAILED, "stopped");
  g_assert_cmpuint (c->p->order->n_writes, ==, 0);
  /* What is not due yet, and what was only told to stop, is left. */
  next->asked_us = mos_clock_now_us (c->f->clock) + 10 * S;
  ask (c, next);
  mos_order_actions_give_up_sync (c->f->store, c->desk.account->id, why);
  see (c);
  g_assert_cmpint (find (c)->state, ==, MOS_ORDER_ACTION_ASKED);
  later (c, 11);
  mos_order_actions_give_up_sync (c->f->store, c->desk.account->id, stopped);
  see (c);
  g_assert_cmpint (find (c)->state, ==, MOS_ORDER_ACTION_ASKED);
  mos_order_actions_give_up_sync (c->f->store, c->desk.account->id, why);
  see (c);
  g_assert_cmpint (find (c)->state, ==, MOS_ORDER_ACTION_FAILED);
  g_assert_cmpstr (find (c)->why, ==, "no_key");
}

static gboolean
do_erase (MosTxn *txn,
          gpointer data,
          GCancellable *cancellable,
          GError **error)
{
  Case *c = data;
  g_autoptr (MosErasure) erasure = NULL;

  return mos_customers_erase (txn, c->f->customer, &erasure, error);
}

/* Who is erased is in no word of what was done to their orders; that it was done stays. */
static void
test_erased (void)
{
  g_autoptr (Case) c = case_new ();
  g_autoptr (MosOrderAction) action = want_city (c, "Hamburg");
  g_autoptr (GError) error = NULL;

  ask (c, action);
  work (c, MOS_ORDER_ACTION_DONE, NULL);
  g_assert_cmpstr (find (c)->address[MOS_ADDRESS_CITY], ==, "Hamburg");
  mos_store_write_sync (c->f->store, NULL, NULL, do_erase, c, NULL, NULL, &error);
  g_assert_no_error (error);
  see (c);
  g_assert_cmpstr (find (c)->address[MOS_ADDRESS_CITY], ==, "");
  g_assert_null (find (c)->detail);
  g_assert_null (find (c)->conversation);
}

static void
test_no_network (void)
{
  g_autoptr (Case) c = case_new ();
  g_autoptr (MosOrderAction) action = want_refund (c, "10.00");
  g_autoptr (MosShopAccount) away = mos_shop_account_make (MOS_SHOP_WOOCOMMERCE, "Mugs", "http://127.0.0.1:1");
  g_autoptr (MosShopKeys) keys = mos_shop_keys_make (KEY, SECRET);
  g_autoptr (MosShop) shop = mos_shop_new_for_account (away, keys, c->f->clock);
  g_autoptr (MosOrderTerms) terms = mos_shop_load_terms_sync (c->shop, "12", NULL, NULL);
  g_autofree char *made = NULL;
  g_autoptr (GError) error = NULL;

  /* Nothing left: that is certain. */
  made = mos_shop_perform_sync (shop, action, terms, NULL, &error);
  g_assert_null (made);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED);
}

/* A line that breaks before there is anybody to trust at its end breaks with errors like those of one that breaks later. */
static void
test_no_trust (void)
{
  g_autoptr (Case) c = case_new ();
  g_autoptr (MosOrderAction) action = want_refund (c, "10.00");
  g_autofree char *url = g_strconcat ("https", c->p->base + strlen ("http"), NULL);
  g_autoptr (MosShopAccount) other = mos_shop_account_make (MOS_SHOP_WOOCOMMERCE, "Mugs", url);
  g_autoptr (MosShopKeys) keys = mos_shop_keys_make (KEY, SECRET);
  g_autoptr (MosShop) shop = mos_shop_new_for_account (other, keys, c->f->clock);
  g_autoptr (MosOrderTerms) terms = mos_shop_load_terms_sync (c->shop, "12", NULL, NULL);
  g_autofree char *made = NULL;
  g_autoptr (GError) error = NULL;

  made = mos_shop_perform_sync (shop, action, terms, NULL, &error);
  g_assert_null (made);
  g_assert_nonnull (error);
  g_assert_false (g_error_matches (error, MOS_SHOP_ERROR, MOS_SHOP_ERROR_UNCERTAIN));
  g_assert_cmpuint (c->p->order->n_writes, ==, 0);
}

int
main (int argc,
      char *argv[])
{
  mos_test_init (&argc, &argv);
  g_test_add_func ("/order-actions/refund-lines", test_refund_lines);
  g_test_add_func ("/order-actions/others", test_others);
  g_test_add_func ("/order-actions/lost", test_lost);
  g_test_add_func ("/order-actions/cut", test_cut);
  g_test_add_func ("/order-actions/alike", test_alike);
  g_test_add_func ("/order-actions/traces", test_traces);
  g_test_add_func ("/order-actions/late", test_late);
  g_test_add_func ("/order-actions/slow", test_slow);
  g_test_add_func ("/order-actions/unclear", test_unclear);
  g_test_add_func ("/order-actions/busy", test_busy);
  g_test_add_func ("/order-actions/stale", test_stale);
  g_test_add_func ("/order-actions/refused", test_refused);
  g_test_add_func ("/order-actions/rights", test_rights);
  g_test_add_func ("/order-actions/twice", test_twice);
  g_test_add_func ("/order-actions/killed", test_killed);
  g_test_add_func ("/order-actions/forgotten", test_forgotten);
  g_test_add_func ("/order-actions/erased", test_erased);
  g_test_add_func ("/order-actions/no-network", test_no_network);
  g_test_add_func ("/order-actions/no-trust", test_no_trust);
  return g_test_run ();
}
