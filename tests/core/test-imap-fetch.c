/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "imap-fixture.h"

#include <string.h>

/* Fetching against scripts: answers in any order, cut off, refused, too large. */

/* Three commands are out at once; their answers interleave, their tags come in another order, one message is sent twice, one was
 * not asked for, flags change meanwhile, a size was a lie, and one is gone. */
static void
test_fetch_interleaved (void)
{
  static const char *const script[] = {
    SELECTED ("X"),
    "C UID FETCH 5 (UID FLAGS INTERNALDATE BODY.PEEK[])",
    "C UID FETCH 4 *",
    "C UID FETCH 3 *",
    "S * 3 FETCH (UID 3 FLAGS (\\Seen) BODY[] {5}", "B three", "S )",
    "S * 5 FETCH (UID 5 BODY[] \"five\" FLAGS ())",
    "S $5 OK done",
    "C UID FETCH 2 *",
    "S * 2 FETCH (UID 2 FLAGS (\\Answered) BODY[] {3}", "B two", "S )",
    "S * 5 FETCH (UID 5 FLAGS () BODY[] {4}", "B five", "S )",
    "S * 9 FETCH (UID 9 FLAGS () BODY[] {4}", "B nine", "S )",
    "S $6 OK done",
    "C UID FETCH 1 *",
    "S * 1 FETCH (FLAGS (\\Deleted))",
    "S * 1 FETCH (UID 1 BODY[] NIL)",
    "S $3 OK done",
    "S * 4 FETCH (UID 4 FLAGS () BODY[] {0}", "S )",
    "S $4 OK done",
    "S $7 NO [EXPUNGEISSUED] gone",
    NULL
  };
  MosTestImapServer *peer = mos_test_imap_server_new (script, NULL);
  g_autoptr (MosImapSession) session = open_selected (peer);
  g_autoptr (GArray) planned = plan_of (5, 3 * 1024 * 1024);
  g_autoptr (GString) log = g_string_new (NULL);
  g_autoptr (MosImapUidSet) missing = NULL;
  g_autoptr (GError) error = NULL;
  Taken taken = { log, 0 };
  g_autofree char *left = NULL;

  g_assert_true (mos_imap_session_fetch_sync (session, planned, take, &taken, &missing, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (log->str, ==, "3:1:three 5:0:five 2:2:two 4:0: ");
  left = mos_imap_uid_set_to_string (missing);
  g_assert_cmpstr (left, ==, "1");
  mos_test_imap_server_finish (peer);
}

/* 450 small ones: 200, 200 and 50 */
static void
test_fetch_batches (void)
{
  static const char *const script[] = {
    SELECTED ("X"),
    "C UID FETCH 251:450 *", "C UID FETCH 51:250 *", "C UID FETCH 1:50 *",
    "S $3 OK", "S $4 OK", "S $5 OK", NULL
  };
  MosTestImapServer *peer = mos_test_imap_server_new (script, NULL);
  g_autoptr (MosImapSession) session = open_selected (peer);
  g_autoptr (GArray) planned = plan_of (450, 100);
  g_autoptr (GString) log = g_string_new (NULL);
  g_autoptr (MosImapUidSet) missing = NULL;
  g_autoptr (GError) error = NULL;
  Taken taken = { log, 0 };

  g_assert_true (mos_imap_session_fetch_sync (session, planned, take, &taken, &missing, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (mos_imap_uid_set_get_count (missing), ==, 450);
  mos_test_imap_server_finish (peer);
}

/* The server cannot give one of three, and says so for all of them: the others come, and asking for the one alone is no error. */
static void
test_fetch_one_refused (void)
{
  static const char *const script[] = {
    SELECTED ("X"),
    "C UID FETCH 1:3 *",
    "S * 3 FETCH (UID 3 FLAGS () BODY[] {5}", "B three", "S )",
    "S $t NO [SERVERBUG] Internal error",
    "C UID FETCH 2 *", "S $t NO [SERVERBUG] Internal error",
    "C UID FETCH 1 *", "S * 1 FETCH (UID 1 FLAGS () BODY[] {3}", "B one", "S )", "S $t OK done",
    "C UID FETCH 1 *", "S $t NO [SERVERBUG] Internal error",
    NULL
  };
  MosTestImapServer *peer = mos_test_imap_server_new (script, NULL);
  g_autoptr (MosImapSession) session = open_selected (peer);
  g_autoptr (GArray) planned = plan_of (3, 100);
  g_autoptr (GArray) alone = plan_of (1, 100);
  g_autoptr (GString) log = g_string_new (NULL);
  g_autoptr (MosImapUidSet) missing = NULL;
  g_autoptr (GError) error = NULL;
  Taken taken = { log, 0 };
  g_autofree char *left = NULL;

  g_assert_true (mos_imap_session_fetch_sync (session, planned, take, &taken, &missing, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (log->str, ==, "3:0:three 1:0:one ");
  left = mos_imap_uid_set_to_string (missing);
  g_assert_cmpstr (left, ==, "2");
  g_assert_true (mos_imap_session_fetch_sync (session, alone, take, &taken, NULL, NULL, &error));
  g_assert_no_error (error);
  mos_test_imap_server_finish (peer);
}

/* A message whose size was a lie and is beyond the limit: its bytes are passed over, its header is shown. */
static void
test_fetch_too_large (void)
{
  static const char *const script[] = {
    SELECTED ("X"),
    "C UID FETCH 1 *BODY.PEEK[])",
    "S * 1 FETCH (UID 1 FLAGS () BODY[] {5000}", "Z 5000", "S )",
    "S $t OK",
    "C UID FETCH 1 *BODY.PEEK[HEADER])",
    "S * 1 FETCH (UID 1 FLAGS () BODY[HEADER] {4}", "B H: x", "S )",
    "S $t OK",
    NULL
  };
  MosTestImapServer *peer = mos_test_imap_server_new (script, NULL);
  MosImapOptions options = { .password = "secret", .timeout_ms = 5000, .max_literal = 1000 };
  g_autoptr (GError) error = NULL;
  g_autoptr (MosImapSession) session = open_script (peer, MOS_SECURITY_NONE, &options, &error);
  g_autoptr (GArray) planned = plan_of (1, 10);
  g_autoptr (GString) log = g_string_new (NULL);
  Taken taken = { log, 0 };

  g_assert_no_error (error);
  mos_imap_session_select_sync (session, "INBOX", FALSE, 0, 0, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (mos_imap_session_fetch_sync (session, planned, take, &taken, NULL, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (log->str, ==, "1:0:H: x! ");
  mos_test_imap_server_finish (peer);
}

typedef struct
{
  const char *name;
  int code; /* of GIOErrorEnum */
  const char *last;
} CutCase;

static const CutCase cut_cases[] = {
  { "fin", G_IO_ERROR_CONNECTION_CLOSED, "X" },
  { "rst", -1, "R" },
  { "stall", G_IO_ERROR_TIMED_OUT, "W" },
};

/* Cut within a literal: an error in time, what came before is kept, nothing of the half one */
static void
test_fetch_cut (gconstpointer data)
{
  const CutCase *c = data;
  const char *const script[] = {
    SELECTED ("X"),
    "C UID FETCH 1:2 *",
    "S * 1 FETCH (UID 1 FLAGS () BODY[] {3}", "B one", "S )",
    "S * 2 FETCH (UID 2 FLAGS () BODY[] {3000000}", "Z 2000000",
    c->last, NULL
  };
  MosTestImapServer *peer = mos_test_imap_server_new (script, NULL);
  MosImapOptions options = { .password = "secret", .timeout_ms = 700 };
  g_autoptr (GError) error = NULL;
  g_autoptr (MosImapSession) session = open_script (peer, MOS_SECURITY_NONE, &options, &error);
  g_autoptr (GArray) planned = plan_of (2, 100);
  g_autoptr (GString) log = g_string_new (NULL);
  Taken taken = { log, 0 };

  g_assert_no_error (error);
  mos_imap_session_select_sync (session, "INBOX", FALSE, 0, 0, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_false (mos_imap_session_fetch_sync (session, planned, take, &taken, NULL, NULL, &error));
  g_assert_true (error->domain == G_IO_ERROR);
  if (c->code != -1)
    g_assert_cmpint (error->code, ==, c->code);
  g_assert_cmpstr (log->str, ==, "1:0:one ");
  g_assert_false (mos_imap_session_is_open (session));

  /* What is broken says so at once. */
  g_clear_error (&error);
  g_assert_false (mos_imap_session_noop_sync (session, NULL, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CLOSED);
  mos_test_imap_server_finish (peer);
}

/* The caller's own failure (a full disk) ends the fetch with its error. */
static void
test_fetch_caller_fails (void)
{
  static const char *const script[] = {
    SELECTED ("X"), "C UID FETCH 1:2 *", "S * 2 FETCH (UID 2 FLAGS () BODY[] {3}", "B two", "S )", "W", NULL
  };
  MosTestImapServer *peer = mos_test_imap_server_new (script, NULL);
  g_autoptr (MosImapSession) session = open_selected (peer);
  g_autoptr (GArray) planned = plan_of (2, 100);
  g_autoptr (GString) log = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  Taken taken = { log, 2 };

  g_assert_false (mos_imap_session_fetch_sync (session, planned, take, &taken, NULL, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE);
  mos_test_imap_server_finish (peer);
}

static gpointer
close_soon (gpointer data)
{
  g_usleep (100 * 1000);
  mos_imap_session_close (data);
  return NULL;
}

static void
test_interrupted (gconstpointer data)
{
  static const char *const script[] = { SELECTED ("X"), "C UID SEARCH ALL", "W", NULL };
  gboolean by_cancel = GPOINTER_TO_INT (data);
  MosTestImapServer *peer = mos_test_imap_server_new (script, NULL);
  g_autoptr (MosImapSession) session = open_selected (peer);
  g_autoptr (MosImapUidSet) none = mos_imap_uid_set_new ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  GThread *thread = by_cancel ? g_thread_new ("cancel", cancel_soon, cancellable) : g_thread_new ("close", close_soon, session);
  gint64 start = g_get_monotonic_time ();

  g_assert_null (mos_imap_session_diff_sync (session, none, 0, cancellable, &error));
  if (by_cancel)
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  else
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CLOSED);
  g_assert_cmpint (g_get_monotonic_time () - start, <, 2 * G_USEC_PER_SEC);
  g_thread_join (thread);
  g_clear_pointer (&session, mos_imap_session_free);
  mos_test_imap_server_finish (peer);
}

int
main (int argc,
      char *argv[])
{
  mos_test_init (&argc, &argv);
  g_test_add_func ("/imap/fetch/interleaved", test_fetch_interleaved);
  g_test_add_func ("/imap/fetch/batches", test_fetch_batches);
  g_test_add_func ("/imap/fetch/one-refused", test_fetch_one_refused);
  g_test_add_func ("/imap/fetch/too-large", test_fetch_too_large);
  for (gsize i = 0; i < G_N_ELEMENTS (cut_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/imap/fetch/cut-", cut_cases[i].name, NULL);

      g_test_add_data_func (path, &cut_cases[i], test_fetch_cut);
    }
  g_test_add_func ("/imap/fetch/caller-fails", test_fetch_caller_fails);
  g_test_add_data_func ("/imap/interrupted/cancelled", GINT_TO_POINTER (TRUE), test_interrupted);
  g_test_add_data_func ("/imap/interrupted/closed", GINT_TO_POINTER (FALSE), test_interrupted);
  return g_test_run ();
}
