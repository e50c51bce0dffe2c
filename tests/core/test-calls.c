/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "desk-fixture.h"

#include "core/desk/mos-actions.h"
#include "core/desk/mos-calls.h"
#include "core/desk/mos-chat-begin.h"
#include "core/desk/mos-chat-ingest.h"
#include "core/desk/mos-composing.h"
#include "core/desk/mos-desk-due.h"
#include "core/desk/mos-rows.h"
#include "core/desk/mos-scheduler.h"
#include "core/store/mos-store-accounts.h"
#include "core/store/mos-store-backup.h"
#include "core/store/mos-store-chat.h"
#include "core/store/mos-store-conversations.h"
#include "core/store/mos-store-customers.h"
#include "core/store/mos-store-joining.h"
#include "core/store/mos-store-messages.h"
#include "core/store/mos-store-outbox.h"

/* Telephone calls as messages: what is work, who waits, whose number it is, and what is noted by hand. */

#define PBX "pbx"
#define NUMBER "+4930901820"
#define MINUTE_US G_TIME_SPAN_MINUTE
#define HOUR_US G_TIME_SPAN_HOUR

static gboolean
do_account (MosTxn *txn,
            gpointer data,
            GError **error)
{
  g_autoptr (MosAccount) account = mos_account_new ();

  account->id = g_strdup (PBX);
  account->kind = g_strdup ("asterisk");
  account->name = g_strdup ("Telephone");
  account->address = g_strdup ("helpdesk@pbx");
  mos_account_fill (account);
  return mos_store_account_save (txn, account, error);
}

static MosTestStore *
phone_store (void)
{
  MosTestStore *t = test_desk_store ();

  test_write (t->store, do_account, NULL);
  return t;
}

/* What any of this leaves is whole: measures, waiting and all. */
static void
check (MosTestStore *t)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) problems = mos_store_check_sync (t->store, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (problems->len, ==, 0);
}

typedef struct
{
  MosChatUpdate *update; /* (owned) */
  gboolean is_old;
  GPtrArray *results; /* (owned) */
} Ring;

static gboolean
do_ring (MosTxn *txn,
         gpointer data,
         GError **error)
{
  Ring *ring = data;
  g_autoptr (MosAccount) account = NULL;
  g_autoptr (MosChatBatch) batch = mos_chat_batch_new ();

  batch->account = g_strdup (PBX);
  batch->is_old = ring->is_old;
  batch->updates = g_ptr_array_new ();
  g_ptr_array_add (batch->updates, ring->update);
  return mos_store_account_find (txn, PBX, &account, error) && mos_chat_ingest (txn, account, batch, &ring->results, error);
}

/* Returns: (transfer full) (nullable): the conversation that a call came to; %NULL where it was known */
static char *
ring_full (MosTestStore *t,
           const char *id,
           const char *number,
           gboolean is_outgoing,
           MosCallOutcome outcome,
           gboolean is_old,
           gboolean *ret_arrived)
{
  Ring ring = { mos_chat_update_new (), is_old, NULL };
  MosIngestResult *result;
  char *conversation = NULL;

  mos_manual_clock_advance (MOS_MANUAL_CLOCK (t->clock), MINUTE_US);
  ring.update->kind = MOS_CHAT_MESSAGE;
  ring.update->thread = g_strdup (*number != '\0' ? number : id);
  ring.update->id = g_strdup (id);
  ring.update->text = g_strdup ("");
  ring.update->is_own = is_outgoing;
  ring.update->at_us = mos_clock_now_us (t->clock);
  ring.update->call = mos_call_make (outcome, number, "100", outcome == MOS_CALL_ANSWERED ? 65 : 0);
  if (*number != '\0')
    ring.update->person = mos_chat_person_make ("phone", "", number, NULL);
  test_write (t->store, do_ring, &ring);
  if (ring.results->len > 0)
    {
      result = ring.results->pdata[0];
      conversation = g_strdup (result->conversation);
      if (ret_arrived != NULL)
        *ret_arrived = result->arrived;
    }
  g_ptr_array_unref (ring.results);
  mos_chat_update_unref (ring.update);
  return conversation;
}

static char *
ring (MosTestStore *t,
      const char *id,
      const char *number,
      gboolean is_outgoing,
      MosCallOutcome outcome)
{
  return ring_full (t, id, number, is_outgoing, outcome, FALSE, NULL);
}

