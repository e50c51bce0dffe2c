/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "email-fixture.h"

#include "mos-test-proxy.h"

#include <glib/gstdio.h>
#include <sys/stat.h>
#include <utime.h>

/* The channel against real Dovecot: syncing, IDLE, trouble and stopping. */

/* --- one pass --- */

/* Newest first, work before old mail, old mail in archive mode; a second pass fetches nothing. */
static void
test_first_sync (EmailFixture *f,
                 gconstpointer data)
{
  MosImapSession *session = email_open_imap (f, "INBOX");
  gint64 now_us = g_get_real_time ();
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autofree char *last = NULL;
  g_autoptr (MosAccountStatus) status = NULL;
  MosSyncCounts counts;

  email_append (session, "INBOX", "old-1", now_us - 400 * DAY_US, MOS_MESSAGE_FLAG_SEEN);
  email_append (session, "INBOX", "old-2", now_us - 30 * DAY_US, 0);
  email_append (session, "Sent", "answer", now_us - 2 * DAY_US, MOS_MESSAGE_FLAG_SEEN);
  email_append (session, "Sent", "old-answer", now_us - 200 * DAY_US, MOS_MESSAGE_FLAG_SEEN);
  email_append (session, "Trash", "rubbish", now_us, 0);
  email_append (session, "INBOX", "work", now_us - DAY_US, MOS_MESSAGE_FLAG_ANSWERED);
  email_append (session, "INBOX", "newest", now_us, 0);
  email_close_imap (session);

  counts = email_sync_once (f);
  g_assert_cmpuint (counts.fetched, ==, 6);
  g_assert_cmpuint (counts.added, ==, 6);
  g_assert_cmpuint (counts.on_server, ==, 6);
  status = mos_test_host_dup_status (f->host);
  g_assert_cmpint (status->state, ==, MOS_ACCOUNT_READY);
  g_assert_cmpuint (status->on_server, ==, 6);
  g_assert_cmpint (status->last_sync_us, >, 0);
  g_assert_cmpuint (mos_test_host_count (f->host, MOS_FOLDER_INBOX), ==, 4);
  g_assert_cmpuint (mos_test_host_count (f->host, MOS_FOLDER_SENT), ==, 2);
  g_assert_false (mos_test_host_has (f->host, "rubbish"));
  g_assert_cmpuint (mos_test_host_count_archive (f->host), ==, 3);
  g_assert_cmpuint (mos_test_host_count_work_ready (f->host), ==, 1);
  g_assert_cmpint (mos_test_host_get_flags (f->host, "work"), ==, MOS_MESSAGE_FLAG_ANSWERED);

  first = mos_test_host_nth (f->host, 0);
  second = mos_test_host_nth (f->host, 2);
  last = mos_test_host_nth (f->host, 5);
  g_assert_true (g_str_equal (first, "newest") || g_str_equal (first, "work"));
  g_assert_cmpstr (second, ==, "answer");
  g_assert_cmpstr (last, ==, "old-answer");

  counts = email_sync_once (f);
  g_assert_cmpuint (counts.fetched, ==, 0);
  g_assert_cmpuint (counts.added, ==, 0);
  g_assert_cmpuint (counts.updated, ==, 0);
  g_assert_cmpuint (counts.on_server, ==, 6);
  g_assert_cmpuint (mos_test_host_count_work_ready (f->host), ==, 1);
}

