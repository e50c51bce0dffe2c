/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-dashboard"

#include "config.h"

#include "app/dashboard/mos-dashboard-dialog-private.h"

#include "app/application/mos-error-text.h"
#include "app/dashboard/mos-chart-text.h"
#include "app/dashboard/mos-dashboard-how.h"
#include "app/dashboard/mos-dashboard-text.h"
#include "app/dashboard/mos-insight-text.h"
#include "core/desk/mos-desk-reports.h"
#include "core/desk/mos-targets.h"

#include <glib/gi18n.h>

/* "How was this computed?", of each number, with its conversations. */

static void
add_circumstances (MosDashboardHow *page,
                   const MosMeasureReport *report,
                   const char *filter,
                   const MosMeasureLook *look)
{
  g_autofree char *days = NULL, *text = NULL;

  if (look != NULL && look->to_us != 0 && look->from_us != 0)
    {
      g_autofree char *first = mos_dashboard_text_day (look->from_us, report->zone, FALSE), *last = mos_dashboard_text_day (look->to_us - 1, report->zone, FALSE);

      days = g_str_equal (first, last) ? g_strdup (first) : g_strdup_printf (_ ("%1$s – %2$s"), first, last);
    }
  else
    days = mos_dashboard_text_period (report);
  /* Translators: days, and the time zone of the shop as computers call it (Europe/Madrid) */
  text = g_strdup_printf (_ ("%1$s, by the clock of %2$s"), days, report->zone);
  mos_dashboard_how_add_fact (page, _ ("Days"), text);
  mos_dashboard_how_add_fact (page, _ ("Only conversations of"), filter != NULL ? filter : _ ("All: there is no filter"));
}

static void
add_time (MosDashboardHow *page,
          MosChartUnit unit)
{
  if (unit == MOS_CHART_WORK)
    mos_dashboard_how_add_fact (page, _ ("Time"), _ ("Hours of work, by the calendar that was valid at each moment"));
  else if (unit == MOS_CHART_DURATION)
    mos_dashboard_how_add_fact (page, _ ("Time"), _ ("By the clock, nights and holidays too"));
}

