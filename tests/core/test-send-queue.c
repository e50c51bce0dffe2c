/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "send-fixture.h"

#include "core/desk/mos-composing.h"
#include "core/desk/mos-outbox.h"
#include "core/store/mos-store-folders.h"

#include <string.h>

/* What waits to be sent: recipients, schedule, clock, two senders, and a disk that is full. */

/* --- some get it, some do not, some not yet --- */

typedef struct
{
  const char *conversation;
  char *message;
} ThreeReply;

static gboolean
do_reply_to_three (MosTxn *txn,
                   gpointer data,
                   GError **error)
{
  static const MosQuoteTexts texts = { "{sender}, {date}:", "--", "%F" };
  ThreeReply *reply = data;
  g_autoptr (MosDraft) draft = NULL;

  if (!mos_draft_prepare (txn, "reply", reply->conversation, NULL, NULL, &texts, &draft, error))
    return FALSE;
  g_set_str (&draft->text, "To all of you.");
  g_ptr_array_add (draft->cc, mos_address_make (NULL, "Bea@mail.example"));
  g_ptr_array_add (draft->bcc, mos_address_make (NULL, "cid@mail.example"));
  return mos_draft_send (txn, draft, MOS_STATUS_CLOSED, 0, &reply->message, error);
}

#define THREE(a, b, c) "S 220 hi", "C EHLO", "S 250 there", "C MAIL", "S 250 ok", "C RCPT TO:<ana@mail.example>", a, "C RCPT TO:<Bea@mail.example>", b, "C RCPT TO:<cid@mail.example>", c

static MosRecipientResult *
result_of (SendLook *look,
           const char *address)
{
  for (guint i = 0; i < look->row->results->len; i++)
    if (g_str_equal (((MosRecipientResult *) look->row->results->pdata[i])->address, address))
      return look->row->results->pdata[i];
  g_assert_not_reached ();
}

