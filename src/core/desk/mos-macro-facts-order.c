/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-macro-facts-private.h"

#include "core/base/mos-carrier.h"
#include "core/base/mos-decimal.h"
#include "core/desk/mos-orders-here.h"
#include "core/store/mos-store-shops.h"

#include <string.h>

/* More than these nobody chooses from. */
#define MAX_ORDERS 50

/* --- which order --- */

static gboolean
is_open (const MosOrder *order)
{
  return order->status_kind == MOS_ORDER_PENDING || order->status_kind == MOS_ORDER_PAID || order->status_kind == MOS_ORDER_PROCESSING || order->status_kind == MOS_ORDER_SHIPPED;
}

static MosOrder *
find (GPtrArray *orders,
      const char *id)
{
  for (guint i = 0; i < orders->len; i++)
    if (g_strcmp0 (((MosOrder *) g_ptr_array_index (orders, i))->id, id) == 0)
      return g_ptr_array_index (orders, i);
  return NULL;
}

/* The only one there is; else the only one that is still under way. */
static MosOrder *
choose (GPtrArray *orders,
        guint n)
{
  MosOrder *open = NULL;

  if (n == 1)
    return g_ptr_array_index (orders, 0);
  for (guint i = 0; i < n; i++)
    {
      MosOrder *order = g_ptr_array_index (orders, i);

      if (is_open (order) && open != NULL)
        return NULL;
      if (is_open (order))
        open = order;
    }
  return open;
}

/* A stranger's, that only the text names: what it says is told nobody before somebody chose it. */
static gboolean
is_safe (const MosMacroFacts *self,
         const MosOrder *order)
{
  return self->customer == NULL || g_strcmp0 (order->customer, self->customer->id) == 0 || order->proof == MOS_ORDER_PROOF_HAND || (*order->email == '\0' && *order->phone == '\0');
}

gboolean
mos_macro_facts_load_orders (MosTxn *txn,
                             MosMacroFacts *self,
                             const char *chosen,
                             GError **error)
{
  MosOrder *order;
  guint n_here = 0;

  self->orders = mos_orders_here_load (txn, self->conversation != NULL ? self->conversation->id : NULL, self->customer != NULL ? self->customer->id : NULL, MAX_ORDERS, &n_here, NULL, error);
  if (self->orders == NULL)
    return FALSE;

  /* One that was chosen and is gone is not replaced by another one. */
  if (chosen != NULL)
    order = find (self->orders, chosen);
  else
    order = choose (self->orders, n_here > 0 ? n_here : self->orders->len);
  if (chosen == NULL && order != NULL && !is_safe (self, order))
    order = NULL;
  self->order = order != NULL ? mos_order_ref (order) : NULL;
  self->is_order_ambiguous = chosen == NULL && order == NULL && self->orders->len > 0;
  self->shops = mos_store_shop_list_light (txn, error);
  return self->shops != NULL;
}

const MosShopAccount *
mos_macro_facts_find_shop (const MosMacroFacts *self)
{
  /* Made-up facts, of a sample customer, may have none. */
  for (guint i = 0; self->shops != NULL && i < self->shops->len; i++)
    if (self->shops->len == 1 || (self->order != NULL && g_strcmp0 (((MosShopAccount *) g_ptr_array_index (self->shops, i))->id, self->order->shop) == 0))
      return g_ptr_array_index (self->shops, i);
  return NULL;
}

const char *
mos_macro_facts_get_currency (const MosMacroFacts *self)
{
  const MosShopAccount *shop;

  g_return_val_if_fail (self != NULL, NULL);

  shop = mos_macro_facts_find_shop (self);
  if (self->order != NULL && *self->order->currency != '\0')
    return self->order->currency;
  if (shop != NULL && *shop->currency != '\0')
    return shop->currency;
  for (guint i = 0; self->customer != NULL && self->orders != NULL && i < self->orders->len; i++)
    {
      const MosOrder *order = g_ptr_array_index (self->orders, i);

      if (g_strcmp0 (order->customer, self->customer->id) == 0 && *order->currency != '\0')
        return order->currency;
    }
  return NULL;
}

