/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "desk-fixture.h"

#include "core/desk/mos-composing.h"
#include "core/desk/mos-send-facts.h"
#include "core/desk/mos-senders.h"
#include "core/store/mos-store-accounts.h"
#include "core/store/mos-store-agents.h"
#include "core/store/mos-store-orders.h"
#include "core/store/mos-store-shops.h"

static const char with_others[] = "From: Ana <ana@mail.example>\nTo: support@shop.example, Bo <BO@mail.example>\nCc: cleo@mail.example\nReply-To: ana@home.example\n"
                                  "Subject: Where?\nMessage-ID: <one@mail.example>\nDate: Mon, 02 Mar 2026 08:00:00 +0000\n\nHello\n";

typedef struct
{
  const char *conversation;
  MosSendFacts *facts; /* (owned) */
  const char *text;
} Load;

static gboolean
do_load (MosTxn *txn,
         gpointer data,
         GError **error)
{
  Load *load = data;

  g_clear_pointer (&load->facts, mos_send_facts_unref);
  return mos_send_facts_load (txn, load->conversation, "", load->text, &load->facts, error);
}

/* Whoever any mail came from, went to or asked to be answered to is known, whatever the case; our own addresses are never new. */
static void
test_known (void)
{
  g_autoptr (MosTestStore) t = test_desk_store ();
  g_autoptr (MosIngestResult) first = test_ingest (t->store, with_others, MOS_FOLDER_INBOX, 1, MOS_TEST_NOW_US);
  g_autoptr (MosIngestResult) next = NULL;
  static const char *const known[] = { "ana@mail.example", "ANA@mail.example", "bo@mail.example", "cleo@mail.example", "ana@home.example", "support@shop.example", "support+x@shop.example" };
  static const char *const new[] = { "dan@mail.example", "ana@mail.example.org", "na@mail.example" };
  Load load = { first->conversation, NULL, NULL };

  test_write (t->store, do_load, &load);
  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    {
      g_test_message ("%s", known[i]);
      g_assert_false (mos_send_facts_is_new (load.facts, known[i]));
    }
  for (guint i = 0; i < G_N_ELEMENTS (new); i++)
    {
      g_test_message ("%s", new[i]);
      g_assert_true (mos_send_facts_is_new (load.facts, new[i]));
    }
  g_assert_cmpuint (load.facts->mails, ==, 1);
  g_assert_cmpstr (load.facts->last->name, ==, "Ana");

  next = test_ingest (t->store, test_mail_two, MOS_FOLDER_INBOX, 2, MOS_TEST_NOW_US + G_TIME_SPAN_MINUTE);
  g_assert_cmpstr (next->conversation, ==, first->conversation);
  test_write (t->store, do_load, &load);
  g_assert_cmpuint (load.facts->mails, ==, 2);
  g_clear_pointer (&load.facts, mos_send_facts_unref);
}

/* --- orders of others --- */

static void
add_order (GPtrArray *orders,
           const char *shop,
           const char *number,
           const char *email)
{
  MosOrder *order = mos_order_make (shop, number);

  g_set_str (&order->number, number);
  g_set_str (&order->email, email);
  order->created_us = order->modified_us = MOS_TEST_NOW_US;
  g_set_str (&order->currency, "EUR");
  g_set_str (&order->total, "10.00");
  g_ptr_array_add (orders, order);
}

static gboolean
do_orders (MosTxn *txn,
           gpointer data,
           GError **error)
{
  g_autoptr (MosShopAccount) faro = mos_shop_account_make (MOS_SHOP_CSV, "Faro", "faro");
  g_autoptr (MosShopAccount) luz = mos_shop_account_make (MOS_SHOP_CSV, "Luz", "luz");
  g_autoptr (GPtrArray) of_faro = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_order_unref);
  g_autoptr (GPtrArray) of_luz = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_order_unref);

  add_order (of_faro, faro->id, "FL-2001", "ana@mail.example");
  add_order (of_faro, faro->id, "FL-2002", "bo@mail.example");
  add_order (of_faro, faro->id, "FL-2003", "guest@mail.example");
  add_order (of_faro, faro->id, "FL-2004", "bo@mail.example");
  add_order (of_luz, luz->id, "FL-2004", "ana@mail.example");
  return mos_store_shop_save (txn, faro, error) && mos_store_order_upsert (txn, faro->id, of_faro, NULL, NULL, error) &&
         mos_store_shop_save (txn, luz, error) && mos_store_order_upsert (txn, luz->id, of_luz, NULL, NULL, error);
}

