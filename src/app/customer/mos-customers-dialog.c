/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-customer"

#include "config.h"

#include "app/customer/mos-customers-dialog-private.h"

#include "app/application/mos-error-text.h"
#include "app/help/mos-help-button.h"
#include "app/inbox/mos-view-text.h"
#include "app/widgets/mos-toast-show.h"
#include "app/widgets/mos-undo-toast.h"

#include <glib/gi18n.h>

G_DEFINE_FINAL_TYPE (MosCustomersDialog, mos_customers_dialog, ADW_TYPE_DIALOG)

/* --- what is said --- */

static void
show_toast (MosCustomersDialog *self,
            AdwToast *toast,
            const char *text)
{
  if (self->toasts == NULL)
    {
      g_object_unref (g_object_ref_sink (toast));
      return;
    }
  adw_toast_set_use_markup (toast, FALSE);
  adw_toast_set_title (toast, text);
  mos_toast_show (self->toasts, toast);
}

void
mos_customers_dialog_say (MosCustomersDialog *self,
                          const char *text)
{
  show_toast (self, adw_toast_new (""), text);
}

void
mos_customers_dialog_report (MosCustomersDialog *self,
                             const GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (g_error_matches (error, MOS_DESK_ERROR, MOS_DESK_ERROR_INVALID))
    mos_customers_dialog_say (self, _ ("That does not fit here; nothing was changed"));
  else if (g_error_matches (error, MOS_DESK_ERROR, MOS_DESK_ERROR_UNSENT))
    mos_customers_dialog_say (self, _ ("An answer to them has not left yet: send it or take it back first"));
  else
    mos_customers_dialog_say (self, mos_error_text (error).title);
}

