/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "desk-fixture.h"

#include "core/desk/mos-actions.h"
#include "core/store/mos-store-accounts.h"
#include "core/store/mos-store-folders.h"
#include "core/store/mos-store-moves.h"
#include "core/store/mos-store-senders.h"

/* Spam, and what is to become of it on the server. */

#define AT(minute) (G_GINT64_CONSTANT (1772438400000000) + (minute) * 60 * G_USEC_PER_SEC)

static const char ad[] = "From: Ad <ad@pills.example>\nTo: support@shop.example\nSubject: Buy\nMessage-ID: <ad1@p.example>\n\nCheap\n";
static const char junk[] = "From: Marta <marta@mail.example>\nTo: support@shop.example\nSubject: Order\nMessage-ID: <m1@m.example>\n\nWhere is it?\n";

typedef struct
{
  const char *conversation;
  const char *message;
  gboolean block;
  gboolean stays;
  GPtrArray *moves; /* (owned) */
  MosServerMove *move;
  gint64 batch;
  MosSenderRule rule;
  GPtrArray *causes; /* (owned) */
} Step;

static gboolean
do_spam (MosTxn *txn,
         gpointer data,
         GCancellable *cancellable,
         GError **error)
{
  Step *step = data;
  const char *ids[] = { step->conversation, NULL };

  return mos_action_mark_spam (txn, ids, step->block, error);
}

static gboolean
do_not_spam (MosTxn *txn,
             gpointer data,
             GError **error)
{
  Step *step = data;
  const char *ids[] = { step->conversation, NULL };

  return mos_action_mark_not_spam (txn, ids, error);
}

static gboolean
do_undo (MosTxn *txn,
         gpointer data,
         GError **error)
{
  Step *step = data;
  g_autofree char *label = NULL;

  return mos_action_undo (txn, step->batch, &label, error);
}

static gboolean
do_list (MosTxn *txn,
         gpointer data,
         GError **error)
{
  Step *step = data;

  g_clear_pointer (&step->moves, g_ptr_array_unref);
  step->moves = mos_store_move_list (txn, ACCOUNT, error);
  return step->moves != NULL;
}

static gboolean
do_finish (MosTxn *txn,
           gpointer data,
           GError **error)
{
  Step *step = data;

  return mos_store_move_finish (txn, step->move, error);
}

static gboolean
do_rule (MosTxn *txn,
         gpointer data,
         GError **error)
{
  Step *step = data;

  return mos_store_sender_find (txn, "ad@pills.example", &step->rule, error);
}

static gboolean
do_stay (MosTxn *txn,
         gpointer data,
         GError **error)
{
  g_autoptr (MosAccount) account = NULL;

  if (!mos_store_account_find (txn, ACCOUNT, &account, error))
    return FALSE;
  account->spam_stays = TRUE;
  return mos_store_account_save (txn, account, error);
}

static gboolean
do_causes (MosTxn *txn,
           gpointer data,
           GError **error)
{
  Step *step = data;

  step->causes = mos_store_conversation_list_causes (txn, error);
  return step->causes != NULL;
}

static void
mark_spam (MosStore *store,
           Step *step)
{
  g_autoptr (GError) error = NULL;
  MosActor me = { MOS_ACTOR_HUMAN, NULL };

  g_assert_true (mos_store_write_sync (store, &me, "spam", do_spam, step, &step->batch, NULL, &error));
  g_assert_no_error (error);
}

static guint
count_moves (MosStore *store,
             Step *step)
{
  test_write (store, do_list, step);
  return step->moves->len;
}

static gboolean
is_removed (MosStore *store,
            const char *conversation,
            const char *message)
{
  g_auto (TestLook) look = { 0 };

  test_look (store, conversation, &look);
  return test_look_find (&look, message)->removed_on_server;
}

