/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "core/channels/email/mos-email-channel.h"
#include "core/channels/email/mos-email-sync.h"
#include "core/channels/email/mos-email-test.h"
#include "core/mail/net/mos-mail-connection.h"
#include "mos-test-host.h"
#include "mos-test-proxy.h"
#include "mos-test-servers.h"

#include <glib/gstdio.h>
#include <string.h>

/* The channel against real Dovecot and postfix, the desk played by MosTestHost. */

#define DAY_US (24 * G_GINT64_CONSTANT (3600) * G_USEC_PER_SEC)

typedef struct
{
  MosTestServers *servers;
  MosTestHost *host;
  MosClock *clock;
  MosAccount *account;
} Fixture;

static void
setup (Fixture *f,
       gconstpointer data)
{
  f->servers = mos_test_servers_new ();
  f->host = mos_test_host_new (MOS_TEST_PASSWORD);
  f->clock = mos_clock_new_system ();
  f->account = mos_account_new ();
  f->account->id = g_strdup ("account-1");
  f->account->kind = g_strdup ("email");
  f->account->name = g_strdup ("Support");
  f->account->address = g_strdup (MOS_TEST_SHOP);
  f->account->aliases = g_new0 (char *, 1);
  f->account->signature = g_strdup ("");
  f->account->imap = mos_server_new ();
  f->account->imap->host = g_strdup (f->servers->host);
  f->account->imap->port = f->servers->imaps;
  f->account->imap->user = g_strdup (MOS_TEST_SHOP);
  f->account->imap->security = MOS_SECURITY_TLS;
  f->account->smtp = mos_server_new ();
  f->account->smtp->host = g_strdup (f->servers->host);
  f->account->smtp->port = f->servers->submission;
  f->account->smtp->user = g_strdup (MOS_TEST_SHOP);
  f->account->smtp->security = MOS_SECURITY_STARTTLS;
  f->account->ca_file = g_strdup (f->servers->ca_file);
  f->account->work_since_us = g_get_real_time () - 14 * DAY_US;
}

static void
teardown (Fixture *f,
          gconstpointer data)
{
  mos_account_unref (f->account);
  g_object_unref (f->clock);
  g_object_unref (f->host);
  mos_test_servers_free (f->servers);
}

static MosChannel *
make_channel (Fixture *f)
{
  MosChannel *channel = mos_channel_new_for_account (f->account, MOS_CHANNEL_HOST (f->host), f->clock);

  g_assert_true (MOS_IS_EMAIL_CHANNEL (channel));
  return channel;
}

static MosChannel *
start (Fixture *f)
{
  MosChannel *channel = make_channel (f);

  mos_channel_start (channel);
  mos_test_wait (mos_test_host_get_state (f->host) == MOS_ACCOUNT_READY, 20000);
  return channel;
}

static void
stop (MosChannel *channel)
{
  gint64 begin_us = g_get_monotonic_time ();

  mos_channel_stop_sync (channel);
  g_assert_cmpint (g_get_monotonic_time () - begin_us, <, 3 * G_USEC_PER_SEC);
  g_object_unref (channel);
}

static void
deliver (Fixture *f,
         const char *subject)
{
  g_autofree char *text = g_strdup_printf ("From: Ana <ana@mail.test>\nTo: <%s>\nSubject: %s\nDate: Mon, 02 Mar 2026 09:00:00 +0000\nMessage-ID: <%s@mail.test>\n\nHello.\n",
                                           MOS_TEST_SHOP, subject, subject);

  mos_test_servers_deliver (f->servers, MOS_TEST_SHOP, text);
}

static MosImapSession *
open_imap (Fixture *f,
           const char *folder)
{
  g_autoptr (GError) error = NULL;
  MosImapSession *session = mos_email_open_imap_sync (f->account, MOS_TEST_PASSWORD, NULL, &error);
  MosImapSelected selected;

  g_assert_no_error (error);
  g_assert_true (mos_imap_session_select_sync (session, folder, FALSE, 0, 0, &selected, NULL, &error));
  g_assert_no_error (error);
  return session;
}

