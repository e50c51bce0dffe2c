/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "desk-fixture.h"

#include "core/desk/mos-actions.h"
#include "core/desk/mos-desk-host.h"
#include "core/desk/mos-desk-private.h"
#include "core/desk/mos-lists.h"
#include "core/desk/mos-rows.h"
#include "core/store/mos-store-folders.h"
#include "core/store/mos-store-outbox.h"

#include <string.h>

/* What the channels tell the desk, and what the desk tells the window of it. */

#define HOUR_US ((gint64) 3600 * G_USEC_PER_SEC)

static MosChannelHost *
make_host (MosTestStore *t)
{
  return MOS_CHANNEL_HOST (mos_desk_host_new (t->store));
}

static char *
make_mail (guint n,
           const char *more)
{
  return g_strdup_printf ("From: Ana <ana%u@mail.example>\nTo: support@shop.example\nSubject: Question %u\nMessage-ID: <m%u@mail.example>\n%s"
                          "Date: Mon, 02 Mar 2026 08:00:00 +0000\n\nHello\n",
                          n, n, n, more);
}

/* --- who did it --- */

static MosMessageRow *
last_status_event (TestLook *look)
{
  MosMessageRow *last = NULL;

  for (guint i = 0; i < look->messages->len; i++)
    {
      MosMessageRow *row = g_ptr_array_index (look->messages, i);

      if (row->direction == MOS_DIRECTION_EVENT && g_strcmp0 (row->event_kind, "status") == 0)
        last = row;
    }
  g_assert_nonnull (last);
  return last;
}

/* A bounce and a customer's answer come in one batch: each has its own actor. */
static void
test_actor (void)
{
  g_autoptr (MosTestStore) t = test_desk_store ();
  g_autofree char *other = make_mail (7, "");
  g_autoptr (MosIngestResult) first = test_ingest (t->store, test_mail_one, MOS_FOLDER_INBOX, 1, MOS_TEST_NOW_US);
  g_autoptr (MosIngestResult) second = test_ingest (t->store, other, MOS_FOLDER_INBOX, 2, MOS_TEST_NOW_US);
  TestStatus close = { first->conversation, MOS_STATUS_CLOSED, 0 };
  g_auto (TestReply) reply = { second->conversation };
  g_autoptr (GPtrArray) batch = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_incoming_unref);
  g_autofree char *bounce = NULL;
  g_auto (TestLook) answered = { 0 };
  g_auto (TestLook) bounced = { 0 };
  g_autoptr (GError) error = NULL;

  mos_manual_clock_advance (MOS_MANUAL_CLOCK (t->clock), G_USEC_PER_SEC);
  test_write (t->store, test_do_reply, &reply);
  test_write (t->store, test_do_status, &close);
  bounce = test_make_bounce (reply.message_id);
  mos_manual_clock_advance (MOS_MANUAL_CLOCK (t->clock), G_USEC_PER_SEC);
  g_ptr_array_add (batch, test_make_incoming (test_mail_two, MOS_FOLDER_INBOX, 3, MOS_TEST_NOW_US + 5 * G_USEC_PER_SEC));
  g_ptr_array_add (batch, test_make_incoming (bounce, MOS_FOLDER_INBOX, 4, MOS_TEST_NOW_US + 5 * G_USEC_PER_SEC));
  mos_ingest_batch_sync (t->store, batch, NULL, NULL, &error);
  g_assert_no_error (error);

  test_look (t->store, second->conversation, &bounced);
  g_assert_cmpint (bounced.row->status, ==, MOS_STATUS_OPEN);
  g_assert_cmpstr (last_status_event (&bounced)->event_to, ==, "open");
  g_assert_cmpint (last_status_event (&bounced)->actor_kind, ==, MOS_ACTOR_SYSTEM);
  test_look (t->store, first->conversation, &answered);
  g_assert_cmpint (answered.row->status, ==, MOS_STATUS_OPEN);
  g_assert_cmpstr (last_status_event (&answered)->event_to, ==, "open");
  g_assert_cmpint (last_status_event (&answered)->actor_kind, ==, MOS_ACTOR_CUSTOMER);
  g_assert_cmpstr (last_status_event (&answered)->actor_name, ==, "Ana");
}

