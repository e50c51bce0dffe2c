/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/desk/mos-desk.h"
#include "core/values/mos-insight-values.h"
#include "core/values/mos-measure-values.h"

G_BEGIN_DECLS

/* How well the shop serves, for the window. Main context; @query and @look are held until it is done. All of it is read: nothing is written. */

/**
 * mos_desk_report_async: the figures of a period; the first one of a desk reads what all are made of, the next ones only what changed
 *
 * What @query does not ask for costs nothing: groups and the journey may be asked for by a query of their own that follows.
 */
void mos_desk_report_async (MosDesk *self, MosMeasureQuery *query, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/** mos_desk_report_finish: Returns: (transfer full) (nullable): MOS_DESK_ERROR_INVALID: its days are none */
MosMeasureReport *mos_desk_report_finish (MosDesk *self, GAsyncResult *result, GError **error);

/** mos_desk_list_number_async: the conversations that make a number */
void mos_desk_list_number_async (MosDesk *self, MosMeasureLook *look, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/** mos_desk_list_number_finish: Returns: (transfer full) (nullable) */
MosMeasureRows *mos_desk_list_number_finish (MosDesk *self, GAsyncResult *result, GError **error);

/** mos_desk_export_report_async: one row for each conversation of @query as CSV (mos_reports_export()); @with_mark: begins with a mark of byte order, for a spreadsheet; what has that name is replaced once all is there */
void mos_desk_export_report_async (MosDesk *self, MosMeasureQuery *query, GFile *file, gboolean with_mark, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/** mos_desk_export_report_finish: @ret_n: (out) (optional): how many rows */
gboolean mos_desk_export_report_finish (MosDesk *self, GAsyncResult *result, guint *ret_n, GError **error);

/** mos_desk_load_week_async: how a week was: @weeks_ago: 0 = this one so far, 1 = the last whole one */
void mos_desk_load_week_async (MosDesk *self, guint weeks_ago, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/** mos_desk_load_week_finish: Returns: (transfer full) (nullable) */
MosWeek *mos_desk_load_week_finish (MosDesk *self, GAsyncResult *result, GError **error);

/** mos_desk_load_insights_async: what stands out in the days of @query, beside those before; of its filter channel, account, category, language and agent count */
void mos_desk_load_insights_async (MosDesk *self, MosMeasureQuery *query, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/** mos_desk_load_insights_finish: Returns: (transfer full) (nullable): array of #MosInsight, in order of their kinds, of each the most important first */
GPtrArray *mos_desk_load_insights_finish (MosDesk *self, GAsyncResult *result, GError **error);

G_END_DECLS
