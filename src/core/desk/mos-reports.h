/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/base/mos-json.h"
#include "core/store/mos-store.h"
#include "core/values/mos-measure-values.h"

G_BEGIN_DECLS

/* How well the shop serves, inside a transaction: for the window and mostradorctl. */

/** How many days a report is of where nobody says; the last one is today. */
#define MOS_REPORT_DAYS 30

/** MosReportPeriod: whole days of the shop. @last_us: the midnight that its last day begins with */
typedef struct
{
  gint64 from_us;
  gint64 last_us;
  gint64 to_us;
  GTimeZone *zone; /* (owned) */
} MosReportPeriod;
void mos_report_period_clear (MosReportPeriod *period);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MosReportPeriod, mos_report_period_clear)

/**
 * mos_reports_find_period: the days by the clock of the shop: of its hours of work, where these say a zone, else of the desk
 * @from, @to: (nullable): "2026-03-01", both are part of it; %NULL: as far back as MOS_REPORT_DAYS go, until today
 * @period: (out caller-allocates)
 *
 * MOS_DESK_ERROR_INVALID: no day, or the end is before the begin.
 */
gboolean mos_reports_find_period (MosTxn *txn, const char *from, const char *to, MosReportPeriod *period, GError **error);
/** mos_reports_make: the figures of @period, with the hours of work that were valid at each time, and groups by their names. Returns: (transfer full) */
MosMeasureReport *mos_reports_make (MosTxn *txn, const MosReportPeriod *period, MosMeasureBy by, GError **error);
/** mos_reports_build: @figures as an object of JSON: times in whole seconds, null where there is nothing to tell */
void mos_reports_build (JsonBuilder *builder, const MosMeasureReport *report, const MosReportPeriod *period, MosMeasureBy by, const MosMeasureFigures *figures);

G_END_DECLS
