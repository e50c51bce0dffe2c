/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/store/mos-store-orders.h"
#include "core/values/mos-order-values.h"

G_BEGIN_DECLS

/**
 * mos_order_links_find: the orders whose numbers a customer's message names: its conversation is about them, and one that says nothing of who ordered it is the customer's
 * @customer: (nullable): who wrote
 * @subject, @text: (nullable): what is new in the message
 *
 * A number that only could be one counts where the order is this customer's anyhow; of several shops with the same number, none that is a stranger's. One with an
 * address or a phone number that nobody here has is a guest's: whoever names it does not become whose it is.
 */
gboolean mos_order_links_find (MosTxn *txn, const char *conversation, const char *customer, const char *subject, const char *text, GError **error);

/**
 * mos_order_links_list_others: the orders whose numbers @text names, and that are somebody else's than @customer's
 *
 * One that says nothing of who ordered it, or that has its number in common with one of the customer, may be meant.
 *
 * Returns: (transfer full) (element-type MosOrder) (nullable)
 */
GPtrArray *mos_order_links_list_others (MosTxn *txn, const char *customer, const char *subject, const char *text, GError **error);

/**
 * mos_order_links_take_page: mos_store_order_upsert(), and of each order that is new which conversations name it
 *
 * The mail may be here before its order: it is looked for as it would have been found then, with the same proof.
 */
gboolean mos_order_links_take_page (MosTxn *txn, const char *shop, GPtrArray *orders, const char *cursor, MosOrderCounts *counts, GError **error);

/* Labels of batches */
#define MOS_ORDER_LINK "order-link"
#define MOS_ORDER_UNLINK "order-unlink"

/** mos_order_links_take: a person says so: the order is @customer's, and @conversation is about it (each nullable). NOT_FOUND */
gboolean mos_order_links_take (MosTxn *txn, const char *order, const char *customer, const char *conversation, GError **error);
/** mos_order_links_drop: a person says so: it is not @customer's (nobody's then, and it stays so), and @conversation is not about it (each nullable). NOT_FOUND; INVALID where it is somebody else's */
gboolean mos_order_links_drop (MosTxn *txn, const char *order, const char *customer, const char *conversation, GError **error);

G_END_DECLS
