/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-shops"

#include "config.h"

#include "core/base/mos-decimal.h"
#include "core/base/mos-json.h"
#include "core/shops/magento/mos-magento-private.h"
#include "core/shops/mos-oauth1.h"
#include "core/shops/mos-shop-action.h"
#include "core/shops/mos-shop-json.h"

#include <string.h>

/* What is done to an order. Its answer is a number, or true and false. It knows no keys of requests: a credit memo is known again by when it was made, its
 * sum and its comment, a comment by its text; that an e-mail was sent cannot be told.
 *
 * A credit memo is reckoned by the shop, from quantities. What shipping comes to depends on a setting (with or without its tax) that the API does not say:
 * so it goes back as a whole, which needs no sum, or not at all. Sums that are said are in the shop's own currency. */

/* --- refunds --- */

static void
build_items (JsonBuilder *builder,
             const MosOrderAction *action,
             const MosOrderTerms *terms)
{
  json_builder_set_member_name (builder, "items");
  json_builder_begin_array (builder);
  /* None at all would be all of them. */
  for (guint i = 0; i < terms->lines->len; i++)
    {
      const MosOrderTermsLine *line = g_ptr_array_index (terms->lines, i);
      const MosOrderActionLine *wanted = mos_shop_action_find_line (action, line->id);

      if (!line->is_counted)
        continue;
      json_builder_begin_object (builder);
      mos_json_int (builder, "order_item_id", g_ascii_strtoll (line->id, NULL, 10));
      mos_json_int (builder, "qty", wanted != NULL ? wanted->quantity : 0);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
build_restock (JsonBuilder *builder,
               const MosOrderAction *action)
{
  json_builder_set_member_name (builder, "extension_attributes");
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "return_to_stock_items");
  json_builder_begin_array (builder);
  for (guint i = 0; action->restock && i < action->lines->len; i++)
    {
      const MosOrderActionLine *line = g_ptr_array_index (action->lines, i);

      if (strcmp (line->id, MOS_MAGENTO_SHIPPING) != 0)
        json_builder_add_int_value (builder, g_ascii_strtoll (line->id, NULL, 10));
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

static char *
make_refund (const MosOrderAction *action,
             const MosOrderTerms *terms)
{
  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();

  json_builder_begin_object (builder);
  build_items (builder, action, terms);
  if (action->with_payment)
    mos_json_bool (builder, "isOnline", TRUE);
  mos_json_bool (builder, "notify", action->notify);
  mos_json_bool (builder, "appendComment", FALSE);
  if (*action->reason != '\0')
    {
      json_builder_set_member_name (builder, "comment");
      json_builder_begin_object (builder);
      mos_json_string (builder, "comment", action->reason);
      mos_json_int (builder, "is_visible_on_front", 0);
      json_builder_end_object (builder);
    }
  json_builder_set_member_name (builder, "arguments");
  json_builder_begin_object (builder);
  /* Without a word of it all of the shipping goes back. */
  if (mos_shop_action_find_line (action, MOS_MAGENTO_SHIPPING) == NULL)
    mos_json_int (builder, "shipping_amount", 0);
  if (action->lines->len == 0)
    mos_shop_action_add_number (builder, "adjustment_positive", action->amount);
  build_restock (builder, action);
  json_builder_end_object (builder);
  return mos_shop_action_end_body (builder);
}

static gboolean
refuse (GError **error,
        const char *why)
{
  g_set_error_literal (error, MOS_SHOP_ERROR, MOS_SHOP_ERROR_REFUSED, why);
  return FALSE;
}

/* @base: what the shop reckons in */
static gboolean
is_possible (const MosOrderAction *action,
             const MosOrderTerms *terms,
             const char *base,
             GError **error)
{
  const MosOrderActionLine *shipping = mos_shop_action_find_line (action, MOS_MAGENTO_SHIPPING);

  if (shipping != NULL && mos_locale_compare_decimal (shipping->amount, mos_order_terms_find_line (terms, MOS_MAGENTO_SHIPPING)->left) != 0)
    return refuse (error, "Shipping goes back as a whole");
  if (action->lines->len == 0 && *base != '\0' && strcmp (base, terms->order->currency) != 0)
    return refuse (error, "The shop reckons in another currency than the order: only items can be given back");
  if (action->with_payment && *terms->payment == '\0')
    return refuse (error, "No payment that money could go back through, or several");
  return TRUE;
}

/* --- the others --- */

static char *
make_note (const MosOrderAction *action,
           const MosOrderTerms *terms)
{
  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "statusHistory");
  json_builder_begin_object (builder);
  mos_json_string (builder, "comment", action->text);
  mos_json_int (builder, "is_customer_notified", action->notify ? 1 : 0);
  mos_json_int (builder, "is_visible_on_front", action->notify ? 1 : 0);
  mos_json_int (builder, "parent_id", g_ascii_strtoll (terms->order->remote_id, NULL, 10));
  /* As it is: some shops would take it away. */
  if (*terms->order->status != '\0')
    mos_json_string (builder, "status", terms->order->status);
  json_builder_end_object (builder);
  return mos_shop_action_end_body (builder);
}

/* What we do not know of it stays: a title, a tax number. */
static gboolean
is_kept (const char *name,
         gboolean is_same_region)
{
  static const char *const written[] = { "firstname", "lastname", "company", "street", "postcode", "city", "region", "country_id", "telephone", "parent_id", "extension_attributes", NULL };

  if (!is_same_region && (strcmp (name, "region_id") == 0 || strcmp (name, "region_code") == 0))
    return FALSE;
  return !g_strv_contains (written, name);
}

static void
build_address (JsonBuilder *builder,
               const MosOrderAction *action,
               JsonObject *old)
{
  static const char *const names[] = { "firstname", "lastname", "company", NULL, NULL, "postcode", "city", "region", "country_id", "telephone" };
  g_autofree char *region = mos_shop_json_text (old, "region");
  g_autofree char *country = mos_shop_json_text (old, "country_id");
  gboolean is_same_region = strcmp (region, action->address[MOS_ADDRESS_REGION]) == 0 && strcmp (country, action->address[MOS_ADDRESS_COUNTRY]) == 0;
  g_autoptr (GList) members = json_object_get_members (old);

  G_STATIC_ASSERT (G_N_ELEMENTS (names) == MOS_ADDRESS_N_PARTS);
  for (const GList *l = members; l != NULL; l = l->next)
    if (is_kept (l->data, is_same_region) && JSON_NODE_HOLDS_VALUE (json_object_get_member (old, l->data)))
      {
        json_builder_set_member_name (builder, l->data);
        json_builder_add_value (builder, json_node_copy (json_object_get_member (old, l->data)));
      }
  for (guint i = 0; i < MOS_ADDRESS_N_PARTS; i++)
    if (names[i] != NULL)
      mos_json_string (builder, names[i], action->address[i]);
  json_builder_set_member_name (builder, "street");
  json_builder_begin_array (builder);
  json_builder_add_string_value (builder, action->address[MOS_ADDRESS_LINE1]);
  if (*action->address[MOS_ADDRESS_LINE2] != '\0')
    json_builder_add_string_value (builder, action->address[MOS_ADDRESS_LINE2]);
  json_builder_end_array (builder);
}

/* The address as it is there right now, with what is new in it. Returns: (transfer full) (nullable) */
static char *
make_address (MosMagentoShop *self,
              const MosOrderAction *action,
              const MosOrderTerms *terms,
              GCancellable *cancellable,
              GError **error)
{
  g_autofree char *path = mos_magento_order_path (terms->order->remote_id, "");
  g_autoptr (MosShopQuery) nothing = mos_shop_query_new ();
  g_autoptr (JsonNode) node = mos_magento_ask (self, path, nothing, cancellable, error);
  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();
  JsonObject *old = node != NULL ? mos_magento_find_address (json_node_get_object (node)) : NULL;

  if (node == NULL)
    return NULL;
  if (old == NULL)
    {
      refuse (error, "Nothing is sent anywhere");
      return NULL;
    }
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "entity");
  json_builder_begin_object (builder);
  build_address (builder, action, old);
  mos_json_int (builder, "parent_id", g_ascii_strtoll (terms->order->remote_id, NULL, 10));
  json_builder_end_object (builder);
  return mos_shop_action_end_body (builder);
}

/* The newest invoice goes out once more; where there is none yet, what was said when the order came in. Returns: (transfer full) (nullable) */
static char *
find_mail_path (MosMagentoShop *self,
                const char *remote_id,
                GCancellable *cancellable,
                GError **error)
{
  g_autoptr (JsonNode) node = mos_magento_ask_invoices (self, remote_id, cancellable, error);
  JsonArray *rows = node != NULL ? mos_magento_rows_of (node) : NULL;
  guint n = mos_json_read_length (rows);
  g_autofree char *id = n > 0 ? mos_shop_json_text (mos_json_read_element (rows, n - 1), "entity_id") : g_strdup ("");
  g_autofree char *encoded = mos_oauth1_encode (id);

  if (node == NULL)
    return NULL;
  return *id != '\0' ? g_strconcat ("/invoices/", encoded, "/emails", NULL) : mos_magento_order_path (remote_id, "/emails");
}

/* --- doing it --- */

/* Returns: whether it is true, or 1 */
static gboolean
is_true (JsonNode *node)
{
  if (!JSON_NODE_HOLDS_VALUE (node))
    return FALSE;
  return json_node_get_value_type (node) == G_TYPE_STRING ? strcmp (json_node_get_string (node), "1") == 0 || strcmp (json_node_get_string (node), "true") == 0 : json_node_get_boolean (node) || json_node_get_int (node) == 1;
}

static gboolean
is_false (JsonNode *node)
{
  return JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_BOOLEAN && !json_node_get_boolean (node);
}

/* A number, bare or in quotes; "" for all else */
static char *
id_of (JsonNode *node)
{
  if (!JSON_NODE_HOLDS_VALUE (node))
    return g_strdup ("");
  if (json_node_get_value_type (node) == G_TYPE_INT64)
    return g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (node));
  if (json_node_get_value_type (node) == G_TYPE_STRING && *json_node_get_string (node) != '\0' && strspn (json_node_get_string (node), "0123456789") == strlen (json_node_get_string (node)))
    return g_strdup (json_node_get_string (node));
  return g_strdup ("");
}

