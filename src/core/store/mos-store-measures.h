/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/store/mos-store.h"
#include "core/values/mos-measure-values.h"
#include "core/values/mos-survey-values.h"

G_BEGIN_DECLS

/* What figures are made of, out of the facts and the events. Periods are microseconds UTC, without their end. A group is the id or word of what @by says, "" where there is none, and never %NULL. */

/** MosMeasureSpanFunc: one time; of MOS_MEASURE_HANDLING one turn of several, those of a conversation in a group one after the other */
typedef void (*MosMeasureSpanFunc) (const char *group, const char *conversation, gint64 from_us, gint64 to_us, gpointer data);
gboolean mos_store_measures_list_spans (MosTxn *txn, MosMeasureSpan span, MosMeasureBy by, gint64 from_us, gint64 to_us, MosMeasureSpanFunc func, gpointer data, GError **error);

/** mos_store_measures_list_new: when the customer's first message came of those that MOS_MEASURE_NEW counts; both times are that */
gboolean mos_store_measures_list_new (MosTxn *txn, MosMeasureBy by, gint64 from_us, gint64 to_us, MosMeasureSpanFunc func, gpointer data, GError **error);

typedef void (*MosMeasureCountFunc) (const char *group, guint n, gpointer data);
gboolean mos_store_measures_count (MosTxn *txn, MosMeasureCount count, MosMeasureBy by, gint64 from_us, gint64 to_us, MosMeasureCountFunc func, gpointer data, GError **error);

/** MosMeasureOpenFunc: a conversation that is not closed, and since when the customer's first message is here */
typedef void (*MosMeasureOpenFunc) (const char *group, const char *status, gint64 since_us, gpointer data);
/** mos_store_measures_list_open: what was not closed at @at_us, by its events; who and what about is as of then */
gboolean mos_store_measures_list_open (MosTxn *txn, MosMeasureBy by, gint64 at_us, MosMeasureOpenFunc func, gpointer data, GError **error);
/** mos_store_measures_list_waiting: whoever waited for an answer at @at_us, each as a span from the first message that waits to then */
gboolean mos_store_measures_list_waiting (MosTxn *txn, MosMeasureBy by, gint64 at_us, MosMeasureSpanFunc func, gpointer data, GError **error);

/** MosMeasureScoreFunc: @score: MOS_SURVEY_NO_SCORE: only words, or no answer; @is_asked: not an answer of the period but a question of it */
typedef void (*MosMeasureScoreFunc) (const char *group, MosSurveyKind kind, gboolean is_asked, gboolean is_answered, int score, gpointer data);
/** mos_store_measures_list_scores: answers and questions of the period; agent and category are those of the last answer of a person before the question, or before what was written down */
gboolean mos_store_measures_list_scores (MosTxn *txn, MosMeasureBy by, gint64 from_us, gint64 to_us, MosMeasureScoreFunc func, gpointer data, GError **error);

/** mos_store_measures_load_trade: @trade: (out caller-allocates). @at_us: as of when the customers of the end are counted, at most @to_us */
gboolean mos_store_measures_load_trade (MosTxn *txn, gint64 from_us, gint64 to_us, gint64 at_us, MosMeasureTrade *trade, GError **error);

G_END_DECLS
