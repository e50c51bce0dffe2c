/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-window"

#include "config.h"

#include "app/window/mos-window-private.h"

#include "core/desk/mos-desk-shops.h"

static void
on_is_active_cb (MosWindow *self)
{
  if (self->desk != NULL)
    mos_desk_set_shops_focused (self->desk, gtk_window_is_active (GTK_WINDOW (self)));
}

void
mos_window_watch_shops (MosWindow *self)
{
  g_signal_connect (self, "notify::is-active", G_CALLBACK (on_is_active_cb), NULL);
}
