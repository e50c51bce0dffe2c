/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-shops"

#include "config.h"

#include "core/base/mos-decimal.h"
#include "core/shops/bigcommerce/mos-bigcommerce-private.h"
#include "core/shops/mos-oauth1.h"
#include "core/shops/mos-shop-action.h"
#include "core/shops/mos-shop-json.h"

#include <string.h>

#define PART_SIZE 250
#define MAX_QUANTITY 1000000

/* In the order of the parts. */
static const char *const address_names[] = { "first_name", "last_name", "company", "street_1", "street_2", "zip", "city", "state", "country_iso2", "phone" };
G_STATIC_ASSERT (G_N_ELEMENTS (address_names) == MOS_ADDRESS_N_PARTS);

const char *
mos_bigcommerce_address_name (MosAddressPart part)
{
  g_return_val_if_fail ((gsize) part < G_N_ELEMENTS (address_names), "");

  return address_names[part];
}

void
mos_bigcommerce_read_address_parts (JsonObject *object,
                                    char *address[MOS_ADDRESS_N_PARTS])
{
  for (guint i = 0; i < MOS_ADDRESS_N_PARTS; i++)
    mos_shop_take (&address[i], mos_shop_json_text (object, address_names[i]));
}

char *
mos_bigcommerce_order_path (int version,
                            const char *remote_id,
                            const char *rest)
{
  g_autofree char *id = mos_oauth1_encode (remote_id);

  return g_strdup_printf ("/v%d/orders/%s%s", version, id, rest);
}

static JsonNode *
ask_part (MosBigcommerceShop *self,
          const char *remote_id,
          const char *rest,
          GCancellable *cancellable,
          GError **error)
{
  g_autofree char *path = mos_bigcommerce_order_path (2, remote_id, rest);
  g_autoptr (MosShopQuery) query = mos_shop_query_new ();

  mos_shop_query_add_int (query, "limit", PART_SIZE);
  return mos_bigcommerce_ask_list (self, path, query, cancellable, error);
}

JsonNode *
mos_bigcommerce_ask_addresses (MosBigcommerceShop *self,
                               const char *remote_id,
                               GCancellable *cancellable,
                               GError **error)
{
  g_autoptr (GError) local = NULL;
  JsonNode *node = ask_part (self, remote_id, "/shipping_addresses", cancellable, &local);

  if (node != NULL)
    return node;
  /* It is not there where nothing is sent. */
  if (g_error_matches (local, MOS_SHOP_ERROR, MOS_SHOP_ERROR_NOT_FOUND))
    return json_node_new (JSON_NODE_NULL);
  g_propagate_error (error, g_steal_pointer (&local));
  return NULL;
}

JsonNode *
mos_bigcommerce_ask_refunds (MosBigcommerceShop *self,
                             const char *remote_id,
                             GCancellable *cancellable,
                             GError **error)
{
  g_autofree char *path = mos_bigcommerce_order_path (3, remote_id, "/payment_actions/refunds");

  return mos_bigcommerce_ask (self, path, NULL, cancellable, error);
}

JsonArray *
mos_bigcommerce_data_of (JsonNode *node)
{
  return mos_json_read_array (JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL, "data");
}

static guint
read_quantity (JsonObject *object,
               const char *name)
{
  g_autofree char *text = mos_shop_json_decimal (object, name, "0");

  return (guint) CLAMP (g_ascii_strtoll (text, NULL, 10), 0, MAX_QUANTITY);
}

/* @wanted_id of @wanted_type in all refunds: how many, or how much where it is not counted */
static void
count_refunded (JsonArray *refunds,
                const char *wanted_type,
                const char *wanted_id,
                guint *ret_quantity,
                char **ret_amount)
{
  *ret_quantity = 0;
  *ret_amount = g_strdup ("0");
  for (guint i = 0; i < mos_json_read_length (refunds); i++)
    {
      JsonArray *items = mos_json_read_array (mos_json_read_element (refunds, i), "items");

      for (guint j = 0; j < mos_json_read_length (items); j++)
        {
          JsonObject *item = mos_json_read_element (items, j);
          g_autofree char *type = mos_shop_json_text (item, "item_type");
          g_autofree char *id = mos_shop_json_text (item, "item_id");
          g_autofree char *amount = mos_shop_json_decimal (item, "requested_amount", "0");

          if (strcmp (type, wanted_type) != 0 || strcmp (id, wanted_id) != 0)
            continue;
          *ret_quantity += read_quantity (item, "quantity");
          mos_shop_take (ret_amount, mos_decimal_add (*ret_amount, amount));
        }
    }
}

