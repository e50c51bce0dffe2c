/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "desk-fixture.h"

#include "core/desk/mos-rows.h"
#include "core/store/mos-store-accounts.h"

#include <string.h>

/* Thousands of mails with one Message-ID, as a broken program sends them: what is looked at for each does not grow with their number. */

#define MANY 5000
#define SHARED "same@broken.example"

typedef struct
{
  const char *conversation;
  guint begin;
  guint end;
} Add;

static gboolean
do_add (MosTxn *txn,
        gpointer data,
        GError **error)
{
  Add *add = data;

  for (guint i = add->begin; i < add->end; i++)
    {
      g_autoptr (MosMessageRow) row = mos_message_row_new ();
      g_autofree char *digest = g_strdup_printf ("%u", i);

      row->id = mos_store_message_id (ACCOUNT, SHARED, digest);
      row->conversation = g_strdup (add->conversation);
      row->account = g_strdup (ACCOUNT);
      row->direction = MOS_DIRECTION_INCOMING;
      row->delivery = MOS_DELIVERY_RECEIVED;
      row->classification = MOS_CLASSIFICATION_BULK;
      row->quarantined = TRUE;
      row->message_id = g_strdup (SHARED);
      row->received_us = MOS_TEST_NOW_US + i;
      row->sent_us = row->received_us;
      if (!mos_store_message_add (txn, row, NULL, NULL, error))
        return FALSE;
    }
  return TRUE;
}

typedef struct
{
  const char *id;
  const char *account;
  GPtrArray *rows;
} Find;

static gboolean
do_find (MosTxn *txn,
         gpointer data,
         GError **error)
{
  Find *find = data;
  const char *ids[] = { find->id, NULL };

  g_clear_pointer (&find->rows, g_ptr_array_unref);
  find->rows = mos_store_message_find_by_message_ids (txn, find->account, ids, error);
  return find->rows != NULL;
}

static void
test_bounded (void)
{
  g_autoptr (MosTestStore) t = test_desk_store ();
  g_autoptr (MosIngestResult) first = test_ingest (t->store, test_mail_one, MOS_FOLDER_INBOX, 1, MOS_TEST_NOW_US);
  Find find = { SHARED, ACCOUNT, NULL };

  for (guint i = 0; i < MANY; i += 1000)
    {
      Add add = { first->conversation, i, i + 1000 };

      test_write (t->store, do_add, &add);
    }

  test_write (t->store, do_find, &find);
  g_assert_cmpuint (find.rows->len, ==, MOS_STORE_SAME_ID_MAX);
  for (guint i = 1; i < find.rows->len; i++)
    g_assert_cmpint (((MosMessageRow *) find.rows->pdata[i - 1])->received_us, <, ((MosMessageRow *) find.rows->pdata[i])->received_us);
  find.account = NULL;
  test_write (t->store, do_find, &find);
  g_assert_cmpuint (find.rows->len, ==, MOS_STORE_SAME_ID_MAX);

  /* An answer to one of them is nobody's in particular. */
  {
    g_autoptr (MosIngestResult) answer = test_ingest (t->store, "From: Bea <bea@mail.example>\nTo: support@shop.example\nSubject: Re: Offer\nMessage-ID: <bea@mail.example>\n"
                                                                "In-Reply-To: <" SHARED ">\n\nYes\n",
                                                      MOS_FOLDER_INBOX, 2, MOS_TEST_NOW_US + G_USEC_PER_SEC);

    g_assert_cmpstr (answer->conversation, !=, first->conversation);
  }
  g_clear_pointer (&find.rows, g_ptr_array_unref);
}

/* Ours among them: somebody sent what we wrote back to us thousands of times. */
static void
test_ours (void)
{
  g_autoptr (MosTestStore) t = test_desk_store ();
  g_autoptr (MosIngestResult) first = test_ingest (t->store, test_mail_one, MOS_FOLDER_INBOX, 1, MOS_TEST_NOW_US);
  g_autoptr (MosIngestResult) other = test_ingest (t->store, "From: Bea <bea@mail.example>\nTo: support@shop.example\nSubject: Offer\nMessage-ID: <o@mail.example>\n\nOffer\n", MOS_FOLDER_INBOX, 2, MOS_TEST_NOW_US);
  g_autoptr (MosIngestResult) sent = test_ingest (t->store, "From: support@shop.example\nTo: ana@mail.example\nSubject: Re: Where?\nMessage-ID: <" SHARED ">\nIn-Reply-To: <one@mail.example>\n\nHere\n",
                                                  MOS_FOLDER_SENT, 3, MOS_TEST_NOW_US + 1000 * G_USEC_PER_SEC);
  Add add = { other->conversation, 0, 300 };
  g_autoptr (MosIngestResult) answer = NULL;

  test_write (t->store, do_add, &add);
  g_assert_cmpstr (sent->conversation, ==, first->conversation);
  answer = test_ingest (t->store, "From: Ana <ana@mail.example>\nTo: support@shop.example\nSubject: Re: Where?\nMessage-ID: <three@mail.example>\nIn-Reply-To: <" SHARED ">\n\nThanks\n",
                        MOS_FOLDER_INBOX, 4, MOS_TEST_NOW_US + 2000 * G_USEC_PER_SEC);
  g_assert_cmpstr (answer->conversation, ==, first->conversation);
}

