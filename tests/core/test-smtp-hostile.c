/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "core/mail/smtp/mos-smtp-session.h"
#include "mos-test-smtp-server.h"
#include "mos-test.h"

#include <string.h>

/* A submission server with bad intentions or bad luck: each try ends in a clear error, and the error is honest about whether the message
 * may have been accepted: "uncertain" only once the final dot has left, and always then. */

#define ACCEPTED -1
#define CLOSED -2 /* nothing was accepted */

typedef struct
{
  const char *name;
  int end; /* of MosMailError, or one of the above */
  const char *user;
  const char *script[30];
} Case;

#define HELLO "S 220 hi", "C EHLO", "S 250 there"
#define AUTH(mechanisms) "S 220 hi", "C EHLO", "S 250-there", "S 250 AUTH " mechanisms
#define ENVELOPE "C MAIL", "S 250 ok", "C RCPT", "S 250 ok", "C DATA"
#define LINE_100 "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
#define LINE_1000 LINE_100 LINE_100 LINE_100 LINE_100 LINE_100 LINE_100 LINE_100 LINE_100 LINE_100 LINE_100
#define LINE_5000 LINE_1000 LINE_1000 LINE_1000 LINE_1000 LINE_1000

static const Case cases[] = {
  /* Greetings */
  { "greeting-of-imap", MOS_MAIL_ERROR_PROTOCOL, "", { "S * OK [CAPABILITY IMAP4rev1] hi", "W", NULL } },
  { "greeting-of-http", MOS_MAIL_ERROR_PROTOCOL, "", { "S HTTP/1.1 400 Bad Request", "W", NULL } },
  { "greeting-554", MOS_MAIL_ERROR_REFUSED, "", { "S 554 go away", "W", NULL } },
  { "greeting-421", MOS_MAIL_ERROR_TEMPORARY, "", { "S 421 4.3.2 later", "W", NULL } },
  { "greeting-250", MOS_MAIL_ERROR_PROTOCOL, "", { "S 250 hi", "W", NULL } },
  { "greeting-cut", CLOSED, "", { "X", NULL } },
  { "line-too-long", MOS_MAIL_ERROR_PROTOCOL, "", { "S 220 " LINE_5000, "W", NULL } },
  { "code-100", MOS_MAIL_ERROR_PROTOCOL, "", { "S 100 continue", "W", NULL } },
  { "code-600", MOS_MAIL_ERROR_PROTOCOL, "", { "S 600 what", "W", NULL } },
  { "codes-mixed", MOS_MAIL_ERROR_PROTOCOL, "", { "S 220 hi", "C EHLO", "S 250-there", "S 550 no", "W", NULL } },

  /* Signing in */
  { "auth-nonsense", MOS_MAIL_ERROR_PROTOCOL, "me", { AUTH ("SCRAM-SHA-256"), "C AUTH SCRAM-SHA-256", "S 334 ????", "C *", "S 501 cancelled", "W", NULL } },
  { "auth-other-nonce", MOS_MAIL_ERROR_PROTOCOL, "me", { AUTH ("SCRAM-SHA-256"), "C AUTH SCRAM-SHA-256", "S 334 cj1vdGhlcixzPVcyMlphSjBTTlk3c29Fc1VFamI2Z1E9PSxpPTQwOTY=", "C *", "S 501 cancelled", "W", NULL } },
  { "auth-without-proof", MOS_MAIL_ERROR_AUTH_FAILED, "me", { AUTH ("SCRAM-SHA-256"), "C AUTH SCRAM-SHA-256", "S 235 welcome", "W", NULL } },
  { "auth-for-ever", MOS_MAIL_ERROR_PROTOCOL, "me", { AUTH ("LOGIN"), "C AUTH LOGIN", "S 334 VXNlcm5hbWU6", "C", "S 334 UGFzc3dvcmQ6", "C", "S 334 VXNlcm5hbWU6", "C", "S 501 cancelled", "W", NULL } },
  { "auth-unknown-only", MOS_MAIL_ERROR_AUTH_UNSUPPORTED, "me", { AUTH ("GSSAPI NTLM"), "W", NULL } },
  { "auth-refused", MOS_MAIL_ERROR_AUTH_FAILED, "me", { AUTH ("PLAIN"), "C AUTH PLAIN", "S 535 5.7.8 no", "W", NULL } },
  { "auth-not-now", MOS_MAIL_ERROR_TEMPORARY, "me", { AUTH ("PLAIN"), "C AUTH PLAIN", "S 454 4.7.0 later", "W", NULL } },
  { "auth-cut", CLOSED, "me", { AUTH ("PLAIN"), "C AUTH PLAIN", "X", NULL } },

  /* Before the dot nothing is accepted, whatever happens. */
  { "mail-354", MOS_MAIL_ERROR_PROTOCOL, "", { HELLO, "C MAIL", "S 354 go on", "W", NULL } },
  { "mail-cut", CLOSED, "", { HELLO, "C MAIL", "X", NULL } },
  { "mail-421", MOS_MAIL_ERROR_TEMPORARY, "", { HELLO, "C MAIL", "S 421 4.3.2 closing", "X", NULL } },
  { "rcpt-nonsense", MOS_MAIL_ERROR_PROTOCOL, "", { HELLO, "C MAIL", "S 250 ok", "C RCPT", "S yes", "W", NULL } },
  { "rcpt-cut", CLOSED, "", { HELLO, "C MAIL", "S 250 ok", "C RCPT", "X", NULL } },
  { "data-cut", CLOSED, "", { HELLO, ENVELOPE, "X", NULL } },
  { "data-554", MOS_MAIL_ERROR_REFUSED, "", { HELLO, ENVELOPE, "S 554 no", "W", NULL } },
  { "data-421", MOS_MAIL_ERROR_TEMPORARY, "", { HELLO, ENVELOPE, "S 421 4.3.2 closing", "X", NULL } },

  /* After it only the server's word counts. */
  { "dot-cut", MOS_MAIL_ERROR_UNCERTAIN, "", { HELLO, ENVELOPE, "S 354 go", "D", "X", NULL } },
  { "dot-nonsense", MOS_MAIL_ERROR_UNCERTAIN, "", { HELLO, ENVELOPE, "S 354 go", "D", "S ??? maybe", "W", NULL } },
  { "dot-half-a-line", MOS_MAIL_ERROR_UNCERTAIN, "", { HELLO, ENVELOPE, "S 354 go", "D", "S 250-2.0.0 que", "X", NULL } },
  { "dot-line-too-long", MOS_MAIL_ERROR_UNCERTAIN, "", { HELLO, ENVELOPE, "S 354 go", "D", "S 250 " LINE_5000, "W", NULL } },
  { "dot-421", MOS_MAIL_ERROR_TEMPORARY, "", { HELLO, ENVELOPE, "S 354 go", "D", "S 421 4.3.2 closing", "X", NULL } },
  { "dot-451", MOS_MAIL_ERROR_TEMPORARY, "", { HELLO, ENVELOPE, "S 354 go", "D", "S 451 4.7.1 greylisted", "C QUIT", "S 221 bye", "W", NULL } },
  { "dot-554", MOS_MAIL_ERROR_REFUSED, "", { HELLO, ENVELOPE, "S 354 go", "D", "S 554 5.7.1 spam", "C QUIT", "S 221 bye", "W", NULL } },
  { "dot-552", MOS_MAIL_ERROR_TOO_LARGE, "", { HELLO, ENVELOPE, "S 354 go", "D", "S 552 5.3.4 too large", "C QUIT", "S 221 bye", "W", NULL } },
  { "quit-cut", ACCEPTED, "", { HELLO, ENVELOPE, "S 354 go", "D", "S 250 ok", "C QUIT", "X", NULL } },
  { "quit-nonsense", ACCEPTED, "", { HELLO, ENVELOPE, "S 354 go", "D", "S 250 ok", "C QUIT", "S what", "W", NULL } },

  /* Promises that are not kept */
  { "size-nonsense", ACCEPTED, "", { "S 220 hi", "C EHLO", "S 250-there", "S 250 SIZE 99999999999999999999999", ENVELOPE, "S 354 go", "D", "S 250 ok", "C QUIT", "S 221 bye", "W", NULL } },
  { "size-small", MOS_MAIL_ERROR_TOO_LARGE, "", { "S 220 hi", "C EHLO", "S 250-there", "S 250 SIZE 3", "C QUIT", "S 221 bye", "W", NULL } },
  { "hello-500", ACCEPTED, "", { "S 220 hi", "C EHLO", "S 500 what", "C HELO", "S 250 there", ENVELOPE, "S 354 go", "D", "S 250 ok", "C QUIT", "S 221 bye", "W", NULL } },
  { "hello-nothing-in-it", ACCEPTED, "", { "S 220 hi", "C EHLO", "S 250", ENVELOPE, "S 354 go", "D", "S 250 ok", "C QUIT", "S 221 bye", "W", NULL } },
};

