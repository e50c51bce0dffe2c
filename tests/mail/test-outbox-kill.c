/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "email-fixture.h"

#include "core/channels/mos-channel.h"
#include "core/desk/mos-composing.h"
#include "core/desk/mos-desk-host.h"
#include "core/desk/mos-ingest.h"
#include "core/desk/mos-outbox.h"
#include "core/desk/mos-scheduled.h"
#include "core/desk/mos-scheduler.h"
#include "core/mail/mime/mos-mime.h"
#include "core/store/mos-store-accounts.h"
#include "core/store/mos-store-conversations.h"
#include "core/store/mos-store-due.h"
#include "core/store/mos-store-messages.h"
#include "core/store/mos-store-outbox.h"
#include "mos-test-smtp-server.h"

#include <signal.h>
#include <string.h>
#include <unistd.h>

/* The process is killed (SIGKILL, a real one) at each point of a message's way out; the profile is opened again, as a restart does. */

#define ACCOUNT "acc"

static const char *program;

/* --- the child: one pass over the account, killed on the way --- */

static const char *point;
static MosChannelHostInterface original;

static void
die_at (const char *where)
{
  if (g_strcmp0 (point, where) == 0)
    kill (getpid (), SIGKILL);
}

static gboolean
child_claim (MosChannelHost *host,
             const char *account,
             gint64 now_us,
             MosOutboxItem **ret_item,
             GCancellable *cancellable,
             GError **error)
{
  gboolean done = original.claim_outbox_sync (host, account, now_us, ret_item, cancellable, error);

  die_at ("claimed");
  return done;
}

static gboolean
child_final (MosChannelHost *host,
             const char *account,
             const char *message,
             GCancellable *cancellable,
             GError **error)
{
  gboolean done;

  die_at ("before-final");
  /* Somebody else kills it while it sends. */
  while (g_strcmp0 (point, "body") == 0)
    pause ();
  done = original.final_outbox_sync (host, account, message, cancellable, error);
  die_at ("after-final");
  return done;
}

static gboolean
child_report (MosChannelHost *host,
              const char *account,
              MosSendResult *result,
              GCancellable *cancellable,
              GError **error)
{
  gboolean done;

  die_at ("before-report");
  done = original.report_send_sync (host, account, result, cancellable, error);
  die_at ("after-report");
  return done;
}

static gboolean
child_record_copy (MosChannelHost *host,
                   const char *account,
                   const char *message,
                   const char *folder,
                   guint32 uidvalidity,
                   guint32 uid,
                   const char *message_id,
                   GCancellable *cancellable,
                   GError **error)
{
  gboolean done;

  die_at ("before-record");
  done = original.record_sent_copy_sync (host, account, message, folder, uidvalidity, uid, message_id, cancellable, error);
  die_at ("after-record");
  return done;
}

static gboolean
do_find_account (MosTxn *txn,
                 gpointer data,
                 GCancellable *cancellable,
                 GError **error)
{
  return mos_store_account_find (txn, ACCOUNT, data, error);
}

/* --- the child that is killed while a mail waits for an undo --- */

#define UNDO_US (500 * G_TIME_SPAN_MILLISECOND)

static gboolean
do_send_for_undo (MosTxn *txn,
                  gpointer conversation,
                  GCancellable *cancellable,
                  GError **error)
{
  static const MosQuoteTexts texts = { "{sender}, {date}:", "--", "%F" };
  const MosSendPlan plan = { .then = MOS_STATUS_CLOSED, .at_us = mos_txn_get_now_us (txn) + UNDO_US };
  g_autoptr (MosDraft) draft = NULL;
  g_autofree char *message = NULL;

  if (!mos_draft_prepare (txn, "reply", conversation, NULL, NULL, &texts, &draft, error))
    return FALSE;
  g_set_str (&draft->text, "It left today.");
  return mos_draft_send_planned (txn, draft, &plan, &message, error);
}

static gboolean
do_release_and_die (MosTxn *txn,
                    gpointer data,
                    GCancellable *cancellable,
                    GError **error)
{
  g_autoptr (GPtrArray) rows = mos_store_due_list (txn, MOS_DUE_WAITING, NULL, error);
  MosDueRow *due = NULL;

  /* The targets' row may wait, too. */
  for (guint i = 0; i < rows->len; i++)
    if (g_str_equal (((MosDueRow *) rows->pdata[i])->kind, MOS_SCHEDULED_DUE_KIND))
      due = rows->pdata[i];
  g_assert_nonnull (due);
  if (!mos_scheduled_run (txn, due, error))
    return FALSE;
  die_at ("undo-releasing");
  return TRUE;
}

