/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-window"

#include "config.h"

#include "app/window/mos-window-private.h"

#include "app/application/mos-shortcuts-dialog.h"
#include "app/help/mos-help-dialog.h"
#include "app/customer/mos-customers-dialog.h"
#include "app/inbox/mos-view-text.h"
#include "app/preferences/mos-preferences-dialog.h"
#include "app/translation/mos-translation-dialog.h"
#include "app/widgets/mos-dialog.h"

#include <glib/gi18n.h>

/* What the window itself does: win.* (conversation.* is in mos-window-conversation.c) */

static void
go_to_neighbour (MosWindow *self,
                 int step)
{
  g_autofree char *id = self->pane != NULL ? mos_conversation_pane_get_neighbour (self->pane, step) : NULL;

  if (id != NULL)
    mos_conversation_pane_select (self->pane, id);
}

static void
on_undone_cb (GObject *source,
              GAsyncResult *result,
              gpointer user_data)
{
  g_autoptr (MosWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *nick = mos_desk_undo_finish (MOS_DESK (source), result, &error);
  g_autofree char *back_to = NULL;

  if (error != NULL)
    {
      mos_window_report_error (self, error);
      return;
    }
  if (nick == NULL)
    {
      mos_window_add_toast (self, adw_toast_new (_ ("There is nothing to undo")));
      return;
    }
  back_to = g_steal_pointer (&self->last_acted);
  if (!mos_window_triage_undone (self, back_to) && back_to != NULL && self->pane != NULL)
    mos_conversation_pane_select (self->pane, back_to);
  /* A note or a mail that is taken back is a draft again. */
  if ((g_str_equal (nick, "note") || g_str_equal (nick, "send")) && self->view != NULL)
    mos_conversation_view_restore_draft (self->view);
  if (g_str_equal (nick, "discard-draft") && self->view != NULL)
    mos_conversation_view_reopen_discarded (self->view);
  mos_window_add_toast (self, adw_toast_new (mos_action_text_undone (nick)));
}

static void
undo_action (GtkWidget *widget,
             const char *name,
             GVariant *parameter)
{
  MosWindow *self = MOS_WINDOW (widget);

  if (parameter == NULL && mos_window_undo_sending (self))
    return;
  if (self->toast != NULL)
    adw_toast_dismiss (self->toast);
  mos_desk_undo_async (self->desk, parameter != NULL ? g_variant_get_int64 (parameter) : 0, self->cancellable, on_undone_cb, g_object_ref (self));
}

static void
search_action (GtkWidget *widget,
               const char *name,
               GVariant *parameter)
{
  MosWindow *self = MOS_WINDOW (widget);
  AdwDialog *visible = adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (self));

  /* The same keys search what is in front. */
  if (MOS_IS_PREFERENCES_DIALOG (visible))
    {
      mos_preferences_dialog_search (MOS_PREFERENCES_DIALOG (visible));
      return;
    }
  adw_navigation_split_view_set_show_content (self->outer, TRUE);
  adw_navigation_split_view_set_show_content (self->inner, FALSE);
  if (parameter != NULL)
    mos_conversation_pane_search (self->pane, g_variant_get_string (parameter, NULL));
  else
    mos_conversation_pane_start_search (self->pane);
}

static void
step_action (GtkWidget *widget,
             const char *name,
             GVariant *parameter)
{
  int step = g_str_equal (name, "win.next-conversation") ? 1 : -1;

  if (!mos_window_triage_step (MOS_WINDOW (widget), step))
    go_to_neighbour (MOS_WINDOW (widget), step);
}

static void
show_view_action (GtkWidget *widget,
                  const char *name,
                  GVariant *parameter)
{
  MosWindow *self = MOS_WINDOW (widget);
  g_autoptr (MosView) view = mos_view_from_key (g_variant_get_string (parameter, NULL));

  if (view == NULL)
    return;
  mos_view_pane_select (self->view_pane, view);
  g_signal_emit_by_name (self->view_pane, "view-chosen", view, mos_view_pane_get_title_of (self->view_pane, view));
}

