/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/** MosRescueDialog: what came of helping an unhappy customer. Signal `chosen (char *outcome)`: as it is stored */
#define MOS_TYPE_RESCUE_DIALOG (mos_rescue_dialog_get_type ())
G_DECLARE_FINAL_TYPE (MosRescueDialog, mos_rescue_dialog, MOS, RESCUE_DIALOG, AdwDialog)

/** mos_rescue_dialog_new: @said: what it is about: their score and words */
AdwDialog *mos_rescue_dialog_new (const char *said);

G_END_DECLS
