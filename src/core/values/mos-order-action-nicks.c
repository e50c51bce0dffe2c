/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-values"

#include "config.h"

#include "core/values/mos-order-action-values.h"

/* Apart from what is done with them: whoever only reads a plan needs no decimals, and not what they are read with. */

static const char *const order_action_kind_nicks[] = { "refund", "cancel", "note", "address", "invoice", "return" };
G_STATIC_ASSERT (G_N_ELEMENTS (order_action_kind_nicks) == MOS_ORDER_ACTION_N_KINDS);
MOS_DEFINE_NICKS (MosOrderActionKind, order_action_kind)

static const char *const order_action_state_nicks[] = { "asked", "running", "done", "failed", "uncertain" };
G_STATIC_ASSERT (G_N_ELEMENTS (order_action_state_nicks) == MOS_ORDER_ACTION_UNCERTAIN + 1);
MOS_DEFINE_NICKS (MosOrderActionState, order_action_state)

static const char *const address_part_nicks[] = { "first_name", "last_name", "company", "line1", "line2", "postcode", "city", "region", "country", "phone" };
G_STATIC_ASSERT (G_N_ELEMENTS (address_part_nicks) == MOS_ADDRESS_N_PARTS);
MOS_DEFINE_NICKS (MosAddressPart, address_part)

static const char *const order_obstacle_nicks[] = { "none", "sample", "offline", "key", "trouble", "reading", "stale", "lacking", "under_way", "cancelled", "refunded", "unpaid", "sent", "not_sent", "no_email", "no_order", "unconfirmed" };
G_STATIC_ASSERT (G_N_ELEMENTS (order_obstacle_nicks) == MOS_ORDER_OBSTACLE_UNCONFIRMED + 1);
MOS_DEFINE_NICKS (MosOrderObstacle, order_obstacle)
