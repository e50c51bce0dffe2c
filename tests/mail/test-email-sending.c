/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "email-fixture.h"

#include "core/channels/email/mos-email-arrival.h"
#include "core/channels/email/mos-email-test.h"
#include "core/mail/net/mos-mail-connection.h"
#include "mos-test-proxy.h"
#include "mos-test-smtp-server.h"

#include <string.h>

/* The channel against real postfix and Dovecot: sending, the copy in Sent, trying an account. */

/* --- sending --- */

static void
test_send (EmailFixture *f,
           gconstpointer data)
{
  MosChannel *channel = email_start (f);
  MosSyncCounts counts;

  mos_test_host_queue (f->host, "reply-1", "reply-1@shop.test", MOS_TEST_SHOP, MOS_TEST_CUSTOMER, "Thank you.\r\n.\r\n..dots");
  mos_channel_wake (channel, MOS_CHANNEL_WAKE_OUTBOX);
  mos_test_wait (mos_test_host_get_delivery (f->host, "reply-1") == MOS_DELIVERY_ACCEPTED, 10000);
  mos_test_wait (mos_test_host_is_copy_done (f->host, "reply-1"), 10000);
  email_stop (channel);

  g_assert_cmpuint (email_count_in (f, MOS_TEST_SHOP, "Sent", "Message-ID", "reply-1@shop.test"), ==, 1);
  g_assert_cmpuint (mos_test_host_count (f->host, MOS_FOLDER_SENT), ==, 1);

  /* A kill came between APPEND and its record: the copy is found, not made again. */
  mos_test_host_forget_copy (f->host, "reply-1");
  counts = email_sync_once (f);
  g_assert_true (mos_test_host_is_copy_done (f->host, "reply-1"));
  g_assert_cmpuint (email_count_in (f, MOS_TEST_SHOP, "Sent", "Message-ID", "reply-1@shop.test"), ==, 1);
  g_assert_cmpuint (counts.fetched, ==, 0);

  /* postfix hands it on in its own time. */
  for (guint i = 0; i < 100 && email_count_in (f, MOS_TEST_CUSTOMER, "INBOX", "X-Mostrador-Id", "reply-1") == 0; i++)
    mos_test_settle (100);
  g_assert_cmpuint (email_count_in (f, MOS_TEST_CUSTOMER, "INBOX", "X-Mostrador-Id", "reply-1"), ==, 1);
}