/* A pass that was ended anywhere goes on from the set of what is missing. */
static void
test_cancelled_pass_resumes (EmailFixture *f,
                             gconstpointer data)
{
  MosImapSession *session = email_open_imap (f, "INBOX");
  g_autoptr (MosChannel) channel = email_make_channel (f);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  MosSyncCounts counts;

  for (guint i = 0; i < 120; i++)
    {
      g_autofree char *subject = g_strdup_printf ("mail-%u", i);

      email_append (session, "INBOX", subject, 0, 0);
    }
  email_close_imap (session);

  g_cancellable_cancel (cancellable);
  g_assert_false (mos_channel_sync_once_sync (channel, &counts, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  counts = email_sync_once (f);
  g_assert_cmpuint (mos_test_host_count (f->host, MOS_FOLDER_INBOX), ==, 120);
  g_assert_cmpuint (mos_test_host_count_ingested (f->host), ==, 120);
}

static void
test_uidvalidity (EmailFixture *f,
                  gconstpointer data)
{
  MosImapSession *session = email_open_imap (f, "INBOX");
  const char *maildir = mos_test_servers_get_maildir (f->servers, MOS_TEST_SHOP);
  static const char *const files[] = { "dovecot-uidlist", "dovecot.index", "dovecot.index.log", "dovecot.index.cache" };
  gint64 now_us = g_get_real_time ();
  MosSyncCounts counts;

  email_append (session, "INBOX", "one", now_us - 3 * DAY_US, 0);
  email_append (session, "INBOX", "two", now_us - 2 * DAY_US, MOS_MESSAGE_FLAG_SEEN);
  email_append (session, "INBOX", "three", now_us - DAY_US, 0);
  email_close_imap (session);
  counts = email_sync_once (f);
  g_assert_cmpuint (counts.fetched, ==, 3);

  /* UIDVALIDITY is a time in seconds: let that pass before it is made anew. */
  mos_test_settle (1100);
  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *path = g_build_filename (maildir, files[i], NULL);

      g_unlink (path);
    }

  email_deliver (f, "four");
  counts = email_sync_once (f);
  g_assert_cmpuint (mos_test_host_count_rematched (f->host), ==, 3);
  g_assert_cmpuint (counts.fetched, ==, 1);
  g_assert_cmpuint (counts.added, ==, 1);
  g_assert_cmpuint (mos_test_host_count (f->host, MOS_FOLDER_INBOX), ==, 4);
  g_assert_false (mos_test_host_is_removed (f->host, "one"));
}

/* --- connected --- */

static void
test_idle_arrival (EmailFixture *f,
                   gconstpointer data)
{
  MosChannel *channel = email_start (f);
  gint64 begin_us, took_us;

  /* The first one may still meet the idle worker on its way in. */
  email_deliver (f, "warm-up");
  mos_test_wait (mos_test_host_has (f->host, "warm-up"), 10000);
  mos_test_settle (500);

  begin_us = g_get_monotonic_time ();
  email_deliver (f, "arrived");
  mos_test_wait (mos_test_host_has (f->host, "arrived"), 10000);
  took_us = g_get_monotonic_time () - begin_us;
  g_test_message ("delivered to ingested: %" G_GINT64_FORMAT " ms", took_us / 1000);
  /* A second is the promise; a sanitized build on a busy machine gets two more. */
  g_assert_cmpint (took_us, <, 3 * G_USEC_PER_SEC);
  email_stop (channel);
}

static void
test_flags_and_removal (EmailFixture *f,
                        gconstpointer data)
{
  g_autoptr (MosImapUidSet) one = mos_imap_uid_set_new ();
  g_autoptr (MosImapUidSet) two = mos_imap_uid_set_new ();
  g_autoptr (GError) error = NULL;
  MosImapSession *other;
  MosChannel *channel;

  email_deliver (f, "one");
  email_deliver (f, "two");
  channel = email_start (f);
  mos_test_wait (mos_test_host_has (f->host, "one") && mos_test_host_has (f->host, "two"), 10000);

  /* Somebody reads and deletes on a phone. */
  other = email_open_imap (f, "INBOX");
  mos_imap_uid_set_add (one, mos_test_host_get_uid (f->host, "one"));
  mos_imap_uid_set_add (two, mos_test_host_get_uid (f->host, "two"));
  mos_imap_session_store_flags_sync (other, one, MOS_MESSAGE_FLAG_SEEN | MOS_MESSAGE_FLAG_FLAGGED, 0, NULL, &error);
  g_assert_no_error (error);
  mos_test_wait (mos_test_host_get_flags (f->host, "one") == (MOS_MESSAGE_FLAG_SEEN | MOS_MESSAGE_FLAG_FLAGGED), 10000);
  mos_imap_session_move_sync (other, two, "Trash", TRUE, NULL, &error);
  g_assert_no_error (error);
  mos_test_wait (mos_test_host_is_removed (f->host, "two"), 10000);

  /* And the desk reads and answers here. */
  mos_test_host_want_flags (f->host, "one", MOS_MESSAGE_FLAG_ANSWERED, MOS_MESSAGE_FLAG_FLAGGED);
  mos_channel_wake (channel, MOS_CHANNEL_WAKE_FLAGS);
  mos_test_wait (mos_test_host_count_wanted (f->host) == 0, 10000);
  mos_test_wait (mos_test_host_get_flags (f->host, "one") == (MOS_MESSAGE_FLAG_SEEN | MOS_MESSAGE_FLAG_ANSWERED), 10000);
  email_close_imap (other);
  email_stop (channel);
}

static void
test_flags_of_a_gone_generation (EmailFixture *f,
                                 gconstpointer data)
{
  MosSyncCounts counts;

  email_deliver (f, "one");
  counts = email_sync_once (f);
  g_assert_cmpuint (counts.added, ==, 1);
  mos_test_host_want_flags (f->host, "one", MOS_MESSAGE_FLAG_SEEN, 0);
  counts = email_sync_once (f);
  g_assert_cmpuint (mos_test_host_count_wanted (f->host), ==, 0);
  g_assert_cmpint (mos_test_host_get_flags (f->host, "one"), ==, MOS_MESSAGE_FLAG_SEEN);
}

/* The server is killed and comes back: the channel does, too, and brings what came meanwhile. */
static double
no_jitter (gpointer data)
{
  return 0;
}

static void
test_reconnect (EmailFixture *f,
                gconstpointer data)
{
  g_autoptr (MosTestProxy) proxy = mos_test_proxy_new (f->servers->imaps);
  g_autoptr (MosAccountStatus) status = NULL;
  MosChannel *channel;
  guint asked;

  f->account->imap->port = mos_test_proxy_get_port (proxy);
  channel = email_make_channel (f);
  mos_email_channel_set_random (MOS_EMAIL_CHANNEL (channel), no_jitter, NULL);
  mos_channel_start (channel);
  mos_test_wait (mos_test_host_get_state (f->host) == MOS_ACCOUNT_READY, 20000);
  email_deliver (f, "before");
  mos_test_wait (mos_test_host_has (f->host, "before"), 10000);

  mos_test_proxy_set_down (proxy, TRUE);
  email_deliver (f, "meanwhile");
  mos_test_wait (mos_test_host_get_state (f->host) == MOS_ACCOUNT_WAITING, 10000);
  status = mos_test_host_dup_status (f->host);
  g_assert_nonnull (status->why);
  g_assert_nonnull (status->detail);
  g_assert_cmpint (status->next_try_us, >, 0);

  mos_test_proxy_set_down (proxy, FALSE);
  /* Asked for now, the back-off ends at once. */
  mos_channel_wake (channel, MOS_CHANNEL_WAKE_SYNC);
  mos_test_wait (mos_test_host_has (f->host, "meanwhile"), 10000);
  mos_test_wait (mos_test_host_get_state (f->host) == MOS_ACCOUNT_READY, 10000);

  /* IDLE is there again, too. */
  asked = mos_test_proxy_count (proxy);
  email_deliver (f, "after");
  mos_test_wait (mos_test_host_has (f->host, "after"), 10000);
  g_assert_cmpuint (mos_test_proxy_count (proxy), <=, asked + 1);
  email_stop (channel);
}

static void
test_reconnect_by_itself (EmailFixture *f,
                          gconstpointer data)
{
  g_autoptr (MosTestProxy) proxy = mos_test_proxy_new (f->servers->imaps);
  MosChannel *channel;

  f->account->imap->port = mos_test_proxy_get_port (proxy);
  channel = email_start (f);
  mos_test_proxy_set_down (proxy, TRUE);
  email_deliver (f, "meanwhile");
  mos_test_wait (mos_test_host_get_state (f->host) == MOS_ACCOUNT_WAITING, 10000);
  mos_test_proxy_set_down (proxy, FALSE);
  mos_test_wait (mos_test_host_has (f->host, "meanwhile"), 15000);
  email_stop (channel);
}

/* --- trouble that only the owner ends --- */

static void
test_wrong_password (EmailFixture *f,
                     gconstpointer data)
{
  g_autoptr (MosAccountStatus) status = NULL;
  MosChannel *channel;
  guint asked;

  mos_test_host_set_password (f->host, "wrong");
  channel = email_make_channel (f);
  mos_channel_start (channel);
  mos_test_wait (mos_test_host_get_state (f->host) == MOS_ACCOUNT_AUTH_FAILED, 20000);
  status = mos_test_host_dup_status (f->host);
  g_assert_cmpstr (status->why, ==, "auth-failed");
  g_assert_cmpint (status->next_try_us, ==, 0);

  /* It is not tried again by itself: servers lock accounts for that. */
  asked = mos_test_host_count_passwords (f->host);
  mos_channel_wake (channel, MOS_CHANNEL_WAKE_NETWORK);
  mos_test_settle (2500);
  g_assert_cmpuint (mos_test_host_count_passwords (f->host), ==, asked);

  mos_test_host_set_password (f->host, MOS_TEST_PASSWORD);
  mos_channel_wake (channel, MOS_CHANNEL_WAKE_SYNC);
  mos_test_wait (mos_test_host_get_state (f->host) == MOS_ACCOUNT_READY, 10000);
  email_stop (channel);
}

static void
test_bad_certificate (EmailFixture *f,
                      gconstpointer data)
{
  g_autoptr (MosAccountStatus) status = NULL;
  MosChannel *channel;

  g_clear_pointer (&f->account->ca_file, g_free);
  channel = email_make_channel (f);
  mos_channel_start (channel);
  mos_test_wait (mos_test_host_get_state (f->host) == MOS_ACCOUNT_BAD_CERTIFICATE, 20000);
  status = mos_test_host_dup_status (f->host);
  g_assert_cmpstr (status->why, ==, "bad-certificate");
  email_stop (channel);
}

/* @n messages, a second apart from @begin_s on, put where Dovecot finds them. */
static void
fill_maildir (EmailFixture *f,
              gint64 begin_s,
              guint n)
{
  const char *maildir = mos_test_servers_get_maildir (f->servers, MOS_TEST_SHOP);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *path = g_strdup_printf ("%s/cur/%" G_GINT64_FORMAT ".M%uP1.old:2,S", maildir, begin_s + i, i);
      g_autofree char *text = g_strdup_printf ("From: Ana <ana@mail.test>\nSubject: mail-%" G_GINT64_FORMAT "\nDate: Sun, 13 Sep 2020 12:00:00 +0000\nMessage-ID: <mail-%" G_GINT64_FORMAT "@mail.test>\n\nHello.\n", begin_s + i, begin_s + i);
      g_autoptr (GError) error = NULL;
      struct utimbuf when = { begin_s + i, begin_s + i };

      g_file_set_contents (path, text, -1, &error);
      g_assert_no_error (error);
      g_assert_cmpint (chmod (path, 0666), ==, 0);
      g_assert_cmpint (g_utime (path, &when), ==, 0);
    }
}

