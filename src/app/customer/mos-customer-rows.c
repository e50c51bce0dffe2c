/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-customer"

#include "config.h"

#include "app/customer/mos-customer-page-private.h"

#include <glib/gi18n.h>

void
mos_customer_rows_init (MosCustomerRows *self,
                        AdwPreferencesPage *page,
                        const char *title)
{
  self->group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  self->rows = g_ptr_array_new ();
  if (title != NULL)
    adw_preferences_group_set_title (self->group, title);
  gtk_widget_set_visible (GTK_WIDGET (self->group), FALSE);
  adw_preferences_page_add (page, self->group);
}

void
mos_customer_rows_clear (MosCustomerRows *self)
{
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->old, g_ptr_array_unref);
  g_clear_pointer (&self->key, g_free);
  self->group = NULL;
}

void
mos_customer_rows_set_key (GtkWidget *widget,
                           const char *name,
                           const char *what)
{
  g_object_set_data_full (G_OBJECT (widget), "key", what != NULL ? g_strconcat (name, "/", what, NULL) : g_strdup (name), g_free);
}

gboolean
mos_customer_rows_has_key (const MosCustomerRows *self,
                           guint index,
                           const char *name)
{
  return index < self->rows->len && g_strcmp0 (g_object_get_data (G_OBJECT (self->rows->pdata[index]), "key"), name) == 0;
}

guint
mos_customer_rows_count (const MosCustomerRows *self)
{
  return self->rows->len;
}

static GtkWidget *
find_key (GtkWidget *widget,
          const char *key)
{
  GtkWidget *found = NULL;

  if (g_strcmp0 (g_object_get_data (G_OBJECT (widget), "key"), key) == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL; child = gtk_widget_get_next_sibling (child))
    found = find_key (child, key);
  return found;
}

void
mos_customer_rows_begin (MosCustomerRows *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self->group));
  GtkWidget *widget = root != NULL ? gtk_root_get_focus (root) : NULL;

  g_clear_pointer (&self->key, g_free);
  if (widget != NULL && gtk_widget_is_ancestor (widget, GTK_WIDGET (self->group)))
    {
      self->key = g_strdup ("");
      for (; widget != NULL && *self->key == '\0'; widget = gtk_widget_get_parent (widget))
        if (g_object_get_data (G_OBJECT (widget), "key") != NULL)
          g_set_str (&self->key, g_object_get_data (G_OBJECT (widget), "key"));
    }
  self->old = self->rows;
  self->rows = g_ptr_array_new ();
}

void
mos_customer_rows_add (MosCustomerRows *self,
                       GtkWidget *row)
{
  adw_preferences_group_add (self->group, row);
  g_ptr_array_add (self->rows, row);
}

void
mos_customer_rows_end (MosCustomerRows *self)
{
  GtkWidget *again = NULL;

  for (guint i = 0; self->key != NULL && i < self->rows->len && again == NULL; i++)
    again = find_key (self->rows->pdata[i], self->key);
  /* Only then: where what has the keyboard is taken away, GTK puts it somewhere by itself. */
  if (self->key != NULL && (again == NULL || !gtk_widget_grab_focus (again)))
    gtk_widget_child_focus (self->rows->len > 0 ? self->rows->pdata[0] : gtk_widget_get_parent (GTK_WIDGET (self->group)), GTK_DIR_TAB_FORWARD);
  for (guint i = 0; i < self->old->len; i++)
    adw_preferences_group_remove (self->group, self->old->pdata[i]);
  gtk_widget_set_visible (GTK_WIDGET (self->group), self->rows->len > 0);
  g_clear_pointer (&self->old, g_ptr_array_unref);
  g_clear_pointer (&self->key, g_free);
}

/* --- what is in them --- */

GtkWidget *
mos_customer_button_new (const char *icon)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_add_css_class (button, "flat");
  return button;
}

GtkWidget *
mos_customer_row_widget_new (const char *title,
                             const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  if (subtitle != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  return row;
}

char *
mos_customer_reason_text (const MosSuggestion *suggestion)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) reasons = NULL;

  if (suggestion->reasons & MOS_SAME_PHONE)
    g_strv_builder_add (builder, _ ("the same phone number"));
  if (suggestion->reasons & MOS_SAME_ORDER)
    /* Translators: %s is the number of an order that one ordered and the other wrote about */
    g_strv_builder_take (builder, g_strdup_printf (_ ("the same order, %s"), suggestion->order));
  if (suggestion->reasons & MOS_SAME_NAME_COMPANY)
    g_strv_builder_add (builder, _ ("the same name and company"));
  if (suggestion->reasons & MOS_SAME_NAME_FIELD)
    /* Translators: %s is one of the shop's own fields, such as "City" */
    g_strv_builder_take (builder, g_strdup_printf (_ ("the same name and “%s”"), suggestion->field));
  reasons = g_strv_builder_end (builder);
  /* Translators: between two items of a list */
  return g_strjoinv (_ (", "), reasons);
}
