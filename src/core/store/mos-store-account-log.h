/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/store/mos-store.h"
#include "core/values/mos-delivery-values.h"
#include "core/values/mos-desk-values.h"

G_BEGIN_DECLS

/** MOS_ACCOUNT_LOG_MAX: so many rows of an account are kept */
#define MOS_ACCOUNT_LOG_MAX 50

/** mos_store_account_log_note: what a look brought, or why there was none; before the account's own row says it. What is under way is no news. Writes no change rows. */
gboolean mos_store_account_log_note (MosTxn *txn, MosAccountStatus *status, GError **error);
/** mos_store_account_log_list: Returns: (transfer full) (nullable): array of #MosAccountEntry, newest first */
GPtrArray *mos_store_account_log_list (MosTxn *txn, const char *account, GError **error);

G_END_DECLS
