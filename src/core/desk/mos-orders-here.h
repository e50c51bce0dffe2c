/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/store/mos-store.h"
#include "core/values/mos-customer-values.h"
#include "core/values/mos-order-values.h"

G_BEGIN_DECLS

/**
 * mos_orders_here_load: the orders that may be meant in a conversation, inside a transaction
 * @conversation, @customer: (nullable): ids
 * @max: of each
 * @ret_n_here: (out): how many of them the conversation is about: they were put there, or their number stands in its texts; these come first
 * @ret_has_more: (out) (optional): the customer has more than @max
 *
 * Returns: (transfer full) (element-type MosOrder): those, then the others of the customer, newest first
 */
GPtrArray *mos_orders_here_load (MosTxn *txn, const char *conversation, const char *customer, guint max, guint *ret_n_here, gboolean *ret_has_more, GError **error);

/**
 * mos_orders_here_get_country: Pure. @orders: (nullable) (element-type MosOrder): newest first
 *
 * The country that the shop sends the newest order to is as good as one that somebody wrote down.
 *
 * Returns: (transfer none) (nullable): ISO 3166
 */
const char *mos_orders_here_get_country (GPtrArray *orders, MosCustomerRow *customer);

/** mos_order_is_named: Pure. @text: in lower case. Returns: whether the order's number stands in it as a word of its own; a short one could be anything and never does */
gboolean mos_order_is_named (const MosOrder *order, const char *text);

G_END_DECLS
