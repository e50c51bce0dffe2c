/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "desk-fixture.h"

#include "core/channels/mos-channel-traits.h"
#include "core/desk/mos-actions.h"
#include "core/desk/mos-chat-buttons.h"
#include "core/desk/mos-chat-ingest.h"
#include "core/desk/mos-chat-outbox.h"
#include "core/desk/mos-chat-state.h"
#include "core/desk/mos-chat-typing.h"
#include "core/desk/mos-composing.h"
#include "core/desk/mos-customers.h"
#include "core/desk/mos-outbox.h"
#include "core/desk/mos-rows.h"
#include "core/store/mos-store-accounts.h"
#include "core/store/mos-store-chat.h"
#include "core/store/mos-store-customers.h"
#include "core/store/mos-store-folders.h"
#include "core/store/mos-store-outbox.h"

#include <string.h>

/* What can happen in a chat, told out of order, twice, and about what is not there. */

#define BOT "bot"
#define THREAD "4711"

/* @data: its kind */
static gboolean
do_account (MosTxn *txn,
            gpointer data,
            GError **error)
{
  g_autoptr (MosAccount) account = mos_account_new ();

  account->id = g_strdup (BOT);
  account->kind = g_strdup (data);
  account->name = g_strdup ("Shop");
  account->address = g_strdup ("@shop_bot");
  mos_account_set_setting (account, "groups", "1");
  mos_account_fill (account);
  return mos_store_account_save (txn, account, error);
}

static MosTestStore *
chat_store (void)
{
  MosTestStore *t = test_desk_store ();

  test_write (t->store, do_account, (gpointer) "telegram");
  return t;
}

static MosChatUpdate *
update_new (MosChatUpdateKind kind,
            const char *id,
            const char *text)
{
  MosChatUpdate *update = mos_chat_update_new ();

  update->kind = kind;
  update->thread = g_strdup (THREAD);
  update->id = g_strdup (id);
  update->text = g_strdup (text);
  update->person = mos_chat_person_make ("telegram", "", "4711", "Ana");
  update->at_us = MOS_TEST_NOW_US;
  return update;
}

typedef struct
{
  GPtrArray *updates; /* (owned) */
  GPtrArray *results; /* (owned) */
  const char *cursor;
} Take;

static gboolean
do_take (MosTxn *txn,
         gpointer data,
         GError **error)
{
  Take *take = data;
  g_autoptr (MosAccount) account = NULL;
  g_autoptr (MosChatBatch) batch = mos_chat_batch_new ();

  batch->account = g_strdup (BOT);
  batch->updates = g_ptr_array_ref (take->updates);
  batch->cursors = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_hash_table_insert (batch->cursors, g_strdup ("offset"), g_strdup (take->cursor));
  return mos_store_account_find (txn, BOT, &account, error) && mos_chat_ingest (txn, account, batch, &take->results, error);
}

/* Takes @update (transfer full) in a batch of its own. Returns: how many messages are new */
static guint
take (MosTestStore *t,
      MosChatUpdate *update)
{
  Take take = { g_ptr_array_new_with_free_func ((GDestroyNotify) mos_chat_update_unref), NULL, "1" };
  guint n;

  g_ptr_array_add (take.updates, update);
  test_write (t->store, do_take, &take);
  n = take.results->len;
  g_ptr_array_unref (take.results);
  g_ptr_array_unref (take.updates);
  return n;
}

typedef struct
{
  const char *chat; /* (nullable): THREAD */
  const char *remote;
  char *message;      /* (owned) (nullable) */
  MosMessageRow *row; /* (owned) (nullable) */
  MosConversationRow *conversation;
  MosChatThread *thread;
  GPtrArray *versions;
} Find;

static gboolean
do_find (MosTxn *txn,
         gpointer data,
         GError **error)
{
  Find *find = data;

  if (!mos_store_chat_find_thread (txn, BOT, find->chat != NULL ? find->chat : THREAD, &find->thread, error) ||
      (find->thread != NULL && !mos_store_chat_find_message (txn, find->thread->id, find->remote, &find->message, error)))
    return FALSE;
  if (find->message == NULL)
    return TRUE;
  find->versions = mos_store_chat_list_versions (txn, find->message, error);
  return find->versions != NULL && mos_store_message_find (txn, find->message, &find->row, error) &&
         (find->row == NULL || mos_store_conversation_find (txn, find->row->conversation, &find->conversation, error));
}

