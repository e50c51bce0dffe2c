/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/metrics/mos-measure-cube.h"
#include "core/values/mos-measure-values.h"

G_BEGIN_DECLS

/* The figures of a period, of what a MosMeasureCube holds. */

/**
 * MosMeasureFrame: of what they are
 * @to_us: the end of the period, not part of it
 * @at_us: as of when it is told what is open or waits: the end, or now where that is still to come
 * @zone: whose days and hours these are
 * @filter: (nullable)
 * @by: 1 << MosMeasureBy of each
 */
typedef struct
{
  gint64 from_us;
  gint64 to_us;
  gint64 at_us;
  GTimeZone *zone;
  const MosMeasureFilter *filter;
  guint by;
  MosMeasureStep step;
  gboolean with_journey;
  gboolean with_targets;
  gboolean only_targets;
} MosMeasureFrame;

/**
 * mos_measures_compute: @cube: refreshed in this transaction. @has_business: it knows hours of work
 *
 * The names of groups are their keys, but of products; who knows better puts others in their place (mos_reports_make()).
 *
 * Returns: (transfer full)
 */
MosMeasureReport *mos_measures_compute (MosMeasureCube *cube, MosTxn *txn, const MosMeasureFrame *frame, gboolean has_business, GError **error);

/**
 * mos_measures_list: the conversations that make a number
 * @by, @key, @part, @is_business, @max: as in MosMeasureLook
 *
 * Returns: (transfer full)
 */
MosMeasureRows *mos_measures_list (MosMeasureCube *cube, MosTxn *txn, const MosMeasureFrame *frame, const MosMeasureLook *look, gboolean has_business, GError **error);

/** mos_measures_find_wanted: what the filter of @frame wants: adds to @conversations (of gint64) the numbers of those that began in it, to @surveys (of char *) the ids of those that were answered in it */
gboolean mos_measures_find_wanted (MosMeasureCube *cube, MosTxn *txn, const MosMeasureFrame *frame, GHashTable *conversations, GHashTable *surveys, GError **error);

/**
 * MosMeasureLine: one conversation with all that counts of it in the period; what does not is MOS_MEASURE_NO_VALUE, or 0 of a moment
 * @keys: by MosMeasureBy: who and what about: of the conversation, as of its first answer
 * @labels: by MosMeasureBy: (nullable): tags, macros, products
 * @n_replies, @reply_us: the turns that were answered in the period, and how long they took together
 * @open_us, @waiting_us: how long it has been open, and the customer has waited, at the end
 * @n_closes, @n_reopened: how often in the period
 * @csat, @nps: the last score
 * @n_met, @n_missed: targets that ended in the period, by MosTargetKind
 */
typedef struct
{
  gint64 number;
  const char *keys[MOS_N_MEASURE_BY];
  const char *const *labels[MOS_N_MEASURE_BY];
  gint64 first_in_us;
  gint64 at_us[MOS_N_MEASURE_SPANS];
  gint64 clock_us[MOS_N_MEASURE_SPANS];
  gint64 business_us[MOS_N_MEASURE_SPANS];
  guint n_replies;
  gint64 open_us;
  gint64 waiting_us;
  gboolean is_new;
  gboolean is_closed;
  gboolean is_one_touch;
  gboolean is_deflected;
  guint n_closes;
  guint n_reopened;
  gint64 n_messages;
  gint64 csat;
  gint64 nps;
  guint n_met[MOS_N_TARGET_KINDS];
  guint n_missed[MOS_N_TARGET_KINDS];
} MosMeasureLine;
/** MosMeasureLineFunc: @line: only until it returns. Returns: %FALSE with @error: it is enough */
typedef gboolean (*MosMeasureLineFunc) (const MosMeasureLine *line, gpointer data, GError **error);
/** mos_measures_list_lines: every conversation of which anything counts, by number */
gboolean mos_measures_list_lines (MosMeasureCube *cube, MosTxn *txn, const MosMeasureFrame *frame, MosMeasureLineFunc func, gpointer data, GError **error);

/** mos_measure_times_make: Pure. @values: (array length=n): none negative; their order may be another one after it */
void mos_measure_times_make (MosMeasureTimes *times, gint64 *values, guint n);

G_END_DECLS