/* --- One mail to two of our accounts --- */

static gboolean
do_second_account (MosTxn *txn,
                   gpointer data,
                   GError **error)
{
  g_autoptr (MosAccount) account = mos_account_new ();

  account->id = g_strdup ("second");
  account->kind = g_strdup ("email");
  account->name = g_strdup ("Wholesale");
  account->address = g_strdup ("wholesale@shop.example");
  mos_account_fill (account);
  g_free (account->smtp->host);
  account->smtp->host = g_strdup ("smtp.shop.example");
  return mos_store_account_save (txn, account, error);
}

static MosIngestResult *
ingest_second (MosStore *store,
               const char *mail,
               guint32 uid)
{
  g_autoptr (GPtrArray) batch = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_incoming_unref);
  g_autoptr (GPtrArray) results = NULL;
  MosIncoming *incoming = test_make_incoming (mail, MOS_FOLDER_INBOX, uid, MOS_TEST_NOW_US);
  GError *error = NULL;

  g_set_str (&incoming->account, "second");
  g_ptr_array_add (batch, incoming);
  mos_ingest_batch_sync (store, batch, &results, NULL, &error);
  g_assert_no_error (error);
  return mos_ingest_result_ref (g_ptr_array_index (results, 0));
}

static gboolean
do_delete (MosTxn *txn,
           gpointer data,
           GError **error)
{
  return mos_store_conversation_set_deleted (txn, data, TRUE, error);
}

/* Each account has a conversation of its own; each copy says where the other is, as long as there is one. */
static void
test_two_accounts (void)
{
  /* The same id, and nothing else in common */
  static const char impostor[] = "From: Bea <bea@mail.example>\nTo: wholesale@shop.example\nSubject: Where?\nMessage-ID: <one@mail.example>\nDate: Mon, 02 Mar 2026 08:00:00 +0000\n\nSomething else\n";
  g_autoptr (MosTestStore) t = test_desk_store ();
  g_autoptr (MosIngestResult) here = NULL, there = NULL, other = NULL;
  g_auto (TestLook) look = { 0 };
  MosMessageRow *row;

  test_write (t->store, do_second_account, NULL);
  here = test_ingest (t->store, test_mail_one, MOS_FOLDER_INBOX, 1, MOS_TEST_NOW_US);
  other = ingest_second (t->store, impostor, 1);
  test_look (t->store, here->conversation, &look);
  g_assert_null (test_look_find (&look, here->message)->other);
  test_look_clear (&look);

  there = ingest_second (t->store, test_mail_one, 2);
  g_assert_cmpstr (there->conversation, !=, here->conversation);
  test_look (t->store, here->conversation, &look);
  row = test_look_find (&look, here->message);
  g_assert_cmpstr (row->other, ==, there->conversation);
  g_assert_cmpstr (row->other_account, ==, "Wholesale");
  test_look_clear (&look);
  test_look (t->store, there->conversation, &look);
  row = test_look_find (&look, there->message);
  g_assert_cmpstr (row->other, ==, here->conversation);
  g_assert_cmpstr (row->other_account, ==, "Support");
  g_assert_cmpint (row->other_number, >, 0);
  test_look_clear (&look);
  test_look (t->store, other->conversation, &look);
  g_assert_null (test_look_find (&look, other->message)->other);
  test_look_clear (&look);

  test_write (t->store, do_delete, there->conversation);
  test_look (t->store, here->conversation, &look);
  g_assert_null (test_look_find (&look, here->message)->other);
}

int
main (int argc,
      char *argv[])
{
  mos_test_init (&argc, &argv);
  g_test_add_func ("/same-message-id/bounded", test_bounded);
  g_test_add_func ("/same-message-id/ours", test_ours);
  g_test_add_func ("/same-message-id/two-accounts", test_two_accounts);
  return g_test_run ();
}
