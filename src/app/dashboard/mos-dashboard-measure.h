/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "app/dashboard/mos-measure-tile.h"
#include "core/values/mos-category-values.h"
#include "core/values/mos-desk-values.h"
#include "core/values/mos-measure-values.h"
#include "core/values/mos-target-values.h"

G_BEGIN_DECLS

/* The numbers of the overview: how each is read out of a report, what it is called, how it is computed. Pure. */

typedef enum
{
  MOS_DASHBOARD_FIRST_RESPONSE,
  MOS_DASHBOARD_RESOLUTION,
  MOS_DASHBOARD_CSAT,
  MOS_DASHBOARD_NPS,
  MOS_DASHBOARD_TARGETS,
  MOS_DASHBOARD_VOLUME,
  MOS_DASHBOARD_BACKLOG,
  MOS_DASHBOARD_WAITING,
  MOS_DASHBOARD_ONE_TOUCH,
  MOS_DASHBOARD_DEFLECTION,
  MOS_DASHBOARD_REOPENED,
  MOS_DASHBOARD_MESSAGES,
  MOS_DASHBOARD_RETENTION,
  MOS_DASHBOARD_COST,
  /* Not of the overview: */
  MOS_DASHBOARD_JOURNEY,
  MOS_DASHBOARD_CLOSED,
} MosDashboardMeasure;
#define MOS_N_DASHBOARD_TILES (MOS_DASHBOARD_COST + 1)
#define MOS_N_DASHBOARD_MEASURES (MOS_DASHBOARD_CLOSED + 1)

/** mos_dashboard_measure_title: Returns: (transfer none): what it is called */
const char *mos_dashboard_measure_title (MosDashboardMeasure measure);
/** mos_dashboard_measure_formula: Returns: (transfer none): how it is computed, in words */
const char *mos_dashboard_measure_formula (MosDashboardMeasure measure);
/** mos_dashboard_measure_excludes: Returns: (transfer none): what does not count in it */
const char *mos_dashboard_measure_excludes (MosDashboardMeasure measure);
/** mos_dashboard_measure_number: Returns: whose conversations make it; -1: none do */
int mos_dashboard_measure_number (MosDashboardMeasure measure);
/**
 * mos_dashboard_measure_find_facts: whose targets those are of what @filter wants; all channels together are measured by what is promised for mail
 * @filter: (nullable); @account, @category: (nullable): those that it names
 * @ret_facts: (out): borrows of @filter and @account
 */
void mos_dashboard_measure_find_facts (const MosMeasureFilter *filter, const MosAccount *account, const MosCategory *category, MosTargetFacts *ret_facts);
/**
 * mos_dashboard_measure_read: @figures: of all, or of a group; @before: (nullable); @is_business: in hours of work, where these are said
 * @targets: (nullable): those of the shop; @facts: (nullable): whose it is
 * @ret_value: (out): its detail is %NULL; see mos_dashboard_measure_dup_detail()
 */
void mos_dashboard_measure_read (MosDashboardMeasure measure, const MosMeasureReport *report, const MosMeasureFigures *figures, const MosTargets *targets, const MosTargetFacts *facts, gboolean is_business, MosTileValue *ret_value);
/** mos_dashboard_measure_dup_detail: Returns: (transfer full) (nullable): beside the number: an interval, how many it is of */
char *mos_dashboard_measure_dup_detail (MosDashboardMeasure measure, const MosMeasureReport *report, const MosMeasureFigures *figures, gboolean is_business);
/**
 * mos_dashboard_measure_dup_times: the times that a measure tells of, beside its number: the @i-th, from 0
 * @ret_name: (out) (transfer none): which they are
 *
 * Returns: (transfer full) (nullable): their median and mean, what nine of ten are within, and how many they are; %NULL: there are no more
 */
char *mos_dashboard_measure_dup_times (MosDashboardMeasure measure, guint i, const MosMeasureReport *report, const MosMeasureFigures *figures, gboolean is_business, const char **ret_name);

G_END_DECLS
