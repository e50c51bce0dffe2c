/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/desk/mos-desk-calls.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define MOS_TYPE_CALL_DIALOG (mos_call_dialog_get_type ())
G_DECLARE_FINAL_TYPE (MosCallDialog, mos_call_dialog, MOS, CALL_DIALOG, AdwDialog)

/**
 * MosCallDialog: writes down a telephone call; Return does it, as it stands.
 *
 * Signal `noted (gint64 batch, const char *conversation)`: it is written down; @batch takes it back
 */
/** mos_call_dialog_new: @row: (nullable): what it was about; else @customer: (nullable): with whom */
AdwDialog *mos_call_dialog_new (MosDesk *desk, MosConversationRow *row, const char *customer);

G_END_DECLS
