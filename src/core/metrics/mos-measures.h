/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/store/mos-store.h"
#include "core/values/mos-measure-values.h"

G_BEGIN_DECLS

/* The figures of a period, inside a transaction: the store gives times and numbers, what they come to is worked out here. */

/** MosBusinessFunc: Returns: how much of the time between two moments is time of work */
typedef gint64 (*MosBusinessFunc) (gint64 from_us, gint64 to_us, gpointer data);

/**
 * mos_measures_compute:
 * @to_us: the end of the period, not part of it; what is open or waits is told as of then, or as of now where that is still to come
 * @zone: whose days and hours these are
 * @business: (nullable): %NULL where nobody said when work is
 *
 * The names of groups are their keys; who knows better puts others in their place (mos_reports_make()).
 *
 * Returns: (transfer full)
 */
MosMeasureReport *mos_measures_compute (MosTxn *txn, gint64 from_us, gint64 to_us, GTimeZone *zone, MosMeasureBy by, MosBusinessFunc business, gpointer business_data, GError **error);

/** mos_measure_times_make: Pure. @values: (element-type gint64): put in order by it */
void mos_measure_times_make (MosMeasureTimes *times, GArray *values);

G_END_DECLS
