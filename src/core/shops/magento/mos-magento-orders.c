/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-shops"

#include "config.h"

#include "core/base/mos-decimal.h"
#include "core/base/mos-entities.h"
#include "core/base/mos-phone.h"
#include "core/base/mos-text.h"
#include "core/shops/magento/mos-magento-shop.h"
#include "core/shops/mos-shop-json.h"

#define ADDRESS_FIELDS "firstname,lastname,company,street,postcode,city,region,country_id,telephone"
#define STATE_CANCELED "3"

const char mos_magento_order_fields[] =
    "entity_id,increment_id,state,status,hold_before_state,created_at,updated_at,order_currency_code,store_name,grand_total,total_paid,total_due,total_refunded,"
    "customer_email,customer_firstname,customer_lastname,customer_is_guest,customer_note,billing_address[" ADDRESS_FIELDS "],"
    "items[item_id,parent_item_id,product_type,name,sku,qty_ordered,qty_shipped,price,price_incl_tax,row_total,row_total_incl_tax,discount_amount],"
    "payment[method],extension_attributes[shipping_assignments[shipping[address[" ADDRESS_FIELDS "]]],payment_additional_info[key,value]]";
const char mos_magento_shipment_fields[] = "order_id,created_at,tracks[track_number,title,carrier_code,created_at]";
const char mos_magento_refund_fields[] = "entity_id,increment_id,order_id,created_at,grand_total,state,comments[comment]";

/* --- status --- */

/* A state is Magento's own; a status is a name that the owner may give to a part of one. */
static const struct
{
  const char *state;
  MosOrderStatus kind;
} states[] = {
  { "new", MOS_ORDER_PENDING },
  { "pending_payment", MOS_ORDER_PENDING },
  { "payment_review", MOS_ORDER_PENDING },
  { "processing", MOS_ORDER_PROCESSING },
  { "complete", MOS_ORDER_SHIPPED },
  { "closed", MOS_ORDER_REFUNDED },
  { "canceled", MOS_ORDER_CANCELLED },
};

gboolean
mos_magento_has_shipments (JsonObject *object)
{
  JsonArray *items = mos_json_read_array (object, "items");

  for (guint i = 0; i < mos_json_read_length (items); i++)
    {
      g_autofree char *quantity = mos_shop_json_decimal (mos_json_read_element (items, i), "qty_shipped", "0");

      if (!mos_decimal_is_zero (quantity))
        return TRUE;
    }
  return FALSE;
}

gboolean
mos_magento_has_refunds (JsonObject *object)
{
  g_autofree char *state = mos_shop_json_text (object, "state");
  g_autofree char *refunded = mos_shop_json_decimal (object, "total_refunded", "0");

  return strcmp (state, "closed") == 0 || !mos_decimal_is_zero (refunded);
}

static gboolean
is_paid (JsonObject *object)
{
  g_autofree char *paid = mos_shop_json_decimal (object, "total_paid", "0");
  g_autofree char *due = mos_shop_json_decimal (object, "total_due", "0");

  return !mos_decimal_is_zero (paid) && mos_decimal_is_zero (due);
}

static MosOrderStatus
kind_of (JsonObject *object,
         const char *status)
{
  g_autofree char *state = mos_shop_json_text (object, "state");
  g_autofree char *before = mos_shop_json_text (object, "hold_before_state");
  const char *known = strcmp (state, "holded") == 0 ? before : state;
  MosOrderStatus kind = is_paid (object) ? MOS_ORDER_PAID : MOS_ORDER_PENDING;

  for (gsize i = 0; i < G_N_ELEMENTS (states); i++)
    if (strcmp (states[i].state, known) == 0)
      kind = states[i].kind;
  if (kind == MOS_ORDER_PENDING && is_paid (object))
    kind = MOS_ORDER_PAID;
  if (kind == MOS_ORDER_PROCESSING && mos_magento_has_shipments (object))
    kind = MOS_ORDER_SHIPPED;
  /* Widespread names of parts of "processing" and "complete" */
  if (kind == MOS_ORDER_PROCESSING && g_str_has_prefix (status, "shipped"))
    kind = MOS_ORDER_SHIPPED;
  if ((kind == MOS_ORDER_SHIPPED || kind == MOS_ORDER_PROCESSING) && strcmp (status, "delivered") == 0)
    kind = MOS_ORDER_DELIVERED;
  return kind;
}

/* --- people --- */

static char *
join_names (JsonObject *person,
            const char *first_name,
            const char *last_name)
{
  g_autofree char *first = mos_shop_json_text (person, first_name);
  g_autofree char *last = mos_shop_json_text (person, last_name);
  g_autofree char *both = g_strconcat (first, " ", last, NULL);

  return g_strdup (g_strstrip (both));
}

static void
add_field (GString *lines,
           JsonObject *address,
           const char *name)
{
  g_autofree char *text = mos_shop_json_text (address, name);

  mos_shop_add_line (lines, text);
}

