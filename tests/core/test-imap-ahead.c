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

int
main (int argc,
      char *argv[])
{
  mos_test_init (&argc, &argv);
  g_test_add_func ("/imap/ahead", test_ahead);
  g_test_add_func ("/imap/ahead-early", test_ahead_early);
  g_test_add_func ("/imap/ahead-refused", test_ahead_refused);
  return g_test_run ();
}
