/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-shops"

#include "config.h"

#include "core/base/mos-phone.h"
#include "core/base/mos-text.h"
#include "core/shops/mos-shop-json.h"
#include "core/shops/shopify/mos-shopify-shop.h"

const char mos_shopify_order_fragment[] =
    "fragment order on Order {"
    " id legacyResourceId name email phone createdAt updatedAt cancelledAt closed displayFinancialStatus displayFulfillmentStatus note statusPageUrl"
    " totalPriceSet { presentmentMoney { amount currencyCode } }"
    " totalRefundedSet { presentmentMoney { amount } }"
    " customer { displayName defaultEmailAddress { emailAddress } defaultPhoneNumber { phoneNumber } }"
    " billingAddress { name countryCodeV2 phone }"
    " shippingAddress { name company address1 address2 city province zip country countryCodeV2 phone }"
    " lineItems(first: 20) { nodes { title variantTitle quantity sku originalUnitPriceSet { presentmentMoney { amount } } discountedTotalSet { presentmentMoney { amount } } image { url } } }"
    " fulfillments(first: 10) { displayStatus createdAt deliveredAt estimatedDeliveryAt trackingInfo(first: 5) { company number url } }"
    " refunds(first: 10) { id createdAt note totalRefundedSet { presentmentMoney { amount } } }"
    " }";

const char mos_shopify_whole_query[] =
    "query OrderWhole($id: ID!, $after: String) { order(id: $id) {"
    " lineItems(first: 50, after: $after) { pageInfo { hasNextPage endCursor } nodes { title variantTitle quantity sku originalUnitPriceSet { presentmentMoney { amount } } discountedTotalSet { presentmentMoney { amount } } image { url } } }"
    " fulfillments(first: 50) { displayStatus createdAt deliveredAt estimatedDeliveryAt trackingInfo(first: 5) { company number url } }"
    " refunds(first: 50) { id createdAt note totalRefundedSet { presentmentMoney { amount } } }"
    " } }";

/* As many of each as the fragment asks for */
#define N_LINES 20
#define N_PARCELS 10
#define N_REFUNDS 10

/* What the customer paid, in the currency they paid it in; the shop's own may be another. */
static JsonObject *
money (JsonObject *object,
       const char *name)
{
  return mos_json_read_object (mos_json_read_object (object, name), "presentmentMoney");
}

static JsonArray *
nodes (JsonObject *object,
       const char *name)
{
  return mos_json_read_array (mos_json_read_object (object, name), "nodes");
}

/* The first of them that is there */
static char *
first_text (JsonObject *const *objects,
            const char *const *names,
            gsize n)
{
  for (gsize i = 0; i < n; i++)
    {
      g_autofree char *text = mos_shop_json_text (objects[i], names[i]);

      if (*text != '\0')
        return g_steal_pointer (&text);
    }
  return g_strdup ("");
}

static char *
join_address (JsonObject *address)
{
  g_autoptr (GString) lines = g_string_new (NULL);
  static const char *const names[] = { "name", "company", "address1", "address2", NULL, "province", "country" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *zip = mos_shop_json_text (address, "zip");
      g_autofree char *city = mos_shop_json_text (address, "city");
      g_autofree char *text = names[i] != NULL ? mos_shop_json_text (address, names[i]) : g_strconcat (zip, " ", city, NULL);

      mos_shop_add_line (lines, text);
    }
  return g_string_free (g_steal_pointer (&lines), FALSE);
}

static void
read_people (MosOrder *order,
             JsonObject *object)
{
  JsonObject *customer = mos_json_read_object (object, "customer");
  JsonObject *billing = mos_json_read_object (object, "billingAddress");
  JsonObject *shipping = mos_json_read_object (object, "shippingAddress");
  JsonObject *const emails[] = { object, mos_json_read_object (customer, "defaultEmailAddress") };
  static const char *const email_names[] = { "email", "emailAddress" };
  JsonObject *const phones[] = { object, mos_json_read_object (customer, "defaultPhoneNumber"), shipping, billing };
  static const char *const phone_names[] = { "phone", "phoneNumber", "phone", "phone" };
  JsonObject *const people[] = { customer, billing, shipping };
  static const char *const people_names[] = { "displayName", "name", "name" };
  JsonObject *const countries[] = { billing, shipping };
  static const char *const country_names[] = { "countryCodeV2", "countryCodeV2" };
  g_autofree char *email = first_text (emails, email_names, G_N_ELEMENTS (emails));
  g_autofree char *phone = first_text (phones, phone_names, G_N_ELEMENTS (phones));

  if (mos_text_is_address (email))
    mos_shop_take (&order->email, mos_text_canonical_address (email));
  mos_shop_take (&order->country, first_text (countries, country_names, G_N_ELEMENTS (countries)));
  mos_shop_take (&order->phone, mos_phone_digits (phone, order->country));
  mos_shop_take (&order->name, first_text (people, people_names, G_N_ELEMENTS (people)));
  mos_shop_take (&order->address, join_address (shipping));
}

