/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/store/mos-store.h"
#include "core/values/mos-measure-values.h"
#include "core/values/mos-target-values.h"

G_BEGIN_DECLS

/* The targets of the shop, and what came of them. When each conversation is due is derived (mos-store-target-clock.c), in the transaction that changes what it stands on. */

/** mos_store_targets_list: Returns: (transfer full) (element-type MosTargetsVersion): in order; the first one, valid from the beginning, is the default */
GPtrArray *mos_store_targets_list (MosTxn *txn, GError **error);
/** mos_store_targets_add: valid from now on, and later than all that were added before. Recorded, so that it can be undone */
gboolean mos_store_targets_add (MosTxn *txn, const MosTargets *targets, GError **error);

/** MosTargetTold: a conversation of which something was told: that a target's time is nearly over, or over, or both at once, because nobody looked in between */
typedef struct
{
  char *conversation;
  MosTargetKind kind;
  gboolean is_warned;
  gboolean is_breached;
} MosTargetTold;
void mos_target_told_free (MosTargetTold *told);

/** mos_store_targets_follow_zone: makes anew what is due where the computer has another zone than it had */
gboolean mos_store_targets_follow_zone (MosTxn *txn, GError **error);

/** MOS_TARGETS_DUE_KIND: of the one row of `due` that waits for the next of all */
#define MOS_TARGETS_DUE_KIND "target"

/**
 * mos_store_targets_tell: adds the events of what is nearly over and over by now, with the time when it was, each once; plans the next run
 * @max: so many conversations at most; what is left is due at once
 *
 * Returns: (transfer full) (element-type MosTargetTold)
 */
GPtrArray *mos_store_targets_tell (MosTxn *txn, guint max, GError **error);

/**
 * MosTargetOutcome: a target that ended: somebody answered, or closed for good
 * @number: of the conversation
 * @began_us, @ended_us: what was measured; of a resolution without the time that its clock stood
 * @is_met: in time, by the targets of then and by the hours that were valid
 */
typedef struct
{
  MosTargetKind kind;
  const char *conversation;
  gint64 number;
  const char *account;
  const char *channel;
  const char *category;
  const char *language;
  const char *agent;
  gint64 began_us;
  gint64 ended_us;
  gboolean is_met;
} MosTargetOutcome;
typedef void (*MosTargetOutcomeFunc) (const MosTargetOutcome *outcome, gpointer data);

/**
 * mos_store_targets_list_outcomes: of the period, without its end: answers by the day they were given, resolutions by the close that stands at its end. As #MosMeasureSpan counts them, less those
 * that had no target. What was urgent when it ended; whether somebody is a VIP, and a category complex, is as it is now.
 */
gboolean mos_store_targets_list_outcomes (MosTxn *txn, gint64 from_us, gint64 to_us, MosTargetOutcomeFunc func, gpointer data, GError **error);

G_END_DECLS