/* Never returns. */
static void
child_wait_for_undo (MosStore *store,
                     const char *conversation)
{
  const MosActor actor = { MOS_ACTOR_HUMAN, NULL };
  g_autoptr (GError) error = NULL;

  if (!mos_store_write_sync (store, &actor, NULL, do_send_for_undo, (gpointer) conversation, NULL, NULL, &error))
    g_error ("%s", error->message);
  die_at ("undo-waiting");
  g_usleep (UNDO_US * 2);
  if (g_str_equal (point, "undo-releasing"))
    mos_store_write_sync (store, NULL, NULL, do_release_and_die, NULL, NULL, NULL, &error);
  else
    mos_scheduler_run_sync (store, NULL, NULL, &error);
  die_at ("undo-released");
  g_error ("Not killed at %s: %s", point, error != NULL ? error->message : "");
}

/* @conversation: (nullable): to answer, at the points of an undo */
static int
child_main (const char *profile,
            const char *conversation)
{
  g_autoptr (MosClock) clock = mos_clock_new_system ();
  g_autoptr (GError) error = NULL;
  g_autoptr (MosStore) store = mos_store_open_sync (profile, MOS_STORE_OPEN_DEFAULT, clock, NULL, &error);
  g_autoptr (MosDeskHost) host = NULL;
  g_autoptr (MosAccount) account = NULL;
  g_autoptr (MosChannel) channel = NULL;
  MosChannelHostInterface *iface;
  MosSyncCounts counts = { 0 };

  /* Somebody else has the profile, and sends. */
  if (g_strcmp0 (point, "race") == 0 && g_error_matches (error, MOS_STORE_ERROR, MOS_STORE_ERROR_LOCKED))
    return 0;
  if (store != NULL && conversation != NULL)
    child_wait_for_undo (store, conversation);
  if (store == NULL || !mos_store_read_sync (store, do_find_account, &account, NULL, &error))
    g_error ("%s", error->message);

  host = mos_desk_host_new (store);
  mos_desk_host_set_password (host, ACCOUNT, MOS_TEST_PASSWORD);
  iface = MOS_CHANNEL_HOST_GET_IFACE (host);
  original = *iface;
  iface->claim_outbox_sync = child_claim;
  iface->final_outbox_sync = child_final;
  iface->report_send_sync = child_report;
  iface->record_sent_copy_sync = child_record_copy;

  channel = mos_channel_new_for_account (account, MOS_CHANNEL_HOST (host), clock);
  if (!mos_channel_sync_once_sync (channel, &counts, NULL, &error))
    g_error ("%s", error->message);
  g_clear_object (&channel);
  mos_store_close_sync (store);
  return 0;
}

/* --- the test --- */

typedef struct
{
  EmailFixture email;
  char *profile;
  MosClock *clock;
  MosStore *store;
  char *conversation;
  char *message;
  char *message_id;
  gboolean answers;
} KillFixture;

static void
open_store (KillFixture *f)
{
  g_autoptr (GError) error = NULL;

  f->store = mos_store_open_sync (f->profile, MOS_STORE_OPEN_DEFAULT, f->clock, NULL, &error);
  g_assert_no_error (error);
}

static void
close_store (KillFixture *f)
{
  mos_store_close_sync (f->store);
  g_clear_object (&f->store);
}

static void
write_step (KillFixture *f,
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
do_reply (MosTxn *txn,
          gpointer data,
          GCancellable *cancellable,
          GError **error)
{
  static const MosQuoteTexts texts = { "{sender}, {date}:", "--", "%F" };
  KillFixture *f = data;
  g_autoptr (MosDraft) draft = NULL;
  g_autoptr (MosMessageRow) row = NULL;

  if (!mos_draft_prepare (txn, "reply", f->conversation, NULL, NULL, &texts, &draft, error))
    return FALSE;
  g_set_str (&draft->text, "It left today.");
  if (!mos_draft_send (txn, draft, MOS_STATUS_CLOSED, 0, &f->message, error) ||
      !mos_store_message_find (txn, f->message, &row, error))
    return FALSE;
  f->message_id = g_strdup (row->message_id);
  return TRUE;
}

/* A customer's mail and, where the test does not write it itself, an answer to it that waits to be sent. */
static void
asked_setup (KillFixture *f,
             gconstpointer data)
{
  static const char text[] = "From: Ana <" MOS_TEST_CUSTOMER ">\r\nTo: " MOS_TEST_SHOP "\r\nSubject: Where?\r\nMessage-ID: <one@mail.test>\r\n"
                             "Date: Mon, 02 Mar 2026 08:00:00 +0000\r\n\r\nHello\r\n";
  g_autoptr (GPtrArray) batch = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_incoming_unref);
  g_autoptr (GPtrArray) results = NULL;
  MosIncoming *incoming = mos_incoming_new ();
  g_autoptr (GError) error = NULL;

  email_setup (&f->email, data);
  f->profile = mos_test_dir_new ();
  f->clock = mos_clock_new_system ();
  g_set_str (&f->email.account->id, ACCOUNT);
  open_store (f);
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
  if (f->answers)
    write_step (f, do_reply, f);
  close_store (f);
}

