/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "email-fixture.h"

#include "core/channels/email/mos-email-send.h"
#include "core/channels/mos-channel.h"
#include "core/desk/mos-composing.h"
#include "core/desk/mos-desk-host.h"
#include "core/desk/mos-ingest.h"
#include "core/desk/mos-outbox.h"
#include "core/mail/mime/mos-mime.h"
#include "core/store/mos-store-accounts.h"
#include "core/store/mos-store-folders.h"
#include "core/store/mos-store-messages.h"
#include "core/store/mos-store-outbox.h"
#include "mos-test-proxy.h"

#include <string.h>

/* Real profiles against real postfix and Dovecot: the line is cut at every place, the server files what it sends, two desks share a mailbox. What arrives is counted. */

#define ACCOUNT "acc"

typedef struct
{
  EmailFixture email;
  char *profile;
  MosClock *clock;
  MosStore *store;
  MosDeskHost *host;
  char *conversation;
} LineFixture;

typedef struct
{
  LineFixture *f;
  char *message;
  MosMessageRow *row;
} Answer;

static void
answer_free (gpointer data)
{
  Answer *answer = data;

  g_free (answer->message);
  g_clear_pointer (&answer->row, mos_message_row_unref);
  g_free (answer);
}

static void
write_step (LineFixture *f,
            MosStoreFunc func,
            gpointer data)
{
  const MosActor actor = { MOS_ACTOR_HUMAN, NULL };
  g_autoptr (GError) error = NULL;

  mos_store_write_sync (f->store, &actor, NULL, func, data, NULL, NULL, &error);
  g_assert_no_error (error);
}

static gboolean
do_save_account (MosTxn *txn,
                 gpointer data,
                 GCancellable *cancellable,
                 GError **error)
{
  return mos_store_account_save (txn, data, error);
}

static gboolean
do_answer (MosTxn *txn,
           gpointer data,
           GCancellable *cancellable,
           GError **error)
{
  static const MosQuoteTexts texts = { "{sender}, {date}:", "--", "%F" };
  Answer *answer = data;
  g_autoptr (MosDraft) draft = NULL;

  if (!mos_draft_prepare (txn, "reply", answer->f->conversation, NULL, NULL, &texts, &draft, error))
    return FALSE;
  g_set_str (&draft->text, "It left today.");
  return mos_draft_send (txn, draft, MOS_STATUS_CLOSED, 0, &answer->message, error);
}

static gboolean
do_look (MosTxn *txn,
         gpointer data,
         GCancellable *cancellable,
         GError **error)
{
  Answer *answer = data;

  g_clear_pointer (&answer->row, mos_message_row_unref);
  return mos_store_message_find (txn, answer->message, &answer->row, error);
}

/* A profile with a customer's mail; its own, where several share the mailbox. */
static void
open_profile (LineFixture *f)
{
  static const char text[] = "From: Ana <" MOS_TEST_CUSTOMER ">\r\nTo: " MOS_TEST_SHOP "\r\nSubject: Where?\r\nMessage-ID: <one@mail.test>\r\n"
                             "Date: Mon, 02 Mar 2026 08:00:00 +0000\r\n\r\nHello\r\n";
  g_autoptr (GPtrArray) batch = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_incoming_unref);
  g_autoptr (GPtrArray) results = NULL;
  MosIncoming *incoming = mos_incoming_new ();
  g_autoptr (GError) error = NULL;

  f->profile = mos_test_dir_new ();
  f->clock = mos_clock_new_system ();
  f->store = mos_store_open_sync (f->profile, MOS_STORE_OPEN_DEFAULT, f->clock, NULL, &error);
  g_assert_no_error (error);
  f->host = mos_desk_host_new (f->store);
  mos_desk_host_set_password (f->host, ACCOUNT, MOS_TEST_PASSWORD);
  write_step (f, do_save_account, f->email.account);

  incoming->account = g_strdup (ACCOUNT);
  incoming->folder = g_strdup ("Elsewhere");
  incoming->role = MOS_FOLDER_OTHER;
  incoming->uidvalidity = 1;
  incoming->uid = 1;
  incoming->received_us = g_get_real_time ();
  incoming->raw = g_bytes_new_static (text, strlen (text));
  incoming->parsed = mos_mime_parse (incoming->raw, NULL);
  g_ptr_array_add (batch, incoming);
  mos_ingest_batch_sync (f->store, batch, &results, NULL, &error);
  g_assert_no_error (error);
  f->conversation = g_strdup (((MosIngestResult *) g_ptr_array_index (results, 0))->conversation);
}

