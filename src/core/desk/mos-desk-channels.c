/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-desk-private.h"

void
mos_desk_start_channels (MosDesk *self)
{
}

void
mos_desk_stop_channels (MosDesk *self)
{
}

void
mos_desk_wake_channels (MosDesk *self,
                        const char *account,
                        guint what)
{
}

void
mos_desk_sync_now (MosDesk *self,
                   const char *account)
{
}