static void
kill_setup (KillFixture *f,
            gconstpointer data)
{
  f->answers = TRUE;
  asked_setup (f, data);
}

static void
kill_teardown (KillFixture *f,
               gconstpointer data)
{
  g_free (f->conversation);
  g_free (f->message);
  g_free (f->message_id);
  g_object_unref (f->clock);
  mos_test_dir_free (f->profile);
  email_teardown (&f->email, data);
}

static gboolean
do_find_sent (MosTxn *txn,
              gpointer data,
              GCancellable *cancellable,
              GError **error)
{
  KillFixture *f = data;
  g_autoptr (GPtrArray) items = mos_store_outbox_list (txn, NULL, error);

  if (items == NULL)
    return FALSE;
  g_assert_cmpuint (items->len, ==, 1);
  g_set_str (&f->message, ((MosOutboxItem *) g_ptr_array_index (items, 0))->message);
  g_set_str (&f->message_id, ((MosOutboxItem *) g_ptr_array_index (items, 0))->message_id);
  return TRUE;
}

static gboolean
do_take_back (MosTxn *txn,
              gpointer data,
              GCancellable *cancellable,
              GError **error)
{
  return mos_outbox_take_back (txn, ((KillFixture *) data)->message, NULL, error);
}

static void
run_scheduler (KillFixture *f)
{
  g_autoptr (GError) error = NULL;

  mos_scheduler_run_sync (f->store, NULL, NULL, &error);
  g_assert_no_error (error);
}

/* One pass in a process of its own. @server: (nullable): kills it by its script */
static void
run_child (KillFixture *f,
           const char *where,
           MosTestSmtpServer *server)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) child = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE, &error, program, "--child", f->profile, where, NULL);

  g_assert_no_error (error);
  if (server != NULL)
    mos_test_smtp_server_set_victim (server, atoi (g_subprocess_get_identifier (child)));
  g_subprocess_wait (child, NULL, &error);
  g_assert_no_error (error);
  if (g_str_equal (where, "none"))
    {
      g_assert_true (g_subprocess_get_if_exited (child));
      g_assert_cmpint (g_subprocess_get_exit_status (child), ==, 0);
    }
  else
    {
      g_assert_true (g_subprocess_get_if_signaled (child));
      g_assert_cmpint (g_subprocess_get_term_sig (child), ==, SIGKILL);
    }
}

typedef struct
{
  KillFixture *f;
  GPtrArray *uncertain;
  MosMessageRow *row;
  MosConversationRow *conversation;
  MosOutboxItem *item;
} Look;

