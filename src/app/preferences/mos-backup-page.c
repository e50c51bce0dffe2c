/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-preferences"

#include "config.h"

#include "app/preferences/mos-backup-page.h"

#include "app/application/mos-error-text.h"
#include "app/exchange/mos-backup-dialog.h"
#include "app/exchange/mos-job-dialog.h"
#include "app/help/mos-help-button.h"
#include "app/widgets/mos-dialog.h"
#include "app/widgets/mos-text-direction.h"
#include "app/widgets/mos-time-text.h"
#include "app/widgets/mos-toast-show.h"

#include <glib/gi18n.h>

struct _MosBackupPage
{
  AdwNavigationPage parent_instance;

  /* owned by the tree */
  AdwComboRow *every;
  AdwActionRow *folder;
  AdwSpinRow *keep;
  AdwSwitchRow *sealed;
  AdwActionRow *passphrase;
  AdwSwitchRow *passwords;
  AdwActionRow *state;
  GtkWidget *now_button;

  AdwPreferencesDialog *dialog; /* (weak) (nullable) */

  /* Owned */
  MosDesk *desk;
  MosBackupPlan *plan; /* (nullable): as it is */
  GCancellable *cancellable;
  guint save_id;
  gboolean is_filling;
};

G_DEFINE_FINAL_TYPE (MosBackupPage, mos_backup_page, ADW_TYPE_NAVIGATION_PAGE)

/* A spin button says each number on the way. */
#define SETTLED_MS 600

static void load (MosBackupPage *self);
static void choose_folder (MosBackupPage *self);

static void
say (MosBackupPage *self,
     const char *text)
{
  AdwToast *toast = adw_toast_new (text);

  if (self->dialog != NULL)
    mos_toast_show_in_preferences (self->dialog, toast);
  else
    g_object_unref (g_object_ref_sink (toast));
}

/* --- what is shown --- */

char *
mos_backup_page_text_state (const MosBackupPlan *plan,
                            gint64 now_us)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (plan->good_us != 0)
    {
      g_autofree char *when = mos_time_text_relative (plan->good_us, now_us, NULL);
      g_autofree char *size = g_format_size (plan->bytes);

      /* Translators: a time such as "Yesterday, 18:30", and a size */
      g_string_append_printf (text, _ ("The last whole one: %1$s, %2$s."), when, size);
    }
  else
    g_string_append (text, _ ("There is none yet."));
  if (*plan->why != '\0')
    {
      GError problem = { MOS_BACKUP_ERROR, (int) mos_backup_error_from_nick (plan->why, (MosBackupError) -1), (char *) "" };
      MosErrorText words = mos_error_text (problem.code >= 0 ? &problem : NULL);
      g_autofree char *when = mos_time_text_relative (plan->last_us, now_us, NULL);

      g_string_append_c (text, ' ');
      /* Translators: %s is a time such as "Today, 18:30" */
      g_string_append_printf (text, _ ("The last try failed: %s."), when);
      g_string_append_printf (text, " %s %s", words.sentence, words.step);
    }
  if (plan->missing > 0)
    {
      g_string_append_c (text, ' ');
      g_string_append_printf (text, ngettext ("%u attachment was missing on this disk, so it is not in it.", "%u attachments were missing on this disk, so they are not in it.", plan->missing), plan->missing);
    }
  return g_string_free_and_steal (g_steal_pointer (&text));
}

static void
fill (MosBackupPage *self)
{
  MosBackupPlan *plan = self->plan;
  gboolean is_on = plan->every != MOS_BACKUP_OFF;
  g_autofree char *shown = *plan->folder != '\0' ? g_filename_display_name (plan->folder) : g_strdup (_ ("None chosen yet"));
  g_autofree char *folder = mos_text_isolate (shown);
  g_autofree char *state = mos_backup_page_text_state (plan, g_get_real_time ());

  self->is_filling = TRUE;
  adw_combo_row_set_selected (self->every, plan->every);
  adw_action_row_set_subtitle (self->folder, folder);
  adw_spin_row_set_value (self->keep, plan->keep);
  adw_switch_row_set_active (self->sealed, plan->is_sealed);
  adw_switch_row_set_active (self->passwords, plan->with_passwords);
  gtk_widget_set_visible (GTK_WIDGET (self->passphrase), plan->is_sealed);
  gtk_widget_set_sensitive (GTK_WIDGET (self->passwords), plan->is_sealed);
  adw_action_row_set_subtitle (self->state, state);
  gtk_widget_set_visible (GTK_WIDGET (self->state), is_on || plan->last_us != 0);
  gtk_widget_set_sensitive (self->now_button, *plan->folder != '\0');
  self->is_filling = FALSE;
}

