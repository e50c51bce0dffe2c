/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/** mos_error_is_offline: Returns: whether @error is that nothing answers at the address: no network, no such name, nobody there. Any thread. */
gboolean mos_error_is_offline (const GError *error);

G_END_DECLS
