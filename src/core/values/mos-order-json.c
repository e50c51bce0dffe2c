/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-values"

#include "config.h"

#include "core/base/mos-json.h"
#include "core/values/mos-order-values.h"

/* An order as JSON: as mostradorctl prints it, and what its digest is made of. */

static void
begin_list (JsonBuilder *builder,
            const char *name)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_array (builder);
}

static void
build_items (JsonBuilder *builder,
             const MosOrder *self)
{
  begin_list (builder, "items");
  for (guint i = 0; i < self->items->len; i++)
    {
      const MosOrderItem *item = g_ptr_array_index (self->items, i);

      json_builder_begin_object (builder);
      mos_json_string (builder, "name", item->name);
      mos_json_string (builder, "sku", item->sku);
      mos_json_string (builder, "variant", item->variant);
      mos_json_string (builder, "quantity", item->quantity);
      mos_json_string (builder, "price", item->price);
      mos_json_string (builder, "total", item->total);
      mos_json_string (builder, "picture_url", item->picture_url);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
build_shipments (JsonBuilder *builder,
                 const MosOrder *self)
{
  begin_list (builder, "shipments");
  for (guint i = 0; i < self->shipments->len; i++)
    {
      const MosOrderShipment *shipment = g_ptr_array_index (self->shipments, i);

      json_builder_begin_object (builder);
      mos_json_string (builder, "carrier", shipment->carrier);
      mos_json_string (builder, "number", shipment->number);
      mos_json_string (builder, "url", shipment->url);
      mos_json_string (builder, "status", shipment->status);
      mos_json_time (builder, "shipped", shipment->shipped_us);
      mos_json_time (builder, "delivered", shipment->delivered_us);
      mos_json_time (builder, "expected", shipment->expected_us);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
build_refunds (JsonBuilder *builder,
               const MosOrder *self)
{
  begin_list (builder, "refunds");
  for (guint i = 0; i < self->refunds->len; i++)
    {
      const MosOrderRefund *refund = g_ptr_array_index (self->refunds, i);

      json_builder_begin_object (builder);
      mos_json_string (builder, "remote_id", refund->remote_id);
      mos_json_time (builder, "at", refund->at_us);
      mos_json_string (builder, "amount", refund->amount);
      mos_json_string (builder, "reason", refund->reason);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
build_notes (JsonBuilder *builder,
             const MosOrder *self)
{
  begin_list (builder, "notes");
  for (guint i = 0; i < self->notes->len; i++)
    {
      const MosOrderNote *note = g_ptr_array_index (self->notes, i);

      json_builder_begin_object (builder);
      mos_json_string (builder, "remote_id", note->remote_id);
      mos_json_time (builder, "at", note->at_us);
      mos_json_string (builder, "author", note->author);
      mos_json_string (builder, "text", note->text);
      mos_json_bool (builder, "for_customer", note->is_for_customer);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

/* All that the shop said, but the notes. */
static void
build_facts (JsonBuilder *builder,
             const MosOrder *self)
{
  mos_json_string (builder, "remote_id", self->remote_id);
  mos_json_string (builder, "number", self->number);
  mos_json_string (builder, "status", mos_order_status_to_nick (self->status_kind));
  mos_json_string (builder, "status_in_shop", self->status);
  mos_json_string (builder, "payment", self->payment);
  mos_json_string (builder, "fulfilment", self->fulfilment);
  mos_json_time (builder, "created", self->created_us);
  mos_json_time (builder, "modified", self->modified_us);
  mos_json_string (builder, "currency", self->currency);
  mos_json_string (builder, "total", self->total);
  mos_json_string (builder, "refunded", self->refunded);
  mos_json_string (builder, "email", self->email);
  mos_json_string (builder, "phone", self->phone);
  mos_json_string (builder, "name", self->name);
  mos_json_string (builder, "country", self->country);
  mos_json_string (builder, "address", self->address);
  mos_json_string (builder, "admin_url", self->admin_url);
  mos_json_string (builder, "customer_url", self->customer_url);
  mos_json_string (builder, "note", self->note);
  build_items (builder, self);
  build_shipments (builder, self);
  build_refunds (builder, self);
}

void
mos_order_build (JsonBuilder *builder,
                 const MosOrder *self,
                 const char *shop_name)
{
  json_builder_begin_object (builder);
  mos_json_string (builder, "id", self->id);
  mos_json_string (builder, "shop", shop_name != NULL ? shop_name : self->shop);
  mos_json_string (builder, "customer", self->customer);
  mos_json_string (builder, "proof", self->customer != NULL ? mos_order_proof_to_nick (self->proof) : NULL);
  mos_json_time (builder, "seen", self->seen_us);
  build_facts (builder, self);
  if (self->notes != NULL)
    build_notes (builder, self);
  json_builder_end_object (builder);
}

char *
mos_order_dup_digest (const MosOrder *self)
{
  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *text = NULL;

  json_builder_begin_object (builder);
  build_facts (builder, self);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  text = json_to_string (root, FALSE);
  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
}
