/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/** mos_settings_get: Returns: (transfer none): this machine's settings of the window. Main context. */
GSettings *mos_settings_get (void);

/** mos_settings_is_silent: whether no notification tells of new messages of @account, on this computer */
gboolean mos_settings_is_silent (const char *account);
void mos_settings_set_silent (const char *account, gboolean silent);

G_END_DECLS
