/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-dashboard"

#include "config.h"

#include "app/dashboard/mos-dashboard-dialog-private.h"

#include "app/application/mos-settings.h"
#include "app/dashboard/mos-chart-text.h"
#include "app/dashboard/mos-dashboard-how.h"
#include "app/dashboard/mos-dashboard-text.h"
#include "app/dashboard/mos-insight-text.h"
#include "app/dashboard/mos-paper-out.h"
#include "app/widgets/mos-dialog.h"
#include "core/desk/mos-desk-reports.h"
#include "core/desk/mos-targets.h"

#include <glib/gi18n.h>

/* What leaves the dashboard: paper, pictures, files; and what of it is kept under a name. */

/* --- paper --- */

static void
append_line (GString *text,
             const char *line /* (nullable) */)
{
  if (line != NULL)
    g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", line);
}

/* All that its tile says, the title and the number apart. */
static void
add_measure (MosDashboardDialog *self,
             MosDashboardPaper *paper,
             MosDashboardMeasure measure)
{
  const MosMeasureReport *report = mos_dashboard_dialog_get_report (self, measure);
  g_autofree char *detail = mos_dashboard_measure_dup_detail (measure, report, report->all, self->choice->is_business);
  g_autofree char *number = NULL, *target = NULL, *trend = NULL;
  g_autoptr (GString) below = g_string_new (detail);
  MosTargetFacts facts;
  MosTileValue value;

  mos_dashboard_dialog_find_facts (self, &facts);
  mos_dashboard_measure_read (measure, report, report->all, mos_desk_get_targets (self->desk), &facts, self->choice->is_business, &value);
  number = mos_chart_text_value (value.value, value.unit);
  target = mos_measure_tile_dup_target (&value);
  trend = mos_measure_tile_dup_trend (&value);
  append_line (below, target);
  append_line (below, trend);
  mos_dashboard_paper_add_number (paper, value.title, number, below->len > 0 ? below->str : NULL);
}

static void
add_scores (MosDashboardDialog *self,
            MosDashboardPaper *paper,
            const MosMeasureRows *rows,
            MosSurveyKind kind)
{
  const gint64 now_us = mos_clock_now_us (mos_store_get_clock (mos_desk_get_store (self->desk)));

  for (guint i = 0; i < rows->rows->len; i++)
    {
      g_autofree char *text = mos_dashboard_row_dup_score (rows->rows->pdata[i], kind, now_us);

      mos_dashboard_paper_add_text (paper, text, FALSE);
    }
}

static void
add_low (MosDashboardDialog *self,
         MosDashboardPaper *paper)
{
  if (self->lows[0] == NULL)
    return;
  mos_dashboard_paper_add_text (paper, _ ("Low scores"), TRUE);
  add_scores (self, paper, self->lows[0], MOS_SURVEY_CSAT);
  add_scores (self, paper, self->lows[1], MOS_SURVEY_NPS);
  if (self->lows[0]->rows->len + self->lows[1]->rows->len == 0)
    mos_dashboard_paper_add_text (paper, _ ("Nobody gave a low score in these days."), FALSE);
}

static void
add_insights (MosDashboardDialog *self,
              MosDashboardPaper *paper)
{
  if (self->insights == NULL || self->insights->len == 0)
    return;
  mos_dashboard_paper_add_text (paper, _ ("What Stands Out"), TRUE);
  for (guint i = 0; i < self->insights->len; i++)
    {
      g_autofree char *title = mos_insight_text_title (self->insights->pdata[i]), *subtitle = mos_insight_text_subtitle (self->insights->pdata[i]);
      g_autofree char *text = g_strdup_printf ("• %s\n%s", title, subtitle);

      mos_dashboard_paper_add_text (paper, text, FALSE);
    }
}

