/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/store/mos-txn.h"

#include <sqlite3.h>

G_BEGIN_DECLS

/* Customers are listed in the order of a language (base/mos-collation.h). What says where one stands is kept beside the name (customer.sort_key, by triggers), so
 * that a page of any list is a piece of an index. It is the order of whoever looks at the desk last. */

/** mos_sort_register: the function mos_sort_key (name, order) of migration 0014, for a connection that may write. Returns: whether there is memory for it */
gboolean mos_sort_register (sqlite3 *handle);

/**
 * mos_store_sort_customers:
 * @order: of mos_collation_dup_order()
 * @max: so many at once
 * @ret_more: (out): whether there are customers left that stand where the order of before has them; then it is called again, be it after a restart
 *
 * From now on customers stand in @order.
 */
gboolean mos_store_sort_customers (MosTxn *txn, const char *order, guint max, gboolean *ret_more, GError **error);

G_END_DECLS
