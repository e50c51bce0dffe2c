/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-values"

#include "config.h"

#include "core/values/mos-order-values.h"

#include "core/base/mos-id.h"

static const char *const shop_kind_nicks[] = { "woocommerce", "shopify", "magento", "bigcommerce", "prestashop", "csv" };
G_STATIC_ASSERT (G_N_ELEMENTS (shop_kind_nicks) == MOS_SHOP_N_KINDS);
MOS_DEFINE_NICKS (MosShopKind, shop_kind)

static const char *const order_status_nicks[] = { "pending", "paid", "processing", "shipped", "delivered", "cancelled", "refunded" };
G_STATIC_ASSERT (G_N_ELEMENTS (order_status_nicks) == MOS_ORDER_REFUNDED + 1);
MOS_DEFINE_NICKS (MosOrderStatus, order_status)

static const char *const order_proof_nicks[] = { "number", "phone", "email", "verified", "hand" };
G_STATIC_ASSERT (G_N_ELEMENTS (order_proof_nicks) == MOS_ORDER_PROOF_HAND + 1);
MOS_DEFINE_NICKS (MosOrderProof, order_proof)

/* --- shops --- */

static void
mos_shop_account_clear (MosShopAccount *self)
{
  g_free (self->id);
  g_free (self->name);
  g_free (self->base_url);
  g_free (self->settings);
  g_free (self->currency);
  g_free (self->why);
  g_free (self->detail);
  g_free (self->cursor);
}

MOS_DEFINE_VALUE (MosShopAccount, shop_account)

MosShopAccount *
mos_shop_account_make (MosShopKind kind,
                       const char *name,
                       const char *base_url)
{
  MosShopAccount *self = mos_shop_account_new ();
  g_autofree char *url = g_strstrip (g_strdup (base_url));
  g_autofree char *lower = NULL;

  while (g_str_has_suffix (url, "/"))
    url[strlen (url) - 1] = '\0';
  lower = g_ascii_strdown (url, -1);
  self->id = mos_id_derive ("shop", mos_shop_kind_to_nick (kind), lower, NULL);
  self->kind = kind;
  self->name = g_strdup (name);
  self->base_url = g_strdup (kind != MOS_SHOP_CSV ? url : "");
  self->settings = g_strdup ("{}");
  self->currency = g_strdup ("");
  self->cursor = g_strdup ("");
  return self;
}

MosShopAccount *
mos_shop_account_copy (const MosShopAccount *self)
{
  MosShopAccount *copy = mos_shop_account_new ();

  *copy = *self;
  copy->id = g_strdup (self->id);
  copy->name = g_strdup (self->name);
  copy->base_url = g_strdup (self->base_url);
  copy->settings = g_strdup (self->settings);
  copy->currency = g_strdup (self->currency);
  copy->why = g_strdup (self->why);
  copy->detail = g_strdup (self->detail);
  copy->cursor = g_strdup (self->cursor);
  return copy;
}

static JsonObject *
settings_of (const MosShopAccount *self)
{
  g_autoptr (JsonNode) root = json_from_string (self->settings, NULL);

  return root != NULL && JSON_NODE_HOLDS_OBJECT (root) ? json_node_dup_object (root) : json_object_new ();
}

char *
mos_shop_account_dup_setting (const MosShopAccount *self,
                              const char *name)
{
  g_autoptr (JsonObject) settings = settings_of (self);
  JsonNode *node = json_object_get_member (settings, name);

  return node != NULL && json_node_get_value_type (node) == G_TYPE_STRING ? json_node_dup_string (node) : NULL;
}

void
mos_shop_account_set_setting (MosShopAccount *self,
                              const char *name,
                              const char *value)
{
  JsonObject *settings = settings_of (self);
  g_autoptr (JsonNode) root = json_node_new (JSON_NODE_OBJECT);

  if (value != NULL)
    json_object_set_string_member (settings, name, value);
  else
    json_object_remove_member (settings, name);
  json_node_take_object (root, settings);
  g_free (self->settings);
  self->settings = json_to_string (root, FALSE);
}

/* --- orders --- */

static void
mos_order_clear (MosOrder *self)
{
  g_free (self->id);
  g_free (self->shop);
  g_free (self->remote_id);
  g_free (self->number);
  g_free (self->status);
  g_free (self->payment);
  g_free (self->fulfilment);
  g_free (self->currency);
  g_free (self->total);
  g_free (self->refunded);
  g_free (self->email);
  g_free (self->phone);
  g_free (self->name);
  g_free (self->country);
  g_free (self->address);
  g_free (self->admin_url);
  g_free (self->customer_url);
  g_free (self->note);
  g_free (self->customer);
  g_clear_pointer (&self->items, g_ptr_array_unref);
  g_clear_pointer (&self->shipments, g_ptr_array_unref);
  g_clear_pointer (&self->refunds, g_ptr_array_unref);
  g_clear_pointer (&self->notes, g_ptr_array_unref);
}

MOS_DEFINE_VALUE (MosOrder, order)

static void
item_free (gpointer data)
{
  MosOrderItem *item = data;

  g_free (item->name);
  g_free (item->sku);
  g_free (item->variant);
  g_free (item->quantity);
  g_free (item->price);
  g_free (item->total);
  g_free (item->picture_url);
  g_free (item);
}

