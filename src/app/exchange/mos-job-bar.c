/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-exchange"

#include "config.h"

#include "app/exchange/mos-job-bar.h"

#include "app/exchange/mos-job-dialog.h"
#include "app/exchange/mos-job-text.h"
#include "app/widgets/mos-dialog.h"

#include <glib/gi18n.h>

struct _MosJobBar
{
  AdwBin parent_instance;

  /* Template children */
  GtkRevealer *revealer;
  GtkLabel *title;
  GtkLabel *subtitle;
  GtkProgressBar *progress;
  GtkButton *pause_button;
  GtkWidget *dismiss_button;

  /* Owned */
  MosDesk *desk; /* (nullable) */
  MosJob *job;   /* (nullable): the one shown: the newest that runs, else the newest */
  gulong changed_handler;
};

G_DEFINE_FINAL_TYPE (MosJobBar, mos_job_bar, ADW_TYPE_BIN)

static void
update (MosJobBar *self)
{
  g_autofree char *title = NULL;
  g_autofree char *subtitle = NULL;
  MosJobProgress progress;
  MosJobState state;
  gboolean runs;

  gtk_revealer_set_reveal_child (self->revealer, self->job != NULL);
  if (self->job == NULL)
    return;

  state = mos_job_get_state (self->job);
  runs = state == MOS_JOB_RUNNING || state == MOS_JOB_WAITING;
  progress = mos_job_get_progress (self->job);
  title = mos_job_text_title (self->job);
  if (runs || state == MOS_JOB_PAUSED)
    subtitle = mos_job_text_progress (self->job);
  else
    subtitle = mos_job_text_result (self->job);
  g_strdelimit (subtitle, "\n", ' ');
  gtk_label_set_label (self->title, title);
  gtk_label_set_label (self->subtitle, subtitle);
  gtk_progress_bar_set_fraction (self->progress, progress.total > 0 ? (double) progress.done / (double) progress.total : 0);
  gtk_widget_set_visible (GTK_WIDGET (self->progress), runs || state == MOS_JOB_PAUSED);

  gtk_widget_set_visible (GTK_WIDGET (self->pause_button), mos_job_can_pause (self->job) && (runs || state == MOS_JOB_PAUSED || state == MOS_JOB_FAILED));
  gtk_button_set_icon_name (self->pause_button, runs ? "media-playback-pause-symbolic" : "media-playback-start-symbolic");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->pause_button), runs ? _ ("Pause") : _ ("Resume"));
  gtk_widget_set_visible (self->dismiss_button, !runs);
}

static void
set_job (MosJobBar *self,
         MosJob *job)
{
  if (self->job != job)
    {
      if (self->job != NULL)
        g_clear_signal_handler (&self->changed_handler, self->job);
      g_set_object (&self->job, job);
      if (job != NULL)
        self->changed_handler = g_signal_connect_swapped (job, "changed", G_CALLBACK (update), self);
    }
  update (self);
}

static void
on_jobs_changed_cb (MosJobBar *self)
{
  GListModel *jobs = self->desk != NULL ? mos_desk_get_jobs (self->desk) : NULL;
  g_autoptr (MosJob) shown = NULL;

  for (guint i = 0; jobs != NULL && i < g_list_model_get_n_items (jobs); i++)
    {
      g_autoptr (MosJob) job = g_list_model_get_item (jobs, i);

      if (shown == NULL || mos_job_get_state (job) == MOS_JOB_RUNNING || mos_job_get_state (shown) != MOS_JOB_RUNNING)
        g_set_object (&shown, job);
    }
  set_job (self, shown);
}

static void
on_pause_cb (MosJobBar *self)
{
  if (mos_job_get_state (self->job) == MOS_JOB_RUNNING)
    mos_job_pause (self->job);
  else
    mos_desk_run_job (self->desk, self->job);
}

static void
on_details_cb (MosJobBar *self)
{
  mos_dialog_present (ADW_DIALOG (mos_job_dialog_new (self->desk, self->job)), GTK_WIDGET (self));
}

static void
on_dismiss_cb (MosJobBar *self)
{
  mos_desk_dismiss_job (self->desk, self->job);
}

void
mos_job_bar_set_desk (MosJobBar *self,
                      MosDesk *desk)
{
  g_return_if_fail (MOS_IS_JOB_BAR (self));

  if (self->desk != NULL)
    {
      g_signal_handlers_disconnect_by_data (mos_desk_get_jobs (self->desk), self);
      g_signal_handlers_disconnect_by_data (self->desk, self);
    }
  g_set_object (&self->desk, desk);
  if (desk != NULL)
    {
      g_signal_connect_object (mos_desk_get_jobs (desk), "items-changed", G_CALLBACK (on_jobs_changed_cb), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (desk, "job-ended", G_CALLBACK (on_jobs_changed_cb), self, G_CONNECT_SWAPPED);
    }
  on_jobs_changed_cb (self);
}

static void
mos_job_bar_dispose (GObject *object)
{
  MosJobBar *self = MOS_JOB_BAR (object);

  if (self->job != NULL)
    g_clear_signal_handler (&self->changed_handler, self->job);
  g_clear_object (&self->job);
  g_clear_object (&self->desk);
  /* The bin lets go of its child by itself, or it would do so a second time below. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), MOS_TYPE_JOB_BAR);
  G_OBJECT_CLASS (mos_job_bar_parent_class)->dispose (object);
}

static void
mos_job_bar_class_init (MosJobBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mos_job_bar_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/org/mostrador/Mostrador/ui/mos-job-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, MosJobBar, revealer);
  gtk_widget_class_bind_template_child (widget_class, MosJobBar, title);
  gtk_widget_class_bind_template_child (widget_class, MosJobBar, subtitle);
  gtk_widget_class_bind_template_child (widget_class, MosJobBar, progress);
  gtk_widget_class_bind_template_child (widget_class, MosJobBar, pause_button);
  gtk_widget_class_bind_template_child (widget_class, MosJobBar, dismiss_button);
  gtk_widget_class_bind_template_callback (widget_class, on_pause_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_details_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_dismiss_cb);
}

static void
mos_job_bar_init (MosJobBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
