/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "email-fixture.h"

/* The account's sync on every server there is, held to the letter of the standard by the strict proxy. */

static char *
find_mailbox (EmailFixture *f,
              MosFolderRole role)
{
  MosImapSession *session = email_open_imap (f, "INBOX");
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) folders = mos_imap_session_list_sync (session, NULL, &error);
  const MosImapFolder *found;
  char *mailbox = NULL;

  g_assert_no_error (error);
  found = mos_imap_folders_find_role (folders, role);
  if (found != NULL)
    mailbox = g_strdup (found->mailbox);
  email_close_imap (session);
  return mailbox;
}

static void
test_sync (EmailFixture *f,
           gconstpointer kind)
{
  g_autofree char *sent = find_mailbox (f, MOS_FOLDER_SENT);
  g_autoptr (MosImapUidSet) one = mos_imap_uid_set_new ();
  g_autoptr (GError) error = NULL;
  gint64 now_us = g_get_real_time ();
  MosImapSession *session;
  MosSyncCounts counts;

  session = email_open_imap (f, "INBOX");
  for (guint i = 0; i < 20; i++)
    {
      g_autofree char *subject = g_strdup_printf ("mail-%u", i);

      email_append (session, "INBOX", subject, now_us - (gint64) (20 - i) * 60 * G_USEC_PER_SEC, i % 2 == 0 ? MOS_MESSAGE_FLAG_SEEN : 0);
    }
  if (sent != NULL)
    email_append (session, sent, "answer", now_us, MOS_MESSAGE_FLAG_SEEN);
  email_close_imap (session);

  counts = email_sync_once (f);
  g_assert_cmpuint (counts.fetched, ==, sent != NULL ? 21 : 20);
  g_assert_cmpuint (mos_test_host_count (f->host, MOS_FOLDER_INBOX), ==, 20);
  g_assert_cmpuint (mos_test_host_count (f->host, MOS_FOLDER_SENT), ==, sent != NULL ? 1 : 0);
  g_assert_cmpuint (mos_test_host_get_flags (f->host, "mail-0"), ==, MOS_MESSAGE_FLAG_SEEN);
  g_assert_cmpuint (mos_test_host_get_flags (f->host, "mail-1"), ==, 0);

  counts = email_sync_once (f);
  g_assert_cmpuint (counts.fetched, ==, 0);
  g_assert_cmpuint (counts.updated, ==, 0);

  /* Flags in both directions, one removed by somebody, one more come */
  mos_test_host_want_flags (f->host, "mail-1", MOS_MESSAGE_FLAG_SEEN | MOS_MESSAGE_FLAG_ANSWERED, 0);
  session = email_open_imap (f, "INBOX");
  mos_imap_uid_set_add (one, mos_test_host_get_uid (f->host, "mail-2"));
  mos_imap_session_store_flags_sync (session, one, MOS_MESSAGE_FLAG_FLAGGED, MOS_MESSAGE_FLAG_SEEN, NULL, &error);
  g_assert_no_error (error);
  if (mos_imap_session_get_capabilities (session)->uidplus)
    {
      g_autofree char *trash = find_mailbox (f, MOS_FOLDER_TRASH);
      g_autoptr (MosImapUidSet) gone = mos_imap_uid_set_new ();

      if (trash == NULL)
        {
          trash = mos_imap_session_make_mailbox_sync (session, "Trash", NULL, &error);
          mos_imap_session_create_sync (session, trash, NULL, &error);
          g_assert_no_error (error);
        }
      mos_imap_uid_set_add (gone, mos_test_host_get_uid (f->host, "mail-3"));
      mos_imap_session_move_sync (session, gone, trash, TRUE, NULL, &error);
      g_assert_no_error (error);
    }
  email_append (session, "INBOX", "late", now_us, 0);
  counts = email_sync_once (f);
  g_assert_cmpuint (counts.fetched, ==, 1);
  g_assert_true (mos_test_host_has (f->host, "late"));
  g_assert_cmpuint (mos_test_host_get_flags (f->host, "mail-2"), ==, MOS_MESSAGE_FLAG_FLAGGED);
  g_assert_cmpint (mos_test_host_is_removed (f->host, "mail-3"), ==, mos_imap_session_get_capabilities (session)->uidplus);
  g_assert_cmpuint (mos_test_host_count_wanted (f->host), ==, 0);
  email_close_imap (session);

  /* What we set, the server has: another look from nothing sees it. */
  {
    g_autoptr (MosImapUidSet) none = mos_imap_uid_set_new ();
    g_autoptr (MosImapUidSet) read = mos_imap_uid_set_new ();
    g_autoptr (GArray) planned = NULL;

    mos_imap_uid_set_add (read, mos_test_host_get_uid (f->host, "mail-1"));
    session = email_open_imap (f, "INBOX");
    planned = mos_imap_session_plan_sync (session, read, NULL, &error);
    g_assert_no_error (error);
    g_assert_cmpuint (g_array_index (planned, MosImapPlanned, 0).flags, ==, MOS_MESSAGE_FLAG_SEEN | MOS_MESSAGE_FLAG_ANSWERED);
    email_close_imap (session);
  }
  g_assert_cmpuint (mos_test_host_count_ingested (f->host), ==, sent != NULL ? 22 : 21);
}

