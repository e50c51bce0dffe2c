/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "app/dashboard/mos-chart.h"

G_BEGIN_DECLS

/**
 * MosHeatMap: a grid of numbers, the more the stronger: columns are rows of the data, lines its series
 */
#define MOS_TYPE_HEAT_MAP (mos_heat_map_get_type ())
G_DECLARE_FINAL_TYPE (MosHeatMap, mos_heat_map, MOS, HEAT_MAP, MosChart)

GtkWidget *mos_heat_map_new (void);

G_END_DECLS
