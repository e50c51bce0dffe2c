/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "app/dashboard/mos-chart-data.h"
#include "app/dashboard/mos-dashboard-choice.h"

G_BEGIN_DECLS

/* The dashboard's words. Pure. */

const char *mos_dashboard_text_days (MosMeasureDays days);
const char *mos_dashboard_text_by (MosMeasureBy by);
/** mos_dashboard_text_group: Returns: (transfer none): a group's name, as people read it; "None" where it has none */
const char *mos_dashboard_text_group (MosMeasureBy by, const char *key, const char *name);
/** mos_dashboard_text_day: Returns: (transfer full): a day by the clock of @zone: "3 March", or with its year; @is_short: for an axis */
char *mos_dashboard_text_day (gint64 us, const char *zone, gboolean is_short);
/** mos_dashboard_text_period: Returns: (transfer full): the days of @report: "1 March – 30 March 2026" */
char *mos_dashboard_text_period (const MosMeasureReport *report);
/** mos_dashboard_text_filter: @names: of each kind: (nullable): how people call what is chosen. Returns: (transfer full) (nullable): what alone is shown; %NULL = everything */
char *mos_dashboard_text_filter (const MosMeasureFilter *filter, const char *const *names);
/** mos_dashboard_text_bin: @unit: by the clock or in hours of work. Returns: (transfer full): how long what lies in a bin took: "up to 1 h", "longer than 7 d" */
char *mos_dashboard_text_bin (guint bin, MosChartUnit unit);

G_END_DECLS
