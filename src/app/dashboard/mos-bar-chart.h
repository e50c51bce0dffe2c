/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "app/dashboard/mos-chart.h"

G_BEGIN_DECLS

/**
 * MosBarChart: a bar for each row, or one beside the other, or one on the other; the bars of a distribution touch
 */
#define MOS_TYPE_BAR_CHART (mos_bar_chart_get_type ())
G_DECLARE_FINAL_TYPE (MosBarChart, mos_bar_chart, MOS, BAR_CHART, MosChart)

GtkWidget *mos_bar_chart_new (void);
/** mos_bar_chart_set_look: @is_stacked: the series of a row lie on each other; @is_distribution: the bars touch */
void mos_bar_chart_set_look (MosBarChart *self, gboolean is_stacked, gboolean is_distribution);

G_END_DECLS
