/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "chat-fixture.h"

#include "core/channels/mos-channel-traits.h"
#include "core/desk/mos-actions.h"
#include "core/desk/mos-chat-buttons.h"
#include "core/desk/mos-chat-outbox.h"
#include "core/desk/mos-chat-state.h"
#include "core/desk/mos-chat-typing.h"
#include "core/desk/mos-composing.h"
#include "core/desk/mos-customers.h"
#include "core/desk/mos-outbox.h"
#include "core/store/mos-store-folders.h"
#include "core/store/mos-store-outbox.h"

#include <string.h>

/* What can happen in a chat, told out of order, twice, and about what is not there. */

static void
test_settings (void)
{
  g_autoptr (MosTestStore) t = chat_store ();
  g_auto (Find) seen = { 0 };

  mos_test_store_reopen (t);
  g_assert_cmpuint (take (t, update_new (MOS_CHAT_MESSAGE, "1", "Hello")), ==, 1);
  find (t, "1", &seen);
  g_assert_nonnull (seen.row);
  g_assert_cmpstr (seen.thread->identity, !=, NULL);
  g_assert_cmpint (seen.thread->last_incoming_us, ==, MOS_TEST_NOW_US);
}

/* Something was written, and nobody says by whom: it opens no window in which one may answer. */
static void
test_not_told (void)
{
  g_autoptr (MosTestStore) t = chat_store ();
  g_auto (Find) seen = { 0 };
  MosChatUpdate *update = update_new (MOS_CHAT_MESSAGE, "2", "");

  take (t, update_new (MOS_CHAT_MESSAGE, "1", "Hello"));
  mos_manual_clock_advance (MOS_MANUAL_CLOCK (t->clock), G_TIME_SPAN_DAY);
  update->at_us = MOS_TEST_NOW_US + G_TIME_SPAN_HOUR;
  update->why = g_strdup (MOS_CHAT_NOT_TOLD);
  g_assert_cmpuint (take (t, update), ==, 1);
  find (t, "2", &seen);
  g_assert_cmpstr (seen.row->why, ==, MOS_CHAT_NOT_TOLD);
  g_assert_cmpint (seen.thread->last_incoming_us, ==, MOS_TEST_NOW_US);
}

static gboolean
do_source (MosTxn *txn,
           gpointer data,
           GError **error)
{
  g_autoptr (GBytes) source = NULL;
  g_autoptr (GBytes) mail = NULL;

  if (!mos_store_message_load_source (txn, data, &source, error) || !mos_store_message_load_raw (txn, data, &mail, error))
    return FALSE;
  g_assert_nonnull (source);
  g_assert_null (mail);
  return TRUE;
}

/* What the platform said is kept; whoever exports mail gets none of it. */
static void
test_source (void)
{
  g_autoptr (MosTestStore) t = chat_store ();
  g_auto (Find) seen = { 0 };
  MosChatUpdate *update = update_new (MOS_CHAT_MESSAGE, "1", "Hello");

  update->raw = g_bytes_new_static ("{}", 2);
  take (t, update);
  find (t, "1", &seen);
  test_write (t->store, do_source, seen.message);
}

/* --- our own --- */

typedef struct
{
  const char *conversation;
  const char *text;
  char *message; /* (owned) */
  gboolean is_marked;
  const char *remote; /* what its part becomes there */
} Send;

static gboolean
do_send (MosTxn *txn,
         gpointer data,
         GError **error)
{
  static const MosQuoteTexts texts = { "On {date}, {sender} wrote:", "Forwarded", "%F" };
  Send *send = data;
  g_autoptr (MosDraft) draft = NULL;

  g_clear_pointer (&send->message, g_free);
  if (!mos_draft_prepare (txn, "reply", send->conversation, NULL, NULL, &texts, &draft, error))
    return FALSE;
  g_assert_cmpuint (draft->to->len, ==, 0);
  g_assert_cmpstr (draft->subject, ==, "");
  g_assert_false (draft->is_marked);
  g_set_str (&draft->text, send->text);
  draft->is_marked = send->is_marked;
  return mos_draft_send (txn, draft, MOS_STATUS_OPEN, 0, &send->message, error);
}

