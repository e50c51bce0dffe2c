/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/desk/mos-desk.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * MosScoreDialog:
 *
 * Writes down what the customer of a conversation said of the service. It stays open, with what was entered, when that fails.
 * Signal "recorded" (gint64 batch), for the undo.
 */
#define MOS_TYPE_SCORE_DIALOG (mos_score_dialog_get_type ())
G_DECLARE_FINAL_TYPE (MosScoreDialog, mos_score_dialog, MOS, SCORE_DIALOG, AdwDialog)

/** mos_score_dialog_new: @conversation: id */
AdwDialog *mos_score_dialog_new (MosDesk *desk, const char *conversation);

G_END_DECLS
