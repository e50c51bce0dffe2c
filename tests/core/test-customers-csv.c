/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-test"

#include "config.h"

#include "customer-fixture.h"

#include "core/desk/mos-customers-csv.h"
#include "core/store/mos-store-customers.h"
#include "core/store/mos-store-undo.h"
#include "mos-test.h"

/* A list of customers that comes in piece by piece. */

#define N_PEOPLE 450

static const MosActor actor = { MOS_ACTOR_HUMAN, AGENT };

static MosCustomersCsv *
make (gboolean only_tries)
{
  g_autoptr (GString) text = g_string_new ("name,email,phone\n");
  g_autoptr (GError) error = NULL;
  MosCustomersCsv *csv;

  /* Each second one is known by then from a record before, which may lie in another piece. */
  for (guint i = 0; i < N_PEOPLE; i++)
    g_string_append_printf (text, "Person %u,p%u@mail.example,\n", i % 300, i % 300);
  csv = mos_customers_csv_new (text->str, text->len, only_tries, &error);
  g_assert_no_error (error);
  return csv;
}

static guint
count_outcomes (MosCustomersCsv *csv,
                MosCsvOutcome outcome)
{
  GPtrArray *results = mos_customers_csv_get_results (csv);
  guint n = 0;

  for (guint i = 0; i < results->len; i++)
    n += ((MosCsvResult *) results->pdata[i])->outcome == outcome;
  return n;
}

typedef struct
{
  guint n_people;
  gint64 last_batch;
} Desk;

static gboolean
do_look (MosTxn *txn,
         gpointer data,
         GCancellable *cancellable,
         GError **error)
{
  Desk *desk = data;
  g_autoptr (GPtrArray) people = mos_store_customer_search (txn, "person", 1000, error);

  desk->n_people = people != NULL ? people->len : 0;
  return people != NULL && mos_store_undo_get_last (txn, &desk->last_batch, error);
}

static Desk
look (Fixture *f)
{
  g_autoptr (GError) error = NULL;
  Desk desk = { 0 };

  mos_store_read_sync (f->store, do_look, &desk, NULL, &error);
  g_assert_no_error (error);
  return desk;
}

/* Between two pieces. */
typedef struct
{
  Fixture *f;
  guint n_told;
  guint last;
  GThread *thread;
  int was_written;       /* atomic */
  gboolean was_between;  /* somebody else's write was done before the end */
  GCancellable *cancels; /* (nullable): after the second piece */
  gint64 takes_back;     /* takes the newest batch back after the second piece */
} Watch;

static gboolean
do_add_other (MosTxn *txn,
              gpointer data,
              GCancellable *cancellable,
              GError **error)
{
  g_autoptr (MosCustomerRow) row = mos_customer_row_new ();
  g_autofree char *id = NULL;

  row->name = g_strdup ("Somebody else");
  return mos_store_customer_add (txn, row, &id, error);
}

static gpointer
write_something (gpointer data)
{
  Watch *watch = data;
  g_autoptr (GError) error = NULL;

  g_assert_true (mos_store_write_sync (watch->f->store, &actor, "customer-edit", do_add_other, NULL, NULL, NULL, &error));
  g_atomic_int_set (&watch->was_written, TRUE);
  return NULL;
}

static void
tell (guint done,
      guint total,
      gpointer data)
{
  Watch *watch = data;

  g_assert_cmpuint (total, ==, N_PEOPLE);
  g_assert_cmpuint (done, >, watch->last);
  watch->last = done;
  watch->n_told++;
  if (watch->n_told == 1 && watch->thread == NULL)
    watch->thread = g_thread_new ("other", write_something, watch);
  if (done < total)
    /* The writer is free between two pieces: whoever waits for it gets it. */
    g_clear_pointer (&watch->thread, g_thread_join);
  watch->was_between = watch->was_between || (done < total && g_atomic_int_get (&watch->was_written));
  if (watch->n_told == 2 && watch->cancels != NULL)
    g_cancellable_cancel (watch->cancels);
  if (watch->n_told == 2 && watch->takes_back != 0)
    undo (watch->f, watch->takes_back);
}

