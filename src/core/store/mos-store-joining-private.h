/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/store/mos-store-joining.h"

G_BEGIN_DECLS

/** mos_join_all: every message, draft and score of @from goes to @into, as in a merge; no event */
gboolean mos_join_all (MosTxn *txn, const char *from, const char *into, GError **error);
/** mos_join_message: @turn_from: see the column. @event_too: what is counted of it goes with it */
gboolean mos_join_message (MosTxn *txn, const char *message, const char *conversation, gint64 turn_from, gboolean event_too, GError **error);
/** mos_join_surveys: what customers said of the service in @from goes to @into */
gboolean mos_join_surveys (MosTxn *txn, const char *from, const char *into, GError **error);

G_END_DECLS
