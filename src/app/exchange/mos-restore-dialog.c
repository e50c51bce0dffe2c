/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-exchange"

#include "config.h"

#include "app/exchange/mos-restore-dialog.h"

#include "app/application/mos-error-text.h"
#include "app/widgets/mos-text-direction.h"
#include "app/widgets/mos-time-text.h"

#include <glib/gi18n.h>

struct _MosRestoreDialog
{
  AdwDialog parent_instance;

  /* owned by the tree */
  GtkStack *stack;
  AdwStatusPage *asking;
  GtkEditable *passphrase;
  GtkProgressBar *progress;
  AdwStatusPage *ready;
  GtkWidget *restore_button;
  AdwStatusPage *problem;

  /* Owned */
  char *file;
  char *profile;
  MosRestoreJob *job; /* (nullable) */
  gboolean is_new;
};

G_DEFINE_FINAL_TYPE (MosRestoreDialog, mos_restore_dialog, ADW_TYPE_DIALOG)

static guint decided_signal;

static void run (MosRestoreDialog *self, const char *passphrase);

static void
show_page (MosRestoreDialog *self,
           const char *name,
           GtkWidget *focus)
{
  gtk_stack_set_visible_child_name (self->stack, name);
  if (focus != NULL)
    gtk_widget_grab_focus (focus);
}

/* --- what came of it --- */

static void
show_ready (MosRestoreDialog *self)
{
  g_autoptr (MosBackupInfo) info = mos_restore_job_ref_info (self->job);
  MosRestoredCount count = mos_restore_job_get_count (self->job);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *when = info->made_us != 0 ? mos_time_text_full (info->made_us, NULL) : NULL;
  g_autofree char *conversations = g_strdup_printf (ngettext ("%'lu conversation", "%'lu conversations", (gulong) info->conversations), (gulong) info->conversations);
  guint waited = count.uncertain + count.held;

  if (when != NULL)
    /* Translators: when a backup was made, and "1,200 conversations" */
    g_string_append_printf (text, _ ("It was made on %1$s and holds %2$s."), when, conversations);
  else
    /* Translators: %s is "1,200 conversations" */
    g_string_append_printf (text, _ ("It holds %s."), conversations);
  if (!self->is_new)
    g_string_append_printf (text, "\n\n%s", _ ("It takes the place of what you have now. That is kept in a folder beside it, and nothing of it is deleted."));
  if (waited > 0)
    g_string_append (text, "\n\n");
  /* Translators: %u is how many messages */
  if (waited > 0)
    g_string_append_printf (text, ngettext ("%u message waited to be sent when it was made. It may have left since, so it is not sent by itself: you are asked.", "%u messages waited to be sent when it was made. They may have left since, so they are not sent by themselves: you are asked.", waited), waited);
  adw_status_page_set_description (self->ready, text->str);
  show_page (self, "ready", self->restore_button);
}

static void
show_problem (MosRestoreDialog *self,
              const GError *error)
{
  MosErrorText words = mos_error_text (error);
  g_autofree char *text = g_strdup_printf ("%s %s", words.sentence, words.step);

  adw_status_page_set_title (self->problem, words.title);
  adw_status_page_set_description (self->problem, text);
  show_page (self, "problem", NULL);
}

static void
give_up_thread (GTask *task,
                gpointer source,
                gpointer task_data,
                GCancellable *cancellable)
{
  mos_restore_job_give_up_sync (source);
  g_task_return_boolean (task, TRUE);
}

/* Each attachment that was unpacked is a file that goes. */
static void
give_up (MosRestoreJob *job)
{
  g_autoptr (GTask) task = g_task_new (job, NULL, NULL, NULL);

  g_task_set_source_tag (task, give_up);
  /* A thread of the pool, not a worker: no desk is open, and nothing is to be in order with. */
  g_task_run_in_thread (task, give_up_thread);
}

