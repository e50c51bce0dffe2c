/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/store/mos-store.h"

G_BEGIN_DECLS

/** MosBusinessFunc: Returns: how much of the time between two moments is time of work */
typedef gint64 (*MosBusinessFunc) (gint64 from_us, gint64 to_us, gpointer data);

/**
 * MosMeasureCube:
 *
 * What figures are made of, of all times, in memory: read once, and from then
 * on only what changed (by the stamps of fact_pack), so that any period, filter
 * and group is a walk through arrays. A hundred bytes or two for each
 * conversation and each turn of it.
 *
 * Used on one thread at a time, inside transactions that read: the store's
 * reader thread.
 */
typedef struct _MosMeasureCube MosMeasureCube;

MosMeasureCube *mos_measure_cube_new (void);
MosMeasureCube *mos_measure_cube_ref (MosMeasureCube *self);
void mos_measure_cube_unref (MosMeasureCube *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MosMeasureCube, mos_measure_cube_unref)

/** mos_measure_cube_refresh: reads what changed since the last time */
gboolean mos_measure_cube_refresh (MosMeasureCube *self, MosTxn *txn, GError **error);
/** mos_measure_cube_get_first_us: Returns: the earliest moment that anything of it began; 0 = there is nothing. For how long ago hours of work are needed */
gint64 mos_measure_cube_get_first_us (MosMeasureCube *self);
/**
 * mos_measure_cube_set_business: how long everything took in hours of work, which is kept
 * @stamp: (nullable): what the hours are known by: what was worked out with the same is not again; %NULL: nobody said when work is
 * @func: called here and not later
 */
void mos_measure_cube_set_business (MosMeasureCube *self, gpointer stamp, MosBusinessFunc func, gpointer data);

G_END_DECLS
