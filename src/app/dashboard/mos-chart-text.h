/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "app/dashboard/mos-chart-data.h"

G_BEGIN_DECLS

/* A chart in words. Pure; any thread that may call gettext. */

/** mos_chart_text_value: Returns: (transfer full): a number as it is read: "12", "1 h 05 min", "85 %", "4.62"; "–" where there is nothing */
char *mos_chart_text_value (double value, MosChartUnit unit);
/** mos_chart_text_minus: @text: (transfer full): with numbers as printf() has them. Returns: (transfer full): the same with a minus sign for each hyphen that is one */
char *mos_chart_text_minus (char *text);
/** mos_chart_text_tick: Returns: (transfer full): the same for an axis, which has round numbers: "2 h" */
char *mos_chart_text_tick (double value, MosChartUnit unit);
/** mos_chart_text_spot: Returns: (transfer full): one number of a chart: "3 March: 12", with the name of the series where there are several */
char *mos_chart_text_spot (const MosChartData *data, guint row, guint series);
/** mos_chart_text_describe: Returns: (transfer full): what the chart says, in a sentence or two: each number where there are few, else how they run */
char *mos_chart_text_describe (const MosChartData *data);

G_END_DECLS
