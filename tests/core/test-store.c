/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-test"

#include "config.h"

#include "store-fixture.h"

#include "core/store/mos-store-once-through.h"

/* The way of a mail through the store, and what is kept about it. */

static gboolean
basic_func (MosTxn *txn,
            gpointer data,
            GCancellable *cancellable,
            GError **error)
{
  Fixture *f = data;

  fixture_account (txn, f);
  f->conversation = fixture_conversation (txn, f, "Where is my order?");
  fixture_message (txn, f, f->conversation, "m1", MOS_DIRECTION_INCOMING, 1000 * S, "Hello,\nwhere is order AB-1203?");
  fixture_message (txn, f, f->conversation, "m2", MOS_DIRECTION_INCOMING, 2000 * S, "Still waiting.");
  return TRUE;
}

static gboolean
basic_read (MosTxn *txn,
            gpointer data,
            GCancellable *cancellable,
            GError **error)
{
  Fixture *f = data;
  g_autoptr (MosConversationRow) row = NULL;
  g_autoptr (MosMessageRow) message = NULL;
  g_autoptr (GPtrArray) messages = NULL, counts = NULL;
  g_autoptr (GBytes) raw = NULL;

  g_assert_true (mos_store_conversation_find (txn, f->conversation, &row, error));
  g_assert_nonnull (row);
  g_assert_cmpstr (row->subject, ==, "Where is my order?");
  g_assert_cmpint (row->number, ==, 1);
  g_assert_cmpint (row->waiting_since_us, ==, 1000 * S);
  g_assert_cmpint (row->updated_us, ==, 2000 * S);
  g_assert_cmpuint (row->unread, ==, 2);
  g_assert_cmpuint (row->message_count, ==, 2);
  g_assert_cmpstr (row->snippet, ==, "Still waiting.");
  g_assert_cmpstr (row->account_name, ==, "Support");
  g_assert_cmpstr (row->customer_address, ==, "ana@example.com");

  messages = mos_store_message_list_of_conversation (txn, f->conversation, error);
  g_assert_nonnull (messages);
  g_assert_cmpuint (messages->len, ==, 2);
  message = mos_message_row_ref (messages->pdata[0]);
  g_assert_cmpstr (message->text, ==, "Hello,\nwhere is order AB-1203?");
  g_assert_true (mos_store_message_load_raw (txn, message->id, &raw, error));
  g_assert_cmpmem (g_bytes_get_data (raw, NULL), g_bytes_get_size (raw), "raw m1", 6);

  counts = mos_store_conversation_list_counts (txn, "nobody", error);
  g_assert_nonnull (counts);
  g_assert_cmpuint (counts->len, ==, MOS_VIEW_DELETED + 2);
  g_assert_cmpuint (((MosViewCount *) counts->pdata[MOS_VIEW_UNASSIGNED])->count, ==, 1);
  g_assert_cmpuint (((MosViewCount *) counts->pdata[MOS_VIEW_WAITING])->count, ==, 1);
  return TRUE;
}

static void
test_basic (void)
{
  g_autoptr (Fixture) f = fixture_new ();

  fixture_write (f, NULL, basic_func);
  fixture_read (f, basic_read);
  fixture_check (f);
  fixture_reopen (f);
  fixture_read (f, basic_read);
}

static gboolean
turn_func (MosTxn *txn,
           gpointer data,
           GCancellable *cancellable,
           GError **error)
{
  Fixture *f = data;
  g_autoptr (MosConversationRow) row = NULL;
  gint64 n = 0, total = 0;

  /* An automatic acknowledgement does not answer, a human's reply does. */
  fixture_message_full (txn, f, f->conversation, "a1", MOS_DIRECTION_OUTGOING, 2100 * S, "We got it.", TRUE);
  g_assert_true (mos_store_conversation_find (txn, f->conversation, &row, error));
  g_assert_cmpint (row->waiting_since_us, ==, 1000 * S);
  g_clear_pointer (&row, mos_conversation_row_unref);

  fixture_message_full (txn, f, f->conversation, "a2", MOS_DIRECTION_OUTGOING, 3000 * S, "It is on its way.", FALSE);
  g_assert_true (mos_store_conversation_find (txn, f->conversation, &row, error));
  g_assert_cmpint (row->waiting_since_us, ==, 0);
  g_clear_pointer (&row, mos_conversation_row_unref);

  /* FRT from the first message to the first human answer; in the same transaction. */
  g_assert_true (mos_txn_flush (txn, error));
  g_assert_true (mos_database_get_int (txn->database, &n, error, "SELECT count (*) FROM fact_conversation WHERE responded_at <> 0", ""));
  g_assert_true (mos_database_get_int (txn->database, &total, error, "SELECT sum (responded_at - first_in) FROM fact_conversation WHERE responded_at <> 0", ""));
  g_assert_cmpint (n, ==, 1);
  g_assert_cmpint (total, ==, 2000 * S);

  /* It failed: the customer waits again, since the beginning. */
  g_assert_true (mos_store_message_set_delivery (txn, "a2", MOS_DELIVERY_FAILED, "refused", "550 no", error));
  g_assert_true (mos_store_conversation_find (txn, f->conversation, &row, error));
  g_assert_cmpint (row->waiting_since_us, ==, 1000 * S);
  g_assert_true (row->has_failed);
  return TRUE;
}

