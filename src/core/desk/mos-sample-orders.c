/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-sample-orders.h"

#include "core/base/mos-decimal.h"
#include "core/desk/mos-sample-mail.h"
#include "core/store/mos-store-customers.h"
#include "core/store/mos-store-orders.h"
#include "core/store/mos-store-shops.h"

#define SAMPLE_RESOURCE "/org/mostrador/sample/orders.json"

typedef struct
{
  MosTxn *txn;
  JsonObject *shop;  /* (borrowed): the mail's content */
  GHashTable *shops; /* key -> id */
  gint64 now_us;
} Filling;

static const char *
text_of (JsonObject *object,
         const char *member)
{
  return json_object_get_string_member_with_default (object, member, "");
}

/* 0 where it has not happened. */
static gint64
time_of (Filling *self,
         JsonObject *object,
         const char *member)
{
  const char *ago = text_of (object, member);

  return *ago != '\0' ? self->now_us - mos_sample_parse_ago_us (ago) : 0;
}

static JsonArray *
array_of (JsonObject *object,
          const char *member)
{
  return json_object_has_member (object, member) ? json_object_get_array_member (object, member) : NULL;
}

static guint
length_of (JsonArray *array)
{
  return array != NULL ? json_array_get_length (array) : 0;
}

static JsonObject *
customer_of (Filling *self,
             const char *key)
{
  return json_object_get_object_member (json_object_get_object_member (self->shop, "customers"), key);
}

/* --- shops and people --- */

static gboolean
add_shop (Filling *self,
          JsonObject *content,
          GError **error)
{
  g_autoptr (MosShopAccount) shop = mos_shop_account_make (MOS_SHOP_CSV, text_of (content, "name"), text_of (content, "key"));

  g_set_str (&shop->currency, text_of (content, "currency"));
  mos_shop_account_set_setting (shop, "return_address", text_of (content, "return_address"));
  mos_shop_account_set_setting (shop, "review_url", text_of (content, "review_url"));
  mos_shop_account_set_setting (shop, "sample", "yes");
  shop->position = (int) g_hash_table_size (self->shops);
  g_hash_table_insert (self->shops, g_strdup (text_of (content, "key")), g_strdup (shop->id));
  return mos_store_shop_save (self->txn, shop, error) &&
         mos_store_shop_save_status (self->txn, shop->id, MOS_ACCOUNT_READY, NULL, NULL, time_of (self, content, "read"), error);
}

static gboolean
add_person (Filling *self,
            const char *key,
            JsonObject *content,
            GError **error)
{
  g_autofree char *id = NULL;
  g_autoptr (MosCustomerRow) row = NULL;

  if (!mos_store_customer_find_by_identity (self->txn, "email", text_of (customer_of (self, key), "address"), &id, error))
    return FALSE;
  if (id == NULL)
    return TRUE;
  if (!mos_store_customer_find (self->txn, id, &row, error))
    return FALSE;
  if (json_object_has_member (content, "phone"))
    g_set_str (&row->phone, text_of (content, "phone"));
  if (json_object_has_member (content, "country"))
    g_set_str (&row->country, text_of (content, "country"));
  if (json_object_has_member (content, "company"))
    g_set_str (&row->company, text_of (content, "company"));
  if (json_object_has_member (content, "notes"))
    g_set_str (&row->notes, text_of (content, "notes"));
  row->vip = json_object_get_boolean_member_with_default (content, "vip", FALSE);
  return mos_store_customer_save (self->txn, row, error);
}

/* --- orders --- */

static void
add_items (MosOrder *order,
           JsonArray *items)
{
  for (guint i = 0; i < length_of (items); i++)
    {
      JsonObject *content = json_array_get_object_element (items, i);
      MosOrderItem *item = mos_order_add_item (order);

      g_set_str (&item->name, text_of (content, "name"));
      g_set_str (&item->sku, text_of (content, "sku"));
      g_set_str (&item->variant, text_of (content, "variant"));
      g_set_str (&item->quantity, text_of (content, "quantity"));
      g_set_str (&item->price, text_of (content, "price"));
      g_free (item->total);
      item->total = mos_decimal_times (item->price, g_ascii_strtoull (item->quantity, NULL, 10));
    }
}

static void
add_shipments (Filling *self,
               MosOrder *order,
               JsonArray *shipments)
{
  for (guint i = 0; i < length_of (shipments); i++)
    {
      JsonObject *content = json_array_get_object_element (shipments, i);
      MosOrderShipment *shipment = mos_order_add_shipment (order);

      g_set_str (&shipment->carrier, text_of (content, "carrier"));
      g_set_str (&shipment->number, text_of (content, "number"));
      g_set_str (&shipment->url, text_of (content, "url"));
      shipment->shipped_us = time_of (self, content, "shipped");
      shipment->delivered_us = time_of (self, content, "delivered");
      shipment->expected_us = time_of (self, content, "expected");
      order->modified_us = MAX (order->modified_us, MAX (shipment->shipped_us, shipment->delivered_us));
    }
}

