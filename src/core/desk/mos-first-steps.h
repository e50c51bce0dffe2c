/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/desk/mos-desk.h"
#include "core/store/mos-store-first-steps.h"

G_BEGIN_DECLS

/* What a new desk is led through. What is done is read from what the desk holds each time; only what somebody does not want is kept. */

/**
 * MosFirstStepState:
 * @MOS_FIRST_STEP_LEFT: not done
 * @MOS_FIRST_STEP_WAITS: an import that was begun is not at its end
 * @MOS_FIRST_STEP_DONE: the desk has it, also where it was set aside before
 * @MOS_FIRST_STEP_ASIDE: nobody wants it
 * @MOS_FIRST_STEP_NOT_HERE: it is of no use to this desk, as a signature below chats
 */
typedef enum
{
  MOS_FIRST_STEP_LEFT,
  MOS_FIRST_STEP_WAITS,
  MOS_FIRST_STEP_DONE,
  MOS_FIRST_STEP_ASIDE,
  MOS_FIRST_STEP_NOT_HERE,
} MosFirstStepState;

/**
 * MosFirstSteps:
 * @states: by #MosFirstStep
 * @account: (nullable): id of the account whose signature is still to be written, else of the first with mail
 * @was_shown: they came up by themselves once
 */
typedef struct
{
  MosFirstStepState states[MOS_N_FIRST_STEPS];
  char *account;
  gboolean was_shown;
} MosFirstSteps;
MOS_DECLARE_VALUE (MosFirstSteps, first_steps)

/** mos_first_steps_load: Returns: (transfer full) (nullable): how the desk stands. Inside a transaction */
MosFirstSteps *mos_first_steps_load (MosTxn *txn, GError **error);
/** mos_first_steps_begin: notes that they are shown by themselves. @ret_steps: (out) (transfer full) (nullable): %NULL = they are not to be: they were once, or nothing is left. Inside a transaction */
gboolean mos_first_steps_begin (MosTxn *txn, MosFirstSteps **ret_steps, GError **error);
/** mos_first_steps_count: @ret_wanted: (out) (optional): how many there are without those set aside. Returns: how many of these are done */
guint mos_first_steps_count (const MosFirstSteps *self, guint *ret_wanted);
/** mos_first_steps_has_left: whether there is something to do */
gboolean mos_first_steps_has_left (const MosFirstSteps *self);

/* --- the desk: main context --- */

void mos_desk_load_first_steps_async (MosDesk *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/** mos_desk_load_first_steps_finish: Returns: (transfer full) (nullable) */
MosFirstSteps *mos_desk_load_first_steps_finish (MosDesk *self, GAsyncResult *result, GError **error);
/** mos_desk_begin_first_steps_async: see mos_first_steps_begin() */
void mos_desk_begin_first_steps_async (MosDesk *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/** mos_desk_begin_first_steps_finish: Returns: (transfer full) (nullable): with no error where they are not to be shown */
MosFirstSteps *mos_desk_begin_first_steps_finish (MosDesk *self, GAsyncResult *result, GError **error);
/** mos_desk_set_step_aside_async: finish with mos_desk_action_finish() */
void mos_desk_set_step_aside_async (MosDesk *self, MosFirstStep step, gboolean is_aside, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);

G_END_DECLS