static void
test_turn (void)
{
  g_autoptr (Fixture) f = fixture_new ();

  fixture_write (f, NULL, basic_func);
  fixture_write (f, NULL, turn_func);
  fixture_check (f);
}

static gboolean
close_func (MosTxn *txn,
            gpointer data,
            GCancellable *cancellable,
            GError **error)
{
  Fixture *f = data;

  return mos_store_conversation_set_status (txn, f->conversation, MOS_STATUS_CLOSED, 0, error);
}

static gboolean
reopen_func (MosTxn *txn,
             gpointer data,
             GCancellable *cancellable,
             GError **error)
{
  Fixture *f = data;

  return mos_store_conversation_set_status (txn, f->conversation, MOS_STATUS_OPEN, 0, error);
}

static gboolean
waits_func (MosTxn *txn,
            gpointer data,
            GCancellable *cancellable,
            GError **error)
{
  Fixture *f = data;
  g_autoptr (MosConversationRow) row = NULL;

  g_assert_true (mos_store_conversation_find (txn, f->conversation, &row, error));
  f->number = row->waiting_since_us != 0;
  return TRUE;
}

/* Closed and opened again by a person, nothing answered: the customer still waits. Reopened by the system, his turn was over. */
static void
test_reopen (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  const MosActor human = { MOS_ACTOR_HUMAN, NULL };

  fixture_write (f, NULL, basic_func);
  g_assert_true (mos_store_write_sync (f->store, &human, "close", close_func, f, NULL, NULL, NULL));
  fixture_read (f, waits_func);
  g_assert_cmpuint (f->number, ==, 0);
  g_assert_true (mos_store_write_sync (f->store, &human, "open", reopen_func, f, NULL, NULL, NULL));
  fixture_read (f, waits_func);
  g_assert_cmpuint (f->number, ==, 1);
  fixture_check (f);

  g_assert_true (mos_store_write_sync (f->store, &human, "close", close_func, f, NULL, NULL, NULL));
  g_assert_true (mos_store_write_sync (f->store, NULL, NULL, reopen_func, f, NULL, NULL, NULL));
  fixture_read (f, waits_func);
  g_assert_cmpuint (f->number, ==, 0);
  fixture_check (f);
}

/* Taken for work at first, then found to be old mail: it leaves the measures. Taken up again, what happens from then on counts. */
static gboolean
archive_func (MosTxn *txn,
              gpointer data,
              GCancellable *cancellable,
              GError **error)
{
  Fixture *f = data;
  gint64 n = -1;

  fixture_message_full (txn, f, f->conversation, "b1", MOS_DIRECTION_OUTGOING, 3000 * S, "It is on its way.", FALSE);
  g_assert_true (mos_store_conversation_set_status (txn, f->conversation, MOS_STATUS_CLOSED, 0, error));
  g_assert_true (mos_txn_flush (txn, error));
  g_assert_true (mos_database_get_int (txn->database, &n, error, "SELECT (SELECT count (*) FROM fact_turn) + (SELECT count (*) FROM fact_close) + (SELECT count (*) FROM fact_pack WHERE length (pack) > 0)", ""));
  g_assert_cmpint (n, ==, 3);

  g_assert_true (mos_store_conversation_set_archive (txn, f->conversation, TRUE, error));
  g_assert_true (mos_txn_flush (txn, error));
  g_assert_true (mos_database_get_int (txn->database, &n, error, "SELECT (SELECT count (*) FROM fact_turn) + (SELECT count (*) FROM fact_close) + (SELECT count (*) FROM fact_pack WHERE length (pack) > 0)", ""));
  g_assert_cmpint (n, ==, 0);

  g_assert_true (mos_store_conversation_set_archive (txn, f->conversation, FALSE, error));
  fixture_message (txn, f, f->conversation, "b2", MOS_DIRECTION_INCOMING, 9000 * S, "And now it is broken.");
  fixture_message_full (txn, f, f->conversation, "b3", MOS_DIRECTION_OUTGOING, 9600 * S, "Sorry!", FALSE);
  g_assert_true (mos_txn_flush (txn, error));
  g_assert_true (mos_database_get_int (txn->database, &n, error, "SELECT count (*) FROM fact_turn", ""));
  g_assert_cmpint (n, ==, 1);
  g_assert_true (mos_database_get_int (txn->database, &n, error, "SELECT first_response FROM fact_turn", ""));
  g_assert_cmpint (n, ==, 600 * S);
  return TRUE;
}

