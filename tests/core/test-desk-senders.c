/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "desk-fixture.h"

#include "core/desk/mos-actions.h"
#include "core/store/mos-store-ledger.h"
#include "core/store/mos-store-senders.h"

/* What is decided about a sender, and about single messages in the quarantine. */

#define AT(minute) (G_GINT64_CONSTANT (1772438400000000) + (minute) * 60 * G_USEC_PER_SEC)

static const char robot_one[] = "From: Robot <Robot@shop-system.example>\nTo: support@shop.example\nSubject: Order 1\nMessage-ID: <o1@s.example>\nAuto-Submitted: auto-replied\n\nOne\n";
static const char robot_two[] = "From: robot@SHOP-SYSTEM.example\nTo: support@shop.example\nSubject: Order 2\nMessage-ID: <o2@s.example>\nAuto-Submitted: auto-replied\n\nTwo\n";
static const char ana_three[] = "From: ana@mail.example\nTo: support@shop.example\nSubject: Another thing\nMessage-ID: <three@mail.example>\n\nHello\n";
static const char ana_other[] = "From: ana@mail.example\nTo: support@shop.example\nSubject: Before that\nMessage-ID: <other@mail.example>\n\nHello\n";
static const char away[] = "From: Ana <ana@mail.example>\nTo: support@shop.example\nSubject: Away\nMessage-ID: <away@mail.example>\nIn-Reply-To: <one@mail.example>\nAuto-Submitted: auto-replied\n\nBack on Monday\n";

static gboolean
do_allow (MosTxn *txn,
          gpointer data,
          GError **error)
{
  const char *ids[] = { data, NULL };

  return mos_action_allow_senders (txn, ids, error);
}

static gboolean
do_release (MosTxn *txn,
            gpointer data,
            GError **error)
{
  const char *ids[] = { data, NULL };

  return mos_action_release_messages (txn, ids, error);
}

static void
test_allow (void)
{
  g_autoptr (MosTestStore) t = test_desk_store ();
  g_autoptr (MosIngestResult) one = test_ingest (t->store, robot_one, MOS_FOLDER_INBOX, 1, AT (0));
  g_autoptr (MosIngestResult) two = NULL;
  g_auto (TestLook) look = { 0 };

  g_assert_cmpint (one->outcome, ==, MOS_INGEST_QUARANTINED);
  g_assert_false (one->arrived);
  test_write (t->store, do_allow, one->conversation);
  test_look (t->store, one->conversation, &look);
  g_assert_null (look.row->quarantine);
  g_assert_cmpint (look.row->status, ==, MOS_STATUS_OPEN);
  /* It waits from when it came, not from when somebody released it. */
  g_assert_cmpint (look.row->waiting_since_us, ==, AT (0));

  /* The next one comes like anybody's, however its address is written. */
  two = test_ingest (t->store, robot_two, MOS_FOLDER_INBOX, 2, AT (1));
  g_assert_cmpint (two->outcome, ==, MOS_INGEST_IMPORTED);
  g_assert_cmpint (two->classification, ==, MOS_CLASSIFICATION_NORMAL);
  g_assert_true (two->arrived);
}

static gboolean
do_block (MosTxn *txn,
          gpointer data,
          GCancellable *cancellable,
          GError **error)
{
  const char *ids[] = { data, NULL };

  return mos_action_block_senders (txn, ids, error);
}

static gboolean
do_undo (MosTxn *txn,
         gpointer data,
         GCancellable *cancellable,
         GError **error)
{
  g_autofree char *label = NULL;

  return mos_action_undo (txn, *(gint64 *) data, &label, error);
}

static gboolean
do_find (MosTxn *txn,
         gpointer data,
         GError **error)
{
  return mos_store_sender_find (txn, "ANA@mail.example", data, error);
}

