/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "imap-fixture.h"

#include <string.h>

/* --- Opening --------------------------------------------------------------------------------- */

typedef struct
{
  const char *name;
  MosSecurity security;
  int error; /* of MosMailError; -1: must work, -2: G_IO_ERROR_CONNECTION_CLOSED, -3: G_IO_ERROR_TIMED_OUT */
  const char *text;
  const char *script[14];
} OpenCase;

static const OpenCase open_cases[] = {
  { "plain", MOS_SECURITY_NONE, -1, NULL, { SIGNED_IN ("IDLE"), NULL } },
  { "no-sasl-ir", MOS_SECURITY_NONE, -1, NULL, { "S * OK hi", "C CAPABILITY", "S * CAPABILITY IMAP4rev1 AUTH=PLAIN", "S $t OK done", "C AUTHENTICATE PLAIN", "S + ", "L AG1lAHNlY3JldA==", "S $t OK in", "C CAPABILITY", "S * CAPABILITY IMAP4rev1", "S $t OK done", NULL } },
  { "login", MOS_SECURITY_NONE, -1, NULL, { "S * OK [CAPABILITY IMAP4rev1] hi", "C LOGIN \"me\" \"secret\"", "S $t OK [CAPABILITY IMAP4rev1] in", NULL } },
  { "auth-login", MOS_SECURITY_NONE, -1, NULL, { "S * OK [CAPABILITY IMAP4rev1 AUTH=LOGIN SASL-IR] hi", "C AUTHENTICATE LOGIN", "S + VXNlcm5hbWU6", "L bWU=", "S + UGFzc3dvcmQ6", "L c2VjcmV0", "S $t OK [CAPABILITY IMAP4rev1] in", NULL } },
  { "enable", MOS_SECURITY_NONE, -1, NULL, { SIGNED_IN ("ENABLE CONDSTORE QRESYNC ID"), "C ID (\"name\" \"Mostrador\"*", "S * ID NIL", "S $t OK", "C ENABLE QRESYNC", "S * ENABLED QRESYNC", "S $t OK", NULL } },
  { "extras-refused", MOS_SECURITY_NONE, -1, NULL, { SIGNED_IN ("ENABLE CONDSTORE ID"), "C ID *", "S $t BAD no", "C ENABLE CONDSTORE", "S $t NO no", NULL } },
  { "preauth-in-clear", MOS_SECURITY_NONE, -1, NULL, { "S * PREAUTH [CAPABILITY IMAP4rev1] hi", NULL } },

  { "preauth-starttls", MOS_SECURITY_STARTTLS, MOS_MAIL_ERROR_TLS_REQUIRED, "PREAUTH", { "S * PREAUTH [CAPABILITY IMAP4rev1 STARTTLS] hi", "W", NULL } },
  { "starttls-stripped", MOS_SECURITY_STARTTLS, MOS_MAIL_ERROR_TLS_REQUIRED, "STARTTLS", { "S * OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] hi", "W", NULL } },
  { "starttls-refused", MOS_SECURITY_STARTTLS, MOS_MAIL_ERROR_TLS_REQUIRED, "not today", { "S * OK [CAPABILITY IMAP4rev1 STARTTLS] hi", "C STARTTLS", "S $t NO not today", "W", NULL } },
  { "starttls-injected", MOS_SECURITY_STARTTLS, MOS_MAIL_ERROR_PROTOCOL, NULL, { "S * OK [CAPABILITY IMAP4rev1 STARTTLS] hi", "C STARTTLS", "B $t OK go\r\n* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\n", "W", NULL } },
  { "starttls-injected-in-part", MOS_SECURITY_STARTTLS, MOS_MAIL_ERROR_PROTOCOL, NULL, { "S * OK [CAPABILITY IMAP4rev1 STARTTLS] hi", "C STARTTLS", "B $t OK go\r\n* CAPA", "W", NULL } },
  { "logindisabled", MOS_SECURITY_NONE, MOS_MAIL_ERROR_AUTH_UNSUPPORTED, NULL, { "S * OK [CAPABILITY IMAP4rev1 LOGINDISABLED] hi", "W", NULL } },
  { "logindisabled-with-starttls", MOS_SECURITY_NONE, MOS_MAIL_ERROR_TLS_REQUIRED, NULL, { "S * OK [CAPABILITY IMAP4rev1 LOGINDISABLED STARTTLS] hi", "W", NULL } },

  { "wrong-password", MOS_SECURITY_NONE, MOS_MAIL_ERROR_AUTH_FAILED, "[AUTHENTICATIONFAILED] Invalid credentials", { SIGN_IN, "S $t NO [AUTHENTICATIONFAILED] Invalid credentials", NULL } },
  { "busy", MOS_SECURITY_NONE, MOS_MAIL_ERROR_TEMPORARY, "[UNAVAILABLE] later", { SIGN_IN, "S $t NO [UNAVAILABLE] later", NULL } },
  { "bye", MOS_SECURITY_NONE, MOS_MAIL_ERROR_TEMPORARY, "Too many connections", { "S * BYE Too many connections", NULL } },
  { "bye-later", MOS_SECURITY_NONE, MOS_MAIL_ERROR_TEMPORARY, "shutting down", { SIGN_IN, "S * BYE shutting down", NULL } },

  /* A server that claims success before it proved that it knows the password */
  { "scram-without-proof", MOS_SECURITY_NONE, MOS_MAIL_ERROR_AUTH_FAILED, NULL, { "S * OK [CAPABILITY IMAP4rev1 AUTH=SCRAM-SHA-256 SASL-IR] hi", "C AUTHENTICATE SCRAM-SHA-256 *", "S $t OK in", "W", NULL } },
  { "scram-nonsense", MOS_SECURITY_NONE, MOS_MAIL_ERROR_PROTOCOL, NULL, { "S * OK [CAPABILITY IMAP4rev1 AUTH=SCRAM-SHA-256 SASL-IR] hi", "C AUTHENTICATE SCRAM-SHA-256 *", "S + cj1ub25zZW5zZQ==", "L ?", "S $t BAD cancelled", "W", NULL } },
  /* In clear text the refusal of SCRAM is not answered with the password itself. */
  { "scram-refused-in-clear", MOS_SECURITY_NONE, MOS_MAIL_ERROR_AUTH_FAILED, NULL, { "S * OK [CAPABILITY IMAP4rev1 AUTH=SCRAM-SHA-256 AUTH=PLAIN SASL-IR] hi", "C AUTHENTICATE SCRAM-SHA-256 *", "S $t NO no", "W", NULL } },

  { "no-greeting", MOS_SECURITY_NONE, MOS_MAIL_ERROR_PROTOCOL, NULL, { "S HTTP/1.1 400 Bad Request", NULL } },
  { "greeting-of-smtp", MOS_SECURITY_NONE, MOS_MAIL_ERROR_PROTOCOL, NULL, { "S 220 mail.test ESMTP", NULL } },
  { "no-capabilities", MOS_SECURITY_NONE, MOS_MAIL_ERROR_PROTOCOL, NULL, { "S * OK hi", "C CAPABILITY", "S $t OK done", "W", NULL } },
  { "unknown-tag", MOS_SECURITY_NONE, MOS_MAIL_ERROR_PROTOCOL, NULL, { SIGN_IN, "S X1 OK in", "W", NULL } },
  { "tag-before-command", MOS_SECURITY_NONE, MOS_MAIL_ERROR_PROTOCOL, NULL, { "B * OK hi\r\nM1 OK done\r\n", "W", NULL } },
  { "plus-out-of-turn", MOS_SECURITY_NONE, MOS_MAIL_ERROR_PROTOCOL, NULL, { "S * OK hi", "C CAPABILITY", "S + go on", "W", NULL } },
  { "huge-line", MOS_SECURITY_NONE, MOS_MAIL_ERROR_PROTOCOL, "too large", { "B * OK ", "Z 17000000", "W", NULL } },
  { "fin", MOS_SECURITY_NONE, -2, NULL, { "B * OK half a gre", "X", NULL } },
  { "stall", MOS_SECURITY_NONE, -3, NULL, { "B * OK half a gre", "W", NULL } },
};

