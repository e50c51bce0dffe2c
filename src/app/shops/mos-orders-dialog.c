/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-shops"

#include "config.h"

#include "app/shops/mos-orders-dialog.h"

#include "app/customer/mos-order-text.h"
#include "app/exchange/mos-job-dialog.h"
#include "app/help/mos-help-button.h"
#include "app/shops/mos-orders-text.h"
#include "app/widgets/mos-dialog.h"
#include "app/widgets/mos-text-direction.h"
#include "core/desk/mos-desk-orders-csv.h"

#include <glib/gi18n.h>
#include <string.h>

/* So many troubles are shown; more of them say the same. */
#define MAX_TROUBLES 50

struct _MosOrdersDialog
{
  AdwDialog parent_instance;

  /* Template children */
  GtkWidget *cancel_button;
  GtkWidget *import_button;
  GtkLabel *trouble;
  GtkStack *stack;
  AdwActionRow *file_row;
  GtkWidget *spinner;
  AdwActionRow *orders_row;
  AdwActionRow *missing_row;
  AdwExpanderRow *troubles_row;
  AdwPreferencesGroup *preview_group;
  AdwComboRow *decimals;
  AdwComboRow *dates;
  AdwPreferencesGroup *columns_group;
  AdwPreferencesGroup *statuses_group;
  GtkProgressBar *progress;
  GtkLabel *progress_text;
  AdwStatusPage *done_page;

  /* Owned */
  MosDesk *desk;
  MosShopAccount *shop;
  GFile *file;
  MosOrdersLook *look;       /* (nullable): what is shown */
  MosOrdersPlan *plan;       /* (nullable): as it is wanted, newer than that of @look while it is looked at again */
  MosOrdersJob *job;         /* (nullable): the import */
  GCancellable *cancellable; /* of the look that runs */
  GPtrArray *column_rows;    /* of borrowed AdwComboRow, one for each column */
  GPtrArray *status_rows;    /* of borrowed AdwComboRow, one for each of the report's */
  GPtrArray *trouble_rows;   /* of borrowed widgets */
  GPtrArray *preview_rows;   /* of borrowed widgets */

  gboolean is_looking;
  gboolean is_filling; /* what changes is not somebody's wish */
};

G_DEFINE_FINAL_TYPE (MosOrdersDialog, mos_orders_dialog, ADW_TYPE_DIALOG)

static void look_again (MosOrdersDialog *self);

static void
update (MosOrdersDialog *self)
{
  const MosOrdersReport *report = self->look != NULL ? self->look->report : NULL;

  gtk_widget_set_visible (self->spinner, self->is_looking);
  gtk_widget_set_sensitive (self->import_button, !self->is_looking && self->job == NULL && report != NULL && report->n_orders > 0);
}

static void
show_trouble (MosOrdersDialog *self,
              const char *text)
{
  gtk_label_set_label (self->trouble, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->trouble), text != NULL);
}

/* --- what somebody corrects --- */

static void
on_column_cb (AdwComboRow *row,
              GParamSpec *pspec,
              MosOrdersDialog *self)
{
  guint index;

  if (self->is_filling || self->plan == NULL || !g_ptr_array_find (self->column_rows, row, &index))
    return;
  mos_orders_plan_set_column (self->plan, index, (MosOrderColumn) adw_combo_row_get_selected (row));
  look_again (self);
}

static void
on_status_cb (AdwComboRow *row,
              GParamSpec *pspec,
              MosOrdersDialog *self)
{
  guint index;

  if (self->is_filling || self->plan == NULL || self->look->report == NULL || !g_ptr_array_find (self->status_rows, row, &index))
    return;
  mos_orders_plan_set_status (self->plan, ((MosCsvStatus *) self->look->report->statuses->pdata[index])->word, (MosOrderStatus) adw_combo_row_get_selected (row));
  look_again (self);
}

static void
on_decimals_cb (MosOrdersDialog *self)
{
  if (self->is_filling || self->plan == NULL)
    return;
  self->plan->decimals = adw_combo_row_get_selected (self->decimals) == 1 ? MOS_CSV_DECIMALS_COMMA : MOS_CSV_DECIMALS_POINT;
  look_again (self);
}

