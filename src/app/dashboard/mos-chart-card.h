/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "app/dashboard/mos-chart.h"

G_BEGIN_DECLS

/**
 * MosChartCard: a chart under its heading, or the same as a table, with what can be done about it
 *
 * Signals:
 *  - `asked (int row, int series, const char *id)`: how a number of it was computed; -1: all of it; @id: (nullable): of the row
 *  - `save-picture ()`: the chart is wanted as a picture
 */
#define MOS_TYPE_CHART_CARD (mos_chart_card_get_type ())
G_DECLARE_FINAL_TYPE (MosChartCard, mos_chart_card, MOS, CHART_CARD, GtkWidget)

/** mos_chart_card_new: @chart: (transfer floating) (nullable): %NULL = there is a table alone, with bars */
GtkWidget *mos_chart_card_new (GtkWidget *chart);
/** mos_chart_card_set_data: @subtitle: (nullable): how many it is of, and the like; @chart_data: (nullable): what the chart shows of it, where that is less than the table */
void mos_chart_card_set_data (MosChartCard *self, MosChartData *data, MosChartData *chart_data, const char *subtitle);
/** mos_chart_card_set_dim: so few that they say little */
void mos_chart_card_set_dim (MosChartCard *self, gboolean is_dim);
/** mos_chart_card_add: @widget: (transfer floating): between heading and chart, a choice */
void mos_chart_card_add (MosChartCard *self, GtkWidget *widget);
/** mos_chart_card_set_empty_text: what is said where there is nothing: when there will be */
void mos_chart_card_set_empty_text (MosChartCard *self, const char *text);
MosChart *mos_chart_card_get_chart (MosChartCard *self);
MosChartData *mos_chart_card_get_data (MosChartCard *self);
const char *mos_chart_card_get_subtitle (MosChartCard *self);

G_END_DECLS