void
mos_window_show_writing (MosWindow *self)
{
  /* In a narrow window the customer would lie over it, and keep the keyboard. */
  if (adw_overlay_split_view_get_collapsed (self->customer_split))
    adw_overlay_split_view_set_show_sidebar (self->customer_split, FALSE);
  adw_navigation_split_view_set_show_content (self->outer, TRUE);
  adw_navigation_split_view_set_show_content (self->inner, TRUE);
}

void
mos_window_write_to (MosWindow *self,
                     const char *address)
{
  mos_conversation_view_compose_new (self->view, address);
  mos_window_show_writing (self);
}

static void
new_message_action (GtkWidget *widget,
                    const char *name,
                    GVariant *parameter)
{
  mos_window_write_to (MOS_WINDOW (widget), NULL);
}

static void
context_menu_action (GtkWidget *widget,
                     const char *name,
                     GVariant *parameter)
{
  mos_conversation_pane_popup_menu (MOS_WINDOW (widget)->pane);
}

static void
toggle_customer_action (GtkWidget *widget,
                        const char *name,
                        GVariant *parameter)
{
  MosWindow *self = MOS_WINDOW (widget);

  adw_overlay_split_view_set_show_sidebar (self->customer_split, !adw_overlay_split_view_get_show_sidebar (self->customer_split));
}

static void
sync_action (GtkWidget *widget,
             const char *name,
             GVariant *parameter)
{
  mos_desk_sync_now (MOS_WINDOW (widget)->desk, NULL);
}

static void
shortcuts_action (GtkWidget *widget,
                  const char *name,
                  GVariant *parameter)
{
  mos_dialog_present (ADW_DIALOG (mos_shortcuts_dialog_new ()), widget);
}

/* What has the keyboard may lie behind a dialog that takes none. */
static GtkWidget *
find_place (GtkWidget *window)
{
  GtkWidget *dialog = GTK_WIDGET (adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (window)));
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (window));

  return dialog == NULL || (focus != NULL && gtk_widget_is_ancestor (focus, dialog)) ? focus : dialog;
}

/* win.help: about the place where one is; win.help-page: about what it is asked for */
static void
help_action (GtkWidget *widget,
             const char *name,
             GVariant *parameter)
{
  if (parameter != NULL)
    mos_dialog_present (ADW_DIALOG (mos_help_dialog_new (g_variant_get_string (parameter, NULL))), widget);
  else if (!MOS_IS_HELP_DIALOG (adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (widget))))
    mos_help_show_place (find_place (widget), widget);
}

static void
fix_translation_action (GtkWidget *widget,
                        const char *name,
                        GVariant *parameter)
{
  mos_dialog_present (ADW_DIALOG (mos_translation_dialog_new ()), widget);
}

static void
add_account_action (GtkWidget *widget,
                    const char *name,
                    GVariant *parameter)
{
  mos_window_add_account (MOS_WINDOW (widget));
}

static void
account_settings_action (GtkWidget *widget,
                         const char *name,
                         GVariant *parameter)
{
  mos_window_show_account (MOS_WINDOW (widget), g_variant_get_string (parameter, NULL), NULL);
}

static void
account_setting_action (GtkWidget *widget,
                        const char *name,
                        GVariant *parameter)
{
  const char *account, *setting;

  g_variant_get (parameter, "(&s&s)", &account, &setting);
  mos_window_show_account (MOS_WINDOW (widget), account, setting);
}

static void
show_setting_action (GtkWidget *widget,
                     const char *name,
                     GVariant *parameter)
{
  MosPreferencesDialog *dialog = mos_preferences_dialog_new (MOS_WINDOW (widget)->desk);

  mos_dialog_present (ADW_DIALOG (dialog), widget);
  mos_preferences_dialog_show_setting (dialog, g_variant_get_string (parameter, NULL));
}

