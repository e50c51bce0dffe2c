/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/values/mos-delivery-values.h"
#include "core/values/mos-desk-values.h"

G_BEGIN_DECLS

/**
 * mos_email_check_delivery_sync:
 * @account: of kind email
 * @keys: (nullable): where the keys of signatures in its own mails lie (mos_dkim_find_name()), newest first
 * @resolver: (nullable): %NULL = the default one
 * @cancellable: (nullable)
 * @error: G_IO_ERROR_CANCELLED. DNS trouble is no error: it is what is found
 *
 * Looks up what the DNS says about the mail of each domain that the account writes from. Connects to no mail server. Worker threads.
 *
 * Returns: (transfer full) (nullable): array of #MosDeliveryReport, that of the account's own address first
 */
GPtrArray *mos_email_check_delivery_sync (MosAccount *account, const char *const *keys, GResolver *resolver, GCancellable *cancellable, GError **error);

/** mos_email_delivery_domains: Returns: (transfer full): the domains (ASCII, lower case) that @account writes from, its own first, each once */
GStrv mos_email_delivery_domains (const MosAccount *account);

G_END_DECLS
