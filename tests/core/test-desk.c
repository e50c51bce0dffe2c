/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "desk-fixture.h"

#include "core/desk/mos-actions.h"
#include "core/desk/mos-lists.h"
#include "core/desk/mos-outbox.h"
#include "core/desk/mos-rows.h"
#include "core/desk/mos-scheduler.h"
#include "core/store/mos-store-agents.h"
#include "core/store/mos-store-blobs.h"
#include "core/store/mos-store-outbox.h"

#include <string.h>

/* --- ingest --- */

static void
test_ingest_idempotent (void)
{
  g_autoptr (MosTestStore) t = test_desk_store ();
  g_autoptr (MosIngestResult) first = test_ingest (t->store, test_mail_one, MOS_FOLDER_INBOX, 1, MOS_TEST_NOW_US);
  g_autoptr (MosIngestResult) again = test_ingest (t->store, test_mail_one, MOS_FOLDER_INBOX, 1, MOS_TEST_NOW_US);
  g_autoptr (MosIngestResult) moved = test_ingest (t->store, test_mail_one, MOS_FOLDER_INBOX, 7, MOS_TEST_NOW_US);
  g_autoptr (MosIngestResult) answer = test_ingest (t->store, test_mail_two, MOS_FOLDER_INBOX, 2, MOS_TEST_NOW_US + 1);
  g_auto (TestLook) look = { 0 };

  g_assert_cmpint (first->outcome, ==, MOS_INGEST_IMPORTED);
  g_assert_cmpint (again->outcome, ==, MOS_INGEST_DUPLICATE);
  g_assert_cmpint (moved->outcome, ==, MOS_INGEST_DUPLICATE);
  g_assert_cmpstr (first->message, ==, again->message);
  g_assert_cmpstr (answer->conversation, ==, first->conversation);
  test_look (t->store, first->conversation, &look);
  g_assert_cmpuint (look.row->message_count, ==, 2);
  g_assert_cmpuint (look.row->unread, ==, 2);
  g_assert_cmpint (look.row->status, ==, MOS_STATUS_OPEN);
  /* The clock runs from the first unanswered message; the second does not move it. */
  g_assert_cmpint (look.row->waiting_since_us, ==, MOS_TEST_NOW_US);
}

static void
test_ingest_two_mails_one_id (void)
{
  g_autoptr (MosTestStore) t = test_desk_store ();
  g_autofree char *other = g_strdup (test_mail_one);
  g_autoptr (MosIngestResult) first = test_ingest (t->store, test_mail_one, MOS_FOLDER_INBOX, 1, MOS_TEST_NOW_US);
  g_autoptr (MosIngestResult) second = NULL;

  strstr (other, "Hello")[0] = 'J';
  second = test_ingest (t->store, other, MOS_FOLDER_INBOX, 2, MOS_TEST_NOW_US);
  g_assert_cmpint (second->outcome, ==, MOS_INGEST_IMPORTED);
  g_assert_cmpstr (second->message, !=, first->message);
}

