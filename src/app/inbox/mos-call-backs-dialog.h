/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/desk/mos-desk-calls.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define MOS_TYPE_CALL_BACKS_DIALOG (mos_call_backs_dialog_get_type ())
G_DECLARE_FINAL_TYPE (MosCallBacksDialog, mos_call_backs_dialog, MOS, CALL_BACKS_DIALOG, AdwDialog)

/**
 * MosCallBacksDialog: who is to be called back, the soonest first; a row opens its conversation, its button says that nobody needs to call any more.
 *
 * Signal `open-conversation (const char *id)`, after which it closes
 */
MosCallBacksDialog *mos_call_backs_dialog_new (MosDesk *desk);

G_END_DECLS
