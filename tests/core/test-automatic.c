/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "desk-fixture.h"

#include "core/base/mos-id.h"
#include "core/desk/mos-automatic.h"
#include "core/desk/mos-composing.h"
#include "core/desk/mos-desk-host.h"
#include "core/desk/mos-rows.h"
#include "core/store/mos-store-accounts.h"
#include "core/store/mos-store-automatic.h"
#include "core/store/mos-store-outbox.h"

#include <string.h>

/* Whether a program may write to somebody: behaviour.md 2.2, in both directions. */

#define MINUTE_US (60 * (gint64) G_USEC_PER_SEC)

/* --- a desk that answers everything it may answer --- */

static gboolean
do_other_account (MosTxn *txn,
                  gpointer data,
                  GError **error)
{
  g_autoptr (MosAccount) account = mos_account_new ();

  account->id = g_strdup (ACCOUNT);
  account->kind = g_strdup ("email");
  account->name = g_strdup ("Help");
  account->address = g_strdup ("help@other.example");
  mos_account_fill (account);
  g_free (account->smtp->host);
  account->smtp->host = g_strdup ("smtp.other.example");
  return mos_store_account_save (txn, account, error);
}

typedef struct
{
  const char *conversation;
  const char *answered;
  const char *to;
  const char *subject;
  char *message;
  const char *cause;
} Answer;

static gboolean
do_answer (MosTxn *txn,
           gpointer data,
           GError **error)
{
  Answer *answer = data;
  g_autoptr (MosDraft) draft = mos_draft_new ();

  draft->id = mos_id_new (mos_txn_get_now_us (txn));
  draft->conversation = g_strdup (answer->conversation);
  draft->account = g_strdup (ACCOUNT);
  draft->kind = g_strdup ("reply");
  draft->reply_to_message = g_strdup (answer->answered);
  draft->to = mos_address_array_new ();
  g_ptr_array_add (draft->to, mos_address_make (NULL, answer->to));
  draft->subject = g_strdup (answer->subject);
  draft->text = g_strdup ("We got your mail and will answer soon.");
  mos_draft_fill (draft);
  return mos_draft_send_automatic (txn, draft, &answer->message, &answer->cause, error);
}

static char *
claim_raw (MosStore *store)
{
  g_autoptr (MosDeskHost) host = mos_desk_host_new (store);
  g_autoptr (MosOutboxItem) item = NULL;
  g_autoptr (MosSendResult) result = mos_send_result_new ();
  g_autoptr (GError) error = NULL;

  g_assert_true (mos_channel_host_claim_outbox_sync (MOS_CHANNEL_HOST (host), ACCOUNT, 0, &item, NULL, &error));
  g_assert_no_error (error);
  if (item == NULL)
    return NULL;
  result->message = g_strdup (item->message);
  result->state = MOS_DELIVERY_ACCEPTED;
  result->refused = g_ptr_array_new ();
  g_assert_true (mos_channel_host_report_send_sync (MOS_CHANNEL_HOST (host), ACCOUNT, result, NULL, &error));
  g_assert_no_error (error);
  return g_strndup (g_bytes_get_data (item->raw, NULL), g_bytes_get_size (item->raw));
}

/* A gateway on the way that takes out every header that tells a machine's mail. */
static char *
strip_signs (const char *mail)
{
  static const char *const signs[] = { "Auto-Submitted:", "X-Mostrador-", "X-Auto-Response-Suppress:", "Precedence:" };
  g_auto (GStrv) lines = g_strsplit (mail, "\n", -1);
  GString *kept = g_string_new (NULL);
  gboolean in_head = TRUE;

  for (guint i = 0; lines[i] != NULL; i++)
    {
      gboolean is_sign = FALSE;

      in_head &= *lines[i] != '\0' && *lines[i] != '\r';
      for (guint s = 0; in_head && s < G_N_ELEMENTS (signs); s++)
        is_sign |= g_str_has_prefix (lines[i], signs[s]);
      if (!is_sign)
        g_string_append_printf (kept, "%s%s", lines[i], lines[i + 1] != NULL ? "\n" : "");
    }
  return g_string_free (kept, FALSE);
}

typedef struct
{
  MosTestStore *t;
  const char *other;
  guint sent;
  guint uid;
} Side;

