/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "core/mail/smtp/mos-smtp-reply.h"
#include "core/mail/smtp/mos-smtp-session.h"
#include "core/mail/smtp/mos-smtp-stuffer.h"
#include "mos-test-smtp-server.h"
#include "mos-test.h"

#include <string.h>

/* --- replies --- */

static MosSmtpReply *
parse_reply (const char *text,
             GError **error)
{
  g_autoptr (MosSmtpReply) reply = mos_smtp_reply_new ();
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  gboolean complete = FALSE;

  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_assert_false (complete);
      if (!mos_smtp_reply_take_line (reply, lines[i], strlen (lines[i]), &complete, error))
        return NULL;
    }
  g_assert_true (complete);
  return g_steal_pointer (&reply);
}

static void
test_reply_parse (void)
{
  static const struct
  {
    const char *in;
    guint code;
    const char *status;
    const char *text;
  } table[] = {
    { "250 ok", 250, NULL, "ok" },
    { "250", 250, NULL, "" },
    { "250-one\n250-two\n250 three", 250, NULL, "one two three" },
    { "550 5.1.1 No such user", 550, "5.1.1", "5.1.1 No such user" },
    { "550-5.7.1 First\n550 5.7.1 Second", 550, "5.7.1", "5.7.1 First Second" },
    { "451 5.1.1 the class does not fit", 451, NULL, "5.1.1 the class does not fit" },
    { "550 5.1 short", 550, NULL, "5.1 short" },
    { "550 5.1.1.1 long", 550, NULL, "5.1.1.1 long" },
    { "550 5..1 odd", 550, NULL, "5..1 odd" },
    { "554 a\tb", 554, NULL, "a b" },
    { "554 caf\xe9", 554, NULL, "caf\357\277\275" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (MosSmtpReply) reply = parse_reply (table[i].in, &error);
      g_autofree char *text = NULL;

      g_assert_no_error (error);
      text = mos_smtp_reply_dup_text (reply);
      g_assert_cmpuint (reply->code, ==, table[i].code);
      g_assert_cmpstr (reply->status, ==, table[i].status);
      g_assert_cmpstr (text, ==, table[i].text);
    }
}

static void
test_reply_refused (void)
{
  static const char *const bad[] = { " ", "25", "hello", "150 early", "650 late", "25x no", "250ok", "250-a\n251 b", "2 0 x", "\xff\xfe\xfd" };

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (MosSmtpReply) reply = parse_reply (bad[i], &error);

      g_assert_null (reply);
      g_assert_error (error, MOS_MAIL_ERROR, MOS_MAIL_ERROR_PROTOCOL);
    }
}

static void
test_reply_has_limits (void)
{
  g_autoptr (MosSmtpReply) reply = mos_smtp_reply_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  gboolean complete;
  guint taken = 0;

  while (mos_smtp_reply_take_line (reply, "250-again and again", 19, &complete, &error))
    g_assert_cmpuint (++taken, <=, 1000);
  g_assert_error (error, MOS_MAIL_ERROR, MOS_MAIL_ERROR_PROTOCOL);
  text = mos_smtp_reply_dup_text (reply);
  g_assert_cmpuint (strlen (text), <=, 1000);
}

