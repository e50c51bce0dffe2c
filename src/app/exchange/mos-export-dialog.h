/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/desk/mos-desk.h"

#include <adwaita.h>

G_BEGIN_DECLS

/** MosExportDialog: in which form conversations are written; asks where, then the job runs in the window. */
#define MOS_TYPE_EXPORT_DIALOG (mos_export_dialog_get_type ())
G_DECLARE_FINAL_TYPE (MosExportDialog, mos_export_dialog, MOS, EXPORT_DIALOG, AdwDialog)

/** mos_export_dialog_new: @conversation: (nullable): %NULL = everything */
MosExportDialog *mos_export_dialog_new (MosDesk *desk, MosConversation *conversation);

G_END_DECLS
