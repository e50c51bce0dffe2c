/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/metrics/mos-measure-cube-private.h"
#include "core/metrics/mos-measures.h"

G_BEGIN_DECLS

/** MosJourneyFunc: a customer came as far as @stage; @conversation: the first one, in the cube. Told of each stage up to the last */
typedef void (*MosJourneyFunc) (MosMeasureNumber stage, int conversation, gpointer data);

/** mos_measure_journey_compute: @journey: (out caller-allocates); @func: (nullable). What each stage is says MosMeasureJourney */
gboolean mos_measure_journey_compute (MosMeasureCube *cube, MosTxn *txn, const MosMeasureFrame *frame, MosMeasureJourney *journey, MosJourneyFunc func, gpointer data, GError **error);

G_END_DECLS
