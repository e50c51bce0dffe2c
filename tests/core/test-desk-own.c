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

int
main (int argc,
      char *argv[])
{
  mos_test_init (&argc, &argv);

  g_test_add_func ("/desk/own/form", test_form);

  return g_test_run ();
}
