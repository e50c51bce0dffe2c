/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "desk-fixture.h"

#include "core/desk/mos-chat-ingest.h"
#include "core/desk/mos-customers.h"
#include "core/desk/mos-rows.h"
#include "core/store/mos-store-accounts.h"
#include "core/store/mos-store-customers.h"
#include "core/store/mos-store-private.h"

/* Who writes in a chat: known by what its platform vouches for, and by nothing else. */

#define BOT "bot"

static gboolean
do_account (MosTxn *txn,
            gpointer data,
            GError **error)
{
  g_autoptr (MosAccount) account = mos_account_new ();

  account->id = g_strdup (BOT);
  account->kind = g_strdup ("telegram");
  account->name = g_strdup ("Shop");
  account->address = g_strdup ("@shop_bot");
  mos_account_fill (account);
  return mos_store_account_save (txn, account, error);
}

static gboolean
do_take (MosTxn *txn,
         gpointer data,
         GError **error)
{
  g_autoptr (MosAccount) account = NULL;
  g_autoptr (MosChatBatch) batch = mos_chat_batch_new ();
  g_autoptr (GPtrArray) results = NULL;

  batch->account = g_strdup (BOT);
  batch->updates = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_chat_update_unref);
  g_ptr_array_add (batch->updates, mos_chat_update_ref (data));
  batch->cursors = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  if (!mos_store_account_find (txn, BOT, &account, error) || !mos_chat_ingest (txn, account, batch, &results, error))
    return FALSE;
  g_assert_cmpuint (results->len, ==, 1);
  return TRUE;
}

static gboolean
do_count_people (MosTxn *txn,
                 gpointer data,
                 GError **error)
{
  gint64 *n = data;

  return mos_database_get_int (txn->database, n, error, "SELECT count (*) FROM customer WHERE deleted_at = 0 AND merged_into IS NULL", "");
}

static gint64
count_people (MosTestStore *t)
{
  gint64 n = 0;

  test_write (t->store, do_count_people, &n);
  return n;
}

static gboolean
do_add_typed (MosTxn *txn,
              gpointer data,
              GError **error)
{
  g_autofree char *id = NULL;

  return mos_store_customer_ensure (txn, "email", "", "dora@example.com", "Dora", "mail", MOS_TEST_NOW_US, &id, NULL, error) &&
         mos_customers_add_identity (txn, id, "+34600000002", NULL, error);
}

static void
write_as (MosTestStore *t,
          const char *thread,
          const char *kind,
          const char *value,
          const char *phone,
          gboolean is_verified)
{
  g_autoptr (MosChatUpdate) update = mos_chat_update_new ();

  update->kind = MOS_CHAT_MESSAGE;
  update->thread = g_strdup (thread);
  update->id = g_strconcat (thread, "-1", NULL);
  update->text = g_strdup ("Hello");
  update->at_us = MOS_TEST_NOW_US;
  update->person = mos_chat_person_make (kind, "", value, "Ana");
  g_set_str (&update->person->phone, phone);
  update->person->is_phone_verified = is_verified;
  test_write (t->store, do_take, update);
}

/* Two platforms that vouch for the same number speak of one person; one that does not, and a number that somebody typed, make nobody the same. */
static void
test_verified (void)
{
  g_autoptr (MosTestStore) t = test_desk_store ();
  gint64 n = count_people (t);

  test_write (t->store, do_account, NULL);
  write_as (t, "1", "telegram", "4711", "+34600000001", TRUE);
  g_assert_cmpint (count_people (t), ==, n + 1);
  write_as (t, "2", "whatsapp", "34600000001", "+34600000001", TRUE);
  g_assert_cmpint (count_people (t), ==, n + 1);
  write_as (t, "3", "telegram", "4712", "+34600000001", FALSE);
  g_assert_cmpint (count_people (t), ==, n + 2);

  /* Nobody vouched for the one of this. */
  test_write (t->store, do_add_typed, NULL);
  g_assert_cmpint (count_people (t), ==, n + 3);
  write_as (t, "4", "whatsapp", "34600000002", "+34600000002", TRUE);
  g_assert_cmpint (count_people (t), ==, n + 4);
}

int
main (int argc,
      char *argv[])
{
  mos_test_init (&argc, &argv);
  g_test_add_func ("/chat-people/verified", test_verified);
  return g_test_run ();
}
