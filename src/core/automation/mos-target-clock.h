/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/automation/mos-calendar.h"

G_BEGIN_DECLS

/* When the time of a target is over: pure, any thread. Hours are of work, each stretch by those that were valid then. */

/** MosTargetStretch: from when until when a target's clock runs; @to_us: 0 = it runs still, only of the last one */
typedef struct
{
  gint64 from_us;
  gint64 to_us;
} MosTargetStretch;

/**
 * mos_target_clock_reach:
 * @hours: (nullable) (element-type MosCalendarVersion): %NULL or empty: the clock alone counts
 * @stretches: in order, without overlaps
 *
 * Returns: the first moment until which @duration_us have passed; 0 where the clock stands before that, or where nobody works in 400 days on end
 */
gint64 mos_target_clock_reach (GPtrArray *hours, const MosTargetStretch *stretches, guint n_stretches, gint64 duration_us);
/** mos_target_clock_elapsed: @until_us: the end of what runs still. Returns: what has passed until then; its exact inverse */
gint64 mos_target_clock_elapsed (GPtrArray *hours, const MosTargetStretch *stretches, guint n_stretches, gint64 until_us);

G_END_DECLS
