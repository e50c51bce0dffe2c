/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-shops"

#include "config.h"

#include "core/base/mos-decimal.h"
#include "core/base/mos-phone.h"
#include "core/base/mos-text.h"
#include "core/shops/bigcommerce/mos-bigcommerce-shop.h"
#include "core/shops/mos-shop-json.h"

#include <libsoup/soup.h>

/* By its number: the names are the owner's to change. */
static const MosOrderStatus statuses[] = {
  [0] = MOS_ORDER_PENDING,     /* Incomplete */
  [1] = MOS_ORDER_PENDING,     /* Pending */
  [2] = MOS_ORDER_SHIPPED,     /* Shipped */
  [3] = MOS_ORDER_SHIPPED,     /* Partially Shipped */
  [4] = MOS_ORDER_REFUNDED,    /* Refunded */
  [5] = MOS_ORDER_CANCELLED,   /* Cancelled */
  [6] = MOS_ORDER_CANCELLED,   /* Declined */
  [7] = MOS_ORDER_PENDING,     /* Awaiting Payment */
  [8] = MOS_ORDER_PROCESSING,  /* Awaiting Pickup */
  [9] = MOS_ORDER_PROCESSING,  /* Awaiting Shipment */
  [10] = MOS_ORDER_DELIVERED,  /* Completed */
  [11] = MOS_ORDER_PAID,       /* Awaiting Fulfillment */
  [12] = MOS_ORDER_PENDING,    /* Manual Verification Required */
  [13] = MOS_ORDER_PROCESSING, /* Disputed */
  [14] = MOS_ORDER_PROCESSING, /* Partially Refunded */
};

gint64
mos_bigcommerce_json_time (JsonObject *object,
                           const char *name)
{
  g_autofree char *text = mos_shop_json_text (object, name);
  g_autoptr (GDateTime) date = g_ascii_isalpha (*text) ? soup_date_time_new_from_http_string (text) : NULL;

  return date != NULL ? g_date_time_to_unix_usec (date) : mos_shop_json_time (object, name);
}

static gboolean
is_nothing (JsonObject *object,
            const char *name)
{
  g_autofree char *amount = mos_shop_json_decimal (object, name, "0");

  return mos_decimal_is_zero (amount);
}

gboolean
mos_bigcommerce_has_shipments (JsonObject *object)
{
  return !is_nothing (object, "items_shipped");
}

gboolean
mos_bigcommerce_has_refunds (JsonObject *object)
{
  return !is_nothing (object, "refunded_amount");
}

static MosOrderStatus
kind_of (JsonObject *object)
{
  g_autofree char *text = mos_shop_json_text (object, "status_id");
  guint64 id = G_N_ELEMENTS (statuses);
  MosOrderStatus kind;

  if (mos_json_read_is_true (object, "is_deleted"))
    return MOS_ORDER_CANCELLED;
  if (!g_ascii_string_to_unsigned (text, 10, 0, G_N_ELEMENTS (statuses) - 1, &id, NULL))
    return mos_bigcommerce_has_shipments (object) ? MOS_ORDER_SHIPPED : MOS_ORDER_PENDING;
  kind = statuses[id];
  /* A dispute or a refund of a part does not call back what was sent. */
  return kind == MOS_ORDER_PROCESSING && mos_bigcommerce_has_shipments (object) ? MOS_ORDER_SHIPPED : kind;
}

/* --- people --- */

static char *
join_names (JsonObject *person)
{
  g_autofree char *first = mos_shop_json_text (person, "first_name");
  g_autofree char *last = mos_shop_json_text (person, "last_name");
  g_autofree char *both = g_strconcat (first, " ", last, NULL);

  return g_strdup (g_strstrip (both));
}

static char *
join_address (JsonObject *address)
{
  g_autoptr (GString) lines = g_string_new (NULL);
  static const char *const names[] = { "company", "street_1", "street_2", NULL, "state", "country" };
  g_autofree char *name = join_names (address);

  mos_shop_add_line (lines, name);
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
             JsonObject *billing)
{
  g_autofree char *email = mos_shop_json_text (billing, "email");
  g_autofree char *phone = mos_shop_json_text (billing, "phone");

  mos_shop_take (&order->country, mos_shop_json_text (billing, "country_iso2"));
  if (mos_text_is_address (email))
    mos_shop_take (&order->email, mos_text_canonical_address (email));
  mos_shop_take (&order->phone, mos_phone_digits (phone, order->country));
  mos_shop_take (&order->name, join_names (billing));
  mos_shop_take (&order->address, join_address (billing));
}