static gboolean
do_claim_and_stop (MosTxn *txn,
                   gpointer data,
                   GError **error)
{
  g_autoptr (MosOutboxItem) item = NULL;
  g_autoptr (GPtrArray) uncertain = NULL;

  return mos_store_outbox_claim (txn, BOT, &item, error) && mos_store_outbox_set_final (txn, item->message, NULL, error) &&
         mos_store_outbox_recover (txn, &uncertain, error);
}

static gboolean
do_part_done (MosTxn *txn,
              gpointer data,
              GError **error)
{
  Send *send = data;
  g_autoptr (MosOutboxItem) item = NULL;

  return mos_store_outbox_claim (txn, BOT, &item, error) && mos_chat_part_done (txn, BOT, send->message, 0, send->remote != NULL ? send->remote : "77", error) &&
         mos_store_outbox_set_result (txn, send->message, MOS_DELIVERY_ACCEPTED, 0, NULL, NULL, error);
}

static MosDelivery
delivery_of (MosTestStore *t,
             const char *conversation,
             const char *message)
{
  g_auto (TestLook) look = { 0 };

  test_look (t->store, conversation, &look);
  return test_look_find (&look, message)->delivery;
}

/* Sent, and nobody knows whether it arrived; then it is there, in our name, saying the same. */
static void
test_doubted (void)
{
  g_autoptr (MosTestStore) t = chat_store ();
  g_auto (Find) seen = { 0 };
  Send send = { 0 };
  MosChatUpdate *other, *same;

  take (t, update_new (MOS_CHAT_MESSAGE, "1", "Where is it?"));
  find (t, "1", &seen);
  send = (Send) { seen.conversation->id, "On its way", NULL, FALSE };
  test_write (t->store, do_send, &send);
  test_write (t->store, do_claim_and_stop, NULL);
  g_assert_cmpint (delivery_of (t, send.conversation, send.message), ==, MOS_DELIVERY_UNCERTAIN);

  other = update_new (MOS_CHAT_MESSAGE, "50", "Something else");
  other->is_own = TRUE;
  g_assert_cmpuint (take (t, other), ==, 1);
  g_assert_cmpint (delivery_of (t, send.conversation, send.message), ==, MOS_DELIVERY_UNCERTAIN);
  same = update_new (MOS_CHAT_MESSAGE, "51", "On its way");
  same->is_own = TRUE;
  g_assert_cmpuint (take (t, same), ==, 0);
  g_assert_cmpint (delivery_of (t, send.conversation, send.message), ==, MOS_DELIVERY_ACCEPTED);
  g_free (send.message);
}

/* A macro that is sent to many at once is filled in with marks. */
static void
test_marks (void)
{
  g_autoptr (MosTestStore) t = chat_store ();
  g_auto (Find) seen = { 0 };
  g_auto (TestLook) look = { 0 };
  Send send = { 0 };

  take (t, update_new (MOS_CHAT_MESSAGE, "1", "Where is it?"));
  find (t, "1", &seen);
  send = (Send) { seen.conversation->id, "Order \\_1042\\_ left \\* today", NULL, TRUE };
  test_write (t->store, do_send, &send);
  test_look (t->store, send.conversation, &look);
  g_assert_cmpstr (test_look_find (&look, send.message)->text, ==, "Order _1042_ left * today");
  g_free (send.message);
}

/* Their clock counts seconds, ours does not. */
static void
test_same_second (void)
{
  g_autoptr (MosTestStore) t = chat_store ();
  g_auto (Find) seen = { 0 };
  g_auto (TestLook) look = { 0 };
  Send send = { 0 };

  take (t, update_new (MOS_CHAT_MESSAGE, "1", "Where is it?"));
  find (t, "1", &seen);
  mos_manual_clock_advance (MOS_MANUAL_CLOCK (t->clock), G_USEC_PER_SEC / 4);
  send = (Send) { seen.conversation->id, "On its way", NULL, FALSE };
  test_write (t->store, do_send, &send);
  mos_manual_clock_advance (MOS_MANUAL_CLOCK (t->clock), G_USEC_PER_SEC / 4);
  take (t, update_new (MOS_CHAT_MESSAGE, "2", "Thank you!"));
  test_look (t->store, send.conversation, &look);
  g_assert_cmpuint (look.messages->len, >=, 3);
  g_assert_cmpstr (((MosMessageRow *) look.messages->pdata[0])->text, ==, "Where is it?");
  g_assert_cmpstr (((MosMessageRow *) look.messages->pdata[look.messages->len - 1])->text, ==, "Thank you!");
  g_free (send.message);
}

