/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-test"

#include "config.h"

#include "imap-fixture.h"

/* --- Signing in ------------------------------------------------------------------------------ */

static void
test_sign_in (void)
{
  static const char *const mechanisms[] = { "PLAIN", "LOGIN", "SCRAM-SHA-1", "SCRAM-SHA-256", NULL };
  static const MosSecurity securities[] = { MOS_SECURITY_TLS, MOS_SECURITY_STARTTLS, MOS_SECURITY_NONE };
  g_autoptr (MosTestServers) servers = mos_test_servers_new ();

  for (gsize s = 0; s < G_N_ELEMENTS (securities); s++)
    for (gsize m = 0; m < G_N_ELEMENTS (mechanisms); m++)
      {
        g_autoptr (MosImapSession) session = open_with (servers, securities[s], mechanisms[m]);

        g_assert_true (mos_imap_session_get_capabilities (session)->qresync);
        g_assert_true (mos_imap_session_get_capabilities (session)->idle);
        mos_imap_session_logout_sync (session);
        g_assert_false (mos_imap_session_is_open (session));
      }
}

static void
test_wrong_password (void)
{
  static const char *const mechanisms[] = { "PLAIN", "LOGIN", "SCRAM-SHA-256", NULL };
  g_autoptr (MosTestServers) servers = mos_test_servers_new ();
  g_autoptr (MosServer) server = make_server (servers, MOS_SECURITY_STARTTLS);

  for (gsize m = 0; m < G_N_ELEMENTS (mechanisms); m++)
    {
      g_autoptr (GError) error = NULL;
      MosImapOptions options = { .password = "wrong", .ca_file = servers->ca_file, .mechanism = mechanisms[m] };
      g_autoptr (MosImapSession) session = mos_imap_session_open_sync (server, &options, NULL, &error);

      g_assert_null (session);
      g_assert_error (error, MOS_MAIL_ERROR, MOS_MAIL_ERROR_AUTH_FAILED);
      g_assert_nonnull (strstr (error->message, "AUTHENTICATIONFAILED"));
    }
}

/* Without its authority the test certificate is refused, with what is wrong about it; a pin makes it right. */
static void
test_certificate (void)
{
  static const MosSecurity securities[] = { MOS_SECURITY_TLS, MOS_SECURITY_STARTTLS };
  g_autoptr (MosTestServers) servers = mos_test_servers_new ();

  for (gsize s = 0; s < G_N_ELEMENTS (securities); s++)
    {
      g_autoptr (MosServer) server = make_server (servers, securities[s]);
      g_autoptr (GError) error = NULL;
      MosImapOptions options = { .password = MOS_TEST_PASSWORD };
      g_autoptr (MosImapSession) session = mos_imap_session_open_sync (server, &options, NULL, &error);
      const MosTlsProblem *problem = mos_tls_problem_get_last ();
      g_autofree char *pin = NULL;

      g_assert_null (session);
      g_assert_error (error, MOS_MAIL_ERROR, MOS_MAIL_ERROR_BAD_CERTIFICATE);
      g_assert_nonnull (problem);
      g_assert_cmpuint (problem->flags, ==, G_TLS_CERTIFICATE_UNKNOWN_CA);
      pin = mos_tls_certificate_get_sha256 (problem->certificate);
      g_clear_error (&error);

      options.pinned_certificate = "0000000000000000000000000000000000000000000000000000000000000000";
      session = mos_imap_session_open_sync (server, &options, NULL, &error);
      g_assert_null (session);
      g_assert_error (error, MOS_MAIL_ERROR, MOS_MAIL_ERROR_BAD_CERTIFICATE);
      g_clear_error (&error);

      options.pinned_certificate = pin;
      session = mos_imap_session_open_sync (server, &options, NULL, &error);
      g_assert_no_error (error);
      g_assert_null (mos_tls_problem_get_last ());
    }
}

/* --- Folders --------------------------------------------------------------------------------- */