static void
add_times (MosDashboardHow *page,
           MosDashboardMeasure measure,
           const MosMeasureReport *report,
           gboolean is_business)
{
  const char *name;
  char *text;

  for (guint i = 0; (text = mos_dashboard_measure_dup_times (measure, i, report, report->all, is_business, &name)) != NULL; i++)
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

/* @query: (transfer full): of which days, and of what alone; @filter: (nullable): the latter in words */
static void
push_measure (MosDashboardDialog *self,
              MosDashboardMeasure measure,
              const MosMeasureReport *report,
              MosMeasureQuery *query,
              const char *filter,
              const MosTargetFacts *facts,
              gboolean is_business)
{
  const int number = mos_dashboard_measure_number (measure);
  g_autoptr (MosMeasureLook) look = mos_measure_look_new ();
  g_autofree char *detail = mos_dashboard_measure_dup_detail (measure, report, report->all, is_business), *value_text = NULL;
  MosDashboardHow *page;
  MosTileValue value;

  look->query = query;
  mos_dashboard_measure_read (measure, report, report->all, mos_desk_get_targets (self->desk), facts, is_business, &value);
  value.detail = detail;
  value_text = mos_measure_tile_dup_sentence (&value);
  page = page_new (self, value.title);
  mos_dashboard_how_add_fact (page, _ ("Number"), value_text);
  add_times (page, measure, report, is_business);
  mos_dashboard_how_add_fact (page, _ ("How it is computed"), mos_dashboard_measure_formula (measure));
  mos_dashboard_how_add_fact (page, _ ("What does not count"), mos_dashboard_measure_excludes (measure));
  add_circumstances (page, report, filter, NULL);
  add_time (page, value.unit);
  if (number >= 0)
    {
      look->number = (MosMeasureNumber) number;
      look->part = MOS_MEASURE_WHOLE;
      look->is_business = value.unit == MOS_CHART_WORK;
      mos_dashboard_how_list (page, look, value.unit == MOS_CHART_WORK ? MOS_CHART_WORK : MOS_CHART_DURATION);
    }
  else
    mos_dashboard_how_say_none (page, _ ("This is counted in orders, not in conversations: see Orders in the main menu."));
  adw_navigation_view_push (self->navigation, ADW_NAVIGATION_PAGE (page));
}

static void
ask_measure (MosDashboardDialog *self,
             guint measure)
{
  const MosMeasureReport *report = mos_dashboard_dialog_get_report (self, (MosDashboardMeasure) measure);
  g_autofree char *filter = mos_dashboard_dialog_dup_filter (self);
  MosTargetFacts facts;

  if (report == NULL)
    return;
  mos_dashboard_dialog_find_facts (self, &facts);
  push_measure (self, (MosDashboardMeasure) measure, report, query_of (self), filter, &facts, self->choice->is_business);
}

/* --- the week --- */

/* One of its numbers, while the days are read as the overview has them. */
typedef struct
{
  MosDashboardDialog *dialog; /* (owned) */
  MosWeekPage *page;          /* (owned) */
  MosMeasureQuery *query;     /* (owned) */
  MosWeekNumber number;
} AskedWeek;

static void
on_week_report_cb (GObject *source,
                   GAsyncResult *result,
                   gpointer user_data)
{
  static const MosDashboardMeasure measures[] = { MOS_DASHBOARD_VOLUME, MOS_DASHBOARD_FIRST_RESPONSE, MOS_DASHBOARD_RESOLUTION, MOS_DASHBOARD_CSAT, MOS_DASHBOARD_BACKLOG };
  AskedWeek *asked = user_data;
  MosDashboardDialog *self = asked->dialog;
  g_autoptr (GError) error = NULL;
  g_autoptr (MosMeasureReport) report = mos_desk_report_finish (MOS_DESK (source), result, &error);
  MosTargetFacts facts;

  G_STATIC_ASSERT (G_N_ELEMENTS (measures) == MOS_N_WEEK_NUMBERS);
  /* Whoever went on meanwhile does not ask any more. */
  if (self->desk != NULL && adw_navigation_view_get_visible_page (self->navigation) == ADW_NAVIGATION_PAGE (asked->page))
    {
      mos_dashboard_measure_find_facts (NULL, NULL, NULL, &facts);
      if (report != NULL)
        push_measure (self, measures[asked->number], report, mos_measure_query_ref (asked->query), NULL, &facts, asked->number == MOS_WEEK_FIRST_RESPONSE && mos_week_page_get_week (asked->page)->is_business);
      else
        mos_dashboard_dialog_say (self, mos_error_text (error).title);
    }
  mos_measure_query_unref (asked->query);
  g_object_unref (asked->page);
  g_object_unref (asked->dialog);
  g_free (asked);
}

static char *
dup_day (gint64 us,
         GTimeZone *zone)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc_usec (us);
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, zone);

  return g_date_time_format (local, "%Y-%m-%d");
}

void
mos_dashboard_dialog_ask_week (MosWeekPage *page,
                               guint number,
                               MosDashboardDialog *self)
{
  const MosWeek *week = mos_week_page_get_week (page);
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (week->zone);
  AskedWeek *asked;

  if (self->desk == NULL || zone == NULL)
    return;
  asked = g_new0 (AskedWeek, 1);
  asked->dialog = g_object_ref (self);
  asked->page = g_object_ref (page);
  asked->number = (MosWeekNumber) number;
  asked->query = mos_measure_query_new ();
  asked->query->days = MOS_MEASURE_DAYS_GIVEN;
  asked->query->from = dup_day (week->from_us, zone);
  asked->query->to = dup_day (week->to_us - 1, zone);
  asked->query->compare = TRUE;
  mos_desk_report_async (self->desk, asked->query, NULL, on_week_report_cb, asked);
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
  g_autofree char *text = NULL, *filter = mos_dashboard_dialog_dup_filter (self);
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
  add_circumstances (page, self->report, filter, look);
  if (is_span)
    add_time (page, in_hours ? MOS_CHART_WORK : MOS_CHART_DURATION);
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
  g_autofree char *filter = mos_dashboard_dialog_dup_filter (self);
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
  add_circumstances (page, self->report, filter, NULL);
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
  g_autofree char *title = mos_insight_text_title (insight), *subtitle = mos_insight_text_subtitle (insight), *filter = mos_dashboard_dialog_dup_filter (self);
  MosDashboardHow *page;

  if (self->report == NULL)
    return;
  page = page_new (self, title);
  mos_dashboard_how_add_fact (page, _ ("What was counted"), subtitle);
  add_circumstances (page, self->report, filter, NULL);
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