static void
on_dates_cb (MosOrdersDialog *self)
{
  if (self->is_filling || self->plan == NULL)
    return;
  self->plan->dates = adw_combo_row_get_selected (self->dates) == 1 ? MOS_CSV_DATES_MONTH_FIRST : MOS_CSV_DATES_DAY_FIRST;
  look_again (self);
}

/* --- showing --- */

static GtkWidget *
text_row (const char *title,
          const char *subtitle)
{
  GtkWidget *row = g_object_new (ADW_TYPE_ACTION_ROW, "use-markup", FALSE, "subtitle-lines", 0, NULL);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  return row;
}

static GtkWidget *
choice_row (const char *title,
            const char *subtitle,
            GListModel *choices)
{
  GtkWidget *row = g_object_new (ADW_TYPE_COMBO_ROW, "use-markup", FALSE, "subtitle-lines", 2, "model", choices, NULL);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  if (subtitle != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  return row;
}

/* The first values of a column, beside each other. */
static char *
dup_values (const MosOrdersCsv *csv,
            guint column)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < csv->sample->len && text->len < 80; i++)
    {
      char **record = csv->sample->pdata[i];
      const char *value = column < g_strv_length (record) ? record[column] : "";
      g_autofree char *isolated = NULL;

      if (*value == '\0')
        continue;
      isolated = mos_text_isolate (value);
      g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", isolated);
    }
  return g_strdelimit (g_string_free (text, FALSE), "\n\t", ' ');
}

static void
make_columns (MosOrdersDialog *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  for (guint i = 0; i < MOS_ORDER_N_COLUMNS; i++)
    gtk_string_list_append (names, mos_orders_text_column ((MosOrderColumn) i));
  for (guint i = 0; i < self->look->plan->n_columns; i++)
    {
      const char *heading = self->look->csv->headings[i];
      g_autofree char *values = dup_values (self->look->csv, i);
      /* Translators: a column of a file without a heading; %u counts from 1 */
      g_autofree char *number = g_strdup_printf (_ ("Column %u"), i + 1);
      GtkWidget *row = choice_row (*heading != '\0' ? heading : number, values, G_LIST_MODEL (names));

      adw_preferences_group_add (self->columns_group, row);
      g_ptr_array_add (self->column_rows, row);
      g_signal_connect_object (row, "notify::selected", G_CALLBACK (on_column_cb), self, 0);
    }
}

static gboolean
has_same_statuses (MosOrdersDialog *self,
                   GPtrArray *statuses)
{
  if (statuses->len != self->status_rows->len)
    return FALSE;
  for (guint i = 0; i < statuses->len; i++)
    if (strcmp (adw_preferences_row_get_title (self->status_rows->pdata[i]), ((MosCsvStatus *) statuses->pdata[i])->word) != 0)
      return FALSE;
  return TRUE;
}

static void
clear_rows (AdwPreferencesGroup *group,
            GPtrArray *rows)
{
  for (guint i = 0; i < rows->len; i++)
    adw_preferences_group_remove (group, rows->pdata[i]);
  g_ptr_array_set_size (rows, 0);
}

static void
show_statuses (MosOrdersDialog *self,
               GPtrArray *statuses)
{
  if (!has_same_statuses (self, statuses))
    {
      g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

      clear_rows (self->statuses_group, self->status_rows);
      for (guint i = 0; i <= MOS_ORDER_REFUNDED; i++)
        gtk_string_list_append (names, mos_order_status_text ((MosOrderStatus) i));
      for (guint i = 0; i < statuses->len; i++)
        {
          GtkWidget *row = choice_row (((MosCsvStatus *) statuses->pdata[i])->word, NULL, G_LIST_MODEL (names));

          adw_preferences_group_add (self->statuses_group, row);
          g_ptr_array_add (self->status_rows, row);
          g_signal_connect_object (row, "notify::selected", G_CALLBACK (on_status_cb), self, 0);
        }
    }
  for (guint i = 0; i < statuses->len; i++)
    {
      const MosCsvStatus *status = statuses->pdata[i];
      g_autofree char *times = g_strdup_printf (ngettext ("In %u line", "In %u lines", status->n), status->n);
      /* Translators: %s is "In 12 lines" */
      g_autofree char *unknown = g_strdup_printf (_ ("%s. This word is not known: please check"), times);

      adw_combo_row_set_selected (self->status_rows->pdata[i], (guint) status->kind);
      adw_action_row_set_subtitle (self->status_rows->pdata[i], status->is_guess ? unknown : times);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->statuses_group), statuses->len > 0);
}

