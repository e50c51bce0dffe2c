/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "imap-fixture.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* A server with bad intentions, after the sign-in (test-imap-session.c has what it may try before): each ends in a clear error or is
 * passed over, in bounded memory. */

typedef enum
{
  DO_LIST,
  DO_SELECT,
  DO_NOOP,
  DO_IDLE, /* half a second */
  DO_DIFF,
  DO_PLAN,
  DO_FETCH,
  DO_SEARCH,
  DO_STORE,
  DO_APPEND,
} What;

#define WORKS -1
#define CLOSED -2
#define TIMED_OUT -3

typedef struct
{
  const char *name;
  What what;
  int end; /* of MosMailError, or one of the above */
  guint timeout_ms;
  const char *script[20];
} Case;

#define UNSELECTED SIGNED_IN ("ESEARCH")
#define INBOX SELECTED ("CONDSTORE IDLE")
#define BODY(uid, text, length) "B * 1 FETCH (UID " uid " BODY[] {" length "}\r\n" text ")\r\n"

static const Case cases[] = {
  /* Floods */
  { "list-flood", DO_LIST, MOS_MAIL_ERROR_PROTOCOL, 0, { UNSELECTED, "C LIST *", "F 1000000 * LIST () \"/\" a", "W", NULL } },
  { "alert-flood", DO_NOOP, WORKS, 0, { INBOX, "C NOOP", "F 50000 * OK [ALERT] look here", "S $t OK", NULL } },
  { "exists-flood", DO_NOOP, WORKS, 0, { INBOX, "C NOOP", "F 50000 * 7 EXISTS", "S $t OK", NULL } },
  { "fetch-flood-unasked", DO_NOOP, WORKS, 0, { INBOX, "C NOOP", "F 50000 * 1 FETCH (UID 9 FLAGS (\\Seen))", "S $t OK", NULL } },
  { "body-flood-unasked", DO_NOOP, WORKS, 0, { INBOX, "C NOOP", "F 5000 * 1 FETCH (UID 9 BODY[] \"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\")", "S $t OK", NULL } },
  { "capability-flood", DO_NOOP, WORKS, 0, { INBOX, "C NOOP", "F 20000 * CAPABILITY IMAP4rev1 AUTH=PLAIN AUTH=PLAIN AUTH=PLAIN AUTH=PLAIN", "S $t OK", NULL } },
  { "flags-flood", DO_DIFF, MOS_MAIL_ERROR_PROTOCOL, 0, { INBOX, "C UID FETCH *", "F 1000000 * 1 FETCH (UID 2 FLAGS (\\Seen))", "W", NULL } },
  { "flags-of-strangers", DO_DIFF, WORKS, 0, { INBOX, "C UID FETCH *", "F 50000 * 1 FETCH (UID 77 FLAGS (\\Seen))", "S $t OK", "C UID SEARCH ALL", "S * SEARCH 1 2", "S $t OK", NULL } },
  { "talk-for-ever", DO_NOOP, TIMED_OUT, 50, { INBOX, "C NOOP", "F 100000000 * OK still at it", "W", NULL } },
  { "unasked-for-ever", DO_SEARCH, TIMED_OUT, 50, { INBOX, "C UID SEARCH *", "F 100000000 * 3 RECENT", "W", NULL } },
  { "idle-chatter-for-ever", DO_IDLE, TIMED_OUT, 50, { INBOX, "C IDLE", "S + idling", "F 100000000 * OK still here", "W", NULL } },
  { "idle-chatter", DO_IDLE, WORKS, 0, { INBOX, "C IDLE", "S + idling", "F 20000 * OK still here", "L DONE", "S $t OK", NULL } },
  { "line-without-end", DO_NOOP, MOS_MAIL_ERROR_PROTOCOL, 0, { INBOX, "C NOOP", "B * OK ", "Z 17000000", "W", NULL } },
  { "list-without-end", DO_NOOP, MOS_MAIL_ERROR_PROTOCOL, 0, { INBOX, "C NOOP", "B * X (", "Z 17000000", "W", NULL } },

  /* Literals */
  { "literal-not-sent", DO_FETCH, TIMED_OUT, 300, { INBOX, "C UID FETCH *", "S * 1 FETCH (UID 1 BODY[] {99999999}", "B abc", "W", NULL } },
  { "literal-of-4-gib", DO_FETCH, CLOSED, 0, { INBOX, "C UID FETCH *", "S * 1 FETCH (UID 1 BODY[] {4294967295}", "Z 3000000", "X", NULL } },
  { "literal-beyond-4-gib", DO_FETCH, MOS_MAIL_ERROR_PROTOCOL, 0, { INBOX, "C UID FETCH *", "S * 1 FETCH (UID 1 BODY[] {4294967296}", "W", NULL } },
  { "literal-negative", DO_FETCH, MOS_MAIL_ERROR_PROTOCOL, 0, { INBOX, "C UID FETCH *", "S * 1 FETCH (UID 1 BODY[] {-5}", "W", NULL } },
  { "many-literals", DO_FETCH, MOS_MAIL_ERROR_PROTOCOL, 0, { INBOX, "C UID FETCH *", "B * 1 FETCH (UID 1", "F 200  X {1}\r\ny", "W", NULL } },

  /* Words that mean something else, or nothing */
  { "deep-lists", DO_NOOP, MOS_MAIL_ERROR_PROTOCOL, 0, { INBOX, "C NOOP", "B * X ((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((", "S x", "W", NULL } },
  { "number-negative", DO_NOOP, WORKS, 0, { INBOX, "C NOOP", "S * -1 EXISTS", "S $t OK", NULL } },
  { "number-too-large", DO_NOOP, MOS_MAIL_ERROR_PROTOCOL, 0, { INBOX, "C NOOP", "S * 99999999999999999999 EXISTS", "W", NULL } },
  { "exists-drops", DO_NOOP, WORKS, 0, { INBOX, "C NOOP", "S * 3 EXISTS", "S * 0 EXISTS", "S * 1 EXPUNGE", "S * VANISHED 1:4294967295", "S $t OK", NULL } },
  { "permanentflags-open", DO_SELECT, WORKS, 0, { UNSELECTED, "C SELECT *", "S * 3 EXISTS", "S * OK [PERMANENTFLAGS ((", "S * OK [UIDVALIDITY 7] v", "S $t OK", NULL } },
  { "uidvalidity-0", DO_SELECT, MOS_MAIL_ERROR_REFUSED, 0, { UNSELECTED, "C SELECT *", "S * OK [UIDVALIDITY 0] v", "S $t OK", NULL } },
  { "uidvalidity-absent", DO_SELECT, MOS_MAIL_ERROR_REFUSED, 0, { UNSELECTED, "C SELECT *", "S * 3 EXISTS", "S $t OK", NULL } },
  { "uidvalidity-too-large", DO_SELECT, MOS_MAIL_ERROR_REFUSED, 0, { UNSELECTED, "C SELECT *", "S * OK [UIDVALIDITY 4294967296] v", "S $t OK", NULL } },
  { "uidvalidity-negative", DO_SELECT, MOS_MAIL_ERROR_REFUSED, 0, { UNSELECTED, "C SELECT *", "S * OK [UIDVALIDITY -7] v", "S $t OK", NULL } },
  { "select-bye", DO_SELECT, MOS_MAIL_ERROR_TEMPORARY, 0, { UNSELECTED, "C SELECT *", "S * BYE [UNAVAILABLE] later", "W", NULL } },
  { "uid-0", DO_FETCH, WORKS, 0, { INBOX, "C UID FETCH *", BODY ("0", "abc", "3"), "S $t OK", NULL } },
  { "uid-unknown", DO_FETCH, WORKS, 0, { INBOX, "C UID FETCH *", BODY ("900", "abc", "3"), "S $t OK", NULL } },
  { "uid-absent", DO_FETCH, WORKS, 0, { INBOX, "C UID FETCH *", "S * 1 FETCH (BODY[] \"abc\")", "S $t OK", NULL } },
  { "body-absent", DO_FETCH, WORKS, 0, { INBOX, "C UID FETCH *", "S * 1 FETCH (UID 1 BODY[] NIL)", "S $t OK", NULL } },
  { "plan-of-strangers", DO_PLAN, WORKS, 0, { INBOX, "C UID FETCH *", "S * 1 FETCH (UID 900 RFC822.SIZE 4)", "S * 1 FETCH (UID 0 RFC822.SIZE 4)", "S $t OK", NULL } },
  { "search-of-nonsense", DO_SEARCH, WORKS, 0, { INBOX, "C UID SEARCH *", "S * SEARCH 0 -1 99999999999 x", "S $t OK", NULL } },
  { "esearch-unreadable", DO_SEARCH, MOS_MAIL_ERROR_PROTOCOL, 0, { INBOX, "C UID SEARCH *", "S * ESEARCH (TAG \"$t\") UID ALL 5:*", "W", NULL } },

  /* Tags, and answers to what was not asked */
  { "ok-before-literal", DO_APPEND, MOS_MAIL_ERROR_PROTOCOL, 0, { INBOX, "C APPEND *{14}", "S $t OK [APPENDUID 7 9] done", "W", NULL } },
  { "ok-twice", DO_NOOP, MOS_MAIL_ERROR_PROTOCOL, 0, { INBOX, "C NOOP", "B * 1 EXISTS\r\nM4 OK done\r\n$t OK done\r\n", "W", NULL } },
  { "wrong-tag", DO_SEARCH, MOS_MAIL_ERROR_PROTOCOL, 0, { INBOX, "C UID SEARCH *", "S X9 OK done", "W", NULL } },
  { "tag-bye", DO_SEARCH, MOS_MAIL_ERROR_PROTOCOL, 0, { INBOX, "C UID SEARCH *", "S $t BYE", "W", NULL } },
  { "preauth-later", DO_NOOP, MOS_MAIL_ERROR_PROTOCOL, 0, { INBOX, "C NOOP", "S * PREAUTH you are somebody else", "W", NULL } },
  { "plus-out-of-turn", DO_STORE, MOS_MAIL_ERROR_PROTOCOL, 0, { INBOX, "C UID STORE *", "S + more", "W", NULL } },
  { "idle-ok-at-once", DO_IDLE, MOS_MAIL_ERROR_PROTOCOL, 0, { INBOX, "C IDLE", "S $t OK done", "W", NULL } },
  { "not-imap", DO_NOOP, MOS_MAIL_ERROR_PROTOCOL, 0, { INBOX, "C NOOP", "S HTTP/1.1 200 OK", "W", NULL } },
  { "bye-in-the-middle", DO_FETCH, MOS_MAIL_ERROR_TEMPORARY, 0, { INBOX, "C UID FETCH *", BODY ("1", "abc", "3"), "S * BYE shutting down", "W", NULL } },
  { "bye-within-a-literal", DO_FETCH, CLOSED, 0, { INBOX, "C UID FETCH *", "B * 1 FETCH (UID 1 BODY[] {500}\r\n* BYE shutting down\r\n", "X", NULL } },
  { "reset-in-the-middle", DO_FETCH, CLOSED, 0, { INBOX, "C UID FETCH *", BODY ("1", "abc", "3"), "R", NULL } },
  { "capability-lies", DO_IDLE, MOS_MAIL_ERROR_REFUSED, 0, { INBOX, "C IDLE", "S $t BAD what is IDLE", NULL } },
};

