/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
/* What a new desk is led through: an import that rests goes on from its row, and nothing is left to say when all is done. */
#include "config.h"

#include "app/accounts/mos-account-chooser.h"
#include "app/first-steps/mos-first-steps-dialog.h"
#include "app/window/mos-window.h"

#include "core/desk/mos-import-job.h"
#include "core/desk/mos-rows.h"
#include "core/store/mos-store-accounts.h"

#include "mos-desk-fixtures.h"
#include "mos-view-fixtures.h"

#define MBOX                                                                                                         \
  "From ana@mail.test Mon Mar  3 10:00:00 2025\n"                                                                    \
  "From: Ana <ana@mail.test>\nTo: support@shop.example\nSubject: A blanket\nDate: Mon, 03 Mar 2025 10:00:00 +0000\n" \
  "Message-ID: <1@mail.test>\n\nIs it blue?\n\n"

typedef struct
{
  MosDeskFixture *desk;
  MosWindow *window;
  MosFirstStepsDialog *dialog;
} Fixture;

static void
on_loaded_cb (GObject *source,
              GAsyncResult *result,
              gpointer data)
{
  g_autoptr (GError) error = NULL;

  *(MosFirstSteps **) data = mos_desk_load_first_steps_finish (MOS_DESK (source), result, &error);
  g_assert_no_error (error);
}

static void
show (Fixture *f)
{
  MosFirstSteps *steps = NULL;

  mos_desk_load_first_steps_async (f->desk->desk, NULL, on_loaded_cb, &steps);
  mos_test_wait (steps != NULL, 5000);
  f->dialog = mos_first_steps_dialog_new (f->desk->desk, steps);
  mos_first_steps_unref (steps);
  adw_dialog_present (ADW_DIALOG (f->dialog), GTK_WIDGET (f->window));
  mos_test_wait (gtk_widget_get_mapped (GTK_WIDGET (f->dialog)), 5000);
}

static void
set_up (Fixture *f,
        gconstpointer data)
{
  f->desk = mos_desk_fixture_new ();
  f->window = mos_window_new (NULL);
  gtk_window_present (GTK_WINDOW (f->window));
  mos_window_set_desk (f->window, f->desk->desk);
}

static void
tear_down (Fixture *f,
           gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (f->window));
  mos_test_settle (20);
  mos_desk_fixture_free (f->desk);
}

static GtkWidget *
find_row (Fixture *f,
          const char *label)
{
  return mos_fixture_find (GTK_WIDGET (f->dialog), ADW_TYPE_ACTION_ROW, label);
}

static void
test_import (Fixture *f,
             gconstpointer data)
{
  g_autofree char *path = g_build_filename (f->desk->store->profile, "old.mbox", NULL);
  const char *paths[] = { path, NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (MosImportJob) job = NULL;

  g_file_set_contents (path, MBOX, -1, &error);
  g_assert_no_error (error);
  show (f);
  g_assert_nonnull (find_row (f, "Mail from Elsewhere: not done yet"));

  /* As a run before this one left it. */
  job = mos_import_job_new_paths (f->desk->store->store, NULL, paths);
  mos_job_set_paused (MOS_JOB (job));
  g_list_store_append (G_LIST_STORE (mos_desk_get_jobs (f->desk->desk)), job);
  mos_test_wait (find_row (f, "Mail from Elsewhere: paused") != NULL, 5000);
  g_signal_emit_by_name (mos_fixture_find (GTK_WIDGET (f->dialog), GTK_TYPE_BUTTON, "Not Needed: Mail from Elsewhere"), "clicked");
  mos_test_wait (find_row (f, "Mail from Elsewhere: not needed") != NULL, 5000);
  g_signal_emit_by_name (mos_fixture_find (GTK_WIDGET (f->dialog), GTK_TYPE_BUTTON, "Take Back: Mail from Elsewhere"), "clicked");
  mos_test_wait (find_row (f, "Mail from Elsewhere: paused") != NULL, 5000);

  adw_action_row_activate (ADW_ACTION_ROW (find_row (f, "Mail from Elsewhere: paused")));
  mos_test_wait (mos_job_get_state (MOS_JOB (job)) == MOS_JOB_DONE, 20000);
  mos_test_wait (find_row (f, "Mail from Elsewhere: done") != NULL, 5000);
}

static void
test_done (Fixture *f,
           gconstpointer data)
{
  static const char *const left[] = { "Mail from Elsewhere", "Signature", "Business Hours", "Answer Targets", "First Macro", "Backups by Themselves" };

  show (f);
  g_assert_nonnull (mos_fixture_find_text (GTK_WIDGET (f->dialog), "In whatever order you like"));
  for (gsize i = 0; i < G_N_ELEMENTS (left); i++)
    {
      g_autofree char *button = g_strconcat ("Not Needed: ", left[i], NULL);
      g_autofree char *row = g_strconcat (left[i], ": not needed", NULL);
      GtkWidget *found = mos_fixture_find (GTK_WIDGET (f->dialog), GTK_TYPE_BUTTON, button);

      g_assert_nonnull (found);
      g_signal_emit_by_name (found, "clicked");
      mos_test_wait (find_row (f, row) != NULL, 5000);
    }
  g_assert_nonnull (mos_fixture_find_text (GTK_WIDGET (f->dialog), "1 of 1 done"));
  g_assert_nonnull (mos_fixture_find_text (GTK_WIDGET (f->dialog), "Everything is set up."));
}

/* --- by themselves --- */

static gboolean
do_account (MosTxn *txn,
            gpointer data,
            GCancellable *cancellable,
            GError **error)
{
  g_autoptr (MosAccount) account = mos_account_new ();

  account->id = g_strdup (data);
  account->kind = g_strdup ("email");
  account->name = g_strdup (data);
  account->address = g_strdup_printf ("%s@shop.example", (char *) data);
  mos_account_fill (account);
  return mos_store_account_save (txn, account, error);
}

static AdwDialog *
get_visible (MosWindow *window)
{
  return adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (window));
}

