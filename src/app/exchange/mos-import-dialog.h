/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/desk/mos-desk.h"

#include <adwaita.h>

G_BEGIN_DECLS

/** MosImportDialog: what is imported and whose mail it is; then the job runs in the window and #MosJobDialog takes its place. */
#define MOS_TYPE_IMPORT_DIALOG (mos_import_dialog_get_type ())
G_DECLARE_FINAL_TYPE (MosImportDialog, mos_import_dialog, MOS, IMPORT_DIALOG, AdwDialog)

MosImportDialog *mos_import_dialog_new (MosDesk *desk);

G_END_DECLS