/* --- another UIDVALIDITY --- */

static MosRematch *
make_candidate (guint32 uid,
                const char *message_id,
                gint64 received_us)
{
  MosRematch *candidate = mos_rematch_new ();

  candidate->uid = uid;
  candidate->message_id = g_strdup (message_id);
  candidate->received_us = received_us;
  candidate->flags = MOS_MESSAGE_FLAG_SEEN;
  return candidate;
}

static void
test_rematch (void)
{
  g_autoptr (MosTestStore) t = test_desk_store ();
  g_autoptr (MosChannelHost) host = make_host (t);
  g_autoptr (MosFolderState) state = mos_folder_state_new ();
  g_autoptr (MosFolderState) after = NULL;
  g_autoptr (GPtrArray) candidates = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_rematch_unref);
  g_autoptr (GPtrArray) batch = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_incoming_unref);
  g_autoptr (GArray) unknown = NULL;
  MosIngestResult *results[4] = { NULL };
  g_autoptr (GError) error = NULL;
  MosSyncCounts counts = { 0 };

  state->account = g_strdup (ACCOUNT);
  state->folder = g_strdup ("INBOX");
  state->role = MOS_FOLDER_INBOX;
  state->uidvalidity = 1;
  state->uidnext = 9;
  state->modseq = 77;
  state->first_sync_done = TRUE;
  state->places = g_array_new (FALSE, FALSE, sizeof (MosPlace));
  g_assert_true (mos_channel_host_save_folder_sync (host, state, NULL, &error));
  for (guint i = 0; i < 4; i++)
    {
      g_autofree char *mail = make_mail (i, "");

      results[i] = test_ingest (t->store, mail, MOS_FOLDER_INBOX, i + 1, MOS_TEST_NOW_US - i * HOUR_US);
    }

  /* The first is itself; the second's time does not fit; the third is gone; one is new; one has no Message-ID. */
  g_ptr_array_add (candidates, make_candidate (101, "m0@mail.example", MOS_TEST_NOW_US + G_USEC_PER_SEC));
  g_ptr_array_add (candidates, make_candidate (102, "m1@mail.example", MOS_TEST_NOW_US));
  g_ptr_array_add (candidates, make_candidate (103, "strange@mail.example", MOS_TEST_NOW_US));
  g_ptr_array_add (candidates, make_candidate (104, NULL, MOS_TEST_NOW_US - 3 * HOUR_US));
  g_assert_true (mos_channel_host_rematch_sync (host, ACCOUNT, "INBOX", MOS_FOLDER_INBOX, 2, candidates, &unknown, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (unknown->len, ==, 3);
  for (guint i = 0; i < unknown->len; i++)
    g_assert_cmpuint (g_array_index (unknown, guint32, i), ==, 102 + i);

  after = mos_channel_host_load_folder_sync (host, ACCOUNT, "INBOX", NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (after->uidvalidity, ==, 2);
  g_assert_cmpuint (after->modseq, ==, 0);
  /* Nobody is told of old mail as of news, and the first sync does not begin again. */
  g_assert_true (after->first_sync_done);
  g_assert_cmpuint (after->places->len, ==, 1);
  g_assert_cmpuint (g_array_index (after->places, MosPlace, 0).uid, ==, 101);
  for (guint i = 0; i < 4; i++)
    {
      g_auto (TestLook) look = { 0 };

      test_look (t->store, results[i]->conversation, &look);
      g_assert_cmpint (test_look_find (&look, results[i]->message)->removed_on_server, ==, i != 0);
    }

  /* What the server has is met by its bytes: no second message, and no mark any more. */
  for (guint i = 1; i < 4; i += 2)
    {
      g_autofree char *mail = make_mail (i, "");
      MosIncoming *incoming = test_make_incoming (mail, MOS_FOLDER_INBOX, i == 1 ? 102 : 104, MOS_TEST_NOW_US - i * HOUR_US);

      incoming->uidvalidity = 2;
      g_ptr_array_add (batch, incoming);
    }
  g_assert_true (mos_channel_host_ingest_sync (host, batch, MOS_INGEST_DEFAULT, &counts, NULL, &error));
  g_assert_cmpuint (counts.added, ==, 0);
  for (guint i = 0; i < 4; i++)
    {
      g_auto (TestLook) look = { 0 };

      test_look (t->store, results[i]->conversation, &look);
      g_assert_cmpuint (look.row->message_count, ==, 1);
      g_assert_cmpint (test_look_find (&look, results[i]->message)->removed_on_server, ==, i == 2);
      mos_ingest_result_unref (results[i]);
    }
}

static gboolean
do_mark_unread (MosTxn *txn,
                gpointer data,
                GError **error)
{
  const char *ids[] = { data, NULL };

  return mos_action_set_read (txn, ids, FALSE, error);
}

static gboolean
do_gone (MosTxn *txn,
         gpointer data,
         GError **error)
{
  g_autofree char *folder = mos_store_folder_id (ACCOUNT, "INBOX");

  return mos_store_location_set_removed (txn, folder, 1, GPOINTER_TO_UINT (data), error);
}

/* Met in another folder, \Seen there. Returns whether it is unread after that. */
static gboolean
meet_seen (MosStore *store,
           const char *mail,
           MosIngestResult *known,
           guint32 uid)
{
  MosIncoming *incoming = test_make_incoming (mail, MOS_FOLDER_ARCHIVE, uid, MOS_TEST_NOW_US);
  g_autoptr (GPtrArray) batch = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_incoming_unref);
  g_autoptr (GError) error = NULL;
  g_auto (TestLook) look = { 0 };

  g_set_str (&incoming->folder, "Archive");
  incoming->flags = MOS_MESSAGE_FLAG_SEEN;
  g_ptr_array_add (batch, incoming);
  g_assert_true (mos_ingest_batch_sync (store, batch, NULL, NULL, &error));
  g_assert_no_error (error);
  test_look (store, known->conversation, &look);
  return test_look_find (&look, known->message)->unread;
}

static void
test_read_and_moved (void)
{
  g_autoptr (MosTestStore) t = test_desk_store ();
  g_autofree char *mail = make_mail (0, "");
  g_autofree char *other = make_mail (1, "");
  g_autoptr (MosIngestResult) one = test_ingest (t->store, mail, MOS_FOLDER_INBOX, 1, MOS_TEST_NOW_US);
  g_autoptr (MosIngestResult) two = NULL;
  g_auto (TestLook) look = { 0 };

  g_test_summary ("Read on a phone and moved from there: it is read here too, unless it lies unread in the inbox still, or a person here wants it unread.");
  test_look (t->store, one->conversation, &look);
  g_assert_true (test_look_find (&look, one->message)->unread);
  g_assert_true (meet_seen (t->store, mail, one, 5));
  test_write (t->store, do_gone, GUINT_TO_POINTER (1));
  g_assert_false (meet_seen (t->store, mail, one, 6));

  two = test_ingest (t->store, other, MOS_FOLDER_INBOX, 2, MOS_TEST_NOW_US);
  test_write (t->store, do_gone, GUINT_TO_POINTER (2));
  g_assert_false (meet_seen (t->store, other, two, 7));
  test_write (t->store, do_mark_unread, two->conversation);
  g_assert_true (meet_seen (t->store, other, two, 8));
}

static void
test_rematch_two (void)
{
  g_autoptr (MosTestStore) t = test_desk_store ();
  g_autoptr (MosChannelHost) host = make_host (t);
  g_autoptr (GPtrArray) candidates = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_rematch_unref);
  g_autoptr (GPtrArray) batch = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_incoming_unref);
  g_autoptr (GArray) unknown = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *one = make_mail (0, "");
  g_autofree char *other = g_strconcat (one, "A line that only the copy over the list has.\n", NULL);
  g_autoptr (MosIngestResult) result = test_ingest (t->store, one, MOS_FOLDER_INBOX, 1, MOS_TEST_NOW_US);
  MosSyncCounts counts = { 0 };

  g_test_summary ("Two mails with one Message-ID, of which one was here when the folder was numbered anew: both are looked at.");
  g_ptr_array_add (candidates, make_candidate (101, "m0@mail.example", MOS_TEST_NOW_US));
  g_ptr_array_add (candidates, make_candidate (102, "m0@mail.example", MOS_TEST_NOW_US));
  g_assert_true (mos_channel_host_rematch_sync (host, ACCOUNT, "INBOX", MOS_FOLDER_INBOX, 2, candidates, &unknown, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (unknown->len, ==, 2);
  for (guint i = 0; i < 2; i++)
    {
      MosIncoming *incoming = test_make_incoming (i == 0 ? other : one, MOS_FOLDER_INBOX, 101 + i, MOS_TEST_NOW_US);

      incoming->uidvalidity = 2;
      g_ptr_array_add (batch, incoming);
    }
  g_assert_true (mos_channel_host_ingest_sync (host, batch, MOS_INGEST_DEFAULT, &counts, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (counts.added, ==, 1);
}

static void
test_times (void)
{
  static const struct
  {
    const char *received; /* what its newest Received header says, in seconds from now */
    const char *date;
    gint64 server_s; /* what the server says */
    gint64 expected_s;
  } cases[] = {
    { "-60", "-120", 0, 0 },
    /* A clock that is some hours ahead is believed. */
    { "-60", "-120", 3 * 3600, 3 * 3600 },
    /* Put there by a program with a date in years to come */
    { "-60", "-120", 86400 * 3650, -60 },
    { NULL, "-120", 86400 * 3650, -120 },
    { NULL, "315360000", 86400 * 3650, 86400 * 3650 },
    /* All of them are still to come: it is our clock. */
    { "200000", "200000", 200001, 200001 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (MosTestStore) t = test_desk_store ();
      g_autoptr (GString) mail = g_string_new (NULL);
      g_autoptr (MosIngestResult) result = NULL;
      g_auto (TestLook) look = { 0 };
      const char *said[] = { cases[i].received, cases[i].date };

      for (gsize s = 0; s < G_N_ELEMENTS (said); s++)
        {
          g_autoptr (GDateTime) time = said[s] != NULL ? g_date_time_new_from_unix_utc (MOS_TEST_NOW_US / G_USEC_PER_SEC + g_ascii_strtoll (said[s], NULL, 10)) : NULL;
          g_autofree char *text = time != NULL ? g_date_time_format (time, "%a, %d %b %Y %H:%M:%S +0000") : NULL;

          if (text != NULL)
            g_string_append_printf (mail, s == 0 ? "Received: from a by b; %s\n" : "Date: %s\n", text);
        }
      g_string_append (mail, "From: ana@mail.example\nTo: support@shop.example\nSubject: When\nMessage-ID: <when@mail.example>\n\nWhen?\n");
      result = test_ingest (t->store, mail->str, MOS_FOLDER_INBOX, 1, MOS_TEST_NOW_US + cases[i].server_s * G_USEC_PER_SEC);
      test_look (t->store, result->conversation, &look);
      g_assert_cmpint ((test_look_find (&look, result->message)->received_us - MOS_TEST_NOW_US) / G_USEC_PER_SEC, ==, cases[i].expected_s);
    }
}

/* --- what stays work after a first sync --- */

static gboolean
do_note (MosTxn *txn,
         gpointer data,
         GError **error)
{
  g_autoptr (MosMessageRow) row = mos_message_row_new ();

  row->conversation = g_strdup (data);
  row->direction = MOS_DIRECTION_NOTE;
  row->account = g_strdup (ACCOUNT);
  row->text = g_strdup ("I am on it");
  row->received_us = row->sent_us = MOS_TEST_NOW_US;
  mos_message_row_fill (row);
  return mos_store_message_add (txn, row, NULL, NULL, error);
}

static void
test_first_sync_end (void)
{
  static const struct
  {
    gboolean is_answered;  /* \Answered on the server */
    gboolean has_reply;    /* in Sent */
    gboolean has_question; /* the customer wrote again */
    gboolean has_note;
    MosStatus status;
  } cases[] = {
    { FALSE, FALSE, FALSE, FALSE, MOS_STATUS_OPEN },
    { TRUE, FALSE, FALSE, FALSE, MOS_STATUS_CLOSED },
    { FALSE, TRUE, FALSE, FALSE, MOS_STATUS_CLOSED },
    { FALSE, TRUE, TRUE, FALSE, MOS_STATUS_OPEN },
    { FALSE, TRUE, FALSE, TRUE, MOS_STATUS_OPEN },
  };
  g_autoptr (MosTestStore) t = test_desk_store ();
  g_autoptr (MosChannelHost) host = make_host (t);
  MosIngestResult *results[G_N_ELEMENTS (cases)] = { NULL };
  g_autoptr (MosIngestResult) late = NULL;
  g_autofree char *late_mail = make_mail (90, "");
  g_autofree char *late_reply = g_strdup ("From: support@shop.example\nTo: ana90@mail.example\nSubject: Re: Question 90\nMessage-ID: <r90@shop.example>\nIn-Reply-To: <m90@mail.example>\n\nYes\n");
  g_autoptr (MosIngestResult) late_answer = NULL;
  g_auto (TestLook) late_look = { 0 };
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GPtrArray) batch = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_incoming_unref);
      g_autoptr (GPtrArray) taken = NULL;
      g_autofree char *mail = make_mail (i, "");
      MosIncoming *incoming = test_make_incoming (mail, MOS_FOLDER_INBOX, 10 * i + 1, MOS_TEST_NOW_US - 5 * HOUR_US);

      if (cases[i].is_answered)
        incoming->flags |= MOS_MESSAGE_FLAG_ANSWERED;
      g_ptr_array_add (batch, incoming);
      if (cases[i].has_reply)
        {
          g_autofree char *text = g_strdup_printf ("From: support@shop.example\nTo: ana%u@mail.example\nSubject: Re: Question %u\nMessage-ID: <r%u@shop.example>\nIn-Reply-To: <m%u@mail.example>\n\nYes\n", i, i, i, i);

          g_ptr_array_add (batch, test_make_incoming (text, MOS_FOLDER_SENT, 10 * i + 2, MOS_TEST_NOW_US - 4 * HOUR_US));
        }
      if (cases[i].has_question)
        {
          g_autofree char *text = g_strdup_printf ("From: ana%u@mail.example\nTo: support@shop.example\nSubject: Re: Question %u\nMessage-ID: <q%u@mail.example>\nIn-Reply-To: <r%u@shop.example>\n\nReally?\n", i, i, i, i);

          g_ptr_array_add (batch, test_make_incoming (text, MOS_FOLDER_INBOX, 10 * i + 3, MOS_TEST_NOW_US - 3 * HOUR_US));
        }
      mos_ingest_batch_sync (t->store, batch, &taken, NULL, &error);
      g_assert_no_error (error);
      results[i] = mos_ingest_result_ref (g_ptr_array_index (taken, 0));
      for (guint m = 1; m < taken->len; m++)
        g_assert_cmpstr (((MosIngestResult *) g_ptr_array_index (taken, m))->conversation, ==, results[i]->conversation);
      if (cases[i].has_note)
        test_write (t->store, do_note, results[i]->conversation);
    }

  g_assert_true (mos_channel_host_work_ready_sync (host, ACCOUNT, NULL, &error));
  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (TestLook) look = { 0 };

      test_look (t->store, results[i]->conversation, &look);
      g_assert_cmpint (look.row->status, ==, cases[i].status);
      g_assert_cmpint (look.row->archive, ==, cases[i].status == MOS_STATUS_CLOSED);
      mos_ingest_result_unref (results[i]);
    }

  /* Once: what is done at the desk from now on is not tidied away by a later call. */
  late = test_ingest (t->store, late_mail, MOS_FOLDER_INBOX, 91, MOS_TEST_NOW_US - HOUR_US);
  late_answer = test_ingest (t->store, late_reply, MOS_FOLDER_SENT, 92, MOS_TEST_NOW_US);
  g_assert_true (mos_channel_host_work_ready_sync (host, ACCOUNT, NULL, &error));
  test_look (t->store, late->conversation, &late_look);
  g_assert_cmpint (late_look.row->status, !=, MOS_STATUS_CLOSED);
}