static gsize
resident_bytes (void)
{
  g_autofree char *text = NULL;
  unsigned long pages = 0;

  g_assert_true (g_file_get_contents ("/proc/self/statm", &text, NULL, NULL));
  g_assert_cmpint (sscanf (text, "%*u %lu", &pages), ==, 1);
  return (gsize) pages * (gsize) sysconf (_SC_PAGESIZE);
}

static gboolean
run (MosImapSession *session,
     What what,
     GString *log,
     GError **error)
{
  g_autoptr (MosImapUidSet) known = mos_imap_uid_set_new_parse ("1:3");
  g_autoptr (GBytes) raw = g_bytes_new_static ("Subject: x\r\n\r\n", 14);
  g_autoptr (GPtrArray) folders = NULL;
  g_autoptr (MosImapDiff) diff = NULL;
  g_autoptr (MosImapUidSet) set = NULL;
  g_autoptr (GArray) planned = NULL;
  Taken taken = { log, 0 };
  MosImapWake wake;

  if (what != DO_LIST && what != DO_SELECT && !mos_imap_session_select_sync (session, "INBOX", FALSE, 0, 0, NULL, NULL, error))
    return FALSE;
  switch (what)
    {
    case DO_LIST:
      folders = mos_imap_session_list_sync (session, NULL, error);
      return folders != NULL;
    case DO_SELECT:
      return mos_imap_session_select_sync (session, "INBOX", FALSE, 0, 0, NULL, NULL, error);
    case DO_NOOP:
      return mos_imap_session_noop_sync (session, &wake, NULL, error);
    case DO_IDLE:
      return mos_imap_session_idle_sync (session, 500, &wake, NULL, error);
    case DO_DIFF:
      diff = mos_imap_session_diff_sync (session, known, 0, NULL, error);
      return diff != NULL;
    case DO_PLAN:
      planned = mos_imap_session_plan_sync (session, known, NULL, error);
      g_assert_true (planned == NULL || planned->len == 0);
      return planned != NULL;
    case DO_FETCH:
      planned = plan_of (3, 100);
      if (!mos_imap_session_fetch_sync (session, planned, take, &taken, &set, NULL, error))
        return FALSE;
      /* Nothing of it was for us. */
      g_assert_cmpstr (log->str, ==, "");
      g_assert_cmpuint (mos_imap_uid_set_get_count (set), ==, 3);
      return TRUE;
    case DO_SEARCH:
      set = mos_imap_session_find_message_id_sync (session, "x@y", NULL, error);
      g_assert_true (set == NULL || mos_imap_uid_set_is_empty (set));
      return set != NULL;
    case DO_STORE:
      return mos_imap_session_store_flags_sync (session, known, MOS_MESSAGE_FLAG_SEEN, 0, NULL, error);
    case DO_APPEND:
      return mos_imap_session_append_sync (session, "Sent", 0, 0, raw, NULL, NULL, NULL, error);
    default:
      g_assert_not_reached ();
    }
}