static void
close_profile (LineFixture *f)
{
  g_clear_object (&f->host);
  mos_store_close_sync (f->store);
  g_clear_object (&f->store);
  g_object_unref (f->clock);
  mos_test_dir_free (f->profile);
  g_free (f->conversation);
}

static void
line_setup (LineFixture *f,
            gconstpointer data)
{
  /* A postfix that puts a copy of whatever the shop sends into its Sent folder, in its own time: as Gmail and Exchange do. */
  if (data != NULL)
    {
      g_setenv ("MOS_TEST_POSTFIX", "recipient_delimiter = +\nsender_bcc_maps = inline:{ { support@shop.test = support+Sent@shop.test } }\n", TRUE);
      g_setenv ("MOS_TEST_DOVECOT", "recipient_delimiter = +\nlmtp_save_to_detail_mailbox = yes\n", TRUE);
    }
  email_setup (&f->email, NULL);
  g_unsetenv ("MOS_TEST_POSTFIX");
  g_unsetenv ("MOS_TEST_DOVECOT");
  g_set_str (&f->email.account->id, ACCOUNT);
  open_profile (f);
}

static void
line_teardown (LineFixture *f,
               gconstpointer data)
{
  close_profile (f);
  email_teardown (&f->email, NULL);
}

static Answer *
queue_answer (LineFixture *f)
{
  Answer *answer = g_new0 (Answer, 1);

  answer->f = f;
  write_step (f, do_answer, answer);
  write_step (f, do_look, answer);
  return answer;
}

static guint
count_at_customer (LineFixture *f,
                   Answer *answer)
{
  return email_count_in (&f->email, MOS_TEST_CUSTOMER, "INBOX", "Message-ID", answer->row->message_id);
}

static guint
count_in_sent (LineFixture *f,
               Answer *answer)
{
  return email_count_in (&f->email, MOS_TEST_SHOP, "Sent", "Message-ID", answer->row->message_id);
}

/* --- the line is cut at every place --- */

static MosDelivery
send_through (LineFixture *f,
              guint16 port,
              Answer *answer)
{
  g_autoptr (MosEmailSender) sender = NULL;
  g_autoptr (GError) error = NULL;
  guint16 direct = f->email.account->smtp->port;
  gint64 next_us = 0;
  guint sent = 0;

  f->email.account->smtp->port = port;
  sender = mos_email_sender_new (f->email.account, MOS_CHANNEL_HOST (f->host), f->clock, mos_backoff_random, NULL);
  mos_email_sender_run_sync (sender, TRUE, G_USEC_PER_SEC, &sent, &next_us, NULL, &error);
  f->email.account->smtp->port = direct;
  write_step (f, do_look, answer);
  return answer->row->delivery;
}

