/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-accounts"

#include "config.h"

#include "app/accounts/mos-sign-in-dialog.h"

#include "app/accounts/mos-account-test-page.h"
#include "app/accounts/mos-keyring-alert.h"
#include "app/accounts/mos-server-group.h"
#include "app/accounts/mos-sign-in-group.h"
#include "app/accounts/mos-sign-in-page.h"
#include "app/application/mos-error-text.h"

#include "core/base/mos-error.h"

#include <glib/gi18n.h>

struct _MosSignInDialog
{
  AdwDialog parent_instance;

  /* Template children */
  AdwNavigationView *navigation;
  GtkLabel *explanation;
  MosSignInGroup *group;
  GtkWidget *continue_button;

  /* Owned */
  MosDesk *desk;
  MosAccount *account;    /* as it is, later as it is tried */
  MosOAuthTokens *tokens; /* (nullable) */
  MosSignInPage *sign_in_page;
  MosAccountTestPage *test_page;
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (MosSignInDialog, mos_sign_in_dialog, ADW_TYPE_DIALOG)

static void
on_changed_cb (MosSignInDialog *self)
{
  gtk_widget_set_sensitive (self->continue_button, mos_sign_in_group_is_valid (self->group));
  gtk_button_set_label (GTK_BUTTON (self->continue_button), mos_sign_in_group_is_oauth (self->group) ? _ ("_Sign In in the Browser") : _ ("_Try It Out"));
}

static void
test (MosSignInDialog *self)
{
  g_autoptr (MosCredential) credential = NULL;

  if (self->tokens != NULL)
    credential = mos_credential_make (MOS_CREDENTIAL_TOKEN, self->tokens->access, self->account->authorize_as);
  else if (*mos_sign_in_group_get_password (self->group) != '\0')
    credential = mos_credential_make (MOS_CREDENTIAL_PASSWORD, mos_sign_in_group_get_password (self->group), self->account->authorize_as);
  adw_navigation_view_push (self->navigation, ADW_NAVIGATION_PAGE (self->test_page));
  mos_account_test_page_start (self->test_page, self->account, credential);
}

static void
on_continue_cb (MosSignInDialog *self)
{
  MosAccount *account = mos_account_dup (self->account);

  mos_sign_in_group_apply (self->group, account);
  g_clear_pointer (&self->account, mos_account_unref);
  self->account = account;
  g_clear_pointer (&self->tokens, mos_oauth_tokens_unref);
  if (account->oauth == NULL)
    {
      test (self);
      return;
    }
  adw_navigation_view_push (self->navigation, ADW_NAVIGATION_PAGE (self->sign_in_page));
  mos_sign_in_page_start (self->sign_in_page, account, mos_sign_in_group_get_client_secret (self->group));
}

static void
on_signed_in_cb (MosSignInDialog *self,
                 MosOAuthTokens *tokens)
{
  self->tokens = mos_oauth_tokens_ref (tokens);
  adw_navigation_view_pop (self->navigation);
  test (self);
}

static void
on_edit_cb (MosSignInDialog *self)
{
  adw_navigation_view_pop_to_tag (self->navigation, "method");
}

static void
on_popped_cb (MosSignInDialog *self,
              AdwNavigationPage *page)
{
  if (page == ADW_NAVIGATION_PAGE (self->test_page))
    mos_account_test_page_cancel (self->test_page);
  else if (page == ADW_NAVIGATION_PAGE (self->sign_in_page))
    mos_sign_in_page_cancel (self->sign_in_page);
}

/* --- kept --- */

static void keep_for_run (GtkWidget *widget);

static void
on_saved_cb (GObject *source,
             GAsyncResult *result,
             gpointer user_data)
{
  g_autoptr (MosSignInDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  MosErrorText text;
  AdwDialog *alert;

  if (mos_desk_save_account_finish (MOS_DESK (source), result, &error))
    {
      adw_dialog_force_close (ADW_DIALOG (self));
      return;
    }
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (g_error_matches (error, MOS_DESK_ERROR, MOS_DESK_ERROR_NO_SECRET_SERVICE))
    {
      mos_keyring_alert_present (GTK_WIDGET (self), keep_for_run);
      return;
    }
  text = mos_error_text (error);
  alert = adw_alert_dialog_new (text.title, NULL);
  adw_alert_dialog_format_body (ADW_ALERT_DIALOG (alert), "%s %s", text.sentence, text.step);
  adw_alert_dialog_add_response (ADW_ALERT_DIALOG (alert), "close", _ ("_Close"));
  adw_dialog_present (alert, GTK_WIDGET (self));
}

static void
save (MosSignInDialog *self,
      gboolean is_for_run)
{
  const char *password = mos_sign_in_group_get_password (self->group);

  if (self->tokens != NULL)
    mos_desk_save_signed_in_async (self->desk, self->account, self->tokens, mos_sign_in_group_get_client_secret (self->group), is_for_run, self->cancellable, on_saved_cb, g_object_ref (self));
  else if (is_for_run)
    mos_desk_save_account_for_run_async (self->desk, self->account, password, self->cancellable, on_saved_cb, g_object_ref (self));
  else
    mos_desk_save_account_async (self->desk, self->account, *password != '\0' ? password : NULL, self->cancellable, on_saved_cb, g_object_ref (self));
}

static void
keep_for_run (GtkWidget *widget)
{
  save (MOS_SIGN_IN_DIALOG (widget), TRUE);
}

static void
on_passed_cb (MosSignInDialog *self,
              MosAccount *account)
{
  mos_account_ref (account);
  g_clear_pointer (&self->account, mos_account_unref);
  self->account = account;
  save (self, FALSE);
}

/* --- class --- */

static void
mos_sign_in_dialog_closed (AdwDialog *dialog)
{
  MosSignInDialog *self = MOS_SIGN_IN_DIALOG (dialog);

  g_cancellable_cancel (self->cancellable);
  mos_account_test_page_cancel (self->test_page);
  mos_sign_in_page_cancel (self->sign_in_page);
}

static void
mos_sign_in_dialog_dispose (GObject *object)
{
  MosSignInDialog *self = MOS_SIGN_IN_DIALOG (object);

  g_clear_object (&self->test_page);
  g_clear_object (&self->sign_in_page);
  gtk_widget_dispose_template (GTK_WIDGET (self), MOS_TYPE_SIGN_IN_DIALOG);
  g_clear_pointer (&self->tokens, mos_oauth_tokens_unref);
  g_clear_pointer (&self->account, mos_account_unref);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (mos_sign_in_dialog_parent_class)->dispose (object);
}

static void
mos_sign_in_dialog_class_init (MosSignInDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mos_sign_in_dialog_dispose;
  ADW_DIALOG_CLASS (klass)->closed = mos_sign_in_dialog_closed;

  g_type_ensure (MOS_TYPE_SIGN_IN_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/mostrador/Mostrador/ui/mos-sign-in-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, MosSignInDialog, navigation);
  gtk_widget_class_bind_template_child (widget_class, MosSignInDialog, explanation);
  gtk_widget_class_bind_template_child (widget_class, MosSignInDialog, group);
  gtk_widget_class_bind_template_child (widget_class, MosSignInDialog, continue_button);
  gtk_widget_class_bind_template_callback (widget_class, on_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_continue_cb);
}

static void
mos_sign_in_dialog_init (MosSignInDialog *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (self->navigation, "popped", G_CALLBACK (on_popped_cb), self, G_CONNECT_SWAPPED);
}

MosSignInDialog *
mos_sign_in_dialog_new (MosDesk *desk,
                        MosAccount *account)
{
  MosSignInDialog *self = g_object_new (MOS_TYPE_SIGN_IN_DIALOG, NULL);
  /* Translators: %s is a mail address. */
  g_autofree char *text = g_strdup_printf (_ ("How Mostrador gets at the mail of %s. It is tried on the servers before it is kept; secrets go into the system’s keyring."), account->address);

  self->desk = g_object_ref (desk);
  self->account = mos_account_ref (account);
  gtk_label_set_label (self->explanation, text);
  self->test_page = g_object_ref_sink (mos_account_test_page_new (desk));
  g_signal_connect_object (self->test_page, "passed", G_CALLBACK (on_passed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->test_page, "edit", G_CALLBACK (on_edit_cb), self, G_CONNECT_SWAPPED);
  self->sign_in_page = g_object_ref_sink (mos_sign_in_page_new (desk));
  g_signal_connect_object (self->sign_in_page, "signed-in", G_CALLBACK (on_signed_in_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->sign_in_page, "edit", G_CALLBACK (on_edit_cb), self, G_CONNECT_SWAPPED);
  mos_sign_in_group_set_account (self->group, account, TRUE);
  on_changed_cb (self);
  return self;
}
