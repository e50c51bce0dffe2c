/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-shops"

#include "config.h"

#include "core/base/mos-decimal.h"
#include "core/base/mos-entities.h"
#include "core/base/mos-json.h"
#include "core/shops/mos-shop-action.h"
#include "core/shops/mos-shop-json.h"
#include "core/shops/woocommerce/mos-woocommerce-private.h"

/* What is done to an order. The API knows no keys of requests, so each thing bears what it can be known by afterwards: a refund has our key among its
 * meta data, a note its text; status and address are what they were set to. That an e-mail was sent cannot be told. */

#define KEY_NAME "_mostrador_action"

static char *
end_body (JsonBuilder *builder)
{
  g_autoptr (JsonNode) root = NULL;

  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  return json_to_string (root, FALSE);
}

/* --- refunds --- */

/* The line's amount in its parts: each tax its share, the goods the rest, so that together they are the amount to the last digit. */
static void
build_refund_line (JsonBuilder *builder,
                   const MosOrderActionLine *line,
                   const MosOrderTerms *order_terms)
{
  const MosOrderTermsLine *terms = mos_order_terms_find_line (order_terms, line->id);
  guint whole = terms->is_counted ? MAX (terms->quantity_left, 1) : 1;
  guint part = terms->is_counted ? line->quantity : 1;
  g_autofree char *net = g_strdup (line->amount);

  json_builder_begin_object (builder);
  mos_json_int (builder, "id", g_ascii_strtoll (line->id, NULL, 10));
  mos_json_int (builder, "quantity", terms->is_counted ? line->quantity : 0);
  json_builder_set_member_name (builder, "refund_tax");
  json_builder_begin_array (builder);
  for (guint i = 0; i < terms->taxes->len; i++)
    {
      const MosOrderTaxShare *tax = g_ptr_array_index (terms->taxes, i);
      g_autofree char *share = mos_decimal_share (tax->left, part, whole, order_terms->digits);

      json_builder_begin_object (builder);
      mos_json_int (builder, "id", g_ascii_strtoll (tax->rate, NULL, 10));
      mos_json_string (builder, "refund_total", share);
      json_builder_end_object (builder);
      mos_shop_take (&net, mos_decimal_subtract (net, share));
    }
  json_builder_end_array (builder);
  mos_json_string (builder, "refund_total", net);
  json_builder_end_object (builder);
}

static char *
make_refund (const MosOrderAction *action,
             const MosOrderTerms *terms)
{
  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();

  json_builder_begin_object (builder);
  mos_json_string (builder, "amount", action->amount);
  mos_json_string (builder, "reason", action->reason);
  mos_json_bool (builder, "api_refund", action->with_payment);
  mos_json_bool (builder, "api_restock", action->restock);
  json_builder_set_member_name (builder, "meta_data");
  json_builder_begin_array (builder);
  json_builder_begin_object (builder);
  mos_json_string (builder, "key", KEY_NAME);
  mos_json_string (builder, "value", action->id);
  json_builder_end_object (builder);
  json_builder_end_array (builder);
  if (action->lines->len > 0)
    {
      json_builder_set_member_name (builder, "line_items");
      json_builder_begin_array (builder);
      for (guint i = 0; i < action->lines->len; i++)
        build_refund_line (builder, g_ptr_array_index (action->lines, i), terms);
      json_builder_end_array (builder);
    }
  return end_body (builder);
}

static char *
make_note (const MosOrderAction *action)
{
  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();

  json_builder_begin_object (builder);
  mos_json_string (builder, "note", action->text);
  mos_json_bool (builder, "customer_note", action->notify);
  return end_body (builder);
}

static char *
make_address (const MosOrderAction *action)
{
  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "shipping");
  json_builder_begin_object (builder);
  for (int i = 0; i < MOS_ADDRESS_N_PARTS; i++)
    mos_json_string (builder, mos_woocommerce_address_name ((MosAddressPart) i), action->address[i]);
  json_builder_end_object (builder);
  return end_body (builder);
}

