/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/base/mos-whereabouts.h"
#include "core/desk/mos-desk.h"
#include "core/values/mos-journey-values.h"
#include "core/values/mos-order-values.h"

G_BEGIN_DECLS

/* All of one customer at once, for the pane beside a conversation: one read, nothing of it from the network. */

/** What is read at most; beyond it the lists say that there is more. */
#define MOS_JOURNEY_MAX_CONVERSATIONS 100
#define MOS_JOURNEY_MAX_ORDERS 50

/**
 * MosJourney: who somebody is, and what happened between them and the shop
 * @conversation: (nullable): beside which it is shown
 * @country: (nullable), @zone: (nullable), @is_zone_guess, @evidence: where the customer is: see #MosWhereabouts
 * @conversations: (element-type MosJourneyConversation): newest first, @conversation left out
 * @orders: (element-type MosOrder): those that @conversation is about, @n_here of them, then the customer's, newest first
 * @has_more_orders: there are more than @orders
 * @totals: (element-type MosOrderTotals): what was bought, by currency
 * @shops: (element-type MosShopAccount): all there are: names, and how old the copies are
 * @steps: (element-type MosJourneyStep): newest first
 * @now_us: when it was read
 */
typedef struct
{
  char *conversation;
  MosCustomerRow *customer;
  char *country;
  char *zone;
  gboolean is_zone_guess;
  MosWhereaboutsEvidence evidence;
  GPtrArray *conversations;
  GPtrArray *orders;
  guint n_here;
  gboolean has_more_orders;
  GPtrArray *totals;
  GPtrArray *shops;
  GPtrArray *steps;
  gint64 now_us;
} MosJourney;
MOS_DECLARE_VALUE (MosJourney, journey)

/** mos_journey_find_shop: Pure. Returns: (transfer none) (nullable) */
const MosShopAccount *mos_journey_find_shop (const MosJourney *self, const char *shop);

/** mos_journey_load: inside a transaction. @conversation: (nullable). MOS_DESK_ERROR_NOT_FOUND where there is no such customer. @ret_journey: (out) (transfer full) */
gboolean mos_journey_load (MosTxn *txn, const char *customer, const char *conversation, MosJourney **ret_journey, GError **error);
/** mos_desk_load_journey_async: the same, main context */
void mos_desk_load_journey_async (MosDesk *self, const char *customer, const char *conversation, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
MosJourney *mos_desk_load_journey_finish (MosDesk *self, GAsyncResult *result, GError **error);

/** mos_desk_link_order_async: the order is (@theirs) the customer's and what the conversation (nullable) is about, or neither: mos-order-links.h. Finish with mos_desk_action_finish() */
void mos_desk_link_order_async (MosDesk *self, const char *order, const char *customer, const char *conversation, gboolean theirs, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);

/**
 * MosWho: somebody who may be meant, and why
 * @customer: (nullable): %NULL for an order that is nobody's here
 * @order: (nullable): the order whose number or contact was typed
 * @conversation: (nullable): the newest one of @customer
 */
typedef struct
{
  MosCustomerRow *customer;
  MosOrder *order;
  MosJourneyConversation *conversation;
} MosWho;
MOS_DECLARE_VALUE (MosWho, who)

/** mos_who_find: inside a transaction: by a phone number in any spelling, an order's number, an address, or words of a name. Returns: (transfer full) (element-type MosWho): the likeliest first */
GPtrArray *mos_who_find (MosTxn *txn, const char *text, guint max, GError **error);
/** mos_desk_find_who_async: the same, main context */
void mos_desk_find_who_async (MosDesk *self, const char *text, guint max, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
GPtrArray *mos_desk_find_who_finish (MosDesk *self, GAsyncResult *result, GError **error);

G_END_DECLS
