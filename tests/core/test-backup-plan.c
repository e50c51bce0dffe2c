/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-test"

#include "config.h"

#include "send-fixture.h"

#include "core/base/mos-secrets.h"
#include "core/base/mos-time.h"
#include "core/desk/mos-backup-job.h"
#include "core/desk/mos-backups.h"
#include "core/desk/mos-composing.h"
#include "core/desk/mos-restore-job.h"
#include "core/desk/mos-scheduled.h"
#include "core/desk/mos-scheduler.h"
#include "core/store/mos-store-accounts.h"
#include "core/store/mos-store-due.h"

#include <glib/gstdio.h>
#include <string.h>

/* Backups that are made by themselves; and a profile that came from one while something was under way. */

#define DAY (24 * HOUR_US)

/* --- when --- */

static void
test_next (void)
{
  static const struct
  {
    MosBackupEvery every;
    const char *zone;
    const char *since;
    const char *after;
    const char *next;
  } cases[] = {
    { MOS_BACKUP_OFF, "Europe/Madrid", "2026-03-06T18:30", "2026-03-07T09:00", NULL },
    { MOS_BACKUP_DAILY, "Europe/Madrid", "2026-03-06T18:30", "2026-03-06T18:30", "2026-03-07T18:30" },
    { MOS_BACKUP_DAILY, "Europe/Madrid", "2026-03-06T18:30", "2026-03-09T09:00", "2026-03-09T18:30" },
    { MOS_BACKUP_DAILY, "Europe/Madrid", "2026-03-06T18:30", "2026-12-31T23:59", "2027-01-01T18:30" },
    /* The same time of day, whatever the clocks do in between; what they leave out is a little later. */
    { MOS_BACKUP_DAILY, "Europe/Madrid", "2026-03-20T18:30", "2026-03-28T20:00", "2026-03-29T18:30" },
    { MOS_BACKUP_DAILY, "Europe/Madrid", "2026-03-20T02:30", "2026-03-28T20:00", "2026-03-29T03:00" },
    { MOS_BACKUP_DAILY, "Europe/Madrid", "2026-10-20T02:30", "2026-10-24T20:00", "2026-10-25T02:30" },
    /* A Friday */
    { MOS_BACKUP_WEEKLY, "Europe/Madrid", "2026-03-06T18:30", "2026-03-06T18:30", "2026-03-13T18:30" },
    { MOS_BACKUP_WEEKLY, "Europe/Madrid", "2026-03-06T18:30", "2026-03-13T18:29", "2026-03-13T18:30" },
    { MOS_BACKUP_WEEKLY, "America/Sao_Paulo", "2026-03-06T18:30", "2026-04-01T00:00", "2026-04-03T18:30" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GTimeZone) tz = g_time_zone_new_identifier (cases[i].zone);
      g_autoptr (MosBackupPlan) plan = mos_backup_plan_new ();
      gint64 wanted = cases[i].next != NULL ? mos_time_parse (cases[i].next, tz) : 0;

      plan->every = cases[i].every;
      plan->since_us = mos_time_parse (cases[i].since, tz);
      g_assert_cmpint (mos_backup_next (plan, mos_time_parse (cases[i].after, tz), tz), ==, wanted);
    }
}

/* --- a desk with a plan --- */

static gboolean
do_load (MosTxn *txn,
         gpointer data,
         GError **error)
{
  return mos_store_backup_plan_load (txn, data, error);
}

static MosBackupPlan *
load (MosStore *store)
{
  MosBackupPlan *plan = NULL;

  test_write (store, do_load, &plan);
  return plan;
}

/* What a person decides. */
static void
set_plan (MosTestStore *t,
          MosBackupEvery every,
          const char *folder,
          guint keep)
{
  g_autoptr (MosBackupPlan) plan = load (t->store);
  g_autoptr (GError) error = NULL;

  plan->every = every;
  plan->keep = keep;
  g_set_str (&plan->folder, folder);
  g_assert_true (mos_backups_save_sync (t->store, plan, NULL, NULL, &error));
  g_assert_no_error (error);
}

