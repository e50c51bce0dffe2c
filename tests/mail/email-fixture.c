/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "email-fixture.h"

#include <string.h>

void
email_setup (EmailFixture *f,
             gconstpointer data)
{
  if (f->servers == NULL)
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

/* The account's IMAP server is another one (mos_test_servers_new_kind()), and the client is held to the letter of the standard. No sending */
void
email_setup_kind (EmailFixture *f,
                  gconstpointer kind)
{
  f->servers = mos_test_servers_new_kind (kind);
  email_setup (f, NULL);
  f->account->imap->port = f->servers->imap;
  f->account->imap->security = MOS_SECURITY_NONE;
  g_set_str (&f->account->smtp->host, "");
}

void
email_teardown (EmailFixture *f,
                gconstpointer data)
{
  mos_account_unref (f->account);
  g_object_unref (f->clock);
  g_object_unref (f->host);
  mos_test_servers_free (f->servers);
}

MosChannel *
email_make_channel (EmailFixture *f)
{
  MosChannel *channel = mos_channel_new_for_account (f->account, MOS_CHANNEL_HOST (f->host), f->clock);

  g_assert_true (MOS_IS_EMAIL_CHANNEL (channel));
  return channel;
}

MosChannel *
email_start (EmailFixture *f)
{
  MosChannel *channel = email_make_channel (f);

  mos_channel_start (channel);
  mos_test_wait (mos_test_host_get_state (f->host) == MOS_ACCOUNT_READY, 20000);
  return channel;
}

void
email_stop (MosChannel *channel)
{
  gint64 begin_us = g_get_monotonic_time ();

  mos_channel_stop_sync (channel);
  g_assert_cmpint (g_get_monotonic_time () - begin_us, <, 3 * G_USEC_PER_SEC);
  g_object_unref (channel);
}

void
email_deliver (EmailFixture *f,
               const char *subject)
{
  g_autofree char *text = g_strdup_printf ("From: Ana <ana@mail.test>\nTo: <%s>\nSubject: %s\nDate: Mon, 02 Mar 2026 09:00:00 +0000\nMessage-ID: <%s@mail.test>\n\nHello.\n",
                                           MOS_TEST_SHOP, subject, subject);

  mos_test_servers_deliver (f->servers, MOS_TEST_SHOP, text);
}

MosImapSession *
email_open_imap (EmailFixture *f,
                 const char *folder)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MosCredential) credential = mos_credential_make (MOS_CREDENTIAL_PASSWORD, MOS_TEST_PASSWORD, NULL);
  MosImapSession *session = mos_email_open_imap_sync (f->account, credential, NULL, &error);
  MosImapSelected selected;

  g_assert_no_error (error);
  g_assert_true (mos_imap_session_select_sync (session, folder, FALSE, 0, 0, &selected, NULL, &error));
  g_assert_no_error (error);
  return session;
}

void
email_append (MosImapSession *session,
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

void
email_close_imap (MosImapSession *session)
{
  mos_imap_session_logout_sync (session);
  mos_imap_session_free (session);
}

MosSyncCounts
email_sync_once (EmailFixture *f)
{
  g_autoptr (MosChannel) channel = email_make_channel (f);
  g_autoptr (GError) error = NULL;
  MosSyncCounts counts;

  g_assert_true (mos_channel_sync_once_sync (channel, &counts, NULL, &error));
  g_assert_no_error (error);
  return counts;
}

guint
email_count_in (EmailFixture *f,
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
  email_close_imap (session);
  return n;
}
