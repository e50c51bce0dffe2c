/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-accounts"

#include "config.h"

#include "app/accounts/mos-account-setup.h"

#include "app/accounts/mos-server-group.h"
#include "app/accounts/mos-sign-in-flow.h"
#include "app/accounts/mos-sign-in-group.h"
#include "app/application/mos-error-text.h"
#include "app/help/mos-help-button.h"

#include "core/base/mos-error.h"

#include <glib/gi18n.h>

struct _MosAccountSetup
{
  AdwDialog parent_instance;

  /* Template children */
  AdwToastOverlay *toasts;
  AdwNavigationView *navigation;
  GtkEditable *name;
  GtkEditable *address;
  GtkEditable *password;
  GtkLabel *who_trouble;
  GtkWidget *find_button;
  GtkStack *find_stack;
  GtkLabel *found;
  GtkWidget *note_box;
  GtkLabel *note;
  GtkLinkButton *help;
  MosSignInGroup *method;
  MosServerGroup *imap;
  MosServerGroup *smtp;
  GtkButton *test_button;
  AdwNavigationPage *since_page;
  AdwComboRow *since;
  GtkWidget *save_button;

  /* Owned */
  MosDesk *desk;
  GCancellable *cancellable;
  MosAccount *account; /* (nullable): found, later tested */
  MosSignInFlow *flow;
};

G_DEFINE_FINAL_TYPE (MosAccountSetup, mos_account_setup, ADW_TYPE_DIALOG)

static char *
dup_text (GtkEditable *editable)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (editable)));
}

static void
set_trouble (MosAccountSetup *self,
             const char *text)
{
  gtk_label_set_label (self->who_trouble, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->who_trouble), text != NULL);
}

static gboolean
is_address (const char *text)
{
  const char *at = strchr (text, '@');

  return at != NULL && at != text && at[1] != '\0' && strchr (at + 1, '@') == NULL && strpbrk (text, " \t<>,;") == NULL;
}

static void
on_who_changed_cb (MosAccountSetup *self)
{
  g_autofree char *address = dup_text (self->address);
  gboolean searching = g_str_equal (gtk_stack_get_visible_child_name (self->find_stack), "spinner");

  set_trouble (self, NULL);
  gtk_widget_set_sensitive (self->find_button, is_address (address) && !searching);
}

static void
on_servers_changed_cb (MosAccountSetup *self)
{
  gtk_widget_set_sensitive (GTK_WIDGET (self->test_button), mos_server_group_is_valid (self->imap) && mos_server_group_is_valid (self->smtp) && mos_sign_in_group_is_valid (self->method));
  gtk_button_set_label (self->test_button, mos_sign_in_group_is_oauth (self->method) ? _ ("_Sign In in the Browser") : _ ("_Try It Out"));
}

/* --- 1 to 2: what is known about the address --- */

/* The client id that another account uses already is the owner's, too. */
static const char *
find_client_id (MosAccountSetup *self,
                const char *provider)
{
  GListModel *accounts = mos_desk_get_accounts (self->desk);

  for (guint i = 0; i < g_list_model_get_n_items (accounts); i++)
    {
      g_autoptr (MosAccountItem) item = g_list_model_get_item (accounts, i);
      MosAccount *account = mos_account_item_get_account (item);

      /* The list keeps it alive. */
      if (account->oauth != NULL && g_strcmp0 (account->oauth->provider, provider) == 0)
        return account->oauth->client_id;
    }
  return NULL;
}

