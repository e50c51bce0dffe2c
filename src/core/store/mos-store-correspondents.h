/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/store/mos-store.h"

G_BEGIN_DECLS

/**
 * mos_store_correspondents_list:
 * @ret_mails: (out) (optional): how many mails @conversation has, ours included, notes and the quarantined left out
 * @ret_last: (out) (optional) (transfer full) (nullable): who wrote the last of them
 *
 * Returns: (transfer full): set of the addresses, in lower case, that any mail of @conversation came from, went to or asked to be answered to
 */
GHashTable *mos_store_correspondents_list (MosTxn *txn, const char *conversation, guint *ret_mails, MosAddress **ret_last, GError **error);

/**
 * mos_store_correspondents_list_mails_from:
 * @domains: as they are shown (mos_domain_to_shown())
 * @max: so many at most, of the newest few thousand mails of all accounts
 *
 * Returns: (transfer full) (nullable): array of ids, newest first: mails of @account that came from a mailbox, written by somebody in one of @domains
 */
GPtrArray *mos_store_correspondents_list_mails_from (MosTxn *txn, const char *account, const char *const *domains, guint max, GError **error);

G_END_DECLS
