/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "app/application/mos-lock.h"

#include <adwaita.h>

G_BEGIN_DECLS

/** MosLockWindow: stands in the place of the window while it is locked: asks for the passphrase, and nothing else is in it. */
#define MOS_TYPE_LOCK_WINDOW (mos_lock_window_get_type ())
G_DECLARE_FINAL_TYPE (MosLockWindow, mos_lock_window, MOS, LOCK_WINDOW, AdwApplicationWindow)

MosLockWindow *mos_lock_window_new (GtkApplication *app, MosLock *lock);

/** mos_lock_text: Returns: (transfer full): what went wrong with a passphrase, and when the next one is taken */
char *mos_lock_text (MosLock *lock, const GError *error);

G_END_DECLS