/* --- what the window hears --- */

typedef struct
{
  guint arrived;
  guint failed;
  char *subject;
  char *why;
} Heard;

static void
arrived_cb (MosDesk *desk,
            MosConversationRow *row,
            MosMessageRow *message,
            Heard *heard)
{
  heard->arrived++;
  g_set_str (&heard->subject, message->subject);
}

static void
failed_cb (MosDesk *desk,
           MosOutboxItem *item,
           Heard *heard)
{
  heard->failed++;
  g_set_str (&heard->why, item->why);
}

static void
tell (MosChannelHost *host,
      const char *mail,
      guint32 uid,
      gboolean archive,
      MosIngestFlags flags)
{
  g_autoptr (GPtrArray) batch = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_incoming_unref);
  MosIncoming *incoming = test_make_incoming (mail, MOS_FOLDER_INBOX, uid, MOS_TEST_NOW_US);
  g_autoptr (GError) error = NULL;

  incoming->archive = archive;
  g_ptr_array_add (batch, incoming);
  mos_channel_host_ingest_sync (host, batch, flags, NULL, NULL, &error);
  g_assert_no_error (error);
}

static void
released_cb (GObject *source,
             GAsyncResult *result,
             gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  mos_desk_action_finish (MOS_DESK (source), result, user_data, &error);
  g_assert_no_error (error);
}