static gboolean
has_address (JsonObject *order,
             const MosOrderAction *action)
{
  JsonObject *shipping = mos_json_read_object (order, "shipping");

  for (int i = 0; i < MOS_ADDRESS_N_PARTS; i++)
    {
      g_autofree char *there = mos_shop_json_text (shipping, mos_woocommerce_address_name ((MosAddressPart) i));

      /* Shops without a phone of its own for shipping leave that out. */
      if (!mos_shop_action_is_text (there, action->address[i]) && !(i == MOS_ADDRESS_PHONE && *there == '\0'))
        return FALSE;
    }
  return TRUE;
}

static gboolean
has_status (JsonObject *order,
            const char *wanted)
{
  g_autofree char *status = mos_shop_json_text (order, "status");

  return strcmp (status, wanted) == 0;
}

/* Whether the answer is what was asked for; of what is none nobody knows. */
static char *
take_answer (const MosOrderAction *action,
             JsonNode *node,
             GError **error)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  g_autofree char *id = mos_shop_json_text (object, "id");
  g_autofree char *message = mos_shop_json_text (object, "message");
  gboolean is_right;

  switch (action->kind)
    {
    case MOS_ORDER_ACTION_CANCEL:
      is_right = has_status (object, "cancelled");
      g_set_str (&id, "");
      break;
    case MOS_ORDER_ACTION_ADDRESS:
      is_right = has_address (object, action);
      g_set_str (&id, "");
      break;
    case MOS_ORDER_ACTION_INVOICE:
      is_right = *message != '\0';
      g_set_str (&id, "");
      break;
    case MOS_ORDER_ACTION_REFUND:
    case MOS_ORDER_ACTION_NOTE:
    case MOS_ORDER_ACTION_RETURN:
    default:
      is_right = *id != '\0';
    }
  if (is_right)
    return g_steal_pointer (&id);
  g_set_error_literal (error, MOS_SHOP_ERROR, MOS_SHOP_ERROR_UNCERTAIN, "The answer is about something else");
  return NULL;
}

char *
mos_woocommerce_perform_sync (MosShop *shop,
                              const MosOrderAction *action,
                              const MosOrderTerms *terms,
                              GCancellable *cancellable,
                              GError **error)
{
  static const struct
  {
    const char *method;
    const char *rest;
  } ways[] = {
    [MOS_ORDER_ACTION_REFUND] = { "POST", "/refunds" },
    [MOS_ORDER_ACTION_CANCEL] = { "PUT", "" },
    [MOS_ORDER_ACTION_NOTE] = { "POST", "/notes" },
    [MOS_ORDER_ACTION_ADDRESS] = { "PUT", "" },
    [MOS_ORDER_ACTION_INVOICE] = { "POST", "/actions/send_order_details" },
  };
  g_autofree char *path = NULL;
  g_autofree char *body = NULL;
  g_autoptr (JsonNode) node = NULL;

  g_return_val_if_fail ((gsize) action->kind < G_N_ELEMENTS (ways), NULL);

  path = mos_woocommerce_order_path (terms->order->remote_id, ways[action->kind].rest);
  if (action->kind == MOS_ORDER_ACTION_REFUND)
    body = make_refund (action, terms);
  else if (action->kind == MOS_ORDER_ACTION_NOTE)
    body = make_note (action);
  else if (action->kind == MOS_ORDER_ACTION_ADDRESS)
    body = make_address (action);
  else
    body = g_strdup (action->kind == MOS_ORDER_ACTION_CANCEL ? "{\"status\":\"cancelled\"}" : "{}");
  node = mos_woocommerce_change (MOS_WOOCOMMERCE_SHOP (shop), ways[action->kind].method, path, body, cancellable, error);
  return node != NULL ? take_answer (action, node, error) : NULL;
}

/* --- looking for it --- */

/* Returns: (transfer full) (nullable): the key that we gave it */
static char *
key_of (JsonObject *refund)
{
  JsonArray *meta = mos_json_read_array (refund, "meta_data");

  for (guint i = 0; i < mos_json_read_length (meta); i++)
    {
      g_autofree char *name = mos_shop_json_text (mos_json_read_element (meta, i), "key");
      g_autofree char *value = mos_shop_json_text (mos_json_read_element (meta, i), "value");

      if (strcmp (name, KEY_NAME) == 0)
        return g_steal_pointer (&value);
    }
  return NULL;
}

