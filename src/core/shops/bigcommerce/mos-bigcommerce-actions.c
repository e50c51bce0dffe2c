/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-shops"

#include "config.h"

#include "core/base/mos-decimal.h"
#include "core/base/mos-json.h"
#include "core/shops/bigcommerce/mos-bigcommerce-private.h"
#include "core/shops/mos-oauth1.h"
#include "core/shops/mos-shop-action.h"
#include "core/shops/mos-shop-json.h"

#include <string.h>

/* What is done to an order. A refund is asked about before it is made: the shop says what it comes to and by which ways the money can go. Where it comes
 * to another sum than the one a person said yes to, nothing is done. A cancellation is a status, and an order has one text of notes. */

#define STATUS_CANCELLED 5

/* --- refunds --- */

static void
build_items (JsonBuilder *builder,
             const MosOrderAction *action,
             const char *remote_id)
{
  json_builder_set_member_name (builder, "items");
  json_builder_begin_array (builder);
  for (guint i = 0; i < action->lines->len; i++)
    {
      const MosOrderActionLine *line = g_ptr_array_index (action->lines, i);
      gboolean is_shipping = g_str_has_prefix (line->id, MOS_BIGCOMMERCE_SHIPPING);

      json_builder_begin_object (builder);
      mos_json_string (builder, "item_type", is_shipping ? "SHIPPING" : "PRODUCT");
      mos_json_int (builder, "item_id", g_ascii_strtoll (is_shipping ? line->id + strlen (MOS_BIGCOMMERCE_SHIPPING) : line->id, NULL, 10));
      if (is_shipping)
        mos_shop_action_add_number (builder, "amount", line->amount);
      else
        mos_json_int (builder, "quantity", line->quantity);
      if (*action->reason != '\0')
        mos_json_string (builder, "reason", action->reason);
      json_builder_end_object (builder);
    }
  if (action->lines->len == 0)
    {
      json_builder_begin_object (builder);
      mos_json_string (builder, "item_type", "ORDER");
      mos_json_int (builder, "item_id", g_ascii_strtoll (remote_id, NULL, 10));
      mos_shop_action_add_number (builder, "amount", action->amount);
      if (*action->reason != '\0')
        mos_json_string (builder, "reason", action->reason);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static char *
make_quote (const MosOrderAction *action,
            const char *remote_id)
{
  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();

  json_builder_begin_object (builder);
  build_items (builder, action, remote_id);
  return mos_shop_action_end_body (builder);
}

/* A way is a list of payments, each of which gives a part: all by the provider, or all written down alone. Returns: (transfer none) (nullable) */
static JsonArray *
choose_way (JsonObject *quote,
            gboolean with_payment)
{
  JsonArray *ways = mos_json_read_array (quote, "refund_methods");

  for (guint i = 0; i < mos_json_read_length (ways); i++)
    {
      JsonNode *node = json_array_get_element (ways, i);
      JsonArray *way = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
      guint n_fitting = 0;

      for (guint j = 0; j < mos_json_read_length (way); j++)
        {
          g_autofree char *provider = mos_shop_json_text (mos_json_read_element (way, j), "provider_id");

          /* Credit in the shop is no money. */
          n_fitting += mos_json_read_is_true (mos_json_read_element (way, j), "offline") != with_payment && *provider != '\0' && strcmp (provider, "storecredit") != 0;
        }
      if (n_fitting > 0 && n_fitting == mos_json_read_length (way))
        return way;
    }
  return NULL;
}

static char *
make_refund (const MosOrderAction *action,
             const char *remote_id,
             JsonArray *way)
{
  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();

  json_builder_begin_object (builder);
  build_items (builder, action, remote_id);
  json_builder_set_member_name (builder, "payments");
  json_builder_begin_array (builder);
  for (guint i = 0; i < mos_json_read_length (way); i++)
    {
      JsonObject *payment = mos_json_read_element (way, i);
      g_autofree char *provider = mos_shop_json_text (payment, "provider_id");
      g_autofree char *amount = mos_shop_json_decimal (payment, "amount", "0");

      json_builder_begin_object (builder);
      mos_json_string (builder, "provider_id", provider);
      mos_shop_action_add_number (builder, "amount", amount);
      mos_json_bool (builder, "offline", mos_json_read_is_true (payment, "offline"));
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  return mos_shop_action_end_body (builder);
}

static gboolean
gives (JsonArray *way,
       const char *amount)
{
  g_autofree char *sum = g_strdup ("0");

  for (guint i = 0; i < mos_json_read_length (way); i++)
    {
      g_autofree char *part = mos_shop_json_decimal (mos_json_read_element (way, i), "amount", "0");

      mos_shop_take (&sum, mos_decimal_add (sum, part));
    }
  return mos_locale_compare_decimal (sum, amount) == 0;
}

/* Of the ways in which money goes back, how many said no. @ret_why: (out) (optional) (transfer full) (nullable): the last one's words */
static guint
count_declined (JsonArray *payments,
                char **ret_why)
{
  guint n = 0;

  for (guint i = 0; i < mos_json_read_length (payments); i++)
    {
      JsonObject *payment = mos_json_read_element (payments, i);

      if (!mos_json_read_is_true (payment, "is_declined"))
        continue;
      n++;
      if (ret_why != NULL)
        {
          g_free (*ret_why);
          *ret_why = mos_shop_json_words (payment, "declined_message");
        }
    }
  return n;
}

static char *
take_refund (JsonNode *node,
             GError **error)
{
  JsonObject *data = mos_json_read_object (JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL, "data");
  JsonArray *payments = mos_json_read_array (data, "payments");
  g_autofree char *id = mos_shop_json_text (data, "id");
  g_autofree char *why = NULL;
  guint n_declined;

  if (*id == '\0')
    return mos_shop_action_set_uncertain (error);
  n_declined = count_declined (payments, &why);
  if (n_declined == 0)
    return g_steal_pointer (&id);
  /* A part of the money may have gone back. */
  if (n_declined < mos_json_read_length (payments))
    return mos_shop_action_set_uncertain (error);
  g_set_error (error, MOS_SHOP_ERROR, MOS_SHOP_ERROR_REFUSED, "The payment provider declined it%s%s", *why != '\0' ? ": " : "", why);
  return NULL;
}

static char *
refund (MosBigcommerceShop *self,
        const MosOrderAction *action,
        const MosOrderTerms *terms,
        GCancellable *cancellable,
        GError **error)
{
  g_autofree char *quote_path = mos_bigcommerce_order_path (3, terms->order->remote_id, "/payment_actions/refund_quotes");
  g_autofree char *path = mos_bigcommerce_order_path (3, terms->order->remote_id, "/payment_actions/refunds");
  g_autofree char *quote_body = make_quote (action, terms->order->remote_id);
  g_autoptr (JsonNode) quote = mos_bigcommerce_ask_with (self, quote_path, quote_body, cancellable, error);
  g_autofree char *amount = NULL, *body = NULL;
  g_autoptr (JsonNode) node = NULL;
  JsonObject *data;
  JsonArray *way;

  if (quote == NULL)
    return NULL;
  data = mos_json_read_object (JSON_NODE_HOLDS_OBJECT (quote) ? json_node_get_object (quote) : NULL, "data");
  amount = mos_shop_json_decimal (data, "total_refund_amount", "");
  if (*amount == '\0' || mos_locale_compare_decimal (amount, action->amount) != 0)
    {
      g_set_error (error, MOS_SHOP_ERROR, MOS_SHOP_ERROR_REFUSED, "To the shop it comes to %s, not to %s", *amount != '\0' ? amount : "nothing", action->amount);
      return NULL;
    }
  way = choose_way (data, action->with_payment);
  if (way == NULL || !gives (way, action->amount))
    {
      g_set_error_literal (error, MOS_SHOP_ERROR, MOS_SHOP_ERROR_REFUSED, "No payment that money could go back through this way");
      return NULL;
    }
  body = make_refund (action, terms->order->remote_id, way);
  node = mos_bigcommerce_change (self, "POST", path, body, cancellable, error);
  return node != NULL ? take_refund (node, error) : NULL;
}

/* --- the others --- */

static JsonNode *
ask_order (MosBigcommerceShop *self,
           const char *remote_id,
           GCancellable *cancellable,
           GError **error)
{
  g_autofree char *path = mos_bigcommerce_order_path (2, remote_id, "");

  return mos_bigcommerce_ask (self, path, NULL, cancellable, error);
}

static JsonObject *
object_of (JsonNode *node)
{
  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static gboolean
has_note (JsonObject *order,
          const MosOrderAction *action)
{
  g_autofree char *notes = mos_shop_json_text (order, "staff_notes");
  g_auto (GStrv) lines = g_strsplit (notes, "\r", -1);
  g_autofree char *text = g_strjoinv ("", lines);

  return mos_shop_action_has_lines (text, action->text);
}

static gboolean
is_cancelled (JsonObject *order)
{
  g_autofree char *status = mos_shop_json_text (order, "status_id");

  return g_ascii_strtoll (status, NULL, 10) == STATUS_CANCELLED;
}

static gboolean
has_address (JsonObject *object,
             const MosOrderAction *action)
{
  char *there[MOS_ADDRESS_N_PARTS] = { NULL };

  mos_bigcommerce_read_address_parts (object, there);
  return mos_shop_action_take_address (action, there) && object != NULL;
}

/* What is there stays in it. */
static char *
add_note (MosBigcommerceShop *self,
          const MosOrderAction *action,
          const char *remote_id,
          GCancellable *cancellable,
          GError **error)
{
  g_autofree char *path = mos_bigcommerce_order_path (2, remote_id, "");
  g_autoptr (JsonNode) old = ask_order (self, remote_id, cancellable, error);
  g_autofree char *there = mos_shop_json_text (object_of (old), "staff_notes");
  g_autofree char *notes = *there != '\0' ? g_strconcat (there, "\n", action->text, NULL) : g_strdup (action->text);
  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();
  g_autofree char *body = NULL;
  g_autoptr (JsonNode) node = NULL;

  if (old == NULL)
    return NULL;
  json_builder_begin_object (builder);
  mos_json_string (builder, "staff_notes", notes);
  body = mos_shop_action_end_body (builder);
  node = mos_bigcommerce_change (self, "PUT", path, body, cancellable, error);
  if (node == NULL)
    return NULL;
  return has_note (object_of (node), action) ? g_strdup ("") : mos_shop_action_set_uncertain (error);
}

static char *
set_address (MosBigcommerceShop *self,
             const MosOrderAction *action,
             const char *remote_id,
             GCancellable *cancellable,
             GError **error)
{
  g_autoptr (JsonNode) list = mos_bigcommerce_ask_addresses (self, remote_id, cancellable, error);
  JsonObject *old = list != NULL ? mos_json_read_element (mos_bigcommerce_rows_of (list), 0) : NULL;
  g_autofree char *id = mos_shop_json_text (old, "id");
  g_autofree char *encoded = mos_oauth1_encode (id);
  g_autofree char *rest = g_strconcat ("/shipping_addresses/", encoded, NULL);
  g_autofree char *path = mos_bigcommerce_order_path (2, remote_id, rest);
  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();
  g_autofree char *body = NULL;
  g_autoptr (JsonNode) node = NULL;

  if (list == NULL)
    return NULL;
  if (*id == '\0')
    {
      g_set_error_literal (error, MOS_SHOP_ERROR, MOS_SHOP_ERROR_REFUSED, "Nothing is sent anywhere");
      return NULL;
    }
  json_builder_begin_object (builder);
  for (guint i = 0; i < MOS_ADDRESS_N_PARTS; i++)
    mos_json_string (builder, mos_bigcommerce_address_name ((MosAddressPart) i), action->address[i]);
  body = mos_shop_action_end_body (builder);
  node = mos_bigcommerce_change (self, "PUT", path, body, cancellable, error);
  if (node == NULL)
    return NULL;
  return has_address (object_of (node), action) ? g_strdup ("") : mos_shop_action_set_uncertain (error);
}

static char *
cancel (MosBigcommerceShop *self,
        const char *remote_id,
        GCancellable *cancellable,
        GError **error)
{
  g_autofree char *path = mos_bigcommerce_order_path (2, remote_id, "");
  g_autofree char *body = g_strdup_printf ("{\"status_id\":%d}", STATUS_CANCELLED);
  g_autoptr (JsonNode) node = mos_bigcommerce_change (self, "PUT", path, body, cancellable, error);

  if (node == NULL)
    return NULL;
  return is_cancelled (object_of (node)) ? g_strdup ("") : mos_shop_action_set_uncertain (error);
}

char *
mos_bigcommerce_perform_sync (MosShop *shop,
                              const MosOrderAction *action,
                              const MosOrderTerms *terms,
                              GCancellable *cancellable,
                              GError **error)
{
  MosBigcommerceShop *self = MOS_BIGCOMMERCE_SHOP (shop);

  switch (action->kind)
    {
    case MOS_ORDER_ACTION_REFUND:
      return refund (self, action, terms, cancellable, error);
    case MOS_ORDER_ACTION_CANCEL:
      return cancel (self, terms->order->remote_id, cancellable, error);
    case MOS_ORDER_ACTION_NOTE:
      return add_note (self, action, terms->order->remote_id, cancellable, error);
    case MOS_ORDER_ACTION_ADDRESS:
      return set_address (self, action, terms->order->remote_id, cancellable, error);
    case MOS_ORDER_ACTION_INVOICE:
    case MOS_ORDER_ACTION_RETURN:
    default:
      g_return_val_if_reached (NULL);
    }
}

/* --- looking for it --- */

static gboolean
has_reason (JsonObject *refund,
            const char *wanted)
{
  JsonArray *items = mos_json_read_array (refund, "items");
  g_autofree char *reason = mos_shop_json_text (refund, "reason");
  gboolean is_right = mos_shop_action_is_text (reason, wanted);

  for (guint i = 0; !is_right && i < mos_json_read_length (items); i++)
    {
      g_autofree char *of_item = mos_shop_json_text (mos_json_read_element (items, i), "reason");

      is_right = mos_shop_action_is_text (of_item, wanted);
    }
  return is_right;
}

static MosShopTrace
find_refund (MosBigcommerceShop *self,
             const MosOrderAction *action,
             const char *remote_id,
             char **ret_made,
             GCancellable *cancellable,
             GError **error)
{
  g_autoptr (JsonNode) node = mos_bigcommerce_ask_refunds (self, remote_id, cancellable, error);
  JsonArray *rows = node != NULL ? mos_bigcommerce_data_of (node) : NULL;

  if (node == NULL)
    return MOS_SHOP_TRACE_ERROR;
  for (guint i = 0; i < mos_json_read_length (rows); i++)
    {
      JsonObject *row = mos_json_read_element (rows, i);
      g_autofree char *amount = mos_shop_json_decimal (row, "total_amount", "0");
      g_autofree char *id = mos_shop_json_text (row, "id");

      if (!mos_shop_action_is_free (action, id) || !mos_shop_action_is_of_then (action, mos_bigcommerce_json_time (row, "created")) || mos_locale_compare_decimal (amount, action->amount) != 0 || !has_reason (row, action->reason))
        continue;
      if (count_declined (mos_json_read_array (row, "payments"), NULL) > 0)
        return MOS_SHOP_TRACE_UNCLEAR;
      *ret_made = g_steal_pointer (&id);
      return MOS_SHOP_TRACE_FOUND;
    }
  return MOS_SHOP_TRACE_ABSENT;
}

MosShopTrace
mos_bigcommerce_find_action_sync (MosShop *shop,
                                  const MosOrderAction *action,
                                  const char *remote_id,
                                  char **ret_made,
                                  GCancellable *cancellable,
                                  GError **error)
{
  MosBigcommerceShop *self = MOS_BIGCOMMERCE_SHOP (shop);
  g_autoptr (JsonNode) node = NULL;
  gboolean is_there;

  if (action->kind == MOS_ORDER_ACTION_REFUND)
    return find_refund (self, action, remote_id, ret_made, cancellable, error);
  node = action->kind == MOS_ORDER_ACTION_ADDRESS ? mos_bigcommerce_ask_addresses (self, remote_id, cancellable, error) : ask_order (self, remote_id, cancellable, error);
  if (node == NULL)
    return MOS_SHOP_TRACE_ERROR;
  if (action->kind == MOS_ORDER_ACTION_CANCEL)
    is_there = is_cancelled (object_of (node));
  else if (action->kind == MOS_ORDER_ACTION_NOTE)
    is_there = has_note (object_of (node), action);
  else if (action->kind == MOS_ORDER_ACTION_ADDRESS)
    is_there = has_address (mos_json_read_element (mos_bigcommerce_rows_of (node), 0), action);
  else
    return MOS_SHOP_TRACE_UNCLEAR;
  return mos_shop_action_tell (is_there, ret_made);
}
