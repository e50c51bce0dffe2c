/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/store/mos-store.h"
#include "core/values/mos-desk-values.h"

G_BEGIN_DECLS

/* Which keys the servers of an account sign with: what they sign is seen where a mail of its domains comes back, never in what is written here. */

/**
 * mos_delivery_find_keys:
 * @ret_keys: (out) (transfer full): where the keys lie ("selector._domainkey.domain"), newest first, each once; may be empty
 *
 * From the last mail that was sent to oneself, else from the newest mails here of somebody in the account's domains. Looks at a bounded number.
 */
gboolean mos_delivery_find_keys (MosTxn *txn, const MosAccount *account, GStrv *ret_keys, GError **error);
/** mos_delivery_read_keys: Returns: (transfer full): those that the signatures in @raw name and that count for one of @domains */
GStrv mos_delivery_read_keys (GBytes *raw, const char *const *domains);
/** mos_delivery_note_keys: what came back of a mail to oneself was signed with them; none of them leaves what is known */
gboolean mos_delivery_note_keys (MosTxn *txn, const char *account, const char *const *keys, GError **error);

G_END_DECLS
