/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-values"

#include "config.h"

#include "core/base/mos-json.h"
#include "core/base/mos-locale.h"
#include "core/values/mos-order-action-values.h"

/* What is done to an order as JSON: as it is kept, as the history has it, and as mostradorctl prints it. */

static void
build_lines (JsonBuilder *builder,
             const MosOrderAction *self)
{
  json_builder_set_member_name (builder, "lines");
  json_builder_begin_array (builder);
  for (guint i = 0; i < self->lines->len; i++)
    {
      const MosOrderActionLine *line = g_ptr_array_index (self->lines, i);

      json_builder_begin_object (builder);
      mos_json_string (builder, "id", line->id);
      mos_json_int (builder, "quantity", line->quantity);
      mos_json_string (builder, "amount", line->amount);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
build_request (JsonBuilder *builder,
               const MosOrderAction *self)
{
  build_lines (builder, self);
  mos_json_string (builder, "amount", self->amount);
  mos_json_string (builder, "currency", self->currency);
  mos_json_string (builder, "reason", self->reason);
  mos_json_string (builder, "text", self->text);
  if (self->kind == MOS_ORDER_ACTION_ADDRESS)
    {
      json_builder_set_member_name (builder, "address");
      json_builder_begin_object (builder);
      for (int i = 0; i < MOS_ADDRESS_N_PARTS; i++)
        mos_json_string (builder, mos_address_part_to_nick ((MosAddressPart) i), self->address[i]);
      json_builder_end_object (builder);
    }
  mos_json_bool (builder, "restock", self->restock);
  mos_json_bool (builder, "notify", self->notify);
  mos_json_bool (builder, "with_payment", self->with_payment);
}

static char *
end_text (JsonBuilder *builder)
{
  g_autoptr (JsonNode) root = NULL;

  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  return json_to_string (root, FALSE);
}

char *
mos_order_action_dup_request (const MosOrderAction *self)
{
  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();

  json_builder_begin_object (builder);
  build_request (builder, self);
  mos_json_string (builder, "version", self->version);
  return end_text (builder);
}

static void
take_text (JsonObject *object,
           const char *name,
           char **place)
{
  const char *text = json_object_get_string_member_with_default (object, name, NULL);

  if (text != NULL)
    g_set_str (place, text);
}

static JsonObject *
parse (const char *text,
       JsonNode **ret_node)
{
  *ret_node = json_from_string (text, NULL);
  return *ret_node != NULL && JSON_NODE_HOLDS_OBJECT (*ret_node) ? json_node_get_object (*ret_node) : NULL;
}

void
mos_order_action_read_request (MosOrderAction *self,
                               const char *text)
{
  g_autoptr (JsonNode) node = NULL;
  JsonObject *object = parse (text, &node);
  JsonNode *lines = object != NULL ? json_object_get_member (object, "lines") : NULL;
  JsonNode *address = object != NULL ? json_object_get_member (object, "address") : NULL;

  if (object == NULL)
    return;
  for (guint i = 0; lines != NULL && JSON_NODE_HOLDS_ARRAY (lines) && i < json_array_get_length (json_node_get_array (lines)); i++)
    {
      JsonNode *element = json_array_get_element (json_node_get_array (lines), i);
      JsonObject *line = JSON_NODE_HOLDS_OBJECT (element) ? json_node_get_object (element) : NULL;

      if (line != NULL)
        mos_order_action_add_line (self, json_object_get_string_member_with_default (line, "id", ""), (guint) CLAMP (json_object_get_int_member_with_default (line, "quantity", 0), 0, G_MAXINT),
                                   json_object_get_string_member_with_default (line, "amount", "0"));
    }
  for (int i = 0; address != NULL && JSON_NODE_HOLDS_OBJECT (address) && i < MOS_ADDRESS_N_PARTS; i++)
    take_text (json_node_get_object (address), mos_address_part_to_nick ((MosAddressPart) i), &self->address[i]);
  take_text (object, "amount", &self->amount);
  take_text (object, "currency", &self->currency);
  take_text (object, "reason", &self->reason);
  take_text (object, "text", &self->text);
  take_text (object, "version", &self->version);
  self->restock = json_object_get_boolean_member_with_default (object, "restock", FALSE);
  self->notify = json_object_get_boolean_member_with_default (object, "notify", FALSE);
  self->with_payment = json_object_get_boolean_member_with_default (object, "with_payment", FALSE);
}

void
mos_order_action_build (JsonBuilder *builder,
                        const MosOrderAction *self)
{
  json_builder_begin_object (builder);
  mos_json_string (builder, "id", self->id);
  mos_json_string (builder, "order", self->order);
  mos_json_string (builder, "number", self->number);
  mos_json_string (builder, "kind", mos_order_action_kind_to_nick (self->kind));
  mos_json_string (builder, "state", mos_order_action_state_to_nick (self->state));
  mos_json_string (builder, "why", self->why);
  mos_json_string (builder, "detail", self->detail);
  mos_json_string (builder, "remote_id", self->remote_id);
  mos_json_string (builder, "conversation", self->conversation);
  build_request (builder, self);
  mos_json_time (builder, "asked", self->asked_us);
  mos_json_time (builder, "tried", self->tried_us);
  if (!mos_order_action_is_open (self))
    mos_json_time (builder, "settled", self->settled_us);
  json_builder_end_object (builder);
}

char *
mos_order_action_dup_event (const MosOrderAction *self)
{
  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();

  json_builder_begin_object (builder);
  mos_json_string (builder, "action", self->id);
  mos_json_string (builder, "kind", mos_order_action_kind_to_nick (self->kind));
  mos_json_string (builder, "number", self->number);
  mos_json_string (builder, "amount", self->amount);
  mos_json_string (builder, "currency", self->currency);
  mos_json_bool (builder, "with_payment", self->with_payment);
  mos_json_bool (builder, "notify", self->notify);
  mos_json_string (builder, "state", mos_order_action_state_to_nick (self->state));
  mos_json_string (builder, "why", self->why);
  return end_text (builder);
}

MosOrderAction *
mos_order_action_read_event (const char *text)
{
  g_autoptr (JsonNode) node = NULL;
  JsonObject *object = text != NULL ? parse (text, &node) : NULL;
  g_autoptr (MosOrder) order = object != NULL ? mos_order_make ("", "") : NULL;
  const char *kind = object != NULL ? json_object_get_string_member_with_default (object, "kind", NULL) : NULL;
  MosOrderAction *self;

  if (kind == NULL)
    return NULL;
  self = mos_order_action_make (mos_order_action_kind_from_nick (kind, MOS_ORDER_ACTION_NOTE), order, json_object_get_string_member_with_default (object, "action", ""));
  take_text (object, "number", &self->number);
  take_text (object, "amount", &self->amount);
  take_text (object, "currency", &self->currency);
  take_text (object, "why", &self->why);
  if (!mos_locale_is_decimal (self->amount))
    g_set_str (&self->amount, "0");
  self->with_payment = json_object_get_boolean_member_with_default (object, "with_payment", FALSE);
  self->notify = json_object_get_boolean_member_with_default (object, "notify", FALSE);
  self->state = mos_order_action_state_from_nick (json_object_get_string_member_with_default (object, "state", NULL), MOS_ORDER_ACTION_UNCERTAIN);
  return self;
}
