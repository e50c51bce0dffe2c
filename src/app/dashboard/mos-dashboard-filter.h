/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "app/dashboard/mos-dashboard-choice.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * MosDashboardFilter: days of one's own, and of what alone figures are shown
 *
 * Signal `changed (MosDashboardChoice *choice)`: with each change that makes sense
 */
#define MOS_TYPE_DASHBOARD_FILTER (mos_dashboard_filter_get_type ())
G_DECLARE_FINAL_TYPE (MosDashboardFilter, mos_dashboard_filter, MOS, DASHBOARD_FILTER, AdwNavigationPage)

/** mos_dashboard_filter_new: @groups: (nullable): a report of everything, by all that can be chosen. @shown: what is shown now: its days are where one begins */
MosDashboardFilter *mos_dashboard_filter_new (MosDashboardChoice *choice, const MosMeasureReport *groups, const MosMeasureReport *shown);

G_END_DECLS
