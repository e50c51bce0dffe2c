/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "app/dashboard/mos-dashboard-measure.h"
#include "core/desk/mos-desk.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * MosDashboardHow: how a number was computed, and the conversations that make it
 *
 * Signal `open (const char *conversation)`
 */
#define MOS_TYPE_DASHBOARD_HOW (mos_dashboard_how_get_type ())
G_DECLARE_FINAL_TYPE (MosDashboardHow, mos_dashboard_how, MOS, DASHBOARD_HOW, AdwNavigationPage)

/** mos_dashboard_how_new: @title: what it is about */
MosDashboardHow *mos_dashboard_how_new (MosDesk *desk, const char *title);
/** mos_dashboard_how_add_fact: @value: one more thing that is to be known, under @name */
void mos_dashboard_how_add_fact (MosDashboardHow *self, const char *name, const char *value);
/** mos_dashboard_how_list: the conversations that @look finds, with the value of each. @unit: of that */
void mos_dashboard_how_list (MosDashboardHow *self, MosMeasureLook *look, MosChartUnit unit);
/** mos_dashboard_how_list_ids: these conversations */
void mos_dashboard_how_list_ids (MosDashboardHow *self, const char *const *conversations);
/** mos_dashboard_how_say_none: there are none to list. @why: in a sentence */
void mos_dashboard_how_say_none (MosDashboardHow *self, const char *why);

/** mos_dashboard_row_new: one of what makes a number: the conversation's number and subject, who and when, its value. Returns: (transfer floating) */
GtkWidget *mos_dashboard_row_new (const MosMeasureRow *row, gboolean is_business, MosChartUnit unit, gint64 now_us);
/** mos_dashboard_row_new_score: the same of a score of @kind, beside the best there is. Returns: (transfer floating) */
GtkWidget *mos_dashboard_row_new_score (const MosMeasureRow *row, MosSurveyKind kind, gint64 now_us);
/** mos_dashboard_row_dup_score: Returns: (transfer full): what such a row says, in two lines, for paper */
char *mos_dashboard_row_dup_score (const MosMeasureRow *row, MosSurveyKind kind, gint64 now_us);
/** mos_dashboard_row_new_of: a conversation alone, by its id, which is in the row's data "conversation", too. Returns: (transfer floating) */
GtkWidget *mos_dashboard_row_new_of (MosDesk *desk, const char *id);

G_END_DECLS
