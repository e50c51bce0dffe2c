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
/** MosInsightsWanted: (nullable): what the filter wants, of both periods: @conversations: numbers (gint64); @surveys: ids. %NULL = everything */
typedef struct
{
  GHashTable *conversations; /* (owned) */
  GHashTable *surveys;       /* (owned) */
} MosInsightsWanted;
/** mos_insights_is_wanted: Returns: whether a conversation counts. @wanted: (nullable) */
gboolean mos_insights_is_wanted (const MosInsightsWanted *wanted, gint64 number);

/** mos_insights_add_words: questions, words and what no macro answers */
gboolean mos_insights_add_words (MosTxn *txn, GPtrArray *insights, const MosReportPeriod *period, const MosReportPeriod *before, const MosInsightsWanted *wanted, GCancellable *cancellable, GError **error);
/** mos_insights_add_trouble: products and carriers */
gboolean mos_insights_add_trouble (MosTxn *txn, GPtrArray *insights, const MosReportPeriod *period, const MosReportPeriod *before, const MosInsightsWanted *wanted, GError **error);
/** mos_insights_add_praise: testimonials */
gboolean mos_insights_add_praise (MosTxn *txn, GPtrArray *insights, const MosReportPeriod *period, const MosInsightsWanted *wanted, GError **error);

G_END_DECLS
