/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "desk-fixture.h"

/* Mail that carries one of our own addresses as its sender. */

/* The form of a shop writes from the shop to the shop; who asks stands in Reply-To. Two of them are two customers. */
static void
test_form (void)
{
  static const struct
  {
    const char *to;
    const char *reply_to;
    const char *customer;
  } cases[] = {
    { "support@shop.example", "Reply-To: Ana <ana@mail.example>\n", "Ana" },
    { "support@shop.example", "Reply-To: Bob <bob@mail.example>\n", "Bob" },
    { "support@shop.example", "Reply-To: Shop <support@shop.example>, Carl <carl@mail.example>\n", "Carl" },
    { "boss@elsewhere.example, support@shop.example", "Reply-To: Dora <dora@mail.example>\n", "Dora" },
    { "support@shop.example", "", NULL },
    { "support@shop.example", "Reply-To: Support@Shop.example\n", NULL },
  };
  g_autoptr (MosTestStore) t = test_desk_store ();
  g_autoptr (GHashTable) customers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *mail = g_strdup_printf ("From: Shop <support@shop.example>\nTo: %s\n%sSubject: Contact\nMessage-ID: <form%u@shop.example>\n\nHello\n",
                                               cases[i].to, cases[i].reply_to, i);
      g_autoptr (MosIngestResult) result = test_ingest (t->store, mail, MOS_FOLDER_INBOX, i + 1, MOS_TEST_NOW_US);
      g_auto (TestLook) look = { 0 };

      g_assert_cmpint (result->outcome, ==, MOS_INGEST_IMPORTED);
      test_look (t->store, result->conversation, &look);
      g_assert_cmpint (test_look_find (&look, result->message)->direction, ==, MOS_DIRECTION_INCOMING);
      g_assert_cmpint (look.row->status, ==, MOS_STATUS_OPEN);
      g_assert_cmpint (look.row->waiting_since_us, ==, MOS_TEST_NOW_US);
      g_assert_cmpstr (look.row->customer_name, ==, cases[i].customer);
      if (cases[i].customer == NULL)
        g_assert_null (look.row->customer);
      else
        g_assert_true (g_hash_table_add (customers, g_strdup (look.row->customer)));
    }
}

/* "Your refund is granted", under our name in the inbox, is nobody's word of ours: unless Sent has it too. */
static void
test_claimed (void)
{
  static const char claim[] = "From: Shop <support@shop.example>\nTo: ana@mail.example\nSubject: Re: Where?\nMessage-ID: <claim@mail.example>\nIn-Reply-To: <one@mail.example>\n"
                              "X-Mostrador-Id: 00000000000000000000000000000000\nDate: Mon, 02 Mar 2026 08:10:00 +0000\n\nYour refund is granted.\n";
  g_autoptr (MosTestStore) t = test_desk_store ();
  g_autoptr (MosIngestResult) first = test_ingest (t->store, test_mail_one, MOS_FOLDER_INBOX, 1, MOS_TEST_NOW_US);
  g_autoptr (MosIngestResult) claimed = test_ingest (t->store, claim, MOS_FOLDER_INBOX, 2, MOS_TEST_NOW_US + 5);
  g_autoptr (MosIngestResult) sent = NULL;
  g_auto (TestLook) before = { 0 };
  g_auto (TestLook) after = { 0 };
  MosMessageRow *row;

  g_assert_cmpint (claimed->outcome, ==, MOS_INGEST_QUARANTINED);
  g_assert_cmpstr (claimed->cause, ==, "own-address");
  g_assert_cmpstr (claimed->conversation, ==, first->conversation);
  test_look (t->store, first->conversation, &before);
  row = test_look_find (&before, claimed->message);
  g_assert_cmpint (row->direction, ==, MOS_DIRECTION_INCOMING);
  g_assert_cmpint (row->classification, ==, MOS_CLASSIFICATION_OWN_LOOP);
  g_assert_true (row->quarantined);
  g_assert_cmpint (before.row->waiting_since_us, ==, MOS_TEST_NOW_US);
  g_assert_cmpint (before.row->status, ==, MOS_STATUS_OPEN);

  /* Written on a telephone with a blind copy to ourselves: the copy in Sent comes after it. */
  sent = test_ingest (t->store, claim, MOS_FOLDER_SENT, 1, MOS_TEST_NOW_US + 6);
  g_assert_cmpstr (sent->message, ==, claimed->message);
  test_look (t->store, first->conversation, &after);
  row = test_look_find (&after, claimed->message);
  g_assert_cmpint (row->direction, ==, MOS_DIRECTION_OUTGOING);
  g_assert_cmpint (row->delivery, ==, MOS_DELIVERY_ACCEPTED);
  g_assert_false (row->quarantined);
  g_assert_cmpint (after.row->waiting_since_us, ==, 0);
}

/* The same where it begins a conversation. */
static void
test_claimed_new (void)
{
  static const char claim[] = "From: support@shop.example\nTo: Ana <ana@mail.example>\nSubject: Hello\nMessage-ID: <claim@mail.example>\n\nHello\n";
  g_autoptr (MosTestStore) t = test_desk_store ();
  g_autoptr (MosIngestResult) claimed = test_ingest (t->store, claim, MOS_FOLDER_INBOX, 1, MOS_TEST_NOW_US);
  g_autoptr (MosIngestResult) sent = NULL;
  g_auto (TestLook) before = { 0 };
  g_auto (TestLook) after = { 0 };

  test_look (t->store, claimed->conversation, &before);
  g_assert_cmpstr (before.row->quarantine, ==, "own-address");
  g_assert_null (before.row->customer);
  sent = test_ingest (t->store, claim, MOS_FOLDER_SENT, 1, MOS_TEST_NOW_US + 6);
  test_look (t->store, sent->conversation, &after);
  g_assert_null (after.row->quarantine);
  g_assert_cmpint (after.row->status, ==, MOS_STATUS_PENDING);
  g_assert_cmpstr (after.row->customer_name, ==, "Ana");
}

int
main (int argc,
      char *argv[])
{
  mos_test_init (&argc, &argv);

  g_test_add_func ("/desk/own/form", test_form);
  g_test_add_func ("/desk/own/claimed", test_claimed);
  g_test_add_func ("/desk/own/claimed-new", test_claimed_new);

  return g_test_run ();
}
