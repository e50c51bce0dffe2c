/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-shops"

#include "config.h"

#include "core/base/mos-decimal.h"
#include "core/base/mos-phone.h"
#include "core/base/mos-text.h"
#include "core/base/mos-time.h"
#include "core/shops/mos-shop-action.h"
#include "core/shops/mos-shop-json.h"
#include "core/shops/prestashop/mos-prestashop-shop.h"

#include <string.h>

/* --- money --- */

char *
mos_prestashop_trim_money (const char *decimal,
                           const char *currency)
{
  gsize digits = mos_shop_currency_digits (currency);
  char *text = g_strdup (decimal);
  char *point = strchr (text, '.');
  gsize length;

  if (point == NULL)
    return text;
  for (length = strlen (point + 1); length > digits && point[length] == '0'; length--)
    point[length] = '\0';
  if (length == 0)
    *point = '\0';
  return text;
}

static char *
read_total (JsonObject *object,
            const char *currency)
{
  g_autofree char *paid = mos_shop_json_decimal (object, "total_paid", "0");
  g_autofree char *total = mos_shop_json_decimal (object, "total_paid_tax_incl", paid);

  return mos_prestashop_trim_money (total, currency);
}

/* --- what an order refers to --- */

static JsonObject *
find_row (GHashTable *rows,
          JsonObject *object,
          const char *name)
{
  g_autofree char *id = mos_shop_json_text (object, name);

  return g_hash_table_lookup (rows, id);
}

/* "0" and "1", 0 and 1, and true: which one depends on the PHP of the shop. */
static gboolean
is_set (JsonObject *object,
        const char *name)
{
  g_autofree char *text = mos_shop_json_text (object, name);

  return strcmp (text, "1") == 0 || mos_json_read_is_true (object, name);
}

/* A text in several languages: that of @language, else the first. One language alone is a text. */
static char *
read_localized (JsonObject *object,
                const char *name,
                const char *language)
{
  JsonArray *values = mos_json_read_array (object, name);
  JsonObject *best = mos_json_read_element (values, 0);

  if (values == NULL)
    return mos_shop_json_text (object, name);
  for (guint i = 0; i < mos_json_read_length (values); i++)
    {
      JsonObject *value = mos_json_read_element (values, i);
      g_autofree char *id = mos_shop_json_text (value, "id");

      if (strcmp (id, language) == 0)
        best = value;
    }
  return mos_shop_json_text (best, "value");
}

MosOrderStatus
mos_prestashop_judge_state (JsonObject *state,
                            const char *id)
{
  /* The mail that goes with it says what it is in every language. */
  static const struct
  {
    const char *template;
    MosOrderStatus kind;
  } templates[] = { { "order_canceled", MOS_ORDER_CANCELLED }, { "payment_error", MOS_ORDER_CANCELLED }, { "refund", MOS_ORDER_REFUNDED } };
  /* As they are installed; a shop that may not read its states has nothing else. */
  static const MosOrderStatus installed[] = { MOS_ORDER_PENDING, MOS_ORDER_PENDING, MOS_ORDER_PAID, MOS_ORDER_PROCESSING, MOS_ORDER_SHIPPED, MOS_ORDER_DELIVERED, MOS_ORDER_CANCELLED, MOS_ORDER_REFUNDED, MOS_ORDER_CANCELLED, MOS_ORDER_PAID, MOS_ORDER_PENDING, MOS_ORDER_PAID };
  gint64 number = g_ascii_strtoll (id, NULL, 10);
  g_autofree char *template = NULL;

  if (state == NULL)
    return number >= 0 && number < (gint64) G_N_ELEMENTS (installed) ? installed[number] : MOS_ORDER_PROCESSING;
  template = read_localized (state, "template", "");
  for (gsize i = 0; i < G_N_ELEMENTS (templates); i++)
    if (strcmp (templates[i].template, template) == 0)
      return templates[i].kind;
  if (is_set (state, "shipped"))
    return number == 5 ? MOS_ORDER_DELIVERED : MOS_ORDER_SHIPPED;
  if (is_set (state, "delivery"))
    return MOS_ORDER_PROCESSING;
  if (is_set (state, "paid"))
    return MOS_ORDER_PAID;
  if (number >= 6 && number <= 8)
    return installed[number];
  return is_set (state, "logable") ? MOS_ORDER_PROCESSING : MOS_ORDER_PENDING;
}