/* What is let out of the quarantine waits for an answer from now on: whoever is told of mail is told of it, once. */
static void
test_released (void)
{
  static const char *const mails[] = {
    "From: r1@shop-system.example\nTo: support@shop.example\nSubject: One\nMessage-ID: <r1@s.example>\nAuto-Submitted: auto-replied\n\nOne\n",
    "From: r2@shop-system.example\nTo: support@shop.example\nSubject: Two\nMessage-ID: <r2@s.example>\nAuto-Submitted: auto-replied\n\nTwo\n",
    "From: r3@shop-system.example\nTo: support@shop.example\nSubject: Three\nMessage-ID: <r3@s.example>\nAuto-Submitted: auto-replied\n\nThree\n",
  };
  g_autoptr (MosTestStore) t = test_desk_store ();
  g_autoptr (MosDesk) desk = mos_desk_new (t->store, MOS_DESK_FLAG_OFFLINE);
  Heard heard = { 0 };

  g_signal_connect (desk, "arrived", G_CALLBACK (arrived_cb), &heard);
  for (guint i = 0; i < G_N_ELEMENTS (mails); i++)
    {
      g_autoptr (MosIngestResult) result = test_ingest (t->store, mails[i], MOS_FOLDER_INBOX, 1 + i, MOS_TEST_NOW_US);
      const char *conversations[] = { result->conversation, NULL };
      const char *messages[] = { result->message, NULL };
      gint64 batch = 0;

      g_assert_cmpint (result->outcome, ==, MOS_INGEST_QUARANTINED);
      if (i == 0)
        mos_desk_release_async (desk, conversations, NULL, released_cb, &batch);
      else if (i == 1)
        mos_desk_release_messages_async (desk, messages, NULL, released_cb, &batch);
      else
        mos_desk_allow_senders_async (desk, conversations, NULL, released_cb, &batch);
      mos_test_wait (batch != 0 && heard.arrived == i + 1, 5000);
      g_assert_cmpstr (heard.subject, ==, i == 0 ? "One" : i == 1 ? "Two"
                                                                  : "Three");
      /* Once more changes nothing, and tells nobody. */
      batch = -1;
      mos_desk_release_messages_async (desk, messages, NULL, released_cb, &batch);
      mos_test_wait (batch != -1, 5000);
      mos_test_settle (50);
      g_assert_cmpuint (heard.arrived, ==, i + 1);
    }
  g_free (heard.subject);
}

