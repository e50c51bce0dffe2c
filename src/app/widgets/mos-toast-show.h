/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * mos_toast_show:
 * @overlay: where
 * @toast: (transfer full): what, shown nowhere yet
 *
 * Shows @toast in the place of whatever @overlay shows or would show later: a toast that waits comes too late to be about anything, and one that had to
 * make room would come back when its time is over.  What was shown is dismissed, as its signal says.
 */
void mos_toast_show (AdwToastOverlay *overlay, AdwToast *toast);
/** mos_toast_show_in_preferences: the same where @dialog shows its toasts */
void mos_toast_show_in_preferences (AdwPreferencesDialog *dialog, AdwToast *toast);

G_END_DECLS