static void
customers_action (GtkWidget *widget,
                  const char *name,
                  GVariant *parameter)
{
  mos_dialog_present (ADW_DIALOG (mos_customers_dialog_new (MOS_WINDOW (widget)->desk, NULL)), widget);
}

static void
edit_customer_action (GtkWidget *widget,
                      const char *name,
                      GVariant *parameter)
{
  MosWindow *self = MOS_WINDOW (widget);
  MosConversationRow *row = self->conversation != NULL ? mos_conversation_get_row (self->conversation) : NULL;

  if (row != NULL && row->customer != NULL)
    mos_dialog_present (ADW_DIALOG (mos_customers_dialog_new (self->desk, row->customer)), widget);
}

/* --- the table --- */

static const struct
{
  const char *name;
  const char *type;
  GtkWidgetActionActivateFunc activate;
} actions[] = {
  { "win.open-conversation", "s", mos_window_open_other },
  { "win.undo", NULL, undo_action },
  { "win.undo-batch", "x", undo_action },
  { "win.undo-send", "(ss)", mos_window_undo_send },
  { "win.palette", NULL, mos_window_open_palette },
  { "win.show-customer", "(ss)", mos_window_show_customer },
  { "win.search", NULL, search_action },
  { "win.search-for", "s", search_action },
  { "win.new-view", NULL, mos_window_new_view },
  { "win.edit-view", NULL, mos_window_edit_view },
  { "win.remove-view", NULL, mos_window_remove_view },
  { "win.move-view-up", NULL, mos_window_move_view },
  { "win.move-view-down", NULL, mos_window_move_view },
  { "win.choose", NULL, mos_window_choose },
  { "win.choose-all", NULL, mos_window_choose },
  { "win.choose-none", NULL, mos_window_choose },
  { "win.team", NULL, mos_window_show_team },
  { "win.customers", NULL, customers_action },
  { "win.edit-customer", NULL, edit_customer_action },
  { "win.who", NULL, mos_window_show_who },
  { "win.who-is", "s", mos_window_show_who },
  { "win.call-backs", NULL, mos_window_show_call_backs },
  { "win.order-action", "(sss)", mos_window_act_on_order },
  { "win.order-said", "(sb)", mos_window_say_of_order },
  { "win.surveys", NULL, mos_window_show_surveys },
  { "win.surveys-of", "s", mos_window_show_surveys },
  { "win.export-surveys", NULL, mos_window_export_surveys },
  { "win.macros", NULL, mos_window_show_macros },
  { "win.outreach", NULL, mos_window_show_outreach },
  { "win.orders", NULL, mos_window_show_orders },
  { "win.dashboard", NULL, mos_window_show_dashboard },
  { "win.week", NULL, mos_window_show_dashboard },
  { "win.write-to-segment", "s", mos_window_show_outreach },
  { "win.write-to-customers", "as", mos_window_show_outreach },
  { "win.write-to-orders", "(uas)", mos_window_show_outreach },
  { "win.write-mail", "s", mos_window_write_mail },
  { "win.write-macro", "(ssb)", mos_window_write_macro },
  { "win.use-macro", "s", mos_window_use_macro },
  { "win.next-conversation", NULL, step_action },
  { "win.previous-conversation", NULL, step_action },
  { "win.show-view", "s", show_view_action },
  { "win.triage", NULL, mos_window_triage },
  { "win.new-message", NULL, new_message_action },
  { "win.focus-list", NULL, mos_window_focus_list },
  { "win.next-pane", NULL, mos_window_focus_pane },
  { "win.previous-pane", NULL, mos_window_focus_pane },
  { "win.context-menu", NULL, context_menu_action },
  { "win.toggle-customer", NULL, toggle_customer_action },
  { "win.sync", NULL, sync_action },
  { "win.import-mail", NULL, mos_window_import_mail },
  { "win.export-all", NULL, mos_window_export },
  { "win.show-held", NULL, mos_window_show_held },
  { "win.first-steps", NULL, mos_window_show_first_steps },
  { "win.help", NULL, help_action },
  { "win.help-page", "s", help_action },
  { "win.fix-translation", NULL, fix_translation_action },
  { "win.shortcuts", NULL, shortcuts_action },
  { "win.add-account", NULL, add_account_action },
  { "win.account-settings", "s", account_settings_action },
  { "win.account-setting", "(ss)", account_setting_action },
  { "win.show-setting", "s", show_setting_action },
};

