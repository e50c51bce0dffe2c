/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-accounts"

#include "config.h"

#include "app/accounts/mos-password-dialog.h"

#include "app/accounts/mos-keyring-alert.h"
#include "app/application/mos-error-text.h"

#include "core/base/mos-error.h"

#include <glib/gi18n.h>

struct _MosPasswordDialog
{
  AdwDialog parent_instance;

  /* Template children */
  GtkLabel *explanation;
  GtkEditable *password;
  GtkLabel *trouble;
  GtkWidget *spinner;
  GtkWidget *save_button;

  /* Owned */
  MosDesk *desk;
  MosAccount *account;
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (MosPasswordDialog, mos_password_dialog, ADW_TYPE_DIALOG)

static void
set_busy (MosPasswordDialog *self,
          gboolean busy)
{
  gtk_widget_set_visible (self->spinner, busy);
  gtk_widget_set_sensitive (GTK_WIDGET (self->password), !busy);
  gtk_widget_set_sensitive (self->save_button, !busy && *gtk_editable_get_text (self->password) != '\0');
}

static void
show_trouble (MosPasswordDialog *self,
              const GError *error)
{
  set_busy (self, FALSE);
  gtk_label_set_label (self->trouble, mos_error_text (error).sentence);
  gtk_widget_set_visible (GTK_WIDGET (self->trouble), TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->password));
}

static void keep_for_run (gpointer dialog);

static void
on_saved_cb (GObject *source,
             GAsyncResult *result,
             gpointer user_data)
{
  g_autoptr (MosPasswordDialog) self = user_data;
  g_autoptr (GError) error = NULL;

  if (mos_desk_save_account_finish (MOS_DESK (source), result, &error))
    adw_dialog_force_close (ADW_DIALOG (self));
  else if (g_error_matches (error, MOS_DESK_ERROR, MOS_DESK_ERROR_NO_SECRET_SERVICE))
    {
      set_busy (self, FALSE);
      mos_keyring_alert_present (GTK_WIDGET (self), keep_for_run, self);
    }
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    show_trouble (self, error);
}

static void
keep_for_run (gpointer dialog)
{
  MosPasswordDialog *self = dialog;

  set_busy (self, TRUE);
  mos_desk_save_account_for_run_async (self->desk, self->account, gtk_editable_get_text (self->password), self->cancellable, on_saved_cb, g_object_ref (self));
}

static void
on_tested_cb (GObject *source,
              GAsyncResult *result,
              gpointer user_data)
{
  g_autoptr (MosPasswordDialog) self = user_data;
  g_autoptr (GError) error = NULL;

  if (mos_desk_test_account_finish (MOS_DESK (source), result, NULL, NULL, NULL, &error))
    mos_desk_save_account_async (self->desk, self->account, gtk_editable_get_text (self->password), self->cancellable, on_saved_cb, g_object_ref (self));
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    show_trouble (self, error);
}

static void
on_changed_cb (MosPasswordDialog *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->trouble), FALSE);
  set_busy (self, FALSE);
}

static void
on_test_progress (const char *stage,
                  gpointer user_data)
{
  /* The spinner says enough. */
}

static void
on_save_cb (MosPasswordDialog *self)
{
  g_autoptr (MosCredential) credential = NULL;

  if (!gtk_widget_get_sensitive (self->save_button))
    return;
  credential = mos_credential_make (MOS_CREDENTIAL_PASSWORD, gtk_editable_get_text (self->password), self->account->authorize_as);
  set_busy (self, TRUE);
  mos_desk_test_account_async (self->desk, self->account, credential, on_test_progress, NULL, self->cancellable, on_tested_cb, g_object_ref (self));
}

static void
mos_password_dialog_closed (AdwDialog *dialog)
{
  g_cancellable_cancel (MOS_PASSWORD_DIALOG (dialog)->cancellable);
}

static void
mos_password_dialog_dispose (GObject *object)
{
  MosPasswordDialog *self = MOS_PASSWORD_DIALOG (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), MOS_TYPE_PASSWORD_DIALOG);
  g_clear_object (&self->desk);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->account, mos_account_unref);
  G_OBJECT_CLASS (mos_password_dialog_parent_class)->dispose (object);
}

static void
mos_password_dialog_class_init (MosPasswordDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mos_password_dialog_dispose;
  ADW_DIALOG_CLASS (klass)->closed = mos_password_dialog_closed;

  gtk_widget_class_set_template_from_resource (widget_class, "/org/mostrador/Mostrador/ui/mos-password-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, MosPasswordDialog, explanation);
  gtk_widget_class_bind_template_child (widget_class, MosPasswordDialog, password);
  gtk_widget_class_bind_template_child (widget_class, MosPasswordDialog, trouble);
  gtk_widget_class_bind_template_child (widget_class, MosPasswordDialog, spinner);
  gtk_widget_class_bind_template_child (widget_class, MosPasswordDialog, save_button);
  gtk_widget_class_bind_template_callback (widget_class, on_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_save_cb);
}

static void
mos_password_dialog_init (MosPasswordDialog *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

MosPasswordDialog *
mos_password_dialog_new (MosDesk *desk,
                         MosAccount *account)
{
  MosPasswordDialog *self = g_object_new (MOS_TYPE_PASSWORD_DIALOG, NULL);
  g_autofree char *text = NULL;

  self->desk = g_object_ref (desk);
  self->account = mos_account_ref (account);
  /* Translators: %s is a mail address. */
  text = g_strdup_printf (_ ("The password of %s. It is tried on the server and then kept in the system’s keyring."), account->address);
  gtk_label_set_label (self->explanation, text);
  return self;
}
