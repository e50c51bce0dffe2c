/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "desk-fixture.h"

#include "core/desk/mos-desk.h"
#include "core/desk/mos-lists.h"
#include "core/store/mos-store-outbox.h"

#include <string.h>

/* What a person does by hand: with the outbox, with an account; and a long conversation looked at. */

#define HOUR_US ((gint64) 3600 * G_USEC_PER_SEC)

/* --- the outbox, by hand --- */

typedef void (*SendAction) (MosDesk *desk, const char *message, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);

static void
settle_sent (MosDesk *desk,
             const char *message,
             GCancellable *cancellable,
             GAsyncReadyCallback callback,
             gpointer user_data)
{
  mos_desk_settle_send_async (desk, message, TRUE, cancellable, callback, user_data);
}

static void
settle_unsent (MosDesk *desk,
               const char *message,
               GCancellable *cancellable,
               GAsyncReadyCallback callback,
               gpointer user_data)
{
  mos_desk_settle_send_async (desk, message, FALSE, cancellable, callback, user_data);
}

typedef struct
{
  const char *message;
  MosDelivery state;
} SetState;

static gboolean
do_set_state (MosTxn *txn,
              gpointer data,
              GError **error)
{
  SetState *set = data;

  return mos_store_outbox_set_result (txn, set->message, set->state, MOS_TEST_NOW_US + HOUR_US, "temporary", NULL, error);
}

static gboolean
do_find_item (MosTxn *txn,
              gpointer data,
              GError **error)
{
  MosOutboxItem **item = data;
  const char *message = (*item)->message;

  return mos_store_outbox_find (txn, message, item, error);
}

