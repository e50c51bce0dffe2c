/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-exchange"

#include "config.h"

#include "app/exchange/mos-export-dialog.h"

#include "app/exchange/mos-job-dialog.h"
#include "app/widgets/mos-dialog.h"

#include "core/desk/mos-export.h"

#include <glib/gi18n.h>

struct _MosExportDialog
{
  AdwDialog parent_instance;

  /* Template children */
  GtkLabel *what;
  AdwComboRow *format;
  GtkLabel *explanation;

  /* Owned */
  MosDesk *desk;
  MosConversation *conversation; /* (nullable) */
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (MosExportDialog, mos_export_dialog, ADW_TYPE_DIALOG)

static MosExportFormat
get_format (MosExportDialog *self)
{
  /* In the order of the list in the .blp. */
  static const MosExportFormat formats[] = { MOS_EXPORT_MBOX, MOS_EXPORT_MAILDIR, MOS_EXPORT_JSON, MOS_EXPORT_EML };

  return formats[MIN (adw_combo_row_get_selected (self->format), G_N_ELEMENTS (formats) - 1)];
}

static void
on_format_cb (MosExportDialog *self)
{
  const char *text = NULL;

  switch (get_format (self))
    {
    case MOS_EXPORT_MBOX:
      text = _ ("One file that nearly every mail program opens. Notes and events are not in it.");
      break;
    case MOS_EXPORT_MAILDIR:
      text = _ ("A folder with one file a message, as mail servers keep it. Notes and events are not in it.");
      break;
    case MOS_EXPORT_JSON:
      text = _ ("A folder for other programs: everything, with notes and events, and the attachments beside it.");
      break;
    case MOS_EXPORT_EML:
    default:
      text = _ ("A folder with one file a message, each as it was received. Notes and events are not in it.");
      break;
    }
  gtk_label_set_label (self->explanation, text);
}

static char *
dup_name (MosExportDialog *self)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *day = g_date_time_format (now, "%Y-%m-%d");
  MosConversationRow *row = self->conversation != NULL ? mos_conversation_get_row (self->conversation) : NULL;
  g_autofree char *stem = row != NULL ? g_strdup_printf ("mostrador-%" G_GINT64_FORMAT "-%s", row->number, day) : g_strdup_printf ("mostrador-%s", day);

  return get_format (self) == MOS_EXPORT_MBOX ? g_strconcat (stem, ".mbox", NULL) : g_steal_pointer (&stem);
}

static void
start (MosExportDialog *self,
       const char *path,
       gboolean replace)
{
  const char *ids[] = { self->conversation != NULL ? mos_conversation_get_id (self->conversation) : NULL, NULL };
  g_autoptr (MosExportJob) job = mos_export_job_new (mos_desk_get_store (self->desk), get_format (self), ids[0] != NULL ? ids : NULL, NULL, path, replace);
  GtkWidget *parent = GTK_WIDGET (gtk_widget_get_root (GTK_WIDGET (self)));
  MosJob *running;

  running = mos_desk_run_job (self->desk, MOS_JOB (job));
  mos_dialog_present (ADW_DIALOG (mos_job_dialog_new (self->desk, running)), parent);
  adw_dialog_force_close (ADW_DIALOG (self));
}

static void
on_file_chosen_cb (GObject *source,
                   GAsyncResult *result,
                   gpointer user_data)
{
  g_autoptr (MosExportDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (source), result, &error);

  mos_job_show_choice_error (GTK_WIDGET (self), error);
  /* The file dialog has asked already whether an old file may go. */
  if (file != NULL && mos_job_get_choice_path (GTK_WIDGET (self), file) != NULL)
    start (self, g_file_peek_path (file), TRUE);
}

static void
on_folder_chosen_cb (GObject *source,
                     GAsyncResult *result,
                     gpointer user_data)
{
  g_autoptr (MosExportDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) folder = gtk_file_dialog_select_folder_finish (GTK_FILE_DIALOG (source), result, &error);
  g_autofree char *name = NULL;
  g_autofree char *path = NULL;

  mos_job_show_choice_error (GTK_WIDGET (self), error);
  if (mos_job_get_choice_path (GTK_WIDGET (self), folder) == NULL)
    return;
  name = dup_name (self);
  path = g_build_filename (g_file_peek_path (folder), name, NULL);
  for (guint i = 2; g_file_test (path, G_FILE_TEST_EXISTS) && i < 1000; i++)
    {
      g_autofree char *next = g_strdup_printf ("%s-%u", name, i);

      g_free (path);
      path = g_build_filename (g_file_peek_path (folder), next, NULL);
    }
  start (self, path, FALSE);
}

static void
on_export_cb (MosExportDialog *self)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  GtkWindow *parent = GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));
  g_autofree char *name = dup_name (self);

  if (get_format (self) == MOS_EXPORT_MBOX)
    {
      gtk_file_dialog_set_title (dialog, _ ("Export to a File"));
      gtk_file_dialog_set_initial_name (dialog, name);
      gtk_file_dialog_save (dialog, parent, self->cancellable, on_file_chosen_cb, g_object_ref (self));
      return;
    }
  gtk_file_dialog_set_title (dialog, _ ("Choose Where the Folder Is Made"));
  gtk_file_dialog_select_folder (dialog, parent, self->cancellable, on_folder_chosen_cb, g_object_ref (self));
}

static void
mos_export_dialog_closed (AdwDialog *dialog)
{
  g_cancellable_cancel (MOS_EXPORT_DIALOG (dialog)->cancellable);
}

static void
mos_export_dialog_dispose (GObject *object)
{
  MosExportDialog *self = MOS_EXPORT_DIALOG (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), MOS_TYPE_EXPORT_DIALOG);
  g_clear_object (&self->desk);
  g_clear_object (&self->conversation);
  g_clear_object (&self->cancellable);
  G_OBJECT_CLASS (mos_export_dialog_parent_class)->dispose (object);
}

static void
mos_export_dialog_class_init (MosExportDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mos_export_dialog_dispose;
  ADW_DIALOG_CLASS (klass)->closed = mos_export_dialog_closed;

  gtk_widget_class_set_template_from_resource (widget_class, "/org/mostrador/Mostrador/ui/mos-export-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, MosExportDialog, what);
  gtk_widget_class_bind_template_child (widget_class, MosExportDialog, format);
  gtk_widget_class_bind_template_child (widget_class, MosExportDialog, explanation);
  gtk_widget_class_bind_template_callback (widget_class, on_format_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_export_cb);
}

static void
mos_export_dialog_init (MosExportDialog *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

MosExportDialog *
mos_export_dialog_new (MosDesk *desk,
                       MosConversation *conversation)
{
  MosExportDialog *self = g_object_new (MOS_TYPE_EXPORT_DIALOG, NULL);
  MosConversationRow *row = conversation != NULL ? mos_conversation_get_row (conversation) : NULL;
  g_autofree char *what = NULL;

  self->desk = g_object_ref (desk);
  g_set_object (&self->conversation, conversation);
  if (row != NULL)
    /* Translators: a conversation's number and subject */
    what = g_strdup_printf (_ ("Conversation #%u, “%s”"), (guint) row->number, row->subject);
  else
    what = g_strdup (_ ("Everything, except what is deleted. It is only copied: nothing here changes."));
  gtk_label_set_label (self->what, what);
  on_format_cb (self);
  return self;
}
