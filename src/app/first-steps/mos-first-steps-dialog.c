/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-first-steps"

#include "config.h"

#include "app/first-steps/mos-first-steps-dialog.h"

#include "app/application/mos-error-text.h"
#include "app/exchange/mos-job-dialog.h"
#include "app/exchange/mos-job-text.h"
#include "app/help/mos-help-button.h"
#include "app/preferences/mos-preferences-dialog.h"
#include "app/widgets/mos-dialog.h"
#include "app/widgets/mos-text-direction.h"
#include "app/widgets/mos-toast-show.h"

#include "core/desk/mos-import-job.h"

#include <glib/gi18n.h>

typedef struct
{
  GtkWidget *row;
  GtkImage *icon;
  GtkWidget *word;   /* what it is, where that is something to be glad of or to wait for */
  GtkWidget *button; /* that it is not needed, or is after all */
} Row;

struct _MosFirstStepsDialog
{
  AdwDialog parent_instance;

  /* Owned by the tree */
  AdwWindowTitle *heading;
  AdwPreferencesGroup *group;
  AdwToastOverlay *toasts;
  Row rows[MOS_N_FIRST_STEPS];

  /* Owned */
  MosDesk *desk;
  MosFirstSteps *steps;
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (MosFirstStepsDialog, mos_first_steps_dialog, ADW_TYPE_DIALOG)

static const struct
{
  const char *title;
  const char *why;
} texts[MOS_N_FIRST_STEPS] = {
  [MOS_FIRST_STEP_ACCOUNT] = { N_ ("Mail or Chat Account"), N_ ("Where your customers write to you") },
  [MOS_FIRST_STEP_IMPORT] = { N_ ("Mail from Elsewhere"), N_ ("From another program or mailbox; what is in yours comes by itself") },
  [MOS_FIRST_STEP_SIGNATURE] = { N_ ("Signature"), N_ ("Below each answer: who wrote it, and for which shop") },
  [MOS_FIRST_STEP_HOURS] = { N_ ("Business Hours"), N_ ("Waiting times and targets count by them") },
  [MOS_FIRST_STEP_TARGETS] = { N_ ("Answer Targets"), N_ ("Within what time you mean to answer: what is nearly late comes first") },
  [MOS_FIRST_STEP_MACRO] = { N_ ("First Macro"), N_ ("The answer that you write most often, written once") },
  [MOS_FIRST_STEP_BACKUP] = { N_ ("Backups by Themselves"), N_ ("A copy of everything, each day or each week") },
};

/* --- an import --- */

/* Returns: (transfer full) (nullable): the newest that is not at its end */
static MosJob *
ref_import (MosFirstStepsDialog *self)
{
  GListModel *jobs = mos_desk_get_jobs (self->desk);

  for (guint i = g_list_model_get_n_items (jobs); i > 0; i--)
    {
      g_autoptr (MosJob) job = g_list_model_get_item (jobs, i - 1);
      MosJobState state = mos_job_get_state (job);

      if (MOS_IS_IMPORT_JOB (job) && state != MOS_JOB_DONE && state != MOS_JOB_CANCELLED)
        return g_steal_pointer (&job);
    }
  return NULL;
}

static gboolean
is_resting (MosJob *job)
{
  return mos_job_get_state (job) == MOS_JOB_PAUSED || mos_job_get_state (job) == MOS_JOB_FAILED;
}

/* --- what is shown --- */

typedef enum
{
  SHOWN_LEFT,
  SHOWN_DONE,
  SHOWN_ASIDE,
  SHOWN_UNDER_WAY,
  SHOWN_PAUSED,
} Shown;

static char *
dup_name (Shown shown,
          const char *title)
{
  switch (shown)
    {
    case SHOWN_DONE:
      /* Translators: a step of setting up, such as “Signature”. */
      return g_strdup_printf (_ ("%s: done"), title);
    case SHOWN_ASIDE:
      /* Translators: a step of setting up that somebody does not want. */
      return g_strdup_printf (_ ("%s: not needed"), title);
    case SHOWN_UNDER_WAY:
      /* Translators: a step of setting up: an import that runs. */
      return g_strdup_printf (_ ("%s: under way"), title);
    case SHOWN_PAUSED:
      /* Translators: a step of setting up: an import that was paused. */
      return g_strdup_printf (_ ("%s: paused"), title);
    case SHOWN_LEFT:
    default:
      /* Translators: a step of setting up that is still to be taken. */
      return g_strdup_printf (_ ("%s: not done yet"), title);
    }
}

static void
show_step (MosFirstStepsDialog *self,
           MosFirstStep step,
           Shown shown,
           const char *subtitle)
{
  static const char *const icons[] = {
    [SHOWN_LEFT] = "radio-symbolic",
    [SHOWN_DONE] = "mos-check-circle-symbolic",
    [SHOWN_ASIDE] = "list-remove-symbolic",
    [SHOWN_UNDER_WAY] = "mos-clock-symbolic",
    [SHOWN_PAUSED] = "media-playback-pause-symbolic",
  };
  Row *row = &self->rows[step];
  const char *title = _ (texts[step].title);
  const char *word = shown == SHOWN_DONE ? C_ ("first steps", "Done") : shown == SHOWN_UNDER_WAY ? C_ ("first steps", "Under way")
                                                                    : shown == SHOWN_PAUSED      ? C_ ("first steps", "Paused")
                                                                                                 : "";
  gboolean is_aside = shown == SHOWN_ASIDE;
  gboolean has_button = is_aside || shown == SHOWN_LEFT || (shown == SHOWN_PAUSED && self->steps->states[step] != MOS_FIRST_STEP_DONE);
  g_autofree char *name = dup_name (shown, title);
  /* Translators: a step of setting up, such as “Signature”. */
  g_autofree char *button_name = g_strdup_printf (is_aside ? _ ("Take Back: %s") : _ ("Not Needed: %s"), title);

  adw_action_row_set_subtitle (ADW_ACTION_ROW (row->row), is_aside ? C_ ("first steps", "Not needed") : subtitle);
  mos_widget_set_label (row->row, name);
  gtk_image_set_from_icon_name (row->icon, icons[shown]);
  (shown == SHOWN_DONE ? gtk_widget_add_css_class : gtk_widget_remove_css_class) (GTK_WIDGET (row->icon), "success");
  (is_aside ? gtk_widget_add_css_class : gtk_widget_remove_css_class) (GTK_WIDGET (row->icon), "dimmed");
  gtk_label_set_label (GTK_LABEL (row->word), word);
  gtk_widget_set_visible (row->word, *word != '\0');
  /* What has the keyboard goes: the row itself keeps it. */
  if (!has_button && gtk_widget_has_focus (row->button))
    gtk_widget_grab_focus (row->row);
  gtk_button_set_label (GTK_BUTTON (row->button), is_aside ? _ ("Take Back") : _ ("Not Needed"));
  mos_widget_set_label (row->button, button_name);
  gtk_widget_set_visible (row->button, has_button);
}

static void
update_import (MosFirstStepsDialog *self,
               Shown shown)
{
  g_autoptr (MosJob) job = ref_import (self);
  g_autofree char *progress = NULL;

  if (job == NULL || (shown == SHOWN_ASIDE && is_resting (job)))
    {
      show_step (self, MOS_FIRST_STEP_IMPORT, shown, _ (texts[MOS_FIRST_STEP_IMPORT].why));
      return;
    }
  progress = mos_job_get_state (job) == MOS_JOB_FAILED ? mos_job_text_title (job) : mos_job_text_progress (job);
  show_step (self, MOS_FIRST_STEP_IMPORT, is_resting (job) ? SHOWN_PAUSED : SHOWN_UNDER_WAY, progress);
}

static void
update (MosFirstStepsDialog *self)
{
  static const Shown shown[] = {
    [MOS_FIRST_STEP_LEFT] = SHOWN_LEFT,
    [MOS_FIRST_STEP_WAITS] = SHOWN_PAUSED,
    [MOS_FIRST_STEP_DONE] = SHOWN_DONE,
    [MOS_FIRST_STEP_ASIDE] = SHOWN_ASIDE,
    [MOS_FIRST_STEP_NOT_HERE] = SHOWN_ASIDE,
  };
  guint n_wanted;
  guint n_done = mos_first_steps_count (self->steps, &n_wanted);
  /* Translators: of the steps of setting up: “3 of 7 done”. */
  g_autofree char *count = g_strdup_printf (ngettext ("%u of %u done", "%u of %u done", n_done), n_done, n_wanted);

  adw_window_title_set_subtitle (self->heading, count);
  adw_preferences_group_set_description (self->group, n_done < n_wanted ? _ ("In whatever order you like: each opens where it is set up. You can answer customers before that.")
                                                                        : _ ("Everything is set up. All of it can be changed at any time, here as well."));
  for (guint i = 0; i < MOS_N_FIRST_STEPS; i++)
    {
      gtk_widget_set_visible (self->rows[i].row, self->steps->states[i] != MOS_FIRST_STEP_NOT_HERE);
      if (i == MOS_FIRST_STEP_IMPORT)
        update_import (self, shown[self->steps->states[i]]);
      else
        show_step (self, (MosFirstStep) i, shown[self->steps->states[i]], _ (texts[i].why));
    }
}

static void
on_loaded_cb (GObject *source,
              GAsyncResult *result,
              gpointer user_data)
{
  g_autoptr (MosFirstStepsDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MosFirstSteps) steps = mos_desk_load_first_steps_finish (MOS_DESK (source), result, &error);

  if (steps == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        g_warning ("The first steps could not be read: %s", error->message);
      return;
    }
  mos_first_steps_unref (self->steps);
  self->steps = g_steal_pointer (&steps);
  update (self);
}

static void
load (MosFirstStepsDialog *self)
{
  mos_desk_load_first_steps_async (self->desk, self->cancellable, on_loaded_cb, g_object_ref (self));
}

/* --- what is done --- */

static void
on_aside_set_cb (GObject *source,
                 GAsyncResult *result,
                 gpointer user_data)
{
  g_autoptr (MosFirstStepsDialog) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!mos_desk_action_finish (MOS_DESK (source), result, NULL, &error) && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    mos_toast_show (self->toasts, adw_toast_new (mos_error_text (error).title));
  load (self);
}

static void
on_button_cb (MosFirstStepsDialog *self,
              GtkWidget *button)
{
  for (guint i = 0; i < MOS_N_FIRST_STEPS; i++)
    if (self->rows[i].button == button)
      mos_desk_set_step_aside_async (self->desk, (MosFirstStep) i, self->steps->states[i] != MOS_FIRST_STEP_ASIDE, self->cancellable, on_aside_set_cb, g_object_ref (self));
}

static void
open_preferences (MosFirstStepsDialog *self,
                  MosSettingPlace place)
{
  MosPreferencesDialog *dialog = mos_preferences_dialog_new (self->desk);

  mos_dialog_present (ADW_DIALOG (dialog), GTK_WIDGET (self));
  mos_preferences_dialog_show_place (dialog, place);
}

/* What is under way is shown, what rests goes on. */
static void
open_import (MosFirstStepsDialog *self)
{
  g_autoptr (MosJob) job = ref_import (self);

  if (job == NULL)
    {
      gtk_widget_activate_action (GTK_WIDGET (self), "win.import-mail", NULL);
      return;
    }
  if (is_resting (job))
    mos_desk_run_job (self->desk, job);
  mos_dialog_present (ADW_DIALOG (mos_job_dialog_new (self->desk, job)), GTK_WIDGET (self));
}

static void
open_step (MosFirstStepsDialog *self,
           MosFirstStep step)
{
  switch (step)
    {
    case MOS_FIRST_STEP_IMPORT:
      open_import (self);
      break;
    case MOS_FIRST_STEP_HOURS:
      open_preferences (self, MOS_SETTING_HOURS);
      break;
    case MOS_FIRST_STEP_TARGETS:
      open_preferences (self, MOS_SETTING_TARGETS);
      break;
    case MOS_FIRST_STEP_BACKUP:
      open_preferences (self, MOS_SETTING_BACKUPS);
      break;
    case MOS_FIRST_STEP_MACRO:
      gtk_widget_activate_action (GTK_WIDGET (self), "win.macros", NULL);
      break;
    case MOS_FIRST_STEP_SIGNATURE:
      if (self->steps->account != NULL)
        {
          gtk_widget_activate_action (GTK_WIDGET (self), "win.account-setting", "(ss)", self->steps->account, "account-signature");
          break;
        }
      /* Below what, where there is no account? */
      G_GNUC_FALLTHROUGH;
    case MOS_FIRST_STEP_ACCOUNT:
    default:
      gtk_widget_activate_action (GTK_WIDGET (self), "win.add-account", NULL);
      break;
    }
}

static void
on_activated_cb (MosFirstStepsDialog *self,
                 AdwActionRow *row)
{
  for (guint i = 0; i < MOS_N_FIRST_STEPS; i++)
    if (self->rows[i].row == GTK_WIDGET (row))
      open_step (self, (MosFirstStep) i);
}

/* --- what changes it --- */

static void
watch_jobs (MosFirstStepsDialog *self)
{
  GListModel *jobs = mos_desk_get_jobs (self->desk);

  for (guint i = 0; i < g_list_model_get_n_items (jobs); i++)
    {
      g_autoptr (MosJob) job = g_list_model_get_item (jobs, i);

      g_signal_handlers_disconnect_by_func (job, update, self);
      g_signal_connect_object (job, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
    }
  update (self);
}

static void
on_visible_dialog_cb (MosFirstStepsDialog *self,
                      GParamSpec *pspec,
                      AdwApplicationWindow *window)
{
  if (adw_application_window_get_visible_dialog (window) == ADW_DIALOG (self))
    load (self);
}

static void
mos_first_steps_dialog_root (GtkWidget *widget)
{
  GtkRoot *root;

  GTK_WIDGET_CLASS (mos_first_steps_dialog_parent_class)->root (widget);
  root = gtk_widget_get_root (widget);
  if (ADW_IS_APPLICATION_WINDOW (root))
    g_signal_connect_object (root, "notify::visible-dialog", G_CALLBACK (on_visible_dialog_cb), widget, G_CONNECT_SWAPPED);
}

static void
mos_first_steps_dialog_unroot (GtkWidget *widget)
{
  g_signal_handlers_disconnect_by_func (gtk_widget_get_root (widget), on_visible_dialog_cb, widget);
  GTK_WIDGET_CLASS (mos_first_steps_dialog_parent_class)->unroot (widget);
}

/* --- class --- */

static void
mos_first_steps_dialog_dispose (GObject *object)
{
  MosFirstStepsDialog *self = MOS_FIRST_STEPS_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->steps, mos_first_steps_unref);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (mos_first_steps_dialog_parent_class)->dispose (object);
}

static void
mos_first_steps_dialog_class_init (MosFirstStepsDialogClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = mos_first_steps_dialog_dispose;
  GTK_WIDGET_CLASS (klass)->root = mos_first_steps_dialog_root;
  GTK_WIDGET_CLASS (klass)->unroot = mos_first_steps_dialog_unroot;
}

static GtkWidget *
make_image (const char *icon)
{
  return g_object_new (GTK_TYPE_IMAGE, "icon-name", icon, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
}

static void
add_row (MosFirstStepsDialog *self,
         MosFirstStep step)
{
  Row *row = &self->rows[step];

  row->row = adw_action_row_new ();
  row->icon = GTK_IMAGE (make_image (NULL));
  row->word = gtk_label_new (NULL);
  row->button = gtk_button_new_with_label ("");
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row->row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row->row), _ (texts[step].title));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row->row), TRUE);
  gtk_widget_set_valign (row->button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (row->button, "flat");
  gtk_widget_add_css_class (row->button, "caption");
  gtk_widget_add_css_class (row->word, "dimmed");
  adw_action_row_add_prefix (ADW_ACTION_ROW (row->row), GTK_WIDGET (row->icon));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row->row), row->word);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row->row), row->button);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row->row), make_image ("go-next-symbolic"));
  g_signal_connect_object (row->button, "clicked", G_CALLBACK (on_button_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (row->row, "activated", G_CALLBACK (on_activated_cb), self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (self->group, row->row);
}

static void
mos_first_steps_dialog_init (MosFirstStepsDialog *self)
{
  GtkWidget *view = adw_toolbar_view_new (), *bar = adw_header_bar_new ();
  AdwPreferencesPage *page = ADW_PREFERENCES_PAGE (adw_preferences_page_new ());

  self->cancellable = g_cancellable_new ();
  self->heading = ADW_WINDOW_TITLE (adw_window_title_new (_ ("First Steps"), NULL));
  self->group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  self->toasts = ADW_TOAST_OVERLAY (adw_toast_overlay_new ());
  for (guint i = 0; i < MOS_N_FIRST_STEPS; i++)
    add_row (self, (MosFirstStep) i);
  adw_preferences_page_add (page, self->group);
  adw_header_bar_set_title_widget (ADW_HEADER_BAR (bar), GTK_WIDGET (self->heading));
  adw_header_bar_pack_end (ADW_HEADER_BAR (bar), mos_help_button_new ());
  adw_toast_overlay_set_child (self->toasts, GTK_WIDGET (page));
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), bar);
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), GTK_WIDGET (self->toasts));
  adw_dialog_set_child (ADW_DIALOG (self), view);
  adw_dialog_set_title (ADW_DIALOG (self), _ ("First Steps"));
  adw_dialog_set_content_width (ADW_DIALOG (self), 520);
  adw_dialog_set_content_height (ADW_DIALOG (self), 640);
  gtk_widget_add_css_class (GTK_WIDGET (self), "mos-plain");
}