void
mos_window_class_install_actions (GtkWidgetClass *widget_class)
{
  for (gsize i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (widget_class, actions[i].name, actions[i].type, actions[i].activate);
  mos_window_class_install_conversation_actions (widget_class);
}

static const char *const without_desk[] = { "win.help", "win.help-page", "win.shortcuts", "win.palette", "win.show-setting", "win.fix-translation", NULL };
static const char *const of_panes[] = { "win.search", "win.search-for", "win.new-message", "win.show-view", "win.focus-list", "win.next-pane", "win.previous-pane", "win.context-menu", "win.toggle-customer" };

void
mos_window_want_action (MosWindow *self,
                        const char *name,
                        gboolean enabled)
{
  g_hash_table_insert (self->wanted_actions, (gpointer) name, GINT_TO_POINTER (enabled));
}

void
mos_window_apply_actions (MosWindow *self)
{
  GHashTableIter iter;
  gpointer name, wanted, now;

  g_hash_table_iter_init (&iter, self->wanted_actions);
  while (g_hash_table_iter_next (&iter, &name, &wanted))
    {
      if (g_hash_table_lookup_extended (self->enabled_actions, name, NULL, &now) && now == wanted)
        continue;
      g_hash_table_insert (self->enabled_actions, name, wanted);
      gtk_widget_action_set_enabled (GTK_WIDGET (self), name, GPOINTER_TO_INT (wanted));
    }
  g_hash_table_remove_all (self->wanted_actions);
}

/* The one place, with the one for conversations that it calls, that says what is possible now. */
void
mos_window_update_actions (MosWindow *self)
{
  gboolean has_accounts = self->desk != NULL && g_list_model_get_n_items (mos_desk_get_accounts (self->desk)) > 0;
  MosView *view = self->pane != NULL ? mos_conversation_pane_get_base_view (self->pane) : NULL;
  gboolean is_saved = view != NULL && view->kind == MOS_VIEW_SAVED;

  for (gsize i = 0; i < G_N_ELEMENTS (actions); i++)
    if (!g_strv_contains (without_desk, actions[i].name))
      mos_window_want_action (self, actions[i].name, self->desk != NULL);
  mos_window_want_action (self, "win.new-message", has_accounts);
  mos_window_want_action (self, "win.search", has_accounts);
  mos_window_want_action (self, "win.search-for", has_accounts);
  mos_window_want_action (self, "win.who", has_accounts && self->run == NULL);
  mos_window_want_action (self, "win.who-is", has_accounts && self->run == NULL);
  mos_window_want_action (self, "win.call-backs", has_accounts && self->run == NULL);
  mos_window_want_action (self, "win.remove-view", is_saved);
  mos_window_want_action (self, "win.move-view-up", is_saved);
  mos_window_want_action (self, "win.move-view-down", is_saved);
  mos_window_want_action (self, "win.triage", has_accounts);
  /* The other panes are out of sight. */
  for (gsize i = 0; self->run != NULL && i < G_N_ELEMENTS (of_panes); i++)
    mos_window_want_action (self, of_panes[i], FALSE);
  mos_window_update_conversation_actions (self);
  /* The button that had the keyboard may be of no use now. */
  mos_window_check_focus (self);
}