/* New mail while the channel runs: by IDLE, or by asking */
static void
test_live (EmailFixture *f,
           gconstpointer kind)
{
  MosChannel *channel = email_make_channel (f);

  mos_email_channel_set_poll_ms (MOS_EMAIL_CHANNEL (channel), 500);
  mos_channel_start (channel);
  mos_test_wait (mos_test_host_get_state (f->host) == MOS_ACCOUNT_READY, 20000);
  email_deliver (f, "hurry");
  mos_test_wait (mos_test_host_has (f->host, "hurry"), 20000);
  email_stop (channel);
}

/* A server that allows one connection only: mail comes all the same, by asking now and then, and nobody is asked for a password. */
static void
setup_one_connection (EmailFixture *f,
                      gconstpointer data)
{
  g_setenv ("MOS_TEST_DOVECOT", "\nprotocol imap {\n  mail_max_userip_connections = 1\n}\n", TRUE);
  email_setup_kind (f, "dovecot");
  g_unsetenv ("MOS_TEST_DOVECOT");
}

static void
test_one_connection (EmailFixture *f,
                     gconstpointer data)
{
  MosChannel *channel = email_make_channel (f);

  mos_email_channel_set_poll_ms (MOS_EMAIL_CHANNEL (channel), 300);
  mos_channel_start (channel);
  mos_test_wait (mos_test_host_get_state (f->host) == MOS_ACCOUNT_READY, 20000);
  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *subject = g_strdup_printf ("mail-%u", i);

      email_deliver (f, subject);
      mos_test_wait (mos_test_host_has (f->host, subject), 20000);
      g_assert_cmpint (mos_test_host_get_state (f->host), !=, MOS_ACCOUNT_AUTH_FAILED);
    }
  /* The password was given for the two connections and not again and again. */
  g_assert_cmpuint (mos_test_host_count_passwords (f->host), ==, 2);
  email_stop (channel);
}

/* Asking comes once in ten minutes here, so it is the server that tells of the answer another program filed in Sent. */
static void
test_watched (EmailFixture *f,
              gconstpointer kind)
{
  g_autofree char *sent = find_mailbox (f, MOS_FOLDER_SENT);
  MosChannel *channel = email_make_channel (f);
  MosImapSession *session;

  mos_email_channel_set_poll_ms (MOS_EMAIL_CHANNEL (channel), 10 * 60 * 1000);
  mos_channel_start (channel);
  mos_test_wait (mos_test_host_get_state (f->host) == MOS_ACCOUNT_READY, 20000);
  /* Two connections are there, and the second one waits. */
  mos_test_wait (mos_test_host_count_passwords (f->host) == 2, 20000);
  email_deliver (f, "hurry");
  mos_test_wait (mos_test_host_has (f->host, "hurry"), 20000);

  session = email_open_imap (f, "INBOX");
  email_append (session, sent, "elsewhere", g_get_real_time (), MOS_MESSAGE_FLAG_SEEN);
  email_close_imap (session);
  mos_test_wait (mos_test_host_has (f->host, "elsewhere"), 20000);
  email_stop (channel);
}

int
main (int argc,
      char *argv[])
{
  static const char *const kinds[] = { "dovecot", "dovecot-bare", "cyrus", "cyrus-bare", "courier" };

  mos_test_init (&argc, &argv);
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *sync = g_strdup_printf ("/email-servers/%s/sync", kinds[i]);
      g_autofree char *live = g_strdup_printf ("/email-servers/%s/live", kinds[i]);

      g_test_add (sync, EmailFixture, kinds[i], email_setup_kind, test_sync, email_teardown);
      g_test_add (live, EmailFixture, kinds[i], email_setup_kind, test_live, email_teardown);
    }
  g_test_add ("/email-servers/dovecot/watched", EmailFixture, "dovecot", email_setup_kind, test_watched, email_teardown);
  g_test_add ("/email-servers/cyrus/watched", EmailFixture, "cyrus", email_setup_kind, test_watched, email_teardown);
  g_test_add ("/email-servers/one-connection", EmailFixture, NULL, setup_one_connection, test_one_connection, email_teardown);
  return g_test_run ();
}
