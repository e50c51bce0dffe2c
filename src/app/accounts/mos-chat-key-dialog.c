/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-accounts"

#include "config.h"

#include "app/accounts/mos-chat-key-dialog.h"

#include "app/accounts/mos-chat-form.h"
#include "app/accounts/mos-keyring-alert.h"
#include "app/accounts/mos-server-group.h"
#include "app/help/mos-help-page.h"
#include "app/help/mos-help-places.h"

#include "core/base/mos-error.h"
#include "core/values/mos-account-settings.h"

#include <glib/gi18n.h>
#include <string.h>

struct _MosChatKeyDialog
{
  AdwDialog parent_instance;

  /* Template children */
  GtkLabel *explanation;
  MosChatForm *form;
  GtkWidget *spinner;
  GtkWidget *save_button;

  /* Owned */
  MosDesk *desk;
  MosAccount *account;
  char *key; /* (nullable): that works */
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (MosChatKeyDialog, mos_chat_key_dialog, ADW_TYPE_DIALOG)

static void
set_busy (MosChatKeyDialog *self,
          gboolean busy)
{
  /* What cannot be pressed any more keeps no focus, and the dialog would not hear Escape. */
  if (busy && gtk_widget_has_focus (self->save_button))
    mos_chat_form_focus (self->form);
  gtk_widget_set_visible (self->spinner, busy);
  gtk_widget_set_sensitive (self->save_button, !busy && mos_chat_form_is_complete (self->form));
}

static void keep_for_run (gpointer dialog);

static void
on_saved_cb (GObject *source,
             GAsyncResult *result,
             gpointer user_data)
{
  g_autoptr (MosChatKeyDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean saved = mos_desk_save_account_finish (MOS_DESK (source), result, &error);

  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  set_busy (self, FALSE);
  if (saved)
    adw_dialog_force_close (ADW_DIALOG (self));
  else if (g_error_matches (error, MOS_DESK_ERROR, MOS_DESK_ERROR_NO_SECRET_SERVICE))
    mos_keyring_alert_present (GTK_WIDGET (self), keep_for_run, self);
  else
    mos_chat_form_show_error (self->form, error);
}

static void
keep_for_run (gpointer dialog)
{
  MosChatKeyDialog *self = dialog;

  set_busy (self, TRUE);
  mos_desk_save_account_for_run_async (self->desk, self->account, self->key, self->cancellable, on_saved_cb, g_object_ref (self));
}

static void
on_signed_in_cb (GObject *source,
                 GAsyncResult *result,
                 gpointer user_data)
{
  g_autoptr (MosChatKeyDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *key = NULL;
  g_autoptr (MosAccount) account = mos_desk_sign_in_chat_finish (MOS_DESK (source), result, &key, NULL, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || g_cancellable_is_cancelled (self->cancellable))
    return;
  if (account == NULL)
    {
      set_busy (self, FALSE);
      mos_chat_form_show_error (self->form, error);
      return;
    }
  /* Its customers would be answered in another's name. */
  if (g_strcmp0 (account->address, self->account->address) != 0)
    {
      /* Translators: %1$s and %2$s are how accounts of a chat are called, such as @shop_bot. */
      g_autofree char *text = g_strdup_printf (_ ("It belongs to %1$s, not to %2$s. Nothing was changed. Add the other one as an account of its own."), account->address, self->account->address);

      set_busy (self, FALSE);
      mos_chat_form_show_trouble (self->form, _ ("That is another account’s key"), text, "");
      return;
    }
  g_free (self->key);
  self->key = g_steal_pointer (&key);
  mos_account_unref (self->account);
  self->account = g_steal_pointer (&account);
  mos_desk_save_account_async (self->desk, self->account, self->key, self->cancellable, on_saved_cb, g_object_ref (self));
}

static void
on_changed_cb (MosChatKeyDialog *self)
{
  if (self->account != NULL && !gtk_widget_get_visible (self->spinner))
    set_busy (self, FALSE);
}

static void
on_save_cb (MosChatKeyDialog *self)
{
  g_autofree char *user = NULL;
  g_autofree char *secret = NULL;
  g_autoptr (MosAccount) account = NULL;

  if (!gtk_widget_get_sensitive (self->save_button) || !mos_chat_form_check (self->form))
    return;
  account = mos_account_dup (self->account);
  mos_account_own_settings (account);
  mos_chat_form_apply (self->form, account);
  user = mos_chat_form_dup_user (self->form);
  secret = mos_chat_form_dup_secret (self->form);
  mos_chat_form_hide_trouble (self->form);
  set_busy (self, TRUE);
  mos_desk_sign_in_chat_async (self->desk, account, user, secret, mos_chat_form_is_key (self->form), self->cancellable, on_signed_in_cb, g_object_ref (self));
}

static void
mos_chat_key_dialog_closed (AdwDialog *dialog)
{
  g_cancellable_cancel (MOS_CHAT_KEY_DIALOG (dialog)->cancellable);
}

static void
mos_chat_key_dialog_dispose (GObject *object)
{
  MosChatKeyDialog *self = MOS_CHAT_KEY_DIALOG (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), MOS_TYPE_CHAT_KEY_DIALOG);
  g_clear_object (&self->desk);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->account, mos_account_unref);
  if (self->key != NULL)
    explicit_bzero (self->key, strlen (self->key));
  g_clear_pointer (&self->key, g_free);
  G_OBJECT_CLASS (mos_chat_key_dialog_parent_class)->dispose (object);
}

static void
mos_chat_key_dialog_class_init (MosChatKeyDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mos_chat_key_dialog_dispose;
  ADW_DIALOG_CLASS (klass)->closed = mos_chat_key_dialog_closed;

  g_type_ensure (MOS_TYPE_CHAT_FORM);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/mostrador/Mostrador/ui/mos-chat-key-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, MosChatKeyDialog, explanation);
  gtk_widget_class_bind_template_child (widget_class, MosChatKeyDialog, form);
  gtk_widget_class_bind_template_child (widget_class, MosChatKeyDialog, spinner);
  gtk_widget_class_bind_template_child (widget_class, MosChatKeyDialog, save_button);
  gtk_widget_class_bind_template_callback (widget_class, on_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_save_cb);
}