static void
test_missed (void)
{
  const MosCallOutcome work[] = { MOS_CALL_MISSED, MOS_CALL_BUSY, MOS_CALL_FAILED, MOS_CALL_VOICEMAIL };

  for (gsize i = 0; i < G_N_ELEMENTS (work); i++)
    {
      g_autoptr (MosTestStore) t = phone_store ();
      g_auto (TestLook) look = { 0 };
      gboolean arrived = FALSE;
      g_autofree char *conversation = ring_full (t, "1", NUMBER, FALSE, work[i], FALSE, &arrived);
      MosMessageRow *message;

      g_assert_true (arrived);
      test_look (t->store, conversation, &look);
      g_assert_cmpint (look.row->status, ==, MOS_STATUS_OPEN);
      g_assert_cmpint (look.row->waiting_since_us, >, 0);
      g_assert_cmpuint (look.row->unread, ==, 1);
      g_assert_cmpstr (look.row->channel, ==, "asterisk");
      g_assert_cmpstr (look.row->subject, ==, NUMBER);
      g_assert_cmpstr (look.row->customer_address, ==, NUMBER);
      g_assert_nonnull (look.row->call);
      g_assert_cmpint (look.row->call->outcome, ==, work[i]);
      g_assert_false (look.row->is_call_outgoing);
      message = look.messages->pdata[0];
      g_assert_cmpint (message->direction, ==, MOS_DIRECTION_INCOMING);
      g_assert_cmpint (message->call->outcome, ==, work[i]);
      g_assert_cmpstr (message->call->number, ==, NUMBER);
      g_assert_cmpstr (message->call->line, ==, "100");
      g_assert_false (message->call->by_hand);
      check (t);
    }
}

static void
test_answered (void)
{
  for (int is_outgoing = 0; is_outgoing < 2; is_outgoing++)
    {
      g_autoptr (MosTestStore) t = phone_store ();
      g_auto (TestLook) look = { 0 };
      gboolean arrived = TRUE;
      g_autofree char *conversation = ring_full (t, "1", NUMBER, is_outgoing, MOS_CALL_ANSWERED, FALSE, &arrived);

      g_assert_false (arrived);
      test_look (t->store, conversation, &look);
      g_assert_cmpint (look.row->status, ==, MOS_STATUS_CLOSED);
      g_assert_cmpint (look.row->waiting_since_us, ==, 0);
      g_assert_cmpuint (look.row->unread, ==, 0);
      g_assert_false (look.row->archive);
      g_assert_nonnull (look.row->customer);
      g_assert_cmpuint (look.row->call->seconds, ==, 65);
      g_assert_cmpint (look.row->is_call_outgoing, ==, is_outgoing);
      check (t);
    }
}

/* Who was missed waits until somebody spoke to them, be it they who call again; not for a call of ours that nobody took. */
static void
test_waiting (void)
{
  for (int is_outgoing = 0; is_outgoing < 2; is_outgoing++)
    {
      g_autoptr (MosTestStore) t = phone_store ();
      g_autofree char *first = ring (t, "1", NUMBER, FALSE, MOS_CALL_MISSED);
      g_autofree char *second = ring (t, "2", NUMBER, TRUE, MOS_CALL_MISSED);
      g_auto (TestLook) between = { 0 };
      g_auto (TestLook) after = { 0 };
      g_autofree char *third = NULL;

      g_assert_cmpstr (second, ==, first);
      test_look (t->store, first, &between);
      g_assert_cmpint (between.row->waiting_since_us, >, 0);
      g_assert_false (between.row->has_failed);
      third = ring (t, "3", NUMBER, is_outgoing, MOS_CALL_ANSWERED);
      g_assert_cmpstr (third, ==, first);
      test_look (t->store, first, &after);
      g_assert_cmpint (after.row->waiting_since_us, ==, 0);
      g_assert_cmpint (after.row->status, ==, MOS_STATUS_OPEN);
      check (t);
    }
}