static gboolean
do_gone (MosTxn *txn,
         gpointer data,
         GError **error)
{
  g_autofree char *folder = mos_store_folder_id (ACCOUNT, "INBOX");

  return mos_store_location_set_removed (txn, folder, 1, GPOINTER_TO_UINT (data), error);
}

static void
test_moves (void)
{
  g_autoptr (MosTestStore) t = test_desk_store ();
  g_autoptr (MosIngestResult) one = test_ingest (t->store, ad, MOS_FOLDER_INBOX, 7, AT (0));
  Step step = { .conversation = one->conversation, .message = one->message };
  MosServerMove *move;

  g_assert_cmpuint (count_moves (t->store, &step), ==, 0);
  mark_spam (t->store, &step);
  g_assert_cmpuint (count_moves (t->store, &step), ==, 1);
  move = step.moves->pdata[0];
  g_assert_cmpint (move->role, ==, MOS_FOLDER_JUNK);
  g_assert_cmpstr (move->folder, ==, "INBOX");
  g_assert_cmpuint (move->uid, ==, 7);
  g_assert_cmpstr (move->message_id, ==, "ad1@p.example");

  /* Taken back before anybody moved it: as if nothing had been. */
  test_write (t->store, do_undo, &step);
  g_assert_cmpuint (count_moves (t->store, &step), ==, 0);

  mark_spam (t->store, &step);
  g_assert_cmpuint (count_moves (t->store, &step), ==, 1);
  step.move = step.moves->pdata[0];
  test_write (t->store, do_finish, &step);
  g_assert_cmpuint (count_moves (t->store, &step), ==, 0);
  /* The next pass does not find it in the inbox: that is no news. */
  test_write (t->store, do_gone, GUINT_TO_POINTER (7));
  g_assert_false (is_removed (t->store, one->conversation, one->message));

  /* An undo moves it back, to where it was. */
  test_write (t->store, do_undo, &step);
  g_assert_cmpuint (count_moves (t->store, &step), ==, 1);
  move = step.moves->pdata[0];
  g_assert_cmpint (move->role, ==, MOS_FOLDER_INBOX);
  g_assert_cmpstr (move->origin, ==, "INBOX");
  g_assert_null (move->folder);
  step.move = move;
  test_write (t->store, do_finish, &step);
  g_assert_cmpuint (count_moves (t->store, &step), ==, 0);
  g_clear_pointer (&step.moves, g_ptr_array_unref);
}

static void
test_stays (void)
{
  g_autoptr (MosTestStore) t = test_desk_store ();
  g_autoptr (MosIngestResult) one = test_ingest (t->store, ad, MOS_FOLDER_INBOX, 7, AT (0));
  Step step = { .conversation = one->conversation };

  test_write (t->store, do_stay, &step);
  mark_spam (t->store, &step);
  g_assert_cmpuint (count_moves (t->store, &step), ==, 0);
  g_clear_pointer (&step.moves, g_ptr_array_unref);
}

static void
test_refused (void)
{
  g_autoptr (MosTestStore) t = test_desk_store ();
  g_autoptr (MosIngestResult) one = test_ingest (t->store, ad, MOS_FOLDER_INBOX, 7, AT (0));
  g_autoptr (MosServerMove) refused = mos_server_move_new ();
  Step step = { .conversation = one->conversation, .move = refused };

  mark_spam (t->store, &step);
  refused->message = g_strdup (one->message);
  refused->role = MOS_FOLDER_JUNK;
  refused->refused = g_strdup ("No such folder");
  test_write (t->store, do_finish, &step);
  /* It is not asked again, and nothing is to be moved back. */
  g_assert_cmpuint (count_moves (t->store, &step), ==, 0);
  test_write (t->store, do_not_spam, &step);
  g_assert_cmpuint (count_moves (t->store, &step), ==, 0);
  g_clear_pointer (&step.moves, g_ptr_array_unref);
}

