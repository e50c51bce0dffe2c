/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-shops"

#include "config.h"

#include "core/base/mos-decimal.h"
#include "core/base/mos-entities.h"
#include "core/base/mos-phone.h"
#include "core/base/mos-text.h"
#include "core/shops/mos-shop-json.h"
#include "core/shops/woocommerce/mos-woocommerce-shop.h"

#define S_US ((gint64) G_USEC_PER_SEC)

/* What WooCommerce and widespread plugins call it. */
static const struct
{
  const char *status;
  MosOrderStatus kind;
} statuses[] = {
  { "pending", MOS_ORDER_PENDING },
  { "on-hold", MOS_ORDER_PENDING },
  { "auto-draft", MOS_ORDER_PENDING },
  { "checkout-draft", MOS_ORDER_PENDING },
  { "processing", MOS_ORDER_PROCESSING },
  { "completed", MOS_ORDER_SHIPPED },
  { "shipped", MOS_ORDER_SHIPPED },
  { "partial-shipped", MOS_ORDER_SHIPPED },
  { "delivered", MOS_ORDER_DELIVERED },
  { "cancelled", MOS_ORDER_CANCELLED },
  { "failed", MOS_ORDER_CANCELLED },
  { "trash", MOS_ORDER_CANCELLED },
  { "refunded", MOS_ORDER_REFUNDED },
};

static MosOrderStatus
kind_of (const char *status,
         gboolean is_paid)
{
  for (gsize i = 0; i < G_N_ELEMENTS (statuses); i++)
    if (strcmp (statuses[i].status, status) == 0)
      return statuses[i].kind;
  /* One of the shop's own */
  return is_paid ? MOS_ORDER_PROCESSING : MOS_ORDER_PENDING;
}

/* WordPress stores names as they go into a page. */
static char *
plain_text (JsonObject *object,
            const char *name)
{
  g_autofree char *text = mos_shop_json_text (object, name);

  return mos_entities_decode (text);
}

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
  g_autofree char *name = join_names (address);
  g_autofree char *postcode = mos_shop_json_text (address, "postcode");
  g_autofree char *city = mos_shop_json_text (address, "city");
  g_autofree char *town = g_strconcat (postcode, " ", city, NULL);
  static const char *const before[] = { "company", "address_1", "address_2" };
  static const char *const after[] = { "state", "country" };

  mos_shop_add_line (lines, name);
  for (gsize i = 0; i < G_N_ELEMENTS (before); i++)
    {
      g_autofree char *text = mos_shop_json_text (address, before[i]);

      mos_shop_add_line (lines, text);
    }
  mos_shop_add_line (lines, town);
  for (gsize i = 0; i < G_N_ELEMENTS (after); i++)
    {
      g_autofree char *text = mos_shop_json_text (address, after[i]);

      mos_shop_add_line (lines, text);
    }
  return g_string_free (g_steal_pointer (&lines), FALSE);
}

static void
read_people (MosOrder *order,
             JsonObject *object)
{
  JsonObject *billing = mos_json_read_object (object, "billing");
  JsonObject *shipping = mos_json_read_object (object, "shipping");
  g_autofree char *email = mos_shop_json_text (billing, "email");
  g_autofree char *phone = mos_shop_json_text (billing, "phone");
  g_autofree char *street = mos_shop_json_text (shipping, "address_1");
  g_autofree char *company = mos_shop_json_text (shipping, "company");
  gboolean is_sent_elsewhere = *street != '\0' || *company != '\0';

  mos_shop_take (&order->country, mos_shop_json_text (billing, "country"));
  if (mos_text_is_address (email))
    mos_shop_take (&order->email, mos_text_canonical_address (email));
  mos_shop_take (&order->phone, mos_phone_digits (phone, order->country));
  mos_shop_take (&order->name, join_names (billing));
  mos_shop_take (&order->address, join_address (is_sent_elsewhere ? shipping : billing));
}

/* "Color: black, Size: M" of what the customer chose; plugins hide their own behind an underscore. */
static char *
read_variant (JsonObject *item)
{
  JsonArray *meta = mos_json_read_array (item, "meta_data");
  GString *variant = g_string_new (NULL);

  for (guint i = 0; i < mos_json_read_length (meta); i++)
    {
      JsonObject *row = mos_json_read_element (meta, i);
      g_autofree char *key = mos_shop_json_text (row, "key");
      g_autofree char *shown = plain_text (row, "display_value");
      g_autofree char *value = *shown != '\0' ? g_steal_pointer (&shown) : plain_text (row, "value");

      if (*key == '\0' || *key == '_' || *value == '\0' || strchr (value, '<') != NULL)
        continue;
      g_string_append_printf (variant, "%s%s", variant->len > 0 ? ", " : "", value);
    }
  return g_string_free (variant, FALSE);
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
      mos_shop_take (&item->name, plain_text (object, "name"));
      mos_shop_take (&item->sku, mos_shop_json_text (object, "sku"));
      mos_shop_take (&item->variant, read_variant (object));
      mos_shop_take (&item->quantity, mos_shop_json_decimal (object, "quantity", "1"));
      mos_shop_take (&item->price, mos_shop_json_decimal (object, "price", ""));
      mos_shop_take (&item->total, mos_shop_json_decimal (object, "total", ""));
      mos_shop_take (&item->picture_url, mos_shop_json_url (mos_json_read_object (object, "image"), "src"));
    }
}

/* The amount without its sign: lists say "-1.00", a refund itself "1.00". */
static char *
read_amount (JsonObject *refund,
             const char *name)
{
  char *amount = mos_shop_json_decimal (refund, name, "0");

  if (*amount == '-')
    memmove (amount, amount + 1, strlen (amount));
  return amount;
}