static void
look_clear (Look *look)
{
  g_clear_pointer (&look->uncertain, g_ptr_array_unref);
  g_clear_pointer (&look->row, mos_message_row_unref);
  g_clear_pointer (&look->conversation, mos_conversation_row_unref);
  g_clear_pointer (&look->item, mos_outbox_item_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Look, look_clear)

static gboolean
do_restart (MosTxn *txn,
            gpointer data,
            GCancellable *cancellable,
            GError **error)
{
  Look *look = data;

  return mos_outbox_recover (txn, &look->uncertain, error) &&
         mos_store_message_find (txn, look->f->message, &look->row, error) &&
         mos_store_outbox_find (txn, look->f->message, &look->item, error) &&
         mos_store_conversation_find (txn, look->f->conversation, &look->conversation, error);
}

static gboolean
do_settle_sent (MosTxn *txn,
                gpointer data,
                GCancellable *cancellable,
                GError **error)
{
  return mos_outbox_settle (txn, ((KillFixture *) data)->message, TRUE, error);
}

static gboolean
do_settle_unsent (MosTxn *txn,
                  gpointer data,
                  GCancellable *cancellable,
                  GError **error)
{
  return mos_outbox_settle (txn, ((KillFixture *) data)->message, FALSE, error);
}

static guint
count_delivered (KillFixture *f)
{
  return email_count_in (&f->email, MOS_TEST_CUSTOMER, "INBOX", "Message-ID", f->message_id);
}

/* postfix hands it on in its own time. */
static void
wait_delivered (KillFixture *f)
{
  for (guint i = 0; i < 100 && count_delivered (f) == 0; i++)
    mos_test_settle (100);
  g_assert_cmpuint (count_delivered (f), ==, 1);
}

typedef struct
{
  const char *where;
  MosDelivery after;         /* after the restart */
  gboolean has_left;         /* the server has accepted it */
  const char *const *script; /* (nullable): of the server that kills */
} Point;

#define GREETING "S 220 hi", "C EHLO", "S 250 there"
static const char *const envelope_script[] = { GREETING, "C MAIL", "K", "W", NULL };
static const char *const body_script[] = { GREETING, "C MAIL", "S 250 ok", "C RCPT", "S 250 ok", "C DATA", "S 354 go", "d", "K", "W", NULL };
static const char *const dot_script[] = { GREETING, "C MAIL", "S 250 ok", "C RCPT", "S 250 ok", "C DATA", "S 354 go", "D", "K", "W", NULL };

static const Point points[] = {
  { "claimed", MOS_DELIVERY_QUEUED, FALSE, NULL },
  { "envelope", MOS_DELIVERY_QUEUED, FALSE, envelope_script },
  { "body", MOS_DELIVERY_QUEUED, FALSE, body_script },
  { "before-final", MOS_DELIVERY_QUEUED, FALSE, NULL },
  { "after-final", MOS_DELIVERY_UNCERTAIN, FALSE, NULL },
  { "dot", MOS_DELIVERY_UNCERTAIN, FALSE, dot_script },
  { "before-report", MOS_DELIVERY_UNCERTAIN, TRUE, NULL },
  { "after-report", MOS_DELIVERY_ACCEPTED, TRUE, NULL },
  { "before-record", MOS_DELIVERY_ACCEPTED, TRUE, NULL },
  { "after-record", MOS_DELIVERY_ACCEPTED, TRUE, NULL },
};

static void
use_smtp (KillFixture *f,
          MosServer *server)
{
  MosAccount *account = f->email.account;
  g_autoptr (MosServer) keep = account->smtp;

  account->smtp = server;
  open_store (f);
  write_step (f, do_save_account, account);
  close_store (f);
  account->smtp = g_steal_pointer (&keep);
}

static void
test_kill (KillFixture *f,
           gconstpointer data)
{
  const Point *p = data;
  g_auto (Look) look = { f };
  g_auto (Look) end = { f };

  if (p->script != NULL)
    {
      MosTestSmtpServer *server = mos_test_smtp_server_new (p->script);
      g_autoptr (MosServer) address = mos_test_smtp_server_make (server, "");
      g_autoptr (GPtrArray) messages = NULL;

      use_smtp (f, address);
      run_child (f, p->where, server);
      messages = mos_test_smtp_server_finish (server);
      use_smtp (f, f->email.account->smtp);
    }
  else
    run_child (f, p->where, NULL);

  open_store (f);
  write_step (f, do_restart, &look);
  g_assert_cmpint (look.row->delivery, ==, p->after);
  g_assert_cmpuint (look.uncertain->len, ==, p->after == MOS_DELIVERY_UNCERTAIN ? 1 : 0);
  if (p->after == MOS_DELIVERY_UNCERTAIN)
    {
      MosOutboxItem *item = g_ptr_array_index (look.uncertain, 0);

      /* Somebody has to look, so it is work again. */
      g_assert_cmpstr (item->message, ==, f->message);
      g_assert_cmpstr (item->why, ==, "interrupted");
      g_assert_true (look.conversation->has_failed);
      g_assert_cmpint (look.conversation->status, ==, MOS_STATUS_OPEN);
      close_store (f);

      /* By itself it never goes a second time. */
      if (p->has_left)
        wait_delivered (f);
      run_child (f, "none", NULL);
      mos_test_settle (500);
      g_assert_cmpuint (count_delivered (f), ==, p->has_left ? 1 : 0);
      g_assert_cmpuint (email_count_in (&f->email, MOS_TEST_SHOP, "Sent", "Message-ID", f->message_id), ==, 0);
      open_store (f);
      write_step (f, p->has_left ? do_settle_sent : do_settle_unsent, f);
    }
  else
    {
      g_assert_false (look.conversation->has_failed);
      g_assert_cmpint (look.conversation->status, ==, MOS_STATUS_CLOSED);
    }
  close_store (f);

  run_child (f, "none", NULL);
  wait_delivered (f);
  run_child (f, "none", NULL);
  mos_test_settle (300);
  g_assert_cmpuint (count_delivered (f), ==, 1);
  g_assert_cmpuint (email_count_in (&f->email, MOS_TEST_SHOP, "Sent", "Message-ID", f->message_id), ==, 1);
  open_store (f);
  write_step (f, do_restart, &end);
  g_assert_cmpint (end.row->delivery, ==, MOS_DELIVERY_ACCEPTED);
  g_assert_true (end.item == NULL || end.item->sent_copy_done);
  close_store (f);
}

/* Killed while it may still be taken back, while it is let go of, and just after: after the restart it leaves by itself, once; or it is taken back and
 * nothing leaves. */
static void
test_undo (KillFixture *f,
           gconstpointer data)
{
  const char *where = data;
  gboolean is_taken_back = g_str_equal (where, "undo-taken-back");
  g_auto (Look) end = { f };
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) child = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE, &error, program, "--child", f->profile, is_taken_back ? "undo-waiting" : where, f->conversation, NULL);

  g_assert_no_error (error);
  g_subprocess_wait (child, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_if_signaled (child));
  g_assert_cmpint (g_subprocess_get_term_sig (child), ==, SIGKILL);

  open_store (f);
  write_step (f, do_find_sent, f);
  if (is_taken_back)
    write_step (f, do_take_back, f);
  /* Its time passes while nothing runs. */
  g_usleep (UNDO_US * 2);
  run_scheduler (f);
  run_scheduler (f);
  close_store (f);
  run_child (f, "none", NULL);
  if (!is_taken_back)
    wait_delivered (f);
  run_child (f, "none", NULL);
  mos_test_settle (500);
  g_assert_cmpuint (count_delivered (f), ==, is_taken_back ? 0 : 1);
  g_assert_cmpuint (email_count_in (&f->email, MOS_TEST_SHOP, "Sent", "Message-ID", f->message_id), ==, is_taken_back ? 0 : 1);
  open_store (f);
  write_step (f, do_restart, &end);
  if (is_taken_back)
    g_assert_null (end.row);
  else
    g_assert_cmpint (end.row->delivery, ==, MOS_DELIVERY_ACCEPTED);
  g_assert_cmpint (end.conversation->status, ==, is_taken_back ? MOS_STATUS_OPEN : MOS_STATUS_CLOSED);
  close_store (f);
}

