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