/* The server put its own Message-ID in the copy it filed: found by what it left, and the new one learned. */
static void
test_server_filed_copy (EmailFixture *f,
                        gconstpointer data)
{
  MosImapSession *session = email_open_imap (f, "INBOX");
  static const char text[] = "From: <support@shop.test>\r\nTo: <customer@mail.test>\r\nSubject: reply-1\r\nDate: Mon, 02 Mar 2026 09:00:00 +0000\r\n"
                             "Message-ID: <rewritten@server.test>\r\nX-Mostrador-Id: reply-1\r\n\r\nThank you.\r\n";
  g_autoptr (GBytes) raw = g_bytes_new_static (text, strlen (text));
  g_autoptr (GError) error = NULL;

  mos_imap_session_append_sync (session, "Sent", MOS_MESSAGE_FLAG_SEEN, 0, raw, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  email_close_imap (session);

  f->account->server_files_sent = TRUE;
  mos_test_host_queue (f->host, "reply-1", "reply-1@shop.test", MOS_TEST_SHOP, MOS_TEST_CUSTOMER, "Thank you.");
  email_sync_once (f);
  g_assert_cmpint (mos_test_host_get_delivery (f->host, "reply-1"), ==, MOS_DELIVERY_ACCEPTED);
  g_assert_true (mos_test_host_is_copy_done (f->host, "reply-1"));
  g_assert_cmpuint (email_count_in (f, MOS_TEST_SHOP, "Sent", "X-Mostrador-Id", "reply-1"), ==, 1);
}

static void
test_send_refused (EmailFixture *f,
                   gconstpointer data)
{
  g_autofree char *why = NULL;

  mos_test_host_queue (f->host, "reply-1", "reply-1@shop.test", MOS_TEST_SHOP, "nobody@shop.test", "Hello?");
  email_sync_once (f);
  g_assert_cmpint (mos_test_host_get_delivery (f->host, "reply-1"), ==, MOS_DELIVERY_FAILED);
  why = mos_test_host_dup_why (f->host, "reply-1");
  g_assert_cmpstr (why, ==, "recipient-refused");
  g_assert_cmpuint (email_count_in (f, MOS_TEST_SHOP, "Sent", "X-Mostrador-Id", "reply-1"), ==, 0);
}

/* No line: it stays queued with its reason, and goes as soon as somebody asks. */
static void
test_send_without_line (EmailFixture *f,
                        gconstpointer data)
{
  g_autoptr (MosTestProxy) proxy = mos_test_proxy_new (f->servers->submission);
  g_autofree char *why = NULL;
  MosChannel *channel;

  mos_test_proxy_set_down (proxy, TRUE);
  f->account->smtp->port = mos_test_proxy_get_port (proxy);
  channel = email_start (f);
  mos_test_host_queue (f->host, "reply-1", "reply-1@shop.test", MOS_TEST_SHOP, MOS_TEST_CUSTOMER, "Hello?");
  mos_channel_wake (channel, MOS_CHANNEL_WAKE_OUTBOX);
  mos_test_wait ((why = mos_test_host_dup_why (f->host, "reply-1")) != NULL, 10000);
  g_assert_cmpint (mos_test_host_get_delivery (f->host, "reply-1"), ==, MOS_DELIVERY_QUEUED);
  g_assert_cmpint (mos_test_host_get_state (f->host), ==, MOS_ACCOUNT_READY);

  mos_test_proxy_set_down (proxy, FALSE);
  mos_channel_wake (channel, MOS_CHANNEL_WAKE_SYNC);
  mos_test_wait (mos_test_host_get_delivery (f->host, "reply-1") == MOS_DELIVERY_ACCEPTED, 10000);
  mos_test_wait (mos_test_host_is_copy_done (f->host, "reply-1"), 10000);
  email_stop (channel);
}

#define SCRIPT "S 220 hi", "C EHLO", "S 250 there", "C MAIL", "S 250 ok", "C RCPT", "S 250 ok", "C DATA", "S 354 go", "D"

static void
use_script (EmailFixture *f,
            MosTestSmtpServer *server)
{
  g_clear_pointer (&f->account->smtp, mos_server_unref);
  f->account->smtp = mos_test_smtp_server_make (server, "");
}

/* The line broke after the final dot: nobody knows, so nobody sends it again, and no copy is made of what may never have left. */
static void
test_uncertain (EmailFixture *f,
                gconstpointer data)
{
  static const char *const script[] = { SCRIPT, "X", NULL };
  MosTestSmtpServer *server = mos_test_smtp_server_new (script);
  g_autoptr (GPtrArray) messages = NULL;

  use_script (f, server);
  mos_test_host_queue (f->host, "reply-1", "reply-1@shop.test", MOS_TEST_SHOP, MOS_TEST_CUSTOMER, "Hello?");
  email_sync_once (f);
  g_assert_cmpint (mos_test_host_get_delivery (f->host, "reply-1"), ==, MOS_DELIVERY_UNCERTAIN);
  email_sync_once (f);
  g_assert_cmpint (mos_test_host_get_delivery (f->host, "reply-1"), ==, MOS_DELIVERY_UNCERTAIN);
  g_assert_cmpuint (mos_test_host_get_attempts (f->host, "reply-1"), ==, 1);
  g_assert_false (mos_test_host_is_copy_done (f->host, "reply-1"));
  g_assert_cmpuint (email_count_in (f, MOS_TEST_SHOP, "Sent", "X-Mostrador-Id", "reply-1"), ==, 0);
  messages = mos_test_smtp_server_finish (server);
}

static void
test_temporary (EmailFixture *f,
                gconstpointer data)
{
  static const char *const script[] = { SCRIPT, "S 451 4.7.1 greylisted", "C QUIT", "S 221 bye", "W", NULL };
  MosTestSmtpServer *server = mos_test_smtp_server_new (script);
  g_autoptr (GPtrArray) messages = NULL;
  g_autofree char *why = NULL;

  use_script (f, server);
  mos_test_host_queue (f->host, "reply-1", "reply-1@shop.test", MOS_TEST_SHOP, MOS_TEST_CUSTOMER, "Hello?");
  email_sync_once (f);
  messages = mos_test_smtp_server_finish (server);
  why = mos_test_host_dup_why (f->host, "reply-1");
  g_assert_cmpstr (why, ==, "temporary");
  g_assert_cmpint (mos_test_host_get_delivery (f->host, "reply-1"), ==, MOS_DELIVERY_QUEUED);
  g_assert_cmpint (mos_test_host_get_next_try (f->host, "reply-1"), >=, g_get_real_time () + 50 * G_USEC_PER_SEC);
}

/* It receives but cannot send: that is trouble of the account, and the message stays queued. */
static void
test_send_login_refused (EmailFixture *f,
                         gconstpointer data)
{
  static const char *const script[] = { "S 220 hi", "C EHLO", "S 250-there", "S 250 AUTH PLAIN", "C AUTH PLAIN", "S 535 5.7.8 no", "W", NULL };
  MosTestSmtpServer *server = mos_test_smtp_server_new (script);
  g_autoptr (GPtrArray) messages = NULL;
  MosChannel *channel;

  use_script (f, server);
  g_set_str (&f->account->smtp->user, "me");
  mos_test_host_queue (f->host, "reply-1", "reply-1@shop.test", MOS_TEST_SHOP, MOS_TEST_CUSTOMER, "Hello?");
  channel = email_make_channel (f);
  mos_channel_start (channel);
  mos_test_wait (mos_test_host_get_state (f->host) == MOS_ACCOUNT_AUTH_FAILED, 10000);
  mos_test_settle (1500);
  g_assert_cmpint (mos_test_host_get_state (f->host), ==, MOS_ACCOUNT_AUTH_FAILED);
  g_assert_cmpint (mos_test_host_get_delivery (f->host, "reply-1"), ==, MOS_DELIVERY_QUEUED);
  g_assert_cmpuint (mos_test_host_get_attempts (f->host, "reply-1"), ==, 0);
  email_stop (channel);
  messages = mos_test_smtp_server_finish (server);
}

/* --- trying an account --- */

static void
count_stage (const char *stage,
             gpointer data)
{
  g_string_append_printf (data, "%s ", stage);
}

static void
test_account_test (EmailFixture *f,
                   gconstpointer data)
{
  g_autoptr (MosCredential) right = mos_credential_make (MOS_CREDENTIAL_PASSWORD, MOS_TEST_PASSWORD, NULL);
  g_autoptr (MosCredential) wrong = mos_credential_make (MOS_CREDENTIAL_PASSWORD, "wrong", NULL);
  g_autoptr (GString) stages = g_string_new (NULL);
  g_autoptr (GTlsCertificate) certificate = NULL;
  g_autoptr (GError) error = NULL;
  const char *stage = NULL;
  GTlsCertificateFlags flags = 0;

  g_assert_true (mos_email_test_sync (f->account, right, count_stage, stages, &stage, &certificate, &flags, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (stage, ==, "done");
  g_assert_cmpstr (stages->str, ==, "imap-connect imap-login imap-folders smtp-connect smtp-login done ");

  g_assert_false (mos_email_test_sync (f->account, wrong, NULL, NULL, &stage, &certificate, &flags, NULL, &error));
  g_assert_error (error, MOS_MAIL_ERROR, MOS_MAIL_ERROR_AUTH_FAILED);
  g_assert_cmpstr (stage, ==, "imap-login");
  g_assert_null (certificate);
  g_clear_error (&error);

  g_clear_pointer (&f->account->ca_file, g_free);
  g_assert_false (mos_email_test_sync (f->account, right, NULL, NULL, &stage, &certificate, &flags, NULL, &error));
  g_assert_error (error, MOS_MAIL_ERROR, MOS_MAIL_ERROR_BAD_CERTIFICATE);
  g_assert_cmpstr (stage, ==, "imap-connect");
  g_assert_nonnull (certificate);
  g_assert_true (flags & G_TLS_CERTIFICATE_UNKNOWN_CA);
  g_clear_error (&error);

  /* The owner looked at it and trusts it: on both sides. */
  f->account->pinned_certificate = mos_tls_certificate_get_sha256 (certificate);
  g_clear_object (&certificate);
  g_assert_true (mos_email_test_sync (f->account, right, NULL, NULL, &stage, &certificate, &flags, NULL, &error));
  g_assert_no_error (error);

  f->account->smtp->port = f->servers->lmtp;
  f->account->smtp->security = MOS_SECURITY_NONE;
  g_assert_false (mos_email_test_sync (f->account, right, NULL, NULL, &stage, &certificate, &flags, NULL, &error));
  g_assert_cmpstr (stage, ==, "smtp-connect");
}

/* --- waiting for a mail --- */

static MosEmailArrival
await (EmailFixture *f,
       const char *message_id,
       gint64 span_us)
{
  MosEmailArrival arrival;
  g_autoptr (GError) error = NULL;

  g_assert_true (mos_email_await_sync (f->account, MOS_CHANNEL_HOST (f->host), message_id, g_get_monotonic_time () + span_us, &arrival, NULL, &error));
  g_assert_no_error (error);
  return arrival;
}

/* In the folder for spam it is found too, and said to be there; what has another Message-ID is left alone. */
static void
test_await (EmailFixture *f,
            gconstpointer data)
{
  MosImapSession *session = email_open_imap (f, "INBOX");
  g_auto (MosEmailArrival) nowhere = { 0 };
  g_auto (MosEmailArrival) inbox = { 0 };
  g_auto (MosEmailArrival) junk = { 0 };
  const char *head;

  email_append (session, "INBOX", "other", 0, 0);
  nowhere = await (f, "one@mail.test", 0);
  g_assert_null (nowhere.folder);

  email_append (session, "Junk", "one", 0, 0);
  junk = await (f, "one@mail.test", 5 * G_USEC_PER_SEC);
  g_assert_cmpstr (junk.folder, ==, "Junk");
  g_assert_true (junk.is_junk);
  g_assert_true (junk.is_tidied);
  head = g_bytes_get_data (junk.head, NULL);
  g_assert_nonnull (g_strstr_len (head, (gssize) g_bytes_get_size (junk.head), "Subject: one"));

  email_append (session, "INBOX", "two", 0, 0);
  inbox = await (f, "two@mail.test", 5 * G_USEC_PER_SEC);
  g_assert_cmpstr (inbox.folder, ==, "INBOX");
  g_assert_false (inbox.is_junk);
  email_close_imap (session);
  g_assert_cmpuint (email_count_in (f, MOS_TEST_SHOP, "INBOX", "Message-ID", "mail.test"), ==, 1);
  g_assert_cmpuint (email_count_in (f, MOS_TEST_SHOP, "Junk", "Message-ID", "mail.test"), ==, 0);
  g_assert_cmpuint (email_count_in (f, MOS_TEST_SHOP, "Trash", "Message-ID", "mail.test"), ==, 2);
}

int
main (int argc,
      char **argv)
{
  mos_test_init (&argc, &argv);

#define ADD(path, func) g_test_add (path, EmailFixture, NULL, email_setup, func, email_teardown)
  ADD ("/email-channel/send", test_send);
  ADD ("/email-channel/server-filed-copy", test_server_filed_copy);
  ADD ("/email-channel/send-refused", test_send_refused);
  ADD ("/email-channel/send-without-line", test_send_without_line);
  ADD ("/email-channel/uncertain", test_uncertain);
  ADD ("/email-channel/temporary", test_temporary);
  ADD ("/email-channel/send-login-refused", test_send_login_refused);
  ADD ("/email-channel/account-test", test_account_test);
  ADD ("/email-channel/await", test_await);

  return g_test_run ();
}
