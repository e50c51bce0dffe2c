/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "core/mail/net/mos-mail-connection.h"
#include "core/mail/smtp/mos-smtp-session.h"
#include "mos-test-servers.h"

#include <string.h>

/* The SMTP session against a real postfix, which asks Dovecot about passwords. */

static MosTestServers *servers;

static MosServer *
make_server (guint16 port,
             MosSecurity security)
{
  MosServer *server = mos_server_new ();

  server->host = g_strdup (servers->host);
  server->port = port;
  server->user = g_strdup (MOS_TEST_SHOP);
  server->security = security;
  return server;
}

static MosSmtpSession *
open_and_login (guint16 port,
                MosSecurity security)
{
  g_autoptr (MosServer) server = make_server (port, security);
  g_autoptr (GError) error = NULL;
  MosSmtpSession *session = mos_smtp_session_open_sync (server, servers->ca_file, NULL, NULL, &error);

  g_assert_no_error (error);
  mos_smtp_session_login_sync (session, MOS_TEST_PASSWORD, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (mos_smtp_session_is_encrypted (session));
  return session;
}

/* Waits until the customer's mailbox holds a message with @needle; its whole text. */
static char *
wait_for_mail (const char *needle)
{
  g_autofree char *path = g_build_filename (mos_test_servers_get_maildir (servers, MOS_TEST_CUSTOMER), "new", NULL);

  for (guint i = 0; i < 200; i++)
    {
      g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
      const char *name;

      while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
        {
          g_autofree char *file = g_build_filename (path, name, NULL);
          char *text = NULL;

          if (g_file_get_contents (file, &text, NULL, NULL) && strstr (text, needle) != NULL)
            return text;
          g_free (text);
        }
      mos_test_settle (50);
    }
  g_test_fail_printf ("no mail with %s arrived", needle);
  return g_strdup ("");
}

static void
test_starttls_and_dots (void)
{
  MosSmtpSession *session = open_and_login (servers->submission, MOS_SECURITY_STARTTLS);
  static const char message[] = "From: <support@shop.test>\r\nTo: <customer@mail.test>\r\nSubject: dots-and-all\r\n\r\n.\r\n..two\r\nlast";
  g_autoptr (GBytes) bytes = g_bytes_new_static (message, strlen (message));
  const char *const to[] = { MOS_TEST_CUSTOMER, NULL };
  g_autoptr (GPtrArray) refused = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  g_assert_true (mos_smtp_session_offers (session, "SIZE"));
  g_assert_true (mos_smtp_session_offers (session, "8BITMIME"));
  g_assert_true (mos_smtp_session_offers (session, "SMTPUTF8"));
  g_assert_true (mos_smtp_session_offers (session, "PIPELINING"));
  g_assert_nonnull (mos_smtp_session_get_mechanism (session));
  g_test_message ("logged in by %s", mos_smtp_session_get_mechanism (session));

  g_assert_true (mos_smtp_session_send_sync (session, MOS_TEST_SHOP, to, bytes, 0, &refused, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (refused->len, ==, 0);
  mos_smtp_session_quit (session);
  g_object_unref (session);

  text = wait_for_mail ("dots-and-all");
  g_assert_true (strstr (text, "\n.\n..two\nlast") != NULL || strstr (text, "\n.\r\n..two\r\nlast") != NULL);
}

/* Dovecot offers SCRAM, but keeps this password in a form that cannot do it. */
static void
test_scram_falls_back (void)
{
  g_autofree char *folder = g_path_get_dirname (servers->ca_file);
  g_autofree char *path = g_build_filename (folder, "..", "users", NULL);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *hashed = NULL;
  g_autofree char *encoded = NULL;
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_auto (GStrv) parts = NULL;
  guint8 digest[32];
  gsize size = sizeof digest;
  g_autoptr (GError) error = NULL;
  MosSmtpSession *session;
  g_autoptr (MosServer) server = NULL;
  g_autoptr (MosSmtpSession) refused = NULL;
  gboolean is_plain = FALSE;

  g_checksum_update (checksum, (const guchar *) MOS_TEST_PASSWORD, -1);
  g_checksum_get_digest (checksum, digest, &size);
  encoded = g_base64_encode (digest, size);
  hashed = g_strdup_printf ("{SHA256}%s", encoded);
  g_file_get_contents (path, &before, NULL, &error);
  g_assert_no_error (error);
  parts = g_strsplit (before, "{PLAIN}" MOS_TEST_PASSWORD, -1);
  g_assert_cmpuint (g_strv_length (parts), >, 1);
  after = g_strjoinv (hashed, parts);
  g_file_set_contents_full (path, after, -1, G_FILE_SET_CONTENTS_NONE, 0644, &error);
  g_assert_no_error (error);

  /* Dovecot looks at the file again in its own time. */
  for (guint i = 0; i < 100 && !is_plain; i++)
    {
      session = open_and_login (servers->submission, MOS_SECURITY_STARTTLS);
      is_plain = g_str_equal (mos_smtp_session_get_mechanism (session), "PLAIN");
      mos_smtp_session_quit (session);
      g_object_unref (session);
      mos_test_settle (100);
    }
  g_assert_true (is_plain);

  /* A wrong password is refused as such, after one more try. */
  server = make_server (servers->submission, MOS_SECURITY_STARTTLS);
  refused = mos_smtp_session_open_sync (server, servers->ca_file, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_false (mos_smtp_session_login_sync (refused, "wrong", NULL, &error));
  g_assert_error (error, MOS_MAIL_ERROR, MOS_MAIL_ERROR_AUTH_FAILED);
  mos_smtp_session_quit (refused);
  g_clear_error (&error);
  g_file_set_contents_full (path, before, -1, G_FILE_SET_CONTENTS_NONE, 0644, &error);
  g_assert_no_error (error);
}

/* postfix offers DSN: our id goes along, and stands in the report of what it cannot deliver. */
static void
test_envelope_id (void)
{
  MosSmtpSession *session = open_and_login (servers->submission, MOS_SECURITY_STARTTLS);
  static const char message[] = "From: <support@shop.test>\r\nTo: <customer@mail.test>\r\nSubject: with-an-id\r\n\r\nHi\r\n";
  g_autoptr (GBytes) bytes = g_bytes_new_static (message, strlen (message));
  const char *const to[] = { MOS_TEST_CUSTOMER, NULL };
  g_autoptr (GPtrArray) refused = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  g_assert_true (mos_smtp_session_offers (session, "DSN"));
  mos_smtp_session_set_envelope_id (session, "m+odd=id");
  g_assert_true (mos_smtp_session_send_sync (session, MOS_TEST_SHOP, to, bytes, 0, &refused, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (refused->len, ==, 0);
  mos_smtp_session_quit (session);
  g_object_unref (session);
  text = wait_for_mail ("with-an-id");
  g_assert_cmpstr (text, !=, "");
}

/* Several messages through one session, one of them refused. */
static void
test_session_goes_on (void)
{
  MosSmtpSession *session = open_and_login (servers->submissions, MOS_SECURITY_TLS);
  static const char message[] = "From: <support@shop.test>\r\nSubject: second-of-two\r\n\r\nHello.\r\n";
  g_autoptr (GBytes) bytes = g_bytes_new_static (message, strlen (message));
  const char *const nobody[] = { "nobody@shop.test", NULL };
  const char *const both[] = { "nobody@shop.test", MOS_TEST_CUSTOMER, NULL };
  g_autoptr (GPtrArray) refused = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  g_assert_false (mos_smtp_session_send_sync (session, MOS_TEST_SHOP, nobody, bytes, 0, &refused, NULL, &error));
  g_assert_error (error, MOS_MAIL_ERROR, MOS_MAIL_ERROR_REFUSED);
  g_assert_cmpuint (refused->len, ==, 1);
  g_assert_cmpuint (((MosRecipientResult *) refused->pdata[0])->code, ==, 550);
  g_assert_nonnull (((MosRecipientResult *) refused->pdata[0])->status);
  g_clear_error (&error);
  g_clear_pointer (&refused, g_ptr_array_unref);

  g_assert_true (mos_smtp_session_send_sync (session, MOS_TEST_SHOP, both, bytes, 0, &refused, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (refused->len, ==, 1);
  g_assert_cmpstr (((MosRecipientResult *) refused->pdata[0])->address, ==, "nobody@shop.test");
  mos_smtp_session_quit (session);
  g_object_unref (session);
  text = wait_for_mail ("second-of-two");
}

static void
test_utf8_and_8bit (void)
{
  MosSmtpSession *session = open_and_login (servers->submission, MOS_SECURITY_STARTTLS);
  static const char message[] = "From: <support@shop.test>\r\nSubject: eight-bit\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\nBücher €\r\n";
  g_autoptr (GBytes) bytes = g_bytes_new_static (message, strlen (message));
  const char *const strange[] = { "jörg@mail.test", NULL };
  const char *const to[] = { MOS_TEST_CUSTOMER, NULL };
  g_autoptr (GPtrArray) refused = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  /* There is no jörg here, but the server understood who was meant (SMTPUTF8). */
  g_assert_false (mos_smtp_session_send_sync (session, MOS_TEST_SHOP, strange, bytes, 0, &refused, NULL, &error));
  g_assert_error (error, MOS_MAIL_ERROR, MOS_MAIL_ERROR_REFUSED);
  g_assert_cmpstr (((MosRecipientResult *) refused->pdata[0])->status, ==, "5.1.1");
  g_clear_error (&error);
  g_clear_pointer (&refused, g_ptr_array_unref);

  mos_smtp_session_send_sync (session, MOS_TEST_SHOP, to, bytes, 0, &refused, NULL, &error);
  g_assert_no_error (error);
  mos_smtp_session_quit (session);
  g_object_unref (session);
  text = wait_for_mail ("Subject: eight-bit");
  g_assert_nonnull (strstr (text, "Bücher €"));
}

static void
test_too_large (void)
{
  MosSmtpSession *session = open_and_login (servers->submission, MOS_SECURITY_STARTTLS);
  gsize size = 200 * 1024 * 1024;
  g_autoptr (GBytes) bytes = g_bytes_new_take (g_strnfill (size, 'x'), size);
  const char *const to[] = { MOS_TEST_CUSTOMER, NULL };
  g_autoptr (GPtrArray) refused = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_false (mos_smtp_session_send_sync (session, MOS_TEST_SHOP, to, bytes, 0, &refused, NULL, &error));
  g_assert_error (error, MOS_MAIL_ERROR, MOS_MAIL_ERROR_TOO_LARGE);
  g_assert_true (mos_smtp_session_is_usable (session)); /* not a byte of it was sent */
  mos_smtp_session_quit (session);
  g_object_unref (session);
}

static void
test_wrong_password (void)
{
  g_autoptr (MosServer) server = make_server (servers->submission, MOS_SECURITY_STARTTLS);
  g_autoptr (GError) error = NULL;
  g_autoptr (MosSmtpSession) session = mos_smtp_session_open_sync (server, servers->ca_file, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_false (mos_smtp_session_login_sync (session, "wrong", NULL, &error));
  g_assert_error (error, MOS_MAIL_ERROR, MOS_MAIL_ERROR_AUTH_FAILED);
  mos_smtp_session_quit (session);
}

/* Without our authority nothing is sent, on either kind of TLS; the certificate is at hand to be shown. */
static void
test_wrong_certificate (void)
{
  const guint16 ports[] = { servers->submission, servers->submissions };

  for (gsize i = 0; i < G_N_ELEMENTS (ports); i++)
    {
      g_autoptr (MosServer) server = make_server (ports[i], i == 0 ? MOS_SECURITY_STARTTLS : MOS_SECURITY_TLS);
      g_autoptr (GError) error = NULL;
      g_autoptr (MosSmtpSession) session = mos_smtp_session_open_sync (server, NULL, NULL, NULL, &error);
      const MosTlsProblem *problem;
      g_autofree char *pin = NULL;

      g_assert_null (session);
      g_assert_error (error, MOS_MAIL_ERROR, MOS_MAIL_ERROR_BAD_CERTIFICATE);
      g_clear_error (&error);
      problem = mos_tls_problem_get_last ();
      g_assert_nonnull (problem);
      g_assert_true (problem->flags & G_TLS_CERTIFICATE_UNKNOWN_CA);

      pin = mos_tls_certificate_get_sha256 (problem->certificate);
      session = mos_smtp_session_open_sync (server, NULL, pin, NULL, &error);
      g_assert_no_error (error);
      mos_smtp_session_quit (session);
    }
}

int
main (int argc,
      char **argv)
{
  int status;

  mos_test_init (&argc, &argv);
  servers = mos_test_servers_new ();

  g_test_add_func ("/smtp-servers/starttls-and-dots", test_starttls_and_dots);
  g_test_add_func ("/smtp-servers/session-goes-on", test_session_goes_on);
  g_test_add_func ("/smtp-servers/envelope-id", test_envelope_id);
  g_test_add_func ("/smtp-servers/scram-falls-back", test_scram_falls_back);
  g_test_add_func ("/smtp-servers/utf8-and-8bit", test_utf8_and_8bit);
  g_test_add_func ("/smtp-servers/too-large", test_too_large);
  g_test_add_func ("/smtp-servers/wrong-password", test_wrong_password);
  g_test_add_func ("/smtp-servers/wrong-certificate", test_wrong_certificate);

  status = g_test_run ();
  mos_test_servers_free (servers);
  return status;
}