/* The legs of one call are one call; what was told as it happened comes again out of a file. */
static void
test_once (void)
{
  g_autoptr (MosTestStore) t = phone_store ();
  g_autofree char *first = ring (t, "1772442000.1", NUMBER, FALSE, MOS_CALL_MISSED);
  g_autofree char *again = ring (t, "1772442000.1", NUMBER, FALSE, MOS_CALL_MISSED);
  g_auto (TestLook) look = { 0 };

  g_assert_null (again);
  test_look (t->store, first, &look);
  g_assert_cmpuint (look.row->message_count, ==, 1);
}

static void
test_withheld (void)
{
  g_autoptr (MosTestStore) t = phone_store ();
  g_autofree char *first = ring (t, "1", "", FALSE, MOS_CALL_MISSED);
  g_autofree char *second = ring (t, "2", "", FALSE, MOS_CALL_MISSED);
  g_auto (TestLook) look = { 0 };

  g_assert_cmpstr (first, !=, second);
  test_look (t->store, first, &look);
  g_assert_null (look.row->customer);
  g_assert_cmpint (look.row->status, ==, MOS_STATUS_OPEN);
  g_assert_cmpstr (look.row->subject, ==, "");
  check (t);
}

static void
test_history (void)
{
  g_autoptr (MosTestStore) t = phone_store ();
  gboolean arrived = TRUE;
  g_autofree char *conversation = ring_full (t, "1", NUMBER, FALSE, MOS_CALL_MISSED, TRUE, &arrived);
  g_auto (TestLook) look = { 0 };

  g_assert_false (arrived);
  test_look (t->store, conversation, &look);
  g_assert_cmpint (look.row->status, ==, MOS_STATUS_CLOSED);
  g_assert_true (look.row->archive);
}

typedef struct
{
  char *customer; /* (owned) */
  const char *value;
  const char *kind;
} Person;

static gboolean
do_person (MosTxn *txn,
           gpointer data,
           GError **error)
{
  Person *person = data;

  return mos_store_customer_ensure (txn, person->kind, "", person->value, "Ana", "agent", MOS_TEST_NOW_US, &person->customer, NULL, error);
}

static void
test_person (void)
{
  g_autoptr (MosTestStore) t = phone_store ();
  /* As it was typed: the same number, written otherwise. */
  Person ana = { .kind = "phone", .value = "+49 30 901820" };
  g_autofree char *conversation = NULL;
  g_auto (TestLook) look = { 0 };

  test_write (t->store, do_person, &ana);
  conversation = ring (t, "1", NUMBER, FALSE, MOS_CALL_MISSED);
  test_look (t->store, conversation, &look);
  g_assert_cmpstr (look.row->customer, ==, ana.customer);
  g_assert_cmpstr (look.row->customer_name, ==, "Ana");
  g_free (ana.customer);
}

/* --- by hand --- */

typedef struct
{
  MosCallNote *note;  /* (owned) */
  char *conversation; /* (owned) */
  char *message;      /* (owned) */
} Note;

static gboolean
do_note (MosTxn *txn,
         gpointer data,
         GError **error)
{
  Note *note = data;

  return mos_call_note (txn, note->note, &note->conversation, &note->message, error);
}