static void
test_case (gconstpointer data)
{
  static const char *const recipients[] = { "a@mail.test", NULL };
  const Case *c = data;
  MosTestSmtpServer *peer = mos_test_smtp_server_new (c->script);
  g_autoptr (MosServer) server = mos_test_smtp_server_make (peer, c->user);
  g_autoptr (GBytes) message = g_bytes_new_static ("Subject: x\r\n\r\nHello\r\n", 21);
  g_autoptr (GPtrArray) refused = NULL;
  g_autoptr (GPtrArray) messages = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (MosSmtpSession) session = mos_smtp_session_open_sync (server, NULL, NULL, NULL, &error);
  gboolean accepted = session != NULL && mos_smtp_session_login_sync (session, "secret", NULL, &error) &&
                      mos_smtp_session_send_sync (session, "s@shop.test", recipients, message, MOS_SMTP_SEND_DEFAULT, &refused, NULL, &error);

  if (c->end == ACCEPTED)
    {
      g_assert_no_error (error);
      g_assert_true (accepted);
    }
  else
    {
      g_assert_false (accepted);
      if (c->end == CLOSED)
        g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED);
      else
        g_assert_error (error, MOS_MAIL_ERROR, c->end);
      g_assert_cmpuint (strlen (error->message), >, 5);
      g_assert_cmpuint (strlen (error->message), <, 2000);
    }
  if (session != NULL && mos_smtp_session_is_usable (session))
    mos_smtp_session_quit (session);
  g_clear_object (&session);
  messages = mos_test_smtp_server_finish (peer);
}

int
main (int argc,
      char *argv[])
{
  mos_test_init (&argc, &argv);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/smtp/hostile/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  return g_test_run ();
}
