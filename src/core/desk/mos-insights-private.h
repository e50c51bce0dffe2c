/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/desk/mos-insights.h"

G_BEGIN_DECLS

/* Shared between the files of insights. */

/** How many ids of conversations are told of one. */
#define MOS_INSIGHT_IDS 200

MosInsight *mos_insight_make (MosInsightKind kind, const char *key, const char *name, GPtrArray *conversations);
/** mos_insights_add_words: questions, words and what no macro answers */
gboolean mos_insights_add_words (MosTxn *txn, GPtrArray *insights, const MosReportPeriod *period, const MosReportPeriod *before, const MosMeasureFilter *filter, GCancellable *cancellable, GError **error);
/** mos_insights_add_trouble: products and carriers */
gboolean mos_insights_add_trouble (MosTxn *txn, GPtrArray *insights, const MosReportPeriod *period, const MosReportPeriod *before, GError **error);
/** mos_insights_add_praise: testimonials */
gboolean mos_insights_add_praise (MosTxn *txn, GPtrArray *insights, const MosReportPeriod *period, GError **error);

G_END_DECLS
