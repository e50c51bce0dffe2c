/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/desk/mos-desk.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * MosTargetDialog: chooses the conversation that another one, or messages of it, are put into. The likely ones are there before a word is typed.
 *
 * Signal `chosen (MosConversationRow *row)`: the dialog is closed already.
 */
#define MOS_TYPE_TARGET_DIALOG (mos_target_dialog_get_type ())
G_DECLARE_FINAL_TYPE (MosTargetDialog, mos_target_dialog, MOS, TARGET_DIALOG, AdwDialog)

/** mos_target_dialog_new: @conversation: id of the one that is not offered */
MosTargetDialog *mos_target_dialog_new (MosDesk *desk, const char *conversation, const char *title);

G_END_DECLS
