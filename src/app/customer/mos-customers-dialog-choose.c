/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-customer"

#include "config.h"

#include "app/customer/mos-customers-dialog-private.h"

#include "app/widgets/mos-text-direction.h"

#include <glib/gi18n.h>

/* Several customers at once: ticked, and written to. */

static void
on_choice_changed_cb (MosCustomersDialog *self,
                      guint n)
{
  g_autofree char *text = g_strdup_printf (ngettext ("%u chosen", "%u chosen", n), n);

  gtk_label_set_label (self->choice, text);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "customers.write-to-chosen", n > 0);
  if (n > 0)
    gtk_accessible_announce (GTK_ACCESSIBLE (self), text, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_LOW);
}

static void
on_choosing_cb (MosCustomersDialog *self,
                GParamSpec *pspec,
                GtkToggleButton *button)
{
  gboolean choosing = gtk_toggle_button_get_active (button);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  mos_customer_list_set_choosing (self->list, choosing);
  /* What hides must not take the keyboard along. */
  if (!choosing && focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->choice_bar)))
    gtk_widget_grab_focus (GTK_WIDGET (button));
  gtk_action_bar_set_revealed (self->choice_bar, choosing);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "customers.stop-choosing", choosing);
}

static void
stop_choosing (GtkWidget *widget,
               const char *name,
               GVariant *parameter)
{
  gtk_toggle_button_set_active (MOS_CUSTOMERS_DIALOG (widget)->choose, FALSE);
}

static void
choose_all (GtkWidget *widget,
            const char *name,
            GVariant *parameter)
{
  mos_customer_list_choose_all (MOS_CUSTOMERS_DIALOG (widget)->list);
}

static void
write_to_chosen (GtkWidget *widget,
                 const char *name,
                 GVariant *parameter)
{
  MosCustomersDialog *self = MOS_CUSTOMERS_DIALOG (widget);
  GtkWidget *window = GTK_WIDGET (gtk_widget_get_root (widget));
  g_auto (GStrv) ids = mos_customer_list_dup_chosen (self->list);

  if (ids == NULL)
    return;
  adw_dialog_close (ADW_DIALOG (self));
  gtk_widget_activate_action (window, "win.write-to-customers", "^as", ids);
}

void
mos_customers_dialog_install_choice (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "customers.choose-all", NULL, choose_all);
  gtk_widget_class_install_action (widget_class, "customers.write-to-chosen", NULL, write_to_chosen);
  gtk_widget_class_install_action (widget_class, "customers.stop-choosing", NULL, stop_choosing);
}

GtkWidget *
mos_customers_dialog_new_choose_button (MosCustomersDialog *self)
{
  GtkWidget *button = gtk_toggle_button_new ();

  gtk_button_set_icon_name (GTK_BUTTON (button), "object-select-symbolic");
  gtk_widget_set_tooltip_text (button, _ ("Choose Customers"));
  mos_widget_set_label (button, _ ("Choose Customers"));
  g_signal_connect_object (button, "notify::active", G_CALLBACK (on_choosing_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "customers.stop-choosing", FALSE);
  self->choose = GTK_TOGGLE_BUTTON (button);
  return button;
}

GtkWidget *
mos_customers_dialog_new_choice_bar (MosCustomersDialog *self)
{
  GtkWidget *all = gtk_button_new_with_mnemonic (_ ("Choose _All"));
  GtkWidget *to = gtk_button_new_with_mnemonic (_ ("_Write to Them…"));

  self->choice_bar = GTK_ACTION_BAR (gtk_action_bar_new ());
  self->choice = GTK_LABEL (gtk_label_new (""));
  gtk_label_set_ellipsize (self->choice, PANGO_ELLIPSIZE_END);
  gtk_action_bar_set_revealed (self->choice_bar, FALSE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (all), "customers.choose-all");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (to), "customers.write-to-chosen");
  gtk_widget_add_css_class (to, "suggested-action");
  gtk_action_bar_pack_start (self->choice_bar, GTK_WIDGET (self->choice));
  gtk_action_bar_pack_end (self->choice_bar, to);
  gtk_action_bar_pack_end (self->choice_bar, all);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "customers.write-to-chosen", FALSE);
  g_signal_connect_object (self->list, "choice-changed", G_CALLBACK (on_choice_changed_cb), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self->choice_bar);
}
