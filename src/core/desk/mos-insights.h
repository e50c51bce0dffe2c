/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/desk/mos-reports.h"
#include "core/values/mos-insight-values.h"

G_BEGIN_DECLS

/* What stands out, inside a transaction: counted in words and scores that are here, and nowhere else. */

/**
 * mos_insights_make: what stands out in @period, beside the days before it
 * @filter: (nullable): of conversations and scores as of figures; how many orders were sold is of all
 *
 * - Questions: phrases (mos-phrases.h) of the first message and its subject; of phrases that are mostly in the same conversations, the one that is in more. Three conversations make a question.
 * - Words: what is in more of the first messages than before, by the log-likelihood ratio (Dunning 1993, "Accurate Methods for the Statistics of Surprise and Coincidence"), one of a hundred by chance at most.
 * - Products and carriers: by how many conversations are about orders with them for each order that was sold. Macros: by the mean of the CSAT of the conversations they were used in.
 *
 * Of more conversations than MOS_INSIGHTS_MAX the newest count.
 *
 * Returns: (transfer full) (element-type MosInsight): in order of their kinds, of each the most important first
 */
GPtrArray *mos_insights_make (MosTxn *txn, MosReportCache *cache, const MosReportPeriod *period, const MosMeasureFilter *filter, GCancellable *cancellable, GError **error);
#define MOS_INSIGHTS_MAX 20000

/** mos_insights_make_week: how a week was. @weeks_ago: 0 = this one so far. Returns: (transfer full) */
MosWeek *mos_insights_make_week (MosTxn *txn, MosReportCache *cache, guint weeks_ago, GCancellable *cancellable, GError **error);

/** mos_insights_build: as an object of JSON */
void mos_insights_build (JsonBuilder *builder, const MosInsight *insight);
void mos_insights_build_week (JsonBuilder *builder, const MosWeek *week, GTimeZone *zone);

G_END_DECLS