static void
test_recipients (SendFixture *f,
                 gconstpointer data)
{
  static const char *const first[] = { THREE ("S 250 ok", "S 550 5.1.1 no such user", "S 450 4.2.1 later"), "C DATA", "S 354 go", "D", "S 250 ok", "A", NULL };
  /* Nobody but the one who was put off is named again. */
  static const char *const second[] = { "S 220 hi", "C EHLO", "S 250 there", "C MAIL", "S 250 ok", "C RCPT TO:<cid@mail.example>", "S 451 4.2.1 still not", "C RSET", "S 250 ok", "A", NULL };
  static const char *const third[] = { "S 220 hi", "C EHLO", "S 250 there", "C MAIL", "S 250 ok", "C RCPT TO:<cid@mail.example>", "S 250 ok", "C DATA", "S 354 go", "D", "S 250 ok", "A", NULL };
  g_autoptr (GError) error = NULL;
  ThreeReply three = { f->conversation, NULL };
  g_auto (SendLook) one = { 0 };
  g_auto (SendLook) two = { 0 };
  g_auto (SendLook) end = { 0 };
  g_auto (TestLook) conversation = { 0 };

  g_assert_cmpuint (send_run_pass (f, send_good_script, "", &error), ==, 1);
  test_write (f->t->store, do_reply_to_three, &three);
  g_assert_cmpuint (send_run_pass (f, first, "", &error), ==, 1);
  g_assert_no_error (error);
  one.message = two.message = end.message = three.message;
  test_write (f->t->store, send_do_look, &one);
  g_assert_cmpint (one.row->delivery, ==, MOS_DELIVERY_QUEUED);
  g_assert_cmpstr (one.row->why, ==, "recipients-deferred");
  g_assert_cmpint (result_of (&one, "ana@mail.example")->state, ==, MOS_RECIPIENT_ACCEPTED);
  g_assert_cmpint (result_of (&one, "Bea@mail.example")->state, ==, MOS_RECIPIENT_REFUSED);
  g_assert_cmpuint (result_of (&one, "Bea@mail.example")->code, ==, 550);
  g_assert_cmpstr (result_of (&one, "Bea@mail.example")->status, ==, "5.1.1");
  g_assert_nonnull (strstr (result_of (&one, "Bea@mail.example")->text, "no such user"));
  g_assert_cmpint (result_of (&one, "cid@mail.example")->state, ==, MOS_RECIPIENT_DEFERRED);
  g_assert_cmpint (one.row->next_try_us, ==, mos_clock_now_us (f->t->clock) + MINUTE_US);
  /* Somebody will not get it: that is work. */
  test_look (f->t->store, f->conversation, &conversation);
  g_assert_cmpint (conversation.row->status, ==, MOS_STATUS_OPEN);

  mos_manual_clock_advance (MOS_MANUAL_CLOCK (f->t->clock), MINUTE_US);
  g_assert_cmpuint (send_run_pass (f, second, "", &error), ==, 0);
  g_assert_no_error (error);
  test_write (f->t->store, send_do_look, &two);
  g_assert_cmpint (two.row->delivery, ==, MOS_DELIVERY_QUEUED);
  g_assert_cmpint (result_of (&two, "ana@mail.example")->state, ==, MOS_RECIPIENT_ACCEPTED);

  mos_manual_clock_advance (MOS_MANUAL_CLOCK (f->t->clock), 2 * MINUTE_US);
  g_assert_cmpuint (send_run_pass (f, third, "", &error), ==, 1);
  g_assert_no_error (error);
  test_write (f->t->store, send_do_look, &end);
  g_assert_cmpint (end.row->delivery, ==, MOS_DELIVERY_ACCEPTED);
  g_assert_cmpstr (end.row->why, ==, "recipients-refused");
  g_assert_cmpint (result_of (&end, "cid@mail.example")->state, ==, MOS_RECIPIENT_ACCEPTED);
  g_assert_nonnull (strstr (end.row->why_detail, "Bea@mail.example: 550"));

  /* "Try again" is for her alone. */
  {
    static const char *const again[] = { "S 220 hi", "C EHLO", "S 250 there", "C MAIL", "S 250 ok", "C RCPT TO:<Bea@mail.example>", "S 250 ok", "C DATA", "S 354 go", "D", "S 250 ok", "A", NULL };

    test_write (f->t->store, (TestFunc) mos_outbox_retry, three.message);
    g_assert_cmpuint (send_run_pass (f, again, "", &error), ==, 1);
    g_assert_no_error (error);
    send_look_clear (&end);
    test_write (f->t->store, send_do_look, &end);
    g_assert_cmpint (end.row->delivery, ==, MOS_DELIVERY_ACCEPTED);
    g_assert_cmpstr (end.row->why, ==, NULL);
  }
  g_free (three.message);
}

/* Taken back while one still waits: the two who have it keep it, the draft is for the third. */
typedef struct
{
  const char *message;
  char *draft_id;
  MosDraft *draft;
} TakeBack;

static gboolean
do_take_back (MosTxn *txn,
              gpointer data,
              GError **error)
{
  static const MosQuoteTexts texts = { "{sender}, {date}:", "--", "%F" };
  TakeBack *back = data;
  g_autoptr (MosMessageRow) row = NULL;

  return mos_store_message_find (txn, back->message, &row, error) &&
         mos_outbox_take_back (txn, back->message, &back->draft_id, error) &&
         mos_draft_prepare (txn, "reply", row->conversation, NULL, NULL, &texts, &back->draft, error);
}

