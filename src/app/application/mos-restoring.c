/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-application"

#include "config.h"

#include "app/application/mos-restoring.h"

#include "app/application/mos-error-text.h"
#include "app/exchange/mos-job-dialog.h"
#include "app/exchange/mos-restore-dialog.h"
#include "app/widgets/mos-dialog.h"
#include "app/widgets/mos-text-direction.h"

#include <glib/gi18n.h>

/* --- which, and whether --- */

typedef struct
{
  GtkWindow *window; /* (owned) */
  char *profile;
  gboolean is_new;
  MosRestoringDecided decided;
  GObject *data; /* (owned) */
} Choice;

static void
choice_free (Choice *choice)
{
  g_object_unref (choice->window);
  g_object_unref (choice->data);
  g_free (choice->profile);
  g_free (choice);
}

static void
on_decided_cb (MosRestoreDialog *dialog,
               MosRestoreJob *job,
               gpointer user_data)
{
  Choice *choice = user_data;

  choice->decided (job, choice->data);
}

static void
on_chosen_cb (GObject *source,
              GAsyncResult *result,
              gpointer user_data)
{
  Choice *choice = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = gtk_file_dialog_open_finish (GTK_FILE_DIALOG (source), result, &error);
  const char *path = file != NULL ? mos_job_get_choice_path (GTK_WIDGET (choice->window), file) : NULL;
  MosRestoreDialog *dialog;

  mos_job_show_choice_error (GTK_WIDGET (choice->window), error);
  if (path == NULL)
    {
      choice_free (choice);
      return;
    }
  dialog = mos_restore_dialog_new (path, choice->profile, choice->is_new);
  g_signal_connect_data (dialog, "decided", G_CALLBACK (on_decided_cb), choice, (GClosureNotify) (void (*) (void)) choice_free, G_CONNECT_DEFAULT);
  mos_dialog_present (ADW_DIALOG (dialog), GTK_WIDGET (choice->window));
}

void
mos_restoring_choose (GtkWindow *window,
                      const char *profile,
                      gboolean is_new,
                      MosRestoringDecided decided,
                      GObject *data)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  Choice *choice = g_new0 (Choice, 1);

  choice->window = g_object_ref (window);
  choice->profile = g_strdup (profile);
  choice->is_new = is_new;
  choice->decided = decided;
  choice->data = g_object_ref (data);
  gtk_file_dialog_set_title (dialog, _ ("Choose a Backup"));
  gtk_file_dialog_open (dialog, window, NULL, on_chosen_cb, choice);
}

/* --- in place --- */

typedef struct
{
  char *aside;     /* (nullable) */
  GError *keyring; /* (nullable) */
} Placed;

static void
placed_free (gpointer data)
{
  Placed *placed = data;

  g_free (placed->aside);
  g_clear_error (&placed->keyring);
  g_free (placed);
}

static void
place_thread (GTask *task,
              gpointer source,
              gpointer task_data,
              GCancellable *cancellable)
{
  Placed *placed = task_data;
  GError *error = NULL;

  if (mos_restore_job_put_in_place_sync (source, &placed->aside, &placed->keyring, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    {
      mos_restore_job_give_up_sync (source);
      g_task_return_error (task, error);
    }
}

void
mos_restoring_put_in_place_async (MosRestoreJob *job,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (job, NULL, callback, user_data);

  g_task_set_source_tag (task, mos_restoring_put_in_place_async);
  g_task_set_task_data (task, g_new0 (Placed, 1), placed_free);
  /* A thread of the pool, not a worker: no desk is open, and nothing is to be in order with. */
  g_task_run_in_thread (task, place_thread);
}

gboolean
mos_restoring_put_in_place_finish (MosRestoreJob *job,
                                   GAsyncResult *result,
                                   char **ret_aside,
                                   GError **ret_keyring,
                                   GError **error)
{
  Placed *placed = g_task_get_task_data (G_TASK (result));

  *ret_aside = g_steal_pointer (&placed->aside);
  *ret_keyring = g_steal_pointer (&placed->keyring);
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* --- what is said --- */

void
mos_restoring_tell (GtkWindow *window,
                    const GError *error,
                    const char *aside,
                    const GError *keyring)
{
  MosErrorText words = mos_error_text (error);
  g_autoptr (GString) text = g_string_new (NULL);
  AdwDialog *alert;

  if (error != NULL)
    g_string_printf (text, "%s %s", words.sentence, words.step);
  else
    {
      g_string_append (text, _ ("This computer is a desk of its own now. Do not go on working on another one with the same accounts: customers could get two answers."));
      if (keyring != NULL)
        g_string_append_printf (text, "\n\n%s", _ ("The keyring did not take the passwords of the backup: each account asks for its own."));
      if (aside != NULL)
        {
          g_autofree char *shown = g_filename_display_name (aside);
          g_autofree char *folder = mos_text_isolate (shown);

          g_string_append (text, "\n\n");
          /* Translators: %s is a folder */
          g_string_append_printf (text, _ ("What was here before is kept in %s. Delete that folder when you are sure that you do not need it."), folder);
        }
    }
  alert = adw_alert_dialog_new (error != NULL ? words.title : _ ("The Backup Is Restored"), text->str);
  adw_alert_dialog_add_response (ADW_ALERT_DIALOG (alert), "close", _ ("_Close"));
  adw_alert_dialog_set_default_response (ADW_ALERT_DIALOG (alert), "close");
  mos_dialog_present (alert, GTK_WIDGET (window));
}
