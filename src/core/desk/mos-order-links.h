/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/store/mos-store.h"

G_BEGIN_DECLS

/**
 * mos_order_links_find: the orders whose numbers a customer's message names: its conversation is about them, and one that is nobody's yet is the customer's
 * @customer: (nullable): who wrote
 * @subject, @text: (nullable): what is new in the message
 *
 * A number that only could be one counts where the order is this customer's anyhow; of several shops with the same number, none that is a stranger's.
 */
gboolean mos_order_links_find (MosTxn *txn, const char *conversation, const char *customer, const char *subject, const char *text, GError **error);

G_END_DECLS