static void
test_take_back_partly (SendFixture *f,
                       gconstpointer data)
{
  static const char *const first[] = { THREE ("S 250 ok", "S 250 ok", "S 450 4.2.1 later"), "C DATA", "S 354 go", "D", "S 250 ok", "A", NULL };
  g_autoptr (GError) error = NULL;
  ThreeReply three = { f->conversation, NULL };
  g_auto (SendLook) look = { 0 };
  TakeBack back = { 0 };

  g_assert_cmpuint (send_run_pass (f, send_good_script, "", &error), ==, 1);
  test_write (f->t->store, do_reply_to_three, &three);
  g_assert_cmpuint (send_run_pass (f, first, "", &error), ==, 1);
  back.message = look.message = three.message;
  test_write (f->t->store, do_take_back, &back);
  g_assert_cmpstr (back.draft->id, ==, back.draft_id);
  g_assert_cmpuint (back.draft->to->len, ==, 0);
  g_assert_cmpuint (back.draft->cc->len, ==, 0);
  g_assert_cmpuint (back.draft->bcc->len, ==, 1);
  test_write (f->t->store, send_do_look, &look);
  g_assert_cmpint (look.row->delivery, ==, MOS_DELIVERY_ACCEPTED);
  g_assert_cmpint (result_of (&look, "cid@mail.example")->state, ==, MOS_RECIPIENT_WITHDRAWN);
  mos_manual_clock_advance (MOS_MANUAL_CLOCK (f->t->clock), 24 * HOUR_US);
  g_assert_cmpuint (send_run_pass (f, NULL, "", &error), ==, 0);
  g_assert_no_error (error);
  mos_draft_unref (back.draft);
  g_free (back.draft_id);
  g_free (three.message);
}

/* --- the schedule --- */

static void
test_schedule (SendFixture *f,
               gconstpointer data)
{
  static const char *const later[] = { "S 220 hi", "C EHLO", "S 250 there", "C MAIL", "S 250 ok", "C RCPT", "S 250 ok", "C DATA", "S 354 go", "D", "S 451 4.7.1 greylisted", "A", NULL };
  g_autoptr (GError) error = NULL;
  gint64 begin_us = mos_clock_now_us (f->t->clock);
  gint64 last_us = 0;
  guint attempts = 0;

  /* Without a line nothing is tried, and nothing counted. */
  for (guint i = 0; i < 200; i++)
    {
      g_assert_cmpuint (send_run_pass (f, NULL, "", &error), ==, 0);
      g_clear_error (&error);
      mos_manual_clock_advance (MOS_MANUAL_CLOCK (f->t->clock), HOUR_US);
    }
  g_assert_cmpint (send_get_delivery (f), ==, MOS_DELIVERY_QUEUED);
  begin_us = mos_clock_now_us (f->t->clock);

  while (send_get_delivery (f) == MOS_DELIVERY_QUEUED)
    {
      g_auto (SendLook) look = { f->reply.message };
      gint64 wait_us;

      g_assert_cmpuint (send_run_pass (f, later, "", &error), ==, 1);
      g_assert_no_error (error);
      test_write (f->t->store, send_do_look, &look);
      g_assert_cmpuint (look.row->attempts, ==, ++attempts);
      g_assert_cmpuint (attempts, <=, 120);
      if (look.row->delivery != MOS_DELIVERY_QUEUED)
        {
          g_assert_cmpstr (look.row->why, ==, "gave-up");
          g_assert_nonnull (strstr (look.row->why_detail, "greylisted"));
          break;
        }
      g_assert_cmpstr (look.row->why, ==, "temporary");
      wait_us = look.row->next_try_us - mos_clock_now_us (f->t->clock);
      g_assert_cmpint (wait_us, >=, last_us);
      g_assert_cmpint (wait_us, <=, HOUR_US);
      last_us = wait_us;
      /* Not a moment sooner. */
      mos_manual_clock_advance (MOS_MANUAL_CLOCK (f->t->clock), wait_us - 1);
      g_assert_cmpuint (send_run_pass (f, NULL, "", &error), ==, 0);
      g_assert_no_error (error);
      mos_manual_clock_advance (MOS_MANUAL_CLOCK (f->t->clock), 1);
    }
  g_assert_cmpint (send_get_delivery (f), ==, MOS_DELIVERY_FAILED);
  g_test_message ("gave up after %u attempts and %.1f days", attempts, (double) (mos_clock_now_us (f->t->clock) - begin_us) / (24 * HOUR_US));
  g_assert_cmpint (mos_clock_now_us (f->t->clock) - begin_us, >, 4 * 24 * HOUR_US);

  /* "Try again" begins the schedule anew, and does not stop at the first "not now". */
  test_write (f->t->store, (TestFunc) mos_outbox_retry, f->reply.message);
  g_assert_cmpuint (send_run_pass (f, later, "", &error), ==, 1);
  g_assert_cmpint (send_get_delivery (f), ==, MOS_DELIVERY_QUEUED);
}