static void
test_case (gconstpointer data)
{
  const Case *c = data;
  MosTestImapServer *peer = mos_test_imap_server_new (c->script, NULL);
  MosImapOptions options = { .password = "secret", .timeout_ms = c->timeout_ms > 0 ? 5000 : 20000, .max_literal = 1000000 };
  g_autoptr (GString) log = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (MosImapSession) session = open_script (peer, MOS_SECURITY_NONE, &options, &error);
  gsize before = resident_bytes ();
  gboolean done;

  g_assert_no_error (error);
  if (c->timeout_ms > 0)
    {
      session->timeout_ms = c->timeout_ms;
      mos_mail_connection_set_timeout (session->connection, c->timeout_ms == 50 ? 5000 : c->timeout_ms);
    }
  done = run (session, c->what, log, &error);

  if (c->end == WORKS)
    {
      g_assert_no_error (error);
      g_assert_true (done && mos_imap_session_is_open (session));
    }
  else
    {
      g_assert_false (done);
      if (c->end == CLOSED)
        g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED);
      else if (c->end == TIMED_OUT)
        g_assert_error (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT);
      else
        g_assert_error (error, MOS_MAIL_ERROR, c->end);
      /* It says what it was, to a person. */
      g_assert_cmpuint (strlen (error->message), >, 10);
      /* A refusal leaves the session in order, all else ends it. */
      g_assert_true (mos_imap_session_is_open (session) == (c->end == MOS_MAIL_ERROR_REFUSED));
    }
  /* The sanitizers keep freed memory for a while; a flood that is collected is far beyond that. */
  g_assert_cmpuint (resident_bytes (), <, before + 150 * 1024 * 1024);
  g_clear_pointer (&session, mos_imap_session_free);
  mos_test_imap_server_finish (peer);
}

int
main (int argc,
      char *argv[])
{
  mos_test_init (&argc, &argv);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/imap/hostile/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  return g_test_run ();
}
