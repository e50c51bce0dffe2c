/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-conversation"

#include "config.h"

#include "app/conversation/mos-print-private.h"

#include "app/conversation/mos-attachment-chip.h"
#include "app/widgets/mos-file-out.h"

#include <glib/gi18n.h>
#include <string.h>

typedef struct
{
  char *title;
  GPtrArray *rows;      /* (owned) */
  GHashTable *bodies;   /* (owned) (nullable) */
  MosDesk *desk;        /* (owned) (nullable): where pictures and the source come from */
  GtkWidget *widget;    /* (owned) (nullable) */
  MosPrintPages *pages; /* (owned) (nullable) */
  GFile *file;          /* (owned) (nullable) */
  char *message;        /* (owned) (nullable): the one whose source is saved; else a PDF is made */
} Job;

static void
job_free (Job *job)
{
  g_free (job->title);
  g_clear_pointer (&job->rows, g_ptr_array_unref);
  g_clear_object (&job->widget);
  g_clear_object (&job->desk);
  g_clear_pointer (&job->pages, mos_print_pages_free);
  g_clear_pointer (&job->bodies, g_hash_table_unref);
  g_clear_object (&job->file);
  g_free (job->message);
  g_free (job);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Job, job_free)

static Job *
job_new (GtkWidget *widget,
         MosDesk *desk,
         const char *title,
         GPtrArray *rows)
{
  Job *job = g_new0 (Job, 1);

  g_set_object (&job->desk, desk);
  job->title = g_strdup (title);
  job->rows = rows != NULL ? g_ptr_array_ref (rows) : NULL;
  g_set_object (&job->widget, widget);
  return job;
}

/* --- The printer --- */

static void
on_begin_print_cb (GtkPrintOperation *operation,
                   GtkPrintContext *context,
                   Job *job)
{
  PangoContext *pango = gtk_print_context_create_pango_context (context);

  g_clear_pointer (&job->pages, mos_print_pages_free);
  job->pages = mos_print_pages_new (pango, job->title, job->rows, job->bodies, gtk_print_context_get_width (context), gtk_print_context_get_height (context), gtk_print_context_get_dpi_y (context));
  g_object_unref (pango);
  gtk_print_operation_set_n_pages (operation, (int) mos_print_pages_count (job->pages));
}

static void
on_draw_page_cb (GtkPrintOperation *operation,
                 GtkPrintContext *context,
                 int page,
                 Job *job)
{
  mos_print_pages_draw (job->pages, gtk_print_context_get_cairo_context (context), (guint) page);
}

static void
on_done_cb (GtkPrintOperation *operation,
            GtkPrintOperationResult result,
            Job *job)
{
  g_autoptr (GError) error = NULL;

  if (result != GTK_PRINT_OPERATION_RESULT_ERROR)
    return;
  gtk_print_operation_get_error (operation, &error);
  mos_widget_show_problem (job->widget, _ ("This Could Not Be Printed"), error != NULL ? error->message : NULL);
}

static void
job_closure_free (gpointer data,
                  GClosure *closure)
{
  job_free (data);
}

static void
on_bodies_for_printer_cb (GObject *source,
                          GAsyncResult *result,
                          gpointer user_data)
{
  Job *job = user_data;
  GtkWidget *widget = job->widget;
  g_autoptr (GtkPrintOperation) operation = gtk_print_operation_new ();
  g_autoptr (GError) error = NULL;

  job->bodies = mos_print_bodies_load_finish (result);
  gtk_print_operation_set_job_name (operation, job->title != NULL && *job->title != '\0' ? job->title : _ ("No subject"));
  gtk_print_operation_set_embed_page_setup (operation, TRUE);
  gtk_print_operation_set_allow_async (operation, TRUE);
  g_signal_connect (operation, "begin-print", G_CALLBACK (on_begin_print_cb), job);
  g_signal_connect (operation, "draw-page", G_CALLBACK (on_draw_page_cb), job);
  g_signal_connect_data (operation, "done", G_CALLBACK (on_done_cb), job, job_closure_free, 0);
  if (gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG, mos_widget_get_window (widget), &error) == GTK_PRINT_OPERATION_RESULT_ERROR)
    mos_widget_show_problem (widget, _ ("This Could Not Be Printed"), error != NULL ? error->message : NULL);
}

void
mos_print_run (GtkWidget *widget,
               MosDesk *desk,
               const char *title,
               GPtrArray *rows)
{
  mos_print_bodies_load_async (desk, rows, on_bodies_for_printer_cb, job_new (widget, desk, title, rows));
}

/* --- Files --- */

