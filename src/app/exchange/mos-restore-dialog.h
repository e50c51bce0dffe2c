/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/desk/mos-restore-job.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * MosRestoreDialog:
 *
 * A backup is read and checked, its passphrase asked for where it has one; then what it holds is shown, and a person decides. Until then nothing is changed.
 *
 * Signal `decided (MosRestoreJob *job)`: to be put in place (mos_restore_job_put_in_place_sync()); the dialog is closed
 */
#define MOS_TYPE_RESTORE_DIALOG (mos_restore_dialog_get_type ())
G_DECLARE_FINAL_TYPE (MosRestoreDialog, mos_restore_dialog, MOS, RESTORE_DIALOG, AdwDialog)

/** mos_restore_dialog_new: @file: path of the backup; @profile: path of what it is to become; @is_new: nobody would miss what is there now */
MosRestoreDialog *mos_restore_dialog_new (const char *file, const char *profile, gboolean is_new);

G_END_DECLS