static void
add_refund (MosOrder *order,
            JsonObject *object,
            const char *amount)
{
  MosOrderRefund *refund = mos_order_add_refund (order);

  mos_shop_take (&refund->remote_id, mos_shop_json_text (object, "id"));
  mos_shop_take (&refund->reason, plain_text (object, "reason"));
  mos_shop_take (&refund->amount, read_amount (object, amount));
  refund->at_us = mos_shop_json_time (object, "date_created_gmt");
  mos_shop_take (&order->refunded, mos_decimal_add (order->refunded, refund->amount));
}

/* The plugins "Shipment Tracking" and "Advanced Shipment Tracking" keep what they know in one row. */
static void
read_shipments (MosOrder *order,
                JsonArray *meta)
{
  for (guint i = 0; i < mos_json_read_length (meta); i++)
    {
      JsonObject *row = mos_json_read_element (meta, i);
      g_autofree char *key = mos_shop_json_text (row, "key");
      JsonArray *list = strcmp (key, "_wc_shipment_tracking_items") == 0 ? mos_json_read_array (row, "value") : NULL;

      for (guint j = 0; j < mos_json_read_length (list); j++)
        {
          JsonObject *object = mos_json_read_element (list, j);
          g_autofree char *number = mos_shop_json_text (object, "tracking_number");
          g_autofree char *provider = mos_shop_json_text (object, "tracking_provider");
          g_autofree char *custom = mos_shop_json_text (object, "custom_tracking_provider");
          g_autofree char *formatted = mos_shop_json_text (object, "formatted_tracking_provider");
          g_autofree char *link = mos_shop_json_url (object, "custom_tracking_link");
          g_autofree char *made_link = mos_shop_json_url (object, "formatted_tracking_link");
          g_autofree char *shipped = mos_shop_json_text (object, "date_shipped");
          MosOrderShipment *shipment;

          if (*number == '\0' && *link == '\0' && *made_link == '\0')
            continue;
          shipment = mos_order_add_shipment (order);
          g_set_str (&shipment->number, number);
          g_set_str (&shipment->carrier, *formatted != '\0' ? formatted : *custom != '\0' ? custom
                                                                                          : provider);
          g_set_str (&shipment->url, *link != '\0' ? link : made_link);
          shipment->shipped_us = g_ascii_strtoll (shipped, NULL, 10) * (strlen (shipped) <= 11 ? S_US : 0);
        }
    }
}

MosOrder *
mos_woocommerce_read_order (const char *shop,
                            const char *base_url,
                            JsonObject *object)
{
  g_autofree char *id = mos_shop_json_text (object, "id");
  g_autofree char *number = NULL;
  JsonArray *refunds = mos_json_read_array (object, "refunds");
  gboolean is_paid = mos_shop_json_time (object, "date_paid_gmt") != 0;
  MosOrder *order;

  if (*id == '\0' || strcmp (id, "0") == 0)
    return NULL;
  order = mos_order_make (shop, id);
  number = mos_shop_json_text (object, "number");
  g_set_str (&order->number, *number != '\0' ? number : id);
  mos_shop_take (&order->status, mos_shop_json_text (object, "status"));
  order->status_kind = kind_of (order->status, is_paid);
  mos_shop_take (&order->payment, plain_text (object, "payment_method_title"));
  order->created_us = mos_shop_json_time (object, "date_created_gmt");
  order->modified_us = mos_shop_json_time (object, "date_modified_gmt");
  if (order->modified_us == 0)
    order->modified_us = order->created_us;
  mos_shop_take (&order->currency, mos_shop_json_text (object, "currency"));
  mos_shop_take (&order->total, mos_shop_json_decimal (object, "total", "0"));
  mos_shop_take (&order->note, plain_text (object, "customer_note"));
  mos_shop_take (&order->admin_url, g_strdup_printf ("%s/wp-admin/post.php?post=%s&action=edit", base_url, id));
  if (mos_json_read_is_true (object, "needs_payment"))
    mos_shop_take (&order->customer_url, mos_shop_json_url (object, "payment_url"));
  read_people (order, object);
  read_items (order, mos_json_read_array (object, "line_items"));
  read_shipments (order, mos_json_read_array (object, "meta_data"));
  for (guint i = 0; i < mos_json_read_length (refunds); i++)
    if (mos_json_read_element (refunds, i) != NULL)
      add_refund (order, mos_json_read_element (refunds, i), "total");
  return order;
}

void
mos_woocommerce_read_refunds (MosOrder *order,
                              JsonArray *refunds)
{
  g_ptr_array_set_size (order->refunds, 0);
  g_set_str (&order->refunded, "0");
  for (guint i = 0; i < mos_json_read_length (refunds); i++)
    if (mos_json_read_element (refunds, i) != NULL)
      add_refund (order, mos_json_read_element (refunds, i), "amount");
}

void
mos_woocommerce_read_notes (MosOrder *order,
                            JsonArray *notes)
{
  for (guint i = 0; i < mos_json_read_length (notes); i++)
    {
      JsonObject *object = mos_json_read_element (notes, i);
      MosOrderNote *note;

      if (object == NULL)
        continue;
      note = mos_order_add_note (order);
      mos_shop_take (&note->remote_id, mos_shop_json_text (object, "id"));
      mos_shop_take (&note->author, mos_shop_json_text (object, "author"));
      mos_shop_take (&note->text, plain_text (object, "note"));
      note->at_us = mos_shop_json_time (object, "date_created_gmt");
      note->is_for_customer = mos_json_read_is_true (object, "customer_note");
    }
}
