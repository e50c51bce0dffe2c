/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-dashboard"

#include "config.h"

#include "app/dashboard/mos-dashboard-dialog-private.h"

#include "app/dashboard/mos-chart-text.h"
#include "app/dashboard/mos-dashboard-how.h"
#include "app/dashboard/mos-dashboard-text.h"
#include "app/dashboard/mos-insight-text.h"
#include "core/desk/mos-targets.h"

#include <glib/gi18n.h>

/* "How was this computed?", of each number, with its conversations. */

static void
add_circumstances (MosDashboardDialog *self,
                   MosDashboardHow *page,
                   const MosMeasureLook *look)
{
  g_autofree char *filter = mos_dashboard_dialog_dup_filter (self);
  g_autofree char *days = NULL, *text = NULL;

  if (look != NULL && look->to_us != 0 && look->from_us != 0)
    {
      g_autofree char *first = mos_dashboard_text_day (look->from_us, self->report->zone, FALSE), *last = mos_dashboard_text_day (look->to_us - 1, self->report->zone, FALSE);

      days = g_str_equal (first, last) ? g_strdup (first) : g_strdup_printf (_ ("%1$s – %2$s"), first, last);
    }
  else
    days = mos_dashboard_text_period (self->report);
  /* Translators: days, and the time zone of the shop as computers call it (Europe/Madrid) */
  text = g_strdup_printf (_ ("%1$s, by the clock of %2$s"), days, self->report->zone);
  mos_dashboard_how_add_fact (page, _ ("Days"), text);
  mos_dashboard_how_add_fact (page, _ ("Only conversations of"), filter != NULL ? filter : _ ("All: there is no filter"));
}

static void
add_time (MosDashboardDialog *self,
          MosDashboardHow *page,
          MosChartUnit unit)
{
  if (unit == MOS_CHART_WORK)
    mos_dashboard_how_add_fact (page, _ ("Time"), _ ("Hours of work, by the calendar that was valid at each moment"));
  else if (unit == MOS_CHART_DURATION)
    mos_dashboard_how_add_fact (page, _ ("Time"), _ ("By the clock, nights and holidays too"));
}

static void
add_times (MosDashboardDialog *self,
           MosDashboardHow *page,
           MosDashboardMeasure measure,
           const MosMeasureReport *report)
{
  const char *name;
  char *text;

  for (guint i = 0; (text = mos_dashboard_measure_dup_times (measure, i, report, report->all, self->choice->is_business, &name)) != NULL; i++)
    {
      mos_dashboard_how_add_fact (page, name, text);
      g_free (text);
    }
}

static MosDashboardHow *
page_new (MosDashboardDialog *self,
          const char *title)
{
  MosDashboardHow *page = mos_dashboard_how_new (self->desk, title);

  g_signal_connect_object (page, "open", G_CALLBACK (mos_dashboard_dialog_open), self, G_CONNECT_SWAPPED);
  return page;
}

static MosMeasureQuery *
query_of (MosDashboardDialog *self)
{
  return mos_dashboard_choice_make_query (self->choice, 0, FALSE, FALSE);
}

/* --- the overview --- */

static void
ask_measure (MosDashboardDialog *self,
             guint measure)
{
  const int number = mos_dashboard_measure_number ((MosDashboardMeasure) measure);
  const MosMeasureReport *report = mos_dashboard_dialog_get_report (self, (MosDashboardMeasure) measure);
  g_autoptr (MosMeasureLook) look = mos_measure_look_new ();
  g_autofree char *detail = NULL, *value_text = NULL;
  MosDashboardHow *page;
  MosTargetFacts facts;
  MosTileValue value;

  if (report == NULL)
    return;
  mos_dashboard_dialog_find_facts (self, &facts);
  mos_dashboard_measure_read ((MosDashboardMeasure) measure, report, report->all, mos_desk_get_targets (self->desk), &facts, self->choice->is_business, &value);
  detail = mos_dashboard_measure_dup_detail ((MosDashboardMeasure) measure, report, report->all, self->choice->is_business);
  value.detail = detail;
  value_text = mos_measure_tile_dup_sentence (&value);
  page = page_new (self, value.title);
  mos_dashboard_how_add_fact (page, _ ("Number"), value_text);
  add_times (self, page, (MosDashboardMeasure) measure, report);
  mos_dashboard_how_add_fact (page, _ ("How it is computed"), mos_dashboard_measure_formula ((MosDashboardMeasure) measure));
  mos_dashboard_how_add_fact (page, _ ("What does not count"), mos_dashboard_measure_excludes ((MosDashboardMeasure) measure));
  add_circumstances (self, page, NULL);
  add_time (self, page, value.unit);
  if (number >= 0)
    {
      look->query = query_of (self);
      look->number = (MosMeasureNumber) number;
      look->part = MOS_MEASURE_WHOLE;
      look->is_business = value.unit == MOS_CHART_WORK;
      mos_dashboard_how_list (page, look, value.unit == MOS_CHART_WORK ? MOS_CHART_WORK : MOS_CHART_DURATION);
    }
  else
    mos_dashboard_how_say_none (page, _ ("This is counted in orders, not in conversations: see Orders in the main menu."));
  adw_navigation_view_push (self->navigation, ADW_NAVIGATION_PAGE (page));
}

/* --- charts --- */