/* The clock was wrong when it was put off, and was mended; or runs ahead for a moment. */
static void
test_clock (SendFixture *f,
            gconstpointer data)
{
  static const char *const later[] = { "S 220 hi", "C EHLO", "S 250 there", "C MAIL", "S 451 4.7.1 later", "A", NULL };
  g_autoptr (GError) error = NULL;

  mos_manual_clock_advance (MOS_MANUAL_CLOCK (f->t->clock), 365 * 24 * HOUR_US);
  send_run_pass (f, later, "", &error);
  g_assert_no_error (error);
  g_assert_cmpint (send_get_delivery (f), ==, MOS_DELIVERY_QUEUED);
  mos_manual_clock_set (MOS_MANUAL_CLOCK (f->t->clock), mos_clock_now_us (f->t->clock) - 365 * 24 * HOUR_US);
  g_assert_cmpuint (send_run_pass (f, send_good_script, "", &error), ==, 1);
  g_assert_no_error (error);
  g_assert_cmpint (send_get_delivery (f), ==, MOS_DELIVERY_ACCEPTED);
}

static gboolean
do_many_replies (MosTxn *txn,
                 gpointer data,
                 GError **error)
{
  SendFixture *f = data;

  for (guint i = 0; i < 20; i++)
    {
      ThreeReply three = { f->conversation, NULL };

      if (!do_reply_to_three (txn, &three, error))
        return FALSE;
      g_free (three.message);
    }
  return TRUE;
}

/* A server that wants none just now is not asked twenty times in a row. */
static void
test_no_burst (SendFixture *f,
               gconstpointer data)
{
  static const char *const busy[] = { "S 220 hi", "C EHLO", "S 250 there", "C MAIL", "S 450 4.7.1 too many", "C RSET", "S 250 ok", "C MAIL", "S 450 4.7.1 too many", "C RSET", "S 250 ok",
                                      "C MAIL", "S 450 4.7.1 too many", "C RSET", "S 250 ok", "C QUIT", "S 221 bye", "W", NULL };
  static const char *const closing[] = { "S 220 hi", "C EHLO", "S 250 there", "C MAIL", "S 421 4.3.2 closing", "X", NULL };
  g_autoptr (GError) error = NULL;

  test_write (f->t->store, do_many_replies, f);
  send_run_pass (f, busy, "", &error);
  g_assert_no_error (error);
  g_assert_true (mos_email_sender_was_put_off (f->sender));
  send_run_pass (f, closing, "", &error);
  g_assert_no_error (error);
  g_assert_true (mos_email_sender_was_put_off (f->sender));
}

/* --- what cannot be written down --- */

static MosChannelHostInterface original;
static guint full_disk; /* so many reports fail */

static gboolean
report_on_full_disk (MosChannelHost *host,
                     const char *account,
                     MosSendResult *result,
                     GCancellable *cancellable,
                     GError **error)
{
  if (full_disk == 0)
    return original.report_send_sync (host, account, result, cancellable, error);
  full_disk--;
  g_set_error_literal (error, MOS_STORE_ERROR, MOS_STORE_ERROR_DISK_FULL, "The disk is full");
  return FALSE;
}

