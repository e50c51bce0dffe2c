/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/desk/mos-first-steps.h"

#include <adwaita.h>

G_BEGIN_DECLS

/** MosFirstStepsDialog: what a new desk is led through, and how far it is; each step opens where it is done, and is up to date when that is closed */
#define MOS_TYPE_FIRST_STEPS_DIALOG (mos_first_steps_dialog_get_type ())
G_DECLARE_FINAL_TYPE (MosFirstStepsDialog, mos_first_steps_dialog, MOS, FIRST_STEPS_DIALOG, AdwDialog)

/** mos_first_steps_dialog_new: @steps: how the desk stands now */
MosFirstStepsDialog *mos_first_steps_dialog_new (MosDesk *desk, MosFirstSteps *steps);

G_END_DECLS