/* --- what is said of it --- */

typedef void (*OrderFunc) (const MosMacroFacts *self, const MosOrder *order, MosTemplateValue *value);

static void
order_address (const MosMacroFacts *self,
               const MosOrder *order,
               MosTemplateValue *value)
{
  mos_template_value_set_text (value, order->address);
}

static void
order_cancelled (const MosMacroFacts *self,
                 const MosOrder *order,
                 MosTemplateValue *value)
{
  mos_template_value_set_flag (value, order->status_kind == MOS_ORDER_CANCELLED);
}

static void
order_carrier (const MosMacroFacts *self,
               const MosOrder *order,
               MosTemplateValue *value)
{
  const MosOrderShipment *shipment = mos_order_get_shipment (order);

  mos_template_value_set_text (value, shipment != NULL ? shipment->carrier : NULL);
}

static void
order_country (const MosMacroFacts *self,
               const MosOrder *order,
               MosTemplateValue *value)
{
  mos_template_value_set_text (value, order->country);
}

static void
order_created (const MosMacroFacts *self,
               const MosOrder *order,
               MosTemplateValue *value)
{
  mos_template_value_set_time (value, order->created_us);
}

/* Of several parcels the last one counts. */
static gint64
last_time (const MosOrder *order,
           gsize offset)
{
  gint64 last_us = 0;

  for (guint i = 0; i < order->shipments->len; i++)
    last_us = MAX (last_us, G_STRUCT_MEMBER (gint64, g_ptr_array_index (order->shipments, i), offset));
  return last_us;
}

static void
order_delivered (const MosMacroFacts *self,
                 const MosOrder *order,
                 MosTemplateValue *value)
{
  mos_template_value_set_time (value, last_time (order, G_STRUCT_OFFSET (MosOrderShipment, delivered_us)));
}

static void
order_expected (const MosMacroFacts *self,
                const MosOrder *order,
                MosTemplateValue *value)
{
  mos_template_value_set_time (value, last_time (order, G_STRUCT_OFFSET (MosOrderShipment, expected_us)));
}

static void
order_items (const MosMacroFacts *self,
             const MosOrder *order,
             MosTemplateValue *value)
{
  g_autoptr (GString) lines = g_string_new (NULL);

  for (guint i = 0; i < order->items->len; i++)
    {
      const MosOrderItem *item = g_ptr_array_index (order->items, i);

      if (lines->len > 0)
        g_string_append_c (lines, '\n');
      if (*item->quantity != '\0')
        g_string_append_printf (lines, "%s × ", item->quantity);
      g_string_append (lines, *item->name != '\0' ? item->name : item->sku);
      if (*item->variant != '\0')
        g_string_append_printf (lines, " (%s)", item->variant);
    }
  mos_template_value_set_text (value, lines->str);
}

static void
order_items_count (const MosMacroFacts *self,
                   const MosOrder *order,
                   MosTemplateValue *value)
{
  g_autofree char *count = g_strdup ("0");

  for (guint i = 0; i < order->items->len; i++)
    {
      const MosOrderItem *item = g_ptr_array_index (order->items, i);
      g_autofree char *sum = mos_decimal_add (count, mos_locale_is_decimal (item->quantity) ? item->quantity : "1");

      g_set_str (&count, sum);
    }
  if (order->items->len > 0)
    mos_template_value_set_number (value, count);
}

static void
order_name (const MosMacroFacts *self,
            const MosOrder *order,
            MosTemplateValue *value)
{
  mos_template_value_set_text (value, order->name);
}

static void
order_number (const MosMacroFacts *self,
              const MosOrder *order,
              MosTemplateValue *value)
{
  mos_template_value_set_text (value, order->number);
}

