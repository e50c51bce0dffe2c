/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "outreach-fixture.h"

#include "core/desk/mos-customers-csv.h"
#include "core/desk/mos-customers.h"
#include "core/store/mos-store-backup.h"
#include "core/store/mos-store-conversations.h"
#include "core/store/mos-store-macros.h"
#include "core/store/mos-store-private.h"

#include <string.h>

/* Whom an outreach goes to while customers become one and two, lose addresses, are erased, and come back. */

static char *
add (MosTestStore *t,
     const char *name,
     const char *address,
     MosConsent consent)
{
  OutreachCustomer customer = { name, address, consent };

  test_write (t->store, outreach_do_add, &customer);
  return customer.id;
}

static OutreachTest
prepare (MosTestStore *t,
         MosAudience *audience /* (transfer full) */)
{
  OutreachTest test = { .outreach = mos_outreach_make (audience) };

  mos_audience_unref (audience);
  test.outreach->again_days = 0;
  test_write (t->store, outreach_do_prepare, &test);
  return test;
}

static void
begin (MosTestStore *t,
       OutreachTest *test)
{
  *test = prepare (t, mos_audience_make (MOS_AUDIENCE_SEGMENT));
  test_write (t->store, outreach_do_start, test);
}

/* "ana@:waiting bea@:opted-out …", in the order of the addresses, up to their "@". */
static void
assert_people (MosTestStore *t,
               OutreachTest *test,
               const char *expected)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *is = NULL;

  test_write (t->store, outreach_do_look, test);
  for (guint i = 0; i < test->people->len; i++)
    {
      const MosOutreachPerson *person = test->people->pdata[i];
      g_autofree char *name = g_strndup (person->address, strcspn (person->address, "@"));

      g_ptr_array_add (words, g_strdup_printf ("%s:%s", name, person->state == MOS_OUTREACH_PERSON_LEFT_OUT ? mos_left_out_to_nick (person->reason) : mos_outreach_person_state_to_nick (person->state)));
    }
  g_ptr_array_sort_values (words, (GCompareFunc) (void (*) (void)) g_strcmp0);
  g_ptr_array_add (words, NULL);
  is = g_strjoinv (" ", (char **) words->pdata);
  g_assert_cmpstr (is, ==, expected);
}

/* Whom a new one would go to. */
static void
assert_next (MosTestStore *t,
             const char *expected)
{
  g_auto (OutreachTest) test = prepare (t, mos_audience_make (MOS_AUDIENCE_SEGMENT));

  assert_people (t, &test, expected);
}

