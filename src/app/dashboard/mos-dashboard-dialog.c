/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-dashboard"

#include "config.h"

#include "app/dashboard/mos-dashboard-dialog-private.h"

#include "app/application/mos-error-text.h"
#include "app/application/mos-settings.h"
#include "app/dashboard/mos-dashboard-filter.h"
#include "app/dashboard/mos-dashboard-text.h"
#include "app/help/mos-help-button.h"
#include "app/widgets/mos-toast-show.h"
#include "core/desk/mos-desk-categories.h"
#include "core/desk/mos-desk-reports.h"
#include "core/desk/mos-targets.h"

#include <glib/gi18n.h>

/* What comes in at once is read once. */
#define RELOAD_MS 900
#define MAX_LOW 12
#define FILTERS (1u << MOS_MEASURE_BY_CHANNEL | 1u << MOS_MEASURE_BY_ACCOUNT | 1u << MOS_MEASURE_BY_CATEGORY | 1u << MOS_MEASURE_BY_TAG | 1u << MOS_MEASURE_BY_LANGUAGE | 1u << MOS_MEASURE_BY_AGENT)

enum
{
  OPEN,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (MosDashboardDialog, mos_dashboard_dialog, ADW_TYPE_DIALOG)

static void load (MosDashboardDialog *self);

void
mos_dashboard_dialog_say (MosDashboardDialog *self,
                          const char *text)
{
  AdwToast *toast = adw_toast_new ("");

  adw_toast_set_use_markup (toast, FALSE);
  adw_toast_set_title (toast, text);
  mos_toast_show (self->toasts, toast);
}

void
mos_dashboard_dialog_open (MosDashboardDialog *self,
                           const char *conversation)
{
  g_autofree char *id = g_strdup (conversation);

  g_object_ref (self);
  if (adw_dialog_close (ADW_DIALOG (self)))
    g_signal_emit (self, signals[OPEN], 0, id);
  g_object_unref (self);
}

static gboolean
is_cancelled (MosDashboardDialog *self,
              const GError *error)
{
  return self->desk == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* --- what is shown --- */

static const char *
find_name (GPtrArray *figures,
           const char *key)
{
  for (guint i = 0; figures != NULL && i < figures->len; i++)
    if (g_strcmp0 (((MosMeasureFigures *) figures->pdata[i])->key, key) == 0)
      return ((MosMeasureFigures *) figures->pdata[i])->name;
  return NULL;
}

char *
mos_dashboard_dialog_dup_filter (MosDashboardDialog *self)
{
  const char *names[MOS_N_MEASURE_BY] = { NULL };

  for (guint by = 1; self->groups != NULL && by < MOS_N_MEASURE_BY; by++)
    names[by] = find_name (self->groups->groups[by], self->choice->query->filter->only[by]);
  return mos_dashboard_text_filter (self->choice->query->filter, names);
}

static void
update_heading (MosDashboardDialog *self)
{
  g_autofree char *filter = mos_dashboard_dialog_dup_filter (self);
  g_autofree char *period = self->report != NULL ? mos_dashboard_text_period (self->report) : NULL;

  mos_dashboard_bar_set_choice (self->bar, self->choice, filter);
  adw_window_title_set_subtitle (self->heading, period != NULL ? period : "");
}

/* Nothing ever happened, as far as these days and those before tell. */
static gboolean
is_empty (const MosMeasureReport *report)
{
  const MosMeasureFigures *all = report->all;

  return all->counts[MOS_MEASURE_NEW] == 0 && all->counts[MOS_MEASURE_CLOSED] == 0 && all->n_open + all->n_pending + all->n_snoozed == 0 && all->csat.n_answers + all->nps.n_answers == 0 && report->trade.n_orders == 0 && (report->before == NULL || is_empty (report->before));
}

static void
show_error (MosDashboardDialog *self,
            const GError *error)
{
  const MosErrorText text = mos_error_text (error);
  g_autofree char *words = g_strdup_printf ("%s\n\n%s", text.sentence, text.step);

  adw_status_page_set_title (self->error_page, text.title);
  adw_status_page_set_description (self->error_page, g_strchomp (words));
  gtk_stack_set_visible_child_name (self->stack, "error");
}

static void
set_reading (MosDashboardDialog *self,
             gboolean is_reading)
{
  self->is_reading = is_reading;
  gtk_widget_set_visible (self->busy, is_reading);
}

static void on_changed_cb (MosDashboardDialog *self);

static void
end_reading (MosDashboardDialog *self)
{
  set_reading (self, FALSE);
  if (self->is_stale)
    on_changed_cb (self);
}

/* --- reading: the overview first, then what takes longer --- */

static void
on_insights_cb (GObject *source,
                GAsyncResult *result,
                gpointer user_data)
{
  g_autoptr (MosDashboardDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) insights = mos_desk_load_insights_finish (MOS_DESK (source), result, &error);

  if (is_cancelled (self, error))
    return;
  if (insights != NULL)
    {
      mos_dashboard_view_set_insights (self->view, insights);
      g_clear_pointer (&self->insights, g_ptr_array_unref);
      self->insights = g_steal_pointer (&insights);
    }
  else
    g_warning ("What stands out could not be read: %s", error->message);
  end_reading (self);
}

static void
load_insights (MosDashboardDialog *self)
{
  g_autoptr (MosMeasureQuery) query = mos_dashboard_choice_make_query (self->choice, 0, FALSE, FALSE);

  mos_desk_load_insights_async (self->desk, query, self->cancellable, on_insights_cb, g_object_ref (self));
}

static void
on_groups_cb (GObject *source,
              GAsyncResult *result,
              gpointer user_data)
{
  g_autoptr (MosDashboardDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MosMeasureReport) report = mos_desk_report_finish (MOS_DESK (source), result, &error);

  if (is_cancelled (self, error))
    return;
  if (report != NULL)
    {
      g_clear_pointer (&self->groups, mos_measure_report_unref);
      self->groups = g_steal_pointer (&report);
      update_heading (self);
    }
  load_insights (self);
}

static void
load_groups (MosDashboardDialog *self)
{
  g_autoptr (MosMeasureQuery) query = mos_dashboard_choice_make_query (self->choice, FILTERS, FALSE, FALSE);

  g_clear_pointer (&query->filter, mos_measure_filter_unref);
  mos_desk_report_async (self->desk, query, self->cancellable, on_groups_cb, g_object_ref (self));
}

const MosMeasureReport *
mos_dashboard_dialog_get_report (MosDashboardDialog *self,
                                 MosDashboardMeasure measure)
{
  return measure == MOS_DASHBOARD_TARGETS && self->targets != NULL ? self->targets : self->report;
}

void
mos_dashboard_dialog_find_facts (MosDashboardDialog *self,
                                 MosTargetFacts *ret_facts)
{
  const MosMeasureFilter *filter = self->choice->query->filter;
  const char *account = filter != NULL ? filter->only[MOS_MEASURE_BY_ACCOUNT] : NULL, *category = filter != NULL ? filter->only[MOS_MEASURE_BY_CATEGORY] : NULL;

  mos_dashboard_measure_find_facts (filter, account != NULL ? mos_desk_find_account (self->desk, account) : NULL, mos_desk_find_category (self->desk, category), ret_facts);
}

static void
on_targets_cb (GObject *source,
               GAsyncResult *result,
               gpointer user_data)
{
  g_autoptr (MosDashboardDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MosMeasureReport) report = mos_desk_report_finish (MOS_DESK (source), result, &error);

  if (is_cancelled (self, error))
    return;
  if (report != NULL)
    {
      g_clear_pointer (&self->targets, mos_measure_report_unref);
      self->targets = g_steal_pointer (&report);
      mos_dashboard_view_set_targets (self->view, self->targets, self->choice);
    }
  else
    mos_dashboard_dialog_say (self, mos_error_text (error).title);
  load_groups (self);
}

static void
load_targets (MosDashboardDialog *self)
{
  g_autoptr (MosMeasureQuery) query = mos_dashboard_choice_make_query (self->choice, 0, TRUE, FALSE);

  query->only_targets = TRUE;
  query->step = MOS_MEASURE_STEP_NONE;
  mos_desk_report_async (self->desk, query, self->cancellable, on_targets_cb, g_object_ref (self));
}

static void load_low (MosDashboardDialog *self, MosMeasureNumber number);

static void
on_low_cb (GObject *source,
           GAsyncResult *result,
           gpointer user_data)
{
  g_autoptr (MosDashboardDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MosMeasureRows) rows = mos_desk_list_number_finish (MOS_DESK (source), result, &error);

  if (is_cancelled (self, error))
    return;
  if (rows != NULL && self->low == NULL)
    {
      self->low = g_steal_pointer (&rows);
      load_low (self, MOS_NUMBER_NPS_DETRACTORS);
      return;
    }
  if (rows != NULL)
    {
      mos_dashboard_view_set_low (self->view, self->low, rows, mos_clock_now_us (mos_store_get_clock (mos_desk_get_store (self->desk))));
      for (guint i = 0; i < G_N_ELEMENTS (self->lows); i++)
        g_clear_pointer (&self->lows[i], mos_measure_rows_unref);
      self->lows[0] = g_steal_pointer (&self->low);
      self->lows[1] = g_steal_pointer (&rows);
    }
  g_clear_pointer (&self->low, mos_measure_rows_unref);
  load_targets (self);
}

/* Those of satisfaction first, then those of recommendation. */
static void
load_low (MosDashboardDialog *self,
          MosMeasureNumber number)
{
  g_autoptr (MosMeasureLook) look = mos_measure_look_new ();

  look->query = mos_dashboard_choice_make_query (self->choice, 0, FALSE, FALSE);
  look->number = number;
  look->part = MOS_MEASURE_WHOLE;
  look->max = MAX_LOW;
  mos_desk_list_number_async (self->desk, look, self->cancellable, on_low_cb, g_object_ref (self));
}

static void
on_more_cb (GObject *source,
            GAsyncResult *result,
            gpointer user_data)
{
  g_autoptr (MosDashboardDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MosMeasureReport) report = mos_desk_report_finish (MOS_DESK (source), result, &error);

  if (is_cancelled (self, error))
    return;
  if (report == NULL)
    {
      mos_dashboard_dialog_say (self, mos_error_text (error).title);
      end_reading (self);
      return;
    }
  g_clear_pointer (&self->more, mos_measure_report_unref);
  self->more = g_steal_pointer (&report);
  mos_dashboard_view_set_more (self->view, self->more, self->choice);
  load_low (self, MOS_NUMBER_CSAT_LOW);
}

static void
load_more (MosDashboardDialog *self)
{
  g_autoptr (MosMeasureQuery) query = mos_dashboard_choice_make_query (self->choice, 1u << self->choice->by, FALSE, TRUE);

  mos_desk_report_async (self->desk, query, self->cancellable, on_more_cb, g_object_ref (self));
}

/* @report: (transfer full) */
static void
show_report (MosDashboardDialog *self,
             MosMeasureReport *report)
{
  MosTargetFacts facts;

  g_clear_pointer (&self->report, mos_measure_report_unref);
  self->report = report;
  mos_dashboard_dialog_find_facts (self, &facts);
  mos_dashboard_view_set_report (self->view, self->report, self->choice, mos_desk_get_targets (self->desk), &facts);
  mos_dashboard_bar_set_has_business (self->bar, self->report->has_business);
  update_heading (self);
  gtk_stack_set_visible_child_name (self->stack, mos_measure_filter_is_empty (self->choice->query->filter) && is_empty (self->report) ? "empty" : "figures");
}

static void
on_report_cb (GObject *source,
              GAsyncResult *result,
              gpointer user_data)
{
  g_autoptr (MosDashboardDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MosMeasureReport) report = mos_desk_report_finish (MOS_DESK (source), result, &error);

  if (is_cancelled (self, error))
    return;
  if (report == NULL)
    {
      show_error (self, error);
      end_reading (self);
      return;
    }
  show_report (self, g_steal_pointer (&report));
  load_more (self);
}

static void
on_overview_cb (GObject *source,
                GAsyncResult *result,
                gpointer user_data)
{
  g_autoptr (MosDashboardDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MosMeasureReport) report = mos_desk_report_finish (MOS_DESK (source), result, &error);

  if (is_cancelled (self, error))
    return;
  self->is_refreshing = FALSE;
  if (report != NULL)
    show_report (self, g_steal_pointer (&report));
}

static void
load (MosDashboardDialog *self)
{
  g_autoptr (MosMeasureQuery) query = mos_dashboard_choice_make_query (self->choice, 0, TRUE, FALSE);

  /* An older question's answer is of no use any more. */
  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  self->cancellable = g_cancellable_new ();
  g_clear_handle_id (&self->reload_id, g_source_remove);
  g_clear_pointer (&self->low, mos_measure_rows_unref);
  g_clear_pointer (&self->targets, mos_measure_report_unref);
  self->is_refreshing = self->is_stale = FALSE;
  set_reading (self, TRUE);
  mos_desk_report_async (self->desk, query, self->cancellable, on_report_cb, g_object_ref (self));
}

static void
on_retry_cb (MosDashboardDialog *self)
{
  gtk_stack_set_visible_child_name (self->stack, "loading");
  load (self);
}

/* --- choosing --- */

void
mos_dashboard_dialog_choose (MosDashboardDialog *self,
                             MosDashboardChoice *choice)
{
  GVariant *words = mos_dashboard_choice_to_words (choice);

  mos_dashboard_choice_ref (choice);
  g_clear_pointer (&self->choice, mos_dashboard_choice_unref);
  self->choice = choice;
  g_settings_set_value (mos_settings_get (), "dashboard", words);
  mos_dashboard_view_forget (self->view);
  update_heading (self);
  load (self);
}

static void
on_by_cb (MosDashboardDialog *self,
          guint by)
{
  g_autoptr (MosDashboardChoice) choice = mos_dashboard_choice_copy (self->choice);

  choice->by = (MosMeasureBy) by;
  mos_dashboard_dialog_choose (self, choice);
}

static void
on_edit_cb (MosDashboardDialog *self)
{
  MosDashboardFilter *page = mos_dashboard_filter_new (self->choice, self->groups, self->report);

  g_signal_connect_object (page, "changed", G_CALLBACK (mos_dashboard_dialog_choose), self, G_CONNECT_SWAPPED);
  adw_navigation_view_push (self->navigation, ADW_NAVIGATION_PAGE (page));
}

/* --- what happens meanwhile --- */

static gboolean
reload_cb (gpointer data)
{
  MosDashboardDialog *self = data;
  g_autoptr (MosMeasureQuery) query = NULL;

  self->reload_id = 0;
  if (!self->is_reading)
    {
      load (self);
      return G_SOURCE_REMOVE;
    }
  /* While mail comes in steadily the rest would never come. */
  self->is_stale = TRUE;
  if (self->is_refreshing)
    return G_SOURCE_REMOVE;
  self->is_refreshing = TRUE;
  query = mos_dashboard_choice_make_query (self->choice, 0, TRUE, FALSE);
  mos_desk_report_async (self->desk, query, self->cancellable, on_overview_cb, g_object_ref (self));
  return G_SOURCE_REMOVE;
}

static void
on_changed_cb (MosDashboardDialog *self)
{
  if (self->reload_id == 0 && self->desk != NULL)
    self->reload_id = g_timeout_add (RELOAD_MS, reload_cb, self);
}

/* Where nothing of it has the keyboard, Escape would be the page's behind. */
static void
on_week_shown_cb (GtkWidget *page)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (page));