static MosDashboardMeasure
measure_of (MosDashboardChart chart)
{
  static const MosDashboardMeasure measures[] = {
    MOS_DASHBOARD_FIRST_RESPONSE, MOS_DASHBOARD_VOLUME, MOS_DASHBOARD_FIRST_RESPONSE, MOS_DASHBOARD_RESOLUTION, MOS_DASHBOARD_CSAT, MOS_DASHBOARD_NPS, MOS_DASHBOARD_CSAT, MOS_DASHBOARD_VOLUME, MOS_DASHBOARD_BACKLOG, MOS_DASHBOARD_BACKLOG, MOS_DASHBOARD_JOURNEY
  };

  G_STATIC_ASSERT (G_N_ELEMENTS (measures) == MOS_N_DASHBOARD_CHARTS);
  return measures[chart];
}

static void
ask_chart (MosDashboardDialog *self,
           guint chart,
           int row,
           int series)
{
  const MosDashboardMeasure measure = measure_of ((MosDashboardChart) chart);
  const MosMeasureReport *report = chart == MOS_DASHBOARD_CHART_JOURNEY ? self->more : self->report;
  MosChartData *data = mos_chart_card_get_data (mos_dashboard_view_get_card (self->view, chart));
  g_autoptr (MosMeasureLook) look = NULL;
  g_autofree char *text = NULL;
  const gboolean in_hours = self->choice->is_business && report != NULL && report->has_business;
  const gboolean is_span = measure == MOS_DASHBOARD_FIRST_RESPONSE || measure == MOS_DASHBOARD_RESOLUTION;
  MosDashboardHow *page;

  if (report == NULL || data == NULL)
    return;
  page = page_new (self, data->title);
  text = row >= 0 && (guint) row < data->n_rows ? mos_chart_text_spot (data, (guint) row, (guint) MAX (series, 0)) : mos_chart_text_describe (data);
  mos_dashboard_how_add_fact (page, row >= 0 ? _ ("Number") : _ ("What it shows"), text);
  mos_dashboard_how_add_fact (page, _ ("How it is computed"), mos_dashboard_measure_formula (measure));
  mos_dashboard_how_add_fact (page, _ ("What does not count"), mos_dashboard_measure_excludes (measure));
  look = mos_dashboard_chart_look ((MosDashboardChart) chart, report, self->choice->is_business, row, series);
  look->query = query_of (self);
  add_circumstances (self, page, look);
  if (is_span)
    add_time (self, page, in_hours ? MOS_CHART_WORK : MOS_CHART_DURATION);
  mos_dashboard_how_list (page, look, in_hours ? MOS_CHART_WORK : MOS_CHART_DURATION);
  adw_navigation_view_push (self->navigation, ADW_NAVIGATION_PAGE (page));
}

/* --- groups --- */

static void
ask_group (MosDashboardDialog *self,
           const char *id)
{
  MosChartData *data = mos_chart_card_get_data (mos_dashboard_view_get_card (self->view, MOS_N_DASHBOARD_CHARTS));
  g_autoptr (MosMeasureLook) look = mos_measure_look_new ();
  MosDashboardHow *page;
  guint row = 0;

  if (data == NULL || self->report == NULL)
    return;
  while (id != NULL && row < data->n_rows && g_strcmp0 (data->ids[row], id) != 0)
    row++;
  page = page_new (self, id != NULL && row < data->n_rows ? data->rows[row] : data->title);
  for (guint series = 0; id != NULL && row < data->n_rows && series < data->n_series; series++)
    {
      g_autofree char *value = mos_chart_text_value (mos_chart_data_get (data, row, series), mos_chart_data_get_unit (data, series));

      mos_dashboard_how_add_fact (page, data->series[series], value);
    }
  mos_dashboard_how_add_fact (page, _ ("How it is computed"), mos_dashboard_measure_formula (MOS_DASHBOARD_VOLUME));
  mos_dashboard_how_add_fact (page, _ ("What does not count"), mos_dashboard_measure_excludes (MOS_DASHBOARD_VOLUME));
  add_circumstances (self, page, NULL);
  look->query = query_of (self);
  look->number = MOS_NUMBER_NEW;
  look->part = MOS_MEASURE_WHOLE;
  if (id != NULL)
    {
      look->by = self->choice->by;
      look->key = g_strdup (id);
    }
  mos_dashboard_how_list (page, look, MOS_CHART_COUNT);
  adw_navigation_view_push (self->navigation, ADW_NAVIGATION_PAGE (page));
}

/* --- what stands out --- */

static void
ask_insight (MosDashboardDialog *self,
             MosInsight *insight)
{
  g_autofree char *title = mos_insight_text_title (insight), *subtitle = mos_insight_text_subtitle (insight);
  MosDashboardHow *page;

  if (self->report == NULL)
    return;
  page = page_new (self, title);
  mos_dashboard_how_add_fact (page, _ ("What was counted"), subtitle);
  add_circumstances (self, page, NULL);
  mos_dashboard_how_list_ids (page, (const char *const *) insight->conversations);
  adw_navigation_view_push (self->navigation, ADW_NAVIGATION_PAGE (page));
}

void
mos_dashboard_dialog_connect_how (MosDashboardDialog *self)
{
  g_signal_connect_object (self->view, "asked-measure", G_CALLBACK (ask_measure), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->view, "asked-chart", G_CALLBACK (ask_chart), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->view, "asked-group", G_CALLBACK (ask_group), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->view, "asked-insight", G_CALLBACK (ask_insight), self, G_CONNECT_SWAPPED);
}