static void
break_disk (SendFixture *f)
{
  MosChannelHostInterface *iface = MOS_CHANNEL_HOST_GET_IFACE (f->host);

  original = *iface;
  iface->report_send_sync = report_on_full_disk;
}

static void
mend_disk (SendFixture *f)
{
  MOS_CHANNEL_HOST_GET_IFACE (f->host)->report_send_sync = original.report_send_sync;
  full_disk = 0;
}

/* Accepted, and the disk is full: nothing else is sent, and it is written down as soon as that can be. */
static void
test_disk_full (SendFixture *f,
                gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  break_disk (f);
  full_disk = 3;
  g_assert_cmpuint (send_run_pass (f, send_good_script, "", &error), ==, 1);
  for (guint i = 0; i < 3; i++)
    {
      g_assert_error (error, MOS_STORE_ERROR, MOS_STORE_ERROR_DISK_FULL);
      g_clear_error (&error);
      g_assert_true (mos_email_sender_has_unwritten (f->sender));
      g_assert_cmpint (send_get_delivery (f), ==, MOS_DELIVERY_SENDING);
      mos_manual_clock_advance (MOS_MANUAL_CLOCK (f->t->clock), HOUR_US);
      send_run_pass (f, NULL, "", &error);
    }
  g_assert_no_error (error);
  g_assert_false (mos_email_sender_has_unwritten (f->sender));
  g_assert_cmpint (send_get_delivery (f), ==, MOS_DELIVERY_ACCEPTED);
  mend_disk (f);
}

static gboolean
do_recover (MosTxn *txn,
            gpointer data,
            GError **error)
{
  return mos_outbox_recover (txn, data, error);
}

/* The same, and the program ends before there is room again: somebody is asked, and told why. */
static void
test_disk_full_then_end (SendFixture *f,
                         gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) uncertain = NULL;

  break_disk (f);
  full_disk = G_MAXUINT;
  g_assert_cmpuint (send_run_pass (f, send_good_script, "", &error), ==, 1);
  g_assert_error (error, MOS_STORE_ERROR, MOS_STORE_ERROR_DISK_FULL);
  g_clear_error (&error);
  g_clear_pointer (&f->sender, mos_email_sender_free);
  mend_disk (f);
  send_close_host (f);
  mos_test_store_reopen (f->t);
  test_write (f->t->store, do_recover, &uncertain);
  g_assert_cmpuint (uncertain->len, ==, 1);
  g_assert_cmpstr (((MosOutboxItem *) uncertain->pdata[0])->why, ==, "interrupted");
  send_open_host (f);
  mos_manual_clock_advance (MOS_MANUAL_CLOCK (f->t->clock), 24 * HOUR_US);
  g_assert_cmpuint (send_run_pass (f, NULL, "", &error), ==, 0);
  g_assert_no_error (error);
  g_assert_cmpint (send_get_delivery (f), ==, MOS_DELIVERY_UNCERTAIN);
}

static MosSendResult *
make_result (SendFixture *f,
             MosDelivery state)
{
  MosSendResult *result = mos_send_result_new ();

  result->message = g_strdup (f->reply.message);
  result->state = state;
  result->refused = g_ptr_array_new ();
  return result;
}

/* --- somebody has it, and we learn it before the server's word fails to come --- */

static void
meet_copy (SendFixture *f,
           const char *message)
{
  g_auto (SendLook) look = { message };
  g_autofree char *raw = NULL;
  g_autoptr (MosIngestResult) met = NULL;

  test_write (f->t->store, send_do_look, &look);
  raw = g_strndup (g_bytes_get_data (look.item->raw, NULL), g_bytes_get_size (look.item->raw));
  met = test_ingest (f->t->store, raw, MOS_FOLDER_SENT, 1, mos_clock_now_us (f->t->clock));
  g_assert_cmpint (met->outcome, ==, MOS_INGEST_DUPLICATE);
}