  if (focus == NULL || !gtk_widget_is_ancestor (focus, page))
    gtk_widget_grab_focus (mos_week_page_get_content (MOS_WEEK_PAGE (page)));
}

void
mos_dashboard_dialog_show_week (MosDashboardDialog *self)
{
  MosWeekPage *page;

  g_return_if_fail (MOS_IS_DASHBOARD_DIALOG (self));

  page = mos_week_page_new (self->desk);
  g_signal_connect_object (page, "open", G_CALLBACK (mos_dashboard_dialog_open), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (page, "asked", G_CALLBACK (mos_dashboard_dialog_ask_week), self, G_CONNECT_DEFAULT);
  g_signal_connect (page, "shown", G_CALLBACK (on_week_shown_cb), NULL);
  adw_navigation_view_push (self->navigation, ADW_NAVIGATION_PAGE (page));
  adw_dialog_set_focus (ADW_DIALOG (self), mos_week_page_get_content (page));
}

/* --- class --- */

static void
mos_dashboard_dialog_dispose (GObject *object)
{
  MosDashboardDialog *self = MOS_DASHBOARD_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->reload_id, g_source_remove);
  g_clear_object (&self->desk);
  gtk_widget_dispose_template (GTK_WIDGET (object), MOS_TYPE_DASHBOARD_DIALOG);
  G_OBJECT_CLASS (mos_dashboard_dialog_parent_class)->dispose (object);
}

