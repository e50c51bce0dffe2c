/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "desk-fixture.h"

#include "core/desk/mos-folder-sync.h"
#include "core/desk/mos-scheduler.h"
#include "core/store/mos-store-due.h"
#include "core/store/mos-store-folders.h"
#include "core/store/mos-store-ledger.h"

/* The clock is set by hand, runs ahead for a while, or stands still while the computer sleeps. Whatever it does, what was planned comes
 * once and only once, and never before its time by the clock as it stands. */

typedef struct
{
  const char *name;
  gint64 jumps_us[4]; /* from where the clock stands; the snooze ends two hours after the beginning */
  guint n_jumps;
  gboolean is_open; /* at the end */
} Jumps;

#define HOUR_US G_TIME_SPAN_HOUR
#define YEAR_US (365 * G_TIME_SPAN_DAY)

static const Jumps jumps[] = {
  { "forward-an-hour", { HOUR_US }, 1, FALSE },
  { "forward-to-the-moment", { 2 * HOUR_US }, 1, TRUE },
  { "forward-a-year", { YEAR_US }, 1, TRUE },
  { "five-days-asleep", { 5 * G_TIME_SPAN_DAY }, 1, TRUE },
  { "back-an-hour", { -HOUR_US, 2 * HOUR_US }, 2, FALSE },
  { "back-an-hour-and-on", { -HOUR_US, 4 * HOUR_US }, 2, TRUE },
  { "back-a-year-and-mended", { -YEAR_US, YEAR_US + HOUR_US, 2 * HOUR_US }, 3, TRUE },
  { "ahead-and-mended", { YEAR_US, -YEAR_US, 5 * HOUR_US }, 3, TRUE },
  { "to-and-fro", { HOUR_US, -YEAR_US, YEAR_US, HOUR_US }, 4, TRUE },
};

static gboolean
is_open (MosStore *store,
         const char *conversation)
{
  g_auto (TestLook) look = { 0 };

  test_look (store, conversation, &look);
  return look.row->status == MOS_STATUS_OPEN;
}

static void
test_snooze (gconstpointer data)
{
  const Jumps *j = data;
  g_autoptr (MosTestStore) t = test_desk_store_without_targets ();
  g_autoptr (MosIngestResult) first = test_ingest (t->store, test_mail_one, MOS_FOLDER_INBOX, 1, MOS_TEST_NOW_US);
  TestStatus status = { first->conversation, MOS_STATUS_SNOOZED, MOS_TEST_NOW_US + 2 * HOUR_US };
  gint64 now_us = MOS_TEST_NOW_US;
  gboolean was_open = FALSE;
  guint times = 0;

  test_write (t->store, test_do_status, &status);
  for (guint i = 0; i < j->n_jumps; i++)
    {
      now_us += j->jumps_us[i];
      mos_manual_clock_set (MOS_MANUAL_CLOCK (t->clock), now_us);
      /* At every stop twice, and once after a restart. */
      for (guint again = 0; again < 3; again++)
        {
          g_autoptr (GError) error = NULL;
          gint64 next_us = 0;
          gboolean open;

          if (again == 2)
            mos_test_store_reopen (t);
          mos_scheduler_run_sync (t->store, &next_us, NULL, &error);
          g_assert_no_error (error);
          open = is_open (t->store, first->conversation);
          g_assert_true (open || now_us < status.until_us);
          g_assert_true (next_us == (open ? 0 : status.until_us));
          times += open && !was_open;
          /* Once open it stays so, where the clock goes back too. */
          g_assert_true (open || !was_open);
          was_open = open;
        }
    }
  g_assert_true (was_open == j->is_open);
  g_assert_cmpuint (times, ==, j->is_open ? 1 : 0);
}

/* Whoever took it died, and the clock, which had run ahead, was set right: its lease is no reason to wait for next year. */
static gboolean
do_lease (MosTxn *txn,
          gpointer data,
          GError **error)
{
  g_autoptr (GPtrArray) taken = mos_store_due_take (txn, 10, 60 * G_USEC_PER_SEC, error);

  if (taken == NULL)
    return FALSE;
  *(guint *) data = taken->len;
  return TRUE;
}

