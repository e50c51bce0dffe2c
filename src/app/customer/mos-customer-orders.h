/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "app/customer/mos-item-pictures.h"
#include "core/desk/mos-desk-journey.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define MOS_TYPE_CUSTOMER_ORDERS (mos_customer_orders_get_type ())
G_DECLARE_FINAL_TYPE (MosCustomerOrders, mos_customer_orders, MOS, CUSTOMER_ORDERS, AdwPreferencesGroup)

/**
 * MosCustomerOrders: what a customer bought: what it comes to, then each order; those that the conversation is about first. Not visible where there is no shop.
 *
 * `void look (MosCustomerOrders *, MosOrder *order)`: somebody opened one, see mos_desk_look_at_order()
 * `void link (MosCustomerOrders *, char *order, char *customer, char *conversation (nullable), gboolean is_theirs)`: a person says whose one is
 */
/** mos_customer_orders_set_journey: @journey: (nullable). What was opened stays open */
void mos_customer_orders_set_journey (MosCustomerOrders *self, const MosJourney *journey);
/** mos_customer_orders_set_pictures: where pictures of what was ordered come from; before there is a journey. @is_online: whether they may be fetched */
void mos_customer_orders_set_pictures (MosCustomerOrders *self, MosItemPictures *pictures, gboolean is_online);
/** mos_customer_orders_open: opens and shows one order; %FALSE where it is not here */
gboolean mos_customer_orders_open (MosCustomerOrders *self, const char *order);

G_END_DECLS
