/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/desk/mos-reports.h"
#include "core/metrics/mos-measures.h"

G_BEGIN_DECLS

/* Shared between the files of reports. */

/** mos_report_cache_refresh: Returns: (transfer none) (nullable): what figures are made of, as of this transaction */
MosMeasureCube *mos_report_cache_refresh (MosReportCache *self, MosTxn *txn, gboolean *ret_has_business, GError **error);
MosMeasureFrame mos_report_period_to_frame (MosTxn *txn, const MosReportPeriod *period, const MosMeasureFilter *filter);
/** mos_reports_find_name: Returns: (transfer full) (nullable): what people call the account, category, agent or macro @key; %NULL with @error set where it could not be read */
char *mos_reports_find_name (MosTxn *txn, MosMeasureBy by, const char *key, GError **error);
/** mos_reports_build_day: @name is the day by the clock of @zone that @us is in, "2026-03-01" */
void mos_reports_build_day (JsonBuilder *builder, const char *name, gint64 us, GTimeZone *zone);

G_END_DECLS