static void
show_troubles (MosOrdersDialog *self,
               const MosOrdersReport *report)
{
  guint n = report != NULL ? report->n_troubles : 0, n_shown = report != NULL ? MIN (report->troubles->len, MAX_TROUBLES) : 0;
  g_autofree char *title = g_strdup_printf (ngettext ("%u line cannot be read", "%u lines cannot be read", n), n);

  for (guint i = 0; i < self->trouble_rows->len; i++)
    adw_expander_row_remove (self->troubles_row, self->trouble_rows->pdata[i]);
  g_ptr_array_set_size (self->trouble_rows, 0);
  gtk_widget_set_visible (GTK_WIDGET (self->troubles_row), n > 0);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->troubles_row), title);
  adw_expander_row_set_subtitle (self->troubles_row, _ ("Their orders are left out, the others are imported."));
  for (guint i = 0; i < n_shown; i++)
    {
      const MosCsvTrouble *trouble = report->troubles->pdata[i];
      g_autofree char *what = mos_orders_text_trouble (trouble);
      /* Translators: %u is the number of a line in a file */
      g_autofree char *line = g_strdup_printf (_ ("Line %u"), trouble->line);
      GtkWidget *row = text_row (line, what);

      adw_expander_row_add_row (self->troubles_row, row);
      g_ptr_array_add (self->trouble_rows, row);
    }
  if (n > n_shown)
    {
      g_autofree char *more = g_strdup_printf (ngettext ("And %u more", "And %u more", n - n_shown), n - n_shown);
      GtkWidget *row = text_row (more, "");

      adw_expander_row_add_row (self->troubles_row, row);
      g_ptr_array_add (self->trouble_rows, row);
    }
}

static void
show_preview (MosOrdersDialog *self,
              const MosOrdersReport *report)
{
  clear_rows (self->preview_group, self->preview_rows);
  for (guint i = 0; report != NULL && i < report->preview->len; i++)
    {
      const MosOrder *order = report->preview->pdata[i];
      g_autofree char *number = mos_text_isolate (order->number);
      g_autofree char *text = mos_orders_text_preview (order, g_get_real_time ());
      GtkWidget *row = text_row (number, text);

      adw_preferences_group_add (self->preview_group, row);
      g_ptr_array_add (self->preview_rows, row);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->preview_group), self->preview_rows->len > 0);
}

static void
show_look (MosOrdersDialog *self)
{
  const MosOrdersReport *report = self->look->report;
  g_autofree char *missing = mos_orders_text_missing (self->look->plan);
  g_autofree char *counts = report != NULL ? mos_orders_text_counts (report, FALSE) : g_strdup (_ ("Say below which column holds the order numbers."));
  g_autofree char *how = mos_orders_text_file (self->look->csv);
  const char *unsure = _ ("The file itself does not say: please check");

  self->is_filling = TRUE;
  if (self->column_rows->len == 0)
    make_columns (self);
  for (guint i = 0; i < self->column_rows->len; i++)
    adw_combo_row_set_selected (self->column_rows->pdata[i], (guint) self->look->plan->columns[i]);
  adw_action_row_set_subtitle (self->file_row, how);
  adw_action_row_set_subtitle (self->orders_row, counts);
  adw_action_row_set_subtitle (self->missing_row, missing);
  gtk_widget_set_visible (GTK_WIDGET (self->missing_row), *missing != '\0');
  gtk_widget_set_visible (GTK_WIDGET (self->orders_row), TRUE);
  show_troubles (self, report);
  show_preview (self, report);
  if (report != NULL)
    {
      show_statuses (self, report->statuses);
      adw_combo_row_set_selected (self->decimals, report->decimals == MOS_CSV_DECIMALS_COMMA ? 1 : 0);
      adw_combo_row_set_selected (self->dates, report->dates == MOS_CSV_DATES_MONTH_FIRST ? 1 : 0);
      adw_action_row_set_subtitle (ADW_ACTION_ROW (self->decimals), report->decimals_are_sure ? "" : unsure);
      adw_action_row_set_subtitle (ADW_ACTION_ROW (self->dates), report->dates_are_sure ? "" : unsure);
    }
  else
    gtk_widget_set_visible (GTK_WIDGET (self->statuses_group), FALSE);
  self->is_filling = FALSE;
}