static void
shipment_free (gpointer data)
{
  MosOrderShipment *shipment = data;

  g_free (shipment->carrier);
  g_free (shipment->number);
  g_free (shipment->url);
  g_free (shipment->status);
  g_free (shipment);
}

static void
refund_free (gpointer data)
{
  MosOrderRefund *refund = data;

  g_free (refund->remote_id);
  g_free (refund->amount);
  g_free (refund->reason);
  g_free (refund);
}

static void
note_free (gpointer data)
{
  MosOrderNote *note = data;

  g_free (note->remote_id);
  g_free (note->author);
  g_free (note->text);
  g_free (note);
}

char *
mos_order_id (const char *shop,
              const char *remote_id)
{
  return mos_id_derive ("order", shop, remote_id, NULL);
}

static void
set_empty (char **const *texts,
           gsize n)
{
  for (gsize i = 0; i < n; i++)
    *texts[i] = g_strdup ("");
}

MosOrder *
mos_order_make (const char *shop,
                const char *remote_id)
{
  MosOrder *self = mos_order_new ();
  char **texts[] = { &self->number, &self->status, &self->payment, &self->fulfilment, &self->currency, &self->email, &self->phone, &self->name, &self->country, &self->address, &self->admin_url, &self->customer_url, &self->note };

  self->id = mos_order_id (shop, remote_id);
  self->shop = g_strdup (shop);
  self->remote_id = g_strdup (remote_id);
  set_empty (texts, G_N_ELEMENTS (texts));
  self->total = g_strdup ("0");
  self->refunded = g_strdup ("0");
  self->items = g_ptr_array_new_with_free_func (item_free);
  self->shipments = g_ptr_array_new_with_free_func (shipment_free);
  self->refunds = g_ptr_array_new_with_free_func (refund_free);
  return self;
}

MosOrderItem *
mos_order_add_item (MosOrder *self)
{
  MosOrderItem *item = g_new0 (MosOrderItem, 1);
  char **texts[] = { &item->name, &item->sku, &item->variant, &item->price, &item->total, &item->picture_url };

  set_empty (texts, G_N_ELEMENTS (texts));
  item->quantity = g_strdup ("1");
  g_ptr_array_add (self->items, item);
  return item;
}

MosOrderShipment *
mos_order_add_shipment (MosOrder *self)
{
  MosOrderShipment *shipment = g_new0 (MosOrderShipment, 1);
  char **texts[] = { &shipment->carrier, &shipment->number, &shipment->url, &shipment->status };

  set_empty (texts, G_N_ELEMENTS (texts));
  g_ptr_array_add (self->shipments, shipment);
  return shipment;
}

MosOrderRefund *
mos_order_add_refund (MosOrder *self)
{
  MosOrderRefund *refund = g_new0 (MosOrderRefund, 1);
  char **texts[] = { &refund->remote_id, &refund->reason };

  set_empty (texts, G_N_ELEMENTS (texts));
  refund->amount = g_strdup ("0");
  g_ptr_array_add (self->refunds, refund);
  return refund;
}

MosOrderNote *
mos_order_add_note (MosOrder *self)
{
  MosOrderNote *note = g_new0 (MosOrderNote, 1);
  char **texts[] = { &note->remote_id, &note->author, &note->text };

  set_empty (texts, G_N_ELEMENTS (texts));
  if (self->notes == NULL)
    self->notes = g_ptr_array_new_with_free_func (note_free);
  g_ptr_array_add (self->notes, note);
  return note;
}

const MosOrderShipment *
mos_order_get_shipment (const MosOrder *self)
{
  const MosOrderShipment *best = NULL;

  for (guint i = 0; i < self->shipments->len; i++)
    {
      const MosOrderShipment *shipment = g_ptr_array_index (self->shipments, i);

      if ((*shipment->number != '\0' || *shipment->url != '\0') && (best == NULL || shipment->shipped_us >= best->shipped_us))
        best = shipment;
    }
  return best;
}

char *
mos_order_fold_number (const char *number)
{
  g_autofree char *lower = g_utf8_strdown (number, -1);
  GString *folded = g_string_new (NULL);

  for (const char *s = lower; *s != '\0'; s = g_utf8_next_char (s))
    {
      gunichar c = g_utf8_get_char (s);

      if (c != '#' && !g_unichar_isspace (c))
        g_string_append_unichar (folded, c);
    }
  return g_string_free (folded, FALSE);
}

char *
mos_order_number_digits (const char *number)
{
  const char *end = number + strlen (number), *start;

  while (end > number && !g_ascii_isdigit (end[-1]))
    end--;
  start = end;
  while (start > number && g_ascii_isdigit (start[-1]))
    start--;
  while (start + 1 < end && *start == '0')
    start++;
  return g_strndup (start, (gsize) (end - start));
}

/* --- totals --- */

static void
mos_order_totals_clear (MosOrderTotals *self)
{
  g_free (self->currency);
  g_free (self->spent);
  g_free (self->refunded);
}

MOS_DEFINE_VALUE (MosOrderTotals, order_totals)