static void
mos_dashboard_dialog_finalize (GObject *object)
{
  MosDashboardDialog *self = MOS_DASHBOARD_DIALOG (object);

  g_clear_pointer (&self->choice, mos_dashboard_choice_unref);
  g_clear_pointer (&self->report, mos_measure_report_unref);
  g_clear_pointer (&self->targets, mos_measure_report_unref);
  g_clear_pointer (&self->more, mos_measure_report_unref);
  g_clear_pointer (&self->groups, mos_measure_report_unref);
  g_clear_pointer (&self->low, mos_measure_rows_unref);
  for (guint i = 0; i < G_N_ELEMENTS (self->lows); i++)
    g_clear_pointer (&self->lows[i], mos_measure_rows_unref);
  g_clear_pointer (&self->insights, g_ptr_array_unref);
  g_object_unref (self->cancellable);
  G_OBJECT_CLASS (mos_dashboard_dialog_parent_class)->finalize (object);
}

static void
mos_dashboard_dialog_class_init (MosDashboardDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mos_dashboard_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = mos_dashboard_dialog_finalize;
  signals[OPEN] = g_signal_new ("open", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  g_type_ensure (MOS_TYPE_HELP_BUTTON);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/mostrador/Mostrador/ui/mos-dashboard-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, MosDashboardDialog, toasts);
  gtk_widget_class_bind_template_child (widget_class, MosDashboardDialog, navigation);
  gtk_widget_class_bind_template_child (widget_class, MosDashboardDialog, heading);
  gtk_widget_class_bind_template_child (widget_class, MosDashboardDialog, busy);
  gtk_widget_class_bind_template_child (widget_class, MosDashboardDialog, bar_place);
  gtk_widget_class_bind_template_child (widget_class, MosDashboardDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, MosDashboardDialog, scroller);
  gtk_widget_class_bind_template_child (widget_class, MosDashboardDialog, error_page);
  gtk_widget_class_bind_template_child (widget_class, MosDashboardDialog, saved_sets);
  gtk_widget_class_bind_template_child (widget_class, MosDashboardDialog, forget_sets);
  gtk_widget_class_bind_template_callback (widget_class, on_retry_cb);
  mos_dashboard_dialog_class_install_out (widget_class);
}

