/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "desk-fixture.h"

#include "core/desk/mos-outbox.h"
#include "core/store/mos-store-folders.h"
#include "core/store/mos-store-outbox.h"
#include "core/store/mos-store-recipients.h"

#include <string.h>

/* What mail servers and customers say about mail of ours, and what that makes of it. */

typedef struct
{
  MosTestStore *t;
  char *conversation;
  TestReply reply;
  guint uid;
} ReportFixture;

static gboolean
do_claim_final (MosTxn *txn,
                gpointer data,
                GError **error)
{
  g_autoptr (MosOutboxItem) item = NULL;

  return mos_store_outbox_claim (txn, ACCOUNT, &item, error) && mos_store_outbox_set_final (txn, data, NULL, error);
}

static gboolean
do_report (MosTxn *txn,
           gpointer data,
           GError **error)
{
  g_autoptr (MosOutboxItem) item = NULL;

  return mos_outbox_report (txn, data, &item, error);
}

/* An answer to Ana, the conversation closed by it; @data: what the server said to it, "" = nothing yet */
static void
report_setup (ReportFixture *f,
              gconstpointer data)
{
  g_autoptr (MosIngestResult) first = NULL;
  g_autoptr (MosSendResult) result = mos_send_result_new ();

  f->t = test_desk_store ();
  first = test_ingest (f->t->store, test_mail_one, MOS_FOLDER_INBOX, 100, MOS_TEST_NOW_US);
  f->conversation = g_strdup (first->conversation);
  f->reply.conversation = f->conversation;
  mos_manual_clock_advance (MOS_MANUAL_CLOCK (f->t->clock), G_USEC_PER_SEC);
  test_write (f->t->store, test_do_reply, &f->reply);
  if (g_str_equal (data, "queued"))
    return;
  test_write (f->t->store, do_claim_final, f->reply.message);
  result->message = g_strdup (f->reply.message);
  result->state = mos_delivery_from_nick (data, MOS_DELIVERY_ACCEPTED);
  result->refused = g_ptr_array_new ();
  test_write (f->t->store, do_report, result);
  mos_manual_clock_advance (MOS_MANUAL_CLOCK (f->t->clock), G_USEC_PER_SEC);
}

static void
report_teardown (ReportFixture *f,
                 gconstpointer data)
{
  test_reply_clear (&f->reply);
  g_free (f->conversation);
  mos_test_store_free (f->t);
}

/* A report as some server would write it; @about: Message-ID of what came back. */
static char *
make_report (ReportFixture *f,
             const char *recipient,
             const char *action,
             const char *status,
             const char *diagnostic)
{
  g_autofree char *status_line = status != NULL ? g_strdup_printf ("Status: %s\n", status) : g_strdup ("");

  return g_strdup_printf ("From: MAILER-DAEMON@mx.example\nTo: support@shop.example\nSubject: Delivery report %u\nMessage-ID: <r%u@mx.example>\n"
                          "MIME-Version: 1.0\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\n\n"
                          "--b\nContent-Type: text/plain\n\nAbout your mail\n"
                          "--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example\n\n"
                          "Final-Recipient: rfc822; %s\nAction: %s\n%sDiagnostic-Code: smtp; %s\n\n"
                          "--b\nContent-Type: text/rfc822-headers\n\nMessage-ID: <%s>\nSubject: Re: Where?\n\n--b--\n",
                          f->uid, f->uid, recipient, action, status_line, diagnostic, f->reply.message_id);
}