static void
test_receipts (void)
{
  g_autoptr (MosTestStore) t = chat_store ();
  g_auto (Find) seen = { 0 };
  Send send = { 0 };
  MosChatUpdate *receipt;

  take (t, update_new (MOS_CHAT_MESSAGE, "1", "Where is it?"));
  find (t, "1", &seen);
  send = (Send) { seen.conversation->id, "On its way", NULL, FALSE };
  test_write (t->store, do_send, &send);
  test_write (t->store, do_part_done, &send);
  g_assert_cmpint (delivery_of (t, send.conversation, send.message), ==, MOS_DELIVERY_ACCEPTED);
  receipt = update_new (MOS_CHAT_RECEIPT, "77", "");
  receipt->receipt = MOS_DELIVERY_READ;
  take (t, receipt);
  g_assert_cmpint (delivery_of (t, send.conversation, send.message), ==, MOS_DELIVERY_READ);
  /* "Delivered" comes after "read". */
  receipt = update_new (MOS_CHAT_RECEIPT, "77", "");
  receipt->receipt = MOS_DELIVERY_DELIVERED;
  take (t, receipt);
  g_assert_cmpint (delivery_of (t, send.conversation, send.message), ==, MOS_DELIVERY_READ);
  receipt = update_new (MOS_CHAT_RECEIPT, "77", "");
  receipt->receipt = MOS_DELIVERY_FAILED;
  receipt->why = g_strdup ("blocked");
  take (t, receipt);
  g_assert_cmpint (delivery_of (t, send.conversation, send.message), ==, MOS_DELIVERY_FAILED);
  g_free (send.message);
}

static void
take_receipt (MosTestStore *t,
              const char *id,
              MosDelivery what)
{
  MosChatUpdate *receipt = update_new (MOS_CHAT_RECEIPT, id, "");

  receipt->receipt = what;
  take (t, receipt);
}

static gboolean
do_retry (MosTxn *txn,
          gpointer data,
          GError **error)
{
  return mos_outbox_retry (txn, data, error);
}

/* It failed, and was sent anew: that it failed is told again after every start, and is over. */
static void
test_failed_before (void)
{
  g_autoptr (MosTestStore) t = chat_store ();
  g_auto (Find) seen = { 0 };
  Send send = { 0 };

  take (t, update_new (MOS_CHAT_MESSAGE, "1", "Where is it?"));
  find (t, "1", &seen);
  send = (Send) { .conversation = seen.conversation->id, .text = "On its way" };
  test_write (t->store, do_send, &send);
  test_write (t->store, do_part_done, &send);
  take_receipt (t, "77", MOS_DELIVERY_FAILED);
  g_assert_cmpint (delivery_of (t, send.conversation, send.message), ==, MOS_DELIVERY_FAILED);

  /* Told once more while the second try waits, and when it is there. */
  test_write (t->store, do_retry, send.message);
  take_receipt (t, "77", MOS_DELIVERY_FAILED);
  g_assert_cmpint (delivery_of (t, send.conversation, send.message), ==, MOS_DELIVERY_QUEUED);
  send.remote = "78";
  test_write (t->store, do_part_done, &send);
  take_receipt (t, "78", MOS_DELIVERY_DELIVERED);
  take_receipt (t, "77", MOS_DELIVERY_FAILED);
  g_assert_cmpint (delivery_of (t, send.conversation, send.message), ==, MOS_DELIVERY_DELIVERED);

  /* Of the one that is there it still counts. */
  take_receipt (t, "78", MOS_DELIVERY_FAILED);
  g_assert_cmpint (delivery_of (t, send.conversation, send.message), ==, MOS_DELIVERY_FAILED);
  g_free (send.message);
}

typedef struct
{
  MosOutboxItem *item; /* (owned) (nullable): what was claimed */
  char *due;           /* (owned) (nullable) */
  gint64 next_us;
} Turn;

static gboolean
do_take_turn (MosTxn *txn,
              gpointer data,
              GError **error)
{
  Turn *turn = data;

  g_clear_pointer (&turn->item, mos_outbox_item_unref);
  g_clear_pointer (&turn->due, g_free);
  return mos_outbox_peek (txn, BOT, mos_txn_get_now_us (txn), &turn->due, &turn->next_us, error) && mos_store_outbox_claim (txn, BOT, &turn->item, error);
}