/* An account that is added while the page for it lies over the window, which is closed then. */
static void
add_account (MosWindow *window,
             MosDesk *desk,
             const char *id)
{
  g_autoptr (GError) error = NULL;
  guint n = g_list_model_get_n_items (mos_desk_get_accounts (desk));

  gtk_widget_activate_action (GTK_WIDGET (window), "win.add-account", NULL);
  mos_test_wait (MOS_IS_ACCOUNT_CHOOSER (get_visible (window)), 5000);
  mos_store_write_sync (mos_desk_get_store (desk), NULL, NULL, do_account, (gpointer) id, NULL, NULL, &error);
  g_assert_no_error (error);
  mos_test_wait (g_list_model_get_n_items (mos_desk_get_accounts (desk)) > n, 5000);
  mos_test_settle (50);
  g_assert_true (MOS_IS_ACCOUNT_CHOOSER (get_visible (window)));
  adw_dialog_force_close (get_visible (window));
}

static void
leave (MosWindow *window)
{
  mos_test_wait (MOS_IS_FIRST_STEPS_DIALOG (get_visible (window)), 5000);
  adw_dialog_force_close (get_visible (window));
  mos_test_settle (200);
  g_assert_null (get_visible (window));
}

/* An account, and another one. @is_led: the steps are there in between */
static void
check_begin (MosDeskFlags flags,
             gboolean opened_by_hand,
             gboolean is_led)
{
  g_autoptr (MosTestStore) store = mos_test_store_new ();
  g_autoptr (MosDesk) desk = mos_desk_new (store->store, flags);
  MosWindow *window = mos_window_new (NULL);

  gtk_window_present (GTK_WINDOW (window));
  mos_window_set_desk (window, desk);
  mos_test_wait (gtk_widget_get_mapped (GTK_WIDGET (window)), 5000);
  mos_test_settle (200);
  if (opened_by_hand)
    {
      gtk_widget_activate_action (GTK_WIDGET (window), "win.first-steps", NULL);
      mos_test_wait (MOS_IS_FIRST_STEPS_DIALOG (get_visible (window)), 5000);
    }
  add_account (window, desk, "a");
  if (is_led)
    leave (window);
  add_account (window, desk, "b");
  mos_test_settle (200);
  g_assert_null (get_visible (window));
  gtk_window_destroy (GTK_WINDOW (window));
  mos_desk_stop_sync (desk);
  mos_test_settle (20);
}

static void
test_begin (void)
{
  g_test_summary ("After the first account, once; not a second time where it was added from the steps, and not in the sample shop");
  check_begin (MOS_DESK_FLAG_NONE, FALSE, TRUE);
  check_begin (MOS_DESK_FLAG_NONE, TRUE, TRUE);
  check_begin (MOS_DESK_FLAG_OFFLINE, FALSE, FALSE);
}

int
main (int argc,
      char *argv[])
{
  mos_test_init (&argc, &argv);
  adw_init ();
  g_test_add ("/first-steps/import", Fixture, NULL, set_up, test_import, tear_down);
  g_test_add ("/first-steps/done", Fixture, NULL, set_up, test_done, tear_down);
  g_test_add_func ("/first-steps/begin", test_begin);
  return g_test_run ();
}