static void
on_written_cb (GObject *source,
               GAsyncResult *result,
               gpointer user_data)
{
  g_autoptr (Job) job = user_data;
  g_autoptr (GError) error = NULL;

  if (!g_file_replace_contents_finish (G_FILE (source), result, NULL, &error))
    mos_widget_show_problem (job->widget, _ ("The File Could Not Be Saved"), error->message);
  else
    gtk_accessible_announce (GTK_ACCESSIBLE (job->widget), _ ("File saved"), GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

static void
write_file (Job *job,
            GBytes *bytes)
{
  g_file_replace_contents_bytes_async (job->file, bytes, NULL, FALSE, G_FILE_CREATE_REPLACE_DESTINATION, NULL, on_written_cb, job);
}

static void
make_func (GTask *task,
           gpointer source,
           gpointer data,
           GCancellable *cancellable)
{
  Job *job = data;
  GError *error = NULL;
  GBytes *bytes = mos_print_make_pdf (job->title, job->rows, job->bodies, &error);

  if (bytes == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, bytes, (GDestroyNotify) g_bytes_unref);
}

static void
on_made_cb (GObject *source,
            GAsyncResult *result,
            gpointer user_data)
{
  g_autoptr (Job) job = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = mos_print_pdf_finish (result, &error);

  if (bytes == NULL)
    mos_widget_show_problem (job->widget, _ ("The File Could Not Be Saved"), error->message);
  else
    write_file (g_steal_pointer (&job), bytes);
}

static void
on_bodies_cb (GObject *source,
              GAsyncResult *result,
              gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Job *job = g_task_get_task_data (task);

  job->bodies = mos_print_bodies_load_finish (result);
  mos_worker_push (mos_print_worker (), task, make_func);
}

void
mos_print_pdf_async (MosDesk *desk,
                     const char *title,
                     GPtrArray *rows,
                     GAsyncReadyCallback callback,
                     gpointer user_data)
{
  GTask *task = g_task_new (NULL, NULL, callback, user_data);

  g_task_set_source_tag (task, mos_print_pdf_async);
  g_task_set_task_data (task, job_new (NULL, desk, title, rows), (GDestroyNotify) job_free);
  mos_print_bodies_load_async (desk, rows, on_bodies_cb, task);
}

GBytes *
mos_print_pdf_finish (GAsyncResult *result,
                      GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
on_raw_cb (GObject *source,
           GAsyncResult *result,
           gpointer user_data)
{
  g_autoptr (Job) job = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) raw = mos_desk_load_raw_finish (MOS_DESK (source), result, &error);

  if (raw == NULL)
    mos_widget_show_problem (job->widget, _ ("The File Could Not Be Saved"), error->message);
  else
    write_file (g_steal_pointer (&job), raw);
}

static void
on_chosen_cb (GObject *source,
              GAsyncResult *result,
              gpointer user_data)
{
  g_autoptr (Job) job = user_data;
  g_autoptr (GError) error = NULL;

  job->file = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (source), result, &error);
  if (job->file == NULL)
    {
      if (!g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_DISMISSED))
        mos_widget_show_problem (job->widget, _ ("The File Could Not Be Saved"), error->message);
      return;
    }
  if (job->message != NULL)
    mos_desk_load_raw_async (job->desk, job->message, NULL, on_raw_cb, job);
  else
    mos_print_pdf_async (job->desk, job->title, job->rows, on_made_cb, job);
  g_steal_pointer (&job);
}

void
mos_print_save_pdf (GtkWidget *widget,
                    MosDesk *desk,
                    const char *title,
                    GPtrArray *rows)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  g_autofree char *name = mos_file_out_dup_name (title != NULL ? title : "", _ ("Message"), ".pdf");
  Job *job = job_new (widget, desk, title, rows);

  gtk_file_dialog_set_title (dialog, _ ("Save as PDF"));
  gtk_file_dialog_set_initial_name (dialog, name);
  gtk_file_dialog_save (dialog, mos_widget_get_window (widget), NULL, on_chosen_cb, job);
}

void
mos_print_save_mail (GtkWidget *widget,
                     MosDesk *desk,
                     MosMessageRow *row)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  g_autofree char *name = mos_file_out_dup_name (row->subject, _ ("Message"), ".eml");
  Job *job = job_new (widget, desk, row->subject, NULL);

  job->message = g_strdup (row->id);
  gtk_file_dialog_set_title (dialog, _ ("Save as Mail File"));
  gtk_file_dialog_set_initial_name (dialog, name);
  gtk_file_dialog_save (dialog, mos_widget_get_window (widget), NULL, on_chosen_cb, job);
}