static void
assert_turn (MosTestStore *t,
             Turn *turn,
             const char *message)
{
  test_write (t->store, do_take_turn, turn);
  g_assert_cmpstr (turn->due, ==, message);
  g_assert_cmpstr (turn->item != NULL ? turn->item->message : NULL, ==, message);
}

static gboolean
do_put_off (MosTxn *txn,
            gpointer data,
            GError **error)
{
  return mos_store_outbox_set_result (txn, data, MOS_DELIVERY_QUEUED, mos_txn_get_now_us (txn) + 60 * G_USEC_PER_SEC, "rate-limited", NULL, error);
}

static gboolean
do_accept (MosTxn *txn,
           gpointer data,
           GError **error)
{
  return mos_store_outbox_set_result (txn, data, MOS_DELIVERY_ACCEPTED, 0, NULL, NULL, error);
}

/* What is put off is not overtaken by what was written after it; other chats go on. */
static void
test_order (void)
{
  g_autoptr (MosTestStore) t = chat_store ();
  g_auto (Find) seen = { 0 };
  g_auto (Find) elsewhere = { .chat = "4712" };
  Send first = { 0 }, second = { 0 }, other = { 0 };
  MosChatUpdate *update = update_new (MOS_CHAT_MESSAGE, "5", "And mine?");
  Turn turn = { 0 };

  take (t, update_new (MOS_CHAT_MESSAGE, "1", "Where is it?"));
  find (t, "1", &seen);
  g_set_str (&update->thread, "4712");
  take (t, update);
  first = (Send) { .conversation = seen.conversation->id, .text = "It left" };
  second = (Send) { .conversation = seen.conversation->id, .text = "It comes today" };
  test_write (t->store, do_send, &first);
  mos_manual_clock_advance (MOS_MANUAL_CLOCK (t->clock), G_USEC_PER_SEC);
  test_write (t->store, do_send, &second);

  assert_turn (t, &turn, first.message);
  /* While it is being sent, and while it waits. */
  assert_turn (t, &turn, NULL);
  g_assert_cmpint (turn.next_us, ==, 0);
  test_write (t->store, do_put_off, first.message);
  assert_turn (t, &turn, NULL);
  g_assert_cmpint (turn.next_us, >, mos_clock_now_us (t->clock));
  find (t, "5", &elsewhere);
  other = (Send) { .conversation = elsewhere.conversation->id, .text = "Yours, too" };
  test_write (t->store, do_send, &other);
  assert_turn (t, &turn, other.message);
  test_write (t->store, do_accept, other.message);

  mos_manual_clock_advance (MOS_MANUAL_CLOCK (t->clock), 61 * G_USEC_PER_SEC);
  assert_turn (t, &turn, first.message);
  test_write (t->store, do_accept, first.message);
  assert_turn (t, &turn, second.message);

  g_clear_pointer (&turn.item, mos_outbox_item_unref);
  g_free (turn.due);
  g_free (first.message);
  g_free (second.message);
  g_free (other.message);
}

/* --- the thread --- */

static void
test_thread (void)
{
  g_autoptr (MosTestStore) t = chat_store ();
  g_auto (Find) seen = { 0 };
  MosChatUpdate *change;

  take (t, update_new (MOS_CHAT_MESSAGE, "1", "one"));
  change = update_new (MOS_CHAT_THREAD, "", "");
  change->change = MOS_CHAT_THREAD_CLOSED;
  change->why = g_strdup ("blocked");
  take (t, change);
  find (t, "1", &seen);
  g_assert_cmpstr (seen.thread->closed, ==, "blocked");
  take (t, update_new (MOS_CHAT_MESSAGE, "2", "back again"));
  find (t, "2", &seen);
  g_assert_null (seen.thread->closed);

  /* It has another name: what is known of it comes along. */
  change = update_new (MOS_CHAT_THREAD, "-1004711", "");
  change->change = MOS_CHAT_THREAD_MOVED;
  take (t, change);
  change = update_new (MOS_CHAT_MESSAGE, "1", "one");
  g_set_str (&change->thread, "-1004711");
  g_assert_cmpuint (take (t, change), ==, 0);
}

