/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "desk-fixture.h"
#include "imap-fixture.h"

#include "core/channels/email/mos-email-sync.h"
#include "core/desk/mos-desk-host.h"
#include "core/store/mos-store-folders.h"
#include "core/store/mos-store-ledger.h"
#include "core/store/mos-store-private.h"

#include <string.h>

/* A server that lies, refuses and gives nothing, against the real store: nothing is dropped in silence, nothing blocks the rest. */

typedef struct
{
  MosTestStore *t;
  MosDeskHost *host;
  MosAccount *account;
} Fixture;

static void
setup (Fixture *f,
       gconstpointer data)
{
  f->t = test_desk_store ();
  f->host = mos_desk_host_new (f->t->store);
  mos_desk_host_set_password (f->host, ACCOUNT, "secret");
  f->account = mos_account_new ();
  f->account->id = g_strdup (ACCOUNT);
  f->account->kind = g_strdup ("email");
  f->account->address = g_strdup ("support@shop.example");
  f->account->aliases = g_new0 (char *, 1);
}

static void
teardown (Fixture *f,
          gconstpointer data)
{
  mos_account_unref (f->account);
  g_object_unref (f->host);
  mos_test_store_free (f->t);
}

static MosSyncCounts
run (Fixture *f,
     const char *const *script,
     gboolean with_audit)
{
  MosTestImapServer *server = mos_test_imap_server_new (script, NULL);
  MosSyncCounts counts = { 0 };
  g_autoptr (GError) error = NULL;
  MosEmailSync *sync;
  gboolean complete = TRUE;

  g_clear_pointer (&f->account->imap, mos_server_unref);
  f->account->imap = mos_test_imap_server_make (server, MOS_SECURITY_NONE);
  sync = mos_email_sync_open_sync (f->account, MOS_CHANNEL_HOST (f->host), NULL, NULL, &error);
  g_assert_no_error (error);
  mos_email_sync_run_sync (sync, MOS_EMAIL_SYNC_ALL, &counts, &complete, NULL, &error);
  g_assert_no_error (error);
  if (with_audit)
    mos_email_sync_audit_sync (sync, &counts, &complete, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (complete);
  mos_email_sync_free (sync);
  mos_test_imap_server_finish (server);
  return counts;
}

static gboolean
do_ledger (MosTxn *txn,
           gpointer data,
           GError **error)
{
  return mos_store_ledger_load (txn, ACCOUNT, TRUE, data, error);
}

static MosLedger *
ledger_of (Fixture *f)
{
  MosLedger *ledger = NULL;

  test_write (f->t->store, do_ledger, &ledger);
  g_assert_cmpuint (ledger->server, ==, ledger->here + ledger->quarantined + ledger->missing + ledger->erased + ledger->coming);
  return ledger;
}

static gboolean
do_retry (MosTxn *txn,
          gpointer data,
          GError **error)
{
  return mos_store_missing_set_due (txn, ACCOUNT, error);
}

#define LISTED SIGNED_IN ("X"), "C LIST *", "S * LIST () \".\" INBOX", "S $t OK"
/* It counts wrongly, and says of the next UID what is not so. */
#define SELECT_LIE "C SELECT \"INBOX\"*", "S * 99 EXISTS", "S * OK [UIDVALIDITY 7] v", "S * OK [UIDNEXT 2] n", "S $t OK [READ-WRITE] done"
#define SEARCH(uids) "C UID SEARCH ALL", "S * SEARCH " uids, "S $t OK"
#define BYE "C LOGOUT", "S * BYE", "S $t OK"
#define MAIL(uid, name) "S * 1 FETCH (UID " uid " FLAGS () INTERNALDATE \"02-Mar-2026 09:00:00 +0000\" BODY[] {86}", \
                        "B From: Ana <ana@mail.example>\r\nMessage-ID: <" name "@mail.example>\r\nSubject: " name "\r\n\r\nHi\r\n", "S )"
#define SIZE(uid) "S * 1 FETCH (UID " uid " RFC822.SIZE 86 INTERNALDATE \"02-Mar-2026 09:00:00 +0000\" FLAGS ())"

/* Of five, one is refused, one listed and not to be had, one only claims to be there while the others are asked for. */
static void
test_missing (Fixture *f,
              gconstpointer data)
{
  static const char *const first[] = {
    LISTED,
    /* Work first, ... */
    SELECT_LIE, SEARCH ("1 2 3 4 5"),
    "C UID FETCH 1:* (UID RFC822.SIZE*", SIZE ("1"), SIZE ("2"), SIZE ("3"), SIZE ("5"), "S $t OK",
    /* 4 was not in the answer, and is in none to the question alone: is it still there? */
    "C UID FETCH 4 (UID RFC822.SIZE*", "S $t OK",
    "C NOOP", "S $t OK", SEARCH ("1 2 3 4 5"),
    "C UID FETCH 1:3,5 *BODY.PEEK[])", MAIL ("5", "eeeee"), "S $t NO [SERVERBUG] Cannot open 3",
    "C UID FETCH 3 *", "S $t NO [SERVERBUG] Cannot open 3",
    "C UID FETCH 2 *", MAIL ("2", "bbbbb"), "S $t OK",
    "C UID FETCH 1 *", "S $t OK",
    /* 1 went away meanwhile. */
    "C NOOP", "S * 1 EXPUNGE", "S $t OK", SEARCH ("2 3 4 5"),
    /* ... then the whole of it. */
    SELECT_LIE, "C UID FETCH 2:5 (UID FLAGS)", "S * 1 FETCH (UID 2 FLAGS ())", "S * 4 FETCH (UID 5 FLAGS ())", "S $t OK", SEARCH ("2 3 4 5"),
    BYE, NULL
  };
  static const char *const again[] = {
    LISTED, SELECT_LIE, "C UID FETCH 2:5 (UID FLAGS)", "S $t OK", SEARCH ("2 3 4 5"), BYE, NULL
  };
  static const char *const better[] = {
    LISTED, SELECT_LIE, "C UID FETCH 2,5 (UID FLAGS)", "S $t OK", SEARCH ("2 3 4 5"),
    "C UID FETCH 3:4 (UID RFC822.SIZE*", SIZE ("3"), "S $t OK",
    "C NOOP", "S $t OK", SEARCH ("2 3 4 5"),
    "C UID FETCH 3 *", MAIL ("3", "ccccc"), "S $t OK", BYE, NULL
  };
  static const char *const gone[] = {
    LISTED, SELECT_LIE, "C UID FETCH 2:5 (UID FLAGS)", "S $t OK", SEARCH ("2 3 5"),
    /* and compared with nothing but the store */
    "C NOOP", "S $t OK", SEARCH ("2 3 5"), BYE, NULL
  };
  g_autoptr (MosLedger) ledger = NULL;
  MosMissing *one;
  MosSyncCounts counts = run (f, first, FALSE);

  g_assert_cmpuint (counts.added, ==, 2);
  ledger = ledger_of (f);
  g_assert_cmpuint (ledger->server, ==, 4);
  g_assert_cmpuint (ledger->here, ==, 2);
  g_assert_cmpuint (ledger->missing, ==, 2);
  g_assert_cmpuint (ledger->coming, ==, 0);
  one = g_ptr_array_index (ledger->missing_list, 0);
  g_assert_cmpuint (one->uid, ==, 3);
  g_assert_cmpstr (one->why, ==, "refused");
  g_assert_cmpstr (one->detail, ==, "[SERVERBUG] Cannot open 3");
  g_assert_cmpuint (one->tries, ==, 1);
  one = g_ptr_array_index (ledger->missing_list, 1);
  g_assert_cmpuint (one->uid, ==, 4);
  g_assert_cmpstr (one->why, ==, "not-given");

  /* The clock stands still: nobody asks for them again yet. */
  counts = run (f, again, FALSE);
  g_assert_cmpuint (counts.fetched, ==, 0);

  test_write (f->t->store, do_retry, NULL);
  counts = run (f, better, FALSE);
  g_assert_cmpuint (counts.added, ==, 1);
  g_clear_pointer (&ledger, mos_ledger_unref);
  ledger = ledger_of (f);
  g_assert_cmpuint (ledger->here, ==, 3);
  g_assert_cmpuint (ledger->missing, ==, 1);
  one = g_ptr_array_index (ledger->missing_list, 0);
  g_assert_cmpuint (one->tries, ==, 2);
  g_assert_cmpint (one->next_try_us, ==, mos_clock_now_us (mos_store_get_clock (f->t->store)) + 20 * G_TIME_SPAN_MINUTE);
  g_assert_cmpint (ledger->audit_us, ==, 0);

  counts = run (f, gone, TRUE);
  g_clear_pointer (&ledger, mos_ledger_unref);
  ledger = ledger_of (f);
  g_assert_cmpuint (ledger->server, ==, 3);
  g_assert_cmpuint (ledger->missing, ==, 0);
  g_assert_cmpuint (ledger->unaccounted, ==, 0);
  g_assert_cmpint (ledger->audit_us, ==, mos_clock_now_us (mos_store_get_clock (f->t->store)));
}

static gboolean
do_poison (MosTxn *txn,
           gpointer data,
           GError **error)
{
  /* As a fault of ours would have it: rows that no table takes. */
  return mos_database_exec (txn->database, error, "CREATE TRIGGER poison_message BEFORE INSERT ON message WHEN new.subject = 'bbbbb' BEGIN SELECT raise (ABORT, 'not this one'); END", "") &&
         mos_database_exec (txn->database, error, "CREATE TRIGGER poison_location BEFORE INSERT ON location WHEN new.uid = 3 BEGIN SELECT raise (ABORT, 'nor this'); END", "");
}

static gboolean
do_mend (MosTxn *txn,
         gpointer data,
         GError **error)
{
  return mos_database_exec (txn->database, error, "DROP TRIGGER poison_location", "") && mos_store_missing_set_due (txn, ACCOUNT, error);
}

/* A mail that the store does not take keeps no other out, and is not lost: its bytes lie in the quarantine, or it is told as missing. */
static void
test_poison (Fixture *f,
             gconstpointer data)
{
  static const char *const first[] = {
    LISTED, SELECT_LIE, SEARCH ("1 2 3 4"),
    "C UID FETCH 1:* (UID RFC822.SIZE*", SIZE ("1"), SIZE ("2"), SIZE ("3"), SIZE ("4"), "S $t OK",
    "C UID FETCH 1:4 *BODY.PEEK[])", MAIL ("4", "ddddd"), MAIL ("3", "ccccc"), MAIL ("2", "bbbbb"), MAIL ("1", "aaaaa"), "S $t OK",
    BYE, NULL
  };
  static const char *const again[] = {
    LISTED, SELECT_LIE, "C UID FETCH 1:2,4 (UID FLAGS)", "S $t OK", SEARCH ("1 2 3 4"),
    "C UID FETCH 3 (UID RFC822.SIZE*", SIZE ("3"), "S $t OK",
    "C UID FETCH 3 *", MAIL ("3", "ccccc"), "S $t OK", BYE, NULL
  };
  g_autoptr (MosLedger) ledger = NULL;
  MosSyncCounts counts;

  test_write (f->t->store, do_poison, NULL);
  counts = run (f, first, FALSE);
  g_assert_cmpuint (counts.added, ==, 3);
  g_assert_cmpuint (counts.quarantined, ==, 1);
  ledger = ledger_of (f);
  g_assert_cmpuint (ledger->here, ==, 2);
  g_assert_cmpuint (ledger->quarantined, ==, 1);
  g_assert_cmpuint (ledger->missing, ==, 1);
  g_assert_nonnull (strstr (((MosMissing *) g_ptr_array_index (ledger->missing_list, 0))->detail, "nor this"));

  test_write (f->t->store, do_mend, NULL);
  counts = run (f, again, FALSE);
  g_assert_cmpuint (counts.added, ==, 1);
  g_clear_pointer (&ledger, mos_ledger_unref);
  ledger = ledger_of (f);
  g_assert_cmpuint (ledger->here, ==, 3);
  g_assert_cmpuint (ledger->missing, ==, 0);
}

static void
on_arrived_cb (GPtrArray *results,
               gpointer data)
{
  *(guint *) data += results->len;
}

/* What was taken before everything failed has arrived: it is known the next time, and nobody would hear of it then. */
static void
test_poison_and_failure (Fixture *f,
                         gconstpointer data)
{
  const MosDeskHostListener listener = { .arrived = on_arrived_cb };
  g_autoptr (GPtrArray) batch = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_incoming_unref);
  MosIncoming *nobodys = test_make_incoming (test_mail_two, MOS_FOLDER_INBOX, 13, MOS_TEST_NOW_US);
  g_autoptr (GError) error = NULL;
  MosSyncCounts counts = { 0 };
  guint arrived = 0;

  test_write (f->t->store, do_poison, NULL);
  mos_desk_host_set_listener (f->host, &listener, &arrived);
  g_set_str (&nobodys->account, "nobody");
  g_ptr_array_add (batch, test_make_incoming (test_mail_one, MOS_FOLDER_INBOX, 11, MOS_TEST_NOW_US));
  g_ptr_array_add (batch, test_make_incoming ("From: bea@mail.example\nTo: support@shop.example\nSubject: bbbbb\nMessage-ID: <b@mail.example>\n\nHello\n", MOS_FOLDER_INBOX, 12, MOS_TEST_NOW_US));
  g_ptr_array_add (batch, nobodys);
  g_assert_false (mos_channel_host_ingest_sync (MOS_CHANNEL_HOST (f->host), batch, MOS_INGEST_DEFAULT, &counts, NULL, &error));
  g_assert_error (error, MOS_DESK_ERROR, MOS_DESK_ERROR_NOT_FOUND);
  mos_test_wait (arrived == 1, 5000);
  mos_desk_host_set_listener (f->host, NULL, NULL);
}