static void
on_loaded_cb (GObject *source,
              GAsyncResult *result,
              gpointer user_data)
{
  g_autoptr (MosBackupPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MosBackupPlan) plan = mos_desk_load_backup_plan_finish (MOS_DESK (source), result, &error);

  if (plan == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        say (self, mos_error_text (error).title);
      return;
    }
  /* Begun before the last edit, it would throw that away. */
  if (self->save_id != 0)
    return;
  g_clear_pointer (&self->plan, mos_backup_plan_unref);
  self->plan = g_steal_pointer (&plan);
  fill (self);
}

static void
load (MosBackupPage *self)
{
  /* What is about to be saved is newer. */
  if (self->save_id == 0)
    mos_desk_load_backup_plan_async (self->desk, self->cancellable, on_loaded_cb, g_object_ref (self));
}

/* --- what a person decides --- */

static void
on_saved_cb (GObject *source,
             GAsyncResult *result,
             gpointer user_data)
{
  g_autoptr (MosBackupPage) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!mos_desk_save_backup_plan_finish (MOS_DESK (source), result, &error) && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    say (self, g_error_matches (error, MOS_DESK_ERROR, MOS_DESK_ERROR_NO_SECRET_SERVICE) ? _ ("There is no keyring to keep the passphrase in; nothing was changed") : mos_error_text (error).title);
  if (self->desk != NULL)
    load (self);
}

static void
save (MosBackupPage *self,
      const char *passphrase)
{
  g_clear_handle_id (&self->save_id, g_source_remove);
  mos_desk_save_backup_plan_async (self->desk, self->plan, passphrase, self->cancellable, on_saved_cb, g_object_ref (self));
}

static gboolean
on_settled_cb (gpointer user_data)
{
  MosBackupPage *self = user_data;

  self->save_id = 0;
  save (self, NULL);
  return G_SOURCE_REMOVE;
}

static void
on_every_cb (MosBackupPage *self)
{
  if (self->is_filling || self->plan == NULL)
    return;
  self->plan->every = (MosBackupEvery) adw_combo_row_get_selected (self->every);
  if (self->plan->every != MOS_BACKUP_OFF && *self->plan->folder == '\0')
    choose_folder (self);
  else
    save (self, NULL);
}

static void
on_keep_cb (MosBackupPage *self)
{
  if (self->is_filling || self->plan == NULL)
    return;
  self->plan->keep = (guint) adw_spin_row_get_value (self->keep);
  g_clear_handle_id (&self->save_id, g_source_remove);
  self->save_id = g_timeout_add (SETTLED_MS, on_settled_cb, self);
}

static void
on_passphrase_cb (MosBackupPage *self,
                  const char *passphrase)
{
  self->plan->is_sealed = TRUE;
  save (self, passphrase);
}

static void
ask_passphrase (MosBackupPage *self)
{
  MosBackupDialog *dialog = mos_backup_dialog_new_passphrase ();

  g_signal_connect_object (dialog, "passphrase", G_CALLBACK (on_passphrase_cb), self, G_CONNECT_SWAPPED);
  /* Without one it stays as it was. */
  g_signal_connect_object (dialog, "closed", G_CALLBACK (fill), self, G_CONNECT_SWAPPED);
  mos_dialog_present (ADW_DIALOG (dialog), GTK_WIDGET (self));
}