/* An answer to something of last week goes there, and what else is written goes on where it was. */
static void
test_old_reply (void)
{
  g_autoptr (MosTestStore) t = chat_store ();
  g_auto (Find) first = { 0 }, second = { 0 }, seen = { 0 };
  TestStatus closed = { NULL, MOS_STATUS_CLOSED, 0 };
  MosChatUpdate *update;
  gint64 later_us = MOS_TEST_NOW_US + 7 * G_TIME_SPAN_DAY;

  take (t, update_new (MOS_CHAT_MESSAGE, "1", "Is it warm?"));
  find (t, "1", &first);
  closed.id = first.conversation->id;
  test_write (t->store, test_do_status, &closed);
  mos_manual_clock_advance (MOS_MANUAL_CLOCK (t->clock), 7 * G_TIME_SPAN_DAY);

  update = update_new (MOS_CHAT_MESSAGE, "2", "Where is my parcel?");
  update->at_us = later_us;
  take (t, update);
  find (t, "2", &second);
  g_assert_cmpstr (second.conversation->id, !=, first.conversation->id);
  update = update_new (MOS_CHAT_MESSAGE, "3", "It is!");
  update->at_us = later_us;
  update->reply_to = g_strdup ("1");
  take (t, update);
  find (t, "3", &seen);
  g_assert_cmpstr (seen.conversation->id, ==, first.conversation->id);
  update = update_new (MOS_CHAT_MESSAGE, "4", "Order 1042");
  update->at_us = later_us;
  take (t, update);
  find (t, "4", &seen);
  g_assert_cmpstr (seen.conversation->id, ==, second.conversation->id);
}

static void
test_about (void)
{
  g_autoptr (MosTestStore) t = chat_store ();
  g_auto (Find) seen = { 0 }, first = { 0 };
  MosChatUpdate *update;

  /* An answer may be here before what it answers. */
  update = update_new (MOS_CHAT_MESSAGE, "2", "This one");
  update->reply_to = g_strdup ("1");
  update->forwarded = g_strdup ("Luis");
  update->payload = g_strdup ("order-1042");
  take (t, update);
  find (t, "2", &seen);
  g_assert_nonnull (seen.row->about);
  g_assert_true (seen.row->about->is_reply);
  g_assert_null (seen.row->about->reply_to);
  g_assert_cmpstr (seen.row->about->forwarded, ==, "Luis");
  g_assert_cmpstr (seen.row->about->payload, ==, "order-1042");
  g_assert_false (seen.row->about->is_press);

  take (t, update_new (MOS_CHAT_MESSAGE, "1", "Which mug?"));
  find (t, "1", &first);
  g_assert_null (first.row->about);
  find (t, "2", &seen);
  g_assert_cmpstr (seen.row->about->reply_to, ==, first.message);
  g_assert_cmpstr (seen.row->about->reply_text, ==, "Which mug?");
  g_assert_cmpstr (seen.row->about->reply_from, ==, "Ana");
  g_assert_false (seen.row->about->reply_is_ours);
}

/* --- on by mail --- */

typedef struct
{
  const char *conversation;
  const char *customer;
  MosChatState *state; /* (owned) (nullable) */
  char *sent;          /* (owned) (nullable) */
  GPtrArray *events;   /* (owned) (nullable): of MosMessageRow, of the mail's conversation and of the chat's */
} ByMail;

static gboolean
do_state (MosTxn *txn,
          gpointer data,
          GError **error)
{
  ByMail *by = data;

  g_clear_pointer (&by->state, mos_chat_state_unref);
  return mos_chat_state_load (txn, by->conversation, NULL, &by->state, error);
}

static gboolean
do_link_mail (MosTxn *txn,
              gpointer data,
              GError **error)
{
  ByMail *by = data;

  return mos_store_customer_link (txn, by->customer, "email", "", "ana@post.example", TRUE, "chat", error);
}

static gboolean
add_events (MosTxn *txn,
            const char *conversation,
            GPtrArray *into,
            GError **error)
{
  g_autoptr (GPtrArray) rows = mos_store_message_list_of_conversation (txn, conversation, error);

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    if (g_strcmp0 (((MosMessageRow *) rows->pdata[i])->event_kind, "continued") == 0)
      g_ptr_array_add (into, mos_message_row_ref (rows->pdata[i]));
  return rows != NULL;
}

