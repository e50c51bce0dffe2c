/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/values/mos-desk-values.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * MosSenderDialog:
 *
 * One address that an account writes from. Keeps nothing itself.
 *
 * Signals: `edited (MosSender *sender, gboolean make_default)`: sender is %NULL when it is to be removed.
 */
#define MOS_TYPE_SENDER_DIALOG (mos_sender_dialog_get_type ())
G_DECLARE_FINAL_TYPE (MosSenderDialog, mos_sender_dialog, MOS, SENDER_DIALOG, AdwDialog)

/** mos_sender_dialog_new: @sender: (nullable): %NULL for a new one */
MosSenderDialog *mos_sender_dialog_new (MosAccount *account, MosSender *sender, gboolean is_default);

G_END_DECLS