/* The reader's fields, whatever it fills by itself: these tests are about what the desk makes of them. */
static void
ingest_report (ReportFixture *f,
               const char *mail,
               const char *action,
               const char *envelope_id)
{
  g_autoptr (GPtrArray) batch = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_incoming_unref);
  MosIncoming *incoming = test_make_incoming (mail, MOS_FOLDER_INBOX, ++f->uid, mos_clock_now_us (f->t->clock));
  g_autoptr (GError) error = NULL;

  if (incoming->parsed->bounces->len == 0)
    {
      MosBounce *bounce = mos_bounce_new ();

      bounce->recipient = g_strdup ("ana@mail.example");
      bounce->original_message_id = g_strdup (f->reply.message_id);
      g_ptr_array_add (incoming->parsed->bounces, bounce);
    }
  for (guint i = 0; i < incoming->parsed->bounces->len; i++)
    {
      MosBounce *bounce = incoming->parsed->bounces->pdata[i];

      g_set_str (&bounce->action, action);
      bounce->hard = g_strcmp0 (action, "failed") == 0 && (bounce->status == NULL || !g_str_has_prefix (bounce->status, "5.2."));
      g_set_str (&bounce->envelope_id, envelope_id);
      if (envelope_id != NULL)
        g_clear_pointer (&bounce->original_message_id, g_free);
    }
  g_ptr_array_add (batch, incoming);
  mos_ingest_batch_sync (f->t->store, batch, NULL, NULL, &error);
  g_assert_no_error (error);
}

static void
look_at (ReportFixture *f,
         TestLook *look,
         MosMessageRow **ret_row)
{
  test_look_clear (look);
  test_look (f->t->store, f->conversation, look);
  *ret_row = test_look_find (look, f->reply.message);
  g_assert_nonnull (*ret_row);
  g_assert_cmpuint ((*ret_row)->results->len, >=, 1);
}

static MosRecipientResult *
first_result (MosMessageRow *row)
{
  return row->results->pdata[0];
}

/* Somebody says that it is spam (RFC 5965): so they have it, and nothing is "still on its way". */
static void
test_complaint (ReportFixture *f,
                gconstpointer data)
{
  g_autofree char *mail = g_strdup_printf ("From: complaints@isp.example\nTo: support@shop.example\nSubject: Complaint\nMessage-ID: <arf@isp.example>\n"
                                           "MIME-Version: 1.0\nContent-Type: multipart/report; report-type=feedback-report; boundary=b\n\n"
                                           "--b\nContent-Type: text/plain\n\nThis is a complaint.\n"
                                           "--b\nContent-Type: message/feedback-report\n\nFeedback-Type: abuse\nUser-Agent: Isp/1.0\nVersion: 1\nOriginal-Rcpt-To: <ana@mail.example>\n\n"
                                           "--b\nContent-Type: text/rfc822-headers\n\nFrom: support@shop.example\nTo: ana@mail.example\nMessage-ID: <%s>\nSubject: Re: Where?\n\n--b--\n",
                                           f->reply.message_id);
  g_autoptr (MosIngestResult) result = test_ingest (f->t->store, mail, MOS_FOLDER_INBOX, ++f->uid, mos_clock_now_us (f->t->clock));
  g_auto (TestLook) look = { 0 };
  MosMessageRow *report, *row;

  look_at (f, &look, &row);
  report = test_look_find (&look, result->message);
  g_assert_nonnull (report);
  g_assert_cmpint (report->classification, ==, MOS_CLASSIFICATION_FEEDBACK_REPORT);
  g_assert_cmpint (row->delivery, ==, MOS_DELIVERY_DELIVERED);
  g_assert_null (row->why);
  g_assert_cmpint (first_result (row)->state, ==, MOS_RECIPIENT_DELIVERED);
}

/* Nobody is named, but the mail is that came back: where we wrote to one only, it was that one. */
static void
test_nameless (ReportFixture *f,
               gconstpointer data)
{
  g_autofree char *mail = g_strdup_printf ("From: MAILER-DAEMON@mx.example\nTo: support@shop.example\nSubject: Undelivered Mail\nMessage-ID: <nobody@mx.example>\nReturn-Path: <>\n"
                                           "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n"
                                           "--b\nContent-Type: text/plain\n\nYour message could not be delivered.\n550 5.1.1 User unknown\n"
                                           "--b\nContent-Type: text/rfc822-headers\n\nMessage-ID: <%s>\nSubject: Re: Where?\n\n--b--\n",
                                           f->reply.message_id);
  g_autoptr (MosIngestResult) result = test_ingest (f->t->store, mail, MOS_FOLDER_INBOX, ++f->uid, mos_clock_now_us (f->t->clock));
  g_auto (TestLook) look = { 0 };
  MosMessageRow *row;

  look_at (f, &look, &row);
  g_assert_nonnull (test_look_find (&look, result->message));
  g_assert_cmpint (row->delivery, ==, MOS_DELIVERY_BOUNCED);
  g_assert_cmpuint (row->results->len, ==, 1);
  g_assert_cmpint (first_result (row)->state, ==, MOS_RECIPIENT_BOUNCED);
  g_assert_cmpint (look.row->status, ==, MOS_STATUS_OPEN);
}