static void
find_clear (Find *find)
{
  g_clear_pointer (&find->message, g_free);
  g_clear_pointer (&find->row, mos_message_row_unref);
  g_clear_pointer (&find->conversation, mos_conversation_row_unref);
  g_clear_pointer (&find->thread, mos_chat_thread_unref);
  g_clear_pointer (&find->versions, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Find, find_clear)

static void
find (MosTestStore *t,
      const char *remote,
      Find *find)
{
  find_clear (find);
  find->remote = remote;
  test_write (t->store, do_find, find);
}

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

static void
test_edit_order (void)
{
  g_autoptr (MosTestStore) t = chat_store ();
  g_auto (Find) seen = { 0 };
  MosChatUpdate *edit;

  take (t, update_new (MOS_CHAT_MESSAGE, "1", "one"));
  edit = update_new (MOS_CHAT_EDIT, "1", "three");
  edit->at_us = MOS_TEST_NOW_US - 10;
  take (t, edit);
  /* An older wording comes late. */
  edit = update_new (MOS_CHAT_EDIT, "1", "two");
  edit->at_us = MOS_TEST_NOW_US - 20;
  take (t, edit);
  find (t, "1", &seen);
  g_assert_cmpstr (seen.row->text, ==, "three");
  g_assert_cmpuint (seen.versions->len, ==, 1);
  g_assert_cmpstr (seen.versions->pdata[0], ==, "one");

  /* Of one that nobody ever saw: what it says now. */
  g_assert_cmpuint (take (t, update_new (MOS_CHAT_EDIT, "9", "late")), ==, 1);
  find (t, "9", &seen);
  g_assert_cmpstr (seen.row->text, ==, "late");
  g_assert_cmpint (seen.row->edited_us, ==, 0);
  g_assert_cmpuint (seen.versions->len, ==, 0);
}

/* Nobody else says it in other words, and we do not say it for them. */
static void
test_edit_by_others (void)
{
  g_autoptr (MosTestStore) t = chat_store ();
  g_auto (Find) seen = { 0 };
  MosChatUpdate *edit;

  take (t, update_new (MOS_CHAT_MESSAGE, "1", "one"));
  edit = update_new (MOS_CHAT_EDIT, "1", "two");
  g_set_str (&edit->person->value, "9999");
  take (t, edit);
  edit = update_new (MOS_CHAT_EDIT, "1", "three");
  edit->is_own = TRUE;
  take (t, edit);
  find (t, "1", &seen);
  g_assert_cmpstr (seen.row->text, ==, "one");
  g_assert_cmpuint (seen.versions->len, ==, 0);
}

/* Ten pictures are one message, whichever comes first, and its words may come with any of them. */
static void
test_album (void)
{
  g_autoptr (MosTestStore) t = chat_store ();
  g_auto (Find) seen = { 0 };
  guint n = 0;

  for (guint i = 0; i < 10; i++)
    {
      g_autofree char *id = g_strdup_printf ("%u", i);
      MosChatUpdate *update = update_new (MOS_CHAT_MESSAGE, id, i == 3 ? "All broken" : "");
      MosChatFile *file = mos_chat_file_new ();

      update->group = g_strdup ("album");
      file->kind = MOS_FILE_IMAGE;
      file->ref = g_strdup (id);
      file->name = g_strdup ("photo.jpg");
      file->type = g_strdup ("image/jpeg");
      update->files = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_chat_file_unref);
      g_ptr_array_add (update->files, file);
      n += take (t, update);
    }
  g_assert_cmpuint (n, ==, 1);
  find (t, "7", &seen);
  g_assert_cmpstr (seen.row->text, ==, "All broken");
  g_assert_cmpuint (seen.row->attachments->len, ==, 10);
  for (guint i = 0; i < 10; i++)
    {
      MosAttachment *file = seen.row->attachments->pdata[i];

      g_assert_true (file->is_coming);
      g_assert_cmpint (file->file_kind, ==, MOS_FILE_IMAGE);
    }
  g_assert_cmpuint (seen.conversation->message_count, ==, 1);
}

/* One picture of it, with its own words */
static MosChatUpdate *
picture_new (MosChatUpdateKind kind,
             const char *id,
             const char *text)
{
  MosChatUpdate *update = update_new (kind, id, text);
  MosChatFile *file = mos_chat_file_new ();

  update->group = g_strdup ("album");
  file->kind = MOS_FILE_IMAGE;
  file->ref = g_strdup (id);
  file->name = g_strdup ("photo.jpg");
  file->type = g_strdup ("image/jpeg");
  update->files = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_chat_file_unref);
  g_ptr_array_add (update->files, file);
  return update;
}

