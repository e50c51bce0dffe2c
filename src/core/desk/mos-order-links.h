/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/store/mos-store.h"
#include "core/values/mos-order-values.h"

G_BEGIN_DECLS

/**
 * mos_order_links_find: the orders whose numbers a customer's message names: its conversation is about them, and one that is nobody's yet is the customer's
 * @customer: (nullable): who wrote
 * @subject, @text: (nullable): what is new in the message
 *
 * A number that only could be one counts where the order is this customer's anyhow; of several shops with the same number, none that is a stranger's.
 */
gboolean mos_order_links_find (MosTxn *txn, const char *conversation, const char *customer, const char *subject, const char *text, GError **error);

/**
 * mos_order_links_list_others: the orders whose numbers @text names, and that are somebody else's than @customer's
 *
 * One that is nobody's yet, or that has its number in common with one of the customer, may be meant.
 *
 * Returns: (transfer full) (element-type MosOrder) (nullable)
 */
GPtrArray *mos_order_links_list_others (MosTxn *txn, const char *customer, const char *subject, const char *text, GError **error);

G_END_DECLS