/* Still trying, then given up: shown both, and work once. */
static void
test_delayed_then_failed (ReportFixture *f,
                          gconstpointer data)
{
  g_autofree char *delayed = make_report (f, "ana@mail.example", "delayed", "4.4.1", "connect to mail.example: timed out");
  g_autofree char *failed = NULL;
  g_autofree char *again = NULL;
  g_autofree char *late = NULL;
  TestStatus close = { f->conversation, MOS_STATUS_CLOSED, 0 };
  g_auto (TestLook) look = { 0 };
  MosMessageRow *row;

  ingest_report (f, delayed, "delayed", NULL);
  look_at (f, &look, &row);
  g_assert_cmpint (row->delivery, ==, MOS_DELIVERY_ACCEPTED);
  g_assert_cmpstr (row->why, ==, "delayed");
  g_assert_cmpint (first_result (row)->state, ==, MOS_RECIPIENT_DELAYED);
  g_assert_cmpint (look.row->status, ==, MOS_STATUS_CLOSED);
  g_assert_false (look.row->has_failed);

  mos_manual_clock_advance (MOS_MANUAL_CLOCK (f->t->clock), G_USEC_PER_SEC);
  failed = make_report (f, "Ana@mail.example", "failed", "5.1.1", "550 5.1.1 unknown user");
  ingest_report (f, failed, "failed", NULL);
  look_at (f, &look, &row);
  g_assert_cmpint (row->delivery, ==, MOS_DELIVERY_BOUNCED);
  g_assert_cmpstr (row->why, ==, "5.1.1");
  g_assert_cmpuint (row->results->len, ==, 1);
  g_assert_cmpint (first_result (row)->state, ==, MOS_RECIPIENT_BOUNCED);
  g_assert_cmpuint (first_result (row)->code, ==, 550);
  g_assert_cmpstr (first_result (row)->status, ==, "5.1.1");
  g_assert_cmpint (look.row->status, ==, MOS_STATUS_OPEN);
  g_assert_true (look.row->has_failed);

  /* Somebody saw it and closed it. A second report of the same, and one that comes late, are no news. */
  mos_manual_clock_advance (MOS_MANUAL_CLOCK (f->t->clock), G_USEC_PER_SEC);
  test_write (f->t->store, test_do_status, &close);
  again = make_report (f, "ana@mail.example", "failed", "5.1.1", "550 5.1.1 unknown user");
  ingest_report (f, again, "failed", NULL);
  late = make_report (f, "ana@mail.example", "delayed", "4.4.1", "still not");
  ingest_report (f, late, "delayed", NULL);
  look_at (f, &look, &row);
  g_assert_cmpint (look.row->status, ==, MOS_STATUS_CLOSED);
  g_assert_cmpint (row->delivery, ==, MOS_DELIVERY_BOUNCED);
}

/* By the id we gave with the envelope, for a report that returns nothing else of the message. */
static void
test_envelope_id (ReportFixture *f,
                  gconstpointer data)
{
  g_autofree char *failed = NULL;
  g_autofree char *strange = make_report (f, "ana@mail.example", "failed", "5.2.2", "552 5.2.2 mailbox full");
  g_auto (TestLook) look = { 0 };
  MosMessageRow *row;

  ingest_report (f, strange, "failed", "somebody-elses");
  look_at (f, &look, &row);
  g_assert_cmpint (row->delivery, ==, MOS_DELIVERY_ACCEPTED);
  failed = make_report (f, "ana@mail.example", "failed", "5.2.2", "552 5.2.2 mailbox full");
  ingest_report (f, failed, "failed", f->reply.message);
  look_at (f, &look, &row);
  g_assert_cmpint (row->delivery, ==, MOS_DELIVERY_BOUNCED);
  g_assert_cmpstr (row->why, ==, "5.2.2");
  g_assert_cmpint (look.row->status, ==, MOS_STATUS_OPEN);
}

