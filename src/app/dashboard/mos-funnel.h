/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "app/dashboard/mos-chart.h"

G_BEGIN_DECLS

/**
 * MosFunnel: how many come so far: each row a bar in the middle, and which share of the row before that is
 */
#define MOS_TYPE_FUNNEL (mos_funnel_get_type ())
G_DECLARE_FINAL_TYPE (MosFunnel, mos_funnel, MOS, FUNNEL, MosChart)

GtkWidget *mos_funnel_new (void);

G_END_DECLS