static void
test_archive (void)
{
  g_autoptr (Fixture) f = fixture_new ();

  fixture_write (f, NULL, basic_func);
  fixture_write (f, NULL, archive_func);
  fixture_check (f);
}

static gint64
get_place (MosTxn *txn)
{
  gint64 place = 0;

  g_assert_true (mos_database_get_int (txn->database, &place, NULL, "PRAGMA cache_size", ""));
  return place;
}

/* Whoever goes through all of it leaves the connection as it was, also one within another. */
static gboolean
do_once_through (MosTxn *txn,
                 gpointer data,
                 GCancellable *cancellable,
                 GError **error)
{
  const gint64 place = get_place (txn);
  MosOnceThrough once, within;

  mos_once_through_begin (&once, txn);
  g_assert_cmpint (get_place (txn), !=, place);
  mos_once_through_begin (&within, txn);
  mos_once_through_end (&within);
  g_assert_cmpint (get_place (txn), !=, place);
  mos_once_through_end (&once);
  g_assert_cmpint (get_place (txn), ==, place);
  mos_once_through_end (&once);
  g_assert_cmpint (get_place (txn), ==, place);
  return TRUE;
}

/* What is written has its place. */
static gboolean
do_once_through_writing (MosTxn *txn,
                         gpointer data,
                         GCancellable *cancellable,
                         GError **error)
{
  const gint64 place = get_place (txn);
  MosOnceThrough once;

  mos_once_through_begin (&once, txn);
  g_assert_cmpint (get_place (txn), ==, place);
  mos_once_through_end (&once);
  g_assert_cmpint (get_place (txn), ==, place);
  return TRUE;
}

/* Cancelled while a statement still runs: until that is over the connection does nothing more. */
static gboolean
do_once_through_cancelled (MosTxn *txn,
                           gpointer data,
                           GCancellable *cancellable,
                           GError **error)
{
  g_autoptr (MosStatement) statement = mos_database_query (txn->database, error, "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n", "");
  MosOnceThrough once;

  mos_once_through_begin (&once, txn);
  g_assert_true (mos_statement_step (statement, error));
  g_cancellable_cancel (cancellable);
  mos_once_through_end (&once);
  return !g_cancellable_set_error_if_cancelled (cancellable, error);
}

static gboolean
do_get_place (MosTxn *txn,
              gpointer data,
              GCancellable *cancellable,
              GError **error)
{
  *(gint64 *) data = get_place (txn);
  return TRUE;
}

static void
test_once_through (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  gint64 before, after;

  fixture_read (f, do_once_through);
  g_assert_true (mos_store_read_sync (f->store, do_get_place, &before, NULL, NULL));
  g_assert_false (mos_store_read_sync (f->store, do_once_through_cancelled, NULL, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_true (mos_store_read_sync (f->store, do_get_place, &after, NULL, NULL));
  g_assert_cmpint (after, ==, before);
  fixture_write (f, NULL, do_once_through_writing);
  fixture_check (f);
}

static gboolean
do_read_and_cancel (MosTxn *txn,
                    gpointer data,
                    GCancellable *cancellable,
                    GError **error)
{
  *(char **) data = g_strdup ("read");
  g_cancellable_cancel (cancellable);
  return TRUE;
}

/* Nobody but who waited can free what was read for them. */
static void
test_read_and_cancelled (void)
{
  g_autoptr (MosTestStore) f = mos_test_store_new ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autofree char *words = NULL;
  g_autofree char *none = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (mos_store_read_sync (f->store, do_read_and_cancel, &words, cancellable, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (words, ==, "read");
  g_assert_false (mos_store_read_sync (f->store, do_read_and_cancel, &none, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_null (none);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/store/message/way", test_basic);
  g_test_add_func ("/store/message/turn", test_turn);
  g_test_add_func ("/store/waiting/reopened-by-hand", test_reopen);
  g_test_add_func ("/store/message/archive", test_archive);
  g_test_add_func ("/store/once-through", test_once_through);
  g_test_add_func ("/store/read-and-cancelled", test_read_and_cancelled);

  return g_test_run ();
}