static gboolean
do_lose (MosTxn *txn,
         gpointer data,
         GError **error)
{
  g_autofree char *folder = mos_store_folder_id (ACCOUNT, "INBOX");

  /* As a fault of ours would have it: one place forgotten, one invented. */
  return mos_store_location_set_removed (txn, folder, 7, 2, error);
}

/* What is stored and what is there differ, and no pass would notice by its cursor: the comparison does, and puts it right. */
static void
test_audit_repairs (Fixture *f,
                    gconstpointer data)
{
  static const char *const first[] = {
    LISTED, SELECT_LIE, SEARCH ("2"), "C UID FETCH 1:* (UID RFC822.SIZE*", SIZE ("2"), "S $t OK",
    /* All of it came, and it was looked at a moment ago. */
    "C UID FETCH 2 *BODY.PEEK[])", MAIL ("2", "bbbbb"), "S $t OK", BYE, NULL
  };
  static const char *const second[] = {
    LISTED,
    /* The pass finds it already; the comparison looks once more, alone. */
    SELECT_LIE, SEARCH ("2"), "C UID FETCH 2 (UID RFC822.SIZE*", SIZE ("2"), "S $t OK", "C UID FETCH 2 *BODY.PEEK[])", MAIL ("2", "bbbbb"), "S $t OK",
    "C NOOP", "S $t OK", SEARCH ("2"), BYE, NULL
  };
  g_autoptr (MosLedger) ledger = NULL;
  MosSyncCounts counts = run (f, first, FALSE);

  g_assert_cmpuint (counts.added, ==, 1);
  test_write (f->t->store, do_lose, NULL);
  ledger = ledger_of (f);
  g_assert_cmpuint (ledger->here, ==, 0);
  g_assert_cmpuint (ledger->coming, ==, 1);
  counts = run (f, second, TRUE);
  g_assert_cmpuint (counts.added, ==, 0);
  g_clear_pointer (&ledger, mos_ledger_unref);
  ledger = ledger_of (f);
  g_assert_cmpuint (ledger->here, ==, 1);
  g_assert_cmpuint (ledger->coming, ==, 0);
  g_assert_cmpuint (ledger->unaccounted, ==, 0);
}

int
main (int argc,
      char *argv[])
{
  mos_test_init (&argc, &argv);
  g_test_add ("/email/missing", Fixture, NULL, setup, test_missing, teardown);
  g_test_add ("/email/poison", Fixture, NULL, setup, test_poison, teardown);
  g_test_add ("/email/poison-and-failure", Fixture, NULL, setup, test_poison_and_failure, teardown);
  g_test_add ("/email/audit-repairs", Fixture, NULL, setup, test_audit_repairs, teardown);
  return g_test_run ();
}