/* --- looking --- */

static void
on_looked_cb (GObject *source,
              GAsyncResult *result,
              gpointer user_data)
{
  g_autoptr (MosOrdersDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MosOrdersLook) look = mos_desk_look_at_orders_finish (MOS_DESK (source), result, &error);

  /* A newer look is on its way, or nobody is there. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  self->is_looking = FALSE;
  if (look == NULL)
    {
      g_autofree char *text = mos_orders_text_error (error);

      show_trouble (self, text);
      update (self);
      return;
    }
  show_trouble (self, NULL);
  if (self->plan == NULL)
    self->plan = mos_orders_plan_copy (look->plan);
  g_clear_pointer (&self->look, mos_orders_look_unref);
  self->look = g_steal_pointer (&look);
  show_look (self);
  gtk_widget_set_visible (GTK_WIDGET (self->columns_group), TRUE);
  update (self);
}

static void
look_again (MosOrdersDialog *self)
{
  g_autoptr (MosOrdersPlan) plan = self->plan != NULL ? mos_orders_plan_copy (self->plan) : NULL;

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  self->is_looking = TRUE;
  update (self);
  mos_desk_look_at_orders_async (self->desk, self->shop, self->file, self->look != NULL ? self->look->csv : NULL, plan, self->cancellable, on_looked_cb, g_object_ref (self));
}

/* --- the import --- */

static void
on_progress_cb (MosOrdersDialog *self)
{
  MosJobProgress progress = mos_job_get_progress (MOS_JOB (self->job));
  guint n = (guint) progress.items;
  g_autofree char *text = g_strdup_printf (ngettext ("%u order", "%u orders", n), n);

  gtk_progress_bar_set_fraction (self->progress, progress.total > 0 ? (double) progress.done / (double) progress.total : 0);
  gtk_label_set_label (self->progress_text, text);
}

static void
show_done (MosOrdersDialog *self,
           const char *icon,
           const char *title,
           const char *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  adw_status_page_set_icon_name (self->done_page, icon);
  adw_status_page_set_title (self->done_page, title);
  /* A description is markup. */
  adw_status_page_set_description (self->done_page, escaped);
  gtk_stack_set_visible_child_name (self->stack, "done");
  gtk_button_set_label (GTK_BUTTON (self->cancel_button), _ ("_Close"));
  adw_dialog_set_can_close (ADW_DIALOG (self), TRUE);
  gtk_widget_grab_focus (self->cancel_button);
}

static void
on_run_cb (GObject *source,
           GAsyncResult *result,
           gpointer user_data)
{
  g_autoptr (MosOrdersDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  /* The window went away meanwhile. */
  if (gtk_widget_get_root (GTK_WIDGET (self)) == NULL)
    return;
  if (mos_job_run_finish (MOS_JOB (source), result, &error))
    {
      text = mos_orders_text_counts (mos_orders_job_get_report (self->job), TRUE);
      show_done (self, "object-select-symbolic", _ ("The Orders Are Here"), text);
    }
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    show_done (self, "process-stop-symbolic", _ ("The Import Was Cancelled"), _ ("The orders that came until then are kept. Import the file again for the rest: nothing is doubled."));
  else
    {
      text = mos_orders_text_error (error);
      show_done (self, "dialog-error-symbolic", _ ("The Import Stopped"), text);
    }
}

static void
on_import_cb (MosOrdersDialog *self)
{
  if (self->is_looking || self->job != NULL || self->look == NULL || self->look->report == NULL)
    return;
  self->job = mos_orders_job_new (mos_desk_get_store (self->desk), self->shop, self->look->csv, self->look->plan);
  update (self);
  gtk_widget_set_visible (self->import_button, FALSE);
  adw_dialog_set_can_close (ADW_DIALOG (self), FALSE);
  gtk_stack_set_visible_child_name (self->stack, "progress");
  gtk_widget_grab_focus (self->cancel_button);
  g_signal_connect_object (self->job, "changed", G_CALLBACK (on_progress_cb), self, G_CONNECT_SWAPPED);
  mos_job_run_async (MOS_JOB (self->job), on_run_cb, g_object_ref (self));
}

static void
on_cancel_cb (MosOrdersDialog *self)
{
  if (self->job != NULL && mos_job_get_state (MOS_JOB (self->job)) == MOS_JOB_RUNNING)
    mos_job_cancel (MOS_JOB (self->job));
  else
    adw_dialog_close (ADW_DIALOG (self));
}

/* --- class --- */

static void
mos_orders_dialog_close_attempt (AdwDialog *dialog)
{
  on_cancel_cb (MOS_ORDERS_DIALOG (dialog));
}

/* A window that goes in the middle takes its import with it: the job holds the dialog, so that nothing else would end it. */
static void
mos_orders_dialog_unroot (GtkWidget *widget)
{
  MosOrdersDialog *self = MOS_ORDERS_DIALOG (widget);

  g_cancellable_cancel (self->cancellable);
  if (self->job != NULL)
    mos_job_stop_sync (MOS_JOB (self->job));
  GTK_WIDGET_CLASS (mos_orders_dialog_parent_class)->unroot (widget);
}

static void
mos_orders_dialog_dispose (GObject *object)
{
  MosOrdersDialog *self = MOS_ORDERS_DIALOG (object);

  gtk_widget_dispose_template (GTK_WIDGET (object), MOS_TYPE_ORDERS_DIALOG);
  g_clear_object (&self->job);
  g_clear_object (&self->desk);
  g_clear_object (&self->file);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->shop, mos_shop_account_unref);
  g_clear_pointer (&self->look, mos_orders_look_unref);
  g_clear_pointer (&self->plan, mos_orders_plan_unref);
  g_clear_pointer (&self->column_rows, g_ptr_array_unref);
  g_clear_pointer (&self->status_rows, g_ptr_array_unref);
  g_clear_pointer (&self->trouble_rows, g_ptr_array_unref);
  g_clear_pointer (&self->preview_rows, g_ptr_array_unref);
  G_OBJECT_CLASS (mos_orders_dialog_parent_class)->dispose (object);
}

static void
mos_orders_dialog_class_init (MosOrdersDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mos_orders_dialog_dispose;
  widget_class->unroot = mos_orders_dialog_unroot;
  ADW_DIALOG_CLASS (klass)->close_attempt = mos_orders_dialog_close_attempt;
  g_type_ensure (MOS_TYPE_HELP_BUTTON);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/mostrador/Mostrador/ui/mos-orders-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, MosOrdersDialog, cancel_button);
  gtk_widget_class_bind_template_child (widget_class, MosOrdersDialog, import_button);
  gtk_widget_class_bind_template_child (widget_class, MosOrdersDialog, trouble);
  gtk_widget_class_bind_template_child (widget_class, MosOrdersDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, MosOrdersDialog, file_row);
  gtk_widget_class_bind_template_child (widget_class, MosOrdersDialog, spinner);
  gtk_widget_class_bind_template_child (widget_class, MosOrdersDialog, orders_row);
  gtk_widget_class_bind_template_child (widget_class, MosOrdersDialog, missing_row);
  gtk_widget_class_bind_template_child (widget_class, MosOrdersDialog, troubles_row);
  gtk_widget_class_bind_template_child (widget_class, MosOrdersDialog, preview_group);
  gtk_widget_class_bind_template_child (widget_class, MosOrdersDialog, decimals);
  gtk_widget_class_bind_template_child (widget_class, MosOrdersDialog, dates);
  gtk_widget_class_bind_template_child (widget_class, MosOrdersDialog, columns_group);
  gtk_widget_class_bind_template_child (widget_class, MosOrdersDialog, statuses_group);
  gtk_widget_class_bind_template_child (widget_class, MosOrdersDialog, progress);
  gtk_widget_class_bind_template_child (widget_class, MosOrdersDialog, progress_text);
  gtk_widget_class_bind_template_child (widget_class, MosOrdersDialog, done_page);
  gtk_widget_class_bind_template_callback (widget_class, on_cancel_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_import_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_decimals_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_dates_cb);
}