/* An old server without enhanced codes; and one that names where the mail was forwarded to. */
static void
test_no_status (ReportFixture *f,
                gconstpointer data)
{
  g_autofree char *failed = make_report (f, "ana.private@elsewhere.example", "failed", NULL, "550 unknown user");
  g_auto (TestLook) look = { 0 };
  MosMessageRow *row;

  ingest_report (f, failed, "failed", NULL);
  look_at (f, &look, &row);
  g_assert_cmpint (row->delivery, ==, MOS_DELIVERY_BOUNCED);
  g_assert_nonnull (row->why);
  g_assert_cmpuint (row->results->len, ==, 1);
  g_assert_cmpstr (first_result (row)->address, ==, "ana@mail.example");
  g_assert_cmpint (first_result (row)->state, ==, MOS_RECIPIENT_BOUNCED);
  g_assert_cmpuint (first_result (row)->code, ==, 550);
}

static void
assert_read_as (ReportFixture *f,
                const char *mail,
                MosDelivery delivery,
                MosRecipientState state)
{
  g_autoptr (MosIngestResult) result = test_ingest (f->t->store, mail, MOS_FOLDER_INBOX, ++f->uid, mos_clock_now_us (f->t->clock));
  g_auto (TestLook) look = { 0 };
  MosMessageRow *row;

  look_at (f, &look, &row);
  g_assert_cmpint (test_look_find (&look, result->message)->classification, ==, MOS_CLASSIFICATION_BOUNCE_SOFT);
  g_assert_cmpint (row->delivery, ==, delivery);
  g_assert_cmpint (first_result (row)->state, ==, state);
  g_assert_true (look.row->has_failed == (delivery == MOS_DELIVERY_BOUNCED));
  g_assert_cmpint (look.row->status, ==, delivery == MOS_DELIVERY_BOUNCED ? MOS_STATUS_OPEN : MOS_STATUS_CLOSED);
  mos_manual_clock_advance (MOS_MANUAL_CLOCK (f->t->clock), G_USEC_PER_SEC);
}

/* A full mailbox says nothing against the address, but whoever waits for the answer has not got it. */
static void
test_mailbox_full (ReportFixture *f,
                   gconstpointer data)
{
  g_autofree char *full = make_report (f, "ana@mail.example", "failed", "5.2.2", "552 5.2.2 mailbox full");

  assert_read_as (f, full, MOS_DELIVERY_BOUNCED, MOS_RECIPIENT_BOUNCED);
}

/* Where no field says whether it is tried again, the words do. */
static void
test_words_only (ReportFixture *f,
                 gconstpointer data)
{
  static const char *const ends[] = { "The server will keep trying for two days.", "This is a permanent error." };

  for (gsize i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      g_autofree char *mail = g_strdup_printf ("Return-Path: <>\nFrom: MAILER-DAEMON@mx.example\nTo: support@shop.example\nSubject: Undelivered mail\nMessage-ID: <w%u@mx.example>\n\n"
                                               "Your message could not be delivered to:\n\n  ana@mail.example: mailbox is full\n\n%s\n\n"
                                               "--- Below this line is a copy of the message.\n\nReturn-Path: <support@shop.example>\nMessage-ID: <%s>\nTo: ana@mail.example\nSubject: Re: Where?\n",
                                               (guint) i, ends[i], f->reply.message_id);

      assert_read_as (f, mail, i == 0 ? MOS_DELIVERY_ACCEPTED : MOS_DELIVERY_BOUNCED, i == 0 ? MOS_RECIPIENT_DELAYED : MOS_RECIPIENT_BOUNCED);
    }
}