static void
test_elsewhere (void)
{
  g_autoptr (MosTestStore) t = test_desk_store ();
  g_autoptr (MosIngestResult) one = test_ingest (t->store, ad, MOS_FOLDER_INBOX, 7, AT (0));
  g_autoptr (MosIngestResult) again = NULL;
  Step step = { .conversation = one->conversation };
  g_auto (TestLook) look = { 0 };

  g_test_summary ("Taken out of Junk with another program: it is no spam here either.");
  mark_spam (t->store, &step);
  count_moves (t->store, &step);
  step.move = step.moves->pdata[0];
  test_write (t->store, do_finish, &step);
  again = test_ingest (t->store, ad, MOS_FOLDER_INBOX, 9, AT (0));
  g_assert_cmpstr (again->message, ==, one->message);
  test_look (t->store, one->conversation, &look);
  g_assert_cmpint (look.row->status, ==, MOS_STATUS_OPEN);
  g_assert_cmpuint (count_moves (t->store, &step), ==, 0);
  g_clear_pointer (&step.moves, g_ptr_array_unref);
}

static void
test_copied (void)
{
  g_autoptr (MosTestStore) t = test_desk_store ();
  g_autoptr (MosIngestResult) one = test_ingest (t->store, ad, MOS_FOLDER_INBOX, 7, AT (0));
  g_autoptr (GPtrArray) batch = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_incoming_unref);
  g_autoptr (GError) error = NULL;
  Step step = { .conversation = one->conversation };
  g_auto (TestLook) look = { 0 };
  MosIncoming *still = test_make_incoming (ad, MOS_FOLDER_INBOX, 7, AT (0));

  g_test_summary ("A server that only copies to Junk shows the mail in the inbox still, marked as deleted: nobody took it out.");
  mark_spam (t->store, &step);
  count_moves (t->store, &step);
  step.move = step.moves->pdata[0];
  test_write (t->store, do_finish, &step);
  still->flags = MOS_MESSAGE_FLAG_DELETED;
  g_ptr_array_add (batch, still);
  g_assert_true (mos_ingest_batch_sync (t->store, batch, NULL, NULL, &error));
  g_assert_no_error (error);
  test_look (t->store, one->conversation, &look);
  g_assert_cmpint (look.row->status, ==, MOS_STATUS_SPAM);
  g_assert_cmpuint (count_moves (t->store, &step), ==, 0);
  g_clear_pointer (&step.moves, g_ptr_array_unref);
}

static void
test_server_junk (void)
{
  g_autoptr (MosTestStore) t = test_desk_store ();
  g_autoptr (MosIngestResult) one = test_ingest (t->store, junk, MOS_FOLDER_JUNK, 3, AT (0));
  Step step = { .conversation = one->conversation };
  g_auto (TestLook) look = { 0 };

  g_test_summary ("What the server took for spam goes back to the inbox when a person says that it is none.");
  g_assert_cmpint (one->outcome, ==, MOS_INGEST_QUARANTINED);
  test_write (t->store, do_not_spam, &step);
  /* Marked as spam by a person it leaves the quarantine, too. */
  mark_spam (t->store, &step);
  test_look (t->store, one->conversation, &look);
  g_assert_null (look.row->quarantine);
  g_assert_cmpint (look.row->status, ==, MOS_STATUS_SPAM);
  test_write (t->store, do_not_spam, &step);
  g_assert_cmpuint (count_moves (t->store, &step), ==, 1);
  g_assert_cmpint (((MosServerMove *) step.moves->pdata[0])->role, ==, MOS_FOLDER_INBOX);
  g_assert_cmpuint (((MosServerMove *) step.moves->pdata[0])->uid, ==, 3);
  g_clear_pointer (&step.moves, g_ptr_array_unref);
}

