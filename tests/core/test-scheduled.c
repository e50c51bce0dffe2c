/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "send-fixture.h"

#include "core/desk/mos-actions.h"
#include "core/desk/mos-composing.h"
#include "core/desk/mos-due-work.h"
#include "core/desk/mos-joining.h"
#include "core/desk/mos-outbox.h"
#include "core/desk/mos-scheduled.h"
#include "core/desk/mos-scheduler.h"
#include "core/store/mos-store-accounts.h"
#include "core/store/mos-store-conversations.h"
#include "core/store/mos-store-drafts.h"
#include "core/store/mos-store-due.h"
#include "core/store/mos-store-messages.h"
#include "core/store/mos-store-outbox.h"
#include "core/store/mos-store-outreach.h"
#include "core/store/mos-store-senders.h"

#include <string.h>

/* What waits in the outbox for an undo, or for its time. The fixture's own answer is let go of first. */

typedef struct
{
  SendFixture *f;
  MosSendPlan plan;
  char *message;
  char *again;
  MosMessageRow *row;
  MosOutboxItem *item;
  MosConversationRow *conversation;
  MosDraft *draft;
  MosDueRow *due;
  const char *other; /* another conversation */
  enum
  {
    SEND_NOW,
    TAKE_BACK,
    RELEASE_HELD,
    DISCARD_HELD,
  } act;
} Scheduled;

static gboolean
do_send (MosTxn *txn,
         gpointer data,
         GError **error)
{
  static const MosQuoteTexts texts = { "{sender}, {date}:", "--", "%F" };
  Scheduled *s = data;
  g_autoptr (MosDraft) draft = NULL;

  if (!mos_draft_prepare (txn, "reply", s->f->conversation, NULL, NULL, &texts, &draft, error))
    return FALSE;
  g_assert_true (draft->is_marked);
  g_set_str (&draft->text, "It is **sent**.");
  draft->caret = 7;
  g_ptr_array_add (draft->bcc, mos_address_make (NULL, "cid@mail.example"));
  s->plan.at_us += mos_txn_get_now_us (txn);
  return mos_draft_send_planned (txn, draft, &s->plan, &s->message, error) &&
         /* A second Ctrl+Return */
         mos_draft_send_planned (txn, draft, &s->plan, &s->again, error);
}

static gboolean
do_act (MosTxn *txn,
        gpointer data,
        GError **error)
{
  Scheduled *s = data;

  switch (s->act)
    {
    case TAKE_BACK:
      return mos_outbox_take_back (txn, s->message, NULL, error);
    case RELEASE_HELD:
      return mos_due_release (txn, s->due->id, error);
    case DISCARD_HELD:
      return mos_due_discard (txn, s->due->id, error);
    case SEND_NOW:
    default:
      return mos_scheduled_send_now (txn, s->message, error);
    }
}

static gboolean
do_act_checked (MosTxn *txn,
                gpointer data,
                GCancellable *cancellable,
                GError **error)
{
  return do_act (txn, data, error);
}

static gboolean
do_look (MosTxn *txn,
         gpointer data,
         GError **error)
{
  Scheduled *s = data;
  g_autofree char *key = g_strconcat ("send:", s->message, NULL);

  g_clear_pointer (&s->row, mos_message_row_unref);
  g_clear_pointer (&s->item, mos_outbox_item_unref);
  g_clear_pointer (&s->conversation, mos_conversation_row_unref);
  g_clear_pointer (&s->draft, mos_draft_unref);
  g_clear_pointer (&s->due, mos_due_row_unref);
  return mos_store_message_find (txn, s->message, &s->row, error) && mos_store_outbox_find (txn, s->message, &s->item, error) &&
         mos_store_conversation_find (txn, s->f->conversation, &s->conversation, error) && mos_store_due_find (txn, key, &s->due, error) &&
         mos_store_draft_find_of_conversation (txn, s->f->conversation, NULL, &s->draft, error);
}