/* The mail arrives; what the desk says to it by itself. */
static char *
arrive (Side *side,
        const char *mail)
{
  g_autoptr (MosIngestResult) result = test_ingest (side->t->store, mail, MOS_FOLDER_INBOX, ++side->uid, mos_clock_now_us (side->t->clock));
  g_auto (TestLook) look = { 0 };
  Answer answer = { result->conversation, result->message, side->other, NULL, NULL, NULL };
  g_autofree char *subject = NULL;
  char *raw;

  test_look (side->t->store, result->conversation, &look);
  subject = g_strdup_printf ("Re: %s", look.row->subject);
  answer.subject = subject;
  test_write (side->t->store, do_answer, &answer);
  if (answer.message == NULL)
    {
      g_assert_nonnull (answer.cause);
      g_test_message ("no answer: %s", answer.cause);
      return NULL;
    }
  raw = claim_raw (side->t->store);
  g_assert_nonnull (raw);
  side->sent++;
  g_free (answer.message);
  return raw;
}

static void
test_two_desks (gconstpointer data)
{
  gboolean strips = GPOINTER_TO_INT (data);
  g_autoptr (MosTestStore) a = test_desk_store ();
  g_autoptr (MosTestStore) b = mos_test_store_new ();
  Side sides[] = { { a, "help@other.example", 0, 0 }, { b, "support@shop.example", 0, 0 } };
  g_autofree char *mail = g_strdup ("From: Help <help@other.example>\nTo: support@shop.example\nSubject: Your order\nMessage-ID: <start@other.example>\n"
                                    "Date: Mon, 02 Mar 2026 08:00:00 +0000\n\nHello\n");
  guint turn = 0;

  test_write (b->store, do_other_account, NULL);
  while (mail != NULL)
    {
      g_autofree char *answer = arrive (&sides[turn % 2], mail);
      char *next = answer != NULL && strips ? strip_signs (answer) : g_strdup (answer);

      g_free (mail);
      mail = next;
      mos_manual_clock_advance (MOS_MANUAL_CLOCK (a->clock), MINUTE_US);
      mos_manual_clock_advance (MOS_MANUAL_CLOCK (b->clock), MINUTE_US);
      g_assert_cmpuint (++turn, <, 20);
    }
  g_test_message ("one sent %u, the other %u", sides[0].sent, sides[1].sent);
  if (strips)
    {
      g_assert_cmpuint (sides[0].sent, ==, 2);
      g_assert_cmpuint (sides[1].sent, <=, 2);
    }
  else
    {
      g_assert_cmpuint (sides[0].sent, ==, 1);
      g_assert_cmpuint (sides[1].sent, ==, 0);
    }
}

/* --- away notes --- */

static void
test_vacation (void)
{
  static const struct
  {
    const char *subject;
    const char *sign;
    const char *text;
  } notes[] = {
    { "Automatic reply: Where?", "Auto-Submitted: auto-replied", "I am out of the office until Monday." },
    { "=?UTF-8?Q?Abwesenheitsnotiz=3A_Where=3F?=", "Auto-Submitted: auto-replied (vacation)", "Ich bin bis Montag nicht im Büro." },
    { "=?UTF-8?Q?Respuesta_autom=C3=A1tica=3A_Where=3F?=", "X-Autoreply: yes", "Estoy fuera de la oficina." },
    { "=?UTF-8?Q?R=C3=A9ponse_automatique_=3A_Where=3F?=", "Precedence: auto_reply", "Je suis absent jusqu'à lundi." },
    { "=?UTF-8?Q?Risposta_automatica=3A_Where=3F?=", "X-Autorespond: yes", "Sono fuori sede." },
    { "=?UTF-8?B?2LHYryDYqtmE2YLYp9im2Yo6IFdoZXJlPw==?=", "Auto-Submitted: auto-replied", "أنا خارج المكتب." },
  };

  for (guint i = 0; i < G_N_ELEMENTS (notes); i++)
    {
      g_autoptr (MosTestStore) t = test_desk_store ();
      g_autoptr (MosIngestResult) first = test_ingest (t->store, test_mail_one, MOS_FOLDER_INBOX, 1, MOS_TEST_NOW_US);
      g_auto (TestReply) reply = { first->conversation };
      g_autofree char *mail = NULL;
      g_autoptr (MosIngestResult) note = NULL;
      g_auto (TestLook) look = { 0 };
      Answer answer = { first->conversation, NULL, "ana@mail.example", "Re: Where?", NULL, NULL };

      mos_manual_clock_advance (MOS_MANUAL_CLOCK (t->clock), G_USEC_PER_SEC);
      test_write (t->store, test_do_reply, &reply);
      mail = g_strdup_printf ("From: Ana <ana@mail.example>\nTo: support@shop.example\nSubject: %s\n%s\nMessage-ID: <away%u@mail.example>\nIn-Reply-To: <%s>\n"
                              "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\nMIME-Version: 1.0\n\n%s\n",
                              notes[i].subject, notes[i].sign, i, reply.message_id, notes[i].text);
      note = test_ingest (t->store, mail, MOS_FOLDER_INBOX, 2, MOS_TEST_NOW_US + 5 * G_USEC_PER_SEC);
      g_test_message ("%s: %s", notes[i].sign, note->cause);
      g_assert_cmpint (note->outcome, ==, MOS_INGEST_QUARANTINED);
      g_assert_cmpint (note->classification, ==, MOS_CLASSIFICATION_AUTO_REPLY);
      g_assert_cmpstr (note->conversation, ==, first->conversation);

      /* Nothing happened: closed as it was, nobody waits, it is no work. */
      test_look (t->store, first->conversation, &look);
      g_assert_cmpint (look.row->status, ==, MOS_STATUS_CLOSED);
      g_assert_cmpint (look.row->waiting_since_us, ==, 0);
      test_write (t->store, do_answer, &answer);
      g_assert_null (answer.message);
      g_assert_cmpstr (answer.cause, ==, "answers-machine");
    }
}