static void
mos_chat_key_dialog_init (MosChatKeyDialog *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

MosChatKeyDialog *
mos_chat_key_dialog_new (MosDesk *desk,
                         MosAccount *account)
{
  MosChatKeyDialog *self = g_object_new (MOS_TYPE_CHAT_KEY_DIALOG, NULL);
  const MosAccountKind *kind = mos_account_kind_find (account->kind);
  g_autofree char *text = NULL;

  g_return_val_if_fail (kind != NULL && kind->secret_title != NULL, NULL);

  self->desk = g_object_ref (desk);
  self->account = mos_account_ref (account);
  mos_help_set_page (GTK_WIDGET (self), mos_help_find_page_of_kind (kind->kind));
  mos_chat_form_set (self->form, desk, kind, MOS_CHAT_FORM_KEYS, account);
  /* Translators: %s is how a bot is called, such as @shop_bot. */
  text = g_strdup_printf (_ ("The token of %s. It is tried there and then kept in the system’s keyring."), account->address);
  gtk_label_set_label (self->explanation, text);
  if (kind->password_title != NULL)
    {
      adw_dialog_set_title (ADW_DIALOG (self), _ ("Sign In Again"));
      g_free (text);
      /* Translators: %s is how an account of a chat is called, such as @shop:example.org. */
      text = g_strdup_printf (_ ("Signs in as %s again. A password is used once; what the server gives for it is kept in the system’s keyring."), account->address);
      gtk_label_set_label (self->explanation, text);
    }
  mos_chat_form_focus (self->form);
  set_busy (self, FALSE);
  return self;
}