static void
test_delivered (ReportFixture *f,
                gconstpointer data)
{
  g_autofree char *relayed = make_report (f, "ana@mail.example", "relayed", "2.0.0", "250 ok");
  g_autofree char *delivered = NULL;
  g_auto (TestLook) look = { 0 };
  MosMessageRow *row;

  ingest_report (f, relayed, "relayed", NULL);
  look_at (f, &look, &row);
  g_assert_cmpint (row->delivery, ==, MOS_DELIVERY_ACCEPTED);
  delivered = make_report (f, "ana@mail.example", "delivered", "2.0.0", "250 ok");
  ingest_report (f, delivered, "delivered", NULL);
  look_at (f, &look, &row);
  g_assert_cmpint (row->delivery, ==, MOS_DELIVERY_DELIVERED);
  g_assert_cmpint (first_result (row)->state, ==, MOS_RECIPIENT_DELIVERED);
  g_assert_cmpint (look.row->status, ==, MOS_STATUS_CLOSED);
}

/* --- nobody knew whether it was sent, or it was not meant to be sent any more --- */

static gboolean
do_load_raw (MosTxn *txn,
             gpointer data,
             GError **error)
{
  ReportFixture *f = ((gpointer *) data)[0];

  return mos_store_message_load_raw (txn, f->reply.message, (GBytes **) &((gpointer *) data)[1], error);
}

static char *
dup_raw (ReportFixture *f)
{
  gpointer call[2] = { f, NULL };
  g_autoptr (GBytes) raw = NULL;

  test_write (f->t->store, do_load_raw, call);
  raw = call[1];
  return g_strndup (g_bytes_get_data (raw, NULL), g_bytes_get_size (raw));
}

static gboolean
do_claim (MosTxn *txn,
          gpointer data,
          GError **error)
{
  return mos_store_outbox_claim (txn, ACCOUNT, data, error);
}

static void
assert_not_sent_again (ReportFixture *f)
{
  g_autoptr (MosOutboxItem) item = NULL;

  mos_manual_clock_advance (MOS_MANUAL_CLOCK (f->t->clock), 24 * 60 * 60 * (gint64) G_USEC_PER_SEC);
  test_write (f->t->store, do_claim, &item);
  g_assert_null (item);
}

static gboolean
do_get_filing (MosTxn *txn,
               gpointer data,
               GError **error)
{
  return mos_store_cursor_get (txn, ACCOUNT, MOS_SENT_FILING_CURSOR, data, error);
}

static void
test_found (ReportFixture *f,
            gconstpointer data)
{
  g_autofree char *raw = dup_raw (f);
  g_autoptr (MosIngestResult) draft = test_ingest (f->t->store, raw, MOS_FOLDER_DRAFTS, 1, MOS_TEST_NOW_US);
  g_autoptr (MosIngestResult) copy = NULL;
  g_autofree char *filing = NULL;
  g_auto (TestLook) look = { 0 };
  MosMessageRow *row;

  /* A draft on the server is nothing a server accepted. */
  look_at (f, &look, &row);
  g_assert_cmpint (row->delivery, ==, mos_delivery_from_nick (data, MOS_DELIVERY_DRAFT));
  copy = test_ingest (f->t->store, raw, MOS_FOLDER_SENT, 2, MOS_TEST_NOW_US);
  look_at (f, &look, &row);
  g_assert_cmpint (row->delivery, ==, MOS_DELIVERY_ACCEPTED);
  g_assert_cmpint (first_result (row)->state, ==, MOS_RECIPIENT_ACCEPTED);
  assert_not_sent_again (f);
  /* None of us put it there. */
  test_write (f->t->store, do_get_filing, &filing);
  g_assert_cmpstr (filing, ==, MOS_SENT_FILING_SERVER);
}

static void
test_found_in_all_mail (ReportFixture *f,
                        gconstpointer data)
{
  g_autofree char *raw = dup_raw (f);
  g_autoptr (MosIngestResult) copy = test_ingest (f->t->store, raw, MOS_FOLDER_ARCHIVE, 2, MOS_TEST_NOW_US);
  g_auto (TestLook) look = { 0 };
  MosMessageRow *row;

  look_at (f, &look, &row);
  g_assert_cmpint (row->delivery, ==, MOS_DELIVERY_ACCEPTED);
  assert_not_sent_again (f);
}