static void
assert_sound (MosTestStore *t)
{
  g_autoptr (GPtrArray) problems = NULL;
  GError *error = NULL;

  problems = mos_store_check_sync (t->store, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (problems->len, ==, 0);
}

typedef struct
{
  const char *one;
  const char *other;
  const char *address;
  char *id; /* (owned) */
} Change;

static gboolean
do_merge (MosTxn *txn,
          gpointer data,
          GError **error)
{
  Change *change = data;

  return mos_customers_merge (txn, change->one, change->other, NULL, FALSE, error);
}

static gboolean
do_unmerge (MosTxn *txn,
            gpointer data,
            GError **error)
{
  Change *change = data;
  g_autoptr (GPtrArray) merges = mos_store_customer_list_merges (txn, change->other, error);

  return merges != NULL && mos_store_customer_unmerge (txn, ((MosCustomerMerge *) merges->pdata[0])->id, NULL, NULL, error);
}

static gboolean
do_split (MosTxn *txn,
          gpointer data,
          GError **error)
{
  Change *change = data;
  const char *identities[] = { change->address, NULL };

  return mos_customers_split (txn, change->one, identities, &change->id, error);
}

static gboolean
do_add_address (MosTxn *txn,
                gpointer data,
                GError **error)
{
  Change *change = data;

  return mos_customers_add_identity (txn, change->one, change->address, NULL, error);
}

static gboolean
do_remove_address (MosTxn *txn,
                   gpointer data,
                   GError **error)
{
  Change *change = data;

  return mos_customers_remove_identity (txn, change->one, change->address, error);
}

static gboolean
do_erase (MosTxn *txn,
          gpointer data,
          GError **error)
{
  g_autoptr (MosErasure) erasure = NULL;

  return mos_customers_erase (txn, ((Change *) data)->one, &erasure, error);
}

/* By hand, as in the window. */
static gboolean
do_consent (MosTxn *txn,
            gpointer data,
            GError **error)
{
  Change *change = data;
  g_autoptr (MosCustomerRow) row = NULL;
  g_autoptr (MosCustomerRow) copy = NULL;

  if (!mos_customers_look (txn, change->one, &row, error))
    return FALSE;
  copy = mos_customer_row_copy (row);
  copy->consent = mos_consent_from_nick (change->other, MOS_CONSENT_UNKNOWN);
  return mos_customers_save_changes (txn, row, copy, error);
}

static void
say (MosTestStore *t,
     const char *customer,
     const char *consent)
{
  Change change = { customer, consent, NULL, NULL };

  test_write (t->store, do_consent, &change);
}

/* Whoever got the message of @test at @address answers it so. */
static void
answer (MosTestStore *t,
        OutreachTest *test,
        const char *address,
        guint uid)
{
  g_autoptr (MosMessageRow) row = NULL;
  g_autoptr (MosIngestResult) result = NULL;
  g_autofree char *mail = NULL;

  test_write (t->store, outreach_do_look, test);
  for (guint i = 0; i < test->people->len && row == NULL; i++)
    if (strcmp (((MosOutreachPerson *) test->people->pdata[i])->address, address) == 0)
      row = outreach_find_message (t, ((MosOutreachPerson *) test->people->pdata[i])->message);
  g_assert_nonnull (row);
  mail = g_strdup_printf ("From: <%s>\nTo: support@shop.example\nSubject: Re: %s\nMessage-ID: <a%u@mail.example>\nIn-Reply-To: <%s>\nDate: Mon, 02 Mar 2026 10:30:00 +0000\n\nunsubscribe\n", address, row->subject, uid, row->message_id);
  result = test_ingest (t->store, mail, MOS_FOLDER_INBOX, uid, mos_clock_now_us (t->clock));
  g_assert_cmpstr (result->cause, ==, "opt-out");
}

static void
send_all (MosTestStore *t,
          guint n)
{
  for (guint i = 0; i < n; i++)
    {
      outreach_pass (t, 12 * G_TIME_SPAN_SECOND);
      test_write (t->store, outreach_do_accept_all, NULL);
    }
}

/* While two were one, one of their addresses said that it wants no more. */
static void
test_unmerged (void)
{
  g_autoptr (MosTestStore) t = test_desk_store ();
  g_autofree char *ana = add (t, "Ana", "ana@mail.example", MOS_CONSENT_GIVEN);
  g_autofree char *bea = add (t, "Bea", "bea@mail.example", MOS_CONSENT_GIVEN);
  g_auto (OutreachTest) test = { 0 };
  Change change = { ana, bea, NULL, NULL };

  begin (t, &test);
  send_all (t, 3);
  test_write (t->store, do_merge, &change);
  answer (t, &test, "ana@mail.example", 3);
  test_write (t->store, do_unmerge, &change);
  assert_next (t, "ana:opted-out bea:opted-out");
  /* A person knows better, of whom it is said. */
  say (t, bea, "given");
  assert_next (t, "ana:opted-out bea:waiting");
  say (t, ana, "given");
  assert_next (t, "ana:waiting bea:waiting");
  assert_sound (t);
}

/* What was said of consent before they became one is each one's own again. */
static void
test_unmerged_own (void)
{
  g_autoptr (MosTestStore) t = test_desk_store ();
  g_autofree char *ana = add (t, "Ana", "ana@mail.example", MOS_CONSENT_GIVEN);
  g_autofree char *bea = add (t, "Bea", "bea@mail.example", MOS_CONSENT_OPTED_OUT);
  Change change = { ana, bea, NULL, NULL };

  test_write (t->store, do_merge, &change);
  test_write (t->store, do_unmerge, &change);
  assert_next (t, "ana:waiting bea:opted-out");
}

static void
test_split (void)
{
  g_autoptr (MosTestStore) t = test_desk_store ();
  g_autofree char *ana = add (t, "Ana", "ana@mail.example", MOS_CONSENT_OPTED_OUT);
  Change change = { ana, NULL, "work@mail.example", NULL };
  g_autoptr (MosAudience) everybody = mos_audience_make (MOS_AUDIENCE_SEGMENT);
  g_auto (OutreachTest) test = { .outreach = mos_outreach_make (everybody) };

  test_write (t->store, do_add_address, &change);
  test_write (t->store, do_split, &change);
  test.outreach->allows_unknown = TRUE;
  test_write (t->store, outreach_do_prepare, &test);
  assert_people (t, &test, "ana:opted-out work:opted-out");
  g_free (change.id);
}

/* The address is taken away from whoever opted out, and writes again. */
static void
test_removed (void)
{
  g_autoptr (MosTestStore) t = test_desk_store ();
  g_autofree char *ana = add (t, "Ana", "ana@mail.example", MOS_CONSENT_OPTED_OUT);
  Change change = { ana, NULL, "work@mail.example", NULL };
  g_autofree char *anew = NULL;

  test_write (t->store, do_add_address, &change);
  test_write (t->store, do_remove_address, &change);
  anew = add (t, "Work", "Work@mail.example", MOS_CONSENT_GIVEN);
  assert_next (t, "ana:opted-out work:opted-out");
}

static gboolean
do_import (MosTxn *txn,
           gpointer data,
           GError **error)
{
  g_autoptr (GPtrArray) results = mos_customers_import_csv (txn, data, strlen (data), error);

  return results != NULL;
}

/* An old file says that they agree, and somebody that it is not known whether they do: neither takes back that they opted out. */
static void
test_not_lifted (void)
{
  g_autoptr (MosTestStore) t = test_desk_store ();
  g_autofree char *ana = add (t, "Ana", "ana@mail.example", MOS_CONSENT_GIVEN);
  g_autofree char *bea = add (t, "Bea", "bea@mail.example", MOS_CONSENT_GIVEN);
  g_autofree char *carl = add (t, "Carl", "carl@mail.example", MOS_CONSENT_OPTED_OUT);
  g_auto (OutreachTest) test = { 0 };
  Change change = { ana, bea, NULL, NULL };

  begin (t, &test);
  send_all (t, 3);
  test_write (t->store, do_merge, &change);
  answer (t, &test, "bea@mail.example", 3);
  test_write (t->store, do_unmerge, &change);
  mos_manual_clock_advance (MOS_MANUAL_CLOCK (t->clock), G_TIME_SPAN_DAY);
  test_write (t->store, do_import, (char *) "email,consent\nana@mail.example,given\nbea@mail.example,given\ncarl@mail.example,given\n");
  assert_next (t, "ana:opted-out bea:opted-out carl:opted-out");
  say (t, carl, "unknown");
  say (t, carl, "given");
  assert_next (t, "ana:opted-out bea:opted-out carl:waiting");
}

static void
test_erased (void)
{
  g_autoptr (MosTestStore) t = test_desk_store ();
  g_autofree char *ana = add (t, "Ana", "ana@mail.example", MOS_CONSENT_GIVEN);
  g_autofree char *carl = add (t, "Carl", "carl@mail.example", MOS_CONSENT_OPTED_OUT);
  g_autofree char *ana_again = NULL, *carl_again = NULL;
  g_auto (OutreachTest) test = { 0 };
  Change one = { ana, NULL, NULL, NULL }, other = { carl, NULL, NULL, NULL };

  begin (t, &test);
  send_all (t, 2);
  answer (t, &test, "ana@mail.example", 3);
  test_write (t->store, do_erase, &one);
  test_write (t->store, do_erase, &other);
  mos_manual_clock_advance (MOS_MANUAL_CLOCK (t->clock), G_TIME_SPAN_DAY);
  ana_again = add (t, "Ana", "ana@mail.example", MOS_CONSENT_GIVEN);
  carl_again = add (t, "Carl", "carl@mail.example", MOS_CONSENT_GIVEN);
  assert_next (t, "ana:opted-out carl:opted-out");
}

/* --- they become one while it runs --- */

static gboolean
do_find_customer (MosTxn *txn,
                  gpointer data,
                  GError **error)
{
  Change *change = data;
  g_autoptr (MosConversationRow) row = NULL;

  if (!mos_store_conversation_find (txn, change->one, &row, error))
    return FALSE;
  change->id = g_strdup (row->customer);
  return TRUE;
}

static void
test_merged_waiting (void)
{
  g_autoptr (MosTestStore) t = test_desk_store ();
  g_autofree char *ana = add (t, "Ana", "ana@mail.example", MOS_CONSENT_GIVEN);
  g_autofree char *bea = add (t, "Bea", "bea@mail.example", MOS_CONSENT_UNKNOWN);
  g_auto (OutreachTest) test = { 0 };
  Change change = { ana, bea, NULL, NULL };

  /* Consent of one is none of both. */
  begin (t, &test);
  test_write (t->store, do_merge, &change);
  outreach_pass (t, 0);
  assert_people (t, &test, "ana:no-consent bea:no-consent");
}

static void
test_merged_whose (void)
{
  g_autoptr (MosTestStore) t = test_desk_store ();
  g_autofree char *ana = add (t, "Ana", "ana@mail.example", MOS_CONSENT_GIVEN);
  g_autofree char *bea = add (t, "Bea", "bea@mail.example", MOS_CONSENT_GIVEN);
  g_auto (OutreachTest) test = { 0 };
  Change change = { ana, bea, NULL, NULL }, whose = { 0 };

  begin (t, &test);
  test_write (t->store, do_merge, &change);
  send_all (t, 3);
  /* One of them is enough. */
  assert_people (t, &test, "ana:made bea:twice");
  whose.one = ((MosOutreachPerson *) test.people->pdata[0])->conversation;
  test_write (t->store, do_find_customer, &whose);
  g_assert_cmpstr (whose.id, ==, bea);
  g_free (whose.id);
  assert_sound (t);
}

/* Taken back before their turn, they are two again. */
static void
test_merged_and_back (void)
{
  g_autoptr (MosTestStore) t = test_desk_store ();
  g_autofree char *ana = add (t, "Ana", "ana@mail.example", MOS_CONSENT_GIVEN);
  g_autofree char *bea = add (t, "Bea", "bea@mail.example", MOS_CONSENT_GIVEN);
  g_auto (OutreachTest) test = { 0 };
  Change change = { ana, bea, NULL, NULL };

  begin (t, &test);
  test_write (t->store, do_merge, &change);
  test_write (t->store, do_unmerge, &change);
  send_all (t, 3);
  assert_people (t, &test, "ana:made bea:made");
}

/* --- what was looked at --- */

typedef struct
{
  OutreachTest *test;
  GPtrArray *people;
  char *digest;
  gboolean is_refused;
  const char *text; /* of the macro */
} Looked;

static gboolean
do_look_at (MosTxn *txn,
            gpointer data,
            GError **error)
{
  Looked *looked = data;

  if (!outreach_do_look (txn, looked->test, error))
    return FALSE;
  looked->people = g_ptr_array_ref (looked->test->people);
  looked->digest = mos_outreach_dup_digest (txn, looked->test->outreach, error);
  return looked->digest != NULL;
}

static gboolean
do_start_looked_at (MosTxn *txn,
                    gpointer data,
                    GError **error)
{
  Looked *looked = data;
  g_autoptr (GError) local_error = NULL;

  if (mos_outreach_start_looked_at (txn, looked->test->id, looked->people, looked->digest, &local_error))
    return TRUE;
  g_assert_error (local_error, MOS_DESK_ERROR, MOS_DESK_ERROR_INVALID);
  g_assert_cmpstr (local_error->message, ==, "changed");
  looked->is_refused = TRUE;
  return TRUE;
}

static gboolean
do_rewrite (MosTxn *txn,
            gpointer data,
            GError **error)
{
  Looked *looked = data;
  g_autoptr (MosMacro) macro = NULL;
  g_autoptr (MosMacro) copy = NULL;
  g_autofree char *id = NULL;

  if (!mos_store_macro_find (txn, looked->test->outreach->letter->id, &macro, error))
    return FALSE;
  copy = mos_macro_copy (macro);
  mos_macro_set_text (copy, "en", looked->text);
  return mos_macros_save (txn, copy, &id, error);
}

static void
look_and_start (MosTestStore *t,
                OutreachTest *test,
                const char *text,
                const char *more,
                const char *less,
                gboolean is_refused)
{
  Looked looked = { .test = test, .text = text };
  g_autofree char *added = NULL;

  test_write (t->store, do_look_at, &looked);
  if (text != NULL)
    test_write (t->store, do_rewrite, &looked);
  if (more != NULL)
    added = add (t, "More", more, MOS_CONSENT_GIVEN);
  if (less != NULL)
    say (t, less, "opted_out");
  test_write (t->store, do_start_looked_at, &looked);
  g_assert_cmpint (looked.is_refused, ==, is_refused);
  test_write (t->store, outreach_do_look, test);
  g_assert_cmpint (test->outreach->state, ==, is_refused ? MOS_OUTREACH_DRAFT : MOS_OUTREACH_RUNNING);
  g_ptr_array_unref (looked.people);
  g_free (looked.digest);
}

static void
test_looked_at (void)
{
  g_autoptr (MosTestStore) t = test_desk_store ();
  g_autofree char *ana = add (t, "Ana", "ana@mail.example", MOS_CONSENT_GIVEN);
  g_autofree char *bea = add (t, "Bea", "bea@mail.example", MOS_CONSENT_GIVEN);
  g_auto (OutreachTest) test = prepare (t, mos_audience_make (MOS_AUDIENCE_SEGMENT));

  look_and_start (t, &test, "Something else", NULL, NULL, TRUE);
  look_and_start (t, &test, NULL, "more@mail.example", NULL, TRUE);
  /* Who wants no more in between is no reason to ask again. */
  look_and_start (t, &test, NULL, NULL, bea, FALSE);
  assert_people (t, &test, "ana:waiting bea:opted-out more:waiting");
}

/* --- many --- */

#define MANY 600

static gboolean
do_add_many (MosTxn *txn,
             gpointer data,
             GError **error)
{
  for (guint i = 0; i < MANY; i++)
    {
      g_autofree char *address = g_strdup_printf ("p%u@mail.example", i);
      g_autofree char *id = NULL;

      if (!mos_store_customer_ensure (txn, "email", "", address, "Somebody", "mail", mos_txn_get_now_us (txn) - 100 * G_TIME_SPAN_DAY, &id, NULL, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
do_cancelled (MosTxn *txn,
              gpointer data,
              GError **error)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) local_error = NULL;
  g_autoptr (MosOutreach) outreach = NULL;

  if (!mos_store_outreach_find (txn, data, &outreach, error))
    return FALSE;
  g_cancellable_cancel (cancellable);
  g_assert_null (mos_outreach_work_out (txn, outreach, cancellable, &local_error));
  g_assert_error (local_error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  return TRUE;
}

/* --- in pieces --- */

typedef struct
{
  const char *id;
  MosOutreachWork *work; /* (owned) (nullable) */
} Pieces;

static gboolean
do_piece (MosTxn *txn,
          gpointer data,
          GError **error)
{
  Pieces *pieces = data;
  g_autoptr (MosOutreach) outreach = NULL;

  if (pieces->work == NULL)
    {
      if (!mos_store_outreach_find (txn, pieces->id, &outreach, error))
        return FALSE;
      pieces->work = mos_outreach_work_new (txn, outreach, error);
    }
  return pieces->work != NULL && mos_outreach_work_step (pieces->work, txn, 7, NULL, error);
}

static gboolean
do_remove_somebody (MosTxn *txn,
                    gpointer data,
                    GError **error)
{
  return mos_database_exec (txn->database, error, "UPDATE customer SET deleted_at = 1 WHERE id = ?", "t", data);
}

/* Piece by piece they are the same people as at once; who goes meanwhile is passed over, and each piece may be the last. */
static void
assert_pieces (MosTestStore *t,
               OutreachTest *test)
{
  Pieces pieces = { .id = test->id };
  g_autofree char *gone = NULL;
  GPtrArray *people;
  guint n_pieces = 0;

  test_write (t->store, outreach_do_look, test);
  gone = g_strdup (((MosOutreachPerson *) test->people->pdata[test->people->len - 1])->customer);
  do
    {
      test_write (t->store, do_piece, &pieces);
      if (n_pieces++ == 0)
        test_write (t->store, do_remove_somebody, gone);
    }
  while (!mos_outreach_work_is_done (pieces.work));
  g_assert_cmpuint (n_pieces, ==, (test->people->len + 6) / 7);
  people = mos_outreach_work_get_people (pieces.work);
  g_assert_cmpuint (people->len, ==, test->people->len - 1);
  for (guint i = 0; i < people->len; i++)
    {
      const MosOutreachPerson *one = people->pdata[i], *same = test->people->pdata[i];

      g_assert_cmpstr (one->customer, ==, same->customer);
      g_assert_cmpuint (one->position, ==, i);
      g_assert_cmpint (one->state, ==, same->state);
    }
  mos_outreach_work_free (pieces.work);
}

typedef struct
{
  const char *outreach;
  int n_steps; /* of SQLite's machine */
} Cost;

/* One message of many. */
static gboolean
do_run_once (MosTxn *txn,
             gpointer data,
             GError **error)
{
  Cost *cost = data;
  sqlite3 *handle = mos_database_get_handle (txn->database);
  g_autoptr (MosDueRow) due = mos_due_row_new ();

  due->kind = g_strdup (MOS_OUTREACH_DUE_KIND);
  due->payload = g_strdup (cost->outreach);
  due->due_us = mos_txn_get_now_us (txn);
  for (sqlite3_stmt *statement = sqlite3_next_stmt (handle, NULL); statement != NULL; statement = sqlite3_next_stmt (handle, statement))
    sqlite3_stmt_status (statement, SQLITE_STMTSTATUS_VM_STEP, TRUE);
  if (!mos_outreach_run (txn, due, error))
    return FALSE;
  cost->n_steps = 0;
  for (sqlite3_stmt *statement = sqlite3_next_stmt (handle, NULL); statement != NULL; statement = sqlite3_next_stmt (handle, statement))
    cost->n_steps += sqlite3_stmt_status (statement, SQLITE_STMTSTATUS_VM_STEP, FALSE);
  return TRUE;
}

/* What one message costs does not grow with how many get one; and a look at all of them can be given up. */
static void
test_many (void)
{
  g_autoptr (MosTestStore) t = test_desk_store ();
  g_autoptr (MosAudience) everybody = mos_audience_make (MOS_AUDIENCE_SEGMENT);
  g_auto (OutreachTest) test = { .outreach = mos_outreach_make (everybody) };
  Cost cost = { 0 };

  test_write (t->store, do_add_many, NULL);
  test.outreach->allows_unknown = TRUE;
  test_write (t->store, outreach_do_prepare, &test);
  test_write (t->store, do_cancelled, test.id);
  assert_pieces (t, &test);
  test_write (t->store, outreach_do_start, &test);
  cost.outreach = test.id;
  outreach_pass (t, 0);
  mos_manual_clock_advance (MOS_MANUAL_CLOCK (t->clock), G_TIME_SPAN_MINUTE);
  test_write (t->store, do_run_once, &cost);
  g_test_message ("%d steps", cost.n_steps);
  g_assert_cmpint (cost.n_steps, <, 20 * MANY);
  test_write (t->store, outreach_do_look, &test);
  g_assert_cmpuint (test.outreach->counts.n_made, ==, 2);
}

/* --- nothing is left of who was erased --- */

static gboolean
do_load_audience (MosTxn *txn,
                  gpointer data,
                  GError **error)
{
  Change *change = data;
  g_autoptr (MosOutreach) outreach = NULL;

  if (!mos_store_outreach_find (txn, change->other, &outreach, error))
    return FALSE;
  change->id = g_strjoinv (" ", outreach->audience->ids);
  return TRUE;
}

static void
test_audience (void)
{
  g_autoptr (MosTestStore) t = test_desk_store ();
  g_autofree char *ana = add (t, "Ana", "ana@mail.example", MOS_CONSENT_GIVEN);
  g_autofree char *bea = add (t, "Bea", "bea@mail.example", MOS_CONSENT_GIVEN);
  MosAudience *audience = mos_audience_make (MOS_AUDIENCE_CUSTOMERS);
  g_auto (OutreachTest) test = { 0 };
  Change change = { ana, NULL, NULL, NULL };

  g_strfreev (audience->ids);
  audience->ids = g_strsplit (ana, " ", 1);
  audience->ids = g_renew (char *, audience->ids, 3);
  audience->ids[1] = g_strdup (bea);
  audience->ids[2] = NULL;
  test = prepare (t, audience);
  test_write (t->store, do_erase, &change);
  change.other = test.id;
  test_write (t->store, do_load_audience, &change);
  g_assert_cmpstr (change.id, ==, bea);
  g_clear_pointer (&change.id, g_free);
  change.one = bea;
  test_write (t->store, do_erase, &change);
  test_write (t->store, do_load_audience, &change);
  g_assert_cmpstr (change.id, ==, "");
  g_free (change.id);
  assert_people (t, &test, "");
}

int
main (int argc,
      char *argv[])
{
  mos_test_init (&argc, &argv);
  g_test_add_func ("/outreach-people/unmerged", test_unmerged);
  g_test_add_func ("/outreach-people/unmerged-own", test_unmerged_own);
  g_test_add_func ("/outreach-people/split", test_split);
  g_test_add_func ("/outreach-people/removed", test_removed);
  g_test_add_func ("/outreach-people/not-lifted", test_not_lifted);
  g_test_add_func ("/outreach-people/erased", test_erased);
  g_test_add_func ("/outreach-people/merged-waiting", test_merged_waiting);
  g_test_add_func ("/outreach-people/merged-whose", test_merged_whose);
  g_test_add_func ("/outreach-people/merged-and-back", test_merged_and_back);
  g_test_add_func ("/outreach-people/looked-at", test_looked_at);
  g_test_add_func ("/outreach-people/many", test_many);
  g_test_add_func ("/outreach-people/audience", test_audience);
  return g_test_run ();
}