static gboolean
has_address (JsonObject *object,
             const MosOrderAction *action)
{
  char *there[MOS_ADDRESS_N_PARTS] = { NULL };

  mos_magento_read_address (object, there);
  return mos_shop_action_take_address (action, there) && object != NULL;
}

static char *
take_answer (const MosOrderAction *action,
             JsonNode *node,
             GError **error)
{
  g_autofree char *id = NULL;

  if (action->kind == MOS_ORDER_ACTION_REFUND)
    {
      id = id_of (node);
      return *id != '\0' && strcmp (id, "0") != 0 ? g_steal_pointer (&id) : mos_shop_action_set_uncertain (error);
    }
  if (action->kind == MOS_ORDER_ACTION_ADDRESS)
    return JSON_NODE_HOLDS_OBJECT (node) && has_address (json_node_get_object (node), action) ? g_strdup ("") : mos_shop_action_set_uncertain (error);
  if (is_true (node))
    return g_strdup ("");
  if (!is_false (node))
    return mos_shop_action_set_uncertain (error);
  refuse (error, action->kind == MOS_ORDER_ACTION_CANCEL    ? "It cannot be cancelled any more: an invoice was written"
                 : action->kind == MOS_ORDER_ACTION_INVOICE ? "The shop sends no such e-mails"
                                                            : "It does not say why");
  return NULL;
}

