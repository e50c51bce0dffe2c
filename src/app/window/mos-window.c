/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-window"

#include "config.h"

#include "app/window/mos-window-private.h"

#include "app/application/mos-error-text.h"
#include "app/application/mos-notify.h"
#include "app/application/mos-settings.h"
#include "app/application/mos-shortcuts.h"
#include "app/conversation/mos-message-text.h"
#include "app/inbox/mos-view-text.h"
#include "app/widgets/mos-menu-button.h"
#include "app/widgets/mos-toast-show.h"

#include <glib/gi18n.h>

enum
{
  READY,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (MosWindow, mos_window, ADW_TYPE_APPLICATION_WINDOW)

/* --- pages --- */

static void
emit_ready (MosWindow *self)
{
  if (self->view_pane != NULL)
    mos_view_pane_begin_counting (self->view_pane);
  if (self->ready)
    return;
  self->ready = TRUE;
  g_signal_emit (self, signals[READY], 0);
}

static void
update_page (MosWindow *self)
{
  gboolean empty;

  if (self->desk == NULL || !self->loaded)
    return;

  empty = g_list_model_get_n_items (mos_desk_get_accounts (self->desk)) == 0;
  if (empty)
    mos_window_leave_triage (self);
  if (self->run == NULL)
    gtk_stack_set_visible_child_name (self->stack, empty ? "welcome" : "main");
  if (empty)
    {
      gtk_window_set_focus (GTK_WINDOW (self), GTK_WIDGET (self->welcome_button));
      emit_ready (self);
    }
}

static void
save_view (MosView *view)
{
  g_autofree char *name = NULL;

  if (view->kind == MOS_VIEW_SEARCH || view->kind == MOS_VIEW_CUSTOMER)
    return;
  name = mos_view_get_key (view);
  g_settings_set_string (mos_settings_get (), "current-view", name);
}

static MosView *
load_view (MosWindow *self)
{
  g_autofree char *name = g_settings_get_string (mos_settings_get (), "current-view");
  GListModel *accounts = mos_desk_get_accounts (self->desk);

  if (g_str_has_prefix (name, "account:"))
    {
      for (guint i = 0; i < g_list_model_get_n_items (accounts); i++)
        {
          g_autoptr (MosAccountItem) item = g_list_model_get_item (accounts, i);

          if (g_str_equal (mos_account_item_get_account (item)->id, name + strlen ("account:")))
            return mos_view_make (MOS_VIEW_ACCOUNT, name + strlen ("account:"));
        }
      return mos_view_make (MOS_VIEW_ALL_OPEN, NULL);
    }
  if (g_str_has_prefix (name, "saved:") && mos_desk_find_view (self->desk, name + strlen ("saved:")) != NULL)
    return mos_view_make (MOS_VIEW_SAVED, name + strlen ("saved:"));
  if (strchr (name, ':') != NULL)
    return mos_view_make (MOS_VIEW_ALL_OPEN, NULL);
  return mos_view_make (mos_view_kind_from_nick (name, MOS_VIEW_ALL_OPEN), NULL);
}

/* --- the conversation --- */

gboolean
mos_window_is_writing_new (MosWindow *self)
{
  return self->view != NULL && mos_conversation_view_get_writing_new (self->view);
}

static void
update_title (MosWindow *self)
{
  MosConversationRow *row = self->conversation != NULL ? mos_conversation_get_row (self->conversation) : NULL;
  g_autofree char *subtitle = NULL;
  g_autofree char *number = NULL;

  if (mos_window_is_writing_new (self))
    {
      adw_window_title_set_title (self->conversation_title, _ ("New Message"));
      adw_window_title_set_subtitle (self->conversation_title, "");
      adw_navigation_page_set_title (self->conversation_page, _ ("New Message"));
      return;
    }
  if (self->n_chosen > 0 && self->view != NULL)
    {
      g_autofree char *chosen = g_strdup_printf (ngettext ("%u Conversation Chosen", "%u Conversations Chosen", self->n_chosen), self->n_chosen);

      mos_conversation_view_set_chosen (self->view, chosen);
      adw_window_title_set_title (self->conversation_title, chosen);
      adw_window_title_set_subtitle (self->conversation_title, "");
      adw_navigation_page_set_title (self->conversation_page, chosen);
      return;
    }
  if (self->view != NULL)
    mos_conversation_view_set_chosen (self->view, NULL);
  if (row == NULL)
    {
      adw_window_title_set_title (self->conversation_title, "");
      adw_window_title_set_subtitle (self->conversation_title, "");
      adw_navigation_page_set_title (self->conversation_page, _ ("Conversation"));
      return;
    }

  number = g_strdup_printf ("%" G_GINT64_FORMAT, row->number);
  /* Translators: a conversation's number and its status, as in “#1042 · Open”. */
  subtitle = g_strdup_printf (_ ("#%s · %s"), number, row->deleted_us != 0 ? C_ ("status", "Deleted") : row->quarantine != NULL ? C_ ("view", "Quarantine")
                                                                                                                                : mos_status_text (row->status));
  adw_window_title_set_title (self->conversation_title, mos_conversation_who_text (row));
  adw_window_title_set_subtitle (self->conversation_title, subtitle);
  adw_navigation_page_set_title (self->conversation_page, *row->subject != '\0' ? row->subject : _ ("No subject"));
}

static void
on_marked_read_cb (GObject *source,
                   GAsyncResult *result,
                   gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  if (!mos_desk_action_finish (MOS_DESK (source), result, NULL, &error) && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_warning ("A conversation could not be marked as read: %s", error->message);
}

static void
on_row_changed_cb (MosWindow *self)
{
  update_title (self);
  mos_window_update_actions (self);
}

/* A new message is to nobody who is known yet. */
static void
on_composing_cb (MosWindow *self)
{
  mos_customer_pane_set_conversation (self->customer, mos_window_is_writing_new (self) ? NULL : self->conversation);
  on_row_changed_cb (self);
}

static void
mark_read (MosWindow *self)
{
  const char *ids[] = { NULL, NULL };

  if (self->conversation == NULL)
    return;
  ids[0] = mos_conversation_get_id (self->conversation);
  if (gtk_window_get_application (GTK_WINDOW (self)) != NULL)
    mos_notify_withdraw (G_APPLICATION (gtk_window_get_application (GTK_WINDOW (self))), ids[0]);
  mos_desk_set_read_async (self->desk, ids, TRUE, self->cancellable, on_marked_read_cb, NULL);
}

static void
open_conversation (MosWindow *self,
                   const char *id)
{
  if (self->conversation != NULL)
    g_clear_signal_handler (&self->row_handler, self->conversation);
  g_clear_object (&self->conversation);
  if (id != NULL)
    {
      self->conversation = mos_desk_ref_conversation (self->desk, id);
      self->row_handler = g_signal_connect_object (self->conversation, "notify::row", G_CALLBACK (on_row_changed_cb), self, G_CONNECT_SWAPPED);
    }
  mos_conversation_view_set_conversation (self->view, self->conversation);
  on_composing_cb (self);
  mos_window_note_opened (self);
}

static void on_view_chosen_cb (MosWindow *self, MosView *view, const char *title);

static void
on_selected_cb (MosWindow *self,
                const char *id)
{
  open_conversation (self, id);
  if (id == NULL)
    adw_navigation_split_view_set_show_content (self->inner, FALSE);
  /* In a narrow window the selection may be out of sight: what nobody saw stays unread. */
  else if (!adw_navigation_split_view_get_collapsed (self->inner) || adw_navigation_split_view_get_show_content (self->inner))
    mark_read (self);
}

static void
on_choice_changed_cb (MosWindow *self,
                      guint n)
{
  self->n_chosen = n;
  on_row_changed_cb (self);
}

/* The views that people make are another list now; the one that is shown may be gone. */
static void
on_views_changed_cb (MosWindow *self)
{
  g_autoptr (MosView) other = NULL;
  MosView *view;

  mos_view_pane_update (self->view_pane);
  mos_window_show_wanted_view (self);
  view = mos_conversation_pane_get_base_view (self->pane);
  if (view == NULL || view->kind != MOS_VIEW_SAVED)
    return;
  if (mos_desk_find_view (self->desk, view->argument) != NULL)
    {
      mos_view_pane_select (self->view_pane, view);
      mos_conversation_pane_set_title (self->pane, mos_view_pane_get_title_of (self->view_pane, view));
      return;
    }
  other = mos_view_make (MOS_VIEW_ALL_OPEN, NULL);
  mos_view_pane_select (self->view_pane, other);
  on_view_chosen_cb (self, other, mos_view_pane_get_title_of (self->view_pane, other));
}

static void
on_activated_cb (MosWindow *self,
                 const char *id)
{
  /* The way back from a new message to what lies behind it; the new message stays among the drafts. */
  if (mos_window_is_writing_new (self))
    mos_conversation_view_set_conversation (self->view, self->conversation);
  if (!adw_navigation_split_view_get_show_content (self->inner))
    {
      adw_navigation_split_view_set_show_content (self->inner, TRUE);
      mark_read (self);
      /* Else GTK takes the first that can have it, and puts a caret into the subject. */
      if (adw_navigation_split_view_get_collapsed (self->inner))
        mos_conversation_view_grab_focus (self->view);
    }
}

/* A new message was put away: back to where one was, and it is said where it is now. */
static void
on_draft_kept_cb (MosWindow *self)
{
  if (adw_navigation_split_view_get_collapsed (self->inner) && self->conversation == NULL)
    adw_navigation_split_view_set_show_content (self->inner, FALSE);
  mos_window_add_toast (self, adw_toast_new (_ ("Draft kept")));
  mos_window_check_focus (self);
}

static void
on_draft_taken_cb (MosWindow *self,
                   MosDraft *draft,
                   gint64 batch)
{
  mos_window_offer_undo (self, "take-draft", batch, draft->conversation);
}

static void
on_draft_discarded_cb (MosWindow *self,
                       MosDraft *draft,
                       gint64 batch)
{
  mos_window_offer_undo (self, "discard-draft", batch, draft->conversation);
}

static void
on_open_cb (MosWindow *self,
            const char *id)
{
  mos_window_show_conversation (self, id);
}

static void
on_view_chosen_cb (MosWindow *self,
                   MosView *view,
                   const char *title)
{
  save_view (view);
  mos_conversation_pane_set_view (self->pane, view, title);
  mos_desk_see_view (self->desk, view);
  mos_window_update_actions (self);
  adw_navigation_split_view_set_show_content (self->outer, TRUE);
  adw_navigation_split_view_set_show_content (self->inner, FALSE);
}

static void
on_show_customer_cb (MosWindow *self)
{
  if (!adw_overlay_split_view_get_collapsed (self->customer_split))
    g_settings_set_boolean (mos_settings_get (), "show-customer", adw_overlay_split_view_get_show_sidebar (self->customer_split));
}

static void
on_customer_collapsed_cb (MosWindow *self)
{
  /* Leaving a narrow width gives back what was chosen for wide ones. */
  if (!adw_overlay_split_view_get_collapsed (self->customer_split))
    adw_overlay_split_view_set_show_sidebar (self->customer_split, g_settings_get_boolean (mos_settings_get (), "show-customer"));
}

/* --- class --- */

static gboolean
mos_window_close_request (GtkWindow *window)
{
  MosWindow *self = MOS_WINDOW (window);
  GSettings *settings = mos_settings_get ();
  int width, height;

  gtk_window_get_default_size (window, &width, &height);
  g_settings_set_int (settings, "window-width", MAX (width, 360));
  g_settings_set_int (settings, "window-height", MAX (height, 294));
  g_settings_set_boolean (settings, "window-maximized", gtk_window_is_maximized (window));
  if (mos_window_ask_background (self) || !mos_window_may_close (self))
    return TRUE;

  return GTK_WINDOW_CLASS (mos_window_parent_class)->close_request (window);
}

static void
mos_window_dispose (GObject *object)
{
  MosWindow *self = MOS_WINDOW (object);

  if (self->desk != NULL)
    mos_window_set_desk (self, NULL);
  mos_window_unwatch_focus (self);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->last_acted, g_free);
  g_clear_pointer (&self->wanted_act, g_free);
  g_clear_pointer (&self->wanted_target, g_variant_unref);
  g_clear_pointer (&self->wanted_view, g_free);
  g_clear_pointer (&self->recent, g_ptr_array_unref);
  g_clear_pointer (&self->answer, g_free);
  g_clear_pointer (&self->edited, g_free);
  g_clear_pointer (&self->later, g_variant_unref);
  g_clear_weak_pointer (&self->toast);
  gtk_widget_dispose_template (GTK_WIDGET (self), MOS_TYPE_WINDOW);
  G_OBJECT_CLASS (mos_window_parent_class)->dispose (object);
}

static void
mos_window_finalize (GObject *object)
{
  MosWindow *self = MOS_WINDOW (object);

  /* mos_window_dispose() still says what is possible. */
  g_hash_table_unref (self->wanted_actions);
  g_hash_table_unref (self->enabled_actions);
  G_OBJECT_CLASS (mos_window_parent_class)->finalize (object);
}

static void
mos_window_class_init (MosWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mos_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = mos_window_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = mos_window_close_request;

  signals[READY] = g_signal_new ("ready", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (MOS_TYPE_JOB_BAR);
  g_type_ensure (MOS_TYPE_SEND_BAR);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/mostrador/Mostrador/ui/mos-window.ui");
  gtk_widget_class_bind_template_child (widget_class, MosWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, MosWindow, error_page);
  gtk_widget_class_bind_template_child (widget_class, MosWindow, error_details);
  gtk_widget_class_bind_template_child (widget_class, MosWindow, welcome_page);
  gtk_widget_class_bind_template_child (widget_class, MosWindow, welcome_button);
  gtk_widget_class_bind_template_child (widget_class, MosWindow, outer);
  gtk_widget_class_bind_template_child (widget_class, MosWindow, inner);
  gtk_widget_class_bind_template_child (widget_class, MosWindow, conversation_page);
  gtk_widget_class_bind_template_child (widget_class, MosWindow, customer_split);
  gtk_widget_class_bind_template_child (widget_class, MosWindow, conversation_title);
  gtk_widget_class_bind_template_child (widget_class, MosWindow, menu_button);
  gtk_widget_class_bind_template_child (widget_class, MosWindow, snooze_button);
  gtk_widget_class_bind_template_child (widget_class, MosWindow, conversation_toasts);
  gtk_widget_class_bind_template_child (widget_class, MosWindow, conversation_bin);
  gtk_widget_class_bind_template_child (widget_class, MosWindow, customer_bin);
  gtk_widget_class_bind_template_child (widget_class, MosWindow, job_bar);
  gtk_widget_class_bind_template_child (widget_class, MosWindow, send_bar);
  gtk_widget_class_bind_template_child (widget_class, MosWindow, probe);
  gtk_widget_class_bind_template_child (widget_class, MosWindow, held_banner);
  gtk_widget_class_bind_template_child (widget_class, MosWindow, covered_banner);
  gtk_widget_class_bind_template_callback (widget_class, on_show_customer_cb);
  mos_window_class_install_actions (widget_class);
}

/* Before the split views: they would leave the conversation that lies below the pane. */
static gboolean
on_customer_escape_cb (GtkEventControllerKey *controller,
                       guint keyval,
                       guint keycode,
                       GdkModifierType state,
                       MosWindow *self)
{
  if (keyval != GDK_KEY_Escape || !adw_overlay_split_view_get_collapsed (self->customer_split) || !adw_overlay_split_view_get_show_sidebar (self->customer_split))
    return GDK_EVENT_PROPAGATE;
  adw_overlay_split_view_set_show_sidebar (self->customer_split, FALSE);
  return GDK_EVENT_STOP;
}

static void
mos_window_init (MosWindow *self)
{
  GSettings *settings = mos_settings_get ();
  GtkEventController *keys = gtk_event_controller_key_new ();
  g_autoptr (GMenuModel) menu = NULL;

  self->cancellable = g_cancellable_new ();
  self->recent = g_ptr_array_new_with_free_func (g_object_unref);
  self->wanted_actions = g_hash_table_new (g_str_hash, g_str_equal);
  self->enabled_actions = g_hash_table_new (g_str_hash, g_str_equal);
  gtk_widget_init_template (GTK_WIDGET (self));
  mos_shortcuts_install_window (GTK_WINDOW (self));
  mos_window_watch_focus (self);
  mos_window_watch_first_steps (self);
  mos_window_init_sending (self);

  menu = mos_conversation_menu_new ();
  mos_menu_button_set_menu (self->menu_button, menu);
  adw_status_page_set_icon_name (self->welcome_page, MOS_APP_ID);

  gtk_window_set_default_size (GTK_WINDOW (self), g_settings_get_int (settings, "window-width"), g_settings_get_int (settings, "window-height"));
  if (g_settings_get_boolean (settings, "window-maximized"))
    gtk_window_maximize (GTK_WINDOW (self));
  adw_overlay_split_view_set_show_sidebar (self->customer_split, g_settings_get_boolean (settings, "show-customer"));
  mos_window_watch_shops (self);
  g_settings_bind (settings, "cover-customers", self->covered_banner, "revealed", G_SETTINGS_BIND_GET);
  g_signal_connect_object (self->customer_split, "notify::collapsed", G_CALLBACK (on_customer_collapsed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (on_customer_escape_cb), self, G_CONNECT_DEFAULT);
  gtk_widget_add_controller (GTK_WIDGET (self->customer_split), keys);

#if MOS_DEVELOPMENT
  gtk_widget_add_css_class (GTK_WIDGET (self), "devel");
#endif
  mos_window_update_actions (self);
}

MosWindow *
mos_window_new (GtkApplication *app)
{
  return g_object_new (MOS_TYPE_WINDOW, "application", app, NULL);
}

/* --- the desk --- */

static void
drop_desk (MosWindow *self)
{
  mos_window_leave_triage (self);
  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  self->cancellable = g_cancellable_new ();

  if (self->conversation != NULL)
    g_clear_signal_handler (&self->row_handler, self->conversation);
  g_clear_object (&self->conversation);
  g_ptr_array_set_size (self->recent, 0);
  g_signal_handlers_disconnect_by_data (mos_desk_get_accounts (self->desk), self);
  g_signal_handlers_disconnect_by_data (self->desk, self);
  mos_job_bar_set_desk (self->job_bar, NULL);
  mos_send_bar_clear (self->send_bar);
  adw_bin_set_child (self->conversation_bin, NULL);
  adw_bin_set_child (self->customer_bin, NULL);
  adw_navigation_split_view_set_sidebar (self->inner, adw_navigation_page_new (adw_bin_new (), "Mostrador"));
  adw_navigation_split_view_set_sidebar (self->outer, adw_navigation_page_new (adw_bin_new (), "Mostrador"));
  self->view_pane = NULL;
  self->pane = NULL;
  self->view = NULL;
  self->customer = NULL;
  self->n_chosen = 0;
  self->awaits_account = FALSE;
  self->loaded = FALSE;
  g_clear_object (&self->desk);
}

static void
on_accounts_changed_cb (MosWindow *self)
{
  update_page (self);
  mos_window_update_banner (self);
  mos_window_check_first_steps (self);
}

static void
show_first_view (MosWindow *self)
{
  g_autoptr (MosView) view = load_view (self);

  mos_view_pane_select (self->view_pane, view);
  mos_conversation_pane_set_view (self->pane, view, mos_view_pane_get_title_of (self->view_pane, view));
  mos_desk_see_view (self->desk, view);
}

static void
on_loaded_cb (GObject *source,
              GAsyncResult *result,
              gpointer user_data)
{
  g_autoptr (MosWindow) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!mos_desk_wait_finish (MOS_DESK (source), result, &error))
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        mos_window_set_error (self, error, mos_store_get_profile (mos_desk_get_store (self->desk)));
      return;
    }
  self->loaded = TRUE;
  show_first_view (self);
  /* Where the views alone are shown, no list is drawn that could be waited for. */
  if (adw_navigation_split_view_get_collapsed (self->outer) && !adw_navigation_split_view_get_show_content (self->outer))
    mos_view_pane_begin_counting (self->view_pane);
  on_accounts_changed_cb (self);
  mos_window_update_actions (self);
  if (self->wanted_act != NULL)
    {
      g_autofree char *action = g_steal_pointer (&self->wanted_act);
      g_autoptr (GVariant) target = g_steal_pointer (&self->wanted_target);

      mos_window_do (self, action, target);
    }
}

void
mos_window_set_desk (MosWindow *self,
                     MosDesk *desk)
{
  g_return_if_fail (MOS_IS_WINDOW (self));
  g_return_if_fail (desk == NULL || MOS_IS_DESK (desk));

  if (self->desk != NULL)
    drop_desk (self);
  if (desk == NULL)
    {
      gtk_stack_set_visible_child_name (self->stack, "loading");
      mos_window_update_actions (self);
      return;
    }

  self->desk = g_object_ref (desk);
  self->view_pane = mos_view_pane_new (desk);
  self->pane = mos_conversation_pane_new (desk);
  self->view = MOS_CONVERSATION_VIEW (mos_conversation_view_new (desk));
  self->customer = MOS_CUSTOMER_PANE (mos_customer_pane_new (desk));
  adw_navigation_split_view_set_sidebar (self->outer, ADW_NAVIGATION_PAGE (self->view_pane));
  adw_navigation_split_view_set_sidebar (self->inner, ADW_NAVIGATION_PAGE (self->pane));
  adw_bin_set_child (self->conversation_bin, GTK_WIDGET (self->view));
  adw_bin_set_child (self->customer_bin, GTK_WIDGET (self->customer));

  g_signal_connect_object (self->view_pane, "view-chosen", G_CALLBACK (on_view_chosen_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->pane, "selected", G_CALLBACK (on_selected_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->pane, "activated", G_CALLBACK (on_activated_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->pane, "choice-changed", G_CALLBACK (on_choice_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (desk, "views-changed", G_CALLBACK (on_views_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (desk, "translate-changed", G_CALLBACK (mos_window_update_actions), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->pane, "banner-clicked", G_CALLBACK (mos_window_on_banner_clicked), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->pane, "drawn", G_CALLBACK (emit_ready), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->view, "notify::composing", G_CALLBACK (on_composing_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->view, "surveys-changed", G_CALLBACK (mos_window_update_survey_actions), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->view, "category-hint-changed", G_CALLBACK (mos_window_update_category_actions), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->view, "conversation-sent", G_CALLBACK (mos_window_on_sent), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->view, "draft-kept", G_CALLBACK (on_draft_kept_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->view, "draft-taken", G_CALLBACK (on_draft_taken_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->view, "draft-discarded", G_CALLBACK (on_draft_discarded_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->customer, "open-conversation", G_CALLBACK (on_open_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->customer, "link-order", G_CALLBACK (mos_window_on_link_order), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (desk, "job-ended", G_CALLBACK (mos_window_on_job_ended), self, G_CONNECT_SWAPPED);
  mos_job_bar_set_desk (self->job_bar, desk);
  mos_window_watch_held (self);
  g_signal_connect_object (mos_desk_get_accounts (desk), "items-changed", G_CALLBACK (on_accounts_changed_cb), self, G_CONNECT_SWAPPED);

  /* Until the accounts are there an empty list would look like a first start. */
  gtk_stack_set_visible_child_name (self->stack, "loading");
  mos_desk_wait_async (desk, self->cancellable, on_loaded_cb, g_object_ref (self));
  mos_window_update_actions (self);
}

void
mos_window_set_error (MosWindow *self,
                      const GError *error,
                      const char *place)
{
  MosErrorText text = mos_error_text (error);
  g_autofree char *description = NULL;
  g_autofree char *details = NULL;

  g_return_if_fail (MOS_IS_WINDOW (self));

  description = g_strdup_printf ("%s\n\n%s", text.sentence, text.step);
  details = g_strdup_printf ("%s\n%s, %d: %s", place, g_quark_to_string (error->domain), error->code, error->message);
  adw_status_page_set_title (self->error_page, text.title);
  adw_status_page_set_description (self->error_page, g_strchomp (description));
  gtk_label_set_label (self->error_details, details);
  gtk_stack_set_visible_child_name (self->stack, "error");
  emit_ready (self);
}

/* --- public --- */

void
mos_window_show_conversation (MosWindow *self,
                              const char *id)
{
  g_return_if_fail (MOS_IS_WINDOW (self));
  g_return_if_fail (id != NULL);

  if (self->pane == NULL || !self->loaded)
    {
      mos_window_do (self, "win.open-conversation", g_variant_new_string (id));
      return;
    }
  mos_window_leave_triage (self);
  mos_conversation_pane_select (self->pane, id);
  adw_navigation_split_view_set_show_content (self->outer, TRUE);
  adw_navigation_split_view_set_show_content (self->inner, TRUE);
  mark_read (self);
}

void
mos_window_do (MosWindow *self,
               const char *action,
               GVariant *target)
{
  g_autoptr (GVariant) sunk = target != NULL ? g_variant_ref_sink (target) : NULL;

  g_return_if_fail (MOS_IS_WINDOW (self));
  g_return_if_fail (action != NULL);

  if (self->pane == NULL || !self->loaded)
    {
      g_set_str (&self->wanted_act, action);
      g_clear_pointer (&self->wanted_target, g_variant_unref);
      self->wanted_target = g_steal_pointer (&sunk);
      return;
    }
  gtk_widget_activate_action_variant (GTK_WIDGET (self), action, sunk);
}

void
mos_window_add_toast (MosWindow *self,
                      AdwToast *toast)
{
  g_return_if_fail (MOS_IS_WINDOW (self));

  /* It is perhaps shown elsewhere; and beside the composer, not over its buttons. */
  if (self->toast != NULL)
    adw_toast_dismiss (self->toast);
  if (self->triage != NULL)
    mos_triage_page_add_toast (self->triage, toast);
  else if (self->pane != NULL && !(adw_navigation_split_view_get_collapsed (self->inner) && adw_navigation_split_view_get_show_content (self->inner)))
    mos_conversation_pane_add_toast (self->pane, toast);
  else if (self->view == NULL || !mos_conversation_view_add_toast (self->view, toast))
    mos_toast_show (self->conversation_toasts, toast);
}

void
mos_window_report_error (MosWindow *self,
                         const GError *error)
{
  AdwToast *toast;

  g_return_if_fail (MOS_IS_WINDOW (self));

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  /* Closed meanwhile: nobody is there to be told. */
  if (self->conversation_toasts == NULL)
    {
      g_warning ("Not shown any more: %s", error->message);
      return;
    }
  g_info ("Shown to the person: %s", error->message);
  toast = adw_toast_new ("");
  adw_toast_set_use_markup (toast, FALSE);
  adw_toast_set_title (toast, mos_error_text (error).title);
  mos_window_add_toast (self, toast);
}

void
mos_window_on_acted_cb (GObject *source,
                        GAsyncResult *result,
                        gpointer user_data)
{
  g_autoptr (MosWindow) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!mos_desk_action_finish (MOS_DESK (source), result, NULL, &error))
    mos_window_report_error (self, error);
}

void
mos_window_flush (MosWindow *self)
{
  g_return_if_fail (MOS_IS_WINDOW (self));

  if (self->view != NULL)
    mos_conversation_view_flush (self->view);
}
