/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
/* The window and every dialog of it, on a real profile without network. */
#include "config.h"

#include "app/accounts/mos-account-dialog.h"
#include "app/accounts/mos-account-setup.h"
#include "app/accounts/mos-password-dialog.h"
#include "app/application/mos-about.h"
#include "app/inbox/mos-conversation-pane.h"
#include "app/inbox/mos-pick-dialogs.h"
#include "app/inbox/mos-snooze-dialog.h"
#include "app/inbox/mos-tag-dialog.h"
#include "app/preferences/mos-preferences-dialog.h"
#include "app/window/mos-window.h"

#include "core/base/mos-error.h"
#include "core/store/mos-store-accounts.h"

#include "mos-test-store.h"

static gboolean
save_account (MosTxn *txn,
              gpointer data,
              GCancellable *cancellable,
              GError **error)
{
  return mos_store_account_save (txn, data, error);
}

static MosServer *
make_server (guint16 port)
{
  MosServer *server = mos_server_new ();

  server->host = g_strdup ("mail.shop.example");
  server->port = port;
  server->user = g_strdup ("support@shop.example");
  return server;
}

static void
add_account (MosStore *store)
{
  g_autoptr (MosAccount) account = mos_account_new ();
  g_autoptr (GError) error = NULL;

  account->id = g_strdup ("a1");
  account->kind = g_strdup ("email");
  account->name = g_strdup ("Support");
  account->address = g_strdup ("support@shop.example");
  account->aliases = g_new0 (char *, 1);
  account->imap = make_server (993);
  account->smtp = make_server (465);
  account->signature = g_strdup ("Lucía");
  mos_store_write_sync (store, NULL, NULL, save_account, account, NULL, NULL, &error);
  g_assert_no_error (error);
}

