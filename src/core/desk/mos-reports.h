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

/**
 * MosReportPeriod: whole days of the shop
 * @last_us: the midnight that its last day begins with
 * @months, @days: how far back the period before it lies; both 0: as many days, or of whole months as many months
 */
typedef struct
{
  gint64 from_us;
  gint64 last_us;
  gint64 to_us;
  guint months;
  guint days;
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
/** mos_reports_find_days: the days that @query asks for; as mos_reports_find_period() */
gboolean mos_reports_find_days (MosTxn *txn, const MosMeasureQuery *query, MosReportPeriod *period, GError **error);
/** mos_reports_find_week: @weeks_ago: 0 = this one; Monday to Sunday */
gboolean mos_reports_find_week (MosTxn *txn, guint weeks_ago, MosReportPeriod *period, GError **error);
/**
 * mos_report_period_set_before: what @period is compared with: as many days before those, of a week the same weekdays, of months the same days of the month, clipped at its end
 * @before: (out caller-allocates): its last day is a part of one where that of @period is
 *
 * While @period is not over at @now_us, only as much of the one before: until the same hour of the same day.
 */
void mos_report_period_set_before (MosReportPeriod *before, const MosReportPeriod *period, gint64 now_us);

/**
 * MosReportCache: what figures are made of, kept from one report to the next. Made and let go anywhere; used on one thread at a time, inside transactions that read.
 */
typedef struct _MosReportCache MosReportCache;
MosReportCache *mos_report_cache_new (void);
MosReportCache *mos_report_cache_ref (MosReportCache *self);
void mos_report_cache_unref (MosReportCache *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MosReportCache, mos_report_cache_unref)

/** mos_reports_make: the figures of @period, with the hours of work that were valid at each time, and groups by their names. The days of @query do not count. Returns: (transfer full) */
MosMeasureReport *mos_reports_make (MosTxn *txn, MosReportCache *cache, const MosReportPeriod *period, const MosMeasureQuery *query, GError **error);
/** mos_reports_list: the conversations that make a number. Returns: (transfer full); MOS_DESK_ERROR_INVALID as mos_reports_find_period() */
MosMeasureRows *mos_reports_list (MosTxn *txn, MosReportCache *cache, const MosMeasureLook *look, GError **error);
/**
 * mos_reports_export: one record of CSV for each conversation of which anything counts in the days of @query, with all measures, so that what is in a column comes to what the report says
 * @stream: written to as it comes; with_mark: begins with a mark of byte order
 * @ret_n: (out) (optional): how many, without the header
 *
 * Moments are ISO 8601 in UTC, times whole seconds, several tags and the like have "; " between them; what does not count in the period is empty. Columns have English names, for programs.
 * MOS_DESK_ERROR_INVALID as mos_reports_find_period()
 */
gboolean mos_reports_export (MosTxn *txn, MosReportCache *cache, const MosMeasureQuery *query, GOutputStream *stream, gboolean with_mark, guint *ret_n, GCancellable *cancellable, GError **error);
/** mos_reports_export_file_sync: the same into a file, from a connection of its own, so that nobody who reads waits for it; the file has its name once it is whole. Blocking, any thread */
gboolean mos_reports_export_file_sync (const char *profile, MosClock *clock, const MosMeasureQuery *query, const char *path, gboolean with_mark, gboolean replace, guint *ret_n, GCancellable *cancellable, GError **error);
/** mos_reports_build: @figures as an object of JSON: times in whole seconds, null where there is nothing to tell. @by: which group they are of */
void mos_reports_build (JsonBuilder *builder, const MosMeasureReport *report, const MosReportPeriod *period, MosMeasureBy by, const MosMeasureFigures *figures);

G_END_DECLS