static void
test_met_while_sending (SendFixture *f,
                        gconstpointer data)
{
  gboolean is_killed = GPOINTER_TO_INT (data);
  g_autoptr (MosOutboxItem) item = NULL;
  g_autoptr (MosSendResult) result = make_result (f, MOS_DELIVERY_UNCERTAIN);
  g_autoptr (GPtrArray) uncertain = NULL;
  g_autoptr (GPtrArray) flags = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (TestLook) look = { 0 };

  g_assert_true (mos_channel_host_claim_outbox_sync (MOS_CHANNEL_HOST (f->host), ACCOUNT, 0, &item, NULL, &error));
  g_assert_true (mos_channel_host_final_outbox_sync (MOS_CHANNEL_HOST (f->host), ACCOUNT, f->reply.message, NULL, &error));
  meet_copy (f, f->reply.message);
  g_assert_cmpint (send_get_delivery (f), ==, MOS_DELIVERY_SENDING);
  if (is_killed)
    {
      test_write (f->t->store, do_recover, &uncertain);
      g_assert_cmpuint (uncertain->len, ==, 0);
    }
  else
    g_assert_true (mos_channel_host_report_send_sync (MOS_CHANNEL_HOST (f->host), ACCOUNT, result, NULL, &error));
  g_assert_no_error (error);
  /* Nobody is asked what the mailbox told already. */
  g_assert_cmpint (send_get_delivery (f), ==, MOS_DELIVERY_ACCEPTED);
  test_look (f->t->store, f->conversation, &look);
  g_assert_cmpint (look.row->status, ==, MOS_STATUS_CLOSED);
  /* And the server learns what was answered. */
  flags = mos_channel_host_list_flag_changes_sync (MOS_CHANNEL_HOST (f->host), ACCOUNT, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (flags->len, ==, 1);
  g_assert_cmpint (((MosFlagChange *) flags->pdata[0])->add & MOS_MESSAGE_FLAG_ANSWERED, ==, MOS_MESSAGE_FLAG_ANSWERED);
}

/* The copy is of those who have it: of who was put off, and then perhaps got it, it says nothing. */
static void
test_met_by_others (SendFixture *f,
                    gconstpointer data)
{
  static const char *const first[] = { THREE ("S 250 ok", "S 250 ok", "S 450 4.2.1 later"), "C DATA", "S 354 go", "D", "S 250 ok", "A", NULL };
  ThreeReply three = { f->conversation, NULL };
  g_autoptr (MosOutboxItem) item = NULL;
  g_autoptr (MosSendResult) result = make_result (f, MOS_DELIVERY_UNCERTAIN);
  g_autoptr (GError) error = NULL;
  g_auto (SendLook) look = { 0 };

  g_assert_cmpuint (send_run_pass (f, send_good_script, "", &error), ==, 1);
  test_write (f->t->store, do_reply_to_three, &three);
  g_assert_cmpuint (send_run_pass (f, first, "", &error), ==, 1);
  g_assert_no_error (error);
  meet_copy (f, three.message);
  mos_manual_clock_advance (MOS_MANUAL_CLOCK (f->t->clock), 24 * HOUR_US);
  g_assert_true (mos_channel_host_claim_outbox_sync (MOS_CHANNEL_HOST (f->host), ACCOUNT, 0, &item, NULL, &error));
  g_assert_cmpstr (item->message, ==, three.message);
  g_assert_true (mos_channel_host_final_outbox_sync (MOS_CHANNEL_HOST (f->host), ACCOUNT, three.message, NULL, &error));
  g_set_str (&result->message, three.message);
  g_assert_true (mos_channel_host_report_send_sync (MOS_CHANNEL_HOST (f->host), ACCOUNT, result, NULL, &error));
  g_assert_no_error (error);
  look.message = three.message;
  test_write (f->t->store, send_do_look, &look);
  g_assert_cmpint (look.row->delivery, ==, MOS_DELIVERY_UNCERTAIN);
  g_assert_cmpint (result_of (&look, "cid@mail.example")->state, ==, MOS_RECIPIENT_UNCERTAIN);
  g_free (three.message);
}

/* --- two who send from one outbox --- */

static void
test_two_senders (SendFixture *f,
                  gconstpointer data)
{
  g_autoptr (MosDeskHost) other = mos_desk_host_new (f->t->store);
  g_autoptr (MosOutboxItem) item = NULL;
  g_autoptr (MosOutboxItem) none = NULL;
  g_autoptr (MosSendResult) again = make_result (f, MOS_DELIVERY_QUEUED);
  g_autoptr (MosSendResult) taken = make_result (f, MOS_DELIVERY_ACCEPTED);
  g_autoptr (MosSendResult) failed = make_result (f, MOS_DELIVERY_FAILED);
  g_autoptr (GError) error = NULL;

  g_assert_true (mos_channel_host_claim_outbox_sync (MOS_CHANNEL_HOST (f->host), ACCOUNT, 0, &item, NULL, &error));
  g_assert_nonnull (item);
  g_assert_true (mos_channel_host_claim_outbox_sync (MOS_CHANNEL_HOST (other), ACCOUNT, 0, &none, NULL, &error));
  g_assert_null (none);

  /* What the other one says of it, who only saw it waiting, puts it into nobody's hands a second time. */
  g_assert_true (mos_channel_host_report_send_sync (MOS_CHANNEL_HOST (other), ACCOUNT, again, NULL, &error));
  g_assert_cmpint (send_get_delivery (f), ==, MOS_DELIVERY_SENDING);
  g_assert_true (mos_channel_host_report_send_sync (MOS_CHANNEL_HOST (other), ACCOUNT, failed, NULL, &error));
  g_assert_cmpint (send_get_delivery (f), ==, MOS_DELIVERY_SENDING);
  g_assert_false (mos_channel_host_final_outbox_sync (MOS_CHANNEL_HOST (other), ACCOUNT, f->reply.message, NULL, &error));
  g_assert_error (error, MOS_STORE_ERROR, MOS_STORE_ERROR_CONFLICT);
  g_clear_error (&error);

  g_assert_true (mos_channel_host_final_outbox_sync (MOS_CHANNEL_HOST (f->host), ACCOUNT, f->reply.message, NULL, &error));
  g_assert_true (mos_channel_host_report_send_sync (MOS_CHANNEL_HOST (f->host), ACCOUNT, taken, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (send_get_delivery (f), ==, MOS_DELIVERY_ACCEPTED);
}

/* --- what is learnt of the server --- */

static gboolean
do_get_size (MosTxn *txn,
             gpointer data,
             GError **error)
{
  return mos_store_cursor_get (txn, ACCOUNT, MOS_SERVER_SMTP_SIZE, data, error);
}

static void
test_size_remembered (SendFixture *f,
                      gconstpointer data)
{
  static const char *const script[] = { "S 220 hi", "C EHLO", "S 250-there", "S 250 SIZE 123456", "C MAIL", "S 250 ok", "C RCPT", "S 250 ok", "C DATA", "S 354 go", "D", "S 250 ok", "A", NULL };
  g_autoptr (GError) error = NULL;
  g_autofree char *size = NULL;

  send_run_pass (f, script, "", &error);
  g_assert_no_error (error);
  test_write (f->t->store, do_get_size, &size);
  g_assert_cmpstr (size, ==, "123456");
}

/* The mailbox is full: the message was sent, and says that there is no copy of it. */
static void
test_no_copy (SendFixture *f,
              gconstpointer data)
{
  g_auto (SendLook) look = { f->reply.message };
  g_autoptr (MosOutboxItem) item = NULL;
  g_autoptr (MosOutboxItem) none = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (send_run_pass (f, send_good_script, "", &error), ==, 1);
  g_assert_no_error (error);
  g_assert_true (mos_channel_host_claim_sent_copy_sync (MOS_CHANNEL_HOST (f->host), ACCOUNT, &item, NULL, &error));
  g_assert_nonnull (item);
  g_assert_cmpuint (item->copy_attempts, ==, 1);
  /* One at a time sees to it. */
  g_assert_true (mos_channel_host_claim_sent_copy_sync (MOS_CHANNEL_HOST (f->host), ACCOUNT, &none, NULL, &error));
  g_assert_null (none);
  g_assert_true (mos_channel_host_skip_sent_copy_sync (MOS_CHANNEL_HOST (f->host), ACCOUNT, f->reply.message, "too-large", "[OVERQUOTA] full", NULL, &error));
  g_assert_no_error (error);
  test_write (f->t->store, send_do_look, &look);
  g_assert_cmpint (look.row->delivery, ==, MOS_DELIVERY_ACCEPTED);
  g_assert_cmpstr (look.row->why, ==, "no-copy");
  g_assert_cmpstr (look.row->why_detail, ==, "[OVERQUOTA] full");
  g_assert_true (look.item->sent_copy_done);
}

/* Refused before it is queued: it is a draft as it was. */
typedef struct
{
  const char *conversation;
  const char *size;
  GError *error;
} TooLarge;

static gboolean
do_send_too_large (MosTxn *txn,
                   gpointer data,
                   GError **error)
{
  static const MosQuoteTexts texts = { "{sender}, {date}:", "--", "%F" };
  TooLarge *large = data;
  g_autoptr (MosDraft) draft = NULL;
  g_autofree char *message = NULL;

  if (!mos_store_cursor_set (txn, ACCOUNT, MOS_SERVER_SMTP_SIZE, large->size, error) ||
      !mos_draft_prepare (txn, "reply", large->conversation, NULL, NULL, &texts, &draft, error))
    return FALSE;
  g_set_str (&draft->text, "A long text.");
  return mos_draft_send (txn, draft, MOS_STATUS_OPEN, 0, &message, &large->error) || large->error != NULL;
}

static void
test_too_large (SendFixture *f,
                gconstpointer data)
{
  TooLarge small = { f->conversation, "200", NULL };
  TooLarge enough = { f->conversation, "200000", NULL };
  TooLarge unlimited = { f->conversation, "0", NULL };

  test_write (f->t->store, do_send_too_large, &small);
  g_assert_error (small.error, MOS_MAIL_ERROR, MOS_MAIL_ERROR_TOO_LARGE);
  g_clear_error (&small.error);
  test_write (f->t->store, do_send_too_large, &enough);
  g_assert_no_error (enough.error);
  test_write (f->t->store, do_send_too_large, &unlimited);
  g_assert_no_error (unlimited.error);
}

int
main (int argc,
      char *argv[])
{
  mos_test_init (&argc, &argv);

#define ADD(path, func) g_test_add ("/send-queue/" path, SendFixture, NULL, send_setup, func, send_teardown)
  ADD ("recipients", test_recipients);
  ADD ("take-back-partly", test_take_back_partly);
  ADD ("schedule", test_schedule);
  ADD ("clock", test_clock);
  ADD ("no-burst", test_no_burst);
  ADD ("disk-full", test_disk_full);
  ADD ("disk-full-then-end", test_disk_full_then_end);
  g_test_add ("/send-queue/met-while-sending", SendFixture, GINT_TO_POINTER (FALSE), send_setup, test_met_while_sending, send_teardown);
  g_test_add ("/send-queue/met-before-a-kill", SendFixture, GINT_TO_POINTER (TRUE), send_setup, test_met_while_sending, send_teardown);
  ADD ("met-by-others", test_met_by_others);
  ADD ("two-senders", test_two_senders);
  ADD ("size-remembered", test_size_remembered);
  ADD ("too-large", test_too_large);
  ADD ("no-copy", test_no_copy);

  return g_test_run ();
}