static void
read_items (MosOrder *order,
            JsonArray *items)
{
  for (guint i = 0; i < mos_json_read_length (items); i++)
    {
      JsonObject *object = mos_json_read_element (items, i);
      MosOrderItem *item;

      if (object == NULL)
        continue;
      item = mos_order_add_item (order);
      mos_shop_take (&item->name, mos_shop_json_text (object, "title"));
      mos_shop_take (&item->variant, mos_shop_json_text (object, "variantTitle"));
      mos_shop_take (&item->sku, mos_shop_json_text (object, "sku"));
      mos_shop_take (&item->quantity, mos_shop_json_decimal (object, "quantity", "1"));
      mos_shop_take (&item->price, mos_shop_json_decimal (money (object, "originalUnitPriceSet"), "amount", ""));
      mos_shop_take (&item->total, mos_shop_json_decimal (money (object, "discountedTotalSet"), "amount", ""));
      mos_shop_take (&item->picture_url, mos_shop_json_url (mos_json_read_object (object, "image"), "url"));
    }
}

/* Returns: whether all that was sent is delivered */
static gboolean
read_shipments (MosOrder *order,
                JsonArray *fulfillments)
{
  guint n_delivered = 0, n = 0;

  for (guint i = 0; i < mos_json_read_length (fulfillments); i++)
    {
      JsonObject *object = mos_json_read_element (fulfillments, i);
      JsonArray *tracking = mos_json_read_array (object, "trackingInfo");
      g_autofree char *status = mos_shop_json_text (object, "displayStatus");
      gint64 delivered_us = mos_shop_json_time (object, "deliveredAt");

      if (object == NULL || strcmp (status, "CANCELED") == 0)
        continue;
      n++;
      n_delivered += delivered_us != 0 || strcmp (status, "DELIVERED") == 0 ? 1 : 0;
      for (guint j = 0; j < MAX (mos_json_read_length (tracking), 1); j++)
        {
          JsonObject *info = mos_json_read_element (tracking, j);
          MosOrderShipment *shipment = mos_order_add_shipment (order);

          g_set_str (&shipment->status, status);
          mos_shop_take (&shipment->carrier, mos_shop_json_text (info, "company"));
          mos_shop_take (&shipment->number, mos_shop_json_text (info, "number"));
          mos_shop_take (&shipment->url, mos_shop_json_url (info, "url"));
          shipment->shipped_us = mos_shop_json_time (object, "createdAt");
          shipment->delivered_us = delivered_us;
          shipment->expected_us = mos_shop_json_time (object, "estimatedDeliveryAt");
        }
    }
  return n > 0 && n_delivered == n;
}

static void
read_refunds (MosOrder *order,
              JsonArray *refunds)
{
  for (guint i = 0; i < mos_json_read_length (refunds); i++)
    {
      JsonObject *object = mos_json_read_element (refunds, i);
      g_autofree char *amount = mos_shop_json_decimal (money (object, "totalRefundedSet"), "amount", "0");
      MosOrderRefund *refund;

      if (object == NULL)
        continue;
      /* One of nothing is a return that is only taken note of. */
      refund = mos_order_add_refund (order);
      mos_shop_take (&refund->remote_id, mos_shop_json_text (object, "id"));
      mos_shop_take (&refund->reason, mos_shop_json_text (object, "note"));
      mos_shop_take (&refund->amount, g_steal_pointer (&amount));
      refund->at_us = mos_shop_json_time (object, "createdAt");
    }
}

