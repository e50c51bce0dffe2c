/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/metrics/mos-measure-cube-private.h"

G_BEGIN_DECLS

/* What counts in a period, one after the other: figures are made of it, and it tells which conversations they are of. So both are always the same. */

/**
 * MosVisit: something that counts
 * @conversation: in the cube; -1: nothing of it is there but its scores
 * @keys: who and what about
 * @clock_us, @business_us: of a span; of what is open or waits how long it is, or does
 * @value: a score, how many messages, or a kind of target
 * @id: (nullable): of the survey; @score: (nullable): where its tags and its macro are those of the question
 */
typedef struct
{
  MosMeasureNumber what;
  int conversation;
  gint64 number;
  const MosCubeKeys *keys;
  gint64 at_us;
  gint64 clock_us;
  gint64 business_us;
  gint64 value;
  const char *id;
  const MosCubeScore *score;
} MosVisit;
typedef void (*MosVisitFunc) (const MosVisit *visit, gpointer data);

/** MosMeasureWalk: @at_us: as of when it is told what is open or waits. On the stack */
typedef struct
{
  MosMeasureCube *cube; /* (unowned) */
  gint64 from_us;
  gint64 to_us;
  gint64 at_us;
  guint only[MOS_N_MEASURE_BY]; /* G_MAXUINT - 1 = any */
  gboolean asks_labels;
  gboolean by_question;
  guint8 *passes;                   /* (owned): by abouts */
  GArray *labels[MOS_N_MEASURE_BY]; /* (owned): of guint: of labels_of */
  gint64 labels_of[MOS_N_MEASURE_BY];
} MosMeasureWalk;

#define MOS_IS_LABEL(by) ((by) == MOS_MEASURE_BY_TAG || (by) == MOS_MEASURE_BY_MACRO || (by) == MOS_MEASURE_BY_PRODUCT)

/** mos_measure_walk_init: @filter: (nullable). Products have to be there where they are asked for */
void mos_measure_walk_init (MosMeasureWalk *self, MosMeasureCube *cube, gint64 from_us, gint64 to_us, gint64 at_us, const MosMeasureFilter *filter);
void mos_measure_walk_clear (MosMeasureWalk *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MosMeasureWalk, mos_measure_walk_clear)
void mos_measure_walk_run (MosMeasureWalk *self, MosVisitFunc func, gpointer data);
/** mos_measure_walk_run_targets: tells what came of each target (the kind is its value), by conversations, of each those that were missed first */
gboolean mos_measure_walk_run_targets (MosMeasureWalk *self, MosTxn *txn, MosVisitFunc func, gpointer data, GError **error);
/** mos_measure_walk_get_labels: tags, macros or products of a conversation at the end. Returns: (transfer none): of guint, until it is asked about another one */
const GArray *mos_measure_walk_get_labels (MosMeasureWalk *self, MosMeasureBy by, int conversation, gint64 number);
/** mos_measure_walk_get_labels_of: the same of what was told: a score has those that the question had */
const GArray *mos_measure_walk_get_labels_of (MosMeasureWalk *self, MosMeasureBy by, const MosVisit *visit);
/** mos_measure_walk_keys_pass: whether the filter wants what is of these, whatever its tags, macros and products are */
gboolean mos_measure_walk_keys_pass (const MosMeasureWalk *self, const MosCubeKeys *keys);
/** mos_measure_walk_labels_pass: whether the filter wants what has these tags, macros and products */
gboolean mos_measure_walk_labels_pass (MosMeasureWalk *self, int conversation, gint64 number);
/** mos_measure_walk_is_open_state: whether the filter wants a conversation in this state, and it is one of those that are not closed */
gboolean mos_measure_walk_is_open_state (MosMeasureWalk *self, const MosPackState *state);

G_END_DECLS
