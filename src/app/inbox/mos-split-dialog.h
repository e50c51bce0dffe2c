/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/desk/mos-desk.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * MosSplitDialog: chooses messages of a conversation that belong elsewhere.
 *
 * Signal `chosen (GStrv messages, gboolean as_new)`: into a new conversation, or one that is yet to be chosen. The dialog is closed already.
 */
#define MOS_TYPE_SPLIT_DIALOG (mos_split_dialog_get_type ())
G_DECLARE_FINAL_TYPE (MosSplitDialog, mos_split_dialog, MOS, SPLIT_DIALOG, AdwDialog)

/** mos_split_dialog_new: @messages: array of #MosMessage in order; @from: that one and all behind it are chosen first */
MosSplitDialog *mos_split_dialog_new (GPtrArray *messages, const char *from, gint64 now_us);

G_END_DECLS