void
mos_bigcommerce_read_address (MosOrder *order,
                              JsonArray *addresses)
{
  JsonObject *first = mos_json_read_element (addresses, 0);

  if (first != NULL)
    mos_shop_take (&order->address, join_address (first));
}

/* --- what was bought --- */

static char *
read_variant (JsonObject *object)
{
  JsonArray *options = mos_json_read_array (object, "product_options");
  GString *variant = g_string_new (NULL);

  for (guint i = 0; i < mos_json_read_length (options); i++)
    {
      g_autofree char *value = mos_shop_json_text (mos_json_read_element (options, i), "display_value");

      if (*value != '\0')
        g_string_append_printf (variant, "%s%s", variant->len > 0 ? ", " : "", value);
    }
  return g_string_free (variant, FALSE);
}

/* The first of them that is there */
static char *
first_decimal (JsonObject *object,
               const char *name,
               const char *other)
{
  char *decimal = mos_shop_json_decimal (object, name, "");

  if (*decimal != '\0')
    return decimal;
  g_free (decimal);
  return mos_shop_json_decimal (object, other, "");
}

void
mos_bigcommerce_read_items (MosOrder *order,
                            JsonArray *products)
{
  for (guint i = 0; i < mos_json_read_length (products); i++)
    {
      JsonObject *object = mos_json_read_element (products, i);
      g_autofree char *name = mos_shop_json_text (object, "name");
      g_autofree char *parent = mos_shop_json_text (object, "parent_order_product_id");
      MosOrderItem *item;

      /* Only where to find it, or a part of another */
      if (*name == '\0' || (*parent != '\0' && strcmp (parent, "0") != 0))
        continue;
      item = mos_order_add_item (order);
      mos_shop_take (&item->name, g_steal_pointer (&name));
      mos_shop_take (&item->sku, mos_shop_json_text (object, "sku"));
      mos_shop_take (&item->variant, read_variant (object));
      mos_shop_take (&item->quantity, mos_shop_json_decimal (object, "quantity", "1"));
      mos_shop_take (&item->price, first_decimal (object, "price_inc_tax", "base_price"));
      mos_shop_take (&item->total, first_decimal (object, "discounted_total_inc_tax", "total_inc_tax"));
    }
}

/* By how each part of it gets to the customer */
static void
read_consignments (MosOrder *order,
                   JsonObject *consignments)
{
  static const char *const kinds[] = { "shipping", "pickups", "downloads" };
  JsonArray *gifts = mos_json_read_array (mos_json_read_object (consignments, "email"), "gift_certificates");

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      JsonArray *parts = mos_json_read_array (consignments, kinds[i]);

      for (guint j = 0; j < mos_json_read_length (parts); j++)
        mos_bigcommerce_read_items (order, mos_json_read_array (mos_json_read_element (parts, j), "line_items"));
    }
  for (guint j = 0; j < mos_json_read_length (gifts); j++)
    mos_bigcommerce_read_items (order, mos_json_read_array (mos_json_read_element (gifts, j), "line_items"));
  mos_bigcommerce_read_address (order, mos_json_read_array (consignments, "shipping"));
}

/* https://api.bigcommerce.com/stores/HASH → https://store-HASH.mybigcommerce.com/manage/orders/ID */
static char *
make_admin_url (const char *base_url,
                const char *id)
{
  const char *hash = strstr (base_url, "/stores/");

  return hash != NULL ? g_strdup_printf ("https://store-%s.mybigcommerce.com/manage/orders/%s", hash + strlen ("/stores/"), id) : g_strdup ("");
}

