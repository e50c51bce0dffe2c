/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-macros"

#include "config.h"

#include "app/macros/mos-macro-files.h"

#include "app/application/mos-error-text.h"
#include "app/widgets/mos-dialog.h"
#include "core/desk/mos-desk-macros.h"
#include "core/desk/mos-macro-import.h"

#include <adwaita.h>
#include <glib/gi18n.h>

typedef struct
{
  MosDesk *desk;     /* (owned) */
  GtkWidget *widget; /* (owned) */
  MosMacroTold told;
  GObject *told_to; /* (owned) */
  GFile *file;      /* (owned) (nullable) */
} FileJob;

static FileJob *
file_job_new (MosDesk *desk,
              GtkWidget *widget,
              MosMacroTold told,
              gpointer user_data)
{
  FileJob *job = g_new0 (FileJob, 1);

  job->desk = g_object_ref (desk);
  job->widget = g_object_ref (widget);
  job->told = told;
  job->told_to = g_object_ref (user_data);
  return job;
}

static void
file_job_free (FileJob *job)
{
  g_object_unref (job->desk);
  g_object_unref (job->widget);
  g_object_unref (job->told_to);
  g_clear_object (&job->file);
  g_free (job);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FileJob, file_job_free)

static void
tell (FileJob *job,
      const char *text)
{
  job->told (text, 0, job->told_to);
}

static GtkFileDialog *
make_dialog (const char *title)
{
  GtkFileDialog *dialog = gtk_file_dialog_new ();

  gtk_file_dialog_set_title (dialog, title);
  return dialog;
}

/* --- import --- */

/* What has no equal here, and what is none: the person reads it once. */
static void
show_notes (FileJob *job,
            GPtrArray *entries)
{
  g_autoptr (GString) text = g_string_new (NULL);
  AdwDialog *dialog;
  GtkWidget *label, *scroller;

  for (guint i = 0; i < entries->len; i++)
    {
      MosMacroImportEntry *entry = entries->pdata[i];

      /* What stayed as it is here lost nothing. */
      if (entry->result == MOS_MACRO_IMPORT_KEPT)
        continue;
      if (entry->why != NULL)
        /* Translators: a macro's name, and what is wrong with it */
        g_string_append_printf (text, _ ("“%1$s” was not taken: %2$s\n"), entry->name, entry->why);
      for (guint n = 0; n < entry->notes->len; n++)
        g_string_append_printf (text, "“%s”: %s\n", entry->name, (const char *) entry->notes->pdata[n]);
    }
  if (text->len == 0 || gtk_widget_get_root (job->widget) == NULL)
    return;
  dialog = adw_alert_dialog_new (_ ("Not Everything Has an Equal Here"), NULL);
  label = gtk_label_new (text->str);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), 320);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), label);
  adw_alert_dialog_set_extra_child (ADW_ALERT_DIALOG (dialog), scroller);
  adw_alert_dialog_add_response (ADW_ALERT_DIALOG (dialog), "close", _ ("_Close"));
  adw_alert_dialog_set_close_response (ADW_ALERT_DIALOG (dialog), "close");
  mos_dialog_present (dialog, job->widget);
}

static void
on_imported_cb (GObject *source,
                GAsyncResult *result,
                gpointer user_data)
{
  g_autoptr (FileJob) job = user_data;
  g_autoptr (GError) error = NULL;
  gint64 batch;
  g_autoptr (GPtrArray) entries = mos_desk_import_macros_finish (MOS_DESK (source), result, &batch, &error);
  g_autofree char *text = NULL;
  guint n_new = 0, n_kept = 0;

  if (entries == NULL)
    {
      tell (job, error != NULL && error->domain == MOS_DESK_ERROR ? _ ("There are no macros in this file. Mostrador’s own JSON is read, and what Gorgias, Zendesk and Freshdesk export as CSV.") : mos_error_text (error).sentence);
      return;
    }
  for (guint i = 0; i < entries->len; i++)
    {
      n_new += ((MosMacroImportEntry *) entries->pdata[i])->result == MOS_MACRO_IMPORT_NEW;
      n_kept += ((MosMacroImportEntry *) entries->pdata[i])->result == MOS_MACRO_IMPORT_KEPT;
    }
  /* Translators: how many macros are new, and how many were here already */
  text = g_strdup_printf (_ ("%1$u new, %2$u here already"), n_new, n_kept);
  job->told (text, batch, job->told_to);
  show_notes (job, entries);
}

