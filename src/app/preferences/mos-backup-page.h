/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/desk/mos-desk-backup.h"

#include <adwaita.h>

G_BEGIN_DECLS

/** MosBackupPage: a page of the preferences: backups that are made by themselves, what came of the last one, one by hand, and restoring */
#define MOS_TYPE_BACKUP_PAGE (mos_backup_page_get_type ())
G_DECLARE_FINAL_TYPE (MosBackupPage, mos_backup_page, MOS, BACKUP_PAGE, AdwNavigationPage)

/** mos_backup_page_new: @dialog: whose page it is */
MosBackupPage *mos_backup_page_new (MosDesk *desk, AdwPreferencesDialog *dialog);

/** mos_backup_page_text_state: Returns: (transfer full): what came of the last one, in one or two sentences */
char *mos_backup_page_text_state (const MosBackupPlan *plan, gint64 now_us);

G_END_DECLS