static MosOrderStatus
kind_of (const char *payment,
         const char *fulfilment,
         gboolean is_cancelled,
         gboolean is_delivered)
{
  static const char *const sent[] = { "FULFILLED", "PARTIALLY_FULFILLED", NULL };
  static const char *const in_work[] = { "IN_PROGRESS", "OPEN", "PENDING_FULFILLMENT", "SCHEDULED", "ON_HOLD", "REQUEST_DECLINED", NULL };
  static const char *const unpaid[] = { "PENDING", "AUTHORIZED", "PARTIALLY_PAID", "EXPIRED", "", NULL };

  if (is_cancelled || strcmp (payment, "VOIDED") == 0)
    return MOS_ORDER_CANCELLED;
  if (strcmp (payment, "REFUNDED") == 0)
    return MOS_ORDER_REFUNDED;
  if (is_delivered && strcmp (fulfilment, "FULFILLED") == 0)
    return MOS_ORDER_DELIVERED;
  if (g_strv_contains (sent, fulfilment))
    return MOS_ORDER_SHIPPED;
  if (g_strv_contains (unpaid, payment))
    return MOS_ORDER_PENDING;
  return g_strv_contains (in_work, fulfilment) ? MOS_ORDER_PROCESSING : MOS_ORDER_PAID;
}

/* gid://shopify/Order/123 → 123 */
static char *
bare_id (JsonObject *object)
{
  g_autofree char *legacy = mos_shop_json_text (object, "legacyResourceId");
  g_autofree char *id = mos_shop_json_text (object, "id");

  if (*legacy != '\0')
    return g_steal_pointer (&legacy);
  return g_str_has_prefix (id, "gid://shopify/Order/") ? g_strdup (id + strlen ("gid://shopify/Order/")) : g_strdup ("");
}

MosOrder *
mos_shopify_read_order (const char *shop,
                        const char *base_url,
                        JsonObject *object)
{
  g_autofree char *id = bare_id (object);
  gboolean is_cancelled = mos_shop_json_time (object, "cancelledAt") != 0;
  gboolean is_delivered;
  MosOrder *order;

  if (*id == '\0')
    return NULL;
  order = mos_order_make (shop, id);
  mos_shop_take (&order->number, mos_shop_json_text (object, "name"));
  if (*order->number == '\0')
    g_set_str (&order->number, id);
  g_set_str (&order->status, is_cancelled ? "CANCELLED" : mos_json_read_is_true (object, "closed") ? "CLOSED"
                                                                                                   : "OPEN");
  mos_shop_take (&order->payment, mos_shop_json_text (object, "displayFinancialStatus"));
  mos_shop_take (&order->fulfilment, mos_shop_json_text (object, "displayFulfillmentStatus"));
  order->created_us = mos_shop_json_time (object, "createdAt");
  order->modified_us = MAX (mos_shop_json_time (object, "updatedAt"), order->created_us);
  mos_shop_take (&order->currency, mos_shop_json_text (money (object, "totalPriceSet"), "currencyCode"));
  mos_shop_take (&order->total, mos_shop_json_decimal (money (object, "totalPriceSet"), "amount", "0"));
  mos_shop_take (&order->refunded, mos_shop_json_decimal (money (object, "totalRefundedSet"), "amount", "0"));
  mos_shop_take (&order->note, mos_shop_json_text (object, "note"));
  mos_shop_take (&order->customer_url, mos_shop_json_url (object, "statusPageUrl"));
  mos_shop_take (&order->admin_url, g_strdup_printf ("%s/admin/orders/%s", base_url, id));
  read_people (order, object);
  read_items (order, nodes (object, "lineItems"));
  is_delivered = read_shipments (order, mos_json_read_array (object, "fulfillments"));
  read_refunds (order, mos_json_read_array (object, "refunds"));
  order->status_kind = kind_of (order->payment, order->fulfilment, is_cancelled, is_delivered);
  return order;
}

/* --- what is more than a list tells --- */

gboolean
mos_shopify_is_cut (JsonObject *object)
{
  return mos_json_read_length (nodes (object, "lineItems")) >= N_LINES || mos_json_read_length (mos_json_read_array (object, "fulfillments")) >= N_PARCELS ||
         mos_json_read_length (mos_json_read_array (object, "refunds")) >= N_REFUNDS;
}

void
mos_shopify_read_whole (MosOrder *order,
                        JsonObject *object,
                        gboolean is_first)
{
  if (is_first)
    {
      gboolean is_delivered;

      g_ptr_array_set_size (order->items, 0);
      g_ptr_array_set_size (order->shipments, 0);
      g_ptr_array_set_size (order->refunds, 0);
      is_delivered = read_shipments (order, mos_json_read_array (object, "fulfillments"));
      read_refunds (order, mos_json_read_array (object, "refunds"));
      order->status_kind = kind_of (order->payment, order->fulfilment, strcmp (order->status, "CANCELLED") == 0, is_delivered);
    }
  read_items (order, nodes (object, "lineItems"));
}