/* What is no file of macros, and large, is not read to its end. */
static gboolean
read_more (const char *data,
           goffset size,
           gpointer user_data)
{
  return size <= MOS_MACRO_IMPORT_MAX_BYTES;
}

static void
on_loaded_cb (GObject *source,
              GAsyncResult *result,
              gpointer user_data)
{
  g_autoptr (FileJob) job = user_data;
  g_autoptr (GBytes) bytes = NULL;
  char *data = NULL;
  gsize size = 0;

  if (!g_file_load_partial_contents_finish (G_FILE (source), result, &data, &size, NULL, NULL))
    {
      tell (job, _ ("The file could not be read"));
      return;
    }
  bytes = g_bytes_new_take (data, size);
  if (size > MOS_MACRO_IMPORT_MAX_BYTES)
    {
      tell (job, _ ("The file is too large for a file of macros"));
      return;
    }
  mos_desk_import_macros_async (job->desk, bytes, NULL, on_imported_cb, job);
  g_steal_pointer (&job);
}

static void
on_opened_cb (GObject *source,
              GAsyncResult *result,
              gpointer user_data)
{
  g_autoptr (FileJob) job = user_data;
  g_autoptr (GFile) file = gtk_file_dialog_open_finish (GTK_FILE_DIALOG (source), result, NULL);

  if (file == NULL)
    return;
  /* Both callbacks get the job, of which the second is the owner. */
  g_file_load_partial_contents_async (file, NULL, read_more, on_loaded_cb, g_steal_pointer (&job));
}

void
mos_macro_files_import (MosDesk *desk,
                        GtkWidget *widget,
                        GCancellable *cancellable,
                        MosMacroTold told,
                        gpointer user_data)
{
  g_autoptr (GtkFileDialog) dialog = make_dialog (_ ("Import Macros"));

  gtk_file_dialog_open (dialog, GTK_WINDOW (gtk_widget_get_root (widget)), cancellable, on_opened_cb, file_job_new (desk, widget, told, user_data));
}

/* --- export --- */

static void
on_written_cb (GObject *source,
               GAsyncResult *result,
               gpointer user_data)
{
  g_autoptr (FileJob) job = user_data;
  g_autoptr (GError) error = NULL;

  tell (job, g_file_replace_contents_finish (G_FILE (source), result, NULL, &error) ? _ ("The macros are in the file") : _ ("The file could not be written"));
}

static void
on_exported_cb (GObject *source,
                GAsyncResult *result,
                gpointer user_data)
{
  g_autoptr (FileJob) job = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = mos_desk_export_macros_finish (MOS_DESK (source), result, &error);

  if (bytes == NULL)
    {
      tell (job, mos_error_text (error).sentence);
      return;
    }
  g_file_replace_contents_bytes_async (job->file, bytes, NULL, FALSE, G_FILE_CREATE_NONE, NULL, on_written_cb, job);
  g_steal_pointer (&job);
}

static void
on_save_chosen_cb (GObject *source,
                   GAsyncResult *result,
                   gpointer user_data)
{
  g_autoptr (FileJob) job = user_data;

  job->file = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (source), result, NULL);
  if (job->file == NULL)
    return;
  mos_desk_export_macros_async (job->desk, NULL, on_exported_cb, job);
  g_steal_pointer (&job);
}

void
mos_macro_files_export (MosDesk *desk,
                        GtkWidget *widget,
                        GCancellable *cancellable,
                        MosMacroTold told,
                        gpointer user_data)
{
  g_autoptr (GtkFileDialog) dialog = make_dialog (_ ("Export Macros"));

  gtk_file_dialog_set_initial_name (dialog, "macros.json");
  gtk_file_dialog_save (dialog, GTK_WINDOW (gtk_widget_get_root (widget)), cancellable, on_save_chosen_cb, file_job_new (desk, widget, told, user_data));
}