static void
read_state (MosOrder *order,
            JsonObject *object,
            const MosPrestashopRows *rows)
{
  g_autofree char *id = mos_shop_json_text (object, "current_state");
  g_autofree char *language = mos_shop_json_text (object, "id_lang");
  JsonObject *state = g_hash_table_lookup (rows->states, id);

  order->status_kind = mos_prestashop_judge_state (state, id);
  mos_shop_take (&order->status, state != NULL ? read_localized (state, "name", language) : g_strdup (id));
}

static char *
join_names (JsonObject *person)
{
  g_autofree char *first = mos_shop_json_text (person, "firstname");
  g_autofree char *last = mos_shop_json_text (person, "lastname");
  g_autofree char *both = g_strconcat (first, " ", last, NULL);

  return g_strdup (g_strstrip (both));
}

static char *
join_address (JsonObject *address,
              const char *country)
{
  static const char *const parts[] = { "company", "address1", "address2" };
  g_autoptr (GString) lines = g_string_new (NULL);
  g_autofree char *name = join_names (address);
  g_autofree char *postcode = mos_shop_json_text (address, "postcode");
  g_autofree char *city = mos_shop_json_text (address, "city");
  g_autofree char *town = g_strconcat (postcode, " ", city, NULL);

  mos_shop_add_line (lines, name);
  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_autofree char *text = mos_shop_json_text (address, parts[i]);

      mos_shop_add_line (lines, text);
    }
  mos_shop_add_line (lines, town);
  mos_shop_add_line (lines, country);
  return g_string_free (g_steal_pointer (&lines), FALSE);
}

static void
read_people (MosOrder *order,
             JsonObject *object,
             const MosPrestashopRows *rows)
{
  JsonObject *customer = find_row (rows->customers, object, "id_customer");
  JsonObject *delivery = find_row (rows->addresses, object, "id_address_delivery");
  JsonObject *invoice = find_row (rows->addresses, object, "id_address_invoice");
  JsonObject *address = delivery != NULL ? delivery : invoice;
  g_autofree char *email = mos_shop_json_text (customer, "email");
  g_autofree char *mobile = mos_shop_json_text (address, "phone_mobile");
  g_autofree char *phone = mos_shop_json_text (address, "phone");

  mos_shop_take (&order->country, mos_shop_json_text (find_row (rows->countries, address, "id_country"), "iso_code"));
  if (mos_text_is_address (email))
    mos_shop_take (&order->email, mos_text_canonical_address (email));
  mos_shop_take (&order->phone, mos_phone_digits (*mobile != '\0' ? mobile : phone, order->country));
  mos_shop_take (&order->name, join_names (customer != NULL ? customer : address));
  if (address != NULL)
    mos_shop_take (&order->address, join_address (address, order->country));
}

/* --- what is in it --- */

static void
read_items (MosOrder *order,
            JsonArray *items)
{
  for (guint i = 0; i < mos_json_read_length (items); i++)
    {
      JsonObject *object = mos_json_read_element (items, i);
      g_autofree char *price = NULL;
      g_autofree char *total = NULL;
      MosOrderItem *item;
      guint64 n;

      if (object == NULL)
        continue;
      item = mos_order_add_item (order);
      price = mos_shop_json_decimal (object, "unit_price_tax_incl", "");
      if (*price == '\0')
        mos_shop_take (&price, mos_shop_json_decimal (object, "product_price", ""));
      mos_shop_take (&item->name, mos_shop_json_text (object, "product_name"));
      mos_shop_take (&item->sku, mos_shop_json_text (object, "product_reference"));
      mos_shop_take (&item->quantity, mos_shop_json_decimal (object, "product_quantity", "1"));
      mos_shop_take (&item->price, mos_prestashop_trim_money (price, order->currency));
      if (*price == '\0' || !g_ascii_string_to_unsigned (item->quantity, 10, 0, G_MAXUINT, &n, NULL))
        continue;
      total = mos_decimal_times (price, n);
      mos_shop_take (&item->total, mos_prestashop_trim_money (total, order->currency));
    }
}

