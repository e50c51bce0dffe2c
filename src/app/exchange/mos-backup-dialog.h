/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/desk/mos-desk-backup.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * MosBackupDialog: a backup by hand: with a passphrase or without, then the file, then MosJobDialog. Or, without a file, only the passphrase of those that are made by themselves.
 *
 * Signal `passphrase (char *passphrase)`: the latter: it was given. Closed without it, nobody wants one.
 */
#define MOS_TYPE_BACKUP_DIALOG (mos_backup_dialog_get_type ())
G_DECLARE_FINAL_TYPE (MosBackupDialog, mos_backup_dialog, MOS, BACKUP_DIALOG, AdwDialog)

MosBackupDialog *mos_backup_dialog_new (MosDesk *desk);
MosBackupDialog *mos_backup_dialog_new_passphrase (void);

G_END_DECLS