static void
test_ingest_effects (void)
{
  static const struct
  {
    MosStatus before;
    const char *header;
    MosStatus after;
    gboolean quarantined;
  } cases[] = {
    { MOS_STATUS_CLOSED, "X-A: b\n", MOS_STATUS_OPEN, FALSE },
    { MOS_STATUS_PENDING, "X-A: b\n", MOS_STATUS_OPEN, FALSE },
    { MOS_STATUS_SNOOZED, "X-A: b\n", MOS_STATUS_OPEN, FALSE },
    { MOS_STATUS_SPAM, "X-A: b\n", MOS_STATUS_SPAM, FALSE },
    { MOS_STATUS_CLOSED, "Auto-Submitted: auto-replied\n", MOS_STATUS_CLOSED, TRUE },
    { MOS_STATUS_SNOOZED, "Auto-Submitted: auto-replied\n", MOS_STATUS_SNOOZED, TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (MosTestStore) t = test_desk_store ();
      g_autoptr (MosIngestResult) first = test_ingest (t->store, test_mail_one, MOS_FOLDER_INBOX, 1, MOS_TEST_NOW_US);
      TestStatus status = { first->conversation, cases[i].before, 0 };
      g_autofree char *mail = g_strconcat (cases[i].header, test_mail_two, NULL);
      g_autoptr (MosIngestResult) answer = NULL;
      g_auto (TestLook) look = { 0 };

      test_write (t->store, test_do_status, &status);
      answer = test_ingest (t->store, mail, MOS_FOLDER_INBOX, 2, MOS_TEST_NOW_US + 5);
      g_assert_cmpstr (answer->conversation, ==, first->conversation);
      g_assert_cmpint (answer->outcome == MOS_INGEST_QUARANTINED, ==, cases[i].quarantined);
      test_look (t->store, first->conversation, &look);
      g_assert_cmpint (look.row->status, ==, cases[i].after);
      g_assert_null (look.row->quarantine);
    }
}

static void
test_no_release (TestLook *look)
{
  for (guint i = 0; i < look->messages->len; i++)
    g_assert_cmpstr (((MosMessageRow *) g_ptr_array_index (look->messages, i))->event_kind, !=, "release");
}

static void
test_ingest_quarantine (void)
{
  g_autoptr (MosTestStore) t = test_desk_store ();
  g_autofree char *mail = g_strconcat ("Auto-Submitted: auto-replied\n", test_mail_one, NULL);
  g_autoptr (MosIngestResult) away = test_ingest (t->store, mail, MOS_FOLDER_INBOX, 1, MOS_TEST_NOW_US);
  g_autoptr (MosIngestResult) real = NULL;
  g_auto (TestLook) before = { 0 };
  g_auto (TestLook) after = { 0 };

  g_assert_cmpint (away->outcome, ==, MOS_INGEST_QUARANTINED);
  g_assert_nonnull (away->cause);
  test_look (t->store, away->conversation, &before);
  g_assert_nonnull (before.row->quarantine);
  g_assert_cmpint (before.row->waiting_since_us, ==, 0);

  real = test_ingest (t->store, test_mail_two, MOS_FOLDER_INBOX, 2, MOS_TEST_NOW_US + 9);
  g_assert_cmpstr (real->conversation, ==, away->conversation);
  test_look (t->store, away->conversation, &after);
  g_assert_null (after.row->quarantine);
  /* What was put aside stays no customer's message: the wait began with the real one. */
  g_assert_cmpint (after.row->waiting_since_us, ==, MOS_TEST_NOW_US + 9);
  g_assert_cmpint (test_look_find (&after, away->message)->classification, ==, MOS_CLASSIFICATION_AUTO_REPLY);
  g_assert_true (test_look_find (&after, away->message)->quarantined);
  test_no_release (&after);
}

/* The same by an answer of ours, from another program. */
static void
test_ingest_quarantine_answered (void)
{
  static const char answer[] = "From: support@shop.example\nTo: ana@mail.example\nSubject: Re: Where?\nMessage-ID: <yes@shop.example>\nIn-Reply-To: <one@mail.example>\n\nYes\n";
  g_autoptr (MosTestStore) t = test_desk_store ();
  g_autofree char *mail = g_strconcat ("Auto-Submitted: auto-replied\n", test_mail_one, NULL);
  g_autoptr (MosIngestResult) away = test_ingest (t->store, mail, MOS_FOLDER_INBOX, 1, MOS_TEST_NOW_US);
  g_autoptr (MosIngestResult) sent = test_ingest (t->store, answer, MOS_FOLDER_SENT, 1, MOS_TEST_NOW_US + 9);
  g_auto (TestLook) look = { 0 };

  g_assert_cmpstr (sent->conversation, ==, away->conversation);
  test_look (t->store, away->conversation, &look);
  g_assert_null (look.row->quarantine);
  g_assert_cmpint (look.row->waiting_since_us, ==, 0);
  g_assert_cmpint (test_look_find (&look, away->message)->classification, ==, MOS_CLASSIFICATION_AUTO_REPLY);
  g_assert_true (test_look_find (&look, away->message)->quarantined);
  test_no_release (&look);
}

/* --- outbox --- */

static gboolean
test_do_claim (MosTxn *txn,
               gpointer data,
               GError **error)
{
  return mos_store_outbox_claim (txn, ACCOUNT, data, error);
}

static gboolean
test_do_recover (MosTxn *txn,
                 gpointer data,
                 GError **error)
{
  return mos_outbox_recover (txn, data, error);
}

static gboolean
test_do_final (MosTxn *txn,
               gpointer data,
               GError **error)
{
  return mos_store_outbox_set_final (txn, data, NULL, error);
}

static void
test_outbox_kill (void)
{
  g_autoptr (MosTestStore) t = test_desk_store ();
  g_autoptr (MosIngestResult) first = test_ingest (t->store, test_mail_one, MOS_FOLDER_INBOX, 1, MOS_TEST_NOW_US);
  g_auto (TestReply) reply = { first->conversation };
  g_autoptr (MosOutboxItem) item = NULL;
  g_autoptr (MosOutboxItem) none = NULL;
  g_auto (TestLook) look = { 0 };
  g_auto (TestLook) settled = { 0 };
  g_autoptr (MosIngestResult) copy = NULL;
  g_autofree char *raw = NULL;
  g_autoptr (GPtrArray) uncertain = NULL;

  mos_manual_clock_advance (MOS_MANUAL_CLOCK (t->clock), G_USEC_PER_SEC);
  test_write (t->store, test_do_reply, &reply);
  test_write (t->store, test_do_claim, &item);
  g_assert_nonnull (item);
  g_assert_cmpstr (item->message_id, ==, reply.message_id);
  raw = g_strndup (g_bytes_get_data (item->raw, NULL), g_bytes_get_size (item->raw));

  /* The process ends between the final dot and the report: it may have left. */
  test_write (t->store, test_do_final, reply.message);
  mos_test_store_reopen (t);
  test_write (t->store, test_do_recover, &uncertain);
  g_assert_cmpuint (uncertain->len, ==, 1);
  test_write (t->store, test_do_claim, &none);
  g_assert_null (none);
  test_look (t->store, first->conversation, &look);
  g_assert_true (look.row->has_failed);
  g_assert_cmpint (look.row->status, ==, MOS_STATUS_OPEN);

  /* Its copy turns up in Sent: it did leave. */
  copy = test_ingest (t->store, raw, MOS_FOLDER_SENT, 1, MOS_TEST_NOW_US + 2 * G_USEC_PER_SEC);
  g_assert_cmpint (copy->outcome, ==, MOS_INGEST_DUPLICATE);
  g_assert_cmpstr (copy->message, ==, reply.message);
  test_look (t->store, first->conversation, &settled);
  g_assert_false (settled.row->has_failed);
}

static void
test_bounce (void)
{
  g_autoptr (MosTestStore) t = test_desk_store ();
  g_autoptr (MosIngestResult) first = test_ingest (t->store, test_mail_one, MOS_FOLDER_INBOX, 1, MOS_TEST_NOW_US);
  g_auto (TestReply) reply = { first->conversation };
  g_autoptr (MosIngestResult) bounce = NULL;
  g_autofree char *mail = NULL;
  g_auto (TestLook) look = { 0 };
  gboolean found = FALSE;

  mos_manual_clock_advance (MOS_MANUAL_CLOCK (t->clock), G_USEC_PER_SEC);
  test_write (t->store, test_do_reply, &reply);
  mail = test_make_bounce (reply.message_id);
  bounce = test_ingest (t->store, mail, MOS_FOLDER_INBOX, 3, MOS_TEST_NOW_US + 3 * G_USEC_PER_SEC);
  g_assert_cmpint (bounce->outcome, ==, MOS_INGEST_QUARANTINED);
  g_assert_cmpint (bounce->classification, ==, MOS_CLASSIFICATION_BOUNCE_HARD);
  g_assert_cmpstr (bounce->conversation, ==, first->conversation);
  test_look (t->store, first->conversation, &look);
  g_assert_cmpint (look.row->status, ==, MOS_STATUS_OPEN);
  g_assert_true (look.row->has_failed);
  for (guint i = 0; i < look.messages->len; i++)
    {
      MosMessageRow *row = g_ptr_array_index (look.messages, i);

      if (strcmp (row->id, reply.message) == 0)
        {
          found = TRUE;
          g_assert_cmpint (row->delivery, ==, MOS_DELIVERY_BOUNCED);
          g_assert_cmpstr (row->why, ==, "5.1.1");
        }
    }
  g_assert_true (found);
}

static gboolean
test_do_report (MosTxn *txn,
                gpointer data,
                GError **error)
{
  g_autoptr (MosOutboxItem) item = NULL;

  if (!mos_outbox_report (txn, data, &item, error))
    return FALSE;
  g_assert_nonnull (item);
  return TRUE;
}

/* Taken for one and refused for another: closed by the sending, it is work again until somebody closes it. */
static void
test_partly_refused (void)
{
  g_autoptr (MosTestStore) t = test_desk_store ();
  g_autoptr (MosIngestResult) first = test_ingest (t->store, test_mail_one, MOS_FOLDER_INBOX, 1, MOS_TEST_NOW_US);
  g_auto (TestReply) reply = { first->conversation };
  TestStatus close = { first->conversation, MOS_STATUS_CLOSED, 0 };
  g_autoptr (MosOutboxItem) item = NULL;
  g_autoptr (MosSendResult) result = mos_send_result_new ();
  g_auto (TestLook) look = { 0 };
  g_auto (TestLook) seen = { 0 };

  mos_manual_clock_advance (MOS_MANUAL_CLOCK (t->clock), G_USEC_PER_SEC);
  test_write (t->store, test_do_reply, &reply);
  test_write (t->store, test_do_claim, &item);
  result->message = g_strdup (reply.message);
  result->state = MOS_DELIVERY_ACCEPTED;
  result->why = g_strdup ("recipients-refused");
  result->refused = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_recipient_result_unref);
  g_ptr_array_add (result->refused, mos_recipient_result_new ());
  ((MosRecipientResult *) result->refused->pdata[0])->address = g_strdup ("Ana@mail.example");
  ((MosRecipientResult *) result->refused->pdata[0])->code = 550;
  mos_manual_clock_advance (MOS_MANUAL_CLOCK (t->clock), G_USEC_PER_SEC);
  test_write (t->store, test_do_report, result);
  test_look (t->store, first->conversation, &look);
  g_assert_cmpint (look.row->status, ==, MOS_STATUS_OPEN);
  g_assert_true (look.row->has_failed);

  mos_manual_clock_advance (MOS_MANUAL_CLOCK (t->clock), G_USEC_PER_SEC);
  test_write (t->store, test_do_status, &close);
  test_look (t->store, first->conversation, &seen);
  g_assert_false (seen.row->has_failed);
}

