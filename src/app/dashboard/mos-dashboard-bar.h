/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "app/dashboard/mos-dashboard-choice.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * MosDashboardBar: which days, beside those before or not, by which time, and of what alone
 *
 * Signals:
 *  - `changed (MosDashboardChoice *choice)`: another choice was made here
 *  - `edit ()`: days of one's own, or a filter, is wanted
 */
#define MOS_TYPE_DASHBOARD_BAR (mos_dashboard_bar_get_type ())
G_DECLARE_FINAL_TYPE (MosDashboardBar, mos_dashboard_bar, MOS, DASHBOARD_BAR, AdwBin)

MosDashboardBar *mos_dashboard_bar_new (void);
/** mos_dashboard_bar_set_choice: @filter_text: (nullable): what alone is shown; %NULL = everything */
void mos_dashboard_bar_set_choice (MosDashboardBar *self, MosDashboardChoice *choice, const char *filter_text);
/** mos_dashboard_bar_set_has_business: whether somebody said when work is */
void mos_dashboard_bar_set_has_business (MosDashboardBar *self, gboolean has_business);
GtkWidget *mos_dashboard_bar_get_days (MosDashboardBar *self);

G_END_DECLS