static void
add_refunds_and_notes (Filling *self,
                       MosOrder *order,
                       JsonObject *content)
{
  JsonArray *refunds = array_of (content, "refunds"), *notes = array_of (content, "notes");

  for (guint i = 0; i < length_of (refunds); i++)
    {
      JsonObject *given = json_array_get_object_element (refunds, i);
      MosOrderRefund *refund = mos_order_add_refund (order);

      g_set_str (&refund->amount, text_of (given, "amount"));
      g_set_str (&refund->reason, text_of (given, "reason"));
      refund->at_us = time_of (self, given, "ago");
      order->modified_us = MAX (order->modified_us, refund->at_us);
    }
  for (guint i = 0; i < length_of (notes); i++)
    {
      JsonObject *written = json_array_get_object_element (notes, i);
      MosOrderNote *note = mos_order_add_note (order);

      g_set_str (&note->author, text_of (written, "author"));
      g_set_str (&note->text, text_of (written, "text"));
      note->is_for_customer = json_object_get_boolean_member_with_default (written, "for_customer", FALSE);
      note->at_us = time_of (self, written, "ago");
    }
}

/* As a file of its orders names them, so that one that is read again is the same order. Returns: (transfer full) */
static char *
dup_remote_id (JsonObject *content)
{
  return mos_order_fold_number (text_of (content, "number"));
}

static gboolean
add_order (Filling *self,
           JsonObject *content,
           GError **error)
{
  const char *shop = g_hash_table_lookup (self->shops, text_of (content, "shop"));
  JsonObject *customer = customer_of (self, text_of (content, "customer"));
  g_autoptr (GPtrArray) orders = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_order_unref);
  g_autofree char *remote_id = dup_remote_id (content);
  MosOrder *order = mos_order_make (shop, remote_id);

  g_ptr_array_add (orders, order);
  g_set_str (&order->number, text_of (content, "number"));
  g_set_str (&order->status, text_of (content, "status"));
  order->status_kind = mos_order_status_from_nick (order->status, MOS_ORDER_PENDING);
  g_set_str (&order->payment, text_of (content, "payment"));
  g_set_str (&order->fulfilment, text_of (content, "fulfilment"));
  g_set_str (&order->currency, text_of (content, "currency"));
  g_set_str (&order->total, text_of (content, "total"));
  if (json_object_has_member (content, "refunded"))
    g_set_str (&order->refunded, text_of (content, "refunded"));
  g_set_str (&order->email, text_of (customer, "address"));
  g_set_str (&order->name, text_of (customer, "name"));
  g_set_str (&order->country, text_of (content, "country"));
  g_set_str (&order->address, text_of (content, "address"));
  g_set_str (&order->note, text_of (content, "note"));
  order->created_us = order->modified_us = time_of (self, content, "ago");
  add_items (order, array_of (content, "items"));
  add_shipments (self, order, array_of (content, "shipments"));
  add_refunds_and_notes (self, order, content);
  return mos_store_order_upsert (self->txn, shop, orders, NULL, NULL, error);
}

/* --- which conversation is about which order --- */

static char *
dup_texts (JsonObject *conversation)
{
  JsonArray *messages = json_object_get_array_member (conversation, "messages");
  GString *texts = g_string_new (text_of (conversation, "subject"));

  for (guint i = 0; i < length_of (messages); i++)
    g_string_append_printf (texts, "\n%s", text_of (json_array_get_object_element (messages, i), "text"));
  return g_string_free_and_steal (texts);
}

static gboolean
attach (Filling *self,
        JsonObject *conversation,
        const char *id,
        JsonArray *orders,
        GError **error)
{
  g_autofree char *texts = dup_texts (conversation);

  for (guint i = 0; i < length_of (orders); i++)
    {
      JsonObject *content = json_array_get_object_element (orders, i);
      g_autofree char *remote_id = dup_remote_id (content);
      g_autofree char *order = mos_order_id (g_hash_table_lookup (self->shops, text_of (content, "shop")), remote_id);

      if (strstr (texts, text_of (content, "number")) != NULL && !mos_store_order_attach (self->txn, id, order, MOS_ORDER_PROOF_NUMBER, error))
        return FALSE;
    }
  return TRUE;
}

/* --- the whole --- */

static JsonParser *
load (GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_autoptr (GBytes) bytes = g_resources_lookup_data (SAMPLE_RESOURCE, G_RESOURCE_LOOKUP_FLAGS_NONE, error);

  if (bytes == NULL || !json_parser_load_from_data (parser, g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes), error))
    return NULL;
  return g_steal_pointer (&parser);
}

gboolean
mos_sample_add_orders (MosTxn *txn,
                       JsonObject *shop,
                       const char *const *conversations,
                       gint64 now_us,
                       GError **error)
{
  g_autoptr (JsonParser) parser = load (error);
  g_autoptr (GHashTable) shops = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  Filling self = { txn, shop, shops, now_us };
  JsonArray *mail = json_object_get_array_member (shop, "conversations");
  JsonObject *content, *people;
  JsonArray *orders, *accounts;
  g_autoptr (GList) keys = NULL;

  if (parser == NULL)
    return FALSE;
  content = json_node_get_object (json_parser_get_root (parser));
  orders = json_object_get_array_member (content, "orders");
  accounts = json_object_get_array_member (content, "shops");
  people = json_object_get_object_member (content, "people");
  keys = json_object_get_members (people);
  for (guint i = 0; i < length_of (accounts); i++)
    if (!add_shop (&self, json_array_get_object_element (accounts, i), error))
      return FALSE;
  for (GList *key = keys; key != NULL; key = key->next)
    if (!add_person (&self, key->data, json_object_get_object_member (people, key->data), error))
      return FALSE;
  for (guint i = 0; i < length_of (orders); i++)
    if (!add_order (&self, json_array_get_object_element (orders, i), error))
      return FALSE;
  for (guint i = 0; i < length_of (mail) && conversations[i] != NULL; i++)
    if (!attach (&self, json_array_get_object_element (mail, i), conversations[i], orders, error))
      return FALSE;
  return TRUE;
}
