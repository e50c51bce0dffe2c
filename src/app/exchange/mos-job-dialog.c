/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-exchange"

#include "config.h"

#include "app/exchange/mos-job-dialog.h"

#include "app/application/mos-error-text.h"
#include "app/conversation/mos-attachment-chip.h"
#include "app/exchange/mos-job-text.h"

#include "core/desk/mos-import-job.h"

#include <glib/gi18n.h>

/* Rows are widgets; who wants all of them has mostradorctl. */
#define MAX_ROWS 100

struct _MosJobDialog
{
  AdwDialog parent_instance;

  /* Template children */
  GtkLabel *heading;
  GtkProgressBar *progress;
  GtkLabel *status;
  GtkLabel *result;
  GtkButton *pause_button;
  GtkWidget *cancel_button;
  AdwPreferencesGroup *problems;

  /* Owned */
  MosDesk *desk;
  MosJob *job;
  GCancellable *cancellable;

  MosJobState shown; /* the state whose result is shown */
};

G_DEFINE_FINAL_TYPE (MosJobDialog, mos_job_dialog, ADW_TYPE_DIALOG)

/* --- what was passed over --- */

typedef struct
{
  MosJobDialog *self; /* (owned) */
  char *id;
  GPtrArray *problems; /* (nullable) */
} Read;

static void
read_free (gpointer data)
{
  Read *read = data;

  g_object_unref (read->self);
  g_free (read->id);
  g_clear_pointer (&read->problems, g_ptr_array_unref);
  g_free (read);
}

static gboolean
do_read (MosTxn *txn,
         gpointer data,
         GCancellable *cancellable,
         GError **error)
{
  Read *read = data;

  g_clear_pointer (&read->problems, g_ptr_array_unref);
  read->problems = mos_store_import_list_problems (txn, read->id, error);
  return read->problems != NULL;
}

static void
on_read_cb (GObject *source,
            GAsyncResult *result,
            gpointer user_data)
{
  Read *read = user_data;
  MosJobDialog *self = read->self;
  g_autoptr (GError) error = NULL;

  if (!mos_store_read_finish (MOS_STORE (source), result, &error))
    {
      g_debug ("What an import passed over could not be read: %s", error->message);
      return;
    }
  gtk_widget_set_visible (GTK_WIDGET (self->problems), read->problems->len > 0);
  for (guint i = 0; i < read->problems->len && i < MAX_ROWS; i++)
    {
      MosImportProblem *problem = g_ptr_array_index (read->problems, i);
      GtkWidget *row = adw_action_row_new ();
      g_autofree char *why = mos_job_text_problem (problem);

      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), problem->path);
      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), why);
      adw_preferences_group_add (self->problems, row);
    }
  if (read->problems->len > MAX_ROWS)
    {
      guint more = read->problems->len - MAX_ROWS;
      g_autofree char *text = g_strdup_printf (ngettext ("And %u more", "And %u more", more), more);

      adw_preferences_group_set_description (self->problems, text);
    }
}

static void
load_problems (MosJobDialog *self)
{
  g_autoptr (MosImportRow) row = mos_import_job_dup_row (MOS_IMPORT_JOB (self->job));
  Read *read = g_new0 (Read, 1);

  read->self = g_object_ref (self);
  read->id = g_strdup (row->id);
  mos_store_read_async (mos_desk_get_store (self->desk), do_read, read, read_free, self->cancellable, on_read_cb, read);
}

/* --- the job --- */

static void
update (MosJobDialog *self)
{
  MosJobProgress progress = mos_job_get_progress (self->job);
  MosJobState state = mos_job_get_state (self->job);
  gboolean runs = state == MOS_JOB_RUNNING || state == MOS_JOB_WAITING;
  gboolean may_go_on = mos_job_can_pause (self->job) && (state == MOS_JOB_PAUSED || state == MOS_JOB_FAILED);
  g_autofree char *title = mos_job_text_dialog_title (self->job);
  g_autofree char *heading = mos_job_text_title (self->job);
  g_autofree char *status = mos_job_text_progress (self->job);
  g_autofree char *result = mos_job_text_result (self->job);

  adw_dialog_set_title (ADW_DIALOG (self), title);
  gtk_label_set_label (self->heading, heading);
  gtk_label_set_label (self->status, status);
  gtk_label_set_label (self->result, result);
  gtk_widget_set_visible (GTK_WIDGET (self->result), *result != '\0');
  gtk_widget_set_visible (GTK_WIDGET (self->status), runs || may_go_on);
  gtk_widget_set_visible (GTK_WIDGET (self->progress), runs || may_go_on);
  gtk_progress_bar_set_fraction (self->progress, progress.total > 0 ? (double) progress.done / (double) progress.total : 0);
  gtk_widget_set_visible (GTK_WIDGET (self->pause_button), may_go_on || (runs && mos_job_can_pause (self->job)));
  gtk_button_set_label (self->pause_button, runs ? _ ("_Pause") : _ ("_Resume"));
  gtk_widget_set_visible (self->cancel_button, runs || may_go_on);
  if (!runs && self->shown != state && MOS_IS_IMPORT_JOB (self->job) && !gtk_widget_get_visible (GTK_WIDGET (self->problems)))
    load_problems (self);
  self->shown = state;
}

