/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/store/mos-store.h"

G_BEGIN_DECLS

/* What the desk knows of senders, for hints about a mail. Reads only. */

/** mos_store_hint_known_domains: Returns: (transfer full): set of the domains that this desk has sent mail to (lower case); reads every recipient, so keep it for a while */
GHashTable *mos_store_hint_known_domains (MosTxn *txn, GError **error);
/** mos_store_hint_is_known: @ret_is: whether somebody at this desk answered in a conversation that @identity takes part in */
gboolean mos_store_hint_is_known (MosTxn *txn, const char *identity, gboolean *ret_is, GError **error);
/** mos_store_hint_earlier_texts: Returns: (transfer full): array of what the sender of @message newly wrote before it, newest first, at most @max; neither spam nor quarantined */
GPtrArray *mos_store_hint_earlier_texts (MosTxn *txn, const char *message, guint max, GError **error);

G_END_DECLS