static void
cut_everywhere (LineFixture *f,
                gboolean to_server,
                gsize step)
{
  g_autoptr (MosTestProxy) proxy = mos_test_proxy_new (f->email.servers->submission);
  g_autoptr (GPtrArray) answers = g_ptr_array_new_with_free_func (answer_free);
  guint waited = 0, uncertain = 0, again = 0;
  MosDelivery state = MOS_DELIVERY_QUEUED;

  for (gsize bytes = 1; answers->len < 200; bytes += step)
    {
      Answer *answer = queue_answer (f);

      g_ptr_array_add (answers, answer);
      mos_test_proxy_set_cut (proxy, to_server ? bytes : 0, to_server ? 0 : bytes);
      state = send_through (f, mos_test_proxy_get_port (proxy), answer);
      g_assert_true (state == MOS_DELIVERY_ACCEPTED || state == MOS_DELIVERY_QUEUED || state == MOS_DELIVERY_UNCERTAIN);
      if (state == MOS_DELIVERY_ACCEPTED)
        break;
      if (state == MOS_DELIVERY_UNCERTAIN)
        uncertain++;
      else
        {
          /* The line is mended: it goes, once. */
          waited++;
          g_assert_cmpint (send_through (f, f->email.account->smtp->port, answer), ==, MOS_DELIVERY_ACCEPTED);
        }
    }
  /* Far enough to get through. */
  g_assert_cmpint (state, ==, MOS_DELIVERY_ACCEPTED);

  for (guint i = 0; i < answers->len; i++)
    {
      Answer *answer = g_ptr_array_index (answers, i);

      for (guint t = 0; answer->row->delivery == MOS_DELIVERY_ACCEPTED && t < 200 && count_at_customer (f, answer) == 0; t++)
        mos_test_settle (50);
    }
  mos_test_settle (1000);
  for (guint i = 0; i < answers->len; i++)
    {
      Answer *answer = g_ptr_array_index (answers, i);
      guint n = count_at_customer (f, answer);

      if (answer->row->delivery == MOS_DELIVERY_ACCEPTED)
        g_assert_cmpuint (n, ==, 1);
      else
        g_assert_cmpuint (n, <=, 1);
      again += answer->row->delivery == MOS_DELIVERY_UNCERTAIN && n == 1;
    }
  g_test_message ("%u cuts: %u waited and went, %u uncertain of which %u had left", answers->len - 1, waited, uncertain, again);
}

static void
test_cut_to_server (LineFixture *f,
                    gconstpointer data)
{
  cut_everywhere (f, TRUE, 61);
}

static void
test_cut_from_server (LineFixture *f,
                      gconstpointer data)
{
  cut_everywhere (f, FALSE, 67);
}

/* --- who files the copy in Sent --- */

static void
sync_once (LineFixture *f)
{
  g_autoptr (MosChannel) channel = mos_channel_new_for_account (f->email.account, MOS_CHANNEL_HOST (f->host), f->clock);
  g_autoptr (GError) error = NULL;
  MosSyncCounts counts = { 0 };

  g_assert_true (mos_channel_sync_once_sync (channel, &counts, NULL, &error));
  g_assert_no_error (error);
}

static gboolean
do_get_filing (MosTxn *txn,
               gpointer data,
               GCancellable *cancellable,
               GError **error)
{
  char **ret = data;

  g_clear_pointer (ret, g_free);
  return mos_store_cursor_get (txn, ACCOUNT, MOS_SENT_FILING_CURSOR, ret, error);
}

static void
test_sent_by_server (LineFixture *f,
                     gconstpointer data)
{
  g_autofree char *filing = NULL;
  Answer *first = queue_answer (f);

  sync_once (f);
  for (guint i = 0; i < 200 && count_in_sent (f, first) == 0; i++)
    mos_test_settle (50);
  /* However late the server was: after its copy was met it is known. */
  mos_test_settle (1000);
  sync_once (f);
  write_step (f, do_get_filing, &filing);
  g_assert_cmpstr (filing, ==, MOS_SENT_FILING_SERVER);
  g_test_message ("the first: %u in Sent", count_in_sent (f, first));

  for (guint n = 0; n < 3; n++)
    {
      Answer *next = queue_answer (f);

      sync_once (f);
      for (guint i = 0; i < 200 && count_in_sent (f, next) == 0; i++)
        mos_test_settle (50);
      sync_once (f);
      sync_once (f);
      mos_test_settle (300);
      g_assert_cmpuint (count_in_sent (f, next), ==, 1);
      g_assert_cmpuint (count_at_customer (f, next), ==, 1);
      write_step (f, do_look, next);
      g_assert_cmpint (next->row->delivery, ==, MOS_DELIVERY_ACCEPTED);
      answer_free (next);
    }
  answer_free (first);
}

