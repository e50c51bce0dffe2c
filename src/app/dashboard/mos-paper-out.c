/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-dashboard"

#include "config.h"

#include "app/dashboard/mos-paper-out.h"

#include "app/conversation/mos-attachment-chip.h"
#include "app/widgets/mos-file-out.h"

#include <glib/gi18n.h>

void
mos_paper_out_report (GtkWidget *widget,
                      const GError *error)
{
  mos_widget_show_problem (widget, _ ("The File Could Not Be Saved"), error->message);
}

char *
mos_paper_out_dup_name (const char *title,
                        const char *suffix)
{
  return mos_file_out_dup_name (title, _ ("Figures"), suffix);
}

/* --- the printer --- */

static void
on_begin_print_cb (GtkPrintOperation *operation,
                   GtkPrintContext *context,
                   MosDashboardPaper *paper)
{
  const double unit = gtk_print_context_get_dpi_y (context) / 72;

  gtk_print_operation_set_n_pages (operation, (int) mos_dashboard_paper_paginate (paper, gtk_print_context_get_width (context) / unit, gtk_print_context_get_height (context) / unit));
}

static void
on_draw_page_cb (GtkPrintOperation *operation,
                 GtkPrintContext *context,
                 int page,
                 MosDashboardPaper *paper)
{
  cairo_t *cr = gtk_print_context_get_cairo_context (context);
  const double unit = gtk_print_context_get_dpi_y (context) / 72;

  cairo_scale (cr, unit, unit);
  mos_dashboard_paper_draw (paper, cr, (guint) page);
}

static void
on_print_done_cb (GtkPrintOperation *operation,
                  GtkPrintOperationResult result,
                  GtkWidget *widget)
{
  g_autoptr (GError) error = NULL;

  if (result != GTK_PRINT_OPERATION_RESULT_ERROR)
    return;
  gtk_print_operation_get_error (operation, &error);
  mos_widget_show_problem (widget, _ ("This Could Not Be Printed"), error != NULL ? error->message : NULL);
}

static void
free_paper (gpointer paper,
            GClosure *closure)
{
  mos_dashboard_paper_free (paper);
}

void
mos_paper_out_print (GtkWidget *widget,
                     MosDashboardPaper *paper)
{
  g_autoptr (GtkPrintOperation) operation = gtk_print_operation_new ();
  g_autoptr (GError) error = NULL;

  gtk_print_operation_set_job_name (operation, mos_dashboard_paper_get_title (paper));
  gtk_print_operation_set_embed_page_setup (operation, TRUE);
  gtk_print_operation_set_allow_async (operation, TRUE);
  g_signal_connect (operation, "begin-print", G_CALLBACK (on_begin_print_cb), paper);
  g_signal_connect_data (operation, "draw-page", G_CALLBACK (on_draw_page_cb), paper, free_paper, 0);
  g_signal_connect_object (operation, "done", G_CALLBACK (on_print_done_cb), widget, G_CONNECT_DEFAULT);
  if (gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG, mos_widget_get_window (widget), &error) == GTK_PRINT_OPERATION_RESULT_ERROR)
    mos_widget_show_problem (widget, _ ("This Could Not Be Printed"), error != NULL ? error->message : NULL);
}

/* --- files --- */

typedef struct
{
  GtkWidget *widget; /* (owned) */
  GBytes *bytes;     /* (owned) */
} Job;

static void
job_free (Job *job)
{
  g_object_unref (job->widget);
  g_bytes_unref (job->bytes);
  g_free (job);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Job, job_free)

static void
on_written_cb (GObject *source,
               GAsyncResult *result,
               gpointer user_data)
{
  g_autoptr (Job) job = user_data;
  g_autoptr (GError) error = NULL;

  if (!g_file_replace_contents_finish (G_FILE (source), result, NULL, &error))
    mos_paper_out_report (job->widget, error);
  else
    gtk_accessible_announce (GTK_ACCESSIBLE (job->widget), _ ("File saved"), GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

static void
on_chosen_cb (GObject *source,
              GAsyncResult *result,
              gpointer user_data)
{
  g_autoptr (Job) job = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (source), result, &error);

  if (file == NULL)
    {
      if (!g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_DISMISSED))
        mos_paper_out_report (job->widget, error);
      return;
    }
  g_file_replace_contents_bytes_async (file, job->bytes, NULL, FALSE, G_FILE_CREATE_REPLACE_DESTINATION, NULL, on_written_cb, job);
  g_steal_pointer (&job);
}

void
mos_paper_out_save (GtkWidget *widget,
                    GBytes *bytes,
                    const char *title,
                    const char *suffix)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  g_autofree char *name = mos_paper_out_dup_name (title, suffix);
  Job *job = g_new0 (Job, 1);

  job->widget = g_object_ref (widget);
  job->bytes = g_bytes_ref (bytes);
  gtk_file_dialog_set_title (dialog, g_str_equal (suffix, ".png") ? _ ("Save as Picture") : _ ("Save as PDF"));
  gtk_file_dialog_set_initial_name (dialog, name);
  gtk_file_dialog_save (dialog, mos_widget_get_window (widget), NULL, on_chosen_cb, job);
}