static void
test_signals (void)
{
  g_autoptr (MosTestStore) t = test_desk_store ();
  g_autoptr (MosDesk) desk = mos_desk_new (t->store, MOS_DESK_FLAG_OFFLINE);
  MosChannelHost *host = mos_desk_ensure_host (desk);
  g_autofree char *old = make_mail (1, "");
  g_autofree char *archived = make_mail (2, "");
  g_autofree char *away = make_mail (3, "Auto-Submitted: auto-replied\n");
  g_autofree char *fresh = make_mail (4, "");
  g_autoptr (MosIngestResult) first = test_ingest (t->store, test_mail_one, MOS_FOLDER_INBOX, 50, MOS_TEST_NOW_US);
  g_auto (TestReply) reply = { first->conversation };
  g_autoptr (MosOutboxItem) item = NULL;
  g_autoptr (MosSendResult) result = mos_send_result_new ();
  g_auto (TestLook) look = { 0 };
  Heard heard = { 0 };
  g_autoptr (GError) error = NULL;

  g_signal_connect (desk, "arrived", G_CALLBACK (arrived_cb), &heard);
  g_signal_connect (desk, "send-failed", G_CALLBACK (failed_cb), &heard);

  tell (host, old, 1, FALSE, MOS_INGEST_FIRST_SYNC);
  tell (host, archived, 2, TRUE, MOS_INGEST_DEFAULT);
  tell (host, away, 3, FALSE, MOS_INGEST_DEFAULT);
  tell (host, fresh, 4, FALSE, MOS_INGEST_DEFAULT);
  tell (host, fresh, 4, FALSE, MOS_INGEST_DEFAULT);
  mos_test_wait (heard.arrived > 0, 5000);
  mos_test_settle (100);
  g_assert_cmpuint (heard.arrived, ==, 1);
  g_assert_cmpstr (heard.subject, ==, "Question 4");

  test_write (t->store, test_do_reply, &reply);
  g_assert_true (mos_channel_host_claim_outbox_sync (host, ACCOUNT, MOS_TEST_NOW_US, &item, NULL, &error));
  g_assert_nonnull (item);
  result->message = g_strdup (reply.message);
  result->state = MOS_DELIVERY_FAILED;
  result->why = g_strdup ("refused");
  result->refused = g_ptr_array_new ();
  g_assert_true (mos_channel_host_report_send_sync (host, ACCOUNT, result, NULL, &error));
  g_assert_no_error (error);
  mos_test_wait (heard.failed == 1, 5000);
  g_assert_cmpstr (heard.why, ==, "refused");
  /* The answer closed it; now it is work again. */
  test_look (t->store, first->conversation, &look);
  g_assert_cmpint (look.row->status, ==, MOS_STATUS_OPEN);
  g_assert_true (look.row->has_failed);

  mos_desk_stop_sync (desk);
  g_free (heard.subject);
  g_free (heard.why);
}