/* --- the gate --- */

typedef struct
{
  MosAutomaticQuestion question;
  const char *cause;
  guint times;
} Ask;

static gboolean
do_ask (MosTxn *txn,
        gpointer data,
        GError **error)
{
  Ask *ask = data;

  return mos_automatic_may_send (txn, &ask->question, &ask->cause, error);
}

static gboolean
do_grant (MosTxn *txn,
          gpointer data,
          GError **error)
{
  Ask *ask = data;

  for (guint i = 0; i < ask->times; i++)
    {
      g_autofree char *id = mos_id_new (mos_txn_get_now_us (txn));

      if (!mos_automatic_grant (txn, &ask->question, id, error))
        return FALSE;
    }
  return TRUE;
}

static void
assert_cause (MosTestStore *t,
              Ask *ask,
              const char *cause)
{
  ask->cause = "not asked";
  test_write (t->store, do_ask, ask);
  g_assert_cmpstr (ask->cause, ==, cause);
}

static void
test_addresses (void)
{
  static const struct
  {
    const char *address;
    const char *cause;
  } table[] = {
    { "ana@mail.example", NULL },
    { "ownership@mail.example", NULL },
    { "reply@mail.example", NULL },
    { "support@shop.example", "own-address" },
    { "Support+tag@Shop.example", "own-address" },
    { "MAILER-DAEMON@mail.example", "machine-address" },
    { "no-reply@mail.example", "machine-address" },
    { "bounces-12=ana@mail.example", "machine-address" },
    { "friends-request@mail.example", "machine-address" },
    { "postmaster@mail.example", "machine-address" },
    { "", "no-address" },
    { "nobody", "no-address" },
  };
  g_autoptr (MosTestStore) t = test_desk_store ();
  g_autoptr (MosIngestResult) first = test_ingest (t->store, test_mail_one, MOS_FOLDER_INBOX, 1, MOS_TEST_NOW_US);
  TestStatus spam = { first->conversation, MOS_STATUS_SPAM, 0 };
  Ask ask = { { ACCOUNT, first->conversation, "ana@mail.example", "Re: Where?", first->message }, NULL, 1 };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      ask.question.recipient = table[i].address;
      assert_cause (t, &ask, table[i].cause);
    }
  ask.question.recipient = "ana@mail.example";
  test_write (t->store, test_do_status, &spam);
  assert_cause (t, &ask, "spam");
}

/* Where mail came back from, nothing goes by itself for sixty days, or until somebody writes from there. */
static void
test_unreachable (void)
{
  for (int writes = 0; writes < 2; writes++)
    {
      g_autoptr (MosTestStore) t = test_desk_store ();
      g_autoptr (MosIngestResult) first = test_ingest (t->store, test_mail_one, MOS_FOLDER_INBOX, 1, MOS_TEST_NOW_US);
      g_auto (TestReply) reply = { first->conversation };
      g_autoptr (MosIngestResult) back = NULL;
      g_autoptr (MosIngestResult) again = NULL;
      g_autofree char *bounce = NULL;
      Ask ask = { { ACCOUNT, first->conversation, "ANA@mail.example", "Re: Where?", first->message }, NULL, 1 };

      assert_cause (t, &ask, NULL);
      test_write (t->store, test_do_reply, &reply);
      bounce = test_make_bounce (reply.message_id);
      back = test_ingest (t->store, bounce, MOS_FOLDER_INBOX, 2, MOS_TEST_NOW_US + G_USEC_PER_SEC);
      g_assert_cmpint (back->classification, ==, MOS_CLASSIFICATION_BOUNCE_HARD);
      assert_cause (t, &ask, "unreachable");
      ask.question.recipient = "bea@mail.example";
      assert_cause (t, &ask, NULL);
      ask.question.recipient = "ana@mail.example";
      if (writes)
        {
          mos_manual_clock_advance (MOS_MANUAL_CLOCK (t->clock), MINUTE_US);
          again = test_ingest (t->store, "From: Ana <ana@mail.example>\nTo: support@shop.example\nSubject: Here I am\nMessage-ID: <again@mail.example>\n\nMy mailbox was full.\n",
                               MOS_FOLDER_INBOX, 3, mos_clock_now_us (t->clock));
          ask.question.answered = again->message;
          ask.question.conversation = again->conversation;
        }
      else
        {
          mos_manual_clock_advance (MOS_MANUAL_CLOCK (t->clock), 59 * (gint64) G_TIME_SPAN_DAY);
          assert_cause (t, &ask, "unreachable");
          mos_manual_clock_advance (MOS_MANUAL_CLOCK (t->clock), 2 * (gint64) G_TIME_SPAN_DAY);
        }
      assert_cause (t, &ask, NULL);
    }
}