static char *
make_path (MosMagentoShop *self,
           const MosOrderAction *action,
           const MosOrderTerms *terms,
           GCancellable *cancellable,
           GError **error)
{
  g_autofree char *id = mos_oauth1_encode (action->with_payment ? terms->payment : terms->order->remote_id);

  switch (action->kind)
    {
    case MOS_ORDER_ACTION_REFUND:
      return g_strconcat (action->with_payment ? "/invoice/" : "/order/", id, "/refund", NULL);
    case MOS_ORDER_ACTION_CANCEL:
      return mos_magento_order_path (terms->order->remote_id, "/cancel");
    case MOS_ORDER_ACTION_NOTE:
      return mos_magento_order_path (terms->order->remote_id, "/comments");
    case MOS_ORDER_ACTION_INVOICE:
      return find_mail_path (self, terms->order->remote_id, cancellable, error);
    case MOS_ORDER_ACTION_ADDRESS:
    case MOS_ORDER_ACTION_RETURN:
    default:
      return mos_magento_order_path (terms->order->remote_id, "");
    }
}

/* Returns: (transfer full) (nullable) */
static char *
make_body (MosMagentoShop *self,
           const MosOrderAction *action,
           const MosOrderTerms *terms,
           GCancellable *cancellable,
           GError **error)
{
  switch (action->kind)
    {
    case MOS_ORDER_ACTION_REFUND:
      return make_refund (action, terms);
    case MOS_ORDER_ACTION_NOTE:
      return make_note (action, terms);
    case MOS_ORDER_ACTION_ADDRESS:
      return make_address (self, action, terms, cancellable, error);
    case MOS_ORDER_ACTION_CANCEL:
    case MOS_ORDER_ACTION_INVOICE:
    case MOS_ORDER_ACTION_RETURN:
    default:
      return g_strdup ("{}");
    }
}

/* Only where sums are said it matters what the shop reckons in. Returns: (transfer full) (nullable) */
static char *
find_base_currency (MosMagentoShop *self,
                    const MosOrderAction *action,
                    const MosOrderTerms *terms,
                    GCancellable *cancellable,
                    GError **error)
{
  g_autofree char *path = mos_magento_order_path (terms->order->remote_id, "");
  g_autoptr (MosShopQuery) query = mos_shop_query_new ();
  g_autoptr (JsonNode) node = NULL;

  if (action->kind != MOS_ORDER_ACTION_REFUND || action->lines->len > 0)
    return g_strdup ("");
  mos_shop_query_add (query, "fields", "base_currency_code");
  node = mos_magento_ask (self, path, query, cancellable, error);
  return node != NULL ? mos_shop_json_text (json_node_get_object (node), "base_currency_code") : NULL;
}