static void
mos_dashboard_dialog_init (MosDashboardDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->cancellable = g_cancellable_new ();
  self->bar = mos_dashboard_bar_new ();
  adw_bin_set_child (self->bar_place, GTK_WIDGET (self->bar));
  self->view = mos_dashboard_view_new ();
  gtk_scrolled_window_set_child (self->scroller, GTK_WIDGET (self->view));
  g_signal_connect_object (self->bar, "changed", G_CALLBACK (mos_dashboard_dialog_choose), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->bar, "edit", G_CALLBACK (on_edit_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->view, "by-chosen", G_CALLBACK (on_by_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->view, "open", G_CALLBACK (mos_dashboard_dialog_open), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->view, "save-picture", G_CALLBACK (mos_dashboard_dialog_save_picture), self, G_CONNECT_SWAPPED);
  mos_dashboard_dialog_connect_how (self);
  mos_dashboard_dialog_update_sets (self);
}

MosDashboardDialog *
mos_dashboard_dialog_new (MosDesk *desk)
{
  MosDashboardDialog *self = g_object_new (MOS_TYPE_DASHBOARD_DIALOG, NULL);
  g_autoptr (GVariant) words = g_settings_get_value (mos_settings_get (), "dashboard");

  self->desk = g_object_ref (desk);
  self->choice = mos_dashboard_choice_parse (words);
  g_signal_connect_object (mos_desk_get_store (desk), "changed", G_CALLBACK (on_changed_cb), self, G_CONNECT_SWAPPED);
  adw_dialog_set_focus (ADW_DIALOG (self), mos_dashboard_bar_get_days (self->bar));
  update_heading (self);
  load (self);
  return self;
}
