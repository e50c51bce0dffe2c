/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/base/mos-json.h"
#include "core/desk/mos-desk-journey.h"
#include "core/values/mos-customer-values.h"

G_BEGIN_DECLS

/* Customers as mostradorctl prints them and exports hold them. */

/** mos_customer_json_add: an object: id, name, identities ({id, kind, value, verified}), language, country, phone, company, notes, vip, consent, fields (an object), first_seen, conversations, open */
void mos_customer_json_add (JsonBuilder *builder, const MosCustomerRow *row);
/** mos_customer_json_add_journey: the same object of the customer of @journey, with totals ({currency, orders, refunded_orders, spent, refunded, first, last}), orders, and journey ({what, at, …}), newest first */
void mos_customer_json_add_journey (JsonBuilder *builder, const MosJourney *journey);
/** mos_erasure_json_add: an object: receipt, hash, at, addresses, conversations, messages, files, mentions (numbers of conversations) */
void mos_erasure_json_add (JsonBuilder *builder, const MosErasure *erasure);

G_END_DECLS