static gboolean
do_continue (MosTxn *txn,
             gpointer data,
             GError **error)
{
  static const MosQuoteTexts texts = { "", "", "%x", TRUE, MOS_QUOTE_NONE };
  ByMail *by = data;
  g_autoptr (MosDraft) draft = NULL;
  g_autoptr (MosMessageRow) sent = NULL;

  if (!mos_chat_continue_by_mail (txn, by->conversation, "Here is the label", &texts, &draft, error))
    return FALSE;
  g_assert_cmpuint (draft->to->len, ==, 1);
  g_assert_cmpstr (((MosAddress *) draft->to->pdata[0])->address, ==, "ana@post.example");
  g_assert_cmpstr (draft->subject, ==, "Can you send me the label?");
  g_assert_true (g_str_has_prefix (draft->text, "Here is the label"));
  if (!mos_draft_send (txn, draft, MOS_STATUS_OPEN, 0, &by->sent, error) || !mos_store_message_find (txn, by->sent, &sent, error))
    return FALSE;
  g_assert_cmpstr (sent->conversation, !=, by->conversation);
  by->events = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_message_row_unref);
  return add_events (txn, sent->conversation, by->events, error) && add_events (txn, by->conversation, by->events, error);
}

static void
test_by_mail (void)
{
  g_autoptr (MosTestStore) t = chat_store ();
  g_auto (Find) seen = { 0 };
  ByMail by = { 0 };
  MosMessageRow *in_mail, *in_chat;

  take (t, update_new (MOS_CHAT_MESSAGE, "1", "Can you send me the label?"));
  find (t, "1", &seen);
  by.conversation = seen.conversation->id;
  by.customer = seen.conversation->customer;
  test_write (t->store, do_state, &by);
  g_assert_null (by.state->mail_address);
  g_assert_null (by.state->closed);
  g_assert_cmpint (by.state->last_incoming_us, ==, MOS_TEST_NOW_US);

  test_write (t->store, do_link_mail, &by);
  test_write (t->store, do_state, &by);
  g_assert_cmpstr (by.state->mail_address, ==, "ana@post.example");
  g_assert_nonnull (by.state->mail_account);
  test_write (t->store, do_continue, &by);
  g_assert_cmpuint (by.events->len, ==, 2);
  in_mail = by.events->pdata[0];
  in_chat = by.events->pdata[1];
  g_assert_cmpstr (in_mail->other, ==, by.conversation);
  g_assert_cmpstr (in_chat->other, ==, in_mail->conversation);
  g_ptr_array_unref (by.events);
  mos_chat_state_unref (by.state);
  g_free (by.sent);
}

/* --- forgetting --- */

static gboolean
do_erase_conversation (MosTxn *txn,
                       gpointer data,
                       GError **error)
{
  const char *ids[] = { data, NULL };

  return mos_action_set_deleted (txn, ids, TRUE, error) && mos_action_erase (txn, ids, error);
}

static gboolean
do_erase_customer (MosTxn *txn,
                   gpointer data,
                   GError **error)
{
  g_autoptr (MosErasure) erasure = NULL;

  return mos_customers_erase (txn, data, &erasure, error);
}

static void
test_erase (void)
{
  g_autoptr (MosTestStore) t = chat_store ();
  g_auto (Find) seen = { 0 };
  g_autofree char *erased = NULL;
  MosChatUpdate *update = update_new (MOS_CHAT_MESSAGE, "1", "Hello");

  update->title = g_strdup ("Ana");
  take (t, update);
  take (t, update_new (MOS_CHAT_REACTION, "1", "👍"));
  find (t, "1", &seen);
  g_assert_cmpstr (seen.thread->title, ==, "Ana");
  erased = g_strdup (seen.conversation->id);
  test_write (t->store, do_erase_conversation, erased);
  find (t, "1", &seen);
  g_assert_nonnull (seen.thread);
  g_assert_null (seen.thread->conversation);
  g_assert_cmpstr (seen.thread->title, ==, "");
  g_assert_null (seen.message);

  /* The next one is another conversation, of the same person. */
  g_assert_cmpuint (take (t, update_new (MOS_CHAT_MESSAGE, "2", "Me again")), ==, 1);
  take (t, update_new (MOS_CHAT_REACTION, "2", "❤"));
  find (t, "2", &seen);
  g_assert_cmpstr (seen.conversation->id, !=, erased);
  test_write (t->store, do_erase_customer, seen.conversation->customer);
  find (t, "2", &seen);
  g_assert_null (seen.thread);

  /* Who writes again is somebody new. */
  g_assert_cmpuint (take (t, update_new (MOS_CHAT_MESSAGE, "3", "Hello?")), ==, 1);
  find (t, "3", &seen);
  g_assert_nonnull (seen.conversation->customer);
}