static void
test_reply_errors (void)
{
  static const struct
  {
    const char *in;
    MosMailError code;
  } table[] = {
    { "421 closing", MOS_MAIL_ERROR_TEMPORARY },
    { "452 4.3.1 no room", MOS_MAIL_ERROR_TEMPORARY },
    { "550 no", MOS_MAIL_ERROR_REFUSED },
    { "552 too big", MOS_MAIL_ERROR_TOO_LARGE },
    { "552 5.3.4 too big", MOS_MAIL_ERROR_TOO_LARGE },
    { "552 5.2.2 mailbox full", MOS_MAIL_ERROR_REFUSED },
    { "530 5.7.0 Must issue a STARTTLS command first", MOS_MAIL_ERROR_TLS_REQUIRED },
    { "530 5.7.0 Authentication required", MOS_MAIL_ERROR_AUTH_FAILED },
    { "250 what", MOS_MAIL_ERROR_PROTOCOL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (MosSmtpReply) reply = parse_reply (table[i].in, NULL);
      g_autoptr (GError) error = NULL;

      mos_smtp_reply_to_error (reply, &error);
      g_assert_error (error, MOS_MAIL_ERROR, (int) table[i].code);
      g_assert_nonnull (strstr (error->message, table[i].in + 4));
    }
}

static void
test_extensions (void)
{
  g_autoptr (MosSmtpReply) reply = parse_reply ("250-mail.shop.example STARTTLS SMTPUTF8\n250-size 1000\n250-Pipelining\n250-AUTH PLAIN  scram-sha-256\n250-AUTH=LOGIN\n250 8bitmime", NULL);
  g_autoptr (MosSmtpExtensions) e = mos_smtp_extensions_parse (reply);
  g_autofree char *auth = g_strjoinv (" ", e->auth);

  g_assert_false (e->starttls); /* the first line is the greeting */
  g_assert_false (e->smtputf8);
  g_assert_true (e->has_size);
  g_assert_cmpuint (e->size, ==, 1000);
  g_assert_true (e->pipelining);
  g_assert_true (e->eight_bit_mime);
  g_assert_cmpstr (auth, ==, "PLAIN SCRAM-SHA-256 LOGIN");
}

/* --- the message's bytes --- */

static void
test_stuffing (void)
{
  static const struct
  {
    const char *in;
    const char *out;
  } table[] = {
    { "", "" },
    { "a", "a\r\n" },
    { "a\r\n", "a\r\n" },
    { ".", "..\r\n" },
    { ".a\r\n..b\r\n.\r\nc", "..a\r\n...b\r\n..\r\nc\r\n" },
    { "a.b\r\n", "a.b\r\n" },
    /* Smuggling: no lone CR or LF may stand beside a dot. */
    { "a\n.\nb", "a\r\n..\r\nb\r\n" },
    { "a\r.\rb", "a\r\n..\r\nb\r\n" },
    { "a\n.\r\nb\r", "a\r\n..\r\nb\r\n" },
    { "a\r\r\nb", "a\r\n\r\nb\r\n" },
    { "\r\n\r\n", "\r\n\r\n" },
    { "\n\n", "\r\n\r\n" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    for (gsize cut = 0; cut <= strlen (table[i].in); cut++)
      {
        g_autoptr (GByteArray) out = g_byte_array_new ();
        MosSmtpStuffer stuffer;

        mos_smtp_stuffer_init (&stuffer);
        mos_smtp_stuffer_feed (&stuffer, (const guint8 *) table[i].in, cut, out);
        mos_smtp_stuffer_feed (&stuffer, (const guint8 *) table[i].in + cut, strlen (table[i].in) - cut, out);
        mos_smtp_stuffer_finish (&stuffer, out);
        g_assert_cmpmem (out->data, out->len, table[i].out, strlen (table[i].out));
      }
}

static void
test_addresses (void)
{
  static const struct
  {
    const char *in;
    const char *out;
    gboolean utf8;
  } table[] = {
    { "a@shop.example", "a@shop.example", FALSE },
    { "a@bücher.example", "a@xn--bcher-kva.example", FALSE },
    { "jörg@shop.example", "jörg@shop.example", TRUE },
    { "a@[127.0.0.1]", "a@[127.0.0.1]", FALSE },
    { "a", NULL, FALSE },
    { "@b", NULL, FALSE },
    { "a@", NULL, FALSE },
    { "a@b>\r\nRCPT TO:<c@d", NULL, FALSE },
    { "a b@c", NULL, FALSE },
    { "a\r@c", NULL, FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      gboolean utf8 = FALSE;
      g_autofree char *out = mos_smtp_address_to_ascii (table[i].in, &utf8);

      g_assert_cmpstr (out, ==, table[i].out);
      if (out != NULL)
        g_assert_cmpint (utf8, ==, table[i].utf8);
    }
}

/* --- sessions --- */

#define MESSAGE "Subject: hello\r\n\r\n.dot\r\nbye\r\n"

typedef struct
{
  const char *script[24];
  const char *recipients[4];
  MosSmtpSendFlags flags;
  MosMailError code; /* of opening, login or sending; with io the GIOErrorEnum */
  gboolean io;
  gboolean ok;
  guint refused;
  gboolean usable;
} SendCase;

static void
run_case (const SendCase *c)
{
  MosTestSmtpServer *server = mos_test_smtp_server_new (c->script);
  g_autoptr (MosServer) where = mos_test_smtp_server_make (server, "");
  g_autoptr (GBytes) message = g_bytes_new_static (MESSAGE, strlen (MESSAGE));
  g_autoptr (GPtrArray) refused = NULL;
  g_autoptr (GPtrArray) messages = NULL;
  g_autoptr (GError) error = NULL;
  const char *const one[] = { "b@shop.example", NULL };
  g_autoptr (MosSmtpSession) session = mos_smtp_session_open_sync (where, NULL, NULL, NULL, &error);
  gboolean ok = session != NULL && mos_smtp_session_login_sync (session, "", NULL, &error) &&
                mos_smtp_session_send_sync (session, "a@shop.example", c->recipients[0] != NULL ? (const char *const *) c->recipients : one, message, c->flags, &refused, NULL, &error);

  if (c->ok)
    g_assert_no_error (error);
  else if (c->io)
    g_assert_error (error, G_IO_ERROR, (int) c->code);
  else
    g_assert_error (error, MOS_MAIL_ERROR, (int) c->code);
  g_assert_cmpint (ok, ==, c->ok);
  if (refused != NULL)
    g_assert_cmpuint (refused->len, ==, c->refused);
  if (session != NULL)
    {
      g_assert_cmpint (mos_smtp_session_is_usable (session), ==, c->usable);
      mos_smtp_session_quit (session);
    }

  messages = mos_test_smtp_server_finish (server);
  if (ok)
    {
      g_assert_cmpuint (messages->len, ==, 1);
      g_assert_cmpmem (g_bytes_get_data (messages->pdata[0], NULL), g_bytes_get_size (messages->pdata[0]),
                       "Subject: hello\r\n\r\n..dot\r\nbye\r\n", strlen (MESSAGE) + 1);
    }
}

#define HELLO "S 220 hi", "C EHLO [", "S 250-there", "S 250-SIZE 10000", "S 250-PIPELINING", "S 250 8BITMIME"
#define HELLO_PLAIN "S 220 hi", "C EHLO [", "S 250 there"
#define ENVELOPE "C MAIL FROM:<a@shop.example> SIZE=29", "C RCPT TO:<b@shop.example>", "S 250 sender", "S 250 recipient"
#define CUT .io = TRUE, .code = (MosMailError) G_IO_ERROR_CONNECTION_CLOSED
#define BYE "C QUIT", "S 221 bye", "W"

static const struct
{
  const char *name;
  SendCase c;
} send_cases[] = {
  { "accepted", { .script = { HELLO, ENVELOPE, "C DATA", "S 354 go", "D", "S 250 ok", BYE }, .ok = TRUE, .usable = TRUE } },
  { "accepted-no-extensions", { .script = { "S 220-hi", "S 220 hi", "C EHLO", "S 502 what", "C HELO [", "S 250 there", "C MAIL FROM:<a@shop.example>", "S 250 ok", "C RCPT TO:<b@shop.example>", "S 250 ok", "C DATA", "S 354 go", "D", "S 250 ok", BYE }, .ok = TRUE, .usable = TRUE } },
  { "cut-before-greeting", { .script = { "X" }, CUT } },
  { "cut-in-greeting", { .script = { "S 220-hi", "X" }, CUT } },
  { "cut-at-ehlo", { .script = { "S 220 hi", "C EHLO", "X" }, CUT } },
  { "cut-in-ehlo", { .script = { "S 220 hi", "C EHLO", "S 250-there", "X" }, CUT } },
  { "cut-at-mail", { .script = { HELLO_PLAIN, "C MAIL", "X" }, CUT } },
  { "cut-at-rcpt", { .script = { HELLO, "C MAIL", "C RCPT", "S 250 ok", "X" }, CUT } },
  { "cut-at-data", { .script = { HELLO, ENVELOPE, "C DATA", "X" }, CUT } },
  { "cut-after-dot", { .script = { HELLO, ENVELOPE, "C DATA", "S 354 go", "D", "X" }, .code = MOS_MAIL_ERROR_UNCERTAIN } },
  { "cut-in-verdict", { .script = { HELLO, ENVELOPE, "C DATA", "S 354 go", "D", "S 250-ok", "X" }, .code = MOS_MAIL_ERROR_UNCERTAIN } },
  { "nonsense-verdict", { .script = { HELLO, ENVELOPE, "C DATA", "S 354 go", "D", "S what?", "W" }, .code = MOS_MAIL_ERROR_UNCERTAIN } },
  { "again-354", { .script = { HELLO, ENVELOPE, "C DATA", "S 354 go", "D", "S 354 go on", "W" }, .code = MOS_MAIL_ERROR_UNCERTAIN } },
  { "greeting-554", { .script = { "S 554 go away", "W" }, .code = MOS_MAIL_ERROR_REFUSED } },
  { "greeting-421", { .script = { "S 421 busy", "W" }, .code = MOS_MAIL_ERROR_TEMPORARY } },
  { "greeting-nonsense", { .script = { "S * OK IMAP4rev1", "W" }, .code = MOS_MAIL_ERROR_PROTOCOL } },
  { "ehlo-421", { .script = { "S 220 hi", "C EHLO", "S 421 busy", "W" }, .code = MOS_MAIL_ERROR_TEMPORARY } },
  { "helo-550", { .script = { "S 220 hi", "C EHLO", "S 500 what", "C HELO", "S 550 no", "W" }, .code = MOS_MAIL_ERROR_REFUSED } },
  { "mail-451", { .script = { HELLO, "C MAIL", "C RCPT", "S 451 later", "S 503 first mail", "C RSET", "S 250 ok", BYE }, .code = MOS_MAIL_ERROR_TEMPORARY, .usable = TRUE } },
  { "mail-550", { .script = { HELLO, "C MAIL", "C RCPT", "S 550 no", "S 503 first mail", "C RSET", "S 250 ok", BYE }, .code = MOS_MAIL_ERROR_REFUSED, .usable = TRUE } },
  { "mail-552", { .script = { HELLO, "C MAIL", "C RCPT", "S 552 5.3.4 big", "S 503 first mail", "C RSET", "S 250 ok", BYE }, .code = MOS_MAIL_ERROR_TOO_LARGE, .usable = TRUE } },
  { "mail-421", { .script = { HELLO, "C MAIL", "C RCPT", "S 421 closing", "X" }, .code = MOS_MAIL_ERROR_TEMPORARY } },
  { "rcpt-550", { .script = { HELLO, "C MAIL", "C RCPT", "S 250 ok", "S 550 5.1.1 who?", "C RSET", "S 250 ok", BYE }, .code = MOS_MAIL_ERROR_REFUSED, .refused = 1, .usable = TRUE } },
  { "rcpt-450", { .script = { HELLO, "C MAIL", "C RCPT", "S 250 ok", "S 450 grey", "C RSET", "S 250 ok", BYE }, .code = MOS_MAIL_ERROR_TEMPORARY, .refused = 1, .usable = TRUE } },
  { "rcpt-some-550", { .script = { HELLO, "C MAIL", "C RCPT TO:<b@shop.example>", "C RCPT TO:<c@shop.example>", "S 250 ok", "S 550 who?", "S 250 ok", "C DATA", "S 354 go", "D", "S 250 ok", BYE }, .recipients = { "b@shop.example", "c@shop.example" }, .ok = TRUE, .refused = 1, .usable = TRUE } },
  { "rcpt-some-450", { .script = { HELLO, "C MAIL", "C RCPT", "C RCPT", "S 250 ok", "S 450 grey", "S 250 ok", "C RSET", "S 250 ok", BYE }, .recipients = { "b@shop.example", "c@shop.example" }, .code = MOS_MAIL_ERROR_TEMPORARY, .refused = 1, .usable = TRUE } },
  { "rcpt-some-450-without", { .script = { HELLO, "C MAIL", "C RCPT", "C RCPT", "S 250 ok", "S 450 grey", "S 250 ok", "C DATA", "S 354 go", "D", "S 250 ok", BYE }, .recipients = { "b@shop.example", "c@shop.example" }, .flags = MOS_SMTP_SEND_WITHOUT_TEMPORARY, .ok = TRUE, .refused = 1, .usable = TRUE } },
  { "rcpt-injection", { .script = { HELLO, ENVELOPE, "C DATA", "S 354 go", "D", "S 250 ok", BYE }, .recipients = { "x@y>\r\nDATA", "b@shop.example" }, .ok = TRUE, .refused = 1, .usable = TRUE } },
  { "rcpt-needs-utf8", { .script = { HELLO, BYE }, .recipients = { "jörg@shop.example" }, .code = MOS_MAIL_ERROR_REFUSED, .refused = 1, .usable = TRUE } },
  { "size-known-before", { .script = { "S 220 hi", "C EHLO", "S 250-there", "S 250 SIZE 20", BYE }, .code = MOS_MAIL_ERROR_TOO_LARGE, .usable = TRUE } },
  { "data-451", { .script = { HELLO, ENVELOPE, "C DATA", "S 451 later", "C RSET", "S 250 ok", BYE }, .code = MOS_MAIL_ERROR_TEMPORARY, .usable = TRUE } },
  { "data-554", { .script = { HELLO, ENVELOPE, "C DATA", "S 554 no", "C RSET", "S 250 ok", BYE }, .code = MOS_MAIL_ERROR_REFUSED, .usable = TRUE } },
  { "data-250", { .script = { HELLO, ENVELOPE, "C DATA", "S 250 eh", "W" }, .code = MOS_MAIL_ERROR_PROTOCOL } },
  { "verdict-451", { .script = { HELLO, ENVELOPE, "C DATA", "S 354 go", "D", "S 451 later", BYE }, .code = MOS_MAIL_ERROR_TEMPORARY, .usable = TRUE } },
  { "verdict-554", { .script = { HELLO, ENVELOPE, "C DATA", "S 354 go", "D", "S 554 spam", BYE }, .code = MOS_MAIL_ERROR_REFUSED, .usable = TRUE } },
  { "verdict-421", { .script = { HELLO, ENVELOPE, "C DATA", "S 354 go", "D", "S 421 closing", "W" }, .code = MOS_MAIL_ERROR_TEMPORARY } },
  { "long-line", { .script = { "S 220 0123456789012345678901234567890123456789", "C EHLO", "S no", "W" }, .code = MOS_MAIL_ERROR_PROTOCOL } },
};

static void
test_send (gconstpointer data)
{
  run_case (data);
}

/* The connection goes while the message is on its way: nothing was accepted, so it is no uncertain case. */
static void
test_cut_in_message (void)
{
  static const char *const script[] = { HELLO_PLAIN, "C MAIL", "S 250 ok", "C RCPT", "S 250 ok", "C DATA", "S 354 go", "d", "X", NULL };
  MosTestSmtpServer *server = mos_test_smtp_server_new (script);
  g_autoptr (MosServer) where = mos_test_smtp_server_make (server, "");
  g_autofree char *big = g_strnfill (64 * 1024 * 1024, 'x');
  g_autoptr (GBytes) message = NULL;
  g_autoptr (GPtrArray) refused = NULL;
  g_autoptr (GPtrArray) messages = NULL;
  g_autoptr (GError) error = NULL;
  const char *const to[] = { "b@shop.example", NULL };
  g_autoptr (MosSmtpSession) session = mos_smtp_session_open_sync (where, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  memcpy (big, "a: b\r\n\r\n", 8);
  message = g_bytes_new_take (g_steal_pointer (&big), 64 * 1024 * 1024);
  g_assert_false (mos_smtp_session_send_sync (session, "", to, message, 0, &refused, NULL, &error));
  g_assert_nonnull (error);
  g_assert_true (error->domain == G_IO_ERROR);
  g_assert_false (mos_smtp_session_is_usable (session));
  mos_smtp_session_quit (session);
  messages = mos_test_smtp_server_finish (server);
}

/* Some servers say why before they hang up; that is worth more than "broken pipe". */
static void
test_last_words (void)
{
  static const char *const script[] = { HELLO_PLAIN, "C MAIL", "S 250 ok", "C RCPT", "S 250 ok", "C DATA", "S 354 go", "d", "S 552 5.3.4 far too big", "W", NULL };
  MosTestSmtpServer *server = mos_test_smtp_server_new (script);
  g_autoptr (MosServer) where = mos_test_smtp_server_make (server, "");
  g_autoptr (GBytes) message = g_bytes_new_static (MESSAGE, strlen (MESSAGE));
  g_autoptr (GPtrArray) refused = NULL;
  g_autoptr (GPtrArray) messages = NULL;
  g_autoptr (GError) error = NULL;
  const char *const to[] = { "b@shop.example", NULL };
  g_autoptr (MosSmtpSession) session = mos_smtp_session_open_sync (where, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_false (mos_smtp_session_send_sync (session, "", to, message, 0, &refused, NULL, &error));
  g_assert_error (error, MOS_MAIL_ERROR, MOS_MAIL_ERROR_TOO_LARGE);
  mos_smtp_session_quit (session);
  messages = mos_test_smtp_server_finish (server);
}

static void
test_starttls_is_required (void)
{
  static const char *const without[] = { HELLO_PLAIN, "W", NULL };
  static const char *const refused[] = { "S 220 hi", "C EHLO", "S 250-there", "S 250 STARTTLS", "C STARTTLS", "S 502 no", "W", NULL };
  static const char *const old[] = { "S 220 hi", "C EHLO", "S 502 what", "C HELO", "S 250 there", "W", NULL };
  static const char *const injected[] = { "S 220 hi", "C EHLO", "S 250-there", "S 250 STARTTLS", "C STARTTLS", "S 220 go\r\n250 injected", "W", NULL };
  static const struct
  {
    const char *const *script;
    MosMailError code;
  } table[] = {
    { without, MOS_MAIL_ERROR_TLS_REQUIRED },
    { refused, MOS_MAIL_ERROR_TLS_REQUIRED },
    { old, MOS_MAIL_ERROR_TLS_REQUIRED },
    { injected, MOS_MAIL_ERROR_PROTOCOL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      MosTestSmtpServer *server = mos_test_smtp_server_new (table[i].script);
      g_autoptr (MosServer) where = mos_test_smtp_server_make (server, "me");
      g_autoptr (GPtrArray) messages = NULL;
      g_autoptr (GError) error = NULL;
      g_autoptr (MosSmtpSession) session = NULL;

      where->security = MOS_SECURITY_STARTTLS;
      session = mos_smtp_session_open_sync (where, NULL, NULL, NULL, &error);
      g_assert_null (session);
      g_assert_error (error, MOS_MAIL_ERROR, (int) table[i].code);
      messages = mos_test_smtp_server_finish (server);
    }
}

static void
test_login (void)
{
#define AUTH(list) "S 220 hi", "C EHLO", "S 250-there", "S 250 AUTH " list
  static const struct
  {
    const char *script[16];
    gboolean ok;
    MosMailError code;
    const char *mechanism;
  } table[] = {
    { { AUTH ("PLAIN LOGIN"), "C AUTH PLAIN AG1lAHNlY3JldA==", "S 235 ok", BYE }, TRUE, 0, "PLAIN" },
    { { AUTH ("LOGIN"), "C AUTH LOGIN", "S 334 VXNlcm5hbWU6", "C bWU=", "S 334 UGFzc3dvcmQ6", "C c2VjcmV0", "S 235 ok", BYE }, TRUE, 0, "LOGIN" },
    { { AUTH ("PLAIN"), "C AUTH PLAIN", "S 535 5.7.8 no", BYE }, FALSE, MOS_MAIL_ERROR_AUTH_FAILED, NULL },
    { { AUTH ("PLAIN"), "C AUTH PLAIN", "S 454 4.7.0 later", BYE }, FALSE, MOS_MAIL_ERROR_TEMPORARY, NULL },
    { { AUTH ("PLAIN"), "C AUTH PLAIN", "S 432 4.7.12 change it", BYE }, FALSE, MOS_MAIL_ERROR_AUTH_FAILED, NULL },
    { { AUTH ("PLAIN"), "C AUTH PLAIN", "S 538 5.7.11 encrypt", BYE }, FALSE, MOS_MAIL_ERROR_TLS_REQUIRED, NULL },
    { { AUTH ("SCRAM-SHA-1 PLAIN"), "C AUTH SCRAM-SHA-1 ", "S 504 5.5.4 not for you", "C AUTH PLAIN", "S 235 ok", BYE }, TRUE, 0, "PLAIN" },
    { { AUTH ("SCRAM-SHA-1"), "C AUTH SCRAM-SHA-1 ", "S 334 nonsense", "C *", "S 501 ended", BYE }, FALSE, MOS_MAIL_ERROR_PROTOCOL, NULL },
    { { AUTH ("SCRAM-SHA-1"), "C AUTH SCRAM-SHA-1 ", "S 235 welcome, whoever you are", BYE }, FALSE, MOS_MAIL_ERROR_AUTH_FAILED, NULL },
    { { AUTH ("CRAM-MD5 GSSAPI"), BYE }, FALSE, MOS_MAIL_ERROR_AUTH_UNSUPPORTED, NULL },
    { { HELLO_PLAIN, BYE }, FALSE, MOS_MAIL_ERROR_AUTH_UNSUPPORTED, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      MosTestSmtpServer *server = mos_test_smtp_server_new (table[i].script);
      g_autoptr (MosServer) where = mos_test_smtp_server_make (server, "me");
      g_autoptr (GPtrArray) messages = NULL;
      g_autoptr (GError) error = NULL;
      g_autoptr (MosSmtpSession) session = mos_smtp_session_open_sync (where, NULL, NULL, NULL, &error);
      gboolean ok;

      g_assert_no_error (error);
      ok = mos_smtp_session_login_sync (session, "secret", NULL, &error);
      g_test_message ("case %" G_GSIZE_FORMAT ": %s", i, error != NULL ? error->message : "ok");
      g_assert_cmpint (ok, ==, table[i].ok);
      if (!ok && table[i].code != MOS_MAIL_ERROR_PROTOCOL)
        g_assert_error (error, MOS_MAIL_ERROR, (int) table[i].code);
      g_assert_cmpstr (mos_smtp_session_get_mechanism (session), ==, table[i].mechanism);
      mos_smtp_session_quit (session);
      messages = mos_test_smtp_server_finish (server);
    }
}

/* Reports are asked for under our id, where the server offers that; who turns out not to know what he offers gets the message without. */
static void
test_reports (void)
{
#define HELLO_DSN "S 220 hi", "C EHLO", "S 250-there", "S 250 DSN"
  static const char *const offered[] = { HELLO_DSN, "C MAIL FROM:<a@shop.example> RET=HDRS ENVID=id+2Bwith+3Dodd+20", "S 250 ok", "C RCPT TO:<b+c@xn--bcher-kva.example> NOTIFY=FAILURE,DELAY ORCPT=rfc822;b+2Bc@xn--bcher-kva.example", "S 250 ok",
                                         "C DATA", "S 354 go", "D", "S 250 ok", BYE, NULL };
  static const char *const refused_mail[] = { HELLO_DSN, "C MAIL FROM:<a@shop.example> RET=HDRS", "S 555 5.5.4 what?", "C RSET", "S 250 ok", "C MAIL FROM:<a@shop.example>", "S 250 ok", "C RCPT TO:<b+c@xn--bcher-kva.example>", "S 250 ok",
                                              "C DATA", "S 354 go", "D", "S 250 ok", BYE, NULL };
  static const char *const refused_rcpt[] = { HELLO_DSN, "C MAIL FROM:<a@shop.example> RET=HDRS", "S 250 ok", "C RCPT TO:<b+c@xn--bcher-kva.example> NOTIFY", "S 501 5.5.4 what?", "C RSET", "S 250 ok", "C MAIL FROM:<a@shop.example>", "S 250 ok",
                                              "C RCPT TO:<b+c@xn--bcher-kva.example>", "S 250 ok", "C DATA", "S 354 go", "D", "S 250 ok", BYE, NULL };
  static const char *const *const scripts[] = { offered, refused_mail, refused_rcpt };
  const char *const to[] = { "b+c@xn--bcher-kva.example", NULL };

  for (gsize i = 0; i < G_N_ELEMENTS (scripts); i++)
    {
      MosTestSmtpServer *server = mos_test_smtp_server_new (scripts[i]);
      g_autoptr (MosServer) where = mos_test_smtp_server_make (server, "");
      g_autoptr (GBytes) message = g_bytes_new_static (MESSAGE, strlen (MESSAGE));
      g_autoptr (GPtrArray) refused = NULL;
      g_autoptr (GPtrArray) messages = NULL;
      g_autoptr (GError) error = NULL;
      g_autoptr (MosSmtpSession) session = mos_smtp_session_open_sync (where, NULL, NULL, NULL, &error);

      g_assert_no_error (error);
      g_assert_true (mos_smtp_session_offers (session, "DSN"));
      mos_smtp_session_set_envelope_id (session, "id+with=odd ");
      g_assert_true (mos_smtp_session_send_sync (session, "a@shop.example", to, message, 0, &refused, NULL, &error));
      g_assert_no_error (error);
      g_assert_cmpuint (refused->len, ==, 0);
      mos_smtp_session_quit (session);
      messages = mos_test_smtp_server_finish (server);
      g_assert_cmpuint (messages->len, ==, 1);
    }
}

/* A server that says one thing too many: that is no answer to the message. */
static void
test_stray_reply (void)
{
  static const char *const script[] = { HELLO_PLAIN, "C MAIL", "S 250 ok", "C RCPT", "S 250 ok", "C DATA", "S 354 go\r\n250 and ok", "W", NULL };
  MosTestSmtpServer *server = mos_test_smtp_server_new (script);
  g_autoptr (MosServer) where = mos_test_smtp_server_make (server, "");
  g_autoptr (GBytes) message = g_bytes_new_static (MESSAGE, strlen (MESSAGE));
  g_autoptr (GPtrArray) refused = NULL;
  g_autoptr (GPtrArray) messages = NULL;
  g_autoptr (GError) error = NULL;
  const char *const to[] = { "b@shop.example", NULL };
  g_autoptr (MosSmtpSession) session = mos_smtp_session_open_sync (where, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_false (mos_smtp_session_send_sync (session, "", to, message, 0, &refused, NULL, &error));
  g_assert_error (error, MOS_MAIL_ERROR, MOS_MAIL_ERROR_PROTOCOL);
  g_assert_false (mos_smtp_session_is_usable (session));
  mos_smtp_session_quit (session);
  messages = mos_test_smtp_server_finish (server);
}

static gpointer
cancel_soon (gpointer data)
{
  g_usleep (100000);
  g_cancellable_cancel (data);
  return NULL;
}

/* Cancelled while the server is silent: before the dot nothing happened, after it we do not know. */
static void
test_cancel (void)
{
  static const char *const before[] = { HELLO_PLAIN, "C MAIL", "W", NULL };
  static const char *const after[] = { HELLO_PLAIN, "C MAIL", "S 250 ok", "C RCPT", "S 250 ok", "C DATA", "S 354 go", "D", "W", NULL };
  const char *const to[] = { "b@shop.example", NULL };

  for (guint i = 0; i < 2; i++)
    {
      MosTestSmtpServer *server = mos_test_smtp_server_new (i == 0 ? before : after);
      g_autoptr (MosServer) where = mos_test_smtp_server_make (server, "");
      g_autoptr (GBytes) message = g_bytes_new_static (MESSAGE, strlen (MESSAGE));
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      g_autoptr (GPtrArray) refused = NULL;
      g_autoptr (GPtrArray) messages = NULL;
      g_autoptr (GError) error = NULL;
      g_autoptr (MosSmtpSession) session = mos_smtp_session_open_sync (where, NULL, NULL, NULL, &error);
      g_autoptr (GThread) thread = NULL;
      gint64 begin_us;

      g_assert_no_error (error);
      thread = g_thread_new ("cancel", cancel_soon, cancellable);
      begin_us = g_get_monotonic_time ();
      g_assert_false (mos_smtp_session_send_sync (session, "a@shop.example", to, message, 0, &refused, cancellable, &error));
      g_assert_cmpint (g_get_monotonic_time () - begin_us, <, 2 * G_USEC_PER_SEC);
      if (i == 0)
        g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      else
        g_assert_error (error, MOS_MAIL_ERROR, MOS_MAIL_ERROR_UNCERTAIN);
      g_thread_join (g_steal_pointer (&thread));
      mos_smtp_session_quit (session);
      messages = mos_test_smtp_server_finish (server);
    }
}

int
main (int argc,
      char **argv)
{
  mos_test_init (&argc, &argv);

  g_test_add_func ("/smtp/reply/parse", test_reply_parse);
  g_test_add_func ("/smtp/reply/refused", test_reply_refused);
  g_test_add_func ("/smtp/reply/limits", test_reply_has_limits);
  g_test_add_func ("/smtp/reply/errors", test_reply_errors);
  g_test_add_func ("/smtp/extensions", test_extensions);
  g_test_add_func ("/smtp/stuffing", test_stuffing);
  g_test_add_func ("/smtp/addresses", test_addresses);
  for (gsize i = 0; i < G_N_ELEMENTS (send_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/smtp/send/", send_cases[i].name, NULL);

      g_test_add_data_func (path, &send_cases[i].c, test_send);
    }
  g_test_add_func ("/smtp/send/cut-in-message", test_cut_in_message);
  g_test_add_func ("/smtp/send/last-words", test_last_words);
  g_test_add_func ("/smtp/send/reports", test_reports);
  g_test_add_func ("/smtp/send/stray-reply", test_stray_reply);
  g_test_add_func ("/smtp/starttls-required", test_starttls_is_required);
  g_test_add_func ("/smtp/login", test_login);
  g_test_add_func ("/smtp/cancel", test_cancel);

  return g_test_run ();
}