static void
mos_orders_dialog_init (MosOrdersDialog *self)
{
  /* The same in every language: how a file writes them, not how a person does. */
  const char *const decimals[] = { "1,234.50", "1.234,50", NULL };
  const char *const dates[] = { _ ("Day first: 28/11/2026"), _ ("Month first: 11/28/2026"), NULL };
  g_autoptr (GtkStringList) decimals_list = gtk_string_list_new (decimals);
  g_autoptr (GtkStringList) dates_list = gtk_string_list_new (dates);

  self->column_rows = g_ptr_array_new ();
  self->status_rows = g_ptr_array_new ();
  self->trouble_rows = g_ptr_array_new ();
  self->preview_rows = g_ptr_array_new ();
  self->is_filling = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  adw_combo_row_set_model (self->decimals, G_LIST_MODEL (decimals_list));
  adw_combo_row_set_model (self->dates, G_LIST_MODEL (dates_list));
  gtk_widget_set_visible (GTK_WIDGET (self->orders_row), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->missing_row), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->troubles_row), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->preview_group), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->columns_group), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->statuses_group), FALSE);
  self->is_filling = FALSE;
}

/* --- choosing --- */

typedef struct
{
  MosDesk *desk;        /* (owned) */
  MosShopAccount *shop; /* (owned) */
  GtkWidget *parent;    /* (owned) */
} Choice;

