/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/store/mos-store.h"
#include "core/values/mos-sync-values.h"

G_BEGIN_DECLS

/**
 * mos_store_event_add: one line of the history, with the actor of the transaction and the conversation's account, channel, category, assignee and language as of now.
 * @message, @from, @to: (nullable)
 * @at_us: 0 = now, but not before what is there already: servers' clocks and this one differ, and what somebody did
 *   after they read it comes after it
 *
 * The setters of the other headers call it themselves; desk/ needs it for kinds of its own ("survey", "macro", ...).
 */
gboolean mos_store_event_add (MosTxn *txn, const char *conversation, const char *message, const char *kind, const char *from, const char *to, gint64 at_us, gboolean automatic, GError **error);
/** mos_store_desk_zone: Returns: (transfer full): whose days the desk counts by; UTC where this computer does not know it */
GTimeZone *mos_store_desk_zone (MosTxn *txn, GError **error);
/** mos_store_facts_rebuild: derives facts and roll-ups of the whole desk anew from the events */
gboolean mos_store_facts_rebuild (MosTxn *txn, GError **error);

G_END_DECLS