static void
on_sealed_cb (MosBackupPage *self)
{
  if (self->is_filling || self->plan == NULL)
    return;
  if (!adw_switch_row_get_active (self->sealed))
    {
      self->plan->is_sealed = self->plan->with_passwords = FALSE;
      save (self, NULL);
      return;
    }
  ask_passphrase (self);
}

static void
on_passwords_cb (MosBackupPage *self)
{
  if (self->is_filling || self->plan == NULL)
    return;
  self->plan->with_passwords = adw_switch_row_get_active (self->passwords);
  save (self, NULL);
}

static void
on_folder_chosen_cb (GObject *source,
                     GAsyncResult *result,
                     gpointer user_data)
{
  g_autoptr (MosBackupPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) folder = gtk_file_dialog_select_folder_finish (GTK_FILE_DIALOG (source), result, &error);
  const char *path;

  if (self->desk == NULL || self->plan == NULL)
    return;
  mos_job_show_choice_error (GTK_WIDGET (self), error);
  path = mos_job_get_choice_path (GTK_WIDGET (self), folder);
  if (path == NULL)
    {
      load (self);
      return;
    }
  g_set_str (&self->plan->folder, path);
  /* A folder is chosen for something. */
  if (self->plan->every == MOS_BACKUP_OFF)
    self->plan->every = MOS_BACKUP_DAILY;
  save (self, NULL);
}

static void
choose_folder (MosBackupPage *self)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();

  if (self->plan == NULL)
    return;
  gtk_file_dialog_set_title (dialog, _ ("Choose a Folder for Backups"));
  gtk_file_dialog_select_folder (dialog, GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), self->cancellable, on_folder_chosen_cb, g_object_ref (self));
}

static void
on_now_cb (MosBackupPage *self)
{
  MosJob *job = mos_desk_back_up_by_plan (self->desk);

  mos_dialog_present (ADW_DIALOG (mos_job_dialog_new (self->desk, job)), GTK_WIDGET (self));
}

static void
on_file_cb (MosBackupPage *self)
{
  mos_dialog_present (ADW_DIALOG (mos_backup_dialog_new (self->desk)), GTK_WIDGET (self));
}

/* --- class --- */

static void
mos_backup_page_dispose (GObject *object)
{
  MosBackupPage *self = MOS_BACKUP_PAGE (object);

  /* What was typed last is saved all the same. */
  if (self->save_id != 0 && self->desk != NULL)
    mos_desk_save_backup_plan_async (self->desk, self->plan, NULL, NULL, NULL, NULL);
  g_clear_handle_id (&self->save_id, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_clear_weak_pointer (&self->dialog);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (mos_backup_page_parent_class)->dispose (object);
}

static void
mos_backup_page_finalize (GObject *object)
{
  MosBackupPage *self = MOS_BACKUP_PAGE (object);

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->plan, mos_backup_plan_unref);
  G_OBJECT_CLASS (mos_backup_page_parent_class)->finalize (object);
}

static void
mos_backup_page_class_init (MosBackupPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = mos_backup_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = mos_backup_page_finalize;
}

static AdwPreferencesGroup *
add_group (AdwPreferencesPage *page,
           const char *title,
           const char *description)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());

  adw_preferences_group_set_title (group, title);
  adw_preferences_group_set_description (group, description);
  adw_preferences_page_add (page, group);
  return group;
}

static GtkWidget *
add_row (AdwPreferencesGroup *group,
         GtkWidget *row,
         const char *title,
         const char *subtitle)
{
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_preferences_row_set_use_underline (ADW_PREFERENCES_ROW (row), TRUE);
  /* A folder is called as somebody likes. */
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  if (subtitle != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_preferences_group_add (group, row);
  return row;
}

/* One that opens something. */
static AdwActionRow *
add_next (AdwPreferencesGroup *group,
          const char *title,
          const char *subtitle)
{
  GtkWidget *row = add_row (group, adw_action_row_new (), title, subtitle);
  GtkWidget *image = gtk_image_new_from_icon_name ("go-next-symbolic");

  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), image);
  return ADW_ACTION_ROW (row);
}