static void
scheduled_clear (Scheduled *s)
{
  g_free (s->message);
  g_free (s->again);
  g_clear_pointer (&s->row, mos_message_row_unref);
  g_clear_pointer (&s->item, mos_outbox_item_unref);
  g_clear_pointer (&s->conversation, mos_conversation_row_unref);
  g_clear_pointer (&s->draft, mos_draft_unref);
  g_clear_pointer (&s->due, mos_due_row_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Scheduled, scheduled_clear)

static void
run_due (SendFixture *f,
         gint64 after_us)
{
  g_autoptr (GError) error = NULL;

  mos_manual_clock_advance (MOS_MANUAL_CLOCK (f->t->clock), after_us);
  g_assert_true (mos_scheduler_run_sync (f->t->store, NULL, NULL, &error));
  g_assert_no_error (error);
}

static void
begin (Scheduled *s)
{
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (send_run_pass (s->f, send_good_script, "", &error), ==, 1);
  g_assert_no_error (error);
  test_write (s->f->t->store, do_send, s);
  g_assert_cmpstr (s->message, ==, s->again);
  test_write (s->f->t->store, do_look, s);
  g_assert_cmpint (s->row->delivery, ==, MOS_DELIVERY_SCHEDULED);
  g_assert_cmpint (s->item->state, ==, MOS_DELIVERY_SCHEDULED);
  g_assert_null (s->draft);
  g_assert_cmpint (s->due->state, ==, MOS_DUE_WAITING);
}

/* Ten seconds pass: it is sent, once; nothing is sent before. */
static void
test_undo_runs_out (SendFixture *f,
                    gconstpointer data)
{
  g_auto (Scheduled) s = { .f = f, .plan = { .then = MOS_STATUS_PENDING, .at_us = 10 * G_USEC_PER_SEC } };

  begin (&s);
  g_assert_cmpstr (s.row->why, ==, MOS_SCHEDULED_UNDO);
  g_assert_cmpint (s.conversation->status, ==, MOS_STATUS_PENDING);
  g_assert_true (s.row->has_html);
  g_assert_cmpstr (s.row->reply_text, ==, "It is *sent*.");
  run_due (f, 9 * G_USEC_PER_SEC);
  test_write (f->t->store, do_look, &s);
  g_assert_cmpint (s.item->state, ==, MOS_DELIVERY_SCHEDULED);
  run_due (f, 2 * G_USEC_PER_SEC);
  test_write (f->t->store, do_look, &s);
  g_assert_cmpint (s.item->state, ==, MOS_DELIVERY_QUEUED);
  g_assert_cmpint (s.due->state, ==, MOS_DUE_DONE);
  g_assert_cmpint (s.conversation->status, ==, MOS_STATUS_PENDING);
  g_assert_cmpint (s.conversation->waiting_since_us, ==, 0);
  run_due (f, 60 * G_USEC_PER_SEC);
}

/* Taken back: the draft to the letter, with its id, and the status of before; sent again it is the same message. */
static void
test_undone (SendFixture *f,
             gconstpointer data)
{
  g_auto (Scheduled) s = { .f = f, .plan = { .then = MOS_STATUS_PENDING, .at_us = 10 * G_USEC_PER_SEC } };

  begin (&s);
  s.act = TAKE_BACK;
  test_write (f->t->store, do_act, &s);
  test_write (f->t->store, do_look, &s);
  g_assert_null (s.row);
  g_assert_null (s.item);
  g_assert_nonnull (s.draft);
  g_assert_cmpstr (s.draft->id, ==, s.message);
  g_assert_cmpstr (s.draft->text, ==, "It is **sent**.");
  g_assert_true (s.draft->is_marked);
  g_assert_cmpstr (s.draft->kind, ==, "reply");
  g_assert_cmpint (s.draft->caret, ==, 7);
  g_assert_nonnull (s.draft->quote);
  g_assert_cmpuint (s.draft->bcc->len, ==, 1);
  g_assert_cmpint (s.due->state, ==, MOS_DUE_CANCELLED);
  /* The fixture's answer closed it. */
  g_assert_cmpint (s.conversation->status, ==, MOS_STATUS_CLOSED);
  run_due (f, 60 * G_USEC_PER_SEC);
  test_write (f->t->store, do_look, &s);
  g_assert_null (s.item);
}

typedef struct
{
  char *label;
  GError *error;
} Undone;

static gboolean
do_undo (MosTxn *txn,
         gpointer data,
         GError **error)
{
  Undone *undone = data;

  mos_action_undo_last (txn, 0, FALSE, &undone->label, &undone->error);
  return TRUE;
}

/* "Undo" takes back what waits, once; what left stays. */
static void
test_undo_last (SendFixture *f,
                gconstpointer data)
{
  g_auto (Scheduled) s = { .f = f, .plan = { .is_later = TRUE, .at_us = 2 * HOUR_US } };
  g_auto (Scheduled) sent = { .f = f, .plan = { .is_later = TRUE } };
  Undone first = { 0 }, second = { 0 };

  begin (&s);
  test_write (f->t->store, do_undo, &first);
  g_assert_no_error (first.error);
  g_assert_cmpstr (first.label, ==, MOS_ACTION_SEND);
  test_write (f->t->store, do_look, &s);
  g_assert_null (s.row);
  g_assert_null (s.item);
  g_assert_nonnull (s.draft);
  g_assert_cmpstr (s.draft->text, ==, "It is **sent**.");
  /* It is not found a second time. */
  test_write (f->t->store, do_undo, &second);
  g_assert_no_error (second.error);
  g_assert_cmpstr (second.label, !=, MOS_ACTION_SEND);
  g_clear_pointer (&second.label, g_free);

  sent.plan.at_us = 2 * HOUR_US;
  test_write (f->t->store, do_send, &sent);
  sent.act = SEND_NOW;
  test_write (f->t->store, do_act, &sent);
  test_write (f->t->store, do_undo, &second);
  g_assert_error (second.error, MOS_DESK_ERROR, MOS_DESK_ERROR_CANNOT_UNDO);
  g_clear_error (&second.error);
  g_free (first.label);
}

/* The computer was off: minutes late it is sent by itself, later somebody is asked. */
static void
test_late (SendFixture *f,
           gconstpointer data)
{
  gint64 late_us = (gint64) GPOINTER_TO_INT (data) * G_TIME_SPAN_MINUTE;
  g_auto (Scheduled) s = { .f = f, .plan = { .then = MOS_STATUS_PENDING, .at_us = 10 * G_USEC_PER_SEC } };

  begin (&s);
  run_due (f, late_us);
  test_write (f->t->store, do_look, &s);
  if (late_us <= MOS_DUE_LATE_US)
    {
      g_assert_cmpint (s.item->state, ==, MOS_DELIVERY_QUEUED);
      g_assert_cmpint (s.due->state, ==, MOS_DUE_DONE);
      g_assert_cmpint (s.conversation->status, ==, MOS_STATUS_PENDING);
      return;
    }
  g_assert_cmpint (s.item->state, ==, MOS_DELIVERY_SCHEDULED);
  g_assert_cmpstr (s.row->why, ==, MOS_SCHEDULED_HELD_LATE);
  g_assert_cmpint (s.due->state, ==, MOS_DUE_HELD);
  g_assert_cmpint (s.conversation->status, ==, MOS_STATUS_OPEN);
  s.act = late_us > 4 * G_TIME_SPAN_HOUR ? DISCARD_HELD : RELEASE_HELD;
  test_write (f->t->store, do_act, &s);
  test_write (f->t->store, do_look, &s);
  if (s.act == DISCARD_HELD)
    {
      g_assert_null (s.item);
      g_assert_cmpstr (s.draft->text, ==, "It is **sent**.");
      return;
    }
  g_assert_cmpint (s.item->state, ==, MOS_DELIVERY_QUEUED);
}

static gboolean
do_open (MosTxn *txn,
         gpointer data,
         GError **error)
{
  return mos_store_conversation_set_status (txn, ((Scheduled *) data)->f->conversation, MOS_STATUS_OPEN, 0, error);
}

/* Later: the status changes when it leaves, and its date is that of leaving. */
static void
test_later (SendFixture *f,
            gconstpointer data)
{
  g_auto (Scheduled) s = { .f = f, .plan = { .then = MOS_STATUS_PENDING, .at_us = G_TIME_SPAN_DAY, .is_later = TRUE, .even_if_answered = TRUE } };
  g_autoptr (MosMessageRow) first = NULL;

  begin (&s);
  test_write (f->t->store, do_open, &s);
  g_assert_cmpstr (s.row->why, ==, MOS_SCHEDULED_LATER);
  g_assert_cmpint (s.conversation->status, !=, MOS_STATUS_PENDING);
  first = mos_message_row_ref (s.row);
  run_due (f, G_TIME_SPAN_DAY + G_USEC_PER_SEC);
  test_write (f->t->store, do_look, &s);
  g_assert_cmpint (s.item->state, ==, MOS_DELIVERY_QUEUED);
  g_assert_cmpint (s.conversation->status, ==, MOS_STATUS_PENDING);
  g_assert_cmpint (s.row->sent_us, >, first->sent_us);
}

/* What speaks against it, when its time comes: it is held, as it was, with the reason, and a person may send it all the same. */

static gboolean
do_block (MosTxn *txn,
          gpointer data,
          GError **error)
{
  return do_open (txn, data, error) && mos_store_sender_set (txn, "CID@mail.example", MOS_SENDER_BLOCK, error);
}

static gboolean
do_merge (MosTxn *txn,
          gpointer data,
          GError **error)
{
  Scheduled *s = data;
  const char *ids[] = { s->f->conversation, NULL };

  return do_open (txn, data, error) && mos_action_merge (txn, ids, s->other, error);
}

static gboolean
do_lose_account (MosTxn *txn,
                 gpointer data,
                 GError **error)
{
  Scheduled *s = data;

  return do_open (txn, data, error) && mos_store_account_remove (txn, s->f->account->id, error);
}

static gboolean
do_nothing (MosTxn *txn,
            gpointer data,
            GError **error)
{
  return TRUE;
}

static const struct
{
  const char *path;
  TestFunc happens;
  const char *why;
} holds[] = {
  { "/scheduled/held/closed", do_nothing, MOS_SCHEDULED_HELD_CLOSED },
  { "/scheduled/held/blocked", do_block, MOS_SCHEDULED_HELD_BLOCKED },
  { "/scheduled/held/merged", do_merge, MOS_SCHEDULED_HELD_MERGED },
  { "/scheduled/held/failed", do_lose_account, MOS_SCHEDULED_HELD_FAILED },
};

static void
test_held (SendFixture *f,
           gconstpointer data)
{
  const guint i = GPOINTER_TO_UINT (data);
  g_auto (Scheduled) s = { .f = f, .plan = { .then = MOS_STATUS_PENDING, .at_us = G_TIME_SPAN_DAY, .is_later = TRUE, .even_if_answered = TRUE }, .act = RELEASE_HELD };
  g_autoptr (MosIngestResult) other = test_ingest (f->t->store, "From: Eva <eva@mail.example>\nTo: support@shop.example\nSubject: Else\nMessage-ID: <e@mail.example>\n\nHello\n", MOS_FOLDER_INBOX, 30, mos_clock_now_us (f->t->clock));
  g_autoptr (GError) error = NULL;
  TestStatus snoozed = { other->conversation, MOS_STATUS_SNOOZED, 0 };
  g_auto (TestLook) woken = { .id = other->conversation };

  s.other = other->conversation;
  begin (&s);
  /* Another thing of the same minute: it is done whatever becomes of this. */
  snoozed.until_us = mos_clock_now_us (f->t->clock) + G_TIME_SPAN_DAY;
  test_write (f->t->store, test_do_status, &snoozed);
  test_write (f->t->store, holds[i].happens, &s);
  run_due (f, G_TIME_SPAN_DAY + G_USEC_PER_SEC);
  test_write (f->t->store, do_look, &s);
  g_assert_nonnull (s.row);
  g_assert_cmpstr (s.row->why, ==, holds[i].why);
  g_assert_cmpstr (s.row->reply_text, ==, "It is *sent*.");
  g_assert_cmpint (s.item->state, ==, MOS_DELIVERY_SCHEDULED);
  g_assert_cmpint (s.due->state, ==, MOS_DUE_HELD);
  test_look (f->t->store, other->conversation, &woken);
  g_assert_cmpint (woken.row->status, ==, MOS_STATUS_OPEN);
  /* Nothing of it is tried by itself again. */
  run_due (f, G_TIME_SPAN_DAY);
  test_write (f->t->store, do_look, &s);
  g_assert_cmpstr (s.row->why, ==, holds[i].why);
  if (holds[i].happens == do_lose_account)
    {
      const MosActor actor = { MOS_ACTOR_HUMAN, NULL };

      /* A person is told why, and it is still there; then it is a draft. */
      g_assert_false (mos_store_write_sync (f->t->store, &actor, NULL, do_act_checked, &s, NULL, NULL, &error));
      g_assert_cmpuint (error->domain, ==, MOS_DESK_ERROR);
      s.act = DISCARD_HELD;
      test_write (f->t->store, do_act, &s);
      test_write (f->t->store, do_look, &s);
      g_assert_null (s.item);
      g_assert_cmpstr (s.draft->text, ==, "It is **sent**.");
      return;
    }
  test_write (f->t->store, do_act, &s);
  test_write (f->t->store, do_look, &s);
  g_assert_cmpint (s.item->state, ==, MOS_DELIVERY_QUEUED);
}

static gboolean
do_discard_failed (MosTxn *txn,
                   gpointer data,
                   GError **error)
{
  Scheduled *s = data;

  return mos_store_outbox_set_result (txn, s->message, MOS_DELIVERY_FAILED, 0, "refused", "550 no", error) && mos_outbox_discard (txn, s->message, error);
}

/* One that failed is discarded: no draft is left of it. */
static void
test_discard_failed (SendFixture *f,
                     gconstpointer data)
{
  g_auto (Scheduled) s = { .f = f, .plan = { .then = MOS_STATUS_OPEN, .at_us = 10 * G_USEC_PER_SEC } };

  begin (&s);
  test_write (f->t->store, do_discard_failed, &s);
  test_write (f->t->store, do_look, &s);
  g_assert_null (s.item);
  g_assert_null (s.row);
  g_assert_null (s.draft);
}

static gboolean
do_take_all_back (MosTxn *txn,
                  gpointer data,
                  GError **error)
{
  Scheduled *s = data;
  guint n = 0;

  if (!mos_outbox_take_all_back (txn, s->f->account->id, &n, error))
    return FALSE;
  g_assert_cmpuint (n, ==, 1);
  return mos_store_account_remove (txn, s->f->account->id, error);
}

/* An account goes: what waited in it is a draft. */
static void
test_account_goes (SendFixture *f,
                   gconstpointer data)
{
  g_auto (Scheduled) s = { .f = f, .plan = { .then = MOS_STATUS_OPEN, .at_us = G_TIME_SPAN_DAY, .is_later = TRUE } };

  begin (&s);
  test_write (f->t->store, do_take_all_back, &s);
  run_due (f, 2 * G_TIME_SPAN_DAY);
  test_write (f->t->store, do_look, &s);
  g_assert_null (s.item);
  g_assert_nonnull (s.draft);
  g_assert_cmpstr (s.draft->text, ==, "It is **sent**.");
}

static gboolean
do_take_none_back (MosTxn *txn,
                   gpointer data,
                   GError **error)
{
  Scheduled *s = data;
  guint n = 1;

  if (!mos_outbox_take_all_back (txn, s->f->account->id, &n, error))
    return FALSE;
  g_assert_cmpuint (n, ==, 0);
  return TRUE;
}

static gboolean
do_one_of_many (MosTxn *txn,
                gpointer data,
                GError **error)
{
  Scheduled *s = data;

  return mos_store_conversation_set_silent (txn, s->f->conversation, s->message, error) && do_take_none_back (txn, data, error);
}

static gboolean
do_fail (MosTxn *txn,
         gpointer data,
         GError **error)
{
  Scheduled *s = data;

  return mos_store_outbox_set_result (txn, s->message, MOS_DELIVERY_FAILED, 0, "refused", "550 no", error) && do_take_none_back (txn, data, error);
}

static gboolean
do_merge_pending (MosTxn *txn,
                  gpointer data,
                  GError **error)
{
  Scheduled *s = data;
  const char *ids[] = { s->f->conversation, NULL };

  return mos_store_conversation_set_status (txn, s->f->conversation, MOS_STATUS_PENDING, 0, error) &&
         mos_store_conversation_set_status (txn, s->other, MOS_STATUS_PENDING, 0, error) &&
         mos_action_merge (txn, ids, s->other, error);
}

/* Neither of two that are merged is open: what has to be decided opens what they are now. */
static void
test_held_merged_pending (SendFixture *f,
                          gconstpointer data)
{
  g_auto (Scheduled) s = { .f = f, .plan = { .then = MOS_STATUS_PENDING, .at_us = G_TIME_SPAN_DAY, .is_later = TRUE, .even_if_answered = TRUE } };
  g_autoptr (MosIngestResult) other = test_ingest (f->t->store, "From: Eva <eva@mail.example>\nTo: support@shop.example\nSubject: Else\nMessage-ID: <e@mail.example>\n\nHello\n", MOS_FOLDER_INBOX, 30, mos_clock_now_us (f->t->clock));
  g_auto (TestLook) both = { .id = other->conversation };

  s.other = other->conversation;
  begin (&s);
  test_write (f->t->store, do_merge_pending, &s);
  test_write (f->t->store, do_look, &s);
  g_assert_cmpstr (s.row->why, ==, MOS_SCHEDULED_HELD_MERGED);
  test_look (f->t->store, other->conversation, &both);
  g_assert_cmpint (both.row->status, ==, MOS_STATUS_OPEN);
}

/* One of many is nobody's draft: it did not leave, and what failed before stays as it was. */
static void
test_account_goes_many (SendFixture *f,
                        gconstpointer data)
{
  g_auto (Scheduled) s = { .f = f, .plan = { .then = MOS_STATUS_OPEN, .at_us = G_TIME_SPAN_DAY, .is_later = TRUE } };

  begin (&s);
  test_write (f->t->store, do_one_of_many, &s);
  run_due (f, 2 * G_TIME_SPAN_DAY);
  test_write (f->t->store, do_look, &s);
  g_assert_cmpint (s.item->state, ==, MOS_DELIVERY_FAILED);
  g_assert_cmpstr (s.row->why, ==, "account-removed");
  g_assert_null (s.draft);
  test_write (f->t->store, do_fail, &s);
  test_write (f->t->store, do_look, &s);
  g_assert_cmpint (s.item->state, ==, MOS_DELIVERY_FAILED);
  g_assert_cmpstr (s.row->why, ==, "refused");
  g_assert_null (s.draft);
}

/* The customer writes before: it waits for a person. */
static void
test_answered (SendFixture *f,
               gconstpointer data)
{
  g_auto (Scheduled) s = { .f = f, .plan = { .then = MOS_STATUS_OPEN, .at_us = G_TIME_SPAN_DAY, .is_later = TRUE } };
  g_autoptr (MosIngestResult) result = NULL;

  begin (&s);
  mos_manual_clock_advance (MOS_MANUAL_CLOCK (f->t->clock), G_TIME_SPAN_HOUR);
  result = test_ingest (f->t->store, test_mail_two, MOS_FOLDER_INBOX, 9, mos_clock_now_us (f->t->clock));
  g_assert_cmpstr (result->conversation, ==, f->conversation);
  test_write (f->t->store, do_look, &s);
  g_assert_cmpstr (s.row->why, ==, MOS_SCHEDULED_HELD_ANSWERED);
  g_assert_cmpint (s.due->state, ==, MOS_DUE_HELD);
  run_due (f, 2 * G_TIME_SPAN_DAY);
  test_write (f->t->store, do_look, &s);
  g_assert_cmpint (s.item->state, ==, MOS_DELIVERY_SCHEDULED);
}

static gboolean
do_change_time (MosTxn *txn,
                gpointer data,
                GError **error)
{
  Scheduled *s = data;

  return mos_scheduled_change_time (txn, s->message, s->plan.at_us, error);
}

static gboolean
do_change_refused (MosTxn *txn,
                   gpointer data,
                   GError **error)
{
  Scheduled *s = data;
  g_autoptr (GError) local_error = NULL;

  int code = s->plan.is_later ? MOS_DESK_ERROR_INVALID : MOS_DESK_ERROR_NOT_FOUND;

  g_assert_false (mos_scheduled_change_time (txn, s->message, s->plan.at_us, &local_error));
  g_assert_error (local_error, MOS_DESK_ERROR, code);
  return TRUE;
}

/* Another time, before and after an answer held it: it leaves then, once; an answer that the person knew of does not hold it a second time. */
static void
test_change_time (SendFixture *f,
                  gconstpointer data)
{
  g_auto (Scheduled) s = { .f = f, .plan = { .then = MOS_STATUS_OPEN, .at_us = G_TIME_SPAN_DAY, .is_later = TRUE } };
  g_autoptr (MosIngestResult) result = NULL;

  begin (&s);
  test_write (f->t->store, do_open, &s);
  s.plan.at_us = mos_clock_now_us (f->t->clock) - 1;
  test_write (f->t->store, do_change_refused, &s);
  s.plan.at_us = mos_clock_now_us (f->t->clock) + 3 * G_TIME_SPAN_DAY;
  test_write (f->t->store, do_change_time, &s);
  run_due (f, 2 * G_TIME_SPAN_DAY);
  test_write (f->t->store, do_look, &s);
  g_assert_cmpint (s.item->state, ==, MOS_DELIVERY_SCHEDULED);
  g_assert_cmpint (s.due->state, ==, MOS_DUE_WAITING);

  result = test_ingest (f->t->store, test_mail_two, MOS_FOLDER_INBOX, 9, mos_clock_now_us (f->t->clock));
  test_write (f->t->store, do_look, &s);
  g_assert_cmpstr (s.row->why, ==, MOS_SCHEDULED_HELD_ANSWERED);
  mos_manual_clock_advance (MOS_MANUAL_CLOCK (f->t->clock), G_TIME_SPAN_MINUTE);
  s.plan.at_us = mos_clock_now_us (f->t->clock) + 2 * G_TIME_SPAN_DAY;
  test_write (f->t->store, do_change_time, &s);
  test_write (f->t->store, do_look, &s);
  g_assert_cmpstr (s.row->why, ==, MOS_SCHEDULED_LATER);
  g_assert_cmpint (g_ascii_strtoll (s.row->why_detail, NULL, 10), ==, s.plan.at_us);
  g_assert_cmpint (s.due->state, ==, MOS_DUE_WAITING);
  run_due (f, 2 * G_TIME_SPAN_DAY - G_USEC_PER_SEC);
  test_write (f->t->store, do_look, &s);
  g_assert_cmpint (s.item->state, ==, MOS_DELIVERY_SCHEDULED);
  run_due (f, 2 * G_USEC_PER_SEC);
  test_write (f->t->store, do_look, &s);
  g_assert_cmpint (s.item->state, ==, MOS_DELIVERY_QUEUED);
}

/* What only waits for an undo has no other time. */
static void
test_change_undo (SendFixture *f,
                  gconstpointer data)
{
  g_auto (Scheduled) s = { .f = f, .plan = { .then = MOS_STATUS_PENDING, .at_us = 10 * G_USEC_PER_SEC } };

  begin (&s);
  s.plan.at_us = mos_clock_now_us (f->t->clock) + G_TIME_SPAN_DAY;
  test_write (f->t->store, do_change_refused, &s);
  run_due (f, 11 * G_USEC_PER_SEC);
  test_write (f->t->store, do_change_refused, &s);
  test_write (f->t->store, do_look, &s);
  g_assert_cmpint (s.item->state, ==, MOS_DELIVERY_QUEUED);
}

/* --- reminders look at what left --- */

typedef struct
{
  const char *conversation;
  const char *message;
  gint64 due_us;
  MosDueRow *row; /* (owned) */
} Reminder;

static gboolean
do_remind (MosTxn *txn,
           gpointer data,
           GError **error)
{
  Reminder *reminder = data;
  g_autofree char *key = g_strconcat ("reminder:", reminder->conversation, NULL);

  return mos_due_remind (txn, reminder->conversation, reminder->due_us, error) && mos_store_due_find (txn, key, &reminder->row, error);
}

/* The customer answers what we sent; a mail that waits for its time does not make that unanswered, nor is it what a reminder is about. */
static void
test_reminder (SendFixture *f,
               gconstpointer data)
{
  gboolean is_later = GPOINTER_TO_INT (data);
  g_auto (Scheduled) s = { .f = f, .plan = { .then = MOS_STATUS_OPEN, .at_us = 10 * G_TIME_SPAN_DAY, .is_later = is_later, .even_if_answered = TRUE } };
  Reminder reminder = { .conversation = f->conversation };

  begin (&s);
  reminder.due_us = mos_clock_now_us (f->t->clock) + G_TIME_SPAN_DAY;
  test_write (f->t->store, do_remind, &reminder);
  g_assert_nonnull (reminder.row);
  g_assert_cmpstr (reminder.row->message, ==, is_later ? f->reply.message : s.message);
  mos_due_row_unref (reminder.row);
}

int
main (int argc,
      char *argv[])
{
  mos_test_init (&argc, &argv);
#define ADD(path, data, func) g_test_add (path, SendFixture, data, send_setup, func, send_teardown)
  ADD ("/scheduled/undo-runs-out", NULL, test_undo_runs_out);
  ADD ("/scheduled/undone", NULL, test_undone);
  ADD ("/scheduled/undo-last", NULL, test_undo_last);
  ADD ("/scheduled/late-minutes", GINT_TO_POINTER (30), test_late);
  ADD ("/scheduled/late-hours", GINT_TO_POINTER (180), test_late);
  ADD ("/scheduled/late-days", GINT_TO_POINTER (60 * 24 * 5), test_late);
  ADD ("/scheduled/later", NULL, test_later);
  for (guint i = 0; i < G_N_ELEMENTS (holds); i++)
    ADD (holds[i].path, GUINT_TO_POINTER (i), test_held);
  ADD ("/scheduled/held/merged-pending", NULL, test_held_merged_pending);
  ADD ("/scheduled/discard-failed", NULL, test_discard_failed);
  ADD ("/scheduled/account-goes", NULL, test_account_goes);
  ADD ("/scheduled/account-goes/many", NULL, test_account_goes_many);
  ADD ("/scheduled/answered", NULL, test_answered);
  ADD ("/scheduled/change-time", NULL, test_change_time);
  ADD ("/scheduled/change-time/undo", NULL, test_change_undo);
  ADD ("/scheduled/reminder/later", GINT_TO_POINTER (TRUE), test_reminder);
  ADD ("/scheduled/reminder/undo", GINT_TO_POINTER (FALSE), test_reminder);
  return g_test_run ();
}