static void
test_answered (ReportFixture *f,
               gconstpointer data)
{
  g_autofree char *mail = g_strdup_printf ("From: Ana <ana@mail.example>\nTo: support@shop.example\nSubject: Re: Where?\nMessage-ID: <thanks@mail.example>\n"
                                           "In-Reply-To: <%s>\n\nThank you!\n",
                                           f->reply.message_id);
  g_autoptr (MosIngestResult) thanks = test_ingest (f->t->store, mail, MOS_FOLDER_INBOX, 3, MOS_TEST_NOW_US + 5 * G_USEC_PER_SEC);
  g_auto (TestLook) look = { 0 };
  MosMessageRow *row;

  g_assert_cmpstr (thanks->conversation, ==, f->conversation);
  look_at (f, &look, &row);
  g_assert_cmpint (row->delivery, ==, MOS_DELIVERY_ACCEPTED);
  g_assert_false (look.row->has_failed);
  assert_not_sent_again (f);
}

static void
test_came_back (ReportFixture *f,
                gconstpointer data)
{
  g_autofree char *failed = make_report (f, "ana@mail.example", "failed", "5.7.1", "554 5.7.1 looks like spam");
  g_auto (TestLook) look = { 0 };
  MosMessageRow *row;

  ingest_report (f, failed, "failed", NULL);
  look_at (f, &look, &row);
  g_assert_cmpint (row->delivery, ==, MOS_DELIVERY_BOUNCED);
  g_assert_cmpint (first_result (row)->state, ==, MOS_RECIPIENT_BOUNCED);
  assert_not_sent_again (f);
}

static void
test_still_trying (ReportFixture *f,
                   gconstpointer data)
{
  g_autofree char *delayed = make_report (f, "ana@mail.example", "delayed", "4.4.1", "timed out");
  g_auto (TestLook) look = { 0 };
  MosMessageRow *row;

  ingest_report (f, delayed, "delayed", NULL);
  look_at (f, &look, &row);
  g_assert_cmpint (row->delivery, ==, MOS_DELIVERY_ACCEPTED);
  g_assert_cmpstr (row->why, ==, "delayed");
  assert_not_sent_again (f);
}

/* --- a person had it sent once more --- */

static gboolean
do_retry (MosTxn *txn,
          gpointer data,
          GError **error)
{
  return mos_outbox_retry (txn, data, error);
}

static void
test_earlier_try (ReportFixture *f,
                  gconstpointer data)
{
  g_autofree char *failed = make_report (f, "ana@mail.example", "failed", "5.2.2", "552 5.2.2 mailbox full");
  g_autofree char *delayed = NULL;
  g_autofree char *late = NULL;
  g_autofree char *of_this = NULL;
  g_autofree char *envelope_id = mos_outbox_item_make_envelope_id (f->reply.message, 1);
  g_autoptr (MosOutboxItem) item = NULL;
  g_autoptr (MosSendResult) result = mos_send_result_new ();
  g_auto (TestLook) look = { 0 };
  MosMessageRow *row;

  g_test_summary ("a report about the time before, which comes while the message waits to be sent anew, neither sends nor ends it");

  test_write (f->t->store, do_retry, f->reply.message);
  ingest_report (f, failed, "failed", NULL);
  look_at (f, &look, &row);
  g_assert_cmpint (row->delivery, ==, MOS_DELIVERY_QUEUED);
  g_assert_cmpint (first_result (row)->state, ==, MOS_RECIPIENT_WAITING);
  delayed = make_report (f, "ana@mail.example", "delayed", "4.4.1", "timed out");
  ingest_report (f, delayed, "delayed", NULL);
  look_at (f, &look, &row);
  g_assert_cmpint (row->delivery, ==, MOS_DELIVERY_QUEUED);

  test_write (f->t->store, do_claim, &item);
  g_assert_nonnull (item);
  g_assert_cmpuint (item->tries, ==, 1);
  result->message = g_strdup (f->reply.message);
  result->state = MOS_DELIVERY_ACCEPTED;
  result->refused = g_ptr_array_new ();
  test_write (f->t->store, do_report, result);

  /* The envelope's id says which. */
  late = make_report (f, "ana@mail.example", "failed", "5.2.2", "552 5.2.2 mailbox full");
  ingest_report (f, late, "failed", f->reply.message);
  look_at (f, &look, &row);
  g_assert_cmpint (row->delivery, ==, MOS_DELIVERY_ACCEPTED);
  g_assert_cmpint (first_result (row)->state, ==, MOS_RECIPIENT_ACCEPTED);
  of_this = make_report (f, "ana@mail.example", "failed", "5.2.2", "552 5.2.2 mailbox full");
  ingest_report (f, of_this, "failed", envelope_id);
  look_at (f, &look, &row);
  g_assert_cmpint (row->delivery, ==, MOS_DELIVERY_BOUNCED);
}