/* --- scheduler --- */

static void
test_snooze (void)
{
  g_autoptr (MosTestStore) t = test_desk_store ();
  g_autoptr (MosIngestResult) first = test_ingest (t->store, test_mail_one, MOS_FOLDER_INBOX, 1, MOS_TEST_NOW_US);
  TestStatus status = { first->conversation, MOS_STATUS_SNOOZED, MOS_TEST_NOW_US + 60 * G_USEC_PER_SEC };
  GError *error = NULL;
  gint64 next_us = 0;
  g_auto (TestLook) early = { 0 };
  g_auto (TestLook) late = { 0 };

  test_write (t->store, test_do_status, &status);
  mos_scheduler_run_sync (t->store, &next_us, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (next_us, ==, status.until_us);
  test_look (t->store, first->conversation, &early);
  g_assert_cmpint (early.row->status, ==, MOS_STATUS_SNOOZED);

  /* Five days asleep: no lower bound. */
  mos_manual_clock_advance (MOS_MANUAL_CLOCK (t->clock), 5 * G_TIME_SPAN_DAY);
  mos_test_store_reopen (t);
  mos_scheduler_run_sync (t->store, &next_us, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (next_us, ==, 0);
  test_look (t->store, first->conversation, &late);
  g_assert_cmpint (late.row->status, ==, MOS_STATUS_OPEN);
}

typedef struct
{
  char *sha256;
  gboolean is_there;
} TestBlob;

static gboolean
test_do_put_blob (MosTxn *txn,
                  gpointer data,
                  GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static ("thrown away", 11);

  return mos_store_blob_put (txn, bytes, &((TestBlob *) data)->sha256, error);
}

static gboolean
test_do_find_blob (MosTxn *txn,
                   gpointer data,
                   GError **error)
{
  TestBlob *blob = data;
  g_autoptr (GBytes) bytes = NULL;

  if (!mos_store_blob_find (txn, blob->sha256, &bytes, error))
    return FALSE;
  blob->is_there = bytes != NULL;
  return TRUE;
}

static gboolean
has_blob (MosStore *store,
          TestBlob *blob)
{
  test_write (store, test_do_find_blob, blob);
  return blob->is_there;
}

/* What nothing names goes by itself, some time after the start and each day. */
static void
test_clean_up (void)
{
  g_autoptr (MosTestStore) t = test_desk_store ();
  g_autoptr (MosScheduler) scheduler = mos_scheduler_new (t->store);
  TestBlob blob = { 0 };

  test_write (t->store, test_do_put_blob, &blob);
  mos_manual_clock_advance (MOS_MANUAL_CLOCK (t->clock), 2 * G_TIME_SPAN_DAY);
  mos_scheduler_start (scheduler);
  for (guint i = 0; i < 20; i++)
    g_main_context_iteration (NULL, FALSE);
  g_assert_true (has_blob (t->store, &blob));
  mos_manual_clock_advance (MOS_MANUAL_CLOCK (t->clock), 2 * G_TIME_SPAN_MINUTE);
  mos_scheduler_rearm (scheduler);
  mos_test_wait (!has_blob (t->store, &blob), 5000);
  g_clear_pointer (&blob.sha256, g_free);

  test_write (t->store, test_do_put_blob, &blob);
  mos_manual_clock_advance (MOS_MANUAL_CLOCK (t->clock), G_TIME_SPAN_DAY + G_TIME_SPAN_MINUTE);
  mos_scheduler_rearm (scheduler);
  mos_test_wait (!has_blob (t->store, &blob), 5000);
  mos_scheduler_stop (scheduler);
  g_free (blob.sha256);
}

/* --- bodies --- */

/* Some programs give a Content-ID to every file: only the pictures the text shows are read for it. */
static void
test_body_inline (void)
{
  static const char mail[] = "From: Ana <ana@mail.example>\nTo: support@shop.example\nSubject: Invoice\nMessage-ID: <inline@mail.example>\nDate: Mon, 2 Mar 2026 08:00:00 +0000\n"
                             "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n"
                             "--b\nContent-Type: text/html\n\n<p>See <img src=\"cid:logo@x\"></p>\n"
                             "--b\nContent-Type: image/png; name=logo.png\nContent-ID: <logo@x>\nContent-Disposition: inline\nContent-Transfer-Encoding: base64\n\niVBORw0KGgo=\n"
                             "--b\nContent-Type: image/png; name=photo.png\nContent-ID: <photo@x>\nContent-Disposition: attachment\nContent-Transfer-Encoding: base64\n\niVBORw0KGgoA\n"
                             "--b\nContent-Type: application/pdf; name=invoice.pdf\nContent-ID: <invoice@x>\nContent-Disposition: attachment\nContent-Transfer-Encoding: base64\n\nJVBERi0x\n--b--\n";
  g_autoptr (MosTestStore) t = test_desk_store ();
  g_autoptr (MosIngestResult) first = test_ingest (t->store, mail, MOS_FOLDER_INBOX, 1, MOS_TEST_NOW_US);
  g_autoptr (MosDesk) desk = mos_desk_new (t->store, MOS_DESK_FLAG_OFFLINE);
  g_autoptr (MosMessageBody) body = NULL;
  g_autoptr (GAsyncResult) done = NULL;
  GAsyncResult *result = NULL;
  GError *error = NULL;
  MosAttachment *logo;

  mos_desk_load_body_async (desk, first->message, NULL, mos_test_ready_cb, &result);
  done = mos_test_await (&result);
  body = mos_desk_load_body_finish (desk, done, &error);
  g_assert_no_error (error);
  g_assert_nonnull (body->html);
  g_assert_cmpuint (body->related->len, ==, 1);
  logo = g_ptr_array_index (body->related, 0);
  g_assert_cmpstr (logo->content_id, ==, "logo@x");
  g_assert_cmpuint (g_bytes_get_size (logo->data), ==, 8);
  mos_desk_stop_sync (desk);
}

/* --- the desk and its lists, with a main loop --- */

static void
test_desk_list_follows (void)
{
  g_autoptr (MosTestStore) t = test_desk_store ();
  g_autoptr (MosDesk) desk = mos_desk_new (t->store, MOS_DESK_FLAG_OFFLINE);
  g_autoptr (MosConversationList) list = mos_conversation_list_new (desk);
  g_autoptr (MosView) view = mos_view_make (MOS_VIEW_ALL_OPEN, NULL);
  GListModel *model = G_LIST_MODEL (list);
  g_autoptr (MosIngestResult) first = NULL;
  g_autoptr (MosConversation) conversation = NULL;
  g_autoptr (MosMessageList) messages = NULL;
  GAsyncResult *result = NULL;
  g_autoptr (GAsyncResult) done = NULL;
  g_autoptr (GAsyncResult) undone = NULL;
  g_autofree char *label = NULL;
  gint64 batch = 0;
  GError *error = NULL;

  mos_conversation_list_set_view (list, view);
  mos_test_wait (!mos_conversation_list_get_loading (list), 5000);
  g_assert_cmpuint (g_list_model_get_n_items (model), ==, 0);

  first = test_ingest (t->store, test_mail_one, MOS_FOLDER_INBOX, 1, MOS_TEST_NOW_US);
  mos_test_wait (g_list_model_get_n_items (model) == 1, 5000);
  conversation = g_list_model_get_item (model, 0);
  mos_test_wait (mos_conversation_get_row (conversation) != NULL, 5000);
  g_assert_cmpstr (mos_conversation_get_row (conversation)->subject, ==, "Where?");
  messages = mos_message_list_new (desk, first->conversation);
  mos_test_wait (g_list_model_get_n_items (G_LIST_MODEL (messages)) == 1, 5000);

  /* Held while it is closed: it stays, greyed, until another one is held. */
  mos_conversation_list_hold (list, first->conversation);
  mos_desk_set_status_async (desk, (const char *[]) { first->conversation, NULL }, MOS_STATUS_CLOSED, 0, NULL, mos_test_ready_cb, &result);
  done = mos_test_await (&result);
  g_assert_true (mos_desk_action_finish (desk, done, &batch, &error));
  g_assert_no_error (error);
  g_assert_cmpint (batch, !=, 0);
  mos_test_wait (mos_conversation_list_is_stale (list, first->conversation), 5000);
  g_assert_cmpuint (g_list_model_get_n_items (model), ==, 1);
  mos_test_wait (mos_conversation_get_row (conversation)->status == MOS_STATUS_CLOSED, 5000);

  mos_desk_undo_async (desk, batch, NULL, mos_test_ready_cb, &result);
  undone = mos_test_await (&result);
  label = mos_desk_undo_finish (desk, undone, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (label, ==, "close");
  mos_test_wait (!mos_conversation_list_is_stale (list, first->conversation), 5000);
  mos_test_wait (mos_conversation_get_row (conversation)->status == MOS_STATUS_OPEN, 5000);
  g_assert_cmpuint (g_list_model_get_n_items (model), ==, 1);

  g_clear_object (&messages);
  g_clear_object (&list);
  mos_desk_stop_sync (desk);
}

/* --- undo --- */

static void
act (MosDesk *desk,
     const char *conversation,
     const char *tag)
{
  GAsyncResult *result = NULL;
  g_autoptr (GAsyncResult) done = NULL;
  GError *error = NULL;

  mos_desk_tag_async (desk, (const char *[]) { conversation, NULL }, tag, TRUE, NULL, mos_test_ready_cb, &result);
  done = mos_test_await (&result);
  mos_desk_action_finish (desk, done, NULL, &error);
  g_assert_no_error (error);
}

static char *
undo (MosDesk *desk,
      GError **error)
{
  GAsyncResult *result = NULL;
  g_autoptr (GAsyncResult) done = NULL;

  mos_desk_undo_async (desk, 0, NULL, mos_test_ready_cb, &result);
  done = mos_test_await (&result);
  return mos_desk_undo_finish (desk, done, error);
}

static void
send_and_close (MosDesk *desk,
                const char *conversation)
{
  GAsyncResult *result = NULL;
  g_autoptr (GAsyncResult) prepared = NULL;
  g_autoptr (GAsyncResult) saved = NULL;
  g_autoptr (GAsyncResult) sent = NULL;
  g_autoptr (MosDraft) draft = NULL;
  g_autofree char *message = NULL;
  GError *error = NULL;

  mos_desk_prepare_draft_async (desk, "reply", conversation, NULL, NULL, NULL, mos_test_ready_cb, &result);
  prepared = mos_test_await (&result);
  draft = mos_desk_prepare_draft_finish (desk, prepared, &error);
  g_assert_no_error (error);
  g_set_str (&draft->text, "It left today.");
  mos_desk_save_draft_async (desk, draft, NULL, mos_test_ready_cb, &result);
  saved = mos_test_await (&result);
  mos_desk_save_draft_finish (desk, saved, &error);
  g_assert_no_error (error);
  mos_desk_send_async (desk, draft, MOS_STATUS_CLOSED, 0, NULL, mos_test_ready_cb, &result);
  sent = mos_test_await (&result);
  message = mos_desk_send_finish (desk, sent, &error);
  g_assert_no_error (error);
  g_assert_nonnull (message);
}

static gboolean
test_do_undo_last (MosTxn *txn,
                   gpointer data,
                   GError **error)
{
  GError **ret_error = data;
  g_autofree char *label = NULL;
  MosActor actor = { MOS_ACTOR_HUMAN, NULL };
  g_autoptr (GPtrArray) agents = mos_store_agent_list (txn, error);

  actor.id = ((MosAgent *) g_ptr_array_index (agents, 0))->id;
  mos_txn_set_actor (txn, &actor);
  g_assert_false (mos_action_undo_last (txn, 0, TRUE, &label, ret_error));
  actor.id = NULL;
  mos_txn_set_actor (txn, &actor);
  return TRUE;
}

static void
assert_tags (MosTestStore *t,
             const char *conversation,
             MosStatus status,
             guint n)
{
  g_auto (TestLook) look = { 0 };

  test_look (t->store, conversation, &look);
  g_assert_cmpint (look.row->status, ==, status);
  g_assert_cmpuint (g_strv_length (look.row->tags), ==, n);
}

/* "Send and close": first the close is taken back; then the sent mail stands in the way of all that was done before it. */
static void
test_undo_send (void)
{
  g_autoptr (MosTestStore) t = test_desk_store ();
  g_autoptr (MosIngestResult) first = test_ingest (t->store, test_mail_one, MOS_FOLDER_INBOX, 1, MOS_TEST_NOW_US);
  g_autoptr (MosDesk) earlier = mos_desk_new (t->store, MOS_DESK_FLAG_OFFLINE);
  g_autoptr (MosDesk) desk = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *label = NULL;
  g_autofree char *none = NULL;
  g_autofree char *tag = NULL;
  g_autofree char *again = NULL;
  g_auto (TestLook) look = { 0 };
  guint n_sent = 0;

  act (earlier, first->conversation, "earlier");
  mos_desk_stop_sync (earlier);

  /* What an earlier run did is not for this one's Ctrl+Z. */
  desk = mos_desk_new (t->store, MOS_DESK_FLAG_OFFLINE);
  g_assert_null (undo (desk, &error));
  g_assert_no_error (error);
  assert_tags (t, first->conversation, MOS_STATUS_OPEN, 1);
  act (desk, first->conversation, "mine");
  tag = undo (desk, &error);
  g_assert_cmpstr (tag, ==, "tag");
  act (desk, first->conversation, "mine");

  send_and_close (desk, first->conversation);
  assert_tags (t, first->conversation, MOS_STATUS_CLOSED, 2);
  label = undo (desk, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (label, ==, "close");
  assert_tags (t, first->conversation, MOS_STATUS_OPEN, 2);
  /* The answer is on its way as before, and no draft came back. */
  test_look (t->store, first->conversation, &look);
  for (guint i = 0; i < look.messages->len; i++)
    n_sent += ((MosMessageRow *) g_ptr_array_index (look.messages, i))->direction == MOS_DIRECTION_OUTGOING ? 1 : 0;
  g_assert_cmpuint (n_sent, ==, 1);
  g_assert_false (look.row->has_draft);

  none = undo (desk, &error);
  g_assert_error (error, MOS_DESK_ERROR, MOS_DESK_ERROR_CANNOT_UNDO);
  g_clear_error (&error);
  assert_tags (t, first->conversation, MOS_STATUS_OPEN, 2);

  /* The same from a terminal. */
  test_write (t->store, test_do_undo_last, &error);
  g_assert_error (error, MOS_DESK_ERROR, MOS_DESK_ERROR_CANNOT_UNDO);
  g_clear_error (&error);
  assert_tags (t, first->conversation, MOS_STATUS_OPEN, 2);

  /* What is done after it can be undone again. */
  act (desk, first->conversation, "later");
  again = undo (desk, &error);
  g_assert_cmpstr (again, ==, "tag");
  assert_tags (t, first->conversation, MOS_STATUS_OPEN, 2);
  mos_desk_stop_sync (desk);
}

int
main (int argc,
      char *argv[])
{
  mos_test_init (&argc, &argv);

  g_test_add_func ("/desk/ingest/idempotent", test_ingest_idempotent);
  g_test_add_func ("/desk/ingest/two-mails-one-id", test_ingest_two_mails_one_id);
  g_test_add_func ("/desk/ingest/effects", test_ingest_effects);
  g_test_add_func ("/desk/ingest/quarantine", test_ingest_quarantine);
  g_test_add_func ("/desk/ingest/quarantine-answered", test_ingest_quarantine_answered);
  g_test_add_func ("/desk/outbox/kill-while-sending", test_outbox_kill);
  g_test_add_func ("/desk/outbox/bounce", test_bounce);
  g_test_add_func ("/desk/outbox/partly-refused", test_partly_refused);
  g_test_add_func ("/desk/scheduler/snooze", test_snooze);
  g_test_add_func ("/desk/scheduler/clean-up", test_clean_up);
  g_test_add_func ("/desk/body/inline", test_body_inline);
  g_test_add_func ("/desk/undo/send", test_undo_send);
  g_test_add_func ("/desk/lists/follow", test_desk_list_follows);

  return g_test_run ();
}