static void
append (MosImapSession *session,
        const char *folder,
        const char *subject,
        gint64 received_us,
        MosMessageFlags flags)
{
  g_autofree char *text = g_strdup_printf ("From: Ana <ana@mail.test>\r\nTo: <%s>\r\nSubject: %s\r\nDate: Mon, 02 Mar 2026 09:00:00 +0000\r\nMessage-ID: <%s@mail.test>\r\n\r\nHello.\r\n",
                                           MOS_TEST_SHOP, subject, subject);
  g_autoptr (GBytes) raw = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;

  mos_imap_session_append_sync (session, folder, flags, received_us, raw, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
}

static void
close_imap (MosImapSession *session)
{
  mos_imap_session_logout_sync (session);
  mos_imap_session_free (session);
}

static MosSyncCounts
sync_once (Fixture *f)
{
  g_autoptr (MosChannel) channel = make_channel (f);
  g_autoptr (GError) error = NULL;
  MosSyncCounts counts;

  g_assert_true (mos_channel_sync_once_sync (channel, &counts, NULL, &error));
  g_assert_no_error (error);
  return counts;
}

static guint
count_in (Fixture *f,
          const char *user,
          const char *folder,
          const char *header,
          const char *value)
{
  g_autoptr (MosServer) server = mos_server_new ();
  MosImapOptions options = { .password = MOS_TEST_PASSWORD, .ca_file = f->servers->ca_file };
  g_autoptr (GError) error = NULL;
  g_autoptr (MosImapUidSet) found = NULL;
  MosImapSession *session;
  MosImapSelected selected;
  guint n;

  server->host = g_strdup (f->servers->host);
  server->port = f->servers->imaps;
  server->user = g_strdup (user);
  session = mos_imap_session_open_sync (server, &options, NULL, &error);
  g_assert_no_error (error);
  mos_imap_session_select_sync (session, folder, TRUE, 0, 0, &selected, NULL, &error);
  g_assert_no_error (error);
  found = mos_imap_session_find_header_sync (session, header, value, NULL, &error);
  g_assert_no_error (error);
  n = (guint) mos_imap_uid_set_get_count (found);
  close_imap (session);
  return n;
}

/* --- one pass --- */

/* Newest first, work before old mail, old mail in archive mode; a second pass fetches nothing. */
static void
test_first_sync (Fixture *f,
                 gconstpointer data)
{
  MosImapSession *session = open_imap (f, "INBOX");
  gint64 now_us = g_get_real_time ();
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autofree char *last = NULL;
  MosSyncCounts counts;

  append (session, "INBOX", "old-1", now_us - 400 * DAY_US, MOS_MESSAGE_FLAG_SEEN);
  append (session, "INBOX", "old-2", now_us - 30 * DAY_US, 0);
  append (session, "Sent", "answer", now_us - 2 * DAY_US, MOS_MESSAGE_FLAG_SEEN);
  append (session, "Sent", "old-answer", now_us - 200 * DAY_US, MOS_MESSAGE_FLAG_SEEN);
  append (session, "Trash", "rubbish", now_us, 0);
  append (session, "INBOX", "work", now_us - DAY_US, MOS_MESSAGE_FLAG_ANSWERED);
  append (session, "INBOX", "newest", now_us, 0);
  close_imap (session);

  counts = sync_once (f);
  g_assert_cmpuint (counts.fetched, ==, 6);
  g_assert_cmpuint (counts.added, ==, 6);
  g_assert_cmpuint (counts.on_server, ==, 6);
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

  counts = sync_once (f);
  g_assert_cmpuint (counts.fetched, ==, 0);
  g_assert_cmpuint (counts.added, ==, 0);
  g_assert_cmpuint (counts.updated, ==, 0);
  g_assert_cmpuint (counts.on_server, ==, 6);
  g_assert_cmpuint (mos_test_host_count_work_ready (f->host), ==, 1);
}

/* A pass that was ended anywhere goes on from the set of what is missing. */
static void
test_cancelled_pass_resumes (Fixture *f,
                             gconstpointer data)
{
  MosImapSession *session = open_imap (f, "INBOX");
  g_autoptr (MosChannel) channel = make_channel (f);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  MosSyncCounts counts;

  for (guint i = 0; i < 120; i++)
    {
      g_autofree char *subject = g_strdup_printf ("mail-%u", i);

      append (session, "INBOX", subject, 0, 0);
    }
  close_imap (session);

  g_cancellable_cancel (cancellable);
  g_assert_false (mos_channel_sync_once_sync (channel, &counts, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  counts = sync_once (f);
  g_assert_cmpuint (mos_test_host_count (f->host, MOS_FOLDER_INBOX), ==, 120);
  g_assert_cmpuint (mos_test_host_count_ingested (f->host), ==, 120);
}

static void
test_uidvalidity (Fixture *f,
                  gconstpointer data)
{
  MosImapSession *session = open_imap (f, "INBOX");
  const char *maildir = mos_test_servers_get_maildir (f->servers, MOS_TEST_SHOP);
  static const char *const files[] = { "dovecot-uidlist", "dovecot.index", "dovecot.index.log", "dovecot.index.cache" };
  gint64 now_us = g_get_real_time ();
  MosSyncCounts counts;

  append (session, "INBOX", "one", now_us - 3 * DAY_US, 0);
  append (session, "INBOX", "two", now_us - 2 * DAY_US, MOS_MESSAGE_FLAG_SEEN);
  append (session, "INBOX", "three", now_us - DAY_US, 0);
  close_imap (session);
  counts = sync_once (f);
  g_assert_cmpuint (counts.fetched, ==, 3);

  /* UIDVALIDITY is a time in seconds: let that pass before it is made anew. */
  mos_test_settle (1100);
  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *path = g_build_filename (maildir, files[i], NULL);

      g_unlink (path);
    }

  deliver (f, "four");
  counts = sync_once (f);
  g_assert_cmpuint (mos_test_host_count_rematched (f->host), ==, 3);
  g_assert_cmpuint (counts.fetched, ==, 1);
  g_assert_cmpuint (counts.added, ==, 1);
  g_assert_cmpuint (mos_test_host_count (f->host, MOS_FOLDER_INBOX), ==, 4);
  g_assert_false (mos_test_host_is_removed (f->host, "one"));
}

/* --- connected --- */

static void
test_idle_arrival (Fixture *f,
                   gconstpointer data)
{
  MosChannel *channel = start (f);
  gint64 begin_us, took_us;

  /* The first one may still meet the idle worker on its way in. */
  deliver (f, "warm-up");
  mos_test_wait (mos_test_host_has (f->host, "warm-up"), 10000);
  mos_test_settle (500);

  begin_us = g_get_monotonic_time ();
  deliver (f, "arrived");
  mos_test_wait (mos_test_host_has (f->host, "arrived"), 10000);
  took_us = g_get_monotonic_time () - begin_us;
  g_test_message ("delivered to ingested: %" G_GINT64_FORMAT " ms", took_us / 1000);
  /* A second is the promise; a sanitized build on a busy machine gets two more. */
  g_assert_cmpint (took_us, <, 3 * G_USEC_PER_SEC);
  stop (channel);
}

static void
test_flags_and_removal (Fixture *f,
                        gconstpointer data)
{
  g_autoptr (MosImapUidSet) one = mos_imap_uid_set_new ();
  g_autoptr (MosImapUidSet) two = mos_imap_uid_set_new ();
  g_autoptr (GError) error = NULL;
  MosImapSession *other;
  MosChannel *channel;

  deliver (f, "one");
  deliver (f, "two");
  channel = start (f);
  mos_test_wait (mos_test_host_has (f->host, "one") && mos_test_host_has (f->host, "two"), 10000);

  /* Somebody reads and deletes on a phone. */
  other = open_imap (f, "INBOX");
  mos_imap_uid_set_add (one, mos_test_host_get_uid (f->host, "one"));
  mos_imap_uid_set_add (two, mos_test_host_get_uid (f->host, "two"));
  mos_imap_session_store_flags_sync (other, one, MOS_MESSAGE_FLAG_SEEN | MOS_MESSAGE_FLAG_FLAGGED, 0, NULL, &error);
  g_assert_no_error (error);
  mos_test_wait (mos_test_host_get_flags (f->host, "one") == (MOS_MESSAGE_FLAG_SEEN | MOS_MESSAGE_FLAG_FLAGGED), 10000);
  mos_imap_session_move_sync (other, two, "Trash", NULL, &error);
  g_assert_no_error (error);
  mos_test_wait (mos_test_host_is_removed (f->host, "two"), 10000);

  /* And the desk reads and answers here. */
  mos_test_host_want_flags (f->host, "one", MOS_MESSAGE_FLAG_ANSWERED, MOS_MESSAGE_FLAG_FLAGGED);
  mos_channel_wake (channel, MOS_CHANNEL_WAKE_FLAGS);
  mos_test_wait (mos_test_host_count_wanted (f->host) == 0, 10000);
  mos_test_wait (mos_test_host_get_flags (f->host, "one") == (MOS_MESSAGE_FLAG_SEEN | MOS_MESSAGE_FLAG_ANSWERED), 10000);
  close_imap (other);
  stop (channel);
}

static void
test_flags_of_a_gone_generation (Fixture *f,
                                 gconstpointer data)
{
  MosSyncCounts counts;

  deliver (f, "one");
  counts = sync_once (f);
  g_assert_cmpuint (counts.added, ==, 1);
  mos_test_host_want_flags (f->host, "one", MOS_MESSAGE_FLAG_SEEN, 0);
  counts = sync_once (f);
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
test_reconnect (Fixture *f,
                gconstpointer data)
{
  g_autoptr (MosTestProxy) proxy = mos_test_proxy_new (f->servers->imaps);
  g_autoptr (MosAccountStatus) status = NULL;
  MosChannel *channel;
  guint asked;

  f->account->imap->port = mos_test_proxy_get_port (proxy);
  channel = make_channel (f);
  mos_email_channel_set_random (MOS_EMAIL_CHANNEL (channel), no_jitter, NULL);
  mos_channel_start (channel);
  mos_test_wait (mos_test_host_get_state (f->host) == MOS_ACCOUNT_READY, 20000);
  deliver (f, "before");
  mos_test_wait (mos_test_host_has (f->host, "before"), 10000);

  mos_test_proxy_set_down (proxy, TRUE);
  deliver (f, "meanwhile");
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
  deliver (f, "after");
  mos_test_wait (mos_test_host_has (f->host, "after"), 10000);
  g_assert_cmpuint (mos_test_proxy_count (proxy), <=, asked + 1);
  stop (channel);
}

static void
test_reconnect_by_itself (Fixture *f,
                          gconstpointer data)
{
  g_autoptr (MosTestProxy) proxy = mos_test_proxy_new (f->servers->imaps);
  MosChannel *channel;

  f->account->imap->port = mos_test_proxy_get_port (proxy);
  channel = start (f);
  mos_test_proxy_set_down (proxy, TRUE);
  deliver (f, "meanwhile");
  mos_test_wait (mos_test_host_get_state (f->host) == MOS_ACCOUNT_WAITING, 10000);
  mos_test_proxy_set_down (proxy, FALSE);
  mos_test_wait (mos_test_host_has (f->host, "meanwhile"), 15000);
  stop (channel);
}

/* --- trouble that only the owner ends --- */

static void
test_wrong_password (Fixture *f,
                     gconstpointer data)
{
  g_autoptr (MosAccountStatus) status = NULL;
  MosChannel *channel;
  guint asked;

  mos_test_host_set_password (f->host, "wrong");
  channel = make_channel (f);
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
  stop (channel);
}

static void
test_bad_certificate (Fixture *f,
                      gconstpointer data)
{
  g_autoptr (MosAccountStatus) status = NULL;
  MosChannel *channel;

  g_clear_pointer (&f->account->ca_file, g_free);
  channel = make_channel (f);
  mos_channel_start (channel);
  mos_test_wait (mos_test_host_get_state (f->host) == MOS_ACCOUNT_BAD_CERTIFICATE, 20000);
  status = mos_test_host_dup_status (f->host);
  g_assert_cmpstr (status->why, ==, "bad-certificate");
  stop (channel);
}

/* --- stopping --- */

static void
test_stop_while_syncing (Fixture *f,
                         gconstpointer data)
{
  MosImapSession *session = open_imap (f, "INBOX");
  MosChannel *channel;

  for (guint i = 0; i < 400; i++)
    {
      g_autofree char *subject = g_strdup_printf ("mail-%u", i);

      append (session, "INBOX", subject, 0, 0);
    }
  close_imap (session);

  channel = make_channel (f);
  mos_channel_start (channel);
  mos_test_wait (mos_test_host_count_ingested (f->host) > 0, 20000);
  stop (channel);
  g_assert_cmpint (mos_test_host_get_state (f->host), ==, MOS_ACCOUNT_OFFLINE);

  sync_once (f);
  g_assert_cmpuint (mos_test_host_count_known (f->host), ==, 400);
  g_assert_cmpuint (mos_test_host_count_ingested (f->host), ==, 400);
}

static void
test_stop_at_once (Fixture *f,
                   gconstpointer data)
{
  for (guint i = 0; i < 5; i++)
    {
      MosChannel *channel = make_channel (f);

      mos_channel_start (channel);
      mos_test_settle (i * 20);
      stop (channel);
    }
}

/* --- sending --- */

static void
test_send (Fixture *f,
           gconstpointer data)
{
  MosChannel *channel = start (f);
  MosSyncCounts counts;

  mos_test_host_queue (f->host, "reply-1", "reply-1@shop.test", MOS_TEST_SHOP, MOS_TEST_CUSTOMER, "Thank you.\r\n.\r\n..dots");
  mos_channel_wake (channel, MOS_CHANNEL_WAKE_OUTBOX);
  mos_test_wait (mos_test_host_get_delivery (f->host, "reply-1") == MOS_DELIVERY_ACCEPTED, 10000);
  mos_test_wait (mos_test_host_is_copy_done (f->host, "reply-1"), 10000);
  stop (channel);

  g_assert_cmpuint (count_in (f, MOS_TEST_SHOP, "Sent", "Message-ID", "reply-1@shop.test"), ==, 1);
  g_assert_cmpuint (mos_test_host_count (f->host, MOS_FOLDER_SENT), ==, 1);

  /* A kill came between APPEND and its record: the copy is found, not made again. */
  mos_test_host_forget_copy (f->host, "reply-1");
  counts = sync_once (f);
  g_assert_true (mos_test_host_is_copy_done (f->host, "reply-1"));
  g_assert_cmpuint (count_in (f, MOS_TEST_SHOP, "Sent", "Message-ID", "reply-1@shop.test"), ==, 1);
  g_assert_cmpuint (counts.fetched, ==, 0);

  /* postfix hands it on in its own time. */
  for (guint i = 0; i < 100 && count_in (f, MOS_TEST_CUSTOMER, "INBOX", "X-Mostrador-Id", "reply-1") == 0; i++)
    mos_test_settle (100);
  g_assert_cmpuint (count_in (f, MOS_TEST_CUSTOMER, "INBOX", "X-Mostrador-Id", "reply-1"), ==, 1);
}

/* The server put its own Message-ID in the copy it filed: found by what it left, and the new one learned. */
static void
test_server_filed_copy (Fixture *f,
                        gconstpointer data)
{
  MosImapSession *session = open_imap (f, "INBOX");
  static const char text[] = "From: <support@shop.test>\r\nTo: <customer@mail.test>\r\nSubject: reply-1\r\nDate: Mon, 02 Mar 2026 09:00:00 +0000\r\n"
                             "Message-ID: <rewritten@server.test>\r\nX-Mostrador-Id: reply-1\r\n\r\nThank you.\r\n";
  g_autoptr (GBytes) raw = g_bytes_new_static (text, strlen (text));
  g_autoptr (GError) error = NULL;

  mos_imap_session_append_sync (session, "Sent", MOS_MESSAGE_FLAG_SEEN, 0, raw, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  close_imap (session);

  f->account->server_files_sent = TRUE;
  mos_test_host_queue (f->host, "reply-1", "reply-1@shop.test", MOS_TEST_SHOP, MOS_TEST_CUSTOMER, "Thank you.");
  sync_once (f);
  g_assert_cmpint (mos_test_host_get_delivery (f->host, "reply-1"), ==, MOS_DELIVERY_ACCEPTED);
  g_assert_true (mos_test_host_is_copy_done (f->host, "reply-1"));
  g_assert_cmpuint (count_in (f, MOS_TEST_SHOP, "Sent", "X-Mostrador-Id", "reply-1"), ==, 1);
}

static void
test_send_refused (Fixture *f,
                   gconstpointer data)
{
  g_autofree char *why = NULL;

  mos_test_host_queue (f->host, "reply-1", "reply-1@shop.test", MOS_TEST_SHOP, "nobody@shop.test", "Hello?");
  sync_once (f);
  g_assert_cmpint (mos_test_host_get_delivery (f->host, "reply-1"), ==, MOS_DELIVERY_FAILED);
  why = mos_test_host_dup_why (f->host, "reply-1");
  g_assert_cmpstr (why, ==, "refused");
  g_assert_cmpuint (count_in (f, MOS_TEST_SHOP, "Sent", "X-Mostrador-Id", "reply-1"), ==, 0);
}

/* No line: it stays queued with its reason, and goes as soon as somebody asks. */
static void
test_send_without_line (Fixture *f,
                        gconstpointer data)
{
  g_autoptr (MosTestProxy) proxy = mos_test_proxy_new (f->servers->submission);
  g_autofree char *why = NULL;
  MosChannel *channel;

  mos_test_proxy_set_down (proxy, TRUE);
  f->account->smtp->port = mos_test_proxy_get_port (proxy);
  channel = start (f);
  mos_test_host_queue (f->host, "reply-1", "reply-1@shop.test", MOS_TEST_SHOP, MOS_TEST_CUSTOMER, "Hello?");
  mos_channel_wake (channel, MOS_CHANNEL_WAKE_OUTBOX);
  mos_test_wait ((why = mos_test_host_dup_why (f->host, "reply-1")) != NULL, 10000);
  g_assert_cmpint (mos_test_host_get_delivery (f->host, "reply-1"), ==, MOS_DELIVERY_QUEUED);
  g_assert_cmpint (mos_test_host_get_state (f->host), ==, MOS_ACCOUNT_READY);

  mos_test_proxy_set_down (proxy, FALSE);
  mos_channel_wake (channel, MOS_CHANNEL_WAKE_SYNC);
  mos_test_wait (mos_test_host_get_delivery (f->host, "reply-1") == MOS_DELIVERY_ACCEPTED, 10000);
  mos_test_wait (mos_test_host_is_copy_done (f->host, "reply-1"), 10000);
  stop (channel);
}

/* --- trying an account --- */

static void
count_stage (const char *stage,
             gpointer data)
{
  g_string_append_printf (data, "%s ", stage);
}

static void
test_account_test (Fixture *f,
                   gconstpointer data)
{
  g_autoptr (GString) stages = g_string_new (NULL);
  g_autoptr (GTlsCertificate) certificate = NULL;
  g_autoptr (GError) error = NULL;
  const char *stage = NULL;
  GTlsCertificateFlags flags = 0;

  g_assert_true (mos_email_test_sync (f->account, MOS_TEST_PASSWORD, count_stage, stages, &stage, &certificate, &flags, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (stage, ==, "done");
  g_assert_cmpstr (stages->str, ==, "imap-connect imap-login imap-folders smtp-connect smtp-login done ");

  g_assert_false (mos_email_test_sync (f->account, "wrong", NULL, NULL, &stage, &certificate, &flags, NULL, &error));
  g_assert_error (error, MOS_MAIL_ERROR, MOS_MAIL_ERROR_AUTH_FAILED);
  g_assert_cmpstr (stage, ==, "imap-login");
  g_assert_null (certificate);
  g_clear_error (&error);

  g_clear_pointer (&f->account->ca_file, g_free);
  g_assert_false (mos_email_test_sync (f->account, MOS_TEST_PASSWORD, NULL, NULL, &stage, &certificate, &flags, NULL, &error));
  g_assert_error (error, MOS_MAIL_ERROR, MOS_MAIL_ERROR_BAD_CERTIFICATE);
  g_assert_cmpstr (stage, ==, "imap-connect");
  g_assert_nonnull (certificate);
  g_assert_true (flags & G_TLS_CERTIFICATE_UNKNOWN_CA);
  g_clear_error (&error);

  /* The owner looked at it and trusts it: on both sides. */
  f->account->pinned_certificate = mos_tls_certificate_get_sha256 (certificate);
  g_clear_object (&certificate);
  g_assert_true (mos_email_test_sync (f->account, MOS_TEST_PASSWORD, NULL, NULL, &stage, &certificate, &flags, NULL, &error));
  g_assert_no_error (error);

  f->account->smtp->port = f->servers->lmtp;
  f->account->smtp->security = MOS_SECURITY_NONE;
  g_assert_false (mos_email_test_sync (f->account, MOS_TEST_PASSWORD, NULL, NULL, &stage, &certificate, &flags, NULL, &error));
  g_assert_cmpstr (stage, ==, "smtp-connect");
}

int
main (int argc,
      char **argv)
{
  mos_test_init (&argc, &argv);

#define ADD(path, func) g_test_add (path, Fixture, NULL, setup, func, teardown)
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
  ADD ("/email-channel/stop-while-syncing", test_stop_while_syncing);
  ADD ("/email-channel/stop-at-once", test_stop_at_once);
  ADD ("/email-channel/send", test_send);
  ADD ("/email-channel/server-filed-copy", test_server_filed_copy);
  ADD ("/email-channel/send-refused", test_send_refused);
  ADD ("/email-channel/send-without-line", test_send_without_line);
  ADD ("/email-channel/account-test", test_account_test);

  return g_test_run ();
}