static void
order_paid (const MosMacroFacts *self,
            const MosOrder *order,
            MosTemplateValue *value)
{
  mos_template_value_set_flag (value, order->status_kind != MOS_ORDER_PENDING && order->status_kind != MOS_ORDER_CANCELLED);
}

static void
order_refunded (const MosMacroFacts *self,
                const MosOrder *order,
                MosTemplateValue *value)
{
  if (!mos_decimal_is_zero (order->refunded))
    mos_template_value_set_money (value, order->refunded, order->currency);
}

static void
order_shipped (const MosMacroFacts *self,
               const MosOrder *order,
               MosTemplateValue *value)
{
  mos_template_value_set_time (value, last_time (order, G_STRUCT_OFFSET (MosOrderShipment, shipped_us)));
}

static void
order_shop (const MosMacroFacts *self,
            const MosOrder *order,
            MosTemplateValue *value)
{
  const MosShopAccount *shop = mos_macro_facts_find_shop (self);

  mos_template_value_set_text (value, shop != NULL ? shop->name : NULL);
}

static void
order_status (const MosMacroFacts *self,
              const MosOrder *order,
              MosTemplateValue *value)
{
  mos_template_value_set_text (value, mos_order_status_to_nick (order->status_kind));
}

static void
order_total (const MosMacroFacts *self,
             const MosOrder *order,
             MosTemplateValue *value)
{
  mos_template_value_set_money (value, order->total, order->currency);
}

static void
order_tracking_number (const MosMacroFacts *self,
                       const MosOrder *order,
                       MosTemplateValue *value)
{
  const MosOrderShipment *shipment = mos_order_get_shipment (order);

  mos_template_value_set_text (value, shipment != NULL ? shipment->number : NULL);
}

/* A page that may be another's parcel is worse than none. */
static void
order_tracking_url (const MosMacroFacts *self,
                    const MosOrder *order,
                    MosTemplateValue *value)
{
  const MosOrderShipment *shipment = mos_order_get_shipment (order);
  g_autoptr (GPtrArray) carriers = shipment != NULL ? mos_carrier_list (shipment->carrier, shipment->number) : NULL;

  if (shipment != NULL && *shipment->url != '\0')
    mos_template_value_set_text (value, shipment->url);
  else if (carriers != NULL && carriers->len == 1)
    mos_template_value_set_text (value, ((MosCarrier *) g_ptr_array_index (carriers, 0))->url);
}

static void
order_url (const MosMacroFacts *self,
           const MosOrder *order,
           MosTemplateValue *value)
{
  mos_template_value_set_text (value, order->customer_url);
}

static const struct
{
  const char *name;
  OrderFunc func;
} order_table[] = {
  { "order.address", order_address },
  { "order.cancelled", order_cancelled },
  { "order.carrier", order_carrier },
  { "order.country", order_country },
  { "order.created", order_created },
  { "order.delivered", order_delivered },
  { "order.expected", order_expected },
  { "order.items", order_items },
  { "order.items_count", order_items_count },
  { "order.name", order_name },
  { "order.number", order_number },
  { "order.paid", order_paid },
  { "order.refunded", order_refunded },
  { "order.shipped", order_shipped },
  { "order.shop", order_shop },
  { "order.status", order_status },
  { "order.total", order_total },
  { "order.tracking_number", order_tracking_number },
  { "order.tracking_url", order_tracking_url },
  { "order.url", order_url },
};

const char *
mos_macro_order_get_name (gsize i)
{
  return i < G_N_ELEMENTS (order_table) ? order_table[i].name : NULL;
}

void
mos_macro_order_look_up (const MosMacroFacts *self,
                         const char *name,
                         MosTemplateValue *value)
{
  for (gsize i = 0; i < G_N_ELEMENTS (order_table); i++)
    if (strcmp (order_table[i].name, name) == 0)
      {
        if (self->order != NULL)
          order_table[i].func (self, self->order, value);
        else if (self->is_order_ambiguous)
          mos_template_value_set_ambiguous (value);
        return;
      }
}