static gboolean
is_of_then (JsonObject *object,
            const MosOrderAction *action)
{
  return mos_shop_action_is_of_then (action, mos_shop_json_time (object, "date_created_gmt"));
}

/* The key is written behind the refund itself: one of then with the same amount and reason, where that was cut short, is it as well. */
static gboolean
is_this_refund (JsonObject *refund,
                const MosOrderAction *action)
{
  g_autofree char *amount = mos_shop_json_decimal (refund, "amount", "0");
  g_autofree char *text = mos_shop_json_text (refund, "reason");
  g_autofree char *reason = mos_entities_decode (text);
  g_autofree char *key = key_of (refund);
  g_autofree char *id = mos_shop_json_text (refund, "id");

  if (key != NULL)
    return strcmp (key, action->id) == 0;
  return mos_shop_action_is_free (action, id) && is_of_then (refund, action) && mos_locale_compare_decimal (amount, action->amount) == 0 && strcmp (reason, action->reason) == 0;
}

static gboolean
is_this_note (JsonObject *note,
              const MosOrderAction *action)
{
  g_autofree char *text = mos_shop_json_text (note, "note");
  g_autofree char *words = mos_entities_decode (text);
  g_autofree char *wanted = g_strstrip (g_strdup (action->text));

  return is_of_then (note, action) && mos_json_read_is_true (note, "customer_note") == action->notify && strcmp (words, wanted) == 0;
}

static MosShopTrace
find_in_list (MosWoocommerceShop *self,
              const MosOrderAction *action,
              const char *remote_id,
              char **ret_made,
              GCancellable *cancellable,
              GError **error)
{
  gboolean is_refund = action->kind == MOS_ORDER_ACTION_REFUND;
  g_autofree char *path = mos_woocommerce_order_path (remote_id, is_refund ? "/refunds" : "/notes");
  g_autoptr (JsonNode) node = NULL;
  MosWoocommerceQuery query = { 0 };

  if (is_refund)
    mos_woocommerce_query_add (&query, "per_page", "100");
  node = mos_woocommerce_ask_list (self, path, &query, cancellable, error);
  if (node == NULL)
    return MOS_SHOP_TRACE_ERROR;
  for (guint i = 0; i < json_array_get_length (json_node_get_array (node)); i++)
    {
      JsonObject *row = mos_json_read_element (json_node_get_array (node), i);

      if (is_refund ? !is_this_refund (row, action) : !is_this_note (row, action))
        continue;
      *ret_made = mos_shop_json_text (row, "id");
      return MOS_SHOP_TRACE_FOUND;
    }
  return MOS_SHOP_TRACE_ABSENT;
}

MosShopTrace
mos_woocommerce_find_action_sync (MosShop *shop,
                                  const MosOrderAction *action,
                                  const char *remote_id,
                                  char **ret_made,
                                  GCancellable *cancellable,
                                  GError **error)
{
  MosWoocommerceShop *self = MOS_WOOCOMMERCE_SHOP (shop);
  g_autofree char *path = mos_woocommerce_order_path (remote_id, "");
  g_autoptr (JsonNode) node = NULL;
  JsonObject *object;
  MosWoocommerceQuery query = { 0 };
  gboolean is_there;

  if (action->kind == MOS_ORDER_ACTION_REFUND || action->kind == MOS_ORDER_ACTION_NOTE)
    return find_in_list (self, action, remote_id, ret_made, cancellable, error);
  if (action->kind != MOS_ORDER_ACTION_CANCEL && action->kind != MOS_ORDER_ACTION_ADDRESS)
    return MOS_SHOP_TRACE_UNCLEAR;
  mos_woocommerce_query_add (&query, "_fields", "id,status,shipping");
  node = mos_woocommerce_ask (self, path, &query, cancellable, error);
  if (node == NULL)
    return MOS_SHOP_TRACE_ERROR;
  object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  is_there = action->kind == MOS_ORDER_ACTION_CANCEL ? has_status (object, "cancelled") : has_address (object, action);
  return mos_shop_action_tell (is_there, ret_made);
}