/* The number of somebody else's order, surely meant as one: a guest's whom nobody knows among them; not hers, and not one that two shops gave. */
static void
test_others (void)
{
  g_autoptr (MosTestStore) t = test_desk_store ();
  g_autoptr (MosIngestResult) ana = test_ingest (t->store, with_others, MOS_FOLDER_INBOX, 1, MOS_TEST_NOW_US);
  g_autoptr (MosIngestResult) bo = test_ingest (t->store, "From: Bo <bo@mail.example>\nTo: support@shop.example\nSubject: Hi\nMessage-ID: <bo@mail.example>\nDate: Mon, 02 Mar 2026 08:00:00 +0000\n\nHello\n",
                                                MOS_FOLDER_INBOX, 2, MOS_TEST_NOW_US);
  static const struct
  {
    const char *text;
    const char *others;
  } table[] = {
    { NULL, "" },
    { "It is on its way.", "" },
    { "Your order FL-2001 is on its way.", "" },
    { "Your order FL-2002 is on its way.", "FL-2002" },
    { "your order fl-2002 and FL-2001", "FL-2002" },
    { "FL-2003 was a guest's, FL-2004 is in both shops, FL-9999 is nobody's", "FL-2003" },
  };

  test_write (t->store, do_orders, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      Load load = { ana->conversation, NULL, table[i].text };
      g_autoptr (GString) found = g_string_new (NULL);

      test_write (t->store, do_load, &load);
      for (guint k = 0; k < load.facts->others->len; k++)
        g_string_append (found, ((MosOrder *) load.facts->others->pdata[k])->number);
      g_assert_cmpstr (found->str, ==, table[i].others);
      g_clear_pointer (&load.facts, mos_send_facts_unref);
    }
}

/* --- signatures --- */

typedef struct
{
  const char *account; /* its signature */
  const char *agent;
  const char *conversation;
  MosDraft *draft; /* (owned) */
} Signed;

static gboolean
do_sign (MosTxn *txn,
         gpointer data,
         GError **error)
{
  static const MosQuoteTexts texts = { "{sender}, {date}:", "--", "%F" };
  Signed *s = data;
  g_autoptr (MosAccount) account = NULL;
  g_autoptr (MosAgent) me = NULL;

  if (!mos_store_account_find (txn, ACCOUNT, &account, error) || !mos_store_agent_ensure_me (txn, "Eva", &me, error))
    return FALSE;
  g_set_str (&account->signature, s->account);
  g_set_str (&me->signature, s->agent);
  g_clear_pointer (&s->draft, mos_draft_unref);
  return mos_store_account_save (txn, account, error) && mos_store_agent_save (txn, me, error) &&
         mos_draft_prepare (txn, "reply", s->conversation, NULL, NULL, &texts, &s->draft, error);
}

static gboolean
do_send_bare (MosTxn *txn,
              gpointer data,
              GError **error)
{
  Signed *s = data;
  g_autoptr (MosAgent) me = NULL;
  g_autofree char *message = NULL;
  g_autoptr (GError) local_error = NULL;
  MosActor actor = { MOS_ACTOR_HUMAN, NULL };

  if (!mos_store_agent_ensure_me (txn, "Eva", &me, error))
    return FALSE;
  actor.id = me->id;
  mos_txn_set_actor (txn, &actor);
  g_assert_false (mos_draft_send (txn, s->draft, MOS_STATUS_OPEN, 0, &message, &local_error));
  g_assert_error (local_error, MOS_DESK_ERROR, MOS_DESK_ERROR_INVALID);
  actor.id = NULL;
  mos_txn_set_actor (txn, &actor);
  return TRUE;
}

/* The person's own goes before the account's; "" is none of one's own. It alone is no message. */
static void
test_signatures (void)
{
  static const struct
  {
    const char *account;
    const char *agent;
    const char *text;
  } cases[] = {
    { "", "", "" },
    { "The shop", "", "\n\n-- \nThe shop" },
    { "The shop", "Eva\nFaro y Lana", "\n\n-- \nEva\nFaro y Lana" },
    { "", "Eva", "\n\n-- \nEva" },
  };
  g_autoptr (MosTestStore) t = test_desk_store ();
  g_autoptr (MosIngestResult) first = test_ingest (t->store, test_mail_one, MOS_FOLDER_INBOX, 1, MOS_TEST_NOW_US);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      Signed s = { cases[i].account, cases[i].agent, first->conversation, NULL };

      test_write (t->store, do_sign, &s);
      g_assert_cmpstr (s.draft->text, ==, cases[i].text);
      test_write (t->store, do_send_bare, &s);
      mos_draft_unref (s.draft);
    }
}

int
main (int argc,
      char *argv[])
{
  mos_test_init (&argc, &argv);
  g_test_add_func ("/send-facts/known", test_known);
  g_test_add_func ("/send-facts/others", test_others);
  g_test_add_func ("/send-facts/signatures", test_signatures);
  return g_test_run ();
}