typedef struct
{
  EmailFixture *f;
  char *newest;
  guint asked;
  gboolean is_read;
} Interruption;

static gboolean
interrupt_always (gpointer data)
{
  return TRUE;
}

/* Somebody reads a message, once it is here, while the others come. */
static gboolean
read_one (gpointer data)
{
  Interruption *interruption = data;

  interruption->asked++;
  if (!interruption->is_read && mos_test_host_has (interruption->f->host, interruption->newest))
    {
      interruption->is_read = TRUE;
      mos_test_host_want_flags (interruption->f->host, interruption->newest, MOS_MESSAGE_FLAG_FLAGGED, 0);
    }
  return TRUE;
}

/* However often a first sync is interrupted, no message is asked for twice, and flags are written meanwhile. */
static void
test_interrupted_first_sync (EmailFixture *f,
                             gconstpointer data)
{
  gint64 begin_s = g_get_real_time () / G_USEC_PER_SEC - 3600;
  g_autofree char *newest = g_strdup_printf ("mail-%" G_GINT64_FORMAT, begin_s + 499);
  Interruption interruption = { f, newest, 0, FALSE };
  MosEmailSyncHooks hooks = { NULL, interrupt_always, read_one, &interruption };
  g_autoptr (MosEmailSync) sync = NULL;
  g_autoptr (GError) error = NULL;
  MosSyncCounts counts = { 0 };
  gboolean complete = FALSE;
  guint passes = 0;

  email_deliver (f, "seed");
  fill_maildir (f, 1600000000, 900);
  fill_maildir (f, begin_s, 500);

  sync = mos_email_sync_open_sync (f->account, MOS_CHANNEL_HOST (f->host), &hooks, NULL, &error);
  g_assert_no_error (error);
  for (; !complete; passes++)
    {
      g_assert_true (mos_email_sync_run_sync (sync, MOS_EMAIL_SYNC_ALL, &counts, &complete, NULL, &error));
      g_assert_no_error (error);
      if (passes == 0)
        email_deliver (f, "meanwhile");
    }

  g_assert_cmpuint (counts.fetched, ==, 1402);
  g_assert_cmpuint (counts.planned, ==, 1402);
  /* One batch of 200 each: 901 old ones and what came meanwhile. */
  g_assert_cmpuint (passes, ==, 5);
  g_assert_cmpuint (mos_test_host_count_work_ready (f->host), ==, 1);
  g_assert_cmpuint (mos_test_host_count (f->host, MOS_FOLDER_INBOX), ==, 1402);
  g_assert_cmpuint (interruption.asked, >, 0);
  g_assert_true (interruption.is_read);
  g_assert_cmpuint (mos_test_host_count_wanted (f->host), ==, 0);

  complete = FALSE;
  g_assert_true (mos_email_sync_run_sync (sync, MOS_EMAIL_SYNC_ALL, &counts, &complete, NULL, &error));
  g_assert_true (complete);
  g_assert_cmpuint (counts.planned, ==, 1402);
}