static void
on_undone_cb (GObject *source,
              GAsyncResult *result,
              gpointer user_data)
{
  g_autoptr (MosCustomersDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *nick = mos_desk_undo_finish (MOS_DESK (source), result, &error);

  if (error != NULL)
    mos_customers_dialog_report (self, error);
  else
    mos_customers_dialog_say (self, mos_action_text_undone (nick));
}

void
mos_customers_dialog_offer_undo (MosCustomersDialog *self,
                                 const char *text,
                                 gint64 batch)
{
  if (self->desk != NULL)
    mos_toast_show (self->toasts, mos_undo_toast_new (text, self->desk, batch, on_undone_cb, self));
}

/* --- the pages --- */

static void
on_merge_cb (MosCustomersDialog *self,
             const char *other,
             MosCustomerPage *page)
{
  mos_customers_dialog_merge (self, other, mos_customer_page_get_id (page));
}

/* What the window does is done in front of it: it may lie over the orders, too. */
static void
leave (MosCustomersDialog *self,
       const char *action,
       GVariant *target)
{
  g_autoptr (GtkWidget) window = g_object_ref (GTK_WIDGET (gtk_widget_get_root (GTK_WIDGET (self))));
  g_autoptr (GListModel) dialogs = adw_application_window_get_dialogs (ADW_APPLICATION_WINDOW (window));

  for (guint i = g_list_model_get_n_items (dialogs); i-- > 0;)
    {
      g_autoptr (AdwDialog) dialog = g_list_model_get_item (dialogs, i);

      adw_dialog_close (dialog);
    }
  gtk_widget_activate_action_variant (window, action, target);
}

static void
on_ready_cb (MosCustomersDialog *self,
             MosCustomerPage *page)
{
  if (page != self->opening)
    return;
  adw_navigation_view_push (self->navigation, ADW_NAVIGATION_PAGE (page));
  /* Pushed while the dialog opens, it finds the keyboard nowhere. */
  if (gtk_widget_get_mapped (GTK_WIDGET (self)) && gtk_widget_get_focus_child (GTK_WIDGET (page)) == NULL)
    gtk_widget_child_focus (GTK_WIDGET (page), GTK_DIR_TAB_FORWARD);
  g_clear_object (&self->opening);
}

/* What is not shown yet never will be. */
static void
on_failed_cb (MosCustomersDialog *self,
              const GError *error,
              MosCustomerPage *page)
{
  mos_customers_dialog_report (self, error);
  if (page == self->opening)
    g_clear_object (&self->opening);
}

static void
on_gone_cb (MosCustomersDialog *self,
            MosCustomerPage *page)
{
  if (page == self->opening)
    g_clear_object (&self->opening);
  else if (adw_navigation_view_get_visible_page (self->navigation) == ADW_NAVIGATION_PAGE (page))
    adw_navigation_view_pop (self->navigation);
}

/* Whoever is chosen last is shown, however long each takes to be read. */
static void
open_customer (MosCustomersDialog *self,
               const char *id,
               const char *title)
{
  MosCustomerPage *page = mos_customer_page_new (self->desk, id, title);

  g_clear_object (&self->opening);
  self->opening = g_object_ref_sink (page);
  g_signal_connect_object (page, "acted", G_CALLBACK (mos_customers_dialog_offer_undo), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (page, "refused", G_CALLBACK (mos_customers_dialog_say), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (page, "failed", G_CALLBACK (on_failed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (page, "merge", G_CALLBACK (on_merge_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (page, "unmerge", G_CALLBACK (mos_customers_dialog_unmerge), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (page, "export", G_CALLBACK (mos_customers_dialog_export), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (page, "erase", G_CALLBACK (mos_customers_dialog_erase), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (page, "leave", G_CALLBACK (leave), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (page, "gone", G_CALLBACK (on_gone_cb), self, G_CONNECT_SWAPPED);
  /* It is pushed when it has something to show. */
  g_signal_connect_object (page, "ready", G_CALLBACK (on_ready_cb), self, G_CONNECT_SWAPPED);
}

static void
mos_customers_dialog_dispose (GObject *object)
{
  MosCustomersDialog *self = MOS_CUSTOMERS_DIALOG (object);

  g_clear_object (&self->opening);
  g_clear_object (&self->desk);
  self->toasts = NULL;
  G_OBJECT_CLASS (mos_customers_dialog_parent_class)->dispose (object);
}

static void
mos_customers_dialog_class_init (MosCustomersDialogClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = mos_customers_dialog_dispose;
  mos_customers_dialog_install_files (GTK_WIDGET_CLASS (klass));
  mos_customers_dialog_install_choice (GTK_WIDGET_CLASS (klass));
}

static void
mos_customers_dialog_init (MosCustomersDialog *self)
{
  self->toasts = ADW_TOAST_OVERLAY (adw_toast_overlay_new ());
  self->navigation = ADW_NAVIGATION_VIEW (adw_navigation_view_new ());
  adw_toast_overlay_set_child (self->toasts, GTK_WIDGET (self->navigation));
  adw_dialog_set_child (ADW_DIALOG (self), GTK_WIDGET (self->toasts));
  adw_dialog_set_title (ADW_DIALOG (self), _ ("Customers"));
  adw_dialog_set_content_width (ADW_DIALOG (self), 640);
  adw_dialog_set_content_height (ADW_DIALOG (self), 720);
}

MosCustomersDialog *
mos_customers_dialog_new (MosDesk *desk,
                          const char *customer)
{
  MosCustomersDialog *self = g_object_new (MOS_TYPE_CUSTOMERS_DIALOG, NULL);
  GtkWidget *view = adw_toolbar_view_new ();
  GtkWidget *bar = adw_header_bar_new ();
  GtkEventController *keys = gtk_shortcut_controller_new ();

  self->desk = g_object_ref (desk);
  self->list = mos_customer_list_new (desk, NULL);
  g_signal_connect_object (self->list, "chosen", G_CALLBACK (open_customer), self, G_CONNECT_SWAPPED);
  adw_header_bar_pack_end (ADW_HEADER_BAR (bar), mos_customers_dialog_new_menu ());
  adw_header_bar_pack_end (ADW_HEADER_BAR (bar), mos_help_button_new ());
  adw_header_bar_pack_start (ADW_HEADER_BAR (bar), mos_customers_dialog_new_choose_button (self));
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), bar);
  /* Before the dialog takes it as the end of itself. */
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (keys), gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Escape, 0), gtk_named_action_new ("customers.stop-choosing")));
  gtk_widget_add_controller (view, keys);
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), GTK_WIDGET (self->list));
  adw_toolbar_view_add_bottom_bar (ADW_TOOLBAR_VIEW (view), mos_customers_dialog_new_choice_bar (self));
  adw_navigation_view_add (self->navigation, adw_navigation_page_new (view, _ ("Customers")));
  /* Not where the page comes to lie over it while the dialog opens. */
  if (customer != NULL)
    open_customer (self, customer, "");
  else
    adw_dialog_set_focus (ADW_DIALOG (self), mos_customer_list_get_entry (self->list));
  return self;
}
