/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "imap-fixture.h"

/* What is asked along with SELECT, on the same trip. */

#define OPENED(uidvalidity) "S * 3 EXISTS", "S * OK [UIDVALIDITY " uidvalidity "] v", "S * OK [HIGHESTMODSEQ 9] m", "S $t OK [READ-WRITE] done"
#define SIZE_OF(uid, size) "S * 1 FETCH (UID " uid " RFC822.SIZE " size " INTERNALDATE \"02-Mar-2026 09:00:00 +0000\" FLAGS ())"

static GArray *
plan_all (MosImapSession *session,
          MosImapUidSet **ret_added)
{
  g_autoptr (MosImapUidSet) nothing = mos_imap_uid_set_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (MosImapDiff) diff = mos_imap_session_diff_sync (session, nothing, 0, NULL, &error);
  GArray *planned;

  g_assert_no_error (error);
  planned = mos_imap_session_plan_sync (session, diff->added, NULL, &error);
  g_assert_no_error (error);
  *ret_added = mos_imap_uid_set_copy (diff->added);
  return planned;
}

static void
assert_uids (const MosImapUidSet *set,
             const char *wanted)
{
  g_autofree char *text = mos_imap_uid_set_to_string (set);

  g_assert_cmpstr (text, ==, wanted);
}

/* The answers to three questions of one trip are used once, and what is missing in them is asked for. */
static void
test_ahead (void)
{
  static const char *const script[] = {
    SIGNED_IN ("ENABLE QRESYNC CONDSTORE ESEARCH"),
    "C ENABLE QRESYNC", "S * ENABLED QRESYNC", "S $t OK",
    "C SELECT \"INBOX\" (CONDSTORE)", OPENED ("7"),
    "C UID SEARCH RETURN (ALL) ALL", "S * ESEARCH (TAG \"$t\") UID ALL 1:3", "S $t OK",
    "C UID FETCH 1:* (UID RFC822.SIZE*", SIZE_OF ("1", "11"), SIZE_OF ("1", "12"), SIZE_OF ("3", "33"), SIZE_OF ("4", "44"), "S $t OK",
    "C UID FETCH 2 (UID RFC822.SIZE*", SIZE_OF ("2", "22"), "S $t OK",
    /* Looked at again, on the spot: only what came since. */
    "C NOOP", "S * 4 EXISTS", "S $t OK",
    "C UID SEARCH RETURN (ALL) ALL", "S * ESEARCH (TAG \"$t\") UID ALL 1:4", "S $t OK",
    "C UID FETCH 1:4 (UID RFC822.SIZE*", SIZE_OF ("4", "44"), "S $t OK",
    /* The list comes before its time, and is asked for anew: the folder is not empty. */
    "C NOOP", "S * ESEARCH (TAG \"?\") UID ALL 1:4", "S $t OK",
    "C UID SEARCH RETURN (ALL) ALL", "S $t OK",
    "C UID SEARCH RETURN (ALL) ALL", "S * ESEARCH (TAG \"$t\") UID ALL 1:4", "S $t OK",
    /* Known, with QRESYNC: SELECT tells the flags, so the list may follow. */
    "C SELECT \"INBOX\" (QRESYNC (7 9))", "S * OK [CLOSED] c", "S * 1 FETCH (UID 1 FLAGS (\\Seen) MODSEQ (10))", OPENED ("7"),
    "C UID SEARCH RETURN (ALL) ALL", "S * ESEARCH (TAG \"$t\") UID ALL 1:3", "S $t OK",
    /* Known, without a modseq: the flags come before the list. */
    "C SELECT \"INBOX\" (CONDSTORE)", "S * OK [CLOSED] c", OPENED ("7"),
    "C UID FETCH 1:4 (UID FLAGS*", "S * 1 FETCH (UID 1 FLAGS (\\Seen))", "S $t OK",
    "C UID SEARCH RETURN (ALL) ALL", "S * ESEARCH (TAG \"$t\") UID ALL 1:4", "S $t OK", NULL
  };
  MosTestImapServer *peer = mos_test_imap_server_new (script, NULL);
  g_autoptr (MosImapSession) session = open_peer (peer);
  g_autoptr (MosImapUidSet) added = NULL, again = NULL;
  g_autoptr (GArray) planned = NULL, more = NULL;
  g_autoptr (GError) error = NULL;
  gboolean is_here = FALSE;

  g_assert_false (mos_imap_session_is_at (session, "INBOX"));
  g_assert_true (mos_imap_session_look_again_sync (session, "INBOX", &is_here, NULL, &error));
  g_assert_false (is_here);
  g_assert_true (mos_imap_session_select_ahead_sync (session, "INBOX", 0, 0, MOS_IMAP_AHEAD_PLAN, NULL, NULL, &error));
  g_assert_true (mos_imap_session_is_at (session, "INBOX"));
  planned = plan_all (session, &added);
  assert_uids (added, "1:3");
  g_assert_cmpuint (planned->len, ==, 3);
  for (guint i = 0; i < 3; i++)
    g_assert_cmpuint (g_array_index (planned, MosImapPlanned, i).uid, ==, 3 - i);
  g_assert_cmpuint (g_array_index (planned, MosImapPlanned, 2).size, ==, 11);

  g_assert_true (mos_imap_session_look_again_sync (session, "INBOX", &is_here, NULL, &error));
  g_assert_true (is_here);
  more = plan_all (session, &again);
  assert_uids (again, "1:4");
  g_assert_cmpuint (more->len, ==, 1);

  {
    g_autoptr (MosImapUidSet) nothing = mos_imap_uid_set_new ();
    g_autoptr (MosImapDiff) diff = NULL;

    g_assert_true (mos_imap_session_look_again_sync (session, "INBOX", &is_here, NULL, &error));
    diff = mos_imap_session_diff_sync (session, nothing, 0, NULL, &error);
    g_assert_no_error (error);
    assert_uids (diff->added, "1:4");
  }
  {
    g_autoptr (MosImapDiff) diff = NULL;

    g_assert_true (mos_imap_session_select_ahead_sync (session, "INBOX", 7, 9, MOS_IMAP_AHEAD_UIDS, NULL, NULL, &error));
    diff = mos_imap_session_diff_sync (session, again, 9, NULL, &error);
    g_assert_no_error (error);
    assert_uids (diff->removed, "4");
    g_assert_cmpuint (diff->flags->len, ==, 1);
  }
  {
    g_autoptr (MosImapDiff) diff = NULL;

    g_assert_true (mos_imap_session_select_ahead_sync (session, "INBOX", 7, 0, MOS_IMAP_AHEAD_UIDS, NULL, NULL, &error));
    diff = mos_imap_session_diff_sync (session, again, 0, NULL, &error);
    g_assert_no_error (error);
    g_assert_true (mos_imap_uid_set_is_empty (diff->removed));
    g_assert_cmpuint (diff->flags->len, ==, 1);
  }
  mos_imap_session_close (session);
  mos_test_imap_server_finish (peer);
}