static void
note_clear (Note *note)
{
  g_clear_pointer (&note->note, mos_call_note_unref);
  g_clear_pointer (&note->conversation, g_free);
  g_clear_pointer (&note->message, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Note, note_clear)

static void
note (MosTestStore *t,
      Note *note,
      const char *conversation,
      gboolean is_outgoing,
      MosCallOutcome outcome,
      const char *text,
      gint64 back_us)
{
  note_clear (note);
  mos_manual_clock_advance (MOS_MANUAL_CLOCK (t->clock), MINUTE_US);
  note->note = mos_call_note_new ();
  note->note->conversation = g_strdup (conversation);
  note->note->is_outgoing = is_outgoing;
  note->note->outcome = outcome;
  note->note->seconds = 120;
  note->note->text = g_strdup (text);
  note->note->back_us = back_us;
  test_write (t->store, do_note, note);
}

static gboolean
do_last_incoming (MosTxn *txn,
                  gpointer data,
                  GError **error)
{
  TestLook *look = data;
  g_autoptr (MosMessageRow) row = NULL;

  if (!mos_store_message_find_last_incoming (txn, look->id, &row, error))
    return FALSE;
  g_assert_null (row->call);
  return TRUE;
}

/* In a conversation of mail: an answer given by telephone is one, and what is answered by mail stays the mail. */
static void
test_note (void)
{
  g_autoptr (MosTestStore) t = phone_store ();
  g_autoptr (MosIngestResult) first = test_ingest (t->store, test_mail_one, MOS_FOLDER_INBOX, 1, MOS_TEST_NOW_US);
  g_auto (Note) said = { 0 };
  g_auto (TestLook) look = { 0 };
  TestStatus closed = { first->conversation, MOS_STATUS_CLOSED, 0 };
  MosMessageRow *message;

  note (t, &said, first->conversation, TRUE, MOS_CALL_MISSED, "", 0);
  test_look (t->store, first->conversation, &look);
  g_assert_cmpint (look.row->waiting_since_us, >, 0);
  test_look_clear (&look);

  note (t, &said, first->conversation, TRUE, MOS_CALL_ANSWERED, "The box is red.", 0);
  g_assert_cmpstr (said.conversation, ==, first->conversation);
  test_look (t->store, first->conversation, &look);
  g_assert_cmpint (look.row->waiting_since_us, ==, 0);
  g_assert_cmpint (look.row->status, ==, MOS_STATUS_OPEN);
  g_assert_cmpstr (look.row->snippet, ==, "The box is red.");
  message = test_look_find (&look, said.message);
  g_assert_nonnull (message);
  g_assert_true (message->call->by_hand);
  g_assert_cmpuint (message->call->seconds, ==, 120);
  g_assert_cmpstr (message->text, ==, "The box is red.");
  test_look_clear (&look);

  /* They called, and nobody took it: that is work again. */
  test_write (t->store, test_do_status, &closed);
  note (t, &said, first->conversation, FALSE, MOS_CALL_MISSED, "", 0);
  test_look (t->store, first->conversation, &look);
  g_assert_cmpint (look.row->status, ==, MOS_STATUS_OPEN);
  g_assert_cmpint (look.row->waiting_since_us, >, 0);
  g_assert_cmpuint (look.row->unread, ==, 1);
  test_write (t->store, do_last_incoming, &look);
  check (t);
}

/* Of somebody with whom there is no conversation: one of its own, in an account that is made for it, once. */
static void
test_note_customer (void)
{
  g_autoptr (MosTestStore) t = phone_store ();
  Person ana = { .kind = "phone", .value = NUMBER };
  g_auto (Note) said = { 0 };
  g_auto (TestLook) look = { 0 };
  g_autofree char *first = NULL;

  test_write (t->store, do_person, &ana);
  for (int i = 0; i < 2; i++)
    {
      note_clear (&said);
      mos_manual_clock_advance (MOS_MANUAL_CLOCK (t->clock), MINUTE_US);
      said.note = mos_call_note_new ();
      said.note->customer = g_strdup (ana.customer);
      said.note->outcome = i == 0 ? MOS_CALL_ANSWERED : MOS_CALL_VOICEMAIL;
      said.note->text = g_strdup (i == 0 ? "Wants the blue one\nof two" : "");
      test_write (t->store, do_note, &said);
      test_look_clear (&look);
      test_look (t->store, said.conversation, &look);
      g_assert_cmpstr (look.row->channel, ==, "phone");
      g_assert_cmpstr (look.row->customer, ==, ana.customer);
      g_assert_cmpstr (look.row->subject, ==, i == 0 ? "Wants the blue one" : NUMBER);
      g_assert_cmpint (look.row->status, ==, i == 0 ? MOS_STATUS_CLOSED : MOS_STATUS_OPEN);
      g_assert_cmpstr (look.row->account, !=, PBX);
      if (i == 0)
        first = g_strdup (look.row->account);
      else
        g_assert_cmpstr (look.row->account, ==, first);
    }
  check (t);
  g_free (ana.customer);
}

typedef struct
{
  const char *conversation;
  gint64 us;
  GQuark domain;
  int code;
} Ask;

static gboolean
do_back (MosTxn *txn,
         gpointer data,
         GError **error)
{
  Ask *ask = data;

  return mos_call_back_at (txn, ask->conversation, ask->us, error);
}

static gboolean
do_refuse_back (MosTxn *txn,
                gpointer data,
                GError **error)
{
  Ask *ask = data;
  g_autoptr (GError) local = NULL;

  g_assert_false (mos_call_back_at (txn, ask->conversation, ask->us, &local));
  g_assert_error (local, MOS_DESK_ERROR, ask->code);
  return TRUE;
}

static gboolean
do_find_back (MosTxn *txn,
              gpointer data,
              GError **error)
{
  Ask *ask = data;
  g_autoptr (GPtrArray) list = mos_call_back_list (txn, error);

  if (list == NULL || !mos_call_back_find (txn, ask->conversation, &ask->us, error))
    return FALSE;
  g_assert_cmpuint (list->len, ==, ask->us != 0 ? 1 : 0);
  if (list->len > 0)
    g_assert_cmpstr (((MosHeldItem *) list->pdata[0])->conversation->id, ==, ask->conversation);
  return TRUE;
}

static gint64
back_of (MosTestStore *t,
         const char *conversation)
{
  Ask ask = { .conversation = conversation };

  test_write (t->store, do_find_back, &ask);
  return ask.us;
}

static guint
count_events (MosTestStore *t,
              const char *conversation,
              const char *kind)
{
  g_auto (TestLook) look = { 0 };
  guint n = 0;

  test_look (t->store, conversation, &look);
  for (guint i = 0; i < look.messages->len; i++)
    n += g_strcmp0 (((MosMessageRow *) look.messages->pdata[i])->event_kind, kind) == 0;
  return n;
}

/* How often the conversation says that nobody needs to call back since they were spoken to */
static guint
count_settled (MosTestStore *t,
               const char *id)
{
  g_auto (TestLook) look = { 0 };
  guint n = 0;

  test_look (t->store, id, &look);
  for (guint i = 0; i < look.messages->len; i++)
    {
      const MosMessageRow *row = look.messages->pdata[i];

      n += g_strcmp0 (row->event_kind, "callback") == 0 && g_strcmp0 (row->event_from, MOS_CALL_BACK_SETTLED) == 0;
    }
  return n;
}

static void
test_back (void)
{
  g_autoptr (MosTestStore) t = phone_store ();
  g_autoptr (MosIngestResult) first = test_ingest (t->store, test_mail_one, MOS_FOLDER_INBOX, 1, MOS_TEST_NOW_US);
  const char *id = first->conversation;
  gint64 then_us = MOS_TEST_NOW_US + 5 * HOUR_US;
  TestStatus closed = { id, MOS_STATUS_CLOSED, 0 };
  Ask past = { id, MOS_TEST_NOW_US - 1, 0, MOS_DESK_ERROR_INVALID };
  Ask nobody = { "nothing", then_us, 0, MOS_DESK_ERROR_NOT_FOUND };
  Ask at = { .conversation = id, .us = then_us };
  Ask never = { .conversation = id };
  g_auto (Note) said = { 0 };
  g_auto (TestLook) look = { 0 };
  g_autoptr (GError) error = NULL;
  gint64 next_us = 0;

  test_write (t->store, do_refuse_back, &past);
  test_write (t->store, do_refuse_back, &nobody);

  /* taken back */
  test_write (t->store, do_back, &at);
  g_assert_cmpint (back_of (t, id), ==, then_us);
  test_write (t->store, do_back, &never);
  test_write (t->store, do_back, &never);
  g_assert_cmpint (back_of (t, id), ==, 0);
  g_assert_cmpuint (count_events (t, id, "callback"), ==, 2);

  /* settled by speaking; not by a call that nobody took */
  note (t, &said, id, FALSE, MOS_CALL_MISSED, "", then_us);
  g_assert_cmpint (back_of (t, id), ==, then_us);
  note (t, &said, id, TRUE, MOS_CALL_MISSED, "", 0);
  g_assert_cmpint (back_of (t, id), ==, then_us);
  note (t, &said, id, TRUE, MOS_CALL_ANSWERED, "", 0);
  g_assert_cmpint (back_of (t, id), ==, 0);
  g_assert_cmpuint (count_settled (t, id), ==, 1);

  /* it comes, however late, once */
  note (t, &said, id, TRUE, MOS_CALL_ANSWERED, "Wants to think about it", then_us);
  test_write (t->store, test_do_status, &closed);
  mos_manual_clock_advance (MOS_MANUAL_CLOCK (t->clock), 48 * HOUR_US);
  for (int i = 0; i < 2; i++)
    {
      mos_scheduler_run_sync (t->store, &next_us, NULL, &error);
      g_assert_no_error (error);
    }
  g_assert_cmpuint (count_events (t, id, "callback_due"), ==, 1);
  g_assert_cmpint (back_of (t, id), ==, 0);
  test_look (t->store, id, &look);
  g_assert_cmpint (look.row->status, ==, MOS_STATUS_OPEN);
  check (t);
}

/* A call that the switchboard tells settles it as well; old ones say nothing of now. */
static void
test_back_settled (void)
{
  g_autoptr (MosTestStore) t = phone_store ();
  g_autofree char *conversation = ring (t, "1", NUMBER, FALSE, MOS_CALL_MISSED);
  Ask at = { .conversation = conversation, .us = MOS_TEST_NOW_US + HOUR_US };
  g_autofree char *old = NULL, *spoke = NULL;

  test_write (t->store, do_back, &at);
  old = ring_full (t, "0", NUMBER, TRUE, MOS_CALL_ANSWERED, TRUE, NULL);
  g_assert_cmpint (back_of (t, conversation), ==, at.us);
  g_assert_cmpuint (count_settled (t, conversation), ==, 0);
  spoke = ring (t, "2", NUMBER, TRUE, MOS_CALL_ANSWERED);
  g_assert_cmpint (back_of (t, conversation), ==, 0);
  g_assert_cmpuint (count_settled (t, conversation), ==, 1);
}

/* --- answered by SMS --- */

#define MOBILE "+4915112345678"

typedef struct
{
  const char *conversation; /* of the telephone */
  const char *text;
  MosChatState *state; /* (owned) */
  char *sent;          /* (owned) */
  char *went_to;       /* (owned): conversation */
} ByText;

static gboolean
do_sms_account (MosTxn *txn,
                gpointer data,
                GError **error)
{
  g_autoptr (MosAccount) account = mos_account_new ();

  account->id = g_strdup ("sms");
  account->kind = g_strdup ("sms");
  account->name = g_strdup ("Mug Shop");
  account->address = g_strdup ("+4930901820");
  mos_account_fill (account);
  return mos_store_account_save (txn, account, error);
}

static gboolean
do_text_state (MosTxn *txn,
               gpointer data,
               GError **error)
{
  ByText *by = data;

  g_clear_pointer (&by->state, mos_chat_state_unref);
  return mos_chat_state_load (txn, by->conversation, NULL, &by->state, error);
}

static gboolean
do_text (MosTxn *txn,
         gpointer data,
         GError **error)
{
  ByText *by = data;
  g_autoptr (MosDraft) draft = NULL;
  g_autoptr (MosMessageRow) sent = NULL;
  g_autoptr (MosOutboxItem) item = NULL;

  g_clear_pointer (&by->sent, g_free);
  g_clear_pointer (&by->went_to, g_free);
  if (!mos_chat_continue_by_text (txn, by->conversation, by->text, &draft, error))
    return FALSE;
  g_assert_cmpstr (((MosAddress *) draft->to->pdata[0])->address, ==, MOBILE);
  if (!mos_draft_send (txn, draft, MOS_STATUS_OPEN, 0, &by->sent, error) || !mos_store_message_find (txn, by->sent, &sent, error) || !mos_store_outbox_find (txn, by->sent, &item, error))
    return FALSE;
  g_assert_cmpstr (sent->account, ==, "sms");
  g_assert_cmpstr (item->envelope_from, ==, MOBILE);
  by->went_to = g_strdup (sent->conversation);
  return TRUE;
}

static gboolean
do_refuse_text (MosTxn *txn,
                gpointer data,
                GError **error)
{
  ByText *by = data;
  g_autoptr (MosDraft) draft = NULL;
  g_autoptr (GError) local = NULL;

  g_assert_false (mos_chat_continue_by_text (txn, by->conversation, "", &draft, &local));
  g_assert_error (local, MOS_DESK_ERROR, MOS_DESK_ERROR_NOT_FOUND);
  return TRUE;
}

static gboolean
do_block_text (MosTxn *txn,
               gpointer data,
               GError **error)
{
  g_autoptr (MosChatThread) thread = NULL;

  if (!mos_store_chat_find_thread (txn, "sms", MOBILE, &thread, error))
    return FALSE;
  thread->closed = g_strdup ("blocked");
  return mos_store_chat_save_thread (txn, thread, error);
}

/* The customer of a missed call gets an SMS, where there is an account for it; both conversations name each other. */
static void
test_by_text (void)
{
  g_autoptr (MosTestStore) t = phone_store ();
  g_autofree char *called = ring (t, "1", MOBILE, FALSE, MOS_CALL_MISSED);
  g_autofree char *landline = ring (t, "2", NUMBER, FALSE, MOS_CALL_MISSED);
  g_autofree char *withheld = ring (t, "3", "", FALSE, MOS_CALL_MISSED);
  const char *nobodys[] = { landline, withheld };
  ByText by = { .conversation = called, .text = "We called you back.\nWhen may we try again?" };
  TestStatus closed = { NULL, MOS_STATUS_CLOSED, 0 };
  g_autofree char *first = NULL;
  g_auto (TestLook) look = { 0 };

  test_write (t->store, do_text_state, &by);
  g_assert_null (by.state->text_number);
  test_write (t->store, do_refuse_text, &by);
  test_write (t->store, do_sms_account, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (nobodys); i++)
    {
      ByText nobody = { .conversation = nobodys[i] };

      test_write (t->store, do_text_state, &nobody);
      g_assert_null (nobody.state->text_number);
      test_write (t->store, do_refuse_text, &nobody);
      mos_chat_state_unref (nobody.state);
    }
  test_write (t->store, do_text_state, &by);
  g_assert_cmpstr (by.state->text_number, ==, MOBILE);
  g_assert_cmpstr (by.state->text_account, ==, "sms");

  test_write (t->store, do_text, &by);
  g_assert_cmpstr (by.went_to, !=, called);
  first = g_strdup (by.went_to);
  g_assert_cmpuint (count_events (t, called, "continued"), ==, 1);
  g_assert_cmpuint (count_events (t, first, "continued"), ==, 1);
  test_look (t->store, first, &look);
  g_assert_cmpstr (look.row->channel, ==, "sms");
  g_assert_cmpstr (look.row->subject, ==, "We called you back.");
  g_assert_cmpstr (look.row->customer_address, ==, MOBILE);
  g_assert_cmpint (look.row->status, ==, MOS_STATUS_PENDING);

  /* The next one goes on there, and one after the close does not. */
  by.text = "Are you there?";
  test_write (t->store, do_text, &by);
  g_assert_cmpstr (by.went_to, ==, first);
  closed.id = first;
  test_write (t->store, test_do_status, &closed);
  test_write (t->store, do_text, &by);
  g_assert_cmpstr (by.went_to, !=, first);

  /* Whoever wants none is not offered any. */
  test_write (t->store, do_block_text, NULL);
  test_write (t->store, do_text_state, &by);
  g_assert_null (by.state->text_number);
  test_write (t->store, do_refuse_text, &by);
  check (t);
  mos_chat_state_unref (by.state);
  g_free (by.sent);
  g_free (by.went_to);
}

static gboolean
do_join (MosTxn *txn,
         gpointer data,
         GCancellable *cancellable,
         GError **error)
{
  const char **ids = data;

  return mos_store_conversation_set_merged (txn, ids[0], ids[1], error);
}

static void
join (MosTestStore *t,
      const char **ids)
{
  MosActor actor = { MOS_ACTOR_HUMAN, NULL };
  g_autoptr (GError) error = NULL;

  mos_store_write_sync (t->store, &actor, "merge", do_join, ids, NULL, NULL, &error);
  g_assert_no_error (error);
}

static gboolean
do_split_again (MosTxn *txn,
                gpointer data,
                GError **error)
{
  g_autofree char *label = NULL;

  return mos_action_undo_last (txn, 0, FALSE, &label, error);
}

/* Who is to be called back about one of two that become one is called back about the one, at the earlier time. */
static void
test_back_merged (void)
{
  static const struct
  {
    gint64 source_us;
    gint64 target_us;
    gint64 wanted_us;
  } table[] = { { HOUR_US, 0, HOUR_US }, { HOUR_US, 2 * HOUR_US, HOUR_US }, { 2 * HOUR_US, HOUR_US, HOUR_US }, { 0, HOUR_US, HOUR_US } };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (MosTestStore) t = phone_store ();
      g_autoptr (MosIngestResult) one = test_ingest (t->store, test_mail_one, MOS_FOLDER_INBOX, 1, MOS_TEST_NOW_US);
      g_autofree char *other = ring (t, "1", NUMBER, FALSE, MOS_CALL_MISSED);
      const char *ids[] = { one->conversation, other };
      Ask of_source = { .conversation = one->conversation, .us = MOS_TEST_NOW_US + table[i].source_us };
      Ask of_target = { .conversation = other, .us = MOS_TEST_NOW_US + table[i].target_us };
      g_autofree char *spoke = NULL;

      if (table[i].source_us != 0)
        test_write (t->store, do_back, &of_source);
      if (table[i].target_us != 0)
        test_write (t->store, do_back, &of_target);
      join (t, ids);
      g_assert_cmpint (back_of (t, other), ==, MOS_TEST_NOW_US + table[i].wanted_us);
      if (i == 0)
        {
          test_write (t->store, do_split_again, NULL);
          g_assert_cmpint (back_of (t, one->conversation), ==, of_source.us);
          join (t, ids);
        }
      spoke = ring (t, "2", NUMBER, TRUE, MOS_CALL_ANSWERED);
      g_assert_cmpint (back_of (t, other), ==, 0);
      check (t);
    }
}