static void
test_lease (void)
{
  g_autoptr (MosTestStore) t = test_desk_store_without_targets ();
  g_autoptr (MosIngestResult) first = test_ingest (t->store, test_mail_one, MOS_FOLDER_INBOX, 1, MOS_TEST_NOW_US);
  TestStatus status = { first->conversation, MOS_STATUS_SNOOZED, MOS_TEST_NOW_US + 2 * HOUR_US };
  g_autoptr (GError) error = NULL;
  gint64 next_us = 0;
  guint taken = 0;

  test_write (t->store, test_do_status, &status);
  mos_manual_clock_advance (MOS_MANUAL_CLOCK (t->clock), YEAR_US);
  test_write (t->store, do_lease, &taken);
  g_assert_cmpuint (taken, ==, 1);
  mos_manual_clock_set (MOS_MANUAL_CLOCK (t->clock), MOS_TEST_NOW_US + HOUR_US);
  mos_test_store_reopen (t);
  mos_scheduler_run_sync (t->store, &next_us, NULL, &error);
  g_assert_no_error (error);
  g_assert_false (is_open (t->store, first->conversation));
  mos_manual_clock_set (MOS_MANUAL_CLOCK (t->clock), MOS_TEST_NOW_US + 3 * HOUR_US);
  mos_scheduler_run_sync (t->store, &next_us, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (is_open (t->store, first->conversation));
}

static gboolean
do_note_missing (MosTxn *txn,
                 gpointer data,
                 GError **error)
{
  g_autofree char *folder = mos_store_folder_id (ACCOUNT, "INBOX");

  return mos_store_missing_note (txn, folder, 1, 9, "refused", NULL, error);
}

static gboolean
do_is_due (MosTxn *txn,
           gpointer data,
           GError **error)
{
  g_autoptr (MosFolderState) state = NULL;

  if (!mos_folder_sync_load (txn, ACCOUNT, "INBOX", &state, error))
    return FALSE;
  g_assert_cmpuint (state->missing->len, ==, 1);
  *(gboolean *) data = g_array_index (state->missing, MosMissingPlace, 0).is_due;
  return TRUE;
}

/* What a server did not give is asked for again, also when the clock was a year ahead as that was noted. */
static void
test_missing (void)
{
  g_autoptr (MosTestStore) t = test_desk_store ();
  g_autoptr (MosIngestResult) first = test_ingest (t->store, test_mail_one, MOS_FOLDER_INBOX, 1, MOS_TEST_NOW_US);
  gboolean is_due = TRUE;

  mos_manual_clock_advance (MOS_MANUAL_CLOCK (t->clock), YEAR_US);
  test_write (t->store, do_note_missing, NULL);
  test_write (t->store, do_is_due, &is_due);
  g_assert_false (is_due);
  mos_manual_clock_advance (MOS_MANUAL_CLOCK (t->clock), -YEAR_US);
  test_write (t->store, do_is_due, &is_due);
  g_assert_true (is_due);
}

/* The running scheduler sleeps for a minute at most, so it sees within that what the clock did; and told to look, at once. */
static void
test_running (void)
{
  g_autoptr (MosTestStore) t = test_desk_store_without_targets ();
  g_autoptr (MosIngestResult) first = test_ingest (t->store, test_mail_one, MOS_FOLDER_INBOX, 1, MOS_TEST_NOW_US);
  g_autoptr (MosScheduler) scheduler = mos_scheduler_new (t->store);
  TestStatus status = { first->conversation, MOS_STATUS_SNOOZED, MOS_TEST_NOW_US + 2 * HOUR_US };

  test_write (t->store, test_do_status, &status);
  mos_scheduler_start (scheduler);
  mos_test_settle (50);
  mos_manual_clock_advance (MOS_MANUAL_CLOCK (t->clock), -YEAR_US);
  mos_scheduler_rearm (scheduler);
  mos_test_settle (50);
  g_assert_false (is_open (t->store, first->conversation));
  mos_manual_clock_advance (MOS_MANUAL_CLOCK (t->clock), YEAR_US + 5 * G_TIME_SPAN_DAY);
  mos_scheduler_rearm (scheduler);
  mos_test_wait (is_open (t->store, first->conversation), 5000);
  mos_scheduler_stop (scheduler);
}

int
main (int argc,
      char *argv[])
{
  mos_test_init (&argc, &argv);

  for (gsize i = 0; i < G_N_ELEMENTS (jumps); i++)
    {
      g_autofree char *path = g_strconcat ("/clock/snooze/", jumps[i].name, NULL);

      g_test_add_data_func (path, &jumps[i], test_snooze);
    }
  g_test_add_func ("/clock/lease", test_lease);
  g_test_add_func ("/clock/missing", test_missing);
  g_test_add_func ("/clock/scheduler", test_running);
  return g_test_run ();
}