static void
test_sent_by_us (LineFixture *f,
                 gconstpointer data)
{
  g_autofree char *filing = NULL;

  for (guint n = 0; n < 3; n++)
    {
      Answer *next = queue_answer (f);

      sync_once (f);
      sync_once (f);
      g_assert_cmpuint (count_in_sent (f, next), ==, 1);
      answer_free (next);
    }
  write_step (f, do_get_filing, &filing);
  g_assert_cmpstr (filing, ==, MOS_SENT_FILING_CLIENT);
}

static gboolean
do_release (MosTxn *txn,
            gpointer data,
            GCancellable *cancellable,
            GError **error)
{
  return mos_store_outbox_release_sent_copy (txn, NULL, error);
}

/* The line breaks while the copy is put there, at several places. */
static void
test_append_cut (LineFixture *f,
                 gconstpointer data)
{
  g_autoptr (MosTestProxy) proxy = mos_test_proxy_new (f->email.servers->imaps);
  guint16 direct = f->email.account->imap->port;

  sync_once (f);
  for (gsize bytes = 1500; bytes < 5500; bytes += 250)
    {
      Answer *next = queue_answer (f);
      g_autoptr (MosChannel) channel = NULL;
      MosSyncCounts counts = { 0 };

      g_assert_cmpint (send_through (f, f->email.account->smtp->port, next), ==, MOS_DELIVERY_ACCEPTED);
      mos_test_proxy_set_cut (proxy, bytes, 0);
      f->email.account->imap->port = mos_test_proxy_get_port (proxy);
      channel = mos_channel_new_for_account (f->email.account, MOS_CHANNEL_HOST (f->host), f->clock);
      mos_channel_sync_once_sync (channel, &counts, NULL, NULL);
      f->email.account->imap->port = direct;

      /* The lease of the connection that broke is let go, as by a new start. */
      write_step (f, do_release, NULL);
      sync_once (f);
      g_assert_cmpuint (count_in_sent (f, next), ==, 1);
      answer_free (next);
    }
}

/* --- two desks, one mailbox --- */

static gpointer
sync_thread (gpointer data)
{
  sync_once (data);
  return NULL;
}

static void
test_two_desks (LineFixture *f,
                gconstpointer data)
{
  LineFixture other = { .email = f->email };
  Answer *mine, *theirs;
  GThread *thread;

  open_profile (&other);
  mine = queue_answer (f);
  theirs = queue_answer (&other);
  thread = g_thread_new ("other-desk", sync_thread, &other);
  sync_once (f);
  g_thread_join (thread);
  /* Each meets what the other one sent, and leaves it alone. */
  for (guint i = 0; i < 2; i++)
    {
      sync_once (f);
      sync_once (&other);
    }
  for (guint i = 0; i < 200 && (count_at_customer (f, mine) == 0 || count_at_customer (f, theirs) == 0); i++)
    mos_test_settle (50);
  mos_test_settle (500);
  g_assert_cmpuint (count_at_customer (f, mine), ==, 1);
  g_assert_cmpuint (count_at_customer (f, theirs), ==, 1);
  g_assert_cmpuint (count_in_sent (f, mine), ==, 1);
  g_assert_cmpuint (count_in_sent (f, theirs), ==, 1);
  answer_free (mine);
  answer_free (theirs);
  close_profile (&other);
}

int
main (int argc,
      char *argv[])
{
  mos_test_init (&argc, &argv);

#define ADD(path, data, func) g_test_add ("/sending-line/" path, LineFixture, data, line_setup, func, line_teardown)
  ADD ("cut-to-server", NULL, test_cut_to_server);
  ADD ("cut-from-server", NULL, test_cut_from_server);
  ADD ("sent-by-server", "files", test_sent_by_server);
  ADD ("sent-by-us", NULL, test_sent_by_us);
  ADD ("append-cut", NULL, test_append_cut);
  ADD ("two-desks", NULL, test_two_desks);

  return g_test_run ();
}