/* --- nothing goes out --- */

static gboolean
do_compose (MosTxn *txn,
            gpointer data,
            GError **error)
{
  const char *conversation = data;
  const MosQuoteTexts texts = { "", "", "%x", TRUE, MOS_QUOTE_NONE };
  g_autoptr (MosDraft) draft = NULL;
  g_autoptr (MosDraft) fresh = NULL;
  g_autoptr (GError) local = NULL;

  if (!mos_draft_prepare (txn, "reply", conversation, NULL, NULL, &texts, &draft, error))
    return FALSE;
  g_assert_cmpstr (draft->kind, ==, "note");
  g_assert_cmpuint (draft->to->len, ==, 0);
  g_assert_false (mos_draft_prepare_fresh (txn, "reply", conversation, NULL, NULL, &texts, &fresh, &local));
  g_assert_error (local, MOS_DESK_ERROR, MOS_DESK_ERROR_INVALID);
  return TRUE;
}

static gboolean
do_force (MosTxn *txn,
          gpointer data,
          GError **error)
{
  g_autoptr (MosDraft) draft = mos_draft_new ();
  g_autofree char *message = NULL;
  g_autoptr (GError) local = NULL;

  draft->id = g_strdup ("forced");
  draft->conversation = g_strdup (data);
  draft->account = g_strdup (PBX);
  draft->kind = g_strdup ("reply");
  draft->text = g_strdup ("Hello");
  mos_draft_fill (draft);
  g_assert_false (mos_draft_send (txn, draft, MOS_STATUS_OPEN, 0, &message, &local));
  g_assert_error (local, MOS_DESK_ERROR, MOS_DESK_ERROR_INVALID);
  return TRUE;
}

