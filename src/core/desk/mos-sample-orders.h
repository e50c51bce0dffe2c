/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/store/mos-store.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * mos_sample_add_orders: inside a transaction: the sample shop's shops, orders and what is known of its customers beside their mail (data/sample/orders.json)
 * @shop: what mos_sample_load_shop() gave; its mail is in the store already
 * @conversations: (array zero-terminated=1): ids, in the order of @shop
 * @now_us: the moment that "3h ago" is counted from
 *
 * The shops are of files: nothing is ever asked of a network for them.
 */
gboolean mos_sample_add_orders (MosTxn *txn, JsonObject *shop, const char *const *conversations, gint64 now_us, GError **error);

G_END_DECLS