static void
test_open (gconstpointer data)
{
  const OpenCase *c = data;
  MosTestImapServer *peer = mos_test_imap_server_new (c->script, NULL);
  MosImapOptions options = { .password = "secret", .timeout_ms = c->error == -3 ? 300 : 5000 };
  g_autoptr (GError) error = NULL;
  g_autoptr (MosImapSession) session = open_script (peer, c->security, &options, &error);

  if (c->error == -1)
    {
      g_assert_no_error (error);
      g_assert_nonnull (session);
    }
  else
    {
      g_assert_null (session);
      if (c->error == -2)
        g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED);
      else if (c->error == -3)
        g_assert_error (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT);
      else
        g_assert_error (error, MOS_MAIL_ERROR, c->error);
      if (c->text != NULL)
        g_assert_nonnull (strstr (error->message, c->text));
    }
  mos_test_imap_server_finish (peer);
}

/* Over an open port that is not IMAP's, TLS is refused as such, and nothing is sent in the clear. */
static void
test_not_tls (void)
{
  static const char *const script[] = { GREETING, "W", NULL };
  MosTestImapServer *peer = mos_test_imap_server_new (script, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (MosImapSession) session = open_script (peer, MOS_SECURITY_TLS, NULL, &error);

  g_assert_null (session);
  g_assert_nonnull (error);
  g_assert_true (error->domain == G_IO_ERROR || g_error_matches (error, MOS_MAIL_ERROR, MOS_MAIL_ERROR_TLS_REQUIRED));
  mos_test_imap_server_finish (peer);
}

/* A server that is being started again takes the connection and drops it: no reason to say that it does not speak TLS, which would stop
 * the account until somebody looks. */
static void
test_cut_handshake (void)
{
  static const char *const scripts[][4] = {
    { "X", NULL },               /* a word from neither side */
    { "R", NULL },               /* the same, with a reset */
    { "N 100", "X", NULL },      /* within the client's hello */
    { "N 100", "R", NULL },      /* */
    { "N 100", "U", "X", NULL }, /* within the server's: the beginning of one */
  };

  for (gsize i = 0; i < G_N_ELEMENTS (scripts); i++)
    {
      MosTestImapServer *peer = mos_test_imap_server_new (scripts[i], NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (MosImapSession) session = open_script (peer, MOS_SECURITY_TLS, NULL, &error);

      g_assert_null (session);
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED);
      mos_test_imap_server_finish (peer);
    }
}

/* --- Looking --------------------------------------------------------------------------------- */

/* A server without any extension: one scan tells everything; what it answers beyond the question is passed over. */
static void
test_diff_plain (void)
{
  static const char *const script[] = {
    SELECTED (""),
    "C UID FETCH 1:3,9 (UID FLAGS)",
    "S * 1 FETCH (UID 1 FLAGS (\\Seen))", "S * 2 FETCH (UID 3 FLAGS ())", "S * 3 FETCH (UID 12 FLAGS ())", "S $t OK",
    "C UID SEARCH ALL",
    "S * SEARCH 1 3 12 13", "S * 4 EXISTS", "S $t OK",
    "C UID FETCH 12:13 (UID RFC822.SIZE INTERNALDATE FLAGS)",
    "S * 4 FETCH (UID 13 RFC822.SIZE 99 INTERNALDATE \"17-Jul-2026 02:44:25 +0000\" FLAGS (\\Flagged))",
    "S * 3 FETCH (UID 12 RFC822.SIZE 99999999999999999999 INTERNALDATE \"x\" FLAGS ())",
    "S * 1 FETCH (UID 1 RFC822.SIZE 7)",
    "S $t OK",
    NULL
  };
  MosTestImapServer *peer = mos_test_imap_server_new (script, NULL);
  g_autoptr (MosImapSession) session = open_selected (peer);
  g_autoptr (MosImapUidSet) known = mos_imap_uid_set_new_parse ("1:3,9");
  g_autoptr (GError) error = NULL;
  g_autoptr (MosImapDiff) diff = mos_imap_session_diff_sync (session, known, 77, NULL, &error);
  g_autoptr (GArray) planned = NULL;
  g_autofree char *added = NULL;
  g_autofree char *removed = NULL;

  g_assert_no_error (error);
  added = mos_imap_uid_set_to_string (diff->added);
  removed = mos_imap_uid_set_to_string (diff->removed);
  g_assert_cmpstr (added, ==, "12:13");
  g_assert_cmpstr (removed, ==, "2,9");
  g_assert_cmpuint (diff->flags->len, ==, 2);
  g_assert_cmpuint (diff->highestmodseq, ==, 0);
  g_assert_cmpuint (mos_imap_session_get_selected (session)->exists, ==, 4);
  g_assert_true (mos_imap_session_get_selected (session)->permanent_flags & MOS_MESSAGE_FLAG_ANSWERED);

  planned = mos_imap_session_plan_sync (session, diff->added, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (planned->len, ==, 1);
  g_assert_cmpuint (g_array_index (planned, MosImapPlanned, 0).uid, ==, 13);
  mos_test_imap_server_finish (peer);
}

static void
test_idle_and_alerts (void)
{
  static const char *const script[] = {
    SELECTED ("IDLE"),
    "C IDLE",
    "B + idling\r\n* 4 EXISTS\r\n", /* in one packet */
    "L DONE",
    "S $t OK",
    "C IDLE", "S + idling", "S * OK still here", "S * NO [ALERT] Disk almost full", "S * 2 EXPUNGE", "L DONE", "S $t OK",
    "C IDLE", "S $t NO not now",
    "C NOOP", "S * 1 FETCH (FLAGS (\\Seen))", "S $t OK",
    "C LOGOUT", "S * BYE", "S $t OK", NULL
  };
  MosTestImapServer *peer = mos_test_imap_server_new (script, NULL);
  g_autoptr (MosImapSession) session = open_selected (peer);
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) alerts = NULL;
  MosImapWake wake = 0;

  g_assert_true (mos_imap_session_idle_sync (session, 5000, &wake, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (wake, ==, MOS_IMAP_WAKE_NEW);
  g_assert_true (mos_imap_session_idle_sync (session, 5000, &wake, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (wake, ==, MOS_IMAP_WAKE_REMOVED);
  alerts = mos_imap_session_take_alerts (session);
  g_assert_cmpstr (alerts[0], ==, "Disk almost full");
  g_assert_null (alerts[1]);
  g_assert_null (mos_imap_session_take_alerts (session));

  g_assert_false (mos_imap_session_idle_sync (session, 5000, &wake, NULL, &error));
  g_assert_error (error, MOS_MAIL_ERROR, MOS_MAIL_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_true (mos_imap_session_noop_sync (session, &wake, NULL, &error));
  g_assert_cmpuint (wake, ==, MOS_IMAP_WAKE_FLAGS);
  mos_imap_session_logout_sync (session);
  mos_test_imap_server_finish (peer);
}

/* One wait of ours is several IDLE commands, so that nothing on the way forgets the connection. */
static void
test_idle_renewed (void)
{
  static const char *const script[] = {
    SELECTED ("IDLE"),
    "C IDLE", "S + idling", "L DONE", "S $t OK",
    "C IDLE", "S + idling", "L DONE", "S $t OK",
    "C IDLE", "S + idling", "S * 1 FETCH (FLAGS (\\Seen))", "L DONE", "S $t OK", NULL
  };
  MosTestImapServer *peer = mos_test_imap_server_new (script, NULL);
  g_autoptr (MosImapSession) session = open_selected (peer);
  g_autoptr (GError) error = NULL;
  MosImapWake wake = 0;

  g_assert_cmpuint (session->renew_ms, <=, 9 * 60 * 1000);
  session->renew_ms = 50;
  g_assert_true (mos_imap_session_idle_sync (session, 10000, &wake, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (wake, ==, MOS_IMAP_WAKE_FLAGS);
  mos_test_imap_server_finish (peer);
}

/* An IDLE that was cancelled is ended in good order before the next command, whatever came meanwhile. */
static void
test_idle_cancelled (void)
{
  static const char *const script[] = {
    SELECTED ("IDLE"),
    "C IDLE", "S + idling", "L DONE", "S * 4 EXISTS", "S $t OK", "C NOOP", "S $t OK", NULL
  };
  MosTestImapServer *peer = mos_test_imap_server_new (script, NULL);
  g_autoptr (MosImapSession) session = open_selected (peer);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  GThread *thread = g_thread_new ("cancel", cancel_soon, cancellable);
  g_autoptr (GError) error = NULL;
  MosImapWake wake = 0;

  g_assert_false (mos_imap_session_idle_sync (session, 10000, &wake, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_thread_join (thread);
  g_assert_true (mos_imap_session_noop_sync (session, &wake, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (wake, ==, MOS_IMAP_WAKE_NEW);
  mos_test_imap_server_finish (peer);
}

static void
test_folders (void)
{
  static const char *const script[] = {
    SIGNED_IN ("NAMESPACE"),
    "C NAMESPACE", "S * NAMESPACE ((\"INBOX.\" \".\")) NIL NIL", "S $t OK",
    "C LIST \"\" \"?\"",
    "S * LIST (\\HasNoChildren) \".\" inbox",
    "S * LIST (\\Noselect) \".\" \"INBOX.Sent\"",
    "S * LIST () \".\" \"INBOX.Gesendet\"",
    "S * LIST () NIL {6}", "B Entw\xfcr", "S ",
    "S * LIST () \".\" \"INBOX.Entw&APw-rfe\"",
    "S * LIST (\\All) \".\" Everything",
    "S * LIST () \".\" NIL",
    "S $t OK",
    "C CREATE \"INBOX.Env&AO0-os\"", "S $t OK", NULL
  };
  MosTestImapServer *peer = mos_test_imap_server_new (script, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (MosImapSession) session = open_script (peer, MOS_SECURITY_NONE, NULL, &error);
  g_autoptr (GPtrArray) folders = mos_imap_session_list_sync (session, NULL, &error);
  g_autofree char *mailbox = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (folders->len, ==, 7);
  g_assert_cmpstr (mos_imap_folders_find_role (folders, MOS_FOLDER_INBOX)->mailbox, ==, "INBOX");
  g_assert_cmpstr (mos_imap_folders_find_role (folders, MOS_FOLDER_SENT)->mailbox, ==, "INBOX.Gesendet");
  g_assert_cmpstr (mos_imap_folders_find_role (folders, MOS_FOLDER_DRAFTS)->name, ==, "INBOX.Entwürfe");
  g_assert_cmpstr (((MosImapFolder *) folders->pdata[3])->name, ==, "Entw\xef\xbf\xbdr");
  g_assert_true (((MosImapFolder *) folders->pdata[5])->is_all);
  g_assert_cmpstr (((MosImapFolder *) folders->pdata[6])->mailbox, ==, "NIL");

  mailbox = mos_imap_session_make_mailbox_sync (session, "Envíos", NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (mailbox, ==, "INBOX.Env&AO0-os");
  g_assert_true (mos_imap_session_create_sync (session, mailbox, NULL, &error));
  g_assert_no_error (error);
  mos_test_imap_server_finish (peer);
}

/* The trace is for bug reports: the dialogue, and nothing secret or of a mail. */
static void
test_trace (void)
{
  static const char *const script[] = {
    "S * OK [CAPABILITY IMAP4rev1] hi", "C LOGIN \"me\" \"secret\"", "S $t OK [CAPABILITY IMAP4rev1] in",
    "C SELECT \"INBOX\"*", "S * OK [UIDVALIDITY 7] v", "S $t OK [READ-WRITE] done",
    "C UID FETCH *", "S * 1 FETCH (UID 1 FLAGS () BODY[] \"hush quoted\")", "S * 2 FETCH (UID 2 FLAGS () BODY[] {4}", "B hush", "S )", "S $t OK", NULL
  };

  if (g_test_subprocess ())
    {
      MosTestImapServer *peer = mos_test_imap_server_new (script, NULL);
      g_autoptr (MosImapSession) session = NULL;
      g_autoptr (GArray) planned = plan_of (2, 4);
      g_autoptr (GString) log = g_string_new (NULL);
      Taken taken = { log, 0 };

      g_setenv ("MOSTRADOR_TRACE", "mail", TRUE);
      session = open_selected (peer);
      g_assert_true (mos_imap_session_fetch_sync (session, planned, take, &taken, NULL, NULL, NULL));
      mos_test_imap_server_finish (peer);
      return;
    }
  g_test_trap_subprocess (NULL, 20 * G_USEC_PER_SEC, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_passed ();
  g_test_trap_assert_stderr ("*C: M1 LOGIN ???*S: M1 OK*C: M3 UID FETCH*S: ? 2 FETCH*{4}*");
  g_test_trap_assert_stderr_unmatched ("*secret*");
  g_test_trap_assert_stderr_unmatched ("*hush*");
}

/* --- Changing -------------------------------------------------------------------------------- */

static void
test_append (void)
{
  static const char *const script[] = {
    SIGNED_IN ("UIDPLUS LITERAL-"),
    "C APPEND \"Sent\" (\\Seen) \"17-Jul-1996 09:44:25 +0000\" {3+}", "N 3", "B ", "L ", "S $t OK [APPENDUID 7 99] done",
    "C APPEND \"Sent\" {5000}", "S + go on", "N 5000", "L ", "S $t OK done",
    "C APPEND \"Sent\" {5000}", "S $t NO [OVERQUOTA] full",
    "C APPEND \"Sent\" {5000}", "S $t NO [TRYCREATE] no such folder",
    /* An OK for a message that was not sent yet */
    "C APPEND \"Sent\" {5000}", "S $t OK thanks", "W", NULL
  };
  MosTestImapServer *peer = mos_test_imap_server_new (script, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (MosImapSession) session = open_script (peer, MOS_SECURITY_NONE, NULL, &error);
  g_autofree char *filler = g_strnfill (5000, 'x');
  g_autoptr (GBytes) large = g_bytes_new (filler, 5000);
  g_autoptr (GBytes) small = g_bytes_new ("abc", 3);
  guint32 uidvalidity = 1;
  guint32 uid = 1;

  g_assert_no_error (error);
  g_assert_true (mos_imap_session_append_sync (session, "Sent", MOS_MESSAGE_FLAG_SEEN, G_GINT64_CONSTANT (837596665000000), small, &uidvalidity, &uid, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (uidvalidity, ==, 7);
  g_assert_cmpuint (uid, ==, 99);
  g_assert_true (mos_imap_session_append_sync (session, "Sent", 0, 0, large, &uidvalidity, &uid, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (uid, ==, 0);
  g_assert_false (mos_imap_session_append_sync (session, "Sent", 0, 0, large, NULL, NULL, NULL, &error));
  g_assert_error (error, MOS_MAIL_ERROR, MOS_MAIL_ERROR_TOO_LARGE);
  g_clear_error (&error);
  g_assert_false (mos_imap_session_append_sync (session, "Sent", 0, 0, large, NULL, NULL, NULL, &error));
  g_assert_error (error, MOS_MAIL_ERROR, MOS_MAIL_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_false (mos_imap_session_append_sync (session, "Sent", 0, 0, large, NULL, NULL, NULL, &error));
  g_assert_error (error, MOS_MAIL_ERROR, MOS_MAIL_ERROR_PROTOCOL);
  mos_test_imap_server_finish (peer);
}

/* Without MOVE; and never a plain EXPUNGE. */
static void
test_move (void)
{
  static const char *const script[] = {
    SELECTED ("UIDPLUS"),
    "C UID COPY 2:3 \"Trash\"", "S $t OK",
    "C UID STORE 2:3 +FLAGS.SILENT (\\Deleted)", "S * 2 FETCH (UID 2 FLAGS (\\Deleted))", "S $t OK",
    "C UID EXPUNGE 2:3", "S * 2 EXPUNGE", "S * 2 EXPUNGE", "S $t OK",
    "C UID STORE 1 +FLAGS.SILENT (\\Seen \\Answered)", "S $t OK",
    "C UID STORE 1 -FLAGS.SILENT (\\Flagged)", "S $t OK", NULL
  };
  MosTestImapServer *peer = mos_test_imap_server_new (script, NULL);
  g_autoptr (MosImapSession) session = open_selected (peer);
  g_autoptr (MosImapUidSet) two = mos_imap_uid_set_new_parse ("2:3");
  g_autoptr (MosImapUidSet) one = mos_imap_uid_set_new_parse ("1");
  g_autoptr (GError) error = NULL;

  g_assert_true (mos_imap_session_move_sync (session, two, "Trash", TRUE, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (mos_imap_session_store_flags_sync (session, one, MOS_MESSAGE_FLAG_SEEN | MOS_MESSAGE_FLAG_ANSWERED, MOS_MESSAGE_FLAG_FLAGGED, NULL, &error));
  g_assert_no_error (error);
  mos_test_imap_server_finish (peer);
}

static void
test_resync (void)
{
  static const char *const script[] = {
    SIGNED_IN ("ENABLE QRESYNC ESEARCH"), "C ENABLE QRESYNC", "S * ENABLED QRESYNC", "S $t OK",
    "C SELECT \"INBOX\" (QRESYNC (7 20))",
    "S * 9 EXISTS", "S * 1 FETCH (UID 77 FLAGS ())", "S * OK [CLOSED] the other folder is closed", "S * OK [PERMANENTFLAGS (\\Seen \\*)] p",
    "S * 3 EXISTS", "S * OK [UIDVALIDITY 7] v", "S * OK [HIGHESTMODSEQ 31] m", "S * VANISHED (EARLIER) 2",
    "S * 1 FETCH (UID 1 FLAGS (\\Seen) MODSEQ (30))", "S $t OK",
    "C UID SEARCH RETURN (ALL) ALL", "S * ESEARCH (TAG \"$t\") UID ALL 1,3,4", "S $t OK",
    /* the second time it has to ask */
    "C UID FETCH 1:3 (UID FLAGS) (CHANGEDSINCE 31)", "S * 2 FETCH (UID 3 FLAGS (\\Answered) MODSEQ (35))", "S $t OK",
    "C UID SEARCH RETURN (ALL) ALL", "S * ESEARCH (TAG \"$t\") UID", "S $t OK", NULL
  };
  MosTestImapServer *peer = mos_test_imap_server_new (script, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (MosImapSession) session = open_script (peer, MOS_SECURITY_NONE, NULL, &error);
  g_autoptr (MosImapUidSet) known = mos_imap_uid_set_new_parse ("1:3");
  g_autoptr (MosImapDiff) diff = NULL;
  g_autoptr (MosImapDiff) later = NULL;
  MosImapSelected selected;

  g_assert_no_error (error);
  g_assert_true (mos_imap_session_select_sync (session, "INBOX", FALSE, 7, 20, &selected, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (selected.highestmodseq, ==, 31);
  g_assert_cmpuint (selected.exists, ==, 3);
  g_assert_cmpuint (selected.permanent_flags, ==, MOS_MESSAGE_FLAG_SEEN);
  g_assert_true (selected.can_keywords);
  diff = mos_imap_session_diff_sync (session, known, 20, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (mos_imap_uid_set_contains (diff->removed, 2));
  g_assert_true (mos_imap_uid_set_contains (diff->added, 4));
  g_assert_cmpuint (diff->flags->len, ==, 1);
  g_assert_cmpuint (diff->highestmodseq, ==, 31);

  later = mos_imap_session_diff_sync (session, known, 31, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (mos_imap_uid_set_get_count (later->removed), ==, 3);
  g_assert_cmpuint (later->highestmodseq, ==, 35);
  mos_test_imap_server_finish (peer);
}

int
main (int argc,
      char *argv[])
{
  mos_test_init (&argc, &argv);
  for (gsize i = 0; i < G_N_ELEMENTS (open_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/imap/open/", open_cases[i].name, NULL);

      g_test_add_data_func (path, &open_cases[i], test_open);
    }
  g_test_add_func ("/imap/open/not-tls", test_not_tls);
  g_test_add_func ("/imap/open/cut-handshake", test_cut_handshake);
  g_test_add_func ("/imap/diff/plain", test_diff_plain);
  g_test_add_func ("/imap/diff/resync", test_resync);
  g_test_add_func ("/imap/idle-and-alerts", test_idle_and_alerts);
  g_test_add_func ("/imap/idle-renewed", test_idle_renewed);
  g_test_add_func ("/imap/idle-cancelled", test_idle_cancelled);
  g_test_add_func ("/imap/folders", test_folders);
  g_test_add_func ("/imap/trace", test_trace);
  g_test_add_func ("/imap/append", test_append);
  g_test_add_func ("/imap/move", test_move);
  return g_test_run ();
}