static MosDashboardPaper *
paper_new (MosDashboardDialog *self)
{
  g_autofree char *period = mos_dashboard_text_period (self->report), *filter = mos_dashboard_dialog_dup_filter (self);
  /* Translators: %s is the days that figures are of */
  g_autofree char *title = g_strdup_printf (_ ("How the shop serves, %s"), period);
  MosDashboardPaper *paper = mos_dashboard_paper_new (GTK_WIDGET (self), title);
  MosChartCard *groups = mos_dashboard_view_get_card (self->view, MOS_N_DASHBOARD_CHARTS);

  if (filter != NULL)
    {
      g_autofree char *text = g_strdup_printf (_ ("Filter: %s"), filter);

      mos_dashboard_paper_add_text (paper, text, FALSE);
    }
  for (guint i = 0; i < MOS_N_DASHBOARD_TILES; i++)
    add_measure (self, paper, (MosDashboardMeasure) i);
  for (guint i = 0; i < MOS_N_DASHBOARD_CHARTS; i++)
    {
      MosChartCard *card = mos_dashboard_view_get_card (self->view, i);

      mos_dashboard_paper_add_chart (paper, mos_chart_card_get_chart (card), mos_chart_card_get_subtitle (card));
    }
  if (mos_chart_card_get_data (groups) != NULL)
    {
      mos_dashboard_paper_add_text (paper, mos_chart_card_get_data (groups)->title, TRUE);
      mos_dashboard_paper_add_table (paper, mos_chart_card_get_data (groups));
    }
  add_low (self, paper);
  add_insights (self, paper);
  return paper;
}

static void
print_action (GtkWidget *widget,
              const char *name,
              GVariant *parameter)
{
  MosDashboardDialog *self = MOS_DASHBOARD_DIALOG (widget);

  if (self->report != NULL)
    mos_paper_out_print (widget, paper_new (self));
}

static void
save_pdf_action (GtkWidget *widget,
                 const char *name,
                 GVariant *parameter)
{
  MosDashboardDialog *self = MOS_DASHBOARD_DIALOG (widget);
  g_autoptr (MosDashboardPaper) paper = self->report != NULL ? paper_new (self) : NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;

  if (paper == NULL)
    return;
  bytes = mos_dashboard_paper_make_pdf (paper, &error);
  if (bytes == NULL)
    mos_paper_out_report (widget, error);
  else
    mos_paper_out_save (widget, bytes, mos_dashboard_paper_get_title (paper), ".pdf");
}

void
mos_dashboard_dialog_save_picture (MosDashboardDialog *self,
                                   MosChartCard *card)
{
  g_autoptr (GError) error = NULL;
  const char *subtitle = mos_chart_card_get_subtitle (card);
  g_autoptr (GBytes) bytes = mos_dashboard_picture_make (mos_chart_card_get_chart (card), *subtitle != '\0' ? subtitle : NULL, &error);

  if (bytes == NULL)
    mos_paper_out_report (GTK_WIDGET (self), error);
  else
    mos_paper_out_save (GTK_WIDGET (self), bytes, mos_chart_card_get_data (card)->title, ".png");
}

/* --- CSV --- */