/* A kill after the final dot: the next start says so. */
static gboolean
do_claim_final (MosTxn *txn,
                gpointer data,
                GError **error)
{
  g_autoptr (MosOutboxItem) item = NULL;

  return mos_store_outbox_claim (txn, ACCOUNT, &item, error) && mos_store_outbox_set_final (txn, data, NULL, error);
}

static void
test_start_uncertain (void)
{
  g_autoptr (MosTestStore) t = test_desk_store ();
  g_autoptr (MosIngestResult) first = test_ingest (t->store, test_mail_one, MOS_FOLDER_INBOX, 50, MOS_TEST_NOW_US);
  g_auto (TestReply) reply = { first->conversation };
  g_autoptr (MosDesk) desk = NULL;
  Heard heard = { 0 };

  test_write (t->store, test_do_reply, &reply);
  test_write (t->store, do_claim_final, reply.message);
  mos_test_store_reopen (t);
  desk = mos_desk_new (t->store, MOS_DESK_FLAG_NONE);
  g_signal_connect (desk, "send-failed", G_CALLBACK (failed_cb), &heard);
  mos_desk_start_channels (desk);
  mos_test_wait (heard.failed == 1, 5000);
  g_assert_cmpstr (heard.why, ==, "interrupted");
  mos_desk_stop_sync (desk);
  g_free (heard.why);
}

int
main (int argc,
      char *argv[])
{
  mos_test_init (&argc, &argv);

  g_test_add_func ("/desk-sync/actor", test_actor);
  g_test_add_func ("/desk-sync/rematch", test_rematch);
  g_test_add_func ("/desk-sync/rematch-two", test_rematch_two);
  g_test_add_func ("/desk-sync/read-and-moved", test_read_and_moved);
  g_test_add_func ("/desk-sync/times", test_times);
  g_test_add_func ("/desk-sync/first-sync-end", test_first_sync_end);
  g_test_add_func ("/desk-sync/signals", test_signals);
  g_test_add_func ("/desk-sync/released", test_released);
  g_test_add_func ("/desk-sync/start-uncertain", test_start_uncertain);

  return g_test_run ();
}