/* That it arrived then is news all the same. */
static void
test_earlier_try_arrived (ReportFixture *f,
                          gconstpointer data)
{
  g_autofree char *delivered = make_report (f, "ana@mail.example", "delivered", "2.0.0", "250 ok");
  g_auto (TestLook) look = { 0 };
  MosMessageRow *row;

  test_write (f->t->store, do_retry, f->reply.message);
  ingest_report (f, delivered, "delivered", NULL);
  look_at (f, &look, &row);
  g_assert_cmpint (row->delivery, ==, MOS_DELIVERY_DELIVERED);
  assert_not_sent_again (f);
}

/* Sent from a telephone: we know nobody it was for but by its headers. */
static void
test_sent_elsewhere (ReportFixture *f,
                     gconstpointer data)
{
  g_autoptr (MosIngestResult) sent = test_ingest (f->t->store,
                                                  "From: support@shop.example\nTo: ana@mail.example, bea@mail.example\nSubject: Re: Where?\nMessage-ID: <phone@shop.example>\n"
                                                  "In-Reply-To: <one@mail.example>\n\nIt left.\n",
                                                  MOS_FOLDER_SENT, 4, MOS_TEST_NOW_US + 3 * G_USEC_PER_SEC);
  g_autofree char *failed = NULL;
  g_auto (TestLook) look = { 0 };
  MosMessageRow *row;

  g_set_str (&f->reply.message_id, "phone@shop.example");
  failed = make_report (f, "bea@mail.example", "failed", "5.1.1", "550 5.1.1 who?");
  ingest_report (f, failed, "failed", NULL);
  test_look (f->t->store, f->conversation, &look);
  row = test_look_find (&look, sent->message);
  g_assert_cmpint (row->delivery, ==, MOS_DELIVERY_BOUNCED);
  g_assert_cmpuint (row->results->len, ==, 1);
  g_assert_cmpstr (first_result (row)->address, ==, "bea@mail.example");
}

int
main (int argc,
      char *argv[])
{
  mos_test_init (&argc, &argv);

#define ADD(path, data, func) g_test_add ("/desk-reports/" path, ReportFixture, data, report_setup, func, report_teardown)
  ADD ("delayed-then-failed", "accepted", test_delayed_then_failed);
  ADD ("complaint", "accepted", test_complaint);
  ADD ("nameless", "accepted", test_nameless);
  ADD ("envelope-id", "accepted", test_envelope_id);
  ADD ("mailbox-full", "accepted", test_mailbox_full);
  ADD ("words-only", "accepted", test_words_only);
  ADD ("no-status", "accepted", test_no_status);
  ADD ("delivered", "accepted", test_delivered);
  ADD ("sent-elsewhere", "accepted", test_sent_elsewhere);
  ADD ("uncertain/found", "uncertain", test_found);
  ADD ("uncertain/found-in-all-mail", "uncertain", test_found_in_all_mail);
  ADD ("uncertain/answered", "uncertain", test_answered);
  ADD ("uncertain/came-back", "uncertain", test_came_back);
  ADD ("uncertain/still-trying", "uncertain", test_still_trying);
  ADD ("sent-anew/earlier-try", "uncertain", test_earlier_try);
  ADD ("sent-anew/arrived", "uncertain", test_earlier_try_arrived);
  /* A profile from a backup: what was sent since then waits in it to be sent. */
  ADD ("restored/found", "queued", test_found);
  ADD ("restored/answered", "queued", test_answered);
  ADD ("restored/came-back", "queued", test_came_back);

  return g_test_run ();
}