static void
read_product (MosOrderTerms *terms,
              JsonObject *object,
              JsonArray *refunds)
{
  g_autofree char *id = mos_shop_json_text (object, "id");
  g_autofree char *parent = mos_shop_json_text (object, "parent_order_product_id");
  g_autofree char *total = mos_shop_json_decimal (object, "discounted_total_inc_tax", "");
  g_autofree char *amount = NULL;
  MosOrderTermsLine *line;
  guint back;

  if (*id == '\0' || (*parent != '\0' && strcmp (parent, "0") != 0))
    return;
  if (*total == '\0')
    mos_shop_take (&total, mos_shop_json_decimal (object, "total_inc_tax", "0"));
  count_refunded (refunds, "PRODUCT", id, &back, &amount);
  back = MAX (back, read_quantity (object, "quantity_refunded"));
  line = mos_order_terms_add_line (terms);
  g_set_str (&line->id, id);
  mos_shop_take (&line->name, mos_shop_json_text (object, "name"));
  line->is_counted = TRUE;
  line->quantity = read_quantity (object, "quantity");
  line->quantity_left = line->quantity > back ? line->quantity - back : 0;
  if (*total != '-' && line->quantity > 0)
    mos_shop_take (&line->left, mos_decimal_share (total, line->quantity_left, line->quantity, terms->digits));
}

static void
read_shipping (MosOrderTerms *terms,
               JsonObject *object,
               JsonArray *refunds)
{
  g_autofree char *id = mos_shop_json_text (object, "id");
  g_autofree char *cost = mos_shop_json_decimal (object, "cost_inc_tax", "0");
  g_autofree char *amount = NULL, *left = NULL;
  MosOrderTermsLine *line;
  guint back;

  if (*id == '\0' || *cost == '-')
    return;
  count_refunded (refunds, "SHIPPING", id, &back, &amount);
  left = mos_decimal_subtract (cost, amount);
  if (*left == '-' || mos_decimal_is_zero (left))
    return;
  line = mos_order_terms_add_line (terms);
  mos_shop_take (&line->id, g_strconcat (MOS_BIGCOMMERCE_SHIPPING, id, NULL));
  mos_shop_take (&line->name, mos_shop_json_text (object, "shipping_method"));
  if (*line->name == '\0')
    g_set_str (&line->name, "shipping");
  mos_shop_take (&line->left, mos_decimal_share (left, 1, 1, terms->digits));
}

MosOrderTerms *
mos_bigcommerce_read_terms (MosOrder *order,
                            JsonArray *products,
                            JsonArray *addresses,
                            JsonArray *refunds)
{
  MosOrderTerms *terms = mos_order_terms_make (order);

  mos_shop_action_fit_terms (terms);
  for (guint i = 0; i < mos_json_read_length (products); i++)
    read_product (terms, mos_json_read_element (products, i), refunds);
  for (guint i = 0; i < mos_json_read_length (addresses); i++)
    read_shipping (terms, mos_json_read_element (addresses, i), refunds);
  mos_bigcommerce_read_address_parts (mos_json_read_element (addresses, 0), terms->address);
  /* Which one of several is meant nobody can say here. */
  if (mos_json_read_length (addresses) != 1)
    terms->lacking |= MOS_ORDER_ACTION_MASK (MOS_ORDER_ACTION_ADDRESS);
  return terms;
}

MosOrderTerms *
mos_bigcommerce_load_terms_sync (MosShop *shop,
                                 const char *remote_id,
                                 GCancellable *cancellable,
                                 GError **error)
{
  MosBigcommerceShop *self = MOS_BIGCOMMERCE_SHOP (shop);
  g_autoptr (JsonNode) node = NULL, products = NULL, addresses = NULL, refunds = NULL;
  g_autoptr (MosOrder) order = mos_bigcommerce_load_sync (self, remote_id, &node, cancellable, error);

  if (order == NULL)
    return NULL;
  products = ask_part (self, remote_id, "/products", cancellable, error);
  addresses = products != NULL ? mos_bigcommerce_ask_addresses (self, remote_id, cancellable, error) : NULL;
  if (addresses == NULL)
    return NULL;
  if (mos_bigcommerce_has_refunds (json_node_get_object (node)))
    {
      refunds = mos_bigcommerce_ask_refunds (self, remote_id, cancellable, error);
      if (refunds == NULL)
        return NULL;
    }
  return mos_bigcommerce_read_terms (g_steal_pointer (&order), mos_bigcommerce_rows_of (products), mos_bigcommerce_rows_of (addresses), refunds != NULL ? mos_bigcommerce_data_of (refunds) : NULL);
}
