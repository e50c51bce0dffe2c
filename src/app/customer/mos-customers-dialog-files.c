/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-customer"

#include "config.h"

#include "app/customer/mos-customers-dialog-private.h"

#include "app/customer/mos-customers-csv-page.h"
#include "core/desk/mos-customers-csv-job.h"

#include <glib/gi18n.h>

/* All customers as CSV, in and out. */

static GtkWindow *
get_window (MosCustomersDialog *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  return GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL;
}

static GtkFileDialog *
file_dialog_new (const char *title)
{
  GtkFileDialog *dialog = gtk_file_dialog_new ();
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();
  g_autoptr (GListStore) filters = g_list_store_new (GTK_TYPE_FILE_FILTER);

  gtk_file_filter_set_name (filter, _ ("CSV files"));
  gtk_file_filter_add_suffix (filter, "csv");
  gtk_file_filter_add_mime_type (filter, "text/csv");
  gtk_file_filter_add_suffix (filter, "tsv");
  gtk_file_filter_add_suffix (filter, "txt");
  g_list_store_append (filters, filter);
  gtk_file_dialog_set_filters (dialog, G_LIST_MODEL (filters));
  gtk_file_dialog_set_title (dialog, title);
  return dialog;
}

/* --- in --- */

static void
pop (MosCustomersDialog *self,
     MosCustomersCsvPage *page)
{
  if (adw_navigation_view_get_visible_page (self->navigation) == ADW_NAVIGATION_PAGE (page))
    adw_navigation_view_pop (self->navigation);
}

static void
on_imported_cb (MosCustomersDialog *self,
                const char *text,
                gint64 batch,
                MosCustomersCsvPage *page)
{
  pop (self, page);
  if (batch != 0)
    mos_customers_dialog_offer_undo (self, text, batch);
  else
    mos_customers_dialog_say (self, text);
}

static void
on_cancelled_cb (MosCustomersDialog *self,
                 MosCustomersCsvPage *page)
{
  pop (self, page);
  mos_customers_dialog_say (self, _ ("Cancelled; nothing was taken in"));
}

static void
on_import_chosen_cb (GObject *source,
                     GAsyncResult *result,
                     gpointer user_data)
{
  g_autoptr (MosCustomersDialog) self = user_data;
  g_autoptr (GFile) file = gtk_file_dialog_open_finish (GTK_FILE_DIALOG (source), result, NULL);
  MosCustomersCsvPage *page;

  /* Nobody chose one. */
  if (file == NULL || self->desk == NULL)
    return;
  page = mos_customers_csv_page_new (self->desk, file);
  g_signal_connect_object (page, "imported", G_CALLBACK (on_imported_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (page, "cancelled", G_CALLBACK (on_cancelled_cb), self, G_CONNECT_SWAPPED);
  adw_navigation_view_push (self->navigation, ADW_NAVIGATION_PAGE (page));
}

static void
import (GtkWidget *widget,
        const char *name,
        GVariant *parameter)
{
  MosCustomersDialog *self = MOS_CUSTOMERS_DIALOG (widget);
  g_autoptr (GtkFileDialog) dialog = file_dialog_new (_ ("Import Customers"));

  gtk_file_dialog_open (dialog, get_window (self), NULL, on_import_chosen_cb, g_object_ref (self));
}

/* --- out --- */

static void
on_exported_cb (GObject *source,
                GAsyncResult *result,
                gpointer user_data)
{
  g_autoptr (MosCustomersDialog) self = user_data;
  g_autoptr (GError) error = NULL;

  if (mos_job_run_finish (MOS_JOB (source), result, &error))
    mos_customers_dialog_say (self, _ ("All customers were exported"));
  else
    mos_customers_dialog_report (self, error);
}

static void
on_export_chosen_cb (GObject *source,
                     GAsyncResult *result,
                     gpointer user_data)
{
  g_autoptr (MosCustomersDialog) self = user_data;
  g_autoptr (GFile) file = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (source), result, NULL);
  g_autoptr (MosCustomersCsvJob) job = NULL;

  if (file == NULL || self->desk == NULL)
    return;
  job = mos_customers_csv_job_new (self->desk, MOS_CSV_JOB_EXPORT, file);
  mos_job_run_async (MOS_JOB (job), on_exported_cb, g_object_ref (self));
}

static void export (GtkWidget *widget,
                    const char *name,
                    GVariant *parameter)
{
  MosCustomersDialog *self = MOS_CUSTOMERS_DIALOG (widget);
  g_autoptr (GtkFileDialog) dialog = file_dialog_new (_ ("Export All Customers"));

  /* Translators: the name of a file */
  gtk_file_dialog_set_initial_name (dialog, _ ("customers.csv"));
  gtk_file_dialog_save (dialog, get_window (self), NULL, on_export_chosen_cb, g_object_ref (self));
}

/* --- to many --- */

static void
write_action (GtkWidget *widget,
              const char *name,
              GVariant *parameter)
{
  MosCustomersDialog *self = MOS_CUSTOMERS_DIALOG (widget);
  GtkWidget *window = GTK_WIDGET (get_window (self));
  MosSegment segment;

  if (!mos_customer_list_find_segment (self->list, &segment))
    {
      mos_customers_dialog_say (self, _ ("All of a kind are written to: clear the search first"));
      return;
    }
  adw_dialog_close (ADW_DIALOG (self));
  gtk_widget_activate_action (window, "win.write-to-segment", "s", mos_segment_to_nick (segment));
}

void
mos_customers_dialog_install_files (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "customers.import", NULL, import);
  gtk_widget_class_install_action (widget_class, "customers.write", NULL, write_action);
  gtk_widget_class_install_action (widget_class, "customers.export", NULL, export);
}

GtkWidget *
mos_customers_dialog_new_menu (void)
{
  GtkWidget *button = gtk_menu_button_new ();
  g_autoptr (GMenu) menu = g_menu_new ();

  g_menu_append (menu, _ ("_Write to These…"), "customers.write");
  g_menu_append (menu, _ ("_Import from a CSV File…"), "customers.import");
  g_menu_append (menu, _ ("_Export All as a CSV File…"), "customers.export");
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "view-more-symbolic");
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (button), G_MENU_MODEL (menu));
  gtk_widget_set_tooltip_text (button, _ ("More About All Customers"));
  return button;
}