static void
test_limits (void)
{
  g_autoptr (MosTestStore) t = test_desk_store ();
  g_autoptr (MosIngestResult) first = test_ingest (t->store, test_mail_one, MOS_FOLDER_INBOX, 1, MOS_TEST_NOW_US);
  Ask ask = { { ACCOUNT, first->conversation, "ana@mail.example", "Re: Where?", first->message }, NULL, 2 };
  Ask other = ask;

  /* Two of one subject, whatever stands before it. */
  test_write (t->store, do_grant, &ask);
  ask.question.subject = "AW: re: where? ";
  ask.question.recipient = "Ana@mail.example";
  assert_cause (t, &ask, "limit-subject");
  /* Kept with the profile. */
  mos_test_store_reopen (t);
  assert_cause (t, &ask, "limit-subject");
  other.question.recipient = "bea@mail.example";
  assert_cause (t, &other, NULL);

  ask.question.subject = "Your parcel";
  ask.times = 1;
  assert_cause (t, &ask, NULL);
  test_write (t->store, do_grant, &ask);
  ask.question.subject = "Your invoice";
  test_write (t->store, do_grant, &ask);
  ask.question.subject = "Your rating";
  test_write (t->store, do_grant, &ask);
  ask.question.subject = "And another thing";
  assert_cause (t, &ask, "limit-conversation");

  /* Three hours later it is over. */
  mos_manual_clock_advance (MOS_MANUAL_CLOCK (t->clock), 180 * MINUTE_US + 1);
  ask.question.subject = "Re: Where?";
  assert_cause (t, &ask, NULL);

  /* A rule that went wrong is held back for all. */
  for (guint i = 0; i < 120; i++)
    {
      g_autofree char *address = g_strdup_printf ("c%u@mail.example", i);

      other.question.recipient = address;
      other.times = 1;
      assert_cause (t, &other, NULL);
      test_write (t->store, do_grant, &other);
    }
  assert_cause (t, &ask, "limit-account");
  mos_manual_clock_advance (MOS_MANUAL_CLOCK (t->clock), 61 * MINUTE_US);
  assert_cause (t, &ask, NULL);
  /* The clock is set back by a year: what was counted then counts no more for ever. */
  mos_manual_clock_set (MOS_MANUAL_CLOCK (t->clock), mos_clock_now_us (t->clock) - 365 * 24 * 60 * MINUTE_US);
  other.question.recipient = "new@mail.example";
  test_write (t->store, do_grant, &other);
  assert_cause (t, &ask, NULL);
}

/* One that was queued by somebody who did not ask does not get past the outbox. */
typedef struct
{
  const char *conversation;
  const char *to;
  char *message;
} Unasked;

static gboolean
do_queue_unasked (MosTxn *txn,
                  gpointer data,
                  GError **error)
{
  Unasked *unasked = data;
  g_autoptr (MosMessageRow) row = mos_message_row_new ();
  g_autoptr (MosMessageContent) content = mos_message_content_new ();
  g_autoptr (MosOutboxItem) item = mos_outbox_item_new ();

  row->id = mos_id_new (mos_txn_get_now_us (txn));
  row->conversation = g_strdup (unasked->conversation);
  row->account = g_strdup (ACCOUNT);
  row->direction = MOS_DIRECTION_OUTGOING;
  row->delivery = MOS_DELIVERY_QUEUED;
  row->subject = g_strdup ("How was it?");
  row->received_us = row->sent_us = mos_txn_get_now_us (txn);
  mos_message_row_fill (row);
  content->automatic = TRUE;
  item->message = g_strdup (row->id);
  item->account = g_strdup (ACCOUNT);
  item->message_id = g_strdup ("unasked@shop.example");
  item->envelope_from = g_strdup ("support@shop.example");
  item->recipients = g_strsplit (unasked->to, " ", -1);
  item->state = MOS_DELIVERY_QUEUED;
  item->raw = g_bytes_new_static ("Subject: How was it?\r\n\r\nHi\r\n", 28);
  unasked->message = g_strdup (row->id);
  return mos_store_message_add (txn, row, content, NULL, error) && mos_store_outbox_add (txn, item, error);
}