/* A server may answer the second of two questions before it is done with the first, as Dovecot does. Its answer names its question. */
static void
test_ahead_early (void)
{
  static const char *const script[] = {
    SIGNED_IN ("ESEARCH"),
    "C SELECT \"INBOX\"", OPENED ("7"),
    "C UID SEARCH RETURN (ALL) ALL", "S * ESEARCH (TAG \"$t\") UID ALL 1:3", "S $t OK",
    "C NOOP", "C UID SEARCH RETURN (ALL) ALL", "S * ESEARCH (TAG \"$4\") UID ALL 7", "S * ESEARCH (TAG \"$t\") UID ALL 1:4", "S $4 OK", "S $t OK", NULL
  };
  MosTestImapServer *peer = mos_test_imap_server_new (script, NULL);
  g_autoptr (MosImapSession) session = open_peer (peer);
  g_autoptr (MosImapUidSet) nothing = mos_imap_uid_set_new ();
  g_autoptr (MosImapDiff) diff = NULL;
  g_autoptr (GError) error = NULL;
  gboolean is_here = FALSE;

  g_test_summary ("the list that came early is used, and not asked for again");
  g_assert_true (mos_imap_session_select_ahead_sync (session, "INBOX", 0, 0, MOS_IMAP_AHEAD_UIDS, NULL, NULL, &error));
  g_assert_true (mos_imap_session_look_again_sync (session, "INBOX", &is_here, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (is_here);
  diff = mos_imap_session_diff_sync (session, nothing, 0, NULL, &error);
  g_assert_no_error (error);
  assert_uids (diff->added, "1:4");
  mos_imap_session_close (session);
  mos_test_imap_server_finish (peer);
}

/* What was asked along may be refused, and is then asked alone; of a folder that cannot be opened no answer is believed in. */
static void
test_ahead_refused (void)
{
  static const char *const script[] = {
    SIGNED_IN ("X"),
    "C SELECT \"INBOX\"", OPENED ("7"),
    "C UID SEARCH ALL", "S $t BAD not now",
    "C UID FETCH 1:* (UID RFC822.SIZE*", SIZE_OF ("1", "11"), "S $t NO some are not to be had",
    "C UID SEARCH ALL", "S * SEARCH 1 2", "S $t OK",
    "C UID FETCH 1:2 (UID RFC822.SIZE*", SIZE_OF ("2", "22"), SIZE_OF ("1", "11"), "S $t OK",
    /* The server answers what follows for the folder before. */
    "C SELECT \"Gone\"", "S $t NO no such folder",
    "C UID SEARCH ALL", "S * SEARCH 1 2", "S $t OK",
    "C UID FETCH 1:* (UID RFC822.SIZE*", SIZE_OF ("1", "11"), "S $t OK",
    "C SELECT \"INBOX\"", OPENED ("7"),
    "C UID SEARCH ALL", "S * SEARCH 5", "S $t OK", NULL
  };
  MosTestImapServer *peer = mos_test_imap_server_new (script, NULL);
  g_autoptr (MosImapSession) session = open_peer (peer);
  g_autoptr (MosImapUidSet) added = NULL, nothing = mos_imap_uid_set_new ();
  g_autoptr (MosImapDiff) diff = NULL;
  g_autoptr (GArray) planned = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (mos_imap_session_select_ahead_sync (session, "INBOX", 0, 0, MOS_IMAP_AHEAD_PLAN, NULL, NULL, &error));
  planned = plan_all (session, &added);
  assert_uids (added, "1:2");
  g_assert_cmpuint (planned->len, ==, 2);

  g_assert_false (mos_imap_session_select_ahead_sync (session, "Gone", 0, 0, MOS_IMAP_AHEAD_PLAN, NULL, NULL, &error));
  g_assert_error (error, MOS_MAIL_ERROR, MOS_MAIL_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_true (mos_imap_session_is_open (session));
  g_assert_false (mos_imap_session_is_at (session, "INBOX"));
  g_assert_null (mos_imap_session_get_selected (session));

  g_assert_true (mos_imap_session_select_sync (session, "INBOX", FALSE, 0, 0, NULL, NULL, &error));
  diff = mos_imap_session_diff_sync (session, nothing, 0, NULL, &error);
  g_assert_no_error (error);
  assert_uids (diff->added, "5");
  mos_imap_session_close (session);
  mos_test_imap_server_finish (peer);
}

static MosImapSession *
list_ahead (MosTestImapServer *peer)
{
  MosImapSession *session = open_peer (peer);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) folders = mos_imap_session_list_ahead_sync (session, "INBOX", 7, 9, MOS_IMAP_AHEAD_UIDS, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (folders->len, ==, 1);
  g_assert_true (mos_imap_session_is_ahead (session));
  return session;
}

#define BEGINNING                                 \
  SIGNED_IN ("ENABLE QRESYNC CONDSTORE ESEARCH"), \
      "C ENABLE QRESYNC", "C LIST \"\" \"?\"", "C SELECT \"INBOX\" (QRESYNC (7 9))", "C UID SEARCH RETURN (ALL) ALL"

/* What is asked right after signing in is one trip, up to what is in the Inbox. */
static void
test_ahead_of_list (void)
{
  static const char *const script[] = {
    BEGINNING, "S * ENABLED QRESYNC", "S $2 OK", "S * LIST () \".\" INBOX", "S $3 OK",
    "S * 3 EXISTS", "S * OK [UIDVALIDITY 7] v", "S * OK [HIGHESTMODSEQ 10] m", "S * 1 FETCH (UID 1 FLAGS (\\Seen) MODSEQ (10))", "S $4 OK [READ-WRITE] done",
    "S * ESEARCH (TAG \"$5\") UID ALL 1:3", "S $5 OK",
    "C LOGOUT", NULL
  };
  MosTestImapServer *peer = mos_test_imap_server_new (script, NULL);
  g_autoptr (MosImapSession) session = list_ahead (peer);
  g_autoptr (MosImapUidSet) known = mos_imap_uid_set_new ();
  g_autoptr (MosImapDiff) diff = NULL;
  g_autoptr (GError) error = NULL;
  MosImapSelected selected = { 0 };

  g_test_summary ("the answer is taken by the look that was meant, and nothing is asked twice");
  mos_imap_uid_set_add_range (known, 1, 4);
  g_assert_true (mos_imap_session_select_ahead_sync (session, "INBOX", 7, 9, MOS_IMAP_AHEAD_UIDS, &selected, NULL, &error));
  g_assert_no_error (error);
  g_assert_false (mos_imap_session_is_ahead (session));
  g_assert_true (mos_imap_session_is_at (session, "INBOX"));
  g_assert_cmpuint (selected.uidvalidity, ==, 7);
  diff = mos_imap_session_diff_sync (session, known, 9, NULL, &error);
  g_assert_no_error (error);
  assert_uids (diff->removed, "4");
  g_assert_cmpuint (diff->flags->len, ==, 1);
  g_assert_cmpuint (diff->highestmodseq, ==, 10);
  mos_imap_session_leave (session);
  g_assert_false (mos_imap_session_is_open (session));
  mos_test_imap_server_finish (peer);
}

/* A server that does not enable QRESYNC refuses to SELECT with it: it is asked without. */
static void
test_ahead_of_list_refused (void)
{
  static const char *const script[] = {
    BEGINNING, "S $2 NO not here", "S * LIST () \".\" INBOX", "S $3 OK", "S $4 BAD QRESYNC is not enabled", "S $5 BAD no folder is selected",
    "C SELECT \"INBOX\" (CONDSTORE)", OPENED ("7"), NULL
  };
  MosTestImapServer *peer = mos_test_imap_server_new (script, NULL);
  g_autoptr (MosImapSession) session = list_ahead (peer);
  g_autoptr (GError) error = NULL;

  g_assert_true (mos_imap_session_select_ahead_sync (session, "INBOX", 7, 9, MOS_IMAP_AHEAD_UIDS, NULL, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (mos_imap_session_is_at (session, "INBOX"));
  mos_imap_session_close (session);
  mos_test_imap_server_finish (peer);
}

/* Whatever else is asked drops the answer, and is not taken in by it. */
static void
test_ahead_of_list_dropped (void)
{
  static const char *const script[] = {
    BEGINNING, "S * ENABLED QRESYNC", "S $2 OK", "S * LIST () \".\" INBOX", "S $3 OK", "S * 3 EXISTS", "S * OK [UIDVALIDITY 7] v", "S * OK [HIGHESTMODSEQ 10] m",
    "S * 1 FETCH (UID 1 FLAGS (\\Seen) MODSEQ (10))", "S $4 OK [READ-WRITE] done", "S * ESEARCH (TAG \"$5\") UID ALL 1:3", "S $5 OK",
    "C SELECT \"Sent\" (CONDSTORE)", "S * OK [CLOSED] c", OPENED ("8"),
    "C UID SEARCH RETURN (ALL) ALL", "S * ESEARCH (TAG \"$t\") UID ALL 5", "S $t OK", NULL
  };
  MosTestImapServer *peer = mos_test_imap_server_new (script, NULL);
  g_autoptr (MosImapSession) session = list_ahead (peer);
  g_autoptr (MosImapUidSet) nothing = mos_imap_uid_set_new ();
  g_autoptr (MosImapDiff) diff = NULL;
  g_autoptr (GError) error = NULL;
  MosImapSelected selected = { 0 };

  g_assert_true (mos_imap_session_select_sync (session, "Sent", FALSE, 0, 0, &selected, NULL, &error));
  g_assert_no_error (error);
  g_assert_false (mos_imap_session_is_ahead (session));
  g_assert_cmpuint (selected.uidvalidity, ==, 8);
  diff = mos_imap_session_diff_sync (session, nothing, 0, NULL, &error);
  g_assert_no_error (error);
  assert_uids (diff->added, "5");
  mos_imap_session_close (session);
  mos_test_imap_server_finish (peer);
}

static gboolean
count_message (const MosImapMessage *message,
               gpointer user_data,
               GError **error)
{
  guint *n = user_data;

  ++*n;
  return TRUE;
}

/* Returns: whether both messages of a folder that is opened again were fetched */
static gboolean
fetch_again (const char *const *script,
             guint *ret_came,
             guint *ret_asked,
             gboolean *ret_is_open,
             GError **error)
{
  MosTestImapServer *peer = mos_test_imap_server_new (script, NULL);
  g_autoptr (MosImapSession) session = open_peer (peer);
  g_autoptr (GArray) planned = g_array_new (FALSE, FALSE, sizeof (MosImapPlanned));
  gboolean ok;

  for (guint uid = 2; uid > 0; uid--)
    {
      MosImapPlanned one = { .uid = uid, .size = 3 };

      g_array_append_val (planned, one);
    }
  *ret_came = 0;
  g_assert_true (mos_imap_session_select_again (session, "INBOX", 7, NULL, error));
  ok = mos_imap_session_fetch_while_sync (session, planned, count_message, NULL, ret_came, ret_asked, NULL, NULL, error);
  *ret_is_open = mos_imap_session_is_open (session);
  mos_imap_session_close (session);
  mos_test_imap_server_finish (peer);
  return ok;
}

#define AGAIN SIGNED_IN ("X"), "C SELECT \"INBOX\"", "C UID FETCH 1:2 (UID FLAGS INTERNALDATE BODY.PEEK[])", "S * 2 EXISTS"
#define BODY_OF(uid) "S * " uid " FETCH (UID " uid " FLAGS () INTERNALDATE \"02-Mar-2026 09:00:00 +0000\" BODY[] \"one\")"

/* The messages are asked for on the trip of the SELECT, and are those of the look before, or none. */
static void
test_again (void)
{
  static const char *const same[] = { AGAIN, "S * OK [UIDVALIDITY 7] v", "S $2 OK [READ-WRITE] done", BODY_OF ("1"), BODY_OF ("2"), "S $3 OK", NULL };
  static const char *const anew[] = { AGAIN, "S * OK [UIDVALIDITY 8] v", "S $2 OK [READ-WRITE] done", BODY_OF ("1"), BODY_OF ("2"), "S $3 OK", NULL };
  static const char *const gone[] = { AGAIN, "S $2 NO no such folder", NULL };
  g_autoptr (GError) error = NULL;
  gboolean is_open = FALSE;
  guint came, asked = 0;

  g_assert_true (fetch_again (same, &came, &asked, &is_open, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (came, ==, 2);
  g_assert_cmpuint (asked, ==, 2);

  g_assert_false (fetch_again (anew, &came, &asked, &is_open, &error));
  g_assert_error (error, MOS_MAIL_ERROR, MOS_MAIL_ERROR_TEMPORARY);
  g_clear_error (&error);
  g_assert_cmpuint (came, ==, 0);
  g_assert_cmpuint (asked, ==, 0);
  g_assert_false (is_open);

  g_assert_false (fetch_again (gone, &came, &asked, &is_open, &error));
  g_assert_error (error, MOS_MAIL_ERROR, MOS_MAIL_ERROR_REFUSED);
  g_assert_cmpuint (came, ==, 0);
  g_assert_cmpuint (asked, ==, 0);
  g_assert_false (is_open);
}

int
main (int argc,
      char *argv[])
{
  mos_test_init (&argc, &argv);
  g_test_add_func ("/imap/ahead", test_ahead);
  g_test_add_func ("/imap/ahead-early", test_ahead_early);
  g_test_add_func ("/imap/ahead-refused", test_ahead_refused);
  g_test_add_func ("/imap/ahead-of-list", test_ahead_of_list);
  g_test_add_func ("/imap/ahead-of-list/refused", test_ahead_of_list_refused);
  g_test_add_func ("/imap/ahead-of-list/dropped", test_ahead_of_list_dropped);
  g_test_add_func ("/imap/again", test_again);
  return g_test_run ();
}