/* A press of a button is an answer in one word, once. */
static void
test_press (void)
{
  g_autoptr (MosTestStore) t = chat_store ();
  g_auto (Find) seen = { 0 };
  guint n = 0;

  take (t, update_new (MOS_CHAT_MESSAGE, "1", "one"));
  for (guint i = 0; i < 2; i++)
    {
      MosChatUpdate *press = update_new (MOS_CHAT_PRESS, "1", "yes");

      press->press = g_strdup ("p1");
      n += take (t, press);
    }
  g_assert_cmpuint (n, ==, 1);
  find (t, "press p1", &seen);
  g_assert_cmpstr (seen.row->text, ==, "yes");
}

/* Who is writing is told of the conversation in which they write, and kept nowhere. */
static gboolean
do_list_typing (MosTxn *txn,
                gpointer data,
                GError **error)
{
  MosChatUpdate *update = data;
  g_autoptr (MosChatBatch) batch = mos_chat_batch_new ();
  g_autoptr (GPtrArray) typing = NULL;
  MosChatTyping *one;

  batch->account = g_strdup (BOT);
  batch->updates = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_chat_update_unref);
  g_ptr_array_add (batch->updates, mos_chat_update_ref (update));
  if (!mos_chat_list_typing (txn, batch, &typing, error))
    return FALSE;
  if (!g_str_equal (update->thread, THREAD))
    {
      g_assert_null (typing);
      return TRUE;
    }
  g_assert_cmpuint (typing->len, ==, 1);
  one = typing->pdata[0];
  g_assert_nonnull (one->conversation);
  g_assert_cmpstr (one->name, ==, "Ana");
  g_assert_cmpint (one->is_over, ==, update->removed);
  return TRUE;
}

static void
test_typing (void)
{
  g_autoptr (MosTestStore) t = chat_store ();
  g_autoptr (MosChatUpdate) typing = update_new (MOS_CHAT_TYPING, "", "");

  g_assert_cmpuint (take (t, update_new (MOS_CHAT_MESSAGE, "1", "Hello?")), ==, 1);
  g_assert_cmpuint (take (t, mos_chat_update_ref (typing)), ==, 0);
  test_write (t->store, do_list_typing, typing);
  typing->removed = TRUE;
  test_write (t->store, do_list_typing, typing);
  /* Who never wrote has no place to be shown in. */
  g_set_str (&typing->thread, "4712");
  test_write (t->store, do_list_typing, typing);
}

int
main (int argc,
      char **argv)
{
  mos_test_init (&argc, &argv);
  g_test_add_func ("/chat-ingest/settings", test_settings);
  g_test_add_func ("/chat-ingest/not-told", test_not_told);
  g_test_add_func ("/chat-ingest/source", test_source);
  g_test_add_func ("/chat-ingest/doubted", test_doubted);
  g_test_add_func ("/chat-ingest/marks", test_marks);
  g_test_add_func ("/chat-ingest/same-second", test_same_second);
  g_test_add_func ("/chat-ingest/receipts", test_receipts);
  g_test_add_func ("/chat-ingest/failed-before", test_failed_before);
  g_test_add_func ("/chat-ingest/order", test_order);
  g_test_add_func ("/chat-ingest/thread", test_thread);
  g_test_add_func ("/chat-ingest/old-reply", test_old_reply);
  g_test_add_func ("/chat-ingest/erase", test_erase);
  g_test_add_func ("/chat-ingest/about", test_about);
  g_test_add_func ("/chat-ingest/by-mail", test_by_mail);
  g_test_add_func ("/chat-ingest/typing", test_typing);
  g_test_add_func ("/chat-ingest/press", test_press);
  return g_test_run ();
}