static void
show_guess (MosAccountSetup *self,
            MosAccountGuess *guess)
{
  g_autofree char *found = NULL;
  const char *note = NULL;

  g_clear_pointer (&self->account, mos_account_unref);
  self->account = mos_account_ref (guess->account);

  if (g_str_equal (guess->source, "provider") && guess->provider != NULL)
    /* Translators: %s is the name of a mail provider. */
    found = g_strdup_printf (_ ("This is an address of %s. Its servers are known."), guess->provider);
  else if (g_str_equal (guess->source, "srv"))
    found = g_strdup (_ ("The domain itself names its mail servers."));
  else
    found = g_strdup (_ ("These servers are a guess. Your provider’s help page has the right ones, should they not work."));
  gtk_label_set_label (self->found, found);

  if (g_strcmp0 (guess->note, "app-password") == 0)
    note = _ ("This provider does not take the usual password here. Make an app password on its page and use that one.");
  else if (g_strcmp0 (guess->note, "oauth-only") == 0)
    note = _ ("This provider takes no password here, only a sign-in through its own web page.");
  else if (g_strcmp0 (guess->note, "bridge") == 0)
    note = _ ("This provider’s mail can only be reached through its own bridge program, which must be running on this computer.");
  gtk_widget_set_visible (self->note_box, note != NULL);
  gtk_label_set_label (self->note, note != NULL ? note : "");
  gtk_widget_set_visible (GTK_WIDGET (self->help), guess->help_url != NULL);
  if (guess->help_url != NULL)
    gtk_link_button_set_uri (self->help, guess->help_url);

  /* Whoever gave a password and is not told that it is worth nothing means to use it. */
  mos_sign_in_group_set_account (self->method, guess->account, FALSE);
  mos_sign_in_group_set_password (self->method, gtk_editable_get_text (self->password));
  if (guess->oauth_provider != NULL && (g_strcmp0 (guess->note, "oauth-only") == 0 || *gtk_editable_get_text (self->password) == '\0'))
    mos_sign_in_group_suggest (self->method, guess->oauth_provider, find_client_id (self, guess->oauth_provider));
  mos_server_group_set_server (self->imap, guess->account->imap);
  mos_server_group_set_server (self->smtp, guess->account->smtp);
  on_servers_changed_cb (self);
  adw_navigation_view_push_by_tag (self->navigation, "servers");
}

static void
on_discovered_cb (GObject *source,
                  GAsyncResult *result,
                  gpointer user_data)
{
  g_autoptr (MosAccountSetup) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) guesses = mos_desk_discover_finish (MOS_DESK (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  gtk_stack_set_visible_child_name (self->find_stack, "label");
  on_who_changed_cb (self);
  if (guesses == NULL || guesses->len == 0)
    {
      MosErrorText text = mos_error_text (error);

      set_trouble (self, text.sentence);
      return;
    }
  show_guess (self, g_ptr_array_index (guesses, 0));
}

static void
on_find_cb (MosAccountSetup *self)
{
  g_autofree char *name = dup_text (self->name);
  g_autofree char *address = dup_text (self->address);

  if (!gtk_widget_get_sensitive (self->find_button))
    return;
  gtk_stack_set_visible_child_name (self->find_stack, "spinner");
  gtk_widget_set_sensitive (self->find_button, FALSE);
  mos_desk_discover_async (self->desk, name, address, self->cancellable, on_discovered_cb, g_object_ref (self));
}

/* --- 2 to 3: tried live --- */

static void
on_test_cb (MosAccountSetup *self)
{
  g_autoptr (MosAccount) account = mos_account_dup (self->account);
  g_autofree char *name = dup_text (self->name);

  g_set_str (&account->name, *name != '\0' ? name : account->address);
  mos_server_unref (account->imap);
  mos_server_unref (account->smtp);
  account->imap = mos_server_group_dup_server (self->imap);
  account->smtp = mos_server_group_dup_server (self->smtp);
  mos_sign_in_flow_start (self->flow, account);
}

static void
on_passed_cb (MosAccountSetup *self,
              MosAccount *account)
{
  mos_account_ref (account);
  g_clear_pointer (&self->account, mos_account_unref);
  self->account = account;
  adw_navigation_view_push_by_tag (self->navigation, "since");
}

/* --- 4: kept --- */

static void
on_save_cb (MosAccountSetup *self)
{
  static const int days[] = { 7, 14, 30, 90, 0 };
  g_autoptr (MosAccount) account = mos_account_dup (self->account);
  guint chosen = MIN (adw_combo_row_get_selected (self->since), G_N_ELEMENTS (days) - 1);

  account->work_since_us = g_get_real_time () - days[chosen] * G_TIME_SPAN_DAY;
  mos_sign_in_flow_save (self->flow, account, self->save_button);
}

/* --- class --- */

static void
mos_account_setup_dispose (GObject *object)
{
  MosAccountSetup *self = MOS_ACCOUNT_SETUP (object);

  if (self->flow != NULL)
    mos_sign_in_flow_cancel (self->flow);
  g_clear_object (&self->flow);
  gtk_widget_dispose_template (GTK_WIDGET (self), MOS_TYPE_ACCOUNT_SETUP);
  g_clear_object (&self->desk);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->account, mos_account_unref);
  G_OBJECT_CLASS (mos_account_setup_parent_class)->dispose (object);
}

