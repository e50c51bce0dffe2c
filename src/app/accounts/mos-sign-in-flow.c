/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-accounts"

#include "config.h"

#include "app/accounts/mos-sign-in-flow.h"

#include "app/accounts/mos-account-test-page.h"
#include "app/accounts/mos-error-alert.h"
#include "app/accounts/mos-keyring-alert.h"
#include "app/accounts/mos-server-group.h"
#include "app/accounts/mos-sign-in-page.h"

#include "core/base/mos-error.h"

#include <glib/gi18n.h>

struct _MosSignInFlow
{
  GObject parent_instance;

  /* The dialog has this. */
  AdwDialog *dialog;
  AdwNavigationView *navigation;
  MosSignInGroup *group;
  GtkWidget *button; /* (nullable) */

  /* Owned */
  MosDesk *desk;
  char *back_tag;
  MosAccount *account;    /* (nullable): as it is tried, later kept */
  MosOAuthTokens *tokens; /* (nullable): of a sign-in just now */
  MosSignInPage *sign_in_page;
  MosAccountTestPage *test_page;
  GCancellable *cancellable;
};

enum
{
  PASSED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (MosSignInFlow, mos_sign_in_flow, G_TYPE_OBJECT)

static void
set_account (MosSignInFlow *self,
             MosAccount *account)
{
  mos_account_ref (account);
  g_clear_pointer (&self->account, mos_account_unref);
  self->account = account;
}

/* --- tried live --- */

static void
try_out (MosSignInFlow *self)
{
  const char *password = mos_sign_in_group_get_password (self->group);
  g_autoptr (MosCredential) credential = NULL;

  /* Without a new password the kept one is tried. */
  if (self->tokens != NULL)
    credential = mos_credential_make (MOS_CREDENTIAL_TOKEN, self->tokens->access, self->account->authorize_as);
  else if (*password != '\0')
    credential = mos_credential_make (MOS_CREDENTIAL_PASSWORD, password, self->account->authorize_as);
  adw_navigation_view_push (self->navigation, ADW_NAVIGATION_PAGE (self->test_page));
  mos_account_test_page_start (self->test_page, self->account, credential);
}

static void
on_signed_in_cb (MosSignInFlow *self,
                 MosOAuthTokens *tokens)
{
  self->tokens = mos_oauth_tokens_ref (tokens);
  adw_navigation_view_pop (self->navigation);
  try_out (self);
}

static void
on_edit_cb (MosSignInFlow *self)
{
  adw_navigation_view_pop_to_tag (self->navigation, self->back_tag);
}

static void
on_popped_cb (MosSignInFlow *self,
              AdwNavigationPage *page)
{
  if (page == ADW_NAVIGATION_PAGE (self->test_page))
    mos_account_test_page_cancel (self->test_page);
  else if (page == ADW_NAVIGATION_PAGE (self->sign_in_page))
    mos_sign_in_page_cancel (self->sign_in_page);
}

static void
on_passed_cb (MosSignInFlow *self,
              MosAccount *account)
{
  set_account (self, account);
  g_signal_emit (self, signals[PASSED], 0, account);
}

/* --- kept --- */

static void save (MosSignInFlow *self, gboolean is_for_run);

static void
keep_for_run (gpointer flow)
{
  save (flow, TRUE);
}

static void
on_saved_cb (GObject *source,
             GAsyncResult *result,
             gpointer user_data)
{
  g_autoptr (MosSignInFlow) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean saved = mos_desk_save_account_finish (MOS_DESK (source), result, &error);

  /* The dialog may be gone. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || g_cancellable_is_cancelled (self->cancellable))
    return;
  if (self->button != NULL)
    gtk_widget_set_sensitive (self->button, TRUE);
  if (saved)
    adw_dialog_force_close (self->dialog);
  else if (g_error_matches (error, MOS_DESK_ERROR, MOS_DESK_ERROR_NO_SECRET_SERVICE))
    mos_keyring_alert_present (GTK_WIDGET (self->dialog), keep_for_run, self);
  else
    mos_error_alert_present (GTK_WIDGET (self->dialog), error);
}

static void
save (MosSignInFlow *self,
      gboolean is_for_run)
{
  const char *password = mos_sign_in_group_get_password (self->group);

  if (self->button != NULL)
    gtk_widget_set_sensitive (self->button, FALSE);
  if (self->tokens != NULL)
    mos_desk_save_signed_in_async (self->desk, self->account, self->tokens, mos_sign_in_group_get_client_secret (self->group), is_for_run, self->cancellable, on_saved_cb, g_object_ref (self));
  else if (is_for_run)
    mos_desk_save_account_for_run_async (self->desk, self->account, password, self->cancellable, on_saved_cb, g_object_ref (self));
  else
    mos_desk_save_account_async (self->desk, self->account, *password != '\0' ? password : NULL, self->cancellable, on_saved_cb, g_object_ref (self));
}

/* --- class --- */

static void
mos_sign_in_flow_dispose (GObject *object)
{
  MosSignInFlow *self = MOS_SIGN_IN_FLOW (object);

  g_clear_object (&self->test_page);
  g_clear_object (&self->sign_in_page);
  g_clear_pointer (&self->tokens, mos_oauth_tokens_unref);
  g_clear_pointer (&self->account, mos_account_unref);
  g_clear_pointer (&self->back_tag, g_free);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (mos_sign_in_flow_parent_class)->dispose (object);
}

static void
mos_sign_in_flow_class_init (MosSignInFlowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = mos_sign_in_flow_dispose;

  signals[PASSED] = g_signal_new ("passed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, mos_account_get_type ());
}

static void
mos_sign_in_flow_init (MosSignInFlow *self)
{
  self->cancellable = g_cancellable_new ();
}

MosSignInFlow *
mos_sign_in_flow_new (MosDesk *desk,
                      AdwDialog *dialog,
                      AdwNavigationView *navigation,
                      MosSignInGroup *group,
                      const char *back_tag)
{
  MosSignInFlow *self = g_object_new (MOS_TYPE_SIGN_IN_FLOW, NULL);

  self->desk = g_object_ref (desk);
  self->dialog = dialog;
  self->navigation = navigation;
  self->group = group;
  self->back_tag = g_strdup (back_tag);
  self->test_page = g_object_ref_sink (mos_account_test_page_new (desk));
  self->sign_in_page = g_object_ref_sink (mos_sign_in_page_new (desk));
  g_signal_connect_object (self->test_page, "passed", G_CALLBACK (on_passed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->test_page, "edit", G_CALLBACK (on_edit_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->sign_in_page, "signed-in", G_CALLBACK (on_signed_in_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->sign_in_page, "edit", G_CALLBACK (on_edit_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (navigation, "popped", G_CALLBACK (on_popped_cb), self, G_CONNECT_SWAPPED);
  return self;
}

void
mos_sign_in_flow_start (MosSignInFlow *self,
                        MosAccount *account)
{
  g_autoptr (MosAccount) tried = NULL;

  g_return_if_fail (MOS_IS_SIGN_IN_FLOW (self));
  g_return_if_fail (account != NULL);

  tried = mos_account_dup (account);
  mos_sign_in_group_apply (self->group, tried);
  set_account (self, tried);
  g_clear_pointer (&self->tokens, mos_oauth_tokens_unref);
  if (tried->oauth == NULL)
    {
      try_out (self);
      return;
    }
  adw_navigation_view_push (self->navigation, ADW_NAVIGATION_PAGE (self->sign_in_page));
  mos_sign_in_page_start (self->sign_in_page, tried, mos_sign_in_group_get_client_secret (self->group));
}

void
mos_sign_in_flow_save (MosSignInFlow *self,
                       MosAccount *account,
                       GtkWidget *button)
{
  g_return_if_fail (MOS_IS_SIGN_IN_FLOW (self));
  g_return_if_fail (account != NULL);

  set_account (self, account);
  self->button = button;
  save (self, FALSE);
}

void
mos_sign_in_flow_cancel (MosSignInFlow *self)
{
  g_return_if_fail (MOS_IS_SIGN_IN_FLOW (self));

  g_cancellable_cancel (self->cancellable);
  mos_account_test_page_cancel (self->test_page);
  mos_sign_in_page_cancel (self->sign_in_page);
}
