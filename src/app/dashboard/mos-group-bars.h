/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "app/dashboard/mos-chart.h"

G_BEGIN_DECLS

/**
 * MosGroupBars: a bar to the side for each row, below its name, with the number at its end
 */
#define MOS_TYPE_GROUP_BARS (mos_group_bars_get_type ())
G_DECLARE_FINAL_TYPE (MosGroupBars, mos_group_bars, MOS, GROUP_BARS, MosChart)

GtkWidget *mos_group_bars_new (void);

G_END_DECLS