static void
on_pause_cb (MosJobDialog *self)
{
  if (mos_job_get_state (self->job) == MOS_JOB_RUNNING)
    mos_job_pause (self->job);
  else
    mos_desk_run_job (self->desk, self->job);
}

static void
on_cancel_cb (MosJobDialog *self)
{
  gboolean rests = mos_job_get_state (self->job) != MOS_JOB_RUNNING;

  mos_job_cancel (self->job);
  /* One that rests is told by running it: it ends at once, and is not offered again. */
  if (rests)
    mos_desk_run_job (self->desk, self->job);
}

static void
mos_job_dialog_closed (AdwDialog *dialog)
{
  g_cancellable_cancel (MOS_JOB_DIALOG (dialog)->cancellable);
}

static void
mos_job_dialog_dispose (GObject *object)
{
  MosJobDialog *self = MOS_JOB_DIALOG (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), MOS_TYPE_JOB_DIALOG);
  g_clear_object (&self->job);
  g_clear_object (&self->desk);
  g_clear_object (&self->cancellable);
  G_OBJECT_CLASS (mos_job_dialog_parent_class)->dispose (object);
}

static void
mos_job_dialog_class_init (MosJobDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mos_job_dialog_dispose;
  ADW_DIALOG_CLASS (klass)->closed = mos_job_dialog_closed;

  gtk_widget_class_set_template_from_resource (widget_class, "/org/mostrador/Mostrador/ui/mos-job-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, MosJobDialog, heading);
  gtk_widget_class_bind_template_child (widget_class, MosJobDialog, progress);
  gtk_widget_class_bind_template_child (widget_class, MosJobDialog, status);
  gtk_widget_class_bind_template_child (widget_class, MosJobDialog, result);
  gtk_widget_class_bind_template_child (widget_class, MosJobDialog, pause_button);
  gtk_widget_class_bind_template_child (widget_class, MosJobDialog, cancel_button);
  gtk_widget_class_bind_template_child (widget_class, MosJobDialog, problems);
  gtk_widget_class_bind_template_callback (widget_class, on_pause_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_cancel_cb);
}

static void
mos_job_dialog_init (MosJobDialog *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

MosJobDialog *
mos_job_dialog_new (MosDesk *desk,
                    MosJob *job)
{
  MosJobDialog *self = g_object_new (MOS_TYPE_JOB_DIALOG, NULL);

  self->desk = g_object_ref (desk);
  self->job = g_object_ref (job);
  self->shown = MOS_JOB_WAITING;
  g_signal_connect_object (job, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  return self;
}

void
mos_job_show_choice_error (GtkWidget *widget,
                           const GError *error)
{
  g_return_if_fail (GTK_IS_WIDGET (widget));

  if (error == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) ||
      g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_DISMISSED) || g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_CANCELLED))
    return;
  mos_widget_show_problem (widget, mos_error_text (error).title, error->message);
}

const char *
mos_job_get_choice_path (GtkWidget *widget,
                         GFile *file)
{
  const char *path;
  g_autofree char *uri = NULL;
  g_autofree char *text = NULL;

  g_return_val_if_fail (GTK_IS_WIDGET (widget), NULL);

  path = file != NULL ? g_file_peek_path (file) : NULL;
  if (file == NULL || path != NULL)
    return path;
  uri = g_file_get_parse_name (file);
  /* Translators: %s is the address of a place, such as mtp://phone/DCIM */
  text = g_strdup_printf (_ ("“%s” is not a place on this computer. Choose a folder of this computer, and copy what is there by hand."), uri);
  mos_widget_show_problem (widget, _ ("This Place Cannot Be Used"), text);
  return NULL;
}