static void
edit_picture (MosTestStore *t,
              const char *id,
              const char *text,
              gint64 later_us)
{
  MosChatUpdate *update = picture_new (MOS_CHAT_EDIT, id, text);

  update->at_us = MOS_TEST_NOW_US - 100 + later_us;
  take (t, update);
}

/* Each picture may have words: none are lost, neither as they come nor when one of them is edited. */
static void
test_album_words (void)
{
  g_autoptr (MosTestStore) t = chat_store ();
  g_auto (Find) seen = { 0 };

  take (t, picture_new (MOS_CHAT_MESSAGE, "1", "The front"));
  take (t, picture_new (MOS_CHAT_MESSAGE, "2", ""));
  /* Another picture in its place: what is said of the first stands. */
  edit_picture (t, "2", "", 1);
  find (t, "1", &seen);
  g_assert_cmpstr (seen.row->text, ==, "The front");
  /* Of one alone the words are the whole's. */
  edit_picture (t, "1", "The back", 2);
  find (t, "1", &seen);
  g_assert_cmpstr (seen.row->text, ==, "The back");
  g_assert_cmpuint (seen.versions->len, ==, 1);

  take (t, picture_new (MOS_CHAT_MESSAGE, "3", "The label"));
  find (t, "2", &seen);
  g_assert_cmpstr (seen.row->text, ==, "The back\nThe label");
  g_assert_cmpstr (seen.row->reply_text, ==, "The back\nThe label");
  edit_picture (t, "3", "The label, torn", 3);
  find (t, "2", &seen);
  g_assert_cmpstr (seen.row->text, ==, "The back\nThe label\nThe label, torn");
  g_assert_cmpuint (seen.row->attachments->len, ==, 3);
}

static void
test_reaction (void)
{
  g_autoptr (MosTestStore) t = chat_store ();
  g_auto (Find) seen = { 0 };
  MosChatUpdate *away = update_new (MOS_CHAT_REACTION, "1", "👍");

  take (t, update_new (MOS_CHAT_MESSAGE, "1", "one"));
  take (t, update_new (MOS_CHAT_REACTION, "1", "👍"));
  take (t, update_new (MOS_CHAT_REACTION, "1", "👍"));
  take (t, update_new (MOS_CHAT_REACTION, "1", "❤"));
  take (t, update_new (MOS_CHAT_REACTION, "nobody's", "❤"));
  find (t, "1", &seen);
  g_assert_cmpuint (seen.row->reactions->len, ==, 2);
  g_assert_cmpstr (((MosReaction *) seen.row->reactions->pdata[0])->person, ==, "Ana");
  away->removed = TRUE;
  take (t, away);
  find (t, "1", &seen);
  g_assert_cmpuint (seen.row->reactions->len, ==, 1);
  g_assert_cmpstr (((MosReaction *) seen.row->reactions->pdata[0])->sign, ==, "❤");
}

static MosChatUpdate *
photo_new (MosChatUpdateKind kind,
           const char *text,
           guint64 size,
           gint64 later_us)
{
  MosChatUpdate *update = picture_new (kind, "1", text);

  g_clear_pointer (&update->group, g_free);
  ((MosChatFile *) update->files->pdata[0])->size = size;
  update->at_us = MOS_TEST_NOW_US - 100 + later_us;
  return update;
}

/* Another picture in the place of the wrong one is seen; other words below the same one bring no second one. */
static void
test_edit_picture (void)
{
  g_autoptr (MosTestStore) t = chat_store ();
  g_auto (Find) seen = { 0 };
  TestStatus closed = { NULL, MOS_STATUS_CLOSED, 0 };

  take (t, photo_new (MOS_CHAT_MESSAGE, "The crack", 1000, 0));
  take (t, photo_new (MOS_CHAT_EDIT, "This crack", 1000, 1));
  find (t, "1", &seen);
  g_assert_cmpstr (seen.row->text, ==, "This crack");
  g_assert_cmpuint (seen.row->attachments->len, ==, 1);
  closed.id = seen.conversation->id;
  test_write (t->store, test_do_status, &closed);
  take (t, photo_new (MOS_CHAT_EDIT, "This crack", 2000, 2));
  find (t, "1", &seen);
  g_assert_cmpuint (seen.row->attachments->len, ==, 2);
  g_assert_true (((MosAttachment *) seen.row->attachments->pdata[1])->is_coming);
  g_assert_cmpint (seen.conversation->status, ==, MOS_STATUS_OPEN);
  take (t, photo_new (MOS_CHAT_EDIT, "This crack", 2000, 2));
  find (t, "1", &seen);
  g_assert_cmpuint (seen.row->attachments->len, ==, 2);
}