static void
test_block (void)
{
  g_autoptr (MosTestStore) t = test_desk_store ();
  g_autoptr (MosIngestResult) one = test_ingest (t->store, ad, MOS_FOLDER_INBOX, 7, AT (0));
  Step step = { .conversation = one->conversation, .block = TRUE };

  mark_spam (t->store, &step);
  test_write (t->store, do_rule, &step);
  g_assert_cmpint (step.rule, ==, MOS_SENDER_BLOCK);
  /* One step, taken back as one. */
  test_write (t->store, do_undo, &step);
  test_write (t->store, do_rule, &step);
  g_assert_cmpint (step.rule, ==, MOS_SENDER_NONE);
  mark_spam (t->store, &step);
  test_write (t->store, do_not_spam, &step);
  test_write (t->store, do_rule, &step);
  g_assert_cmpint (step.rule, ==, MOS_SENDER_NONE);
}

static void
test_causes (void)
{
  static const char robot[] = "From: r%u@s.example\nTo: support@shop.example\nSubject: A %u\nMessage-ID: <r%u@s>\nAuto-Submitted: auto-replied\n\nOne\n";
  g_autoptr (MosTestStore) t = test_desk_store ();
  g_autoptr (MosIngestResult) one = test_ingest (t->store, junk, MOS_FOLDER_JUNK, 3, AT (0));
  Step step = { 0 };

  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *mail = g_strdup_printf (robot, i, i, i);
      g_autoptr (MosIngestResult) result = test_ingest (t->store, mail, MOS_FOLDER_INBOX, 20 + i, AT (1 + i));

      g_assert_cmpint (result->outcome, ==, MOS_INGEST_QUARANTINED);
    }
  test_write (t->store, do_causes, &step);
  g_assert_cmpuint (step.causes->len, ==, 2);
  g_assert_cmpuint (((MosCauseCount *) step.causes->pdata[0])->count, ==, 2);
  g_assert_cmpstr (((MosCauseCount *) step.causes->pdata[1])->cause, ==, "junk");
  g_assert_cmpuint (((MosCauseCount *) step.causes->pdata[1])->count, ==, 1);
  g_ptr_array_unref (step.causes);
}

static gboolean
do_images (MosTxn *txn,
           gpointer data,
           GError **error)
{
  gboolean is = FALSE;
  g_autoptr (GPtrArray) all = NULL;

  g_assert_true (mos_store_image_sender_find (txn, "News@Shop.example", &is, error));
  g_assert_false (is);
  g_assert_true (mos_store_image_sender_set (txn, "News@Shop.example", TRUE, error));
  g_assert_true (mos_store_image_sender_set (txn, "news@shop.example", TRUE, error));
  g_assert_true (mos_store_image_sender_find (txn, "news@SHOP.example", &is, error));
  g_assert_true (is);
  all = mos_store_image_sender_list (txn, error);
  g_assert_cmpuint (all->len, ==, 1);
  g_assert_cmpstr (all->pdata[0], ==, "news@shop.example");
  g_assert_true (mos_store_image_sender_set (txn, "news@shop.example", FALSE, error));
  g_assert_true (mos_store_image_sender_find (txn, "news@shop.example", &is, error));
  g_assert_false (is);
  return TRUE;
}

static void
test_image_senders (void)
{
  g_autoptr (MosTestStore) t = test_desk_store ();

  test_write (t->store, do_images, NULL);
}

int
main (int argc,
      char **argv)
{
  mos_test_init (&argc, &argv);
  g_test_add_func ("/spam/moves", test_moves);
  g_test_add_func ("/spam/stays", test_stays);
  g_test_add_func ("/spam/refused", test_refused);
  g_test_add_func ("/spam/elsewhere", test_elsewhere);
  g_test_add_func ("/spam/copied", test_copied);
  g_test_add_func ("/spam/server-junk", test_server_junk);
  g_test_add_func ("/spam/block", test_block);
  g_test_add_func ("/spam/causes", test_causes);
  g_test_add_func ("/spam/image-senders", test_image_senders);
  return g_test_run ();
}