/* A first sync whose line broke: work is not looked for a second time. */
static void
test_work_once (EmailFixture *f,
                gconstpointer data)
{
  MosEmailSyncHooks hooks = { NULL, interrupt_always, NULL, NULL };
  MosSyncCounts counts = { 0 };
  g_autoptr (GError) error = NULL;

  email_deliver (f, "seed");
  fill_maildir (f, 1600000000, 400);
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (MosEmailSync) sync = mos_email_sync_open_sync (f->account, MOS_CHANNEL_HOST (f->host), &hooks, NULL, &error);
      gboolean complete = TRUE;

      g_assert_no_error (error);
      g_assert_true (mos_email_sync_run_sync (sync, MOS_EMAIL_SYNC_ALL, &counts, &complete, NULL, &error));
      g_assert_no_error (error);
      g_assert_cmpint (complete, ==, i == 1);
    }
  g_assert_cmpuint (counts.fetched, ==, 401);
  g_assert_cmpuint (counts.planned, ==, 401 + 200);
  g_assert_cmpuint (mos_test_host_count_work_ready (f->host), ==, 1);
}

/* Years of old mail are being fetched when a customer writes: she does not wait for them. */
static void
test_new_before_old (EmailFixture *f,
                     gconstpointer data)
{
  MosChannel *channel;
  const guint n = 3000;

  email_deliver (f, "seed"); /* makes the Maildir */
  fill_maildir (f, 1600000000, n);

  channel = email_make_channel (f);
  mos_channel_start (channel);
  mos_test_wait (mos_test_host_count_ingested (f->host) > 0, 30000);
  email_deliver (f, "new");
  mos_test_wait (mos_test_host_has (f->host, "new"), 30000);
  g_test_message ("%u of %u old ones were there", mos_test_host_count_ingested (f->host) - 2, n);
  g_assert_cmpuint (mos_test_host_count_ingested (f->host), <, n);

  mos_test_wait (mos_test_host_count_ingested (f->host) == n + 2 && mos_test_host_get_state (f->host) == MOS_ACCOUNT_READY, 60000);
  g_assert_cmpuint (mos_test_host_count_archive (f->host), ==, n);
  email_stop (channel);
}