static char *
join_address (JsonObject *address)
{
  g_autoptr (GString) lines = g_string_new (NULL);
  g_autofree char *name = join_names (address, "firstname", "lastname");
  g_autofree char *postcode = mos_shop_json_text (address, "postcode");
  g_autofree char *city = mos_shop_json_text (address, "city");
  g_autofree char *town = g_strconcat (postcode, " ", city, NULL);
  JsonArray *street = mos_json_read_array (address, "street");

  mos_shop_add_line (lines, name);
  add_field (lines, address, "company");
  for (guint i = 0; i < mos_json_read_length (street); i++)
    {
      JsonNode *node = json_array_get_element (street, i);

      if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
        mos_shop_add_line (lines, json_node_get_string (node));
    }
  mos_shop_add_line (lines, town);
  add_field (lines, address, "region");
  add_field (lines, address, "country_id");
  return g_string_free (g_steal_pointer (&lines), FALSE);
}

static void
read_people (MosOrder *order,
             JsonObject *object)
{
  JsonObject *billing = mos_json_read_object (object, "billing_address");
  JsonObject *assignment = mos_json_read_element (mos_json_read_array (mos_json_read_object (object, "extension_attributes"), "shipping_assignments"), 0);
  JsonObject *shipping = mos_json_read_object (mos_json_read_object (assignment, "shipping"), "address");
  g_autofree char *email = mos_shop_json_text (object, "customer_email");
  g_autofree char *phone = mos_shop_json_text (billing, "telephone");

  mos_shop_take (&order->country, mos_shop_json_text (billing, "country_id"));
  if (mos_text_is_address (email))
    mos_shop_take (&order->email, mos_text_canonical_address (email));
  mos_shop_take (&order->phone, mos_phone_digits (phone, order->country));
  /* Those of an account, which a guest has not. */
  mos_shop_take (&order->name, join_names (object, "customer_firstname", "customer_lastname"));
  if (*order->name == '\0')
    mos_shop_take (&order->name, join_names (billing, "firstname", "lastname"));
  mos_shop_take (&order->address, join_address (shipping != NULL ? shipping : billing));
}

/* --- what was bought --- */

/* What was chosen is a row of its own, named after it: "Hoodie" and "Hoodie-M-Grey". */
static char *
find_variant (JsonArray *items,
              const char *id,
              const char *name)
{
  for (guint i = 0; *id != '\0' && i < mos_json_read_length (items); i++)
    {
      JsonObject *object = mos_json_read_element (items, i);
      g_autofree char *parent = mos_shop_json_text (object, "parent_item_id");
      g_autofree char *full = mos_shop_json_text (object, "name");

      if (strcmp (parent, id) != 0)
        continue;
      if (g_str_has_prefix (full, name) && full[strlen (name)] == '-')
        return g_strdup (full + strlen (name) + 1);
      return strcmp (full, name) != 0 ? g_steal_pointer (&full) : g_strdup ("");
    }
  return g_strdup ("");
}

/* With the tax where it says that, for so does the sum of the order. */
static char *
read_price (JsonObject *object,
            const char *with_tax,
            const char *without)
{
  char *price = mos_shop_json_decimal (object, with_tax, "");

  if (*price != '\0')
    return price;
  g_free (price);
  return mos_shop_json_decimal (object, without, "");
}

static void
read_item (MosOrder *order,
           JsonArray *items,
           JsonObject *object)
{
  g_autofree char *id = mos_shop_json_text (object, "item_id");
  g_autofree char *type = mos_shop_json_text (object, "product_type");
  g_autofree char *total = read_price (object, "row_total_incl_tax", "row_total");
  g_autofree char *discount = mos_shop_json_decimal (object, "discount_amount", "0");
  MosOrderItem *item = mos_order_add_item (order);

  mos_shop_take (&item->name, mos_shop_json_text (object, "name"));
  mos_shop_take (&item->sku, mos_shop_json_text (object, "sku"));
  if (strcmp (type, "configurable") == 0)
    mos_shop_take (&item->variant, find_variant (items, id, item->name));
  mos_shop_take (&item->quantity, mos_shop_json_decimal (object, "qty_ordered", "1"));
  mos_shop_take (&item->price, read_price (object, "price_incl_tax", "price"));
  if (*total != '\0' && !mos_decimal_is_zero (discount))
    mos_shop_take (&item->total, mos_decimal_subtract (total, discount));
  else
    g_set_str (&item->total, total);
}

static void
read_items (MosOrder *order,
            JsonArray *items)
{
  for (guint i = 0; i < mos_json_read_length (items); i++)
    {
      JsonObject *object = mos_json_read_element (items, i);
      g_autofree char *parent = mos_shop_json_text (object, "parent_item_id");

      if (object != NULL && (*parent == '\0' || strcmp (parent, "0") == 0))
        read_item (order, items, object);
    }
}