static void
add_automatic (MosBackupPage *self,
               AdwPreferencesGroup *group)
{
  const char *const words[] = { _ ("Off"), _ ("Every day"), _ ("Every week"), NULL };
  g_autoptr (GtkStringList) names = gtk_string_list_new (words);

  self->every = ADW_COMBO_ROW (add_row (group, adw_combo_row_new (), _ ("_Make a Backup"), NULL));
  adw_combo_row_set_model (self->every, G_LIST_MODEL (names));
  self->folder = add_next (group, _ ("_Folder"), NULL);
  self->keep = ADW_SPIN_ROW (add_row (group, GTK_WIDGET (adw_spin_row_new_with_range (1, MOS_BACKUP_MAX_KEEP, 1)), _ ("How Many Are _Kept"), _ ("Older ones go once a new one was checked.")));
  self->sealed = ADW_SWITCH_ROW (add_row (group, adw_switch_row_new (), _ ("With a _Passphrase"), _ ("Whoever finds the file cannot read your customers’ mail.")));
  self->passphrase = add_next (group, _ ("_Change Passphrase…"), NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->passphrase), FALSE);
  self->passwords = ADW_SWITCH_ROW (add_row (group, adw_switch_row_new (), _ ("Pass_words of Your Accounts, Too"), _ ("Another computer can then go on at once. Without them it asks for each.")));
  self->state = ADW_ACTION_ROW (add_row (group, adw_action_row_new (), _ ("Last Backup"), NULL));
  self->now_button = gtk_button_new_with_mnemonic (_ ("_Back Up Now"));
  gtk_widget_set_valign (self->now_button, GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (self->state, self->now_button);

  g_signal_connect_object (self->every, "notify::selected", G_CALLBACK (on_every_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->folder, "activated", G_CALLBACK (choose_folder), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->keep, "notify::value", G_CALLBACK (on_keep_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->sealed, "notify::active", G_CALLBACK (on_sealed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->passphrase, "activated", G_CALLBACK (ask_passphrase), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->passwords, "notify::active", G_CALLBACK (on_passwords_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->now_button, "clicked", G_CALLBACK (on_now_cb), self, G_CONNECT_SWAPPED);
}

static void
mos_backup_page_init (MosBackupPage *self)
{
  GtkWidget *view = adw_toolbar_view_new (), *bar = adw_header_bar_new ();
  AdwPreferencesPage *page = ADW_PREFERENCES_PAGE (adw_preferences_page_new ());
  AdwPreferencesGroup *by_hand;
  AdwActionRow *file, *restore;

  self->cancellable = g_cancellable_new ();
  add_automatic (self, add_group (page, _ ("Automatic Backups"), _ ("All that is here in one file, made while you work. Keep it on another drive: this computer may break or be stolen.")));
  by_hand = add_group (page, _ ("By Hand"), NULL);
  file = add_next (by_hand, _ ("Back Up to a F_ile…"), _ ("To keep it elsewhere, or to move to another computer"));
  restore = add_next (by_hand, _ ("_Restore a Backup…"), _ ("What is here now is kept aside."));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (restore), "app.restore-backup");
  g_signal_connect_object (file, "activated", G_CALLBACK (on_file_cb), self, G_CONNECT_SWAPPED);
  adw_header_bar_pack_end (ADW_HEADER_BAR (bar), mos_help_button_new ());
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), bar);
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), GTK_WIDGET (page));
  adw_navigation_page_set_child (ADW_NAVIGATION_PAGE (self), view);
  adw_navigation_page_set_title (ADW_NAVIGATION_PAGE (self), _ ("Backups"));
}

MosBackupPage *
mos_backup_page_new (MosDesk *desk,
                     AdwPreferencesDialog *dialog)
{
  MosBackupPage *self = g_object_new (MOS_TYPE_BACKUP_PAGE, NULL);

  self->desk = g_object_ref (desk);
  g_set_weak_pointer (&self->dialog, dialog);
  g_signal_connect_object (desk, "backup-changed", G_CALLBACK (load), self, G_CONNECT_SWAPPED);
  load (self);
  return self;
}