/* --- stopping --- */

static void
test_stop_while_syncing (EmailFixture *f,
                         gconstpointer data)
{
  MosImapSession *session = email_open_imap (f, "INBOX");
  MosChannel *channel;

  for (guint i = 0; i < 400; i++)
    {
      g_autofree char *subject = g_strdup_printf ("mail-%u", i);

      email_append (session, "INBOX", subject, 0, 0);
    }
  email_close_imap (session);

  channel = email_make_channel (f);
  mos_channel_start (channel);
  mos_test_wait (mos_test_host_count_ingested (f->host) > 0, 20000);
  email_stop (channel);
  g_assert_cmpint (mos_test_host_get_state (f->host), ==, MOS_ACCOUNT_OFFLINE);

  email_sync_once (f);
  g_assert_cmpuint (mos_test_host_count_known (f->host), ==, 400);
  g_assert_cmpuint (mos_test_host_count_ingested (f->host), ==, 400);
}

static void
test_stop_at_once (EmailFixture *f,
                   gconstpointer data)
{
  for (guint i = 0; i < 5; i++)
    {
      MosChannel *channel = email_make_channel (f);

      mos_channel_start (channel);
      mos_test_settle (i * 20);
      email_stop (channel);
    }
}

int
main (int argc,
      char **argv)
{
  mos_test_init (&argc, &argv);

#define ADD(path, func) g_test_add (path, EmailFixture, NULL, email_setup, func, email_teardown)
  ADD ("/email-channel/first-sync", test_first_sync);
  ADD ("/email-channel/cancelled-pass-resumes", test_cancelled_pass_resumes);
  ADD ("/email-channel/uidvalidity", test_uidvalidity);
  ADD ("/email-channel/idle-arrival", test_idle_arrival);
  ADD ("/email-channel/flags-and-removal", test_flags_and_removal);
  ADD ("/email-channel/flags-in-one-pass", test_flags_of_a_gone_generation);
  ADD ("/email-channel/reconnect", test_reconnect);
  ADD ("/email-channel/reconnect-by-itself", test_reconnect_by_itself);
  ADD ("/email-channel/wrong-password", test_wrong_password);
  ADD ("/email-channel/bad-certificate", test_bad_certificate);
  ADD ("/email-channel/interrupted-first-sync", test_interrupted_first_sync);
  ADD ("/email-channel/work-once", test_work_once);
  ADD ("/email-channel/new-before-old", test_new_before_old);
  ADD ("/email-channel/stop-while-syncing", test_stop_while_syncing);
  ADD ("/email-channel/stop-at-once", test_stop_at_once);

  return g_test_run ();
}