static void
test_block_and_undo (void)
{
  const MosActor me = { MOS_ACTOR_HUMAN, NULL };
  g_autoptr (MosTestStore) t = test_desk_store ();
  g_autoptr (MosIngestResult) one = test_ingest (t->store, test_mail_one, MOS_FOLDER_INBOX, 1, AT (0));
  g_autoptr (MosIngestResult) other = test_ingest (t->store, ana_other, MOS_FOLDER_INBOX, 2, AT (1));
  g_autoptr (MosIngestResult) three = NULL;
  g_autoptr (MosIngestResult) again = NULL;
  g_autoptr (GError) error = NULL;
  MosSenderRule rule = MOS_SENDER_NONE;
  gint64 batch = 0, undoing = 0;

  mos_store_write_sync (t->store, &me, "block-sender", do_block, one->conversation, &batch, NULL, &error);
  g_assert_no_error (error);
  test_write (t->store, do_find, &rule);
  g_assert_cmpint (rule, ==, MOS_SENDER_BLOCK);
  {
    g_auto (TestLook) look = { 0 };

    test_look (t->store, one->conversation, &look);
    g_assert_cmpstr (look.row->quarantine, ==, MOS_ACTION_BLOCKED_SENDER);
    g_assert_cmpint (look.row->waiting_since_us, ==, 0);
    g_assert_cmpint (test_look_find (&look, one->message)->classification, ==, MOS_CLASSIFICATION_BLOCKED);
  }
  /* What else she has open is not left behind. */
  {
    g_auto (TestLook) look = { 0 };

    test_look (t->store, other->conversation, &look);
    g_assert_cmpstr (look.row->quarantine, ==, MOS_ACTION_BLOCKED_SENDER);
  }
  three = test_ingest (t->store, ana_three, MOS_FOLDER_INBOX, 3, AT (3));
  g_assert_cmpint (three->outcome, ==, MOS_INGEST_QUARANTINED);
  g_assert_cmpstr (three->cause, ==, MOS_ACTION_BLOCKED_SENDER);
  again = test_ingest (t->store, test_mail_two, MOS_FOLDER_INBOX, 4, AT (4));
  g_assert_cmpint (again->outcome, ==, MOS_INGEST_QUARANTINED);
  g_assert_cmpstr (again->conversation, ==, one->conversation);

  mos_store_write_sync (t->store, &me, NULL, do_undo, &batch, &undoing, NULL, &error);
  g_assert_no_error (error);
  test_write (t->store, do_find, &rule);
  g_assert_cmpint (rule, ==, MOS_SENDER_NONE);
  {
    g_auto (TestLook) look = { 0 };

    test_look (t->store, one->conversation, &look);
    g_assert_null (look.row->quarantine);
    g_assert_cmpint (look.row->waiting_since_us, ==, AT (0));
    g_assert_cmpint (test_look_find (&look, one->message)->classification, ==, MOS_CLASSIFICATION_NORMAL);
    g_assert_false (test_look_find (&look, again->message)->quarantined);
  }
  /* Nor is what came meanwhile. */
  for (guint i = 0; i < 2; i++)
    {
      g_auto (TestLook) look = { 0 };

      test_look (t->store, i == 0 ? other->conversation : three->conversation, &look);
      g_assert_null (look.row->quarantine);
      g_assert_cmpint (look.row->status, ==, MOS_STATUS_OPEN);
      g_assert_cmpint (look.row->waiting_since_us, ==, i == 0 ? AT (1) : AT (3));
    }

  /* Taken back itself, it leaves all of it blocked. */
  mos_store_write_sync (t->store, &me, NULL, do_undo, &undoing, NULL, NULL, &error);
  g_assert_no_error (error);
  test_write (t->store, do_find, &rule);
  g_assert_cmpint (rule, ==, MOS_SENDER_BLOCK);
  for (guint i = 0; i < 3; i++)
    {
      const char *conversations[] = { one->conversation, other->conversation, three->conversation };
      g_auto (TestLook) look = { 0 };

      test_look (t->store, conversations[i], &look);
      g_assert_cmpstr (look.row->quarantine, ==, MOS_ACTION_BLOCKED_SENDER);
    }
}