/* @list: (nullable) (element-type JsonObject) */
static void
read_parcels (MosOrder *order,
              JsonObject *object,
              GPtrArray *list,
              const MosPrestashopRows *rows)
{
  for (guint i = 0; list != NULL && i < list->len; i++)
    {
      JsonObject *parcel = list->pdata[i];
      JsonObject *carrier = find_row (rows->carriers, parcel, "id_carrier");
      g_autofree char *number = mos_shop_json_text (parcel, "tracking_number");
      g_autofree char *url = mos_shop_json_url (carrier, "url");
      g_auto (GStrv) parts = g_strsplit (url, "@", -1);
      g_autofree char *escaped = g_uri_escape_string (number, NULL, FALSE);
      MosOrderShipment *shipment;

      if (*number == '\0')
        continue;
      shipment = mos_order_add_shipment (order);
      g_set_str (&shipment->number, number);
      mos_shop_take (&shipment->carrier, mos_shop_json_text (carrier, "name"));
      /* "@" stands for the number; a page without it is that of no parcel. */
      if (g_strv_length (parts) > 1)
        mos_shop_take (&shipment->url, g_strjoinv (escaped, parts));
    }
  /* Where shops of before 1.7 had it. */
  if (order->shipments->len == 0)
    {
      g_autofree char *number = mos_shop_json_text (object, "shipping_number");

      if (*number != '\0')
        g_set_str (&mos_order_add_shipment (order)->number, number);
    }
}

static void
read_slips (MosOrder *order,
            GPtrArray *list,
            GTimeZone *zone)
{
  for (guint i = 0; list != NULL && i < list->len; i++)
    {
      JsonObject *slip = list->pdata[i];
      MosOrderRefund *refund = mos_order_add_refund (order);
      g_autofree char *products = mos_shop_json_decimal (slip, "total_products_tax_incl", "0");
      g_autofree char *shipping = mos_shop_json_decimal (slip, "total_shipping_tax_incl", "0");
      g_autofree char *sum = mos_decimal_add (products, shipping);
      g_autofree char *date = mos_shop_json_text (slip, "date_add");

      if (mos_decimal_is_zero (sum))
        mos_shop_take (&sum, mos_shop_json_decimal (slip, "amount", "0"));
      mos_shop_take (&refund->remote_id, mos_shop_json_text (slip, "id"));
      mos_shop_take (&refund->amount, mos_prestashop_trim_money (sum, order->currency));
      refund->at_us = mos_time_parse (date, zone);
      mos_shop_take (&order->refunded, mos_decimal_add (order->refunded, refund->amount));
    }
}

static gint64
read_time (JsonObject *object,
           const char *name,
           GTimeZone *zone)
{
  g_autofree char *text = mos_shop_json_text (object, name);

  /* "0000-00-00 00:00:00" is none. */
  return *text != '\0' ? mos_time_parse (text, zone) : 0;
}

MosOrder *
mos_prestashop_read_order (const char *shop,
                           JsonObject *object,
                           const MosPrestashopRows *rows,
                           GTimeZone *zone)
{
  g_autofree char *id = mos_shop_json_text (object, "id");
  g_autofree char *reference = NULL;
  MosOrder *order;

  if (*id == '\0' || strcmp (id, "0") == 0)
    return NULL;
  order = mos_order_make (shop, id);
  reference = mos_shop_json_text (object, "reference");
  g_set_str (&order->number, *reference != '\0' ? reference : id);
  mos_shop_take (&order->currency, mos_shop_json_text (find_row (rows->currencies, object, "id_currency"), "iso_code"));
  read_state (order, object, rows);
  mos_shop_take (&order->payment, mos_shop_json_text (object, "payment"));
  order->created_us = read_time (object, "date_add", zone);
  order->modified_us = read_time (object, "date_upd", zone);
  if (order->modified_us == 0)
    order->modified_us = order->created_us;
  mos_shop_take (&order->total, read_total (object, order->currency));
  mos_shop_take (&order->note, mos_shop_json_text (object, "gift_message"));
  read_people (order, object, rows);
  read_items (order, mos_json_read_array (mos_json_read_object (object, "associations"), "order_rows"));
  read_parcels (order, object, g_hash_table_lookup (rows->parcels, id), rows);
  read_slips (order, g_hash_table_lookup (rows->slips, id), zone);
  return order;
}
