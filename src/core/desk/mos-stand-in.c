/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "core/base/mos-error.h"
#include "core/channels/email/mos-email-discovery.h"

/* Until discovery is there; weak, so that it takes over by itself. */
__attribute__ ((weak)) GPtrArray *
mos_email_discover_sync (const char *address,
                         GResolver *resolver,
                         GCancellable *cancellable,
                         GError **error)
{
  g_set_error_literal (error, MOS_DESK_ERROR, MOS_DESK_ERROR_INVALID, "Not there yet");
  return NULL;
}