static gboolean
do_ledger (MosTxn *txn,
           gpointer data,
           GError **error)
{
  return mos_store_ledger_load (txn, ACCOUNT, FALSE, data, error);
}

/* What is counted as in the quarantine is what is found there: an automatic answer in a conversation is here. */
static void
test_counted (void)
{
  g_autoptr (MosTestStore) t = test_desk_store ();
  g_autoptr (MosIngestResult) one = test_ingest (t->store, test_mail_one, MOS_FOLDER_INBOX, 1, AT (0));
  g_autoptr (MosIngestResult) reply = test_ingest (t->store, away, MOS_FOLDER_INBOX, 2, AT (1));
  g_autoptr (MosIngestResult) robot = test_ingest (t->store, robot_one, MOS_FOLDER_INBOX, 3, AT (2));
  g_autoptr (MosLedger) ledger = NULL;

  g_assert_cmpint (reply->outcome, ==, MOS_INGEST_QUARANTINED);
  g_assert_cmpint (robot->outcome, ==, MOS_INGEST_QUARANTINED);
  test_write (t->store, do_ledger, &ledger);
  g_assert_cmpuint (ledger->here, ==, 2);
  g_assert_cmpuint (ledger->quarantined, ==, 1);
}

/* One of several: the others stay what they are. */
static void
test_release_one (void)
{
  g_autoptr (MosTestStore) t = test_desk_store ();
  g_autoptr (MosIngestResult) one = test_ingest (t->store, test_mail_one, MOS_FOLDER_INBOX, 1, AT (0));
  g_autoptr (MosIngestResult) reply = test_ingest (t->store, away, MOS_FOLDER_INBOX, 2, AT (1));
  TestStatus closed = { one->conversation, MOS_STATUS_CLOSED, 0 };
  g_auto (TestLook) look = { 0 };

  g_assert_cmpstr (reply->conversation, ==, one->conversation);
  g_assert_cmpint (reply->outcome, ==, MOS_INGEST_QUARANTINED);
  test_write (t->store, test_do_status, &closed);
  test_write (t->store, do_release, reply->message);
  test_look (t->store, one->conversation, &look);
  g_assert_cmpint (look.row->status, ==, MOS_STATUS_OPEN);
  g_assert_false (test_look_find (&look, reply->message)->quarantined);
  g_assert_cmpint (test_look_find (&look, reply->message)->classification, ==, MOS_CLASSIFICATION_NORMAL);
}

/* What the server filed as spam waits apart until somebody takes it out, there or here. */
static void
test_junk (void)
{
  g_autoptr (MosTestStore) t = test_desk_store ();
  g_autoptr (MosIngestResult) junk = test_ingest (t->store, test_mail_one, MOS_FOLDER_JUNK, 1, AT (0));
  g_autoptr (MosIngestResult) moved = NULL;
  g_auto (TestLook) look = { 0 };

  g_assert_cmpint (junk->outcome, ==, MOS_INGEST_QUARANTINED);
  g_assert_cmpstr (junk->cause, ==, "junk");
  moved = test_ingest (t->store, test_mail_one, MOS_FOLDER_INBOX, 7, AT (0));
  g_assert_cmpint (moved->outcome, ==, MOS_INGEST_DUPLICATE);
  g_assert_cmpstr (moved->message, ==, junk->message);
  g_assert_true (moved->arrived);
  test_look (t->store, junk->conversation, &look);
  g_assert_null (look.row->quarantine);
  g_assert_cmpint (look.row->waiting_since_us, ==, AT (0));
}

int
main (int argc,
      char *argv[])
{
  mos_test_init (&argc, &argv);
  g_test_add_func ("/senders/allow", test_allow);
  g_test_add_func ("/senders/block-and-undo", test_block_and_undo);
  g_test_add_func ("/senders/counted", test_counted);
  g_test_add_func ("/senders/release-one", test_release_one);
  g_test_add_func ("/senders/junk", test_junk);
  return g_test_run ();
}
