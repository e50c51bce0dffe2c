/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "app/dashboard/mos-dashboard-paper.h"
#include "core/desk/mos-desk.h"
#include "core/values/mos-insight-values.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * MosWeekPage: the last whole week for the owner: five numbers, what changed, what to look at; and whether it comes by itself every Monday
 *
 * Signals `open (const char *conversation)`, `asked (guint number)`: how one of the five was computed
 */
#define MOS_TYPE_WEEK_PAGE (mos_week_page_get_type ())
G_DECLARE_FINAL_TYPE (MosWeekPage, mos_week_page, MOS, WEEK_PAGE, AdwNavigationPage)

MosWeekPage *mos_week_page_new (MosDesk *desk);
/** mos_week_page_get_week: Returns: (transfer none) (nullable): %NULL until it is computed */
const MosWeek *mos_week_page_get_week (MosWeekPage *self);
/** mos_week_page_get_content: Returns: (transfer none): what may have the keyboard before anything else can */
GtkWidget *mos_week_page_get_content (MosWeekPage *self);
/** mos_week_paper_new: the same on paper. @widget: whose font it is. Returns: (transfer full) */
MosDashboardPaper *mos_week_paper_new (GtkWidget *widget, const MosWeek *week);
/** mos_week_dup_title: Returns: (transfer full): "The week of 2 March 2026" */
char *mos_week_dup_title (const MosWeek *week);

G_END_DECLS