static void
test_folders (void)
{
  g_autoptr (MosTestServers) servers = mos_test_servers_new ();
  g_autoptr (MosImapSession) session = open_with (servers, MOS_SECURITY_TLS, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) folders = NULL;
  g_autofree char *mailbox = mos_imap_utf7_encode ("Pedidos & envíos 日本");
  const MosImapFolder *found = NULL;

  g_assert_true (mos_imap_session_create_sync (session, mailbox, NULL, &error));
  g_assert_no_error (error);

  folders = mos_imap_session_list_sync (session, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (mos_imap_folders_find_role (folders, MOS_FOLDER_INBOX)->mailbox, ==, "INBOX");
  g_assert_cmpstr (mos_imap_folders_find_role (folders, MOS_FOLDER_SENT)->mailbox, ==, "Sent");
  g_assert_nonnull (mos_imap_folders_find_role (folders, MOS_FOLDER_TRASH));
  for (guint i = 0; i < folders->len; i++)
    if (strcmp (((MosImapFolder *) folders->pdata[i])->mailbox, mailbox) == 0)
      found = folders->pdata[i];
  g_assert_nonnull (found);
  g_assert_cmpstr (found->name, ==, "Pedidos & envíos 日本");
  g_assert_true (mos_imap_session_select_sync (session, found->mailbox, TRUE, 0, 0, NULL, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (mos_imap_session_get_selected (session)->read_only);

  /* A folder that is not there is a refusal, and the session goes on. */
  g_assert_false (mos_imap_session_select_sync (session, "Nowhere", FALSE, 0, 0, NULL, NULL, &error));
  g_assert_error (error, MOS_MAIL_ERROR, MOS_MAIL_ERROR_REFUSED);
  g_assert_true (mos_imap_session_is_open (session));
  g_assert_null (mos_imap_session_get_selected (session));
}

/* --- IDLE ------------------------------------------------------------------------------------ */

typedef struct
{
  MosTestServers *servers;
  gint64 at;
} Delivery;

static gpointer
deliver_soon (gpointer data)
{
  Delivery *delivery = data;

  g_usleep (300 * 1000);
  delivery->at = g_get_monotonic_time ();
  mos_test_servers_deliver (delivery->servers, MOS_TEST_SHOP, "Subject: hurry\n\nhurry\n");
  return NULL;
}

static gpointer
cancel_soon (gpointer data)
{
  g_usleep (300 * 1000);
  g_cancellable_cancel (data);
  return NULL;
}

static void
test_idle (void)
{
  g_autoptr (MosTestServers) servers = mos_test_servers_new ();
  g_autoptr (MosImapSession) session = open_inbox (servers);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  Delivery delivery = { servers, 0 };
  GThread *thread;
  MosImapWake wake = 0;
  gint64 start;

  g_assert_true (mos_imap_session_can_idle (session));

  for (int i = 0; i < 2; i++)
    {
      thread = g_thread_new ("deliver", deliver_soon, &delivery);
      g_assert_true (mos_imap_session_idle_sync (session, 20000, &wake, NULL, &error));
      g_assert_no_error (error);
      g_assert_cmpuint (wake, ==, MOS_IMAP_WAKE_NEW);
      g_thread_join (thread);
      g_assert_cmpint (g_get_monotonic_time () - delivery.at, <, 2 * G_USEC_PER_SEC);
    }

  /* Time passes and nothing happens */
  start = g_get_monotonic_time ();
  g_assert_true (mos_imap_session_idle_sync (session, 300, &wake, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (wake, ==, 0);
  g_assert_cmpint (g_get_monotonic_time () - start, >=, 290 * 1000);

  /* Cancelled: at once, and the session still works */
  thread = g_thread_new ("cancel", cancel_soon, cancellable);
  start = g_get_monotonic_time ();
  g_assert_false (mos_imap_session_idle_sync (session, 20000, &wake, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_thread_join (thread);
  g_assert_cmpint (g_get_monotonic_time () - start, <, G_USEC_PER_SEC);
  g_assert_true (mos_imap_session_is_open (session));
  g_assert_true (mos_imap_session_noop_sync (session, &wake, NULL, &error));
  g_assert_no_error (error);
}

int
main (int argc,
      char *argv[])
{
  mos_test_init (&argc, &argv);
  g_test_add_func ("/imap/sign-in", test_sign_in);
  g_test_add_func ("/imap/wrong-password", test_wrong_password);
  g_test_add_func ("/imap/certificate", test_certificate);
  g_test_add_func ("/imap/folders", test_folders);
  g_test_add_func ("/imap/idle", test_idle);
  return g_test_run ();
}
