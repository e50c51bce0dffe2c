/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "app/application/mos-lock.h"

G_BEGIN_DECLS

/**
 * mos_lock_watch_desktop:
 * @session: (nullable), @system: (nullable): the buses; from a sandbox, the portal is asked on the first
 *
 * Locks with the desktop, where the setting "lock-with-desktop" says so: when its screen is locked, and when the computer goes to sleep. As long as @lock lives.
 */
void mos_lock_watch_desktop (MosLock *lock, GSettings *settings, GDBusConnection *session, GDBusConnection *system, gboolean is_sandboxed);

G_END_DECLS