static char *
read_payment (JsonObject *object)
{
  JsonArray *infos = mos_json_read_array (mos_json_read_object (object, "extension_attributes"), "payment_additional_info");

  for (guint i = 0; i < mos_json_read_length (infos); i++)
    {
      JsonObject *info = mos_json_read_element (infos, i);
      g_autofree char *key = mos_shop_json_text (info, "key");
      g_autofree char *value = mos_shop_json_text (info, "value");

      if (strcmp (key, "method_title") == 0 && *value != '\0')
        return g_steal_pointer (&value);
    }
  return mos_shop_json_text (mos_json_read_object (object, "payment"), "method");
}

MosOrder *
mos_magento_read_order (const char *shop,
                        const char *base_url,
                        JsonObject *object)
{
  g_autofree char *id = mos_shop_json_text (object, "entity_id");
  g_autofree char *guest = mos_shop_json_text (object, "customer_is_guest");
  MosOrder *order;

  if (*id == '\0' || strcmp (id, "0") == 0)
    return NULL;
  order = mos_order_make (shop, id);
  mos_shop_take (&order->number, mos_shop_json_text (object, "increment_id"));
  if (*order->number == '\0')
    g_set_str (&order->number, id);
  mos_shop_take (&order->status, mos_shop_json_text (object, "status"));
  order->status_kind = kind_of (object, order->status);
  mos_shop_take (&order->payment, read_payment (object));
  /* Both without a zone, and UTC. */
  order->created_us = mos_shop_json_time (object, "created_at");
  order->modified_us = MAX (mos_shop_json_time (object, "updated_at"), order->created_us);
  mos_shop_take (&order->currency, mos_shop_json_text (object, "order_currency_code"));
  mos_shop_take (&order->total, mos_shop_json_decimal (object, "grand_total", "0"));
  mos_shop_take (&order->refunded, mos_shop_json_decimal (object, "total_refunded", "0"));
  mos_shop_take (&order->note, mos_shop_json_text (object, "customer_note"));
  /* The path of the admin's pages is the owner's secret. */
  if (strcmp (guest, "0") == 0)
    mos_shop_take (&order->customer_url, g_strdup_printf ("%s/sales/order/view/order_id/%s/", base_url, id));
  read_people (order, object);
  read_items (order, mos_json_read_array (object, "items"));
  return order;
}

/* --- what has lists of its own --- */

void
mos_magento_read_shipment (MosOrder *order,
                           JsonObject *object)
{
  JsonArray *tracks = mos_json_read_array (object, "tracks");
  gint64 shipped_us = mos_shop_json_time (object, "created_at");

  for (guint i = 0; i < MAX (mos_json_read_length (tracks), 1); i++)
    {
      JsonObject *track = mos_json_read_element (tracks, i);
      MosOrderShipment *shipment = mos_order_add_shipment (order);

      mos_shop_take (&shipment->carrier, mos_shop_json_text (track, "title"));
      if (*shipment->carrier == '\0')
        mos_shop_take (&shipment->carrier, mos_shop_json_text (track, "carrier_code"));
      mos_shop_take (&shipment->number, mos_shop_json_text (track, "track_number"));
      shipment->shipped_us = shipped_us != 0 ? shipped_us : mos_shop_json_time (track, "created_at");
    }
}

void
mos_magento_read_refund (MosOrder *order,
                         JsonObject *object)
{
  g_autofree char *state = mos_shop_json_text (object, "state");
  MosOrderRefund *refund;

  if (strcmp (state, STATE_CANCELED) == 0)
    return;
  refund = mos_order_add_refund (order);
  mos_shop_take (&refund->remote_id, mos_shop_json_text (object, "entity_id"));
  mos_shop_take (&refund->amount, mos_shop_json_decimal (object, "grand_total", "0"));
  refund->at_us = mos_shop_json_time (object, "created_at");
  mos_shop_take (&refund->reason, mos_shop_json_text (mos_json_read_element (mos_json_read_array (object, "comments"), 0), "comment"));
}

void
mos_magento_read_notes (MosOrder *order,
                        JsonArray *comments)
{
  for (guint i = 0; i < mos_json_read_length (comments); i++)
    {
      JsonObject *object = mos_json_read_element (comments, i);
      g_autofree char *text = mos_shop_json_text (object, "comment");
      g_autofree char *told = mos_shop_json_text (object, "is_customer_notified");
      g_autofree char *shown = mos_shop_json_text (object, "is_visible_on_front");
      MosOrderNote *note;

      /* Each change of the status leaves a row, most of them without a word. */
      if (*text == '\0')
        continue;
      note = mos_order_add_note (order);
      mos_shop_take (&note->remote_id, mos_shop_json_text (object, "entity_id"));
      mos_shop_take (&note->text, mos_entities_decode (text));
      note->at_us = mos_shop_json_time (object, "created_at");
      note->is_for_customer = strcmp (told, "1") == 0 || strcmp (shown, "1") == 0;
    }
}