/* Where each has one sign, another one takes its place. */
static void
test_one_sign (void)
{
  g_autoptr (MosTestStore) t = test_desk_store ();
  g_auto (Find) seen = { 0 };

  test_write (t->store, do_account, (gpointer) "whatsapp");
  take (t, update_new (MOS_CHAT_MESSAGE, "1", "one"));
  take (t, update_new (MOS_CHAT_REACTION, "1", "👍"));
  take (t, update_new (MOS_CHAT_REACTION, "1", "❤"));
  find (t, "1", &seen);
  g_assert_cmpuint (seen.row->reactions->len, ==, 1);
  g_assert_cmpstr (((MosReaction *) seen.row->reactions->pdata[0])->sign, ==, "❤");
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

typedef struct
{
  const char *customer;
  guint n_identities;
} Known;

static gboolean
do_know (MosTxn *txn,
         gpointer data,
         GError **error)
{
  Known *known = data;
  g_autoptr (MosCustomerRow) row = NULL;

  if (!mos_store_customer_find (txn, known->customer, &row, error))
    return FALSE;
  known->n_identities = row->identities->len;
  return TRUE;
}

/* In a chat that is called by its number */
static MosChatUpdate *
call_new (MosChatUpdateKind kind,
          const char *number,
          const char *id)
{
  MosChatUpdate *update = update_new (kind, id, "");
  g_autofree char *value = g_strconcat ("+", number, NULL);

  g_clear_pointer (&update->person, mos_chat_person_unref);
  update->person = mos_chat_person_make ("phone", "", value, "Ana");
  g_set_str (&update->thread, number);
  return update;
}

/* Whoever has another number now, and whose platform says so, is no second customer. */
static void
test_moved_person (void)
{
  g_autoptr (MosTestStore) t = test_desk_store ();
  g_auto (Find) first = { .chat = "34600111222" }, seen = { .chat = "34600333444" };
  MosChatUpdate *moved = call_new (MOS_CHAT_THREAD, "34600111222", "34600333444");
  Known known = { 0 };

  test_write (t->store, do_account, (gpointer) "whatsapp");
  take (t, call_new (MOS_CHAT_MESSAGE, "34600111222", "1"));
  find (t, "1", &first);
  moved->change = MOS_CHAT_THREAD_MOVED;
  take (t, moved);
  take (t, call_new (MOS_CHAT_MESSAGE, "34600333444", "2"));
  find (t, "2", &seen);
  g_assert_cmpstr (seen.conversation->id, ==, first.conversation->id);
  known.customer = first.conversation->customer;
  test_write (t->store, do_know, &known);
  g_assert_cmpuint (known.n_identities, ==, 2);
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
  g_test_add_func ("/chat-ingest/edit-order", test_edit_order);
  g_test_add_func ("/chat-ingest/edit-by-others", test_edit_by_others);
  g_test_add_func ("/chat-ingest/album", test_album);
  g_test_add_func ("/chat-ingest/album-words", test_album_words);
  g_test_add_func ("/chat-ingest/reaction", test_reaction);
  g_test_add_func ("/chat-ingest/edit-picture", test_edit_picture);
  g_test_add_func ("/chat-ingest/one-sign", test_one_sign);
  g_test_add_func ("/chat-ingest/doubted", test_doubted);
  g_test_add_func ("/chat-ingest/marks", test_marks);
  g_test_add_func ("/chat-ingest/same-second", test_same_second);
  g_test_add_func ("/chat-ingest/receipts", test_receipts);
  g_test_add_func ("/chat-ingest/failed-before", test_failed_before);
  g_test_add_func ("/chat-ingest/order", test_order);
  g_test_add_func ("/chat-ingest/thread", test_thread);
  g_test_add_func ("/chat-ingest/moved-person", test_moved_person);
  g_test_add_func ("/chat-ingest/old-reply", test_old_reply);
  g_test_add_func ("/chat-ingest/erase", test_erase);
  g_test_add_func ("/chat-ingest/about", test_about);
  g_test_add_func ("/chat-ingest/by-mail", test_by_mail);
  g_test_add_func ("/chat-ingest/typing", test_typing);
  g_test_add_func ("/chat-ingest/press", test_press);
  return g_test_run ();
}
