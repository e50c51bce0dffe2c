/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * MosTriageOutcome: what became of a conversation
 * @MOS_TRIAGE_WAITING: its turn has not come, or what was done to it was taken back
 * @MOS_TRIAGE_OTHER: spam, deleted, merged...
 */
typedef enum
{
  MOS_TRIAGE_WAITING,
  MOS_TRIAGE_ANSWERED,
  MOS_TRIAGE_CLOSED,
  MOS_TRIAGE_SNOOZED,
  MOS_TRIAGE_OTHER,
  MOS_TRIAGE_SKIPPED,
} MosTriageOutcome;
#define MOS_TRIAGE_N_OUTCOMES (MOS_TRIAGE_SKIPPED + 1)

/** MosTriageRun: a list of conversations as it stood at one moment, gone through one after the other. No widget, no store; one thread. */
typedef struct _MosTriageRun MosTriageRun;

/** mos_triage_run_new: @ids: copied */
MosTriageRun *mos_triage_run_new (const char *const *ids);
void mos_triage_run_free (MosTriageRun *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MosTriageRun, mos_triage_run_free)

guint mos_triage_run_get_n (MosTriageRun *self);
/** mos_triage_run_get_position: Returns: of the current one, from 0; mos_triage_run_get_n() at the end */
guint mos_triage_run_get_position (MosTriageRun *self);
/** mos_triage_run_get_current: Returns: (transfer none) (nullable): %NULL at the end */
const char *mos_triage_run_get_current (MosTriageRun *self);
/** mos_triage_run_count: Returns: how many have @outcome */
guint mos_triage_run_count (MosTriageRun *self, MosTriageOutcome outcome);

/** mos_triage_run_note: @batch: to undo it, 0 = it cannot be. Goes on where @id is the current one. Returns: whether @id is of this run */
gboolean mos_triage_run_note (MosTriageRun *self, const char *id, MosTriageOutcome outcome, gint64 batch);
/** mos_triage_run_skip: goes on; one that something was done to keeps what it is */
void mos_triage_run_skip (MosTriageRun *self);
/** mos_triage_run_step_back: to the one before. Returns: whether there is one */
gboolean mos_triage_run_step_back (MosTriageRun *self);
/** mos_triage_run_take_back: @id: (nullable): %NULL = the one something was done to last. What was done to it was undone: its turn is now. Returns: whether it is of this run */
gboolean mos_triage_run_take_back (MosTriageRun *self, const char *id);

/** mos_triage_run_list_batches: Returns: (transfer full) (element-type gint64): what has @outcome and can be undone, the newest first */
GArray *mos_triage_run_list_batches (MosTriageRun *self, MosTriageOutcome outcome);
/** mos_triage_run_forget: those with @outcome were taken back: they wait again, the position stays */
void mos_triage_run_forget (MosTriageRun *self, MosTriageOutcome outcome);
/** mos_triage_run_dup_left: Returns: (transfer full): ids that were skipped or whose turn has not come, in their order */
GStrv mos_triage_run_dup_left (MosTriageRun *self);

G_END_DECLS
