/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */

#include "config.h"

#include "app/widgets/mos-toast-show.h"

void
mos_toast_show (AdwToastOverlay *overlay,
                AdwToast *toast)
{
  g_return_if_fail (ADW_IS_TOAST_OVERLAY (overlay));
  g_return_if_fail (ADW_IS_TOAST (toast));

  /* Never with ADW_TOAST_PRIORITY_HIGH: that puts the shown one back into the queue while it still fades, and libadwaita (to 1.9 at least) frees it under
   * its animation when all are dismissed then. */
  adw_toast_overlay_dismiss_all (overlay);
  adw_toast_overlay_add_toast (overlay, toast);
}

void
mos_toast_show_in_preferences (AdwPreferencesDialog *dialog,
                               AdwToast *toast)
{
  GtkWidget *child;

  g_return_if_fail (ADW_IS_PREFERENCES_DIALOG (dialog));

  /* Its own call only adds one to those that wait. */
  child = adw_dialog_get_child (ADW_DIALOG (dialog));
  if (ADW_IS_TOAST_OVERLAY (child))
    mos_toast_show (ADW_TOAST_OVERLAY (child), toast);
  else
    adw_preferences_dialog_add_toast (dialog, toast);
}