char *
mos_magento_perform_sync (MosShop *shop,
                          const MosOrderAction *action,
                          const MosOrderTerms *terms,
                          GCancellable *cancellable,
                          GError **error)
{
  MosMagentoShop *self = MOS_MAGENTO_SHOP (shop);
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *base = find_base_currency (self, action, terms, cancellable, error);
  g_autofree char *path = NULL;
  g_autofree char *body = NULL;

  if (base == NULL || (action->kind == MOS_ORDER_ACTION_REFUND && !is_possible (action, terms, base, error)))
    return NULL;
  path = make_path (self, action, terms, cancellable, error);
  body = path != NULL ? make_body (self, action, terms, cancellable, error) : NULL;
  if (body == NULL)
    return NULL;
  node = mos_magento_change (self, action->kind == MOS_ORDER_ACTION_ADDRESS ? "PUT" : "POST", path, body, cancellable, error);
  return node != NULL ? take_answer (action, node, error) : NULL;
}

/* --- looking for it --- */

static MosShopTrace
find_refund (MosMagentoShop *self,
             const MosOrderAction *action,
             const char *remote_id,
             char **ret_made,
             GCancellable *cancellable,
             GError **error)
{
  g_autoptr (MosOrder) order = mos_magento_load_sync (self, remote_id, mos_magento_order_fields, NULL, cancellable, error);

  if (order == NULL)
    return MOS_SHOP_TRACE_ERROR;
  for (guint i = 0; i < order->refunds->len; i++)
    {
      const MosOrderRefund *refund = g_ptr_array_index (order->refunds, i);

      if (!mos_shop_action_is_free (action, refund->remote_id) || !mos_shop_action_is_of_then (action, refund->at_us) || !mos_shop_action_is_amount (action, refund->amount) || !mos_shop_action_is_text (refund->reason, action->reason))
        continue;
      *ret_made = g_strdup (refund->remote_id);
      return MOS_SHOP_TRACE_FOUND;
    }
  return MOS_SHOP_TRACE_ABSENT;
}

static MosShopTrace
find_note (MosMagentoShop *self,
           const MosOrderAction *action,
           const char *remote_id,
           char **ret_made,
           GCancellable *cancellable,
           GError **error)
{
  g_autofree char *path = mos_magento_order_path (remote_id, "/comments");
  g_autoptr (MosShopQuery) nothing = mos_shop_query_new ();
  gint64 total;
  g_autoptr (JsonNode) node = mos_magento_ask_list (self, path, nothing, &total, cancellable, error);
  JsonArray *rows = node != NULL ? mos_magento_rows_of (node) : NULL;

  if (node == NULL)
    return MOS_SHOP_TRACE_ERROR;
  for (guint i = 0; i < mos_json_read_length (rows); i++)
    {
      JsonObject *row = mos_json_read_element (rows, i);
      g_autofree char *text = mos_shop_json_text (row, "comment");

      if (!mos_shop_action_is_of_then (action, mos_shop_json_time (row, "created_at")) || !mos_shop_action_is_text (text, action->text))
        continue;
      *ret_made = mos_shop_json_text (row, "entity_id");
      return MOS_SHOP_TRACE_FOUND;
    }
  return MOS_SHOP_TRACE_ABSENT;
}

MosShopTrace
mos_magento_find_action_sync (MosShop *shop,
                              const MosOrderAction *action,
                              const char *remote_id,
                              char **ret_made,
                              GCancellable *cancellable,
                              GError **error)
{
  MosMagentoShop *self = MOS_MAGENTO_SHOP (shop);
  g_autoptr (MosOrder) order = NULL;
  g_autoptr (JsonNode) node = NULL;
  gboolean is_there;

  if (action->kind == MOS_ORDER_ACTION_REFUND)
    return find_refund (self, action, remote_id, ret_made, cancellable, error);
  if (action->kind == MOS_ORDER_ACTION_NOTE)
    return find_note (self, action, remote_id, ret_made, cancellable, error);
  if (action->kind != MOS_ORDER_ACTION_CANCEL && action->kind != MOS_ORDER_ACTION_ADDRESS)
    return MOS_SHOP_TRACE_UNCLEAR;
  order = mos_magento_load_sync (self, remote_id, NULL, &node, cancellable, error);
  if (order == NULL)
    return MOS_SHOP_TRACE_ERROR;
  is_there = action->kind == MOS_ORDER_ACTION_CANCEL ? order->status_kind == MOS_ORDER_CANCELLED : has_address (mos_magento_find_address (json_node_get_object (node)), action);
  return mos_shop_action_tell (is_there, ret_made);
}