/* What the desk does, as soon as it may. Returns: whether it wanted one */
static gboolean
run (MosTestStore *t,
     GError **error)
{
  g_autoptr (MosBackupPlan) plan = NULL;
  g_autoptr (MosBackupJob) job = NULL;

  g_assert_true (mos_scheduler_run_sync (t->store, NULL, NULL, error));
  plan = load (t->store);
  if (!plan->is_wanted)
    return FALSE;
  job = mos_backup_job_new_planned (t->store);
  mos_backup_job_set_cost (job, (MosSealCost) { 64, 1, 1 });
  mos_job_run_sync (MOS_JOB (job), NULL, error);
  return TRUE;
}

static guint
count_files (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

static void
test_weekend (void)
{
  g_autoptr (MosTestStore) t = test_desk_store ();
  g_autoptr (GTimeZone) tz = g_time_zone_new_local ();
  g_autofree char *folder = mos_test_dir_new ();
  g_autoptr (MosBackupPlan) plan = NULL;
  g_autoptr (GError) error = NULL;

  /* Friday, half past six: the first one at once. */
  mos_manual_clock_set (MOS_MANUAL_CLOCK (t->clock), mos_time_local (tz, 2026, 3, 6, 18, 30));
  set_plan (t, MOS_BACKUP_DAILY, folder, 7);
  g_assert_true (run (t, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (count_files (folder), ==, 1);
  plan = load (t->store);
  g_assert_false (plan->is_wanted);
  g_assert_cmpstr (plan->why, ==, "");
  g_assert_true (g_file_test (plan->file, G_FILE_TEST_IS_REGULAR));
  g_assert_cmpint (plan->good_us, ==, mos_time_local (tz, 2026, 3, 6, 18, 30));
  g_assert_cmpint (plan->next_us, ==, mos_time_local (tz, 2026, 3, 7, 18, 30));
  g_assert_false (run (t, &error));

  /* Closed on Saturday and Sunday: on Monday one, not three, and the next in the evening. */
  mos_manual_clock_set (MOS_MANUAL_CLOCK (t->clock), mos_time_local (tz, 2026, 3, 9, 9, 0));
  mos_test_store_reopen (t);
  g_assert_true (run (t, &error));
  g_assert_no_error (error);
  g_assert_false (run (t, &error));
  g_assert_cmpuint (count_files (folder), ==, 2);
  g_clear_pointer (&plan, mos_backup_plan_unref);
  plan = load (t->store);
  g_assert_cmpint (plan->next_us, ==, mos_time_local (tz, 2026, 3, 9, 18, 30));

  /* Killed after it was due, before it was made: still wanted. */
  mos_manual_clock_set (MOS_MANUAL_CLOCK (t->clock), mos_time_local (tz, 2026, 3, 9, 18, 30));
  g_assert_true (mos_scheduler_run_sync (t->store, NULL, NULL, &error));
  mos_test_store_reopen (t);
  g_assert_true (run (t, &error));
  g_assert_cmpuint (count_files (folder), ==, 3);

  set_plan (t, MOS_BACKUP_OFF, folder, 7);
  mos_manual_clock_advance (MOS_MANUAL_CLOCK (t->clock), 30 * DAY);
  g_assert_false (run (t, &error));
  g_assert_cmpuint (count_files (folder), ==, 3);
  mos_test_dir_free (g_steal_pointer (&folder));
}

/* What moves nothing makes none: each would push an older one out. */
static void
test_edited (void)
{
  g_autoptr (MosTestStore) t = test_desk_store ();
  g_autoptr (GTimeZone) tz = g_time_zone_new_local ();
  g_autofree char *folder = mos_test_dir_new ();
  g_autofree char *other = mos_test_dir_new ();
  g_autoptr (MosBackupPlan) plan = NULL;
  g_autoptr (GError) error = NULL;

  mos_manual_clock_set (MOS_MANUAL_CLOCK (t->clock), mos_time_local (tz, 2026, 3, 6, 18, 30));
  set_plan (t, MOS_BACKUP_DAILY, folder, 7);
  g_assert_true (run (t, &error));
  g_assert_no_error (error);
  mos_manual_clock_set (MOS_MANUAL_CLOCK (t->clock), mos_time_local (tz, 2026, 3, 6, 20, 0));
  set_plan (t, MOS_BACKUP_DAILY, folder, 3);
  g_assert_false (run (t, &error));
  plan = load (t->store);
  g_assert_cmpuint (plan->keep, ==, 3);
  g_assert_cmpint (plan->since_us, ==, mos_time_local (tz, 2026, 3, 6, 18, 30));
  g_assert_cmpint (plan->next_us, ==, mos_time_local (tz, 2026, 3, 7, 18, 30));
  g_assert_cmpuint (count_files (folder), ==, 1);

  /* Another folder, another rhythm: one at once. */
  set_plan (t, MOS_BACKUP_DAILY, other, 3);
  g_assert_true (run (t, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (count_files (other), ==, 1);
  mos_manual_clock_advance (MOS_MANUAL_CLOCK (t->clock), HOUR_US);
  set_plan (t, MOS_BACKUP_WEEKLY, other, 3);
  g_assert_true (run (t, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (count_files (other), ==, 2);
  mos_test_dir_free (g_steal_pointer (&folder));
  mos_test_dir_free (g_steal_pointer (&other));
}

/* The newest stay; what somebody else put there stays, too; and nothing goes before a new one is whole. */
static void
test_keep (void)
{
  g_autoptr (MosTestStore) t = test_desk_store ();
  g_autofree char *folder = mos_test_dir_new ();
  g_autofree char *foreign = g_build_filename (folder, "mostrador-00000000-2026-01-01-120000.mostrador", NULL);
  g_autofree char *notes = g_build_filename (folder, "notes.txt", NULL);
  g_autofree char *moved = g_strconcat (folder, "-away", NULL);
  g_autoptr (MosBackupPlan) plan = NULL;
  g_autoptr (GPtrArray) files = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *first = NULL;

  g_assert_true (g_file_set_contents (foreign, "of another desk", -1, NULL));
  g_assert_true (g_file_set_contents (notes, "mine", -1, NULL));
  set_plan (t, MOS_BACKUP_DAILY, folder, 2);
  for (int day = 0; day < 4; day++)
    {
      g_assert_true (run (t, &error));
      g_assert_no_error (error);
      g_clear_pointer (&plan, mos_backup_plan_unref);
      plan = load (t->store);
      g_assert_cmpuint (count_files (folder), ==, 2 + (guint) MIN (day + 1, 2));
      if (day == 2)
        first = g_strdup (plan->file);
      mos_manual_clock_advance (MOS_MANUAL_CLOCK (t->clock), DAY);
    }
  g_assert_true (g_file_test (first, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (plan->file, G_FILE_TEST_EXISTS));
  files = mos_backups_list_sync (folder, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (files->len, ==, 3);
  /* By when it was made; what says nothing of that, by when it was written, which is today. */
  g_assert_error (((MosBackupFile *) files->pdata[0])->problem, MOS_BACKUP_ERROR, MOS_BACKUP_ERROR_NOT_ONE);
  g_assert_cmpstr (((MosBackupFile *) files->pdata[1])->path, ==, plan->file);
  g_assert_cmpstr (((MosBackupFile *) files->pdata[2])->path, ==, first);

  /* The drive is not there: it is told, tried again in an hour, and made as soon as it is back. */
  g_assert_cmpint (g_rename (folder, moved), ==, 0);
  g_assert_true (run (t, &error));
  g_assert_error (error, MOS_BACKUP_ERROR, MOS_BACKUP_ERROR_NO_FOLDER);
  g_clear_error (&error);
  g_clear_pointer (&plan, mos_backup_plan_unref);
  plan = load (t->store);
  g_assert_cmpstr (plan->why, ==, "no-folder");
  g_assert_true (plan->is_wanted);
  g_assert_cmpint (plan->good_us, ==, mos_clock_now_us (t->clock) - DAY);
  g_assert_cmpint (plan->next_us, ==, mos_clock_now_us (t->clock) + HOUR_US);
  g_assert_cmpuint (count_files (moved), ==, 4);
  g_assert_cmpint (g_rename (moved, folder), ==, 0);
  mos_manual_clock_advance (MOS_MANUAL_CLOCK (t->clock), HOUR_US);
  g_assert_true (run (t, &error));
  g_assert_no_error (error);
  g_clear_pointer (&plan, mos_backup_plan_unref);
  plan = load (t->store);
  g_assert_cmpstr (plan->why, ==, "");
  g_assert_false (plan->is_wanted);
  g_assert_cmpuint (count_files (folder), ==, 4);
  g_assert_false (g_file_test (first, G_FILE_TEST_EXISTS));
  mos_test_dir_free (g_steal_pointer (&folder));
}

/* By names of a clock that was ahead, the one just made is the oldest: it stays all the same. */
static void
test_clock_ahead (void)
{
  g_autoptr (MosTestStore) t = test_desk_store ();
  g_autofree char *folder = mos_test_dir_new ();
  g_autofree char *ahead = NULL;
  g_autoptr (MosBackupPlan) plan = NULL;
  g_autoptr (GError) error = NULL;

  set_plan (t, MOS_BACKUP_DAILY, folder, 1);
  mos_manual_clock_advance (MOS_MANUAL_CLOCK (t->clock), 3 * DAY);
  g_assert_true (run (t, &error));
  g_assert_no_error (error);
  plan = load (t->store);
  ahead = g_strdup (plan->file);
  mos_manual_clock_advance (MOS_MANUAL_CLOCK (t->clock), -2 * DAY);
  set_plan (t, MOS_BACKUP_WEEKLY, folder, 1);
  g_assert_true (run (t, &error));
  g_assert_no_error (error);
  g_clear_pointer (&plan, mos_backup_plan_unref);
  plan = load (t->store);
  g_assert_cmpstr (plan->file, <, ahead);
  g_assert_true (g_file_test (plan->file, G_FILE_TEST_EXISTS));
  g_assert_cmpuint (count_files (folder), ==, 1);
  mos_test_dir_free (g_steal_pointer (&folder));
}

static void
test_bad_plans (void)
{
  g_autoptr (MosTestStore) t = test_desk_store ();
  g_autoptr (MosBackupPlan) plan = load (t->store);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (plan->every, ==, MOS_BACKUP_OFF);
  plan->every = MOS_BACKUP_DAILY;
  g_assert_false (mos_backups_save_sync (t->store, plan, NULL, NULL, &error));
  g_assert_error (error, MOS_DESK_ERROR, MOS_DESK_ERROR_INVALID);
  g_clear_error (&error);
  g_set_str (&plan->folder, "/tmp");
  plan->keep = 0;
  g_assert_false (mos_backups_save_sync (t->store, plan, NULL, NULL, &error));
  g_assert_error (error, MOS_DESK_ERROR, MOS_DESK_ERROR_INVALID);
  g_clear_error (&error);
  plan->keep = 3;
  plan->with_passwords = TRUE;
  g_assert_false (mos_backups_save_sync (t->store, plan, NULL, NULL, &error));
  g_assert_error (error, MOS_DESK_ERROR, MOS_DESK_ERROR_INVALID);
  g_clear_error (&error);
  /* No passphrase was ever given. */
  plan->is_sealed = TRUE;
  g_assert_false (mos_backups_save_sync (t->store, plan, NULL, NULL, &error));
  g_assert_error (error, MOS_DESK_ERROR, MOS_DESK_ERROR_NO_PASSWORD);
}

/* --- passwords --- */

static void
test_passwords (void)
{
  g_autoptr (MosTestStore) t = test_desk_store ();
  g_autofree char *folder = mos_test_dir_new ();
  g_autofree char *other = g_build_filename (folder, "other", NULL);
  g_autofree char *scope = mos_desk_profile_scope (t->profile);
  g_autofree char *other_scope = mos_desk_profile_scope (other);
  g_autoptr (MosBackupPlan) plan = load (t->store);
  g_autoptr (MosRestoreJob) restore = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) keyring = NULL;
  g_autofree char *aside = NULL;
  g_autofree char *found = NULL;

  g_assert_true (mos_secrets_store_sync (scope, ACCOUNT, "support", "s3cret\nsecond line", MOS_SECRETS_TIMEOUT_MS, NULL, &error));
  g_assert_no_error (error);
  plan->every = MOS_BACKUP_WEEKLY;
  plan->is_sealed = plan->with_passwords = TRUE;
  g_set_str (&plan->folder, folder);
  g_assert_true (mos_backups_save_sync (t->store, plan, "open sesame", NULL, &error));
  g_assert_no_error (error);
  g_assert_true (run (t, &error));
  g_assert_no_error (error);
  g_clear_pointer (&plan, mos_backup_plan_unref);
  plan = load (t->store);

  restore = mos_restore_job_new (plan->file, "open sesame", other, t->clock);
  g_assert_true (mos_job_run_sync (MOS_JOB (restore), NULL, &error));
  g_assert_no_error (error);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_true (mos_restore_job_put_in_place_sync (restore, &aside, &keyring, NULL, &error));
  g_assert_no_error (error);
  g_assert_no_error (keyring);
  g_assert_null (aside);
  found = mos_secrets_lookup_sync (other_scope, ACCOUNT, MOS_SECRETS_TIMEOUT_MS, NULL, &error);
  g_assert_cmpstr (found, ==, "s3cret\nsecond line");
  /* The plan came with it: what it needs, too. */
  g_clear_pointer (&found, g_free);
  found = mos_secrets_lookup_sync (other_scope, MOS_BACKUP_SECRET, MOS_SECRETS_TIMEOUT_MS, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (found, ==, "open sesame");

  /* None is there: that is told, and nothing is written in the clear. */
  g_assert_true (mos_secrets_clear_sync (scope, MOS_BACKUP_SECRET, MOS_SECRETS_TIMEOUT_MS, NULL, &error));
  g_assert_no_error (error);
  mos_manual_clock_advance (MOS_MANUAL_CLOCK (t->clock), 8 * DAY);
  g_assert_true (run (t, &error));
  g_assert_error (error, MOS_BACKUP_ERROR, MOS_BACKUP_ERROR_NO_PASSPHRASE);
  g_clear_pointer (&plan, mos_backup_plan_unref);
  plan = load (t->store);
  g_assert_cmpstr (plan->why, ==, "no-passphrase");
  mos_test_dir_free (g_steal_pointer (&folder));
}

/* --- on another computer --- */

typedef struct
{
  SendFixture *f;
  char *message;
} Later;

static gboolean
do_send_later (MosTxn *txn,
               gpointer data,
               GError **error)
{
  static const MosQuoteTexts texts = { "{sender}, {date}:", "--", "%F" };
  Later *later = data;
  g_autoptr (MosDraft) draft = NULL;
  MosSendPlan plan = { .at_us = mos_txn_get_now_us (txn) + DAY, .is_later = TRUE };

  if (!mos_draft_prepare (txn, "reply", later->f->conversation, NULL, NULL, &texts, &draft, error))
    return FALSE;
  g_set_str (&draft->text, "Tomorrow.");
  return mos_draft_send_planned (txn, draft, &plan, &later->message, error);
}

typedef struct
{
  const char *message;
  MosOutboxItem *item;
  MosDueRow *due;
} Look;

static gboolean
do_look (MosTxn *txn,
         gpointer data,
         GError **error)
{
  Look *look = data;
  g_autofree char *key = g_strconcat ("send:", look->message, NULL);

  return mos_store_outbox_find (txn, look->message, &look->item, error) && mos_store_due_find (txn, key, &look->due, error);
}

static void
look_clear (Look *look)
{
  g_clear_pointer (&look->item, mos_outbox_item_unref);
  g_clear_pointer (&look->due, mos_due_row_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Look, look_clear)

/* What was to leave is asked about, in the copy alone: the other one may have sent it, or still does. */
static void
test_restored (SendFixture *f,
               gconstpointer data)
{
  g_autofree char *folder = mos_test_dir_new ();
  g_autofree char *file = g_build_filename (folder, "backup.mostrador", NULL);
  g_autofree char *other = g_build_filename (folder, "other", NULL);
  g_autoptr (MosBackupJob) job = mos_backup_job_new (f->t->store, file, NULL, FALSE, FALSE);
  g_autoptr (MosRestoreJob) restore = mos_restore_job_new (file, NULL, other, f->t->clock);
  Later later = { f, NULL };
  g_autoptr (GError) error = NULL;
  g_autofree char *aside = NULL;
  MosRestoredCount count;
  g_autoptr (MosStore) store = NULL;
  g_autoptr (MosBackupInfo) mine = mos_backup_info_new ();
  g_autoptr (MosBackupInfo) others = mos_backup_info_new ();
  g_autofree char *my_file = g_build_filename (f->t->profile, MOS_SNAPSHOT_DATABASE, NULL);
  g_autofree char *other_file = g_build_filename (other, MOS_SNAPSHOT_DATABASE, NULL);

  test_write (f->t->store, do_send_later, &later);
  g_assert_true (mos_job_run_sync (MOS_JOB (job), NULL, &error));
  g_assert_no_error (error);
  g_assert_true (mos_job_run_sync (MOS_JOB (restore), NULL, &error));
  g_assert_no_error (error);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  count = mos_restore_job_get_count (restore);
  g_assert_cmpuint (count.uncertain, ==, 1);
  g_assert_cmpuint (count.held, ==, 1);
  g_assert_true (mos_restore_job_put_in_place_sync (restore, &aside, NULL, NULL, &error));

  store = mos_store_open_sync (other, MOS_STORE_OPEN_DEFAULT, f->t->clock, NULL, &error);
  g_assert_no_error (error);
  {
    g_auto (Look) waited = { .message = f->reply.message };
    g_auto (Look) scheduled = { .message = later.message };
    g_auto (Look) here = { .message = f->reply.message };
    gint64 next_us = 0;

    test_write (store, do_look, &waited);
    g_assert_cmpint (waited.item->state, ==, MOS_DELIVERY_UNCERTAIN);
    g_assert_cmpstr (waited.item->why, ==, MOS_OUTBOX_RESTORED);
    /* Not in a year: nobody asked for it yet. */
    mos_manual_clock_advance (MOS_MANUAL_CLOCK (f->t->clock), 2 * DAY);
    g_assert_true (mos_scheduler_run_sync (store, &next_us, NULL, &error));
    test_write (store, do_look, &scheduled);
    g_assert_cmpint (scheduled.item->state, ==, MOS_DELIVERY_SCHEDULED);
    g_assert_cmpstr (scheduled.item->why, ==, MOS_SCHEDULED_HELD_RESTORED);
    g_assert_cmpint (scheduled.due->state, ==, MOS_DUE_HELD);
    /* Where it was copied from all is as it was. */
    test_write (f->t->store, do_look, &here);
    g_assert_cmpint (here.item->state, ==, MOS_DELIVERY_QUEUED);
  }
  g_assert_true (mos_store_snapshot_describe_sync (my_file, mine, &error));
  g_assert_true (mos_store_snapshot_describe_sync (other_file, others, &error));
  g_assert_cmpstr (mine->desk, !=, others->desk);
  mos_store_close_sync (store);
  g_free (later.message);
  mos_test_dir_free (g_steal_pointer (&folder));
}

int
main (int argc,
      char **argv)
{
  char *keyring = mos_test_keyring_new ();
  int status;

  mos_test_init (&argc, &argv);

  g_test_add_func ("/backup-plan/next", test_next);
  g_test_add_func ("/backup-plan/weekend", test_weekend);
  g_test_add_func ("/backup-plan/edited", test_edited);
  g_test_add_func ("/backup-plan/keep", test_keep);
  g_test_add_func ("/backup-plan/clock-ahead", test_clock_ahead);
  g_test_add_func ("/backup-plan/bad", test_bad_plans);
  g_test_add_func ("/backup-plan/passwords", test_passwords);
  g_test_add ("/backup-plan/restored", SendFixture, NULL, send_setup, test_restored, send_teardown);

  status = g_test_run ();
  mos_test_dir_free (keyring);
  return status;
}