static GtkWidget *
find_named (GtkWidget *widget,
            GType type,
            const char *property,
            const char *value)
{
  if (g_type_is_a (G_OBJECT_TYPE (widget), type))
    {
      g_autofree char *text = NULL;

      g_object_get (widget, property, &text, NULL);
      if (g_strcmp0 (text, value) == 0)
        return widget;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_named (child, type, property, value);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static gboolean
shows (MosWindow *window,
       const char *title)
{
  GtkWidget *page = find_named (GTK_WIDGET (window), ADW_TYPE_STATUS_PAGE, "title", title);

  return page != NULL && gtk_widget_get_mapped (page);
}

static void
finish_desk (MosDesk *desk)
{
  mos_desk_stop_sync (desk);
  mos_test_settle (20);
}

static void
test_first_run (void)
{
  g_autoptr (MosTestStore) store = mos_test_store_new ();
  g_autoptr (MosDesk) desk = mos_desk_new (store->store, MOS_DESK_FLAG_OFFLINE);
  MosWindow *window = mos_window_new (NULL);

  mos_desk_start (desk);
  gtk_window_present (GTK_WINDOW (window));
  mos_window_set_desk (window, desk);
  mos_test_wait (shows (window, "Welcome to Mostrador"), 5000);
  /* Return does what is offered first. */
  g_assert_true (GTK_IS_BUTTON (gtk_window_get_focus (GTK_WINDOW (window))));
  g_assert_cmpstr (gtk_actionable_get_action_name (GTK_ACTIONABLE (gtk_window_get_focus (GTK_WINDOW (window)))), ==, "win.add-account");

  add_account (store->store);
  mos_test_wait (shows (window, "Nothing is open"), 5000);
  gtk_window_destroy (GTK_WINDOW (window));
  finish_desk (desk);
}

static void
test_not_welcome (void)
{
  g_autoptr (MosTestStore) store = mos_test_store_new ();
  g_autoptr (MosDesk) desk = NULL;
  MosWindow *window = mos_window_new (NULL);

  g_test_summary ("A profile with accounts never shows the first-run page, not even for a moment");
  add_account (store->store);
  desk = mos_desk_new (store->store, MOS_DESK_FLAG_OFFLINE);
  mos_desk_start (desk);
  gtk_window_present (GTK_WINDOW (window));
  mos_window_set_desk (window, desk);
  while (!shows (window, "Nothing is open"))
    {
      g_assert_false (shows (window, "Welcome to Mostrador"));
      mos_test_settle (1);
    }
  gtk_window_destroy (GTK_WINDOW (window));
  finish_desk (desk);
}

static void
test_errors (void)
{
  MosWindow *window = mos_window_new (NULL);
  g_autoptr (GError) error = g_error_new_literal (MOS_STORE_ERROR, MOS_STORE_ERROR_SCHEMA_TOO_NEW, "version 99");

  gtk_window_present (GTK_WINDOW (window));
  mos_window_set_error (window, error, "/profile");
  mos_test_wait (shows (window, "This profile is from a newer Mostrador"), 5000);
  gtk_window_destroy (GTK_WINDOW (window));
  mos_test_settle (20);
}

static void
test_views (void)
{
  static const struct
  {
    const char *view;
    const char *title;
  } table[] = {
    { "mine", "Nothing is yours" },
    { "failed", "Everything was sent" },
    { "quarantine", "The quarantine is empty" },
    { "deleted", "Nothing deleted" },
  };
  g_autoptr (MosTestStore) store = mos_test_store_new ();
  g_autoptr (MosDesk) desk = NULL;
  MosWindow *window = mos_window_new (NULL);

  add_account (store->store);
  desk = mos_desk_new (store->store, MOS_DESK_FLAG_OFFLINE);
  mos_desk_start (desk);
  gtk_window_present (GTK_WINDOW (window));
  mos_window_set_desk (window, desk);
  mos_test_wait (shows (window, "Nothing is open"), 5000);
  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_assert_true (gtk_widget_activate_action (GTK_WIDGET (window), "win.show-view", "s", table[i].view));
      mos_test_wait (shows (window, table[i].title), 5000);
    }
  gtk_window_destroy (GTK_WINDOW (window));
  finish_desk (desk);
}

static void
present_and_close (GtkWidget *window,
                   AdwDialog *dialog)
{
  adw_dialog_present (dialog, window);
  mos_test_wait (gtk_widget_get_mapped (GTK_WIDGET (dialog)), 5000);
  adw_dialog_force_close (dialog);
  mos_test_settle (20);
}

static void
test_dialogs (void)
{
  g_autoptr (MosTestStore) store = mos_test_store_new ();
  g_autoptr (MosDesk) desk = NULL;
  g_autoptr (MosConversation) conversation = mos_conversation_new ("c1");
  g_autoptr (MosAccountItem) item = NULL;
  GtkWidget *window = adw_window_new ();
  GtkWidget *bin = adw_bin_new ();

  g_test_summary ("Every template can be made: a misspelt child or class ends the test");
  add_account (store->store);
  desk = mos_desk_new (store->store, MOS_DESK_FLAG_OFFLINE);
  mos_desk_start (desk);
  mos_test_wait (g_list_model_get_n_items (mos_desk_get_accounts (desk)) == 1, 5000);
  item = g_list_model_get_item (mos_desk_get_accounts (desk), 0);

  adw_window_set_content (ADW_WINDOW (window), bin);
  gtk_window_set_default_size (GTK_WINDOW (window), 800, 700);
  gtk_window_present (GTK_WINDOW (window));
  present_and_close (bin, ADW_DIALOG (mos_snooze_dialog_new ()));
  present_and_close (bin, mos_assign_dialog_new (desk, conversation));
  present_and_close (bin, mos_category_dialog_new (desk, conversation));
  present_and_close (bin, mos_category_dialog_new (desk, NULL));
  present_and_close (bin, ADW_DIALOG (mos_tag_dialog_new (desk, conversation)));
  present_and_close (bin, ADW_DIALOG (mos_preferences_dialog_new (NULL)));
  present_and_close (bin, ADW_DIALOG (mos_preferences_dialog_new (desk)));
  present_and_close (bin, ADW_DIALOG (mos_account_setup_new (desk)));
  present_and_close (bin, ADW_DIALOG (mos_account_dialog_new (desk, item)));
  present_and_close (bin, ADW_DIALOG (mos_password_dialog_new (desk, mos_account_item_get_account (item))));
  present_and_close (bin, mos_about_new (desk));
  gtk_window_destroy (GTK_WINDOW (window));
  finish_desk (desk);
}

static void
test_menu (void)
{
  g_autoptr (GMenuModel) menu = mos_conversation_menu_new ();

  g_assert_cmpint (g_menu_model_get_n_items (menu), >=, 4);
}

int
main (int argc,
      char *argv[])
{
  mos_test_init (&argc, &argv);
  adw_init ();
  g_test_add_func ("/window/first-run", test_first_run);
  g_test_add_func ("/window/not-welcome", test_not_welcome);
  g_test_add_func ("/window/errors", test_errors);
  g_test_add_func ("/window/views", test_views);
  g_test_add_func ("/window/dialogs", test_dialogs);
  g_test_add_func ("/window/menu", test_menu);
  return g_test_run ();
}
