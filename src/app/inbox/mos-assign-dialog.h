/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/desk/mos-desk.h"

#include <adwaita.h>

G_BEGIN_DECLS

/** MosAssignDialog: who looks after a conversation. Signal `chosen (char *agent)`: "" for nobody */
#define MOS_TYPE_ASSIGN_DIALOG (mos_assign_dialog_get_type ())
G_DECLARE_FINAL_TYPE (MosAssignDialog, mos_assign_dialog, MOS, ASSIGN_DIALOG, AdwDialog)

MosAssignDialog *mos_assign_dialog_new (MosDesk *desk, MosConversation *conversation);

G_END_DECLS