static void
on_run_cb (GObject *source,
           GAsyncResult *result,
           gpointer user_data)
{
  g_autoptr (MosRestoreDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean ok = mos_job_run_finish (MOS_JOB (source), result, &error);

  /* Closed meanwhile: nobody wants it. */
  if (MOS_JOB (source) != (MosJob *) self->job)
    {
      if (ok)
        give_up (MOS_RESTORE_JOB (source));
      return;
    }
  if (ok)
    {
      show_ready (self);
      return;
    }
  g_clear_object (&self->job);
  if (g_error_matches (error, MOS_BACKUP_ERROR, MOS_BACKUP_ERROR_NEEDS_PASSPHRASE))
    show_page (self, "passphrase", GTK_WIDGET (self->passphrase));
  else if (g_error_matches (error, MOS_BACKUP_ERROR, MOS_BACKUP_ERROR_PASSPHRASE))
    {
      MosErrorText words = mos_error_text (error);

      adw_status_page_set_description (self->asking, words.sentence);
      gtk_accessible_announce (GTK_ACCESSIBLE (self), words.title, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
      show_page (self, "passphrase", GTK_WIDGET (self->passphrase));
    }
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    show_problem (self, error);
}

static void
on_job_changed_cb (MosRestoreDialog *self,
                   MosJob *job)
{
  MosJobProgress progress = mos_job_get_progress (job);

  gtk_progress_bar_set_fraction (self->progress, progress.total > 0 ? (double) progress.done / (double) progress.total : 0);
}

static void
run (MosRestoreDialog *self,
     const char *passphrase)
{
  g_autoptr (MosClock) clock = mos_clock_new_system ();

  self->job = mos_restore_job_new (self->file, passphrase, self->profile, clock);
  g_signal_connect_object (self->job, "changed", G_CALLBACK (on_job_changed_cb), self, G_CONNECT_SWAPPED);
  show_page (self, "progress", NULL);
  mos_job_run_async (MOS_JOB (self->job), on_run_cb, g_object_ref (self));
}

static void
on_open_cb (MosRestoreDialog *self)
{
  if (*gtk_editable_get_text (self->passphrase) != '\0')
    run (self, gtk_editable_get_text (self->passphrase));
}

static void
on_restore_cb (MosRestoreDialog *self)
{
  g_autoptr (MosRestoreDialog) held = g_object_ref (self);
  g_autoptr (MosRestoreJob) job = g_steal_pointer (&self->job);

  adw_dialog_force_close (ADW_DIALOG (self));
  g_signal_emit (self, decided_signal, 0, job);
}

static void
mos_restore_dialog_closed (AdwDialog *dialog)
{
  MosRestoreDialog *self = MOS_RESTORE_DIALOG (dialog);
  g_autoptr (MosRestoreJob) job = g_steal_pointer (&self->job);

  /* Decided, or none is under way. */
  if (job == NULL)
    return;
  if (mos_job_get_state (MOS_JOB (job)) == MOS_JOB_DONE)
    give_up (job);
  else
    mos_job_cancel (MOS_JOB (job));
}

static void
mos_restore_dialog_finalize (GObject *object)
{
  MosRestoreDialog *self = MOS_RESTORE_DIALOG (object);

  g_clear_object (&self->job);
  g_free (self->file);
  g_free (self->profile);
  G_OBJECT_CLASS (mos_restore_dialog_parent_class)->finalize (object);
}

static void
mos_restore_dialog_class_init (MosRestoreDialogClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mos_restore_dialog_finalize;
  ADW_DIALOG_CLASS (klass)->closed = mos_restore_dialog_closed;
  decided_signal = g_signal_new ("decided", MOS_TYPE_RESTORE_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, MOS_TYPE_RESTORE_JOB);
}

/* --- its pages --- */

static AdwStatusPage *
add_page (MosRestoreDialog *self,
          const char *name,
          const char *icon,
          const char *title,
          const char *description,
          GtkWidget *child)
{
  GtkWidget *page = adw_status_page_new ();

  adw_status_page_set_icon_name (ADW_STATUS_PAGE (page), icon);
  adw_status_page_set_title (ADW_STATUS_PAGE (page), title);
  adw_status_page_set_description (ADW_STATUS_PAGE (page), description);
  adw_status_page_set_child (ADW_STATUS_PAGE (page), child);
  gtk_widget_add_css_class (page, "compact");
  gtk_stack_add_named (self->stack, page, name);
  return ADW_STATUS_PAGE (page);
}

static GtkWidget *
make_button (const char *label,
             GCallback callback,
             MosRestoreDialog *self)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  gtk_widget_set_halign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "pill");
  gtk_widget_add_css_class (button, "suggested-action");
  g_signal_connect_object (button, "clicked", callback, self, G_CONNECT_SWAPPED);
  return button;
}

static void
add_asking (MosRestoreDialog *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  GtkWidget *group = adw_preferences_group_new ();
  GtkWidget *row = adw_password_entry_row_new ();
  GtkWidget *open;

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ ("_Passphrase"));
  adw_preferences_row_set_use_underline (ADW_PREFERENCES_ROW (row), TRUE);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  g_signal_connect_object (row, "entry-activated", G_CALLBACK (on_open_cb), self, G_CONNECT_SWAPPED);
  self->passphrase = GTK_EDITABLE (row);
  open = make_button (_ ("_Open"), G_CALLBACK (on_open_cb), self);
  gtk_box_append (GTK_BOX (box), group);
  gtk_box_append (GTK_BOX (box), open);
  self->asking = add_page (self, "passphrase", "dialog-password-symbolic", _ ("The Backup Is Under a Passphrase"), _ ("Enter the passphrase it was made with."), box);
}

static void
mos_restore_dialog_init (MosRestoreDialog *self)
{
  GtkWidget *view = adw_toolbar_view_new ();
  GtkWidget *progress = gtk_progress_bar_new ();

  self->stack = GTK_STACK (gtk_stack_new ());
  /* Pages that are not shown are as wide as they want. */
  gtk_stack_set_hhomogeneous (self->stack, FALSE);
  gtk_stack_set_vhomogeneous (self->stack, FALSE);
  self->progress = GTK_PROGRESS_BAR (progress);
  gtk_accessible_update_property (GTK_ACCESSIBLE (progress), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Reading the backup"), -1);
  add_page (self, "progress", "document-open-symbolic", _ ("Reading the Backup"), _ ("All of it is checked first. Until you decide, nothing is changed."), progress);
  add_asking (self);
  self->restore_button = make_button (_ ("_Restore"), G_CALLBACK (on_restore_cb), self);
  self->ready = add_page (self, "ready", "object-select-symbolic", _ ("The Backup Is Whole"), NULL, self->restore_button);
  self->problem = add_page (self, "problem", "dialog-warning-symbolic", "", NULL, NULL);

  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), adw_header_bar_new ());
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), GTK_WIDGET (self->stack));
  adw_dialog_set_child (ADW_DIALOG (self), view);
  adw_dialog_set_title (ADW_DIALOG (self), _ ("Restore a Backup"));
  adw_dialog_set_content_width (ADW_DIALOG (self), 460);
  adw_dialog_set_content_height (ADW_DIALOG (self), 420);
}

MosRestoreDialog *
mos_restore_dialog_new (const char *file,
                        const char *profile,
                        gboolean is_new)
{
  MosRestoreDialog *self = g_object_new (MOS_TYPE_RESTORE_DIALOG, NULL);

  self->file = g_strdup (file);
  self->profile = g_strdup (profile);
  self->is_new = is_new;
  run (self, NULL);
  return self;
}
