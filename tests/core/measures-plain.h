/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/metrics/mos-measure-cube.h"
#include "core/store/mos-store.h"
#include "core/values/mos-measure-values.h"
#include "core/values/mos-survey-values.h"

G_BEGIN_DECLS

/**
 * measures_plain_compute: the same figures by plain SQL over the events, a query for each measure, and by putting all times in order: slow, and made another way
 * than mos_measures_compute(), which it is compared with. Macros and products it does not group by. It makes temporary tables: the transaction has to be one that writes.
 *
 * Returns: (transfer full)
 */
MosMeasureReport *measures_plain_compute (MosTxn *txn, gint64 from_us, gint64 to_us, GTimeZone *zone, MosMeasureBy by, MosBusinessFunc business, gpointer business_data, GError **error);

G_END_DECLS
