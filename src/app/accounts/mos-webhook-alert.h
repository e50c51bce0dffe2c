/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/desk/mos-desk.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * mos_webhook_alert_present:
 * @account: whose news a platform brings to an address on the web (MOS_CHAT_WEBHOOK)
 * @secret: (nullable): its key; %NULL = that of an account which is here
 * @removed: (nullable): called with @owner once it is not so any more, unless @owner is gone by then
 * @owner: (nullable): a #GObject
 *
 * Asks whether that is to end, and ends it. That it could not be is said.
 */
void mos_webhook_alert_present (GtkWidget *parent, MosDesk *desk, MosAccount *account, const char *secret, void (*removed) (gpointer owner), gpointer owner);

G_END_DECLS