/* Several programs want to send from one profile at the same time. */
static void
test_race (KillFixture *f,
           gconstpointer data)
{
  GSubprocess *children[4];
  g_auto (Look) end = { f };
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (children); i++)
    {
      children[i] = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE, &error, program, "--child", f->profile, "race", NULL);
      g_assert_no_error (error);
    }
  for (guint i = 0; i < G_N_ELEMENTS (children); i++)
    {
      g_subprocess_wait (children[i], NULL, &error);
      g_assert_no_error (error);
      g_assert_true (g_subprocess_get_if_exited (children[i]));
      g_assert_cmpint (g_subprocess_get_exit_status (children[i]), ==, 0);
      g_object_unref (children[i]);
    }
  wait_delivered (f);
  run_child (f, "none", NULL);
  mos_test_settle (500);
  g_assert_cmpuint (count_delivered (f), ==, 1);
  g_assert_cmpuint (email_count_in (&f->email, MOS_TEST_SHOP, "Sent", "Message-ID", f->message_id), ==, 1);
  open_store (f);
  write_step (f, do_restart, &end);
  g_assert_cmpuint (end.uncertain->len, ==, 0);
  g_assert_cmpint (end.row->delivery, ==, MOS_DELIVERY_ACCEPTED);
  close_store (f);
}

static const char *const undo_points[] = { "undo-waiting", "undo-releasing", "undo-released", "undo-taken-back" };

int
main (int argc,
      char *argv[])
{
  if (argc >= 4 && g_str_equal (argv[1], "--child"))
    {
      point = argv[3];
      return child_main (argv[2], argc > 4 ? argv[4] : NULL);
    }
  program = argv[0];
  mos_test_init (&argc, &argv);

  for (guint i = 0; i < G_N_ELEMENTS (points); i++)
    {
      g_autofree char *path = g_strconcat ("/outbox/kill/", points[i].where, NULL);

      g_test_add (path, KillFixture, &points[i], kill_setup, test_kill, kill_teardown);
    }
  for (guint i = 0; i < G_N_ELEMENTS (undo_points); i++)
    {
      g_autofree char *path = g_strconcat ("/outbox/kill/", undo_points[i], NULL);

      g_test_add (path, KillFixture, undo_points[i], asked_setup, test_undo, kill_teardown);
    }
  g_test_add ("/outbox/race", KillFixture, NULL, kill_setup, test_race, kill_teardown);
  return g_test_run ();
}
