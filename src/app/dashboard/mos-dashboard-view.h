/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "app/dashboard/mos-chart-card.h"
#include "app/dashboard/mos-dashboard-charts.h"
#include "app/dashboard/mos-dashboard-choice.h"
#include "app/dashboard/mos-dashboard-measure.h"
#include "core/values/mos-insight-values.h"

G_BEGIN_DECLS

/**
 * MosDashboardView: all figures of a report: tiles, charts, tables and lists, in as many columns as there is room for
 *
 * Signals:
 *  - `asked-measure (guint measure)`: how a number of the overview was computed
 *  - `asked-chart (guint chart, int row, int series)`: how one of a chart was; -1: all of it
 *  - `asked-group (const char *id)`: (nullable): of one group; %NULL = of all
 *  - `asked-insight (MosInsight *insight)`
 *  - `by-chosen (guint by)`: what the table is to group by
 *  - `save-picture (MosChartCard *card)`
 *  - `open (const char *conversation)`
 */
#define MOS_TYPE_DASHBOARD_VIEW (mos_dashboard_view_get_type ())
G_DECLARE_FINAL_TYPE (MosDashboardView, mos_dashboard_view, MOS, DASHBOARD_VIEW, GtkWidget)

MosDashboardView *mos_dashboard_view_new (void);
/** mos_dashboard_view_forget: another choice: what it was told before is of another question, until it is told anew */
void mos_dashboard_view_forget (MosDashboardView *self);
/** mos_dashboard_view_set_report: @report: with the days before and the points where they were asked for; @targets: of the shop, @facts: whose they are */
void mos_dashboard_view_set_report (MosDashboardView *self, const MosMeasureReport *report, const MosDashboardChoice *choice, const MosTargets *targets, const MosTargetFacts *facts);
/** mos_dashboard_view_set_targets: @report: with what came of the targets. It comes a little later than the rest; its tile says what it said until then */
void mos_dashboard_view_set_targets (MosDashboardView *self, const MosMeasureReport *report, const MosDashboardChoice *choice);
/** mos_dashboard_view_set_more: @report: with its groups and the journey */
void mos_dashboard_view_set_more (MosDashboardView *self, const MosMeasureReport *report, const MosDashboardChoice *choice);
/** mos_dashboard_view_set_low: low scores, of both kinds */
void mos_dashboard_view_set_low (MosDashboardView *self, const MosMeasureRows *csat, const MosMeasureRows *nps, gint64 now_us);
/** mos_dashboard_view_set_insights: @insights: array of #MosInsight */
void mos_dashboard_view_set_insights (MosDashboardView *self, GPtrArray *insights);
/** mos_dashboard_view_get_card: Returns: (transfer none): the card of a chart; MOS_N_DASHBOARD_CHARTS: that of the groups */
MosChartCard *mos_dashboard_view_get_card (MosDashboardView *self, guint chart);

G_END_DECLS