static void
on_exported_cb (GObject *source,
                GAsyncResult *result,
                gpointer user_data)
{
  g_autoptr (MosDashboardDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  guint n = 0;
  g_autofree char *text = NULL;

  if (!mos_desk_export_report_finish (MOS_DESK (source), result, &n, &error))
    {
      if (self->desk != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        mos_paper_out_report (GTK_WIDGET (self), error);
      return;
    }
  if (self->desk == NULL)
    return;
  text = g_strdup_printf (ngettext ("%u conversation written to the file", "%u conversations written to the file", n), n);
  mos_dashboard_dialog_say (self, text);
}

static void
on_csv_chosen_cb (GObject *source,
                  GAsyncResult *result,
                  gpointer user_data)
{
  g_autoptr (MosDashboardDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (source), result, &error);
  g_autoptr (MosMeasureQuery) query = NULL;

  if (self->desk == NULL)
    return;
  if (file == NULL)
    {
      if (!g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_DISMISSED))
        mos_paper_out_report (GTK_WIDGET (self), error);
      return;
    }
  query = mos_dashboard_choice_make_query (self->choice, 0, FALSE, FALSE);
  /* Spreadsheets take it for another encoding without the mark. */
  mos_desk_export_report_async (self->desk, query, file, TRUE, NULL, on_exported_cb, g_object_ref (self));
}

static void
save_csv_action (GtkWidget *widget,
                 const char *name,
                 GVariant *parameter)
{
  MosDashboardDialog *self = MOS_DASHBOARD_DIALOG (widget);
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  g_autofree char *period = self->report != NULL ? mos_dashboard_text_period (self->report) : g_strdup ("");
  g_autofree char *file = mos_paper_out_dup_name (period, ".csv");
  GtkRoot *root = gtk_widget_get_root (widget);

  gtk_file_dialog_set_title (dialog, _ ("Save as CSV"));
  gtk_file_dialog_set_initial_name (dialog, file);
  gtk_file_dialog_save (dialog, GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, NULL, on_csv_chosen_cb, g_object_ref (self));
}

static void
week_action (GtkWidget *widget,
             const char *name,
             GVariant *parameter)
{
  mos_dashboard_dialog_show_week (MOS_DASHBOARD_DIALOG (widget));
}

/* --- saved --- */

static GVariantDict *
load_sets (void)
{
  g_autoptr (GVariant) sets = g_settings_get_value (mos_settings_get (), "dashboard-saved");
  GVariantDict *dict = g_variant_dict_new (NULL);
  GVariantIter iter;
  const char *name;
  GVariant *words;

  g_variant_iter_init (&iter, sets);
  while (g_variant_iter_loop (&iter, "{&s@a{ss}}", &name, &words))
    g_variant_dict_insert_value (dict, name, words);
  return dict;
}

/* @dict: (transfer full) */
static void
store_sets (MosDashboardDialog *self,
            GVariantDict *dict)
{
  g_autoptr (GVariant) all = g_variant_ref_sink (g_variant_dict_end (dict));
  GVariantBuilder builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a{sa{ss}}"));
  GVariantIter iter;
  const char *name;
  GVariant *value;

  g_variant_dict_unref (dict);
  g_variant_iter_init (&iter, all);
  while (g_variant_iter_loop (&iter, "{&sv}", &name, &value))
    g_variant_builder_add (&builder, "{s@a{ss}}", name, value);
  g_settings_set_value (mos_settings_get (), "dashboard-saved", g_variant_builder_end (&builder));
  mos_dashboard_dialog_update_sets (self);
}

static void
add_item (GMenu *menu,
          const char *label,
          const char *action,
          const char *target)
{
  g_autoptr (GMenuItem) item = NULL;
  g_auto (GStrv) parts = g_strsplit (label, "_", -1);
  /* An underscore in a name is no mnemonic. */
  g_autofree char *escaped = g_strjoinv ("__", parts);

  item = g_menu_item_new (escaped, NULL);
  g_menu_item_set_action_and_target (item, action, "s", target);
  g_menu_append_item (menu, item);
}

void
mos_dashboard_dialog_update_sets (MosDashboardDialog *self)
{
  g_autoptr (GVariant) sets = g_settings_get_value (mos_settings_get (), "dashboard-saved");
  GVariantIter iter;
  const char *name;

  g_menu_remove_all (self->saved_sets);
  g_menu_remove_all (self->forget_sets);
  g_variant_iter_init (&iter, sets);
  while (g_variant_iter_loop (&iter, "{&s@a{ss}}", &name, NULL))
    {
      add_item (self->saved_sets, name, "dashboard.show-set", name);
      add_item (self->forget_sets, name, "dashboard.forget-set", name);
    }
}

static void
show_set_action (GtkWidget *widget,
                 const char *action,
                 GVariant *parameter)
{
  MosDashboardDialog *self = MOS_DASHBOARD_DIALOG (widget);
  g_autoptr (GVariant) sets = g_settings_get_value (mos_settings_get (), "dashboard-saved");
  g_autoptr (GVariant) words = g_variant_lookup_value (sets, g_variant_get_string (parameter, NULL), G_VARIANT_TYPE ("a{ss}"));
  g_autoptr (MosDashboardChoice) choice = NULL;

  if (words == NULL)
    return;
  choice = mos_dashboard_choice_parse (words);
  mos_dashboard_dialog_choose (self, choice);
}

static void
forget_set_action (GtkWidget *widget,
                   const char *action,
                   GVariant *parameter)
{
  MosDashboardDialog *self = MOS_DASHBOARD_DIALOG (widget);
  GVariantDict *dict = load_sets ();
  /* Translators: %s is the name that a person gave to what the dashboard shows */
  g_autofree char *text = g_strdup_printf (_ ("“%s” is forgotten"), g_variant_get_string (parameter, NULL));

  g_variant_dict_remove (dict, g_variant_get_string (parameter, NULL));
  store_sets (self, dict);
  mos_dashboard_dialog_say (self, text);
}

static void
on_save_response_cb (AdwAlertDialog *dialog,
                     const char *response,
                     MosDashboardDialog *self)
{
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (adw_alert_dialog_get_extra_child (dialog)))));
  g_autofree char *text = NULL;
  GVariantDict *dict;

  if (!g_str_equal (response, "save") || *name == '\0')
    return;
  dict = load_sets ();
  g_variant_dict_insert_value (dict, name, mos_dashboard_choice_to_words (self->choice));
  store_sets (self, dict);
  /* Translators: %s is the name that a person gave to what the dashboard shows */
  text = g_strdup_printf (_ ("Saved as “%s”"), name);
  mos_dashboard_dialog_say (self, text);
}