/* The pending calls hold a reference, so closing, not disposal, ends them. */
static void
mos_account_setup_closed (AdwDialog *dialog)
{
  MosAccountSetup *self = MOS_ACCOUNT_SETUP (dialog);

  g_cancellable_cancel (self->cancellable);
  mos_sign_in_flow_cancel (self->flow);
}

static void
mos_account_setup_class_init (MosAccountSetupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mos_account_setup_dispose;
  ADW_DIALOG_CLASS (klass)->closed = mos_account_setup_closed;

  g_type_ensure (MOS_TYPE_SERVER_GROUP);
  g_type_ensure (MOS_TYPE_SIGN_IN_GROUP);
  g_type_ensure (MOS_TYPE_HELP_BUTTON);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/mostrador/Mostrador/ui/mos-account-setup.ui");
  gtk_widget_class_bind_template_child (widget_class, MosAccountSetup, toasts);
  gtk_widget_class_bind_template_child (widget_class, MosAccountSetup, navigation);
  gtk_widget_class_bind_template_child (widget_class, MosAccountSetup, name);
  gtk_widget_class_bind_template_child (widget_class, MosAccountSetup, address);
  gtk_widget_class_bind_template_child (widget_class, MosAccountSetup, password);
  gtk_widget_class_bind_template_child (widget_class, MosAccountSetup, who_trouble);
  gtk_widget_class_bind_template_child (widget_class, MosAccountSetup, find_button);
  gtk_widget_class_bind_template_child (widget_class, MosAccountSetup, find_stack);
  gtk_widget_class_bind_template_child (widget_class, MosAccountSetup, found);
  gtk_widget_class_bind_template_child (widget_class, MosAccountSetup, note_box);
  gtk_widget_class_bind_template_child (widget_class, MosAccountSetup, note);
  gtk_widget_class_bind_template_child (widget_class, MosAccountSetup, help);
  gtk_widget_class_bind_template_child (widget_class, MosAccountSetup, method);
  gtk_widget_class_bind_template_child (widget_class, MosAccountSetup, imap);
  gtk_widget_class_bind_template_child (widget_class, MosAccountSetup, smtp);
  gtk_widget_class_bind_template_child (widget_class, MosAccountSetup, test_button);
  gtk_widget_class_bind_template_child (widget_class, MosAccountSetup, since_page);
  gtk_widget_class_bind_template_child (widget_class, MosAccountSetup, since);
  gtk_widget_class_bind_template_child (widget_class, MosAccountSetup, save_button);
  gtk_widget_class_bind_template_callback (widget_class, on_find_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_save_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_servers_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_test_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_who_changed_cb);
}

static void
mos_account_setup_init (MosAccountSetup *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  on_who_changed_cb (self);
}

MosAccountSetup *
mos_account_setup_new (MosDesk *desk)
{
  MosAccountSetup *self = g_object_new (MOS_TYPE_ACCOUNT_SETUP, NULL);

  self->desk = g_object_ref (desk);
  self->flow = mos_sign_in_flow_new (desk, ADW_DIALOG (self), self->navigation, self->method, "servers");
  g_signal_connect_object (self->flow, "passed", G_CALLBACK (on_passed_cb), self, G_CONNECT_SWAPPED);
  return self;
}
