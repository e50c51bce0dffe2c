/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-preferences"

#include "config.h"

#include "app/preferences/mos-lock-dialog.h"

#include "app/application/mos-lock-window.h"
#include "app/exchange/mos-passphrase-group.h"

#include <glib/gi18n.h>

#define MIN_LETTERS 4

struct _MosLockDialog
{
  AdwDialog parent_instance;

  /* owned by the tree */
  GtkEditable *old;           /* (nullable): there is none yet */
  MosPassphraseGroup *chosen; /* (nullable): it is taken away */
  GtkLabel *trouble;
  GtkWidget *button;

  MosLock *lock; /* (owned) */
  gboolean is_busy;
};

G_DEFINE_FINAL_TYPE (MosLockDialog, mos_lock_dialog, ADW_TYPE_DIALOG)

static void
update (MosLockDialog *self)
{
  const char *chosen = self->chosen != NULL ? mos_passphrase_group_get (self->chosen) : NULL;
  gboolean is_enough = self->chosen == NULL || (chosen != NULL && g_utf8_strlen (chosen, -1) >= MIN_LETTERS);

  gtk_widget_set_sensitive (self->button, !self->is_busy && is_enough && (self->old == NULL || *gtk_editable_get_text (self->old) != '\0'));
}

static void
on_edited_cb (MosLockDialog *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->trouble), FALSE);
  update (self);
}

static void
on_changed_cb (GObject *source,
               GAsyncResult *result,
               gpointer user_data)
{
  g_autoptr (MosLockDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  self->is_busy = FALSE;
  if (mos_lock_change_finish (MOS_LOCK (source), result, &error))
    {
      adw_dialog_force_close (ADW_DIALOG (self));
      return;
    }
  text = error->domain == MOS_LOCK_ERROR ? mos_lock_text (self->lock, error) : g_strdup (error->message);
  gtk_label_set_label (self->trouble, text);
  gtk_widget_set_visible (GTK_WIDGET (self->trouble), TRUE);
  gtk_accessible_announce (GTK_ACCESSIBLE (self->trouble), text, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_HIGH);
  update (self);
  if (self->old != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (self->old));
}

static void
on_button_cb (MosLockDialog *self)
{
  self->is_busy = TRUE;
  update (self);
  mos_lock_change_async (self->lock, self->old != NULL ? gtk_editable_get_text (self->old) : NULL, self->chosen != NULL ? mos_passphrase_group_get (self->chosen) : NULL, NULL, on_changed_cb, g_object_ref (self));
}

static void
mos_lock_dialog_finalize (GObject *object)
{
  g_clear_object (&MOS_LOCK_DIALOG (object)->lock);
  G_OBJECT_CLASS (mos_lock_dialog_parent_class)->finalize (object);
}

static void
mos_lock_dialog_class_init (MosLockDialogClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mos_lock_dialog_finalize;
}

static void
mos_lock_dialog_init (MosLockDialog *self)
{
}

static void
add_old (MosLockDialog *self,
         AdwPreferencesPage *page)
{
  GtkWidget *group = adw_preferences_group_new ();
  GtkWidget *row = adw_password_entry_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ ("_Current Passphrase"));
  adw_preferences_row_set_use_underline (ADW_PREFERENCES_ROW (row), TRUE);
  adw_entry_row_set_activates_default (ADW_ENTRY_ROW (row), TRUE);
  g_signal_connect_object (row, "changed", G_CALLBACK (on_edited_cb), self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  adw_preferences_page_add (page, ADW_PREFERENCES_GROUP (group));
  self->old = GTK_EDITABLE (row);
}

static void
add_trouble (MosLockDialog *self,
             AdwPreferencesPage *page)
{
  GtkWidget *group = adw_preferences_group_new ();
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "error");
  gtk_widget_set_visible (label, FALSE);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), label);
  adw_preferences_page_add (page, ADW_PREFERENCES_GROUP (group));
  self->trouble = GTK_LABEL (label);
}

MosLockDialog *
mos_lock_dialog_new (MosLock *lock,
                     gboolean removes)
{
  MosLockDialog *self = g_object_new (MOS_TYPE_LOCK_DIALOG, NULL);
  AdwPreferencesPage *page = ADW_PREFERENCES_PAGE (adw_preferences_page_new ());
  GtkWidget *view = adw_toolbar_view_new ();
  GtkWidget *bar = adw_header_bar_new ();
  GtkWidget *cancel = gtk_button_new_with_mnemonic (_ ("_Cancel"));

  self->lock = g_object_ref (lock);
  self->button = gtk_button_new_with_mnemonic (removes ? _ ("_Remove") : _ ("_Set"));
  gtk_widget_add_css_class (self->button, removes ? "destructive-action" : "suggested-action");
  g_signal_connect_object (self->button, "clicked", G_CALLBACK (on_button_cb), self, G_CONNECT_SWAPPED);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (cancel), "window.close");
  adw_header_bar_set_show_start_title_buttons (ADW_HEADER_BAR (bar), FALSE);
  adw_header_bar_set_show_end_title_buttons (ADW_HEADER_BAR (bar), FALSE);
  adw_header_bar_pack_start (ADW_HEADER_BAR (bar), cancel);
  adw_header_bar_pack_end (ADW_HEADER_BAR (bar), self->button);

  if (mos_lock_is_set (lock))
    add_old (self, page);
  if (!removes)
    {
      self->chosen = mos_passphrase_group_new ();
      adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self->chosen), _ ("At least four letters. It locks the window, and does not encrypt what is stored."));
      g_signal_connect_object (self->chosen, "changed", G_CALLBACK (on_edited_cb), self, G_CONNECT_SWAPPED);
      adw_preferences_page_add (page, ADW_PREFERENCES_GROUP (self->chosen));
    }
  add_trouble (self, page);
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), bar);
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), GTK_WIDGET (page));
  adw_dialog_set_child (ADW_DIALOG (self), view);
  adw_dialog_set_title (ADW_DIALOG (self), removes ? _ ("Remove the Lock") : _ ("Passphrase of the Lock"));
  adw_dialog_set_content_width (ADW_DIALOG (self), 440);
  adw_dialog_set_default_widget (ADW_DIALOG (self), self->button);
  adw_dialog_set_focus (ADW_DIALOG (self), self->old != NULL ? GTK_WIDGET (self->old) : GTK_WIDGET (self->chosen));
  gtk_widget_add_css_class (GTK_WIDGET (self), "mos-plain");
  update (self);
  return self;
}