static void
on_name_changed_cb (AdwAlertDialog *dialog,
                    GtkEditable *entry)
{
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (entry)));

  adw_alert_dialog_set_response_enabled (dialog, "save", *name != '\0');
}

static void
save_set_action (GtkWidget *widget,
                 const char *action,
                 GVariant *parameter)
{
  AdwDialog *dialog = adw_alert_dialog_new (_ ("Save What Is Shown"), _ ("The days, the filter and what is compared are kept under this name. One of the same name is replaced."));
  GtkWidget *entry = gtk_entry_new ();

  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Name"), -1);
  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), _ ("Name"));
  gtk_entry_set_max_length (GTK_ENTRY (entry), 60);
  gtk_entry_set_activates_default (GTK_ENTRY (entry), TRUE);
  adw_alert_dialog_set_extra_child (ADW_ALERT_DIALOG (dialog), entry);
  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog), "cancel", _ ("_Cancel"), "save", _ ("_Save"), NULL);
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (dialog), "save", ADW_RESPONSE_SUGGESTED);
  adw_alert_dialog_set_default_response (ADW_ALERT_DIALOG (dialog), "save");
  adw_alert_dialog_set_close_response (ADW_ALERT_DIALOG (dialog), "cancel");
  adw_alert_dialog_set_response_enabled (ADW_ALERT_DIALOG (dialog), "save", FALSE);
  adw_dialog_set_focus (dialog, entry);
  g_signal_connect_object (entry, "changed", G_CALLBACK (on_name_changed_cb), dialog, G_CONNECT_SWAPPED);
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_save_response_cb), MOS_DASHBOARD_DIALOG (widget), G_CONNECT_DEFAULT);
  adw_dialog_present (dialog, widget);
}

void
mos_dashboard_dialog_class_install_out (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "dashboard.print", NULL, print_action);
  gtk_widget_class_install_action (widget_class, "dashboard.save-pdf", NULL, save_pdf_action);
  gtk_widget_class_install_action (widget_class, "dashboard.save-csv", NULL, save_csv_action);
  gtk_widget_class_install_action (widget_class, "dashboard.week", NULL, week_action);
  gtk_widget_class_install_action (widget_class, "dashboard.save-set", NULL, save_set_action);
  gtk_widget_class_install_action (widget_class, "dashboard.show-set", "s", show_set_action);
  gtk_widget_class_install_action (widget_class, "dashboard.forget-set", "s", forget_set_action);
}