MosOrder *
mos_bigcommerce_read_order (const char *shop,
                            const char *base_url,
                            JsonObject *object)
{
  g_autofree char *id = mos_shop_json_text (object, "id");
  MosOrder *order;

  if (*id == '\0' || strcmp (id, "0") == 0)
    return NULL;
  order = mos_order_make (shop, id);
  g_set_str (&order->number, id);
  /* The name that the owner gave it, if any */
  mos_shop_take (&order->status, mos_shop_json_text (object, "custom_status"));
  if (*order->status == '\0')
    mos_shop_take (&order->status, mos_shop_json_text (object, "status"));
  order->status_kind = kind_of (object);
  mos_shop_take (&order->payment, mos_shop_json_text (object, "payment_status"));
  if (*order->payment == '\0')
    mos_shop_take (&order->payment, mos_shop_json_text (object, "payment_method"));
  order->created_us = mos_bigcommerce_json_time (object, "date_created");
  order->modified_us = MAX (mos_bigcommerce_json_time (object, "date_modified"), order->created_us);
  mos_shop_take (&order->currency, mos_shop_json_text (object, "currency_code"));
  mos_shop_take (&order->total, mos_shop_json_decimal (object, "total_inc_tax", "0"));
  mos_shop_take (&order->refunded, mos_shop_json_decimal (object, "refunded_amount", "0"));
  mos_shop_take (&order->note, mos_shop_json_text (object, "customer_message"));
  mos_shop_take (&order->admin_url, make_admin_url (base_url, id));
  read_people (order, mos_json_read_object (object, "billing_address"));
  read_consignments (order, mos_json_read_object (object, "consignments"));
  return order;
}

/* --- what has lists of its own --- */

void
mos_bigcommerce_read_shipments (MosOrder *order,
                                JsonArray *shipments)
{
  for (guint i = 0; i < mos_json_read_length (shipments); i++)
    {
      JsonObject *object = mos_json_read_element (shipments, i);
      static const char *const carriers[] = { "shipping_provider_display_name", "tracking_carrier", "shipping_provider", "shipping_method" };
      MosOrderShipment *shipment;

      if (object == NULL)
        continue;
      shipment = mos_order_add_shipment (order);
      for (gsize j = 0; j < G_N_ELEMENTS (carriers) && *shipment->carrier == '\0'; j++)
        mos_shop_take (&shipment->carrier, mos_shop_json_text (object, carriers[j]));
      mos_shop_take (&shipment->number, mos_shop_json_text (object, "tracking_number"));
      mos_shop_take (&shipment->url, mos_shop_json_url (object, "tracking_link"));
      if (*shipment->url == '\0')
        mos_shop_take (&shipment->url, mos_shop_json_url (object, "generated_tracking_link"));
      shipment->shipped_us = mos_bigcommerce_json_time (object, "date_created");
    }
}

void
mos_bigcommerce_read_refund (MosOrder *order,
                             JsonObject *object)
{
  MosOrderRefund *refund = mos_order_add_refund (order);

  mos_shop_take (&refund->remote_id, mos_shop_json_text (object, "id"));
  mos_shop_take (&refund->reason, mos_shop_json_text (object, "reason"));
  mos_shop_take (&refund->amount, mos_shop_json_decimal (object, "total_amount", "0"));
  refund->at_us = mos_bigcommerce_json_time (object, "created");
}

void
mos_bigcommerce_read_messages (MosOrder *order,
                               JsonArray *messages)
{
  for (guint i = 0; i < mos_json_read_length (messages); i++)
    {
      JsonObject *object = mos_json_read_element (messages, i);
      g_autoptr (GString) lines = g_string_new (NULL);
      g_autofree char *subject = mos_shop_json_text (object, "subject");
      g_autofree char *text = mos_shop_json_text (object, "message");
      MosOrderNote *note;

      mos_shop_add_line (lines, subject);
      mos_shop_add_line (lines, text);
      if (lines->len == 0)
        continue;
      note = mos_order_add_note (order);
      mos_shop_take (&note->remote_id, mos_shop_json_text (object, "id"));
      g_set_str (&note->text, lines->str);
      note->at_us = mos_bigcommerce_json_time (object, "date_created");
      /* Both sides see them. */
      note->is_for_customer = TRUE;
    }
}