static void
test_outbox (void)
{
  g_autoptr (MosTestStore) t = test_desk_store ();
  g_autoptr (MosDeskHost) host = mos_desk_host_new (t->store);
  g_autoptr (MosIngestResult) first = test_ingest (t->store, test_mail_one, MOS_FOLDER_INBOX, 1, MOS_TEST_NOW_US);
  Unasked bad = { first->conversation, "no-reply@mail.example support@shop.example", NULL };
  Unasked mixed = { first->conversation, "ana@mail.example no-reply@mail.example", NULL };
  g_autoptr (MosOutboxItem) item = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (TestLook) look = { 0 };
  MosMessageRow *row;

  test_write (t->store, do_queue_unasked, &bad);
  mos_manual_clock_advance (MOS_MANUAL_CLOCK (t->clock), G_USEC_PER_SEC);
  test_write (t->store, do_queue_unasked, &mixed);
  g_assert_true (mos_channel_host_claim_outbox_sync (MOS_CHANNEL_HOST (host), ACCOUNT, 0, &item, NULL, &error));
  g_assert_no_error (error);
  /* The first was stopped, and of the second's recipients one is left. */
  g_assert_nonnull (item);
  g_assert_cmpstr (item->message, ==, mixed.message);
  g_assert_cmpuint (g_strv_length (item->recipients), ==, 1);
  g_assert_cmpstr (item->recipients[0], ==, "ana@mail.example");
  test_look (t->store, first->conversation, &look);
  row = test_look_find (&look, bad.message);
  g_assert_cmpint (row->delivery, ==, MOS_DELIVERY_CANCELLED);
  g_assert_cmpstr (row->why, ==, "own-address");
  g_assert_cmpint (((MosRecipientResult *) row->results->pdata[0])->state, ==, MOS_RECIPIENT_WITHDRAWN);
  g_assert_false (look.row->has_failed);
  g_free (bad.message);
  g_free (mixed.message);
}

/* Another desk on the same mailbox answered by itself: here it counts too. */
static void
test_other_desk (void)
{
  g_autoptr (MosTestStore) t = test_desk_store ();
  g_autoptr (MosIngestResult) first = test_ingest (t->store, test_mail_one, MOS_FOLDER_INBOX, 1, MOS_TEST_NOW_US);
  Ask ask = { { ACCOUNT, first->conversation, "ana@mail.example", "Re: Where?", first->message }, NULL, 1 };

  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *copy = g_strdup_printf ("From: support@shop.example\nTo: ana@mail.example\nSubject: Re: Where?\nMessage-ID: <auto%u@shop.example>\nIn-Reply-To: <one@mail.example>\n"
                                               "Auto-Submitted: auto-replied\nX-Mostrador-Loop: support@shop.example\nX-Mostrador-Id: other%u\n\nSoon.\n",
                                               i, i);
      g_autoptr (MosIngestResult) result = NULL;

      assert_cause (t, &ask, NULL);
      result = test_ingest (t->store, copy, MOS_FOLDER_SENT, i + 1, MOS_TEST_NOW_US + G_USEC_PER_SEC);
      g_assert_cmpstr (result->conversation, ==, first->conversation);
    }
  assert_cause (t, &ask, "limit-subject");
}

int
main (int argc,
      char *argv[])
{
  mos_test_init (&argc, &argv);

  g_test_add_data_func ("/automatic/two-desks", GINT_TO_POINTER (FALSE), test_two_desks);
  g_test_add_data_func ("/automatic/two-desks/signs-lost", GINT_TO_POINTER (TRUE), test_two_desks);
  g_test_add_func ("/automatic/vacation", test_vacation);
  g_test_add_func ("/automatic/addresses", test_addresses);
  g_test_add_func ("/automatic/unreachable", test_unreachable);
  g_test_add_func ("/automatic/limits", test_limits);
  g_test_add_func ("/automatic/outbox", test_outbox);
  g_test_add_func ("/automatic/other-desk", test_other_desk);

  return g_test_run ();
}