static void
test_nothing_goes_out (void)
{
  g_autoptr (MosTestStore) t = phone_store ();
  g_autofree char *conversation = ring (t, "1", NUMBER, FALSE, MOS_CALL_MISSED);

  test_write (t->store, do_compose, conversation);
  test_write (t->store, do_force, conversation);
}

int
main (int argc,
      char *argv[])
{
  mos_test_init (&argc, &argv);

  g_test_add_func ("/calls/missed", test_missed);
  g_test_add_func ("/calls/answered", test_answered);
  g_test_add_func ("/calls/waiting", test_waiting);
  g_test_add_func ("/calls/once", test_once);
  g_test_add_func ("/calls/withheld", test_withheld);
  g_test_add_func ("/calls/history", test_history);
  g_test_add_func ("/calls/person", test_person);
  g_test_add_func ("/calls/note", test_note);
  g_test_add_func ("/calls/note-customer", test_note_customer);
  g_test_add_func ("/calls/back", test_back);
  g_test_add_func ("/calls/back-settled", test_back_settled);
  g_test_add_func ("/calls/by-text", test_by_text);
  g_test_add_func ("/calls/back-merged", test_back_merged);
  g_test_add_func ("/calls/nothing-goes-out", test_nothing_goes_out);

  return g_test_run ();
}
