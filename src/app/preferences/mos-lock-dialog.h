/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "app/application/mos-lock.h"

#include <adwaita.h>

G_BEGIN_DECLS

/** MosLockDialog: sets, changes or takes away the passphrase of the lock; where there is one, it is asked for. */
#define MOS_TYPE_LOCK_DIALOG (mos_lock_dialog_get_type ())
G_DECLARE_FINAL_TYPE (MosLockDialog, mos_lock_dialog, MOS, LOCK_DIALOG, AdwDialog)

/** mos_lock_dialog_new: @removes: takes it away, where there is one */
MosLockDialog *mos_lock_dialog_new (MosLock *lock, gboolean removes);

G_END_DECLS
