/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "app/dashboard/mos-chart-data.h"
#include "core/values/mos-measure-values.h"

G_BEGIN_DECLS

/* What of a report each chart of the dashboard shows. Pure. All return (transfer full). */

/** MosDashboardChart: in the order in which they stand */
typedef enum
{
  MOS_DASHBOARD_CHART_RESPONSE_LINE,
  MOS_DASHBOARD_CHART_VOLUME,
  MOS_DASHBOARD_CHART_RESPONSE_BINS,
  MOS_DASHBOARD_CHART_RESOLUTION_BINS,
  MOS_DASHBOARD_CHART_CSAT,
  MOS_DASHBOARD_CHART_NPS,
  MOS_DASHBOARD_CHART_SCORES_LINE,
  MOS_DASHBOARD_CHART_HOURS,
  MOS_DASHBOARD_CHART_BACKLOG_LINE,
  MOS_DASHBOARD_CHART_AGES,
  MOS_DASHBOARD_CHART_JOURNEY,
} MosDashboardChart;
#define MOS_N_DASHBOARD_CHARTS (MOS_DASHBOARD_CHART_JOURNEY + 1)

/** mos_dashboard_chart_make: @is_business: times in hours of work, where these are said */
MosChartData *mos_dashboard_chart_make (MosDashboardChart chart, const MosMeasureReport *report, gboolean is_business);
/** mos_dashboard_chart_look: which conversations a number of it is made of: number, part, points. @row: -1: all of it. Returns: (transfer full) (nullable): none are known */
MosMeasureLook *mos_dashboard_chart_look (MosDashboardChart chart, const MosMeasureReport *report, gboolean is_business, int row, int series);
/** mos_dashboard_chart_dup_subtitle: Returns: (transfer full) (nullable): of how many it is, and how sure */
char *mos_dashboard_chart_dup_subtitle (MosDashboardChart chart, const MosMeasureReport *report, gboolean is_business);
/** mos_dashboard_chart_is_few: Returns: whether it says little, because it is of so few */
gboolean mos_dashboard_chart_is_few (MosDashboardChart chart, const MosMeasureReport *report, gboolean is_business);

/** mos_dashboard_groups_make: a table: of each group the number of conversations, times and scores */
MosChartData *mos_dashboard_groups_make (const MosMeasureReport *report, MosMeasureBy by, gboolean is_business);
/** mos_dashboard_groups_bars: the numbers of conversations alone, the most first, as many as can be read */
MosChartData *mos_dashboard_groups_bars (const MosChartData *groups);

G_END_DECLS