static void
test_outbox_by_hand (void)
{
  static const struct
  {
    MosDelivery before;
    SendAction action;
    MosDelivery after; /* of the message; DRAFT: it is gone, a draft is there */
    gboolean is_refused;
  } cases[] = {
    { MOS_DELIVERY_QUEUED, mos_desk_retry_send_async, MOS_DELIVERY_QUEUED, FALSE },
    { MOS_DELIVERY_FAILED, mos_desk_retry_send_async, MOS_DELIVERY_QUEUED, FALSE },
    { MOS_DELIVERY_UNCERTAIN, mos_desk_retry_send_async, MOS_DELIVERY_QUEUED, FALSE },
    { MOS_DELIVERY_SENDING, mos_desk_retry_send_async, MOS_DELIVERY_SENDING, TRUE },
    { MOS_DELIVERY_ACCEPTED, mos_desk_retry_send_async, MOS_DELIVERY_ACCEPTED, TRUE },
    { MOS_DELIVERY_QUEUED, mos_desk_cancel_send_async, MOS_DELIVERY_DRAFT, FALSE },
    { MOS_DELIVERY_FAILED, mos_desk_cancel_send_async, MOS_DELIVERY_DRAFT, FALSE },
    { MOS_DELIVERY_UNCERTAIN, mos_desk_cancel_send_async, MOS_DELIVERY_CANCELLED, FALSE },
    { MOS_DELIVERY_SENDING, mos_desk_cancel_send_async, MOS_DELIVERY_SENDING, TRUE },
    { MOS_DELIVERY_ACCEPTED, mos_desk_cancel_send_async, MOS_DELIVERY_ACCEPTED, TRUE },
    { MOS_DELIVERY_UNCERTAIN, settle_sent, MOS_DELIVERY_ACCEPTED, FALSE },
    { MOS_DELIVERY_UNCERTAIN, settle_unsent, MOS_DELIVERY_QUEUED, FALSE },
    { MOS_DELIVERY_QUEUED, settle_sent, MOS_DELIVERY_QUEUED, TRUE },
    { MOS_DELIVERY_FAILED, settle_unsent, MOS_DELIVERY_FAILED, TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (MosTestStore) t = test_desk_store ();
      g_autoptr (MosIngestResult) first = test_ingest (t->store, test_mail_one, MOS_FOLDER_INBOX, 1, MOS_TEST_NOW_US);
      g_auto (TestReply) reply = { first->conversation };
      g_autoptr (MosDesk) desk = mos_desk_new (t->store, MOS_DESK_FLAG_OFFLINE);
      GAsyncResult *result = NULL;
      g_autoptr (GAsyncResult) done = NULL;
      g_autoptr (GError) error = NULL;
      g_auto (TestLook) look = { 0 };
      SetState set;
      MosMessageRow *row;
      gboolean worked;

      test_write (t->store, test_do_reply, &reply);
      set = (SetState) { reply.message, cases[i].before };
      test_write (t->store, do_set_state, &set);
      cases[i].action (desk, reply.message, NULL, mos_test_ready_cb, &result);
      done = mos_test_await (&result);
      worked = mos_desk_action_finish (desk, done, NULL, &error);
      g_test_message ("case %u: %s", i, error != NULL ? error->message : "done");
      g_assert_cmpint (worked, ==, !cases[i].is_refused);
      if (cases[i].is_refused)
        g_assert_error (error, MOS_STORE_ERROR, MOS_STORE_ERROR_CONFLICT);

      test_look (t->store, first->conversation, &look);
      row = test_look_find (&look, reply.message);
      g_assert_cmpint (row == NULL, ==, cases[i].after == MOS_DELIVERY_DRAFT);
      if (row != NULL)
        g_assert_cmpint (row->delivery, ==, cases[i].after);
      g_assert_cmpint (look.row->has_draft, ==, worked && cases[i].action == mos_desk_cancel_send_async);
      if (worked && cases[i].after == MOS_DELIVERY_QUEUED)
        {
          MosOutboxItem asked = { .message = reply.message };
          MosOutboxItem *item = &asked;

          /* Now, not in an hour. */
          test_write (t->store, do_find_item, &item);
          g_assert_cmpint (item->next_try_us, <=, MOS_TEST_NOW_US);
          g_assert_null (item->why);
          mos_outbox_item_unref (item);
        }
      mos_desk_stop_sync (desk);
    }
}

/* --- an account goes --- */

static void
test_account_remove (void)
{
  g_autoptr (MosTestStore) t = test_desk_store ();
  g_autoptr (MosIngestResult) first = test_ingest (t->store, test_mail_one, MOS_FOLDER_INBOX, 1, MOS_TEST_NOW_US);
  g_autoptr (MosDesk) desk = mos_desk_new (t->store, MOS_DESK_FLAG_OFFLINE);
  GAsyncResult *result = NULL;
  g_autoptr (GAsyncResult) done = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (TestLook) look = { 0 };

  mos_test_wait (g_list_model_get_n_items (mos_desk_get_accounts (desk)) == 1, 5000);
  mos_desk_remove_account_async (desk, ACCOUNT, NULL, mos_test_ready_cb, &result);
  done = mos_test_await (&result);
  mos_desk_remove_account_finish (desk, done, &error);
  g_assert_no_error (error);
  mos_test_wait (g_list_model_get_n_items (mos_desk_get_accounts (desk)) == 0, 5000);
  /* What customers wrote stays. */
  test_look (t->store, first->conversation, &look);
  g_assert_cmpuint (look.row->message_count, ==, 1);
  g_assert_nonnull (test_look_find (&look, first->message));
  mos_desk_stop_sync (desk);
}

/* --- a long conversation --- */

#define MANY 400

typedef struct
{
  guint signals;
  guint removed;
  guint added;
} Changes;

static void
items_changed_cb (GListModel *model,
                  guint position,
                  guint removed,
                  guint added,
                  Changes *changes)
{
  changes->signals++;
  changes->removed += removed;
  changes->added += added;
}

static void
test_long_conversation (void)
{
  g_autoptr (MosTestStore) t = test_desk_store ();
  g_autoptr (GPtrArray) batch = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_incoming_unref);
  g_autoptr (GPtrArray) results = NULL;
  g_autoptr (MosDesk) desk = NULL;
  g_autoptr (MosMessageList) list = NULL;
  g_autoptr (MosMessage) held = NULL;
  g_autoptr (MosMessage) same = NULL;
  g_autoptr (MosIngestResult) next = NULL;
  const char *conversation;
  gint64 before_us = 0;
  Changes changes = { 0 };
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < MANY; i++)
    {
      g_autofree char *mail = g_strdup_printf ("From: Ana <ana@mail.example>\nTo: support@shop.example\nSubject: Re: Where?\nMessage-ID: <l%u@mail.example>\n%s\nHello %u\n",
                                               i, i > 0 ? "In-Reply-To: <l0@mail.example>\n" : "", i);

      g_ptr_array_add (batch, test_make_incoming (mail, MOS_FOLDER_INBOX, i + 1, MOS_TEST_NOW_US + i));
    }
  mos_ingest_batch_sync (t->store, batch, &results, NULL, &error);
  g_assert_no_error (error);
  conversation = ((MosIngestResult *) g_ptr_array_index (results, 0))->conversation;

  desk = mos_desk_new (t->store, MOS_DESK_FLAG_OFFLINE);
  list = mos_message_list_new (desk, conversation);
  mos_test_wait (!mos_message_list_get_loading (list), 10000);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, MANY);
  for (guint i = 0; i < MANY; i++)
    {
      g_autoptr (MosMessage) message = g_list_model_get_item (G_LIST_MODEL (list), i);
      MosMessageRow *row = mos_message_get_row (message);

      g_assert_nonnull (row);
      g_assert_cmpint (row->received_us, >, before_us);
      before_us = row->received_us;
    }

  /* One more: one row is added, the others stay the objects they were. */
  held = g_list_model_get_item (G_LIST_MODEL (list), 7);
  g_signal_connect (list, "items-changed", G_CALLBACK (items_changed_cb), &changes);
  {
    static const char mail[] = "From: Ana <ana@mail.example>\nTo: support@shop.example\nSubject: Re: Where?\nMessage-ID: <new@mail.example>\nIn-Reply-To: <l0@mail.example>\n\nStill?\n";

    next = test_ingest (t->store, mail, MOS_FOLDER_INBOX, MANY + 1, MOS_TEST_NOW_US + MANY);
  }
  mos_test_wait (g_list_model_get_n_items (G_LIST_MODEL (list)) == MANY + 1, 10000);
  g_assert_cmpuint (changes.signals, ==, 1);
  g_assert_cmpuint (changes.added, ==, 1);
  g_assert_cmpuint (changes.removed, ==, 0);
  same = g_list_model_get_item (G_LIST_MODEL (list), 7);
  g_assert_true (same == held);

  g_clear_object (&list);
  mos_desk_stop_sync (desk);
}

int
main (int argc,
      char *argv[])
{
  mos_test_init (&argc, &argv);

  g_test_add_func ("/desk-hand/outbox-by-hand", test_outbox_by_hand);
  g_test_add_func ("/desk-hand/account-remove", test_account_remove);
  g_test_add_func ("/desk-hand/long-conversation", test_long_conversation);

  return g_test_run ();
}
