/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/store/mos-store.h"

G_BEGIN_DECLS

/* What a new desk is led through, as far as it is said and not read from what the desk holds. This desk's own: no change rows, no undo. */

typedef enum
{
  MOS_FIRST_STEP_ACCOUNT,
  MOS_FIRST_STEP_IMPORT,
  MOS_FIRST_STEP_SIGNATURE,
  MOS_FIRST_STEP_HOURS,
  MOS_FIRST_STEP_TARGETS,
  MOS_FIRST_STEP_MACRO,
  MOS_FIRST_STEP_BACKUP,
} MosFirstStep; /* account import signature hours targets macro backup: in the order in which they are shown */
#define MOS_N_FIRST_STEPS (MOS_FIRST_STEP_BACKUP + 1)
MOS_DECLARE_NICKS (MosFirstStep, first_step)

/** mos_store_first_steps_load: @ret_aside: (out): a bit for each step that somebody does not want: 1 << #MosFirstStep; @ret_shown: (out): they were shown by themselves once */
gboolean mos_store_first_steps_load (MosTxn *txn, guint *ret_aside, gboolean *ret_shown, GError **error);
gboolean mos_store_first_steps_set_aside (MosTxn *txn, MosFirstStep step, gboolean is_aside, GError **error);
gboolean mos_store_first_steps_note_shown (MosTxn *txn, GError **error);

G_END_DECLS
