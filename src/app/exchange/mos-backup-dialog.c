/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-exchange"

#include "config.h"

#include "app/exchange/mos-backup-dialog.h"

#include "app/exchange/mos-job-dialog.h"
#include "app/exchange/mos-passphrase-group.h"
#include "app/widgets/mos-dialog.h"

#include <glib/gi18n.h>

struct _MosBackupDialog
{
  AdwDialog parent_instance;

  /* owned by the tree */
  AdwSwitchRow *sealed; /* (nullable) */
  MosPassphraseGroup *passphrase;
  AdwPreferencesGroup *passwords_group; /* (nullable) */
  AdwSwitchRow *passwords;              /* (nullable) */
  GtkWidget *button;

  /* Owned */
  MosDesk *desk; /* (nullable): only a passphrase is asked for */
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (MosBackupDialog, mos_backup_dialog, ADW_TYPE_DIALOG)

static guint passphrase_signal;

static gboolean
is_sealed (MosBackupDialog *self)
{
  return self->sealed == NULL || adw_switch_row_get_active (self->sealed);
}

static void
update (MosBackupDialog *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->passphrase), is_sealed (self));
  if (self->passwords_group != NULL)
    gtk_widget_set_visible (GTK_WIDGET (self->passwords_group), is_sealed (self));
  gtk_widget_set_sensitive (self->button, !is_sealed (self) || mos_passphrase_group_get (self->passphrase) != NULL);
}

static void
on_file_chosen_cb (GObject *source,
                   GAsyncResult *result,
                   gpointer user_data)
{
  g_autoptr (MosBackupDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (source), result, &error);
  GtkWidget *parent = GTK_WIDGET (gtk_widget_get_root (GTK_WIDGET (self)));
  MosJob *job;

  mos_job_show_choice_error (GTK_WIDGET (self), error);
  if (file == NULL || mos_job_get_choice_path (GTK_WIDGET (self), file) == NULL)
    return;
  /* The file dialog has asked already whether an old file may go. */
  job = mos_desk_back_up (self->desk, g_file_peek_path (file), is_sealed (self) ? mos_passphrase_group_get (self->passphrase) : NULL, is_sealed (self) && adw_switch_row_get_active (self->passwords));
  mos_dialog_present (ADW_DIALOG (mos_job_dialog_new (self->desk, job)), parent);
  adw_dialog_force_close (ADW_DIALOG (self));
}

static void
on_button_cb (MosBackupDialog *self)
{
  g_autoptr (GtkFileDialog) dialog = NULL;
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *name = g_date_time_format (now, "mostrador-%Y-%m-%d.mostrador");

  if (self->desk == NULL)
    {
      g_signal_emit (self, passphrase_signal, 0, mos_passphrase_group_get (self->passphrase));
      adw_dialog_close (ADW_DIALOG (self));
      return;
    }
  dialog = gtk_file_dialog_new ();
  gtk_file_dialog_set_title (dialog, _ ("Save the Backup"));
  gtk_file_dialog_set_initial_name (dialog, name);
  gtk_file_dialog_save (dialog, GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), self->cancellable, on_file_chosen_cb, g_object_ref (self));
}

static void
mos_backup_dialog_closed (AdwDialog *dialog)
{
  g_cancellable_cancel (MOS_BACKUP_DIALOG (dialog)->cancellable);
}

static void
mos_backup_dialog_finalize (GObject *object)
{
  MosBackupDialog *self = MOS_BACKUP_DIALOG (object);

  g_clear_object (&self->desk);
  g_clear_object (&self->cancellable);
  G_OBJECT_CLASS (mos_backup_dialog_parent_class)->finalize (object);
}

static void
mos_backup_dialog_class_init (MosBackupDialogClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mos_backup_dialog_finalize;
  ADW_DIALOG_CLASS (klass)->closed = mos_backup_dialog_closed;
  passphrase_signal = g_signal_new ("passphrase", MOS_TYPE_BACKUP_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static AdwSwitchRow *
add_switch (AdwPreferencesPage *page,
            const char *title,
            const char *subtitle,
            gboolean is_active,
            MosBackupDialog *self,
            AdwPreferencesGroup **ret_group)
{
  GtkWidget *row = adw_switch_row_new ();
  GtkWidget *group = adw_preferences_group_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_preferences_row_set_use_underline (ADW_PREFERENCES_ROW (row), TRUE);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  adw_switch_row_set_active (ADW_SWITCH_ROW (row), is_active);
  g_signal_connect_object (row, "notify::active", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  adw_preferences_page_add (page, ADW_PREFERENCES_GROUP (group));
  if (ret_group != NULL)
    *ret_group = ADW_PREFERENCES_GROUP (group);
  return ADW_SWITCH_ROW (row);
}

static void
build (MosBackupDialog *self)
{
  GtkWidget *view = adw_toolbar_view_new ();
  GtkWidget *bar = adw_header_bar_new ();
  GtkWidget *cancel = gtk_button_new_with_mnemonic (_ ("_Cancel"));
  AdwPreferencesPage *page = ADW_PREFERENCES_PAGE (adw_preferences_page_new ());

  self->button = gtk_button_new_with_mnemonic (self->desk != NULL ? _ ("_Save…") : _ ("_Set"));
  gtk_widget_add_css_class (self->button, "suggested-action");
  g_signal_connect_object (self->button, "clicked", G_CALLBACK (on_button_cb), self, G_CONNECT_SWAPPED);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (cancel), "window.close");
  adw_header_bar_set_show_start_title_buttons (ADW_HEADER_BAR (bar), FALSE);
  adw_header_bar_set_show_end_title_buttons (ADW_HEADER_BAR (bar), FALSE);
  adw_header_bar_pack_start (ADW_HEADER_BAR (bar), cancel);
  adw_header_bar_pack_end (ADW_HEADER_BAR (bar), self->button);

  if (self->desk != NULL)
    self->sealed = add_switch (page, _ ("With a _Passphrase"), _ ("Whoever finds the file cannot read your customers’ mail."), TRUE, self, NULL);
  self->passphrase = mos_passphrase_group_new ();
  g_signal_connect_object (self->passphrase, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  adw_preferences_page_add (page, ADW_PREFERENCES_GROUP (self->passphrase));
  if (self->desk != NULL)
    self->passwords = add_switch (page, _ ("Pass_words of Your Accounts, Too"), _ ("Another computer can then go on at once. Without them it asks for each."), FALSE, self, &self->passwords_group);

  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), bar);
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), GTK_WIDGET (page));
  adw_dialog_set_child (ADW_DIALOG (self), view);
  adw_dialog_set_title (ADW_DIALOG (self), self->desk != NULL ? _ ("Back Up to a File") : _ ("Passphrase of Backups"));
  adw_dialog_set_content_width (ADW_DIALOG (self), 440);
  adw_dialog_set_default_widget (ADW_DIALOG (self), self->button);
  adw_dialog_set_focus (ADW_DIALOG (self), GTK_WIDGET (self->passphrase));
  update (self);
}

static void
mos_backup_dialog_init (MosBackupDialog *self)
{
  self->cancellable = g_cancellable_new ();
}

MosBackupDialog *
mos_backup_dialog_new (MosDesk *desk)
{
  MosBackupDialog *self = g_object_new (MOS_TYPE_BACKUP_DIALOG, NULL);

  self->desk = g_object_ref (desk);
  build (self);
  return self;
}

MosBackupDialog *
mos_backup_dialog_new_passphrase (void)
{
  MosBackupDialog *self = g_object_new (MOS_TYPE_BACKUP_DIALOG, NULL);

  build (self);
  return self;
}