static void
test_pieces (void)
{
  g_autoptr (Fixture) f = start ();
  g_autoptr (MosCustomersCsv) tried = make (TRUE);
  g_autoptr (MosCustomersCsv) csv = make (FALSE);
  g_autoptr (GError) error = NULL;
  Watch watch = { .f = f };
  Desk before = look (f), after;
  gint64 batch = 0;

  /* What is only tried writes nothing, and knows what it would be. */
  g_assert_true (mos_customers_csv_run_sync (f->store, NULL, tried, NULL, NULL, &batch, NULL, &error));
  after = look (f);
  g_assert_cmpint (batch, ==, 0);
  g_assert_cmpint (after.last_batch, ==, before.last_batch);
  g_assert_cmpuint (after.n_people, ==, 0);
  g_assert_cmpuint (count_outcomes (tried, MOS_CSV_NEW), ==, 300);
  g_assert_cmpuint (count_outcomes (tried, MOS_CSV_SAME), ==, 150);

  g_assert_true (mos_customers_csv_run_sync (f->store, &actor, csv, tell, &watch, &batch, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (watch.n_told, >, 3);
  g_assert_true (watch.was_between);
  g_assert_cmpuint (count_outcomes (csv, MOS_CSV_NEW), ==, 300);
  g_assert_cmpuint (count_outcomes (csv, MOS_CSV_SAME), ==, 150);
  after = look (f);
  g_assert_cmpuint (after.n_people, ==, 300);
  /* One for the import, one for what was written in between. */
  g_assert_cmpint (after.last_batch, ==, before.last_batch + 2);
  undo (f, batch);
  g_assert_cmpuint (look (f).n_people, ==, 0);
}

/* Cut in the middle: what is in is told, the same file goes on, and an undo takes back what is one batch. */
static void
test_cut (void)
{
  g_autoptr (Fixture) f = start ();
  g_autoptr (MosCustomersCsv) csv = make (FALSE);
  g_autoptr (MosCustomersCsv) again = make (FALSE);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  Watch watch = { .f = f, .cancels = cancellable };
  gint64 batch = 0, rest = 0;
  guint n;

  g_assert_false (mos_customers_csv_run_sync (f->store, &actor, csv, tell, &watch, &batch, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  n = mos_customers_csv_get_results (csv)->len;
  g_assert_cmpuint (n, ==, watch.last);
  g_assert_cmpuint (look (f).n_people, ==, n);

  g_assert_true (mos_customers_csv_run_sync (f->store, &actor, again, NULL, NULL, &rest, NULL, &error));
  g_assert_cmpuint (count_outcomes (again, MOS_CSV_NEW), ==, 300 - n);
  g_assert_cmpuint (look (f).n_people, ==, 300);
  undo (f, rest);
  g_assert_cmpuint (look (f).n_people, ==, n);
  undo (f, batch);
  g_assert_cmpuint (look (f).n_people, ==, 0);
}

/* Somebody takes it back while it goes on: it does not bring back half of itself. */
static void
test_taken_back (void)
{
  g_autoptr (Fixture) f = start ();
  g_autoptr (MosCustomersCsv) csv = make (FALSE);
  g_autoptr (GError) error = NULL;
  Watch watch = { .f = f, .takes_back = look (f).last_batch + 1 };
  gint64 batch = 0;

  g_assert_false (mos_customers_csv_run_sync (f->store, &actor, csv, tell, &watch, &batch, NULL, &error));
  g_assert_error (error, MOS_STORE_ERROR, MOS_STORE_ERROR_CONFLICT);
  g_assert_cmpuint (look (f).n_people, ==, 0);
}

int
main (int argc,
      char *argv[])
{
  mos_test_init (&argc, &argv);
  g_test_add_func ("/customers-csv/pieces", test_pieces);
  g_test_add_func ("/customers-csv/cut", test_cut);
  g_test_add_func ("/customers-csv/taken-back", test_taken_back);
  return g_test_run ();
}