MosFirstStepsDialog *
mos_first_steps_dialog_new (MosDesk *desk,
                            MosFirstSteps *steps)
{
  MosFirstStepsDialog *self;

  g_return_val_if_fail (MOS_IS_DESK (desk), NULL);
  g_return_val_if_fail (steps != NULL, NULL);

  self = g_object_new (MOS_TYPE_FIRST_STEPS_DIALOG, NULL);
  self->desk = g_object_ref (desk);
  self->steps = mos_first_steps_ref (steps);
  for (guint i = 0; i < MOS_N_FIRST_STEPS && adw_dialog_get_focus (ADW_DIALOG (self)) == NULL; i++)
    if (steps->states[i] == MOS_FIRST_STEP_LEFT || steps->states[i] == MOS_FIRST_STEP_WAITS)
      adw_dialog_set_focus (ADW_DIALOG (self), self->rows[i].row);
  g_signal_connect_object (mos_desk_get_accounts (desk), "items-changed", G_CALLBACK (load), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (desk, "macros-changed", G_CALLBACK (load), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (desk, "calendar-changed", G_CALLBACK (load), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (desk, "targets-changed", G_CALLBACK (load), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (desk, "backup-changed", G_CALLBACK (load), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (desk, "job-ended", G_CALLBACK (load), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (mos_desk_get_jobs (desk), "items-changed", G_CALLBACK (watch_jobs), self, G_CONNECT_SWAPPED);
  watch_jobs (self);
  return self;
}