static void
choice_free (Choice *choice)
{
  g_object_unref (choice->desk);
  mos_shop_account_unref (choice->shop);
  g_object_unref (choice->parent);
  g_free (choice);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Choice, choice_free)

static void
on_chosen_cb (GObject *source,
              GAsyncResult *result,
              gpointer user_data)
{
  g_autoptr (Choice) choice = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = gtk_file_dialog_open_finish (GTK_FILE_DIALOG (source), result, &error);
  MosOrdersDialog *self;
  g_autofree char *base = NULL;
  g_autofree char *name = NULL;

  if (file == NULL || gtk_widget_get_root (choice->parent) == NULL)
    {
      mos_job_show_choice_error (choice->parent, error);
      return;
    }
  self = g_object_new (MOS_TYPE_ORDERS_DIALOG, NULL);
  self->desk = g_object_ref (choice->desk);
  self->shop = mos_shop_account_ref (choice->shop);
  self->file = g_steal_pointer (&file);
  base = g_file_get_basename (self->file);
  name = g_filename_display_name (base);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->file_row), name);
  look_again (self);
  mos_dialog_present (ADW_DIALOG (self), choice->parent);
}

void
mos_orders_dialog_choose (MosDesk *desk,
                          MosShopAccount *shop,
                          GtkWidget *parent)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  Choice *choice = g_new0 (Choice, 1);

  choice->desk = g_object_ref (desk);
  choice->shop = mos_shop_account_ref (shop);
  choice->parent = g_object_ref (parent);
  gtk_file_dialog_set_title (dialog, _ ("Choose a File with Orders"));
  gtk_file_dialog_open (dialog, GTK_WINDOW (gtk_widget_get_root (parent)), NULL, on_chosen_cb, choice);
}
