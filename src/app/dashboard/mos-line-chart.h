/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "app/dashboard/mos-chart.h"

G_BEGIN_DECLS

/**
 * MosLineChart: numbers that follow each other: a line with the area below it, and the period before as a dashed one
 */
#define MOS_TYPE_LINE_CHART (mos_line_chart_get_type ())
G_DECLARE_FINAL_TYPE (MosLineChart, mos_line_chart, MOS, LINE_CHART, MosChart)

GtkWidget *mos_line_chart_new (void);

G_END_DECLS
