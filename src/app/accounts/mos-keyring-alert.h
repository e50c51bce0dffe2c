/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * mos_keyring_alert_present:
 * @parent: the dialog that wants to keep a password
 * @keep: called with @keeper when the owner chose to keep it in memory only
 * @keeper: a #GObject
 *
 * Says that the keyring did not take the password and what that means, and lets the owner choose. @keep is not called when @keeper is gone by then.
 */
void mos_keyring_alert_present (GtkWidget *parent, void (*keep) (gpointer keeper), gpointer keeper);

G_END_DECLS
